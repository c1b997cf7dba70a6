//! Dossier logs that list the papers received, for the practice check of an audit.

use super::Context;
use crate::error::Error;
use crate::ingest::read_plain_where;
use crate::normalise::find_codes;
use crate::rule::{ReceivedColumns, VolumeColumns, VolumeField};
use crate::text::fold;
use crate::volumes::{DayReading, read_day};
use anyhow::Result;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Papers received in practice.
#[derive(Debug, Default)]
pub struct Received {
    /// Day and folded list of papers of each dossier, by code.
    pub papers: BTreeMap<String, Vec<(Date, String)>>,
}

/// Reads logs whose header has a code, a day and a column of papers. Rows without one of them are left out and counted.
pub fn load(paths: &[PathBuf], context: &Context) -> Result<Received> {
    let (columns, names) = (VolumeColumns::load(&context.rules)?, ReceivedColumns::load(&context.rules)?);
    let mut received = Received::default();
    let (mut rows, mut used) = (0, 0);
    for path in paths {
        let is_header = |header: &[&str]| !columns.locate(header).is_empty() && names.papers(header).is_some();
        let table = read_plain_where(path, &is_header)?;
        let places = columns.locate(&table.names);
        let (code, day) = (places.get(&VolumeField::Code), places.get(&VolumeField::Day));
        let header: Vec<&str> = table.names.iter().map(String::as_str).collect();
        let (Some(code), Some(day), Some(papers)) = (code, day, names.papers(&header)) else {
            return Err(Error::Usage(path.display().to_string()).into());
        };
        for row in &table.rows {
            rows += 1;
            let found = find_codes(&row[*code]).into_iter().next();
            if let (Some(found), DayReading::Day(day)) = (found, read_day(&row[*day]))
                && !row[papers].trim().is_empty()
            {
                used += 1;
                received.papers.entry(found.code).or_default().push((day, fold(&row[papers])));
            }
        }
    }
    context.say("received-read", &[("rows", &rows.to_string()), ("used", &used.to_string())]);
    Ok(received)
}
