//! The dossier table of the national portal as one text, its cells run together without separators.
//!
//! ```text
//! heading HEADER name file quantity name file quantity … heading HEADER name file quantity …
//! ```
//! The header words stand once a case. Every row ends with its quantity, which the portal writes in one way only:
//! `N bản chính` or `N bản chính,N bản sao`, without leading zeros. The same words occur inside names
//! (`(01 bản chính hoặc 01 bản sao …)`), and the digits of a name can run into those of the quantity (`Mẫu số 021 bản chính`).
//! What tells them apart is how the words are joined to what stands before and after: see [`boundary`].

use super::{Case, Leftover, LeftoverKind, Row, is_blank};
use crate::normalise::quantity::Quantity;

/// The header cells of the table as they run together.
const HEADER: &str = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";
const ORIGINALS: &str = " bản chính";
const COPIES: &str = " bản sao";

/// Splits a cleaned text into cases and rows; none when it has no header of the portal's table.
#[must_use]
pub fn read(text: &str) -> Option<(Vec<Case>, Vec<Leftover>)> {
    let mut segments = text.split(HEADER).peekable();
    let mut heading = segments.next()?;
    segments.peek()?;
    let mut cases = Vec::new();
    let mut leftovers = Vec::new();
    let mut row = 0;
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        let mut rows = Vec::new();
        let rest = cells(segment, last, |cell, quantity, written| {
            row += 1;
            if is_blank(cell) {
                let text = format!("{cell}{written}");
                leftovers.push(Leftover { kind: LeftoverKind::UnnamedRow, row: Some(row), text });
            } else {
                rows.push(Row::from_cell(row, cell, quantity));
            }
        });
        if rows.is_empty() {
            empty_case(heading, &mut leftovers);
        } else {
            cases.push(Case { title: title(heading).to_owned(), rows });
        }
        heading = rest;
    }
    // What follows the last quantity: headings of cases that have no table.
    empty_case(heading, &mut leftovers);
    Some((cases, leftovers))
}

fn title(heading: &str) -> &str {
    let heading = heading.trim();
    if is_blank(heading) { "" } else { heading }
}

fn empty_case(heading: &str, leftovers: &mut Vec<Leftover>) {
    let text = title(heading).to_owned();
    if !text.is_empty() {
        leftovers.push(Leftover { kind: LeftoverKind::EmptyCase, row: None, text });
    }
}

/// Calls `found` with the cell, the quantity and the quantity as written of every row; returns what follows the last one.
fn cells<'a>(segment: &'a str, last: bool, mut found: impl FnMut(&'a str, Quantity, &'a str)) -> &'a str {
    let mut start = 0;
    for (at, _) in segment.match_indices(ORIGINALS) {
        let digits = segment[start..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            continue;
        }
        let (copies, end) = copies(segment, at + ORIGINALS.len());
        let context = Context {
            before: &segment[start..at - digits],
            digits: &segment[at - digits..at],
            after: &segment[end..],
            last,
        };
        if let Some(kept) = boundary(context) {
            let from = at - kept;
            let originals = segment[from..at].parse().ok();
            let quantity = Quantity { originals, copies: copies.or(Some(0)) };
            found(&segment[start..from], quantity, &segment[from..end]);
            start = end;
        }
    }
    &segment[start..]
}

/// The part `,N bản sao`, where there is one, and where it ends.
fn copies(segment: &str, from: usize) -> (Option<u32>, usize) {
    let read = || {
        let rest = segment[from..].strip_prefix(',')?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..digits].parse().ok()?;
        rest[digits..].starts_with(COPIES).then_some((Some(number), from + 1 + digits + COPIES.len()))
    };
    read().unwrap_or((None, from))
}

/// Digits followed by ` bản chính`, with what stands around them.
#[derive(Debug, Clone, Copy)]
struct Context<'a> {
    /// The cell so far.
    before: &'a str,
    digits: &'a str,
    /// What follows the quantity.
    after: &'a str,
    /// No header follows, so that the text may end with a quantity.
    last: bool,
}

/// What follows a possible quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Nothing.
    End,
    /// A quantity of its own: the words before it end a name, or a row has no name.
    Quantity,
    /// The start of a cell, joined without a space as the portal does.
    Cell,
    /// A bullet or number after a space or a stray stop.
    Bullet,
    /// A capital after a space: a cell with a space before it, or a sentence that goes on with a name.
    Capital,
    /// The sentence goes on.
    Sentence,
}

/// How many of the last digits are the quantity that ends a row; none for a mention inside a name or heading.
fn boundary(context: Context) -> Option<usize> {
    let Context { before, digits, after, last } = context;
    let next = next(after);
    let by_hand = written_by_hand(digits);
    let ends = match before.chars().next_back() {
        _ if next == Next::Sentence => false,
        // Nothing before: a row without a name, unless the words begin one.
        None => !by_hand && next != Next::Capital,
        Some('(') => next == Next::End && last,
        // A number that ends the name has run into the quantity; the space stands before the number.
        Some(c) if c.is_whitespace() && digits.len() > 1 && !by_hand => {
            next != Next::Quantity || digits.starts_with('0')
        }
        Some(c) if c.is_whitespace() => match next {
            // Before another header stands a heading, so the words belong to it.
            Next::End => last,
            Next::Cell => true,
            Next::Bullet => before.trim_end().ends_with(['.', ';', ':', ')']),
            Next::Quantity | Next::Capital | Next::Sentence => false,
        },
        Some(_) => true,
    };
    ends.then(|| quantity_digits(before, digits))
}

/// The portal prints plain numbers; a leading zero is typed by people, and belongs to what they wrote.
fn written_by_hand(digits: &str) -> bool {
    digits.len() == 2 && digits.starts_with('0')
}

fn next(after: &str) -> Next {
    let rest = after.trim_start_matches([' ', '\n', '.', ';']);
    let joined = rest.len() == after.len();
    let Some(first) = rest.chars().next() else { return Next::End };
    if matches!(first, ')' | ',' | ']' | ':' | '/' | '”') {
        Next::Sentence
    } else if is_number_of(rest, ORIGINALS) {
        Next::Quantity
    } else if joined {
        Next::Cell
    } else if is_number_of(rest.trim_start_matches(['-', '+', ' ']), COPIES) {
        Next::Sentence
    } else if is_marker(rest) {
        Next::Bullet
    } else if first.is_lowercase() || first == '(' {
        Next::Sentence
    } else {
        Next::Capital
    }
}

fn is_number_of(text: &str, words: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && text[digits..].starts_with(words)
}

/// True for text that begins with a bullet, or with `1.`, `1.3)`, `a)`, `(ii)`.
fn is_marker(text: &str) -> bool {
    if text.starts_with(['-', '–', '+', '*', '•']) {
        return true;
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let opened = inner.len() < text.len();
    let end = inner.find([')', ' ', '\n']).unwrap_or(inner.len());
    let label = inner[..end].trim_end_matches('.');
    let closed = inner[end..].starts_with(')') || !opened && inner[..end].ends_with('.');
    let is_number = label.starts_with(|c: char| c.is_ascii_digit()) && label.len() <= 8;
    let is_letter = label.chars().count() == 1;
    let is_roman = label.len() <= 4 && label.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    closed && !label.is_empty() && (is_number || is_letter || is_roman)
}

/// How many of the digits belong to the quantity, where a number that ends the name may have run into them.
///
/// Quantities have one digit but for rare ones of two, so two digits are kept only where the name cannot end with a number.
fn quantity_digits(before: &str, digits: &str) -> usize {
    let end = before.trim_end();
    let name_is_closed = match end.chars().next_back() {
        None | Some(')' | ';' | '”' | '"') => true,
        Some('.' | ':') => !end[..end.len() - 1].ends_with(|c: char| c.is_ascii_digit()),
        // A word; not a unit (m2) and not a code (TK2, PL-a2).
        Some(c) if end.len() == before.len() && c.is_lowercase() => {
            let word = end.rsplit(|c: char| c.is_whitespace()).next().unwrap_or(end);
            word.chars().count() > 2 && word.chars().skip(1).all(|c| c.is_lowercase() || c == '.')
        }
        Some(_) => false,
    };
    if digits.len() <= 2 && (name_is_closed || written_by_hand(digits)) { digits.len() } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fmt::Write as _;

    /// Texts and quantities of all rows, and what is left over.
    fn split(body: &str) -> (Vec<(String, u32, u32)>, Vec<String>) {
        let (cases, leftovers) = read(&format!("--{HEADER}{body}")).unwrap();
        let rows = cases.into_iter().flat_map(|c| c.rows);
        let rows = rows.map(|r| (r.cell, r.quantity.originals.unwrap(), r.quantity.copies.unwrap())).collect();
        (rows, leftovers.into_iter().map(|l| l.text).collect())
    }

    #[test]
    fn tells_cells_from_mentions() {
        for (body, expected) in [
            ("Đơn đề nghị1 bản chínhẢnh chân dung2 bản chính", vec![("Đơn đề nghị", 1, 0), ("Ảnh chân dung", 2, 0)]),
            (
                "- Tờ khai;0 bản chính,3 bản sao- Hộ chiếu1 bản chính,1 bản sao",
                vec![("- Tờ khai;", 0, 3), ("- Hộ chiếu", 1, 1)],
            ),
            // digits of the name run into those of the quantity
            ("Đơn theo Mẫu số 071 bản chínhẢnh1 bản chính", vec![("Đơn theo Mẫu số 07", 1, 0), ("Ảnh", 1, 0)]),
            ("Giấy xác nhận bước 31 bản chính", vec![("Giấy xác nhận bước 3", 1, 0)]),
            (
                "Luật Đất đai năm 20240 bản chính,1 bản saoSơ đồ1 bản chính",
                vec![("Luật Đất đai năm 2024", 0, 1), ("Sơ đồ", 1, 0)],
            ),
            ("Giấy cấp ngày 15/03/20262 bản chính", vec![("Giấy cấp ngày 15/03/2026", 2, 0)]),
            ("Theo Nghị định 12/2025/NĐ-CP1 bản chính", vec![("Theo Nghị định 12/2025/NĐ-CP", 1, 0)]),
            ("Nhà ở dưới 30 m21 bản chính", vec![("Nhà ở dưới 30 m2", 1, 0)]),
            ("Hồ sơ thiết kế;12 bản chính- Đơn1 bản chính", vec![("Hồ sơ thiết kế;", 12, 0), ("- Đơn", 1, 0)]),
            ("Kết quả G03-KQ0001231 bản chính", vec![("Kết quả G03-KQ000123", 1, 0)]),
            // mentions
            (
                "Hợp đồng (01 bản chính hoặc 01 bản sao) kèm theo1 bản chính",
                vec![("Hợp đồng (01 bản chính hoặc 01 bản sao) kèm theo", 1, 0)],
            ),
            ("Biên bản (2 bản chính)1 bản chính", vec![("Biên bản (2 bản chính)", 1, 0)]),
            ("Nộp 1 bản chính, 1 bản sao sổ0 bản chính", vec![("Nộp 1 bản chính, 1 bản sao sổ", 0, 0)]),
            ("Nộp 2 bản chính và ảnh1 bản chính", vec![("Nộp 2 bản chính và ảnh", 1, 0)]),
            (
                "Lý lịch, nộp 2 bản chính1 bản chínhĐơn1 bản chính",
                vec![("Lý lịch, nộp 2 bản chính", 1, 0), ("Đơn", 1, 0)],
            ),
            ("Đơn;1 bản chính02 bản chính Lý lịch1 bản chính", vec![("Đơn;", 1, 0), ("02 bản chính Lý lịch", 1, 0)]),
            ("Gồm 2 bản chính Giấy khai sinh1 bản chính", vec![("Gồm 2 bản chính Giấy khai sinh", 1, 0)]),
            // cells that begin or end loosely
            ("Sơ đồ; 1 bản chính- Đơn1 bản chính", vec![("Sơ đồ;", 1, 0), ("- Đơn", 1, 0)]),
            ("Sơ đồ1 bản chính * Đơn1 bản chính", vec![("Sơ đồ", 1, 0), ("* Đơn", 1, 0)]),
            (
                "Sơ đồ.1 bản chính (1.2) Đơn1 bản chính b) Ảnh1 bản chính",
                vec![("Sơ đồ.", 1, 0), ("(1.2) Đơn", 1, 0), ("b) Ảnh", 1, 0)],
            ),
            ("Sơ đồ1 bản chínhvăn bản ủy quyền1 bản chính", vec![("Sơ đồ", 1, 0), ("văn bản ủy quyền", 1, 0)]),
        ] {
            let (rows, leftovers) = split(body);
            let rows: Vec<_> = rows.iter().map(|(t, o, c)| (t.as_str(), *o, *c)).collect();
            assert_eq!((rows, leftovers), (expected, vec![]), "{body}");
        }
    }

    #[test]
    fn cases_keep_their_headings() {
        let text = format!(
            "* Giấy tờ phải nộp:{HEADER}Đơn1 bản chínhTRƯỜNG HỢP CẤP LẠI{HEADER}Đơn theo Tên giấy tờ0 bản chính,1 bản sao\
             ----Lưu ý (nộp 1 bản chính){HEADER}Miễn nộp0 bản chính--{HEADER}Ảnh1 bản chính--"
        );
        let (cases, leftovers) = read(&text).unwrap();
        let titles: Vec<_> = cases.iter().map(|c| (c.title.as_str(), c.rows[0].row)).collect();
        assert_eq!(
            titles,
            [("* Giấy tờ phải nộp:", 1), ("TRƯỜNG HỢP CẤP LẠI", 2), ("----Lưu ý (nộp 1 bản chính)", 3), ("", 4)]
        );
        assert!(cases[2].rows[0].quantity.is_note());
        assert_eq!(leftovers, []);
        assert_eq!(read("- Đơn đề nghị;\n- Ảnh"), None);
    }

    #[test]
    fn rows_and_cases_that_are_empty_are_reported() {
        let text = format!("--{HEADER}Đơn1 bản chính1 bản chínhTrường hợp nộp trực tuyến");
        let (cases, leftovers) = read(&text).unwrap();
        assert_eq!(cases[0].rows.len(), 1);
        let kinds: Vec<_> = leftovers.iter().map(|l| (l.kind, l.row, l.text.as_str())).collect();
        assert_eq!(
            kinds,
            [
                (LeftoverKind::UnnamedRow, Some(2), "1 bản chính"),
                (LeftoverKind::EmptyCase, None, "Trường hợp nộp trực tuyến")
            ]
        );
    }

    proptest! {
        #[test]
        fn rows_joined_together_come_apart_again(
            written in proptest::collection::vec(
                proptest::collection::vec(("[-+a]? ?[A-ZĐẢ][a-zđảỳ ]{0,12}[a-zảỳ;.)]", 0u32..10, 0u32..10), 1..6), 1..4),
        ) {
            let mut text = String::new();
            for (i, case) in written.iter().enumerate() {
                let _ = if i == 0 { write!(text, "--") } else { write!(text, "Trường hợp {i}:") };
                text += HEADER;
                for (name, originals, copies) in case {
                    let _ = write!(text, "{name}{originals}{ORIGINALS}");
                    if *copies > 0 {
                        let _ = write!(text, ",{copies}{COPIES}");
                    }
                }
            }
            let (cases, leftovers) = read(&text).unwrap();
            prop_assert_eq!(leftovers, vec![]);
            let read: Vec<Vec<_>> = cases.iter().map(|c| c.rows.iter().map(|r| (r.cell.clone(), r.quantity)).collect()).collect();
            let expected: Vec<Vec<_>> = written.iter()
                .map(|c| c.iter().map(|(n, o, k)| (n.trim().to_owned(), Quantity::of(*o, *k))).collect()).collect();
            prop_assert_eq!(read, expected);
        }

        #[test]
        fn nothing_is_lost(s in "(Tên giấy tờMẫu đơn, tờ khaiSố lượng|1 bản chính|[1-9]|,2 bản sao|[A-Za-z ;(]{1,4}){0,12}") {
            let text = crate::text::clean(&format!("--{HEADER}{s}"));
            let (cases, leftovers) = read(&text).unwrap();
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
            let quantities: usize = cases.iter().flat_map(|c| &c.rows)
                .map(|r| letters(&r.cell)).sum();
            let headings: usize = cases.iter().map(|c| letters(&c.title)).sum();
            let left: usize = leftovers.iter().map(|l| letters(&l.text)).sum();
            // what is not handed back is the headers and the quantities of the rows
            let mut rest = letters(&text) - letters(HEADER) * text.matches(HEADER).count();
            rest -= quantities + headings + left;
            let rows = cases.iter().flat_map(|c| &c.rows).map(|r| {
                let o = r.quantity.originals.unwrap().to_string().len() + letters(ORIGINALS);
                let c = r.quantity.copies.filter(|c| *c > 0).map_or(0, |c| c.to_string().len() + letters(COPIES));
                o + c
            }).sum::<usize>();
            prop_assert_eq!(rest, rows);
        }
    }
}
