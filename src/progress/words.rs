//! Texts as weighted bags of syllables, so that the same words in another order or with other marks are the same text.
//!
//! A syllable weighs `round(256 · ln(1 + N / df))` with `N` texts of which `df` hold it: integers, so that no sum depends
//! on an order. Similarity is the weighted Jaccard of multisets, in percent points of 100.

use crate::text::fold;
use std::collections::HashMap;

/// Numbers and weights of syllables.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    numbers: HashMap<String, u32>,
    frequencies: Vec<u32>,
    texts: u32,
}

/// A text as syllables with their counts, sorted by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bag {
    tokens: Vec<(u32, u32)>,
}

impl Words {
    /// Reads a text that is already folded; it counts once for each of its syllables.
    pub(super) fn learn(&mut self, folded: &str) -> Bag {
        let mut numbers: Vec<u32> = Vec::new();
        for word in syllables(folded) {
            let next = u32::try_from(self.frequencies.len()).unwrap_or(u32::MAX);
            let number = self.numbers.get(word).copied();
            numbers.push(number.unwrap_or_else(|| {
                self.numbers.insert(word.to_owned(), next);
                self.frequencies.push(0);
                next
            }));
        }
        self.texts += 1;
        let bag = Bag::of(numbers);
        for (number, _) in &bag.tokens {
            self.frequencies[*number as usize] += 1;
        }
        bag
    }

    /// A folded text in words already known; unknown ones weigh nothing, because nothing can share them.
    pub(super) fn bag(&self, folded: &str) -> Bag {
        Bag::of(syllables(folded).filter_map(|w| self.numbers.get(w).copied()).collect())
    }

    /// Weight of a syllable.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and some thousands")]
    fn weight(&self, number: u32) -> u64 {
        let frequency = f64::from(self.frequencies.get(number as usize).copied().unwrap_or(1).max(1));
        (256.0 * (1.0 + f64::from(self.texts) / frequency).ln()).round() as u64
    }

    /// Sum of the weights of a bag.
    pub(super) fn mass(&self, bag: &Bag) -> u64 {
        bag.tokens.iter().map(|(number, count)| self.weight(*number) * u64::from(*count)).sum()
    }

    /// Weight of what two bags have in common.
    pub(super) fn shared(&self, a: &Bag, b: &Bag) -> u64 {
        let mut shared = 0;
        let (mut left, mut right) = (a.tokens.iter().peekable(), b.tokens.iter().peekable());
        while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    shared += self.weight(x.0) * u64::from(x.1.min(y.1));
                    left.next();
                    right.next();
                }
            }
        }
        shared
    }

    /// From 0 to 100: what two texts share of what both hold; 100 for two texts without words.
    pub(super) fn similarity(&self, a: &Bag, b: &Bag) -> u32 {
        let shared = self.shared(a, b);
        let all = self.mass(a) + self.mass(b) - shared;
        percent(shared, all)
    }

    /// From 0 to 100: how much of `part` is found in `whole`; 0 for a part without words.
    pub(super) fn contained(&self, part: &Bag, whole: &Bag) -> u32 {
        if part.is_empty() { 0 } else { percent(self.shared(part, whole), self.mass(part)) }
    }
}

impl Bag {
    fn of(mut numbers: Vec<u32>) -> Bag {
        numbers.sort_unstable();
        let mut tokens: Vec<(u32, u32)> = Vec::new();
        for number in numbers {
            match tokens.last_mut() {
                Some(last) if last.0 == number => last.1 += 1,
                _ => tokens.push((number, 1)),
            }
        }
        Bag { tokens }
    }

    /// Everything of several bags.
    pub(super) fn sum<'a>(bags: impl IntoIterator<Item = &'a Bag>) -> Bag {
        let mut all: Vec<(u32, u32)> = bags.into_iter().flat_map(|b| b.tokens.iter().copied()).collect();
        all.sort_unstable();
        let mut tokens: Vec<(u32, u32)> = Vec::new();
        for (number, count) in all {
            match tokens.last_mut() {
                Some(last) if last.0 == number => last.1 += count,
                _ => tokens.push((number, count)),
            }
        }
        Bag { tokens }
    }

    /// What is here and not in the other.
    pub(super) fn without(&self, other: &Bag) -> Bag {
        let taken: HashMap<u32, u32> = other.tokens.iter().copied().collect();
        let left = |(number, count): &(u32, u32)| {
            let rest = count.saturating_sub(taken.get(number).copied().unwrap_or_default());
            (rest > 0).then_some((*number, rest))
        };
        Bag { tokens: self.tokens.iter().filter_map(left).collect() }
    }

    /// No word at all.
    pub(super) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Number of different syllables.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }
}

/// Runs of letters and digits of a folded text.
pub(super) fn syllables(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// A text reduced to its syllables: what is left when marks, spaces and line breaks do not count.
pub(super) fn plain(text: &str) -> String {
    let folded = fold(text);
    let mut plain = String::with_capacity(folded.len());
    for word in syllables(&folded) {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// A share in percent, rounded down; 100 of nothing.
pub(super) fn percent(part: u64, whole: u64) -> u32 {
    if whole == 0 { 100 } else { u32::try_from(u128::from(part) * 100 / u128::from(whole)).unwrap_or(100) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similarity_counts_words_not_their_order() {
        let mut words = Words::default();
        for (a, b, least, most) in [
            ("đăng ký khai sinh", "khai sinh, đăng ký", 100, 100),
            ("đăng ký khai sinh", "đăng ký khai tử", 30, 80),
            ("đăng ký khai sinh", "cấp giấy phép xây dựng", 0, 0),
            ("", "", 100, 100),
        ] {
            let (x, y) = (words.learn(a), words.learn(b));
            let score = words.similarity(&x, &y);
            assert!((least..=most).contains(&score), "{a} / {b}: {score}");
            assert_eq!(score, words.similarity(&y, &x));
        }
        let (part, whole) = (words.bag("khai sinh"), words.bag("đăng ký khai sinh"));
        assert_eq!(words.contained(&part, &whole), 100);
        assert_eq!(whole.without(&part).len(), 2);
    }
}
