//! What else must hold for the words of a cue: what stands before, behind and right beside them.

use super::acts::{CueFile, all_phrases, finder};
use super::fault::fault;
use super::finder::{ANY_NUMBER, Finder};
use crate::error::Result;
use std::path::Path;
use toml::Spanned;

/// How many words after a cue its `then` phrase may stand, where the rule does not say.
const WITHIN: usize = 15;
/// Within how many words after a cue a phrase is "next"; a longer one must begin at once.
const NEXT: usize = 3;

/// What else must hold for the words of a cue to count.
#[derive(Debug, Clone, Default)]
pub struct Context {
    then: Option<Finder>,
    within: usize,
    unless: Option<Finder>,
    unless_next: Option<Finder>,
    unless_between: Option<Finder>,
    before: Option<Finder>,
    unless_before: Option<Finder>,
    next: Option<Finder>,
    pub(super) not_after: Vec<String>,
    /// Words that end like a noun and are none: "quốc phòng".
    pub(super) no_nouns: Vec<String>,
    only_after: Vec<String>,
}

impl Context {
    /// Whether words at `start..end` of a folded sentence count. `name` is where the last body is named: what stands
    /// right before the words but within its name says nothing of them.
    #[must_use]
    pub fn holds(&self, sentence: &str, start: usize, end: usize, name: Option<(usize, usize)>) -> bool {
        let (head, tail) = (&sentence[..start], &sentence[end..]);
        let all = |finder: &Option<Finder>, text: &str| finder.as_ref().is_none_or(|f| f.is_in(text));
        let none = |finder: &Option<Finder>, text: &str| finder.as_ref().is_none_or(|f| !f.is_in(text));
        all(&self.then, first_words(tail, self.within))
            && all(&self.before, head)
            && none(&self.unless_before, head)
            && self.next.as_ref().is_none_or(|f| {
                let at_once = tail.trim_start();
                at_once.is_empty() || at_once.starts_with([',', ';', '.', ':', '(']) || is_next(f, tail)
            })
            && none(&self.unless, tail)
            && self.unless_next.as_ref().is_none_or(|f| !is_next(f, tail))
            && none(&self.unless_between, self.between(tail))
            && !self.is_noun(sentence, start, name)
            && (self.only_after.is_empty() || self.only_after.iter().any(|w| head.trim_end().ends_with(w.as_str())))
    }

    /// Whether what stands right before the words makes a noun of them.
    #[must_use]
    pub fn is_noun(&self, sentence: &str, start: usize, name: Option<(usize, usize)>) -> bool {
        let before = sentence[..start].trim_end();
        let in_name = |from: usize| name.is_some_and(|(start, end)| start < from && end == before.len());
        // where the words begin, if the text before ends with them as whole words
        let begins =
            |words: &str| before.strip_suffix(words).filter(|h| !h.ends_with(char::is_alphanumeric)).map(str::len);
        let apart = self.no_nouns.iter().filter_map(|words| begins(words)).min();
        self.not_after.iter().filter_map(|words| begins(words)).any(|at| !in_name(at) && apart.is_none_or(|a| at < a))
    }

    /// What stands between the words and the first of those that must follow.
    fn between<'t>(&self, tail: &'t str) -> &'t str {
        let near = first_words(tail, self.within);
        let next = self.then.as_ref().and_then(|f| f.find(near).map(|hit| hit.start).min());
        &tail[..next.unwrap_or_default()]
    }

    /// How many things it asks for: the more, the more particular the cue.
    pub(super) fn weight(&self) -> usize {
        [self.then.is_some(), self.before.is_some()].into_iter().filter(|b| *b).count()
    }
}

/// Whether a phrase follows at once, or within a few words.
fn is_next(phrases: &Finder, tail: &str) -> bool {
    phrases.is_in(first_words(tail, NEXT)) || phrases.begins(tail)
}

/// The first `n` words of a text.
fn first_words(text: &str, n: usize) -> &str {
    let mut words = 0;
    for (at, _) in text.match_indices(' ') {
        if at > 0 {
            words += 1;
            if words == n {
                return &text[..at];
            }
        }
    }
    text
}

/// The surroundings that a cue of a rule file asks for.
///
/// # Errors
/// When a phrase cannot be expanded.
pub(super) fn context(path: &Path, text: &str, cue: &CueFile) -> Result<Context> {
    Ok(Context {
        then: finder(path, text, &cue.then)?,
        within: cue.within.unwrap_or(WITHIN),
        unless: finder(path, text, &cue.unless)?,
        unless_next: finder(path, text, &cue.unless_next)?,
        unless_between: finder(path, text, &cue.unless_between)?,
        before: finder(path, text, &cue.before)?,
        unless_before: finder(path, text, &cue.unless_before)?,
        next: finder(path, text, &cue.next)?,
        not_after: right_before(path, text, &cue.not_after)?,
        no_nouns: Vec::new(),
        only_after: right_before(path, text, &cue.only_after)?,
    })
}

/// Words that may stand right before a cue; they are compared letter by letter.
fn right_before(path: &Path, text: &str, words: &[Spanned<String>]) -> Result<Vec<String>> {
    if let Some(word) = words.iter().find(|w| w.get_ref().contains(ANY_NUMBER)) {
        let message =
            format!("\"{ANY_NUMBER}\" is any number behind a cue or anywhere before it, but not right before it");
        return Err(fault(path, text, &word.span(), &message));
    }
    all_phrases(path, text, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_next_is_near_or_begins_at_once() {
        let phrases = Finder::compile(&["x", "a b c d"]).unwrap();
        for (tail, expected) in [
            (" u v x", true),
            (" u v w x", false),
            (" a b c d u", true),
            (" u a b c d", false),
            (" a b c", false),
            ("", false),
        ] {
            assert_eq!(is_next(&phrases, tail), expected, "{tail}");
        }
    }
}
