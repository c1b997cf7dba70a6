//! tinhgon reads catalogues of administrative procedures and finds what shared data makes unnecessary.
//!
//! ```text
//!  files ─ingest→ RawRecord ─normalise→ Catalog ─reading→ [Assessment] ─detect→ [Finding] ─propose→ [Proposal]
//!             │                   │
//!         [Problem]           [Problem]                       … ─→ Report ─→ html xlsx docx json csv
//! ```
//! The modules stand in the order of the pipeline; each imports only from those above it.

pub mod error;
pub mod text;
pub mod problem;
pub mod rule;
pub mod message;
pub mod table;
pub mod output;
pub mod project;
pub mod catalog;
pub mod ingest;
pub mod normalise;
pub mod reading;
pub mod similar;
pub mod progress;
pub mod report;
pub mod cli;
