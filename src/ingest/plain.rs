//! A table as it stands: any format, columns by their own names, nothing interpreted. For commands that take one table.

use super::grid::Row;
use super::{decode, delimited, is_office_zip, parquet, workbook};
use crate::error::{Error, Result};
use std::path::Path;

/// A table with its header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlainTable {
    /// Names of the columns.
    pub names: Vec<String>,
    /// Cells by row; every row is as long as `names`.
    pub rows: Vec<Vec<String>>,
}

impl PlainTable {
    /// The cells of a column; none when there is no such column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<Vec<&str>> {
        let at = self.names.iter().position(|n| n == name)?;
        Some(self.rows.iter().map(|row| row[at].as_str()).collect())
    }
}

/// Reads the table of a file that holds the wanted columns: the first row with all of these names is the header.
///
/// # Errors
/// When the file cannot be read, or no row holds the names; the message lists the names of the first row.
pub fn read_plain(path: &Path, wanted: &[&str]) -> Result<PlainTable> {
    let has_all = |names: &[&str]| wanted.iter().all(|name| names.contains(name));
    read(path, &has_all)?.map_err(|seen| {
        let is_missing = |name: &&&str| !seen.split(['\t', ',', ';', '|']).any(|cell| cell.trim() == **name);
        let mut missing: Vec<&str> = wanted.iter().filter(is_missing).copied().collect();
        if missing.is_empty() {
            missing = wanted.to_vec();
        }
        let message = if seen.is_empty() {
            "bảng không có dòng nào / the table has no rows".to_owned()
        } else {
            format!("không có cột / no column: {}; dòng đầu / first row: {seen:.300}", missing.join(", "))
        };
        Error::Table { path: path.to_owned(), message }
    })
}

/// Reads the table of a file whose header satisfies a test on the names of its columns; the first such row is the header.
///
/// # Errors
/// When the file cannot be read, or no row is such a header.
pub fn read_plain_where(path: &Path, is_header: &dyn Fn(&[&str]) -> bool) -> Result<PlainTable> {
    read(path, is_header)?.map_err(|seen| Error::Table {
        path: path.to_owned(),
        message: format!("không nhận ra tên cột nào; dòng đầu / no known names of columns; first row: {seen:.300}"),
    })
}

/// The table, or what the first row that is not blank holds.
fn read(path: &Path, is_header: &dyn Fn(&[&str]) -> bool) -> Result<std::result::Result<PlainTable, String>> {
    let bytes = std::fs::read(path).map_err(Error::io(path))?;
    let is_header = |row: &Row| is_header(&row.cells.iter().map(|c| c.text.trim()).collect::<Vec<_>>());
    let tables = tables(&bytes, &is_header);
    for table in &tables {
        if let Some(header) = table.iter().position(is_header) {
            return Ok(Ok(plain(&table[header], &table[header + 1..])));
        }
    }
    Ok(Err(tables.iter().find_map(|t| t.iter().find(|r| !r.is_blank())).map(Row::raw).unwrap_or_default()))
}

fn tables(bytes: &[u8], is_header: &dyn Fn(&Row) -> bool) -> Vec<Vec<Row>> {
    if bytes.starts_with(b"PAR1") {
        return parquet::rows(bytes).into_iter().collect();
    }
    if is_office_zip(bytes) || bytes.starts_with(workbook::OLE) {
        return workbook::tables(bytes);
    }
    decode(bytes).map(|decoded| delimited::table(&decoded.text, is_header)).into_iter().collect()
}

fn plain(header: &Row, rows: &[Row]) -> PlainTable {
    let names: Vec<String> = header.cells.iter().map(|c| c.text.trim().to_owned()).collect();
    let cells =
        |row: &Row| (0..names.len()).map(|at| row.cells.get(at).map(|c| c.text.clone()).unwrap_or_default()).collect();
    let rows = rows.iter().filter(|r| !r.is_blank()).map(cells).collect();
    PlainTable { names, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_found_by_the_names_asked_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.csv");
        for text in ["a;b\n1;x, y\n2;z\n", "a,b\n1,\"x, y\"\n2,z\n", "Bảng\ta\tb\n\n\ta\tb\n\t1\tx, y\n\t2\tz\n"] {
            std::fs::write(&path, text).unwrap();
            let table = read_plain(&path, &["b"]).unwrap();
            assert_eq!(table.column("b").unwrap().last(), Some(&"z"), "{text}");
        }
        let error = read_plain(&path, &["c"]).unwrap_err().to_string();
        assert!(error.contains("Bảng"), "{error}");
    }
}
