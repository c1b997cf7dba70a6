//! Catalogue, assessments and acts → findings; one file a detector, one line in the slice of detectors.
//!
//! What a detector says, how sure it is and which words it looks for stands in its rule file (`rules/detectors`); see
//! `docs/add-a-detector.md`. A detector whose rule file is not in the rule set rests.

mod basis;
mod copies;
mod data;
mod evidence;
mod examples;
mod field;
mod finding;
mod graph;
mod groups;
mod internal;
mod outdated;
mod procedures;
mod steps;
mod suppress;
mod twice;
mod umbrella;
mod unused;
mod wording;

pub use crate::rule::Certainty;
pub use evidence::{Evidence, Given, demands, request_items};
pub use examples::{ExampleFault, run_detector_examples};
pub use finding::{About, Finding, Item, finding_table};
pub use graph::{By, Edge, RequestGraph, request_graph, request_graph_table};
pub use groups::group_tables;
pub use suppress::{Standing, Suppressed, Suppression, suppress};

use crate::rule::{DetectorRule, DetectorRules, Pattern};
use rayon::prelude::*;
use std::collections::HashMap;

/// Finds one kind of thing.
pub trait Detector: Sync {
    /// Code of its rule.
    fn rule(&self) -> &'static str;

    /// Names of the lists of words and of the numbers its rule file must give.
    fn needs(&self) -> &'static [&'static str] {
        &[]
    }

    /// Everything it finds, in the order of the catalogue.
    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding>;
}

/// Every detector, by the code of its rule.
pub static DETECTORS: &[&dyn Detector] = &[
    &data::Replace,
    &data::Partial,
    &twice::SamePaper,
    &field::PaperAndField,
    &graph::ResultOfAnother,
    &wording::ManyWordings,
    &copies::Certified,
    &copies::SeveralSets,
    &copies::OriginalShown,
    &umbrella::Umbrella,
    &procedures::SameAtLevels,
    &procedures::Family,
    &procedures::NearlySame,
    &basis::LapsedBasis,
    &outdated::OutdatedWords,
    &internal::Internal,
    &unused::Unused,
    &steps::Shown { code: "TL-S-CHECK", pattern: Pattern::DoubleCheck },
    &steps::Shown { code: "TL-S-APPRAISAL", pattern: Pattern::DoubleAppraisal },
    &steps::Shown { code: "TL-S-FORWARD", pattern: Pattern::PaperForward },
    &steps::Shown { code: "TL-S-OPINION", pattern: Pattern::AskOtherAgency },
    &steps::Shown { code: "TL-S-LOCAL", pattern: Pattern::LocalConfirmation },
    &steps::Shown { code: "TL-S-PAYMENT", pattern: Pattern::SeparatePayment },
    &steps::Shown { code: "TL-S-REPEAT", pattern: Pattern::RepeatSupplement },
    &steps::Shown { code: "TL-S-PERSON", pattern: Pattern::InPersonOnly },
    &steps::Shown { code: "TL-S-POSTING", pattern: Pattern::PublicPosting },
    &steps::Shown { code: "TL-S-COPY", pattern: Pattern::ManualCopy },
    &steps::HeldData,
    &steps::Loop,
    &steps::SharedStep,
];

/// Runs every detector whose rule is in the rule set. Findings are sorted by procedure, rule and place, each with its id.
#[must_use]
pub fn detect(evidence: &Evidence, rules: &DetectorRules) -> Vec<Finding> {
    let mut findings: Vec<Finding> = DETECTORS
        .par_iter()
        .filter_map(|d| rules.get(d.rule()).map(|rule| d.detect(evidence, rule)))
        .flatten()
        .collect();
    let places = places(evidence);
    let place = |f: &Finding| places.get(f.item_id.as_str()).copied().unwrap_or_default();
    findings
        .sort_by(|a, b| (&a.procedure_id, &a.rule, place(a), &a.id).cmp(&(&b.procedure_id, &b.rule, place(b), &b.id)));
    findings.dedup_by(|a, b| a.id == b.id && a.item_id == b.item_id);
    number_repeats(&mut findings);
    findings
}

/// What is wrong between detectors and rule files: rules without a detector, and lists that are missing.
#[must_use]
pub fn faults(rules: &DetectorRules) -> Vec<(std::path::PathBuf, String)> {
    let mut wrong = Vec::new();
    for rule in rules.iter() {
        match DETECTORS.iter().find(|d| d.rule() == rule.code) {
            None => {
                let codes: Vec<&str> = DETECTORS.iter().map(|d| d.rule()).collect();
                wrong.push((
                    rule.path.clone(),
                    format!("no detector is called {}; there are {}", rule.code, codes.join(", ")),
                ));
            }
            Some(detector) => {
                let missing =
                    detector.needs().iter().filter(|name| rule.words(name).is_none() && rule.limit(name) == u32::MAX);
                wrong
                    .extend(missing.map(|name| (rule.path.clone(), format!("the list or number `{name}` is missing"))));
            }
        }
    }
    wrong
}

/// Place of every request, step and procedure in the order of the catalogue.
fn places<'a>(evidence: &Evidence<'a>) -> HashMap<&'a str, usize> {
    let mut places = HashMap::new();
    for procedure in &evidence.catalog.procedures {
        let ids = procedure.requests.iter().map(|r| &r.id).chain(procedure.steps.iter().map(|s| &s.id));
        for id in std::iter::once(&procedure.id).chain(ids) {
            let next = places.len() + 1;
            places.entry(id.as_str()).or_insert(next);
        }
    }
    places
}

/// The same thing in several rows has the same id at first; the second and later ones are told apart by their number.
fn number_repeats(findings: &mut [Finding]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for finding in findings {
        let count = seen.entry(finding.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            finding.id = finding::id_of(&[&finding.id, &count.to_string()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{ActBook, RelationBook, RuleBook, RuleFiles};

    #[test]
    fn every_rule_has_its_detector_and_its_examples_hold() {
        let files = RuleFiles::embedded();
        let book = RuleBook::load(&files).unwrap();
        let rules = DetectorRules::load(&files, &book).unwrap();
        assert_eq!(faults(&rules), []);
        for detector in DETECTORS {
            assert!(rules.get(detector.rule()).is_some(), "{} has no rule file", detector.rule());
        }
        let relation = RelationBook::load(&files).unwrap();
        let steps = ActBook::load(&files).unwrap();
        let faults = run_detector_examples(&rules, &book, &relation, &steps, "2026-11-24".parse().unwrap());
        assert!(faults.is_empty(), "{faults:#?}");
    }
}
