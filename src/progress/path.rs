//! Shares and the path to the target: percent of integers, rounded only when printed.

/// A share of integers; none where the whole is not positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent {
    /// Numerator.
    pub part: i64,
    /// Denominator, above 0.
    pub whole: i64,
}

impl Percent {
    /// `part` of `whole`.
    #[must_use]
    pub fn of(part: i64, whole: i64) -> Option<Percent> {
        (whole > 0).then_some(Percent { part, whole })
    }

    /// Hundredths of a percent, half away from zero.
    #[must_use]
    pub fn hundredths(self) -> i64 {
        let (part, whole) = (i128::from(self.part) * 10_000, i128::from(self.whole));
        let rounded = (2 * part.abs() + whole) / (2 * whole);
        i64::try_from(part.signum() * rounded).unwrap_or(i64::MAX)
    }

    /// The percentage with two decimals, for tables.
    #[must_use]
    pub fn rounded(self) -> f64 {
        super::quantities::exact(self.hundredths()) / 100.0
    }
}

/// The straight path from the baseline year to the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Path {
    /// Year of the baseline.
    pub baseline_year: i16,
    /// Year reached.
    pub year: i16,
    /// Percent to be cut …
    pub target_percent: u32,
    /// … by the end of this year.
    pub target_year: i16,
}

impl Path {
    /// Percent that should be reached in the year: the target in equal yearly steps. After the target year the target itself.
    #[must_use]
    pub fn needed(self) -> Option<Percent> {
        let (gone, all) = (self.elapsed(), i64::from(self.target_year) - i64::from(self.baseline_year));
        Percent::of(i64::from(self.target_percent) * gone.min(all), all * 100)
    }

    /// Whether a reduction keeps to the path: `reduction ≥ needed`, compared as fractions.
    #[must_use]
    pub fn is_on_path(self, reduction: Percent) -> Option<bool> {
        let needed = self.needed()?;
        let left = i128::from(reduction.part) * i128::from(needed.whole);
        Some(left >= i128::from(needed.part) * i128::from(reduction.whole))
    }

    /// The reduction at the target year if every year brings what the years so far brought on average.
    #[must_use]
    pub fn forecast(self, reduction: Percent) -> Option<Percent> {
        let all = i64::from(self.target_year) - i64::from(self.baseline_year);
        let whole = reduction.whole.checked_mul(self.elapsed())?;
        Percent::of(reduction.part.checked_mul(all)?, whole)
    }

    fn elapsed(self) -> i64 {
        i64::from(self.year) - i64::from(self.baseline_year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_rounded_once_and_the_path_is_straight() {
        for (part, whole, expected) in
            [(1, 3, 33.33), (2, 3, 66.67), (-1, 3, -33.33), (1, 8, 12.5), (133_588, 330_832, 40.38)]
        {
            assert!((Percent::of(part, whole).unwrap().rounded() - expected).abs() < 1e-9, "{part}/{whole}");
        }
        assert_eq!(Percent::of(1, 0), None);
        let path = Path { baseline_year: 2020, year: 2025, target_percent: 40, target_year: 2030 };
        assert_eq!(path.needed().unwrap().hundredths(), 2000);
        assert_eq!(path.is_on_path(Percent { part: 20, whole: 100 }), Some(true));
        assert_eq!(path.is_on_path(Percent { part: 1999, whole: 10_000 }), Some(false));
        assert_eq!(path.forecast(Percent { part: 15, whole: 100 }).unwrap().hundredths(), 3000);
        assert_eq!(Path { year: 2020, ..path }.forecast(Percent { part: 1, whole: 2 }), None);
    }
}
