//! Groups of a log, as written → volumes: codes, levels, channels and days are read, dossiers counted once.

use super::{Coverage, DayReading, Submission, Volumes, YearRule, read_day};
use crate::catalog::Level;
use crate::ingest::{Log, LogGroup, Stated};
use crate::normalise::{read_code, read_levels};
use crate::rule::Words;
use crate::text::fold;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Why rows of a log are left out, or kept with a part missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// No code of a procedure.
    Code,
    /// No day.
    DayMissing,
    /// The month stands first: which of two days is meant is not certain in the whole column.
    MonthFirst,
    /// Not a day of the calendar.
    Day,
    /// No year, in a table of volumes.
    Year,
    /// No whole number of dossiers, in a table of volumes. Missing is not zero.
    Dossiers,
    /// Kept: the level is not known.
    Level,
    /// Kept: the channel is not known.
    Channel,
}

impl Fault {
    /// Key of its message, and word of the `reason` column.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Fault::Code => "volumes-no-code",
            Fault::DayMissing => "volumes-no-day",
            Fault::MonthFirst => "volumes-month-first",
            Fault::Day => "volumes-day-unreadable",
            Fault::Year => "volumes-no-year",
            Fault::Dossiers => "volumes-no-number",
            Fault::Level => "volumes-level-unknown",
            Fault::Channel => "volumes-channel-unknown",
        }
    }

    /// Whether the rows are left out.
    #[must_use]
    pub fn rejects(self) -> bool {
        !matches!(self, Fault::Level | Fault::Channel)
    }
}

/// Rows with a fault: as written, and how many.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Faulty {
    /// What is wrong.
    pub fault: Fault,
    /// The rows as written.
    pub group: LogGroup,
    /// How many.
    pub rows: u64,
}

/// The volumes of logs and what became of every row: `read = accepted + repeated + rejected`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// The volumes.
    pub volumes: Volumes,
    /// Data rows.
    pub read: u64,
    /// Rows that are counted.
    pub accepted: u64,
    /// Rows of a dossier that is counted already.
    pub repeated: u64,
    /// Rows left out.
    pub rejected: u64,
    /// Dossier numbers that stand with different procedures, levels, channels or days; the earliest is counted.
    pub contradicting: u64,
    /// Rows with a fault, sorted.
    pub faulty: Vec<Faulty>,
}

/// Where a row counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    day: Option<Date>,
    year: i16,
    code: String,
    level: Option<Level>,
    channel: Option<Submission>,
}

/// Reads the groups of logs and counts every dossier once.
///
/// Of a number that stands more than once the earliest day is counted; rows that are left out are no repetition.
#[must_use]
pub fn count(log: &Log, words: &Words, rule: YearRule) -> Counted {
    let mut counted = Counted::default();
    let mut reader = Reader { words, rule, codes: BTreeMap::new() };
    let superfluous = superfluous(log, &mut reader, &mut counted);
    let mut days: BTreeMap<i16, BTreeSet<Date>> = BTreeMap::new();
    for (group, rows) in &log.groups {
        counted.read += rows;
        let place = match reader.place(group) {
            Ok(place) => place,
            Err(fault) => {
                counted.rejected += rows;
                counted.faulty.push(Faulty { fault, group: group.clone(), rows: *rows });
                continue;
            }
        };
        counted.faulty.extend(unknown(group, &place, *rows));
        let repeated = superfluous.get(group).copied().unwrap_or_default();
        counted.repeated += repeated;
        counted.accepted += rows - repeated;
        if let Some(day) = place.day {
            days.entry(place.year).or_default().insert(day);
        }
        let dossiers = group.stated.as_ref().and_then(number).unwrap_or(rows - repeated);
        let part = (place.level, place.channel);
        // A group all of whose rows are counted elsewhere states nothing.
        if group.stated.is_some() || dossiers > 0 {
            counted.volumes.add(&place.code, place.year, part, dossiers);
        }
        if let Some(coverage) = group.stated.as_ref().and_then(covered) {
            counted.volumes.cover(place.year, coverage);
        }
    }
    for (year, days) in days {
        if let Some(coverage) = Coverage::of(year, rule, &days) {
            counted.volumes.cover(year, coverage);
        }
    }
    counted.faulty.sort();
    counted
}

/// By group, the rows of dossiers that are counted in another row.
fn superfluous(log: &Log, reader: &mut Reader, counted: &mut Counted) -> BTreeMap<LogGroup, u64> {
    let mut superfluous: BTreeMap<LogGroup, u64> = BTreeMap::new();
    for repeated in &log.repeated {
        let readable = repeated.rows.iter().filter_map(|(group, rows)| Some((reader.place(group).ok()?, group, *rows)));
        let mut places: Vec<(Place, &LogGroup, u64)> = readable.collect();
        places.sort();
        counted.contradicting += u64::from(places.windows(2).any(|pair| pair[0].0 != pair[1].0));
        for (at, (_, group, rows)) in places.into_iter().enumerate() {
            *superfluous.entry(group.clone()).or_default() += rows - u64::from(at == 0);
        }
    }
    superfluous
}

struct Reader<'a> {
    words: &'a Words,
    rule: YearRule,
    /// Codes as written are few, and read once.
    codes: BTreeMap<String, Option<String>>,
}

impl Reader<'_> {
    fn place(&mut self, group: &LogGroup) -> std::result::Result<Place, Fault> {
        let read =
            |text: &String| read_code(text).map(|read| if read.code.is_empty() { read.written } else { read.code });
        if !self.codes.contains_key(&group.code) {
            self.codes.insert(group.code.clone(), read(&group.code));
        }
        let code = self.codes.get(&group.code).cloned().flatten().ok_or(Fault::Code)?;
        let day = match read_day(&group.day) {
            DayReading::Day(day) => Some(day),
            _ if group.stated.as_ref().is_some_and(|s| !s.year.is_empty()) => None,
            DayReading::Missing => return Err(Fault::DayMissing),
            DayReading::MonthFirst => return Err(Fault::MonthFirst),
            DayReading::Unreadable => return Err(Fault::Day),
        };
        let year = match (&group.stated, day) {
            (Some(stated), None) => year(&stated.year).ok_or(Fault::Year)?,
            (_, Some(day)) => self.rule.year_of(day),
            (None, None) => return Err(Fault::DayMissing),
        };
        if group.stated.as_ref().is_some_and(|stated| number(stated).is_none()) {
            return Err(Fault::Dossiers);
        }
        let channel = self.words.channels.exact(&fold(&group.channel)).and_then(Submission::from_name);
        Ok(Place { day, year, code, level: self.level(&group.level), channel })
    }

    /// The level of a cell that names exactly one.
    fn level(&self, cell: &str) -> Option<Level> {
        let read = read_levels(cell, self.words);
        match read.levels.as_slice() {
            [level] if read.unknown.is_empty() => Some(*level),
            _ => None,
        }
    }
}

/// What a row says of level and channel without being understood; it is kept.
fn unknown(group: &LogGroup, place: &Place, rows: u64) -> Vec<Faulty> {
    let faulty = |fault| Faulty { fault, group: group.clone(), rows };
    let level = (place.level.is_none() && !group.level.is_empty()).then(|| faulty(Fault::Level));
    let channel = (place.channel.is_none() && !group.channel.is_empty()).then(|| faulty(Fault::Channel));
    level.into_iter().chain(channel).collect()
}

fn year(text: &str) -> Option<i16> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    text.parse().ok().filter(|year| (1900..2200).contains(year))
}

/// A whole number, with `.`, `,` or spaces between groups of three digits or without.
fn number(stated: &Stated) -> Option<u64> {
    let text = stated.dossiers.strip_suffix(".0").unwrap_or(&stated.dossiers);
    let groups: Vec<&str> = text.split(['.', ',', ' ', '\u{a0}']).collect();
    let digits = |group: &&str| group.bytes().all(|b| b.is_ascii_digit());
    let is_grouped = groups.iter().skip(1).all(|g| g.len() == 3) && (1..=3).contains(&groups[0].len());
    let is_number = groups.iter().all(digits) && (groups.len() == 1 || is_grouped);
    if is_number { groups.concat().parse().ok() } else { None }
}

fn covered(stated: &Stated) -> Option<Coverage> {
    let [first, last, gap] = &stated.covered;
    match (read_day(first), read_day(last)) {
        (DayReading::Day(first), DayReading::Day(last)) => {
            Some(Coverage { first, last, longest_gap: gap.parse().ok()? })
        }
        _ => None,
    }
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
