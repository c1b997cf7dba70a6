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

    /// Adds the bytes `start..end` of another folded text.
    pub(super) fn push(&mut self, other: &Self, start: usize, end: usize) {
        self.text.push_str(&other.text[start..end]);
        self.spans.extend_from_slice(&other.spans[start..end]);
    }

    /// Adds a space that nobody wrote, before the source character `at`.
    pub(super) fn push_blank(&mut self, at: usize) {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.text.push(' ');
        self.spans.push((at, at));
    }
}

/// Text as it is matched: see [`fold_with_offsets`].
#[must_use]
pub fn fold(text: &str) -> String {
    fold_plain(text).unwrap_or_else(|| fold_with_offsets(text).text)
}

/// [`fold`] of text that holds only plain letters, which is nearly all text; none where a character needs a closer look.
fn fold_plain(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    // the last two letters written
    let (mut before, mut last) = (' ', ' ');
    let mut before_pair = ' ';
    for c in text.chars() {
        let c = match lower(c) {
            Some(c) => c,
            None if is_blank(c) => ' ',
            None => return None,
        };
        if c == ' ' && last == ' ' {
            continue;
        }
        if !last.is_ascii() && !c.is_alphabetic() {
            place_tone(&mut out, before_pair, before, last);
        }
        out.push(c);
        (before_pair, before, last) = (before, last, c);
    }
    if last == ' ' {
        out.pop();
    } else {
        place_tone(&mut out, before_pair, before, last);
    }
    Some(out)
}

/// Moves the tone of a word's last letter, just written, to the one before it where [`place_tones`] would.
fn place_tone(out: &mut String, before_pair: char, first: char, toned: char) {
    if !matches!(first, 'o' | 'u') || toned.is_ascii() {
        return;
    }
    let (second, tone) = split_tone(toned);
    if let Some(tone) = tone.filter(|_| takes_tone(before_pair, first, second)) {
        out.truncate(out.len() - first.len_utf8() - toned.len_utf8());
        out.push(with_tone(first, tone));
        out.push(second);
    }
}

/// The small letter of a plain one; none for characters that decompose, combine, vanish or stand for others.
fn lower(c: char) -> Option<char> {
    match c {
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        '`' | 'ð' => None,
        '!'..='~' | 'ß'..='ÿ' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => Some(c),
        '\u{1ea0}'..='\u{1ef9}' => char::from_u32(u32::from(c) | 1),
        'À'..='Ö' | 'Ø'..='Ý' => char::from_u32(u32::from(c) + 0x20),
        'Ă' => Some('ă'),
        'Đ' => Some('đ'),
        'Ĩ' => Some('ĩ'),
        'Ũ' => Some('ũ'),
        'Ơ' => Some('ơ'),
        'Ư' => Some('ư'),
        '–' | '—' => Some('-'),
        '“' | '”' => Some('"'),
        '‘' | '’' => Some('\''),
        _ => None,
    }
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
        // typesetting without the horned letter used this one: "ngƣời"
        'ƣ' => 'ư',
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
    // only these bytes begin a Greek or Cyrillic letter
    let may_hold = text.bytes().any(|b| matches!(b, 0xcd..=0xd4));
    may_hold
        && text
            .chars()
            .any(|c| matches!(c, '\u{370}'..='\u{52f}') && latin(c.to_lowercase().next().unwrap_or(c)).is_ascii())
        && text.chars().any(|c| c.is_ascii_alphabetic())
}

/// The vowels whose tone moves, and each with the five tones in one order.
const TONED: [(char, [char; 5]); 5] = [
    ('a', ['à', 'á', 'ã', 'ả', 'ạ']),
    ('e', ['è', 'é', 'ẽ', 'ẻ', 'ẹ']),
    ('o', ['ò', 'ó', 'õ', 'ỏ', 'ọ']),
    ('u', ['ù', 'ú', 'ũ', 'ủ', 'ụ']),
    ('y', ['ỳ', 'ý', 'ỹ', 'ỷ', 'ỵ']),
];

/// A vowel without its tone, and the place of the tone in [`TONED`].
fn split_tone(c: char) -> (char, Option<usize>) {
    let found = TONED.iter().find_map(|(base, toned)| Some((*base, toned.iter().position(|t| *t == c)?)));
    found.map_or((c, None), |(base, tone)| (base, Some(tone)))
}

fn with_tone(base: char, tone: usize) -> char {
    TONED.iter().find(|(b, _)| *b == base).and_then(|(_, toned)| toned.get(tone)).copied().unwrap_or(base)
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
        let before = if i >= 2 { letters[i - 2].0 } else { ' ' };
        if open_end && takes_tone(before, first, second) {
            letters[i - 1].0 = with_tone(first, tone);
            letters[i].0 = second;
        }
    }
}

/// Whether the first of two vowels bears the tone of an open syllable: `hòa`, `khỏe`, `thủy`.
fn takes_tone(before: char, first: char, second: char) -> bool {
    // In "quý" and "quỳnh" the u belongs to the consonant.
    let after_q = before == 'q' && first == 'u';
    matches!((first, second), ('o', 'a' | 'e') | ('u', 'y')) && !after_q
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
            ("ngƣời đƣợc", "người được", true),
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
