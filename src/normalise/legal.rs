//! Legal bases (căn cứ pháp lý) and the numbers of legal documents.

use super::channels::without_headings;
use super::{markup, null};
use crate::catalog::LegalBasis;
use crate::ingest::RawRow;
use crate::problem::{Problem, Severity, Source};
use crate::rule::{Field, LegalWords, Words};
use crate::text::{clean, fold};
use regex::Regex;
use std::sync::LazyLock;

/// A document number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundNumber {
    /// Bytes of the text.
    pub start: usize,
    /// Bytes of the text.
    pub end: usize,
    /// In the official form: `45/2020/NĐ-CP`, `05/2011/QH13`, `138/2015/TTLT-BQP-BTC`.
    pub number: String,
}

static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?<number>[0-9]+(?:\.[0-9]{1,2})?)(?<letter>[a-z]?) ?/ ?(?:(?<year>(?:19|20)[0-9]{2}) ?/ ?)?").ok()
});

/// Every document number of a text, in order.
#[must_use]
pub fn find_numbers(text: &str, words: &LegalWords) -> Vec<FoundNumber> {
    let mut found = Vec::new();
    let Some(head) = HEAD.as_ref() else { return found };
    let mut at = 0;
    while let Some(m) = head.captures_at(text, at) {
        let (Some(whole), Some(digits)) = (m.get(0), m.name("number")) else { break };
        let year = m.name("year").map(|y| y.as_str());
        at = whole.end();
        let Some((len, symbol)) = symbol(&text[whole.end()..], year.is_some(), words) else { continue };
        at += len;
        let (skip, number) = own_number(digits.as_str());
        let letter = m.name("letter").map_or("", |l| l.as_str());
        let year = year.map_or_else(String::new, |y| format!("{y}/"));
        found.push(FoundNumber {
            start: whole.start() + skip,
            end: at,
            number: format!("{number}{letter}/{year}{symbol}"),
        });
    }
    found
}

/// The official form of the number in a cell; none when there is none.
#[must_use]
pub fn document_no(cell: &str, words: &LegalWords) -> Option<String> {
    find_numbers(cell, words).into_iter().next().map(|f| f.number)
}

/// Two digits at least. A year before it that ran together with it (`202446/…`) is no part of it.
fn own_number(digits: &str) -> (usize, String) {
    let (whole, point) = digits.split_once('.').map_or((digits, String::new()), |(w, p)| (w, format!(".{p}")));
    let after_year = whole.len() > 4 && whole[..4].parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year));
    let skip = if after_year { 4 } else { 0 };
    let own = whole[skip..].trim_start_matches('0');
    (skip, format!("{own:0>2}{point}"))
}

/// Symbol at the start of a text: its length as written and its official form.
fn symbol(text: &str, has_year: bool, words: &LegalWords) -> Option<(usize, String)> {
    let mut parts: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some((gap, part)) = next_part(&text[at..], parts.is_empty(), words) {
        at += gap + part.len();
        let ended = part.ends_with(|c: char| c.is_ascii_digit());
        parts.push(words.spellings.get(part).cloned().unwrap_or_else(|| part.to_owned()));
        if ended {
            break;
        }
    }
    let first = parts.first()?.clone();
    let known = words.types.contains(&first);
    if parts.len() == 1 && !first.ends_with(|c: char| c.is_ascii_digit()) {
        match split_type(&first, words) {
            Some(hyphenated) if !known => parts = vec![hyphenated],
            _ if !matches!(first.as_str(), "CP" | "HĐBT") => return None,
            _ => {}
        }
    } else if !has_year && !known {
        return None;
    }
    Some((at, parts.join("-")))
}

/// The next part of a symbol after its hyphen or stroke, and how many bytes come before it.
fn next_part<'a>(text: &'a str, first: bool, words: &LegalWords) -> Option<(usize, &'a str)> {
    let after = text.trim_start_matches(' ');
    if first {
        return part(after, words).map(|p| (text.len() - after.len(), p));
    }
    let rest = after.strip_prefix(['-', '–', '/', '\u{2010}', '\u{2011}'])?.trim_start_matches(' ');
    part(rest, words).map(|p| (text.len() - rest.len(), p))
}

fn is_symbol_letter(c: char) -> bool {
    c.is_ascii_uppercase() || matches!(c, 'Đ' | 'Ư' | '&')
}

/// Capitals at the start of a text, without those that begin the next document's title.
fn part<'a>(text: &'a str, words: &LegalWords) -> Option<&'a str> {
    let mut end = text.find(|c| !is_symbol_letter(c)).unwrap_or(text.len());
    let prime_minister = text[..end].ends_with("TT") && text[end..].starts_with('g');
    if prime_minister && !text[end + 1..].starts_with(char::is_lowercase) {
        return Some(&text[..=end]);
    }
    let opening = text[..end]
        .char_indices()
        .skip(1)
        .find(|(at, _)| words.openings.iter().any(|o| text[*at..].starts_with(o.as_str())));
    if let Some((at, _)) = opening {
        end = at;
    } else if text[end..].starts_with(char::is_alphabetic) {
        let shorter = text[..end].char_indices().next_back()?.0;
        let known = words.agencies.contains(&text[..end]) && !words.agencies.contains(&text[..shorter]);
        if begins_word(&text[shorter..]) && !known {
            end = shorter;
        }
    }
    if text[..end].ends_with("QH") {
        let digits = text[end..].bytes().take_while(u8::is_ascii_digit).count();
        let own = if text[end..].starts_with('1') { digits.min(2) } else { digits.min(1) };
        if own > 0 {
            return Some(&text[..end + own]);
        }
    }
    (text[..end].chars().count() >= 2).then(|| &text[..end])
}

/// Whether a capital and the letter after it can begin a Vietnamese word: `Ngh…`, not `Pq…`.
fn begins_word(text: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    let (Some(first), Some(second)) = (letters.next(), letters.next()) else { return false };
    let vowel = |c: char| "aeiouy".contains(c) || (!c.is_ascii() && c != 'đ');
    vowel(second) || matches!((first, second), ('c' | 'g' | 'k' | 'n' | 'p' | 't', 'h') | ('n', 'g') | ('t', 'r'))
}

/// `TTBGTVT` with the hyphen that is missing.
fn split_type(part: &str, words: &LegalWords) -> Option<String> {
    let kind = words
        .types
        .iter()
        .filter(|t| t.chars().count() >= 2 && part.starts_with(t.as_str()))
        .max_by_key(|t| t.len())?;
    let rest = &part[kind.len()..];
    (rest.chars().count() >= 2).then(|| format!("{kind}-{rest}"))
}

/// Legal bases of a source that gives rows of number and title.
pub fn from_rows(rows: &[RawRow], words: &Words, source: &Source, problems: &mut Vec<Problem>) -> Vec<LegalBasis> {
    let mut bases = Vec::with_capacity(rows.len());
    for raw in rows {
        let cell = |field| clean(&markup::without(raw.cells.get(&field).map_or("", String::as_str)));
        let (number, title) = (cell(Field::LegalNo), cell(Field::LegalTitle));
        let number = null::value(Field::LegalNo, &number, &words.empty);
        let title = null::value(Field::LegalTitle, &title, &words.empty);
        if number.is_empty() && title.is_empty() {
            continue;
        }
        let place =
            Source { file: source.file.clone(), row: Some(raw.row), id: raw.id.clone().or_else(|| source.id.clone()) };
        // A cell that holds only the running number is completed by the title that begins with it.
        let from_title =
            || find_numbers(title, &words.legal).into_iter().map(|f| f.number).find(|n| completes(number, n));
        let document_no = document_no(number, &words.legal).or_else(from_title).unwrap_or_default();
        if document_no.is_empty() {
            problems.push(
                Problem::new(Severity::Note, "legal-number-unread", &place).with_column("legal_no").with_raw(number),
            );
        }
        let title = if title.is_empty() { number } else { title };
        bases.push(LegalBasis { document_no, title: title.to_owned(), source: place });
    }
    bases
}

fn completes(cell: &str, number: &str) -> bool {
    let digits = cell.trim_start_matches(|c: char| !c.is_ascii_digit());
    let own = |s: &str| s.split('/').next().unwrap_or_default().trim_start_matches('0').to_owned();
    cell.is_empty()
        || !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'/') && own(digits) == own(number)
}

/// Legal bases of one text: the portal's table whose cells ran together (title, number, title, number …), or a list.
pub fn from_text(text: &str, words: &Words, source: &Source, problems: &mut Vec<Problem>) -> Vec<LegalBasis> {
    let text = clean(&markup::without(text));
    let body = without_headings(&text, &words.legal.headings);
    if null::value(Field::LegalBases, body, &words.empty).is_empty() {
        return Vec::new();
    }
    let mut bases = bulleted(body, words, source);
    let numbers = if bases.is_empty() { find_numbers(body, &words.legal) } else { Vec::new() };
    let mut start = if bases.is_empty() { 0 } else { body.len() };
    for (i, found) in numbers.iter().enumerate() {
        let Some(title_end) = ends_entry(body, start, found, numbers.get(i + 1), &words.legal) else { continue };
        let title = body[start..title_end].trim();
        let title = if title.is_empty() { body[start..found.end].trim() } else { title };
        add_titled(title, &found.number, words, source, &mut bases);
        start = found.end;
    }
    let rest = body[start..].trim();
    if rest.chars().any(char::is_alphabetic) {
        add_titled(rest, "", words, source, &mut bases);
    }
    for basis in bases.iter().filter(|b| b.document_no.is_empty()) {
        problems.push(
            Problem::new(Severity::Note, "legal-number-unread", source)
                .with_column("legal_bases")
                .with_raw(basis.title.as_str()),
        );
    }
    bases
}

/// A list, one bulleted line an entry, which ends with its number in brackets; empty when it is none.
fn bulleted(body: &str, words: &Words, source: &Source) -> Vec<LegalBasis> {
    let mut bases = Vec::new();
    for line in body.lines() {
        let Some(entry) = line.trim().strip_prefix(['*', '-', '+', '•']) else { return Vec::new() };
        let number = entry.trim_end_matches([')', ';', '.', ' ']).rsplit_once('(').and_then(|(title, inner)| {
            let number = document_no(inner, &words.legal).filter(|_| !inner.contains(' '))?;
            let title = title.trim();
            Some((if title.is_empty() { inner } else { title }, number))
        });
        let (title, document_no) = number.unwrap_or_else(|| (entry.trim(), String::new()));
        if title.is_empty() {
            continue;
        }
        bases.push(LegalBasis { document_no, title: title.to_owned(), source: source.clone() });
    }
    if bases.iter().all(|b| b.document_no.is_empty()) { Vec::new() } else { bases }
}

/// Where the title ends, when the number is the cell that ends an entry; none when it is cited within a title.
fn ends_entry(
    body: &str,
    start: usize,
    found: &FoundNumber,
    next: Option<&FoundNumber>,
    words: &LegalWords,
) -> Option<usize> {
    let lead_start = lead_start(&body[start..found.start], words) + start;
    let after = &body[found.end..];
    let repeated =
        next.is_some_and(|n| n.number == found.number && words.lead_only.is_match(&body[found.end..n.start]));
    if repeated {
        return None;
    }
    let before = body[start..lead_start].trim_end();
    let touches = before.len() == lead_start - start;
    let has_lead = !body[lead_start..found.start].trim().is_empty();
    let cited = before.ends_with([',', '(', '-', '/', ';']) || before.ends_with(" và") || before.ends_with(" hoặc");
    let own_cell = if has_lead { touches && !before.is_empty() } else { !before.is_empty() && !cited };
    let last = after.trim_matches(['.', ';', ' ', '\n']).is_empty();
    let glued = after.trim_start_matches(['.', ';']).starts_with(char::is_alphanumeric) || after.starts_with("- ");
    let spaced = after.starts_with([' ', '\n']) && own_cell && !has_lead;
    let line_ends = after.starts_with(['\n', ';']) && has_lead && before.is_empty();
    if !(last || glued || spaced || line_ends) {
        return None;
    }
    Some(if own_cell { if has_lead { lead_start } else { found.start } } else { found.end })
}

/// Where the words of kind and "số" before a number begin, as bytes from the start of the text.
fn lead_start(text: &str, words: &LegalWords) -> usize {
    // a word that touches the number is the end of a title: "pháp luật12/2020/NĐ-CP"
    if !text.ends_with([' ', '\n']) && text.ends_with(char::is_alphabetic) {
        return text.len();
    }
    let from = text.char_indices().rev().take(60).last().map_or(0, |(at, _)| at);
    let Some(start) = words.lead.find(&text[from..]).map(|m| from + m.start()) else { return text.len() };
    // "… pháp luậtNghị định số": only the word after the joint belongs to the number
    let letters = text[start..].char_indices();
    let joint = letters.clone().zip(letters.skip(1)).filter(|((_, a), (_, b))| a.is_lowercase() && b.is_uppercase());
    joint.last().map_or(start, |(_, (at, _))| start + at)
}

/// Adds an entry. A title in which another begins (the cell of its number held no number) becomes several.
fn add_titled(title: &str, number: &str, words: &Words, source: &Source, bases: &mut Vec<LegalBasis>) {
    let mut starts: Vec<usize> =
        words.legal.glued_kind.captures_iter(title).filter_map(|m| m.name("kind").map(|k| k.start())).collect();
    starts.insert(0, 0);
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(title.len());
        let piece = title[*start..end].trim();
        let last = i + 1 == starts.len();
        let own = if last && !number.is_empty() { Some(number.to_owned()) } else { leading_number(piece, words) };
        // the cell of the number may tell the kind and name again: "Luật Giám định số 13/2012/QH13"
        let named_before =
            bases.last_mut().filter(|b| last && i > 0 && !number.is_empty() && cites(&b.title, number, words));
        if let Some(before) = named_before {
            number.clone_into(&mut before.document_no);
            continue;
        }
        let repeats = bases.last().is_some_and(|b| fold(&b.title) == fold(piece) && (number.is_empty() || !last));
        if !piece.is_empty() && !repeats {
            bases.push(LegalBasis {
                document_no: own.unwrap_or_default(),
                title: piece.to_owned(),
                source: source.clone(),
            });
        }
    }
}

fn cites(title: &str, number: &str, words: &Words) -> bool {
    find_numbers(title, &words.legal).iter().any(|f| f.number == number)
}

/// The number of the document that a title names first: `Nghị định số 14/2026/NĐ-CP …`.
fn leading_number(title: &str, words: &Words) -> Option<String> {
    let first = find_numbers(title, &words.legal).into_iter().next()?;
    words.legal.lead_only.is_match(&title[..first.start]).then_some(first.number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;
    use proptest::prelude::*;

    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::load(&RuleFiles::embedded()).unwrap());

    #[test]
    fn finds_numbers_in_their_many_spellings() {
        for (text, expected) in [
            ("Nghị định số 45/2020/NĐ-CP ngày 08/4/2020", vec!["45/2020/NĐ-CP"]),
            ("Luật số 9/2017/QH14 ", vec!["09/2017/QH14"]),
            ("138/2015/TTLT- BQP-BLĐTBXH-BTC", vec!["138/2015/TTLT-BQP-BLĐTBXH-BTC"]),
            ("138/2015/TTLT/BQP-BTC", vec!["138/2015/TTLT-BQP-BTC"]),
            ("12/2021/QĐ-TTgQuyết định", vec!["12/2021/QĐ-TTg"]),
            ("06/2021/TTBGTVT", vec!["06/2021/TT-BGTVT"]),
            ("45/2020/ND-CP, 7/2019/TT-BTC", vec!["45/2020/NĐ-CP", "07/2019/TT-BTC"]),
            ("88/2019/TT-NHNNNghị định", vec!["88/2019/TT-NHNN"]),
            ("88/2019/TT-BGTVTLUẬT HÀNG HẢI", vec!["88/2019/TT-BGTVT"]),
            ("Luật Công chứng năm 202446/2024/QH1511/2025/NĐ-CP", vec!["46/2024/QH15", "11/2025/NĐ-CP"]),
            ("66.7/2025/NQ-CP", vec!["66.7/2025/NQ-CP"]),
            ("Quyết định 512/QĐ-BTP", vec!["512/QĐ-BTP"]),
            ("02/2020/UBTVQH14", vec!["02/2020/UBTVQH14"]),
            ("Mẫu số 01/ĐK, ngày 12/6/2025, tỷ lệ 1/500, 24/7", vec![]),
        ] {
            let found: Vec<String> = find_numbers(text, &WORDS.legal).into_iter().map(|f| f.number).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn reads_the_table_whose_cells_ran_together() {
        const H: &str = "Tên văn bản pháp lýMã văn bản";
        let cases: &[(&str, &[(&str, &str)])] = &[
            (
                "* Luật Thư viện (46/2019/QH14)\n* Nghị định về thư viện (93/2020/NĐ-CP)\n* Quy chế nội bộ",
                &[
                    ("46/2019/QH14", "Luật Thư viện"),
                    ("93/2020/NĐ-CP", "Nghị định về thư viện"),
                    ("", "Quy chế nội bộ"),
                ],
            ),
            (
                "Luật Hộ tịch60/2014/QH13Nghị định số 87/2020/NĐ-CP ngày 28/7/2020 quy định về dữ liệu hộ tịch87/2020/NĐ-CP",
                &[
                    ("60/2014/QH13", "Luật Hộ tịch"),
                    ("87/2020/NĐ-CP", "Nghị định số 87/2020/NĐ-CP ngày 28/7/2020 quy định về dữ liệu hộ tịch"),
                ],
            ),
            (
                "Luật Các quỹLuật số 12/2024/QH1533/2025/TT-BTCSố 33/2025/TT-BTC",
                &[("12/2024/QH15", "Luật Các quỹ"), ("33/2025/TT-BTC", "33/2025/TT-BTC")],
            ),
            (
                "Nghị định 44/2016/NĐ-CP44/2016/NĐ-CPquy định về kiểm định07/2018/TT-BXD",
                &[("44/2016/NĐ-CP", "Nghị định 44/2016/NĐ-CP"), ("07/2018/TT-BXD", "quy định về kiểm định")],
            ),
            (
                "Về biểu mẫu.24/2026/NQ-CP sửa đổi một số điều19/2026/NĐ-CP",
                &[("24/2026/NQ-CP", "Về biểu mẫu."), ("19/2026/NĐ-CP", "sửa đổi một số điều")],
            ),
            (
                "Sửa đổi Thông tư số 10/2020/TT-BTP, Thông tư số 11/2020/TT-BTP.\n07/2023/TT-BTP",
                &[("07/2023/TT-BTP", "Sửa đổi Thông tư số 10/2020/TT-BTP, Thông tư số 11/2020/TT-BTP.")],
            ),
            ("phổ biến pháp luậtNghị định số 70/2009/NĐ-CP", &[("70/2009/NĐ-CP", "phổ biến pháp luật")]),
            (
                "Luật Giá số 16/2023/QH15 của Quốc hộiLuật Giá số 16/2023/QH15",
                &[("16/2023/QH15", "Luật Giá số 16/2023/QH15 của Quốc hội")],
            ),
            ("Bộ luật Hàng hảiBộ luật Hàng hải", &[("", "Bộ luật Hàng hải")]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let bases = from_text(&format!("{H}{text}"), &WORDS, &Source::default(), &mut Vec::new());
            let short: Vec<(&str, &str)> = bases.iter().map(|b| (b.document_no.as_str(), b.title.as_str())).collect();
            assert_eq!(short, *expected, "{text}");
        }
    }

    #[test]
    fn reads_rows() {
        for (number, title, expected) in [
            ("Thông tư số 01/2010/TT-BTP ", "Hướng dẫn ghi sổ", "01/2010/TT-BTP"),
            ("13", "Thông tư số 13/2024/TT-BQP sửa Thông tư 99/2020/TT-BQP", "13/2024/TT-BQP"),
            ("12", "Quyết định số 30/2021/QĐ-TTg", ""),
            ("", "Nghị định 5/2020/NĐ-CP", "05/2020/NĐ-CP"),
            ("BỘ LUẬT DÂN SỰ", "Bộ luật Dân sự", ""),
        ] {
            let mut row = RawRow { row: 1, ..RawRow::default() };
            row.cells.insert(Field::LegalNo, number.to_owned());
            row.cells.insert(Field::LegalTitle, title.to_owned());
            let bases = from_rows(&[row], &WORDS, &Source::default(), &mut Vec::new());
            assert_eq!(bases[0].document_no, expected, "{number} | {title}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,40}|(20|1|/|2020/|NĐ|TT|QH1|-| |CP|TTg|BTC|Luật|LUẬT|số|,){0,16}") {
            let bases = from_text(&text, &WORDS, &Source::default(), &mut Vec::new());
            for found in find_numbers(&text, &WORDS.legal) {
                prop_assert!(found.start < found.end && text.get(found.start..found.end).is_some());
            }
            prop_assert!(bases.iter().all(|b| !b.title.is_empty()));
        }

        #[test]
        fn an_official_number_reads_back(n in 1u32..999, year in 1990u32..2030, symbol in 0usize..5) {
            let symbol = ["NĐ-CP", "TT-BTC", "QH15", "TTLT-BTP-BCA", "QĐ-TTg"][symbol];
            let number = format!("{n:02}/{year}/{symbol}");
            prop_assert_eq!(document_no(&number, &WORDS.legal), Some(number.clone()));
            let found = find_numbers(&number, &WORDS.legal);
            prop_assert_eq!((found[0].start, found[0].end), (0, number.len()));
        }
    }
}
