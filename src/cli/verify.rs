//! `tinhgon verify RUN`: are the outputs of a folder still those that were written?

use super::{Context, Outcome};
use crate::error::Error;
use crate::output::{Manifest, sha256};
use anyhow::Result;
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "RUN")]
    folder: PathBuf,
    #[arg(long, value_name = "DIR")]
    inputs: Option<PathBuf>,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let manifest = Manifest::read(&options.folder)?;
    let outputs = manifest.outputs.iter().map(|o| (options.folder.join(&o.path), o.sha256.as_str()));
    let inputs = options.inputs.iter().flat_map(|base| {
        // Entries of archives were hashed unpacked; only whole files can be compared.
        manifest.inputs.iter().map(move |i| (base.join(&i.path), i.sha256.as_str())).filter(|(path, _)| path.exists())
    });
    let mut checked = 0;
    let mut wrong = 0;
    for (path, expected) in outputs.chain(inputs) {
        checked += 1;
        if !is_unchanged(&path, expected)? {
            wrong += 1;
            context.say("verify-changed", &[("path", &path.display().to_string())]);
        }
    }
    let balance = manifest.inputs.iter().all(|i| i.read == i.accepted + i.rejected);
    if !balance {
        context.say("verify-balance", &[]);
    }
    let key = if wrong == 0 && balance { "verify-done" } else { "verify-failed" };
    context.say(key, &[("checked", &checked.to_string()), ("wrong", &wrong.to_string())]);
    Ok(if wrong == 0 && balance { Outcome::Done } else { Outcome::Findings })
}

fn is_unchanged(path: &Path, expected: &str) -> Result<bool> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(sha256(&bytes) == expected),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(Error::io(path)(e).into()),
    }
}
