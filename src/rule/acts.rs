//! Rule files about steps: `acts/` (what is done), `actors/` (who does it), `clauses/` (scope), `patterns/` (needless steps).

use super::RuleFiles;
use super::act_context::{Context, context};
use super::act_phrases::{Phrases, StepPhrase, StepRole};
use super::act_vocabulary::{ActClass, ClauseClass, Party, Pattern, Standing};
use super::fault::fault;
use super::finder::Finder;
use super::phrase::expand;
use super::vocabulary::Bilingual;
use crate::error::{Error, Result};
use crate::text::fold;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key of the file")]
pub(super) struct CueFile {
    pub(super) words: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) then: Vec<Spanned<String>>,
    pub(super) within: Option<usize>,
    #[serde(default)]
    pub(super) unless: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) unless_next: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) unless_between: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) not_after: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) only_after: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) before: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) unless_before: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) by: Vec<Party>,
    #[serde(default)]
    pub(super) strict: bool,
    #[serde(default)]
    pub(super) toward: Vec<Party>,
    pub(super) when: Option<Standing>,
    #[serde(default)]
    pub(super) anywhere: bool,
    #[serde(default)]
    pub(super) asked: bool,
    #[serde(default)]
    pub(super) also: Vec<ActClass>,
    #[serde(default)]
    pub(super) after: Vec<ActClass>,
    #[serde(default)]
    pub(super) next: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) last_resort: bool,
}

/// A text and the acts, or patterns, that must be read in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleFile {
    text: String,
    expect: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActFile {
    code: String,
    act: ActClass,
    #[allow(dead_code)] // for the reader of the file
    title: Bilingual,
    cues: Vec<CueFile>,
    #[serde(default)]
    not: Vec<Spanned<String>>,
    #[serde(default)]
    examples: Vec<ExampleFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorFile {
    #[allow(dead_code)] // for the reader of the file
    code: String,
    party: Party,
    #[allow(dead_code)] // for the reader of the file
    title: Bilingual,
    #[serde(default)]
    words: Vec<Spanned<String>>,
    #[serde(default)]
    capital: Vec<Spanned<String>>,
    #[serde(default)]
    not: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseFile {
    #[allow(dead_code)] // for the reader of the file
    code: String,
    class: ClauseClass,
    #[allow(dead_code)] // for the reader of the file
    title: Bilingual,
    words: Vec<Spanned<String>>,
    #[serde(default)]
    not: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternFile {
    code: String,
    pattern: Pattern,
    title: Bilingual,
    #[serde(default)]
    cues: Vec<CueFile>,
    #[serde(default)]
    absent: Vec<Spanned<String>>,
    #[serde(default)]
    denied: Vec<Spanned<String>>,
    #[serde(default)]
    examples: Vec<ExampleFile>,
}

/// Words that tell an act, with what else must hold.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a condition of its own")]
pub struct ActCue {
    /// The act.
    pub act: ActClass,
    /// Further acts the same words tell.
    pub also: Vec<ActClass>,
    /// Surroundings.
    pub context: Context,
    /// Who may do it; empty for anybody.
    pub by: Vec<Party>,
    /// An unknown doer does not count.
    pub strict: bool,
    /// To whom it must be done; empty for anybody or nobody.
    pub toward: Vec<Party>,
    /// The state of things it needs.
    pub when: Option<Standing>,
    /// Counts within conditions and times too.
    pub anywhere: bool,
    /// Who is asked to do it does it: "trình Bộ thẩm định".
    pub asked: bool,
    /// The last act told, apart from refusals, is one of these; empty for any.
    pub after: Vec<ActClass>,
    /// Counts only where the whole text tells the act in no other words.
    pub last_resort: bool,
}

/// Words of a pattern, with what else must hold.
#[derive(Debug, Clone)]
pub struct PatternCue {
    words: Finder,
    context: Context,
    /// Who does what the clause tells, by the acts read in it; empty for anybody.
    pub by: Vec<Party>,
    /// To whom it is done, by the name that follows; empty for anybody or nobody.
    pub toward: Vec<Party>,
    /// Acts of which one has been told before; empty for any or none.
    pub after: Vec<ActClass>,
}

impl PatternCue {
    /// Whether the words alone tell it.
    fn is_plain(&self) -> bool {
        self.by.is_empty() && self.toward.is_empty() && self.after.is_empty()
    }
}

/// Words of a pattern.
#[derive(Debug, Clone)]
pub struct PatternRule {
    /// Code, `P-…`.
    pub code: String,
    /// The pattern.
    pub pattern: Pattern,
    /// Name.
    pub title: Bilingual,
    cues: Vec<PatternCue>,
    absent: Option<Finder>,
    denied: Option<Finder>,
}

impl PatternRule {
    /// The first words of the pattern in a folded sentence that tell it by themselves: bytes.
    #[must_use]
    pub fn first(&self, sentence: &str) -> Option<(usize, usize)> {
        self.first_where(sentence, |cue, _| cue.is_plain())
    }

    /// The first words in a folded sentence whose cue, at these bytes, fits.
    #[must_use]
    pub fn first_where(
        &self,
        sentence: &str,
        fits: impl Fn(&PatternCue, (usize, usize)) -> bool,
    ) -> Option<(usize, usize)> {
        let first = |cue: &PatternCue| {
            let mut places = cue.words.find(sentence).map(|h| (h.start, h.end));
            places.find(|place| cue.context.holds(sentence, place.0, place.1, None) && fits(cue, *place))
        };
        self.cues.iter().filter_map(first).min()
    }

    /// Whether a folded sentence holds words by which an act in it is no sign of the pattern.
    #[must_use]
    pub fn is_denied(&self, sentence: &str) -> bool {
        self.denied.as_ref().is_some_and(|f| f.is_in(sentence))
    }

    /// Whether such words begin a folded text.
    #[must_use]
    pub fn is_denied_at_once(&self, text: &str) -> bool {
        self.denied.as_ref().is_some_and(|f| f.find(text).any(|hit| hit.start == 0))
    }

    /// Whether a folded sentence holds words with which the pattern cannot be, wherever they stand in the steps, and no
    /// word before them denies them.
    #[must_use]
    pub fn is_excluded(&self, sentence: &str) -> bool {
        let denied = |start: usize| self.denied.as_ref().is_some_and(|f| f.is_in(&sentence[..start]));
        self.absent.as_ref().is_some_and(|f| f.find(sentence).any(|hit| !denied(hit.start)))
    }
}

/// A text and what must be read in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepExample {
    /// Code of the rule it stands in.
    pub rule: String,
    /// Position in that rule, from 1.
    pub position: usize,
    /// The text of the steps.
    pub text: String,
    /// Acts in order, or patterns.
    pub expect: Vec<String>,
    /// Whether patterns are expected instead of acts.
    pub of_patterns: bool,
}

/// All rule files about steps, compiled.
#[derive(Debug, Clone)]
pub struct ActBook {
    /// Phrases without those that only cues of last resort have.
    usual: Phrases,
    /// All phrases; cues of last resort come first.
    last: Phrases,
    /// The cues that [`StepRole::Cue`] points to.
    pub cues: Vec<ActCue>,
    patterns: BTreeMap<Pattern, PatternRule>,
    /// Examples of all files.
    pub examples: Vec<StepExample>,
}

#[derive(Default)]
struct Draft {
    roles: BTreeMap<String, Vec<StepRole>>,
    /// Words that make a noun of the verb behind them.
    nouns: Vec<String>,
    /// Words that end like one of them.
    no_nouns: Vec<String>,
    /// Words that name no body though one of them does.
    no_names: BTreeSet<String>,
    cues: Vec<ActCue>,
    /// Codes of the files of acts read so far: what tells an act may stand in several of them.
    codes: BTreeSet<String>,
    patterns: BTreeMap<Pattern, PatternRule>,
    examples: Vec<StepExample>,
}

impl ActBook {
    /// Reads the families `acts`, `actors`, `clauses` and `patterns`.
    ///
    /// # Errors
    /// When a file does not parse, names an unknown word, or repeats the code (of an act) or the pattern of another file.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let mut draft = Draft::default();
        read(files, "acts", |path, text, file: ActFile| draft.act(path, text, file))?;
        read(files, "actors", |path, text, file: ActorFile| {
            for (list, capital) in [(&file.words, false), (&file.capital, true)] {
                draft.phrases(path, text, list, Some(StepRole::Party(file.party, capital)))?;
            }
            draft.no_names.extend(all_phrases(path, text, &file.not)?);
            draft.phrases(path, text, &file.not, None)
        })?;
        read(files, "clauses", |path, text, file: ClauseFile| {
            if file.class == ClauseClass::Noun {
                draft.nouns.extend(all_phrases(path, text, &file.words)?.iter().map(|w| fold(w)));
                draft.no_nouns.extend(all_phrases(path, text, &file.not)?.iter().map(|w| fold(w)));
                return Ok(());
            }
            draft.phrases(path, text, &file.words, Some(StepRole::Clause(file.class)))?;
            draft.phrases(path, text, &file.not, None)
        })?;
        read(files, "patterns", |path, text, file: PatternFile| draft.pattern(path, text, file))?;
        draft.compile()
    }

    /// The phrases of a folded sentence from left to right, the longest at each place. Words that are no name of a body
    /// ("tổ chức lập") keep the act within them.
    pub fn find<'b>(&'b self, sentence: &'b str) -> impl Iterator<Item = StepPhrase<'b>> + 'b {
        self.usual.find(sentence)
    }

    /// The same, with the cues that count only where the text tells an act in no other words.
    pub fn find_at_last<'b>(&'b self, sentence: &'b str) -> impl Iterator<Item = StepPhrase<'b>> + 'b {
        self.last.find(sentence)
    }

    /// The words of a pattern; none where no rule file has any.
    #[must_use]
    pub fn pattern(&self, pattern: Pattern) -> Option<&PatternRule> {
        self.patterns.get(&pattern)
    }
}

impl Draft {
    fn phrases(&mut self, path: &Path, text: &str, words: &[Spanned<String>], role: Option<StepRole>) -> Result<()> {
        for phrase in all_phrases(path, text, words)? {
            let roles = self.roles.entry(phrase).or_default();
            roles.extend(role);
        }
        Ok(())
    }

    fn act(&mut self, path: &Path, text: &str, file: ActFile) -> Result<()> {
        for cue in &file.cues {
            let role = StepRole::Cue(self.cues.len());
            self.phrases(path, text, cue.words.get_ref(), Some(role))?;
            self.cues.push(ActCue {
                act: file.act,
                also: cue.also.clone(),
                context: context(path, text, cue)?,
                by: cue.by.clone(),
                strict: cue.strict,
                toward: cue.toward.clone(),
                when: cue.when,
                anywhere: cue.anywhere,
                asked: cue.asked,
                after: cue.after.clone(),
                last_resort: cue.last_resort,
            });
        }
        self.phrases(path, text, &file.not, None)?;
        for (example, position) in file.examples.iter().zip(1..) {
            let expect = known(
                path,
                text,
                &example.expect,
                |w| ActClass::parse(w).is_some(),
                ActClass::ALL.iter().map(|a| a.as_str()),
            )?;
            let of_patterns = false;
            self.examples.push(StepExample {
                rule: file.code.clone(),
                position,
                text: example.text.clone(),
                expect,
                of_patterns,
            });
        }
        let taken = format!("another file already has the code `{}`", file.code);
        if self.codes.insert(file.code) { Ok(()) } else { Err(Error::Rule { path: path.to_owned(), message: taken }) }
    }

    fn pattern(&mut self, path: &Path, text: &str, file: PatternFile) -> Result<()> {
        let mut cues = Vec::with_capacity(file.cues.len());
        for cue in &file.cues {
            if let Some(words) = finder(path, text, cue.words.get_ref())? {
                cues.push(PatternCue {
                    words,
                    context: context(path, text, cue)?,
                    by: cue.by.clone(),
                    toward: cue.toward.clone(),
                    after: cue.after.clone(),
                });
            }
        }
        for (example, position) in file.examples.iter().zip(1..) {
            let expect = known(
                path,
                text,
                &example.expect,
                |w| Pattern::parse(w).is_some(),
                Pattern::ALL.iter().map(|a| a.as_str()),
            )?;
            let of_patterns = true;
            self.examples.push(StepExample {
                rule: file.code.clone(),
                position,
                text: example.text.clone(),
                expect,
                of_patterns,
            });
        }
        let absent = finder(path, text, &file.absent)?;
        let denied = finder(path, text, &file.denied)?;
        let rule = PatternRule { code: file.code, pattern: file.pattern, title: file.title, cues, absent, denied };
        if self.patterns.insert(file.pattern, rule).is_some() {
            let message = format!("another file already describes the pattern `{}`", file.pattern.as_str());
            return Err(Error::Rule { path: path.to_owned(), message });
        }
        Ok(())
    }

    fn compile(mut self) -> Result<ActBook> {
        // what counts anywhere counts behind "trường hợp đã" too
        for cue in self.cues.iter_mut().filter(|c| !c.anywhere) {
            cue.context.not_after.extend_from_slice(&self.nouns);
            cue.context.no_nouns.extend_from_slice(&self.no_nouns);
        }
        let fault = |message| Error::Rule { path: "acts".into(), message };
        let last = Phrases::compile(&self.roles, &self.no_names, &self.cues).map_err(fault)?;
        let is_usual = |role: &StepRole| !matches!(role, StepRole::Cue(c) if self.cues[*c].last_resort);
        let usual = self.roles.iter().filter_map(|(phrase, own)| {
            let kept: Vec<StepRole> = own.iter().copied().filter(is_usual).collect();
            (own.is_empty() || !kept.is_empty()).then(|| (phrase.clone(), kept))
        });
        let usual = Phrases::compile(&usual.collect(), &self.no_names, &self.cues).map_err(fault)?;
        Ok(ActBook { usual, last, cues: self.cues, patterns: self.patterns, examples: self.examples })
    }
}

fn read<T: DeserializeOwned>(
    files: &RuleFiles,
    family: &str,
    mut take: impl FnMut(&Path, &str, T) -> Result<()>,
) -> Result<()> {
    for (path, text) in files.family(family) {
        let file = toml::from_str(text).map_err(|e| Error::Rule { path: path.clone(), message: e.to_string() })?;
        take(&path, text, file)?;
    }
    Ok(())
}

pub(super) fn all_phrases(path: &Path, text: &str, words: &[Spanned<String>]) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for pattern in words {
        all.extend(expand(pattern.get_ref()).map_err(|message| fault(path, text, &pattern.span(), &message))?);
    }
    Ok(all)
}

pub(super) fn finder(path: &Path, text: &str, words: &[Spanned<String>]) -> Result<Option<Finder>> {
    if words.is_empty() {
        return Ok(None);
    }
    let phrases = all_phrases(path, text, words)?;
    Finder::compile(&phrases).map(Some).map_err(|message| Error::Rule { path: path.to_owned(), message })
}

fn known<'w>(
    path: &Path,
    text: &str,
    words: &[Spanned<String>],
    is_known: impl Fn(&str) -> bool,
    allowed: impl Iterator<Item = &'w str>,
) -> Result<Vec<String>> {
    if let Some(word) = words.iter().find(|w| !is_known(w.get_ref())) {
        let message = format!("unknown word `{}`; allowed: {}", word.get_ref(), allowed.collect::<Vec<_>>().join(", "));
        return Err(fault(path, text, &word.span(), &message));
    }
    Ok(words.iter().map(|w| w.get_ref().clone()).collect())
}
