//! From rule files to the rule book. What a file of `kinds`, `sources`, `grounds` or `cues` can have wrong is found here.

use super::RuleFiles;
use super::book::{Cue, Database, Example, Ground, Kind, RuleBook};
use super::fault::fault;
use super::finder::Finder;
use super::lexicon::{Lexicon, Meaning, Phrases, Role, Strength};
use super::phrase::expand;
use super::vocabulary::{CueClass, GroundScope, Verdict};
use super::written::{CueFile, ExampleFile, GroundFile, KindFile, SourceFile};
use crate::error::{Error, Result};
use crate::text::fold;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Spanned;

/// A parsed file with what is needed to point into it.
struct Parsed<T> {
    path: PathBuf,
    text: String,
    file: T,
}

impl<T> Parsed<T> {
    fn fault(&self, at: &Spanned<impl Sized>, message: &str) -> Error {
        fault(&self.path, &self.text, &at.span(), message)
    }
}

fn parse<T: DeserializeOwned>(files: &RuleFiles, family: &str) -> Result<Vec<Parsed<T>>> {
    files
        .family(family)
        .map(|(path, text)| match toml::from_str(text) {
            Ok(file) => Ok(Parsed { path, text: text.to_owned(), file }),
            Err(e) => Err(Error::Rule { path, message: e.to_string() }),
        })
        .collect()
}

/// Reads and checks the families `kinds`, `sources`, `grounds` and `cues` of a rule set.
pub(super) fn compile(files: &RuleFiles) -> Result<RuleBook> {
    let written = Written::read(files)?;
    written.check_codes()?;
    let names = Names::collect(&written)?;
    written.check_answers(&names)?;
    let mut phrases = Phrases::default();
    let lexicon = written.lexicon(&names, &mut phrases)?;
    let mut book = RuleBook {
        kinds: written.kinds.iter().map(|k| kind(k, &names)).collect::<Result<_>>()?,
        sources: written.sources.iter().map(|s| database(s, &names)).collect::<Result<_>>()?,
        grounds: written.grounds.iter().map(|g| ground(g, &names)).collect::<Result<_>>()?,
        cues: written.cues.iter().map(cue).collect(),
        examples: written.examples(&names)?,
        lexicon,
        reissues: written.words_of(CueClass::Reissue)?,
    };
    book.grounds.sort_by(|a, b| (a.order, &a.code).cmp(&(b.order, &b.code)));
    Ok(book)
}

struct Written {
    kinds: Vec<Parsed<KindFile>>,
    sources: Vec<Parsed<SourceFile>>,
    grounds: Vec<Parsed<GroundFile>>,
    cues: Vec<Parsed<CueFile>>,
}

impl Written {
    fn read(files: &RuleFiles) -> Result<Self> {
        let mut written = Written {
            kinds: parse(files, "kinds")?,
            sources: parse(files, "sources")?,
            grounds: parse(files, "grounds")?,
            cues: parse(files, "cues")?,
        };
        written.kinds.sort_by(|a, b| a.file.code.as_ref().cmp(b.file.code.as_ref()));
        written.sources.sort_by(|a, b| a.file.code.as_ref().cmp(b.file.code.as_ref()));
        written.cues.sort_by(|a, b| a.file.code.as_ref().cmp(b.file.code.as_ref()));
        Ok(written)
    }

    /// Codes are unique over all families and start with the letter of theirs.
    fn check_codes(&self) -> Result<()> {
        let mut seen = BTreeMap::new();
        self.kinds.iter().try_for_each(|p| check_code(p, &p.file.code, "K-", &mut seen))?;
        self.sources.iter().try_for_each(|p| check_code(p, &p.file.code, "S-", &mut seen))?;
        self.grounds.iter().try_for_each(|p| check_code(p, &p.file.code, "G-", &mut seen))?;
        self.cues.iter().try_for_each(|p| check_code(p, &p.file.code, "C-", &mut seen))
    }

    /// The database that replaces a kind says itself that it answers it.
    fn check_answers(&self, names: &Names) -> Result<()> {
        for p in &self.kinds {
            let Some(word) = &p.file.source else { continue };
            let source = &self.sources[look_up(p, &names.sources, word, "source")?].file;
            if !source.answers.iter().any(|k| k.as_ref() == p.file.kind.as_ref()) {
                let message = format!("the source `{}` does not list this kind among its `answers`", word.as_ref());
                return Err(p.fault(word, &message));
            }
        }
        Ok(())
    }

    fn lexicon(&self, names: &Names, phrases: &mut Phrases) -> Result<Lexicon> {
        for (at, p) in self.kinds.iter().enumerate() {
            filled(p, &p.file.names)?;
            let role = |strength| Meaning::role(Role::Kind(index(at), strength));
            add(p, p.file.names.as_ref(), role(Strength::Name), phrases)?;
            add(p, &p.file.umbrella, role(Strength::Umbrella), phrases)?;
            add(p, &p.file.weak, role(Strength::Weak), phrases)?;
            add(p, &p.file.topics, role(Strength::Topic), phrases)?;
        }
        for p in &self.sources {
            filled(p, &p.file.names)?;
            let at = names.sources.get(p.file.source.as_ref().as_str()).copied().unwrap_or_default();
            add(p, p.file.names.as_ref(), Meaning::role(Role::Database(index(at))), phrases)?;
        }
        for p in &self.cues {
            filled(p, &p.file.words)?;
            if (p.file.class == CueClass::Whose) != p.file.person.is_some() {
                return Err(p.fault(&p.file.code, "class \"whose\", and no other, has a person"));
            }
            let person = p.file.person.as_ref().map(|p| *p.as_ref());
            add(p, p.file.words.as_ref(), Meaning::cue(p.file.class, person), phrases)?;
        }
        // What shadows comes last: a phrase that is a word of its own elsewhere keeps its meaning.
        let quiet = Meaning::role(Role::Quiet);
        self.kinds.iter().try_for_each(|p| add(p, &p.file.not, quiet, phrases))?;
        self.cues.iter().try_for_each(|p| add(p, &p.file.not, quiet, phrases))?;
        Lexicon::compile(phrases).map_err(|message| Error::Rule { path: PathBuf::from("rules"), message })
    }

    /// The words of one class by themselves, shadowed by nothing.
    fn words_of(&self, class: CueClass) -> Result<Finder> {
        let mut words = Vec::new();
        for p in self.cues.iter().filter(|p| p.file.class == class) {
            words.extend(expand_all(p, p.file.words.as_ref())?);
        }
        Finder::compile(&words).map_err(|message| Error::Rule { path: PathBuf::from("rules"), message })
    }

    fn examples(&self, names: &Names) -> Result<Vec<Example>> {
        let mut all = Vec::new();
        for p in &self.kinds {
            examples(p, p.file.code.as_ref(), &p.file.examples, names, &mut all)?;
        }
        for p in &self.cues {
            examples(p, p.file.code.as_ref(), &p.file.examples, names, &mut all)?;
        }
        Ok(all)
    }
}

/// Words of kinds and sources, for references between files.
struct Names {
    kinds: BTreeMap<String, usize>,
    sources: BTreeMap<String, usize>,
}

impl Names {
    fn collect(written: &Written) -> Result<Self> {
        let mut names = Names { kinds: BTreeMap::new(), sources: BTreeMap::new() };
        for (at, p) in written.kinds.iter().enumerate() {
            if names.kinds.insert(p.file.kind.as_ref().clone(), at).is_some() {
                return Err(p.fault(&p.file.kind, "another file has this kind"));
            }
        }
        for (at, p) in written.sources.iter().enumerate() {
            if names.sources.insert(p.file.source.as_ref().clone(), at).is_some() {
                return Err(p.fault(&p.file.source, "another file has this source"));
            }
        }
        Ok(names)
    }
}

fn look_up<T>(p: &Parsed<T>, known: &BTreeMap<String, usize>, word: &Spanned<String>, what: &str) -> Result<usize> {
    known.get(word.as_ref()).copied().ok_or_else(|| {
        let allowed: Vec<String> = known.keys().map(|k| format!("`{k}`")).collect();
        p.fault(word, &format!("unknown {what} `{}`, expected one of {}", word.as_ref(), allowed.join(", ")))
    })
}

fn check_code<T>(
    p: &Parsed<T>,
    code: &Spanned<String>,
    family: &str,
    seen: &mut BTreeMap<String, PathBuf>,
) -> Result<()> {
    let word = code.as_ref();
    if !word.starts_with(family) || word.len() == family.len() {
        return Err(p.fault(code, &format!("a code of this family starts with `{family}` and goes on with a name")));
    }
    match seen.insert(word.clone(), p.path.clone()) {
        Some(before) => Err(p.fault(code, &format!("the code is taken by {}", before.display()))),
        None => Ok(()),
    }
}

fn filled<T>(p: &Parsed<T>, list: &Spanned<Vec<Spanned<String>>>) -> Result<()> {
    if list.as_ref().is_empty() {
        return Err(p.fault(list, "the list is empty: the rule would never apply"));
    }
    Ok(())
}

fn add<T>(p: &Parsed<T>, patterns: &[Spanned<String>], meaning: Meaning, phrases: &mut Phrases) -> Result<()> {
    for pattern in patterns {
        for phrase in expand(pattern.as_ref()).map_err(|message| p.fault(pattern, &message))? {
            if !phrases.add(phrase.clone(), meaning) {
                return Err(p.fault(pattern, &format!("\"{phrase}\" stands in another rule with another meaning")));
            }
        }
    }
    Ok(())
}

fn examples<T>(
    p: &Parsed<T>,
    rule: &str,
    written: &[ExampleFile],
    names: &Names,
    all: &mut Vec<Example>,
) -> Result<()> {
    for (position, example) in written.iter().enumerate() {
        if example.text.as_ref().trim().is_empty() {
            return Err(p.fault(&example.text, "the example has no text"));
        }
        let mut expect = BTreeMap::new();
        for (kind, verdict) in &example.expect {
            look_up(p, &names.kinds, kind, "kind")?;
            expect.insert(kind.as_ref().clone(), *verdict);
        }
        all.push(Example {
            rule: rule.to_owned(),
            position: position + 1,
            text: example.text.as_ref().clone(),
            procedure: example.procedure.clone(),
            case: example.case.clone(),
            expect,
        });
    }
    Ok(())
}

/// Kinds, sources and phrases are far fewer than 65,536; a larger index cannot be reached.
fn index(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn plain(list: &[Spanned<String>]) -> Vec<String> {
    list.iter().map(|s| s.as_ref().clone()).collect()
}

fn kind(p: &Parsed<KindFile>, names: &Names) -> Result<Kind> {
    let f = &p.file;
    if f.source.is_some() == f.always.is_some() {
        return Err(p.fault(&f.kind, "a kind has either a `source` that answers it or an `always` verdict"));
    }
    if f.always.is_some_and(|v| v != Verdict::Keep) {
        return Err(p.fault(&f.kind, "a paper that no database replaces can only be `keep`"));
    }
    let peers = f.peers.iter().map(|k| look_up(p, &names.kinds, k, "kind")).collect::<Result<_>>()?;
    Ok(Kind {
        code: f.code.as_ref().clone(),
        kind: f.kind.as_ref().clone(),
        title: f.title.clone(),
        source: f.source.as_ref().map(|s| look_up(p, &names.sources, s, "source")).transpose()?,
        always: f.always,
        follows_nationality: f.follows_nationality,
        issued_here: f.issued_here,
        foreign_holders: f.foreign_holders.iter().map(|w| fold(w)).collect(),
        fields: f.fields.clone(),
        names: plain(f.names.as_ref()),
        only_with: f.only_with.iter().map(|w| fold(w)).collect(),
        never_with: f.never_with.iter().map(|w| fold(w)).collect(),
        procedures: expand_all(p, &f.procedures)?,
        short: expand_all(p, &f.short)?,
        peers,
        path: p.path.clone(),
    })
}

/// Every phrase that a list of patterns stands for, folded.
fn expand_all<T>(p: &Parsed<T>, patterns: &[Spanned<String>]) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for pattern in patterns {
        all.extend(expand(pattern.as_ref()).map_err(|message| p.fault(pattern, &message))?);
    }
    Ok(all)
}

fn database(p: &Parsed<SourceFile>, names: &Names) -> Result<Database> {
    let f = &p.file;
    if f.readiness.coverage.is_some_and(|c| c > 100) {
        return Err(p.fault(&f.source, "the coverage of a source is a share in percent, 0 to 100"));
    }
    Ok(Database {
        code: f.code.as_ref().clone(),
        source: f.source.as_ref().clone(),
        title: f.title.clone(),
        owner: f.owner.clone(),
        answers: f.answers.iter().map(|k| look_up(p, &names.kinds, k, "kind")).collect::<Result<_>>()?,
        fields: f.fields.clone(),
        names: plain(f.names.as_ref()),
        limits: f.limits.clone(),
        readiness: f.readiness.clone(),
        path: p.path.clone(),
    })
}

fn date(p: &Parsed<GroundFile>, written: &Spanned<String>) -> Result<Date> {
    written.as_ref().parse().map_err(|_| p.fault(written, "expected a date in quotes, \"YYYY-MM-DD\""))
}

fn ground(p: &Parsed<GroundFile>, names: &Names) -> Result<Ground> {
    let f = &p.file;
    let valid_from = date(p, &f.valid_from)?;
    let valid_to = f.valid_to.as_ref().map(|d| date(p, d)).transpose()?;
    if let (Some(end), Some(written)) = (valid_to, &f.valid_to)
        && end < valid_from
    {
        return Err(p.fault(written, "the ground ends before it starts"));
    }
    if (f.scope == GroundScope::Listed) == f.procedures.is_empty() {
        return Err(p.fault(&f.code, "a ground with the scope \"listed\", and no other, names its `procedures`"));
    }
    let mut covers = BTreeMap::new();
    for c in &f.covers {
        for kind in &c.kinds {
            if covers.insert(look_up(p, &names.kinds, kind, "kind")?, c.article.clone()).is_some() {
                return Err(p.fault(kind, "the kind stands twice in this ground"));
            }
        }
    }
    Ok(Ground {
        code: f.code.as_ref().clone(),
        title: f.title.clone(),
        document: f.document.clone(),
        valid_from,
        valid_to,
        scope: f.scope,
        procedures: f.procedures.iter().cloned().collect(),
        competence: f.competence,
        order: f.order,
        note: f.note.clone(),
        requires: f.requires,
        covers,
        path: p.path.clone(),
    })
}

fn cue(p: &Parsed<CueFile>) -> Cue {
    let f = &p.file;
    Cue {
        code: f.code.as_ref().clone(),
        class: f.class,
        person: f.person.as_ref().map(|p| *p.as_ref()),
        title: f.title.clone(),
        words: plain(f.words.as_ref()),
        path: p.path.clone(),
    }
}
