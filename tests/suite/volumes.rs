//! The sample log against its expected volumes, and the sample table.

use super::work::Work;

fn sample(name: &str) -> String {
    format!("{}/datasets/volumes/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The first five columns of a CSV without its mark.
fn five(text: &str) -> Vec<String> {
    text.trim_start_matches('\u{feff}').lines().map(|l| l.split(',').take(5).collect::<Vec<_>>().join(",")).collect()
}

#[test]
fn the_sample_log_gives_exactly_the_expected_volumes() {
    let work = Work::new();
    work.ok(&["volumes", &sample("dossier-log-2025-12.csv"), "--out", "v.csv", "--problems", "p.csv"]);
    let expected = std::fs::read_to_string(sample("expected-log.csv")).unwrap();
    assert_eq!(five(&work.read("v.csv")), five(&expected));
    assert_eq!(work.read("p.csv").lines().count(), 1);
    // through Parquet and back
    work.ok(&["volumes", &sample("dossier-log-2025-12.csv"), "--out", "v.parquet"]);
    work.ok(&["volumes", "v.parquet", "--out", "again.csv"]);
    assert_eq!(work.read("again.csv"), work.read("v.csv"));
}

#[test]
fn the_sample_table_loads_as_it_stands() {
    let work = Work::new();
    work.ok(&["volumes", &sample("dossiers-per-year.csv"), "--out", "v.csv"]);
    let sorted = |text: &str| {
        let mut lines = five(text);
        lines.remove(0);
        lines.sort();
        lines
    };
    let given = std::fs::read_to_string(sample("dossiers-per-year.csv")).unwrap();
    assert_eq!(sorted(&work.read("v.csv")), sorted(&given));
}
