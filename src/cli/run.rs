//! `tinhgon run [tinhgon.toml]`: the whole job into one run folder; without a file, on the embedded sample.

use super::analyze::{self, Analysis, Law};
use super::audit;
use super::ingest::{self, Built, Settings};
use super::progress::{self, Stage};
use super::propose::{self, Material, Wish};
use super::{Context, Outcome, init, terminal, volumes};
use crate::burden::Readings;
use crate::output::{Manifest, OutputFolder};
use crate::progress::{Figure, figures};
use crate::project::{CatalogEntry, Project};
use crate::propose::Prices;
use crate::report::{AuditInput, PAGE, Report, RunFolder, page};
use crate::rule::{ActionBook, CheckBook, CostBook, ProgressRules};
use crate::table::Table;
use crate::volumes::Volumes;
use anyhow::Result;
use clap::Args;
use std::path::{Path, PathBuf};

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
    let volumes = project.volumes.as_deref().map(|path| volumes::load(path, context)).transpose()?;
    let mut years = Vec::new();
    for entry in &project.catalog {
        context.say("run-stage", &[("stage", &context.text("stage-catalog", &[("name", &entry.name)]))]);
        let year = read_year(entry, folder.path(), &settings, &law, volumes.as_ref(), context)?;
        ingest::summarise(&year.built, &project.out.join(format!("catalog-{}", entry.name)), context);
        for input in &year.built.inputs {
            let path = format!("{}/{}", entry.name, input.path);
            manifest.inputs.push(crate::output::InputSummary { path, ..input.clone() });
        }
        years.push(year);
    }
    figure_table(&years).write(folder.path(), project.csv)?;
    let files = [(&project.register, "register"), (&project.volumes, "volumes"), (&project.claims, "claims")];
    manifest.inputs.extend(analyze::beside(&files)?);
    let job = Job { project, folder: folder.path(), years: &years, law: &law, volumes: volumes.as_ref(), context };
    let skipped = job.later_stages()?;
    let run = RunFolder::of(folder.path(), manifest.clone(), &context.messages)?;
    let report = Report::read(&run, &CheckBook::load(&context.rules)?)?;
    write_text(&folder.path().join(PAGE), &page(&run, &report, &context.rules, &context.messages)?)?;
    let counts = years.iter().map(|y| (format!("procedures-{}", y.name), y.built.catalog.procedures.len() as u64));
    manifest.counts.extend(counts);
    folder.commit(manifest)?;
    if let Some(newest) = years.last() {
        analyze::say_lapsed(&newest.analysis.assessments, &law, context);
    }
    if !skipped.is_empty() {
        context.say("run-later", &[("stages", &skipped.join("; "))]);
    }
    context.say("run-done", &[("report", &project.out.join(PAGE).display().to_string())]);
    Ok(Outcome::Done)
}

fn read_year(
    entry: &CatalogEntry,
    folder: &Path,
    settings: &Settings,
    law: &Law,
    volumes: Option<&Volumes>,
    context: &Context,
) -> Result<Year> {
    let name = &entry.name;
    let built = ingest::build(&entry.inputs, settings, context)?;
    let place = folder.join(format!("catalog-{name}"));
    make_folder(&place)?;
    let manifest = ingest::write(&built, &place, settings, context)?;
    crate::output::seal(&place, manifest)?;
    let analysis = analyze::analyse(&built.catalog, law, volumes, &[]);
    let place = folder.join(format!("analysis-{name}"));
    make_folder(&place)?;
    let mut manifest = analyze::write(&built.catalog, &analysis, &place, settings.csv, law, context)?;
    manifest.catalog = format!("../catalog-{name}");
    crate::output::seal(&place, manifest)?;
    let figures = figures(&built.catalog, &analysis.assessments);
    Ok(Year { name: name.clone(), built, analysis, figures })
}

/// What the stages after the analysis share.
struct Job<'a> {
    project: &'a Project,
    folder: &'a Path,
    years: &'a [Year],
    law: &'a Law,
    volumes: Option<&'a Volumes>,
    context: &'a Context,
}

impl Job<'_> {
    /// Proposals, progress and audit, as far as the settings name what they need; the others are named with what is missing.
    fn later_stages(&self) -> Result<Vec<String>> {
        let mut skipped = Vec::new();
        self.propose()?;
        let skip = |key: &str| self.context.text(key, &[]);
        if self.years.len() < 2 {
            skipped.extend([skip("skipped-progress"), skip("skipped-audit-years")]);
            return Ok(skipped);
        }
        if !self.progress()? {
            skipped.push(skip("skipped-progress-names"));
        }
        match &self.project.claims {
            Some(claims) => self.audit(claims)?,
            None => skipped.push(skip("skipped-audit-claims")),
        }
        Ok(skipped)
    }

    fn stage(&self, key: &str, folder: &str) -> Result<PathBuf> {
        self.context.say("run-stage", &[("stage", &self.context.text(key, &[]))]);
        let place = self.folder.join(folder);
        make_folder(&place)?;
        Ok(place)
    }

    /// Proposals for the newest catalogue; decisions of the last run are taken over.
    fn propose(&self) -> Result<()> {
        let Some(newest) = self.years.last() else { return Ok(()) };
        let place = self.stage("stage-propose", "proposals")?;
        let (law, rules) = (self.law, &self.context.rules);
        let actions = ActionBook::load(rules)?;
        let costs = CostBook::load(rules)?;
        let prices =
            Prices { book: &costs, readings: Readings::of(&newest.analysis.assessments), volumes: self.volumes };
        let material = Material {
            catalog: &newest.built.catalog,
            assessments: &newest.analysis.assessments,
            findings: Some(&newest.analysis.findings),
            book: &law.book,
            register: &law.reading.register,
            as_of: law.reading.as_of,
        };
        let last = self.project.out.join("proposals");
        let (workbooks, inputs) = propose::earlier_decisions(&last, &[], &actions, self.context)?;
        let made = propose::make(&material, &actions, &prices, workbooks, &Wish::default(), self.context)?;
        let mut manifest = propose::write(&material, &made, &actions, &prices, &place, self.project.csv, self.context)?;
        manifest.inputs = inputs;
        crate::output::seal(&place, manifest)?;
        propose::summarise(&made, self.context);
        Ok(())
    }

    /// Measures from catalogue to catalogue; false when a catalogue's name holds no year.
    fn progress(&self) -> Result<bool> {
        let rules = ProgressRules::load(&self.context.rules)?;
        let costs = CostBook::load(&self.context.rules)?;
        let mut stages = Vec::new();
        for year in self.years {
            let catalog = year.built.catalog.clone();
            let Some(number) = progress::year_of(&year.name, &catalog) else { return Ok(false) };
            let assessments = year.analysis.assessments.clone();
            stages.push(Stage { name: year.name.clone(), year: number, catalog, assessments });
        }
        let place = self.stage("stage-progress", "progress")?;
        let weights = self.volumes.map(progress::weights);
        let compared = progress::compare_all(&stages, weights.as_deref(), &rules, &costs, self.context);
        let mut manifest = Manifest::new("progress", &self.context.rules.hash());
        manifest.as_of = self.law.reading.as_of.to_string();
        progress::write(&compared, &place, self.project.csv, &mut manifest)?;
        crate::output::seal(&place, manifest)?;
        progress::summarise(&compared, &self.project.out.join("progress"), self.context);
        Ok(true)
    }

    /// Claims judged between the last two catalogues, against the oldest as baseline.
    fn audit(&self, claims: &Path) -> Result<()> {
        let [older @ .., before, after] = self.years else { return Ok(()) };
        let place = self.stage("stage-audit", "audit")?;
        let mut inputs = Vec::new();
        let years = [("baseline", older.first()), ("before", Some(before)), ("after", Some(after))];
        for (role, year) in years.into_iter().filter_map(|(role, year)| Some((role, year?))) {
            let path = format!("catalog-{}", year.name);
            let sha256 = audit::identity(&self.folder.join(&path), &year.built.inputs)?;
            inputs.push(AuditInput { role: format!("audit-input-{role}"), path, sha256 });
        }
        let material = audit::Material {
            baseline: older.first().map(|y| &y.built.catalog),
            years: [Some(&before.built.catalog), Some(&after.built.catalog)],
            volumes: self.volumes,
            inputs,
            ..audit::Material::default()
        };
        let audited = audit::audit(claims, material, self.law, self.context)?;
        let manifest = audit::write(&audited, &place, self.project.csv, self.law, self.context)?;
        crate::output::seal(&place, manifest)?;
        audit::summarise(&audited, &self.project.out.join("audit"), self.context);
        Ok(())
    }
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
