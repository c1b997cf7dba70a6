//! The report of an audit as a Word document that a commission can sign.

use super::audit_report::{AuditReport, Balance};
use super::audit_xlsx::{headline, said};
use super::word::{Document, Side};
use crate::error::Result;
use std::path::Path;

/// Writes the report of an audit.
///
/// # Errors
/// When the file cannot be written.
pub fn audit_docx(report: &AuditReport, path: &Path) -> Result<()> {
    let t = |key: &str| report.text(key, &[]);
    let document = Document::new(report.as_of)
        .head(&[&t("audit-body"), "_______"], &[&t("annex-country"), &t("annex-motto"), "_______________"])
        .title(&t("audit-title"))
        .subtitle(&report.text("audit-subtitle", &[("as_of", report.as_of)]));
    let document = result(report, document);
    let document = waterfall(report, document);
    let document = agencies(report, document);
    let document = list(report, document);
    let document = method(report, document);
    let document = origin(report, document);
    let sign = t("audit-sign");
    document.head(&[&t("audit-signer"), &sign], &[&t("audit-chair"), &sign]).save(path)
}

fn result(report: &AuditReport, document: Document) -> Document {
    let whole = Balance::of(report.judgements);
    let share = report.percent(whole.accepted, whole.claimed);
    let args = headline(report, &whole, &share);
    let rows: Vec<Vec<String>> = report
        .verdicts()
        .into_iter()
        .map(|(verdict, b)| {
            vec![report.verdict(verdict), report.whole(b.claims), report.whole(b.claimed), report.whole(b.accepted)]
        })
        .collect();
    let titles = ["verdict", "claims", "claimed", "accepted"].map(|key| title(report, key));
    document
        .heading(1, &report.text("audit-heading-result", &[]))
        .paragraph(&report.text("audit-headline", &args.each_ref().map(|(k, v)| (*k, v.as_str()))))
        .paragraph(&report.text("audit-note-one", &[]))
        .table(&columns(&titles, &[5, 2, 2, 2]), &rows)
}

fn waterfall(report: &AuditReport, document: Document) -> Document {
    let whole = Balance::of(report.judgements);
    let line = |what: String, amount: i64, left: i64| vec![what, report.whole(amount), report.whole(left)];
    let mut rows = vec![line(report.text("audit-claimed", &[]), whole.claimed, whole.claimed)];
    for fall in report.waterfall() {
        let what = format!(
            "{} {} ({})",
            fall.rule.code,
            report.messages.lang.of(&fall.rule.title),
            report.text("audit-of-claims", &[("claims", &report.whole(fall.claims))])
        );
        rows.push(line(what, -fall.lost, fall.left));
    }
    rows.push(line(report.text("audit-open", &[]), -whole.open, whole.accepted));
    rows.push(line(report.text("audit-accepted", &[]), whole.accepted, whole.accepted));
    let titles = ["step", "change", "left"].map(|key| title(report, key));
    document.heading(1, &report.text("audit-heading-waterfall", &[])).table(&columns(&titles, &[7, 2, 2]), &rows)
}

fn agencies(report: &AuditReport, document: Document) -> Document {
    let rows: Vec<Vec<String>> = report
        .agencies()
        .into_iter()
        .map(|(name, b)| {
            let numbers = [b.claims, b.claimed, b.accepted, b.open, b.rejected()].map(|n| report.whole(n));
            [vec![name], numbers.to_vec(), vec![report.percent(b.accepted, b.claimed)]].concat()
        })
        .collect();
    let titles = ["agency", "claims", "claimed", "accepted", "open", "rejected", "share"].map(|key| title(report, key));
    document
        .heading(1, &report.text("audit-heading-agencies", &[]))
        .table(&columns(&titles, &[8, 2, 2, 3, 3, 3, 2]), &rows)
}

/// Every claim, under its verdict.
fn list(report: &AuditReport, mut document: Document) -> Document {
    document = document.heading(1, &report.text("audit-heading-list", &[]));
    let titles = ["id", "procedure", "content", "claimed", "accepted", "reason"].map(|key| title(report, key));
    for (verdict, balance) in report.verdicts() {
        let rows: Vec<Vec<String>> = report
            .judgements
            .iter()
            .filter(|j| j.verdict == verdict)
            .map(|j| {
                let claim = &j.claim;
                let accepted = j.accepted.map_or_else(|| report.text("audit-open-short", &[]), |n| report.whole(n));
                let content = said(&[&claim.action_text, &claim.content, &claim.document]);
                let code = if j.code.is_empty() { &claim.code_as_written } else { &j.code };
                let procedure = [code.as_str(), claim.name.as_str()].join(" ");
                vec![
                    claim.id.clone(),
                    procedure.trim().to_owned(),
                    content,
                    report.whole(j.claimed()),
                    accepted,
                    report.reasons(j),
                ]
            })
            .collect();
        let heading = format!("{} ({})", report.verdict(verdict), report.whole(balance.claims));
        document = document.heading(2, &heading).table(&columns(&titles, &[2, 6, 6, 2, 2, 9]), &rows);
    }
    document
}

/// How it was judged, and the checks that fired.
fn method(report: &AuditReport, document: Document) -> Document {
    let lang = report.messages.lang;
    let rows: Vec<Vec<String>> = report
        .fired()
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(rule, count)| vec![rule.code.clone(), lang.of(&rule.title).to_owned(), report.whole(count)])
        .collect();
    let titles = ["check", "title", "fired"].map(|key| title(report, key));
    document
        .heading(1, &report.text("audit-heading-method", &[]))
        .paragraph(&report.text("audit-method", &[]))
        .table(&columns(&titles, &[3, 6, 2]), &rows)
}

fn origin(report: &AuditReport, document: Document) -> Document {
    let rows: Vec<Vec<String>> = report.origin().into_iter().map(|(name, value)| vec![name, value]).collect();
    let titles = ["item", "value"].map(|key| title(report, key));
    let sides = [(titles[0].as_str(), 4, Side::Left), (titles[1].as_str(), 6, Side::Left)];
    document
        .heading(1, &report.text("audit-heading-origin", &[]))
        .paragraph(&report.text("audit-origin", &[]))
        .table(&sides, &rows)
}

fn title(report: &AuditReport, key: &str) -> String {
    report.text(&format!("audit-column-{key}"), &[])
}

/// Columns of a table: texts on the left, the columns of numbers on the right.
fn columns<'t>(titles: &'t [String], widths: &[usize]) -> Vec<(&'t str, usize, Side)> {
    let is_text = |width: usize| width > 3;
    let side = |at: usize, width: usize| if at == 0 || is_text(width) { Side::Left } else { Side::Right };
    titles
        .iter()
        .zip(widths)
        .enumerate()
        .map(|(at, (title, width))| (title.as_str(), *width, side(at, *width)))
        .collect()
}
