//! An index of texts that can be asked and extended without redoing what is done.

use super::kernel::{Cosine, Jaccard, Kernel};
use super::numbers;
use super::probe::{Probe, Scratch};
use super::rows::Rows;
use super::segment::Segment;
use super::weights::Vocabulary;
use super::{Measure, Options, Pair, Progress};
use rayon::prelude::*;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Rows probed between two reports of progress.
const CHUNK: usize = 256;

/// Texts ready to be joined with others at one threshold.
///
/// Weights are fitted once, to the texts the index is made with; a text added later does not change the score of any pair.
/// Tokens that only later texts have weigh as if no text had them. So a catalogue joined year by year gives the same pairs,
/// with the same scores, as all years joined at once under the weights of the first.
#[derive(Debug, Clone)]
pub struct Index {
    options: Options,
    vocabulary: Vocabulary,
    segments: Vec<Segment>,
    numbers: Vec<Box<str>>,
}

impl Index {
    /// An empty index whose weights are fitted to `texts`.
    #[must_use]
    pub fn new(texts: &[&str], options: Options) -> Self {
        let vocabulary = Vocabulary::fit(options.measure, texts);
        Index { options, vocabulary, segments: Vec::new(), numbers: Vec::new() }
    }

    /// An index of `texts`, and the pairs among them.
    #[must_use]
    pub fn build(texts: &[&str], options: Options, progress: Progress) -> (Self, Vec<Pair>) {
        let mut index = Index::new(texts, options);
        let pairs = index.extend(texts, progress);
        (index, pairs)
    }

    /// Number of texts held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether no text is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Every pair with at least one of the new texts, which are numbered after those held; sorted. The index stays as it is.
    #[must_use]
    pub fn join(&self, texts: &[&str], progress: Progress) -> Vec<Pair> {
        let mut vocabulary = self.vocabulary.clone();
        vocabulary.grow(texts);
        let new = self.segment(texts, &vocabulary);
        self.pairs(&new, &vocabulary, &numbers_of(texts), progress)
    }

    /// Adds texts, numbered after those held, and gives every pair with at least one of them; sorted.
    pub fn extend(&mut self, texts: &[&str], progress: Progress) -> Vec<Pair> {
        self.vocabulary.grow(texts);
        let new = self.segment(texts, &self.vocabulary);
        let numbers = numbers_of(texts);
        let pairs = self.pairs(&new, &self.vocabulary, &numbers, progress);
        self.segments.push(new);
        self.numbers.extend(numbers);
        pairs
    }

    fn segment(&self, texts: &[&str], vocabulary: &Vocabulary) -> Segment {
        let first = self.len() as u32;
        let t = self.options.threshold;
        match self.options.measure {
            Measure::GramCosine(_) | Measure::GramCosineFolded(_) => {
                Segment::of::<Cosine>(Rows::of::<Cosine>(vocabulary, texts, first), vocabulary, t)
            }
            Measure::WordJaccard(_) => {
                Segment::of::<Jaccard>(Rows::of::<Jaccard>(vocabulary, texts, first), vocabulary, t)
            }
        }
    }

    fn pairs(&self, new: &Segment, vocabulary: &Vocabulary, numbers: &[Box<str>], progress: Progress) -> Vec<Pair> {
        let found = match self.options.measure {
            Measure::GramCosine(_) | Measure::GramCosineFolded(_) => self.found::<Cosine>(new, vocabulary, progress),
            Measure::WordJaccard(_) => self.found::<Jaccard>(new, vocabulary, progress),
        };
        let held = self.len();
        let numbers_of = |text: u32| self.numbers.get(text as usize).unwrap_or_else(|| &numbers[text as usize - held]);
        let pair = |(x, y, score): (u32, u32, f64)| {
            let (a, b) = (x.min(y), x.max(y));
            Pair { a, b, score, numbers_differ: numbers_of(a) != numbers_of(b) }
        };
        let mut pairs: Vec<Pair> = found.into_par_iter().map(pair).collect();
        pairs.par_sort_unstable_by_key(|pair| (pair.a, pair.b));
        pairs
    }

    /// The rows of `new` against each other and against every segment held, as texts and score, in any order.
    fn found<K: Kernel>(&self, new: &Segment, vocabulary: &Vocabulary, progress: Progress) -> Vec<(u32, u32, f64)> {
        let t = self.options.threshold;
        let probe = |segment| Probe::<K>::new(segment, vocabulary.weights(), t);
        let rows = new.rows.len();
        let order = new.order();
        let done = AtomicU64::new(0);
        let idle: Mutex<Vec<Vec<Scratch>>> = Mutex::default();
        let chunk = |nth: usize| {
            let mut out = Vec::new();
            // One scratch a segment; a poisoned lock only costs new ones.
            let mut scratches = idle.lock().ok().and_then(|mut idle| idle.pop()).unwrap_or_default();
            scratches.resize_with(self.segments.len() + 1, Scratch::default);
            for &row in &order[nth * CHUNK..rows.min((nth + 1) * CHUNK)] {
                let row = row as usize;
                let x = new.row(row);
                let text = new.rows.texts[row];
                let (own, held) = scratches.split_at_mut(1);
                probe(new).lighter(x, row, &mut own[0], &mut |y, score| out.push((text, new.rows.texts[y], score)));
                for (segment, scratch) in self.segments.iter().zip(held) {
                    let mut found = |y: usize, score| out.push((text, segment.rows.texts[y], score));
                    let middle = segment.rows.masses.partition_point(|&mass| mass <= x.mass);
                    probe(segment).lighter(x, middle, scratch, &mut found);
                    probe(segment).heavier(x, middle, scratch, &mut found);
                }
            }
            if let Ok(mut idle) = idle.lock() {
                idle.push(scratches);
            }
            let step = (rows - nth * CHUNK).min(CHUNK) as u64;
            progress(done.fetch_add(step, Ordering::Relaxed) + step, rows as u64);
            out
        };
        (0..rows.div_ceil(CHUNK)).into_par_iter().with_max_len(1).flat_map_iter(chunk).collect()
    }
}

fn numbers_of(texts: &[&str]) -> Vec<Box<str>> {
    texts.par_iter().map(|text| numbers::joined(text)).collect()
}
