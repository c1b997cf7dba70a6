//! The checks of an audit, one family a file. A check looks at the facts of one claim and says whether it fires, with the values for its
//! message; what it is called, what it decides and its bounds stand in `rules/checks`.

mod dates;
mod fate;
mod history;
mod identity;
mod notes;
mod numbers;
mod papers;
mod properties;

pub use dates::report_year_of;

use super::facts::Facts;
use super::paper::Row;
use crate::catalog::Procedure;
use crate::problem::Source;
use crate::rule::{CheckRule, ClaimWords, RuleBook};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the checks depend on beside the facts.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The date that stands for today.
    pub as_of: Date,
    /// Kinds, databases and grounds.
    pub book: &'a RuleBook,
    /// Words of claims.
    pub words: &'a ClaimWords,
    /// Dossiers of all years with figures, by code; none when no volumes were given.
    pub dossiers: Option<&'a BTreeMap<String, u64>>,
    /// Papers received in practice, by code: day and folded text; none when no log was given.
    pub received: Option<&'a BTreeMap<String, Vec<(Date, String)>>>,
}

/// A check that fired.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fired {
    /// Values for the placeholders of its message.
    pub args: Vec<(&'static str, String)>,
    /// Rows it rests on: where they stand and their words.
    pub rows: Vec<(Source, String)>,
}

impl Fired {
    /// A check that fired with the values of its message.
    fn with(args: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Fired { args: args.into_iter().collect(), rows: Vec::new() }
    }

    /// Adds the dossier rows it rests on.
    fn and_rows<'a>(mut self, rows: impl IntoIterator<Item = &'a Row<'a>>) -> Self {
        self.rows.extend(rows.into_iter().map(|r| (r.request.source.clone(), r.request.text.clone())));
        self
    }

    /// Adds the procedures it rests on.
    fn and_procedures<'a>(mut self, procedures: impl IntoIterator<Item = &'a &'a Procedure>) -> Self {
        self.rows.extend(procedures.into_iter().map(|p| (p.source.clone(), p.name.clone())));
        self
    }
}

/// A check: its code in `rules/checks`, and what it looks for.
pub type Check = (&'static str, fn(&Facts, &Setting, &CheckRule) -> Option<Fired>);

/// Every check. The order in which they decide is that of `rules/checks`.
pub const CHECKS: &[Check] = &[
    ("A-UNVERIFIABLE", identity::unverifiable),
    ("A-NOT-IN-CATALOGUE", identity::not_in_catalogue),
    ("A-NO-SUBJECT", identity::no_subject),
    ("G8", identity::double_counted),
    ("G10", dates::not_yet_in_force),
    ("A-REPORT-YEAR", dates::report_year),
    ("A-LAPSES", dates::lapses),
    ("G20", history::reintroduced),
    ("G17", history::out_of_baseline),
    ("A-PROCEDURE-GONE", identity::procedure_gone),
    ("G2", fate::recoded),
    ("G3", fate::merged),
    ("G4", fate::split),
    ("G1", fate::renamed),
    ("G5", fate::moved_level),
    ("A-STILL-IN-CATALOGUE", fate::still_in_catalogue),
    ("A-STILL-REQUESTED", papers::still_requested),
    ("G11", papers::hidden),
    ("G25", papers::fallback),
    ("A-LESS-THAN-CLAIMED", papers::less_than_claimed),
    ("G12", papers::other_form),
    ("G13", papers::another_instead),
    ("G24", properties::fewer_sets),
    ("G19", properties::online_only),
    ("G21", properties::statutory_days),
    ("A-NO-CHANGE", properties::unchanged),
    ("G23", numbers::miscounted),
    ("G15", numbers::implausible),
    ("A-EXTREME-UNIT", numbers::extreme_unit),
    ("G6", notes::territorial),
    ("G7", notes::unused),
    ("G9", notes::central),
    ("A-STILL-TAKEN", notes::still_taken),
];

/// A quotation for a message: one line, not too long.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 200 { line } else { line.chars().take(199).chain(['…']).collect() }
}

fn quote_of(rows: &[Row]) -> String {
    rows.first().map(|r| quoted(&r.request.text)).unwrap_or_default()
}
