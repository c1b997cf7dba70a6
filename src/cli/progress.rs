//! `tinhgon progress --baseline CATALOG --current CATALOG… --out DIR`: what changed, in every measure, against the target.

use super::analyze::Law;
use super::ingest::{self, Settings};
use super::{Context, Outcome, terminal};
use crate::burden::{Readings, cost};
use crate::catalog::{Catalog, Procedure};
use crate::error::Error;
use crate::output::{InputSummary, MANIFEST, Manifest, OutputFolder};
use crate::progress::{
    Burden, Change, ChangeKind, Comparison, MeasureRow, Path as TargetPath, Volume, Weights, Year, change_table,
    changes, mark_reintroduced, match_catalogs, measure_table, measures,
};
use crate::reading::{self, Assessment};
use crate::rule::{CostBook, ProgressRules};
use crate::volumes::{Submission, Volumes};
use anyhow::{Context as _, Result};
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(long, value_name = "CATALOG")]
    baseline: PathBuf,
    #[arg(long, value_name = "CATALOG", required = true, num_args = 1..)]
    current: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "YEAR", num_args = 1.., value_delimiter = ',')]
    years: Vec<i16>,
    #[arg(long, value_name = "FILE")]
    volumes: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long)]
    csv: bool,
}

/// One catalogue with its name, year and assessments.
#[derive(Debug)]
pub struct Stage {
    pub name: String,
    pub year: i16,
    pub catalog: Catalog,
    pub assessments: Vec<Assessment>,
}

/// What came out for one pair of catalogues.
#[derive(Debug)]
pub struct Compared {
    pub from: String,
    pub to: String,
    pub changes: Vec<Change>,
    pub measures: Vec<MeasureRow>,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let law = Law::load(options.as_of.as_deref(), None, context)?;
    let (rules, costs) = (ProgressRules::load(&context.rules)?, CostBook::load(&context.rules)?);
    let paths: Vec<&PathBuf> = std::iter::once(&options.baseline).chain(&options.current).collect();
    let mut manifest = Manifest::new("progress", &context.rules.hash());
    manifest.as_of = law.reading.as_of.to_string();
    let mut stages = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let (catalog, inputs) = read_catalog(path, context)?;
        let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        let year = options.years.get(at).copied().or_else(|| year_of(&name, &catalog));
        let year = year.ok_or_else(|| Error::Usage(context.text("progress-no-year", &[("name", &name)])))?;
        let assessments = reading::read(&law.book, &catalog, &law.reading);
        let inputs = inputs.into_iter().map(|i| InputSummary { path: format!("{name}/{}", i.path), ..i });
        manifest.inputs.extend(inputs);
        stages.push(Stage { name, year, catalog, assessments });
    }
    let volumes = options.volumes.as_deref().map(|path| super::volumes::load(path, context)).transpose()?;
    let volumes = volumes.as_ref().map(weights);
    let compared = compare_all(&stages, volumes.as_deref(), &rules, &costs, context);
    let folder = OutputFolder::begin(&options.out)?;
    terminal::remove_when_stopped(folder.path());
    write(&compared, folder.path(), options.csv, &mut manifest)?;
    folder.commit(manifest)?;
    summarise(&compared, &options.out, context);
    Ok(Outcome::Done)
}

/// Compares each catalogue with the one before it, and the first with every later one.
#[must_use]
pub fn compare_all(
    stages: &[Stage],
    volumes: Option<&[Volume]>,
    rules: &ProgressRules,
    costs: &CostBook,
    context: &Context,
) -> Vec<Compared> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for to in 1..stages.len() {
        pairs.push((to - 1, to));
        if to > 1 {
            pairs.push((0, to));
        }
    }
    let weights = volumes.map(|v| Weights::of(v, stages[0].year));
    let mut compared: Vec<Compared> = Vec::new();
    for (from, to) in pairs {
        let mut pair = compare_pair(&stages[from], &stages[to], weights.as_ref(), rules, costs, context);
        let earlier: Vec<&[Change]> =
            (1..=from).filter_map(|at| changes_between(&compared, &stages[at - 1].name, &stages[at].name)).collect();
        mark_reintroduced(&mut pair.changes, &earlier);
        compared.push(pair);
    }
    compared
}

fn changes_between<'a>(compared: &'a [Compared], from: &str, to: &str) -> Option<&'a [Change]> {
    compared.iter().find(|c| c.from == from && c.to == to).map(|c| c.changes.as_slice())
}

fn compare_pair(
    from: &Stage,
    to: &Stage,
    weights: Option<&Weights>,
    rules: &ProgressRules,
    costs: &CostBook,
    context: &Context,
) -> Compared {
    let (before, after) = (Year::of(&from.catalog, &from.assessments), Year::of(&to.catalog, &to.assessments));
    let matching = match_catalogs(&from.catalog, &to.catalog, rules);
    let changes = changes(before, after, &matching, rules);
    let target = &context.defaults.target;
    let costs = (burdens(from, costs), burdens(to, costs));
    let comparison = Comparison {
        from: &from.name,
        to: &to.name,
        before,
        after,
        matching: &matching,
        changes: &changes,
        burdens: Some((&costs.0, &costs.1)),
        weights,
        path: TargetPath {
            baseline_year: from.year,
            year: to.year,
            target_percent: target.percent,
            target_year: target.year,
        },
    };
    let measures = measures(&comparison, rules);
    Compared { from: from.name.clone(), to: to.name.clone(), changes, measures }
}

/// What one run of each procedure costs the applicant, every catalogue priced with the same book: best estimates.
fn burdens(stage: &Stage, costs: &CostBook) -> Vec<Burden> {
    let readings = Readings::of(&stage.assessments);
    let of = |procedure: &Procedure| {
        let cost = cost(costs, procedure, &readings, None);
        let in_person = cost.activities.iter().filter(|a| a.channel == Some(Submission::Direct)).count();
        Burden {
            visits: i64::try_from(in_person).unwrap_or(i64::MAX),
            hours: cost.per_run.minutes.best.saturating_mul(100) / 60,
            cost_vnd: cost.per_run.without_fees.best,
            cost_with_fees_vnd: cost.per_run.with_fees().best,
        }
    };
    stage.catalog.procedures.iter().map(of).collect()
}

/// Writes the tables `changes` and `measures`.
pub fn write(compared: &[Compared], folder: &Path, csv: bool, manifest: &mut Manifest) -> Result<()> {
    let rows: Vec<(&str, &str, &Change)> =
        compared.iter().flat_map(|c| c.changes.iter().map(|change| (c.from.as_str(), c.to.as_str(), change))).collect();
    let all: Vec<MeasureRow> = compared.iter().flat_map(|c| c.measures.clone()).collect();
    for table in [change_table(&rows), measure_table(&all)] {
        manifest.counts.insert(table.name().to_owned(), table.height() as u64);
        table.write(folder, csv)?;
    }
    Ok(())
}

/// What was measured, on stderr.
pub fn summarise(compared: &[Compared], out: &Path, context: &Context) {
    for pair in compared {
        let count = |kind| pair.changes.iter().filter(|c| c.kind == kind).count().to_string();
        let city = |measure: &str| {
            let row = pair.measures.iter().find(|r| r.measure == measure && r.scope == "city" && r.weighting == "none");
            let net = row.and_then(MeasureRow::net).map_or_else(|| "–".to_owned(), |p| format!("{:.2}", p.rounded()));
            let numbers = row.map_or((0, 0), |r| (r.baseline, r.current));
            [numbers.0.to_string(), numbers.1.to_string(), net]
        };
        let [p_from, p_to, p_net] = city("procedures");
        let [r_from, r_to, r_net] = city("requests");
        let args = [
            ("from", pair.from.as_str()),
            ("to", &pair.to),
            ("p_from", &p_from),
            ("p_to", &p_to),
            ("p_net", &p_net),
            ("r_from", &r_from),
            ("r_to", &r_to),
            ("r_net", &r_net),
            ("gone", &count(ChangeKind::Gone)),
            ("new", &count(ChangeKind::New)),
            ("recoded", &count(ChangeKind::Recoded)),
            ("merged", &count(ChangeKind::Merged)),
            ("dropped", &count(ChangeKind::RequestDropped)),
            ("added", &count(ChangeKind::RequestAdded)),
            ("fallback", &count(ChangeKind::RequestFallback)),
        ];
        context.say("progress-pair", &args);
    }
    context.say("progress-done", &[("out", &out.display().to_string())]);
}

/// A catalogue folder, or anything `ingest` reads.
pub fn read_catalog(path: &Path, context: &Context) -> Result<(Catalog, Vec<InputSummary>)> {
    let none = |missing: &str| {
        let path = path.display().to_string();
        Error::Usage(context.text("audit-no-catalogue", &[("path", &path), ("missing", missing)]))
    };
    if path.join(MANIFEST).exists() {
        let manifest = Manifest::read(path)?;
        if manifest.kind != "catalog" {
            return Err(none("procedures.parquet").into());
        }
        return Ok((Catalog::read(path)?, manifest.inputs));
    }
    if !path.exists() {
        return Err(none(MANIFEST).into());
    }
    let settings = Settings { map: None, csv: false, strict: false };
    let built = ingest::build(&[path.to_owned()], &settings, context).with_context(|| none(MANIFEST).to_string())?;
    if built.catalog.procedures.is_empty() {
        return Err(none(MANIFEST).into());
    }
    Ok((built.catalog, built.inputs))
}

/// Year of a catalogue: four digits of its name, else the newest day of publication.
pub fn year_of(name: &str, catalog: &Catalog) -> Option<i16> {
    let digits = name.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    let named = digits.filter_map(|run| run.parse().ok()).find(|y| (1990..2100).contains(y));
    named.or_else(|| catalog.procedures.iter().filter_map(|p| p.published_on.get(..4)?.parse().ok()).max())
}

/// Volumes as weights: one row a code, year and channel.
pub fn weights(volumes: &Volumes) -> Vec<Volume> {
    volumes
        .rows()
        .into_iter()
        .map(|row| Volume {
            year: Some(row.year),
            code: row.code.to_owned(),
            channel: row.channel.map(|c| c.as_str().to_owned()).unwrap_or_default(),
            dossiers: i64::try_from(row.dossiers).unwrap_or(i64::MAX),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_stands_in_the_name_of_the_folder() {
        for (name, expected) in [("catalog-2025", Some(2025)), ("dm_2020_v2", Some(2020)), ("danh-muc", None)] {
            assert_eq!(year_of(name, &Catalog::default()), expected);
        }
    }
}
