//! The house style of Word documents: A4, Times New Roman 13, margins and page number as official papers have them
//! (Decree 30/2020/NĐ-CP), headings that show in the navigation pane, tables with a header row.

use crate::error::{Error, Result};
use docx_rs::{
    AlignmentType, BreakType, Docx, Header, LineSpacing, PageMargin, PageNum, Paragraph, Run, RunFonts, Shading,
    SpecialIndentType, Style, StyleType, Table, TableCell, TableLayoutType, TableRow, WidthType,
};
use std::io::{Cursor, Read, Write};
use std::path::Path;

const FONT: &str = "Times New Roman";
/// Half points.
const SIZE: usize = 26;
const TABLE_SIZE: usize = 22;
/// Twentieths of a point: A4, 20 mm above and below, 30 mm left, 15 mm right.
const PAGE: (u32, u32) = (11906, 16838);
const MARGIN: PageMargin =
    PageMargin { top: 1134, bottom: 1134, left: 1701, right: 850, header: 567, footer: 567, gutter: 0 };
/// Width of the text in the same unit.
const TEXT_WIDTH: usize = 9355;
/// Room that a letter of a table takes, and the margins of a cell, in twentieths of a point.
const LETTER: usize = 120;
const MARGINS: usize = 230;
const FIRST_LINE: i32 = 567;

/// How a piece of a paragraph looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Face {
    /// As it is.
    #[default]
    Plain,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
}

/// Where the cells of a column of a table stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Texts.
    Left,
    /// Short marks.
    Centre,
    /// Numbers.
    Right,
}

/// A document in the house style.
#[derive(Debug)]
pub struct Document {
    docx: Docx,
}

impl Document {
    /// An empty document; `as_of` (`YYYY-MM-DD`) is its date, because a document must not depend on the clock.
    #[must_use]
    pub fn new(as_of: &str) -> Document {
        let date = format!("{as_of}T00:00:00Z");
        let number = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
        let docx = Docx::new()
            .created_at(&date)
            .updated_at(&date)
            .page_size(PAGE.0, PAGE.1)
            .page_margin(MARGIN)
            .default_fonts(fonts())
            .default_size(SIZE)
            .header(Header::new().add_paragraph(number))
            .first_header(Header::new().add_paragraph(Paragraph::new()))
            .title_pg()
            .add_style(heading_style(1))
            .add_style(heading_style(2))
            .add_style(heading_style(3));
        Document { docx }
    }

    /// The head of an official paper: the body on the left; country and motto on the right. A line each.
    #[must_use]
    pub fn head(mut self, left: &[&str], right: &[&str]) -> Document {
        let column = |lines: &[&str], width: usize| {
            let cell = TableCell::new().width(width, WidthType::Dxa);
            lines.iter().fold(cell, |cell, line| {
                cell.add_paragraph(
                    Paragraph::new().align(AlignmentType::Center).add_run(run(line, Face::Bold).size(SIZE - 2)),
                )
            })
        };
        let widths = [TEXT_WIDTH * 3 / 8, TEXT_WIDTH - TEXT_WIDTH * 3 / 8];
        let row = TableRow::new(vec![column(left, widths[0]), column(right, widths[1])]);
        let table = Table::without_borders(vec![row]).set_grid(widths.to_vec()).layout(TableLayoutType::Fixed);
        self.docx = self.docx.add_table(table).add_paragraph(Paragraph::new());
        self
    }

    /// A centred title.
    #[must_use]
    pub fn title(mut self, text: &str) -> Document {
        let spacing = LineSpacing::new().before(120).after(60);
        let title = Paragraph::new().align(AlignmentType::Center).line_spacing(spacing);
        self.docx = self.docx.add_paragraph(title.add_run(run(text, Face::Bold).size(SIZE + 2)));
        self
    }

    /// A centred line below the title.
    #[must_use]
    pub fn subtitle(mut self, text: &str) -> Document {
        let line = Paragraph::new().align(AlignmentType::Center).add_run(run(text, Face::Italic));
        self.docx = self.docx.add_paragraph(line);
        self
    }

    /// A heading of level 1 to 3.
    #[must_use]
    pub fn heading(mut self, level: usize, text: &str) -> Document {
        let style = format!("Heading{}", level.clamp(1, 3));
        self.docx =
            self.docx.add_paragraph(Paragraph::new().style(&style).keep_next(true).add_run(Run::new().add_text(text)));
        self
    }

    /// A paragraph.
    #[must_use]
    pub fn paragraph(self, text: &str) -> Document {
        self.pieces(&[(text, Face::Plain)])
    }

    /// A paragraph of pieces that look different.
    #[must_use]
    pub fn pieces(mut self, pieces: &[(&str, Face)]) -> Document {
        let paragraph = Paragraph::new()
            .align(AlignmentType::Both)
            .indent(None, Some(SpecialIndentType::FirstLine(FIRST_LINE)), None, None)
            .line_spacing(LineSpacing::new().before(60).after(60));
        let paragraph = pieces.iter().fold(paragraph, |p, (text, face)| p.add_run(run(text, *face)));
        self.docx = self.docx.add_paragraph(paragraph);
        self
    }

    /// A table; each column with its heading, its share of the width and its side.
    #[must_use]
    pub fn table(mut self, columns: &[(&str, usize, Side)], rows: &[Vec<String>]) -> Document {
        let widths = widths(columns, rows);
        // the head does not stay alone at the end of a page
        let head = columns.iter().zip(&widths).map(|(c, width)| {
            let shade = Shading::new().fill("DDE7F0");
            cell(c.0, *width, Side::Centre, Face::Bold, true).shading(shade)
        });
        let mut lines = vec![TableRow::new(head.collect()).cant_split()];
        for row in rows {
            let cells = row.iter().zip(columns.iter().zip(&widths));
            lines.push(
                TableRow::new(cells.map(|(text, (c, width))| cell(text, *width, c.2, Face::Plain, false)).collect())
                    .cant_split(),
            );
        }
        let table = Table::new(lines).set_grid(widths).layout(TableLayoutType::Fixed);
        self.docx =
            self.docx.add_table(table).add_paragraph(Paragraph::new().line_spacing(LineSpacing::new().after(60)));
        self
    }

    /// Goes on with a new page.
    #[must_use]
    pub fn new_page(mut self) -> Document {
        self.docx = self.docx.add_paragraph(Paragraph::new().add_run(Run::new().add_break(BreakType::Page)));
        self
    }

    /// The document as a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(self, path: &Path) -> Result<()> {
        let failed = |message: String| Error::Table { path: path.to_owned(), message };
        let mut loose = Cursor::new(Vec::new());
        self.docx.pack(&mut loose).map_err(|e| failed(e.to_string()))?;
        let bytes = repack(loose).map_err(|e| failed(e.to_string()))?;
        std::fs::write(path, bytes).map_err(Error::io(path))
    }
}

/// The same parts compressed, without the time of writing and without the ids that count paragraphs through the whole
/// program, so that the same document is the same bytes.
fn repack(archive: Cursor<Vec<u8>>) -> std::result::Result<Vec<u8>, zip::result::ZipError> {
    let mut from = zip::ZipArchive::new(archive)?;
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for at in 0..from.len() {
        let mut part = from.by_index(at)?;
        if part.is_dir() {
            continue;
        }
        let name = part.name()?.into_owned();
        let mut content = String::new();
        part.read_to_string(&mut content)?;
        to.start_file(name, options)?;
        to.write_all(without_ids(&content).as_bytes())?;
    }
    Ok(to.finish()?.into_inner())
}

fn without_ids(xml: &str) -> String {
    let mark = " w14:paraId=\"";
    let mut parts = xml.split(mark);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once('"').map_or("", |(_, rest)| rest))
}

fn fonts() -> RunFonts {
    RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT)
}

fn heading_style(level: usize) -> Style {
    let style = Style::new(format!("Heading{level}"), StyleType::Paragraph)
        .name(format!("heading {level}"))
        .based_on("Normal")
        .next("Normal")
        .q_format(true)
        .outline_lvl(level - 1)
        .fonts(fonts())
        .size(SIZE)
        .line_spacing(LineSpacing::new().before(160).after(60));
    if level == 3 { style.bold().italic() } else { style.bold() }
}

fn run(text: &str, face: Face) -> Run {
    let run = Run::new().add_text(text);
    match face {
        Face::Plain => run,
        Face::Bold => run.bold(),
        Face::Italic => run.italic(),
    }
}

/// Widths of columns: as much as the longest word needs; the rest goes to the columns of text, by their shares.
fn widths(columns: &[(&str, usize, Side)], rows: &[Vec<String>]) -> Vec<usize> {
    let longest = |text: &str| unbroken(text).split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    let least: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, c)| {
            let cells = rows.iter().filter_map(|row| row.get(at)).map(|text| longest(text)).max().unwrap_or(0);
            (LETTER * cells.max(longest(c.0)) + MARGINS).min(TEXT_WIDTH / 3)
        })
        .collect();
    let has_text = columns.iter().any(|c| c.2 == Side::Left);
    let share = |c: &(&str, usize, Side)| if has_text && c.2 != Side::Left { 0 } else { c.1 };
    let (needed, shares) = (least.iter().sum::<usize>(), columns.iter().map(share).sum::<usize>().max(1));
    match TEXT_WIDTH.checked_sub(needed) {
        Some(rest) => least.iter().zip(columns).map(|(width, c)| width + share(c) * rest / shares).collect(),
        None => least.iter().map(|width| width * TEXT_WIDTH / needed).collect(),
    }
}

/// Number and percent sign stay on one line.
fn unbroken(text: &str) -> String {
    text.replace(" %", "\u{a0}%")
}

fn cell(text: &str, width: usize, side: Side, face: Face, keep_next: bool) -> TableCell {
    let side = match side {
        Side::Left => AlignmentType::Left,
        Side::Centre => AlignmentType::Center,
        Side::Right => AlignmentType::Right,
    };
    let run = run(&unbroken(text), face).size(TABLE_SIZE);
    let paragraph = Paragraph::new().align(side).keep_next(keep_next).add_run(run);
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document::new("2026-11-24")
            .head(&["SỞ TƯ PHÁP"], &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"])
            .title("PHỤ LỤC")
            .heading(1, "1. Thủ tục <thử> & kiểm tra")
            .pieces(&[("Lý do: ", Face::Bold), ("\"a\" < b", Face::Plain)])
            .table(&[("Nội dung", 3, Side::Left), ("Số", 1, Side::Right)], &[vec!["x".to_owned(), "1.234".to_owned()]])
    }

    #[test]
    fn the_same_document_is_the_same_bytes_and_well_formed() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = |name: &str| {
            let path = dir.path().join(name);
            document().save(&path).unwrap();
            std::fs::read(path).unwrap()
        };
        let first = bytes("a.docx");
        std::thread::sleep(std::time::Duration::from_millis(2100));
        assert!(first == bytes("b.docx"));
        let mut archive = zip::ZipArchive::new(Cursor::new(first)).unwrap();
        let mut xml = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
        assert!(
            xml.contains("1. Thủ tục &lt;thử> &amp; kiểm tra") || xml.contains("1. Thủ tục &lt;thử&gt; &amp; kiểm tra")
        );
        let mut reader = quick_xml::Reader::from_str(&xml);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    }
}
