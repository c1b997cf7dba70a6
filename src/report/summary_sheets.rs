//! The totals of a run as sheets: `report.xlsx` has one sheet each, `report.docx` one table each.

use super::sheet::{Book, Column, Look, Sheet, Value};
use super::summary::Report;
use super::word::{Document, Side};
use crate::error::Result;
use crate::message::Messages;
use crate::rule::{CheckBook, DetectorRules, RuleBook, RuleFiles};
use std::collections::BTreeMap;
use std::path::Path;

/// Columns of the measures that fit on paper.
const BRIEF: [&str; 8] = [
    "page-measure",
    "page-baseline",
    "page-current",
    "page-net",
    "page-share",
    "page-needed",
    "page-target",
    "page-on-path",
];

/// Titles of databases, rules and checks in one language.
#[derive(Debug)]
struct Titles {
    titles: BTreeMap<String, String>,
}

impl Titles {
    fn of(rules: &RuleFiles, messages: &Messages) -> Result<Titles> {
        let book = RuleBook::load(rules)?;
        let lang = messages.lang;
        let mut titles = BTreeMap::new();
        titles.extend(book.sources.iter().map(|s| (s.source.clone(), lang.of(&s.title).to_owned())));
        let detectors = DetectorRules::load(rules, &book)?;
        titles.extend(detectors.iter().map(|r| (r.code.clone(), lang.of(&r.title).to_owned())));
        let checks = CheckBook::load(rules)?;
        titles.extend(checks.rules().iter().map(|c| (c.code.clone(), lang.of(&c.title).to_owned())));
        Ok(Titles { titles })
    }

    /// The title of a code; the code itself when the rule set has none.
    fn title(&self, code: &str) -> Value {
        self.titles.get(code).map_or(code, String::as_str).into()
    }
}

/// The sheets of a report.
struct Maker<'a> {
    report: &'a Report,
    titles: Titles,
    messages: &'a Messages,
}

/// Writes `report.xlsx`.
///
/// # Errors
/// When a rule file is wrong or the file cannot be written.
pub fn report_xlsx(report: &Report, rules: &RuleFiles, messages: &Messages, path: &Path) -> Result<()> {
    let mut book = Book::new(&messages.text("page-title", &[]), &report.as_of);
    for sheet in sheets(report, rules, messages, false)? {
        book.add(&sheet)?;
    }
    book.save(path)
}

/// Writes `report.docx`.
///
/// # Errors
/// When a rule file is wrong or the file cannot be written.
pub fn report_docx(report: &Report, rules: &RuleFiles, messages: &Messages, path: &Path) -> Result<()> {
    let t = |key: &str| messages.text(key, &[]);
    let mut document = Document::new(&report.as_of).title(&t("page-title").to_uppercase()).subtitle(&format!(
        "{} {} · {}",
        t("page-as-of"),
        messages.date(&report.as_of),
        report.tool
    ));
    for (at, sheet) in sheets(report, rules, messages, true)?.iter().enumerate() {
        document = document.heading(1, &format!("{}. {}", at + 1, sheet.title));
        for note in &sheet.notes {
            document = document.paragraph(note);
        }
        document = table(document, sheet, messages);
    }
    document.save(path)
}

/// A sheet as a table of the document; empty columns are left out, since a page is narrow.
fn table(document: Document, sheet: &Sheet, messages: &Messages) -> Document {
    let is_used = |at: &usize| sheet.rows.iter().any(|r| r.get(*at).is_some_and(|v| *v != Value::Empty));
    let used: Vec<usize> = (0..sheet.columns.len()).filter(is_used).collect();
    if used.is_empty() {
        return document;
    }
    let side = |look| if look == Look::Text { Side::Left } else { Side::Right };
    let share = |width: f64| if width > 30.0 { 4 } else { 2 };
    let columns: Vec<(&str, usize, Side)> =
        used.iter().map(|at| &sheet.columns[*at]).map(|c| (c.title.as_str(), share(c.width), side(c.look))).collect();
    let rows: Vec<Vec<String>> =
        sheet.rows.iter().map(|r| used.iter().map(|at| words(&r[*at], messages)).collect()).collect();
    document.table(&columns, &rows)
}

/// A value as it is printed: 1.234,5.
fn words(value: &Value, messages: &Messages) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Int(value) => messages.number(&value.to_string()),
        Value::Number(value) => {
            let printed = format!("{value:.1}");
            messages.number(if printed == "-0.0" { "0.0" } else { &printed })
        }
        _ => String::new(),
    }
}

fn sheets(report: &Report, rules: &RuleFiles, messages: &Messages, is_brief: bool) -> Result<Vec<Sheet>> {
    let maker = Maker { report, titles: Titles::of(rules, messages)?, messages };
    let all = [
        maker.figures(),
        if is_brief { maker.newest_measures() } else { maker.measures() },
        maker.plan(),
        maker.proposals(),
        maker.connections(),
        maker.sources(),
        maker.findings(),
        maker.verdicts(),
        maker.lost(),
        maker.inputs(),
    ];
    Ok(all.into_iter().filter(|s| !s.rows.is_empty()).collect())
}

impl Maker<'_> {
    fn t(&self, key: &str) -> String {
        self.messages.text(key, &[])
    }

    fn text(&self, key: &str, width: f64) -> Column {
        Column::new(self.t(key), width, Look::Text)
    }

    fn whole(&self, key: &str) -> Column {
        Column::new(self.t(key), 15.0, Look::Whole)
    }

    fn decimal(&self, key: &str) -> Column {
        Column::new(self.t(key), 12.0, Look::Decimal)
    }

    fn sheet(&self, key: &str, notes: &[&str], columns: Vec<Column>, rows: Vec<Vec<Value>>) -> Sheet {
        Sheet {
            name: self.t(&format!("page-sheet-{key}")),
            title: self.t(&format!("page-sheet-{key}")),
            notes: notes.iter().map(|n| self.t(n)).collect(),
            columns,
            rows,
            ..Sheet::default()
        }
    }

    fn figures(&self) -> Sheet {
        let catalogs = &self.report.catalogs;
        let mut columns = vec![self.text("page-measure", 52.0)];
        columns.extend(catalogs.iter().map(|c| Column::new(&c.name, 15.0, Look::Whole)));
        let names: Vec<&str> = crate::progress::Measure::ALL.iter().map(|m| m.as_str()).collect();
        let row = |name: &&str| {
            let values = catalogs.iter().map(|c| Value::int(c.figures.get(*name).copied()));
            std::iter::once(Value::from(self.t(&format!("measure-{name}")))).chain(values).collect()
        };
        self.sheet("figures", &["page-figures-note"], columns, names.iter().map(row).collect())
    }

    fn measures(&self) -> Sheet {
        let columns = vec![
            self.text("page-measure", 46.0),
            self.text("page-from", 10.0),
            self.text("page-to", 10.0),
            self.text("page-weighting", 18.0),
            self.decimal("page-baseline"),
            self.decimal("page-current"),
            self.decimal("page-gross"),
            self.decimal("page-net"),
            self.decimal("page-net-data"),
            self.decimal("page-share"),
            self.decimal("page-needed"),
            self.decimal("page-target"),
            self.text("page-on-path", 12.0),
        ];
        let number = |value: Option<f64>| value.map_or(Value::Empty, Value::Number);
        // procedures and papers are counted, hours are measured
        let counted = |v: f64| (v.fract() == 0.0).then(|| format!("{v:.0}").parse().ok()).flatten();
        let amount = |value: Option<f64>| {
            let counted = value.and_then(counted).map(Value::Int);
            counted.unwrap_or_else(|| number(value))
        };
        let row = |m: &super::summary::MeasureLine| {
            vec![
                self.t(&format!("indicator-{}", m.measure)).into(),
                m.from.as_str().into(),
                m.to.as_str().into(),
                self.t(&format!("page-weighting-{}", m.weighting)).into(),
                amount(m.baseline),
                amount(m.current),
                number(m.gross_pct),
                number(m.net_pct),
                number(m.net_with_data_pct),
                number(m.share_pct),
                number(m.needed_pct),
                number(m.target_pct),
                self.t(&format!("page-path-{}", m.on_path)).into(),
            ]
        };
        self.sheet("measures", &["page-measures-note"], columns, self.report.measures.iter().map(row).collect())
    }

    /// For paper: the newest catalogue against the oldest, by the catalogue alone, and fewer columns.
    fn newest_measures(&self) -> Sheet {
        let names = &self.report.catalogs;
        let (Some(first), Some(last)) = (names.first(), names.last()) else { return Sheet::default() };
        let mut sheet = self.measures();
        let kept: Vec<usize> =
            BRIEF.iter().filter_map(|key| sheet.columns.iter().position(|c| c.title == self.t(key))).collect();
        let is_meant =
            |m: &super::summary::MeasureLine| m.from == first.name && m.to == last.name && m.weighting == "none";
        let rows = sheet.rows.iter().zip(&self.report.measures).filter(|(_, m)| is_meant(m));
        sheet.rows = rows.map(|(row, _)| kept.iter().map(|at| row[*at].clone()).collect()).collect();
        sheet.columns = kept.iter().map(|at| sheet.columns[*at].clone()).collect();
        sheet.title = format!("{} ({} → {})", sheet.title, first.name, last.name);
        sheet
    }

    fn plan(&self) -> Sheet {
        let columns = vec![
            self.text("page-measure", 46.0),
            self.whole("page-baseline"),
            self.whole("page-needed-amount"),
            self.whole("page-gain"),
            self.text("page-reached", 14.0),
        ];
        let row = |p: &super::summary::Plan| {
            vec![
                self.t(&format!("aim-{}", p.measure)).into(),
                Value::int(p.baseline),
                Value::int(p.needed),
                Value::int(p.gain),
                self.t(if p.is_reached { "page-yes" } else { "page-no" }).into(),
            ]
        };
        self.sheet("plan", &["page-plan-note"], columns, self.report.plan.iter().map(row).collect())
    }

    fn proposals(&self) -> Sheet {
        let columns = vec![self.text("page-figure", 52.0), self.whole("page-value")];
        let line = |key: &str, value: Option<i64>| vec![Value::from(self.t(key)), Value::int(value)];
        let whole = |value: u64| i64::try_from(value).ok();
        let rows = self.report.proposals.as_ref().map_or_else(Vec::new, |p| {
            let decided = |word: &str| whole(p.decisions.get(word).copied().unwrap_or(0));
            vec![
                line("page-drafted", whole(p.drafted)),
                line("page-counted", whole(p.counted)),
                line("page-accepted", decided("accept")),
                line("page-rejected", decided("reject")),
                line("page-discuss", decided("discuss")),
                line("page-procedures-saved", Some(p.procedures_saved)),
                line("page-requests-saved", Some(p.requests_saved)),
                line("page-copies-saved", Some(p.copies_saved)),
                line("page-steps-saved", Some(p.steps_saved)),
                line("page-cost-saved", p.cost_saved_vnd),
            ]
        });
        self.sheet("proposals", &[], columns, rows)
    }

    fn connections(&self) -> Sheet {
        let columns = vec![
            self.whole("page-rank"),
            self.text("page-source", 46.0),
            self.text("page-connected", 14.0),
            self.whole("page-coverage"),
            self.whole("page-requests-freed"),
            self.whole("page-papers-freed"),
            self.whole("page-cumulative"),
            self.whole("page-cost-saved"),
        ];
        let row = |c: &super::summary::Connection| {
            vec![
                Value::Int(c.rank),
                self.titles.title(&c.source),
                self.t(if c.is_connected { "page-yes" } else { "page-no" }).into(),
                Value::int(c.coverage_percent),
                Value::int(c.requests_freed),
                Value::int(c.papers_freed),
                Value::int(c.cumulative),
                Value::int(c.cost_saved_vnd),
            ]
        };
        let rows = self.report.connections.iter().map(row).collect();
        self.sheet("connections", &["page-databases-note"], columns, rows)
    }

    fn sources(&self) -> Sheet {
        let columns = vec![
            self.text("page-source", 46.0),
            self.whole("page-now"),
            self.whole("page-when-connected"),
            self.whole("page-lapsed"),
            self.whole("page-already"),
            self.whole("page-keep"),
        ];
        let whole = |value: u64| Value::int(i64::try_from(value).ok());
        let row = |s: &super::summary::SourceTotals| {
            vec![
                self.titles.title(&s.source),
                whole(s.replace_now),
                whole(s.replace_when_connected),
                whole(s.ground_lapsed),
                whole(s.already),
                whole(s.keep),
            ]
        };
        self.sheet("sources", &["page-sources-note"], columns, self.report.sources.iter().map(row).collect())
    }

    fn findings(&self) -> Sheet {
        let columns = vec![
            self.text("page-rule-code", 18.0),
            self.text("page-rule", 52.0),
            self.whole("page-safe"),
            self.whole("page-review"),
            self.whole("page-suppressed"),
        ];
        let whole = |value: u64| Value::int(i64::try_from(value).ok());
        let row = |r: &super::summary::RuleTotals| {
            let [safe, review, suppressed] = [r.safe, r.review, r.suppressed].map(whole);
            vec![r.rule.as_str().into(), self.titles.title(&r.rule), safe, review, suppressed]
        };
        self.sheet("findings", &[], columns, self.report.findings.iter().map(row).collect())
    }

    fn verdicts(&self) -> Sheet {
        let columns = vec![self.text("page-verdict", 52.0), self.whole("page-claims")];
        let rows = self.report.audit.as_ref().map_or_else(Vec::new, |a| {
            let row = |(verdict, claims): (&String, &u64)| {
                vec![self.t(&format!("verdict-{verdict}")).into(), Value::int(i64::try_from(*claims).ok())]
            };
            a.verdicts.iter().map(row).collect()
        });
        self.sheet("verdicts", &[], columns, rows)
    }

    fn lost(&self) -> Sheet {
        let columns = vec![
            self.text("page-check", 52.0),
            self.whole("page-claims"),
            self.whole("page-value"),
            self.whole("page-open"),
        ];
        let rows = self.report.audit.as_ref().map_or_else(Vec::new, |a| {
            let some = |amount: i64| if amount == 0 { Value::Empty } else { Value::Int(-amount) };
            let total =
                |key: &str, amount: i64| vec![self.t(key).into(), Value::Empty, Value::Int(amount), Value::Empty];
            let checks = a.lost.iter().map(|l| {
                let claims = Value::int(i64::try_from(l.claims).ok());
                vec![self.titles.title(&l.check), claims, some(l.lost), some(l.open)]
            });
            std::iter::once(total("page-claimed", a.claimed))
                .chain(checks)
                .chain([total("page-accepted-amount", a.accepted)])
                .collect()
        });
        self.sheet("lost", &["page-lost-note"], columns, rows)
    }

    fn inputs(&self) -> Sheet {
        let columns = vec![self.text("page-figure", 52.0), self.whole("page-value")];
        let whole = |value: u64| Value::int(i64::try_from(value).ok());
        let inputs = &self.report.inputs;
        let mut rows = vec![
            vec![self.t("page-files").into(), whole(inputs.files as u64)],
            vec![self.t("page-read").into(), whole(inputs.read)],
            vec![self.t("page-kept").into(), whole(inputs.accepted)],
            vec![self.t("page-left-out").into(), whole(inputs.rejected)],
        ];
        for catalog in &self.report.catalogs {
            for severity in ["error", "warning", "note"] {
                let count = catalog.problems.get(severity).copied().unwrap_or(0);
                let title = format!("{} · {}", catalog.name, self.t(&format!("page-trouble-{severity}")));
                rows.push(vec![title.into(), whole(count)]);
            }
        }
        self.sheet("inputs", &["page-problems-note"], columns, rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;

    #[test]
    fn numbers_are_printed_with_the_marks_of_the_language() {
        for (lang, whole, part) in [(Lang::Vi, "-1.234.567", "12.345,7"), (Lang::En, "-1,234,567", "12,345.7")] {
            let messages = Messages::load(&RuleFiles::embedded(), lang).unwrap();
            assert_eq!(words(&Value::Int(-1_234_567), &messages), whole);
            assert_eq!(words(&Value::Number(12_345.67), &messages), part);
            assert_eq!(words(&Value::Number(-0.04), &messages).replace(',', "."), "0.0");
            assert_eq!(words(&Value::Empty, &messages), "");
        }
    }
}
