//! A run folder as the reports read it: its manifest, its catalogues, and the tables of the stages that it has.

use crate::error::{Error, Result};
use crate::message::Messages;
use crate::output::{MANIFEST, Manifest};
use crate::table::{Table, TableView};
use std::path::{Path, PathBuf};

/// Stages that a run may leave out, with the table that shows that it has them.
const STAGES: [(Stage, &str, &str); 3] = [
    (Stage::Proposals, "proposals", "proposals"),
    (Stage::Progress, "progress", "measures"),
    (Stage::Audit, "audit", "verdicts"),
];

/// A stage of a run that may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Proposals for the newest catalogue.
    Proposals,
    /// Measures over the years.
    Progress,
    /// Claims judged.
    Audit,
}

impl Stage {
    /// Name of its folder in the run folder.
    #[must_use]
    pub fn folder(self) -> &'static str {
        STAGES.iter().find(|s| s.0 == self).map_or("", |s| s.1)
    }
}

/// A run folder.
#[derive(Debug)]
pub struct RunFolder {
    path: PathBuf,
    /// The manifest of the run.
    pub manifest: Manifest,
    /// Names of its catalogues, oldest first.
    pub catalogs: Vec<String>,
    messages: Messages,
}

impl RunFolder {
    /// Opens a finished run folder.
    ///
    /// # Errors
    /// When it is none, or lacks its figures; the text says what is missing and what to do.
    pub fn open(path: &Path, messages: &Messages) -> Result<RunFolder> {
        let wrong = |key: &str| Error::Usage(messages.text(key, &[("run", &path.display().to_string())]));
        if !path.join(MANIFEST).is_file() {
            return Err(wrong("report-no-run"));
        }
        let manifest = Manifest::read(path).map_err(|e| broken(messages, path, &path.join(MANIFEST), &e))?;
        if manifest.kind == "run" { RunFolder::of(path, manifest, messages) } else { Err(wrong("report-other-folder")) }
    }

    /// A run folder whose manifest is not written yet.
    ///
    /// # Errors
    /// When its figures are missing.
    pub fn of(path: &Path, manifest: Manifest, messages: &Messages) -> Result<RunFolder> {
        let mut run = RunFolder { path: path.to_owned(), manifest, catalogs: Vec::new(), messages: messages.clone() };
        let mut names = run.read("", "figures")?.texts("catalog")?;
        names.dedup();
        run.catalogs = names;
        Ok(run)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Name of the newest catalogue, the one analysed; empty when the run has none.
    #[must_use]
    pub fn newest(&self) -> &str {
        self.catalogs.last().map_or("", String::as_str)
    }

    /// Whether the run has a stage.
    #[must_use]
    pub fn has(&self, stage: Stage) -> bool {
        self.path.join(stage.folder()).is_dir()
    }

    /// A table of a folder of the run; the empty folder is the run folder itself.
    ///
    /// # Errors
    /// When the table is missing or broken.
    pub fn read(&self, folder: &str, name: &'static str) -> Result<RunTable<'_>> {
        let place = if folder.is_empty() { self.path.clone() } else { self.path.join(folder) };
        let path = place.join(format!("{name}.parquet"));
        match Table::read(&place, name) {
            Ok(view) => Ok(RunTable { view, path, run: self }),
            Err(e) => Err(broken(&self.messages, &self.path, &path, &e)),
        }
    }

    /// A table of the newest catalogue.
    ///
    /// # Errors
    /// When the table is missing or broken.
    pub fn catalog(&self, name: &'static str) -> Result<RunTable<'_>> {
        self.read(&format!("catalog-{}", self.newest()), name)
    }

    /// A table of the analysis of the newest catalogue.
    ///
    /// # Errors
    /// When the table is missing or broken.
    pub fn analysis(&self, name: &'static str) -> Result<RunTable<'_>> {
        self.read(&format!("analysis-{}", self.newest()), name)
    }

    /// A table of a stage; none when the run has no such stage.
    ///
    /// # Errors
    /// When the run has the stage and the table is missing or broken.
    pub fn stage(&self, stage: Stage, name: &'static str) -> Result<Option<RunTable<'_>>> {
        self.has(stage).then(|| self.read(stage.folder(), name)).transpose()
    }
}

/// What is wrong with a file of a run folder, and what to do.
fn broken(messages: &Messages, run: &Path, path: &Path, why: &Error) -> Error {
    let why = match why {
        Error::Io { source, .. } => source.to_string(),
        Error::Table { message, .. } => message.clone(),
        other => other.to_string(),
    };
    let args = [("run", &*run.display().to_string()), ("file", &*path.display().to_string()), ("why", why.as_str())];
    Error::Usage(messages.text("report-broken", &args))
}

/// A table of a run folder, by column.
#[derive(Debug)]
pub struct RunTable<'r> {
    view: TableView,
    path: PathBuf,
    run: &'r RunFolder,
}

impl RunTable<'_> {
    fn checked<T>(&self, column: Result<T>) -> Result<T> {
        column.map_err(|e| broken(&self.run.messages, &self.run.path, &self.path, &e))
    }

    /// Number of rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.view.height()
    }

    /// A column as texts; null is the empty text.
    ///
    /// # Errors
    /// When there is no such column.
    pub fn texts(&self, name: &str) -> Result<Vec<String>> {
        self.checked(self.view.texts(name))
    }

    /// A column as whole numbers.
    ///
    /// # Errors
    /// When there is no such column, or it holds something else.
    pub fn ints(&self, name: &str) -> Result<Vec<Option<i64>>> {
        self.checked(self.view.ints(name))
    }

    /// A column as numbers with a fraction.
    ///
    /// # Errors
    /// When there is no such column, or it holds something else.
    pub fn floats(&self, name: &str) -> Result<Vec<Option<f64>>> {
        self.checked(self.view.floats(name))
    }

    /// A column as flags; null is false.
    ///
    /// # Errors
    /// When there is no such column, or it holds something else.
    pub fn flags(&self, name: &str) -> Result<Vec<bool>> {
        self.checked(self.view.flags(name))
    }

    /// Writes the table as CSV, as `--csv` of a run does.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_csv(&mut self, path: &Path) -> Result<()> {
        self.view.write_csv(path)
    }
}
