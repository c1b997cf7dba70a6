//! Bytes into raw records. One file an input format, one [`Reader`] each, all of them in [`READERS`].
//!
//! A reader never fails: what it cannot read becomes a [`Problem`] with the raw text, and the rest goes on.
//! For every input `read = accepted + rejected`; [`Sink`] keeps the count.

mod decode;
mod delimited;
mod grid;
mod header;
mod json;
mod office_zip;
mod parquet;
mod record;
mod sheet_rows;
mod table;
#[cfg(test)]
mod table_tests;
mod workbook;
#[cfg(test)]
mod workbook_tests;

pub use decode::{Decoded, decode, decode_head};
pub use office_zip::is_office_zip;
pub use record::{Cells, RawRecord, RawRow, Section, add_cell};

use crate::problem::{Problem, Severity, Source};
use crate::rule::ColumnNames;

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
pub const READERS: &[&dyn Reader] = &[&parquet::Parquet, &workbook::Workbook, &json::Json, &delimited::Delimited];
