use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::base::id::{CurriculumId, PersonId, WorkspaceId, slugify};
use crate::base::text::capitalised;
use crate::base::texts::t;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::record::random_letters;
use crate::disk::{self, Access};
use crate::files::{WantCurricula, scaffold};
use crate::model::settings::Layout;
use crate::report;
use crate::session::{Answer, Choice, Kind, Question, Reply};
use crate::table::Hint;

/// Make a workspace: a plain folder with people, curricula in use and progress
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards init halden\n  upwards init halden --name \"Halden Group\" --as-leader maya --layout packets --no-input\n  upwards init --launch    (the launch kit again, with the people there are by now)"
)]
pub(crate) struct InitArgs {
    /// The folder to make it in [default: here]
    folder: Option<String>,
    /// The organisation's name
    #[arg(long)]
    name: Option<String>,
    /// Your id as the leader, as maya
    #[arg(long, value_name = "ID")]
    as_leader: Option<String>,
    /// Your name as the leader [default: from the id]
    #[arg(long, value_name = "NAME")]
    leader_name: Option<String>,
    /// What to start with: efficiency, empty
    #[arg(long, default_value = "efficiency")]
    template: Template,
    /// How logs travel: packets, folder, git
    #[arg(long)]
    layout: Option<LayoutArg>,
    /// Write the launch kit of a workspace again; texts you changed stay
    #[arg(long, conflicts_with_all = ["name", "as_leader", "leader_name", "layout"])]
    launch: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Template {
    Efficiency,
    Empty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LayoutArg {
    Packets,
    Folder,
    Git,
}

impl From<LayoutArg> for Layout {
    fn from(arg: LayoutArg) -> Self {
        match arg {
            LayoutArg::Packets => Self::Packets,
            LayoutArg::Folder => Self::Folder,
            LayoutArg::Git => Self::Git,
        }
    }
}

pub(crate) fn run(args: &InitArgs, context: &mut Context) -> Result<Outcome> {
    context.speak();
    if context.global.demo {
        return Err(
            CliError::usage("init makes a workspace that is kept, --demo keeps nothing")
                .hint("leave out --demo"),
        );
    }
    if args.launch {
        return launch_again(args, context);
    }
    let typed = args.folder.clone().unwrap_or_else(|| ".".to_owned());
    let folder = context.environment.folder.join(&typed);
    if disk::kind(&folder.join("upwards.toml"))?.is_some() {
        return Err(CliError::could_not(format!("{typed} is a workspace already"))
            .hint("use it: upwards -w DIR people list")
            .hint("its launch kit again: upwards init --launch"));
    }
    let wanted = wishes(args, context, &folder)?;
    let files = texts(&wanted);
    for path in files.iter().map(|(path, _)| *path).chain(KIT) {
        if disk::kind(&folder.join(path))?.is_some() {
            return Err(
                CliError::could_not(format!("{typed}/{path} is there already; nothing was written"))
                    .hint("choose an empty folder, or move the file away"),
            );
        }
    }
    if context.global.dry_run {
        context.ui.line(t!(
            "init.dry",
            "Dry run, nothing was written. It would make in {folder}:",
            folder = shown(&folder)
        ))?;
        list(context, &files)?;
        return Ok(Outcome::Done);
    }
    disk::create_folder(&folder, Access::Shared)?;
    // upwards.toml comes last: until it is there the folder is no workspace, and init can be run again.
    for (path, text) in &files {
        disk::replace(&folder.join(path), text.as_bytes(), Access::Shared)?;
    }
    context.enter(folder.clone());
    disk::create_folder(&folder.join("launch"), Access::Shared)?;
    for (path, text) in kit(context)? {
        disk::replace(&folder.join(path), text.as_bytes(), Access::Shared)?;
    }
    let mut config = context.config()?;
    config.set_me(wanted.id.as_str(), wanted.leader.as_str())?;
    context.ui.stored.set(true);
    context.ui.line(t!(
        "init.ready",
        "{name} is ready in {folder}:",
        name = wanted.name,
        folder = shown(&folder)
    ))?;
    list(context, &files)?;
    context.ui.line(t!(
        "init.you",
        "You are {leader} here (upwards config).",
        leader = wanted.leader
    ))?;
    if context.ui.quiet > 0 {
        return Ok(Outcome::Done);
    }
    let into = if typed == "." {
        String::new()
    } else {
        format!("cd {typed}; ")
    };
    context.ui.line("")?;
    context.ui.lines(crate::render::hint_lines(
        &[
            Hint::new(
                format!("{into}upwards people import people.csv"),
                t!("init.hint.import", "who takes part (a dry run until --yes)"),
            ),
            Hint::new(
                "upwards assign rules-and-roles --to group:board",
                t!("init.hint.assign", "the first module"),
            ),
            Hint::new(
                "upwards init --launch",
                t!("init.hint.launch", "the launch kit again, once people are in"),
            ),
        ],
        context.ui.options.screen.width,
    ))?;
    Ok(Outcome::Done)
}

/// Files of the launch kit.
const KIT: [&str; 3] = [
    "launch/charter.md",
    "launch/data-protection.md",
    "launch/kick-off.md",
];

fn list(context: &Context, files: &[(&'static str, String)]) -> Result<()> {
    let paths = files.iter().map(|(path, _)| *path).chain(KIT);
    context.ui.lines(paths.map(|path| format!("  {path}")))
}

/// The launch kit of the workspace that was entered.
fn kit(context: &mut Context) -> Result<[(&'static str, String); 3]> {
    let workspace = context.workspace(WantCurricula::InUse)?;
    Ok(report::launch_kit(
        &workspace,
        workspace.curricula.first(),
        context.now.today,
    ))
}

/// Writes the kit as it is now: what is there and says something else stays, and the new text goes beside it.
fn launch_again(args: &InitArgs, context: &mut Context) -> Result<Outcome> {
    if let Some(folder) = &args.folder {
        let folder = context.environment.folder.join(folder);
        context.enter(folder);
    }
    let root = context.root()?;
    let texts = kit(context)?;
    if !context.global.dry_run {
        disk::create_folder(&root.join("launch"), Access::Shared)?;
    }
    for (path, text) in texts {
        let (place, beside) = (root.join(path), path.replace(".md", ".new.md"));
        let said = match disk::kind(&place)? {
            None => Said::Written(path.to_owned(), place),
            Some(_) if disk::read_start(&place, text.len() as u64 + 1)? == text.as_bytes() => {
                context
                    .ui
                    .line(t!("init.kit.same", "  {path}: as it is", path = path))?;
                continue;
            }
            Some(_) if context.ui.yes => Said::Written(path.to_owned(), place),
            Some(_) => Said::Beside(beside.clone(), root.join(&beside)),
        };
        let place = match &said {
            Said::Written(_, place) | Said::Beside(_, place) => place,
        };
        if !context.global.dry_run {
            disk::replace(place, text.as_bytes(), Access::Shared)?;
            context.ui.stored.set(true);
        }
        context.ui.line(match &said {
            Said::Written(path, _) => t!("init.kit.written", "  {path}: written", path = path),
            Said::Beside(new, _) => t!(
                "init.kit.beside",
                "  {path}: says something else by now and stays; the new text is {new} (--yes replaces)",
                path = path,
                new = new
            ),
        })?;
    }
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
    }
    Ok(Outcome::Done)
}

/// Where a text of the kit goes.
enum Said {
    Written(String, PathBuf),
    Beside(String, PathBuf),
}

struct Wishes {
    id: WorkspaceId,
    name: String,
    leader: PersonId,
    leader_name: String,
    layout: Layout,
    curricula: Vec<CurriculumId>,
}

fn wishes(args: &InitArgs, context: &Context, folder: &Path) -> Result<Wishes> {
    let answers = context.answers()?;
    let mut asker = context.asker(answers);
    let mut ask = |id: &str, text: &str, flag: &str, kind: Kind| -> Result<Answer> {
        let question = Question {
            id: id.to_owned(),
            text: text.to_owned(),
            hint: None,
            kind,
            seen_by: None,
            flag: flag.to_owned(),
            can_skip: false,
            keys: Vec::new(),
        };
        match asker.ask(&question)? {
            Reply::Answer(answer) => Ok(answer),
            _ => Err(CliError::stopped("stopped; nothing was written")),
        }
    };
    let name = match &args.name {
        Some(name) => name.trim().to_owned(),
        None => line(ask(
            "init.name",
            &t!("init.name", "What is the organisation called?"),
            "--name NAME",
            Kind::Line(80),
        )?),
    };
    let (leader, leader_name) = if let Some(id) = &args.as_leader {
        let leader: PersonId = id
            .parse()
            .map_err(|e| CliError::usage(format!("--as-leader: {e}")))?;
        let named = args.leader_name.clone().unwrap_or_else(|| capitalised(id));
        (leader, named)
    } else {
        let named = line(ask(
            "init.leader",
            &t!("init.leader", "And you, who lead this?"),
            "--as-leader ID",
            Kind::Line(80),
        )?);
        let first = named.split_whitespace().next().unwrap_or(&named);
        let id = slugify(first);
        let leader = id.parse().map_err(|_| {
            CliError::usage(format!("no id can be made from \"{named}\""))
                .hint("give one: --as-leader maya --leader-name \"…\"")
        })?;
        (leader, named)
    };
    let layout = match args.layout {
        Some(layout) => layout.into(),
        None if !context.can_prompt() && context.global.answers.is_none() => Layout::Packets,
        None => {
            let kinds = Kind::One(vec![
                Choice::new(
                    "packets",
                    t!(
                        "init.packets",
                        "packets: each person keeps their own log and hands it to you as a file"
                    ),
                ),
                Choice::new(
                    "folder",
                    t!(
                        "init.folder",
                        "folder: a synced folder with rights for each person's part"
                    ),
                ),
                Choice::new("git", t!("init.git", "git: a repository everybody can read")),
            ]);
            match ask(
                "init.layout",
                &t!("init.layout", "How do logs travel between you?"),
                "--layout packets|folder|git",
                kinds,
            )? {
                Answer::One(1) => Layout::Folder,
                Answer::One(2) => Layout::Git,
                _ => Layout::Packets,
            }
        }
    };
    if name.is_empty() || name.chars().count() > 80 {
        return Err(CliError::usage("--name takes 1 to 80 characters"));
    }
    let base = match slugify(&name) {
        slug if slug.is_empty() => folder
            .file_name()
            .map_or_else(String::new, |n| slugify(&n.to_string_lossy())),
        slug => slug,
    };
    let base: String = base.chars().take(40).collect();
    let base = if base.is_empty() {
        "workspace".to_owned()
    } else {
        base.trim_end_matches('-').to_owned()
    };
    let id = format!("{base}-{}", random_letters(context.environment.seed.as_deref()));
    Ok(Wishes {
        id: id
            .parse()
            .map_err(|e| CliError::could_not(format!("could not name the workspace: {e}")))?,
        name,
        leader,
        leader_name,
        layout,
        curricula: match args.template {
            Template::Efficiency => "efficiency".parse().into_iter().collect(),
            Template::Empty => Vec::new(),
        },
    })
}

fn texts(wanted: &Wishes) -> Vec<(&'static str, String)> {
    let mut files = vec![
        (
            "people.toml",
            scaffold::people_toml(&wanted.leader, &wanted.leader_name),
        ),
        (".gitattributes", scaffold::gitattributes().to_owned()),
        (".gitignore", scaffold::gitignore(wanted.layout).to_owned()),
    ];
    if wanted.layout == Layout::Folder {
        files.push(("RIGHTS.txt", scaffold::rights(&[])));
    }
    files.push((
        "upwards.toml",
        scaffold::upwards_toml(&wanted.id, &wanted.name, &wanted.curricula, wanted.layout),
    ));
    files
}

fn line(answer: Answer) -> String {
    match answer {
        Answer::Line(text) => text,
        _ => String::new(),
    }
}

fn shown(folder: &Path) -> String {
    let clean: PathBuf = folder
        .components()
        .filter(|c| !matches!(c, std::path::Component::CurDir))
        .collect();
    clean.display().to_string()
}
