//! The numbers of a claim.

use super::{Fired, Setting};
use crate::audit::facts::Facts;
use crate::rule::{AmountUnit, CheckRule};

/// A sum or product that does not come out.
pub fn miscounted(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let wrong = facts.claim.miscounts.first()?;
    let number = |milli: i128| grouped(milli / 1000);
    Some(Fired::with([
        ("quote", wrong.quote.clone()),
        ("computed", number(wrong.computed)),
        ("stated", number(wrong.stated)),
    ]))
}

/// More đồng for a day, an hour or a dossier than the bounds of the rule allow.
pub fn implausible(facts: &Facts, _: &Setting, rule: &CheckRule) -> Option<Fired> {
    let money = facts.claim.saving_vnd()?;
    let bounds = [
        (AmountUnit::ManDay, "man_day_vnd"),
        (AmountUnit::ManHour, "man_hour_vnd"),
        (AmountUnit::Dossier, "dossier_vnd"),
    ];
    bounds.into_iter().find_map(|(unit, name)| {
        let bound = i128::from(*rule.bounds.get(name)?);
        let count = facts.claim.amounts.iter().find(|a| a.unit == unit).map(|a| a.milli / 1000).filter(|n| *n > 0)?;
        let value = money / count;
        (value > bound).then(|| {
            Fired::with([
                ("value", grouped(value)),
                ("unit", format!("unit-{}", name.trim_end_matches("_vnd").replace('_', "-"))),
                ("bound", grouped(bound)),
            ])
        })
    })
}

/// More saved a dossier than a person can well spend on one.
pub fn extreme_unit(facts: &Facts, _: &Setting, rule: &CheckRule) -> Option<Fired> {
    let bound = i128::from(*rule.bounds.get("dossier_vnd")?);
    let dossiers = facts.claim.amounts.iter().find(|a| a.unit == AmountUnit::Dossier).map(|a| a.milli / 1000)?;
    let value = facts.claim.saving_vnd()?.checked_div(dossiers)?;
    (value > bound).then(|| Fired::with([("value", grouped(value)), ("bound", grouped(bound))]))
}

/// A whole number in groups of three, by the point of Vietnamese.
fn grouped(value: i128) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::from(if value < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}
