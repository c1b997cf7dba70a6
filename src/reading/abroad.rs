//! Whether a paper named in a row is a foreign one: issued abroad, or of a foreign person or body.

use super::around::has_word;
use super::grammar::{Mention, Parse};
use super::judge::Surroundings;
use super::scan::{Break, Scan, Token, What, is_domestic, is_kind};
use crate::rule::{CueClass, Kind, Strength};

/// What makes a paper a foreign one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Abroad {
    /// A cue of the row: its token.
    Cue(usize),
    /// The procedure or the case.
    Surroundings,
}

impl Abroad {
    pub(super) fn cue(self) -> Option<usize> {
        match self {
            Abroad::Cue(token) => Some(token),
            Abroad::Surroundings => None,
        }
    }
}

/// Whether a mention is about a foreign paper; with the cue, where a cue of the row says so.
pub(super) fn foreign(
    scan: &Scan,
    parse: &Parse,
    around: &Surroundings<'_>,
    kind: &Kind,
    named: &Mention,
) -> Option<Abroad> {
    if let Some(later) = listed_with(scan, parse, named)
        && let Some(abroad) = foreign(scan, parse, around, kind, &later)
    {
        return Some(abroad);
    }
    let mention = named.token;
    match said(scan, parse, mention) {
        // What Vietnamese bodies alone issue is theirs, whoever holds it; only an issuer abroad makes it foreign.
        Said::Abroad(at) if !kind.issued_here || scan.tokens[at].has(CueClass::ForeignIssue) => {
            return Some(Abroad::Cue(at));
        }
        Said::Here => return None,
        Said::Abroad(_) | Said::Nothing => {}
    }
    if kind.issued_here {
        return None;
    }
    if let Some(at) = shared(scan, parse, mention) {
        return Some(Abroad::Cue(at));
    }
    match introduced(scan, parse, mention) {
        Said::Abroad(at) => return Some(Abroad::Cue(at)),
        Said::Here => return None,
        Said::Nothing => {}
    }
    surrounded(scan, around, kind, named)
}

/// What a stretch of the row says of the issuer or the holder of a paper.
enum Said {
    Nothing,
    Here,
    /// Token of the cue.
    Abroad(usize),
}

/// What is said of a paper after its name.
fn said(scan: &Scan, parse: &Parse, mention: usize) -> Said {
    let (mut excluded, mut domestic, mut abroad) = (false, false, None);
    for (at, t) in scan.said_of(mention) {
        if t.has(CueClass::DomesticIssue) && !excluded {
            return Said::Here;
        }
        let outside = issued_abroad(scan, parse, at) || scan.is_foreign_subject(at);
        if t.has(CueClass::Exclusion) {
            excluded = true;
        } else if is_domestic(t) {
            if excluded {
                return Said::Abroad(at);
            }
            domestic = true;
        } else if outside && !excluded && abroad.is_none() {
            abroad = Some(at);
        }
    }
    match abroad {
        Some(at) if !is_either(scan, at) && (scan.tokens[at].has(CueClass::ForeignIssue) || !domestic) => {
            Said::Abroad(at)
        }
        _ if domestic => Said::Here,
        _ => Said::Nothing,
    }
}

/// Whether a token says that a paper is issued abroad, and not only what holds if it is: "if issued abroad, it must be
/// legalised" says nothing of the others.
fn issued_abroad(scan: &Scan, parse: &Parse, at: usize) -> bool {
    let clause = scan.tokens[at].clause;
    let conditional = |other: usize| {
        let t = &scan.tokens[other];
        t.clause == clause && t.has(CueClass::ForeignIssue) && parse.in_condition[other]
    };
    scan.tokens[at].has(CueClass::ForeignIssue) && !(0..=at).any(conditional) && !issued_here(scan, at)
}

/// "Certificate of a foreign sailor issued by the Vietnamese body": an issuer named after the foreign holder settles it.
fn issued_here(scan: &Scan, holder: usize) -> bool {
    scan.said_of(holder).any(|(_, t)| t.has(CueClass::DomesticIssue))
}

/// "Issued by a foreign or a Vietnamese body": the applicant may bring the one that data replaces.
fn is_either(scan: &Scan, abroad: usize) -> bool {
    let after = scan.tokens[abroad + 1..].iter();
    let before = scan.tokens[..abroad].iter().rev();
    or_domestic(after) || or_domestic(before)
}

fn or_domestic<'t>(tokens: impl Iterator<Item = &'t Token>) -> bool {
    tokens.take(3).skip_while(|t| !t.has(CueClass::Or)).any(is_domestic)
}

/// "For foreigners: …" before the mention, in the same sentence.
fn introduced(scan: &Scan, parse: &Parse, mention: usize) -> Said {
    let clause = scan.tokens[mention].clause;
    let sentence = scan.sentence(mention);
    let before = scan.tokens[..mention].iter().enumerate().rev();
    let (mut introduced, mut passed) = (false, false);
    for (at, t) in before.take_while(|(at, _)| scan.sentence(*at) == sentence) {
        // "A (for foreigners) or B": the remark is about A.
        if scan.is_inside(t.clause, clause) && remarks_on_paper(scan, t.clause) {
            continue;
        }
        if is_domestic(t) {
            return Said::Here;
        }
        if !passed && t.has(CueClass::ForeignSubject) && parse.in_condition[at] {
            return Said::Abroad(at);
        }
        let leads = t.has(CueClass::Label) || t.has(CueClass::Choice) || t.what == What::Break(Break::Colon);
        introduced |= leads && t.clause == clause;
        let abroad = t.has(CueClass::ForeignSubject) || t.has(CueClass::ForeignIssue);
        if introduced && abroad {
            return Said::Abroad(at);
        }
        passed |= is_kind(t);
    }
    Said::Nothing
}

/// Whether a parenthesis stands right behind the name of a paper, and so speaks of it.
fn remarks_on_paper(scan: &Scan, parenthesis: usize) -> bool {
    let inside = scan.tokens.iter().position(|t| t.clause == parenthesis);
    let mut before = inside.map_or(&[][..], |at| &scan.tokens[..at]).iter().rev();
    let of_name = |t: &&Token| t.what == What::Break(Break::Open) || t.has(CueClass::Plain) || t.has(CueClass::Copy);
    before.find(|t| !of_name(t)).is_some_and(is_kind)
}

/// What the procedure and the case make of a paper of which the row itself says nothing.
fn surrounded(scan: &Scan, around: &Surroundings<'_>, kind: &Kind, named: &Mention) -> Option<Abroad> {
    let mention = named.token;
    let clause = scan.tokens[mention].clause;
    let legalised = |at: &usize| {
        let t = &scan.tokens[*at];
        t.clause == clause && t.has(CueClass::ForeignIssue) && !issued_here(scan, *at)
    };
    if let Some(at) = (mention + 1..scan.tokens.len()).find(legalised)
        && !is_either(scan, at)
        && (around.foreign_procedure || around.foreign_case)
    {
        return Some(Abroad::Cue(at));
    }
    if !may_hold(kind, around) {
        return None;
    }
    let domestic = scan.tokens.iter().any(is_domestic);
    // Any paper that proves who a foreigner is will be a foreign one.
    let umbrella = around.foreign_procedure && named.strength == Strength::Umbrella;
    if !domestic && (around.foreign_case || umbrella || around.abroad.contains(&named.kind)) {
        return Some(Abroad::Surroundings);
    }
    if kind.follows_nationality && around.foreign_party {
        return Some(Abroad::Surroundings);
    }
    if kind.follows_nationality && around.foreign_procedure {
        return foreign_sentence(scan, mention).map(Abroad::Cue);
    }
    None
}

/// Whether the foreigner of the procedure or the case is one who holds such papers.
fn may_hold(kind: &Kind, around: &Surroundings<'_>) -> bool {
    // "Firm abroad" is also the one of "the firm that sells travel abroad".
    let owns = |holder: &String| {
        let head = |word: &String| holder.strip_suffix(word.as_str()).map(str::trim_end).filter(|h| !h.is_empty());
        around.owners.iter().any(|(owner, word)| head(word).is_some_and(|head| has_word(owner, head)))
    };
    let named = |holder: &String| [around.name, around.case].iter().any(|text| has_word(text, holder)) || owns(holder);
    kind.foreign_holders.is_empty() || kind.foreign_holders.iter().any(named)
}

/// "A or another paper of equal value of the foreign body", "A and B issued abroad": what is said of both.
fn shared(scan: &Scan, parse: &Parse, mention: usize) -> Option<usize> {
    let sentence = scan.sentence(mention);
    let (mut alternative, mut excluded, mut chained) = (false, false, true);
    for (at, t) in scan.tokens.iter().enumerate().skip(mention + 1) {
        // "Show A and hand in B of the maker abroad": a second demand begins.
        let linked = scan.tokens[at - 1].has(CueClass::Link) && !t.gap;
        excluded |= t.has(CueClass::Exclusion);
        if excluded && is_domestic(t) {
            return Some(at);
        }
        if excluded && scan.is_foreign_subject(at) {
            return None;
        }
        // "A, B issued abroad": papers joined by a comma or "and" alone share what is said after the last.
        let joins = matches!(t.what, What::Break(Break::Comma))
            || [CueClass::Link, CueClass::Copy, CueClass::Plain].iter().any(|c| t.has(*c));
        let next_of_chain = is_kind(t) && chained && !t.gap && !alternative;
        chained &= !t.gap && (joins || next_of_chain);
        if next_of_chain {
            continue;
        }
        if scan.clauses[t.clause].sentence != sentence
            || is_kind(t)
            || t.has(CueClass::Form)
            || t.has(CueClass::Paper) && alternative
            || is_domestic(t)
            || t.has(CueClass::Demand) && linked
        {
            return None;
        }
        alternative |= t.has(CueClass::Or);
        if scan.is_foreign_subject(at) || issued_abroad(scan, parse, at) && !alternative {
            return Some(at);
        }
    }
    None
}

/// "A, B or another paper of the same kind, for a foreigner": the later mention of the kind in one list.
fn listed_with(scan: &Scan, parse: &Parse, named: &Mention) -> Option<Mention> {
    let joins = |t: &Token| {
        is_kind(t)
            || matches!(t.what, What::Break(Break::Comma | Break::Slash))
            || [CueClass::Or, CueClass::Link, CueClass::Copy, CueClass::Plain].iter().any(|c| t.has(*c))
    };
    let rest = scan.tokens.iter().enumerate().skip(named.token + 1);
    let mut list = rest.take_while(|(_, t)| !t.gap && joins(t));
    let later = list.find_map(|(at, _)| parse.mentions.iter().find(|m| m.token == at && m.kind == named.kind));
    later.copied()
}

/// A cue of the sentence of a mention that says "foreign" or allows another paper of equal value, where none says
/// "Vietnamese": in a procedure about foreigners both speak of what their own state issues.
fn foreign_sentence(scan: &Scan, mention: usize) -> Option<usize> {
    let sentence = scan.sentence(mention);
    let here = |t: &&Token| scan.clauses[t.clause].sentence == sentence;
    if scan.tokens.iter().filter(here).any(is_domestic) {
        return None;
    }
    let classes = [CueClass::ForeignIssue, CueClass::ForeignSubject, CueClass::Umbrella];
    let abroad = |t: &Token| classes.iter().any(|c| t.has(*c));
    scan.tokens.iter().position(|t| here(&t) && abroad(t))
}
