//! The table `acts`.

use super::ProcedureActs;
use crate::catalog::{Catalog, Procedure};
use crate::table::Table;

/// The table `acts`, in the order of the catalogue; `read` belongs to the procedures of `catalog`, one by one.
#[must_use]
pub fn act_table(catalog: &Catalog, read: &[ProcedureActs]) -> Table {
    let rows: Vec<(&Procedure, &super::Act, i64)> = catalog
        .procedures
        .iter()
        .zip(read)
        .flat_map(|(p, r)| r.acts.iter().zip(1..).map(move |(a, position)| (p, a, position)))
        .collect();
    Table::new("acts")
        .text("step_id", rows.iter().map(|r| &r.1.step_id))
        .text("procedure_id", rows.iter().map(|r| &r.0.id))
        .text("code", rows.iter().map(|r| &r.0.code))
        .int("position", rows.iter().map(|r| Some(r.2)))
        .text("act", rows.iter().map(|r| r.1.class.as_str()))
        .text("actor", rows.iter().map(|r| r.1.doer.as_ref().map_or("", |d| d.party.as_str())))
        .int("span_start", rows.iter().map(|r| i64::try_from(r.1.span.0).ok()))
        .int("span_end", rows.iter().map(|r| i64::try_from(r.1.span.1).ok()))
        .text("quote", rows.iter().map(|r| &r.1.quote))
}
