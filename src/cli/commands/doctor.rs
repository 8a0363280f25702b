use clap::Args;

use crate::base::diag::{Diagnostic, Place, Severity};
use crate::base::words::plural;
use crate::check;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::foreign;
use crate::cli::record;
use crate::disk::{self, Kind, Tree};
use crate::files::{self, WantCurricula};
use crate::log;
use crate::model::settings::Layout;
use crate::model::workspace::Workspace;
use crate::render::{Format, findings_json, findings_plain};
use crate::store::{self, Buffers};

/// Look at this computer and the logs, and name what was found
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards doctor\n  upwards doctor -f json\n  upwards doctor -v      (what is well, too)"
)]
pub(crate) struct DoctorArgs {}

pub(crate) fn run(_args: &DoctorArgs, context: &mut Context) -> Result<Outcome> {
    let tree = context.tree()?;
    let workspace = context.workspace(WantCurricula::None)?;
    let mut findings = Vec::new();
    let mut well = this_computer(context, &mut findings);
    well.push(own_folder(context, &workspace.settings, &mut findings)?);
    let mut buffers = Buffers::default();
    findings.extend(store::misplaced(&tree)?);
    let people = store::people(&tree, &mut findings)?;
    let retained = context.sound(files::load_retained(&tree))?;
    for person in &people {
        if workspace.erased.contains(person.as_str()) {
            findings.push(check::erased_returned(person));
            continue;
        }
        findings.extend(store::audit(
            &tree,
            person,
            &mut buffers,
            context.now.today,
            retained,
        )?);
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
    store::read_items(&tree, &mut findings)?;
    well.push(format!("logs of {} read", plural(people.len(), "person")));
    opened(context, &tree, &workspace, &mut findings)?;
    layout_files(&tree, &workspace, &mut findings)?;
    for id in files::built_in_curricula() {
        if tree.folder().is_some()
            && matches!(tree.kind(&files::curriculum_folder(&id)), Ok(Some(Kind::Folder)))
            && !files::adds_cases(&tree, &id)
        {
            let place = Place::file(&files::curriculum_folder(&id));
            findings.push(Diagnostic::note(
                "U521",
                place,
                format!("this {id} hides the one that comes with the program"),
            ));
        }
    }
    findings.sort();
    findings.dedup();
    print(context, &findings, &well)?;
    let found = findings.iter().any(|f| f.severity != Severity::Note);
    Ok(if found {
        Outcome::ConditionFalse
    } else {
        Outcome::Done
    })
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

fn this_computer(context: &Context, findings: &mut Vec<Diagnostic>) -> Vec<String> {
    let environment = &context.environment;
    let year = environment.now.today.to_string();
    if !environment.clock_is_given && *year < *"2025" {
        findings.push(
            Diagnostic::error(
                "U522",
                Place::file("this computer"),
                format!("its clock says {year}"),
            )
            .helped("set it: every entry carries its day"),
        );
    }
    let device = record::known_device(&environment.home).unwrap_or_else(|error| {
        findings.push(own_file("device.toml", error));
        None
    });
    if let Err(error) = context.config() {
        findings.push(own_file("config.toml", error));
    }
    vec![
        format!("upwards {}", env!("CARGO_PKG_VERSION")),
        format!("today is {}", environment.now.today),
        format!(
            "text is {}",
            if environment.utf8 {
                "UTF-8"
            } else {
                "ASCII for our own signs"
            }
        ),
        format!("screen of {} columns", context.ui.options.screen.width),
        match device {
            Some(device) => format!("this computer writes as {device}"),
            None => "this computer has not written yet".to_owned(),
        },
        format!("your own data: {}", environment.home.display()),
    ]
}

/// One of the user's own files that cannot be read: a finding, and the rest is looked at all the same.
fn own_file(name: &str, error: CliError) -> Diagnostic {
    let help = error.hints.first().cloned().unwrap_or_default();
    Diagnostic::error("U523", Place::file(name), error.message).helped(&help)
}

/// Rights and readability of what is the user's alone.
fn own_folder(
    context: &Context,
    settings: &crate::model::settings::Settings,
    findings: &mut Vec<Diagnostic>,
) -> Result<String> {
    let own = context.own_folder(settings);
    let tree = Tree::Folder(own.clone());
    let mut files = 0;
    let mut folders = vec!["team".to_owned()];
    let people = tree.list("private").unwrap_or_default();
    let people = people.into_iter().filter(|(_, kind)| *kind == Kind::Folder);
    folders.extend(people.map(|(person, _)| format!("private/{person}")));
    for folder in folders {
        for (name, kind) in tree.list(&folder).unwrap_or_default() {
            let inside = format!("{folder}/{name}");
            if kind != Kind::File {
                continue;
            }
            files += 1;
            if disk::is_loose(&own.join(&inside))? {
                findings.push(
                    Diagnostic::error(
                        "U601",
                        Place::file(&inside),
                        "others on this computer can read this private file",
                    )
                    .helped(format!("chmod 600 \"{}\"", own.join(&inside).display())),
                );
            }
            let mut bytes = Vec::new();
            tree.read_into(&inside, &mut bytes)?;
            log::lines(&inside, &bytes, findings);
        }
    }
    Ok(format!("{} of your own", plural(files, "private file")))
}

fn print(context: &Context, findings: &[Diagnostic], well: &[String]) -> Result<()> {
    match context.ui.format {
        Some(Format::Json | Format::Jsonl) => {
            let mut bytes = Vec::new();
            findings_json(findings, "doctor", &mut bytes)?;
            return context.ui.bytes(&bytes);
        }
        Some(Format::Csv) => {
            return Err(CliError::usage("doctor has no csv").hint("formats of doctor: plain, json"));
        }
        _ => {}
    }
    context.ui.lines(well)?;
    let shown: Vec<Diagnostic> = findings
        .iter()
        .filter(|f| f.severity != Severity::Note || context.ui.verbose > 0)
        .cloned()
        .collect();
    if shown.is_empty() {
        return context.ui.line("Nothing is wrong.");
    }
    context.ui.line("")?;
    let mut bytes = Vec::new();
    findings_plain(&shown, &mut bytes)?;
    context.ui.bytes(&bytes)
}
