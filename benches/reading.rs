//! `cargo bench --bench reading -- [CATALOG] [ROWS]`: the reading of dossier rows against a bare `regex::RegexSet` scan of
//! the same rows with all names of kinds, the least that finding the names costs.
//!
//! `CATALOG` is a folder written by `tinhgon ingest`; its rows are repeated with variations up to `ROWS`.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark talks to the person who runs it"
)]

use rayon::prelude::*;
use std::time::{Duration, Instant};
use tinhgon::catalog::{Catalog, Procedure};
use tinhgon::reading::{self, Context};
use tinhgon::rule::{Register, RuleBook, RuleFiles};
use tinhgon::text::fold;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let rows: usize = args.get(1).map_or(100_000, |n| n.parse().unwrap());
    let Some(folder) = args.first() else { return println!("usage: cargo bench --bench reading -- CATALOG [ROWS]") };
    let catalog = repeat(&Catalog::read(folder.as_ref()).unwrap(), rows);
    let count = catalog.requests().count();
    let files = RuleFiles::embedded();
    let start = Instant::now();
    let book = RuleBook::load(&files).unwrap();
    println!("rules       {:>10.1?}  ({} phrases)", start.elapsed(), book.lexicon.len());
    let context = Context { as_of: "2026-06-30".parse().unwrap(), register: Register::default() };
    let (read, assessments) = timed(|| reading::read(&book, &catalog, &context).len());
    let peak = peak_memory();
    // A pattern of a rule file, `(a|b|)`, is a regular expression as it stands; no name has another special character.
    let names: Vec<String> = book.kinds.iter().flat_map(|k| &k.names).map(|n| fold(n)).collect();
    let set = regex::RegexSetBuilder::new(&names).case_insensitive(true).size_limit(1 << 28).build().unwrap();
    let texts: Vec<&str> = catalog.requests().map(|(_, r)| r.text.as_str()).collect();
    let (bound, _) = timed(|| texts.par_iter().filter(|t| set.is_match(&fold(t))).count());
    let (bare, _) = timed(|| texts.par_iter().filter(|t| set.is_match(t)).count());
    println!("rows        {count:>10}  assessments {assessments}");
    println!("reading     {read:>10.1?}  {:.0} rows/s", per_second(count, read));
    println!("RegexSet    {bare:>10.1?}  {:.0} rows/s, {} names", per_second(count, bare), names.len());
    println!("  + folding {bound:>10.1?}  {:.0} rows/s", per_second(count, bound));
    println!("ratio       {:>9.2}x  to the bare scan (goal: below 5)", read.as_secs_f64() / bare.as_secs_f64());
    println!("peak memory {:>10} MiB, catalogue included", peak >> 20);
}

/// The catalogue again and again, each copy with its own ids and a word of its own in every row.
fn repeat(catalog: &Catalog, rows: usize) -> Catalog {
    let mut procedures: Vec<Procedure> = Vec::new();
    let mut count = 0;
    for round in 0.. {
        for p in &catalog.procedures {
            let mut copy = p.clone();
            copy.id = format!("{}-{round}", p.id);
            for r in &mut copy.requests {
                r.id = format!("{}-{round}", r.id);
                r.text = format!("{} (bộ {round})", r.text);
            }
            copy.requests.truncate(rows - count);
            count += copy.requests.len();
            procedures.push(copy);
            if count == rows {
                return Catalog { procedures };
            }
        }
        assert!(count > 0, "the catalogue has no rows");
    }
    Catalog { procedures }
}

fn timed(work: impl FnOnce() -> usize) -> (Duration, usize) {
    let start = Instant::now();
    let result = std::hint::black_box(work());
    (start.elapsed(), result)
}

#[allow(clippy::cast_precision_loss, reason = "a figure for people")]
fn per_second(rows: usize, took: Duration) -> f64 {
    rows as f64 / took.as_secs_f64()
}

/// Most memory the process has held, in bytes, as Linux reports it; 0 elsewhere.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() * 1024
}
