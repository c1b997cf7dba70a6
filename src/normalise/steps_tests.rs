use super::*;
use crate::rule::RuleFiles;
use proptest::prelude::*;
use std::sync::LazyLock;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::load(&RuleFiles::embedded()).unwrap());

/// What may stand between labels and texts: spaces and the punctuation of labels.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || !c.is_alphanumeric()
}

/// Labels and texts, in order, make up the source but for separators.
pub(in crate::normalise) fn lost(raw: &str, steps: &[Step]) -> Option<String> {
    let letters = |s: &str| s.chars().filter(|c| !is_separator(*c)).collect::<String>();
    let source = source_text(raw);
    if steps.iter().any(|s| !source.contains(&s.text) || !source.contains(&s.label)) {
        return Some("not a part of the source".to_owned());
    }
    let all: String = steps.iter().map(|s| letters(&s.label) + &letters(&s.text)).collect();
    (all != letters(&source)).then(|| format!("{} of {} letters", all.len(), letters(&source).len()))
}

#[test]
fn divides_texts_into_steps() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("Bước 1: Nộp hồ sơ.\nBước 2: Thẩm định.", &[("Bước 1", "Nộp hồ sơ."), ("Bước 2", "Thẩm định.")]),
        (
            "- Bước 1. Nộp hồ sơ:\n+ tại quầy\n- Bước 2. Trả kết quả",
            &[("Bước 1", "Nộp hồ sơ:\n+ tại quầy"), ("Bước 2", "Trả kết quả")],
        ),
        ("* Bước 1 Nộp đơn.</p>\n* BƯỚC 2 - Kiểm tra&nbsp;đơn", &[("Bước 1", "Nộp đơn."), ("BƯỚC 2", "Kiểm tra đơn")]),
        (
            "Tại cửa khẩu Bước 1: Khai báo; Bước 2: Kiểm tra, nếu thiếu thì làm lại Bước 1.",
            &[("", "Tại cửa khẩu"), ("Bước 1", "Khai báo;"), ("Bước 2", "Kiểm tra, nếu thiếu thì làm lại Bước 1.")],
        ),
        ("B1: Nộp\nB2: Nhận", &[("B1", "Nộp"), ("B2", "Nhận")]),
        ("a) Bước 1: Nộp\nb) Bước 2: Nhận", &[("a) Bước 1", "Nộp"), ("b) Bước 2", "Nhận")]),
        (
            "a) Nộp hồ sơ:\n- tại quầy;\n- qua mạng.\nb) Giải quyết: thẩm định.",
            &[("a)", "Nộp hồ sơ:\n- tại quầy;\n- qua mạng."), ("b)", "Giải quyết: thẩm định.")],
        ),
        (
            "Đối với tổ chức:\n- Nộp đơn\n+ bản giấy\n- Nhận kết quả\nĐối với cá nhân:\n- Nộp đơn",
            &[
                ("", "Đối với tổ chức:"),
                ("-", "Nộp đơn\n+ bản giấy"),
                ("-", "Nhận kết quả"),
                ("", "Đối với cá nhân:"),
                ("-", "Nộp đơn"),
            ],
        ),
        ("1. Nộp đơn\n1.1. Tại quầy\n2.Nhận kết quả", &[("1.", "Nộp đơn\n1.1. Tại quầy"), ("2.", "Nhận kết quả")]),
        ("(1) Nộp đơn\n(i) tại quầy\n(2) Nhận", &[("(1)", "Nộp đơn\n(i) tại quầy"), ("(2)", "Nhận")]),
        (
            "Người dân nộp đơn.\nCơ quan thẩm định hồ sơ trong ngày kể từ ngày kết\nthúc kiểm tra.",
            &[("", "Người dân nộp đơn."), ("", "Cơ quan thẩm định hồ sơ trong ngày kể từ ngày kết\nthúc kiểm tra.")],
        ),
        (
            "- Người dân nộp đơn; - Cơ quan tiếp nhận. - Trả kết quả",
            &[("-", "Người dân nộp đơn;"), ("-", "Cơ quan tiếp nhận."), ("-", "Trả kết quả")],
        ),
        (
            "a) Nộp hồ sơ: tại Sở.b) Giải quyết: trong 5 ngày",
            &[("a)", "Nộp hồ sơ: tại Sở."), ("b)", "Giải quyết: trong 5 ngày")],
        ),
        (
            "Trường hợp mất giấy: - Người dân nộp đơn. - Cơ quan cấp lại.",
            &[("", "Trường hợp mất giấy:"), ("-", "Người dân nộp đơn."), ("-", "Cơ quan cấp lại.")],
        ),
        ("30 ngày sau, cơ quan trả kết quả", &[("", "30 ngày sau, cơ quan trả kết quả")]),
        ("Không có thông tin", &[]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        let steps = from_text(text, &WORDS, &Source::default());
        let short: Vec<(&str, &str)> = steps.iter().map(|s| (s.label.as_str(), s.text.as_str())).collect();
        assert_eq!(short, *expected, "{text}");
        assert!(steps.iter().zip(1..).all(|(s, n)| s.position == n));
    }
}

#[test]
fn one_row_may_hold_several_steps() {
    let row = |name: &str, text: &str| {
        let mut row = RawRow { row: 1, ..RawRow::default() };
        row.cells.insert(Field::StepLabel, name.to_owned());
        row.cells.insert(Field::StepText, text.to_owned());
        row
    };
    let rows = [row("", "Bước 1: Nộp\nBước 2: Nhận"), row("Bước 3", "Lưu hồ sơ"), row("Bước 4: Kết thúc", "")];
    let steps = from_rows(&rows, &WORDS, &Source::default());
    let short: Vec<(u32, &str, &str)> = steps.iter().map(|s| (s.position, s.label.as_str(), s.text.as_str())).collect();
    assert_eq!(
        short,
        [(1, "Bước 1", "Nộp"), (2, "Bước 2", "Nhận"), (3, "Bước 3", "Lưu hồ sơ"), (4, "Bước 4", "Kết thúc")]
    );
}

proptest! {
    #[test]
    fn loses_nothing(text in "\\PC{0,40}|(Bước |bước |[0-9]|[:.;,()-]|\n|\n- |\n\\+ |\na\\) |tại |Nộp|B1:| |</p>|1\\.){0,24}") {
        let steps = from_text(&text, &WORDS, &Source::default());
        if !null::value(Field::Steps, &source_text(&text), &WORDS.empty).is_empty() {
            prop_assert_eq!(lost(&text, &steps), None, "{:?}", steps);
        }
    }
}
