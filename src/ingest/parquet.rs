//! Parquet tables: every column as text.

use super::grid::{Cell, Grid, Kind, Row};
use super::{Input, Reader, Sink};
use polars::prelude::{AnyValue, DataFrame, ParquetReader, SerReader};
use std::io::Cursor;

/// Reader of Parquet.
pub struct Parquet;

impl Reader for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn recognises(&self, input: &Input) -> bool {
        input.bytes.starts_with(b"PAR1")
    }

    fn read(&self, input: &Input, sink: &mut Sink) {
        match ParquetReader::new(Cursor::new(input.bytes)).finish() {
            Ok(frame) => {
                if !grid(input.path, &frame).read(input.columns, sink) {
                    sink.reject_file(input, "header-missing", "");
                }
            }
            Err(e) => sink.reject_file(input, "parquet-invalid", &e),
        }
    }
}

/// The rows of a file, its header first; none when it cannot be read.
pub(super) fn rows(bytes: &[u8]) -> Option<Vec<Row>> {
    ParquetReader::new(Cursor::new(bytes)).finish().ok().map(|frame| grid("", &frame).rows)
}

/// The frame as a grid whose first row is the header, so that data rows count from 1.
fn grid(path: &str, frame: &DataFrame) -> Grid {
    let columns = frame.columns();
    let names = columns.iter().map(|c| Cell::text(c.name().as_str())).collect();
    let mut rows = vec![Row { number: 1, cells: names }];
    for (i, number) in (0..frame.height()).zip(2u32..) {
        let cells = columns.iter().map(|c| c.get(i).map_or_else(|_| Cell::default(), |v| cell(&v))).collect();
        rows.push(Row { number, cells });
    }
    Grid { file: path.to_owned(), rows, merged: Vec::new() }
}

fn cell(value: &AnyValue) -> Cell {
    match value {
        AnyValue::Null => Cell::default(),
        AnyValue::String(s) => Cell::text(*s),
        AnyValue::StringOwned(s) => Cell::text(s.as_str()),
        AnyValue::Float32(_) | AnyValue::Float64(_) => Cell { text: value.to_string(), kind: Kind::Number },
        AnyValue::List(list) => {
            let lines: Vec<String> = list.iter().map(|v| cell(&v).text).filter(|t| !t.is_empty()).collect();
            Cell::text(lines.join("\n"))
        }
        other => Cell::text(other.to_string()),
    }
}
