//! An analysis folder, read back with the catalogue it was made of.

use super::Context;
use crate::catalog::Catalog;
use crate::detect::{Certainty, Finding, Item, Standing, Suppressed};
use crate::error::Error;
use crate::output::Manifest;
use crate::problem::{Severity, Source};
use crate::reading::{Assessment, Reason};
use crate::rule::{Bilingual, Verdict};
use crate::table::{Table, TableView};
use anyhow::Result;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as WordError;
use std::path::{Path, PathBuf};

/// What an analysis folder holds.
#[derive(Debug)]
pub struct Analysis {
    /// Its manifest.
    pub manifest: Manifest,
    /// The catalogue it was made of.
    pub catalog: Catalog,
    /// Its assessments.
    pub assessments: Vec<Assessment>,
    /// Its findings; none where it has no such table.
    pub findings: Option<Vec<Finding>>,
}

impl Analysis {
    /// Reads an analysis folder, and the catalogue from `catalog` or from where the analysis says.
    pub fn read(folder: &Path, catalog: Option<&Path>, context: &Context) -> Result<Analysis> {
        let manifest = Manifest::read(folder)?;
        let place = catalog.map_or_else(|| catalog_of(folder, &manifest, context), |c| Ok(c.to_owned()))?;
        let source = Manifest::read(&place)?;
        if !manifest.inputs.is_empty() && source.inputs != manifest.inputs {
            let name = place.display().to_string();
            return Err(Error::Usage(context.text("propose-other-catalog", &[("catalog", &name)])).into());
        }
        let has_findings = folder.join("findings.parquet").exists();
        Ok(Analysis {
            catalog: Catalog::read(&place)?,
            assessments: read_assessments(folder)?,
            findings: has_findings.then(|| read_findings(folder)).transpose()?,
            manifest,
        })
    }
}

/// Where the manifest says, else `catalog-NAME` beside `analysis-NAME` in a run folder.
fn catalog_of(folder: &Path, manifest: &Manifest, context: &Context) -> Result<PathBuf> {
    if !manifest.catalog.is_empty() {
        return Ok(folder.join(&manifest.catalog));
    }
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = name.strip_prefix("analysis-").map(|year| folder.with_file_name(format!("catalog-{year}")));
    beside.filter(|place| place.exists()).ok_or_else(|| {
        let folder = folder.display().to_string();
        Error::Usage(context.text("propose-no-catalog", &[("analysis", &folder)])).into()
    })
}

/// A word of a closed vocabulary; the empty text is none.
fn word<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    let word: serde::de::value::StrDeserializer<'_, WordError> = text.into_deserializer();
    T::deserialize(word).ok()
}

fn span(value: Option<i64>) -> usize {
    value.and_then(|v| usize::try_from(v).ok()).unwrap_or_default()
}

/// The assessments of an analysis folder. The cues that decided are no part of its table.
fn read_assessments(folder: &Path) -> Result<Vec<Assessment>> {
    let view = Table::read(folder, "assessments")?;
    let texts = |name: &str| view.texts(name);
    let (ids, kinds, verdicts, reasons) = (texts("request_id")?, texts("kind")?, texts("verdict")?, texts("reason")?);
    let (rules, sources, grounds, codes) = (texts("rule")?, texts("source")?, texts("ground")?, texts("ground_code")?);
    let (readiness, competence, quotes, whose) =
        (texts("readiness")?, texts("competence")?, texts("quote")?, texts("whose")?);
    let (starts, ends, confidence) = (view.ints("span_start")?, view.ints("span_end")?, view.floats("confidence")?);
    let unknown = |column: &str, word: &str| Error::Table {
        path: folder.join("assessments.parquet"),
        message: format!("{column}: \"{word}\""),
    };
    let mut assessments = Vec::with_capacity(view.height());
    for row in 0..view.height() {
        assessments.push(Assessment {
            request_id: ids[row].clone(),
            kind: kinds[row].clone(),
            verdict: Verdict::parse(&verdicts[row]).ok_or_else(|| unknown("verdict", &verdicts[row]))?,
            reason: Reason::parse(&reasons[row]).ok_or_else(|| unknown("reason", &reasons[row]))?,
            rule: rules[row].clone(),
            source: sources[row].clone(),
            ground: grounds[row].clone(),
            ground_code: codes[row].clone(),
            readiness: word(&readiness[row]).unwrap_or(crate::rule::Readiness::NotApplicable),
            competence: word(&competence[row]),
            confidence: confidence[row].unwrap_or_default(),
            span_start: span(starts[row]),
            span_end: span(ends[row]),
            quote: quotes[row].clone(),
            whose: word(&whose[row]),
            cues: Vec::new(),
        });
    }
    Ok(assessments)
}

fn read_findings(folder: &Path) -> Result<Vec<Finding>> {
    let view = Table::read(folder, "findings")?;
    let texts = |name: &str| view.texts(name);
    let (ids, rules, patterns, severities) =
        (texts("finding_id")?, texts("rule")?, texts("pattern")?, texts("severity")?);
    let (certainties, codes, procedures, items) =
        (texts("certainty")?, texts("code")?, texts("procedure_id")?, texts("item")?);
    let (item_ids, related, quotes, grounds) =
        (texts("item_id")?, texts("related")?, texts("quote")?, texts("ground")?);
    let (vi, en, actions) = (texts("message")?, texts("message_en")?, texts("action")?);
    let (standings, reasons, whos, expires) =
        (texts("suppressed")?, texts("suppressed_reason")?, texts("suppressed_by")?, texts("suppressed_until")?);
    let sources = read_sources(&view)?;
    let suppressed = |row: usize| {
        let standing = [Standing::Holds, Standing::Expired].into_iter().find(|s| s.as_str() == standings[row])?;
        let (reason, who, expires) = (reasons[row].clone(), whos[row].clone(), expires[row].clone());
        Some(Suppressed { standing, reason, who, expires })
    };
    let rows = sources.into_iter().enumerate().map(|(row, source)| Finding {
        id: ids[row].clone(),
        rule: rules[row].clone(),
        pattern: patterns[row].clone(),
        severity: Severity::from_name(&severities[row]),
        certainty: if certainties[row] == Certainty::Safe.as_str() { Certainty::Safe } else { Certainty::Review },
        code: codes[row].clone(),
        procedure_id: procedures[row].clone(),
        item: [Item::Request, Item::Step].into_iter().find(|i| i.as_str() == items[row]).unwrap_or(Item::Procedure),
        item_id: item_ids[row].clone(),
        related: related[row].split("; ").filter(|r| !r.is_empty()).map(str::to_owned).collect(),
        source,
        quote: quotes[row].clone(),
        message: Bilingual { vi: vi[row].clone(), en: en[row].clone() },
        ground: grounds[row].clone(),
        action: actions[row].clone(),
        suppressed: suppressed(row),
    });
    Ok(rows.collect())
}

fn read_sources(view: &TableView) -> Result<Vec<Source>> {
    let (files, rows, ids) = (view.texts("source_file")?, view.ints("source_row")?, view.texts("source_id")?);
    Ok(files
        .into_iter()
        .zip(rows)
        .zip(ids)
        .map(|((file, row), id)| Source {
            file,
            row: row.and_then(|r| u32::try_from(r).ok()),
            id: Some(id).filter(|i| !i.is_empty()),
        })
        .collect())
}
