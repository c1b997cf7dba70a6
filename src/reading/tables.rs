//! The `assessments` table. Column names are the contract.

use super::{Assessment, Hidden, Reason};
use crate::catalog::{Catalog, Procedure, Request};
use crate::table::Table;
use std::collections::HashMap;

/// The table of assessments, with the place of each request in its source.
#[must_use]
pub fn assessment_table(catalog: &Catalog, assessments: &[Assessment]) -> Table {
    let requests: HashMap<&str, (&Procedure, &Request)> =
        catalog.requests().map(|(p, r)| (r.id.as_str(), (p, r))).collect();
    let rows: Vec<(&Assessment, Option<&(&Procedure, &Request)>)> =
        assessments.iter().map(|a| (a, requests.get(a.request_id.as_str()))).collect();
    let text = |get: fn(&Assessment) -> &str| rows.iter().map(move |(a, _)| get(a));
    let characters = |get: fn(&Assessment) -> usize| rows.iter().map(move |(a, _)| i64::try_from(get(a)).ok());
    Table::new("assessments")
        .text("request_id", text(|a| &a.request_id))
        .text("code", rows.iter().map(|(_, r)| r.map_or("", |r| &r.0.code)))
        .text("source_file", rows.iter().map(|(_, r)| r.map_or("", |r| &r.1.source.file)))
        .int("source_row", rows.iter().map(|(_, r)| r.and_then(|r| r.1.source.row)))
        .text("source_id", rows.iter().map(|(_, r)| r.and_then(|r| r.1.source.id.as_deref()).unwrap_or_default()))
        .text("kind", text(|a| &a.kind))
        .text("verdict", text(|a| a.verdict.as_str()))
        .text("reason", text(|a| a.reason.as_str()))
        .text("rule", text(|a| &a.rule))
        .text("source", text(|a| &a.source))
        .text("ground", text(|a| &a.ground))
        .text("ground_code", text(|a| &a.ground_code))
        .text("readiness", text(|a| a.readiness.as_str()))
        .text("competence", text(|a| a.competence.map_or("", |c| c.as_str())))
        .float("confidence", rows.iter().map(|(a, _)| Some(a.confidence)))
        .int("span_start", characters(|a| a.span_start))
        .int("span_end", characters(|a| a.span_end))
        .text("quote", text(|a| &a.quote))
        .text("whose", text(|a| a.whose.map_or("", |w| w.as_str())))
}

/// The table of hidden demands: what steps, conditions and form files ask for, apart from the dossier rows.
#[must_use]
pub fn hidden_table(hidden: &[Hidden]) -> Table {
    let text = |get: fn(&Assessment) -> &str| hidden.iter().map(move |h| get(&h.assessment));
    let characters = |get: fn(&Assessment) -> usize| hidden.iter().map(move |h| i64::try_from(get(&h.assessment)).ok());
    Table::new("hidden")
        .text("item_id", text(|a| &a.request_id))
        .text("code", hidden.iter().map(|h| &h.code))
        .text("source_file", hidden.iter().map(|h| &h.source_file))
        .text("kind", text(|a| &a.kind))
        .text("verdict", text(|a| a.verdict.as_str()))
        .text("reason", text(|a| a.reason.as_str()))
        .text("rule", text(|a| &a.rule))
        .text("source", text(|a| &a.source))
        .text("ground", text(|a| &a.ground))
        .text("readiness", text(|a| a.readiness.as_str()))
        .flag("in_dossier", hidden.iter().map(|h| h.in_dossier))
        .float("confidence", hidden.iter().map(|h| Some(h.assessment.confidence)))
        .int("span_start", characters(|a| a.span_start))
        .int("span_end", characters(|a| a.span_end))
        .text("quote", text(|a| &a.quote))
        .text("whose", text(|a| a.whose.map_or("", |w| w.as_str())))
}

impl Reason {
    const ALL: [Reason; 20] = [
        Reason::Demanded,
        Reason::Bundled,
        Reason::AnyPaper,
        Reason::ChangeOf,
        Reason::NotToSubmit,
        Reason::OnlyIfNoData,
        Reason::LookedUp,
        Reason::ByNote,
        Reason::SomeExempt,
        Reason::Foreign,
        Reason::OwnResult,
        Reason::NoSource,
        Reason::FormTitle,
        Reason::FormField,
        Reason::TextContents,
        Reason::Condition,
        Reason::LawTitle,
        Reason::Photograph,
        Reason::OtherPaper,
        Reason::NothingNamed,
    ];

    /// The reason a word of the column stands for.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Reason::ALL.into_iter().find(|r| r.as_str() == word)
    }

    /// The word in the `reason` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Demanded => "demanded",
            Reason::Bundled => "bundled",
            Reason::AnyPaper => "any-paper",
            Reason::ChangeOf => "change-of",
            Reason::NotToSubmit => "not-to-submit",
            Reason::OnlyIfNoData => "only-if-no-data",
            Reason::LookedUp => "looked-up",
            Reason::ByNote => "by-note",
            Reason::SomeExempt => "some-exempt",
            Reason::Foreign => "foreign",
            Reason::OwnResult => "own-result",
            Reason::NoSource => "no-source",
            Reason::FormTitle => "form-title",
            Reason::FormField => "form-field",
            Reason::TextContents => "text-contents",
            Reason::Condition => "condition",
            Reason::LawTitle => "law-title",
            Reason::Photograph => "photograph",
            Reason::OtherPaper => "other-paper",
            Reason::NothingNamed => "nothing-named",
        }
    }
}
