//! `check --fix`: the safe repairs, shown as a difference, agreed to, written, and nothing else.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{CheckArgs, Checked};
use crate::base::diag::Diagnostic;
use crate::base::words::plural;
use crate::check::{self, is_better, repaired};
use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::cli::packs::{lock_files, replace_unchanged};
use crate::disk;
use crate::files;
use crate::model::written::Everything;
use crate::render::{Format, unified_diff};

/// What became of the repairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixed {
    /// There are none.
    Nothing,
    /// They were shown, and nobody wanted them.
    Shown,
    /// They are on disk.
    Written,
}

/// Most passes: a repair may show another fault, as a word that is known now has keys of its own.
const PASSES: usize = 5;

/// A file with its repairs.
struct Change {
    /// Which of the roots it belongs to.
    root: usize,
    /// Its name in findings.
    file: String,
    path: PathBuf,
    before: String,
    /// After each pass that repaired something in it, never empty.
    passes: Vec<Pass>,
}

/// A file's text after a pass.
struct Pass {
    text: String,
    /// Repairs made so far.
    made: usize,
}

impl Change {
    fn after(&self) -> &str {
        self.passes.last().map_or(&self.before, |pass| &pass.text)
    }

    fn made(&self) -> usize {
        self.passes.last().map_or(0, |pass| pass.made)
    }
}

/// Shows the repairs and writes them if that is agreed to. `is_wanted` says which findings were asked for.
pub(super) fn run(
    context: &mut Context,
    paths: &[PathBuf],
    checked: &Checked,
    is_wanted: impl Fn(&Diagnostic) -> bool,
) -> Result<Fixed> {
    let mut changes = proposed(context, checked)?;
    repair_what_shows_up(context, paths, &mut changes, is_wanted);
    leave_out_worse(context, paths, checked, &mut changes)?;
    if changes.is_empty() {
        context.ui.notice("nothing here can be repaired safely")?;
        return Ok(Fixed::Nothing);
    }
    // A program reads the repairs out of the findings.
    let is_for_people = !matches!(context.ui.format, Some(Format::Json | Format::Jsonl));
    if is_for_people {
        for change in &changes {
            let diff = unified_diff(&change.file, &change.before, change.after());
            context.ui.lines(diff.lines())?;
        }
    }
    let many = format!(
        "{} in {}",
        plural(changes.iter().map(Change::made).sum(), "safe repair"),
        plural(changes.len(), "file")
    );
    let can_ask = context.can_prompt() || context.global.answers.is_some();
    if !(context.global.yes || can_ask) || context.global.dry_run {
        context
            .ui
            .notice(&format!("{many}; nothing was written, that needs --yes"))?;
        return Ok(Fixed::Shown);
    }
    if !context.agreed("check.fix", &format!("Write {many}?"), "--yes")? {
        context.ui.notice("nothing was written")?;
        return Ok(Fixed::Shown);
    }
    let _lock = lock_files(context)?;
    for change in &changes {
        replace_unchanged(&change.path, &change.file, &change.before, change.after())?;
        context.ui.notice(&format!(
            "wrote {}: {}",
            change.file,
            plural(change.made(), "repair")
        ))?;
    }
    Ok(Fixed::Written)
}

/// The command that writes the repairs of what was looked at.
pub(super) fn command(args: &CheckArgs) -> String {
    let quoted = |path: &String| {
        if path.contains(char::is_whitespace) {
            format!("\"{path}\"")
        } else {
            path.clone()
        }
    };
    let mut parts = vec!["upwards check".to_owned()];
    parts.extend(args.paths.iter().map(quoted));
    parts.extend(args.only.iter().map(|only| format!("--only {only}")));
    parts.push("--fix".to_owned());
    parts.join(" ")
}

/// The repairs of each file that is on disk as it was read.
fn proposed(context: &Context, checked: &Checked) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for (root, (everything, findings)) in checked.roots.iter().enumerate() {
        let mut files: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.repair.is_some()) {
            files.entry(&finding.place.file).or_default().push(finding);
        }
        for (file, findings) in files {
            let path = everything.root.join(file);
            if disk::kind(&path)? != Some(disk::Kind::File) {
                continue;
            }
            if disk::is_read_only(&path)? {
                context
                    .ui
                    .notice(&format!("{file} is read-only and stays as it is"))?;
                continue;
            }
            let Some(before) = text_of(&path)? else { continue };
            // Texts are kept without their byte order mark.
            let body = before.strip_prefix('\u{FEFF}').unwrap_or(&before);
            if everything.text(file) != Some(body) {
                context
                    .ui
                    .notice(&format!("{file} changed at this moment and stays as it is"))?;
                continue;
            }
            let fixed = repaired(&before, findings);
            if fixed.made > 0 {
                changes.push(Change {
                    root,
                    file: file.to_owned(),
                    path,
                    before,
                    passes: vec![Pass {
                        text: fixed.text,
                        made: fixed.made,
                    }],
                });
            }
        }
    }
    Ok(changes)
}

/// Repairs what the repairs before it showed, until nothing is left or [`PASSES`] were made.
fn repair_what_shows_up(
    context: &Context,
    paths: &[PathBuf],
    changes: &mut [Change],
    is_wanted: impl Fn(&Diagnostic) -> bool,
) {
    let mut is_done = changes.is_empty();
    for _ in 1..PASSES {
        if is_done {
            break;
        }
        is_done = true;
        let roots = files::load_paths_with(paths, &texts(changes));
        let found: Vec<Vec<Diagnostic>> = roots
            .iter()
            .map(|everything| check::run(everything, context.now.today))
            .collect();
        for change in &mut *changes {
            let of_root = found.get(change.root).into_iter().flatten();
            let findings = of_root.filter(|f| f.place.file == change.file && is_wanted(f));
            let fixed = repaired(change.after(), findings);
            if fixed.made > 0 {
                is_done = false;
                let made = change.made() + fixed.made;
                change.passes.push(Pass {
                    text: fixed.text,
                    made,
                });
            }
        }
    }
}

/// The changed files as they would be.
fn texts(changes: &[Change]) -> BTreeMap<PathBuf, String> {
    let text = |change: &Change| (change.path.clone(), change.after().to_owned());
    changes.iter().map(text).collect()
}

/// Judges everything as it would be, and leaves out files that would not be better. A file of several passes is judged
/// after the last of them, and where that is no better after the one before.
fn leave_out_worse(
    context: &Context,
    paths: &[PathBuf],
    checked: &Checked,
    changes: &mut Vec<Change>,
) -> Result<()> {
    // Also findings that nobody asked for count.
    let judge = |everything: &Everything| check::run(everything, context.now.today);
    let before: Vec<Vec<Diagnostic>> = checked.roots.iter().map(|(was, _)| judge(was)).collect();
    while !changes.is_empty() {
        let after: Vec<(Everything, Vec<Diagnostic>)> = files::load_paths_with(paths, &texts(changes))
            .into_iter()
            .map(|everything| {
                let findings = judge(&everything);
                (everything, findings)
            })
            .collect();
        let is_worse = |change: &Change| {
            let at = change.root;
            match (checked.roots.get(at), before.get(at), after.get(at)) {
                (Some((was, _)), Some(had), Some((is, found))) => {
                    !is_better(&change.file, (was, had), (is, found))
                }
                _ => true,
            }
        };
        let worse: Vec<usize> = (0..changes.len()).filter(|at| is_worse(&changes[*at])).collect();
        if worse.is_empty() {
            break;
        }
        for at in worse.into_iter().rev() {
            let Some(change) = changes.get_mut(at) else {
                continue;
            };
            change.passes.pop();
            if !change.passes.is_empty() {
                continue;
            }
            let file = changes.remove(at).file;
            context.ui.notice(&format!(
                "{file} would not be better after its repairs and stays as it is"
            ))?;
        }
    }
    Ok(())
}

/// A file's text; none if it is too large or no UTF-8.
fn text_of(path: &std::path::Path) -> Result<Option<String>> {
    let bytes = disk::read_limited(path, files::MAX_BYTES)?;
    Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
}
