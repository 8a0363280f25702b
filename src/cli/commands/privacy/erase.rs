//! Erases a person: shown first, done when the id is typed again; first the tombstone, then everything else, so that whatever
//! stops it leaves somebody who is erased, and doing it again finishes.

mod found;

use std::path::{Path, PathBuf};

use clap::Args;

use self::found::{Mention, Part, Places, Then, log_folder, mentions, parts};
use super::share::Given;
use crate::base::id::PersonId;
use crate::base::texts::{t, t_n};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packets::Sent;
use crate::cli::packs::lock_files;
use crate::cli::pages::Pages;
use crate::cli::record::HEADS;
use crate::cli::sent::{forget_statements_about, statements_about};
use crate::disk::{self, Access};
use crate::files::{self, WantCurricula};
use crate::log::Heads;
use crate::model::person::{Person, Role};
use crate::model::settings::Layout;
use crate::model::workspace::Workspace;
use crate::session::{Answer, Kind, Question, Reply};
use crate::table::{Column, Report, Value};
use crate::vault;

#[derive(Debug, Args)]
pub(super) struct EraseArgs {
    /// The whole id
    #[arg(required_unless_present = "notes", conflicts_with = "notes")]
    person: Option<String>,
    /// The id again, so that it is no slip
    #[arg(long, value_name = "ID", conflicts_with = "notes")]
    confirm: Option<String>,
    /// Delete the text of notes and reflections that you removed, on this computer
    #[arg(long)]
    notes: bool,
    /// With --notes: of all of them, removed or not
    #[arg(long, requires = "notes")]
    all: bool,
}

pub(super) fn run(args: &EraseArgs, context: &mut Context) -> Result<Outcome> {
    match &args.person {
        Some(person) => erase(person, args.confirm.as_deref(), context),
        None => super::notes::run(args.all, context),
    }
}

/// Who is erased, and what is known of them.
struct Whom {
    id: PersonId,
    /// The name, or the id of somebody who is no longer in `people.toml`.
    name: String,
    /// What else they are called in texts: name and addresses.
    words: Vec<String>,
    /// Whether it was begun before.
    is_erased: bool,
}

fn erase(typed: &str, confirm: Option<&str>, context: &mut Context) -> Result<Outcome> {
    let workspace = context.workspace(WantCurricula::None)?;
    let root = context.root()?;
    let whom = whom(typed, &workspace, &root, context)?;
    may_erase(&whom.id, &workspace, context)?;
    let own = context.own_folder(&workspace.settings);
    let given = Given::of(context, &workspace.settings, &whom.id).names()?;
    let places = Places {
        root: &root,
        own: &own,
        given: &given,
    };
    let listed = parts(&places, &whom.id)?;
    let mentions = mentions(&root, whom.id.as_str(), &whom.words)?;
    let is_data = context.ui.wants_data()?;
    context
        .ui
        .report(report(&whom, &listed, &mentions, context, is_data))?;
    if !is_data {
        unreached(&whom, &workspace, &own, &root, context)?;
    }
    if !confirmed(&whom, confirm, context)? {
        return Ok(Outcome::Done);
    }
    let _lock = lock_files(context)?;
    tombstone(&whom.id, &root, context)?;
    // Looked for once more: from here on nobody of this computer writes.
    for part in parts(&places, &whom.id)? {
        apply(&part)?;
    }
    remove_folders(&whom.id, &root, &own)?;
    forget(&whom.id, &workspace, &own, context)?;
    rights(&workspace, &root, context)?;
    context.ui.stored.set(true);
    context.ui.notice(&t!(
        "erase.done",
        "{name} ({id}) is erased here. Do the same on every computer that has this workspace; purge a history as docs/erasure.md says.",
        name = whom.name,
        id = whom.id
    ))?;
    Ok(Outcome::Done)
}

/// Somebody of `people.toml`, somebody whose log is still here, or somebody whose erasure was begun.
fn whom(typed: &str, workspace: &Workspace, root: &Path, context: &Context) -> Result<Whom> {
    let has_log = |id: &PersonId| disk::is_folder(&root.join("progress").join(id.as_str()));
    let id = typed.parse::<PersonId>().ok();
    let id = id.filter(|id| workspace.erased.contains(id) || has_log(id));
    let person = workspace.person(typed);
    match (person, id) {
        (Some(person), _) => Ok(Whom {
            id: person.id.clone(),
            name: person.name.clone(),
            words: words_of(person),
            is_erased: workspace.erased.contains(&person.id),
        }),
        (None, Some(id)) => Ok(Whom {
            name: id.to_string(),
            words: Vec::new(),
            is_erased: workspace.erased.contains(&id),
            id,
        }),
        (None, None) => Err(match context.person(workspace, typed) {
            Err(unknown) => unknown,
            Ok(_) => CliError::could_not(format!("\"{typed}\" is no id")),
        }),
    }
}

fn words_of(person: &Person) -> Vec<String> {
    let addresses = [&person.email, &person.assistant_email];
    let mut words = vec![person.name.clone()];
    words.extend(addresses.into_iter().flatten().map(ToString::to_string));
    words
}

/// Leaders erase anybody but their last one; others themselves, on their own computer.
fn may_erase(id: &PersonId, workspace: &Workspace, context: &Context) -> Result<()> {
    // What was begun may be finished by anybody, also by who is nobody here now.
    if workspace.erased.contains(id) {
        return Ok(());
    }
    let me = context.actor(workspace, Some(Role::Leader))?;
    let leads = |id: &PersonId| {
        let person = workspace.person(id.as_str());
        person.is_some_and(|person| person.is(Role::Leader))
    };
    if me != *id && !leads(&me) {
        return Err(CliError::could_not(format!(
            "only a leader erases somebody else, and {} is none",
            workspace.name_of(me.as_str())
        ))
        .hint("ask a leader; what is yours alone on this computer: upwards privacy erase YOUR-ID"));
    }
    let mut leaders = workspace.people.iter().filter(|person| person.is(Role::Leader));
    if leads(id) && leaders.all(|leader| leader.id == *id) {
        return Err(CliError::could_not(format!(
            "{id} is the only leader: nobody would lead this workspace"
        ))
        .hint("first: upwards people edit ID --set roles=leader"));
    }
    Ok(())
}

fn report(whom: &Whom, parts: &[Part], mentions: &[Mention], context: &Context, data: bool) -> Report {
    let columns = vec![
        Column::screen("file", t!("erase.column.file", "FILE"), 1),
        Column::screen("lines", t!("erase.column.lines", "LINES"), 1),
        Column::screen("what", t!("erase.column.what", "WHAT"), 1),
    ];
    let mut report = Report::new("erasure", context.now.today, columns);
    let mut row = |file: &str, lines: Option<usize>, what: Value| {
        report
            .rows
            .push(vec![Value::Text(file.to_owned()), Value::count(lines), what]);
    };
    if !whom.is_erased {
        let what = t!("erase.tombstone", "gets the id, so that nothing comes back");
        row("erased.toml", None, Value::Word("tombstone", what));
    }
    for part in parts {
        let what = match part.then {
            Then::Goes => Value::Word("removed", t!("erase.goes", "removed")),
            Then::Becomes { .. } => {
                Value::Word("rewritten", t!("erase.becomes", "rewritten without these lines"))
            }
        };
        row(&part.file, part.lines, what);
    }
    for mention in mentions {
        let what = t!("erase.stays", "stays: names them, and is somebody else's");
        row(&mention.file, Some(mention.lines), Value::Word("stays", what));
    }
    if !data {
        report.above = vec![if whom.is_erased {
            t!(
                "erase.title.again",
                "{name} was erased here; what there is of them all the same",
                name = whom.name
            )
        } else {
            t!(
                "erase.title",
                "{name} ({id}): what would be erased, and what stays",
                name = whom.name,
                id = whom.id
            )
        }];
        report.below = vec![t!(
            "erase.own",
            "(own) = in this computer's own folder; its notes on what was sent, written and made into pages go too."
        )];
    }
    report
}

/// What nothing on this computer can take back.
fn unreached(whom: &Whom, workspace: &Workspace, own: &Path, root: &Path, context: &Context) -> Result<()> {
    let mut lines = Vec::new();
    if workspace.settings.layout == Layout::Git || is_under_git(root) {
        lines.push(t!(
            "erase.git",
            "the history of the repository, and every clone of it: docs/erasure.md says how to purge it"
        ));
    }
    lines.push(t!(
        "erase.devices",
        "their own computers, with what is private there, and copies of the workspace on others: erase there too; a late one brings nothing back"
    ));
    lines.push(t!(
        "erase.handed",
        "packets, copies, ten-minute pages, reports and exports that were handed out (a packet of theirs is refused from now on)"
    ));
    lines.push(t!("erase.backups", "backups, and the bins of file-sync services"));
    lines.extend(sent_to_stores(own, whom.id.as_str()));
    lines.push(t!(
        "erase.id",
        "the bare id in erased.toml and in others' logs, shown as \"erased person\""
    ));
    context.ui.line("")?;
    context.ui.line(t!(
        "erase.unreached",
        "What this cannot reach of {name}:",
        name = whom.name
    ))?;
    for line in lines {
        let columns = context.ui.prose_width();
        context
            .ui
            .lines(crate::base::text::hanging("  - ", &line, columns))?;
    }
    Ok(())
}

/// Statements about the person that went from this computer to record stores, which keep them until they are asked.
fn sent_to_stores(own: &Path, person: &str) -> Vec<String> {
    let stores = statements_about(own, person).into_iter();
    let told = stores.map(|(store, n)| {
        t_n!(
            "erase.statements",
            n,
            "{n} statement that {store} was sent: whoever runs it has to delete it",
            "{n} statements that {store} was sent: whoever runs it has to delete them",
            store = store
        )
    });
    told.collect()
}

fn is_under_git(root: &Path) -> bool {
    let mut folders = root.ancestors();
    folders.any(|folder| matches!(disk::kind(&folder.join(".git")), Ok(Some(_))))
}

/// Whether the id was typed again; without anybody to ask it is a dry run.
fn confirmed(whom: &Whom, confirm: Option<&str>, context: &Context) -> Result<bool> {
    let id = whom.id.as_str();
    let typed = match confirm {
        _ if context.global.dry_run => None,
        Some(typed) => Some(typed.to_owned()),
        None if context.can_prompt() || context.global.answers.is_some() => {
            let question = Question {
                id: "privacy.erase".to_owned(),
                text: t!(
                    "erase.ask",
                    "This cannot be undone. Type the id to erase {name}.",
                    name = whom.name
                ),
                hint: None,
                kind: Kind::Line(80),
                seen_by: None,
                flag: format!("--confirm {id}"),
                can_skip: false,
                keys: Vec::new(),
            };
            match context.asker(context.answers()?).ask(&question)? {
                Reply::Answer(Answer::Line(text)) => Some(text.trim().to_owned()),
                _ => return Err(CliError::stopped("stopped; nothing was written")),
            }
        }
        None => None,
    };
    let Some(typed) = typed else {
        context.ui.notice(&t!(
            "erase.dry",
            "Dry run, nothing was written. To do it: upwards privacy erase {id} --confirm {id}",
            id = id
        ))?;
        return Ok(false);
    };
    if typed != id {
        return Err(CliError::usage(format!(
            "\"{typed}\" is not {id}; nothing was written"
        )));
    }
    Ok(true)
}

/// The id in `erased.toml`, on the disk before anything goes.
fn tombstone(id: &PersonId, root: &Path, context: &Context) -> Result<()> {
    change_erased(root, |text| files::with_erased(text, id, context.now.today))
}

/// `erased.toml` as it stands, changed, and on the disk when this returns.
pub(super) fn change_erased(
    root: &Path,
    change: impl Fn(Option<&str>) -> std::result::Result<String, files::edit::EditError>,
) -> Result<()> {
    let path = root.join("erased.toml");
    let before = disk::read_if_there(&path, files::MAX_BYTES)?;
    let before = before
        .map(String::from_utf8)
        .transpose()
        .map_err(|_| CliError::could_not("erased.toml is not UTF-8").hint("upwards check"))?;
    let after = change(before.as_deref())
        .map_err(|error| CliError::could_not(format!("erased.toml: {error}")).hint("upwards check"))?;
    if before.as_deref() != Some(after.as_str()) {
        disk::replace(&path, after.as_bytes(), Access::Shared)?;
    }
    Ok(())
}

fn apply(part: &Part) -> Result<()> {
    match &part.then {
        Then::Goes => Ok(disk::remove_file(&part.path)?),
        Then::Becomes { before, after } => {
            let mut now = Vec::new();
            disk::read_into(&part.path, &mut now)?;
            if now != *before {
                return Err(CliError::could_not(format!(
                    "somebody changed {} at this moment; it was left alone",
                    part.file
                ))
                .hint("repeat the command: it goes on where it stopped"));
            }
            let access = if part.file.starts_with("(own)") {
                Access::Private
            } else {
                Access::Shared
            };
            Ok(disk::replace(&part.path, after, access)?)
        }
    }
}

/// The folders that are empty now, and the list of names above them on the disk.
fn remove_folders(id: &PersonId, root: &Path, own: &Path) -> Result<()> {
    let folders: [PathBuf; 2] = [
        root.join(log_folder(id.as_str())),
        own.join(vault::folder(id.as_str())),
    ];
    for folder in folders {
        if disk::is_folder(&folder) {
            disk::remove_folder(&folder)?;
            disk::sync_folder(folder.parent().unwrap_or(root))?;
        }
    }
    Ok(())
}

/// What this computer noted for itself: what went out, what it wrote last, which pages it made, and who its user is.
fn forget(id: &PersonId, workspace: &Workspace, own: &Path, context: &Context) -> Result<()> {
    let (person, of) = (id.as_str(), workspace.settings.id.as_str());
    let home = &context.environment.home;
    if disk::is_file(&own.join("packets.jsonl")) {
        Sent::read(own).forget(person)?;
    }
    forget_statements_about(own, person)?;
    let mut heads = Heads::load(&own.join(HEADS));
    heads.forget(person);
    heads.save();
    let last = own.join("last.json");
    if disk::is_file(&last) {
        disk::remove_file(&last)?;
    }
    if Pages::read(home)?.has_one_of(of, person) {
        Pages::forget(home, of, person)?;
    }
    let mut config = context.config()?;
    if !context.global.demo && config.me(of).as_deref() == Some(person) {
        config.unset_me(of)?;
    }
    Ok(())
}

/// Who needs which rights, without the person.
fn rights(workspace: &Workspace, root: &Path, context: &mut Context) -> Result<()> {
    if workspace.settings.layout != Layout::Folder {
        return Ok(());
    }
    let tree = context.tree()?;
    let people = context.sound(files::load_people(&tree))?;
    let text = files::scaffold::rights_of(&people.people);
    Ok(disk::replace(
        &root.join("RIGHTS.txt"),
        text.as_bytes(),
        Access::Shared,
    )?)
}
