//! Rules of the detectors: `rules/detectors/*.toml`, one file a rule.

use super::fault::fault;
use super::{Bilingual, Certainty, Finder, RuleBook, RuleFiles, expand};
use crate::error::{Error, Result};
use crate::problem::Severity;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// What every code of the family starts with.
const FAMILY: &str = "TL-";

/// A detector's rule, compiled: what it is called, what it says, how sure it is, and the words it looks for.
#[derive(Debug, Clone)]
pub struct DetectorRule {
    /// Code, `TL-…`.
    pub code: String,
    /// What the rule finds, in a few words.
    pub title: Bilingual,
    /// What is said of one finding; placeholders `{name}` are filled by the detector.
    pub message: Bilingual,
    /// Why it is a finding, and what is none.
    pub explanation: Bilingual,
    /// Codes of the legal grounds, the first in force is cited.
    pub grounds: Vec<String>,
    /// How much it matters.
    pub severity: Severity,
    /// How sure it is; a detector may lower it for one finding.
    pub certainty: Certainty,
    /// Word of the action that answers it, a file of `rules/actions`; empty where nothing is to be proposed.
    pub action: String,
    /// Lists of words by name.
    words: BTreeMap<String, Finder>,
    /// Numbers by name.
    limits: BTreeMap<String, u32>,
    /// Words for the message, by name.
    labels: BTreeMap<String, Bilingual>,
    /// Words that are out of date since a day, by day and order.
    pub outdated: Vec<Outdated>,
    /// What must be found where.
    pub examples: Vec<DetectorExample>,
    /// Path of the file.
    pub path: PathBuf,
}

/// Words, or numbers of documents, that are out of date since a day.
#[derive(Debug, Clone)]
pub struct Outdated {
    /// First day on which they are.
    pub since: Date,
    /// The words.
    pub words: Finder,
    /// Why.
    pub why: Bilingual,
}

/// A small catalogue, and the items in which the rule must find something.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetectorExample {
    /// The procedures.
    pub procedures: Vec<ExampleProcedure>,
    /// Ids of the items found, in the order of the catalogue; empty where nothing must be found. An item that a safe rule
    /// holds back for review is written "id review".
    pub expect: Vec<String>,
}

/// A procedure of an example.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExampleProcedure {
    /// National code, also its id.
    pub code: String,
    /// Name.
    pub name: String,
    /// Body that publishes it and carries it out.
    pub agency: String,
    /// Words of the `levels` column.
    pub levels: Vec<String>,
    /// Conditions.
    pub conditions: String,
    /// Whether it is among state bodies.
    pub internal: bool,
    /// Rows of the first case.
    pub requests: Vec<String>,
    /// Title of the first case.
    pub case_title: String,
    /// Rows of a second case.
    pub second_case: Vec<String>,
    /// Originals and copies of the rows of the first case, in their order, where they matter.
    pub quantities: Vec<[u32; 2]>,
    /// Steps.
    pub steps: Vec<String>,
    /// Legal bases: numbers of documents.
    pub legal_bases: Vec<String>,
    /// Titles of results.
    pub results: Vec<String>,
    /// Dossiers of the last years; none where the volumes do not tell.
    pub dossiers: Vec<u32>,
}

/// A rule as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DetectorFile {
    code: Spanned<String>,
    title: Bilingual,
    message: Bilingual,
    explanation: Bilingual,
    #[serde(default)]
    grounds: Vec<Spanned<String>>,
    severity: Severity,
    certainty: Certainty,
    action: String,
    #[serde(default)]
    words: BTreeMap<String, Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    limits: BTreeMap<String, u32>,
    #[serde(default)]
    labels: BTreeMap<String, Bilingual>,
    #[serde(default)]
    outdated: Vec<OutdatedFile>,
    #[serde(default)]
    examples: Vec<DetectorExample>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OutdatedFile {
    since: Spanned<String>,
    words: Spanned<Vec<Spanned<String>>>,
    why: Bilingual,
}

/// Every rule of the detectors, by code.
#[derive(Debug, Clone, Default)]
pub struct DetectorRules {
    rules: BTreeMap<String, DetectorRule>,
}

impl DetectorRules {
    /// Reads and checks the family `detectors` of a rule set; grounds are those of the book.
    ///
    /// # Errors
    /// The first thing wrong, with file, line, caret and, where a word is wrong, the words allowed.
    pub fn load(files: &RuleFiles, book: &RuleBook) -> Result<Self> {
        let mut rules: BTreeMap<String, DetectorRule> = BTreeMap::new();
        for (path, text) in files.family("detectors") {
            let file: DetectorFile = match toml::from_str(text) {
                Ok(file) => file,
                Err(e) => return Err(Error::Rule { path, message: e.to_string() }),
            };
            let place = Place { path: &path, text };
            if let Some(before) = rules.get(file.code.as_ref()) {
                return Err(place.fault(&file.code, &format!("the code is taken by {}", before.path.display())));
            }
            let rule = place.compile(file, book)?;
            rules.insert(rule.code.clone(), rule);
        }
        Ok(DetectorRules { rules })
    }

    /// A rule by its code; none when its file is not in the rule set: its detector then rests.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&DetectorRule> {
        self.rules.get(code)
    }

    /// Every rule, by code.
    pub fn iter(&self) -> impl Iterator<Item = &DetectorRule> {
        self.rules.values()
    }
}

impl DetectorRule {
    /// A list of words by its name.
    #[must_use]
    pub fn words(&self, list: &str) -> Option<&Finder> {
        self.words.get(list)
    }

    /// Whether a word of a list stands in a folded text; never, where there is no such list.
    #[must_use]
    pub fn has(&self, list: &str, folded: &str) -> bool {
        self.words(list).is_some_and(|w| w.is_in(folded))
    }

    /// A number by its name; the most cautious one, the greatest there is, where the file does not give it.
    #[must_use]
    pub fn limit(&self, name: &str) -> u32 {
        self.limits.get(name).copied().unwrap_or(u32::MAX)
    }

    /// Words for the message by their name; the name itself where the file does not give them.
    #[must_use]
    pub fn label(&self, name: &str) -> Bilingual {
        self.labels.get(name).cloned().unwrap_or_else(|| Bilingual { vi: name.to_owned(), en: name.to_owned() })
    }

    /// The legal ground to cite on a day: number of the document; empty when there is none in force.
    #[must_use]
    pub fn ground(&self, book: &RuleBook, as_of: Date) -> String {
        let in_force = |code: &String| book.grounds.iter().find(|g| g.code == *code && g.in_force(as_of));
        self.grounds.iter().find_map(in_force).map(|g| g.document.clone()).unwrap_or_default()
    }
}

/// A file, to point into it.
struct Place<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Place<'_> {
    fn fault<T>(&self, at: &Spanned<T>, message: &str) -> Error {
        fault(self.path, self.text, &at.span(), message)
    }

    fn compile(&self, file: DetectorFile, book: &RuleBook) -> Result<DetectorRule> {
        let code = file.code.as_ref();
        if !code.starts_with(FAMILY) || code.len() == FAMILY.len() {
            let message = format!("a code of this family starts with `{FAMILY}` and goes on with a name");
            return Err(self.fault(&file.code, &message));
        }
        for ground in &file.grounds {
            if !book.grounds.iter().any(|g| g.code == *ground.as_ref()) {
                let known: Vec<&str> = book.grounds.iter().map(|g| g.code.as_str()).collect();
                return Err(self.fault(ground, &format!("unknown ground, expected one of {}", known.join(", "))));
            }
        }
        let mut words = BTreeMap::new();
        for (name, list) in &file.words {
            words.insert(name.clone(), self.finder(list)?);
        }
        Ok(DetectorRule {
            outdated: self.outdated(&file.outdated)?,
            code: file.code.into_inner(),
            title: file.title,
            message: file.message,
            explanation: file.explanation,
            grounds: file.grounds.into_iter().map(Spanned::into_inner).collect(),
            severity: file.severity,
            certainty: file.certainty,
            action: file.action,
            words,
            limits: file.limits,
            labels: file.labels,
            examples: file.examples,
            path: self.path.to_owned(),
        })
    }

    fn outdated(&self, written: &[OutdatedFile]) -> Result<Vec<Outdated>> {
        let one = |o: &OutdatedFile| {
            let wrong = |_| self.fault(&o.since, "expected a date in quotes, \"YYYY-MM-DD\"");
            let since = o.since.as_ref().parse().map_err(wrong)?;
            Ok(Outdated { since, words: self.finder(&o.words)?, why: o.why.clone() })
        };
        written.iter().map(one).collect()
    }

    fn finder(&self, list: &Spanned<Vec<Spanned<String>>>) -> Result<Finder> {
        let mut phrases = Vec::new();
        for pattern in list.as_ref() {
            phrases.extend(expand(pattern.as_ref()).map_err(|message| self.fault(pattern, &message))?);
        }
        if phrases.is_empty() {
            return Err(self.fault(list, "the list is empty: it would never apply"));
        }
        phrases.sort();
        phrases.dedup();
        Finder::compile(&phrases).map_err(|message| self.fault(list, &message))
    }
}
