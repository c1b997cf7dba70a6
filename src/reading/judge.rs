//! From the mentions of a row to one verdict a kind: the marks laid over the row, and how they reach each mention.

use super::grammar::{Mention, Parse, Part, is_kind};
use super::scan::{Break, Scan, Token, What};
use crate::rule::{CueClass, Person, Role, Strength, Verdict};
use std::collections::BTreeMap;

/// What surrounds a row: its procedure and the heading of its case.
#[derive(Debug, Clone, Default)]
pub(super) struct Surroundings {
    /// Kinds the procedure itself reissues, changes or withdraws, and how its name calls them.
    pub own: BTreeMap<usize, Strength>,
    /// The procedure is about foreigners.
    pub foreign_procedure: bool,
    /// The heading of the case is about foreigners.
    pub foreign_case: bool,
    /// The heading names the party that is foreign in this procedure.
    pub foreign_party: bool,
}

/// Why a mention is judged as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An ordinary demand.
    Demanded,
    /// One of several alternatives, or bundled with papers off the list.
    Bundled,
    /// Any paper that proves the fact would do.
    AnyPaper,
    /// Proof of a change of the registered paper itself.
    ChangeOf,
    /// The row says not to submit it.
    NotToSubmit,
    /// Only where the data cannot be retrieved.
    OnlyIfNoData,
    /// The office looks it up, or data already stands for it.
    LookedUp,
    /// Some applicants are exempt.
    SomeExempt,
    /// Issued abroad, or of a foreign person or body.
    Foreign,
    /// The original is surrendered, exchanged, corrected or certified by this very procedure.
    OwnResult,
    /// No database replaces this kind.
    NoSource,
    /// Title of a form.
    FormTitle,
    /// Field of a form.
    FormField,
    /// Contents of a text.
    TextContents,
    /// Condition.
    Condition,
    /// Title of a law.
    LawTitle,
    /// Photograph.
    Photograph,
    /// Argument of another paper.
    OtherPaper,
    /// No kind is named.
    NothingNamed,
}

/// The verdict on one kind of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judgement {
    pub kind: usize,
    pub verdict: Verdict,
    pub reason: Reason,
    pub confidence: f64,
    /// Token the verdict rests on.
    pub token: usize,
    pub whose: Option<Person>,
    /// Tokens of the cues that decided, sorted.
    pub cues: Vec<usize>,
}

/// One mention with what reaches it.
struct Weighed {
    mention: Mention,
    already: Option<(Reason, usize)>,
    exempt: Option<usize>,
    foreign: Option<Option<usize>>,
    own: Option<usize>,
}

/// One verdict a kind, in the order in which the kinds are first named.
pub(super) fn judge(scan: &Scan, parse: &Parse, around: &Surroundings, kinds: &dyn KindFacts) -> Vec<Judgement> {
    let marks = Marks::collect(scan);
    let mut weighed: Vec<Weighed> =
        parse.mentions.iter().map(|m| weigh(scan, parse, &marks, around, kinds, *m)).collect();
    carry_on(scan, &mut weighed);
    let mut order: Vec<usize> = Vec::new();
    for m in &parse.mentions {
        if !order.contains(&m.kind) {
            order.push(m.kind);
        }
    }
    let row = Row { scan, parse, weighed: &weighed, kinds };
    order.into_iter().map(|kind| row.decide(kind)).collect()
}

/// What the judge must know about kinds.
pub(super) trait KindFacts {
    /// Verdict of every demand of a kind that data never replaces.
    fn always(&self, kind: usize) -> Option<Verdict>;
    /// Whether a paper of the kind is issued by the state a person belongs to.
    fn follows_nationality(&self, kind: usize) -> bool;
    /// Kinds that serve the same purpose.
    fn peers(&self, kind: usize) -> &[usize];
}

/// Positions of the marks of a row.
struct Marks {
    negations: Vec<usize>,
    fallbacks: Vec<usize>,
    lookups: Vec<usize>,
}

impl Marks {
    fn collect(scan: &Scan) -> Self {
        let of = |class: CueClass| {
            scan.tokens.iter().enumerate().filter(|(_, t)| t.has(class)).map(|(i, _)| i).collect::<Vec<_>>()
        };
        Marks { negations: of(CueClass::Negation), fallbacks: of(CueClass::Fallback), lookups: of(CueClass::Lookup) }
    }
}

fn weigh(
    scan: &Scan,
    parse: &Parse,
    marks: &Marks,
    around: &Surroundings,
    kinds: &dyn KindFacts,
    mention: Mention,
) -> Weighed {
    let mut weighed = Weighed { mention, already: None, exempt: None, foreign: None, own: None };
    if matches!(mention.part, Part::Form | Part::Law | Part::Photo | Part::Content) {
        return weighed;
    }
    for (list, reason) in [
        (&marks.negations, Reason::NotToSubmit),
        (&marks.fallbacks, Reason::OnlyIfNoData),
        (&marks.lookups, Reason::LookedUp),
    ] {
        for &cue in list {
            if !reaches(scan, parse, cue, mention.token, reason) {
                continue;
            }
            if reason == Reason::NotToSubmit && is_exemption(scan, parse, cue) {
                weighed.exempt.get_or_insert(cue);
            } else if weighed.already.is_none() {
                weighed.already = Some((reason, cue));
            }
        }
    }
    weighed.foreign = foreign(scan, parse, around, &mention);
    if weighed.foreign.is_none() && around.foreign_party && kinds.follows_nationality(mention.kind) {
        weighed.foreign = Some(None);
    }
    if weighed.foreign.is_none() && around.foreign_procedure && kinds.follows_nationality(mention.kind) {
        weighed.foreign = foreign_sentence(scan, mention.token).map(Some);
    }
    weighed.own = around
        .own
        .contains_key(&mention.kind)
        .then(|| surrendered(scan, around, &mention))
        .flatten()
        .filter(|_| mention.part != Part::Condition);
    if weighed.own.is_none() {
        weighed.own = handed_back(scan, &mention);
    }
    weighed
}

/// "… only where data fails. The papers meant above are: A, B": a later sentence that names again what is already
/// excused only explains it.
fn carry_on(scan: &Scan, weighed: &mut [Weighed]) {
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
    let same = c == m || is_inside(scan, m, c);
    if same {
        if reason == Reason::NotToSubmit {
            return negated(scan, parse, cue, mention);
        }
        return true;
    }
    // "Where the data cannot be retrieved, submit: A; B": a leading mark goes on to the end of the stretch.
    if reason == Reason::OnlyIfNoData && cue < mention && scan.clauses[c].stretch == scan.clauses[m].stretch {
        return leads(scan, parse, cue);
    }
    let names_a_kind = parse.mentions.iter().any(|x| {
        let clause = tokens[x.token].clause;
        clause == c || is_inside(scan, clause, c)
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
    match scan.clauses[c].parent {
        Some(parent) if !names_a_kind || refers_back => parent == m || (refers_back && about_data),
        Some(_) => false,
        None => about_data && (refers_back || !names_a_kind) && !starts_other_paper(scan, parse, c),
    }
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
    parse.papers.iter().any(|p| scan.tokens[*p].clause == clause)
        && !scan.tokens.iter().any(|t| t.clause == clause && t.has(CueClass::Anaphora))
}

fn is_inside(scan: &Scan, mut clause: usize, outer: usize) -> bool {
    while let Some(parent) = scan.clauses[clause].parent {
        if parent == outer {
            return true;
        }
        clause = parent;
    }
    false
}

/// A negation covers what follows it up to the next demand; with nothing after it, what stands before.
fn negated(scan: &Scan, parse: &Parse, cue: usize, mention: usize) -> bool {
    let tokens = &scan.tokens;
    let clause = tokens[cue].clause;
    let after = |m: &&Mention| m.token > cue && tokens[m.token].clause == clause;
    let first_after = parse.mentions.iter().find(after).map(|m| m.token);
    match first_after {
        Some(first) if mention > cue => {
            !tokens[first..mention].iter().any(|t| t.clause == clause && t.has(CueClass::Demand))
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
    scan.tokens
        .iter()
        .filter(|t| t.clause == clause || is_inside(scan, t.clause, clause))
        .any(|t| t.has(CueClass::Fallback) || t.has(CueClass::Lookup) || matches!(t.role(), Some(Role::Database(_))))
}

/// "Those who … need not": a negation under a condition that is not about data exempts some applicants only.
fn is_exemption(scan: &Scan, parse: &Parse, cue: usize) -> bool {
    let clause = scan.tokens[cue].clause;
    let conditioned = scan.tokens.iter().any(|t| t.clause == clause && t.has(CueClass::Condition));
    let _ = parse;
    conditioned && !speaks_of_data(scan, clause)
}

/// The tokens from a mention to the end of what is said of it: the next paper, item or sentence.
fn said_of<'s>(scan: &'s Scan, mention: usize) -> impl Iterator<Item = (usize, &'s Token)> {
    let sentence = scan.clauses[scan.tokens[mention].clause].sentence;
    scan.tokens.iter().enumerate().skip(mention + 1).take_while(move |(_, t)| {
        let starts_another =
            is_kind(t) || [CueClass::Paper, CueClass::Umbrella, CueClass::Form].iter().any(|c| t.has(*c));
        let ends = matches!(t.what, What::Break(Break::Line | Break::Item | Break::Sentence));
        !starts_another && !ends && scan.clauses[t.clause].sentence == sentence
    })
}

/// Whether a mention is about a foreign paper; with the cue, where a cue of the row says so.
fn foreign(scan: &Scan, parse: &Parse, around: &Surroundings, named: &Mention) -> Option<Option<usize>> {
    let mention = named.token;
    let tokens = &scan.tokens;
    let clause = tokens[mention].clause;
    let mut excluded = false;
    let mut domestic = false;
    for (at, t) in said_of(scan, mention) {
        excluded |= t.has(CueClass::Exclusion);
        if t.has(CueClass::Domestic) && excluded {
            return Some(Some(at));
        }
        domestic |= t.has(CueClass::Domestic);
    }
    for (at, t) in said_of(scan, mention) {
        if t.has(CueClass::ForeignIssue) && !parse.in_condition[at] || t.has(CueClass::ForeignSubject) && !domestic {
            return Some(Some(at));
        }
    }
    if domestic {
        return None;
    }
    if let Some(at) = shared(scan, parse, mention) {
        return Some(Some(at));
    }
    // "For foreigners: …" before the mention, in the same sentence.
    let sentence = scan.clauses[clause].sentence;
    let before = tokens[..mention].iter().enumerate().rev();
    let (mut introduced, mut passed) = (false, false);
    for (at, t) in before.take_while(|(_, t)| scan.clauses[t.clause].sentence == sentence) {
        if t.has(CueClass::Domestic) {
            return None;
        }
        let subject = !passed && t.has(CueClass::ForeignSubject) && parse.in_condition[at];
        if subject {
            return Some(Some(at));
        }
        let leads = t.has(CueClass::Label) || t.has(CueClass::Choice) || t.what == What::Break(Break::Colon);
        introduced |= leads && t.clause == clause;
        let abroad = t.has(CueClass::ForeignSubject) || t.has(CueClass::ForeignIssue);
        if introduced && abroad {
            return Some(Some(at));
        }
        passed |= is_kind(t);
    }
    let legalised = tokens
        .iter()
        .enumerate()
        .skip(mention + 1)
        .find(|(at, t)| t.clause == clause && t.has(CueClass::ForeignIssue) && !parse.in_condition[*at]);
    match legalised {
        Some((at, _)) if around.foreign_procedure || around.foreign_case => Some(Some(at)),
        _ if tokens.iter().any(|t| t.has(CueClass::Domestic)) => None,
        // Any paper that proves who a foreigner is will be a foreign one.
        _ if around.foreign_case || around.foreign_procedure && named.strength == Strength::Umbrella => Some(None),
        _ => None,
    }
}

/// "A or another paper of equal value of the foreign body", "A and B issued abroad": what is said of both.
fn shared(scan: &Scan, parse: &Parse, mention: usize) -> Option<usize> {
    let sentence = scan.clauses[scan.tokens[mention].clause].sentence;
    let (mut alternative, mut excluded, mut chained) = (false, false, true);
    for (at, t) in scan.tokens.iter().enumerate().skip(mention + 1) {
        excluded |= t.has(CueClass::Exclusion);
        if excluded && t.has(CueClass::Domestic) {
            return Some(at);
        }
        // "A, B issued abroad": papers joined by a comma or "and" alone share what is said after the last.
        let joins = matches!(t.what, What::Break(Break::Comma)) || t.has(CueClass::Link);
        let next_of_chain = is_kind(t) && chained && !t.gap && !alternative;
        chained &= !t.gap && (joins || next_of_chain);
        if next_of_chain {
            continue;
        }
        if scan.clauses[t.clause].sentence != sentence
            || is_kind(t)
            || t.has(CueClass::Form)
            || t.has(CueClass::Paper) && alternative
            || t.has(CueClass::Domestic)
        {
            return None;
        }
        alternative |= t.has(CueClass::Or);
        if t.has(CueClass::ForeignSubject) || t.has(CueClass::ForeignIssue) && !alternative && !parse.in_condition[at] {
            return Some(at);
        }
    }
    None
}

/// The cue that says the paper already issued is handed in, where the procedure is about that very paper.
fn surrendered(scan: &Scan, around: &Surroundings, named: &Mention) -> Option<usize> {
    let mention = named.token;
    let strong = |t: &Token| t.has(CueClass::Surrender);
    if let Some((at, _)) = said_of(scan, mention).find(|(_, t)| strong(t)) {
        return Some(at);
    }
    if around.own.get(&named.kind) == Some(&Strength::Topic) {
        return original_alone(scan, mention);
    }
    let original = before(scan, mention, |t| t.has(CueClass::Issued));
    let issued = said_of(scan, mention).find(|(_, t)| t.has(CueClass::Issued)).map(|(at, _)| at);
    // The bare name of the paper that the procedure itself names is that paper, not a copy of it.
    let sentence = scan.clauses[scan.tokens[mention].clause].sentence;
    let begins = !scan.tokens[..mention]
        .iter()
        .any(|t| scan.clauses[t.clause].sentence == sentence && matches!(t.what, What::Phrase(_)));
    let bare = (begins && around.own.get(&named.kind) == Some(&Strength::Name) && named.strength == Strength::Name)
        .then_some(mention);
    original.or(issued).or(bare)
}

/// Handed back whatever the procedure is: "hand back A", "A, to be withdrawn", "the original of A already issued".
fn handed_back(scan: &Scan, named: &Mention) -> Option<usize> {
    let mention = named.token;
    // "Whoever was issued A before … then hands back the old copy."
    let sentence = scan.clauses[scan.tokens[mention].clause].sentence;
    let rest = scan.tokens.iter().enumerate().skip(mention + 1);
    let mut rest = rest.take_while(|(_, t)| scan.clauses[t.clause].sentence == sentence && !is_kind(t));
    let then = rest.find(|(_, t)| t.has(CueClass::Then) && t.has(CueClass::Returned)).map(|(at, _)| at);
    if then.is_some() || named.part == Part::Condition {
        return then;
    }
    let returned = said_of(scan, mention).find(|(_, t)| t.has(CueClass::Returned)).map(|(at, _)| at);
    let issued = || said_of(scan, mention).find(|(_, t)| t.has(CueClass::Issued) && !t.has(CueClass::Copy));
    let original = || original_alone(scan, mention).and_then(|_| issued()).map(|(at, _)| at);
    before(scan, mention, |t| t.has(CueClass::Surrender)).or(returned).or_else(original)
}

/// The word for the original before a mention, where no copy would do as well.
fn original_alone(scan: &Scan, mention: usize) -> Option<usize> {
    let original = before(scan, mention, |t| t.has(CueClass::Issued) && t.has(CueClass::Copy))?;
    let clause = scan.tokens[mention].clause;
    let copies = |(at, t): (usize, &Token)| at != original && t.clause == clause && t.has(CueClass::Copy);
    (!scan.tokens[..mention].iter().enumerate().any(copies)).then_some(original)
}

/// A cue of the sentence of a mention that says "foreign", where none says "Vietnamese".
fn foreign_sentence(scan: &Scan, mention: usize) -> Option<usize> {
    let sentence = scan.clauses[scan.tokens[mention].clause].sentence;
    let here = |t: &&Token| scan.clauses[t.clause].sentence == sentence;
    if scan.tokens.iter().filter(here).any(|t| t.has(CueClass::Domestic)) {
        return None;
    }
    let abroad = |t: &Token| t.has(CueClass::ForeignIssue) || t.has(CueClass::ForeignSubject);
    scan.tokens.iter().position(|t| here(&t) && abroad(t))
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

struct Row<'r> {
    scan: &'r Scan,
    parse: &'r Parse,
    weighed: &'r [Weighed],
    kinds: &'r dyn KindFacts,
}

impl Row<'_> {
    fn decide(&self, kind: usize) -> Judgement {
        let all: Vec<&Weighed> = self.weighed.iter().filter(|w| w.mention.kind == kind).collect();
        let is_head = |w: &&&Weighed| matches!(w.mention.part, Part::Head | Part::Loose);
        let is_name =
            |w: &&&Weighed| w.mention.strength != Strength::Weak || matches!(w.mention.part, Part::Head | Part::Loose);
        if let Some((w, (reason, cue))) = all.iter().filter(is_name).find_map(|w| w.already.map(|a| (w, a))) {
            return self.judgement(w, Verdict::Already, reason, 0.9, &[Some(cue)]);
        }
        let heads: Vec<&&Weighed> = all.iter().filter(is_head).collect();
        let open = |w: &&&&Weighed| w.exempt.is_none() && w.foreign.is_none() && w.own.is_none();
        let repeats = |w: &&&&Weighed| heads.first().is_some_and(|f| !open(&f) && self.explains(f, w));
        if let Some(w) = heads.iter().find(|w| open(w) && !repeats(w)) {
            return self.demanded(kind, w, &heads);
        }
        if let Some(w) = heads.first() {
            if let Some(own) = w.own {
                return self.judgement(w, Verdict::Keep, Reason::OwnResult, 0.85, &[Some(own)]);
            }
            if let Some(cue) = w.foreign {
                return self.judgement(w, Verdict::Keep, Reason::Foreign, 0.85, &[cue]);
            }
            return self.judgement(w, Verdict::Already, Reason::SomeExempt, 0.7, &[w.exempt]);
        }
        if let Some((w, own)) =
            all.iter().find_map(|w| w.own.filter(|o| self.scan.tokens[*o].has(CueClass::Then)).map(|o| (w, o)))
        {
            return self.judgement(w, Verdict::Keep, Reason::OwnResult, 0.7, &[Some(own)]);
        }
        self.not_demanded(&all)
    }

    /// A later sentence that only says more of the paper of an earlier one.
    fn explains(&self, first: &Weighed, later: &Weighed) -> bool {
        let between = &self.scan.tokens[first.mention.token..later.mention.token];
        let is_break = |b: Break| between.iter().any(|t| t.what == What::Break(b));
        let clause = self.scan.tokens[later.mention.token].clause;
        let asks = |t: &Token| {
            t.clause == clause && [CueClass::Copy, CueClass::Demand, CueClass::Must].iter().any(|c| t.has(*c))
        };
        is_break(Break::Sentence) && !is_break(Break::Item) && !is_break(Break::Line) && !between.iter().any(asks)
    }

    fn demanded(&self, kind: usize, w: &Weighed, heads: &[&&Weighed]) -> Judgement {
        let confidence = if w.mention.part == Part::Loose { 0.7 } else { 0.95 };
        if let Some(verdict) = self.kinds.always(kind) {
            return self.judgement(w, verdict, Reason::NoSource, confidence, &[]);
        }
        let named = heads.iter().find(|h| h.mention.strength != Strength::Umbrella);
        let Some(named) = named else {
            return self.judgement(w, Verdict::Partial, Reason::AnyPaper, 0.85, &[]);
        };
        let named = if w.mention.strength == Strength::Umbrella { named } else { w };
        let peer = self.weighed.iter().any(|p| {
            matches!(p.mention.part, Part::Head | Part::Loose) && self.kinds.peers(kind).contains(&p.mention.kind)
        });
        let asked = |p: &&usize| !self.is_negated(**p);
        let papers = self.parse.papers.iter().find(asked);
        let other = self.kept_alternative(kind);
        let beside = papers.or(self.parse.umbrellas.iter().find(asked).filter(|_| !peer)).or(other.as_ref());
        match beside {
            Some(paper) => self.judgement(named, Verdict::Partial, Reason::Bundled, confidence - 0.1, &[Some(*paper)]),
            None => self.judgement(named, Verdict::Replace, Reason::Demanded, confidence, &[]),
        }
    }

    /// A paper that the row says not to submit is not bundled with the others.
    fn is_negated(&self, paper: usize) -> bool {
        let clause = self.scan.tokens[paper].clause;
        self.scan.tokens[..paper].iter().any(|t| t.clause == clause && t.has(CueClass::Negation))
    }

    /// Another kind that must be kept and is offered as an alternative to this one.
    fn kept_alternative(&self, kind: usize) -> Option<usize> {
        let peers = self.kinds.peers(kind);
        let heads = || self.weighed.iter().filter(|w| matches!(w.mention.part, Part::Head | Part::Loose));
        let mine: Vec<usize> = heads().filter(|w| w.mention.kind == kind).map(|w| w.mention.token).collect();
        let kept = |w: &&Weighed| {
            w.mention.kind != kind
                && !peers.contains(&w.mention.kind)
                && (w.foreign.is_some() || w.own.is_some() || self.kinds.always(w.mention.kind).is_some())
        };
        heads().filter(kept).map(|w| w.mention.token).find(|other| {
            mine.iter().any(|m| {
                let (from, to) = (*m.min(other), *m.max(other));
                let between = &self.scan.tokens[from..to];
                between.iter().any(|t| t.has(CueClass::Or))
                    && !between
                        .iter()
                        .any(|t| matches!(t.what, What::Break(Break::Item | Break::Line | Break::Sentence)))
            })
        })
    }

    fn not_demanded(&self, all: &[&Weighed]) -> Judgement {
        let w = all[0];
        let change = self.parse.umbrellas.iter().find(|u| self.scan.tokens[**u].has(CueClass::Change));
        if let (Some(change), Some(w)) = (change, all.iter().find(|w| w.mention.part == Part::Condition)) {
            return self.judgement(w, Verdict::Partial, Reason::ChangeOf, 0.6, &[Some(*change)]);
        }
        let reason = match w.mention.part {
            Part::Form => Reason::FormTitle,
            Part::Field => Reason::FormField,
            Part::Content => Reason::TextContents,
            Part::Condition => Reason::Condition,
            Part::Law => Reason::LawTitle,
            Part::Photo => Reason::Photograph,
            Part::Argument | Part::Head | Part::Loose => Reason::OtherPaper,
        };
        self.judgement(w, Verdict::Mention, reason, 0.85, &[w.mention.governor])
    }

    fn judgement(
        &self,
        w: &Weighed,
        verdict: Verdict,
        reason: Reason,
        confidence: f64,
        cues: &[Option<usize>],
    ) -> Judgement {
        let mut cues: Vec<usize> = cues.iter().flatten().copied().collect();
        let whose = said_of(self.scan, w.mention.token).find_map(|(at, t)| match t.what {
            What::Phrase(m) => m.person.map(|p| (at, p)),
            What::Break(_) => None,
        });
        cues.extend(whose.map(|(at, _)| at));
        cues.sort_unstable();
        cues.dedup();
        Judgement {
            kind: w.mention.kind,
            verdict,
            reason,
            confidence,
            token: w.mention.token,
            whose: whose.map(|(_, p)| p),
            cues,
        }
    }
}
