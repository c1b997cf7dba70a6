//! What each proposal saves, counted one after another on what is left.

use super::remaining::{Left, Price, Prices, Remaining, copies};
use super::{Outcome, Proposal};
use crate::catalog::{Catalog, Procedure};
use crate::detect::Certainty;
use crate::rule::{Decision, Effect};
use std::collections::{BTreeMap, BTreeSet};

/// The size of a procedure, of a catalogue, or of a saving, in every measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Procedures.
    pub procedures: u64,
    /// Dossier rows of all cases, notes left out.
    pub requests: u64,
    /// Originals and copies, where the number is stated.
    pub copies: u64,
    /// Steps.
    pub steps: u64,
    /// Cost of one run; none when the dossier is not known.
    pub run: Option<Price>,
    /// Cost of a year; none where that or the volume is not known.
    pub year: Option<Price>,
}

/// Sums of amounts; what is missing is left out of a sum and counted beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// The sums.
    pub amounts: Amounts,
    /// How many were summed.
    pub number: u64,
    /// How many of them have no cost a year.
    pub unpriced: u64,
}

impl Totals {
    /// Adds one.
    pub fn add(&mut self, amounts: &Amounts) {
        let sum = &mut self.amounts;
        sum.procedures += amounts.procedures;
        sum.requests += amounts.requests;
        sum.copies += amounts.copies;
        sum.steps += amounts.steps;
        for (total, value) in [(&mut sum.run, amounts.run), (&mut sum.year, amounts.year)] {
            *total = value.map(|v| total.unwrap_or_default().plus(v)).or(*total);
        }
        self.number += 1;
        self.unpriced += u64::from(amounts.year.is_none());
    }
}

/// A proposal with what it saves.
#[derive(Debug, Clone, PartialEq)]
pub struct Drafted {
    /// The proposal.
    pub proposal: Proposal,
    /// What was decided about it, now or earlier.
    pub outcome: Outcome,
    /// Id of the proposal that already does it; empty where it counts itself.
    pub covered_by: String,
    /// Whether it is counted: not rejected and not covered.
    pub is_counted: bool,
    /// The procedure before it, after all that are counted before it.
    pub before: Amounts,
    /// The procedure after it.
    pub after: Amounts,
    /// What it saves: `before − after`. Cost is missing where the share that data answers is not stated.
    pub saved: Amounts,
}

/// Proposals with what they save, and the catalogue they save it of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counted {
    /// The proposals, in the order of procedure, rank and id.
    pub drafted: Vec<Drafted>,
    /// Every procedure before all proposals, in the order of the catalogue; internal ones are nothing.
    pub procedures: Vec<Amounts>,
    /// Their sum.
    pub baseline: Totals,
}

/// Counts proposals in the order: accepted, then undecided, rejected not at all; in each the sure ones first, then by rank and id.
#[must_use]
pub fn count(
    catalog: &Catalog,
    proposals: Vec<Proposal>,
    outcomes: &BTreeMap<String, Outcome>,
    prices: &Prices,
) -> Counted {
    let mut queue: Vec<(Proposal, Outcome)> = proposals
        .into_iter()
        .map(|p| {
            let outcome = outcomes.get(&p.id).cloned().unwrap_or_default();
            (p, outcome)
        })
        .collect();
    queue.sort_by(|a, b| order(&a.0, &a.1).cmp(&order(&b.0, &b.1)));
    let mut ledger = Ledger::new(catalog, prices);
    let mut drafted: Vec<Drafted> =
        queue.into_iter().map(|(proposal, outcome)| ledger.apply(proposal, outcome)).collect();
    drafted.sort_by(|a, b| key(&a.proposal).cmp(&key(&b.proposal)));
    let procedures: Vec<Amounts> = catalog
        .procedures
        .iter()
        .map(|p| if p.is_internal { Amounts::default() } else { ledger.measure(p, &Remaining::default()) })
        .collect();
    let mut baseline = Totals::default();
    catalog.procedures.iter().zip(&procedures).filter(|(p, _)| !p.is_internal).for_each(|(_, a)| baseline.add(a));
    Counted { drafted, procedures, baseline }
}

fn key(p: &Proposal) -> (usize, u32, &str) {
    (p.procedure, p.rank, &p.id)
}

fn order<'a>(p: &'a Proposal, outcome: &Outcome) -> (bool, Certainty, u32, &'a str) {
    (outcome.decision() != Some(Decision::Accept), p.certainty, p.rank, &p.id)
}

/// What is left of every procedure, and who took what.
struct Ledger<'a> {
    catalog: &'a Catalog,
    prices: &'a Prices<'a>,
    shared_codes: BTreeSet<&'a str>,
    remaining: BTreeMap<usize, Remaining>,
    /// Item or aspect of an item → id of the proposal that took it.
    taken: BTreeMap<String, String>,
}

impl<'a> Ledger<'a> {
    fn new(catalog: &'a Catalog, prices: &'a Prices<'a>) -> Self {
        let mut seen = BTreeSet::new();
        let codes = catalog.procedures.iter().filter(|p| !p.is_internal).map(|p| p.code.as_str());
        let shared_codes = codes.filter(|c| !c.is_empty() && !seen.insert(*c)).collect();
        Ledger { catalog, prices, shared_codes, remaining: BTreeMap::new(), taken: BTreeMap::new() }
    }

    fn apply(&mut self, proposal: Proposal, outcome: Outcome) -> Drafted {
        let at = proposal.procedure;
        let procedure = &self.catalog.procedures[at];
        let left = self.remaining.get(&at).cloned().unwrap_or_default();
        let before = self.measure(procedure, &left);
        let mut drafted = Drafted {
            proposal,
            outcome,
            covered_by: String::new(),
            is_counted: false,
            before,
            after: before,
            saved: Amounts::default(),
        };
        if drafted.outcome.decision() == Some(Decision::Reject) || procedure.is_internal {
            return drafted;
        }
        let (next, covered_by) = self.next(&drafted.proposal, left);
        if let Some(next) = next {
            drafted.is_counted = true;
            drafted.after = self.measure(procedure, &next);
            drafted.saved = saving(&drafted.before, &drafted.after);
            if !tells_cost(&drafted.proposal) {
                hide_cost(&mut drafted);
            }
            self.remaining.insert(at, next);
        } else {
            drafted.covered_by = covered_by;
        }
        drafted
    }

    /// What is left after a proposal; none, and the one that took it, when all it is about is taken.
    fn next(&mut self, proposal: &Proposal, mut left: Remaining) -> (Option<Remaining>, String) {
        let aspect = aspect(proposal.effect);
        let mut covered_by = String::new();
        let mut does_something = false;
        let whole = &self.catalog.procedures[proposal.procedure].id;
        for (item, keepers) in proposal.items.iter().zip(&proposal.keepers) {
            let key = format!("{aspect}{item}");
            let taker = [whole, item, &key].into_iter().find_map(|k| self.taken.get(k.as_str()));
            let taker_of = |k: &String| self.taken.get(k).or_else(|| self.taken.get(&format!("{aspect}{k}")));
            let kept = keepers.is_empty() || keepers.iter().any(|k| taker_of(k).is_none());
            match taker {
                Some(id) => covered_by.clone_from(id),
                None if !kept => covered_by = keepers.iter().find_map(taker_of).cloned().unwrap_or_default(),
                None => {
                    does_something = true;
                    change(proposal, item, &mut left);
                    self.taken.insert(key, proposal.id.clone());
                }
            }
        }
        (does_something.then_some(left), covered_by)
    }

    fn measure(&self, procedure: &Procedure, left: &Remaining) -> Amounts {
        let rows = || procedure.requests.iter().filter(|r| !r.is_note).map(|r| (r, left.of(&r.id)));
        // Two procedures of one code cannot both have all its dossiers.
        let is_shared = self.shared_codes.contains(procedure.code.as_str());
        let volume = self.prices.volume(procedure).filter(|_| !is_shared);
        let (run, year) = self.prices.of(procedure, left, volume.as_ref());
        Amounts {
            procedures: u64::from(!left.is_gone),
            requests: rows().filter(|(_, l)| l.is_asked).count() as u64,
            copies: rows().map(|(r, l)| copies(r, l)).sum(),
            steps: procedure.steps.iter().filter(|s| left.has_step(&s.id)).count() as u64,
            run,
            year,
        }
    }
}

/// Aspects of an item that go on their own; an item as a whole has none.
fn aspect(effect: Effect) -> &'static str {
    match effect {
        Effect::Uncertify => "certified ",
        Effect::OneCopy => "copies ",
        Effect::Partial => "part ",
        Effect::Online => "visit ",
        Effect::MergeProcedure => "merged ",
        Effect::None => "text ",
        Effect::RemoveProcedure | Effect::RemoveRequest | Effect::ReplaceRequest | Effect::RemoveStep => "",
    }
}

fn change(proposal: &Proposal, item: &str, left: &mut Remaining) {
    let mut request = |put: fn(&mut Left, u8)| {
        let unanswered = 100 - proposal.coverage.unwrap_or_default().min(100);
        put(left.requests.entry(item.to_owned()).or_default(), unanswered);
    };
    match proposal.effect {
        Effect::RemoveProcedure => (left.is_gone, left.is_abolished) = (true, true),
        Effect::MergeProcedure => left.is_gone = true,
        Effect::RemoveRequest => request(|l, _| (l.is_asked, l.handed_in) = (false, 0)),
        Effect::ReplaceRequest => request(|l, unanswered| (l.is_asked, l.handed_in) = (false, unanswered)),
        Effect::Uncertify => request(|l, _| l.is_certified = false),
        Effect::OneCopy => request(|l, _| l.one_copy = true),
        Effect::RemoveStep => {
            left.steps.insert(item.to_owned());
        }
        Effect::Online => left.is_online = true,
        Effect::Partial | Effect::None => {}
    }
}

fn saving(before: &Amounts, after: &Amounts) -> Amounts {
    let less = |before: Option<Price>, after: Option<Price>| before.zip(after).map(|(b, a)| b - a);
    Amounts {
        procedures: before.procedures.saturating_sub(after.procedures),
        requests: before.requests.saturating_sub(after.requests),
        copies: before.copies.saturating_sub(after.copies),
        steps: before.steps.saturating_sub(after.steps),
        run: less(before.run, after.run),
        year: less(before.year, after.year),
    }
}

/// How much data saves cannot be told without the share it answers, and what a clearer text saves not at all.
fn tells_cost(proposal: &Proposal) -> bool {
    match proposal.effect {
        Effect::Partial | Effect::None => false,
        Effect::ReplaceRequest => proposal.coverage.is_some(),
        _ => true,
    }
}

fn hide_cost(drafted: &mut Drafted) {
    for amounts in [&mut drafted.after, &mut drafted.saved] {
        (amounts.run, amounts.year) = (None, None);
    }
}

#[cfg(test)]
mod tests;
