//! The program `upwards`.

use std::process::ExitCode;

fn main() -> ExitCode {
    upwards::cli::main()
}
