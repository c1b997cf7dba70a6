//! Who is named: whether that body or person does something, receives something or belongs to a time.

use super::clause::{Named, Scope, beside_owned, is_clause, name, words_in};
use super::grammar::Reader;
use super::{Act, Doer};
use crate::rule::{ActClass, ClauseClass, Party, StepPhrase, StepRole};

/// Most words between two receivers that a comma divides.
const NEXT_IN_LIST: usize = 4;
/// Most words between two receivers of a list.
const LIST_GAP: usize = 12;
/// Fewest words of the name of one who takes dossiers without being a body of the state.
const TAKER_WORDS: usize = 3;

impl Reader<'_> {
    /// Who has taken the dossier decides on it from then on, whatever it is by name.
    pub(super) fn standing_of(&self, sentence: &str, phrase: StepPhrase<'_>, party: Party) -> Party {
        let words = &sentence[phrase.start..phrase.end];
        if party == Party::Applicant && self.takers.iter().any(|t| words.ends_with(t.as_str())) {
            Party::Agency
        } else {
            party
        }
    }

    /// "Cơ sở giáo dục tiếp nhận hồ sơ": who does at once what only the solving body does is no applicant, unless it
    /// has submitted something. A bare "tổ chức" may be anybody.
    pub(super) fn begins_to_take(&self, sentence: &str, phrase: StepPhrase<'_>, after: &[StepPhrase<'_>]) -> bool {
        let words = &sentence[phrase.start..phrase.end];
        let tells = |next: &StepPhrase<'_>, (role, words): &(StepRole, usize)| {
            let StepRole::Cue(cue) = role else { return false };
            let cue = &self.book.cues[*cue];
            matches!(cue.act, ActClass::Receive | ActClass::Appraise)
                && cue.context.holds(sentence, next.start, next.end_of(sentence, *words), None)
        };
        // "có trách nhiệm" may stand between
        let mut from = phrase.end;
        let takes = after
            .iter()
            .take_while(|p| {
                let tight = sentence.get(from..p.start).is_some_and(|gap| gap.trim().is_empty());
                from = p.end;
                tight
            })
            .find(|p| !is_clause(p, ClauseClass::End) || p.roles.iter().any(|role| tells(p, role)))
            .is_some_and(|p| p.roles.iter().any(|role| tells(p, role)));
        takes && words_in(words) >= TAKER_WORDS && !words.contains(',') && !self.has_submitted(words)
    }

    /// Whether one whose name begins with these words has submitted something.
    fn has_submitted(&self, words: &str) -> bool {
        let gives = |a: &Act| a.class == ActClass::Submit && a.doer.as_ref().is_some_and(|d| d.name.starts_with(words));
        self.acts.iter().any(gives)
    }

    /// Takes note of a body or person that is named; `acting` where a verb of its own follows.
    pub(super) fn party(
        &mut self,
        sentence: &str,
        phrase: StepPhrase<'_>,
        next: Option<&StepPhrase<'_>>,
        party: Party,
        acting: bool,
        scope: &mut Scope,
    ) {
        let own = place(sentence, phrase, next, party, acting, scope);
        // "gửi hồ sơ của tổ chức đến Sở": whose it is takes nothing
        let owns = own.is_owner();
        let doer = own.doer.clone();
        // "người đại diện hoặc ban quản lý cơ sở gửi": an applicant that is a body by name
        let beside_person = |l: &Named| {
            !l.receives && !l.doer.party.is_state() && is_joined_list(&sentence[l.end..phrase.start], false)
        };
        let is_applicant = party == Party::Agency && !scope.told && scope.last.as_ref().is_some_and(beside_person);
        let is_object = self.is_object(party, acting, scope);
        let timed = own.timed;
        let receives = own.receives || is_object;
        let before = scope.last.replace(Named { receives, ..own });
        scope.received |= receives && party.is_state();
        // "Cơ quan tiếp nhận (đơn vị quản lý hoặc Sở) kiểm tra": brackets say who somebody is, by other names
        let head = &sentence[..phrase.start];
        let is_bracketed = head.rfind('(').is_some_and(|at| !head[at..].contains(')'));
        // "tổ chức nộp (sau đây gọi là người nhập khẩu) hồ sơ": whom the brackets rename takes nothing where it gives
        let is_giver = is_bracketed && before.is_some_and(|l| !l.receives);
        let takes = if is_bracketed { !is_giver } else { !scope.received };
        let words = &sentence[phrase.start..phrase.end];
        let is_taker = receives && takes && !owns && !is_object && !party.is_state();
        // "gửi Sở (chủ cơ sở được chọn nơi nộp)": the brackets name the giver
        if is_taker && self.has_just_submitted() && !self.has_submitted(words) {
            self.takers.push(words.to_owned());
        }
        let in_brackets = is_bracketed && (scope.named || scope.stays || !acting);
        if receives || in_brackets || is_applicant || scope.muted == Some(ClauseClass::Purpose) || timed {
            return;
        }
        if scope.muted == Some(ClauseClass::Background) && party != Party::Desk
            || scope.muted == Some(ClauseClass::Condition) && party.is_state()
        {
            scope.muted = None;
        }
        scope.has_doer = party.is_state();
        scope.named = true;
        self.subject = Some(doer);
    }

    /// "Sở cho phép người đứng đầu …", "Sở xem xét phương án đối với nạn nhân, nhân viên": whom a body does something to
    /// does nothing here. So does whoever stands behind an act of a body named further up, with no comma between.
    fn is_object(&self, party: Party, acting: bool, scope: &Scope) -> bool {
        let by_state = self.subject.as_ref().is_some_and(|d| d.party.is_state());
        let goes_on = (scope.stays || by_state && !scope.comma) && scope.told && !acting;
        !party.is_state() && (goes_on || scope.has_doer && (!scope.comma || scope.told && !acting))
    }

    /// The last act is a submission, told in this clause.
    fn has_just_submitted(&self) -> bool {
        self.acts.last().is_some_and(|a| a.class == ActClass::Submit && a.clause + 1 == self.clauses.len())
    }
}

/// What a name is to the words before it, and to the name before it.
fn place(
    sentence: &str,
    phrase: StepPhrase<'_>,
    next: Option<&StepPhrase<'_>>,
    party: Party,
    acting: bool,
    scope: &Scope,
) -> Named {
    let follows = |end: usize| {
        let between = sentence.get(end..phrase.start);
        between.is_some_and(|b| {
            b.split_whitespace().all(|w| matches!(w, "các" | "những" | "mỗi" | "từng" | "một" | "ngay"))
        })
    };
    let beside = scope.last.as_ref().filter(|l| is_beside(sentence, scope, l, phrase, party));
    let (receives, list, asked) = match beside {
        Some(l) if acting && beside_owned(sentence, scope, l, phrase.start) => (false, false, false),
        Some(l) => (l.receives, l.list, l.asked),
        None => match scope.toward {
            Some(t) if follows(t.end) => (true, t.list, t.asks),
            _ => (false, false, false),
        },
    };
    // "kể từ ngày Cục A hoặc Cục B nhận hồ sơ": both belong to the time, neither does anything here
    let timed = scope.muted.is_some() && (scope.opened.is_some_and(follows) || beside.is_some_and(|l| l.timed));
    let doer = Doer { party, name: name(sentence, phrase, next) };
    Named { start: phrase.start, end: phrase.end, receives, list, asked, timed, doer }
}

/// Whether a name stands in a list with the one before, or within its name.
fn is_beside(sentence: &str, scope: &Scope, last: &Named, name: StepPhrase<'_>, party: Party) -> bool {
    let between = &sentence[last.end..name.start];
    // "sai so với đăng ký doanh nghiệp, doanh nghiệp gửi": the same word again begins another part of the sentence
    if !party.is_state() && between.starts_with(',') && sentence[last.start..last.end] == sentence[name.start..name.end]
    {
        return false;
    }
    let lists = last.list && last.receives;
    // "đến Cục Hàng hải hoặc Cảng vụ", "tới Cục Lãnh sự (Bộ Ngoại giao)"
    let is_near = between.split_whitespace().count() <= LIST_GAP && !between.contains([',', ';']);
    let runs_on = between.ends_with('(')
        || lists && scope.muted.is_none() && words_in(between) <= NEXT_IN_LIST && between.ends_with(", ")
        || is_near && [" hoặc ", " và ", "/ ", "/"].iter().any(|end| between.ends_with(end));
    // "báo cáo Phòng Quân y cấp trên trực tiếp": one receiver whose name holds that of another body
    let no_verb = scope.muted.is_none() && scope.toward.is_none_or(|t| t.end <= last.start);
    let are_bodies = last.doer.party.is_state() && party.is_state();
    let is_short = words_in(between) < NEXT_IN_LIST && !between.contains([',', ';', ':', '(', ')']);
    is_joined_list(between, lists) || runs_on || lists && no_verb && are_bodies && is_short
}

/// Whether nothing but words of a list stands between two names; commas only where the list may go on behind them.
fn is_joined_list(between: &str, list: bool) -> bool {
    between.split_whitespace().all(|w| matches!(w, "và" | "hoặc" | "/" | "-") || list && w == ",")
}
