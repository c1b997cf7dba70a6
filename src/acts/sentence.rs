//! The text of a step divided into clauses: at full stops, semicolons, colons and line breaks that end something.

/// A stretch of a step's text, and how it is tied to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clause {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Goes on with the sentence before: it stands after a semicolon or colon, so that the doer stays.
    pub goes_on: bool,
    /// Stands after a colon.
    pub after_colon: bool,
}

/// Lines of about this many characters are those of a page: a break after one need not end anything.
const PAGE_LINE: std::ops::RangeInclusive<usize> = 60..=105;

/// The clauses of a text, in order, none of them blank.
pub(super) fn clauses(text: &str) -> Vec<Clause> {
    let mut all = Vec::new();
    let is_page = is_page(text);
    let (mut start, mut goes_on, mut after_colon) = (0, false, false);
    for (at, c) in text.char_indices() {
        if let Some(soft) = ends(text, at, c, is_page) {
            let end = at + c.len_utf8();
            push(&mut all, text, Clause { start, end, goes_on, after_colon });
            // ": Giải quyết hồ sơ": a mark with nothing before it opens nothing
            let soft = soft && text[..end].contains(char::is_alphanumeric);
            (start, goes_on, after_colon) = (end, soft, soft && text[..end].trim_end().ends_with(':'));
        }
    }
    push(&mut all, text, Clause { start, end: text.len(), goes_on, after_colon });
    all
}

/// Whether at least a third of the lines are as long as those of a page. A long title among paragraphs ends where it ends.
fn is_page(text: &str) -> bool {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    3 * lines().filter(|line| is_page_line(line)).count() >= lines().count()
}

fn is_page_line(line: &str) -> bool {
    PAGE_LINE.contains(&line.trim().chars().count())
}

/// Whether the next line is longer than those of a page: what stands above it is a title, not the first part of it.
fn is_paragraph(after: &str) -> bool {
    after.lines().next().is_some_and(|line| line.trim().chars().count() > *PAGE_LINE.end())
}

fn push(all: &mut Vec<Clause>, text: &str, clause: Clause) {
    let inner = &text[clause.start..clause.end];
    let start = clause.start + (inner.len() - inner.trim_start().len());
    let end = start + inner.trim().len();
    if inner.chars().any(char::is_alphanumeric) {
        all.push(Clause { start, end, ..clause });
    }
}

/// Whether a character ends a clause, and whether the next one goes on with the sentence.
fn ends(text: &str, at: usize, c: char, is_page: bool) -> Option<bool> {
    let after = &text[at + c.len_utf8()..];
    let next = after.chars().next();
    match c {
        ';' | ':' if in_brackets(&text[..at], after) => None,
        ';' => Some(true),
        ':' if !next.is_some_and(|n| n.is_ascii_digit() || n == '/') => Some(true),
        '.' => ends_sentence(&text[..at], after).then_some(false),
        '\n' => {
            let before = text[..at].trim_end();
            let wrapped = is_page
                && is_page_line(&text[before.rfind('\n').map_or(0, |b| b + 1)..at])
                && !before.ends_with(['.', ';', ':'])
                && !is_paragraph(after)
                && !starts_item(after);
            let goes_on = after.trim_start().chars().next().is_some_and(char::is_lowercase)
                && !before.ends_with(['.', ';', ':'])
                && !starts_item(after);
            (!wrapped && !goes_on).then(|| before.ends_with(':'))
        }
        _ => None,
    }
}

/// Longest remark in brackets, in bytes.
const REMARK: usize = 600;

/// Whether a place stands in brackets that open and close on one line: "(bao gồm: cơ quan nhà nước, …)".
fn in_brackets(before: &str, after: &str) -> bool {
    let opened = before.rfind(['(', ')', '\n']).is_some_and(|at| before[at..].starts_with('('));
    let close = after.find(['(', ')', '\n']);
    opened && close.is_some_and(|at| at < REMARK && after[at..].starts_with(')'))
}

/// A full stop ends a sentence unless it stands in a number, an abbreviation or a run of dots.
fn ends_sentence(before: &str, after: &str) -> bool {
    let next = after.chars().next();
    if next.is_some_and(|n| n.is_alphanumeric() && !n.is_uppercase() || n == '.') {
        return false;
    }
    // A dash that follows at once begins the next item of a list.
    if next == Some('-') {
        return true;
    }
    let word: String = before.chars().rev().take_while(|c| c.is_alphanumeric()).collect();
    // "Nghị định số 61/2018/NĐ-CP. Trường hợp …": the number of a law ends
    let is_number = before[..before.len() - word.len()].ends_with(['-', '/', '–']);
    // "TP. Hồ Chí Minh", "1. Nộp hồ sơ"
    let is_short = word.chars().count() <= 2 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    is_number || !is_short || word.is_empty() && !before.ends_with('.')
}

/// Whether a line begins a list item or a sentence of a known shape.
fn starts_item(line: &str) -> bool {
    let line = line.trim_start();
    let mut chars = line.chars();
    match chars.next() {
        Some('-' | '+' | '*' | '•' | '·' | '–' | '(') | None => true,
        Some(c) if c.is_ascii_digit() || c.is_ascii_lowercase() => matches!(chars.next(), Some('.' | ')' | '/')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divides_where_something_ends() {
        for (text, expected) in [
            ("Sở kiểm tra; nếu đủ thì cấp. Trả kết quả.", vec!["Sở kiểm tra;", "nếu đủ thì cấp.", "Trả kết quả."]),
            ("Nộp tại TP. Huế lúc 08:30, phí 1.000 đồng", vec!["Nộp tại TP. Huế lúc 08:30, phí 1.000 đồng"]),
            ("- Nộp hồ sơ\n- Trả kết quả", vec!["- Nộp hồ sơ", "- Trả kết quả"]),
            ("Tổ chức (gồm: hội; đoàn) nộp hồ sơ", vec!["Tổ chức (gồm: hội; đoàn) nộp hồ sơ"]),
            ("gửi Cục Trồng trọt.- Cục Trồng trọt cấp", vec!["gửi Cục Trồng trọt.", "- Cục Trồng trọt cấp"]),
            (
                "Trong thời hạn 03 ngày làm việc kể từ ngày nhận đủ hồ sơ theo quy định, Cục\nĐăng kiểm cấp",
                vec!["Trong thời hạn 03 ngày làm việc kể từ ngày nhận đủ hồ sơ theo quy định, Cục\nĐăng kiểm cấp"],
            ),
            (
                "Thẩm định hồ sơ, cấp gia hạn Giấy chứng nhận lưu hành thuốc thú y\nTrong thời hạn mười hai ngày, kể từ ngày nhận được hồ sơ hợp lệ, Cục Chăn nuôi và Thú y thẩm định hồ sơ và cấp giấy.",
                vec![
                    "Thẩm định hồ sơ, cấp gia hạn Giấy chứng nhận lưu hành thuốc thú y",
                    "Trong thời hạn mười hai ngày, kể từ ngày nhận được hồ sơ hợp lệ, Cục Chăn nuôi và Thú y thẩm định hồ sơ và cấp giấy.",
                ],
            ),
            (
                "b) Thông báo lập chi nhánh, văn phòng đại diện ở nước ngoài của hợp tác xã\nSở ghi.\nSở gửi.\nSở báo.",
                vec![
                    "b) Thông báo lập chi nhánh, văn phòng đại diện ở nước ngoài của hợp tác xã",
                    "Sở ghi.",
                    "Sở gửi.",
                    "Sở báo.",
                ],
            ),
        ] {
            let got: Vec<&str> = clauses(text).iter().map(|c| &text[c.start..c.end]).collect();
            assert_eq!(got, expected);
        }
    }
}
