//! Statutory time: a number and its unit, never converted and never merged.

use crate::rule::{DurationWords, Field, Words, is_word};
use crate::text::fold;

/// A duration as read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DurationReading {
    /// The number; none when none is stated.
    pub value: Option<f64>,
    /// `working_day`, `day`, `hour`, `month`, `year`, `minute`, `week`; empty when none is stated.
    pub unit: String,
    /// How it was stated.
    pub stated: Stated,
}

/// How a duration is stated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stated {
    /// The cell is empty, or says that it is.
    #[default]
    Empty,
    /// One value with its unit.
    Once,
    /// Several different values: the first is taken.
    Several,
    /// A number without a unit.
    WithoutUnit,
    /// Without a number: on the same day, at once.
    AtOnce,
    /// Said not to be laid down.
    Unspecified,
    /// Something else, in words.
    Unread,
}

/// Reads a cell, and the cell of its unit where the source has one (`3` and `WORKING_DAY`).
///
/// Of a sentence the first stated value is taken: `15 ngày làm việc kể từ …`.
#[must_use]
pub fn read(cell: &str, unit: &str, words: &Words) -> DurationReading {
    let folded = fold(cell);
    if words.empty.contains(Field::Duration, cell) {
        return DurationReading::default();
    }
    if let Ok(value) = folded.replace(',', ".").parse::<f64>() {
        return bare_number(value, unit, &words.durations);
    }
    let found = stated(&folded, &words.durations);
    let at_once = words.durations.at_once.iter().filter_map(|w| folded.find(w.as_str())).min();
    match found.first() {
        Some((start, value, unit)) if at_once.is_none_or(|at| at > *start) => {
            let several = found.iter().any(|(_, v, u)| v.total_cmp(value).is_ne() || u != unit);
            let stated = if several { Stated::Several } else { Stated::Once };
            DurationReading { value: Some(*value), unit: unit.clone(), stated }
        }
        _ => DurationReading {
            stated: in_words(&folded, at_once.is_some(), &words.durations),
            ..DurationReading::default()
        },
    }
}

fn bare_number(value: f64, unit: &str, words: &DurationWords) -> DurationReading {
    if !value.is_finite() || value < 0.0 {
        return DurationReading { stated: Stated::Unread, ..DurationReading::default() };
    }
    match words.units.exact(&fold(unit)) {
        Some(unit) => DurationReading { value: Some(value), unit: unit.to_owned(), stated: Stated::Once },
        // 0 of no unit is what sources store when time is not laid down
        None if value <= 0.0 => DurationReading { stated: Stated::Unspecified, ..DurationReading::default() },
        None => DurationReading { value: Some(value), unit: String::new(), stated: Stated::WithoutUnit },
    }
}

fn in_words(folded: &str, at_once: bool, words: &DurationWords) -> Stated {
    if at_once {
        Stated::AtOnce
    } else if words.unspecified.iter().any(|w| folded.starts_with(w.as_str())) {
        Stated::Unspecified
    } else {
        Stated::Unread
    }
}

/// Every length of time in folded text: byte offset, value, unit. Dates and times of day are left out.
fn stated(folded: &str, words: &DurationWords) -> Vec<(usize, f64, String)> {
    let mut found = Vec::new();
    for m in words.stated.captures_iter(folded) {
        let (Some(whole), Some(value), Some(unit)) = (m.get(0), m.name("value"), m.name("unit")) else { continue };
        let before = folded[..whole.start()].trim_end();
        let tag = words.units.exact(unit.as_str()).unwrap_or_default();
        let dated = words.not_after.get(tag).is_some_and(|list| {
            list.iter().any(|w| before.ends_with(w.as_str()) && is_word(before, before.len() - w.len(), before.len()))
        });
        let inside = folded[..whole.start()].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '/'));
        if dated || inside || !is_word(folded, unit.start(), unit.end()) && !glued(folded, unit.start(), unit.end()) {
            continue;
        }
        if let Ok(value) = value.as_str().replace(',', ".").parse() {
            found.push((whole.start(), value, tag.to_owned()));
        }
    }
    found
}

/// `15ngày`: the unit touches the number before it, which is no reason to doubt it.
fn glued(folded: &str, start: usize, end: usize) -> bool {
    folded[..start].ends_with(|c: char| c.is_ascii_digit()) && !folded[end..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::load(&RuleFiles::embedded()).unwrap());

    #[test]
    fn reads_cells_and_sentences() {
        use Stated::{AtOnce, Empty, Once, Several, Unread, Unspecified, WithoutUnit};
        for (cell, unit, value, expected_unit, stated) in [
            ("5 Ngày làm việc", "", Some(5.0), "working_day", Once),
            ("07 ngày làm việc", "", Some(7.0), "working_day", Once),
            ("28 Ngày", "", Some(28.0), "day", Once),
            ("15ngày", "", Some(15.0), "day", Once),
            ("2,5 Ngày làm việc", "", Some(2.5), "working_day", Once),
            ("0.5 Giờ", "", Some(0.5), "hour", Once),
            ("0 Giờ", "", Some(0.0), "hour", Once),
            ("1 Tháng", "", Some(1.0), "month", Once),
            ("2 tuần", "", Some(2.0), "week", Once),
            ("30 phút", "", Some(30.0), "minute", Once),
            ("3", "WORKING_DAY", Some(3.0), "working_day", Once),
            ("45", "DAY", Some(45.0), "day", Once),
            ("0", "OTHER", None, "", Unspecified),
            ("7", "", Some(7.0), "", WithoutUnit),
            ("05 (năm) ngày làm việc", "", Some(5.0), "working_day", Once),
            ("Không quá 12 ngày làm việc kể từ ngày nhận đủ hồ sơ", "", Some(12.0), "working_day", Once),
            ("03 ngày làm việc; nếu phải xác minh thì 08 ngày làm việc", "", Some(3.0), "working_day", Several),
            ("Từ 5 - 7 ngày", "", Some(7.0), "day", Once),
            ("Ngay trong ngày; nhận sau 15 giờ thì trả ngày làm việc tiếp theo", "", None, "", AtOnce),
            ("Trả lời trước ngày 20 tháng 12 năm 2025", "", None, "", Unread),
            ("Trước 15 giờ hằng ngày", "", None, "", Unread),
            ("Không quy định", "", None, "", Unspecified),
            ("10-25", "", None, "", Unread),
            ("Không có thông tin", "", None, "", Empty),
            ("", "", None, "", Empty),
        ] {
            let expected = DurationReading { value, unit: expected_unit.to_owned(), stated };
            assert_eq!(read(cell, unit, &WORDS), expected, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(cell in "\\PC{0,40}|[0-9., ()ngàythángăgiờờlmvệc]{0,40}") {
            let _ = read(&cell, &cell, &WORDS);
        }

        #[test]
        fn a_formatted_duration_reads_back(value in 1u32..500, unit in 0usize..7) {
            let (name, tag) = [("Ngày làm việc", "working_day"), ("Ngày", "day"), ("Giờ", "hour"), ("Tháng", "month"), ("Năm", "year"), ("Phút", "minute"), ("Tuần", "week")][unit];
            let read = read(&format!("{value:02} {name}"), "", &WORDS);
            prop_assert_eq!(read, DurationReading { value: Some(f64::from(value)), unit: tag.to_owned(), stated: Stated::Once });
        }
    }
}
