//! Dossiers that the source gives as a table, one row a component.
//!
//! Columns are named by people and shift: a column "number" may hold file names and a column "remarks" the number.
//! So what a cell holds decides: a quantity is a quantity in whichever column, a file name or address is a form file.

use super::{Case, Leftover, LeftoverKind, Row, form_file, is_blank};
use crate::ingest::{Cells, RawRow};
use crate::normalise::quantity::{self, Quantity};
use crate::rule::Field;
use crate::text::clean;

/// Reads the rows of a dossier table; cases stand in the order in which their titles first occur.
#[must_use]
pub fn read(table: &[RawRow]) -> (Vec<Case>, Vec<Leftover>) {
    let mut cases: Vec<Case> = Vec::new();
    let mut leftovers = Vec::new();
    for raw in table {
        let title = text(&raw.cells, Field::CaseTitle);
        let title = if is_blank(&title) { String::new() } else { title };
        let row = read_row(raw);
        if is_blank(&row.cell) {
            if let Some(text) = rest(&raw.cells) {
                leftovers.push(Leftover { kind: LeftoverKind::UnnamedRow, row: Some(raw.row), text });
            }
            continue;
        }
        match cases.iter_mut().find(|c| c.title == title) {
            Some(case) => case.rows.push(row),
            None => cases.push(Case { title, rows: vec![row] }),
        }
    }
    (cases, leftovers)
}

fn read_row(raw: &RawRow) -> Row {
    let beside = beside(&raw.cells);
    let mut row = Row::from_cell(raw.row, &text(&raw.cells, Field::Component), beside.quantity);
    row.form_files.extend(beside.files);
    row.id.clone_from(&raw.id);
    row.component_code = text(&raw.cells, Field::ComponentCode);
    row.note = beside.notes.join("\n");
    row
}

/// What stands beside the component's name.
#[derive(Debug, Default)]
struct Beside {
    quantity: Quantity,
    files: Vec<String>,
    notes: Vec<String>,
}

fn beside(cells: &Cells) -> Beside {
    let mut found = Beside::default();
    for field in [Field::Quantity, Field::FormFile, Field::Note] {
        let cell = text(cells, field);
        let quantity = quantity::parse(&cell).filter(|q| field == Field::Quantity || !q.is_unknown());
        if is_blank(&cell) {
            // nothing there
        } else if let Some(quantity) = quantity {
            // The column of that name stands first and is not overruled by a later one.
            if found.quantity.is_unknown() {
                found.quantity = quantity;
            } else if found.quantity != quantity {
                found.notes.push(cell);
            }
        } else if field == Field::FormFile || cell.lines().all(form_file::is_file) {
            found.files.extend(form_file::list(&cell));
        } else {
            found.notes.push(cell);
        }
    }
    single_columns(cells, &mut found);
    found
}

/// Columns of originals only and of copies only; a cell of theirs that says both counts for both.
fn single_columns(cells: &Cells, found: &mut Beside) {
    for field in [Field::Originals, Field::Copies] {
        let cell = text(cells, field);
        let both = quantity::parse(&cell).filter(|q| matches!((q.originals, q.copies), (Some(_), Some(c)) if c > 0));
        if is_blank(&cell) {
            continue;
        }
        if let Some(both) = both.filter(|_| quantity::count(&cell).is_none()) {
            found.quantity = both;
        } else if let Some(n) = quantity::count(&cell) {
            let slot =
                if field == Field::Originals { &mut found.quantity.originals } else { &mut found.quantity.copies };
            *slot = Some(n);
        } else if quantity::parse(&cell).is_none() {
            found.notes.push(cell);
        }
    }
}

/// Everything a row without a component's name says; none when it says nothing.
fn rest(cells: &Cells) -> Option<String> {
    let said: Vec<String> = cells
        .iter()
        .filter(|(field, _)| **field != Field::CaseTitle)
        .map(|(_, cell)| clean(cell))
        .filter(|cell| !is_blank(cell))
        .collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

fn text(cells: &Cells, field: Field) -> String {
    cells.get(&field).map(|cell| clean(cell).trim().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(row: u32, cells: &[(Field, &str)]) -> RawRow {
        RawRow { row, id: None, cells: cells.iter().map(|(f, c)| (*f, (*c).to_owned())).collect() }
    }

    #[test]
    fn what_a_cell_holds_decides() {
        use Field::{Component, Copies, FormFile, Note, Originals, Quantity as Number};
        let some = |o, c| Quantity { originals: o, copies: c };
        for (cells, quantity, files, note) in [
            (
                vec![(Number, "Mus01.docx\nMus02.doc"), (Note, "Bản chính: 1\nBản sao: 0")],
                some(Some(1), Some(0)),
                "Mus01.docx Mus02.doc",
                "",
            ),
            (
                vec![(Number, "Bản chính: 0 - Bản sao: 2"), (FormFile, "https://a.vn/f?ma=1")],
                some(Some(0), Some(2)),
                "https://a.vn/f?ma=1",
                "",
            ),
            (vec![(FormFile, "1 bản chính"), (Note, "nộp tại quầy")], some(Some(1), Some(0)), "", "nộp tại quầy"),
            (vec![(Originals, "1"), (Copies, "0")], some(Some(1), Some(0)), "", ""),
            (vec![(Originals, "true"), (Copies, "false")], some(Some(1), Some(0)), "", ""),
            (vec![(Originals, "1 bản chính, 2 bản sao")], some(Some(1), Some(2)), "", ""),
            (vec![(Copies, "02 bản sao")], some(None, Some(2)), "", ""),
            (vec![(Number, "01 bản chính hoặc 01 bản sao")], some(None, None), "", "01 bản chính hoặc 01 bản sao"),
            (vec![(Number, "Không quy định"), (Note, "1 bộ")], some(Some(1), None), "", ""),
            (vec![(Note, "Không")], some(None, None), "", "Không"),
        ] {
            let mut cells = cells;
            cells.push((Component, "- Đơn đề nghị;"));
            let row = read_row(&raw(1, &cells));
            assert_eq!(
                (row.quantity, row.form_files.join(" ").as_str(), row.note.as_str()),
                (quantity, files, note),
                "{cells:?}"
            );
        }
    }

    #[test]
    fn cases_stand_in_order_of_first_appearance() {
        use Field::{CaseTitle, Component, Originals};
        let (cases, leftovers) = read(&[
            raw(1, &[(CaseTitle, "Cấp lại"), (Component, "Đơn")]),
            raw(2, &[(CaseTitle, "--"), (Component, "Ảnh")]),
            raw(3, &[(CaseTitle, "Cấp lại"), (Component, "Biên bản mất")]),
            raw(4, &[(CaseTitle, "Cấp lại"), (Component, " - "), (Originals, "1")]),
            raw(5, &[(CaseTitle, "Cấp mới")]),
        ]);
        let read: Vec<_> =
            cases.iter().map(|c| (c.title.as_str(), c.rows.iter().map(|r| r.row).collect::<Vec<_>>())).collect();
        assert_eq!(read, [("Cấp lại", vec![1, 3]), ("", vec![2])]);
        assert_eq!(leftovers, [Leftover { kind: LeftoverKind::UnnamedRow, row: Some(4), text: "1".to_owned() }]);
    }
}
