//! Who stands elsewhere than on an earlier day, and why: two looks at one log by the code of `--as-of`. Reasons come from
//! shared events and from how many questions the capsule has; which question, and what was missed, is not in the workspace.

use super::columns::{data_columns, day, person_cells};
use super::readiness::thin_words;
use crate::base::id::EventId;
use crate::base::points::{Band, Points};
use crate::base::text::{pad, width};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::model::person::Person;
use crate::progress::Progress;
use crate::readiness::{
    Assessment, Behind, CapabilityAssessment, ChangeKind, Difference, Item, Yardstick, difference,
};
use crate::table::{Column, Report, Value};

/// Columns of the file.
pub(super) const CHANGED_COLUMNS: [&str; 20] = [
    "as_of",
    "since",
    "rules",
    "curriculum_id",
    "person_id",
    "person",
    "unit",
    "groups",
    "capability_id",
    "capability",
    "what",
    "band_before",
    "band",
    "points_before",
    "points",
    "reached_on",
    "ready_until",
    "by_time",
    "why",
    "event_ids",
];

/// The two days, and what is looked at.
pub struct ChangedAbout<'a> {
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// The rules.
    pub yardstick: &'a Yardstick<'a>,
    /// The earlier day.
    pub since: Date,
    /// The later one.
    pub as_of: Date,
    /// The place of the one capability that is meant; `None` = all.
    pub only: Option<usize>,
}

/// Somebody on one of the two days; `None` where they were not in the programme.
pub type Look<'a> = Option<(&'a Progress<'a>, &'a Assessment)>;

/// What happened to somebody in a capability, or as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Joined,
    Left,
    Risen,
    Fallen,
    /// Still ready, and that ends soon.
    Fading,
    /// Ready, which ended soon and does no more.
    Renewed,
    /// The same band, with other evidence.
    Evidence,
}

impl What {
    fn code(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Left => "left",
            Self::Risen => "risen",
            Self::Fallen => "fallen",
            Self::Fading => "fading",
            Self::Renewed => "renewed",
            Self::Evidence => "evidence",
        }
    }
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    Practised {
        step: Box<str>,
        on: Date,
    },
    Confirmed {
        step: Box<str>,
        on: Date,
    },
    Counts {
        step: Box<str>,
    },
    NoMore {
        step: Box<str>,
    },
    Met {
        on: Date,
    },
    MetNoMore,
    KnownAgain(u32),
    Known(u32),
    RightAgain(u32),
    Fewer(u32),
    Time {
        missing: Option<Item>,
        until: Option<Date>,
    },
    Assigned {
        module: Box<str>,
        on: Date,
    },
    Unassigned {
        module: Box<str>,
        on: Date,
    },
    Gone {
        on: Date,
    },
}

/// Where somebody stood or stands in a capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    band: Band,
    points: Points,
    fading: bool,
    reached: bool,
    thin: bool,
}

/// One line: a person who came or went, or a person in a capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedRow {
    who: [Value; 4],
    name: Box<str>,
    capability: Option<usize>,
    what: What,
    before: Option<Place>,
    after: Option<Place>,
    reached_on: Option<Date>,
    ready_until: Option<Date>,
    why: Vec<Why>,
    events: Vec<EventId>,
}

/// What is counted of everybody on the two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangedSums {
    /// People who were or are in the programme.
    pub people: usize,
    /// Those who have reached all, or the one capability: before, now.
    pub reached: (usize, usize),
    /// Those who were, and are, ready.
    pub current: (usize, usize),
}

impl ChangedSums {
    /// Takes in one person.
    pub fn add(&mut self, about: &ChangedAbout<'_>, before: Look<'_>, after: Look<'_>) {
        let stands = |look: Look<'_>| {
            let Some((_, judged)) = look else {
                return (0, 0);
            };
            let one = about.only.and_then(|place| judged.capabilities.get(place));
            let (reached, band) = one.map_or((judged.overall.reached_on, judged.overall.band), |c| {
                (c.reached_on, c.band)
            });
            (usize::from(reached.is_some()), usize::from(band == Band::Ready))
        };
        let (then, now) = (stands(before), stands(after));
        self.people += 1;
        self.reached = (self.reached.0 + then.0, self.reached.1 + now.0);
        self.current = (self.current.0 + then.1, self.current.1 + now.1);
    }

    /// Both together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let add = |a: (usize, usize), b: (usize, usize)| (a.0 + b.0, a.1 + b.1);
        Self {
            people: self.people + other.people,
            reached: add(self.reached, other.reached),
            current: add(self.current, other.current),
        }
    }
}

/// What changed for one person. `then` is what the log came to on the earlier day, whether they were in the programme or
/// not.
pub fn changed_rows(
    person: &Person,
    groups: &[Box<str>],
    about: &ChangedAbout<'_>,
    then: (&Progress<'_>, &Assessment),
    now: (&Progress<'_>, &Assessment),
    is_in: (bool, bool),
) -> Vec<ChangedRow> {
    let row = |what, why: Vec<Why>, events| ChangedRow {
        who: person_cells(person, groups),
        name: person.name.as_str().into(),
        capability: None,
        what,
        before: None,
        after: None,
        reached_on: None,
        ready_until: None,
        why,
        events,
    };
    let mut rows = Vec::new();
    match is_in {
        (false, false) => return rows,
        (true, false) => {
            let (why, events) = why_left(person, about, now.0);
            rows.push(row(What::Left, why, events));
            return rows;
        }
        (false, true) => {
            let (why, events) = why_joined(about, now.0);
            rows.push(row(What::Joined, why, events));
        }
        (true, true) => {}
    }
    // As if nothing had happened in between: what stands there is the work of time alone.
    let untouched = about.yardstick.assess(then.0, None, about.as_of);
    let differences = difference(then.1, now.1);
    for (place, after) in super::team::meant(&now.1.capabilities, about.only) {
        let id = after.capability.as_str();
        let (Some(before), Some(untouched)) = (then.1.capability(id), untouched.capability(id)) else {
            continue;
        };
        let found = differences.iter().find(|d| d.capability == after.capability);
        let (mut why, events) = evidence(found, about, before, after, now.0);
        let what = what(before, after, !why.is_empty());
        let Some(what) = what else { continue };
        let lost = matches!(what, What::Fallen | What::Fading);
        if lost && place_of(untouched).same_letter(place_of(after)) {
            let limit = after.limited_by.as_ref().map(|limit| limit.item);
            why.insert(
                0,
                Why::Time {
                    missing: limit,
                    until: after.ready_until,
                },
            );
        }
        let is_new = |on: &Date| *on > about.since;
        rows.push(ChangedRow {
            capability: Some(place),
            before: Some(place_of(before)),
            after: Some(place_of(after)),
            reached_on: after.reached_on.filter(is_new),
            ready_until: after.ready_until,
            ..row(what, why, events)
        });
    }
    rows
}

fn place_of(c: &CapabilityAssessment) -> Place {
    Place {
        band: c.band,
        points: c.total,
        fading: c.is_fading(),
        reached: c.reached_on.is_some(),
        thin: c.is_thin(),
    }
}

impl Place {
    fn same_letter(self, other: Self) -> bool {
        (self.band, self.fading) == (other.band, other.fading)
    }
}

/// What happened in a capability; `None` = nothing that is worth a line: points alone fade every day.
fn what(before: &CapabilityAssessment, after: &CapabilityAssessment, has_evidence: bool) -> Option<What> {
    match after.band.cmp(&before.band) {
        std::cmp::Ordering::Greater => Some(What::Risen),
        std::cmp::Ordering::Less => Some(What::Fallen),
        std::cmp::Ordering::Equal => match (before.is_fading(), after.is_fading()) {
            (false, true) => Some(What::Fading),
            (true, false) if after.band == Band::Ready => Some(What::Renewed),
            _ => has_evidence.then_some(What::Evidence),
        },
    }
}

/// What came and went in a capability, with the events.
fn evidence(
    found: Option<&Difference>,
    about: &ChangedAbout<'_>,
    before: &CapabilityAssessment,
    after: &CapabilityAssessment,
    now: &Progress<'_>,
) -> (Vec<Why>, Vec<EventId>) {
    let (mut why, mut events) = (Vec::new(), Vec::new());
    let mut again = 0;
    for change in found.iter().flat_map(|difference| &difference.changes) {
        let (one, event) = match &change.what {
            ChangeKind::New(Behind::Practice { step, day, event }) => {
                (Some(practised(step, *day, *event, about, now)), *event)
            }
            ChangeKind::Moved {
                before: Behind::Practice { day: then, .. },
                after: Behind::Practice { step, day, event },
            } => (
                (day > then).then(|| practised(step, *day, *event, about, now)),
                *event,
            ),
            ChangeKind::Gone(Behind::Practice { step, event, .. }) => {
                let stands = now
                    .practice(*event)
                    .is_some_and(|record| record.why_not.is_none());
                ((!stands).then(|| Why::NoMore { step: step.clone() }), *event)
            }
            ChangeKind::New(Behind::Meeting { day, event, .. }) => (Some(Why::Met { on: *day }), *event),
            ChangeKind::Gone(Behind::Meeting { event, meeting, .. }) => {
                let counts =
                    |m: &&crate::progress::MeetingRecord<'_>| *m.meeting == **meeting && m.why_not.is_none();
                let stands = now.meetings.iter().any(|m| counts(&m));
                ((!stands).then_some(Why::MetNoMore), *event)
            }
            ChangeKind::New(Behind::Question { right_on, event, .. }) if *right_on > about.since => {
                again += 1;
                if !events.contains(event) {
                    events.push(*event);
                }
                continue;
            }
            _ => continue,
        };
        if let Some(one) = one {
            why.push(one);
            events.push(event);
        }
    }
    why.extend(questions(before, after, again));
    (why, events)
}

fn practised(step: &str, on: Date, event: EventId, about: &ChangedAbout<'_>, now: &Progress<'_>) -> Why {
    let step: Box<str> = step.into();
    if on > about.since {
        return Why::Practised { step, on };
    }
    // It was done before, and counts since the person said so.
    let confirmed = now.practice(event).and_then(|record| record.confirmed);
    match confirmed.map(|event| event.day).filter(|day| *day > about.since) {
        Some(on) => Why::Confirmed { step, on },
        None => Why::Counts { step },
    }
}

/// How many questions more, as the capsule has them.
fn questions(before: &CapabilityAssessment, after: &CapabilityAssessment, right_again: u32) -> Vec<Why> {
    let more = |then: u32, now: u32| now.saturating_sub(then);
    let again = more(before.questions_again, after.questions_again);
    let known = more(before.questions_known, after.questions_known);
    let fewer = more(after.questions_known, before.questions_known);
    let mut why = Vec::new();
    if again > 0 {
        why.push(Why::KnownAgain(again));
    }
    if known > 0 {
        why.push(Why::Known(known));
    }
    if again == 0 && known == 0 && right_again > 0 {
        why.push(Why::RightAgain(right_again));
    }
    if fewer > 0 {
        why.push(Why::Fewer(fewer));
    }
    why
}

fn why_joined(about: &ChangedAbout<'_>, now: &Progress<'_>) -> (Vec<Why>, Vec<EventId>) {
    let new = now
        .assignments
        .iter()
        .filter(|one| one.unassigned.is_none() && one.event.day > about.since);
    new.map(|one| {
        let why = Why::Assigned {
            module: one.module.into(),
            on: one.assigned_on,
        };
        (why, one.event.id)
    })
    .unzip()
}

fn why_left(person: &Person, about: &ChangedAbout<'_>, now: &Progress<'_>) -> (Vec<Why>, Vec<EventId>) {
    if let Some(on) = person.left.filter(|_| !person.is_here(about.as_of)) {
        return (vec![Why::Gone { on }], Vec::new());
    }
    let taken = now.assignments.iter().filter_map(|one| {
        let event = one.unassigned.filter(|event| event.day > about.since)?;
        let why = Why::Unassigned {
            module: one.module.into(),
            on: event.day,
        };
        Some((why, event.id))
    });
    taken.unzip()
}

impl Why {
    /// For programs: a word, what it is about, the day or number.
    fn code(&self) -> String {
        match self {
            Self::Practised { step, on } => format!("practised {step} {on}"),
            Self::Confirmed { step, on } => format!("confirmed {step} {on}"),
            Self::Counts { step } => format!("counts {step}"),
            Self::NoMore { step } => format!("no-more {step}"),
            Self::Met { on } => format!("met {on}"),
            Self::MetNoMore => "met-no-more".to_owned(),
            Self::KnownAgain(n) => format!("known-again {n}"),
            Self::Known(n) => format!("known {n}"),
            Self::RightAgain(n) => format!("right-again {n}"),
            Self::Fewer(n) => format!("fewer {n}"),
            Self::Time { .. } => "time".to_owned(),
            Self::Assigned { module, on } => format!("assigned {module} {on}"),
            Self::Unassigned { module, on } => format!("unassigned {module} {on}"),
            Self::Gone { on } => format!("left {on}"),
        }
    }

    /// For people.
    fn words(&self, today: Date) -> String {
        let short = |step: &str| step.rsplit('.').next().unwrap_or(step).to_owned();
        match self {
            Self::Practised { step, on } => t!(
                "changed.practised",
                "practised {step} on {day}",
                step = short(step),
                day = on.short(today)
            ),
            Self::Confirmed { step, on } => t!(
                "changed.confirmed",
                "confirmed {step} on {day}",
                step = short(step),
                day = on.short(today)
            ),
            Self::Counts { step } => t!("changed.counts", "{step} counts now", step = short(step)),
            Self::NoMore { step } => t!("changed.no_more", "{step} counts no more", step = short(step)),
            Self::Met { on } => t!("changed.met", "talk on {day}", day = on.short(today)),
            Self::MetNoMore => t!("changed.met_no_more", "a talk counts no more"),
            Self::KnownAgain(n) => t_n!(
                "changed.known_again",
                *n,
                "{n} question known again on a later day",
                "{n} questions known again on a later day"
            ),
            Self::Known(n) => t_n!(
                "changed.known",
                *n,
                "{n} more question right",
                "{n} more questions right"
            ),
            Self::RightAgain(n) => t_n!(
                "changed.right_again",
                *n,
                "{n} question right again",
                "{n} questions right again"
            ),
            Self::Fewer(n) => t_n!(
                "changed.fewer",
                *n,
                "{n} question fewer counts",
                "{n} questions fewer count"
            ),
            Self::Time { missing, until } => match (missing, until) {
                (Some(item), _) => t!(
                    "changed.time_missing",
                    "time alone; what is missing now: {item}",
                    item = item.shown()
                ),
                (None, Some(day)) => t!(
                    "changed.time_until",
                    "time alone; ready until {day}",
                    day = day.short(today)
                ),
                (None, None) => t!("changed.time", "time alone"),
            },
            Self::Assigned { module, on } => t!(
                "changed.assigned",
                "{module} assigned on {day}",
                module = module,
                day = on.short(today)
            ),
            Self::Unassigned { module, on } => t!(
                "changed.unassigned",
                "{module} taken back on {day}",
                module = module,
                day = on.short(today)
            ),
            Self::Gone { on } => t!("changed.left_on", "left on {day}", day = on.short(today)),
        }
    }
}

/// The rows as data.
pub fn changed_data(rows: &[ChangedRow], about: &ChangedAbout<'_>, rules: &str) -> Report {
    let mut report = Report::new("readiness-changes", about.as_of, data_columns(CHANGED_COLUMNS));
    report.rules = Some(rules.to_owned());
    report.rows = rows.iter().map(|row| data_cells(row, about, rules)).collect();
    report
}

fn data_cells(row: &ChangedRow, about: &ChangedAbout<'_>, rules: &str) -> Vec<Value> {
    let capability = row
        .capability
        .and_then(|place| about.curriculum.capabilities.get(place));
    let band = |place: Option<Place>| place.map_or(Value::Missing(""), |p| Value::Code(p.band.code()));
    let points = |place: Option<Place>| place.map_or(Value::Missing(""), |p| Value::Points(p.points));
    let list = |items: Vec<String>| {
        if items.is_empty() {
            Value::Missing("")
        } else {
            Value::List(items)
        }
    };
    let mut cells = vec![
        Value::Date(about.as_of),
        Value::Date(about.since),
        Value::Text(rules.to_owned()),
        Value::Text(about.curriculum.id.to_string()),
    ];
    cells.extend(row.who.iter().cloned());
    cells.extend([
        Value::text(capability.map(|c| c.id.to_string())),
        Value::text(capability.map(|c| c.name.clone())),
        Value::Code(row.what.code()),
        band(row.before),
        band(row.after),
        points(row.before),
        points(row.after),
        day(row.reached_on),
        day(row.ready_until),
        Value::YesNo(row.why.iter().any(|why| matches!(why, Why::Time { .. }))),
        list(row.why.iter().map(Why::code).collect()),
        list(row.events.iter().map(ToString::to_string).collect()),
    ]);
    cells
}

/// The rows as a screen, by name. `choice` is what the title says besides.
pub fn changed_screen(
    rows: &[ChangedRow],
    sums: ChangedSums,
    about: &ChangedAbout<'_>,
    rules: &str,
    choice: Option<&str>,
) -> Report {
    let columns = vec![
        Column::screen("person", t!("column.person", "PERSON"), 1),
        Column::screen("capability", t!("column.capability", "CAPABILITY"), 2),
        Column::screen("before", t!("column.from", "FROM"), 4),
        Column::screen("after", t!("column.to", "TO"), 3),
        Column::screen("points_before", t!("column.points_before", "POINTS BEFORE"), 9).hidden(),
        Column::screen("points", t!("column.points", "POINTS"), 8).hidden(),
        Column::screen("why", t!("column.why", "WHY"), 5),
    ];
    let mut report = Report::new("readiness-changes", about.as_of, columns);
    report.rules = Some(rules.to_owned());
    let mut sorted: Vec<&ChangedRow> = rows.iter().collect();
    sorted.sort_by(|a, b| (&a.name, &a.who[0].machine()).cmp(&(&b.name, &b.who[0].machine())));
    report.above = above(&sorted, sums, about, choice);
    report.below = vec![
        t!(
            "team.letters",
            ". not started   E exploring   B building   R ready   R~ ready, ends within 30 d"
        ),
        t!("team.letters.plus", "+ reached before, not current now"),
    ];
    let is_thin = |place: Option<Place>| place.is_some_and(|p| p.thin);
    if rows.iter().any(|row| is_thin(row.before) || is_thin(row.after)) {
        report.below.push(thin_words());
    }
    report.rows = sorted.iter().map(|row| screen_cells(row, about)).collect();
    if rows.is_empty() {
        report.below = vec![t!(
            "changed.nobody",
            "Nobody changed between {since} and {day}.",
            since = about.since.long(),
            day = about.as_of.long()
        )];
    }
    report
}

fn above(
    rows: &[&ChangedRow],
    sums: ChangedSums,
    about: &ChangedAbout<'_>,
    choice: Option<&str>,
) -> Vec<String> {
    /// The date stands at the right end of a line of so many columns.
    const TITLE: usize = 78;
    let left = t!(
        "changed.title",
        "{curriculum}{choice}, since {since}",
        curriculum = about.curriculum.title,
        choice = choice.map(|words| format!(", {words}")).unwrap_or_default(),
        since = about.since.long()
    );
    let date = about.as_of.with_weekday();
    let mut lines = vec![if width(&left) + width(&date) + 2 <= TITLE {
        format!("{}{date}", pad(&left, TITLE - width(&date)))
    } else {
        format!("{left}, {date}")
    }];
    let mut people: Vec<String> = rows.iter().map(|row| row.who[0].machine()).collect();
    people.sort_unstable();
    people.dedup();
    lines.push(t_n!(
        "changed.sums",
        sums.people,
        "{changed} of {n} person changed. Reached: {r0} -> {r1}; current: {c0} -> {c1}.",
        "{changed} of {n} people changed. Reached: {r0} -> {r1}; current: {c0} -> {c1}.",
        changed = people.len(),
        r0 = sums.reached.0,
        r1 = sums.reached.1,
        c0 = sums.current.0,
        c1 = sums.current.1
    ));
    lines
}

fn screen_cells(row: &ChangedRow, about: &ChangedAbout<'_>) -> Vec<Value> {
    let capability = row
        .capability
        .and_then(|place| about.curriculum.capabilities.get(place));
    let letter = |place: Option<Place>| {
        place.map_or(Value::Missing("-"), |p| Value::Band {
            band: p.band,
            fading: p.fading,
            reached_before: p.reached,
            thin: p.thin,
        })
    };
    let points = |place: Option<Place>| place.map_or(Value::Missing("-"), |p| Value::Points(p.points));
    let mut why: Vec<String> = Vec::new();
    match row.what {
        What::Joined => why.push(t!("changed.joined", "joined")),
        What::Left if row.why.is_empty() => why.push(t!("changed.left", "left")),
        _ => {}
    }
    if row.reached_on.is_some() {
        why.push(t!("changed.reached", "reached for the first time"));
    }
    why.extend(row.why.iter().map(|one| one.words(about.as_of)));
    vec![
        Value::Text(row.name.to_string()),
        capability.map_or(Value::Missing("-"), |c| Value::Text(c.name.clone())),
        letter(row.before),
        letter(row.after),
        points(row.before),
        points(row.after),
        Value::Text(why.join("; ")),
    ]
}
