//! Dossiers a year, by which measures are weighted.

use std::collections::BTreeMap;

/// Dossiers of one year by code. One year weighs both sides, so that a change of volume is no change of burden.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weights {
    /// The year whose dossiers are used; none when the input does not say.
    pub year: Option<i16>,
    /// Dossiers by canonical code.
    pub dossiers: BTreeMap<String, i64>,
    /// Of these, received online.
    pub online: i64,
    /// Dossiers whose way of receipt is known.
    pub with_channel: i64,
}

/// One line of a table of volumes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Volume {
    /// Year, where stated.
    pub year: Option<i16>,
    /// Canonical code.
    pub code: String,
    /// `online`, `direct`, `postal`, or empty.
    pub channel: String,
    /// Dossiers.
    pub dossiers: i64,
}

impl Weights {
    /// Dossiers of the last year up to `year`, or of the first year there is.
    #[must_use]
    pub fn of(volumes: &[Volume], year: i16) -> Weights {
        let years = || volumes.iter().filter_map(|v| v.year);
        let chosen = years().filter(|y| *y <= year).max().or_else(|| years().min());
        let mut weights = Weights { year: chosen, ..Weights::default() };
        for volume in volumes.iter().filter(|v| v.year == chosen) {
            *weights.dossiers.entry(volume.code.clone()).or_default() += volume.dossiers;
            if !volume.channel.is_empty() {
                weights.with_channel += volume.dossiers;
                weights.online += if volume.channel == "online" { volume.dossiers } else { 0 };
            }
        }
        weights
    }

    /// Dossiers of a code; 0 where none is known.
    #[must_use]
    pub fn get(&self, code: &str) -> i64 {
        self.dossiers.get(code).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_the_baseline_weighs() {
        let line = |year, channel: &str, dossiers| Volume {
            year: Some(year),
            code: "1.000001".into(),
            channel: channel.into(),
            dossiers,
        };
        let volumes =
            [line(2019, "direct", 5), line(2020, "direct", 3), line(2020, "online", 1), line(2026, "online", 9)];
        let weights = Weights::of(&volumes, 2024);
        assert_eq!(
            (weights.year, weights.get("1.000001"), weights.online, weights.with_channel),
            (Some(2020), 4, 1, 4)
        );
        assert_eq!(Weights::of(&volumes, 2000).year, Some(2019));
        assert_eq!(weights.get("9.999999"), 0);
    }
}
