//! `tinhgon audit --claims FILE --before CATALOG --after CATALOG --out DIR`: judges each claimed cut.

use super::analyze::Law;
use super::{Context, Outcome, terminal, volumes};
use crate::audit::{self, Fates, Judgement, Ledger, Setting, Year, Years};
use crate::catalog::{Catalog, problem_table};
use crate::error::Error;
use crate::ingest::read_plain_where;
use crate::output::{InputSummary, Manifest, OutputFolder, sha256};
use crate::problem::{Problem, Severity};
use crate::progress::{Matching, match_catalogs};
use crate::reading::{self, Assessment};
use crate::rule::{AmountWords, CheckBook, ClaimWords, ProgressRules};
use crate::table::Table;
use crate::volumes::Volumes;
use anyhow::{Result, bail};
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(long, value_name = "FILE")]
    claims: PathBuf,
    #[arg(long, value_name = "CATALOG")]
    before: PathBuf,
    #[arg(long, value_name = "CATALOG")]
    after: PathBuf,
    #[arg(long, value_name = "CATALOG")]
    baseline: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    volumes: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long)]
    csv: bool,
}

/// The catalogues of an audit, read.
#[derive(Debug)]
pub struct Catalogs<'a> {
    pub baseline: Option<&'a Catalog>,
    pub before: &'a Catalog,
    pub after: &'a Catalog,
}

/// An audit, ready to be written.
#[derive(Debug)]
pub struct Audited {
    pub judgements: Vec<Judgement>,
    pub problems: Vec<Problem>,
    pub checks: CheckBook,
    pub input: InputSummary,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let law = Law::load(options.as_of.as_deref(), None, context)?;
    let baseline = options.baseline.as_deref().map(Catalog::read).transpose()?;
    let (before, after) = (Catalog::read(&options.before)?, Catalog::read(&options.after)?);
    let catalogs = Catalogs { baseline: baseline.as_ref(), before: &before, after: &after };
    let mut ledger = options.ledger.as_deref().map(|path| open_ledger(path, context)).transpose()?;
    let volumes = options.volumes.as_deref().map(|path| volumes::load(path, context)).transpose()?;
    let audited = audit(&options.claims, &catalogs, ledger.as_ref(), volumes.as_ref(), &law, context)?;
    let folder = OutputFolder::begin(&options.out)?;
    terminal::remove_when_stopped(folder.path());
    let manifest = write(&audited, folder.path(), options.csv, &law, context)?;
    folder.commit(manifest)?;
    if let Some(ledger) = &mut ledger {
        let as_of = law.reading.as_of.to_string();
        ledger.extend(audit::entries(&audited.judgements, &as_of, &context.rules.hash()));
        ledger.save()?;
        context.say("ledger-saved", &[("entries", &ledger.entries().len().to_string()), ("head", ledger.head())]);
    }
    summarise(&audited, &options.out, context);
    Ok(Outcome::Done)
}

/// Opens a ledger whose chain holds.
pub fn open_ledger(path: &Path, context: &Context) -> Result<Ledger> {
    match Ledger::open(path)? {
        Ok(ledger) => Ok(ledger),
        Err(broken) => {
            let fault = context.text(broken.fault.as_str(), &[]);
            let line = broken.line.to_string();
            bail!(
                context.text(
                    "ledger-broken",
                    &[("path", &path.display().to_string()), ("line", &line), ("fault", &fault)]
                )
            )
        }
    }
}

/// Judges every claim of a list.
pub fn audit(
    list: &Path,
    catalogs: &Catalogs,
    ledger: Option<&Ledger>,
    volumes: Option<&Volumes>,
    law: &Law,
    context: &Context,
) -> Result<Audited> {
    let (words, numbers) = (ClaimWords::load(&context.rules)?, AmountWords::load(&context.rules)?);
    let checks = CheckBook::load(&context.rules)?;
    let table = read_plain_where(list, &|names| names.iter().filter(|name| words.column(name).is_some()).count() >= 2)?;
    let file = list.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (claims, problems) = audit::claims(&table, &file, &words, &numbers);
    let rules = ProgressRules::load(&context.rules)?;
    let read = |catalog: &Catalog| reading::read(&law.book, catalog, &law.reading);
    let (before, after) = (read(catalogs.before), read(catalogs.after));
    let baseline: Option<Vec<Assessment>> = catalogs.baseline.map(read);
    let years = Years {
        baseline: catalogs.baseline.zip(baseline.as_ref()).map(|(c, a)| Year::new(c, a)),
        before: Year::new(catalogs.before, &before),
        after: Year::new(catalogs.after, &after),
        fates: fates(&match_catalogs(catalogs.before, catalogs.after, &rules), catalogs.before, catalogs.after),
        fates_baseline: catalogs
            .baseline
            .map(|base| fates(&match_catalogs(base, catalogs.before, &rules), base, catalogs.before))
            .unwrap_or_default(),
    };
    let dossiers = volumes.map(dossiers);
    let setting = Setting {
        as_of: law.reading.as_of,
        book: &law.book,
        words: &words,
        dossiers: dossiers.as_ref(),
        received: None,
    };
    let counted = ledger.map(counted).unwrap_or_default();
    let judgements = audit::judge(&claims, &years, &checks, &setting, &law.reading, &counted);
    // A total is read and understood, but is no claim.
    let rejected = problems.iter().filter(|p| p.severity == Severity::Error).count() as u64;
    let input = InputSummary {
        path: file,
        sha256: sha256(&std::fs::read(list).map_err(Error::io(list))?),
        read: table.rows.len() as u64,
        accepted: table.rows.len() as u64 - rejected,
        rejected,
        ..InputSummary::default()
    };
    Ok(Audited { judgements, problems, checks, input })
}

/// Dossiers of all years with figures, by code; a code without figures is not there.
fn dossiers(volumes: &Volumes) -> BTreeMap<String, u64> {
    let years = volumes.years();
    let known = |code: &str| years.iter().filter_map(|year| volumes.total(code, *year)).reduce(|sum, n| sum + n);
    volumes.codes().into_iter().filter_map(|code| Some((code.to_owned(), known(code)?))).collect()
}

/// Keys that a ledger accepted, and where.
fn counted(ledger: &Ledger) -> BTreeMap<String, String> {
    let counts = ledger.entries().iter().filter(|e| e.counts());
    let mut keys = BTreeMap::new();
    for entry in counts {
        let place = format!("{} #{} ({})", entry.programme, entry.claim_id, entry.agency);
        keys.entry(entry.key.clone()).or_insert(place);
    }
    keys
}

fn fates(matching: &Matching, before: &Catalog, after: &Catalog) -> Fates {
    let mut fates = Fates::new();
    for found in &matching.matches {
        let ids = |catalog: &Catalog, places: &[usize]| -> Vec<String> {
            let mut ids: Vec<String> = places.iter().map(|at| catalog.procedures[*at].id.clone()).collect();
            ids.sort();
            ids
        };
        let (own, successors) = (ids(before, &found.before), ids(after, &found.after));
        for id in &own {
            let merged_with = own.iter().filter(|other| *other != id).cloned().collect();
            fates.insert(id.clone(), audit::Fate { successors: successors.clone(), merged_with });
        }
    }
    fates
}

/// Writes the tables of an audit and gives its manifest.
pub fn write(audited: &Audited, folder: &Path, csv: bool, law: &Law, context: &Context) -> Result<Manifest> {
    let mut manifest = Manifest::new("audit", &context.rules.hash());
    manifest.as_of = law.reading.as_of.to_string();
    manifest.inputs.push(audited.input.clone());
    let tables = [
        audit::verdict_table(&audited.judgements, &audited.checks, &context.messages),
        total_table(&audited.judgements),
        problem_table(&audited.problems, &context.messages),
    ];
    for table in tables {
        manifest.counts.insert(table.name().to_owned(), table.height() as u64);
        table.write(folder, csv)?;
    }
    Ok(manifest)
}

/// The table `verdict_totals`: claims, claimed and accepted amounts by verdict.
fn total_table(judgements: &[Judgement]) -> Table {
    let rows: Vec<_> = audit::totals(judgements).into_iter().collect();
    Table::new("verdict_totals")
        .text("verdict", rows.iter().map(|(v, _)| v.as_str()))
        .int("claims", rows.iter().map(|(_, t)| Some(t.claims)))
        .int("claimed_amount", rows.iter().map(|(_, t)| Some(t.claimed)))
        .int("accepted_amount", rows.iter().map(|(_, t)| Some(t.accepted)))
        .int("open_claims", rows.iter().map(|(_, t)| Some(t.open)))
}

/// What was found, on stderr.
pub fn summarise(audited: &Audited, out: &Path, context: &Context) {
    let totals = audit::totals(&audited.judgements);
    let sum = |get: fn(&audit::Total) -> i64| totals.values().map(get).sum::<i64>().to_string();
    let lines: Vec<String> = totals
        .iter()
        .map(|(verdict, total)| {
            format!("  {}: {}", context.text(&format!("verdict-{}", verdict.as_str()), &[]), total.claims)
        })
        .collect();
    context.say(
        "audit-done",
        &[
            ("claims", &sum(|t| t.claims)),
            ("claimed", &sum(|t| t.claimed)),
            ("accepted", &sum(|t| t.accepted)),
            ("open", &sum(|t| t.open)),
            ("lines", &lines.join("\n")),
            ("out", &out.display().to_string()),
        ],
    );
}
