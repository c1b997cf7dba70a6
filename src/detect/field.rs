//! A paper, and in the same dossier a field of a form that says the same.

use super::{About, Detector, Evidence, Finding, demands};
use crate::catalog::{Procedure, Request};
use crate::rule::DetectorRule;
use crate::text::fold_with_offsets;

/// A paper is asked for although a form of the same case already tells its datum, so that a database can be asked.
///
/// The words by which a form tells it stand in lists of the rule that are called as the kind of paper.
#[derive(Debug)]
pub struct PaperAndField;

impl Detector for PaperAndField {
    fn rule(&self) -> &'static str {
        "TL-D-FIELD"
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (procedure, request) in demands(evidence.catalog) {
            for a in evidence.assessments_of(request).iter().filter(|a| a.verdict.is_positive()) {
                let Some((form, field)) = field(evidence, rule, procedure, request, &a.kind) else { continue };
                let kind = evidence.book.kind(&a.kind).map(|k| &evidence.book.kinds[k].title);
                let (vi, en) = kind.map(|t| (t.vi.as_str(), t.en.as_str())).unwrap_or_default();
                let finding = Finding::new(evidence, rule, procedure, About::Request(request), &a.quote)
                    .known_by(&[&a.kind, &request.text])
                    .with_both("paper", vi, en)
                    .with("field", &field)
                    .with_related([form.id.clone()]);
                findings.push(finding);
            }
        }
        findings
    }
}

/// The form of the same case that tells the datum of a kind, and its words.
fn field<'p>(
    evidence: &Evidence,
    rule: &DetectorRule,
    procedure: &'p Procedure,
    request: &Request,
    kind: &str,
) -> Option<(&'p Request, String)> {
    let words = rule.words(kind)?;
    let is_form = |r: &Request| {
        let family = evidence.paper_of(r).and_then(|p| p.family);
        family.is_some_and(|f| evidence.relation.families[f].form)
    };
    let forms =
        procedure.requests.iter().filter(|r| !r.is_note && r.case_index == request.case_index && r.id != request.id);
    forms.filter(|r| is_form(r)).find_map(|form| {
        let folded = fold_with_offsets(&form.text);
        let hit = words.find(&folded.text).next()?;
        let (from, to) = folded.char_span(hit.start, hit.end);
        Some((form, form.text.chars().skip(from).take(to - from).collect()))
    })
}
