mod here;
mod told;
mod weave;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use self::here::Here;
use self::told::Told;
use self::weave::Woven;
use crate::base::texts::t;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::git::{self, Pushed, Remote, Repository};
use crate::cli::person::Subject;
use crate::cli::record::{self, Recorder};
use crate::cli::wrap_up;
use crate::disk;
use crate::files::{Side, WantCurricula};
use crate::merge::part_of;
use crate::model::settings::{Layout, Settings};
use crate::model::workspace::Workspace;

/// How often what others gave meanwhile is taken in before giving up.
const TRIES: u32 = 5;

/// Exchange what was recorded with the others, through git
///
/// What others gave is fetched, looked at and put together with yours, file by file: lines of logs are united by what they
/// are, people.toml key by key. What both changed differently is shown and asked. Then yours is given to them, never by force.
/// git is your own: its credentials and proxies are used, its hooks are not.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards sync\n  upwards sync --status           (what would happen)\n  upwards sync --no-push          (only take in)\n  upwards sync --keep theirs      (where both changed a thing)\n  upwards sync --keep people.toml=ours --keep theirs"
)]
pub(crate) struct SyncArgs {
    /// Which remote of git; else the branch's own, or origin
    #[arg(long, value_name = "NAME")]
    remote: Option<String>,
    /// Where both changed a thing: whose is taken, ours or theirs; or of one file: FILE=ours
    #[arg(long, value_name = "SIDE", value_parser = keep)]
    keep: Vec<(Option<String>, Side)>,
    /// Take in what others gave, and give them nothing
    #[arg(long)]
    no_push: bool,
    /// Say what would happen, and change nothing
    #[arg(long)]
    status: bool,
}

fn keep(text: &str) -> std::result::Result<(Option<String>, Side), String> {
    let (file, side) = match text.rsplit_once('=') {
        Some((file, side)) => (Some(file.to_owned()), side),
        None => (None, text),
    };
    match side {
        "ours" => Ok((file, Side::Ours)),
        "theirs" => Ok((file, Side::Theirs)),
        _ => Err("ours, theirs, FILE=ours or FILE=theirs".to_owned()),
    }
}

/// What one run of sync has in hand.
struct Exchange<'a> {
    repository: Repository,
    remote: Remote,
    root: PathBuf,
    own: PathBuf,
    settings: &'a Settings,
    /// This device, or nothing if it has not written yet.
    device: String,
    /// Name and address of whoever made a commit.
    who: (String, String),
    keep: BTreeMap<Option<String>, Side>,
}

pub(crate) fn run(args: &SyncArgs, context: &mut Context) -> Result<Outcome> {
    let tree = context.tree()?;
    let Some(root) = tree.folder().map(Path::to_owned) else {
        return Err(CliError::could_not("the example has nobody to exchange with")
            .hint("in a workspace: upwards sync"));
    };
    let workspace = context.workspace(WantCurricula::InUse)?;
    if workspace.settings.layout != Layout::Git && disk::kind(&root.join(".git"))?.is_none() {
        return another_way(context, &workspace);
    }
    let only_tell = args.status || context.global.dry_run;
    let repository = Repository::open(&root)?;
    let remote = repository.remote(args.remote.as_deref())?;
    let own = context.own_folder(&workspace.settings);
    // One at a time; what is recorded meanwhile goes on.
    let _turn = if only_tell {
        None
    } else {
        Some(disk::lock(&own.join("sync.lock"))?)
    };
    if !only_tell {
        publish(context, &workspace)?;
    }
    let device = match &context.environment.device {
        Some(device) => Some(device.clone()),
        None => record::known_device(&context.environment.home)?.map(|device| device.to_string()),
    };
    let mut exchange = Exchange {
        repository,
        remote,
        root,
        own,
        settings: &workspace.settings,
        device: device.unwrap_or_default(),
        who: who(context, &workspace)?,
        keep: args.keep.iter().cloned().collect(),
    };
    let may_ask = context.can_prompt();
    let told = if only_tell {
        exchange.look(context, may_ask)?
    } else {
        exchange.exchange(args, context, may_ask)?
    };
    told.print(context, only_tell)?;
    if told.is_forked && !only_tell {
        Recorder::new(context, &workspace.settings)?.give_up_name()?;
    }
    match told.undecided() {
        Some(error) => Err(error),
        None => Ok(Outcome::Done),
    }
}

impl Exchange<'_> {
    /// What would happen: what others have is fetched, and nothing else.
    fn look(&self, context: &Context, may_ask: bool) -> Result<Told> {
        let here = Here::gather(self, context)?;
        let theirs = self.repository.fetch(&self.remote, may_ask)?;
        let woven = Woven::weave(self, &here, theirs.as_deref())?;
        Ok(Told::of(&here, &woven))
    }

    fn exchange(&mut self, args: &SyncArgs, context: &mut Context, may_ask: bool) -> Result<Told> {
        let mut told = Told::default();
        let mut refused: Option<(Option<String>, String)> = None;
        for round in 0..TRIES {
            if round > 0 {
                wait(round);
            }
            // Others' answers may take minutes: whoever records meanwhile need not wait.
            let theirs = self.repository.fetch(&self.remote, may_ask)?;
            if let Some((before, said)) = &refused
                && *before == theirs
            {
                return Err(not_taken(&self.remote, said));
            }
            let lock = disk::lock(&self.own.join("lock"))?;
            let here = self.settle(context)?;
            let woven = loop {
                let woven = Woven::weave(self, &here, theirs.as_deref())?;
                match woven.clashes.first() {
                    Some((file, clash)) if context.can_prompt() => {
                        let side = told::ask(context, file, clash)?;
                        self.keep.insert(Some(format!("{file}:{}", clash.what)), side);
                    }
                    _ => break woven,
                }
            };
            told.join(Told::of(&here, &woven));
            if !woven.clashes.is_empty() {
                return Ok(told);
            }
            // A file changed while this was going on: again, with what it is now.
            let Some(newest) = woven.apply(self, &here, context.now.today)? else {
                continue;
            };
            self.repository
                .tell_index(&newest, |path| part_of(path).is_ok())?;
            drop(lock);
            if args.no_push || theirs.as_deref() == Some(newest.as_str()) {
                return Ok(told);
            }
            match self.repository.push(&self.remote, &newest, may_ask)? {
                Pushed::Done => return Ok(told),
                Pushed::Refused(said) => refused = Some((theirs, said)),
            }
        }
        Err(CliError::could_not(format!(
            "others gave something new {TRIES} times while this one was at it"
        ))
        .hint("what was recorded here is safe; again: upwards sync"))
    }

    /// What stands here, all of it in a commit of this computer's own.
    fn settle(&self, context: &Context) -> Result<Here> {
        here::make_git_files(self)?;
        let mut here = Here::gather(self, context)?;
        let restored = here.commit(self, context.now.today)?;
        if restored {
            let before = std::mem::take(&mut here.restored);
            here = Here::gather(self, context)?;
            here.restored = before;
        }
        Ok(here)
    }

    /// Whose version of a file, or of one thing in it, is taken where both changed it.
    fn kept(&self, file: &str, what: &str) -> Option<Side> {
        let of = |key: String| self.keep.get(&Some(key)).copied();
        of(format!("{file}:{what}"))
            .or_else(|| of(file.to_owned()))
            .or_else(|| self.keep.get(&None).copied())
    }

    /// Whether a folder of leaders' notes may be exchanged: never where everybody has the repository.
    fn takes_team(&self) -> bool {
        self.settings.layout != Layout::Git
    }
}

/// Publishes what questions are worth, as `send` does before it sends.
fn publish(context: &mut Context, workspace: &Workspace) -> Result<()> {
    let Some(me) = context
        .known_me(workspace)?
        .filter(|me| workspace.person(me.as_str()).is_some())
    else {
        return Ok(());
    };
    let subject = Subject::named(context, me.as_str())?;
    if subject.device(context)?.is_none() {
        return Ok(());
    }
    let mut recorder = Recorder::new(context, &workspace.settings)?;
    wrap_up::publish(context, &subject, &mut recorder)?;
    Ok(())
}

fn who(context: &Context, workspace: &Workspace) -> Result<(String, String)> {
    let me = context.known_me(workspace)?;
    let person = me.as_ref().and_then(|me| workspace.person(me.as_str()));
    let name = person.map_or_else(|| "upwards".to_owned(), |person| person.name.clone());
    let id = me.map_or_else(|| "upwards".to_owned(), |me| me.to_string());
    Ok((name, format!("{id}@{}", workspace.settings.id)))
}

/// Where git has no part in how things travel.
fn another_way(context: &Context, workspace: &Workspace) -> Result<Outcome> {
    context.ui.prose(
        &match workspace.settings.layout {
            Layout::Folder => t!(
                "sync.folder",
                "Nothing is needed here: this workspace lies in a synced folder, whose own program exchanges the files."
            ),
            Layout::Packets | Layout::Git => t!(
                "sync.packets",
                "Here things travel in packets: upwards send -o FILE gives what you recorded, upwards receive FILE takes what others gave. Leaders among themselves can use git: git init, then git remote add origin URL."
            ),
        },
        0,
    )?;
    Ok(Outcome::Done)
}

/// Several who were refused at once do not come back at once.
fn wait(round: u32) {
    let random: u64 = record::random_letters(None).bytes().map(u64::from).sum();
    git::pause(Duration::from_millis(u64::from(round) * (random % 300)));
}

fn not_taken(remote: &Remote, said: &str) -> CliError {
    CliError::could_not(format!("{} does not take it: {said}", remote.name))
        .hint("may you write there? what was recorded here is safe, and goes with the next sync")
}
