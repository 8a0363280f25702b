//! Model values for tests: curricula and settings without files, logs without lines, and a private log of answers.

use std::collections::BTreeMap;

use upwards::base::id::{DeviceId, EventId};
use upwards::base::time::{Date, Instant, Minutes};
use upwards::model::capability::Capability;
use upwards::model::curriculum::{
    CaseStep, Curriculum, Exposure, Module, Practice, Question, QuizOption, Step, StepKind, Talk, TalkWith,
};
use upwards::model::event::Event;
use upwards::model::settings::{
    Agenda, Layout, Mentoring, Nudge, Plan, PracticeRules, Privacy, Readiness, Settings,
};
use upwards::progress::{Reason, Recorded, count, fold};
use upwards::readiness::{Answer, Assessment, Ladder, Memory, Own, assess, remember};

/// The id of the curriculum of all model tests; its only module is [`MODULE`].
pub(crate) const CURRICULUM: &str = "c";

/// Every step and question of the model tests is `m.<its name>`.
pub(crate) const MODULE: &str = "m";

pub(crate) fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// `m.<name>`.
pub(crate) fn dotted(name: &str) -> String {
    format!("{MODULE}.{name}")
}

pub(crate) fn settings(readiness: Readiness) -> Settings {
    Settings {
        id: "halden-0000".parse().expect("an id"),
        name: "Halden".to_owned(),
        language: "en".to_owned(),
        curricula: Vec::new(),
        organisation: None,
        readiness,
        plan: Plan::default(),
        layout: Layout::default(),
        practice: PracticeRules::default(),
        privacy: Privacy::default(),
        mentoring: Mentoring::default(),
        agenda: Agenda::default(),
        nudge: Nudge::default(),
        ledger: None,
        xapi_base: None,
    }
}

pub(crate) fn curriculum(capabilities: Vec<Capability>, steps: Vec<Step>) -> Curriculum {
    Curriculum {
        id: CURRICULUM.parse().expect("an id"),
        title: "Model".to_owned(),
        language: "en".to_owned(),
        rev: 1,
        summary: None,
        owner: "maya".to_owned(),
        review_by: date("2027-01-01"),
        licence: None,
        public_needs: None,
        capabilities,
        modules: vec![Module {
            id: MODULE.parse().expect("an id"),
            title: "Module".to_owned(),
            capabilities: Vec::new(),
            summary: None,
            owner: None,
            review_by: None,
            steps,
        }],
        former_questions: BTreeMap::new(),
        former_steps: BTreeMap::new(),
        former_modules: BTreeMap::new(),
    }
}

pub(crate) fn capability(id: &str) -> Capability {
    Capability {
        id: id.parse().expect("an id"),
        name: id.to_owned(),
        what: String::new(),
        ready_means: "can do it".to_owned(),
        function: None,
        weight: 1,
        core: true,
        knowledge_needed: None,
        hands_on_needed: None,
        dialogue_needed: None,
    }
}

pub(crate) fn step<'a>(
    name: &str,
    capabilities: impl IntoIterator<Item = &'a str>,
    minutes: Option<u32>,
    kind: StepKind,
) -> Step {
    let ids = capabilities.into_iter().map(|id| id.parse().expect("an id"));
    Step {
        id: dotted(name).parse().expect("an id"),
        title: None,
        capabilities: ids.collect(),
        minutes: minutes.map(Minutes),
        needs: Vec::new(),
        rev: 1,
        since: None,
        retired: false,
        kind,
    }
}

pub(crate) fn case() -> StepKind {
    StepKind::Case(CaseStep {
        curriculum: None,
        case: "klm".parse().expect("an id"),
        ask: Vec::new(),
    })
}

pub(crate) fn practice() -> StepKind {
    StepKind::Practice(Practice {
        instructions: Vec::new(),
        own_hand: None,
        evidence: None,
        exposure: Exposure::Internal,
        draft: Vec::new(),
        measure: None,
    })
}

pub(crate) fn talk(with: TalkWith) -> StepKind {
    StepKind::Talk(Talk {
        with,
        agenda: Vec::new(),
        ask: Vec::new(),
        before_next: None,
        for_executive: None,
        for_mentor: None,
    })
}

pub(crate) fn question(name: &str, capability: &str, rev: u32, options: usize) -> Question {
    let option = |right| QuizOption {
        text: String::new(),
        right,
        why: None,
    };
    Question {
        id: dotted(name).parse().expect("an id"),
        title: name.to_owned(),
        text: String::new(),
        capability: capability.parse().expect("an id"),
        rev,
        hint: None,
        sources: Vec::new(),
        options: (0..options).map(|n| option(n == 0)).collect(),
        retired: false,
    }
}

/// One line of a private log, as far as readiness is concerned.
#[derive(Clone)]
pub(crate) struct PrivateLine {
    pub(crate) id: EventId,
    pub(crate) seq: u64,
    pub(crate) at: Instant,
    pub(crate) day: Date,
    pub(crate) thought: Thought,
}

#[derive(Clone)]
pub(crate) enum Thought {
    Answered {
        question: String,
        rev: u32,
        capability: String,
        correct: bool,
    },
    Voided(EventId),
    Other,
}

impl Recorded for PrivateLine {
    fn id(&self) -> EventId {
        self.id
    }

    fn day(&self) -> Date {
        self.day
    }

    fn takes_back(&self) -> Option<EventId> {
        match self.thought {
            Thought::Voided(reference) => Some(reference),
            _ => None,
        }
    }
}

/// A shared log as it is read: unique by id, in order.
pub(crate) fn united(events: &[Event<'static>]) -> Vec<Event<'static>> {
    let mut events = events.to_vec();
    events.sort_by(|a, b| (a.day, &a.device, a.seq, a.id).cmp(&(b.day, &b.device, b.seq, b.id)));
    events.dedup_by_key(|event| event.id);
    events
}

/// The same, looked at where it lies.
pub(crate) fn in_order<'e>(events: &'e [Event<'static>]) -> Vec<&'e Event<'static>> {
    let mut events: Vec<&Event> = events.iter().collect();
    events.sort_by(|a, b| (a.day, &a.device, a.seq, a.id).cmp(&(b.day, &b.device, b.seq, b.id)));
    events.dedup_by_key(|event| event.id);
    events
}

/// A private log as it is read.
pub(crate) fn united_private(lines: &[PrivateLine]) -> Vec<PrivateLine> {
    let mut lines = lines.to_vec();
    lines.sort_by_key(|line| (line.at, line.seq, line.id));
    lines.dedup_by_key(|line| line.id);
    lines
}

/// What a device remembers, and which of its lines do not count and why.
pub(crate) fn recollect(
    curriculum: &Curriculum,
    settings: &Settings,
    lines: &[PrivateLine],
    as_of: Date,
) -> (Memory, BTreeMap<EventId, Reason>) {
    let lines = united_private(lines);
    let counted = count(&lines, as_of);
    let answers = lines
        .iter()
        .enumerate()
        .filter(|(place, _)| counted.counts(*place));
    let answers = answers.filter_map(|(_, line)| match &line.thought {
        Thought::Answered {
            question,
            rev,
            capability,
            correct,
        } => Some(Answer {
            event: line.id,
            question,
            rev: *rev,
            capability,
            correct: *correct,
            at: line.at,
            day: line.day,
        }),
        Thought::Voided(_) | Thought::Other => None,
    });
    let memory = remember(curriculum, &Ladder::of(&settings.readiness), answers);
    let mut why: BTreeMap<EventId, Reason> = (0..lines.len())
        .filter_map(|place| Some((lines[place].id, counted.reason(place)?)))
        .collect();
    for (_, _, outdated) in memory.outdated() {
        why.extend(
            outdated
                .events
                .iter()
                .map(|event| (*event, Reason::QuestionChanged)),
        );
    }
    (memory, why)
}

/// One person with everything that was recorded.
pub(crate) struct Case<'a> {
    pub(crate) curriculum: &'a Curriculum,
    pub(crate) settings: &'a Settings,
    pub(crate) shared: &'a [Event<'static>],
    pub(crate) as_of: Date,
}

impl Case<'_> {
    /// The leader's view.
    pub(crate) fn leaders(&self) -> Assessment {
        let events = united(self.shared);
        let progress = fold(&events, self.curriculum, self.settings, self.as_of);
        assess(self.curriculum, self.settings, &progress, None, self.as_of)
    }

    /// The own view on a device.
    pub(crate) fn own(&self, device: &DeviceId, private: &[PrivateLine]) -> Assessment {
        let events = united(self.shared);
        let progress = fold(&events, self.curriculum, self.settings, self.as_of);
        let (memory, _) = recollect(self.curriculum, self.settings, private, self.as_of);
        let memory = &memory;
        let own = Own { device, memory };
        assess(self.curriculum, self.settings, &progress, Some(&own), self.as_of)
    }
}
