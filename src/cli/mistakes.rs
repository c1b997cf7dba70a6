//! What to say of the most likely mistakes, in the language of the person, with what to do next.

use super::Outcome;
use crate::error::Error;
use crate::message::{Lang, Messages};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use regex::Regex;
use std::io;

/// Messages under this key stand for lines that the program or a library says in English.
const OF_FILES: &str = "file-";

/// An error of the file system, or of a file of rules or settings, in words that say what to do; others as they are.
pub fn advise(error: anyhow::Error, messages: &Messages) -> anyhow::Error {
    let (path, source) = match error.downcast_ref::<Error>() {
        Some(Error::Io { path, source }) => (path, source),
        Some(Error::Rule { path, message }) if messages.lang == Lang::Vi => {
            let lines: Vec<String> = message.lines().map(|line| Translation::of(messages).line(line)).collect();
            return anyhow::anyhow!("{}: {}", path.display(), lines.join("\n"));
        }
        _ => return error,
    };
    let key = match source.kind() {
        io::ErrorKind::NotFound => "mistake-not-found",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "mistake-denied",
        io::ErrorKind::StorageFull => "mistake-full",
        io::ErrorKind::IsADirectory => "mistake-folder",
        io::ErrorKind::NotADirectory => "mistake-file",
        _ => return error,
    };
    anyhow::anyhow!(messages.text(key, &[("path", &path.display().to_string())]))
}

/// The lines said in English that have a Vietnamese wording, each as a pattern whose groups are its blanks.
struct Translation<'a>(Vec<(Regex, &'a str)>);

impl<'a> Translation<'a> {
    fn of(messages: &'a Messages) -> Self {
        let of_files = messages.entries().filter(|(key, _)| key.starts_with(OF_FILES));
        let mut lines: Vec<_> = of_files.map(|(_, text)| (text.en.as_str(), text.vi.as_str())).collect();
        // The line that says most in words of its own is tried first.
        lines.sort_by_key(|(en, _)| std::cmp::Reverse(en.len()));
        let pattern = |en: &str| {
            let blanks = regex::escape(en).replace(r"\{1\}", "(.+?)").replace(r"\{2\}", "(.+)");
            Regex::new(&format!("^{blanks}$")).ok()
        };
        Translation(lines.into_iter().filter_map(|(en, vi)| Some((pattern(en)?, vi))).collect())
    }

    /// A line in Vietnamese, what fills its blanks too; as it is where no message has it.
    fn line(&self, line: &str) -> String {
        let Some((groups, vi)) = self.0.iter().find_map(|(en, vi)| Some((en.captures(line)?, vi))) else {
            return line.to_owned();
        };
        (1..groups.len()).fold((*vi).to_owned(), |text, at| text.replace(&format!("{{{at}}}"), &self.line(&groups[at])))
    }
}

/// Help and version go to stdout with status 0, wrong arguments to stderr with status 2.
pub fn usage(error: &clap::Error, messages: &Messages) -> anyhow::Result<Outcome> {
    match explained(error, messages) {
        Some(text) if error.use_stderr() => {
            super::terminal::report(&anyhow::anyhow!(text), messages);
            Ok(Outcome::Failed)
        }
        _ => super::terminal::usage(error),
    }
}

/// A wrong command line in the language of `messages`; none for what is not foreseen here.
fn explained(error: &clap::Error, messages: &Messages) -> Option<String> {
    let (key, what) = match error.kind() {
        ErrorKind::InvalidSubcommand => ("mistake-command", ContextKind::InvalidSubcommand),
        ErrorKind::UnknownArgument => ("mistake-argument", ContextKind::InvalidArg),
        ErrorKind::MissingRequiredArgument | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            ("mistake-missing", ContextKind::InvalidArg)
        }
        ErrorKind::InvalidValue => ("mistake-value", ContextKind::InvalidArg),
        ErrorKind::ValueValidation => ("mistake-value-form", ContextKind::InvalidArg),
        ErrorKind::ArgumentConflict => ("mistake-conflict", ContextKind::InvalidArg),
        _ => return None,
    };
    let named = |kind| error.get(kind).map(words).unwrap_or_default();
    let args = [
        ("what", named(what)),
        ("value", named(ContextKind::InvalidValue)),
        ("allowed", named(ContextKind::ValidValue)),
        ("other", named(ContextKind::PriorArg)),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let suggestions = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let meant = suggestions.into_iter().map(named).find(|s| !s.is_empty());
    let meant =
        meant.map(|what| format!(" {}", messages.text("mistake-meant", &[("what", &what)]))).unwrap_or_default();
    Some(format!("{}{meant}\n{}", messages.text(key, &args), messages.text("mistake-help", &[])))
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(list) => list.join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleFiles;

    #[test]
    fn a_wrong_command_line_is_explained_in_both_languages() {
        for (lang, unknown, missing) in
            [(Lang::Vi, "không có lệnh «reprot»", "còn thiếu"), (Lang::En, "no command “reprot”", "missing")]
        {
            let messages = Messages::load(&RuleFiles::embedded(), lang).unwrap();
            let said = |args: &[&str]| {
                let error = super::super::help::command(&messages).try_get_matches_from(args).unwrap_err();
                explained(&error, &messages).unwrap()
            };
            let text = said(&["tinhgon", "reprot"]);
            assert!(text.contains(unknown) && text.contains("report"), "{text}");
            let text = said(&["tinhgon", "analyze", "x"]);
            assert!(text.contains(missing) && text.contains("--out"), "{text}");
            let text = said(&["tinhgon", "report", "x", "--format", "pdf"]);
            assert!(text.contains("pdf") && text.contains("docx"), "{text}");
            let text = said(&["tinhgon", "run", "--outt", "x"]);
            assert!(text.contains("--outt") && text.contains(": --out?"), "{text}");
        }
    }

    #[test]
    fn a_missing_file_is_named_with_what_to_do() {
        let messages = Messages::load(&RuleFiles::embedded(), Lang::Vi).unwrap();
        let error = Error::io("thiếu.xlsx")(io::Error::from(io::ErrorKind::NotFound));
        let text = advise(error.into(), &messages).to_string();
        assert!(text.contains("thiếu.xlsx") && !text.contains("entity"), "{text}");
    }

    /// The snapshot holds every mistake a rule file can have; carets stand under what is wrong, then comes what is said of it.
    #[test]
    fn every_mistake_in_a_rule_file_is_told_in_vietnamese() {
        let messages = Messages::load(&RuleFiles::embedded(), Lang::Vi).unwrap();
        let translation = Translation::of(&messages);
        let shown = include_str!("../../tests/suite/snapshots/rule_mistakes.txt");
        let mut carets = false;
        let mut told = 0;
        for line in shown.lines() {
            let place = line.rsplit_once(": ").filter(|_| line.contains(" error at line ")).map(|(_, place)| place);
            if let Some(said) = place.or(Some(line).filter(|_| carets)) {
                assert_ne!(translation.line(said), said);
                told += 1;
            }
            carets = line.contains('|') && line.ends_with('^');
        }
        assert!(told > 80, "{told}");
    }

    /// What the reader of TOML says of a broken file, however it is broken.
    #[test]
    fn broken_toml_is_told_in_vietnamese() {
        let messages = Messages::load(&RuleFiles::embedded(), Lang::Vi).unwrap();
        let translation = Translation::of(&messages);
        for text in [
            "a = [1",
            "a = [1 2]",
            "a = \"x",
            "a = x",
            "a 1",
            "a =",
            "[a",
            "[[a]",
            "a = 1\na = 2",
            "[a]\n[a]",
            "ô = 1",
            "a = { b = 1",
            "a = { b = 1 c = 2 }",
            "a = 1 b",
        ] {
            let error = toml::from_str::<toml::Table>(text).unwrap_err().to_string();
            let said = error.lines().last().unwrap();
            assert_ne!(translation.line(said), said, "{text}");
        }
    }

    #[test]
    fn a_mistake_in_a_file_keeps_its_place_and_what_was_written() {
        let message = "TOML parse error at line 2, column 8\n  |\n2 | kind = 1\n  |        ^\ninvalid type: integer `1`, expected a string";
        let error = || anyhow::Error::from(Error::Rule { path: "card.toml".into(), message: message.to_owned() });
        for (lang, expected) in [
            (
                Lang::Vi,
                "card.toml: tệp chưa đúng ở dòng 2, cột 8\n  |\n2 | kind = 1\n  |        ^\nsai loại giá trị: đã viết số 1, phải là một chuỗi chữ đặt trong dấu ngoặc kép",
            ),
            (Lang::En, &*format!("card.toml: {message}")),
        ] {
            let messages = Messages::load(&RuleFiles::embedded(), lang).unwrap();
            assert_eq!(advise(error(), &messages).to_string(), expected);
        }
        let messages = Messages::load(&RuleFiles::embedded(), Lang::Vi).unwrap();
        let unforeseen = Error::Rule { path: "a.toml".into(), message: "some library says so".to_owned() };
        assert_eq!(advise(unforeseen.into(), &messages).to_string(), "a.toml: some library says so");
    }
}
