//! The tables `proposals` and `decisions`. Column names are the contract.

use super::{DecisionRow, Drafted, Prices};
use crate::catalog::Catalog;
use crate::rule::Decision;
use crate::table::Table;

/// Whole hours and tenths of minutes: minutes in, hours out.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "minutes of a year stay far below 2^53")]
pub(crate) fn hours(minutes: i64) -> f64 {
    minutes as f64 / 60.0
}

/// The table `proposals`, in the order given. Costs without `run` are those of a year; they are missing where price or volume is.
#[must_use]
pub fn proposal_table(catalog: &Catalog, drafted: &[Drafted], prices: &Prices) -> Table {
    let rows = drafted;
    let join = |list: &[String]| list.join("; ");
    let count = |get: fn(&Drafted) -> u64| rows.iter().map(move |d| i64::try_from(get(d)).ok());
    let procedure = |d: &Drafted| &catalog.procedures[d.proposal.procedure];
    let opinion = |d: &Drafted, get: fn(&super::Opinion) -> &str| {
        d.outcome.opinion.as_ref().map_or(String::new(), |o| get(o).to_owned())
    };
    Table::new("proposals")
        .text("proposal_id", rows.iter().map(|d| &d.proposal.id))
        .text("code", rows.iter().map(|d| &d.proposal.code))
        .text("procedure_id", rows.iter().map(|d| &procedure(d).id))
        .text("procedure", rows.iter().map(|d| &procedure(d).name))
        .text("agency", rows.iter().map(|d| &d.proposal.agency))
        .text("action", rows.iter().map(|d| &d.proposal.action))
        .text("competence", rows.iter().map(|d| d.proposal.competence.as_str()))
        .text("certainty", rows.iter().map(|d| d.proposal.certainty.as_str()))
        .text("items", rows.iter().map(|d| join(&d.proposal.items)))
        .text("text", rows.iter().map(|d| &d.proposal.text))
        .text("findings", rows.iter().map(|d| join(&d.proposal.findings)))
        .text("kinds", rows.iter().map(|d| join(&d.proposal.kinds)))
        .text("sources", rows.iter().map(|d| join(&d.proposal.sources)))
        .text("grounds", rows.iter().map(|d| join(&d.proposal.grounds)))
        .text("readiness", rows.iter().map(|d| d.proposal.readiness.as_str()))
        .int("coverage_percent", rows.iter().map(|d| d.proposal.coverage))
        .text("content", rows.iter().map(|d| &d.proposal.content.vi))
        .text("content_en", rows.iter().map(|d| &d.proposal.content.en))
        .text("reason", rows.iter().map(|d| &d.proposal.reason.vi))
        .text("reason_en", rows.iter().map(|d| &d.proposal.reason.en))
        .text("execution", rows.iter().map(|d| &d.proposal.execution.vi))
        .text("execution_en", rows.iter().map(|d| &d.proposal.execution.en))
        .text(
            "documents",
            rows.iter().map(|d| d.proposal.amendments.iter().map(|a| a.cited.as_str()).collect::<Vec<_>>().join("; ")),
        )
        .flag("is_counted", rows.iter().map(|d| d.is_counted))
        .text("covered_by", rows.iter().map(|d| &d.covered_by))
        .int("procedures_saved", count(|d| d.saved.procedures))
        .int("requests_saved", count(|d| d.saved.requests))
        .int("copies_saved", count(|d| d.saved.copies))
        .int("steps_saved", count(|d| d.saved.steps))
        .int("volume", rows.iter().map(|d| prices.volume(procedure(d)).and_then(|v| i64::try_from(v.total).ok())))
        .int("cost_before_run_vnd", rows.iter().map(|d| d.before.run.map(|p| p.vnd)))
        .int("cost_after_run_vnd", rows.iter().map(|d| d.after.run.map(|p| p.vnd)))
        .int("minutes_saved_run", rows.iter().map(|d| d.saved.run.map(|p| p.minutes)))
        .int("cost_before_vnd", rows.iter().map(|d| d.before.year.map(|p| p.vnd)))
        .int("cost_after_vnd", rows.iter().map(|d| d.after.year.map(|p| p.vnd)))
        .int("cost_saved_vnd", rows.iter().map(|d| d.saved.year.map(|p| p.vnd)))
        .int("cost_saved_low_vnd", rows.iter().map(|d| d.saved.year.map(|p| p.low)))
        .int("cost_saved_high_vnd", rows.iter().map(|d| d.saved.year.map(|p| p.high)))
        .int("cost_saved_without_fees_vnd", rows.iter().map(|d| d.saved.year.map(|p| p.without_fees)))
        .float("hours_saved", rows.iter().map(|d| d.saved.year.map(|p| hours(p.minutes))))
        .text("decision", rows.iter().map(|d| d.outcome.decision().map_or("", Decision::as_str)))
        .text("decided_by", rows.iter().map(|d| opinion(d, |o| &o.decided_by)))
        .text("note", rows.iter().map(|d| opinion(d, |o| &o.note)))
}

/// The table `decisions`: every decision given, now or earlier, and what became of it.
#[must_use]
pub fn decision_table(rows: &[DecisionRow]) -> Table {
    let column = |get: fn(&super::Opinion) -> &str| rows.iter().map(move |r| get(&r.opinion));
    Table::new("decisions")
        .text("proposal_id", column(|o| &o.proposal_id))
        .text("state", rows.iter().map(|r| r.state.as_str()))
        .text("decision", rows.iter().map(|r| r.opinion.decision.map_or("", Decision::as_str)))
        .text("written", column(|o| &o.written))
        .text("decided_by", column(|o| &o.decided_by))
        .text("note", column(|o| &o.note))
        .text("file", column(|o| &o.file))
        .text("sheet", column(|o| &o.sheet))
        .int("row", rows.iter().map(|r| Some(r.opinion.row)))
}
