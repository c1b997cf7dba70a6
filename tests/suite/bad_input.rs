//! Whatever an officer feeds in: the run ends in order, names the place, and keeps the rest.

use super::work::Work;
use std::io::Write;
use std::time::Duration;

const GOOD: &str = r#"{"code":"1.000001","name":"Cấp thẻ","field":"Hộ tịch","dossier":["Đơn","Ảnh"]}"#;

/// Each bad file beside a good one: exit 0, the good one is read, the bad one stands in `problems` by this name.
#[test]
fn bad_files_are_named_and_the_rest_goes_on() {
    let long_line = format!("{{\"code\":\"{}", "a".repeat(20 << 20));
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty.json", Vec::new(), "file-empty"),
        ("blank.csv", b" \n\n".to_vec(), "file-empty"),
        ("cut.json", GOOD.as_bytes()[..40].to_vec(), "json-invalid"),
        ("wrong.json", br#"{"menu":{"id":"file","value":"File"}}"#.to_vec(), "json-no-procedure"),
        ("none.json", b"[]".to_vec(), "file-without-rows"),
        ("binary.dat", (0..=255u8).cycle().take(5000).collect(), "format-unknown"),
        ("long.json", long_line.into_bytes(), "json-invalid"),
        ("no-header.csv", "a;b\nc;d\n".as_bytes().to_vec(), ""),
        ("header-only.csv", "Mã TTHC;Tên thủ tục;Tên giấy tờ\n".as_bytes().to_vec(), "file-without-rows"),
        ("climb.zip", zip(&[("../../x.json", GOOD.as_bytes())]), "archive-entry-unsafe"),
        ("bomb.zip", zip(&[("x.json", &vec![b' '; 60 << 20])]), "archive-too-large"),
        ("cut.zip", zip(&[("x.json", GOOD.as_bytes())])[..40].to_vec(), "archive-invalid"),
        (
            "locked.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0".to_vec(),
            "",
        ),
    ];
    for (name, content, problem) in cases {
        let work = Work::new();
        work.write("in/good.json", GOOD);
        work.write(&format!("in/{name}"), &content);
        work.ok(&["ingest", "in", "--out", "o", "--csv"]);
        assert_eq!(work.read("o/requests.csv").lines().count(), 3, "{name}");
        let problems = work.read("o/problems.csv");
        assert!(problems.contains(name) && problems.contains(problem), "{name}: {problems:.500}");
        let manifest: serde_json::Value = serde_json::from_str(&work.read("o/manifest.json")).unwrap();
        for input in manifest["inputs"].as_array().unwrap() {
            let count = |key: &str| input[key].as_u64().unwrap();
            assert_eq!(count("read"), count("accepted") + count("rejected"), "{name}: {input}");
        }
    }
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_is_not_there_is_said() {
    let work = Work::new();
    std::fs::create_dir_all(work.path("nothing")).unwrap();
    let missing = work.run(&["ingest", "missing", "--out", "o"]);
    assert!(missing.status == 2 && missing.stderr.contains("missing"), "{}", missing.stderr);
    let nothing = work.run(&["ingest", "nothing", "--out", "o"]);
    assert!(nothing.status == 2 && nothing.stderr.contains("nothing"), "{}", nothing.stderr);
    assert!(!work.path("o").exists());
    work.write("wrong.json", r#"{"menu":{"id":"file"}}"#);
    let kept_none = work.run(&["ingest", "wrong.json", "--out", "o"]);
    let said = kept_none.stdout + &kept_none.stderr;
    assert!(kept_none.status == 0 && said.contains("problems") && !said.contains("analyze"), "{said}");
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_opened_is_a_problem_not_an_end() {
    let work = Work::new();
    work.write("in/good.json", GOOD);
    std::os::unix::fs::symlink("/nowhere/gone.json", work.path("in/gone.json")).unwrap();
    work.ok(&["ingest", "in", "--out", "o", "--csv"]);
    assert!(work.read("o/problems.csv").contains("file-unreadable"));
}

#[test]
fn the_same_code_with_other_content_is_kept_once_and_reported() {
    let work = Work::new();
    work.write("in/a.json", GOOD);
    work.write("in/b.json", GOOD.replace("Ảnh", "Ảnh 3x4").replace("Cấp thẻ", "Cấp lại thẻ"));
    work.ok(&["ingest", "in", "--out", "o", "--csv"]);
    assert_eq!(work.read("o/procedures.csv").lines().count(), 2);
    let problems = work.read("o/problems.csv");
    assert_eq!(problems.matches("source-conflict").count(), 2, "{problems}");
}

#[test]
fn strict_writes_nothing_when_something_was_lost() {
    let work = Work::new();
    work.write("in/good.json", GOOD);
    work.ok(&["ingest", "in", "--out", "o", "--strict"]);
    let before = work.folder("o");
    work.write("in/cut.json", "{");
    let strict = work.run(&["ingest", "in", "--out", "o", "--strict"]);
    assert!(strict.status == 2 && strict.stderr.contains("cut.json"), "{}", strict.stderr);
    assert_eq!(before, work.folder("o"), "the last good output stays");
}

/// A file size limit stands for a full disk: writing fails in the middle of a table.
#[test]
#[cfg(unix)]
fn a_full_disk_leaves_the_last_good_output() {
    let work = Work::new();
    work.write("in/good.json", GOOD);
    work.ok(&["ingest", "in", "--out", "o"]);
    let before = work.folder("o");
    let rows: Vec<String> = (0..4000)
        .map(|i| GOOD.replace("000001", &format!("{i:06}")).replace("Ảnh", &format!("Giấy số {}", i * i)))
        .collect();
    work.write("in/more.json", rows.join("\n"));
    let program = env!("CARGO_BIN_EXE_tinhgon");
    let script = format!("trap '' XFSZ; ulimit -f 16; exec {program} ingest in --out o");
    let run = std::process::Command::new("bash").args(["-c", &script]).current_dir(work.path("")).output().unwrap();
    assert_eq!(run.status.code(), Some(2), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(before, work.folder("o"));
    assert!(!work.path(".o.partial").exists(), "nothing is left aside");
}

#[test]
#[cfg(unix)]
fn a_stop_in_the_middle_leaves_the_last_good_output() {
    let work = Work::new();
    work.write("in/good.json", GOOD);
    work.ok(&["ingest", "in", "--out", "o"]);
    let before = work.folder("o");
    let rows: Vec<String> = (0..300_000).map(|i| GOOD.replace("000001", &format!("{i:06}"))).collect();
    work.write("in/more.json", rows.join("\n"));
    let mut child = work.command(&["ingest", "in", "--out", "o"]).stderr(std::process::Stdio::null()).spawn().unwrap();
    let aside = work.path(".o.partial");
    while !aside.exists() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(2), "stopped before it was done");
    assert_eq!(before, work.folder("o"));
    assert!(!aside.exists(), "nothing is left aside");
}

/// 200 MB without a line break: refused or read within a bound of memory, and the good file beside it is read.
#[test]
#[cfg(target_os = "linux")]
fn a_line_of_200_megabytes_stays_within_bounds() {
    for (name, head, fill) in [("a.json", "{\"code\":\"", b'a'), ("b.csv", "Mã TTHC;Tên thủ tục\n1.000002;", b'x')]
    {
        let work = Work::new();
        work.write("in/good.json", GOOD);
        let mut content = head.as_bytes().to_vec();
        content.resize(200 << 20, fill);
        work.write(&format!("in/{name}"), content);
        let script = format!("ulimit -v 2500000; exec {} ingest in --out o --csv", env!("CARGO_BIN_EXE_tinhgon"));
        let run = std::process::Command::new("bash").args(["-c", &script]).current_dir(work.path("")).output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(work.read("o/requests.csv").lines().count(), 3, "{name}");
        assert!(work.read("o/problems.csv").contains(name), "{name}");
        assert!(work.read("o/problems.csv").len() < 10_000, "the raw text of a problem is bounded");
    }
}

/// Names of files give the order, not the order in which they were given or found.
#[test]
fn order_and_repetition_of_inputs_change_nothing() {
    let work = Work::new();
    for (name, code) in [("b", "1.000002"), ("a", "1.000001"), ("c", "1.000003"), ("a2", "1.000001")] {
        work.write(&format!("in/{name}.json"), GOOD.replace("1.000001", code).replace("Ảnh", name));
    }
    work.ok(&["ingest", "in", "--out", "o"]);
    let first = work.folder("o");
    work.ok(&["ingest", "in", "--out", "o"]);
    assert_eq!(first, work.folder("o"), "twice");
    work.ok(&["ingest", "in/c.json", "in/a2.json", "in/b.json", "in/a.json", "in/c.json", "--out", "o"]);
    assert_eq!(first, work.folder("o"), "shuffled and repeated");
    work.ok(&["ingest", "in/c.json", "in/a.json", "--out", "part"]);
    work.ok(&["ingest", "part", "in/b.json", "in/a2.json", "--out", "o"]);
    assert_eq!(first, work.folder("o"), "split over two runs");
}
