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

#[test]
fn an_analysis_with_volumes_names_what_nobody_used_and_says_what_it_read() {
    let work = Work::new();
    let code = "1.000001";
    work.write("in/a.json", format!(r#"{{"code":"{code}","name":"Cấp thẻ","field":"Hộ tịch","dossier":["Đơn"]}}"#));
    let rows: Vec<String> = (2022..=2025).map(|year| format!("{code},{year},0")).collect();
    work.write("v.csv", format!("code,year,dossiers\n{}\n", rows.join("\n")));
    work.ok(&["ingest", "in", "--out", "c"]);
    work.ok(&["analyze", "c", "--out", "without", "--csv"]);
    work.ok(&["analyze", "c", "--volumes", "v.csv", "--out", "with", "--csv"]);
    assert!(!work.read("without/findings.csv").contains("TL-P-UNUSED"));
    assert!(work.read("with/findings.csv").contains("TL-P-UNUSED"), "{}", work.read("with/findings.csv"));
    let manifest: serde_json::Value = serde_json::from_str(&work.read("with/manifest.json")).unwrap();
    let volumes = manifest["inputs"].as_array().unwrap().iter().find(|i| i["format"] == "volumes").unwrap();
    assert_eq!((volumes["path"].as_str(), volumes["sha256"].as_str().map(str::len)), (Some("v.csv"), Some(64)));
}
