//! The program `upwards`.

use std::process::ExitCode;

/// Quicker than the system's where many small things come and go, as the events of a log do.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    upwards::cli::main()
}
