//! Claims about copies, channels and days.

use super::{Fired, Setting};
use crate::audit::facts::Facts;
use crate::audit::paper::Demand;
use crate::catalog::Procedure;
use crate::rule::{CheckRule, ClaimAction};

fn copies(procedures: &[&Procedure]) -> u64 {
    let of = |r: &crate::catalog::Request| {
        u64::from(r.originals.unwrap_or_default()) + u64::from(r.copies.unwrap_or_default())
    };
    procedures.iter().flat_map(|p| &p.requests).map(of).sum()
}

/// Fewer copies of the same components.
pub fn fewer_sets(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let (before, after) = (copies(&facts.before), copies(&facts.after));
    let is_sets = facts.claim.action() == ClaimAction::ReduceSets;
    (is_sets && after < before).then(|| Fired::with([("before", before.to_string()), ("after", after.to_string())]))
}

/// An online channel came, the paper stayed.
pub fn online_only(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let online =
        |procedures: &[&Procedure]| procedures.iter().any(|p| p.channels.iter().any(|c| c.channel == "online"));
    let added = online(&facts.after) && !online(&facts.before) && !facts.before.is_empty();
    let claims_online = facts.claim.action() == ClaimAction::MoveOnline;
    let stayed = facts.is_about_paper()
        && facts.rows_gone() == 0
        && facts.rows_after.iter().any(|r| r.demand == Demand::Demanded);
    ((added && stayed) || claims_online).then(Fired::default)
}

/// A claim about statutory days.
pub fn statutory_days(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    (facts.claim.action() == ClaimAction::ReduceTime).then(Fired::default)
}

/// Time, fee, copies or certification are said to be less, and are not.
pub fn unchanged(facts: &Facts, setting: &Setting, _: &CheckRule) -> Option<Fired> {
    let property = facts.property()?;
    if facts.before.is_empty() || facts.after.is_empty() {
        return None;
    }
    let of = |procedures: &[&Procedure]| match property {
        ClaimAction::ReduceTime => longest_time(procedures),
        ClaimAction::ReduceFee => procedures.iter().flat_map(|p| &p.channels).filter_map(|c| c.fee_vnd).max(),
        ClaimAction::ReduceSets => i64::try_from(copies(procedures)).ok(),
        ClaimAction::DropCertification => {
            let rows = procedures.iter().flat_map(|p| &p.requests);
            i64::try_from(rows.filter(|r| !r.is_note && setting.words.is_certified(&r.text)).count()).ok()
        }
        _ => None,
    };
    let (before, after) = (of(&facts.before)?, of(&facts.after)?);
    (after >= before).then(|| Fired::with([("before", before.to_string()), ("after", after.to_string())]))
}

/// The longest stated time in thousandths of its unit; none when the channels state it in several units.
fn longest_time(procedures: &[&Procedure]) -> Option<i64> {
    let channels = procedures.iter().flat_map(|p| &p.channels).filter(|c| c.duration_value.is_some());
    let mut units: Vec<&str> = channels.clone().map(|c| c.duration_unit.as_str()).collect();
    units.dedup();
    let [_unit] = units[..] else { return None };
    #[allow(clippy::cast_possible_truncation, reason = "statutory times are small numbers; thousandths are kept")]
    channels.filter_map(|c| c.duration_value).map(|v| (v * 1000.0).round() as i64).max()
}
