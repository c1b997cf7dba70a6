//! What a procedure is known by: name, dossier, steps, legal bases, as bags of words and as keys.

use super::words::{Bag, Words, plain};
use crate::catalog::{Catalog, Procedure};
use crate::rule::ProgressRules;
use crate::text::fold;
use rayon::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Procedures whose texts are folded at a time; bounds the memory.
const CHUNK: usize = 4096;

/// Of the runs of three syllables of a row, one in this many is a key, chosen by its own hash, so that a word inserted
/// elsewhere in the row changes nothing.
const SAMPLE: u64 = 4;

/// A procedure reduced to what tells it from others.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    /// Name without the words that change nothing, folded to its syllables.
    pub(super) name: String,
    pub(super) name_bag: Bag,
    /// Whole dossier.
    pub(super) requests: Bag,
    /// Each row that is no note.
    pub(super) rows: Vec<Bag>,
    pub(super) steps: Bag,
    /// Hashes of the numbers of the legal documents, sorted.
    pub(super) legal: Vec<u64>,
    /// Hashes of what two versions of a procedure are likely to share, sorted.
    pub(super) keys: Vec<u64>,
}

impl Profile {
    /// Several procedures as if they were one; without keys.
    pub(super) fn sum<'a>(profiles: impl Iterator<Item = &'a Profile>) -> Profile {
        let mut sum = Profile::default();
        for profile in profiles {
            sum.name_bag = Bag::sum([&sum.name_bag, &profile.name_bag]);
            sum.requests = Bag::sum([&sum.requests, &profile.requests]);
            sum.steps = Bag::sum([&sum.steps, &profile.steps]);
            sum.rows.extend(profile.rows.iter().cloned());
        }
        sum
    }
}

/// Profiles of both catalogues in the words of both.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    pub(super) words: Words,
    pub(super) before: Vec<Profile>,
    pub(super) after: Vec<Profile>,
}

impl Profiles {
    pub(super) fn of(before: &Catalog, after: &Catalog, rules: &ProgressRules) -> Self {
        let mut words = Words::default();
        let mut read = |catalog: &Catalog| -> Vec<Profile> {
            let mut profiles = Vec::with_capacity(catalog.procedures.len());
            for chunk in catalog.procedures.chunks(CHUNK) {
                let texts: Vec<Texts> = chunk.par_iter().map(|p| Texts::of(p, rules)).collect();
                profiles.extend(texts.into_iter().map(|t| t.profile(&mut words)));
            }
            profiles
        };
        let (before, after) = (read(before), read(after));
        Profiles { words, before, after }
    }
}

/// The texts of a procedure, folded to syllables; made on all cores.
struct Texts {
    name: String,
    rows: Vec<String>,
    steps: Vec<String>,
    legal: Vec<u64>,
}

impl Texts {
    fn of(procedure: &Procedure, rules: &ProgressRules) -> Self {
        let numbers = procedure.legal_bases.iter().map(|l| &l.document_no).filter(|n| !n.is_empty());
        let mut legal: Vec<u64> = numbers.map(|n| hash('l', &fold(n))).collect();
        legal.sort_unstable();
        legal.dedup();
        let read = |text: &str| rules.aliases.expand(&rules.aliases.plain(text));
        Texts {
            name: neutral_name(&procedure.name, &rules.matching.names.neutral),
            rows: procedure.requests.iter().filter(|r| !r.is_note).map(|r| read(&r.text)).collect(),
            steps: procedure.steps.iter().map(|s| rules.aliases.without_bodies(&read(&s.text))).collect(),
            legal,
        }
    }

    fn keys(&self) -> Vec<u64> {
        let mut keys = self.legal.clone();
        keys.push(hash('n', &self.name));
        keys.extend(runs(&self.name).map(|run| hash('3', &run)));
        for row in &self.rows {
            keys.push(hash('r', row));
            keys.extend(runs(row).map(|run| hash('t', &run)).filter(|h| h % SAMPLE == 0));
        }
        keys.extend(self.steps.iter().map(|s| hash('s', s)));
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn profile(self, words: &mut Words) -> Profile {
        let keys = self.keys();
        let name_bag = words.learn(&self.name);
        let rows: Vec<Bag> = self.rows.iter().map(|r| words.learn(r)).collect();
        let steps: Vec<Bag> = self.steps.iter().map(|s| words.learn(s)).collect();
        let (requests, steps) = (Bag::sum(&rows), Bag::sum(&steps));
        Profile { name: self.name, name_bag, requests, rows, steps, legal: self.legal, keys }
    }
}

/// Runs of three syllables.
fn runs(text: &str) -> impl Iterator<Item = String> {
    let syllables: Vec<&str> = text.split(' ').collect();
    let runs: Vec<String> = syllables.windows(3).map(|w| w.join(" ")).collect();
    runs.into_iter()
}

/// 64 bits of a text and what it is; the same in every run.
fn hash(what: char, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    text.hash(&mut hasher);
    hasher.finish()
}

/// A name without what may stand around it, reduced to its syllables.
pub(super) fn neutral_name(name: &str, neutral: &[String]) -> String {
    let mut folded = fold(name);
    for phrase in neutral {
        if phrase.starts_with('(') {
            folded = folded.replace(phrase.as_str(), " ");
        } else if let Some(rest) = folded.strip_prefix(phrase.as_str()).filter(|r| r.starts_with([' ', ':'])) {
            folded = rest.trim_start_matches([' ', ':']).to_owned();
        } else if let Some(rest) =
            folded.trim_end().strip_suffix(phrase.as_str()).filter(|r| r.ends_with([' ', '-', ',']))
        {
            folded = rest.to_owned();
        }
    }
    plain(&folded)
}

/// How much two procedures have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Likeness {
    /// All parts together, from 0 to 100.
    pub score: u32,
    /// The names, 0 to 100.
    pub name: u32,
    /// The dossiers, 0 to 100; none where one of them has no rows.
    pub requests: Option<u32>,
    /// The steps, 0 to 100; none where one of them has none.
    pub steps: Option<u32>,
    /// The legal bases, 0 to 100; none where one of them has none.
    pub legal: Option<u32>,
}

/// Compares two profiles. Parts that are missing on a side do not speak.
pub(super) fn likeness(a: &Profile, b: &Profile, words: &Words, rules: &ProgressRules) -> Likeness {
    let both = |x: &Bag, y: &Bag| (!x.is_empty() && !y.is_empty()).then(|| words.similarity(x, y));
    let name = if a.name == b.name { 100 } else { name_likeness(a, b, words) };
    let requests = both(&a.requests, &b.requests);
    let steps = both(&a.steps, &b.steps);
    let legal = (!a.legal.is_empty() && !b.legal.is_empty()).then(|| overlap(&a.legal, &b.legal));
    let weights = rules.matching.weights;
    let parts =
        [(Some(name), weights.name), (requests, weights.requests), (steps, weights.steps), (legal, weights.legal)];
    let (sum, whole) = parts
        .iter()
        .filter_map(|(score, weight)| score.map(|s| (s * weight, *weight)))
        .fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    Likeness { score: sum.checked_div(whole).unwrap_or_default(), name, requests, steps, legal }
}

/// Words in common of all words and of the shorter name: a name with an addition is still near.
fn name_likeness(a: &Profile, b: &Profile, words: &Words) -> u32 {
    let within = words.contained(&a.name_bag, &b.name_bag).max(words.contained(&b.name_bag, &a.name_bag));
    u32::midpoint(words.similarity(&a.name_bag, &b.name_bag), within)
}

/// What two sorted lists without repeats share of the shorter one, in percent: laws are added more often than repealed.
fn overlap(a: &[u64], b: &[u64]) -> u32 {
    let shared = a.iter().filter(|x| b.binary_search(x).is_ok()).count() as u64;
    super::words::percent(shared, a.len().min(b.len()) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;

    #[test]
    fn neutral_words_stand_around_a_name() {
        let rules = ProgressRules::load(&RuleFiles::embedded()).unwrap();
        for (name, expected) in [
            ("Thủ tục đăng ký khai sinh", "đăng ký khai sinh"),
            ("Cấp bản sao văn bằng từ sổ gốc (tại cấp tỉnh)", "cấp bản sao văn bằng từ sổ gốc"),
            ("Đăng ký biến động - cấp xã", "đăng ký biến động"),
        ] {
            assert_eq!(neutral_name(name, &rules.matching.names.neutral), expected);
        }
    }
}
