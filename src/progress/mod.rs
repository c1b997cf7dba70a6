//! Catalogues of several years → measures against the target. All measures stand side by side; none is picked silently.

mod figures;

pub use figures::{Figure, Measure, figures};
