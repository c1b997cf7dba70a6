//! `cargo bench --bench ingest [-- FOLDER]`: ingest of a folder of JSON against the bare parsing of the same files.
//!
//! The lower bound is `serde_json` parsing every file into a `Value`, on as many threads. Prints the ratio of the
//! medians and the peak memory as a multiple of the input.

#![allow(
    missing_docs,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark talks to the person who runs it; sizes are printed, not computed with"
)]

use rayon::prelude::*;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tinhgon::rule::{ColumnNames, RuleFiles, Words};
use tinhgon::{ingest, normalise};

const ROUNDS: usize = 21;

fn main() {
    let folder = std::env::args().skip(1).find(|a| !a.starts_with("--")).map_or_else(default_folder, PathBuf::from);
    let files: Vec<PathBuf> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    let bytes: u64 = files.iter().map(|f| f.metadata().unwrap().len()).sum();
    println!("{}: {} files, {:.1} MiB", folder.display(), files.len(), mib(bytes));
    let rules = RuleFiles::embedded();
    let (columns, words) = (ColumnNames::load(&rules).unwrap(), Words::load(&rules).unwrap());
    let bound = || {
        files
            .par_iter()
            .map(|f| serde_json::from_slice::<serde_json::Value>(&std::fs::read(f).unwrap()).unwrap())
            .filter(serde_json::Value::is_object)
            .count()
    };
    let mut times: [Vec<Duration>; 4] = Default::default();
    let mut peak = 0;
    // in turns, so that a busy machine is as busy for both
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let raw = ingest::ingest(&files, &columns, &|_| ()).unwrap();
        let read = start.elapsed();
        let (catalog, _) = normalise::normalise(&raw.records, &words);
        let normalised = start.elapsed();
        std::hint::black_box(normalise::merge(catalog).0.procedures.len());
        drop(raw);
        let whole = start.elapsed();
        peak = peak.max(peak_memory());
        let start = Instant::now();
        std::hint::black_box(bound());
        for (all, time) in times.iter_mut().zip([whole, read, normalised.saturating_sub(read), start.elapsed()]) {
            all.push(time);
        }
    }
    let [whole, read, normalised, bound] = times.map(median);
    println!("ingest      {whole:>10.1?}  (reading {read:.1?}, normalising {normalised:.1?})");
    println!("serde_json  {bound:>10.1?}");
    println!("ratio       {:>9.2}x  (goal: below 3)", whole.as_secs_f64() / bound.as_secs_f64());
    println!("peak memory {:>9.1}x of the input ({:.0} MiB; goal: below 10)", peak as f64 / bytes as f64, mib(peak));
}

fn default_folder() -> PathBuf {
    std::env::var_os("TINHGON_SHARED")
        .map_or_else(|| PathBuf::from("../shared"), PathBuf::from)
        .join("catalogs/portal-2026")
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Most memory the process has held, in bytes, as Linux reports it; 0 elsewhere.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() * 1024
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}
