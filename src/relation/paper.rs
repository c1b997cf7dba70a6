//! A dossier row as the relation sees it: the name of the paper, and beside it what does not change which paper it is.

use crate::normalise::dossier::form_file;
use crate::rule::{Attribute, Named, Phrase, RelationBook};
use crate::text::fold;
use std::collections::BTreeSet;

/// A request, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// The name of the paper, folded, without its attributes.
    pub core: String,
    /// The family it belongs to, by position in [`RelationBook::families`].
    pub family: Option<usize>,
    /// Families of the papers that are asked for, the own one included.
    pub listed: BTreeSet<usize>,
    /// Words that count of the name's head.
    pub head: Vec<String>,
    /// The head of the name and two words more, such as "biên bản nghiệm thu công": which kind of its family it is. Empty when
    /// the name goes no further.
    pub kind: String,
    /// Words of the core that tell papers apart, in order. Of a form the words that only say that it is one are left out.
    pub words: Vec<String>,
    /// Whether a word says which paper of its family it is. "Giấy phép" of a form that asks for one does not.
    pub is_told: bool,
    /// What is done with the thing.
    pub activities: BTreeSet<String>,
    /// Words of what was taken off, that tell papers apart.
    pub beside: BTreeSet<String>,
    /// Words in which the name says whose the paper is, or for which of several.
    pub aside: BTreeSet<String>,
    /// Whether the row tells of a case and asks for no paper.
    pub is_case: bool,
    /// Words of what the paper must say.
    pub content: Vec<String>,
    /// What a row that names a file of papers and lists them asks for inside it, where two rows are compared by themselves.
    pub detail: Option<Box<Paper>>,
    /// What is done with the thing according to the name of the form file.
    pub file_activities: BTreeSet<String>,
    /// Form numbers with their law, and numbered form files.
    pub forms: BTreeSet<String>,
    /// Form numbers alone.
    pub form_numbers: BTreeSet<String>,
    /// Laws that give the forms, such as `9/2025/nđ-cp`.
    pub form_laws: BTreeSet<String>,
    /// What was taken off, in the order of the rules.
    pub attributes: Vec<(Attribute, String)>,
    /// The papers of a row that lists several, each taken apart, where two rows are compared by themselves; else empty.
    pub members: Vec<Paper>,
}

impl Paper {
    /// Reads a text to whose end names of form files may be glued.
    #[must_use]
    pub fn of_cell(book: &RelationBook, cell: &str) -> Self {
        let mut text = cell.trim();
        let mut files = Vec::new();
        // Addresses and lists of files are glued to the end as well.
        if let Some(at) = text.find("http://").or_else(|| text.find("https://")) {
            text = text[..at].trim_end();
        }
        loop {
            let (rest, found) = form_file::split(text);
            files.extend(found);
            let listed = rest.rsplit_once(';').filter(|(_, last)| form_file::is_file(last));
            files.extend(listed.map(|(_, last)| last.trim()));
            let rest = listed.map_or(rest, |(rest, _)| rest.trim_end());
            if rest.len() == text.len() {
                break;
            }
            text = rest;
        }
        let whole = fold(text);
        let mut paper = Paper::read_one(book, &whole, &files);
        paper.detail = book
            .list
            .find(&whole)
            .map(|m| whole[m.end()..].trim())
            .filter(|rest| begins_with_paper(book, rest))
            .map(|rest| Box::new(Paper::read_one(book, rest, &files)));
        let unremarked = without_remarks(&book.unlisted.replace_all(&whole, ""));
        let listed: Vec<&str> = parts(&unremarked).into_iter().flat_map(|part| at_names(book, part)).collect();
        if listed.len() > 1 {
            paper.members = listed.iter().map(|part| Paper::read_one(book, part, &[])).collect();
        }
        paper
    }

    /// Reads a text and the form files that stand apart from it, as one paper: a catalogue has too many rows to take each
    /// item of a list apart.
    #[must_use]
    pub fn read(book: &RelationBook, text: &str, files: &[&str]) -> Self {
        Paper::read_one(book, &fold(text), files)
    }

    fn read_one(book: &RelationBook, whole: &str, files: &[&str]) -> Self {
        let mut paper = Paper::default();
        let mut core = paper.peel(book, whole);
        if core.chars().filter(|c| c.is_alphabetic()).count() < 3 {
            // Nothing but attributes: they are the name.
            whole.clone_into(&mut core);
        }
        let head = book.head(&core);
        paper.family = head.map(|n| n.family);
        let asked = book.items(&core).into_iter().map(|n| n.family).filter(|f| !book.families[*f].general);
        paper.listed = asked.chain(paper.family).collect();
        paper.is_case = book.is_case(&core) || book.waives(whole) || book.is_heading(whole);
        let head_text = head.map_or("", |n| &core[n.start..n.end]);
        meaning(book, head_text, &mut paper.head, &mut BTreeSet::new());
        paper.kind = head.map(|n| kind(book, &core[n.end..])).unwrap_or_default();
        paper.aside = book.aside.find_iter(&core).flat_map(|m| words(book, m.as_str())).collect();
        paper.core = core;
        paper.split_words(book, head);
        paper.read_attributes(book);
        paper.read_forms(book, files);
        paper
    }

    /// Whether nothing tells which paper of its family it is.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        !self.is_told
    }

    /// What was taken off as this attribute, joined.
    #[must_use]
    pub fn attribute(&self, attribute: Attribute) -> String {
        let parts = self.attributes.iter().filter(|(a, _)| *a == attribute).map(|(_, text)| text.as_str());
        parts.collect::<Vec<_>>().join(" ")
    }

    /// All that the relation looks at: papers with equal keys are the same to it, but for two forms to which one law gives
    /// one name. Names of forms are in it only where nothing else tells the form apart, because another number in another
    /// ministry may stand on the same form, and a group keeps its id when a new law renumbers its form.
    #[must_use]
    pub fn key(&self, book: &RelationBook) -> String {
        let is_form = self.family.is_some_and(|f| book.families[f].form);
        let mut key = self.core.clone();
        let mut add = |part: &str| {
            key.push('\u{1f}');
            key.push_str(part);
        };
        add(&self.attribute(Attribute::Condition));
        if self.is_case {
            add("case");
        }
        if is_form {
            // what a remark tells
            self.activities.iter().filter(|activity| !self.core.contains(*activity)).for_each(|activity| add(activity));
            self.file_activities.iter().for_each(|activity| add(activity));
        }
        if is_form && self.is_bare() {
            self.forms.iter().for_each(|form| add(form));
        }
        if self.family.is_some_and(|f| book.families[f].sized) {
            self.sizes().iter().for_each(|size| add(size));
        }
        key
    }

    /// Sizes such as `3x4`, wherever in the row they stand, sorted.
    #[must_use]
    pub fn sizes(&self) -> Vec<&str> {
        let texts = self.attributes.iter().map(|(_, text)| text.as_str()).chain([self.core.as_str()]);
        let words = texts.flat_map(|t| t.split(|c: char| !c.is_alphanumeric() && c != '.' && c != ','));
        let starts_with_digit = |n: &str| n.starts_with(|c: char| c.is_ascii_digit());
        let is_size = |w: &&str| w.split_once('x').is_some_and(|(l, r)| starts_with_digit(l) && starts_with_digit(r));
        let mut sizes: Vec<&str> = words.map(|w| w.trim_matches(['.', ','])).filter(is_size).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    fn peel(&mut self, book: &RelationBook, folded: &str) -> String {
        let mut core = folded.to_owned();
        for peel in &book.peels {
            let Some(first) = peel.pattern.find(&core) else { continue };
            // Who must hand it in is told before the paper; a row that begins with one tells something of it.
            if peel.attribute == Attribute::Condition && first.start() == 0 && begins_with_paper(book, first.as_str()) {
                continue;
            }
            if peel.attribute == Attribute::Spelling {
                core = peel.pattern.replace_all(&core, peel.with.as_str()).into_owned();
                continue;
            }
            let taken = peel.pattern.find_iter(&core).map(|m| m.as_str().trim().to_owned());
            let taken: Vec<(Attribute, String)> = taken.map(|text| (peel.attribute, text)).collect();
            let rest = peel.pattern.replace_all(&core, peel.with.as_str());
            let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
            // A name that is nothing but an attribute keeps it; what must be in a paper tells which it is where its name does not.
            let is_enough = match peel.attribute {
                Attribute::Content => says_which(book, &rest),
                _ => rest.chars().filter(|c| c.is_alphabetic()).count() >= 2,
            };
            if is_enough {
                self.attributes.extend(taken);
                core = rest;
            }
        }
        core
    }

    fn split_words(&mut self, book: &RelationBook, head: Option<Named>) {
        let of_form = head.filter(|n| book.families[n.family].form);
        let core = &self.core;
        // "đơn đăng ký": the activity is part of the head.
        let (before, head_text, gap, after) = match of_form {
            Some(n) => (&core[..n.start], &core[n.start..n.end], &core[n.gap.0..n.gap.1], &core[n.end..]),
            None => (core.as_str(), "", "", ""),
        };
        let (mut kept, mut activities) = (Vec::new(), BTreeSet::new());
        meaning(book, head_text, &mut Vec::new(), &mut activities);
        for text in [before, gap, after] {
            meaning(book, text, &mut kept, &mut activities);
        }
        self.is_told = [before, gap, after].iter().any(|text| tells(book, text));
        (self.words, self.activities) = (kept, activities);
    }

    fn read_attributes(&mut self, book: &RelationBook) {
        let mut words = Vec::new();
        let telling = [Attribute::Condition, Attribute::Label, Attribute::Issuer, Attribute::Period, Attribute::Note];
        for (_, text) in self.attributes.iter().filter(|(attribute, _)| telling.contains(attribute)) {
            meaning(book, text, &mut words, &mut BTreeSet::new());
        }
        self.beside = words.into_iter().collect();
        for (_, text) in self.attributes.iter().filter(|(attribute, _)| *attribute == Attribute::Note) {
            self.activities.extend(only_activities(book, text));
        }
        meaning(book, &self.attribute(Attribute::Content), &mut self.content, &mut BTreeSet::new());
    }

    fn read_forms(&mut self, book: &RelationBook, files: &[&str]) {
        let text = self.attribute(Attribute::Form);
        let law = book.law.find(&text).and_then(|m| m.as_str().split_whitespace().find(|w| has_digit(w)));
        for form in book.form.find_iter(&text) {
            let number = number(form.as_str());
            if let Some(law) = law {
                self.forms.insert(format!("{number} {law}"));
                self.form_laws.insert(law.to_owned());
            }
            self.form_numbers.insert(number);
        }
        for file in files {
            let name = stem(file);
            meaning(book, &name, &mut Vec::new(), &mut self.file_activities);
            if has_digit(&name) {
                self.forms.insert(name);
            }
        }
    }
}

/// Whether a name says more than that it is a paper of some family.
fn says_which(book: &RelationBook, name: &str) -> bool {
    match book.head(name) {
        Some(head) => head.start == 0 && tells(book, &name[head.end..]),
        None => words(book, name).len() >= book.limits.least_words,
    }
}

fn begins_with_paper(book: &RelationBook, text: &str) -> bool {
    book.items(text)
        .first()
        .is_some_and(|n| book.begins_item(&text[..n.start]) && !text[..n.start].contains([',', ':']))
}

/// A text without what stands in parentheses: a remark to an item holds no item.
fn without_remarks(folded: &str) -> String {
    let mut depth = 0_usize;
    let mut rest = String::new();
    for c in folded.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth == 0 => rest.push(c),
            _ => {}
        }
    }
    // A bracket that is never closed holds the rest of the row.
    if depth == 0 { rest } else { folded.to_owned() }
}

/// The items of a list written in one row: "a; b", "+ a + b" or "a) a b) b".
fn parts(folded: &str) -> Vec<&str> {
    let is_mark =
        |word: &str| matches!(word, "+" | "-") || word.strip_suffix(')').is_some_and(|mark| mark.chars().count() == 1);
    let (mut items, mut start, mut at) = (Vec::new(), 0, 0);
    for word in folded.split_inclusive([' ', ';']) {
        let end = at + word.len();
        if is_mark(word.trim_end()) {
            items.push(&folded[start..at]);
            start = end;
        } else if word.ends_with(';') {
            items.push(&folded[start..end - 1]);
            start = end;
        }
        at = end;
    }
    items.push(&folded[start..]);
    items.into_iter().map(str::trim).filter(|part| part.contains(char::is_alphabetic)).collect()
}

/// A text cut before each paper that it asks for beside the first: "a hoặc b".
fn at_names<'a>(book: &RelationBook, part: &'a str) -> Vec<&'a str> {
    let names = book.items(part);
    let (mut items, mut start, mut end) = (Vec::new(), 0, names.first().map_or(0, |n| n.end));
    for name in names.iter().skip(1) {
        if name.start >= end {
            items.push(&part[start..name.start]);
            (start, end) = (name.start, name.end);
        }
    }
    items.push(&part[start..]);
    items
}

/// The first two words that count after a head: which kind of list, report or certificate it is.
fn kind(book: &RelationBook, after: &str) -> String {
    let words = words(book, after);
    words.get(..2).map(|two| two.join(" ")).unwrap_or_default()
}

/// Words that count, and activities, of a text.
fn meaning(book: &RelationBook, text: &str, kept: &mut Vec<String>, activities: &mut BTreeSet<String>) {
    let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    each_phrase(book, text, |phrase, words| match phrase {
        Some(Phrase::Light) => {}
        Some(Phrase::Same(other)) => kept.extend(other.split(' ').map(str::to_owned)),
        Some(Phrase::Activity) => {
            kept.extend(owned(words));
            activities.insert(words.join(" "));
        }
        Some(Phrase::General) | None => kept.extend(owned(words)),
    });
}

/// What is done with the thing according to a remark that says nothing else: "đơn đề nghị (bổ sung)" is another form.
fn only_activities(book: &RelationBook, remark: &str) -> BTreeSet<String> {
    let mut activities = BTreeSet::new();
    meaning(book, remark, &mut Vec::new(), &mut activities);
    let told: usize = activities.iter().map(|activity| activity.split(' ').count()).sum();
    let words = remark.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
    // "(đã được sửa đổi, bổ sung)" speaks of the law
    if told == words { activities } else { BTreeSet::new() }
}

/// Words that count of a text.
pub(super) fn words(book: &RelationBook, text: &str) -> Vec<String> {
    let mut kept = Vec::new();
    meaning(book, text, &mut kept, &mut BTreeSet::new());
    kept
}

/// Whether a text says more than what is done and which kind of paper is asked for.
fn tells(book: &RelationBook, text: &str) -> bool {
    let mut tells = false;
    each_phrase(book, text, |phrase, _| {
        tells |= match phrase {
            Some(Phrase::Same(other)) => !is_general(book, other),
            phrase => !says_kind(phrase),
        };
    });
    tells
}

/// Whether what several spellings stand for is but a kind of paper, such as "giấy tờ chứng minh".
fn is_general(book: &RelationBook, text: &str) -> bool {
    let mut is_general = true;
    each_phrase(book, text, |phrase, _| is_general &= says_kind(phrase));
    is_general
}

fn says_kind(phrase: Option<&Phrase>) -> bool {
    matches!(phrase, Some(Phrase::Light | Phrase::Activity | Phrase::General))
}

/// The known phrases of a text and the words that are in none, in order.
fn each_phrase(book: &RelationBook, text: &str, mut take: impl FnMut(Option<&Phrase>, &[&str])) {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let mut at = 0;
    while at < words.len() {
        let found = book.phrase(&words[at..]);
        let length = found.map_or(1, |(_, length)| length);
        take(found.map(|(phrase, _)| phrase), &words[at..at + length]);
        at += length;
    }
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// A form number without leading zeros and blanks: "mẫu số 02b" is "mẫu 2b".
fn number(form: &str) -> String {
    let words = form.split_whitespace().filter(|w| *w != "số");
    words.map(|w| if has_digit(w) { w.trim_start_matches('0') } else { w }).collect::<Vec<_>>().join(" ")
}

/// The name of a file without ending and without the mark of a second download.
fn stem(file: &str) -> String {
    let name = fold(file);
    let name = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).trim();
    let copy = name.rfind('(').filter(|at| {
        let mark = name[*at..].trim_matches(['(', ')']);
        !mark.is_empty() && mark.chars().all(|c| c.is_ascii_digit())
    });
    copy.map_or(name, |at| &name[..at]).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;

    #[test]
    fn attributes_come_off_and_the_name_stays() {
        let book = RelationBook::load(&RuleFiles::embedded()).unwrap();
        for (text, core) in [
            ("- Bản sao có chứng thực giấy phép hoạt động;", "giấy phép hoạt động"),
            ("b) Đơn đề nghị cấp thẻ theo Mẫu số 05 Phụ lục II Nghị định số 12/2024/NĐ-CP", "đơn đề nghị cấp thẻ"),
            ("Báo cáo tổng kết (02 bản chính)", "báo cáo tổng kết"),
            ("Trường hợp người nộp là tổ chức thì nộp giấy giới thiệu", "giấy giới thiệu"),
            ("01 (một) bản chính phương án chữa cháy", "phương án chữa cháy"),
            ("Giấy khám sức khỏe do cơ sở y tế có thẩm quyền cấp", "giấy khám sức khỏe"),
            ("02 ảnh cỡ 4 cm x 6 cm, chụp không quá 06 tháng", "ảnh cỡ 4x6"),
            (
                "Danh sách hội viên theo mẫu quy định tại Phụ lục IV ban hành kèm theo Thông tư này",
                "danh sách hội viên",
            ),
            ("Bản sao", "bản sao"),
        ] {
            assert_eq!(Paper::of_cell(&book, text).core, core, "{text}");
        }
    }

    #[test]
    fn forms_are_known_by_number_and_law_or_by_file() {
        let book = RelationBook::load(&RuleFiles::embedded()).unwrap();
        let a = Paper::of_cell(&book, "Đơn theo Mẫu số 03 ban hành kèm theo Nghị định số 9/2025/NĐ-CP;Mau 3 (1).docx");
        let forms: Vec<&str> = a.forms.iter().map(String::as_str).collect();
        assert_eq!(forms, ["mau 3", "mẫu 3 9/2025/nđ-cp"]);
        assert!(a.is_bare());
    }
}
