//! The Word annex of an agency, in the layout of published decisions: for each procedure what changes and why, what has to be
//! amended and by whom, and what it saves.

use super::proposals::{Proposals, counts, total};
use super::word::{Document, Face};
use crate::detect::Certainty;
use crate::error::Result;
use crate::propose::{Amounts, Drafted};
use crate::rule::{Competence, Decision, Effect};
use std::collections::BTreeMap;
use std::path::Path;

/// Bodies in the order in which what they decide is listed.
const BODIES: [Competence; 4] =
    [Competence::City, Competence::Ministry, Competence::Government, Competence::NationalAssembly];

/// Writes an annex for each agency into a folder and gives the names of the files.
///
/// Where an agency has accepted proposals, its annex holds these alone; else it is a draft of all that are not rejected.
///
/// # Errors
/// When a file cannot be written.
pub fn proposals_docx(proposals: &Proposals, folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for (at, (agency, list)) in proposals.by_agency().into_iter().enumerate() {
        let is_accepted = |d: &&Drafted| d.outcome.decision() == Some(Decision::Accept);
        let is_final = list.iter().any(is_accepted);
        let list: Vec<&Drafted> = list.into_iter().filter(|d| d.is_counted && (!is_final || is_accepted(d))).collect();
        if list.is_empty() {
            continue;
        }
        let name = format!("{}-{:02}-{}.docx", proposals.text("annex-file", &[]), at + 1, file_name(&agency));
        annex(proposals, &agency, is_final, &list).save(&folder.join(&name))?;
        files.push(name);
    }
    Ok(files)
}

fn annex(p: &Proposals, agency: &str, is_final: bool, list: &[&Drafted]) -> Document {
    let t = |key: &str| p.text(key, &[]);
    let state = if is_final { t("annex-accepted") } else { t("annex-draft") };
    let mut document = Document::new(p.as_of)
        .head(&[&agency.to_uppercase(), "_______"], &[&t("annex-country"), &t("annex-motto"), "_______________"])
        .title(&t("annex-title"))
        .title(&t("annex-subtitle"))
        .subtitle(&t("annex-decision"))
        .subtitle(&state);
    document = overview(p, document, list);
    let mut fields: BTreeMap<&str, Vec<&Drafted>> = BTreeMap::new();
    for drafted in list {
        fields.entry(p.procedure(drafted).field.as_str()).or_default().push(drafted);
    }
    let mut number = 0;
    for (at, (field, list)) in fields.into_iter().enumerate() {
        let field = if field.is_empty() { t("annex-no-field") } else { field.to_owned() };
        document = document.heading(1, &format!("{}. {}", roman(at + 1), p.text("annex-field", &[("field", &field)])));
        let mut procedures: BTreeMap<usize, Vec<&Drafted>> = BTreeMap::new();
        for drafted in list {
            procedures.entry(drafted.proposal.procedure).or_default().push(drafted);
        }
        for list in procedures.into_values() {
            number += 1;
            document = procedure(p, document, number, &list);
        }
    }
    document
}

/// The sums of the annex, so that a reader sees first what it is about.
fn overview(p: &Proposals, document: Document, list: &[&Drafted]) -> Document {
    let sum = total(list.iter().copied());
    let mut procedures: Vec<usize> = list.iter().map(|d| d.proposal.procedure).collect();
    procedures.sort_unstable();
    procedures.dedup();
    let saved: Vec<String> = amounts(p, &sum.amounts);
    let args = [
        ("proposals", p.whole(whole(sum.number))),
        ("procedures", p.whole(whole(procedures.len() as u64))),
        ("saved", if saved.is_empty() { p.text("annex-nothing", &[]) } else { saved.join("; ") }),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let document = document.paragraph(&p.text("annex-overview", &args));
    match sum.amounts.year.map(|p| p.vnd) {
        Some(vnd) => document.paragraph(&p.text("annex-overview-cost", &[("vnd", &p.whole(vnd))])),
        None => document.paragraph(&p.text("annex-overview-no-cost", &[])),
    }
}

/// Whether it rests on a finding that somebody has to look at, and nobody has decided yet.
fn is_to_be_looked_at(drafted: &Drafted) -> bool {
    drafted.proposal.certainty == Certainty::Review && drafted.outcome.decision().is_none()
}

fn procedure(p: &Proposals, mut document: Document, number: usize, list: &[&Drafted]) -> Document {
    let t = |key: &str| p.text(key, &[]);
    let Some(first) = list.first() else { return document };
    let subject = p.procedure(first);
    let code = if subject.code.is_empty() { t("annex-no-code") } else { subject.code.clone() };
    let args = [("number", number.to_string()), ("name", subject.name.clone()), ("code", code)];
    let args: Vec<(&str, &str)> = args.iter().map(|(k, v)| (*k, v.as_str())).collect();
    document = document.heading(2, &p.text("annex-procedure", &args));
    document = document.heading(3, &format!("{number}.1. {}", t("annex-content")));
    for (at, drafted) in list.iter().enumerate() {
        let content = p.of(&drafted.proposal.content);
        let letter = if list.len() > 1 { format!("{}) ", letter(at)) } else { String::new() };
        let doubt = if is_to_be_looked_at(drafted) { format!(" {}", t("annex-review")) } else { String::new() };
        document = document.paragraph(&format!("{letter}{content}{doubt}"));
        let reason = p.of(&drafted.proposal.reason);
        if !reason.is_empty() {
            document = document.pieces(&[(&format!("{} ", t("annex-reason")), Face::Italic), (reason, Face::Plain)]);
        }
    }
    document = document.heading(3, &format!("{number}.2. {}", t("annex-execution")));
    document = execution(p, document, list);
    document = document.heading(3, &format!("{number}.3. {}", t("annex-benefit")));
    benefit(p, document, list)
}

/// Who has to amend what: one paragraph a body and wording, naming the items by their letters.
fn execution(p: &Proposals, mut document: Document, list: &[&Drafted]) -> Document {
    for body in BODIES {
        let mut wordings: Vec<(&str, Vec<String>)> = Vec::new();
        for (at, drafted) in list.iter().enumerate().filter(|(_, d)| d.proposal.competence == body) {
            let wording = p.of(&drafted.proposal.execution);
            match wordings.iter_mut().find(|(w, _)| *w == wording) {
                Some((_, letters)) => letters.push(letter(at)),
                None => wordings.push((wording, vec![letter(at)])),
            }
        }
        for (wording, letters) in wordings {
            let who = p.text(&format!("annex-{}", body.as_str()), &[]);
            let about = match list.len() {
                1 => String::new(),
                _ => format!(" ({})", p.text("annex-points", &[("points", &letters.join(", "))])),
            };
            document = document.paragraph(&format!("- {who}{about}: {wording}"));
        }
    }
    document
}

fn benefit(p: &Proposals, mut document: Document, list: &[&Drafted]) -> Document {
    let sum = total(list.iter().copied());
    let saved = amounts(p, &sum.amounts);
    if !saved.is_empty() {
        document = document.paragraph(&format!("- {}", p.text("annex-saved", &[("saved", &saved.join("; "))])));
    }
    let before = list.first().and_then(|d| p.counted.procedures.get(d.proposal.procedure)).copied().unwrap_or_default();
    let (unit, before, saved) = match (before.year, before.run) {
        (Some(before), _) => ("annex-unit-year", Some(before), sum.amounts.year),
        (None, before) => ("annex-unit-run", before, sum.amounts.run),
    };
    let Some(before) = before else { return document.paragraph(&p.text("annex-no-cost", &[])) };
    let unit = p.text(unit, &[]);
    let line = |key: &str, value: i64| format!("- {}: {} {unit}", p.text(key, &[]), p.whole(value));
    document = document.paragraph(&line("annex-before", before.vnd));
    // A saving that is not known is not 0.
    let Some(saved) = saved else { return document.paragraph(&p.text("annex-unknown", &[])) };
    document = document.paragraph(&line("annex-after", before.vnd - saved.vnd));
    document = document.paragraph(&line("annex-cost-saved", saved.vnd));
    if let Some(rate) = p.percent(saved.vnd, before.vnd) {
        document = document.paragraph(&format!("- {}: {rate}", p.text("annex-rate", &[])));
    }
    if list.iter().any(|d| d.proposal.effect == Effect::ReplaceRequest && d.saved.run.is_none()) {
        document = document.paragraph(&p.text("annex-partly", &[]));
    }
    document
}

/// What is saved in the measures that are not 0: `3 giấy tờ`.
fn amounts(p: &Proposals, amounts: &Amounts) -> Vec<String> {
    let named = counts(amounts).into_iter().filter(|(_, n)| *n > 0);
    named.map(|(key, n)| format!("{} {}", p.whole(whole(n)), p.text(&format!("{key}-unit"), &[]))).collect()
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// a, b … z, aa, ab …
fn letter(at: usize) -> String {
    let last = char::from(b'a' + u8::try_from(at % 26).unwrap_or_default());
    if at < 26 { last.to_string() } else { format!("{}{last}", letter(at / 26 - 1)) }
}

fn roman(mut n: usize) -> String {
    let mut out = String::new();
    for (value, sign) in [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

/// A name in plain letters: `so-tu-phap`.
fn file_name(agency: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = agency.to_lowercase().replace('đ', "d").nfd().filter(char::is_ascii).collect();
    let words: Vec<String> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.join("-").chars().take(60).collect::<String>().trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_names() {
        assert_eq!([0, 25, 26, 27].map(letter), ["a", "z", "aa", "ab"]);
        assert_eq!([1, 4, 9, 14, 49].map(roman), ["I", "IV", "IX", "XIV", "XLIX"]);
        assert_eq!(file_name("Ủy ban nhân dân cấp xã; Đội 1"), "uy-ban-nhan-dan-cap-xa-doi-1");
    }
}
