//! The platform register: which databases are published and connected, as the officers of the platform state it.

use super::book::{Database, RuleBook};
use super::fault::fault;
use crate::error::{Error, Result};
use calamine::Reader as _;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use toml::Spanned;

/// State of a database on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct State {
    /// Its owner has published what it answers.
    pub published: bool,
    /// It is connected to the platform.
    pub connected: bool,
    /// Share of records held, in percent, where stated.
    pub coverage: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    published: bool,
    published_on: Option<Date>,
    connected: bool,
    connected_on: Option<Date>,
    coverage: Option<u8>,
}

/// States that override the defaults of `rules/sources`, by source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    entries: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// Word of the `source` column, or any name of the database.
    source: Spanned<String>,
    published: bool,
    connected: bool,
    /// First day of this state, `YYYY-MM-DD`; before it the default holds.
    since: Option<Spanned<String>>,
    coverage: Option<u8>,
}

impl Register {
    /// Reads a register written as TOML: `[[sources]]` with `source`, `published`, `connected`, and where known
    /// `since` and `coverage`.
    ///
    /// # Errors
    /// With line and caret, when the text has another form or names a database that no rule knows.
    pub fn from_toml(path: &Path, text: &str, book: &RuleBook) -> Result<Self> {
        let file: File =
            toml::from_str(text).map_err(|e| Error::Rule { path: path.to_owned(), message: e.to_string() })?;
        let mut register = Register::default();
        for row in file.sources {
            let source =
                known(book, row.source.as_ref()).map_err(|message| fault(path, text, &row.source.span(), &message))?;
            let since = row
                .since
                .as_ref()
                .map(|d| d.as_ref().parse().map_err(|_| fault(path, text, &d.span(), "expected \"YYYY-MM-DD\"")))
                .transpose()?;
            let entry = Entry {
                published: row.published,
                published_on: since,
                connected: row.connected,
                connected_on: since,
                coverage: row.coverage,
            };
            register.entries.insert(source, entry);
        }
        Ok(register)
    }

    /// Reads a register written as CSV with a header; see [`Register::from_workbook`] for the columns.
    ///
    /// # Errors
    /// With the line, when a column is missing or a cell cannot be read.
    pub fn from_csv(path: &Path, text: &str, book: &RuleBook) -> Result<Self> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| wrong(path, 0, &e.to_string()))?;
            rows.push((line_of(text, &record), record.iter().map(str::to_owned).collect()));
        }
        Self::from_rows(path, &rows, book)
    }

    /// Reads the first sheet of a workbook (XLSX, XLS, XLSB, ODS). Columns, in any order: `source`, `published`,
    /// `connected`, and where known `since` or `published_on` and `connected_on` (dates `YYYY-MM-DD`), `coverage` or
    /// `coverage_percent` (whole percent). Truth is `true`, `1`, `x`, `có` or `yes`. Other columns are for people.
    ///
    /// # Errors
    /// When the workbook cannot be opened; with the line, when a column is missing or a cell cannot be read.
    pub fn from_workbook(path: &Path, bytes: &[u8], book: &RuleBook) -> Result<Self> {
        let mut workbook =
            calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| wrong(path, 0, &e.to_string()))?;
        let sheet = workbook.worksheet_range_at(0).transpose().map_err(|e| wrong(path, 0, &e.to_string()))?;
        let rows: Vec<(u64, Vec<String>)> = sheet
            .iter()
            .flat_map(calamine::Range::rows)
            .zip(1..)
            .map(|(row, line)| (line, row.iter().map(cell_text).collect()))
            .collect();
        Self::from_rows(path, &rows, book)
    }

    fn from_rows(path: &Path, rows: &[(u64, Vec<String>)], book: &RuleBook) -> Result<Self> {
        let mut rows = rows.iter().filter(|(_, cells)| cells.iter().any(|c| !c.is_empty()));
        let header: &[String] = rows.next().map_or(&[], |(_, cells)| cells);
        let column = |names: &[&str]| header.iter().position(|h| names.iter().any(|n| h.eq_ignore_ascii_case(n)));
        let need = |name: &str| {
            column(&[name]).ok_or_else(|| {
                let columns = "source, published, connected, since, published_on, connected_on, coverage";
                wrong(path, 1, &format!("column `{name}` is missing; columns: {columns}"))
            })
        };
        let (source, published, connected) = (need("source")?, need("published")?, need("connected")?);
        let (published_on, connected_on) = (column(&["published_on", "since"]), column(&["connected_on", "since"]));
        let coverage = column(&["coverage", "coverage_percent"]);
        let mut register = Register::default();
        for (line, cells) in rows {
            let fail = |message: String| wrong(path, *line, &message);
            let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", |c| c.trim());
            let entry = Entry {
                published: truth(cell(Some(published))).map_err(fail)?,
                published_on: day(cell(published_on)).map_err(fail)?,
                connected: truth(cell(Some(connected))).map_err(fail)?,
                connected_on: day(cell(connected_on)).map_err(fail)?,
                coverage: percent(cell(coverage)).map_err(fail)?,
            };
            register.entries.insert(known(book, cell(Some(source))).map_err(fail)?, entry);
        }
        Ok(register)
    }

    /// State of a database on a day: what the register says, or the default of its rule. Before the day from which the
    /// register states it, a database is neither published nor connected beyond that default.
    #[must_use]
    pub fn state(&self, database: &Database, day: Date) -> State {
        let default = &database.readiness;
        let Some(entry) = self.entries.get(&database.source) else {
            return State { published: default.published, connected: default.connected, coverage: default.coverage };
        };
        let stated = |value: bool, since: Option<Date>, default: bool| {
            if since.is_none_or(|since| since <= day) { value } else { default }
        };
        State {
            published: stated(entry.published, entry.published_on, default.published),
            connected: stated(entry.connected, entry.connected_on, default.connected),
            coverage: entry.coverage.or(default.coverage),
        }
    }
}

fn wrong(path: &Path, line: u64, message: &str) -> Error {
    Error::Rule { path: path.to_owned(), message: format!("line {line}: {message}") }
}

/// The line a record stands on: its position is before the empty lines that were skipped to reach it.
fn line_of(text: &str, record: &csv::StringRecord) -> u64 {
    let before = record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or_default();
    let rest = text.get(before..).unwrap_or_default();
    let skipped = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    let lines = text.get(..before + skipped).map_or(0, |t| t.matches('\n').count());
    u64::try_from(lines).unwrap_or_default() + 1
}

/// A cell as it would be typed: whole numbers without a decimal point, dates as `YYYY-MM-DD`.
fn cell_text(cell: &calamine::Data) -> String {
    match cell {
        calamine::Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string().trim().to_owned(),
    }
}

fn day(cell: &str) -> std::result::Result<Option<Date>, String> {
    match cell {
        "" => Ok(None),
        day => day.parse().map(Some).map_err(|_| format!("`{day}`: expected YYYY-MM-DD")),
    }
}

fn percent(cell: &str) -> std::result::Result<Option<u8>, String> {
    match cell.trim_end_matches('%').trim_end() {
        "" => Ok(None),
        share => match share.parse() {
            Ok(whole @ 0..=100) => Ok(Some(whole)),
            _ => Err(format!("`{share}`: expected a whole percentage")),
        },
    }
}

fn known(book: &RuleBook, word: &str) -> std::result::Result<String, String> {
    if let [one] = book.databases_in(word).as_slice() {
        return Ok(book.sources[*one].source.clone());
    }
    let allowed: Vec<String> = book.sources.iter().map(|s| format!("`{}`", s.source)).collect();
    Err(format!("unknown source `{word}`, expected one of {} or the name of one", allowed.join(", ")))
}

fn truth(cell: &str) -> std::result::Result<bool, String> {
    match crate::text::skeleton(cell).as_str() {
        "true" | "1" | "x" | "co" | "yes" | "roi" => Ok(true),
        "false" | "0" | "" | "khong" | "no" | "chua" => Ok(false),
        _ => Err(format!("`{cell}`: expected true or false, có or không")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;

    fn book() -> RuleBook {
        RuleBook::load(&RuleFiles::embedded()).unwrap()
    }

    #[test]
    fn states_hold_from_their_days_on() {
        let book = book();
        let text = "source,published,published_on,connected,connected_on,coverage_percent\n\
                    population,yes,2026-01-01,có,2026-06-01,99\nland,không,,x,,61%\n";
        let register = Register::from_csv(Path::new("register.csv"), text, &book).unwrap();
        let state = |source: &str, day: &str| {
            let database = book.sources.iter().find(|s| s.source == source).unwrap();
            register.state(database, day.parse().unwrap())
        };
        for (source, day, published, connected) in [
            ("population", "2025-12-31", false, false),
            ("population", "2026-01-01", true, false),
            ("population", "2026-06-01", true, true),
            ("land", "2026-06-01", false, true),
            ("tax", "2026-06-01", false, false),
        ] {
            let got = state(source, day);
            assert_eq!((got.published, got.connected), (published, connected), "{source} {day}");
        }
        assert_eq!(state("land", "2026-06-01").coverage, Some(61));
    }

    #[test]
    fn mistakes_name_their_line_and_what_is_allowed() {
        let book = book();
        for (text, expected) in [
            ("source,published\n", "column `connected` is missing"),
            ("source,published,connected\nmoon,1,1\n", "line 2: unknown source `moon`, expected one of"),
            ("source,published,connected\n\ntax,maybe,1\n", "line 3: `maybe`: expected true or false"),
            ("source,published,connected,since\ntax,1,1,soon\n", "line 2: `soon`: expected YYYY-MM-DD"),
            ("source,published,connected,coverage\ntax,1,1,140\n", "line 2: `140`: expected a whole percentage"),
        ] {
            let error = Register::from_csv(Path::new("register.csv"), text, &book).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
