//! What the charts of the page are made of: measures of every scope, cells of the heat map, claims, and the totals.

use super::strings::Strings;
use crate::error::Result;
use crate::progress::Measure;
use crate::report::run_folder::{RunFolder, Stage};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const MEASURE_TEXTS: &[&str] = &["from", "to", "measure", "unit", "weighting", "scope", "on_path"];
const MEASURE_NUMBERS: &[&str] = &[
    "baseline",
    "added",
    "removed",
    "current",
    "gross_pct",
    "net_pct",
    "net_with_data_pct",
    "share_pct",
    "needed_pct",
    "target_pct",
    "target_year",
    "forecast_pct",
];
const CLAIM_TEXTS: &[&str] = &[
    "claim_id",
    "code",
    "name",
    "agency",
    "claimed_document",
    "verdict",
    "checks",
    "reason",
    "evidence",
    "source_file",
    "source_row",
];

/// Tables of the stages that the run has.
///
/// # Errors
/// When a table of the run is missing or broken.
pub fn views(run: &RunFolder, strings: &mut Strings) -> Result<Map<String, Value>> {
    let mut out = Map::new();
    if let Some(table) = run.stage(Stage::Progress, "measures")? {
        let mut columns = Map::new();
        for column in MEASURE_TEXTS {
            columns.insert((*column).to_owned(), json!(strings.column(&table.texts(column)?)));
        }
        for column in MEASURE_NUMBERS {
            columns.insert((*column).to_owned(), json!(table.floats(column)?));
        }
        out.insert("measures".into(), columns.into());
    }
    if let Some(table) = run.stage(Stage::Audit, "verdicts")? {
        let mut columns = Map::new();
        for column in CLAIM_TEXTS {
            columns.insert((*column).to_owned(), json!(strings.column(&table.texts(column)?)));
        }
        for column in ["claimed_amount", "accepted_amount"] {
            columns.insert(column.into(), json!(table.ints(column)?));
        }
        out.insert("claims".into(), columns.into());
    }
    out.insert("cells".into(), cells(run)?);
    out.insert("figures".into(), json!(Measure::ALL.map(Measure::as_str)));
    Ok(out)
}

/// Field × kind of paper of the newest catalogue: papers named as demanded or waived, and of these replaceable ones.
fn cells(run: &RunFolder) -> Result<Value> {
    let procedures = run.catalog("procedures")?;
    let fields: BTreeMap<String, String> =
        procedures.texts("procedure_id")?.into_iter().zip(procedures.texts("field")?).collect();
    let requests = run.catalog("requests")?;
    let owners: BTreeMap<String, String> =
        requests.texts("request_id")?.into_iter().zip(requests.texts("procedure_id")?).collect();
    let table = run.analysis("assessments")?;
    let (ids, kinds, verdicts) = (table.texts("request_id")?, table.texts("kind")?, table.texts("verdict")?);
    let mut cells: BTreeMap<(String, String), [u64; 2]> = BTreeMap::new();
    for row in 0..ids.len() {
        let is_replaceable = matches!(verdicts[row].as_str(), "replace" | "partial");
        if !is_replaceable && !matches!(verdicts[row].as_str(), "already" | "keep") {
            continue;
        }
        let field = owners.get(&ids[row]).and_then(|p| fields.get(p)).cloned().unwrap_or_default();
        let cell = cells.entry((field, kinds[row].clone())).or_default();
        cell[0] += u64::from(is_replaceable);
        cell[1] += 1;
    }
    Ok(json!(cells.iter().map(|((f, k), [r, all])| json!([f, k, r, all])).collect::<Vec<_>>()))
}
