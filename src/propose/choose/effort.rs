//! The least effort that reaches a target, what the city may decide alone being counted first.

use super::Proof;
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, constraint, microlp, variable};
use std::collections::{BTreeMap, BTreeSet};

/// Something that can be done, such as a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffortOption {
    /// What it takes off the measure.
    pub gain: u64,
    /// What it costs to do, in the unit of effort; connections come on top, once.
    pub effort: u64,
    /// Connections it needs, as indices of the instance.
    pub needs: Vec<usize>,
    /// Whether the city may decide it alone.
    pub by_city: bool,
    /// Year by whose end it can be in force.
    pub year: i16,
}

/// A measure, its target and what can be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EffortInstance {
    /// Effort of each connection; 0 where it stands already.
    pub connections: Vec<u64>,
    /// What can be done. Gains of different options add up; the caller sees to it that none is counted twice.
    pub options: Vec<EffortOption>,
    /// The measure before.
    pub baseline: u64,
    /// Percent of the baseline to take off.
    pub percent: u32,
    /// Year by whose end it has to be off.
    pub by: i16,
}

/// A plan and what is proven about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effort {
    /// Indices of the options, sorted.
    pub chosen: Vec<usize>,
    /// Indices of the connections they need, sorted.
    pub connected: Vec<usize>,
    /// What the plan takes off.
    pub gain: u64,
    /// Of this, by decisions of the city alone.
    pub gain_by_city: u64,
    /// What has to be taken off, rounded up.
    pub needed: u64,
    /// Whether the plan takes off enough. If not, it holds everything there is.
    pub is_reached: bool,
    /// What all options together take off by the year.
    pub reachable: u64,
    /// What options that come later than the year would take off on top.
    pub too_late: u64,
    /// Effort of the plan.
    pub effort: u64,
    /// No plan of this kind costs less.
    pub bound: u64,
    /// How the bound was proven.
    pub proof: Proof,
}

impl Effort {
    /// Effort beyond the bound; 0 for a plan proven best.
    #[must_use]
    pub fn gap(&self) -> u64 {
        self.effort.saturating_sub(self.bound)
    }
}

/// The plan of least effort. When the city alone reaches the target, only its own decisions are chosen from; when it
/// does not, all of them are taken and the rest is made up by the least effort of recommendations.
#[must_use]
pub fn least_effort(instance: &EffortInstance) -> Effort {
    let percent = u128::from(instance.baseline) * u128::from(instance.percent);
    let needed = u64::try_from(percent.div_ceil(100)).unwrap_or(u64::MAX);
    let useful = |o: &EffortOption| o.gain > 0 && o.needs.iter().all(|n| *n < instance.connections.len());
    let (in_time, late): (Vec<usize>, Vec<usize>) = (0..instance.options.len())
        .filter(|at| useful(&instance.options[*at]))
        .partition(|at| instance.options[*at].year <= instance.by);
    let (city, others): (Vec<usize>, Vec<usize>) = in_time.iter().partition(|at| instance.options[**at].by_city);
    let reachable = instance.gain(&in_time);
    let by_city = instance.gain(&city);
    let (chosen, bound, proof) = if reachable < needed {
        let all = instance.effort(&in_time);
        (in_time.clone(), all, Proof::Search)
    } else if by_city >= needed {
        cover(instance, &city, &BTreeSet::new(), needed)
    } else {
        let paid = instance.connected(&city).into_iter().collect();
        let (mut chosen, bound, proof) = cover(instance, &others, &paid, needed - by_city);
        chosen.extend(&city);
        (chosen, bound.saturating_add(instance.effort(&city)), proof)
    };
    let mut chosen = chosen;
    chosen.sort_unstable();
    let own: Vec<usize> = chosen.iter().copied().filter(|at| instance.options[*at].by_city).collect();
    let gain = instance.gain(&chosen);
    Effort {
        connected: instance.connected(&chosen),
        gain,
        gain_by_city: instance.gain(&own),
        needed,
        is_reached: gain >= needed,
        reachable,
        too_late: instance.gain(&late),
        effort: instance.effort(&chosen),
        bound,
        proof,
        chosen,
    }
}

impl EffortInstance {
    /// What options take off together.
    #[must_use]
    pub fn gain(&self, options: &[usize]) -> u64 {
        options.iter().map(|at| self.options[*at].gain).sum()
    }

    /// Effort of options, each connection that they need counted once.
    #[must_use]
    pub fn effort(&self, options: &[usize]) -> u64 {
        let own: u64 = options.iter().map(|at| self.options[*at].effort).sum();
        own + self.connected(options).iter().map(|at| self.connections[*at]).sum::<u64>()
    }

    /// Connections that options need, sorted.
    #[must_use]
    pub fn connected(&self, options: &[usize]) -> Vec<usize> {
        let all: BTreeSet<usize> = options.iter().flat_map(|at| self.options[*at].needs.iter().copied()).collect();
        all.into_iter().collect()
    }
}

/// Options alike in what they need, give and cost, which are one integer variable.
struct Group {
    needs: Vec<usize>,
    gain: u64,
    effort: u64,
    members: Vec<usize>,
}

/// Larger models are left to the bound of the relaxation.
const MOST_GROUPS: usize = 120;
/// Beyond this sum a `f64` no longer holds every whole number.
const EXACT: u64 = 1 << 52;

/// Options that take off at least `needed`, which is within reach, with connections already paid for.
fn cover(
    instance: &EffortInstance,
    options: &[usize],
    paid: &BTreeSet<usize>,
    needed: u64,
) -> (Vec<usize>, u64, Proof) {
    let groups = groups(instance, options, paid);
    let unpaid = |chosen: &[usize]| {
        let own: u64 = chosen.iter().map(|at| instance.options[*at].effort).sum();
        let new = instance.connected(chosen).into_iter().filter(|at| !paid.contains(at));
        own + new.map(|at| instance.connections[at]).sum::<u64>()
    };
    if let Some(chosen) = milp(instance, &groups, needed)
        && instance.gain(&chosen) >= needed
    {
        let effort = unpaid(&chosen);
        return (chosen, effort, Proof::Milp);
    }
    let chosen = by_steps(instance, &groups, needed);
    let bound = relaxed(&groups, needed);
    let effort = unpaid(&chosen);
    (chosen, bound.min(effort), if bound >= effort { Proof::Search } else { Proof::Unfinished })
}

fn groups(instance: &EffortInstance, options: &[usize], paid: &BTreeSet<usize>) -> Vec<Group> {
    let mut alike: BTreeMap<(Vec<usize>, u64, u64), Vec<usize>> = BTreeMap::new();
    for at in options {
        let option = &instance.options[*at];
        let needs: BTreeSet<usize> =
            option.needs.iter().copied().filter(|n| !paid.contains(n) && instance.connections[*n] > 0).collect();
        alike.entry((needs.into_iter().collect(), option.gain, option.effort)).or_default().push(*at);
    }
    alike.into_iter().map(|((needs, gain, effort), members)| Group { needs, gain, effort, members }).collect()
}

/// Minimise `Σ effort·z + Σ connection·x` with `Σ gain·z ≥ needed` and `z_g ≤ n_g·x_d` for every connection d of group g.
fn milp(instance: &EffortInstance, groups: &[Group], needed: u64) -> Option<Vec<usize>> {
    let total = groups.iter().try_fold(0u64, |sum, g| sum.checked_add(g.gain.checked_mul(g.members.len() as u64)?))?;
    let effort =
        groups.iter().try_fold(0u64, |sum, g| sum.checked_add(g.effort.checked_mul(g.members.len() as u64)?))?;
    let links = instance.connections.iter().try_fold(effort, |sum, c| sum.checked_add(*c))?;
    if groups.len() > MOST_GROUPS || total >= EXACT || links >= EXACT {
        return None;
    }
    let mut variables = ProblemVariables::new();
    let connections: BTreeMap<usize, Variable> = groups
        .iter()
        .flat_map(|g| g.needs.iter().copied())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|at| (at, variables.add(variable().binary())))
        .collect();
    let counts: Vec<Variable> =
        groups.iter().map(|g| variables.add(variable().integer().min(0).max(float(g.members.len() as u64)))).collect();
    let own: Expression = groups.iter().zip(&counts).map(|(g, z)| float(g.effort) * *z).sum();
    let links: Expression = connections.iter().map(|(at, x)| float(instance.connections[*at]) * *x).sum();
    let gain: Expression = groups.iter().zip(&counts).map(|(g, z)| float(g.gain) * *z).sum();
    let mut model = variables.minimise(own + links).using(microlp);
    model.add_constraint(gain.geq(float(needed)));
    for (group, z) in groups.iter().zip(&counts) {
        for need in &group.needs {
            let most = float(group.members.len() as u64);
            model.add_constraint(constraint!(*z <= most * connections[need]));
        }
    }
    let solution = model.solve().ok()?;
    let chosen = groups.iter().zip(&counts).flat_map(|(group, z)| {
        let value = solution.value(*z).round();
        group.members.iter().zip(1u32..).filter(move |(_, n)| f64::from(*n) <= value).map(|(at, _)| *at)
    });
    Some(chosen.collect())
}

/// For large models: whole packages of connections are opened, the cheapest a unit of gain first, then options are
/// taken by effort a unit of gain and those no longer needed are put back.
fn by_steps(instance: &EffortInstance, groups: &[Group], needed: u64) -> Vec<usize> {
    let mut open: BTreeSet<usize> = BTreeSet::new();
    let mut best: Option<(u64, Vec<usize>)> = None;
    loop {
        let available: Vec<&Group> = groups.iter().filter(|g| g.needs.iter().all(|n| open.contains(n))).collect();
        if let Some(chosen) = fill(instance, &available, needed) {
            let effort = instance.effort(&chosen);
            if best.as_ref().is_none_or(|b| effort < b.0) {
                best = Some((effort, chosen));
            }
        }
        let packages = groups.iter().filter(|g| !g.needs.iter().all(|n| open.contains(n)));
        let next = packages.min_by(|a, b| {
            let price = |g: &Group| {
                let grown: BTreeSet<usize> = open.iter().chain(&g.needs).copied().collect();
                let cost: u64 = grown.difference(&open).map(|n| instance.connections[*n]).sum();
                let freed = groups.iter().filter(|g| g.needs.iter().all(|n| grown.contains(n)));
                let fresh = freed.filter(|g| !g.needs.iter().all(|n| open.contains(n)));
                let gain: u64 = fresh.map(|g| g.gain * g.members.len() as u64).sum();
                (u128::from(cost), u128::from(gain.max(1)))
            };
            let ((cost_a, gain_a), (cost_b, gain_b)) = (price(a), price(b));
            (cost_a * gain_b).cmp(&(cost_b * gain_a)).then_with(|| a.needs.cmp(&b.needs))
        });
        let Some(next) = next else { break };
        open.extend(next.needs.iter().copied());
    }
    best.map(|(_, chosen)| chosen).unwrap_or_default()
}

/// By effort a unit of gain until there is enough, then without those that are not needed, the dearest first.
fn fill(instance: &EffortInstance, groups: &[&Group], needed: u64) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = groups.iter().flat_map(|g| g.members.iter().copied()).collect();
    let option = |at: usize| &instance.options[at];
    order.sort_by(|a, b| {
        let (a, b) = (*a, *b);
        let left = u128::from(option(a).effort) * u128::from(option(b).gain);
        let right = u128::from(option(b).effort) * u128::from(option(a).gain);
        left.cmp(&right).then_with(|| option(b).gain.cmp(&option(a).gain)).then(a.cmp(&b))
    });
    let mut sum = 0;
    let enough = order.iter().position(|at| {
        sum += option(*at).gain;
        sum >= needed
    })?;
    order.truncate(enough + 1);
    let mut by_effort = order.clone();
    by_effort.sort_by_key(|at| (std::cmp::Reverse(option(*at).effort), *at));
    for at in by_effort {
        if sum - option(at).gain >= needed {
            sum -= option(at).gain;
            order.retain(|o| *o != at);
        }
    }
    Some(order)
}

/// Lower bound: options in part, connections for nothing.
fn relaxed(groups: &[Group], needed: u64) -> u64 {
    let mut order: Vec<&Group> = groups.iter().collect();
    order.sort_by(|a, b| (u128::from(a.effort) * u128::from(b.gain)).cmp(&(u128::from(b.effort) * u128::from(a.gain))));
    let (mut left, mut effort) = (u128::from(needed), 0u128);
    for group in order {
        let all = u128::from(group.gain) * group.members.len() as u128;
        if all >= left {
            let last = (u128::from(group.effort) * left).div_ceil(u128::from(group.gain.max(1)));
            return u64::try_from(effort + last).unwrap_or(u64::MAX);
        }
        left -= all;
        effort += u128::from(group.effort) * group.members.len() as u128;
    }
    u64::try_from(effort).unwrap_or(u64::MAX)
}

#[allow(clippy::cast_precision_loss, reason = "bounded by EXACT")]
fn float(value: u64) -> f64 {
    value as f64
}

/// The way of large models and its bound, for the tests of a small one.
#[cfg(test)]
pub(super) fn tests_only(instance: &EffortInstance, options: &[usize], needed: u64) -> (Vec<usize>, u64) {
    let groups = groups(instance, options, &BTreeSet::new());
    (by_steps(instance, &groups, needed), relaxed(&groups, needed))
}
