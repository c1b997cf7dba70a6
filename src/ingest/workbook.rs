//! Workbooks of XLSX, XLSB, XLS and ODS: all sheets, values as they were last calculated.

use super::grid::{Cell, Grid, Kind, Merged, Row};
use super::office_zip::{self, Parts};
use super::{Input, Reader, Sink, header};
use crate::problem::{Problem, Severity, Source};
use calamine::{Data, Dimensions, ExcelDateTime, Ods, Range, Reader as _, Xls, Xlsb, Xlsx};
use std::io::Cursor;

/// Reader of workbooks.
pub struct Workbook;

/// First bytes of an OLE container: XLS, and every XLSX with a password.
pub(super) const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Bytes that a workbook may have when unpacked.
const LARGEST: u64 = 512 * 1024 * 1024;

impl Reader for Workbook {
    fn name(&self) -> &'static str {
        "workbook"
    }

    fn recognises(&self, input: &Input) -> bool {
        input.bytes.starts_with(OLE) || office_zip::parts(input.bytes).is_some_and(|p| p != Parts::Document)
    }

    fn read(&self, input: &Input, sink: &mut Sink) {
        read_bounded(input, LARGEST, sink);
    }
}

pub(super) fn read_bounded(input: &Input, largest: u64, sink: &mut Sink) {
    if !input.bytes.starts_with(OLE) && !office_zip::is_bounded(input.bytes, largest) {
        sink.reject_file(input, "archive-too-large", &largest);
        return;
    }
    match sheets(input.bytes) {
        Ok(grids) => read_sheets(input, grids, sink),
        Err(Refusal::Encrypted) => sink.reject_file(input, "workbook-encrypted", ""),
        Err(Refusal::OldWord) => sink.reject_file(input, "word-old", ""),
        Err(Refusal::Invalid(found)) => sink.reject_file(input, "workbook-invalid", &found),
    }
}

/// The rows of every sheet; none when the workbook cannot be read.
pub(super) fn tables(bytes: &[u8]) -> Vec<Vec<Row>> {
    sheets(bytes).map_or_else(|_| Vec::new(), |sheets| sheets.into_iter().map(|s| s.grid.rows).collect())
}

enum Refusal {
    Encrypted,
    OldWord,
    Invalid(String),
}

/// A sheet that could be read up to some cell, or not at all, and why.
struct Sheet {
    name: String,
    grid: Grid,
    damage: Option<String>,
}

/// Rows of a workbook with one table have the workbook as their file; with several, `workbook.xlsx/sheet`.
fn read_sheets(input: &Input, sheets: Vec<Sheet>, sink: &mut Sink) {
    let mut tables = Vec::new();
    for mut sheet in sheets {
        input.path.clone_into(&mut sheet.grid.file);
        if let Some(damage) = &sheet.damage {
            sink.problems.push(sheet_problem(input, "sheet-damaged", &sheet.name).with_raw(damage));
        }
        // a sheet in a font encoding shows its header only when decoded
        sheet.grid.decode_fonts(input.columns, sink);
        if header::find(&sheet.grid, input.columns).is_some() {
            tables.push(sheet);
        } else if !sheet.grid.rows.is_empty() {
            let head: Vec<String> = sheet.grid.rows.iter().take(3).map(Row::raw).collect();
            sink.problems.push(sheet_problem(input, "sheet-skipped", &sheet.name).with_raw(head.join("\n")));
        }
    }
    if tables.is_empty() {
        sink.reject_file(input, "header-missing", "");
    }
    let many = tables.len() > 1;
    for mut sheet in tables {
        if many {
            sheet.grid.file = format!("{}/{}", input.path, sheet.name);
        }
        sheet.grid.read(input.columns, sink);
    }
}

fn sheet_problem(input: &Input, problem: &str, sheet: &str) -> Problem {
    let source = Source { file: input.path.to_owned(), ..Source::default() };
    Problem::new(Severity::Warning, problem, &source).with_arg("sheet", sheet)
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let cursor = Cursor::new(bytes);
    if bytes.starts_with(OLE) {
        // a workbook with a password is an OLE container around the encrypted package
        if let Err(calamine::XlsxError::Password) = Xlsx::new(cursor.clone()) {
            return Err(Refusal::Encrypted);
        }
        return match Xls::new(cursor) {
            Ok(book) => Ok(xls(book)),
            Err(calamine::XlsError::Password) => Err(Refusal::Encrypted),
            Err(_) if is_old_word(bytes) => Err(Refusal::OldWord),
            Err(e) => Err(Refusal::Invalid(e.to_string())),
        };
    }
    match office_zip::parts(bytes) {
        Some(Parts::Ods) => match Ods::new(cursor) {
            Ok(book) => Ok(plain(book)),
            Err(calamine::OdsError::Password) => Err(Refusal::Encrypted),
            Err(e) => Err(Refusal::Invalid(e.to_string())),
        },
        Some(Parts::Xlsb) => match Xlsb::new(cursor) {
            Ok(book) => Ok(plain(book)),
            Err(calamine::XlsbError::Password) => Err(Refusal::Encrypted),
            Err(e) => Err(Refusal::Invalid(e.to_string())),
        },
        _ => Xlsx::new(cursor).map(xlsx).map_err(|e| Refusal::Invalid(e.to_string())),
    }
}

/// Whether an OLE container holds the stream of a Word 97–2003 document, which its directory names in UTF-16.
fn is_old_word(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// XLSX sheets cell by cell: a cell far from the others must not cost the memory of all between.
fn xlsx(mut book: Xlsx<Cursor<&[u8]>>) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut grid = Grid { merged: merged.iter().map(area).collect(), ..Grid::default() };
        let mut left_out = None;
        let damage = match book.worksheet_cells_reader(&name) {
            Ok(mut cells) => loop {
                match cells.next_cell_with_formula() {
                    Ok(Some(found)) => {
                        let (row, column) = found.pos;
                        let value = Data::from(found.value);
                        if !place(&mut grid, row, column, cell(&value, found.formula.as_deref())) {
                            left_out = Some(format!("row {}, column {}: {value}", row + 1, column + 1));
                        }
                    }
                    Ok(None) => break left_out,
                    Err(e) => break Some(e.to_string()),
                }
            },
            Err(calamine::XlsxError::NotAWorksheet(_)) => None,
            Err(e) => Some(e.to_string()),
        };
        grid.rows.retain(|r| !r.is_blank());
        sheets.push(Sheet { name, grid, damage });
    }
    sheets
}

/// Columns beyond this are no table for people; XLSX allows 16,384.
const WIDEST: u32 = 1_024;

/// Puts a cell in its place; false when it has none.
fn place(grid: &mut Grid, row: u32, column: u32, cell: Cell) -> bool {
    if cell.is_blank() {
        return true;
    }
    if column >= WIDEST {
        return false;
    }
    let number = row + 1;
    if grid.rows.last().is_none_or(|r| r.number < number) {
        grid.rows.push(Row { number, cells: Vec::new() });
    }
    // rows come in order in every file that an office program wrote
    let Ok(at) = grid.rows.binary_search_by_key(&number, |r| r.number) else { return false };
    let cells = &mut grid.rows[at].cells;
    let column = column as usize;
    if cells.len() <= column {
        cells.resize(column + 1, Cell::default());
    }
    cells[column] = cell;
    true
}

fn xls(book: Xls<Cursor<&[u8]>>) -> Vec<Sheet> {
    let names = book.sheet_names();
    let merged: Vec<Vec<Merged>> = names
        .iter()
        .map(|n| book.merge_cells_by_sheet_name(n).map_or_else(|_| Vec::new(), |m| m.iter().map(area).collect()))
        .collect();
    let mut sheets = plain(book);
    for (sheet, merged) in sheets.iter_mut().zip(merged) {
        sheet.grid.merged = merged;
    }
    sheets
}

/// Sheets of the formats whose reader holds them whole and bounds them itself.
fn plain<'a, B: calamine::Reader<Cursor<&'a [u8]>>>(mut book: B) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut sheet = Sheet { name: name.clone(), grid: Grid::default(), damage: None };
        match book.worksheet_range(&name) {
            Ok(values) => fill(&mut sheet.grid, &values, &book.worksheet_formula(&name).unwrap_or_default()),
            Err(_) => sheet.damage = Some(name),
        }
        sheet.grid.rows.retain(|r| !r.is_blank());
        sheets.push(sheet);
    }
    sheets
}

fn fill(grid: &mut Grid, values: &Range<Data>, formulas: &Range<String>) {
    let (Some(start), Some(end)) = (values.start(), values.end()) else { return };
    for row in start.0..=end.0 {
        for column in start.1..=end.1.min(WIDEST) {
            let formula = formulas.get_value((row, column)).map(String::as_str).filter(|f| !f.is_empty());
            if let Some(value) = values.get_value((row, column)) {
                // within the widest by the range above
                let _placed = place(grid, row, column, cell(value, formula));
            }
        }
    }
}

fn area(d: &Dimensions) -> Merged {
    Merged { rows: (d.start.0 + 1, d.end.0 + 1), columns: (d.start.1 as usize, d.end.1 as usize) }
}

fn cell(value: &Data, formula: Option<&str>) -> Cell {
    match value {
        // a formula that was never calculated has no value to give
        Data::Empty => formula.map_or_else(Cell::default, |f| Cell { text: format!("={f}"), kind: Kind::Error }),
        Data::String(s) => Cell::text(s.as_str()),
        Data::Int(_) | Data::Float(_) => Cell { text: value.to_string(), kind: Kind::Number },
        Data::Bool(b) => Cell::text(if *b { "true" } else { "false" }),
        Data::DateTime(d) => Cell { text: date(d), kind: Kind::Date },
        Data::DateTimeIso(d) => {
            let text = d.strip_suffix("T00:00:00").unwrap_or(d).to_owned();
            Cell { text, kind: Kind::Date }
        }
        Data::DurationIso(d) => Cell::text(d.as_str()),
        Data::Error(e) => Cell { text: e.to_string(), kind: Kind::Error },
    }
}

fn date(value: &ExcelDateTime) -> String {
    if value.is_duration() {
        return value.as_f64().to_string();
    }
    let (year, month, day, hour, minute, ..) = value.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute) == (0, 0) { date } else { format!("{date} {hour:02}:{minute:02}") }
}
