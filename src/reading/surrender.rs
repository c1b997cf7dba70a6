//! Whether a paper named in a row is handed back: surrendered, exchanged, corrected by this very procedure.

use super::grammar::{Mention, Parse, Part};
use super::judge::{Surroundings, Weighed};
use super::scan::{Break, Scan, Token, What, is_kind};
use crate::rule::{CueClass, Kind, Strength};

/// The cue that says the paper already issued is handed in, where the procedure is about that very paper.
pub(super) fn surrendered(
    scan: &Scan,
    parse: &Parse,
    around: &Surroundings<'_>,
    kind: &Kind,
    named: &Mention,
) -> Option<usize> {
    let mention = named.token;
    let of_it = |class: CueClass| scan.said_of(mention).find(|(_, t)| t.has(class)).map(|(at, _)| at);
    if let Some(at) = of_it(CueClass::Surrender) {
        return Some(at);
    }
    let original = before(scan, mention, |t| t.has(CueClass::Issued));
    if around.own.get(&named.kind) == Some(&Strength::Topic) {
        let original = original_alone(scan, mention).or_else(|| original_after(scan, mention));
        // Only a paper with a short name of its own is meant by its name alone in every procedure about it.
        return original.or_else(|| (!kind.short.is_empty()).then(|| bare(scan, parse, named)).flatten());
    }
    original
        .or_else(|| of_it(CueClass::Issued))
        .or_else(|| (around.own.get(&named.kind) == Some(&Strength::Name)).then(|| bare(scan, parse, named)).flatten())
}

/// The bare name of the paper that the procedure itself is about is that paper, not a copy of it: "certificate A",
/// "certificate A or certificate B of the same kind", "form F, certificate A".
fn bare(scan: &Scan, parse: &Parse, named: &Mention) -> Option<usize> {
    let same = |at: usize| parse.mentions.iter().any(|m| m.token == at && m.kind == named.kind);
    let joins =
        |t: &Token| [CueClass::Or, CueClass::Link].iter().any(|c| t.has(*c)) || !matches!(t.what, What::Phrase(_));
    let sentence = scan.sentence(named.token);
    let before = || (0..named.token).rev().take_while(|at| scan.sentence(*at) == sentence);
    // "The dossier has: certificate A"; "copies of these papers: certificate A" asks for a copy.
    let head = before().skip_while(|at| scan.tokens[*at].what != What::Break(Break::Colon));
    let copies = head.map(|at| &scan.tokens[at]).any(|t| t.has(CueClass::Copy));
    let mut rest = before().take_while(|at| scan.tokens[*at].what != What::Break(Break::Colon));
    let alone = !copies && rest.all(|at| same(at) || joins(&scan.tokens[at]));
    (named.strength == Strength::Name && (alone || listed(scan, named))).then_some(named.token)
}

/// A further item of a list that asks for no copies.
fn listed(scan: &Scan, named: &Mention) -> bool {
    let sentence = scan.sentence(named.token);
    let before = |at: &usize| scan.sentence(*at) == sentence;
    let copies = (0..named.token).filter(before).any(|at| scan.tokens[at].has(CueClass::Copy));
    let last = named.token.checked_sub(1).filter(before).map(|at| &scan.tokens[at]);
    let joined = last.is_some_and(|t| t.what == What::Break(Break::Comma) || t.has(CueClass::Link));
    named.part == Part::Head && joined && !copies && !scan.tokens[named.token].gap
}

/// "The original of certificate A or notice A": what is said before the first name of a kind is said of the others.
pub(super) fn share_original(scan: &Scan, weighed: &mut [Weighed]) {
    let joins = |t: &Token| {
        let joined = [CueClass::Or, CueClass::Plain].iter().any(|c| t.has(*c));
        !t.gap && (joined || matches!(t.what, What::Break(Break::Comma | Break::Slash)))
    };
    for at in 1..weighed.len() {
        let (before, after) = (&weighed[at - 1], &weighed[at]);
        let between = scan.tokens.get(before.mention.token + 1..after.mention.token).unwrap_or_default();
        let same = before.mention.kind == after.mention.kind && after.mention.part == Part::Head;
        if same && after.own.is_none() && between.iter().all(joins) && !scan.tokens[after.mention.token].gap {
            weighed[at].own = weighed[at - 1].own;
        }
    }
}

/// Handed back whatever the procedure is: "hand back A", "A, to be withdrawn", "the original of A already issued".
pub(super) fn handed_back(scan: &Scan, named: &Mention) -> Option<usize> {
    let mention = named.token;
    // "Whoever was issued A before … then hands back the old copy."
    let sentence = scan.sentence(mention);
    let rest = scan.tokens.iter().enumerate().skip(mention + 1);
    let mut rest = rest.take_while(|(_, t)| scan.clauses[t.clause].sentence == sentence && !is_kind(t));
    let then = rest.find(|(_, t)| t.has(CueClass::Then) && t.has(CueClass::Returned)).map(|(at, _)| at);
    if then.is_some() || named.part == Part::Condition {
        return then;
    }
    let returned = scan.said_of(mention).find(|(_, t)| t.has(CueClass::Returned)).map(|(at, _)| at);
    let issued = || scan.said_of(mention).find(|(_, t)| t.has(CueClass::Issued) && !t.has(CueClass::Copy));
    let original = || original_alone(scan, mention).and_then(|_| issued()).map(|(at, _)| at);
    before(scan, mention, |t| t.has(CueClass::Surrender)).or(returned).or_else(original)
}

/// The word for the original before a mention, where no copy would do as well.
fn original_alone(scan: &Scan, mention: usize) -> Option<usize> {
    let original = before(scan, mention, |t| t.has(CueClass::Issued) && t.has(CueClass::Copy))?;
    let clause = scan.tokens[mention].clause;
    let copies = |(at, t): (usize, &Token)| at != original && t.clause == clause && is_copy(t);
    (!scan.tokens[..mention].iter().enumerate().any(copies)).then_some(original)
}

/// A word for a copy, not for the original.
fn is_copy(token: &Token) -> bool {
    token.has(CueClass::Copy) && !token.has(CueClass::Issued)
}

/// "Certificate A (original)", where no copy would do as well.
fn original_after(scan: &Scan, mention: usize) -> Option<usize> {
    let (at, _) = scan.said_of(mention).find(|(_, t)| t.has(CueClass::Issued) && t.has(CueClass::Copy))?;
    let sentence = scan.sentence(mention);
    let copies = |(other, t): (usize, &Token)| other != at && scan.sentence(other) == sentence && is_copy(t);
    (!scan.tokens.iter().enumerate().any(copies)).then_some(at)
}

/// The nearest token before a mention, with only copy words between, that satisfies a test.
fn before(scan: &Scan, mention: usize, test: impl Fn(&Token) -> bool) -> Option<usize> {
    let clause = scan.tokens[mention].clause;
    for (at, t) in scan.tokens[..mention].iter().enumerate().rev() {
        if t.clause != clause || is_kind(t) {
            return None;
        }
        if test(t) {
            return Some(at);
        }
        if ![CueClass::Copy, CueClass::Plain, CueClass::Link, CueClass::Or].iter().any(|c| t.has(*c)) {
            return None;
        }
    }
    None
}
