//! Where rule files come from: embedded in the program, or a folder given with `--rules DIR` that replaces them.

use crate::error::{Error, Result};
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The text of every rule file by its path, sorted; paths are relative to the rule folder, with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFiles {
    root: PathBuf,
    texts: BTreeMap<String, String>,
}

impl RuleFiles {
    /// The rules shipped with the program.
    #[must_use]
    pub fn embedded() -> Self {
        let mut texts = BTreeMap::new();
        collect_embedded(&EMBEDDED, &mut texts);
        RuleFiles { root: PathBuf::from("rules"), texts }
    }

    /// The rules of a folder: every `.toml` file below it.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read as UTF-8.
    pub fn open(root: &Path) -> Result<Self> {
        let mut texts = BTreeMap::new();
        for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
            let entry = entry.map_err(|e| Error::io(root)(e.into()))?;
            let path = entry.path();
            if path.extension().is_some_and(|e| e == "toml") {
                let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
                texts.insert(name, std::fs::read_to_string(path).map_err(Error::io(path))?);
            }
        }
        Ok(RuleFiles { root: root.to_owned(), texts })
    }

    /// The files of one family (`kinds`, `cues` …), as full path and text, sorted by path.
    pub fn family<'a>(&'a self, family: &str) -> impl Iterator<Item = (PathBuf, &'a str)> {
        let prefix = format!("{family}/");
        self.texts
            .iter()
            .filter(move |(name, _)| name.starts_with(&prefix))
            .map(|(name, text)| (self.root.join(name), text.as_str()))
    }

    /// One file by its path below the rule folder.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn file(&self, name: &str) -> Result<(PathBuf, &str)> {
        match self.texts.get(name) {
            Some(text) => Ok((self.root.join(name), text)),
            None => Err(Error::Rule { path: self.root.join(name), message: "the file is missing".to_owned() }),
        }
    }

    /// SHA-256 over paths and texts, in hexadecimal: the version of the rule set.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for (name, text) in &self.texts {
            for part in [name, text] {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        hasher.finalize().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

fn collect_embedded(dir: &Dir<'_>, texts: &mut BTreeMap<String, String>) {
    for file in dir.files().filter(|f| f.path().extension().is_some_and(|e| e == "toml")) {
        let name = file.path().to_string_lossy().replace('\\', "/");
        texts.insert(name, file.contents_utf8().unwrap_or_default().to_owned());
    }
    for sub in dir.dirs() {
        collect_embedded(sub, texts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_rules_are_those_of_the_folder() {
        let embedded = RuleFiles::embedded();
        let folder = RuleFiles::open(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"))).unwrap();
        assert_eq!(embedded.texts, folder.texts);
        assert_eq!(embedded.hash(), folder.hash());
        assert!(embedded.file("columns.toml").is_ok());
    }
}
