//! The exact join of the room `similar` beside difflib-fast, the fastest exact peer: same names, same weights, same run,
//! answers compared pair by pair. Each engine runs in a process of its own, so that its peak memory is its own.
//!
//! ```text
//! cargo run --release -- compare FILE [THRESHOLD]   both engines on the names of a file, one a line, twice in turn
//! cargo run --release -- ours FILE [THRESHOLD [OUT]]
//! cargo run --release -- difflib FILE [THRESHOLD [OUT]]
//! cargo run --release -- generate N FILE            N distinct synthetic names
//! ```
//! OUT holds the pairs as `a<TAB>b<TAB>score`, by line number from 0.

#[allow(dead_code, unused_imports, reason = "the command line uses more of it")]
#[path = "../../../src/similar/mod.rs"]
mod similar;

mod names;

use difflib_fast::simjoin::{Corpus, cosine_join};
use rayon::prelude::*;
use similar::{Idf, Measure, Options, near_duplicates};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::process::Command;
use std::time::Instant;

type Result<T> = std::result::Result<T, Box<dyn Error>>;
type Found = (u32, u32, f64);

/// Scores of the two engines are rounded in other places; a pair nearer to the threshold than this may be on either side.
const ROUNDING: f64 = 1e-6;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let threshold = |text: Option<&&str>| text.map_or(Ok(0.85), |t| t.parse::<f64>());
    match args.as_slice() {
        ["generate", n, file] => std::fs::write(file, names::names(n.parse()?).join("\n"))?,
        ["compare", file, rest @ ..] => compare(file, threshold(rest.first())?)?,
        [engine @ ("ours" | "difflib"), file, rest @ ..] => {
            run(engine, file, threshold(rest.first())?, rest.get(1).copied())?;
        }
        _ => return Err("compare FILE [T] | ours FILE [T [OUT]] | difflib FILE [T [OUT]] | generate N FILE".into()),
    }
    Ok(())
}

/// One engine on one file: prints seconds, pairs and peak memory on one line.
fn run(engine: &str, file: &str, threshold: f64, out: Option<&str>) -> Result<()> {
    let text = std::fs::read_to_string(file)?;
    let names: Vec<&str> = text.lines().collect();
    let before = peak_memory();
    let start = Instant::now();
    let mut found = if engine == "ours" { ours(&names, threshold) } else { difflib(&names, threshold) };
    let seconds = start.elapsed().as_secs_f64();
    found.par_sort_unstable_by_key(|&(a, b, _)| (a, b));
    let letters: usize = names.par_iter().map(|name| name.chars().count()).sum();
    println!(
        "{engine:8} {} names of {} characters, {threshold}: {} pairs, {seconds:.2} s, peak memory {} MiB ({before} before)",
        names.len(),
        letters / names.len().max(1),
        found.len(),
        peak_memory(),
    );
    if let Some(out) = out {
        let lines = found.iter().fold(String::new(), |mut lines, (a, b, score)| {
            // Writing into a string does not fail.
            let _ = writeln!(lines, "{a}\t{b}\t{score}");
            lines
        });
        std::fs::write(out, lines)?;
    }
    Ok(())
}

fn ours(names: &[&str], threshold: f64) -> Vec<Found> {
    let options = Options { measure: Measure::GramCosine(Idf::Plain), threshold };
    let found = near_duplicates(names, options, &|_, _| ());
    found
        .pairs
        .iter()
        .map(|p| (found.distinct.first_rows[p.a as usize], found.distinct.first_rows[p.b as usize], p.score))
        .collect()
}

fn difflib(names: &[&str], threshold: f64) -> Vec<Found> {
    let grams = |name: &&'static str| -> Vec<&'static str> { grams(name) };
    // The grams are slices of the names, which live as long as the process.
    let names: Vec<&'static str> = names.iter().map(|name| &*String::from(*name).leak()).collect();
    let docs: Vec<Vec<&str>> = names.par_iter().map(grams).collect();
    let start = Instant::now();
    let corpus = Corpus::from_token_docs(&docs);
    drop(docs);
    let built = start.elapsed().as_secs_f64();
    let pairs = cosine_join(&corpus, threshold);
    eprintln!("difflib  of this {built:.2} s to build its corpus");
    pairs.into_iter().map(|(a, b, score)| (a as u32, b as u32, score)).collect()
}

/// Runs of three characters; a shorter name is one.
fn grams(name: &str) -> Vec<&str> {
    let ends: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    if ends.len() <= 3 {
        return if name.is_empty() { Vec::new() } else { vec![name] };
    }
    ends.windows(4).map(|w| &name[w[0]..w[3]]).collect()
}

/// Both engines twice in turn, then their answers pair by pair.
fn compare(file: &str, threshold: f64) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("peers-{}", std::process::id()));
    std::fs::create_dir(&folder)?;
    let mut answers: BTreeMap<&str, BTreeMap<(u32, u32), f64>> = BTreeMap::new();
    for round in 1..=2 {
        for engine in ["ours", "difflib"] {
            let out = folder.join(engine);
            let mut command = Command::new(std::env::current_exe()?);
            command.args([engine, file, &threshold.to_string()]).arg(&out);
            if !command.status()?.success() {
                return Err(format!("{engine} failed").into());
            }
            if round == 1 {
                answers.insert(engine, read(&std::fs::read_to_string(out)?)?);
            }
        }
    }
    std::fs::remove_dir_all(&folder)?;
    let (ours, difflib) = (&answers["ours"], &answers["difflib"]);
    let at_threshold = |score: &f64| (score - threshold).abs() < ROUNDING;
    let lacks = |other: &BTreeMap<(u32, u32), f64>, pair: &(u32, u32), score: &f64| {
        other.get(pair).map_or(!at_threshold(score), |s| (s - score).abs() > ROUNDING)
    };
    let missing = difflib.iter().filter(|(pair, score)| lacks(ours, pair, score)).count();
    let extra = ours.iter().filter(|(pair, score)| lacks(difflib, pair, score)).count();
    println!("pairs only difflib-fast has, or with another score: {missing}; only ours: {extra} (both must be 0)");
    if missing + extra > 0 { Err("the answers differ".into()) } else { Ok(()) }
}

fn read(text: &str) -> Result<BTreeMap<(u32, u32), f64>> {
    let line = |line: &str| -> Result<((u32, u32), f64)> {
        let mut parts = line.split('\t');
        let mut next = || parts.next().ok_or("a pair has three parts");
        Ok(((next()?.parse()?, next()?.parse()?), next()?.parse()?))
    };
    text.lines().map(line).collect()
}

/// Most memory the process has held, in MiB, as Linux reports it; 0 elsewhere.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}
