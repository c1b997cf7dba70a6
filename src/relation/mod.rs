//! Whether two requests ask for the same paper, a variant of it, or different papers; groups and families of requests.
//!
//! ```text
//! text, form file ─read→ Paper { core, family, words, activities, forms, attributes } ─compare→ Relation ─groups→ [Group]
//! ```
//! What surrounds a name (numbering, copy form, number of copies, form number, cited law, issuer, period, condition) is
//! peeled off by `rules/relation/peel.toml`; what is left is told apart by its family, by what is done with the thing
//! (activities), by numbers, and by the words that the two do not share. See [`compare`] for the order of decisions.

mod compare;
#[cfg(test)]
mod compare_tests;
mod groups;
mod name;
mod paper;

pub use compare::{Kind, Reason, Relation, compare};
pub use groups::{Group, Item, Member, Spelling, groups};
pub use paper::Paper;

use crate::rule::RelationBook;

/// How two dossier rows relate, from their texts alone; file names glued to the end of a text count as its form files.
#[must_use]
pub fn judge(book: &RelationBook, a: &str, b: &str) -> Relation {
    compare(book, &Paper::of_cell(book, a), &Paper::of_cell(book, b))
}
