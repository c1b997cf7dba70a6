//! Needless or duplicated steps: what [`crate::acts`] reads in them, as findings.

mod held;
mod pattern;
mod returning;
mod shared;

pub use held::HeldData;
pub use pattern::Shown;
pub use returning::Loop;
pub use shared::SharedStep;
