//! Known changes of generated years found again, and figures that add up.

use super::work::Work;
use std::collections::BTreeMap;

type Rows = Vec<BTreeMap<String, String>>;

fn rows(work: &Work, path: &str) -> Rows {
    let text = work.read(path);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// What a change is known by: codes in any order, and the text where it is about one.
fn key(row: &BTreeMap<String, String>) -> (String, String, String, String) {
    let sorted = |codes: &str| {
        let mut codes: Vec<&str> = codes.split(';').collect();
        codes.sort_unstable();
        codes.join(";")
    };
    let is_row = row["change"].starts_with("request") || row["change"] == "correction";
    // Of two rows put into one, either may be said to have gone.
    let text = if is_row && row["change"] != "request-merged" { row["before"].clone() } else { String::new() };
    (row["change"].clone(), sorted(&row["code_before"]), sorted(&row["code_after"]), text)
}

fn is_aside(change: &str) -> bool {
    ["legal-bases-changed", "channels-changed", "bodies-changed", "conditions-changed", "note-added"].contains(&change)
}

/// Changes of procedures as units: what follows within them is not listed.
const UNITS: [&str; 5] = ["merged", "split", "gone", "new", "territorial"];

/// For each class: known, found, both.
fn score(known: &Rows, found: &Rows) -> BTreeMap<String, (usize, usize, usize)> {
    let units: Vec<String> = known
        .iter()
        .filter(|r| UNITS.contains(&r["change"].as_str()))
        .flat_map(|r| {
            format!("{};{}", r["code_before"], r["code_after"]).split(';').map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|c| !c.is_empty())
        .collect();
    // What follows within a merger or split is not listed.
    let follows = |r: &BTreeMap<String, String>| {
        !UNITS.contains(&r["change"].as_str())
            && [&r["code_before"], &r["code_after"]].iter().any(|c| units.contains(c))
    };
    let mut counts: BTreeMap<_, (usize, usize)> = BTreeMap::new();
    for row in known {
        counts.entry(key(row)).or_default().0 += 1;
    }
    for row in found.iter().filter(|r| !is_aside(&r["change"]) && !follows(r)) {
        counts.entry(key(row)).or_default().1 += 1;
    }
    let mut scores: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for (key, (known, found)) in counts {
        // Several steps of a procedure are one changed list of steps.
        let (known, found) = if key.0 == "steps-changed" { (known.min(1), found.min(1)) } else { (known, found) };
        let score = scores.entry(key.0).or_default();
        (score.0, score.1, score.2) = (score.0 + known, score.1 + found, score.2 + known.min(found));
    }
    scores
}

#[test]
fn known_changes_of_generated_years_are_found_again() {
    let work = Work::new();
    work.ok(&["generate", "--procedures", "400", "--seed", "11", "--out", "base"]);
    let mut all: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for seed in ["1", "2", "3"] {
        let (year, out) = (format!("year-{seed}"), format!("progress-{seed}"));
        work.ok(&["generate", "--from", "base", "--seed", seed, "--out", &year]);
        let (before, after) = (format!("{year}/before"), format!("{year}/after"));
        work.ok(&[
            "progress",
            "--baseline",
            &before,
            "--current",
            &after,
            "--years",
            "2025",
            "2026",
            "--out",
            &out,
            "--csv",
        ]);
        let known = rows(&work, &format!("{year}/expected-changes.csv"));
        for (class, score) in score(&known, &rows(&work, &format!("{out}/changes.csv"))) {
            let sum = all.entry(class).or_default();
            (sum.0, sum.1, sum.2) = (sum.0 + score.0, sum.1 + score.1, sum.2 + score.2);
        }
        adds_up(&rows(&work, &format!("{out}/measures.csv")));
    }
    for (class, (known, found, both)) in &all {
        let least = both + 1 + both / 50;
        assert!(*known <= least && *found <= least, "{class}: known {known}, found {found}, both {both}\n{all:#?}");
    }
    assert!(all.len() >= 24, "{all:#?}");
}

/// Baseline and the five reasons give the current figure, in every measure and scope.
fn adds_up(measures: &Rows) {
    assert!(!measures.is_empty());
    for row in measures {
        let number = |name: &str| row[name].parse::<f64>().unwrap();
        let sum = number("baseline") - number("removed")
            + number("added")
            + number("data_substitution")
            + number("correction")
            + number("method");
        if row["measure"] != "online-dossiers" {
            assert!((sum - number("current")).abs() < 1e-6, "{row:?}");
        }
        assert!(number("removed") >= 0.0 && number("added") >= 0.0, "{row:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_gives_others() {
    let work = Work::new();
    for (seed, out) in [("5", "a"), ("5", "b"), ("6", "c")] {
        work.ok(&["generate", "--procedures", "60", "--seed", seed, "--out", out, "--csv"]);
    }
    let read = |out: &str| work.read(&format!("{out}/requests.csv"));
    assert_eq!(read("a"), read("b"));
    assert_ne!(read("a"), read("c"));
}

#[test]
fn a_catalogue_against_itself_has_no_change() {
    let work = Work::new();
    work.ok(&["generate", "--procedures", "80", "--seed", "3", "--out", "a"]);
    work.ok(&["progress", "--baseline", "a", "--current", "a", "--years", "2025", "2026", "--out", "p", "--csv"]);
    assert!(rows(&work, "p/changes.csv").iter().all(|r| r["change"] == "unchanged"));
    let moved = |r: &BTreeMap<String, String>| {
        ["removed", "added", "data_substitution", "correction", "method"]
            .iter()
            .any(|c| r[*c].parse::<f64>().unwrap() != 0.0)
    };
    assert!(!rows(&work, "p/measures.csv").iter().any(moved));
}

#[test]
fn planted_changes_of_the_sample_are_found() {
    let work = Work::new();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets");
    let catalog = |year: &str| format!("{sample}/catalog-{year}");
    work.ok(&[
        "progress",
        "--baseline",
        &catalog("2020"),
        "--current",
        &catalog("2025"),
        &catalog("2026"),
        "--out",
        "p",
        "--csv",
    ]);
    let found = rows(&work, "p/changes.csv");
    let mut reader = csv::Reader::from_path(format!("{sample}/changes.csv")).unwrap();
    let known: Rows = reader.deserialize().map(Result::unwrap).collect();
    for (class, least) in [
        ("gone", 3),
        ("recoded", 11),
        ("renamed", 20),
        ("moved-level", 38),
        ("request-dropped", 48),
        ("request-fallback", 30),
    ] {
        let is_found = |k: &&BTreeMap<String, String>| {
            let pair =
                |r: &BTreeMap<String, String>| (r["code_before"].clone(), r["code_after"].clone(), r["change"].clone());
            found.iter().any(|f| {
                pair(f) == pair(k)
                    && f["to"].ends_with(k["to_year"].as_str())
                    && f["from"].ends_with(k["from_year"].as_str())
            })
        };
        let hits = known.iter().filter(|k| k["change"] == class).filter(is_found).count();
        assert!(hits >= least, "{class}: {hits}");
    }
}

/// A paper joined to the form's row is still handed in, and a step that took a paper in is no record that was cut off before.
#[test]
fn papers_that_moved_are_told_once() {
    let work = Work::new();
    let catalog = |papers: &[&str], step: &str| {
        let club = serde_json::json!({
            "code": "1.000001", "name": "Thành lập câu lạc bộ sưu tập", "field": "Hội", "dossier": papers, "steps": [step],
        });
        serde_json::json!([club]).to_string()
    };
    let before = [
        "Đơn đề nghị thành lập câu lạc bộ",
        "Điều lệ câu lạc bộ",
        "Sổ quỹ của hội năm trước",
        "Biên bản bầu ban chủ nhiệm",
    ];
    let after = ["Đơn đề nghị thành lập câu lạc bộ; sổ quỹ của hội năm trước", "Điều lệ câu lạc bộ"];
    work.write("b.json", catalog(&before, "Người đại diện nộp hồ sơ tại sở và nhận kết quả."));
    let longer = "Người đại diện nộp hồ sơ tại sở và nhận kết quả. Khi nộp phải xuất trình biên bản bầu ban chủ nhiệm.";
    work.write("a.json", catalog(&after, longer));
    for year in ["a", "b"] {
        work.ok(&["ingest", &format!("{year}.json"), "--out", year]);
    }
    work.ok(&["progress", "--baseline", "b", "--current", "a", "--years", "2025", "2026", "--out", "p", "--csv"]);
    let mut told: Vec<(String, String)> =
        rows(&work, "p/changes.csv").iter().map(|r| (r["change"].clone(), r["before"].clone())).collect();
    told.sort();
    let expected = [("request-merged", before[2]), ("request-to-step", before[3])];
    assert_eq!(told, expected.map(|(change, text)| (change.to_owned(), text.to_owned())));
}
