//! The corpora beside the checkout, where they are: counts as measured, and every row found again in its source.

use super::{Case, Leftover, flat, form_file, rows};
use crate::ingest::RawRow;
use crate::rule::Field;
use crate::text::clean;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder of a corpus; none, with a word about it, where it is absent.
fn shared(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TINHGON_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("catalogs").join(name);
    if path.exists() {
        return Some(path);
    }
    #[allow(clippy::print_stderr, reason = "a skipped test must say so")]
    {
        eprintln!("skipped: {} is not there", path.display());
    }
    None
}

fn json_files(folder: &Path) -> Vec<(String, Value)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name();
    let paths =
        files.into_iter().map(|e| e.unwrap().into_path()).filter(|p| p.extension().is_some_and(|e| e == "json"));
    paths
        .map(|p| {
            let name = p.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (name, serde_json::from_slice(&std::fs::read(&p).unwrap()).unwrap())
        })
        .collect()
}

fn count(cases: &[Case]) -> usize {
    cases.iter().map(|c| c.rows.len()).sum()
}

#[test]
fn portal_rows_are_counted_and_found_again() {
    let Some(folder) = shared("portal-2026") else { return };
    let mut counts: BTreeMap<String, (usize, usize, usize, usize, usize)> = BTreeMap::new();
    for (name, record) in json_files(&folder) {
        let source = clean(record["thanh_phan_ho_so"].as_str().unwrap());
        let entry = counts.entry(name.split(['/', '\\']).next().unwrap().to_owned()).or_default();
        entry.0 += 1;
        let Some((cases, leftovers)) = flat::read(&source) else { continue };
        entry.1 += cases.len();
        entry.2 += count(&cases);
        entry.3 += leftovers.len();
        nothing_lost(&name, &source, &cases, &leftovers);
        for row in cases.iter().flat_map(|c| &c.rows) {
            assert!(source.contains(&row.cell) && row.cell.starts_with(&row.text), "{name}: {}", row.cell);
            assert!(row.form_files.iter().all(|f| row.cell.contains(f) && form_file::is_file(f)), "{name}: {row:?}");
            assert!(row.quantity.originals.is_some_and(|n| n <= 20), "{name}: {row:?}");
            entry.4 += usize::from(!row.form_files.is_empty());
        }
    }
    // procedures, cases, rows, leftovers, rows with form files
    let expected = [
        ("bo-tu-phap", (240, 353, 1211, 6, 151)),
        ("bo-xay-dung", (525, 688, 2450, 6, 401)),
        ("ngan-hang-nha-nuoc", (261, 279, 1071, 4, 247)),
    ];
    assert_eq!(counts.iter().map(|(k, v)| (k.as_str(), *v)).collect::<Vec<_>>(), expected);
}

/// Cells, headings, quantities and header words together are the source.
fn nothing_lost(name: &str, source: &str, cases: &[Case], leftovers: &[Leftover]) {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
    let rows = || cases.iter().flat_map(|c| &c.rows);
    let quantities: usize = rows()
        .map(|r| match (r.quantity.originals.unwrap(), r.quantity.copies.unwrap()) {
            (o, 0) => letters(&format!("{o} bản chính")),
            (o, c) => letters(&format!("{o} bản chính,{c} bản sao")),
        })
        .sum();
    let kept: usize = rows().map(|r| letters(&r.cell)).sum::<usize>()
        + cases.iter().map(|c| letters(&c.title)).sum::<usize>()
        + leftovers.iter().map(|l| letters(&l.text)).sum::<usize>();
    let header = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";
    assert_eq!(kept + quantities + letters(header) * source.matches(header).count(), letters(source), "{name}");
}

/// A table as its source names the columns.
fn table(rows: &Value, names: &[(Field, &str)]) -> Vec<RawRow> {
    let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
    let cells = |row: &Value| names.iter().map(|(f, n)| (*f, row[*n].as_str().unwrap_or("").to_owned())).collect();
    rows.iter().zip(1..).map(|(row, n)| RawRow { row: n, id: None, cells: cells(row) }).collect()
}

#[test]
fn defence_rows_are_equal_in_both_extractions() {
    let Some(folder) = shared("defence-2025") else { return };
    let names = [(Field::Component, "ten_giay_to"), (Field::Quantity, "so_luong"), (Field::Note, "ghi_chu")];
    let [first, second] = ["extracted", "extracted_fixed"].map(|extraction| {
        let files = json_files(&folder.join(extraction));
        assert_eq!(files.len(), 207);
        let read = files.iter().map(|(name, record)| {
            let (cases, leftovers) = rows::read(&table(&record["tables"]["thanh_phan_ho_so"], &names));
            assert_eq!(leftovers, [], "{name}");
            for row in cases.iter().flat_map(|c| &c.rows) {
                assert!(row.quantity.originals.is_some() && row.quantity.copies.is_some(), "{name}: {row:?}");
                assert_eq!(row.note, "", "{name}");
            }
            (record["thu_tuc_id"].clone().to_string(), cases)
        });
        read.collect::<Vec<_>>()
    });
    assert_eq!(first.iter().map(|(_, c)| count(c)).sum::<usize>(), 814);
    assert_eq!(second.iter().map(|(_, c)| count(c)).sum::<usize>(), 814);
    assert_eq!(first, second);
}

#[test]
fn scrape_rows_are_all_read() {
    let Some(folder) = shared("scrape-2021") else { return };
    let names = [
        (Field::Component, "Tên giấy tờ"),
        (Field::FormFile, "Mẫu đơn, tờ khai"),
        (Field::Quantity, "Số lượng - bản chính"),
    ];
    let (_, records) = json_files(&folder).remove(0);
    let records = records.as_array().unwrap();
    let read: Vec<_> = records.iter().map(|r| rows::read(&table(&r["Thành phần hồ sơ"], &names))).collect();
    assert_eq!((records.len(), read.iter().map(|(c, _)| count(c)).sum::<usize>()), (87, 303));
    for row in read.iter().flat_map(|(c, _)| c).flat_map(|c| &c.rows) {
        assert!(!row.quantity.is_unknown() && row.note.is_empty(), "{row:?}");
    }
}
