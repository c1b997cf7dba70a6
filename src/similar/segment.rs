//! Rows and the lists in which their rarest tokens are looked up.

use super::kernel::{Kernel, loose};
use super::rows::Rows;
use super::sketch::{self, Sketch};
use super::weights::Vocabulary;
use rayon::prelude::*;
use std::ops::Range;

/// Tokens by which rows are put in the order of [`Segment::order`].
const KEY: usize = 4;

/// Which rows and tokens a family of lists holds. A row of little excess (at most [`Segment::regular`] of its mass) is in
/// the first two, the others are in the third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// The tokens by which partners at least as heavy and of little excess find the row.
    Core,
    /// Further tokens by which any partner finds it.
    Extra,
    /// All such tokens of a row of much excess.
    Odd,
}

/// A row that holds the token of the list, and what is left of the row from this token on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Posting {
    pub(super) row: u32,
    /// Share of the row's mass left from the token on, in units of [`WHOLE`], rounded up.
    pub(super) rest: u16,
}

/// All of the mass of a row, in the units of [`Posting::rest`].
pub(super) const WHOLE: f64 = 65535.0;

/// Rows added together, with their lists.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) rows: Rows,
    /// Excess, as a share of mass, up to which a row counts as regular.
    pub(super) regular: f64,
    /// The last token by which each row is indexed in [`Family::Core`] (odd rows: in [`Family::Odd`]).
    core: Vec<u32>,
    /// The last token by which each row is indexed at all.
    full: Vec<u32>,
    /// Two sketches of each row.
    pub(super) sketches: [Vec<Sketch>; 2],
    lists: [Lists; 3],
}

#[derive(Debug, Clone, Default)]
struct Lists {
    starts: Vec<usize>,
    postings: Vec<Posting>,
}

impl Segment {
    /// Indexes rows for joins at a threshold.
    pub(super) fn of<K: Kernel>(rows: Rows, vocabulary: &Vocabulary, threshold: f64) -> Self {
        let t = loose(threshold);
        let regular = usual_excess(&rows).min(t * t / 4.0);
        let sketch = |lane| Sketch::of::<K>(&rows, vocabulary.weights(), lane);
        let sketches = [sketch(sketch::in_turn), sketch(sketch::scattered)];
        let mut segment = Segment {
            sketches,
            rows,
            regular,
            core: Vec::new(),
            full: Vec::new(),
            lists: [Lists::default(), Lists::default(), Lists::default()],
        };
        let (any, heavier) = (K::share_any(t), K::share_heavier(t, regular));
        for row in 0..segment.rows.len() {
            let full = last::<K>(&segment.rows, vocabulary, row, any);
            let core = if segment.is_regular(row) { last::<K>(&segment.rows, vocabulary, row, heavier) } else { full };
            segment.full.push(full);
            segment.core.push(core);
        }
        for family in [Family::Core, Family::Extra, Family::Odd] {
            segment.lists[family as usize] = Lists::of::<K>(&segment, family, vocabulary.weights());
        }
        segment
    }

    /// All rows, those next to each other that are looked up under the same tokens: what one probe has brought into the
    /// cache serves the next.
    pub(super) fn order(&self) -> Vec<u32> {
        // The commonest tokens a row is looked up under have the longest lists.
        let key = |row: &u32| {
            let (tokens, _) = self.rows.get(*row as usize);
            let floor = self.full[*row as usize];
            let depth = tokens.partition_point(|&t| t >= floor);
            let mut key = [0; KEY];
            tokens[..depth].iter().rev().zip(&mut key).for_each(|(&token, place)| *place = token);
            (key, *row)
        };
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        order.par_sort_by_cached_key(key);
        order
    }

    /// Whether the excess of a row is small.
    pub(super) fn is_regular(&self, row: usize) -> bool {
        is_regular(self.rows.masses[row], self.rows.excesses[row], self.regular)
    }

    /// The rows of a family that hold a token, in ascending order.
    pub(super) fn list(&self, family: Family, token: u32) -> &[Posting] {
        let lists = &self.lists[family as usize];
        let token = token as usize;
        if token + 1 < lists.starts.len() { &lists.postings[lists.starts[token]..lists.starts[token + 1]] } else { &[] }
    }

    /// The tokens of a row that a family holds, as places in the row.
    fn held(&self, family: Family, row: usize) -> Range<usize> {
        let (core, full) = (self.core[row], self.full[row]);
        let (from, to) = match (family, self.is_regular(row)) {
            (Family::Core, true) => (core, u32::MAX),
            (Family::Extra, true) => (full, core),
            (Family::Odd, false) => (full, u32::MAX),
            _ => (u32::MAX, u32::MAX),
        };
        let (tokens, _) = self.rows.get(row);
        tokens.partition_point(|&t| t >= to)..tokens.partition_point(|&t| t >= from)
    }
}

/// Whether an excess is at most a share of the mass.
pub(super) fn is_regular(mass: u64, excess: u64, share: f64) -> bool {
    excess as f64 <= share * mass as f64
}

impl Lists {
    fn of<K: Kernel>(segment: &Segment, family: Family, weights: &[u32]) -> Self {
        let mut starts = vec![0; weights.len() + 1];
        for row in 0..segment.rows.len() {
            let (tokens, _) = segment.rows.get(row);
            tokens[segment.held(family, row)].iter().for_each(|&token| starts[token as usize + 1] += 1);
        }
        for token in 0..weights.len() {
            starts[token + 1] += starts[token];
        }
        let mut postings = vec![Posting::default(); starts[weights.len()]];
        let mut next = starts.clone();
        for row in 0..segment.rows.len() {
            let held = segment.held(family, row);
            let (tokens, counts) = segment.rows.get(row);
            let mass = segment.rows.masses[row];
            let mut rest = mass;
            for (at, (&token, &count)) in tokens[..held.end].iter().zip(counts).enumerate() {
                if at >= held.start {
                    let share = (rest as f64 / mass as f64 * WHOLE).ceil() as u16;
                    postings[next[token as usize]] = Posting { row: row as u32, rest: share };
                    next[token as usize] += 1;
                }
                rest -= K::mass(count.into(), weights[token as usize].into());
            }
        }
        Lists { starts, postings }
    }
}

/// The last token from which on a row has a share of its mass left.
fn last<K: Kernel>(rows: &Rows, vocabulary: &Vocabulary, row: usize, share: f64) -> u32 {
    let mass = rows.masses[row];
    let least = share * mass as f64;
    let mut rest = mass;
    let (tokens, counts) = rows.get(row);
    for (&token, &count) in tokens.iter().zip(counts) {
        if (rest as f64) < least {
            return token + 1;
        }
        rest -= K::mass(count.into(), vocabulary.weights()[token as usize].into());
    }
    0
}

/// The excess, as a share of mass, that nineteen rows in twenty do not pass.
fn usual_excess(rows: &Rows) -> f64 {
    let mut shares: Vec<f64> = rows.masses.iter().zip(&rows.excesses).map(|(&m, &e)| e as f64 / m as f64).collect();
    let nth = shares.len() * 19 / 20;
    if shares.is_empty() { 0.0 } else { *shares.select_nth_unstable_by(nth, f64::total_cmp).1 }
}
