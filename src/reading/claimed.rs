//! How well the rules read a list that names for each paper the database that replaces it, as the annexes of the
//! resolutions on cutting procedures do.

use super::{Context, read_request};
use crate::catalog::{Procedure, Request};
use crate::error::{Error, Result};
use crate::rule::RuleBook;
use std::collections::BTreeSet;
use std::path::Path;

/// A row that was read otherwise than the list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedRow {
    /// Line of the file, the header being 1.
    pub line: usize,
    /// The paper.
    pub document: String,
    /// The database as the list calls it.
    pub database: String,
    /// Sources the reading gives for what can be replaced, joined by commas; empty when nothing can.
    pub got: String,
}

/// Figures over such a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimedEvaluation {
    /// Rows read.
    pub rows: usize,
    /// Rows in which some kind is `replace` or `partial`.
    pub replaceable: usize,
    /// Rows whose database is known by name.
    pub databases_known: usize,
    /// Rows in which every database named is among the sources of what can be replaced.
    pub right_database: usize,
    /// Rows that are not replaceable or name another database.
    pub differing: Vec<ClaimedRow>,
}

/// Reads each row as a procedure with this one paper. `text` is a table separated by tabs with the columns `document` and
/// `database`, and where known `name` and `code` of the procedure. The path is for messages only.
///
/// # Errors
/// When a column is missing.
pub fn evaluate_claimed(book: &RuleBook, path: &Path, text: &str, context: &Context) -> Result<ClaimedEvaluation> {
    let mut lines = text.lines().enumerate();
    let header: Vec<&str> =
        lines.next().map_or("", |(_, l)| l).trim_start_matches('\u{feff}').split('\t').map(str::trim).collect();
    let column = |name: &str| header.iter().position(|h| *h == name);
    let need = |name: &str| {
        column(name).ok_or_else(|| Error::Rule {
            path: path.to_owned(),
            message: format!("line 1: column `{name}` is missing"),
        })
    };
    let (document, database) = (need("document")?, need("database")?);
    let (name, code) = (column("name"), column("code"));
    let mut result = ClaimedEvaluation::default();
    for (at, line) in lines.filter(|(_, l)| !l.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).copied().unwrap_or_default();
        let procedure = Procedure { name: cell(name).to_owned(), code: cell(code).to_owned(), ..Procedure::default() };
        let request = Request { text: cell(Some(document)).to_owned(), ..Request::default() };
        let read = read_request(book, &procedure, &request, context);
        let got: BTreeSet<&str> = read.iter().filter(|a| a.verdict.is_positive()).map(|a| a.source.as_str()).collect();
        let named = book.databases_in(cell(Some(database)));
        let right = !named.is_empty() && named.iter().all(|n| got.contains(book.sources[*n].source.as_str()));
        result.rows += 1;
        result.replaceable += usize::from(!got.is_empty());
        result.databases_known += usize::from(!named.is_empty());
        result.right_database += usize::from(right);
        if got.is_empty() || !right {
            result.differing.push(ClaimedRow {
                line: at + 1,
                document: request.text,
                database: cell(Some(database)).to_owned(),
                got: got.into_iter().collect::<Vec<_>>().join(","),
            });
        }
    }
    Ok(result)
}
