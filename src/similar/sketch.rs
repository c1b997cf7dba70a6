//! The overlap of two rows bounded from above without reading their vectors: each row in few lanes.
//!
//! The tokens of a row fall into lanes; a lane holds the root of the share of mass that lies in it. By the inequality of
//! Cauchy and Schwarz in each lane, the overlap of two rows, as a share of `√(X·Y)`, is at most the product of their lanes,
//! summed up. Lanes are rounded up, so the bound holds in integers too. A second sketch with other lanes leaves out most of
//! what tokens that fall together by chance let through the first.

use super::kernel::Kernel;
use super::rows::Rows;
use rayon::prelude::*;

/// Lanes of a sketch, a byte each: one line of the cache, because nearly all of the time goes into fetching it.
const LANES: usize = 64;

/// A root of 1. Roots of half or more do not fit; rows that have one are few and short, and are never left out.
const ONE: f64 = 512.0;

/// Neighbouring numbers in neighbouring lanes. Tokens of nearly the same frequency, such as those of one phrase, have
/// numbers next to each other and so fall into different lanes.
pub(super) fn in_turn(token: u32) -> usize {
    token as usize
}

/// Lanes that have nothing to do with those of [`in_turn`]: two tokens that share one there hardly share one here.
pub(super) fn scattered(token: u32) -> usize {
    (token.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

/// The lanes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Sketch([u8; LANES]);

impl Sketch {
    /// Sketches of all rows; `lane` says into which a token falls.
    pub(super) fn of<K: Kernel>(rows: &Rows, weights: &[u32], lane: fn(u32) -> usize) -> Vec<Sketch> {
        let sketch = |row: usize| {
            let (tokens, counts) = rows.get(row);
            let mut masses = [0u64; LANES];
            for (&token, &count) in tokens.iter().zip(counts) {
                masses[lane(token) % LANES] += K::mass(count.into(), weights[token as usize].into());
            }
            let whole = rows.masses[row] as f64;
            let lanes = masses.map(|mass| ((mass as f64 / whole).sqrt() * ONE * (1.0 + 1e-9)).ceil());
            if lanes.iter().all(|&lane| lane <= 255.0) {
                Sketch(lanes.map(|lane| lane as u8))
            } else {
                Sketch([255; LANES])
            }
        };
        (0..rows.len()).into_par_iter().map(sketch).collect()
    }

    /// What the bound on two rows must reach for their overlap to reach the share `near` of `√(X·Y)`.
    pub(super) fn least(near: f64) -> i32 {
        (near * ONE * ONE).floor() as i32
    }

    /// The bound, in units of `ONE²`.
    pub(super) fn bound(&self, other: &Sketch) -> i32 {
        let mut sums = [0i32; 16];
        for (a, b) in self.0.chunks_exact(16).zip(other.0.chunks_exact(16)) {
            for (sum, (&a, &b)) in sums.iter_mut().zip(a.iter().zip(b)) {
                *sum += i32::from(u16::from(a) * u16::from(b));
            }
        }
        sums.iter().sum()
    }
}
