//! Which databases to connect first, and the least effort that reaches a target. Pure functions over plain instances.
//!
//! A procedure (or a visit) goes only when **all** its papers go. The gain is therefore not submodular, and taking the
//! best next database each time may end far from the best set: [`best_set`] is exact. Items with the same set of
//! databases are one item of the model, so that its size follows the number of distinct sets, not of requests.

mod branch;
mod effort;
mod milp;

pub use effort::{Effort, EffortInstance, EffortOption, least_effort};

use std::collections::BTreeMap;

/// Something that goes once every database it needs is connected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Databases it needs, as indices of the instance; an empty set goes at once.
    pub needs: Vec<usize>,
    /// What its going is worth, in the unit of the measure: requests, dossiers, đồng.
    pub worth: u64,
}

/// Databases to choose from and what they free.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instance {
    /// Cost of connecting each database, in the unit of the budget; 0 where it is connected already.
    pub costs: Vec<u64>,
    /// What can go.
    pub bundles: Vec<Bundle>,
}

/// How many databases may be connected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// At most so many; none for no limit.
    pub count: Option<usize>,
    /// At most this cost together; none for no limit.
    pub budget: Option<u64>,
}

/// A set of databases and what is proven about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Indices of the databases, sorted.
    pub chosen: Vec<usize>,
    /// What goes with them, by the independent evaluation of [`Instance::worth`].
    pub worth: u64,
    /// Nothing within the limits is worth more than this.
    pub bound: u64,
    /// How the bound was proven.
    pub proof: Proof,
}

impl Choice {
    /// The gap between the set and the bound: 0 for a set proven best.
    #[must_use]
    pub fn gap(&self) -> u64 {
        self.bound.saturating_sub(self.worth)
    }
}

/// Where a bound comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The mixed-integer program was solved, and its set evaluated to the worth that it stated.
    Milp,
    /// Branch and bound over sets of databases ran to its end.
    Search,
    /// The search was cut off; the bound is that of what was left.
    Unfinished,
}

/// The instance with equal sets put together: one bit a database, sorted, without sets that nothing can free.
#[derive(Debug, Clone)]
struct Collapsed {
    sets: Vec<(u64, u64)>,
    /// Worth of what goes without any database.
    free: u64,
}

/// Sets of databases are kept as bits of one word.
pub const MOST_SOURCES: usize = 64;

impl Instance {
    /// What goes when exactly these databases are connected: every bundle is looked at once.
    #[must_use]
    pub fn worth(&self, chosen: &[usize]) -> u64 {
        self.bundles.iter().filter(|b| b.needs.iter().all(|n| chosen.contains(n))).map(|b| b.worth).sum()
    }

    /// Cost of connecting these databases.
    #[must_use]
    pub fn cost(&self, chosen: &[usize]) -> u64 {
        chosen.iter().filter_map(|at| self.costs.get(*at)).sum()
    }

    fn collapse(&self) -> Collapsed {
        let mut sets: BTreeMap<u64, u64> = BTreeMap::new();
        for bundle in &self.bundles {
            // a database that the instance does not know can never be connected
            if bundle.needs.iter().all(|n| *n < self.costs.len().min(MOST_SOURCES)) {
                let bits = bundle.needs.iter().fold(0, |bits, n| bits | 1 << n);
                *sets.entry(bits).or_default() += bundle.worth;
            }
        }
        let free = sets.remove(&0).unwrap_or_default();
        sets.retain(|_, worth| *worth > 0);
        Collapsed { sets: sets.into_iter().collect(), free }
    }

    fn within(&self, limits: Limits, chosen: &[usize]) -> bool {
        limits.count.is_none_or(|most| chosen.len() <= most)
            && limits.budget.is_none_or(|most| self.cost(chosen) <= most)
    }
}

/// The set of at most [`MOST_SOURCES`] databases that frees most within the limits; of equally good sets one without
/// idle databases.
///
/// The mixed-integer program is solved where it is small; its set counts only once the independent evaluation finds
/// the same worth and the limits kept. Else, and for large models, branch and bound over sets runs to its end.
#[must_use]
pub fn best_set(instance: &Instance, limits: Limits) -> Choice {
    best_of(instance, &instance.collapse(), limits)
}

fn best_of(instance: &Instance, collapsed: &Collapsed, limits: Limits) -> Choice {
    let solved = milp::solve(instance, collapsed, limits);
    let checked = solved.filter(|s| instance.within(limits, &s.chosen) && instance.worth(&s.chosen) == s.worth);
    let mut choice = match checked {
        Some(solved) => Choice { bound: solved.worth, worth: solved.worth, chosen: solved.chosen, proof: Proof::Milp },
        None => branch::search(instance, collapsed, limits),
    };
    drop_idle(instance, &mut choice);
    choice
}

/// Drops databases without which as much goes, the dearest first.
fn drop_idle(instance: &Instance, choice: &mut Choice) {
    let mut order = choice.chosen.clone();
    order.sort_by_key(|at| (std::cmp::Reverse(instance.costs[*at]), std::cmp::Reverse(*at)));
    for at in order {
        let without: Vec<usize> = choice.chosen.iter().copied().filter(|c| *c != at).collect();
        if instance.worth(&without) == choice.worth {
            choice.chosen = without;
        }
    }
}

/// One place of the ranked list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rank {
    /// Database connected at this place.
    pub source: usize,
    /// What goes with the databases up to this place.
    pub cumulative: u64,
    /// The best set of as many databases, which may be another one.
    pub optimum: Choice,
}

impl Rank {
    /// Whether no other set of as many databases frees more than the list up to here.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.cumulative == self.optimum.bound
    }
}

/// The order in which to connect all databases, with the optimum of every length beside it.
///
/// Sets that are best for their size need not contain each other. Of all orders the list is built so that it runs
/// through as many best sets as it can, the smallest first: each next best set that contains the list so far is filled
/// up, within it the database that frees most now, then the one that frees most in the end. Databases that never free
/// anything come last and in their own order.
#[must_use]
pub fn ranking(instance: &Instance) -> Vec<Rank> {
    let collapsed = instance.collapse();
    let known = instance.costs.len().min(MOST_SOURCES);
    let optima: Vec<Choice> =
        (1..=known).map(|count| best_of(instance, &collapsed, Limits { count: Some(count), budget: None })).collect();
    let path = through(&optima, known);
    let mut order: Vec<usize> = Vec::with_capacity(known);
    for stop in path {
        fill(instance, &stop, &mut order);
    }
    let all: Vec<usize> = (0..known).collect();
    fill(instance, &all, &mut order);
    let mut ranks = Vec::with_capacity(known);
    for (place, optimum) in optima.into_iter().enumerate() {
        ranks.push(Rank { source: order[place], cumulative: instance.worth(&order[..=place]), optimum });
    }
    ranks
}

/// The longest chain of best sets each within the next; of equally long chains the one of the smallest sets.
fn through(optima: &[Choice], known: usize) -> Vec<Vec<usize>> {
    let mut sets: Vec<&Vec<usize>> =
        optima.iter().map(|o| &o.chosen).filter(|s| !s.is_empty() && s.len() < known).collect();
    sets.sort_by_key(|set| set.len());
    sets.dedup();
    let within = |a: &[usize], b: &[usize]| a.len() < b.len() && a.iter().all(|x| b.contains(x));
    // longest chain that ends at each set, and the set before it
    let mut chain: Vec<(usize, Option<usize>)> = Vec::with_capacity(sets.len());
    for (at, set) in sets.iter().enumerate() {
        let before = (0..at).filter(|b| within(sets[*b], set)).max_by_key(|b| (chain[*b].0, std::cmp::Reverse(*b)));
        chain.push((before.map_or(0, |b| chain[b].0) + 1, before));
    }
    let mut at = (0..sets.len()).max_by_key(|at| (chain[*at].0, std::cmp::Reverse(*at)));
    let mut path = Vec::new();
    while let Some(here) = at {
        path.push(sets[here].clone());
        at = chain[here].1;
    }
    path.reverse();
    path
}

/// Adds the databases of a set to the order: first the one that frees most now, then most of what it takes part in.
fn fill(instance: &Instance, set: &[usize], order: &mut Vec<usize>) {
    let mut left: Vec<usize> = set.iter().copied().filter(|at| !order.contains(at)).collect();
    while !left.is_empty() {
        let within: Vec<usize> = order.iter().chain(&left).copied().collect();
        let score = |at: usize| {
            let now = instance.worth(&order.iter().copied().chain([at]).collect::<Vec<_>>());
            let takes_part = instance.bundles.iter().filter(|b| b.needs.contains(&at));
            let part: u64 = takes_part.filter(|b| b.needs.iter().all(|n| within.contains(n))).map(|b| b.worth).sum();
            (now, part, std::cmp::Reverse(at))
        };
        let Some(next) = left.iter().copied().max_by_key(|at| score(*at)) else { return };
        order.push(next);
        left.retain(|at| *at != next);
    }
}

#[cfg(test)]
mod tests;
