//! Words that time has overtaken: bodies that are abolished, databases that were "not yet in operation".

use super::{About, Detector, Evidence, Finding};
use crate::catalog::Procedure;
use crate::rule::{DetectorRule, Outdated};
use crate::text::fold_with_offsets;

/// A row, step or condition that speaks of what no longer is.
#[derive(Debug)]
pub struct OutdatedWords;

impl Detector for OutdatedWords {
    fn rule(&self) -> &'static str {
        "TL-H-OUTDATED"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["unless"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        evidence.catalog.procedures.iter().flat_map(|p| in_procedure(evidence, rule, p)).collect()
    }
}

fn in_procedure(evidence: &Evidence, rule: &DetectorRule, procedure: &Procedure) -> Vec<Finding> {
    let mut texts: Vec<(About, &str)> =
        procedure.requests.iter().map(|r| (About::Request(r), r.text.as_str())).collect();
    texts.extend(procedure.steps.iter().map(|s| (About::Step(s), s.text.as_str())));
    texts.push((About::Procedure, procedure.conditions.as_str()));
    let past: Vec<&Outdated> = rule.outdated.iter().filter(|o| o.since <= evidence.as_of).collect();
    let mut findings = Vec::new();
    for (about, text) in texts {
        let folded = fold_with_offsets(text);
        for outdated in &past {
            let around = |start: usize, end: usize| {
                let from = folded.text[..start].rfind(['.', ';', '\n']).map_or(0, |at| at + 1);
                let to = folded.text[end..].find(['.', ';', '\n']).map_or(folded.text.len(), |at| end + at);
                &folded.text[from..to]
            };
            let hit = outdated.words.find(&folded.text).find(|h| !rule.has("unless", around(h.start, h.end)));
            let Some(hit) = hit else { continue };
            let (from, to) = folded.char_span(hit.start, hit.end);
            let quote: String = text.chars().skip(from).take(to - from).collect();
            let finding = Finding::new(evidence, rule, procedure, about, &quote)
                .known_by(&[&quote, text])
                .with("words", &quote)
                .with_both("since", &outdated.since.strftime("%d/%m/%Y").to_string(), &outdated.since.to_string())
                .with_both("why", &outdated.why.vi, &outdated.why.en);
            findings.push(finding);
        }
    }
    findings
}
