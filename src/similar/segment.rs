//! Rows and the lists in which their rarest tokens are looked up.

use super::kernel::{Kernel, loose};
use super::rows::Rows;
use super::sketch::Sketch;
use super::weights::Vocabulary;

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

/// A row that holds the token of the list, and how often.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    pub(super) row: u32,
    pub(super) count: u32,
}

/// How far a row is indexed: every token numbered `floor` or more, so that `rest` of its mass is not.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cut {
    pub(super) floor: u32,
    pub(super) rest: f64,
}

/// Rows added together, with their lists.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) rows: Rows,
    /// Excess, as a share of mass, up to which a row counts as regular.
    pub(super) regular: f64,
    /// How far each row is indexed when only [`Family::Core`] is read (for odd rows: [`Family::Odd`]).
    pub(super) core: Vec<Cut>,
    /// How far each row is indexed when all families are read.
    pub(super) full: Vec<Cut>,
    /// A sketch of each row; none where the measure has no use for them.
    pub(super) sketches: Vec<Sketch>,
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
        let sketches = if K::IS_SKETCHED { Sketch::of::<K>(&rows, vocabulary.weights()) } else { Vec::new() };
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
            let full = cut::<K>(&segment.rows, vocabulary, row, any);
            let core = if segment.is_regular(row) { cut::<K>(&segment.rows, vocabulary, row, heavier) } else { full };
            segment.full.push(full);
            segment.core.push(core);
        }
        for family in [Family::Core, Family::Extra, Family::Odd] {
            segment.lists[family as usize] = Lists::of(&segment, family, vocabulary.weights().len());
        }
        segment
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

    /// The tokens of a row that a family holds, with their counts.
    fn held(&self, family: Family, row: usize) -> impl Iterator<Item = (u32, u8)> {
        let (core, full) = (self.core[row].floor, self.full[row].floor);
        let (from, to) = match (family, self.is_regular(row)) {
            (Family::Core, true) => (core, u32::MAX),
            (Family::Extra, true) => (full, core),
            (Family::Odd, false) => (full, u32::MAX),
            _ => (u32::MAX, u32::MAX),
        };
        let (tokens, counts) = self.rows.get(row);
        let span = tokens.partition_point(|&t| t >= to)..tokens.partition_point(|&t| t >= from);
        tokens[span.clone()].iter().copied().zip(counts[span].iter().copied())
    }
}

/// Whether an excess is at most a share of the mass.
pub(super) fn is_regular(mass: u64, excess: u64, share: f64) -> bool {
    excess as f64 <= share * mass as f64
}

impl Lists {
    fn of(segment: &Segment, family: Family, tokens: usize) -> Self {
        let mut starts = vec![0; tokens + 1];
        for row in 0..segment.rows.len() {
            segment.held(family, row).for_each(|(token, _)| starts[token as usize + 1] += 1);
        }
        for token in 0..tokens {
            starts[token + 1] += starts[token];
        }
        let mut postings = vec![Posting { row: 0, count: 0 }; starts[tokens]];
        let mut next = starts.clone();
        for row in 0..segment.rows.len() {
            for (token, count) in segment.held(family, row) {
                postings[next[token as usize]] = Posting { row: row as u32, count: count.into() };
                next[token as usize] += 1;
            }
        }
        Lists { starts, postings }
    }
}

/// Where the mass left of a row falls under a share of it.
fn cut<K: Kernel>(rows: &Rows, vocabulary: &Vocabulary, row: usize, share: f64) -> Cut {
    let mass = rows.masses[row];
    let least = share * mass as f64;
    let mut rest = mass;
    let (tokens, counts) = rows.get(row);
    for (&token, &count) in tokens.iter().zip(counts) {
        if (rest as f64) < least {
            return Cut { floor: token + 1, rest: rest as f64 };
        }
        rest -= K::mass(count.into(), vocabulary.weights()[token as usize].into());
    }
    Cut { floor: 0, rest: 0.0 }
}

/// The excess, as a share of mass, that nineteen rows in twenty do not pass.
fn usual_excess(rows: &Rows) -> f64 {
    let mut shares: Vec<f64> = rows.masses.iter().zip(&rows.excesses).map(|(&m, &e)| e as f64 / m as f64).collect();
    let nth = shares.len() * 19 / 20;
    if shares.is_empty() { 0.0 } else { *shares.select_nth_unstable_by(nth, f64::total_cmp).1 }
}
