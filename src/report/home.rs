//! Where one executive stands in one curriculum, on their first screen and as data.

use super::first_screen::{ScreenPart, Weight};
use super::plan::{PlanAbout, title_of};
use crate::base::points::{Band, Points};
use crate::base::text::{hanging, pad, width};
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Instant};
use crate::base::words::and_list;
use crate::model::curriculum::{Curriculum, TalkWith};
use crate::model::settings::Settings;
use crate::model::workspace::Workspace;
use crate::pairing::{GroupFacts, PairFacts};
use crate::plan::{Plan, Subject};
use crate::progress::{Invitation, ModuleRecord, Progress};
use crate::readiness::{Assessment, CapabilityAssessment, Item};
use crate::report::columns::data_columns;
use crate::table::{Report, Value};

/// One person in one curriculum.
#[derive(Clone, Copy)]
pub struct HomeView<'a> {
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// What happened.
    pub progress: &'a Progress<'a>,
    /// What it amounts to.
    pub assessment: &'a Assessment,
}

/// Bands with what limits them, assignments, what waits for the person, talks and company; `columns` is the screen's width.
pub fn home_parts(view: &HomeView<'_>, workspace: &Workspace, columns: usize) -> Vec<ScreenPart> {
    let today = view.progress.as_of;
    let overall = &view.assessment.overall;
    let mut head = vec![t!(
        "home.standing",
        "{curriculum}: reached {reached} of {of}, current {current}",
        curriculum = view.curriculum.title,
        reached = overall.reached,
        of = overall.of,
        current = overall.ready
    )];
    head.extend(aim_line(view, columns));
    let mut parts = vec![ScreenPart::always(head), bands(view, workspace, columns)];
    parts.extend(assigned(view));
    let waiting = view.progress.waiting().count();
    if waiting > 0 {
        let line = t_n!(
            "home.waiting",
            waiting,
            "{n} practice waits for your word: upwards confirm",
            "{n} practices wait for your word: upwards confirm"
        );
        parts.push(ScreenPart::line(Weight::Waiting, line));
    }
    let talks = view.progress.invitations.iter();
    parts.extend(
        talks
            .filter(|i| !view.progress.was_held(&i.invited.meeting))
            .filter_map(|i| talk_line(i, workspace, today))
            .map(|line| ScreenPart::line(Weight::Talk, line)),
    );
    parts.extend(company(view, workspace));
    parts
}

/// Each band with what limits it; in short the bands alone.
fn bands(view: &HomeView<'_>, workspace: &Workspace, columns: usize) -> ScreenPart {
    let today = view.progress.as_of;
    let names = view.curriculum.capabilities.iter().map(|c| width(&c.name));
    let names = names.max().unwrap_or(0);
    let bands = Band::ALL.map(|band| width(&band.shown())).into_iter().max();
    let all = view.assessment.capabilities.iter().map(|assessed| {
        let name = view.curriculum.capability(assessed.capability.as_str());
        (assessed, name.map_or("", |c| &*c.name))
    });
    let lines = all.clone().map(|(assessed, name)| {
        format!(
            "  {} {}  {}  {}",
            pad(assessed.letter_with_reached(), 3),
            pad(name, names),
            pad(&assessed.band.shown(), bands.unwrap_or(0)),
            beside(assessed, &workspace.settings, today)
        )
    });
    let short: Vec<String> = all
        .map(|(assessed, name)| format!("{} {name}", assessed.letter_with_reached()))
        .collect();
    ScreenPart {
        weight: Weight::Bands,
        lines: lines.collect(),
        short: hanging("  ", &short.join(";  "), columns),
    }
}

/// Who is there for talks that have no day yet: a mentor, a group.
fn company(view: &HomeView<'_>, workspace: &Workspace) -> Vec<ScreenPart> {
    let progress = view.progress;
    let topic = |id: &str| {
        view.curriculum
            .capability(id)
            .map_or_else(|| id.to_owned(), |one| one.name.clone())
    };
    let pairs = progress.running_pairs();
    let without_day = pairs.filter(|pair| PairFacts::of(pair, progress).planned.is_none());
    let mut lines: Vec<ScreenPart> = without_day
        .map(|pair| {
            let mentor = workspace.person(pair.mentor);
            if mentor.is_some_and(|mentor| !mentor.is_here(progress.as_of)) {
                let line = t!(
                    "home.mentor.gone",
                    "Your mentor {name} is not here any more; leaders find another",
                    name = workspace.name_of(pair.mentor)
                );
                return ScreenPart::line(Weight::Mentor, line);
            }
            let topics: Vec<String> = pair.capabilities.iter().map(|id| topic(id)).collect();
            let line = t!(
                "home.mentor.yours",
                "Your mentor: {name}, on {topics}   (upwards mentors guide)",
                name = workspace.name_of(pair.mentor),
                topics = and_list(&topics)
            );
            ScreenPart::line(Weight::Mentor, line)
        })
        .collect();
    let groups = GroupFacts::of(progress).planned.into_iter();
    lines.extend(groups.filter(|group| group.at.is_none()).map(|group| {
        let names: Vec<&str> = group.with.iter().map(|id| workspace.name_of(id)).collect();
        let line = t!(
            "home.group",
            "Your group on {topic}: {names}; no day yet",
            topic = topic(&group.topic),
            names = and_list(&names)
        );
        ScreenPart::line(Weight::Group, line)
    }));
    lines
}

/// The same as data, with the plan: a row for everything, told apart by `part`.
pub fn home_data(
    views: &[HomeView<'_>],
    plan: &Plan<'_>,
    subjects: &[Subject<'_>],
    about: &PlanAbout<'_>,
) -> Report {
    let keys = [
        "part",
        "curriculum_id",
        "id",
        "title",
        "band",
        "points",
        "limited_by",
        "reached_on",
        "day",
        "minutes",
    ];
    let mut report = Report::new("home", about.today, data_columns(keys));
    let row = |part: &'static str, curriculum: &Curriculum, cells: Vec<Value>| {
        let mut row = vec![Value::Code(part), Value::Text(curriculum.id.to_string())];
        row.extend(cells);
        row.resize(keys.len(), Value::Missing(""));
        row
    };
    for view in views {
        if let Some(aim) = view.progress.aim {
            let cells = vec![
                Value::text(aim.capability),
                Value::Text(aim.text.to_owned()),
                Value::Missing(""),
                Value::Missing(""),
                Value::Missing(""),
                Value::Missing(""),
                Value::Date(aim.event.day),
            ];
            report.rows.push(row("aim", view.curriculum, cells));
        }
        for assessed in &view.assessment.capabilities {
            let name = view.curriculum.capability(assessed.capability.as_str());
            let cells = vec![
                Value::Text(assessed.capability.to_string()),
                Value::text(name.map(|c| c.name.clone())),
                Value::Band {
                    band: assessed.band,
                    fading: assessed.is_fading(),
                    reached_before: assessed.reached_on.is_some(),
                    thin: false,
                },
                Value::Points(assessed.total),
                Value::text(assessed.limited_by.as_ref().map(|limit| limit.item.code())),
                Value::date(assessed.reached_on),
                Value::date(assessed.ready_until),
            ];
            report.rows.push(row("standing", view.curriculum, cells));
        }
        for module in open_modules(view) {
            let mut cells = vec![
                Value::Text(module.id.to_owned()),
                Value::text(module.module.map(|m| m.title.clone())),
            ];
            cells.resize(6, Value::Missing(""));
            cells.push(Value::date(module.due));
            report.rows.push(row("assigned", view.curriculum, cells));
        }
        for record in view.progress.waiting() {
            let mut cells = vec![Value::Text(record.step.to_owned())];
            cells.resize(6, Value::Missing(""));
            cells.push(Value::Date(record.event.day));
            report.rows.push(row("confirm", view.curriculum, cells));
        }
    }
    for planned in &plan.steps {
        let mut cells = vec![
            Value::Text(planned.step.id.to_string()),
            Value::Text(title_of(planned.step, planned.questions.len())),
        ];
        cells.resize(7, Value::Missing(""));
        cells.push(Value::Count(i64::from(planned.seconds.minutes().0)));
        report
            .rows
            .push(row("next", subjects[planned.subject].curriculum, cells));
    }
    report
}

fn aim_line(view: &HomeView<'_>, columns: usize) -> Option<String> {
    let aim = view.progress.aim?;
    let left = t!("home.aim", "Aim: \"{text}\"", text = aim.text);
    let capability = aim.capability.and_then(|id| view.curriculum.capability(id));
    let right = capability.map_or("", |c| c.name.as_str());
    let gap = columns
        .min(78)
        .checked_sub(width(&left) + width(right))
        .filter(|gap| *gap >= 2);
    Some(match gap {
        Some(gap) if !right.is_empty() => format!("{left}{}{right}", " ".repeat(gap)),
        _ => left,
    })
}

/// What stands beside a band: until when it is current, or what limits it.
fn beside(assessed: &CapabilityAssessment, settings: &Settings, today: Date) -> String {
    let reached = assessed
        .reached_on
        .map(|day| t!("home.reached", "reached {day}", day = day.short(today)));
    let now = match (&assessed.limited_by, assessed.ready_until) {
        (Some(limit), _) if limit.item == Item::Talk && talk_is_enough(assessed, settings) => t!(
            "home.talk_is_enough",
            "a talk ({minutes} min) makes it ready",
            minutes = limit.minutes.map_or(0, |minutes| minutes.0)
        ),
        (Some(limit), _) => t!("home.limited", "limited by: {item}", item = limit.item.shown()),
        (None, Some(until)) => t!("home.current", "current until {day}", day = until.short(today)),
        (None, None) => String::new(),
    };
    let parts: Vec<String> = reached
        .into_iter()
        .chain((!now.is_empty()).then_some(now))
        .collect();
    parts.join("; ")
}

/// Whether one more talk would make it ready at once.
fn talk_is_enough(assessed: &CapabilityAssessment, settings: &Settings) -> bool {
    let talks = i64::from(assessed.needs.dialogue.max(1));
    let one = Points::from_tenths(assessed.budgets.dialogue.tenths() / talks);
    assessed.gates.are_open() && assessed.total + one >= Points::from_whole(settings.readiness.ready)
}

/// Open assignments: all that are over, and the next one; those after it are neither late nor "not started".
fn assigned(view: &HomeView<'_>) -> Vec<ScreenPart> {
    let today = view.progress.as_of;
    let open: Vec<&ModuleRecord<'_>> = open_modules(view).collect();
    let (over, mut to_come): (Vec<&ModuleRecord<'_>>, Vec<&ModuleRecord<'_>>) =
        open.into_iter().partition(|m| m.overdue_days.is_some());
    to_come.sort_by_key(|module| module.due.unwrap_or(today));
    let late = over.into_iter().map(|module| (Weight::Late, module));
    let next = to_come.first().map(|module| (Weight::Due, *module));
    let mut parts: Vec<ScreenPart> = late
        .chain(next)
        .map(|(weight, module)| ScreenPart::line(weight, assigned_line(module, today)))
        .collect();
    if to_come.len() > 1 {
        let line = t_n!(
            "home.later",
            to_come.len() - 1,
            "  and {n} more after it",
            "  and {n} more after it"
        );
        parts.push(ScreenPart::line(Weight::More, line));
    }
    parts
}

fn assigned_line(module: &ModuleRecord<'_>, today: Date) -> String {
    let title = module.module.map_or(module.id, |m| &m.title);
    match (module.due, module.overdue_days) {
        (_, Some(days)) => t!(
            "home.overdue",
            "Assigned: {title}, overdue {days}",
            title = title,
            days = t_n!("days", days, "{n} day", "{n} days")
        ),
        (Some(due), None) => t!(
            "home.due",
            "Assigned: {title}, due {day} ({days})",
            title = title,
            day = due.weekday_short(),
            days = t_n!("days", due.days_since(today), "{n} day", "{n} days")
        ),
        (None, None) => t!("home.assigned", "Assigned: {title}", title = title),
    }
}

/// What is asked from the first talk of a pair on: how it goes.
pub fn fit_part(mentor: &str) -> ScreenPart {
    let line = t!(
        "home.fit",
        "How is it with {mentor}, for leaders only: upwards mentors fit good|unsure|not",
        mentor = mentor
    );
    ScreenPart::line(Weight::Fit, line)
}

fn open_modules<'v>(view: &'v HomeView<'_>) -> impl Iterator<Item = &'v ModuleRecord<'v>> {
    view.progress
        .modules
        .iter()
        .filter(|m| m.assigned.is_some() && m.finished_on.is_none())
}

fn talk_line(invitation: &Invitation<'_>, workspace: &Workspace, today: Date) -> Option<String> {
    let at = invitation.invited.at.as_deref()?;
    // Shown as whoever planned it wrote it: in the time of the place it was planned at.
    let (day, time) = at
        .split_at_checked(16)
        .and_then(|(start, _)| start.split_once('T'))?;
    let day = Date::parse_iso(day).filter(|day| *day >= today)?;
    Instant::parse_with_zone(at)?;
    let names: Vec<&str> = invitation
        .invited
        .with
        .iter()
        .map(|id| workspace.name_of(id))
        .collect();
    let names = and_list(&names);
    Some(match invitation.invited.role {
        TalkWith::Mentor => t!(
            "home.talk.mentor",
            "Planned talk: your mentor {names}, {day} {time}",
            names = names,
            day = day.weekday_short(),
            time = time
        ),
        TalkWith::Peer => t!(
            "home.talk.peer",
            "Planned talk: {names}, {day} {time}",
            names = names,
            day = day.weekday_short(),
            time = time
        ),
    })
}
