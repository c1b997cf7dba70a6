//! On what ground a kind can be replaced on a day, and whether its database is ready.

use super::Context;
use crate::rule::{Competence, Ground, Readiness, Requires, RuleBook};

/// Ground and readiness of one kind for one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub ground: String,
    pub ground_code: String,
    pub readiness: Readiness,
    pub competence: Option<Competence>,
}

/// The first ground in force that covers the kind and whose demands on the database are met.
///
/// A ground that waits for publication or connection is cited as what the replacement will rest on once that is done,
/// when no stronger one is in force. When all grounds that covered the kind have ended, the last is named as lapsed.
pub(super) fn standing(book: &RuleBook, kind: usize, code: &str, context: &Context) -> Standing {
    let state = book.kinds[kind].source.map(|s| context.register.state(&book.sources[s], context.as_of));
    let state = state.unwrap_or_default();
    let ready = state.published && state.connected;
    let covering: Vec<&Ground> =
        book.grounds.iter().filter(|g| g.covers.contains_key(&kind) && g.reaches(code)).collect();
    let met = |g: &&&Ground| match g.requires {
        None => true,
        Some(Requires::Published) => state.published,
        Some(Requires::Connected) => ready,
    };
    let in_force: Vec<&Ground> = covering.iter().filter(|g| g.in_force(context.as_of)).copied().collect();
    // A ground that asks for a connection gives no right to wait for one: without it, it stands for nothing.
    let usable = |g: &&&Ground| g.requires != Some(Requires::Connected);
    let cited = in_force.iter().find(met).or_else(|| in_force.iter().find(usable));
    match cited {
        Some(g) => Standing {
            ground: format!("{} {}", g.document, g.covers.get(&kind).map_or("", String::as_str)).trim_end().to_owned(),
            ground_code: g.code.clone(),
            readiness: if ready { Readiness::ReplaceNow } else { Readiness::ReplaceWhenConnected },
            competence: Some(g.competence),
        },
        None => Standing {
            ground: String::new(),
            ground_code: covering
                .iter()
                .find(|g| !g.in_force(context.as_of))
                .map_or_else(String::new, |g| g.code.clone()),
            readiness: Readiness::GroundLapsed,
            competence: None,
        },
    }
}
