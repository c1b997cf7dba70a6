//! Errors that stop a command. Dirty data is no error: it becomes a [`Problem`](crate::problem::Problem).

use std::path::PathBuf;

/// Why a command could not run. Each variant says where, and its text what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file system refused.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// File or folder concerned.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A rule or settings file is wrong.
    #[error("{path}: {message}", path = path.display())]
    Rule {
        /// File concerned.
        path: PathBuf,
        /// What is wrong, with line and caret where known, and what is allowed.
        message: String,
    },
    /// A table could not be written or read back.
    #[error("{path}: {message}", path = path.display())]
    Table {
        /// File concerned.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The input or the options make no sense together.
    #[error("{0}")]
    Usage(String),
}

impl Error {
    /// Attaches a path to an I/O error.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.into();
        move |source| Error::Io { path, source }
    }
}

/// Result of everything that touches files.
pub type Result<T> = std::result::Result<T, Error>;
