//! Decisions of officers, merged from several workbooks: nothing given earlier is lost or overwritten without a word.

use crate::rule::Decision;
use std::collections::{BTreeMap, BTreeSet};

/// What a row of a review workbook says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opinion {
    /// Id of the proposal.
    pub proposal_id: String,
    /// The decision; none when the cell is empty or cannot be read.
    pub decision: Option<Decision>,
    /// The cell as written.
    pub written: String,
    /// Reason.
    pub note: String,
    /// Who decided.
    pub decided_by: String,
    /// Name of the workbook.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row as Excel counts it.
    pub row: u32,
}

impl Opinion {
    fn is_empty(&self) -> bool {
        self.written.is_empty() && self.note.is_empty() && self.decided_by.is_empty()
    }

    fn says_the_same(&self, other: &Opinion) -> bool {
        (self.decision, &self.note, &self.decided_by) == (other.decision, &other.note, &other.decided_by)
    }
}

/// What became of an opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecisionState {
    /// It stands.
    Applied,
    /// It stands, and says otherwise than an earlier workbook.
    Changed,
    /// It stood until a later workbook said otherwise.
    Superseded,
    /// The same workbook says different things about one proposal: none of them stands.
    Conflict,
    /// The word is none of the drop-down.
    Unreadable,
    /// No proposal of this id any more; kept for the years to come.
    Stale,
}

impl DecisionState {
    /// The word in the `state` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            DecisionState::Applied => "applied",
            DecisionState::Changed => "changed",
            DecisionState::Superseded => "superseded",
            DecisionState::Conflict => "conflict",
            DecisionState::Unreadable => "unreadable",
            DecisionState::Stale => "stale",
        }
    }
}

/// An opinion and what became of it: a row of the `decisions` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// The opinion.
    pub opinion: Opinion,
    /// What became of it.
    pub state: DecisionState,
}

/// What was decided about one proposal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The opinion that stands.
    pub opinion: Option<Opinion>,
}

impl Outcome {
    /// The decision that stands.
    #[must_use]
    pub fn decision(&self) -> Option<Decision> {
        self.opinion.as_ref().and_then(|o| o.decision)
    }
}

/// Merges the opinions of workbooks, given from the earliest to the latest. An empty row changes nothing; a later workbook that
/// says otherwise stands, and both are listed. `current` are the ids of the proposals there are now.
#[must_use]
pub fn merge_decisions(
    workbooks: Vec<Vec<Opinion>>,
    current: &BTreeSet<&str>,
) -> (BTreeMap<String, Outcome>, Vec<DecisionRow>) {
    let mut standing: BTreeMap<String, Opinion> = BTreeMap::new();
    let mut rows: Vec<DecisionRow> = Vec::new();
    for workbook in workbooks {
        let mut by_id: BTreeMap<String, Vec<Opinion>> = BTreeMap::new();
        for opinion in workbook.into_iter().filter(|o| !o.proposal_id.is_empty() && !o.is_empty()) {
            if opinion.decision.is_none() && !opinion.written.is_empty() {
                rows.push(DecisionRow { opinion, state: DecisionState::Unreadable });
            } else {
                let known = by_id.entry(opinion.proposal_id.clone()).or_default();
                if !known.iter().any(|o| o.says_the_same(&opinion)) {
                    known.push(opinion);
                }
            }
        }
        for (id, mut opinions) in by_id {
            if opinions.len() > 1 {
                rows.extend(
                    opinions.into_iter().map(|opinion| DecisionRow { opinion, state: DecisionState::Conflict }),
                );
            } else if let Some(opinion) = opinions.pop()
                && let Some(before) = standing.insert(id, opinion.clone())
                && !before.says_the_same(&opinion)
            {
                rows.push(DecisionRow { opinion: before, state: DecisionState::Superseded });
            }
        }
    }
    let superseded: BTreeSet<String> =
        rows.iter().filter(|r| r.state == DecisionState::Superseded).map(|r| r.opinion.proposal_id.clone()).collect();
    let mut outcomes = BTreeMap::new();
    for (id, opinion) in standing {
        let state = if !current.contains(id.as_str()) {
            DecisionState::Stale
        } else if superseded.contains(&id) {
            DecisionState::Changed
        } else {
            DecisionState::Applied
        };
        rows.push(DecisionRow { opinion: opinion.clone(), state });
        outcomes.insert(id, Outcome { opinion: Some(opinion) });
    }
    rows.sort_by(|a, b| row_key(a).cmp(&row_key(b)));
    (outcomes, rows)
}

fn row_key(row: &DecisionRow) -> (&str, DecisionState, &str, &str, u32) {
    let o = &row.opinion;
    (&o.proposal_id, row.state, &o.file, &o.sheet, o.row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(id: &str, decision: Option<Decision>, file: &str) -> Opinion {
        let written = decision.map_or("", Decision::as_str).to_owned();
        Opinion { proposal_id: id.to_owned(), decision, written, file: file.to_owned(), ..Opinion::default() }
    }

    #[test]
    fn nothing_given_earlier_is_lost() {
        use Decision::{Accept, Discuss, Reject};
        use DecisionState as S;
        let old = ["same", "silent", "changed", "gone"].map(|id| opinion(id, Some(Accept), "old")).to_vec();
        let mut new = vec![
            opinion("same", Some(Accept), "new"),
            opinion("silent", None, "new"),
            opinion("changed", Some(Reject), "new"),
            opinion("twice", Some(Accept), "new"),
            opinion("twice", Some(Discuss), "new"),
        ];
        new.push(Opinion { written: "có lẽ".to_owned(), ..opinion("odd", None, "new") });
        let current: BTreeSet<&str> = ["same", "silent", "changed", "twice", "odd"].into();
        let (outcomes, rows) = merge_decisions(vec![old, new], &current);
        let decided = |id: &str| outcomes.get(id).and_then(Outcome::decision);
        assert_eq!(decided("same"), Some(Accept));
        assert_eq!(decided("silent"), Some(Accept), "an empty cell takes nothing back");
        assert_eq!(decided("changed"), Some(Reject), "the later workbook stands");
        assert_eq!(decided("gone"), Some(Accept), "kept though there is no such proposal now");
        assert_eq!((decided("twice"), decided("odd")), (None, None));
        let states: Vec<(&str, S)> = rows.iter().map(|r| (r.opinion.proposal_id.as_str(), r.state)).collect();
        assert_eq!(
            states,
            [
                ("changed", S::Changed),
                ("changed", S::Superseded),
                ("gone", S::Stale),
                ("odd", S::Unreadable),
                ("same", S::Applied),
                ("silent", S::Applied),
                ("twice", S::Conflict),
                ("twice", S::Conflict),
            ]
        );
    }
}
