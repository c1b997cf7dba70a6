//! What a reader hands over: one procedure as its source wrote it, nothing interpreted.

use crate::problem::Source;
use crate::rule::Field;
use std::collections::BTreeMap;

/// The tables a procedure can carry inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Dossier components (thành phần hồ sơ).
    Dossier,
    /// Steps (trình tự thực hiện).
    Steps,
    /// Ways of submitting, with durations and fees (cách thức thực hiện).
    Channels,
    /// Legal bases (căn cứ pháp lý).
    LegalBases,
    /// Results (kết quả thực hiện).
    Results,
}

/// Cells by field. A field that the source writes twice is joined by a line break.
pub type Cells = BTreeMap<Field, String>;

/// One row of an inner table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    /// 1-based data row of the source table, or 1-based row within the record's own table.
    pub row: u32,
    /// The input's own `id` of this row.
    pub id: Option<String>,
    /// Cells by field; for dossier rows `Field::CaseTitle` names the case the row stands in.
    pub cells: Cells,
}

/// One procedure as written. A section is given either as rows in `rows` or as one text in `cells`
/// under the section's own field (`Field::Dossier`, `Field::Steps` …), or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRecord {
    /// Where the record stands.
    pub source: Source,
    /// The procedure's own fields.
    pub cells: Cells,
    /// Its inner tables, where the source gives rows.
    pub rows: BTreeMap<Section, Vec<RawRow>>,
}

impl RawRecord {
    /// The text of a field, trimmed; empty when the source has none.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        self.cells.get(&field).map_or("", |s| s.trim())
    }

    /// Adds text to a field; a second value goes on a new line.
    pub fn add(&mut self, field: Field, text: &str) {
        add_cell(&mut self.cells, field, text);
    }

    /// Adds a row to a section.
    pub fn push(&mut self, section: Section, row: RawRow) {
        self.rows.entry(section).or_default().push(row);
    }
}

/// Adds text to a cell; a second, different value goes on a new line.
pub fn add_cell(cells: &mut Cells, field: Field, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let cell = cells.entry(field).or_default();
    if cell.is_empty() {
        text.clone_into(cell);
    } else if cell != text {
        cell.push('\n');
        cell.push_str(text);
    }
}
