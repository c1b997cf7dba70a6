//! Procedures among state bodies in the public catalogue.

use super::{About, Detector, Evidence, Finding};
use crate::rule::DetectorRule;

/// A procedure among state bodies: outside the control of procedures, and so outside the denominator.
#[derive(Debug)]
pub struct Internal;

impl Detector for Internal {
    fn rule(&self) -> &'static str {
        "TL-P-INTERNAL"
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let internal = evidence.catalog.procedures.iter().filter(|p| p.is_internal);
        internal.map(|p| Finding::new(evidence, rule, p, About::Procedure, &p.name).known_by(&[])).collect()
    }
}
