//! Rule files: written as TOML under `rules/`, compiled here. Every way a file can be wrong is found at this door.

mod columns;

pub use columns::{ColumnNames, Field};
