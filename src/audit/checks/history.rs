//! What earlier catalogues say.

use super::{Fired, Setting, quote_of};
use crate::audit::facts::Facts;
use crate::audit::paper::Demand;
use crate::rule::CheckRule;

/// Gone before the earlier catalogue, back in the later one.
pub fn reintroduced(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    if facts.is_about_procedure() {
        let was = facts.baseline.as_ref().is_some_and(|b| !b.is_empty());
        let back = was && facts.before.is_empty() && !facts.after.is_empty();
        let quote = facts.after.first().map(|p| p.name.clone()).unwrap_or_default();
        return back.then(|| Fired::with([("quote", quote)]).and_procedures(&facts.after));
    }
    if !facts.is_about_paper() {
        return None;
    }
    let demanded_after = facts.rows_after.iter().any(|r| r.demand == Demand::Demanded);
    let was_gone = facts.rows_before.is_empty() && !facts.before.is_empty();
    let was_asked = !facts.rows_baseline.is_empty() || facts.baseline.is_none();
    (demanded_after && was_gone && was_asked)
        .then(|| Fired::with([("quote", quote_of(&facts.rows_after))]).and_rows(&facts.rows_after))
}

/// The baseline has no such procedure, or none of the earlier catalogues ever asked for the paper.
pub fn out_of_baseline(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    if facts.is_about_paper() {
        let never = facts.rows_before.is_empty() && facts.rows_baseline.is_empty() && facts.rows_after.is_empty();
        return (never && !facts.is_unknown()).then(Fired::default);
    }
    let missing = facts.baseline.as_ref().is_some_and(Vec::is_empty);
    (missing && facts.is_about_procedure() && !facts.is_unknown()).then(Fired::default)
}
