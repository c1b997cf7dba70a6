//! The least effort that reaches a target, measure by measure.

use super::Drafted;
use super::choose::{Effort, EffortInstance, EffortOption, least_effort};
use super::count::{Amounts, Counted};
use crate::detect::Certainty;
use crate::rule::{Competence, EffortRules, Readiness};
use crate::table::Table;
use std::collections::BTreeSet;

/// What can be reduced by a target. None of them is the official one: the target names no unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// Procedures.
    Procedures,
    /// Dossier rows.
    Requests,
    /// Originals and copies.
    Copies,
    /// Steps.
    Steps,
    /// Minutes a year of those who apply.
    Time,
    /// Đồng a year.
    Cost,
}

impl Aim {
    /// Every aim, in the order of tables.
    pub const ALL: [Aim; 6] = [Aim::Procedures, Aim::Requests, Aim::Copies, Aim::Steps, Aim::Time, Aim::Cost];

    /// The word in the `measure` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Aim::Procedures => "procedures",
            Aim::Requests => "requests",
            Aim::Copies => "copies",
            Aim::Steps => "steps",
            Aim::Time => "time",
            Aim::Cost => "cost",
        }
    }

    /// The aim of a word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Aim> {
        Aim::ALL.into_iter().find(|a| a.as_str() == name)
    }

    /// The amount of this measure; none when it is not known.
    #[must_use]
    pub fn of(self, amounts: &Amounts) -> Option<u64> {
        let price = |value: Option<i64>| value.and_then(|v| u64::try_from(v).ok());
        match self {
            Aim::Procedures => Some(amounts.procedures),
            Aim::Requests => Some(amounts.requests),
            Aim::Copies => Some(amounts.copies),
            Aim::Steps => Some(amounts.steps),
            Aim::Time => price(amounts.year.map(|p| p.minutes)),
            Aim::Cost => price(amounts.year.map(|p| p.vnd)),
        }
    }
}

/// What is to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// Percent of the baseline.
    pub percent: u32,
    /// Year by whose end it is due.
    pub by: i16,
    /// Year of the as-of date.
    pub now: i16,
}

/// The plan for one aim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is reduced.
    pub aim: Aim,
    /// What is to be reached.
    pub goal: Goal,
    /// The measure before; none when it is not known, and there is no plan.
    pub baseline: Option<u64>,
    /// The plan; its options are the proposals of `proposals`.
    pub effort: Effort,
    /// Of the gain, by sure proposals.
    pub gain_safe: u64,
    /// Indices into the drafted proposals, in the order of the plan: the city's own first, then the most for the least.
    pub proposals: Vec<usize>,
    /// Databases to connect, by their word.
    pub sources: Vec<String>,
}

/// The least effort for each aim. Only proposals that are counted can be chosen, each with what it saves after those before it, so
/// that no gain is counted twice.
#[must_use]
pub fn plans(counted: &Counted, rules: &EffortRules, goal: Goal, aims: &[Aim]) -> Vec<Plan> {
    aims.iter().map(|aim| plan(counted, rules, goal, *aim)).collect()
}

fn plan(counted: &Counted, rules: &EffortRules, goal: Goal, aim: Aim) -> Plan {
    let candidates: Vec<usize> = (0..counted.drafted.len())
        .filter(|at| {
            let d = &counted.drafted[*at];
            d.is_counted && aim.of(&d.saved).is_some_and(|gain| gain > 0)
        })
        .collect();
    let open = |d: &Drafted| d.proposal.readiness != Readiness::ReplaceNow;
    let named: BTreeSet<&str> = candidates
        .iter()
        .map(|at| &counted.drafted[*at])
        .filter(|d| open(d))
        .flat_map(|d| &d.proposal.sources)
        .map(String::as_str)
        .collect();
    let sources: Vec<&str> = named.into_iter().collect();
    let option = |at: &usize| {
        let d = &counted.drafted[*at];
        let rule = rules.of(d.proposal.competence);
        let needed = d.proposal.sources.iter().filter(|_| open(d));
        let needs: Vec<usize> = needed.filter_map(|s| sources.iter().position(|k| k == s)).collect();
        let wait = if needs.is_empty() { 0 } else { rules.connection.years };
        EffortOption {
            gain: aim.of(&d.saved).unwrap_or_default(),
            effort: rule.effort,
            needs,
            by_city: d.proposal.competence == Competence::City,
            year: goal.now.saturating_add(rule.years.max(wait)),
        }
    };
    let baseline = aim.of(&counted.baseline.amounts);
    let instance = EffortInstance {
        connections: vec![rules.connection.effort; sources.len()],
        options: if baseline.is_some() { candidates.iter().map(option).collect() } else { Vec::new() },
        baseline: baseline.unwrap_or_default(),
        percent: goal.percent,
        by: goal.by,
    };
    let effort = least_effort(&instance);
    let mut order = effort.chosen.clone();
    order.sort_by_key(|at| {
        let option = &instance.options[*at];
        (!option.by_city, option.effort, std::cmp::Reverse(option.gain), *at)
    });
    let is_safe = |at: &&usize| counted.drafted[candidates[**at]].proposal.certainty == Certainty::Safe;
    Plan {
        aim,
        goal,
        baseline,
        gain_safe: order.iter().filter(is_safe).map(|at| instance.options[*at].gain).sum(),
        proposals: order.iter().map(|at| candidates[*at]).collect(),
        sources: effort.connected.iter().map(|at| sources[*at].to_owned()).collect(),
        effort,
    }
}

/// The table `plan`: one row an aim.
#[must_use]
pub fn plan_table(plans: &[Plan]) -> Table {
    let known = |p: &Plan, n: u64| p.baseline.and_then(|_| i64::try_from(n).ok());
    let column = |get: fn(&Plan) -> u64| plans.iter().map(move |p| known(p, get(p)));
    Table::new("plan")
        .text("measure", plans.iter().map(|p| p.aim.as_str()))
        .int("target_pct", plans.iter().map(|p| Some(p.goal.percent)))
        .int("target_year", plans.iter().map(|p| Some(p.goal.by)))
        .int("baseline", plans.iter().map(|p| p.baseline.and_then(|b| i64::try_from(b).ok())))
        .int("needed", column(|p| p.effort.needed))
        .int("gain", column(|p| p.effort.gain))
        .int("gain_by_city", column(|p| p.effort.gain_by_city))
        .int("gain_safe", column(|p| p.gain_safe))
        .int("reachable", column(|p| p.effort.reachable))
        .int("too_late", column(|p| p.effort.too_late))
        .flag("is_reached", plans.iter().map(|p| p.baseline.is_some() && p.effort.is_reached))
        .int("proposals", column(|p| p.proposals.len() as u64))
        .text("connect", plans.iter().map(|p| p.sources.join("; ")))
        .int("effort", column(|p| p.effort.effort))
        .int("effort_bound", column(|p| p.effort.bound))
        .text("proof", plans.iter().map(|p| p.effort.proof.as_str()))
}

/// The table `plan_items`: the proposals of each plan in their order.
#[must_use]
pub fn plan_item_table(plans: &[Plan], drafted: &[Drafted]) -> Table {
    let rows: Vec<(&Plan, usize, &Drafted)> = plans
        .iter()
        .flat_map(|p| p.proposals.iter().enumerate().map(move |(place, at)| (p, place + 1, &drafted[*at])))
        .collect();
    Table::new("plan_items")
        .text("measure", rows.iter().map(|r| r.0.aim.as_str()))
        .int("position", rows.iter().map(|r| i64::try_from(r.1).ok()))
        .text("proposal_id", rows.iter().map(|r| &r.2.proposal.id))
        .text("code", rows.iter().map(|r| &r.2.proposal.code))
        .text("action", rows.iter().map(|r| &r.2.proposal.action))
        .text("competence", rows.iter().map(|r| r.2.proposal.competence.as_str()))
        .text("certainty", rows.iter().map(|r| r.2.proposal.certainty.as_str()))
        .int("gain", rows.iter().map(|r| r.0.aim.of(&r.2.saved).and_then(|g| i64::try_from(g).ok())))
}
