//! How well the steps are read: patterns by F1, the order of acts by edit distance, on procedures people have labelled.

use super::read;
use crate::catalog::{Procedure, Step};
use crate::rule::{ActBook, ActClass, Pattern, StepExample};
use std::collections::{BTreeMap, BTreeSet};

/// What people read in the steps of a procedure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepLabels {
    /// Patterns.
    pub patterns: BTreeSet<Pattern>,
    /// Acts in order.
    pub sequence: Vec<ActClass>,
}

/// What differs in one procedure.
#[derive(Debug, Clone, PartialEq)]
pub struct StepDifference {
    /// Id of the procedure in the labelled set.
    pub id: String,
    /// Labelled only.
    pub missing: Vec<Pattern>,
    /// Read only; the flag tells a case that the guide leaves open.
    pub noisy: Vec<(Pattern, bool)>,
    /// Acts as labelled.
    pub labelled: Vec<ActClass>,
    /// Acts as read.
    pub got: Vec<ActClass>,
    /// The words that told them.
    pub words: Vec<String>,
    /// Edits between the two.
    pub distance: usize,
}

/// Figures of one pattern.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Labelled and read.
    pub both: usize,
    /// Of these, read as a case the guide leaves open.
    pub both_open: usize,
    /// Read only.
    pub noisy: usize,
    /// Of these, read as a case the guide leaves open.
    pub noisy_open: usize,
    /// Labelled only.
    pub missing: usize,
}

/// Figures over a labelled set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StepEvaluation {
    /// Procedures.
    pub procedures: usize,
    /// Counts a pattern.
    pub patterns: BTreeMap<Pattern, Tally>,
    /// Sum over the procedures of 1 − distance / longer length.
    pub order: f64,
    /// Procedures that differ.
    pub differing: Vec<StepDifference>,
}

impl StepEvaluation {
    /// Precision, recall and F1 over all patterns; without the open cases when `closed`.
    #[must_use]
    pub fn figures(&self, closed: bool) -> (f64, f64, f64) {
        let open = |n: usize| if closed { n } else { 0 };
        let both: usize = self.patterns.values().map(|t| t.both - open(t.both_open)).sum();
        let noisy: usize = self.patterns.values().map(|t| t.noisy - open(t.noisy_open)).sum();
        let missing: usize = self.patterns.values().map(|t| t.missing).sum();
        (share(both, both + noisy), share(both, both + missing), share(2 * both, 2 * both + noisy + missing))
    }

    /// Mean of 1 − edit distance / longer length.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "counts of labelled procedures are small")]
    pub fn order_mean(&self) -> f64 {
        if self.procedures == 0 { 1.0 } else { self.order / self.procedures as f64 }
    }
}

/// 1 when there is nothing to count.
#[allow(clippy::cast_precision_loss, reason = "counts of labelled procedures are small")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Compares what is read in procedures with their labels.
#[must_use]
pub fn evaluate_steps(book: &ActBook, labelled: &[(String, Procedure, StepLabels)]) -> StepEvaluation {
    let mut result = StepEvaluation::default();
    for (id, procedure, labels) in labelled {
        let told = read(book, procedure);
        let got: Vec<ActClass> = told.acts.iter().map(|a| a.class).collect();
        let found: BTreeMap<Pattern, bool> = told.patterns.iter().map(|p| (p.pattern, p.is_open)).collect();
        let distance = edits(&labels.sequence, &got);
        let mut difference = StepDifference {
            id: id.clone(),
            missing: Vec::new(),
            noisy: Vec::new(),
            labelled: labels.sequence.clone(),
            got,
            words: told.acts.into_iter().map(|a| a.words).collect(),
            distance,
        };
        for pattern in Pattern::ALL {
            let tally = result.patterns.entry(*pattern).or_default();
            match (labels.patterns.contains(pattern), found.get(pattern)) {
                (true, Some(open)) => {
                    tally.both += 1;
                    tally.both_open += usize::from(*open);
                }
                (false, Some(open)) => {
                    tally.noisy += 1;
                    tally.noisy_open += usize::from(*open);
                    difference.noisy.push((*pattern, *open));
                }
                (true, None) => {
                    tally.missing += 1;
                    difference.missing.push(*pattern);
                }
                (false, None) => {}
            }
        }
        result.procedures += 1;
        let longer = difference.got.len().max(difference.labelled.len());
        result.order += 1.0 - share_of_edits(distance, longer);
        if distance > 0 || !difference.missing.is_empty() || !difference.noisy.is_empty() {
            result.differing.push(difference);
        }
    }
    result
}

fn share_of_edits(distance: usize, longer: usize) -> f64 {
    if longer == 0 { 0.0 } else { share(distance, longer) }
}

/// Levenshtein distance.
fn edits(a: &[ActClass], b: &[ActClass]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

/// An example of a rule file that is read otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepOutcome {
    /// The example.
    pub example: StepExample,
    /// What was read.
    pub got: Vec<String>,
}

/// Runs the examples of the rule files about steps; an empty answer is a pass.
#[must_use]
pub fn run_step_examples(book: &ActBook) -> Vec<StepOutcome> {
    book.examples
        .iter()
        .filter_map(|example| {
            let step = Step { text: example.text.clone(), ..Step::default() };
            let told = read(book, &Procedure { steps: vec![step], ..Procedure::default() });
            let got: Vec<String> = if example.of_patterns {
                told.patterns.iter().map(|p| p.pattern.as_str().to_owned()).collect()
            } else {
                told.acts.iter().map(|a| a.class.as_str().to_owned()).collect()
            };
            (got != example.expect).then(|| StepOutcome { example: example.clone(), got })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ActClass::{Decide, Receive, Refuse, Submit};

    #[test]
    fn examples_of_the_rule_files_hold() {
        let book = ActBook::load(&crate::rule::RuleFiles::embedded()).unwrap();
        assert!(!book.examples.is_empty());
        assert_eq!(run_step_examples(&book), []);
    }

    #[test]
    fn counts_edits() {
        for (a, b, expected) in [
            (vec![], vec![], 0),
            (vec![Submit], vec![], 1),
            (vec![Submit, Receive, Decide], vec![Submit, Decide], 1),
            (vec![Submit, Decide, Refuse], vec![Receive, Submit, Decide], 2),
        ] {
            assert_eq!(edits(&a, &b), expected);
            assert_eq!(edits(&b, &a), expected);
        }
    }
}
