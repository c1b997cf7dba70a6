//! Every mistake a rule file can have, and what the officer who made it is shown: line, caret and the words allowed.
//!
//! The whole is one snapshot, `snapshots/rule_mistakes.txt`; `SNAPSHOTS=overwrite` writes it again.

use super::work::Work;
use std::fmt::Write as _;
use tinhgon::rule::{ActBook, RuleBook, RuleFiles};

const KIND: &str = r#"code = "K-CARD"
kind = "card"
title = { vi = "Thẻ", en = "Card" }
source = "people"
names = ["thẻ người dân"]

[[examples]]
text = "Bản sao thẻ người dân"
expect = { card = "replace" }
"#;

const SOURCE: &str = r#"code = "S-PEOPLE"
source = "people"
title = { vi = "Cơ sở dữ liệu người dân", en = "Database of people" }
owner = "Cơ quan"
answers = ["card"]
fields = ["họ tên"]
names = ["dữ liệu người dân"]

[readiness]
published = false
connected = false
"#;

const GROUND: &str = r#"code = "G-LAW"
title = { vi = "Nghị định", en = "Decree" }
document = "1/2026/NĐ-CP"
valid_from = "2026-01-01"
scope = "general"
competence = "ministry"
order = 1
note = { vi = "Không", en = "None" }

[[covers]]
kinds = ["card"]
article = "Điều 1"
"#;

const CUE: &str = r#"code = "C-COPY"
class = "copy"
title = { vi = "Bản sao", en = "Copy" }
words = ["bản sao"]
"#;

/// Name of the mistake, the file it is in, what stands there and what is written instead.
const MISTAKES: &[(&str, &str, &str, &str)] = &[
    ("no TOML", "kinds/card.toml", r"names = [", r"names = [["),
    ("unknown key", "kinds/card.toml", "names =", "name ="),
    ("missing key", "cues/copy.toml", "words = [\"bản sao\"]\n", ""),
    ("a number for a text", "kinds/card.toml", r#"kind = "card""#, "kind = 1"),
    ("one text for a list", "cues/copy.toml", r#"["bản sao"]"#, r#""bản sao""#),
    ("one language", "cues/copy.toml", r#"{ vi = "Bản sao", en = "Copy" }"#, r#"{ vi = "Bản sao" }"#),
    ("unknown class", "cues/copy.toml", r#"class = "copy""#, r#"class = "copies""#),
    ("unknown verdict", "kinds/card.toml", r#"card = "replace""#, r#"card = "replaced""#),
    ("unknown kind in an example", "kinds/card.toml", r"{ card = ", r"{ cards = "),
    ("unknown kind in a source", "sources/people.toml", r#"["card"]"#, r#"["card", "passport"]"#),
    ("unknown kind in a ground", "grounds/law.toml", r#"kinds = ["card"]"#, r#"kinds = ["passport"]"#),
    ("unknown peer", "kinds/card.toml", "names =", "peers = [\"passport\"]\nnames ="),
    ("unknown source", "kinds/card.toml", r#"source = "people""#, r#"source = "persons""#),
    ("a source that does not know the kind", "sources/people.toml", r#"["card"]"#, "[]"),
    ("neither source nor verdict", "kinds/card.toml", "source = \"people\"\n", ""),
    ("both source and verdict", "kinds/card.toml", "names =", "always = \"keep\"\nnames ="),
    ("a verdict that needs a source", "kinds/card.toml", r#"source = "people""#, r#"always = "replace""#),
    ("coverage above all", "sources/people.toml", "connected = false\n", "connected = false\ncoverage = 101\n"),
    ("code of another family", "kinds/card.toml", "K-CARD", "C-CARD"),
    ("code without a name", "kinds/card.toml", "K-CARD", "K-"),
    ("no names", "kinds/card.toml", r#"["thẻ người dân"]"#, "[]"),
    ("no words", "cues/copy.toml", r#"["bản sao"]"#, "[]"),
    ("a person missing", "cues/copy.toml", r#"class = "copy""#, r#"class = "whose""#),
    ("a person too many", "cues/copy.toml", "title =", "person = \"child\"\ntitle ="),
    ("unknown person", "cues/copy.toml", "class = \"copy\"", "class = \"whose\"\nperson = \"cousin\""),
    ("an open parenthesis", "kinds/card.toml", "thẻ người dân\"]", "thẻ (người dân\"]"),
    ("a closed parenthesis", "kinds/card.toml", "thẻ người dân\"]", "thẻ người) dân\"]"),
    ("a bar outside", "kinds/card.toml", "thẻ người dân\"]", "thẻ|sổ\"]"),
    ("an empty phrase", "kinds/card.toml", "thẻ người dân\"]", "(thẻ|)\"]"),
    (
        "too many phrases",
        "kinds/card.toml",
        "thẻ người dân\"]",
        "(a|b|c|d|e|f|g|h|i|k)(a|b|c|d|e|f|g|h|i|k)(a|b|c|d|e|f|g|h|i|k)(a|b|c|d|e|f|g|h|i|k)(a|b|c)\"]",
    ),
    ("two meanings", "cues/copy.toml", r#"["bản sao"]"#, r#"["bản sao", "thẻ người dân"]"#),
    ("an example without a text", "kinds/card.toml", "Bản sao thẻ người dân", " "),
    ("no date", "grounds/law.toml", "2026-01-01", "01/01/2026"),
    ("the end before the start", "grounds/law.toml", "scope =", "valid_to = \"2025-12-31\"\nscope ="),
    ("unknown scope", "grounds/law.toml", r#"scope = "general""#, r#"scope = "some""#),
    ("unknown competence", "grounds/law.toml", r#"competence = "ministry""#, r#"competence = "district""#),
    ("unknown state of a database", "grounds/law.toml", "note =", "requires = \"ready\"\nnote ="),
    ("a listed ground without a list", "grounds/law.toml", r#"scope = "general""#, r#"scope = "listed""#),
    ("a general ground with a list", "grounds/law.toml", "order =", "procedures = [\"1.000001\"]\norder ="),
    ("a kind twice in a ground", "grounds/law.toml", r#"kinds = ["card"]"#, r#"kinds = ["card", "card"]"#),
];

/// Files that take what another file has.
const TAKEN: &[(&str, &str, &str)] = &[
    ("a code taken", "cues/second.toml", CUE),
    ("a kind taken", "kinds/second.toml", KIND),
    ("a source taken", "sources/second.toml", SOURCE),
];

fn folder() -> Work {
    let work = Work::new();
    for (path, text) in [
        ("kinds/card.toml", KIND),
        ("sources/people.toml", SOURCE),
        ("grounds/law.toml", GROUND),
        ("cues/copy.toml", CUE),
    ] {
        work.write(path, text);
    }
    work
}

fn load(work: &Work) -> Result<RuleBook, String> {
    let root = work.path("");
    let files = RuleFiles::open(&root).unwrap();
    RuleBook::load(&files).map_err(|e| e.to_string().replace(&*root.to_string_lossy(), "rules/"))
}

#[test]
fn every_mistake_is_shown_where_it_is() {
    assert!(load(&folder()).is_ok(), "the folder is right before a mistake is made: {:?}", load(&folder()).err());
    let mut shown = String::new();
    let mut show = |name: &str, work: &Work| {
        let error = load(work).expect_err(name);
        let _ = writeln!(shown, "## {name}\n{}\n", error.trim_end());
    };
    for (name, path, right, wrong) in MISTAKES {
        let work = folder();
        let text = work.read(path);
        assert!(text.contains(right), "{name}: {right}");
        work.write(path, text.replacen(right, wrong, 1));
        show(name, &work);
    }
    for (name, path, text) in TAKEN {
        let work = folder();
        work.write(path, text.replacen("K-CARD", "K-OTHER", 1).replacen("S-PEOPLE", "S-OTHER", 1));
        show(name, &work);
    }
    snapbox::assert_data_eq!(shown, snapbox::file!["snapshots/rule_mistakes.txt"]);
}

#[test]
fn examples_that_fail_are_called_noisy_or_missing() {
    let work = folder();
    let examples = r#"
[[examples]]
text = "Đơn theo mẫu"
expect = { card = "replace" }

[[examples]]
text = "Nộp thẻ người dân"
expect = {}
"#;
    work.write("kinds/card.toml", format!("{KIND}{examples}"));
    let run = work.run(&["rules", "test", "."]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    snapbox::assert_data_eq!(
        run.stdout,
        snapbox::str![[r"
Missing	K-CARD#2	card	replace → none	Đơn theo mẫu
Noisy	K-CARD#3	card	none → replace	Nộp thẻ người dân

"]]
    );
}

/// A whole rule folder tests what it says of requests, steps and findings, each failing example on a line.
#[test]
fn examples_of_steps_and_findings_are_run_too() {
    let work = Work::new();
    work.copy_rules();
    assert_eq!(work.run(&["rules", "test", "rules"]).status, 0);
    for (path, right, wrong) in [
        ("rules/patterns/manual_copy.toml", "expect = [\"manual_copy\"]", "expect = [\"double_check\"]"),
        ("rules/detectors/step-copy.toml", "expect = [\"1.000001/s1\"]", "expect = [\"1.000001/s2\"]"),
    ] {
        let text = work.read(path);
        assert!(text.contains(right), "{path}: {right}");
        work.write(path, text.replacen(right, wrong, 1));
    }
    let run = work.run(&["rules", "test", "rules"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stdout.contains("double_check → manual_copy"), "{}", run.stdout);
    assert!(run.stdout.contains("Other\tTL-S-COPY#1\t\t1.000001/s2 → 1.000001/s1"), "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 2, "{}", run.stdout);
}

/// An officer who mistypes a key reads in Vietnamese where it is and what is allowed; `--lang en` switches.
#[test]
fn a_mistake_is_told_in_the_language_of_the_person() {
    let work = folder();
    let text = work.read("kinds/card.toml");
    work.write("kinds/card.toml", text.replacen("names =", "name =", 1));
    for (lang, begin, said) in [("vi", "Lỗi: ", "không có khóa `name`"), ("en", "error: ", "unknown field `name`")]
    {
        let run = work.run(&["--lang", lang, "rules", "test", "."]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.starts_with(begin) && run.stderr.contains(said), "{}", run.stderr);
    }
}

/// What tells an act may stand in two files, but not under one code.
#[test]
fn files_of_one_act_have_codes_of_their_own() {
    let act = |code: &str| {
        format!(
            "code = \"{code}\"\nact = \"decide\"\ntitle = {{ vi = \"Cấp\", en = \"Issue\" }}\n\n[[cues]]\nwords = [\"cấp thẻ\"]\n"
        )
    };
    for (second, right) in [("A-SECOND", true), ("A-FIRST", false)] {
        let work = Work::new();
        work.write("acts/first.toml", act("A-FIRST"));
        work.write("acts/second.toml", act(second));
        let loaded = ActBook::load(&RuleFiles::open(&work.path("")).unwrap()).map_err(|e| e.to_string());
        assert_eq!(loaded.is_ok(), right);
        if let Err(message) = loaded {
            assert!(message.contains("second.toml") && message.contains("`A-FIRST`"), "{message}");
        }
    }
}

/// "#" is any number in what stands behind a cue, but what stands right before it is compared letter by letter.
#[test]
fn any_number_stands_right_before_no_cue() {
    for (key, right) in [("then", true), ("next", true), ("not_after", false), ("only_after", false)] {
        let work = Work::new();
        work.write(
            "acts/issue.toml",
            format!(
                "code = \"A-ISSUE\"\nact = \"decide\"\ntitle = {{ vi = \"Cấp\", en = \"Issue\" }}\n\n[[cues]]\nwords = [\"cấp # thẻ\"]\n{key} = [\"# ngày\"]\n"
            ),
        );
        let loaded = ActBook::load(&RuleFiles::open(&work.path("")).unwrap()).map_err(|e| e.to_string());
        assert_eq!(loaded.is_ok(), right, "{key}");
        if let Err(message) = loaded {
            assert!(
                message.contains("issue.toml") && message.contains("line 7") && message.contains("\"#\""),
                "{message}"
            );
        }
    }
}
