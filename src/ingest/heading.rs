//! Headings of the official layout at the beginning of a line, and the bullets and numbers that stand before them.

use crate::rule::{ColumnNames, Field, Scope};

/// The longest label before a colon, in bytes.
const LONGEST_LABEL: usize = 160;

/// A heading at the beginning of a line.
#[derive(Debug, PartialEq, Eq)]
pub struct Heading<'a> {
    /// What it names.
    pub field: Field,
    /// What follows on the same line.
    pub rest: &'a str,
    /// Whether the line ends with the label or goes on after a colon; a label alone may be the name of a column.
    pub colon: bool,
    /// What stands before it.
    pub marker: Marker,
}

/// What stands at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// Nothing.
    None,
    /// `-`, `•`, `+`.
    Bullet,
    /// `1.`, `1.2.`, `a)`, `II.`
    Number,
}

/// The heading a line begins with, if it is one.
#[must_use]
pub fn heading<'a>(columns: &ColumnNames, line: &'a str) -> Option<Heading<'a>> {
    let line = line.trim();
    let (marker, label) = without_marker(line);
    let known = |text: &str| {
        let bare = text.split('(').next().unwrap_or_default();
        [text, bare].into_iter().filter(|t| !t.trim().is_empty()).find_map(|t| columns.lookup(Scope::Layout, t))
    };
    if let Some((name, rest)) = label.split_once([':', '\t']).filter(|(name, _)| name.len() <= LONGEST_LABEL)
        && let Some(field) = known(name)
    {
        let rest = rest.trim_start_matches([':', ' ', '\t']);
        return Some(Heading { field, rest, colon: true, marker });
    }
    if label.len() > LONGEST_LABEL {
        return None;
    }
    let field = known(label)?;
    Some(Heading { field, rest: "", colon: false, marker })
}

/// The line without its bullet or number, and which of them it was.
#[must_use]
pub fn without_marker(line: &str) -> (Marker, &str) {
    let plain = line.trim_start_matches(['-', '–', '+', '*', '•', ' ', '\u{f0b7}']);
    if plain.len() < line.len() {
        return (Marker::Bullet, plain);
    }
    let end = line.find(|c: char| !(c.is_alphanumeric() || c == '.')).unwrap_or(line.len());
    let (mark, rest) = line.split_at(end);
    let number = mark.trim_end_matches('.');
    let ended = mark.len() > number.len() || rest.starts_with([')', '/']);
    let is_number = number.chars().all(|c| c.is_ascii_digit() || c == '.') && (ended || number.contains('.'));
    let is_letter = ended && (number.chars().count() == 1 || number.chars().all(|c| matches!(c, 'I' | 'V' | 'X')));
    if !number.is_empty() && (is_number || is_letter) {
        (Marker::Number, rest.trim_start_matches([')', '/', ' ', '\t']))
    } else {
        (Marker::None, line)
    }
}
