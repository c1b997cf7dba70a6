//! Dossiers (thành phần hồ sơ) into cases and rows, from whichever form the source gives them in.
//!
//! - [`rows`]: the source has a table, one row a component;
//! - [`flat`]: the table of the national portal as one text, its cells run together;
//! - [`lines`]: the same table printed line by line;
//! - [`cell`]: a list in one cell, one line or bullet a component.
//!
//! Nothing is lost: what is neither heading nor row is handed back as a [`Leftover`].

pub mod cell;
pub mod flat;
pub mod form_file;
pub mod lines;
pub mod rows;

#[cfg(test)]
mod corpus;

use super::quantity::Quantity;
use crate::ingest::{RawRecord, Section};
use crate::rule::Field;
use crate::text::clean;

/// One case (trường hợp) of a dossier. Cases are alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// Heading as written; empty where the source has none, or only its placeholder `--`.
    pub title: String,
    /// Rows in the order of the source; never empty.
    pub rows: Vec<Row>,
}

/// One component asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// 1-based row within the record's own dossier table, or the data row that the source gives.
    pub row: u32,
    /// The input's own `id` of the row.
    pub id: Option<String>,
    /// The component's cell as written, cleaned, with any file name that is glued to it.
    pub cell: String,
    /// The component without the glued file names: the beginning of `cell`; the whole of it where they cannot be told.
    pub text: String,
    /// Names or addresses of form files (mẫu đơn, tờ khai).
    pub form_files: Vec<String>,
    /// How many originals and copies.
    pub quantity: Quantity,
    /// Code of the component, where the source has one.
    pub component_code: String,
    /// What the source remarks beside the row, where it is neither quantity nor file.
    pub note: String,
}

impl Row {
    /// A row whose cell may have file names glued to its end.
    fn from_cell(row: u32, cell: &str, quantity: Quantity) -> Self {
        let cell = cell.trim();
        let (text, files) = form_file::split(cell);
        Row {
            row,
            cell: cell.to_owned(),
            text: text.to_owned(),
            form_files: files.into_iter().map(str::to_owned).collect(),
            quantity,
            ..Row::default()
        }
    }
}

/// Text of a dossier that is neither heading nor row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// What it seems to be.
    pub kind: LeftoverKind,
    /// The row it stands in, counted as [`Row::row`] is.
    pub row: Option<u32>,
    /// The text, cleaned.
    pub text: String,
}

/// What a [`Leftover`] seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftoverKind {
    /// A row with a quantity or a file but no name of a component.
    UnnamedRow,
    /// A case heading without a row under it.
    EmptyCase,
    /// How many sets are handed in, which is no component.
    Sets,
    /// A heading of the whole list.
    Heading,
    /// A remark about the list (`Lưu ý: …`).
    Note,
    /// That there is nothing to hand in, or a code without words.
    Nothing,
    /// Text beside a table that was read instead.
    Unread,
}

impl LeftoverKind {
    /// Whether a paper may be hidden in it, so that a person should look.
    #[must_use]
    pub fn is_loss(self) -> bool {
        matches!(self, LeftoverKind::UnnamedRow | LeftoverKind::Unread)
    }

    /// Name of the problem that reports it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            LeftoverKind::UnnamedRow => "dossier-row-unnamed",
            LeftoverKind::EmptyCase => "dossier-case-empty",
            LeftoverKind::Sets => "dossier-sets",
            LeftoverKind::Heading => "dossier-heading",
            LeftoverKind::Note => "dossier-note",
            LeftoverKind::Nothing => "dossier-nothing",
            LeftoverKind::Unread => "dossier-unread",
        }
    }
}

/// Reads the dossier of a record, in whichever form it is given.
#[must_use]
pub fn read(record: &RawRecord) -> (Vec<Case>, Vec<Leftover>) {
    let text = record.text(Field::Dossier);
    match record.rows.get(&Section::Dossier) {
        Some(table) if !table.is_empty() => {
            let (cases, mut leftovers) = rows::read(table);
            if !text.is_empty() {
                leftovers.push(Leftover { kind: LeftoverKind::Unread, row: None, text: clean(text) });
            }
            (cases, leftovers)
        }
        _ if text.is_empty() => (Vec::new(), Vec::new()),
        _ => {
            let text = clean(text);
            flat::read(&text).or_else(|| lines::read(&text)).unwrap_or_else(|| cell::read(&text))
        }
    }
}

/// True for a placeholder: nothing but dashes, dots and spaces.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '–' | '.' | ';' | ':' | '*' | '+' | '•') || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::RawRow;

    #[test]
    fn the_form_of_the_source_decides() {
        let first = |record: &RawRecord| read(record).0[0].rows[0].text.clone();
        let mut record = RawRecord::default();
        assert_eq!(read(&record), (vec![], vec![]));
        record.add(Field::Dossier, "- Đơn đề nghị;\n- Ảnh 1 bản chính.");
        assert_eq!(first(&record), "- Đơn đề nghị;");
        record.cells.clear();
        record.add(Field::Dossier, "--Tên giấy tờMẫu đơn, tờ khaiSố lượng Giâ\u{301}y khai sinh1 bản chính");
        assert_eq!(first(&record), "Giấy khai sinh");
        let cells = [(Field::Component, "Hộ chiếu".to_owned())].into();
        record.push(Section::Dossier, RawRow { row: 1, id: None, cells });
        assert_eq!(first(&record), "Hộ chiếu");
        assert_eq!(read(&record).1[0].kind, LeftoverKind::Unread);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(s in "(Tên giấy tờMẫu đơn, tờ khaiSố lượng|Tên giấy tờ|Bản chính: 1|1 bản chính|,2 bản sao|\n|[0-9(); .:-]|Mẫu.docx|\\PC){0,16}") {
            let mut record = RawRecord::default();
            record.add(Field::Dossier, &s);
            let source = clean(s.trim());
            for row in read(&record).0.iter().flat_map(|c| &c.rows) {
                proptest::prop_assert!(row.cell.lines().all(|l| source.contains(l)), "{:?}", row);
                proptest::prop_assert!(row.cell.starts_with(&row.text) && !row.text.is_empty(), "{:?}", row);
            }
        }
    }
}
