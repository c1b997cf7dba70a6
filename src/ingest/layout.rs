//! The official layout of a procedure ("Chi tiết thủ tục hành chính"): headings, the text under them, and tables.
//!
//! Plain text, PDF, DOCX and HTML come down to [`Block`]s; what a heading means is looked up in the rules
//! (`[layout]` of `rules/columns.toml`). Tables under a heading become the rows of its section; tables that stand
//! alone and list procedures are read as any other table.

use super::grid::{Cell, Grid, Merged, Row};
use super::heading::{Heading, Marker, heading, without_marker};
use super::record::{Cells, RawRecord, RawRow, Section, add_cell};
use super::{Input, Sink, header, listed};
use crate::problem::{Problem, Severity, Source};
use crate::rule::{ColumnNames, Field, Scope};
use std::collections::BTreeSet;

/// A piece of a text, document or page in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// One line or paragraph.
    Line(String),
    /// A table with its merged areas.
    Table(Vec<Row>, Vec<Merged>),
}

/// Whether a text is of the layout: it names a procedure and one of its sections, or has three sections at least.
#[must_use]
pub fn is_layout(text: &str, columns: &ColumnNames) -> bool {
    let mut found = BTreeSet::new();
    for line in text.lines() {
        found.extend(heading(columns, line).map(|h| h.field));
    }
    let identified = [Field::Code, Field::Name, Field::PageTitle].iter().any(|f| found.contains(f));
    let sections = found.iter().filter(|f| section_of(**f).is_some()).count();
    // procedures of a decision are named by their numbered titles
    sections >= if identified { 1 } else { 3 }
}

/// Whether a line begins a paragraph, whatever stands above it: a heading of the layout, a number, a bullet.
#[must_use]
pub fn begins_paragraph(columns: &ColumnNames, line: &str) -> bool {
    without_marker(line.trim()).0 != Marker::None || heading(columns, line).is_some()
}

/// The blocks of plain text: lines parted by tabs, two and more of them, are a table as word processors copy it.
#[must_use]
pub fn lines(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let end = |rows: &mut Vec<Row>, blocks: &mut Vec<Block>| match rows.len() {
        0 => {}
        1 => blocks.extend(rows.drain(..).map(|row| Block::Line(row.raw()))),
        _ => blocks.push(Block::Table(std::mem::take(rows), Vec::new())),
    };
    for line in text.lines() {
        if line.trim().contains('\t') {
            let number = u32::try_from(rows.len() + 1).unwrap_or(u32::MAX);
            rows.push(Row { number, cells: line.split('\t').map(Cell::text).collect() });
        } else {
            end(&mut rows, &mut blocks);
            blocks.push(Block::Line(line.to_owned()));
        }
    }
    end(&mut rows, &mut blocks);
    blocks
}

/// Reads all procedures of a text, document or page.
pub fn read(blocks: &[Block], input: &Input, sink: &mut Sink) {
    let mut pages = Pages { input, sink, open: Page::default(), tables: Vec::new(), bulleted: false, last_table: None };
    for block in blocks {
        match block {
            Block::Line(text) => text.lines().for_each(|line| pages.line(line)),
            Block::Table(rows, merged) => pages.table(rows, merged),
        }
    }
    pages.close();
    let Pages { tables, sink, .. } = pages;
    read_tables(tables, input, sink);
}

/// Tables that list procedures; the file of their rows is the input, or `input/table-2` where there are several.
fn read_tables(tables: Vec<Grid>, input: &Input, sink: &mut Sink) {
    let many = tables.len() > 1;
    for (at, mut grid) in tables.into_iter().enumerate() {
        let raw = || grid.rows.iter().take(3).map(Row::raw).collect::<Vec<_>>().join("\n");
        let unread = Problem::new(Severity::Note, "table-unread", &source(input)).with_raw(raw());
        grid.file = if many { format!("{}/table-{}", input.path, at + 1) } else { input.path.to_owned() };
        if !grid.read(input.columns, sink) {
            sink.problems.push(unread);
        }
    }
}

fn source(input: &Input) -> Source {
    Source { file: input.path.to_owned(), ..Source::default() }
}

/// A national code that stands in a line.
fn code_in(line: &str) -> Option<&str> {
    line.split(|c: char| !(c.is_ascii_digit() || c == '.')).find(|word| {
        let mut parts = word.splitn(3, '.');
        let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        first.len() == 1 && second.len() == 6
    })
}

fn column(columns: &ColumnNames, scope: Scope, name: &str) -> Option<Field> {
    let bare = name.split(['(', '\n']).next().unwrap_or_default();
    [name, bare].into_iter().filter(|n| !n.trim().is_empty()).find_map(|n| columns.lookup(scope, n))
}

/// The cells of a row by the fields of their columns; what stands in a dossier under no known name is a remark.
fn named_cells(section: Section, fields: &[Option<Field>], row: &Row) -> Cells {
    let mut cells = Cells::new();
    let mut rest = Vec::new();
    for (at, cell) in row.cells.iter().enumerate() {
        match fields.get(at).copied().flatten() {
            Some(Field::Ignore | Field::Id) => {}
            Some(field) => add_cell(&mut cells, field, &cell.text),
            None => rest.push(cell.text.trim()),
        }
    }
    if section == Section::Dossier {
        add_cell(&mut cells, Field::Note, rest.join("\n").trim());
    }
    cells
}

/// The title of a row that heads the rows below it: one cell, merged over the others or beside the papers' column.
fn case_title(section: Section, fields: &[Option<Field>], row: &Row, merged: &[Merged]) -> Option<String> {
    let mut filled = row.cells.iter().enumerate().filter(|(_, c)| !c.is_blank());
    let ((at, cell), None) = (filled.next()?, filled.next()) else { return None };
    let wide = merged.iter().any(|m| {
        (m.rows.0..=m.rows.1).contains(&row.number)
            && m.columns.0 <= at
            && m.columns.1 >= (at + 1).max(fields.len() / 2)
    });
    let is_paper = fields.get(at).copied().flatten() == Some(Field::Component);
    let heads = section == Section::Dossier && fields.len() > 1 && (wide || !is_paper);
    heads.then(|| cell.text.trim().to_owned())
}

/// Whether a table without names of columns carries on the one before it.
fn fits(last: &LastTable, rows: &[Row]) -> bool {
    rows.iter().all(|row| row.cells.len() == last.fields.len())
}

fn section_of(field: Field) -> Option<(Section, Scope)> {
    Some(match field {
        Field::Dossier => (Section::Dossier, Scope::Dossier),
        Field::Steps => (Section::Steps, Scope::Steps),
        Field::Channels => (Section::Channels, Scope::Channels),
        Field::LegalBases => (Section::LegalBases, Scope::LegalBases),
        Field::Results => (Section::Results, Scope::Results),
        _ => return None,
    })
}

/// Fields whose value is one line; what follows belongs to no field.
fn is_short(field: Field) -> bool {
    matches!(field, Field::Code | Field::DecisionNo | Field::Levels | Field::PublishedOn)
}

/// The procedure that is being read.
#[derive(Debug, Default)]
struct Page {
    record: RawRecord,
    seen: BTreeSet<Field>,
    /// Where lines go.
    field: Option<Field>,
    /// Lines that belong to no field.
    unplaced: Vec<String>,
    /// Heading of the case that the next table belongs to.
    case: Option<String>,
}

/// The table whose header the next one may carry on with, after a page break.
struct LastTable {
    section: Section,
    fields: Vec<Option<Field>>,
}

struct Pages<'a, 'b> {
    input: &'a Input<'a>,
    sink: &'b mut Sink,
    open: Page,
    tables: Vec<Grid>,
    /// Whether headings of this input carry bullets, as its first section did.
    bulleted: bool,
    last_table: Option<LastTable>,
}

impl Pages<'_, '_> {
    fn line(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        match heading(self.input.columns, line) {
            Some(heading) if self.begins(&heading) => self.heading(&heading),
            _ => self.text(line.trim()),
        }
    }

    /// Whether what looks like a heading is one here.
    fn begins(&mut self, heading: &Heading) -> bool {
        let field = heading.field;
        let inside = self.open.field.is_some_and(|f| section_of(f).is_some());
        let bullet = heading.marker == Marker::Bullet;
        if bullet && inside && !self.bulleted {
            return false;
        }
        if bullet && section_of(field).is_some() {
            self.bulleted = true;
        }
        if self.labels_item(field) {
            return false;
        }
        // names of columns under a section: "Thời hạn giải quyết", "Mẫu đơn, tờ khai"
        let column = matches!(
            field,
            Field::Duration | Field::Fee | Field::FormFile | Field::Quantity | Field::Description | Field::Publisher
        );
        if column && inside && !heading.colon {
            return false;
        }
        // a fee of one channel ("Phí: 0 Đồng") belongs to the table it stands in
        if matches!(field, Field::Fee | Field::Duration) && self.open.field == Some(Field::Channels) {
            return heading.marker == Marker::Number || self.open.record.rows.contains_key(&Section::Channels);
        }
        !self.open.seen.contains(&field) || matches!(field, Field::PageTitle | Field::Code | Field::Name | Field::Steps)
    }

    /// Whether a label belongs to an item of the list that is being read.
    fn labels_item(&self, field: Field) -> bool {
        let Some((section, _)) = self.open.field.and_then(section_of) else { return false };
        let labels: &[Field] = match section {
            Section::Channels => &[Field::Duration, Field::Fee, Field::Description],
            Section::Dossier => &[Field::FormFile],
            _ => return false,
        };
        let said = self.open.field.map_or("", |f| self.open.record.text(f));
        labels.contains(&field) && listed::is_list(section, said, self.input.columns)
    }

    fn heading(&mut self, heading: &Heading) {
        let field = heading.field;
        let sections = self.open.seen.iter().any(|f| section_of(*f).is_some());
        let again = self.open.seen.contains(&field);
        match field {
            Field::PageTitle if !self.open.seen.is_empty() => self.close(),
            Field::Code | Field::Name if again || sections => self.close(),
            Field::Steps if again => {
                let title = self.last_line();
                self.close();
                self.open.unplaced.extend(title);
            }
            _ => {}
        }
        if section_of(field).is_some() && !self.open.seen.contains(&Field::Name) {
            self.name_from_title();
        }
        self.open.case = None;
        self.last_table = None;
        self.open.seen.insert(field);
        self.open.field = Some(field).filter(|f| *f != Field::PageTitle);
        if !heading.rest.trim().is_empty() {
            self.text(heading.rest.trim());
        }
    }

    /// Without a name of its own, a procedure is named by the line above its first section.
    fn name_from_title(&mut self) {
        let Some(line) = self.open.unplaced.pop() else { return };
        let (_, title) = without_marker(&line);
        let title = match title.split_once(':') {
            Some((lead, rest)) if self.input.columns.lookup(Scope::Procedure, lead) == Some(Field::Name) => rest,
            _ => title,
        };
        self.open.record.add(Field::Name, title);
        self.open.seen.insert(Field::Name);
        if let Some(code) = code_in(title).filter(|_| !self.open.seen.contains(&Field::Code)) {
            self.open.record.add(Field::Code, code);
        }
    }

    /// Takes back the last line read, which turned out to name the next procedure.
    fn last_line(&mut self) -> Option<String> {
        if self.open.field.is_none() {
            return self.open.unplaced.pop();
        }
        let cell = self.open.record.cells.get_mut(&self.open.field?)?;
        let at = cell.rfind('\n').map_or(0, |at| at + 1);
        let line = cell.split_off(at);
        cell.truncate(cell.trim_end().len());
        Some(line).filter(|l| !l.is_empty())
    }

    fn text(&mut self, text: &str) {
        let page = &mut self.open;
        let Some(field) = page.field else { return page.unplaced.push(text.to_owned()) };
        page.record.add(field, text);
        if is_short(field) {
            page.field = None;
        }
    }

    fn table(&mut self, rows: &[Row], merged: &[Merged]) {
        let rows: Vec<Row> = rows.iter().filter(|r| !r.is_blank()).cloned().collect();
        if self.is_labels(&rows) {
            return rows.iter().for_each(|row| self.labelled(row));
        }
        if self.open.field.is_some() || self.open.seen.len() > 1 {
            if let Some((section, fields, data)) = self.section_header(&rows) {
                return self.section_rows(section, fields, &rows[data..], merged);
            }
            if let Some(last) = self.last_table.as_ref().filter(|l| fits(l, &rows)) {
                let (section, fields) = (last.section, last.fields.clone());
                return self.section_rows(section, fields, &rows, merged);
            }
        }
        let grid = Grid { file: String::new(), rows, merged: merged.to_vec() };
        let is_list = header::find(&grid, self.input.columns).is_some_and(|h| h.has(Field::Code) || h.has(Field::Name));
        if is_list || self.open.seen.is_empty() {
            self.tables.push(grid);
        } else {
            for row in &grid.rows {
                let cells: Vec<&str> = row.cells.iter().map(|c| c.text.trim()).filter(|t| !t.is_empty()).collect();
                self.text(&cells.join(" "));
            }
        }
    }

    /// A table of labels and values: most rows begin with a heading and say one thing more.
    fn is_labels(&self, rows: &[Row]) -> bool {
        let labelled = |row: &&Row| {
            let filled: Vec<&str> = row.cells.iter().map(|c| c.text.trim()).filter(|t| !t.is_empty()).collect();
            filled.len() <= 2
                && filled.first().is_some_and(|first| {
                    let first = first.lines().next().unwrap_or_default();
                    heading(self.input.columns, first).is_some()
                })
        };
        let count = rows.iter().filter(labelled).count();
        count > 0 && count * 2 >= rows.len()
    }

    fn labelled(&mut self, row: &Row) {
        let mut cells = row.cells.iter().map(|c| c.text.trim()).filter(|t| !t.is_empty());
        if let Some(first) = cells.next() {
            first.lines().for_each(|line| self.line(line));
        }
        // a value is no heading, whatever it says
        cells.for_each(|value| value.lines().filter(|l| !l.trim().is_empty()).for_each(|line| self.text(line.trim())));
    }

    /// The section whose columns the first rows name, preferring the one whose heading stands above.
    fn section_header(&self, rows: &[Row]) -> Option<(Section, Vec<Option<Field>>, usize)> {
        let own = self.open.field.and_then(section_of);
        let all = [Field::Dossier, Field::Channels, Field::LegalBases, Field::Results, Field::Steps];
        let mut best: Option<(usize, bool)> = None;
        let mut found = None;
        for (at, row) in rows.iter().take(2).enumerate() {
            for (section, scope) in all.into_iter().filter_map(section_of) {
                let fields: Vec<Option<Field>> =
                    row.cells.iter().map(|c| column(self.input.columns, scope, &c.text)).collect();
                let telling: BTreeSet<Field> =
                    fields.iter().flatten().copied().filter(|f| *f != Field::Ignore).collect();
                let is_own = own.is_some_and(|o| o.0 == section);
                let enough = telling.len() >= if is_own { 1 } else { 2 };
                let score = (telling.len(), is_own);
                if enough && best.is_none_or(|b| score > b) {
                    best = Some(score);
                    found = Some((section, fields, at + 1));
                }
            }
        }
        found
    }

    /// A row that a page break divided: its rest stands alone in the first row of the next page's table.
    fn joins_last(&mut self, section: Section, cells: &Cells) -> bool {
        let [(field, text)] = cells.iter().collect::<Vec<_>>()[..] else { return false };
        let Some(last) = self.open.record.rows.get_mut(&section).and_then(|rows| rows.last_mut()) else { return false };
        let carries = text.chars().next().is_some_and(char::is_lowercase);
        match last.cells.get_mut(field) {
            Some(cell) if carries => {
                cell.push(' ');
                cell.push_str(text);
                true
            }
            _ => false,
        }
    }

    fn section_rows(&mut self, section: Section, fields: Vec<Option<Field>>, rows: &[Row], merged: &[Merged]) {
        let carried = self.last_table.is_some();
        let mut case = self.case_above(section);
        for (at, row) in rows.iter().enumerate() {
            if let Some(title) = case_title(section, &fields, row, merged) {
                case = Some(title);
                continue;
            }
            let mut cells = named_cells(section, &fields, row);
            if cells.is_empty() || (carried && at == 0 && self.joins_last(section, &cells)) {
                continue;
            }
            add_cell(&mut cells, Field::CaseTitle, case.as_deref().unwrap_or_default());
            let number = self.open.record.rows.get(&section).map_or(0, Vec::len) + 1;
            let row = u32::try_from(number).unwrap_or(u32::MAX);
            self.open.record.push(section, RawRow { row, id: None, cells });
        }
        self.open.case = case;
        self.last_table = Some(LastTable { section, fields });
    }

    /// The line between the heading or the table before and this table, which names its case.
    fn case_above(&mut self, section: Section) -> Option<String> {
        if section != Section::Dossier || self.open.field != Some(Field::Dossier) {
            return None;
        }
        let line = self.last_line();
        line.or_else(|| self.open.case.take())
    }

    /// Ends the procedure that is open.
    fn close(&mut self) {
        let mut page = std::mem::take(&mut self.open);
        self.last_table = None;
        let mut record = page.record;
        // said about the procedure as a whole, and no part of the catalogue
        page.unplaced.extend([Field::Quantity, Field::FormFile].iter().filter_map(|f| record.cells.remove(f)));
        for (section, field) in [(Section::Channels, Field::Channels), (Section::Dossier, Field::Dossier)] {
            let text = record.text(field);
            if let Some(rows) =
                listed::rows(section, text, self.input.columns).filter(|_| !record.rows.contains_key(&section))
            {
                record.rows.insert(section, rows);
                record.cells.remove(&field);
            }
        }
        let says = record.cells.keys().any(|f| *f != Field::PageTitle) || !record.rows.is_empty();
        let unplaced = page.unplaced.join("\n");
        if !unplaced.trim().is_empty() {
            self.sink
                .problems
                .push(Problem::new(Severity::Note, "text-unplaced", &source(self.input)).with_raw(unplaced));
        }
        if !says {
            return;
        }
        record.source = source(self.input);
        let identified = !record.text(Field::Code).is_empty() || !record.text(Field::Name).is_empty();
        if identified {
            self.sink.accept(record);
        } else {
            let raw = record.cells.values().cloned().collect::<Vec<_>>().join("\n");
            let problem = Problem::new(Severity::Error, "page-without-procedure", &record.source);
            self.sink.reject(problem.with_raw(raw));
        }
    }
}
