use super::*;
use crate::burden::Readings;
use crate::catalog::{Catalog, Procedure, Request};
use crate::detect::{Certainty, Finding, Item};
use crate::message::Lang;
use crate::problem::{Severity, Source};
use crate::propose::{Counted, DecisionState, Inputs, Outcome, Prices, count, draft, merge_decisions};
use crate::report::{Proposals, proposals_xlsx};
use crate::rule::{ActionBook, CostBook, Decision, Register, RuleBook, RuleFiles, Words};
use rust_xlsxwriter::Workbook;
use std::collections::{BTreeMap, BTreeSet};

const AGENCIES: usize = 40;
const PROPOSALS: usize = 10_000;
const SOME: usize = 400;

struct Fixture {
    catalog: Catalog,
    actions: ActionBook,
    messages: Messages,
    book: RuleBook,
    counted: Counted,
    outcomes: BTreeMap<String, Outcome>,
}

/// Proposals to forty agencies, each decided in one of three ways or not at all.
fn fixture(lang: Lang, size: usize) -> Fixture {
    let files = RuleFiles::embedded();
    let actions = ActionBook::load(&files).unwrap();
    let catalog = catalog(size);
    let findings: Vec<Finding> = catalog.requests().map(|(p, r)| finding(p, r)).collect();
    let (book, costs, words) =
        (RuleBook::load(&files).unwrap(), CostBook::load(&files).unwrap(), Words::load(&files).unwrap());
    let register = Register::default();
    let inputs = Inputs {
        catalog: &catalog,
        assessments: &[],
        findings: &findings,
        book: &book,
        actions: &actions,
        legal: &words.legal,
        register: &register,
        as_of: "2026-11-24".parse().unwrap(),
    };
    let (proposals, _) = draft(&inputs);
    let outcomes = proposals.iter().enumerate().filter_map(|(n, p)| Some((p.id.clone(), outcome(&p.id, n)?))).collect();
    let prices = Prices { book: &costs, readings: Readings::default(), volumes: None };
    let counted = count(&catalog, proposals, &outcomes, &prices);
    Fixture { messages: Messages::load(&files, lang).unwrap(), book, catalog, actions, counted, outcomes }
}

fn catalog(size: usize) -> Catalog {
    let procedure = |n: usize| Procedure {
        id: format!("1.{n:06}"),
        code: format!("1.{n:06}"),
        name: format!("Thủ tục số {n}"),
        agency: format!("Sở thứ {} : \"=1+1\"", n % AGENCIES),
        requests: (1..=10)
            .map(|r| Request {
                id: format!("1.{n:06}/1/{r}"),
                text: format!("Giấy thứ {r}\ndòng hai"),
                ..Request::default()
            })
            .collect(),
        ..Procedure::default()
    };
    Catalog { procedures: (0..size / 10).map(procedure).collect() }
}

fn finding(procedure: &Procedure, request: &Request) -> Finding {
    Finding {
        id: format!("F {}", request.id),
        rule: "TL-X".to_owned(),
        pattern: String::new(),
        severity: Severity::Note,
        certainty: Certainty::Safe,
        code: procedure.code.clone(),
        procedure_id: procedure.id.clone(),
        item: Item::Request,
        item_id: request.id.clone(),
        related: Vec::new(),
        source: Source::default(),
        quote: String::new(),
        message: Bilingual::default(),
        ground: String::new(),
        action: "drop-duplicate".to_owned(),
        suppressed: None,
    }
}

fn outcome(id: &str, n: usize) -> Option<Outcome> {
    let decision = [Some(Decision::Accept), Some(Decision::Reject), Some(Decision::Discuss), None][n % 4];
    let note = if n.is_multiple_of(3) { format!("lý do {n}: =A1, \"trích\"") } else { String::new() };
    let decided_by = if n.is_multiple_of(5) { format!("người {n}") } else { String::new() };
    let is_silent = decision.is_none() && note.is_empty() && decided_by.is_empty();
    let opinion = Opinion { proposal_id: id.to_owned(), decision, note, decided_by, ..Opinion::default() };
    (!is_silent).then_some(Outcome { opinion: Some(opinion) })
}

fn write(fixture: &Fixture, path: &Path) {
    let proposals = Proposals {
        catalog: &fixture.catalog,
        counted: &fixture.counted,
        decisions: &[],
        connections: &[],
        plans: &[],
        book: &fixture.book,
        actions: &fixture.actions,
        messages: &fixture.messages,
        as_of: "2026-11-24",
        rules: "0123456789abcdef",
    };
    proposals_xlsx(&proposals, path).unwrap();
}

/// The workbook as a person leaves it: every sheet through `change`, without formats and formulas.
fn edited(from: &Path, to: &Path, change: impl Fn(&str, Vec<Vec<String>>) -> Vec<Vec<String>>) {
    let mut read = open_workbook_auto(from).unwrap();
    let mut book = Workbook::new();
    for name in read.sheet_names() {
        let range = read.worksheet_range(&name).unwrap();
        let rows: Vec<Vec<String>> = range
            .rows()
            .map(|r| r.iter().map(|c| if *c == Data::Empty { String::new() } else { c.to_string() }).collect())
            .collect();
        let sheet = book.add_worksheet().set_name(&name).unwrap();
        for (row, cells) in (0u32..).zip(change(&name, rows)) {
            for (column, cell) in (0u16..).zip(cells).filter(|(_, c)| !c.is_empty()) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    book.save(to).unwrap();
}

fn read(fixture: &Fixture, path: &Path) -> BTreeMap<String, (Option<Decision>, String, String)> {
    let opinions = read_decisions(path, &fixture.actions.review, &fixture.messages).unwrap();
    assert_eq!(opinions.len(), fixture.counted.drafted.len());
    let current: BTreeSet<&str> = fixture.counted.drafted.iter().map(|d| d.proposal.id.as_str()).collect();
    let (outcomes, rows) = merge_decisions(vec![opinions], &current);
    assert!(rows.iter().all(|r| r.state == DecisionState::Applied), "{rows:#?}");
    said(&outcomes)
}

fn said(outcomes: &BTreeMap<String, Outcome>) -> BTreeMap<String, (Option<Decision>, String, String)> {
    let said = outcomes.iter().filter_map(|(id, o)| Some((id.clone(), o.opinion.as_ref()?)));
    said.map(|(id, o)| (id, (o.decision, o.note.clone(), o.decided_by.clone()))).collect()
}

#[test]
fn ten_thousand_decisions_come_back_in_any_order() {
    let dir = tempfile::tempdir().unwrap();
    let (path, shuffled) = (dir.path().join("a.xlsx"), dir.path().join("b.xlsx"));
    let fixture = fixture(Lang::Vi, PROPOSALS);
    assert_eq!(fixture.counted.drafted.len(), PROPOSALS);
    write(&fixture, &path);
    let given = said(&fixture.outcomes);
    assert!(given.len() > PROPOSALS / 2);
    assert_eq!(read(&fixture, &path), given);
    edited(&path, &shuffled, |_, rows| {
        // rows the other way round below the header, columns turned round, a column and a row added
        let header = rows.iter().position(|r| r.iter().any(|c| c == "Quyết định")).unwrap_or(0);
        let (head, body) = rows.split_at(header + 1);
        let turned = head.iter().chain(body.iter().rev());
        let mut rows: Vec<Vec<String>> =
            turned.map(|r| r.iter().rev().cloned().chain(["x".to_owned()]).collect()).collect();
        rows.insert(0, vec!["ghi chú của tôi".to_owned()]);
        rows
    });
    assert_eq!(read(&fixture, &shuffled), given);
}

#[test]
fn a_sheet_without_a_column_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let (path, cut) = (dir.path().join("a.xlsx"), dir.path().join("b.xlsx"));
    for (lang, column, missing) in [
        (Lang::Vi, "Mã đề xuất", "\"Mã đề xuất\""),
        (Lang::Vi, "Quyết định", "\"Quyết định\""),
        (Lang::En, "Decided by", "\"Decided by\""),
    ] {
        let fixture = fixture(lang, SOME);
        write(&fixture, &path);
        edited(&path, &cut, |name, rows| {
            let at = rows.iter().find_map(|r| r.iter().position(|c| c == column));
            let Some(at) = at.filter(|_| name.contains("thứ 7 ")) else { return rows };
            rows.into_iter()
                .map(|mut r| {
                    r.remove(at);
                    r
                })
                .collect()
        });
        let error = read_decisions(&cut, &fixture.actions.review, &fixture.messages).unwrap_err().to_string();
        assert!(error.contains("Sở thứ 7") && error.contains(missing), "{error}");
    }
    let mut other = Workbook::new();
    other.add_worksheet().write_string(0, 0, "Mã").unwrap();
    other.save(&cut).unwrap();
    let fixture = fixture(Lang::Vi, SOME);
    assert!(read_decisions(&cut, &fixture.actions.review, &fixture.messages).is_err());
    assert!(read_decisions(&dir.path().join("none.xlsx"), &fixture.actions.review, &fixture.messages).is_err());
}

#[test]
fn a_workbook_of_one_language_is_read_in_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.xlsx");
    write(&fixture(Lang::En, SOME), &path);
    let fixture = fixture(Lang::Vi, SOME);
    assert_eq!(read(&fixture, &path), said(&fixture.outcomes));
}
