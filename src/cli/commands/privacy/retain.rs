//! Old lines that nothing rests on: shown, and removed when that is agreed to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;

use super::erase::change_erased;
use crate::base::id::{EventId, PersonId};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packs::lock_files;
use crate::disk::{self, Access, Kind, Tree};
use crate::files::{self, WantCurricula};
use crate::model::person::Role;
use crate::model::workspace::Workspace;
use crate::retention::{Aged, Rests, aged};
use crate::store::{self, Buffers};
use crate::table::{Column, Report, Value};
use crate::team;

#[derive(Debug, Args)]
pub(super) struct RetainArgs {}

/// A file as it is, and as it would be.
struct Rewritten {
    file: String,
    path: PathBuf,
    before: Vec<u8>,
    after: Vec<u8>,
}

/// What of one person is older than the rule.
struct Older {
    person: String,
    lines: Vec<Aged>,
}

pub(super) fn run(_: &RetainArgs, context: &mut Context) -> Result<Outcome> {
    let workspace = context.workspace(WantCurricula::InUse)?;
    let months = workspace.settings.privacy.retain_months;
    if months == 0 {
        context.ui.prose(
            &t!(
                "retain.no_rule",
                "This workspace has no rule: nothing is ever too old. One is made by: upwards config set privacy.retain_months 24"
            ),
            0,
        )?;
        return Ok(Outcome::Done);
    }
    let today = context.now.today;
    let before = today.months_before(months);
    let tree = context.tree()?;
    let people = readable(&workspace, &tree, context)?;
    let older = look(&tree, &people, &workspace, before, context)?;
    let is_data = context.ui.wants_data()?;
    context
        .ui
        .report(report(&older, &workspace, before, months, context, is_data))?;
    let gone: BTreeSet<EventId> = gone(&older);
    let is_data = is_data || context.ui.out_file.is_some();
    if (is_data && !context.global.yes) || gone.is_empty() {
        return Ok(Outcome::Done);
    }
    let root = context.root()?;
    if !is_data {
        say_files(&rewritten(&root, &people, &gone)?, context)?;
    }
    if context.global.dry_run || !(context.global.yes || context.can_prompt()) {
        context.ui.line(t!(
            "retain.dry",
            "Dry run, nothing was written. To remove them: upwards privacy retain --yes"
        ))?;
        return Ok(Outcome::Done);
    }
    let question = t_n!(
        "retain.ask",
        gone.len(),
        "Remove this line for good?",
        "Remove these {n} lines for good?"
    );
    if !context.agreed("privacy.retain", &question, "--yes")? {
        context.ui.line(t!("nothing_written", "Nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let _lock = lock_files(context)?;
    // First the day: a line that goes must not come back from elsewhere meanwhile.
    change_erased(&root, |text| files::with_retained(text, before, today))?;
    // Looked at once more: nobody of this computer writes from here on, and what rests on what may have changed.
    let older = look(&tree, &people, &workspace, before, context)?;
    let gone = self::gone(&older);
    for file in rewritten(&root, &people, &gone)? {
        let mut now = Vec::new();
        disk::read_into(&file.path, &mut now)?;
        if now != file.before {
            return Err(CliError::could_not(format!(
                "somebody changed {} at this moment; it was left alone",
                file.file
            ))
            .hint("repeat the command: it goes on where it stopped"));
        }
        disk::replace(&file.path, &file.after, Access::Shared)?;
    }
    context.ui.stored.set(true);
    context.ui.notice(&t_n!(
        "retain.done",
        gone.len(),
        "{n} line removed; nothing of a day before {before} comes back by a packet or a sync.",
        "{n} lines removed; nothing of a day before {before} comes back by a packet or a sync.",
        before = before
    ))?;
    context.ui.notice(&t!(
        "retain.elsewhere",
        "note: other computers keep theirs until the same is done there; a repository's history and backups keep them (docs/erasure.md)"
    ))?;
    Ok(Outcome::Done)
}

/// Whose logs may be looked at: everybody's for leaders, else one's own.
fn readable(workspace: &Workspace, tree: &Tree, context: &Context) -> Result<Vec<String>> {
    let me = context.actor(workspace, Some(Role::Leader))?;
    let person = workspace.person(me.as_str());
    if !person.is_some_and(|me| me.is(Role::Leader)) {
        return Ok(vec![me.to_string()]);
    }
    let all = store::people(tree, &mut Vec::new())?;
    let is_here = |id: &String| {
        let id = id.parse::<PersonId>();
        id.is_ok_and(|id| !workspace.erased.contains(&id))
    };
    Ok(all.into_iter().filter(is_here).collect())
}

fn look(
    tree: &Tree,
    people: &[String],
    workspace: &Workspace,
    before: Date,
    context: &Context,
) -> Result<Vec<Older>> {
    let mut buffers = Buffers::default();
    let mut all = Vec::new();
    for person in people {
        let log = store::read_person(tree, person, &mut buffers)?;
        context.mention(&log.findings)?;
        let lines = aged(
            &log.in_order(),
            &workspace.curricula,
            &workspace.settings,
            before,
            context.now.today,
        );
        if !lines.is_empty() {
            all.push(Older {
                person: person.clone(),
                lines,
            });
        }
    }
    Ok(all)
}

fn gone(older: &[Older]) -> BTreeSet<EventId> {
    let lines = older.iter().flat_map(|one| &one.lines);
    lines
        .filter(|line| line.rests.is_none())
        .map(|line| line.id)
        .collect()
}

fn report(
    older: &[Older],
    workspace: &Workspace,
    before: Date,
    months: u32,
    context: &Context,
    data: bool,
) -> Report {
    let columns = vec![
        Column::screen("person", t!("retain.column.person", "PERSON"), 1),
        Column::screen("lines", t!("retain.column.lines", "LINES"), 1),
        Column::screen("oldest", t!("retain.column.oldest", "OLDEST"), 2),
        Column::screen("what", t!("retain.column.what", "WHAT"), 1),
    ];
    let mut report = Report::new("retention", context.now.today, columns);
    for one in older {
        let mut groups: BTreeMap<Option<Rests>, (usize, Date)> = BTreeMap::new();
        for line in &one.lines {
            let group = groups.entry(line.rests).or_insert((0, line.day));
            *group = (group.0 + 1, group.1.min(line.day));
        }
        for (rests, (lines, oldest)) in groups {
            let person = if data {
                one.person.clone()
            } else {
                workspace.name_of(&one.person).to_owned()
            };
            report.rows.push(vec![
                Value::Text(person),
                Value::count(Some(lines)),
                Value::Date(oldest),
                what(rests),
            ]);
        }
    }
    if !data {
        report.above = vec![t_n!(
            "retain.title",
            months,
            "Shared lines of days before {before} ({n} month)",
            "Shared lines of days before {before} ({n} months)",
            before = before
        )];
        if report.rows.is_empty() {
            report.below = vec![t!("retain.nothing", "There are none.")];
        }
    }
    report
}

fn what(rests: Option<Rests>) -> Value {
    let Some(rests) = rests else {
        return Value::Word("removed", t!("retain.goes", "nothing rests on them: removed"));
    };
    let words = match rests {
        Rests::Points => t!("retain.points", "stay: points rest on them"),
        Rests::Assignment => t!("retain.assignment", "stay: an assignment"),
        Rests::Pair => t!("retain.pair", "stay: a pair or a group"),
        Rests::Reached => t!("retain.reached", "stay: a day on which something was reached"),
        Rests::Ledger => t!("retain.ledger", "stay: a line of the ledger"),
        Rests::Aim => t!("retain.aim", "stay: the present aim"),
        Rests::Idea => t!("retain.idea", "stay: an open idea"),
        Rests::Done => t!("retain.step", "stay: steps that would be asked for again"),
        Rests::Newer => t!("retain.newer", "stay: a newer line names them"),
        Rests::Unknown => t!(
            "retain.unknown",
            "stay: of a curriculum not in use, or of a newer kind"
        ),
    };
    Value::Word(rests.code(), words)
}

fn say_files(files: &[Rewritten], context: &Context) -> Result<()> {
    /// Files named on a screen.
    const MOST: usize = 20;
    let ui = &context.ui;
    ui.line("")?;
    ui.line(t_n!(
        "retain.files",
        files.len(),
        "{n} file would be rewritten without them:",
        "{n} files would be rewritten without them:"
    ))?;
    let shown = if ui.verbose > 0 { usize::MAX } else { MOST };
    ui.lines(files.iter().take(shown).map(|file| format!("  {}", file.file)))?;
    if files.len() > shown {
        ui.line(t!("retain.more", "  and {n} more (-v)", n = files.len() - shown))?;
    }
    Ok(())
}

/// Every file that holds one of these lines, and those in which leaders noted something about one.
fn rewritten(root: &std::path::Path, people: &[String], gone: &BTreeSet<EventId>) -> Result<Vec<Rewritten>> {
    let tree = Tree::Folder(root.to_owned());
    let mut files = Vec::new();
    for person in people {
        let is_gone = |lines: &[&str]| -> BTreeSet<usize> {
            let places = lines.iter().enumerate();
            let gone = places.filter(|(_, line)| store::key(line).is_some_and(|key| gone.contains(&key.id)));
            gone.map(|(at, _)| at).collect()
        };
        rewrite_in(&tree, root, &format!("progress/{person}"), is_gone, &mut files)?;
    }
    rewrite_in(
        &tree,
        root,
        "team",
        |lines| team::about(lines, "", gone),
        &mut files,
    )?;
    Ok(files)
}

fn rewrite_in(
    tree: &Tree,
    root: &std::path::Path,
    folder: &str,
    is_gone: impl Fn(&[&str]) -> BTreeSet<usize>,
    files: &mut Vec<Rewritten>,
) -> Result<()> {
    if tree.kind(folder)? != Some(Kind::Folder) {
        return Ok(());
    }
    for (name, kind) in tree.list(folder)? {
        if kind != Kind::File {
            continue;
        }
        let file = format!("{folder}/{name}");
        let mut before = Vec::new();
        tree.read_into(&file, &mut before)?;
        let raw: Vec<&[u8]> = before.split_inclusive(|byte| *byte == b'\n').collect();
        let texts: Vec<String> = raw
            .iter()
            .map(|line| String::from_utf8_lossy(line).trim_end().to_owned())
            .collect();
        let lines: Vec<&str> = texts.iter().map(String::as_str).collect();
        let gone = is_gone(&lines);
        if gone.is_empty() {
            continue;
        }
        let kept = raw.iter().enumerate().filter(|(at, _)| !gone.contains(at));
        let after: Vec<u8> = kept.flat_map(|(_, line)| line.iter().copied()).collect();
        let mut path = root.to_owned();
        path.extend(file.split('/'));
        files.push(Rewritten {
            file,
            path,
            before,
            after,
        });
    }
    Ok(())
}
