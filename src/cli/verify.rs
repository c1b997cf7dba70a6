//! `tinhgon verify RUN`: are the outputs of a folder still those that were written, and does the chain of a ledger hold?

use super::audit::open_ledger;
use super::{Context, Outcome};
use crate::error::Error;
use crate::output::{Manifest, sha256};
use anyhow::Result;
use clap::Args;
use minisign_verify::{PublicKey, Signature};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(value_name = "RUN", required_unless_present = "ledger")]
    folder: Option<PathBuf>,
    #[arg(long, value_name = "DIR", requires = "folder")]
    inputs: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "ledger")]
    public_key: Option<PathBuf>,
}

pub fn run(options: &Options, context: &Context) -> Result<Outcome> {
    let mut good = true;
    if let Some(folder) = &options.folder {
        good &= is_folder_good(folder, options.inputs.as_deref(), context)?;
    }
    if let Some(path) = &options.ledger {
        good &= is_ledger_good(path, options.public_key.as_deref(), context)?;
    }
    Ok(if good { Outcome::Done } else { Outcome::Findings })
}

fn is_folder_good(folder: &Path, inputs: Option<&Path>, context: &Context) -> Result<bool> {
    let manifest = Manifest::read(folder)?;
    let outputs = manifest.outputs.iter().map(|o| (folder.join(&o.path), o.sha256.as_str()));
    let inputs = inputs.iter().flat_map(|base| {
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
    let good = wrong == 0 && balance;
    let key = if good { "verify-done" } else { "verify-failed" };
    context.say(key, &[("checked", &checked.to_string()), ("wrong", &wrong.to_string())]);
    Ok(good)
}

fn is_unchanged(path: &Path, expected: &str) -> Result<bool> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(sha256(&bytes) == expected),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(Error::io(path)(e).into()),
    }
}

/// Walks the chain and, with a key, checks the detached signature beside the ledger. A broken chain is said with its line.
fn is_ledger_good(path: &Path, key: Option<&Path>, context: &Context) -> Result<bool> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(Error::io(path))?;
    let ledger = match open_ledger(path, context) {
        Ok(ledger) => ledger,
        Err(broken) => {
            super::terminal::say(&broken.to_string());
            return Ok(false);
        }
    };
    let entries = ledger.entries().len().to_string();
    context.say("ledger-good", &[("path", &shown), ("entries", &entries), ("head", ledger.head())]);
    let Some(key) = key else { return Ok(true) };
    let beside = PathBuf::from(format!("{shown}.minisig"));
    let read = |path: &Path| std::fs::read_to_string(path).map_err(Error::io(path));
    match signed(&bytes, &read(key)?, &read(&beside)?) {
        Ok(comment) => context.say("ledger-signed", &[("path", &shown), ("comment", &comment)]),
        Err(reason) => {
            context.say("ledger-signature-bad", &[("path", &shown), ("reason", &reason)]);
            return Ok(false);
        }
    }
    Ok(true)
}

/// The trusted comment of a minisign signature that fits the bytes and the key; else why it does not. A key file holds a
/// comment and the key, or the key alone.
fn signed(bytes: &[u8], key: &str, signature: &str) -> std::result::Result<String, String> {
    let key = PublicKey::decode(key).or_else(|_| PublicKey::from_base64(key.trim())).map_err(|e| e.to_string())?;
    let signature = Signature::decode(signature).map_err(|e| e.to_string())?;
    key.verify(bytes, &signature, false).map_err(|e| e.to_string())?;
    Ok(signature.trusted_comment().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published example of the format (minisign, public domain).
    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    const SIGNATURE: &str = "untrusted comment: signature from minisign secret key
RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
trusted comment: timestamp:1633700835\tfile:test\tprehashed
wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==";

    #[test]
    fn a_signature_holds_for_its_bytes_and_no_others() {
        assert!(signed(b"test", KEY, SIGNATURE).is_ok());
        assert!(signed(b"tesu", KEY, SIGNATURE).is_err());
        assert!(signed(b"test", &KEY.replace("73Y7", "73Y8"), SIGNATURE).is_err());
        let comment = SIGNATURE.replace("file:test", "file:tost");
        assert!(comment != SIGNATURE && signed(b"test", KEY, &comment).is_err());
    }
}
