//! Legal bases that are no longer in force.

use super::{About, Detector, Evidence, Finding};
use crate::rule::DetectorRule;
use crate::text::fold;

/// A procedure that rests on a document which has been replaced.
#[derive(Debug)]
pub struct LapsedBasis;

impl Detector for LapsedBasis {
    fn rule(&self) -> &'static str {
        "TL-P-BASIS"
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let mut findings = Vec::new();
        for procedure in &evidence.catalog.procedures {
            for basis in &procedure.legal_bases {
                let number = fold(&basis.document_no);
                let is_meant = |o: &&crate::rule::Outdated| {
                    o.since <= evidence.as_of && o.words.find(&number).any(|h| h.end - h.start == number.len())
                };
                let Some(lapsed) = rule.outdated.iter().find(is_meant) else { continue };
                let finding = Finding::new(evidence, rule, procedure, About::Procedure, &basis.document_no)
                    .with("document", &basis.document_no)
                    .with_both("since", &lapsed.since.strftime("%d/%m/%Y").to_string(), &lapsed.since.to_string())
                    .with_both("why", &lapsed.why.vi, &lapsed.why.en);
                findings.push(finding);
            }
        }
        findings
    }
}
