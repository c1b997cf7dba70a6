//! placeholder
use super::{Context, Outcome};
use clap::Args;
#[derive(Debug, Args)]
pub struct Options {}
pub fn run(_: &Options, _: Context, _: bool) -> anyhow::Result<Outcome> {
    Ok(Outcome::Done)
}
