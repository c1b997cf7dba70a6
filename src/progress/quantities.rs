//! Numbers of a procedure that are added up: times by unit, fees.

use crate::catalog::Procedure;
use std::collections::BTreeMap;

/// The longest statutory time of some procedures, in hundredths of its unit; of several units the first by name.
pub(super) fn longest_duration<'a>(procedures: impl Iterator<Item = &'a Procedure>) -> Option<(i32, String)> {
    let mut longest: BTreeMap<&str, i32> = BTreeMap::new();
    for channel in procedures.flat_map(|p| &p.channels) {
        if let Some(value) = channel.duration_value.and_then(hundredths) {
            let entry = longest.entry(channel.duration_unit.as_str()).or_default();
            *entry = (*entry).max(value);
        }
    }
    longest.into_iter().next().map(|(unit, value)| (value, unit.to_owned()))
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
