//! `tinhgon rules test [DIR]`: every example of a rule folder, and which of them come out otherwise.

use super::{Context, Outcome, terminal};
use crate::acts::run_step_examples;
use crate::detect::run_detector_examples;
use crate::reading::{OutcomeKind, run_examples};
use crate::rule::{ActBook, DetectorRules, RelationBook, RuleBook, RuleFiles};
use anyhow::Result;

/// Runs the examples of requests, steps and findings; a folder may leave out the families of the latter two.
///
/// Prints one line an example that fails, tabs between: what is wrong, rule and number of the example, what it is about,
/// expected → found, text.
pub fn run(files: &RuleFiles, book: &RuleBook, context: &Context) -> Result<Outcome> {
    let has = |family| files.family(family).next().is_some();
    let mut tried = book.examples.len();
    let mut wrong = of_requests(book);
    if has("acts") {
        let steps = ActBook::load(files)?;
        tried += steps.examples.len();
        wrong.extend(of_steps(&steps));
        if has("detectors") && has("relation") {
            let detectors = DetectorRules::load(files, book)?;
            tried += detectors.iter().map(|rule| rule.examples.len()).sum::<usize>();
            let as_of = context.defaults.as_of.parse()?;
            let relation = RelationBook::load(files)?;
            let faults = run_detector_examples(&detectors, book, &relation, &steps, as_of);
            wrong.extend(faults.iter().map(|f| {
                format!("Other\t{}#{}\t\t{} → {}\t", f.rule, f.position, f.expected.join(" "), f.found.join(" "))
            }));
        }
    }
    for line in &wrong {
        terminal::print(&format!("{line}\n"));
    }
    context.say("rules-tested", &[("examples", &tried.to_string()), ("wrong", &wrong.len().to_string())]);
    Ok(if wrong.is_empty() { Outcome::Done } else { Outcome::Findings })
}

fn of_requests(book: &RuleBook) -> Vec<String> {
    let outcomes = run_examples(book);
    let lines = outcomes.iter().map(|o| {
        let name = if o.outcome == OutcomeKind::Missing { "Missing" } else { "Noisy" };
        let (expected, got) = (o.expected.as_str(), o.got.as_str());
        format!("{name}\t{}#{}\t{}\t{expected} → {got}\t{}", o.rule, o.position, o.kind, o.text)
    });
    lines.collect()
}

fn of_steps(book: &ActBook) -> Vec<String> {
    let outcomes = run_step_examples(book);
    let lines = outcomes.iter().map(|o| {
        let example = &o.example;
        let (expected, got) = (example.expect.join(" "), o.got.join(" "));
        format!("Other\t{}#{}\t\t{expected} → {got}\t{}", example.rule, example.position, example.text)
    });
    lines.collect()
}
