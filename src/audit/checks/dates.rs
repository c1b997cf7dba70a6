//! When the cut takes effect, and how long its ground lasts.

use super::{Fired, Setting};
use crate::audit::facts::Facts;
use crate::rule::{CheckRule, RuleBook};
use crate::text::fold;
use jiff::civil::{Date, date};

/// The cut takes effect after the as-of date.
pub fn not_yet_in_force(facts: &Facts, setting: &Setting, _: &CheckRule) -> Option<Fired> {
    let day = facts.claim.effective_on.filter(|day| *day > setting.as_of)?;
    Some(Fired::with([("date", written(day)), ("as_of", written(setting.as_of))]))
}

/// Report year of a day: 15 December of the year before to 14 December (Decree 09/2019).
#[must_use]
pub fn report_year_of(day: Date) -> i16 {
    if day >= date(day.year(), 12, 15) { day.year() + 1 } else { day.year() }
}

/// The day belongs to the report year after its calendar year.
pub fn report_year(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let day = facts.claim.effective_on?;
    let year = report_year_of(day);
    (year != day.year()).then(|| Fired::with([("date", written(day)), ("year", year.to_string())]))
}

/// The only ground named is one that has an end.
pub fn lapses(facts: &Facts, setting: &Setting, _: &CheckRule) -> Option<Fired> {
    let (document, end) = lapsing_ground(&facts.claim.ground, setting.book)?;
    Some(Fired::with([("ground", document), ("date", written(end))]))
}

/// The document a claim rests on, where all grounds of that document end.
fn lapsing_ground(text: &str, book: &RuleBook) -> Option<(String, Date)> {
    let text = fold(text);
    let named: Vec<_> = book.grounds.iter().filter(|g| text.contains(&fold(&g.document))).collect();
    let end = named.iter().map(|g| g.valid_to).collect::<Option<Vec<_>>>()?.into_iter().max()?;
    Some((named[0].document.clone(), end))
}

fn written(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_year_ends_on_14_december() {
        for (day, year) in [
            (date(2025, 12, 14), 2025),
            (date(2025, 12, 15), 2026),
            (date(2025, 12, 20), 2026),
            (date(2026, 1, 1), 2026),
        ] {
            assert_eq!(report_year_of(day), year, "{day}");
        }
    }
}
