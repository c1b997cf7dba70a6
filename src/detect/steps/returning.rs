//! A dossier that comes back to a body which has already sent it on.

use super::super::copies::beginning;
use super::super::{About, Detector, Evidence, Finding};
use crate::acts::Act;
use crate::rule::{ActClass, DetectorRule};

/// A body sends the dossier on, another sends it too, and the first sends it once more.
#[derive(Debug)]
pub struct Loop;

impl Detector for Loop {
    fn rule(&self) -> &'static str {
        "TL-S-LOOP"
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (procedure, read) in evidence.procedures_with_acts().filter(|(p, _)| !p.is_internal) {
            let Some(act) = third_transfer(&read.acts) else { continue };
            let Some(step) = procedure.steps.iter().find(|s| s.id == act.step_id) else { continue };
            let body = act.doer.as_ref().map_or("", |d| d.name.as_str());
            let finding = Finding::new(evidence, rule, procedure, About::Step(step), &act.quote)
                .with("words", &beginning(&act.quote))
                .with("body", body);
            findings.push(finding);
        }
        findings
    }
}

/// The transfer with which a body sends on what another body sent back to it.
///
/// What is decided, refused, supplemented or submitted ends the way of a dossier: after it another case is told. Reports to
/// the one who decides are no transfer to and fro.
fn third_transfer(acts: &[Act]) -> Option<&Act> {
    let mut transfers: Vec<(&str, &Act)> = Vec::new();
    for act in acts {
        if matches!(
            act.class,
            ActClass::Submit
                | ActClass::RequestSupplement
                | ActClass::Decide
                | ActClass::Refuse
                | ActClass::ReturnResult
        ) {
            transfers.clear();
        }
        if act.class != ActClass::Forward {
            continue;
        }
        let Some(doer) = act.doer.as_ref().filter(|d| d.party.is_state()) else { continue };
        if transfers.last().is_none_or(|(name, _)| *name != doer.name) {
            transfers.push((&doer.name, act));
        }
        if let [.., first, _, third] = transfers[..]
            && first.0 == third.0
        {
            return Some(third.1);
        }
    }
    None
}
