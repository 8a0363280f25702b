//! `doctor --fix`: what can be repaired without a guess, one thing at a time. What a repair takes away or changes is kept first,
//! in the user's own folder. Nothing here changes a line that another computer wrote.

use std::path::{Path, PathBuf};

use super::computer::loose;
use crate::base::words::plural;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::cli::record;
use crate::disk::{self, Access, Kind, Lock, Tree};
use crate::files::WantCurricula;
use crate::model::settings::Settings;
use crate::model::workspace::Workspace;
use crate::store::{self, Buffers};

/// Folder of the user's own data in which what a repair changed is kept.
const KEPT: &str = "kept";

/// One thing that can be repaired.
enum Repair {
    /// A conflict copy with nothing of its own, by its path in the workspace, of so many lines.
    Copy {
        person: String,
        file: String,
        lines: usize,
    },
    /// An unfinished last line of this computer's own log, by its path in the workspace or in the user's own folder.
    Tail { file: String, is_private: bool },
    /// A copied folder of a person's, by its name and the person's id.
    Folder { name: String, person: String },
    /// Rights of a private file or folder, by its path in the user's own folder.
    Rights { inside: String, is_folder: bool },
}

impl Repair {
    fn words(&self) -> String {
        match self {
            Self::Copy { file, lines, .. } => format!(
                "remove {file}: a conflict copy, all of it ({}) is in other logs",
                plural(*lines, "line")
            ),
            Self::Tail { file, .. } => {
                format!("mend the end of {file}: a write of this computer was cut off")
            }
            Self::Folder { name, person } => {
                format!("move the logs of progress/{name}/ into progress/{person}/")
            }
            Self::Rights { inside, is_folder } => format!(
                "leave {inside} to you alone ({})",
                if *is_folder { "0700" } else { "0600" }
            ),
        }
    }

    fn is_folder(&self) -> bool {
        matches!(self, Self::Folder { .. })
    }

    fn question(&self) -> String {
        let (what, about) = match self {
            Self::Copy { file, .. } => ("copy", file),
            Self::Tail { file, .. } => ("tail", file),
            Self::Folder { name, .. } => ("folder", name),
            Self::Rights { inside, .. } => ("rights", inside),
        };
        format!("fix.{what}.{about}")
    }
}

/// Where repairs happen.
struct Place {
    tree: Tree,
    own: PathBuf,
    day: String,
    _lock: Lock,
}

/// Shows what can be repaired and does what is agreed to; without a terminal and without `--yes` it only shows it.
pub(super) fn run(context: &mut Context) -> Result<()> {
    let tree = context.tree()?;
    if tree.folder().is_none() {
        return Err(CliError::usage(
            "the example is read-only: nothing of it is repaired",
        ));
    }
    let workspace = context.workspace(WantCurricula::None)?;
    let settings = &workspace.settings;
    let repairs = possible(context, &tree, &workspace)?;
    if repairs.is_empty() {
        return context
            .ui
            .notice("Nothing that could be repaired without a guess.");
    }
    let only_shown = context.global.dry_run
        || !(context.global.yes || context.global.answers.is_some() || context.can_prompt());
    if only_shown {
        context
            .ui
            .line(format!("Could be repaired, {}:", plural(repairs.len(), "thing")))?;
        context
            .ui
            .lines(repairs.iter().map(|repair| format!("  {}", repair.words())))?;
        return context
            .ui
            .notice("nothing was changed; do it: upwards doctor --fix --yes, or on a terminal without --yes one by one");
    }
    repair_some(
        context,
        &tree,
        settings,
        repairs.iter().filter(|repair| repair.is_folder()),
    )?;
    // What came out of a copied folder may be a copy with nothing of its own.
    let rest = possible(context, &tree, &workspace)?;
    repair_some(
        context,
        &tree,
        settings,
        rest.iter().filter(|repair| !repair.is_folder()),
    )?;
    context.ui.line("")
}

/// Asks for each and does what is agreed to.
fn repair_some<'a>(
    context: &Context,
    tree: &Tree,
    settings: &Settings,
    repairs: impl Iterator<Item = &'a Repair>,
) -> Result<()> {
    for repair in repairs {
        let asked = format!("{}?", capital(&repair.words()));
        if !context.agreed(&repair.question(), &asked, "--yes")? {
            continue;
        }
        // Held for one repair: a question may wait for hours.
        let place = lock(context, settings, tree)?;
        let told = done(context, &place, repair)?;
        context.ui.line(told)?;
    }
    Ok(())
}

fn lock(context: &Context, settings: &Settings, tree: &Tree) -> Result<Place> {
    let own = context.own_folder(settings);
    Ok(Place {
        tree: tree.clone(),
        day: context.now.today.to_string(),
        _lock: disk::lock(&own.join("lock"))?,
        own,
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// All that can be repaired, in the order in which it is asked for.
fn possible(context: &Context, tree: &Tree, workspace: &Workspace) -> Result<Vec<Repair>> {
    let mut repairs = Vec::new();
    let folders = store::copied_folders(tree, |id| workspace.person(id).is_some())?;
    repairs.extend(
        folders
            .into_iter()
            .map(|(name, person)| Repair::Folder { name, person }),
    );
    let people = store::people(tree, &mut Vec::new())?;
    for person in &people {
        let mut buffers = Buffers::default();
        let log = store::read_person(tree, person, &mut buffers)?;
        let copies = store::copies(tree, person, &log)?.into_iter();
        repairs.extend(
            copies
                .filter(|copy| copy.only_here == 0)
                .map(|copy| Repair::Copy {
                    person: person.clone(),
                    file: copy.file,
                    lines: copy.lines,
                }),
        );
    }
    let own_tree = Tree::Folder(context.own_folder(&workspace.settings));
    let (loose, _) = loose(&own_tree)?;
    if let Some(device) = device(context)? {
        let shared = people.iter().map(|person| format!("progress/{person}"));
        let shared = shared.chain(["team".to_owned()]).map(|folder| (folder, false));
        let private = own_tree.list("private").unwrap_or_default().into_iter();
        let private = private
            .filter(|(_, kind)| *kind == Kind::Folder)
            .map(|(person, _)| format!("private/{person}"));
        let private = private.chain(["team".to_owned()]).map(|folder| (folder, true));
        for (folder, is_private) in shared.chain(private) {
            let file = format!("{folder}/{device}.jsonl");
            let of = if is_private { &own_tree } else { tree };
            if is_torn(of, &file)? {
                repairs.push(Repair::Tail { file, is_private });
            }
        }
    }
    repairs.extend(loose.into_iter().map(|one| Repair::Rights {
        inside: one.inside,
        is_folder: one.is_folder,
    }));
    Ok(repairs)
}

/// What this computer writes as, if it has written.
fn device(context: &Context) -> Result<Option<String>> {
    if let Some(given) = &context.environment.device {
        return Ok(Some(given.clone()));
    }
    let known = record::known_device(&context.environment.home)?;
    Ok(known.map(|device| device.to_string()))
}

fn is_torn(tree: &Tree, file: &str) -> Result<bool> {
    if tree.kind(file)? != Some(Kind::File) {
        return Ok(false);
    }
    let mut bytes = Vec::new();
    tree.read_into(file, &mut bytes)?;
    Ok(bytes.last().is_some_and(|last| *last != b'\n'))
}

/// Does it, unless it is no more as it was when it was found; gives back what was done.
fn done(context: &Context, place: &Place, repair: &Repair) -> Result<String> {
    match repair {
        Repair::Copy { person, file, .. } => {
            let mut buffers = Buffers::default();
            let log = store::read_person(&place.tree, person, &mut buffers)?;
            let still = store::copies(&place.tree, person, &log)?;
            if !still.iter().any(|copy| copy.file == *file && copy.only_here == 0) {
                return Ok(format!("{file} was left alone: it is another than before"));
            }
            let kept = keep(place, file, &place.tree)?;
            disk::remove_file(&place.tree.path(file))?;
            Ok(format!("removed {file}; kept as {kept}"))
        }
        Repair::Tail { file, is_private } => tail(place, file, *is_private),
        Repair::Folder { name, person } => folder(context, place, name, person),
        Repair::Rights { inside, is_folder } => {
            disk::make_private(&place.own.join(inside))?;
            let what = if *is_folder { "look into" } else { "read" };
            Ok(format!("{inside}: nobody else can {what} it now"))
        }
    }
}

/// What stands behind the last line end goes: nobody counts it, and it is no line. One that is whole, with only its end
/// missing, gets its end.
fn tail(place: &Place, file: &str, is_private: bool) -> Result<String> {
    let own = Tree::Folder(place.own.clone());
    let tree = if is_private { &own } else { &place.tree };
    let access = if is_private {
        Access::Private
    } else {
        Access::Shared
    };
    let mut bytes = Vec::new();
    tree.read_into(file, &mut bytes)?;
    let whole = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let rest = &bytes[whole..];
    if rest.is_empty() {
        return Ok(format!("{file} was left alone: it is whole"));
    }
    let kept = keep(place, file, tree)?;
    let is_line = std::str::from_utf8(rest).is_ok_and(|line| store::key(line).is_some());
    if is_line {
        bytes.push(b'\n');
        disk::replace(&tree.path(file), &bytes, access)?;
        return Ok(format!(
            "{file}: its last line was whole but for its end, and counts now; kept as {kept}"
        ));
    }
    let bytes_gone = plural(rest.len(), "byte");
    disk::replace(&tree.path(file), &bytes[..whole], access)?;
    Ok(format!(
        "{file}: {bytes_gone} of an unfinished line moved aside; kept as {kept}"
    ))
}

/// Moves the logs of a copied folder beside the person's own, under names that nothing has there; one that is there already in
/// the same bytes only goes.
fn folder(context: &Context, place: &Place, name: &str, person: &str) -> Result<String> {
    let from = format!("progress/{name}");
    let mut moved = 0;
    for (file, kind) in place.tree.list(&from)? {
        let Some(stem) = file.strip_suffix(".jsonl").filter(|_| kind == Kind::File) else {
            continue;
        };
        let inside = format!("{from}/{file}");
        if !is_about(&place.tree, &inside, person)? {
            context.ui.notice(&format!(
                "{inside} stays: it has lines about somebody else than {person}"
            ))?;
            continue;
        }
        let mut bytes = Vec::new();
        place.tree.read_into(&inside, &mut bytes)?;
        keep(place, &inside, &place.tree)?;
        let home = place.tree.path(&format!("progress/{person}"));
        disk::create_folder(&home, Access::Shared)?;
        let names = std::iter::once(file.clone()).chain((1..).map(|n| format!("{stem} ({n}).jsonl")));
        for name in names {
            let to = home.join(&name);
            if disk::create(&to, &bytes, Access::Shared)? || is_same(&to, &bytes)? {
                break;
            }
        }
        disk::remove_file(&place.tree.path(&inside))?;
        moved += 1;
    }
    let is_gone = disk::remove_empty_folder(&place.tree.path(&from))?;
    let rest = if is_gone {
        String::new()
    } else {
        format!("; {from}/ stays, something else is in it")
    };
    Ok(format!(
        "moved {} of {from}/ into progress/{person}/; kept in {}{rest}",
        plural(moved, "log"),
        place.own.join(KEPT).join(&place.day).display()
    ))
}

fn is_same(path: &Path, bytes: &[u8]) -> Result<bool> {
    let mut there = Vec::new();
    disk::read_into(path, &mut there)?;
    Ok(there == bytes)
}

/// Whether no line of a log says that it is about somebody else.
fn is_about(tree: &Tree, file: &str, person: &str) -> Result<bool> {
    let mut bytes = Vec::new();
    tree.read_into(file, &mut bytes)?;
    let lines = crate::log::lines(file, &bytes, &mut Vec::new());
    let others = lines
        .iter()
        .filter_map(|raw| store::parse(raw.text).ok())
        .any(|event| event.person != person);
    Ok(!others)
}

/// Puts what a file holds into the user's own folder, under a name that nothing has there, and gives the path back. On disk when
/// this returns.
fn keep(place: &Place, inside: &str, tree: &Tree) -> Result<String> {
    let mut bytes = Vec::new();
    tree.read_into(inside, &mut bytes)?;
    let mut path = place.own.join(KEPT).join(&place.day);
    path.extend(inside.split('/'));
    let folder = path.parent().unwrap_or(&place.own).to_owned();
    disk::create_folder(&folder, Access::Private)?;
    let name = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let names = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}.{n}")));
    for name in names {
        let path = folder.join(name);
        if disk::create(&path, &bytes, Access::Private)? || is_same(&path, &bytes)? {
            return Ok(path.display().to_string());
        }
    }
    Ok(String::new())
}
