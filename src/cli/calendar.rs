//! Calendar files of what a sitting planned. The person, or whoever keeps their calendar, opens the file; nothing is sent.

use crate::base::id::{EventId, PersonId};
use crate::base::texts::t;
use crate::base::time::{Instant, When};
use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::cli::person::Subject;
use crate::interop::{At, CalendarEntry, calendar};
use crate::model::event::Invited;
use crate::model::person::Person;
use crate::report::{self, CalendarRow, EntryAt};

/// How every file of ours begins.
pub(crate) const EMPTY: &[u8] = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//upwards//upwards//EN\r\n";

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
    save(
        context,
        &[&subject.person],
        Some(&subject.person.id),
        file.unwrap_or(&name),
        &[entry],
    )
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
        return save(context, &[&subject.person], Some(&subject.person.id), &name, &[]);
    }
    let meeting = match &*invited.meeting {
        "" => event.to_string(),
        named => named.to_owned(),
    };
    let entries: Vec<CalendarEntry> = rows_of(&meeting, subject, context)?
        .into_iter()
        .map(entry)
        .collect();
    save(
        context,
        &[&subject.person],
        Some(&subject.person.id),
        &name,
        &entries,
    )
}

/// Writes the file of talks as they stand in these people's logs: planned, moved or called off.
pub(crate) fn write_talks(
    meetings: &[&str],
    owners: &[String],
    (own, leads): (&PersonId, bool),
    file: &str,
    context: &mut Context,
) -> Result<()> {
    let mut rows = Vec::new();
    let mut people: Vec<Person> = Vec::new();
    for owner in owners {
        let subject = Subject::named(context, owner)?;
        for meeting in meetings {
            rows.extend(rows_of(meeting, &subject, context)?);
        }
        people.push(subject.person);
    }
    let entries: Vec<CalendarEntry> = report::merged(rows).into_iter().map(entry).collect();
    // Whose assistant is whose is for themselves and for leaders.
    let people: Vec<&Person> = people
        .iter()
        .filter(|person| leads || person.id == *own)
        .collect();
    save(context, &people, Some(own), file, &entries)
}

/// What somebody's log says of a talk.
fn rows_of(meeting: &str, subject: &Subject, context: &Context) -> Result<Vec<CalendarRow>> {
    let uid = format!("{meeting}@{}", subject.workspace.settings.id);
    let mut found = Vec::new();
    for curriculum in &subject.workspace.curricula {
        subject.view(context, curriculum, |view| {
            let rows = report::calendar_rows(
                &subject.person,
                &subject.workspace,
                curriculum,
                view.events,
                view.progress,
                true,
            );
            found.extend(rows.into_iter().filter(|row| row.uid == uid));
            Ok(())
        })?;
    }
    Ok(found)
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

/// Saves the file, and says whose assistants may have it: `own` = who sits here.
fn save(
    context: &Context,
    people: &[&Person],
    own: Option<&PersonId>,
    file: &str,
    entries: &[CalendarEntry],
) -> Result<()> {
    if context.global.demo {
        return context.ui.line(t!(
            "calendar.demo",
            "In a real workspace a calendar file would be written now."
        ));
    }
    if file == "-" {
        return context.ui.bytes(calendar(entries).as_bytes());
    }
    let path = context.environment.folder.join(file);
    context
        .ui
        .write_file(&path.to_string_lossy(), calendar(entries).as_bytes())?;
    context
        .ui
        .line(t!("calendar.wrote", "Calendar: {file}", file = file))?;
    for (person, mail) in people
        .iter()
        .filter_map(|person| Some((person, person.assistant_email.as_ref()?)))
    {
        context.ui.line(if own == Some(&person.id) {
            t!(
                "calendar.assistant",
                "  for your assistant too: attach it to a mail to {mail}",
                mail = mail
            )
        } else {
            t!(
                "calendar.assistant.of",
                "  for the assistant of {name} too: attach it to a mail to {mail}",
                name = person.name,
                mail = mail
            )
        })?;
    }
    Ok(())
}
