use clap::{Args, Subcommand};

use crate::base::id::EventId;
use crate::base::text::{cut, is_unprintable};
use crate::base::texts::t;
use crate::cli::ask::Answers;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::plan::private_entries;
use crate::cli::record::Recorder;
use crate::journal::Thought;
use crate::own::{self, Note};
use crate::session::{self, Answer, Kind, Question, REFLECTION, Reply, SeenBy};
use crate::table::{Column, Report, Value};

/// Your notes and reflections: private, on this computer only
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards notes\n  upwards notes add \"Ask Jo how they answer at night\"\n  upwards notes add - < minutes.txt\n  upwards notes show 71d4e0aa\n  upwards notes rate serve 2          (how good you think you are, 1 to 5)"
)]
pub(crate) struct NotesArgs {
    #[command(subcommand)]
    what: Option<NotesCommand>,
}

#[derive(Debug, Subcommand)]
enum NotesCommand {
    /// All of them, newest first; also without a word
    List,
    /// Write one: TEXT, `-` from standard input, nothing = you are asked
    Add {
        /// The text
        text: Option<String>,
    },
    /// One in full
    Show {
        /// Its id, or the beginning of it
        id: String,
    },
    /// Take one out of the list; undo brings it back
    Remove {
        /// Its id, or the beginning of it
        id: String,
    },
    /// How good you think you are, before and after: 1 to 5; moves no point
    Rate {
        /// The capability
        capability: String,
        /// 1 = never done it, 5 = could teach it
        #[arg(value_parser = clap::value_parser!(u8).range(1..=5))]
        level: u8,
    },
}

pub(crate) fn run(args: &NotesArgs, context: &mut Context) -> Result<Outcome> {
    let subject = Subject::acting(context)?;
    if !subject.is_self() {
        return Err(CliError::could_not(format!(
            "the notes of {} are on their own computer, and nobody else's",
            subject.person.name
        )));
    }
    context.ui.only_for_own_eyes();
    match args.what.as_ref().unwrap_or(&NotesCommand::List) {
        NotesCommand::List => list(context, &subject),
        NotesCommand::Add { text } => add(context, &subject, text.as_deref()),
        NotesCommand::Show { id } => show(context, &subject, id),
        NotesCommand::Remove { id } => remove(context, &subject, id),
        NotesCommand::Rate { capability, level } => rate(context, &subject, capability, *level),
    }
}

/// Characters of an id on screens.
const SHORT_ID: usize = 8;

fn list(context: &Context, subject: &Subject) -> Result<Outcome> {
    /// Characters of a text on screens.
    const BEGINNING: usize = 60;
    let entries = private_entries(subject, context)?;
    let mut notes = own::notes(&entries, subject.as_of);
    notes.reverse();
    let data = context.ui.wants_data()?;
    let columns = vec![
        Column::screen("day", t!("notes.column.day", "DAY"), 2),
        Column::screen("note_id", t!("notes.column.note", "NOTE"), 1),
        Column::screen("step_id", t!("notes.column.step", "ON"), 3),
        Column::screen("text", t!("notes.column.text", "TEXT"), 1),
    ];
    let mut report = Report::new("notes", subject.as_of, columns);
    if notes.is_empty() && !data {
        report.above.push(t!(
            "notes.empty",
            "No notes yet. Write one: upwards notes add \"...\""
        ));
    }
    report.rows = notes
        .iter()
        .map(|note| {
            let (id, text) = if data {
                (note.id.to_string(), note.text.to_owned())
            } else {
                let line = note.text.lines().next().unwrap_or_default();
                (short(note), cut(line, BEGINNING).into_owned())
            };
            vec![
                Value::Date(note.day),
                Value::Text(id),
                Value::text(note.step),
                Value::Text(text),
            ]
        })
        .collect();
    context.ui.report(report)?;
    Ok(Outcome::Done)
}

fn add(context: &mut Context, subject: &Subject, given: Option<&str>) -> Result<Outcome> {
    let text = match given {
        Some("-") => {
            /// No note is longer in bytes.
            const MOST: u64 = 4 * REFLECTION as u64;
            let bytes = context.stdin(MOST)?.ok_or_else(too_long)?;
            let text = String::from_utf8(bytes)
                .map_err(|_| CliError::could_not("standard input is not UTF-8; nothing was saved"))?;
            plain(&text)?
        }
        Some(text) => plain(text)?,
        None => {
            let Some(text) = asked(context)? else {
                context
                    .ui
                    .line(t!("notes.nothing", "Nothing was written, nothing was saved."))?;
                return Ok(Outcome::Done);
            };
            text
        }
    };
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    keep(context, subject, &Thought::Noted { text })?;
    context.ui.line(t!(
        "notes.saved",
        "Saved, for you alone. All of them: upwards notes"
    ))?;
    Ok(Outcome::Done)
}

/// A text without blanks around it; line ends as they are on this system's screens.
fn plain(text: &str) -> Result<String> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.is_empty() {
        return Err(CliError::usage("a note has a text"));
    }
    if text.chars().count() > REFLECTION {
        return Err(too_long());
    }
    if text
        .chars()
        .any(|c| is_unprintable(c) && !matches!(c, '\n' | '\t'))
    {
        return Err(CliError::usage(
            "a note is plain text: there is a character in it that cannot be shown",
        ));
    }
    Ok(text)
}

fn too_long() -> CliError {
    CliError::usage(format!(
        "a note has at most {REFLECTION} characters; nothing was saved"
    ))
}

fn asked(context: &Context) -> Result<Option<String>> {
    let question = Question {
        id: "note".to_owned(),
        text: t!("notes.ask", "Your note:"),
        hint: None,
        kind: Kind::Line(REFLECTION),
        seen_by: Some(SeenBy::Private),
        flag: "upwards notes add \"...\"".to_owned(),
        can_skip: true,
        keys: session::editor_key(),
    };
    let mut asker = context.asker(Answers::default());
    match session::ask_text(&mut *asker, &question)? {
        Reply::Answer(Answer::Line(text)) => Ok(Some(text)),
        Reply::Stop => Err(CliError::stopped("stopped; nothing was saved")),
        _ => Ok(None),
    }
}

fn show(context: &Context, subject: &Subject, typed: &str) -> Result<Outcome> {
    let entries = private_entries(subject, context)?;
    let notes = own::notes(&entries, subject.as_of);
    let note = named(&notes, typed)?;
    context.ui.line(match note.step {
        Some(step) => t!(
            "notes.head.step",
            "{day}, on {step}",
            day = note.day.long(),
            step = step
        ),
        None => note.day.long(),
    })?;
    for line in note.text.lines() {
        if line.trim().is_empty() {
            context.ui.line("")?;
        } else {
            context.ui.prose(line, 2)?;
        }
    }
    Ok(Outcome::Done)
}

fn remove(context: &mut Context, subject: &Subject, typed: &str) -> Result<Outcome> {
    let entries = private_entries(subject, context)?;
    let notes = own::notes(&entries, subject.as_of);
    let note = named(&notes, typed)?;
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    keep(context, subject, &Thought::Voided { reference: note.id })?;
    context.ui.line(t!(
        "notes.removed",
        "Taken out of the list. To bring it back: upwards undo"
    ))?;
    Ok(Outcome::Done)
}

fn rate(context: &mut Context, subject: &Subject, typed: &str, level: u8) -> Result<Outcome> {
    let id = context.curriculum_id(&subject.workspace.settings)?;
    let curriculum = subject.curriculum(id.as_str())?;
    let capability = curriculum.capability(typed).ok_or_else(|| {
        let all = curriculum.capabilities.iter();
        let names = all.map(|c| (c.id.as_str(), c.name.as_str()));
        CliError::unknown(typed, "capability", names, "upwards progress")
    })?;
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let entries = private_entries(subject, context)?;
    let before = own::ratings(&entries, curriculum.id.as_str(), subject.as_of).fold(None, |last, rating| {
        if rating.0 == capability.id.as_str() {
            Some((rating.1, rating.2))
        } else {
            last
        }
    });
    let thought = Thought::Rated {
        curriculum: curriculum.id.to_string(),
        capability: capability.id.to_string(),
        level,
    };
    keep(context, subject, &thought)?;
    context.ui.line(match before {
        Some((day, earlier)) => t!(
            "notes.rated.again",
            "Saved, for you alone: {capability} {level} of 5; on {day} it was {earlier}.",
            capability = capability.name,
            level = level,
            day = day.long(),
            earlier = earlier
        ),
        None => t!(
            "notes.rated",
            "Saved, for you alone: {capability} {level} of 5. It moves no point.",
            capability = capability.name,
            level = level
        ),
    })?;
    Ok(Outcome::Done)
}

fn keep(context: &mut Context, subject: &Subject, thought: &Thought) -> Result<EventId> {
    let mut recorder = Recorder::new(context, &subject.workspace.settings)?;
    if context.global.demo
        && let Some(device) = subject.device(context)?
    {
        recorder.act_on(device);
    }
    recorder.keep(subject.person.id.as_str(), subject.by.as_str(), thought)
}

/// The note of an id, or of the beginning of one only.
fn named<'n, 'e>(notes: &'n [Note<'e>], typed: &str) -> Result<&'n Note<'e>> {
    let mut fits = notes
        .iter()
        .filter(|note| typed.len() >= 4 && note.id.to_string().starts_with(typed));
    match (fits.next(), fits.next()) {
        (Some(note), None) => Ok(note),
        (Some(_), Some(_)) => Err(CliError::could_not(format!("{typed} begins several ids"))
            .hint("more of it: upwards notes -f csv")),
        _ => Err(
            CliError::could_not(format!("there is no note {}", cut(typed, SHORT_ID * 5)))
                .hint("their ids: upwards notes"),
        ),
    }
}

fn short(note: &Note<'_>) -> String {
    note.id.to_string().chars().take(SHORT_ID).collect()
}
