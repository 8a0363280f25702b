//! What needs a leader, the most useful first: each thing with its reason, the minutes it takes whoever does it, and the
//! command to run. Everything comes from shared logs and files; nothing is made by reading.

use std::collections::BTreeMap;

use super::columns::data_columns;
use crate::base::text::{hanging, pad, width};
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Instant};
use crate::base::words::few;
use crate::model::curriculum::{Curriculum, Module, StepKind, TalkWith};
use crate::model::person::Person;
use crate::model::settings::Settings;
use crate::model::workspace::Workspace;
use crate::progress::{ModuleRecord, Pair, PracticeRecord, Progress};
use crate::readiness::{Assessment, Item};
use crate::table::{Report, Value};

/// Why something needs the leader; the order is that of the page (`commands-and-screens.md` 7.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgendaAbout {
    /// A module past its due date.
    Overdue,
    /// Something recorded for somebody waits for their word.
    Confirm,
    /// Assigned and never begun.
    NotStarted,
    /// A second figure that is long due.
    Measure,
    /// A pair without a talk for too long.
    PairStalled,
    /// A planned talk whose day has passed, and nothing was recorded.
    Unanswered,
    /// Nothing but a talk is missing.
    Talk,
    /// Begun, and silent for long.
    Idle,
    /// Somebody is in a group whose others were assigned a module.
    LaterJoiner,
    /// Ideas that wait.
    Ideas,
    /// Material past its `review_by`.
    Review,
}

impl AgendaAbout {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Confirm => "confirm",
            Self::NotStarted => "not-started",
            Self::Measure => "measure",
            Self::PairStalled => "pair-stalled",
            Self::Unanswered => "unanswered",
            Self::Talk => "talk",
            Self::Idle => "idle",
            Self::LaterJoiner => "later-joiner",
            Self::Ideas => "ideas",
            Self::Review => "review",
        }
    }
}

/// One thing that needs the leader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// Its first reason.
    pub about: AgendaAbout,
    /// The larger, the sooner, among things of one kind.
    pub weight: i64,
    /// Whom it is about; nobody in what is about material.
    pub person: Option<Box<str>>,
    /// What stands in front: a name, or what it is about.
    pub who: String,
    /// All reasons, the first one first.
    pub reasons: Vec<String>,
    /// What to type.
    pub command: String,
}

/// Where somebody stands in one curriculum, as an agenda needs it.
#[derive(Clone, Copy)]
pub struct AgendaView<'a> {
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// What happened.
    pub progress: &'a Progress<'a>,
    /// What it amounts to.
    pub assessment: &'a Assessment,
}

/// What comes up soon, and needs nobody yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgendaSoon {
    /// Its day.
    pub day: Date,
    /// The sentence.
    pub sentence: String,
}

/// A reason, before those of a person are put together.
struct Reason {
    about: AgendaAbout,
    weight: i64,
    sentence: String,
    command: String,
}

/// What of one person needs the leader: one line, however many reasons. `reminded` = the day of the last reminder.
pub fn person_agenda(
    person: &Person,
    views: &[AgendaView<'_>],
    workspace: &Workspace,
    reminded: Option<Date>,
    today: Date,
) -> Option<AgendaItem> {
    let about = Subject {
        person,
        workspace,
        settings: &workspace.settings,
        today,
    };
    let mut reasons: Vec<Reason> = Vec::new();
    /// Days of silence count less than one day of anything else.
    const MOST_DAYS: i64 = 9_999;
    for view in views {
        reasons.extend(about.overdue(view));
        reasons.extend(about.confirm(view));
        reasons.extend(about.not_started(view));
        reasons.extend(about.measure(view));
        reasons.extend(about.pairs(view));
        reasons.extend(about.unanswered(view));
        reasons.extend(about.talks(view));
    }
    for reason in &mut reasons {
        reason.weight *= MOST_DAYS + 1;
    }
    let silent = about.silent(views);
    match (reasons.is_empty(), silent) {
        (true, Some((weight, sentence))) => reasons.push(Reason {
            about: AgendaAbout::Idle,
            weight,
            sentence,
            command: about.nudge(),
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
    let first = reasons.first()?;
    let (kind, weight, command) = (first.about, first.weight, first.command.clone());
    let mut sentences: Vec<String> = reasons.into_iter().map(|reason| reason.sentence).collect();
    sentences.dedup();
    if let Some(day) = reminded {
        sentences.push(t!("agenda.reminded", "reminded on {day}", day = day.short(today)));
    }
    Some(AgendaItem {
        about: kind,
        weight,
        person: Some(person.id.as_str().into()),
        who: person.name.clone(),
        reasons: sentences,
        command,
    })
}

/// The person an agenda line is about.
struct Subject<'a> {
    person: &'a Person,
    workspace: &'a Workspace,
    settings: &'a Settings,
    today: Date,
}

impl Subject<'_> {
    fn nudge(&self) -> String {
        format!("upwards nudge --to {}", self.person.id)
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
            command: format!("upwards page {} --minutes 10 -o pages", self.person.id),
        })
    }

    fn measure(&self, view: &AgendaView<'_>) -> Vec<Reason> {
        /// Days after the second figure was due (`commands-and-screens.md` 7.10).
        const LATE_DAYS: i32 = 14;
        let after = i32::try_from(self.settings.practice.second_measure_days).unwrap_or(i32::MAX / 2);
        let open = view
            .progress
            .baselines()
            .filter(|record| record.measured.is_none() && record.is_own_word());
        open.filter_map(|record| {
            let due = record.event.day + after;
            let late = self.today.days_since(due);
            let measure = record.practised.measure.as_ref().filter(|_| late >= LATE_DAYS)?;
            Some(Reason {
                about: AgendaAbout::Measure,
                weight: i64::from(late),
                sentence: t!(
                    "agenda.measure",
                    "second figure of \"{unit}\" due since {day}",
                    unit = measure.unit,
                    day = due.short(self.today)
                ),
                command: format!("{} --about measure", self.nudge()),
            })
        })
        .collect()
    }

    fn pairs(&self, view: &AgendaView<'_>) -> Vec<Reason> {
        let running = view.progress.pairs.iter().filter(|pair| pair.ended.is_none());
        running.filter_map(|pair| self.stalled(view, pair)).collect()
    }

    fn stalled(&self, view: &AgendaView<'_>, pair: &Pair<'_>) -> Option<Reason> {
        let rules = &self.settings.mentoring;
        let with_mentor = |with: &[std::borrow::Cow<'_, str>]| with.iter().any(|id| *id == pair.mentor);
        let is_planned = view.progress.invitations.iter().any(|invitation| {
            with_mentor(&invitation.invited.with)
                && day_of(invitation.invited.at.as_deref()).is_some_and(|day| day >= self.today)
        });
        if is_planned {
            return None;
        }
        let mentor = self.workspace.name_of(pair.mentor);
        let talks = view
            .progress
            .meetings
            .iter()
            .filter(|talk| talk.stands() && with_mentor(&talk.met.with));
        let last = talks
            .map(|talk| talk.event.day)
            .max()
            .filter(|day| *day >= pair.event.day);
        let (since, allowed, sentence) = match last {
            None => (
                pair.event.day,
                rules.first_meeting_days,
                t!(
                    "agenda.pair.first",
                    "no talk with {mentor} since they were paired on {day}",
                    mentor = mentor,
                    day = pair.event.day.short(self.today)
                ),
            ),
            Some(day) => (
                day,
                rules.meeting_gap_days,
                t!(
                    "agenda.pair.gap",
                    "last talk with {mentor} on {day}",
                    mentor = mentor,
                    day = day.short(self.today)
                ),
            ),
        };
        let days = i64::from(self.today.days_since(since));
        (days > i64::from(allowed)).then(|| Reason {
            about: AgendaAbout::PairStalled,
            weight: days,
            sentence,
            command: self.talk_command(view, TalkWith::Mentor, None, pair.mentor, "--at WHEN"),
        })
    }

    fn unanswered(&self, view: &AgendaView<'_>) -> Vec<Reason> {
        let planned = view.progress.invitations.iter().filter_map(|invitation| {
            let day = day_of(invitation.invited.at.as_deref())?;
            let is_open = day < self.today && !view.progress.was_held(&invitation.invited.meeting);
            is_open.then_some((day, invitation.invited))
        });
        planned
            .map(|(day, invited)| {
                let topic = view.curriculum.capability(&invited.topic);
                let with: Vec<&str> = invited.with.iter().map(|id| &**id).collect();
                Reason {
                    about: AgendaAbout::Unanswered,
                    weight: i64::from(self.today.days_since(day)),
                    sentence: t!(
                        "agenda.unanswered",
                        "talk on {topic} planned for {day}, nothing recorded",
                        topic = topic.map_or(&*invited.topic, |capability| &capability.name),
                        day = day.short(self.today)
                    ),
                    command: self.talk_command(
                        view,
                        invited.role,
                        Some(&invited.topic),
                        &with.join(","),
                        &format!("--date {day}"),
                    ),
                }
            })
            .collect()
    }

    fn talks(&self, view: &AgendaView<'_>) -> Vec<Reason> {
        let limited = view.assessment.capabilities.iter().filter(|assessed| {
            assessed.core && assessed.limited_by.as_ref().is_some_and(|l| l.item == Item::Talk)
        });
        limited
            .filter_map(|assessed| {
                let capability = view.curriculum.capability(assessed.capability.as_str())?;
                let is_booked = view.progress.invitations.iter().any(|invitation| {
                    *invitation.invited.topic == *assessed.capability.as_str()
                        && day_of(invitation.invited.at.as_deref()).is_some_and(|day| day >= self.today)
                });
                if is_booked {
                    return None;
                }
                let missing = t!(
                    "agenda.talk",
                    "{capability}: a talk is missing",
                    capability = capability.name
                );
                Some(Reason {
                    about: AgendaAbout::Talk,
                    weight: assessed.total.tenths(),
                    sentence: match assessed.reached_on {
                        Some(day) => t!(
                            "agenda.talk.reached",
                            "{missing}, reached on {day}",
                            missing = missing,
                            day = day.short(self.today)
                        ),
                        None => missing,
                    },
                    command: self.talk_command(
                        view,
                        TalkWith::Peer,
                        Some(assessed.capability.as_str()),
                        "WHO",
                        "--at WHEN",
                    ),
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

    /// The command that books or records a talk in a role and on a capability.
    fn talk_command(
        &self,
        view: &AgendaView<'_>,
        role: TalkWith,
        topic: Option<&str>,
        with: &str,
        when: &str,
    ) -> String {
        let fits = |step: &&crate::model::curriculum::Step, role: Option<TalkWith>| {
            matches!(&step.kind, StepKind::Talk(talk) if role.is_none_or(|role| talk.with == role))
                && topic.is_none_or(|topic| step.capabilities.iter().any(|id| id.as_str() == topic))
        };
        // The talk that is about nothing else comes first.
        let steps = view.curriculum.live_steps().map(|(_, step)| step);
        let step = steps
            .filter(|step| fits(step, None))
            .min_by_key(|step| (!fits(step, Some(role)), step.capabilities.len()));
        match step {
            Some(step) => format!(
                "upwards learn --as {} --step {} --with {with} {when}",
                self.person.id, step.id
            ),
            None => self.nudge(),
        }
    }

    fn minutes_left(&self, view: &AgendaView<'_>, module: &Module) -> u32 {
        let open = module
            .live_steps()
            .filter(|step| !view.progress.is_settled(step.id.as_str()));
        open.map(|step| self.minutes_of(step)).sum()
    }

    fn minutes_of(&self, step: &crate::model::curriculum::Step) -> u32 {
        step.seconds(self.settings.plan.seconds_per_question).minutes().0
    }
}

/// The day of a planned talk where it takes place.
fn day_of(at: Option<&str>) -> Option<Date> {
    let at = at?;
    Instant::parse_with_zone(at)?;
    Date::parse_iso(at.get(..10)?)
}

fn count(days: u32) -> usize {
    usize::try_from(days).unwrap_or(usize::MAX)
}

/// Who is in a group or not assigned what its others are: a person, their name, their groups, and the modules that were
/// assigned to them and not taken back.
pub struct AgendaMember<'a> {
    /// The id.
    pub id: &'a str,
    /// The name.
    pub name: &'a str,
    /// Groups, those by rule included.
    pub groups: &'a [Box<str>],
    /// The unit.
    pub unit: Option<&'a str>,
    /// Ids of modules with their due dates.
    pub modules: &'a [(Box<str>, Option<Date>)],
}

/// What people have in common to whom something is assigned together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Together<'a> {
    Group(&'a str),
    Unit(&'a str),
}

impl<'a> Together<'a> {
    fn name(self) -> &'a str {
        match self {
            Self::Group(name) | Self::Unit(name) => name,
        }
    }
}

/// What some people lack that the others of their group have.
struct Lacking<'a> {
    module: &'a Module,
    /// Ids and names, the group of each.
    people: Vec<(&'a str, Together<'a>, &'a str)>,
    /// When most of the others have to have it.
    due: Option<Date>,
}

/// People who came into a group or a unit after its others were assigned a module: most of the group has it, at least two, and they
/// do not. One line for each module; modules that the others have one after the other are one line, with the programme
/// they are.
pub fn later_joiners(members: &[AgendaMember<'_>], curriculum: &Curriculum, today: Date) -> Vec<AgendaItem> {
    // What belongs together by a group is said by its name; units come behind.
    let mut groups: BTreeMap<Together<'_>, Vec<&AgendaMember<'_>>> = BTreeMap::new();
    for member in members {
        let together = member.groups.iter().map(|group| Together::Group(group));
        for one in together.chain(member.unit.map(Together::Unit)) {
            groups.entry(one).or_default().push(member);
        }
    }
    let mut lacking: Vec<Lacking<'_>> = Vec::new();
    for module in &curriculum.modules {
        let of = |member: &AgendaMember<'_>| {
            let mut modules = member.modules.iter();
            modules
                .find(|(id, _)| **id == *module.id.as_str())
                .map(|(_, due)| *due)
        };
        let mut without: Vec<(&str, Together<'_>, &str)> = Vec::new();
        let mut dues: BTreeMap<Date, usize> = BTreeMap::new();
        for (group, all) in &groups {
            let holders: Vec<Option<Date>> = all.iter().filter_map(|member| of(member)).collect();
            if holders.len() >= 2 && holders.len() * 2 >= all.len() && holders.len() < all.len() {
                without.extend(
                    all.iter()
                        .filter(|m| of(m).is_none())
                        .map(|m| (m.id, *group, m.name)),
                );
                holders
                    .into_iter()
                    .flatten()
                    .for_each(|due| *dues.entry(due).or_default() += 1);
            }
        }
        without.sort_unstable();
        without.dedup_by(|a, b| a.0 == b.0);
        if !without.is_empty() {
            lacking.push(Lacking {
                module,
                people: without,
                due: dues
                    .into_iter()
                    .max_by_key(|(due, n)| (*n, std::cmp::Reverse(*due)))
                    .map(|(due, _)| due),
            });
        }
    }
    let mut items = Vec::new();
    while let Some(people) = lacking.first().map(|first| first.people.clone()) {
        let (together, others) = lacking.into_iter().partition(|one| one.people == people);
        lacking = others;
        let together: Vec<Lacking<'_>> = together;
        match interval(&together) {
            Some(days) => items.push(joins_programme(&together, curriculum, days, today)),
            None => items.extend(together.iter().map(joins)),
        }
    }
    items
}

/// The days between modules that the others have to have one after the other; `None` where they are no programme.
fn interval(lacking: &[Lacking<'_>]) -> Option<i32> {
    let dues: Option<Vec<Date>> = lacking.iter().map(|one| one.due).collect();
    let gaps: Vec<i32> = dues?.windows(2).map(|pair| pair[1].days_since(pair[0])).collect();
    let first = *gaps.first()?;
    (first > 0 && gaps.iter().all(|gap| *gap == first)).then_some(first)
}

fn joins_programme(lacking: &[Lacking<'_>], curriculum: &Curriculum, days: i32, today: Date) -> AgendaItem {
    let people = &lacking[0].people;
    let every = if days % 7 == 0 {
        format!("{}w", days / 7)
    } else {
        format!("{days}d")
    };
    AgendaItem {
        reasons: vec![t_n!(
            "agenda.later.programme",
            lacking.len(),
            "not assigned {n} module of \"{curriculum}\" that the others of {group} have, {every} each",
            "not assigned {n} modules of \"{curriculum}\" that the others of {group} have, {every} each",
            curriculum = curriculum.title,
            group = people[0].1.name(),
            every = every
        )],
        ..joining(people, |to| {
            format!(
                "upwards assign {} {to} --start {today} --every {every}",
                curriculum.id
            )
        })
    }
}

fn joins(lacking: &Lacking<'_>) -> AgendaItem {
    AgendaItem {
        reasons: vec![t!(
            "agenda.later",
            "not assigned \"{module}\", which the others of {group} have",
            module = lacking.module.title,
            group = lacking.people[0].1.name()
        )],
        ..joining(&lacking.people, |to| {
            format!("upwards assign {} {to} --due +4w", lacking.module.id)
        })
    }
}

fn joining(people: &[(&str, Together<'_>, &str)], command: impl Fn(&str) -> String) -> AgendaItem {
    let names: Vec<&str> = people.iter().map(|(_, _, name)| *name).collect();
    let to: Vec<String> = people.iter().map(|(id, _, _)| format!("--to {id}")).collect();
    AgendaItem {
        about: AgendaAbout::LaterJoiner,
        weight: i64::try_from(people.len()).unwrap_or(i64::MAX),
        person: None,
        who: few(&names),
        reasons: Vec::new(),
        command: command(&to.join(" ")),
    }
}

/// Ideas that have waited too long: how many, and the day of the oldest.
pub fn waiting_ideas(days: &[Date], settings: &Settings, today: Date) -> Option<AgendaItem> {
    let oldest = days.iter().min()?;
    let age = today.days_since(*oldest);
    (i64::from(age) >= i64::from(settings.agenda.idea_days)).then(|| AgendaItem {
        about: AgendaAbout::Ideas,
        weight: i64::from(age),
        person: None,
        who: t!("agenda.ideas", "Ideas"),
        reasons: vec![t_n!(
            "agenda.ideas.open",
            days.len(),
            "{n} open since {day}",
            "{n} open, the oldest since {day}",
            day = oldest.short(today)
        )],
        command: "upwards ideas list --open".to_owned(),
    })
}

/// Material past its `review_by`: curricula in use, and how many cases.
pub fn due_reviews(curricula: &[Curriculum], stale_cases: usize, today: Date) -> Vec<AgendaItem> {
    let mut items: Vec<AgendaItem> = curricula
        .iter()
        .filter(|curriculum| curriculum.review_by < today)
        .map(|curriculum| AgendaItem {
            about: AgendaAbout::Review,
            weight: i64::from(today.days_since(curriculum.review_by)),
            person: None,
            who: curriculum.title.clone(),
            reasons: vec![t!(
                "agenda.review",
                "to be looked at again since {day}",
                day = curriculum.review_by.short(today)
            )],
            command: "upwards curricula list".to_owned(),
        })
        .collect();
    if stale_cases > 0 {
        items.push(AgendaItem {
            about: AgendaAbout::Review,
            weight: 0,
            person: None,
            who: t!("agenda.cases", "Cases"),
            reasons: vec![t_n!(
                "agenda.cases.stale",
                stale_cases,
                "{n} past its day of review",
                "{n} past their day of review"
            )],
            command: "upwards cases list --stale".to_owned(),
        });
    }
    items
}

/// What comes up for one person in the next days, and needs nobody yet.
pub fn soon(
    person: &Person,
    views: &[AgendaView<'_>],
    settings: &Settings,
    days: u32,
    today: Date,
) -> Vec<AgendaSoon> {
    let until = today + i32::try_from(days).unwrap_or(i32::MAX / 2);
    let is_soon = |day: Date| today <= day && day <= until;
    let mut found = Vec::new();
    for view in views {
        for assessed in view.assessment.capabilities.iter().filter(|c| c.is_fading()) {
            let capability = view.curriculum.capability(assessed.capability.as_str());
            if let (Some(day), Some(capability)) =
                (assessed.ready_until.filter(|day| is_soon(*day)), capability)
            {
                found.push(AgendaSoon {
                    day,
                    sentence: t!(
                        "agenda.soon.fading",
                        "{name}: {capability} fades",
                        name = person.name,
                        capability = capability.name
                    ),
                });
            }
        }
        for module in &view.progress.modules {
            let is_open = module.finished_on.is_none() && module.overdue_days.is_none();
            if let (Some(day), Some(one), true) =
                (module.due.filter(|day| is_soon(*day)), module.module, is_open)
            {
                found.push(AgendaSoon {
                    day,
                    sentence: t!(
                        "agenda.soon.due",
                        "{name}: {module} is due",
                        name = person.name,
                        module = one.title
                    ),
                });
            }
        }
        for invitation in &view.progress.invitations {
            let day = day_of(invitation.invited.at.as_deref()).filter(|day| is_soon(*day));
            if let Some(day) = day.filter(|_| !view.progress.was_held(&invitation.invited.meeting)) {
                let topic = view.curriculum.capability(&invitation.invited.topic);
                found.push(AgendaSoon {
                    day,
                    sentence: t!(
                        "agenda.soon.talk",
                        "{name}: a talk on {topic}",
                        name = person.name,
                        topic = topic.map_or(&*invitation.invited.topic, |capability| &capability.name)
                    ),
                });
            }
        }
        for (id, record) in view
            .progress
            .steps
            .iter()
            .filter(|(_, one)| one.finished.is_none())
        {
            let holding = record.waivers.iter().filter(|waiver| waiver.covers(today));
            let last = holding
                .map(|waiver| waiver.until)
                .max_by_key(|until| (until.is_none(), *until));
            if let Some(day) = last.flatten().filter(|day| is_soon(*day)) {
                let title = view.curriculum.step(id).and_then(|step| step.title.as_deref());
                found.push(AgendaSoon {
                    day,
                    sentence: t!(
                        "agenda.soon.waiver",
                        "{name}: the waiver of {step} ends",
                        name = person.name,
                        step = title.unwrap_or(id)
                    ),
                });
            }
        }
        let after = i32::try_from(settings.practice.second_measure_days).unwrap_or(i32::MAX / 2);
        for record in view
            .progress
            .baselines()
            .filter(|r| r.measured.is_none() && r.is_own_word())
        {
            let day = record.event.day + after;
            if let (true, Some(measure)) = (is_soon(day), &record.practised.measure) {
                found.push(AgendaSoon {
                    day,
                    sentence: t!(
                        "agenda.soon.measure",
                        "{name}: second figure of \"{unit}\"",
                        name = person.name,
                        unit = measure.unit
                    ),
                });
            }
        }
    }
    found
}

/// Puts things in the order of the page.
pub fn in_order(items: &mut [AgendaItem]) {
    items.sort_by(|a, b| {
        let key = |item: &AgendaItem| (item.about, std::cmp::Reverse(item.weight));
        key(a).cmp(&key(b)).then_with(|| a.who.cmp(&b.who))
    });
}

/// The page: numbered things, each with its command, and what comes up.
pub fn agenda_lines(
    items: &[AgendaItem],
    soon: &[AgendaSoon],
    shown: usize,
    today: Date,
    columns: usize,
) -> Vec<String> {
    let mut lines = Vec::new();
    let names = items
        .iter()
        .take(shown)
        .map(|item| width(&item.who))
        .max()
        .unwrap_or(0)
        .min(20);
    let numbers = items.len().min(shown).to_string().len();
    for (at, item) in items.iter().take(shown).enumerate() {
        let head = format!("{:>numbers$}  {}  ", at + 1, pad(&item.who, names));
        lines.extend(hanging(&head, &item.reasons.join("; "), columns));
        lines.push(format!("{}{}", " ".repeat(numbers + 2), item.command));
    }
    if items.len() > shown {
        lines.push(String::new());
        lines.push(t_n!(
            "agenda.more",
            items.len() - shown,
            "{n} more: upwards agenda --all",
            "{n} more: upwards agenda --all"
        ));
    }
    if items.is_empty() {
        lines.push(t!("agenda.nothing", "Nothing needs you."));
    }
    if !soon.is_empty() {
        lines.push(String::new());
        lines.push(t!("agenda.soon", "Coming up:"));
        for one in soon {
            lines.extend(hanging(
                &format!("  {}  ", one.day.short(today)),
                &one.sentence,
                columns,
            ));
        }
    }
    lines
}

/// The same as data.
pub fn agenda_data(items: &[AgendaItem], as_of: Date) -> Report {
    let keys = ["rank", "about", "person_id", "who", "reasons", "command"];
    let mut report = Report::new("agenda", as_of, data_columns(keys));
    report.rows = items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            vec![
                Value::count(Some(at + 1)),
                Value::Text(item.about.word().to_owned()),
                Value::text(item.person.as_deref().map(str::to_owned)),
                Value::Text(item.who.clone()),
                Value::Text(item.reasons.join("; ")),
                Value::Text(item.command.clone()),
            ]
        })
        .collect();
    report
}
