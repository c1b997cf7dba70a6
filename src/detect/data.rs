//! A paper whose data a database holds: wholly, or as one of several ways to answer the row.

use super::{About, Detector, Evidence, Finding};
use crate::rule::{DetectorRule, Readiness, Verdict};
use crate::text::fold;

/// Data can take the place of the paper.
#[derive(Debug)]
pub struct Replace;

/// Data can answer one of several alternatives, or part of the row.
#[derive(Debug)]
pub struct Partial;

impl Detector for Replace {
    fn rule(&self) -> &'static str {
        "TL-M-REPLACE"
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        replaceable(evidence, rule, Verdict::Replace)
    }
}

impl Detector for Partial {
    fn rule(&self) -> &'static str {
        "TL-M-PARTIAL"
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        replaceable(evidence, rule, Verdict::Partial)
    }
}

fn replaceable(evidence: &Evidence, rule: &DetectorRule, verdict: Verdict) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (procedure, request) in evidence.catalog.requests() {
        for a in evidence.assessments_of(request).iter().filter(|a| a.verdict == verdict) {
            let kind = evidence.book.kind(&a.kind).map(|k| evidence.book.kinds[k].title.clone()).unwrap_or_default();
            let source = evidence.book.sources.iter().find(|s| s.source == a.source);
            let source = source.map(|s| s.title.clone()).unwrap_or_default();
            let whose = a.whose.map(crate::rule::Person::as_str).unwrap_or_default();
            let mut finding = Finding::new(evidence, rule, procedure, About::Request(request), &a.quote)
                .known_by(&[&a.kind, &request.text, whose])
                .with_both("paper", &kind.vi, &kind.en)
                .with_both("database", &source.vi, &source.en)
                .with("readiness", a.readiness.as_str());
            finding.ground.clone_from(&a.ground);
            // A row without quantities is a note more often than a demand.
            // "review-health_check": words of the row or the procedure for which the database of a kind need not answer
            let about = fold(&format!("{} {}", procedure.name, request.text));
            let doubtful = rule.has("review", &fold(&request.text)) || rule.has(&format!("review-{}", a.kind), &about);
            if a.readiness == Readiness::GroundLapsed || request.is_note || doubtful {
                finding = finding.for_review();
            }
            findings.push(finding);
        }
    }
    findings
}
