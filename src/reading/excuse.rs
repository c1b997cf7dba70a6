//! What excuses a row from being a demand: "not to be submitted", "only where data fails", "the office looks it up",
//! and how far each of these marks reaches.

use super::grammar::{Mention, Parse, Part};
use super::judge::Weighed;
use super::reason::Reason;
use super::scan::{Break, Scan, Token, What, is_kind, negates};
use crate::rule::{CueClass, Role, Strength};

/// Positions of the marks of a row.
pub(super) struct Marks {
    negations: Vec<usize>,
    fallbacks: Vec<usize>,
    lookups: Vec<usize>,
}

impl Marks {
    pub(super) fn collect(scan: &Scan) -> Self {
        let of = |class: CueClass| {
            scan.tokens.iter().enumerate().filter(|(_, t)| t.has(class)).map(|(i, _)| i).collect::<Vec<_>>()
        };
        let negations = (0..scan.tokens.len()).filter(|at| negates(&scan.tokens, *at)).collect();
        let mut fallbacks = of(CueClass::Fallback);
        // "Only where data fails" is a fall-back, "only where it has changed" is not.
        let only = |at: &usize| speaks_of_data(scan, scan.tokens[*at].clause);
        fallbacks.extend(of(CueClass::OnlyWhere).into_iter().filter(only));
        fallbacks.sort_unstable();
        Marks { negations, fallbacks, lookups: of(CueClass::Lookup) }
    }
}

/// The mark that excuses a mention, and the one that exempts some applicants from it.
pub(super) fn excuse(scan: &Scan, parse: &Parse, marks: &Marks, mention: &Mention) -> Excuse {
    let mut found = Excuse::default();
    if is_matter(scan, mention) || is_object(scan, parse, mention) {
        return found;
    }
    for (list, reason) in [
        (&marks.negations, Reason::NotToSubmit),
        (&marks.fallbacks, Reason::OnlyIfNoData),
        (&marks.lookups, Reason::LookedUp),
    ] {
        for &cue in list.iter().filter(|cue| reaches(scan, parse, **cue, mention.token, reason)) {
            if reason == Reason::NotToSubmit && is_exemption(scan, cue) {
                found.exempt.get_or_insert(cue);
            } else if found.already.is_none() {
                found.already = Some((reason, cue));
            }
        }
    }
    found
}

/// What excuses a mention.
#[derive(Debug, Default)]
pub(super) struct Excuse {
    /// Reason and token of the mark.
    pub already: Option<(Reason, usize)>,
    /// Token of a mark that covers some applicants only.
    pub exempt: Option<usize>,
}

/// The paper that the procedure issues is named as its matter, not as one to submit: "where issuing A, B …".
fn is_matter(scan: &Scan, named: &Mention) -> bool {
    let joins = |t: &Token| {
        t.what == What::Break(Break::Comma)
            || is_kind(t)
            || [CueClass::Copy, CueClass::Plain, CueClass::Link, CueClass::Or, CueClass::Paper]
                .iter()
                .any(|c| t.has(*c))
    };
    matches!(named.part, Part::Argument | Part::Condition)
        && scan.tokens[..named.token].iter().rev().find(|t| !joins(t)).is_some_and(|t| t.has(CueClass::Issuing))
}

/// "Decision to withdraw licence A (unless the decision is in the database)": what is said is said of the decision.
fn is_object(scan: &Scan, parse: &Parse, named: &Mention) -> bool {
    let Some(by) = named.governor else { return false };
    // What governed before a condition governs nothing within it; and of a paper asked for before, even what a
    // condition says of the result of its recognition is said of it.
    let asked_for = || parse.mentions.iter().any(|m| m.kind == named.kind && m.part == Part::Head);
    let governs = match named.part {
        Part::Argument => true,
        Part::Condition => parse.in_condition[by] && !asked_for(),
        _ => false,
    };
    governs && scan.tokens[by].has(CueClass::Paper) && !scan.tokens[by].has(CueClass::Proof)
}

/// "… only where data fails. The papers meant above are: A, B": a later sentence that names again what is already
/// excused only explains it.
pub(super) fn carry_on(scan: &Scan, weighed: &mut [Weighed]) {
    for at in 1..weighed.len() {
        let (before, rest) = weighed.split_at_mut(at);
        let w = &mut rest[0];
        let sentence = |w: &Weighed| scan.clauses[scan.tokens[w.mention.token].clause].sentence;
        let excused_before = |kind: usize| {
            before.iter().find(|e| e.mention.kind == kind && sentence(e) < sentence(w)).and_then(|e| e.already)
        };
        let is_umbrella = |e: &Weighed| e.mention.strength == Strength::Umbrella;
        let explained = before.iter().find(|e| is_umbrella(e) && sentence(e) == sentence(w));
        if w.already.is_none()
            && let Some(excuse) = explained.and_then(|e| excused_before(e.mention.kind))
        {
            w.already = Some(excuse);
        }
    }
}

/// Whether a mark of "not to be submitted" or "only where data fails" covers a mention.
fn reaches(scan: &Scan, parse: &Parse, cue: usize, mention: usize, reason: Reason) -> bool {
    let tokens = &scan.tokens;
    let (c, m) = (tokens[cue].clause, tokens[mention].clause);
    let same = c == m || scan.is_inside(m, c);
    if same {
        if reason == Reason::NotToSubmit {
            return negated(scan, parse, cue, mention);
        }
        return true;
    }
    if heads_list(scan, parse, cue, mention) && (reason != Reason::NotToSubmit || speaks_of_data(scan, c)) {
        return true;
    }
    // "Where the data cannot be retrieved, submit: A; B": a leading mark goes on to the end of the stretch.
    if reason == Reason::OnlyIfNoData && cue < mention && scan.clauses[c].stretch == scan.clauses[m].stretch {
        return leads(scan, parse, cue);
    }
    // "Licence A (need not be submitted for licences in the database)" names no kind but the one before.
    let of_it = parse.mentions.iter().find(|x| x.token == mention).map(|x| x.kind);
    let names_a_kind = parse.mentions.iter().any(|x| {
        let clause = tokens[x.token].clause;
        let again = x.strength == Strength::Weak && Some(x.kind) == of_it;
        !again && (clause == c || scan.is_inside(clause, c))
    });
    let refers_back = tokens.iter().any(|t| t.has(CueClass::Anaphora) && t.clause == c);
    if mention > cue {
        return false;
    }
    // "The office looks up A. Where that fails, …": the second sentence still speaks of A alone.
    if !names_a_kind && !refers_back {
        let topic = topic(scan, parse, cue);
        let kind_of = |token: usize| parse.mentions.iter().find(|x| x.token == token).map(|x| x.kind);
        if !topic.is_empty() && !kind_of(mention).is_some_and(|k| topic.contains(&k)) {
            return false;
        }
    }
    // In a parenthesis or a sentence of its own, the mark speaks of what was named before.
    let about_data = reason != Reason::NotToSubmit || speaks_of_data(scan, c);
    // A parenthesis that is all of its sentence is one of its own.
    let says = |clause: &usize| scan.tokens.iter().any(|t| t.clause == *clause && matches!(t.what, What::Phrase(_)));
    match scan.clauses[c].parent.filter(says) {
        Some(parent) if !names_a_kind || refers_back => parent == m || (refers_back && about_data),
        Some(_) => false,
        None => about_data && (refers_back || !names_a_kind) && !starts_other_paper(scan, parse, c),
    }
}

/// "Copies of these papers (not where they are in the database): A; B": a mark in the head of a list, where no paper is
/// named yet, is said of every item.
fn heads_list(scan: &Scan, parse: &Parse, cue: usize, mention: usize) -> bool {
    let clause_of = |token: usize| scan.tokens[token].clause;
    let mut head = clause_of(cue);
    while let Some(parent) = scan.clauses[head].parent {
        head = parent;
    }
    if mention < cue || scan.clauses[head].stretch != scan.clauses[clause_of(mention)].stretch {
        return false;
    }
    let is_colon = |at: &usize| scan.tokens[*at].what == What::Break(Break::Colon) && clause_of(*at) == head;
    let in_head = |token: usize| clause_of(token) == head || scan.is_inside(clause_of(token), head);
    (cue..mention)
        .find(is_colon)
        .is_some_and(|colon| !parse.mentions.iter().any(|m| m.token < colon && in_head(m.token)))
}

/// Kinds named in the nearest earlier clause that itself speaks of data.
fn topic(scan: &Scan, parse: &Parse, cue: usize) -> Vec<usize> {
    let here = scan.tokens[cue].clause;
    for clause in (0..here).rev().filter(|c| speaks_of_data(scan, *c)) {
        let named: Vec<usize> =
            parse.mentions.iter().filter(|m| scan.tokens[m.token].clause == clause).map(|m| m.kind).collect();
        if !named.is_empty() {
            return named;
        }
    }
    Vec::new()
}

/// Whether a mark stands before all kinds of its clause and a demand follows it there.
fn leads(scan: &Scan, parse: &Parse, cue: usize) -> bool {
    let clause = scan.tokens[cue].clause;
    let demands = |t: &Token| [CueClass::Demand, CueClass::Must, CueClass::Then].iter().any(|c| t.has(*c));
    scan.clauses[clause].parent.is_none()
        && !parse.mentions.iter().any(|m| m.token < cue && scan.tokens[m.token].clause == clause)
        && scan.tokens[cue..].iter().any(|t| t.clause == clause && demands(t))
}

/// A clause that demands another paper in case of missing data speaks of that paper only.
fn starts_other_paper(scan: &Scan, parse: &Parse, clause: usize) -> bool {
    let denied = |paper: usize| (0..paper).any(|at| scan.tokens[at].clause == clause && negates(&scan.tokens, at));
    parse.papers.iter().any(|p| scan.tokens[*p].clause == clause && !denied(*p))
        && !scan.tokens.iter().any(|t| t.clause == clause && t.has(CueClass::Anaphora))
}

/// A negation covers what follows it up to the next demand; with nothing after it, what stands before.
fn negated(scan: &Scan, parse: &Parse, cue: usize, mention: usize) -> bool {
    let tokens = &scan.tokens;
    let clause = tokens[cue].clause;
    let after = |m: &&Mention| m.token > cue && tokens[m.token].clause == clause;
    let first_after = parse.mentions.iter().find(after).map(|m| m.token);
    match first_after {
        Some(first) if mention > cue => {
            // "Where the project need not …, then submit A": the condition is over.
            let over = |t: &Token| {
                t.clause == clause && (t.has(CueClass::Then) || parse.in_condition[cue] && t.has(CueClass::Demand))
            };
            !tokens[cue + 1..first].iter().any(over)
                && !tokens[first..mention].iter().any(|t| t.clause == clause && t.has(CueClass::Demand))
        }
        Some(_) => speaks_of_data(scan, clause) && !has_demand_before(scan, cue, mention),
        None => mention < cue,
    }
}

fn has_demand_before(scan: &Scan, cue: usize, mention: usize) -> bool {
    let clause = scan.tokens[cue].clause;
    scan.tokens[..mention].iter().any(|t| t.clause == clause && t.has(CueClass::Demand))
}

/// Whether a clause names a database, a look-up or a failed look-up.
fn speaks_of_data(scan: &Scan, clause: usize) -> bool {
    scan.tokens.iter().filter(|t| t.clause == clause || scan.is_inside(t.clause, clause)).any(|t| {
        let of_data = [CueClass::Fallback, CueClass::Lookup, CueClass::DataStore].iter().any(|c| t.has(*c));
        of_data || matches!(t.role(), Some(Role::Database(_)))
    })
}

/// "Those who …, then need not": a negation under a condition that is not about data exempts some applicants only.
fn is_exemption(scan: &Scan, cue: usize) -> bool {
    let clause = scan.tokens[cue].clause;
    let limits = |(at, t): (usize, &Token)| t.has(CueClass::Condition) || t.has(CueClass::Then) && at < cue;
    let conditioned = scan.tokens.iter().enumerate().any(|(at, t)| t.clause == clause && limits((at, t)));
    conditioned && !speaks_of_data(scan, clause)
}
