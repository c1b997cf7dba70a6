//! Whether a word can be a Vietnamese syllable: the yardstick by which encodings are told apart.

use unicode_normalization::UnicodeNormalization;

const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];

/// Rhymes without their tone. Those that end in a stop (`c`, `ch`, `p`, `t`) take only two of the tones.
const RHYMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ăc", "ăm", "ăn", "ăng", "ăp",
    "ăt", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê", "êch",
    "êm", "ên", "ênh", "êp", "êt", "êu", "i", "ia", "ich", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "im",
    "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat",
    "oay", "oăc", "oăm", "oăn", "oăng", "oăt", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong",
    "op", "ot", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "u", "ua", "uân",
    "uâng", "uât", "uây", "uc", "uê", "uêch", "uênh", "ui", "um", "un", "ung", "uơ", "uôc", "uôi", "uôm", "uôn",
    "uông", "uôt", "up", "ut", "uy", "uya", "uych", "uyên", "uyêt", "uyn", "uynh", "uyp", "uyt", "uyu", "ư", "ưa",
    "ưc", "ưi", "ưng", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu", "ưm", "ưn", "ưt", "ưu", "y", "yêm",
    "yên", "yêng", "yêt", "yêu", "ynh", "yt",
];

/// True when the word, of one letter run in any case, is spelled as a Vietnamese syllable.
///
/// The spelling is checked, not the dictionary: `ngoẻn` passes, `Müller` and `tôc` (a stop without its tone) do not.
#[must_use]
pub fn is_syllable(word: &str) -> bool {
    let mut toneless = String::new();
    let mut tone = None;
    for c in word.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' if tone.is_some() => return false,
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(c),
            c => toneless.push(c),
        }
    }
    let toneless: String = toneless.nfc().collect();
    toneless.char_indices().map(|(i, _)| i).take(4).any(|i| {
        let (onset, rhyme) = toneless.split_at(i);
        let stopped = rhyme.ends_with(['c', 'p', 't']) || rhyme.ends_with("ch");
        ONSETS.contains(&onset) && rhyme_fits(onset, rhyme) && (!stopped || matches!(tone, Some('\u{301}' | '\u{323}')))
    })
}

fn rhyme_fits(onset: &str, rhyme: &str) -> bool {
    match onset {
        // "gi" keeps its i before another rhyme, and swallows it in "gì", "giếng"
        "g" if rhyme.starts_with('i') => matches!(rhyme, "i" | "in") || rhyme.starts_with("iê"),
        "gi" => !rhyme.starts_with(['i', 'y']) && RHYMES.contains(&rhyme),
        // in "quyền" the rhyme is written with y; "qua" and "quốc" take theirs whole
        "qu" => RHYMES.contains(&rhyme) || rhyme.starts_with('y') && RHYMES.contains(&format!("u{rhyme}").as_str()),
        "k" | "gh" | "ngh" => rhyme.starts_with(['e', 'ê', 'i', 'y']) && RHYMES.contains(&rhyme),
        _ => RHYMES.contains(&rhyme),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_syllables_from_other_words() {
        for word in "Giấy tờ thủ tục hành chính quyền sử dụng đất nghĩa trang khuỷu tay gì giếng quốc quý ở ủy thuế QUYẾT ĐỊNH Nguyễn \
                     đăng ký khai sinh khuyết tật cước công dân hoà giải nghiệp ngành ghi chép quẹt thước thuở rượu xoong"
            .split_whitespace()
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in
            ["Müller", "tôc", "Tªn", "thñ", "café", "hµnh", "Teân", "giaáy", "ẵ", "ngh", "résumé", "kà", "việtt", ""]
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
