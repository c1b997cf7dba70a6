//! The house style of Excel workbooks: A4, Times New Roman, a title, totals above a frozen header, locked cells.
//!
//! A sheet is described whole ([`Sheet`]) and written by [`Book::add`]. Totals stand above the header, so that a sheet may be
//! sorted and filtered without touching them, and other sheets can refer to them at a fixed place.

use crate::error::{Error, Result};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, ProtectionOptions,
    Workbook, Worksheet, XlsxError,
};
use std::path::Path;

const FONT: &str = "Times New Roman";
/// Separators of the Vietnamese locale, 1.234,5, where the program honours the tag.
const WHOLE: &str = "[$-42A]#,##0";
const DECIMAL: &str = "[$-42A]#,##0.0";
const PERCENT: &str = "[$-42A]0.0%";
/// Fill of the header and of cells that may be filled in.
const HEADER_FILL: u32 = 0x00DD_E7F0;
const OPEN_FILL: u32 = 0x00FF_F9DB;
/// Characters that stand side by side on a page and can still be read.
const PAGE_WIDTH: f64 = 200.0;
/// Height of a line in points, and the most that Excel gives a row.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;
/// Longest name of a sheet.
const NAME_LIMIT: usize = 31;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: the source does not say. Never written as 0.
    Empty,
    /// Text as it is; never read as a formula.
    Text(String),
    /// A whole number, such as đồng.
    Int(i64),
    /// A number with a fraction, such as hours.
    Number(f64),
    /// A share as numerator and denominator; nothing when the denominator is 0.
    Share(i64, i64),
    /// A formula, and the value it has now, which is stored beside it; none for the empty text.
    Formula(String, Option<f64>),
}

impl Value {
    /// A formula whose value is a whole number.
    #[must_use]
    pub fn formula(formula: String, value: i64) -> Value {
        Value::Formula(formula, Value::Int(value).number())
    }

    /// A whole number, or nothing.
    #[must_use]
    pub fn int(value: Option<i64>) -> Value {
        value.map_or(Value::Empty, Value::Int)
    }

    fn text(&self) -> &str {
        match self {
            Value::Text(text) => text,
            _ => "",
        }
    }

    /// The number of a cell; none when it holds none.
    #[allow(
        clippy::cast_precision_loss,
        reason = "cells of a workbook are 64-bit floats; sums of đồng stay below 2^53"
    )]
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Value::Int(value) => Some(*value as f64),
            Value::Number(value) => Some(*value),
            Value::Formula(_, value) => *value,
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        if text.is_empty() { Value::Empty } else { Value::Text(text) }
    }
}

/// How a column looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Text, wrapped.
    Text,
    /// Whole numbers: 1.234.
    Whole,
    /// One digit after the comma: 1.234,5.
    Decimal,
    /// A share: 12,3 %.
    Percent,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Heading.
    pub title: String,
    /// Width in characters.
    pub width: f64,
    /// How its cells look.
    pub look: Look,
    /// Whether a person fills it in; all other columns are locked in a protected sheet.
    pub open: bool,
    /// The words of its drop-down; empty for none.
    pub choices: Vec<String>,
    /// Whether its sum stands above the header.
    pub total: bool,
}

impl Column {
    /// A locked column without total.
    #[must_use]
    pub fn new(title: impl Into<String>, width: f64, look: Look) -> Column {
        Column { title: title.into(), width, look, open: false, choices: Vec::new(), total: false }
    }

    /// With its sum above the header.
    #[must_use]
    pub fn summed(mut self) -> Column {
        self.total = true;
        self
    }

    /// To be filled in.
    #[must_use]
    pub fn open(mut self) -> Column {
        self.open = true;
        self
    }

    /// To be filled in with one of these words.
    #[must_use]
    pub fn choice(mut self, words: Vec<String>) -> Column {
        self.choices = words;
        self.open()
    }
}

/// A whole sheet.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Wanted name; what Excel does not allow is taken out, and it is made unique.
    pub name: String,
    /// Title in the first row.
    pub title: String,
    /// Remarks below it, a row each.
    pub notes: Vec<String>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Cells, row by row.
    pub rows: Vec<Vec<Value>>,
    /// Word before the totals; empty for no row of totals.
    pub total: String,
    /// Whether locked columns are protected (without a password).
    pub protect: bool,
}

impl Sheet {
    /// Row of the totals, 0-based.
    #[must_use]
    pub fn total_row(&self) -> u32 {
        index(1 + self.notes.len())
    }

    /// Row of the header, 0-based.
    #[must_use]
    pub fn header_row(&self) -> u32 {
        self.total_row() + u32::from(!self.total.is_empty())
    }
}

/// A workbook in the house style.
#[allow(missing_debug_implementations, reason = "the crate's workbook has none")]
pub struct Book {
    workbook: Workbook,
    names: Vec<String>,
}

impl Book {
    /// An empty workbook; `as_of` (`YYYY-MM-DD`) is its date, because a workbook must not depend on the clock.
    #[must_use]
    pub fn new(title: &str, as_of: &str) -> Book {
        let mut workbook = Workbook::new();
        let mut properties =
            DocProperties::new().set_title(title).set_author(concat!("tinhgon ", env!("CARGO_PKG_VERSION")));
        let day = ExcelDateTime::parse_from_str(as_of).or_else(|_| ExcelDateTime::parse_from_str("2000-01-01"));
        if let Ok(day) = day {
            properties = properties.set_creation_datetime(&day);
        }
        workbook.set_properties(&properties);
        Book { workbook, names: Vec::new() }
    }

    /// The name under which a sheet of this wanted name would be added next.
    #[must_use]
    pub fn name_for(&self, wanted: &str) -> String {
        let cleaned: String = wanted.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
        let cleaned = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
        let base = if cleaned.is_empty() { "-" } else { &cleaned };
        let taken = |name: &str| self.names.iter().any(|n| n.to_lowercase() == name.to_lowercase());
        let cut = |limit: usize| base.chars().take(limit).collect::<String>().trim_end().to_owned();
        (1..=self.names.len() + 1)
            .map(|n| if n == 1 { cut(NAME_LIMIT) } else { format!("{} ({n})", cut(NAME_LIMIT - 3 - digits(n))) })
            .find(|name| !taken(name))
            .unwrap_or_default()
    }

    /// Sets a name aside and gives what the sheet will be called.
    pub fn reserve(&mut self, wanted: &str) -> String {
        let name = self.name_for(wanted);
        self.names.push(name.clone());
        name
    }

    /// Adds a sheet and gives the name it got.
    ///
    /// # Errors
    /// When Excel could not hold it: more than 1,048,576 rows, or a text past 32,767 characters.
    pub fn add(&mut self, sheet: &Sheet) -> Result<String> {
        let name = self.name_for(&sheet.name);
        let place = self.workbook.add_worksheet();
        write(place, &name, sheet).map_err(|e| failed(Path::new(&name), &e))?;
        self.names.push(name.clone());
        Ok(name)
    }

    /// The workbook as a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(mut self, path: &Path) -> Result<()> {
        self.workbook.save(path).map_err(|e| failed(path, &e))
    }
}

/// A place as formulas name it: `F7`.
#[must_use]
pub fn place(row: u32, column: usize) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// A place in another sheet: `'Sở Tư pháp'!F7`.
#[must_use]
pub fn place_in(sheet: &str, row: u32, column: usize) -> String {
    format!("'{}'!{}", sheet.replace('\'', "''"), place(row, column))
}

fn letters(column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
    if column < 26 { letter(column).to_string() } else { format!("{}{}", letters(column / 26 - 1), letter(column)) }
}

fn digits(n: usize) -> usize {
    n.to_string().len()
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn write(place: &mut Worksheet, name: &str, sheet: &Sheet) -> std::result::Result<(), XlsxError> {
    place.set_name(name)?;
    // the crate would store 0 for an empty result
    place.set_formula_result_default("");
    page(place, sheet)?;
    place.write_with_format(0, 0, sheet.title.as_str(), &font(14.0).set_bold().set_locked())?;
    for (at, note) in sheet.notes.iter().enumerate() {
        place.write_with_format(index(at + 1), 0, note.as_str(), &font(11.0).set_italic())?;
    }
    write_header(place, sheet)?;
    let formats: Vec<Format> = sheet.columns.iter().map(|c| body(c, c.look)).collect();
    let wholes: Vec<Format> = sheet.columns.iter().map(|c| body(c, Look::Whole)).collect();
    for (row, cells) in sheet.rows.iter().enumerate() {
        let row = sheet.header_row() + 1 + index(row);
        place.set_row_height(row, height(sheet, cells.iter().map(Value::text)))?;
        for (column, value) in cells.iter().enumerate().take(sheet.columns.len()) {
            let is_whole = sheet.columns[column].look == Look::Decimal && matches!(value, Value::Int(_));
            let format = if is_whole { &wholes[column] } else { &formats[column] };
            write_cell(place, row, column, value, format)?;
        }
    }
    for (at, column) in sheet.columns.iter().enumerate().filter(|(_, c)| !c.choices.is_empty()) {
        let list = DataValidation::new().allow_list_strings(&column.choices)?;
        let first = sheet.header_row() + 1;
        let bottom = sheet.header_row() + index(sheet.rows.len().max(1));
        place.add_data_validation(first, column_index(at), bottom, column_index(at), &list)?;
    }
    if sheet.protect {
        let options = ProtectionOptions {
            use_autofilter: true,
            sort: true,
            format_columns: true,
            format_rows: true,
            ..ProtectionOptions::new()
        };
        place.protect_with_options(&options);
    }
    Ok(())
}

fn page(place: &mut Worksheet, sheet: &Sheet) -> std::result::Result<(), XlsxError> {
    let header = sheet.header_row();
    let last = header + index(sheet.rows.len().max(1));
    // A wide sheet is printed side by side, so that it can still be read; each page repeats the first column.
    let width: f64 = sheet.columns.iter().map(|c| c.width).sum();
    let pages = (1u16..100).find(|n| width <= f64::from(*n) * PAGE_WIDTH).unwrap_or(1);
    if pages > 1 {
        place.set_repeat_columns(0, 0)?;
    }
    place.set_paper_size(9).set_landscape().set_print_fit_to_pages(pages, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    place.set_footer("&C&\"Times New Roman\"&10&P/&N");
    place.set_repeat_rows(header, header)?;
    place.set_freeze_panes(header + 1, 0)?;
    if let Some(end) = sheet.columns.len().checked_sub(1) {
        place.autofilter(header, 0, last, column_index(end))?;
    }
    for (at, column) in sheet.columns.iter().enumerate() {
        place.set_column_width(column_index(at), column.width)?;
    }
    Ok(())
}

fn write_header(place: &mut Worksheet, sheet: &Sheet) -> std::result::Result<(), XlsxError> {
    let head = font(11.0)
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(HEADER_FILL);
    place.set_row_height(sheet.header_row(), height(sheet, sheet.columns.iter().map(|c| c.title.as_str())))?;
    for (at, column) in sheet.columns.iter().enumerate() {
        place.write_with_format(sheet.header_row(), column_index(at), column.title.as_str(), &head)?;
    }
    if sheet.total.is_empty() {
        return Ok(());
    }
    let row = sheet.total_row();
    place.write_with_format(row, 0, sheet.total.as_str(), &font(11.0).set_bold())?;
    for (at, column) in sheet.columns.iter().enumerate().filter(|(_, c)| c.total) {
        let numbers = || sheet.rows.iter().filter_map(|r| r.get(at)?.number());
        let sum = numbers().next().map(|_| numbers().sum());
        let (first, last) = (sheet.header_row() + 1, sheet.header_row() + index(sheet.rows.len().max(1)));
        // Where nothing is known the sum is not 0.
        let range = format!("{}:{}", self::place(first, at), self::place(last, at));
        let formula = format!("=IF(COUNT({range})=0,\"\",SUM({range}))");
        let format = number(font(11.0).set_bold(), column.look);
        write_cell(place, row, at, &Value::Formula(formula, sum), &format)?;
    }
    Ok(())
}

fn write_cell(
    place: &mut Worksheet,
    row: u32,
    column: usize,
    value: &Value,
    format: &Format,
) -> std::result::Result<(), XlsxError> {
    let column = column_index(column);
    match value {
        Value::Text(text) => place.write_string_with_format(row, column, text, format)?,
        Value::Int(_) | Value::Number(_) => {
            place.write_number_with_format(row, column, value.number().unwrap_or_default(), format)?
        }
        Value::Share(part, whole) if *whole != 0 => {
            let part = Value::Int(*part).number().unwrap_or_default();
            let share = part / Value::Int(*whole).number().unwrap_or(1.0);
            place.write_number_with_format(row, column, share, format)?
        }
        Value::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(result.map_or_else(String::new, |r| r.to_string()));
            place.write_formula_with_format(row, column, formula, format)?
        }
        Value::Empty | Value::Share(..) => place.write_blank(row, column, format)?,
    };
    Ok(())
}

/// Height of a row whose texts are wrapped: neither Excel nor others work it out for a file that they did not write.
fn height<'t>(sheet: &Sheet, texts: impl Iterator<Item = &'t str>) -> f64 {
    let lines = sheet.columns.iter().zip(texts).map(|(column, text)| {
        // words are not cut, so that a line holds less than its width
        let fits = (column.width * 0.95).max(1.0);
        let long = |line: &str| {
            let length = line.chars().fold(0.0, |sum, _| sum + 1.0);
            (1u16..400).find(|n| length <= fits * f64::from(*n)).unwrap_or(400)
        };
        text.lines().map(long).sum::<u16>().max(1)
    });
    (f64::from(lines.max().unwrap_or(1)) * LINE + 2.0).min(HIGHEST)
}

fn column_index(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn font(size: f64) -> Format {
    Format::new().set_font_name(FONT).set_font_size(size)
}

fn body(column: &Column, look: Look) -> Format {
    let format = font(11.0).set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
    let format = number(format, look);
    if column.open { format.set_unlocked().set_background_color(OPEN_FILL) } else { format }
}

fn number(format: Format, look: Look) -> Format {
    match look {
        Look::Text => format.set_text_wrap(),
        Look::Whole => format.set_num_format(WHOLE),
        Look::Decimal => format.set_num_format(DECIMAL),
        Look::Percent => format.set_num_format(PERCENT),
    }
}

fn failed(path: &Path, error: &XlsxError) -> Error {
    Error::Table { path: path.to_owned(), message: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx, open_workbook};

    fn book() -> Book {
        let mut book = Book::new("Thử", "2026-11-24");
        let sheet = Sheet {
            name: "Sở Tư pháp: hộ tịch/chứng thực".to_owned(),
            title: "Bảng thử".to_owned(),
            notes: vec!["Đơn vị: đồng".to_owned()],
            columns: vec![
                Column::new("Mã", 12.0, Look::Text),
                Column::new("Chi phí", 16.0, Look::Whole).summed(),
                Column::new("Giờ", 16.0, Look::Decimal).summed(),
                Column::new("Ý kiến", 14.0, Look::Text).choice(vec!["chấp nhận".to_owned(), "bác".to_owned()]),
            ],
            rows: vec![
                vec!["=1+1".into(), Value::Int(1_234_567), Value::Empty, Value::Empty],
                vec!["b".into(), Value::Int(-67), Value::Empty, "bác".into()],
                vec!["c".into(), Value::Empty, Value::Empty, Value::Empty],
            ],
            total: "Tổng cộng".to_owned(),
            protect: true,
        };
        let name = book.add(&sheet).unwrap();
        assert_eq!(name, "Sở Tư pháp hộ tịch chứng thực");
        assert_eq!(book.add(&sheet).unwrap(), "Sở Tư pháp hộ tịch chứng th (2)");
        book
    }

    #[test]
    fn a_sheet_holds_what_was_given_and_its_total() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.xlsx");
        book().save(&path).unwrap();
        let mut read: Xlsx<_> = open_workbook(&path).unwrap();
        let range = read.worksheet_range_at(0).unwrap().unwrap();
        let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
        assert_eq!(cell(2, 0), Data::String("Tổng cộng".into()));
        assert_eq!(cell(2, 1), Data::Float(1_234_500.0));
        assert!(matches!(cell(2, 2), Data::Empty) || cell(2, 2) == Data::String(String::new()), "no sum of nothing");
        assert_eq!(cell(3, 3), Data::String("Ý kiến".into()));
        assert_eq!(cell(4, 0), Data::String("=1+1".into()), "a text is never a formula");
        assert_eq!(cell(6, 1), Data::Empty, "what is missing is not 0");
    }

    #[test]
    fn the_same_sheets_are_the_same_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = |name: &str| {
            let path = dir.path().join(name);
            book().save(&path).unwrap();
            std::fs::read(path).unwrap()
        };
        let first = bytes("a.xlsx");
        std::thread::sleep(std::time::Duration::from_millis(2100));
        assert!(first == bytes("b.xlsx"));
    }

    #[test]
    fn places_are_named_as_in_excel() {
        for (row, column, expected) in [(0, 0, "A1"), (6, 25, "Z7"), (0, 26, "AA1"), (9, 701, "ZZ10"), (0, 702, "AAA1")]
        {
            assert_eq!(place(row, column), expected);
        }
        assert_eq!(place_in("Sở A", 0, 1), "'Sở A'!B1");
    }
}
