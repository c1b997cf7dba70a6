//! What a dossier row is: its words without the packaging, its form, whether it is a note, an umbrella, a form, a fall-back.

use super::words::{Bag, Words, syllables};
use crate::catalog::Request;
use crate::reading::Assessment;
use crate::rule::{PaperForm, ProgressRules, Verdict};
use crate::text::fold;
use std::collections::{BTreeSet, HashMap};

/// Assessments by request.
#[derive(Debug, Default)]
pub(super) struct Assessed<'a>(HashMap<&'a str, Vec<&'a Assessment>>);

impl<'a> Assessed<'a> {
    pub(super) fn of(assessments: &'a [Assessment]) -> Self {
        let mut by_request: HashMap<&str, Vec<&Assessment>> = HashMap::new();
        for assessment in assessments {
            by_request.entry(assessment.request_id.as_str()).or_default().push(assessment);
        }
        Assessed(by_request)
    }

    pub(super) fn get(&self, request: &str) -> &[&'a Assessment] {
        self.0.get(request).map_or(&[], Vec::as_slice)
    }
}

/// A row ready to be compared.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "marks of a text, each read by itself")]
pub(super) struct Row<'a> {
    pub(super) request: &'a Request,
    /// Syllables without bullets, numbers of copies and forms of paper.
    pub(super) core: String,
    /// Syllables of the whole text, stated numbers of papers left out.
    pub(super) text: String,
    pub(super) bag: Bag,
    /// Bag of the whole text.
    pub(super) full: Bag,
    /// Kinds asked for, with whose paper it is.
    pub(super) demanded: BTreeSet<(String, String)>,
    /// Kinds that are asked for only where data fails.
    pub(super) waived: BTreeSet<(String, String)>,
    /// Form that the text states.
    pub(super) form: Option<PaperForm>,
    /// It asks for nothing: both numbers are 0, or it says that it is a note.
    pub(super) is_note: bool,
    /// It says that it is a note.
    pub(super) says_note: bool,
    pub(super) is_umbrella: bool,
    pub(super) has_umbrella: bool,
    pub(super) is_form: bool,
    pub(super) has_waiver: bool,
    pub(super) has_condition: bool,
}

impl<'a> Row<'a> {
    pub(super) fn of(request: &'a Request, assessed: &Assessed, words: &Words, rules: &ProgressRules) -> Self {
        let folded = fold(&request.text);
        let text = rules.aliases.plain(&request.text);
        let expanded = rules.aliases.expand(&text);
        let stated = forms(&folded, rules);
        let core = core(&expanded, rules);
        let kinds = |wanted: &[Verdict]| -> BTreeSet<(String, String)> {
            let whose = |a: &Assessment| a.whose.map_or(String::new(), |w| w.as_str().to_owned());
            let hits = assessed.get(&request.id).iter().filter(|a| !a.kind.is_empty() && wanted.contains(&a.verdict));
            hits.map(|a| (a.kind.clone(), whose(a))).collect()
        };
        let marks = &rules.marks;
        Row {
            request,
            bag: words.bag(&core),
            full: words.bag(&expanded),
            demanded: kinds(&[Verdict::Replace, Verdict::Partial, Verdict::Keep]),
            waived: kinds(&[Verdict::Already]),
            form: stated,
            is_note: request.is_note || begins(&folded, &marks.note),
            says_note: begins(&folded, &marks.note),
            is_umbrella: umbrella(&core, rules, true),
            has_umbrella: umbrella(&text, rules, false),
            is_form: begins(&folded, &marks.form),
            has_waiver: rules.waivers.is_in(&folded),
            has_condition: marks.condition.iter().any(|w| contains_words(&folded, w)),
            core,
            text,
        }
    }

    /// Counts among the requests of the catalogue.
    pub(super) fn counts(&self) -> bool {
        !self.request.is_note
    }

    /// Originals and copies together, where both are stated.
    pub(super) fn sheets(&self) -> Option<(u32, u32)> {
        self.request.originals.zip(self.request.copies)
    }
}

/// Bullets, list numbers, stated numbers and forms of paper are the packaging of a request.
fn core(text: &str, rules: &ProgressRules) -> String {
    let mut rest = format!(" {text} ");
    for (phrase, _) in &rules.forms {
        let phrase = format!(" {} ", syllables(phrase).collect::<Vec<_>>().join(" "));
        while let Some(at) = rest.find(&phrase) {
            rest.replace_range(at..at + phrase.len(), " ");
        }
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    let is_packing = |w: &&str| {
        let is_number = w.chars().all(|c| c.is_ascii_digit()) && w.len() <= 2;
        is_number || w.chars().count() == 1 && w.is_ascii()
    };
    let start = words.iter().take(2).take_while(|w| is_packing(w)).count();
    let end = words.iter().rev().take_while(|w| is_packing(w)).count().min(words.len() - start);
    let kept = &words[start..words.len() - end];
    if kept.is_empty() { text.to_owned() } else { kept.join(" ") }
}

/// The heaviest form that a text asks for; the longest phrase wins where several overlap.
fn forms(folded: &str, rules: &ProgressRules) -> Option<PaperForm> {
    let mut rest = folded.to_owned();
    let mut found: Vec<PaperForm> = Vec::new();
    for (phrase, form) in &rules.forms {
        while let Some(at) = find_words(&rest, phrase) {
            rest.replace_range(at..at + phrase.len(), "·");
            found.push(*form);
        }
    }
    found.into_iter().filter(|f| *f != PaperForm::Nothing).min()
}

fn begins(folded: &str, phrases: &[String]) -> bool {
    let start = folded.trim_start_matches(|c: char| !c.is_alphabetic());
    phrases.iter().any(|p| {
        let phrase = p.trim_start_matches(|c: char| !c.is_alphabetic());
        start.strip_prefix(phrase).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// An open demand: its name, and later in the text a word that leaves it open. `text` is in syllables.
fn umbrella(text: &str, rules: &ProgressRules, at_start: bool) -> bool {
    let mut names = rules.umbrellas.find(text).filter(|name| !at_start || name.start == 0);
    names.any(|name| rules.marks.umbrella_with.iter().any(|w| contains_words(&text[name.start..], w)))
}

fn contains_words(text: &str, phrase: &str) -> bool {
    find_words(text, phrase).is_some()
}

/// Where a phrase stands as whole words.
fn find_words(text: &str, phrase: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find(phrase).map(|at| at + from) {
        let before = text[..at].chars().next_back();
        let after = text[at + phrase.len()..].chars().next();
        if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric) {
            return Some(at);
        }
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;

    #[test]
    fn rows_are_read_without_their_packaging() {
        let rules = ProgressRules::load(&RuleFiles::embedded()).unwrap();
        for (text, core_text, form, note, umbrella, waiver) in [
            (
                "- Bản sao có chứng thực Giấy khai sinh",
                "giấy khai sinh",
                Some(PaperForm::Certified),
                false,
                false,
                false,
            ),
            ("1. Giấy khai sinh (01 bản sao)", "giấy khai sinh", Some(PaperForm::Copy), false, false, false),
            ("Bản chụp sổ đỏ, không cần chứng thực", "sổ đỏ", Some(PaperForm::Scan), false, false, false),
            ("* Lưu ý: không phải nộp bản sao", "lưu ý không phải nộp", Some(PaperForm::Copy), true, false, true),
            ("Giấy tờ khác có liên quan (nếu có)", "giấy tờ khác có liên quan nếu có", None, false, true, false),
            ("Đơn đề nghị theo mẫu số 01", "đơn đề nghị theo mẫu số", None, false, false, false),
        ] {
            let request = Request { text: text.to_owned(), ..Request::default() };
            let row = Row::of(&request, &Assessed::default(), &Words::default(), &rules);
            assert_eq!(row.core, core_text);
            assert_eq!(
                (row.form, row.is_note, row.is_umbrella, row.has_waiver),
                (form, note, umbrella, waiver),
                "{text}"
            );
        }
    }
}
