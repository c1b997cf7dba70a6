//! Whether words that may tell an act do: who does it, to whom, in what state of things, and what mutes it.

use super::clause::{ReadClause, Scope, ends_time, is_at_once, is_subject, party_of, receiver, resumes, spared, turns};
use super::grammar::Reader;
use super::{Act, Doer};
use crate::rule::{ActClass, ActCue, ClauseClass, Party, StepPhrase};

impl Reader<'_> {
    /// Whether a cue counts where it stands. `asked` is who is asked to do it, `phrase` the words of the cue, `after` the
    /// phrases behind them.
    pub(super) fn counts(
        &self,
        cue: &ActCue,
        asked: Option<&Doer>,
        phrase: StepPhrase<'_>,
        scope: &Scope,
        clause: &ReadClause,
        after: &[StepPhrase<'_>],
    ) -> bool {
        let sentence = clause.folded.text.as_str();
        let toward = receiver(clause, phrase.end, after);
        let reaches = |party: Party| cue.toward.contains(&party);
        let is_named = || after.iter().filter_map(|p| party_of(clause, *p)).any(reaches);
        // "chấp thuận hoặc không chấp thuận việc … được": both answers are no paper
        let is_paper = || cue.also.is_empty() && (scope.paper || is_subject(clause, phrase, after));
        (self.is_by(cue, asked) || self.begins(cue, toward, scope))
            && (!cue.last_resort || self.is_missing(cue.act))
            && !(cue.act == ActClass::Prepare && self.is_past_preparing())
            && (self.is_open(cue, scope, sentence, phrase) || refuses_at_once(cue, scope, sentence, phrase))
            && !(cue.act == ActClass::Decide && is_paper())
            && cue.when.is_none_or(|w| w == self.standing || turns(after) == Some(w))
            && (cue.toward.is_empty() || toward.is_some_and(reaches) || cue.last_resort && is_named())
            && (cue.after.is_empty() || self.follows_act(&cue.after))
            && cue.context.holds(sentence, phrase.start, phrase.end, spared(clause, scope, phrase.start))
    }

    /// Whether the doer may do it.
    fn is_by(&self, cue: &ActCue, asked: Option<&Doer>) -> bool {
        use ActClass::{Decide, Other, Pay, Prepare, Submit};
        // "đề nghị Bộ chấp thuận": what an applicant asks for is not done yet
        let own = self.subject.as_ref();
        let is_state = |d: &Doer| d.party.is_state();
        match asked.filter(|asked| is_state(asked) && own.is_none_or(is_state)).or(own) {
            // a title at the head of the text decides nothing
            None if cue.act == Decide && !cue.strict => self.acts.iter().any(|a| a.class != Decide),
            None if cue.strict && cue.act == Submit && !cue.by.is_empty() && cue.toward.is_empty() => {
                self.acts.iter().all(|a| matches!(a.class, Prepare | Submit | Pay | Other))
            }
            None => !cue.strict,
            Some(doer) => cue.by.is_empty() || cue.by.contains(&doer.party),
        }
    }

    /// What begins the procedure is submitted, whoever does it: "Sở gửi văn bản đề nghị đến Bộ".
    fn begins(&self, cue: &ActCue, toward: Option<Party>, scope: &Scope) -> bool {
        cue.act == ActClass::Submit
            && cue.by == [Party::Applicant]
            && (!cue.toward.is_empty() && !cue.strict || toward.is_some_and(Party::is_state))
            && self.acts.iter().all(|a| a.class == ActClass::Prepare)
            && scope.named
    }

    /// Something has been told behind which nobody but a body prepares anything. A title at the head of the text is no such
    /// thing, nor is the word for an applicant: "tổ chức làm đơn".
    fn is_past_preparing(&self) -> bool {
        use ActClass::{Other, Pay, Prepare, Submit};
        let is_past = |a: &Act| !matches!(a.class, Prepare | Submit | Pay | Other) && !self.is_titled(a);
        // "Trường hợp đăng ký qua mạng:" behind what was told of one way: another begins, with what an applicant does
        let begins_anew = |a: &Act| self.clauses[a.clause..].iter().any(|c| c.text.ends_with(':'));
        let by_state = self.subject.as_ref().is_some_and(|d| d.party.is_state());
        !by_state && self.acts[self.case..].last().is_some_and(|a| is_past(a) && !begins_anew(a))
    }

    /// Whether no condition, time or purpose mutes it.
    fn is_open(&self, cue: &ActCue, scope: &Scope, sentence: &str, phrase: StepPhrase<'_>) -> bool {
        use ActClass::{AskOpinion, ReturnResult, Submit, SubmitForSignature};
        use ClauseClass::{Background, Condition, Purpose};
        let Some(muted) = scope.muted else { return true };
        let submits_first = cue.act == Submit
            && !cue.toward.is_empty()
            && matches!(muted, Condition | Purpose)
            && !self.acts.iter().any(|a| a.class == Submit);
        let is_done_for = || {
            matches!(cue.act, AskOpinion | ReturnResult)
                || cue.act == SubmitForSignature
                    && (is_at_once(sentence, scope, phrase) || resumes(sentence, phrase.start))
                || self.goes_to_judge(cue.act)
        };
        submits_first
            || match muted {
                Purpose => is_done_for(),
                _ if cue.anywhere => true,
                Background if scope.late && ends_time(cue.act, scope, sentence, phrase) => true,
                Background | Condition => scope.told && resumes(sentence, phrase.start),
                _ => false,
            }
    }

    /// Whether an act that the text tells in no usual words may be told here: a submission before anything is judged, a
    /// decision after something has been told.
    fn is_missing(&self, act: ActClass) -> bool {
        use ActClass::{AskOpinion, Other, Pay, PostPublicly, Prepare, Submit};
        let begins = |a: &Act| matches!(a.class, Prepare | Pay | Other | PostPublicly | AskOpinion);
        let fits = if act == Submit { self.acts.iter().all(begins) } else { !self.acts.is_empty() };
        fits && self.missing.contains(&act) && !self.acts.iter().any(|a| a.class == act)
    }
}

/// Whether a refusal begins without a comma or "thì" behind a condition, time or case.
fn refuses_at_once(cue: &ActCue, scope: &Scope, sentence: &str, phrase: StepPhrase<'_>) -> bool {
    let head = sentence[..phrase.start].trim_end();
    // "đồng ý đối với trường hợp đủ điều kiện hoặc có văn bản trả lời": the other answer behind "hoặc"
    let is_other = scope.told && head.ends_with(" hoặc");
    // "trường hợp hồ sơ không hợp lệ từ chối tiếp nhận": right behind what is wrong
    let is_wrong = scope.wrong == Some(head.len());
    cue.act == ActClass::Refuse && (is_other || is_wrong)
}
