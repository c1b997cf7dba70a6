//! Workbooks, Parquet and office containers, built here and read through the readers.

use super::table_tests::{picture, problems, read_bytes};
use super::{Input, Sink, is_office_zip, office_zip, workbook};
use crate::rule::{ColumnNames, RuleFiles};
use crate::text::legacy::{Legacy, encode};
use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn xlsx(build: impl Fn(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    build(&mut book);
    book.save_to_buffer().unwrap()
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read_workbook(bytes: &[u8]) -> Sink {
    let (name, sink) = read_bytes(bytes);
    assert_eq!(name, Some("workbook"));
    sink
}

#[test]
fn merged_titles_headers_and_cells() {
    let bytes = xlsx(|book| {
        let sheet = book.add_worksheet();
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 5, "THỦ TỤC HÀNH CHÍNH", &plain).unwrap();
        for (column, name) in (0..).zip(["STT", "Mã TTHC", "Tên TTHC", "Tên giấy tờ"]) {
            sheet.merge_range(2, column, 3, column, name, &plain).unwrap();
        }
        sheet.merge_range(2, 4, 2, 5, "Số lượng", &plain).unwrap();
        sheet.write(3, 4, "Bản chính").unwrap().write(3, 5, "Bản sao").unwrap();
        for column in 0..6u16 {
            sheet.write(4, column, f64::from(column) + 1.0).unwrap();
        }
        sheet.merge_range(5, 0, 5, 5, "I. Lĩnh vực hộ tịch", &plain).unwrap();
        sheet.merge_range(6, 1, 7, 1, "1.000001", &plain).unwrap();
        sheet.merge_range(6, 2, 7, 2, "Cấp thẻ", &plain).unwrap();
        sheet.write(6, 3, "Đơn").unwrap().write(6, 4, 1).unwrap();
        sheet.write(7, 3, "Ảnh").unwrap().write(7, 4, 2).unwrap();
        sheet.write(8, 1, "2.000002").unwrap().write(8, 3, "Tờ khai").unwrap();
    });
    let sink = read_workbook(&bytes);
    let expected = "2|1.000001|Cấp thẻ|FieldOfWork=hộ tịch\n + 2:::Đơn:1\n + 3:::Ảnh:2\n\
                    4|2.000002||FieldOfWork=hộ tịch\n + 4:::Tờ khai:\n";
    assert_eq!(picture(&sink.records), expected);
    assert_eq!((problems(&sink), sink.read), (vec!["row-heading"], 3));
}

#[test]
fn values_as_they_were_calculated() {
    let bytes = xlsx(|book| {
        let sheet = book.add_worksheet();
        for (column, name) in (0..).zip(["Mã", "Tên", "Ngày công bố", "Cấp"]) {
            sheet.write(0, column, name).unwrap();
        }
        let day = Format::new().set_num_format("dd/mm/yyyy");
        let date = ExcelDateTime::from_ymd(2026, 1, 31).unwrap();
        sheet.write(1, 0, 1.01082).unwrap();
        sheet.write_formula(1, 1, Formula::new("=\"Cấp\"&\" thẻ\"").set_result("Cấp thẻ")).unwrap();
        sheet.write_datetime_with_format(1, 2, &date, &day).unwrap();
        sheet.write_formula(1, 3, Formula::new("=#REF!").set_result("#REF!")).unwrap();
        sheet.write(2, 0, "1.000001").unwrap().write(2, 1, "Thu hồi").unwrap().write(2, 2, 46_053).unwrap();
        sheet.write_formula(3, 0, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        book.add_worksheet().write(0, 0, "Ghi chú của người lập bảng").unwrap();
        book.add_worksheet();
    });
    let sink = read_workbook(&bytes);
    let expected = "1|1.010820|Cấp thẻ|PublishedOn=2026-01-31\n2|1.000001|Thu hồi|PublishedOn=2026-01-31\n";
    assert_eq!(picture(&sink.records), expected);
    let mut found = problems(&sink);
    found.sort_unstable();
    let expected = ["cell-error", "cell-error", "code-number", "date-number", "row-empty-identity", "sheet-skipped"];
    assert_eq!(found, expected);
    assert_eq!((sink.read, sink.rejected), (3, 1));
}

#[test]
fn all_sheets_old_fonts_and_far_cells() {
    let bytes = xlsx(|book| {
        let name = encode(Legacy::Tcvn3, "cấp lại giấy phép xây dựng");
        for (i, name) in ["Cấp thẻ", &name].into_iter().enumerate() {
            let sheet = book.add_worksheet().set_name(format!("Phần {i}")).unwrap();
            sheet.write(0, 0, "Mã").unwrap().write(0, 1, "Tên").unwrap();
            sheet.write(1, 0, "1.000001").unwrap().write(1, 1, name).unwrap();
            sheet.write(1_048_575, 16_383, "xa").unwrap();
        }
    });
    let sink = read_workbook(&bytes);
    assert_eq!(picture(&sink.records), "1|1.000001|Cấp thẻ\n1|1.000001|cấp lại giấy phép xây dựng\n");
    let files: Vec<&str> = sink.records.iter().map(|r| r.source.file.as_str()).collect();
    assert_eq!(files, ["in/Phần 0", "in/Phần 1"]);
    assert_eq!(problems(&sink)[..3], ["sheet-damaged", "sheet-damaged", "encoding-legacy-cells"]);
    assert!(sink.problems[0].raw.contains("xa"));
}

#[test]
fn opendocument() {
    let row = |cells: &[&str]| {
        let cell = |c: &&str| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{c}</text:p></table:table-cell>")
        };
        let cells = cells.iter().map(cell).collect::<Vec<_>>().concat();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
         <office:spreadsheet><table:table table:name=\"A\">{}{}{}<table:table-row table:number-rows-repeated=\"1048000\">\
         <table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        row(&["Mã", "Tên"]),
        row(&["1.000001", "Cấp thẻ"]),
        row(&["1.000002", "Đổi thẻ"]),
    );
    let mime = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    let manifest = b"<manifest:manifest xmlns:manifest=\"m\"></manifest:manifest>".as_slice();
    let bytes = zipped(&[("mimetype", mime), ("META-INF/manifest.xml", manifest), ("content.xml", content.as_bytes())]);
    let sink = read_workbook(&bytes);
    assert_eq!(picture(&sink.records), "1|1.000001|Cấp thẻ\n2|1.000002|Đổi thẻ\n");
    assert_eq!(problems(&sink), Vec::<&str>::new());
}

#[test]
fn containers_are_told_apart() {
    let book = xlsx(|b| {
        b.add_worksheet();
    });
    let document = zipped(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    let folder = zipped(&[("a.csv", b"code,name\n")]);
    for (bytes, office, reader) in
        [(&book, true, Some("workbook")), (&document, true, Some("docx")), (&folder, false, None)]
    {
        assert_eq!(is_office_zip(bytes), office);
        assert_eq!(read_bytes(bytes).0, reader);
    }
    assert_eq!(problems(&read_workbook(&book)), ["header-missing"]);
    let cut = &book[..book.len() / 2];
    assert!(!is_office_zip(cut) && read_bytes(cut).0.is_none());
}

#[test]
fn bombs_are_not_unpacked() {
    let mut bomb = zipped(&[("xl/a.xml", &vec![b' '; 3_000_000]), ("[Content_Types].xml", b"<x/>")]);
    assert!(bomb.len() < 10_000);
    assert!(office_zip::is_bounded(&bomb, 4_000_000));
    assert!(!office_zip::is_bounded(&bomb, 2_000_000));
    let columns = ColumnNames::load(&RuleFiles::embedded()).unwrap();
    let mut sink = Sink::default();
    workbook::read_bounded(&Input { path: "bomb.xlsx", bytes: &bomb, columns: &columns }, 2_000_000, &mut sink);
    assert_eq!((problems(&sink), sink.rejected), (vec!["archive-too-large"], 1));
    // a directory that says it is small
    let size = 3_000_000u32.to_le_bytes();
    let small = 10u32.to_le_bytes();
    while let Some(at) = bomb.windows(4).position(|w| w == size) {
        bomb[at..at + 4].copy_from_slice(&small);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(&bomb)).unwrap();
    let unpacked = std::io::copy(&mut archive.by_index(0).unwrap(), &mut std::io::sink());
    assert!(unpacked.unwrap_err().to_string().contains("declared uncompressed size"));
}

/// An OLE container with one stream of this name and content: what a workbook with a password looks like outside.
fn ole(name: &str, content: &[u8]) -> Vec<u8> {
    let mut stream = content.to_vec();
    stream.resize(4096, 0);
    let mut out = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    out.extend([0; 16]);
    for v in [0x3eu16, 3, 0xfffe, 9, 6, 0, 0, 0] {
        out.extend(v.to_le_bytes());
    }
    // directory sectors, tables, first directory sector, transaction, smallest stream, mini table, chain of tables
    for v in [0u32, 1, 1, 0, 4096, 0xffff_fffe, 0, 0xffff_fffe, 0, 0] {
        out.extend(v.to_le_bytes());
    }
    out.resize(512, 0xff);
    let mut table = vec![0xffff_fffdu32, 0xffff_fffe];
    table.extend((3..10).chain([0xffff_fffe]));
    table.resize(128, 0xffff_ffff);
    out.extend(table.iter().flat_map(|v| v.to_le_bytes()));
    for (name, kind, start, size, child) in
        [("Root Entry", 5u8, 0xffff_fffeu32, 0u32, 1u32), (name, 2, 2, 4096, u32::MAX)]
    {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len()).unwrap() + 2;
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([u32::MAX, u32::MAX, child].iter().flat_map(|v| v.to_le_bytes()));
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(u64::from(size).to_le_bytes());
        out.extend(entry);
    }
    out.resize(512 * 3, 0);
    out.extend(stream);
    out
}

#[test]
fn passwords_are_named() {
    let sink = read_workbook(&ole("EncryptedPackage", b""));
    assert_eq!((problems(&sink), sink.rejected), (vec!["workbook-encrypted"], 1));
    // an XLS stream: its beginning, then the record that says it is encrypted
    let begin = [0x09, 0x08, 0x10, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let file_pass = [0x2f, 0, 6, 0, 1, 0, 0, 0, 0, 0, 0x0a, 0, 0, 0];
    let sink = read_workbook(&ole("Workbook", &[&begin[..], &file_pass].concat()));
    assert_eq!(problems(&sink), ["workbook-encrypted"]);
}

#[test]
fn an_old_word_file_is_told_from_a_broken_workbook() {
    let sink = read_workbook(&ole("WordDocument", b""));
    assert_eq!((problems(&sink), sink.rejected), (vec!["word-old"], 1));
}

#[test]
fn parquet() {
    let list =
        Series::new("steps".into(), [Series::new("".into(), ["Bước 1", "Bước 2"]), Series::new("".into(), ["Nộp"])]);
    let columns: Vec<Column> = vec![
        Series::new("code".into(), ["1.000001", "1.000002"]).into_column(),
        Series::new("name".into(), [Some("Cấp thẻ"), None]).into_column(),
        list.into_column(),
        Series::new("id".into(), [7i64, 8]).into_column(),
    ];
    let mut frame = DataFrame::new(2, columns).unwrap();
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    let (name, sink) = read_bytes(&bytes);
    assert_eq!(name, Some("parquet"));
    assert_eq!(picture(&sink.records), "1|1.000001|Cấp thẻ|Steps=Bước 1/Bước 2\n2|1.000002||Steps=Nộp\n");
    assert_eq!(sink.records[1].source.id.as_deref(), Some("8"));
}
