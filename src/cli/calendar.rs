//! Calendar files of what a sitting planned. The person, or whoever keeps their calendar, opens the file; nothing is sent.

use std::path::Path;

use crate::base::id::EventId;
use crate::base::texts::t;
use crate::base::time::{Instant, When};
use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::cli::person::Subject;
use crate::disk::{self, Access};
use crate::interop::{At, CalendarEntry, calendar};
use crate::model::event::Invited;
use crate::report::{self, CalendarRow, EntryAt};

/// Writes the file of the next sitting into the folder the program was started in, or where `file` says.
pub(crate) fn write_next(context: &Context, subject: &Subject, when: When, file: Option<&str>) -> Result<()> {
    let minutes = crate::cli::plan::minutes(None, context)?;
    let workspace = &subject.workspace.settings;
    let entry = CalendarEntry {
        uid: format!("{}-next@{}", subject.person.id, workspace.id),
        // A later file moves the entry: its day tells that it is the newer one.
        sequence: u32::try_from(context.now.instant.seconds() / 60).unwrap_or(0),
        stamp: context.now.instant,
        at: At::Time(context.environment.instant_of(when), minutes),
        summary: t!(
            "calendar.next",
            "{minutes} minutes: {name}",
            minutes = minutes.0,
            name = workspace.name
        ),
        description: t!(
            "calendar.next.how",
            "Open the folder {name} and type: upwards",
            name = workspace.name
        ),
        place: String::new(),
        cancelled: false,
        attached: None,
    };
    let name = format!("upwards-{}-{}.ics", subject.person.id, when.day);
    save(context, subject, file.unwrap_or(&name), &[entry])
}

/// Writes the file of a talk that was planned, if it has a time: the entry that `export ics` has for it.
pub(crate) fn write_meeting(
    context: &Context,
    subject: &Subject,
    event: EventId,
    invited: &Invited<'_>,
) -> Result<()> {
    let Some(start) = invited.at.as_deref().and_then(Instant::parse_with_zone) else {
        return Ok(());
    };
    let name = format!("upwards-{}-{}.ics", subject.person.id, start.utc_day());
    if context.global.demo {
        return save(context, subject, &name, &[]);
    }
    let meeting = match &*invited.meeting {
        "" => event.to_string(),
        named => named.to_owned(),
    };
    let uid = format!("{meeting}@{}", subject.workspace.settings.id);
    let curriculum = subject.curriculum(&invited.curriculum)?;
    let entries: Vec<CalendarEntry> = subject.view(context, curriculum, |view| {
        let rows = report::calendar_rows(
            &subject.person,
            &subject.workspace,
            curriculum,
            view.events,
            view.progress,
            true,
        );
        Ok(rows.into_iter().filter(|row| row.uid == uid).map(entry).collect())
    })?;
    save(context, subject, &name, &entries)
}

/// An entry as it is written: its stamp is the day of what changed it last.
pub(crate) fn entry(row: CalendarRow) -> CalendarEntry {
    CalendarEntry {
        uid: row.uid,
        sequence: row.sequence,
        stamp: Instant::end_of(row.changed_on),
        at: match row.at {
            EntryAt::Day(day) => At::Day(day),
            EntryAt::Time(start, minutes) => At::Time(start, minutes),
            EntryAt::Local(start, minutes) => At::Local(start, minutes),
        },
        summary: row.summary,
        description: row.description,
        place: row.place,
        cancelled: row.withdrawn,
        attached: None,
    }
}

fn save(context: &Context, subject: &Subject, file: &str, entries: &[CalendarEntry]) -> Result<()> {
    if context.global.demo {
        return context.ui.line(t!(
            "calendar.demo",
            "In a real workspace a calendar file would be written now."
        ));
    }
    let path = context.environment.folder.join(file);
    disk::replace(Path::new(&path), calendar(entries).as_bytes(), Access::Shared)?;
    context
        .ui
        .line(t!("calendar.wrote", "Calendar: {file}", file = file))?;
    if let Some(assistant) = &subject.person.assistant_email {
        context.ui.line(t!(
            "calendar.assistant",
            "  for your assistant too: attach it to a mail to {mail}",
            mail = assistant
        ))?;
    }
    Ok(())
}
