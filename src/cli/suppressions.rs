//! The file of findings to be left be, as TOML or CSV.

use super::Context;
use crate::detect::Suppression;
use crate::error::Error;
use anyhow::{Context as _, Result};
use serde::Deserialize;
use std::path::Path;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    suppress: Vec<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Entry {
    finding_id: String,
    rule: String,
    code: String,
    reason: String,
    who: String,
    expires: String,
}

/// Reads a file of suppressions; entries without reason or person are refused.
pub fn read(path: &Path, context: &Context) -> Result<Vec<Suppression>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let wrong = |message: String| Error::Rule { path: path.to_owned(), message };
    let is_toml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    let entries: Vec<Entry> = if is_toml {
        toml::from_str::<File>(&text).map_err(|e| wrong(e.to_string()))?.suppress
    } else {
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().next().unwrap_or_default();
        let delimiter = if first.contains(';') && !first.contains(',') { b';' } else { b',' };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
        reader.deserialize().collect::<std::result::Result<_, _>>().map_err(|e| wrong(e.to_string()))?
    };
    (1..).zip(entries).map(|(at, entry)| compile(entry, at, context).map_err(|m| wrong(m).into())).collect()
}

fn compile(entry: Entry, at: usize, context: &Context) -> std::result::Result<Suppression, String> {
    let Entry { finding_id, rule, code, reason, who, expires } = entry;
    let number = at.to_string();
    let names_one = !finding_id.is_empty() || (!rule.is_empty() && !code.is_empty());
    if !names_one || reason.is_empty() || who.is_empty() {
        return Err(context.text("suppression-wrong", &[("entry", &number)]));
    }
    let expires = match expires.as_str() {
        "" => None,
        day => {
            let wrong = |_| context.text("suppression-date", &[("entry", &number), ("found", day)]);
            Some(day.parse().map_err(wrong)?)
        }
    };
    Ok(Suppression { finding_id, rule, code, reason, who, expires })
}
