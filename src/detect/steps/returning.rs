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
        for (procedure, read) in evidence.procedures_with_acts() {
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
fn third_transfer(acts: &[Act]) -> Option<&Act> {
    let mut transfers: Vec<(&str, &Act)> = Vec::new();
    for act in acts.iter().filter(|a| matches!(a.class, ActClass::Forward | ActClass::SubmitForSignature)) {
        let Some(doer) = act.doer.as_ref().filter(|d| d.party.is_state()) else { continue };
        if transfers.last().is_none_or(|(name, _)| *name != doer.name) {
            transfers.push((&doer.name, act));
        }
    }
    transfers.windows(3).find(|w| w[0].0 == w[2].0).map(|w| w[2].1)
}
