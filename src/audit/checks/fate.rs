//! What became of a procedure that is said to be gone.

use super::{Fired, Setting};
use crate::audit::facts::Facts;
use crate::catalog::{Level, Procedure};
use crate::rule::{CheckRule, ClaimAction};
use crate::text::fold;
use std::collections::BTreeSet;

/// The one procedure before and the one after, where the claim is about a procedure and both are there.
fn pair<'a>(facts: &Facts<'a>) -> Option<(&'a Procedure, &'a Procedure)> {
    if !facts.is_about_procedure() {
        return None;
    }
    let (before, after) = (facts.before.first()?, facts.after.first()?);
    Some((before, after))
}

fn same_code(before: &Procedure, after: &Procedure) -> bool {
    !before.code.is_empty() && before.code == after.code
}

fn successor(after: &Procedure) -> [(&'static str, String); 2] {
    [("successor", after.code.clone()), ("successor_name", after.name.clone())]
}

/// One successor with another code.
pub fn recoded(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let (before, after) = pair(facts)?;
    let alone = facts.after.len() == 1 && facts.merged_with.is_empty();
    (alone && !same_code(before, after)).then(|| Fired::with(successor(after)).and_procedures(&facts.after))
}

/// A successor that took in others as well, under another code than the procedure's own. Where the list itself calls it a
/// merger, the procedure that went is no cut even when no text shows where it went.
pub fn merged(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let claims_merger = facts.claim.action() == ClaimAction::Merge;
    if claims_merger && !facts.before.is_empty() && facts.after.is_empty() {
        let into = [("successor", "another-procedure".to_owned()), ("successor_name", facts.claim.content.clone())];
        return Some(Fired::with(into).and_procedures(&facts.before));
    }
    let (before, after) = pair(facts)?;
    let joined = !facts.merged_with.is_empty() && (!same_code(before, after) || claims_merger);
    joined.then(|| Fired::with(successor(after)).and_procedures(&facts.after))
}

/// Several successors.
pub fn split(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    pair(facts)?;
    let codes: Vec<&str> = facts.after.iter().map(|p| p.code.as_str()).collect();
    (codes.len() > 1).then(|| {
        Fired::with([("count", codes.len().to_string()), ("successor", codes.join(", "))]).and_procedures(&facts.after)
    })
}

/// A name without marks and spaces: another full stop is no other name.
fn bare(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The same code under another name.
pub fn renamed(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let (before, after) = pair(facts)?;
    let renamed = same_code(before, after) && bare(&before.name) != bare(&after.name);
    renamed.then(|| Fired::with(successor(after)).and_procedures(&facts.after))
}

/// The same procedure at other levels.
pub fn moved_level(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let (before, after) = pair(facts)?;
    let from: BTreeSet<Level> = before.levels.iter().copied().collect();
    let to: BTreeSet<Level> = after.levels.iter().copied().collect();
    let moved = same_code(before, after) && from != to && !from.is_empty() && !to.is_empty();
    let words = |levels: &BTreeSet<Level>| {
        levels.iter().map(|l| format!("level-{}", l.as_str())).collect::<Vec<_>>().join(", ")
    };
    moved.then(|| Fired::with([("from", words(&from)), ("to", words(&to))]).and_procedures(&facts.after))
}

/// Simply still there.
pub fn still_in_catalogue(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let (_, after) = pair(facts)?;
    Some(Fired::with([("quote", after.name.clone())]).and_procedures(&facts.after))
}
