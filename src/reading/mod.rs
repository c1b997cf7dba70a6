//! What one request really asks for, and whether data can take its place.
//!
//! A row is folded and scanned once ([`scan`](self)): phrases of the rule book and marks of structure. A shallow
//! grammar decides for each kind named whether it is demanded or only mentioned; cues in scope (not to be submitted,
//! only where data fails, foreign, surrendered …) then give one verdict a kind. The words are all in `rules/`.

mod claimed;
mod examples;
mod explain;
mod gold;
mod grammar;
mod judge;
mod scan;
mod standing;
mod tables;

pub use claimed::{Claim, ClaimedEvaluation, ClaimedRow, evaluate_claimed};
pub use examples::{Outcome, OutcomeKind, run_examples};
pub use explain::{Explanation, Mark, explain};
pub use gold::{Evaluation, GoldRow, evaluate};
pub use judge::Reason;
pub use tables::{assessment_table, hidden_table};

use crate::catalog::{Catalog, Procedure, Request};
use crate::rule::{Competence, CueClass, Kind, Person, Readiness, Register, Role, RuleBook, Strength, Verdict};
use crate::text::{Folded, fold, fold_with_offsets};
use jiff::civil::Date;
use judge::{Judgement, KindFacts, Surroundings, judge};
use rayon::prelude::*;
use standing::standing;
use std::collections::{BTreeMap, HashSet};

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
    let each: Vec<Vec<Assessment>> = catalog
        .procedures
        .par_iter()
        .map(|p| {
            let around = Around::of(book, p);
            p.requests.iter().flat_map(|r| read_in(book, p, &around, r, context)).collect()
        })
        .collect();
    each.into_iter().flatten().collect()
}

/// Reads one request of a procedure: one assessment a kind, or a single one without kind.
#[must_use]
pub fn read_request(book: &RuleBook, procedure: &Procedure, request: &Request, context: &Context) -> Vec<Assessment> {
    read_in(book, procedure, &Around::of(book, procedure), request, context)
}

/// Hidden demands: kinds demanded by steps, conditions and names of form files rather than by a dossier row.
///
/// The item of a condition is `procedure id/conditions`, of a form file `request id/form`.
/// Nothing is listed where nothing is demanded.
#[must_use]
pub fn read_hidden(book: &RuleBook, procedure: &Procedure, context: &Context) -> Vec<Assessment> {
    let mut texts: Vec<(String, &str)> = procedure.steps.iter().map(|s| (s.id.clone(), s.text.as_str())).collect();
    texts.push((format!("{}/conditions", procedure.id), procedure.conditions.as_str()));
    texts.extend(procedure.requests.iter().map(|r| (format!("{}/form", r.id), r.form_file.as_str())));
    let around = Around::of(book, procedure);
    let mut found = Vec::new();
    for (id, text) in texts {
        let request = Request { id, text: text.to_owned(), ..Request::default() };
        let demands = prose(book, text);
        let assessments = read_in(book, procedure, &around, &request, context);
        found.extend(assessments.into_iter().filter(|a| a.verdict.is_positive() && demands(a.span_start)));
    }
    found
}

/// A demand that stands outside the dossier: see [`read_hidden`].
#[derive(Debug, Clone, PartialEq)]
pub struct Hidden {
    /// Code of the procedure.
    pub code: String,
    /// The procedure's file.
    pub source_file: String,
    /// A row of its dossier demands the same kind.
    pub in_dossier: bool,
    /// What is demanded.
    pub assessment: Assessment,
}

/// The hidden demands of a catalogue, in the order of its tables. `assessments` are those of its dossier rows.
#[must_use]
pub fn hidden_demands(
    book: &RuleBook,
    catalog: &Catalog,
    assessments: &[Assessment],
    context: &Context,
) -> Vec<Hidden> {
    let demanded = |a: &&Assessment| matches!(a.verdict, Verdict::Replace | Verdict::Partial | Verdict::Keep);
    let asked: HashSet<(&str, &str)> =
        assessments.iter().filter(demanded).map(|a| (a.request_id.as_str(), a.kind.as_str())).collect();
    let each: Vec<Vec<Hidden>> = catalog
        .procedures
        .par_iter()
        .map(|p| {
            let found = read_hidden(book, p, context).into_iter();
            let hidden = |a: Assessment| Hidden {
                code: p.code.clone(),
                source_file: p.source.file.clone(),
                in_dossier: p.requests.iter().any(|r| asked.contains(&(r.id.as_str(), a.kind.as_str()))),
                assessment: a,
            };
            found.map(hidden).collect()
        })
        .collect();
    each.into_iter().flatten().collect()
}

/// In prose a paper is demanded only after a verb that demands it, in the same sentence.
fn prose(book: &RuleBook, text: &str) -> impl Fn(usize) -> bool + use<> {
    let folded = fold_with_offsets(text);
    let scanned = scan::scan(book, text, &folded);
    let sentence = |t: &scan::Token| scanned.clauses[t.clause].sentence;
    let places: Vec<(usize, usize, bool)> = scanned
        .tokens
        .iter()
        .map(|t| {
            let demands = [CueClass::Demand, CueClass::Copy, CueClass::Then, CueClass::Must].iter().any(|c| t.has(*c));
            (folded.char_span(t.start, t.end).0, sentence(t), demands)
        })
        .collect();
    move |at| {
        let Some(here) = places.iter().find(|p| p.0 == at) else { return false };
        places.iter().any(|p| p.2 && p.1 == here.1 && p.0 < at)
    }
}

/// What a procedure tells about its requests.
struct Around {
    folded_name: String,
    own: BTreeMap<usize, Strength>,
    foreign: bool,
    /// The name speaks of foreigners, perhaps beside Vietnamese.
    names_foreign: bool,
    is_local: bool,
}

impl Around {
    fn of(book: &RuleBook, procedure: &Procedure) -> Self {
        let name = fold(&procedure.name);
        let mut own = BTreeMap::new();
        let (mut reissues, mut foreign, mut domestic) = (false, false, false);
        for found in book.lexicon.find(&name) {
            let meaning = book.lexicon.meaning(found);
            reissues |= meaning.has(CueClass::Reissue);
            foreign |= meaning.has(CueClass::ForeignSubject);
            domestic |= meaning.has(CueClass::Domestic);
            if let Role::Kind(kind, strength) = meaning.role {
                let known = own.entry(usize::from(kind)).or_insert(strength);
                *known = strength.min(*known);
            }
        }
        if reissues {
            for (at, kind) in book.kinds.iter().enumerate() {
                if kind.procedures.iter().any(|word| has_word(&name, word)) {
                    own.entry(at).or_insert(Strength::Topic);
                }
            }
        } else {
            own.clear();
        }
        let is_local = [&procedure.kind, &procedure.publisher].iter().any(|text| {
            let text = fold(text);
            book.lexicon.find(&text).any(|f| book.lexicon.meaning(f).has(CueClass::Local))
        });
        Around { folded_name: name, own, foreign: foreign && !domestic, names_foreign: foreign, is_local }
    }
}

struct Facts<'b>(&'b [Kind]);

impl KindFacts for Facts<'_> {
    fn always(&self, kind: usize) -> Option<Verdict> {
        self.0[kind].always
    }

    fn follows_nationality(&self, kind: usize) -> bool {
        self.0[kind].follows_nationality
    }

    fn peers(&self, kind: usize) -> &[usize] {
        &self.0[kind].peers
    }
}

fn read_in(
    book: &RuleBook,
    procedure: &Procedure,
    around: &Around,
    request: &Request,
    context: &Context,
) -> Vec<Assessment> {
    let folded = fold_with_offsets(&request.text);
    if !book.lexicon.may_name(&folded.text) {
        return vec![nothing(request)];
    }
    let scanned = scan::scan(book, &request.text, &folded);
    let mut parsed = grammar::parse(&scanned);
    let case = fold(&request.case_title);
    parsed.mentions.retain(|m| counts(&book.kinds[m.kind], &folded.text, &case, &around.folded_name));
    let case_is = |class| book.lexicon.find(&case).any(|f| book.lexicon.meaning(f).has(class));
    let surroundings = Surroundings {
        own: around.own.clone(),
        foreign_procedure: around.foreign,
        foreign_case: case_is(CueClass::ForeignSubject) && !case_is(CueClass::Domestic),
        foreign_party: around.names_foreign && case_is(CueClass::ForeignParty),
    };
    let judgements = judge(&scanned, &parsed, &surroundings, &Facts(&book.kinds));
    if judgements.is_empty() {
        return vec![nothing(request)];
    }
    let row = Written { request, folded: &folded, scanned: &scanned };
    judgements.iter().map(|j| assessment(book, procedure, around, &row, j, context)).collect()
}

/// Whether a kind that depends on its surroundings counts here.
fn counts(kind: &Kind, text: &str, case: &str, procedure: &str) -> bool {
    let occurs = |word: &String| [text, case, procedure].iter().any(|t| has_word(t, word));
    (kind.only_with.is_empty() || kind.only_with.iter().any(occurs)) && !kind.never_with.iter().any(occurs)
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
            && !text[at + word.len()..].chars().next().is_some_and(char::is_alphanumeric)
    })
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
