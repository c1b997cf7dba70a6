//! Procedures that could be one: the same at several levels, a family about one thing, or nearly the same.

use super::{About, Detector, Evidence, Finding};
use crate::catalog::{Level, Procedure};
use crate::relation::Paper;
use crate::rule::DetectorRule;
use crate::similar::{Idf, Measure, Options, near_duplicates};
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// The same procedure, published once a level or agency.
#[derive(Debug)]
pub struct SameAtLevels;

/// Procedures about one thing that differ in what is done with it: issue, issue again, renew, adjust …
#[derive(Debug)]
pub struct Family;

/// Procedures with nearly the same name that ask for nearly the same dossier.
#[derive(Debug)]
pub struct NearlySame;

impl Detector for SameAtLevels {
    fn rule(&self) -> &'static str {
        "TL-P-LEVELS"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["level"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let key = |p: &Procedure| Some(without(rule, "level", &p.name)).filter(|k| !k.is_empty());
        groups(evidence, key)
            .iter()
            .map(|(key, group)| {
                let levels = |p: &Procedure, vi: bool| {
                    let names = p.levels.iter().map(|l| {
                        let label = rule.label(Level::as_str(*l));
                        if vi { label.vi } else { label.en }
                    });
                    format!("{} [{}]", p.id, names.collect::<Vec<_>>().join(", "))
                };
                let (vi, en) = (list(group, |p| levels(p, true)), list(group, |p| levels(p, false)));
                merge(evidence, rule, (key, key), group).with_both("differs", &vi, &en)
            })
            .collect()
    }
}

impl Detector for Family {
    fn rule(&self) -> &'static str {
        "TL-P-FAMILY"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["level", "activity", "syllables"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let object = |p: &Procedure| {
            let object = without(rule, "activity", &without(rule, "level", &p.name));
            let long = u32::try_from(object.split(' ').count()).is_ok_and(|n| n >= rule.limit("syllables"));
            long.then(|| format!("{object}\u{1f}{}", fold(&p.publisher)))
        };
        let mut findings = Vec::new();
        for (key, group) in groups(evidence, object) {
            let names: BTreeSet<String> = group.iter().map(|p| without(rule, "level", &p.name)).collect();
            if names.len() > 1 {
                let object = key.split('\u{1f}').next().unwrap_or_default();
                let told = in_common(&group);
                let shown = |p: &Procedure| format!("{} ({})", p.name, p.id);
                let told = if told.is_empty() { object } else { told.as_str() };
                findings.push(merge(evidence, rule, (object, told), &group).with("differs", &list(&group, shown)));
            }
        }
        findings
    }
}

impl Detector for NearlySame {
    fn rule(&self) -> &'static str {
        "TL-P-NEAR"
    }

    fn needs(&self) -> &'static [&'static str] {
        &["level", "name-percent", "dossier-percent", "papers"]
    }

    fn detect(&self, evidence: &Evidence, rule: &DetectorRule) -> Vec<Finding> {
        let procedures = &evidence.catalog.procedures;
        let names: Vec<String> = procedures.iter().map(|p| without(rule, "level", &p.name)).collect();
        let texts: Vec<&str> = names.iter().map(String::as_str).collect();
        let threshold = f64::from(rule.limit("name-percent")) / 100.0;
        let options =
            Options { measure: Measure::GramCosineFolded(Idf::Smooth), threshold: threshold.clamp(0.01, 1.0) };
        let found = near_duplicates(&texts, options, &|_, _| {});
        let mut of_text: Vec<Vec<usize>> = vec![Vec::new(); found.distinct.texts.len()];
        for (at, text) in found.distinct.of_row.iter().enumerate() {
            of_text[*text as usize].push(at);
        }
        let mut findings = Vec::new();
        for pair in found.pairs.iter().filter(|p| !p.numbers_differ) {
            for &a in &of_text[pair.a as usize] {
                for &b in &of_text[pair.b as usize] {
                    findings.extend(near_pair(evidence, rule, a.min(b), a.max(b)));
                }
            }
        }
        findings
    }
}

fn near_pair(evidence: &Evidence, rule: &DetectorRule, a: usize, b: usize) -> Option<Finding> {
    let (first, second) = (&evidence.catalog.procedures[a], &evidence.catalog.procedures[b]);
    let overlap = Overlap::of(evidence, &[first, second]);
    if overlap.shared * 100 < overlap.all * rule.limit("dossier-percent") as usize
        || overlap.shared < rule.limit("papers") as usize
    {
        return None;
    }
    // Neither a stop nor the word "procedure" is what two names differ in.
    let words = |p: &Procedure| -> Vec<String> {
        without(rule, "level", &p.name).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (left, right) = (words(first), words(second));
    // names of the same words in another order differ as a whole
    let sorted = |words: &[String]| words.iter().cloned().collect::<BTreeSet<_>>();
    let differs = if sorted(&left) == sorted(&right) {
        format!("{} / {}", first.name, second.name)
    } else {
        let (here, there) = apart(&left, &right);
        let told = |words: &[String]| if words.is_empty() { "–".to_owned() } else { words.join(" ") };
        format!("{} / {}", told(here), told(there))
    };
    let group = [first, second];
    Some(
        merge(evidence, rule, (&fold(&first.name), &fold(&first.name)), &group)
            .known_by(&[&first.name, &second.name])
            .with("differs", &differs),
    )
}

/// What two names do not share at their beginnings and ends. A single syllable is hardly a word: the one before it is told, too.
fn apart<'a>(left: &'a [String], right: &'a [String]) -> (&'a [String], &'a [String]) {
    let mut before = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let room = left.len().min(right.len()) - before;
    let after = left.iter().rev().zip(right.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    if room - after <= 1 {
        before = before.saturating_sub(1);
    }
    (&left[before..left.len() - after], &right[before..right.len() - after])
}

/// The longest run of words that all names of a group have, folded; the first of several.
fn in_common(group: &[&Procedure]) -> String {
    let names: Vec<String> = group.iter().map(|p| without_marks(&fold(&p.name))).collect();
    let Some((first, others)) = names.split_first() else { return String::new() };
    let words: Vec<&str> = first.split(' ').collect();
    let held = |run: &str| others.iter().all(|name| format!(" {name} ").contains(&format!(" {run} ")));
    let runs = (1..=words.len()).rev().flat_map(|long| words.windows(long));
    runs.map(|run| run.join(" ")).find(|run| held(run)).unwrap_or_default()
}

/// Words of a folded text without the marks between them.
fn without_marks(text: &str) -> String {
    let kept = text.split(|c: char| c.is_whitespace() || ",;:.()[]-–/".contains(c)).filter(|w| !w.is_empty());
    kept.collect::<Vec<_>>().join(" ")
}

/// A name, folded, with every phrase of a list taken out.
fn without(rule: &DetectorRule, list: &str, name: &str) -> String {
    let mut rest = fold(name);
    if let Some(words) = rule.words(list) {
        let hits: Vec<_> = words.find(&rest).collect();
        for hit in hits.into_iter().rev() {
            rest.replace_range(hit.start..hit.end, " ");
        }
    }
    without_marks(&rest)
}

/// Procedures with the same key, two or more, by key; each group in the order of the catalogue.
fn groups<'a>(
    evidence: &Evidence<'a>,
    key: impl Fn(&Procedure) -> Option<String>,
) -> Vec<(String, Vec<&'a Procedure>)> {
    let mut groups: BTreeMap<String, Vec<&Procedure>> = BTreeMap::new();
    for procedure in evidence.catalog.procedures.iter().filter(|p| !p.is_internal) {
        if let Some(key) = key(procedure) {
            groups.entry(key).or_default().push(procedure);
        }
    }
    groups.into_iter().filter(|(_, g)| g.len() > 1).collect()
}

fn list(group: &[&Procedure], show: impl Fn(&Procedure) -> String) -> String {
    group.iter().map(|p| show(p)).collect::<Vec<_>>().join("; ")
}

/// One finding for a group of procedures, on the first of them: the name it is known by, and the one that is told.
fn merge(evidence: &Evidence, rule: &DetectorRule, (name, told): (&str, &str), group: &[&Procedure]) -> Finding {
    let overlap = Overlap::of(evidence, group);
    let first = group[0];
    Finding::new(evidence, rule, first, About::Procedure, &first.name)
        .known_anywhere_by(&[name, &first.publisher])
        .with("name", told)
        .with("count", &group.len().to_string())
        .with("shared", &overlap.shared.to_string())
        .with("all", &overlap.all.to_string())
        .with_related(group[1..].iter().map(|p| p.id.clone()))
}

/// Names under which the forms of a group were first met, by number and law: one form often serves to issue and to renew
/// under names of its own.
#[derive(Default)]
struct FormNames<'p>(BTreeMap<&'p str, &'p str>);

impl<'p> FormNames<'p> {
    /// The name by which a paper is counted.
    fn name(&mut self, paper: &'p Paper) -> &'p str {
        match paper.forms.iter().find(|form| form.contains('/')) {
            Some(form) => self.0.entry(form.as_str()).or_insert(paper.core.as_str()),
            None => &paper.core,
        }
    }
}

/// Papers that all the dossiers of a group share, and papers there are in any.
struct Overlap {
    shared: usize,
    all: usize,
}

impl Overlap {
    fn of(evidence: &Evidence, group: &[&Procedure]) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut names = FormNames::default();
        for procedure in group {
            let papers = procedure.requests.iter().filter(|r| !r.is_note).filter_map(|r| evidence.paper_of(r));
            let papers: BTreeSet<&str> = papers.map(|p| names.name(p)).collect();
            for paper in papers {
                *counts.entry(paper).or_default() += 1;
            }
        }
        Overlap { shared: counts.values().filter(|n| **n == group.len()).count(), all: counts.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{RelationBook, RuleFiles};

    #[test]
    fn one_form_is_one_paper_under_many_names() {
        let book = RelationBook::load(&RuleFiles::embedded()).unwrap();
        let papers = [
            "Đơn đề nghị cấp giấy phép nuôi cá lồng theo Mẫu số 3 Nghị định số 9/2025/NĐ-CP",
            "Đơn đề nghị gia hạn giấy phép nuôi cá lồng theo Mẫu số 3 Nghị định số 9/2025/NĐ-CP",
            "Đơn đề nghị gia hạn giấy phép nuôi cá lồng theo Mẫu số 4 Nghị định số 9/2025/NĐ-CP",
            "Bản sao giấy khai sinh",
        ];
        let papers = papers.map(|text| Paper::read(&book, text, &[]));
        let mut names = FormNames::default();
        let [issue, renewal, other, copy] = [0, 1, 2, 3].map(|at: usize| names.name(&papers[at]));
        assert_eq!(issue, renewal);
        assert_ne!(issue, other);
        assert_eq!(copy, "giấy khai sinh");
    }

    #[test]
    fn names_differ_in_whole_words() {
        for (a, b, here, there) in [
            ("cấp thẻ hội viên", "cấp lại thẻ hội viên", "cấp", "cấp lại"),
            ("xóa đăng ký bằng tàu bay", "xóa đăng ký bằng tàu biển", "tàu bay", "tàu biển"),
            ("mở bến ở trong nước", "mở kho ở ngoài nước", "bến ở trong", "kho ở ngoài"),
            ("lại cấp thẻ", "cấp thẻ", "lại", ""),
        ] {
            let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
            let (left, right) = (words(a), words(b));
            let (only_left, only_right) = apart(&left, &right);
            assert_eq!((only_left.join(" ").as_str(), only_right.join(" ").as_str()), (here, there), "{a} | {b}");
        }
    }
}
