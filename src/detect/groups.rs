//! The tables `groups` and `group_members`: the same request over all procedures.

use crate::relation::{Group, Item};
use crate::table::Table;

/// The table `groups`, largest first.
#[must_use]
pub fn group_table(groups: &[Group]) -> Table {
    let int = |get: fn(&Group) -> usize| groups.iter().map(move |g| i64::try_from(get(g)).ok());
    let spellings = |g: &Group| g.spellings.iter().map(|s| format!("{} ({})", s.name, s.items)).collect::<Vec<_>>();
    Table::new("groups")
        .text("group_id", groups.iter().map(|g| g.id.as_str()))
        .text("item", groups.iter().map(|_| "request"))
        .int("size", int(|g| g.members.len()))
        .text("representative", groups.iter().map(|g| g.representative.as_str()))
        .text("family", groups.iter().map(|g| g.family.as_str()))
        .int("procedures", int(|g| g.procedures))
        .int("agencies", int(|g| g.agencies))
        .int("spelling_count", int(|g| g.spellings.len()))
        .text("spellings", groups.iter().map(|g| spellings(g).join("; ")))
}

/// The table `group_members`, in the order of the groups and of the catalogue; `code` is the id of the procedure where it
/// has no national code.
#[must_use]
pub fn member_table(groups: &[Group], items: &[Item], codes: &[&str]) -> Table {
    let rows: Vec<_> = groups.iter().flat_map(|g| g.members.iter().map(move |m| (g, m))).collect();
    let item = |at: usize| items.get(at);
    Table::new("group_members")
        .text("group_id", rows.iter().map(|(g, _)| g.id.as_str()))
        .text("item_id", rows.iter().map(|(_, m)| item(m.item).map(|i| i.id).unwrap_or_default()))
        .text("code", rows.iter().map(|(_, m)| codes.get(m.item).copied().unwrap_or_default()))
        .text("procedure_id", rows.iter().map(|(_, m)| item(m.item).map(|i| i.procedure).unwrap_or_default()))
        .float("score", rows.iter().map(|(_, m)| Some(m.score)))
}
