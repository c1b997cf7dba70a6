//! placeholder
use super::{Context, Outcome};
use clap::Args;
#[derive(Debug, Args)]
pub struct Options {}
pub fn run(_: &Options, _: &Context) -> anyhow::Result<Outcome> {
    Ok(Outcome::Done)
}
