//! This computer: terminal, encoding, clock, device, lock, rights, git, the user's own folder.

use crate::base::diag::{Diagnostic, Place};
use crate::base::words::plural;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::cli::{git, record};
use crate::disk::{self, Kind, Tree};
use crate::log;
use crate::model::settings::{Layout, Settings};
use crate::model::workspace::Workspace;

/// What findings about the computer itself name as their place.
const HERE: &str = "this computer";

/// Columns below which tables lose most of their columns.
const NARROW: usize = 40;

pub(super) fn this_computer(context: &Context, findings: &mut Vec<Diagnostic>) -> Vec<String> {
    let environment = &context.environment;
    let year = environment.now.today.to_string();
    if !environment.clock_is_given && *year < *"2025" {
        findings.push(
            Diagnostic::error("U522", Place::file(HERE), format!("its clock says {year}"))
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
    terminal(context, findings);
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

/// What a terminal cannot show. Told, and no fault: every screen has a form for it.
fn terminal(context: &Context, findings: &mut Vec<Diagnostic>) {
    let mut say = |told: String, help: &str| {
        findings.push(Diagnostic::note("U547", Place::file(HERE), told).helped(help));
    };
    if !context.environment.utf8 {
        say(
            "its language settings are not UTF-8: letters beyond ASCII may not show".to_owned(),
            "LC_ALL=C.UTF-8, or another language ending in .UTF-8",
        );
    }
    if context.environment.dumb {
        say(
            "TERM=dumb: questions come line by line, without menus".to_owned(),
            "TERM=xterm-256color if the terminal can move its cursor",
        );
    }
    let width = context.ui.options.screen.width;
    if width < NARROW {
        say(
            format!("the screen has {width} columns: tables hide most of theirs"),
            "a wider window, or --width 80",
        );
    }
}

/// One of the user's own files that cannot be read: a finding, and the rest is looked at all the same.
fn own_file(name: &str, error: CliError) -> Diagnostic {
    let help = error.hints.first().cloned().unwrap_or_default();
    Diagnostic::error("U523", Place::file(name), error.message).helped(&help)
}

/// Which git there is, and whether the workspace is a repository. Only where it travels by git that is a fault.
pub(super) fn git(tree: &Tree, workspace: &Workspace, findings: &mut Vec<Diagnostic>) -> String {
    let version = git::version();
    let root = tree.folder();
    let begins_here = root.is_some_and(|root| matches!(disk::kind(&root.join(".git")), Ok(Some(_))));
    if workspace.settings.layout == Layout::Git && root.is_some() {
        if version.is_none() {
            findings.push(
                Diagnostic::warning(
                    "U546",
                    Place::file(HERE),
                    "this workspace travels by git, and git is not here",
                )
                .helped("install git; until then nothing is exchanged, all else works"),
            );
        } else if !begins_here {
            findings.push(
                Diagnostic::warning(
                    "U546",
                    Place::file("upwards.toml"),
                    "this workspace travels by git, and its folder is no repository",
                )
                .helped("make it one: git init; or take part in one: git clone URL"),
            );
        }
    }
    let Some(version) = version else {
        return "git is not here: only comparing with commits and the layout git need it".to_owned();
    };
    match root {
        Some(root) if begins_here && git::has_commit(root) => {
            format!("git {version}; the workspace is a repository")
        }
        Some(_) if begins_here => format!("git {version}; the workspace is a repository without a commit"),
        _ => format!("git {version}; the workspace is no repository"),
    }
}

/// Who holds the lock of this workspace on this computer, if anybody does.
pub(super) fn lock(context: &Context, settings: &Settings, findings: &mut Vec<Diagnostic>) -> Result<()> {
    let path = context.own_folder(settings).join("lock");
    if disk::is_locked(&path)? {
        findings.push(
            Diagnostic::warning(
                "U544",
                Place::file("lock"),
                "another upwards is writing at this moment",
            )
            .helped("wait for it to end; if none is open, end the program that hangs: with it goes the lock"),
        );
    }
    Ok(())
}

/// Folders in which this computer has to write.
pub(super) fn rights(tree: &Tree, findings: &mut Vec<Diagnostic>) -> Result<()> {
    let Some(root) = tree.folder() else {
        return Ok(());
    };
    for inside in ["", "progress"] {
        let path = tree.path(inside);
        if disk::is_folder(&path) && disk::is_read_only(&path)? {
            let name = if inside.is_empty() { "." } else { inside };
            findings.push(
                Diagnostic::warning(
                    "U548",
                    Place::file(name),
                    "this folder is read-only: nothing new is recorded in it",
                )
                .helped(format!(
                    "chmod u+w \"{}\"; reading works as it is",
                    root.join(inside).display()
                )),
            );
        }
    }
    Ok(())
}

/// A private file or folder that others on this computer can open, by its path in the user's own folder.
pub(super) struct Loose {
    pub(super) inside: String,
    pub(super) is_folder: bool,
}

/// All of them, sorted, and how many private files there are.
pub(super) fn loose(tree: &Tree) -> Result<(Vec<Loose>, Vec<String>)> {
    let (mut loose, mut files) = (Vec::new(), Vec::new());
    let mut folders = vec!["private".to_owned(), "team".to_owned()];
    let people = tree.list("private").unwrap_or_default();
    let people = people.into_iter().filter(|(_, kind)| *kind == Kind::Folder);
    folders.extend(people.map(|(person, _)| format!("private/{person}")));
    for folder in folders {
        let Ok(names) = tree.list(&folder) else {
            continue;
        };
        for (name, kind) in names {
            let inside = format!("{folder}/{name}");
            if kind != Kind::File {
                continue;
            }
            if tree.folder().is_some() && disk::is_loose(&tree.path(&inside))? {
                loose.push(Loose {
                    inside: inside.clone(),
                    is_folder: false,
                });
            }
            files.push(inside);
        }
        if tree.folder().is_some() && disk::is_loose(&tree.path(&folder))? {
            loose.push(Loose {
                inside: folder,
                is_folder: true,
            });
        }
    }
    loose.sort_by(|a, b| a.inside.cmp(&b.inside));
    Ok((loose, files))
}

/// Rights and readability of what is the user's alone.
pub(super) fn own_folder(
    context: &Context,
    settings: &Settings,
    findings: &mut Vec<Diagnostic>,
) -> Result<String> {
    let own = context.own_folder(settings);
    let tree = Tree::Folder(own.clone());
    let (loose, files) = loose(&tree)?;
    for one in loose {
        let path = own.join(&one.inside);
        findings.push(if one.is_folder {
            let told = "others on this computer can look into this private folder";
            Diagnostic::warning("U549", Place::file(&one.inside), told).helped(format!(
                "upwards doctor --fix, or: chmod 700 \"{}\"",
                path.display()
            ))
        } else {
            let told = "others on this computer can read this private file";
            Diagnostic::error("U601", Place::file(&one.inside), told).helped(format!(
                "upwards doctor --fix, or: chmod 600 \"{}\"",
                path.display()
            ))
        });
    }
    for inside in &files {
        let mut bytes = Vec::new();
        tree.read_into(inside, &mut bytes)?;
        log::lines(inside, &bytes, findings);
    }
    Ok(format!("{} of your own", plural(files.len(), "private file")))
}
