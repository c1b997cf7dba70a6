//! Texts as sparse vectors of token counts, side by side in memory, lightest first.

use super::kernel::Kernel;
use super::weights::Vocabulary;
use rayon::prelude::*;

/// Vectors of texts, in order of mass; a row is the place of a vector in this order.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    /// Position of the text of each row.
    pub(super) texts: Vec<u32>,
    /// Mass of each row, in units of weight.
    pub(super) masses: Vec<u64>,
    /// Excess of each row.
    pub(super) excesses: Vec<u64>,
    starts: Vec<usize>,
    tokens: Vec<u32>,
    counts: Vec<u8>,
}

impl Rows {
    /// Vectors of texts; `first` is the position of the first. Texts without any weight are left out: they match nothing.
    pub(super) fn of<K: Kernel>(vocabulary: &Vocabulary, texts: &[&str], first: u32) -> Self {
        let by_text = Rows::in_order_of_text::<K>(vocabulary, texts, first);
        let mut order: Vec<u32> = (0..by_text.len() as u32).filter(|&r| by_text.masses[r as usize] > 0).collect();
        order.par_sort_unstable_by_key(|&r| (by_text.masses[r as usize], r));
        let mut rows = Rows::with_capacity(order.len(), by_text.tokens.len());
        for r in order {
            let r = r as usize;
            let (tokens, counts) = by_text.get(r);
            rows.push(by_text.texts[r], by_text.masses[r], by_text.excesses[r], tokens, counts);
        }
        rows
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// Token numbers of a row, rarest first, and their counts.
    pub(super) fn get(&self, row: usize) -> (&[u32], &[u8]) {
        let span = self.starts[row]..self.starts[row + 1];
        (&self.tokens[span.clone()], &self.counts[span])
    }

    fn in_order_of_text<K: Kernel>(vocabulary: &Vocabulary, texts: &[&str], first: u32) -> Self {
        let chunk = 4096;
        let parts: Vec<Rows> = texts
            .par_chunks(chunk)
            .enumerate()
            .map(|(nth, texts)| Rows::of_chunk::<K>(vocabulary, texts, first + (nth * chunk) as u32))
            .collect();
        let mut all = Rows::with_capacity(texts.len(), parts.iter().map(|p| p.tokens.len()).sum());
        for part in parts {
            all.append(&part);
        }
        all
    }

    fn of_chunk<K: Kernel>(vocabulary: &Vocabulary, texts: &[&str], first: u32) -> Self {
        let mut rows = Rows::with_capacity(texts.len(), 0);
        let (mut keys, mut vector) = (Vec::new(), Vec::new());
        for (text, position) in texts.iter().zip(first..) {
            vocabulary.vector(text, &mut keys, &mut vector);
            let weighted = |f: fn(u64, u64) -> u64| {
                vector.iter().map(|&(t, n)| f(n.into(), vocabulary.weights()[t as usize].into())).sum()
            };
            let (mass, excess) = (weighted(K::mass), weighted(K::excess));
            let (tokens, counts): (Vec<u32>, Vec<u8>) = vector.iter().copied().unzip();
            rows.push(position, mass, excess, &tokens, &counts);
        }
        rows
    }

    fn with_capacity(rows: usize, tokens: usize) -> Self {
        let mut starts = Vec::with_capacity(rows + 1);
        starts.push(0);
        Rows {
            texts: Vec::with_capacity(rows),
            masses: Vec::with_capacity(rows),
            excesses: Vec::with_capacity(rows),
            starts,
            tokens: Vec::with_capacity(tokens),
            counts: Vec::with_capacity(tokens),
        }
    }

    fn push(&mut self, text: u32, mass: u64, excess: u64, tokens: &[u32], counts: &[u8]) {
        self.texts.push(text);
        self.masses.push(mass);
        self.excesses.push(excess);
        self.tokens.extend_from_slice(tokens);
        self.counts.extend_from_slice(counts);
        self.starts.push(self.tokens.len());
    }

    fn append(&mut self, other: &Rows) {
        let offset = self.tokens.len();
        self.texts.extend_from_slice(&other.texts);
        self.masses.extend_from_slice(&other.masses);
        self.excesses.extend_from_slice(&other.excesses);
        self.tokens.extend_from_slice(&other.tokens);
        self.counts.extend_from_slice(&other.counts);
        self.starts.extend(other.starts[1..].iter().map(|s| s + offset));
    }
}
