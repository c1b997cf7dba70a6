//! The invariants of docs/ARCHITECTURE.md, held by reading the source.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Rooms that analyse: no files, no clock, no `Result`.
const PURE: [&str; 11] = [
    "normalise",
    "reading",
    "volumes",
    "acts",
    "similar",
    "relation",
    "detect",
    "burden",
    "propose",
    "progress",
    "generate",
];

/// Columns of a line of a list in a rule file.
const LINE: usize = 150;

fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&root) {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|e| e == "rs") {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
    // Whole files of tests are no part of the program either.
    let test_file = regex::Regex::new(r"#\[cfg\(test\)\]\s*mod (\w+);").unwrap();
    let tests: Vec<String> =
        files.values().flat_map(|t| test_file.captures_iter(t)).map(|c| format!("{}.rs", &c[1])).collect();
    files.retain(|name, _| !tests.iter().any(|t| name.rsplit('/').next() == Some(t)));
    files.into_iter().map(|(name, text)| (name, code(&text))).collect()
}

/// The program without comments and without its tests, which may do what they like.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

fn order() -> Vec<String> {
    let lib = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    lib.lines().filter_map(|l| l.strip_prefix("pub mod ")).map(|l| l.trim_end_matches(';').to_owned()).collect()
}

#[test]
fn rooms_import_only_from_rooms_above_them() {
    let order = order();
    let place = |room: &str| order.iter().position(|r| r == room);
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some(own) = place(room(&file)) else { continue };
        for used in text.split("crate::").skip(1) {
            let used = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            if place(used).is_some_and(|p| p > own) {
                wrong.push(format!("{file} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_named_rooms_touch_terminal_and_files() {
    let rules: &[(&[&str], &[&str])] = &[
        (
            &["clap", "indicatif", "process::exit", "io::stdout", "io::stderr", "println!", "eprintln!"],
            &["cli", "main"],
        ),
        (
            &["std::fs", "File::open", "File::create"],
            &["ingest", "rule", "table", "output", "project", "report", "audit", "cli"],
        ),
        (&["SystemTime", "Instant::now", "Timestamp::now", "Zoned::now", "thread_rng", "rand::"], &[]),
    ];
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (words, rooms) in rules {
            for word in words.iter().filter(|w| text.contains(**w)) {
                if !rooms.contains(&room(&file)) {
                    wrong.push(format!("{file}: {word}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn polars_stays_behind_its_door() {
    let doors = ["table.rs", "ingest/parquet.rs", "ingest/log.rs"];
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|(f, t)| t.contains("polars") && !doors.contains(&f.as_str()))
        .map(|(f, _)| f)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn analysis_returns_no_result_and_similar_knows_no_domain() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let own = room(&file);
        let is_pure = PURE.contains(&own);
        if is_pure && file != "reading/gold.rs" && (text.contains("-> Result<") || text.contains("crate::error")) {
            wrong.push(format!("{file} returns a Result"));
        }
        if own == "similar"
            && ["catalog", "reading", "rule"].iter().any(|room| text.contains(&format!("crate::{room}")))
        {
            wrong.push(format!("{file} knows the domain"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_problem_has_its_message_and_vietnamese_words_stay_in_rules() {
    let root: PathBuf = env!("CARGO_MANIFEST_DIR").into();
    let messages: toml::Table =
        std::fs::read_to_string(root.join("rules/messages/problems.toml")).unwrap().parse().unwrap();
    // Names of problems are kebab-case; the few other words of that form in these rooms are known.
    let others = ["trailing-zero"];
    let pattern = regex::Regex::new(r#""([a-z]+(?:-[a-z]+)+)""#).unwrap();
    let mut missing = Vec::new();
    for (file, text) in sources().into_iter().filter(|(f, _)| ["ingest", "normalise"].contains(&room(f))) {
        if file.ends_with("_tests.rs")
            || ["normalise/catalogues.rs", "normalise/dossier/corpus.rs"].contains(&file.as_str())
        {
            continue;
        }
        for found in pattern.captures_iter(&text).filter(|f| !others.contains(&&f[1])) {
            if !messages.contains_key(&found[1]) {
                missing.push(format!("{file}: {}", &found[1]));
            }
        }
    }
    assert!(missing.is_empty(), "no message for {missing:#?}");
    for (key, message) in &messages {
        let placeholders = |lang: &str| {
            let text = message[lang].as_str().unwrap();
            let mut names: Vec<&str> = text.split('{').skip(1).filter_map(|p| p.split('}').next()).collect();
            names.sort_unstable();
            names.dedup();
            names.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(placeholders("vi"), placeholders("en"), "{key}");
    }
}

/// A list of a rule file about steps says nothing twice: no phrase stands for what others of its list stand for already.
#[test]
fn lists_about_steps_say_nothing_twice() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut twice = Vec::new();
    for family in ["actors", "acts", "clauses", "patterns"] {
        for file in std::fs::read_dir(rules.join(family)).unwrap().map(|entry| entry.unwrap().path()) {
            let table: toml::Table = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
            let cues = table.get("cues").and_then(toml::Value::as_array).into_iter().flatten();
            for of in std::iter::once(&table).chain(cues.filter_map(toml::Value::as_table)) {
                for (key, list) in of.iter().filter_map(|(key, value)| Some((key, value.as_array()?))) {
                    let phrases: Vec<&str> = list.iter().filter_map(toml::Value::as_str).collect();
                    let said: Vec<Vec<String>> = phrases.iter().map(|p| tinhgon::rule::expand(p).unwrap()).collect();
                    let elsewhere = |at: usize, phrase: &String| {
                        said.iter().enumerate().any(|(other, all)| other != at && all.contains(phrase))
                    };
                    let idle = (0..said.len()).filter(|at| said[*at].iter().all(|phrase| elsewhere(*at, phrase)));
                    twice.extend(idle.map(|at| (file.clone(), key.clone(), phrases[at].to_owned())));
                }
            }
        }
    }
    assert!(twice.is_empty(), "{twice:#?}");
}

/// A list of a rule file is broken into lines that fit on a screen, so that a change of one word shows as one line.
#[test]
fn lists_of_rules_are_lines_one_can_read() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut long = Vec::new();
    for entry in walkdir::WalkDir::new(&rules).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let holds_several = |line: &str| {
            let list = line.split_once(" = [").map_or(line.trim_start(), |(_, list)| list);
            list.starts_with('"') && list.contains("\", \"")
        };
        let is_long = |line: &&str| line.chars().count() > LINE && holds_several(line);
        long.extend(text.lines().filter(is_long).map(|line| format!("{}: {line}", path.display())));
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}
