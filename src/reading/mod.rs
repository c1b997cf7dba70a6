//! What one request really asks for, and whether data can take its place.
//!
//! A row is folded and scanned once ([`scan`](self)): phrases of the rule book and marks of structure. A shallow
//! grammar decides for each kind named whether it is demanded or only mentioned; cues in scope (not to be submitted,
//! only where data fails, foreign, surrendered …) then give one verdict a kind. The words are all in `rules/`.

mod abroad;
mod around;
mod claimed;
mod examples;
mod excuse;
mod explain;
mod gold;
mod grammar;
mod hidden;
mod judge;
mod notes;
mod reason;
mod scan;
mod standing;
mod state;
mod surrender;
mod tables;
mod verdict;

pub use claimed::{Claim, ClaimedEvaluation, ClaimedRow, evaluate_claimed};
pub use examples::{Outcome, OutcomeKind, run_examples};
pub use explain::{Explanation, Mark, explain};
pub use gold::{Evaluation, GoldRow, evaluate};
pub use hidden::{Hidden, hidden_demands, read_hidden};
pub use reason::Reason;
pub use tables::{assessment_table, hidden_table};

use crate::catalog::{Catalog, Procedure, Request};
use crate::rule::{Competence, Person, Readiness, Register, RuleBook, Verdict};
use crate::text::{Folded, fold, fold_with_offsets};
use around::{Around, counts};
use jiff::civil::Date;
use judge::{Judgement, judge};
use notes::heed_notes;
use rayon::prelude::*;
use standing::standing;

/// What a reading depends on beside the rules and the catalogue.
#[derive(Debug, Clone)]
pub struct Context {
    /// Replaces the clock: grounds must be in force on this day.
    pub as_of: Date,
    /// State of the databases on the platform.
    pub register: Register,
}

/// The verdict on one kind of one request: a row of the `assessments` table.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The request (or step) read.
    pub request_id: String,
    /// Kind of document; empty when the row names none.
    pub kind: String,
    /// Verdict; [`Verdict::None`] when the row names no kind. Such a row counts in no figure.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// Code of the rule of the kind.
    pub rule: String,
    /// Database that answers it; empty when there is none.
    pub source: String,
    /// Ground in force on the as-of day: document and article. After it lapsed: empty.
    pub ground: String,
    /// Code of the ground, of the lapsed one when none is in force any more.
    pub ground_code: String,
    /// Whether the replacement can be made today.
    pub readiness: Readiness,
    /// Who may change the procedure; none when there is nothing to replace.
    pub competence: Option<Competence>,
    /// From 0 to 1: how sure the reading is.
    pub confidence: f64,
    /// First character of the words it rests on, in the request's text.
    pub span_start: usize,
    /// Character after the last.
    pub span_end: usize,
    /// The words.
    pub quote: String,
    /// Whose document it is, where the row says so.
    pub whose: Option<Person>,
    /// Words that decided: spans of characters.
    pub cues: Vec<(usize, usize)>,
}

/// Reads every request of a catalogue, in the order of its tables.
#[must_use]
pub fn read(book: &RuleBook, catalog: &Catalog, context: &Context) -> Vec<Assessment> {
    let each: Vec<Vec<Assessment>> = catalog.procedures.par_iter().map(|p| read_procedure(book, p, context)).collect();
    each.into_iter().flatten().collect()
}

/// Reads the requests of one procedure, and what its notes say of them.
#[must_use]
pub fn read_procedure(book: &RuleBook, procedure: &Procedure, context: &Context) -> Vec<Assessment> {
    let around = Around::of(book, procedure);
    let mut assessments: Vec<Assessment> =
        procedure.requests.iter().flat_map(|r| read_in(book, procedure, &around, r, context)).collect();
    heed_notes(procedure, &mut assessments);
    assessments
}

/// Reads one request by itself, without the notes around it: one assessment a kind, or a single one without kind.
#[must_use]
pub fn read_request(book: &RuleBook, procedure: &Procedure, request: &Request, context: &Context) -> Vec<Assessment> {
    read_in(book, procedure, &Around::of(book, procedure), request, context)
}

fn read_in(
    book: &RuleBook,
    procedure: &Procedure,
    around: &Around,
    request: &Request,
    context: &Context,
) -> Vec<Assessment> {
    let folded = fold_with_offsets(&request.text);
    if !book.lexicon.may_name(&folded.text) && !around.may_call(book, &folded.text) {
        return vec![nothing(request)];
    }
    let scanned = scan::scan(book, &request.text, &folded);
    let mut parsed = grammar::parse(&scanned);
    let case = fold(&request.case_title);
    let row = [folded.text.as_str(), case.as_str(), around.folded_name.as_str()];
    parsed.mentions.retain(|m| {
        let token = &scanned.tokens[m.token];
        let (name, item) = (&folded.text[token.start..token.end], &folded.text[scanned.item(m.token)]);
        counts(&book.kinds[m.kind], name, item, row)
    });
    around.call_by_short_name(book, &folded.text, &scanned, &mut parsed);
    let judgements = judge(&scanned, &parsed, &around.of_case(book, &case), &book.kinds);
    if judgements.is_empty() {
        return vec![nothing(request)];
    }
    let row = Written { request, folded: &folded, scanned: &scanned };
    judgements.iter().map(|j| assessment(book, procedure, around, &row, j, context)).collect()
}

fn nothing(request: &Request) -> Assessment {
    Assessment {
        request_id: request.id.clone(),
        kind: String::new(),
        verdict: Verdict::None,
        reason: Reason::NothingNamed,
        rule: String::new(),
        source: String::new(),
        ground: String::new(),
        ground_code: String::new(),
        readiness: Readiness::NotApplicable,
        competence: None,
        confidence: 1.0,
        span_start: 0,
        span_end: 0,
        quote: String::new(),
        whose: None,
        cues: Vec::new(),
    }
}

struct Written<'r> {
    request: &'r Request,
    folded: &'r Folded,
    scanned: &'r scan::Scan,
}

impl Written<'_> {
    fn span(&self, token: usize) -> (usize, usize) {
        let token = &self.scanned.tokens[token];
        self.folded.char_span(token.start, token.end)
    }
}

fn assessment(
    book: &RuleBook,
    procedure: &Procedure,
    around: &Around,
    row: &Written<'_>,
    j: &Judgement,
    context: &Context,
) -> Assessment {
    let kind = &book.kinds[j.kind];
    let (span_start, span_end) = row.span(j.token);
    let quote = row.request.text.chars().skip(span_start).take(span_end - span_start).collect();
    let mut a = Assessment {
        kind: kind.kind.clone(),
        verdict: j.verdict,
        reason: j.reason,
        rule: kind.code.clone(),
        source: kind.source.map(|s| book.sources[s].source.clone()).unwrap_or_default(),
        confidence: j.confidence,
        span_start,
        span_end,
        quote,
        whose: j.whose,
        cues: j.cues.iter().map(|c| row.span(*c)).collect(),
        ..nothing(row.request)
    };
    if j.verdict.is_positive() {
        let stands = standing(book, j.kind, &procedure.code, context);
        a.ground = stands.ground;
        a.ground_code = stands.ground_code;
        a.readiness = stands.readiness;
        a.competence = stands.competence.map(|c| if around.is_local { Competence::City } else { c });
    }
    a
}
