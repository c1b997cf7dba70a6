//! How well the rules read a list that names for each paper the database that replaces it, as the annexes of the
//! resolutions on cutting procedures do.

use super::{Context, read_request};
use crate::catalog::{Procedure, Request};
use crate::rule::RuleBook;
use std::collections::BTreeSet;

/// A row that was read otherwise than the list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedRow {
    /// Line of the file, the header being 1.
    pub line: usize,
    /// The paper.
    pub document: String,
    /// The database as the list calls it.
    pub database: String,
    /// Databases that answer what can be replaced, joined by commas; empty when nothing can.
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
    /// Rows in which a database named answers something that can be replaced.
    pub right_database: usize,
    /// Rows in which every database named answers something that can be replaced.
    pub all_databases: usize,
    /// Rows that are not replaceable or name a further database.
    pub differing: Vec<ClaimedRow>,
}

/// A row of such a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claim {
    /// Line of the file, the header being 1.
    pub line: usize,
    /// Code of the procedure, where known.
    pub code: String,
    /// Name of the procedure, where known.
    pub procedure: String,
    /// The paper.
    pub document: String,
    /// The database as the list calls it.
    pub database: String,
}

/// Reads each row as a procedure with this one paper.
#[must_use]
pub fn evaluate_claimed(book: &RuleBook, claims: &[Claim], context: &Context) -> ClaimedEvaluation {
    let mut result = ClaimedEvaluation::default();
    for claim in claims {
        let procedure = Procedure { name: claim.procedure.clone(), code: claim.code.clone(), ..Procedure::default() };
        let request = Request { text: claim.document.clone(), ..Request::default() };
        let read = read_request(book, &procedure, &request, context);
        let demanded = read.iter().filter(|a| a.verdict.is_positive()).filter_map(|a| book.kind(&a.kind));
        let got: BTreeSet<&str> = demanded.flat_map(|k| book.answering(k)).map(|d| d.source.as_str()).collect();
        let named = book.databases_in(&claim.database);
        let given = named.iter().filter(|n| got.contains(book.sources[**n].source.as_str())).count();
        result.rows += 1;
        result.replaceable += usize::from(!got.is_empty());
        result.databases_known += usize::from(!named.is_empty());
        result.right_database += usize::from(given > 0);
        result.all_databases += usize::from(given > 0 && given == named.len());
        if got.is_empty() || given < named.len() {
            result.differing.push(ClaimedRow {
                line: claim.line,
                document: claim.document.clone(),
                database: claim.database.clone(),
                got: got.into_iter().collect::<Vec<_>>().join(","),
            });
        }
    }
    result
}
