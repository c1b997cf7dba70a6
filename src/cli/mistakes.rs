//! What to say of the most likely mistakes, in the language of the person, with what to do next.

use super::Outcome;
use crate::error::Error;
use crate::message::Messages;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::io;

/// An error of the file system in words that say what to do; others as they are.
pub fn advise(error: anyhow::Error, messages: &Messages) -> anyhow::Error {
    let Some(Error::Io { path, source }) = error.downcast_ref::<Error>() else { return error };
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

/// Help and version go to stdout with status 0, wrong arguments to stderr with status 2.
pub fn usage(error: &clap::Error, messages: &Messages) -> anyhow::Result<Outcome> {
    match explained(error, messages) {
        Some(text) if error.use_stderr() => {
            super::terminal::say(&format!("error: {text}"));
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
    use crate::message::Lang;
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
}
