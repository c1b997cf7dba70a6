//! A paper, and in the same dossier a field of a form that says the same.

use super::{About, Detector, Evidence, Finding};
use crate::reading::Reason;
use crate::rule::DetectorRule;

/// A paper is asked for although a form of the same case already tells its datum, so that a database can be asked.
#[derive(Debug)]
pub struct PaperAndField;

impl Detector for PaperAndField {
    fn rule(&self) -> &'static str {
        "TL-D-FIELD"
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (procedure, request) in evidence.catalog.requests() {
            for a in evidence.assessments_of(request).iter().filter(|a| a.verdict.is_positive()) {
                let field = procedure.requests.iter().filter(|r| r.case_index == request.case_index).find_map(|r| {
                    let of_kind = |b: &&crate::reading::Assessment| b.kind == a.kind && b.reason == Reason::FormField;
                    evidence.assessments_of(r).iter().find(of_kind).map(|b| (r, b))
                });
                let Some((form, field)) = field else { continue };
                let kind =
                    evidence.book.kind(&a.kind).map(|k| evidence.book.kinds[k].title.clone()).unwrap_or_default();
                let finding = Finding::new(evidence, rule, procedure, About::Request(request), &a.quote)
                    .known_by(&[&a.kind, &request.text])
                    .with_both("paper", &kind.vi, &kind.en)
                    .with("field", &field.quote)
                    .with_related([form.id.clone()]);
                findings.push(finding);
            }
        }
        findings
    }
}
