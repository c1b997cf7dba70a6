//! Raw records into the canonical catalogue: every written form of a number, a code, a list is read here.

pub mod dossier;
pub mod quantity;
