//! Steps of a match: which came, went, read otherwise; the same words cut differently are no change.

use super::change::{Case, Category, Change, ChangeItem, ChangeKind, Flow};
use super::compare::{count, is_repaired};
use super::words::{Bag, plain};
use crate::catalog::{Procedure, Step};

pub(super) fn step_changes(case: &Case, found: &mut Vec<Change>) {
    let steps = |procedures: &[&'_ Procedure]| -> usize { procedures.iter().map(|p| p.steps.len()).sum() };
    let (before, after) = (steps(&case.before), steps(&case.after));
    if (before == 0) != (after == 0) {
        found.push(Change {
            before: before.to_string(),
            after: after.to_string(),
            amount: count(after) - count(before),
            unit: "step".to_owned(),
            category: Category::Correction,
            ..case.change(ChangeKind::Extraction, ChangeItem::Step)
        });
        return;
    }
    let read = |procedures: &[&'_ Procedure]| -> Vec<String> {
        procedures.iter().flat_map(|p| p.steps.iter().map(|s| plain(&s.text))).collect()
    };
    let (left, right) = (read(&case.before), read(&case.after));
    if left == right {
        return;
    }
    if left.join("").replace(' ', "") == right.join("").replace(' ', "") {
        found.push(Change {
            before: before.to_string(),
            after: after.to_string(),
            amount: count(after) - count(before),
            unit: "step".to_owned(),
            category: Category::Method,
            ..case.change(ChangeKind::StepsResegmented, ChangeItem::Step)
        });
        return;
    }
    let anonymous = |texts: &[String]| -> Vec<String> {
        texts.iter().map(|t| case.rules.aliases.expand(&case.rules.aliases.without_bodies(t))).collect()
    };
    let (left, right) = (anonymous(&left), anonymous(&right));
    if left == right {
        let category = Category::Method;
        found.push(Change { category, ..case.change(ChangeKind::BodiesChanged, ChangeItem::Step) });
        return;
    }
    if is_truncated(&left, &right, case) || is_truncated(&right, &left, case) {
        found.push(Change {
            before: before.to_string(),
            after: after.to_string(),
            amount: count(after) - count(before),
            unit: "step".to_owned(),
            category: Category::Correction,
            ..case.change(ChangeKind::Extraction, ChangeItem::Step)
        });
        return;
    }
    pair(case, &left, &right, found);
}

/// A step that took in a request reads otherwise, or longer, for that reason alone: told once, by the request.
pub(super) fn drop_echoes(case: &Case, found: &mut Vec<Change>) {
    let moved = found.iter().filter(|c| c.kind == ChangeKind::RequestToStep);
    let moved: Vec<Bag> = moved.map(|c| case.bag(&c.before)).collect();
    let least = case.rules.matching.scores.contained;
    let text = |procedures: &[&Procedure]| -> String {
        procedures.iter().flat_map(|p| &p.steps).map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    let grown = || case.bag(&text(&case.after)).without(&case.bag(&text(&case.before)));
    // the steps gained these words and next to nothing else
    let is_all = |request: &Bag| {
        let grown = grown();
        case.words.contained(request, &grown) >= least && grown.len() < request.len() * 2
    };
    found.retain(|c| {
        if c.kind == ChangeKind::Extraction && c.item == ChangeItem::Step {
            return !moved.iter().any(is_all);
        }
        let is_reworded = c.kind == ChangeKind::StepsChanged && !c.item_before.is_empty() && !c.item_after.is_empty();
        let gained = || case.bag(&c.after).without(&case.bag(&c.before));
        !is_reworded || !moved.iter().any(|request| case.words.contained(request, &gained()) >= least)
    });
}

/// The shorter text is no more than the beginning of the longer one: the record was cut off.
fn is_truncated(short: &[String], long: &[String], case: &Case) -> bool {
    let (short, long) = (short.join(" "), long.join(" "));
    let most = case.rules.matching.limits.truncated_percent;
    short.len() * 100 <= long.len() * most && long.starts_with(&short)
}

fn pair(case: &Case, left: &[String], right: &[String], found: &mut Vec<Change>) {
    let steps = |procedures: &[&'_ Procedure]| -> Vec<Step> {
        procedures.iter().flat_map(|p| p.steps.iter().cloned()).collect()
    };
    let (before, after) = (steps(&case.before), steps(&case.after));
    let pairs = assign(case, left, right);
    for (b, a, score) in &pairs {
        if left[*b] != right[*a] {
            let is_slip = is_repaired(&left[*b], &right[*a]);
            found.push(Change {
                item_before: before[*b].id.clone(),
                item_after: after[*a].id.clone(),
                before: before[*b].text.clone(),
                after: after[*a].text.clone(),
                category: if is_slip { Category::Correction } else { Category::Real },
                score: *score,
                detail: "reworded".to_owned(),
                ..case.change(if is_slip { ChangeKind::Correction } else { ChangeKind::StepsChanged }, ChangeItem::Step)
            });
        }
    }
    for (b, step) in before.iter().enumerate().filter(|(b, _)| !pairs.iter().any(|p| p.0 == *b)) {
        debug_assert!(b < left.len());
        found.push(Change {
            flow: Flow::Out,
            item_before: step.id.clone(),
            before: step.text.clone(),
            amount: -1.0,
            unit: "step".to_owned(),
            score: 0,
            detail: "dropped".to_owned(),
            ..case.change(ChangeKind::StepsChanged, ChangeItem::Step)
        });
    }
    for (_, step) in after.iter().enumerate().filter(|(a, _)| !pairs.iter().any(|p| p.1 == *a)) {
        found.push(Change {
            flow: Flow::In,
            item_after: step.id.clone(),
            after: step.text.clone(),
            amount: 1.0,
            unit: "step".to_owned(),
            score: 0,
            detail: "added".to_owned(),
            ..case.change(ChangeKind::StepsChanged, ChangeItem::Step)
        });
    }
}

/// Pairs of steps: the same text first, then by likeness.
fn assign(case: &Case, left: &[String], right: &[String]) -> Vec<(usize, usize, u32)> {
    let mut pairs: Vec<(usize, usize, u32)> = Vec::new();
    let (mut free_left, mut free_right) = (vec![true; left.len()], vec![true; right.len()]);
    for (b, text) in left.iter().enumerate() {
        if let Some(a) = (0..right.len()).find(|a| free_right[*a] && right[*a] == *text) {
            (free_left[b], free_right[a]) = (false, false);
            pairs.push((b, a, 100));
        }
    }
    let bags = |texts: &[String]| -> Vec<Bag> { texts.iter().map(|t| case.words.bag(t)).collect() };
    let (left_bags, right_bags) = (bags(left), bags(right));
    let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
    for b in (0..left.len()).filter(|b| free_left[*b]) {
        for a in (0..right.len()).filter(|a| free_right[*a]) {
            let score = case.words.similarity(&left_bags[b], &right_bags[a]);
            if score >= case.rules.matching.scores.same_step {
                candidates.push((score, b, a));
            }
        }
    }
    candidates.sort_by_key(|(score, b, a)| (std::cmp::Reverse(*score), b.abs_diff(*a), *b, *a));
    for (score, b, a) in candidates {
        if free_left[b] && free_right[a] {
            (free_left[b], free_right[a]) = (false, false);
            pairs.push((b, a, score));
        }
    }
    pairs.sort_unstable();
    pairs
}
