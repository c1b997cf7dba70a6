//! From assessments to the lines of a report.

use super::{RequestLine, SourceLine};
use crate::catalog::{Catalog, Procedure, Request};
use crate::message::{Lang, Messages};
use crate::reading::Assessment;
use crate::rule::{Readiness, RuleBook, Verdict};
use std::collections::HashMap;

/// One line a database of the rule book, with the assessments that rest on it; those without any are left out.
#[must_use]
pub fn source_lines(book: &RuleBook, assessments: &[Assessment], lang: Lang) -> Vec<SourceLine> {
    let mut lines: Vec<SourceLine> = book
        .sources
        .iter()
        .map(|database| {
            let mut line = SourceLine { title: lang.of(&database.title).to_owned(), ..SourceLine::default() };
            assessments.iter().filter(|a| a.source == database.source).for_each(|a| count(a, &mut line));
            line
        })
        .collect();
    lines.retain(|l| l.replace_now + l.when_connected + l.lapsed + l.already + l.keep > 0);
    lines.sort_by(|a, b| total(b).cmp(&total(a)).then_with(|| a.title.cmp(&b.title)));
    lines
}

fn total(line: &SourceLine) -> u64 {
    line.replace_now + line.when_connected + line.lapsed
}

fn count(assessment: &Assessment, line: &mut SourceLine) {
    match (assessment.verdict, assessment.readiness) {
        (Verdict::Replace | Verdict::Partial, Readiness::ReplaceNow) => line.replace_now += 1,
        (Verdict::Replace | Verdict::Partial, Readiness::ReplaceWhenConnected) => line.when_connected += 1,
        (Verdict::Replace | Verdict::Partial, _) => line.lapsed += 1,
        (Verdict::Already, _) => line.already += 1,
        (Verdict::Keep, _) => line.keep += 1,
        _ => {}
    }
}

/// One line an assessment that says replace or partial, in the order of the catalogue.
#[must_use]
pub fn request_lines(
    book: &RuleBook,
    catalog: &Catalog,
    assessments: &[Assessment],
    messages: &Messages,
) -> Vec<RequestLine> {
    let requests: HashMap<&str, (&Procedure, &Request)> =
        catalog.requests().map(|(p, r)| (r.id.as_str(), (p, r))).collect();
    let lang = messages.lang;
    let titles: HashMap<&str, &str> = book.sources.iter().map(|s| (s.source.as_str(), lang.of(&s.title))).collect();
    let kinds: HashMap<&str, &str> = book.kinds.iter().map(|k| (k.kind.as_str(), lang.of(&k.title))).collect();
    assessments
        .iter()
        .filter(|a| matches!(a.verdict, Verdict::Replace | Verdict::Partial))
        .filter_map(|a| {
            let (procedure, request) = requests.get(a.request_id.as_str())?;
            let part = |from: usize, to: usize| request.text.chars().skip(from).take(to - from).collect::<String>();
            let row = request.source.row.map_or_else(String::new, |row| format!("#{row}"));
            Some(RequestLine {
                code: procedure.code.clone(),
                procedure: procedure.name.clone(),
                before: part(0, a.span_start),
                quote: part(a.span_start, a.span_end),
                after: part(a.span_end, usize::MAX),
                kind: kinds.get(a.kind.as_str()).copied().unwrap_or_default().to_owned(),
                verdict: messages.text(&format!("verdict-{}", a.verdict.as_str()), &[]),
                source: titles.get(a.source.as_str()).copied().unwrap_or_default().to_owned(),
                ground: a.ground.clone(),
                readiness: messages.text(&format!("readiness-{}", a.readiness.as_str()), &[]),
                place: format!("{}{row}", request.source.file),
            })
        })
        .collect()
}
