//! Vietnamese text as it must be compared: composition, invisible characters, tone-mark placement.
//!
//! Three strengths, each stable under repetition (applying it twice changes nothing):
//! - [`clean`]: what is stored and quoted. The words stay as the source wrote them.
//! - [`fold`]: what is matched. Case, tone-mark placement and look-alike letters no longer matter; [`Folded::parted`] also puts
//!   back spaces that were lost.
//! - [`skeleton`]: fold without diacritics, for column names and file names only; never for deciding.

mod fold;
mod glued;
pub mod legacy;
mod syllable;

pub use fold::{Folded, fold, fold_with_offsets, has_lookalikes, skeleton};
pub use syllable::is_syllable;

use unicode_normalization::UnicodeNormalization;

/// Text as it is stored: NFC, no invisible or private-use characters, plain spaces, no space at line ends.
///
/// Line breaks stay, because they carry the structure of lists. Runs of blank lines become one line break.
#[must_use]
pub fn clean(text: &str) -> String {
    clean_composed(text, false).or_else(|| clean_composed(&compose(text), true)).unwrap_or_default()
}

/// The text in NFC, without invisible characters.
fn compose(text: &str) -> String {
    // Invisible characters go first: one of them can keep a letter apart from its combining mark.
    let mut composed = String::with_capacity(text.len());
    let mut cluster = String::new();
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if is_composed(c) {
            if !cluster.is_empty() {
                composed.extend(cluster.nfc());
                cluster.clear();
            }
            composed.push(c);
        } else {
            if cluster.is_empty() {
                cluster.extend(composed.pop());
            }
            cluster.push(c);
        }
    }
    composed.extend(cluster.nfc());
    composed
}

/// Cleans text that [`compose`] has gone through, or that needs none of it; none when it turns out to need it. Stretches
/// without anything to clean are copied whole.
fn clean_composed(text: &str, went_through: bool) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut after_blank = true;
    for (at, c) in text.char_indices() {
        if is_plain(c) {
            after_blank = false;
        } else if c == ' ' && !after_blank {
            after_blank = true;
        } else if !went_through && !is_composed(c) {
            return None;
        } else {
            out.push_str(&text[copied..at]);
            copied = at + c.len_utf8();
            match c {
                '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => break_line(&mut out),
                c if is_invisible(c) => {}
                c if is_blank(c) => {
                    if !out.is_empty() && !out.ends_with([' ', '\n']) {
                        out.push(' ');
                    }
                }
                c => out.push(c),
            }
            after_blank = out.is_empty() || out.ends_with([' ', '\n']);
        }
    }
    out.push_str(&text[copied..]);
    out.truncate(out.trim_end_matches([' ', '\n']).len());
    Some(out)
}

/// Latin letters and common punctuation: in NFC they stay as they are, and compose with nothing before them.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2027}')
}

/// Composed characters that need no cleaning, which is nearly all of a text.
fn is_plain(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2027}')
}

fn break_line(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Zero-width characters, soft hyphen, byte-order mark, direction marks, controls and variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}')
}

/// Every kind of space, and private-use characters (bullets of symbol fonts), which stand where a space would.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffd}' | '\u{80}'..='\u{9f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cleans_what_real_files_contain() {
        for (raw, expected) in [
            ("Giâ\u{301}y tơ\u{300}", "Giấy tờ"),
            ("a\u{200b}b\u{feff}c\u{ad}", "abc"),
            ("Tên\u{a0}\u{a0} giấy\t tờ ", "Tên giấy tờ"),
            ("- Đơn;\r\n\r\n  - Bản sao", "- Đơn;\n- Bản sao"),
            ("\u{f0b7} Đơn đề nghị", "Đơn đề nghị"),
            ("e\u{200b}\u{301}", "é"),
            ("", ""),
        ] {
            assert_eq!(clean(raw), expected, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_and_folding_twice_change_nothing(s in "\\PC{0,40}|[a-zạảấồỳ\u{301}\u{300}\u{200b}\u{a0} \n\r\tHoàòÒÀuỷủyaоеА]{0,40}") {
            let once = clean(&s);
            prop_assert_eq!(clean(&once), once.clone());
            let folded = fold(&s);
            prop_assert_eq!(fold(&folded), folded.clone());
            let bare = skeleton(&s);
            prop_assert_eq!(skeleton(&bare), bare.clone());
            let parted = fold_with_offsets(&s).parted();
            prop_assert_eq!(parted.text.replace(' ', ""), folded.replace(' ', ""));
            prop_assert_eq!(parted.clone().parted(), parted);
        }

        #[test]
        fn cleaned_text_is_composed(s in "[a-zạảấ가\u{1100}\u{1161}\u{ad}\u{200b}\u{300}-\u{303}\u{309}\u{323}\u{340}\u{f73} ;]{0,30}") {
            let visible: String = s.chars().filter(|c| !is_invisible(*c)).collect();
            let spaced: String = visible.nfc().collect::<String>().split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
            prop_assert_eq!(clean(&s), spaced);
        }

        #[test]
        fn offsets_lead_back_into_the_text(s in "\\PC{0,40}|[ a-zA-ZăĐƯơạẢẤồỳÿ×ðßquoaeyàòảùỷ`–“.,0-9\u{300}\u{200b}\n]{0,30}") {
            let f = fold_with_offsets(&s);
            prop_assert_eq!(&f.text, &fold(&s));
            let chars = s.chars().count();
            for (i, _) in f.text.char_indices() {
                let span = f.char_span(i, i + f.text[i..].chars().next().unwrap().len_utf8());
                prop_assert!(span.0 < span.1 && span.1 <= chars);
            }
        }
    }
}
