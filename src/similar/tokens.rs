//! Texts into tokens. A token is a number: three characters packed into one, or the number of a word.

use super::Measure;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use unicode_normalization::char::decompose_canonical;

/// Set in the keys of grams of the text as written, where grams without diacritics stand beside them.
const WRITTEN: u64 = 1 << 63;

/// Share of the squared weight that a gram with diacritics keeps beside the one without: 1/4.
pub(super) const WRITTEN_SHARE: f64 = 0.25;

/// What the tokens of a measure are, and the numbers of the words met so far.
#[derive(Debug, Clone)]
pub(super) struct Tokens {
    kind: Kind,
    words: HashMap<String, u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Grams,
    GramsFolded,
    Words,
}

impl Tokens {
    pub(super) fn new(measure: Measure) -> Self {
        let kind = match measure {
            Measure::GramCosine(_) => Kind::Grams,
            Measure::GramCosineFolded(_) => Kind::GramsFolded,
            Measure::WordJaccard(_) => Kind::Words,
        };
        Tokens { kind, words: HashMap::new() }
    }

    /// Gives numbers to the words of texts that have none yet, in order of occurrence.
    pub(super) fn learn(&mut self, texts: &[&str]) {
        if self.kind != Kind::Words {
            return;
        }
        for word in texts.iter().flat_map(|text| words(text)) {
            if !self.words.contains_key(word) {
                self.words.insert(word.to_owned(), self.words.len() as u64);
            }
        }
    }

    /// The tokens of a text in order, repeats included, replacing what `out` holds. Words not learnt are left out.
    pub(super) fn of(&self, text: &str, out: &mut Vec<u64>) {
        out.clear();
        match self.kind {
            Kind::Words => out.extend(words(text).filter_map(|w| self.words.get(w).copied())),
            Kind::Grams => grams(text.chars(), out),
            Kind::GramsFolded => {
                grams(text.chars(), out);
                let plain = out.len();
                grams(text.chars().map(bare), out);
                // Grams that hold no diacritic are the same in both layers and count once, with full weight.
                let mut at = 0;
                for i in 0..plain {
                    if out[i] != out[plain + i] {
                        out[at] = out[i] | WRITTEN;
                        at += 1;
                    }
                }
                out.drain(at..plain);
            }
        }
    }

    /// Whether a token belongs to the lighter layer of grams with diacritics.
    pub(super) fn is_written(key: u64) -> bool {
        key & WRITTEN != 0
    }
}

/// The words of a text: runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// Appends every run of three characters, 21 bits each; a text of one or two characters is one gram.
fn grams(chars: impl Iterator<Item = char>, out: &mut Vec<u64>) {
    const MASK: u64 = (1 << 63) - 1;
    let mut key = 0;
    let mut seen = 0;
    for c in chars {
        key = (key << 21 | u64::from(u32::from(c))) & MASK;
        seen += 1;
        if seen >= 3 {
            out.push(key);
        }
    }
    if seen == 1 || seen == 2 {
        out.push(key);
    }
}

/// A letter without its diacritics.
pub(super) fn bare(c: char) -> char {
    match c {
        'đ' => 'd',
        'Đ' => 'D',
        c if c.is_ascii() => c,
        c => {
            let mut first = None;
            decompose_canonical(c, |part| first = first.or(Some(part)));
            first.unwrap_or(c)
        }
    }
}

/// A map by token. The keys are no attacker's, and every output is sorted by other means.
pub(super) type TokenMap<V> = HashMap<u64, V, BuildHasherDefault<TokenHasher>>;

/// One multiplication, high half folded into the low: enough to spread packed characters.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TokenHasher(u64);

impl Hasher for TokenHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        let wide = u128::from(self.0 ^ key) * 0x9E37_79B9_7F4A_7C15;
        self.0 = (wide >> 64) as u64 ^ wide as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::similar::Idf;

    fn tokens(measure: Measure, text: &str) -> Vec<u64> {
        let mut tokens = Tokens::new(measure);
        tokens.learn(&[text]);
        let mut out = Vec::new();
        tokens.of(text, &mut out);
        out
    }

    #[test]
    fn counts_tokens() {
        for (text, grams, folded, words) in [
            ("", 0, 0, 0),
            ("a", 1, 1, 1),
            ("á", 1, 2, 1),
            ("abc", 1, 1, 1),
            ("đơn xin", 5, 7, 2),
            ("aaaa aaaa", 7, 7, 2),
        ] {
            assert_eq!(tokens(Measure::GramCosine(Idf::Smooth), text).len(), grams, "{text}");
            assert_eq!(tokens(Measure::GramCosineFolded(Idf::Smooth), text).len(), folded, "{text}");
            assert_eq!(tokens(Measure::WordJaccard(Idf::Smooth), text).len(), words, "{text}");
        }
    }
}
