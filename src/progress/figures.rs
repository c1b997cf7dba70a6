//! What one catalogue holds, in every measure.

use crate::catalog::Catalog;
use crate::reading::Assessment;
use crate::rule::{Readiness, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// A measure of the size of a catalogue. Titles in both languages stand in `rules/messages/measures.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Distinct procedures that are not internal.
    Procedures,
    /// The same, counted once for each level at which they are carried out.
    LevelInstances,
    /// Internal procedures, which stay out of every other measure.
    InternalProcedures,
    /// Dossier rows of all cases, notes left out.
    Requests,
    /// Dossier rows of the longest case of each procedure: cases are alternatives and are not summed.
    RequestsLongestCase,
    /// Originals and copies of the longest case of each procedure, where the number is stated.
    Copies,
    /// Steps.
    Steps,
    /// Requests that data can replace today.
    ReplaceNow,
    /// Requests that data can replace when the database is connected.
    ReplaceWhenConnected,
    /// Requests that data can answer in part.
    Partial,
    /// Requests that the catalogue itself no longer makes where data answers.
    Already,
}

impl Measure {
    /// Every measure, in the order of tables.
    pub const ALL: [Measure; 11] = [
        Measure::Procedures,
        Measure::LevelInstances,
        Measure::InternalProcedures,
        Measure::Requests,
        Measure::RequestsLongestCase,
        Measure::Copies,
        Measure::Steps,
        Measure::ReplaceNow,
        Measure::ReplaceWhenConnected,
        Measure::Partial,
        Measure::Already,
    ];

    /// The word in tables, and after `measure-` the key of its title.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Measure::Procedures => "procedures",
            Measure::LevelInstances => "level-instances",
            Measure::InternalProcedures => "internal-procedures",
            Measure::Requests => "requests",
            Measure::RequestsLongestCase => "requests-longest-case",
            Measure::Copies => "copies",
            Measure::Steps => "steps",
            Measure::ReplaceNow => "replace-now",
            Measure::ReplaceWhenConnected => "replace-when-connected",
            Measure::Partial => "partial",
            Measure::Already => "already",
        }
    }
}

/// One measure of one catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// What is counted.
    pub measure: Measure,
    /// How many.
    pub value: u64,
}

/// Every measure of a catalogue and the assessments of its requests. A request counts once, by its strongest verdict.
#[must_use]
pub fn figures(catalog: &Catalog, assessments: &[Assessment]) -> Vec<Figure> {
    let internal: BTreeSet<&str> = catalog.procedures.iter().filter(|p| p.is_internal).map(|p| p.id.as_str()).collect();
    let public = || catalog.procedures.iter().filter(|p| !p.is_internal);
    let longest = public().map(longest_case);
    let (rows, copies) = longest.fold((0, 0), |(rows, copies), case| (rows + case.0, copies + case.1));
    let strongest = strongest(catalog, assessments, &internal);
    let with = |wanted: Measure| strongest.values().filter(|m| **m == wanted).count() as u64;
    Measure::ALL
        .into_iter()
        .map(|measure| {
            let value = match measure {
                Measure::Procedures => public().count() as u64,
                Measure::LevelInstances => public().map(|p| p.levels.len().max(1) as u64).sum(),
                Measure::InternalProcedures => internal.len() as u64,
                Measure::Requests => public().flat_map(|p| &p.requests).filter(|r| !r.is_note).count() as u64,
                Measure::RequestsLongestCase => rows,
                Measure::Copies => copies,
                Measure::Steps => public().map(|p| p.steps.len() as u64).sum(),
                _ => with(measure),
            };
            Figure { measure, value }
        })
        .collect()
}

/// Rows and copies of the case with most rows; of equals, the one with most copies.
fn longest_case(procedure: &crate::catalog::Procedure) -> (u64, u64) {
    let mut cases: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
    for request in procedure.requests.iter().filter(|r| !r.is_note) {
        let case = cases.entry(request.case_index).or_default();
        case.0 += 1;
        case.1 += u64::from(request.originals.unwrap_or_default()) + u64::from(request.copies.unwrap_or_default());
    }
    cases.into_values().max().unwrap_or_default()
}

/// For each request of a public procedure the measure it counts in; the order of `Measure` is that of strength.
fn strongest<'a>(
    catalog: &'a Catalog,
    assessments: &'a [Assessment],
    internal: &BTreeSet<&str>,
) -> BTreeMap<&'a str, Measure> {
    let procedures: BTreeMap<&str, &str> = catalog.requests().map(|(p, r)| (r.id.as_str(), p.id.as_str())).collect();
    let mut strongest: BTreeMap<&str, Measure> = BTreeMap::new();
    for assessment in assessments {
        let Some(measure) = measure_of(assessment) else { continue };
        let id = assessment.request_id.as_str();
        if procedures.get(id).is_some_and(|p| !internal.contains(p)) {
            let entry = strongest.entry(id).or_insert(measure);
            *entry = (*entry).min(measure);
        }
    }
    strongest
}

fn measure_of(assessment: &Assessment) -> Option<Measure> {
    match (assessment.verdict, assessment.readiness) {
        (Verdict::Replace, Readiness::ReplaceNow) => Some(Measure::ReplaceNow),
        (Verdict::Replace, _) => Some(Measure::ReplaceWhenConnected),
        (Verdict::Partial, _) => Some(Measure::Partial),
        (Verdict::Already, _) => Some(Measure::Already),
        _ => None,
    }
}
