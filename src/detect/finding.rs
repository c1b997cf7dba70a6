//! The one currency of the detectors, and its table.

use crate::problem::{Severity, Source};
use crate::rule::Bilingual;
use crate::table::Table;

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// An officer may act on it without reading the row again (an toàn).
    Safe,
    /// An officer has to look (cần xem xét).
    Review,
}

impl Certainty {
    /// The word in the `certainty` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Safe => "safe",
            Certainty::Review => "review",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// A dossier row.
    Request,
    /// A step of the execution sequence.
    Step,
    /// A whole procedure.
    Procedure,
}

impl Item {
    /// The word in the `item` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Item::Request => "request",
            Item::Step => "step",
            Item::Procedure => "procedure",
        }
    }
}

/// Something that may be cut, with the words it rests on: a row of the `findings` table.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable from year to year as long as the thing is the same: made of rule, code of the procedure and folded words, never of positions.
    pub id: String,
    /// Code of the detector's rule, `TL-…`.
    pub rule: String,
    /// For steps: the word of the pattern; else empty.
    pub pattern: String,
    /// How much it matters.
    pub severity: Severity,
    /// How sure it is.
    pub certainty: Certainty,
    /// National code of the procedure; empty when it has none.
    pub code: String,
    /// Id of the procedure.
    pub procedure_id: String,
    /// What it is about.
    pub item: Item,
    /// Id of the request, step or procedure.
    pub item_id: String,
    /// Ids of the other things it rests on (the second copy, the other procedure), sorted.
    pub related: Vec<String>,
    /// Where the item stands.
    pub source: Source,
    /// The words, as written.
    pub quote: String,
    /// What was found.
    pub message: Bilingual,
    /// Legal ground; empty where there is none.
    pub ground: String,
    /// Word of the action that would answer it: a file of `rules/actions`.
    pub action: String,
}

/// The table `findings`, in the order given.
#[must_use]
pub fn finding_table(findings: &[Finding]) -> Table {
    let column = |get: fn(&Finding) -> &str| findings.iter().map(get);
    Table::new("findings")
        .text("finding_id", column(|f| &f.id))
        .text("rule", column(|f| &f.rule))
        .text("pattern", column(|f| &f.pattern))
        .text("severity", column(|f| f.severity.as_str()))
        .text("certainty", column(|f| f.certainty.as_str()))
        .text("code", column(|f| &f.code))
        .text("procedure_id", column(|f| &f.procedure_id))
        .text("item", column(|f| f.item.as_str()))
        .text("item_id", column(|f| &f.item_id))
        .text("related", findings.iter().map(|f| f.related.join("; ")))
        .text("source_file", column(|f| &f.source.file))
        .int("source_row", findings.iter().map(|f| f.source.row))
        .text("source_id", findings.iter().map(|f| f.source.id.clone().unwrap_or_default()))
        .text("quote", column(|f| &f.quote))
        .text("message", column(|f| &f.message.vi))
        .text("message_en", column(|f| &f.message.en))
        .text("ground", column(|f| &f.ground))
        .text("action", column(|f| &f.action))
}
