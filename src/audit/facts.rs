//! What the catalogues say about one claim: which procedure and which dossier rows it speaks of, and what became of them.

use super::claim::Claim;
use crate::catalog::{Catalog, Procedure, Request};
use crate::reading::{self, Assessment, Reason};
use crate::rule::{ClaimAction, Person, RuleBook, Verdict};
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// One catalogue with its readings, ready to be looked up.
#[derive(Debug)]
pub struct Year<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// Readings of every request, by request id.
    readings: BTreeMap<&'a str, Vec<&'a Assessment>>,
    by_code: BTreeMap<&'a str, Vec<&'a Procedure>>,
    by_name: BTreeMap<String, Vec<&'a Procedure>>,
}

impl<'a> Year<'a> {
    /// Indexes a catalogue and its readings.
    #[must_use]
    pub fn new(catalog: &'a Catalog, assessments: &'a [Assessment]) -> Self {
        let mut year = Year { catalog, readings: BTreeMap::new(), by_code: BTreeMap::new(), by_name: BTreeMap::new() };
        for assessment in assessments {
            year.readings.entry(&assessment.request_id).or_default().push(assessment);
        }
        for procedure in &catalog.procedures {
            if !procedure.code.is_empty() {
                year.by_code.entry(&procedure.code).or_default().push(procedure);
            }
            year.by_name.entry(fold(&procedure.name)).or_default().push(procedure);
        }
        year
    }

    /// The procedures of a code.
    #[must_use]
    pub fn of_code(&self, code: &str) -> &[&'a Procedure] {
        self.by_code.get(code).map_or(&[], Vec::as_slice)
    }

    /// The procedures of a name, compared folded.
    #[must_use]
    pub fn of_name(&self, name: &str) -> &[&'a Procedure] {
        self.by_name.get(&fold(name)).map_or(&[], Vec::as_slice)
    }

    fn readings(&self, request: &Request) -> &[&'a Assessment] {
        self.readings.get(request.id.as_str()).map_or(&[], Vec::as_slice)
    }
}

/// What became of a procedure of the earlier catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fate {
    /// Ids of its successors in the later catalogue, sorted; empty when it is gone.
    pub successors: Vec<String>,
    /// Others that went into the same successor.
    pub merged_with: Vec<String>,
}

/// Fates by id of the earlier procedure.
pub type Fates = BTreeMap<String, Fate>;

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
    /// The row.
    pub request: &'a Request,
    /// How strongly it asks.
    pub demand: Demand,
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
    fn demand(&self, request: &Request, readings: &[&Assessment]) -> Option<Demand> {
        if self.kinds.is_empty() {
            return (!request.is_note && is_about(&self.words, &words(&request.text))).then_some(Demand::Demanded);
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

    /// Every row of procedures that asks for the paper.
    fn rows<'a>(&self, year: &Year<'a>, procedures: &[&'a Procedure]) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        for &procedure in procedures {
            for request in &procedure.requests {
                if let Some(demand) = self.demand(request, year.readings(request)) {
                    rows.push(Row { procedure, request, demand });
                }
            }
        }
        rows
    }
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Whether a row is about a paper that is none of the known kinds: nearly all words of the claim stand in it in this order.
fn is_about(claim: &[String], row: &[String]) -> bool {
    if claim.len() < 2 {
        return false;
    }
    let mut from = 0;
    let found = claim
        .iter()
        .filter(|word| match row[from..].iter().position(|w| w == *word) {
            Some(at) => {
                from += at + 1;
                true
            }
            None => false,
        })
        .count();
    found * 5 >= claim.len() * 4
}

/// Everything the catalogues say about one claim.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The paper it speaks of; its kinds and words are empty when it names none.
    pub paper: Paper,
    /// The procedure in the earlier catalogue.
    pub before: Vec<&'a Procedure>,
    /// Its successors in the later one, by code or by matching.
    pub after: Vec<&'a Procedure>,
    /// The procedure in the baseline, where there is one; none when no baseline was given.
    pub baseline: Option<Vec<&'a Procedure>>,
    /// Others that went into the same successor.
    pub merged_with: Vec<&'a str>,
    /// Rows asking for the paper in the baseline.
    pub rows_baseline: Vec<Row<'a>>,
    /// Rows asking for it in the earlier catalogue.
    pub rows_before: Vec<Row<'a>>,
    /// Rows asking for it in the later catalogue.
    pub rows_after: Vec<Row<'a>>,
    /// Ids of items (steps, conditions, form files) of the later catalogue that ask for it besides the dossier, with the words.
    pub hidden_after: Vec<(String, String)>,
    /// Earlier claim or ledger entry about the same cut.
    pub claimed_before: Option<String>,
}

impl Facts<'_> {
    /// Whether the claim is about a whole procedure rather than a part of its dossier.
    #[must_use]
    pub fn is_about_procedure(&self) -> bool {
        matches!(self.claim.action(), ClaimAction::Abolish | ClaimAction::Merge | ClaimAction::Split)
            || (self.claim.action() == ClaimAction::Unknown && self.claim.document.is_empty())
    }

    /// Whether it is about a paper of the dossier.
    #[must_use]
    pub fn is_about_paper(&self) -> bool {
        !self.is_about_procedure() && !self.claim.document.is_empty() && self.property().is_none()
    }

    /// The property of the procedure it is about, where it is neither a procedure nor a paper.
    #[must_use]
    pub fn property(&self) -> Option<ClaimAction> {
        let action = self.claim.action();
        matches!(
            action,
            ClaimAction::ReduceTime
                | ClaimAction::ReduceFee
                | ClaimAction::ReduceSets
                | ClaimAction::DropCertification
                | ClaimAction::MoveOnline
        )
        .then_some(action)
    }

    /// Whether no catalogue has the procedure.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.before.is_empty() && self.after.is_empty() && self.baseline.as_ref().is_none_or(Vec::is_empty)
    }

    /// Rows that asked for the paper and are gone, in the case that has most of them, because cases are alternatives. A cut
    /// older than the earlier catalogue is counted from the baseline.
    #[must_use]
    pub fn rows_gone(&self) -> i64 {
        let from = if self.rows_before.is_empty() { &self.rows_baseline } else { &self.rows_before };
        most_in_a_case(from).saturating_sub(most_in_a_case(&self.rows_after))
    }
}

fn most_in_a_case(rows: &[Row]) -> i64 {
    let mut cases: BTreeMap<(&str, u32), i64> = BTreeMap::new();
    for row in rows {
        *cases.entry((&row.procedure.id, row.request.case_index)).or_default() += 1;
    }
    cases.into_values().max().unwrap_or_default()
}

/// The catalogues between which claims are judged.
#[derive(Debug)]
pub struct Years<'a> {
    /// The base year, where one is given.
    pub baseline: Option<Year<'a>>,
    /// Before the cut.
    pub before: Year<'a>,
    /// After the cut.
    pub after: Year<'a>,
    /// What became of the procedures of `before`.
    pub fates: Fates,
    /// What became of the procedures of `baseline` by `before`.
    pub fates_baseline: Fates,
}

/// Looks up what the catalogues say about a claim.
#[must_use]
pub fn gather<'a>(
    claim: &'a Claim,
    years: &Years<'a>,
    book: &RuleBook,
    context: &reading::Context,
    claimed_before: Option<String>,
) -> Facts<'a> {
    let paper = if claim.document.is_empty() { Paper::default() } else { Paper::of(claim, book, context) };
    let before = locate(claim, &years.before);
    let (after, merged_with) = follow(claim, &before, years);
    let baseline = years.baseline.as_ref().map(|year| in_baseline(claim, year, &before, years));
    let rows_baseline = years
        .baseline
        .as_ref()
        .zip(baseline.as_ref())
        .map(|(year, procedures)| paper.rows(year, procedures))
        .unwrap_or_default();
    Facts {
        rows_before: paper.rows(&years.before, &before),
        rows_after: paper.rows(&years.after, &after),
        hidden_after: hidden(&paper, &after, book, context),
        rows_baseline,
        claim,
        paper,
        before,
        after,
        baseline,
        merged_with,
        claimed_before,
    }
}

/// By code, else by name where the claim has no readable code.
fn locate<'a>(claim: &Claim, year: &Year<'a>) -> Vec<&'a Procedure> {
    let found = if claim.code.is_empty() { year.of_name(&claim.name) } else { year.of_code(&claim.code) };
    found.to_vec()
}

fn follow<'a>(claim: &Claim, before: &[&'a Procedure], years: &Years<'a>) -> (Vec<&'a Procedure>, Vec<&'a str>) {
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    let mut merged: BTreeSet<&str> = BTreeSet::new();
    for procedure in before {
        if let Some((_, fate)) = years.fates.get_key_value(&procedure.id) {
            ids.extend(fate.successors.iter().map(String::as_str));
            let known =
                fate.merged_with.iter().filter_map(|id| years.before.catalog.procedures.iter().find(|p| p.id == *id));
            merged.extend(known.map(|p| p.id.as_str()));
        }
    }
    let mut after: Vec<&Procedure> =
        years.after.catalog.procedures.iter().filter(|p| ids.contains(p.id.as_str())).collect();
    if before.is_empty() {
        after = locate(claim, &years.after);
    }
    (after, merged.into_iter().collect())
}

/// The procedures of the baseline that are, or became, those of the claim.
fn in_baseline<'a>(claim: &Claim, year: &Year<'a>, before: &[&Procedure], years: &Years<'a>) -> Vec<&'a Procedure> {
    let became = |p: &Procedure| {
        years.fates_baseline.get(&p.id).is_some_and(|f| before.iter().any(|b| f.successors.contains(&b.id)))
    };
    let mut found: Vec<&Procedure> = year.catalog.procedures.iter().filter(|p| became(p)).collect();
    for procedure in locate(claim, year) {
        if !found.iter().any(|p| p.id == procedure.id) {
            found.push(procedure);
        }
    }
    found
}

fn hidden(paper: &Paper, after: &[&Procedure], book: &RuleBook, context: &reading::Context) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for procedure in after.iter().filter(|_| !paper.kinds.is_empty()) {
        for assessment in reading::read_hidden(book, procedure, context) {
            if paper.kinds.contains(&assessment.kind) {
                found.push((assessment.request_id, assessment.quote));
            }
        }
    }
    found
}
