//! The command `tinhgon`: hands its arguments over and ends with the status of the command.

use std::process::ExitCode;
use tinhgon::cli;

fn main() -> ExitCode {
    cli::run(std::env::args_os()).into()
}
