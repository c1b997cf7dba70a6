//! The totals of a run, read from its tables: what `report.json`, `report.xlsx`, `report.docx` and the page agree on.

use super::run_folder::{RunFolder, Stage};
use crate::error::Result;
use crate::rule::CheckBook;
use serde::Serialize;
use std::collections::BTreeMap;

/// The totals of a run. Amounts are whole; percentages are those of the table `measures`, two digits after the point.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// Program and version.
    pub tool: String,
    /// Hash of the rule set.
    pub rules: String,
    /// The date that stands for today.
    pub as_of: String,
    /// Catalogues, oldest first.
    pub catalogs: Vec<CatalogTotals>,
    /// Input files, and what became of their records.
    pub inputs: InputTotals,
    /// Findings of the newest catalogue by rule; suppressed ones apart.
    pub findings: Vec<RuleTotals>,
    /// Assessments of the newest catalogue by database.
    pub sources: Vec<SourceTotals>,
    /// Proposals; none when the run has none.
    pub proposals: Option<ProposalTotals>,
    /// Databases in the order in which they free most; empty without proposals.
    pub connections: Vec<Connection>,
    /// What can be reached of the target, by measure; empty without proposals.
    pub plan: Vec<Plan>,
    /// Measures of the whole city; empty when the run has no progress.
    pub measures: Vec<MeasureLine>,
    /// Claims judged; none when the run has no audit.
    pub audit: Option<AuditTotals>,
}

/// One catalogue.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CatalogTotals {
    /// Name.
    pub name: String,
    /// Figures by name.
    pub figures: BTreeMap<String, i64>,
    /// Problems by severity: error, warning, note.
    pub problems: BTreeMap<String, u64>,
}

/// Inputs; `read = accepted + rejected`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct InputTotals {
    /// Files.
    pub files: usize,
    /// Records read.
    pub read: u64,
    /// Kept.
    pub accepted: u64,
    /// Left out.
    pub rejected: u64,
}

/// Findings of one rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RuleTotals {
    /// Code of the rule.
    pub rule: String,
    /// Findings that need no second look.
    pub safe: u64,
    /// Findings for review.
    pub review: u64,
    /// Findings that somebody decided to leave be; in neither of the others.
    pub suppressed: u64,
}

/// Assessments of one database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SourceTotals {
    /// Database.
    pub source: String,
    /// Replaceable today, in whole or in part.
    pub replace_now: u64,
    /// Replaceable once the database is published and connected.
    pub replace_when_connected: u64,
    /// Replaceable, but no ground is in force.
    pub ground_lapsed: u64,
    /// Already asked only where data fails.
    pub already: u64,
    /// Demanded and to be kept.
    pub keep: u64,
}

/// Proposals of the newest catalogue. Savings are sums over the counted ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProposalTotals {
    /// Drafted.
    pub drafted: u64,
    /// Of these, counted: not covered by another one.
    pub counted: u64,
    /// Decisions of officers: accept, reject, discuss.
    pub decisions: BTreeMap<String, u64>,
    /// Procedures no longer needed.
    pub procedures_saved: i64,
    /// Rows of dossiers no longer needed.
    pub requests_saved: i64,
    /// Originals and copies no longer handed in.
    pub copies_saved: i64,
    /// Steps no longer taken.
    pub steps_saved: i64,
    /// Compliance cost a year, đồng, of the proposals that could be priced; none when none could.
    pub cost_saved_vnd: Option<i64>,
}

/// One database of the order of connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Connection {
    /// Place in the order, from 1.
    pub rank: i64,
    /// Database.
    pub source: String,
    /// Whether it is connected on the as-of date.
    pub is_connected: bool,
    /// Share of the cases that its data covers, per cent; none when the register does not say.
    pub coverage_percent: Option<i64>,
    /// Rows of dossiers freed.
    pub requests_freed: Option<i64>,
    /// Papers a year freed.
    pub papers_freed: Option<i64>,
    /// The value that the order maximises, summed up to this rank.
    pub cumulative: Option<i64>,
    /// Compliance cost a year freed, đồng.
    pub cost_saved_vnd: Option<i64>,
}

/// The plan of one measure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Measure.
    pub measure: String,
    /// Target, per cent, and the year in which it is due.
    pub target_pct: Option<i64>,
    /// Year of the target.
    pub target_year: Option<i64>,
    /// What there is to cut.
    pub baseline: Option<i64>,
    /// What the target asks to cut.
    pub needed: Option<i64>,
    /// What the chosen proposals cut.
    pub gain: Option<i64>,
    /// Whether the target is reached.
    pub is_reached: bool,
}

/// One measure of the whole city between two catalogues.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct MeasureLine {
    /// Catalogue compared with.
    pub from: String,
    /// Catalogue measured.
    pub to: String,
    /// Measure.
    pub measure: String,
    /// Unit.
    pub unit: String,
    /// `none`, or `dossiers`: every procedure counted by its dossiers a year.
    pub weighting: String,
    /// Value in `from`.
    pub baseline: Option<f64>,
    /// Value in `to`.
    pub current: Option<f64>,
    /// Removed, per cent of the baseline.
    pub gross_pct: Option<f64>,
    /// Removed less added.
    pub net_pct: Option<f64>,
    /// The same, with papers asked only where data fails taken off.
    pub net_with_data_pct: Option<f64>,
    /// For measures that are a share: the share, per cent.
    pub share_pct: Option<f64>,
    /// What the path to the target asks for in the year of `to`.
    pub needed_pct: Option<f64>,
    /// Target, per cent.
    pub target_pct: Option<f64>,
    /// Year of the target.
    pub target_year: Option<i64>,
    /// `yes`, `no`, or empty when it cannot be told.
    pub on_path: String,
    /// What the yearly pace so far leads to in the year of the target.
    pub forecast_pct: Option<f64>,
}

/// Claims judged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AuditTotals {
    /// Claims.
    pub claims: u64,
    /// Sum of the amounts claimed.
    pub claimed: i64,
    /// Sum of the amounts accepted.
    pub accepted: i64,
    /// Claims whose accepted amount is not settled.
    pub open: u64,
    /// Claims by verdict.
    pub verdicts: BTreeMap<String, u64>,
    /// What each check took away from the claims, in the order of the checks.
    pub lost: Vec<LostByCheck>,
}

/// What one check took away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LostByCheck {
    /// Code of the check that decided; empty when none is named.
    pub check: String,
    /// Claims.
    pub claims: u64,
    /// Claimed less accepted, where the accepted amount is settled.
    pub lost: i64,
    /// Claimed, where the accepted amount is not settled.
    pub open: i64,
}

impl Report {
    /// Adds up a run.
    ///
    /// # Errors
    /// When a table of the run is missing or broken.
    pub fn read(run: &RunFolder, checks: &CheckBook) -> Result<Report> {
        let manifest = &run.manifest;
        let sum = |get: fn(&crate::output::InputSummary) -> u64| manifest.inputs.iter().map(get).sum();
        Ok(Report {
            tool: manifest.tool.clone(),
            rules: manifest.rules.clone(),
            as_of: manifest.as_of.clone(),
            catalogs: catalogs(run)?,
            inputs: InputTotals {
                files: manifest.inputs.len(),
                read: sum(|i| i.read),
                accepted: sum(|i| i.accepted),
                rejected: sum(|i| i.rejected),
            },
            findings: findings(run)?,
            sources: sources(run)?,
            proposals: proposals(run)?,
            connections: connections(run)?,
            plan: plan(run)?,
            measures: measures(run)?,
            audit: audit(run, checks)?,
        })
    }
}

fn catalogs(run: &RunFolder) -> Result<Vec<CatalogTotals>> {
    let table = run.read("", "figures")?;
    let (names, measures, values) = (table.texts("catalog")?, table.texts("measure")?, table.ints("value")?);
    let one = |name: &String| {
        let own = (0..names.len()).filter(|row| names[*row] == *name);
        let figures = own.filter_map(|row| Some((measures[row].clone(), values[row]?))).collect();
        let problems = run.read(&format!("catalog-{name}"), "problems")?;
        Ok(CatalogTotals { name: name.clone(), figures, problems: tally(problems.texts("severity")?) })
    };
    run.catalogs.iter().map(one).collect()
}

/// How often each text stands in a column.
fn tally(texts: impl IntoIterator<Item = String>) -> BTreeMap<String, u64> {
    texts.into_iter().fold(BTreeMap::new(), |mut counts, text| {
        *counts.entry(text).or_default() += 1;
        counts
    })
}

fn findings(run: &RunFolder) -> Result<Vec<RuleTotals>> {
    let table = run.analysis("findings")?;
    let (rules, certainty, suppressed) = (table.texts("rule")?, table.texts("certainty")?, table.texts("suppressed")?);
    let mut totals: BTreeMap<&str, RuleTotals> = BTreeMap::new();
    for row in 0..rules.len() {
        let own = totals.entry(&rules[row]).or_default();
        own.rule.clone_from(&rules[row]);
        match (suppressed[row].as_str(), certainty[row].as_str()) {
            ("holds", _) => own.suppressed += 1,
            (_, "safe") => own.safe += 1,
            _ => own.review += 1,
        }
    }
    Ok(totals.into_values().collect())
}

fn sources(run: &RunFolder) -> Result<Vec<SourceTotals>> {
    let table = run.analysis("assessments")?;
    let (sources, verdicts, readiness) = (table.texts("source")?, table.texts("verdict")?, table.texts("readiness")?);
    let mut totals: BTreeMap<&str, SourceTotals> = BTreeMap::new();
    for row in (0..sources.len()).filter(|row| !sources[*row].is_empty()) {
        let own = totals.entry(&sources[row]).or_default();
        own.source.clone_from(&sources[row]);
        match (verdicts[row].as_str(), readiness[row].as_str()) {
            ("replace" | "partial", "replace-now") => own.replace_now += 1,
            ("replace" | "partial", "replace-when-connected") => own.replace_when_connected += 1,
            ("replace" | "partial", _) => own.ground_lapsed += 1,
            ("already", _) => own.already += 1,
            ("keep", _) => own.keep += 1,
            _ => {}
        }
    }
    Ok(totals.into_values().collect())
}

fn proposals(run: &RunFolder) -> Result<Option<ProposalTotals>> {
    let Some(table) = run.stage(Stage::Proposals, "proposals")? else { return Ok(None) };
    let counted = table.flags("is_counted")?;
    let sum = |column: &str| -> Result<Option<i64>> {
        let values = table.ints(column)?;
        let known: Vec<i64> = values.into_iter().zip(&counted).filter(|(_, c)| **c).filter_map(|(v, _)| v).collect();
        Ok((!known.is_empty()).then(|| known.iter().sum()))
    };
    Ok(Some(ProposalTotals {
        drafted: counted.len() as u64,
        counted: counted.iter().filter(|c| **c).count() as u64,
        decisions: tally(table.texts("decision")?.into_iter().filter(|d| !d.is_empty())),
        procedures_saved: sum("procedures_saved")?.unwrap_or(0),
        requests_saved: sum("requests_saved")?.unwrap_or(0),
        copies_saved: sum("copies_saved")?.unwrap_or(0),
        steps_saved: sum("steps_saved")?.unwrap_or(0),
        cost_saved_vnd: sum("cost_saved_vnd")?,
    }))
}

fn connections(run: &RunFolder) -> Result<Vec<Connection>> {
    let Some(table) = run.stage(Stage::Proposals, "connections")? else { return Ok(Vec::new()) };
    let (rank, source, connected) = (table.ints("rank")?, table.texts("source")?, table.flags("is_connected")?);
    let (coverage, requests) = (table.ints("coverage_percent")?, table.ints("requests_freed")?);
    let (papers, cumulative) = (table.ints("papers_freed")?, table.ints("cumulative")?);
    let cost = table.ints("cost_saved_vnd")?;
    let line = |row: usize| Connection {
        rank: rank[row].unwrap_or(0),
        source: source[row].clone(),
        is_connected: connected[row],
        coverage_percent: coverage[row],
        requests_freed: requests[row],
        papers_freed: papers[row],
        cumulative: cumulative[row],
        cost_saved_vnd: cost[row],
    };
    Ok((0..table.height()).map(line).collect())
}

fn plan(run: &RunFolder) -> Result<Vec<Plan>> {
    let Some(table) = run.stage(Stage::Proposals, "plan")? else { return Ok(Vec::new()) };
    let (measure, reached) = (table.texts("measure")?, table.flags("is_reached")?);
    let (target, year) = (table.ints("target_pct")?, table.ints("target_year")?);
    let (baseline, needed, gain) = (table.ints("baseline")?, table.ints("needed")?, table.ints("gain")?);
    let line = |row: usize| Plan {
        measure: measure[row].clone(),
        target_pct: target[row],
        target_year: year[row],
        baseline: baseline[row],
        needed: needed[row],
        gain: gain[row],
        is_reached: reached[row],
    };
    Ok((0..table.height()).map(line).collect())
}

fn measures(run: &RunFolder) -> Result<Vec<MeasureLine>> {
    let Some(table) = run.stage(Stage::Progress, "measures")? else { return Ok(Vec::new()) };
    let (from, to) = (table.texts("from")?, table.texts("to")?);
    let (measure, unit) = (table.texts("measure")?, table.texts("unit")?);
    let (weighting, scope, on_path) = (table.texts("weighting")?, table.texts("scope")?, table.texts("on_path")?);
    let (baseline, current) = (table.floats("baseline")?, table.floats("current")?);
    let (gross, net, with_data) =
        (table.floats("gross_pct")?, table.floats("net_pct")?, table.floats("net_with_data_pct")?);
    let (share, needed, forecast) =
        (table.floats("share_pct")?, table.floats("needed_pct")?, table.floats("forecast_pct")?);
    let (target, year) = (table.floats("target_pct")?, table.ints("target_year")?);
    let line = |row: usize| MeasureLine {
        from: from[row].clone(),
        to: to[row].clone(),
        measure: measure[row].clone(),
        unit: unit[row].clone(),
        weighting: weighting[row].clone(),
        baseline: baseline[row],
        current: current[row],
        gross_pct: gross[row],
        net_pct: net[row],
        net_with_data_pct: with_data[row],
        share_pct: share[row],
        needed_pct: needed[row],
        target_pct: target[row],
        target_year: year[row],
        on_path: on_path[row].clone(),
        forecast_pct: forecast[row],
    };
    Ok((0..table.height()).filter(|row| scope[*row] == "city").map(line).collect())
}

fn audit(run: &RunFolder, checks: &CheckBook) -> Result<Option<AuditTotals>> {
    let Some(table) = run.stage(Stage::Audit, "verdicts")? else { return Ok(None) };
    let (claimed, accepted) = (table.ints("claimed_amount")?, table.ints("accepted_amount")?);
    let (verdicts, fired) = (table.texts("verdict")?, table.texts("checks")?);
    let mut lost: BTreeMap<(u32, String), LostByCheck> = BTreeMap::new();
    for row in 0..table.height() {
        let Some(claim) = claimed[row] else { continue };
        let is_open = accepted[row].is_none();
        let gone = claim - accepted[row].unwrap_or(0);
        if gone == 0 {
            continue;
        }
        let (order, check) = deciding(checks, &fired[row], &verdicts[row]);
        let own = lost.entry((order, check.clone())).or_default();
        own.check = check;
        own.claims += 1;
        *if is_open { &mut own.open } else { &mut own.lost } += gone;
    }
    Ok(Some(AuditTotals {
        claims: table.height() as u64,
        claimed: claimed.iter().flatten().sum(),
        accepted: accepted.iter().flatten().sum(),
        open: accepted.iter().filter(|a| a.is_none()).count() as u64,
        verdicts: tally(verdicts),
        lost: lost.into_values().collect(),
    }))
}

/// Of the checks that fired, the one whose verdict the claim got; the first when none has it. With its place in the order.
fn deciding(checks: &CheckBook, fired: &str, verdict: &str) -> (u32, String) {
    let fired: Vec<&str> = fired.split("; ").filter(|c| !c.is_empty()).collect();
    let rule = |code: &str| checks.rule(code);
    let gives = |code: &&&str| rule(code).is_some_and(|c| c.verdict.as_deref() == Some(verdict));
    let code = fired.iter().find(gives).or_else(|| fired.first()).copied().unwrap_or_default();
    (rule(code).map_or(u32::MAX, |c| c.order), code.to_owned())
}
