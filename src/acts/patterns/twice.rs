//! What is done a second time: a second check, a second appraisal, a second request for supplement.

use super::super::clause::{is_clause, party_of};
use super::super::told::same_doer;
use super::super::{Act, StepPattern};
use super::{Told, by_act, same_body};
use crate::rule::{ActClass, ClauseClass, Party, Pattern, StepPhrase};

/// Whether an act looks at the substance: a council's own act does, setting one up does not.
fn examines(act: &Act) -> bool {
    act.class == ActClass::Appraise || act.doer.as_ref().is_some_and(|d| d.party == Party::Council)
}

impl Told<'_> {
    /// A second check of completeness that is no alternative of the first: by another body, or after it was passed.
    pub(super) fn double_check(&self) -> Option<(&Act, bool)> {
        let mut first: Option<&Act> = None;
        for act in self.acts {
            // what is checked after the result was handed out is another dossier
            if act.class == ActClass::ReturnResult {
                first = None;
            }
            let speaks = self.checks(act) || act.class == ActClass::RequestSupplement;
            if !speaks || self.is_denied(Pattern::DoubleCheck, act) {
                continue;
            }
            match first {
                None => first = Some(act).filter(|act| self.checks(act)),
                Some(_) if act.by_channel => {}
                Some(before) => {
                    if let Some(is_open) = self.is_second_check(before, act) {
                        return Some((act, is_open));
                    }
                }
            }
        }
        None
    }

    /// Whether a check or a request follows another check, and whether the guide leaves the reading open: it does where no
    /// desk stands between the applicant and the body.
    fn is_second_check(&self, before: &Act, act: &Act) -> Option<bool> {
        let named = || self.clauses.get(before.clause).is_some_and(|c| c.parties.contains(&Party::Desk));
        let desk = before.doer.as_ref().map_or_else(named, |d| d.party == Party::Desk);
        let desk = desk || self.is_at_desk(before) && act.class == ActClass::CheckCompleteness;
        let body = act.doer.as_ref().is_some_and(|d| d.party.is_state() && d.party != Party::Desk);
        if desk && body && act.clause > before.clause {
            return Some(false);
        }
        // one body that finds something missing later still checks once
        let asks_again = act.class == ActClass::RequestSupplement
            && act.clause > before.clause
            && !same_doer(before, act)
            && self.says(Pattern::DoubleCheck, act);
        let again = asks_again || self.other_checks(before, act) || self.checks_anew(before, act);
        (again && !self.same_stage(before, act)).then_some(true)
    }

    /// "Ủy ban Chứng khoán Nhà nước (Bộ phận một cửa) kiểm tra": the desk of the body does it.
    fn is_at_desk(&self, act: &Act) -> bool {
        let Some(clause) = self.clauses.get(act.clause) else { return false };
        let text = clause.folded.text.as_str();
        let is_bracketed =
            |p: StepPhrase<'_>| party_of(clause, p) == Some(Party::Desk) && text[..p.start].trim_end().ends_with('(');
        self.book.find(&text[..self.start(act)]).any(is_bracketed)
    }

    /// One body checks in one sentence, when it takes the dossier, and again in another: nothing but receiving stands between.
    fn checks_anew(&self, before: &Act, after: &Act) -> bool {
        let place = |act: &Act| self.acts.iter().position(|a| std::ptr::eq(a, act)).unwrap_or_default();
        let between = &self.acts[place(before) + 1..place(after)];
        let is_check = |act: &Act| act.class == ActClass::CheckCompleteness && !act.by_channel;
        is_check(before)
            && is_check(after)
            && !self.one_sentence(before.clause, after.clause)
            && same_body(before, after)
            && between
                .iter()
                .all(|a| matches!(a.class, ActClass::Receive | ActClass::Other | ActClass::CheckCompleteness))
    }

    /// Another body checks what the first has sent on, or has asked it about.
    fn other_checks(&self, before: &Act, after: &Act) -> bool {
        let place = |act: &Act| self.acts.iter().position(|a| std::ptr::eq(a, act)).unwrap_or_default();
        let doers = before.doer.as_ref().zip(after.doer.as_ref());
        let goes = |a: &Act| match a.class {
            ActClass::Forward | ActClass::SubmitForSignature => true,
            ActClass::AskOpinion => after.doer.as_ref().is_some_and(|d| self.names(a.clause, &d.name)),
            _ => false,
        };
        self.checks(after)
            && doers.is_some_and(|(a, b)| a.party <= b.party || matches!(a.party, Party::Agency | Party::Council))
            && !same_doer(before, after)
            && self.acts[place(before)..place(after)].iter().any(goes)
    }

    /// Whether an act is a check of the dossier, or the first of a clause that tells one: "kiểm tra, cấp giấy giới thiệu".
    fn checks(&self, act: &Act) -> bool {
        let mut own = self.acts.iter().filter(|a| a.clause == act.clause);
        act.class == ActClass::CheckCompleteness
            || own.clone().all(|a| a.class != ActClass::CheckCompleteness)
                && own.next().is_some_and(|a| std::ptr::eq(a, act))
                && self.by_body(Pattern::DoubleCheck, act.clause).is_some()
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

    /// Whether the second of two bodies stands above the first in the order of the state, and neither is told for what
    /// falls to it alone: the dossier has gone up.
    fn goes_up(&self, before: &Act, after: &Act) -> bool {
        let level = |act: &Act| {
            let order = [Party::Commune, Party::Department, Party::Ministry];
            act.doer.as_ref().and_then(|d| order.iter().position(|p| *p == d.party))
        };
        let apart = |act: &Act| self.is_denied(Pattern::DoubleAppraisal, act);
        level(before).zip(level(after)).is_some_and(|(a, b)| a < b) && !apart(before) && !apart(after)
    }

    /// Two different bodies appraise, the dossier having gone from the one to the other.
    pub(super) fn double_appraisal(&self) -> Option<StepPattern> {
        let pattern = Pattern::DoubleAppraisal;
        let told = self.appraised_again().map(|a| by_act(pattern, a, false));
        told.or_else(|| {
            (0..self.clauses.len()).find_map(|at| {
                // "tổ chức thẩm định hồ sơ, … gửi cơ quan tài chính thẩm định": who is asked comes second
                let place = self.by_body(pattern, at)?;
                let told = self.acts.iter().filter(|a| a.clause < at || a.clause == at && self.behind(a) < place.0);
                let mut case = told.rev().take_while(|a| a.class != ActClass::Decide);
                case.find(|a| a.class == ActClass::Appraise && a.doer.is_some())?;
                self.at_clause(pattern, at, place, false)
            })
        })
        .or_else(|| {
            // councils of two levels that one clause names
            let rule = self.book.pattern(pattern)?;
            let named = |at: usize| rule.first(&self.clauses[at].folded.text);
            (0..self.clauses.len()).find_map(|at| self.at_clause(pattern, at, named(at)?, false))
        })
    }

    /// Whether an applicant hands in a dossier again, the first one having been decided on.
    fn is_anew(&self, submit: &Act) -> bool {
        let place = self.acts.iter().position(|a| std::ptr::eq(a, submit)).unwrap_or_default();
        submit.doer.as_ref().is_some_and(|d| d.party == Party::Applicant)
            && self.acts[..place].iter().any(|a| a.class == ActClass::Submit)
            && self.acts[..place].iter().any(|a| a.class == ActClass::Decide)
    }

    /// Two different bodies appraise in acts of their own.
    fn appraised_again(&self) -> Option<&Act> {
        // those who have examined the dossier, and whether it has gone on since
        let mut earlier: Vec<(&Act, bool)> = Vec::new();
        let mut ended = false;
        for act in self.acts {
            match act.class {
                // a new dossier after an answer begins another stage of its own
                ActClass::ReturnResult if !earlier.is_empty() => ended = true,
                ActClass::Submit if ended || self.is_anew(act) => {
                    earlier.clear();
                    ended = false;
                }
                ActClass::Forward | ActClass::SubmitForSignature | ActClass::AskOpinion => {
                    for (_, moved) in &mut earlier {
                        *moved = true;
                    }
                }
                // what is appraised after a decision is another case of the procedure
                ActClass::Decide => {
                    earlier.clear();
                    ended = false;
                }
                // setting a council up or calling it together looks at nothing yet; another body that does so has the dossier
                ActClass::Council if !examines(act) => {
                    for (before, moved) in &mut earlier {
                        *moved |= act.doer.is_some() && before.doer.is_some() && !same_doer(before, act);
                    }
                }
                // an appraisal by nobody knows whom says nothing of the next one
                ActClass::Appraise | ActClass::Council if act.doer.is_some() => {
                    if earlier.iter().any(|(before, moved)| self.examines_after(before, act, *moved)) {
                        return Some(act);
                    }
                    earlier.push((act, false));
                }
                _ => {}
            }
        }
        None
    }

    /// Whether another body examines what a first one has examined and, as `moved` says, handed on: it stands above the
    /// first, as in the order of the vocabulary.
    fn examines_after(&self, before: &Act, act: &Act, moved: bool) -> bool {
        let doers = before.doer.as_ref().zip(act.doer.as_ref());
        (moved || self.goes_up(before, act))
            && !same_doer(before, act)
            && !self.is_other_case(before.clause, act.clause)
            && doers.is_some_and(|(a, b)| a.party <= b.party || matches!(a.party, Party::Agency | Party::Council))
    }

    /// Whether a heading stands between two clauses that begins like one above the first of them: "Đối với doanh nghiệp: …
    /// Đối với hợp tác xã: …". Each tells a case of its own.
    fn is_other_case(&self, before: usize, after: usize) -> bool {
        let heading = |at: usize| {
            let clause = &self.clauses[at];
            let first = self.book.find(&clause.folded.text).next()?;
            let leads = !clause.folded.text[..first.start].contains(char::is_alphanumeric);
            let opens = clause.text.ends_with(':') && leads && is_clause(&first, ClauseClass::Condition);
            opens.then(|| clause.folded.text[first.start..first.end].to_owned())
        };
        let last = (before + 1..=after).rev().find_map(heading);
        last.is_some_and(|last| (0..=before).rev().find_map(heading).is_some_and(|first| first == last))
    }

    /// The dossier goes back at a second stage: not for another way of submitting, and with something done between.
    pub(super) fn repeat_supplement(&self) -> Option<StepPattern> {
        let mut first: Option<&Act> = None;
        let (mut passed, mut decided, mut answered, mut moved) = (false, false, false, false);
        let mut gone_on = false;
        let second_check = self.double_check().map(|(act, _)| act);
        let mut asked: Option<&Act> = None;
        for act in self.acts {
            // what is handed in because it was asked for begins no other case
            if act.class == ActClass::Submit && asked.is_some_and(|a| a.step_id == act.step_id) {
                continue;
            }
            asked = Some(act).filter(|a| a.class == ActClass::RequestSupplement);
            let checks_again = second_check.is_some_and(|check| std::ptr::eq(check, act));
            passed |= act.class == ActClass::CheckCompleteness && checks_again;
            moved |= act.class == ActClass::Forward;
            // the dossier went on behind the decision to another body that checks it: another stage of the same case
            gone_on |= decided && act.class == ActClass::Forward;
            if gone_on && act.class == ActClass::CheckCompleteness && first.is_some_and(|b| !same_doer(b, act)) {
                (decided, gone_on) = (false, false);
            }
            // what begins after a decision is another case; a request right behind it is told for the same one
            let begins = matches!(
                act.class,
                ActClass::Submit | ActClass::Receive | ActClass::CheckCompleteness | ActClass::Appraise
            ) || act.class == ActClass::Prepare && act.doer.as_ref().is_none_or(|d| !d.party.is_state());
            if decided && begins {
                (first, passed, decided, answered) = (None, false, false, false);
            }
            match act.class {
                ActClass::RequestSupplement if self.is_denied(Pattern::RepeatSupplement, act) => {}
                // the same words again are told for another case, unless the dossier has gone to another body
                ActClass::RequestSupplement if !moved && first.is_some_and(|b| self.same_words(b, act)) => {}
                ActClass::RequestSupplement => match first {
                    Some(_) if passed && !act.by_channel => return Some(by_act(Pattern::RepeatSupplement, act, false)),
                    Some(b)
                        if b.clause != act.clause && !act.by_channel && self.says(Pattern::RepeatSupplement, act) =>
                    {
                        return Some(by_act(Pattern::RepeatSupplement, act, false));
                    }
                    // asked when the dossier comes in, and asked again beside the decision
                    Some(before) if answered && act.clause != before.clause && !act.by_channel => {
                        return Some(by_act(Pattern::RepeatSupplement, act, false));
                    }
                    _ => (first, passed, answered) = (Some(act), false, false),
                },
                ActClass::Appraise
                | ActClass::Inspect
                | ActClass::Verify
                | ActClass::AskOpinion
                | ActClass::Council
                | ActClass::Forward => passed = true,
                ActClass::Submit => (first, passed, answered) = (None, false, false),
                ActClass::Decide => (decided, answered) = (true, first.is_some()),
                _ => {}
            }
        }
        self.asked_later()
    }

    /// Words that tell, at a later stage than the first request, that something is sent back, whatever governs them.
    fn asked_later(&self) -> Option<StepPattern> {
        let rule = self.book.pattern(Pattern::RepeatSupplement)?;
        let asks = |a: &Act| a.class == ActClass::RequestSupplement && !self.is_denied(Pattern::RepeatSupplement, a);
        let Some(first) = self.acts.iter().position(asks) else { return self.supplied_already() };
        // "từ ngày nhận hồ sơ hoặc hồ sơ bổ sung": what is told beside the check holds for each request
        let each = |at: usize| {
            let checks = |class: ActClass| self.acts.iter().any(|a| a.clause == at && a.class == class);
            rule.first_where(&self.clauses[at].folded.text, |cue, _| {
                cue.after.contains(&ActClass::CheckCompleteness) && cue.after.iter().any(|class| checks(*class))
            })
        };
        let anew =
            (0..self.clauses.len()).find_map(|at| self.at_clause(Pattern::RepeatSupplement, at, each(at)?, false));
        anew.or_else(|| {
            (self.acts[first].clause..self.clauses.len()).find_map(|at| {
                // in the clause of the request itself only words about that request say that it is made again
                let later = |a: &Act| a.clause > self.acts[first].clause || a.class == ActClass::RequestSupplement;
                let place = rule.first_where(&self.clauses[at].folded.text, |cue, (start, _)| {
                    // what stands behind the words has not been done yet
                    let told = |a: &&Act| {
                        a.clause < at
                            || a.clause == at && (a.class == ActClass::RequestSupplement || self.behind(a) <= start)
                    };
                    self.acts[first..].iter().filter(told).any(|a| cue.after.contains(&a.class) && later(a))
                })?;
                self.at_clause(Pattern::RepeatSupplement, at, place, false)
            })
        })
    }

    /// Words about what has been supplied already tell a second request even where the first one is told in no words of
    /// its own.
    fn supplied_already(&self) -> Option<StepPattern> {
        let rule = self.book.pattern(Pattern::RepeatSupplement)?;
        (0..self.clauses.len()).find_map(|at| {
            let place =
                rule.first_where(&self.clauses[at].folded.text, |cue, _| cue.after == [ActClass::RequestSupplement])?;
            self.at_clause(Pattern::RepeatSupplement, at, place, false)
        })
    }

    /// Whether two acts are told in clauses of the same words.
    fn same_words(&self, a: &Act, b: &Act) -> bool {
        let text = |act: &Act| self.clauses.get(act.clause).map(|c| c.folded.text.as_str());
        a.clause != b.clause && text(a) == text(b)
    }
}
