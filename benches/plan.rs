//! How long a plan takes: from folded progress to the steps on the screen.
//!
//! `cargo bench --bench plan` measures; `cargo bench --bench plan -- --assert` exits with 1 where a newcomer's plan takes
//! longer than it may.

#![expect(dead_code, reason = "the tests use more of these helpers")]
#![expect(clippy::expect_used, reason = "a bench may stop where it cannot go on")]
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench reads the clock and prints what it saw"
)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use divan::Bencher;
use upwards::base::time::Minutes;
use upwards::embedded;
use upwards::files;
use upwards::model::curriculum::Curriculum;
use upwards::plan::plan;

use crate::plan_support::{Somebody, flagship, half_way, noon};

#[path = "../tests/it/model_support.rs"]
mod model_support;
#[path = "../tests/it/plan_support.rs"]
mod plan_support;

const MINUTES: [u32; 5] = [5, 10, 20, 30, 60];

/// What a plan of so many minutes may take at most: a newcomer, the whole flagship, proven best.
const BOUNDS: [(u32, Duration); 2] = [(10, Duration::from_millis(50)), (60, Duration::from_millis(500))];

/// A burst of other work spoils some rounds, a slower program spoils all of them: the best one counts.
const ROUNDS: u32 = 20;

fn main() -> ExitCode {
    if std::env::args().any(|arg| arg == "--assert") {
        return if keeps_the_bounds() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        };
    }
    divan::main();
    ExitCode::SUCCESS
}

/// The flagship that people get.
fn shipped() -> Curriculum {
    let id = "efficiency".parse().expect("an id");
    let loaded = files::load_curriculum(&embedded::curricula(), &id);
    loaded.value.expect("it is sound")
}

fn keeps_the_bounds() -> bool {
    let curricula = [shipped()];
    let (person, now) = (Somebody::new(), noon("2026-03-16"));
    person.seen(&curricula, now, |subjects| {
        let kept = BOUNDS.map(|(minutes, most)| {
            let rounds = (0..ROUNDS).map(|_| {
                let start = Instant::now();
                let plan = plan(
                    divan::black_box(subjects),
                    &person.settings,
                    now,
                    Minutes(minutes),
                );
                let took = start.elapsed();
                // A quick empty plan is no result.
                (took, plan.proven && !divan::black_box(plan).steps.is_empty())
            });
            let rounds: Vec<(Duration, bool)> = rounds.collect();
            let best = rounds
                .iter()
                .map(|(took, _)| *took)
                .min()
                .unwrap_or(Duration::MAX);
            let proven = rounds.iter().all(|(_, proven)| *proven);
            let kept = proven && best <= most;
            println!(
                "{} a newcomer's {minutes} minutes: {:.1} ms, at most {} ms, {}",
                if kept { "ok      " } else { "EXCEEDED" },
                best.as_secs_f64() * 1e3,
                most.as_millis(),
                if proven { "proven best" } else { "NOT PROVEN BEST" },
            );
            kept
        });
        kept.iter().all(|kept| *kept)
    })
}

fn planned(bencher: Bencher, person: &Somebody, curricula: &[Curriculum], minutes: u32) {
    let now = noon("2026-03-16");
    person.seen(curricula, now, |subjects| {
        bencher.bench_local(|| {
            plan(
                divan::black_box(subjects),
                &person.settings,
                now,
                Minutes(minutes),
            )
        });
    });
}

/// A newcomer and the whole flagship.
#[divan::bench(args = MINUTES)]
fn newcomer(bencher: Bencher, minutes: u32) {
    planned(bencher, &Somebody::new(), &[shipped()], minutes);
}

/// Somebody half way through it, with a second device.
#[divan::bench(args = MINUTES)]
fn half_way_through(bencher: Bencher, minutes: u32) {
    let curriculum = shipped();
    planned(bencher, &half_way(&curriculum), &[curriculum], minutes);
}

/// The same, and a second curriculum of which nothing is known.
#[divan::bench(args = MINUTES)]
fn two_curricula(bencher: Bencher, minutes: u32) {
    let curricula = [shipped(), flagship("another")];
    planned(bencher, &half_way(&curricula[0]), &curricula, minutes);
}
