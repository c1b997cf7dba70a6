//! `cargo bench --bench choose`: the exact choice of databases on 15 sources (brute force beside it) and on a synthetic
//! instance of 40 sources and 200,000 requests. Prints distinct sets, time, proof and gap.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark talks to the person who runs it"
)]

use std::collections::BTreeSet;
use std::time::Instant;
use tinhgon::propose::choose::{Bundle, Instance, Limits, best_set, ranking};

/// `SplitMix64`: a short seeded generator, so that every run measures the same instance.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

/// Procedures of one to eight requests, each answered by a source; low numbers are asked for more often.
fn instance(sources: usize, requests: u64, seed: u64) -> Instance {
    let mut random = Random(seed);
    let (mut bundles, mut left) = (Vec::new(), requests);
    while left > 0 {
        let rows = (1 + random.below(8)).min(left);
        left -= rows;
        let needs: BTreeSet<usize> = (0..rows.min(1 + random.below(4)))
            .map(|_| usize::try_from(random.below(sources as u64).min(random.below(sources as u64))).unwrap())
            .collect();
        bundles.push(Bundle { needs: needs.into_iter().collect(), worth: rows });
    }
    Instance { costs: (0..sources).map(|_| 1 + random.below(9)).collect(), bundles }
}

fn main() {
    for (sources, requests) in [(15, 5_000), (40, 200_000)] {
        let instance = instance(sources, requests, 7);
        let distinct: BTreeSet<&Vec<usize>> = instance.bundles.iter().map(|b| &b.needs).collect();
        println!(
            "{sources} sources, {requests} requests, {} procedures, {} sets",
            instance.bundles.len(),
            distinct.len()
        );
        for limits in [
            Limits { count: Some(5), budget: None },
            Limits { count: Some(sources / 2), budget: None },
            Limits { count: None, budget: Some(instance.costs.iter().sum::<u64>() / 3) },
        ] {
            let start = Instant::now();
            let choice = best_set(&instance, limits);
            let time = start.elapsed().as_millis();
            println!(
                "  {limits:?}: {} of ≤ {} (gap {}), {:?}, {time} ms",
                choice.worth,
                choice.bound,
                choice.gap(),
                choice.proof
            );
        }
        if sources <= 16 {
            let start = Instant::now();
            let ranks = ranking(&instance);
            let optimal = ranks.iter().filter(|r| r.is_optimal()).count();
            println!("  ranking: {optimal} of {} places optimal, {} ms", ranks.len(), start.elapsed().as_millis());
        }
    }
}
