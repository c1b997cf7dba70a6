//! Why each indicator moved in a match: by real change, by data in place of papers, by correction, by counting otherwise.
//!
//! For every match and indicator `after − before = real + substituted + corrected + method`, because `method` is what the
//! changes that were found do not explain.

use super::change::{Category, Change, ChangeItem, ChangeKind, Flow};
use super::matching::{Fate, Match};
use super::quantities::{hundredths, longest_by_unit};
use crate::catalog::{Procedure, Request};
use crate::reading::Assessment;
use crate::rule::Verdict;
use std::collections::{BTreeMap, HashMap};

macro_rules! indicators {
    ($($(#[$doc:meta])* $item:ident => $word:literal, $unit:literal, $scale:literal;)*) => {
        /// What is counted in every procedure and added up. Titles stand in `rules/messages/progress.toml`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Indicator { $($(#[$doc])* $item,)* }

        impl Indicator {
            /// Every indicator, in the order of tables.
            pub const ALL: &'static [Indicator] = &[$(Indicator::$item,)*];

            /// The word in the `measure` column.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Indicator::$item => $word,)* }
            }

            /// What is counted.
            #[must_use]
            pub fn unit(self) -> &'static str {
                match self { $(Indicator::$item => $unit,)* }
            }

            /// How many of the integers kept make one unit.
            #[must_use]
            pub fn scale(self) -> i64 {
                match self { $(Indicator::$item => $scale,)* }
            }
        }
    };
}

indicators! {
    /// Distinct procedures that are not internal.
    Procedures => "procedures", "procedure", 1;
    /// The same, once for each level.
    LevelInstances => "level-instances", "procedure-level", 1;
    /// Procedures that can be submitted online.
    OnlineOffered => "online-offered", "procedure", 1;
    /// Dossier rows of all cases, notes left out.
    Requests => "requests", "request", 1;
    /// Dossier rows of the longest case.
    RequestsLongestCase => "requests-longest-case", "request", 1;
    /// Requests whose paper data can replace, wholly or in part, and which are still made.
    RequestsReplaceable => "requests-replaceable", "request", 1;
    /// Requests already made only where data fails.
    RequestsWaived => "requests-waived", "request", 1;
    /// Originals and copies of all rows, where stated.
    Copies => "copies", "copy", 1;
    /// Steps.
    Steps => "steps", "step", 1;
    /// Journeys to an office when everything is done in person, where the caller knows them.
    Visits => "visits", "visit", 1;
    /// Longest statutory time of the procedures that state it in working days.
    WorkingDays => "time-working-days", "working_day", 100;
    /// In days.
    Days => "time-days", "day", 100;
    /// In months.
    Months => "time-months", "month", 100;
    /// In years.
    Years => "time-years", "year", 100;
    /// In hours.
    TimeHours => "time-hours", "hour", 100;
    /// In minutes.
    Minutes => "time-minutes", "minute", 100;
    /// Highest fee of each procedure, for one run.
    Fees => "fees", "đồng", 1;
    /// Hours of the applicant for one run.
    Hours => "hours", "hour", 100;
    /// Compliance cost of one run without fees.
    Cost => "cost", "đồng", 1;
    /// Compliance cost of one run with fees.
    CostWithFees => "cost-with-fees", "đồng", 1;
}

/// Number of indicators.
pub(super) const COUNT: usize = Indicator::ALL.len();

/// What one run of a procedure costs the applicant, as the caller computed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Burden {
    /// Journeys to an office.
    pub visits: i64,
    /// Hundredths of an hour.
    pub hours: i64,
    /// Đồng without fees.
    pub cost_vnd: i64,
    /// Đồng with fees.
    pub cost_with_fees_vnd: i64,
}

/// One integer for each indicator.
pub(super) type Amounts = [i64; COUNT];

/// Why the indicators of a match moved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    /// What went away in earnest: at most 0.
    pub(super) removed: Amounts,
    /// What came in earnest: at least 0.
    pub(super) added: Amounts,
    pub(super) substituted: Amounts,
    pub(super) corrected: Amounts,
    pub(super) method: Amounts,
}

impl Parts {
    pub(super) const ZERO: Parts = Parts {
        removed: [0; COUNT],
        added: [0; COUNT],
        substituted: [0; COUNT],
        corrected: [0; COUNT],
        method: [0; COUNT],
    };

    fn put(&mut self, indicator: Indicator, category: Category, amount: i64) {
        let at = indicator as usize;
        match category {
            Category::Real if amount < 0 => self.removed[at] += amount,
            Category::Real => self.added[at] += amount,
            Category::DataSubstitution => self.substituted[at] += amount,
            Category::Correction => self.corrected[at] += amount,
            Category::Method => self.method[at] += amount,
        }
    }

    fn explained(&self, at: usize) -> i64 {
        self.removed[at] + self.added[at] + self.substituted[at] + self.corrected[at] + self.method[at]
    }

    /// Puts what is not explained to `method`, so that the parts add up to `delta`.
    fn close(&mut self, delta: &Amounts) {
        for (at, delta) in delta.iter().enumerate() {
            self.method[at] += delta - self.explained(at);
        }
    }
}

/// What is known of each request of a catalogue: whether data can replace it, whether it is made only where data fails.
#[derive(Debug, Default)]
pub(super) struct Standing<'a>(HashMap<&'a str, (bool, bool)>);

impl<'a> Standing<'a> {
    pub(super) fn of(assessments: &'a [Assessment]) -> Self {
        let mut standing: HashMap<&str, (bool, bool)> = HashMap::new();
        for assessment in assessments {
            let entry = standing.entry(assessment.request_id.as_str()).or_default();
            entry.0 |= matches!(assessment.verdict, Verdict::Replace | Verdict::Partial);
            entry.1 |= assessment.verdict == Verdict::Already;
        }
        Standing(standing)
    }

    /// Rows, replaceable, waived, sheets of one request; a request that is replaceable in one kind is no waived one.
    fn counts(&self, request: &Request) -> [i64; 4] {
        if request.is_note {
            return [0; 4];
        }
        let (replaceable, waived) = self.0.get(request.id.as_str()).copied().unwrap_or_default();
        let sheets = i64::from(request.originals.unwrap_or_default()) + i64::from(request.copies.unwrap_or_default());
        [1, i64::from(replaceable), i64::from(waived && !replaceable), sheets]
    }
}

const ROW_INDICATORS: [Indicator; 4] =
    [Indicator::Requests, Indicator::RequestsReplaceable, Indicator::RequestsWaived, Indicator::Copies];

/// Every indicator of one procedure; all zero for an internal one.
pub(super) fn amounts(procedure: &Procedure, standing: &Standing, burden: Option<&Burden>) -> Amounts {
    let mut amounts = [0; COUNT];
    if procedure.is_internal {
        return amounts;
    }
    let mut set = |indicator: Indicator, value: i64| amounts[indicator as usize] = value;
    set(Indicator::Procedures, 1);
    set(Indicator::LevelInstances, number(procedure.levels.len().max(1)));
    set(Indicator::OnlineOffered, i64::from(procedure.channels.iter().any(|c| c.channel == "online")));
    set(Indicator::Steps, number(procedure.steps.len()));
    let mut rows = [0; 4];
    let mut cases: BTreeMap<u32, i64> = BTreeMap::new();
    for request in &procedure.requests {
        let counts = standing.counts(request);
        rows.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        *cases.entry(request.case_index).or_default() += counts[0];
    }
    ROW_INDICATORS.into_iter().zip(rows).for_each(|(indicator, value)| set(indicator, value));
    set(Indicator::RequestsLongestCase, cases.into_values().max().unwrap_or_default());
    for (unit, value) in longest_by_unit(std::iter::once(procedure)) {
        if let Some(indicator) = time_indicator(unit) {
            set(indicator, i64::from(value));
        }
    }
    set(Indicator::Fees, procedure.channels.iter().filter_map(|c| c.fee_vnd).max().unwrap_or_default());
    if let Some(burden) = burden {
        set(Indicator::Visits, burden.visits);
        set(Indicator::Hours, burden.hours);
        set(Indicator::Cost, burden.cost_vnd);
        set(Indicator::CostWithFees, burden.cost_with_fees_vnd);
    }
    amounts
}

fn time_indicator(unit: &str) -> Option<Indicator> {
    Indicator::ALL.iter().copied().find(|i| i.as_str().starts_with("time-") && i.unit() == unit)
}

/// A count as an integer; no catalogue comes near the bound.
pub(super) fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Sides of a match with what is needed to explain it.
pub(super) struct Sides<'a> {
    pub(super) matched: &'a Match,
    pub(super) before: Vec<&'a Procedure>,
    pub(super) after: Vec<&'a Procedure>,
    pub(super) standing_before: &'a Standing<'a>,
    pub(super) standing_after: &'a Standing<'a>,
    pub(super) sum_before: Amounts,
    pub(super) sum_after: Amounts,
}

/// The parts of the movement of one match. `changes` are those of the match.
pub(super) fn parts(sides: &Sides, changes: &[Change]) -> Parts {
    let mut delta = [0; COUNT];
    for (at, delta) in delta.iter_mut().enumerate() {
        *delta = sides.sum_after[at] - sides.sum_before[at];
    }
    let mut parts = Parts::ZERO;
    if matches!(sides.matched.fate, Fate::Gone | Fate::New) {
        for indicator in Indicator::ALL {
            parts.put(*indicator, Category::Real, delta[*indicator as usize]);
        }
        return parts;
    }
    let is_public = |procedures: &[&Procedure]| procedures.iter().all(|p| !p.is_internal);
    if is_public(&sides.before) && is_public(&sides.after) {
        rows(sides, changes, &mut parts);
        steps(changes, &mut parts);
        numbers(sides, changes, &delta, &mut parts);
        follow(&delta, &mut parts);
    }
    parts.close(&delta);
    parts
}

/// Rows: each change moves what its rows count.
fn rows(sides: &Sides, changes: &[Change], parts: &mut Parts) {
    let find = |procedures: &[&Procedure], standing: &Standing| -> HashMap<String, [i64; 4]> {
        let requests = procedures.iter().flat_map(|p| &p.requests);
        requests.map(|r| (r.id.clone(), standing.counts(r))).collect()
    };
    let requests: Vec<&Change> = changes.iter().filter(|c| c.item == ChangeItem::Request).collect();
    if requests.is_empty() {
        return;
    }
    let (before, after) = (find(&sides.before, sides.standing_before), find(&sides.after, sides.standing_after));
    let zero = [0; 4];
    for change in requests {
        let (b, a) = (before.get(&change.item_before).unwrap_or(&zero), after.get(&change.item_after).unwrap_or(&zero));
        let (b, a) = match change.flow {
            Flow::Pair => (b, a),
            Flow::Out => (b, &zero),
            Flow::In => (&zero, a),
        };
        if change.kind == ChangeKind::Extraction {
            for indicator in ROW_INDICATORS {
                let at = indicator as usize;
                parts.put(indicator, Category::Correction, sides.sum_after[at] - sides.sum_before[at]);
            }
        } else if change.kind == ChangeKind::CopiesChanged {
            parts.put(Indicator::Copies, change.category, a[3] - b[3]);
        } else {
            // Numbers of a row in other words are told by a change of their own.
            let is_plain = matches!(change.kind, ChangeKind::RequestReworded | ChangeKind::Correction);
            let counted = if is_plain { 3 } else { 4 };
            for at in 0..counted {
                parts.put(ROW_INDICATORS[at], change.category, a[at] - b[at]);
            }
        }
    }
}

#[allow(clippy::cast_possible_truncation, reason = "amounts of steps are whole numbers")]
fn steps(changes: &[Change], parts: &mut Parts) {
    for change in changes.iter().filter(|c| c.item == ChangeItem::Step) {
        parts.put(Indicator::Steps, change.category, change.amount as i64);
    }
}

/// Times and fees: real where both sides state them in the same unit and one procedure became one.
fn numbers(sides: &Sides, changes: &[Change], delta: &Amounts, parts: &mut Parts) {
    if sides.matched.fate != Fate::Kept {
        return;
    }
    let states = |procedures: &[&Procedure], indicator: Indicator| {
        let mut channels = procedures.iter().flat_map(|p| &p.channels);
        match indicator {
            Indicator::Fees => channels.any(|c| c.fee_vnd.is_some()),
            _ => {
                channels.any(|c| c.duration_unit == indicator.unit() && c.duration_value.and_then(hundredths).is_some())
            }
        }
    };
    for indicator in Indicator::ALL.iter().copied() {
        let item = match indicator {
            Indicator::Fees => ChangeItem::Fee,
            i if i.as_str().starts_with("time-") => ChangeItem::Duration,
            Indicator::OnlineOffered => ChangeItem::Channel,
            _ => continue,
        };
        let Some(change) = changes.iter().find(|c| c.item == item) else { continue };
        let is_stated =
            item == ChangeItem::Channel || states(&sides.before, indicator) && states(&sides.after, indicator);
        let category =
            if is_stated || change.category == Category::Correction { change.category } else { Category::Method };
        parts.put(indicator, category, delta[indicator as usize]);
    }
}

/// Indicators without changes of their own follow the rows, or the cost the rows, steps and fees: of their movement as
/// much is real, substituted, corrected as is of what they follow; for the longest case at most so many rows.
fn follow(delta: &Amounts, parts: &mut Parts) {
    let at = Indicator::Requests as usize;
    let real = parts.removed[at] + parts.added[at];
    let mut left = delta[Indicator::RequestsLongestCase as usize];
    for (category, bound) in [
        (Category::Real, real),
        (Category::DataSubstitution, parts.substituted[at]),
        (Category::Correction, parts.corrected[at]),
    ] {
        let taken = toward(left, bound);
        parts.put(Indicator::RequestsLongestCase, category, taken);
        left -= taken;
    }
    let is_moved = |of: fn(&Parts) -> &Amounts| {
        [Indicator::Requests, Indicator::Copies, Indicator::Steps, Indicator::RequestsWaived, Indicator::Fees]
            .iter()
            .any(|i| of(parts)[*i as usize] != 0)
    };
    let category = if is_moved(|p| &p.removed) || is_moved(|p| &p.added) {
        Category::Real
    } else if is_moved(|p| &p.substituted) {
        Category::DataSubstitution
    } else if is_moved(|p| &p.corrected) {
        Category::Correction
    } else {
        Category::Method
    };
    for indicator in [Indicator::Visits, Indicator::Hours, Indicator::Cost, Indicator::CostWithFees] {
        parts.put(indicator, category, delta[indicator as usize]);
    }
}

/// As much of `delta` as goes the way of `bound` and not beyond it.
fn toward(delta: i64, bound: i64) -> i64 {
    if delta.signum() == bound.signum() { delta.signum() * delta.abs().min(bound.abs()) } else { 0 }
}
