//! Catalogues of several years → measures against the target. All measures stand side by side; none is picked silently.
//!
//! ```text
//! (Catalog, Catalog) ─match→ Matching ─compare→ [Change] ─effects→ measures: removed, added, replaced, corrected, counted otherwise
//! ```

mod change;
mod compare;
mod effects;
mod figures;
mod items;
mod matching;
mod measures;
mod moved;
mod path;
mod pairing;
mod profile;
mod quantities;
mod rows;
mod steps;
mod weights;
mod words;

pub use change::{Category, Change, ChangeItem, ChangeKind, Flow, Year, change_table, changes, mark_reintroduced};
pub use effects::{Burden, Indicator};
pub use figures::{Figure, Measure, figures};
pub use matching::{Fate, Match, MatchedBy, Matching, match_catalogs};
pub use measures::{Comparison, MeasureRow, measure_table, measures};
pub use path::{Path, Percent};
pub use profile::Likeness;
pub use weights::{Volume, Weights};
