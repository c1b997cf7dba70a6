//! Rule files: written as TOML under `rules/`, compiled here. Every way a file can be wrong is found at this door.

mod book;
mod columns;
mod defaults;
mod fault;
mod files;
mod generate;
mod lexicon;
mod page;
mod phrase;
mod progress;
mod register;
mod vocabulary;
mod words;
mod written;

pub use book::{Cue, Database, Example, Ground, Kind, RuleBook};
pub use columns::{ColumnNames, Field, Scope};
pub use defaults::{Defaults, Target};
pub use files::RuleFiles;
pub use generate::{ChangeWords, ClaimWords, GenerateRules, Templates};
pub use lexicon::{Found, Lexicon, Meaning, Role, Strength};
pub use page::{Listed, draft, explain_rule, list, reference};
pub use phrase::expand;
pub use progress::{
    Aliases, Limits, MarkWords, MatchingRules, OnlineTarget, PaperForm, ProgressRules, Scores, Weights,
};
pub use register::{Register, State};
pub use vocabulary::{Bilingual, Competence, CueClass, GroundScope, Person, Readiness, Requires, Verdict};
pub use words::{
    ChannelTable, DurationWords, EmptyWords, FeeWords, LegalWords, ResultWords, StepWords, Vocabulary, Words, is_word,
};
pub use written::ReadinessFile;
