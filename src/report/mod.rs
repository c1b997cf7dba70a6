//! Report → bytes. One file a format; texts are messages, layout is a template apart from the code.

mod audit_docx;
mod audit_report;
mod audit_xlsx;
mod html;
mod decisions;
mod lines;
mod plan_sheets;
pub mod proposals;
mod proposals_docx;
mod proposals_json;
mod proposals_xlsx;
pub mod sheet;
pub mod word;

pub use audit_docx::audit_docx;
pub use audit_report::{AuditInput, AuditReport, Balance, Fall};
pub use audit_xlsx::audit_xlsx;
pub use decisions::read_decisions;
pub use html::html;
pub use lines::{request_lines, source_lines};
pub use proposals::Proposals;
pub use proposals_docx::proposals_docx;
pub use proposals_json::proposals_json;
pub use proposals_xlsx::proposals_xlsx;

use crate::message::Messages;
use crate::problem::{Problem, Severity};
use serde::Serialize;

/// Everything a report shows, ready to be laid out. Numbers are whole and are formatted by the format.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// The date that stands for today.
    pub as_of: String,
    /// Program and version.
    pub tool: String,
    /// Hash of the rule set.
    pub rules: String,
    /// Catalogues from the oldest to the newest: name, and the value of each measure.
    pub catalogs: Vec<CatalogFigures>,
    /// Titles of the measures, in the order of the values.
    pub measures: Vec<String>,
    /// What each database could free in the newest catalogue.
    pub sources: Vec<SourceLine>,
    /// Requests of the newest catalogue that data can replace, in whole or in part.
    pub requests: Vec<RequestLine>,
    /// Problems by severity.
    pub problems: ProblemCounts,
    /// Stages that this version does not have.
    pub later: Vec<String>,
}

/// The figures of one catalogue.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CatalogFigures {
    /// Name of the catalogue.
    pub name: String,
    /// One value a measure.
    pub values: Vec<u64>,
}

/// Assessments of one database, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// Title of the database.
    pub title: String,
    /// Replaceable today.
    pub replace_now: u64,
    /// Replaceable when it is connected.
    pub when_connected: u64,
    /// Replaceable, but no ground is in force.
    pub lapsed: u64,
    /// Already waived by the catalogue where data answers.
    pub already: u64,
    /// Demanded and to be kept.
    pub keep: u64,
}

/// One request that data can replace.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RequestLine {
    /// Code of the procedure.
    pub code: String,
    /// Its name.
    pub procedure: String,
    /// Text before, in and after the words that name the paper.
    pub before: String,
    /// The words.
    pub quote: String,
    /// What follows them.
    pub after: String,
    /// Title of the kind of paper.
    pub kind: String,
    /// Title of the verdict.
    pub verdict: String,
    /// Title of the database.
    pub source: String,
    /// Legal ground; empty when none is in force.
    pub ground: String,
    /// Title of the readiness.
    pub readiness: String,
    /// Where the row stands.
    pub place: String,
}

/// Problems by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ProblemCounts {
    /// Left out.
    pub errors: usize,
    /// Kept, perhaps wrong.
    pub warnings: usize,
    /// Repaired.
    pub notes: usize,
}

impl ProblemCounts {
    /// Counts problems.
    #[must_use]
    pub fn of(problems: &[Problem]) -> Self {
        let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
        ProblemCounts {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}

/// A whole number with the separators of the language: `1.234` in Vietnamese, `1,234` in English.
#[must_use]
pub fn grouped(value: u64, messages: &Messages) -> String {
    let separator = messages.text("number-group", &[]);
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(&separator);
        }
        out.push(digit);
    }
    out
}
