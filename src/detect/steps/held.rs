//! Asking a body for what a state database answers: names the database and the ground.

use super::super::{Detector, Evidence, Finding};
use super::pattern::finding;
use crate::rule::{DetectorRule, Pattern, Role};
use crate::text::fold;

/// A verification of what a state database holds.
#[derive(Debug)]
pub struct HeldData;

impl Detector for HeldData {
    fn rule(&self) -> &'static str {
        "TL-S-HELD"
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (procedure, read) in evidence.procedures_with_acts().filter(|(p, _)| !p.is_internal) {
            let Some(shown) = read.patterns.iter().find(|p| p.pattern == Pattern::HeldDataCheck) else { continue };
            let Some(found) = finding(evidence, rule, procedure, shown) else { continue };
            let kind = kind_in(evidence, &shown.quote, &procedure.name);
            let source = kind.and_then(|k| evidence.book.kinds[k].source).map(|s| &evidence.book.sources[s]);
            let found = match source {
                Some(source) => found.with_both("source", &source.title.vi, &source.title.en),
                None => found.for_review().with_both("source", "cơ sở dữ liệu dùng chung", "a shared database"),
            };
            let ground = kind.and_then(|k| {
                let covers =
                    evidence.book.grounds.iter().filter(|g| g.in_force(evidence.as_of) && g.covers.contains_key(&k));
                covers.min_by_key(|g| g.order).map(|g| g.document.clone())
            });
            findings.push(Finding { ground: ground.unwrap_or(found.ground.clone()), ..found });
        }
        findings
    }
}

/// The first kind of paper a clause names for which there is a database. What the procedure's name names is the paper it
/// gives, not what is asked about.
fn kind_in(evidence: &Evidence, quote: &str, name: &str) -> Option<usize> {
    let own = kinds_in(evidence, name);
    let mut kinds = kinds_in(evidence, quote).into_iter().filter(|k| !own.contains(k));
    kinds.find(|k| evidence.book.kinds[*k].source.is_some())
}

fn kinds_in(evidence: &Evidence, text: &str) -> Vec<usize> {
    let folded = fold(text);
    let lexicon = &evidence.book.lexicon;
    let kind = |found| match lexicon.meaning(found).role {
        Role::Kind(kind, _) => Some(usize::from(kind)),
        _ => None,
    };
    lexicon.find(&folded).filter_map(kind).collect()
}
