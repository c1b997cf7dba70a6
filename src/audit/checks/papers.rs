//! What became of a paper that is said to be gone.

use super::{Fired, Setting, quote_of, quoted};
use crate::audit::facts::Facts;
use crate::audit::paper::{Demand, Row};
use crate::rule::CheckRule;
use crate::text::fold;
use std::collections::BTreeSet;

fn of<'a>(rows: &[Row<'a>], demand: Demand) -> Vec<Row<'a>> {
    rows.iter().filter(|r| r.demand == demand).copied().collect()
}

/// A row of the later catalogue demands it.
pub fn still_requested(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    if !facts.is_about_paper() {
        return None;
    }
    let mut demanded = of(&facts.rows_after, Demand::Demanded);
    demanded.retain(|r| r.place.is_none());
    // Some rows gone and others left is a part of the cut, not none of it.
    if demanded.is_empty() || facts.rows_gone() > 0 {
        return None;
    }
    Some(Fired::with([("quote", quote_of(&demanded))]).and_rows(&facts.rows_before).and_rows(&demanded))
}

/// The demand left its row and went elsewhere, or a form, a condition or a step of the later catalogue demands the paper.
pub fn hidden(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    if !facts.is_about_paper() {
        return None;
    }
    let moved: Vec<Row> = facts.rows_after.iter().filter(|r| r.place.is_some()).copied().collect();
    if !moved.is_empty() && facts.rows_gone() == 0 {
        return Some(Fired::with([("quote", quote_of(&moved))]).and_rows(&facts.rows_before).and_rows(&moved));
    }
    let (item, quote) = facts.hidden_after.first().filter(|_| facts.rows_after.is_empty())?;
    Some(Fired::with([("quote", format!("{} ({item})", quoted(quote)))]))
}

/// A row of the later catalogue asks only where data fails.
pub fn fallback(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let rows = of(&facts.rows_after, Demand::Fallback);
    let only = facts.is_about_paper() && !rows.is_empty();
    only.then(|| Fired::with([("quote", quote_of(&rows))]).and_rows(&rows))
}

/// Fewer rows went than were claimed.
pub fn less_than_claimed(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let claimed = facts.claim.amount?;
    let seen = facts.rows_gone();
    let is_less = facts.is_about_paper() && !facts.rows_before.is_empty() && (claimed > seen);
    is_less.then(|| {
        Fired::with([("claimed", claimed.to_string()), ("seen", seen.to_string())]).and_rows(&facts.rows_before)
    })
}

/// The paper stayed, its words changed: an original became a copy, a certified copy a scan.
pub fn other_form(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    let (before, after) = (facts.rows_before.first()?, facts.rows_after.first()?);
    let changed = facts.is_about_paper()
        && after.demand == Demand::Demanded
        && after.place.is_none()
        && fold(&before.request.text) != fold(&after.request.text);
    changed.then(|| {
        Fired::with([("before", quoted(&before.request.text)), ("after", quoted(&after.request.text))])
            .and_rows([before, after])
    })
}

/// The paper went, and a row came that the earlier catalogue did not have.
pub fn another_instead(facts: &Facts, _: &Setting, _: &CheckRule) -> Option<Fired> {
    if !facts.is_about_paper() || facts.rows_before.is_empty() || !facts.rows_after.is_empty() {
        return None;
    }
    let known: BTreeSet<String> = facts.before.iter().flat_map(|p| &p.requests).map(|r| fold(&r.text)).collect();
    let words: Vec<BTreeSet<&str>> = known.iter().map(|t| t.split(' ').collect()).collect();
    let is_new = |text: &str| {
        let text = fold(text);
        let own: BTreeSet<&str> = text.split(' ').collect();
        !words.iter().any(|w| own.intersection(w).count() * 2 > own.len().min(w.len()))
    };
    let rows = facts.after.iter().flat_map(|p| p.requests.iter().map(move |r| (p, r)));
    let mut new = rows.filter(|(_, r)| !r.is_note && is_new(&r.text));
    let (procedure, request) = new.next()?;
    let row = Row { procedure, request, demand: Demand::Demanded, place: None };
    Some(Fired::with([("quote", quoted(&request.text))]).and_rows([&row]))
}
