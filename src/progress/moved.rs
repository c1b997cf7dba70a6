//! Requests that are no row any more: moved into another row, the form, the conditions or a step, taken in by an open demand,
//! or gone.

use super::change::{Case, Category, Change, ChangeItem, ChangeKind, Flow};
use super::items::{Dossier, same_kind};
use super::rows::Row;
use super::words::Bag;
use crate::catalog::{Procedure, Step};
use crate::text::fold;
use std::cmp::Reverse;

/// Where a request without a partner went.
struct Place {
    kind: ChangeKind,
    category: Category,
    /// Row after that took it in.
    row: Option<usize>,
    detail: &'static str,
}

/// Rows before without a partner: moved, bundled, or gone.
pub(super) fn vanished(case: &Case, dossier: &mut Dossier, found: &mut Vec<Change>) {
    let (conditions, steps) = (gained(case, |p| vec![p.conditions.clone()]), gained_steps(case));
    let free: Vec<usize> = (0..dossier.before.len()).filter(|b| dossier.to[*b].is_none()).collect();
    let mut left = Vec::new();
    for b in free {
        let row = &dossier.before[b];
        if row.is_note {
            note_dropped(case, row, found);
            continue;
        }
        match place_of(case, dossier, row, &conditions, &steps) {
            Some(place) => found.push(moved(case, dossier, row, &place)),
            None => left.push(b),
        }
    }
    absorb(case, dossier, &mut left, found);
    for b in left {
        let row = &dossier.before[b];
        let is_told = dossier.after.iter().enumerate().any(|(a, n)| {
            let is_new = dossier.from[a].is_none();
            is_new && n.is_note && n.has_waiver && (case.words.contained(&row.bag, &n.full) >= 60 || same_kind(row, n))
        });
        let category = if is_told { Category::DataSubstitution } else { Category::Real };
        let place =
            Place { kind: ChangeKind::RequestDropped, category, row: None, detail: if is_told { "note" } else { "" } };
        found.push(moved(case, dossier, row, &place));
    }
}

fn note_dropped(case: &Case, row: &Row, found: &mut Vec<Change>) {
    found.push(Change {
        flow: Flow::Out,
        item_before: row.request.id.clone(),
        before: row.request.text.clone(),
        amount: -f64::from(u8::from(row.counts())),
        unit: "request".to_owned(),
        category: Category::Method,
        score: 0,
        ..case.change(ChangeKind::NoteDropped, ChangeItem::Request)
    });
}

fn moved(case: &Case, dossier: &Dossier, row: &Row, place: &Place) -> Change {
    let target = place.row.map(|a| dossier.after[a].request);
    Change {
        flow: Flow::Out,
        item_before: row.request.id.clone(),
        item_after: target.map_or(String::new(), |r| r.id.clone()),
        before: row.request.text.clone(),
        after: target.map_or(String::new(), |r| r.text.clone()),
        amount: -f64::from(u8::from(row.counts())),
        unit: "request".to_owned(),
        category: place.category,
        score: place.row.map_or(0, |a| case.words.contained(&row.bag, &dossier.after[a].full)),
        detail: place.detail.to_owned(),
        ..case.change(place.kind, ChangeItem::Request)
    }
}

/// Whether the words of a row without partner turn up in a text that did not hold them before.
fn place_of(case: &Case, dossier: &Dossier, row: &Row, conditions: &Bag, steps: &[Bag]) -> Option<Place> {
    let least = case.rules.matching.scores.contained;
    for (a, other) in dossier.after.iter().enumerate() {
        let gained = match dossier.from[a] {
            Some(b) => other.full.without(&dossier.before[b].full),
            None => continue,
        };
        if row.bag.len() >= 2 && case.words.contained(&row.bag, &gained) >= least {
            let (kind, category) = if other.has_waiver && !dossier.before[dossier.from[a]?].has_waiver {
                (ChangeKind::RequestFallback, Category::DataSubstitution)
            } else if other.is_form && !is_item_of(case, row, other) {
                (ChangeKind::RequestToForm, Category::Method)
            } else {
                (ChangeKind::RequestMerged, Category::Method)
            };
            return Some(Place { kind, category, row: Some(a), detail: "row" });
        }
    }
    // Merged procedures ask for a common paper once.
    if case.before.len() > 1 {
        let twin = dossier
            .after
            .iter()
            .position(|o| case.words.similarity(&row.bag, &o.bag) >= case.rules.matching.scores.part);
        if twin.is_some() {
            return Some(Place {
                kind: ChangeKind::RequestMerged,
                category: Category::Method,
                row: twin,
                detail: "common",
            });
        }
    }
    let place = |kind| Some(Place { kind, category: Category::Method, row: None, detail: "" });
    if row.bag.len() >= 2 && case.words.contained(&row.bag, conditions) >= least {
        return place(ChangeKind::RequestToCondition);
    }
    if row.bag.len() >= 3 && steps.iter().any(|s| case.words.contained(&row.bag, s) >= least) {
        return place(ChangeKind::RequestToStep);
    }
    None
}

/// Whether a row stands in another one as a paper of its own ("đơn; bản sao giấy phép") and not as something to fill in.
fn is_item_of(case: &Case, row: &Row, other: &Row) -> bool {
    let (own, whole) = (fold(&row.request.text), fold(&other.request.text));
    let own = own.trim_matches(|c: char| !c.is_alphanumeric());
    whole.find(own).is_some_and(|at| {
        let lead = whole[..at].trim_end();
        let is_joined =
            |word: &String| lead.strip_suffix(word.as_str()).is_some_and(|rest| rest.ends_with([' ', ',', ';']));
        lead.ends_with([';', '-', '+', '•']) || case.rules.marks.joined.iter().any(is_joined)
    })
}

/// Words that a text of the procedure has more than before.
fn gained(case: &Case, of: fn(&Procedure) -> Vec<String>) -> Bag {
    let read = |procedures: &[&Procedure]| {
        let texts: Vec<Bag> = procedures.iter().flat_map(|p| of(p)).map(|t| case.bag(&t)).collect();
        Bag::sum(&texts)
    };
    read(&case.after).without(&read(&case.before))
}

/// For each step the words that it has more than the step before that resembles it most; steps that say what is not to be
/// submitted are left out.
fn gained_steps(case: &Case) -> Vec<Bag> {
    let before: Vec<Bag> = case.before.iter().flat_map(|p| &p.steps).map(|s| case.bag(&s.text)).collect();
    let least = case.rules.matching.scores.same_step;
    let gained = |step: &Step| {
        let bag = case.bag(&step.text);
        let known =
            before.iter().map(|b| (case.words.contained(b, &bag), b)).max_by_key(|(share, b)| (*share, b.len()));
        known.filter(|(share, _)| *share >= least).map_or_else(|| bag.clone(), |(_, b)| bag.without(b))
    };
    let steps = case.after.iter().flat_map(|p| &p.steps);
    let steps = steps.filter(|s| !case.rules.waivers.is_in(&fold(&s.text)));
    steps.map(gained).filter(|b| !b.is_empty()).collect()
}

/// "Other papers (if any)" that came takes in one of the rows that went: the one it resembles, else the nearest.
fn absorb(case: &Case, dossier: &mut Dossier, left: &mut Vec<usize>, found: &mut Vec<Change>) {
    let umbrellas: Vec<usize> = (0..dossier.after.len())
        .filter(|a| match dossier.from[*a] {
            None => dossier.after[*a].is_umbrella,
            Some(b) => dossier.after[*a].has_umbrella && !dossier.before[b].has_umbrella,
        })
        .collect();
    for a in umbrellas {
        let score = |b: &usize| case.words.similarity(&dossier.before[*b].bag, &dossier.after[a].bag);
        let is_here = |b: usize| dossier.stands_between(b, a);
        let nearest = |at: &usize| (!is_here(left[*at]), Reverse(score(&left[*at])), left[*at].abs_diff(a));
        let Some(place) = (0..left.len()).min_by_key(nearest) else {
            continue;
        };
        let b = left.remove(place);
        let place =
            Place { kind: ChangeKind::RequestHidden, category: Category::Method, row: Some(a), detail: "umbrella" };
        let mut change = moved(case, dossier, &dossier.before[b], &place);
        if dossier.from[a].is_none() {
            change.amount = 0.0;
            change.flow = Flow::Pair;
            dossier.join(b, a);
        }
        found.push(change);
    }
}
