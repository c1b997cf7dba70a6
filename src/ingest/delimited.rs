//! CSV, TSV and their relatives: delimiter, encoding and quoting are found from the content.

use super::decode::{decode, decode_head};
use super::grid::{Cell, Grid, Row};
use super::{Input, Reader, Sink, header};
use crate::problem::{Problem, Severity};
use crate::rule::{ColumnNames, Field};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Reader of delimited text.
pub struct Delimited;

/// How much of a file decides whether it is a table, in bytes.
const HEAD: usize = 64 * 1024;
/// A line longer than this is no table row, in bytes.
const LONGEST_LINE: usize = 32 * 1024 * 1024;
/// The delimiters, the most telling first.
pub(super) const DELIMITERS: [u8; 4] = [b'\t', b';', b'|', b','];

impl Reader for Delimited {
    fn name(&self) -> &'static str {
        "delimited"
    }

    fn recognises(&self, input: &Input) -> bool {
        decode_head(input.bytes, HEAD).is_some_and(|head| {
            let whole = input.bytes.len() <= HEAD;
            delimiter_of(&head.text, whole, input.columns).is_some()
        })
    }

    fn read(&self, input: &Input, sink: &mut Sink) {
        read_bounded(input, LONGEST_LINE, sink);
    }
}

/// Reads a table whose lines are at most `longest` bytes.
pub(super) fn read_bounded(input: &Input, longest: usize, sink: &mut Sink) {
    let line = input.bytes.split(|b| *b == b'\n').map(<[u8]>::len).max().unwrap_or(0);
    if line > longest {
        sink.reject_file(input, "line-too-long", &line);
        return;
    }
    let Some(decoded) = decode(input.bytes) else {
        sink.reject_file(input, "not-text", "");
        return;
    };
    decoded.report(input, sink);
    let sample = &decoded.text[..decoded.text.floor_char_boundary(HEAD)];
    let Some(delimiter) = delimiter_of(sample, sample.len() == decoded.text.len(), input.columns) else {
        sink.reject_file(input, "table-unknown", "");
        return;
    };
    let (_, body) = declared(&decoded.text);
    let grid = Grid { file: input.path.to_owned(), rows: rows(body, delimiter), merged: Vec::new() };
    if grid.rows.iter().all(Row::is_blank) {
        sink.reject_file(input, "table-empty", "");
    } else {
        let short = short_rows(&grid, input, delimiter);
        if grid.read(input.columns, sink) {
            sink.problems.extend(short);
        } else {
            sink.reject_file(input, "header-missing", "");
        }
    }
}

/// One problem for all rows that end before the header does, as an unquoted line break leaves them.
fn short_rows(grid: &Grid, input: &Input, delimiter: u8) -> Option<Problem> {
    let header = header::find(grid, input.columns)?;
    let width = header.columns.len();
    let mut short = grid.rows[header.data..].iter().filter(|r| !r.is_blank() && r.cells.len() < width);
    let first = short.next()?;
    let source = grid.source(Some(first.number - header.number), None);
    let problem = Problem::new(Severity::Warning, "rows-short", &source)
        .with_arg("rows", &(short.count() + 1))
        .with_arg("columns", &width)
        .with_arg("delimiter", &char::from(delimiter).escape_default());
    Some(problem.with_raw(first.raw()))
}

/// The delimiter that spreadsheets write into a first line `sep=;`, and the text without that line.
fn declared(text: &str) -> (Option<u8>, &str) {
    let Some((line, rest)) = text.split_once('\n') else { return (None, text) };
    let sign = line.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
    match sign {
        Some([delimiter]) => (Some(*delimiter), rest),
        _ => (None, text),
    }
}

/// The delimiter under which the text is a table; none when it is prose.
///
/// A header that is understood decides. Without one the lines must agree on the number of cells, the more strictly
/// for the comma, which prose is full of.
fn delimiter_of(text: &str, whole: bool, columns: &ColumnNames) -> Option<u8> {
    let (sign, body) = declared(text);
    if sign.is_some() {
        return sign;
    }
    let mut best: Option<((usize, usize), u8)> = None;
    for delimiter in DELIMITERS {
        let mut sample = rows(body, delimiter);
        if !whole && sample.len() > 1 {
            sample.pop();
        }
        sample.truncate(200);
        let grid = Grid { rows: sample, ..Grid::default() };
        let score = (known_names(&grid, columns), regular(&grid.rows, delimiter));
        if score > (0, 0) && best.is_none_or(|b| score > b.0) {
            best = Some((score, delimiter));
        }
    }
    best.map(|(_, delimiter)| delimiter)
}

/// Names that the header knows, when it has two columns at least, or is one column of codes.
fn known_names(grid: &Grid, columns: &ColumnNames) -> usize {
    let Some(found) = header::find(grid, columns) else { return 0 };
    let known = found.columns.iter().filter(|c| c.field.is_some()).count();
    let codes = || {
        grid.rows[found.data..].iter().flat_map(|r| &r.cells).all(|c| {
            let text = c.text.trim();
            text.len() < 40 && !text.contains(' ') && (text.is_empty() || text.contains(|x: char| x.is_ascii_digit()))
        })
    };
    match found.columns.len() {
        1 if found.has(Field::Code) && codes() => 1,
        0 | 1 => 0,
        // one known name among prose: "Tên, …"
        _ if known < 2 && regular(&grid.rows[found.data - 1..], b',') == 0 => 0,
        _ => known,
    }
}

/// Number of columns on which the rows agree; 0 when they do not. Blank cells at the end, which a list of lines
/// ending in `;` has, and rows indented by a tab make no table.
fn regular(rows: &[Row], delimiter: u8) -> usize {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    let mut filled = 0;
    for row in rows.iter().filter(|r| !r.is_blank()) {
        let width = row.cells.iter().rposition(|c| !c.is_blank()).map_or(0, |last| last + 1);
        *widths.entry(width).or_default() += 1;
        filled += usize::from(row.cells.iter().filter(|c| !c.is_blank()).count() >= 2);
    }
    let total: usize = widths.values().sum();
    let Some((width, agree)) = widths.into_iter().max_by_key(|(width, count)| (*count, *width)) else { return 0 };
    let least = if delimiter == b',' { 3 } else { 2 };
    let agrees = total >= 2 && agree * 10 >= total * 9 && filled * 2 >= total;
    if agrees && width >= least { width } else { 0 }
}

/// The rows of a text under the delimiter with which a line holds all of these names; else the first one of [`DELIMITERS`].
pub(super) fn table(text: &str, is_header: &dyn Fn(&Row) -> bool) -> Vec<Row> {
    let with = |delimiter: &u8| Some(rows(text, *delimiter)).filter(|rows| rows.iter().take(30).any(is_header));
    DELIMITERS.iter().find_map(with).unwrap_or_else(|| rows(text, DELIMITERS[0]))
}

/// All rows, blank ones included; the number is that of the record.
pub(super) fn rows(text: &str, delimiter: u8) -> Vec<Row> {
    let text = literal_quotes(text, delimiter);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let records = reader.records().filter_map(Result::ok);
    records.zip(1..).map(|(record, number)| Row { number, cells: record.iter().map(Cell::text).collect() }).collect()
}

/// Doubles the quotes of cells that only begin with one, so that a lone `"` does not swallow the lines after it.
///
/// A quote at the start of a cell opens a quoted cell only when the quote that ends it stands before a delimiter or
/// a line end, and when the cell does not span both a delimiter and a line end of a file separated by tabs.
fn literal_quotes(text: &str, delimiter: u8) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        // `at` is the start of a cell
        if bytes[at] == b'"' {
            if let Some(end) = quoted_end(bytes, at, delimiter) {
                at = end;
            } else {
                let end = cell_end(bytes, at, delimiter);
                out.push_str(&text[copied..at]);
                out.push('"');
                out.push_str(&text[at..end].replace('"', "\"\""));
                out.push('"');
                copied = end;
                at = end;
            }
        }
        at = cell_end(bytes, at, delimiter) + 1;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

fn cell_end(bytes: &[u8], from: usize, delimiter: u8) -> usize {
    bytes[from..].iter().position(|b| *b == delimiter || matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |i| from + i)
}

/// The place after the closing quote of a well-formed quoted cell that opens at `open`.
fn quoted_end(bytes: &[u8], open: usize, delimiter: u8) -> Option<usize> {
    let mut at = open + 1;
    loop {
        let close = at + bytes.get(at..)?.iter().position(|b| *b == b'"')?;
        match bytes.get(close + 1) {
            Some(b'"') => at = close + 2,
            Some(next) if *next != delimiter && !matches!(next, b'\n' | b'\r') => return None,
            _ => {
                let inside = &bytes[open..close];
                let spans = delimiter == b'\t' && inside.contains(&b'\t') && inside.contains(&b'\n');
                return (!spans).then_some(close + 1);
            }
        }
    }
}
