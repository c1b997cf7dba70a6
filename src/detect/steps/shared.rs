//! The same step, word for word, in many procedures: a service that could be described, and built, once.

use super::super::copies::beginning;
use super::super::{About, Detector, Evidence, Finding};
use crate::catalog::{Procedure, Step};
use crate::rule::DetectorRule;
use crate::text::fold;
use std::collections::BTreeMap;

/// A step that stands in many procedures with the same words.
#[derive(Debug)]
pub struct SharedStep;

impl Detector for SharedStep {
    fn rule(&self) -> &'static str {
        "TL-S-SHARED"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["procedures", "words"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let mut by_words: BTreeMap<String, Vec<(&Procedure, &Step)>> = BTreeMap::new();
        for (procedure, step) in evidence.catalog.steps() {
            let words = fold(&step.text);
            if words.split(' ').count() >= rule.limit("words") as usize {
                by_words.entry(words).or_default().push((procedure, step));
            }
        }
        let mut findings = Vec::new();
        for (words, mut places) in by_words {
            places.dedup_by(|a, b| a.0.id == b.0.id);
            let Some((procedure, step)) = places.first().copied() else { continue };
            if places.len() < rule.limit("procedures") as usize {
                continue;
            }
            let finding = Finding::new(evidence, rule, procedure, About::Step(step), &step.text)
                .known_anywhere_by(&[&words])
                .with("count", &places.len().to_string())
                .with("words", &beginning(&step.text))
                .with_related(places.iter().skip(1).map(|(_, s)| s.id.clone()));
            findings.push(finding);
        }
        findings
    }
}
