//! From fired checks to one verdict a claim, and the totals.

use super::checks::{CHECKS, Fired, Setting, report_year_of};
use super::claim::Claim;
use super::facts::{Facts, Years, gather};
use super::ledger::Entry;
use super::verdict::Verdict;
use crate::message::Messages;
use crate::reading;
use crate::rule::CheckBook;
use crate::table::Table;
use crate::text::fold;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What the audit says of one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The claim.
    pub claim: Claim,
    /// Code of the procedure in the earlier catalogue, else as claimed.
    pub code: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Codes of the checks that fired, in the order in which they decide, with what they saw.
    pub fired: Vec<(String, Fired)>,
    /// How many of the claimed cuts are accepted; none where it depends on how often a fall-back is used.
    pub accepted: Option<i64>,
    /// What is cut, independent of wording: one key for a procedure, one a kind of paper.
    pub keys: Vec<String>,
}

/// Judges every claim, in the order of the list. `counted` tells which keys the ledger already accepted, and where.
#[must_use]
pub fn judge(
    claims: &[Claim],
    years: &Years,
    checks: &CheckBook,
    setting: &Setting,
    context: &reading::Context,
    counted: &BTreeMap<String, String>,
) -> Vec<Judgement> {
    let gathered: Vec<Facts> =
        claims.par_iter().map(|claim| gather(claim, years, setting.book, context, None)).collect();
    let mut seen = counted.clone();
    let mut judgements = Vec::with_capacity(claims.len());
    for mut facts in gathered {
        let keys = cut_keys(&facts);
        let known: Option<Vec<&String>> = keys.iter().map(|key| seen.get(key)).collect();
        facts.claimed_before = known.and_then(|places| places.first().map(|p| (*p).clone()));
        let judgement = decide(&facts, keys, checks, setting);
        if judgement.accepted != Some(0) {
            for key in &judgement.keys {
                seen.entry(key.clone()).or_insert_with(|| format!("#{}", judgement.claim.id));
            }
        }
        judgements.push(judgement);
    }
    judgements
}

/// What a claim cuts: the procedure, or each kind of paper with the person, or the folded words of the paper.
fn cut_keys(facts: &Facts) -> Vec<String> {
    let claim = facts.claim;
    let code = code_of(facts);
    if code.is_empty() {
        return Vec::new();
    }
    if facts.is_about_procedure() {
        return vec![format!("{code}|procedure")];
    }
    if !facts.is_about_paper() {
        return vec![format!("{code}|{}|{}", claim.action().as_str(), fold(&claim.document))];
    }
    let whose: Vec<&str> = facts.paper.whose.iter().map(|p| p.as_str()).collect();
    if facts.paper.kinds.is_empty() {
        let mut words = facts.paper.words.clone();
        words.sort();
        words.dedup();
        return vec![format!("{code}|paper|{}", words.join(" "))];
    }
    facts.paper.kinds.iter().map(|kind| format!("{code}|{kind}|{}", whose.join("+"))).collect()
}

fn code_of(facts: &Facts) -> String {
    let known = facts.before.first().or(facts.after.first()).map(|p| p.code.clone()).filter(|c| !c.is_empty());
    known.unwrap_or_else(|| facts.claim.code.clone())
}

fn decide(facts: &Facts, keys: Vec<String>, checks: &CheckBook, setting: &Setting) -> Judgement {
    let mut fired = Vec::new();
    let mut verdict = None;
    for rule in checks.rules() {
        let Some((_, check)) = CHECKS.iter().find(|(code, _)| *code == rule.code) else { continue };
        if let Some(seen) = check(facts, setting, rule) {
            let decides = rule.verdict.as_deref().and_then(Verdict::from_name);
            verdict = verdict.or(decides);
            fired.push((rule.code.clone(), seen));
        }
    }
    let verdict = verdict.unwrap_or(Verdict::Confirmed);
    Judgement {
        accepted: accepted(verdict, facts),
        claim: facts.claim.clone(),
        code: code_of(facts),
        verdict,
        fired,
        keys,
    }
}

/// The cut is real in confirmed claims, and in those whose only fault is their sums.
fn accepted(verdict: Verdict, facts: &Facts) -> Option<i64> {
    let claimed = claimed(facts.claim);
    let seen = if facts.is_about_paper() { facts.rows_gone() } else { 1 };
    match verdict {
        Verdict::Confirmed | Verdict::Arithmetic | Verdict::Implausible => Some(seen.min(claimed)),
        Verdict::Partly if seen > 0 => Some(seen.min(claimed)),
        Verdict::Partly => None,
        _ => Some(0),
    }
}

/// How many cuts a claim counts; one where it gives no number.
fn claimed(claim: &Claim) -> i64 {
    claim.amount.unwrap_or(1).max(0)
}

/// Claims and amounts of one verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Claims.
    pub claims: i64,
    /// Amount claimed; a claim without a number counts as one.
    pub claimed: i64,
    /// Amount accepted for sure.
    pub accepted: i64,
    /// Claims whose accepted amount depends on use.
    pub open: i64,
}

/// Totals by verdict; they add up to the whole list.
#[must_use]
pub fn totals(judgements: &[Judgement]) -> BTreeMap<Verdict, Total> {
    let mut totals: BTreeMap<Verdict, Total> = BTreeMap::new();
    for judgement in judgements {
        let total = totals.entry(judgement.verdict).or_default();
        total.claims += 1;
        total.claimed += judgement.claimed();
        total.accepted += judgement.accepted.unwrap_or_default();
        total.open += i64::from(judgement.accepted.is_none());
    }
    totals
}

/// Entries for the ledger, one a key of every claim that is accepted, wholly or in part.
#[must_use]
pub fn entries(judgements: &[Judgement], as_of: &str, rules: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for judgement in judgements {
        let claim = &judgement.claim;
        for key in &judgement.keys {
            entries.push(Entry {
                year: claim.effective_on.map(report_year_of),
                programme: claim.programme.clone(),
                claim_id: claim.id.clone(),
                agency: claim.agency.clone(),
                key: key.clone(),
                verdict: judgement.verdict.as_str().to_owned(),
                accepted: judgement.accepted.unwrap_or_default(),
                as_of: as_of.to_owned(),
                rules: rules.to_owned(),
                ..Entry::default()
            });
        }
    }
    entries
}

/// The table `verdicts`: one row a claim.
#[must_use]
pub fn verdict_table(judgements: &[Judgement], checks: &CheckBook, messages: &Messages) -> Table {
    let rows = judgements;
    Table::new("verdicts")
        .text("claim_id", rows.iter().map(|j| &j.claim.id))
        .text("code", rows.iter().map(|j| &j.code))
        .text("code_as_written", rows.iter().map(|j| &j.claim.code_as_written))
        .text("name", rows.iter().map(|j| &j.claim.name))
        .text("agency", rows.iter().map(|j| &j.claim.agency))
        .text("claimed_action", rows.iter().map(|j| j.claim.action().as_str()))
        .text("claimed_document", rows.iter().map(|j| &j.claim.document))
        .int("claimed_amount", rows.iter().map(|j| Some(j.claimed())))
        .text("effective_on", rows.iter().map(|j| j.claim.effective_on.map(|d| d.to_string()).unwrap_or_default()))
        .int("report_year", rows.iter().map(|j| j.claim.effective_on.map(report_year_of)))
        .text("ground", rows.iter().map(|j| &j.claim.ground))
        .text("verdict", rows.iter().map(|j| j.verdict.as_str()))
        .text("checks", rows.iter().map(codes))
        .int("accepted_amount", rows.iter().map(|j| j.accepted))
        .text("reason", rows.iter().map(|j| j.reasons(checks, messages).join(" ")))
        .text("evidence", rows.iter().map(Judgement::evidence))
        .text("source_file", rows.iter().map(|j| &j.claim.source.file))
        .int("source_row", rows.iter().map(|j| j.claim.source.row))
}

fn codes(judgement: &Judgement) -> String {
    judgement.fired.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>().join("; ")
}

impl Judgement {
    /// How many cuts are claimed; one where the claim gives no number.
    #[must_use]
    pub fn claimed(&self) -> i64 {
        claimed(&self.claim)
    }

    /// Rows quoted, a line each with its place, without repeats.
    #[must_use]
    pub fn evidence(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for (source, text) in self.fired.iter().flat_map(|(_, f)| &f.rows) {
            let row = source.row.map(|r| format!("#{r}")).unwrap_or_default();
            let line = format!("{}{row}: «{}»", source.file, text.split_whitespace().collect::<Vec<_>>().join(" "));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines.join("\n")
    }

    /// What the fired checks say, in the language of the messages.
    #[must_use]
    pub fn reasons(&self, checks: &CheckBook, messages: &Messages) -> Vec<String> {
        self.fired
            .iter()
            .filter_map(|(code, fired)| checks.rule(code).map(|rule| (rule, fired)))
            .map(|(rule, fired)| {
                fired.args.iter().fold(messages.lang.of(&rule.message).to_owned(), |text, (name, value)| {
                    text.replace(&format!("{{{name}}}"), &translated(value, messages))
                })
            })
            .collect()
    }
}

/// Values that are names of levels or units are written in the language of the messages.
fn translated(value: &str, messages: &Messages) -> String {
    value
        .split(", ")
        .map(|part| if messages.contains(part) { messages.text(part, &[]) } else { part.to_owned() })
        .collect::<Vec<_>>()
        .join(", ")
}
