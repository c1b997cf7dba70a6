//! All phrases of a rule book in one automaton: what stands at each place of a folded text.

use super::vocabulary::{CueClass, Person};
use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind};
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
            (Role::Kind(a, Strength::Name), Role::Kind(b, Strength::Name)) if a != b && also.is_none_or(|c| c == b) => {
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

/// A phrase found in a folded text, by bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Number of the phrase, for [`Lexicon::meaning`].
    phrase: u32,
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

/// The automaton over all phrases, and a smaller one over the names of kinds alone.
#[derive(Debug, Clone)]
pub struct Lexicon {
    all: AhoCorasick,
    meanings: Vec<Meaning>,
    names: AhoCorasick,
}

impl Lexicon {
    /// Compiles the phrases; the message of a failure is the automaton's.
    pub(super) fn compile(phrases: &Phrases) -> Result<Self, String> {
        let build = |phrases: &[&String]| {
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(phrases).map_err(|e| e.to_string())
        };
        let texts: Vec<&String> = phrases.all.keys().collect();
        let is_name = |m: &Meaning| matches!(m.role, Role::Kind(..));
        let names: Vec<&String> = phrases.all.iter().filter(|(_, m)| is_name(m)).map(|(t, _)| t).collect();
        // To know that some name occurs, the shortest names suffice: those that contain no other.
        let finder = AhoCorasick::new(&names).map_err(|e| e.to_string())?;
        let shortest: Vec<&String> = names
            .iter()
            .enumerate()
            .filter(|(i, name)| finder.find_overlapping_iter(name.as_str()).all(|m| m.pattern().as_usize() == *i))
            .map(|(_, name)| *name)
            .collect();
        let names = AhoCorasick::new(shortest).map_err(|e| e.to_string())?;
        Ok(Lexicon { all: build(&texts)?, meanings: phrases.all.values().copied().collect(), names })
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
        self.names.is_match(Input::new(folded).anchored(Anchored::No))
    }

    /// What a phrase stands for.
    #[must_use]
    pub fn meaning(&self, found: Found) -> Meaning {
        self.meanings[found.phrase as usize]
    }

    /// The phrases of a folded text from left to right, the longest at each place, whole words only.
    pub fn find<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = Found> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            while let Some(m) = self.all.find(Input::new(folded).span(from..folded.len())) {
                if is_whole(folded, m.start(), m.end()) {
                    from = m.end();
                    return Some(Found { start: m.start(), end: m.end(), phrase: m.pattern().as_u32() });
                }
                from = after_cut(folded, m.start(), m.end());
            }
            None
        })
    }
}

/// Where to look again after a match that cuts a word: at the next word that may start a phrase.
pub(super) fn after_cut(folded: &str, start: usize, end: usize) -> usize {
    if starts_word(folded, start) {
        // The match ran into a word; a shorter phrase may still start at a later word of it.
        return folded[start..end].find(' ').map_or(end, |at| start + at + 1);
    }
    let tail = &folded[start..];
    start + tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len())
}

fn starts_word(text: &str, at: usize) -> bool {
    !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
        || !text[at..].chars().next().is_some_and(char::is_alphanumeric)
}

pub(super) fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let open_end = !text[end..].chars().next().is_some_and(char::is_alphanumeric)
        || !text[..end].chars().next_back().is_some_and(char::is_alphanumeric);
    starts_word(text, start) && open_end
}
