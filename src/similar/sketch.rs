//! A cosine bounded from above without reading the vectors: each row in few lanes.
//!
//! The tokens of a row fall into lanes; a lane holds the root of the share of mass that lies in it. By the inequality of
//! Cauchy and Schwarz in each lane, the cosine of two rows is at most the product of their lanes, summed up. Lanes are rounded up, so
//! the bound holds in integers too. Tokens of nearly the same frequency, such as those of one phrase, have numbers next to each other
//! and so fall into different lanes.

use super::kernel::Kernel;
use super::rows::Rows;
use rayon::prelude::*;

/// Lanes of a sketch, a byte each: one line of the cache, because nearly all of the time goes into fetching it.
const LANES: usize = 64;

/// A share of 1. Shares of more than half do not fit; rows that have one are few and short, and are never left out.
const ONE: f64 = 512.0;

/// The lanes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sketch([u8; LANES]);

impl Sketch {
    /// Sketches of all rows.
    pub(super) fn of<K: Kernel>(rows: &Rows, weights: &[u32]) -> Vec<Sketch> {
        let sketch = |row: usize| {
            let (tokens, counts) = rows.get(row);
            let mut masses = [0u64; LANES];
            for (&token, &count) in tokens.iter().zip(counts) {
                masses[token as usize % LANES] += K::mass(count.into(), weights[token as usize].into());
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

    /// What the bound on two rows must reach for their cosine to reach `t`.
    pub(super) fn least(t: f64) -> i32 {
        (t * ONE * ONE).floor() as i32
    }

    /// The bound, in units of `ONE²`.
    pub(super) fn bound(&self, other: &Sketch) -> i32 {
        self.0.iter().zip(&other.0).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
    }
}
