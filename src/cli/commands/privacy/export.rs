//! Everything about one person as a file for programs and one to read. What is private only for oneself, on one's own
//! computer.

use std::path::Path;

use clap::Args;

use super::share::Given;
use crate::base::texts::t;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::history::{self, Line};
use crate::cli::person::Subject;
use crate::cli::plan::private_entries;
use crate::cli::record::TeamLog;
use crate::cli::team::may_read;
use crate::disk::{self, Access, Kind, Tree};
use crate::files::edit;
use crate::journal::{Entry, Thought};
use crate::model::person::Role;
use crate::portable::{LinesOf, Portable};
use crate::render::{Format, render_document};
use crate::store::ITEMS_FOLDER;
use crate::table::{Column, Document, Picture, Report, Section, Value};
use crate::{team, vault};

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// Somebody else; else you
    person: Option<String>,
}

pub(super) fn run(args: &ExportArgs, context: &mut Context) -> Result<Outcome> {
    let (subject, is_own) = whose(args, context)?;
    let folder = match context.ui.out_file.clone() {
        Some(folder) if folder != "-" => folder,
        _ => {
            return Err(CliError::usage("an export is a folder with two files")
                .hint("name it: upwards privacy export -o DIR"));
        }
    };
    context.ui.only_for_own_eyes();
    let whole = everything(&subject, is_own, context)?;
    let document = document(&subject, is_own, &whole, context)?;
    let mut page = Vec::new();
    render_document(&document, Format::Html, &context.ui.options, &mut page)?;
    let id = subject.person.id.as_str();
    let files = [
        (format!("{id}.json"), whole.to_text().into_bytes()),
        (format!("{id}.html"), page),
    ];
    let paths = files.map(|(name, bytes)| (Path::new(&folder).join(name), bytes));
    for (path, bytes) in &paths {
        context.ui.may_write(&path.display().to_string(), bytes)?;
        if disk::kind(path)?.is_some() && !context.global.yes {
            return Err(
                CliError::could_not(format!("{} is there already", path.display()))
                    .hint("replace it: add --yes; or name another folder"),
            );
        }
    }
    let count = |all: &[LinesOf]| all.iter().map(|one| one.lines.len()).sum::<usize>();
    context.ui.line(t!(
        "export.what",
        "{name}: {shared} shared lines, {private} private ones",
        name = subject.person.name,
        shared = count(&whole.shared),
        private = count(whole.private.as_deref().unwrap_or_default())
    ))?;
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    disk::create_folder(Path::new(&folder), Access::Private)?;
    for (path, bytes) in &paths {
        disk::replace(path, bytes, Access::Private)?;
        context.ui.line(path.display().to_string())?;
    }
    context.ui.notice(&if is_own {
        t!(
            "export.own",
            "note: this holds what is yours alone; keep it where nobody else reads. On a new computer: upwards privacy import DIR"
        )
    } else {
        t!(
            "export.shared_only",
            "note: this is what is shared about {name}; what is private they export themselves, on their own computer",
            name = subject.person.name
        )
    })?;
    Ok(Outcome::Done)
}

/// Oneself, with what is private, or somebody whose shared log one may read.
fn whose(args: &ExportArgs, context: &mut Context) -> Result<(Subject, bool)> {
    let Some(typed) = &args.person else {
        let subject = Subject::acting(context)?;
        let is_own = subject.is_self() && context.global.actor.is_none();
        return Ok((subject, is_own));
    };
    let subject = Subject::named(context, typed)?;
    let me = context.me(&subject.workspace, Some(Role::Leader))?;
    let me = me.ok_or_else(|| {
        CliError::usage("who are you? Nobody is set for this workspace on this computer")
            .hint("say it once: upwards config set me ID")
    })?;
    if !may_read(&subject.workspace, &me, &subject.person) {
        return Err(CliError::could_not(format!(
            "only {} and leaders export what is shared about them",
            subject.person.name
        )));
    }
    let is_own = me == subject.person.id && context.global.actor.is_none() && !context.global.demo;
    Ok((subject, is_own))
}

fn everything(subject: &Subject, is_own: bool, context: &Context) -> Result<Portable> {
    let id = subject.person.id.as_str();
    let own = context.own_tree(&subject.workspace.settings);
    let mut people = Vec::new();
    subject.tree.read_into("people.toml", &mut people)?;
    let entry = edit::person_entry(&String::from_utf8_lossy(&people), id);
    let entry = entry.map_err(|error| CliError::could_not(format!("people.toml: {error}")))?;
    let in_log = |_: &str| true;
    let shared = lines_in(&subject.tree, &format!("progress/{id}"), in_log)?;
    // Of what leaders know among themselves only what the person said.
    let today = context.now.today;
    let by_them = |line: &str| team::notes([line], today).iter().any(|note| note.by == id);
    let mut noted = lines_in(&subject.tree, "team", by_them)?;
    if is_own && context.team_log(&subject.workspace, &subject.person.id)? == TeamLog::Own {
        noted.extend(lines_in(&own, "team", by_them)?);
    }
    noted.retain(|one| !one.lines.is_empty());
    let mut given = Vec::new();
    let mut private = None;
    if is_own {
        for name in Given::of(context, &subject.workspace.settings, &subject.person.id).names()? {
            let file = format!("{ITEMS_FOLDER}/{name}.jsonl");
            let mut bytes = Vec::new();
            if subject.tree.read_into(&file, &mut bytes).is_ok() {
                let lines = lines_of(&bytes, in_log);
                given.push(LinesOf { file, lines });
            }
        }
        let files = vault::files(&own, id)?.into_iter();
        private = Some(
            files
                .map(|file| LinesOf {
                    file: vault::file(id, &file.device),
                    lines: file.lines,
                })
                .collect(),
        );
    }
    Ok(Portable {
        workspace: subject.workspace.settings.id.to_string(),
        person: id.to_owned(),
        as_of: subject.as_of,
        entry,
        shared,
        team: noted,
        given,
        private,
    })
}

fn lines_in(tree: &Tree, folder: &str, is_wanted: impl Fn(&str) -> bool + Copy) -> Result<Vec<LinesOf>> {
    let mut all = Vec::new();
    if tree.kind(folder)? != Some(Kind::Folder) {
        return Ok(all);
    }
    for (name, kind) in tree.list(folder)? {
        if kind == Kind::File {
            let file = format!("{folder}/{name}");
            let mut bytes = Vec::new();
            tree.read_into(&file, &mut bytes)?;
            let lines = lines_of(&bytes, is_wanted);
            all.push(LinesOf { file, lines });
        }
    }
    Ok(all)
}

fn lines_of(bytes: &[u8], is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().filter(|line| !line.is_empty() && is_wanted(line));
    lines.map(str::to_owned).collect()
}

/// The same to read: no script, nothing from elsewhere.
fn document(subject: &Subject, is_own: bool, whole: &Portable, context: &mut Context) -> Result<Document> {
    let as_of = subject.as_of;
    let mut sections = vec![
        section(
            "entry",
            t!("export.entry", "In the list of people"),
            entry_table(subject, whole),
        ),
        section(
            "readers",
            t!("export.readers", "What exists, where, and who can read it"),
            super::fields(context, subject, is_own, true)?,
        ),
    ];
    if let Some(mut table) = super::leaders_table(context, subject)? {
        (table.above, table.below) = Default::default();
        sections.push(section(
            "standing",
            t!("export.standing", "What the leaders' table says today"),
            table,
        ));
    }
    let lines = history::lines(subject, context, false)?;
    sections.push(section(
        "shared",
        t!("export.shared", "Shared, line by line"),
        lines_table(subject, &lines),
    ));
    if is_own {
        let notes = history::notes(subject, context)?;
        sections.push(section(
            "noted",
            t!("export.noted", "Noted for the leaders alone"),
            lines_table(subject, &notes),
        ));
        let entries = private_entries(subject, context)?;
        sections.push(section(
            "private",
            t!("export.private", "Yours alone"),
            private_table(subject, &entries),
        ));
    }
    Ok(Document {
        name: "person",
        as_of,
        rules: None,
        title: t!(
            "export.title",
            "{person}, {workspace}: everything there is",
            person = subject.person.name,
            workspace = subject.workspace.settings.name
        ),
        above: vec![if is_own {
            t!(
                "export.above.own",
                "All that upwards keeps about you: what is shared, and what is on your computer alone. The file beside this one holds the same line by line, for programs."
            )
        } else {
            t!(
                "export.above",
                "All that is shared about {name}. Answers, misses, notes and minutes are on their own computer, and only they can export them.",
                name = subject.person.name
            )
        }],
        sections,
        parts: Vec::new(),
    })
}

fn section(name: &'static str, title: String, table: Report) -> Section {
    Section {
        title,
        table: Report { name, ..table },
        picture: Picture::None,
    }
}

fn entry_table(subject: &Subject, whole: &Portable) -> Report {
    let columns = vec![
        Column::screen("key", t!("export.column.key", "Key"), 1),
        Column::screen("value", t!("export.column.value", "Value"), 1),
    ];
    let mut table = Report::new("entry", subject.as_of, columns);
    let row = |(key, values): &(String, Vec<String>)| {
        vec![Value::Text(key.clone()), Value::Text(values.join(", "))]
    };
    table.rows = whole.entry.iter().map(row).collect();
    table
}

fn columns_of_lines() -> Vec<Column> {
    vec![
        Column::screen("day", t!("export.column.day", "Day"), 1),
        Column::screen("by", t!("export.column.by", "By"), 1),
        Column::screen("device", t!("export.column.device", "Device"), 1),
        Column::screen("what", t!("export.column.what", "What"), 1),
        Column::screen(
            "counts_not",
            t!("export.column.why_not", "Counts not, because"),
            1,
        ),
    ]
}

fn lines_table(subject: &Subject, lines: &[Line]) -> Report {
    let mut table = Report::new("lines", subject.as_of, columns_of_lines());
    table.rows = lines
        .iter()
        .map(|line| {
            vec![
                Value::Date(line.day),
                Value::Text(subject.workspace.name_of(&line.by).to_owned()),
                Value::Text(line.device.clone()),
                Value::Text(line.words.clone()),
                Value::text(line.why_not.clone()),
            ]
        })
        .collect();
    table
}

/// Private entries in full: whose file this is may read what they wrote.
fn private_table(subject: &Subject, entries: &[Entry]) -> Report {
    let columns = vec![
        Column::screen("day", t!("export.column.day", "Day"), 1),
        Column::screen("at", t!("export.column.at", "Time (UTC)"), 1),
        Column::screen("kind", t!("export.column.kind", "Kind"), 1),
        Column::screen("about", t!("export.column.about", "About"), 1),
        Column::screen("what", t!("export.column.what", "What"), 1),
    ];
    let mut table = Report::new("private", subject.as_of, columns);
    table.rows = entries
        .iter()
        .map(|entry| {
            let (kind, about, what) = told(&entry.thought);
            vec![
                Value::Date(entry.day),
                Value::Text(entry.at.to_string()),
                Value::Text(kind),
                Value::Text(about),
                Value::Text(what),
            ]
        })
        .collect();
    table
}

/// Kind, what it is about, and what it says.
fn told(thought: &Thought) -> (String, String, String) {
    let nothing = String::new;
    match thought {
        Thought::Answered {
            question,
            chosen,
            correct,
            confidence,
            ..
        } => {
            let chosen: Vec<String> = chosen.iter().map(ToString::to_string).collect();
            let mut what = if *correct {
                t!("export.right", "right ({chosen})", chosen = chosen.join(", "))
            } else {
                t!("export.missed", "missed ({chosen})", chosen = chosen.join(", "))
            };
            if let Some(sure) = confidence {
                what.push_str(", ");
                what.push_str(&sure.shown());
            }
            (t!("export.answer", "answer"), question.clone(), what)
        }
        Thought::Reflected { step, text, .. } => {
            (t!("export.reflection", "reflection"), step.clone(), text.clone())
        }
        Thought::Noted { text } => (t!("export.note", "note"), nothing(), text.clone()),
        Thought::Rated {
            capability, level, ..
        } => (
            t!("export.rating", "own word"),
            capability.clone(),
            t!("export.of_five", "{level} of 5", level = level),
        ),
        Thought::Spent { step, minutes, .. } => {
            (t!("export.spent", "minutes"), step.clone(), minutes.to_string())
        }
        Thought::Voided { reference } => (
            t!("export.voided", "taken back"),
            nothing(),
            reference.to_string(),
        ),
        Thought::Unknown { kind } => (kind.clone(), nothing(), nothing()),
    }
}
