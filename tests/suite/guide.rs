//! The console sessions of the user guide, run in their order in one work folder.

use super::work::Work;
use std::fmt::Write as _;
use std::path::Path;

/// A command of a session and the lines that it should print; `...` stands for any lines, `[..]` for any characters.
#[derive(Debug)]
struct Step {
    command: Vec<String>,
    expected: String,
}

fn steps(guide: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for block in guide.split("```console\n").skip(1) {
        for line in block.split("\n```").next().unwrap().lines() {
            match line.strip_prefix("$ tinhgon ") {
                Some(command) => {
                    let command = command.split(' ').map(str::to_owned).collect();
                    steps.push(Step { command, expected: String::new() });
                }
                None => steps.last_mut().unwrap().expected.extend([line, "\n"]),
            }
        }
    }
    steps
}

/// The expected lines as a pattern over the whole output.
fn pattern(expected: &str) -> regex::Regex {
    let line = |line: &str| match line {
        "..." => "(?:.*\n)*?".to_owned(),
        line => line.split("[..]").map(regex::escape).collect::<Vec<_>>().join(".*") + "\n",
    };
    regex::Regex::new(&format!("^{}$", expected.lines().map(line).collect::<String>())).unwrap()
}

#[test]
fn the_sessions_of_the_guide_come_out_as_they_are_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/huong-dan.md");
    let steps = steps(&std::fs::read_to_string(path).unwrap());
    assert!(steps.len() > 12, "{}", steps.len());
    let work = Work::new();
    for step in &steps {
        let command: Vec<&str> = step.command.iter().map(String::as_str).collect();
        let run = work.run(&command);
        let printed = format!("{}{}", run.stdout, run.stderr);
        assert!(
            pattern(&step.expected).is_match(&printed),
            "{command:?} printed\n{printed}\nthe guide says\n{}",
            step.expected
        );
        assert_eq!(run.status == 2, step.expected.starts_with("Lỗi:"), "{command:?}");
    }
}

#[test]
fn a_pattern_meets_its_lines_and_no_others() {
    let pattern = pattern("một [..] hai\n...\nba\n");
    assert!(pattern.is_match("một và hai\nba\n") && pattern.is_match("một  hai\nx\ny\nba\n"));
    assert!(!pattern.is_match("một và hai\nba\nbốn\n") && !pattern.is_match("một hai\n"));
}

/// What the demo shows, in its order.
const DEMO: [&[&str]; 7] = [
    &["init", "thu"],
    &["ingest", "thu/catalog-2026", "--out", "danh-muc"],
    &["analyze", "danh-muc", "--out", "phan-tich"],
    &["explain", "1.000894/1/2", "--catalog", "danh-muc"],
    &["propose", "phan-tich", "--out", "phuong-an", "--volumes", "thu/volumes/dossiers-per-year.csv"],
    &["ingest", "thu/catalog-2025", "--out", "danh-muc-2025"],
    &[
        "audit",
        "--claims",
        "thu/claims/claims.xlsx",
        "--before",
        "danh-muc-2025",
        "--after",
        "danh-muc",
        "--out",
        "kiem-tra",
    ],
];

/// The demo as a recording of a terminal in version 2 of asciicast: one header, then `[seconds, "o", text]` a line. Typing
/// and reading take as long as they would a person; the program answers at once.
#[test]
fn the_demo_is_what_the_program_prints() {
    let work = Work::new();
    let mut cast = String::from("{\"version\":2,\"width\":120,\"height\":36,\"title\":\"tinhgon\"}\n");
    let mut tenths = 5;
    let mut event = |tenths: usize, text: &str| {
        let text = serde_json::to_string(text).unwrap();
        writeln!(cast, "[{}.{},\"o\",{text}]", tenths / 10, tenths % 10).unwrap();
    };
    for command in DEMO {
        let run = work.run(command);
        assert_eq!(run.status, 0, "{command:?}: {}", run.stderr);
        event(tenths, "$ ");
        let line = format!("tinhgon {}", command.join(" "));
        for word in line.split_inclusive(' ') {
            tenths += word.chars().count();
            event(tenths, word);
        }
        event(tenths + 5, "\r\n");
        let printed = format!("{}{}", run.stdout, run.stderr).replace('\n', "\r\n");
        event(tenths + 10, &printed);
        tenths += 30 + printed.chars().count() / 8;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/demo.cast");
    snapbox::assert_data_eq!(cast, snapbox::Data::read_from(&path, Some(snapbox::data::DataFormat::Text)).raw());
}
