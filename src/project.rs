//! `tinhgon.toml`: what a run reads and where it writes.

use crate::error::{Error, Result};
use crate::message::Lang;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The settings of a run. Paths in the file are relative to the folder that holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Project {
    /// Language of messages and reports.
    pub lang: Option<Lang>,
    /// The date that stands for today, `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// Folder of the results.
    pub out: PathBuf,
    /// Rule folder that replaces the rules of the program.
    pub rules: Option<PathBuf>,
    /// Synonyms of column names.
    pub map: Option<PathBuf>,
    /// Write CSV beside every Parquet table.
    pub csv: bool,
    /// Stop at rows that were left out.
    pub strict: bool,
    /// Catalogues from the oldest (the baseline) to the newest (the one analysed).
    pub catalog: Vec<CatalogEntry>,
    /// Platform register: which databases are published and connected.
    pub register: Option<PathBuf>,
    /// Dossiers a year.
    pub volumes: Option<PathBuf>,
    /// Claimed cuts.
    pub claims: Option<PathBuf>,
}

/// One catalogue of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogEntry {
    /// Short name, usually the year; the results stand in `catalog-NAME`.
    pub name: String,
    /// Files, folders or patterns.
    pub inputs: Vec<PathBuf>,
}

impl Project {
    /// Reads a settings file.
    ///
    /// # Errors
    /// When it is missing, wrong (with line and column), names no catalogue, or names one twice.
    pub fn read(path: &Path) -> Result<Project> {
        let text = std::fs::read_to_string(path).map_err(Error::io(path))?;
        let base = path.parent().unwrap_or(Path::new(""));
        Project::parse(&text, base).map_err(|message| Error::Rule { path: path.to_owned(), message })
    }

    fn parse(text: &str, base: &Path) -> std::result::Result<Project, String> {
        let mut project: Project = toml::from_str(text).map_err(|e| e.to_string())?;
        if project.catalog.is_empty() {
            return Err("[[catalog]]: cần ít nhất một danh mục / at least one catalogue is needed".to_owned());
        }
        for (at, entry) in project.catalog.iter().enumerate() {
            let is_plain =
                !entry.name.is_empty() && entry.name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
            if !is_plain || project.catalog[..at].iter().any(|e| e.name == entry.name) {
                return Err(format!(
                    "name = \"{}\": tên danh mục phải khác nhau, chỉ gồm chữ không dấu, số, - _ . / catalogue names must differ and use only letters, digits, - _ .",
                    entry.name
                ));
            }
        }
        if project.out.as_os_str().is_empty() {
            project.out = PathBuf::from("ket-qua");
        }
        let locate = |path: &mut PathBuf| *path = base.join(&*path);
        locate(&mut project.out);
        [&mut project.rules, &mut project.map, &mut project.register, &mut project.volumes, &mut project.claims]
            .into_iter()
            .flatten()
            .for_each(locate);
        project.catalog.iter_mut().flat_map(|c| &mut c.inputs).for_each(locate);
        Ok(project)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_relative_to_their_file() {
        let text = "as_of = \"2026-11-24\"\nregister = \"r.csv\"\n[[catalog]]\nname = \"2026\"\ninputs = [\"in\"]\n";
        let project = Project::parse(text, Path::new("work")).unwrap();
        assert_eq!(project.catalog[0].inputs, [Path::new("work/in")]);
        assert_eq!(
            (project.register.as_deref(), project.out.as_path()),
            (Some(Path::new("work/r.csv")), Path::new("work/ket-qua"))
        );
    }

    #[test]
    fn mistakes_are_named() {
        for (text, word) in [
            ("outt = \"x\"\n[[catalog]]\nname = \"a\"\ninputs = []", "outt"),
            ("out = \"x\"", "[[catalog]]"),
            ("[[catalog]]\nname = \"a\"\ninputs = []\n[[catalog]]\nname = \"a\"\ninputs = []", "khác nhau"),
            ("[[catalog]]\nname = \"../a\"\ninputs = []", "không dấu"),
        ] {
            let error = Project::parse(text, Path::new("")).unwrap_err();
            assert!(error.contains(word), "{error}");
        }
    }
}
