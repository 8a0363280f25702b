//! A plan as it is shown: what to do now, what it gives and why it was chosen, what to book, what waits for what.

use crate::base::points::Points;
use crate::base::text::{cut, pad, width};
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Minutes, Seconds};
use crate::base::words::and_list;
use crate::model::curriculum::{ONE_WORD, Step, StepKind};
use crate::plan::{Booking, Gain, Locked, Plan, PlannedStep, Promise, SecondMeasure, Subject};
use crate::table::{Column, Hint, Report, Value};

/// For whom and for how long a plan is.
#[derive(Debug, Clone, Copy)]
pub struct PlanAbout<'a> {
    /// The person's name.
    pub name: &'a str,
    /// The minutes there are.
    pub minutes: Minutes,
    /// Today.
    pub today: Date,
    /// Whether each step says why it was chosen.
    pub with_reasons: bool,
}

/// The plan on a screen: a row for each step, talks and what waits in sentences below.
pub fn plan_screen(plan: &Plan<'_>, subjects: &[Subject<'_>], about: &PlanAbout<'_>) -> Report {
    let mut report = Report::new("next", about.today, columns());
    report.above = vec![heading(plan, subjects, about)];
    report.rows = rows(plan, subjects);
    if about.with_reasons {
        report.below.extend(reasons(plan, subjects, about.today));
    }
    report.below.extend(outcome_sentence(plan, subjects));
    let bookings = worth_booking(plan, about.with_reasons);
    if !bookings.is_empty() && !report.below.is_empty() {
        report.below.push(String::new());
    }
    report.below.extend(
        bookings
            .into_iter()
            .map(|booking| booking_sentence(booking, subjects)),
    );
    if about.with_reasons {
        report.below.extend(plan.locked.iter().map(locked_sentence));
    } else if let Some(count) = std::num::NonZero::new(plan.locked.len()) {
        report.below.push(t_n!(
            "next.locked",
            count.get(),
            "{n} step waits for a talk or another step: upwards next --why",
            "{n} steps wait for a talk or another step: upwards next --why"
        ));
    }
    if !plan.proven {
        report
            .below
            .push(t!("next.unproven", "A good plan, not proven to be the best."));
    }
    if !plan.steps.is_empty() {
        let command = match about.minutes {
            Minutes(10) => "upwards learn".to_owned(),
            Minutes(n) => format!("upwards learn --minutes {n}"),
        };
        report
            .hints
            .push(Hint::new(command, t!("next.hint.start", "start with the first")));
    }
    report
}

/// Talks worth naming: of each capability the first, or all of them.
fn worth_booking<'p, 'a>(plan: &'p Plan<'a>, all: bool) -> Vec<&'p Booking<'a>> {
    let mut named: Vec<(usize, &str)> = Vec::new();
    plan.book
        .iter()
        .filter(|booking| {
            let gains = booking
                .up_to
                .iter()
                .map(|g| (booking.subject, g.capability.as_str()));
            let new: Vec<_> = gains.filter(|gain| !named.contains(gain)).collect();
            named.extend(&new);
            all || !new.is_empty()
        })
        .collect()
}

/// The plan as data: a row for everything, told apart by `part`.
pub fn plan_data(plan: &Plan<'_>, subjects: &[Subject<'_>], today: Date) -> Report {
    let mut report = Report::new("next", today, columns());
    report.rows = rows(plan, subjects);
    for booking in &plan.book {
        report.rows.push(row(&Line {
            part: "book",
            seconds: Some(booking.minutes.seconds()),
            up_to: booking.points(),
            ..Line::of(booking.subject, booking.step, subjects)
        }));
    }
    for locked in &plan.locked {
        report.rows.push(row(&Line {
            part: "waits",
            waits_for: locked.by.iter().map(|step| step.id.to_string()).collect(),
            ..Line::of(locked.subject, locked.step, subjects)
        }));
    }
    if let Some(shortest) = &plan.shortest {
        report.rows.push(row(&Line {
            part: "shortest",
            seconds: Some(shortest.seconds),
            ..Line::of(shortest.subject, shortest.step, subjects)
        }));
    }
    report
}

/// The steps as lines of another screen: `  1  case      KLM: an hour …     3 min   Serve`.
pub fn plan_lines(plan: &Plan<'_>, subjects: &[Subject<'_>]) -> Vec<String> {
    let now: Vec<Line> = lines(plan, subjects).collect();
    let kinds = now.iter().map(|line| width(&line.kind_word)).max().unwrap_or(0);
    now.iter()
        .enumerate()
        .map(|(at, line)| {
            let minutes = line.seconds.unwrap_or_default().minutes().0;
            let minutes = t!("plan.minutes", "{n} min", n = minutes);
            // A title may be as long as a line: what comes of a promise or a figure is asked in full.
            let title = match line.kind {
                "promise" | "measure" => cut(&line.title, 38),
                _ => (&*line.title).into(),
            };
            format!(
                "  {}  {} {} {minutes:>7}   {}",
                at + 1,
                pad(&line.kind_word, kinds.max(9)),
                pad(&title, 38),
                line.names
            )
        })
        .collect()
}

/// What changes today if all of it comes out right; `None` if nothing would.
pub fn outcome_sentence(plan: &Plan<'_>, subjects: &[Subject<'_>]) -> Option<String> {
    let changes: Vec<String> = plan
        .outcomes
        .iter()
        .map(|outcome| {
            let changed = &outcome.difference;
            let name = capability_name(outcome.subject, changed.capability.as_str(), subjects);
            if changed.before.band == changed.after.band {
                format!("{name} {} -> {}", changed.before.total, changed.after.total)
            } else {
                let (before, after) = (changed.before.band.shown(), changed.after.band.shown());
                format!("{name} {before} -> {after}")
            }
        })
        .collect();
    (!changes.is_empty()).then(|| {
        t!(
            "plan.outcome",
            "If all of it comes out right: {changes}.",
            changes = changes.join(", ")
        )
    })
}

/// What to say where nothing fits the minutes, or nothing is left.
pub fn empty_sentence(plan: &Plan<'_>, minutes: Minutes) -> String {
    match &plan.shortest {
        Some(shortest) => {
            let need = shortest.seconds.minutes().0;
            let mut title = title_of(shortest.step, 1);
            if !shortest.step.needs.is_empty() {
                title = t!(
                    "plan.with_needs",
                    "{title}, with what comes before",
                    title = title
                );
            }
            t!(
                "plan.too_short",
                "Nothing useful fits {have}; {need} would do: {title}",
                have = minutes_words(minutes.0),
                need = minutes_words(need),
                title = title
            )
        }
        None => nothing_sentence(),
    }
}

/// What to say where there is nothing to do.
pub fn nothing_sentence() -> String {
    t!(
        "plan.nothing",
        "Nothing is left to do now. Questions come back when they are due."
    )
}

/// `1 minute`, `10 minutes`.
pub fn minutes_words(minutes: u32) -> String {
    t_n!("minutes", minutes, "{n} minute", "{n} minutes")
}

/// What a step is called on screens: a quiz by its questions.
pub fn title_of(step: &Step, questions: usize) -> String {
    match &step.kind {
        StepKind::Quiz(_) => t_n!("questions", questions, "{n} question", "{n} questions"),
        _ => step.title.clone().unwrap_or_default(),
    }
}

fn columns() -> Vec<Column> {
    let hidden = |key: &str| Column::screen(key, "", 9).hidden();
    vec![
        hidden("part"),
        Column::screen("place", "", 1),
        Column::screen("kind", t!("next.column.kind", "KIND"), 3),
        Column::screen("minutes", t!("next.column.minutes", "MIN"), 2),
        Column::screen("capabilities", t!("next.column.for", "FOR"), 4),
        Column::screen("up_to", t!("next.column.up_to", "UP TO"), 5),
        hidden("curriculum_id"),
        hidden("step_id"),
        hidden("questions"),
        hidden("due_on"),
        hidden("why"),
        hidden("waits_for"),
        Column::screen("title", t!("next.column.what", "WHAT"), 1),
    ]
}

fn heading(plan: &Plan<'_>, subjects: &[Subject<'_>], about: &PlanAbout<'_>) -> String {
    if plan.is_empty() {
        return empty_sentence(plan, about.minutes);
    }
    let planned: Seconds = lines(plan, subjects).filter_map(|line| line.seconds).sum();
    t_n!(
        "next.heading",
        about.minutes.0,
        "{name}, your next {n} minute ({planned} of them planned)",
        "{name}, your next {n} minutes ({planned} of them planned)",
        name = about.name,
        planned = planned.minutes().0
    )
}

/// One line of a plan, whatever it is.
struct Line {
    part: &'static str,
    place: Option<usize>,
    kind: &'static str,
    kind_word: String,
    seconds: Option<Seconds>,
    names: String,
    up_to: Points,
    curriculum: String,
    step: String,
    questions: usize,
    due: Option<Date>,
    why: Vec<String>,
    waits_for: Vec<String>,
    title: String,
}

impl Line {
    fn of(subject: usize, step: &Step, subjects: &[Subject<'_>]) -> Self {
        let names: Vec<String> = step
            .capabilities
            .iter()
            .map(|id| capability_name(subject, id.as_str(), subjects))
            .collect();
        Self {
            part: "now",
            place: None,
            kind: step.kind.word(),
            kind_word: step.kind.shown(),
            seconds: None,
            names: and_list(&names),
            up_to: Points::ZERO,
            curriculum: subjects[subject].curriculum.id.to_string(),
            step: step.id.to_string(),
            questions: 0,
            due: None,
            why: Vec::new(),
            waits_for: Vec::new(),
            title: title_of(step, step.live_questions().count()),
        }
    }

    fn planned(planned: &PlannedStep<'_>, subjects: &[Subject<'_>]) -> Self {
        let mut why: Vec<String> = Vec::new();
        if planned.due.is_some() {
            why.push("due".to_owned());
        }
        if !planned.opens.is_empty() {
            why.push("gate".to_owned());
        }
        if planned.aim {
            why.push("aim".to_owned());
        }
        why.extend(planned.needed_by.iter().map(|step| format!("needed-by:{step}")));
        if planned.points() > Points::ZERO {
            why.push("points".to_owned());
        }
        Self {
            seconds: Some(planned.seconds),
            up_to: planned.points(),
            questions: planned.questions.len(),
            due: planned.due,
            why,
            title: title_of(planned.step, planned.questions.len()),
            ..Self::of(planned.subject, planned.step, subjects)
        }
    }

    fn promise(promise: &Promise<'_>, subjects: &[Subject<'_>]) -> Self {
        let (curriculum, today) = (
            subjects[promise.subject].curriculum,
            subjects[promise.subject].progress.as_of,
        );
        let line = promise
            .practice
            .map(|step| Self::of(promise.subject, step, subjects));
        Self {
            part: "now",
            place: None,
            kind: "promise",
            kind_word: t!("kind.promise", "promise"),
            seconds: Some(ONE_WORD.seconds()),
            names: line.map_or_else(String::new, |line| line.names),
            up_to: Points::ZERO,
            curriculum: curriculum.id.to_string(),
            step: promise
                .practice
                .map(|step| step.id.to_string())
                .unwrap_or_default(),
            questions: 0,
            due: Some(promise.day),
            why: vec!["promise".to_owned()],
            waits_for: Vec::new(),
            title: t!(
                "plan.promise",
                "you said on {day}: {text}",
                day = promise.day.short(today),
                text = promise.text
            ),
        }
    }

    fn measure(measure: &SecondMeasure<'_>, subjects: &[Subject<'_>]) -> Self {
        let curriculum = subjects[measure.subject].curriculum;
        let step = curriculum.step(measure.step);
        let title = step
            .and_then(|step| step.title.as_deref())
            .unwrap_or(measure.step);
        Self {
            part: "now",
            place: None,
            kind: "measure",
            kind_word: t!("kind.measure", "measure"),
            seconds: Some(ONE_WORD.seconds()),
            names: step.map_or_else(String::new, |step| {
                Self::of(measure.subject, step, subjects).names
            }),
            up_to: Points::ZERO,
            curriculum: curriculum.id.to_string(),
            step: measure.step.to_owned(),
            questions: 0,
            due: Some(measure.day),
            why: vec!["second-figure".to_owned()],
            waits_for: Vec::new(),
            title: t!("plan.measure", "second figure: {title}", title = title),
        }
    }
}

/// What is done now: promises and second figures first.
fn lines<'p>(plan: &'p Plan<'_>, subjects: &'p [Subject<'_>]) -> impl Iterator<Item = Line> + 'p {
    let promises = plan.promises.iter().map(|one| Line::promise(one, subjects));
    let measures = plan
        .measures
        .iter()
        .map(|measure| Line::measure(measure, subjects));
    promises
        .chain(measures)
        .chain(plan.steps.iter().map(|step| Line::planned(step, subjects)))
}

fn rows(plan: &Plan<'_>, subjects: &[Subject<'_>]) -> Vec<Vec<Value>> {
    lines(plan, subjects)
        .enumerate()
        .map(|(at, line)| {
            row(&Line {
                place: Some(at + 1),
                ..line
            })
        })
        .collect()
}

fn row(line: &Line) -> Vec<Value> {
    let up_to = (line.up_to > Points::ZERO).then_some(line.up_to);
    vec![
        Value::Code(line.part),
        Value::count(line.place),
        Value::Word(line.kind, line.kind_word.clone()),
        Value::count(line.seconds.map(|seconds| seconds.minutes().0)),
        Value::Text(line.names.clone()),
        up_to.map_or(Value::Missing(""), Value::Points),
        Value::Text(line.curriculum.clone()),
        Value::Text(line.step.clone()),
        Value::count((line.questions > 0).then_some(line.questions)),
        Value::date(line.due),
        Value::List(line.why.clone()),
        Value::List(line.waits_for.clone()),
        Value::Text(line.title.clone()),
    ]
}

/// Why each step was chosen, in words, by its number.
fn reasons<'p>(
    plan: &'p Plan<'_>,
    subjects: &'p [Subject<'_>],
    today: Date,
) -> impl Iterator<Item = String> + 'p {
    let first = plan.beside();
    let measures = (0..first).map(|at| {
        let why = if at < plan.promises.len() {
            t!("why.promise", "what you said at a talk is asked about first")
        } else {
            t!(
                "why.measure",
                "the second figure of a baseline comes before anything new"
            )
        };
        t!("next.why", "Step {n}: {why}.", n = at + 1, why = why)
    });
    let steps = plan.steps.iter().enumerate().map(move |(at, step)| {
        let why = step_reasons(step, plan, subjects, today);
        t!(
            "next.why",
            "Step {n}: {why}.",
            n = first + at + 1,
            why = why.join("; ")
        )
    });
    measures.chain(steps)
}

fn step_reasons(
    step: &PlannedStep<'_>,
    plan: &Plan<'_>,
    subjects: &[Subject<'_>],
    today: Date,
) -> Vec<String> {
    let mut why = Vec::new();
    if let Some(due) = step.due {
        why.push(if due < today {
            t!("why.overdue", "was due {day}", day = due.weekday_short())
        } else {
            t!("why.due", "due {day}", day = due.weekday_short())
        });
    }
    if !step.opens.is_empty() {
        let names: Vec<String> = step
            .opens
            .iter()
            .map(|id| capability_name(step.subject, id.as_str(), subjects))
            .collect();
        why.push(t!(
            "why.gate",
            "a practice of your own, without which nobody is ready in {names}",
            names = and_list(&names)
        ));
    }
    if step.aim {
        why.push(t!("why.aim", "it is what you aim at"));
    }
    let places: Vec<String> = plan
        .steps
        .iter()
        .enumerate()
        .filter(|(_, other)| other.subject == step.subject && step.needed_by.contains(&&other.step.id))
        .map(|(at, _)| (plan.beside() + at + 1).to_string())
        .collect();
    if !places.is_empty() {
        why.push(t!(
            "why.needed",
            "needed for step {places}",
            places = and_list(&places)
        ));
    }
    if step.points() > Points::ZERO {
        let gains = gains_words(step.subject, &step.up_to, subjects);
        why.push(t!("why.points", "up to {gains}", gains = gains));
    }
    if why.is_empty() {
        why.push(t!("why.later", "it pays later"));
    }
    why
}

/// `+20.0 in Serve and +5.0 in Lead`.
fn gains_words(subject: usize, gains: &[Gain<'_>], subjects: &[Subject<'_>]) -> String {
    let gains: Vec<String> = gains
        .iter()
        .map(|gain| {
            let name = capability_name(subject, gain.capability.as_str(), subjects);
            t!(
                "plan.gain",
                "+{points} in {name}",
                points = gain.points,
                name = name
            )
        })
        .collect();
    and_list(&gains)
}

/// A talk that would help, and what it gives.
pub fn booking_sentence(booking: &Booking<'_>, subjects: &[Subject<'_>]) -> String {
    t!(
        "next.book",
        "To book: {title} ({minutes} min, up to {gains})",
        title = booking.step.title.as_deref().unwrap_or_default(),
        minutes = booking.minutes.0,
        gains = gains_words(booking.subject, &booking.up_to, subjects)
    )
}

fn locked_sentence(locked: &Locked<'_>) -> String {
    let titles: Vec<String> = locked
        .by
        .iter()
        .map(|step| format!("\"{}\"", step.title.as_deref().unwrap_or(step.id.as_str())))
        .collect();
    t!(
        "next.waits",
        "Waits: {title}, for {others}",
        title = title_of(locked.step, locked.step.live_questions().count()),
        others = and_list(&titles)
    )
}

fn capability_name(subject: usize, id: &str, subjects: &[Subject<'_>]) -> String {
    let curriculum = subjects[subject].curriculum;
    curriculum.capability(id).map_or(id, |c| &c.name).to_owned()
}
