//! Folding for comparison, with the way back to the characters that were written.

use super::{is_blank, is_invisible};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folded text and, for each of its bytes, the span of source characters it came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text: lower case, NFC, single spaces, tone marks in the modern place.
    pub text: String,
    /// For each byte of `text`: the index of the source character it starts from, and the one it ends before.
    spans: Vec<(u32, u32)>,
}

impl Folded {
    /// Half-open span of source characters (not bytes) behind the folded bytes `start..end`; `start < end`.
    #[must_use]
    pub fn char_span(&self, start: usize, end: usize) -> (usize, usize) {
        let from = self.spans.get(start).map_or(0, |s| s.0);
        let to = self.spans.get(end.saturating_sub(1)).map_or(0, |s| s.1);
        (from as usize, to.max(from) as usize)
    }
}

/// Text as it is matched: see [`fold_with_offsets`].
#[must_use]
pub fn fold(text: &str) -> String {
    fold_with_offsets(text).text
}

/// Folds case, composition, spaces, look-alike letters and tone-mark placement (`hoà` = `hòa`, `uỷ` = `ủy`).
///
/// Letters, diacritics and digits are never merged: `01` and `02`, `ma` and `má` stay apart.
#[must_use]
pub fn fold_with_offsets(text: &str) -> Folded {
    let mut letters: Vec<(char, u32, u32)> = Vec::with_capacity(text.len());
    let mut cluster = String::new();
    let mut from = 0u32;
    let mut at = 0u32;
    for c in text.chars() {
        let joins = !is_whole(c) && (is_invisible(c) || is_combining_mark(c));
        if !joins {
            push_cluster(&mut letters, &cluster, from, at);
            cluster.clear();
            from = at;
        }
        if is_whole(c) || !is_invisible(c) {
            cluster.push(c);
        }
        at += 1;
    }
    push_cluster(&mut letters, &cluster, from, at);
    while letters.last().is_some_and(|l| l.0 == ' ') {
        letters.pop();
    }
    place_tones(&mut letters);
    let mut out = Folded { text: String::with_capacity(text.len()), spans: Vec::with_capacity(text.len()) };
    for (c, from, to) in letters {
        out.text.push(c);
        out.spans.resize(out.text.len(), (from, to));
    }
    out
}

/// Printable ASCII and the precomposed letters of Latin: no marks and never invisible, which spares most of a text two look-ups.
fn is_whole(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{c0}'..='\u{24f}' | '\u{1ea0}'..='\u{1ef9}')
}

/// A letter with the marks that belong to it; most are one precomposed character and need no decomposition.
fn push_cluster(letters: &mut Vec<(char, u32, u32)>, cluster: &str, from: u32, to: u32) {
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (None, _) => {}
        (Some(c), None) if c.is_ascii() => push_letter(letters, latin(c.to_ascii_lowercase()), from, to),
        (Some(c), None) if matches!(c, '\u{c0}'..='\u{24f}' | '\u{1ea0}'..='\u{1ef9}') && c != '\u{130}' => {
            c.to_lowercase().for_each(|c| push_letter(letters, latin(c), from, to));
        }
        _ => cluster
            .nfd()
            .flat_map(char::to_lowercase)
            .map(latin)
            .nfc()
            .filter(|c| !is_invisible(*c))
            .for_each(|c| push_letter(letters, c, from, to)),
    }
}

fn push_letter(letters: &mut Vec<(char, u32, u32)>, c: char, from: u32, to: u32) {
    if !is_blank(c) {
        letters.push((c, from, to));
    } else if let Some(last) = letters.last_mut() {
        if last.0 == ' ' {
            last.2 = to;
        } else {
            letters.push((' ', from, to));
        }
    }
}

/// Look-alike letters of other scripts and typographic variants that occur in real files.
fn latin(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'в' => 'b',
        'с' => 'c',
        'ԁ' => 'd',
        'ð' | 'ɖ' => 'đ',
        'е' => 'e',
        'һ' | 'н' => 'h',
        'і' | 'ı' => 'i',
        'ј' => 'j',
        'к' => 'k',
        'м' => 'm',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'ѕ' => 's',
        'т' => 't',
        'ν' => 'v',
        'х' => 'x',
        'у' => 'y',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '′' | '`' | '´' => '\'',
        '／' | '⁄' | '∕' => '/',
        c => c,
    }
}

/// True when the text holds letters of other scripts that look Latin beside Latin ones.
#[must_use]
pub fn has_lookalikes(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{370}'..='\u{52f}') && latin(c.to_lowercase().next().unwrap_or(c)).is_ascii())
        && text.chars().any(|c| c.is_ascii_alphabetic())
}

const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

fn split_tone(c: char) -> (char, Option<char>) {
    if c.is_ascii() {
        return (c, None);
    }
    let mut tone = None;
    let base: String = std::iter::once(c)
        .nfd()
        .filter(|d| {
            let t = TONES.contains(d);
            if t {
                tone = Some(*d);
            }
            !t
        })
        .nfc()
        .collect();
    let mut chars = base.chars();
    match (chars.next(), chars.next()) {
        (Some(b), None) => (b, tone),
        _ => (c, None),
    }
}

fn with_tone(base: char, tone: char) -> char {
    unicode_normalization::char::compose(base, tone).unwrap_or(base)
}

/// Moves the tone of final `oa`, `oe`, `uy` to its first letter, the place most official texts use.
fn place_tones(letters: &mut [(char, u32, u32)]) {
    for i in 1..letters.len() {
        let first = letters[i - 1].0;
        if !matches!(first, 'o' | 'u') {
            continue;
        }
        let (second, tone) = split_tone(letters[i].0);
        let Some(tone) = tone else { continue };
        let open_end = letters.get(i + 1).is_none_or(|l| !l.0.is_alphabetic() && !is_combining_mark(l.0));
        let pair = matches!((first, second), ('o', 'a' | 'e') | ('u', 'y'));
        // In "quý" and "quỳnh" the u belongs to the consonant.
        let after_q = i >= 2 && letters[i - 2].0 == 'q';
        if pair && open_end && !(after_q && first == 'u') {
            letters[i - 1].0 = with_tone(first, tone);
            letters[i].0 = second;
        }
    }
}

/// [`fold`] without diacritics and with every run of other characters as one space: for names of columns.
#[must_use]
pub fn skeleton(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in fold(text).nfd() {
        let c = if c == 'đ' { 'd' } else { c };
        if c.is_alphanumeric() {
            out.push(c);
        } else if !is_combining_mark(c) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_spelling_but_keeps_meaning() {
        for (a, b, same) in [
            ("Hoà", "hòa", true),
            ("Uỷ ban", "ủy  ban", true),
            ("tuỳ", "tùy", true),
            ("khoẻ", "khỏe", true),
            ("quý", "quý", true),
            ("thủy", "thuỷ", true),
            ("hoàn", "hòan", false),
            ("mẫu 01", "mẫu 02", false),
            ("ma", "má", false),
            ("Соng chung", "cong chung", true),
            ("CMND – CCCD", "cmnd - cccd", true),
        ] {
            assert_eq!(fold(a) == fold(b), same, "{a} / {b}");
        }
    }

    #[test]
    fn spans_lead_back_to_the_characters_written() {
        let text = "Bản  sao Giâ\u{301}y khai sinh";
        let f = fold_with_offsets(text);
        let at = f.text.find("giấy").unwrap();
        let (a, b) = f.char_span(at, at + "giấy".len());
        assert_eq!(text.chars().skip(a).take(b - a).collect::<String>(), "Giâ\u{301}y");
    }

    #[test]
    fn skeletons_name_columns() {
        assert_eq!(skeleton("Mã_Thủ tục (TTHC)"), "ma thu tuc tthc");
        assert_eq!(skeleton("ĐỐI TƯỢNG"), "doi tuong");
    }
}
