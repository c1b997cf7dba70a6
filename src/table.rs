//! The one door between plain structs and Polars: tables to and from Parquet and CSV.

use crate::error::{Error, Result};
use polars::prelude::{
    Column, CsvWriter, DataFrame, DataType, Float64Chunked, Int64Chunked, IntoColumn, NamedFrom, NewChunkedArray,
    ParquetCompression, ParquetReader, ParquetWriter, PolarsError, SerReader, SerWriter, Series, StringChunked,
};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A table under construction, or read back. Rows keep the order in which they are given.
///
/// An empty text is stored as null: it means that the source does not say.
#[derive(Debug, Clone)]
pub struct Table {
    name: &'static str,
    columns: Vec<Column>,
}

impl Table {
    /// A table of this name, which is also the name of its files.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Table { name, columns: Vec::new() }
    }

    /// The name of the table.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Number of rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.columns.first().map_or(0, Column::len)
    }

    /// Adds a column of texts.
    #[must_use]
    pub fn text<T: AsRef<str>>(mut self, name: &str, values: impl IntoIterator<Item = T>) -> Self {
        let values: Vec<Option<T>> = values.into_iter().map(|v| Some(v).filter(|v| !v.as_ref().is_empty())).collect();
        let array = StringChunked::from_iter_options(name.into(), values.iter().map(|v| v.as_ref().map(AsRef::as_ref)));
        self.columns.push(array.into_column());
        self
    }

    /// Adds a column of whole numbers; none is null.
    #[must_use]
    pub fn int<T: Into<i64>>(mut self, name: &str, values: impl IntoIterator<Item = Option<T>>) -> Self {
        let values = values.into_iter().map(|v| v.map(Into::into));
        self.columns.push(Int64Chunked::from_iter_options(name.into(), values).into_column());
        self
    }

    /// Adds a column of numbers with a fraction; none is null.
    #[must_use]
    pub fn float(mut self, name: &str, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        self.columns.push(Float64Chunked::from_iter_options(name.into(), values.into_iter()).into_column());
        self
    }

    /// Adds a column of flags.
    #[must_use]
    pub fn flag(mut self, name: &str, values: impl IntoIterator<Item = bool>) -> Self {
        let values: Vec<bool> = values.into_iter().collect();
        self.columns.push(Series::new(name.into(), values).into_column());
        self
    }

    /// Writes `name.parquet` into a folder, and `name.csv` beside it when asked.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(self, folder: &Path, csv: bool) -> Result<()> {
        let name = self.name;
        if csv {
            self.write_csv(&folder.join(format!("{name}.csv")))?;
        }
        self.write_parquet(&folder.join(format!("{name}.parquet")))
    }

    /// Writes the table as one Parquet file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_parquet(&self, path: &Path) -> Result<()> {
        let mut file = BufWriter::new(File::create(path).map_err(Error::io(path))?);
        ParquetWriter::new(&mut file)
            .with_compression(ParquetCompression::Lz4Raw)
            .finish(&mut self.frame(path)?)
            .map_err(|e| failed(path, &e))?;
        file.flush().map_err(Error::io(path))
    }

    /// Writes the table as CSV in UTF-8 with the mark by which Excel knows it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_csv(&self, path: &Path) -> Result<()> {
        write_csv(&mut self.frame(path)?, path)
    }

    fn frame(&self, path: &Path) -> Result<DataFrame> {
        DataFrame::new_infer_height(self.columns.clone()).map_err(|e| failed(path, &e))
    }

    /// Reads `name.parquet` of a folder back.
    ///
    /// # Errors
    /// When the file is missing or no Parquet.
    pub fn read(folder: &Path, name: &str) -> Result<TableView> {
        let path = folder.join(format!("{name}.parquet"));
        let file = File::open(&path).map_err(Error::io(&path))?;
        let frame = ParquetReader::new(file).finish().map_err(|e| failed(&path, &e))?;
        Ok(TableView { path, frame })
    }
}

/// A table read back from Parquet, by column.
#[derive(Debug)]
pub struct TableView {
    path: PathBuf,
    frame: DataFrame,
}

impl TableView {
    /// Number of rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.frame.height()
    }

    /// Names of the columns in their order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.frame.get_column_names().iter().map(ToString::to_string).collect()
    }

    /// Names of the columns with what they hold: `string`, `integer`, `number` or `boolean`.
    #[must_use]
    pub fn kinds(&self) -> Vec<(String, &'static str)> {
        let kind = |column: &Column| match column.dtype() {
            DataType::Boolean => "boolean",
            DataType::Float32 | DataType::Float64 => "number",
            other if other.is_integer() => "integer",
            _ => "string",
        };
        self.frame.columns().iter().map(|c| (c.name().to_string(), kind(c))).collect()
    }

    /// Writes the table as CSV, as [`Table::write_csv`] does.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_csv(&mut self, path: &Path) -> Result<()> {
        write_csv(&mut self.frame, path)
    }

    fn column(&self, name: &str, as_type: &DataType) -> Result<Column> {
        let column = self.frame.column(name).map_err(|e| failed(&self.path, &e))?;
        column.cast(as_type).map_err(|e| failed(&self.path, &e))
    }

    /// A column as texts; null is the empty text.
    ///
    /// # Errors
    /// When there is no such column.
    pub fn texts(&self, name: &str) -> Result<Vec<String>> {
        let column = self.column(name, &DataType::String)?;
        let values = column.str().map_err(|e| failed(&self.path, &e))?;
        Ok(values.iter().map(|v| v.unwrap_or_default().to_owned()).collect())
    }

    /// A column as whole numbers.
    ///
    /// # Errors
    /// When there is no such column, or it holds something else.
    pub fn ints(&self, name: &str) -> Result<Vec<Option<i64>>> {
        let column = self.column(name, &DataType::Int64)?;
        Ok(column.i64().map_err(|e| failed(&self.path, &e))?.iter().collect())
    }

    /// A column as numbers with a fraction.
    ///
    /// # Errors
    /// When there is no such column, or it holds something else.
    pub fn floats(&self, name: &str) -> Result<Vec<Option<f64>>> {
        let column = self.column(name, &DataType::Float64)?;
        Ok(column.f64().map_err(|e| failed(&self.path, &e))?.iter().collect())
    }

    /// A column as flags; null is false.
    ///
    /// # Errors
    /// When there is no such column, or it holds something else.
    pub fn flags(&self, name: &str) -> Result<Vec<bool>> {
        let column = self.column(name, &DataType::Boolean)?;
        Ok(column.bool().map_err(|e| failed(&self.path, &e))?.iter().map(Option::unwrap_or_default).collect())
    }
}

fn write_csv(frame: &mut DataFrame, path: &Path) -> Result<()> {
    let mut file = BufWriter::new(File::create(path).map_err(Error::io(path))?);
    CsvWriter::new(&mut file).include_bom(true).finish(frame).map_err(|e| failed(path, &e))?;
    file.flush().map_err(Error::io(path))
}

fn failed(path: &Path, error: &PolarsError) -> Error {
    Error::Table { path: path.to_owned(), message: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_back_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let table = Table::new("t")
            .text("a", ["một", ""])
            .int("b", [Some(1u32), None])
            .float("c", [None, Some(0.5)])
            .flag("d", [true, false]);
        table.clone().write(dir.path(), true).unwrap();
        let first = std::fs::read(dir.path().join("t.parquet")).unwrap();
        table.write(dir.path(), true).unwrap();
        assert_eq!(first, std::fs::read(dir.path().join("t.parquet")).unwrap());
        let view = Table::read(dir.path(), "t").unwrap();
        assert_eq!(view.texts("a").unwrap(), ["một", ""]);
        assert_eq!(view.ints("b").unwrap(), [Some(1), None]);
        assert_eq!(view.floats("c").unwrap(), [None, Some(0.5)]);
        assert_eq!(view.flags("d").unwrap(), [true, false]);
        assert_eq!((view.height(), view.names()), (2, ["a", "b", "c", "d"].map(String::from).to_vec()));
        assert!(view.texts("x").is_err() && Table::read(dir.path(), "u").is_err());
        let csv = std::fs::read_to_string(dir.path().join("t.csv")).unwrap();
        assert_eq!(csv, "\u{feff}a,b,c,d\nmột,1,,true\n,,0.5,false\n");
    }
}
