//! `tinhgon volumes LOG… --out FILE`: dossier logs into dossiers a year per procedure, level and channel.

use super::{Context, Outcome};
use crate::ingest::{Log, read_log};
use crate::output::replace_file;
use crate::rule::{VolumeColumns, Words};
use crate::table::Table;
use crate::volumes::{Counted, Fault, Volumes, YearRule, count, faulty_table, volume_table};
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "LOG", required = true)]
    logs: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[arg(long, value_enum, default_value_t = Year::Report)]
    year: Year,
    #[arg(long)]
    trust_ids: bool,
    #[arg(long, value_name = "FILE")]
    problems: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Year {
    Report,
    Calendar,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let rule = match options.year {
        Year::Report => YearRule::Report,
        Year::Calendar => YearRule::Calendar,
    };
    let (log, counted) = read(&options.logs, options.trust_ids, rule, context)?;
    write(&volume_table(&counted.volumes), &options.out)?;
    if let Some(path) = &options.problems {
        let files: Vec<String> = log.files.iter().map(|f| f.path.display().to_string()).collect();
        write(&faulty_table(&counted.faulty, &files), path)?;
    }
    summarise(&counted, options, context);
    Ok(Outcome::Done)
}

/// Reads a table or log of volumes for the commands that weigh by them; what is left out is said on stderr.
pub fn load(path: &Path, context: &Context) -> Result<Volumes> {
    let (_, counted) = read(&[path.to_owned()], false, YearRule::Report, context)?;
    say_faults(&counted, context);
    say_coverage(&counted.volumes, context);
    Ok(counted.volumes)
}

fn read(logs: &[PathBuf], trust_ids: bool, rule: YearRule, context: &Context) -> Result<(Log, Counted)> {
    let columns = VolumeColumns::load(&context.rules)?;
    let words = Words::load(&context.rules)?;
    let log = read_log(logs, &columns, trust_ids)?;
    let counted = count(&log, &words, rule);
    Ok((log, counted))
}

fn write(table: &Table, path: &Path) -> Result<()> {
    let is_parquet = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"));
    Ok(replace_file(path, |aside| if is_parquet { table.write_parquet(aside) } else { table.write_csv(aside) })?)
}

fn summarise(counted: &Counted, options: &Options, context: &Context) {
    say_faults(counted, context);
    if counted.contradicting > 0 {
        context.say("volumes-contradicting", &[("count", &counted.contradicting.to_string())]);
    }
    say_coverage(&counted.volumes, context);
    context.say(
        "volumes-done",
        &[
            ("read", &counted.read.to_string()),
            ("accepted", &counted.accepted.to_string()),
            ("repeated", &counted.repeated.to_string()),
            ("rejected", &counted.rejected.to_string()),
            ("codes", &counted.volumes.codes().len().to_string()),
            ("rows", &counted.volumes.len().to_string()),
            ("out", &options.out.display().to_string()),
        ],
    );
}

fn say_faults(counted: &Counted, context: &Context) {
    let mut sums: BTreeMap<Fault, (u64, &str)> = BTreeMap::new();
    for faulty in &counted.faulty {
        let group = &faulty.group;
        let found = match faulty.fault {
            Fault::Code => group.code.as_str(),
            Fault::Level => &group.level,
            Fault::Channel => &group.channel,
            Fault::DayMissing | Fault::MonthFirst | Fault::Day => &group.day,
            Fault::Year => group.stated.as_ref().map_or("", |s| &s.year),
            Fault::Dossiers => group.stated.as_ref().map_or("", |s| &s.dossiers),
        };
        sums.entry(faulty.fault).or_insert((0, found)).0 += faulty.rows;
    }
    for (fault, (rows, found)) in sums {
        context.say(fault.key(), &[("rows", &rows.to_string()), ("found", found)]);
    }
}

/// Dossiers of part of a year are no yearly volume; that is said, so that nobody takes them for one.
fn say_coverage(volumes: &Volumes, context: &Context) {
    for year in volumes.years() {
        if let Some(coverage) = volumes.coverage(year).filter(|c| !c.is_whole()) {
            let args = [
                ("year", &*year.to_string()),
                ("first", &coverage.first.strftime("%d/%m/%Y").to_string()),
                ("last", &coverage.last.strftime("%d/%m/%Y").to_string()),
                ("gap", &coverage.longest_gap.to_string()),
            ];
            context.say("volumes-part-of-year", &args);
        }
    }
}
