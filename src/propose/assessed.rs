//! Findings for an analysis that has none of its own: every request that data can replace, in whole or in part.

use crate::catalog::{Catalog, Procedure, Request};
use crate::detect::{Certainty, Finding, Item};
use crate::output::sha256;
use crate::problem::Severity;
use crate::reading::Assessment;
use crate::rule::{Bilingual, Verdict};
use crate::text::fold;
use std::collections::BTreeMap;

/// One finding for each positive assessment, in their order. The action is `replace`; where data answers only part of the row,
/// [`draft`](super::draft) makes it the partial one.
#[must_use]
pub fn assessed_findings(catalog: &Catalog, assessments: &[Assessment]) -> Vec<Finding> {
    let requests: BTreeMap<&str, (&Procedure, &Request)> =
        catalog.requests().map(|(p, r)| (r.id.as_str(), (p, r))).collect();
    let positive = assessments.iter().filter(|a| a.verdict.is_positive());
    positive.filter_map(|a| Some(finding(a, requests.get(a.request_id.as_str())?))).collect()
}

fn finding(a: &Assessment, (procedure, request): &(&Procedure, &Request)) -> Finding {
    let whose = a.whose.map_or("", crate::rule::Person::as_str);
    let name = if procedure.code.is_empty() { &procedure.id } else { &procedure.code };
    let key = format!("{}\n{name}\n{}\n{whose}", a.rule, fold(&request.text));
    Finding {
        id: format!("F-{}", &sha256(key.as_bytes())[..12]),
        rule: a.rule.clone(),
        pattern: String::new(),
        severity: Severity::Note,
        certainty: if a.verdict == Verdict::Replace { Certainty::Safe } else { Certainty::Review },
        code: procedure.code.clone(),
        procedure_id: procedure.id.clone(),
        item: Item::Request,
        item_id: request.id.clone(),
        related: Vec::new(),
        source: request.source.clone(),
        quote: a.quote.clone(),
        message: Bilingual::default(),
        ground: a.ground.clone(),
        action: "replace".to_owned(),
        suppressed: None,
    }
}
