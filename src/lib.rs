//! tinhgon reads catalogues of administrative procedures and finds what shared data makes unnecessary.
//!
//! ```text
//!  files ─ingest→ RawRecord ─normalise→ Catalog ─reading→ [Assessment] ─┐
//!             │                   │        ├─acts────→ [Act, pattern] ──├─detect→ [Finding] ─burden, propose→ [Proposal]
//!         [Problem]           [Problem]    └─similar, relation→ groups ─┘                            │
//!                          other years, claims ─ progress, audit → [Change, Measure, Verdict]        ▼
//!                                                       └──────────────────────────────→ Report ─→ html xlsx docx json csv
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
pub mod volumes;
pub mod acts;
pub mod similar;
pub mod relation;
pub mod detect;
pub mod burden;
pub mod propose;
pub mod progress;
pub mod audit;
pub mod generate;
pub mod report;
pub mod cli;
