//! `report.json` and its schema.

use super::summary::Report;
use crate::error::{Error, Result};
use std::path::PathBuf;

/// The JSON Schema of `report.json`.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// The totals of a run as JSON.
///
/// # Errors
/// Never for a report that was read.
pub fn report_json(report: &Report) -> Result<String> {
    let failed = |e: serde_json::Error| Error::Table { path: PathBuf::from("report.json"), message: e.to_string() };
    let mut value = serde_json::to_value(report).map_err(failed)?;
    if let Some(object) = value.as_object_mut() {
        object.insert("$schema".into(), "report.schema.json".into());
    }
    Ok(serde_json::to_string_pretty(&value).map_err(failed)? + "\n")
}
