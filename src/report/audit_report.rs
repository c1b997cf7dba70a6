//! What a report of an audit shows: the headline, the way from the claimed to the accepted amount, agencies, claims, what was
//! looked for, and from what it was made.

use crate::audit::{Judgement, Verdict};
use crate::message::Messages;
use crate::rule::{CheckBook, CheckRule};
use std::collections::BTreeMap;

/// One input of an audit: what it is (key of a message), its path, its SHA-256.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditInput {
    /// Key of the message that says what it is.
    pub role: String,
    /// Path as given.
    pub path: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// An audit, ready to be laid out.
#[derive(Debug, Clone, Copy)]
pub struct AuditReport<'a> {
    /// Every claim with what is said of it, in the order of the list.
    pub judgements: &'a [Judgement],
    /// The checks.
    pub checks: &'a CheckBook,
    /// Texts in the language of the report.
    pub messages: &'a Messages,
    /// The date that stands for today.
    pub as_of: &'a str,
    /// Program and version.
    pub tool: &'a str,
    /// Hash of the rule set.
    pub rules: &'a str,
    /// What it was made from.
    pub inputs: &'a [AuditInput],
}

/// Claims, what they claim and what is accepted of it: `claimed = accepted + open + rejected`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// Claims.
    pub claims: i64,
    /// Claimed; a claim without a number counts as one.
    pub claimed: i64,
    /// Accepted.
    pub accepted: i64,
    /// Depends on how often a fall-back is used.
    pub open: i64,
}

impl Balance {
    /// The balance of some claims.
    #[must_use]
    pub fn of<'j>(judgements: impl IntoIterator<Item = &'j Judgement>) -> Balance {
        let mut balance = Balance::default();
        for judgement in judgements {
            balance.claims += 1;
            balance.claimed += judgement.claimed();
            match judgement.accepted {
                Some(accepted) => balance.accepted += accepted,
                None => balance.open += judgement.claimed(),
            }
        }
        balance
    }

    /// Claimed, and neither accepted nor open.
    #[must_use]
    pub fn rejected(&self) -> i64 {
        self.claimed - self.accepted - self.open
    }
}

/// One step from the claimed amount down to the accepted one: what the claims that this check decided lose.
#[derive(Debug, Clone, Copy)]
pub struct Fall<'a> {
    /// The check.
    pub rule: &'a CheckRule,
    /// Claims it decided.
    pub claims: i64,
    /// What they lose; what stays open is no loss.
    pub lost: i64,
    /// What is left once it is taken off.
    pub left: i64,
}

impl<'a> AuditReport<'a> {
    pub(super) fn text(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.messages.text(key, args)
    }

    pub(super) fn verdict(&self, verdict: Verdict) -> String {
        self.text(&format!("verdict-{}", verdict.as_str()), &[])
    }

    pub(super) fn whole(&self, value: i64) -> String {
        self.messages.number(&value.to_string())
    }

    /// `accepted` of `claimed` in percent with one digit, rounded half away from zero: `62,8 %`; `–` of nothing.
    pub(super) fn percent(&self, part: i64, whole: i64) -> String {
        if whole <= 0 {
            return "–".to_owned();
        }
        let tenths = (2 * part * 1000 + whole) / (2 * whole);
        format!("{}{}{} %", tenths / 10, self.text("number-decimal", &[]), tenths % 10)
    }

    /// What fired for a claim, in words.
    pub(super) fn reasons(&self, judgement: &Judgement) -> String {
        judgement.reasons(self.checks, self.messages).join(" ")
    }

    /// The check that decided a claim; none for a confirmed one.
    fn deciding(&self, judgement: &Judgement) -> Option<&'a CheckRule> {
        let fired = judgement.fired.iter().filter_map(|(code, _)| self.checks.rule(code));
        fired.into_iter().find(|rule| rule.verdict.is_some())
    }

    /// The steps from the claimed to the accepted amount, in the order in which checks decide. The last `left` is what is
    /// accepted together with what is open.
    #[must_use]
    pub fn waterfall(&self) -> Vec<Fall<'a>> {
        let mut left = Balance::of(self.judgements).claimed;
        let mut falls = Vec::new();
        for rule in self.checks.rules() {
            let decided: Vec<&Judgement> =
                self.judgements.iter().filter(|j| self.deciding(j).is_some_and(|r| r.code == rule.code)).collect();
            if !decided.is_empty() {
                let balance = Balance::of(decided.iter().copied());
                left -= balance.rejected();
                falls.push(Fall { rule, claims: balance.claims, lost: balance.rejected(), left });
            }
        }
        falls
    }

    /// Balances by agency, the largest claim first.
    #[must_use]
    pub fn agencies(&self) -> Vec<(String, Balance)> {
        let mut groups: BTreeMap<&str, Vec<&Judgement>> = BTreeMap::new();
        for judgement in self.judgements {
            groups.entry(judgement.claim.agency.as_str()).or_default().push(judgement);
        }
        let name = |agency: &str| if agency.is_empty() { self.text("audit-no-agency", &[]) } else { agency.to_owned() };
        let mut rows: Vec<(String, Balance)> =
            groups.into_iter().map(|(agency, list)| (name(agency), Balance::of(list))).collect();
        rows.sort_by(|a, b| b.1.claimed.cmp(&a.1.claimed).then_with(|| a.0.cmp(&b.0)));
        rows
    }

    /// Balances by verdict, in the order of reports; verdicts that no claim got are left out.
    #[must_use]
    pub fn verdicts(&self) -> Vec<(Verdict, Balance)> {
        let of = |verdict| Balance::of(self.judgements.iter().filter(move |j| j.verdict == verdict));
        let all = Verdict::ALL.into_iter().map(|verdict| (verdict, of(verdict)));
        all.filter(|(_, balance)| balance.claims > 0).collect()
    }

    /// Every check with the number of claims for which it fired.
    #[must_use]
    pub fn fired(&self) -> Vec<(&'a CheckRule, i64)> {
        let count = |rule: &CheckRule| {
            let hits = self.judgements.iter().filter(|j| j.fired.iter().any(|(code, _)| *code == rule.code)).count();
            i64::try_from(hits).unwrap_or(i64::MAX)
        };
        self.checks.rules().iter().map(|rule| (rule, count(rule))).collect()
    }

    /// What the audit was made from and with: name and value.
    #[must_use]
    pub fn origin(&self) -> Vec<(String, String)> {
        let mut rows = vec![
            (self.text("audit-origin-tool", &[]), self.tool.to_owned()),
            (self.text("audit-origin-rules", &[]), self.rules.to_owned()),
            (self.text("audit-origin-as-of", &[]), self.messages.date(self.as_of)),
        ];
        for input in self.inputs {
            rows.push((format!("{}: {}", self.text(&input.role, &[]), input.path), input.sha256.clone()));
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Claim, Fired};
    use crate::message::Lang;
    use crate::rule::RuleFiles;

    fn judgement(
        agency: &str,
        amount: Option<i64>,
        verdict: Verdict,
        accepted: Option<i64>,
        fired: &[&str],
    ) -> Judgement {
        Judgement {
            claim: Claim { agency: agency.to_owned(), amount, ..Claim::default() },
            code: String::new(),
            verdict,
            fired: fired.iter().map(|code| ((*code).to_owned(), Fired::default())).collect(),
            accepted,
            keys: Vec::new(),
        }
    }

    #[test]
    fn the_way_from_claimed_to_accepted_adds_up() {
        let judgements = [
            judgement("A", Some(3), Verdict::Confirmed, Some(3), &["A-LAPSES"]),
            judgement("A", None, Verdict::Recoded, Some(0), &["G2", "A-STILL-IN-CATALOGUE"]),
            judgement("B", Some(2), Verdict::Partly, None, &["G25"]),
            judgement("B", Some(5), Verdict::Partly, Some(1), &["A-LESS-THAN-CLAIMED"]),
        ];
        let files = RuleFiles::embedded();
        let (checks, messages) = (CheckBook::load(&files).unwrap(), Messages::load(&files, Lang::En).unwrap());
        let report = AuditReport {
            judgements: &judgements,
            checks: &checks,
            messages: &messages,
            as_of: "2026-11-24",
            tool: "tinhgon",
            rules: "r",
            inputs: &[],
        };
        let whole = Balance::of(&judgements);
        assert_eq!(whole, Balance { claims: 4, claimed: 11, accepted: 4, open: 2 });
        let falls = report.waterfall();
        let steps: Vec<(&str, i64, i64)> = falls.iter().map(|f| (f.rule.code.as_str(), f.lost, f.left)).collect();
        assert_eq!(steps, [("G2", 1, 10), ("G25", 0, 10), ("A-LESS-THAN-CLAIMED", 4, 6)]);
        assert_eq!(falls.last().unwrap().left, whole.accepted + whole.open);
        let agencies = report.agencies();
        assert_eq!(
            agencies.iter().map(|(name, b)| (name.as_str(), b.claimed)).collect::<Vec<_>>(),
            [("B", 7), ("A", 4)]
        );
        assert_eq!(report.verdicts().iter().map(|(_, b)| b.claimed).sum::<i64>(), whole.claimed);
        assert_eq!([report.percent(4, 11), report.percent(1, 0), report.percent(1, 2000)], ["36.4 %", "–", "0.1 %"]);
    }
}
