//! Bytes into raw records. One file an input format, one [`Reader`] each, all of them in [`READERS`].
//!
//! A reader never fails: what it cannot read becomes a [`Problem`] with the raw text, and the rest goes on.
//! For every input `read = accepted + rejected`; [`Sink`] keeps the count.

mod decode;
mod delimited;
mod docx;
mod grid;
mod header;
mod heading;
mod html;
mod json;
mod layout;
mod listed;
mod log;
mod office_zip;
mod parquet;
mod pdf;
mod pdf_table;
mod plain;
mod prose;
mod record;
mod walk;
mod sheet_rows;
mod table;
#[cfg(test)]
mod table_tests;
mod workbook;
#[cfg(test)]
mod workbook_tests;

pub use decode::{Decoded, decode, decode_head};
pub use log::{Log, LogFile, LogGroup, Repeated, Stated, read_log};
pub use office_zip::is_office_zip;
pub use plain::{PlainTable, read_plain, read_plain_where};
pub use record::{Cells, RawRecord, RawRow, Section, add_cell};

use crate::error::Result;
use crate::output::{InputSummary, sha256};
use crate::problem::{Problem, Severity, Source};
use crate::rule::ColumnNames;
use rayon::prelude::*;
use std::path::PathBuf;

/// One input as a reader sees it: a file, or an entry of an archive.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Path relative to the folder given; inside an archive `archive.zip/inner.json`.
    pub path: &'a str,
    /// The whole content.
    pub bytes: &'a [u8],
    /// What the columns of tables and the keys of objects mean.
    pub columns: &'a ColumnNames,
}

/// What a reader found in one input.
#[derive(Debug, Default)]
pub struct Sink {
    /// Procedures as written.
    pub records: Vec<RawRecord>,
    /// What could not be read, or was repaired.
    pub problems: Vec<Problem>,
    /// Units read: records of JSON and text files, data rows of tables.
    pub read: u64,
    /// Units among `read` that were left out; each has a problem of severity error.
    pub rejected: u64,
}

impl Sink {
    /// Counts one unit read and left out.
    pub fn reject(&mut self, problem: Problem) {
        self.read += 1;
        self.rejected += 1;
        self.problems.push(problem);
    }

    /// Counts one unit read and kept as a record of its own.
    pub fn accept(&mut self, record: RawRecord) {
        self.read += 1;
        self.records.push(record);
    }

    /// Counts table rows read and kept, which may be more or fewer than the records they make.
    pub fn accept_rows(&mut self, records: Vec<RawRecord>, rows: u64) {
        self.read += rows;
        self.records.extend(records);
    }

    /// Reports that the file as a whole cannot be read: one unit read, one left out.
    pub fn reject_file(&mut self, input: &Input, problem: &str, found: &(impl ToString + ?Sized)) {
        let source = Source { file: input.path.to_owned(), ..Source::default() };
        let head = String::from_utf8_lossy(&input.bytes[..input.bytes.len().min(400)]).into_owned();
        self.reject(Problem::new(Severity::Error, problem, &source).with_arg("found", found).with_raw(head));
    }
}

/// One input format.
pub trait Reader: Sync {
    /// Name of the format in the manifest.
    fn name(&self) -> &'static str;
    /// Whether the content, not the file's ending, is of this format.
    fn recognises(&self, input: &Input) -> bool;
    /// Reads everything that can be read.
    fn read(&self, input: &Input, sink: &mut Sink);
}

/// The formats, in the order in which they are tried: the most certain signatures first.
pub const READERS: &[&dyn Reader] = &[
    &parquet::Parquet,
    &pdf::Pdf,
    &workbook::Workbook,
    &docx::Docx,
    &json::Json,
    &html::Html,
    &prose::Prose,
    &delimited::Delimited,
];

/// Everything that was read from a set of inputs, in the order of their paths.
#[derive(Debug, Default)]
pub struct Ingested {
    /// Procedures as written.
    pub records: Vec<RawRecord>,
    /// What could not be read, or was repaired.
    pub problems: Vec<Problem>,
    /// One entry an input, archives by their entries.
    pub inputs: Vec<InputSummary>,
}

/// Reads files, folders, patterns and archives on all cores. `progress` is told the bytes of each file when it is done.
///
/// # Errors
/// When a path that was named does not exist; everything else becomes a problem.
pub fn ingest(inputs: &[PathBuf], columns: &ColumnNames, progress: &(dyn Fn(u64) + Sync)) -> Result<Ingested> {
    let files = walk::list(inputs)?;
    let parts: Vec<Ingested> = files
        .par_iter()
        .map(|file| {
            let part = read_file(file, columns);
            progress(part.inputs.iter().map(|i| i.bytes).sum());
            part
        })
        .collect();
    let mut all = Ingested::default();
    for mut part in parts {
        all.records.append(&mut part.records);
        all.problems.append(&mut part.problems);
        all.inputs.append(&mut part.inputs);
    }
    Ok(all)
}

/// Total size of the inputs in bytes, for a progress bar.
///
/// # Errors
/// When a path that was named does not exist.
pub fn size(inputs: &[PathBuf]) -> Result<u64> {
    Ok(walk::list(inputs)?.iter().filter_map(|f| f.location.metadata().ok()).map(|m| m.len()).sum())
}

fn read_file(file: &walk::Found, columns: &ColumnNames) -> Ingested {
    let mut part = Ingested::default();
    match std::fs::read(&file.location) {
        Ok(bytes) => read_bytes(&file.path, &bytes, file.named, columns, &mut part),
        Err(e) => {
            let input = Input { path: &file.path, bytes: &[], columns };
            let mut sink = Sink::default();
            sink.reject_file(&input, "file-unreadable", &e);
            part.take(&input, "", sink);
        }
    }
    part
}

fn read_bytes(path: &str, bytes: &[u8], named: bool, columns: &ColumnNames, part: &mut Ingested) {
    let input = Input { path, bytes, columns };
    let mut sink = Sink::default();
    let reader = READERS.iter().find(|r| r.recognises(&input));
    if bytes.trim_ascii().is_empty() {
        sink.reject_file(&input, "file-empty", "");
    } else if let Some(reader) = reader {
        reader.read(&input, &mut sink);
        if sink.read == 0 {
            let source = Source { file: path.to_owned(), ..Source::default() };
            sink.problems.push(Problem::new(Severity::Warning, "file-without-rows", &source));
        }
    } else if bytes.starts_with(b"PK") && !is_office_zip(bytes) {
        let entries = walk::unpack(path, bytes, &mut sink.problems);
        sink.read += sink.problems.len() as u64;
        sink.rejected += sink.problems.len() as u64;
        part.take(&input, "zip", sink);
        return entries.iter().for_each(|(path, bytes)| read_bytes(path, bytes, false, columns, part));
    } else {
        sink.reject_file(&input, "format-unknown", "");
        // A read-me among the files of a folder is no reason to stop a strict run.
        if let Some(problem) = sink.problems.last_mut().filter(|_| !named) {
            problem.severity = Severity::Warning;
        }
    }
    part.take(&input, reader.map_or("", |r| r.name()), sink);
}

impl Ingested {
    fn take(&mut self, input: &Input, format: &str, mut sink: Sink) {
        self.inputs.push(InputSummary {
            path: input.path.to_owned(),
            sha256: sha256(input.bytes),
            bytes: input.bytes.len() as u64,
            format: format.to_owned(),
            read: sink.read,
            accepted: sink.read - sink.rejected,
            rejected: sink.rejected,
        });
        self.records.append(&mut sink.records);
        self.problems.append(&mut sink.problems);
    }
}
