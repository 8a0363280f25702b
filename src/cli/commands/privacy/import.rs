//! Brings one's own export onto a new computer: what is private, line by line, under the name of the device that wrote it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::share::Given;
use crate::base::id::{DeviceId, EventId, PersonId};
use crate::base::texts::t;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packs::lock_files;
use crate::disk::{self, Access, Tree};
use crate::files::WantCurricula;
use crate::portable::{LinesOf, Portable};
use crate::vault;

/// No export is larger: that would be a million lines.
const MOST: u64 = 256 * 1024 * 1024;

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The folder that your own `privacy export` wrote, or its .json file
    dir: PathBuf,
}

pub(super) fn run(args: &ImportArgs, context: &mut Context) -> Result<Outcome> {
    if context.global.actor.is_some() {
        return Err(CliError::usage("only you can bring back what is yours").hint("leave out --as"));
    }
    let workspace = context.workspace(WantCurricula::None)?;
    let me = context.actor(&workspace, None)?;
    let file = file(&context.environment.folder.join(&args.dir), &me)?;
    let shown = file.display().to_string();
    let bytes = disk::read_limited(&file, MOST)?
        .ok_or_else(|| CliError::could_not(format!("{shown} is larger than 256 MiB, which no export is")))?;
    let text = String::from_utf8(bytes).map_err(|_| CliError::could_not(format!("{shown} is not UTF-8")))?;
    let export = Portable::read(&text).map_err(|why| {
        CliError::could_not(format!("{shown} is refused: {why}")).hint("nothing of it was taken")
    })?;
    let private = may_take(&export, &me, workspace.settings.id.as_str(), &shown)?;
    let _lock = lock_files(context)?;
    let own = context.own_folder(&workspace.settings);
    let mut refused = 0;
    let (mut new, mut known) = (0, 0);
    let here = known_ids(&own, &me)?;
    for lines in private {
        let Some(device) = device_of(&lines.file) else {
            refused += lines.lines.len();
            continue;
        };
        let taken = take(lines, &device, &me, &here, &own, context)?;
        (new, known, refused) = (new + taken.new, known + taken.known, refused + taken.refused);
        context.ui.line(t!(
            "import.device",
            "{device}: {new} new, {known} known",
            device = device,
            new = taken.new,
            known = taken.known
        ))?;
    }
    // Who had no line of their own in it gave nothing either.
    if !context.global.dry_run && new + known > 0 {
        bring_given(&export, context, &workspace.settings, &me)?;
        context.ui.stored.set(context.ui.stored.get() || new > 0);
    }
    context.ui.line(if context.global.dry_run {
        t!("dry_run", "Dry run, nothing was written.")
    } else {
        t!(
            "import.done",
            "{new} private lines are back on this computer, {known} were here.",
            new = new,
            known = known
        )
    })?;
    if refused > 0 {
        context.ui.notice(&t!(
            "import.refused",
            "note: {n} lines of the export cannot be read or are not yours, and were left out",
            n = refused
        ))?;
    }
    context.ui.notice(&t!(
        "import.shared",
        "note: what is shared comes with the workspace: receive the copy that a leader sends you; what the old computer had not sent yet stays there"
    ))?;
    Ok(Outcome::Done)
}

/// The file meant: the one of a folder is named for the person.
fn file(path: &Path, me: &PersonId) -> Result<PathBuf> {
    if disk::is_folder(path) {
        let inside = path.join(format!("{me}.json"));
        if !disk::is_file(&inside) {
            return Err(
                CliError::could_not(format!("{} holds no {me}.json", path.display()))
                    .hint("on the old computer: upwards privacy export -o DIR"),
            );
        }
        return Ok(inside);
    }
    Ok(path.to_owned())
}

fn may_take<'e>(export: &'e Portable, me: &PersonId, workspace: &str, file: &str) -> Result<&'e [LinesOf]> {
    if export.workspace != workspace {
        return Err(CliError::could_not(format!(
            "{file} was made in the workspace {}, this one is {workspace}",
            export.workspace
        ))
        .hint("import it there: -w DIR"));
    }
    if export.person != me.as_str() {
        return Err(CliError::could_not(format!(
            "{file} is {}'s, and you are {me} here: only one's own export is taken",
            export.person
        )));
    }
    export.private.as_deref().ok_or_else(|| {
        CliError::could_not(format!("{file} holds nothing private: a leader made it"))
            .hint("make your own, on the old computer: upwards privacy export -o DIR")
    })
}

/// The device of a file's name in an export.
fn device_of(file: &str) -> Option<DeviceId> {
    file.rsplit('/').next()?.strip_suffix(".jsonl")?.parse().ok()
}

fn known_ids(own: &Path, me: &PersonId) -> Result<BTreeSet<EventId>> {
    let files = vault::files(&Tree::Folder(own.to_owned()), me.as_str())?;
    let lines = files.iter().flat_map(|file| &file.lines);
    Ok(lines.filter_map(|line| Some(vault::key(line)?.id)).collect())
}

/// How many lines of a file were new, were here, and cannot be taken.
struct Taken {
    new: usize,
    known: usize,
    refused: usize,
}

/// Adds what is not here yet; what is here stays byte for byte, also where the export has it otherwise.
fn take(
    lines: &LinesOf,
    device: &DeviceId,
    me: &PersonId,
    here: &BTreeSet<EventId>,
    own: &Path,
    context: &Context,
) -> Result<Taken> {
    let mut taken = Taken {
        new: 0,
        known: 0,
        refused: 0,
    };
    let mut new: Vec<(u64, &str)> = Vec::new();
    let mut seen = BTreeSet::new();
    for line in &lines.lines {
        match vault::own_key(line, me.as_str()) {
            None => taken.refused += 1,
            Some(key) if here.contains(&key.id) || !seen.insert(key.id) => taken.known += 1,
            Some(key) => new.push((key.seq, line)),
        }
    }
    taken.new = new.len();
    if new.is_empty() || context.global.dry_run {
        return Ok(taken);
    }
    let mut path = own.to_owned();
    path.extend(vault::file(me.as_str(), device.as_str()).split('/'));
    let before = disk::read_if_there(&path, MOST)?.unwrap_or_default();
    let before = String::from_utf8_lossy(&before);
    // In the order of their numbers: the last line is the one to go on after. What cannot be read stays behind its neighbour.
    let mut last = 0;
    let mut all: Vec<(u64, &str)> = Vec::new();
    for line in before.lines().filter(|line| !line.is_empty()) {
        last = vault::key(line).map_or(last, |key| key.seq);
        all.push((last, line));
    }
    all.extend(new);
    all.sort_by_key(|(seq, _)| *seq);
    let text: String = all.iter().flat_map(|(_, line)| [*line, "\n"]).collect();
    disk::create_folder(path.parent().unwrap_or(own), Access::Private)?;
    disk::replace(&path, text.as_bytes(), Access::Private)?;
    Ok(taken)
}

/// Names of what was given to authors, so that it can be taken back from here.
fn bring_given(
    export: &Portable,
    context: &Context,
    settings: &crate::model::settings::Settings,
    me: &PersonId,
) -> Result<()> {
    let given = Given::of(context, settings, me);
    let mut names = given.names()?;
    let before = names.len();
    for one in &export.given {
        let name = one
            .file
            .rsplit('/')
            .next()
            .and_then(|name| name.strip_suffix(".jsonl"));
        let name = name.filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()));
        if let Some(name) = name.filter(|name| !names.iter().any(|known| known == name)) {
            names.push(name.to_owned());
        }
    }
    if names.len() > before {
        given.note(&names)?;
    }
    Ok(())
}
