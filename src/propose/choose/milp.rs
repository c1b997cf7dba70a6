//! The choice as a mixed-integer linear program: a variable a database, one a distinct set of databases.

use super::{Collapsed, Instance, Limits};
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, constraint, microlp, variable};

/// What the program found.
pub(super) struct Solved {
    /// Indices of the databases, sorted.
    pub chosen: Vec<usize>,
    /// The objective, what goes without any database included.
    pub worth: u64,
}

/// Larger models are left to the search: the solver has no time limit of its own.
const MOST_ROWS: usize = 400;

/// Beyond this sum a `f64` no longer holds every whole number.
const EXACT: u64 = 1 << 52;

/// Solves the program; none when it is too large, when its numbers would not be exact, or the solver gives up.
///
/// Maximise `Σ worth·y` with `y_s ≤ x_d` for every database d of set s, x binary. The y need no integrality of their own:
/// with binary x and worth ≥ 0 the best y are 0 or 1.
pub(super) fn solve(instance: &Instance, collapsed: &Collapsed, limits: Limits) -> Option<Solved> {
    let rows: usize = collapsed.sets.iter().map(|(bits, _)| bits.count_ones() as usize).sum();
    let total = collapsed.sets.iter().try_fold(0u64, |sum, (_, worth)| sum.checked_add(*worth))?;
    let cost = instance.costs.iter().try_fold(0u64, |sum, cost| sum.checked_add(*cost))?;
    if rows > MOST_ROWS || total >= EXACT || cost >= EXACT {
        return None;
    }
    let used = collapsed.sets.iter().fold(0, |bits, (set, _)| bits | set);
    let mut variables = ProblemVariables::new();
    let sources: Vec<(usize, Variable)> = (0..instance.costs.len().min(super::MOST_SOURCES))
        .filter(|at| used >> at & 1 == 1)
        .map(|at| (at, variables.add(variable().binary())))
        .collect();
    let sets: Vec<(u64, u64, Variable)> =
        collapsed.sets.iter().map(|(bits, worth)| (*bits, *worth, variables.add(variable().min(0).max(1)))).collect();
    let objective: Expression = sets.iter().map(|(_, worth, y)| float(*worth) * *y).sum();
    let mut model = variables.maximise(objective).using(microlp);
    for (bits, _, y) in &sets {
        for (_, x) in sources.iter().filter(|(at, _)| bits >> at & 1 == 1) {
            model.add_constraint(constraint!(*y <= *x));
        }
    }
    if let Some(most) = limits.count.filter(|most| *most < sources.len()) {
        let count: Expression = sources.iter().map(|(_, x)| Expression::from(*x)).sum();
        model.add_constraint(count.leq(float(most as u64)));
    }
    if let Some(most) = limits.budget.filter(|most| *most < cost) {
        let spent: Expression = sources.iter().map(|(at, x)| float(instance.costs[*at]) * *x).sum();
        model.add_constraint(spent.leq(float(most)));
    }
    let solution = model.solve().ok()?;
    let chosen: Vec<usize> = sources.iter().filter(|(_, x)| solution.value(*x) > 0.5).map(|(at, _)| *at).collect();
    let objective: f64 = sets.iter().map(|(_, worth, y)| float(*worth) * solution.value(*y)).sum();
    // The tolerance of the solver may leave an objective that is no whole number; the evaluation then decides.
    whole(objective).map(|worth| Solved { chosen, worth: worth + collapsed.free })
}

#[allow(clippy::cast_precision_loss, reason = "bounded by EXACT")]
fn float(value: u64) -> f64 {
    value as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a whole number in range")]
fn whole(value: f64) -> Option<u64> {
    let rounded = value.round();
    ((value - rounded).abs() < 1e-3 && rounded >= 0.0 && rounded < float(EXACT)).then_some(rounded as u64)
}
