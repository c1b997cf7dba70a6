//! What every format of the proposals shows, and how numbers are written in it.

use crate::catalog::{Catalog, Procedure};
use crate::message::Messages;
use crate::propose::{Amounts, Connection, Counted, DecisionRow, Drafted, Plan, Totals};
use crate::rule::{ActionBook, Bilingual, RuleBook};
use std::collections::BTreeMap;

/// Everything a report of proposals needs.
#[derive(Debug, Clone, Copy)]
pub struct Proposals<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// The proposals, counted.
    pub counted: &'a Counted,
    /// Every decision given and what became of it.
    pub decisions: &'a [DecisionRow],
    /// The order in which to connect databases.
    pub connections: &'a [Connection],
    /// The least effort that reaches the target, a measure each.
    pub plans: &'a [Plan],
    /// Databases, for their names.
    pub book: &'a RuleBook,
    /// Words of the review workbook.
    pub actions: &'a ActionBook,
    /// Texts, in the language of the report.
    pub messages: &'a Messages,
    /// The date that stands for today, `YYYY-MM-DD`.
    pub as_of: &'a str,
    /// Hash of the rule set.
    pub rules: &'a str,
}

impl<'a> Proposals<'a> {
    /// A text of the report.
    pub(super) fn text(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.messages.text(key, args)
    }

    /// A text in the language of the report.
    pub(super) fn of<'t>(&self, text: &'t Bilingual) -> &'t str {
        self.messages.lang.of(text)
    }

    /// The procedure of a proposal.
    pub(super) fn procedure(&self, drafted: &Drafted) -> &'a Procedure {
        &self.catalog.procedures[drafted.proposal.procedure]
    }

    /// The proposals by agency, sorted by its name; those without one last.
    pub(super) fn by_agency(&self) -> Vec<(String, Vec<&'a Drafted>)> {
        let mut groups: BTreeMap<(bool, &str), Vec<&Drafted>> = BTreeMap::new();
        for drafted in &self.counted.drafted {
            let agency = drafted.proposal.agency.as_str();
            groups.entry((agency.is_empty(), agency)).or_default().push(drafted);
        }
        let unknown = self.text("proposals-no-agency", &[]);
        groups
            .into_iter()
            .map(|((is_unknown, agency), list)| (if is_unknown { unknown.clone() } else { agency.to_owned() }, list))
            .collect()
    }

    /// Name of a database.
    pub(super) fn source(&self, word: &str) -> String {
        let found = self.book.sources.iter().find(|s| s.source == word);
        found.map_or(word, |s| self.of(&s.title)).to_owned()
    }

    /// Decision of a proposal in the words of the drop-down.
    pub(super) fn decision(&self, drafted: &Drafted) -> String {
        let word = drafted.outcome.decision().and_then(|d| self.actions.review.word(d));
        word.map_or(String::new(), |w| self.of(w).to_owned())
    }

    /// A whole number with the separators of the language: `1.234.567`.
    pub(super) fn whole(&self, value: i64) -> String {
        self.messages.number(&value.to_string())
    }

    /// A share in percent with one digit: `12,3 %`; none when the whole is 0.
    pub(super) fn percent(&self, part: i64, whole: i64) -> Option<String> {
        let tenths = tenths_of_percent(part, whole)?;
        let sign = if tenths < 0 { "-" } else { "" };
        let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        Some(format!("{sign}{whole}{}{tenth} %", self.text("number-decimal", &[])))
    }
}

/// Percent times ten, rounded half away from zero.
fn tenths_of_percent(part: i64, whole: i64) -> Option<i64> {
    if whole == 0 {
        return None;
    }
    let (part, whole) = (i128::from(part) * 2000, i128::from(whole));
    let twice = part / whole;
    i64::try_from(i128::midpoint(twice, twice.signum())).ok()
}

/// Sum of what proposals save.
pub(super) fn total<'d>(drafted: impl Iterator<Item = &'d Drafted>) -> Totals {
    let mut totals = Totals::default();
    drafted.for_each(|d| totals.add(&d.saved));
    totals
}

/// The measures that are whole numbers and always known, with the key of their name.
pub(super) fn counts(amounts: &Amounts) -> [(&'static str, u64); 4] {
    [
        ("proposals-procedures", amounts.procedures),
        ("proposals-requests", amounts.requests),
        ("proposals-copies", amounts.copies),
        ("proposals-steps", amounts.steps),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded() {
        for (part, whole, expected) in [
            (1, 3, Some(333)),
            (2, 3, Some(667)),
            (1, 0, None),
            (-1, 2000, Some(-1)),
            (5, 5, Some(1000)),
            (1, 2000, Some(1)),
            (49, 100_000, Some(0)),
        ] {
            assert_eq!(tenths_of_percent(part, whole), expected, "{part}/{whole}");
        }
    }
}
