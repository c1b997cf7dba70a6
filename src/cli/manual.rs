//! `tinhgon man [DIR]`: the manual, on stdout or as one page a command.

use super::{Context, Outcome, help};
use crate::error::Error;
use anyhow::Result;
use clap::{Args, Command};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let command = help::command(&context.messages);
    let Some(folder) = &options.folder else {
        super::terminal::print(&page(command, "tinhgon")?);
        return Ok(Outcome::Done);
    };
    std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
    write(&command, "tinhgon", folder)?;
    context.say("man-done", &[("folder", &folder.display().to_string())]);
    Ok(Outcome::Done)
}

/// Writes the page of a command and of all below it.
fn write(command: &Command, name: &str, folder: &Path) -> Result<()> {
    let path = folder.join(format!("{name}.1"));
    std::fs::write(&path, page(command.clone(), name)?).map_err(Error::io(&path))?;
    for below in command.get_subcommands() {
        write(below, &format!("{name}-{}", below.get_name()), folder)?;
    }
    Ok(())
}

fn page(command: Command, name: &str) -> Result<String> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).title(name).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
