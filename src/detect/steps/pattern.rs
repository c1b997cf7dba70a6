//! One finding for each pattern the steps of a procedure show.

use super::super::copies::beginning;
use super::super::{About, Detector, Evidence, Finding};
use crate::acts::StepPattern;
use crate::catalog::Procedure;
use crate::rule::{DetectorRule, Pattern};
use crate::text::fold;

/// A pattern that speaks for itself.
///
/// Procedures among state bodies are left out, as everywhere in the figures. So are cases that the guide of step patterns
/// leaves open, unless the rule file says `open = 1`.
#[derive(Debug)]
pub struct Shown {
    /// Code of its rule.
    pub code: &'static str,
    /// The pattern.
    pub pattern: Pattern,
}

impl Detector for Shown {
    fn rule(&self) -> &'static str {
        self.code
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let mut findings = Vec::new();
        let with_open = rule.limit("open") == 1;
        for (procedure, read) in evidence.procedures_with_acts().filter(|(p, _)| !p.is_internal) {
            // what the steps demand in person may be done online by what the channels say
            if self.pattern == Pattern::InPersonOnly && procedure.channels.iter().any(|c| c.channel != "direct") {
                continue;
            }
            let shown = read.patterns.iter().find(|p| p.pattern == self.pattern && (with_open || !p.is_open));
            findings.extend(shown.and_then(|p| finding(evidence, rule, procedure, p)));
        }
        findings
    }
}

/// The finding of a pattern; none where its step is not in the procedure, where a word of list `unless` stands in the
/// clause (it then does more, or other, than the message says), or where a word of list `purpose` stands in the name of the
/// procedure: what it is there for is no step too many.
pub(super) fn finding(
    evidence: &Evidence,
    rule: &DetectorRule,
    procedure: &Procedure,
    shown: &StepPattern,
) -> Option<Finding> {
    if rule.has("unless", &fold(&shown.quote)) || rule.has("purpose", &fold(&procedure.name)) {
        return None;
    }
    let step = procedure.steps.iter().find(|s| s.id == shown.step_id)?;
    let mut finding = Finding::new(evidence, rule, procedure, About::Step(step), &shown.quote)
        .with("words", &beginning(&shown.quote));
    shown.pattern.as_str().clone_into(&mut finding.pattern);
    Some(if shown.is_open { finding.for_review() } else { finding })
}
