//! Demands that stand outside the dossier: in steps, conditions and the names of form files.

use super::around::Around;
use super::{Assessment, Context, read_in, scan};
use crate::catalog::{Catalog, Procedure, Request};
use crate::rule::{CueClass, RuleBook, Verdict};
use crate::text::fold_with_offsets;
use rayon::prelude::*;
use std::collections::HashSet;

/// Hidden demands: kinds demanded by steps, conditions and names of form files rather than by a dossier row.
///
/// The item of a condition is `procedure id/conditions`, of a form file `request id/form`.
/// Nothing is listed where nothing is demanded.
#[must_use]
pub fn read_hidden(book: &RuleBook, procedure: &Procedure, context: &Context) -> Vec<Assessment> {
    let mut texts: Vec<(String, &str)> = procedure.steps.iter().map(|s| (s.id.clone(), s.text.as_str())).collect();
    texts.push((format!("{}/conditions", procedure.id), procedure.conditions.as_str()));
    texts.extend(procedure.requests.iter().map(|r| (format!("{}/form", r.id), r.form_file.as_str())));
    let around = Around::of(book, procedure);
    let mut found = Vec::new();
    for (id, text) in texts {
        let request = Request { id, text: text.to_owned(), ..Request::default() };
        let demands = prose(book, text);
        let assessments = read_in(book, procedure, &around, &request, context);
        found.extend(assessments.into_iter().filter(|a| a.verdict.is_positive() && demands(a.span_start)));
    }
    found
}

/// A demand that stands outside the dossier: see [`read_hidden`].
#[derive(Debug, Clone, PartialEq)]
pub struct Hidden {
    /// Code of the procedure.
    pub code: String,
    /// The procedure's file.
    pub source_file: String,
    /// A row of its dossier demands the same kind.
    pub in_dossier: bool,
    /// What is demanded.
    pub assessment: Assessment,
}

/// The hidden demands of a catalogue, in the order of its tables. `assessments` are those of its dossier rows.
#[must_use]
pub fn hidden_demands(
    book: &RuleBook,
    catalog: &Catalog,
    assessments: &[Assessment],
    context: &Context,
) -> Vec<Hidden> {
    let demanded = |a: &&Assessment| matches!(a.verdict, Verdict::Replace | Verdict::Partial | Verdict::Keep);
    let asked: HashSet<(&str, &str)> =
        assessments.iter().filter(demanded).map(|a| (a.request_id.as_str(), a.kind.as_str())).collect();
    let each: Vec<Vec<Hidden>> = catalog
        .procedures
        .par_iter()
        .map(|p| {
            let found = read_hidden(book, p, context).into_iter();
            let hidden = |a: Assessment| Hidden {
                code: p.code.clone(),
                source_file: p.source.file.clone(),
                in_dossier: p.requests.iter().any(|r| asked.contains(&(r.id.as_str(), a.kind.as_str()))),
                assessment: a,
            };
            found.map(hidden).collect()
        })
        .collect();
    each.into_iter().flatten().collect()
}

/// In prose a paper is demanded only after a verb that demands it, in the same sentence.
fn prose(book: &RuleBook, text: &str) -> impl Fn(usize) -> bool + use<> {
    let folded = fold_with_offsets(text);
    let scanned = scan::scan(book, text, &folded);
    let sentence = |t: &scan::Token| scanned.clauses[t.clause].sentence;
    let places: Vec<(usize, usize, bool)> = scanned
        .tokens
        .iter()
        .map(|t| {
            let demands = [CueClass::Demand, CueClass::Copy, CueClass::Then, CueClass::Must].iter().any(|c| t.has(*c));
            (folded.char_span(t.start, t.end).0, sentence(t), demands)
        })
        .collect();
    move |at| {
        let Some(here) = places.iter().find(|p| p.0 == at) else { return false };
        places.iter().any(|p| p.2 && p.1 == here.1 && p.0 < at)
    }
}
