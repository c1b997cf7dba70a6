//! What could not be read as it stood, and what was done about it: the `problems` table.

use serde::{Deserialize, Serialize};

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was repaired without loss: a code with a comma, a look-alike letter.
    Note,
    /// Something was kept but may be wrong: two sources disagree, a cell could not be interpreted.
    Warning,
    /// A row or file was left out; its raw text is in the problem.
    Error,
}

impl Severity {
    /// The word in the `severity` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity of a word of the `severity` column; anything unknown is an error.
    #[must_use]
    pub fn from_name(name: &str) -> Severity {
        [Severity::Note, Severity::Warning].into_iter().find(|s| s.as_str() == name).unwrap_or(Severity::Error)
    }
}

/// Where in the input something stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// Path relative to the folder given; inside an archive `archive.zip/inner.json`.
    pub file: String,
    /// 1-based data row of a table (header not counted), or 1-based row of the record's own dossier table.
    pub row: Option<u32>,
    /// The input's own `id` column, carried through to every table.
    pub id: Option<String>,
}

/// One row of the `problems` table. The message is made from `problem` and `args` when it is written,
/// in the language asked for (`rules/messages/problems.toml`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it stands.
    pub source: Source,
    /// Name of the problem, a key of `rules/messages/problems.toml`.
    pub problem: String,
    /// The column or field concerned, as the source names it; empty when it is the whole row or file.
    pub column: String,
    /// How much it matters.
    pub severity: Severity,
    /// Values for the placeholders of the message.
    pub args: Vec<(String, String)>,
    /// The raw text that was found, whole for a rejected row.
    pub raw: String,
}

impl Problem {
    /// A problem at a place; add details with the `with_…` methods.
    #[must_use]
    pub fn new(severity: Severity, problem: &str, source: &Source) -> Self {
        Problem {
            source: source.clone(),
            problem: problem.to_owned(),
            column: String::new(),
            severity,
            args: Vec::new(),
            raw: String::new(),
        }
    }

    /// Names the column concerned.
    #[must_use]
    pub fn with_column(mut self, column: &str) -> Self {
        column.clone_into(&mut self.column);
        self
    }

    /// Gives a value to a placeholder of the message.
    #[must_use]
    pub fn with_arg(mut self, name: &str, value: &(impl ToString + ?Sized)) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    /// Keeps the raw text.
    #[must_use]
    pub fn with_raw(mut self, raw: impl Into<String>) -> Self {
        self.raw = raw.into();
        self
    }
}
