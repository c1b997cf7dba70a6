//! The program as an officer meets it: commands, files, exit status, language.

use super::work::Work;

#[test]
fn a_catalogue_is_the_same_however_its_files_are_given() {
    let work = Work::new();
    work.write("in/a/1.json", r#"{"code":"1.000001","name":"Cấp thẻ","field":"Hộ tịch","dossier":["Đơn","Ảnh"]}"#);
    work.write("in/b/2.csv", "Mã TTHC;Tên thủ tục;Tên giấy tờ\n1.000002;Cấp lại thẻ;Đơn\n;;Bản sao giấy khai sinh\n");
    work.write("in/c.json", r#"[{"code":"1.000001","name":"Cấp thẻ","Cơ quan ban hành":"Bộ Tư pháp"}]"#);
    work.ok(&["ingest", "in", "--out", "once", "--csv"]);
    work.ok(&["ingest", "in/c.json", "in", "in/b", "in", "--out", "many", "--csv"]);
    work.write("half/c.json", work.read("in/c.json"));
    work.write("half/b/2.csv", work.read("in/b/2.csv"));
    work.write("rest/a/1.json", work.read("in/a/1.json"));
    work.ok(&["ingest", "half", "--out", "first", "--csv"]);
    work.ok(&["ingest", "rest", "first", "--out", "second", "--csv"]);
    let once = work.folder("once");
    assert_eq!(once, work.folder("second"), "in two runs");
    let names = |f: &std::collections::BTreeMap<String, Vec<u8>>| f.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&once), names(&work.folder("many")));
    assert_eq!(work.read("once/requests.csv"), work.read("many/requests.csv"), "given twice and out of order");
    assert_eq!(work.read("once/procedures.csv").lines().count(), 3);
    assert!(work.read("once/procedures.csv").contains("a/1.json; c.json#1"));
}

#[test]
fn messages_come_in_two_languages_and_leave_stdout_alone() {
    let work = Work::new();
    work.write("a.json", r#"{"code":"1,000001","name":"Cấp thẻ","field":"Hộ tịch"}"#);
    let vi = work.run(&["ingest", "a.json", "--out", "o"]);
    let en = work.run(&["--lang", "en", "ingest", "a.json", "--out", "o"]);
    assert!(vi.stderr.contains("Đã đọc 1 tệp") && en.stderr.contains("Read 1 files"), "{} {}", vi.stderr, en.stderr);
    assert_eq!((vi.stdout.as_str(), en.stdout.as_str()), ("", ""));
    assert!(!vi.stderr.contains('\u{1b}'), "no colours or bars when stderr is no terminal");
    assert!(work.run(&["--help"]).stdout.contains("Cách dùng:"));
    assert!(work.run(&["--help", "--lang=en"]).stdout.contains("Usage:"));
    assert!(work.run(&["completions", "bash"]).stdout.contains("tinhgon"));
}

#[test]
fn a_folder_is_verified_and_a_change_is_named() {
    let work = Work::new();
    work.write("in/a.json", r#"{"code":"1.000001","name":"Cấp thẻ","field":"Hộ tịch"}"#);
    work.ok(&["ingest", "in", "--out", "o"]);
    work.ok(&["verify", "o", "--inputs", "in"]);
    work.write("in/a.json", "{}");
    let changed = work.run(&["verify", "o", "--inputs", "in"]);
    assert!(changed.status == 1 && changed.stderr.contains("a.json"), "{}", changed.stderr);
}

#[test]
fn foreign_files_in_the_output_folder_are_safe() {
    let work = Work::new();
    work.write("a.json", r#"{"code":"1.000001","name":"Cấp thẻ","field":"Hộ tịch"}"#);
    work.write("o/thư.docx", "x");
    let run = work.run(&["ingest", "a.json", "--out", "o"]);
    assert!(run.status == 2 && work.path("o/thư.docx").exists(), "{}", run.stderr);
}
