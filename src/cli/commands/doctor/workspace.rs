//! The workspace as this computer has it: logs, copies of sync tools, what the layout needs, curricula.

use crate::base::diag::{Diagnostic, Place};
use crate::base::words::plural;
use crate::check;
use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::cli::foreign;
use crate::cli::record::HEADS;
use crate::disk::{self, Kind, Tree};
use crate::files;
use crate::log::{self, Head, Heads};
use crate::model::settings::Layout;
use crate::model::workspace::Workspace;
use crate::store::{self, Buffers};

/// Seconds by which a file may be of the future: sync tools and clocks are never exact.
const AHEAD: i64 = 24 * 60 * 60;

/// All of it; gives back what was looked at.
pub(super) fn look(
    context: &Context,
    tree: &Tree,
    workspace: &Workspace,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<String>> {
    let mut buffers = Buffers::default();
    findings.extend(store::misplaced(tree)?);
    let people = store::people(tree, findings)?;
    let retained = context.sound(files::load_retained(tree))?;
    for person in &people {
        if workspace.erased.contains(person.as_str()) {
            findings.push(check::erased_returned(person));
            continue;
        }
        let today = context.now.today;
        findings.extend(store::audit(tree, person, &mut buffers, today, retained)?);
        if workspace.person(person).is_none() {
            let place = Place::file(&format!("progress/{person}"));
            findings.push(
                Diagnostic::warning(
                    "U520",
                    place,
                    format!("{person} has a log and is nobody in people.toml"),
                )
                .helped("they left? add them with left = DATE; then their progress can be restored"),
            );
        }
    }
    store::read_items(tree, findings)?;
    findings.extend(files::copies_and_stand_ins(tree));
    own_lines(context, tree, workspace, findings)?;
    opened(context, tree, workspace, findings)?;
    layout_files(tree, workspace, findings)?;
    Ok(vec![
        format!("logs of {} read", plural(people.len(), "person")),
        curricula(tree, workspace, findings),
    ])
}

/// Which curricula are in use, and whose they are; a note on each that hides the program's.
fn curricula(tree: &Tree, workspace: &Workspace, findings: &mut Vec<Diagnostic>) -> String {
    let built_in = files::built_in_curricula();
    let is_own = |id: &crate::base::id::CurriculumId| {
        let folder = files::curriculum_folder(id);
        tree.folder().is_some()
            && matches!(tree.kind(&folder), Ok(Some(Kind::Folder)))
            && !files::adds_cases(tree, id)
    };
    for id in built_in.iter().filter(|id| is_own(id)) {
        findings.push(
            Diagnostic::note(
                "U521",
                Place::file(&files::curriculum_folder(id)),
                format!("this {id} hides the one that comes with the program"),
            )
            .helped("what differs: upwards curricula diff; another id keeps both"),
        );
    }
    let used = workspace
        .settings
        .curricula
        .iter()
        .map(|id| match (is_own(id), built_in.contains(id)) {
            (true, true) => format!("{id} (the workspace's, in place of the program's)"),
            (true, false) => format!("{id} (the workspace's)"),
            (false, true) => format!("{id} (the program's)"),
            (false, false) => format!("{id} (not there)"),
        });
    let used: Vec<String> = used.collect();
    if used.is_empty() {
        "no curriculum in use".to_owned()
    } else {
        format!("curricula in use: {}", used.join(", "))
    }
}

/// What this computer remembers to have written, against what is there; and its clock against the days of these lines.
fn own_lines(
    context: &Context,
    tree: &Tree,
    workspace: &Workspace,
    findings: &mut Vec<Diagnostic>,
) -> Result<()> {
    if tree.folder().is_none() {
        return Ok(());
    }
    let own = context.own_folder(&workspace.settings);
    let own_tree = Tree::Folder(own.clone());
    let mut newest = None;
    for (file, head) in Heads::load(&own.join(HEADS)).all() {
        let mut parts = file.split('/');
        let (kind, person) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let there = match kind {
            "progress" if workspace.erased.contains(person) => continue,
            "progress" => {
                let mut buffers = Buffers::default();
                let log = store::read_person(tree, person, &mut buffers)?;
                let device = file
                    .rsplit('/')
                    .next()
                    .and_then(|name| name.strip_suffix(".jsonl"));
                let ours = log
                    .events
                    .iter()
                    .filter(|event| Some(event.device.as_ref()) == device);
                newest = newest.max(ours.clone().map(|event| event.day).max());
                There::of(ours.map(|event| (event.seq, event.id)), head)
            }
            // One that is gone as a whole was removed by whose it was: that is theirs to do.
            "private" if own_tree.kind(file)?.is_none() => continue,
            "private" => of_file(&own_tree, file, head),
            // Notes of somebody who does not lead lie in their own folder until they are sent.
            _ if own_tree.kind(file)?.is_some() => continue,
            _ => of_file(tree, file, head),
        };
        findings.extend(there.told(file, head));
    }
    let clock = |place: Place, told: String| {
        Diagnostic::error("U545", place, told).helped(
            "set the clock, or the time zone: every entry carries its day, and days decide what counts",
        )
    };
    let today = context.now.today;
    if let Some(day) = newest.filter(|day| *day > today) {
        let told = format!("its clock says {today}, and it has written lines of {day}");
        findings.push(clock(Place::file("this computer"), told));
    }
    if !context.environment.clock_is_given {
        let now = context.environment.now.instant.seconds();
        let changed =
            disk::changed_at(&own.join(HEADS)).or_else(|| disk::changed_at(&tree.path("upwards.toml")));
        if changed.is_some_and(|changed| changed > now + AHEAD) {
            let told = "its clock is behind the time at which it last wrote a file itself".to_owned();
            findings.push(clock(Place::file("this computer"), told));
        }
    }
    Ok(())
}

/// What is there of a file that this computer wrote.
struct There {
    /// The largest number in it, 0 = none.
    last: u64,
    /// Whether the line that was written last is there, or one that was about to be written after it.
    has_head: bool,
}

impl There {
    fn of(lines: impl Iterator<Item = (u64, crate::base::id::EventId)>, head: &Head) -> Self {
        let mut there = Self {
            last: 0,
            has_head: head.id.is_none(),
        };
        for (seq, id) in lines {
            there.last = there.last.max(seq);
            there.has_head |= Some(id) == head.id || head.pending.contains(&id);
        }
        there
    }

    /// What is missing; nothing is, where all that was written is there.
    fn told(&self, file: &str, head: &Head) -> Option<Diagnostic> {
        if self.has_head {
            return None;
        }
        let told = if self.last < head.seq {
            let missing = usize::try_from(head.seq - self.last).unwrap_or(usize::MAX);
            let lines = plural(missing, "line");
            format!(
                "this computer has written {lines} more than are here, up to number {}",
                head.seq
            )
        } else {
            format!("line {} is another than this computer wrote", head.seq)
        };
        Some(
            Diagnostic::error("U543", Place::file(file), told).helped(
                "shortened, or an older state came back: put the file's newer version (sync tool, git, backup) beside it under any name ending in .jsonl",
            ),
        )
    }
}

/// The same of a file that is nobody else's.
fn of_file(tree: &Tree, file: &str, head: &Head) -> There {
    let mut bytes = Vec::new();
    // One that cannot be read has been told already; one that is gone has none of the lines.
    let _ = tree.read_into(file, &mut bytes);
    let lines = log::lines(file, &bytes, &mut Vec::new());
    There::of(
        lines
            .iter()
            .filter_map(|raw| store::key(raw.text))
            .map(|key| (key.seq, key.id)),
        head,
    )
}

/// What this computer reads and should not.
fn opened(
    context: &Context,
    tree: &Tree,
    workspace: &Workspace,
    findings: &mut Vec<Diagnostic>,
) -> Result<()> {
    let me = context.known_me(workspace)?;
    let Some(me) = me.as_ref().and_then(|id| workspace.person(id.as_str())) else {
        return Ok(());
    };
    for other in foreign::logs_of_others(tree, workspace, me) {
        findings.push(
            Diagnostic::error(
                "U605",
                Place::file(&format!("progress/{other}")),
                format!("this computer is {}'s and can open what is shared about {other}", me.name),
            )
            .helped(match workspace.settings.layout {
                Layout::Folder => "the rights of the synced folder are wider than RIGHTS.txt says: narrow them",
                Layout::Packets | Layout::Git => "a copy holds one person: ask for one (upwards send --to), and receive it into a new folder",
            }),
        );
    }
    if foreign::has_team_folder(tree, me) {
        findings.push(
            Diagnostic::error(
                "U606",
                Place::file("team"),
                format!(
                    "this computer is {}'s and holds what leaders note among themselves",
                    me.name
                ),
            )
            .helped("it is for leaders only: remove the folder here, and narrow the rights to it"),
        );
    }
    Ok(())
}

/// Files that the layout needs.
fn layout_files(tree: &Tree, workspace: &Workspace, findings: &mut Vec<Diagnostic>) -> Result<()> {
    if tree.folder().is_none() {
        return Ok(());
    }
    match workspace.settings.layout {
        Layout::Packets => {}
        Layout::Folder => {
            if tree.kind("RIGHTS.txt")?.is_none() {
                findings.push(
                    Diagnostic::warning(
                        "U607",
                        Place::file("RIGHTS.txt"),
                        "who needs which rights is not written down",
                    )
                    .helped("it is written anew whenever people change: upwards people import, add, edit"),
                );
            }
        }
        Layout::Git => {
            let mut bytes = Vec::new();
            let ignores = tree.read_into(".gitignore", &mut bytes).is_ok()
                && String::from_utf8_lossy(&bytes)
                    .lines()
                    .any(|line| matches!(line.trim(), "team/" | "/team/" | "team"));
            if !ignores {
                findings.push(
                    Diagnostic::error(
                        "U608",
                        Place::file(".gitignore"),
                        "git would give everybody what leaders note among themselves",
                    )
                    .helped("add a line to it: team/"),
                );
            }
        }
    }
    Ok(())
}
