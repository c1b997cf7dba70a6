//! DOCX: paragraphs and tables of a publication decision, or the layout of one procedure.

use super::grid::{Cell, Merged, Row};
use super::layout::{self, Block};
use super::office_zip;
use super::{Input, Reader, Sink};
use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Reader of DOCX.
pub struct Docx;

/// Bytes that a document may have when unpacked.
const LARGEST: u64 = 256 * 1024 * 1024;
/// The part that holds the text.
const BODY: &str = "word/document.xml";

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn recognises(&self, input: &Input) -> bool {
        input.bytes.starts_with(b"PK\x03\x04")
            && ZipArchive::new(Cursor::new(input.bytes)).is_ok_and(|zip| zip.index_for_name(BODY).is_some())
    }

    fn read(&self, input: &Input, sink: &mut Sink) {
        if !office_zip::is_bounded(input.bytes, LARGEST) {
            return sink.reject_file(input, "archive-too-large", &LARGEST);
        }
        match body(input.bytes).and_then(|xml| blocks(&xml)) {
            Ok(blocks) => {
                layout::read(&blocks, input, sink);
                if sink.read == 0 {
                    sink.reject_file(input, "document-without-procedure", "");
                }
            }
            Err(found) => sink.reject_file(input, "document-invalid", &found),
        }
    }
}

fn body(bytes: &[u8]) -> Result<String, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let mut xml = String::new();
    let part = zip.by_name(BODY).map_err(|e| e.to_string())?;
    part.take(LARGEST).read_to_string(&mut xml).map_err(|e| e.to_string())?;
    Ok(xml)
}

/// A table that is being read; tables stand in cells of others.
#[derive(Default)]
struct Open {
    rows: Vec<Row>,
    merged: Vec<Merged>,
    row: Vec<Cell>,
    cell: String,
    span: usize,
    /// Whether the cell carries on the one above it.
    carries: bool,
    /// Whether the cell begins an area merged downwards.
    starts: bool,
    /// First row and column of areas merged downwards that are still open.
    down: Vec<(u32, usize, u32)>,
}

#[derive(Default)]
struct Document {
    blocks: Vec<Block>,
    tables: Vec<Open>,
    text: String,
    /// Depth inside parts that repeat or no longer belong to the text.
    skipped: usize,
    in_text: bool,
}

/// Paragraphs and tables of the body in reading order.
fn blocks(xml: &str) -> Result<Vec<Block>, String> {
    let mut reader = XmlReader::from_str(xml);
    let mut document = Document::default();
    loop {
        match reader.read_event().map_err(|e| format!("{e} ({})", reader.buffer_position()))? {
            Event::Start(e) => document.start(&e, false),
            Event::Empty(e) => document.start(&e, true),
            Event::End(e) => document.end(e.local_name().as_ref()),
            Event::Text(e) if document.in_text && document.skipped == 0 => {
                document.text.push_str(&e);
            }
            Event::GeneralRef(e) if document.in_text && document.skipped == 0 => match e.resolve_char_ref() {
                Ok(Some(c)) => document.text.push(c),
                _ => document.text.push_str(quick_xml::escape::resolve_predefined_entity(&e).unwrap_or_default()),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(document.blocks)
}

impl Document {
    fn start(&mut self, element: &BytesStart, empty: bool) {
        let name = element.local_name();
        let name = name.as_ref();
        if matches!(name, "Fallback" | "del" | "moveFrom" | "instrText") {
            self.skipped += usize::from(!empty);
            return;
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            "t" => self.in_text = !empty,
            "tab" if !self.text.is_empty() => self.text.push('\t'),
            "br" | "cr" => self.text.push('\n'),
            "noBreakHyphen" => self.text.push('-'),
            "p" if empty => self.paragraph(),
            "tbl" => self.tables.push(Open::default()),
            "gridSpan" => {
                if let (Some(table), Some(span)) = (self.tables.last_mut(), value(element)) {
                    table.span = span.parse().unwrap_or(1).clamp(1, 100);
                }
            }
            "vMerge" => {
                if let Some(table) = self.tables.last_mut() {
                    table.starts = value(element).as_deref() == Some("restart");
                    table.carries = !table.starts;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "Fallback" | "del" | "moveFrom" | "instrText") {
            self.skipped = self.skipped.saturating_sub(1);
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" => self.paragraph(),
            "tc" => self.tables.last_mut().into_iter().for_each(Open::end_cell),
            "tr" => self.tables.last_mut().into_iter().for_each(Open::end_row),
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        match self.tables.last_mut() {
            Some(table) => {
                if !table.cell.is_empty() {
                    table.cell.push('\n');
                }
                table.cell.push_str(&text);
            }
            None => self.blocks.push(Block::Line(text)),
        }
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else { return };
        table.end_areas(u32::MAX);
        match self.tables.last_mut() {
            // a table in a cell is read as the text of its rows
            Some(outer) => table.rows.iter().for_each(|row| {
                outer.cell.push('\n');
                outer.cell.push_str(&row.raw());
            }),
            None => self.blocks.push(Block::Table(table.rows, table.merged)),
        }
    }
}

impl Open {
    fn number(&self) -> u32 {
        u32::try_from(self.rows.len() + 1).unwrap_or(u32::MAX)
    }

    fn end_cell(&mut self) {
        let (column, number, span) = (self.row.len(), self.number(), self.span.max(1));
        if self.starts {
            self.down.push((number, column, number));
        }
        if self.carries
            && let Some(area) = self.down.iter_mut().rev().find(|area| area.1 == column)
        {
            area.2 = number;
        }
        if span > 1 {
            self.merged.push(Merged { rows: (number, number), columns: (column, column + span - 1) });
        }
        let text = std::mem::take(&mut self.cell);
        self.row.push(Cell::text(text.trim()));
        self.row.resize(column + span, Cell::default());
        (self.span, self.starts, self.carries) = (1, false, false);
    }

    fn end_row(&mut self) {
        let number = self.number();
        self.rows.push(Row { number, cells: std::mem::take(&mut self.row) });
        self.end_areas(number);
    }

    /// Areas merged downwards that the row of this number did not carry on are whole.
    fn end_areas(&mut self, number: u32) {
        let (open, whole): (Vec<_>, Vec<_>) = std::mem::take(&mut self.down).into_iter().partition(|a| a.2 == number);
        self.down = open;
        self.merged
            .extend(whole.iter().filter(|a| a.2 > a.0).map(|a| Merged { rows: (a.0, a.2), columns: (a.1, a.1) }));
    }
}

/// The attribute `w:val`.
fn value(element: &BytesStart) -> Option<String> {
    let attribute = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == "val")?;
    Some(attribute.value.to_string())
}
