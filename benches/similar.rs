//! `cargo bench --bench similar -- generate N FILE` writes N distinct names of papers, the same for the same N.
//! `cargo bench --bench similar -- join FILE [THRESHOLD] [PAIRS]` joins the names of a file, one a line; prints the time,
//! the number of pairs and the peak memory, and writes the pairs as `a<TAB>b<TAB>score`.
//! Without arguments: 20 000 names, joined. `benches/peers` is the comparison with other engines.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark talks to the person who runs it"
)]

#[path = "peers/src/names.rs"]
mod names;

use names::names;
use std::fmt::Write as _;
use std::time::Instant;
use tinhgon::similar::{Idf, Measure, Options, near_duplicates};

fn join(names: &[&str], threshold: f64, out: Option<&str>) {
    let options = Options { measure: Measure::GramCosine(Idf::Plain), threshold };
    let start = Instant::now();
    let found = near_duplicates(names, options, &|_, _| ());
    let seconds = start.elapsed().as_secs_f64();
    let letters: usize = names.iter().map(|n| n.chars().count()).sum();
    println!(
        "{} names of {} characters, threshold {threshold}: {} pairs, {seconds:.2} s, peak memory {} MiB",
        names.len(),
        letters / names.len().max(1),
        found.pairs.len(),
        peak_memory() >> 20,
    );
    if let Some(out) = out {
        let lines = found.pairs.iter().fold(String::new(), |mut text, p| {
            writeln!(text, "{}\t{}\t{}", p.a, p.b, p.score).unwrap();
            text
        });
        std::fs::write(out, lines).unwrap();
    }
}

fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) * 1024
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["generate", n, file] => std::fs::write(file, names(n.parse().unwrap()).join("\n")).unwrap(),
        ["join", file, rest @ ..] => {
            let text = std::fs::read_to_string(file).unwrap();
            let names: Vec<&str> = text.lines().collect();
            join(&names, rest.first().map_or(0.85, |t| t.parse().unwrap()), rest.get(1).copied());
        }
        _ => {
            let names = names(20_000);
            join(&names.iter().map(String::as_str).collect::<Vec<_>>(), 0.85, None);
        }
    }
}
