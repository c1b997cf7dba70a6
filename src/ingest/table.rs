//! Rows below a header into raw records. Two shapes: one row a procedure, or one row a dossier component.

use super::Sink;
use super::grid::{Cell, Grid, Kind, Row};
use super::header::{self, Header};
use super::record::{Cells, RawRecord, RawRow, Section, add_cell};
use super::sheet_rows::{fill_merged, is_heading, iso_date};
use crate::problem::{Problem, Severity};
use crate::rule::{ColumnNames, Field, Scope};
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Fields of a dossier row; the others belong to the procedure.
pub(super) const ROW_FIELDS: &[Field] = &[
    Field::CaseTitle,
    Field::Component,
    Field::FormFile,
    Field::Quantity,
    Field::Originals,
    Field::Copies,
    Field::ComponentCode,
    Field::Note,
];

/// Whether several rows make one procedure, and which column names the component then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// One row a procedure.
    Procedures,
    /// One row a dossier component, named in this column.
    Components(Field),
    /// One row a step.
    Steps,
}

/// Reads every row below the header.
pub fn read(grid: &Grid, header: &Header, columns: &ColumnNames, sink: &mut Sink) {
    let shape = shape_of(grid, header);
    let mut header = header.clone();
    if matches!(shape, Shape::Components(_)) {
        // where rows are components, the column of cases names the case each row stands in
        for column in header.columns.iter_mut().filter(|c| c.field == Some(Field::Cases)) {
            column.field = Some(Field::CaseTitle);
        }
    }
    let header = &header;
    let filled = fill_merged(grid, header, |field| match shape {
        Shape::Procedures => field != Field::Id,
        _ => field == Field::CaseTitle || !(ROW_FIELDS.contains(&field) || is_own(field)),
    });
    let mut reading = Reading {
        grid,
        header,
        shape,
        sink,
        records: Vec::new(),
        index: BTreeMap::new(),
        current: None,
        case: String::new(),
        case_heads: false,
        field: None,
        title: None,
        accepted: 0,
    };
    reading.report_header(&filled);
    for row in filled.iter().filter(|r| !r.is_blank() && !header::repeats(header, r)) {
        match is_heading(grid, header, row) {
            Some(title) => reading.heading(columns, row, &title),
            None => reading.row(row),
        }
    }
    let Reading { records, accepted, sink, .. } = reading;
    if sink.read + accepted == 0 {
        sink.problems.push(Problem::new(Severity::Warning, "table-empty", &grid.source(None, None)));
    }
    sink.accept_rows(records, accepted);
}

/// Fields that belong to one row alone, and are not copied over a merged area.
fn is_own(field: Field) -> bool {
    matches!(
        field,
        Field::Id | Field::Dossier | Field::Steps | Field::Cases | Field::Channels | Field::LegalBases | Field::Results
    )
}

/// Several rows make one procedure when a column names components, or when rows carry on the procedure above them.
fn shape_of(grid: &Grid, header: &Header) -> Shape {
    if header.has(Field::Component) {
        return Shape::Components(Field::Component);
    }
    let part = match (header.has(Field::Dossier), header.has(Field::Steps)) {
        (true, false) => Field::Dossier,
        (false, true) => Field::Steps,
        _ => return Shape::Procedures,
    };
    let at = |row: &Row, field: Field| {
        let column = header.columns.iter().position(|c| c.field == Some(field));
        column.and_then(|c| row.cells.get(c)).map_or_else(String::new, |c| fold(&c.text))
    };
    let (mut rows, mut carried) = (0, 0);
    let mut above = (String::new(), String::new());
    for row in grid.rows[header.data..].iter().filter(|r| !at(r, part).is_empty()) {
        let identity = (at(row, Field::Code), at(row, Field::Name));
        let blank = identity.0.is_empty() && identity.1.is_empty();
        rows += 1;
        carried += usize::from(rows > 1 && (blank || identity == above));
        if !blank {
            above = identity;
        }
    }
    let counted = header.has(Field::Originals) || header.has(Field::Copies);
    match part {
        Field::Dossier if counted || carried * 5 >= rows.max(1) => Shape::Components(Field::Dossier),
        Field::Steps if carried * 5 >= rows.max(1) => Shape::Steps,
        _ => Shape::Procedures,
    }
}

struct Reading<'a> {
    grid: &'a Grid,
    header: &'a Header,
    shape: Shape,
    sink: &'a mut Sink,
    records: Vec<RawRecord>,
    /// Records by code (`c` and the code) or by folded name (`n` and the name) where there is no code.
    index: BTreeMap<(char, String), usize>,
    current: Option<usize>,
    case: String,
    /// Whether the case stood in a row of its own.
    case_heads: bool,
    /// Field of work that a heading row gives to the rows below it.
    field: Option<String>,
    /// Procedure that a heading row names for rows below it that name none.
    title: Option<String>,
    accepted: u64,
}

impl Reading<'_> {
    fn problem(&mut self, severity: Severity, name: &str, row: Option<u32>) -> &mut Problem {
        let source = self.grid.source(row, None);
        self.sink.problems.push(Problem::new(severity, name, &source));
        let last = self.sink.problems.len() - 1;
        &mut self.sink.problems[last]
    }

    fn position(&self, row: &Row) -> u32 {
        row.number - self.header.number
    }

    /// Names that stand twice, and columns nobody knows that hold something.
    fn report_header(&mut self, rows: &[Row]) {
        let mut seen = BTreeMap::new();
        let mut unknown = BTreeSet::new();
        let header = self.header;
        let width = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0).min(header.columns.len());
        for (i, column) in header.columns.iter().enumerate() {
            match column.field {
                Some(Field::Ignore) => {}
                Some(field) => {
                    if let Some(first) = seen.insert(field, &column.name) {
                        let problem = self.problem(Severity::Warning, "header-duplicate", None);
                        problem.column.clone_from(&column.name);
                        problem.args.push(("first".to_owned(), first.clone()));
                    }
                }
                None if i < width && rows.iter().any(|r| r.cells.get(i).is_some_and(|c| !c.is_blank())) => {
                    let name = if column.name.is_empty() { format!("#{}", i + 1) } else { column.name.clone() };
                    if unknown.insert(name.clone()) {
                        self.problem(Severity::Note, "column-unknown", None).column = name;
                    }
                }
                None => {}
            }
        }
    }

    /// A heading between the rows: the field of work of what follows, or the procedure of rows that name none.
    fn heading(&mut self, columns: &ColumnNames, row: &Row, title: &str) {
        let position = self.position(row);
        title.clone_into(&mut self.problem(Severity::Note, "row-heading", Some(position)).raw);
        let words: Vec<&str> = title.split_whitespace().collect();
        let named = (1..words.len().min(5))
            .rev()
            .find(|n| columns.lookup(Scope::Procedure, &words[..*n].join(" ")) == Some(Field::FieldOfWork));
        self.title = None;
        match named {
            Some(n) => self.field = Some(words[n..].join(" ").trim_start_matches([':', '-', ' ']).to_owned()),
            None if self.shape == Shape::Procedures => self.field = None,
            None => self.title = Some(title.to_owned()),
        }
        self.current = None;
        self.case.clear();
        self.case_heads = false;
    }

    fn row(&mut self, row: &Row) {
        let position = self.position(row);
        let mut cells = self.cells(row, position);
        if let (Some(field), false) = (&self.field, self.header.has(Field::FieldOfWork)) {
            add_cell(&mut cells, Field::FieldOfWork, field);
        }
        let id = cells.remove(&Field::Id);
        let has = |field: Field| cells.contains_key(&field);
        let identified = has(Field::Code) || has(Field::Name);
        let says = [Field::Component, Field::Dossier, Field::Steps].into_iter().any(has);
        if !identified && !says {
            let source = self.grid.source(Some(position), id);
            self.sink.reject(Problem::new(Severity::Error, "row-empty-identity", &source).with_raw(row.raw()));
            return;
        }
        self.accepted += 1;
        match self.title.take() {
            Some(title) if !identified => drop(cells.insert(Field::Name, title)),
            _ => {}
        }
        let known = self.known(&cells);
        // blank under a case is its continuation, unless the table names procedure and case in each row
        if known.is_none() || known != self.current || (identified && !self.case_heads) {
            self.case.clear();
        }
        let at = known.unwrap_or_else(|| self.start(&cells, position, id.as_ref()));
        self.current = Some(at);
        match self.shape {
            Shape::Components(field) => self.add_component(at, field, cells, position, id),
            _ => self.add_procedure(at, cells, position),
        }
    }

    /// The record to which a row belongs, when it is not the first of its procedure.
    fn known(&self, cells: &Cells) -> Option<usize> {
        let (code, name) = (cells.get(&Field::Code), cells.get(&Field::Name));
        if code.is_none() && name.is_none() {
            return self.current;
        }
        if self.shape == Shape::Procedures {
            return None;
        }
        let above = self.current.map(|i| &self.records[i]);
        match (code, name) {
            (Some(code), _) => self.index.get(&('c', code.clone())).copied(),
            (None, Some(name)) if above.is_some_and(|r| fold(r.text(Field::Name)) == fold(name)) => self.current,
            (None, Some(name)) => self.index.get(&('n', fold(name))).copied(),
            (None, None) => None,
        }
    }

    fn start(&mut self, cells: &Cells, position: u32, id: Option<&String>) -> usize {
        let at = self.records.len();
        match (cells.get(&Field::Code), cells.get(&Field::Name)) {
            (Some(code), _) => drop(self.index.insert(('c', code.clone()), at)),
            (None, Some(name)) => drop(self.index.insert(('n', fold(name)), at)),
            (None, None) => drop(self.problem(Severity::Warning, "row-no-procedure", Some(position))),
        }
        let source = self.grid.source(Some(position), id.cloned());
        self.records.push(RawRecord { source, ..RawRecord::default() });
        at
    }

    fn add_component(&mut self, at: usize, field: Field, mut cells: Cells, position: u32, id: Option<String>) {
        if field == Field::Dossier
            && let Some(text) = cells.remove(&Field::Dossier)
        {
            add_cell(&mut cells, Field::Component, &text);
        }
        let (mut own, rest): (Cells, Cells) = cells.into_iter().partition(|(f, _)| ROW_FIELDS.contains(f));
        self.add_procedure(at, rest, position);
        // a row that only names a case is the heading of those below
        let heads = own.len() == 1 && own.contains_key(&Field::CaseTitle);
        match own.get(&Field::CaseTitle) {
            Some(case) => {
                self.case.clone_from(case);
                self.case_heads = heads;
            }
            None => add_cell(&mut own, Field::CaseTitle, &self.case),
        }
        if own.keys().any(|f| *f != Field::CaseTitle) {
            self.records[at].push(Section::Dossier, RawRow { row: position, id, cells: own });
        }
    }

    /// Adds what a row says of its procedure. Rows of one procedure repeat it; what differs is kept, line by line.
    fn add_procedure(&mut self, at: usize, cells: Cells, position: u32) {
        for (field, text) in cells {
            let kept = self.records[at].text(field).to_owned();
            match field {
                Field::LegalNo if !self.header.has(Field::LegalBases) => self.add_legal_basis(at, text, position),
                Field::Code | Field::Name if !kept.is_empty() => {
                    if fold(&kept) != fold(&text) {
                        let problem = self.problem(Severity::Warning, "row-conflict", Some(position));
                        problem.args = vec![("kept".to_owned(), kept)];
                        problem.raw = text;
                    }
                }
                _ if format!("\n{kept}\n").contains(&format!("\n{text}\n")) => {}
                _ => self.records[at].add(field, &text),
            }
        }
    }

    fn add_legal_basis(&mut self, at: usize, text: String, position: u32) {
        let rows = self.records[at].rows.entry(Section::LegalBases).or_default();
        if !rows.iter().any(|r| r.cells.get(&Field::LegalNo) == Some(&text)) {
            rows.push(RawRow { row: position, id: None, cells: Cells::from([(Field::LegalNo, text)]) });
        }
    }

    /// The cells of a row by field, repaired where the kind of the cell asks for it.
    fn cells(&mut self, row: &Row, position: u32) -> Cells {
        let mut cells = Cells::new();
        let header = self.header;
        for (cell, column) in row.cells.iter().zip(&header.columns).filter(|(c, _)| !c.is_blank()) {
            let Some(field) = column.field.filter(|f| *f != Field::Ignore) else { continue };
            let Some(text) = self.value(cell, field, &column.name, position) else { continue };
            let single = matches!(field, Field::Id | Field::Code);
            match cells.get(&field) {
                Some(kept) if single && *kept != text => {
                    let kept = kept.clone();
                    let problem = self.problem(Severity::Warning, "row-conflict", Some(position));
                    problem.column.clone_from(&column.name);
                    problem.args = vec![("kept".to_owned(), kept)];
                    problem.raw = text;
                }
                _ => add_cell(&mut cells, field, &text),
            }
        }
        if row.cells.iter().skip(header.columns.len()).any(|c| !c.is_blank()) {
            self.problem(Severity::Warning, "row-ragged", Some(position)).raw = row.raw();
        }
        cells
    }

    fn value(&mut self, cell: &Cell, field: Field, column: &str, position: u32) -> Option<String> {
        let text = cell.text.trim();
        let (severity, problem, value) = match (cell.kind, field) {
            (Kind::Error, _) => (Severity::Warning, "cell-error", None),
            // 1.010820 kept as a number has lost its last zero
            (Kind::Number, Field::Code) => {
                let whole = text.split_once('.').filter(|(_, part)| part.len() < 6);
                let Some((level, part)) = whole else { return Some(text.to_owned()) };
                (Severity::Note, "code-number", Some(format!("{level}.{part:0<6}")))
            }
            (Kind::Date, Field::Code | Field::Originals | Field::Copies | Field::Quantity) => {
                (Severity::Warning, "cell-date", Some(text.to_owned()))
            }
            (Kind::Number, Field::PublishedOn) => match text.parse().ok().and_then(iso_date) {
                Some(date) => (Severity::Note, "date-number", Some(date)),
                None => return Some(text.to_owned()),
            },
            _ => return Some(text.to_owned()),
        };
        let found = self.problem(severity, problem, Some(position));
        column.clone_into(&mut found.column);
        text.clone_into(&mut found.raw);
        value
    }
}
