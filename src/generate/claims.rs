//! Claims about known changes, and what an audit should find of each.

use super::rng::Rng;
use super::year::KnownChange;
use crate::catalog::Procedure;
use crate::rule::GeneratedClaims;
use std::collections::BTreeMap;

/// One claim with what is true of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Code named.
    pub code: String,
    /// Name of the procedure.
    pub name: String,
    /// Agency that claims.
    pub agency: String,
    /// What is said to have been done, and its kind.
    pub content: [String; 2],
    /// Paper; empty for a procedure.
    pub paper: String,
    /// Day in force.
    pub date: String,
    /// Document.
    pub ground: String,
    /// What an audit should find.
    pub verdict: &'static str,
    /// How many of the one claimed are accepted; none where it depends on use.
    pub accepted: Option<u32>,
    /// Why.
    pub reason: String,
}

/// Claims about the changes: honest ones, and every trick as an officer would write it.
pub(super) fn claims(
    before: &[Procedure],
    changes: &[KnownChange],
    words: &GeneratedClaims,
    rng: &mut Rng,
) -> Vec<Claim> {
    let procedures: BTreeMap<&str, &Procedure> = before.iter().map(|p| (p.code.as_str(), p)).collect();
    let mut claims: Vec<Claim> = changes.iter().flat_map(|c| of_change(c, &procedures, words, rng)).collect();
    let repeated: Vec<Claim> = claims.iter().filter(|c| c.verdict == "confirmed").step_by(9).cloned().collect();
    claims.extend(repeated.into_iter().map(|c| Claim {
        verdict: "double-counted",
        accepted: Some(0),
        reason: "G8".to_owned(),
        ..c
    }));
    claims.push(Claim {
        code: words.unknown_code.clone(),
        name: String::new(),
        agency: String::new(),
        content: words.abolish.clone(),
        paper: String::new(),
        date: words.date.clone(),
        ground: words.ground.clone(),
        verdict: "not-in-catalogue",
        accepted: Some(0),
        reason: String::new(),
    });
    claims
}

fn of_change(
    change: &KnownChange,
    procedures: &BTreeMap<&str, &Procedure>,
    words: &GeneratedClaims,
    rng: &mut Rng,
) -> Vec<Claim> {
    let (content, verdict, accepted) = match change.change.as_str() {
        "gone" => (&words.abolish, "confirmed", Some(1)),
        "recoded" => (&words.abolish, "recoded", Some(0)),
        "renamed" if change.code_before == change.code_after => (&words.abolish, "renamed", Some(0)),
        "merged" => (&words.abolish, "merged", Some(0)),
        "split" => (&words.abolish, "split", Some(0)),
        "moved-level" => (&words.abolish, "moved-level", Some(0)),
        "request-dropped" => (&words.drop, "confirmed", Some(1)),
        "request-fallback" => (&words.replace, "partly", None),
        "request-reworded"
        | "request-weakened"
        | "request-hidden"
        | "request-to-form"
        | "request-to-condition"
        | "request-to-step"
        | "request-strengthened"
        | "request-merged" => (&words.drop, "still-requested", Some(0)),
        "unchanged" if rng.below(20) == 0 => (&words.abolish, "still-in-catalogue", Some(0)),
        _ => return Vec::new(),
    };
    let code = change.code_before.as_str();
    // What lives on under its code is not what is said to be abolished by a merger or split.
    if matches!(verdict, "merged" | "split") && change.code_before == change.code_after {
        return Vec::new();
    }
    let Some(procedure) = procedures.get(code) else { return Vec::new() };
    let is_late = verdict == "confirmed" && rng.below(12) == 0;
    vec![Claim {
        code: code.to_owned(),
        name: procedure.name.clone(),
        agency: if procedure.agency.is_empty() { procedure.publisher.clone() } else { procedure.agency.clone() },
        content: content.clone(),
        paper: change.before.clone(),
        date: if is_late { words.late_date.clone() } else { words.date.clone() },
        ground: words.ground.clone(),
        verdict: if is_late { "not-yet-in-force" } else { verdict },
        accepted: if is_late { Some(0) } else { accepted },
        reason: if is_late { "G10".to_owned() } else { change.game.clone() },
    }]
}

/// The lines of `claims.csv`, head first.
#[must_use]
pub fn claim_lines(claims: &[Claim], words: &GeneratedClaims) -> Vec<Vec<String>> {
    let line = |(at, c): (usize, &Claim)| {
        let paper = if c.content[1] == words.abolish[1] { String::new() } else { c.paper.clone() };
        vec![
            (at + 1).to_string(),
            c.code.clone(),
            c.name.clone(),
            c.agency.clone(),
            c.content[0].clone(),
            paper,
            c.content[1].clone(),
            "1".to_owned(),
            c.date.clone(),
            c.ground.clone(),
            String::new(),
        ]
    };
    std::iter::once(words.columns.clone()).chain(claims.iter().enumerate().map(line)).collect()
}

/// The lines of `expected-claims.csv`, head first.
#[must_use]
pub fn expected_claim_lines(claims: &[Claim]) -> Vec<Vec<String>> {
    let head = ["claim_id", "code", "verdict", "accepted_amount", "reason"].map(str::to_owned).to_vec();
    let line = |(at, c): (usize, &Claim)| {
        let accepted = c.accepted.map_or(String::new(), |a| a.to_string());
        vec![(at + 1).to_string(), c.code.clone(), c.verdict.to_owned(), accepted, c.reason.clone()]
    };
    std::iter::once(head).chain(claims.iter().enumerate().map(line)).collect()
}
