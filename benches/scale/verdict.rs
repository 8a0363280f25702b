//! Bounds with slack, and what could not be measured.

use crate::args::Args;

/// Collects what a run found.
pub(crate) struct Verdict {
    check_bounds: bool,
    must: bool,
    exceeded: u32,
    skipped: u32,
}

impl Verdict {
    pub(crate) fn new(args: &Args) -> Self {
        Self {
            check_bounds: args.check_bounds,
            must: args.must,
            exceeded: 0,
            skipped: 0,
        }
    }

    /// Prints one bound beside its number.
    pub(crate) fn at_most(&mut self, what: &str, number: f64, bound: f64) {
        let kept = number <= bound;
        self.exceeded += u32::from(!kept);
        println!(
            "{} {what}: {number:.2}, at most {bound:.2}",
            if kept { "ok      " } else { "EXCEEDED" }
        );
    }

    /// Prints a bound whose sizes were not asked for.
    pub(crate) fn not_asked(what: &str) {
        println!("-        {what}: not among the sizes");
    }

    /// Prints what could not be measured on this machine.
    pub(crate) fn skipped(&mut self, why: &str) {
        self.skipped += 1;
        println!("skipped  {why}");
    }

    /// Whether the run is a success: bounds count with `--assert`, what was skipped with `--must`.
    pub(crate) fn is_good(&self) -> bool {
        let bad = self.check_bounds && self.exceeded > 0 || self.must && self.skipped > 0;
        if bad {
            eprintln!(
                "failed: {} bounds exceeded, {} things not measured",
                self.exceeded, self.skipped
            );
        }
        !bad
    }
}
