//! PDF with a text layer: characters and ruled lines by their place, put together to paragraphs and tables.

use super::layout::{self, Block};
use super::pdf_table::{self, Table};
use super::{Input, Reader, Sink};
use crate::rule::ColumnNames;
use pdf_extract::{ColorSpace, Document, MediaBox, OutputDev, OutputError, Path, PathOp, Transform, output_doc};

/// Reader of PDF.
pub struct Pdf;

/// The mark may stand after what a mail program or scanner wrote before it, in bytes.
const HEAD: usize = 1024;

impl Reader for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn recognises(&self, input: &Input) -> bool {
        input.bytes[..input.bytes.len().min(HEAD)].windows(5).any(|w| w == b"%PDF-")
    }

    fn read(&self, input: &Input, sink: &mut Sink) {
        // the crate panics on some defective files
        let pages = match std::panic::catch_unwind(|| pages(input.bytes)) {
            Ok(Ok(pages)) => pages,
            Ok(Err(Refusal::Encrypted)) => return sink.reject_file(input, "pdf-encrypted", ""),
            Ok(Err(Refusal::Invalid(found))) => return sink.reject_file(input, "pdf-invalid", &found),
            Err(_) => return sink.reject_file(input, "pdf-invalid", "panic"),
        };
        if pages.iter().all(|page| page.glyphs.is_empty()) {
            return sink.reject_file(input, "pdf-without-text", "");
        }
        let blocks: Vec<Block> = pages.into_iter().flat_map(|page| blocks(page, input.columns)).collect();
        layout::read(&blocks, input, sink);
        if sink.read == 0 {
            sink.reject_file(input, "document-without-procedure", "");
        }
    }
}

enum Refusal {
    Encrypted,
    Invalid(String),
}

/// Where a character stands, in points; `y` is its base line and grows downwards.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub x: f64,
    pub y: f64,
    pub end: f64,
    pub size: f64,
    pub text: String,
}

/// A ruled line, horizontal or vertical: its ends in points, `y` growing downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub x: (f64, f64),
    pub y: (f64, f64),
}

#[derive(Default)]
struct Page {
    /// Where its right edge is, in points.
    width: f64,
    glyphs: Vec<Glyph>,
    rules: Vec<Rule>,
}

#[derive(Default)]
struct Pages {
    top: f64,
    found: Vec<Page>,
}

/// A filled or ruled rectangle at most this thick is a line, in points.
const THIN: f64 = 3.0;

impl Pages {
    fn rule(&mut self, at: &Transform, from: (f64, f64), to: (f64, f64)) {
        let place =
            |(x, y): (f64, f64)| (at.m11 * x + at.m21 * y + at.m31, self.top - (at.m12 * x + at.m22 * y + at.m32));
        let ((ax, ay), (bx, by)) = (place(from), place(to));
        let rule = Rule { x: (ax.min(bx), ax.max(bx)), y: (ay.min(by), ay.max(by)) };
        let straight = (rule.x.1 - rule.x.0 <= THIN) != (rule.y.1 - rule.y.0 <= THIN);
        if let Some(page) = self.found.last_mut().filter(|_| straight) {
            page.rules.push(rule);
        }
    }

    /// Lines along a path; the outline of a wide area counts only where it is drawn, not where it is filled.
    fn path(&mut self, at: &Transform, path: &Path, drawn: bool) {
        let (mut start, mut last) = ((0.0, 0.0), (0.0, 0.0));
        for step in &path.ops {
            match *step {
                PathOp::MoveTo(x, y) => (start, last) = ((x, y), (x, y)),
                PathOp::LineTo(x, y) => {
                    if drawn {
                        self.rule(at, last, (x, y));
                    }
                    last = (x, y);
                }
                PathOp::CurveTo(.., x, y) => last = (x, y),
                PathOp::Rect(x, y, width, height) => {
                    let (right, top) = (x + width, y + height);
                    if width.abs() <= THIN || height.abs() <= THIN {
                        self.rule(at, (x, y), (right, top));
                    } else if drawn {
                        let corners = [(x, y), (right, y), (right, top), (x, top), (x, y)];
                        corners.windows(2).for_each(|side| self.rule(at, side[0], side[1]));
                    }
                }
                PathOp::Close => {
                    if drawn {
                        self.rule(at, last, start);
                    }
                    last = start;
                }
            }
        }
        if !drawn {
            self.filled_outline(at, path);
        }
    }

    /// A thin area that is filled along its outline is a line.
    fn filled_outline(&mut self, at: &Transform, path: &Path) {
        let points = path.ops.iter().filter_map(|op| match *op {
            PathOp::MoveTo(x, y) | PathOp::LineTo(x, y) => Some((x, y)),
            _ => None,
        });
        let points: Vec<(f64, f64)> = points.collect();
        if !(4..=5).contains(&points.len())
            || path.ops.iter().any(|op| matches!(op, PathOp::Rect(..) | PathOp::CurveTo(..)))
        {
            return;
        }
        let low = points.iter().fold((f64::MAX, f64::MAX), |a, p| (a.0.min(p.0), a.1.min(p.1)));
        let high = points.iter().fold((f64::MIN, f64::MIN), |a, p| (a.0.max(p.0), a.1.max(p.1)));
        self.rule(at, low, high);
    }
}

impl OutputDev for Pages {
    fn begin_page(&mut self, _: u32, media: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.top = media.ury;
        self.found.push(Page { width: media.urx, ..Page::default() });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let size = size * (at.m11 * at.m22 - at.m12 * at.m21).abs().sqrt();
        let (x, y) = (at.m31, self.top - at.m32);
        let sound = x.is_finite() && y.is_finite() && width.is_finite() && size.is_finite() && size > 0.0;
        if let Some(page) = self.found.last_mut().filter(|_| sound && !text.is_empty()) {
            page.glyphs.push(Glyph { x, y, end: x + width * size, size, text: text.to_owned() });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(&mut self, at: &Transform, _: &ColorSpace, _: &[f64], path: &Path) -> Result<(), OutputError> {
        self.path(at, path, true);
        Ok(())
    }

    fn fill(&mut self, at: &Transform, _: &ColorSpace, _: &[f64], path: &Path) -> Result<(), OutputError> {
        self.path(at, path, false);
        Ok(())
    }
}

fn pages(bytes: &[u8]) -> Result<Vec<Page>, Refusal> {
    let invalid = |e: &dyn std::fmt::Display| Refusal::Invalid(e.to_string());
    let mut document = Document::load_mem(bytes).map_err(|e| invalid(&e))?;
    // many files are locked against changes only, and open without a password
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Refusal::Encrypted);
    }
    let mut pages = Pages::default();
    output_doc(&document, &mut pages).map_err(|e| invalid(&e))?;
    Ok(pages.found)
}

/// Paragraphs and tables of a page from top to bottom.
fn blocks(page: Page, columns: &ColumnNames) -> Vec<Block> {
    let mut tables = pdf_table::find(&page.rules);
    let mut free = Vec::new();
    for glyph in page.glyphs {
        let left = tables.iter_mut().try_fold(glyph, |glyph, table| table.take(glyph));
        free.extend(left);
    }
    tables.sort_by(|a, b| a.top().total_cmp(&b.top()));
    let mut lines = lines(free);
    drop_page_number(&mut lines);
    let left = lines.iter().map(|l| l.start).fold(f64::MAX, f64::min);
    // a page of short lines does not show its right margin: then it is as wide as the left one
    let right = lines.iter().map(|l| l.end).fold(page.width - left, f64::max);
    let mut blocks = Vec::new();
    for table in tables {
        let below = lines.partition_point(|line| line.y < table.top());
        let rest = lines.split_off(below);
        blocks.extend(layout::lines(&paragraphs(&lines, right, columns)));
        lines = rest;
        blocks.push(cells(table, columns));
    }
    blocks.extend(layout::lines(&paragraphs(&lines, right, columns)));
    blocks
}

fn cells(table: Table, columns: &ColumnNames) -> Block {
    let (rows, merged) = table.rows(|glyphs, right| paragraphs(&lines(glyphs), right, columns));
    Block::Table(rows, merged)
}

/// The number of the page, first or last on it, belongs to no text.
fn drop_page_number(lines: &mut Vec<Line>) {
    let is_number = |line: &Line| {
        let digits = line.text.trim().trim_matches(['-', '–', ' ']);
        !digits.is_empty() && digits.len() <= 4 && digits.chars().all(|c| c.is_ascii_digit())
    };
    if lines.last().is_some_and(is_number) {
        lines.pop();
    } else if lines.first().is_some_and(is_number) {
        lines.remove(0);
    }
}

/// A line of words; wide gaps stand as tabs.
#[derive(Debug, Clone)]
struct Line {
    y: f64,
    start: f64,
    end: f64,
    size: f64,
    text: String,
    /// Width of its first word, in points.
    first_word: f64,
}

/// Gap that parts words, in ems.
const SPACE: f64 = 0.12;
/// Gap that parts the cells of a table without ruled lines, in ems.
const WIDE: f64 = 2.0;

/// Lines from top to bottom, each from left to right.
fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    // stable: characters of one place stay in the order in which they were written
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut groups: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match groups.last_mut() {
            Some(group) if glyph.y - group[0].y < 0.4 * glyph.size.min(group[0].size).max(4.0) => group.push(glyph),
            _ => groups.push(vec![glyph]),
        }
    }
    groups.into_iter().filter_map(line).collect()
}

fn line(mut glyphs: Vec<Glyph>) -> Option<Line> {
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    glyphs.retain(|g| !g.text.trim().is_empty() || g.end > g.x);
    let first = glyphs.iter().find(|g| !g.text.trim().is_empty())?;
    let (y, size, start) = (first.y, first.size, first.x);
    let mut line = Line { y, start, end: start, size, text: String::new(), first_word: 0.0 };
    for glyph in glyphs {
        if glyph.text.trim().is_empty() {
            if !line.text.is_empty() && !line.text.ends_with([' ', '\t']) {
                line.text.push(' ');
            }
            continue;
        }
        let gap = glyph.x - line.end;
        if !line.text.is_empty() && gap > WIDE * size {
            line.text.truncate(line.text.trim_end().len());
            line.text.push('\t');
        } else if gap > SPACE * size && !line.text.is_empty() && !line.text.ends_with([' ', '\t']) {
            line.text.push(' ');
        }
        line.text.push_str(&glyph.text);
        line.end = line.end.max(glyph.end);
        if !line.text.trim_end().contains([' ', '\t']) {
            line.first_word = line.end - start;
        }
    }
    Some(line)
}

/// Joins lines that were broken because the next word did not fit before `right`.
fn paragraphs(lines: &[Line], right: f64, columns: &ColumnNames) -> String {
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let above = at.checked_sub(1).map(|at| &lines[at]);
        let carries = above.is_some_and(|above| {
            let full = above.end + 0.2 * line.size + line.first_word > right - 0.8 * line.size;
            let near = line.y - above.y < 2.2 * line.size;
            let parted = above.text.contains('\t') || line.text.contains('\t');
            full && near && !parted && !layout::begins_paragraph(columns, &line.text)
        });
        if at > 0 {
            text.push(if carries { ' ' } else { '\n' });
        }
        text.push_str(line.text.trim());
    }
    text
}
