//! The relation of two papers.

use super::paper::{Paper, words};
use crate::rule::{Attribute, RelationBook};
use crate::text::skeleton;
use std::collections::{BTreeMap, BTreeSet};

/// What two requests are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The applicant would hand in the same paper.
    Same,
    /// A paper of the same kind, about another person, object, activity or period.
    Variant,
    /// Another paper.
    Different,
}

impl Kind {
    /// The word in the `relation` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Same => "same",
            Kind::Variant => "variant",
            Kind::Different => "different",
        }
    }
}

/// What decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "rules/messages/relation.toml says each in words")]
pub enum Reason {
    SameName,
    NearlySameName,
    SameForm,
    SameSize,
    Alternatives,
    Activity,
    Form,
    Numbers,
    Size,
    Bundle,
    Object,
    RelatedFamily,
    Family,
    Words,
}

impl Reason {
    /// Key of its message, `relation-…`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Reason::SameName => "relation-same-name",
            Reason::NearlySameName => "relation-nearly-same-name",
            Reason::SameForm => "relation-same-form",
            Reason::SameSize => "relation-same-size",
            Reason::Alternatives => "relation-alternatives",
            Reason::Activity => "relation-activity",
            Reason::Form => "relation-form",
            Reason::Numbers => "relation-numbers",
            Reason::Size => "relation-size",
            Reason::Bundle => "relation-bundle",
            Reason::Object => "relation-object",
            Reason::RelatedFamily => "relation-related-family",
            Reason::Family => "relation-family",
            Reason::Words => "relation-words",
        }
    }
}

/// How two papers relate, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The verdict.
    pub kind: Kind,
    /// Share of words in common, 0 to 1; see [`RelationBook::limits`].
    pub score: f64,
    /// What decided.
    pub reason: Reason,
    /// Words of the first name only, in order.
    pub only_a: Vec<String>,
    /// Words of the second name only, in order.
    pub only_b: Vec<String>,
}

/// How two papers relate. Symmetric but for the order of `only_a` and `only_b`.
///
/// The first that applies decides: family, size where it is all that tells, form number of a bare form, activity,
/// numbers, content, then the share of words in common.
#[must_use]
pub fn compare(book: &RelationBook, a: &Paper, b: &Paper) -> Relation {
    let shared =
        Shared::of(book, &told_beside(&a.words, &b.words, &b.beside), &told_beside(&b.words, &a.words, &a.beside));
    let (kind, reason) = if a.is_case != b.is_case {
        (Kind::Different, Reason::Family)
    } else if a.family == b.family && a.family.is_some() {
        within_family(book, a, b, &shared)
    } else {
        across_families(book, a, b, &shared)
    };
    // "hồ sơ về trụ sở, gồm: …" may stand beside a row that goes straight to what it consists of.
    let inside = |one: &Paper, other: &Paper| {
        let detail = one.detail.as_deref().filter(|_| kind != Kind::Same && other.detail.is_none());
        detail.is_some_and(|detail| compare(book, detail, other).kind == Kind::Same)
    };
    if inside(a, b) || inside(b, a) {
        return Relation {
            kind: Kind::Same,
            score: shared.score,
            reason: Reason::SameName,
            only_a: shared.only_a,
            only_b: shared.only_b,
        };
    }
    // Two lists that have a paper in common ask for partly the same, whatever else is in them.
    let (kind, reason) = match kind {
        Kind::Different if have_one_in_common(book, a, b) => (Kind::Variant, Reason::Bundle),
        _ => (kind, reason),
    };
    Relation { kind, score: shared.score, reason, only_a: shared.only_a, only_b: shared.only_b }
}

/// Whether one of the papers that a row lists is the other row, or one of those it lists, or nearly so.
fn have_one_in_common(book: &RelationBook, a: &Paper, b: &Paper) -> bool {
    let listed = |paper: &Paper| !paper.members.is_empty();
    let of = |paper: &'_ Paper| if paper.members.is_empty() { vec![paper.clone()] } else { paper.members.clone() };
    let says_which = |paper: &Paper| {
        let family = paper.family.map(|f| &book.families[f]).filter(|f| !f.general);
        family.is_some_and(|f| if f.sized { !paper.sizes().is_empty() } else { !paper.is_bare() })
    };
    let is_same = |a: &Paper, b: &Paper| {
        let relation = compare(book, a, b);
        let is_like = relation.score >= book.limits.member || (!a.kind.is_empty() && a.kind == b.kind);
        let is_near = relation.kind == Kind::Variant && a.family == b.family && is_like;
        relation.kind == Kind::Same || is_near
    };
    let is_same = |a: &Paper, b: &Paper| says_which(a) && says_which(b) && is_same(a, b);
    (listed(a) || listed(b)) && of(a).iter().any(|a| of(b).iter().any(|b| is_same(a, b)))
}

fn within_family(book: &RelationBook, a: &Paper, b: &Paper, shared: &Shared) -> (Kind, Reason) {
    let family = a.family.map(|f| &book.families[f]);
    if family.is_some_and(|f| f.sized) {
        return by_size(a, b);
    }
    let is_form = family.is_some_and(|f| f.form);
    let is_same_form = have_one_form(a, b);
    let is_of_one = a.aside.is_empty() || b.aside.is_empty() || a.aside == b.aside;
    if family.is_some_and(|f| f.choice) && is_of_one && is_choice(book, a) && is_choice(book, b) {
        return (Kind::Same, Reason::Alternatives);
    }
    if is_form && (a.is_bare() || b.is_bare()) {
        // Nothing but "đơn theo mẫu": the form itself says that two are one, or that they are written alike to the last word.
        let is_alike = a.is_bare() && b.is_bare() && a.activities == b.activities;
        let form = |paper: &Paper| paper.attribute(Attribute::Form);
        let is_identical = a.core == b.core && a.forms == b.forms && form(a) == form(b);
        let is_same = is_alike && (is_same_form || is_identical);
        return if is_same { (Kind::Same, Reason::SameForm) } else { (Kind::Variant, Reason::Form) };
    }
    // "các tài liệu khác có liên quan" names none of the papers that others name
    if family.is_some_and(|f| f.general) && a.is_bare() != b.is_bare() {
        return (Kind::Different, Reason::Words);
    }
    let is_related = family.is_some_and(|f| f.related);
    let reason = match apart(book, a, b, is_form) {
        Some(reason) => Some(reason),
        None => match same_or_bundle(book, a, b, shared, is_same_form) {
            Some((Kind::Same, reason)) => return (Kind::Same, reason),
            other => other.map(|(_, reason)| reason),
        },
    };
    if is_one_kind(book, a, b, shared) {
        (Kind::Variant, reason.unwrap_or(Reason::Object))
    } else if is_related {
        (Kind::Variant, reason.unwrap_or(Reason::RelatedFamily))
    } else {
        (Kind::Different, Reason::Words)
    }
}

/// Whether a row names several papers of its family, and of no other but what is worth as much.
fn is_choice(book: &RelationBook, paper: &Paper) -> bool {
    let is_own = |member: &&Paper| member.family == paper.family;
    let is_open = |member: &Paper| member.family.is_none_or(|f| book.families[f].general);
    paper.members.iter().filter(is_own).count() > 1 && paper.members.iter().all(|m| is_own(&m) || is_open(m))
}

/// Whether two papers are on one form: a number or file in common, and no number of either against the other's, since
/// two forms may stand in one appendix.
fn have_one_form(a: &Paper, b: &Paper) -> bool {
    a.forms.intersection(&b.forms).next().is_some() && !have_own_numbers(a, b)
}

/// Whether each has a number that the other has not: two forms may stand in one appendix.
fn have_own_numbers(a: &Paper, b: &Paper) -> bool {
    let has_own = |one: &Paper, other: &Paper| one.form_numbers.difference(&other.form_numbers).next().is_some();
    has_own(a, b) && has_own(b, a)
}

/// Whether one law gives each of them another form: their numbers differ because the forms do, not because the law was replaced.
fn are_two_forms(a: &Paper, b: &Paper) -> bool {
    !a.form_laws.is_disjoint(&b.form_laws) && have_own_numbers(a, b)
}

/// Whether two papers of a family are of one kind: enough words in common, or the first ones, or most of those of the shorter.
fn is_one_kind(book: &RelationBook, a: &Paper, b: &Paper, shared: &Shared) -> bool {
    let is_same_kind = !a.kind.is_empty() && a.kind == b.kind;
    shared.score >= book.limits.variant || is_same_kind || is_contained(book, a, b)
}

/// A reason for which two papers of a family are not the same, whatever else they share.
fn apart(book: &RelationBook, a: &Paper, b: &Paper, is_form: bool) -> Option<Reason> {
    if is_form && a.activities != b.activities {
        return Some(Reason::Activity);
    }
    if are_two_forms(a, b) {
        return Some(Reason::Form);
    }
    let files_differ =
        a.file_activities != b.file_activities && !a.file_activities.is_empty() && !b.file_activities.is_empty();
    if is_form && files_differ {
        return Some(Reason::Form);
    }
    if !a.content.is_empty() && !b.content.is_empty() && !Shared::of(book, &a.content, &b.content).is_one_sided() {
        return Some(Reason::Object);
    }
    let (numbers_a, numbers_b) = (numbers(a), numbers(b));
    (numbers_a != numbers_b && !numbers_a.is_empty() && !numbers_b.is_empty()).then_some(Reason::Numbers)
}

fn same_or_bundle(
    book: &RelationBook,
    a: &Paper,
    b: &Paper,
    shared: &Shared,
    is_same_form: bool,
) -> Option<(Kind, Reason)> {
    let limits = book.limits;
    let name = same_name(book, shared);
    if let Some(Reason::SameName) = name {
        return Some((Kind::Same, Reason::SameName));
    }
    if is_same_form && shared.is_one_sided() && shared.score >= limits.same_with_form {
        return Some((Kind::Same, Reason::SameForm));
    }
    if let Some(reason) = name.filter(|_| a.listed == b.listed) {
        return Some((Kind::Same, reason));
    }
    // Whose it is, or for which of them, said by one row alone is left open by the other.
    let is_aside =
        shared.only_a.iter().all(|w| a.aside.contains(w)) && shared.only_b.iter().all(|w| b.aside.contains(w));
    if is_aside && shared.is_one_sided() && a.listed == b.listed {
        return Some((Kind::Same, Reason::NearlySameName));
    }
    if adds_alternatives(book, a, b) || adds_alternatives(book, b, a) {
        return Some((Kind::Same, Reason::Alternatives));
    }
    (a.listed != b.listed && shared.score >= limits.variant).then_some((Kind::Variant, Reason::Bundle))
}

/// Whether two names are one: no word tells them apart, or hardly one of a long name.
fn same_name(book: &RelationBook, shared: &Shared) -> Option<Reason> {
    let limits = book.limits;
    let is_told_apart = !shared.only_a.is_empty() || !shared.only_b.is_empty();
    if !is_told_apart && shared.score >= 1.0 {
        Some(Reason::SameName)
    } else {
        let hardly = shared.is_one_sided() && shared.shorter >= limits.long && shared.score >= limits.same;
        (!is_told_apart || hardly).then_some(Reason::NearlySameName)
    }
}

fn across_families(book: &RelationBook, a: &Paper, b: &Paper, shared: &Shared) -> (Kind, Reason) {
    let limits = book.limits;
    // A name that says only that it is a paper leaves its family open.
    let is_known = |paper: &Paper| paper.family.is_some_and(|f| !book.families[f].general);
    let known = is_known(a) && is_known(b);
    let score = shared.score;
    let is_form = |paper: &Paper| paper.family.is_some_and(|f| book.families[f].form);
    // Words that are all the same belong to one paper, though a slip in its name hides that.
    let is_whole = shared.only_a.is_empty() && shared.only_b.is_empty() && !is_form(a) && !is_form(b);
    // Two names that say nothing beside their kinds have none in common.
    let name = if known && !is_whole || shared.shorter == 0 { None } else { same_name(book, shared) };
    if let Some(reason) = name.filter(|_| apart(book, a, b, false).is_none()) {
        return (Kind::Same, reason);
    }
    let least = if known { limits.variant_across } else { limits.variant_unknown };
    // A form names the paper it asks for, but is no part of a bundle with it; a photograph of somebody on a list is no list.
    let nature = |paper: &Paper| paper.family.map(|f| (book.families[f].form, book.families[f].sized));
    if known && nature(a) != nature(b) {
        return (Kind::Different, Reason::Family);
    }
    let is_paper = |f: &usize| !book.families[*f].general;
    let asks = |one: &Paper, other: &Paper| one.family.filter(is_paper).is_some_and(|f| other.listed.contains(&f));
    let is_part = asks(a, b) || asks(b, a);
    // Nor is a form another paper whose name nobody has taught: every form says that it is one.
    if is_form(a) != is_form(b) && !is_part {
        return (Kind::Different, Reason::Family);
    }
    let kin = |one: &Paper, other: &Paper| {
        let other = other.family.map(|f| &book.families[f].code);
        one.family.zip(other).is_some_and(|(one, other)| book.families[one].kin.contains(other))
    };
    // "giấy tờ chứng minh" is the head of all of them: what they prove must be alike
    let matter = Shared::beside_heads(book, a, b);
    if (kin(a, b) || kin(b, a)) && matter.shorter > 0 && is_one_kind(book, a, b, &matter) {
        return (Kind::Variant, Reason::RelatedFamily);
    }
    let is_like_part = is_part && (score >= limits.variant_unknown || is_contained(book, a, b));
    if score >= least || is_like_part {
        (Kind::Variant, if is_part { Reason::Bundle } else { Reason::Object })
    } else {
        (Kind::Different, if known { Reason::Family } else { Reason::Words })
    }
}

/// Whether the longer name says most of what the shorter one says beside its head: a row that goes into detail has too many
/// words of its own to share half of them.
fn is_contained(book: &RelationBook, a: &Paper, b: &Paper) -> bool {
    let shared = Shared::beside_heads(book, a, b);
    shared.shorter >= book.limits.least_words && shared.contained >= book.limits.contained
}

fn by_size(a: &Paper, b: &Paper) -> (Kind, Reason) {
    let (size_a, size_b) = (a.sizes(), b.sizes());
    if size_a == size_b || size_a.is_empty() || size_b.is_empty() {
        (Kind::Same, Reason::SameSize)
    } else {
        (Kind::Variant, Reason::Size)
    }
}

fn numbers(paper: &Paper) -> Vec<String> {
    let digits = |w: &&String| w.starts_with(|c: char| c.is_ascii_digit());
    let mut numbers: Vec<String> =
        paper.words.iter().filter(digits).map(|w| w.trim_start_matches('0').to_owned()).collect();
    numbers.sort();
    numbers
}

/// Whether `long` is `short` with further alternatives: who could hand in the short one could hand in the long one, too.
/// One paper alone and a choice between it and a paper of another family are not the same.
fn adds_alternatives(book: &RelationBook, long: &Paper, short: &Paper) -> bool {
    let parts = |paper: &Paper| -> Vec<Vec<String>> {
        let parts = paper.core.split([',', ';', '/']).flat_map(|part| part.split(" hoặc "));
        parts.map(|part| words(book, part.trim().trim_start_matches("hoặc "))).filter(|p| !p.is_empty()).collect()
    };
    if !long.core.contains(" hoặc ") {
        return false;
    }
    let (many, few) = (parts(long), parts(short));
    let is_like = |one: &Vec<String>| many.iter().any(|other| Shared::of(book, one, other).score >= book.limits.same);
    let is_enough = few.len() > 1 || long.listed == short.listed;
    many.len() > few.len() && is_enough && few.iter().all(is_like)
}

/// Words of two names: what they share and what only one has.
struct Shared {
    score: f64,
    /// Share of the words of the shorter name that the longer one has, too.
    contained: f64,
    /// Words of the shorter name.
    shorter: usize,
    only_a: Vec<String>,
    only_b: Vec<String>,
}

impl Shared {
    /// Whether one name only says more than the other: a word in another's place is another thing.
    fn is_one_sided(&self) -> bool {
        self.only_a.is_empty() || self.only_b.is_empty()
    }

    /// What two papers say beside the heads of their names.
    fn beside_heads(book: &RelationBook, a: &Paper, b: &Paper) -> Self {
        Self::of(book, &without(&a.words, &a.head), &without(&b.words, &b.head))
    }

    fn of(book: &RelationBook, a: &[String], b: &[String]) -> Self {
        let (a, b) = (&spelt_out(a, b)[..], &spelt_out(b, a)[..]);
        let (mut only_a, mut only_b) = (without(a, b), without(b, a));
        let equal = a.len() - only_a.len();
        let respelt = respelt(&mut only_a, &mut only_b);
        let words = a.len() + b.len();
        #[allow(clippy::cast_precision_loss, reason = "a name has few words")]
        let score = match words {
            0 => 1.0,
            n => 2.0 * (equal as f64 + book.limits.diacritic * respelt as f64) / n as f64,
        };
        let shorter = a.len().min(b.len());
        Shared { score, contained: words_share(equal + respelt, shorter), shorter, only_a, only_b }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a name has few words")]
fn words_share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The words of `a`, where abbreviations are the words of `b` whose initials they are: "tctn" is "tiền chất thuốc nổ".
fn spelt_out(a: &[String], b: &[String]) -> Vec<String> {
    let initials: Vec<Option<char>> = b.iter().map(|word| skeleton(word).chars().next()).collect();
    let of = |word: &String| -> Option<&[String]> {
        let letters: Vec<Option<char>> = skeleton(word).chars().map(Some).collect();
        // Two letters are too few: they are the initials of something in most names.
        let is_new = letters.len() > 2 && !b.contains(word);
        let at = is_new.then(|| initials.windows(letters.len()).position(|window| window == letters)).flatten()?;
        Some(&b[at..at + letters.len()])
    };
    a.iter().flat_map(|word| of(word).unwrap_or(std::slice::from_ref(word))).cloned().collect()
}

/// The words of `a` but for those that only `a` has in its name, and `b` beside it.
fn told_beside(a: &[String], b: &[String], beside_b: &BTreeSet<String>) -> Vec<String> {
    let is_told = |w: &String| !b.contains(w) && beside_b.contains(w);
    a.iter().filter(|w| !is_told(w)).cloned().collect()
}

/// The words of `a` that are left when each word of `b` takes its equal away.
fn without(a: &[String], b: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in b {
        *counts.entry(word).or_default() += 1;
    }
    let mut left = Vec::new();
    for word in a {
        match counts.get_mut(word.as_str()) {
            Some(n) if *n > 0 => *n -= 1,
            _ => left.push(word.clone()),
        }
    }
    left
}

/// Takes away the words that are each other's with other diacritics, and counts them.
fn respelt(a: &mut Vec<String>, b: &mut Vec<String>) -> usize {
    let before = a.len();
    let mut bare_b: Vec<String> = b.iter().map(|word| skeleton(word)).collect();
    a.retain(|word| {
        let bare = skeleton(word);
        let is_number = bare.starts_with(|c: char| c.is_ascii_digit());
        match bare_b.iter().position(|other| !is_number && *other == bare) {
            Some(at) => {
                b.remove(at);
                bare_b.remove(at);
                false
            }
            None => true,
        }
    });
    before - a.len()
}
