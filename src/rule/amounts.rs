//! How amounts are written in claims: `rules/claims/amounts.toml`.

use super::RuleFiles;
use crate::error::{Error, Result};
use crate::text::fold;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What an amount counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountUnit {
    /// Đồng.
    Vnd,
    /// Working days of people.
    ManDay,
    /// Working hours of people.
    ManHour,
    /// Dossiers.
    Dossier,
    /// Percent.
    Percent,
    /// Anything else, or nothing.
    Other,
}

/// A sign between two amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// Sum.
    Plus,
    /// Product.
    Times,
    /// Equality.
    Equals,
}

/// Multipliers, units, signs and the words that may stand between them.
#[derive(Debug, Clone)]
pub struct AmountWords {
    multipliers: Vec<(String, i128)>,
    units: Vec<(String, AmountUnit)>,
    operators: Vec<(String, Operator)>,
    fillers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    multipliers: BTreeMap<String, i64>,
    units: BTreeMap<AmountUnit, Vec<String>>,
    operators: BTreeMap<Operator, Vec<String>>,
    fillers: Fillers,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fillers {
    words: Vec<String>,
}

impl AmountWords {
    /// Reads the words of a rule set; a folder given with `--rules` may leave them out.
    ///
    /// # Errors
    /// When the file is wrong, with line and column.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let embedded = RuleFiles::embedded();
        let (path, text) = files.file("claims/amounts.toml").or_else(|_| embedded.file("claims/amounts.toml"))?;
        let file: File = toml::from_str(text).map_err(|e| Error::Rule { path, message: e.to_string() })?;
        let mut words = AmountWords {
            multipliers: file.multipliers.iter().map(|(word, factor)| (fold(word), i128::from(*factor))).collect(),
            units: flat(file.units),
            operators: flat(file.operators),
            fillers: file.fillers.words.iter().map(|w| fold(w)).collect(),
        };
        words.multipliers.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        words.units.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        words.fillers.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Ok(words)
    }

    /// Multiplier and unit that follow a number, and where they end. A multiplier without a unit speaks of money.
    #[must_use]
    pub fn unit_at(&self, folded: &str, at: usize) -> (i128, AmountUnit, usize) {
        let (factor, after) = match next(folded, at, &self.multipliers) {
            Some((factor, end)) => (factor, end),
            None => (1, at),
        };
        match next(folded, after, &self.units) {
            Some((unit, end)) => (factor, unit, end),
            None if factor >= 1_000_000 => (factor, AmountUnit::Vnd, after),
            None => (factor, AmountUnit::Other, after),
        }
    }

    /// The sign between two amounts: one sign, and beside it only words that change nothing.
    #[must_use]
    pub fn operator(&self, between: &str) -> Option<Operator> {
        let mut rest = between.trim();
        let mut found = None;
        while !rest.is_empty() {
            if let Some((operator, end)) = next(rest, 0, &self.operators) {
                if found.replace(operator).is_some() {
                    return None;
                }
                rest = rest[end..].trim_start();
            } else {
                let filler = self.fillers.iter().find(|w| starts_with_word(rest, w))?;
                rest = rest[filler.len()..].trim_start();
            }
        }
        found
    }
}

fn flat<T: Copy>(groups: BTreeMap<T, Vec<String>>) -> Vec<(String, T)> {
    groups.into_iter().flat_map(|(value, words)| words.into_iter().map(move |w| (fold(&w), value))).collect()
}

/// The entry whose words follow at a place, blanks before them left out, and where they end.
fn next<T: Copy>(text: &str, at: usize, entries: &[(String, T)]) -> Option<(T, usize)> {
    let rest = text[at..].trim_start();
    let start = text.len() - rest.len();
    let (word, value) = entries.iter().find(|(word, _)| starts_with_word(rest, word))?;
    Some((*value, start + word.len()))
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let ends_in_letter = word.chars().next_back().is_some_and(char::is_alphabetic);
    text.strip_prefix(word).is_some_and(|rest| !ends_in_letter || !rest.chars().next().is_some_and(char::is_alphabetic))
}
