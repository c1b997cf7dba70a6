//! The font encodings in which Vietnamese office files were written before Unicode: TCVN3 (ABC, fonts `.Vn…`) and VNI.
//!
//! Such text is Latin-1 that only its font shows as Vietnamese, so the encoding is nowhere stated. It is known by
//! its content: read rightly its words are Vietnamese syllables, read as they stand they are not.

use super::syllable::is_syllable;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A font encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Legacy {
    /// TCVN 5712 (VN3), of the ABC keyboard and fonts `.VnTime`, `.VnTimeH` …: one character a letter.
    Tcvn3,
    /// VNI-Windows, of fonts `VNI-Times` …: a base letter and a character for its marks.
    Vni,
}

/// How many of the words that hold a character beyond ASCII are Vietnamese syllables under each reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Words looked at.
    pub words: usize,
    /// Syllables when the text is read as it stands.
    pub plain: usize,
    /// Syllables when it is read as TCVN3.
    pub tcvn3: usize,
    /// Syllables when it is read as VNI.
    pub vni: usize,
}

const TCVN3: &[(char, char)] = &[
    ('\u{a1}', 'Ă'),
    ('\u{a2}', 'Â'),
    ('\u{a3}', 'Ê'),
    ('\u{a4}', 'Ô'),
    ('\u{a5}', 'Ơ'),
    ('\u{a6}', 'Ư'),
    ('\u{a7}', 'Đ'),
    ('\u{a8}', 'ă'),
    ('\u{a9}', 'â'),
    ('\u{aa}', 'ê'),
    ('\u{ab}', 'ô'),
    ('\u{ac}', 'ơ'),
    ('\u{ad}', 'ư'),
    ('\u{ae}', 'đ'),
    ('\u{b5}', 'à'),
    ('\u{b6}', 'ả'),
    ('\u{b7}', 'ã'),
    ('\u{b8}', 'á'),
    ('\u{b9}', 'ạ'),
    ('\u{bb}', 'ằ'),
    ('\u{bc}', 'ẳ'),
    ('\u{bd}', 'ẵ'),
    ('\u{be}', 'ắ'),
    ('\u{c6}', 'ặ'),
    ('\u{c7}', 'ầ'),
    ('\u{c8}', 'ẩ'),
    ('\u{c9}', 'ẫ'),
    ('\u{ca}', 'ấ'),
    ('\u{cb}', 'ậ'),
    ('\u{cc}', 'è'),
    ('\u{ce}', 'ẻ'),
    ('\u{cf}', 'ẽ'),
    ('\u{d0}', 'é'),
    ('\u{d1}', 'ẹ'),
    ('\u{d2}', 'ề'),
    ('\u{d3}', 'ể'),
    ('\u{d4}', 'ễ'),
    ('\u{d5}', 'ế'),
    ('\u{d6}', 'ệ'),
    ('\u{d7}', 'ì'),
    ('\u{d8}', 'ỉ'),
    ('\u{dc}', 'ĩ'),
    ('\u{dd}', 'í'),
    ('\u{de}', 'ị'),
    ('\u{df}', 'ò'),
    ('\u{e1}', 'ỏ'),
    ('\u{e2}', 'õ'),
    ('\u{e3}', 'ó'),
    ('\u{e4}', 'ọ'),
    ('\u{e5}', 'ồ'),
    ('\u{e6}', 'ổ'),
    ('\u{e7}', 'ỗ'),
    ('\u{e8}', 'ố'),
    ('\u{e9}', 'ộ'),
    ('\u{ea}', 'ờ'),
    ('\u{eb}', 'ở'),
    ('\u{ec}', 'ỡ'),
    ('\u{ed}', 'ớ'),
    ('\u{ee}', 'ợ'),
    ('\u{ef}', 'ù'),
    ('\u{f1}', 'ủ'),
    ('\u{f2}', 'ũ'),
    ('\u{f3}', 'ú'),
    ('\u{f4}', 'ụ'),
    ('\u{f5}', 'ừ'),
    ('\u{f6}', 'ử'),
    ('\u{f7}', 'ữ'),
    ('\u{f8}', 'ứ'),
    ('\u{f9}', 'ự'),
    ('\u{fa}', 'ỳ'),
    ('\u{fb}', 'ỷ'),
    ('\u{fc}', 'ỹ'),
    ('\u{fd}', 'ý'),
    ('\u{fe}', 'ỵ'),
];

/// VNI letters that stand alone.
const VNI_ALONE: &[(char, char)] = &[
    ('ñ', 'đ'),
    ('Ñ', 'Đ'),
    ('ô', 'ơ'),
    ('Ô', 'Ơ'),
    ('ö', 'ư'),
    ('Ö', 'Ư'),
    ('í', 'í'),
    ('Í', 'Í'),
    ('ì', 'ì'),
    ('Ì', 'Ì'),
    ('æ', 'ỉ'),
    ('Æ', 'Ỉ'),
    ('ó', 'ĩ'),
    ('Ó', 'Ĩ'),
    ('ò', 'ị'),
    ('Ò', 'Ị'),
    ('î', 'ỵ'),
    ('Î', 'Ỵ'),
];

/// VNI marks after each base, in lower case: mark and the letter it makes.
const VNI_MARKED: &[(char, &[(char, char)])] = &[
    (
        'a',
        &[
            ('ù', 'á'),
            ('ø', 'à'),
            ('û', 'ả'),
            ('õ', 'ã'),
            ('ï', 'ạ'),
            ('â', 'â'),
            ('á', 'ấ'),
            ('à', 'ầ'),
            ('å', 'ẩ'),
            ('ã', 'ẫ'),
            ('ä', 'ậ'),
            ('ê', 'ă'),
            ('é', 'ắ'),
            ('è', 'ằ'),
            ('ú', 'ẳ'),
            ('ü', 'ẵ'),
            ('ë', 'ặ'),
        ],
    ),
    (
        'e',
        &[
            ('ù', 'é'),
            ('ø', 'è'),
            ('û', 'ẻ'),
            ('õ', 'ẽ'),
            ('ï', 'ẹ'),
            ('â', 'ê'),
            ('á', 'ế'),
            ('à', 'ề'),
            ('å', 'ể'),
            ('ã', 'ễ'),
            ('ä', 'ệ'),
        ],
    ),
    (
        'o',
        &[
            ('ù', 'ó'),
            ('ø', 'ò'),
            ('û', 'ỏ'),
            ('õ', 'õ'),
            ('ï', 'ọ'),
            ('â', 'ô'),
            ('á', 'ố'),
            ('à', 'ồ'),
            ('å', 'ổ'),
            ('ã', 'ỗ'),
            ('ä', 'ộ'),
        ],
    ),
    ('ô', &[('ù', 'ớ'), ('ø', 'ờ'), ('û', 'ở'), ('õ', 'ỡ'), ('ï', 'ợ')]),
    ('u', &[('ù', 'ú'), ('ø', 'ù'), ('û', 'ủ'), ('õ', 'ũ'), ('ï', 'ụ')]),
    ('ö', &[('ù', 'ứ'), ('ø', 'ừ'), ('û', 'ử'), ('õ', 'ữ'), ('ï', 'ự')]),
    ('y', &[('ù', 'ý'), ('ø', 'ỳ'), ('û', 'ỷ'), ('õ', 'ỹ')]),
];

static TCVN3_MAP: LazyLock<HashMap<char, char>> = LazyLock::new(|| TCVN3.iter().copied().collect());

/// Every VNI letter: what is written (one or two characters) and the letter meant, with capital bases.
static VNI_MAP: LazyLock<HashMap<(char, Option<char>), char>> = LazyLock::new(|| {
    let mut map: HashMap<_, _> = VNI_ALONE.iter().map(|&(written, letter)| ((written, None), letter)).collect();
    for (base, marks) in VNI_MARKED {
        for (mark, letter) in *marks {
            let (upper_mark, upper_letter) = (upper(*mark), upper(*letter));
            map.insert((*base, Some(*mark)), *letter);
            map.insert((upper(*base), Some(upper_mark)), upper_letter);
            map.insert((upper(*base), Some(*mark)), upper_letter);
        }
    }
    map
});

fn upper(c: char) -> char {
    c.to_uppercase().next().unwrap_or(c)
}

impl Legacy {
    /// Name of the encoding as users know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Legacy::Tcvn3 => "TCVN3 (ABC)",
            Legacy::Vni => "VNI",
        }
    }

    /// The text as its font showed it. Characters that are no letters of the encoding stay.
    #[must_use]
    pub fn decode(self, text: &str) -> String {
        match self {
            Legacy::Tcvn3 => {
                capitals(&text.chars().map(|c| TCVN3_MAP.get(&c).copied().unwrap_or(c)).collect::<String>())
            }
            Legacy::Vni => decode_vni(text),
        }
    }
}

fn decode_vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(letter) = chars.peek().and_then(|mark| VNI_MAP.get(&(c, Some(*mark)))) {
            out.push(*letter);
            chars.next();
        } else {
            out.push(VNI_MAP.get(&(c, None)).copied().unwrap_or(c));
        }
    }
    out
}

/// TCVN3 has no toned capitals: titles use a font of capitals over small letters. A word whose ASCII letters are all
/// capitals becomes capitals throughout.
fn capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let shouted =
            word.contains(|c: char| c.is_ascii_uppercase()) && !word.contains(|c: char| c.is_ascii_lowercase());
        // "Đ" and "Ở" begin sentences: one capital alone says nothing about the letters after it
        if shouted && word.chars().filter(char::is_ascii_uppercase).count() + usize::from(word.contains('Đ')) > 1 {
            out.push_str(&word.to_uppercase());
        } else {
            out.push_str(word);
        }
        let gap = after.find(char::is_alphabetic).unwrap_or(after.len());
        out.push_str(&after[..gap]);
        rest = &after[gap..];
    }
    out
}

/// Counts what speaks for each reading. Text that holds a letter beyond Latin-1 is Unicode already: no evidence.
#[must_use]
pub fn evidence(text: &str) -> Evidence {
    let mut sum = Evidence::default();
    if text.is_ascii() || text.chars().any(|c| c > '\u{ff}' && (c.is_alphabetic() || is_mark(c))) {
        return sum;
    }
    let letter = |c: char| c.is_alphabetic() || TCVN3_MAP.contains_key(&c);
    for word in text.split(|c: char| !letter(c)).filter(|w| !w.is_ascii()) {
        sum.words += 1;
        sum.plain += usize::from(is_syllable(word) || is_unit(word));
        sum.tcvn3 += usize::from(is_syllable(&Legacy::Tcvn3.decode(word)));
        sum.vni += usize::from(is_syllable(&Legacy::Vni.decode(word)));
    }
    sum
}

/// Micrometres and their like, which would pass for a syllable of TCVN3.
fn is_unit(word: &str) -> bool {
    matches!(word, "µ" | "µm" | "µg" | "µl" | "µs")
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

impl Evidence {
    /// Adds what another text shows.
    pub fn add(&mut self, other: Evidence) {
        self.words += other.words;
        self.plain += other.plain;
        self.tcvn3 += other.tcvn3;
        self.vni += other.vni;
    }

    /// The encoding that explains the text clearly better than reading it as it stands; `least` is the number of
    /// syllables it must bring to light. Ask for 3 of a text on its own, 1 where other texts beside it gave proof.
    #[must_use]
    pub fn verdict(self, least: usize) -> Option<Legacy> {
        let (best, count) = if self.vni > self.tcvn3 { (Legacy::Vni, self.vni) } else { (Legacy::Tcvn3, self.tcvn3) };
        let explains_most = count * 4 >= self.words * 3;
        let better = count >= self.plain + least && count * 2 >= self.plain * 3;
        (self.words > 0 && explains_most && better).then_some(best)
    }
}

#[cfg(test)]
pub(crate) fn encode(legacy: Legacy, text: &str) -> String {
    let back: HashMap<char, String> = match legacy {
        Legacy::Tcvn3 => TCVN3.iter().map(|(written, letter)| (*letter, written.to_string())).collect(),
        Legacy::Vni => VNI_MAP
            .iter()
            .filter(|((base, mark), _)| mark.is_none_or(|m| base.is_lowercase() == m.is_lowercase()))
            .map(|((base, mark), letter)| (*letter, base.to_string() + &mark.map(String::from).unwrap_or_default()))
            .collect(),
    };
    text.chars().map(|c| back.get(&c).cloned().unwrap_or_else(|| c.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: &str = "giấy tờ thủ tục hành chính đơn đề nghị cấp lại chứng chỉ bản sao quyết định được người dân nộp hồ sơ trực \
                         tuyến phường xã ủy ban nhân dân đất ở nhà thuế nghĩa vụ kết hôn khai tử lý lịch tư pháp bảo hiểm y tế xây dựng";

    #[test]
    fn decodes_known_text() {
        for (legacy, written, meant) in [
            (Legacy::Tcvn3, "Tªn thñ tôc hµnh chÝnh", "Tên thủ tục hành chính"),
            (Legacy::Tcvn3, "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
            (Legacy::Tcvn3, "QUYÕT §ÞNH", "QUYẾT ĐỊNH"),
            (Legacy::Tcvn3, "§¬n ®Ò nghÞ cña ng\u{ad}êi d©n", "Đơn đề nghị của người dân"),
            (Legacy::Vni, "Teân thuû tuïc haønh chính", "Tên thủ tục hành chính"),
            (Legacy::Vni, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
            (Legacy::Vni, "ÑÔN ÑEÀ NGHÒ", "ĐƠN ĐỀ NGHỊ"),
        ] {
            assert_eq!(legacy.decode(written), meant);
            assert_eq!(evidence(written).verdict(1), Some(legacy), "{written} {:?}", evidence(written));
        }
    }

    #[test]
    fn leaves_other_text_alone() {
        for text in [
            "Quá trình công tác",
            "Giấy chứng nhận",
            "Công văn, báo cáo hành chính",
            "Müller & Söhne, café, à la carte, São Paulo",
            "5 µm, 20 m², §3, ® © « Tên »",
            "hàng hoá là hoá chất",
            "Tên",
            "Mã số",
            "name",
            "",
        ] {
            assert_eq!(evidence(text).verdict(2), None, "{text} {:?}", evidence(text));
        }
    }

    proptest! {
        #[test]
        fn encoding_and_decoding_give_the_text_back(picks in prop::collection::vec(0usize..60, 1..12)) {
            let words: Vec<&str> = WORDS.split_whitespace().collect();
            let text = picks.iter().map(|i| words[i % words.len()]).collect::<Vec<_>>().join(" ");
            for legacy in [Legacy::Tcvn3, Legacy::Vni] {
                prop_assert_eq!(legacy.decode(&encode(legacy, &text)), text.clone());
            }
            let shouted = text.to_uppercase();
            prop_assert_eq!(Legacy::Vni.decode(&encode(Legacy::Vni, &shouted)), shouted);
            // correct text is never taken for a font encoding, not even when all its letters are Latin-1
            prop_assert_eq!(evidence(&text).verdict(1), None);
        }
    }
}
