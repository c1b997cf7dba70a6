//! The dossier table of a portal printed line by line, as text layers of pages and documents give it.
//!
//! A row ends where its quantity stands, on a line of its own or at the end of one; lines that are file names are the
//! row's forms; what stands between the last quantity and the next line of column names is the heading of a case.

use super::{Case, Leftover, LeftoverKind, Row, form_file, is_blank};
use crate::normalise::quantity::{self, Quantity};
use crate::text::fold;

/// Names of the columns, folded.
const COLUMNS: [&str; 6] = ["tên giấy tờ", "mẫu đơn, tờ khai", "số lượng", "ghi chú", "stt", "bao gồm"];

/// Splits a cleaned text into cases and rows; none when no line holds the names of the table's columns, or no quantity ends a row.
#[must_use]
pub fn read(text: &str) -> Option<(Vec<Case>, Vec<Leftover>)> {
    if !text.contains('\n') {
        return None;
    }
    let mut table = Table { text, ..Table::default() };
    let mut at = 0;
    for line in text.split('\n') {
        table.add(at, line);
        at += line.len() + 1;
    }
    if !table.has_header || table.row == 0 {
        return None;
    }
    table.finish();
    Some((table.cases, table.leftovers))
}

#[derive(Debug, Default)]
struct Table<'a> {
    text: &'a str,
    cases: Vec<Case>,
    leftovers: Vec<Leftover>,
    has_header: bool,
    row: u32,
    /// Where the lines stand that no quantity has ended yet.
    open: Option<(usize, usize)>,
    /// The quantity of the last row was on the line before, so that the other half of it may follow.
    just_closed: bool,
}

impl<'a> Table<'a> {
    fn add(&mut self, at: usize, line: &'a str) {
        if is_blank(line) && !self.has_header {
            return;
        }
        if is_header(line) {
            self.header();
        } else if let Some((words, quantity)) = ends_with_quantity(line).filter(|_| self.has_header) {
            self.extend(at, at + words.len(), words);
            self.close(line, quantity);
        } else {
            self.just_closed = false;
            self.extend(at, at + line.len(), line);
        }
    }

    fn extend(&mut self, from: usize, to: usize, words: &str) {
        if !words.trim().is_empty() {
            self.open = Some((self.open.map_or(from, |o| o.0), to));
        }
    }

    fn taken(&mut self) -> &'a str {
        self.open.take().map_or("", |(from, to)| self.text[from..to].trim())
    }

    /// What no quantity has ended is the heading of the case that begins.
    fn header(&mut self) {
        let open = self.taken();
        let names_on_lines_of_their_own = self.has_header && open.is_empty() && self.last_is_empty();
        if !names_on_lines_of_their_own {
            self.drop_empty();
            let title = if is_blank(open) { String::new() } else { open.to_owned() };
            self.cases.push(Case { title, rows: Vec::new() });
        }
        self.has_header = true;
        self.just_closed = false;
    }

    fn last_is_empty(&self) -> bool {
        self.cases.last().is_some_and(|case| case.rows.is_empty())
    }

    fn drop_empty(&mut self) {
        if self.last_is_empty()
            && let Some(case) = self.cases.pop().filter(|case| !case.title.is_empty())
        {
            self.leftovers.push(Leftover { kind: LeftoverKind::EmptyCase, row: None, text: case.title });
        }
    }

    fn close(&mut self, line: &str, quantity: Quantity) {
        let cell = self.taken();
        let Some(case) = self.cases.last_mut() else { return };
        if cell.is_empty() && self.just_closed && fold(line).starts_with("bản sao") {
            // "Bản chính: 1" and "Bản sao: 0" on two lines
            if let Some(row) = case.rows.last_mut() {
                row.quantity.copies = quantity.copies;
            }
            return;
        }
        self.just_closed = true;
        self.row += 1;
        // The first line is the name, even where a file name is glued to it.
        let end = cell
            .match_indices('\n')
            .map(|(at, _)| at)
            .find(|at| form_file::is_file(cell[at + 1..].lines().next().unwrap_or_default()))
            .unwrap_or(cell.len());
        if is_blank(&cell[..end]) {
            let text = format!("{cell}\n{}", line.trim()).trim().to_owned();
            self.leftovers.push(Leftover { kind: LeftoverKind::UnnamedRow, row: Some(self.row), text });
            return;
        }
        let mut row = Row::from_cell(self.row, &cell[..end], quantity);
        row.form_files.extend(form_file::list(&cell[end..]));
        cell.clone_into(&mut row.cell);
        case.rows.push(row);
    }

    fn finish(&mut self) {
        let rest = self.taken();
        if !is_blank(rest) {
            self.leftovers.push(Leftover { kind: LeftoverKind::EmptyCase, row: None, text: rest.to_owned() });
        }
        self.drop_empty();
    }
}

/// True for a line that holds names of columns and nothing else.
fn is_header(line: &str) -> bool {
    if line.len() > 120 {
        return false;
    }
    let mut rest = fold(line);
    if !COLUMNS.iter().any(|c| rest.contains(c)) {
        return false;
    }
    for column in COLUMNS {
        rest = rest.replace(column, "");
    }
    is_blank(&rest)
}

/// The words of a line before the quantity it ends with.
fn ends_with_quantity(line: &str) -> Option<(&str, Quantity)> {
    let named = |text: &str| quantity::parse(text).filter(|q| !q.is_unknown() && text.contains(char::is_alphabetic));
    if let Some(quantity) = named(line) {
        return Some(("", quantity));
    }
    let label = line.rfind("Bản chính:");
    let number = line.rfind(" bản chính").and_then(|at| line[..at].rfind(' ')).map(|at| at + 1);
    [label, number].into_iter().flatten().find_map(|at| Some((line[..at].trim_end(), named(&line[at..])?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_table_is_read_by_its_quantities() {
        for (text, expected) in [
            (
                "Bao gồm\nTên giấy tờ\nMẫu đơn, tờ khai\nSố lượng\nĐơn đề nghị\ncấp lại\nMau 1.docx\nBản chính: 1\nBản sao: 0\nẢnh\nBản chính: 0\nBản sao: 2",
                vec![("", "Đơn đề nghị\ncấp lại", "Mau 1.docx", 1, 0), ("", "Ảnh", "", 0, 2)],
            ),
            (
                "* Giấy tờ phải nộp:\nTên giấy tờ Mẫu đơn, tờ khai Số lượng\nĐơn đề nghị;Mau 1.docx Bản chính: 1\nHộ chiếu 1 bản chính,1 bản sao\nLưu ý\nTên giấy tờ Mẫu đơn, tờ khai Số lượng\nMiễn nộp\n0 bản chính",
                vec![
                    ("* Giấy tờ phải nộp:", "Đơn đề nghị;", "Mau 1.docx", 1, 0),
                    ("* Giấy tờ phải nộp:", "Hộ chiếu", "", 1, 1),
                    ("Lưu ý", "Miễn nộp", "", 0, 0),
                ],
            ),
        ] {
            let (cases, leftovers) = read(text).unwrap();
            let rows: Vec<_> = cases.iter().flat_map(|c| c.rows.iter().map(move |r| (c.title.as_str(), r))).collect();
            let files: Vec<_> = rows.iter().map(|(_, r)| r.form_files.join(" ")).collect();
            let read: Vec<_> = rows
                .iter()
                .zip(&files)
                .map(|((t, r), f)| {
                    let q = r.quantity;
                    (*t, r.text.as_str(), f.as_str(), q.originals.unwrap(), q.copies.unwrap())
                })
                .collect();
            assert_eq!((read, leftovers), (expected, vec![]), "{text}");
            assert!(rows.iter().all(|(_, r)| text.contains(&r.cell)));
        }
        assert_eq!(read("- Đơn (01 bản chính);\n- Ảnh"), None);
        assert_eq!(read("Tên giấy tờ\nĐơn"), None);
    }
}
