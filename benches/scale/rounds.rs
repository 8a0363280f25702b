//! Interleaved rounds: each command once a round, so that a busy minute hits all of them alike.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::machine::{self, cpu_of_children};

/// One command and its times.
pub(crate) struct Runner {
    command: Command,
    wall: Vec<Duration>,
    cpu: Duration,
    cpu_known: bool,
}

impl Runner {
    /// A command whose output goes nowhere.
    pub(crate) fn new(mut command: Command) -> Self {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Self {
            command,
            wall: Vec::new(),
            cpu: Duration::ZERO,
            cpu_known: true,
        }
    }

    /// What the command prints, once, untimed.
    pub(crate) fn output(&mut self) -> Result<String, String> {
        let out = self.command.stdout(Stdio::piped()).output();
        self.command.stdout(Stdio::null());
        let out = out.map_err(|error| format!("{}: {error}", shown(&self.command)))?;
        if !out.status.success() {
            return Err(format!("{} ended with {}", shown(&self.command), out.status));
        }
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    }

    fn run(&mut self) -> Result<(Duration, Option<Duration>), String> {
        let cpu = cpu_of_children();
        let start = Instant::now();
        let status = self
            .command
            .status()
            .map_err(|error| format!("{}: {error}", shown(&self.command)))?;
        let wall = start.elapsed();
        if !status.success() {
            return Err(format!("{} ended with {status}", shown(&self.command)));
        }
        Ok((
            wall,
            cpu.zip(cpu_of_children())
                .map(|(before, after)| after.saturating_sub(before)),
        ))
    }

    /// The median of the measured rounds.
    pub(crate) fn median(&self) -> Duration {
        let mut sorted = self.wall.clone();
        sorted.sort_unstable();
        let middle = sorted.len() / 2;
        match sorted.len() {
            0 => Duration::ZERO,
            n if n % 2 == 1 => sorted[middle],
            _ => (sorted[middle - 1] + sorted[middle]) / 2,
        }
    }

    /// How many times as long as another command, the median of what each round says: a round is busy for both.
    pub(crate) fn times(&self, anchor: &Self) -> f64 {
        let rounds = self.wall.iter().zip(&anchor.wall);
        let mut times: Vec<f64> = rounds.map(|(one, other)| ratio(*one, *other)).collect();
        times.sort_by(f64::total_cmp);
        let middle = times.len() / 2;
        match times.len() {
            0 => 0.0,
            n if n % 2 == 1 => times[middle],
            _ => f64::midpoint(times[middle - 1], times[middle]),
        }
    }

    /// The quickest round.
    pub(crate) fn least(&self) -> Duration {
        self.wall.iter().min().copied().unwrap_or_default()
    }

    /// CPU time of all rounds together, if the kernel tells it and it is more than a few of its ticks.
    pub(crate) fn cpu(&self) -> Option<Duration> {
        (self.cpu_known && self.cpu >= Duration::from_millis(100)).then_some(self.cpu)
    }
}

/// Runs all of them, warm-up rounds first.
pub(crate) fn run(runners: &mut [Runner], warm_up: u32, rounds: u32) -> Result<(), String> {
    for round in 0..warm_up + rounds {
        for runner in &mut *runners {
            let (wall, cpu) = runner.run()?;
            if round < warm_up {
                continue;
            }
            runner.wall.push(wall);
            match cpu {
                Some(cpu) => runner.cpu += cpu,
                None => runner.cpu_known = false,
            }
        }
    }
    Ok(())
}

/// A command as somebody would type it.
pub(crate) fn shown(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Milliseconds with one decimal; with two below 10.
pub(crate) fn milliseconds(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1_000.0;
    if milliseconds < 10.0 {
        format!("{milliseconds:.2}")
    } else {
        format!("{milliseconds:.1}")
    }
}

/// How many times as long.
pub(crate) fn ratio(time: Duration, anchor: Duration) -> f64 {
    time.as_secs_f64() / anchor.as_secs_f64().max(f64::MIN_POSITIVE)
}

/// What a command prints; `Err` holds what it says went wrong.
pub(crate) fn succeed(mut command: Command) -> Result<String, String> {
    let out = command
        .output()
        .map_err(|error| format!("{}: {error}", shown(&command)))?;
    if !out.status.success() {
        let said = String::from_utf8_lossy(&out.stderr);
        return Err(format!(
            "{} ended with {}: {}",
            shown(&command),
            out.status,
            said.trim()
        ));
    }
    String::from_utf8(out.stdout).map_err(|_| format!("{} printed no UTF-8", shown(&command)))
}

/// Largest resident size in MB of 2^20 bytes, of one run of its own.
pub(crate) fn peak_memory(time: &Path, measured: &Command, home: &Path) -> Result<f64, String> {
    let told = home.with_file_name("peak-memory");
    let mut command = machine::command(time, home);
    command
        .args(["-f", "%M", "-o"])
        .arg(&told)
        .arg(measured.get_program())
        .args(measured.get_args())
        .stdout(Stdio::null());
    let status = command.stderr(Stdio::null()).status();
    let status = status.map_err(|error| format!("{}: {error}", shown(&command)))?;
    if !status.success() {
        return Err(format!("{} ended with {status}", shown(&command)));
    }
    let text = std::fs::read_to_string(&told).map_err(|error| format!("{}: {error}", told.display()))?;
    let kilobytes: u32 = text
        .trim()
        .parse()
        .map_err(|_| format!("/usr/bin/time said {text:?}"))?;
    Ok(f64::from(kilobytes) / 1024.0)
}
