//! Why two texts are alike: their words with weights, shared and differing.

use super::tokens::{bare, words};
use super::weights::Idf;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In both texts.
    Both,
    /// In both, but with other diacritics; the weight is what this difference costs.
    Spelling,
    /// In the first only.
    First,
    /// In the second only.
    Second,
}

/// A word of a pair and what it weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The word; for [`Place::Spelling`] both spellings, as `sơ/sở`.
    pub word: String,
    /// Where it stands.
    pub place: Place,
    /// Occurrences times idf of the word; differing diacritics at a quarter.
    pub weight: f64,
}

/// Weights of words in a collection, by which pairs are explained. The explanation is for readers: the score of a pair is
/// made from its own tokens.
#[derive(Debug, Clone)]
pub struct Explainer {
    texts: usize,
    with_word: HashMap<String, u32>,
}

/// What a difference of diacritics costs, beside a difference of letters.
const SPELLING_SHARE: f64 = 0.25;

impl Explainer {
    /// Weighs words by how many of the texts hold them.
    #[must_use]
    pub fn new(texts: &[&str]) -> Self {
        let mut with_word: HashMap<String, u32> = HashMap::new();
        for text in texts {
            for word in words(text).collect::<HashSet<_>>() {
                *with_word.entry(word.to_owned()).or_default() += 1;
            }
        }
        Explainer { texts: texts.len(), with_word }
    }

    /// Words of two texts: shared ones, then those spelt otherwise, then those of one text; in each the heaviest first.
    #[must_use]
    pub fn explain(&self, first: &str, second: &str) -> Vec<Part> {
        let mut left: BTreeMap<&str, i64> = BTreeMap::new();
        let mut shared: BTreeMap<&str, i64> = BTreeMap::new();
        words(first).for_each(|w| *left.entry(w).or_default() += 1);
        for word in words(second) {
            let count = left.entry(word).or_default();
            if *count > 0 {
                *shared.entry(word).or_default() += 1;
            }
            *count -= 1;
        }
        let mut parts: Vec<Part> = shared.iter().map(|(w, &n)| self.part(w, Place::Both, n)).collect();
        let alone = |sign: i64| -> Vec<(&str, i64)> {
            left.iter().filter(|(_, n)| **n * sign > 0).map(|(w, n)| (*w, n * sign)).collect()
        };
        let (mut firsts, mut seconds) = (alone(1), alone(-1));
        self.pair_spellings(&mut firsts, &mut seconds, &mut parts);
        parts.extend(firsts.iter().filter(|f| f.1 > 0).map(|&(w, n)| self.part(w, Place::First, n)));
        parts.extend(seconds.iter().filter(|s| s.1 > 0).map(|&(w, n)| self.part(w, Place::Second, n)));
        parts.sort_by(|a, b| a.place.cmp(&b.place).then(b.weight.total_cmp(&a.weight)).then(a.word.cmp(&b.word)));
        parts
    }

    fn pair_spellings(&self, firsts: &mut [(&str, i64)], seconds: &mut [(&str, i64)], parts: &mut Vec<Part>) {
        let skeleton = |word: &str| word.chars().map(bare).collect::<String>();
        for (word, count) in firsts {
            for (other, others) in seconds.iter_mut().filter(|s| s.1 > 0) {
                if *count > 0 && skeleton(word) == skeleton(other) {
                    let both = (*count).min(*others);
                    let weight = self.weight(word).max(self.weight(other)) * both as f64 * SPELLING_SHARE;
                    parts.push(Part { word: format!("{word}/{other}"), place: Place::Spelling, weight });
                    *count -= both;
                    *others -= both;
                }
            }
        }
    }

    fn part(&self, word: &str, place: Place, count: i64) -> Part {
        Part { word: word.to_owned(), place, weight: self.weight(word) * count as f64 }
    }

    fn weight(&self, word: &str) -> f64 {
        Idf::Smooth.weight(self.texts, self.with_word.get(word).copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shared_respelt_or_alone() {
        let texts = ["đơn xin cấp sổ", "đơn xin cấp số", "đơn xin đổi thẻ", "đơn đơn"];
        let explainer = Explainer::new(&texts);
        let places = |a: &str, b: &str| -> Vec<(String, Place)> {
            explainer.explain(a, b).into_iter().map(|p| (p.word, p.place)).collect()
        };
        let owned = |parts: &[(&str, Place)]| -> Vec<(String, Place)> {
            parts.iter().map(|(w, p)| ((*w).to_owned(), *p)).collect()
        };
        assert_eq!(
            places(texts[0], texts[1]),
            owned(&[("cấp", Place::Both), ("xin", Place::Both), ("đơn", Place::Both), ("sổ/số", Place::Spelling)])
        );
        assert_eq!(places(texts[3], "đơn"), owned(&[("đơn", Place::Both), ("đơn", Place::First)]));
        let parts = explainer.explain(texts[0], texts[1]);
        let alone = explainer.explain("sổ", "thẻ");
        assert!(parts[3].weight < alone[0].weight, "a diacritic costs less than a word");
    }
}
