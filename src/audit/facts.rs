//! What the catalogues say about one claim: which procedure and which dossier rows it speaks of, and what became of them.

use super::claim::Claim;
use super::paper::{Demand, Paper, Row};
use crate::catalog::{Catalog, Procedure, Request};
use crate::progress::{Change, ChangeItem, ChangeKind, Flow};
use crate::reading::{self, Assessment};
use crate::rule::{ClaimAction, RuleBook};
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

    /// What the requests of a row were read as.
    pub(super) fn readings(&self, request: &Request) -> &[&'a Assessment] {
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

/// What became of a dossier row of the earlier catalogue, as the comparison of the two catalogues found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// What happened.
    pub kind: ChangeKind,
    /// Whether it is a row no more.
    pub is_out: bool,
    /// Id of the row it became or went into; empty when there is none.
    pub to: String,
}

/// Moves by id of the row before. A row that is not here stands as it stood.
pub type Moves = BTreeMap<String, Move>;

/// The moves among the changes of a comparison.
#[must_use]
pub fn moves(changes: &[Change]) -> Moves {
    let mut moves = Moves::new();
    let rows =
        changes.iter().filter(|c| c.item == ChangeItem::Request && c.flow != Flow::In && !c.item_before.is_empty());
    for change in rows {
        let found = Move { kind: change.kind, is_out: change.flow == Flow::Out, to: change.item_after.clone() };
        // Other numbers of copies are told beside other words; the words are what matters.
        let entry = moves.entry(change.item_before.clone()).or_insert_with(|| found.clone());
        if entry.kind == ChangeKind::CopiesChanged {
            *entry = found;
        }
    }
    moves
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
    /// What became of the dossier rows of `before`.
    pub moves: Moves,
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
    let (rows_before, is_exact) = paper.closest(paper.rows(&years.before, &before));
    let (rows_before, is_exact) = changed(&paper, rows_before, is_exact, years);
    Facts {
        rows_after: rows_after(&paper, &rows_before, is_exact, &before, &after, years),
        rows_before,
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

/// Of several rows whose words fit equally well, a claim of a change means those that changed.
fn changed<'a>(paper: &Paper, rows: Vec<Row<'a>>, is_exact: bool, years: &Years) -> (Vec<Row<'a>>, bool) {
    if is_exact || !paper.kinds.is_empty() {
        return (rows, is_exact);
    }
    let has_moved = |row: &&Row| years.moves.contains_key(&row.request.id);
    let moved: Vec<Row> = rows.iter().filter(has_moved).copied().collect();
    if moved.is_empty() { (rows, false) } else { (moved, true) }
}

/// Rows of the later catalogue that ask for the paper: what the rows before became, and others that name it. Where the claim
/// names one row in its own words, heirs of other rows are no business of it.
fn rows_after<'a>(
    paper: &Paper,
    rows_before: &[Row<'a>],
    is_exact: bool,
    before: &[&'a Procedure],
    after: &[&'a Procedure],
    years: &Years<'a>,
) -> Vec<Row<'a>> {
    let all = || after.iter().flat_map(|p| p.requests.iter().map(move |r| (*p, r)));
    let mut rows: Vec<Row> = Vec::new();
    for row in rows_before {
        let found = match years.moves.get(&row.request.id) {
            None => {
                let same = all().find(|(_, r)| !r.is_note && fold(&r.text) == fold(&row.request.text));
                same.map(|(procedure, request)| Row { procedure, request, ..*row })
            }
            Some(m) if m.kind == ChangeKind::RequestDropped => None,
            Some(m) => {
                let heir = all().find(|(_, r)| r.id == m.to);
                let demand = match m.kind {
                    ChangeKind::RequestFallback => Demand::Fallback,
                    _ => heir
                        .and_then(|(_, r)| paper.demand(r, years.after.readings(r)))
                        .filter(|_| !m.is_out)
                        .unwrap_or(Demand::Demanded),
                };
                let place = (m.is_out || m.kind == ChangeKind::RequestHidden).then_some(m.kind);
                let (procedure, request) =
                    heir.unwrap_or((after.first().copied().unwrap_or(row.procedure), row.request));
                Some(Row { procedure, request, demand, place })
            }
        };
        rows.extend(found);
    }
    let heirs: BTreeMap<&str, &str> = years.moves.iter().map(|(from, m)| (m.to.as_str(), from.as_str())).collect();
    let texts: BTreeMap<&str, &str> =
        before.iter().flat_map(|p| &p.requests).map(|r| (r.id.as_str(), r.text.as_str())).collect();
    let is_other = |request: &Request| {
        let origin = heirs.get(request.id.as_str());
        // the heir of another row took the paper in
        let was_without = origin.and_then(|id| texts.get(id)).is_some_and(|text| !paper.stands_in(text));
        if was_without && paper.stands_in(&request.text) {
            return false;
        }
        let own = |id: &str| rows_before.iter().any(|r| r.request.id == id);
        let stood = || before.iter().flat_map(|p| &p.requests).find(|r| fold(&r.text) == fold(&request.text));
        origin.map_or_else(|| stood().is_some_and(|r| !own(&r.id)), |id| !own(id))
    };
    for row in paper.rows(&years.after, after) {
        let is_known = rows.iter().any(|r| r.request.id == row.request.id);
        if !(is_known || is_exact && is_other(row.request)) {
            rows.push(row);
        }
    }
    rows
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
