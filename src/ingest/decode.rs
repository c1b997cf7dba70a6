//! Bytes into text: Unicode in its forms, Windows-1258, and the font encodings TCVN3 and VNI.

use super::{Input, Sink};
use crate::problem::{Problem, Severity, Source};
use crate::text::is_syllable;
use crate::text::legacy::{Legacy, evidence};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

/// Text and how it was found to be encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, in NFC where it was not Unicode before.
    pub text: String,
    /// Name of the encoding: `UTF-8`, `UTF-16LE`, `windows-1258`, `TCVN3 (ABC)` …
    pub encoding: &'static str,
    /// True for an encoding other than Unicode, which was guessed from the content.
    pub guessed: bool,
    /// True when some bytes were no text and stand as U+FFFD.
    pub damaged: bool,
}

impl Decoded {
    /// Reports an encoding that was guessed, and bytes that were no text.
    pub fn report(&self, input: &Input, sink: &mut Sink) {
        let source = Source { file: input.path.to_owned(), ..Source::default() };
        let report = |severity, problem| Problem::new(severity, problem, &source).with_arg("encoding", self.encoding);
        if self.guessed {
            sink.problems.push(report(Severity::Note, "encoding-legacy"));
        }
        if self.damaged {
            sink.problems.push(report(Severity::Warning, "encoding-damaged"));
        }
    }
}

/// How much of a file is looked at to tell its encoding.
const SAMPLE: usize = 256 * 1024;

/// Decodes a whole file; none when it is no text at all.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(unicode(&bytes[mark..], encoding));
    }
    if let Some(encoding) = bare_utf16(bytes) {
        return Some(unicode(bytes, encoding));
    }
    if is_binary(bytes) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Decoded { text: text.to_owned(), encoding: UTF_8.name(), guessed: false, damaged: false }),
        Err(_) if is_mostly_utf8(bytes) => Some(unicode(bytes, UTF_8)),
        Err(_) => Some(single_byte(bytes)),
    }
}

/// As [`decode`], for the beginning of a file: what a reader needs to recognise a format.
#[must_use]
pub fn decode_head(bytes: &[u8], length: usize) -> Option<Decoded> {
    if bytes.len() <= length {
        return decode(bytes);
    }
    // Cut after a line, so that no character is cut: in UTF-16LE a zero follows the line feed.
    let head = &bytes[..length & !1];
    let end = head.iter().rposition(|b| *b == b'\n').map_or(head.len(), |i| i + 1);
    let end = if head.contains(&0) { (end + 1) & !1 } else { end };
    decode(&head[..end.min(head.len())])
}

fn unicode(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), guessed: false, damaged }
}

/// UTF-16 without its mark: the high byte of nearly every unit is that of Latin or Vietnamese letters.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    if sample.len() < 4 {
        return None;
    }
    let units = sample.len() / 2;
    let share = |offset: usize| {
        let high = sample.iter().skip(offset).step_by(2);
        let (mut latin, mut zero) = (0, 0);
        for byte in high {
            latin += usize::from(matches!(byte, 0 | 1 | 3 | 0x1e | 0x20));
            zero += usize::from(*byte == 0);
        }
        // zeros must be there, and not in the low bytes
        latin * 20 >= units * 19 && zero * 3 >= units && !sample.iter().skip(1 - offset).step_by(2).any(|b| *b == 0)
    };
    [(1, UTF_16LE), (0, UTF_16BE)].into_iter().find(|(offset, _)| share(*offset)).map(|(_, encoding)| encoding)
}

/// Text holds no zero bytes and hardly any other controls.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|b| matches!(b, 1..=8 | 0xe..=0x1a | 0x1c..=0x1f)).count();
    sample.contains(&0) || controls * 100 > sample.len()
}

/// Damaged UTF-8: few places are broken, many sequences are whole.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut broken, mut whole) = (0usize, 0usize);
    for chunk in bytes[..bytes.len().min(SAMPLE)].utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    whole > broken * 10
}

/// One byte a character: the reading under which most words are Vietnamese syllables.
fn single_byte(bytes: &[u8]) -> Decoded {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let latin = WINDOWS_1252.decode_without_bom_handling(sample).0;
    let viet: String = WINDOWS_1258.decode_without_bom_handling(sample).0.nfc().collect();
    let found = evidence(&latin);
    let legacy = found.verdict(1);
    let by_legacy = legacy.map_or(0, |l| if l == Legacy::Vni { found.vni } else { found.tcvn3 });
    let by_1258 = viet.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_ascii() && is_syllable(w)).count();
    let whole = |encoding: &'static Encoding| encoding.decode_without_bom_handling(bytes);
    let (text, encoding, damaged) = match legacy {
        Some(legacy) if by_legacy > by_1258 => {
            let (text, damaged) = whole(WINDOWS_1252);
            (legacy.decode(&text), legacy.name(), damaged)
        }
        _ if by_1258 > found.plain => {
            let (text, damaged) = whole(WINDOWS_1258);
            (text.nfc().collect(), WINDOWS_1258.name(), damaged)
        }
        _ => {
            let (text, damaged) = whole(WINDOWS_1252);
            (text.into_owned(), WINDOWS_1252.name(), damaged)
        }
    };
    Decoded { text, encoding, guessed: true, damaged }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::legacy::encode;

    const SAMPLE_TEXT: &str =
        "mã thủ tục\ttên thủ tục\tthành phần hồ sơ\n1.001234\tcấp lại giấy phép\tđơn đề nghị; bản sao quyết định\n";

    fn latin1(text: &str) -> Vec<u8> {
        WINDOWS_1252.encode(text).0.into_owned()
    }

    /// Windows-1258 writes base letters with combining tones; `encoding_rs` does not decompose for it.
    fn windows_1258(text: &str) -> Vec<u8> {
        let tones = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
        let mut out = String::new();
        for c in text.chars() {
            let parts: Vec<char> = c.to_string().nfd().collect();
            let (tone, base): (Vec<char>, Vec<char>) = parts.into_iter().partition(|p| tones.contains(p));
            out.extend(base.into_iter().collect::<String>().nfc());
            out.extend(tone);
        }
        let (bytes, _, failed) = WINDOWS_1258.encode(&out);
        assert!(!failed);
        bytes.into_owned()
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn knows_every_encoding_by_its_content() {
        let t = SAMPLE_TEXT;
        for (bytes, encoding, guessed) in [
            (t.as_bytes().to_vec(), "UTF-8", false),
            ([b"\xef\xbb\xbf", t.as_bytes()].concat(), "UTF-8", false),
            ([&b"\xff\xfe"[..], &utf16(t, false)].concat(), "UTF-16LE", false),
            ([&b"\xfe\xff"[..], &utf16(t, true)].concat(), "UTF-16BE", false),
            (utf16(t, false), "UTF-16LE", false),
            (utf16(t, true), "UTF-16BE", false),
            (windows_1258(t), "windows-1258", true),
            (latin1(&encode(Legacy::Tcvn3, t)), "TCVN3 (ABC)", true),
            (latin1(&encode(Legacy::Vni, t)), "VNI", true),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.encoding, decoded.guessed, decoded.damaged), (encoding, guessed, false));
            assert_eq!(decoded.text, t, "{encoding}");
            let long = bytes.repeat(3);
            let head = decode_head(&long, bytes.len() + 31).unwrap();
            assert!(head.text.starts_with(&t[..40]), "{encoding} {:?}", head.text);
        }
    }

    #[test]
    fn tells_damage_and_binary_from_text() {
        let mut damaged = SAMPLE_TEXT.as_bytes().to_vec();
        damaged.truncate(damaged.len() - 5);
        damaged.extend(b"\xc3\n");
        let found = decode(&damaged).unwrap();
        assert_eq!((found.encoding, found.damaged), ("UTF-8", true));
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\x03\0>\0"), None);
        assert_eq!(decode(b"").unwrap().text, "");
        assert_eq!(decode(b"caf\xe9 cr\xe8me").unwrap().encoding, "windows-1252");
    }
}
