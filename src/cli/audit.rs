//! `tinhgon audit --claims FILE --before CATALOG --after CATALOG --out DIR`: judges each claimed cut.

use super::analyze::Law;
use super::progress::read_catalog;
use super::received::{self, Received};
use super::{Context, Outcome, terminal, volumes};
use crate::audit::{self, Fates, Judgement, Ledger, Setting, Year, Years};
use crate::catalog::{Catalog, problem_table};
use crate::error::Error;
use crate::ingest::read_plain_where;
use crate::output::{InputSummary, MANIFEST, Manifest, OutputFolder, sha256};
use crate::problem::{Problem, Severity};
use crate::progress::{self, Matching, match_catalogs};
use crate::reading::{self, Assessment};
use crate::report::{AuditInput, AuditReport, audit_docx, audit_xlsx};
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
    #[arg(long, value_name = "FILE", num_args = 1..)]
    received: Vec<PathBuf>,
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long)]
    csv: bool,
}

/// What claims are held against, read.
#[derive(Debug, Default)]
pub struct Material<'a> {
    /// The base year.
    pub baseline: Option<&'a Catalog>,
    /// Before and after the cuts.
    pub years: [Option<&'a Catalog>; 2],
    /// What was accepted earlier.
    pub ledger: Option<&'a Ledger>,
    /// Dossiers a year.
    pub volumes: Option<&'a Volumes>,
    /// Papers received in practice.
    pub received: Option<&'a Received>,
    /// All of them, with their hashes.
    pub inputs: Vec<AuditInput>,
}

/// An audit, ready to be written.
#[derive(Debug)]
pub struct Audited {
    pub judgements: Vec<Judgement>,
    pub problems: Vec<Problem>,
    pub checks: CheckBook,
    pub input: InputSummary,
    pub inputs: Vec<AuditInput>,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let law = Law::load(options.as_of.as_deref(), None, context)?;
    let mut inputs = Vec::new();
    let mut catalog = |role: &str, path: &Path| -> Result<Catalog> {
        let (catalog, read) = read_catalog(path, context)?;
        inputs.push(AuditInput { sha256: identity(path, &read)?, ..named(role, path) });
        Ok(catalog)
    };
    let baseline = options.baseline.as_deref().map(|path| catalog("baseline", path)).transpose()?;
    let (before, after) = (catalog("before", &options.before)?, catalog("after", &options.after)?);
    let mut ledger = options.ledger.as_deref().map(|path| open_ledger(path, context)).transpose()?;
    let volumes = options.volumes.as_deref().map(|path| volumes::load(path, context)).transpose()?;
    let received = (!options.received.is_empty()).then(|| received::load(&options.received, context)).transpose()?;
    let files = [("volumes", &options.volumes), ("ledger", &options.ledger)];
    let files = files.into_iter().filter_map(|(role, path)| Some((role, path.as_ref()?)));
    for (role, path) in files.chain(options.received.iter().map(|path| ("received", path))) {
        // A ledger that is not there yet is an empty one.
        let bytes = if path.exists() { std::fs::read(path).map_err(Error::io(path))? } else { Vec::new() };
        inputs.push(AuditInput { sha256: sha256(&bytes), ..named(role, path) });
    }
    let material = Material {
        baseline: baseline.as_ref(),
        years: [Some(&before), Some(&after)],
        ledger: ledger.as_ref(),
        volumes: volumes.as_ref(),
        received: received.as_ref(),
        inputs,
    };
    let audited = audit(&options.claims, material, &law, context)?;
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

/// An input by its role, its path as given.
fn named(role: &str, path: &Path) -> AuditInput {
    AuditInput { role: format!("audit-input-{role}"), path: path.display().to_string(), sha256: String::new() }
}

/// What tells one catalogue from another: the hash of its manifest, which holds those of its tables and sources; of a
/// folder that was read just now the hash of the list of its sources.
pub fn identity(path: &Path, sources: &[InputSummary]) -> Result<String> {
    let manifest = path.join(MANIFEST);
    if manifest.exists() {
        return Ok(sha256(&std::fs::read(&manifest).map_err(Error::io(&manifest))?));
    }
    let list: Vec<String> = sources.iter().map(|s| format!("{} {}\n", s.sha256, s.path)).collect();
    Ok(sha256(list.concat().as_bytes()))
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
pub fn audit(list: &Path, material: Material, law: &Law, context: &Context) -> Result<Audited> {
    let empty = Catalog::default();
    let [earlier, later] = material.years.map(|catalog| catalog.unwrap_or(&empty));
    let (words, numbers) = (ClaimWords::load(&context.rules)?, AmountWords::load(&context.rules)?);
    let checks = CheckBook::load(&context.rules)?;
    let table = read_plain_where(list, &|names| names.iter().filter(|name| words.column(name).is_some()).count() >= 2)?;
    let file = list.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (claims, problems) = audit::claims(&table, &file, &words, &numbers);
    let rules = ProgressRules::load(&context.rules)?;
    let read = |catalog: &Catalog| reading::read(&law.book, catalog, &law.reading);
    let (before, after) = (read(earlier), read(later));
    let baseline: Option<Vec<Assessment>> = material.baseline.map(read);
    let matching = match_catalogs(earlier, later, &rules);
    let (from, to) = (progress::Year::of(earlier, &before), progress::Year::of(later, &after));
    let changes = progress::changes(from, to, &matching, &rules);
    let years = Years {
        moves: audit::moves(&changes),
        baseline: material.baseline.zip(baseline.as_ref()).map(|(c, a)| Year::new(c, a)),
        before: Year::new(earlier, &before),
        after: Year::new(later, &after),
        fates: fates(&matching, earlier, later),
        fates_baseline: material
            .baseline
            .map(|base| fates(&match_catalogs(base, earlier, &rules), base, earlier))
            .unwrap_or_default(),
    };
    let dossiers = material.volumes.map(dossiers);
    let setting = Setting {
        as_of: law.reading.as_of,
        book: &law.book,
        words: &words,
        dossiers: dossiers.as_ref(),
        received: material.received.map(|r| &r.papers),
    };
    let counted = material.ledger.map(counted).unwrap_or_default();
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
    let claims = AuditInput { sha256: input.sha256.clone(), ..named("claims", list) };
    let inputs = std::iter::once(claims).chain(material.inputs).collect();
    Ok(Audited { judgements, problems, checks, input, inputs })
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

/// Writes the tables and the reports of an audit and gives its manifest.
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
    let report = AuditReport {
        judgements: &audited.judgements,
        checks: &audited.checks,
        messages: &context.messages,
        as_of: &manifest.as_of,
        tool: &manifest.tool,
        rules: &manifest.rules,
        inputs: &audited.inputs,
    };
    let name = context.text("audit-report-file", &[]);
    audit_xlsx(&report, &folder.join(format!("{name}.xlsx")))?;
    audit_docx(&report, &folder.join(format!("{name}.docx")))?;
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
