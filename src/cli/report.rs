//! `tinhgon report`: not in this version yet; says so and stops.

use super::{Context, Outcome};
use anyhow::Result;
use clap::Args;
use std::ffi::OsString;

#[derive(Debug, Args)]
pub struct Options {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    rest: Vec<OsString>,
}

pub fn run(_options: &Options, context: &Context) -> Result<Outcome> {
    anyhow::bail!(context.text("not-built-yet", &[("command", "report")]))
}
