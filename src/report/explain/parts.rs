//! What gives points, part by part, and what is open.

use super::About;
use super::layout::{end_with, hanging};
use crate::base::id::EventId;
use crate::base::points::Points;
use crate::base::text::{pad, width};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::and_list;
use crate::model::event::Event;
use crate::readiness::{Behind, Explanation, GATE_STEP, OpenSlots, Part, PartLines, Slot};

/// The lines of all parts that a capability has.
pub(super) fn lines(about: &About<'_>, explanation: &Explanation<'_>) -> Vec<String> {
    let needs = &explanation.assessment.needs;
    let asked = explanation.parts.iter().filter(|part| needs.of(part.part) > 0);
    asked
        .flat_map(|part| part_lines(about, explanation, part))
        .collect()
}

fn part_lines(about: &About<'_>, explanation: &Explanation<'_>, part: &PartLines<'_>) -> Vec<String> {
    let title = match part.part {
        Part::Knowledge => t!("part.knowledge", "Knowledge"),
        Part::HandsOn => t!("part.hands_on", "Hands-on"),
        Part::Dialogue => t!("part.dialogue", "Dialogue"),
    };
    let of = of_budget(&format!("{:>5}", part.points), &part.budget.to_string());
    let head = format!("  {}{of}", pad(&title, 12));
    let mut lines = vec![head];
    let filled = part.filled.iter().map(|slot| filled(about, slot)).collect();
    // With its event behind it each line stands alone.
    let filled = if about.events_shown {
        filled
    } else {
        folded(filled)
    };
    lines.extend(filled.iter().flat_map(Line::shown));
    let open = if part.part == Part::Knowledge {
        missed(about, explanation, part.open, &mut lines)
    } else {
        part.open
    };
    lines.extend(open.iter().flat_map(|open| open_line(part.part, *open).shown()));
    lines
}

/// What one slot gives, and why.
struct Line {
    worth: String,
    /// Each begins a line of its own.
    texts: Vec<String>,
    times: usize,
}

impl Line {
    fn new(worth: String, texts: Vec<String>) -> Self {
        Self {
            worth,
            texts,
            times: 1,
        }
    }

    fn shown(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let blank = " ".repeat(self.worth.len());
        for (at, text) in self.texts.iter().enumerate() {
            lines.extend(hanging(if at == 0 { &self.worth } else { &blank }, text));
        }
        if self.times > 1 {
            end_with(&mut lines, &t!("explain.times", "({n} times)", n = self.times));
        }
        lines
    }
}

/// Equal neighbours as one line.
fn folded(lines: Vec<Line>) -> Vec<Line> {
    let mut folded: Vec<Line> = Vec::new();
    for line in lines {
        match folded.last_mut() {
            Some(last) if last.worth == line.worth && last.texts == line.texts => last.times += 1,
            _ => folded.push(line),
        }
    }
    folded
}

/// `     4.8 of 5.0    `: points of a slot's budget, as every line begins.
fn of(points: Points, budget: Points) -> String {
    let of = of_budget(
        &format!("{:>5}", points.to_string()),
        &format!("{:<5}", budget.to_string()),
    );
    format!("    {of}  ")
}

/// `4.8 of 5.0`.
fn of_budget(points: &str, budget: &str) -> String {
    t!(
        "explain.of",
        "{points} of {budget}",
        points = points,
        budget = budget
    )
}

/// What gives nothing and fills no slot.
fn none() -> String {
    let with_budget = width(&of(Points::ZERO, Points::ZERO));
    pad(&format!("    {:>5}", Points::ZERO.to_string()), with_budget)
}

fn filled(about: &About<'_>, slot: &Slot) -> Line {
    let (mut texts, event) = match &slot.behind {
        Behind::Question {
            name,
            step,
            right_on,
            event,
        } => {
            let text = question(about, name.as_deref(), *step, *right_on);
            (vec![text], event)
        }
        Behind::Practice { step, day, event } => (practice(about, step, *day, *event), event),
        Behind::Meeting { meeting, day, event } => (vec![talk(about, meeting, *day)], event),
    };
    texts.extend(about.trace(*event));
    Line::new(of(slot.points, slot.budget), texts)
}

fn question(about: &About<'_>, name: Option<&str>, step: u8, right_on: Date) -> String {
    let today = about.today();
    let ago = match today.days_since(right_on) {
        0 => t!("day.today", "today"),
        n => t_n!("day.ago", n, "{n} day ago", "{n} days ago"),
    };
    let gate = if step >= GATE_STEP {
        t!("explain.for_gate", ", counts for the gate")
    } else {
        String::new()
    };
    let Some(name) = name else {
        let day = if right_on == today {
            String::new()
        } else {
            format!(" ({})", right_on.short(today))
        };
        return t!(
            "explain.question",
            "question, right {ago}{day}, step {step}{gate}",
            ago = ago,
            day = day,
            step = step,
            gate = gate
        );
    };
    let again = match about.own.and_then(|again| again.get(name)) {
        Some(day) if *day <= today => t!("explain.again.now", ", now"),
        Some(day) => t!("explain.again.from", ", again from {day}", day = day.short(today)),
        None => String::new(),
    };
    t!(
        "explain.question.own",
        "{question}, right {ago}{gate}{again}",
        question = question_title(about, name),
        ago = ago,
        gate = gate,
        again = again
    )
}

fn question_title(about: &About<'_>, id: &str) -> String {
    if let Some((_, question)) = about.curriculum.live_question(id) {
        return format!("\"{}\"", question.title);
    }
    // Of a retired one the words are kept.
    let title = about
        .curriculum
        .question(id)
        .map_or(id, |retired| retired.title.as_str());
    t!("explain.question.gone", "\"{id}\" (no longer asked)", id = title)
}

fn practice(about: &About<'_>, step: &str, day: Date, event: EventId) -> Vec<String> {
    let (title, done_on) = (about.step_title(step), about.day(day));
    let mut clauses = vec![if about.is_own() {
        t!(
            "explain.practice.own",
            "{step}, {day}, own hand",
            step = title,
            day = done_on
        )
    } else {
        t!(
            "explain.practice",
            "practice: {step}, {day}, own hand",
            step = title,
            day = done_on
        )
    }];
    let Some(record) = about.progress.practice(event) else {
        return clauses;
    };
    if record.event.by != record.event.person
        && let Some(confirmed) = record.confirmed
    {
        let (by, day) = (about.name(&record.event.by), about.day(confirmed.day));
        clauses.push(t!(
            "explain.confirmed",
            "recorded by {by}, confirmed {day}",
            by = by,
            day = day
        ));
    }
    clauses.extend(received(about, record.event));
    let witness = record.practised.witness.as_ref();
    clauses.extend(witness.map(|witness| t!("explain.seen", "seen by {name}", name = about.name(witness))));
    let mut texts = vec![clauses.join(", ")];
    texts.extend(
        record
            .practised
            .evidence
            .as_ref()
            .map(|line| format!("\"{line}\"")),
    );
    texts
}

fn received(about: &About<'_>, event: &Event<'_>) -> Option<String> {
    let via = event.via.as_ref()?;
    let (whose, by) = (about.name(&event.person), about.name(&via.by));
    Some(t!(
        "explain.received",
        "in {name}'s words, received by {by}",
        name = whose,
        by = by
    ))
}

fn talk(about: &About<'_>, meeting: &str, day: Date) -> String {
    let counted = |m: &&crate::progress::MeetingRecord<'_>| m.meeting == meeting && m.why_not.is_none();
    let record = about.progress.meetings.iter().find(counted);
    let people: Vec<&str> = record
        .iter()
        .flat_map(|m| m.met.with.iter().map(|id| about.name(id)))
        .collect();
    let mut clauses = vec![if people.is_empty() {
        t!("explain.talk", "talk, {day}", day = about.day(day))
    } else {
        t!(
            "explain.talk.with",
            "talk with {names}, {day}",
            names = and_list(&people),
            day = about.day(day)
        )
    }];
    clauses.extend(record.and_then(|m| received(about, m.event)));
    clauses.join(", ")
}

/// Misses and answers that no longer count; a miss stands in a slot that is open as long as there is one. Gives back
/// what stays open.
fn missed(
    about: &About<'_>,
    explanation: &Explanation<'_>,
    mut open: Option<OpenSlots>,
    lines: &mut Vec<String>,
) -> Option<OpenSlots> {
    for missed in explanation.missed {
        let worth = match &mut open {
            Some(slots) if slots.slots > 0 => {
                let each = each(*slots);
                slots.slots -= 1;
                slots.budget = slots.budget - each;
                of(Points::ZERO, each)
            }
            _ => none(),
        };
        let title = question_title(about, &missed.question);
        let text = t!(
            "explain.missed",
            "{question}, missed {day}; only you see this",
            question = title,
            day = about.day(missed.day)
        );
        lines.extend(hanging(&worth, &text));
    }
    for outdated in explanation.outdated {
        let mut texts = vec![t!(
            "explain.outdated",
            "{question}, question changed since: no longer counts, {points}",
            question = question_title(about, &outdated.question),
            points = outdated.worth
        )];
        texts.extend(outdated.events.iter().filter_map(|event| about.trace(*event)));
        lines.extend(Line::new(none(), texts).shown());
    }
    open.filter(|open| open.slots > 0)
}

/// What one of the open slots could give; where they differ, the least.
fn each(open: OpenSlots) -> Points {
    Points::from_tenths(open.budget.tenths() / i64::from(open.slots.max(1)))
}

fn open_line(part: Part, open: OpenSlots) -> Line {
    let all = match part {
        Part::Knowledge => t_n!("explain.questions", open.of, "{n} question", "{n} questions"),
        Part::HandsOn => t_n!("explain.practices", open.of, "{n} practice", "{n} practices"),
        Part::Dialogue => t_n!("explain.talks", open.of, "{n} talk", "{n} talks"),
    };
    let what = if open.of == 1 {
        t!("explain.open.one", "open: {all}", all = all)
    } else {
        t!(
            "explain.open",
            "open: {slots} of {all}",
            slots = open.slots,
            all = all
        )
    };
    Line::new(of(Points::ZERO, each(open)), vec![what])
}
