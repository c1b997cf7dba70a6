//! `tinhgon completions SHELL`: completion script on stdout.

use super::{Context, Outcome, help};
use clap::Args;
use clap_complete::Shell;

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(options: &Options, context: &Context) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut help::command(&context.messages), "tinhgon", &mut script);
    super::terminal::print(&String::from_utf8_lossy(&script));
    Outcome::Done
}
