//! What reaches the terminal: messages, progress bars, exit status, and a clean stop on Ctrl-C.

use crate::message::Messages;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit status 0.
    Done,
    /// Exit status 0: done, and the command has said itself what to do next.
    Told,
    /// Exit status 1: done, with findings at or over `--fail-on`.
    Findings,
    /// Exit status 2: could not run; the reason was already printed.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        match outcome {
            Outcome::Done | Outcome::Told => ExitCode::SUCCESS,
            Outcome::Findings => ExitCode::from(1),
            Outcome::Failed => ExitCode::from(2),
        }
    }
}

/// Prints a line on stderr; a closed stderr is no reason to fail.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Prints text on stdout; a reader that stops early (`| head`) is no reason to fail.
pub fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints an error and its causes, one a line.
pub fn report(error: &anyhow::Error, messages: &Messages) {
    let line = |key, error: &dyn Display| say(&messages.text(key, &[("error", &error.to_string())]));
    line("error", error);
    error.chain().skip(1).for_each(|cause| line("error-cause", &cause));
}

/// Help and version go to stdout with status 0, wrong arguments to stderr with status 2.
pub fn usage(error: &clap::Error) -> anyhow::Result<Outcome> {
    error.print()?;
    Ok(if error.use_stderr() { Outcome::Failed } else { Outcome::Done })
}

/// A bar over bytes with rate and time left, on stderr and only on a terminal.
pub fn bytes_bar(total: u64, label: &str) -> ProgressBar {
    bar(total, label, "{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} ETA {eta}")
}

/// A bar over things that are counted, with rate and time left, on stderr and only on a terminal.
pub fn count_bar(total: u64, label: &str) -> ProgressBar {
    bar(total, label, "{msg} {wide_bar} {human_pos}/{human_len} {per_sec} ETA {eta}")
}

fn bar(total: u64, label: &str, template: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr())
        .with_style(style)
        .with_message(label.to_owned())
}

/// Folders written aside that a stop has to remove.
static ASIDE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Remembers a folder that must not stay behind when the person stops the program.
pub fn remove_when_stopped(folder: &Path) {
    if let Ok(mut folders) = ASIDE.lock() {
        folders.push(folder.to_owned());
    }
}

/// On Ctrl-C removes what is half written, says so, and ends with status 2. The last good output stays.
pub fn stop_cleanly(message: &str) {
    let message = message.to_owned();
    // A second handler cannot be set; then the first one serves.
    let _ = ctrlc::set_handler(move || {
        let folders = ASIDE.lock().map(|f| f.clone()).unwrap_or_default();
        for folder in folders {
            let _ = std::fs::remove_dir_all(folder);
        }
        say(&message);
        std::process::exit(2);
    });
}
