//! Runs every rule over every example of every rule: what is missing and what is noise, by name.

use super::{Context, read_request};
use crate::catalog::{Procedure, Request};
use crate::rule::{Example, Register, RuleBook, Verdict};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How an example came out for one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutcomeKind {
    /// Expected and not found, or found with another verdict.
    Missing,
    /// Found where nothing is expected.
    Noisy,
}

/// One kind of one example that did not come out as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Missing or noisy.
    pub outcome: OutcomeKind,
    /// Code of the rule whose example it is.
    pub rule: String,
    /// Position of the example in that rule, from 1.
    pub position: usize,
    /// Kind concerned.
    pub kind: String,
    /// Verdict written in the example; [`Verdict::None`] where the kind is not listed.
    pub expected: Verdict,
    /// Verdict read; [`Verdict::None`] where the kind was not found.
    pub got: Verdict,
    /// Text of the example.
    pub text: String,
}

/// Everything that did not come out as written; empty when the rules do what their examples say.
#[must_use]
pub fn run_examples(book: &RuleBook) -> Vec<Outcome> {
    let context = Context { as_of: Date::constant(2026, 7, 1), register: Register::default() };
    book.examples.iter().flat_map(|e| run(book, e, &context)).collect()
}

fn run(book: &RuleBook, example: &Example, context: &Context) -> Vec<Outcome> {
    let procedure = Procedure { name: example.procedure.clone(), ..Procedure::default() };
    let request = Request { text: example.text.clone(), case_title: example.case.clone(), ..Request::default() };
    let read = read_request(book, &procedure, &request, context);
    let kinds: BTreeSet<&str> =
        example.expect.keys().map(String::as_str).chain(read.iter().map(|a| a.kind.as_str())).collect();
    let absent_is_mention = |v: Verdict| if v == Verdict::None { Verdict::Mention } else { v };
    kinds
        .into_iter()
        .filter(|k| !k.is_empty())
        .filter_map(|kind| {
            let expected = example.expect.get(kind).copied().unwrap_or(Verdict::None);
            let got = read.iter().find(|a| a.kind == kind).map_or(Verdict::None, |a| a.verdict);
            (absent_is_mention(expected) != absent_is_mention(got)).then(|| Outcome {
                outcome: if absent_is_mention(expected) == Verdict::Mention {
                    OutcomeKind::Noisy
                } else {
                    OutcomeKind::Missing
                },
                rule: example.rule.clone(),
                position: example.position,
                kind: kind.to_owned(),
                expected,
                got,
                text: example.text.clone(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;

    #[test]
    fn every_rule_reads_every_example_as_written() {
        let book = RuleBook::load(&RuleFiles::embedded()).unwrap();
        assert!(book.examples.len() > 60, "{}", book.examples.len());
        let wrong: Vec<String> = run_examples(&book)
            .iter()
            .map(|o| {
                let (expected, got) = (o.expected.as_str(), o.got.as_str());
                format!("{:?} {} #{} {}: {expected}, got {got}\n  {}", o.outcome, o.rule, o.position, o.kind, o.text)
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
