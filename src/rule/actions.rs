//! What can be proposed (`rules/actions/*.toml`), who may amend which document (`rules/documents.toml`) and the words of the
//! review workbook (`rules/decisions.toml`).

use super::RuleFiles;
use super::fault::fault;
use super::vocabulary::{Bilingual, Competence};
use crate::error::{Error, Result};
use crate::text::fold;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// What an action does to a procedure: all that is ever counted. The engine knows the effects, `rules/actions` the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The whole procedure goes, with all its papers and steps.
    RemoveProcedure,
    /// The procedure goes into another; its papers and steps stay there.
    MergeProcedure,
    /// The row goes.
    RemoveRequest,
    /// The row goes where the database answers; the rest is still handed in.
    ReplaceRequest,
    /// Data is accepted for part of the row, which stays: nothing is counted.
    Partial,
    /// The row stays, its certification goes.
    Uncertify,
    /// The row stays, one copy of it is asked for.
    OneCopy,
    /// The step goes.
    RemoveStep,
    /// Filing and receiving need no visit any more.
    Online,
    /// Nothing is counted.
    None,
}

/// From what the competence of a proposal is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CompetenceBy {
    /// From the legal ground that lets data take the place; where there is none, from the documents.
    Ground,
    /// From the documents that lay down the dossier.
    Dossier,
    /// From the level that carries the procedure out: the city arranges its own work.
    Organisation,
}

/// An action, compiled.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Code, `A-…`.
    pub code: String,
    /// Word of the `action` column.
    pub action: String,
    /// Further words that findings may use for it.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it does.
    pub effect: Effect,
    /// Action in its place where data answers only part of a row; empty for none.
    #[serde(default)]
    pub partly: String,
    /// Action in its place where no database holds what a row asks for but another procedure gives it; empty for none.
    #[serde(default)]
    pub otherwise: String,
    /// Lower ranks are counted first where several proposals are about the same thing.
    pub rank: u32,
    /// Who may decide.
    pub competence: CompetenceBy,
    /// Name.
    pub title: Bilingual,
    /// What changes; placeholders `{item}`, `{procedure}`, `{related}`, `{source}`, `{ground}`, `{finding}`, `{documents}`.
    pub content: Bilingual,
    /// Why.
    pub reason: Bilingual,
    /// Why, where no ground is in force; empty for the same reason.
    #[serde(default)]
    pub groundless: Bilingual,
    /// What has to happen first, where the database is not connected.
    #[serde(default)]
    pub pending: Bilingual,
    /// What to amend.
    pub execution: Bilingual,
}

/// All actions by rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionBook {
    /// The actions, by rank and code.
    pub actions: Vec<Action>,
    /// Documents and who may amend them.
    pub documents: DocumentWords,
    /// Words of the review workbook.
    pub review: ReviewWords,
    /// What plans cost to carry out.
    pub effort: EffortRules,
}

impl ActionBook {
    /// Reads the actions of a rule set; a folder given with `--rules` may leave each of the files out.
    ///
    /// # Errors
    /// When a file is wrong, an action or a code stands twice, or a word of the review workbook has two meanings.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let embedded = RuleFiles::embedded();
        let source = if files.family("actions").next().is_some() { files } else { &embedded };
        let mut actions: Vec<Action> = Vec::new();
        let mut seen: BTreeMap<String, PathBuf> = BTreeMap::new();
        for (path, text) in source.family("actions") {
            let action: Action = parse(path.clone(), text)?;
            if !action.code.starts_with("A-") {
                let message = format!("code = \"{}\": a code of this family starts with `A-`", action.code);
                return Err(Error::Rule { path, message });
            }
            for word in [&action.code, &action.action].into_iter().chain(&action.also) {
                if let Some(other) = seen.insert(word.clone(), path.clone()) {
                    let message = format!("\"{word}\" stands in {} too", other.display());
                    return Err(Error::Rule { path, message });
                }
            }
            actions.push(action);
        }
        for action in &actions {
            let named =
                [&action.partly, &action.otherwise].into_iter().find(|w| !w.is_empty() && !seen.contains_key(*w));
            if let (Some(word), Some(path)) = (named, seen.get(&action.code)) {
                let message = format!("\"{word}\" is no action");
                return Err(Error::Rule { path: path.clone(), message });
            }
        }
        actions.sort_by(|a, b| (a.rank, &a.code).cmp(&(b.rank, &b.code)));
        let (path, text) = either(files, &embedded, "documents.toml")?;
        let documents = parse(path, text)?;
        let (path, text) = either(files, &embedded, "decisions.toml")?;
        let review = ReviewWords::compile(&path, text)?;
        let (path, text) = either(files, &embedded, "effort.toml")?;
        let effort = parse(path, text)?;
        Ok(ActionBook { actions, documents, review, effort })
    }

    /// The action of a word of a finding.
    #[must_use]
    pub fn action(&self, word: &str) -> Option<&Action> {
        self.actions.iter().find(|a| a.action == word || a.also.iter().any(|w| w == word))
    }
}

fn either<'a>(files: &'a RuleFiles, embedded: &'a RuleFiles, name: &str) -> Result<(PathBuf, &'a str)> {
    files.file(name).or_else(|_| embedded.file(name))
}

fn parse<T: DeserializeOwned>(path: PathBuf, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|e| Error::Rule { path, message: e.to_string() })
}

/// `rules/effort.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffortRules {
    /// Of one proposal, by who decides.
    pub competence: BTreeMap<Competence, EffortRule>,
    /// Of connecting a database.
    pub connection: EffortRule,
}

/// Points of effort and years until it is in force.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffortRule {
    /// Points, which only compare plans.
    pub effort: u64,
    /// Whole years from the as-of date.
    pub years: i16,
}

impl EffortRules {
    /// The rule of a body; nothing where the file does not name it.
    #[must_use]
    pub fn of(&self, competence: Competence) -> EffortRule {
        self.competence.get(&competence).copied().unwrap_or_default()
    }
}

/// `rules/documents.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentWords {
    /// Who issued a document, by its symbol.
    pub issuers: Vec<Issuer>,
    /// Documents that lay no single dossier down.
    pub general: GeneralDocuments,
    /// How a document is called before its number.
    pub names: Vec<DocumentName>,
    /// How provisions are quoted.
    pub provision: ProvisionWords,
    /// What stands for the documents where there are none.
    pub unnamed: Bilingual,
    /// Said after a ground whose period has an end; `{date}` stands for its last day.
    pub until: Bilingual,
}

/// Documents that lay no single dossier down and are not amended for one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GeneralDocuments {
    /// Numbers and symbols.
    pub documents: Vec<String>,
    /// Words in their titles.
    pub titles: Vec<String>,
}

/// Symbols of one issuer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// Who may amend it.
    pub competence: Competence,
    /// First parts of the symbols.
    pub symbols: Vec<String>,
}

/// What stands before the number of a document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentName {
    /// The words.
    pub name: String,
    /// First parts of the symbols.
    pub symbols: Vec<String>,
}

/// How a provision is quoted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvisionWords {
    /// Words of the parts, from the smallest to the largest.
    pub parts: Vec<String>,
    /// Words that may stand between a provision and the number of its document.
    pub before_number: Vec<String>,
}

impl DocumentWords {
    /// Whether a document may lay the dossier of a procedure down.
    #[must_use]
    pub fn may_lay_down(&self, document_no: &str, title: &str) -> bool {
        let title = fold(title);
        let has = |words: &String| title.contains(&fold(words));
        !self.general.documents.iter().any(|d| d == document_no) && !self.general.titles.iter().any(has)
    }

    /// Who may amend a document. The symbol is what follows number and year: `NĐ-CP` of `45/2020/NĐ-CP`.
    #[must_use]
    pub fn issuer(&self, document_no: &str) -> Competence {
        let symbol = symbol(document_no);
        self.issuers
            .iter()
            .find(|i| i.symbols.iter().any(|s| symbol.starts_with(s.as_str())))
            .map_or(Competence::Ministry, |i| i.competence)
    }

    /// A document as it is cited: `Nghị định số 45/2020/NĐ-CP`.
    #[must_use]
    pub fn cite(&self, document_no: &str) -> String {
        let symbol = symbol(document_no);
        match self.names.iter().find(|n| n.symbols.iter().any(|s| symbol.starts_with(s.as_str()))) {
            Some(name) => format!("{} {document_no}", name.name),
            None => document_no.to_owned(),
        }
    }
}

/// What follows number and year.
fn symbol(document_no: &str) -> &str {
    document_no.trim_start_matches(|c: char| c.is_ascii_digit() || "/.-".contains(c) || c.is_ascii_lowercase())
}

/// What an officer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// Chấp nhận.
    Accept,
    /// Bác.
    Reject,
    /// Cần bàn.
    Discuss,
}

impl Decision {
    /// The word in the `decision` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Decision::Accept => "accept",
            Decision::Reject => "reject",
            Decision::Discuss => "discuss",
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewFile {
    words: Vec<DecisionWords>,
    columns: ReviewColumns,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionWords {
    decision: Decision,
    title: Spanned<Bilingual>,
    #[serde(default)]
    also: Vec<String>,
}

/// Columns of the review workbook that are read back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewColumns {
    /// Id of the proposal.
    pub id: Bilingual,
    /// The decision.
    pub decision: Bilingual,
    /// Its reason.
    pub note: Bilingual,
    /// Who decided.
    pub decided_by: Bilingual,
}

/// `rules/decisions.toml`, compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewWords {
    /// The words of the drop-down, in its order.
    pub choices: Vec<(Decision, Bilingual)>,
    /// The columns.
    pub columns: ReviewColumns,
    folded: BTreeMap<String, Decision>,
}

impl ReviewWords {
    fn compile(path: &Path, text: &str) -> Result<Self> {
        let file: ReviewFile = parse(path.to_owned(), text)?;
        let mut folded = BTreeMap::new();
        for words in &file.words {
            let title = words.title.as_ref();
            for word in [&title.vi, &title.en].into_iter().chain(&words.also) {
                if folded.insert(fold(word), words.decision).is_some_and(|d| d != words.decision) {
                    return Err(fault(path, text, &words.title.span(), &format!("\"{word}\" has two meanings")));
                }
            }
        }
        let choices = file.words.into_iter().map(|w| (w.decision, w.title.into_inner())).collect();
        Ok(ReviewWords { choices, columns: file.columns, folded })
    }

    /// The decision a cell states; none when it states none that is known.
    #[must_use]
    pub fn decision(&self, cell: &str) -> Option<Decision> {
        self.folded.get(&fold(cell)).copied()
    }

    /// The word of the drop-down.
    #[must_use]
    pub fn word(&self, decision: Decision) -> Option<&Bilingual> {
        self.choices.iter().find(|(d, _)| *d == decision).map(|(_, title)| title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_of_a_document_may_amend_it() {
        let book = ActionBook::load(&RuleFiles::embedded()).unwrap();
        for (number, competence, cited) in [
            ("45/2020/NĐ-CP", Competence::Government, "Nghị định số 45/2020/NĐ-CP"),
            ("04/2020/TT-BTP", Competence::Ministry, "Thông tư số 04/2020/TT-BTP"),
            ("138/2015/TTLT-BQP-BTC", Competence::Ministry, "Thông tư liên tịch số 138/2015/TTLT-BQP-BTC"),
            ("60/2014/QH13", Competence::NationalAssembly, "Luật số 60/2014/QH13"),
            ("08/2023/UBTVQH15", Competence::NationalAssembly, "Pháp lệnh số 08/2023/UBTVQH15"),
            ("12/2024/QĐ-UBND", Competence::City, "Quyết định số 12/2024/QĐ-UBND"),
            ("09/2022/NQ-HĐND", Competence::City, "Nghị quyết số 09/2022/NQ-HĐND"),
            ("22/QĐ-TTg", Competence::Government, "Quyết định số 22/QĐ-TTg"),
            ("", Competence::Ministry, ""),
        ] {
            assert_eq!(book.documents.issuer(number), competence, "{number}");
            assert_eq!(book.documents.cite(number), cited);
        }
    }

    #[test]
    fn decisions_are_read_in_both_languages() {
        let book = ActionBook::load(&RuleFiles::embedded()).unwrap();
        for (cell, expected) in [
            ("chấp nhận", Some(Decision::Accept)),
            ("  Chấp  Nhận ", Some(Decision::Accept)),
            ("Accept", Some(Decision::Accept)),
            ("bác", Some(Decision::Reject)),
            ("cần bàn", Some(Decision::Discuss)),
            ("bac", None),
            ("", None),
        ] {
            assert_eq!(book.review.decision(cell), expected, "{cell}");
        }
    }

    #[test]
    fn every_effect_has_its_action_and_every_text_both_languages() {
        let book = ActionBook::load(&RuleFiles::embedded()).unwrap();
        for action in &book.actions {
            for text in [&action.title, &action.content, &action.reason, &action.execution] {
                assert!(!text.vi.is_empty() && !text.en.is_empty(), "{}", action.code);
            }
        }
        assert_eq!(book.action("replace").map(|a| a.effect), Some(Effect::ReplaceRequest));
        assert!(book.action("unknown").is_none());
    }
}
