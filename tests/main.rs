//! The one integration-test binary; each further one would link the whole of Polars again.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::float_cmp,
    clippy::cast_precision_loss,
    reason = "a test that cannot go on stops, one that is skipped says so, exact figures are compared exactly, and counts are small"
)]

mod suite;
