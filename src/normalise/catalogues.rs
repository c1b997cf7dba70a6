//! The fields of real catalogues: what share of them is read. Skipped where the catalogues are absent.

#![allow(clippy::print_stderr, reason = "the figures of these tests are read by people")]

use super::{channels, code, legal, level, results, steps};
use crate::ingest::RawRow;
use crate::problem::Source;
use crate::rule::{Field, RuleFiles, Words};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("TINHGON_SHARED").map_or(beside, PathBuf::from);
    let found = folder.join("catalogs").is_dir();
    if !found {
        eprintln!("skipped: no catalogues at {}", folder.display());
    }
    found.then_some(folder)
}

fn objects(folder: &Path) -> Vec<Value> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(|e| Some(e.ok()?.into_path()))
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|f| serde_json::from_slice(&std::fs::read(f).unwrap()).unwrap())
        .flat_map(|v| if let Value::Array(all) = v { all } else { vec![v] })
        .collect()
}

fn text<'a>(value: &'a Value, path: &[&str]) -> &'a str {
    path.iter().fold(value, |v, key| &v[*key]).as_str().unwrap_or_default()
}

fn rows(value: &Value, fields: &[(&str, Field)]) -> Vec<RawRow> {
    let row = |(n, object): (usize, &Value)| {
        let plain = |v: &Value| {
            v.as_str().map_or_else(|| if v.is_number() { v.to_string() } else { String::new() }, str::to_owned)
        };
        let cells = fields.iter().map(|(key, field)| (*field, plain(&object[*key]))).collect();
        RawRow { row: u32::try_from(n + 1).unwrap(), id: None, cells }
    };
    value.as_array().into_iter().flatten().enumerate().map(row).collect()
}

/// Counts of one catalogue, and examples of what was not read.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<&'static str, (usize, usize)>,
    problems: BTreeMap<(String, String), usize>,
    lost: Vec<String>,
}

impl Tally {
    fn count(&mut self, what: &'static str, read: bool) {
        let entry = self.counts.entry(what).or_default();
        entry.0 += usize::from(read);
        entry.1 += 1;
    }

    fn share(&self, what: &str) -> f64 {
        let (read, all) = self.counts.get(what).copied().unwrap_or_default();
        if all == 0 { 1.0 } else { f64::from(u32::try_from(read).unwrap()) / f64::from(u32::try_from(all).unwrap()) }
    }

    fn add(
        &mut self,
        channels: &[crate::catalog::Channel],
        bases: &[crate::catalog::LegalBasis],
        results: &[crate::catalog::ResultPaper],
    ) {
        for c in channels {
            self.count("channels with a known name", !c.channel.is_empty());
            self.count("channels with a duration", c.duration_value.is_some());
            self.count("channels with a duration and unit", !c.duration_unit.is_empty());
            self.count("channels with a fee", c.fee_vnd.is_some());
        }
        for b in bases {
            self.count("legal bases with a number", !b.document_no.is_empty());
        }
        for r in results {
            self.count("results with a known code", results::is_code(&r.code));
        }
    }

    fn steps(&mut self, raw: &str, words: &Words) {
        let found = steps::from_text(raw, words, &Source::default());
        self.count("step texts divided in two or more", found.len() > 1);
        for s in &found {
            self.count("steps with a label", !s.label.is_empty());
        }
        if !found.is_empty() {
            self.lost.extend(steps::tests::lost(raw, &found).map(|why| format!("{why}: {raw}")));
        }
    }

    fn print(&self, name: &str) {
        for (what, (read, all)) in &self.counts {
            eprintln!("{name}: {what}: {read} of {all}");
        }
        let mut sorted: Vec<_> = self.problems.iter().collect();
        sorted.sort_by_key(|(key, n)| (key.0.clone(), usize::MAX - **n));
        let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
        for ((problem, raw), n) in sorted {
            let seen = shown.entry(problem).or_default();
            *seen += 1;
            if *seen <= 25 {
                eprintln!(
                    "{name}: {problem}: {n} x {}",
                    raw.chars().take(110).collect::<String>().replace('\n', " / ")
                );
            }
        }
        for (problem, n) in shown {
            eprintln!("{name}: {problem}: {n} forms");
        }
        assert!(self.lost.is_empty(), "{} step texts lose something: {}", self.lost.len(), self.lost[0]);
    }
}

fn words() -> Words {
    Words::load(&RuleFiles::embedded()).unwrap()
}

fn note(tally: &mut Tally, problems: Vec<crate::problem::Problem>) {
    for p in problems {
        *tally.problems.entry((p.problem, p.raw)).or_default() += 1;
    }
}

#[test]
fn portal() {
    let Some(shared) = shared() else { return };
    let (words, mut tally, here) = (words(), Tally::default(), Source::default());
    let objects = objects(&shared.join("catalogs/portal-2026"));
    let started = Instant::now();
    for o in &objects {
        let mut problems = Vec::new();
        let ways = channels::from_text(text(o, &["cach_thuc_thuc_hien"]), &words, &here, &mut problems);
        let bases = legal::from_text(text(o, &["can_cu_phap_ly"]), &words, &here, &mut problems);
        let papers = results::from_text(text(o, &["ket_qua_xu_ly"]), &words, &here).results;
        let _ = steps::from_text(text(o, &["trinh_tu_thuc_hien"]), &words, &here);
        let levels = level::read(text(o, &["cap_thuc_hien"]), &words);
        tally.add(&ways, &bases, &papers);
        tally.count("levels read", !levels.levels.is_empty() && levels.unknown.is_empty());
        tally.count("codes", code::parse(text(o, &["ma_thu_tuc"])).is_some_and(|c| c.repair.is_none()));
        note(&mut tally, problems);
    }
    eprintln!("portal: {} procedures in {:?}", objects.len(), started.elapsed());
    for o in &objects {
        tally.steps(text(o, &["trinh_tu_thuc_hien"]), &words);
    }
    tally.print("portal");
    assert!(tally.share("channels with a known name") > 0.999);
    assert!(tally.share("channels with a duration") > 0.9);
    assert!(tally.share("results with a known code") > 0.97);
    assert!(tally.share("legal bases with a number") > 0.97);
    assert!(tally.share("levels read") > 0.999 && tally.share("codes") > 0.999);
}

#[test]
fn defence() {
    let Some(shared) = shared() else { return };
    let words = words();
    for folder in ["extracted", "extracted_fixed"] {
        let (mut tally, here) = (Tally::default(), Source::default());
        for o in &objects(&shared.join("catalogs/defence-2025").join(folder)) {
            let mut problems = Vec::new();
            let tables = &o["tables"];
            let ways = rows(
                &tables["hinh_thuc_nop"],
                &[
                    ("hinh_thuc", Field::ChannelName),
                    ("thoi_han_giai_quyet", Field::Duration),
                    ("phi_le_phi", Field::Fee),
                ],
            );
            let ways = channels::from_rows(&ways, &words, &here, &mut problems);
            let bases =
                rows(&tables["can_cu_phap_ly"], &[("so_ky_hieu", Field::LegalNo), ("trich_yeu", Field::LegalTitle)]);
            let bases = legal::from_rows(&bases, &words, &here, &mut problems);
            let papers = results::from_text(text(o, &["content", "kết_quả_thực_hiện"]), &words, &here).results;
            tally.add(&ways, &bases, &papers);
            tally.steps(text(o, &["content", "trình_tự_thực_hiện"]), &words);
            let levels = level::read(text(o, &["metadata", "cấp_thực_hiện"]), &words);
            tally.count("levels read", !levels.levels.is_empty() && levels.unknown.is_empty());
            note(&mut tally, problems);
        }
        tally.print(folder);
        assert!(tally.share("channels with a duration") > 0.85);
        assert!(tally.share("legal bases with a number") > 0.9);
        assert!(tally.share("levels read") > 0.999);
    }
}

#[test]
fn scrape_and_api() {
    let Some(shared) = shared() else { return };
    let (words, here) = (words(), Source::default());
    let mut tally = Tally::default();
    for o in &objects(&shared.join("catalogs/scrape-2021")) {
        let mut problems = Vec::new();
        let ways = [
            ("Hình thức nộp", Field::ChannelName),
            ("Thời hạn giải quyết", Field::Duration),
            ("Phí, lệ phí", Field::Fee),
            ("Mô tả", Field::ChannelText),
        ];
        let ways = channels::from_rows(&rows(&o["Cách thức thực hiện"], &ways), &words, &here, &mut problems);
        tally.add(&ways, &[], &[]);
        tally.steps(text(o, &["Trình tự thực hiện"]), &words);
        note(&mut tally, problems);
    }
    tally.print("scrape");
    assert!(tally.share("channels with a known name") > 0.999);
    let mut tally = Tally::default();
    for o in &objects(&shared.join("catalogs/api-2026")) {
        let mut problems = Vec::new();
        let ways = [
            ("submissionMethod", Field::ChannelName),
            ("processingTime", Field::Duration),
            ("processingTimeUnit", Field::DurationUnit),
            ("description", Field::ChannelText),
        ];
        let ways = channels::from_rows(&rows(&o["executionMethods"], &ways), &words, &here, &mut problems);
        let bases = legal::from_rows(
            &rows(&o["legalBasisesDetails"], &[("code", Field::LegalNo), ("name", Field::LegalTitle)]),
            &words,
            &here,
            &mut problems,
        );
        let papers = results::from_rows(
            &rows(&o["resultsDetails"], &[("code", Field::ResultCode), ("name", Field::ResultTitle)]),
            &words,
            &here,
        );
        tally.add(&ways, &bases, &papers);
        tally.steps(text(&o["executionSteps"][0], &["description"]), &words);
        note(&mut tally, problems);
    }
    tally.print("api");
    assert!(tally.share("results with a known code") > 0.999 && tally.share("legal bases with a number") > 0.999);
}

#[test]
fn printed_claims() {
    let Some(shared) = shared() else { return };
    let table = std::fs::read_to_string(shared.join("claims/resolution-66.7-annex.tsv")).unwrap();
    let codes: Vec<_> =
        table.lines().skip(1).filter_map(|l| l.split('\t').nth(3)).map(|c| (c, code::parse(c))).collect();
    let repaired: Vec<_> = codes
        .iter()
        .filter_map(|(cell, c)| c.as_ref().filter(|c| c.repair.is_some()).map(|c| (*cell, &c.code, c.repair)))
        .collect();
    eprintln!("claims: {} codes, {} repaired: {repaired:?}", codes.len(), repaired.len());
    let unread: Vec<_> = codes.iter().filter(|(_, c)| c.is_none()).map(|(cell, _)| *cell).collect();
    assert!(unread.is_empty() && !repaired.is_empty(), "{unread:?}");
}
