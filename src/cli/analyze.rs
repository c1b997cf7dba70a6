//! `tinhgon analyze CATALOG --out DIR`: reads every request, tells which of them data can replace.

use super::{Context, Outcome, suppressions, terminal, volumes};
use crate::acts::{self, ProcedureActs, act_table};
use crate::catalog::Catalog;
use crate::detect::{self, Certainty, Evidence, Finding, Given, Standing, Suppression};
use crate::error::Error;
use crate::output::{InputSummary, Manifest, OutputFolder, way};
use crate::problem::Severity;
use crate::reading::{self, Assessment, assessment_table, hidden_demands, hidden_table};
use crate::relation::{self, Group};
use crate::rule::{ActBook, DetectorRules, Readiness, Register, RelationBook, RuleBook, Verdict};
use crate::table::Table;
use crate::volumes::Volumes;
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
    #[arg(long, value_name = "FILE")]
    volumes: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    suppressions: Option<PathBuf>,
    #[arg(long, value_name = "RULE|SEVERITY")]
    fail_on: Option<String>,
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
    /// What steps do.
    pub steps: ActBook,
    /// How requests relate.
    pub relation: RelationBook,
    /// What the detectors look for.
    pub detectors: DetectorRules,
}

impl Law {
    /// Compiles the rules and reads the platform register, if there is one.
    pub fn load(as_of: Option<&str>, register: Option<&Path>, context: &Context) -> Result<Law> {
        let day = as_of.unwrap_or(&context.defaults.as_of);
        let as_of: Date = day.parse().map_err(|_| Error::Usage(context.text("date-invalid", &[("found", day)])))?;
        let book = RuleBook::load(&context.rules)?;
        let register = register.map_or_else(|| Ok(Register::default()), |path| read_register(path, &book))?;
        let detectors = DetectorRules::load(&context.rules, &book)?;
        if let Some((path, message)) = detect::faults(&detectors).into_iter().next() {
            return Err(Error::Rule { path, message }.into());
        }
        let steps = ActBook::load(&context.rules)?;
        let relation = RelationBook::load(&context.rules)?;
        Ok(Law { book, reading: reading::Context { as_of, register }, steps, relation, detectors })
    }
}

/// Says how many replacements have lost their ground by the as-of date, and which ground that was.
pub(super) fn say_lapsed(assessments: &[Assessment], law: &Law, context: &Context) {
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

pub(super) fn read_register(path: &Path, book: &RuleBook) -> Result<Register> {
    let is =
        |extensions: &[&str]| path.extension().is_some_and(|e| extensions.iter().any(|x| e.eq_ignore_ascii_case(x)));
    if is(&["xlsx", "xls", "ods", "xlsb"]) {
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        return Ok(Register::from_workbook(path, &bytes, book)?);
    }
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(if is(&["toml"]) { Register::from_toml(path, &text, book)? } else { Register::from_csv(path, &text, book)? })
}

/// Everything an analysis finds.
#[derive(Debug)]
pub struct Analysis {
    /// What each request asks for.
    pub assessments: Vec<Assessment>,
    /// What the steps of each procedure do.
    pub acts: Vec<ProcedureActs>,
    /// The same request over all procedures.
    pub groups: Vec<Group>,
    /// What may be cut.
    pub findings: Vec<Finding>,
    /// Positions of the suppressions that met no finding.
    pub unmet: Vec<usize>,
    /// Which procedure gives what another asks for: the table `request_graph`.
    pub graph: Table,
}

/// Reads requests and steps, groups the requests and runs the detectors.
pub fn analyse(catalog: &Catalog, law: &Law, volumes: Option<&Volumes>, suppressions: &[Suppression]) -> Analysis {
    let assessments = reading::read(&law.book, catalog, &law.reading);
    let acts = acts::read_all(&law.steps, catalog);
    let groups = relation::groups(&law.relation, &detect::request_items(catalog), &|_, _| {});
    let as_of = law.reading.as_of;
    let given = Given {
        book: &law.book,
        relation: &law.relation,
        catalog,
        assessments: &assessments,
        acts: &acts,
        groups: &groups,
        volumes,
        as_of,
    };
    let evidence = Evidence::new(given);
    let mut findings = detect::detect(&evidence, &law.detectors);
    let unmet = detect::suppress(&mut findings, suppressions, as_of);
    let graph = detect::request_graph(&evidence, &law.detectors);
    let graph = detect::request_graph_table(&evidence, &graph);
    drop(evidence);
    Analysis { assessments, acts, groups, findings, unmet, graph }
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let law = Law::load(options.as_of.as_deref(), options.register.as_deref(), context)?;
    let limit = options.fail_on.as_deref().map(|word| fail_limit(word, &law, context)).transpose()?;
    let suppressions =
        options.suppressions.as_deref().map(|p| suppressions::read(p, context)).transpose()?.unwrap_or_default();
    let volumes = options.volumes.as_deref().map(|path| volumes::load(path, context)).transpose()?;
    let source = Manifest::read(&options.catalog)?;
    let catalog = Catalog::read(&options.catalog)?;
    let folder = OutputFolder::begin(&options.out)?;
    terminal::remove_when_stopped(folder.path());
    let analysis = analyse(&catalog, &law, volumes.as_ref(), &suppressions);
    let mut manifest = write(&catalog, &analysis, folder.path(), options.csv, &law, context)?;
    manifest.inputs = source.inputs;
    let files =
        [(&options.register, "register"), (&options.volumes, "volumes"), (&options.suppressions, "suppressions")];
    manifest.inputs.extend(beside(&files)?);
    manifest.catalog = way(&options.out, &options.catalog)?.to_string_lossy().replace('\\', "/");
    folder.commit(manifest)?;
    summarise(&analysis.assessments, &law, &options.out, context);
    summarise_findings(&analysis, &suppressions, context);
    let fails = |f: &Finding| !is_left_be(f) && limit.as_ref().is_some_and(|l| l.is_reached_by(f));
    Ok(if analysis.findings.iter().any(fails) { Outcome::Findings } else { Outcome::Done })
}

/// The files, of those that were given, that a result depends on beside its catalogue.
pub(super) fn beside(files: &[(&Option<PathBuf>, &str)]) -> crate::error::Result<Vec<InputSummary>> {
    files.iter().filter_map(|(path, format)| Some(InputSummary::beside(path.as_deref()?, format))).collect()
}

/// From which finding on the command ends with status 1.
enum FailLimit {
    Rule(String),
    Severity(Severity),
}

impl FailLimit {
    fn is_reached_by(&self, finding: &Finding) -> bool {
        match self {
            FailLimit::Rule(code) => finding.rule == *code,
            FailLimit::Severity(least) => finding.severity >= *least,
        }
    }
}

fn fail_limit(word: &str, law: &Law, context: &Context) -> Result<FailLimit> {
    let severity = [Severity::Note, Severity::Warning, Severity::Error].into_iter().find(|s| s.as_str() == word);
    if let Some(severity) = severity {
        return Ok(FailLimit::Severity(severity));
    }
    if law.detectors.get(word).is_some() {
        return Ok(FailLimit::Rule(word.to_owned()));
    }
    let codes: Vec<&str> = law.detectors.iter().map(|r| r.code.as_str()).collect();
    let args = [("found", word), ("allowed", &codes.join(", "))];
    Err(Error::Usage(context.text("fail-on-unknown", &args)).into())
}

fn is_left_be(finding: &Finding) -> bool {
    finding.suppressed.as_ref().is_some_and(|s| s.standing == Standing::Holds)
}

/// Writes the tables of an analysis and gives its manifest.
pub fn write(
    catalog: &Catalog,
    analysis: &Analysis,
    folder: &Path,
    csv: bool,
    law: &Law,
    context: &Context,
) -> Result<Manifest> {
    let mut manifest = Manifest::new("analysis", &context.rules.hash());
    manifest.as_of = law.reading.as_of.to_string();
    let items = detect::request_items(catalog);
    let [groups, members] = detect::group_tables(catalog, &analysis.groups, &items, &analysis.findings);
    let tables = [
        assessment_table(catalog, &analysis.assessments),
        act_table(catalog, &analysis.acts),
        groups,
        members,
        detect::finding_table(&analysis.findings),
        analysis.graph.clone(),
        hidden_table(&hidden_demands(&law.book, catalog, &analysis.assessments, &law.reading)),
    ];
    for table in tables {
        manifest.counts.insert(table.name().to_owned(), table.height() as u64);
        table.write(folder, csv)?;
    }
    Ok(manifest)
}

fn summarise_findings(analysis: &Analysis, suppressions: &[Suppression], context: &Context) {
    let count = |holds: &dyn Fn(&&Finding) -> bool| analysis.findings.iter().filter(|f| holds(f)).count().to_string();
    let expired = |f: &&Finding| f.suppressed.as_ref().is_some_and(|s| s.standing == Standing::Expired);
    context.say(
        "findings-done",
        &[
            ("findings", &count(&|f| !is_left_be(f))),
            ("safe", &count(&|f| !is_left_be(f) && f.certainty == Certainty::Safe)),
            ("review", &count(&|f| !is_left_be(f) && f.certainty == Certainty::Review)),
            ("suppressed", &count(&|f| is_left_be(f))),
            ("groups", &analysis.groups.len().to_string()),
        ],
    );
    let expired = count(&expired);
    if expired != "0" {
        context.say("suppression-expired", &[("count", &expired)]);
    }
    for entry in analysis.unmet.iter().filter_map(|at| suppressions.get(*at)) {
        let what = if entry.finding_id.is_empty() {
            format!("{} {}", entry.rule, entry.code)
        } else {
            entry.finding_id.clone()
        };
        context.say("suppression-unmet", &[("what", &what)]);
    }
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
