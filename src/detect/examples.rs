//! Examples of the rule files: small catalogues in which a rule must find what it says, and nothing else.

use super::{Evidence, Finding, Given, detect, request_items};
use crate::acts;
use crate::catalog::{Catalog, LegalBasis, Level, Procedure, Request, ResultPaper, Step};
use crate::reading;
use crate::relation;
use crate::rule::{
    ActBook, Certainty, DetectorExample, DetectorRules, ExampleProcedure, Register, RelationBook, RuleBook,
};
use crate::volumes::Volumes;
use jiff::civil::Date;

/// An example that does not come out as its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleFault {
    /// Code of the rule.
    pub rule: String,
    /// Which of its examples, from 1.
    pub position: usize,
    /// Ids of the items that must be found.
    pub expected: Vec<String>,
    /// Ids of the items found.
    pub found: Vec<String>,
}

/// Runs every example of every rule; gives those that fail.
#[must_use]
pub fn run_detector_examples(
    rules: &DetectorRules,
    book: &RuleBook,
    relation: &RelationBook,
    steps: &ActBook,
    as_of: Date,
) -> Vec<ExampleFault> {
    let mut faults = Vec::new();
    for rule in rules.iter() {
        for (position, example) in (1..).zip(&rule.examples) {
            let catalog = catalog(example);
            let context = reading::Context { as_of, register: Register::default() };
            let assessments = reading::read(book, &catalog, &context);
            let acts = acts::read_all(steps, &catalog);
            let volumes = volumes(example);
            let groups = relation::groups(relation, &request_items(&catalog), &|_, _| {});
            let given = Given {
                book,
                relation,
                catalog: &catalog,
                assessments: &assessments,
                acts: &acts,
                groups: &groups,
                volumes: Some(&volumes),
                as_of,
            };
            let findings = detect(&Evidence::new(given), rules);
            let item = |f: Finding| {
                let is_held_back = rule.certainty == Certainty::Safe && f.certainty == Certainty::Review;
                if is_held_back { format!("{} review", f.item_id) } else { f.item_id }
            };
            let found: Vec<String> = findings.into_iter().filter(|f| f.rule == rule.code).map(item).collect();
            if found != example.expect {
                faults.push(ExampleFault {
                    rule: rule.code.clone(),
                    position,
                    expected: example.expect.clone(),
                    found,
                });
            }
        }
    }
    faults
}

fn volumes(example: &DetectorExample) -> Volumes {
    let mut volumes = Volumes::default();
    for procedure in &example.procedures {
        for (year, dossiers) in (2025..).zip(&procedure.dossiers) {
            volumes.add(&procedure.code, year, (None, None), u64::from(*dossiers));
        }
    }
    volumes
}

fn catalog(example: &DetectorExample) -> Catalog {
    let mut procedures: Vec<Procedure> = example.procedures.iter().map(procedure).collect();
    procedures.sort_by(|a, b| a.id.cmp(&b.id));
    Catalog { procedures }
}

fn procedure(e: &ExampleProcedure) -> Procedure {
    let case = |index: u32, texts: &[String]| -> Vec<Request> {
        let request = |(position, text): (u32, &String)| Request {
            id: format!("{}/{index}/{position}", e.code),
            case_index: index,
            position,
            text: text.clone(),
            ..Request::default()
        };
        (1..).zip(texts).map(request).collect()
    };
    let mut requests = case(1, &e.requests);
    for request in &mut requests {
        request.case_title.clone_from(&e.case_title);
    }
    for (request, [originals, copies]) in requests.iter_mut().zip(&e.quantities) {
        (request.originals, request.copies) = (Some(*originals), Some(*copies));
    }
    requests.extend(case(2, &e.second_case));
    let step = |(position, text): (u32, &String)| Step {
        id: format!("{}/s{position}", e.code),
        position,
        text: text.clone(),
        ..Step::default()
    };
    let basis = |n: &String| LegalBasis { document_no: n.clone(), ..LegalBasis::default() };
    let result = |title: &String| ResultPaper { title: title.clone(), ..ResultPaper::default() };
    Procedure {
        id: e.code.clone(),
        code: e.code.clone(),
        name: e.name.clone(),
        publisher: e.agency.clone(),
        agency: e.agency.clone(),
        levels: e.levels.iter().filter_map(|l| Level::from_name(l)).collect(),
        conditions: e.conditions.clone(),
        is_internal: e.internal,
        requests,
        steps: (1..).zip(&e.steps).map(step).collect(),
        legal_bases: e.legal_bases.iter().map(basis).collect(),
        results: e.results.iter().map(result).collect(),
        ..Procedure::default()
    }
}
