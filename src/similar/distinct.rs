//! Exact repeats, collapsed before anything is compared.

use std::collections::HashMap;

/// The distinct texts among rows of text, in order of first occurrence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Distinct<'a> {
    /// Each text once.
    pub texts: Vec<&'a str>,
    /// How many rows hold it, beside `texts`.
    pub counts: Vec<u32>,
    /// The first row that holds it, beside `texts`.
    pub first_rows: Vec<u32>,
    /// For each row, the position of its text in `texts`.
    pub of_row: Vec<u32>,
}

impl<'a> Distinct<'a> {
    /// Collapses rows that are equal byte for byte.
    #[must_use]
    pub fn of(rows: &[&'a str]) -> Self {
        let mut seen: HashMap<&str, u32> = HashMap::with_capacity(rows.len());
        let mut out = Distinct { of_row: Vec::with_capacity(rows.len()), ..Distinct::default() };
        for (&row, at) in rows.iter().zip(0..) {
            let position = *seen.entry(row).or_insert_with(|| {
                out.texts.push(row);
                out.counts.push(0);
                out.first_rows.push(at);
                out.texts.len() as u32 - 1
            });
            out.counts[position as usize] += 1;
            out.of_row.push(position);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_repeats_and_keeps_the_order() {
        let d = Distinct::of(&["b", "a", "b", "", "b"]);
        assert_eq!(d.texts, ["b", "a", ""]);
        assert_eq!(d.counts, [3, 1, 1]);
        assert_eq!(d.first_rows, [0, 1, 3]);
        assert_eq!(d.of_row, [0, 1, 0, 2, 0]);
    }
}
