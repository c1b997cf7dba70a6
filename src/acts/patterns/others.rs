//! What goes to, or comes from, another body: transfers, opinions, confirmations, data that are held already.

use super::super::clause::{is_clause, party_of};
use super::super::told::same_doer;
use super::super::{Act, StepPattern};
use super::{Told, by_act, same_body};
use crate::rule::{ActClass, ClauseClass, Party, Pattern, StepPhrase};
use crate::text::fold;

/// Most words of the name of who submits.
const SUBMITTER_WORDS: usize = 5;
/// Words behind a request in which the one who is asked is named.
const ASKED_WORDS: usize = 8;

/// What has been done with the dossier.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a state of its own")]
struct SoFar<'t> {
    /// Since it was handed in, or since the last decision: it was worked on, a draft was written, something confirmed.
    worked: bool,
    wrote: bool,
    confirmed: bool,
    /// It has been handed in.
    begun: bool,
    /// The clause of the last decision.
    decided: Option<usize>,
    /// Who has worked on it, and who has drawn something up.
    workers: Vec<&'t Act>,
    drafts: Vec<&'t Act>,
}

impl SoFar<'_> {
    /// A new stage begins.
    fn begins_anew(&mut self) {
        (self.worked, self.wrote, self.confirmed) = (false, false, false);
    }
}

impl Told<'_> {
    /// Another body is asked: by an act, or by words that tell no act because nobody knows the body's name.
    pub(super) fn ask_other_agency(&self) -> Option<StepPattern> {
        let pattern = Pattern::AskOtherAgency;
        let asks = |a: &&Act| {
            a.class == ActClass::AskOpinion
                && !self.is_denied_at(pattern, a)
                && !self.asks_submitter(a)
                && !self.asks_public(a)
        };
        self.acts.iter().find(asks).map(|a| by_act(pattern, a, false)).or_else(|| {
            (0..self.clauses.len()).find_map(|at| {
                let place = self.by_body(pattern, at).or_else(|| self.by_nobody(pattern, at))?;
                self.at_clause(pattern, at, place, false)
            })
        })
    }

    /// Words of a pattern that tell it whoever does it: as a condition, or as something done already.
    fn by_nobody(&self, pattern: Pattern, at: usize) -> Option<(usize, usize)> {
        let rule = self.book.pattern(pattern)?;
        rule.first_where(&self.clauses[at].folded.text, |cue, (_, end)| {
            cue.by.is_empty()
                && cue.after.is_empty()
                && (cue.toward.is_empty() || self.receiver(at, end).is_some_and(|p| cue.toward.contains(&p)))
        })
    }

    /// Whether what has just been made public is open to everybody's opinion, and no body is named.
    fn asks_public(&self, act: &Act) -> bool {
        let posted = self
            .acts
            .iter()
            .any(|a| a.clause == act.clause && a.class == ActClass::PostPublicly && a.span.0 < act.span.0);
        posted && self.receiver(act.clause, self.behind(act)).is_none()
    }

    /// Whether the one who has submitted is asked, and nobody else.
    fn asks_submitter(&self, act: &Act) -> bool {
        let Some(clause) = self.clauses.get(act.clause) else { return false };
        let (text, end) = (clause.folded.text.as_str(), self.behind(act));
        let other =
            |p: StepPhrase<'_>| party_of(clause, p).is_some_and(Party::is_state) && !self.is_submitter(text, p.start);
        if self.book.find(text).filter(|p| p.start >= end).any(other) {
            return false;
        }
        let near: usize = text[end..].split_inclusive(' ').take(ASKED_WORDS).map(str::len).sum();
        let Some(name) = self.submitter() else { return false };
        // "với ngân hàng nơi doanh nghiệp ký quỹ": whose bank it is
        let is_place = |at: usize| {
            let is_tight = |p: StepPhrase<'_>| is_clause(&p, ClauseClass::Place) && text[p.end..at].trim().is_empty();
            let is_behind = |p: &StepPhrase<'_>| p.start > end && !text[end..p.start].trim().is_empty();
            self.book.find(&text[..at]).filter(is_behind).any(is_tight)
        };
        let near = text[end..end + near].find(&name).is_some_and(|at| !is_place(end + at));
        near || text[..end].contains(&format!("cho {name}"))
    }

    /// Whether the one who has submitted is named at a place.
    fn is_submitter(&self, text: &str, byte: usize) -> bool {
        self.submitter().is_some_and(|name| text[byte..].starts_with(&name))
    }

    /// Who submits, in the words before the first act of submission.
    fn submitter(&self) -> Option<String> {
        let act = self.acts.iter().find(|a| a.class == ActClass::Submit)?;
        let clause = self.clauses.get(act.clause)?;
        let head = &clause.folded.text[..self.behind(act)];
        let name = head.strip_suffix(fold(&act.words).as_str())?.trim_matches(|c: char| !c.is_alphanumeric());
        (2..=SUBMITTER_WORDS).contains(&name.split_whitespace().count()).then(|| name.to_owned())
    }

    /// A transfer, or a submission to the one who decides by a body that did nothing else with the dossier.
    pub(super) fn paper_forward(&self) -> Option<StepPattern> {
        let mut so_far = SoFar::default();
        for (at, act) in self.acts.iter().enumerate() {
            let is_state = act.doer.as_ref().is_some_and(|d| d.party.is_state());
            match act.class {
                // what a body has drawn up by itself begins the procedure
                ActClass::Forward if !so_far.begun && so_far.drafts.iter().any(|d| same_body(d, act)) => {}
                ActClass::Forward if self.carries(act, so_far.decided.is_some()) => {
                    let is_open = so_far.worked || so_far.wrote || so_far.confirmed;
                    return Some(by_act(Pattern::PaperForward, act, is_open));
                }
                ActClass::SubmitForSignature if is_state && self.only_submits(at, &so_far) => {
                    return Some(by_act(Pattern::PaperForward, act, true));
                }
                // who writes the draft or confirms has done more than carry it, unless it goes to one who examines it anew
                ActClass::Prepare if is_state => {
                    so_far.wrote = true;
                    so_far.drafts.push(act);
                }
                ActClass::Verify => so_far.confirmed = true,
                ActClass::CheckCompleteness
                | ActClass::Appraise
                | ActClass::Inspect
                | ActClass::AskOpinion
                | ActClass::Council => {
                    so_far.worked = true;
                    so_far.workers.push(act);
                }
                ActClass::Submit => {
                    so_far.begins_anew();
                    so_far.begun = true;
                }
                ActClass::Receive => so_far.begun = true,
                ActClass::Decide => {
                    so_far.begins_anew();
                    so_far.decided = Some(act.clause);
                }
                _ => {}
            }
        }
        (0..self.clauses.len()).find_map(|at| self.sends_on(at).or_else(|| self.hands_on(at)))
    }

    /// Whether a body that submits to the one who decides did nothing else with the dossier.
    fn only_submits(&self, at: usize, so_far: &SoFar<'_>) -> bool {
        let act = &self.acts[at];
        let knows = |acts: &[&Act]| acts.iter().any(|a| same_body(a, act));
        // "từ chối, đồng thời báo cáo": the body has answered in the same breath
        let answers = |a: &Act| a.clause == act.clause && a.class == ActClass::Refuse;
        let drew_up = so_far.wrote && !so_far.drafts.iter().all(|d| hands_draft(d, act));
        let idle = !so_far.worked && !drew_up && !so_far.confirmed && !self.says(Pattern::PaperForward, act);
        let hands_over = !so_far.worked && so_far.begun && self.is_examined(at);
        (idle || hands_over)
            && !self.acts[..at].last().is_some_and(answers)
            // who has worked on the dossier does not become a carrier when that is told in short
            && !so_far.decided.is_some_and(|d| self.is_same_case(d, act) && knows(&so_far.workers))
            && self.acts[at..].iter().any(|a| a.class == ActClass::Decide)
    }

    /// Whether a transfer hands something on: it neither asks, nor acknowledges, nor tells of a decision.
    fn carries(&self, act: &Act, decided: bool) -> bool {
        let informs = decided && self.informs(act);
        !informs && !self.is_denied_at(Pattern::PaperForward, act) && !self.asks_along(act)
    }

    /// Whether no heading of another case stands between a clause and an act: "Đối với giấy phép bị mất:".
    fn is_same_case(&self, clause: usize, act: &Act) -> bool {
        let between = self.clauses.get(clause + 1..act.clause);
        between.is_none_or(|all| all.iter().all(|c| !c.text.ends_with(':')))
    }

    /// Whether what is sent only tells another body of the outcome, for an end of its own: "để cập nhật vào Hệ thống".
    fn informs(&self, act: &Act) -> bool {
        let Some(clause) = self.clauses.get(act.clause) else { return false };
        let (text, end) = (clause.folded.text.as_str(), self.behind(act));
        let purpose = self.book.find(text).find(|p| p.start >= end && is_clause(p, ClauseClass::Purpose));
        let rule = self.book.pattern(Pattern::PaperForward);
        purpose
            .zip(rule)
            .is_some_and(|(p, rule)| !text[end..p.start].contains(';') && rule.is_denied_at_once(&text[p.start..]))
    }

    /// Whether the letter that carries something asks, in the same breath, for what another body knows.
    fn asks_along(&self, act: &Act) -> bool {
        let asked = self.by_body(Pattern::AskOtherAgency, act.clause);
        asked.is_some_and(|(start, _)| start >= self.behind(act))
    }

    /// Whether what a body hands over is examined by another one next: it has gone to no one who decides.
    fn is_examined(&self, at: usize) -> bool {
        let next = self.acts[at + 1..].iter().find(|a| !matches!(a.class, ActClass::Other | ActClass::Receive));
        next.is_some_and(|a| {
            matches!(a.class, ActClass::Appraise | ActClass::CheckCompleteness | ActClass::Verify)
                && a.doer.is_some()
                && !same_doer(a, &self.acts[at])
        })
    }

    /// Who took the papers of its people (an employer, a school) hands them on to a body.
    fn hands_on(&self, at: usize) -> Option<StepPattern> {
        let rule = self.book.pattern(Pattern::PaperForward)?;
        let text = &self.clauses[at].folded.text;
        let place = rule.first_where(text, |cue, (start, end)| {
            let goes_on = || match cue.toward.as_slice() {
                [] => self.submits_behind(at, end),
                toward => self.receiver(at, end).is_some_and(|p| toward.contains(&p)),
            };
            cue.by == [Party::Applicant] && !self.is_muted(at, start) && goes_on()
        })?;
        self.at_clause(Pattern::PaperForward, at, place, true)
    }

    /// Whether something is submitted behind a place of a clause, in the same sentence, by whoever does what stands there:
    /// by nobody who is named anew.
    fn submits_behind(&self, at: usize, byte: usize) -> bool {
        self.acts.iter().any(|a| {
            a.class == ActClass::Submit
                && (a.clause > at || a.clause == at && self.start(a) >= byte)
                && self.one_sentence(at, a.clause)
                && self
                    .clauses
                    .get(at + 1..=a.clause)
                    .is_some_and(|c| c.iter().all(|c| !c.parties.contains(&Party::Applicant)))
        })
    }

    /// A body sends to another what it has worked on, in words that tell no act.
    fn sends_on(&self, at: usize) -> Option<StepPattern> {
        let place = self.by_body(Pattern::PaperForward, at)?;
        let own = |class: ActClass| self.acts.iter().any(|a| a.clause == at && a.class == class);
        // what a body sends that was asked is its answer
        let asked = self.acts.iter().any(|a| a.clause < at && a.class == ActClass::AskOpinion);
        // what a body sends behind what was submitted to it has been received, even if nobody says so
        let begun = self.acts.iter().any(|a| match a.class {
            ActClass::Prepare | ActClass::Pay | ActClass::Other => false,
            ActClass::Submit | ActClass::Forward => a.clause < at,
            ActClass::Receive => a.clause <= at && a.doer.is_some(),
            _ => a.clause <= at,
        });
        let sends = begun
            && !asked
            && !own(ActClass::Submit)
            && !own(ActClass::AskOpinion)
            && !own(ActClass::SubmitForSignature);
        if sends { self.at_clause(Pattern::PaperForward, at, place, true) } else { None }
    }

    /// What another body is asked for, or confirms, is what a state database holds.
    pub(super) fn held_data(&self) -> Option<StepPattern> {
        let pattern = Pattern::HeldDataCheck;
        let mut asked = false;
        let by_acts = self.acts.iter().find(|a| {
            asked |= a.class == ActClass::AskOpinion;
            let answers = asked && matches!(a.class, ActClass::AskOpinion | ActClass::Verify);
            // what is looked up in the database is what should be done
            let result = a.doer.as_ref().is_some_and(|d| d.party == Party::Commune) && !self.leaves_commune(a.clause);
            let own = a.class == ActClass::Verify && a.doer.is_some() && !result && !self.is_denied(pattern, a);
            answers && self.says(pattern, a) || own && self.says_of(a)
        });
        by_acts.map(|a| by_act(pattern, a, true)).or_else(|| {
            let rule = self.book.pattern(pattern)?;
            (0..self.clauses.len()).find_map(|at| {
                let asked = self.by_body(Pattern::AskOtherAgency, at);
                let held = asked.filter(|place| rule.first(&self.clauses[at].folded.text[place.1..]).is_some());
                let confirmed = || self.by_body(pattern, at).filter(|_| self.leaves_commune(at));
                // "có xác nhận của Công an cấp xã về nơi cư trú": on the paper the applicant brings
                let brought = || {
                    let text = &self.clauses[at].folded.text;
                    rule.first_where(text, |cue, _| cue.by.is_empty() && cue.toward.contains(&Party::Commune))
                };
                self.at_clause(pattern, at, held.or_else(confirmed).or_else(brought)?, true)
            })
        })
    }
}

/// Whether what one body has drawn up is submitted by another one, which did nothing with it.
fn hands_draft(draft: &Act, act: &Act) -> bool {
    draft.doer.as_ref().is_some_and(|d| d.party.is_state())
        && act.doer.is_some()
        && !same_body(draft, act)
        && draft.clause < act.clause
}
