//! All phrases of a rule book and what they mean: what stands at each place of a folded text.

use super::finder::{Finder, Hit};
use super::vocabulary::{CueClass, Person};
use aho_corasick::AhoCorasick;
use std::collections::BTreeMap;

/// How strongly a name stands for its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A name of the paper.
    Name,
    /// A phrase for any paper that would do.
    Umbrella,
    /// Counts only where a paper is expected.
    Weak,
    /// Counts only as what a proof proves: "paper that proves … residence".
    Topic,
}

/// What a phrase is in the grammar of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Names a kind (index into the book's kinds).
    Kind(u16, Strength),
    /// Words with an effect.
    Cue(CueClass),
    /// Names a database (index into the book's sources).
    Database(u16),
    /// Shadows what it contains.
    Quiet,
    /// Only marks, no place in the grammar.
    Marks,
}

/// Everything a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// Its place in the grammar.
    pub role: Role,
    /// A second kind the phrase names, as "degrees, licences" do.
    pub also: Option<u16>,
    /// Marks laid over the row, one bit a class: see [`Meaning::has`].
    marks: u64,
    /// Person, for `whose`.
    pub person: Option<Person>,
}

impl Meaning {
    /// A phrase with a place in the grammar.
    #[must_use]
    pub fn role(role: Role) -> Self {
        Meaning { role, also: None, marks: 0, person: None }
    }

    /// A phrase of a cue class.
    #[must_use]
    pub fn cue(class: CueClass, person: Option<Person>) -> Self {
        let role = if class.is_structural() { Role::Cue(class) } else { Role::Marks };
        Meaning { role, also: None, marks: bit(class), person }
    }

    /// Whether the phrase carries a class.
    #[must_use]
    pub fn has(&self, class: CueClass) -> bool {
        self.marks & bit(class) != 0
    }

    /// Both meanings in one; none when the two contradict each other.
    fn join(self, other: Meaning) -> Option<Meaning> {
        let mut also = self.also;
        let role = match (self.role, other.role) {
            (Role::Kind(a, s @ (Strength::Name | Strength::Umbrella)), Role::Kind(b, t))
                if a != b && s == t && also.is_none_or(|c| c == b) =>
            {
                also = Some(b);
                self.role
            }
            (a, b) if a == b => a,
            (Role::Quiet | Role::Marks, r) | (r, Role::Quiet | Role::Marks) => r,
            (Role::Kind(a, s), Role::Kind(b, t)) if a == b => Role::Kind(a, s.min(t)),
            _ => return None,
        };
        Some(Meaning { role, also, marks: self.marks | other.marks, person: self.person.or(other.person) })
    }
}

fn bit(class: CueClass) -> u64 {
    1 << (class as u32)
}

/// Phrases while they are collected.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    all: BTreeMap<String, Meaning>,
}

impl Phrases {
    /// Adds a phrase; false when it already stands for something that contradicts this.
    pub(super) fn add(&mut self, phrase: String, meaning: Meaning) -> bool {
        match self.all.get_mut(&phrase) {
            None => {
                self.all.insert(phrase, meaning);
                true
            }
            Some(before) => match before.join(meaning) {
                Some(joined) => {
                    *before = joined;
                    true
                }
                None => false,
            },
        }
    }
}

/// The tree of all phrases, and a small automaton over the names of kinds alone.
#[derive(Debug, Clone)]
pub struct Lexicon {
    all: Finder,
    meanings: Vec<Meaning>,
    names: AhoCorasick,
}

impl Lexicon {
    /// Compiles the phrases; the message of a failure is the finder's or the automaton's.
    pub(super) fn compile(phrases: &Phrases) -> Result<Self, String> {
        let texts: Vec<&str> = phrases.all.keys().map(String::as_str).collect();
        let names: Vec<&str> =
            phrases.all.iter().filter(|(_, m)| matches!(m.role, Role::Kind(..))).map(|(t, _)| t.as_str()).collect();
        // To know that some name occurs, those that have no other name in them suffice.
        let innermost = Finder::compile(&names)?.innermost(&names);
        let names = AhoCorasick::new(innermost.iter().map(|at| names[*at])).map_err(|e| e.to_string())?;
        Ok(Lexicon { all: Finder::compile(&texts)?, meanings: phrases.all.values().copied().collect(), names })
    }

    /// Number of phrases.
    #[must_use]
    pub fn len(&self) -> usize {
        self.meanings.len()
    }

    /// True when there is no phrase at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.meanings.is_empty()
    }

    /// Whether a folded text may name a kind; most rows do not and need no further reading.
    #[must_use]
    pub fn may_name(&self, folded: &str) -> bool {
        self.names.is_match(folded)
    }

    /// What a phrase stands for.
    #[must_use]
    pub fn meaning(&self, found: Hit) -> Meaning {
        self.meanings[found.phrase]
    }

    /// The phrases of a folded text from left to right, the longest at each place, whole words only.
    pub fn find<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = Hit> + 't {
        self.all.find(folded)
    }
}
