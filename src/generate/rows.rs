//! Known changes of dossier rows, steps, times and fees within one procedure.

use super::rng::Rng;
use super::year::KnownChange;
use crate::catalog::{Procedure, Request};
use crate::rule::ChangeWords;

/// A change within a procedure, by the word it is known by.
pub(super) const WITHIN: [&str; 22] = [
    "request-dropped",
    "request-dropped",
    "request-added",
    "request-reworded",
    "request-weakened",
    "weakened-by-numbers",
    "request-fallback",
    "request-hidden",
    "request-to-form",
    "request-to-condition",
    "request-to-note",
    "request-to-step",
    "request-strengthened",
    "copies-changed",
    "request-merged",
    "step-dropped",
    "step-added",
    "step-reworded",
    "steps-resegmented",
    "duration-changed",
    "fee-changed",
    "correction",
];

/// Makes one change; none when the procedure has nothing it could be made to. `touched` are texts already changed.
pub(super) fn within(
    what: &str,
    procedure: &mut Procedure,
    touched: &mut Vec<String>,
    words: &ChangeWords,
    rng: &mut Rng,
) -> Option<KnownChange> {
    match what {
        "request-added" => added(procedure, touched, words, rng),
        "step-dropped" | "step-added" | "step-reworded" | "steps-resegmented" => steps(what, procedure, words, rng),
        "duration-changed" | "fee-changed" => numbers(what, procedure),
        _ => row(what, procedure, touched, words, rng),
    }
}

/// Rows that may be changed: papers of some length that stand once, were not touched, and are no form, note or list.
fn eligible(procedure: &Procedure, touched: &[String], words: &ChangeWords) -> Vec<usize> {
    let texts = || procedure.requests.iter().map(|r| r.text.to_lowercase());
    let is_plain = |text: &str| {
        let lower = text.to_lowercase();
        let length = lower.split_whitespace().count();
        (5..=40).contains(&length)
            && !lower.contains(['\n', ';'])
            && !words.untouched.iter().any(|b| lower.contains(b.as_str()))
            && texts().filter(|t| *t == lower).count() == 1
            && !words.additions.iter().any(|a| a.text == text)
    };
    let rows = procedure.requests.iter().enumerate();
    rows.filter(|(_, r)| !r.is_note && is_plain(&r.text) && !touched.contains(&r.text)).map(|(at, _)| at).collect()
}

fn known(change: &str, before: &str, after: &str, game: &str) -> KnownChange {
    KnownChange {
        change: change.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
        game: game.to_owned(),
        ..KnownChange::default()
    }
}

fn added(
    procedure: &mut Procedure,
    touched: &mut Vec<String>,
    words: &ChangeWords,
    rng: &mut Rng,
) -> Option<KnownChange> {
    let text = rng.pick(&words.additions).text.clone();
    if procedure.requests.is_empty() || procedure.requests.iter().any(|r| r.text == text) {
        return None;
    }
    let last = procedure.requests.last()?.clone();
    touched.push(text.clone());
    procedure.requests.push(Request {
        text: text.clone(),
        originals: Some(1),
        copies: Some(0),
        form_file: String::new(),
        is_note: false,
        component_code: String::new(),
        note: String::new(),
        ..last
    });
    Some(known("request-added", "", &text, ""))
}

fn row(
    what: &str,
    procedure: &mut Procedure,
    touched: &mut Vec<String>,
    words: &ChangeWords,
    rng: &mut Rng,
) -> Option<KnownChange> {
    let rows = eligible(procedure, touched, words);
    if rows.is_empty() || procedure.requests.len() < 2 {
        return None;
    }
    let at = *rng.pick(&rows);
    let before = procedure.requests[at].text.clone();
    let bare = before.trim_end_matches(['.', ';', ',', ' ']).to_owned();
    let done = match what {
        "request-dropped" => {
            procedure.requests.remove(at);
            known(what, &before, "", "")
        }
        "request-reworded" => {
            let after = reworded(&bare, words, rng);
            procedure.requests[at].text.clone_from(&after);
            known(what, &before, &after, "G1")
        }
        "request-weakened" => weakened(&mut procedure.requests[at], words)?,
        "weakened-by-numbers" => by_numbers(&mut procedure.requests[at], words, (1, 0))?,
        "request-strengthened" => by_numbers(&mut procedure.requests[at], words, (0, 1))?,
        "request-fallback" => {
            let after = format!("{bare}{}", rng.pick(&words.fallbacks));
            procedure.requests[at].text.clone_from(&after);
            known(what, &before, &after, "G25")
        }
        "request-hidden" => {
            let after = rng.pick(&words.umbrellas).clone();
            let is_open = |r: &Request| r.text.to_lowercase().contains(&words.other);
            if procedure.requests.iter().any(is_open) {
                return None;
            }
            procedure.requests[at].text.clone_from(&after);
            known(what, &before, &after, "G11")
        }
        "request-to-note" => {
            let request = &mut procedure.requests[at];
            (request.originals, request.copies, request.is_note) = (Some(0), Some(0), true);
            known("request-hidden", &before, &before, "G11")
        }
        "copies-changed" => more_or_fewer(&mut procedure.requests[at])?,
        "request-to-form" | "request-to-condition" | "request-to-step" => moved(what, procedure, at, &bare, words)?,
        "request-merged" => bundled(procedure, at, &rows, &bare, words)?,
        _ => misprint(&mut procedure.requests[at])?,
    };
    touched.push(before);
    touched.push(done.after.clone());
    Some(done)
}

/// One or two words exchanged, else something added at the end.
fn reworded(text: &str, words: &ChangeWords, rng: &mut Rng) -> String {
    let fitting: Vec<&[String; 2]> = words.row_synonyms.iter().filter(|s| has_words(text, &s[0])).collect();
    if fitting.is_empty() {
        return format!("{text}{}", rng.pick(&words.row_suffixes));
    }
    let [from, to] = *rng.pick(&fitting);
    replace_once(text, from, to)
}

/// Whether words stand whole in a text, whatever their case.
pub(super) fn has_words(text: &str, words: &str) -> bool {
    place(text, words).is_some()
}

fn place(text: &str, words: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let mut from = 0;
    while let Some(at) = lower[from..].find(words).map(|at| at + from) {
        let before = lower[..at].chars().next_back();
        let after = lower[at + words.len()..].chars().next();
        if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric) {
            return Some(at);
        }
        from = at + words.len();
    }
    None
}

/// The first place where words stand whole, exchanged; a capital stays one.
pub(super) fn replace_once(text: &str, from: &str, to: &str) -> String {
    let Some(at) = place(text, from) else { return text.to_owned() };
    let is_capital = text[at..].chars().next().is_some_and(char::is_uppercase);
    let to = if is_capital { capitalised(to) } else { to.to_owned() };
    format!("{}{to}{}", &text[..at], &text[at + from.len()..])
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |c| c.to_uppercase().chain(characters).collect())
}

fn decapitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |c| c.to_lowercase().chain(characters).collect())
}

/// A lighter form in the words: certified copy to copy, copy to scan, original to copy.
fn weakened(request: &mut Request, words: &ChangeWords) -> Option<KnownChange> {
    let before = request.text.clone();
    let head = |template: &str| template.replace("{text}", "").to_lowercase();
    let chain = [(&words.original, &words.copy), (&words.certified, &words.copy), (&words.copy, &words.scan)];
    let lower = before.to_lowercase();
    let names_form = |text: &str| words.form_words.iter().any(|n| text.contains(n.as_str()));
    let after = match chain.iter().find(|(from, _)| lower.starts_with(&head(from))) {
        Some((from, to)) => {
            let rest = &before[head(from).len()..];
            if names_form(&rest.to_lowercase()) {
                return None;
            }
            to.replace("{text}", rest)
        }
        None if names_form(&lower) || request.originals.unwrap_or_default() == 0 => {
            return None;
        }
        None => {
            (request.originals, request.copies) = (Some(0), Some(1));
            words.copy.replace("{text}", &decapitalised(before.trim_start_matches(['-', '+', ' '])))
        }
    };
    request.text.clone_from(&after);
    Some(known("request-weakened", &before, &after, "G12"))
}

/// A copy where the original was asked for, or the other way round, in the numbers alone.
fn by_numbers(request: &mut Request, words: &ChangeWords, from: (u32, u32)) -> Option<KnownChange> {
    let lower = request.text.to_lowercase();
    let names_form = |text: &str| words.form_words.iter().any(|n| text.contains(n.as_str()));
    if (request.originals, request.copies) != (Some(from.0), Some(from.1)) || names_form(&lower) {
        return None;
    }
    (request.originals, request.copies) = (Some(from.1), Some(from.0));
    let (change, game) = if from.0 > 0 { ("request-weakened", "G12") } else { ("request-strengthened", "") };
    Some(known(change, &request.text, &request.text, game))
}

fn more_or_fewer(request: &mut Request) -> Option<KnownChange> {
    let count = if request.originals.unwrap_or_default() > 0 { &mut request.originals } else { &mut request.copies };
    let before = count.filter(|n| *n > 0)?;
    let after = if before > 1 { before - 1 } else { before + 1 };
    *count = Some(after);
    Some(known("copies-changed", &request.text, &request.text, "G24"))
}

/// A row that is no row any more while its words stand in the form or in the conditions.
fn moved(what: &str, procedure: &mut Procedure, at: usize, bare: &str, words: &ChangeWords) -> Option<KnownChange> {
    let before = procedure.requests[at].text.clone();
    let text = decapitalised(bare.trim_start_matches(['-', '+', ' ']));
    if what == "request-to-condition" {
        let line = words.condition.replace("{text}", &text);
        let end = if procedure.conditions.is_empty() { "" } else { "\n" };
        procedure.conditions = format!("{}{end}{line}", procedure.conditions);
        procedure.requests.remove(at);
        return Some(known(what, &before, "", "G11"));
    }
    if what == "request-to-step" {
        let step = procedure.steps.first_mut()?;
        step.text = format!("{}{}", step.text.trim_end_matches(['.', ';']), words.step_tail.replace("{text}", &text));
        procedure.requests.remove(at);
        return Some(known(what, &before, "", "G11"));
    }
    let is_form = |text: &str| words.form_heads.iter().any(|h| text.to_lowercase().starts_with(h.as_str()));
    let form = procedure
        .requests
        .iter()
        .position(|r| is_form(&r.text) && r.case_index == procedure.requests[at].case_index)?;
    let gained = format!(
        "{}{}",
        procedure.requests[form].text.trim_end_matches(['.', ';']),
        words.form_tail.replace("{text}", &text)
    );
    procedure.requests[form].text.clone_from(&gained);
    procedure.requests.remove(at);
    Some(known(what, &before, "", "G11"))
}

/// Two neighbours in one row that asks for both.
fn bundled(
    procedure: &mut Procedure,
    at: usize,
    rows: &[usize],
    bare: &str,
    words: &ChangeWords,
) -> Option<KnownChange> {
    let next = at + 1;
    if !rows.contains(&next) || procedure.requests[next].case_index != procedure.requests[at].case_index {
        return None;
    }
    let other = procedure.requests.remove(next);
    let text = words.bundle.replace("{a}", bare).replace("{b}", &decapitalised(&other.text));
    procedure.requests[at].text = text;
    Some(known("request-merged", &other.text, "", "G3"))
}

/// One letter doubled in a long word.
fn misprint(request: &mut Request) -> Option<KnownChange> {
    let before = request.text.clone();
    let word = before.split(' ').find(|w| w.chars().count() >= 5 && w.chars().all(char::is_lowercase))?;
    let last = word.chars().next_back()?;
    let at = before.find(&format!(" {word} "))? + 1 + word.len();
    let after = format!("{}{last}{}", &before[..at], &before[at..]);
    request.text.clone_from(&after);
    Some(known("correction", &before, &after, ""))
}

fn steps(what: &str, procedure: &mut Procedure, words: &ChangeWords, rng: &mut Rng) -> Option<KnownChange> {
    if procedure.steps.len() < 3 {
        return None;
    }
    let at = rng.below(procedure.steps.len() - 1);
    let before = procedure.steps[at].text.clone();
    let length = before.split_whitespace().count();
    if length < 6 || procedure.steps.iter().filter(|s| s.text == before).count() > 1 {
        return None;
    }
    match what {
        "step-dropped" => {
            procedure.steps.remove(at);
            Some(known("steps-changed", &before, "", ""))
        }
        "step-added" => {
            let mut step = procedure.steps[at].clone();
            step.text.clone_from(&rng.pick(&words.additions).text);
            let after = step.text.clone();
            procedure.steps.insert(at + 1, step);
            Some(known("steps-changed", "", &after, ""))
        }
        "step-reworded" => {
            let after = format!("{}{}", before.trim_end_matches(['.', ';']), rng.pick(&words.row_suffixes));
            procedure.steps[at].text.clone_from(&after);
            Some(known("steps-changed", &before, &after, ""))
        }
        _ => {
            let next = procedure.steps.remove(at + 1);
            procedure.steps[at].text = format!("{before} {}", next.text);
            Some(known("steps-resegmented", "", "", "G16"))
        }
    }
}

fn numbers(what: &str, procedure: &mut Procedure) -> Option<KnownChange> {
    if what == "fee-changed" {
        let is_paid = |fee: Option<i64>| fee.is_some_and(|f| f >= 2);
        if !procedure.channels.iter().any(|c| is_paid(c.fee_vnd)) {
            return None;
        }
        for channel in procedure.channels.iter_mut().filter(|c| is_paid(c.fee_vnd)) {
            channel.fee_vnd = channel.fee_vnd.map(|f| f / 2);
        }
        return Some(known(what, "", "", "G14"));
    }
    if !procedure.channels.iter().any(|c| c.duration_value.is_some_and(|d| d >= 2.0)) {
        return None;
    }
    for channel in procedure.channels.iter_mut().filter(|c| c.duration_value.is_some_and(|d| d >= 2.0)) {
        channel.duration_value = channel.duration_value.map(|d| (d / 2.0).ceil());
    }
    Some(known(what, "", "", "G21"))
}
