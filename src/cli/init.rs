//! `tinhgon init DIR`: a work folder with a commented `tinhgon.toml` and the sample inputs.

use super::{Context, Outcome};
use crate::error::Error;
use anyhow::Result;
use clap::Args;
use include_dir::{Dir, include_dir};
use std::path::{Path, PathBuf};

static SAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/datasets");

/// The settings of the sample, below its folder.
pub const SETTINGS: &str = "tinhgon.toml";

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let occupied = options.folder.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        anyhow::bail!(context.text("init-occupied", &[("folder", &options.folder.display().to_string())]));
    }
    unpack_sample(&options.folder)?;
    let config = options.folder.join(SETTINGS);
    context
        .say("init-done", &[("out", &options.folder.display().to_string()), ("config", &config.display().to_string())]);
    Ok(Outcome::Done)
}

/// Writes the sample inputs and their settings into a folder.
pub fn unpack_sample(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
    SAMPLE.extract(folder).map_err(Error::io(folder))?;
    Ok(())
}
