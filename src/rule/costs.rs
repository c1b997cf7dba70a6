//! Unit times and prices of compliance cost: `rules/costs/*.toml`, overridable a procedure with a file of an officer.

use super::RuleFiles;
use crate::error::{Error, Result};
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Row group of the sheet of compliance cost (Circular 02/2017/TT-VPCP).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Chuẩn bị hồ sơ: one component.
    Prepare,
    /// Nộp hồ sơ.
    Submit,
    /// Nộp phí, lệ phí, chi phí khác.
    Pay,
    /// Chuẩn bị, phục vụ việc kiểm tra, đánh giá của cơ quan có thẩm quyền.
    Inspection,
    /// Công việc khác.
    Other,
    /// Nhận kết quả.
    Receive,
}

impl Part {
    /// The word in tables and rule files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Prepare => "prepare",
            Part::Submit => "submit",
            Part::Pay => "pay",
            Part::Inspection => "inspection",
            Part::Other => "other",
            Part::Receive => "receive",
        }
    }
}

/// How sure a unit time or price is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Surveyed or fixed by law.
    High,
    /// Published, not checked here.
    Medium,
    /// Assumed.
    Low,
}

impl Confidence {
    /// The word in tables and rule files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        }
    }
}

/// Form in which a copy is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CopyForm {
    /// Bản sao có chứng thực.
    Certified,
    /// Bản sao, bản chụp.
    Plain,
}

/// Time and money of one activity, with where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Minutes of the person concerned.
    pub minutes: i64,
    /// Hired advice and services, in đồng.
    pub services_vnd: i64,
    /// Fees and charges, in đồng.
    pub fee_vnd: i64,
    /// How sure that is.
    pub confidence: Confidence,
    /// Where it comes from.
    pub source: String,
}

/// A unit of one procedure, in place of those that are estimated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnUnit {
    /// Activities it replaces: all of this part …
    pub part: Part,
    /// … and, for [`Part::Prepare`], of this component (`case/position`); else empty.
    pub component: String,
    /// Channel; empty for any.
    pub channel: String,
    /// Times a run, as numerator and denominator: `(1, 5)` where one run in five needs it.
    pub share: (u64, u64),
    /// The unit.
    pub unit: Unit,
}

/// What is known of one procedure's own cost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnCost {
    /// Weights of the cases of the dossier, by case from 1; empty: the dearest case stands for all.
    pub case_weights: Vec<u64>,
    /// Its own units.
    pub units: Vec<OwnUnit>,
}

/// Words that tell what a row or step costs; folded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CostWords {
    /// The copy has to be certified.
    pub certified: Vec<String>,
    /// A plain copy will do all the same.
    pub not_certified: Vec<String>,
    /// A plain copy.
    pub plain: Vec<String>,
    /// Only shown.
    pub shown: Vec<String>,
    /// A declaration to fill in.
    pub form: Vec<String>,
    /// A step with an inspection.
    pub inspection: Vec<String>,
}

/// Everything that prices a procedure. The same book prices before and after.
#[derive(Debug, Clone)]
pub struct CostBook {
    /// Year of the income used.
    pub income_year: i16,
    /// Income a person and working hour, in đồng: GDP a head ÷ working hours, rounded half up.
    pub income_an_hour: i64,
    /// Confidence and origin of the income.
    pub income_source: (Confidence, String),
    /// Percent to either side, by confidence.
    pub uncertainty: BTreeMap<Confidence, i64>,
    /// Share of runs, in percent, in which a paper asked for only where data fails is handed in.
    pub fallback_percent: u64,
    /// Words of rows and steps.
    pub words: CostWords,
    papers: BTreeMap<String, Unit>,
    copies: BTreeMap<CopyForm, Unit>,
    activities: BTreeMap<(Part, String), Unit>,
    own: BTreeMap<String, OwnCost>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CostFile {
    income: Option<IncomeFile>,
    uncertainty: Option<BTreeMap<Confidence, i64>>,
    words: Option<WordsFile>,
    fallback: Option<FallbackFile>,
    #[serde(default)]
    papers: Vec<PaperFile>,
    #[serde(default)]
    copies: Vec<CopyFile>,
    #[serde(default)]
    activities: Vec<ActivityFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IncomeFile {
    #[serde(rename = "use")]
    used: i16,
    hours_a_year: i64,
    years: Vec<IncomeYear>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IncomeYear {
    year: i16,
    gdp_a_head_vnd: i64,
    confidence: Confidence,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    certified: Vec<String>,
    not_certified: Vec<String>,
    plain: Vec<String>,
    shown: Vec<String>,
    form: Vec<String>,
    inspection: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FallbackFile {
    percent: u64,
    #[allow(dead_code, reason = "for the person who reads the file")]
    confidence: Confidence,
    #[allow(dead_code, reason = "for the person who reads the file")]
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperFile {
    kind: String,
    minutes: i64,
    #[serde(default)]
    services_vnd: i64,
    #[serde(default)]
    fee_vnd: i64,
    confidence: Confidence,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CopyFile {
    form: CopyForm,
    minutes: i64,
    #[serde(default)]
    services_vnd: i64,
    #[serde(default)]
    fee_vnd: i64,
    confidence: Confidence,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActivityFile {
    part: Part,
    #[serde(default)]
    channel: String,
    minutes: i64,
    #[serde(default)]
    services_vnd: i64,
    #[serde(default)]
    fee_vnd: i64,
    confidence: Confidence,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnFile {
    procedures: Vec<OwnProcedure>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnProcedure {
    code: String,
    #[serde(default)]
    case_weights: Vec<u64>,
    #[serde(default)]
    activities: Vec<OwnActivity>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnActivity {
    part: Part,
    #[serde(default)]
    component: String,
    #[serde(default)]
    channel: String,
    minutes: i64,
    #[serde(default)]
    services_vnd: i64,
    #[serde(default)]
    fee_vnd: i64,
    #[serde(default = "once")]
    share: [u64; 2],
    confidence: Confidence,
    source: String,
}

fn once() -> [u64; 2] {
    [1, 1]
}

const CHANNELS: [&str; 4] = ["", "direct", "online", "postal"];

impl CostBook {
    /// Reads `costs/*.toml` of a rule set.
    ///
    /// # Errors
    /// When a file is wrong, something stands in two files, or a needed part is missing; names the file and what is allowed.
    pub fn load(files: &RuleFiles) -> Result<Self> {
        let mut all = CostFile::default();
        let mut last = PathBuf::from("rules/costs");
        for (path, text) in files.family("costs") {
            let file: CostFile =
                toml::from_str(text).map_err(|e| Error::Rule { path: path.clone(), message: e.to_string() })?;
            one(&path, "income", &mut all.income, file.income)?;
            one(&path, "uncertainty", &mut all.uncertainty, file.uncertainty)?;
            one(&path, "words", &mut all.words, file.words)?;
            one(&path, "fallback", &mut all.fallback, file.fallback)?;
            all.papers.extend(file.papers);
            all.copies.extend(file.copies);
            all.activities.extend(file.activities);
            last = path;
        }
        compile(&last, all)
    }

    /// Adds an officer's own figures of single procedures, which win over the estimates.
    ///
    /// # Errors
    /// When the text is no TOML of this form, with line and column, or a figure makes no sense.
    pub fn override_with(&mut self, path: &Path, text: &str) -> Result<()> {
        let wrong = |message: String| Error::Rule { path: path.to_owned(), message };
        let file: OwnFile = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        for procedure in file.procedures {
            let mut own = OwnCost { case_weights: procedure.case_weights, ..OwnCost::default() };
            for a in procedure.activities {
                let [needed, runs] = a.share;
                if runs == 0 {
                    return Err(wrong(format!("{}: share = [{needed}, 0]: divides by zero", procedure.code)));
                }
                if (a.part == Part::Prepare) == a.component.is_empty() {
                    let message = "component = \"case/position\" stands with part \"prepare\" and with no other";
                    return Err(wrong(format!("{}: {message}", procedure.code)));
                }
                check_channel(path, &a.channel)?;
                let unit = unit(path, (a.minutes, a.services_vnd, a.fee_vnd), a.confidence, a.source)?;
                let share = (needed, runs);
                own.units.push(OwnUnit { part: a.part, component: a.component, channel: a.channel, share, unit });
            }
            self.own.insert(procedure.code, own);
        }
        Ok(())
    }

    /// To get a paper of a kind once; a kind without an entry costs what `other` does.
    #[must_use]
    pub fn paper(&self, kind: &str) -> Option<&Unit> {
        self.papers.get(kind).or_else(|| self.papers.get("other"))
    }

    /// To make one copy.
    #[must_use]
    pub fn copy(&self, form: CopyForm) -> Option<&Unit> {
        self.copies.get(&form)
    }

    /// An activity through a channel (`direct`, `online`, `postal`, or empty), or the one for every channel.
    #[must_use]
    pub fn activity(&self, part: Part, channel: &str) -> Option<&Unit> {
        self.activities.get(&(part, channel.to_owned())).or_else(|| self.activities.get(&(part, String::new())))
    }

    /// The own figures of a procedure.
    #[must_use]
    pub fn own(&self, code: &str) -> Option<&OwnCost> {
        self.own.get(code)
    }

    /// Percent to either side of a unit of this confidence.
    #[must_use]
    pub fn percent(&self, confidence: Confidence) -> i64 {
        self.uncertainty.get(&confidence).copied().unwrap_or_default()
    }
}

fn one<T>(path: &Path, name: &str, kept: &mut Option<T>, found: Option<T>) -> Result<()> {
    if kept.is_some() && found.is_some() {
        return Err(Error::Rule { path: path.to_owned(), message: format!("[{name}] stands in two files") });
    }
    *kept = kept.take().or(found);
    Ok(())
}

fn unit(path: &Path, (minutes, services_vnd, fee_vnd): (i64, i64, i64), c: Confidence, source: String) -> Result<Unit> {
    if minutes < 0 || services_vnd < 0 || fee_vnd < 0 || source.trim().is_empty() {
        let message = format!("minutes {minutes}, services {services_vnd}, fee {fee_vnd}: not negative, with a source");
        return Err(Error::Rule { path: path.to_owned(), message });
    }
    Ok(Unit { minutes, services_vnd, fee_vnd, confidence: c, source })
}

fn check_channel(path: &Path, channel: &str) -> Result<()> {
    if CHANNELS.contains(&channel) {
        return Ok(());
    }
    let message = format!("channel \"{channel}\" is not one of direct, online, postal");
    Err(Error::Rule { path: path.to_owned(), message })
}

fn compile(path: &Path, all: CostFile) -> Result<CostBook> {
    let wrong = |message: String| Error::Rule { path: path.to_owned(), message };
    let missing = |name: &str| wrong(format!("[{name}] is missing in rules/costs"));
    let income = all.income.ok_or_else(|| missing("income"))?;
    let year = income.years.iter().find(|y| y.year == income.used).filter(|_| income.hours_a_year > 0);
    let year = year.ok_or_else(|| wrong(format!("income.use = {}: no such year, or no hours", income.used)))?;
    let words = all.words.ok_or_else(|| missing("words"))?;
    let folded = |words: &[String]| words.iter().map(|w| fold(w)).collect();
    let mut book = CostBook {
        income_year: year.year,
        income_an_hour: (year.gdp_a_head_vnd * 2 + income.hours_a_year) / (income.hours_a_year * 2),
        income_source: (year.confidence, year.source.clone()),
        uncertainty: all.uncertainty.ok_or_else(|| missing("uncertainty"))?,
        fallback_percent: all.fallback.ok_or_else(|| missing("fallback"))?.percent,
        words: CostWords {
            certified: folded(&words.certified),
            not_certified: folded(&words.not_certified),
            plain: folded(&words.plain),
            shown: folded(&words.shown),
            form: folded(&words.form),
            inspection: folded(&words.inspection),
        },
        papers: BTreeMap::new(),
        copies: BTreeMap::new(),
        activities: BTreeMap::new(),
        own: BTreeMap::new(),
    };
    for p in all.papers {
        let unit = unit(path, (p.minutes, p.services_vnd, p.fee_vnd), p.confidence, p.source)?;
        if book.papers.insert(p.kind.clone(), unit).is_some() {
            return Err(wrong(format!("paper \"{}\" stands twice", p.kind)));
        }
    }
    for c in all.copies {
        let unit = unit(path, (c.minutes, c.services_vnd, c.fee_vnd), c.confidence, c.source)?;
        if book.copies.insert(c.form, unit).is_some() {
            return Err(wrong(format!("copies \"{:?}\" stand twice", c.form)));
        }
    }
    for a in all.activities {
        check_channel(path, &a.channel)?;
        let unit = unit(path, (a.minutes, a.services_vnd, a.fee_vnd), a.confidence, a.source)?;
        if book.activities.insert((a.part, a.channel), unit).is_some() {
            return Err(wrong(format!("activity \"{}\" stands twice for one channel", a.part.as_str())));
        }
    }
    check_complete(path, &book)?;
    Ok(book)
}

/// What an estimate cannot do without: otherwise a missing entry would price an activity at nothing.
fn check_complete(path: &Path, book: &CostBook) -> Result<()> {
    let mut missing = Vec::new();
    missing.extend(["form", "other"].into_iter().filter(|k| !book.papers.contains_key(*k)).map(str::to_owned));
    for form in [CopyForm::Certified, CopyForm::Plain] {
        missing.extend(Some(format!("{form:?}")).filter(|_| book.copy(form).is_none()));
    }
    for part in [Part::Submit, Part::Pay, Part::Receive, Part::Inspection] {
        let absent = CHANNELS[1..].iter().filter(|c| book.activity(part, c).is_none());
        missing.extend(absent.map(|c| format!("{} {c}", part.as_str())));
    }
    for level in [Confidence::High, Confidence::Medium, Confidence::Low] {
        if !book.uncertainty.get(&level).is_some_and(|p| (0..=100).contains(p)) {
            missing.push(format!("uncertainty {} (0 to 100)", level.as_str()));
        }
    }
    if book.fallback_percent > 100 {
        missing.push("fallback percent (0 to 100)".to_owned());
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::Rule { path: path.to_owned(), message: format!("missing in rules/costs: {}", missing.join(", ")) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleBook;

    #[test]
    fn the_shipped_costs_are_whole_and_price_every_kind() {
        let files = RuleFiles::embedded();
        let book = CostBook::load(&files).unwrap();
        // 114,000,000 ÷ 2,112 = 53,977.27
        assert_eq!((book.income_year, book.income_an_hour), (2024, 53_977));
        for kind in RuleBook::load(&files).unwrap().kinds {
            assert!(book.papers.contains_key(&kind.kind), "no cost of {}", kind.kind);
        }
    }

    #[test]
    fn a_wrong_file_is_refused_with_its_name_and_what_is_allowed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("costs")).unwrap();
        let shipped = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/costs"));
        for entry in std::fs::read_dir(shipped).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, folder.path().join("costs").join(path.file_name().unwrap())).unwrap();
        }
        let own = folder.path().join("costs/z.toml");
        for (text, expected) in [
            ("[uncertainty]\nhigh = 1\n", "two files"),
            ("[[papers]]\nkind = \"form\"\nminutes = 1\nconfidence = \"low\"\nsource = \"x\"\n", "twice"),
            ("[[papers]]\nkind = \"x\"\nminutes = -1\nconfidence = \"low\"\nsource = \"x\"\n", "not negative"),
            ("[[papers]]\nkind = \"x\"\nminutes = 1\nconfidence = \"sure\"\nsource = \"x\"\n", "high"),
            (
                "[[activities]]\npart = \"submit\"\nchannel = \"fax\"\nminutes = 1\nconfidence = \"low\"\nsource = \"x\"\n",
                "postal",
            ),
        ] {
            std::fs::write(&own, text).unwrap();
            let error = CostBook::load(&RuleFiles::open(folder.path()).unwrap()).unwrap_err().to_string();
            assert!(error.contains("z.toml") && error.contains(expected), "{error}");
        }
    }
}
