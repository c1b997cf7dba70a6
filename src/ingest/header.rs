//! The header of a table, found by what its cells say.

use super::grid::{Grid, Row};
use crate::rule::{ColumnNames, Field, Scope};
use crate::text::skeleton;
use std::collections::BTreeSet;

/// How many of the first rows are searched: titles, mottoes and addresses stand above the header.
const SEARCHED: usize = 30;

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name as written, on one line; empty when it has none.
    pub name: String,
    /// What it means; none when the name is not known.
    pub field: Option<Field>,
}

/// The header of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Index into [`Grid::rows`] of the first row below it.
    pub data: usize,
    /// Number of its last row; data rows are counted from there.
    pub number: u32,
    /// The columns.
    pub columns: Vec<Column>,
}

impl Header {
    /// Whether a column of this meaning exists.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|c| c.field == Some(field))
    }
}

/// Finds the header: the row, among the first, with the most known names. None when no row names two fields, or one
/// that tells what the rows are about (code, name, component).
#[must_use]
pub fn find(grid: &Grid, columns: &ColumnNames) -> Option<Header> {
    let mut best: Option<((usize, usize), usize)> = None;
    for (i, row) in grid.rows.iter().take(SEARCHED).enumerate() {
        let found: Vec<Field> = row.cells.iter().filter_map(|c| meaning(columns, &c.text)).collect();
        let fields: BTreeSet<Field> = found.iter().copied().filter(|f| *f != Field::Ignore).collect();
        let telling = [Field::Code, Field::Name, Field::Component].iter().any(|f| fields.contains(f));
        let score = (fields.len(), found.len());
        if (telling || fields.len() >= 2) && best.is_none_or(|b| score > b.0) {
            best = Some((score, i));
        }
    }
    let (_, at) = best?;
    let names = grid.rows[at].cells.iter().map(|c| c.text.clone()).collect();
    Some(below(grid, columns, at, names))
}

/// The header at a row, with a second row of names under merged ones and a row of column numbers, where these follow.
fn below(grid: &Grid, columns: &ColumnNames, at: usize, mut names: Vec<String>) -> Header {
    let mut last = at;
    if let Some(sub) = grid.rows.get(at + 1).filter(|r| is_second(grid, columns, at, r)) {
        names.resize(names.len().max(sub.cells.len()), String::new());
        for (name, cell) in names.iter_mut().zip(&sub.cells).filter(|(_, c)| !c.is_blank()) {
            name.clone_from(&cell.text);
        }
        last += 1;
    }
    if grid.rows.get(last + 1).is_some_and(is_numbering) {
        last += 1;
    }
    let columns = names
        .into_iter()
        .map(|name| Column {
            field: meaning(columns, &name),
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        })
        .collect();
    Header { data: last + 1, number: grid.rows[last].number, columns }
}

/// Names under a merged name: each cell is blank or a known name, one at least stands under a cell that is blank or
/// merged sideways, and none under a name of its own.
fn is_second(grid: &Grid, columns: &ColumnNames, at: usize, row: &Row) -> bool {
    let above = &grid.rows[at];
    let sideways = |column: usize| {
        grid.merged.iter().any(|m| {
            m.rows.0 <= above.number
                && above.number <= m.rows.1
                && m.columns.0 < m.columns.1
                && (m.columns.0..=m.columns.1).contains(&column)
        })
    };
    let mut under = 0;
    for (i, cell) in row.cells.iter().enumerate().filter(|(_, c)| !c.is_blank()) {
        let head = above.cells.get(i).map_or("", |c| c.text.as_str());
        let same = skeleton(head) == skeleton(&cell.text);
        let fits = meaning(columns, &cell.text).is_some() && (same || sideways(i) || head.trim().is_empty());
        if !fits {
            return false;
        }
        under += usize::from(!same && (sideways(i) || head.trim().is_empty()));
    }
    under > 0 && row.cells.iter().filter(|c| !c.is_blank()).count() >= 2
}

/// The row of column numbers under a header: `(1) (2) (3)`, `A B 1 2 3`.
fn is_numbering(row: &Row) -> bool {
    let mut last = 0u32;
    let mut numbers = 0;
    for cell in row.cells.iter().filter(|c| !c.is_blank()) {
        let text = cell.text.trim().trim_matches(['(', ')', '[', ']', '.']);
        match text.parse::<u32>() {
            Ok(n) if n == last + 1 => {
                last = n;
                numbers += 1;
            }
            Err(_) if numbers == 0 && text.chars().count() == 1 && text.chars().all(char::is_alphabetic) => {}
            _ => return false,
        }
    }
    numbers >= 3
}

/// Whether a row below the header says the header again, as tables printed page by page do.
#[must_use]
pub fn repeats(header: &Header, row: &Row) -> bool {
    let mut same = 0;
    for (cell, column) in row.cells.iter().zip(&header.columns).filter(|(c, _)| !c.is_blank()) {
        if skeleton(&cell.text) != skeleton(&column.name) {
            return false;
        }
        same += 1;
    }
    same >= 2
}

/// What a header cell means. Names come with remarks, numbers, a second language and in camel case.
#[must_use]
pub fn meaning(columns: &ColumnNames, name: &str) -> Option<Field> {
    let name = name.trim();
    if name.is_empty() || name.len() > 200 {
        return None;
    }
    let bare = name.split('(').next().unwrap_or_default();
    let unnumbered = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    let tries = [name, bare, unnumbered]
        .into_iter()
        .map(str::to_owned)
        .chain([camel_split(name)])
        .chain(name.split(['/', '\n']).map(str::to_owned));
    tries.filter(|t| !t.trim().is_empty()).find_map(|t| columns.lookup(Scope::Procedure, &t))
}

fn camel_split(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_uppercase() && out.ends_with(char::is_lowercase) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}
