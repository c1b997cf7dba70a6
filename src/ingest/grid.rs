//! The common form of every table: cells with their places, before anyone asks what they mean.

use super::{Sink, header, table};
use crate::problem::{Problem, Severity, Source};
use crate::rule::ColumnNames;
use crate::text::legacy::{Evidence, Legacy, evidence};
use std::collections::BTreeMap;

/// What a cell held. Text files know only text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    #[default]
    Text,
    /// A number, written as short as it can be: `1`, `1.01082`.
    Number,
    /// A date, written `2026-01-31`.
    Date,
    /// An error such as `#REF!`, or a formula without a stored value.
    Error,
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its text as a reader of the table sees it, not trimmed.
    pub text: String,
    /// What it held.
    pub kind: Kind,
}

impl Cell {
    /// A cell of text; the error values of spreadsheets are known in text as well.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let error = matches!(
            text.trim(),
            "#REF!" | "#N/A" | "#VALUE!" | "#NAME?" | "#DIV/0!" | "#NULL!" | "#NUM!" | "#SPILL!" | "#CALC!"
        );
        Cell { text, kind: if error { Kind::Error } else { Kind::Text } }
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.kind != Kind::Error && self.text.trim().is_empty()
    }
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// 1-based row of the sheet, or 1-based record of the text file.
    pub number: u32,
    /// Cells from the first column on; rows may differ in length.
    pub cells: Vec<Cell>,
}

impl Row {
    /// Whether no cell holds anything.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }

    /// The cells, joined by tabs, as a problem quotes the row.
    #[must_use]
    pub fn raw(&self) -> String {
        let texts: Vec<&str> = self.cells.iter().map(|c| c.text.as_str()).collect();
        texts.join("\t").trim_end().to_owned()
    }
}

/// A merged area; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// First and last row, 1-based as [`Row::number`].
    pub rows: (u32, u32),
    /// First and last column, 0-based as the index into [`Row::cells`].
    pub columns: (usize, usize),
}

/// A table as found, title rows and all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// Path for the sources of its rows.
    pub file: String,
    /// Rows in order; blank ones may be missing.
    pub rows: Vec<Row>,
    /// Merged areas, where the format has them.
    pub merged: Vec<Merged>,
}

impl Grid {
    /// Reads the table into records; false, and nothing is counted, when it has no header that can be understood.
    pub fn read(mut self, columns: &ColumnNames, sink: &mut Sink) -> bool {
        let mut found = Sink::default();
        self.decode_fonts(columns, &mut found);
        let Some(header) = header::find(&self, columns) else { return false };
        table::read(&self, &header, columns, &mut found);
        sink.problems.append(&mut found.problems);
        sink.read += found.read;
        sink.rejected += found.rejected;
        sink.records.append(&mut found.records);
        true
    }

    /// A source at a row of this table, header not counted.
    #[must_use]
    pub fn source(&self, row: Option<u32>, id: Option<String>) -> Source {
        Source { file: self.file.clone(), row, id }
    }

    /// Decodes cells written for TCVN3 or VNI fonts. Office files mix them with Unicode cell by cell.
    ///
    /// A cell is decoded when its words call for it and cells of this table together give proof of the encoding. Words
    /// that are right under both readings (`tê`, which may be `tờ`) follow the rest only where nothing in the table is
    /// Unicode Vietnamese but names of columns; elsewhere they stay as they are, and are reported.
    pub fn decode_fonts(&mut self, columns: &ColumnNames, sink: &mut Sink) {
        let Some(fonts) = self.fonts(columns) else { return };
        let mut decoded: BTreeMap<Option<Legacy>, (u32, u32)> = BTreeMap::new();
        for row in &mut self.rows {
            for cell in row.cells.iter_mut().filter(|c| !c.text.is_ascii()) {
                let found = evidence(&cell.text);
                let open = || is_open(found) && header::meaning(columns, &cell.text).is_none();
                let certain = found.verdict(1).filter(|l| fonts.proven.contains(l));
                let legacy = match certain {
                    Some(legacy) => Some(legacy),
                    None if open() => fonts.alone,
                    None => continue,
                };
                if let Some(legacy) = legacy {
                    cell.text = legacy.decode(&cell.text);
                }
                decoded.entry(legacy).or_insert((0, row.number)).0 += 1;
            }
        }
        for (legacy, (count, first)) in decoded {
            let (severity, problem) = match legacy {
                Some(_) => (Severity::Note, "encoding-legacy-cells"),
                None => (Severity::Warning, "encoding-ambiguous"),
            };
            let found = Problem::new(severity, problem, &self.source(None, None))
                .with_arg("encoding", legacy.map_or("", Legacy::name))
                .with_arg("cells", &count)
                .with_arg("line", &first);
            sink.problems.push(found);
        }
    }

    /// The font encodings that the cells prove together; none in nearly every table.
    fn fonts(&self, columns: &ColumnNames) -> Option<Fonts> {
        let texts = || self.rows.iter().flat_map(|r| &r.cells).map(|c| c.text.as_str()).filter(|t| !t.is_ascii());
        let mut sums: BTreeMap<Legacy, (Evidence, usize)> = BTreeMap::new();
        for found in texts().map(evidence) {
            if let Some(legacy) = found.verdict(1) {
                let sum = sums.entry(legacy).or_default();
                sum.0.add(found);
                sum.1 += 1;
            }
        }
        sums.retain(|legacy, sum| sum.0.verdict(3) == Some(*legacy));
        let proven: Vec<Legacy> = sums.keys().copied().collect();
        let certain: usize = sums.values().map(|sum| sum.1).sum();
        if proven.is_empty() {
            return None;
        }
        let (mut open, mut unicode) = (0, 0);
        for text in texts().filter(|t| header::meaning(columns, t).is_none()) {
            let found = evidence(text);
            if found.verdict(1).is_none() {
                open += usize::from(is_open(found));
                unicode += usize::from(!is_open(found) && (found.plain > 0 || found.words == 0));
            }
        }
        let alone = match proven[..] {
            [legacy] if unicode == 0 && open * 5 <= certain => Some(legacy),
            _ => None,
        };
        Some(Fonts { proven, alone })
    }
}

struct Fonts {
    /// Encodings proven by the cells of the table together.
    proven: Vec<Legacy>,
    /// The one encoding of a table that holds nothing else.
    alone: Option<Legacy>,
}

/// Whether the words are as right in a font encoding as they are as they stand.
fn is_open(found: Evidence) -> bool {
    found.words > 0 && found.tcvn3.max(found.vni) >= found.plain
}
