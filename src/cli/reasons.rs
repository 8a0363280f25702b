//! What leaders know among themselves: the lines of their own log; none where that is not.

use std::path::Path;

use crate::base::diag::{Diagnostic, Place};
use crate::base::time::Date;
use crate::base::words::plural;
use crate::cli::error::{CliError, Result};
use crate::disk::{Kind, Tree};
use crate::log;
use crate::report::Reasons;
use crate::team::{self, Note, Nudged, Wishes};

/// What stands before the text of a file that some editors write.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// All reasons, by the event.
pub(crate) fn reasons(tree: &Tree, today: Date) -> Result<Reasons> {
    let logs = logs(tree, &mut Vec::new())?;
    Ok(team::reasons(logs.iter().flat_map(Log::lines), today))
}

/// Everything that leaders noted as sent, what was taken back left out.
pub(crate) fn nudged(tree: &Tree, today: Date) -> Result<Vec<Nudged>> {
    let logs = logs(tree, &mut Vec::new())?;
    Ok(team::nudged(logs.iter().flat_map(Log::lines), today))
}

/// Who should meet whom, and who should not, as far as it can be read.
pub(crate) fn wishes(tree: &Tree, today: Date) -> Result<Wishes> {
    let logs = logs(tree, &mut Vec::new())?;
    Ok(team::wishes(logs.iter().flat_map(Log::lines), today))
}

/// The same for whoever puts people together: a line that cannot be read may be a veto, so that nothing is proposed then.
pub(crate) fn whole_wishes(tree: &Tree, today: Date) -> Result<Wishes> {
    let mut findings = Vec::new();
    let logs = logs(tree, &mut findings)?;
    let Some(first) = findings.first() else {
        return Ok(team::wishes(logs.iter().flat_map(Log::lines), today));
    };
    let place = &first.place;
    let at = match place.line {
        0 => place.file.clone(),
        line => format!("{} line {line}", place.file),
    };
    let more = match findings.len() {
        1 => String::new(),
        n => format!(", and {} more", plural(n - 1, "fault")),
    };
    Err(CliError::could_not(format!(
        "what leaders note among themselves cannot all be read, and a veto may be in it: {at}: {}{more}",
        first.message
    ))
    .hint("each with its line: upwards check")
    .hint("mend the line, or note what it said again (upwards mentors bar ONE OTHER) and take it out of the file"))
}

/// Wishes, vetoes and answers one by one, also those that were taken back.
pub(crate) fn notes(tree: &Tree, today: Date) -> Result<Vec<Note>> {
    let logs = logs(tree, &mut Vec::new())?;
    Ok(team::notes(logs.iter().flat_map(Log::lines), today))
}

/// What is wrong with the leaders' own logs.
pub(crate) fn audit(tree: &Tree, today: Date, findings: &mut Vec<Diagnostic>) -> Result<()> {
    for log in logs(tree, findings)? {
        for (number, line) in &log.lines {
            if let Some(day) = team::day_of(line).filter(|day| *day > today) {
                let place = Place::line(&log.file, *number);
                let said = format!("dated {day}, which is still to come");
                findings.push(
                    Diagnostic::warning("U519", place, said)
                        .helped("vetoes and wishes count now, all else from its day on; is a clock wrong?"),
                );
            }
        }
    }
    Ok(())
}

/// One file: its lines that can be read, each with its number.
struct Log {
    file: String,
    lines: Vec<(usize, String)>,
}

impl Log {
    fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|(_, line)| line.as_str())
    }
}

/// All team logs, and what in them cannot be read.
fn logs(tree: &Tree, findings: &mut Vec<Diagnostic>) -> Result<Vec<Log>> {
    let names = match tree.list("team") {
        Ok(names) => names,
        Err(error) if error.is_missing() => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut all = Vec::new();
    for (name, kind) in names {
        let ending = Path::new(&name).extension();
        if ending.is_none_or(|ending| !ending.eq_ignore_ascii_case("jsonl")) {
            continue;
        }
        let file = format!("team/{name}");
        match kind {
            Kind::File => {
                let mut bytes = Vec::new();
                match tree.read_into(&file, &mut bytes) {
                    Ok(()) => all.push(log(file, bytes, findings)),
                    Err(error) => {
                        findings.push(Diagnostic::error("U510", Place::file(&file), error.to_string()));
                    }
                }
            }
            Kind::Link => findings.push(
                Diagnostic::error("U509", Place::file(&file), "a link is not followed")
                    .helped("put the file itself there"),
            ),
            Kind::Other => findings.push(Diagnostic::error("U510", Place::file(&file), "it is no file")),
            Kind::Folder => {}
        }
    }
    Ok(all)
}

fn log(file: String, mut bytes: Vec<u8>, findings: &mut Vec<Diagnostic>) -> Log {
    if bytes.starts_with(MARK) {
        bytes.drain(..MARK.len());
    }
    // An editor may have left out the end of the last line, which says what it says all the same.
    let tail = bytes.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    if std::str::from_utf8(tail).is_ok_and(|tail| team::fault(tail).is_none()) {
        bytes.push(b'\n');
    }
    let mut lines = Vec::new();
    for raw in log::lines(&file, &bytes, findings) {
        match team::fault(raw.text) {
            None => lines.push((raw.number, raw.text.to_owned())),
            Some(fault) => findings.push(Diagnostic::error("U512", Place::line(&file, raw.number), fault)),
        }
    }
    Log { file, lines }
}
