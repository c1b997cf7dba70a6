//! The one integration-test binary; each further one would link the whole of Polars again.

mod suite;
