//! The console sessions of the user guide, run in their order in one work folder.

use super::work::Work;
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
        assert_eq!(run.status == 2, step.expected.starts_with("error:"), "{command:?}");
    }
}

#[test]
fn a_pattern_meets_its_lines_and_no_others() {
    let pattern = pattern("một [..] hai\n...\nba\n");
    assert!(pattern.is_match("một và hai\nba\n") && pattern.is_match("một  hai\nx\ny\nba\n"));
    assert!(!pattern.is_match("một và hai\nba\nbốn\n") && !pattern.is_match("một hai\n"));
}
