//! Results (kết quả thực hiện) and their codes, without what the portal's page prints after them.

use super::{markup, null};
use crate::catalog::ResultPaper;
use crate::ingest::RawRow;
use crate::problem::Source;
use crate::rule::{Field, ResultWords, Words};
use crate::text::clean;
use regex::Regex;
use std::sync::LazyLock;

/// Results of a text, and the page's own fields that had run together with them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResultsReading {
    /// The results.
    pub results: Vec<ResultPaper>,
    /// Keywords of the procedure; empty when the page has none.
    pub keywords: String,
    /// Description of the procedure; empty when the page has none.
    pub description: String,
}

static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // of the national list, of the former list, and of other lists of an agency
    Regex::new(r"^ *(?:KQ[.-][GH][0-9]{2}[.-][0-9]{6}|(?:[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?[GH][0-9]{2}-[A-Z]{2}(?:[0-9]{2}\.)?[0-9]{3,7})").ok()
});

/// True for the code of a result or component in one of the known forms.
#[must_use]
pub fn is_code(text: &str) -> bool {
    code_end(text).is_some_and(|end| end == text.len())
}

/// Code as it is compared: `KQ-G15.000077` is `KQ.G15.000077`.
#[must_use]
pub fn canonical_code(text: &str) -> String {
    let text = text.trim();
    match text.strip_prefix("KQ").and_then(|rest| rest.strip_prefix(['.', '-'])) {
        Some(rest) if is_code(text) => format!("KQ.{}", rest.replacen('-', ".", 1)),
        _ => text.to_owned(),
    }
}

/// Results of a source that gives rows of code and title.
#[must_use]
pub fn from_rows(rows: &[RawRow], words: &Words, source: &Source) -> Vec<ResultPaper> {
    let mut results = Vec::with_capacity(rows.len());
    for raw in rows {
        let cell = |field| clean(&markup::without(raw.cells.get(&field).map_or("", String::as_str)));
        let (code, title) = (cell(Field::ResultCode), cell(Field::ResultTitle));
        let code = null::value(Field::ResultCode, &code, &words.empty);
        let title = null::value(Field::ResultTitle, &title, &words.empty);
        if !code.is_empty() || !title.is_empty() {
            let place = Source {
                file: source.file.clone(),
                row: Some(raw.row),
                id: raw.id.clone().or_else(|| source.id.clone()),
            };
            results.push(ResultPaper { code: canonical_code(code), title: title.to_owned(), source: place });
        }
    }
    results
}

/// Results of one text: titles that ran together with their codes, or a list with one result a line.
#[must_use]
pub fn from_text(text: &str, words: &Words, source: &Source) -> ResultsReading {
    let text = clean(&markup::without(text));
    let (body, keywords, description) = without_page(&text, &words.results);
    let own = |field, text: &str| null::value(field, text, &words.empty).to_owned();
    let mut reading = ResultsReading {
        results: Vec::new(),
        keywords: own(Field::Keywords, keywords),
        description: own(Field::Description, description),
    };
    let mut rest = body;
    while let Some((at, label)) =
        words.results.code_labels.iter().filter_map(|l| Some((rest.find(l.as_str())?, l.len()))).min()
    {
        let after = &rest[at + label..];
        let (start, end) = code_span(after);
        let paper = ResultPaper {
            code: canonical_code(&after[start..end]),
            title: rest[..at].trim().to_owned(),
            source: source.clone(),
        };
        reading.results.push(paper);
        rest = &after[end..];
    }
    // ", " joins papers only after a full stop; elsewhere it belongs to a title
    for line in rest.lines().flat_map(|l| l.split_inclusive("., ")) {
        let title = line.trim_end_matches([',', ' ']).trim_start_matches(['-', '+', '*', '•', ' ']);
        if !null::value(Field::Results, title, &words.empty).is_empty() {
            reading.results.push(ResultPaper { code: String::new(), title: title.to_owned(), source: source.clone() });
        }
    }
    reading
}

/// End of a code of a known form at the start of a text. A seventh digit belongs to it unless it numbers the next title.
fn code_end(text: &str) -> Option<usize> {
    let end = CODE.as_ref()?.find(text)?.end();
    let digits = text[end..].bytes().take_while(u8::is_ascii_digit).count();
    let numbers = text[end + digits..].starts_with(['.', ')']);
    Some(if numbers { end } else { end + digits })
}

/// Where a code stands after its label. One of no known form reaches to the capital that begins the next title.
fn code_span(after: &str) -> (usize, usize) {
    let start = after.len() - after.trim_start_matches(' ').len();
    if let Some(end) = code_end(after) {
        return (start, end);
    }
    let len =
        after[start..].find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_')));
    (start, start + len.unwrap_or(after.len() - start))
}

/// Splits the text into results, keywords and description; the rest of the page is dropped.
fn without_page<'a>(text: &'a str, words: &ResultWords) -> (&'a str, &'a str, &'a str) {
    let described = |at: &usize| text[*at..].contains(words.description.as_str());
    let start = text.match_indices(words.keywords.as_str()).map(|(at, _)| at).find(described);
    let page_start = |s: &str| words.page.iter().filter_map(|p| s.find(p.as_str())).min();
    let Some(start) = start else {
        let end = words.page.first().and_then(|p| text.find(p.as_str())).unwrap_or(text.len());
        return (&text[..end], "", "");
    };
    let after = &text[start + words.keywords.len()..];
    let (keywords, description) = after.split_once(words.description.as_str()).unwrap_or((after, ""));
    let end = page_start(description).unwrap_or(description.len());
    (&text[..start], keywords.trim(), description[..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;
    use proptest::prelude::*;

    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::load(&RuleFiles::embedded()).unwrap());

    #[test]
    fn reads_results_without_the_page_around_them() {
        const PAGE: &str = "Từ khóaKhông có thông tinMô tảKhông có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngành-- Chọn Bộ ngành --Nộp hồ sơ";
        let cases: &[(&str, &[(&str, &str)])] = &[
            ("Giấy phép khai thácMã: KQ.G17.000123", &[("KQ.G17.000123", "Giấy phép khai thác")]),
            (
                "Giấy phépMã: KQ.G17.000123Văn bản từ chốiMã: 000.00.00.G04-KQ0456",
                &[("KQ.G17.000123", "Giấy phép"), ("000.00.00.G04-KQ0456", "Văn bản từ chối")],
            ),
            (
                "Quyết địnhMã: KQ-G15.000077Thẻ hành nghềMã: abcd",
                &[("KQ.G15.000077", "Quyết định"), ("abcd", "Thẻ hành nghề")],
            ),
            (
                "Thẻ AMã: KQ.H29.0001231. Thẻ BMã: KQ.H29.000124",
                &[("KQ.H29.000123", "Thẻ A"), ("KQ.H29.000124", "1. Thẻ B")],
            ),
            ("- Giấy xác nhận\n- Văn bản trả lời", &[("", "Giấy xác nhận"), ("", "Văn bản trả lời")]),
            ("Giấy xác nhận., Quyết định cấp, đổi thẻ.", &[("", "Giấy xác nhận."), ("", "Quyết định cấp, đổi thẻ.")]),
            ("Không có thông tin", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            for whole in [(*text).to_owned(), format!("{text}{PAGE}")] {
                let reading = from_text(&whole, &WORDS, &Source::default());
                let short: Vec<(&str, &str)> =
                    reading.results.iter().map(|r| (r.code.as_str(), r.title.as_str())).collect();
                assert_eq!(short, *expected, "{whole}");
                assert_eq!((reading.keywords.as_str(), reading.description.as_str()), ("", ""));
            }
        }
        let reading = from_text(
            "GiấyMã: KQ.G15.000001Từ khóanhà ởMô tảDành cho chủ nhà.Chọn cơ quan thực hiệnTỉnh",
            &WORDS,
            &Source::default(),
        );
        assert_eq!((reading.keywords.as_str(), reading.description.as_str()), ("nhà ở", "Dành cho chủ nhà."));
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,40}|(Mã:|KQ.G15.000077|abc|1|Từ khóa|Mô tả|Nộp hồ sơ|Giấy| |, |\n){0,12}") {
            let reading = from_text(&text, &WORDS, &Source::default());
            prop_assert!(reading.results.iter().all(|r| is_code(&r.code) || text.contains(&r.code)));
        }
    }
}
