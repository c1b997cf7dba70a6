//! Vietnamese text as it must be compared: composition, invisible characters, tone-mark placement.
//!
//! Three strengths, each stable under repetition (applying it twice changes nothing):
//! - [`clean`]: what is stored and quoted. The words stay as the source wrote them.
//! - [`fold`]: what is matched. Case, tone-mark placement and look-alike letters no longer matter.
//! - [`skeleton`]: fold without diacritics, for column names and file names only; never for deciding.

mod fold;
pub mod legacy;
mod syllable;

pub use fold::{Folded, fold, fold_with_offsets, has_lookalikes, skeleton};
pub use syllable::is_syllable;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Text as it is stored: NFC, no invisible or private-use characters, plain spaces, no space at line ends.
///
/// Line breaks stay, because they carry the structure of lists. Runs of blank lines become one line break.
#[must_use]
pub fn clean(text: &str) -> String {
    // Invisible characters go first: one of them can keep a letter apart from its combining mark.
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let composed = if is_nfc_quick(visible.chars()) == IsNormalized::Yes { visible } else { visible.nfc().collect() };
    let mut out = String::with_capacity(composed.len());
    for c in composed.chars() {
        match c {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => break_line(&mut out),
            c if is_blank(c) => {
                if !out.is_empty() && !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end_matches([' ', '\n']).len());
    out
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
        }

        #[test]
        fn offsets_lead_back_into_the_text(s in "\\PC{0,40}") {
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
