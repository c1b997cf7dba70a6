//! Compliance cost of a procedure (chi phí tuân thủ, a standard cost model): activities, volumes, before and after.
//!
//! One activity once costs `time × income + hired services + fees`; a run of the procedure is the sum of its activities,
//! each times the share of runs that need it; a year is a run times its dossiers (Circular 02/2017/TT-VPCP). Cases of a
//! dossier are alternatives: the dearest stands for all, unless the officer gives weights. Waiting and the agency's own
//! working time are no compliance cost. Before and after are priced with the same income and the same case.

mod amount;
mod sheet;

pub use amount::{Amount, Share, Span};
pub use sheet::{Activity, AgencyTime, Readings};

use crate::catalog::Procedure;
use crate::rule::{CostBook, Part};
use crate::volumes::{Submission, Yearly};
use std::collections::{BTreeMap, BTreeSet};

/// What falls away from a procedure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removal {
    /// Ids of dossier rows, each with the share of runs in which it is still handed in: [`Share::NEVER`] for a row that
    /// goes, 1 − coverage where a database answers for the others.
    pub requests: BTreeMap<String, Share>,
    /// Ids of dossier rows whose certified copy becomes a plain one.
    pub certifications: BTreeSet<String>,
    /// Copies fewer, by id of the dossier row.
    pub copies: BTreeMap<String, u32>,
    /// Activities other than preparing that go: a visit is one of these; none is through any channel.
    pub visits: BTreeSet<(Part, Option<Submission>)>,
    /// Every dossier comes online.
    pub moves_online: bool,
}

/// The compliance cost of one procedure.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// The rows of the sheet.
    pub activities: Vec<Activity>,
    /// Cases priced, each with its share of the runs.
    pub cases: Vec<(u32, Share)>,
    /// One run.
    pub per_run: Amount,
    /// Dossiers a year; none when not known.
    pub dossiers: Option<u64>,
    /// A year; none when the volume is not known.
    pub per_year: Option<Amount>,
    /// False when no channel states a fee, free included: the fees are then missing, not zero.
    pub is_fee_known: bool,
    /// False when the catalogue lists no dossier row: the preparing is then missing, not free.
    pub is_dossier_known: bool,
    /// Statutory time of the agency; no compliance cost.
    pub agency_time: Vec<AgencyTime>,
}

/// The cost of a procedure as it stands.
#[must_use]
pub fn cost(book: &CostBook, procedure: &Procedure, readings: &Readings, volume: Option<&Yearly>) -> Cost {
    cost_after(book, procedure, readings, volume, &Removal::default())
}

/// The cost of a procedure once something has fallen away.
#[must_use]
pub fn cost_after(
    book: &CostBook,
    procedure: &Procedure,
    readings: &Readings,
    volume: Option<&Yearly>,
    removal: &Removal,
) -> Cost {
    let cases = sheet::cases(book, procedure, readings);
    let activities = sheet::activities(book, procedure, readings, volume, &cases, removal);
    let per_run = activities.iter().map(|a| a.per_run(book)).sum();
    let dossiers = volume.map(|v| v.total);
    Cost {
        per_year: dossiers.map(|n| activities.iter().map(|a| a.per_year(book, n)).sum()),
        cases,
        per_run,
        dossiers,
        is_fee_known: procedure.channels.iter().any(|c| c.fee_vnd.is_some()),
        is_dossier_known: procedure.requests.iter().any(|r| !r.is_note),
        agency_time: sheet::agency_time(procedure),
        activities,
    }
}

/// A procedure before and after, priced alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// As it stands.
    pub before: Cost,
    /// Once something has fallen away.
    pub after: Cost,
}

/// Prices a procedure before and after a removal.
#[must_use]
pub fn compare(
    book: &CostBook,
    procedure: &Procedure,
    readings: &Readings,
    volume: Option<&Yearly>,
    removal: &Removal,
) -> Comparison {
    Comparison {
        before: cost(book, procedure, readings, volume),
        after: cost_after(book, procedure, readings, volume, removal),
    }
}

impl Comparison {
    /// Saved in one run.
    #[must_use]
    pub fn saved_per_run(&self) -> Amount {
        self.before.per_run - self.after.per_run
    }

    /// Saved in a year; none when the volume is not known.
    #[must_use]
    pub fn saved_per_year(&self) -> Option<Amount> {
        Some(self.before.per_year? - self.after.per_year?)
    }

    /// Saved đồng over đồng before, with fees, in one run, as numerator and denominator; the denominator may be 0.
    #[must_use]
    pub fn rate(&self) -> (i64, i64) {
        (self.saved_per_run().with_fees().best, self.before.per_run.with_fees().best)
    }
}

#[cfg(test)]
mod tests;
