//! The official layout as text, web page, document and PDF: the same procedure as from JSON, row by row.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tinhgon::catalog::Procedure;
use tinhgon::problem::{Problem, Source};
use tinhgon::rule::{ColumnNames, RuleFiles, Words};
use tinhgon::{ingest, normalise};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layout").join(name)
}

fn read(path: &Path) -> (Vec<Procedure>, Vec<Problem>) {
    let rules = RuleFiles::embedded();
    let (columns, words) = (ColumnNames::load(&rules).unwrap(), Words::load(&rules).unwrap());
    let raw = ingest::ingest(&[path.to_owned()], &columns, &|_| ()).unwrap();
    for input in &raw.inputs {
        assert_eq!(input.read, input.accepted + input.rejected, "{input:?}");
    }
    let (catalog, mut problems) = normalise::normalise(&raw.records, &words);
    problems.extend(raw.problems);
    (catalog.procedures, problems)
}

/// A procedure without the places where it was read.
fn content(mut procedure: Procedure) -> Procedure {
    procedure.source = Source::default();
    procedure.sources.clear();
    procedure.requests.iter_mut().for_each(|r| r.source.file.clear());
    procedure.steps.iter_mut().for_each(|s| s.source = Source::default());
    procedure.channels.iter_mut().for_each(|c| c.source = Source::default());
    procedure.legal_bases.iter_mut().for_each(|b| b.source = Source::default());
    procedure.results.iter_mut().for_each(|r| r.source = Source::default());
    procedure
}

#[test]
fn every_form_of_a_page_gives_the_procedure_of_the_json() {
    let (expected, _) = read(&fixture("procedure.json"));
    let expected = content(expected.into_iter().next().unwrap());
    assert_eq!((expected.requests.len(), expected.steps.len(), expected.channels.len()), (4, 3, 2));
    for name in ["procedure.html", "procedure.docx", "procedure.pdf", "procedure.txt", "export.txt"] {
        let (found, problems) = read(&fixture(name));
        assert_eq!(found.len(), 1, "{name}: {problems:?}");
        assert_eq!(content(found.into_iter().next().unwrap()), expected, "{name}");
    }
}

/// A publication decision: a list of its procedures, then the content of each under its numbered title.
const DECISION: &str = "ỦY BAN NHÂN DÂN PHƯỜNG X
QUYẾT ĐỊNH
Về việc công bố thủ tục hành chính lĩnh vực thư viện
PHẦN II. NỘI DUNG CỤ THỂ CỦA TỪNG THỦ TỤC HÀNH CHÍNH
1. Thủ tục: Cấp thẻ đọc sách (1.090001)
a) Trình tự thực hiện:
- Bước 1: Nộp hồ sơ tại Bộ phận Một cửa.
- Bước 2: Nhận thẻ.
b) Cách thức thực hiện: Trực tiếp hoặc qua bưu chính.
c) Thành phần, số lượng hồ sơ:
- Đơn đề nghị cấp thẻ;
- 02 ảnh 3x4.
Số lượng hồ sơ: 01 bộ.
d) Thời hạn giải quyết: 03 ngày làm việc.
đ) Đối tượng thực hiện thủ tục hành chính: Cá nhân.
e) Cơ quan thực hiện thủ tục hành chính: Ủy ban nhân dân cấp xã.
g) Kết quả thực hiện thủ tục hành chính: Thẻ đọc sách.
h) Phí, lệ phí (nếu có): Không.
i) Tên mẫu đơn, mẫu tờ khai (nếu có): Đơn theo mẫu số 01.
k) Yêu cầu, điều kiện thực hiện thủ tục hành chính (nếu có): Không.
l) Căn cứ pháp lý của thủ tục hành chính: Luật Thư viện số 46/2019/QH14.
2. Thủ tục: Gia hạn thẻ đọc sách
a) Trình tự thực hiện: Nộp thẻ tại thư viện và nhận lại trong ngày.
b) Cách thức thực hiện: Trực tiếp.
c) Thành phần, số lượng hồ sơ: Thẻ đọc sách.
d) Thời hạn giải quyết: Trong ngày.
";

#[test]
fn a_decision_gives_each_procedure_under_its_numbered_title() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("quyet-dinh.txt");
    std::fs::write(&path, DECISION).unwrap();
    let (found, problems) = read(&path);
    let names: Vec<(&str, &str)> = found.iter().map(|p| (p.code.as_str(), p.name.as_str())).collect();
    assert_eq!(names, [("1.090001", "Cấp thẻ đọc sách (1.090001)"), ("", "Gia hạn thẻ đọc sách")], "{problems:?}");
    let texts = |p: &Procedure| p.requests.iter().map(|r| r.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&found[0]), ["- Đơn đề nghị cấp thẻ;", "- 02 ảnh 3x4."], "{problems:?}");
    assert_eq!(found[0].steps.len(), 2);
    assert_eq!(found[0].channels.len(), 1, "{:?}", found[0].channels);
    assert_eq!(
        (found[0].channels[0].duration_value, found[0].channels[0].duration_unit.as_str()),
        (Some(3.0), "working_day")
    );
    assert_eq!(found[0].legal_bases[0].document_no, "46/2019/QH14");
    assert_eq!(texts(&found[1]), ["Thẻ đọc sách."]);
    assert!(problems.iter().any(|p| p.problem == "text-unplaced" && p.raw.contains("QUYẾT ĐỊNH")), "{problems:?}");
}

/// A second page follows the first in one file; the tabs of a copied table part its columns.
#[test]
fn two_pages_in_one_text_are_two_procedures() {
    let page = std::fs::read_to_string(fixture("procedure.txt")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hai.txt");
    std::fs::write(&path, format!("{page}\n{}", page.replace("1.090001", "1.090002"))).unwrap();
    let (found, _) = read(&path);
    assert_eq!(found.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["1.090001", "1.090002"]);
    assert_eq!(found[0].requests.len(), found[1].requests.len());
}

/// A PDF of one page on which nothing is written, as a scan without text recognition.
fn page_without_text() -> String {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>",
        "<</Length 0>>\nstream\n\nendstream",
    ];
    let (mut pdf, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (object, number) in objects.iter().zip(1..) {
        let _ = writeln!(places, "{:010} 00000 n ", pdf.len());
        let _ = writeln!(pdf, "{number} 0 obj\n{object}\nendobj");
    }
    let start = pdf.len();
    let trailer = format!("trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    pdf + "xref\n0 5\n0000000000 65535 f \n" + &places + &trailer
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let pdf = std::fs::read(fixture("procedure.pdf")).unwrap();
    let blank = page_without_text();
    let docx = std::fs::read(fixture("procedure.docx")).unwrap();
    for (name, content, problem) in [
        ("cut.pdf", &pdf[..pdf.len() / 3], "pdf-invalid"),
        ("scan.pdf", blank.as_bytes(), "pdf-without-text"),
        ("cut.docx", &docx[..docx.len() / 2], "archive-invalid"),
        ("news.html", b"<!DOCTYPE html><html><body><p>Tin</p></body></html>", "document-without-procedure"),
        ("letter.txt", "Kính gửi: Phòng Nội vụ\nTrân trọng.".as_bytes(), "format-unknown"),
        ("old.rtf", b"{\\rtf1 Ch\\'e0o}", "format-unknown"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let (found, problems) = read(&path);
        assert!(found.is_empty(), "{name}");
        assert!(problems.iter().any(|p| p.problem == problem), "{name}: {problems:?}");
    }
}
