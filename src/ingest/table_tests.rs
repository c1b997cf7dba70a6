//! Tables from bytes to records, through the readers as a run uses them.

use super::{Input, READERS, RawRecord, Section, Sink};
use crate::rule::{ColumnNames, Field, RuleFiles};
use crate::text::legacy::{Legacy, encode};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Reads bytes with the first reader that recognises them; its name, or none.
pub fn read_bytes(bytes: &[u8]) -> (Option<&'static str>, Sink) {
    let columns = ColumnNames::load(&RuleFiles::embedded()).unwrap();
    let input = Input { path: "in", bytes, columns: &columns };
    let mut sink = Sink::default();
    let reader = READERS.iter().find(|r| r.recognises(&input));
    if let Some(reader) = reader {
        reader.read(&input, &mut sink);
        assert!(sink.read >= sink.rejected);
    }
    (reader.map(|r| r.name()), sink)
}

fn read(text: &str) -> Sink {
    let (name, sink) = read_bytes(text.as_bytes());
    assert_eq!(name, Some("delimited"), "{text}");
    sink
}

/// What the records say, one line each: `row|code|name|field=text…`, dossier rows as ` + row:id:case:component`.
pub fn picture(records: &[RawRecord]) -> String {
    let mut out = String::new();
    for r in records {
        let row = r.source.row.unwrap_or(0);
        let _ = write!(out, "{row}|{}|{}", r.text(Field::Code), r.text(Field::Name).replace('\n', "/"));
        for (field, text) in r.cells.iter().filter(|(f, _)| !matches!(f, Field::Code | Field::Name)) {
            let _ = write!(out, "|{field:?}={}", text.replace('\n', "/"));
        }
        out.push('\n');
        for d in r.rows.get(&Section::Dossier).into_iter().flatten() {
            let cell = |f: Field| d.cells.get(&f).map_or("", String::as_str);
            let (id, case) = (d.id.as_deref().unwrap_or(""), cell(Field::CaseTitle));
            let _ = writeln!(out, " + {}:{id}:{case}:{}:{}", d.row, cell(Field::Component), cell(Field::Originals));
        }
    }
    out
}

/// Names of the problems, in order.
pub fn problems(sink: &Sink) -> Vec<&str> {
    sink.problems.iter().map(|p| p.problem.as_str()).collect()
}

#[test]
fn one_row_a_procedure() {
    for (text, expected, found) in [
        // each delimiter; the header below a title
        (
            "Mã TTHC,Tên TTHC,Trình tự\n1.000001,\"Cấp, đổi thẻ\",\"Bước 1\nBước 2\"\n2.000002,Thu hồi thẻ,\n",
            "1|1.000001|Cấp, đổi thẻ|Steps=Bước 1/Bước 2\n2|2.000002|Thu hồi thẻ\n",
            vec![],
        ),
        ("code;name\n1.000001;Cấp thẻ\n", "1|1.000001|Cấp thẻ\n", vec![]),
        ("code|name\n1.000001|Cấp thẻ\n", "1|1.000001|Cấp thẻ\n", vec![]),
        ("sep=;\r\ncode;name\r\n1.000001;Cấp thẻ, sổ\r\n", "1|1.000001|Cấp thẻ, sổ\n", vec![]),
        ("DANH SÁCH\t\n\t\nprocedureCode\tTên thủ tục (1)\n1.000001\tCấp thẻ\n", "1|1.000001|Cấp thẻ\n", vec![]),
        // a list of codes alone
        ("Mã thủ tục\n1.000001\n1.000002\n", "1|1.000001|\n2|1.000002|\n", vec![]),
        // a lone quote is text and swallows nothing
        (
            "code\tname\n1.000001\t\"Một cửa\" liên thông\n1.000002\t\"Lạc dấu\n1.000003\tThẻ \"A\"\n",
            "1|1.000001|\"Một cửa\" liên thông\n2|1.000002|\"Lạc dấu\n3|1.000003|Thẻ \"A\"\n",
            vec![],
        ),
        // rows too long and too short; a repeated header, a row of column numbers, an empty row
        (
            "code,name,agency\n1.000001,A,B,thừa\n1.000002,C\n",
            "1|1.000001|A|Agency=B\n2|1.000002|C\n",
            vec!["row-ragged", "rows-short"],
        ),
        (
            "code,name,agency\n(1),(2),(3)\n1.000001,A,B\n,,\ncode,name,agency\n1.000002,C,D\n",
            "1|1.000001|A|Agency=B\n4|1.000002|C|Agency=D\n",
            vec![],
        ),
        // the same procedure twice is two records: which one holds is for others to say
        ("code,name\n1.000001,A\n1.000001,B\n", "1|1.000001|A\n2|1.000001|B\n", vec![]),
        // names that stand twice, names nobody knows, values that are errors
        ("Mã,Tên,Tên\n1.000001,A,B\n", "1|1.000001|A/B\n", vec!["header-duplicate"]),
        ("Mã,Tên,Màu\n1.000001,A,đỏ\n1.000002,B,\n", "1|1.000001|A\n2|1.000002|B\n", vec!["column-unknown"]),
        ("Mã,Tên,Cấp\n1.000001,A,#REF!\n", "1|1.000001|A\n", vec!["cell-error"]),
        // a row that says of nothing what it is
        ("Mã,Tên,Cấp\n,,xã\n1.000001,A,\n", "2|1.000001|A\n", vec!["row-empty-identity"]),
        // headings between the rows
        (
            "STT,Mã,Tên\nI,,Lĩnh vực hộ tịch\n1,1.000001,A\nII,,Lĩnh vực đất đai\n2,1.000002,B\n",
            "2|1.000001|A|FieldOfWork=hộ tịch\n4|1.000002|B|FieldOfWork=đất đai\n",
            vec!["row-heading", "row-heading"],
        ),
    ] {
        let sink = read(text);
        assert_eq!(picture(&sink.records), expected, "{text}");
        assert_eq!(problems(&sink), found, "{text}");
        assert_eq!(sink.read - sink.rejected, sink.records.len() as u64, "{text}");
    }
}

#[test]
fn one_row_a_component() {
    for (text, expected, rows, found) in [
        (
            "id,code,procedure,case,component,original_qty\nD1,1.01,A,--,Đơn,1\nD2,1.01,A,--,Ảnh,2\nD3,2.02,B,,Đơn,1\nD4,1.01,A,--,Sổ,0\n",
            "1|1.01|A\n + 1:D1:--:Đơn:1\n + 2:D2:--:Ảnh:2\n + 4:D4:--:Sổ:0\n3|2.02|B\n + 3:D3::Đơn:1\n",
            4,
            vec![],
        ),
        // cells left blank by a merge are filled, the case within its procedure only
        (
            "Mã,Tên,Trường hợp,Tên giấy tờ\n1.01,A,Cấp mới,Đơn\n,,,Ảnh\n,,Cấp lại,Đơn\n2.02,B,,Tờ khai\n",
            "1|1.01|A\n + 1::Cấp mới:Đơn:\n + 2::Cấp mới:Ảnh:\n + 3::Cấp lại:Đơn:\n4|2.02|B\n + 4:::Tờ khai:\n",
            4,
            vec![],
        ),
        // a case in a row of its own
        (
            "Mã,Tên,Trường hợp,Tên giấy tờ\n1.01,A,Cấp mới,\n1.01,A,,Đơn\n1.01,A,,Ảnh\n",
            "1|1.01|A\n + 2::Cấp mới:Đơn:\n + 3::Cấp mới:Ảnh:\n",
            3,
            vec![],
        ),
        // headings name the field of work, or the procedure of rows that name none
        (
            "STT,Mã,Tên,Giấy tờ\nI,,Lĩnh vực đất đai,\n1,1.01,A,Đơn\nII,,Thủ tục cấp sổ,\n1,,,Đơn\n2,,,Ảnh\n3,2.02,B,Đơn\n",
            "2|1.01|A|FieldOfWork=đất đai\n + 2:::Đơn:\n4||Thủ tục cấp sổ|FieldOfWork=đất đai\n + 4:::Đơn:\n + 5:::Ảnh:\n\
             6|2.02|B|FieldOfWork=đất đai\n + 6:::Đơn:\n",
            4,
            vec!["row-heading", "row-heading"],
        ),
        // without codes the name is the identity; a name that differs under one code is reported
        ("Tên,Giấy tờ\nA,Đơn\nB,Đơn\nA,Ảnh\n", "1||A\n + 1:::Đơn:\n + 3:::Ảnh:\n2||B\n + 2:::Đơn:\n", 3, vec![]),
        ("Mã,Tên,Giấy tờ\n1.01,A,Đơn\n1.01,B,Ảnh\n", "1|1.01|A\n + 1:::Đơn:\n + 2:::Ảnh:\n", 2, vec!["row-conflict"]),
        // a column of whole dossiers that is written one paper a row
        (
            "Mã,Tên,Thành phần hồ sơ\n1.01,A,Đơn\n,,Ảnh\n2.02,B,Đơn\n",
            "1|1.01|A\n + 1:::Đơn:\n + 2:::Ảnh:\n3|2.02|B\n + 3:::Đơn:\n",
            3,
            vec![],
        ),
        (
            "Mã,Tên,Trình tự\n1.01,A,Nộp\n1.01,A,Nhận\n2.02,B,Nộp\n",
            "1|1.01|A|Steps=Nộp/Nhận\n3|2.02|B|Steps=Nộp\n",
            3,
            vec![],
        ),
        ("Mã,Giấy tờ\n,Đơn\n", "1||\n + 1:::Đơn:\n", 1, vec!["row-no-procedure"]),
        (
            "Mã,Giấy tờ,legal_doc\n1.01,Đơn,9/2026/NĐ-CP\n1.01,Ảnh,9/2026/NĐ-CP\n",
            "1|1.01|\n + 1:::Đơn:\n + 2:::Ảnh:\n",
            2,
            vec![],
        ),
    ] {
        let sink = read(text);
        assert_eq!(picture(&sink.records), expected, "{text}");
        assert_eq!(problems(&sink), found, "{text}");
        assert_eq!((sink.read, sink.rejected), (rows, 0), "{text}");
    }
}

#[test]
fn prose_is_no_table() {
    for text in [
        "",
        "Người dân nộp hồ sơ, nhận giấy hẹn, và chờ kết quả.\nTrường hợp thiếu, cán bộ hướng dẫn bổ sung.\nHết.",
        "Thành phần hồ sơ gồm:\na) Đơn đề nghị;\nb) Bản sao giấy tờ;\nc) Ảnh;\n",
        "\tĐiều 1. Phạm vi\n\tĐiều 2. Đối tượng\n\tĐiều 3. Hiệu lực\n",
        "Thủ tục hành chính\nMột văn bản dài về cải cách, có dấu phẩy.\n",
        "Mã thủ tục: 1.000001\nTên thủ tục: Cấp thẻ, đổi thẻ\nLĩnh vực: Hộ tịch\n",
    ] {
        assert_eq!(read_bytes(text.as_bytes()).0, None, "{text}");
    }
}

#[test]
fn a_line_without_end_is_not_taken_apart() {
    let mut bytes = b"code,name\n1.000001,".to_vec();
    bytes.resize(300_000, b'x');
    let columns = ColumnNames::load(&RuleFiles::embedded()).unwrap();
    let input = Input { path: "in", bytes: &bytes, columns: &columns };
    let mut sink = Sink::default();
    super::delimited::read_bounded(&input, 200_000, &mut sink);
    assert_eq!((problems(&sink), sink.read, sink.rejected), (vec!["line-too-long"], 1, 1));
    // without a header it is not even recognised, however long
    bytes.drain(..20);
    assert_eq!(read_bytes(&bytes).0, None);
}

#[test]
fn bad_files_are_reported_as_a_whole() {
    let ole = {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(2048, 0);
        bytes
    };
    for (bytes, expected) in [
        (&b"a,b,c\nd,e,f\ng,h,i\n"[..], "header-missing"),
        (b"PAR1 nothing PAR1", "parquet-invalid"),
        (&ole, "workbook-invalid"),
    ] {
        let (_, sink) = read_bytes(bytes);
        assert_eq!((problems(&sink), sink.read, sink.rejected), (vec![expected], 1, 1));
    }
    assert_eq!(read_bytes(b"\x00\x01\x02\x03binary\x00").0, None);
    let (_, sink) = read_bytes("Mã,Tên\n".as_bytes());
    assert_eq!((problems(&sink), sink.read), (vec!["table-empty"], 0));
}

#[test]
fn every_encoding_gives_the_same_records() {
    let text = "mã thủ tục\ttên thủ tục\tthành phần hồ sơ\n1.000001\tcấp lại giấy phép\tđơn đề nghị\n1.000002\tthu hồi quyết định\tbản sao\n";
    let expected = picture(&read(text).records);
    let latin = |s: &str| encoding_rs::WINDOWS_1252.encode(s).0.into_owned();
    let (tcvn3, vni) = (encode(Legacy::Tcvn3, text), encode(Legacy::Vni, text));
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // one cell in an old font among cells in Unicode
    let mixed = text.replace("cấp lại giấy phép", &encode(Legacy::Tcvn3, "cấp lại giấy phép"));
    for (bytes, found) in [
        (latin(&tcvn3), vec!["encoding-legacy"]),
        (latin(&vni), vec!["encoding-legacy"]),
        (utf16, vec![]),
        (tcvn3.into_bytes(), vec!["encoding-legacy-cells"]),
        (vni.into_bytes(), vec!["encoding-legacy-cells"]),
        (mixed.into_bytes(), vec!["encoding-legacy-cells"]),
    ] {
        let (_, sink) = read_bytes(&bytes);
        assert_eq!(picture(&sink.records), expected);
        assert_eq!(problems(&sink), found);
    }
}

#[test]
fn correct_text_beside_old_fonts_is_not_touched() {
    let old = |s: &str| encode(Legacy::Tcvn3, s);
    // every correct cell is of Latin-1 letters, as the words of the old font are
    let correct = ["Công an", "Quá trình công tác", "Tên", "Lê Hoàng", "Müller & Söhne", "5 µm", "20 m²"];
    let mut text = "Mã,Tên,Cơ quan thực hiện\n".to_owned();
    for (i, name) in correct.iter().enumerate() {
        let _ = writeln!(text, "1.00000{i},{},{name}", old("cấp lại giấy phép xây dựng"));
    }
    let sink = read(&text);
    for (record, correct) in sink.records.iter().zip(correct) {
        assert_eq!(record.text(Field::Name), "cấp lại giấy phép xây dựng");
        assert_eq!(record.text(Field::Agency), correct);
    }
    assert_eq!(sink.records.len(), 7);
}

/// Prints how long a large table takes: `cargo test --release -- --ignored --nocapture a_large_table`.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stderr, reason = "it prints a measurement")]
fn a_large_table() {
    let mut text = "Mã,Tên,Cơ quan thực hiện,Tên giấy tờ,Bản chính\n".to_owned();
    for i in 0..100_000 {
        let code = i / 5;
        let _ = writeln!(
            text,
            "1.{code:06},Cấp giấy phép số {code},Ủy ban nhân dân cấp xã,Đơn đề nghị cấp giấy phép mẫu {i},1"
        );
    }
    let start = std::time::Instant::now();
    let sink = read(&text);
    eprintln!("{} rows, {} bytes: {:?}", sink.read, text.len(), start.elapsed());
    assert_eq!((sink.read, sink.records.len()), (100_000, 20_000));
}

/// The folder of third-party inputs, where it is there.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("TINHGON_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")), PathBuf::from);
    folder.is_dir().then_some(folder)
}

#[test]
fn real_text_is_never_taken_for_an_old_font() {
    let Some(folder) = shared() else { return };
    let (mut strings, mut taken) = (0, Vec::new());
    for entry in walkdir::WalkDir::new(folder.join("catalogs")).into_iter().flatten() {
        let Ok(bytes) = std::fs::read(entry.path()) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        for string in text.split(['"', '\n']) {
            strings += 1;
            if crate::text::legacy::evidence(string).verdict(1).is_some() {
                taken.push(string.to_owned());
            }
        }
    }
    assert!(strings > 10_000 && taken.is_empty(), "{strings} {taken:?}");
}

#[test]
fn real_tables_are_read_whole() {
    let Some(folder) = shared() else {
        #[allow(clippy::print_stderr, reason = "a test that does not run says so")]
        {
            eprintln!("skipped: no folder of shared inputs");
        }
        return;
    };
    for (path, rows, records) in [
        ("claims/resolution-66.7-annex.tsv", 407, None),
        ("gold/requests.tsv", 260, None),
        ("catalogs/portal-2026/lists/danh-sach-tthc-BoTuPhap.xlsx", 271, Some(271)),
        ("catalogs/portal-2026/lists/danh-sach-tthc-BoXayDung.xlsx", 525, Some(525)),
        ("catalogs/portal-2026/lists/danh-sach-tthc-NganhangNhanuocVietNam.xlsx", 261, Some(261)),
    ] {
        let (_, sink) = read_bytes(&std::fs::read(folder.join(path)).unwrap());
        assert_eq!((sink.read, sink.rejected), (rows, 0), "{path} {:?}", sink.problems);
        assert!(records.is_none_or(|n| n == sink.records.len()), "{path}");
        let dossier = || sink.records.iter().filter_map(|r| r.rows.get(&Section::Dossier)).flatten();
        if records.is_none() {
            assert_eq!(dossier().count() as u64, rows, "{path}");
        }
        if path.starts_with("gold") {
            assert!(dossier().all(|d| d.id.as_ref().is_some_and(|id| id.starts_with('D'))));
        }
    }
}
