//! What is left of a procedure after some proposals, and its price.

use crate::catalog::{Procedure, Request};
use std::collections::{BTreeMap, BTreeSet};

/// What is left of one procedure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remaining {
    /// It is no procedure of its own any more: abolished, or merged into another.
    pub is_gone: bool,
    /// Nobody goes through it any more: abolished, not merged.
    pub is_abolished: bool,
    /// What changed, by id of the request; absent for what is as before.
    pub requests: BTreeMap<String, Left>,
    /// Ids of steps that are gone.
    pub steps: BTreeSet<String>,
    /// Filing and receiving need no visit.
    pub is_online: bool,
}

/// What is left of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Whether the dossier still asks for it of everybody.
    pub is_asked: bool,
    /// Share of dossiers in percent in which it is still handed in.
    pub handed_in: u8,
    /// Whether its copy is still certified, where it was.
    pub is_certified: bool,
    /// Whether one copy is enough.
    pub one_copy: bool,
}

impl Default for Left {
    fn default() -> Left {
        Left { is_asked: true, handed_in: 100, is_certified: true, one_copy: false }
    }
}

impl Remaining {
    /// What is left of a request.
    #[must_use]
    pub fn of(&self, request_id: &str) -> Left {
        if self.is_abolished {
            return Left { is_asked: false, handed_in: 0, ..Left::default() };
        }
        self.requests.get(request_id).copied().unwrap_or_default()
    }

    /// Whether a step is still there.
    #[must_use]
    pub fn has_step(&self, step_id: &str) -> bool {
        !self.is_abolished && !self.steps.contains(step_id)
    }
}

/// Copies and originals a row asks for; nothing is assumed where it does not say.
#[must_use]
pub(super) fn copies(request: &Request, left: Left) -> u64 {
    if !left.is_asked {
        return 0;
    }
    let stated = u64::from(request.originals.unwrap_or_default()) + u64::from(request.copies.unwrap_or_default());
    if left.one_copy { stated.min(1) } else { stated }
}

/// What one run of a procedure costs the person who goes through it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RunCost {
    /// Time in minutes.
    pub minutes: i64,
    /// Time at its price, services and fees, in đồng.
    pub vnd: i64,
}

/// The price of what is left of a procedure. A price never rises when less is left.
pub trait Pricing {
    /// Cost of one run; none when it cannot be priced.
    fn run_cost(&self, procedure: &Procedure, remaining: &Remaining) -> Option<RunCost>;

    /// Dossiers a year; none when they are not known, which is not zero.
    fn volume(&self, procedure: &Procedure) -> Option<u64>;
}

/// No prices and no volumes: everything in đồng and hours is missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unpriced;

impl Pricing for Unpriced {
    fn run_cost(&self, _: &Procedure, _: &Remaining) -> Option<RunCost> {
        None
    }

    fn volume(&self, _: &Procedure) -> Option<u64> {
        None
    }
}
