//! Dossier logs: millions of rows into groups of equal code, level, channel and day, as written.
//!
//! Parquet and CSV in UTF-8 are scanned by the streaming engine and never held as a whole; its memory follows the number
//! of groups. Everything else that can be a table (workbooks, other encodings, headings above the table) is small and
//! read as a whole. A dossier number that stands twice is found in two more passes: hashes of the numbers are counted,
//! part by part, so that memory stays bounded ([`HASHES_A_PASS`] a pass); then the rows of those seen twice are
//! fetched and compared as they are, so that two numbers of one hash are never taken for one.

use super::grid::Row;
use super::{decode, decode_head, delimited, is_office_zip, parquet, workbook};
use crate::error::{Error, Result};
use crate::rule::{VolumeColumns, VolumeField};
use polars::prelude::{
    BooleanChunked, ChunkApply, Column, CsvEncoding, DataFrame, DataType, Engine, Expr, Field, IntoColumn, IntoLazy,
    LazyCsvReader, LazyFileListReader, LazyFrame, NamedFrom, NewChunkedArray, PlRefPath, PlanCallback, PolarsError,
    PolarsResult, ScanArgsParquet, Schema, Series, StringChunked, UInt64Chunked, UnionArgs, col, concat, len, lit,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Rows alike in code, level, channel and day, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogGroup {
    /// Position of the file among those read.
    pub file: usize,
    /// Code of the procedure.
    pub code: String,
    /// Level of administration.
    pub level: String,
    /// Way of handing in.
    pub channel: String,
    /// Day received, without the time of day; in a table of volumes empty where a year stands.
    pub day: String,
    /// In a table of volumes: the year and the number of dossiers.
    pub stated: Option<Stated>,
}

/// What a table of volumes states beside code, level and channel, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stated {
    /// Year.
    pub year: String,
    /// Number of dossiers.
    pub dossiers: String,
    /// First and last day covered and the longest gap in days, in a table of this program.
    pub covered: [String; 3],
}

/// A dossier number that stands more than once, with the groups in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// The number.
    pub id: String,
    /// Groups and the rows of each, sorted.
    pub rows: Vec<(LogGroup, u64)>,
}

/// One file read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFile {
    /// Its path.
    pub path: PathBuf,
    /// Data rows.
    pub rows: u64,
    /// Whether it has a column of dossier numbers.
    pub has_ids: bool,
}

/// What logs hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// Groups and the rows of each, sorted.
    pub groups: Vec<(LogGroup, u64)>,
    /// Dossier numbers that stand more than once, by number; empty when numbers are trusted to be unique.
    pub repeated: Vec<Repeated>,
    /// The files, in the order given.
    pub files: Vec<LogFile>,
}

/// Hashes of dossier numbers that one pass counts; some 40 bytes of memory each.
const HASHES_A_PASS: u64 = 16_000_000;
/// Rows that are counted at a time, some 100 bytes of memory each; counts of as many groups are kept before they are put together.
const ROWS_A_BATCH: usize = 2_000_000;
/// How much of a text file decides how it is read, in bytes.
const HEAD: usize = 64 * 1024;
/// A text file whose rows and lines disagree is read as a whole up to this size, in bytes.
const SMALL: u64 = 128 * 1024 * 1024;

/// Reads logs and tables of volumes. Dossier numbers are compared over all files, unless they are trusted to be unique.
///
/// # Errors
/// When a file cannot be read, or has no header with the columns needed; the message names them.
pub fn read_log(paths: &[PathBuf], columns: &VolumeColumns, trust_ids: bool) -> Result<Log> {
    let mut log = Log::default();
    let mut frames = Vec::new();
    for (file, path) in paths.iter().enumerate() {
        let (rows, has_ids) = match source(path, columns)? {
            Found::Frame(frame) => {
                let groups = frame.groups(file).map_err(|e| failed(path, &e))?;
                let rows = groups.iter().map(|(_, rows)| rows).sum();
                log.groups.extend(groups);
                let has_ids = frame.has_ids;
                frames.push((file, frame));
                (rows, has_ids)
            }
            Found::Stated(groups) => {
                let rows = groups.len() as u64;
                log.groups.extend(groups.into_iter().map(|group| (LogGroup { file, ..group }, 1)));
                (rows, false)
            }
        };
        log.files.push(LogFile { path: path.clone(), rows, has_ids });
    }
    log.groups.sort();
    frames.retain(|(_, frame)| frame.has_ids);
    if !trust_ids && !frames.is_empty() {
        let first = &paths[frames[0].0];
        let rows = frames.iter().map(|(file, _)| log.files[*file].rows).sum();
        log.repeated = repeated(&frames, rows).map_err(|e| failed(first, &e))?;
    }
    Ok(log)
}

fn failed(path: &Path, error: &PolarsError) -> Error {
    Error::Table { path: path.to_owned(), message: error.to_string() }
}

enum Found {
    Frame(Box<Frame>),
    Stated(Vec<LogGroup>),
}

/// A log as a lazy table with the columns code, level, channel, day and, where there is one, id.
struct Frame {
    lazy: LazyFrame,
    has_ids: bool,
}

const KEYS: [&str; 4] = ["code", "level", "channel", "day"];

fn source(path: &Path, columns: &VolumeColumns) -> Result<Found> {
    let mut head = Vec::new();
    let mut file = std::fs::File::open(path).map_err(Error::io(path))?;
    Read::by_ref(&mut file).take(HEAD as u64).read_to_end(&mut head).map_err(Error::io(path))?;
    if head.starts_with(b"PAR1") {
        let scanned = PlRefPath::try_from_path(path)
            .and_then(|at| LazyFrame::scan_parquet(at, ScanArgsParquet { glob: false, ..ScanArgsParquet::default() }));
        return scanned
            .and_then(|lazy| select(lazy, columns))
            .map_err(|e| failed(path, &e))?
            .map_or_else(|| whole(path, columns), |frame| Ok(Found::Frame(Box::new(frame))));
    }
    if let Some((delimiter, is_table)) = scannable(&head, columns)
        && !is_table
        && (lines_are_rows(path, delimiter)? || std::fs::metadata(path).map_err(Error::io(path))?.len() > SMALL)
    {
        let frame = csv(path, delimiter).and_then(|lazy| select(lazy, columns)).map_err(|e| failed(path, &e))?;
        if let Some(frame) = frame {
            return Ok(Found::Frame(Box::new(frame)));
        }
    }
    whole(path, columns)
}

/// The delimiter of a text in UTF-8 whose first line is the header, and whether it is a table of volumes.
fn scannable(head: &[u8], columns: &VolumeColumns) -> Option<(u8, bool)> {
    let decoded = decode_head(head, HEAD - 1).or_else(|| decode(head))?;
    if decoded.encoding != "UTF-8" {
        return None;
    }
    let line = decoded.text.lines().next()?.to_owned();
    let with = |delimiter: &u8| {
        let header = delimited::rows(&line, *delimiter).into_iter().next()?;
        let found = columns.locate(&texts(&header));
        (!found.is_empty()).then(|| (*delimiter, found.contains_key(&VolumeField::Dossiers)))
    };
    delimited::DELIMITERS.iter().find_map(with)
}

/// Whether every line that is not blank is one row: no quoted line break, and no lone quote that swallows lines.
fn lines_are_rows(path: &Path, delimiter: u8) -> Result<bool> {
    let file = std::fs::File::open(path).map_err(Error::io(path))?;
    let mut lines = std::io::BufReader::with_capacity(1 << 20, file);
    let mut line = Vec::new();
    loop {
        line.clear();
        if std::io::BufRead::read_until(&mut lines, b'\n', &mut line).map_err(Error::io(path))? == 0 {
            return Ok(true);
        }
        if line.contains(&b'"') && !quotes_close(line.trim_ascii_end(), delimiter) {
            return Ok(false);
        }
    }
}

/// Whether quotes stand only around whole cells, those inside doubled, and close within the line.
fn quotes_close(line: &[u8], delimiter: u8) -> bool {
    let mut at = 0;
    while at < line.len() {
        if line[at] == b'"' {
            at += 1;
            loop {
                match (line.get(at), line.get(at + 1)) {
                    (Some(b'"'), Some(b'"')) => at += 2,
                    (Some(b'"'), None) => return true,
                    (Some(b'"'), Some(next)) if *next == delimiter => break at += 1,
                    (Some(b'"'), Some(_)) | (None, _) => return false,
                    (Some(_), _) => at += 1,
                }
            }
        } else {
            let end = line[at..].iter().position(|b| *b == delimiter).map_or(line.len(), |n| at + n);
            if line[at..end].contains(&b'"') {
                return false;
            }
            at = end;
        }
        at += 1;
    }
    true
}

fn csv(path: &Path, delimiter: u8) -> PolarsResult<LazyFrame> {
    LazyCsvReader::new(PlRefPath::try_from_path(path)?)
        .with_separator(delimiter)
        .with_infer_schema_length(Some(0))
        .with_encoding(CsvEncoding::LossyUtf8)
        .with_truncate_ragged_lines(true)
        .with_glob(false)
        .finish()
}

/// The columns of a log under their meaning; none when they are not there, or it is a table of volumes.
fn select(mut lazy: LazyFrame, columns: &VolumeColumns) -> PolarsResult<Option<Frame>> {
    let schema = lazy.collect_schema()?;
    let names: Vec<String> = schema.iter_names().map(ToString::to_string).collect();
    let found = columns.locate(&names);
    if found.is_empty() || found.contains_key(&VolumeField::Dossiers) {
        return Ok(None);
    }
    let text = |field: VolumeField, name: &str| match found.get(&field) {
        Some(at) => col(names[*at].as_str()).cast(DataType::String).alias(name),
        None => lit("").alias(name),
    };
    let day = names[found[&VolumeField::Day]].as_str();
    let day = match schema.get(day) {
        Some(DataType::Date | DataType::Datetime(..)) => col(day).cast(DataType::Date),
        _ => col(day).cast(DataType::String).map(|c| without_time(&c), |_, field| Ok(field.clone())),
    };
    let mut wanted = vec![
        text(VolumeField::Code, "code"),
        text(VolumeField::Level, "level"),
        text(VolumeField::Channel, "channel"),
        day.alias("day"),
    ];
    let has_ids = found.contains_key(&VolumeField::Id);
    if has_ids {
        wanted.push(text(VolumeField::Id, "id"));
    }
    Ok(Some(Frame { lazy: lazy.select(wanted), has_ids }))
}

/// Days without the time behind them, so that the groups are days and not moments.
fn without_time(column: &Column) -> PolarsResult<Column> {
    let days = column.str()?;
    Ok(days.apply_values(|text| Cow::Borrowed(day_part(text))).into_column())
}

fn day_part(text: &str) -> &str {
    let text = text.trim();
    let head = text.split(['T', ' ', ',']).next().unwrap_or_default();
    let is_day = head.len() >= 8 && !head.contains(':') && head.starts_with(|c: char| c.is_ascii_digit());
    if is_day { head } else { text }
}

impl Frame {
    /// Rows counted by group, batch by batch: the engine's own grouping would keep every row of many groups in memory.
    fn groups(&self, file: usize) -> PolarsResult<Vec<(LogGroup, u64)>> {
        let counted: Arc<Mutex<Vec<DataFrame>>> = Arc::default();
        let sink = Arc::clone(&counted);
        let count = move |batch: DataFrame| {
            let part = batch.lazy().group_by(KEYS.map(col)).agg([len().alias("rows")]).collect()?;
            let mut counted = sink.lock().unwrap_or_else(PoisonError::into_inner);
            counted.push(part);
            if counted.iter().map(DataFrame::height).sum::<usize>() > ROWS_A_BATCH {
                *counted = vec![summed(std::mem::take(&mut *counted))?];
            }
            // nobody has seen enough
            Ok(false)
        };
        let batches = self.lazy.clone().select(KEYS.map(col));
        let batches = batches.sink_batches(PlanCallback::new(count), false, NonZeroUsize::new(ROWS_A_BATCH))?;
        batches.collect_with_engine(Engine::Streaming)?;
        let counted = std::mem::take(&mut *counted.lock().unwrap_or_else(PoisonError::into_inner));
        if counted.is_empty() {
            return Ok(Vec::new());
        }
        let frame = summed(counted)?;
        let (groups, rows) = (keys(&frame, file)?, counts(&frame, "rows")?);
        Ok(groups.into_iter().zip(rows).collect())
    }

    /// Hash of the dossier number in part `part` of `parts`; null for others and where there is no number.
    fn hashes(&self, part: u64, parts: u64) -> LazyFrame {
        let hash = col("id").map(
            move |ids| {
                let of = |id: Option<&str>| id.and_then(hash).filter(|h| h % parts == part);
                let hashes = ids.str()?.iter().map(of);
                Ok(UInt64Chunked::from_iter_options("hash".into(), hashes).into_column())
            },
            |_: &Schema, _: &Field| Ok(Field::new("hash".into(), DataType::UInt64)),
        );
        self.lazy.clone().select([hash.alias("hash")]).filter(col("hash").is_not_null())
    }

    /// The rows whose number has one of these hashes, by number and group.
    fn suspects(&self, file: usize, hashes: &Arc<HashSet<u64>>) -> PolarsResult<Vec<(String, LogGroup, u64)>> {
        let hashes = Arc::clone(hashes);
        let is_suspect: Expr = col("id").map(
            move |ids| {
                let of = |id: Option<&str>| Some(id.and_then(hash).is_some_and(|h| hashes.contains(&h)));
                Ok(BooleanChunked::from_iter_options("id".into(), ids.str()?.iter().map(of)).into_column())
            },
            |_: &Schema, field: &Field| Ok(Field::new(field.name().clone(), DataType::Boolean)),
        );
        let by = ["id", KEYS[0], KEYS[1], KEYS[2], KEYS[3]].map(col);
        let found = self.lazy.clone().filter(is_suspect).group_by(by).agg([len().alias("rows")]);
        let frame = found.collect_with_engine(Engine::Streaming)?.unwrap_single();
        let (ids, groups, rows) = (strings(&frame, "id")?, keys(&frame, file)?, counts(&frame, "rows")?);
        let all = ids.into_iter().zip(groups).zip(rows).map(|((id, group), rows)| (id.trim().to_owned(), group, rows));
        Ok(all.collect())
    }
}

/// Counts of several batches as one.
fn summed(counted: Vec<DataFrame>) -> PolarsResult<DataFrame> {
    let all: Vec<LazyFrame> = counted.into_iter().map(IntoLazy::lazy).collect();
    concat(all, UnionArgs::default())?.group_by(KEYS.map(col)).agg([col("rows").sum()]).collect()
}

fn hash(id: &str) -> Option<u64> {
    let id = id.trim();
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    (!id.is_empty()).then(|| hasher.finish())
}

/// Numbers that stand more than once in any of the logs.
fn repeated(frames: &[(usize, Box<Frame>)], rows: u64) -> PolarsResult<Vec<Repeated>> {
    let parts = rows.div_ceil(HASHES_A_PASS).max(1);
    let mut twice = HashSet::new();
    for part in 0..parts {
        let all: Vec<LazyFrame> = frames.iter().map(|(_, frame)| frame.hashes(part, parts)).collect();
        let counted = concat(all, UnionArgs::default())?.group_by([col("hash")]).agg([len().alias("rows")]);
        let seen = counted.filter(col("rows").gt(lit(1u32))).collect_with_engine(Engine::Streaming)?.unwrap_single();
        twice.extend(seen.column("hash")?.u64()?.iter().flatten());
    }
    let twice = Arc::new(twice);
    let mut by_id: BTreeMap<String, Vec<(LogGroup, u64)>> = BTreeMap::new();
    for (file, frame) in frames.iter().filter(|_| !twice.is_empty()) {
        for (id, group, rows) in frame.suspects(*file, &twice)? {
            by_id.entry(id).or_default().push((group, rows));
        }
    }
    let all = by_id.into_iter().map(|(id, mut rows)| {
        rows.sort();
        Repeated { id, rows }
    });
    Ok(all.filter(|r| r.rows.iter().map(|(_, rows)| rows).sum::<u64>() > 1).collect())
}

fn strings(frame: &DataFrame, name: &str) -> PolarsResult<Vec<String>> {
    let column = frame.column(name)?.cast(&DataType::String)?;
    Ok(column.str()?.iter().map(|text| text.unwrap_or_default().trim().to_owned()).collect())
}

fn counts(frame: &DataFrame, name: &str) -> PolarsResult<Vec<u64>> {
    Ok(frame.column(name)?.cast(&DataType::UInt64)?.u64()?.iter().map(Option::unwrap_or_default).collect())
}

fn keys(frame: &DataFrame, file: usize) -> PolarsResult<Vec<LogGroup>> {
    let [codes, levels, channels, days] = KEYS.map(|name| strings(frame, name));
    let cells = codes?.into_iter().zip(levels?).zip(channels?).zip(days?);
    Ok(cells
        .map(|(((code, level), channel), day)| LogGroup { file, code, level, channel, day, stated: None })
        .collect())
}

/// Reads a file as a whole: the first row of any of its tables that has the columns is the header.
fn whole(path: &Path, columns: &VolumeColumns) -> Result<Found> {
    let bytes = std::fs::read(path).map_err(Error::io(path))?;
    let tables = tables(&bytes);
    for table in &tables {
        let header = table.iter().take(60).position(|row| !columns.locate(&texts(row)).is_empty());
        if let Some(header) = header {
            let found = columns.locate(&texts(&table[header]));
            let rows: Vec<&Row> = table[header + 1..].iter().filter(|r| !r.is_blank()).collect();
            return if found.contains_key(&VolumeField::Dossiers) {
                Ok(Found::Stated(rows.into_iter().map(|row| stated(row, &found)).collect()))
            } else {
                frame(&rows, &found).map(|frame| Found::Frame(Box::new(frame))).map_err(|e| failed(path, &e))
            };
        }
    }
    let seen = tables.iter().find_map(|t| t.iter().find(|r| !r.is_blank())).map(Row::raw).unwrap_or_default();
    Err(Error::Table {
        path: path.to_owned(),
        message: format!(
            "không có cột mã TTHC và ngày tiếp nhận (hoặc năm và số hồ sơ) / no columns of code and day (or year and \
             dossiers); dòng đầu / first row: {seen:.300}; rules/volumes/columns.toml"
        ),
    })
}

fn tables(bytes: &[u8]) -> Vec<Vec<Row>> {
    if bytes.starts_with(b"PAR1") {
        return parquet::rows(bytes).into_iter().collect();
    }
    if is_office_zip(bytes) || bytes.starts_with(workbook::OLE) {
        return workbook::tables(bytes);
    }
    let Some(decoded) = decode(bytes) else { return Vec::new() };
    delimited::DELIMITERS.iter().map(|delimiter| delimited::rows(&decoded.text, *delimiter)).collect()
}

fn texts(row: &Row) -> Vec<&str> {
    row.cells.iter().map(|cell| cell.text.as_str()).collect()
}

fn cell(row: &Row, found: &BTreeMap<VolumeField, usize>, field: VolumeField) -> String {
    found.get(&field).and_then(|at| row.cells.get(*at)).map(|c| c.text.trim().to_owned()).unwrap_or_default()
}

fn stated(row: &Row, found: &BTreeMap<VolumeField, usize>) -> LogGroup {
    let text = |field| cell(row, found, field);
    LogGroup {
        file: 0,
        code: text(VolumeField::Code),
        level: text(VolumeField::Level),
        channel: text(VolumeField::Channel),
        day: day_part(&text(VolumeField::Day)).to_owned(),
        stated: Some(Stated {
            year: text(VolumeField::Year),
            dossiers: text(VolumeField::Dossiers),
            covered: [VolumeField::CoveredFrom, VolumeField::CoveredTo, VolumeField::LongestGap].map(text),
        }),
    }
}

fn frame(rows: &[&Row], found: &BTreeMap<VolumeField, usize>) -> PolarsResult<Frame> {
    let has_ids = found.contains_key(&VolumeField::Id);
    let column = |field, name: &str| {
        let cells: Vec<String> = rows.iter().map(|row| cell(row, found, field)).collect();
        Series::new(name.into(), cells).into_column()
    };
    let days: Vec<String> = rows.iter().map(|row| day_part(&cell(row, found, VolumeField::Day)).to_owned()).collect();
    let mut columns = vec![
        column(VolumeField::Code, "code"),
        column(VolumeField::Level, "level"),
        column(VolumeField::Channel, "channel"),
        StringChunked::from_slice("day".into(), &days).into_column(),
    ];
    if has_ids {
        columns.push(column(VolumeField::Id, "id"));
    }
    Ok(Frame { lazy: DataFrame::new_infer_height(columns)?.lazy(), has_ids })
}
