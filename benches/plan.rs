//! How long a plan takes: from folded progress to the steps on the screen.
//!
//! `cargo bench --bench plan`

#![expect(dead_code, reason = "the tests use more of these helpers")]
#![expect(clippy::expect_used, reason = "a bench may stop where it cannot go on")]

use divan::Bencher;
use upwards::base::time::Minutes;
use upwards::model::curriculum::Curriculum;
use upwards::plan::plan;

use crate::plan_support::{Somebody, flagship, half_way, noon};

#[path = "../tests/it/model_support.rs"]
mod model_support;
#[path = "../tests/it/plan_support.rs"]
mod plan_support;

const MINUTES: [u32; 5] = [5, 10, 20, 30, 60];

fn main() {
    divan::main();
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
    planned(bencher, &Somebody::new(), &[flagship("efficiency")], minutes);
}

/// Somebody half way through it, with a second device.
#[divan::bench(args = MINUTES)]
fn half_way_through(bencher: Bencher, minutes: u32) {
    let curriculum = flagship("efficiency");
    planned(bencher, &half_way(&curriculum), &[curriculum], minutes);
}

/// The same, and a second curriculum of which nothing is known.
#[divan::bench(args = MINUTES)]
fn two_curricula(bencher: Bencher, minutes: u32) {
    let curricula = [flagship("efficiency"), flagship("another")];
    planned(bencher, &half_way(&curricula[0]), &curricula, minutes);
}
