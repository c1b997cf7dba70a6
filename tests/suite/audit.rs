//! The claims of the sample against what is planted in it, and the ledger as the command keeps it.

use super::work::Work;
use std::collections::BTreeMap;
use std::path::Path;

type Rows = BTreeMap<String, BTreeMap<String, String>>;

fn rows(text: &str) -> Rows {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(Result::unwrap);
    rows.map(|row| (row["claim_id"].clone(), row)).collect()
}

/// A work folder with the three catalogues of the sample.
fn sample() -> (Work, String) {
    let work = Work::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets");
    for year in ["2020", "2025", "2026"] {
        let input = data.join(format!("catalog-{year}"));
        work.ok(&["ingest", &input.to_string_lossy(), "--out", year]);
    }
    (work, data.join("claims").to_string_lossy().into_owned())
}

fn audit(work: &Work, claims: &str, out: &str) {
    work.ok(&[
        "audit",
        "--claims",
        claims,
        "--baseline",
        "2020",
        "--before",
        "2025",
        "--after",
        "2026",
        "--as-of",
        "2026-06-30",
        "--ledger",
        "ledger.jsonl",
        "--out",
        out,
        "--csv",
    ]);
}

#[test]
fn the_claims_of_the_sample_are_judged_as_planted() {
    let (work, claims) = sample();
    audit(&work, &format!("{claims}/claims.xlsx"), "a");
    let judged = rows(&work.read("a/verdicts.csv"));
    let planted = rows(&std::fs::read_to_string(format!("{claims}/expected.csv")).unwrap());
    assert_eq!(judged.len(), planted.len());
    let differs = |id: &&String| {
        ["verdict", "accepted_amount"].iter().any(|column| judged[*id][*column] != planted[*id][*column])
    };
    // Known: 25 moved to the commune and is called moved-level here; of 34 no text shows that another procedure took it in,
    // so that it is wrongly confirmed. Any other difference, and any repair, is to be seen.
    let different: Vec<&String> = planted.keys().filter(differs).collect();
    assert_eq!(different, ["25", "34"]);
}

#[test]
fn what_the_ledger_accepted_is_not_accepted_again() {
    let (work, claims) = sample();
    audit(&work, &format!("{claims}/claims.csv"), "a");
    audit(&work, &format!("{claims}/claims.csv"), "b");
    let (first, second) = (rows(&work.read("a/verdicts.csv")), rows(&work.read("b/verdicts.csv")));
    for (id, row) in first.iter().filter(|(_, row)| row["verdict"] == "confirmed") {
        assert_eq!(second[id]["verdict"], "double-counted", "{row:?}");
    }
    let ledger = work.read("ledger.jsonl");
    work.write("ledger.jsonl", ledger.replacen("\"accepted\":1", "\"accepted\":9", 1));
    let run = work.run(&[
        "audit",
        "--claims",
        &format!("{claims}/claims.csv"),
        "--before",
        "2025",
        "--after",
        "2026",
        "--ledger",
        "ledger.jsonl",
        "--out",
        "c",
    ]);
    assert!(run.status == 2 && run.stderr.contains("ledger.jsonl"), "{}", run.stderr);
}
