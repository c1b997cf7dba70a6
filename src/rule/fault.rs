//! Errors of rule files that the TOML reader cannot know of, shown the way it shows its own.

use crate::error::Error;
use std::ops::Range;
use std::path::Path;

/// An error at a span of bytes of a rule file: line, column, the line itself and carets below it.
pub(super) fn fault(path: &Path, text: &str, span: &Range<usize>, message: &str) -> Error {
    let start = span.start.min(text.len());
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let number = text[..start].matches('\n').count() + 1;
    let column = text[line_start..start].chars().count();
    let width = text[start..span.end.clamp(start, line_end)].chars().count().max(1);
    let margin = " ".repeat(number.to_string().len());
    let message = format!(
        "rule error at line {number}, column {}\n{margin} |\n{number} | {}\n{margin} | {}{}\n{message}",
        column + 1,
        &text[line_start..line_end],
        " ".repeat(column),
        "^".repeat(width),
    );
    Error::Rule { path: path.to_owned(), message }
}
