//! The platform register: which databases are published and connected, as the officers of the platform state it.

use super::book::{Database, RuleBook};
use super::fault::fault;
use crate::error::{Error, Result};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
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
    state: State,
    since: Option<Date>,
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
            let state = State { published: row.published, connected: row.connected, coverage: row.coverage };
            register.entries.insert(source, Entry { state, since });
        }
        Ok(register)
    }

    /// Reads a register written as CSV with the same columns; truth is `true`, `1`, `x`, `có` or `yes`.
    ///
    /// # Errors
    /// With the line, when a column is missing or a cell cannot be read.
    pub fn from_csv(path: &Path, text: &str, book: &RuleBook) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let wrong = |line: u64, message: String| Error::Rule {
            path: path.to_owned(),
            message: format!("line {line}: {message}"),
        };
        let headers = reader.headers().map_err(|e| wrong(1, e.to_string()))?.clone();
        let column =
            |name: &str| headers.iter().position(|h| h.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name));
        let need = |name: &str| {
            column(name).ok_or_else(|| {
                wrong(1, format!("column `{name}` is missing; columns: source, published, connected, since, coverage"))
            })
        };
        let (source, published, connected) = (need("source")?, need("published")?, need("connected")?);
        let mut register = Register::default();
        for record in reader.records() {
            let record = record.map_err(|e| wrong(0, e.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
            let word = known(book, cell(Some(source))).map_err(|m| wrong(line, m))?;
            let truth = |at: usize| truth(cell(Some(at))).map_err(|m| wrong(line, m));
            let since = match cell(column("since")) {
                "" => None,
                day => Some(day.parse().map_err(|_| wrong(line, format!("`{day}`: expected YYYY-MM-DD")))?),
            };
            let coverage = match cell(column("coverage")).trim_end_matches('%') {
                "" => None,
                share => {
                    Some(share.parse().map_err(|_| wrong(line, format!("`{share}`: expected a whole percentage")))?)
                }
            };
            let state = State { published: truth(published)?, connected: truth(connected)?, coverage };
            register.entries.insert(word, Entry { state, since });
        }
        Ok(register)
    }

    /// State of a database on a day: what the register says, or the default of its rule.
    #[must_use]
    pub fn state(&self, database: &Database, day: Date) -> State {
        match self.entries.get(&database.source) {
            Some(entry) if entry.since.is_none_or(|since| since <= day) => entry.state,
            _ => State {
                published: database.readiness.published,
                connected: database.readiness.connected,
                coverage: database.readiness.coverage,
            },
        }
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
