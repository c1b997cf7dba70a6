//! HTML: the page of one procedure, with its labels, values and tables, or a page with a table of procedures.

use super::decode::{decode, decode_head};
use super::grid::{Cell, Merged, Row};
use super::layout::{self, Block};
use super::{Input, Reader, Sink};
use scraper::{ElementRef, Html as Dom, Node};

/// Reader of HTML.
pub struct Html;

/// How much of a file decides whether it is HTML, in bytes.
const HEAD: usize = 4 * 1024;
/// The largest page that is read, in bytes: the tree of a page takes many times its size.
const LARGEST: usize = 32 * 1024 * 1024;
/// Elements nested deeper than this are no page that a person made.
const DEEPEST: usize = 400;
/// Elements that are part of the site, or no text.
const NO_TEXT: [&str; 14] = [
    "script", "style", "head", "noscript", "template", "nav", "header", "footer", "select", "button", "svg", "iframe",
    "aside", "textarea",
];
/// Elements inside a line.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "ins", "label", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u",
];

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn recognises(&self, input: &Input) -> bool {
        decode_head(input.bytes, HEAD).is_some_and(|head| {
            let head = head.text[..head.text.floor_char_boundary(HEAD)].to_ascii_lowercase();
            head.trim_start().starts_with('<')
                && ["<!doctype html", "<html", "<body", "<table", "<div"].iter().any(|tag| head.contains(tag))
        })
    }

    fn read(&self, input: &Input, sink: &mut Sink) {
        if input.bytes.len() > LARGEST {
            return sink.reject_file(input, "page-too-large", &input.bytes.len());
        }
        let Some(decoded) = decode(input.bytes) else {
            return sink.reject_file(input, "not-text", "");
        };
        decoded.report(input, sink);
        let dom = Dom::parse_document(&decoded.text);
        let mut page = Page::default();
        page.element(dom.root_element(), 0);
        page.end_line();
        layout::read(&page.blocks, input, sink);
        if sink.read == 0 {
            sink.reject_file(input, "document-without-procedure", "");
        }
    }
}

#[derive(Default)]
struct Page {
    blocks: Vec<Block>,
    line: String,
}

impl Page {
    fn element(&mut self, element: ElementRef, depth: usize) {
        let name = element.value().name();
        if NO_TEXT.contains(&name) || is_hidden(element) || depth > DEEPEST {
            return;
        }
        match name {
            "br" => return self.end_line(),
            "table" if is_table(element) => {
                self.end_line();
                let (rows, merged) = table(element, depth);
                return self.blocks.push(Block::Table(rows, merged));
            }
            _ => {}
        }
        let is_block = !INLINE.contains(&name);
        if is_block {
            self.end_line();
        }
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.text(text),
                Node::Element(_) => ElementRef::wrap(child).into_iter().for_each(|e| self.element(e, depth + 1)),
                _ => {}
            }
        }
        if is_block {
            self.end_line();
        }
    }

    /// Line breaks of the source are spaces; what a script wrote in one piece keeps the breaks that stand alone.
    fn text(&mut self, text: &str) {
        for (at, word) in text.split_whitespace().enumerate() {
            let spaced = at > 0 || text.starts_with(char::is_whitespace);
            if spaced && !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
        if text.ends_with(char::is_whitespace) && !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.blocks.push(Block::Line(line.trim().to_owned()));
        }
    }
}

fn is_hidden(element: ElementRef) -> bool {
    let style = element.value().attr("style").unwrap_or_default();
    element.value().attr("hidden").is_some() || style.replace(' ', "").contains("display:none")
}

fn descends_from_inner(element: ElementRef, table: ElementRef) -> bool {
    element
        .ancestors()
        .take_while(|a| a.id() != table.id())
        .any(|a| a.value().as_element().is_some_and(|e| e.name() == "table"))
}

/// Rows of a table, those of tables inside it left out.
fn rows_of(table: ElementRef) -> Vec<ElementRef> {
    let rows = table.descendent_elements().filter(|e| e.value().name() == "tr");
    rows.filter(|row| !descends_from_inner(*row, table)).collect()
}

fn cells_of(row: ElementRef) -> Vec<ElementRef> {
    row.children().filter_map(ElementRef::wrap).filter(|e| matches!(e.value().name(), "td" | "th")).collect()
}

/// A table that is one, rather than the frame of a page: no table inside it, and two columns somewhere.
fn is_table(element: ElementRef) -> bool {
    let inner = element.descendent_elements().skip(1).any(|e| e.value().name() == "table");
    !inner && rows_of(element).iter().any(|row| cells_of(*row).len() > 1)
}

fn table(element: ElementRef, depth: usize) -> (Vec<Row>, Vec<Merged>) {
    let mut rows: Vec<Row> = Vec::new();
    let mut merged = Vec::new();
    // columns that an area from above still takes: column → last row
    let mut taken: Vec<u32> = Vec::new();
    for (row, number) in rows_of(element).into_iter().zip(1u32..) {
        let mut cells: Vec<Cell> = Vec::new();
        for cell in cells_of(row) {
            while taken.get(cells.len()).is_some_and(|last| *last >= number) {
                cells.push(Cell::default());
            }
            let span = |name: &str| cell.value().attr(name).and_then(|v| v.trim().parse::<u16>().ok()).unwrap_or(1);
            let (across, down) =
                (usize::from(span("colspan").clamp(1, 100)), u32::from(span("rowspan").clamp(1, 1000)));
            let (first, last) = (cells.len(), number + down - 1);
            cells.push(Cell::text(cell_text(cell, depth)));
            cells.resize(first + across, Cell::default());
            taken.resize(taken.len().max(cells.len()), 0);
            taken[first..first + across].fill(last);
            if across > 1 || down > 1 {
                merged.push(Merged { rows: (number, last), columns: (first, first + across - 1) });
            }
        }
        rows.push(Row { number, cells });
    }
    (rows, merged)
}

fn cell_text(cell: ElementRef, depth: usize) -> String {
    let mut page = Page::default();
    page.element(cell, depth + 1);
    page.end_line();
    let lines = page.blocks.into_iter().filter_map(|b| if let Block::Line(line) = b { Some(line) } else { None });
    lines.collect::<Vec<_>>().join("\n")
}
