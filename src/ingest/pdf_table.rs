//! Tables of a printed page: the cells between ruled lines, with the characters that stand in them.

use super::grid::{Cell, Merged, Row};
use super::pdf::{Glyph, Rule};

/// Lines at most this far apart are one, in points.
const NEAR: f64 = 3.0;

/// A table between ruled lines.
#[derive(Debug)]
pub(super) struct Table {
    /// Places of the lines from left to right.
    xs: Vec<f64>,
    /// Places of the lines from top to bottom.
    ys: Vec<f64>,
    rules: Vec<Rule>,
    /// Characters by row and column.
    cells: Vec<Vec<Vec<Glyph>>>,
}

/// Tables of two columns and more: lines that touch each other.
pub(super) fn find(rules: &[Rule]) -> Vec<Table> {
    let mut groups: Vec<Vec<Rule>> = Vec::new();
    for rule in rules {
        // joins every group it touches
        let (touched, mut apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group: &Vec<Rule>| group.iter().any(|other| touch(rule, other)));
        let mut joined: Vec<Rule> = touched.into_iter().flatten().collect();
        joined.push(*rule);
        apart.push(joined);
        groups = apart;
    }
    groups.into_iter().filter_map(table).collect()
}

fn touch(a: &Rule, b: &Rule) -> bool {
    let near = |a: (f64, f64), b: (f64, f64)| a.0 <= b.1 + NEAR && b.0 <= a.1 + NEAR;
    near(a.x, b.x) && near(a.y, b.y)
}

fn is_upright(rule: &Rule) -> bool {
    rule.y.1 - rule.y.0 > rule.x.1 - rule.x.0
}

fn table(rules: Vec<Rule>) -> Option<Table> {
    let xs = places(rules.iter().filter(|r| is_upright(r)).map(|r| f64::midpoint(r.x.0, r.x.1)));
    let ys = places(rules.iter().filter(|r| !is_upright(r)).map(|r| f64::midpoint(r.y.0, r.y.1)));
    if xs.len() < 3 || ys.len() < 2 || xs.len() > 100 {
        return None;
    }
    let cells = vec![vec![Vec::new(); xs.len() - 1]; ys.len() - 1];
    Some(Table { xs, ys, rules, cells })
}

/// Distinct places in order.
fn places(found: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut places: Vec<f64> = found.collect();
    places.sort_by(f64::total_cmp);
    places.dedup_by(|b, a| *b - *a < NEAR);
    places
}

impl Table {
    /// Upper edge, in points.
    pub fn top(&self) -> f64 {
        self.ys[0]
    }

    /// Takes a character that stands inside; hands any other back.
    pub fn take(&mut self, glyph: Glyph) -> Option<Glyph> {
        let between = |places: &[f64], at: f64| {
            let after = places.partition_point(|place| *place <= at);
            (1..places.len()).contains(&after).then(|| after - 1)
        };
        let column = between(&self.xs, f64::midpoint(glyph.x, glyph.end));
        let row = between(&self.ys, glyph.y - 0.3 * glyph.size);
        let (Some(row), Some(column)) = (row, column) else { return Some(glyph) };
        self.cells[row][column].push(glyph);
        None
    }

    /// Its rows, a cell's text put together by `text` from the characters and the right edge of the cell.
    pub fn rows(mut self, text: impl Fn(Vec<Glyph>, f64) -> String) -> (Vec<Row>, Vec<Merged>) {
        let (height, width) = (self.ys.len() - 1, self.xs.len() - 1);
        let mut merged = Vec::new();
        let mut taken = vec![vec![false; width]; height];
        let mut rows: Vec<Row> =
            (1u32..).zip(0..height).map(|(number, _)| Row { number, cells: vec![Cell::default(); width] }).collect();
        for row in 0..height {
            for column in 0..width {
                if taken[row][column] {
                    continue;
                }
                let (last_row, last_column) = self.area(row, column);
                let mut glyphs = Vec::new();
                for (taken, cells) in taken[row..=last_row].iter_mut().zip(&mut self.cells[row..=last_row]) {
                    taken[column..=last_column].fill(true);
                    cells[column..=last_column].iter_mut().for_each(|cell| glyphs.append(cell));
                }
                if (last_row, last_column) != (row, column) {
                    let (first, last) = (rows[row].number, rows[last_row].number);
                    merged.push(Merged { rows: (first, last), columns: (column, last_column) });
                }
                rows[row].cells[column] = Cell::text(text(glyphs, self.xs[last_column + 1]));
            }
        }
        (rows, merged)
    }

    /// Last row and column of the area that begins at a cell: it ends where a line is drawn.
    fn area(&self, row: usize, column: usize) -> (usize, usize) {
        let middle = |places: &[f64], at: usize| f64::midpoint(places[at], places[at + 1]);
        let mut last_column = column;
        while last_column + 2 < self.xs.len() && !self.is_ruled(true, self.xs[last_column + 1], middle(&self.ys, row)) {
            last_column += 1;
        }
        let mut last_row = row;
        while last_row + 2 < self.ys.len() && !self.is_ruled(false, self.ys[last_row + 1], middle(&self.xs, column)) {
            last_row += 1;
        }
        (last_row, last_column)
    }

    /// Whether a line, upright or level, is drawn at `place` where it would cross `at`.
    fn is_ruled(&self, upright: bool, place: f64, at: f64) -> bool {
        self.rules.iter().filter(|r| is_upright(r) == upright).any(|rule| {
            let (own, along) = if upright { (rule.x, rule.y) } else { (rule.y, rule.x) };
            (f64::midpoint(own.0, own.1) - place).abs() < NEAR && along.0 <= at && at <= along.1
        })
    }
}
