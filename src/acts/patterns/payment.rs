//! A step or visit only to pay.

use super::super::{Act, StepPattern};
use super::{Told, by_act};
use crate::rule::{ActClass, Pattern};
use crate::text::fold;

impl Told<'_> {
    /// A payment told by itself, or one that a body asks for; a payment that something waits for, where a body has told
    /// before how much it is.
    pub(super) fn separate_payment(&self) -> Option<StepPattern> {
        let pattern = Pattern::SeparatePayment;
        let mut announced = false;
        let told = self.acts.iter().find(|a| {
            announced |= a.class == ActClass::NotifyFee;
            // a body that takes money in is paid by whoever comes
            let pays = a.doer.as_ref().is_none_or(|d| !d.party.is_state());
            a.class == ActClass::Pay
                && pays
                && (announced && !self.names_precondition(a)
                    || !self.is_denied(pattern, a) && !self.is_muted(a.clause, self.start(a)))
                && !self.is_beside(a.clause, Some(a))
        });
        told.map(|a| by_act(pattern, a, false)).or_else(|| {
            (0..self.clauses.len())
                .filter(|at| !self.is_beside(*at, None))
                .find_map(|at| self.at_clause(pattern, at, self.by_body(pattern, at)?, false))
        })
    }

    /// Whether the words of a payment themselves say that something else waits for it: "hồ sơ hợp lệ và phí".
    fn names_precondition(&self, pay: &Act) -> bool {
        self.book.pattern(Pattern::SeparatePayment).is_some_and(|rule| rule.is_denied(&fold(&pay.words)))
    }

    /// Whether the dossier is handed in or taken, or the result handed out, in the sentence of a payment: one visit. A paper
    /// handed in behind a payment, when the dossier has long been there, only proves that it was made.
    fn is_beside(&self, clause: usize, pay: Option<&Act>) -> bool {
        // a letter that takes the dossier and asks for the fee is paid on another day
        let is_visit = |class: ActClass| {
            matches!(class, ActClass::Submit | ActClass::ReturnResult) || class == ActClass::Receive && pay.is_some()
        };
        let first = self.acts.iter().find(|a| a.class == ActClass::Submit).map(|a| a.clause);
        self.acts.iter().filter(|a| is_visit(a.class) && self.one_sentence(a.clause, clause)).any(|a| {
            let behind = pay.is_some_and(|pay| (pay.clause, pay.span.0) < (a.clause, a.span.0));
            let proves = behind && first.is_some_and(|first| !self.one_sentence(first, clause));
            !(a.class == ActClass::Submit && proves)
        })
    }
}
