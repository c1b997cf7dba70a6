//! The proposals as JSON: both languages, every number, and the totals they add up to.

use super::proposals::{Proposals, total};
use crate::propose::{Amounts, Drafted, Opinion, Price};
use crate::rule::Decision;
use serde_json::{Value, json};

/// The proposals as one JSON object; a number that is not known is null.
#[must_use]
pub fn proposals_json(p: &Proposals) -> Value {
    let list = &p.counted.drafted;
    let accepted = list.iter().filter(|d| d.outcome.decision() == Some(Decision::Accept));
    json!({
        "tool": concat!("tinhgon ", env!("CARGO_PKG_VERSION")),
        "as_of": p.as_of,
        "rules": p.rules,
        "baseline": amounts(&p.counted.baseline.amounts),
        "procedures": p.counted.baseline.number,
        "procedures_without_yearly_cost": p.counted.baseline.unpriced,
        "saved": amounts(&total(list.iter().filter(|d| d.is_counted)).amounts),
        "saved_by_accepted": amounts(&total(accepted.filter(|d| d.is_counted)).amounts),
        "proposals": list.iter().map(|d| proposal(p, d)).collect::<Vec<_>>(),
    })
}

fn amounts(a: &Amounts) -> Value {
    json!({
        "procedures": a.procedures,
        "requests": a.requests,
        "copies": a.copies,
        "steps": a.steps,
        "run": a.run.map(price),
        "year": a.year.map(price),
    })
}

fn price(p: Price) -> Value {
    json!({
        "minutes": p.minutes,
        "vnd": p.vnd,
        "vnd_low": p.low,
        "vnd_high": p.high,
        "vnd_without_fees": p.without_fees,
    })
}

fn proposal(p: &Proposals, d: &Drafted) -> Value {
    let procedure = p.procedure(d);
    let opinion = |get: fn(&Opinion) -> &str| d.outcome.opinion.as_ref().map(get);
    let amended: Vec<Value> = d
        .proposal
        .amendments
        .iter()
        .map(|a| json!({ "document_no": a.document_no, "provision": a.provision, "competence": a.competence.as_str() }))
        .collect();
    json!({
        "proposal_id": d.proposal.id,
        "code": d.proposal.code,
        "procedure_id": procedure.id,
        "procedure": procedure.name,
        "agency": d.proposal.agency,
        "action": d.proposal.action,
        "title": d.proposal.title,
        "competence": d.proposal.competence.as_str(),
        "certainty": d.proposal.certainty.as_str(),
        "items": d.proposal.items,
        "findings": d.proposal.findings,
        "kinds": d.proposal.kinds,
        "sources": d.proposal.sources,
        "grounds": d.proposal.grounds,
        "readiness": d.proposal.readiness.as_str(),
        "coverage_percent": d.proposal.coverage,
        "content": d.proposal.content,
        "reason": d.proposal.reason,
        "execution": d.proposal.execution,
        "amend": amended,
        "is_counted": d.is_counted,
        "covered_by": d.covered_by,
        "before": amounts(&d.before),
        "after": amounts(&d.after),
        "saved": amounts(&d.saved),
        "decision": d.outcome.decision().map(Decision::as_str),
        "decided_by": opinion(|o| &o.decided_by),
        "note": opinion(|o| &o.note),
    })
}
