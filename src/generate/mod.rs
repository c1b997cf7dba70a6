//! Synthetic catalogues and known changes, for scale and audit tests. Seeded; no clock.
//!
//! The room shares no code with `progress`, which is measured on what it makes: it only knows the catalogue and its own words.

mod claims;
mod rng;
mod rows;
mod synthetic;
mod units;
mod year;

pub use claims::{Claim, claim_lines, expected_claim_lines};
pub use rng::Rng;
pub use synthetic::synthetic;
pub use year::{Generated, KnownChange, change_lines, next_year};
