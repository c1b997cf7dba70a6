//! Plausibility of a published saving: what the figures of the claim say about each other, and what a day can cost.

use super::amount::rounded;
use crate::rule::CostBook;

/// Figures of a published saving; none where the publication does not say. Money in đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SavingClaim {
    /// Saved in a year.
    pub saved_vnd: Option<i64>,
    /// Working days saved in a year.
    pub man_days: Option<i64>,
    /// Dossiers a year.
    pub dossiers: Option<u64>,
    /// Saved a dossier.
    pub saved_a_dossier_vnd: Option<i64>,
    /// Cost a year before.
    pub before_vnd: Option<i64>,
    /// Cost a year after.
    pub after_vnd: Option<i64>,
    /// Rate of saving in hundredths of a percent.
    pub rate_basis_points: Option<i64>,
    /// Own estimate of one run before, upper end, with fees; none where there is none.
    pub run_at_most_vnd: Option<i64>,
}

/// Why a published saving is doubted, with the figures that show it. Money in đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// A working day is claimed at more than any bound of income.
    ManDay {
        /// Saving ÷ days.
        a_day: i64,
        /// The bound.
        at_most: i64,
    },
    /// Dossiers × saving a dossier is not the total.
    Product {
        /// The product.
        product: i64,
        /// The total claimed.
        claimed: i64,
    },
    /// One dossier is claimed to save more than a person can spend on it: an extreme case stands for all.
    ExtremeUnit {
        /// Saving a dossier, claimed or total ÷ dossiers.
        a_dossier: i64,
        /// The bound.
        at_most: i64,
    },
    /// More is saved than the procedure costs.
    AboveCost {
        /// Saved.
        saved: i64,
        /// Cost before.
        before: i64,
    },
    /// Before − after is not the saving.
    Difference {
        /// Before − after.
        difference: i64,
        /// The saving claimed.
        claimed: i64,
    },
    /// Saving ÷ before is not the rate, in hundredths of a percent.
    Rate {
        /// As it comes out.
        rate: i64,
        /// As claimed.
        claimed: i64,
    },
}

/// Every doubt about a claim, in the order of [`Doubt`]. What the claim does not say raises none.
#[must_use]
pub fn doubts(book: &CostBook, claim: &SavingClaim) -> Vec<Doubt> {
    let mut found: Vec<Doubt> =
        [man_day(book, claim), product(book, claim), unit(book, claim)].into_iter().flatten().collect();
    found.extend(above_cost(claim));
    found.extend(difference(book, claim));
    found.extend(rate(claim));
    found
}

fn man_day(book: &CostBook, claim: &SavingClaim) -> Option<Doubt> {
    let days = claim.man_days.filter(|d| *d > 0)?;
    let a_day = rounded(i128::from(claim.saved_vnd?), i128::from(days));
    let p = &book.plausibility;
    let at_most = book.income_an_hour * p.hours_a_day * p.man_day_times_income;
    (a_day > at_most).then_some(Doubt::ManDay { a_day, at_most })
}

fn product(book: &CostBook, claim: &SavingClaim) -> Option<Doubt> {
    let claimed = claim.saved_vnd?;
    let product = i128::from(claim.dossiers?) * i128::from(claim.saved_a_dossier_vnd?);
    let product = rounded(product, 1);
    differs(book, product, claimed).then_some(Doubt::Product { product, claimed })
}

fn unit(book: &CostBook, claim: &SavingClaim) -> Option<Doubt> {
    let average = || {
        let dossiers = claim.dossiers.filter(|n| *n > 0)?;
        Some(rounded(i128::from(claim.saved_vnd?), i128::from(dossiers)))
    };
    let a_dossier = claim.saved_a_dossier_vnd.or_else(average)?;
    let at_most = claim.run_at_most_vnd.unwrap_or(book.income_an_hour * book.plausibility.hours_a_dossier);
    (a_dossier > at_most).then_some(Doubt::ExtremeUnit { a_dossier, at_most })
}

fn above_cost(claim: &SavingClaim) -> Option<Doubt> {
    let (saved, before) = (claim.saved_vnd?, claim.before_vnd?);
    (saved > before).then_some(Doubt::AboveCost { saved, before })
}

fn difference(book: &CostBook, claim: &SavingClaim) -> Option<Doubt> {
    let (difference, claimed) = (claim.before_vnd?.saturating_sub(claim.after_vnd?), claim.saved_vnd?);
    differs(book, difference, claimed).then_some(Doubt::Difference { difference, claimed })
}

/// Rates are printed to the hundredth at best and often to the unit: they may be off by half a unit of a percent.
fn rate(claim: &SavingClaim) -> Option<Doubt> {
    let before = claim.before_vnd.filter(|b| *b > 0)?;
    let saved = claim.saved_vnd.or_else(|| Some(before - claim.after_vnd?))?;
    let (rate, claimed) = (rounded(i128::from(saved) * 10_000, i128::from(before)), claim.rate_basis_points?);
    ((rate - claimed).abs() > 50).then_some(Doubt::Rate { rate, claimed })
}

fn differs(book: &CostBook, computed: i64, claimed: i64) -> bool {
    let gap = (i128::from(computed) - i128::from(claimed)).abs();
    gap * 1000 > i128::from(claimed).abs() * i128::from(book.plausibility.product_per_mille)
}
