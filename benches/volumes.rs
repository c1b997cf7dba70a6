//! `cargo bench --bench volumes -- LOG.parquet [--trust-ids]`: a log into volumes; rows a second and peak memory.
//!
//! The log is made and counted for comparison by duckdb, outside:
//! `COPY (SELECT DATE '2024-12-15' + (range % 365)::INT AS received_on, 'H29-' || range AS dossier_id,
//! printf('1.%06d', range * 7919 % 3000) AS code, … FROM range(100000000)) TO 'log.parquet'`.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a benchmark talks to the person who runs it"
)]

use std::path::PathBuf;
use std::time::Instant;
use tinhgon::ingest::read_log;
use tinhgon::rule::{RuleFiles, VolumeColumns, Words};
use tinhgon::volumes::{YearRule, count};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let trust_ids = args.iter().any(|a| a == "--trust-ids");
    let logs: Vec<PathBuf> = args.iter().filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    if logs.is_empty() {
        println!("volumes: no log given");
        return;
    }
    let rules = RuleFiles::embedded();
    let (columns, words) = (VolumeColumns::load(&rules).unwrap(), Words::load(&rules).unwrap());
    let start = Instant::now();
    let log = read_log(&logs, &columns, trust_ids).unwrap();
    let counted = count(&log, &words, YearRule::Report);
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{} rows, {} groups, {} repeated, {} left out: {seconds:.1} s, {:.2} million rows/s, peak {}",
        counted.read,
        log.groups.len(),
        counted.repeated,
        counted.rejected,
        counted.read as f64 / seconds / 1e6,
        peak_memory(),
    );
}

/// `VmHWM` of this process, where the system tells it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
}
