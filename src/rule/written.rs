//! Rule files as they are written. Unknown keys and words are errors that show the place and what is allowed.

use super::vocabulary::{Bilingual, Competence, CueClass, GroundScope, Person, Requires, Verdict};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A row and what must be read in it; kinds that are not listed must not be found, or only as a mention.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleFile {
    /// Text of the row.
    pub text: Spanned<String>,
    /// Name of the procedure, where it matters.
    #[serde(default)]
    pub procedure: String,
    /// Heading of the case, where it matters.
    #[serde(default)]
    pub case: String,
    /// Verdict a kind.
    pub expect: BTreeMap<Spanned<String>, Verdict>,
}

/// `rules/kinds/*.toml`: a kind of document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindFile {
    /// Code, `K-…`.
    pub code: Spanned<String>,
    /// Word of the `kind` column.
    pub kind: Spanned<String>,
    /// Name.
    pub title: Bilingual,
    /// Database that answers it; none for kinds that no database replaces.
    pub source: Option<Spanned<String>>,
    /// Verdict of every demand of this kind, where data never replaces it.
    pub always: Option<Verdict>,
    /// Issued by the state a person belongs to: that of a foreigner is a foreign paper.
    #[serde(default)]
    pub follows_nationality: bool,
    /// Issued by Vietnamese bodies alone, also to foreigners: whose it is does not make it a foreign paper.
    #[serde(default)]
    pub issued_here: bool,
    /// Words one of which must name the foreigner in the procedure or its case, before what these say makes it a foreign
    /// paper: that a worker is a foreigner says nothing of the company.
    #[serde(default)]
    pub foreign_holders: Vec<String>,
    /// What the paper tells.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Names of the paper.
    pub names: Spanned<Vec<Spanned<String>>>,
    /// Phrases for any paper that would do: they yield `partial`.
    #[serde(default)]
    pub umbrella: Vec<Spanned<String>>,
    /// Short names that count only where a paper is expected.
    #[serde(default)]
    pub weak: Vec<Spanned<String>>,
    /// What a proof of this kind proves ("residence"): counts only after "paper that proves", "attestation of".
    #[serde(default)]
    pub topics: Vec<Spanned<String>>,
    /// Words in the name of a procedure that reissues, changes or withdraws papers of this kind.
    #[serde(default)]
    pub procedures: Vec<Spanned<String>>,
    /// What the paper is called for short in a procedure about it: "the certificate already issued".
    #[serde(default)]
    pub short: Vec<Spanned<String>>,
    /// Longer phrases that contain a name and are no demand of this kind.
    #[serde(default)]
    pub not: Vec<Spanned<String>>,
    /// The kind counts only when one of these words stands in the row, its case or its procedure.
    #[serde(default)]
    pub only_with: Vec<String>,
    /// The kind does not count when one of these words stands there.
    #[serde(default)]
    pub never_with: Vec<String>,
    /// Kinds that serve the same purpose: an alternative between them stays `replace`.
    #[serde(default)]
    pub peers: Vec<Spanned<String>>,
    /// Rows and what must be read in them.
    #[serde(default)]
    pub examples: Vec<ExampleFile>,
}

/// Default state of a database.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadinessFile {
    /// Its owner has published what it answers.
    pub published: bool,
    /// It is connected to the platform.
    pub connected: bool,
    /// Share of records held, in percent, where known.
    pub coverage: Option<u8>,
}

/// `rules/sources/*.toml`: a database.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Code, `S-…`.
    pub code: Spanned<String>,
    /// Word of the `source` column.
    pub source: Spanned<String>,
    /// Name.
    pub title: Bilingual,
    /// Body that keeps it.
    pub owner: String,
    /// Kinds it answers.
    pub answers: Vec<Spanned<String>>,
    /// What it holds.
    pub fields: Vec<String>,
    /// How it is called.
    pub names: Spanned<Vec<Spanned<String>>>,
    /// Where it does not answer yet.
    #[serde(default)]
    pub limits: Vec<String>,
    /// Default state.
    pub readiness: ReadinessFile,
}

/// Kinds a ground covers, and where it says so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoversFile {
    /// Kinds.
    pub kinds: Vec<Spanned<String>>,
    /// Article.
    pub article: String,
}

/// `rules/grounds/*.toml`: a legal ground.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundFile {
    /// Code, `G-…`.
    pub code: Spanned<String>,
    /// Subject.
    pub title: Bilingual,
    /// Number and symbol.
    pub document: String,
    /// First day in force, `YYYY-MM-DD`.
    pub valid_from: Spanned<String>,
    /// Last day in force; none while it is open.
    pub valid_to: Option<Spanned<String>>,
    /// Which procedures it reaches.
    pub scope: GroundScope,
    /// Procedure codes, for a listed ground.
    #[serde(default)]
    pub procedures: Vec<String>,
    /// Who changes a central procedure on this ground.
    pub competence: Competence,
    /// Lower numbers are cited first.
    pub order: u32,
    /// What to mind.
    pub note: Bilingual,
    /// State of the database it asks for.
    pub requires: Option<Requires>,
    /// What it covers.
    pub covers: Vec<CoversFile>,
}

/// `rules/cues/*.toml`: words with one effect.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueFile {
    /// Code, `C-…`.
    pub code: Spanned<String>,
    /// What the words do.
    pub class: CueClass,
    /// For `whose`: the person.
    pub person: Option<Spanned<Person>>,
    /// Name.
    pub title: Bilingual,
    /// The words.
    pub words: Spanned<Vec<Spanned<String>>>,
    /// Longer phrases in which the words have no effect.
    #[serde(default)]
    pub not: Vec<Spanned<String>>,
    /// Rows and what must be read in them.
    #[serde(default)]
    pub examples: Vec<ExampleFile>,
}
