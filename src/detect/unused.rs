//! Procedures that nobody uses.

use super::{About, Detector, Evidence, Finding};
use crate::catalog::{Level, Procedure};
use crate::rule::DetectorRule;
use crate::volumes::Volumes;

/// A procedure without a dossier in any of the years known.
///
/// A stated zero counts. That a procedure does not occur counts only in the log of whole days of whole years, and only
/// where the province or its communes carry it out, since a log is one of theirs.
#[derive(Debug)]
pub struct Unused;

impl Detector for Unused {
    fn rule(&self) -> &'static str {
        "TL-P-UNUSED"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["years"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let Some(volumes) = evidence.volumes else { return Vec::new() };
        let years: Vec<i16> = volumes.years().into_iter().filter(|y| volumes.is_whole(*y)).collect();
        if u32::try_from(years.len()).unwrap_or(u32::MAX) < rule.limit("years") {
            return Vec::new();
        }
        let shown = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let unused = evidence.catalog.procedures.iter().filter(|p| !p.code.is_empty() && is_unused(volumes, &years, p));
        unused
            .map(|p| Finding::new(evidence, rule, p, About::Procedure, &p.name).known_by(&[]).with("years", &shown))
            .collect()
    }
}

fn is_unused(volumes: &Volumes, years: &[i16], procedure: &Procedure) -> bool {
    let is_local = procedure.levels.iter().any(|l| matches!(l, Level::Province | Level::District | Level::Commune));
    years.iter().all(|year| match volumes.total(&procedure.code, *year) {
        Some(dossiers) => dossiers == 0,
        None => is_local && volumes.coverage(*year).is_some(),
    })
}
