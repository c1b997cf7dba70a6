//! Amounts with their range, shares, and how they multiply. Everything is whole numbers.

use crate::rule::{Confidence, CostBook};
use std::iter::Sum;
use std::ops::{Add, Sub};

/// A figure with the range that the confidence of its parts leaves. Sums add the ends, as if all parts were off to
/// the same side: the widest range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Lower end.
    pub low: i64,
    /// The figure itself.
    pub best: i64,
    /// Upper end.
    pub high: i64,
}

impl Span {
    /// A figure without any doubt.
    #[must_use]
    pub fn exact(value: i64) -> Span {
        Span { low: value, best: value, high: value }
    }

    /// A figure with the range of its confidence, rounded half up.
    #[must_use]
    pub fn of(value: i64, confidence: Confidence, book: &CostBook) -> Span {
        let percent = book.percent(confidence);
        let part = |percent: i64| rounded(i128::from(value) * i128::from(percent), 100);
        Span { low: part(100 - percent), best: value, high: part(100 + percent) }
    }

    /// The figure times numerator ÷ denominator, rounded half up.
    #[must_use]
    pub fn times(self, numerator: u64, denominator: u64) -> Span {
        let part = |value: i64| rounded(i128::from(value) * i128::from(numerator), i128::from(denominator.max(1)));
        Span { low: part(self.low), best: part(self.best), high: part(self.high) }
    }
}

impl Add for Span {
    type Output = Span;
    fn add(self, other: Span) -> Span {
        Span {
            low: self.low.saturating_add(other.low),
            best: self.best.saturating_add(other.best),
            high: self.high.saturating_add(other.high),
        }
    }
}

/// What is saved when the same units price before and after: low less low, high less high.
impl Sub for Span {
    type Output = Span;
    fn sub(self, other: Span) -> Span {
        Span { low: self.low - other.low, best: self.best - other.best, high: self.high - other.high }
    }
}

impl Sum for Span {
    fn sum<I: Iterator<Item = Span>>(parts: I) -> Span {
        parts.fold(Span::default(), Add::add)
    }
}

/// A quotient rounded half up; the denominator is positive. Beyond the range of đồng it stays at the end of the range.
pub(super) fn rounded(numerator: i128, denominator: i128) -> i64 {
    let quotient = (numerator * 2 + denominator).div_euclid(denominator * 2);
    i64::try_from(quotient).unwrap_or(if quotient < 0 { i64::MIN } else { i64::MAX })
}

/// Time and money together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// Minutes of the persons concerned.
    pub minutes: Span,
    /// Priced time and hired services, in đồng: the cost without fees.
    pub without_fees: Span,
    /// Fees and charges, in đồng. A cut of fees is a transfer, so they are shown apart.
    pub fees: Span,
}

impl Amount {
    /// The cost with fees, in đồng.
    #[must_use]
    pub fn with_fees(&self) -> Span {
        self.without_fees + self.fees
    }

    /// The amount times numerator ÷ denominator, each figure rounded half up.
    #[must_use]
    pub fn times(&self, numerator: u64, denominator: u64) -> Amount {
        Amount {
            minutes: self.minutes.times(numerator, denominator),
            without_fees: self.without_fees.times(numerator, denominator),
            fees: self.fees.times(numerator, denominator),
        }
    }
}

impl Add for Amount {
    type Output = Amount;
    fn add(self, other: Amount) -> Amount {
        Amount {
            minutes: self.minutes + other.minutes,
            without_fees: self.without_fees + other.without_fees,
            fees: self.fees + other.fees,
        }
    }
}

impl Sub for Amount {
    type Output = Amount;
    fn sub(self, other: Amount) -> Amount {
        Amount {
            minutes: self.minutes - other.minutes,
            without_fees: self.without_fees - other.without_fees,
            fees: self.fees - other.fees,
        }
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Amount>>(parts: I) -> Amount {
        parts.fold(Amount::default(), Add::add)
    }
}

/// Share of runs that need an activity, in lowest terms. May exceed 1 where a run needs it more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    needed: u64,
    runs: u64,
}

impl Share {
    /// Every run.
    pub const ALWAYS: Share = Share { needed: 1, runs: 1 };
    /// No run.
    pub const NEVER: Share = Share { needed: 0, runs: 1 };

    /// So many of so many runs; of no runs at all, none.
    #[must_use]
    pub fn of(needed: u64, runs: u64) -> Share {
        let divisor = gcd(needed, runs);
        if runs == 0 { Share::NEVER } else { Share { needed: needed / divisor, runs: runs / divisor } }
    }

    /// The share of a share.
    #[must_use]
    pub fn and(self, other: Share) -> Share {
        // crosswise first, so that the products stay small
        let (a, b) = (Share::of(self.needed, other.runs), Share::of(other.needed, self.runs));
        Share::of(a.needed.saturating_mul(b.needed), a.runs.saturating_mul(b.runs))
    }

    /// Numerator, in lowest terms.
    #[must_use]
    pub fn numerator(self) -> u64 {
        self.needed
    }

    /// Denominator, in lowest terms, never 0.
    #[must_use]
    pub fn denominator(self) -> u64 {
        self.runs
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}
