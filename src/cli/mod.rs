//! The command line: the only room that knows clap, indicatif, the terminal and exit codes. One file a command.

mod analysis;
mod analyze;
mod audit;
mod completions;
mod explain;
mod generate;
mod help;
mod ingest;
mod init;
mod manual;
mod mistakes;
mod progress;
mod propose;
mod received;
mod report;
mod rules;
mod rules_examples;
mod rules_steps;
mod run;
mod similar;
mod suppressions;
mod terminal;
mod verify;
mod volumes;

use crate::message::{Lang, Messages};
use crate::rule::{Defaults, RuleFiles};
use anyhow::Result;
use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

pub use terminal::Outcome;

#[derive(Debug, Parser)]
#[command(name = "tinhgon", version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Common {
    #[arg(long, global = true, value_enum)]
    lang: Option<LangName>,
    #[arg(long, global = true, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LangName {
    Vi,
    En,
}

impl From<LangName> for Lang {
    fn from(name: LangName) -> Lang {
        match name {
            LangName::Vi => Lang::Vi,
            LangName::En => Lang::En,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Options),
    Run(run::Options),
    Ingest(ingest::Options),
    Analyze(analyze::Options),
    Explain(explain::Options),
    Rules(rules::Options),
    Similar(similar::Options),
    Verify(verify::Options),
    Completions(completions::Options),
    Man(manual::Options),
    Propose(propose::Options),
    Progress(progress::Options),
    Audit(audit::Options),
    Report(report::Options),
    Volumes(volumes::Options),
    Generate(generate::Options),
}

impl Command {
    /// The name under which the command has its texts.
    fn name(&self) -> &'static str {
        match self {
            Command::Ingest(_) => "ingest",
            Command::Analyze(_) => "analyze",
            Command::Propose(_) => "propose",
            Command::Progress(_) => "progress",
            Command::Audit(_) => "audit",
            Command::Volumes(_) => "volumes",
            Command::Generate(_) => "generate",
            _ => "",
        }
    }
}

/// What every command needs: language, messages and rules.
#[derive(Debug)]
struct Context {
    messages: Messages,
    rules: RuleFiles,
    defaults: Defaults,
}

impl Context {
    fn new(lang: Lang, rules: Option<&Path>) -> Result<Self> {
        let rules = rules.map_or_else(|| Ok(RuleFiles::embedded()), RuleFiles::open)?;
        Ok(Context { messages: Messages::load(&rules, lang)?, defaults: Defaults::load(&rules)?, rules })
    }

    /// A message, for stderr or a report.
    fn text(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.messages.text(key, args)
    }

    /// Prints a message on stderr.
    fn say(&self, key: &str, args: &[(&str, &str)]) {
        terminal::say(&self.text(key, args));
    }
}

/// Runs the program on its arguments, the first being its own name; says on stderr why it could not.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Outcome {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = language(&args);
    let help = match Context::new(lang, None) {
        Ok(help) => help,
        Err(error) => {
            terminal::say(&error.to_string());
            return Outcome::Failed;
        }
    };
    terminal::stop_cleanly(&help.text("interrupted", &[]));
    attempt(args, lang, &help).unwrap_or_else(|error| {
        terminal::report(&mistakes::advise(error, &help.messages), &help.messages);
        Outcome::Failed
    })
}

fn attempt(args: Vec<OsString>, lang: Lang, help: &Context) -> Result<Outcome> {
    let matches = help::command(&help.messages).try_get_matches_from(args);
    let cli = match matches.and_then(|m| Cli::from_arg_matches(&m)) {
        Ok(cli) => cli,
        Err(error) => return mistakes::usage(&error, &help.messages),
    };
    let context = Context::new(lang, cli.common.rules.as_deref())?;
    let name = cli.command.name();
    let outcome = dispatch(cli.command, context, cli.common.lang.is_some());
    let next = format!("next-{name}");
    if matches!(outcome, Ok(Outcome::Done | Outcome::Findings)) && help.messages.contains(&next) {
        help.say(&next, &[]);
    }
    outcome
}

fn dispatch(command: Command, context: Context, is_lang_given: bool) -> Result<Outcome> {
    match command {
        Command::Init(options) => init::run(&options, &context),
        Command::Run(options) => run::run(&options, context, is_lang_given),
        Command::Ingest(options) => ingest::run(&options, &context),
        Command::Analyze(options) => analyze::run(&options, &context),
        Command::Explain(options) => explain::run(&options, &context),
        Command::Rules(options) => rules::run(&options, &context),
        Command::Similar(options) => similar::run(&options, &context),
        Command::Verify(options) => verify::run(&options, &context),
        Command::Completions(options) => Ok(completions::run(&options, &context)),
        Command::Man(options) => manual::run(&options, &context),
        Command::Propose(options) => propose::run(&options, &context),
        Command::Progress(options) => progress::run(&options, &context),
        Command::Audit(options) => audit::run(&options, &context),
        Command::Report(options) => report::run(&options, &context),
        Command::Volumes(options) => volumes::run(&options, &context),
        Command::Generate(options) => generate::run(&options, &context),
    }
}

/// The language has to be known before the arguments are parsed, because help and errors speak it.
fn language(args: &[OsString]) -> Lang {
    let words: Vec<_> = args.iter().map(|a| a.to_string_lossy()).collect();
    let is_english =
        words.iter().any(|w| w == "--lang=en") || words.windows(2).any(|w| w[0] == "--lang" && w[1] == "en");
    if is_english { Lang::En } else { Lang::Vi }
}
