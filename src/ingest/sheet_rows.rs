//! What spreadsheets do to rows: merged areas, headings between rows, dates as numbers.

use super::grid::{Cell, Grid, Row};
use super::header::Header;
use crate::rule::Field;

/// The rows below the header, with the value of an area merged downwards in each of its rows where `fills` the field.
#[must_use]
pub fn fill_merged(grid: &Grid, header: &Header, fills: impl Fn(Field) -> bool) -> Vec<Row> {
    let mut rows = grid.rows[header.data..].to_vec();
    for area in grid.merged.iter().filter(|m| m.rows.0 > header.number && m.rows.1 > m.rows.0) {
        let column = area.columns.0;
        if !header.columns.get(column).and_then(|c| c.field).is_some_and(&fills) {
            continue;
        }
        let first = rows.partition_point(|r| r.number < area.rows.0);
        let value = rows.get(first).filter(|r| r.number == area.rows.0).and_then(|r| r.cells.get(column)).cloned();
        let Some(value) = value else { continue };
        for row in rows.iter_mut().skip(first + 1).take_while(|r| r.number <= area.rows.1) {
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::default());
            }
            if !row.is_blank() && row.cells[column].is_blank() {
                row.cells[column] = value.clone();
            }
        }
    }
    rows
}

/// The text of a row that is a heading of those below: merged over most columns, or numbered with a letter or a
/// Roman numeral and without anything else to say.
#[must_use]
pub fn is_heading(grid: &Grid, header: &Header, row: &Row) -> Option<String> {
    let filled: Vec<(usize, &Cell)> = row.cells.iter().enumerate().filter(|(_, c)| !c.is_blank()).collect();
    let width = header.columns.iter().filter(|c| !c.name.is_empty()).count();
    let (at, title) = filled.last().map(|(i, c)| (*i, c.text.trim()))?;
    if filled.len() > 2 {
        return None;
    }
    let wide = || {
        grid.merged.iter().any(|m| {
            m.rows.0 <= row.number
                && row.number <= m.rows.1
                && m.columns.0 == at
                && m.columns.1 - m.columns.0 >= 2.max(width.div_ceil(2))
        })
    };
    let field = header.columns.get(at).and_then(|c| c.field);
    let has_code = header.columns.iter().any(|c| c.field == Some(Field::Code));
    let numbered = match filled[..] {
        [(_, number), _] => is_section_number(number.text.trim()),
        [_] => title.split_once(['.', ')', ' ']).is_some_and(|(number, _)| is_section_number(number)),
        _ => false,
    };
    let plain = !has_code || field != Some(Field::Code);
    let heading = (filled.len() == 1 && wide()) || (numbered && has_code && plain);
    heading.then(|| without_number(title).to_owned())
}

fn is_section_number(text: &str) -> bool {
    let number = text.trim_end_matches(['.', ')', ':']);
    let roman = !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    roman || number.len() == 1 && number.chars().all(|c| c.is_ascii_uppercase())
}

fn without_number(title: &str) -> &str {
    match title.split_once(['.', ')', ' ']) {
        Some((number, rest)) if is_section_number(number) || number.parse::<u32>().is_ok() => rest.trim(),
        _ => title,
    }
}

/// Spreadsheet day number (days since 1899-12-30) as `2026-01-31`; none outside 1955 to 2119, where a number is no date.
#[must_use]
pub fn iso_date(day: f64) -> Option<String> {
    if !(20_000.0..80_000.0).contains(&day) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "the range is checked above")]
    let mut days = day.floor() as i64 - 25_569 + 719_468; // to 1970-01-01, then to 0000-03-01
    let era = days.div_euclid(146_097);
    days = days.rem_euclid(146_097);
    let year_of_era = (days - days / 1_460 + days / 36_524 - days / 146_096) / 365;
    let day_of_year = days - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_are_dates() {
        for (day, expected) in [
            (46_053.0, Some("2026-01-31")),
            (45_351.75, Some("2024-02-29")),
            (45_352.0, Some("2024-03-01")),
            (36_526.0, Some("2000-01-01")),
            (46_022.0, Some("2025-12-31")),
            (2_026.0, None),
            (20_260_131.0, None),
        ] {
            assert_eq!(iso_date(day).as_deref(), expected, "{day}");
        }
    }
}
