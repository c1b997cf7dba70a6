//! `tinhgon propose ANALYSIS --out DIR`: prices, counts and drafts proposals, and keeps the decisions given on them.

use super::analysis::Analysis;
use super::analyze::{beside, read_register};
use super::{Context, Outcome, terminal, volumes};
use crate::burden::Readings;
use crate::catalog::Catalog;
use crate::detect::Certainty;
use crate::error::Error;
use crate::output::{InputSummary, Manifest, OutputFolder, sha256};
use crate::propose::{
    Aim, Connection, Counted, DecisionRow, DecisionState, Goal, Inputs, Opinion, Plan, Prices, Surroundings,
    assessed_findings, connection_table, connections, count, decision_table, draft, merge_decisions, plan_item_table,
    plan_table, plans, proposal_table,
};
use crate::reading::Assessment;
use crate::report::{Proposals, proposals_docx, proposals_json, proposals_xlsx, read_decisions};
use crate::rule::{ActionBook, CostBook, Register, RuleBook, Words};
use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Name of the review workbook in the folder of proposals.
pub const WORKBOOK: &str = "proposals.xlsx";

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "ANALYSIS")]
    analysis: PathBuf,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "DIR")]
    catalog: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    volumes: Option<PathBuf>,
    #[arg(long, value_name = "PERCENT")]
    target: Option<u32>,
    #[arg(long, value_name = "MEASURE", value_parser = PossibleValuesParser::new(Aim::ALL.map(Aim::as_str)))]
    measure: Vec<String>,
    #[arg(long, value_name = "YEAR")]
    by: Option<i16>,
    #[arg(long, value_name = "FILE.xlsx")]
    decisions: Vec<PathBuf>,
    #[arg(long)]
    csv: bool,
}

/// What proposals are made of, read or in memory.
#[derive(Debug)]
pub struct Material<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// Its assessments.
    pub assessments: &'a [Assessment],
    /// Its findings; none to take every request that data answers.
    pub findings: Option<&'a [crate::detect::Finding]>,
    /// Databases and grounds.
    pub book: &'a RuleBook,
    /// State of the databases.
    pub register: &'a Register,
    /// The date that stands for today.
    pub as_of: Date,
}

/// What is to be reached, and in which measures; none for all of them.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Percent of the baseline; none for that of the rule set.
    pub percent: Option<u32>,
    /// Year by whose end it is due; none for that of the rule set.
    pub by: Option<i16>,
    /// Measures; empty for all, because the target names none.
    pub aims: Vec<Aim>,
}

/// Proposals, drafted and counted, with the decisions given on them.
#[derive(Debug)]
pub struct Made {
    /// The proposals.
    pub counted: Counted,
    /// The order in which to connect databases.
    pub connections: Vec<Connection>,
    /// The least effort that reaches the target, a measure each.
    pub plans: Vec<Plan>,
    /// Every decision and what became of it.
    pub decisions: Vec<DecisionRow>,
    /// Findings that no action answers.
    pub unanswered: usize,
}

/// Drafts and counts proposals. `workbooks` are the decisions given, from the earliest to the latest.
pub fn make(
    material: &Material,
    actions: &ActionBook,
    prices: &Prices,
    workbooks: Vec<Vec<Opinion>>,
    wish: &Wish,
    context: &Context,
) -> Result<Made> {
    let own = assessed_findings(material.catalog, material.assessments);
    let words = Words::load(&context.rules)?;
    let inputs = Inputs {
        catalog: material.catalog,
        assessments: material.assessments,
        findings: material.findings.unwrap_or(&own),
        book: material.book,
        actions,
        legal: &words.legal,
        register: material.register,
        as_of: material.as_of,
    };
    let (proposals, unanswered) = draft(&inputs);
    let current: BTreeSet<&str> = proposals.iter().map(|p| p.id.as_str()).collect();
    let (outcomes, decisions) = merge_decisions(workbooks, &current);
    let unanswered = unanswered.len();
    let counted = count(material.catalog, proposals, &outcomes, prices);
    let around = Surroundings {
        catalog: material.catalog,
        assessments: material.assessments,
        book: material.book,
        register: material.register,
        as_of: material.as_of,
        prices,
    };
    let target = &context.defaults.target;
    let goal = Goal {
        percent: wish.percent.unwrap_or(target.percent),
        by: wish.by.unwrap_or(target.year),
        now: material.as_of.year(),
    };
    let aims = if wish.aims.is_empty() { &Aim::ALL[..] } else { &wish.aims };
    Ok(Made {
        connections: connections(&around, &counted.drafted),
        plans: plans(&counted, &actions.effort, goal, aims),
        counted,
        decisions,
        unanswered,
    })
}

/// Writes tables, workbook, annexes and JSON of proposals into a folder.
pub fn write(
    material: &Material,
    made: &Made,
    actions: &ActionBook,
    prices: &Prices,
    folder: &Path,
    csv: bool,
    context: &Context,
) -> Result<Manifest> {
    let mut manifest = Manifest::new("proposals", &context.rules.hash());
    manifest.as_of = material.as_of.to_string();
    let tables = [
        proposal_table(material.catalog, &made.counted.drafted, prices),
        decision_table(&made.decisions),
        connection_table(&made.connections),
        plan_table(&made.plans),
        plan_item_table(&made.plans, &made.counted.drafted),
    ];
    for table in tables {
        manifest.counts.insert(table.name().to_owned(), table.height() as u64);
        table.write(folder, csv)?;
    }
    let proposals = Proposals {
        catalog: material.catalog,
        counted: &made.counted,
        decisions: &made.decisions,
        connections: &made.connections,
        plans: &made.plans,
        book: material.book,
        actions,
        messages: &context.messages,
        as_of: &manifest.as_of,
        rules: &manifest.rules,
    };
    proposals_xlsx(&proposals, &folder.join(WORKBOOK))?;
    proposals_docx(&proposals, folder)?;
    let path = folder.join("proposals.json");
    let text = serde_json::to_string_pretty(&proposals_json(&proposals))?;
    std::fs::write(&path, text + "\n").map_err(Error::io(&path))?;
    Ok(manifest)
}

/// The decisions of workbooks. What stands in the folder that is about to be replaced comes first, so that nothing an officer
/// wrote there is lost.
pub fn earlier_decisions(
    out: &Path,
    given: &[PathBuf],
    actions: &ActionBook,
    context: &Context,
) -> Result<(Vec<Vec<Opinion>>, Vec<InputSummary>)> {
    let own = out.join(WORKBOOK);
    let mut paths: Vec<PathBuf> = Some(own.clone()).filter(|p| p.exists()).into_iter().collect();
    paths.extend(given.iter().filter(|p| !is_same(p, &own)).cloned());
    let mut workbooks = Vec::new();
    let mut inputs = Vec::new();
    for path in paths {
        let opinions = read_decisions(&path, &actions.review, &context.messages)?;
        let bytes = std::fs::read(&path).map_err(Error::io(&path))?;
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let rows = opinions.len() as u64;
        inputs.push(InputSummary {
            path: name,
            sha256: sha256(&bytes),
            bytes: bytes.len() as u64,
            format: "decisions".to_owned(),
            read: rows,
            accepted: rows,
            rejected: 0,
        });
        workbooks.push(opinions);
    }
    Ok((workbooks, inputs))
}

fn is_same(a: &Path, b: &Path) -> bool {
    let whole = |p: &Path| p.canonicalize().ok();
    whole(a).is_some_and(|a| Some(a) == whole(b))
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let analysis = Analysis::read(&options.analysis, options.catalog.as_deref(), context)?;
    let book = RuleBook::load(&context.rules)?;
    let actions = ActionBook::load(&context.rules)?;
    let register = options.register.as_deref().map_or_else(|| Ok(Register::default()), |p| read_register(p, &book))?;
    let day = analysis.manifest.as_of.as_str();
    let as_of = day.parse().map_err(|_| Error::Usage(context.text("date-invalid", &[("found", day)])))?;
    let material = Material {
        catalog: &analysis.catalog,
        assessments: &analysis.assessments,
        findings: analysis.findings.as_deref(),
        book: &book,
        register: &register,
        as_of,
    };
    let volumes = options.volumes.as_deref().map(|path| volumes::load(path, context)).transpose()?;
    let costs = CostBook::load(&context.rules)?;
    let prices = Prices { book: &costs, readings: Readings::of(&analysis.assessments), volumes: volumes.as_ref() };
    let (workbooks, inputs) = earlier_decisions(&options.out, &options.decisions, &actions, context)?;
    let aims = options.measure.iter().filter_map(|m| Aim::from_name(m)).collect();
    let wish = Wish { percent: options.target, by: options.by, aims };
    let made = make(&material, &actions, &prices, workbooks, &wish, context)?;
    let folder = OutputFolder::begin(&options.out)?;
    terminal::remove_when_stopped(folder.path());
    let mut manifest = write(&material, &made, &actions, &prices, folder.path(), options.csv, context)?;
    manifest.inputs = analysis.manifest.inputs;
    manifest.inputs.extend(inputs);
    manifest.inputs.extend(beside(&[(&options.register, "register"), (&options.volumes, "volumes")])?);
    folder.commit(manifest)?;
    summarise(&made, context);
    Ok(Outcome::Done)
}

/// Says on the terminal what was drafted.
pub fn summarise(made: &Made, context: &Context) {
    let counted = || made.counted.drafted.iter().filter(|d| d.is_counted);
    let mut saved = crate::propose::Totals::default();
    counted().for_each(|d| saved.add(&d.saved));
    let agencies: BTreeSet<&str> = made.counted.drafted.iter().map(|d| d.proposal.agency.as_str()).collect();
    let mut certain = crate::propose::Totals::default();
    counted().filter(|d| d.proposal.certainty == Certainty::Safe).for_each(|d| certain.add(&d.saved));
    let amounts = &saved.amounts;
    let text = |n: u64| n.to_string();
    context.say(
        "propose-done",
        &[
            ("number", &made.counted.drafted.len().to_string()),
            ("counted", &text(saved.number)),
            ("agencies", &agencies.len().to_string()),
            ("procedures", &text(amounts.procedures)),
            ("requests", &text(amounts.requests)),
            ("copies", &text(amounts.copies)),
            ("steps", &text(amounts.steps)),
        ],
    );
    context.say(
        "propose-certain",
        &[
            ("number", &text(certain.number)),
            ("procedures", &text(certain.amounts.procedures)),
            ("requests", &text(certain.amounts.requests)),
            ("copies", &text(certain.amounts.copies)),
            ("steps", &text(certain.amounts.steps)),
        ],
    );
    match (amounts.year, made.counted.baseline.amounts.year) {
        (Some(saved), Some(before)) => {
            context.say("propose-cost", &[("saved", &saved.vnd.to_string()), ("before", &before.vnd.to_string())]);
        }
        _ => context.say("propose-no-cost", &[]),
    }
    if !made.decisions.is_empty() {
        let of = |test: fn(DecisionState) -> bool| made.decisions.iter().filter(|d| test(d.state)).count().to_string();
        let applied = of(|s| matches!(s, DecisionState::Applied | DecisionState::Changed));
        let stale = of(|s| s == DecisionState::Stale);
        let doubtful = of(|s| !matches!(s, DecisionState::Applied | DecisionState::Stale));
        context.say("propose-decisions", &[("applied", &applied), ("doubtful", &doubtful), ("stale", &stale)]);
    }
    summarise_plans(&made.plans, context);
    if made.unanswered > 0 {
        context.say("propose-unanswered", &[("number", &made.unanswered.to_string())]);
    }
}

/// Says for each measure how far the plan gets.
fn summarise_plans(plans: &[Plan], context: &Context) {
    for plan in plans {
        let measure = context.text(&format!("aim-{}", plan.aim.as_str()), &[]);
        let (percent, by) = (plan.goal.percent.to_string(), plan.goal.by.to_string());
        let (gain, needed) = (plan.effort.gain.to_string(), plan.effort.needed.to_string());
        let number = plan.proposals.len().to_string();
        let args = [
            ("measure", measure.as_str()),
            ("percent", &percent),
            ("by", &by),
            ("gain", &gain),
            ("needed", &needed),
            ("number", &number),
        ];
        let key = match plan.baseline {
            None => "plan-unknown",
            Some(_) if plan.effort.is_reached => "plan-reached",
            Some(_) => "plan-missed",
        };
        context.say(key, &args);
    }
}
