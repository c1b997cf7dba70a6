//! A set of folded phrases found in folded text: the longest at each place, whole words only.

use super::lexicon::{after_cut, is_whole};
use aho_corasick::{AhoCorasick, Input, MatchKind};

/// The automaton over a list of phrases; a match gives the place of its phrase in that list.
#[derive(Debug, Clone)]
pub struct Finder {
    automaton: AhoCorasick,
}

/// Where a phrase of a [`Finder`] stands in a folded text, by bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Place of the phrase in the list.
    pub phrase: usize,
}

impl Finder {
    /// Compiles folded phrases; the message of a failure is the automaton's.
    ///
    /// # Errors
    /// When the phrases are too many for the automaton.
    pub(super) fn compile<P: AsRef<[u8]>>(phrases: &[P]) -> Result<Self, String> {
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(phrases)
            .map(|automaton| Finder { automaton })
            .map_err(|e| e.to_string())
    }

    /// The phrases from left to right, none overlapping another.
    pub fn find<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = Hit> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            while let Some(m) = self.automaton.find(Input::new(folded).span(from..folded.len())) {
                if is_whole(folded, m.start(), m.end()) {
                    from = m.end();
                    return Some(Hit { start: m.start(), end: m.end(), phrase: m.pattern().as_usize() });
                }
                from = after_cut(folded, m.start(), m.end());
            }
            None
        })
    }

    /// Whether any phrase stands in the text as whole words.
    #[must_use]
    pub fn is_in(&self, folded: &str) -> bool {
        self.find(folded).next().is_some()
    }
}
