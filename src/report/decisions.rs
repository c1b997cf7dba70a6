//! Reads a review workbook back. Rows are known by the id of their proposal and columns by their heading, so that sorting,
//! filtering, moving and adding rows or columns loses nothing; a sheet that lacks a column is refused.

use crate::error::{Error, Result};
use crate::message::Messages;
use crate::propose::Opinion;
use crate::rule::{Bilingual, ReviewWords};
use crate::text::{clean, fold};
use calamine::{Data, Range, Reader, open_workbook_auto};
use std::path::Path;

/// How far down a header is looked for, in rows.
const HEADER_DEPTH: usize = 40;

/// The opinions of every sheet that has at least one of the columns, in the order of the workbook.
///
/// # Errors
/// When the file is no workbook, holds no such sheet, or such a sheet lacks a column: names file, sheet and column.
pub fn read_decisions(path: &Path, words: &ReviewWords, messages: &Messages) -> Result<Vec<Opinion>> {
    let failed = |message: String| Error::Table { path: path.to_owned(), message };
    let mut workbook = open_workbook_auto(path).map_err(|e| failed(e.to_string()))?;
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut opinions = Vec::new();
    let mut is_review = false;
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).map_err(|e| failed(e.to_string()))?;
        let Some(header) = Header::find(&range, words) else { continue };
        is_review = true;
        let columns = header.columns(words).map_err(|missing| {
            let missing: Vec<String> = missing.iter().map(|c| format!("\"{}\"", messages.lang.of(c))).collect();
            let args = [("sheet", name.as_str()), ("columns", &missing.join(", "))];
            failed(messages.text("decisions-column-missing", &args))
        })?;
        opinions.extend(rows(&range, header.row, columns, words).map(|o| Opinion {
            file: file.clone(),
            sheet: name.clone(),
            ..o
        }));
    }
    if is_review { Ok(opinions) } else { Err(failed(messages.text("decisions-none", &[]))) }
}

/// The row of headings and the place of each of the four columns.
struct Header {
    row: usize,
    places: [Option<usize>; 4],
}

impl Header {
    /// The row in which most of the columns are named.
    fn find(range: &Range<Data>, words: &ReviewWords) -> Option<Header> {
        let headers = range.rows().take(HEADER_DEPTH).enumerate().map(|(row, cells)| {
            let folded: Vec<String> = cells.iter().map(|c| fold(&text(c))).collect();
            let place = |title: &Bilingual| folded.iter().position(|c| *c == fold(&title.vi) || *c == fold(&title.en));
            Header { row, places: titles(words).map(place) }
        });
        let found = headers.filter(|h| h.places.iter().any(Option::is_some));
        found.max_by_key(|h| (h.places.iter().flatten().count(), usize::MAX - h.row))
    }

    /// The four places, or the columns that are missing.
    fn columns<'w>(&self, words: &'w ReviewWords) -> std::result::Result<[usize; 4], Vec<&'w Bilingual>> {
        if let [Some(id), Some(decision), Some(note), Some(by)] = self.places {
            return Ok([id, decision, note, by]);
        }
        Err(titles(words).into_iter().zip(self.places).filter(|(_, place)| place.is_none()).map(|(t, _)| t).collect())
    }
}

fn titles(words: &ReviewWords) -> [&Bilingual; 4] {
    let c = &words.columns;
    [&c.id, &c.decision, &c.note, &c.decided_by]
}

fn rows<'r>(
    range: &'r Range<Data>,
    header: usize,
    columns: [usize; 4],
    words: &'r ReviewWords,
) -> impl Iterator<Item = Opinion> + 'r {
    let first = range.start().map_or(0, |s| s.0);
    range.rows().enumerate().skip(header + 1).map(move |(at, cells)| {
        let [proposal_id, written, note, decided_by] = columns.map(|c| cells.get(c).map(text).unwrap_or_default());
        Opinion {
            proposal_id,
            decision: words.decision(&written),
            written,
            note,
            decided_by,
            row: first + u32::try_from(at).unwrap_or(u32::MAX) + 1,
            ..Opinion::default()
        }
    })
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        other => clean(&other.to_string()),
    }
}

#[cfg(test)]
mod tests;
