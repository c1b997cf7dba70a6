//! Sheets of the review workbook that show what to do first: databases in their order, and the plan for each measure.

use super::proposals::Proposals;
use super::sheet::{Column, Look, Sheet, Value};
use crate::propose::{Aim, Plan};

fn whole(n: u64) -> Value {
    Value::Int(i64::try_from(n).unwrap_or(i64::MAX))
}

fn known(n: Option<u64>) -> Value {
    n.map_or(Value::Empty, whole)
}

/// The order in which to connect databases.
pub(super) fn connection_sheet(p: &Proposals) -> Sheet {
    let t = |key: &str| p.text(key, &[]);
    let number = |key: &str| Column::new(t(key), 14.0, Look::Whole);
    let columns = vec![
        Column::new(t("connections-rank"), 8.0, Look::Whole),
        Column::new(t("connections-source"), 44.0, Look::Text),
        Column::new(t("connections-state"), 14.0, Look::Text),
        number("connections-coverage"),
        number("connections-requests").summed(),
        number("connections-papers").summed(),
        number("connections-procedures").summed(),
        number("connections-dossiers").summed(),
        Column::new(t("connections-cost"), 18.0, Look::Whole).summed(),
        number("connections-cumulative"),
        number("connections-optimum"),
    ];
    let rows = p.connections.iter().map(|c| {
        let state = if c.is_connected { "connections-connected" } else { "connections-open" };
        vec![
            whole(c.rank as u64),
            p.source(&c.source).into(),
            t(state).into(),
            Value::int(c.coverage.map(i64::from)),
            whole(c.requests_freed),
            known(c.papers_freed),
            whole(c.procedures_freed),
            known(c.dossiers_freed),
            Value::int(c.cost_saved),
            whole(c.cumulative),
            whole(c.optimum),
        ]
    });
    Sheet {
        name: t("connections-title"),
        title: t("connections-title"),
        notes: vec![t("connections-note")],
        rows: rows.collect(),
        columns,
        total: t("proposals-total"),
        protect: false,
    }
}

/// One row a measure: whether the target is reached, how far the plan gets, and at what effort.
pub(super) fn plan_sheet(p: &Proposals) -> Sheet {
    let t = |key: &str| p.text(key, &[]);
    let number = |key: &str| Column::new(t(key), 15.0, Look::Whole);
    let columns = vec![
        Column::new(t("plan-measure"), 26.0, Look::Text),
        number("plan-baseline"),
        number("plan-needed"),
        number("plan-gain"),
        Column::new(t("plan-share"), 11.0, Look::Percent),
        number("plan-by-city"),
        number("plan-safe"),
        Column::new(t("plan-state"), 20.0, Look::Text),
        number("plan-number"),
        number("plan-effort"),
        number("plan-bound"),
        Column::new(t("plan-connect"), 44.0, Look::Text),
    ];
    let Some(first) = p.plans.first() else { return Sheet { columns, ..Sheet::default() } };
    let goal = [("percent", first.goal.percent.to_string()), ("by", first.goal.by.to_string())];
    let goal: Vec<(&str, &str)> = goal.iter().map(|(k, v)| (*k, v.as_str())).collect();
    Sheet {
        name: t("plan-title"),
        title: p.text("plan-heading", &goal),
        notes: vec![t("plan-note"), t("plan-effort-note")],
        rows: p.plans.iter().map(|plan| plan_row(p, plan)).collect(),
        columns,
        total: String::new(),
        protect: false,
    }
}

fn plan_row(p: &Proposals, plan: &Plan) -> Vec<Value> {
    let aim = p.text(&format!("aim-{}", plan.aim.as_str()), &[]);
    let Some(baseline) = plan.baseline else {
        return vec![
            aim.into(),
            Value::Empty,
            Value::Empty,
            Value::Empty,
            Value::Empty,
            Value::Empty,
            Value::Empty,
            p.text("plan-state-unknown", &[]).into(),
        ];
    };
    let e = &plan.effort;
    let state = if e.is_reached { "plan-state-reached" } else { "plan-state-missed" };
    let share = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let sources: Vec<String> = plan.sources.iter().map(|s| p.source(s)).collect();
    vec![
        aim.into(),
        whole(baseline),
        whole(e.needed),
        whole(e.gain),
        Value::Share(share(e.gain), share(baseline)),
        whole(e.gain_by_city),
        whole(plan.gain_safe),
        p.text(state, &[]).into(),
        whole(plan.proposals.len() as u64),
        whole(e.effort),
        whole(e.bound),
        sources.join("; ").into(),
    ]
}

/// The proposals of each plan in their order.
pub(super) fn plan_item_sheet(p: &Proposals) -> Sheet {
    let t = |key: &str| p.text(key, &[]);
    let text = |key: &str, width: f64| Column::new(t(key), width, Look::Text);
    let columns = vec![
        text("plan-measure", 24.0),
        Column::new(t("plan-position"), 8.0, Look::Whole),
        text("plan-proposal", 16.0),
        text("proposals-code", 12.0),
        text("proposals-content", 70.0),
        text("proposals-competence", 18.0),
        text("proposals-certainty", 14.0),
        Column::new(t("plan-item-gain"), 14.0, Look::Whole),
    ];
    let rows = p.plans.iter().flat_map(|plan| {
        plan.proposals.iter().enumerate().map(move |(place, at)| {
            let d = &p.counted.drafted[*at];
            vec![
                p.text(&format!("aim-{}", plan.aim.as_str()), &[]).into(),
                whole(place as u64 + 1),
                d.proposal.id.as_str().into(),
                d.proposal.code.as_str().into(),
                p.of(&d.proposal.content).into(),
                p.text(&format!("competence-{}", d.proposal.competence.as_str()), &[]).into(),
                p.text(&format!("certainty-{}", d.proposal.certainty.as_str()), &[]).into(),
                known(Aim::of(plan.aim, &d.saved)),
            ]
        })
    });
    Sheet {
        name: t("plan-items-title"),
        title: t("plan-items-title"),
        notes: Vec::new(),
        rows: rows.collect(),
        columns,
        total: String::new(),
        protect: false,
    }
}
