//! `tinhgon ingest INPUT… --out DIR`: any accepted format into one canonical catalogue folder.

use super::{Context, Outcome, terminal};
use crate::catalog::{Catalog, problem_table, read_problems};
use crate::ingest::{Ingested, ingest, size};
use crate::normalise;
use crate::output::{InputSummary, Manifest, OutputFolder};
use crate::problem::{Problem, Severity};
use crate::rule::{ColumnNames, Words};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    #[arg(long)]
    csv: bool,
    #[arg(long)]
    strict: bool,
}

/// How a catalogue is to be read and written.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    pub map: Option<&'a Path>,
    pub csv: bool,
    pub strict: bool,
}

/// A catalogue with everything that belongs into its folder.
#[derive(Debug, Default)]
pub struct Built {
    pub catalog: Catalog,
    pub problems: Vec<Problem>,
    pub inputs: Vec<InputSummary>,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let settings = Settings { map: options.map.as_deref(), csv: options.csv, strict: options.strict };
    let folder = OutputFolder::begin(&options.out)?;
    terminal::remove_when_stopped(folder.path());
    let built = build(&options.inputs, &settings, context)?;
    let manifest = write(&built, folder.path(), &settings, context)?;
    folder.commit(manifest)?;
    summarise(&built, &options.out, context);
    if built.catalog.procedures.is_empty() {
        context.say("ingest-nothing-kept", &[]);
        return Ok(Outcome::Told);
    }
    Ok(Outcome::Done)
}

/// Reads inputs into a catalogue. Catalogue folders of earlier runs may stand among the inputs.
pub fn build(inputs: &[PathBuf], settings: &Settings, context: &Context) -> Result<Built> {
    let mut columns = ColumnNames::load(&context.rules)?;
    if let Some(path) = settings.map {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        columns.override_with(path, &text)?;
    }
    let words = Words::load(&context.rules)?;
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = inputs.iter().cloned().partition(|i| is_catalog(i));
    if folders.is_empty() && size(&files)? == 0 {
        let names = inputs.iter().map(|i| i.display().to_string()).collect::<Vec<_>>().join(", ");
        bail!(context.text("nothing-to-read", &[("inputs", &names)]));
    }
    let bar = terminal::bytes_bar(size(&files)?, &context.text("reading", &[]));
    let raw = if files.is_empty() { Ingested::default() } else { ingest(&files, &columns, &|bytes| bar.inc(bytes))? };
    bar.finish_and_clear();
    let (mut catalog, mut problems) = normalise::normalise(&raw.records, &words);
    problems.extend(raw.problems);
    let mut all_inputs = raw.inputs;
    for folder in folders {
        catalog.procedures.extend(Catalog::read(&folder)?.procedures);
        problems.extend(read_problems(&folder)?);
        all_inputs.extend(Manifest::read(&folder)?.inputs);
    }
    let (catalog, conflicts) = normalise::merge(catalog);
    problems.extend(conflicts);
    problems.sort();
    problems.dedup();
    all_inputs.sort();
    all_inputs.dedup();
    if settings.strict {
        refuse_losses(&problems, context)?;
    }
    Ok(Built { catalog, problems, inputs: all_inputs })
}

fn is_catalog(path: &Path) -> bool {
    path.is_dir() && Manifest::read(path).is_ok_and(|m| m.kind == "catalog")
}

/// With `--strict` nothing is written when a row or file was left out; the first ones are named.
fn refuse_losses(problems: &[Problem], context: &Context) -> Result<()> {
    let lost: Vec<&Problem> = problems.iter().filter(|p| p.severity == Severity::Error).collect();
    for problem in lost.iter().take(20) {
        let row = problem.source.row.map_or(String::new(), |row| format!("#{row}"));
        terminal::say(&format!("{}{row}: {}", problem.source.file, context.messages.problem(problem)));
    }
    if !lost.is_empty() {
        bail!(context.text("strict-refused", &[("count", &lost.len().to_string())]));
    }
    Ok(())
}

/// Writes the tables of a catalogue into a folder and gives its manifest.
pub fn write(built: &Built, folder: &Path, settings: &Settings, context: &Context) -> Result<Manifest> {
    let mut manifest = Manifest::new("catalog", &context.rules.hash());
    manifest.inputs.clone_from(&built.inputs);
    let problems = problem_table(&built.problems, &context.messages);
    for table in built.catalog.tables().into_iter().chain([problems]) {
        manifest.counts.insert(table.name().to_owned(), table.height() as u64);
        table.write(folder, settings.csv)?;
    }
    Ok(manifest)
}

/// Says what was read, what was left out, and where the result stands.
pub fn summarise(built: &Built, out: &Path, context: &Context) {
    let total = |get: fn(&InputSummary) -> u64| built.inputs.iter().map(get).sum::<u64>().to_string();
    let severity = |s| built.problems.iter().filter(|p| p.severity == s).count().to_string();
    context.say(
        "ingest-done",
        &[
            ("inputs", &built.inputs.len().to_string()),
            ("read", &total(|i| i.read)),
            ("accepted", &total(|i| i.accepted)),
            ("rejected", &total(|i| i.rejected)),
            ("procedures", &built.catalog.procedures.len().to_string()),
            ("requests", &built.catalog.requests().count().to_string()),
            ("errors", &severity(Severity::Error)),
            ("warnings", &severity(Severity::Warning)),
            ("notes", &severity(Severity::Note)),
            ("out", &out.display().to_string()),
        ],
    );
}
