//! The reading measured: against labels of people, against the annex that names databases, and how rules load.

use super::work::{Work, shared};
use std::fmt::Write as _;
use std::path::Path;

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The figure after a word at the start of a line.
fn figure(output: &str, word: &str) -> f64 {
    let line = output.lines().find_map(|l| l.strip_prefix(word)).unwrap_or_else(|| panic!("{word}: {output}"));
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// `part/whole` after a word at the start of a line.
fn share(output: &str, word: &str) -> f64 {
    let line = output.lines().find_map(|l| l.strip_prefix(word)).unwrap_or_else(|| panic!("{word}: {output}"));
    let (part, whole) = line.trim().split_once('/').unwrap();
    part.parse::<f64>().unwrap() / whole.parse::<f64>().unwrap()
}

#[test]
fn agrees_with_two_careful_readers() {
    let (Some(rows), Some(labels)) = (shared("gold/requests.tsv"), shared("gold/labels.jsonl")) else { return };
    let out = Work::new().ok(&["rules", "test", "--gold", &text(&rows), "--labels", &text(&labels)]).stdout;
    assert!(figure(&out, "f1 ") >= 0.97, "{out}");
    assert!(figure(&out, "verdict accuracy ") >= 0.97, "{out}");
}

#[test]
fn agrees_with_the_labels_of_the_sample() {
    let work = Work::new();
    let datasets = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets");
    work.ok(&["ingest", &text(&datasets.join("catalog-2026")), "--out", "c", "--csv"]);
    work.ok(&["analyze", "c", "--out", "a", "--csv"]);
    let table = |bytes: &[u8]| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        reader
            .records()
            .map(|r| r.unwrap().iter().map(|c| c.trim_start_matches('\u{feff}').to_owned()).collect())
            .collect()
    };
    let column = |rows: &[Vec<String>], name: &str| rows[0].iter().position(|h| h == name).unwrap();
    let read = table(work.read("a/assessments.csv").as_bytes());
    let (id, kind, verdict) = (column(&read, "request_id"), column(&read, "kind"), column(&read, "verdict"));
    let expected = table(&std::fs::read(datasets.join("expected.csv")).unwrap());
    let places = ["code", "case_index", "position", "kind", "verdict"].map(|c| column(&expected, c));
    let [code, case, position, of_kind, wanted] = places;
    let (mut labels, mut agreed) = (0_u32, 0_u32);
    for row in &expected[1..] {
        let request = format!("{}/{}/{}", row[code], row[case], row[position]);
        let got = read.iter().find(|a| a[id] == request && a[kind] == row[of_kind]).map_or("mention", |a| &a[verdict]);
        labels += 1;
        agreed += u32::from(got == row[wanted]);
    }
    assert!(labels > 200 && f64::from(agreed) >= 0.98 * f64::from(labels), "{agreed} of {labels}");
}

#[test]
fn reads_the_annex_with_its_databases() {
    let Some(annex) = shared("claims/resolution-66.7-annex.tsv") else { return };
    let out = Work::new().ok(&["rules", "test", "--annex", &text(&annex)]).stdout;
    assert!(share(&out, "replace or partial ") >= 0.99, "{out}");
    assert!(share(&out, "right database ") >= 0.98, "{out}");
}

#[test]
fn hidden_demands_are_a_table_of_their_own() {
    let work = Work::new();
    let json = serde_json::json!({
        "code": "1.000001",
        "name": "Cấp giấy phép bán hàng",
        "steps": [{"label": "Bước 1", "text": "Khi nhận kết quả, người nộp phải xuất trình thẻ căn cước công dân."}],
        "dossier": [{"component": "Đơn đề nghị theo mẫu"}],
    });
    work.write("in/one.json", json.to_string());
    work.ok(&["ingest", "in", "--out", "c"]);
    work.ok(&["analyze", "c", "--out", "a", "--csv"]);
    let hidden = work.read("a/hidden.csv");
    assert!(hidden.lines().any(|l| l.contains("identity_card") && l.contains("false")), "{hidden}");
}

#[test]
fn a_lapsed_ground_is_said() {
    let work = Work::new();
    let datasets = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets");
    work.ok(&["ingest", &text(&datasets.join("catalog-2026")), "--out", "c"]);
    let said = |day: &str| work.ok(&["analyze", "c", "--out", "a", "--as-of", day]).stderr;
    let replaced = |text: &str| text.lines().filter(|l| l.contains("66.7/2025/NQ-CP")).count();
    assert_eq!(replaced(&said("2027-02-28")), 0);
    assert!(replaced(&said("2027-03-01")) > 0);
    // The whole run says the same as the analysis alone.
    work.write("tinhgon.toml", "out = \"o\"\n[[catalog]]\nname = \"2026\"\ninputs = [\"in\"]\n");
    work.write(
        "in/one.json",
        r#"{"code": "1.000001", "name": "Cấp phép", "dossier": [{"component": "Bản sao giấy khai sinh"}]}"#,
    );
    let run = |day: &str| work.ok(&["run", "--as-of", day]).stderr;
    assert_eq!(replaced(&run("2027-02-28")), 0);
    let after = run("2027-03-01");
    assert!(after.lines().any(|l| l.contains("66.7/2025/NQ-CP") && l.contains(" 1 ")), "{after}");
}

#[test]
fn a_folder_of_a_thousand_kinds_loads() {
    let work = Work::new();
    work.copy_rules();
    let source = work.read("rules/sources/education.toml");
    let mut answers = String::from("answers = [\"diploma\"");
    for n in 0..1000 {
        let _ = write!(answers, ", \"extra_{n}\"");
        let rule = format!(
            "code = \"K-EXTRA-{n}\"\nkind = \"extra_{n}\"\ntitle = {{ vi = \"Giấy {n}\", en = \"Paper {n}\" }}\n\
             source = \"education\"\nnames = [\"(giấy|bản) thử {n}( loại một| loại hai|)\", \"chứng nhận thử {n}\"]\n\n\
             [[examples]]\ntext = \"Bản sao giấy thử {n}\"\nexpect = {{ extra_{n} = \"replace\" }}\n"
        );
        work.write(&format!("rules/kinds/extra-{n}.toml"), rule);
    }
    work.write("rules/sources/education.toml", source.replace("answers = [\"diploma\"", &answers));
    let start = std::time::Instant::now();
    let out = work.ok(&["--rules", "rules", "rules", "list"]).stdout;
    // A figure for whoever runs the test with --nocapture; a machine under load must not fail it.
    eprintln!("1,000 further kinds: {:?}", start.elapsed());
    assert!(out.lines().count() > 1000, "{out}");
    assert_eq!(work.run(&["rules", "test", "rules"]).status, 0);
}

#[test]
fn the_reference_of_the_rules_is_current() {
    let out = Work::new().ok(&["rules", "docs"]).stdout;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == out, "write it again: tinhgon rules docs > docs/rules.md");
}
