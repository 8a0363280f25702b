//! The machine a table was measured on, and the tools it has.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::args::Args;

/// Length of a tick of the kernel's account of CPU time: 1/100 s on every Linux that Rust runs on.
const TICK: Duration = Duration::from_millis(10);

/// Prints what must stand above every table.
pub(crate) fn describe(args: &Args) -> Result<(), String> {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let cpu = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    let load = fs::read_to_string("/proc/loadavg").ok();
    let load = load
        .as_deref()
        .and_then(|text| text.split(' ').next())
        .unwrap_or("unknown");
    let version = Command::new(&args.program).arg("--version").output();
    let version = version.map_err(|error| format!("{}: {error}", args.program.display()))?;
    let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    if version.is_empty() {
        return Err(format!(
            "{} --version prints nothing: this is not upwards",
            args.program.display()
        ));
    }
    println!(
        "{version}; {} {}, {cores} cores, {}; load before the first run: {load}; bench profile: {}\n",
        std::env::consts::OS,
        std::env::consts::ARCH,
        cpu.as_deref().unwrap_or("unknown CPU"),
        if cfg!(debug_assertions) {
            "debug: the numbers mean nothing"
        } else {
            "release"
        }
    );
    Ok(())
}

/// A child of the measurement: no settings, names or language of whoever measures.
pub(crate) fn command(program: &Path, home: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("HOME", home)
        .env("UPWARDS_HOME", home.join("upwards"));
    command
        .env("LANG", "C.UTF-8")
        .env("TZ", "UTC")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
}

/// CPU time of all children that ended so far, user and system; `None` where the kernel does not tell.
pub(crate) fn cpu_of_children() -> Option<Duration> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The name in parentheses may hold blanks; the two counts are the 14th and 15th field after it.
    let mut fields = text.rsplit_once(')')?.1.split_ascii_whitespace().skip(13);
    let (user, system): (u32, u32) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(TICK * (user + system))
}

/// GNU time, which tells the peak memory of a child; `Err` says why there is none.
pub(crate) fn gnu_time() -> Result<PathBuf, &'static str> {
    let time = PathBuf::from("/usr/bin/time");
    if !time.exists() {
        return Err("memory is not measured: there is no /usr/bin/time");
    }
    let probe = Command::new(&time).args(["-f", "%M", "true"]).output();
    let number = probe.is_ok_and(|out| String::from_utf8_lossy(&out.stderr).trim().parse::<u64>().is_ok());
    if number {
        Ok(time)
    } else {
        Err("memory is not measured: /usr/bin/time is not GNU time")
    }
}

/// A program that does nothing, for the start of programs.
pub(crate) fn nothing() -> Option<PathBuf> {
    ["/bin/true", "/usr/bin/true"]
        .map(PathBuf::from)
        .into_iter()
        .find(|path| path.exists())
}
