//! `tinhgon analyze CATALOG --out DIR`: reads every request, tells which of them data can replace.

use super::{Context, Outcome, terminal};
use crate::catalog::Catalog;
use crate::error::Error;
use crate::output::{Manifest, OutputFolder};
use crate::reading::{self, Assessment, assessment_table, hidden_demands, hidden_table};
use crate::rule::{Readiness, Register, RuleBook, Verdict};
use anyhow::{Context as _, Result};
use clap::Args;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "CATALOG")]
    catalog: PathBuf,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
    #[arg(long)]
    csv: bool,
}

/// What an analysis depends on beside the catalogue.
#[derive(Debug)]
pub struct Law {
    /// The rules, compiled.
    pub book: RuleBook,
    /// As-of date and register.
    pub reading: reading::Context,
}

impl Law {
    /// Compiles the rules and reads the platform register, if there is one.
    pub fn load(as_of: Option<&str>, register: Option<&Path>, context: &Context) -> Result<Law> {
        let day = as_of.unwrap_or(&context.defaults.as_of);
        let as_of: Date = day.parse().map_err(|_| Error::Usage(context.text("date-invalid", &[("found", day)])))?;
        let book = RuleBook::load(&context.rules)?;
        let register = register.map_or_else(|| Ok(Register::default()), |path| read_register(path, &book))?;
        Ok(Law { book, reading: reading::Context { as_of, register } })
    }
}

/// Says how many replacements have lost their ground by the as-of date, and which ground that was.
fn say_lapsed(assessments: &[Assessment], law: &Law, context: &Context) {
    let lapsed = || assessments.iter().filter(|a| a.readiness == Readiness::GroundLapsed);
    for ground in &law.book.grounds {
        let count = lapsed().filter(|a| a.ground_code == ground.code).count();
        if let (1.., Some(end)) = (count, ground.valid_to) {
            context.say(
                "analyze-lapsed",
                &[("count", &count.to_string()), ("document", &ground.document), ("end", &end.to_string())],
            );
        }
    }
}

fn read_register(path: &Path, book: &RuleBook) -> Result<Register> {
    let is =
        |extensions: &[&str]| path.extension().is_some_and(|e| extensions.iter().any(|x| e.eq_ignore_ascii_case(x)));
    if is(&["xlsx", "xls", "ods", "xlsb"]) {
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        return Ok(Register::from_workbook(path, &bytes, book)?);
    }
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(if is(&["toml"]) { Register::from_toml(path, &text, book)? } else { Register::from_csv(path, &text, book)? })
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let law = Law::load(options.as_of.as_deref(), options.register.as_deref(), context)?;
    let source = Manifest::read(&options.catalog)?;
    let catalog = Catalog::read(&options.catalog)?;
    let folder = OutputFolder::begin(&options.out)?;
    terminal::remove_when_stopped(folder.path());
    let assessments = reading::read(&law.book, &catalog, &law.reading);
    let mut manifest = write(&catalog, &assessments, folder.path(), options.csv, &law, context)?;
    manifest.inputs = source.inputs;
    folder.commit(manifest)?;
    summarise(&assessments, &law, &options.out, context);
    Ok(Outcome::Done)
}

/// Writes the tables of an analysis and gives its manifest.
pub fn write(
    catalog: &Catalog,
    assessments: &[Assessment],
    folder: &Path,
    csv: bool,
    law: &Law,
    context: &Context,
) -> Result<Manifest> {
    let mut manifest = Manifest::new("analysis", &context.rules.hash());
    manifest.as_of = law.reading.as_of.to_string();
    let table = assessment_table(catalog, assessments);
    manifest.counts.insert(table.name().to_owned(), table.height() as u64);
    table.write(folder, csv)?;
    let hidden = hidden_table(&hidden_demands(&law.book, catalog, assessments, &law.reading));
    manifest.counts.insert(hidden.name().to_owned(), hidden.height() as u64);
    hidden.write(folder, csv)?;
    Ok(manifest)
}

fn summarise(assessments: &[Assessment], law: &Law, out: &Path, context: &Context) {
    let mut requests: Vec<&str> = assessments.iter().map(|a| a.request_id.as_str()).collect();
    requests.dedup();
    let count = |verdict| assessments.iter().filter(|a| a.verdict == verdict).count().to_string();
    context.say(
        "analyze-done",
        &[
            ("requests", &requests.len().to_string()),
            ("as_of", &law.reading.as_of.to_string()),
            ("replace", &count(Verdict::Replace)),
            ("partial", &count(Verdict::Partial)),
            ("already", &count(Verdict::Already)),
            ("keep", &count(Verdict::Keep)),
            ("mention", &count(Verdict::Mention)),
            ("out", &out.display().to_string()),
        ],
    );
    say_lapsed(assessments, law, context);
}
