//! Words that a lost space has glued together: "Cục Hàng không Việt Namcó văn bản".

use super::{Folded, is_syllable};

impl Folded {
    /// The text with a space in each word that is no syllable but, cut at one place only, is two of them.
    ///
    /// A word that can be cut at more than one place, and one of plain letters (a foreign name, a code), stays whole.
    #[must_use]
    pub fn parted(self) -> Self {
        let cuts = cuts(&self.text);
        if cuts.is_empty() {
            return self;
        }
        let mut out = Self::default();
        let mut from = 0;
        for cut in cuts {
            out.push(&self, from, cut);
            // the space stands between two characters and covers none
            out.push_blank(self.char_span(cut, cut + 1).0);
            from = cut;
        }
        out.push(&self, from, self.text.len());
        out
    }
}

/// The bytes before which a space is missing, in order.
fn cuts(folded: &str) -> Vec<usize> {
    let mut start = 0;
    let mut cuts = Vec::new();
    for word in folded.split_inclusive(|c: char| !c.is_alphabetic()) {
        let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
        cuts.extend(cut(letters).map(|cut| start + cut));
        start += word.len();
    }
    cuts
}

/// Where a word of two syllables is cut.
fn cut(word: &str) -> Option<usize> {
    if word.is_ascii() || is_syllable(word) {
        return None;
    }
    let mut places = word.char_indices().map(|(at, _)| at).skip(1).filter(|at| {
        let (one, two) = word.split_at(*at);
        is_syllable(one) && is_syllable(two)
    });
    places.next().filter(|_| places.next().is_none())
}

#[cfg(test)]
mod tests {
    use crate::text::fold_with_offsets;

    #[test]
    fn parts_only_what_can_be_read_in_one_way() {
        for (text, expected) in [
            ("Cục Hàng không Việt Namcó văn bản", "cục hàng không việt nam có văn bản"),
            ("Đối tượngnộp hồ sơ, phảinộp phí", "đối tượng nộp hồ sơ, phải nộp phí"),
            ("lấy ýkiến ởđó", "lấy ý kiến ở đó"),
            // two ways to cut it, no way, a foreign name, a code, a syllable
            ("vụtiến", "vụtiến"),
            ("nghiẹmthu", "nghiẹmthu"),
            ("Petrolimex eCoSys", "petrolimex ecosys"),
            ("khuyến nghiêng", "khuyến nghiêng"),
        ] {
            assert_eq!(fold_with_offsets(text).parted().text, expected);
        }
    }

    #[test]
    fn spans_still_lead_back() {
        let text = "Bộ  Tư pháp, Việt Namcấp phép";
        let parted = fold_with_offsets(text).parted();
        for word in ["nam", "cấp", "phép", "việt nam cấp"] {
            let at = parted.text.find(word).unwrap();
            let (a, b) = parted.char_span(at, at + word.len());
            let written: String = text.chars().skip(a).take(b - a).collect();
            assert_eq!(written.to_lowercase(), word.replace("nam cấp", "namcấp"));
        }
    }
}
