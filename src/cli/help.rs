//! Help texts in both languages: clap's command with the words of `rules/messages/help.toml`.

use super::Cli;
use crate::message::Messages;
use clap::{Arg, ArgAction, Command, CommandFactory};

/// The command with help in the language of `messages`.
pub fn command(messages: &Messages) -> Command {
    let mut command = localise(Cli::command(), "tinhgon", messages).disable_version_flag(true).arg(flag(
        "version",
        'V',
        ArgAction::Version,
        messages,
    ));
    command.build();
    with_usage(command, messages)
}

/// The usage lines of a built command and of those below it, with the words of clap in the language of `messages`.
fn with_usage(mut command: Command, messages: &Messages) -> Command {
    let options = format!("[{}]", messages.text("help-heading-options", &[]).to_uppercase());
    let usage = command.render_usage().to_string().replace("[OPTIONS]", &options);
    let usage = usage.trim_start_matches("Usage:").trim().to_owned();
    let below: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in below {
        command = command.mut_subcommand(&name, |c| with_usage(c, messages));
    }
    command.override_usage(usage)
}

fn flag(name: &'static str, short: char, action: ArgAction, messages: &Messages) -> Arg {
    Arg::new(name)
        .long(name)
        .short(short)
        .action(action)
        .help(messages.text(&format!("help-{name}"), &[]))
        .help_heading(messages.text("help-heading-options", &[]))
}

/// Every text has a key: `about-COMMAND`, `help-COMMAND-ARGUMENT`, else `help-ARGUMENT` for shared arguments.
fn localise(command: Command, name: &str, messages: &Messages) -> Command {
    let text = |key: String| messages.contains(&key).then(|| messages.text(&key, &[]));
    let usage = messages.text("help-usage", &[]);
    let template = format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}");
    let arguments: Vec<(String, bool)> =
        command.get_arguments().map(|a| (a.get_id().to_string(), a.is_positional())).collect();
    let subcommands: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let mut command = command
        .help_template(template)
        .about(text(format!("about-{name}")).unwrap_or_default())
        .disable_help_flag(true)
        .subcommand_help_heading(messages.text("help-heading-commands", &[]))
        .subcommand_value_name(messages.text("help-value-command", &[]))
        .arg(flag("help", 'h', ArgAction::Help, messages));
    if let Some(examples) = text(format!("examples-{name}")) {
        command = command.after_help(examples);
    }
    for (id, positional) in arguments {
        let help = text(format!("help-{name}-{id}")).or_else(|| text(format!("help-{id}"))).unwrap_or_default();
        let heading = messages.text(if positional { "help-heading-arguments" } else { "help-heading-options" }, &[]);
        command = command.mut_arg(id, |arg| with_values(arg, help, messages).help_heading(heading));
    }
    for subcommand in subcommands {
        command = command.mut_subcommand(&subcommand, |c| localise(c, &subcommand, messages));
    }
    command
}

/// The help of an argument, followed by its default and the values it takes, which clap would name in English.
fn with_values(arg: Arg, help: String, messages: &Messages) -> Arg {
    if !arg.get_action().takes_values() {
        return arg.help(help);
    }
    let names = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
    let defaults = arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect();
    let parts: [(&str, Vec<String>); 2] = [("help-values", names), ("help-default", defaults)];
    let told = parts.into_iter().filter(|(_, values)| !values.is_empty());
    let help =
        told.fold(help, |help, (key, values)| format!("{help} [{}: {}]", messages.text(key, &[]), values.join(", ")));
    arg.help(help).hide_possible_values(true).hide_default_value(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;
    use crate::rule::RuleFiles;

    fn explained(command: &Command, path: &str, lang: Lang) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(!about.is_empty(), "{path} {lang:?}");
        let is_leaf = command.get_subcommands().next().is_none();
        assert!(!is_leaf || command.get_after_help().is_some(), "{path} has no example in {lang:?}");
        for arg in command.get_arguments().filter(|a| !a.is_hide_set()) {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                !help.is_empty() && !help.starts_with("help-") && !help.starts_with('['),
                "{path} {} {lang:?}",
                arg.get_id()
            );
        }
        for below in command.get_subcommands() {
            explained(below, &format!("{path} {}", below.get_name()), lang);
        }
    }

    #[test]
    fn every_command_and_argument_is_explained_in_both_languages_with_an_example() {
        for (lang, words) in [(Lang::Vi, "[TÙY CHỌN]"), (Lang::En, "[OPTIONS]")] {
            let mut command = command(&Messages::load(&RuleFiles::embedded(), lang).unwrap());
            explained(&command, "tinhgon", lang);
            let help = command.find_subcommand_mut("rules").unwrap().render_help().to_string();
            assert!(help.contains(words) && help.contains("tinhgon rules"), "{help}");
            assert!(lang == Lang::En || !help.contains("Commands:"), "{help}");
        }
    }
}
