//! The checks of an audit: `rules/checks/*.toml`. What a check looks for is code; its texts, its verdict, its place in the order and
//! its bounds are data.

use super::RuleFiles;
use super::vocabulary::Bilingual;
use crate::error::{Error, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckRule {
    /// Code: `G1` … `G25` for the known ways of gaming, `A-…` for the plain ones.
    pub code: String,
    /// Verdict of a claim when this is the first check to fire; none for checks that only tell.
    pub verdict: Option<String>,
    /// Place in the order in which fired checks decide.
    pub order: u32,
    /// Name.
    pub title: Bilingual,
    /// What is said of a claim, with placeholders in braces.
    pub message: Bilingual,
    /// Bounds, in the unit that their name ends in.
    #[serde(default)]
    pub bounds: BTreeMap<String, i64>,
}

/// Every check, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckBook {
    rules: Vec<CheckRule>,
}

impl CheckBook {
    /// Reads the checks of a rule set; a folder given with `--rules` may leave them out.
    ///
    /// # Errors
    /// When a file is wrong, with line and column, or a code stands twice.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let embedded = RuleFiles::embedded();
        let source = if files.family("checks").next().is_some() { files } else { &embedded };
        let mut rules: Vec<CheckRule> = Vec::new();
        for (path, text) in source.family("checks") {
            let rule: CheckRule =
                toml::from_str(text).map_err(|e| Error::Rule { path: path.clone(), message: e.to_string() })?;
            if rules.iter().any(|r| r.code == rule.code) {
                let message = format!("the code \"{}\" stands twice", rule.code);
                return Err(Error::Rule { path, message });
            }
            rules.push(rule);
        }
        rules.sort_by(|a, b| (a.order, &a.code).cmp(&(b.order, &b.code)));
        Ok(CheckBook { rules })
    }

    /// Every check, in the order in which they decide.
    #[must_use]
    pub fn rules(&self) -> &[CheckRule] {
        &self.rules
    }

    /// A check by its code.
    #[must_use]
    pub fn rule(&self, code: &str) -> Option<&CheckRule> {
        self.rules.iter().find(|r| r.code == code)
    }
}
