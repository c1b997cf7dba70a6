//! Real catalogues, where they are at hand: `../shared` beside the checkout, or the folder in `TINHGON_SHARED`.

use super::work::{Work, shared};
use std::collections::BTreeMap;

fn ingest(work: &Work, input: &std::path::Path, out: &str) -> BTreeMap<String, u64> {
    work.ok(&["ingest", &input.to_string_lossy(), "--out", out, "--csv"]);
    let manifest: serde_json::Value = serde_json::from_str(&work.read(&format!("{out}/manifest.json"))).unwrap();
    for input in manifest["inputs"].as_array().unwrap() {
        let count = |key: &str| input[key].as_u64().unwrap();
        assert_eq!(count("read"), count("accepted") + count("rejected"), "{input}");
    }
    manifest["counts"].as_object().unwrap().iter().map(|(k, v)| (k.clone(), v.as_u64().unwrap())).collect()
}

#[test]
fn counts_are_those_of_the_sources() {
    for (name, procedures, requests) in [
        ("catalogs/portal-2026", 1057, Some(4732)),
        ("catalogs/defence-2025/extracted", 207, Some(814)),
        ("catalogs/defence-2025/extracted_fixed", 207, Some(814)),
        ("catalogs/scrape-2021", 87, Some(303)),
        ("catalogs/api-2026", 3, None),
        ("gold/requests.tsv", 0, Some(260)),
        ("claims/resolution-66.7-annex.tsv", 0, Some(407)),
    ] {
        let Some(path) = shared(name) else { continue };
        let work = Work::new();
        let counts = ingest(&work, &path, "o");
        if procedures > 0 {
            assert_eq!(counts["procedures"], procedures, "{name}");
        }
        if let Some(requests) = requests {
            assert_eq!(counts["requests"], requests, "{name}");
        }
    }
}

#[test]
fn two_extractions_of_the_same_documents_ask_for_the_same() {
    let (Some(a), Some(b)) =
        (shared("catalogs/defence-2025/extracted"), shared("catalogs/defence-2025/extracted_fixed"))
    else {
        return;
    };
    let work = Work::new();
    ingest(&work, &a, "a");
    ingest(&work, &b, "b");
    assert_eq!(work.read("a/requests.csv"), work.read("b/requests.csv"));
}

/// The text of every accepted row stands in its source; spaces aside, because sources break lines where they like.
#[test]
fn every_row_can_be_found_again_in_its_source() {
    let squeeze = |text: &str| tinhgon::text::clean(text).split_whitespace().collect::<String>();
    for name in ["catalogs/portal-2026", "catalogs/defence-2025/extracted", "catalogs/api-2026", "catalogs/scrape-2021"]
    {
        let Some(root) = shared(name) else { continue };
        let work = Work::new();
        ingest(&work, &root, "o");
        let catalog = tinhgon::catalog::Catalog::read(&work.path("o")).unwrap();
        let mut sources: BTreeMap<String, String> = BTreeMap::new();
        let mut rows = 0;
        for (_, request) in catalog.requests() {
            let file = &request.source.file;
            let source = sources.entry(file.clone()).or_insert_with(|| {
                let text = std::fs::read_to_string(root.join(file)).unwrap();
                let value: serde_json::Value = serde_json::from_str(&text).unwrap();
                squeeze(&strings(&value))
            });
            assert!(source.contains(&squeeze(&request.text)), "{file}: {}", request.text);
            rows += 1;
        }
        assert!(rows > 0, "{name}");
    }
}

fn strings(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(s) => format!("{s}\n"),
        serde_json::Value::Array(items) => items.iter().map(strings).collect(),
        serde_json::Value::Object(object) => object.values().map(strings).collect(),
        _ => String::new(),
    }
}

#[test]
fn list_workbooks_join_their_details_by_code() {
    let Some(root) = shared("catalogs/portal-2026") else { return };
    let work = Work::new();
    ingest(&work, &root, "o");
    let catalog = tinhgon::catalog::Catalog::read(&work.path("o")).unwrap();
    let listed = catalog.procedures.iter().filter(|p| p.sources.iter().any(|s| s.contains(".xlsx"))).count();
    assert_eq!(listed, catalog.procedures.len(), "every procedure stands in a list workbook");
    assert!(catalog.procedures.iter().all(|p| !p.publisher.is_empty()), "and gets its publisher from it");
}

#[test]
fn two_extractions_of_the_same_documents_show_no_reduction() {
    let (Some(a), Some(b)) =
        (shared("catalogs/defence-2025/extracted"), shared("catalogs/defence-2025/extracted_fixed"))
    else {
        return;
    };
    let work = Work::new();
    let (a, b) = (a.to_string_lossy().into_owned(), b.to_string_lossy().into_owned());
    work.ok(&["progress", "--baseline", &a, "--current", &b, "--years", "2025", "2026", "--out", "p", "--csv"]);
    let read = |path: &str| -> Vec<BTreeMap<String, String>> {
        let text = work.read(path);
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        reader.deserialize().map(Result::unwrap).collect()
    };
    for row in read("p/measures.csv") {
        for column in ["removed", "added", "data_substitution"] {
            assert_eq!(row[column].parse::<f64>().unwrap(), 0.0, "{row:?}");
        }
    }
    let changes = read("p/changes.csv");
    assert!(!changes.iter().any(|c| c["change"].starts_with("request-")));
    assert!(changes.iter().any(|c| c["change"] == "extraction"));
}
