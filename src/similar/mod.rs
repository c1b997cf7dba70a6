//! All pairs of texts that are nearly the same: every pair at or over the threshold, none under it.
//!
//! ```text
//! texts ─distinct→ each once, with counts ─tokens→ grams or words ─weights→ integer vectors ─join→ [Pair] ─cluster→ [Cluster]
//! ```
//! The room knows no domain word and does not normalise: callers pass texts as they want them compared.
//!
//! # The score
//! A text is a multiset of tokens; token *d* occurs `x_d` times in text *x* (at most 255 are counted) and weighs `w_d`.
//! - [`Measure::GramCosine`]: tokens are the runs of three characters (a shorter text is one token), blanks included;
//!   `cosine(x, y) = Σ x_d·y_d·w_d² / √(Σ x_d²·w_d² · Σ y_d²·w_d²)`: the cosine of TF-IDF vectors, `w_d` the idf.
//! - [`Measure::WordJaccard`]: tokens are words; `jaccard(x, y) = Σ min(x_d, y_d)·w_d / Σ max(x_d, y_d)·w_d`.
//!
//! Weights (`w_d²` for the cosine, `w_d` for Jaccard) are rounded once to multiples of 2⁻²²; the sums are integers, so
//! neither order of summation nor number of threads can move a score: the join and a comparison of every pair with every
//! other agree to the last bit, at the threshold too. Only the last step, one division of two such integers (with one
//! square root for the cosine), is in floating point.
//!
//! # How all pairs are found without comparing all
//! See [`probe`]. Memory grows with the texts and the answer, not with the candidates.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rows and tokens are counted in 32 bits; bounds in floating point carry a slack, scores are made from integers"
)]

mod cluster;
mod distinct;
mod explain;
mod index;
mod kernel;
mod numbers;
mod probe;
mod rows;
mod segment;
mod sketch;
mod tokens;
mod weights;

pub use cluster::{Cluster, components, stars};
pub use distinct::Distinct;
pub use explain::{Explainer, Part, Place};
pub use index::Index;
pub use numbers::numbers_differ;
pub use weights::Idf;

/// What is compared, and how pairs are scored. See the [room](self) for the formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Cosine over runs of three characters.
    GramCosine(Idf),
    /// Cosine over runs of three characters without diacritics (full weight) and, beside them, those of the text as written
    /// that hold a diacritic (a quarter of the squared weight): `má` and `ma` are nearer to each other than `má` and `mo`.
    GramCosineFolded(Idf),
    /// Weighted Jaccard over words.
    WordJaccard(Idf),
}

/// How a join is to be done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// What is compared.
    pub measure: Measure,
    /// Least score of a reported pair; above 0, at most 1.
    pub threshold: f64,
}

/// Two texts, by their position among the texts of the index, `a < b`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Position of the first text.
    pub a: u32,
    /// Position of the second text.
    pub b: u32,
    /// From the threshold to 1.
    pub score: f64,
    /// The two do not hold the same numbers (see [`numbers_differ`]): never to be merged.
    pub numbers_differ: bool,
}

/// Called now and then with the rows done and the rows there are.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// The answer of [`near_duplicates`].
#[derive(Debug, Clone, PartialEq)]
pub struct NearDuplicates<'a> {
    /// The distinct texts, their counts, and the distinct text of each row.
    pub distinct: Distinct<'a>,
    /// Every pair of distinct texts at or over the threshold, sorted.
    pub pairs: Vec<Pair>,
}

/// Every pair of distinct texts whose score reaches the threshold.
#[must_use]
pub fn near_duplicates<'a>(texts: &[&'a str], options: Options, progress: Progress) -> NearDuplicates<'a> {
    let distinct = Distinct::of(texts);
    let mut index = Index::new(&distinct.texts, options);
    let pairs = index.extend(&distinct.texts, progress);
    NearDuplicates { distinct, pairs }
}

#[cfg(test)]
mod tests;
