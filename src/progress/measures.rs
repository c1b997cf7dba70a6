//! Every measure for the whole, each field, agency and level: baseline, what went and came in earnest, what data replaced,
//! what was corrected, what is only counted otherwise, current; and where that stands on the path.

use super::change::{Change, Year};
use super::effects::{Amounts, Burden, COUNT, Indicator, Parts, Sides, Standing, amounts, parts};
use super::matching::{Fate, Match, Matching};
use super::path::{Path, Percent};
use super::profile::neutral_name;
use super::quantities::exact;
use super::weights::Weights;
use crate::catalog::Procedure;
use crate::rule::ProgressRules;
use crate::table::Table;
use crate::text::fold;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Two catalogues, how they match and what changed.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// Name of the catalogue before.
    pub from: &'a str,
    /// Name of the catalogue after.
    pub to: &'a str,
    /// Catalogue before.
    pub before: Year<'a>,
    /// Catalogue after.
    pub after: Year<'a>,
    /// Who is who.
    pub matching: &'a Matching,
    /// What changed, in the order of the matches.
    pub changes: &'a [Change],
    /// Burden of one run, in the order of the procedures of each catalogue; none where it was not computed.
    pub burdens: Option<(&'a [Burden], &'a [Burden])>,
    /// Dossiers a year; none without volumes.
    pub weights: Option<&'a Weights>,
    /// Years and target.
    pub path: Path,
}

/// One measure of one scope: a row of the `measures` table. `baseline + removed + added + substituted + corrected + method
/// = current`, in integers of which [`MeasureRow::scale`] make one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureRow {
    /// Name of the catalogue before.
    pub from: String,
    /// Name of the catalogue after.
    pub to: String,
    /// Word of the measure.
    pub measure: String,
    /// What is counted.
    pub unit: String,
    /// How many of the integers make one unit.
    pub scale: i64,
    /// `none`, or `dossiers` where each procedure counts once for every dossier of a year.
    pub weighting: &'static str,
    /// `city`, `field:…`, `agency:…`, `level:…`.
    pub scope: String,
    /// Value before.
    pub baseline: i64,
    /// What went in earnest, at most 0.
    pub removed: i64,
    /// What came in earnest, at least 0.
    pub added: i64,
    /// What data took the place of.
    pub substituted: i64,
    /// What the catalogue had wrong.
    pub corrected: i64,
    /// What is counted otherwise.
    pub method: i64,
    /// Value after.
    pub current: i64,
    /// Years and target; of an online measure its own target.
    pub path: Path,
    /// For online measures: the whole of which `current` is the share.
    pub whole: Option<i64>,
}

impl MeasureRow {
    /// What went, of the baseline.
    #[must_use]
    pub fn gross(&self) -> Option<Percent> {
        Percent::of(-self.removed, self.baseline)
    }

    /// What went less what came, of the baseline.
    #[must_use]
    pub fn net(&self) -> Option<Percent> {
        Percent::of(-self.removed - self.added, self.baseline)
    }

    /// The same with what data took the place of.
    #[must_use]
    pub fn net_with_data(&self) -> Option<Percent> {
        Percent::of(-self.removed - self.added - self.substituted, self.baseline)
    }

    /// The baseline as it would have been counted today, once corrected.
    #[must_use]
    pub fn restated(&self) -> i64 {
        self.baseline + self.corrected + self.method
    }

    /// The net reduction of the restated baseline.
    #[must_use]
    pub fn net_restated(&self) -> Option<Percent> {
        Percent::of(-self.removed - self.added, self.restated())
    }

    /// The share of an online measure.
    #[must_use]
    pub fn share(&self) -> Option<Percent> {
        self.whole.and_then(|whole| Percent::of(self.current, whole))
    }

    /// What should be reached in the year of the catalogue after; for online measures their target.
    #[must_use]
    pub fn needed(&self) -> Option<Percent> {
        match self.whole {
            Some(_) => Percent::of(i64::from(self.path.target_percent), 100),
            None => self.path.needed(),
        }
    }

    /// Whether the measure keeps to the path.
    #[must_use]
    pub fn is_on_path(&self) -> Option<bool> {
        match self.share() {
            Some(share) => {
                Some(i128::from(share.part) * 100 >= i128::from(self.path.target_percent) * i128::from(share.whole))
            }
            None if self.whole.is_some() => None,
            None => self.net().and_then(|net| self.path.is_on_path(net)),
        }
    }

    /// Net reduction in the target year if it goes on as it did; none for online measures.
    #[must_use]
    pub fn forecast(&self) -> Option<Percent> {
        if self.whole.is_some() { None } else { self.net().and_then(|net| self.path.forecast(net)) }
    }
}

/// Sums of a scope.
#[derive(Debug, Clone, Copy)]
struct Sum {
    before: Amounts,
    after: Amounts,
    parts: Parts,
}

impl Sum {
    const ZERO: Sum = Sum { before: [0; COUNT], after: [0; COUNT], parts: Parts::ZERO };

    fn add(&mut self, before: &Amounts, after: &Amounts, parts: &Parts, weight: i64) {
        for at in 0..COUNT {
            self.before[at] += before[at];
            self.after[at] += after[at];
            self.parts.removed[at] += parts.removed[at] * weight;
            self.parts.added[at] += parts.added[at] * weight;
            self.parts.substituted[at] += parts.substituted[at] * weight;
            self.parts.corrected[at] += parts.corrected[at] * weight;
        }
    }

    /// What the other parts leave is method.
    fn close(&mut self) {
        for at in 0..COUNT {
            let p = &self.parts;
            let explained = p.removed[at] + p.added[at] + p.substituted[at] + p.corrected[at];
            self.parts.method[at] = self.after[at] - self.before[at] - explained;
        }
    }
}

/// A procedure with what it counts and where.
struct Counted<'a> {
    procedure: &'a Procedure,
    amounts: Amounts,
    scopes: Vec<String>,
    family: String,
}

/// All measures of a comparison: the whole first, then fields, agencies, levels by name.
#[must_use]
pub fn measures(comparison: &Comparison, rules: &ProgressRules) -> Vec<MeasureRow> {
    let standing_before = Standing::of(comparison.before.assessments);
    let standing_after = Standing::of(comparison.after.assessments);
    let before = counted(&comparison.before, &standing_before, comparison.burdens.map(|b| b.0), rules);
    let after = counted(&comparison.after, &standing_after, comparison.burdens.map(|b| b.1), rules);
    let by_match = changes_by_match(comparison.changes, comparison.matching.matches.len());
    let all_parts: Vec<Parts> = comparison
        .matching
        .matches
        .par_iter()
        .zip(by_match)
        .map(|(m, changes)| {
            let side = |counted: &'_ [Counted<'_>], positions: &[usize]| -> Amounts {
                let mut sum = [0; COUNT];
                for p in positions {
                    sum.iter_mut().zip(counted[*p].amounts).for_each(|(sum, amount)| *sum += amount);
                }
                sum
            };
            let sides = Sides {
                matched: m,
                before: m.before.iter().map(|p| before[*p].procedure).collect(),
                after: m.after.iter().map(|p| after[*p].procedure).collect(),
                standing_before: &standing_before,
                standing_after: &standing_after,
                sum_before: side(&before, &m.before),
                sum_after: side(&after, &m.after),
            };
            parts(&sides, changes)
        })
        .collect();
    let mut rows = Vec::new();
    for weights in std::iter::once(None).chain(comparison.weights.map(Some)) {
        let sums = sum_up(comparison, &before, &after, &all_parts, weights);
        rows.extend(sums.iter().flat_map(|(scope, sum)| scope_rows(comparison, scope, sum, weights.is_some(), rules)));
    }
    rows.extend(families(comparison, &before, &after));
    rows.extend(online_dossiers(comparison, rules));
    rows.sort_by(|x, y| {
        let key = |r: &'_ MeasureRow| (r.scope != CITY, r.scope.clone(), r.weighting);
        key(x).cmp(&key(y))
    });
    rows
}

fn counted<'a>(
    year: &Year<'a>,
    standing: &Standing,
    burdens: Option<&[Burden]>,
    rules: &ProgressRules,
) -> Vec<Counted<'a>> {
    let procedures = year.catalog.procedures.par_iter().enumerate();
    procedures
        .map(|(at, procedure)| Counted {
            amounts: amounts(procedure, standing, burdens.and_then(|b| b.get(at))),
            scopes: scopes(procedure),
            family: neutral_name(&procedure.name, &rules.matching.names.neutral),
            procedure,
        })
        .collect()
}

/// The scope of everything.
const CITY: &str = "city";

fn scopes(procedure: &Procedure) -> Vec<String> {
    let mut scopes = vec![CITY.to_owned()];
    let mut name = |what: &str, value: &str| {
        if !value.is_empty() {
            scopes.push(format!("{what}:{}", fold(value)));
        }
    };
    name("field", &procedure.field);
    name("agency", if procedure.agency.is_empty() { &procedure.publisher } else { &procedure.agency });
    procedure.levels.iter().for_each(|l| name("level", l.as_str()));
    scopes
}

fn changes_by_match(changes: &[Change], matches: usize) -> Vec<&[Change]> {
    let mut slices: Vec<&[Change]> = vec![&[]; matches];
    for chunk in changes.chunk_by(|x, y| x.matched == y.matched) {
        if let Some(slot) = slices.get_mut(chunk[0].matched) {
            *slot = chunk;
        }
    }
    slices
}

fn sum_up(
    comparison: &Comparison,
    before: &[Counted],
    after: &[Counted],
    all_parts: &[Parts],
    weights: Option<&Weights>,
) -> BTreeMap<String, Sum> {
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    for (m, parts) in comparison.matching.matches.iter().zip(all_parts) {
        let scaled = Scaled::of(m, before, after, weights);
        let names: BTreeSet<&String> = m
            .before
            .iter()
            .flat_map(|p| &before[*p].scopes)
            .chain(m.after.iter().flat_map(|p| &after[*p].scopes))
            .collect();
        for name in names {
            let within =
                |counted: &[Counted], positions: &[usize]| positions.iter().all(|p| counted[*p].scopes.contains(name));
            let whole = within(before, &m.before) && within(after, &m.after);
            let weight = if whole { scaled.weight } else { 0 };
            let sum = sums.entry(name.clone()).or_insert(Sum::ZERO);
            sum.add(
                &scaled.sum(before, &m.before, true, name),
                &scaled.sum(after, &m.after, false, name),
                parts,
                weight,
            );
        }
    }
    sums.values_mut().for_each(Sum::close);
    sums
}

/// Weights of the procedures of a match: the dossiers before weigh both sides.
struct Scaled {
    before: Vec<i64>,
    after: Vec<i64>,
    weight: i64,
}

impl Scaled {
    fn of(m: &Match, before: &[Counted], after: &[Counted], weights: Option<&Weights>) -> Scaled {
        let Some(weights) = weights else {
            return Scaled { before: vec![1; m.before.len()], after: vec![1; m.after.len()], weight: 1 };
        };
        let of = |counted: &[Counted], p: usize| weights.get(&counted[p].procedure.code);
        let befores: Vec<i64> = m.before.iter().map(|p| of(before, *p)).collect();
        let own: i64 = befores.iter().sum();
        let known = if own > 0 { own } else { m.after.iter().map(|p| of(after, *p)).sum() };
        let befores = if own == 0 { vec![known; m.before.len()] } else { befores };
        Scaled {
            weight: if m.fate == Fate::Gone { own } else { known },
            before: befores,
            after: vec![known; m.after.len()],
        }
    }

    fn sum(&self, counted: &[Counted], positions: &[usize], is_before: bool, scope: &String) -> Amounts {
        let weights = if is_before { &self.before } else { &self.after };
        let mut sum = [0; COUNT];
        for (p, weight) in positions.iter().zip(weights).filter(|(p, _)| counted[**p].scopes.contains(scope)) {
            sum.iter_mut().zip(counted[*p].amounts).for_each(|(sum, amount)| *sum += amount * weight);
        }
        sum
    }
}

fn scope_rows(
    comparison: &Comparison,
    scope: &str,
    sum: &Sum,
    weighted: bool,
    rules: &ProgressRules,
) -> Vec<MeasureRow> {
    let row = |indicator: &Indicator| {
        let at = *indicator as usize;
        let is_online = *indicator == Indicator::OnlineOffered;
        MeasureRow {
            measure: indicator.as_str().to_owned(),
            unit: indicator.unit().to_owned(),
            scale: indicator.scale(),
            weighting: if weighted { "dossiers" } else { "none" },
            scope: scope.to_owned(),
            baseline: sum.before[at],
            removed: sum.parts.removed[at],
            added: sum.parts.added[at],
            substituted: sum.parts.substituted[at],
            corrected: sum.parts.corrected[at],
            method: sum.parts.method[at],
            current: sum.after[at],
            path: if is_online { online_path(comparison.path, indicator.as_str(), rules) } else { comparison.path },
            whole: is_online.then_some(sum.after[Indicator::Procedures as usize]),
            ..empty_row(comparison)
        }
    };
    let is_known = |i: &&Indicator| match i {
        Indicator::Visits | Indicator::Hours | Indicator::Cost | Indicator::CostWithFees => {
            comparison.burdens.is_some()
        }
        Indicator::Procedures | Indicator::LevelInstances | Indicator::Requests | Indicator::Steps => true,
        _ => sum.before[**i as usize] != 0 || sum.after[**i as usize] != 0,
    };
    Indicator::ALL.iter().filter(is_known).map(row).collect()
}

fn empty_row(comparison: &Comparison) -> MeasureRow {
    MeasureRow {
        from: comparison.from.to_owned(),
        to: comparison.to.to_owned(),
        measure: String::new(),
        unit: String::new(),
        scale: 1,
        weighting: "none",
        scope: CITY.to_owned(),
        baseline: 0,
        removed: 0,
        added: 0,
        substituted: 0,
        corrected: 0,
        method: 0,
        current: 0,
        path: comparison.path,
        whole: None,
    }
}

/// The next target of an online measure, or the last one.
fn online_path(path: Path, measure: &str, rules: &ProgressRules) -> Path {
    let targets = || rules.online.iter().filter(|t| t.measure == measure);
    let next = targets().filter(|t| t.year >= path.year).min_by_key(|t| t.year);
    match next.or_else(|| targets().max_by_key(|t| t.year)) {
        Some(target) => Path { target_percent: target.percent, target_year: target.year, ..path },
        None => path,
    }
}

/// Procedures of one name counted once. A family is gone when all of it is gone, new when all of it is new.
fn families(comparison: &Comparison, before: &[Counted], after: &[Counted]) -> Vec<MeasureRow> {
    let public = |counted: &Counted| !counted.procedure.is_internal;
    let names = |counted: &[Counted]| -> BTreeSet<String> {
        counted.iter().filter(|c| public(c)).map(|c| c.family.clone()).collect()
    };
    let (left, right) = (names(before), names(after));
    let (mut kept_before, mut kept_after) = (BTreeSet::new(), BTreeSet::new());
    for m in comparison.matching.matches.iter().filter(|m| !matches!(m.fate, Fate::Gone | Fate::New)) {
        kept_before.extend(m.before.iter().map(|p| before[*p].family.clone()));
        kept_after.extend(m.after.iter().map(|p| after[*p].family.clone()));
    }
    let count = |names: &BTreeSet<String>| super::effects::number(names.len());
    let outside =
        |names: &BTreeSet<String>, kept: &BTreeSet<String>| super::effects::number(names.difference(kept).count());
    let (removed, added) = (-outside(&left, &kept_before), outside(&right, &kept_after));
    let (baseline, current) = (count(&left), count(&right));
    vec![MeasureRow {
        measure: "families".to_owned(),
        unit: "family".to_owned(),
        baseline,
        removed,
        added,
        method: current - baseline - removed - added,
        current,
        ..empty_row(comparison)
    }]
}

/// Dossiers received online, of those whose way is known.
fn online_dossiers(comparison: &Comparison, rules: &ProgressRules) -> Vec<MeasureRow> {
    let Some(weights) = comparison.weights.filter(|w| w.with_channel > 0) else { return Vec::new() };
    vec![MeasureRow {
        measure: "online-dossiers".to_owned(),
        unit: "dossier".to_owned(),
        baseline: weights.online,
        current: weights.online,
        path: online_path(comparison.path, "online-dossiers", rules),
        whole: Some(weights.with_channel),
        ..empty_row(comparison)
    }]
}

/// The table `measures`.
#[must_use]
pub fn measure_table(rows: &[MeasureRow]) -> Table {
    let text = |get: fn(&MeasureRow) -> &str| rows.iter().map(get);
    let value = |get: fn(&MeasureRow) -> i64| rows.iter().map(move |r| Some(exact(get(r)) / exact(r.scale)));
    let percent = |get: fn(&MeasureRow) -> Option<Percent>| rows.iter().map(move |r| get(r).map(Percent::rounded));
    let on_path = |r: &MeasureRow| r.is_on_path().map_or("", |is| if is { "yes" } else { "no" });
    Table::new("measures")
        .text("from", text(|r| &r.from))
        .text("to", text(|r| &r.to))
        .text("measure", text(|r| &r.measure))
        .text("unit", text(|r| &r.unit))
        .text("weighting", text(|r| r.weighting))
        .text("scope", text(|r| &r.scope))
        .float("baseline", value(|r| r.baseline))
        .float("added", value(|r| r.added))
        .float("removed", value(|r| -r.removed))
        .float("data_substitution", value(|r| r.substituted))
        .float("correction", value(|r| r.corrected))
        .float("method", value(|r| r.method))
        .float("current", value(|r| r.current))
        .float("baseline_restated", value(MeasureRow::restated))
        .float("gross_pct", percent(MeasureRow::gross))
        .float("net_pct", percent(MeasureRow::net))
        .float("net_with_data_pct", percent(MeasureRow::net_with_data))
        .float("net_restated_pct", percent(MeasureRow::net_restated))
        .float("share_pct", percent(MeasureRow::share))
        .float("needed_pct", percent(MeasureRow::needed))
        .int("target_pct", rows.iter().map(|r| Some(i64::from(r.path.target_percent))))
        .int("target_year", rows.iter().map(|r| Some(i64::from(r.path.target_year))))
        .text("on_path", rows.iter().map(on_path))
        .float("forecast_pct", percent(MeasureRow::forecast))
        .text("forecast_basis", rows.iter().map(|r| if r.forecast().is_some() { "same-yearly-pace" } else { "" }))
}
