//! Can the claim be looked up at all, and was it claimed before?

use super::{Fired, Setting};
use crate::audit::facts::Facts;
use crate::rule::{CheckRule, ClaimAction};

/// No readable code, and a name that no catalogue has.
pub fn unverifiable(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let claim = facts.claim;
    (claim.code.is_empty() && facts.is_unknown()).then(|| Fired::with([("name", claim.name.clone())]))
}

/// A code that no catalogue has.
pub fn not_in_catalogue(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let claim = facts.claim;
    (!claim.code.is_empty() && facts.is_unknown()).then(|| Fired::with([("code", claim.code.clone())]))
}

/// A procedure, but neither an action nor a paper.
pub fn no_subject(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let is_unknown = facts.claim.action() == ClaimAction::Unknown;
    let has_object = !is_unknown && (facts.is_about_procedure() || facts.property().is_some());
    let names_nothing = !has_object && facts.claim.document.is_empty();
    // A paper whose words are too general to be found in any dossier is no subject either.
    let is_vague = facts.is_about_paper()
        && facts.paper.kinds.is_empty()
        && facts.rows_before.is_empty()
        && facts.rows_baseline.is_empty()
        && facts.rows_after.is_empty()
        && facts.paper.words.len() < 2;
    (names_nothing || is_vague).then(Fired::default)
}

/// A paper of a procedure that the later catalogue does not have, so that nothing can be seen of its dossier.
pub fn procedure_gone(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    (facts.is_about_paper() && !facts.before.is_empty() && facts.after.is_empty()).then(Fired::default)
}

/// An earlier row of the list, or an entry of the ledger, claims the same.
pub fn double_counted(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    facts.claimed_before.as_ref().map(|other| Fired::with([("other", other.clone())]))
}
