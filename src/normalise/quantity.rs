//! How many originals and copies a cell asks for, in every form in which it is written.

use crate::text::fold;

/// Numbers of originals (bản chính) and copies (bản sao); none where the source does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity {
    /// Originals; also the number of sets or sheets where the kind is not named.
    pub originals: Option<u32>,
    /// Copies of any kind: certified, photographed, from the register.
    pub copies: Option<u32>,
}

impl Quantity {
    /// A quantity of which both numbers are known.
    #[must_use]
    pub fn of(originals: u32, copies: u32) -> Self {
        Quantity { originals: Some(originals), copies: Some(copies) }
    }

    /// True when both numbers are known and 0: the row is a note, nothing is handed in.
    #[must_use]
    pub fn is_note(self) -> bool {
        self == Quantity::of(0, 0)
    }

    /// True when neither number is known.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        self == Quantity::default()
    }
}

/// Reads a cell that holds a quantity and nothing else; none when it holds anything else.
///
/// A cell that names only one kind asks for none of the other (`1 bản chính` is one original and no copy), as the
/// national portal writes it. Sets, sheets and bare numbers count as originals and leave the copies unknown.
/// A cell that says that nothing is prescribed is a quantity with both numbers unknown.
/// Alternatives (`01 bản chính hoặc 01 bản sao`) cannot be told in two numbers and are no quantity.
#[must_use]
pub fn parse(text: &str) -> Option<Quantity> {
    // No quantity is long; a long cell is spared the folding.
    if text.len() > 200 || text.trim().is_empty() {
        return None;
    }
    let folded = fold(text);
    match folded.trim_matches(['.', ';', ' ']) {
        "không quy định" | "không" | "không có thông tin" | "không yêu cầu" => {
            return Some(Quantity::default());
        }
        "true" | "có" | "x" => return Some(Quantity { originals: Some(1), copies: None }),
        "false" => return Some(Quantity { originals: Some(0), copies: None }),
        _ => {}
    }
    combine(&tokens(&folded)?)
}

/// Reads a cell of a column of originals only, or of copies only: a number, a flag, `01 bản`, `2 bản sao`.
#[must_use]
pub fn count(text: &str) -> Option<u32> {
    let quantity = parse(text)?;
    match (quantity.originals, quantity.copies) {
        (Some(n), None | Some(0)) | (Some(0) | None, Some(n)) => Some(n),
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Number(u32),
    Original,
    Copy,
    /// A set or a sheet of a kind that is not named.
    Piece,
}

/// Words of a folded cell; none as soon as one of them cannot belong to a quantity.
fn tokens(folded: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let words: Vec<&str> = words(folded).collect();
    let mut rest = words.as_slice();
    while let [word, after @ ..] = rest {
        rest = after;
        let token = match *word {
            "bản" | "tờ" | "bộ" | "giấy" => match after.first() {
                Some(&"chính" | &"gốc") => Token::Original,
                Some(&"sao" | &"chụp" | &"photo" | &"phô" | &"copy") => Token::Copy,
                _ => Token::Piece,
            },
            "chính" | "gốc" | "sao" | "chụp" | "photo" | "copy" | "phô" | "tô" | "hồ" | "sơ" | "số" | "lượng"
            | "và" | "có" | "chứng" | "thực" | "công" | "hoặc" | "đối" | "chiếu" | "mỗi" | "loại" => {
                if *word == "hoặc" {
                    return None;
                }
                continue;
            }
            word => Token::Number(number(word)?),
        };
        // "01 (một) bộ": the same number again, in words.
        let spelled =
            word.chars().all(char::is_alphabetic) || found.len() == 1 && words[0].chars().all(char::is_alphabetic);
        if !(spelled && matches!(token, Token::Number(_)) && found.last() == Some(&token)) {
            found.push(token);
        }
    }
    Some(found)
}

/// Runs of letters and runs of digits; everything between separates.
fn words(folded: &str) -> impl Iterator<Item = &str> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let first = rest.chars().next()?;
        let same = |c: char| c.is_alphanumeric() && c.is_numeric() == first.is_numeric();
        let end = rest.find(|c: char| !same(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        // A number of a spreadsheet: 1.0
        rest = after.strip_prefix(".0").filter(|a| first.is_numeric() && a.is_empty()).unwrap_or(after);
        Some(word)
    })
}

fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 11] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"];
    if let Some(n) = WORDS.iter().position(|w| *w == word) {
        return u32::try_from(n).ok();
    }
    let mut n: u32 = 0;
    for c in word.chars() {
        let digit = match c {
            '０'..='９' => u32::from(c) - u32::from('０'),
            c => c.to_digit(10)?,
        };
        n = n.checked_mul(10)?.checked_add(digit)?;
    }
    // No dossier asks for a thousand of anything: such a number is a year or a code.
    (n < 1000).then_some(n)
}

fn combine(tokens: &[Token]) -> Option<Quantity> {
    let kind_first = !matches!(tokens.first()?, Token::Number(_));
    let mut quantity = Quantity::default();
    let mut pending: Option<Token> = None;
    for token in tokens {
        let (number, kind) = match (kind_first, pending, *token) {
            (true, Some(kind), Token::Number(n)) => (n, kind),
            (false, Some(Token::Number(n)), kind) if !matches!(kind, Token::Number(_)) => (n, kind),
            (_, None, token) => {
                pending = Some(token);
                continue;
            }
            _ => return None,
        };
        pending = None;
        let slot = if kind == Token::Copy { &mut quantity.copies } else { &mut quantity.originals };
        if slot.replace(number).is_some() {
            return None;
        }
        if kind == Token::Piece && tokens.len() > 2 {
            return None;
        }
    }
    match pending {
        // A bare number; a kind without a number is no quantity.
        Some(Token::Number(n)) if tokens.len() == 1 => quantity.originals = Some(n),
        Some(_) => return None,
        None if tokens.contains(&Token::Original) => quantity.copies = quantity.copies.or(Some(0)),
        None if tokens.contains(&Token::Copy) => quantity.originals = quantity.originals.or(Some(0)),
        None => {}
    }
    Some(quantity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_every_written_form() {
        let some = |o, c| Some(Quantity { originals: o, copies: c });
        for (text, expected) in [
            ("1 bản chính,1 bản sao", some(Some(1), Some(1))),
            ("0 bản chính", some(Some(0), Some(0))),
            ("1 bản chính", some(Some(1), Some(0))),
            ("0 bản chính,3 bản sao", some(Some(0), Some(3))),
            ("Bản chính: 1\nBản sao: 0", some(Some(1), Some(0))),
            ("Bản chính: 0 - Bản sao: 2", some(Some(0), Some(2))),
            ("BẢN CHÍNH:2", some(Some(2), Some(0))),
            ("01 (một) bộ", some(Some(1), None)),
            ("(02) hai bộ hồ sơ", some(Some(2), None)),
            ("01 bản chính và 02 bản sao", some(Some(1), Some(2))),
            ("01 bản gốc; 01 bản sao có chứng thực", some(Some(1), Some(1))),
            ("02 bản chụp", some(Some(0), Some(2))),
            ("2 bộ", some(Some(2), None)),
            ("01  bản", some(Some(1), None)),
            ("１ bản chính", some(Some(1), Some(0))),
            ("3", some(Some(3), None)),
            ("1.0", some(Some(1), None)),
            ("true", some(Some(1), None)),
            ("false", some(Some(0), None)),
            ("Không quy định", some(None, None)),
            ("1\u{a0}bản\u{200b} chính", some(Some(1), Some(0))),
            ("", None),
            ("bản chính", None),
            ("01 bản chính hoặc 01 bản sao", None),
            ("Đơn đề nghị 01 bản", None),
            ("Mẫu số 01.docx", None),
            ("2025", None),
            ("01/01/2026", None),
            ("1/1", None),
            ("12345 bản", None),
        ] {
            assert_eq!(parse(text), expected, "{text:?}");
        }
        assert!(Quantity::of(0, 0).is_note());
        assert!(!Quantity { originals: Some(0), copies: None }.is_note());
    }

    #[test]
    fn counts_one_column() {
        for (text, expected) in [
            ("1", Some(1)),
            ("true", Some(1)),
            ("false", Some(0)),
            ("02 bản sao", Some(2)),
            ("01 bản chính", Some(1)),
            ("1 bản chính, 1 bản sao", None),
            ("", None),
        ] {
            assert_eq!(count(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn portal_cells_read_back(o in 0u32..100, c in 0u32..100) {
            let expected = Some(Quantity::of(o, c));
            let portal = format!("{o} bản chính,{c} bản sao");
            let label = format!("Bản chính: {o}\nBản sao: {c}");
            let words = format!("{o:02} bản chính và {c:02} bản sao");
            prop_assert_eq!(parse(&portal), expected);
            prop_assert_eq!(parse(&label), expected);
            prop_assert_eq!(parse(&words), expected);
        }

        #[test]
        fn never_panics(s in "\\PC{0,40}") {
            let _ = parse(&s);
        }
    }
}
