//! Output folders that are whole or not there: written aside, then renamed into place.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Name of the file that marks a folder as written by this program.
pub const MANIFEST: &str = "manifest.json";

/// One input of a run and what became of it; `read = accepted + rejected`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InputSummary {
    /// Path relative to the folder given; inside an archive `archive.zip/inner.json`.
    pub path: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Name of the format; empty when none was recognised.
    pub format: String,
    /// Records or data rows read.
    pub read: u64,
    /// Of these, kept.
    pub accepted: u64,
    /// Of these, left out; each is in `problems` with its raw text.
    pub rejected: u64,
}

impl InputSummary {
    /// A file that a command reads beside its catalogue: volumes, a register, suppressions. Its rows are not counted.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn beside(path: &Path, format: &str) -> Result<Self> {
        let content = std::fs::read(path).map_err(Error::io(path))?;
        Ok(InputSummary {
            path: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            sha256: sha256(&content),
            bytes: content.len() as u64,
            format: format.to_owned(),
            ..InputSummary::default()
        })
    }
}

/// One file written, for `verify`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutputFile {
    /// Path below the output folder.
    pub path: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
}

/// `manifest.json`: what a folder was made from, with which rules, and what it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name and version of the program.
    pub tool: String,
    /// What the folder is: `catalog`, `analysis`, `run` …
    pub kind: String,
    /// Hash of the rule set.
    pub rules: String,
    /// The date that stands for today, `YYYY-MM-DD`; empty when nothing depends on it.
    pub as_of: String,
    /// The catalogue folder an analysis was made of, as one walks to it from the analysis; empty for other folders.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub catalog: String,
    /// Inputs, sorted by path.
    pub inputs: Vec<InputSummary>,
    /// Counts by name, such as the rows of each table.
    pub counts: std::collections::BTreeMap<String, u64>,
    /// Files written, sorted by path; the manifest itself is not among them.
    pub outputs: Vec<OutputFile>,
}

impl Manifest {
    /// An empty manifest of a kind of folder.
    #[must_use]
    pub fn new(kind: &str, rules: &str) -> Self {
        Manifest {
            tool: concat!("tinhgon ", env!("CARGO_PKG_VERSION")).to_owned(),
            kind: kind.to_owned(),
            rules: rules.to_owned(),
            ..Manifest::default()
        }
    }

    /// Reads the manifest of a folder.
    ///
    /// # Errors
    /// When it is missing or no manifest.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(MANIFEST);
        let text = std::fs::read_to_string(&path).map_err(Error::io(&path))?;
        serde_json::from_str(&text).map_err(|e| Error::Table { path, message: e.to_string() })
    }
}

/// How one walks from a folder to another: `../catalog`. Both may be relative to the working folder and need not be there.
///
/// # Errors
/// When the working folder cannot be told.
pub fn way(from: &Path, to: &Path) -> Result<PathBuf> {
    let whole = |path: &Path| std::path::absolute(path).map_err(Error::io(path));
    let (from, to) = (whole(from)?, whole(to)?);
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| std::path::Component::ParentDir);
    Ok(up.chain(to.components().skip(shared)).collect())
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A folder being written aside. Dropped without [`OutputFolder::commit`], it vanishes and the old one stays.
#[derive(Debug)]
pub struct OutputFolder {
    target: PathBuf,
    aside: PathBuf,
    done: bool,
}

impl OutputFolder {
    /// Starts a folder that will replace `target`.
    ///
    /// # Errors
    /// When `target` holds files that this program did not write, or the place cannot be written.
    pub fn begin(target: &Path) -> Result<Self> {
        let name = target.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.is_empty() {
            return Err(Error::Usage(format!("{}: không phải tên thư mục / not a folder name", target.display())));
        }
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(Error::io(parent))?;
        restore(target, &parent.join(format!(".{name}.old")))?;
        if !is_replaceable(target)? {
            return Err(Error::Usage(format!(
                "{0}: thư mục có tệp không do tinhgon ghi; hãy chọn thư mục khác / {0}: holds files not written by tinhgon; choose another folder",
                target.display()
            )));
        }
        let aside = parent.join(format!(".{name}.partial"));
        remove(&aside)?;
        std::fs::create_dir_all(&aside).map_err(Error::io(&aside))?;
        Ok(OutputFolder { target: target.to_owned(), aside, done: false })
    }

    /// Where to write for now.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.aside
    }

    /// Lists and hashes what was written, adds the manifest, and puts the folder in its place.
    ///
    /// # Errors
    /// When a file cannot be read or moved; the old folder then stays.
    pub fn commit(mut self, manifest: Manifest) -> Result<()> {
        seal(&self.aside, manifest)?;
        let old = self.aside.with_extension("old");
        remove(&old)?;
        if self.target.exists() {
            std::fs::rename(&self.target, &old).map_err(Error::io(&self.target))?;
        }
        std::fs::rename(&self.aside, &self.target).map_err(Error::io(&self.target))?;
        self.done = true;
        remove(&old)
    }
}

impl Drop for OutputFolder {
    fn drop(&mut self) {
        if !self.done {
            let _ = remove(&self.aside);
        }
    }
}

/// Lists and hashes the files of a folder and adds its manifest.
///
/// # Errors
/// When a file cannot be read, or the manifest cannot be written.
pub fn seal(folder: &Path, mut manifest: Manifest) -> Result<()> {
    manifest.outputs = list(folder)?;
    save(&manifest, &folder.join(MANIFEST))
}

/// Enters files written later into the manifest of a folder; what it says of all others stays, so that a change of them still
/// shows.
///
/// # Errors
/// When a file cannot be read, or the manifest cannot be written.
pub fn enter(folder: &Path, mut manifest: Manifest, written: &[PathBuf]) -> Result<()> {
    for path in written {
        let bytes = std::fs::read(path).map_err(Error::io(path))?;
        let relative = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
        manifest.outputs.retain(|o| o.path != relative);
        manifest.outputs.push(OutputFile { path: relative, sha256: sha256(&bytes) });
    }
    manifest.outputs.sort();
    replace_file(&folder.join(MANIFEST), |path| save(&manifest, path))
}

fn save(manifest: &Manifest, path: &Path) -> Result<()> {
    let text = serde_json::to_string_pretty(manifest).map_err(|e| Error::Usage(e.to_string()))?;
    std::fs::write(path, text + "\n").map_err(Error::io(path))
}

/// Writes one file aside and renames it into place, so that a failure leaves the old one.
///
/// # Errors
/// What `write` says, or when the file cannot be renamed.
pub fn replace_file(target: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let name = target.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let aside = target.with_file_name(format!(".{name}.partial"));
    let outcome = write(&aside).and_then(|()| std::fs::rename(&aside, target).map_err(Error::io(target)));
    if outcome.is_err() {
        let _ = std::fs::remove_file(&aside);
    }
    outcome
}

/// A run stopped between the two renames leaves the good folder under its old name: put it back.
fn restore(target: &Path, old: &Path) -> Result<()> {
    if old.exists() && !target.exists() {
        std::fs::rename(old, target).map_err(Error::io(target))?;
    }
    Ok(())
}

/// A folder may be replaced when it is not there, empty, or carries our manifest.
fn is_replaceable(target: &Path) -> Result<bool> {
    if !target.exists() {
        return Ok(true);
    }
    let mut entries = std::fs::read_dir(target).map_err(Error::io(target))?;
    Ok(entries.next().is_none() || Manifest::read(target).is_ok_and(|m| m.tool.starts_with("tinhgon ")))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() { std::fs::remove_dir_all(folder).map_err(Error::io(folder)) } else { Ok(()) }
}

fn list(folder: &Path) -> Result<Vec<OutputFile>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|e| Error::io(folder)(e.into()))?;
        if entry.file_type().is_file() {
            let path = entry.path();
            let bytes = std::fs::read(path).map_err(Error::io(path))?;
            let relative = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
            files.push(OutputFile { path: relative, sha256: sha256(&bytes) });
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(target: &Path, text: &str) -> Result<()> {
        let folder = OutputFolder::begin(target)?;
        std::fs::write(folder.path().join("a.txt"), text).unwrap();
        folder.commit(Manifest::new("test", "hash"))
    }

    #[test]
    fn a_folder_is_replaced_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        let content = || std::fs::read_to_string(target.join("a.txt")).unwrap();
        write(&target, "one").unwrap();
        assert_eq!(content(), "one");
        drop(OutputFolder::begin(&target).unwrap());
        assert_eq!(content(), "one", "an unfinished run leaves the last good output");
        write(&target, "two").unwrap();
        assert_eq!(content(), "two");
        assert_eq!(Manifest::read(&target).unwrap().outputs[0].sha256, sha256(b"two"));
        std::fs::rename(&target, dir.path().join(".out.old")).unwrap();
        drop(OutputFolder::begin(&target).unwrap());
        assert_eq!(content(), "two", "a run stopped between the renames is healed");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left aside");
    }

    #[test]
    fn a_way_leads_from_one_folder_to_another() {
        for (from, to, expected) in
            [("a/b", "a/c", "../c"), ("x", "y/z", "../y/z"), ("/r/a", "/r/a/b", "b"), ("/a", "/b/c", "../b/c")]
        {
            assert_eq!(way(Path::new(from), Path::new(to)).unwrap(), Path::new(expected), "{from} {to}");
        }
    }

    #[test]
    fn foreign_files_are_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("luận văn.docx"), "x").unwrap();
        assert!(matches!(write(dir.path(), "one"), Err(Error::Usage(_))));
        assert!(dir.path().join("luận văn.docx").exists());
    }
}
