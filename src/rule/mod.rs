//! Rule files: written as TOML under `rules/`, compiled here. Every way a file can be wrong is found at this door.

mod act_context;
mod act_phrases;
mod act_vocabulary;
mod actions;
mod acts;
mod amounts;
mod book;
mod checks;
mod claims;
mod columns;
mod compile;
mod costs;
mod defaults;
mod detectors;
mod fault;
mod files;
mod finder;
mod generate;
mod lexicon;
mod page;
mod phrase;
mod progress;
mod register;
mod relation;
mod vocabulary;
mod volume_columns;
mod words;
mod written;

pub use act_phrases::{StepPhrase, StepRole};
pub use act_vocabulary::{ActClass, ClauseClass, Party, Pattern, Standing};
pub use actions::{
    Action, ActionBook, CompetenceBy, Decision, DocumentName, DocumentWords, Effect, EffortRule, EffortRules,
    GeneralDocuments, Issuer, ProvisionWords, ReviewColumns, ReviewWords,
};
pub use acts::{ActBook, ActCue, PatternCue, PatternRule, StepExample};
pub use amounts::{AmountUnit, AmountWords, Operator};
pub use book::{Cue, Database, Example, Ground, Kind, RuleBook};
pub use checks::{CheckBook, CheckRule};
pub use claims::{ClaimAction, ClaimColumn, ClaimWords, ReceivedColumns};
pub use columns::{ColumnNames, Field, Scope};
pub use costs::{Confidence, CopyForm, CostBook, CostWords, OwnCost, OwnUnit, Part, Unit as UnitCost};
pub use defaults::{Defaults, Target};
pub use detectors::{DetectorExample, DetectorRule, DetectorRules, ExampleProcedure, Outdated};
pub use files::RuleFiles;
pub use finder::{Finder, Hit};
pub use generate::{ChangeWords, GenerateRules, GeneratedClaims, Templates};
pub use lexicon::{Lexicon, Meaning, Role, Strength};
pub use page::{Listed, Shelf, draft, explain_rule, list, reference};
pub use phrase::expand;
pub use progress::{
    Aliases, Limits, MarkWords, MatchingRules, OnlineTarget, PaperForm, ProgressRules, Scores, Weights,
};
pub use register::{Register, State};
pub use relation::{Attribute, Family, Limits as RelationLimits, Named, Peel, Phrase, RelationBook};
pub use vocabulary::{Bilingual, Certainty, Competence, CueClass, GroundScope, Person, Readiness, Requires, Verdict};
pub use volume_columns::{VolumeColumns, VolumeField};
pub use words::{
    ChannelTable, DurationWords, EmptyWords, FeeWords, LegalWords, ResultWords, StepWords, Vocabulary, Words, is_word,
};
pub use written::ReadinessFile;
