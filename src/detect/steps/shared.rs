//! The same step in many procedures: a service that could be described, and built, once.

use super::super::copies::beginning;
use super::super::{About, Detector, Evidence, Finding};
use crate::catalog::{Procedure, Step};
use crate::rule::DetectorRule;
use crate::similar::{Idf, Measure, Options, near_duplicates, stars};
use crate::text::fold;
use std::collections::BTreeMap;

/// A step that stands in many procedures with the same words, or nearly so; numbers, such as days, never differ.
#[derive(Debug)]
pub struct SharedStep;

impl Detector for SharedStep {
    fn rule(&self) -> &'static str {
        "TL-S-SHARED"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["procedures", "words", "alike-percent"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let mut by_words: BTreeMap<String, Vec<(&Procedure, &Step)>> = BTreeMap::new();
        for (procedure, step) in evidence.catalog.steps() {
            let words = fold(&step.text);
            if words.split_whitespace().count() >= rule.limit("words") as usize {
                by_words.entry(words).or_default().push((procedure, step));
            }
        }
        let mut findings = Vec::new();
        for (words, mut places) in alike(by_words, rule.limit("alike-percent")) {
            places.sort_by(|a, b| (&a.0.id, a.1.position).cmp(&(&b.0.id, b.1.position)));
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

type Places<'c> = Vec<(&'c Procedure, &'c Step)>;

/// Puts together the places of texts that are nearly the same, under the most frequent of them.
fn alike(by_words: BTreeMap<String, Places<'_>>, percent: u32) -> Vec<(String, Places<'_>)> {
    let (texts, mut places): (Vec<String>, Vec<Places>) = by_words.into_iter().unzip();
    let counts: Vec<u32> = places.iter().map(|p| u32::try_from(p.len()).unwrap_or(u32::MAX)).collect();
    let views: Vec<&str> = texts.iter().map(String::as_str).collect();
    let options = Options { measure: Measure::GramCosine(Idf::Smooth), threshold: f64::from(percent) / 100.0 };
    let pairs = near_duplicates(&views, options, &|_, _| {}).pairs;
    for cluster in stars(&views, &counts, pairs.into_iter().filter(|p| !p.numbers_differ)) {
        for member in cluster.members.iter().filter(|m| **m != cluster.representative) {
            let moved = std::mem::take(&mut places[*member as usize]);
            places[cluster.representative as usize].extend(moved);
        }
    }
    texts.into_iter().zip(places).collect()
}
