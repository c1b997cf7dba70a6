//! `tinhgon generate`: a synthetic catalogue, or next year's catalogue of a given one with known changes and claims.

use super::progress::read_catalog;
use super::{Context, Outcome, terminal};
use crate::catalog::Catalog;
use crate::error::Error;
use crate::generate::{change_lines, claim_lines, expected_claim_lines, next_year, synthetic};
use crate::output::{Manifest, OutputFolder, seal};
use crate::rule::GenerateRules;
use anyhow::{Context as _, Result};
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(long, value_name = "N", required_unless_present = "from", conflicts_with = "from")]
    procedures: Option<u32>,
    #[arg(long, value_name = "CATALOG")]
    from: Option<PathBuf>,
    #[arg(long, value_name = "S")]
    seed: u64,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long)]
    csv: bool,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let rules = GenerateRules::load(&context.rules)?;
    let folder = OutputFolder::begin(&options.out)?;
    terminal::remove_when_stopped(folder.path());
    let seed = options.seed.to_string();
    let out = options.out.display().to_string();
    if let Some(path) = &options.from {
        let (catalog, inputs) = read_catalog(path, context)?;
        let made = next_year(&catalog, options.seed, &rules);
        let mut manifest = Manifest::new("generated", &context.rules.hash());
        manifest.inputs = inputs;
        for (name, catalog) in [("before", &made.before), ("after", &made.after)] {
            let place = folder.path().join(name);
            std::fs::create_dir_all(&place).map_err(Error::io(&place))?;
            seal(&place, write_catalog(catalog, &place, options.csv, context)?)?;
        }
        let words = &rules.changes.claims;
        write_lines(folder.path(), "expected-changes.csv", change_lines(&made.changes))?;
        write_lines(folder.path(), "claims.csv", claim_lines(&made.claims, words))?;
        write_lines(folder.path(), "expected-claims.csv", expected_claim_lines(&made.claims))?;
        folder.commit(manifest)?;
        let (changes, claims) = (made.changes.len().to_string(), made.claims.len().to_string());
        context
            .say("generate-year-done", &[("changes", &changes), ("claims", &claims), ("seed", &seed), ("out", &out)]);
    } else {
        let catalog = synthetic(options.procedures.unwrap_or_default(), options.seed, &rules.templates);
        let manifest = write_catalog(&catalog, folder.path(), options.csv, context)?;
        folder.commit(manifest)?;
        let procedures = catalog.procedures.len().to_string();
        context.say("generate-done", &[("procedures", &procedures), ("seed", &seed), ("out", &out)]);
    }
    Ok(Outcome::Done)
}

fn write_catalog(catalog: &Catalog, folder: &Path, csv: bool, context: &Context) -> Result<Manifest> {
    let mut manifest = Manifest::new("catalog", &context.rules.hash());
    let problems = crate::catalog::problem_table(&[], &context.messages);
    for table in catalog.tables().into_iter().chain([problems]) {
        manifest.counts.insert(table.name().to_owned(), table.height() as u64);
        table.write(folder, csv)?;
    }
    Ok(manifest)
}

/// A CSV with BOM, as Excel opens it.
fn write_lines(folder: &Path, name: &str, lines: Vec<Vec<String>>) -> Result<()> {
    let path = folder.join(name);
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    for line in lines {
        writer.write_record(line).with_context(|| path.display().to_string())?;
    }
    let bytes = writer.into_inner().map_err(|e| anyhow::anyhow!("{}: {e}", path.display()))?;
    Ok(std::fs::write(&path, bytes).map_err(Error::io(&path))?)
}
