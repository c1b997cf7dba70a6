//! Rule files: written as TOML under `rules/`, compiled here. Every way a file can be wrong is found at this door.

mod book;
mod columns;
mod costs;
mod defaults;
mod fault;
mod files;
mod lexicon;
mod page;
mod phrase;
mod register;
mod vocabulary;
mod volume_columns;
mod words;
mod written;

pub use book::{Cue, Database, Example, Ground, Kind, RuleBook};
pub use columns::{ColumnNames, Field, Scope};
pub use costs::{Confidence, CopyForm, CostBook, CostWords, OwnCost, OwnUnit, Part, Plausibility, Unit};
pub use defaults::{Defaults, Target};
pub use files::RuleFiles;
pub use lexicon::{Found, Lexicon, Meaning, Role, Strength};
pub use page::{Listed, draft, explain_rule, list, reference};
pub use phrase::expand;
pub use register::{Register, State};
pub use vocabulary::{Bilingual, Competence, CueClass, GroundScope, Person, Readiness, Requires, Verdict};
pub use volume_columns::{VolumeColumns, VolumeField};
pub use words::{
    ChannelTable, DurationWords, EmptyWords, FeeWords, LegalWords, ResultWords, StepWords, Vocabulary, Words, is_word,
};
pub use written::ReadinessFile;
