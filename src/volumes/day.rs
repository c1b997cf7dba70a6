//! Days as dossier logs write them.

use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// A day as read, or why the text is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayReading {
    /// The day.
    Day(Date),
    /// Nothing stands there.
    Missing,
    /// It reads only with the month first, which no Vietnamese log means: the whole column is then in doubt.
    MonthFirst,
    /// No day of the calendar.
    Unreadable,
}

/// `2025-12-20`, `2025/12/20`, `20251220`, each with a time of day behind it or not.
static YEAR_FIRST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([0-9]{4})([-/.]?)([0-9]{1,2})([-/.]?)([0-9]{1,2})(?:[T ,].*)?$").ok());

/// `20/12/2025`, `20-12-2025`, `20.12.2025`, with a time of day before or behind it or not.
static DAY_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? +)?([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[T ,].*)?$")
        .ok()
});

/// The day of a text, day before month or year first.
#[must_use]
pub fn read_day(text: &str) -> DayReading {
    let text = text.trim();
    if text.is_empty() {
        return DayReading::Missing;
    }
    let number = |text: &str| text.parse::<i16>().unwrap_or_default();
    let day = |year: &str, month: &str, day: &str| {
        let (month, day) = (i8::try_from(number(month)).ok()?, i8::try_from(number(day)).ok()?);
        Date::new(number(year), month, day).ok().filter(|d| (1900..2200).contains(&d.year()))
    };
    if let Some(found) = YEAR_FIRST.as_ref().and_then(|p| p.captures(text)) {
        // the same mark twice; without marks each part has its full width
        let is_whole = found[2] == found[4] && (!found[2].is_empty() || (found[3].len(), found[5].len()) == (2, 2));
        return day(&found[1], &found[3], &found[5])
            .filter(|_| is_whole)
            .map_or(DayReading::Unreadable, DayReading::Day);
    }
    let Some(found) = DAY_FIRST.as_ref().and_then(|p| p.captures(text)) else { return DayReading::Unreadable };
    let swapped = day(&found[3], &found[1], &found[2]);
    match (day(&found[3], &found[2], &found[1]), swapped) {
        (Some(day), _) => DayReading::Day(day),
        (None, Some(_)) => DayReading::MonthFirst,
        (None, None) => DayReading::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn reads_days() {
        let day = date(2025, 12, 5);
        for text in [
            "05/12/2025",
            "5/12/2025",
            "05-12-2025",
            "5.12.2025",
            "2025-12-05",
            "2025-12-05T08:30:00+07:00",
            "2025-12-05 08:30:00.000",
            "05/12/2025 08:30",
            "08:30 05/12/2025",
            "20251205",
            " 2025/12/5 ",
        ] {
            assert_eq!(read_day(text), DayReading::Day(day), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_says_why() {
        for (text, fault) in [
            ("", DayReading::Missing),
            ("12/25/2025", DayReading::MonthFirst),
            ("31/02/2025", DayReading::Unreadable),
            ("05/12/25", DayReading::Unreadable),
            ("45996", DayReading::Unreadable),
            ("2025-13-05", DayReading::Unreadable),
            ("0005-12-05", DayReading::Unreadable),
            ("tháng 12", DayReading::Unreadable),
        ] {
            assert_eq!(read_day(text), fault, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_reads_back_in_both_orders(year in 1900i16..2200, month in 1i8..13, day in 1i8..29) {
            let expected = DayReading::Day(date(year, month, day));
            prop_assert_eq!(read_day(&format!("{day:02}/{month:02}/{year}")), expected);
            prop_assert_eq!(read_day(&format!("{year}-{month:02}-{day:02}")), expected);
        }

        #[test]
        fn never_panics(text in "\\PC{0,30}|[0-9/:. T-]{0,25}") {
            let _ = read_day(&text);
        }
    }
}
