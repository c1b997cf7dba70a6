//! What each step of a procedure does, and which needless steps the text shows.
//!
//! The text of the steps is divided into clauses. In each, phrases of the rule files tell acts ("kiểm tra thành phần hồ
//! sơ"), the bodies that do them ("Sở Tư pháp") and what governs the clause ("trường hợp hồ sơ chưa đầy đủ"). An act
//! counts where its surroundings hold and no condition mutes it. Needless steps follow from the acts in order.

mod clause;
mod counting;
#[cfg(test)]
mod frames;
mod gold;
mod grammar;
mod parties;
mod patterns;
mod repeats;
mod sentence;
mod tables;
mod told;

pub use gold::{StepDifference, StepEvaluation, StepLabels, StepOutcome, Tally, evaluate_steps, run_step_examples};
pub use tables::act_table;

use crate::catalog::{Catalog, Procedure, Step};
use crate::rule::{ActBook, ActClass, Party, Pattern, Standing};
use crate::text::fold;
use rayon::prelude::*;

/// Who does an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doer {
    /// Kind of body or person.
    pub party: Party,
    /// Its name, folded, as far as the text tells it; empty for an applicant who is not named.
    pub name: String,
}

/// Something done in a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Id of the step.
    pub step_id: String,
    /// What is done.
    pub class: ActClass,
    /// Who does it, where the clause says so.
    pub doer: Option<Doer>,
    /// Characters of the step's text that tell it, half-open.
    pub span: (usize, usize),
    /// The words that tell it, as written.
    pub words: String,
    /// The clause, as written.
    pub quote: String,
    /// The state of things it is told for.
    pub standing: Standing,
    /// Told for one of several ways of submitting.
    pub by_channel: bool,
    /// Number of the clause within the procedure, from 0.
    pub clause: usize,
}

/// A needless or duplicated step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepPattern {
    /// What kind.
    pub pattern: Pattern,
    /// Id of the step.
    pub step_id: String,
    /// Characters of the step's text, half-open.
    pub span: (usize, usize),
    /// The clause that shows it, as written.
    pub quote: String,
    /// True where the guide leaves the reading open: see `GUIDE-steps`.
    pub is_open: bool,
}

/// What the steps of a procedure do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProcedureActs {
    /// Acts in the order of the text.
    pub acts: Vec<Act>,
    /// Needless steps, at most one of each kind, in the order of the vocabulary.
    pub patterns: Vec<StepPattern>,
}

/// Reads the steps of a procedure.
#[must_use]
pub fn read(book: &ActBook, procedure: &Procedure) -> ProcedureActs {
    let steps = &procedure.steps[..once(procedure)];
    let repeated = repeats::find(steps);
    let mut reader = read_steps(book, steps, &repeated, &[]);
    let mut missing = Vec::new();
    for class in [ActClass::Submit, ActClass::Decide] {
        if reader.acts.iter().any(|a| a.class == class) {
            continue;
        }
        let wanted = [missing.as_slice(), &[class]].concat();
        let again = read_steps(book, steps, &repeated, &wanted);
        if is_found(class, &again.acts) {
            (reader, missing) = (again, wanted);
        }
    }
    let acts = patterns::settle(reader.acts, &reader.clauses);
    let patterns = patterns::find(book, procedure, &acts, &reader.clauses);
    ProcedureActs { acts, patterns }
}

/// Whether an act that was missing has been found: for a decision, what a refusal right behind it is the other answer of.
fn is_found(class: ActClass, acts: &[Act]) -> bool {
    let at = acts.iter().position(|a| a.class == class);
    at.is_some_and(|at| class != ActClass::Decide || acts.get(at + 1).is_some_and(|a| a.class == ActClass::Refuse))
}

fn read_steps<'b>(
    book: &'b ActBook,
    steps: &[Step],
    repeated: &[Vec<bool>],
    missing: &[ActClass],
) -> grammar::Reader<'b> {
    let mut reader = grammar::Reader::new(book, missing.to_vec());
    for (index, step) in steps.iter().enumerate() {
        let again = index > 0 && same_text(step, &steps[index - 1]);
        if !again {
            reader.step(index, step, &repeated[index]);
        }
    }
    reader
}

/// How many steps there are before the whole text is printed a second time.
fn once(procedure: &Procedure) -> usize {
    let steps = &procedure.steps;
    let half = steps.len() / 2;
    let is_twice =
        half > 0 && steps.len().is_multiple_of(2) && (0..half).all(|i| same_text(&steps[i], &steps[half + i]));
    if is_twice { half } else { steps.len() }
}

fn same_text(a: &Step, b: &Step) -> bool {
    fold(&a.text).split_whitespace().eq(fold(&b.text).split_whitespace())
}

/// Reads the steps of every procedure, in the order of the catalogue.
#[must_use]
pub fn read_all(book: &ActBook, catalog: &Catalog) -> Vec<ProcedureActs> {
    catalog.procedures.par_iter().map(|p| read(book, p)).collect()
}
