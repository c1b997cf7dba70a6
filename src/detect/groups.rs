//! The tables `groups` and `group_members`: the same request, step or procedure over the whole catalogue.

use super::finding::{self, Finding};
use super::procedures::{NearlySame, SameAtLevels};
use super::steps::SharedStep;
use super::{Detector, Item};
use crate::catalog::Catalog;
use crate::relation::{self, Group};
use crate::table::Table;
use std::collections::{BTreeMap, BTreeSet};

/// A row of `groups` with its members.
struct Grouped<'a> {
    id: String,
    item: Item,
    representative: &'a str,
    /// Groups of requests only: the family.
    family: &'a str,
    /// Groups of requests only: how the paper is written, with the number of rows.
    spellings: Vec<String>,
    members: Vec<Member<'a>>,
}

/// A row of `group_members`.
struct Member<'a> {
    item_id: &'a str,
    /// Id of the procedure.
    procedure: &'a str,
    /// Likeness to the representative; none where the whole group is found at once.
    score: Option<f64>,
}

/// The tables `groups`, largest first within requests, steps and procedures, and `group_members` in the order of the groups and of
/// the catalogue; `code` is the id of the procedure where it has no national code.
#[must_use]
pub fn group_tables(catalog: &Catalog, groups: &[Group], items: &[relation::Item], findings: &[Finding]) -> [Table; 2] {
    let mut all: Vec<Grouped> = groups.iter().map(|group| of_requests(group, items)).collect();
    all.extend(of_findings(catalog, findings));
    let places: BTreeMap<&str, (&str, &str)> = catalog
        .procedures
        .iter()
        .map(|p| (p.id.as_str(), (if p.code.is_empty() { p.id.as_str() } else { p.code.as_str() }, p.agency.as_str())))
        .collect();
    [group_table(&all, &places), member_table(&all, &places)]
}

fn of_requests<'a>(group: &'a Group, items: &[relation::Item<'a>]) -> Grouped<'a> {
    let member = |m: &relation::Member| {
        let item = items.get(m.item)?;
        Some(Member { item_id: item.id, procedure: item.procedure, score: Some(m.score) })
    };
    Grouped {
        id: group.id.clone(),
        item: Item::Request,
        representative: &group.representative,
        family: &group.family,
        spellings: group.spellings.iter().map(|s| format!("{} ({})", s.name, s.items)).collect(),
        members: group.members.iter().filter_map(member).collect(),
    }
}

/// Shared steps, and procedures that are the same or nearly so, as their detectors found them.
fn of_findings<'a>(catalog: &'a Catalog, findings: &'a [Finding]) -> Vec<Grouped<'a>> {
    let steps: BTreeMap<&str, &str> = catalog.steps().map(|(p, s)| (s.id.as_str(), p.id.as_str())).collect();
    let finders: [&dyn Detector; 3] = [&SharedStep, &SameAtLevels, &NearlySame];
    let grouped = |f: &'a Finding| {
        let ids = std::iter::once(&f.item_id).chain(&f.related).map(String::as_str);
        let procedure =
            |id: &'a str| if f.item == Item::Step { steps.get(id).copied().unwrap_or_default() } else { id };
        Grouped {
            id: format!("G-{}", finding::id_of(&[&f.id])),
            item: f.item,
            representative: &f.quote,
            family: "",
            spellings: Vec::new(),
            members: ids.map(|id| Member { item_id: id, procedure: procedure(id), score: None }).collect(),
        }
    };
    let is_group = |f: &&Finding| finders.iter().any(|d| d.rule() == f.rule) && !f.related.is_empty();
    let mut all: Vec<Grouped> = findings.iter().filter(is_group).map(grouped).collect();
    all.sort_by(|a, b| (a.item, b.members.len(), &a.id).cmp(&(b.item, a.members.len(), &b.id)));
    all
}

type Places<'a> = BTreeMap<&'a str, (&'a str, &'a str)>;

fn group_table(groups: &[Grouped], places: &Places) -> Table {
    let int = |get: &dyn Fn(&Grouped) -> usize| groups.iter().map(|g| i64::try_from(get(g)).ok()).collect::<Vec<_>>();
    let procedures = |g: &Grouped| g.members.iter().map(|m| m.procedure).collect::<BTreeSet<_>>().len();
    let agencies = |g: &Grouped| {
        let agencies = g.members.iter().filter_map(|m| places.get(m.procedure)).map(|(_, agency)| *agency);
        agencies.filter(|a| !a.is_empty()).collect::<BTreeSet<_>>().len()
    };
    let spelling_count = |g: &Grouped| i64::try_from(g.spellings.len()).ok().filter(|n| *n > 0);
    Table::new("groups")
        .text("group_id", groups.iter().map(|g| g.id.as_str()))
        .text("item", groups.iter().map(|g| g.item.as_str()))
        .int("size", int(&|g| g.members.len()))
        .text("representative", groups.iter().map(|g| g.representative))
        .text("family", groups.iter().map(|g| g.family))
        .int("procedures", int(&procedures))
        .int("agencies", int(&agencies))
        .int("spelling_count", groups.iter().map(spelling_count))
        .text("spellings", groups.iter().map(|g| g.spellings.join("; ")))
}

fn member_table(groups: &[Grouped], places: &Places) -> Table {
    let rows: Vec<_> = groups.iter().flat_map(|g| g.members.iter().map(move |m| (g, m))).collect();
    Table::new("group_members")
        .text("group_id", rows.iter().map(|(g, _)| g.id.as_str()))
        .text("item_id", rows.iter().map(|(_, m)| m.item_id))
        .text("code", rows.iter().map(|(_, m)| places.get(m.procedure).map_or("", |(code, _)| code)))
        .text("procedure_id", rows.iter().map(|(_, m)| m.procedure))
        .float("score", rows.iter().map(|(_, m)| m.score))
}
