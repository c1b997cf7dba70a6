//! What tells two papers apart: `rules/relation/*.toml`, compiled for the room `relation`.

use super::vocabulary::Bilingual;
use super::{RuleFiles, expand};
use crate::error::{Error, Result};
use crate::text::fold;
use aho_corasick::AhoCorasick;
use regex::Regex;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// What surrounds the name of a paper without changing which paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Attribute {
    /// Bullets, numbers of lists, stops.
    Numbering,
    /// One way to write what is written in several: replaced, not taken off.
    Spelling,
    /// Words that lead into the name: to whom it goes, what list follows.
    Label,
    /// How many.
    Quantity,
    /// Copy, certified copy, original.
    Copy,
    /// Form number, form file.
    Form,
    /// Cited law.
    Law,
    /// Until when it is good, when it was taken.
    Period,
    /// By whom it is issued.
    Issuer,
    /// By which channel it is handed in.
    Channel,
    /// In which case it is asked for.
    Condition,
    /// What must be in it.
    Content,
    /// Any other remark in parentheses.
    Note,
}

/// Takes one attribute off.
#[derive(Debug, Clone)]
pub struct Peel {
    /// What it takes off.
    pub attribute: Attribute,
    /// Where it stands, in folded text.
    pub pattern: Regex,
    /// What stays in its place.
    pub with: String,
}

/// A family of papers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a line of the rule file")]
pub struct Family {
    /// Its code, such as `application`.
    pub code: String,
    /// What people call it.
    pub title: Bilingual,
    /// Any two of the family are at least variants of each other.
    pub related: bool,
    /// A form to be filled in, known by its number where its name says no more.
    pub form: bool,
    /// Told apart by size alone.
    pub sized: bool,
    /// Any of its papers will do where a row names several.
    pub choice: bool,
    /// Says only that it is a paper.
    pub general: bool,
    /// Codes of families whose papers are variants of those of this one.
    pub kin: Vec<String>,
}

/// Scores from which on two papers are what; see `rules/relation/limits.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the file explains each")]
pub struct Limits {
    pub same: f64,
    pub long: usize,
    pub variant: f64,
    pub same_with_form: f64,
    pub variant_across: f64,
    pub variant_unknown: f64,
    pub contained: f64,
    pub least_words: usize,
    pub member: f64,
    pub diacritic: f64,
    pub candidate: f64,
}

/// What a phrase inside a name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// Says nothing about which paper it is.
    Light,
    /// What is done with a thing.
    Activity,
    /// A kind of paper, which says little of a form that asks for one.
    General,
    /// Written otherwise: stands for this.
    Same(String),
}

/// A family named in a text, at bytes `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Position of the family in [`RelationBook::families`].
    pub family: usize,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Words that stand inside the name and are none of it: "của hội" in "văn bản của hội đề nghị"; bytes, empty where there are none.
    pub gap: (usize, usize),
}

/// The compiled rules of the relation.
#[derive(Debug, Clone)]
pub struct RelationBook {
    /// What is taken off, in this order.
    pub peels: Vec<Peel>,
    /// Families of papers.
    pub families: Vec<Family>,
    /// Scores.
    pub limits: Limits,
    /// Number of a form, in folded text.
    pub form: Regex,
    /// Number of a legal document, in folded text.
    pub law: Regex,
    /// What leads from a file of papers to those it consists of, in folded text.
    pub list: Regex,
    /// What names papers and asks for none, in folded text: a moment, and what a paper must say.
    pub unlisted: Regex,
    /// Whose a paper is, or for which of several, in folded text.
    pub aside: Regex,
    joins: Vec<String>,
    articles: Vec<String>,
    verbs: Vec<String>,
    cases: Vec<String>,
    waivers: Vec<String>,
    phrases: HashMap<String, Vec<(Vec<String>, Phrase)>>,
    names: Names,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeelFile {
    parts: BTreeMap<String, String>,
    peel: Vec<PeelEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeelEntry {
    attribute: Attribute,
    pattern: String,
    with: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperFile {
    /// Words that begin or end like a name and are none.
    #[serde(default)]
    no_names: Vec<String>,
    paper: Vec<PaperEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "each is a line of the rule file")]
struct PaperEntry {
    family: String,
    title: Bilingual,
    #[serde(default)]
    related: bool,
    #[serde(default)]
    form: bool,
    #[serde(default)]
    sized: bool,
    #[serde(default)]
    choice: bool,
    #[serde(default)]
    general: bool,
    #[serde(default)]
    kin: Vec<String>,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    light: Vec<String>,
    #[serde(default)]
    general: Vec<String>,
    #[serde(default)]
    joins: Vec<String>,
    #[serde(default)]
    articles: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    cases: Vec<String>,
    #[serde(default)]
    waivers: Vec<String>,
    same: Vec<Vec<String>>,
    activities: Vec<String>,
}

impl RelationBook {
    /// Reads the rules of a rule set; a folder given with `--rules` may leave them out.
    ///
    /// # Errors
    /// When a file is wrong: line and column, or the pattern that cannot be read.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let embedded = RuleFiles::embedded();
        let files = if files.family("relation").next().is_some() { files } else { &embedded };
        let (path, text) = files.file("relation/peel.toml")?;
        let peel: PeelFile = parse(&path, text)?;
        let part = |name: &str| part(&path, &peel, name);
        let (form, law, list, aside) = (part("form")?, part("law")?, part("list")?, part("aside")?);
        let unlisted = part("unlisted")?;
        let peels = peels(&path, &peel)?;
        let (path, text) = files.file("relation/papers.toml")?;
        let papers: PaperFile = parse(&path, text)?;
        let names = names(&path, &papers)?;
        let families = papers.paper.into_iter().map(Family::from).collect();
        let (path, text) = files.file("relation/words.toml")?;
        let words: WordFile = parse(&path, text)?;
        let phrases = phrases(&words);
        let (path, text) = files.file("relation/limits.toml")?;
        let limits = parse(&path, text)?;
        let WordFile { joins, articles, verbs, cases, waivers, .. } = words;
        Ok(RelationBook {
            peels,
            families,
            limits,
            form,
            law,
            list,
            unlisted,
            aside,
            joins,
            articles,
            verbs,
            cases,
            waivers,
            phrases,
            names,
        })
    }

    /// The family that a name begins with: of the papers asked for the one named first; of several there the longest whole
    /// name, else the one with the shortest gap. A text that asks for none by name has the first that it names at all.
    #[must_use]
    pub fn head(&self, core: &str) -> Option<Named> {
        let is_item = |n: &Named| self.is_item(*n, core);
        let first = |n: &Named| (!is_item(n), n.start, std::cmp::Reverse(n.end));
        let whole = self.named(core).filter(|n| n.start == 0 || !self.is_verb(*n, core)).min_by_key(first);
        let gapped = self.gapped(core).min_by_key(|n| (n.start, n.end));
        match (whole, gapped) {
            // "văn bản của … cam kết" says more than "văn bản", and no more than "văn bản thỏa thuận".
            (Some(w), Some(g)) if says_more(g, w) || !is_item(&w) => Some(g),
            (w, g) => w.or(g),
        }
    }

    /// The papers that a text asks for: names that begin an item, none of which lies within another.
    #[must_use]
    pub fn items(&self, core: &str) -> Vec<Named> {
        let mut all: Vec<Named> = self.named(core).filter(|n| self.is_item(*n, core)).collect();
        for gap in self.gapped(core) {
            let at_start = all.iter().position(|w| w.start == gap.start);
            match at_start {
                Some(at) if says_more(gap, all[at]) => all[at] = gap,
                Some(_) => {}
                None => all.push(gap),
            }
        }
        all.sort_by_key(|n| (n.start, std::cmp::Reverse(n.end)));
        let mut end = 0;
        all.retain(|n| {
            let is_apart = n.start >= end;
            end = end.max(n.end);
            is_apart
        });
        all
    }

    /// Names of which words stand between the parts.
    fn gapped<'a>(&'a self, core: &'a str) -> impl Iterator<Item = Named> + 'a {
        let found = |(pattern, family, (before, after)): &'a (Regex, usize, (usize, usize))| {
            pattern.find_iter(core).map(move |m| {
                let gap = (m.start() + before, m.end() - after);
                Named { family: *family, start: m.start(), end: m.end(), gap }
            })
        };
        self.names.gaps.iter().flat_map(found).filter(|n| self.is_item(*n, core))
    }

    /// Whether a text tells of a case, and not of a paper: "trường hợp …".
    #[must_use]
    pub fn is_case(&self, core: &str) -> bool {
        let begins = |case: &String| core.strip_prefix(case.as_str()).is_some_and(|rest| rest.starts_with(' '));
        self.cases.iter().any(begins)
    }

    /// Whether a text only says that a paper need not be handed in: "chủ dự án không phải gửi …". A first sentence may ask for
    /// the paper that the second one waives.
    #[must_use]
    pub fn waives(&self, folded: &str) -> bool {
        let told = self.waivers.iter().filter_map(|waiver| folded.find(waiver.as_str())).min();
        told.is_some_and(|at| {
            let head = &folded[..at];
            let is_first = head.rfind(['.', ';']).is_none_or(|stop| !head[..stop].contains(' '));
            is_first && self.items(head).iter().all(|n| self.families[n.family].general)
        })
    }

    /// Whether a text only leads into a list that other rows hold: "hồ sơ đề nghị cấp thẻ bao gồm:".
    #[must_use]
    pub fn is_heading(&self, folded: &str) -> bool {
        self.list.find_iter(folded).last().is_some_and(|m| !folded[m.end()..].contains(char::is_alphanumeric))
    }

    fn is_verb(&self, named: Named, core: &str) -> bool {
        self.verbs.iter().any(|verb| verb == &core[named.start..named.end])
    }

    /// Whether a name is that of a paper asked for. A verb ("xác nhận", "đề nghị") is one only where it begins the text.
    fn is_item(&self, named: Named, core: &str) -> bool {
        let is_verb = self.is_verb(named, core);
        self.begins_item(&core[..named.start]) && !(is_verb && core[..named.start].contains(char::is_alphanumeric))
    }

    /// Every family named in a text, whole words only.
    pub fn named<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Named> + 'a {
        let Names { whole, excluded, family_of_name, .. } = &self.names;
        let no_name: Vec<(usize, usize)> = excluded
            .find_overlapping_iter(text)
            .map(|m| (m.start(), m.end()))
            .filter(|&(start, end)| is_whole(text, start, end))
            .collect();
        let whole = whole.find_overlapping_iter(text).filter(move |m| is_whole(text, m.start(), m.end()));
        whole.filter(move |m| !no_name.iter().any(|&(start, end)| start <= m.start() && m.end() <= end)).map(|m| {
            Named {
                family: family_of_name[m.pattern().as_usize()],
                start: m.start(),
                end: m.end(),
                gap: (m.end(), m.end()),
            }
        })
    }

    /// The phrase of most words that begins a list of words, and how many they are.
    #[must_use]
    pub fn phrase(&self, words: &[&str]) -> Option<(&Phrase, usize)> {
        let starting = self.phrases.get(*words.first()?)?;
        let fits = |phrase: &[String]| words.len() >= phrase.len() && phrase.iter().zip(words).all(|(p, w)| p == w);
        starting.iter().find(|(phrase, _)| fits(phrase)).map(|(phrase, meaning)| (meaning, phrase.len()))
    }

    /// Whether the name of a paper that stands after this text is one more paper asked for, and no part of another's name:
    /// it begins the text or follows a comma or a joining word.
    #[must_use]
    pub fn begins_item(&self, before: &str) -> bool {
        let mut before = before.trim_end();
        let ends_with = |text: &str, word: &str| {
            text.strip_suffix(word).filter(|rest| !rest.ends_with(char::is_alphanumeric)).map(str::len)
        };
        while let Some(length) = self.articles.iter().find_map(|word| ends_with(before, word)) {
            before = before[..length].trim_end();
        }
        !before.ends_with(char::is_alphanumeric) || self.joins.iter().any(|word| ends_with(before, word).is_some())
    }
}

/// Whether a name with a gap takes the place of a whole one: it begins with that and goes on.
fn says_more(gapped: Named, whole: Named) -> bool {
    gapped.start == whole.start && gapped.gap.0 >= whole.end
}

impl From<PaperEntry> for Family {
    fn from(entry: PaperEntry) -> Self {
        let PaperEntry { family, title, related, form, sized, choice, general, kin, .. } = entry;
        Family { code: family, title, related, form, sized, choice, general, kin }
    }
}

fn parse<T: for<'a> Deserialize<'a>>(path: &Path, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|e| Error::Rule { path: path.to_owned(), message: e.to_string() })
}

fn compile(path: &Path, pattern: &str) -> Result<Regex> {
    Regex::new(pattern).map_err(|e| Error::Rule { path: path.to_owned(), message: e.to_string() })
}

fn part(path: &Path, file: &PeelFile, name: &str) -> Result<Regex> {
    let missing = || Error::Rule { path: path.to_owned(), message: format!("[parts] must hold \"{name}\"") };
    compile(path, file.parts.get(name).ok_or_else(missing)?)
}

fn peels(path: &Path, file: &PeelFile) -> Result<Vec<Peel>> {
    let groups = compile(path, r"\$\{?(?<group>[0-9A-Za-z_]+)")?;
    let filled = |pattern: &str| {
        file.parts.iter().fold(pattern.to_owned(), |text, (name, part)| text.replace(&format!("{{{name}}}"), part))
    };
    let peel = |entry: &PeelEntry| {
        let with = entry.with.clone().unwrap_or_else(|| " ".to_owned());
        let pattern = compile(path, &filled(&entry.pattern))?;
        // an unknown group would be replaced by nothing, and the text be lost: "$1về" is the group "1v"
        let is_known = |group: &str| match group.parse::<usize>() {
            Ok(number) => number < pattern.captures_len(),
            Err(_) => pattern.capture_names().flatten().any(|name| name == group),
        };
        match groups.captures_iter(&with).find(|c| !is_known(&c["group"])) {
            None => Ok(Peel { attribute: entry.attribute, pattern, with }),
            Some(c) => Err(Error::Rule {
                path: path.to_owned(),
                message: format!(
                    "with = '{with}': the pattern has no group \"{}\"; write ${{1}} before a letter",
                    &c["group"]
                ),
            }),
        }
    };
    file.peel.iter().map(peel).collect()
}

/// Where the names of papers stand in a text.
#[derive(Debug, Clone)]
struct Names {
    whole: AhoCorasick,
    excluded: AhoCorasick,
    family_of_name: Vec<usize>,
    /// Pattern, family, and the lengths of what stands before and after the gap.
    gaps: Vec<(Regex, usize, (usize, usize))>,
}

fn names(path: &Path, file: &PaperFile) -> Result<Names> {
    let wrong = |message: String| Error::Rule { path: path.to_owned(), message };
    let (mut whole, mut family_of_name, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
    for (family, paper) in file.paper.iter().enumerate() {
        for name in &paper.names {
            let phrases = expand(name).map_err(|e| wrong(format!("\"{name}\": {e}")))?;
            for phrase in phrases {
                if phrase.contains('…') {
                    let gap = regex::escape(&phrase).replace(" … ", r"(?: [^ ;:.,()]+){1,16}? ");
                    let (before, after) = phrase.split_once('…').unwrap_or_default();
                    let lengths = (before.trim_end().len(), after.trim_start().len());
                    gaps.push((compile(path, &format!(r"\b{gap}\b"))?, family, lengths));
                } else {
                    whole.push(phrase);
                    family_of_name.push(family);
                }
            }
        }
    }
    let whole = AhoCorasick::new(&whole).map_err(|e| wrong(e.to_string()))?;
    let excluded = AhoCorasick::new(file.no_names.iter().map(|n| fold(n))).map_err(|e| wrong(e.to_string()))?;
    Ok(Names { whole, excluded, family_of_name, gaps })
}

fn phrases(file: &WordFile) -> HashMap<String, Vec<(Vec<String>, Phrase)>> {
    let mut all: Vec<(String, Phrase)> = Vec::new();
    all.extend(file.light.iter().map(|p| (fold(p), Phrase::Light)));
    all.extend(file.general.iter().map(|p| (fold(p), Phrase::General)));
    all.extend(file.activities.iter().map(|p| (fold(p), Phrase::Activity)));
    for group in &file.same {
        let Some(first) = group.first() else { continue };
        all.extend(group[1..].iter().map(|p| (fold(p), Phrase::Same(fold(first)))));
    }
    let mut by_first: HashMap<String, Vec<(Vec<String>, Phrase)>> = HashMap::new();
    for (text, phrase) in all {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        by_first.entry(words[0].clone()).or_default().push((words, phrase));
    }
    // The longest first; of equals the first written.
    for starting in by_first.values_mut() {
        starting.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    by_first
}

fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !is_word(text[..start].chars().next_back()) && !is_word(text[end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> RelationBook {
        RelationBook::load(&RuleFiles::embedded()).unwrap()
    }

    #[test]
    fn a_name_belongs_to_the_family_it_begins_with() {
        let book = book();
        for (text, family) in [
            ("đơn đề nghị cấp giấy phép", Some("application")),
            ("văn bản của hợp tác xã đề nghị gia hạn", Some("application")),
            ("văn bản của nhà đầu tư cam kết góp vốn", Some("commitment")),
            ("giấy tờ chứng minh quyền sử dụng địa điểm", Some("right")),
            ("giấy tờ chứng minh thời gian công tác", Some("proof")),
            ("văn bản nêu lý do", Some("document")),
            ("giấy chứng nhận cơ sở nuôi đủ điều kiện an toàn", Some("licence")),
            ("giấy chứng nhận quyền sử dụng đất", Some("land-title")),
            ("giấy chứng nhận sức khỏe", Some("health")),
            ("danh sách cổ đông kèm giấy phép", Some("list")),
            ("con dấu", None),
        ] {
            let head = book.head(text).map(|n| book.families[n.family].code.as_str());
            assert_eq!(head, family, "{text}");
        }
    }

    #[test]
    fn a_name_inside_another_name_is_no_item() {
        let book = book();
        for (before, begins) in [
            ("", true),
            ("giấy khai sinh, ", true),
            ("giấy khai sinh hoặc bản sao ", true),
            ("biên bản diễn tập của ", false),
            ("thuyết minh ", false),
        ] {
            assert_eq!(book.begins_item(before), begins, "{before}");
        }
        assert!(book.named("đơn vị nơi công tác").next().is_none());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_file() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("relation");
        std::fs::create_dir(&folder).unwrap();
        for name in ["peel", "papers", "words", "limits"] {
            let from = format!("{}/rules/relation/{name}.toml", env!("CARGO_MANIFEST_DIR"));
            std::fs::copy(from, folder.join(format!("{name}.toml"))).unwrap();
        }
        let peel = std::fs::read_to_string(folder.join("peel.toml")).unwrap();
        for (name, text, says) in [
            ("limits", "same = 0.9\nsmae = 0.8\n", "smae"),
            (
                "papers",
                "[[paper]]\nfamily = \"x\"\ntitle = { vi = \"x\", en = \"x\" }\nnames = [\"(a\"]\n",
                "not closed",
            ),
            ("peel", &peel.replace("with = '$1 về'", "with = '$1về'"), "1v"),
        ] {
            std::fs::write(folder.join(format!("{name}.toml")), text).unwrap();
            let error = RelationBook::load(&RuleFiles::open(dir.path()).unwrap()).unwrap_err().to_string();
            assert!(error.contains(says) && error.contains(name), "{error}");
        }
    }
}
