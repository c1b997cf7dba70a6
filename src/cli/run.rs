//! `tinhgon run [tinhgon.toml]`: the whole job into one run folder; without a file, on the embedded sample.

use super::analyze::{self, Analysis, Law};
use super::ingest::{self, Built, Settings};
use super::{Context, Outcome, init, terminal};
use crate::message::Lang;
use crate::output::{Manifest, OutputFolder};
use crate::problem::Problem;
use crate::progress::{Figure, Measure, figures};
use crate::project::Project;
use crate::report::{CatalogFigures, ProblemCounts, Report, html, request_lines, source_lines};
use crate::table::Table;
use anyhow::Result;
use clap::Args;
use std::path::{Path, PathBuf};

/// Stages of the chain that this version does not have; each says so in the report and on the terminal.
const LATER: [&str; 3] = ["stage-propose", "stage-progress", "stage-audit"];

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

/// One catalogue of the run, read and analysed.
struct Year {
    name: String,
    built: Built,
    analysis: Analysis,
    figures: Vec<Figure>,
}

pub fn run(options: &Options, context: Context, is_lang_given: bool) -> Result<Outcome> {
    let here = PathBuf::from(init::SETTINGS);
    match options.config.clone().or_else(|| here.exists().then_some(here)) {
        Some(path) => {
            let mut project = Project::read(&path)?;
            project.out = options.out.clone().unwrap_or(project.out);
            let context = adapt(context, &project, is_lang_given)?;
            run_project(&project, options.as_of.as_deref(), None, &context)
        }
        None => run_sample(options, &context),
    }
}

/// The sample is unpacked into the run folder itself, so that one can look at what was read.
fn run_sample(options: &Options, context: &Context) -> Result<Outcome> {
    context.say("run-sample", &[]);
    let out = options.out.clone().unwrap_or_else(|| PathBuf::from("ket-qua"));
    let unpacked = OutputFolder::begin(&out)?;
    terminal::remove_when_stopped(unpacked.path());
    let sample = unpacked.path().join("du-lieu-mau");
    init::unpack_sample(&sample)?;
    let mut project = Project::read(&sample.join(init::SETTINGS))?;
    project.out = out;
    run_project(&project, options.as_of.as_deref(), Some(unpacked), context)
}

/// Language and rules of the settings, unless the command line said otherwise.
fn adapt(context: Context, project: &Project, is_lang_given: bool) -> Result<Context> {
    let lang = project.lang.filter(|_| !is_lang_given).unwrap_or(context.messages.lang);
    match &project.rules {
        Some(folder) => Context::new(lang, Some(folder)),
        None if lang == context.messages.lang => Ok(context),
        None => Context::new(lang, None),
    }
}

fn run_project(
    project: &Project,
    as_of: Option<&str>,
    begun: Option<OutputFolder>,
    context: &Context,
) -> Result<Outcome> {
    let law = Law::load(as_of.or(project.as_of.as_deref()), project.register.as_deref(), context)?;
    let folder = begun.map_or_else(|| OutputFolder::begin(&project.out), Ok)?;
    terminal::remove_when_stopped(folder.path());
    let settings = Settings { map: project.map.as_deref(), csv: project.csv, strict: project.strict };
    let mut manifest = Manifest::new("run", &context.rules.hash());
    manifest.as_of = law.reading.as_of.to_string();
    let mut years = Vec::new();
    for entry in &project.catalog {
        context.say("run-stage", &[("stage", &context.text("stage-catalog", &[("name", &entry.name)]))]);
        let year = read_year(&entry.name, &entry.inputs, folder.path(), &settings, &law, context)?;
        ingest::summarise(&year.built, &project.out.join(format!("catalog-{}", entry.name)), context);
        for input in &year.built.inputs {
            let path = format!("{}/{}", entry.name, input.path);
            manifest.inputs.push(crate::output::InputSummary { path, ..input.clone() });
        }
        years.push(year);
    }
    figure_table(&years).write(folder.path(), project.csv)?;
    let report = report(&years, &law, &manifest, context);
    write_text(&folder.path().join("report.html"), &html(&report, &context.messages)?)?;
    let counts = years.iter().map(|y| (format!("procedures-{}", y.name), y.built.catalog.procedures.len() as u64));
    manifest.counts.extend(counts);
    folder.commit(manifest)?;
    context.say("run-later", &[("stages", &report.later.join(", "))]);
    context.say("run-done", &[("report", &project.out.join("report.html").display().to_string())]);
    Ok(Outcome::Done)
}

fn read_year(
    name: &str,
    inputs: &[PathBuf],
    folder: &Path,
    settings: &Settings,
    law: &Law,
    context: &Context,
) -> Result<Year> {
    let built = ingest::build(inputs, settings, context)?;
    let place = folder.join(format!("catalog-{name}"));
    make_folder(&place)?;
    let manifest = ingest::write(&built, &place, settings, context)?;
    crate::output::seal(&place, manifest)?;
    let analysis = analyze::analyse(&built.catalog, law, None, &[]);
    let place = folder.join(format!("analysis-{name}"));
    make_folder(&place)?;
    let manifest = analyze::write(&built.catalog, &analysis, &place, settings.csv, law, context)?;
    crate::output::seal(&place, manifest)?;
    let figures = figures(&built.catalog, &analysis.assessments);
    Ok(Year { name: name.to_owned(), built, analysis, figures })
}

fn make_folder(path: &Path) -> Result<()> {
    Ok(std::fs::create_dir_all(path).map_err(crate::error::Error::io(path))?)
}

fn write_text(path: &Path, text: &str) -> Result<()> {
    Ok(std::fs::write(path, text).map_err(crate::error::Error::io(path))?)
}

/// The table `figures`: one row a catalogue and measure.
fn figure_table(years: &[Year]) -> Table {
    let rows: Vec<(&str, &Figure)> =
        years.iter().flat_map(|y| y.figures.iter().map(move |f| (y.name.as_str(), f))).collect();
    Table::new("figures")
        .text("catalog", rows.iter().map(|r| r.0))
        .text("measure", rows.iter().map(|r| r.1.measure.as_str()))
        .int("value", rows.iter().map(|r| i64::try_from(r.1.value).ok()))
}

fn report(years: &[Year], law: &Law, manifest: &Manifest, context: &Context) -> Report {
    let problems: Vec<Problem> = years.iter().flat_map(|y| y.built.problems.clone()).collect();
    let mut report = Report {
        as_of: manifest.as_of.clone(),
        tool: manifest.tool.clone(),
        rules: manifest.rules.clone(),
        measures: Measure::ALL.iter().map(|m| context.text(&format!("measure-{}", m.as_str()), &[])).collect(),
        catalogs: years
            .iter()
            .map(|y| CatalogFigures { name: y.name.clone(), values: y.figures.iter().map(|f| f.value).collect() })
            .collect(),
        problems: ProblemCounts::of(&problems),
        later: LATER.iter().map(|key| context.text(key, &[])).collect(),
        ..Report::default()
    };
    if let Some(newest) = years.last() {
        let lang: Lang = context.messages.lang;
        report.sources = source_lines(&law.book, &newest.analysis.assessments, lang);
        report.requests =
            request_lines(&law.book, &newest.built.catalog, &newest.analysis.assessments, &context.messages);
    }
    report
}
