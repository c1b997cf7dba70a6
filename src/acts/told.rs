//! Whether an act has been told already: twice in one sentence, under a heading, for another way of submitting; and what was
//! told last.

use super::grammar::Reader;
use super::{Act, Doer};
use crate::rule::{ActClass, Standing};

/// Words of a name by which a body is known again.
const SAME_WORDS: usize = 4;

impl Reader<'_> {
    /// Whether the same act was the last one told, in the same clause, or under a heading, or as the same refusal.
    pub(super) fn is_told(&self, act: &Act) -> bool {
        // "hồ sơ không đủ thì trả lại và nêu rõ lý do": sent back, not refused
        let sent_back = self.acts.last().is_some_and(|a| {
            a.class == ActClass::RequestSupplement && a.clause == act.clause && a.standing == Standing::Incomplete
        });
        if act.class == ActClass::Refuse && act.standing == Standing::Incomplete && sent_back {
            return true;
        }
        // "gia hạn thời gian thẩm định và phải thông báo, nêu rõ lý do": the reason of a delay
        let delayed = self.acts.last().is_some_and(|a| a.class == ActClass::Other && a.clause == act.clause);
        if act.class == ActClass::Refuse && act.standing == Standing::Complete && delayed {
            return true;
        }
        // "nộp trực tuyến thì gửi bản điện tử": another way of the same submission
        let submitted = self.acts.last().is_some_and(|a| a.class == ActClass::Submit);
        if act.class == ActClass::Submit && act.by_channel && submitted {
            return true;
        }
        // "…; hoặc công ty quản lý quỹ gửi hồ sơ": one submission, whichever of them sends it
        let either = self.clauses[act.clause].folded.text.trim_start().starts_with("hoặc ");
        if act.class == ActClass::Submit && submitted && either && self.goes_on {
            return true;
        }
        // a receipt is given for what has been received and checked
        let stage = |a: &&Act| matches!(a.class, ActClass::CheckCompleteness | ActClass::RequestSupplement);
        let before = self.acts.iter().rev().find(|a| !stage(a));
        let by_same = |a: &Act| same_doer(a, act) || act.doer.is_none();
        let same = before.is_some_and(|a| a.class == ActClass::Receive && !a.by_channel && by_same(a));
        if act.class == ActClass::Receive && same {
            return true;
        }
        // "chấp thuận hoặc không chấp thuận gia hạn": what is decided or refused is named behind it
        if act.class == ActClass::Decide
            && self.tells_both()
            && self.acts.last().is_some_and(|a| a.clause == act.clause)
        {
            return true;
        }
        // "cấp giấy, thu hồi giấy cũ, đồng thời cấp thẻ": one decision
        let mut in_clause = self.acts.iter().rev().take_while(|a| a.clause == act.clause);
        let decided = in_clause
            .find(|a| a.class != ActClass::Other)
            .is_some_and(|a| a.class == ActClass::Decide && same_doer(a, act));
        if act.class == ActClass::Decide && decided {
            return true;
        }
        self.acts.last().is_some_and(|last| {
            let heading = &self.clauses[last.clause];
            last.class == act.class
                && (last.clause == act.clause
                    || act.class == ActClass::Refuse
                    // "tiến hành thẩm định. … thẩm định trong thời hạn 30 ngày": begun, then told with its time
                    || act.class == ActClass::Appraise && same_doer(last, act)
                    || matches!(act.class, ActClass::Decide | ActClass::Submit | ActClass::Prepare)
                        && last.clause + 1 == act.clause
                        && self.goes_on
                        && same_doer(last, act)
                    || heading.is_heading() && last.doer.is_some() && !self.is_by_another(last, act))
        })
    }

    /// "Sau khi hoàn thành việc gửi hồ sơ": it was handed in further up, and nothing but paying and signing came since.
    pub(super) fn has_handed_in(&self) -> bool {
        let since = |a: &&Act| !matches!(a.class, ActClass::Pay | ActClass::Other | ActClass::Verify);
        self.acts.iter().rev().find(since).is_some_and(|a| a.class == ActClass::Submit)
    }

    /// "Người bán: gửi giấy. Người mua: gửi giấy": a short clause that names its own doer is no heading of what another does.
    fn is_by_another(&self, last: &Act, act: &Act) -> bool {
        act.doer.is_some() && !self.clauses[last.clause].parties.is_empty() && !same_doer(last, act)
    }

    /// Drops the last act where a title named it that is told now: "Xử lý hồ sơ … Sở xem xét hồ sơ".
    pub(super) fn drop_title(&mut self, act: &Act) {
        // "Bước 1: Tiếp nhận hồ sơ" above "Tổ chức chuẩn bị, nộp hồ sơ": the title of what the applicant does
        let begins = matches!(act.class, ActClass::Prepare | ActClass::Submit) && self.acts.len() == 1;
        let names = |last: &Act| last.class == act.class || begins && last.class == ActClass::Receive;
        if self.acts.last().is_some_and(|last| names(last) && self.is_titled(last)) {
            self.acts.pop();
        }
    }

    /// Whether a title told it, which names nobody.
    pub(super) fn is_titled(&self, act: &Act) -> bool {
        act.doer.is_none() && self.clauses[act.clause].is_heading()
    }

    /// "trình Cục hồ sơ để thẩm định, phê duyệt": the one it goes to does what it goes there for.
    pub(super) fn goes_to_judge(&self, act: ActClass) -> bool {
        matches!(act, ActClass::Decide | ActClass::Appraise)
            && self
                .acts
                .iter()
                .rev()
                .find(|a| a.class != ActClass::Appraise)
                .is_some_and(|a| a.class == ActClass::SubmitForSignature && a.clause + 1 == self.clauses.len())
    }

    /// Whether the last act, apart from refusals, is one of these.
    pub(super) fn follows_act(&self, classes: &[ActClass]) -> bool {
        self.acts.iter().rev().find(|a| a.class != ActClass::Refuse).is_some_and(|a| classes.contains(&a.class))
    }

    /// Whether the last two acts are a decision and a refusal told by the same words.
    fn tells_both(&self) -> bool {
        self.acts.last_chunk::<2>().is_some_and(|[first, second]| {
            first.class == ActClass::Decide && second.class == ActClass::Refuse && first.span == second.span
        })
    }
}

/// Whether one body does both, by the first words of its name: the rest may already tell what it does.
pub(super) fn same_doer(a: &Act, b: &Act) -> bool {
    match (&a.doer, &b.doer) {
        (Some(a), Some(b)) => {
            let words = |d: &Doer| d.name.split_whitespace().take(SAME_WORDS).map(str::to_owned).collect::<Vec<_>>();
            a.party == b.party && words(a) == words(b)
        }
        (a, b) => a == b,
    }
}
