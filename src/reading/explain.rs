//! Why a request is judged as it is, in a form that a terminal and a report can both show.

use super::{Assessment, Context, read_procedure};
use crate::catalog::{Procedure, Request};
use crate::rule::{Cue, Ground, Kind, RuleBook};
use crate::text::fold;

/// What a marked stretch of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Nothing was read here.
    Plain,
    /// The words an assessment rests on.
    Kind,
    /// Words that decided.
    Cue,
}

/// A row taken apart.
#[derive(Debug, Clone)]
pub struct Explanation<'b> {
    /// Stretches of the text in order; joined they are the text itself. A kind's word is given with [`Mark::Kind`].
    pub pieces: Vec<(Mark, String)>,
    /// For each assessment: itself, its rule, the cue rules that decided with their words, and its ground.
    pub readings: Vec<Reading<'b>>,
}

/// One assessment with everything it rests on.
#[derive(Debug, Clone)]
pub struct Reading<'b> {
    /// The assessment.
    pub assessment: Assessment,
    /// Rule of the kind; none for a row that names none.
    pub kind: Option<&'b Kind>,
    /// Words that decided, and the cue rules they belong to.
    pub cues: Vec<(String, Vec<&'b Cue>)>,
    /// Ground in force, or the one that lapsed.
    pub ground: Option<&'b Ground>,
}

/// Takes a request apart.
#[must_use]
pub fn explain<'b>(book: &'b RuleBook, procedure: &Procedure, request: &Request, context: &Context) -> Explanation<'b> {
    let mut assessments = read_procedure(book, procedure, context);
    assessments.retain(|a| a.request_id == request.id);
    let chars: Vec<char> = request.text.chars().collect();
    let mut marks = vec![Mark::Plain; chars.len()];
    let mut paint = |span: (usize, usize), mark: Mark| {
        for m in marks.iter_mut().take(span.1).skip(span.0) {
            *m = (*m).max(mark);
        }
    };
    for a in &assessments {
        a.cues.iter().for_each(|c| paint(*c, Mark::Cue));
    }
    let mut marks_of_kinds = marks;
    for a in &assessments {
        for m in marks_of_kinds.iter_mut().take(a.span_end).skip(a.span_start) {
            *m = Mark::Kind;
        }
    }
    Explanation { pieces: pieces(&chars, &marks_of_kinds), readings: readings(book, assessments, &chars) }
}

fn pieces(chars: &[char], marks: &[Mark]) -> Vec<(Mark, String)> {
    let mut pieces: Vec<(Mark, String)> = Vec::new();
    for (c, mark) in chars.iter().zip(marks) {
        match pieces.last_mut() {
            Some((last, text)) if last == mark => text.push(*c),
            _ => pieces.push((*mark, c.to_string())),
        }
    }
    pieces
}

fn readings<'b>(book: &'b RuleBook, assessments: Vec<Assessment>, chars: &[char]) -> Vec<Reading<'b>> {
    assessments
        .into_iter()
        .map(|assessment| {
            let word = |span: &(usize, usize)| chars[span.0..span.1].iter().collect::<String>();
            let cues = assessment.cues.iter().map(|span| (word(span), rules_of(book, &word(span)))).collect();
            Reading {
                kind: book.kinds.iter().find(|k| k.code == assessment.rule),
                ground: book.grounds.iter().find(|g| g.code == assessment.ground_code),
                cues,
                assessment,
            }
        })
        .collect()
}

fn rules_of<'b>(book: &'b RuleBook, words: &str) -> Vec<&'b Cue> {
    let folded = fold(words);
    let found: Vec<_> = book.lexicon.find(&folded).map(|f| book.lexicon.meaning(f)).collect();
    book.cues
        .iter()
        .filter(|c| found.iter().any(|m| m.has(c.class) && (c.person.is_none() || m.person == c.person)))
        .collect()
}
