//! The review workbook `proposals.xlsx`: a summary whose formulas add up the sheets, one sheet an agency with a drop-down, and
//! the decisions that need a look. It is read back by [`read_decisions`](super::read_decisions).

use super::plan_sheets::{connection_sheet, plan_item_sheet, plan_sheet};
use super::proposals::{Proposals, counts, total};
use super::sheet::{Book, Column, Look, Sheet, Value, place_in};
use crate::error::Result;
use crate::propose::{DecisionRow, DecisionState, Drafted};
use crate::rule::Decision;
use std::path::Path;

/// Columns of an agency's sheet that the summary refers to.
const PROCEDURES: usize = 9;
const REQUESTS: usize = 10;
const COPIES: usize = 11;
const STEPS: usize = 12;
const SAVED: usize = 15;
const HOURS: usize = 16;
const DECISION: usize = 18;

/// Writes the review workbook.
///
/// # Errors
/// When it cannot be written.
pub fn proposals_xlsx(proposals: &Proposals, path: &Path) -> Result<()> {
    let mut book = Book::new(&proposals.text("proposals-title", &[]), proposals.as_of);
    let agencies = proposals.by_agency();
    let summary_name = proposals.text("proposals-summary", &[]);
    let mut names = Book::new("", proposals.as_of);
    names.reserve(&summary_name);
    let sheets: Vec<Sheet> = agencies.iter().map(|(agency, list)| agency_sheet(proposals, agency, list)).collect();
    let named: Vec<String> = sheets.iter().map(|s| names.reserve(&s.name)).collect();
    book.add(&summary(proposals, &agencies, &sheets, &named, summary_name))?;
    for sheet in &sheets {
        book.add(sheet)?;
    }
    let plans = [connection_sheet(proposals), plan_sheet(proposals), plan_item_sheet(proposals)];
    for sheet in plans.into_iter().filter(|s| !s.rows.is_empty()).chain(decision_sheets(proposals)) {
        book.add(&sheet)?;
    }
    book.save(path)
}

fn agency_sheet(p: &Proposals, agency: &str, list: &[&Drafted]) -> Sheet {
    let t = |key: &str| p.text(key, &[]);
    let review = &p.actions.review;
    let choices = review.choices.iter().map(|(_, title)| p.of(title).to_owned()).collect();
    let columns = vec![
        Column::new(p.of(&review.columns.id), 16.0, Look::Text),
        Column::new(t("proposals-code"), 11.0, Look::Text),
        Column::new(t("proposals-procedure"), 30.0, Look::Text),
        Column::new(t("proposals-action"), 16.0, Look::Text),
        Column::new(t("proposals-content"), 42.0, Look::Text),
        Column::new(t("proposals-reason"), 42.0, Look::Text),
        Column::new(t("proposals-execution"), 42.0, Look::Text),
        Column::new(t("proposals-competence"), 13.0, Look::Text),
        Column::new(t("proposals-certainty"), 11.0, Look::Text),
        Column::new(t("proposals-procedures"), 9.0, Look::Whole).summed(),
        Column::new(t("proposals-requests"), 9.0, Look::Whole).summed(),
        Column::new(t("proposals-copies"), 9.0, Look::Whole).summed(),
        Column::new(t("proposals-steps"), 9.0, Look::Whole).summed(),
        Column::new(t("proposals-before"), 15.0, Look::Whole),
        Column::new(t("proposals-after"), 15.0, Look::Whole),
        Column::new(t("proposals-saved"), 15.0, Look::Whole).summed(),
        Column::new(t("proposals-hours"), 11.0, Look::Decimal).summed(),
        Column::new(t("proposals-covered"), 16.0, Look::Text),
        Column::new(p.of(&review.columns.decision), 14.0, Look::Text).choice(choices),
        Column::new(p.of(&review.columns.note), 28.0, Look::Text).open(),
        Column::new(p.of(&review.columns.decided_by), 20.0, Look::Text).open(),
    ];
    let mut sheet = Sheet {
        name: agency.to_owned(),
        title: p.text("proposals-sheet-title", &[("agency", agency)]),
        notes: vec![t("proposals-sheet-note"), t("proposals-cost-note")],
        columns,
        rows: Vec::new(),
        total: t("proposals-total"),
        protect: true,
    };
    let first = sheet.header_row() + 1;
    sheet.rows = list.iter().zip(first..).map(|(d, row)| cells(p, d, row)).collect();
    sheet
}

fn cells(p: &Proposals, d: &Drafted, row: u32) -> Vec<Value> {
    let procedure = p.procedure(d);
    let opinion = d.outcome.opinion.as_ref();
    let whole = |n: u64| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    let saved = match d.saved.year.map(|p| p.vnd) {
        Some(saved) => difference(row, saved),
        None => Value::Empty,
    };
    let covered = match d.outcome.decision() {
        Some(Decision::Reject) => p.decision(d),
        _ => d.covered_by.clone(),
    };
    vec![
        d.proposal.id.as_str().into(),
        procedure.code.as_str().into(),
        procedure.name.as_str().into(),
        p.of(&d.proposal.title).into(),
        p.of(&d.proposal.content).into(),
        p.of(&d.proposal.reason).into(),
        p.of(&d.proposal.execution).into(),
        p.text(&format!("competence-{}", d.proposal.competence.as_str()), &[]).into(),
        p.text(&format!("certainty-{}", d.proposal.certainty.as_str()), &[]).into(),
        whole(d.saved.procedures),
        whole(d.saved.requests),
        whole(d.saved.copies),
        whole(d.saved.steps),
        Value::int(d.before.year.map(|p| p.vnd)),
        Value::int(d.after.year.map(|p| p.vnd)),
        saved,
        d.saved.year.map_or(Value::Empty, |p| Value::Number(crate::propose::hours(p.minutes))),
        covered.into(),
        p.decision(d).into(),
        opinion.map_or("", |o| &o.note).into(),
        opinion.map_or("", |o| &o.decided_by).into(),
    ]
}

/// Cost before less cost after, which Excel works out again.
fn difference(row: u32, saved: i64) -> Value {
    use super::sheet::place;
    Value::formula(format!("={}-{}", place(row, SAVED - 2), place(row, SAVED - 1)), saved)
}

/// One row an agency; every number is a formula over its sheet.
fn summary(
    p: &Proposals,
    agencies: &[(String, Vec<&Drafted>)],
    sheets: &[Sheet],
    named: &[String],
    name: String,
) -> Sheet {
    let t = |key: &str| p.text(key, &[]);
    let mut columns = vec![
        Column::new(t("proposals-agency"), 40.0, Look::Text),
        Column::new(t("proposals-number"), 11.0, Look::Whole).summed(),
    ];
    columns.extend(p.actions.review.choices.iter().map(|(_, w)| Column::new(p.of(w), 11.0, Look::Whole).summed()));
    for key in ["proposals-procedures", "proposals-requests", "proposals-copies", "proposals-steps"] {
        columns.push(Column::new(t(key), 11.0, Look::Whole).summed());
    }
    columns.push(Column::new(t("proposals-saved"), 18.0, Look::Whole).summed());
    columns.push(Column::new(t("proposals-accepted-saved"), 18.0, Look::Whole).summed());
    columns.push(Column::new(t("proposals-hours"), 14.0, Look::Decimal).summed());
    let rows = agencies
        .iter()
        .zip(sheets.iter().zip(named))
        .map(|((agency, list), (sheet, name))| summary_row(p, agency, list, sheet, name))
        .collect();
    let baseline = &p.counted.baseline;
    let sizes =
        counts(&baseline.amounts).map(|(key, n)| format!("{}: {}", t(key), p.whole(n.try_into().unwrap_or(i64::MAX))));
    let missing = p.whole(i64::try_from(baseline.unpriced).unwrap_or(i64::MAX));
    let mut notes = vec![
        p.text("proposals-baseline", &[("sizes", &sizes.join("; "))]),
        p.text(
            "proposals-missing",
            &[("number", &missing), ("procedures", &p.whole(i64::try_from(baseline.number).unwrap_or(i64::MAX)))],
        ),
        p.text("proposals-made", &[("as_of", p.as_of), ("rules", p.rules.get(..12).unwrap_or(p.rules))]),
    ];
    if let Some(cost) = baseline.amounts.year.map(|p| p.vnd) {
        notes.insert(1, p.text("proposals-baseline-cost", &[("vnd", &p.whole(cost))]));
    }
    Sheet { name, title: t("proposals-title"), notes, columns, rows, total: t("proposals-total"), protect: false }
}

fn summary_row(p: &Proposals, agency: &str, list: &[&Drafted], sheet: &Sheet, name: &str) -> Vec<Value> {
    let first = sheet.header_row() + 1;
    let last = sheet.header_row() + u32::try_from(list.len()).unwrap_or(u32::MAX);
    let range = |column: usize| {
        let end = place_in(name, last, column);
        let end = end.rsplit('!').next().unwrap_or_default();
        format!("{}:{end}", place_in(name, first, column))
    };
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut row = vec![agency.into(), Value::formula(format!("=COUNTA({})", range(0)), whole(list.len()))];
    for (decision, title) in &p.actions.review.choices {
        let number = list.iter().filter(|d| d.outcome.decision() == Some(*decision)).count();
        row.push(Value::formula(format!("=COUNTIF({},\"{}\")", range(DECISION), p.of(title)), whole(number)));
    }
    let sum = total(list.iter().copied());
    let of_total = |column: usize| format!("={}", place_in(name, sheet.total_row(), column));
    for ((_, n), column) in counts(&sum.amounts).into_iter().zip([PROCEDURES, REQUESTS, COPIES, STEPS]) {
        row.push(Value::formula(of_total(column), i64::try_from(n).unwrap_or(i64::MAX)));
    }
    let number = |value: Option<i64>| value.and_then(|v| Value::Int(v).number());
    row.push(Value::Formula(of_total(SAVED), number(sum.amounts.year.map(|p| p.vnd))));
    let accepted = total(list.iter().copied().filter(|d| d.outcome.decision() == Some(Decision::Accept)));
    let accept = p.actions.review.word(Decision::Accept).map_or("", |w| p.of(w));
    let saved = range(SAVED);
    let formula = format!("=IF(COUNT({saved})=0,\"\",SUMIF({},\"{accept}\",{saved}))", range(DECISION));
    row.push(Value::Formula(formula, number(sum.amounts.year.map(|_| accepted.amounts.year.unwrap_or_default().vnd))));
    row.push(Value::Formula(of_total(HOURS), sum.amounts.year.map(|p| crate::propose::hours(p.minutes))));
    row
}

/// Decisions without a proposal, which are read back so that they are there again when it comes back; and those in doubt, which
/// are not read back.
fn decision_sheets(p: &Proposals) -> Vec<Sheet> {
    let t = |key: &str| p.text(key, &[]);
    let columns = &p.actions.review.columns;
    let of = |state: fn(DecisionState) -> bool| p.decisions.iter().filter(move |r| state(r.state));
    let stale: Vec<Vec<Value>> = of(|s| s == DecisionState::Stale).map(|r| stale_row(p, r)).collect();
    let doubtful: Vec<Vec<Value>> = of(|s| !matches!(s, DecisionState::Stale | DecisionState::Applied))
        .map(|r| {
            let mut row = vec![t(&format!("decision-{}", r.state.as_str())).into()];
            row.extend(stale_row(p, r));
            row.extend([
                r.opinion.file.as_str().into(),
                r.opinion.sheet.as_str().into(),
                Value::Int(i64::from(r.opinion.row)),
            ]);
            row
        })
        .collect();
    let text = |title: String, width: f64| Column::new(title, width, Look::Text);
    let mut sheets = Vec::new();
    if !stale.is_empty() {
        sheets.push(Sheet {
            name: t("decisions-stale"),
            title: t("decisions-stale"),
            notes: vec![t("decisions-stale-note")],
            columns: [
                (&columns.id, 18.0),
                (&columns.decision, 14.0),
                (&columns.note, 50.0),
                (&columns.decided_by, 24.0),
            ]
            .map(|(title, width)| text(p.of(title).to_owned(), width))
            .to_vec(),
            rows: stale,
            total: String::new(),
            protect: true,
        });
    }
    if !doubtful.is_empty() {
        let titles = ["state", "proposal", "written", "why", "who", "file", "sheet", "row"];
        sheets.push(Sheet {
            name: t("decisions-doubtful"),
            title: t("decisions-doubtful"),
            notes: vec![t("decisions-doubtful-note")],
            columns: titles.map(|key| text(t(&format!("decisions-column-{key}")), 20.0)).to_vec(),
            rows: doubtful,
            total: String::new(),
            protect: true,
        });
    }
    sheets
}

fn stale_row(p: &Proposals, row: &DecisionRow) -> Vec<Value> {
    let o = &row.opinion;
    let word = o.decision.and_then(|d| p.actions.review.word(d)).map_or(o.written.as_str(), |w| p.of(w));
    vec![o.proposal_id.as_str().into(), word.into(), o.note.as_str().into(), o.decided_by.as_str().into()]
}
