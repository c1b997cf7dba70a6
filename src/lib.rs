//! tinhgon reads catalogues of administrative procedures and finds what shared data makes unnecessary.
//!
//! ```text
//!  files ─ingest→ RawRecord ─normalise→ Catalog ─reading→ [Assessment] ─detect→ [Finding] ─propose→ [Proposal]
//!             │                   │
//!         [Problem]           [Problem]                       … ─→ Report ─→ html xlsx docx json csv
//! ```
//! The modules stand in the order of the pipeline; each imports only from those above it.

pub mod catalog;
pub mod error;
pub mod ingest;
pub mod problem;
pub mod rule;
pub mod similar;
pub mod text;
