//! The same paper twice in one dossier.

use super::copies::beginning;
use super::{About, Detector, Evidence, Finding};
use crate::catalog::{Procedure, Request};
use crate::relation::{Kind, Paper, compare};
use crate::rule::{Attribute, DetectorRule, Person};
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
    // Row from which on the later one is compared: what stands before belongs to an alternative.
    let mut from = 0;
    for (at, later) in procedure.requests.iter().enumerate() {
        let is_new_case = at > 0 && procedure.requests[at - 1].case_index != later.case_index;
        if is_new_case || opens_branch(rule, later) {
            from = at;
        }
        if later.is_note {
            continue;
        }
        let earlier = procedure.requests[from..at].iter().filter(|r| !r.is_note);
        let Some(first) = earlier.clone().find(|r| is_same(evidence, r, later)) else { continue };
        let is_form = |p: &Paper| p.family.is_some_and(|f| evidence.relation.families[f].form);
        let begins_anew = earlier.clone().next().is_some_and(|r| r.id == first.id) && at > from + 1;
        if begins_anew || evidence.paper_of(later).is_some_and(is_form) {
            // The list begins anew, or asks for another application: an alternative whose heading was lost.
            from = at;
            continue;
        }
        let finding = Finding::new(evidence, rule, procedure, About::Request(later), &later.text)
            .with("paper", &beginning(&later.text))
            .with("first", &beginning(&first.text))
            .with_related([first.id.clone()]);
        findings.push(finding);
    }
    findings
}

/// What may not differ, be it in the name or beside it.
const DECISIVE: [Attribute; 4] = [Attribute::Channel, Attribute::Issuer, Attribute::Law, Attribute::Note];

fn is_same(evidence: &Evidence, a: &Request, b: &Request) -> bool {
    let (Some(first), Some(second)) = (evidence.paper_of(a), evidence.paper_of(b)) else { return false };
    let whose = |r: &Request| -> Vec<Option<Person>> { evidence.assessments_of(r).iter().map(|a| a.whose).collect() };
    let condition = |p: &Paper| p.attribute(Attribute::Condition);
    let is_alternative = !condition(first).is_empty() && !condition(second).is_empty();
    let is_photograph = first.family.is_some_and(|f| evidence.relation.families[f].sized);
    let relation = compare(evidence.relation, first, second);
    relation.kind == Kind::Same
        && relation.only_a.is_empty()
        && relation.only_b.is_empty()
        && DECISIVE.iter().all(|d| first.attribute(*d) == second.attribute(*d))
        && !is_alternative
        && !is_photograph
        && !first.core.is_empty()
        && whose(a) == whose(b)
}

/// Whether a row opens another branch of the case, so that what stands before it is an alternative.
fn opens_branch(rule: &DetectorRule, request: &Request) -> bool {
    let folded = fold(&request.text);
    let start = folded.trim_start_matches(|c: char| !c.is_alphabetic());
    let first = |text: &str| rule.words("branch").is_some_and(|w| w.find(text).next().is_some_and(|h| h.start == 0));
    // A number or letter of a list may stand before it: "a) đối với", "1.2. trường hợp".
    let after_mark =
        start.split_once([')', '.']).map_or("", |(mark, rest)| if mark.len() <= 4 { rest.trim_start() } else { "" });
    first(start) || first(after_mark) || opens_list(&folded)
}

/// Whether a row bears the first mark of a list: `a)`, `1.`, `(i)`. Rows before it may belong to an alternative.
fn opens_list(folded: &str) -> bool {
    let start = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    start.split_once([')', '.']).is_some_and(|(mark, _)| matches!(mark, "a" | "1" | "i" | "01"))
}
