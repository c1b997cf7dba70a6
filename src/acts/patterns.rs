//! Needless steps, found in the acts of a procedure and in the words of its clauses.

mod commune;
mod others;
mod payment;
mod twice;
mod words;

use super::clause::ReadClause;
use super::{Act, StepPattern};
use crate::catalog::Procedure;
use crate::rule::{ActBook, ActClass, Pattern};

/// "ra quyết định đóng cửa và báo cáo Cục": who has decided reports what has been done, and nothing is decided on it.
fn reports_decision(acts: &[Act], at: usize, clauses: &[ReadClause]) -> bool {
    use ActClass::{Appraise, Council, Decide, SubmitForSignature};
    let (before, act) = (&acts[at - 1], &acts[at]);
    let is_behind = before.class == ActClass::Decide && before.clause == act.clause && same_body(before, act);
    let weighs = |a: &Act| matches!(a.class, Appraise | Council | Decide | SubmitForSignature);
    let goes_on = acts.get(at + 1).is_some_and(|next| next.clause == act.clause && weighs(next));
    // "quyết định hoặc trình Bộ": of the two the one or the other
    let clause = &clauses[act.clause];
    let head = clause.text.chars().take(act.span.0.saturating_sub(clause.span.0)).collect::<String>();
    act.class == ActClass::SubmitForSignature && is_behind && !goes_on && !head.trim_end().ends_with("hoặc")
}

/// Drops a decision that is only announced: "trình … quyết định" where the decision itself is told before or behind.
/// A report after the last decision submits nothing any more. The title of a section whose acts are told below it
/// tells none itself.
pub(super) fn settle(mut acts: Vec<Act>, clauses: &[ReadClause]) -> Vec<Act> {
    if let Some(last) = acts.iter().rposition(|a| matches!(a.class, ActClass::Decide)) {
        for act in acts[last..].iter_mut().filter(|a| a.class == ActClass::SubmitForSignature) {
            act.class = ActClass::Other;
        }
    }
    let reported: Vec<usize> = (1..acts.len()).filter(|at| reports_decision(&acts, *at, clauses)).collect();
    for at in reported {
        acts[at].class = ActClass::Other;
    }
    let is_title = |act: &Act| {
        let clause = &clauses[act.clause];
        act.doer.as_ref().is_none_or(|d| d.name.is_empty())
            && (clause.is_title() || act.class == ActClass::Decide && clause.opens())
    };
    // told beside the submission to the one who decides
    let is_tail = |at: usize| {
        let before = acts[..at].iter().rev().find(|a| a.class != ActClass::Refuse);
        before.is_some_and(|a| a.class == ActClass::SubmitForSignature && a.clause == acts[at].clause)
    };
    let announced = |at: usize| {
        let act = &acts[at];
        // what is published or handed out behind it has been decided there
        let settles = |a: &&Act| {
            use ActClass::{Decide, PostPublicly, ReturnResult, SubmitForSignature};
            matches!(a.class, SubmitForSignature | Decide | PostPublicly | ReturnResult)
        };
        let next = acts[at + 1..].iter().filter(|a| !is_title(a)).find(settles);
        // the same body has been told to decide before, in other words of the same way
        let before = acts[..at].iter().rposition(|a| a.class == ActClass::Decide);
        let is_again = before.is_some_and(|b| {
            same_body(&acts[b], act)
                && !acts[b..at].iter().any(|a| matches!(a.class, ActClass::Submit | ActClass::RequestSupplement))
                && acts[..b].iter().all(|a| a.class != ActClass::SubmitForSignature)
        });
        // submitted in one case and in another, and decided behind both
        let is_later = || {
            use ActClass::{PostPublicly, ReturnResult, Submit};
            let goes_on = |at: &usize| !matches!(acts[*at].class, Submit | PostPublicly | ReturnResult);
            let own = |at: usize| acts[at].class == ActClass::Decide && same_body(&acts[at], act) && !is_tail(at);
            (at + 1..acts.len()).take_while(goes_on).any(own)
        };
        act.class == ActClass::Decide
            && is_tail(at)
            && (is_again || next.is_some_and(|n| n.class == ActClass::Decide) || is_later())
    };
    let titles = |at: usize| {
        let own = acts[at + 1..].iter().take_while(|next| next.step_id == acts[at].step_id);
        // "Cấp lại hoặc từ chối cấp": one title may tell two acts
        let next = own.skip_while(|next| next.clause == acts[at].clause).find(|next| !is_title(next));
        // "Chấp thuận cảng …" above "Chủ cảng gửi hồ sơ": a title of the whole
        let opens = || acts[at].class == ActClass::Decide && acts.get(at + 1).is_some_and(|n| !judged(n.class));
        is_title(&acts[at]) && (next.is_some() || opens())
    };
    let keep: Vec<bool> =
        (0..acts.len()).map(|at| !announced(at) && !titles(at) && !opens_cases(&acts, at, clauses)).collect();
    acts.into_iter().zip(keep).filter_map(|(act, keep)| keep.then_some(act)).collect()
}

/// "Sở xem xét cấp giấy:" above the cases in which it does: the decision is the one told in them. So is the receipt in
/// "Cơ quan thuế tiếp nhận và giải quyết hồ sơ:" where the sentence below begins with it.
fn opens_cases(acts: &[Act], at: usize, clauses: &[ReadClause]) -> bool {
    let act = &acts[at];
    if !clauses[act.clause].text.trim_end().ends_with(':') {
        return false;
    }
    let mut below = acts[at + 1..].iter().filter(|next| next.step_id == act.step_id && next.clause > act.clause);
    match act.class {
        ActClass::Receive => below.next().is_some_and(|next| {
            next.clause == act.clause + 1 && next.class == ActClass::Receive && same_body(act, next)
        }),
        // who decides is named once at least, and is the same
        ActClass::Decide => below
            .find(|next| next.class == ActClass::Decide)
            .is_some_and(|next| next.doer.is_none() || act.doer.is_none() || same_body(act, next)),
        _ => false,
    }
}

/// Acts that may stand behind a decision.
fn judged(class: ActClass) -> bool {
    matches!(
        class,
        ActClass::Decide
            | ActClass::Refuse
            | ActClass::ReturnResult
            | ActClass::PostPublicly
            | ActClass::Other
            | ActClass::Pay
            | ActClass::Forward
    )
}

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

/// The pattern that an act shows.
fn by_act(pattern: Pattern, act: &Act, is_open: bool) -> StepPattern {
    StepPattern { pattern, step_id: act.step_id.clone(), span: act.span, quote: act.quote.clone(), is_open }
}

impl Told<'_> {
    fn pattern(&self, pattern: Pattern) -> Option<StepPattern> {
        match pattern {
            Pattern::DoubleCheck => self.double_check().map(|(a, open)| by_act(pattern, a, open)),
            Pattern::DoubleAppraisal => self.double_appraisal(),
            Pattern::PaperForward => self.paper_forward(),
            Pattern::AskOtherAgency => self.ask_other_agency(),
            Pattern::HeldDataCheck => self.held_data(),
            Pattern::LocalConfirmation => self.local_confirmation(),
            Pattern::SeparatePayment => self.separate_payment(),
            Pattern::RepeatSupplement => self.repeat_supplement(),
            Pattern::InPersonOnly | Pattern::PublicPosting | Pattern::ManualCopy => self.by_words(pattern),
        }
    }

    /// Whether two clauses stand in one sentence: behind semicolons or colons.
    fn one_sentence(&self, a: usize, b: usize) -> bool {
        let (first, last) = (a.min(b), a.max(b));
        let same_step = self.clauses.get(first).zip(self.clauses.get(last)).is_some_and(|(a, b)| a.step == b.step);
        same_step && self.clauses.get(first + 1..=last).is_some_and(|c| c.iter().all(|c| c.goes_on))
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod wordings;
