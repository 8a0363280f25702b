//! What stands in calendars: due dates, second figures, talks, as rows for a calendar file or for programs. A talk of
//! several people is one entry.

use std::collections::BTreeMap;

use super::columns::data_columns;
use crate::base::points::Thousandths;
use crate::base::texts::t;
use crate::base::time::{Date, Instant, Minutes, Planned};
use crate::base::words::and_list;
use crate::model::curriculum::{Curriculum, StepKind, TalkWith};
use crate::model::event::{Event, Invited, TALK_MINUTES};
use crate::model::person::Person;
use crate::model::workspace::Workspace;
use crate::progress::{Dated, DatedWhat, PracticeRecord, Progress, dates};
use crate::table::{Report, Value};

/// Columns of the entries.
const COLUMNS: [&str; 16] = [
    "as_of",
    "uid",
    "sequence",
    "changed_on",
    "state",
    "what",
    "curriculum_id",
    "person_ids",
    "module_id",
    "step_id",
    "on",
    "starts_at",
    "ends_at",
    "summary",
    "description",
    "place",
];

/// Minutes of a talk whose length no step says.
const TALK: Minutes = Minutes(15);

/// How long a talk takes: as long as was said, else as the first step for such a talk says.
pub fn talk_minutes(curriculum: &Curriculum, role: TalkWith, topic: &str, said: Option<u32>) -> Minutes {
    if let Some(minutes) = said.filter(|minutes| TALK_MINUTES.contains(minutes)) {
        return Minutes(minutes);
    }
    let is_it = |kind: &StepKind| matches!(kind, StepKind::Talk(talk) if talk.with == role);
    let steps = curriculum.live_steps().map(|(_, step)| step);
    steps
        .filter(|step| step.capabilities.iter().any(|id| *id.as_str() == *topic))
        .find(|step| is_it(&step.kind))
        .and_then(|step| step.minutes)
        .unwrap_or(TALK)
}

/// When an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryAt {
    /// All of a day.
    Day(Date),
    /// From an instant, so many minutes.
    Time(Instant, Minutes),
    /// From what the clock shows wherever one is, as if that were UTC, so many minutes.
    Local(Instant, Minutes),
}

impl EntryAt {
    /// The day; of a time the one in UTC.
    pub fn day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Time(start, _) | Self::Local(start, _) => start.utc_day(),
        }
    }

    fn seconds(self) -> i64 {
        match self {
            Self::Day(day) => Instant::end_of(day - 1).seconds() + 1,
            Self::Time(start, _) | Self::Local(start, _) => start.seconds(),
        }
    }
}

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// The same in every file and for everybody whom it concerns.
    pub uid: String,
    /// How often it was changed.
    pub sequence: u32,
    /// The day of the newest change.
    pub changed_on: Date,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// `due`, `second-figure`, `talk`.
    pub what: &'static str,
    /// The curriculum.
    pub curriculum: String,
    /// Whom it concerns: ids, sorted.
    pub people: Vec<String>,
    /// The module that is due.
    pub module: Option<String>,
    /// The practice whose second figure is asked for.
    pub step: Option<String>,
    /// When.
    pub at: EntryAt,
    /// In one line.
    pub summary: String,
    /// More of it; may be empty.
    pub description: String,
    /// Where; may be empty.
    pub place: String,
}

/// What stands in one person's calendar about one curriculum. `own` = for the person, who need not be named.
pub fn calendar_rows(
    person: &Person,
    workspace: &Workspace,
    curriculum: &Curriculum,
    events: &[&Event<'_>],
    progress: &Progress<'_>,
    own: bool,
) -> Vec<CalendarRow> {
    let second_after = workspace.settings.practice.second_measure_days;
    let entries = dates(events, curriculum, progress, second_after);
    let about = Around {
        person,
        workspace,
        curriculum,
        own,
    };
    entries.iter().filter_map(|dated| about.row(dated)).collect()
}

/// What stands and cannot be put into a calendar, and why: a talk whose time nobody can read.
pub fn calendar_gaps(
    person: &Person,
    workspace: &Workspace,
    curriculum: &Curriculum,
    progress: &Progress<'_>,
) -> Vec<String> {
    let about = Around {
        person,
        workspace,
        curriculum,
        own: false,
    };
    let open = progress
        .invitations
        .iter()
        .filter(|one| !progress.was_held(&one.invited.meeting));
    open.filter_map(|invitation| {
        let at = invitation.invited.at.as_deref()?;
        Planned::parse(at).is_none().then(|| {
            t!(
                "dates.gap",
                "not in it: {talk}; nobody can read its time, \"{at}\" (2026-03-19 09:30)",
                talk = about.talk_of(invitation.invited),
                at = at
            )
        })
    })
    .collect()
}

/// The entries of somebody who left: what was still to come is taken back on that day, one change further.
pub fn of_leaver(mut rows: Vec<CalendarRow>, left: Date) -> Vec<CalendarRow> {
    rows.retain(|row| row.at.day() >= left);
    for row in rows.iter_mut().filter(|row| !row.withdrawn) {
        row.withdrawn = true;
        row.sequence = row.sequence.saturating_add(1);
        row.changed_on = row.changed_on.max(left);
    }
    rows
}

/// One entry for each name, in the order of time. Where people's logs differ about a talk, the one that was changed most
/// says when it is, and it is called off once it is for everybody.
pub fn merged(rows: Vec<CalendarRow>) -> Vec<CalendarRow> {
    let mut by_uid: BTreeMap<String, CalendarRow> = BTreeMap::new();
    for row in rows {
        let Some(known) = by_uid.get_mut(&row.uid) else {
            by_uid.insert(row.uid.clone(), row);
            continue;
        };
        let rank = |row: &CalendarRow| (!row.withdrawn, row.sequence, row.changed_on);
        let (sequence, changed_on) = (
            known.sequence.max(row.sequence),
            known.changed_on.max(row.changed_on),
        );
        if rank(&row) > rank(known) {
            *known = row;
        }
        (known.sequence, known.changed_on) = (sequence, changed_on);
    }
    let mut rows: Vec<CalendarRow> = by_uid.into_values().collect();
    rows.sort_by(|a, b| (a.at.seconds(), &a.uid).cmp(&(b.at.seconds(), &b.uid)));
    rows
}

/// The entries as data.
pub fn calendar_report(rows: &[CalendarRow], as_of: Date) -> Report {
    let mut report = Report::new("calendar", as_of, data_columns(COLUMNS));
    report.rows = rows.iter().map(|row| cells(row, as_of)).collect();
    report
}

fn cells(row: &CalendarRow, as_of: Date) -> Vec<Value> {
    let (starts, ends) = match row.at {
        EntryAt::Day(_) => (None, None),
        EntryAt::Time(start, minutes) => (Some(start.to_string()), Some(end(start, minutes).to_string())),
        EntryAt::Local(start, minutes) => (Some(clock(start)), Some(clock(end(start, minutes)))),
    };
    let filled = |text: &String| Value::text((!text.is_empty()).then(|| text.clone()));
    vec![
        Value::Date(as_of),
        Value::Text(row.uid.clone()),
        Value::count(Some(row.sequence)),
        Value::Date(row.changed_on),
        Value::Code(if row.withdrawn { "withdrawn" } else { "stands" }),
        Value::Code(row.what),
        Value::Text(row.curriculum.clone()),
        Value::List(row.people.clone()),
        Value::text(row.module.clone()),
        Value::text(row.step.clone()),
        Value::Date(row.at.day()),
        Value::text(starts),
        Value::text(ends),
        Value::Text(row.summary.clone()),
        filled(&row.description),
        filled(&row.place),
    ]
}

/// Without a zone, as it was planned.
fn clock(time: Instant) -> String {
    time.to_string().trim_end_matches('Z').to_owned()
}

fn end(start: Instant, minutes: Minutes) -> Instant {
    Instant::from_seconds(start.seconds() + i64::from(minutes.seconds().0))
}

/// Whose entries are written, and for whom.
struct Around<'a> {
    person: &'a Person,
    workspace: &'a Workspace,
    curriculum: &'a Curriculum,
    own: bool,
}

impl Around<'_> {
    fn row(&self, dated: &Dated<'_>) -> Option<CalendarRow> {
        let row = CalendarRow {
            uid: format!("{}@{}", dated.name, self.workspace.settings.id),
            sequence: dated.sequence,
            changed_on: dated.changed_on,
            withdrawn: dated.withdrawn,
            what: "",
            curriculum: self.curriculum.id.to_string(),
            people: vec![self.person.id.to_string()],
            module: None,
            step: None,
            at: EntryAt::Day(dated.changed_on),
            summary: String::new(),
            description: String::new(),
            place: String::new(),
        };
        match &dated.what {
            DatedWhat::Due { module, on } => Some(self.due(row, module, *on)),
            DatedWhat::Second { practice, on } => Some(self.second(row, practice, *on)),
            DatedWhat::Talk(invited) => self.talk(row, invited),
        }
    }

    fn due(&self, row: CalendarRow, module: &str, on: Date) -> CalendarRow {
        let title = self.curriculum.module(module).map_or(module, |m| &m.title);
        CalendarRow {
            what: "due",
            module: Some(module.to_owned()),
            at: EntryAt::Day(on),
            summary: self.named(t!("dates.due", "\"{module}\" is due", module = title)),
            description: if self.own {
                t!("dates.how", "The next step: open a terminal and type: upwards")
            } else {
                String::new()
            },
            ..row
        }
    }

    fn second(&self, row: CalendarRow, practice: &PracticeRecord<'_>, on: Date) -> CalendarRow {
        let step = self.curriculum.step(practice.step);
        let title = step
            .and_then(|step| step.title.as_deref())
            .unwrap_or(practice.step);
        let measure = practice.practised.measure.as_ref();
        CalendarRow {
            what: "second-figure",
            step: Some(practice.step.to_owned()),
            at: EntryAt::Day(on),
            summary: self.named(t!(
                "dates.second",
                "\"{step}\": what is the figure now?",
                step = title
            )),
            description: measure.map_or_else(String::new, |measure| {
                t!(
                    "dates.second.before",
                    "First figure, on {day}: {figure} {unit}",
                    day = practice.event.day,
                    figure = figure(measure.before),
                    unit = measure.unit
                )
            }),
            ..row
        }
    }

    fn talk(&self, row: CalendarRow, invited: &Invited<'_>) -> Option<CalendarRow> {
        let at = match Planned::parse(invited.at.as_deref()?)? {
            Planned::At(start, _) => EntryAt::Time(start, self.minutes_of(invited)),
            Planned::Local(start) => EntryAt::Local(start, self.minutes_of(invited)),
            Planned::Day(day) => EntryAt::Day(day),
        };
        Some(CalendarRow {
            what: "talk",
            at,
            summary: self.talk_of(invited),
            place: invited.place.as_deref().unwrap_or_default().to_owned(),
            people: self.people_of(invited),
            ..row
        })
    }

    /// Who meets: ids, sorted.
    fn people_of(&self, invited: &Invited<'_>) -> Vec<String> {
        let mut people: Vec<String> = invited.with.iter().map(ToString::to_string).collect();
        people.push(self.person.id.to_string());
        people.sort();
        people.dedup();
        people
    }

    /// Who meets about what.
    fn talk_of(&self, invited: &Invited<'_>) -> String {
        let people = self.people_of(invited);
        let names: Vec<&str> = people.iter().map(|id| self.workspace.name_of(id)).collect();
        let topic = self.curriculum.capability(&invited.topic);
        t!(
            "dates.talk",
            "{names}: talk on {topic}",
            names = and_list(&names),
            topic = topic.map_or(&*invited.topic, |capability| &capability.name)
        )
    }

    fn minutes_of(&self, invited: &Invited<'_>) -> Minutes {
        talk_minutes(self.curriculum, invited.role, &invited.topic, invited.minutes)
    }

    /// With the person's name in front, unless it is for themselves.
    fn named(&self, what: String) -> String {
        if self.own {
            what
        } else {
            t!("dates.of", "{name}: {what}", name = self.person.name, what = what)
        }
    }
}

fn figure(before: Thousandths) -> String {
    Value::Number(before).human()
}
