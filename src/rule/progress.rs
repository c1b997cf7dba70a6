//! The family `progress`: how catalogues of two years are compared, and the online targets.

use super::RuleFiles;
use super::finder::Finder;
use super::phrase::expand;
use super::vocabulary::Bilingual;
use crate::error::{Error, Result};
use crate::text::fold;
use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Rules by which catalogues are compared, compiled.
#[derive(Debug, Clone)]
pub struct ProgressRules {
    /// Weights, scores and limits of the matching.
    pub matching: MatchingRules,
    /// Phrases of each form of a paper, folded, longest first.
    pub forms: Vec<(String, PaperForm)>,
    /// Words that tell what became of a request, folded.
    pub marks: MarkWords,
    /// Phrases that make a demand fall away where data answers: those of the marks and the cues of the class `fallback`.
    pub waivers: Finder,
    /// Names of an open demand, in syllables.
    pub umbrellas: Finder,
    /// Equivalent wordings.
    pub aliases: Aliases,
    /// Targets for online services.
    pub online: Vec<OnlineTarget>,
}

/// Weights, scores and limits of the matching. Scores are percent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchingRules {
    /// Code of the rule file.
    pub code: String,
    /// What it is about.
    pub title: Bilingual,
    /// How much each part of a procedure says about its identity.
    pub weights: Weights,
    /// Thresholds, in percent.
    pub scores: Scores,
    /// Bounds that keep the work linear.
    pub limits: Limits,
    /// Words around names.
    pub names: NameWords,
}

/// How much each part of a procedure says about its identity.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// The name.
    pub name: u32,
    /// The dossier.
    pub requests: u32,
    /// The steps.
    pub steps: u32,
    /// The legal bases.
    pub legal: u32,
}

/// Thresholds, in percent; `rules/progress/matching.toml` says what each is for.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scores {
    /// Another code carries the same procedure.
    pub recoded: u32,
    /// Two procedures are one at two levels or in two provinces.
    pub twin: u32,
    /// Share of a dossier found again in a merge or split.
    pub part: u32,
    /// A code was given to another procedure.
    pub code_reused: u32,
    /// Two rows without a kind in common.
    pub same_row: u32,
    /// Two rows that ask for the same kind of the same person.
    pub same_kind_row: u32,
    /// Two rows between the same neighbours.
    pub in_place_row: u32,
    /// By so much a rival has to be more alike.
    pub rival_margin: u32,
    /// Two steps.
    pub same_step: u32,
    /// A row moved into another text.
    pub contained: u32,
}

/// Bounds that keep the work linear.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Procedures looked at closely for each one without a partner.
    pub candidates: usize,
    /// A key shared by more procedures than this is no lead.
    pub common_key: usize,
    /// Steps that are the beginning of others and no longer than this percent of them were cut off in the record.
    pub truncated_percent: usize,
    /// So many dossier rows do not vanish altogether.
    pub missing_rows: usize,
}

/// What may stand around a name without making it another procedure; folded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameWords {
    /// Words and phrases, longest first after loading.
    pub neutral: Vec<String>,
}

/// In which form a paper is handed in, heaviest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperForm {
    /// The original stays with the office.
    Original,
    /// A certified copy.
    Certified,
    /// A copy compared with the original.
    Compared,
    /// A plain copy.
    Copy,
    /// A picture or file.
    Scan,
    /// Words in which a form occurs without being asked for.
    Nothing,
}

/// Words that tell what became of a request, folded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkWords {
    /// Code of the rule file.
    pub code: String,
    /// What it is about.
    pub title: Bilingual,
    /// First words of a note.
    pub note: Vec<String>,
    /// Names of an open demand, as patterns …
    pub umbrella: Vec<String>,
    /// … which is one when one of these stands beside it.
    pub umbrella_with: Vec<String>,
    /// The request falls away where data answers.
    pub waiver: Vec<String>,
    /// The request depends on a condition.
    pub condition: Vec<String>,
    /// First words of the applicant's own form.
    pub form: Vec<String>,
    /// Words between two papers that are handed in together.
    pub joined: Vec<String>,
}

/// A target for online services.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlineTarget {
    /// Word of the measure.
    pub measure: String,
    /// Percent to be reached.
    pub percent: u32,
    /// By the end of this year.
    pub year: i16,
    /// Document that sets it.
    pub ground: String,
}

/// Equivalent wordings, applied to texts that are compared.
#[derive(Debug, Clone)]
pub struct Aliases {
    quantities: Vec<Regex>,
    words: Replacer,
    bodies: Replacer,
}

impl Aliases {
    /// A text folded to its syllables, stated numbers of papers taken out.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        let mut folded = fold(text);
        if folded.contains(|c: char| c.is_ascii_digit()) {
            for pattern in &self.quantities {
                if let std::borrow::Cow::Owned(rest) = pattern.replace_all(&folded, " ") {
                    folded = rest;
                }
            }
        }
        syllables(&folded)
    }

    /// A plain text with abbreviations and other names of the same paper in one form.
    #[must_use]
    pub fn expand(&self, plain: &str) -> String {
        self.words.replace(plain)
    }

    /// A plain text in which every body is just a body.
    #[must_use]
    pub fn without_bodies(&self, plain: &str) -> String {
        self.bodies.replace(plain)
    }
}

/// Whole-word replacement of phrases, the longest first.
#[derive(Debug, Clone)]
struct Replacer {
    phrases: AhoCorasick,
    by: Vec<String>,
}

impl Replacer {
    fn compile(pairs: Vec<(String, String)>) -> std::result::Result<Self, String> {
        let (phrases, by): (Vec<String>, Vec<String>) = pairs.into_iter().unzip();
        let phrases = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(phrases);
        Ok(Replacer { phrases: phrases.map_err(|e| e.to_string())?, by })
    }

    fn replace(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for found in self.phrases.find_iter(text) {
            let is_whole = (found.start() == 0 || text[..found.start()].ends_with(' '))
                && (found.end() == text.len() || text[found.end()..].starts_with(' '));
            if is_whole {
                out.push_str(&text[from..found.start()]);
                out.push_str(&self.by[found.pattern().as_usize()]);
                from = found.end();
            }
        }
        out.push_str(&text[from..]);
        out
    }
}

/// Runs of letters and digits of a folded text, one space between.
fn syllables(folded: &str) -> String {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasFile {
    #[serde(rename = "code")]
    _code: String,
    #[serde(rename = "title")]
    _title: Bilingual,
    quantities: Vec<String>,
    bodies: Vec<String>,
    aliases: Vec<AliasWords>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasWords {
    means: String,
    words: Vec<String>,
}

impl AliasFile {
    fn compile(self) -> std::result::Result<Aliases, String> {
        let plain = |text: &str| syllables(&fold(text));
        let quantities = self.quantities.iter().map(|q| Regex::new(q).map_err(|e| e.to_string()));
        let words = self.aliases.iter().flat_map(|a| a.words.iter().map(|w| (plain(w), plain(&a.means))));
        let bodies = self.bodies.iter().map(|b| (plain(b), "@".to_owned()));
        Ok(Aliases {
            quantities: quantities.collect::<std::result::Result<_, String>>()?,
            words: Replacer::compile(words.collect())?,
            bodies: Replacer::compile(bodies.collect())?,
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormsFile {
    #[serde(rename = "code")]
    _code: String,
    #[serde(rename = "title")]
    _title: Bilingual,
    forms: Vec<FormWords>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormWords {
    form: PaperForm,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetFile {
    #[serde(rename = "code")]
    _code: String,
    #[serde(rename = "title")]
    _title: Bilingual,
    online: Vec<OnlineTarget>,
}

impl ProgressRules {
    /// Reads the family `progress`.
    ///
    /// # Errors
    /// When a file is missing or wrong, with file, line and column.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let mut matching: MatchingRules = read(files, "progress/matching.toml")?;
        fold_all(&mut matching.names.neutral);
        let forms: FormsFile = read(files, "progress/forms.toml")?;
        let mut phrases: Vec<(String, PaperForm)> =
            forms.forms.iter().flat_map(|f| f.words.iter().map(|w| (fold(w), f.form))).collect();
        phrases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let mut marks: MarkWords = read(files, "progress/marks.toml")?;
        let lists = [
            &mut marks.note,
            &mut marks.umbrella_with,
            &mut marks.waiver,
            &mut marks.condition,
            &mut marks.form,
            &mut marks.joined,
        ];
        lists.into_iter().for_each(fold_all);
        let waivers = [marks.waiver.clone(), fallback_cues(files)?].concat();
        let waivers = finder(files, "progress/marks.toml", &waivers)?;
        let umbrellas = finder(files, "progress/marks.toml", &marks.umbrella)?;
        let path = files.file("progress/aliases.toml")?.0;
        let aliases: AliasFile = read(files, "progress/aliases.toml")?;
        let aliases = aliases.compile().map_err(|message| Error::Rule { path, message })?;
        let target: TargetFile = read(files, "progress/target.toml")?;
        Ok(ProgressRules { matching, forms: phrases, marks, waivers, umbrellas, aliases, online: target.online })
    }
}

/// Words of a cue file.
#[derive(Debug, Deserialize)]
struct Cue {
    class: String,
    words: Vec<String>,
}

/// Patterns of the cues that tell a fall-back.
fn fallback_cues(files: &RuleFiles) -> Result<Vec<String>> {
    let embedded = RuleFiles::embedded();
    let source = if files.family("cues").next().is_some() { files } else { &embedded };
    let mut words = Vec::new();
    for (path, text) in source.family("cues") {
        let cue: Cue = toml::from_str(text).map_err(|e| Error::Rule { path: path.clone(), message: e.to_string() })?;
        if cue.class == "fallback" {
            words.extend(cue.words);
        }
    }
    Ok(words)
}

/// Patterns as phrases in one automaton.
fn finder(files: &RuleFiles, name: &str, patterns: &[String]) -> Result<Finder> {
    let phrases: std::result::Result<Vec<Vec<String>>, String> = patterns.iter().map(|p| expand(p)).collect();
    let compiled = phrases.and_then(|phrases| Finder::compile(&phrases.concat()));
    compiled.map_err(|message| Error::Rule { path: files.file(name).map(|f| f.0).unwrap_or_default(), message })
}

fn read<T: DeserializeOwned>(files: &RuleFiles, name: &str) -> Result<T> {
    let (path, text) = files.file(name)?;
    toml::from_str(text).map_err(|e| Error::Rule { path, message: e.to_string() })
}

/// Folds phrases and puts the longest first, so that the longest wins.
fn fold_all(words: &mut Vec<String>) {
    for word in words.iter_mut() {
        *word = fold(word);
    }
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_without_numbers_and_in_one_wording() {
        let rules = ProgressRules::load(&RuleFiles::embedded()).unwrap();
        for (text, plain, expanded, without_bodies) in [
            ("- Đơn đề nghị (01 bản chính)", "đơn đề nghị", "đơn đề nghị", "đơn đề nghị"),
            ("CMND của chủ hộ, 02 (hai) bản sao", "cmnd của chủ hộ", "căn cước của chủ hộ", "cmnd của chủ hộ"),
            ("UBND cấp huyện ký", "ubnd cấp huyện ký", "ủy ban nhân dân cấp huyện ký", "@ ký"),
            ("Mẫu số 01 bản sao", "mẫu số 01 bản sao", "mẫu số 01 bản sao", "mẫu số 01 bản sao"),
        ] {
            assert_eq!(rules.aliases.plain(text), plain);
            assert_eq!(rules.aliases.expand(plain), expanded);
            assert_eq!(rules.aliases.without_bodies(plain), without_bodies);
        }
    }

    #[test]
    fn embedded_rules_load_and_a_wrong_word_is_named() {
        let rules = ProgressRules::load(&RuleFiles::embedded()).unwrap();
        assert!(rules.forms.windows(2).all(|w| w[0].0.len() >= w[1].0.len()));
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("progress")).unwrap();
        std::fs::write(dir.path().join("progress/matching.toml"), "code = \"P\"\nwrong = 1\n").unwrap();
        let error = ProgressRules::load(&RuleFiles::open(dir.path()).unwrap()).unwrap_err().to_string();
        assert!(error.contains("matching.toml") && error.contains("wrong"), "{error}");
    }
}
