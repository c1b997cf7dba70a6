//! The paper a claim speaks of, and which dossier rows ask for it.

use super::claim::Claim;
use super::facts::Year;
use crate::catalog::{Procedure, Request};
use crate::progress::ChangeKind;
use crate::reading::{self, Assessment, Reason};
use crate::rule::{Person, RuleBook, Verdict};
use crate::text::fold;
use std::collections::BTreeSet;

/// How strongly a row asks for the paper of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Demand {
    /// Only where data fails.
    Fallback,
    /// To be handed in or shown.
    Demanded,
}

/// A dossier row that a claim speaks of.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Its procedure.
    pub procedure: &'a Procedure,
    /// The row; of a demand that left the dossier and went into no other row, the row it was.
    pub request: &'a Request,
    /// How strongly it asks.
    pub demand: Demand,
    /// How the demand left the rows of the dossier; none while it stands in one.
    pub place: Option<ChangeKind>,
}

/// The paper a claim speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// Kinds named.
    pub kinds: BTreeSet<String>,
    /// Whose, where said.
    pub whose: BTreeSet<Person>,
    /// Folded words of the claim's document.
    pub words: Vec<String>,
    /// Issued abroad, or of a foreigner.
    pub is_foreign: bool,
}

impl Paper {
    /// Reads the document column of a claim as if it were a dossier row.
    #[must_use]
    pub fn of(claim: &Claim, book: &RuleBook, context: &reading::Context) -> Self {
        let request = Request { text: claim.document.clone(), ..Request::default() };
        let read = reading::read_request(book, &Procedure::default(), &request, context);
        let named = read.iter().filter(|a| !a.kind.is_empty());
        let named_foreign = named.clone().any(|a| a.reason == Reason::Foreign);
        Paper {
            kinds: named.clone().map(|a| a.kind.clone()).collect(),
            whose: named.filter_map(|a| a.whose).collect(),
            words: words(&claim.document),
            is_foreign: named_foreign,
        }
    }

    /// How a row asks for the paper; none when it does not.
    pub(super) fn demand(&self, request: &Request, readings: &[&Assessment]) -> Option<Demand> {
        if self.kinds.is_empty() {
            return self.is_named_by(request).then_some(Demand::Demanded);
        }
        let fits = |a: &&&Assessment| {
            self.kinds.contains(&a.kind)
                && (self.is_foreign || a.reason != Reason::Foreign)
                && (self.whose.is_empty() || a.whose.is_none_or(|person| self.whose.contains(&person)))
        };
        readings
            .iter()
            .filter(fits)
            .filter_map(|a| match a.verdict {
                Verdict::Replace | Verdict::Partial | Verdict::Keep => Some(Demand::Demanded),
                Verdict::Already => Some(Demand::Fallback),
                _ => None,
            })
            .max()
    }

    /// Every row of procedures that asks for the paper: by the kinds of paper it is, else by its words.
    pub(super) fn rows<'a>(&self, year: &Year<'a>, procedures: &[&'a Procedure]) -> Vec<Row<'a>> {
        let all = || procedures.iter().flat_map(|p| p.requests.iter().map(move |r| (*p, r)));
        let row = |(procedure, request), demand| Row { procedure, request, demand, place: None };
        let by_kind: Vec<Row> =
            all().filter_map(|(p, r)| Some(row((p, r), self.demand(r, year.readings(r))?))).collect();
        if !by_kind.is_empty() || self.kinds.is_empty() {
            return by_kind;
        }
        all().filter(|(_, r)| self.is_same(r)).map(|pair| row(pair, Demand::Demanded)).collect()
    }

    /// The rows that are meant, and whether the claim names them in their own words: those that say the same as the claim,
    /// else those of a known kind, else those whose words are nearest to it.
    pub(super) fn closest<'a>(&self, rows: Vec<Row<'a>>) -> (Vec<Row<'a>>, bool) {
        let same: Vec<Row> = rows.iter().filter(|r| self.is_same(r.request)).copied().collect();
        if !same.is_empty() {
            return (same, true);
        }
        if !self.kinds.is_empty() {
            return (rows, false);
        }
        let share = |row: &Row| self.words.len() * 100 / words(&row.request.text).len().max(self.words.len()).max(1);
        let most = rows.iter().map(share).max().unwrap_or_default();
        (rows.into_iter().filter(|r| share(r) * 5 >= most * 4).collect(), false)
    }

    /// Whether a row says the same as the claim, numbering and numbers of copies aside.
    fn is_same(&self, request: &Request) -> bool {
        !self.words.is_empty() && bare(&self.words) == bare(&words(&request.text))
    }

    /// Whether the words of the claim stand in a text as they are, one after the other.
    pub(super) fn stands_in(&self, text: &str) -> bool {
        let own = bare(&self.words);
        !own.is_empty() && words(text).windows(own.len()).any(|found| found == own)
    }

    /// Whether a row is about a paper that is none of the known kinds: nearly all words of the claim stand in it in this order.
    fn is_named_by(&self, request: &Request) -> bool {
        if request.is_note || self.words.len() < 2 {
            return false;
        }
        let row = words(&request.text);
        let mut from = 0;
        let found = self
            .words
            .iter()
            .filter(|word| match row[from..].iter().position(|w| w == *word) {
                Some(at) => {
                    from += at + 1;
                    true
                }
                None => false,
            })
            .count();
        found * 5 >= self.words.len() * 4
    }
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Words without the letter or number of a list that stands before them.
fn bare(words: &[String]) -> &[String] {
    let is_mark = |w: &String| w.chars().count() == 1 || w.chars().all(|c| c.is_ascii_digit());
    let from = words.iter().take(1).take_while(|w| is_mark(w)).count();
    &words[from..]
}
