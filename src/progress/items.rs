//! Dossier rows of a match: which one became which, and what that means.
//!
//! Rows are paired by the same words, then by likeness of what is left when packaging and forms of paper are taken away;
//! rows that ask for the same kind of paper of the same person need less likeness. What stays without partner is looked
//! for in the other texts of the procedure: a request that only moved is not gone.

use super::change::{Case, Category, Change, ChangeItem, ChangeKind, Flow};
use super::compare::{count, is_repaired};
use super::rows::Row;
use crate::catalog::Procedure;
use crate::rule::PaperForm;
use std::cmp::Reverse;

pub(super) use super::rows::Assessed;

/// Rows of both sides and who became whom.
pub(super) struct Dossier<'a> {
    pub(super) before: Vec<Row<'a>>,
    pub(super) after: Vec<Row<'a>>,
    /// For each row before the row after.
    pub(super) to: Vec<Option<usize>>,
    /// For each row after the row before.
    pub(super) from: Vec<Option<usize>>,
}

pub(super) fn request_changes(case: &Case, found: &mut Vec<Change>) {
    let mut dossier = Dossier::of(case);
    if is_missing(&dossier, case) {
        let (b, a) = (dossier.before.len(), dossier.after.len());
        let rows = |rows: &[Row]| rows.iter().filter(|r| r.counts()).count();
        found.push(Change {
            before: b.to_string(),
            after: a.to_string(),
            amount: count(rows(&dossier.after)) - count(rows(&dossier.before)),
            unit: "request".to_owned(),
            category: Category::Correction,
            ..case.change(ChangeKind::Extraction, ChangeItem::Request)
        });
        return;
    }
    dossier.pair_same();
    dossier.pair_alike(case);
    dossier.pair_in_place(case);
    for b in 0..dossier.before.len() {
        if let Some(a) = dossier.to[b] {
            pair_changes(case, &dossier.before[b], &dossier.after[a], found);
        }
    }
    super::moved::vanished(case, &mut dossier, found);
    arrived(case, &dossier, found);
    drop_echoes(found);
}

/// A row that took in another one, or from which one was cut off, reads otherwise for that reason alone: told once, by the
/// one that moved.
fn drop_echoes(found: &mut Vec<Change>) {
    let takes_in = |c: &&Change| {
        matches!(c.kind, ChangeKind::RequestMerged | ChangeKind::RequestToForm | ChangeKind::RequestHidden)
            && c.flow == Flow::Out
    };
    let hosts: Vec<String> = found.iter().filter(takes_in).map(|c| c.item_after.clone()).collect();
    let is_cut = |c: &&Change| c.kind == ChangeKind::RequestSplit;
    let parents: Vec<String> = found.iter().filter(is_cut).map(|c| c.item_before.clone()).collect();
    let is_words = |c: &Change| {
        matches!(c.kind, ChangeKind::RequestReworded | ChangeKind::RequestWeakened | ChangeKind::RequestStrengthened)
            && c.before != c.after
    };
    found.retain(|c| !is_words(c) || !hosts.contains(&c.item_after) && !parents.contains(&c.item_before));
}

/// A dossier that one of the catalogues does not hold: every procedure has one by law.
fn is_missing(dossier: &Dossier, case: &Case) -> bool {
    let least = case.rules.matching.limits.missing_rows;
    let (b, a) = (dossier.before.len(), dossier.after.len());
    (b == 0) != (a == 0) && (b == 0 || b >= least)
}

impl<'a> Dossier<'a> {
    fn of(case: &Case<'a>) -> Self {
        let read = |procedures: &[&'a Procedure], assessed: &Assessed| -> Vec<Row<'a>> {
            let requests = procedures.iter().flat_map(|p| &p.requests);
            requests.map(|r| Row::of(r, assessed, case.words, case.rules)).collect()
        };
        let before = read(&case.before, case.assessed_before);
        let after = read(&case.after, case.assessed_after);
        Dossier { to: vec![None; before.len()], from: vec![None; after.len()], before, after }
    }

    pub(super) fn join(&mut self, b: usize, a: usize) {
        self.to[b] = Some(a);
        self.from[a] = Some(b);
    }

    /// The same words in the same case, then in any case; then the same core.
    fn pair_same(&mut self) {
        type Same = fn(&Row, &Row) -> bool;
        let passes: [Same; 4] = [
            |b, a| b.text == a.text && b.request.case_index == a.request.case_index,
            |b, a| b.text == a.text,
            |b, a| b.core == a.core && b.request.case_index == a.request.case_index,
            |b, a| b.core == a.core,
        ];
        for same in passes {
            for b in 0..self.before.len() {
                if self.to[b].is_none() {
                    let free = (0..self.after.len()).find(|a| {
                        let (x, y) = (&self.before[b], &self.after[*a]);
                        self.from[*a].is_none() && x.request.is_note == y.request.is_note && same(x, y)
                    });
                    if let Some(a) = free {
                        self.join(b, a);
                    }
                }
            }
        }
    }

    fn pair_alike(&mut self, case: &Case) {
        let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
        for b in (0..self.before.len()).filter(|b| self.to[*b].is_none()) {
            for a in (0..self.after.len()).filter(|a| self.from[*a].is_none()) {
                if let Some(score) = likeness(case, &self.before[b], &self.after[a]) {
                    candidates.push((score, b, a));
                }
            }
        }
        candidates.sort_by_key(|(score, b, a)| {
            let other_case = self.before[*b].request.case_index != self.after[*a].request.case_index;
            (Reverse(*score), other_case, b.abs_diff(*a), *b, *a)
        });
        for (_, b, a) in candidates {
            if self.to[b].is_none() && self.from[a].is_none() {
                self.join(b, a);
            }
        }
    }
}

impl Dossier<'_> {
    /// Whether a row after stands where a row before stood: right after the partner of the row before it.
    pub(super) fn stands_between(&self, b: usize, a: usize) -> bool {
        let previous = (0..b).rev().find_map(|at| self.to[at]);
        a == previous.map_or(0, |p| p + 1)
    }

    /// Rows that are left between the same neighbours need less likeness: a row written anew where it stood.
    fn pair_in_place(&mut self, case: &Case) {
        for b in 0..self.before.len() {
            if self.to[b].is_some() {
                continue;
            }
            let previous = (0..b).rev().find_map(|at| self.to[at]);
            let next = (b + 1..self.before.len()).find_map(|at| self.to[at]);
            let (from, to) = (previous.map_or(0, |a| a + 1), next.unwrap_or(self.after.len()));
            let free: Vec<usize> = (from..to.max(from)).filter(|a| self.from[*a].is_none()).collect();
            let best = free
                .into_iter()
                .filter(|a| fits(&self.before[b], &self.after[*a]))
                .map(|a| (case.words.similarity(&self.before[b].bag, &self.after[a].bag), Reverse(a)))
                .max();
            if let Some((score, Reverse(a))) = best
                && score >= case.rules.matching.scores.in_place_row
            {
                self.join(b, a);
            }
        }
    }
}

/// Rows of one sort: papers with papers, forms with forms, notes with notes, umbrellas with umbrellas.
fn fits(b: &Row, a: &Row) -> bool {
    let says_note = |r: &Row| r.says_note || r.request.is_note && !r.has_waiver;
    says_note(b) == says_note(a) && b.is_umbrella == a.is_umbrella && b.is_form == a.is_form
}

/// How alike two rows are, from 0 to 140; none when they are too far apart to be the same request.
fn likeness(case: &Case, b: &Row, a: &Row) -> Option<u32> {
    let scores = case.rules.matching.scores;
    if b.text == a.text {
        return Some(140);
    }
    if !fits(b, a) {
        // A demand that now stands in a sentence about missing data is still that demand.
        let within = if a.has_waiver { case.words.contained(&b.bag, &a.bag) } else { 0 };
        let similarity = case.words.similarity(&b.bag, &a.bag).max(within);
        return (similarity >= scores.part && b.bag.len() >= 3).then_some(similarity);
    }
    let mut score = case.words.similarity(&b.bag, &a.bag);
    let within = case.words.contained(&b.bag, &a.bag).max(case.words.contained(&a.bag, &b.bag));
    let is_long_enough = b.bag.len().min(a.bag.len()) >= 3;
    if within >= 85 && is_long_enough {
        score = score.max(u32::midpoint(within, score));
    }
    let is_same_kind = same_kind(b, a);
    if is_same_kind {
        score = score.max(within / 2);
    }
    let least = if is_same_kind { scores.same_kind_row } else { scores.same_row };
    let bonus = if is_same_kind { 40 } else { 0 };
    (score >= least).then_some(score + bonus)
}

/// Whether both rows are about a kind of paper of one person, or of nobody in particular.
pub(super) fn same_kind(b: &Row, a: &Row) -> bool {
    let fits =
        |x: &(String, String), y: &(String, String)| x.0 == y.0 && (x.1 == y.1 || x.1.is_empty() || y.1.is_empty());
    b.demanded.iter().chain(&b.waived).any(|x| a.demanded.iter().chain(&a.waived).any(|y| fits(x, y)))
}

/// What it means that `b` became `a`: at most one change of words and one of numbers.
fn pair_changes(case: &Case, b: &Row, a: &Row, found: &mut Vec<Change>) {
    let change = |kind, category, amount: f64, detail: &str| Change {
        item_before: b.request.id.clone(),
        item_after: a.request.id.clone(),
        before: b.request.text.clone(),
        after: a.request.text.clone(),
        amount,
        unit: "request".to_owned(),
        category,
        score: case.words.similarity(&b.full, &a.full),
        detail: detail.to_owned(),
        ..case.change(kind, ChangeItem::Request)
    };
    let amount = f64::from(u8::from(a.counts())) - f64::from(u8::from(b.counts()));
    let is_slip = b.text != a.text && is_repaired(&b.text, &a.text);
    if let Some((kind, category, detail)) = demand_change(b, a).filter(|_| !is_slip || b.counts() != a.counts()) {
        found.push(change(kind, category, amount, detail));
        return;
    }
    if let Some((kind, detail)) = form_change(b, a).filter(|_| !is_slip) {
        found.push(change(kind, Category::Real, amount, detail));
        return;
    }
    if b.text != a.text {
        let (kind, category) = match is_slip {
            true => (ChangeKind::Correction, Category::Correction),
            false if b.is_note && a.is_note => (ChangeKind::NoteAdded, Category::Method),
            false => (ChangeKind::RequestReworded, Category::Method),
        };
        let detail = if !b.has_condition && a.has_condition { "condition" } else { "" };
        if kind != ChangeKind::NoteAdded {
            found.push(change(kind, category, amount, detail));
        }
    }
    if let (Some(x), Some(y)) = (b.sheets(), a.sheets()) {
        let (before, after) = (x.0 + x.1, y.0 + y.1);
        if before != after && b.counts() && a.counts() {
            found.push(Change {
                amount: f64::from(after) - f64::from(before),
                unit: "copy".to_owned(),
                before: format!("{}+{}", x.0, x.1),
                after: format!("{}+{}", y.0, y.1),
                ..change(ChangeKind::CopiesChanged, Category::Real, 0.0, "")
            });
        }
    }
}

/// Whether the demand itself became conditional, open, empty, or firm again.
fn demand_change(b: &Row, a: &Row) -> Option<(ChangeKind, Category, &'static str)> {
    let has_waiver_gained = a.has_waiver && !b.has_waiver || newly_waived(b, a);
    let has_waiver_lost = b.has_waiver && !a.has_waiver || newly_waived(a, b);
    if b.counts() && !a.counts() {
        return Some(if has_waiver_gained {
            (ChangeKind::RequestFallback, Category::DataSubstitution, "note")
        } else {
            (ChangeKind::RequestHidden, Category::Method, "note")
        });
    }
    if !b.counts() && a.counts() {
        return Some((ChangeKind::RequestAdded, Category::Real, "note"));
    }
    if has_waiver_gained && !has_waiver_lost {
        return Some((ChangeKind::RequestFallback, Category::DataSubstitution, "fall-back"));
    }
    if has_waiver_lost && !has_waiver_gained {
        return Some((ChangeKind::RequestStrengthened, Category::Real, "fall-back"));
    }
    if a.is_umbrella && !b.is_umbrella {
        return Some((ChangeKind::RequestHidden, Category::Method, "umbrella"));
    }
    None
}

/// A kind demanded before that is asked for after only where data fails.
fn newly_waived(b: &Row, a: &Row) -> bool {
    let has = |kinds: &std::collections::BTreeSet<(String, String)>, kind: &str| kinds.iter().any(|k| k.0 == kind);
    a.waived.iter().any(|k| has(&b.demanded, &k.0) && !has(&a.demanded, &k.0) && !has(&b.waived, &k.0))
}

/// A lighter or heavier form of the same paper: as the texts say, else as the numbers of originals and copies do.
fn form_change(b: &Row, a: &Row) -> Option<(ChangeKind, &'static str)> {
    let numbers = |r: &Row| match r.sheets() {
        Some((0, 0)) | None => None,
        Some((0, _)) => Some(PaperForm::Copy),
        Some(_) => Some(PaperForm::Original),
    };
    let (before, after) = match (b.form, a.form) {
        (Some(x), Some(y)) => (x, y),
        (None, Some(y)) if b.text != a.text => (numbers(b)?, y),
        (Some(PaperForm::Original), None) if b.text != a.text => (PaperForm::Original, numbers(a)?),
        _ => (numbers(b)?, numbers(a)?),
    };
    match before.cmp(&after) {
        std::cmp::Ordering::Less => Some((ChangeKind::RequestWeakened, word(after))),
        std::cmp::Ordering::Greater => Some((ChangeKind::RequestStrengthened, word(after))),
        std::cmp::Ordering::Equal => None,
    }
}

fn word(form: PaperForm) -> &'static str {
    match form {
        PaperForm::Original => "original",
        PaperForm::Certified => "certified",
        PaperForm::Compared => "compared",
        PaperForm::Copy => "copy",
        PaperForm::Scan => "scan",
        PaperForm::Nothing => "",
    }
}

/// Rows after without a partner: cut off from a row that stood before, a note, or new.
fn arrived(case: &Case, dossier: &Dossier, found: &mut Vec<Change>) {
    let least = case.rules.matching.scores.contained;
    for (a, row) in dossier.after.iter().enumerate().filter(|(a, _)| dossier.from[*a].is_none()) {
        debug_assert!(dossier.from[a].is_none());
        let parent = dossier.before.iter().enumerate().find(|(b, other)| {
            let Some(heir) = dossier.to[*b] else { return false };
            let lost = other.full.without(&dossier.after[heir].full);
            row.bag.len() >= 2 && case.words.contained(&row.bag, &lost) >= least
        });
        let (kind, category) = match parent {
            _ if row.is_note => (ChangeKind::NoteAdded, Category::Method),
            Some(_) => (ChangeKind::RequestSplit, Category::Method),
            None => (ChangeKind::RequestAdded, Category::Real),
        };
        found.push(Change {
            flow: Flow::In,
            item_before: parent.map_or(String::new(), |(_, p)| p.request.id.clone()),
            item_after: row.request.id.clone(),
            before: parent.map_or(String::new(), |(_, p)| p.request.text.clone()),
            after: row.request.text.clone(),
            amount: f64::from(u8::from(row.counts())),
            unit: "request".to_owned(),
            category,
            score: 0,
            detail: if row.is_umbrella { "umbrella".to_owned() } else { String::new() },
            ..case.change(kind, ChangeItem::Request)
        });
    }
}
