//! One person explained: every point one line, lines that add up, gates with their reason, what does not count and why.
//! The leader's form and the person's own come from the same code; names of questions are only in the latter.

use crate::base::points::Points;
use crate::base::text::pad;
use crate::base::time::{Date, Minutes};
use crate::base::words::plural;
use crate::model::capability::Capability;
use crate::model::curriculum::Curriculum;
use crate::model::person::Person;
use crate::model::workspace::Workspace;
use crate::progress::{NotCounted, Progress, Reason};
use crate::readiness::{
    Assessment, Behind, CapabilityAssessment, Item, Limit, Part, Remedy, Slot, WayPartKind,
};
use crate::table::{Hint, Report};

/// Whom and what is explained.
pub struct About<'a> {
    /// The workspace, for names.
    pub workspace: &'a Workspace,
    /// The person.
    pub person: &'a Person,
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// The facts.
    pub progress: &'a Progress<'a>,
    /// What they are worth.
    pub assessment: &'a Assessment,
    /// Rules fingerprint.
    pub rules: &'a str,
    /// The person's own eyes.
    pub own: bool,
    /// Whether the event behind each line is shown.
    pub events_shown: bool,
}

/// The whole page: one capability if one is named, else the overview and every capability.
pub fn explanation(about: &About<'_>, capability: Option<&str>) -> Report {
    let mut report = Report::new("explanation", about.assessment.as_of, Vec::new());
    let chosen: Vec<&CapabilityAssessment> = about
        .assessment
        .capabilities
        .iter()
        .filter(|c| capability.is_none_or(|id| c.capability.as_str() == id))
        .collect();
    let mut lines = Vec::new();
    if capability.is_none() {
        lines.extend(overview(about));
        lines.push(String::new());
    }
    for (at, assessed) in chosen.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        lines.extend(capability_lines(about, assessed));
    }
    lines.push(String::new());
    lines.extend(rules_lines(about, &chosen));
    report.above = lines;
    report.hints = hints(about, capability);
    report
}

/// All capabilities in a line each, then the headline.
fn overview(about: &About<'_>) -> Vec<String> {
    let overall = &about.assessment.overall;
    let mut lines = vec![
        format!("{}, {}", about.person.name, about.curriculum.title),
        format!(
            "reached {} of {}, current {}; {}, {} of 100 overall",
            overall.reached,
            overall.of,
            overall.ready,
            overall.band.word(),
            overall.total
        ),
    ];
    for assessed in &about.assessment.capabilities {
        let Some(capability) = about.curriculum.capability(assessed.capability.as_str()) else {
            continue;
        };
        let reached = assessed
            .reached_on
            .map(|day| format!("   reached {}", day.short(about.assessment.as_of)))
            .unwrap_or_default();
        let limit = match (&assessed.limited_by, assessed.ready_until) {
            (Some(limit), _) => format!("limited by: {}", limit.item.code()),
            (None, Some(until)) => format!("current until {}", until.short(about.assessment.as_of)),
            (None, None) => String::new(),
        };
        lines.push(format!(
            "  {} {} {} {:>5}   {limit}{reached}",
            pad(assessed.letter_with_reached(), 3),
            pad(&capability.name, 10),
            pad(assessed.band.word(), 12),
            assessed.total
        ));
    }
    for module in about.progress.modules.iter().filter(|m| m.overdue_days.is_some()) {
        let title = module.module.map_or(module.id, |m| &m.title);
        let days = usize::try_from(module.overdue_days.unwrap_or(0)).unwrap_or(0);
        lines.push(format!("  overdue: {title}, {}", plural(days, "day")));
    }
    lines
}

fn capability_lines(about: &About<'_>, assessed: &CapabilityAssessment) -> Vec<String> {
    let Some(capability) = about.curriculum.capability(assessed.capability.as_str()) else {
        return Vec::new();
    };
    let mut lines = head(about, capability, assessed);
    lines.push(String::new());
    for part in Part::ALL {
        if assessed.needs.of(part) == 0 {
            continue;
        }
        lines.extend(part_lines(about, assessed, part));
    }
    lines.push(String::new());
    lines.extend(gate_lines(about, assessed));
    let refused = not_counted_lines(about, assessed);
    if !refused.is_empty() {
        lines.push(String::new());
        lines.extend(refused);
    }
    let way = way_lines(about, assessed);
    if !way.is_empty() {
        lines.push(String::new());
        lines.extend(way);
    }
    lines
}

fn head(about: &About<'_>, capability: &Capability, assessed: &CapabilityAssessment) -> Vec<String> {
    /// Where the limit stands, at the right end.
    const COLUMNS: usize = 78;
    let today = about.assessment.as_of;
    let who = if about.own {
        capability.name.clone()
    } else {
        format!("{}, {}", about.person.name, capability.name)
    };
    let left = format!("{who}: {}, {} of 100", assessed.band.word(), assessed.total);
    let right = match (&assessed.limited_by, assessed.ready_until) {
        (Some(limit), _) => format!("limited by: {}", limit.item.code()),
        (None, Some(until)) => format!("current until {}", until.short(today)),
        (None, None) => String::new(),
    };
    let gap = COLUMNS
        .saturating_sub(crate::base::text::width(&left) + right.len())
        .max(2);
    let reached = match (assessed.reached_on, &assessed.limited_by) {
        (Some(day), Some(limit)) => format!(
            "reached {}, not current: {}",
            day.short(today),
            missing_words(limit.item)
        ),
        (Some(day), None) => format!("reached {}", day.short(today)),
        (None, _) => "not reached".to_owned(),
    };
    let mut lines = vec![format!("{left}{}{right}", " ".repeat(gap))];
    lines.extend(hanging(
        "",
        &format!(
            "Ready means: {} ({reached}).",
            capability.ready_means.trim_end_matches('.')
        ),
    ));
    lines
}

fn missing_words(item: Item) -> &'static str {
    match item {
        Item::Confirm => "a practice waits for a word",
        Item::Practice => "a practice is missing",
        Item::OldPractice => "the practice is too old",
        Item::Questions => "questions are missing",
        Item::Again => "questions must be known again",
        Item::Talk => "the talk is missing",
    }
}

fn part_lines(about: &About<'_>, assessed: &CapabilityAssessment, part: Part) -> Vec<String> {
    let (title, open_one) = match part {
        Part::Knowledge => ("Knowledge", "question"),
        Part::HandsOn => ("Hands-on", "practice"),
        Part::Dialogue => ("Dialogue", "talk"),
    };
    let mut lines = vec![format!(
        "  {}{:>5} of {}",
        pad(title, 12),
        assessed.points.of(part),
        assessed.budgets.of(part)
    )];
    let mut folded: Vec<Folded> = Vec::new();
    let mut used = 0_u32;
    for slot in assessed.slots_of(part) {
        used += 1;
        let worth = of(slot.points, slot.budget);
        let text = behind(about, slot);
        match folded.last_mut() {
            Some(last) if last.worth == worth && last.text == text && !about.events_shown => last.count += 1,
            _ => folded.push(Folded {
                worth,
                text,
                count: 1,
            }),
        }
    }
    for Folded { worth, text, count } in folded {
        let times = if count > 1 {
            format!("   ({count} times)")
        } else {
            String::new()
        };
        lines.extend(hanging(&worth, &format!("{text}{times}")));
    }
    if part == Part::Knowledge && about.own {
        lines.extend(missed_lines(about, assessed));
    }
    let need = assessed.needs.of(part);
    if used < need {
        let open = usize::try_from(need - used).unwrap_or(0);
        let all = usize::try_from(need).unwrap_or(0);
        let each = Points::from_tenths(assessed.budgets.of(part).tenths() / i64::from(need.max(1)));
        let what = if all == 1 {
            format!("open: 1 {open_one}")
        } else {
            format!("open: {open} of {}", plural(all, open_one))
        };
        lines.push(format!("{}{what}", of(Points::ZERO, each)));
    }
    lines
}

/// Equal lines, shown once.
struct Folded {
    worth: String,
    text: String,
    count: usize,
}

/// `     4.8 of 5.0    `: points of a slot's budget, as every line begins.
fn of(points: Points, budget: Points) -> String {
    format!("    {:>5} of {:<5}  ", points.to_string(), budget.to_string())
}

fn behind(about: &About<'_>, slot: &Slot) -> String {
    let today = about.assessment.as_of;
    let ago = |day: Date| match today.days_since(day) {
        0 => "today".to_owned(),
        1 => format!("1 day ago ({})", day.short(today)),
        n => format!("{n} days ago ({})", day.short(today)),
    };
    let (text, event) = match &slot.behind {
        Behind::Question {
            name,
            step,
            right_on,
            event,
        } => {
            let what = match name {
                Some(id) => match about.curriculum.live_question(id) {
                    Some((_, q)) => format!("\"{}\"", q.title),
                    None => format!("\"{id}\" (no longer asked)"),
                },
                None => "question".to_owned(),
            };
            let gate = if *step >= crate::readiness::GATE_STEP {
                ", counts for the gate"
            } else {
                ""
            };
            (
                format!("{what}, right {}, step {step}{gate}", ago(*right_on)),
                event,
            )
        }
        Behind::Practice { step, day, event } => (practice_line(about, step, *day, *event), event),
        Behind::Meeting { meeting, day, event } => (meeting_line(about, meeting, *day), event),
    };
    if about.events_shown {
        format!("{text}  [{event}]")
    } else {
        text
    }
}

fn practice_line(about: &About<'_>, step: &str, day: Date, event: crate::base::id::EventId) -> String {
    let today = about.assessment.as_of;
    let record = about.progress.practice(event);
    let title = about
        .curriculum
        .step(step)
        .and_then(|s| s.title.as_deref())
        .unwrap_or(step);
    let mut text = format!("practice: {title}, {}, own hand", day.short(today));
    if let Some(record) = record {
        if let Some(confirmed) = record
            .confirmed
            .filter(|_| record.event.by != record.event.person)
        {
            text.push_str(&format!(
                ", recorded by {}, confirmed {}",
                about.workspace.name_of(&record.event.by),
                confirmed.day.short(today)
            ));
        }
        text.push_str(&received(about, record.event));
        if let Some(witness) = &record.practised.witness {
            text.push_str(&format!(", seen by {}", about.workspace.name_of(witness)));
        }
        if let Some(evidence) = &record.practised.evidence {
            text.push_str(&format!(": \"{evidence}\""));
        }
    }
    text
}

fn received(about: &About<'_>, event: &crate::model::event::Event<'_>) -> String {
    match &event.via {
        Some(via) => format!(
            ", in {}'s words, received by {}",
            about.workspace.name_of(&event.person),
            about.workspace.name_of(&via.by)
        ),
        None => String::new(),
    }
}

fn meeting_line(about: &About<'_>, meeting: &str, day: Date) -> String {
    let with = about
        .progress
        .meetings
        .iter()
        .find(|m| m.met.meeting == meeting && m.why_not.is_none())
        .map(|m| {
            m.met
                .with
                .iter()
                .map(|id| about.workspace.name_of(id).to_owned())
                .collect::<Vec<_>>()
        })
        .unwrap_or_default();
    let with = if with.is_empty() {
        String::new()
    } else {
        format!(" with {}", crate::base::words::and_list(&with))
    };
    format!("talk{with}, {}", day.short(about.assessment.as_of))
}

fn missed_lines(about: &About<'_>, assessed: &CapabilityAssessment) -> Vec<String> {
    let today = about.assessment.as_of;
    let title = |id: &str| {
        about
            .curriculum
            .live_question(id)
            .map_or_else(|| id.to_owned(), |(_, q)| q.title.clone())
    };
    let missed = assessed.missed.iter().map(|m| {
        let day = if m.day == today {
            "today".to_owned()
        } else {
            m.day.short(today)
        };
        format!("\"{}\", missed {day}; only you see this", title(&m.question))
    });
    let outdated = assessed.outdated.iter().map(|o| {
        format!(
            "\"{}\": changed since, {} no longer count",
            title(&o.question),
            o.worth
        )
    });
    missed
        .chain(outdated)
        .flat_map(|text| hanging("      0.0           ", &text))
        .collect()
}

fn gate_lines(about: &About<'_>, assessed: &CapabilityAssessment) -> Vec<String> {
    let today = about.assessment.as_of;
    let gates = &assessed.gates;
    let yes = |open: bool| if open { "yes" } else { "no " };
    let hands_on = match (assessed.last_practice_on, gates.hands_on_until) {
        (None, _) => "own practice: none yet".to_owned(),
        (Some(day), until) => {
            let days = today.days_since(day);
            let ago = if days == 0 {
                "today".to_owned()
            } else {
                format!("{} ago", plural(usize::try_from(days).unwrap_or(0), "day"))
            };
            let until = until
                .map(|u| format!(" (counts until {})", u.short(today)))
                .unwrap_or_default();
            format!("own practice, {ago}{until}")
        }
    };
    let mut knowledge = format!(
        "known again on a later day: {}, at least {} needed",
        gates.recalled_again, gates.recalled_needed
    );
    if let (
        false,
        Some(Limit {
            remedy: Remedy::QuestionsFrom(n, day),
            minutes,
            ..
        }),
    ) = (gates.knowledge, &assessed.limited_by)
    {
        let minutes = minutes.map_or_else(String::new, |Minutes(m)| format!(", {m} min"));
        let from = if *day <= today {
            "today".to_owned()
        } else {
            day.short(today)
        };
        knowledge.push_str(&format!(
            "; can be asked again from {from} ({}{minutes})",
            plural(usize::try_from(*n).unwrap_or(0), "question")
        ));
    }
    let mut lines = hanging(&format!("  {}  ", yes(gates.hands_on)), &hands_on);
    if assessed.needs.knowledge > 0 {
        lines.extend(hanging(&format!("  {}  ", yes(gates.knowledge)), &knowledge));
    }
    let ready = about.workspace.settings.readiness.ready_points();
    let enough = assessed.limited_by.is_some() && assessed.total >= ready;
    if enough && !gates.hands_on {
        lines.push("  held at building: no hands-on yet".to_owned());
    } else if enough && !gates.knowledge {
        lines.push("  held at building: nothing known again on a later day".to_owned());
    }
    if assessed.questions_known < 4 && assessed.total > Points::ZERO {
        lines.push(format!(
            "  thin evidence: {} right",
            plural(usize::try_from(assessed.questions_known).unwrap_or(0), "question")
        ));
    }
    lines
}

/// Events of this capability that give nothing, each with its reason.
fn not_counted_lines(about: &About<'_>, assessed: &CapabilityAssessment) -> Vec<String> {
    use crate::model::event::Fact;
    let here =
        |names: &[crate::model::event::Text<'_>]| names.iter().any(|c| *c == assessed.capability.as_str());
    let today = about.assessment.as_of;
    let mut lines = Vec::new();
    for NotCounted { event, reason } in &about.progress.not_counted {
        let what = match &event.fact {
            Fact::Practised(p) if here(&p.capabilities) => {
                let title = about
                    .curriculum
                    .step(&p.step)
                    .and_then(|s| s.title.clone())
                    .unwrap_or_else(|| p.step.to_string());
                format!("practice: {title}, {}", event.day.short(today))
            }
            Fact::Met(m) if here(&m.capabilities) => format!("talk, {}", event.day.short(today)),
            Fact::Recalled { capability, .. }
                if capability == assessed.capability.as_str() && *reason != Reason::Voided =>
            {
                format!("questions of {}", event.day.short(today))
            }
            _ => continue,
        };
        let why = match reason {
            Reason::WaitingToBeConfirmed => format!(
                "recorded by {}; waits for {}'s word",
                about.workspace.name_of(&event.by),
                about
                    .person
                    .name
                    .split_whitespace()
                    .next()
                    .unwrap_or(&about.person.name)
            ),
            Reason::NoEvidence => "no line on what was done: no hands-on points".to_owned(),
            Reason::DeputyWent => "a deputy went: no points".to_owned(),
            other => other.words().to_owned(),
        };
        let id = if about.events_shown {
            format!("  [{}]", event.id)
        } else {
            String::new()
        };
        lines.extend(hanging("  does not count: ", &format!("{what}: {why}{id}")));
    }
    lines
}

fn way_lines(about: &About<'_>, assessed: &CapabilityAssessment) -> Vec<String> {
    let today = about.assessment.as_of;
    if assessed.limited_by.is_none() {
        let Some(limit) = &assessed.fades_by else {
            return Vec::new();
        };
        return vec![format!(
            "It ends on {} unless: {}",
            shown_until(assessed, today),
            remedy_words(about, limit)
        )];
    }
    let Some(way) = &assessed.way else {
        return vec!["Shortest way to ready: a talk is unavoidable.".to_owned()];
    };
    let when = if way.earliest > today {
        format!(", not before {}", way.earliest.short(today))
    } else {
        ", possible today".to_owned()
    };
    let mut lines = vec![format!(
        "Shortest way to ready: {}{when}",
        plural(usize::try_from(way.minutes.0).unwrap_or(0), "minute")
    )];
    for part in &way.parts {
        let what = match &part.what {
            WayPartKind::Confirm(_) => "your word on a practice somebody else recorded".to_owned(),
            WayPartKind::Questions(n, day) => {
                let from = if *day <= today {
                    "today".to_owned()
                } else {
                    format!("from {}", day.short(today))
                };
                format!("{}, {from}", plural(usize::try_from(*n).unwrap_or(0), "question"))
            }
            WayPartKind::Practice(step) => format!("practice: {}", step_title(about, step.as_str())),
        };
        lines.push(format!("  {:>3} min  {what}", part.seconds.minutes().0));
    }
    if assessed.needs.dialogue > 0 && assessed.points.dialogue < assessed.budgets.dialogue {
        lines.push("  and a talk makes it last longer".to_owned());
    }
    lines
}

fn shown_until(assessed: &CapabilityAssessment, today: Date) -> String {
    assessed
        .ready_until
        .map_or_else(String::new, |day| day.short(today))
}

fn remedy_words(about: &About<'_>, limit: &Limit) -> String {
    let minutes = limit
        .minutes
        .map_or_else(String::new, |Minutes(m)| format!(" ({m} min)"));
    let what = match &limit.remedy {
        Remedy::Confirm { step, .. } => format!("confirm {}", step_title(about, step)),
        Remedy::Step(step) => step_title(about, step.as_str()),
        Remedy::Questions(n) => plural(usize::try_from(*n).unwrap_or(0), "question"),
        Remedy::QuestionsFrom(n, day) => {
            format!(
                "{} from {}",
                plural(usize::try_from(*n).unwrap_or(0), "question"),
                day.short(about.assessment.as_of)
            )
        }
        Remedy::Nothing => "nothing here that could help is left".to_owned(),
    };
    format!("{what}{minutes}")
}

fn step_title(about: &About<'_>, step: &str) -> String {
    about
        .curriculum
        .step(step)
        .and_then(|s| s.title.clone())
        .unwrap_or_else(|| step.to_owned())
}

/// The rules in force; how many of each are needed only where all capabilities that are shown agree.
fn rules_lines(about: &About<'_>, chosen: &[&CapabilityAssessment]) -> Vec<String> {
    let r = &about.workspace.settings.readiness;
    let [knowledge, hands_on, dialogue] = r.weights;
    let needs = |part: Part, one: &str| {
        let mut all = chosen.iter().map(|c| c.needs.of(part));
        match all.next() {
            Some(first) if all.all(|n| n == first) => {
                format!(" ({})", plural(usize::try_from(first).unwrap_or(0), one))
            }
            _ => String::new(),
        }
    };
    vec![format!(
        "Rules {}: knowledge {knowledge}{}, hands-on {hands_on}{}, dialogue {dialogue}; building from {}.0, ready from {}.0 with both gates.",
        about.rules,
        needs(Part::Knowledge, "question"),
        needs(Part::HandsOn, "practice"),
        r.building,
        r.ready
    )]
}

fn hints(about: &About<'_>, capability: Option<&str>) -> Vec<Hint> {
    if about.own {
        return vec![Hint::new("upwards learn", "do the next steps")];
    }
    let mut hints = Vec::new();
    if capability.is_none()
        && let Some(first) = about
            .assessment
            .capabilities
            .iter()
            .find(|c| c.limited_by.is_some())
    {
        hints.push(Hint::new(
            format!(
                "upwards readiness {} --capability {}",
                about.person.id, first.capability
            ),
            "one capability",
        ));
    }
    if !about.events_shown {
        hints.push(Hint::new(
            format!("upwards readiness {} -v", about.person.id),
            "the event behind each line",
        ));
    }
    hints
}

/// Text behind a fixed beginning; what does not fit goes on below it, as far in as the text began.
fn hanging(beginning: &str, text: &str) -> Vec<String> {
    /// As wide as a screen of 80.
    const COLUMNS: usize = 78;
    let at = crate::base::text::width(beginning);
    let mut lines = Vec::new();
    for (n, part) in crate::base::text::wrap(text, COLUMNS - at)
        .into_iter()
        .enumerate()
    {
        lines.push(if n == 0 {
            format!("{beginning}{part}")
        } else {
            format!("{}{part}", " ".repeat(at))
        });
    }
    lines
}
