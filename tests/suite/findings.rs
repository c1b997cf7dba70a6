//! Findings of real catalogues, where they are at hand.

use super::work::Work;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn shared(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TINHGON_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

/// Ids of the findings, with what they are about.
fn findings(work: &Work, input: &std::path::Path, name: &str) -> BTreeMap<String, (String, String)> {
    let (catalog, analysis) = (format!("c-{name}"), format!("a-{name}"));
    work.ok(&["ingest", &input.to_string_lossy(), "--out", &catalog]);
    work.ok(&["analyze", &catalog, "--out", &analysis]);
    let view = tinhgon::table::Table::read(&work.path(&analysis), "findings").unwrap();
    let (ids, items, rules) =
        (view.texts("finding_id").unwrap(), view.texts("item").unwrap(), view.texts("rule").unwrap());
    let count = ids.len();
    let found: BTreeMap<_, _> = ids.into_iter().zip(items.into_iter().zip(rules)).collect();
    assert_eq!(found.len(), count, "ids are unique");
    found
}

/// One extraction lost steps of some documents, no dossier rows: what is found in rows has the same ids in both, and
/// whatever the poorer one finds the fuller one finds too.
#[test]
fn two_extractions_of_the_same_documents_give_the_same_findings() {
    let (Some(a), Some(b)) =
        (shared("catalogs/defence-2025/extracted"), shared("catalogs/defence-2025/extracted_fixed"))
    else {
        return;
    };
    let work = Work::new();
    let (a, b) = (findings(&work, &a, "lost"), findings(&work, &b, "fixed"));
    let rows = |of: &BTreeMap<String, (String, String)>| -> Vec<String> {
        of.iter().filter(|(_, (item, _))| item == "request").map(|(id, _)| id.clone()).collect()
    };
    assert_eq!(rows(&a), rows(&b));
    assert!(!rows(&a).is_empty());
    let missing: Vec<_> = a.iter().filter(|(id, _)| !b.contains_key(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
