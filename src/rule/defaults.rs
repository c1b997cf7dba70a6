//! Settings of the rule set itself: `rules/defaults.toml`.

use super::RuleFiles;
use crate::error::{Error, Result};
use serde::Deserialize;

/// What holds when an officer says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// The date for which the law in the rule set was last checked; it stands for today, because no analysis reads the clock.
    pub as_of: String,
    /// The reduction aimed at.
    pub target: Target,
}

/// A share to be cut by a year. The measure is never chosen silently: all are shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Percent of the baseline.
    pub percent: u32,
    /// Year by whose end it is due.
    pub year: i16,
}

impl Defaults {
    /// Reads the settings of a rule set; a folder given with `--rules` may leave them out.
    ///
    /// # Errors
    /// When the file is wrong, with line and column.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let embedded = RuleFiles::embedded();
        let (path, text) = files.file("defaults.toml").or_else(|_| embedded.file("defaults.toml"))?;
        toml::from_str(text).map_err(|e| Error::Rule { path, message: e.to_string() })
    }
}
