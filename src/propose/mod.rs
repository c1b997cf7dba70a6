//! Findings → proposals: what changes, why, who may decide, which texts to amend, what it saves.
//!
//! [`draft`] makes one proposal for each action on each thing of a procedure (the same paper asked for in several cases is one
//! thing). [`count`] then gives each what it saves: proposals are applied one after another to what is left of their procedure
//! ([`Remaining`]), so that nothing is counted twice and the savings add up to the difference between the whole before and
//! the whole after, in every measure.

mod assessed;
pub mod choose;
mod competence;
mod connect;
mod count;
mod decision;
mod draft;
mod plan;
mod remaining;
mod tables;

pub use assessed::assessed_findings;
pub use competence::{Amendment, amendments};
pub use connect::{Connection, Surroundings, connection_table, connections};
pub use count::{Amounts, Counted, Drafted, Totals, count};
pub use decision::{DecisionRow, DecisionState, Opinion, Outcome, merge_decisions};
pub use draft::{Inputs, draft};
pub use plan::{Aim, Goal, Plan, plan_item_table, plan_table, plans};
pub use remaining::{Left, Price, Prices, Remaining};
pub(crate) use tables::hours;
pub use tables::{decision_table, proposal_table};

use crate::detect::Certainty;
use crate::rule::{Bilingual, Competence, Effect, Readiness};

/// Something that could be changed, before it is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Stable from year to year as long as the thing is the same: made of action, code of the procedure and folded words.
    pub id: String,
    /// Word of the action.
    pub action: String,
    /// Name of the action.
    pub title: Bilingual,
    /// What is counted.
    pub effect: Effect,
    /// Lower ranks are counted first.
    pub rank: u32,
    /// How sure the findings are: that of the surest.
    pub certainty: Certainty,
    /// Index into the procedures of the catalogue.
    pub procedure: usize,
    /// National code; empty when there is none.
    pub code: String,
    /// Agency whose sheet and annex it stands in.
    pub agency: String,
    /// Ids of the requests, steps or the procedure it is about, sorted.
    pub items: Vec<String>,
    /// The words, as written; the name for a procedure.
    pub text: String,
    /// For each item the others of which one has to stay (the first copy, the other procedure).
    pub keepers: Vec<Vec<String>>,
    /// Ids of the findings, sorted.
    pub findings: Vec<String>,
    /// Databases, by their word, sorted.
    pub sources: Vec<String>,
    /// Kinds of document, by their word, sorted.
    pub kinds: Vec<String>,
    /// Grounds in force, sorted.
    pub grounds: Vec<String>,
    /// Whether it can be done today; of several papers the least ready.
    pub readiness: Readiness,
    /// Share of dossiers in percent that the databases answer; none when not stated.
    pub coverage: Option<u8>,
    /// Who may decide.
    pub competence: Competence,
    /// Documents to amend, with the provisions quoted.
    pub amendments: Vec<Amendment>,
    /// What changes.
    pub content: Bilingual,
    /// Why.
    pub reason: Bilingual,
    /// What to amend, in words.
    pub execution: Bilingual,
}
