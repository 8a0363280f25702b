//! The program at 500 to 10,000 people, measured side by side with plain reading; its start; finding a case among a thousand;
//! taking in a personnel list and a file of questions; the board report; pairs of mentors and executives; two states of many logs put together; what a one-person command opens. How to run it and what was measured: `benches/README.md`.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench starts programs, reads the clock and prints what it saw"
)]

mod args;
#[expect(dead_code, reason = "the damaged shapes are for tests")]
#[path = "../../tests/it/support/big.rs"]
mod big;
mod growth;
mod import;
mod library;
mod machine;
mod make;
mod merge;
mod opens;
mod pairing;
mod questions;
mod read_only;
mod report;
mod rounds;
mod startup;
mod verdict;

use std::process::ExitCode;

use args::{Args, Mode};

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` starts benches without a word; `cargo bench` says `--bench`.
    if given.is_empty() {
        println!("nothing is measured without: cargo bench --bench scale");
        return ExitCode::SUCCESS;
    }
    let done = Args::parse(given).and_then(|args| match &args.mode {
        Mode::ReadOnly(folder) => read_only::run(folder),
        Mode::Make(folder) => make::run(&args, folder),
        Mode::Growth => growth::run(&args),
        Mode::Startup => startup::run(&args),
        Mode::Opens => opens::run(&args),
        Mode::Library => library::run(&args),
        Mode::Import => import::run(&args),
        Mode::Questions => questions::run(&args),
        Mode::Report => report::run(&args),
        Mode::Pairing => pairing::run(&args),
        Mode::Merge => merge::run(&args),
    });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}
