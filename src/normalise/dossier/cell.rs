//! A list of components in one cell: one line or bullet a component, as tables with one row a procedure have it.

use super::{Case, Leftover, LeftoverKind, Row, is_blank};
use crate::normalise::quantity::{self, Quantity};
use crate::text::fold;
use std::fmt::Write as _;

/// Longest text, in bytes, that can be a remark and no component: longer ones are spared the folding.
const SHORT: usize = 300;

/// Splits a cleaned text into cases and rows.
///
/// A row begins at a bullet or number, or at a line after one that ends with a stop; other lines go on with the row before.
/// A bullet under a row that ends with a colon belongs to that row (`một trong các giấy tờ sau:`).
#[must_use]
pub fn read(text: &str) -> (Vec<Case>, Vec<Leftover>) {
    if says_nothing(text) {
        let leftover = Leftover { kind: LeftoverKind::Nothing, row: None, text: text.trim().to_owned() };
        return (Vec::new(), if is_blank(text) { Vec::new() } else { vec![leftover] });
    }
    let single = !text.contains('\n') && Marker::of(text) == Marker::None;
    let parts = text.lines().flat_map(label).flat_map(|line| bullets(line, single));
    let lines: Vec<&str> = parts.filter(|l| !is_blank(l)).collect();
    let mut list = List { bulleted: lines.iter().any(|l| Marker::of(l) != Marker::None), ..List::default() };
    for (i, line) in lines.iter().enumerate() {
        list.add(line, lines.get(i + 1).copied());
    }
    list.close_case();
    (list.cases, list.leftovers)
}

/// That there is nothing to hand in; or a code without a word.
fn says_nothing(text: &str) -> bool {
    if text.len() > SHORT {
        return false;
    }
    let folded = fold(text);
    let words = folded.trim_matches(['.', ';', '-', ' ']);
    matches!(words, "không" | "không có" | "không có thông tin" | "không quy định" | "không yêu cầu" | "không áp dụng")
        || is_blank(words)
        || !words.contains(char::is_whitespace) && words.contains(|c: char| c.is_ascii_digit()) && words.is_ascii()
}

/// `Thành phần hồ sơ:` apart from what follows it in the line.
fn label(line: &str) -> impl Iterator<Item = &str> {
    let (_, words) = Marker::split(line);
    let colon = line.find(':').filter(|_| is_label(&fold(words)));
    let (label, rest) = colon.map_or((line, ""), |at| line.split_at(at + 1));
    [label.trim(), rest.trim()].into_iter().filter(|part| !part.is_empty())
}

fn is_label(folded: &str) -> bool {
    folded.starts_with("thành phần hồ sơ") || folded.starts_with("thành phần, số lượng hồ sơ")
}

/// The items of a line that holds several: a bullet after a stop begins another, and so does the count of sets;
/// in a cell of one line without bullets a capital after a semicolon; in a line that begins with 1 the next number.
fn bullets(line: &str, single: bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut next = if is_item(line, 1) { 2 } else { u32::MAX };
    for (at, stop) in line.match_indices([';', '.', ':']) {
        let after = &line[at + 1..];
        let rest = after.trim_start();
        let bullet = ["- ", "+ ", "• ", "* "].iter().any(|b| rest.starts_with(b));
        // A dash after a colon explains; a bullet of another kind lists.
        let explains = stop == ":" && rest.starts_with("- ") && !line[from..].starts_with(['+', '*', '•']);
        let sets = stop != ":" && rest.len() < SHORT && is_set_count(&fold(Marker::split(rest).1));
        let listed = single && stop == ";" && rest.starts_with(char::is_uppercase);
        let counted = stop != ":" && is_item(rest, next);
        next = next.saturating_add(u32::from(counted));
        if bullet && !explains || sets || listed || counted {
            parts.push(line[from..=at].trim());
            from = at + 1 + (after.len() - rest.len());
        }
    }
    parts.push(line[from..].trim());
    parts
}

/// Whether a text begins with this number as a list writes it: `2.`, `2)`, `2/` and a space.
fn is_item(text: &str, number: u32) -> bool {
    let rest = text.trim_start().strip_prefix(number.to_string().as_str()).unwrap_or_default();
    [". ", ") ", "/ "].iter().any(|end| rest.starts_with(end))
}

/// How a line is marked as an item of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Marker {
    #[default]
    None,
    Sign(char),
    Number,
    Letter,
    Roman,
}

impl Marker {
    fn of(line: &str) -> Marker {
        Marker::split(line).0
    }

    /// The marker of a line, and the line without it.
    fn split(line: &str) -> (Marker, &str) {
        let line = line.trim_start();
        let first = line.chars().next().unwrap_or(' ');
        match first {
            '-' | '–' | '—' => return (Marker::Sign('-'), line[first.len_utf8()..].trim_start()),
            '+' | '*' | '•' | '○' | '▪' | '✓' | '>' => {
                return (Marker::Sign(first), line[first.len_utf8()..].trim_start());
            }
            _ => {}
        }
        let inner = line.strip_prefix('(').unwrap_or(line);
        let opened = inner.len() < line.len();
        let end = inner.find(|c: char| !(c.is_alphanumeric() || c == '.')).unwrap_or(inner.len());
        let label = inner[..end].trim_end_matches('.');
        let closed = inner[end..].starts_with(')');
        if label.is_empty() || !(closed || !opened && inner[..end].ends_with('.')) {
            return (Marker::None, line);
        }
        let rest = inner[end..].strip_prefix(')').unwrap_or(&inner[end..]).trim_start();
        let marker = if label.chars().all(|c| c.is_ascii_digit() || c == '.') {
            Marker::Number
        } else if label.len() > 1 && label.len() < 5 && label.chars().all(|c| "ivxIVX".contains(c)) || label == "i" {
            Marker::Roman
        } else if label.chars().filter(|c| c.is_alphabetic()).count() == 1 && label.starts_with(char::is_alphabetic) {
            Marker::Letter
        } else {
            return (Marker::None, line);
        };
        (marker, rest)
    }
}

/// The list as it is read, line by line.
#[derive(Debug, Default)]
struct List {
    cases: Vec<Case>,
    leftovers: Vec<Leftover>,
    bulleted: bool,
    title: String,
    rows: Vec<Row>,
    /// The row being read, and its marker.
    open: Option<(String, Marker)>,
    count: u32,
}

impl List {
    fn add(&mut self, line: &str, following: Option<&str>) {
        let line = line.trim();
        let (marker, words) = Marker::split(line);
        let folded = fold(words);
        if is_set_count(&folded) {
            return self.leave(LeftoverKind::Sets, line);
        }
        if is_label(&folded) && (line.ends_with(':') || folded.len() < 80) {
            return self.leave(LeftoverKind::Heading, line);
        }
        if is_heading(line, marker, &folded, following.map(Marker::of)) && !(self.open.is_some() && starts_small(line))
        {
            self.close_case();
            line.clone_into(&mut self.title);
            return;
        }
        if ["lưu ý", "ghi chú"].iter().any(|w| folded.starts_with(w)) {
            return self.leave(LeftoverKind::Note, line);
        }
        let goes_on = match &self.open {
            None => false,
            Some((text, open)) if marker == Marker::None => {
                self.bulleted && !ends_with_stop(text) && *open != Marker::None || starts_small(line)
            }
            Some((text, open)) => marker != *open && is_open_list(text),
        };
        match &mut self.open {
            Some((text, _)) if goes_on => {
                let _ = write!(text, "\n{line}");
            }
            _ => {
                self.close_row();
                self.open = Some((line.to_owned(), marker));
            }
        }
    }

    fn leave(&mut self, kind: LeftoverKind, line: &str) {
        self.close_row();
        self.leftovers.push(Leftover { kind, row: None, text: line.to_owned() });
    }

    fn close_row(&mut self) {
        if let Some((text, _)) = self.open.take() {
            self.count += 1;
            self.rows.push(Row::from_cell(self.count, &text, quantity_at_end(&text)));
        }
    }

    fn close_case(&mut self) {
        self.close_row();
        let title = std::mem::take(&mut self.title);
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            self.cases.push(Case { title, rows });
        } else if !title.is_empty() {
            self.leftovers.push(Leftover { kind: LeftoverKind::EmptyCase, row: None, text: title });
        }
    }
}

/// Whether a line is the heading of a case: it ends openly, and what follows (its marker, where there is a line) stands under it.
fn is_heading(line: &str, marker: Marker, folded: &str, following: Option<Marker>) -> bool {
    let Some(following) = following else { return false };
    let begins = |words: &[&str]| words.iter().any(|w| folded.starts_with(w));
    if line.ends_with(':') {
        marker == Marker::None
            || begins(&["trường hợp", "đối với"])
            || marker != following && begins(&["hồ sơ", "giấy tờ phải", "các giấy tờ phải", "lưu ý"])
    } else {
        let open = folded.ends_with(" gồm") || folded.ends_with(" sau đây");
        open && marker == Marker::None && following != Marker::None
    }
}

/// `Số lượng hồ sơ: 01 bộ` and the like.
fn is_set_count(folded: &str) -> bool {
    ["số lượng hồ sơ", "số lượng:", "số bộ hồ sơ", "số lượng bộ hồ sơ"].iter().any(|w| folded.starts_with(w))
        && folded.len() < 120
}

fn starts_small(line: &str) -> bool {
    line.starts_with(char::is_lowercase)
}

fn ends_with_stop(text: &str) -> bool {
    text.ends_with([';', '.']) || !quantity_at_end(text).is_unknown()
}

/// True for a row whose first line ends with a colon: the bullets under it belong to it.
fn is_open_list(text: &str) -> bool {
    text.lines().next().is_some_and(|first| first.ends_with(':'))
}

/// The quantity in brackets, or after a colon or comma, at the end of a row.
fn quantity_at_end(text: &str) -> Quantity {
    let last = text.lines().next_back().unwrap_or_default().trim_end_matches(['.', ';', ' ', ',']);
    let inside = last.strip_suffix(')').and_then(|l| l.rfind('(').map(|open| &l[open + 1..]));
    let behind = || last.rfind([':', ',', ';', '–']).map(|at| last[at..].trim_start_matches([':', ',', ';', '–', ' ']));
    let is_named = |s: &&str| fold(s).contains("bản") || fold(s).contains("bộ");
    inside
        .filter(is_named)
        .and_then(quantity::parse)
        .or_else(|| behind().filter(is_named).and_then(quantity::parse))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &[&str])], left: &[&str]) {
        let (cases, leftovers) = read(text);
        let cases: Vec<(&str, Vec<&str>)> =
            cases.iter().map(|c| (c.title.as_str(), c.rows.iter().map(|r| r.cell.as_str()).collect())).collect();
        let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(t, r)| (*t, r.to_vec())).collect();
        let leftovers: Vec<&str> = leftovers.iter().map(|l| l.text.as_str()).collect();
        assert_eq!((cases, leftovers), (expected, left.to_vec()), "{text}");
    }

    #[test]
    fn lists_come_apart_at_their_marks() {
        check(
            "- Đơn đề nghị;\n- Bản sao giấy phép\ncòn hạn;\n- Ảnh",
            &[("", &["- Đơn đề nghị;", "- Bản sao giấy phép\ncòn hạn;", "- Ảnh"])],
            &[],
        );
        check(
            "Đơn đề nghị;\nGiấy khai sinh (01 bản chính)\nẢnh 4x6",
            &[("", &["Đơn đề nghị;", "Giấy khai sinh (01 bản chính)", "Ảnh 4x6"])],
            &[],
        );
        check("1. Đơn;\n2. Tờ khai\n(3) Ảnh", &[("", &["1. Đơn;", "2. Tờ khai", "(3) Ảnh"])], &[]);
        check(
            "- Đơn đề nghị; - Sơ đồ vị trí; + Ảnh chụp",
            &[("", &["- Đơn đề nghị;", "- Sơ đồ vị trí;", "+ Ảnh chụp"])],
            &[],
        );
        check(
            "a) Thành phần hồ sơ:\n- Đơn;\n- Một trong các giấy tờ sau:\n+ Hợp đồng thuê;\n+ Giấy mượn nhà.\n- Ảnh.\nb) Số lượng hồ sơ: 01 (một) bộ.",
            &[("", &["- Đơn;", "- Một trong các giấy tờ sau:\n+ Hợp đồng thuê;\n+ Giấy mượn nhà.", "- Ảnh."])],
            &["a) Thành phần hồ sơ:", "b) Số lượng hồ sơ: 01 (một) bộ."],
        );
        check(
            "* Trường hợp cấp mới:\n- Đơn;\n- Ảnh.\n* Trường hợp cấp lại:\n- Đơn.",
            &[("* Trường hợp cấp mới:", &["- Đơn;", "- Ảnh."]), ("* Trường hợp cấp lại:", &["- Đơn."])],
            &[],
        );
        check(
            "Người nộp xuất trình:\n- Hộ chiếu;\n- Thẻ",
            &[("Người nộp xuất trình:", &["- Hộ chiếu;", "- Thẻ"])],
            &[],
        );
        check("- Trường hợp cấp lại:\n- Đơn;", &[("- Trường hợp cấp lại:", &["- Đơn;"])], &[]);
        check(
            "Trường hợp cấp mới:\nĐơn;\nẢnh\nLưu ý: giấy tờ bằng tiếng nước ngoài phải dịch",
            &[("Trường hợp cấp mới:", &["Đơn;", "Ảnh"])],
            &["Lưu ý: giấy tờ bằng tiếng nước ngoài phải dịch"],
        );
        check(
            "Thành phần hồ sơ: Đơn đề nghị; Bản sao giấy phép; nếu có. b) Số lượng hồ sơ: 01 bộ",
            &[("", &["Đơn đề nghị;", "Bản sao giấy phép; nếu có."])],
            &["Thành phần hồ sơ:", "b) Số lượng hồ sơ: 01 bộ"],
        );
        check("Đơn đề nghị; Bản sao giấy phép; nếu có", &[("", &["Đơn đề nghị;", "Bản sao giấy phép; nếu có"])], &[]);
        check("Đơn đề nghị cấp phép", &[("", &["Đơn đề nghị cấp phép"])], &[]);
        check("Không có thông tin", &[], &["Không có thông tin"]);
        check("KQ.G01.000001", &[], &["KQ.G01.000001"]);
        check("--", &[], &[]);
    }

    #[test]
    fn quantities_stand_at_the_end() {
        for (text, expected) in [
            ("- Đơn (01 bản chính);", Quantity::of(1, 0)),
            ("- Đơn: 02 bản sao.", Quantity::of(0, 2)),
            ("- Sơ đồ, 01 bộ", Quantity { originals: Some(1), copies: None }),
            ("- Đơn (Mẫu số 1)", Quantity::default()),
            ("- Ảnh (bản chính hoặc bản sao)", Quantity::default()),
        ] {
            assert_eq!(read(text).0[0].rows[0].quantity, expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_word_is_handed_back(s in "([-+*a1.):;]|[A-ZĐa-zđ]{1,5}|Trường hợp| |\n){0,30}") {
            let text = crate::text::clean(&s);
            let (cases, leftovers) = read(&text);
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
            let kept: usize = cases.iter().map(|c| letters(&c.title) + c.rows.iter().map(|r| letters(&r.cell)).sum::<usize>()).sum();
            let left: usize = leftovers.iter().map(|l| letters(&l.text)).sum();
            proptest::prop_assert_eq!(kept + left, letters(&text));
            for row in cases.iter().flat_map(|c| &c.rows) {
                proptest::prop_assert!(row.cell.lines().all(|l| text.contains(l)), "{}", row.cell);
            }
        }
    }
}
