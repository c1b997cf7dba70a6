//! The wording traps of the domain (T1 to T21): `fixtures/traps.toml`, one case or more each.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tinhgon::catalog::{Procedure, Request};
use tinhgon::reading::{Context, read_hidden, read_request};
use tinhgon::rule::{Readiness, Register, RuleBook, RuleFiles, Verdict};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    trap: Vec<Trap>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trap {
    id: String,
    why: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    procedure: String,
    #[serde(default)]
    case: String,
    #[serde(default)]
    conditions: String,
    #[serde(default)]
    hidden: BTreeSet<String>,
    #[serde(default)]
    expect: BTreeMap<String, String>,
    as_of: Option<String>,
    ground: Option<String>,
    lapsed: Option<String>,
}

#[test]
fn every_trap_is_read_as_a_careful_reader_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/traps.toml");
    let file: File = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let book = RuleBook::load(&RuleFiles::embedded()).unwrap();
    let met: BTreeSet<&str> = file.trap.iter().map(|t| t.id.as_str()).collect();
    let all: BTreeSet<String> = (1..=21).map(|n| format!("T{n}")).collect();
    assert_eq!(met, all.iter().map(String::as_str).collect(), "every trap has a case");
    let wrong: Vec<String> = file.trap.iter().flat_map(|t| faults(&book, t)).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn faults(book: &RuleBook, trap: &Trap) -> Vec<String> {
    let day = trap.as_of.as_deref().unwrap_or("2026-07-01").parse().unwrap();
    let context = Context { as_of: day, register: Register::default() };
    let procedure =
        Procedure { name: trap.procedure.clone(), conditions: trap.conditions.clone(), ..Procedure::default() };
    let mut wrong = Vec::new();
    for text in trap.also.iter().chain([&trap.text]) {
        let request = Request { text: text.clone(), case_title: trap.case.clone(), ..Request::default() };
        let read = read_request(book, &procedure, &request, &context);
        let got: BTreeMap<String, String> = read
            .iter()
            .filter(|a| !matches!(a.verdict, Verdict::Mention | Verdict::None))
            .map(|a| (a.kind.clone(), a.verdict.as_str().to_owned()))
            .collect();
        if got != trap.expect {
            wrong.push(format!("{} ({}): {text}\n  expected {:?}\n  read     {got:?}", trap.id, trap.why, trap.expect));
        }
        let stands = |a: &tinhgon::reading::Assessment, lapsed: bool| {
            (a.readiness == Readiness::GroundLapsed) == lapsed && a.ground.is_empty() == lapsed
        };
        for (code, lapsed) in [(&trap.ground, false), (&trap.lapsed, true)] {
            if let Some(code) = code
                && !read.iter().all(|a| a.ground_code == *code && stands(a, lapsed))
            {
                wrong.push(format!("{} ({}): {code}, read {:?}", trap.id, trap.why, read));
            }
        }
    }
    let hidden: BTreeSet<String> = read_hidden(book, &procedure, &context).into_iter().map(|a| a.kind).collect();
    if hidden != trap.hidden {
        wrong.push(format!("{} ({}): outside the dossier {:?}, read {hidden:?}", trap.id, trap.why, trap.hidden));
    }
    wrong
}
