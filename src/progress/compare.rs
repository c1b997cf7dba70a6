//! One match → its changes: what the procedure is as a unit, then its parts.

use super::change::{Case, Category, Change, ChangeItem, ChangeKind};
use super::items::request_changes;
use super::matching::Fate;
use super::words::{percent, plain};
use crate::catalog::{Level, Procedure};
use crate::text::fold;
use std::collections::BTreeSet;

/// All changes of a match; never none.
pub(super) fn compare(case: &Case) -> Vec<Change> {
    let mut found = fate(case);
    if !case.before.is_empty() && !case.after.is_empty() {
        identity(case, &mut found);
        levels(case, &mut found);
        request_changes(case, &mut found);
        super::steps::step_changes(case, &mut found);
        super::steps::drop_echoes(case, &mut found);
        durations(case, &mut found);
        fees(case, &mut found);
        conditions(case, &mut found);
        lists(case, &mut found);
    }
    if found.iter().all(is_aside) {
        found.insert(0, case.change(ChangeKind::Unchanged, ChangeItem::Procedure));
    }
    found
}

/// Changes beside which a procedure is still the same for whoever applies.
fn is_aside(change: &Change) -> bool {
    let is_number = matches!(change.item, ChangeItem::Fee | ChangeItem::Duration);
    matches!(change.kind, ChangeKind::LegalBasesChanged | ChangeKind::ChannelsChanged | ChangeKind::BodiesChanged)
        || change.kind == ChangeKind::Extraction && is_number
}

/// What became of the procedures as units.
fn fate(case: &Case) -> Vec<Change> {
    let kind = match case.matched.fate {
        Fate::Kept => return Vec::new(),
        Fate::Merged => ChangeKind::Merged,
        Fate::Territorial => ChangeKind::Territorial,
        Fate::Split => ChangeKind::Split,
        Fate::Gone => ChangeKind::Gone,
        Fate::New => ChangeKind::New,
    };
    let is_real = matches!(kind, ChangeKind::Gone | ChangeKind::New);
    let change = |before: Option<&&Procedure>, after: Option<&&Procedure>, amount: f64| Change {
        code_before: super::change::code(before),
        code_after: super::change::code(after),
        before: before.map_or(String::new(), |p| p.name.clone()),
        after: after.map_or(String::new(), |p| p.name.clone()),
        amount,
        unit: "procedure".to_owned(),
        category: if is_real { Category::Real } else { Category::Method },
        score: case.matched.likeness.score,
        ..case.change(kind, ChangeItem::Procedure)
    };
    // One row for each procedure that went in or came out; the one that lives on counts for nothing.
    match (case.before.as_slice(), case.after.as_slice()) {
        (parts, []) => parts.iter().map(|b| change(Some(b), None, -1.0)).collect(),
        ([], parts) => parts.iter().map(|a| change(None, Some(a), 1.0)).collect(),
        ([one], parts) => {
            parts.iter().enumerate().map(|(at, a)| change(Some(one), Some(a), count(at.min(1)))).collect()
        }
        // The same code in several provinces: those that went, each by itself.
        (parts, [first, ..]) if kind == ChangeKind::Territorial => {
            parts.iter().skip(1).map(|b| change(Some(b), Some(first), -1.0)).collect()
        }
        (parts, [first, ..]) => {
            parts.iter().enumerate().map(|(at, b)| change(Some(b), Some(first), -count(at.min(1)))).collect()
        }
    }
}

/// A count as an amount; counts of a catalogue are exact in `f64`.
pub(super) fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Code, name, province, internal or not.
fn identity(case: &Case, found: &mut Vec<Change>) {
    let (b, a) = (case.before[0], case.after[0]);
    let mut add = |kind, category, before: &str, after: &str| {
        found.push(Change {
            before: before.to_owned(),
            after: after.to_owned(),
            category,
            score: case.matched.likeness.score,
            ..case.change(kind, ChangeItem::Procedure)
        });
    };
    if !case.before.iter().any(|b| b.code == a.code) && !b.code.is_empty() && !a.code.is_empty() {
        add(ChangeKind::Recoded, Category::Method, &b.code, &a.code);
    }
    if let Some(kind) = naming(&b.name, &a.name) {
        let category = if kind == ChangeKind::Renamed { Category::Method } else { Category::Correction };
        add(kind, category, &b.name, &a.name);
    }
    let (left, right) = (province(b), province(a));
    if case.matched.fate != Fate::Territorial && !left.is_empty() && !right.is_empty() && left != right {
        add(ChangeKind::Territorial, Category::Method, left, right);
    }
    if b.is_internal != a.is_internal {
        let word = |is_internal| if is_internal { "internal" } else { "public" };
        add(ChangeKind::Internal, Category::Method, word(b.is_internal), word(a.is_internal));
    }
}

/// The last part of a code's suffix, which names the province: `H29`.
fn province(procedure: &Procedure) -> &str {
    let last = procedure.code_suffix.rsplit('.').next().unwrap_or_default();
    let is_province = last.len() > 1 && last.starts_with('H') && last[1..].chars().all(|c| c.is_ascii_digit());
    if is_province { last } else { "" }
}

/// Whether a text was given other words, or only repaired; none when only marks and spaces differ.
pub(super) fn naming(before: &str, after: &str) -> Option<ChangeKind> {
    let (b, a) = (plain(before), plain(after));
    if b == a || before.is_empty() || after.is_empty() {
        None
    } else if is_repaired(&b, &a) {
        Some(ChangeKind::Correction)
    } else {
        Some(ChangeKind::Renamed)
    }
}

/// The same syllables but for single letters or marks in few of them: a misprint repaired, not another wording.
/// Figures are never misprints, and a syllable that becomes another whole word is counted as another wording when
/// its letters differ by more than one.
pub(super) fn is_repaired(before: &str, after: &str) -> bool {
    if before.replace(' ', "") == after.replace(' ', "") {
        return true;
    }
    let (b, a): (Vec<&str>, Vec<&str>) = (before.split(' ').collect(), after.split(' ').collect());
    if b.len() != a.len() {
        return false;
    }
    let differing: Vec<(&str, &str)> = b.iter().zip(&a).filter(|(x, y)| x != y).map(|(x, y)| (*x, *y)).collect();
    let is_slip = |(x, y): &(&str, &str)| {
        let has_digit = x.chars().chain(y.chars()).any(|c| c.is_ascii_digit());
        let (bare_x, bare_y) = (crate::text::skeleton(x), crate::text::skeleton(y));
        let is_word = crate::text::is_syllable(x) && crate::text::is_syllable(y);
        !has_digit && (!is_word && (bare_x == bare_y || one_edit(&bare_x, &bare_y)) || are_exchanged(&bare_x, &bare_y))
    };
    differing.len() * 4 <= b.len().max(4) && differing.iter().all(is_slip)
}

/// The same letters but for two neighbours that changed places: hardly ever another word that was meant.
fn are_exchanged(x: &str, y: &str) -> bool {
    x.len() == y.len() && x != y && x.len() >= 4 && one_edit(x, y) && {
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        sorted(x) == sorted(y)
    }
}

/// One letter put in, left out, replaced, or two neighbours exchanged.
fn one_edit(x: &str, y: &str) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (x.chars().collect(), y.chars().collect());
    let start = x.iter().zip(&y).take_while(|(a, b)| a == b).count();
    let end = x[start..].iter().rev().zip(y[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (&x[start..x.len() - end], &y[start..y.len() - end]);
    match (left, right) {
        ([] | [_], [_]) | ([_], []) => true,
        (two, other) if two.len() == 2 && other.len() == 2 => two[0] == other[1] && two[1] == other[0],
        _ => false,
    }
}

fn levels(case: &Case, found: &mut Vec<Change>) {
    let of = |procedures: &[&Procedure]| procedures.iter().flat_map(|p| p.levels.clone()).collect::<BTreeSet<Level>>();
    let join = |levels: &BTreeSet<Level>| levels.iter().map(|l| l.as_str()).collect::<Vec<_>>().join(";");
    let (b, a) = (of(&case.before), of(&case.after));
    if b == a {
        return;
    }
    let is_missing = b.is_empty() || a.is_empty();
    let kind = if is_missing { ChangeKind::Extraction } else { ChangeKind::MovedLevel };
    found.push(Change {
        before: join(&b),
        after: join(&a),
        amount: count(a.len()) - count(b.len()),
        unit: "level".to_owned(),
        category: if is_missing { Category::Correction } else { Category::Method },
        ..case.change(kind, ChangeItem::Procedure)
    });
}

/// Values of the channels, without repeats, in words.
fn values(procedures: &[&Procedure], of: fn(&crate::catalog::Channel) -> Option<String>) -> BTreeSet<String> {
    procedures.iter().flat_map(|p| p.channels.iter().filter_map(of)).collect()
}

fn durations(case: &Case, found: &mut Vec<Change>) {
    let of = |p: &[&Procedure]| values(p, |c| c.duration_value.map(|v| format!("{v} {}", c.duration_unit)));
    let (before, after) = (of(&case.before[..1]), of(&case.after[..1]));
    value_change(case, found, ChangeKind::DurationChanged, ChangeItem::Duration, &before, &after);
    if let Some(change) = found.last_mut().filter(|c| c.item == ChangeItem::Duration) {
        let (b, a) = (case.before.iter().copied(), case.after.iter().copied());
        let (b, a) = (super::quantities::longest_by_unit(b), super::quantities::longest_by_unit(a));
        if let Some((unit, before, after)) = b.iter().find_map(|(unit, b)| a.get(unit).map(|a| (*unit, *b, *a))) {
            unit.clone_into(&mut change.unit);
            change.amount = f64::from(after - before) / 100.0;
        }
    }
}

fn fees(case: &Case, found: &mut Vec<Change>) {
    let of = |p: &[&Procedure]| values(p, |c| c.fee_vnd.map(|v| v.to_string()));
    let (before, after) = (of(&case.before[..1]), of(&case.after[..1]));
    value_change(case, found, ChangeKind::FeeChanged, ChangeItem::Fee, &before, &after);
    if let Some(change) = found.last_mut().filter(|c| c.item == ChangeItem::Fee) {
        let highest = |p: &[&Procedure]| p.iter().flat_map(|p| &p.channels).filter_map(|c| c.fee_vnd).max();
        if let (Some(b), Some(a)) = (highest(&case.before), highest(&case.after)) {
            change.amount = super::quantities::exact(a - b);
            "đồng".clone_into(&mut change.unit);
        }
    }
}

fn value_change(
    case: &Case,
    found: &mut Vec<Change>,
    kind: ChangeKind,
    item: ChangeItem,
    before: &BTreeSet<String>,
    after: &BTreeSet<String>,
) {
    if before == after {
        return;
    }
    let join = |values: &BTreeSet<String>| values.iter().cloned().collect::<Vec<_>>().join("; ");
    let is_missing = before.is_empty() || after.is_empty();
    found.push(Change {
        before: join(before),
        after: join(after),
        category: if is_missing { Category::Correction } else { Category::Real },
        ..case.change(if is_missing { ChangeKind::Extraction } else { kind }, item)
    });
}

fn conditions(case: &Case, found: &mut Vec<Change>) {
    let text = |p: &[&Procedure]| p.iter().map(|p| p.conditions.as_str()).collect::<Vec<_>>().join("\n");
    let (b, a) = (text(&case.before), text(&case.after));
    let (b_plain, a_plain) = (plain(&b), plain(&a));
    if b_plain == a_plain {
        return;
    }
    let kind = if is_repaired(&b_plain, &a_plain) { ChangeKind::Correction } else { ChangeKind::ConditionsChanged };
    let score = case.words.similarity(&case.words.bag(&b_plain), &case.words.bag(&a_plain));
    let category = if kind == ChangeKind::Correction { Category::Correction } else { Category::Real };
    found.push(Change { before: b, after: a, category, score, ..case.change(kind, ChangeItem::Condition) });
}

/// Legal bases and channels: told, but no change for whoever applies.
fn lists(case: &Case, found: &mut Vec<Change>) {
    type Of = fn(&Procedure) -> Vec<String>;
    let lists: [(ChangeKind, ChangeItem, Of); 2] = [
        (ChangeKind::LegalBasesChanged, ChangeItem::LegalBasis, |p| {
            p.legal_bases.iter().map(|l| l.document_no.clone()).collect()
        }),
        (ChangeKind::ChannelsChanged, ChangeItem::Channel, |p| p.channels.iter().map(|c| c.channel.clone()).collect()),
    ];
    for (kind, item, of) in lists {
        let collect = |procedures: &[&Procedure]| -> BTreeSet<String> {
            procedures.iter().flat_map(|p| of(p)).filter(|t| !t.is_empty()).collect()
        };
        let (b, a) = (collect(&case.before), collect(&case.after));
        let fold_all = |values: &BTreeSet<String>| values.iter().map(|v| fold(v)).collect::<BTreeSet<_>>();
        let (b_folded, a_folded) = (fold_all(&b), fold_all(&a));
        if b.is_empty() || a.is_empty() || b_folded == a_folded {
            continue;
        }
        let join = |values: BTreeSet<String>| values.into_iter().collect::<Vec<_>>().join("; ");
        let shared = b_folded.intersection(&a_folded).count() as u64;
        let score = percent(shared, (b_folded.len() + a_folded.len()) as u64 - shared);
        found.push(Change {
            amount: count(a.len()) - count(b.len()),
            before: join(b),
            after: join(a),
            score,
            ..case.change(kind, item)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misprint_is_no_new_name() {
        for (before, after, expected) in [
            ("Đăng ký khai sinh", "ĐĂNG KÝ KHAI SINH.", None),
            ("Đăng ký khai sinh", "Thủ tục đăng ký khai sinh", Some(ChangeKind::Renamed)),
            ("Đăng ký khai sinhh cho trẻ", "Đăng ký khai sinh cho trẻ", Some(ChangeKind::Correction)),
            ("Đăng kýkhai sinh cho trẻ", "Đăng ký khai sinh cho trẻ", Some(ChangeKind::Correction)),
            ("Đăng ký khai sinh", "Đăng ký khai tử", Some(ChangeKind::Renamed)),
            ("Cấp giấy phép mức 1", "Cấp giấy phép mức 2", Some(ChangeKind::Renamed)),
            ("", "Đăng ký khai sinh", None),
        ] {
            assert_eq!(naming(before, after), expected, "{before} / {after}");
        }
    }
}
