//! The workbook of an audit: headline and waterfall, claims, agencies, method, origin.

use super::audit_report::{AuditReport, Balance};
use super::sheet::{Book, Column, Look, Sheet, Value};
use crate::audit::report_year_of;
use crate::error::Result;
use std::path::Path;

/// Writes the workbook of an audit.
///
/// # Errors
/// When a text is longer than Excel allows, or the file cannot be written.
pub fn audit_xlsx(report: &AuditReport, path: &Path) -> Result<()> {
    let mut book = Book::new(&report.text("audit-title", &[]), report.as_of);
    for sheet in [summary(report), claims(report), agencies(report), method(report), origin(report)] {
        book.add(&sheet)?;
    }
    book.save(path)
}

fn sheet(report: &AuditReport, key: &str, columns: Vec<Column>, rows: Vec<Vec<Value>>) -> Sheet {
    Sheet {
        name: report.text(&format!("audit-sheet-{key}"), &[]),
        title: report.text(&format!("audit-sheet-{key}-title"), &[]),
        columns,
        rows,
        ..Sheet::default()
    }
}

fn column(report: &AuditReport, key: &str, width: f64, look: Look) -> Column {
    Column::new(report.text(&format!("audit-column-{key}"), &[]), width, look)
}

/// From claimed to accepted, a line a check.
fn summary(report: &AuditReport) -> Sheet {
    let whole = Balance::of(report.judgements);
    let line = |what: String, claims: i64, amount: i64, left: i64| {
        vec![what.into(), Value::Int(claims), Value::Int(amount), Value::Int(left)]
    };
    let mut rows = vec![line(report.text("audit-claimed", &[]), whole.claims, whole.claimed, whole.claimed)];
    for fall in report.waterfall() {
        let what = format!("{} {}", fall.rule.code, report.messages.lang.of(&fall.rule.title));
        rows.push(line(what, fall.claims, -fall.lost, fall.left));
    }
    let open = report.judgements.iter().filter(|j| j.accepted.is_none()).count();
    rows.push(line(report.text("audit-open", &[]), number(open), -whole.open, whole.accepted));
    let accepted = report.judgements.iter().filter(|j| j.accepted.is_some_and(|n| n > 0)).count();
    rows.push(line(report.text("audit-accepted", &[]), number(accepted), whole.accepted, whole.accepted));
    let share = report.percent(whole.accepted, whole.claimed);
    let columns = vec![
        column(report, "step", 70.0, Look::Text),
        column(report, "claims", 14.0, Look::Whole),
        column(report, "change", 16.0, Look::Whole),
        column(report, "left", 16.0, Look::Whole),
    ];
    let notes = vec![
        report.text("audit-headline", &headline(report, &whole, &share).each_ref().map(|(k, v)| (*k, v.as_str()))),
        report.text("audit-note-one", &[]),
    ];
    Sheet { notes, ..sheet(report, "summary", columns, rows) }
}

/// Values of the headline, for its message.
pub(super) fn headline(report: &AuditReport, whole: &Balance, share: &str) -> [(&'static str, String); 5] {
    [
        ("claims", report.whole(whole.claims)),
        ("claimed", report.whole(whole.claimed)),
        ("accepted", report.whole(whole.accepted)),
        ("share", share.to_owned()),
        ("open", report.whole(whole.open)),
    ]
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Every claim with its verdict, reasons and evidence.
fn claims(report: &AuditReport) -> Sheet {
    let columns = vec![
        column(report, "id", 8.0, Look::Text),
        column(report, "code", 12.0, Look::Text),
        column(report, "name", 36.0, Look::Text),
        column(report, "agency", 22.0, Look::Text),
        column(report, "content", 30.0, Look::Text),
        column(report, "document", 28.0, Look::Text),
        column(report, "year", 10.0, Look::Text),
        column(report, "ground", 22.0, Look::Text),
        column(report, "claimed", 10.0, Look::Whole).summed(),
        column(report, "accepted", 10.0, Look::Whole).summed(),
        column(report, "verdict", 20.0, Look::Text),
        column(report, "checks", 16.0, Look::Text),
        column(report, "reason", 50.0, Look::Text),
        column(report, "evidence", 60.0, Look::Text),
    ];
    let rows = report.judgements.iter().map(|j| {
        let claim = &j.claim;
        let codes: Vec<&str> = j.fired.iter().map(|(code, _)| code.as_str()).collect();
        let year = claim.effective_on.map(|d| report_year_of(d).to_string()).unwrap_or_default();
        vec![
            claim.id.as_str().into(),
            j.code.as_str().into(),
            claim.name.as_str().into(),
            claim.agency.as_str().into(),
            said(&[&claim.action_text, &claim.content]).into(),
            claim.document.as_str().into(),
            year.into(),
            claim.ground.as_str().into(),
            Value::Int(j.claimed()),
            Value::int(j.accepted),
            report.verdict(j.verdict).into(),
            codes.join("; ").into(),
            cut(&report.reasons(j)).into(),
            cut(&j.evidence()).into(),
        ]
    });
    let rows = rows.collect();
    Sheet { total: report.text("audit-total", &[]), ..sheet(report, "claims", columns, rows) }
}

/// What a list says in several columns, each thing once.
pub(super) fn said(texts: &[&str]) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for text in texts.iter().filter(|t| !t.is_empty()) {
        if !kept.contains(text) {
            kept.push(text);
        }
    }
    kept.join(": ")
}

/// What a cell can hold of a text.
fn cut(text: &str) -> String {
    const MOST: usize = 32_000;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST).chain(['…']).collect() }
}

fn agencies(report: &AuditReport) -> Sheet {
    let columns = vec![
        column(report, "agency", 50.0, Look::Text),
        column(report, "claims", 12.0, Look::Whole).summed(),
        column(report, "claimed", 14.0, Look::Whole).summed(),
        column(report, "accepted", 14.0, Look::Whole).summed(),
        column(report, "open", 14.0, Look::Whole).summed(),
        column(report, "rejected", 14.0, Look::Whole).summed(),
        column(report, "share", 12.0, Look::Percent),
    ];
    let rows = report.agencies().into_iter().map(|(name, b)| {
        vec![
            name.into(),
            Value::Int(b.claims),
            Value::Int(b.claimed),
            Value::Int(b.accepted),
            Value::Int(b.open),
            Value::Int(b.rejected()),
            Value::Share(b.accepted, b.claimed),
        ]
    });
    let rows = rows.collect();
    Sheet { total: report.text("audit-total", &[]), ..sheet(report, "agencies", columns, rows) }
}

fn method(report: &AuditReport) -> Sheet {
    let columns = vec![
        column(report, "check", 24.0, Look::Text),
        column(report, "title", 40.0, Look::Text),
        column(report, "decides", 30.0, Look::Text),
        column(report, "fired", 12.0, Look::Whole),
        column(report, "says", 90.0, Look::Text),
    ];
    let lang = report.messages.lang;
    let rows = report.fired().into_iter().map(|(rule, count)| {
        let decides = rule.verdict.as_deref().map_or_else(
            || report.text("audit-only-note", &[]),
            |verdict| report.text(&format!("verdict-{verdict}"), &[]),
        );
        vec![
            rule.code.as_str().into(),
            lang.of(&rule.title).into(),
            decides.into(),
            Value::Int(count),
            lang.of(&rule.message).into(),
        ]
    });
    let rows = rows.collect();
    let notes = vec![report.text("audit-method", &[])];
    Sheet { notes, ..sheet(report, "method", columns, rows) }
}

fn origin(report: &AuditReport) -> Sheet {
    let columns = vec![column(report, "item", 80.0, Look::Text), column(report, "value", 80.0, Look::Text)];
    let rows = report.origin().into_iter().map(|(name, value)| vec![name.into(), value.into()]).collect();
    sheet(report, "origin", columns, rows)
}
