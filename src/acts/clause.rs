//! One clause and what its phrases are to each other: who is named, what is open, what is done.

use super::sentence::Clause;
use super::{Act, Doer};
use crate::catalog::Step;
use crate::rule::{ActBook, ActClass, ActCue, ClauseClass, Party, Standing, StepPhrase, StepRole};
use crate::text::Folded;

/// Longest name of a body that is told apart from others, in words.
const NAME_WORDS: usize = 7;
/// Clauses of at most this many words are headings: the act they name is told again below them.
pub(super) const HEADING_WORDS: usize = 7;
/// The same where nobody is named and a colon ends it.
const LONG_HEADING_WORDS: usize = 15;
/// The same where nobody is named and no mark ends it.
const UNMARKED_HEADING_WORDS: usize = 25;
/// Most words between "được" and the verb of its body.
const PASSIVE_WORDS: usize = 12;

/// A clause that has been read.
#[derive(Debug, Clone)]
pub(super) struct ReadClause {
    /// Index of the step.
    pub step: usize,
    /// Characters of the step's text.
    pub span: (usize, usize),
    /// Folded words.
    pub folded: Folded,
    /// As written.
    pub text: String,
    /// Bodies and persons it names, in any part.
    pub parties: Vec<Party>,
    /// A body or person is named before anything that may be done.
    pub names_first: bool,
    /// Goes on with the sentence of the clause before.
    pub goes_on: bool,
    /// Says that something is done: "Chứng chỉ được trả bằng một trong các hình thức:" is no title.
    pub is_passive: bool,
}

impl ReadClause {
    /// Names an act that is told again below: short, with nobody who does it.
    pub fn is_heading(&self) -> bool {
        let is_short = |most: usize| words_in(&self.folded.text) <= most;
        let is_object = !self.names_first && !self.is_passive && !self.text.ends_with(['.', ';', ',']);
        is_short(HEADING_WORDS) || self.is_title() || is_object && is_short(LONG_HEADING_WORDS)
    }

    /// "Cấp giấy chứng nhận đối với cơ sở …:": what a colon opens is told below, however long its name.
    pub fn opens(&self) -> bool {
        self.parties.is_empty() && !self.is_passive && self.text.ends_with(':')
    }

    /// The title of a section: a few words in which nobody does anything and which no mark ends.
    pub fn is_title(&self) -> bool {
        let most = if self.text.ends_with(':') { LONG_HEADING_WORDS } else { UNMARKED_HEADING_WORDS };
        words_in(&self.folded.text) <= most
            && self.parties.is_empty()
            && !self.is_passive
            && !self.text.ends_with(['.', ';', ','])
    }
}

/// What holds at a place of a clause.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a state of its own, and all combinations occur")]
pub(super) struct Scope {
    /// Inside a condition or background: nothing counts as an act.
    pub muted: Option<ClauseClass>,
    /// Where the words that opened it ended.
    pub opened: Option<usize>,
    /// Where the words ended that say what is wrong: "hồ sơ không hợp lệ".
    pub wrong: Option<usize>,
    /// The last preposition or telling verb: a body that follows is its receiver.
    pub toward: Option<Toward>,
    /// The last name of a body.
    pub last: Option<Named>,
    /// Where the last "được" ended: what a body named behind it does has been done, or is done to what stands before it.
    pub passive: Option<usize>,
    /// An act has been told in this clause.
    pub told: bool,
    /// Somebody who does something has been named in this clause.
    pub named: bool,
    /// A body of the state has received something in this clause: whoever is named behind it takes no dossier.
    pub received: bool,
    /// The time or ground was told behind the doer and before any act: "Sở căn cứ hồ sơ quyết định …".
    pub late: bool,
    /// Where the purpose ended that is what the doer does: "Sở căn cứ hồ sơ để cấp giấy".
    pub done_for: Option<usize>,
    /// A body of the state is the doer, named in this clause.
    pub has_doer: bool,
    /// The clause speaks of a decision: "Quyết định điều chỉnh, gia hạn … được công bố".
    pub paper: bool,
    /// A comma stands right before this phrase.
    pub comma: bool,
    /// The last verb that is a noun here, and where it ended: "đề nghị cấp, gia hạn".
    pub noun: Option<(ActClass, usize)>,
    /// A body of the state, named before this clause, is the doer of its sentence.
    pub stays: bool,
}

/// What makes the body behind it a receiver or owner.
#[derive(Clone, Copy)]
pub(super) struct Toward {
    /// Where it ended.
    pub end: usize,
    /// A list of receivers may go on behind a comma.
    pub list: bool,
    /// The receiver may be asked to do what follows: "trình Ủy ban quyết định".
    pub asks: bool,
}

/// A body that has been named in the clause.
#[derive(Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a state of its own, and most combinations occur")]
pub(super) struct Named {
    /// Where its name began.
    pub start: usize,
    /// Where its name ended.
    pub end: usize,
    /// It receives or owns something, and does nothing here.
    pub receives: bool,
    /// A list of receivers may go on.
    pub list: bool,
    /// What follows at once is what it is asked to do.
    pub asked: bool,
    /// It belongs to the time or condition it stands in.
    pub timed: bool,
    /// Who it is.
    pub doer: Doer,
}

impl Named {
    /// "của doanh nghiệp": whose something is. Whoever receives something may stand in a list.
    pub fn is_owner(&self) -> bool {
        self.receives && !self.list
    }
}

/// Most words of a body without a name of its own: "cán bộ", "bộ phận".
const NAMELESS_WORDS: usize = 2;

/// "cơ quan tiếp nhận xem xét …", "cán bộ thụ lý có trách nhiệm …": the verb only says which body. A body with a name
/// does what the verb says.
pub(super) fn names_body(clause: &ReadClause, phrases: &[StepPhrase<'_>], place: usize) -> bool {
    let sentence = clause.folded.text.as_str();
    let is_tight = |from: usize, to: usize| sentence.get(from..to).is_some_and(|gap| gap.trim().is_empty());
    let (Some(body), Some(next)) = (place.checked_sub(1).map(|at| phrases[at]), phrases.get(place + 1)) else {
        return false;
    };
    let is_name = body.roles.iter().any(|(role, _)| matches!(role, StepRole::Party(_, true)));
    let is_nameless = !is_name
        && party_of(clause, body).is_some_and(Party::is_state)
        && words_in(&sentence[body.start..body.end]) <= NAMELESS_WORDS;
    is_nameless && is_verb(next) && is_tight(body.end, phrases[place].start) && is_tight(phrases[place].end, next.start)
}

/// Most words of a body's name before a comma within it.
const HALF_NAME: usize = 6;

/// Whether a comma or semicolon divides two phrases. One within the name of a body does not: "Sở Văn hóa, Thể thao và Du
/// lịch", "Cục Quản lý Y, Dược cổ truyền".
pub(super) fn parts(clause: &ReadClause, before: &[StepPhrase<'_>], from: usize, to: usize) -> bool {
    let between = &clause.folded.text[from..to];
    let is_body = before.last().is_some_and(|p| p.end == from && party_of(clause, *p).is_some_and(Party::is_state));
    let in_name = |at: usize| {
        let after = &between[at + 1..];
        let word = from + at + 1 + (after.len() - after.trim_start().len());
        word < to && words_in(&between[..at]) <= HALF_NAME && is_capital(clause, word)
    };
    between.match_indices([',', ';']).any(|(at, mark)| mark == ";" || !(is_body && in_name(at)))
}

/// As many words without a capital stand in no name.
const NAME_RUN: usize = 3;

/// Where the last body of the state is named, up to a phrase whose words before it still belong to the name: of "Chi cục
/// Dân số" the last word is the second of a pair of which the first is written with a capital.
fn named(clause: &ReadClause, scope: &Scope, start: usize) -> Option<(usize, usize)> {
    let last = scope.last.as_ref().filter(|l| l.doer.party.is_state())?;
    let before = clause.folded.text.get(last.end..start)?.trim_end();
    let goes_on = !before.contains([',', ';', '(']) && words_in(before) <= NAME_WORDS;
    let pair = before.rmatch_indices(' ').nth(1).map(|(at, _)| last.end + at + 1);
    // "Sở Nội vụ ban hành Thông báo": a verb between ends the name
    let small = |at: &usize| !is_capital(clause, *at);
    let starts = std::iter::once(0).chain(before.match_indices(' ').map(|(at, _)| at + 1));
    let starts: Vec<usize> = starts.map(|at| last.end + at).filter(|at| *at < last.end + before.len()).collect();
    let is_whole = starts.windows(NAME_RUN).all(|run| !run.iter().all(small));
    let in_name = goes_on && is_whole && pair.is_some_and(|at| is_capital(clause, at));
    Some((last.start, if in_name { last.end + before.len() } else { last.end }))
}

/// What stands right before a phrase and makes no noun of it: the name of a body, or the word of a purpose that is done.
pub(super) fn spared(clause: &ReadClause, scope: &Scope, start: usize) -> Option<(usize, usize)> {
    let before = clause.folded.text[..start].trim_end().len();
    let done_for = scope.done_for.filter(|end| *end == before).map(|end| (0, end));
    done_for.or_else(|| owner(&clause.folded.text, scope, before)).or_else(|| named(clause, scope, start))
}

/// Most words of a bare name for an applicant: "doanh nghiệp", "tổ chức". A longer one may end with a verb that goes on:
/// "của người đề nghị bổ nhiệm".
const BARE_WORDS: usize = 2;

/// "Chi cục nơi đóng trụ sở của doanh nghiệp cấp giấy": who owns something of the body that does it, up to a place. The word
/// "của" belongs to it.
fn owner(sentence: &str, scope: &Scope, before: usize) -> Option<(usize, usize)> {
    let last = scope.last.as_ref().filter(|l| l.is_owner() && !l.doer.party.is_state() && l.end == before)?;
    let is_bare = sentence[last.start..last.end].rsplit(',').next().is_some_and(|own| words_in(own) <= BARE_WORDS);
    (is_bare && scope.has_doer && !scope.told).then_some((last.start.saturating_sub(1), last.end))
}

/// "kiểm tra trong thời hạn 05 ngày kể từ ngày nhận hồ sơ và quyết định …": a conjunction ends the time behind an act.
pub(super) fn resumes(sentence: &str, start: usize) -> bool {
    sentence[..start].trim_end().ends_with(" và")
}

/// Whether nothing but a comma or a conjunction stands between two phrases.
pub(super) fn is_joined(between: &str) -> bool {
    !between.trim().is_empty() && between.split_whitespace().all(|w| matches!(w, "," | "và" | "hoặc" | ",và"))
}

/// Most words of the unit of a count of time: "ngày làm việc".
const UNIT_WORDS: usize = 4;

/// Whether words are a number and its unit, and nothing else: "05 (năm) ngày làm việc".
fn is_count(words: &str) -> bool {
    let mut words = words.split_whitespace();
    let number = words.next().is_some_and(|w| w.chars().all(|c| c.is_ascii_digit()));
    let unit: Vec<&str> = words.filter(|w| !w.starts_with('(')).collect();
    number && (1..=UNIT_WORDS).contains(&unit.len()) && unit.iter().all(|w| w.chars().all(char::is_alphabetic))
}

/// "Trong thời hạn 05 ngày làm việc thẩm định hồ sơ": a term that is told in full ends before the verb, without a comma.
pub(super) fn end_term(
    book: &ActBook,
    doer: Option<&Doer>,
    clause: &ReadClause,
    scope: &mut Scope,
    verb: &StepPhrase<'_>,
) {
    let text = &clause.folded.text[..verb.start];
    let opened = scope.opened.filter(|_| scope.muted == Some(ClauseClass::Background));
    let by_state = doer.is_none_or(|d| d.party.is_state());
    if by_state && works(book, verb) && opened.is_some_and(|at| is_count(&text[at..])) {
        (scope.muted, scope.done_for) = (None, Some(text.trim_end().len()));
    }
}

/// Whether a phrase tells work on a dossier that has come in.
fn works(book: &ActBook, phrase: &StepPhrase<'_>) -> bool {
    tells(book, phrase, |class| !matches!(class, ActClass::Receive | ActClass::Submit | ActClass::Prepare))
}

/// Whether a phrase may tell such an act, whatever stands around it.
pub(super) fn tells(book: &ActBook, phrase: &StepPhrase<'_>, is: impl Fn(ActClass) -> bool) -> bool {
    phrase.roles.iter().any(|(role, _)| matches!(role, StepRole::Cue(cue) if is(book.cues[*cue].act)))
}

/// Whether a phrase may be what somebody does or has to do.
pub(super) fn is_verb(phrase: &StepPhrase<'_>) -> bool {
    is_clause(phrase, ClauseClass::End) || phrase.roles.iter().any(|(role, _)| matches!(role, StepRole::Cue(_)))
}

/// Whether a purpose is open for which the dossier was sent on, and the next verb is to examine.
pub(super) fn is_sent_for(book: &ActBook, scope: &Scope, last: &Act, clause: usize, next: &[StepPhrase<'_>]) -> bool {
    scope.muted == Some(ClauseClass::Purpose)
        && (last.clause, last.class) == (clause, ActClass::Forward)
        && first_act(book, next) == Some(ActClass::Appraise)
}

/// The first act that phrases may tell, whatever stands around them.
fn first_act(book: &ActBook, phrases: &[StepPhrase<'_>]) -> Option<ActClass> {
    let act = |role: &(StepRole, usize)| match role.0 {
        StepRole::Cue(cue) => Some(book.cues[cue].act),
        _ => None,
    };
    phrases.iter().find_map(|p| p.roles.iter().find_map(act))
}

/// "ứng dụng của Sở hoặc cán bộ tiếp nhận trả giấy hẹn": who does something stands beside what the owner owns.
pub(super) fn beside_owned(sentence: &str, scope: &Scope, owner: &Named, start: usize) -> bool {
    let either = sentence[owner.end..start].trim_end().ends_with("hoặc");
    owner.is_owner() && either && !scope.named && scope.muted.is_none()
}

/// Most words between a person and what the person does: "doanh nghiệp đề nghị cấp giấy phép có trách nhiệm …".
const DOES_WITHIN: usize = 12;

/// Whether a verb, or the duty to do something, follows a person in the same part of the sentence.
pub(super) fn does(sentence: &str, person: StepPhrase<'_>, next: Option<&StepPhrase<'_>>) -> bool {
    next.is_some_and(|next| {
        let between = &sentence[person.end..next.start];
        is_verb(next) && !between.contains([',', ';']) && words_in(between) <= DOES_WITHIN
    })
}

/// Names somebody who must do something: more than an item of a list.
pub(super) fn obliges(clause: &ReadClause, phrases: &[StepPhrase<'_>]) -> bool {
    let named = phrases.iter().position(|p| party_of(clause, *p).is_some());
    named.is_some_and(|at| phrases[at..].iter().any(|p| is_clause(p, ClauseClass::End)))
}

/// "Người đại diện nộp hồ sơ tại Chi nhánh", "Trung tâm tiếp nhận hồ sơ thì chuyển đến Văn phòng": who hands in a dossier
/// himself or passes it on tells more than an item of a list of those who take it.
pub(super) fn moves(book: &ActBook, clause: &ReadClause, phrases: &[StepPhrase<'_>]) -> bool {
    let tells = |phrase: &StepPhrase<'_>, act: ActClass| tells(book, phrase, |class| class == act);
    let is_state = |phrase: &StepPhrase<'_>| party_of(clause, *phrase).is_some_and(Party::is_state);
    let does = |phrase: &&StepPhrase<'_>| is_state(phrase) || first_act(book, &[**phrase]).is_some();
    let leads = |first: &StepPhrase<'_>| {
        let head = &clause.folded.text[..first.start];
        !head.contains(char::is_alphabetic) && party_of(clause, *first) == Some(Party::Applicant)
    };
    let hands_in = phrases.first().is_some_and(leads)
        && phrases.iter().find(does).is_some_and(|p| !is_state(p) && tells(p, ActClass::Submit));
    let then = phrases.iter().position(|p| is_clause(p, ClauseClass::Then)).unwrap_or(phrases.len());
    let (case, behind) = phrases.split_at(then);
    hands_in || case.iter().any(is_state) && behind.iter().any(|p| tells(p, ActClass::Forward))
}

/// "Trường hợp cấp lại, đổi giấy phép:" names a case and tells nothing of it.
pub(super) fn is_header(clause: &ReadClause, phrases: &[StepPhrase<'_>]) -> bool {
    clause.text.ends_with(':')
        && phrases.first().is_some_and(|p| is_clause(p, ClauseClass::Condition))
        && !phrases.iter().any(|p| is_clause(p, ClauseClass::End) || party_of(clause, *p).is_some())
}

/// Most words before the case in a remark: "(chỉ áp dụng đối với trường hợp …)".
const REMARK_WORDS: usize = 3;

/// "(đối với trường hợp khai và nộp thuế theo tháng)": a remark that only says for which case something holds tells no act and
/// names nobody who does one, unless it goes on with what is done in that case.
pub(super) fn is_case_remark(clause: &ReadClause, phrases: &[StepPhrase<'_>], phrase: StepPhrase<'_>) -> bool {
    let sentence = clause.folded.text.as_str();
    let Some(open) = sentence[..phrase.start].rfind('(') else { return false };
    let close = sentence[open..].find(')').map_or(sentence.len(), |at| open + at);
    let inside = || phrases.iter().filter(|p| open < p.start && p.start < close);
    let opens = |p: &StepPhrase<'_>| {
        is_clause(p, ClauseClass::Condition) && words_in(&sentence[open + 1..p.start]) <= REMARK_WORDS
    };
    let goes_on = |p: &StepPhrase<'_>| {
        let begins = sentence[..p.start].trim_end().ends_with(',') && party_of(clause, *p).is_some_and(Party::is_state);
        begins || is_clause(p, ClauseClass::Then) || is_clause(p, ClauseClass::End)
    };
    phrase.start < close && inside().next().is_some_and(opens) && !inside().any(goes_on)
}

/// "Thời gian bổ sung hồ sơ không tính vào thời gian thẩm định": how time is counted tells no act.
pub(super) fn is_aside(clause: &ReadClause, phrases: &[StepPhrase<'_>]) -> bool {
    let Some((first, rest)) = phrases.split_first() else { return false };
    let head = &clause.folded.text[..first.start];
    let opens = is_clause(first, ClauseClass::Thing) && !head.contains(char::is_alphabetic);
    // "Thời hạn không quá 05 ngày, Sở thẩm định": a body that does something begins behind a comma
    let does = |p: &StepPhrase<'_>| {
        let before = clause.folded.text[..p.start].trim_end();
        party_of(clause, *p).is_some_and(Party::is_state) && before.ends_with(',')
    };
    // "Thời gian bổ sung không quá 60 ngày, nếu không bổ sung thì …": what follows is told
    let opens_case = |p: &StepPhrase<'_>| {
        is_clause(p, ClauseClass::Condition) && clause.folded.text[..p.start].trim_end().ends_with(',')
    };
    let goes_on = rest.iter().any(|p| is_clause(p, ClauseClass::Then) || opens_case(p));
    opens && !goes_on && rest.iter().any(|p| is_clause(p, ClauseClass::Aside)) && !rest.iter().any(does)
}

/// "Trường hợp từ chối đào tạo, thi và cấp thẻ, Sở phải …": the list within a condition goes on until a body begins.
pub(super) fn lists_on(clause: &ReadClause, phrases: &[StepPhrase<'_>]) -> bool {
    let sentence = clause.folded.text.as_str();
    let Some(first) = phrases.first() else { return false };
    let begins = |p: &StepPhrase<'_>| party_of(clause, *p).is_some() && sentence[..p.start].trim_end().ends_with(',');
    let governs = |p: &StepPhrase<'_>| {
        [ClauseClass::End, ClauseClass::Then, ClauseClass::Background, ClauseClass::Condition]
            .iter()
            .any(|class| is_clause(p, *class))
    };
    let after = sentence[first.start..].find([',', ';']).map_or(sentence.len(), |at| first.start + at);
    let (own, later) = phrases.split_at(phrases.iter().take_while(|p| p.start < after).count());
    let silent = own.iter().all(|p| party_of(clause, *p).is_none() && !governs(p));
    let begins_there = |p: &StepPhrase<'_>| begins(p) && party_of(clause, *p).is_some_and(Party::is_state);
    // "…, cần phải thẩm định thực tế, trong thời hạn 30 ngày, Sở …": the time parts the condition from what is done
    let timed = later.iter().position(|p| is_clause(p, ClauseClass::Background)).is_some_and(|at| {
        let named = later.iter().position(|p| party_of(clause, *p).is_some_and(Party::is_state));
        named.is_some_and(|named| at < named && begins_there(&later[named]))
    });
    silent && (later.first().is_some_and(begins_there) || timed)
}

/// Whether "thì" closes what is open, before another condition opens and before a body of the state is named.
pub(super) fn is_closed_later(clause: &ReadClause, phrases: &[StepPhrase<'_>]) -> bool {
    let sentence = clause.folded.text.as_str();
    let ends = |p: &&StepPhrase<'_>| {
        let named = party_of(clause, **p).is_some_and(Party::is_state) && !owns(sentence, phrases, p);
        is_clause(p, ClauseClass::Then) || is_clause(p, ClauseClass::Condition) || named
    };
    phrases.iter().find(ends).is_some_and(|p| is_clause(p, ClauseClass::Then))
}

/// Whether a body is only the owner of something: "của" stands right before it.
pub(super) fn owns(sentence: &str, phrases: &[StepPhrase<'_>], body: &StepPhrase<'_>) -> bool {
    let of = phrases.iter().rfind(|o| is_clause(o, ClauseClass::Of) && o.end <= body.start);
    of.is_some_and(|o| sentence[o.end..body.start].trim().is_empty())
}

/// Whom something goes to: who is named first behind it, but for owners ("giấy tờ của đối tượng đến Sở") and for those
/// who are only spoken of before a receiver that a preposition points to: "đề nghị cấp thẻ kiểm tra tàu biển đến Cục".
pub(super) fn receiver(clause: &ReadClause, told: usize, after: &[StepPhrase<'_>]) -> Option<Party> {
    let sentence = clause.folded.text.as_str();
    let named = |p: &StepPhrase<'_>| party_of(clause, *p).filter(|_| !owns(sentence, after, p));
    let is_tight = |end: usize, p: &StepPhrase<'_>| sentence.get(end..p.start).is_some_and(|gap| gap.trim().is_empty());
    let is_pointed = |p: &StepPhrase<'_>| {
        is_tight(told, p) || after.iter().any(|to| is_clause(to, ClauseClass::Toward) && is_tight(to.end, p))
    };
    let (at, first) = after.iter().enumerate().find_map(|(at, p)| named(p).map(|party| (at, party)))?;
    let part = sentence[told..].find([',', ';']).map_or(sentence.len(), |end| told + end);
    let pointed = || {
        let own = after[at..].iter().take_while(|p| p.start < part && !is_clause(p, ClauseClass::Purpose));
        own.filter(|p| is_pointed(p)).find_map(named).filter(|party| party.is_state())
    };
    if first.is_state() || is_pointed(&after[at]) { Some(first) } else { pointed().or(Some(first)) }
}

/// Who is asked to do what a phrase tells: the receiver named right before it, with the rest of its name.
pub(super) fn asked(scope: &Scope, clause: &ReadClause, phrase: StepPhrase<'_>) -> Option<Doer> {
    let last = scope.last.as_ref().filter(|l| l.receives && l.asked)?;
    let gap = clause.folded.text.get(last.end..phrase.start)?;
    let rest = gap.trim_start();
    // "Giám đốc Sở Nội vụ quyết định": the name goes on in capitals
    let is_name = || {
        words_in(rest) <= NAME_WORDS && !rest.contains([',', ';', '(']) && is_capital(clause, phrase.start - rest.len())
    };
    (rest.is_empty() || is_name()).then(|| last.doer.clone())
}

/// "thẩm định để trình Ủy ban phê duyệt": what stands right behind the word of a purpose, and an act before it.
pub(super) fn is_at_once(sentence: &str, scope: &Scope, phrase: StepPhrase<'_>) -> bool {
    scope.told && scope.opened.is_some_and(|end| sentence[end..phrase.start].trim().is_empty())
}

/// Fewest words of a time or ground before what is done behind it.
const TIME_WORDS: usize = 3;

/// "Sở trong thời hạn 10 ngày kể từ ngày nhận đơn lập danh sách": what settles a dossier or takes it on ends the time told
/// behind the doer though no comma does, unless somebody else belongs to the time.
pub(super) fn ends_time(act: ActClass, scope: &Scope, sentence: &str, phrase: StepPhrase<'_>) -> bool {
    let takes_on = matches!(
        act,
        ActClass::SubmitForSignature | ActClass::Forward | ActClass::Prepare | ActClass::CheckCompleteness
    );
    let behind = |end: usize| {
        let is_own = scope.last.as_ref().is_none_or(|last| last.end <= end);
        is_own && words_in(&sentence[end..phrase.start]) >= TIME_WORDS
    };
    act == ActClass::Decide || takes_on && scope.opened.is_some_and(behind)
}

/// Acts that look at something and say what it is worth.
pub(super) fn judges(act: ActClass) -> bool {
    matches!(act, ActClass::Decide | ActClass::Appraise | ActClass::Verify | ActClass::Inspect | ActClass::Council)
}

/// "Quyết định … được gửi cho Sở", "Quyết định … phải ghi rõ lý do": what stands at the head of a passive clause, or of
/// one that tells what must be so before anybody is named, is a paper.
pub(super) fn is_subject(clause: &ReadClause, phrase: StepPhrase<'_>, after: &[StepPhrase<'_>]) -> bool {
    let sentence = clause.folded.text.as_str();
    let duty = after.iter().position(|p| is_clause(p, ClauseClass::End));
    let is_bound = |at: usize| {
        let names = |p: &StepPhrase<'_>| party_of(clause, *p).is_some() && !owns(sentence, after, p);
        let is_joined = sentence[..after[at].start].trim_end().ends_with(',') || resumes(sentence, after[at].start);
        !is_joined && !after[..at].iter().any(names)
    };
    // "Quyết định thành lập (theo Mẫu số 10); Quyết định …": papers in a list, each with its form
    let is_listed = clause.text.ends_with(';')
        && sentence[phrase.end..].contains('(')
        && clause.text.trim_start().starts_with(char::is_alphabetic);
    let is_passive = || is_listed || after.iter().any(|p| is_clause(p, ClauseClass::Passive));
    !sentence[..phrase.start].contains(char::is_alphabetic) && duty.map_or_else(is_passive, is_bound)
}

/// Whether words say that something is done, not what somebody is asked to do, or what has been done to something.
pub(super) fn is_done(cue: &ActCue, scope: &Scope, asked: bool, sentence: &str, phrase: StepPhrase<'_>) -> bool {
    let decides = matches!(
        cue.act,
        ActClass::Decide | ActClass::SubmitForSignature | ActClass::Refuse | ActClass::Council | ActClass::ReturnResult
    );
    if asked && !decides && !cue.asked {
        return false;
    }
    // "đã được Sở cấp": done before this began; "mức chi do Giám đốc phê duyệt": it says whose a thing is
    let told_of = |at: usize| ["đã được", " do"].iter().any(|words| sentence[..at].trim_end().ends_with(words));
    let is_past = scope.passive.is_some_and(told_of);
    // "xe được Tổng cục phê duyệt": the body stands between, unless it was asked: "do Sở trình Ủy ban phê duyệt"
    let agent = scope.passive.zip(scope.last.as_ref()).filter(|(at, last)| last.end > *at && last.receives);
    let tight = agent.is_some_and(|(at, _)| words_in(&sentence[at..phrase.start]) <= PASSIVE_WORDS);
    !(judges(cue.act) && tight && !asked && (is_past || scope.told || scope.has_doer || scope.named))
}

pub(super) fn is_clause(phrase: &StepPhrase<'_>, class: ClauseClass) -> bool {
    phrase.roles.iter().any(|(role, _)| *role == StepRole::Clause(class))
}

/// The state of things that a condition later in the clause names: "thông báo nếu hồ sơ không hợp lệ".
pub(super) fn turns(after: &[StepPhrase<'_>]) -> Option<Standing> {
    let classes = |p: &StepPhrase<'_>| {
        p.roles.iter().find_map(|(r, _)| if let StepRole::Clause(class) = r { Some(*class) } else { None })
    };
    let mut later = after.iter().filter_map(classes).skip_while(|c| *c != ClauseClass::Condition);
    later.find_map(|class| match class {
        ClauseClass::Incomplete => Some(Standing::Incomplete),
        ClauseClass::Refusal => Some(Standing::Refusal),
        _ => None,
    })
}

/// The mark a clause begins with, also where it became the label of its step; a space for none. Numbers are all one
/// mark, and so are letters: "1." and "2)" stand in one list.
pub(super) fn bullet(step: &Step, at: Clause) -> char {
    let first = |text: &str| text.chars().next().filter(|c| !c.is_alphanumeric());
    let label = if at.start == 0 { first(&step.label) } else { None };
    let text = &step.text[at.start..at.end];
    label.or_else(|| first(text)).or_else(|| numbered(text)).unwrap_or(' ')
}

/// Whether nothing but blanks stands between a place and the line break before it.
pub(super) fn begins_line(before: &str) -> bool {
    let head = before.trim_end_matches([' ', '\t', '\u{a0}']);
    head.is_empty() || head.ends_with('\n')
}

/// The mark that stands for a numbered item: "1." or "b)".
fn numbered(text: &str) -> Option<char> {
    let head = text.split_whitespace().next()?.strip_suffix(['.', ')'])?;
    let is_number = !head.is_empty() && head.len() <= 2 && head.chars().all(|c| c.is_ascii_digit());
    let is_letter = head.chars().count() == 1 && head.chars().all(char::is_lowercase);
    if is_number { Some('1') } else { is_letter.then_some('a') }
}

pub(super) fn words_in(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The name of a body: its first words up to a mark, or to what it does.
pub(super) fn name(sentence: &str, phrase: StepPhrase<'_>, next: Option<&StepPhrase<'_>>) -> String {
    let tail = &sentence[phrase.start..next.map_or(sentence.len(), |next| next.start)];
    let tail = &tail[..tail.find([',', ';', '.', '(', ':']).unwrap_or(tail.len())];
    tail.split_whitespace().take(NAME_WORDS).collect::<Vec<_>>().join(" ")
}

/// The body or person a phrase names.
pub(super) fn party_of(clause: &ReadClause, phrase: StepPhrase<'_>) -> Option<Party> {
    phrase.roles.iter().find_map(|(role, _)| match role {
        StepRole::Party(party, capital) if !capital || is_capital(clause, phrase.start) => Some(*party),
        _ => None,
    })
}

fn is_capital(clause: &ReadClause, byte: usize) -> bool {
    let (from, _) = clause.folded.char_span(byte, byte + 1);
    clause.text.chars().nth(from).is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_letters_are_marks_of_lists() {
        for (text, expected) in [
            ("1. Cục Quản lý", Some('1')),
            ("12) Cục Quản lý", Some('1')),
            ("b) Sở Y tế", Some('a')),
            ("đ) Sở Y tế", Some('a')),
            ("Cục Quản lý", None),
            ("2026. Năm", None),
        ] {
            assert_eq!(numbered(text), expected);
        }
    }
}
