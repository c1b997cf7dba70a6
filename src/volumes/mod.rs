//! Dossiers a year per procedure, level and channel: what gives a figure its weight. A missing volume is missing, never zero.

mod day;
mod log;
mod tables;

pub use day::{DayReading, read_day};
pub use log::{Counted, Fault, Faulty, count};
pub use tables::{faulty_table, volume_table};

use crate::catalog::Level;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

/// Way in which a dossier was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Submission {
    /// Trực tiếp.
    Direct,
    /// Trực tuyến.
    Online,
    /// Bưu chính.
    Postal,
}

impl Submission {
    /// Every way, in the order of the tables.
    pub const ALL: [Submission; 3] = [Submission::Direct, Submission::Online, Submission::Postal];

    /// The word in the `channel` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Submission::Direct => "direct",
            Submission::Online => "online",
            Submission::Postal => "postal",
        }
    }

    /// The way a word of the `channel` column stands for.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Submission> {
        Submission::ALL.into_iter().find(|s| s.as_str() == name)
    }
}

/// Which year a day belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum YearRule {
    /// Report year Y from 15 December Y−1 to 14 December Y (Decree 09/2019/NĐ-CP).
    #[default]
    Report,
    /// 1 January to 31 December.
    Calendar,
}

impl YearRule {
    /// The year of a day.
    #[must_use]
    pub fn year_of(self, day: Date) -> i16 {
        let turns = self == YearRule::Report && (day.month(), day.day()) >= (12, 15);
        day.year().saturating_add(i16::from(turns))
    }

    /// First and last day of a year.
    #[must_use]
    pub fn span(self, year: i16) -> (Date, Date) {
        match self {
            YearRule::Report => (date(year - 1, 12, 15), date(year, 12, 14)),
            YearRule::Calendar => (date(year, 1, 1), date(year, 12, 31)),
        }
    }
}

/// The days of a year from which dossiers are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// First day with a dossier.
    pub first: Date,
    /// Last day with a dossier.
    pub last: Date,
    /// Longest run of days without any dossier, those before the first and after the last included.
    pub longest_gap: u32,
}

/// Longest run of days without a dossier in a year that counts as whole: the longest public holiday (Tết) with the
/// weekends around it, and some.
const LONGEST_HOLIDAY: u32 = 14;

impl Coverage {
    /// The coverage of a year by the days on which something was received; none without days of that year.
    #[must_use]
    pub fn of(year: i16, rule: YearRule, days: &BTreeSet<Date>) -> Option<Coverage> {
        let (start, end) = rule.span(year);
        let inside: Vec<Date> = days.range(start..=end).copied().collect();
        let (first, last) = (*inside.first()?, *inside.last()?);
        let before = start.checked_sub(1.day()).unwrap_or(start);
        let after = end.checked_add(1.day()).unwrap_or(end);
        let fence: Vec<Date> = std::iter::once(before).chain(inside).chain([after]).collect();
        let gaps = fence.windows(2).map(|pair| (pair[1] - pair[0]).get_days() - 1);
        let longest_gap = gaps.max().and_then(|gap| u32::try_from(gap).ok()).unwrap_or_default();
        Some(Coverage { first, last, longest_gap })
    }

    /// Whether the days make a year. Dossiers of part of a year are no yearly volume.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.longest_gap <= LONGEST_HOLIDAY
    }
}

/// Part of a procedure's dossiers of one year: level and channel, each none where the source does not say.
pub type Part = (Option<Level>, Option<Submission>);

/// One figure: a row of the `volumes` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// Year, in the sense of the rule under which the volumes were counted.
    pub year: i16,
    /// Code of the procedure: national where it has one, else as written.
    pub code: &'a str,
    /// Level; none when the source does not say.
    pub level: Option<Level>,
    /// Channel; none when the source does not say.
    pub channel: Option<Submission>,
    /// Dossiers received.
    pub dossiers: u64,
}

/// Dossiers of one procedure in one year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Yearly {
    /// The year.
    pub year: i16,
    /// All of them.
    pub total: u64,
    /// By channel, `None` where the source does not say; adds up to `total`.
    pub by_channel: BTreeMap<Option<Submission>, u64>,
}

impl Yearly {
    /// A volume of which only the total is known.
    #[must_use]
    pub fn of_total(year: i16, total: u64) -> Self {
        Yearly { year, total, by_channel: BTreeMap::from([(None, total)]) }
    }
}

/// Dossiers by code, year, level and channel. What is not there is not known; a zero is a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Volumes {
    counts: BTreeMap<(String, i16), BTreeMap<Part, u64>>,
    coverage: BTreeMap<i16, Coverage>,
}

impl Volumes {
    /// Adds dossiers to a figure, which is thereby known even when `dossiers` is 0.
    pub fn add(&mut self, code: &str, year: i16, part: Part, dossiers: u64) {
        let sum = self.counts.entry((code.to_owned(), year)).or_default().entry(part).or_default();
        *sum = sum.saturating_add(dossiers);
    }

    /// States from which days of a year the dossiers come. Without a statement a year counts as whole.
    pub fn cover(&mut self, year: i16, coverage: Coverage) {
        self.coverage.insert(year, coverage);
    }

    /// Dossiers of a code in a year, of one level and channel or, where these are none, of all together;
    /// none when nothing is known.
    #[must_use]
    pub fn get(&self, code: &str, level: Option<Level>, channel: Option<Submission>, year: i16) -> Option<u64> {
        let parts = self.counts.get(&(code.to_owned(), year))?;
        let wanted = |part: &&Part| (level.is_none() || part.0 == level) && (channel.is_none() || part.1 == channel);
        let mut found = parts.keys().filter(wanted).peekable();
        found.peek()?;
        Some(found.map(|part| parts[part]).sum())
    }

    /// Dossiers of a code in a year, all levels and channels together; none when nothing is known.
    #[must_use]
    pub fn total(&self, code: &str, year: i16) -> Option<u64> {
        self.get(code, None, None, year)
    }

    /// The latest year known as a whole, from which yearly costs are made; none when there is no such year.
    #[must_use]
    pub fn reference_year(&self) -> Option<i16> {
        self.years().into_iter().rev().find(|year| self.is_whole(*year))
    }

    /// The volume of a code in the reference year; none when it is not known.
    #[must_use]
    pub fn yearly(&self, code: &str) -> Option<Yearly> {
        self.yearly_in(code, self.reference_year()?)
    }

    /// The volume of a code in a year; none when it is not known.
    #[must_use]
    pub fn yearly_in(&self, code: &str, year: i16) -> Option<Yearly> {
        let parts = self.counts.get(&(code.to_owned(), year))?;
        let mut volume = Yearly { year, ..Yearly::default() };
        for ((_, channel), dossiers) in parts {
            volume.total += dossiers;
            *volume.by_channel.entry(*channel).or_default() += dossiers;
        }
        Some(volume)
    }

    /// Whether the dossiers of a year come from the whole year.
    #[must_use]
    pub fn is_whole(&self, year: i16) -> bool {
        self.coverage.get(&year).is_none_or(Coverage::is_whole)
    }

    /// The days from which the dossiers of a year come; none when the source states years only.
    #[must_use]
    pub fn coverage(&self, year: i16) -> Option<Coverage> {
        self.coverage.get(&year).copied()
    }

    /// The years in which anything is known, sorted.
    #[must_use]
    pub fn years(&self) -> Vec<i16> {
        self.counts.keys().map(|(_, year)| *year).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The codes of which anything is known, sorted, without repeats.
    #[must_use]
    pub fn codes(&self) -> Vec<&str> {
        self.counts.keys().map(|(code, _)| code.as_str()).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Every figure, by year, code, level and channel.
    #[must_use]
    pub fn rows(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<Row> = self
            .counts
            .iter()
            .flat_map(|((code, year), parts)| {
                parts.iter().map(|((level, channel), dossiers)| Row {
                    year: *year,
                    code,
                    level: *level,
                    channel: *channel,
                    dossiers: *dossiers,
                })
            })
            .collect();
        rows.sort_by_key(|row| (row.year, row.code, row.level, row.channel));
        rows
    }

    /// Number of figures.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.values().map(BTreeMap::len).sum()
    }

    /// Whether nothing is known at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Volumes {
        let mut volumes = Volumes::default();
        volumes.add("1.000001", 2025, (Some(Level::Commune), Some(Submission::Direct)), 3);
        volumes.add("1.000001", 2025, (Some(Level::Commune), Some(Submission::Online)), 4);
        volumes.add("1.000001", 2025, (Some(Level::Province), Some(Submission::Online)), 5);
        volumes.add("1.000001", 2026, (None, None), 0);
        volumes
    }

    #[test]
    fn what_is_missing_is_none_and_zero_is_a_statement() {
        let volumes = sample();
        let commune = Some(Level::Commune);
        for (code, level, channel, year, expected) in [
            ("1.000001", commune, Some(Submission::Direct), 2025, Some(3)),
            ("1.000001", commune, None, 2025, Some(7)),
            ("1.000001", None, Some(Submission::Online), 2025, Some(9)),
            ("1.000001", None, None, 2025, Some(12)),
            ("1.000001", None, None, 2026, Some(0)),
            ("1.000001", commune, Some(Submission::Postal), 2025, None),
            ("1.000001", commune, None, 2026, None),
            ("1.000001", None, None, 2024, None),
            ("1.000002", None, None, 2025, None),
        ] {
            assert_eq!(volumes.get(code, level, channel, year), expected, "{code} {level:?} {channel:?} {year}");
        }
        assert_eq!(volumes.yearly("1.000001").map(|v| (v.year, v.total)), Some((2026, 0)));
        assert_eq!(volumes.yearly_in("1.000001", 2025).unwrap().by_channel[&Some(Submission::Online)], 9);
        assert_eq!(volumes.yearly("1.000002"), None);
        assert_eq!(volumes.rows().iter().map(|r| r.dossiers).collect::<Vec<_>>(), [5, 3, 4, 0]);
    }

    #[test]
    fn a_report_year_turns_on_the_fifteenth_of_december() {
        for (day, report, calendar) in [
            (date(2025, 12, 14), 2025, 2025),
            (date(2025, 12, 15), 2026, 2025),
            (date(2025, 12, 31), 2026, 2025),
            (date(2026, 1, 1), 2026, 2026),
        ] {
            assert_eq!(YearRule::Report.year_of(day), report, "{day}");
            assert_eq!(YearRule::Calendar.year_of(day), calendar, "{day}");
            for rule in [YearRule::Report, YearRule::Calendar] {
                let (first, last) = rule.span(rule.year_of(day));
                assert!(first <= day && day <= last);
            }
        }
    }

    #[test]
    fn part_of_a_year_is_no_yearly_volume() {
        let mut volumes = sample();
        let december = (1..=14).map(|day| date(2026, 12, day)).collect();
        volumes.cover(2026, Coverage::of(2026, YearRule::Report, &december).unwrap());
        assert_eq!(volumes.reference_year(), Some(2025));
        let (start, end) = YearRule::Report.span(2026);
        let mut whole: BTreeSet<Date> = start.series(1.day()).take_while(|d| *d <= end).collect();
        assert_eq!(Coverage::of(2026, YearRule::Report, &whole).unwrap().longest_gap, 0);
        whole.retain(|d| !(date(2026, 3, 1)..=date(2026, 3, 31)).contains(d));
        let without_march = Coverage::of(2026, YearRule::Report, &whole).unwrap();
        assert_eq!((without_march.longest_gap, without_march.is_whole()), (31, false));
        assert_eq!(Coverage::of(2027, YearRule::Report, &whole), None);
    }
}
