//! What of one person needs a leader: one line, however many reasons.

use super::experts::{Experts, TalkToBook};
use super::item::{AgendaAbout, AgendaItem, AgendaView};
use crate::base::id::EventId;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::model::curriculum::{Curriculum, Module, Step};
use crate::model::person::Person;
use crate::model::settings::Settings;
use crate::model::workspace::Workspace;
use crate::progress::{ModuleRecord, PracticeRecord};
use crate::report::reminders::{NoReminder, Reminded, no_reminder, overdue_assignments};

/// What of one person needs the leader, before it is a line: whom others could ask is known when everybody was looked at.
pub struct PersonAgenda {
    id: Box<str>,
    name: String,
    groups: Vec<Box<str>>,
    /// At least one, the first one first.
    reasons: Vec<Reason>,
    /// What a reminder would say no to.
    no_reminder: Option<String>,
}

impl PersonAgenda {
    /// One line, however many reasons.
    pub fn item(self, experts: &Experts, workspace: &Workspace) -> Option<AgendaItem> {
        let mut kind = None;
        let mut sentences: Vec<String> = Vec::new();
        for mut reason in self.reasons {
            if let Some(talk) = &reason.talk {
                let whom = experts.whom(talk, &self.id, &self.groups, workspace);
                reason.sentence = whom.sentence(&reason.sentence);
                reason.command = talk.command(&self.id, whom.first());
            }
            kind.get_or_insert((reason.about, reason.weight, reason.command));
            sentences.push(reason.sentence);
        }
        sentences.dedup();
        sentences.extend(self.no_reminder);
        let (about, weight, command) = kind?;
        Some(AgendaItem {
            about,
            weight,
            person: Some(self.id),
            who: self.name,
            reasons: sentences,
            command,
        })
    }
}

/// What of one person needs the leader; `sent` = the reminders that went out to them.
pub fn person_agenda(
    person: &Person,
    groups: &[Box<str>],
    views: &[AgendaView<'_>],
    workspace: &Workspace,
    sent: &[Reminded],
    today: Date,
) -> Option<PersonAgenda> {
    let overdue: Vec<EventId> = views
        .iter()
        .flat_map(|view| overdue_assignments(view.progress))
        .collect();
    let settings = &workspace.settings;
    let about = Subject {
        person,
        workspace,
        settings,
        no_reminder: no_reminder(person, &settings.nudge, sent, &overdue, today),
        today,
    };
    let reasons = about.reasons(views);
    (!reasons.is_empty()).then(|| PersonAgenda {
        id: person.id.as_str().into(),
        name: person.name.clone(),
        groups: groups.to_vec(),
        no_reminder: about.why_no_reminder(&reasons),
        reasons,
    })
}

/// What a command needs behind it to mean a curriculum that is not the first one in use.
pub(super) fn in_curriculum(curriculum: &Curriculum, is_first: bool) -> String {
    if is_first {
        String::new()
    } else {
        format!(" --curriculum {}", curriculum.id)
    }
}

/// A reason, before those of a person are put together.
pub(super) struct Reason {
    pub(super) about: AgendaAbout,
    pub(super) weight: i64,
    pub(super) sentence: String,
    pub(super) command: String,
    /// The talk it asks for: its sentence and its command are complete when it is known with whom.
    pub(super) talk: Option<TalkToBook>,
}

/// The person an agenda line is about.
pub(super) struct Subject<'a> {
    pub(super) person: &'a Person,
    pub(super) workspace: &'a Workspace,
    pub(super) settings: &'a Settings,
    pub(super) no_reminder: Option<NoReminder>,
    pub(super) today: Date,
}

impl Subject<'_> {
    /// All reasons, the first one first.
    fn reasons(&self, views: &[AgendaView<'_>]) -> Vec<Reason> {
        /// Days of silence count less than one day of anything else.
        const MOST_DAYS: i64 = 9_999;
        let mut reasons: Vec<Reason> = Vec::new();
        let silent = self.silent(views);
        for view in views {
            reasons.extend(self.overdue(view));
            reasons.extend(self.confirm(view));
            reasons.extend(self.not_started(view));
            reasons.extend(self.measure(view));
            reasons.extend(self.pairs(view));
            reasons.extend(self.unanswered(view));
            reasons.extend(self.talks(view));
            reasons.extend(self.stuck(view).filter(|_| silent.is_none()));
        }
        for reason in &mut reasons {
            reason.weight *= MOST_DAYS + 1;
        }
        match (reasons.is_empty(), silent) {
            (true, Some((weight, sentence))) => reasons.push(Reason {
                about: AgendaAbout::Idle,
                weight,
                sentence,
                command: self.nudge(),
                talk: None,
            }),
            (false, Some((days, sentence))) => {
                // Of two who are equally late the one who is silent comes first.
                for reason in &mut reasons {
                    reason.weight += days.min(MOST_DAYS);
                }
                reasons[0].sentence = format!("{}; {sentence}", reasons[0].sentence);
            }
            (_, None) => {}
        }
        reasons.sort_by(|a, b| a.about.cmp(&b.about).then(b.weight.cmp(&a.weight)));
        reasons
    }

    /// Said where a reminder would have been offered, and where one went out a short while ago.
    fn why_no_reminder(&self, reasons: &[Reason]) -> Option<String> {
        let asks_for_one = matches!(
            reasons.first()?.about,
            AgendaAbout::Overdue
                | AgendaAbout::Confirm
                | AgendaAbout::Measure
                | AgendaAbout::Unanswered
                | AgendaAbout::Idle
        );
        match self.no_reminder? {
            NoReminder::Paused { last, next } => Some(t!(
                "agenda.reminded",
                "reminded on {day}, the next reminder from {next} on",
                day = last.short(self.today),
                next = next.short(self.today)
            )),
            why => asks_for_one.then(|| why.sentence(self.today)),
        }
    }
    /// The command that reminds them; where that would refuse, what a leader can do instead.
    pub(super) fn nudge(&self) -> String {
        match self.no_reminder {
            None => format!("upwards nudge --to {}", self.person.id),
            Some(NoReminder::OptedOut | NoReminder::Leads) => self.page(),
            // It is for a talk now: where they stand, and what limits it.
            Some(NoReminder::Paused { .. } | NoReminder::Worn(_)) => self.explain(),
        }
    }

    /// The same about one thing.
    pub(super) fn nudge_about(&self, about: &str) -> String {
        match self.no_reminder {
            None => format!("{} --about {about}", self.nudge()),
            Some(_) => self.nudge(),
        }
    }

    /// The command that explains where they stand in the first curriculum.
    pub(super) fn explain(&self) -> String {
        format!("upwards readiness {}", self.person.id)
    }

    /// The same in the curriculum of a view.
    pub(super) fn explain_in(&self, view: &AgendaView<'_>) -> String {
        format!("{}{}", self.explain(), self.named_in(view))
    }

    /// What a command needs behind it to mean this curriculum.
    pub(super) fn named_in(&self, view: &AgendaView<'_>) -> String {
        let first = self.workspace.curricula.first();
        let is_first = first.is_none_or(|first| first.id == view.curriculum.id);
        in_curriculum(view.curriculum, is_first)
    }

    fn page(&self) -> String {
        format!("upwards page {} --minutes 10 -o pages", self.person.id)
    }

    fn overdue(&self, view: &AgendaView<'_>) -> Vec<Reason> {
        let late = view
            .progress
            .modules
            .iter()
            .filter_map(|module| Some((module, module.overdue_days?)));
        late.map(|(record, days)| {
            let title = record.module.map_or(record.id, |module| module.title.as_str());
            let left = record.module.map_or(0, |module| self.minutes_left(view, module));
            Reason {
                about: AgendaAbout::Overdue,
                weight: i64::from(days),
                sentence: t_n!(
                    "agenda.overdue",
                    count(days),
                    "{module} overdue {n} day, {left} min left",
                    "{module} overdue {n} days, {left} min left",
                    module = title,
                    left = left
                ),
                command: self.nudge(),
                talk: None,
            }
        })
        .collect()
    }

    fn confirm(&self, view: &AgendaView<'_>) -> Option<Reason> {
        let waiting: Vec<&PracticeRecord<'_>> = view.progress.waiting().collect();
        let oldest = waiting.iter().min_by_key(|record| record.event.day)?;
        Some(Reason {
            about: AgendaAbout::Confirm,
            weight: i64::from(self.today.days_since(oldest.event.day)),
            sentence: t_n!(
                "agenda.confirm",
                waiting.len(),
                "a practice that {by} recorded on {day} waits for their word",
                "{n} practices, the oldest recorded by {by} on {day}, wait for their word",
                by = self.workspace.name_of(&oldest.event.by),
                day = oldest.event.day.short(self.today)
            ),
            command: self.nudge(),
            talk: None,
        })
    }

    /// Nothing at all of the person's own, and the first assignment is some time ago.
    fn not_started(&self, view: &AgendaView<'_>) -> Option<Reason> {
        if view.progress.last_active_on.is_some() {
            return None;
        }
        let open = |record: &&ModuleRecord<'_>| record.assigned.is_some() && record.finished_on.is_none();
        let modules: Vec<&ModuleRecord<'_>> = view.progress.modules.iter().filter(open).collect();
        let first = modules
            .iter()
            .filter_map(|record| record.assigned)
            .map(|event| event.day)
            .min()?;
        let days = self.today.days_since(first);
        if i64::from(days) < i64::from(self.settings.agenda.not_started_days) {
            return None;
        }
        let steps = modules
            .iter()
            .filter_map(|record| record.module)
            .flat_map(Module::live_steps);
        let shortest = steps
            .map(|step| self.minutes_of(step))
            .filter(|minutes| *minutes > 0)
            .min();
        let sentence = t_n!(
            "agenda.not_started",
            usize::try_from(days).unwrap_or(0),
            "not started, assigned {n} day ago",
            "not started, assigned {n} days ago"
        );
        Some(Reason {
            about: AgendaAbout::NotStarted,
            weight: i64::from(days),
            sentence: match shortest {
                Some(minutes) => t!(
                    "agenda.shortest",
                    "{sentence}; shortest step {minutes} min",
                    sentence = sentence,
                    minutes = minutes
                ),
                None => sentence,
            },
            command: self.page(),
            talk: None,
        })
    }

    fn measure(&self, view: &AgendaView<'_>) -> Vec<Reason> {
        let after = i32::try_from(self.settings.practice.second_measure_days).unwrap_or(i32::MAX / 2);
        let allowed = i32::try_from(self.settings.agenda.measure_late_days).unwrap_or(i32::MAX);
        let open = view
            .progress
            .baselines()
            .filter(|record| record.measured.is_none() && record.is_own_word());
        open.filter_map(|record| {
            let due = record.event.day + after;
            let late = self.today.days_since(due);
            let measure = record.practised.measure.as_ref().filter(|_| late >= allowed)?;
            Some(Reason {
                about: AgendaAbout::Measure,
                weight: i64::from(late),
                sentence: t!(
                    "agenda.measure",
                    "second figure of \"{unit}\" due since {day}",
                    unit = measure.unit,
                    day = due.short(self.today)
                ),
                command: self.nudge_about("measure"),
                talk: None,
            })
        })
        .collect()
    }

    /// Days of silence, and how they are said; nobody is silent who has nothing open.
    fn silent(&self, views: &[AgendaView<'_>]) -> Option<(i64, String)> {
        let has_open = views.iter().any(|view| {
            let mut modules = view.progress.modules.iter();
            modules.any(|record| record.assigned.is_some() && record.finished_on.is_none())
        });
        let last = views
            .iter()
            .filter_map(|view| view.progress.last_active_on)
            .max()?;
        let days = self.today.days_since(last);
        let is_long = i64::from(days) >= i64::from(self.settings.agenda.idle_days);
        (has_open && is_long).then(|| {
            let sentence = t_n!(
                "agenda.silent",
                usize::try_from(days).unwrap_or(0),
                "silent for {n} day",
                "silent for {n} days"
            );
            (i64::from(days), sentence)
        })
    }

    fn minutes_left(&self, view: &AgendaView<'_>, module: &Module) -> u32 {
        let open = module
            .live_steps()
            .filter(|step| !view.progress.is_settled(step.id.as_str()));
        open.map(|step| self.minutes_of(step)).sum()
    }

    fn minutes_of(&self, step: &Step) -> u32 {
        step.seconds(self.settings.plan.seconds_per_question).minutes().0
    }
}

pub(super) fn count(days: u32) -> usize {
    usize::try_from(days).unwrap_or(usize::MAX)
}
