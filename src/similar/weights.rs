//! Weights of tokens, fitted once to a collection of texts and kept: later texts do not move an old score.

use super::Measure;
use super::tokens::{TokenMap, Tokens, WRITTEN_SHARE};
use rayon::prelude::*;

/// Units of a weight: 2²² to one.
const UNIT: f64 = 4_194_304.0;

/// How the rarity of a token becomes its weight; `n` texts, `df` of them with the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Idf {
    /// `ln((1 + n) / (1 + df)) + 1`, the usual one of text mining: never 0, so that small collections work.
    #[default]
    Smooth,
    /// `ln(n / df)`: 0 for a token of every text. As difflib-fast has it.
    Plain,
}

impl Idf {
    pub(super) fn weight(self, n: usize, df: u32) -> f64 {
        match self {
            Idf::Smooth => ((1.0 + n as f64) / (1.0 + f64::from(df))).ln() + 1.0,
            Idf::Plain => (n.max(1) as f64 / f64::from(df.max(1))).ln(),
        }
    }
}

/// The vocabulary: for each token a number, the commoner the smaller, and its weight in units of 2⁻²².
///
/// Tokens that come later are numbered after all others and weigh as if no text had them.
#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    measure: Measure,
    tokens: Tokens,
    ids: TokenMap<u32>,
    weights: Vec<u32>,
    fitted_to: usize,
}

impl Vocabulary {
    /// Fits weights to texts.
    pub(super) fn fit(measure: Measure, texts: &[&str]) -> Self {
        let mut tokens = Tokens::new(measure);
        tokens.learn(texts);
        let mut found: Vec<(u64, u32)> = document_frequencies(&tokens, texts).into_iter().collect();
        found.par_sort_unstable_by_key(|&(key, df)| (std::cmp::Reverse(df), key));
        let ids = found.iter().zip(0..).map(|(&(key, _), id)| (key, id)).collect();
        let mut vocabulary = Vocabulary { measure, tokens, ids, weights: Vec::new(), fitted_to: texts.len() };
        vocabulary.weights = found.iter().map(|&(key, df)| vocabulary.weight(key, df)).collect();
        vocabulary
    }

    /// Numbers the tokens of texts that have no number yet, in order of their keys.
    pub(super) fn grow(&mut self, texts: &[&str]) {
        self.tokens.learn(texts);
        let known = &self.ids;
        let mut new: Vec<u64> = texts
            .par_chunks(1024)
            .flat_map_iter(|chunk| {
                let mut buffer = Vec::new();
                let mut new = Vec::new();
                for text in chunk {
                    self.tokens.of(text, &mut buffer);
                    new.extend(buffer.iter().filter(|key| !known.contains_key(key)));
                }
                new.sort_unstable();
                new.dedup();
                new
            })
            .collect();
        new.sort_unstable();
        new.dedup();
        for key in new {
            self.ids.insert(key, self.weights.len() as u32);
            self.weights.push(self.weight(key, 0));
        }
    }

    /// Weights by token number.
    pub(super) fn weights(&self) -> &[u32] {
        &self.weights
    }

    /// The tokens of a text as `(number, count)`, rarest first; tokens without weight or number are left out.
    pub(super) fn vector(&self, text: &str, keys: &mut Vec<u64>, out: &mut Vec<(u32, u8)>) {
        self.tokens.of(text, keys);
        // The keys make room for the numbers: sorting 32 bits is cheaper than sorting pairs.
        let mut numbers: Vec<u32> = keys.iter().filter_map(|key| self.ids.get(key).copied()).collect();
        numbers.sort_unstable_by(|a, b| b.cmp(a));
        out.clear();
        for number in numbers {
            match out.last_mut() {
                Some((last, count)) if *last == number => *count = count.saturating_add(1),
                _ if self.weights[number as usize] == 0 => {}
                _ => out.push((number, 1)),
            }
        }
    }

    fn weight(&self, key: u64, df: u32) -> u32 {
        let share = if Tokens::is_written(key) { WRITTEN_SHARE } else { 1.0 };
        let weight = match self.measure {
            Measure::GramCosine(idf) | Measure::GramCosineFolded(idf) => idf.weight(self.fitted_to, df).powi(2) * share,
            Measure::WordJaccard(idf) => idf.weight(self.fitted_to, df),
        };
        (weight * UNIT).round() as u32
    }
}

/// How many texts hold each token.
fn document_frequencies(tokens: &Tokens, texts: &[&str]) -> TokenMap<u32> {
    let chunk = texts.len().div_ceil(rayon::current_num_threads()).max(1);
    let count = |chunk: &[&str]| {
        let mut found: TokenMap<(u32, u32)> = TokenMap::default();
        let mut keys = Vec::new();
        for (text, nth) in chunk.iter().zip(1..) {
            tokens.of(text, &mut keys);
            for &key in &keys {
                let (df, last) = found.entry(key).or_default();
                if *last != nth {
                    *last = nth;
                    *df += 1;
                }
            }
        }
        found
    };
    let parts: Vec<TokenMap<(u32, u32)>> = texts.par_chunks(chunk).map(count).collect();
    let mut sum = TokenMap::default();
    for (key, (df, _)) in parts.into_iter().flatten() {
        *sum.entry(key).or_default() += df;
    }
    sum
}
