//! How lists of claimed cuts are written: `rules/claims/columns.toml` and `rules/claims/actions.toml`.

use super::RuleFiles;
use crate::error::{Error, Result};
use crate::text::{fold, fold_with_offsets, skeleton};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// What a claim says was done. The words of officials stand in `rules/claims/actions.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimAction {
    /// A whole procedure is gone.
    Abolish,
    /// Several procedures became one.
    Merge,
    /// A procedure became several.
    Split,
    /// A component of the dossier is gone.
    DropRequest,
    /// Data takes the place of a component.
    ReplaceByData,
    /// Fewer sets or copies.
    ReduceSets,
    /// No certified copy any more.
    DropCertification,
    /// Less statutory time.
    ReduceTime,
    /// A lower fee.
    ReduceFee,
    /// The procedure can be done online.
    MoveOnline,
    /// The text does not say.
    Unknown,
}

impl ClaimAction {
    /// The word in the `claimed_action` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ClaimAction::Abolish => "abolish",
            ClaimAction::Merge => "merge",
            ClaimAction::Split => "split",
            ClaimAction::DropRequest => "drop_request",
            ClaimAction::ReplaceByData => "replace_by_data",
            ClaimAction::ReduceSets => "reduce_sets",
            ClaimAction::DropCertification => "drop_certification",
            ClaimAction::ReduceTime => "reduce_time",
            ClaimAction::ReduceFee => "reduce_fee",
            ClaimAction::MoveOnline => "move_online",
            ClaimAction::Unknown => "unknown",
        }
    }
}

/// A column of a list of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ClaimColumn {
    Id,
    Code,
    Name,
    Agency,
    Action,
    Content,
    Document,
    Amount,
    EffectiveOn,
    Ground,
    Saving,
    Database,
    Programme,
}

/// Words in which claims are written.
#[derive(Debug, Clone)]
pub struct ClaimWords {
    columns: BTreeMap<String, ClaimColumn>,
    actions: Vec<(ClaimAction, Vec<String>)>,
    bare: Vec<String>,
    levels: BTreeMap<String, Vec<String>>,
    certified: Vec<String>,
    totals: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionFile {
    action: Vec<ActionGroup>,
    bare: Bare,
    copies: Copies,
    totals: Totals,
    levels: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bare {
    abolish: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Copies {
    certified: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Totals {
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionGroup {
    action: ClaimAction,
    words: Vec<String>,
}

impl ClaimWords {
    /// Reads the words of a rule set; a folder given with `--rules` may leave them out.
    ///
    /// # Errors
    /// When a file is wrong, with line and column.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let columns: BTreeMap<ClaimColumn, Vec<String>> = read(files, "claims/columns.toml")?;
        let actions: ActionFile = read(files, "claims/actions.toml")?;
        let folded = |words: Vec<String>| words.iter().map(|w| fold(w)).collect::<Vec<_>>();
        Ok(ClaimWords {
            columns: columns
                .into_iter()
                .flat_map(|(column, names)| names.into_iter().map(move |n| (skeleton(&n), column)))
                .collect(),
            actions: actions.action.into_iter().map(|g| (g.action, folded(g.words))).collect(),
            bare: folded(actions.bare.abolish),
            totals: actions.totals.names.iter().map(|n| skeleton(n)).collect(),
            certified: folded(actions.copies.certified),
            levels: actions.levels.into_iter().map(|(level, words)| (level, folded(words))).collect(),
        })
    }

    /// What a column of this name holds.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<ClaimColumn> {
        self.columns.get(&skeleton(name)).copied()
    }

    /// The action a text speaks of; [`ClaimAction::Unknown`] when none of the words stands in it.
    #[must_use]
    pub fn action(&self, text: &str) -> ClaimAction {
        let text = fold(text);
        let has = |words: &Vec<String>| words.iter().any(|w| has_words(&text, w));
        self.actions.iter().find(|(_, words)| has(words)).map_or(ClaimAction::Unknown, |(action, _)| *action)
    }

    /// Whether a text says no more than that something is abolished.
    #[must_use]
    pub fn is_bare(&self, text: &str) -> bool {
        let text = fold(text);
        self.bare.iter().any(|w| w == text.trim_matches(|c: char| !c.is_alphanumeric()))
    }

    /// What a text says is no longer to be handed in: what follows its words of an action; empty when nothing does.
    #[must_use]
    pub fn object<'t>(&self, text: &'t str) -> &'t str {
        let folded = fold_with_offsets(text);
        let about_papers =
            self.actions.iter().filter(|(a, _)| matches!(a, ClaimAction::DropRequest | ClaimAction::ReplaceByData));
        let phrases = about_papers.flat_map(|(_, words)| words).filter(|w| has_words(&folded.text, w));
        let end = phrases.filter_map(|w| Some(folded.text.find(w.as_str())? + w.len())).max().unwrap_or(0);
        let from = if end == 0 { 0 } else { folded.char_span(end - 1, end).1 };
        let at = text.char_indices().nth(from).map_or(text.len(), |(at, _)| at);
        if end == 0 { "" } else { text[at..].trim_matches(|c: char| !c.is_alphanumeric() && c != ')') }
    }

    /// Whether a text asks for a certified copy.
    #[must_use]
    pub fn is_certified(&self, text: &str) -> bool {
        let text = fold(text);
        self.certified.iter().any(|w| has_words(&text, w))
    }

    /// Whether a row of this name adds up the others.
    #[must_use]
    pub fn is_total(&self, name: &str) -> bool {
        self.totals.contains(&skeleton(name))
    }

    /// The level (`district`, `commune`, `province`) a text limits itself to.
    #[must_use]
    pub fn level(&self, text: &str) -> Option<&str> {
        let text = fold(text);
        let found = self.levels.iter().find(|(_, words)| words.iter().any(|w| has_words(&text, w)));
        found.map(|(level, _)| level.as_str())
    }
}

/// Whether words stand in a text, not as part of longer words; both folded.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
            && !text[at + words.len()..].chars().next().is_some_and(char::is_alphanumeric)
    })
}

fn read<T: DeserializeOwned>(files: &RuleFiles, name: &str) -> Result<T> {
    let embedded = RuleFiles::embedded();
    let (path, text) = files.file(name).or_else(|_| embedded.file(name))?;
    toml::from_str(text).map_err(|e| Error::Rule { path, message: e.to_string() })
}

/// Names of the column of a dossier log that lists the papers received: `rules/claims/received.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedColumns {
    papers: Vec<String>,
}

impl ReceivedColumns {
    /// Reads the names of a rule set; a folder given with `--rules` may leave them out.
    ///
    /// # Errors
    /// When the file is wrong, with line and column.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let name = "claims/received.toml";
        let embedded = RuleFiles::embedded();
        let (path, text) = files.file(name).or_else(|_| embedded.file(name))?;
        toml::from_str(text).map_err(|e| Error::Rule { path, message: e.to_string() })
    }

    /// Which column of a header lists the papers: the name that stands first in the rule file.
    #[must_use]
    pub fn papers(&self, header: &[&str]) -> Option<usize> {
        self.papers.iter().find_map(|name| header.iter().position(|h| skeleton(h) == skeleton(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_officials_are_understood() {
        let words = ClaimWords::load(&RuleFiles::embedded()).unwrap();
        for (text, action) in [
            ("Bãi bỏ thủ tục", ClaimAction::Abolish),
            ("Cắt toàn bộ thủ tục cấp huyện về đăng ký hộ kinh doanh", ClaimAction::Abolish),
            ("Gộp thủ tục", ClaimAction::Merge),
            ("Thay thế bằng dữ liệu", ClaimAction::ReplaceByData),
            ("Cắt giảm thành phần hồ sơ", ClaimAction::DropRequest),
            ("Rút ngắn thời hạn giải quyết còn 05 ngày", ClaimAction::ReduceTime),
            ("Giảm số lượng bộ hồ sơ từ 02 xuống 01", ClaimAction::ReduceSets),
            ("Xem xét", ClaimAction::Unknown),
        ] {
            assert_eq!(words.action(text), action, "{text}");
        }
        assert!(words.is_bare(" Bãi bỏ. ") && !words.is_bare("Bãi bỏ bản sao"));
        for (text, object) in [
            ("Bỏ thành phần hồ sơ: Bản sao Giấy khai sinh.", "Bản sao Giấy khai sinh"),
            ("Không yêu cầu nộp sổ hộ khẩu", "nộp sổ hộ khẩu"),
            ("Cắt giảm thành phần hồ sơ", ""),
            ("Rút ngắn thời hạn", ""),
        ] {
            assert_eq!(words.object(text), object, "{text}");
        }
        assert_eq!(words.level("Cắt thủ tục cấp huyện về giấy phép"), Some("district"));
        assert_eq!(words.level("Bãi bỏ thủ tục"), None);
        assert_eq!(words.column(" MÃ TTHC "), Some(ClaimColumn::Code));
    }
}
