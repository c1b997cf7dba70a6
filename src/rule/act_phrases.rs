//! Phrases of the steps: what each may be, and where they stand in a sentence.

use super::act_vocabulary::{ClauseClass, Party};
use super::acts::ActCue;
use super::finder::{Finder, Hit};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a phrase is in the grammar of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepRole {
    /// May tell an act (index into the book's cues).
    Cue(usize),
    /// Names a body or person; the flag: only where written with a capital.
    Party(Party, bool),
    /// Governs the clause.
    Clause(ClauseClass),
}

/// A phrase of the steps found in a folded sentence, by bytes.
#[derive(Debug, Clone, Copy)]
pub struct StepPhrase<'b> {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it may be, with how many words of the phrase say so: a longer phrase keeps the acts of the shorter ones it
    /// begins with. Empty for words that only hide what they contain.
    pub roles: &'b [(StepRole, usize)],
}

impl StepPhrase<'_> {
    /// Byte after the first so many words of the phrase.
    #[must_use]
    pub fn end_of(&self, sentence: &str, words: usize) -> usize {
        let own = &sentence[self.start..self.end];
        let last = words.checked_sub(1).and_then(|before| own.match_indices(' ').nth(before));
        last.map_or(self.end, |(at, _)| self.start + without_comma(&own[..at]).len())
    }
}

/// "kiểm tra, đối chiếu" begins with "kiểm tra".
fn without_comma(words: &str) -> &str {
    words.trim_end_matches(',')
}

/// A set of phrases.
#[derive(Debug, Clone)]
pub(super) struct Phrases {
    finder: Finder,
    roles: Vec<Vec<(StepRole, usize)>>,
    /// Which phrases only say that a word in them names no body.
    no_names: Vec<bool>,
}

impl Phrases {
    /// From each phrase with what it may be; `no_names` are those that name no body though a word in them does.
    pub fn compile(
        all: &BTreeMap<String, Vec<StepRole>>,
        no_names: &BTreeSet<String>,
        cues: &[ActCue],
    ) -> Result<Self, String> {
        Ok(Phrases {
            finder: Finder::compile(&all.keys().collect::<Vec<_>>())?,
            roles: all.keys().map(|phrase| roles_of(phrase, all, cues)).collect(),
            no_names: all.iter().map(|(phrase, own)| own.is_empty() && no_names.contains(phrase)).collect(),
        })
    }

    /// The phrases of a folded sentence from left to right, the longest at each place.
    pub fn find<'b>(&'b self, sentence: &'b str) -> impl Iterator<Item = StepPhrase<'b>> + 'b {
        let mut from = 0;
        std::iter::from_fn(move || {
            let hit = self.hit(sentence, from)?;
            let hit = if self.no_names[hit.phrase] { self.act_within(sentence, hit).unwrap_or(hit) } else { hit };
            from = hit.end;
            Some(StepPhrase { start: hit.start, end: hit.end, roles: &self.roles[hit.phrase] })
        })
    }

    fn hit(&self, sentence: &str, from: usize) -> Option<Hit> {
        let hit = self.finder.find(sentence.get(from..)?).next()?;
        Some(Hit { start: from + hit.start, end: from + hit.end, phrase: hit.phrase })
    }

    /// The first phrase behind the first word of a hit that tells an act.
    fn act_within(&self, sentence: &str, outer: Hit) -> Option<Hit> {
        let word = sentence[outer.start..outer.end].find(' ')?;
        let inner = self.hit(sentence, outer.start + word + 1)?;
        let tells = self.roles[inner.phrase].iter().any(|(role, _)| matches!(role, StepRole::Cue(_)));
        (inner.start < outer.end && tells).then_some(inner)
    }
}

/// What a phrase may be: cues of last resort first, then the longest, then those that ask for most.
fn roles_of(phrase: &str, all: &BTreeMap<String, Vec<StepRole>>, cues: &[ActCue]) -> Vec<(StepRole, usize)> {
    let own = &all[phrase];
    let mut list: Vec<(StepRole, usize)> = own.iter().map(|r| (*r, phrase.split(' ').count())).collect();
    if !own.is_empty() {
        for (words, (at, _)) in (1..).zip(phrase.match_indices(' ')) {
            let shorter = all.get(without_comma(&phrase[..at])).into_iter().flatten();
            // "phải nêu": the duty ends a condition here too; "được công bố": what stands before is no doer
            let keeps = |r: &&StepRole| {
                matches!(r, StepRole::Cue(_) | StepRole::Clause(ClauseClass::End | ClauseClass::Passive))
            };
            list.extend(shorter.filter(keeps).map(|r| (*r, words)));
        }
    }
    let cue = |role: &StepRole| if let StepRole::Cue(c) = role { Some(&cues[*c]) } else { None };
    let weight = |role: &StepRole| {
        cue(role).map_or(0, |cue| {
            let set = [cue.when.is_some(), !cue.toward.is_empty(), cue.strict, !cue.after.is_empty()];
            cue.context.weight() + set.into_iter().filter(|b| *b).count()
        })
    };
    list.sort_by_key(|(r, words)| {
        (Reverse(cue(r).is_some_and(|c| c.last_resort)), Reverse(*words), Reverse(weight(r)), *r)
    });
    list.dedup();
    list
}
