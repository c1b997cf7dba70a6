//! The partners of one row among the rows of a segment.
//!
//! Tokens are taken rarest first, on both sides. Let *d* be the first token two texts share. Everything they share lies in
//! what is left of each from *d* on, so a pair that reaches the threshold needs, by [`Kernel::spare`], much mass left on
//! both sides: *d* is among the few rarest tokens of each. Only those are indexed, and only those are looked up. Three
//! further bounds leave out pairs before their vectors are read:
//! - a lighter partner must have enough mass at all ([`Kernel::unreachable`]): rows are in order of mass, so this cuts every
//!   list to a span;
//! - the deeper *d* lies in the row that probes, the lighter the partner must be ([`Kernel::heaviest`]): the span shrinks;
//! - what the looked-up tokens have in common is summed in a dense array; with what may still be shared after them it must
//!   reach the threshold.
//!
//! The rest is verified token by token, stopping when what is left of the partner cannot suffice.

use super::kernel::{Kernel, loose};
use super::segment::{Cut, Family, Segment, is_regular};
use super::sketch::Sketch;
use std::marker::PhantomData;
use std::ops::Range;

/// Sums in `f32` of a few dozen terms are off by far less than this, relatively.
const SLACK_OF_SUMS: f64 = 1e-5;

/// Tokens verified between two looks at the bound.
const STRIDE: usize = 8;

/// The text whose partners are sought.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) tokens: &'a [u32],
    pub(super) counts: &'a [u8],
    pub(super) mass: u64,
    pub(super) excess: u64,
    pub(super) sketch: Option<&'a Sketch>,
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
            sketch: self.sketches.get(row),
        }
    }
}

/// Arrays kept from probe to probe; all zero or empty in between.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// By row: mass found in common so far.
    shared: Vec<f32>,
    /// Rows with something in common.
    touched: Vec<u32>,
    /// By token: its count in the text that probes.
    counts: Vec<u8>,
    /// By token looked up: the mass left from it on; one more for what is left after the last.
    rests: Vec<f64>,
    /// By token looked up: the end of the span of rows that may have it as first shared token.
    ends: Vec<u32>,
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
        self.clear(x, scratch);
    }

    /// Calls `found` with each row from `heavier` on and its score.
    pub(super) fn heavier(&self, x: Row, heavier: usize, scratch: &mut Scratch, found: &mut impl FnMut(usize, f64)) {
        self.prepare(x, scratch);
        self.pass(x, heavier..self.segment.rows.len(), false, false, scratch, found);
        self.clear(x, scratch);
    }

    fn prepare(&self, x: Row, scratch: &mut Scratch) {
        scratch.shared.resize(self.segment.rows.len(), 0.0);
        scratch.counts.resize(self.weights.len(), 0);
        let least = K::share_any(self.t) * x.mass as f64;
        let mut rest = x.mass;
        scratch.rests.clear();
        for (&token, &count) in x.tokens.iter().zip(x.counts) {
            scratch.counts[token as usize] = count;
            if scratch.rests.last().is_none_or(|&r| r >= least) {
                scratch.rests.push(rest as f64);
            }
            rest -= K::mass(count.into(), self.weights[token as usize].into());
        }
        if scratch.rests.last().is_none_or(|&r| r >= least) {
            scratch.rests.push(0.0);
        }
    }

    fn clear(&self, x: Row, scratch: &mut Scratch) {
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
        let depth = scratch.rests.len() - 1;
        scratch.ends.clear();
        for (i, &token) in x.tokens[..depth].iter().enumerate() {
            let end = if lighter { self.end(x, scratch.rests[i], &span) } else { span.end };
            scratch.ends.push(end as u32);
            let weight = self.weights[token as usize].into();
            let count = x.counts[i];
            self.add(Family::Core, token, count, weight, span.start..end, scratch);
            if !core {
                self.add(Family::Extra, token, count, weight, span.start..end, scratch);
            }
            self.add(Family::Odd, token, count, weight, span.clone(), scratch);
        }
        let cuts = if core { &self.segment.core } else { &self.segment.full };
        let least = Sketch::least(self.t);
        let touched = std::mem::take(&mut scratch.touched);
        for &row in &touched {
            let shared = std::mem::take(&mut scratch.shared[row as usize]);
            let row = row as usize;
            let is_near = x.sketch.is_none_or(|sketch| sketch.bound(&self.segment.sketches[row]) >= least);
            if is_near
                && self.may_reach(x, row, f64::from(shared), cuts[row], scratch)
                && let Some(score) = self.verify(x, row, &scratch.counts)
            {
                found(row, score);
            }
        }
        scratch.touched = touched;
        scratch.touched.clear();
    }

    /// End of the rows that may have as first shared token one with `rest` left of the mass of `x`.
    fn end(&self, x: Row, rest: f64, span: &Range<usize>) -> usize {
        let heaviest = K::heaviest(self.t, rest, x.mass as f64, self.segment.regular);
        let masses = &self.segment.rows.masses[span.clone()];
        span.start + masses.partition_point(|&m| m as f64 <= heaviest)
    }

    /// Adds what a token has in common with the rows of a list.
    fn add(&self, family: Family, token: u32, count: u8, weight: u64, span: Range<usize>, scratch: &mut Scratch) {
        let list = self.segment.list(family, token);
        let from = list.partition_point(|p| (p.row as usize) < span.start);
        let list = &list[from..];
        let list = &list[..list.partition_point(|p| (p.row as usize) < span.end)];
        let Scratch { shared, touched, .. } = scratch;
        for posting in list {
            let sum = &mut shared[posting.row as usize];
            if *sum == 0.0 {
                touched.push(posting.row);
            }
            *sum += K::overlap(count.into(), posting.count.into(), weight) as f32;
        }
    }

    /// Whether what was found in common, with what may lie beyond the tokens looked up, can suffice.
    fn may_reach(&self, x: Row, row: usize, shared: f64, cut: Cut, scratch: &Scratch) -> bool {
        let rows = &self.segment.rows;
        let (mass, excess) = (rows.masses[row] as f64, rows.excesses[row] as f64);
        let depth = scratch.ends.len();
        // Beyond which token of x was something in common not counted: the partner is not indexed so far,
        let by_partner = x.tokens[..depth].partition_point(|&token| token >= cut.floor);
        // or x was not looked up so far.
        let by_x =
            if self.segment.is_regular(row) { scratch.ends.partition_point(|&end| end as usize > row) } else { depth };
        let at = by_partner.min(by_x);
        let left = if at == by_partner && at < depth { cut.rest } else { mass };
        let spare = K::spare(scratch.rests[at], left, x.excess as f64, excess);
        shared * (1.0 + SLACK_OF_SUMS) + spare >= K::need(self.t, x.mass as f64, mass)
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
