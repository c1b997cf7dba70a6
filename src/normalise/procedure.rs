//! One raw record into one procedure.

use super::{channels, code, dossier, legal, level, markup, null, results, steps};
use crate::catalog::{Channel, LegalBasis, Procedure, Request, ResultPaper, Step};
use crate::ingest::{RawRecord, RawRow, Section};
use crate::problem::{Problem, Severity, Source};
use crate::rule::{Field, Words};
use crate::text::{clean, has_lookalikes};
use jiff::Timestamp;
use jiff::tz::Offset;

/// Reads a raw record; its id is still open. What could not be understood is reported and kept as written.
pub fn read(record: &RawRecord, words: &Words, problems: &mut Vec<Problem>) -> Procedure {
    let text = |field| null::value(field, &clean(&markup::without(record.text(field))), &words.empty).to_owned();
    let source = &record.source;
    let mut procedure = Procedure {
        code_as_written: clean(record.text(Field::Code)),
        name: text(Field::Name),
        field: text(Field::FieldOfWork),
        publisher: text(Field::Publisher),
        agency: text(Field::Agency),
        authority: text(Field::Authority),
        decision_no: text(Field::DecisionNo),
        published_on: date(record.text(Field::PublishedOn)),
        audience: text(Field::Audience),
        kind: text(Field::Kind),
        conditions: text(Field::Conditions),
        is_internal: level::is_yes(record.text(Field::IsInternal), words)
            || words.internal.tell(record.text(Field::Name), record.text(Field::Audience)),
        source: source.clone(),
        sources: vec![place(source)],
        channels: read_channels(record, words, problems),
        legal_bases: read_legal_bases(record, words, problems),
        results: read_results(record, words),
        steps: read_steps(record, words),
        ..Procedure::default()
    };
    read_code(&mut procedure, problems);
    read_levels(record, &mut procedure, words, problems);
    procedure.requests = read_dossier(record, problems);
    note_lookalikes(&procedure, problems);
    procedure
}

/// The place of a record as listed in `sources`.
fn place(source: &Source) -> String {
    source.row.map_or_else(|| source.file.clone(), |row| format!("{}#{row}", source.file))
}

fn read_code(procedure: &mut Procedure, problems: &mut Vec<Problem>) {
    let written = procedure.code_as_written.as_str();
    match code::parse(written) {
        Some(reading) => {
            if let Some(repair) = reading.repair {
                let problem = Problem::new(Severity::Note, "code-repaired", &procedure.source).with_column("code");
                let problem = problem.with_arg("found", written).with_arg("repaired", &reading.code);
                problems.push(problem.with_arg("repair", repair.as_str()).with_raw(written));
            }
            procedure.code = reading.code;
            procedure.code_suffix = reading.suffix;
        }
        None if written.is_empty() => {}
        None => {
            let problem = Problem::new(Severity::Warning, "code-unreadable", &procedure.source).with_column("code");
            problems.push(problem.with_arg("found", written).with_raw(written));
        }
    }
}

fn read_levels(record: &RawRecord, procedure: &mut Procedure, words: &Words, problems: &mut Vec<Problem>) {
    let cell = clean(record.text(Field::Levels));
    let reading = level::read(&cell, words);
    if !reading.unknown.is_empty() {
        let problem = Problem::new(Severity::Warning, "level-unknown", &procedure.source).with_column("levels");
        problems.push(problem.with_arg("found", &reading.unknown.join("; ")).with_raw(cell));
    }
    let flags = level::from_flags(&record.cells, words);
    procedure.levels = [reading.levels, flags].concat();
    if procedure.levels.is_empty() {
        procedure.levels = level::from_name(&procedure.name, words);
    }
    procedure.levels.sort();
    procedure.levels.dedup();
}

fn table(record: &RawRecord, section: Section) -> &[RawRow] {
    record.rows.get(&section).map_or(&[], Vec::as_slice)
}

/// The channels; in a table of one row a procedure, time and fee stand in columns of their own.
fn read_channels(record: &RawRecord, words: &Words, problems: &mut Vec<Problem>) -> Vec<Channel> {
    let rows = table(record, Section::Channels);
    if !rows.is_empty() {
        return channels::from_rows(rows, words, &record.source, problems);
    }
    let cells: crate::ingest::Cells =
        [(Field::Channels, Field::ChannelName), (Field::Duration, Field::Duration), (Field::Fee, Field::Fee)]
            .into_iter()
            .filter_map(|(from, to)| Some((to, record.cells.get(&from)?.clone())))
            .collect();
    if cells.contains_key(&Field::Duration) || cells.contains_key(&Field::Fee) {
        let row = RawRow { row: record.source.row.unwrap_or(1), id: record.source.id.clone(), cells };
        return channels::from_rows(&[row], words, &record.source, problems);
    }
    channels::from_text(record.text(Field::Channels), words, &record.source, problems)
}

fn read_legal_bases(record: &RawRecord, words: &Words, problems: &mut Vec<Problem>) -> Vec<LegalBasis> {
    let mut bases = match table(record, Section::LegalBases) {
        [] => legal::from_text(record.text(Field::LegalBases), words, &record.source, problems),
        rows => legal::from_rows(rows, words, &record.source, problems),
    };
    if bases.is_empty() {
        bases = legal::from_text(record.text(Field::LegalNo), words, &record.source, problems);
    }
    bases
}

fn read_results(record: &RawRecord, words: &Words) -> Vec<ResultPaper> {
    match table(record, Section::Results) {
        [] => results::from_text(record.text(Field::Results), words, &record.source).results,
        rows => results::from_rows(rows, words, &record.source),
    }
}

fn read_steps(record: &RawRecord, words: &Words) -> Vec<Step> {
    match table(record, Section::Steps) {
        [] => steps::from_text(record.text(Field::Steps), words, &record.source),
        rows => steps::from_rows(rows, words, &record.source),
    }
}

fn read_dossier(record: &RawRecord, problems: &mut Vec<Problem>) -> Vec<Request> {
    let (cases, leftovers) = dossier::read(record);
    for leftover in leftovers {
        let source = Source { row: leftover.row.or(record.source.row), ..record.source.clone() };
        let severity = if leftover.kind.is_loss() { Severity::Warning } else { Severity::Note };
        problems.push(
            Problem::new(severity, leftover.kind.as_str(), &source).with_column("dossier").with_raw(leftover.text),
        );
    }
    let request = |case_index: usize, title: &str, position: usize, row: dossier::Row| Request {
        case_index: ordinal(case_index),
        case_title: title.to_owned(),
        position: ordinal(position),
        form_file: row.form_files.join("; "),
        originals: row.quantity.originals,
        copies: row.quantity.copies,
        is_note: row.quantity.is_note(),
        component_code: row.component_code,
        note: row.note,
        source: Source {
            file: record.source.file.clone(),
            row: Some(row.row),
            id: row.id.or_else(|| record.source.id.clone()),
        },
        text: row.text,
        ..Request::default()
    };
    cases
        .into_iter()
        .enumerate()
        .flat_map(|(case_index, case)| {
            let title = case.title;
            case.rows
                .into_iter()
                .enumerate()
                .map(move |(at, row)| request(case_index, &title, at, row))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// 1-based ordinal of a 0-based place.
fn ordinal(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

/// A date as `YYYY-MM-DD`: the national API gives milliseconds since 1970, which are read as Vietnamese time.
fn date(cell: &str) -> String {
    let cell = clean(cell);
    let vietnam = Offset::constant(7);
    match cell
        .parse::<i64>()
        .ok()
        .filter(|ms| ms.abs() > 100_000_000_000)
        .and_then(|ms| Timestamp::from_millisecond(ms).ok())
    {
        Some(moment) => vietnam.to_datetime(moment).date().to_string(),
        None => cell,
    }
}

fn note_lookalikes(procedure: &Procedure, problems: &mut Vec<Problem>) {
    let own = [("name", &procedure.name)].into_iter().map(|(column, text)| (column, text, &procedure.source));
    let rows = procedure.requests.iter().map(|r| ("text", &r.text, &r.source));
    for (column, text, source) in own.chain(rows).filter(|(_, text, _)| has_lookalikes(text)) {
        problems.push(Problem::new(Severity::Note, "letters-lookalike", source).with_column(column).with_raw(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_national_api_are_vietnamese_days() {
        // 2026-03-25T17:00:00Z is midnight of the 26th in Vietnam.
        assert_eq!(date("1774458000000"), "2026-03-26");
        assert_eq!(date("14/10/2025"), "14/10/2025");
        assert_eq!(date(""), "");
    }
}
