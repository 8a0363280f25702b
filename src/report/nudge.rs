//! Reminders, drafted and not sent: what is over or waits, and one concrete step with its minutes; never an answer, a miss
//! or a note. Everything comes from the shared log.

use crate::base::id::EventId;
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Planned};
use crate::model::curriculum::{Module, Step, StepKind};
use crate::model::settings::Settings;
use crate::progress::Progress;
use crate::readiness::Assessment;
use crate::report::reminders::assignment_of;
use crate::report::ten_minutes::PageView;

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NudgeAbout {
    /// A module past its due date.
    Overdue,
    /// Something that somebody else recorded waits for the person's word.
    Confirm,
    /// A second figure is due.
    Measure,
    /// A talk is planned, or was, and nobody said whether it was held.
    Meeting,
    /// Ready in a capability, and not for long.
    Fading,
    /// Nothing came in for a while.
    Inactive,
}

impl NudgeAbout {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Confirm => "confirm",
            Self::Measure => "measure",
            Self::Meeting => "meeting",
            Self::Fading => "fading",
            Self::Inactive => "inactive",
        }
    }
}

/// A reason to write to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NudgeReason {
    /// What it is about.
    pub about: NudgeAbout,
    /// The assignment, of what is overdue.
    pub assignment: Option<EventId>,
    /// Since when, of what is overdue: the oldest comes first.
    pub since: Option<Date>,
    /// The sentence that says it.
    pub sentence: String,
}

/// The step that a reminder names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NudgeStep {
    /// `case`, `quiz`, `practice`, in words.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its minutes, at least 1.
    pub minutes: u32,
}

/// The one thing that a reminder asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NudgeTask {
    /// The person's next step.
    Step(NudgeStep),
    /// No step is open: their word on what somebody else recorded.
    Word,
    /// No step is open: the second figure of a practice.
    Figure,
}

impl NudgeTask {
    /// Its minutes.
    pub fn minutes(&self) -> u32 {
        match self {
            Self::Step(step) => step.minutes,
            Self::Word => 1,
            Self::Figure => 2,
        }
    }

    fn sentence(&self) -> String {
        let minutes = count(self.minutes());
        match self {
            Self::Step(step) => t_n!(
                "nudge.step",
                minutes,
                "The next step takes {n} minute: the {kind} \"{title}\".",
                "The next step takes {n} minutes: the {kind} \"{title}\".",
                kind = step.kind,
                title = step.title
            ),
            Self::Word => t_n!(
                "nudge.task.word",
                minutes,
                "It takes {n} minute: say whether it was you.",
                "It takes {n} minutes: say whether it was you."
            ),
            Self::Figure => t_n!(
                "nudge.task.figure",
                minutes,
                "It takes {n} minute: look the figure up, and say it.",
                "It takes {n} minutes: look the figure up, and say it."
            ),
        }
    }
}

/// What somebody can be asked for: their next step, else a talk that is open, else what their word is waited for. `None` =
/// there is nothing they could do, and no reason to write.
pub fn nudge_task(
    next: Option<NudgeStep>,
    views: &[PageView<'_>],
    reasons: &[NudgeReason],
) -> Option<NudgeTask> {
    let is = |about| reasons.iter().any(|reason| reason.about == about);
    if let Some(step) = next.or_else(|| open_talk(views)) {
        return Some(NudgeTask::Step(step));
    }
    match (is(NudgeAbout::Confirm), is(NudgeAbout::Measure)) {
        (true, _) => Some(NudgeTask::Word),
        (_, true) => Some(NudgeTask::Figure),
        _ => None,
    }
}

/// The first open talk of a module that was assigned or begun.
fn open_talk(views: &[PageView<'_>]) -> Option<NudgeStep> {
    let of_view = |view: &PageView<'_>| {
        let modules = view.progress.modules.iter().filter_map(|record| record.module);
        let mut steps = modules.flat_map(Module::live_steps);
        let is_open = |step: &&Step| {
            matches!(step.kind, StepKind::Talk(_)) && !view.progress.is_settled(step.id.as_str())
        };
        let step = steps.find(is_open)?;
        Some(NudgeStep {
            kind: step.kind.shown(),
            title: step.title.clone().unwrap_or_else(|| step.id.to_string()),
            minutes: step.minutes.map_or(15, |minutes| minutes.0.max(1)),
        })
    };
    views.iter().find_map(of_view)
}

/// How the person gets at the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NudgeWay {
    /// By the page in the mail.
    Page,
    /// By the program, which they have used.
    Program,
    /// They have not used the program yet.
    Unknown,
}

/// All reasons to write to a person, the most urgent first. `inactive_days` = after so many days without anything.
pub fn nudge_reasons(
    views: &[PageView<'_>],
    settings: &Settings,
    inactive_days: Option<u32>,
    today: Date,
) -> Vec<NudgeReason> {
    let mut reasons = Vec::new();
    for view in views {
        reasons.extend(overdue(view, today));
        reasons.extend(confirm(view.progress, today));
        reasons.extend(measure(view, settings, today));
        reasons.extend(meeting(view, settings, today));
        reasons.extend(fading(view, view.assessment, today));
    }
    if let (Some(days), Some(view)) = (inactive_days, views.first()) {
        reasons.extend(inactive(view.progress, days, today));
    }
    reasons.sort_by_key(|reason| (reason.about, reason.since));
    reasons.dedup();
    reasons
}

/// The subject of a reminder: a step and its minutes draw more than a reproach.
pub fn nudge_subject(reasons: &[NudgeReason], task: &NudgeTask) -> String {
    let waits = reasons.iter().any(|reason| reason.about == NudgeAbout::Confirm);
    let minutes = count(task.minutes());
    match task {
        NudgeTask::Step(step) if !waits => t_n!(
            "nudge.subject",
            minutes,
            "{n} minute: {title}",
            "{n} minutes: {title}",
            title = step.title
        ),
        NudgeTask::Step(_) => t_n!(
            "nudge.subject.word",
            minutes,
            "your word, and {n} minute",
            "your word, and {n} minutes"
        ),
        NudgeTask::Word => t_n!(
            "nudge.subject.word_only",
            minutes,
            "{n} minute: your word",
            "{n} minutes: your word"
        ),
        NudgeTask::Figure => t_n!(
            "nudge.subject.figure",
            minutes,
            "{n} minute: a second figure",
            "{n} minutes: a second figure"
        ),
    }
}

/// The text of a reminder.
pub fn nudge_text(
    name: &str,
    leader: &str,
    reasons: &[NudgeReason],
    task: &NudgeTask,
    way: NudgeWay,
) -> String {
    let mut sentences = said(reasons);
    sentences.push(task.sentence());
    sentences.push(match way {
        NudgeWay::Page => t!(
            "nudge.way.page",
            "It is in the page attached: save it, open it in your browser, and mail me the receipt it ends in."
        ),
        NudgeWay::Program => t!("nudge.way.program", "Open a terminal and type: upwards"),
        NudgeWay::Unknown => t!(
            "nudge.way.unknown",
            "Answer this mail, and I send you a page for ten minutes: no installation, no password."
        ),
    });
    let greeting = t!("nudge.text", "{name},", name = name);
    format!("{greeting}\n\n{}\n\n{leader}\n", sentences.join(" "))
}

/// The sentences; of what is overdue the two oldest, and how many more there are: nobody reads a list of reproaches.
fn said(reasons: &[NudgeReason]) -> Vec<String> {
    const NAMED: usize = 2;
    let overdue = reasons
        .iter()
        .filter(|reason| reason.about == NudgeAbout::Overdue);
    let more = overdue.count().saturating_sub(NAMED);
    let mut sentences: Vec<String> = Vec::new();
    let mut named = 0;
    for reason in reasons {
        if reason.about == NudgeAbout::Overdue {
            named += 1;
            if named > NAMED {
                continue;
            }
        }
        sentences.push(reason.sentence.clone());
        if named == NAMED && reason.about == NudgeAbout::Overdue && more > 0 {
            sentences.push(t_n!(
                "nudge.overdue.more",
                more,
                "And {n} more is over.",
                "And {n} more are over."
            ));
        }
    }
    sentences
}

fn overdue(view: &PageView<'_>, today: Date) -> Vec<NudgeReason> {
    let late = view
        .progress
        .modules
        .iter()
        .filter(|module| module.overdue_days.is_some());
    late.map(|module| {
        let title = module.module.map_or(module.id, |module| module.title.as_str());
        let due = module.due.map_or_else(String::new, |due| due.short(today));
        NudgeReason {
            about: NudgeAbout::Overdue,
            assignment: assignment_of(view.progress, module.id),
            since: module.due,
            sentence: t!(
                "nudge.overdue",
                "\"{module}\" was due on {day}.",
                module = title,
                day = due
            ),
        }
    })
    .collect()
}

fn confirm(progress: &Progress<'_>, today: Date) -> Option<NudgeReason> {
    let waiting: Vec<Date> = progress.waiting().map(|practice| practice.event.day).collect();
    let first = waiting.iter().min()?;
    Some(NudgeReason {
        about: NudgeAbout::Confirm,
        assignment: None,
        since: None,
        sentence: t_n!(
            "nudge.confirm",
            waiting.len(),
            "A practice noted for you on {day} waits for your word.",
            "{n} practices noted for you since {day} wait for your word.",
            day = first.short(today)
        ),
    })
}

fn measure(view: &PageView<'_>, settings: &Settings, today: Date) -> Vec<NudgeReason> {
    let after = i32::try_from(settings.practice.second_measure_days).unwrap_or(i32::MAX);
    let due = view.progress.baselines().filter(|practice| {
        practice.measured.is_none() && practice.is_own_word() && practice.event.day + after <= today
    });
    due.map(|practice| {
        let title = view
            .curriculum
            .step(practice.step)
            .and_then(|step| step.title.clone());
        NudgeReason {
            about: NudgeAbout::Measure,
            assignment: None,
            since: None,
            sentence: t!(
                "nudge.measure",
                "You noted a first figure for \"{step}\" on {day}: what is it now?",
                step = title.unwrap_or_else(|| practice.step.to_owned()),
                day = practice.event.day.short(today)
            ),
        }
    })
    .collect()
}

fn meeting(view: &PageView<'_>, settings: &Settings, today: Date) -> Vec<NudgeReason> {
    let soon = today + i32::try_from(settings.plan.due_soon_days).unwrap_or(7);
    let planned = view.progress.invitations.iter().filter_map(|invitation| {
        // The day where it takes place, as the page and the first screen say it.
        let day = Planned::parse(invitation.invited.at.as_deref()?)?.day();
        let is_open = !view.progress.was_held(&invitation.invited.meeting);
        (is_open && day <= soon).then_some((day, invitation.invited))
    });
    planned
        .map(|(day, invited)| {
            let topic = view
                .curriculum
                .capability(&invited.topic)
                .map_or(&*invited.topic, |capability| &capability.name);
            NudgeReason {
                about: NudgeAbout::Meeting,
                assignment: None,
                since: None,
                sentence: if day < today {
                    t!(
                        "nudge.meeting.past",
                        "Your talk on {topic} was planned for {day}: was it held?",
                        topic = topic,
                        day = day.short(today)
                    )
                } else {
                    t!(
                        "nudge.meeting",
                        "Your talk on {topic} is on {day}.",
                        topic = topic,
                        day = day.weekday_short()
                    )
                },
            }
        })
        .collect()
}

fn fading(view: &PageView<'_>, assessment: &Assessment, today: Date) -> Vec<NudgeReason> {
    let fading = assessment
        .capabilities
        .iter()
        .filter(|assessed| assessed.is_fading());
    fading
        .filter_map(|assessed| {
            let capability = view.curriculum.capability(assessed.capability.as_str())?;
            Some(NudgeReason {
                about: NudgeAbout::Fading,
                assignment: None,
                since: None,
                sentence: t!(
                    "nudge.fading",
                    "What you can in \"{capability}\" counts until {day}.",
                    capability = capability.name,
                    day = assessed.ready_until?.short(today)
                ),
            })
        })
        .collect()
}

/// What came in, and not what was done: a packet or a receipt may be on its way.
fn inactive(progress: &Progress<'_>, days: u32, today: Date) -> Option<NudgeReason> {
    let last = progress.last_active_on;
    let idle = last.is_none_or(|day| i64::from(today.days_since(day)) >= i64::from(days));
    idle.then(|| NudgeReason {
        about: NudgeAbout::Inactive,
        assignment: None,
        since: None,
        sentence: match last {
            Some(day) => t!(
                "nudge.inactive",
                "What last came in from you is of {day}.",
                day = day.short(today)
            ),
            None => t!("nudge.inactive.never", "Nothing has come in from you yet."),
        },
    })
}

fn count(minutes: u32) -> usize {
    usize::try_from(minutes).unwrap_or(usize::MAX)
}
