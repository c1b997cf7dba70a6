//! Numbers of a procedure that are added up: times by unit.

use crate::catalog::Procedure;
use std::collections::BTreeMap;

/// The longest statutory time of some procedures in each unit, in hundredths; units are never converted.
pub(super) fn longest_by_unit<'a>(procedures: impl Iterator<Item = &'a Procedure>) -> BTreeMap<&'a str, i32> {
    let mut longest: BTreeMap<&str, i32> = BTreeMap::new();
    for channel in procedures.flat_map(|p| &p.channels) {
        if let Some(value) = channel.duration_value.and_then(hundredths) {
            let entry = longest.entry(channel.duration_unit.as_str()).or_default();
            *entry = (*entry).max(value);
        }
    }
    longest
}

/// A stated number in hundredths; none when it is out of any sensible range.
#[allow(clippy::cast_possible_truncation, reason = "the range is checked")]
pub(super) fn hundredths(value: f64) -> Option<i32> {
    let scaled = (value * 100.0).round();
    (0.0..=1e9).contains(&scaled).then_some(scaled as i32)
}

/// A whole number as an amount; sums of đồng and of rows stay below 2⁵³ and are exact.
#[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
pub(super) fn exact(value: i64) -> f64 {
    value as f64
}
