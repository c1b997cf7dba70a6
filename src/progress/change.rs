//! What changed between two catalogues: one [`Change`] for each procedure, row, step, number that is not as it was.

use super::compare::compare;
use super::items::Assessed;
use super::matching::{Match, MatchedBy, Matching};
use super::words::Words;
use crate::catalog::Catalog;
use crate::reading::Assessment;
use crate::rule::ProgressRules;
use crate::table::Table;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A catalogue of one year and what its requests ask for.
#[derive(Debug, Clone, Copy)]
pub struct Year<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// The assessments of its requests, in the order of the catalogue.
    pub assessments: &'a [Assessment],
}

impl<'a> Year<'a> {
    /// A catalogue with the assessments of its requests.
    #[must_use]
    pub fn of(catalog: &'a Catalog, assessments: &'a [Assessment]) -> Self {
        Year { catalog, assessments }
    }
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident => $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item_doc])* $item,)* }

        impl $name {
            /// Every value, in the order of the tables.
            pub const ALL: &'static [$name] = &[$($name::$item,)*];

            /// The word in tables.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$item => $word,)* }
            }
        }
    };
}

vocabulary! {
    /// What happened: the word in the `change` column.
    ChangeKind {
        /// Nothing that is compared differs.
        Unchanged => "unchanged",
        /// The procedure is in no form in the catalogue after.
        Gone => "gone",
        /// The procedure is in no form in the catalogue before.
        New => "new",
        /// Another code.
        Recoded => "recoded",
        /// Another name.
        Renamed => "renamed",
        /// Carried out at other levels.
        MovedLevel => "moved-level",
        /// Several procedures became one.
        Merged => "merged",
        /// One procedure became several.
        Split => "split",
        /// The same procedure of several provinces became one, or carries the code of another province.
        Territorial => "territorial",
        /// It became a procedure among state bodies, or ceased to be one.
        Internal => "internal",
        /// A request is gone.
        RequestDropped => "request-dropped",
        /// A request is new.
        RequestAdded => "request-added",
        /// A request is asked for in other words.
        RequestReworded => "request-reworded",
        /// A request is asked for in a lighter form: a copy instead of the original.
        RequestWeakened => "request-weakened",
        /// A request is asked for in a heavier form, or again without condition.
        RequestStrengthened => "request-strengthened",
        /// A request is made only where data fails, or is not to be met where data answers.
        RequestFallback => "request-fallback",
        /// A request went into "other papers (if any)" or became a row that asks for nothing while its words stand.
        RequestHidden => "request-hidden",
        /// A request went into the applicant's form.
        RequestToForm => "request-to-form",
        /// A request went into the conditions.
        RequestToCondition => "request-to-condition",
        /// A request went into a step.
        RequestToStep => "request-to-step",
        /// Two rows became one that asks for both.
        RequestMerged => "request-merged",
        /// One row became two.
        RequestSplit => "request-split",
        /// A request that an earlier year had dropped is back.
        RequestReintroduced => "request-reintroduced",
        /// Another number of originals or copies.
        CopiesChanged => "copies-changed",
        /// A row that asks for nothing came.
        NoteAdded => "note-added",
        /// A row that asks for nothing went.
        NoteDropped => "note-dropped",
        /// A step came, went or reads otherwise.
        StepsChanged => "steps-changed",
        /// The same words are cut into another number of steps.
        StepsResegmented => "steps-resegmented",
        /// Another statutory time.
        DurationChanged => "duration-changed",
        /// Another fee.
        FeeChanged => "fee-changed",
        /// Other conditions.
        ConditionsChanged => "conditions-changed",
        /// Other legal bases.
        LegalBasesChanged => "legal-bases-changed",
        /// Steps name other bodies and are else the same.
        BodiesChanged => "bodies-changed",
        /// Other ways of submitting.
        ChannelsChanged => "channels-changed",
        /// A misprint was repaired.
        Correction => "correction",
        /// A part of the record that one of the two catalogues does not hold at all.
        Extraction => "extraction",
    }
}

vocabulary! {
    /// Why a figure moves: the word in the `category` column. A figure's movement is the sum of the four.
    Category {
        /// The burden itself changed.
        Real => "real",
        /// Data took the place of a paper.
        DataSubstitution => "data_substitution",
        /// The catalogue was corrected; nothing changed for anybody.
        Correction => "correction",
        /// The same thing is counted otherwise: another code, name, level, unit of the list.
        Method => "method",
    }
}

vocabulary! {
    /// Which rows a change is about: how its ids are to be counted.
    Flow {
        /// One became the other.
        Pair => "pair",
        /// The row before is no row any more; the row after, if any, only took it in.
        Out => "out",
        /// The row after is a row more; the row before, if any, is what it was cut off from.
        In => "in",
    }
}

vocabulary! {
    /// What a change is about: the word in the `item` column.
    ChangeItem {
        /// The procedure as a whole.
        Procedure => "procedure",
        /// A dossier row.
        Request => "request",
        /// A step.
        Step => "step",
        /// The statutory time.
        Duration => "duration",
        /// The fee.
        Fee => "fee",
        /// The conditions.
        Condition => "condition",
        /// The legal bases.
        LegalBasis => "legal_basis",
        /// The ways of submitting.
        Channel => "channel",
    }
}

/// One difference: a row of the `changes` table.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Position in [`Matching::matches`].
    pub matched: usize,
    /// Code of the procedure before, the id where it has none, empty when new. A merger has a row for each procedure.
    pub code_before: String,
    /// The same after. A split has a row for each procedure that came out of it.
    pub code_after: String,
    /// How the procedures were recognised.
    pub matched_by: MatchedBy,
    /// What happened.
    pub kind: ChangeKind,
    /// What it is about.
    pub item: ChangeItem,
    /// How the two ids are to be counted.
    pub flow: Flow,
    /// Id of the row or step before; empty when there is none.
    pub item_before: String,
    /// Id of the row or step after.
    pub item_after: String,
    /// Text or value before.
    pub before: String,
    /// Text or value after.
    pub after: String,
    /// By how much the catalogue counts more (or, negative, less): procedures, rows, steps, copies, đồng, days in the unit of `unit`.
    pub amount: f64,
    /// What `amount` counts.
    pub unit: String,
    /// Why figures move by it.
    pub category: Category,
    /// From 0 to 100: how alike the two texts are; 100 where there is nothing to compare.
    pub score: u32,
    /// What decided, as a word of the rules: the form of the paper, the place where a request went.
    pub detail: String,
}

/// Every change, in the order of the matches. A match without any difference gives one [`ChangeKind::Unchanged`].
#[must_use]
pub fn changes(before: Year, after: Year, matching: &Matching, rules: &ProgressRules) -> Vec<Change> {
    let words = words_of(before.catalog, after.catalog, rules);
    let (assessed_before, assessed_after) = (Assessed::of(before.assessments), Assessed::of(after.assessments));
    let each: Vec<Vec<Change>> = matching
        .matches
        .par_iter()
        .enumerate()
        .map(|(at, m)| {
            let side = |catalog: &'_ Catalog, positions: &[usize]| -> Vec<usize> {
                positions.iter().copied().filter(|p| *p < catalog.procedures.len()).collect()
            };
            let (left, right) = (side(before.catalog, &m.before), side(after.catalog, &m.after));
            let case = Case {
                at,
                matched: m,
                before: left.iter().map(|p| &before.catalog.procedures[*p]).collect(),
                after: right.iter().map(|p| &after.catalog.procedures[*p]).collect(),
                assessed_before: &assessed_before,
                assessed_after: &assessed_after,
                words: &words,
                rules,
            };
            compare(&case)
        })
        .collect();
    each.into_iter().flatten().collect()
}

/// Marks requests that come back: added now to a procedure that had dropped the same words in an earlier comparison.
/// `earlier` are changes of the years before, oldest first; codes are followed from year to year.
pub fn mark_reintroduced(changes: &mut [Change], earlier: &[&[Change]]) {
    let mut dropped: BTreeSet<(String, String)> = BTreeSet::new();
    for year in earlier {
        let moves: BTreeMap<&str, &str> = year
            .iter()
            .filter(|c| c.kind == ChangeKind::Recoded)
            .map(|c| (c.code_before.as_str(), c.code_after.as_str()))
            .collect();
        dropped = dropped
            .into_iter()
            .map(|(code, text)| (moves.get(code.as_str()).map_or(code.clone(), |to| (*to).to_owned()), text))
            .collect();
        let gone = year.iter().filter(|c| c.kind == ChangeKind::RequestDropped);
        dropped.extend(gone.map(|c| (c.code_after.clone(), super::words::plain(&c.before))));
    }
    for change in changes.iter_mut().filter(|c| c.kind == ChangeKind::RequestAdded) {
        if dropped.contains(&(change.code_before.clone(), super::words::plain(&change.after))) {
            change.kind = ChangeKind::RequestReintroduced;
        }
    }
}

/// One match with everything needed to compare its sides.
pub(super) struct Case<'a> {
    pub(super) at: usize,
    pub(super) matched: &'a Match,
    pub(super) before: Vec<&'a crate::catalog::Procedure>,
    pub(super) after: Vec<&'a crate::catalog::Procedure>,
    pub(super) assessed_before: &'a Assessed<'a>,
    pub(super) assessed_after: &'a Assessed<'a>,
    pub(super) words: &'a Words,
    pub(super) rules: &'a ProgressRules,
}

impl Case<'_> {
    /// A text in the words of both catalogues.
    pub(super) fn bag(&self, text: &str) -> super::words::Bag {
        let aliases = &self.rules.aliases;
        self.words.bag(&aliases.expand(&aliases.plain(text)))
    }

    /// A change of this match; amount 0, counted as real, nothing to compare.
    pub(super) fn change(&self, kind: ChangeKind, item: ChangeItem) -> Change {
        Change {
            matched: self.at,
            code_before: code(self.before.first()),
            code_after: code(self.after.first()),
            matched_by: self.matched.by,
            kind,
            item,
            flow: Flow::Pair,
            item_before: String::new(),
            item_after: String::new(),
            before: String::new(),
            after: String::new(),
            amount: 0.0,
            unit: String::new(),
            category: Category::Real,
            score: 100,
            detail: String::new(),
        }
    }
}

/// The code of a procedure; its id where it has none, empty where there is no procedure.
pub(super) fn code(procedure: Option<&&crate::catalog::Procedure>) -> String {
    procedure.map_or(String::new(), |p| if p.code.is_empty() { p.id.clone() } else { p.code.clone() })
}

fn words_of(before: &Catalog, after: &Catalog, rules: &ProgressRules) -> Words {
    let mut words = Words::default();
    let read = |text: &str| rules.aliases.expand(&rules.aliases.plain(text));
    for catalog in [before, after] {
        for chunk in catalog.procedures.chunks(4096) {
            let texts: Vec<Vec<String>> = chunk
                .par_iter()
                .map(|p| {
                    let rows = p.requests.iter().map(|r| read(&r.text));
                    let steps = p.steps.iter().map(|s| read(&s.text));
                    rows.chain(steps).chain([read(&p.conditions)]).collect()
                })
                .collect();
            for text in texts.iter().flatten() {
                words.learn(text);
            }
        }
    }
    words
}

/// The table `changes`; each row with the names of the catalogues compared.
#[must_use]
pub fn change_table(rows: &[(&str, &str, &Change)]) -> Table {
    let column = |get: fn(&Change) -> &str| rows.iter().map(move |r| get(r.2));
    Table::new("changes")
        .text("from", rows.iter().map(|r| r.0))
        .text("to", rows.iter().map(|r| r.1))
        .text("code_before", column(|c| &c.code_before))
        .text("code_after", column(|c| &c.code_after))
        .text("matched_by", column(|c| c.matched_by.as_str()))
        .text("change", column(|c| c.kind.as_str()))
        .text("item", column(|c| c.item.as_str()))
        .text("item_before", column(|c| &c.item_before))
        .text("item_after", column(|c| &c.item_after))
        .text("before", column(|c| &c.before))
        .text("after", column(|c| &c.after))
        .float("amount", rows.iter().map(|r| Some(r.2.amount)))
        .text("unit", column(|c| &c.unit))
        .text("category", column(|c| c.category.as_str()))
        .text("flow", column(|c| c.flow.as_str()))
        .int("score", rows.iter().map(|r| Some(i64::from(r.2.score))))
        .text("detail", column(|c| &c.detail))
}
