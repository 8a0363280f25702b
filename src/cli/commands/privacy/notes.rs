//! Deletes the text of notes and reflections on this computer: `notes remove` only takes them out of the list.

use std::collections::BTreeSet;

use crate::base::id::EventId;
use crate::base::texts::{t, t_n};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packs::lock_files;
use crate::cli::person::Subject;
use crate::cli::plan::private_entries;
use crate::disk::{self, Access, Tree};
use crate::journal::Thought;
use crate::{own, vault};

pub(super) fn run(all: bool, context: &mut Context) -> Result<Outcome> {
    let subject = Subject::acting(context)?;
    if !subject.is_self() || context.global.actor.is_some() {
        return Err(CliError::usage("notes are deleted by whoever wrote them").hint("leave out --as"));
    }
    let entries = private_entries(&subject, context)?;
    let is_note = |thought: &Thought| matches!(thought, Thought::Noted { .. } | Thought::Reflected { .. });
    let written = entries.iter().filter(|entry| is_note(&entry.thought));
    let written: BTreeSet<EventId> = written.map(|entry| entry.id).collect();
    let listed: BTreeSet<EventId> = own::notes(&entries, subject.as_of)
        .iter()
        .map(|note| note.id)
        .collect();
    let removed = written.difference(&listed).copied().collect();
    let gone: BTreeSet<EventId> = if all { written.clone() } else { removed };
    let ui = &context.ui;
    if gone.is_empty() {
        ui.line(if written.is_empty() {
            t!("erase.notes.none", "There are no notes on this computer.")
        } else {
            t!(
                "erase.notes.none_removed",
                "No note was removed: first upwards notes remove ID, or --all for all of them."
            )
        })?;
        return Ok(Outcome::Done);
    }
    ui.prose(
        &t_n!(
            "erase.notes.what",
            gone.len(),
            "The text of {n} note or reflection would be deleted on this computer; {left} stay. Undo does not bring it back; backups may hold it.",
            "The texts of {n} notes and reflections would be deleted on this computer; {left} stay. Undo does not bring them back; backups may hold them.",
            left = written.len() - gone.len()
        ),
        0,
    )?;
    if context.global.dry_run {
        ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    if !context.agreed(
        "privacy.notes",
        &t!("erase.notes.ask", "Delete them for good?"),
        "--yes",
    )? {
        context.ui.line(t!("nothing_written", "Nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let _lock = lock_files(context)?;
    delete(&subject, context, gone)?;
    context.ui.stored.set(true);
    context
        .ui
        .line(t!("erase.notes.done", "Deleted on this computer."))?;
    Ok(Outcome::Done)
}

/// Each file without these entries, one after the other: whole or as it was.
fn delete(subject: &Subject, context: &Context, mut gone: BTreeSet<EventId>) -> Result<()> {
    let own = context.own_folder(&subject.workspace.settings);
    let person = subject.person.id.as_str();
    // What takes a removal back goes with it, however often that was done.
    let entries = private_entries(subject, context)?;
    loop {
        let more = entries.iter().filter_map(|entry| match entry.thought {
            Thought::Voided { reference } if gone.contains(&reference) => Some(entry.id),
            _ => None,
        });
        let more: Vec<EventId> = more.filter(|id| !gone.contains(id)).collect();
        if more.is_empty() {
            break;
        }
        gone.extend(more);
    }
    for file in vault::files(&Tree::Folder(own.clone()), person)? {
        let (kept, count) = vault::without(&file.lines, &gone);
        if count > 0 {
            let mut path = own.clone();
            path.extend(vault::file(person, &file.device).split('/'));
            let text: String = kept.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
            disk::replace(&path, text.as_bytes(), Access::Private)?;
        }
    }
    let last = own.join("last.json");
    if disk::is_file(&last) {
        disk::remove_file(&last)?;
    }
    Ok(())
}
