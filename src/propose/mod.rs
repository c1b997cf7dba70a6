//! Findings → proposals; one file an action; what to do first.

pub mod choose;
