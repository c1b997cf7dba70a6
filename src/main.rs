//! The command `tinhgon`: parses, runs, prints what went wrong.

use std::process::ExitCode;
use tinhgon::cli;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            cli::report_error(&error);
            ExitCode::from(2)
        }
    }
}
