//! The tables `volumes` and `volume_problems`.

use super::{Faulty, Row, Volumes};
use crate::table::Table;

/// The table `volumes`: one row a year, code, level and channel; an empty level or channel is not stated.
/// `covered_from`, `covered_to` and `longest_gap_days` tell from which days of the year the dossiers come, where days are known.
#[must_use]
pub fn volume_table(volumes: &Volumes) -> Table {
    let rows = volumes.rows();
    let day = |row: &Row, get: fn(super::Coverage) -> jiff::civil::Date| {
        volumes.coverage(row.year).map(|c| get(c).to_string()).unwrap_or_default()
    };
    Table::new("volumes")
        .int("report_year", rows.iter().map(|r| Some(r.year)))
        .text("code", rows.iter().map(|r| r.code))
        .text("level", rows.iter().map(|r| r.level.map_or("", crate::catalog::Level::as_str)))
        .text("channel", rows.iter().map(|r| r.channel.map_or("", super::Submission::as_str)))
        .int("dossiers", rows.iter().map(|r| i64::try_from(r.dossiers).ok()))
        .text("covered_from", rows.iter().map(|r| day(r, |c| c.first)))
        .text("covered_to", rows.iter().map(|r| day(r, |c| c.last)))
        .int("longest_gap_days", rows.iter().map(|r| volumes.coverage(r.year).map(|c| c.longest_gap)))
}

/// The table `volume_problems`: rows with a fault, alike ones together. `is_rejected` rows are in no volume.
/// `files` are the names of the files, in the order in which they were read.
#[must_use]
pub fn faulty_table(faulty: &[Faulty], files: &[String]) -> Table {
    let stated = |get: fn(&crate::ingest::Stated) -> &str| {
        faulty.iter().map(move |f| f.group.stated.as_ref().map(get).unwrap_or_default())
    };
    Table::new("volume_problems")
        .text("reason", faulty.iter().map(|f| f.fault.key()))
        .flag("is_rejected", faulty.iter().map(|f| f.fault.rejects()))
        .int("rows", faulty.iter().map(|f| i64::try_from(f.rows).ok()))
        .text("source_file", faulty.iter().map(|f| files.get(f.group.file).map(String::as_str).unwrap_or_default()))
        .text("code", faulty.iter().map(|f| &f.group.code))
        .text("level", faulty.iter().map(|f| &f.group.level))
        .text("channel", faulty.iter().map(|f| &f.group.channel))
        .text("day", faulty.iter().map(|f| &f.group.day))
        .text("year", stated(|s| &s.year))
        .text("dossiers", stated(|s| &s.dossiers))
}
