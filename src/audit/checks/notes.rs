//! What a reader of the audit should know besides: these checks decide nothing.

use super::{Fired, Setting};
use crate::audit::facts::Facts;
use crate::rule::{CheckRule, Competence};
use crate::text::fold;

/// The code of the procedure carries the suffix of one of several provinces in the earlier catalogue, and the later one has fewer.
pub fn territorial(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let suffixes = |procedures: &[&crate::catalog::Procedure]| {
        let mut all: Vec<String> = procedures
            .iter()
            .filter_map(|p| p.code_suffix.rsplit('.').next())
            .filter(|s| s.starts_with('H'))
            .map(str::to_owned)
            .collect();
        all.sort();
        all.dedup();
        all
    };
    let (before, after) = (suffixes(&facts.before), suffixes(&facts.after));
    (facts.is_about_procedure() && before.len() > after.len().max(1))
        .then(|| Fired::with([("suffix", before.join(", "))]))
}

/// No dossiers in any year with figures. A code without figures is unknown, not unused.
pub fn unused(facts: &Facts, setting: &Setting, _: &CheckRule) -> Option<Fired> {
    let count = setting.dossiers?.get(&facts.claim.code)?;
    (*count == 0).then(Fired::default)
}

/// The ground is one that the central government changes, and the claim is about a procedure.
pub fn central(facts: &Facts, setting: &Setting, _: &CheckRule) -> Option<Fired> {
    let ground = fold(&facts.claim.ground);
    let named = setting
        .book
        .grounds
        .iter()
        .find(|g| g.competence != Competence::City && ground.contains(&fold(&g.document)))?;
    facts.is_about_procedure().then(|| Fired::with([("ground", named.document.clone())]))
}

/// Dossiers received after the effective date that still list the paper.
pub fn still_taken(facts: &Facts, setting: &Setting, _: &CheckRule) -> Option<Fired> {
    let day = facts.claim.effective_on?;
    let received = setting.received?.get(&facts.claim.code)?;
    let names: Vec<String> = setting
        .book
        .kinds
        .iter()
        .filter(|k| facts.paper.kinds.contains(&k.kind))
        .flat_map(|k| k.names.iter().flat_map(|n| crate::rule::expand(n).unwrap_or_default()))
        .collect();
    let count =
        received.iter().filter(|(on, text)| *on >= day && names.iter().any(|n| text.contains(n.as_str()))).count();
    (count > 0).then(|| Fired::with([("count", count.to_string())]))
}
