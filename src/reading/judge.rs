//! From the mentions of a row to one verdict a kind: what reaches each mention, and how it is weighed.

use super::abroad::{Abroad, foreign};
use super::excuse::{Marks, carry_on, excuse};
use super::grammar::{Mention, Parse, Part};
use super::reason::Reason;
use super::scan::Scan;
use super::surrender::{handed_back, share_original, surrendered};
use super::verdict::Row;
use crate::rule::{CueClass, Kind, Person, Strength, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// What surrounds a row: its procedure and the heading of its case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings<'a> {
    /// Name of the procedure, folded.
    pub name: &'a str,
    /// Heading of the case, folded.
    pub case: &'a str,
    /// Kinds the procedure itself reissues, changes or withdraws, and how its name calls them.
    pub own: &'a BTreeMap<usize, Strength>,
    /// The procedure is about foreigners.
    pub foreign_procedure: bool,
    /// The heading of the case is about foreigners.
    pub foreign_case: bool,
    /// The heading names the party that is foreign in this procedure.
    pub foreign_party: bool,
    /// Kinds that the procedure's own name calls issued abroad.
    pub abroad: &'a BTreeSet<usize>,
    /// Foreign owners that name speaks of: the words before, and the word that calls them foreign.
    pub owners: &'a [(String, String)],
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
pub(super) struct Weighed {
    pub mention: Mention,
    pub already: Option<(Reason, usize)>,
    pub exempt: Option<usize>,
    pub foreign: Option<Abroad>,
    pub own: Option<usize>,
}

/// One verdict a kind, in the order in which the kinds are first named.
pub(super) fn judge(scan: &Scan, parse: &Parse, around: &Surroundings<'_>, kinds: &[Kind]) -> Vec<Judgement> {
    let marks = Marks::collect(scan);
    let mut weighed: Vec<Weighed> =
        parse.mentions.iter().map(|m| weigh(scan, parse, &marks, around, kinds, *m)).collect();
    carry_on(scan, &mut weighed);
    share_original(scan, &mut weighed);
    let mut order: Vec<usize> = Vec::new();
    for m in &parse.mentions {
        if !order.contains(&m.kind) {
            order.push(m.kind);
        }
    }
    let row = Row { scan, parse, weighed: &weighed, kinds };
    order.into_iter().map(|kind| row.decide(kind)).collect()
}

fn weigh(
    scan: &Scan,
    parse: &Parse,
    marks: &Marks,
    around: &Surroundings<'_>,
    kinds: &[Kind],
    mention: Mention,
) -> Weighed {
    let mut weighed = Weighed { mention, already: None, exempt: None, foreign: None, own: None };
    if matches!(mention.part, Part::Form | Part::Law | Part::Photo | Part::Content) {
        return weighed;
    }
    match replaced(scan, parse, &mention) {
        Some(Instead::Foreign(cue)) => return Weighed { foreign: Some(Abroad::Cue(cue)), ..weighed },
        Some(Instead::Paper) => weighed.mention.part = Part::Argument,
        None => {}
    }
    let mention = weighed.mention;
    let excuse = excuse(scan, parse, marks, &mention);
    weighed.already = excuse.already;
    weighed.exempt = excuse.exempt;
    weighed.foreign = foreign(scan, parse, around, &kinds[mention.kind], &mention);
    if around.own.contains_key(&mention.kind) && mention.part != Part::Condition {
        weighed.own = surrendered(scan, parse, around, &kinds[mention.kind], &mention);
    }
    if weighed.own.is_none() {
        weighed.own = handed_back(scan, &mention);
    }
    weighed
}

/// The paper that is asked for instead of one named before it.
enum Instead {
    Paper,
    /// A foreign one, which stands for a foreign paper: token of the cue.
    Foreign(usize),
}

/// "A is replaced by paper B" asks for B: what is asked for instead of a mention.
fn replaced(scan: &Scan, parse: &Parse, named: &Mention) -> Option<Instead> {
    let clause = scan.tokens[named.token].clause;
    let mut later = (named.token + 1..scan.tokens.len()).filter(|at| scan.tokens[*at].clause == clause);
    later.find(|at| scan.tokens[*at].has(CueClass::Replaced))?;
    let rest: Vec<usize> = later.collect();
    if let Some(abroad) = rest.iter().find(|at| scan.tokens[**at].has(CueClass::ForeignIssue)) {
        return Some(Instead::Foreign(*abroad));
    }
    let other =
        |at: &usize| parse.papers.contains(at) || parse.mentions.iter().any(|m| m.token == *at && m.kind != named.kind);
    rest.iter().any(other).then_some(Instead::Paper)
}
