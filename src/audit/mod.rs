//! Claims → verdicts: what the catalogues say about each claimed cut, which checks fire, and what is accepted.
//!
//! ```text
//!  list ─claim→ [Claim] ─facts→ Facts ─checks→ [Fired] ─judge→ Judgement ─→ table `verdicts`, ledger
//! ```
//! A cut is confirmed only when it is seen in the catalogue and no check with a verdict fires.

mod amount;
mod checks;
mod claim;
mod facts;
mod judge;
mod ledger;
mod paper;
mod verdict;

pub use amount::{Amount, Miscount, amounts, miscounts};
pub use checks::{Fired, Setting, report_year_of};
pub use claim::{Claim, claims};
pub use facts::{Facts, Fate, Fates, Move, Moves, Year, Years, moves};
pub use judge::{Judgement, Total, entries, judge, totals, verdict_table};
pub use ledger::{Broken, Entry, Fault, Ledger, check as check_ledger};
pub use paper::{Demand, Paper, Row};
pub use verdict::Verdict;
