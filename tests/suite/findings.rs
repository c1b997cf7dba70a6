//! Needless steps of the sample as they are planted, and findings of real catalogues, where they are at hand.

use super::work::{Work, shared};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

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

/// One extraction lost steps of many documents, and nothing else: what is found anywhere but in steps has the same ids in
/// both, and whatever the poorer one finds the fuller one finds too.
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
        of.iter().filter(|(_, (item, _))| item != "step").map(|(id, _)| id.clone()).collect()
    };
    assert_eq!(rows(&a), rows(&b));
    assert!(!rows(&a).is_empty());
    let missing: Vec<_> = a.iter().filter(|(id, _)| !b.contains_key(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The needless steps planted in the sample against what is read: every one that is missed or read beside them is named, so
/// that a rule which loses or adds one is seen.
#[test]
fn the_needless_steps_of_the_sample_are_found() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets");
    let work = Work::new();
    work.ok(&["ingest", &data.join("catalog-2026").to_string_lossy(), "--out", "c"]);
    let catalog = tinhgon::catalog::Catalog::read(&work.path("c")).unwrap();
    let book = tinhgon::rule::ActBook::load(&tinhgon::rule::RuleFiles::embedded()).unwrap();
    let read = tinhgon::acts::read_all(&book, &catalog);
    let found: BTreeSet<(String, String)> = catalog
        .procedures
        .iter()
        .zip(&read)
        .flat_map(|(p, read)| read.patterns.iter().map(move |s| (p.code.clone(), s.pattern.as_str().to_owned())))
        .collect();
    let planted: BTreeSet<(String, String)> = csv::Reader::from_path(data.join("expected-steps.csv"))
        .unwrap()
        .deserialize::<BTreeMap<String, String>>()
        .map(|row| row.map(|row| (row["code"].clone(), row["pattern"].clone())).unwrap())
        .collect();
    let missed: Vec<_> = planted.difference(&found).collect();
    let beside: Vec<_> = found.difference(&planted).collect();
    assert_eq!((missed, beside), (vec![], vec![]));
}

/// Groups are of requests and of steps, each member stands where it says, and their numbers add up.
#[test]
fn groups_hold_what_they_say() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/catalog-2026");
    let work = Work::new();
    work.ok(&["ingest", &data.to_string_lossy(), "--out", "c"]);
    work.ok(&["analyze", "c", "--out", "a"]);
    let table = |name: &str| tinhgon::table::Table::read(&work.path("a"), name).unwrap();
    let (groups, members) = (table("groups"), table("group_members"));
    let kinds: BTreeSet<String> = groups.texts("item").unwrap().into_iter().collect();
    assert_eq!(kinds, ["request", "step"].map(str::to_owned).into());
    let sizes: BTreeMap<String, i64> =
        groups.texts("group_id").unwrap().into_iter().zip(groups.ints("size").unwrap().into_iter().flatten()).collect();
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    let (ids, items) = (members.texts("group_id").unwrap(), members.texts("item_id").unwrap());
    for ((id, item), procedure) in ids.into_iter().zip(items).zip(members.texts("procedure_id").unwrap()) {
        assert!(item.starts_with(&procedure) && !procedure.is_empty(), "{item} in {procedure}");
        *counted.entry(id).or_default() += 1;
    }
    assert_eq!(counted, sizes);
}
