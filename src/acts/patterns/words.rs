//! What the clauses say beside the acts read in them: the words of a pattern, who does what stands there, and to whom.

use super::super::clause::{is_clause, owns, party_of};
use super::super::{Act, StepPattern};
use super::Told;
use crate::rule::{ActClass, ClauseClass, Party, Pattern, StepPhrase};
use crate::text::fold;

/// Most words between a verb and what is verified.
const OBJECT_WORDS: usize = 8;
/// Words of a name by which a body is known again.
const NAMED_WORDS: usize = 3;
/// Words behind an act that tell what is sent.
const SENT_WORDS: usize = 12;

impl Told<'_> {
    /// The first clause that holds the words of a pattern.
    pub(super) fn by_words(&self, pattern: Pattern) -> Option<StepPattern> {
        let rule = self.book.pattern(pattern)?;
        if self.clauses.iter().any(|c| rule.is_excluded(&c.folded.text)) {
            return None;
        }
        (0..self.clauses.len()).find_map(|at| {
            let fits = |by: &[Party], byte| match by {
                [] => true,
                [Party::Applicant] => !self.is_done_by_state(at, byte),
                _ => self.doer_at(at, byte).is_none_or(|party| by.contains(&party)),
            };
            let told = rule.first_where(&self.clauses[at].folded.text, |cue, place| {
                cue.toward.is_empty() && cue.after.is_empty() && fits(&cue.by, place.0)
            });
            self.at_clause(pattern, at, told?, false)
        })
    }

    /// The pattern that words of a clause show.
    pub(super) fn at_clause(
        &self,
        pattern: Pattern,
        at: usize,
        (start, end): (usize, usize),
        is_open: bool,
    ) -> Option<StepPattern> {
        let clause = &self.clauses[at];
        let (from, to) = clause.folded.char_span(start, end);
        Some(StepPattern {
            pattern,
            step_id: self.procedure.steps.get(clause.step)?.id.clone(),
            span: (clause.span.0 + from, clause.span.0 + to),
            quote: clause.text.clone(),
            is_open,
        })
    }

    /// The first words of a pattern in a clause where a body does what they tell, neither as a condition nor as a time.
    pub(super) fn by_body(&self, pattern: Pattern, at: usize) -> Option<(usize, usize)> {
        let rule = self.book.pattern(pattern)?;
        rule.first_where(&self.clauses[at].folded.text, |cue, (start, end)| {
            let by = self.doer_at(at, start);
            cue.after.is_empty()
                && by.map_or_else(|| cue.by.len() > 1 && self.is_within(at, start), |p| cue.by.contains(&p))
                && (cue.toward.is_empty() || self.receiver(at, end).is_some_and(|p| cue.toward.contains(&p)))
                && !self.is_muted(at, start)
        })
    }

    /// Whether what a clause tells of nobody is done by those who have the dossier: it has been handed in before, and
    /// nobody is named before the place.
    fn is_within(&self, at: usize, byte: usize) -> bool {
        let clause = &self.clauses[at];
        let names = self.book.find(&clause.folded.text).any(|p| p.end <= byte && party_of(clause, p).is_some());
        !names && self.acts.iter().any(|a| a.clause < at && a.class == ActClass::Submit)
    }

    /// Who does what stands at a place: the doer of the last act before it in the clause, or of the first behind it; where
    /// the clause tells no act, the body named last before the place.
    pub(super) fn doer_at(&self, at: usize, byte: usize) -> Option<Party> {
        let clause = self.clauses.get(at)?;
        let text = clause.folded.text.as_str();
        let place = clause.span.0 + clause.folded.char_span(byte, byte + 1).0;
        let own = || self.acts.iter().filter(|a| a.clause == at && a.doer.is_some());
        let before = own().rfind(|a| a.span.0 <= place);
        let told = before.or_else(|| own().next()).and_then(|a| a.doer.as_ref()).map(|d| d.party);
        told.or_else(|| {
            let phrases: Vec<StepPhrase<'_>> = self.book.find(text).filter(|p| p.end <= byte).collect();
            let mut named = phrases.iter().filter(|p| !owns(text, &phrases, p)).filter_map(|p| party_of(clause, *p));
            named.rfind(|p| p.is_state())
        })
        .or_else(|| self.lister(at, byte))
    }

    /// Who does the items of a list, and what goes on behind a semicolon, where nobody is named before a place: whoever did
    /// the last act before it.
    fn lister(&self, at: usize, byte: usize) -> Option<Party> {
        let clause = self.clauses.get(at)?;
        let marks = |text: &str| text.starts_with(|c: char| !c.is_alphanumeric());
        let labelled = clause.span.0 == 0 && self.procedure.steps.get(clause.step).is_some_and(|s| marks(&s.label));
        let goes_on = labelled || clause.goes_on || marks(&clause.text);
        let named = self.book.find(&clause.folded.text).any(|p| p.end <= byte && party_of(clause, p).is_some());
        let before = self.acts.iter().rev().filter(|a| a.clause < at).find(|a| a.doer.is_some())?;
        let step = self.clauses.get(before.clause)?.step;
        let near = step == clause.step || labelled && step + 1 == clause.step;
        if goes_on && !named && near { before.doer.as_ref().map(|d| d.party) } else { None }
    }

    /// Whether a body of the state does what stands at a place: it is the doer, and it is named last before the place.
    fn is_done_by_state(&self, at: usize, byte: usize) -> bool {
        let clause = &self.clauses[at];
        let mut named = self.book.find(&clause.folded.text).filter(|p| p.end <= byte).collect::<Vec<_>>().into_iter();
        let last = named.rfind(|p| party_of(clause, *p).is_some()).and_then(|p| party_of(clause, p));
        last.is_some_and(Party::is_state) && self.doer_at(at, byte).is_some_and(Party::is_state)
    }

    /// The body or person named first behind a place, owners of things left out, before another part of the sentence begins.
    pub(super) fn receiver(&self, at: usize, byte: usize) -> Option<Party> {
        let clause = self.clauses.get(at)?;
        let text = clause.folded.text.as_str();
        let phrases: Vec<StepPhrase<'_>> = self.book.find(text).filter(|p| p.start >= byte).collect();
        let governs = |p: &StepPhrase<'_>| {
            is_clause(p, ClauseClass::Then) || is_clause(p, ClauseClass::End) || is_clause(p, ClauseClass::Condition)
        };
        let mut near = phrases.iter().take_while(|p| !governs(p) && !text[byte..p.start].contains([',', ';']));
        near.find_map(|p| party_of(clause, *p).filter(|_| !owns(text, &phrases, p)))
    }

    /// Whether a clause holds a name, by its first words.
    pub(super) fn names(&self, at: usize, name: &str) -> bool {
        let head: Vec<&str> = name.split_whitespace().take(NAMED_WORDS).collect();
        self.clauses.get(at).is_some_and(|c| !head.is_empty() && c.folded.text.contains(&head.join(" ")))
    }

    /// Whether a condition or time governs a place: it opened in the same part of the clause, and nothing closed it.
    pub(super) fn is_muted(&self, at: usize, byte: usize) -> bool {
        let clause = &self.clauses[at];
        let text = clause.folded.text.as_str();
        let part = text[..byte].rfind([',', ';', '(', ')']).map_or(0, |comma| comma + 1);
        let mut open: Option<usize> = None;
        for phrase in self.book.find(text).filter(|p| p.start >= part && p.end <= byte) {
            let is = |classes: &[ClauseClass]| classes.iter().any(|c| is_clause(&phrase, *c));
            let begins = || {
                party_of(clause, phrase).is_some_and(Party::is_state)
                    && open.is_some_and(|end| !text[end..phrase.start].trim().is_empty())
            };
            if is(&[ClauseClass::Condition, ClauseClass::Background, ClauseClass::Purpose]) {
                open = Some(phrase.end);
            } else if is(&[ClauseClass::End, ClauseClass::Then]) || begins() {
                open = None;
            }
        }
        open.is_some()
    }

    /// The byte of its clause behind the words of an act.
    pub(super) fn behind(&self, act: &Act) -> usize {
        let Some(clause) = self.clauses.get(act.clause) else { return 0 };
        let to = act.span.1.saturating_sub(clause.span.0);
        let text = &clause.folded.text;
        let ends = |byte: &usize| *byte > 0 && clause.folded.char_span(*byte - 1, *byte).1 >= to;
        (0..=text.len()).filter(|byte| text.is_char_boundary(*byte)).find(ends).unwrap_or(text.len())
    }

    /// The byte of its clause where the words of an act begin.
    pub(super) fn start(&self, act: &Act) -> usize {
        self.behind(act).saturating_sub(fold(&act.words).len())
    }

    /// Whether the clause of an act says that it is no sign of a pattern.
    pub(super) fn is_denied(&self, pattern: Pattern, act: &Act) -> bool {
        let clause = self.clauses.get(act.clause);
        self.book.pattern(pattern).zip(clause).is_some_and(|(rule, c)| rule.is_denied(&c.folded.text))
    }

    /// The same by the words of the act and those right behind it.
    pub(super) fn is_denied_at(&self, pattern: Pattern, act: &Act) -> bool {
        let Some(clause) = self.clauses.get(act.clause) else { return false };
        let text = clause.folded.text.as_str();
        let end = self.behind(act);
        let tail: Vec<&str> = text[end..].split_whitespace().take(SENT_WORDS).collect();
        let head = fold(&act.words);
        self.book.pattern(pattern).is_some_and(|rule| rule.is_denied(&format!("{head} {}", tail.join(" "))))
    }

    /// Whether the clause of an act holds words of a pattern.
    pub(super) fn says(&self, pattern: Pattern, act: &Act) -> bool {
        let clause = self.clauses.get(act.clause);
        self.book.pattern(pattern).zip(clause).is_some_and(|(rule, c)| rule.first(&c.folded.text).is_some())
    }

    /// Whether what a body verifies by itself is held data by its very words: they stand right behind the verb.
    pub(super) fn says_of(&self, act: &Act) -> bool {
        let Some(clause) = self.clauses.get(act.clause) else { return false };
        let tail = &clause.folded.text[self.behind(act)..];
        let found = self.book.pattern(Pattern::HeldDataCheck).and_then(|rule| rule.first(tail));
        found.is_some_and(|(start, _)| tail[..start].split_whitespace().count() <= OBJECT_WORDS)
    }
}
