//! Rule files: written as TOML under `rules/`, compiled here. Every way a file can be wrong is found at this door.

mod columns;
mod defaults;
mod files;
mod words;

pub use columns::{ColumnNames, Field, Scope};
pub use defaults::{Defaults, Target};
pub use files::RuleFiles;
pub use words::{
    ChannelTable, DurationWords, EmptyWords, FeeWords, LegalWords, ResultWords, StepWords, Vocabulary, Words, is_word,
};
