//! How well the rules read rows that people have labelled: precision, recall, F1, verdict accuracy.

use super::{Context, read_request};
use crate::catalog::{Procedure, Request};
use crate::error::{Error, Result};
use crate::rule::{RuleBook, Verdict};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A kind of a labelled row that was read otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldRow {
    /// Id of the row.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// Verdicts accepted; `mention` also where the kind is not labelled.
    pub accepted: Vec<Verdict>,
    /// Verdict read; `mention` also where the kind was not found.
    pub got: Verdict,
    /// Text of the row.
    pub text: String,
}

/// Figures over a labelled set. A positive is a kind of a row judged `replace` or `partial`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evaluation {
    /// Rows read.
    pub rows: usize,
    /// Positives both labelled and read.
    pub true_positives: usize,
    /// Positives read only.
    pub false_positives: usize,
    /// Positives labelled only.
    pub false_negatives: usize,
    /// Kinds of rows with a verdict other than `mention` on either side.
    pub judged: usize,
    /// Of these, how many verdicts are among those accepted.
    pub agreed: usize,
    /// Number of kinds by first accepted verdict and verdict read.
    pub confusion: BTreeMap<(Verdict, Verdict), usize>,
    /// What differs, by row and kind.
    pub differing: Vec<GoldRow>,
}

impl Evaluation {
    /// Share of positives read that are labelled.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.true_positives, self.true_positives + self.false_positives)
    }

    /// Share of positives labelled that are read.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.true_positives, self.true_positives + self.false_negatives)
    }

    /// Harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(&self) -> f64 {
        share(2 * self.true_positives, 2 * self.true_positives + self.false_positives + self.false_negatives)
    }

    /// Share of verdicts among those accepted.
    #[must_use]
    pub fn verdict_accuracy(&self) -> f64 {
        share(self.agreed, self.judged)
    }
}

/// 1 when there is nothing to count.
#[allow(clippy::cast_precision_loss, reason = "counts of labelled rows are small")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[derive(Deserialize)]
struct Line {
    id: String,
    labels: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    kind: String,
    verdict: String,
}

type Labels = BTreeMap<String, BTreeMap<String, Vec<Verdict>>>;

/// Reads labelled rows. `rows` is a table separated by tabs with the columns `id`, `procedure`, `case` and
/// `component`; `labels` has one JSON object a line, `{"id", "labels": [{"kind", "verdict"}]}`, where a verdict such as
/// `replace|partial` accepts both. Paths are for messages only.
///
/// # Errors
/// When a column is missing, a line is no such object, or a kind or verdict is unknown.
pub fn evaluate(
    book: &RuleBook,
    (rows_path, rows): (&Path, &str),
    (labels_path, labels): (&Path, &str),
    context: &Context,
) -> Result<Evaluation> {
    let labels = read_labels(book, labels_path, labels)?;
    let mut result = Evaluation::default();
    let mut lines = rows.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().trim_start_matches('\u{feff}').split('\t').collect();
    let column = |name: &str| {
        header
            .iter()
            .position(|h| *h == name)
            .ok_or_else(|| wrong(rows_path, 1, &format!("column `{name}` is missing")))
    };
    let (id, procedure, case, text) = (column("id")?, column("procedure")?, column("case")?, column("component")?);
    let code = column("code").ok();
    for line in lines.filter(|l| !l.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
        let procedure =
            Procedure { name: cell(procedure), code: code.map(cell).unwrap_or_default(), ..Procedure::default() };
        let request = Request { id: cell(id), case_title: cell(case), text: cell(text), ..Request::default() };
        let none = BTreeMap::new();
        count(&mut result, book, &procedure, &request, labels.get(&request.id).unwrap_or(&none), context);
    }
    Ok(result)
}

fn wrong(path: &Path, line: usize, message: &str) -> Error {
    Error::Rule { path: path.to_owned(), message: format!("line {line}: {message}") }
}

fn read_labels(book: &RuleBook, path: &Path, text: &str) -> Result<Labels> {
    let mut labels = Labels::new();
    for (at, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let line: Line = serde_json::from_str(line).map_err(|e| wrong(path, at + 1, &e.to_string()))?;
        let of_row = labels.entry(line.id).or_default();
        for label in line.labels {
            if book.kind(&label.kind).is_none() {
                return Err(wrong(path, at + 1, &format!("unknown kind `{}`", label.kind)));
            }
            let verdicts: Option<Vec<Verdict>> = label.verdict.split('|').map(|w| Verdict::parse(w.trim())).collect();
            let verdicts =
                verdicts.ok_or_else(|| wrong(path, at + 1, &format!("unknown verdict `{}`", label.verdict)))?;
            of_row.insert(label.kind, verdicts);
        }
    }
    Ok(labels)
}

fn count(
    result: &mut Evaluation,
    book: &RuleBook,
    procedure: &Procedure,
    request: &Request,
    labels: &BTreeMap<String, Vec<Verdict>>,
    context: &Context,
) {
    result.rows += 1;
    let read = read_request(book, procedure, request, context);
    let kinds: BTreeSet<&str> = labels
        .keys()
        .map(String::as_str)
        .chain(read.iter().map(|a| a.kind.as_str()))
        .filter(|k| !k.is_empty())
        .collect();
    for kind in kinds {
        let got = read.iter().find(|a| a.kind == kind).map_or(Verdict::Mention, |a| a.verdict);
        let accepted = labels.get(kind).cloned().unwrap_or_else(|| vec![Verdict::Mention]);
        let agrees = accepted.contains(&got);
        let labelled = if agrees { got } else { accepted.first().copied().unwrap_or(Verdict::Mention) };
        match (labelled.is_positive(), got.is_positive()) {
            (true, true) => result.true_positives += 1,
            (false, true) => result.false_positives += 1,
            (true, false) => result.false_negatives += 1,
            (false, false) => {}
        }
        *result.confusion.entry((labelled, got)).or_default() += 1;
        if labelled != Verdict::Mention || got != Verdict::Mention {
            result.judged += 1;
            result.agreed += usize::from(agrees);
        }
        if !agrees {
            result.differing.push(GoldRow {
                id: request.id.clone(),
                kind: kind.to_owned(),
                accepted,
                got,
                text: request.text.clone(),
            });
        }
    }
}
