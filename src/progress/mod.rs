//! Catalogues of several years → measures against the target. All measures stand side by side; none is picked silently.
//!
//! ```text
//! (Catalog, Catalog) ─match→ Matching ─compare→ [Change] ─effects→ measures: removed, added, replaced, corrected, counted otherwise
//! ```

mod change;
mod compare;
mod figures;
mod items;
mod matching;
mod pairing;
mod profile;
mod quantities;
mod rows;
mod steps;
mod words;

pub use change::{Category, Change, ChangeItem, ChangeKind, Year, change_table, changes};
pub use figures::{Figure, Measure, figures};
pub use matching::{Fate, Match, MatchedBy, Matching, match_catalogs};
pub use profile::Likeness;
