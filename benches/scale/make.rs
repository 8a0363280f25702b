//! Writes a workspace to look at, or to measure by hand.

use std::fs;
use std::path::Path;

use crate::args::Args;

pub(crate) fn run(args: &Args, folder: &Path) -> Result<bool, String> {
    let [people] = args.sizes(&[500])[..] else {
        return Err("--make takes one number of people".to_owned());
    };
    let used = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if used {
        return Err(format!("{} is not empty; nothing was written", folder.display()));
    }
    let made = args
        .plan(people)
        .write(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    println!(
        "{}: {people} people, {} files, {} events, {} bytes of them in progress/",
        folder.display(),
        made.files,
        made.events,
        made.bytes
    );
    println!(
        "upwards -w {} readiness --today {}",
        folder.display(),
        args.last_day
    );
    Ok(true)
}
