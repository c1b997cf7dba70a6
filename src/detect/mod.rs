//! Catalogue, assessments and acts → findings; one file a detector, one line in the slice of detectors.

mod finding;

pub use finding::{Certainty, Finding, Item, finding_table};
