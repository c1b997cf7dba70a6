//! Umbrella phrases: a demand for papers nobody names.

use super::{About, Detector, Evidence, Finding};
use crate::rule::DetectorRule;
use crate::text::fold_with_offsets;

/// A row that asks for "other papers concerned" without naming them.
#[derive(Debug)]
pub struct Umbrella;

impl Detector for Umbrella {
    fn rule(&self) -> &'static str {
        "TL-H-UMBRELLA"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["umbrella"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let Some(umbrella) = rule.words("umbrella") else { return Vec::new() };
        let mut findings = Vec::new();
        for (procedure, request) in evidence.catalog.requests().filter(|(_, r)| !r.is_note) {
            let folded = fold_with_offsets(&request.text);
            let named = |hit_end: usize| {
                // What follows may name the papers after all, or narrow them to a law.
                let rest = behind_remark(&folded.text[hit_end..]);
                lists(rest) || rule.words("named").is_some_and(|w| w.find(rest).next().is_some_and(|h| h.start == 0))
            };
            let excused = |start: usize| {
                rule.words("before").is_some_and(|w| {
                    w.find(&folded.text[..start]).last().is_some_and(|h| folded.text[h.end..start].trim().is_empty())
                })
            };
            if let Some(hit) = umbrella.find(&folded.text).find(|h| !named(h.end) && !excused(h.start)) {
                let (from, to) = folded.char_span(hit.start, hit.end);
                let quote: String = request.text.chars().skip(from).take(to - from).collect();
                let finding = Finding::new(evidence, rule, procedure, About::Request(request), &quote);
                findings.push(finding.known_by(&[&request.text]).with("words", &quote));
            }
        }
        findings
    }
}

/// Whether a colon in the same sentence leads to the papers: "papers on the aircraft, namely: …".
fn lists(rest: &str) -> bool {
    let stop = rest.find([';', '\n']).into_iter().chain(rest.find(". ")).min();
    rest[..stop.unwrap_or(rest.len())].contains(':')
}

/// What goes on behind a remark in parentheses: "other documents (signed by the employer) that prove …".
fn behind_remark(text: &str) -> &str {
    let text = text.trim_start();
    let remark = text.strip_prefix('(').and_then(|inside| inside.split_once(')'));
    remark.map_or(text, |(_, rest)| rest.trim_start())
}
