//! The partners of one row among the rows of a segment.
//!
//! Tokens are taken rarest first, on both sides. Let *d* be the first token two texts share. Everything they share lies in
//! what is left of each from *d* on, so a pair that reaches the threshold needs, by [`Kernel::spare`], much mass left on
//! both sides: *d* is among the few rarest tokens of each. Only those are indexed, and only those are looked up. Four
//! further bounds leave out pairs before their vectors are read:
//! - a lighter partner must have enough mass at all ([`Kernel::unreachable`]): rows are in order of mass, so this cuts every
//!   list to a span;
//! - the deeper *d* lies in the row that probes, the lighter the partner must be ([`Kernel::heaviest`]): the span shrinks;
//! - what is left of both from *d* on must suffice together ([`Kernel::near`]);
//! - so must their [sketches](Sketch).
//!
//! The rest is verified token by token, stopping when what is left of the partner cannot suffice.

use super::kernel::{Kernel, loose};
use super::segment::{Family, Segment, WHOLE, is_regular};
use super::sketch::Sketch;
use std::marker::PhantomData;
use std::ops::Range;

/// Tokens verified between two looks at the bound.
const STRIDE: usize = 8;

/// The text whose partners are sought.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) tokens: &'a [u32],
    pub(super) counts: &'a [u8],
    pub(super) mass: u64,
    pub(super) excess: u64,
    pub(super) sketches: [&'a Sketch; 2],
}

impl Segment {
    /// A row as it probes.
    pub(super) fn row(&self, row: usize) -> Row<'_> {
        let (tokens, counts) = self.rows.get(row);
        Row {
            tokens,
            counts,
            mass: self.rows.masses[row],
            excess: self.rows.excesses[row],
            sketches: [&self.sketches[0][row], &self.sketches[1][row]],
        }
    }
}

/// Arrays kept from probe to probe; all zero or empty in between.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// By row, a bit each: whether it has been met.
    met: Vec<u64>,
    /// Rows met.
    candidates: Vec<u32>,
    /// By token: its count in the text that probes.
    counts: Vec<u8>,
    /// By token looked up: the mass left from it on.
    rests: Vec<f64>,
}

/// A token looked up.
#[derive(Debug, Clone, Copy)]
struct Look {
    token: u32,
    /// Least [`Posting::rest`](super::segment::Posting::rest) of a row that shares it as first token.
    rest: u16,
}

/// A share of mass in the units of postings, so that no posting under it can have the share.
fn least_rest(share: f64) -> u16 {
    (share * (1.0 - 1e-9) * WHOLE).floor().min(WHOLE) as u16
}

/// Looks up partners in one segment at one threshold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Probe<'a, K> {
    segment: &'a Segment,
    weights: &'a [u32],
    threshold: f64,
    t: f64,
    kernel: PhantomData<K>,
}

impl<'a, K: Kernel> Probe<'a, K> {
    pub(super) fn new(segment: &'a Segment, weights: &'a [u32], threshold: f64) -> Self {
        Probe { segment, weights, threshold, t: loose(threshold), kernel: PhantomData }
    }

    /// Calls `found` with each row of `0..lighter` and its score. These rows must not be heavier than `x`.
    pub(super) fn lighter(&self, x: Row, lighter: usize, scratch: &mut Scratch, found: &mut impl FnMut(usize, f64)) {
        self.prepare(x, scratch);
        let masses = &self.segment.rows.masses[..lighter];
        let (low, high) = K::unreachable(self.t, x.mass as f64, x.excess as f64);
        let near = masses.partition_point(|&m| (m as f64) < high);
        let far = masses.partition_point(|&m| m as f64 <= low).min(near);
        let regular = is_regular(x.mass, x.excess, self.segment.regular);
        self.pass(x, near..lighter, regular, true, scratch, found);
        if far > 0 {
            self.pass(x, 0..far, false, true, scratch, found);
        }
        Self::clear(x, scratch);
    }

    /// Calls `found` with each row from `heavier` on and its score.
    pub(super) fn heavier(&self, x: Row, heavier: usize, scratch: &mut Scratch, found: &mut impl FnMut(usize, f64)) {
        self.prepare(x, scratch);
        self.pass(x, heavier..self.segment.rows.len(), false, false, scratch, found);
        Self::clear(x, scratch);
    }

    fn prepare(&self, x: Row, scratch: &mut Scratch) {
        scratch.met.resize(self.segment.rows.len().div_ceil(64), 0);
        scratch.counts.resize(self.weights.len(), 0);
        let least = K::share_any(self.t) * x.mass as f64;
        let mut rest = x.mass;
        scratch.rests.clear();
        for (&token, &count) in x.tokens.iter().zip(x.counts) {
            scratch.counts[token as usize] = count;
            if rest as f64 >= least {
                scratch.rests.push(rest as f64);
            }
            rest -= K::mass(count.into(), self.weights[token as usize].into());
        }
    }

    fn clear(x: Row, scratch: &mut Scratch) {
        x.tokens.iter().for_each(|&token| scratch.counts[token as usize] = 0);
    }

    /// One span of rows. `core`: regular rows are found by their core alone; `lighter`: the rows are not heavier than `x`.
    fn pass(
        &self,
        x: Row,
        span: Range<usize>,
        core: bool,
        lighter: bool,
        scratch: &mut Scratch,
        found: &mut impl FnMut(usize, f64),
    ) {
        for i in 0..scratch.rests.len() {
            let (token, rest) = (x.tokens[i], scratch.rests[i]);
            let look = Look { token, rest: least_rest(K::near(self.t).powi(2) * x.mass as f64 / rest) };
            let end = if lighter { self.end(x, rest, &span) } else { span.end };
            self.meet(Family::Core, look, span.start..end, scratch);
            if !core {
                self.meet(Family::Extra, look, span.start..end, scratch);
            }
            self.meet(Family::Odd, look, span.clone(), scratch);
        }
        let least = Sketch::least(K::near(self.t));
        let Scratch { met, candidates, counts, .. } = scratch;
        for row in candidates.drain(..) {
            let row = row as usize;
            met[row / 64] = 0;
            let may_reach = |nth: usize| x.sketches[nth].bound(&self.segment.sketches[nth][row]) >= least;
            if may_reach(0)
                && may_reach(1)
                && let Some(score) = self.verify(x, row, counts)
            {
                found(row, score);
            }
        }
    }

    /// End of the rows that may have as first shared token one with `rest` left of the mass of `x`.
    fn end(&self, x: Row, rest: f64, span: &Range<usize>) -> usize {
        let heaviest = K::heaviest(self.t, rest, x.mass as f64, self.segment.regular);
        let masses = &self.segment.rows.masses[span.clone()];
        span.start + masses.partition_point(|&m| m as f64 <= heaviest)
    }

    /// Notes the rows of a list as candidates. A row is passed over when what is left of both from this token on cannot
    /// suffice: then no later token can make up for it.
    fn meet(&self, family: Family, look: Look, span: Range<usize>, scratch: &mut Scratch) {
        let list = self.segment.list(family, look.token);
        let from = list.partition_point(|p| (p.row as usize) < span.start);
        let list = &list[from..];
        let list = &list[..list.partition_point(|p| (p.row as usize) < span.end)];
        let Scratch { met, candidates, .. } = scratch;
        for posting in list.iter().filter(|posting| posting.rest >= look.rest) {
            let (word, bit) = (&mut met[posting.row as usize / 64], 1 << (posting.row % 64));
            if *word & bit == 0 {
                *word |= bit;
                candidates.push(posting.row);
            }
        }
    }

    /// The score of `x` and a row when it reaches the threshold.
    fn verify(&self, x: Row, row: usize, counts_of_x: &[u8]) -> Option<f64> {
        let rows = &self.segment.rows;
        let (mass, excess) = (rows.masses[row], rows.excesses[row]);
        let need = K::need(self.t, x.mass as f64, mass as f64);
        let (tokens, counts) = rows.get(row);
        let (mut shared, mut rest) = (0u64, mass);
        for (tokens, counts) in tokens.chunks(STRIDE).zip(counts.chunks(STRIDE)) {
            for (&token, &count) in tokens.iter().zip(counts) {
                let weight = u64::from(self.weights[token as usize]);
                shared += K::overlap(counts_of_x[token as usize].into(), count.into(), weight);
                rest -= K::mass(count.into(), weight);
            }
            if (shared as f64) + K::spare(x.mass as f64, rest as f64, x.excess as f64, excess as f64) < need {
                return None;
            }
        }
        let score = K::score(shared, x.mass, mass);
        (score >= self.threshold).then_some(score)
    }
}
