//! Gives authors one's own first tries under a pseudonym, shown before asking, and takes them back.

use std::path::PathBuf;

use clap::Args;

use crate::base::id::PersonId;
use crate::base::texts::{t, t_n};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packs::{lock_files, no_link_above};
use crate::cli::person::Subject;
use crate::cli::plan::private_entries;
use crate::cli::record::random_pseudonym;
use crate::disk::{self, Access, Tree};
use crate::model::first_try::FirstTry;
use crate::model::settings::{Layout, Settings};
use crate::own;
use crate::store::{self, ITEMS_FOLDER};

#[derive(Debug, Args)]
pub(super) struct ShareArgs {
    /// Remove what you gave
    #[arg(long)]
    stop: bool,
}

pub(super) fn run(args: &ShareArgs, context: &mut Context) -> Result<Outcome> {
    if context.global.actor.is_some() {
        return Err(CliError::usage("only you can give your own first tries").hint("leave out --as"));
    }
    if context.global.demo {
        return Err(
            CliError::usage("the example gives nothing away: it is nobody's").hint("leave out --demo")
        );
    }
    let root = context.root()?;
    if args.stop {
        let settings = context.settings()?;
        // Who left is no person of the workspace any more, and may take back all the same.
        let me = context
            .config()?
            .me(settings.id.as_str())
            .and_then(|me| me.parse().ok());
        let me: PersonId = match me {
            Some(me) => me,
            None => Subject::acting(context)?.person.id,
        };
        let given = Given::of(context, &settings, &me);
        return stop(&given, &root, context);
    }
    let subject = Subject::acting(context)?;
    let given = Given::of(context, &subject.workspace.settings, &subject.person.id);
    let tries = first_tries(&subject, context)?;
    if tries.is_empty() {
        context.ui.line(t!(
            "share.nothing",
            "There is nothing to give: no question that is asked now was answered here."
        ))?;
        return Ok(Outcome::Done);
    }
    let text = store::items_text(&tries);
    let pseudonym = random_pseudonym(context.environment.seed.as_deref());
    let file = format!("{ITEMS_FOLDER}/{pseudonym}.jsonl");
    say_what(&subject, &file, &text, tries.len(), context)?;
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    if !context.agreed("privacy.share", &t!("share.ask", "Give exactly this?"), "--yes")? {
        context.ui.line(t!("nothing_written", "Nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let tree = Tree::Folder(root.clone());
    no_link_above(&tree, &file)?;
    let _lock = lock_files(context)?;
    let before = given.names()?;
    // The name is noted first: a file that nobody remembers could never be taken back.
    let mut all = before.clone();
    all.push(pseudonym.clone());
    given.note(&all)?;
    disk::create_folder(&root.join(ITEMS_FOLDER), Access::Shared)?;
    if !disk::create(&root.join(&file), text.as_bytes(), Access::Shared)? {
        return Err(CliError::could_not(format!("{file} came up meanwhile")).hint("do it again"));
    }
    remove(&before, &root)?;
    given.note(&[pseudonym])?;
    context.ui.stored.set(true);
    context.ui.line(t!("saved", "Saved."))?;
    if subject.workspace.settings.layout == Layout::Packets {
        context.ui.prose(
            &t!(
                "share.by_hand",
                "Packets do not carry it, because they name you: hand {file} to the authors as it is; whom you hand it to sees whose it is.",
                file = file
            ),
            0,
        )?;
    }
    context
        .ui
        .line(t!("share.stop", "To take it back: upwards privacy share --stop"))?;
    Ok(Outcome::Done)
}

/// First tries at every question that is asked now, in all curricula in use.
fn first_tries(subject: &Subject, context: &Context) -> Result<Vec<FirstTry>> {
    let entries = private_entries(subject, context)?;
    let mut tries = Vec::new();
    for curriculum in &subject.workspace.curricula {
        tries.extend(own::first_tries(&entries, curriculum, subject.as_of));
    }
    Ok(tries)
}

fn say_what(subject: &Subject, file: &str, text: &str, count: usize, context: &Context) -> Result<()> {
    let ui = &context.ui;
    ui.prose(
        &t_n!(
            "share.what",
            count,
            "This line would lie in {file}: your first try, without your name, a day or this computer.",
            "These {n} lines would lie in {file}: your first tries, without your name, a day or this computer.",
            file = file
        ),
        0,
    )?;
    ui.lines(text.lines().map(|line| format!("  {line}")))?;
    ui.prose(
        &t!(
            "share.why",
            "Authors see from it which questions tell nothing; figures are shown from {n} people on. It is never used to judge anybody.",
            n = subject.workspace.settings.privacy.min_group.max(5)
        ),
        0,
    )?;
    ui.prose(
        &t!(
            "share.weak",
            "In a small team that hides little: whoever knows which questions you answered, or how many of them you know, may recognise your lines. Whoever kept an earlier file of yours can tell that this one is by the same person. Give them from one of your devices only: from two you count as two people."
        ),
        0,
    )?;
    let seen = match subject.workspace.settings.layout {
        Layout::Git => t!("share.git", "The repository remembers who added the file."),
        Layout::Folder => t!(
            "share.folder",
            "A synced folder may tell its owner who added the file."
        ),
        Layout::Packets => return Ok(()),
    };
    ui.prose(&seen, 0)
}

fn stop(given: &Given, root: &std::path::Path, context: &mut Context) -> Result<Outcome> {
    let names = given.names()?;
    if names.is_empty() {
        context
            .ui
            .line(t!("share.none", "Nothing of yours was given from this computer."))?;
        return Ok(Outcome::Done);
    }
    if context.global.dry_run {
        context
            .ui
            .lines(names.iter().map(|name| format!("{ITEMS_FOLDER}/{name}.jsonl")))?;
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let _lock = lock_files(context)?;
    let names = given.names()?;
    remove(&names, root)?;
    given.note(&[])?;
    context.ui.stored.set(true);
    context.ui.prose(
        &t!(
            "share.stopped",
            "Removed here. Copies that others have by now, and the history of a repository, keep it."
        ),
        0,
    )?;
    Ok(Outcome::Done)
}

fn remove(names: &[String], root: &std::path::Path) -> Result<()> {
    for name in names {
        let path = root.join(ITEMS_FOLDER).join(format!("{name}.jsonl"));
        if disk::kind(&path)?.is_some() {
            disk::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Names of the files that this person gave, kept in their own folder: nobody else can tell whose they are.
pub(super) struct Given {
    folder: PathBuf,
    file: PathBuf,
}

impl Given {
    pub(super) fn of(context: &Context, settings: &Settings, person: &PersonId) -> Self {
        let folder = context.own_folder(settings).join("given");
        Self {
            file: folder.join(format!("{person}.txt")),
            folder,
        }
    }

    pub(super) fn names(&self) -> Result<Vec<String>> {
        if disk::kind(&self.file)?.is_none() {
            return Ok(Vec::new());
        }
        let bytes = disk::read_start(&self.file, 4096)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let is_name = |name: &&str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
        Ok(text.lines().filter(is_name).map(str::to_owned).collect())
    }

    pub(super) fn note(&self, names: &[String]) -> Result<()> {
        disk::create_folder(&self.folder, Access::Private)?;
        let text: String = names.iter().flat_map(|name| [name.as_str(), "\n"]).collect();
        Ok(disk::replace(&self.file, text.as_bytes(), Access::Private)?)
    }
}
