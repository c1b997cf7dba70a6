//! Known changes of procedures as units: codes, names, levels, mergers, splits, twins.

use super::rng::Rng;
use super::rows::{has_words, replace_once};
use super::year::KnownChange;
use crate::catalog::{Level, Procedure};
use crate::rule::ChangeWords;

/// A change of a procedure as a unit, by code before and after.
pub(super) fn known(change: &str, before: &Procedure, after: &Procedure, game: &str) -> KnownChange {
    KnownChange {
        change: change.to_owned(),
        code_before: before.code.clone(),
        code_after: after.code.clone(),
        game: game.to_owned(),
        ..KnownChange::default()
    }
}

/// Another code for the same procedure.
pub(super) fn recode(procedure: &mut Procedure, code: String) {
    procedure.id.clone_from(&code);
    procedure.code_as_written.clone_from(&code);
    procedure.code = code;
}

/// The same thing in other words; none when no word can be exchanged.
pub(super) fn rename(procedure: &mut Procedure, words: &ChangeWords, rng: &mut Rng) -> Option<()> {
    let fitting: Vec<&[String; 2]> = words.synonyms.iter().filter(|s| has_words(&procedure.name, &s[0])).collect();
    if fitting.is_empty() {
        return None;
    }
    let [from, to] = *rng.pick(&fitting);
    let name = replace_once(&procedure.name, from, to);
    if name == procedure.name {
        return None;
    }
    procedure.name = name;
    Some(())
}

/// From the district, or from any other single level, to the next one.
pub(super) fn move_level(procedure: &mut Procedure) -> Option<()> {
    let [level] = procedure.levels.as_slice() else { return None };
    let to = match level {
        Level::District | Level::Province => Level::Commune,
        Level::Commune | Level::Ministry => Level::Province,
        Level::Other => return None,
    };
    procedure.levels = vec![to];
    Some(())
}

/// One procedure that asks for all that two asked for.
pub(super) fn merge(first: &Procedure, second: &Procedure, words: &ChangeWords, rng: &mut Rng) -> Procedure {
    let mut merged = first.clone();
    merged.name = rng.pick(&words.merged_names).replace("{a}", &first.name).replace("{b}", &second.name);
    let case = first.requests.last().map_or(1, |r| r.case_index);
    for request in &second.requests {
        if !first.requests.iter().any(|r| r.text == request.text) {
            let mut request = request.clone();
            request.case_index = case;
            merged.requests.push(request);
        }
    }
    merged
}

/// Two procedures out of one: each half of the dossier, or the whole dossier for each of two audiences.
pub(super) fn split(
    procedure: &Procedure,
    code: String,
    words: &ChangeWords,
    rng: &mut Rng,
) -> Option<(Procedure, Procedure)> {
    let at = rng.below(words.split_names.len());
    let [left, right] = &words.split_names[at];
    let (mut first, mut second) = (procedure.clone(), procedure.clone());
    first.name.push_str(left);
    second.name.push_str(right);
    recode(&mut second, code);
    if at == 0 {
        let half = procedure.requests.len() / 2;
        let is_one_case = procedure.requests.iter().all(|r| r.case_index == 1);
        if half < 2 || !is_one_case {
            return None;
        }
        first.requests.truncate(half);
        second.requests.drain(..half);
    }
    Some((first, second))
}

/// A record of which the steps after the first few were lost; none when it has too few.
pub(super) fn cut_off(procedure: &mut Procedure) -> Option<()> {
    let (all, kept) = (procedure.steps.len(), procedure.steps.len() / 3);
    if kept == 0 || procedure.steps.iter().any(|s| s.text.split_whitespace().count() < 6) {
        return None;
    }
    let length = |steps: &[crate::catalog::Step]| steps.iter().map(|s| s.text.len()).sum::<usize>();
    if length(&procedure.steps[..kept]) * 2 > length(&procedure.steps[..all]) {
        return None;
    }
    procedure.steps.truncate(kept);
    Some(())
}
