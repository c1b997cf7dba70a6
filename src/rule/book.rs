//! The rule book: the rules of reading, compiled.

use super::RuleFiles;
use super::compile::compile;
use super::finder::Finder;
use super::lexicon::{Lexicon, Role};
use super::vocabulary::{Bilingual, Competence, CueClass, GroundScope, Person, Requires, Verdict};
use super::written::ReadinessFile;
use crate::error::Result;
use crate::text::fold;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A row and the verdict expected for each kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Code of the rule it stands in.
    pub rule: String,
    /// Position in that rule, from 1.
    pub position: usize,
    /// Text of the row.
    pub text: String,
    /// Name of the procedure.
    pub procedure: String,
    /// Heading of the case.
    pub case: String,
    /// Verdict a kind; kinds that are absent must not be found, or only as a mention.
    pub expect: BTreeMap<String, Verdict>,
}

/// A kind of document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Code, `K-…`.
    pub code: String,
    /// Word of the `kind` column.
    pub kind: String,
    /// Name.
    pub title: Bilingual,
    /// Database that answers it: index into [`RuleBook::sources`].
    pub source: Option<usize>,
    /// Verdict of every demand, where data never replaces the paper.
    pub always: Option<Verdict>,
    /// Issued by the state a person belongs to: that of a foreigner is a foreign paper.
    pub follows_nationality: bool,
    /// Issued by Vietnamese bodies alone, also to foreigners.
    pub issued_here: bool,
    /// Words, folded, one of which must name the foreigner of a procedure or case for it to be a foreign paper there;
    /// empty where any foreigner may hold it.
    pub foreign_holders: Vec<String>,
    /// What the paper tells.
    pub fields: Vec<String>,
    /// Names as written, for the rule's page.
    pub names: Vec<String>,
    /// Folded words one of which must stand in the row, its case or its procedure; empty for no condition.
    pub only_with: Vec<String>,
    /// Folded words none of which may stand there.
    pub never_with: Vec<String>,
    /// Words, folded, in the name of a procedure that reissues, changes or withdraws papers of this kind.
    pub procedures: Vec<String>,
    /// What the paper is called for short, folded, in a procedure about it.
    pub short: Vec<String>,
    /// Kinds that serve the same purpose: indices into [`RuleBook::kinds`].
    pub peers: Vec<usize>,
    /// Path of the file.
    pub path: PathBuf,
}

/// A database.
#[derive(Debug, Clone)]
pub struct Database {
    /// Code, `S-…`.
    pub code: String,
    /// Word of the `source` column.
    pub source: String,
    /// Name.
    pub title: Bilingual,
    /// Body that keeps it.
    pub owner: String,
    /// Kinds it answers: indices into [`RuleBook::kinds`].
    pub answers: Vec<usize>,
    /// What it holds.
    pub fields: Vec<String>,
    /// Names as written.
    pub names: Vec<String>,
    /// Where it does not answer yet.
    pub limits: Vec<String>,
    /// Default state.
    pub readiness: ReadinessFile,
    /// Path of the file.
    pub path: PathBuf,
}

/// A legal ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Code, `G-…`.
    pub code: String,
    /// Subject.
    pub title: Bilingual,
    /// Number and symbol.
    pub document: String,
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force.
    pub valid_to: Option<Date>,
    /// Which procedures it reaches.
    pub scope: GroundScope,
    /// Procedure codes of a listed ground.
    pub procedures: BTreeSet<String>,
    /// Who changes a central procedure on this ground.
    pub competence: Competence,
    /// Lower numbers are cited first.
    pub order: u32,
    /// What to mind.
    pub note: Bilingual,
    /// State of the database it asks for.
    pub requires: Option<Requires>,
    /// Article a kind (index into [`RuleBook::kinds`]).
    pub covers: BTreeMap<usize, String>,
    /// Path of the file.
    pub path: PathBuf,
}

impl Ground {
    /// Whether the ground is in force on a day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day <= end)
    }

    /// Whether it reaches a procedure by its code.
    #[must_use]
    pub fn reaches(&self, code: &str) -> bool {
        self.scope == GroundScope::General || self.procedures.contains(code)
    }
}

/// Words with one effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Code, `C-…`.
    pub code: String,
    /// What the words do.
    pub class: CueClass,
    /// For `whose`: the person.
    pub person: Option<Person>,
    /// Name.
    pub title: Bilingual,
    /// The words as written.
    pub words: Vec<String>,
    /// Path of the file.
    pub path: PathBuf,
}

/// All rules, compiled.
#[derive(Debug, Clone)]
pub struct RuleBook {
    /// Kinds, by code.
    pub kinds: Vec<Kind>,
    /// Databases, by code.
    pub sources: Vec<Database>,
    /// Grounds, by order and code.
    pub grounds: Vec<Ground>,
    /// Cues, by code.
    pub cues: Vec<Cue>,
    /// Every example of every rule.
    pub examples: Vec<Example>,
    /// What stands where in a folded text.
    pub lexicon: Lexicon,
    /// Words of procedures that reissue, change or withdraw a paper.
    pub reissues: Finder,
}

impl RuleBook {
    /// Reads and checks the families `kinds`, `sources`, `grounds` and `cues` of a rule set.
    ///
    /// # Errors
    /// The first thing wrong, with file, line, caret and, where a word is wrong, the words allowed.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        compile(files)
    }

    /// Index of a kind by its word.
    #[must_use]
    pub fn kind(&self, word: &str) -> Option<usize> {
        self.kinds.iter().position(|k| k.kind == word)
    }

    /// The databases that answer a kind: the one that replaces it by law first, then those that hold its data as well.
    pub fn answering(&self, kind: usize) -> impl Iterator<Item = &Database> {
        let first = self.kinds[kind].source;
        let also = move |at: &usize| Some(*at) != first && self.sources[*at].answers.contains(&kind);
        first.into_iter().chain((0..self.sources.len()).filter(also)).map(|at| &self.sources[at])
    }

    /// Index of a database by its word or by any of the names it is called by, in the order they stand in a text.
    #[must_use]
    pub fn databases_in(&self, text: &str) -> Vec<usize> {
        if let Some(at) = self.sources.iter().position(|s| s.source == text) {
            return vec![at];
        }
        let folded = fold(text);
        let mut found = Vec::new();
        for phrase in self.lexicon.find(&folded) {
            if let Role::Database(at) = self.lexicon.meaning(phrase).role
                && !found.contains(&usize::from(at))
            {
                found.push(usize::from(at));
            }
        }
        found
    }
}
