//! A temporary work folder in which the program is run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A real input: `../shared` beside the checkout, or the folder in `TINHGON_SHARED`; none, with a word on stderr, where it
/// is not at hand.
pub fn shared(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TINHGON_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

pub struct Work {
    folder: tempfile::TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Work {
    pub fn new() -> Self {
        Work { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Copies the shipped rules into the folder `rules`.
    pub fn copy_rules(&self) {
        let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        let files =
            walkdir::WalkDir::new(&rules).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
        for entry in files {
            let name = entry.path().strip_prefix(&rules).unwrap();
            self.write(&format!("rules/{}", name.display()), std::fs::read(entry.path()).unwrap());
        }
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(std::fs::read(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))).unwrap()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tinhgon"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        let output = self.command(args).output().unwrap();
        Run {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    pub fn ok(&self, args: &[&str]) -> Run {
        let run = self.run(args);
        assert_eq!(run.status, 0, "{args:?}: {}", run.stderr);
        run
    }

    /// Every file of a folder by its relative path.
    pub fn folder(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path(name);
        walkdir::WalkDir::new(&root)
            .into_iter()
            .map(Result::unwrap)
            .filter(|e| e.file_type().is_file())
            .map(|e| {
                (e.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned(), std::fs::read(e.path()).unwrap())
            })
            .collect()
    }
}
