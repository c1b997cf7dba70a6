//! Which procedures of two catalogues are the same: by code first, then by content; one to one, many to one, one to many.
//!
//! ```text
//! codes ─→ pairs; of several with one code (provinces, levels) all to one
//! rest  ─→ candidates by shared keys ─likeness→ mutual best over the threshold: recoded
//! rest  ─→ a procedure gone into one that lives on: merged; one come out of one that lives on: split
//! ```
//! No step compares every procedure with every other: candidates come from an index of rare keys.

use super::pairing::Pairing;
use super::profile::{Likeness, Profiles};
use crate::catalog::{Catalog, Procedure};
use crate::rule::ProgressRules;
use std::collections::BTreeMap;

/// Why two procedures are taken for the same: the word in the `matched_by` column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchedBy {
    /// The same code.
    Code,
    /// The same code once a misprint in one of them is repaired.
    CodeRepaired,
    /// Another code or none, the same name and what else can be compared.
    Name,
    /// Another code and another name: dossier, steps and legal bases.
    Content,
    /// No partner.
    Nothing,
}

impl MatchedBy {
    /// The word in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            MatchedBy::Code => "code",
            MatchedBy::CodeRepaired => "code-repaired",
            MatchedBy::Name => "name",
            MatchedBy::Content => "content",
            MatchedBy::Nothing => "none",
        }
    }
}

/// What became of the procedures of a match as units of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// One procedure before, one after.
    Kept,
    /// Several before, one after.
    Merged,
    /// Several before that differ only in province, one after.
    Territorial,
    /// One before, several after.
    Split,
    /// One before, none after.
    Gone,
    /// None before, one after.
    New,
}

/// Procedures that are the same. Every procedure of either catalogue stands in exactly one match.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Positions in `before.procedures`, the one that lives on first; empty when new.
    pub before: Vec<usize>,
    /// Positions in `after.procedures`, the one that carries on first; empty when gone.
    pub after: Vec<usize>,
    /// What became of them.
    pub fate: Fate,
    /// Why, for the first pair.
    pub by: MatchedBy,
    /// How much the first pair has in common; all zero when there is no pair.
    pub likeness: Likeness,
}

/// All matches: those with a procedure before in the order of the first one, then the new ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matching {
    /// The matches.
    pub matches: Vec<Match>,
}

impl Matching {
    /// The match that holds a procedure of the catalogue before.
    #[must_use]
    pub fn of_before(&self, position: usize) -> Option<&Match> {
        self.matches.iter().find(|m| m.before.contains(&position))
    }

    /// The match that holds a procedure of the catalogue after.
    #[must_use]
    pub fn of_after(&self, position: usize) -> Option<&Match> {
        self.matches.iter().find(|m| m.after.contains(&position))
    }
}

/// Matches the procedures of two catalogues.
#[must_use]
pub fn match_catalogs(before: &Catalog, after: &Catalog, rules: &ProgressRules) -> Matching {
    let profiles = Profiles::of(before, after, rules);
    let mut pairing = Pairing::new(before, after, &profiles, rules);
    by_code(before, after, &mut pairing);
    pairing.by_content();
    pairing.assemble();
    pairing.merges();
    pairing.splits();
    pairing.finish()
}

/// Pairs what carries the same national code. Of several with one code, the same suffix goes first; the others are one
/// procedure carried out in several places.
fn by_code(before: &Catalog, after: &Catalog, pairing: &mut Pairing) {
    let (left, right) = (positions(before), positions(after));
    for (code, befores) in &left {
        let Some(afters) = right.get(code) else { continue };
        let mut free: Vec<usize> = afters.clone();
        let mut rest = Vec::new();
        for b in befores {
            let suffix = &before.procedures[*b].code_suffix;
            match free.iter().position(|a| after.procedures[*a].code_suffix == *suffix) {
                Some(at) => pairing.pair_by_code(*b, free.remove(at), written_alike(before, after, *b, afters[0])),
                None => rest.push(*b),
            }
        }
        let mut rest = rest.into_iter();
        for a in std::mem::take(&mut free) {
            match rest.next() {
                Some(b) => pairing.pair_by_code(b, a, written_alike(before, after, b, a)),
                None => pairing.join_after(befores[0], a),
            }
        }
        for b in rest {
            pairing.join_before(b, afters[0], Fate::Territorial);
        }
    }
}

fn positions(catalog: &Catalog) -> BTreeMap<&str, Vec<usize>> {
    let mut positions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, procedure) in catalog.procedures.iter().enumerate().filter(|(_, p)| !p.code.is_empty()) {
        positions.entry(procedure.code.as_str()).or_default().push(at);
    }
    positions
}

/// Whether both catalogues print the code as it should be.
fn written_alike(before: &Catalog, after: &Catalog, b: usize, a: usize) -> MatchedBy {
    let is_plain = |p: &Procedure| {
        let written = p.code_as_written.trim();
        written.is_empty()
            || written.strip_prefix(p.code.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    if is_plain(&before.procedures[b]) && is_plain(&after.procedures[a]) {
        MatchedBy::Code
    } else {
        MatchedBy::CodeRepaired
    }
}
