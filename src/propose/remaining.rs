//! What is left of a procedure after some proposals, and its price.

use crate::burden::{Amount, Readings, Removal, Share, cost_after};
use crate::catalog::{Procedure, Request};
use crate::rule::CostBook;
use crate::volumes::{Volumes, Yearly};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Sub;

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

    fn removal(&self, procedure: &Procedure) -> Removal {
        let mut removal = Removal { moves_online: self.is_online, ..Removal::default() };
        for request in &procedure.requests {
            let left = self.of(&request.id);
            if left.handed_in < 100 {
                removal.requests.insert(request.id.clone(), Share::of(u64::from(left.handed_in), 100));
            }
            if !left.is_certified {
                removal.certifications.insert(request.id.clone());
            }
            if left.one_copy {
                let fewer = stated(request).saturating_sub(1);
                removal.copies.insert(request.id.clone(), u32::try_from(fewer).unwrap_or(u32::MAX));
            }
        }
        removal
    }
}

/// Originals and copies a row states together.
fn stated(request: &Request) -> u64 {
    u64::from(request.originals.unwrap_or_default()) + u64::from(request.copies.unwrap_or_default())
}

/// Copies and originals a row asks for; nothing is assumed where it does not say.
#[must_use]
pub(super) fn copies(request: &Request, left: Left) -> u64 {
    match left {
        Left { is_asked: false, .. } => 0,
        Left { one_copy: true, .. } => stated(request).min(1),
        _ => stated(request),
    }
}

/// What going through a procedure costs, once or in a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Price {
    /// Time in minutes.
    pub minutes: i64,
    /// Time at its price, services and fees, in đồng.
    pub vnd: i64,
    /// The same without fees.
    pub without_fees: i64,
    /// Lower end of the range that the confidence of the unit times leaves, with fees.
    pub low: i64,
    /// Upper end.
    pub high: i64,
}

impl Price {
    fn of(amount: &Amount) -> Price {
        let whole = amount.with_fees();
        Price {
            minutes: amount.minutes.best,
            vnd: whole.best,
            without_fees: amount.without_fees.best,
            low: whole.low,
            high: whole.high,
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Price) -> Price {
        Price {
            minutes: self.minutes.saturating_add(other.minutes),
            vnd: self.vnd.saturating_add(other.vnd),
            without_fees: self.without_fees.saturating_add(other.without_fees),
            low: self.low.saturating_add(other.low),
            high: self.high.saturating_add(other.high),
        }
    }
}

impl Sub for Price {
    type Output = Price;

    fn sub(self, other: Price) -> Price {
        Price {
            minutes: self.minutes - other.minutes,
            vnd: self.vnd - other.vnd,
            without_fees: self.without_fees - other.without_fees,
            low: self.low - other.low,
            high: self.high - other.high,
        }
    }
}

/// What prices depend on.
#[derive(Debug)]
pub struct Prices<'a> {
    /// Unit times and prices.
    pub book: &'a CostBook,
    /// What each row asks for.
    pub readings: Readings,
    /// Dossiers a year; none when no volumes are given.
    pub volumes: Option<&'a Volumes>,
}

impl Prices<'_> {
    /// Dossiers a year; none when they are not known, which is not zero.
    #[must_use]
    pub fn volume(&self, procedure: &Procedure) -> Option<Yearly> {
        let name = if procedure.code.is_empty() { &procedure.id } else { &procedure.code };
        self.volumes?.yearly(name)
    }

    /// Cost of one run and of a year. None is known of a procedure whose dossier the catalogue does not list.
    #[must_use]
    pub fn of(
        &self,
        procedure: &Procedure,
        remaining: &Remaining,
        volume: Option<&Yearly>,
    ) -> (Option<Price>, Option<Price>) {
        if procedure.requests.iter().all(|r| r.is_note) {
            return (None, None);
        }
        if remaining.is_abolished {
            return (Some(Price::default()), volume.map(|_| Price::default()));
        }
        let cost = cost_after(self.book, procedure, &self.readings, volume, &remaining.removal(procedure));
        (Some(Price::of(&cost.per_run)), cost.per_year.as_ref().map(Price::of))
    }
}
