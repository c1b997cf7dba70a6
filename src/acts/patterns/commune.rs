//! What the commune confirms for a dossier on which another body decides.

use super::super::clause::{is_clause, party_of};
use super::super::{Act, StepPattern};
use super::Told;
use crate::rule::{ActClass, ClauseClass, Party, Pattern, StepPhrase};

/// Whether a body stands above the commune.
fn above(party: Party) -> bool {
    matches!(party, Party::Department | Party::Ministry)
}

impl Told<'_> {
    /// The commune confirms something for a dossier on which another body decides.
    pub(super) fn local_confirmation(&self) -> Option<StepPattern> {
        let pattern = Pattern::LocalConfirmation;
        let rule = self.book.pattern(pattern)?;
        (0..self.clauses.len()).find_map(|at| {
            let own = || self.by_body(pattern, at).filter(|p| self.leaves_commune(at) && !self.is_taken(at, p.0));
            // what the commune confirms in a procedure of its own is the result
            let at_home = |byte: usize| self.doer_at(at, byte) == Some(Party::Commune) && !self.leaves_commune(at);
            let told = rule.first_where(&self.clauses[at].folded.text, |cue, place| {
                cue.by.is_empty() && cue.toward.is_empty() && !at_home(place.0)
            });
            self.at_clause(pattern, at, told.or_else(own)?, false)
        })
    }

    /// Whether a body above the commune has the dossier later than a clause, or the dossier is submitted later only: what
    /// the commune tells there is no result.
    pub(super) fn leaves_commune(&self, at: usize) -> bool {
        let first = self.acts.iter().find(|a| a.class == ActClass::Submit);
        self.names_above(at) || self.goes_above(at) || first.is_some_and(|a| a.clause > at)
    }

    /// Whether a clause sends something to a body above the commune.
    fn names_above(&self, at: usize) -> bool {
        let clause = &self.clauses[at];
        let text = clause.folded.text.as_str();
        let phrases: Vec<StepPhrase<'_>> = self.book.find(text).collect();
        phrases.windows(2).any(|pair| {
            is_clause(&pair[0], ClauseClass::Toward)
                && text[pair[0].end..pair[1].start].trim().is_empty()
                && party_of(clause, pair[1]).is_some_and(above)
        })
    }

    /// Whether something stands before a place of a clause by which what is told there is not the commune's confirmation:
    /// it asks another body to do it, or has decided itself.
    fn is_taken(&self, at: usize, byte: usize) -> bool {
        let decides =
            |a: &Act| a.class == ActClass::Decide && a.doer.as_ref().is_some_and(|d| d.party == Party::Commune);
        let own = self.acts.iter().filter(|a| a.clause == at && self.behind(a) <= byte);
        own.into_iter().any(|a| a.class == ActClass::AskOpinion || decides(a))
    }

    /// Whether a body above the commune does something later, or is sent something.
    fn goes_above(&self, at: usize) -> bool {
        self.acts.iter().filter(|a| a.clause >= at).any(|a| {
            let receiver = || self.receiver(a.clause, self.behind(a));
            a.clause > at && a.doer.as_ref().is_some_and(|d| above(d.party))
                || matches!(a.class, ActClass::Forward | ActClass::SubmitForSignature) && receiver().is_some_and(above)
                || a.class == ActClass::Forward && receiver().is_some_and(|p| p == Party::Agency)
                || a.class == ActClass::Submit && a.clause > at && receiver().is_some_and(above)
        })
    }
}
