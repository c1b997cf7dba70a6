//! Help texts in both languages: clap's command with the words of `rules/messages/help.toml`.

use super::Cli;
use crate::message::Messages;
use clap::{Arg, ArgAction, Command, CommandFactory};

/// The command with help in the language of `messages`.
pub fn command(messages: &Messages) -> Command {
    let mut command = localise(Cli::command(), "tinhgon", messages)
        .disable_version_flag(true)
        .arg(flag("version", 'V', ArgAction::Version, messages))
        .subcommand_help_heading(messages.text("help-heading-commands", &[]))
        .subcommand_value_name(messages.text("help-value-command", &[]));
    command.build();
    command
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
        .arg(flag("help", 'h', ArgAction::Help, messages));
    if let Some(examples) = text(format!("examples-{name}")) {
        command = command.after_help(examples);
    }
    for (id, positional) in arguments {
        let help = text(format!("help-{name}-{id}")).or_else(|| text(format!("help-{id}"))).unwrap_or_default();
        let heading = messages.text(if positional { "help-heading-arguments" } else { "help-heading-options" }, &[]);
        command = command.mut_arg(id, |arg| arg.help(help).help_heading(heading));
    }
    for subcommand in subcommands {
        command = command.mut_subcommand(&subcommand, |c| localise(c, &subcommand, messages));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;
    use crate::rule::RuleFiles;

    #[test]
    fn every_command_and_argument_is_explained_in_both_languages() {
        for lang in [Lang::Vi, Lang::En] {
            let command = command(&Messages::load(&RuleFiles::embedded(), lang).unwrap());
            for sub in std::iter::once(&command).chain(command.get_subcommands()) {
                let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
                assert!(!about.is_empty(), "{} {lang:?}", sub.get_name());
                for arg in sub.get_arguments().filter(|a| !a.is_hide_set()) {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    assert!(
                        !help.is_empty() && !help.starts_with("help-"),
                        "{} {} {lang:?}",
                        sub.get_name(),
                        arg.get_id()
                    );
                }
            }
        }
    }
}
