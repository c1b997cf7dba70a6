//! Exact branch and bound over sets of databases, on the instance with equal sets put together.

use super::{Choice, Collapsed, Instance, Limits, MOST_SOURCES, Proof};

/// Nodes after which the search is cut off and says so.
const MOST_NODES: u64 = 20_000_000;

struct Search<'a> {
    costs: &'a [u64],
    sets: &'a [(u64, u64)],
    limits: Limits,
    best: (u64, u64),
    nodes: u64,
    /// The largest bound among branches that were cut off.
    left: u64,
}

/// Runs to its end, or is cut off after a fixed number of nodes, so that the result is the same on any machine.
pub(super) fn search(instance: &Instance, collapsed: &Collapsed, limits: Limits) -> Choice {
    let known = instance.costs.len().min(MOST_SOURCES);
    let mut sets = collapsed.sets.clone();
    let budget = limits.budget.unwrap_or(u64::MAX);
    let most = limits.count.unwrap_or(known);
    let cost = |bits: u64| (0..known).filter(|at| bits >> at & 1 == 1).map(|at| instance.costs[at]).sum::<u64>();
    sets.retain(|(bits, _)| bits.count_ones() as usize <= most && cost(*bits) <= budget);
    let mut search = Search { costs: &instance.costs[..known], sets: &sets, limits, best: (0, 0), nodes: 0, left: 0 };
    let used = sets.iter().fold(0, |bits, (set, _)| bits | set);
    let alive: Vec<usize> = (0..sets.len()).collect();
    search.start(used);
    search.visit(0, used, &alive);
    let (worth, bits) = search.best;
    Choice {
        chosen: (0..known).filter(|at| bits >> at & 1 == 1).collect(),
        worth: worth + collapsed.free,
        bound: worth.max(search.left) + collapsed.free,
        proof: if search.left > worth { Proof::Unfinished } else { Proof::Search },
    }
}

impl Search<'_> {
    /// A good set to begin with: whole sets are added while they fit, the one of most worth a new database first.
    fn start(&mut self, used: u64) {
        let mut bits = 0u64;
        loop {
            let fits = self.sets.iter().filter(|(set, _)| set & !bits != 0 && self.fits(bits | set));
            let best = fits.max_by_key(|(set, _)| {
                let grown = bits | set;
                let gain = self.worth(grown) - self.worth(bits);
                (u128::from(gain) * 1_000_000 / u128::from((set & !bits).count_ones()), std::cmp::Reverse(*set))
            });
            let Some((set, _)) = best else { break };
            bits |= set;
        }
        self.best = (self.worth(bits & used), bits & used);
    }

    fn worth(&self, bits: u64) -> u64 {
        self.sets.iter().filter(|(set, _)| set & !bits == 0).map(|(_, worth)| worth).sum()
    }

    fn cost(&self, bits: u64) -> u64 {
        self.costs.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, cost)| cost).sum()
    }

    fn fits(&self, bits: u64) -> bool {
        self.limits.count.is_none_or(|most| bits.count_ones() as usize <= most)
            && self.limits.budget.is_none_or(|most| self.cost(bits) <= most)
    }

    /// `chosen` are in, `open` undecided, all others out; `alive` are the sets that can still go.
    fn visit(&mut self, chosen: u64, open: u64, alive: &[usize]) {
        let reachable = chosen | open;
        let alive: Vec<usize> = alive
            .iter()
            .copied()
            .filter(|at| self.sets[*at].0 & !reachable == 0 && self.fits(chosen | self.sets[*at].0))
            .collect();
        let now: u64 = alive.iter().filter(|at| self.sets[**at].0 & !chosen == 0).map(|at| self.sets[*at].1).sum();
        if now > self.best.0 {
            self.best = (now, chosen);
        }
        let (bound, pivot) = self.bound(chosen, now, &alive);
        if bound <= self.best.0 {
            return;
        }
        self.nodes += 1;
        let Some(pivot) = pivot else { return };
        if self.nodes > MOST_NODES {
            self.left = self.left.max(bound);
            return;
        }
        let bit = 1 << pivot;
        if self.fits(chosen | bit) {
            self.visit(chosen | bit, open & !bit, &alive);
        }
        self.visit(chosen, open & !bit, &alive);
    }

    /// No more than this can go below a node, and the open database that carries most of it.
    ///
    /// The worth of a set that misses n databases is shared among them, worth ÷ n each. Whatever is chosen, the sets that
    /// go are paid for by shares of chosen databases, so that the best shares that fit the limits bound the gain: the
    /// largest `count` of them, or filled up by share ÷ cost with the last one in part.
    fn bound(&self, chosen: u64, now: u64, alive: &[usize]) -> (u64, Option<usize>) {
        // Fixed point of 2^20, rounded up, so that a bound never falls below the truth.
        let mut shares = [0u128; MOST_SOURCES];
        for at in alive {
            let (set, worth) = self.sets[*at];
            let missing = set & !chosen;
            let count = u128::from(missing.count_ones());
            if count == 0 {
                continue;
            }
            let share = (u128::from(worth) << 20).div_ceil(count);
            for at in (0..self.costs.len()).filter(|at| missing >> at & 1 == 1) {
                shares[at] += share;
            }
        }
        let mut open: Vec<usize> = (0..self.costs.len()).filter(|at| shares[*at] > 0).collect();
        open.sort_by_key(|at| (std::cmp::Reverse(shares[*at]), *at));
        let pivot = open.first().copied();
        let room = self.limits.count.map_or(open.len(), |most| most.saturating_sub(chosen.count_ones() as usize));
        let by_count: u128 = open.iter().take(room).map(|at| shares[*at]).sum();
        let by_cost =
            self.limits.budget.map(|most| self.knapsack(&open, &shares, most.saturating_sub(self.cost(chosen))));
        let gain = by_cost.map_or(by_count, |by_cost| by_cost.min(by_count));
        let gain = u64::try_from(gain.div_ceil(1 << 20)).unwrap_or(u64::MAX);
        (now.saturating_add(gain), pivot)
    }

    /// Upper bound of the shares that a budget buys.
    fn knapsack(&self, open: &[usize], shares: &[u128; MOST_SOURCES], mut left: u64) -> u128 {
        let mut order = open.to_vec();
        // by share ÷ cost, free ones first; compared crosswise
        order.sort_by(|a, b| {
            let (a, b) = (*a, *b);
            let (left, right) = (shares[b] * u128::from(self.costs[a]), shares[a] * u128::from(self.costs[b]));
            left.cmp(&right).then(a.cmp(&b))
        });
        let mut sum = 0;
        for at in order {
            let cost = self.costs[at];
            if cost <= left {
                left -= cost;
                sum += shares[at];
            } else {
                return sum + (shares[at] * u128::from(left)).div_ceil(u128::from(cost));
            }
        }
        sum
    }
}
