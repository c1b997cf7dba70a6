//! The one currency of the detectors, and its table.

use super::evidence::Evidence;
use super::suppress::Suppressed;
use crate::catalog::{Procedure, Request, Step};
use crate::output::sha256;
use crate::problem::{Severity, Source};
use crate::rule::{Bilingual, Certainty, DetectorRule};
use crate::table::Table;
use crate::text::fold;

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

/// The item of a finding, with what is taken from it.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// A dossier row.
    Request(&'a Request),
    /// A step.
    Step(&'a Step),
    /// The procedure itself.
    Procedure,
}

/// Something that may be cut, with the words it rests on: a row of the `findings` table.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable from year to year as long as the thing is the same: made of rule, code of the procedure, folded words and
    /// whose paper it is, never of positions.
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
    /// Ids of the other things it rests on (the second copy, the other procedure), in the order of the catalogue.
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
    /// Set where an officer has decided to leave it be.
    pub suppressed: Option<Suppressed>,
}

impl Finding {
    /// A finding with the texts of its rule; the words by which it is known again next year are the quote.
    #[must_use]
    pub fn new(evidence: &Evidence, rule: &DetectorRule, procedure: &Procedure, about: About, quote: &str) -> Self {
        let (item, item_id, source) = match about {
            About::Request(r) => (Item::Request, &r.id, &r.source),
            About::Step(s) => (Item::Step, &s.id, &s.source),
            About::Procedure => (Item::Procedure, &procedure.id, &procedure.source),
        };
        let finding = Finding {
            id: String::new(),
            rule: rule.code.clone(),
            pattern: String::new(),
            severity: rule.severity,
            certainty: rule.certainty,
            code: procedure.code.clone(),
            procedure_id: procedure.id.clone(),
            item,
            item_id: item_id.clone(),
            related: Vec::new(),
            source: source.clone(),
            quote: quote.to_owned(),
            message: rule.message.clone(),
            ground: rule.ground(evidence.book, evidence.as_of),
            action: rule.action.clone(),
            suppressed: None,
        };
        finding.with("procedure", &procedure.name).known_by(&[quote])
    }

    /// Makes the id from these words, folded, instead of the quote.
    #[must_use]
    pub fn known_by(mut self, words: &[&str]) -> Self {
        let procedure = if self.code.is_empty() { &self.procedure_id } else { &self.code };
        let words: Vec<String> = words.iter().map(|w| fold(w)).collect();
        let mut parts = vec![self.rule.as_str(), procedure.as_str()];
        parts.extend(words.iter().map(String::as_str));
        self.id = id_of(&parts);
        self
    }

    /// Makes the id from these words alone: for a finding that belongs to several procedures alike.
    #[must_use]
    pub fn known_anywhere_by(mut self, words: &[&str]) -> Self {
        let words: Vec<String> = words.iter().map(|w| fold(w)).collect();
        let mut parts = vec![self.rule.as_str(), ""];
        parts.extend(words.iter().map(String::as_str));
        self.id = id_of(&parts);
        self
    }

    /// Fills a placeholder of the message in both languages.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        self.with_both(name, value, value)
    }

    /// Fills a placeholder of the message, each language with its own words.
    #[must_use]
    pub fn with_both(mut self, name: &str, vi: &str, en: &str) -> Self {
        let mark = format!("{{{name}}}");
        self.message.vi = self.message.vi.replace(&mark, vi);
        self.message.en = self.message.en.replace(&mark, en);
        self
    }

    /// Names the other things it rests on.
    #[must_use]
    pub fn with_related(mut self, ids: impl IntoIterator<Item = String>) -> Self {
        self.related.extend(ids);
        self
    }

    /// Asks an officer to look, whatever the rule says.
    #[must_use]
    pub fn for_review(mut self) -> Self {
        self.certainty = Certainty::Review;
        self
    }
}

/// `F-` and twelve hexadecimal digits of the SHA-256 of the parts.
pub(super) fn id_of(parts: &[&str]) -> String {
    format!("F-{}", &sha256(parts.join("\u{1f}").as_bytes())[..12])
}

/// The table `findings`, in the order given.
#[must_use]
pub fn finding_table(findings: &[Finding]) -> Table {
    let column = |get: fn(&Finding) -> &str| findings.iter().map(get);
    let suppressed =
        |get: fn(&Suppressed) -> &str| findings.iter().map(move |f| f.suppressed.as_ref().map(get).unwrap_or_default());
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
        .text("suppressed", suppressed(|s| s.standing.as_str()))
        .text("suppressed_reason", suppressed(|s| &s.reason))
        .text("suppressed_by", suppressed(|s| &s.who))
        .text("suppressed_until", suppressed(|s| &s.expires))
}
