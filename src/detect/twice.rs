//! The same paper twice in one dossier.

use super::copies::beginning;
use super::{About, Detector, Evidence, Finding};
use crate::catalog::{Procedure, Request};
use crate::relation::{Kind, compare};
use crate::rule::{DetectorRule, Person};
use crate::text::fold;

/// A paper that an earlier row of the same case already asks for.
///
/// Cases are alternatives, and so are the branches of a case ("for households: … for organisations: …"); papers of
/// different persons are different papers.
#[derive(Debug)]
pub struct SamePaper;

impl Detector for SamePaper {
    fn rule(&self) -> &'static str {
        "TL-D-TWICE"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["branch"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        evidence.catalog.procedures.iter().flat_map(|p| in_procedure(evidence, rule, p)).collect()
    }
}

fn in_procedure(evidence: &Evidence, rule: &DetectorRule, procedure: &Procedure) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, later) in procedure.requests.iter().enumerate().filter(|(_, r)| !r.is_note) {
        let earlier = procedure.requests[..at].iter().enumerate().filter(|(_, r)| !r.is_note);
        let twin = earlier
            .filter(|(_, r)| r.case_index == later.case_index && is_same(evidence, r, later))
            .find(|(from, _)| !procedure.requests[from + 1..=at].iter().any(|r| opens_branch(rule, r)));
        if let Some((_, first)) = twin {
            let finding = Finding::new(evidence, rule, procedure, About::Request(later), &later.text)
                .with("paper", &beginning(&later.text))
                .with("first", &beginning(&first.text))
                .with_related([first.id.clone()]);
            findings.push(finding);
        }
    }
    findings
}

fn is_same(evidence: &Evidence, a: &Request, b: &Request) -> bool {
    let (Some(first), Some(second)) = (evidence.paper_of(a), evidence.paper_of(b)) else { return false };
    let whose = |r: &Request| -> Vec<Option<Person>> { evidence.assessments_of(r).iter().map(|a| a.whose).collect() };
    !first.core.is_empty() && compare(evidence.relation, first, second).kind == Kind::Same && whose(a) == whose(b)
}

/// Whether a row opens another branch of the case, so that what stands before it is an alternative.
fn opens_branch(rule: &DetectorRule, request: &Request) -> bool {
    let folded = fold(&request.text);
    let start = folded.trim_start_matches(|c: char| !c.is_alphabetic());
    let first = |text: &str| rule.words("branch").is_some_and(|w| w.find(text).next().is_some_and(|h| h.start == 0));
    // A number or letter of a list may stand before it: "a) đối với", "1.2. trường hợp".
    let after_mark =
        start.split_once([')', '.']).map_or("", |(mark, rest)| if mark.len() <= 4 { rest.trim_start() } else { "" });
    first(start) || first(after_mark)
}
