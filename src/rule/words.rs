//! The words in which fields are written: `rules/words/*.toml`, compiled for `normalise`.

use super::{Field, RuleFiles};
use crate::error::{Error, Result};
use crate::text::fold;
use regex::Regex;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Every word list that reading fields needs.
#[derive(Debug, Clone)]
pub struct Words {
    /// Ways of writing that a cell is empty.
    pub empty: EmptyWords,
    /// Levels of administration; tags are the names of [`Level`](crate::catalog::Level).
    pub levels: Vocabulary,
    /// Ways of writing yes, folded.
    pub yes: HashSet<String>,
    /// Ways of submitting; tags `online`, `direct`, `postal`.
    pub channels: Vocabulary,
    /// The portal's table of channels whose cells ran together.
    pub channel_table: ChannelTable,
    /// Units of time and statements without a number.
    pub durations: DurationWords,
    /// Amounts of money and what is said around them.
    pub fees: FeeWords,
    /// Labels of steps.
    pub steps: StepWords,
    /// Legal documents.
    pub legal: LegalWords,
    /// Results and the page around them.
    pub results: ResultWords,
    /// Words in the name of a procedure among state bodies.
    pub internal: InternalWords,
}

impl Words {
    /// Reads `words/*.toml` of a rule set.
    ///
    /// # Errors
    /// When a file is missing, has an unknown or empty entry, or a word stands under two meanings; names the file and what is allowed.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let levels: LevelsFile = read(files, "words/levels.toml")?;
        let channels: ChannelsFile = read(files, "words/channels.toml")?;
        Ok(Words {
            empty: EmptyWords::compile(&read(files, "words/empty.toml")?),
            levels: Vocabulary::compile(files, "words/levels.toml", &levels.level, LEVELS)?,
            yes: levels.flags.yes.iter().map(|w| fold(w)).collect(),
            channels: Vocabulary::compile(files, "words/channels.toml", &channels.channel, CHANNELS)?,
            channel_table: ChannelTable::compile(files, channels.flattened)?,
            durations: DurationWords::compile(files, read(files, "words/durations.toml")?)?,
            fees: FeeWords::compile(files, read(files, "words/fees.toml")?)?,
            steps: StepWords::compile(files, &read(files, "words/steps.toml")?)?,
            legal: LegalWords::compile(files, read(files, "words/legal.toml")?)?,
            results: read(files, "words/results.toml")?,
            internal: read(files, "words/internal.toml")?,
        })
    }
}

const LEVELS: &[&str] = &["ministry", "province", "district", "commune", "other"];
const CHANNELS: &[&str] = &["online", "direct", "postal"];
const UNITS: &[&str] = &["working_day", "day", "hour", "month", "year", "minute", "week"];

type Lists = BTreeMap<String, Vec<String>>;

fn read<T: DeserializeOwned>(files: &RuleFiles, name: &str) -> Result<T> {
    let (path, text) = files.file(name)?;
    toml::from_str(text).map_err(|e| Error::Rule { path, message: e.to_string() })
}

fn wrong(files: &RuleFiles, name: &str, message: String) -> Error {
    match files.file(name) {
        Ok((path, _)) => Error::Rule { path, message },
        Err(e) => e,
    }
}

fn regex(files: &RuleFiles, name: &str, pattern: &str) -> Result<Regex> {
    Regex::new(pattern).map_err(|e| wrong(files, name, e.to_string()))
}

/// Words as one alternation, the longest first. An empty list is an error, because it would match everywhere.
fn any_of<'a>(files: &RuleFiles, name: &str, words: impl IntoIterator<Item = &'a str>) -> Result<String> {
    let mut words: Vec<&str> = words.into_iter().filter(|w| !w.trim().is_empty()).collect();
    if words.is_empty() {
        return Err(wrong(files, name, "a list of words is empty".to_owned()));
    }
    words.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    Ok(words.iter().map(|w| regex::escape(w)).collect::<Vec<_>>().join("|"))
}

fn folded(words: &[String]) -> Vec<String> {
    words.iter().map(|w| fold(w)).collect()
}

/// What tells a procedure among state bodies, which is outside the control of procedures (Decree 63/2010, art. 1).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InternalWords {
    names: Vec<String>,
    public: Vec<String>,
}

impl InternalWords {
    /// Whether the name says that the procedure is internal, and those who apply are not the public.
    #[must_use]
    pub fn tell(&self, name: &str, audience: &str) -> bool {
        let holds = |words: &[String], text: &str| words.iter().any(|word| fold(text).contains(&fold(word)));
        holds(&self.names, name) && !holds(&self.public, audience)
    }
}

/// Words with a tag each, found in folded text.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    pattern: Regex,
    tags: HashMap<String, String>,
}

impl Vocabulary {
    fn compile(files: &RuleFiles, name: &str, lists: &Lists, allowed: &[&str]) -> Result<Self> {
        let mut tags: HashMap<String, String> = HashMap::new();
        for (tag, words) in lists {
            if !allowed.contains(&tag.as_str()) {
                return Err(wrong(files, name, format!("\"{tag}\" is not one of {}", allowed.join(", "))));
            }
            for word in folded(words) {
                if let Some(other) = tags.insert(word.clone(), tag.clone()).filter(|o| o != tag) {
                    return Err(wrong(files, name, format!("\"{word}\" stands under {other} and under {tag}")));
                }
            }
        }
        let pattern = regex(files, name, &any_of(files, name, tags.keys().map(String::as_str))?)?;
        Ok(Vocabulary { pattern, tags })
    }

    /// Tag of a folded text that is one of the words and nothing else.
    #[must_use]
    pub fn exact(&self, folded: &str) -> Option<&str> {
        self.tags.get(folded).map(String::as_str)
    }

    /// Whole words in folded text, as byte range and tag, in order.
    pub fn find<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = (usize, usize, &'a str)> {
        self.pattern.find_iter(folded).filter(|m| is_word(folded, m.start(), m.end())).filter_map(|m| {
            let tag = self.tags.get(m.as_str())?;
            Some((m.start(), m.end(), tag.as_str()))
        })
    }
}

/// True when no letter or digit touches the range on either side.
#[must_use]
pub fn is_word(text: &str, start: usize, end: usize) -> bool {
    !text[..start].chars().next_back().is_some_and(char::is_alphanumeric)
        && !text[end..].chars().next().is_some_and(char::is_alphanumeric)
}

/// Ways of writing that a cell is empty.
#[derive(Debug, Clone)]
pub struct EmptyWords {
    any: HashSet<String>,
    fields: BTreeMap<Field, HashSet<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmptyFile {
    any: Vec<String>,
    fields: BTreeMap<Field, Vec<String>>,
}

impl EmptyWords {
    fn compile(file: &EmptyFile) -> Self {
        let set = |words: &[String]| words.iter().map(|w| Self::form(w)).collect::<HashSet<_>>();
        EmptyWords { any: set(&file.any), fields: file.fields.iter().map(|(f, w)| (*f, set(w))).collect() }
    }

    fn form(text: &str) -> String {
        let folded = fold(text);
        let bare = folded.trim_matches([' ', '.', ';', ',', '(', ')', '"']);
        if bare.is_empty() { String::new() } else { bare.to_owned() }
    }

    /// Whether a text says that the field has no value. Only short texts are looked up.
    #[must_use]
    pub fn contains(&self, field: Field, text: &str) -> bool {
        if text.len() > 120 {
            return false;
        }
        let form = Self::form(text);
        form.is_empty() || self.any.contains(&form) || self.fields.get(&field).is_some_and(|f| f.contains(&form))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelsFile {
    level: Lists,
    flags: Flags,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Flags {
    #[serde(rename = "true")]
    yes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelsFile {
    channel: Lists,
    flattened: Flattened,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Flattened {
    headings: Vec<String>,
    names: Vec<String>,
    units: Vec<String>,
    unknown: Vec<String>,
    free: Vec<String>,
    currencies: Vec<String>,
}

/// Patterns over the cleaned text of a flattened table of channels.
#[derive(Debug, Clone)]
pub struct ChannelTable {
    /// Headings, exactly as printed.
    pub headings: Vec<String>,
    /// Start of a row: `name`, then `duration` and the first item of the fee cell (`fee`), or a `bare` number and a fee
    /// of `none`, or a `run` of digits in which a duration without unit and an amount ran together, with its `currency`.
    pub row: Regex,
    /// One item of a fee cell, at the start of the text.
    pub fee_item: Regex,
}

impl ChannelTable {
    fn compile(files: &RuleFiles, words: Flattened) -> Result<Self> {
        let name = "words/channels.toml";
        let list = |words: &[String]| any_of(files, name, words.iter().map(String::as_str));
        let (row_names, units, unknown) = (list(&words.names)?, list(&words.units)?, list(&words.unknown)?);
        let (free, currencies) = (list(&words.free)?, list(&words.currencies)?);
        let amount = format!("[0-9][0-9.,]* ?(?:{currencies})");
        let cost = format!("(?:{free}|{unknown}|{amount})");
        // A number without unit can be told from an amount only where no amount follows.
        let row = format!(
            "(?<name>{row_names})(?:(?<duration>[0-9]+(?:[.,][0-9]+)? ?(?:{units})|{unknown})(?<fee>{cost})\
             |(?<bare>[0-9]+)(?<none>{free}|{unknown})|(?<run>[0-9][0-9,]*) (?<currency>{currencies}))"
        );
        Ok(ChannelTable {
            headings: words.headings,
            row: regex(files, name, &row)?,
            fee_item: regex(files, name, &format!("^{cost}"))?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DurationsFile {
    unit: Lists,
    not_after: Lists,
    words: SaidDurations,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SaidDurations {
    at_once: Vec<String>,
    unspecified: Vec<String>,
}

/// Units of time. All words folded.
#[derive(Debug, Clone)]
pub struct DurationWords {
    /// Units by their words.
    pub units: Vocabulary,
    /// `value`, an optional number in words in brackets, `unit`.
    pub stated: Regex,
    /// Words before a number that make it a date or a time of day, by unit.
    pub not_after: BTreeMap<String, Vec<String>>,
    /// Settled on the same day, without a number.
    pub at_once: Vec<String>,
    /// Said not to be laid down.
    pub unspecified: Vec<String>,
}

impl DurationWords {
    fn compile(files: &RuleFiles, file: DurationsFile) -> Result<Self> {
        let name = "words/durations.toml";
        let units = Vocabulary::compile(files, name, &file.unit, UNITS)?;
        if let Some(unit) = file.not_after.keys().find(|u| !UNITS.contains(&u.as_str())) {
            return Err(wrong(files, name, format!("\"{unit}\" is not one of {}", UNITS.join(", "))));
        }
        let words = any_of(files, name, units.tags.keys().map(String::as_str))?;
        Ok(DurationWords {
            stated: regex(
                files,
                name,
                &format!(r"(?<value>[0-9]+(?:[.,][0-9]+)?) ?(?:\([^()]{{1,40}}\) ?)?(?<unit>{words})"),
            )?,
            units,
            not_after: file.not_after.into_iter().map(|(unit, words)| (unit, folded(&words))).collect(),
            at_once: folded(&file.words.at_once),
            unspecified: folded(&file.words.unspecified),
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeesFile {
    currency: Vec<String>,
    foreign: Vec<String>,
    free: Vec<String>,
    nothing: Vec<String>,
    approximate: Vec<String>,
    hidden: Vec<String>,
    smallest_vnd: i64,
    multiplier: BTreeMap<String, i64>,
}

/// Amounts of money. All words folded.
#[derive(Debug, Clone)]
pub struct FeeWords {
    /// `number`, an optional `times`, an optional currency in `đồng`.
    pub amount: Regex,
    /// An amount in another currency.
    pub foreign: Regex,
    /// Factor of each `times`.
    pub multiplier: BTreeMap<String, i64>,
    /// Said to cost nothing.
    pub free: Vec<String>,
    /// A note that adds nothing.
    pub nothing: Vec<String>,
    /// Makes an amount a bound.
    pub approximate: Vec<String>,
    /// Announces a fee beside a 0.
    pub hidden: Vec<String>,
    /// Smallest amount believed.
    pub smallest_vnd: i64,
}

impl FeeWords {
    fn compile(files: &RuleFiles, file: FeesFile) -> Result<Self> {
        let name = "words/fees.toml";
        let list = |words: &[String]| any_of(files, name, words.iter().map(String::as_str));
        let (currency, foreign) = (list(&folded(&file.currency))?, list(&folded(&file.foreign))?);
        let times = any_of(files, name, file.multiplier.keys().map(String::as_str))?;
        Ok(FeeWords {
            amount: regex(files, name, &format!("(?<number>[0-9][0-9.,]*) ?(?:(?<times>{times}) ?)?(?:{currency})"))?,
            foreign: regex(files, name, &format!("[0-9][0-9.,]* ?(?:{foreign})"))?,
            multiplier: file.multiplier,
            free: folded(&file.free),
            nothing: folded(&file.nothing),
            approximate: folded(&file.approximate),
            hidden: folded(&file.hidden),
            smallest_vnd: file.smallest_vnd,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepsFile {
    words: Vec<String>,
    short: Vec<String>,
    not_after: Vec<String>,
}

/// Labels of steps.
#[derive(Debug, Clone)]
pub struct StepWords {
    /// `label`, such as `Bước 2` or `BƯỚC 2.1`, anywhere in cleaned text.
    pub label: Regex,
    /// `label`, such as `B2:`, at the beginning of a line without its bullet.
    pub short: Regex,
    /// Folded words before a label that make it a mention.
    pub not_after: Vec<String>,
}

impl StepWords {
    fn compile(files: &RuleFiles, file: &StepsFile) -> Result<Self> {
        let name = "words/steps.toml";
        let list = |words: &[String]| any_of(files, name, words.iter().map(String::as_str));
        let (words, short) = (list(&file.words)?, list(&file.short)?);
        Ok(StepWords {
            label: regex(files, name, &format!(r"(?<label>(?i:{words}) ?[0-9]{{1,2}}(?:\.[0-9]{{1,2}})*[a-zđ]?)"))?,
            short: regex(files, name, &format!(r"^(?<label>(?:{short})[0-9]{{1,2}}) ?[:.]"))?,
            not_after: folded(&file.not_after),
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LegalFile {
    kinds: Vec<String>,
    openings: Vec<String>,
    number: Vec<String>,
    headings: Vec<String>,
    types: Vec<String>,
    agencies: Vec<String>,
    spellings: BTreeMap<String, String>,
}

/// Legal documents.
#[derive(Debug, Clone)]
pub struct LegalWords {
    /// Words of a kind and of "number" at the end of a text: `… Thông tư số `; any case.
    pub lead: Regex,
    /// The same as the whole of a text.
    pub lead_only: Regex,
    /// The start of a document's title run together with the word before: `phépNghị định`.
    pub glued_kind: Regex,
    /// Openings of titles in capitals.
    pub openings: Vec<String>,
    /// Headings of the flattened table.
    pub headings: Vec<String>,
    /// First parts of symbols.
    pub types: HashSet<String>,
    /// Abbreviations of the bodies that issue documents; they tell where a symbol ends that ran together with a word.
    pub agencies: HashSet<String>,
    /// Spellings of a part of a symbol and the official one.
    pub spellings: BTreeMap<String, String>,
}

impl LegalWords {
    fn compile(files: &RuleFiles, file: LegalFile) -> Result<Self> {
        let name = "words/legal.toml";
        let kinds = any_of(files, name, file.kinds.iter().map(String::as_str))?;
        let number = any_of(files, name, file.number.iter().map(String::as_str))?;
        let lead = format!("(?i:(?:(?:{kinds}) ?)*(?:(?:{number})[: ]*)*)");
        let capital = file.kinds.iter().filter_map(|k| {
            let mut chars = k.chars();
            chars.next().map(|c| c.to_uppercase().chain(chars).collect::<String>())
        });
        let capital: Vec<String> = capital.collect();
        let glued = any_of(files, name, capital.iter().map(String::as_str))?;
        Ok(LegalWords {
            lead: regex(files, name, &format!("{lead}$"))?,
            lead_only: regex(files, name, &format!("^[ .-]*{lead}$"))?,
            glued_kind: regex(files, name, &format!(r"[\p{{Ll}}0-9.;)](?<kind>{glued})"))?,
            openings: file.openings,
            headings: file.headings,
            types: file.types.into_iter().collect(),
            agencies: file.agencies.into_iter().collect(),
            spellings: file.spellings,
        })
    }
}

/// Results and the page around them, exactly as printed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultWords {
    /// Before the code of a result.
    pub code_labels: Vec<String>,
    /// The label after the list.
    pub keywords: String,
    /// The label after that.
    pub description: String,
    /// Beginnings of the rest of the page.
    pub page: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn what_the_public_applies_for_is_not_internal() {
        let internal = Words::load(&RuleFiles::embedded()).unwrap().internal;
        for (name, audience, expected) in [
            ("Công bố quy trình nội bộ", "Cán bộ, công chức, viên chức", true),
            ("Công bố quy trình nội bộ", "", true),
            ("Công bố quy trình nội bộ về trợ cấp", "Công dân Việt Nam, Cán bộ, công chức", false),
            ("Cấp giấy phép", "Cán bộ, công chức, viên chức", false),
        ] {
            assert_eq!(internal.tell(name, audience), expected, "{name} | {audience}");
        }
    }

    #[test]
    fn the_shipped_words_are_valid_and_errors_name_file_and_choice() {
        Words::load(&RuleFiles::embedded()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("words")).unwrap();
        let shipped = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words"));
        for entry in std::fs::read_dir(shipped).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, folder.path().join("words").join(path.file_name().unwrap())).unwrap();
        }
        let levels = folder.path().join("words/levels.toml");
        for (text, expected) in [
            ("[level]\nregion = [\"vùng\"]\n[flags]\ntrue = []\n", "ministry, province"),
            ("[level]\nprovince = [\"tỉnh\"]\ncommune = [\"Tỉnh\"]\n[flags]\ntrue = []\n", "stands under"),
            ("[level]\nprovince = []\n[flags]\ntrue = []\n", "empty"),
        ] {
            std::fs::write(&levels, text).unwrap();
            let error = Words::load(&RuleFiles::open(folder.path()).unwrap()).unwrap_err().to_string();
            assert!(error.contains("levels.toml") && error.contains(expected), "{error}");
        }
    }
}
