//! A paper whose data a database holds: wholly, or as one of several ways to answer the row.

use super::{About, Detector, Evidence, Finding};
use crate::catalog::{Procedure, Request};
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

/// Whether somebody has to look before the paper is dropped.
fn is_doubtful(evidence: &Evidence, rule: &DetectorRule, procedure: &Procedure, request: &Request, kind: &str) -> bool {
    let folded = fold(&request.text);
    // "review-health_check": words of the row or the procedure for which the database of a kind need not answer
    let about = fold(&format!("{} {}", procedure.name, request.text));
    // A row without quantities is a note more often than a demand. A case in which the database is wrong asks for proof of that.
    request.is_note
        || rule.has("review", &folded)
        || rule.has(&format!("review-{kind}"), &about)
        || rule.has("review-case", &fold(&request.case_title))
        || is_settled_by_another(evidence, rule, procedure, request)
}

/// Whether another row of the case already lets data take the place of the papers, naming none of them.
fn is_settled_by_another(evidence: &Evidence, rule: &DetectorRule, procedure: &Procedure, request: &Request) -> bool {
    // "Voucher of the tax; where the data is there it need not be handed in" speaks of the voucher.
    let names_none = |r: &&Request| {
        evidence.assessments_of(r).iter().all(|a| a.verdict == Verdict::None)
            && evidence.paper_of(r).is_some_and(|paper| paper.is_case)
    };
    let others = procedure.requests.iter().filter(|r| r.case_index == request.case_index && r.id != request.id);
    let mut texts = others.filter(names_none).map(|r| fold(&r.text));
    texts.any(|text| rule.has("data", &text) && rule.has("settled", &text))
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
            if a.readiness == Readiness::GroundLapsed || is_doubtful(evidence, rule, procedure, request, &a.kind) {
                finding = finding.for_review();
            }
            findings.push(finding);
        }
    }
    findings
}
