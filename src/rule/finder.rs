//! A set of folded phrases found in folded text: the longest at each place, whole words only.
//!
//! Phrases are kept as a tree of words, not of bytes: a match can then never cut a word, the longest phrase at a place
//! is found by walking down once, and tens of thousands of phrases are compiled in a moment. A word [`ANY_NUMBER`] of a
//! phrase is any number written in digits.

use std::collections::HashMap;

/// The tree of words of a list of phrases; a match gives the place of its phrase in that list.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    words: HashMap<Box<str>, u32>,
    nodes: Vec<Node>,
    /// Edges in the order of their nodes and, within one node, of their keys.
    keys: Vec<u32>,
    children: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// Edges of the node: half-open range of [`Finder::keys`].
    edges: (u32, u32),
    /// Phrase that ends here, [`NONE`] for none.
    phrase: u32,
}

const NONE: u32 = u32::MAX;

/// In a phrase, any number: "# ngày" is found in "05 ngày" and in "12 ngày".
pub(super) const ANY_NUMBER: &str = "#";

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
    /// Compiles folded phrases. Of equal phrases the last counts; an empty one is never found.
    ///
    /// # Errors
    /// When the phrases are more than can be numbered.
    pub(super) fn compile<P: AsRef<str>>(phrases: &[P]) -> Result<Self, String> {
        let mut finder = Finder::default();
        let mut spelled: Vec<(Vec<u32>, u32)> = Vec::with_capacity(phrases.len());
        for (at, phrase) in phrases.iter().enumerate() {
            let keys = words(phrase.as_ref()).map(|w| finder.learn(w)).collect::<Option<Vec<u32>>>();
            let number = u32::try_from(at).ok().filter(|n| *n < NONE);
            let (Some(keys), Some(number)) = (keys, number) else { return Err("too many phrases".to_owned()) };
            if !keys.is_empty() {
                spelled.push((keys, number));
            }
        }
        spelled.sort_unstable();
        finder.plant(&spelled);
        Ok(finder)
    }

    /// The phrases, by their places in the list compiled, that have no other phrase in them.
    pub(super) fn innermost<P: AsRef<str>>(&self, phrases: &[P]) -> Vec<usize> {
        (0..phrases.len()).filter(|at| !self.has_inner(phrases[*at].as_ref())).collect()
    }

    /// Whether a phrase shorter than the text stands in it.
    fn has_inner(&self, text: &str) -> bool {
        let words = self.number(text);
        (0..words.len()).any(|start| {
            let ends = self.ends(&words, start);
            ends.into_iter().any(|(last, _)| start > 0 || last + 1 < words.len())
        })
    }

    /// Number of a word, and with it whether a space stands before it; none when there are too many words.
    fn learn(&mut self, word: Word<'_>) -> Option<u32> {
        let next = u32::try_from(self.words.len()).ok().filter(|n| *n < NONE / 2)?;
        let number = match self.words.get(word.text) {
            Some(number) => *number,
            None => *self.words.entry(word.text.into()).or_insert(next),
        };
        Some(key(number, word.spaced))
    }

    /// Builds the tree from sorted phrases: each shares the nodes of what it begins like the one before.
    fn plant(&mut self, spelled: &[(Vec<u32>, u32)]) {
        let mut ends = vec![NONE];
        let mut edges: Vec<(u32, u32, u32)> = Vec::new();
        let mut path: Vec<u32> = vec![0];
        let mut before: &[u32] = &[];
        for (keys, number) in spelled {
            let shared = keys.iter().zip(before).take_while(|(a, b)| a == b).count();
            path.truncate(shared + 1);
            for key in &keys[shared..] {
                let child = u32::try_from(ends.len()).unwrap_or(NONE);
                edges.push((path[path.len() - 1], *key, child));
                ends.push(NONE);
                path.push(child);
            }
            ends[path[path.len() - 1] as usize] = *number;
            before = keys;
        }
        edges.sort_unstable();
        self.nodes = ends.into_iter().map(|phrase| Node { edges: (0, 0), phrase }).collect();
        for (at, (node, ..)) in (0u32..).zip(&edges) {
            let range = &mut self.nodes[*node as usize].edges;
            if range.1 == 0 {
                range.0 = at;
            }
            range.1 = at + 1;
        }
        self.keys = edges.iter().map(|e| e.1).collect();
        self.children = edges.iter().map(|e| e.2).collect();
    }

    fn child(&self, node: u32, key: u32) -> Option<u32> {
        let (from, to) = self.nodes.get(node as usize)?.edges;
        let at = self.keys[from as usize..to as usize].binary_search(&key).ok()?;
        Some(self.children[from as usize + at])
    }

    /// The words of a text by their numbers; those that stand in no phrase have none.
    fn number(&self, folded: &str) -> Vec<Numbered> {
        let known = |word: &str| self.words.get(word).map(|n| key(*n, false));
        let any = known(ANY_NUMBER);
        words(folded)
            .map(|w| Numbered {
                start: w.start,
                end: w.start + w.text.len(),
                key: known(w.text).filter(|_| w.text != ANY_NUMBER),
                any: any.filter(|_| w.text.bytes().all(|b| b.is_ascii_digit())),
                spaced: w.spaced,
            })
            .collect()
    }

    /// Every phrase that begins at a word, shortest first: place of its last word, and its number.
    fn ends(&self, words: &[Numbered], start: usize) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        self.walk(words, start, start, 0, &mut found);
        found.sort_unstable();
        found
    }

    /// Goes down from a node along the words from `at` on, and takes note of the phrases that end on the way.
    fn walk(&self, words: &[Numbered], start: usize, at: usize, node: u32, found: &mut Vec<(usize, u32)>) {
        let Some(word) = words.get(at) else { return };
        // The space before the first word belongs to no phrase.
        let spaced = u32::from(word.spaced && at > start);
        for child in [word.key, word.any].into_iter().flatten().filter_map(|key| self.child(node, key + spaced)) {
            let phrase = self.nodes[child as usize].phrase;
            if phrase != NONE {
                found.push((at, phrase));
            }
            self.walk(words, start, at + 1, child, found);
        }
    }

    /// The phrases from left to right, none overlapping another.
    pub fn find<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = Hit> + 't {
        let words = self.number(folded);
        let mut from = 0;
        std::iter::from_fn(move || {
            while from < words.len() {
                let start = from;
                from += 1;
                if words[start].key.is_none() && words[start].any.is_none() {
                    continue;
                }
                if let Some((last, phrase)) = self.ends(&words, start).pop() {
                    from = last + 1;
                    return Some(Hit { start: words[start].start, end: words[last].end, phrase: phrase as usize });
                }
            }
            None
        })
    }

    /// Whether a text begins with a phrase as whole words.
    #[must_use]
    pub fn begins(&self, folded: &str) -> bool {
        !self.ends(&self.number(folded), 0).is_empty()
    }

    /// Whether any phrase stands in the text as whole words.
    #[must_use]
    pub fn is_in(&self, folded: &str) -> bool {
        self.find(folded).next().is_some()
    }
}

fn key(word: u32, spaced: bool) -> u32 {
    word * 2 + u32::from(spaced)
}

/// A word of a text, known by its key where some phrase has it.
struct Numbered {
    start: usize,
    end: usize,
    key: Option<u32>,
    /// The key of any number, where the word is one and some phrase takes any.
    any: Option<u32>,
    spaced: bool,
}

/// A run of letters and digits, or a single other mark.
#[derive(Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    start: usize,
    /// A space stands before it; never for the first of a text.
    spaced: bool,
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let before = at;
        while at < bytes.len() && bytes[at] == b' ' {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && is_letter(bytes[at]) {
            at += 1;
        }
        if at == start {
            at += text[start..].chars().next()?.len_utf8();
        }
        Some(Word { text: &text[start..at], start, spaced: start > before && before > 0 })
    })
}

/// Whether a byte belongs to a letter or digit. Of what is not ASCII, folded text has Vietnamese letters; the marks
/// that stay (`•`, `…`, `½`) begin with the bytes excepted, and those that go on with them are never asked about.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 && !matches!(byte, 0xc2 | 0xe2 | 0xef)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(phrases: &[&str], text: &'t str) -> Vec<&'t str> {
        let finder = Finder::compile(phrases).unwrap();
        finder.find(text).map(|h| &text[h.start..h.end]).collect()
    }

    #[test]
    fn the_longest_phrase_at_each_place_is_found() {
        let phrases = ["giấy", "giấy khai sinh", "khai sinh", "cmnd/cccd", "không"];
        assert_eq!(found(&phrases, "giấy khai sinh, giấy khai tử"), ["giấy khai sinh", "giấy"]);
        assert_eq!(found(&phrases, "bản sao khai sinh"), ["khai sinh"]);
        assert_eq!(found(&phrases, "(cmnd/cccd)"), ["cmnd/cccd"]);
    }

    #[test]
    fn words_are_never_cut_and_spaces_count() {
        assert_eq!(found(&["a b c", "b"], "a b cd"), ["b"]);
        assert_eq!(found(&["a/b"], "a / b"), Vec::<&str>::new());
        assert_eq!(found(&["a, b"], "a, b;"), ["a, b"]);
        assert_eq!(found(&["cc"], "cccd"), Vec::<&str>::new());
        assert_eq!(found(&[""], "a"), Vec::<&str>::new());
    }

    #[test]
    fn a_phrase_may_take_any_number() {
        let phrases = ["# ngày", "05 ngày làm việc", "sau # ngày, # lần"];
        assert_eq!(found(&phrases, "trong 12 ngày, 05 ngày làm việc"), ["12 ngày", "05 ngày làm việc"]);
        assert_eq!(found(&phrases, "sau 5 ngày, 02 lần"), ["sau 5 ngày, 02 lần"]);
        assert_eq!(found(&phrases, "ba ngày; # ngày; 5a ngày; 05 ngà"), Vec::<&str>::new());
    }

    #[test]
    fn a_text_may_begin_with_a_phrase() {
        let finder = Finder::compile(&["a b", "c"]).unwrap();
        assert!(finder.begins(" a b c") && finder.begins("c"));
        assert!(!finder.begins("b c") && !finder.begins("a c") && !finder.begins(""));
    }

    #[test]
    fn the_place_of_a_phrase_is_that_of_the_list() {
        let finder = Finder::compile(&["b", "a", "a b"]).unwrap();
        let places: Vec<usize> = finder.find("b a a b").map(|h| h.phrase).collect();
        assert_eq!(places, [0, 1, 2]);
    }
}
