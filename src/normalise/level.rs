//! Levels of administration, from cells, from names and from flags.

use crate::catalog::Level;
use crate::ingest::Cells;
use crate::rule::{Field, Words};
use crate::text::fold;

/// Levels named in a cell, and what of it is no level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelReading {
    /// Sorted, without repeats.
    pub levels: Vec<Level>,
    /// Words of the cell that name no level, folded.
    pub unknown: Vec<String>,
}

/// Reads a cell such as `Cấp Bộ, Cấp Tỉnh` or `Quận/huyện`.
#[must_use]
pub fn read(cell: &str, words: &Words) -> LevelReading {
    let folded = fold(cell);
    let mut reading = LevelReading::default();
    let mut rest = 0;
    for (start, end, tag) in words.levels.find(&folded) {
        reading.levels.extend(level(tag));
        note_unknown(&folded[rest..start], words, &mut reading.unknown);
        rest = end;
    }
    note_unknown(&folded[rest..], words, &mut reading.unknown);
    reading.levels.sort_unstable();
    reading.levels.dedup();
    reading
}

/// Levels that a procedure's name states in brackets: `… (cấp tỉnh)`, `… (thực hiện tại cấp trung ương)`.
#[must_use]
pub fn from_name(name: &str, words: &Words) -> Vec<Level> {
    let folded = fold(name);
    let mut levels: Vec<Level> = folded
        .split('(')
        .skip(1)
        .filter_map(|part| part.split(')').next())
        .flat_map(|inner| words.levels.find(inner).map(|(start, end, tag)| (&inner[start..end], tag)))
        .filter(|(word, _)| word.starts_with("cấp "))
        .filter_map(|(_, tag)| level(tag))
        .collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// Levels given as columns of yes and no: `isMinistry`, `isWard` …
#[must_use]
pub fn from_flags(cells: &Cells, words: &Words) -> Vec<Level> {
    [
        (Field::IsMinistry, Level::Ministry),
        (Field::IsProvince, Level::Province),
        (Field::IsDistrict, Level::District),
        (Field::IsWard, Level::Commune),
        (Field::IsOtherAgency, Level::Other),
    ]
    .into_iter()
    .filter(|(field, _)| cells.get(field).is_some_and(|cell| is_yes(cell, words)))
    .map(|(_, level)| level)
    .collect()
}

/// Whether a cell of yes and no says yes.
#[must_use]
pub fn is_yes(cell: &str, words: &Words) -> bool {
    words.yes.contains(&fold(cell.trim()))
}

fn level(tag: &str) -> Option<Level> {
    [Level::Ministry, Level::Province, Level::District, Level::Commune, Level::Other]
        .into_iter()
        .find(|level| level.as_str() == tag)
}

fn note_unknown(part: &str, words: &Words, unknown: &mut Vec<String>) {
    let bare = part.trim_matches(|c: char| !c.is_alphanumeric());
    let joins = matches!(bare, "" | "và" | "cấp" | "hoặc");
    if !joins && !words.empty.contains(Field::Levels, bare) {
        unknown.push(bare.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;
    use Level::{Commune, District, Ministry, Other, Province};

    #[test]
    fn reads_cells() {
        let words = Words::load(&RuleFiles::embedded()).unwrap();
        for (cell, levels, unknown) in [
            ("Cấp bộ", vec![Ministry], vec![]),
            ("Cấp Xã, Cấp Tỉnh", vec![Province, Commune], vec![]),
            ("Cấp Quận/huyện", vec![District], vec![]),
            ("Cấp huyện", vec![District], vec![]),
            ("Tỉnh; Xã", vec![Province, Commune], vec![]),
            ("cấp tỉnh và cấp xã", vec![Province, Commune], vec![]),
            ("Cấp tỉnh\nCơ quan khác", vec![Province, Other], vec![]),
            ("Trung ương, cấp vùng", vec![Ministry], vec!["cấp vùng"]),
            ("Không có thông tin", vec![], vec![]),
            ("", vec![], vec![]),
            ("Bộ phận một cửa", vec![Ministry], vec!["phận một cửa"]),
        ] {
            let reading = read(cell, &words);
            assert_eq!(
                (reading.levels, reading.unknown.iter().map(String::as_str).collect()),
                (levels, unknown),
                "{cell}"
            );
        }
    }

    #[test]
    fn reads_names_and_flags() {
        let words = Words::load(&RuleFiles::embedded()).unwrap();
        for (name, levels) in [
            ("Cấp lại giấy phép (cấp tỉnh)", vec![Province]),
            ("Đăng ký mẫu dấu (thực hiện tại cấp Trung ương)", vec![Ministry]),
            ("Cấp giấy phép cho tỉnh khác", vec![]),
            ("Thủ tục liên tỉnh (trong tỉnh)", vec![]),
        ] {
            assert_eq!(from_name(name, &words), levels, "{name}");
        }
        let cells = Cells::from([
            (Field::IsWard, "true".to_owned()),
            (Field::IsMinistry, "false".to_owned()),
            (Field::IsProvince, "1".to_owned()),
        ]);
        assert_eq!(from_flags(&cells, &words), [Province, Commune]);
    }
}
