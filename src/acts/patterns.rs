//! Needless steps, found in the acts of a procedure and in the words of its clauses.

use super::clause::ReadClause;
use super::told::same_doer;
use super::{Act, StepPattern};
use crate::catalog::Procedure;
use crate::rule::{ActBook, ActClass, Party, Pattern};
use crate::text::fold;

/// Drops a decision that is only announced: "trình … quyết định" where the decision itself is told before or behind.
/// A report after the last decision submits nothing any more. The title of a section whose acts are told below it
/// tells none itself.
pub(super) fn settle(mut acts: Vec<Act>, clauses: &[ReadClause]) -> Vec<Act> {
    if let Some(last) = acts.iter().rposition(|a| matches!(a.class, ActClass::Decide)) {
        for act in acts[last..].iter_mut().filter(|a| a.class == ActClass::SubmitForSignature) {
            act.class = ActClass::Other;
        }
    }
    let announced = |at: usize| {
        let act = &acts[at];
        let is_tail = acts[..at]
            .iter()
            .rev()
            .find(|a| a.class != ActClass::Refuse)
            .is_some_and(|a| a.class == ActClass::SubmitForSignature && a.clause == act.clause);
        let next = acts[at + 1..].iter().find(|a| matches!(a.class, ActClass::SubmitForSignature | ActClass::Decide));
        // the same body has been told to decide before, in other words of the same way
        let before = acts[..at].iter().rposition(|a| a.class == ActClass::Decide);
        let is_again = before.is_some_and(|b| {
            same_body(&acts[b], act)
                && !acts[b..at].iter().any(|a| matches!(a.class, ActClass::Submit | ActClass::RequestSupplement))
                && acts[..b].iter().all(|a| a.class != ActClass::SubmitForSignature)
        });
        act.class == ActClass::Decide && is_tail && (is_again || next.is_some_and(|n| n.class == ActClass::Decide))
    };
    let is_title = |act: &Act| act.doer.is_none() && clauses[act.clause].is_title();
    let titles = |at: usize| {
        let next = acts.get(at + 1).filter(|next| next.step_id == acts[at].step_id && !is_title(next));
        is_title(&acts[at]) && next.is_some()
    };
    let keep: Vec<bool> = (0..acts.len()).map(|at| !announced(at) && !titles(at)).collect();
    acts.into_iter().zip(keep).filter_map(|(act, keep)| keep.then_some(act)).collect()
}

/// Whether an act looks at the substance: a council's own act does, setting one up does not.
fn examines(act: &Act) -> bool {
    act.class == ActClass::Appraise || act.doer.as_ref().is_some_and(|d| d.party == Party::Council)
}

/// Most words between a verb and what is verified.
const OBJECT_WORDS: usize = 8;

/// Whether one body does both, as far as their names tell: one name may carry a title before it.
fn same_body(a: &Act, b: &Act) -> bool {
    let holds = |a: &str, b: &str| {
        let head: Vec<&str> = b.split_whitespace().take(3).collect();
        a.contains(&head.join(" "))
    };
    a.doer.as_ref().zip(b.doer.as_ref()).is_some_and(|(a, b)| holds(&a.name, &b.name) || holds(&b.name, &a.name))
}

/// Everything a pattern is judged on.
struct Told<'t> {
    book: &'t ActBook,
    procedure: &'t Procedure,
    acts: &'t [Act],
    clauses: &'t [ReadClause],
}

/// The patterns of a procedure, each at most once.
pub(super) fn find(book: &ActBook, procedure: &Procedure, acts: &[Act], clauses: &[ReadClause]) -> Vec<StepPattern> {
    let told = Told { book, procedure, acts, clauses };
    Pattern::ALL.iter().filter_map(|pattern| told.pattern(*pattern)).collect()
}

impl Told<'_> {
    fn pattern(&self, pattern: Pattern) -> Option<StepPattern> {
        let by_act = |act: &Act, is_open: bool| StepPattern {
            pattern,
            step_id: act.step_id.clone(),
            span: act.span,
            quote: act.quote.clone(),
            is_open,
        };
        match pattern {
            Pattern::DoubleCheck => self.double_check().map(|(a, open)| by_act(a, open)),
            Pattern::DoubleAppraisal => self.double_appraisal().map(|a| by_act(a, false)),
            Pattern::PaperForward => self.paper_forward().map(|(a, open)| by_act(a, open)),
            Pattern::AskOtherAgency => {
                self.acts.iter().find(|a| a.class == ActClass::AskOpinion).map(|a| by_act(a, false))
            }
            Pattern::HeldDataCheck => self.held_data().map(|(a, open)| by_act(a, open)),
            Pattern::SeparatePayment => self.separate_payment().map(|a| by_act(a, false)),
            Pattern::RepeatSupplement => self.repeat_supplement().map(|a| by_act(a, false)),
            Pattern::InPersonOnly | Pattern::LocalConfirmation | Pattern::PublicPosting | Pattern::ManualCopy => {
                self.by_words(pattern)
            }
        }
    }

    /// The first clause that holds the words of a pattern.
    fn by_words(&self, pattern: Pattern) -> Option<StepPattern> {
        let rule = self.book.pattern(pattern)?;
        if self.clauses.iter().any(|c| rule.is_excluded(&c.folded.text)) {
            return None;
        }
        self.clauses.iter().find_map(|clause| {
            let (start, end) = rule.first(&clause.folded.text)?;
            let (from, to) = clause.folded.char_span(start, end);
            Some(StepPattern {
                pattern,
                step_id: self.procedure.steps.get(clause.step)?.id.clone(),
                span: (clause.span.0 + from, clause.span.0 + to),
                quote: clause.text.clone(),
                is_open: false,
            })
        })
    }

    /// Whether the clause of an act says that it is no sign of a pattern.
    fn is_denied(&self, pattern: Pattern, act: &Act) -> bool {
        let clause = self.clauses.get(act.clause);
        self.book.pattern(pattern).zip(clause).is_some_and(|(rule, c)| rule.is_denied(&c.folded.text))
    }

    fn says(&self, pattern: Pattern, act: &Act) -> bool {
        let clause = self.clauses.get(act.clause);
        self.book.pattern(pattern).zip(clause).is_some_and(|(rule, c)| rule.first(&c.folded.text).is_some())
    }

    /// Whether what a body verifies by itself is held data by its very words: they stand right behind the verb.
    fn says_of(&self, act: &Act) -> bool {
        let Some(clause) = self.clauses.get(act.clause) else { return false };
        let text = clause.folded.text.as_str();
        let words = fold(&act.words);
        let Some(behind) = text.find(&words).map(|at| at + words.len()) else { return false };
        let found = self.book.pattern(Pattern::HeldDataCheck).and_then(|rule| rule.first(&text[behind..]));
        found.is_some_and(|(start, _)| text[behind..behind + start].split_whitespace().count() <= OBJECT_WORDS)
    }

    /// A second check of completeness that is no alternative of the first: by another body, or after it was passed.
    fn double_check(&self) -> Option<(&Act, bool)> {
        let mut first: Option<&Act> = None;
        for act in self.acts {
            let speaks = act.class == ActClass::CheckCompleteness || act.class == ActClass::RequestSupplement;
            if !speaks || self.is_denied(Pattern::DoubleCheck, act) {
                continue;
            }
            match first {
                None if act.class == ActClass::CheckCompleteness => first = Some(act),
                None => {}
                Some(before) => {
                    let named = || self.clauses.get(before.clause).is_some_and(|c| c.parties.contains(&Party::Desk));
                    let desk = before.doer.as_ref().map_or_else(named, |d| d.party == Party::Desk);
                    let body = act.doer.as_ref().is_some_and(|d| d.party.is_state() && d.party != Party::Desk);
                    let moves_on = desk && body && act.clause > before.clause;
                    let asks_again = act.class == ActClass::RequestSupplement && self.says(Pattern::DoubleCheck, act);
                    let again = asks_again || self.other_checks(before, act);
                    if act.by_channel || !moves_on && (!again || self.same_stage(before, act)) {
                        continue;
                    }
                    return Some((act, !moves_on));
                }
            }
        }
        None
    }

    /// Another body checks what the first has sent on.
    fn other_checks(&self, before: &Act, after: &Act) -> bool {
        let place = |act: &Act| self.acts.iter().position(|a| std::ptr::eq(a, act)).unwrap_or_default();
        let doers = before.doer.as_ref().zip(after.doer.as_ref());
        after.class == ActClass::CheckCompleteness
            && doers.is_some()
            && !same_doer(before, after)
            && self.acts[place(before)..place(after)]
                .iter()
                .any(|a| matches!(a.class, ActClass::Forward | ActClass::SubmitForSignature))
    }

    /// A request for supplement right after a check belongs to it: nothing but it and receiving stands between.
    fn same_stage(&self, before: &Act, after: &Act) -> bool {
        let place = |act: &Act| self.acts.iter().position(|a| std::ptr::eq(a, act)).unwrap_or_default();
        let between = &self.acts[place(before) + 1..place(after)];
        after.class == ActClass::RequestSupplement
            && between.iter().all(|a| {
                matches!(
                    a.class,
                    ActClass::RequestSupplement | ActClass::Receive | ActClass::Other | ActClass::CheckCompleteness
                )
            })
    }

    /// Two different bodies appraise, the dossier having gone from the one to the other.
    fn double_appraisal(&self) -> Option<&Act> {
        let mut first: Option<&Act> = None;
        let mut moved = false;
        for act in self.acts {
            match (act.class, first) {
                (ActClass::Appraise | ActClass::Council, None) => first = Some(act),
                (ActClass::Forward | ActClass::SubmitForSignature, Some(_)) => moved = true,
                // what is appraised after a decision is another case of the procedure
                (ActClass::Decide, _) => (first, moved) = (None, false),
                // setting a council up or calling it together looks at nothing yet
                (ActClass::Appraise | ActClass::Council, Some(before)) if moved && examines(act) => {
                    // the second stands above the first, as in the order of the vocabulary
                    let doers = before.doer.as_ref().zip(act.doer.as_ref());
                    let differ = !same_doer(before, act)
                        && doers.is_some_and(|(a, b)| a.party <= b.party || a.party == Party::Agency);
                    if differ {
                        return Some(act);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// A transfer, or a submission to the one who decides by a body that did nothing else with the dossier.
    fn paper_forward(&self) -> Option<(&Act, bool)> {
        let mut worked = false;
        for (at, act) in self.acts.iter().enumerate() {
            let is_state = act.doer.as_ref().is_some_and(|d| d.party.is_state());
            match act.class {
                ActClass::Forward => return Some((act, worked)),
                ActClass::SubmitForSignature
                    if !worked
                        && is_state
                        // "từ chối, đồng thời báo cáo": the body has answered in the same breath
                        && !self.acts[..at].last().is_some_and(|a| a.clause == act.clause && a.class == ActClass::Refuse)
                        && !self.says(Pattern::PaperForward, act)
                        && self.acts[at..].iter().any(|a| a.class == ActClass::Decide) =>
                {
                    return Some((act, true));
                }
                // who writes the draft has done more than carry it
                ActClass::Prepare if is_state => worked = true,
                ActClass::CheckCompleteness
                | ActClass::Appraise
                | ActClass::Verify
                | ActClass::Inspect
                | ActClass::AskOpinion
                | ActClass::Council => worked = true,
                ActClass::Submit | ActClass::Decide => worked = false,
                _ => {}
            }
        }
        None
    }

    /// What another body is asked for, or confirms, is what a state database holds.
    fn held_data(&self) -> Option<(&Act, bool)> {
        let mut asked = false;
        self.acts
            .iter()
            .find(|a| {
                asked |= a.class == ActClass::AskOpinion;
                let answers = asked && matches!(a.class, ActClass::AskOpinion | ActClass::Verify);
                answers && self.says(Pattern::HeldDataCheck, a)
                    || a.class == ActClass::Verify && a.doer.is_some() && self.says_of(a)
            })
            .map(|a| (a, true))
    }

    /// A payment told in a clause of its own.
    fn separate_payment(&self) -> Option<&Act> {
        self.acts.iter().find(|a| {
            let taken = [ActClass::Submit, ActClass::Receive];
            a.class == ActClass::Pay
                && !self.says(Pattern::SeparatePayment, a)
                && !self.acts.iter().any(|b| self.one_sentence(a, b) && taken.contains(&b.class))
        })
    }

    /// Whether two acts are told in one sentence: their clauses follow each other behind semicolons or colons.
    fn one_sentence(&self, a: &Act, b: &Act) -> bool {
        let (first, last) = (a.clause.min(b.clause), a.clause.max(b.clause));
        a.step_id == b.step_id && self.clauses.get(first + 1..=last).is_some_and(|c| c.iter().all(|c| c.goes_on))
    }

    /// The dossier goes back at a second stage: not for another way of submitting, and with something done between.
    fn repeat_supplement(&self) -> Option<&Act> {
        let mut first: Option<&Act> = None;
        let (mut passed, mut decided) = (false, false);
        for act in self.acts {
            // what begins after a decision is another case; a request right behind it is told for the same one
            let begins = matches!(
                act.class,
                ActClass::Submit
                    | ActClass::Receive
                    | ActClass::CheckCompleteness
                    | ActClass::Appraise
                    | ActClass::Prepare
            );
            if decided && begins {
                (first, passed, decided) = (None, false, false);
            }
            match act.class {
                ActClass::RequestSupplement if self.is_denied(Pattern::RepeatSupplement, act) => {}
                ActClass::RequestSupplement => match first {
                    Some(_) if passed && !act.by_channel => return Some(act),
                    Some(_) if self.says(Pattern::RepeatSupplement, act) => return Some(act),
                    _ => (first, passed) = (Some(act), false),
                },
                ActClass::Appraise
                | ActClass::Inspect
                | ActClass::Verify
                | ActClass::AskOpinion
                | ActClass::Council
                | ActClass::Forward => passed = true,
                ActClass::Submit => (first, passed) = (None, false),
                ActClass::Decide => decided = true,
                _ => {}
            }
        }
        None
    }
}
