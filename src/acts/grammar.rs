//! One clause after another: who does what, under which condition.

use super::clause::{
    HEADING_WORDS, ReadClause, Scope, Toward, asked, begins_line, bullet, does, end_term, is_aside, is_case_remark,
    is_clause, is_closed_later, is_done, is_header, is_joined, is_sent_for, is_subject, is_verb, judges, lists_on,
    moves, names_body, obliges, parts, party_of, resumes, tells,
};
use super::sentence::{Clause, clauses};
use super::{Act, Doer};
use crate::catalog::Step;
use crate::rule::{ActBook, ActClass, ActCue, ClauseClass, Party, Standing, StepPhrase, StepRole};
use crate::text::fold_with_offsets;

/// What is known while a procedure is read.
#[allow(clippy::struct_excessive_bools, reason = "each is a state of its own, and all combinations occur")]
pub(super) struct Reader<'b> {
    pub(super) book: &'b ActBook,
    /// Acts so far, in order.
    pub acts: Vec<Act>,
    /// Clauses so far, in order.
    pub clauses: Vec<ReadClause>,
    pub(super) subject: Option<Doer>,
    pub(super) standing: Standing,
    channel: bool,
    /// The clauses after "nộp hồ sơ đến cơ quan có thẩm quyền:" say who that is; they tell no act.
    /// Neither do lists of conditions or papers. Holds the bullets of the lists the clause stands in.
    list: Vec<char>,
    /// The clause before opens such a list.
    opens_list: bool,
    /// The clause goes on with the sentence of the one before.
    pub goes_on: bool,
    /// The rest of the step is another section.
    resting: bool,
    /// Who stands before a colon does what the bullets after it say; with the bullet of that clause.
    head: Option<(Doer, char)>,
    /// Who takes dossiers without being a body of the state by name: "nộp hồ sơ cho chủ đầu tư", "cho nhà trường".
    pub(super) takers: Vec<String>,
    /// Labels of the steps of this case, in small letters: "Bước 1" a second time begins another case.
    labels: Vec<String>,
    /// How many acts had been told when this case began.
    pub(super) case: usize,
    /// Acts that the text tells in no usual words: their cues of last resort count, once.
    pub(super) missing: Vec<ActClass>,
}

impl<'b> Reader<'b> {
    pub fn new(book: &'b ActBook, missing: Vec<ActClass>) -> Self {
        Reader {
            book,
            acts: Vec::new(),
            clauses: Vec::new(),
            subject: None,
            standing: Standing::Complete,
            channel: false,
            list: Vec::new(),
            opens_list: false,
            goes_on: false,
            resting: false,
            head: None,
            takers: Vec::new(),
            labels: Vec::new(),
            case: 0,
            missing,
        }
    }

    /// Reads a step, without the clauses that are printed a second time.
    pub fn step(&mut self, index: usize, step: &Step, repeated: &[bool]) {
        self.resting = false;
        // "Cơ quan giải quyết gồm: Sở A.": a full stop ends what its colon opened before the next step begins
        if self.clauses.last().is_some_and(|c| c.text.ends_with('.')) {
            self.head = None;
        }
        let label = step.label.to_lowercase();
        if label.chars().any(|c| c.is_ascii_digit()) && self.labels.contains(&label) {
            self.labels.clear();
            self.case = self.acts.len();
        }
        self.labels.push(label);
        for (place, mut clause) in clauses(&step.text).into_iter().enumerate() {
            if repeated.get(place).copied().unwrap_or_default() {
                continue;
            }
            if place == 0 && self.clauses.last().is_some_and(|c| c.text.ends_with(':')) {
                (clause.goes_on, clause.after_colon) = (true, true);
            }
            self.clause(index, step, clause);
        }
    }

    fn clause(&mut self, index: usize, step: &Step, at: Clause) {
        let text = &step.text[at.start..at.end];
        let before = step.text[..at.start].chars().count();
        let folded = fold_with_offsets(text).parted();
        let span = (before, before + text.chars().count());
        if at.after_colon
            && self.acts.last().is_some_and(|a| a.class == ActClass::Submit && a.clause + 1 == self.clauses.len())
        {
            let told = self.clauses.last().map_or(0, |c| c.folded.text.split_whitespace().count());
            self.opens_list |= told > HEADING_WORDS;
        }
        let bullet = bullet(step, at);
        if at.after_colon && (self.opens_list || !self.list.is_empty()) {
            self.list.push(bullet);
        } else if !(at.goes_on && !self.list.is_empty() || self.list.contains(&bullet) && bullet != ' ') {
            self.list.clear();
        }
        self.opens_list = false;
        self.goes_on = at.goes_on;
        if !at.goes_on {
            // a second sentence of an item belongs to the list as the item does
            let in_line = bullet == ' ' && !begins_line(&step.text[..at.start]);
            self.head.take_if(|(_, own)| !in_line && (bullet == ' ' || bullet == *own));
            self.subject = self.head.as_ref().map(|(doer, _)| doer.clone());
            self.standing = Standing::Complete;
            self.channel = false;
        }
        let (text, goes_on) = (text.to_owned(), at.goes_on);
        self.clauses.push(ReadClause {
            step: index,
            span,
            folded,
            text,
            parties: Vec::new(),
            names_first: false,
            goes_on,
            is_passive: false,
        });
        let number = self.clauses.len() - 1;
        let clause = self.clauses[number].clone();
        let sentence = &clause.folded.text;
        let phrases: Vec<StepPhrase<'_>> = if self.missing.is_empty() {
            self.book.find(sentence).collect()
        } else {
            self.book.find_at_last(sentence).collect()
        };
        let parties = phrases.iter().filter_map(|p| party_of(&clause, *p)).collect();
        self.clauses[number].parties = parties;
        let first = phrases.iter().find(|p| party_of(&clause, **p).is_some() || is_verb(p));
        self.clauses[number].names_first = first.is_some_and(|p| party_of(&clause, *p).is_some());
        self.clauses[number].is_passive = phrases.iter().any(|p| is_clause(p, ClauseClass::Passive));
        let moves = !self.list.is_empty() && moves(self.book, &clause, &phrases);
        let is_list = !self.list.is_empty() && !moves && !obliges(&clause, &phrases);
        if moves {
            // not whoever submits to one of those on the list
            self.subject = None;
        }
        if is_list || is_header(&clause, &phrases) || is_aside(&clause, &phrases) {
            self.opens_list = false;
            return;
        }
        // "Sở A thẩm định; hoàn thiện hồ sơ đối tượng": the doer of the sentence stays
        let stays = at.goes_on && self.subject.as_ref().is_some_and(|d| d.party.is_state());
        let mut scope = Scope { stays, ..Scope::default() };
        let mut from = 0;
        for (place, phrase) in phrases.iter().enumerate() {
            let between = &clause.folded.text[from..phrase.start];
            scope.comma = parts(&clause, &phrases[..place], from, phrase.start);
            // "nếu hồ sơ thiếu, sai hoặc chưa hợp lệ thì": commas do not end a condition that "thì" will end
            let open = scope.muted == Some(ClauseClass::Condition)
                && (is_closed_later(&clause, &phrases[place..]) || lists_on(&clause, &phrases[place..]));
            // "Sở (nếu được ủy quyền) thông báo": a condition in brackets ends with them
            // "để kiểm tra, cấp giấy": what follows without a doer of its own is for the same end
            // "sau khi kiểm tra, xác minh": so does a time, where nothing else stands between
            let lists =
                scope.muted == Some(ClauseClass::Purpose) || scope.muted.is_some() && scope.opened == Some(from);
            let chained = lists && between.trim() == "," && tells(self.book, phrase, judges);
            // "gửi Sở để chủ trì, phối hợp với các sở tổ chức thẩm định": it went there for that
            let sent = self.acts.last().is_some_and(|a| is_sent_for(self.book, &scope, a, number, &phrases[place..]));
            // "để doanh nghiệp, hợp tác xã hoàn thiện hồ sơ": the purpose goes on behind a list of persons
            let persons = scope.muted == Some(ClauseClass::Purpose)
                && between.trim() == ","
                && party_of(&clause, *phrase) == Some(Party::Applicant)
                && scope.last.as_ref().is_some_and(|l| l.end == from && !l.doer.party.is_state());
            let open = open || chained || sent || persons;
            end_term(self.book, self.subject.as_ref(), &clause, &mut scope, phrase);
            if scope.comma && !open || between.contains(')') {
                // who receives something within a time or a condition receives nothing behind it
                if scope.comma && scope.muted.is_some() {
                    (scope.last, scope.toward) = (None, None);
                }
                (scope.muted, scope.passive) = (None, None);
            }
            from = phrase.end;
            if self.resting {
                break;
            }
            self.phrase(&clause, number, &phrases, place, &mut scope, &step.id);
            if chained && scope.muted.is_some() {
                scope.opened = Some(phrase.end);
            }
        }
        self.duty(&clause, number, &phrases, &scope, &step.id);
        if clause.text.ends_with(':') {
            let doer = self.subject.clone().filter(|_| scope.has_doer);
            self.head = doer.map(|doer| (doer, bullet));
        }
    }

    /// "Sở có trách nhiệm …": a body that must do something which no cue knows does something else.
    fn duty(&mut self, clause: &ReadClause, number: usize, phrases: &[StepPhrase<'_>], scope: &Scope, step_id: &str) {
        let sentence = clause.folded.text.as_str();
        // "do Sở Nội vụ thực hiện": whose task it is, told at the end
        let says = |p: &StepPhrase<'_>| {
            let own = p.roles.iter().find(|(role, _)| *role == StepRole::Clause(ClauseClass::End));
            own.is_some_and(|(_, words)| sentence[p.end_of(sentence, *words)..].contains(char::is_alphabetic))
        };
        let silent = scope.has_doer && !scope.told && scope.muted.is_none() && !clause.text.ends_with(':');
        let Some(duty) = phrases.iter().rfind(|p| silent && says(p)) else { return };
        self.acts.push(self.act(clause, number, *duty, ActClass::Other, step_id));
    }

    /// An act of the present doer, told by a phrase of a clause.
    fn act(&self, clause: &ReadClause, number: usize, told: StepPhrase<'_>, class: ActClass, step_id: &str) -> Act {
        let (from, to) = clause.folded.char_span(told.start, told.end);
        Act {
            step_id: step_id.to_owned(),
            class,
            doer: self.subject.clone(),
            span: (clause.span.0 + from, clause.span.0 + to),
            words: clause.text.chars().skip(from).take(to - from).collect(),
            quote: clause.text.clone(),
            standing: self.standing,
            by_channel: self.channel,
            clause: number,
        }
    }

    fn phrase(
        &mut self,
        clause: &ReadClause,
        number: usize,
        phrases: &[StepPhrase<'_>],
        place: usize,
        scope: &mut Scope,
        step_id: &str,
    ) {
        let phrase = phrases[place];
        let sentence = clause.folded.text.as_str();
        for (role, words) in phrase.roles {
            // "được gửi cho": the verb of the passive is told by the phrase itself
            let is_inner = phrase.end_of(sentence, *words) < phrase.end;
            if let StepRole::Clause(class) = role
                && !(is_inner && *class == ClauseClass::Passive)
            {
                self.govern(*class, phrase, sentence, scope);
            }
        }
        let is_remark = is_case_remark(clause, phrases, phrase);
        if let Some(party) = party_of(clause, phrase).filter(|_| !is_remark) {
            if party == Party::Applicant && self.begins_to_take(sentence, phrase, &phrases[place + 1..]) {
                self.takers.push(sentence[phrase.start..phrase.end].to_owned());
            }
            let party = self.standing_of(sentence, phrase, party);
            let acting = does(sentence, phrase, phrases.get(place + 1));
            let verb = |p: &&StepPhrase<'_>| party_of(clause, **p).is_none() && is_verb(p);
            self.party(sentence, phrase, phrases[place + 1..].iter().find(verb), party, acting, scope);
        }
        let asked = asked(scope, clause, phrase);
        let decides = tells(self.book, &phrase, |class| class == ActClass::Decide);
        scope.paper |= decides && is_subject(clause, phrase, &phrases[place + 1..]);
        scope.paper &= !phrase.roles.iter().any(|(r, _)| *r == StepRole::Clause(ClauseClass::Passive));
        let mut fired = None;
        let own_roles = if is_remark || names_body(clause, phrases, place) { &[] } else { phrase.roles };
        for (role, words) in own_roles {
            let StepRole::Cue(index) = role else { continue };
            let cue = &self.book.cues[*index];
            // "đề nghị cấp, gia hạn": the list of nouns goes on
            if scope.noun.is_some_and(|(act, end)| act == cue.act && is_joined(&sentence[end..phrase.start])) {
                continue;
            }
            let words = StepPhrase { end: phrase.end_of(sentence, *words), ..phrase };
            if is_done(cue, scope, asked.is_some(), sentence, phrase)
                && self.counts(cue, asked.as_ref(), words, scope, clause, &phrases[place + 1..])
            {
                fired = Some((cue, words));
                break;
            }
        }
        let is_cue = phrase.roles.iter().any(|(r, _)| matches!(r, StepRole::Cue(_)));
        let noun = phrase.roles.iter().find_map(|(role, _)| {
            let StepRole::Cue(index) = role else { return None };
            let cue = &self.book.cues[*index];
            let goes_on =
                scope.noun.is_some_and(|(act, end)| act == cue.act && is_joined(&sentence[end..phrase.start]));
            // "phiếu hẹn trả kết quả, chuyển hồ sơ": what is carried is no list of nouns
            let lists = judges(cue.act) || cue.act == ActClass::Submit;
            (goes_on || lists && cue.context.is_noun(sentence, phrase.start, None)).then_some((cue.act, phrase.end))
        });
        scope.noun = noun.filter(|_| fired.is_none());
        if is_cue && !is_clause(&phrase, ClauseClass::Of) && !is_clause(&phrase, ClauseClass::Place) {
            scope.toward = Some(Toward { end: phrase.end, list: true, asks: true });
        }
        // "được" speaks of one verb: that of the body named behind it
        let names = party_of(clause, phrase).is_some() || is_clause(&phrase, ClauseClass::Passive);
        if !names && scope.passive.is_some_and(|at| scope.last.as_ref().is_some_and(|l| l.end > at)) {
            scope.passive = None;
        }
        if let Some((cue, words)) = fired {
            scope.told = true;
            // "để trình Ủy ban phê duyệt": what the one it goes to does with it is told too
            if cue.act == ActClass::SubmitForSignature {
                scope.muted = None;
            }
            let own = asked.map(|doer| self.subject.replace(doer));
            self.tell(cue, clause, number, words, step_id);
            // "Trường hợp đã nộp phí, thực hiện cấp giấy": who did the one need not do the other
            if scope.muted.is_none() {
                self.infer_doer(cue.act);
            }
            if let Some(own) = own {
                self.subject = own;
            }
        }
    }

    fn govern(&mut self, class: ClauseClass, phrase: StepPhrase<'_>, sentence: &str, scope: &mut Scope) {
        let end = phrase.end;
        match class {
            // "Sở căn cứ hồ sơ để cấp giấy": nothing else is told that it would be done for
            ClauseClass::Purpose if scope.late && scope.has_doer && !scope.told => {
                (scope.muted, scope.done_for) = (None, Some(end));
            }
            ClauseClass::Purpose => {
                scope.done_for = self.goes_to_judge(ActClass::Decide).then_some(end);
                scope.toward = Some(Toward { end, list: true, asks: true });
                (scope.muted, scope.opened) = (Some(class), Some(end));
            }
            ClauseClass::Passive => {
                scope.toward = Some(Toward { end, list: true, asks: false });
                scope.passive = Some(end);
            }
            ClauseClass::Place => scope.toward = Some(Toward { end, list: true, asks: false }),
            ClauseClass::End if scope.muted == Some(ClauseClass::Purpose) && !resumes(sentence, phrase.start) => {}
            ClauseClass::Aside | ClauseClass::Thing | ClauseClass::Noun => {}
            ClauseClass::Condition => (scope.muted, scope.opened, scope.has_doer) = (Some(class), Some(end), false),
            ClauseClass::Background => {
                scope.late = scope.named && !scope.told;
                (scope.muted, scope.opened) = (Some(class), Some(end));
            }
            ClauseClass::End | ClauseClass::Then => {
                scope.has_doer &= scope.muted.is_none();
                scope.muted = None;
            }
            ClauseClass::Toward => scope.toward = Some(Toward { end, list: true, asks: true }),
            ClauseClass::Of => scope.toward = Some(Toward { end, list: false, asks: false }),
            ClauseClass::Incomplete => (self.standing, scope.wrong) = (Standing::Incomplete, Some(end)),
            ClauseClass::Complete => self.standing = Standing::Complete,
            ClauseClass::Refusal => (self.standing, scope.wrong) = (Standing::Refusal, Some(end)),
            ClauseClass::Channel => self.channel = true,
            ClauseClass::Heading => self.opens_list = true,
            ClauseClass::Rest => self.resting = !self.acts.is_empty(),
        }
    }

    fn tell(&mut self, cue: &ActCue, clause: &ReadClause, number: usize, phrase: StepPhrase<'_>, step_id: &str) {
        for class in std::iter::once(cue.act).chain(cue.also.iter().copied()) {
            // what begins the procedure is its submission, whoever sends the dossier
            let begins = || self.acts.iter().all(|a| matches!(a.class, ActClass::Prepare | ActClass::Other));
            let class = if class == ActClass::Forward && begins() { ActClass::Submit } else { class };
            let act = self.act(clause, number, phrase, class, step_id);
            let is_over = cue.anywhere && class == ActClass::Submit && self.has_handed_in();
            if !is_over && !self.is_told(&act) {
                self.drop_title(&act);
                // "có văn bản trả lời chấp thuận hoặc từ chối": both are told by one answer
                let answer = self.acts.last().is_some_and(|a| a.class == ActClass::Refuse && a.clause == number);
                if class == ActClass::Decide && cue.also == [ActClass::Refuse] && answer {
                    self.acts.pop();
                }
                self.acts.push(act);
            }
        }
    }

    /// Who does an act that no doer is named for: what only applicants do is done by them from there on.
    fn infer_doer(&mut self, act: ActClass) {
        let by_applicant = matches!(act, ActClass::Submit | ActClass::Prepare | ActClass::Pay);
        if self.subject.is_none() && by_applicant {
            self.subject = Some(Doer { party: Party::Applicant, name: String::new() });
        }
    }
}
