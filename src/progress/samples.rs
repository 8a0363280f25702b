//! A small curriculum and a log written by hand, for the unit tests of this layer and the one above.

use std::collections::BTreeMap;

use crate::base::id::EventId;
use crate::base::points::Thousandths;
use crate::base::time::{Date, Minutes};
use crate::model::capability::Capability;
use crate::model::curriculum::{
    CaseStep, Curriculum, Exposure, Module, Practice, Question, QuizOption, Step, StepKind, Talk, TalkWith,
};
use crate::model::event::{
    Attendance, Baseline, CapsuleEntry, Event, Fact, Invited, MeasureGrade, Met, Practised,
};
use crate::model::settings::{
    Agenda, Layout, Mentoring, Nudge, Plan, PracticeRules, Privacy, Readiness, Settings,
};
use crate::progress::{Dated, Progress, dates, fold};

pub(crate) fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

pub(crate) fn settings() -> Settings {
    Settings {
        id: "halden-0000".parse().expect("an id"),
        name: "Halden".to_owned(),
        language: "en".to_owned(),
        curricula: Vec::new(),
        organisation: None,
        readiness: Readiness::default(),
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

/// One capability `serve`; one module `basics`: a case `read` (3 min, once called `old`), a `quiz` of twelve questions
/// `q1` to `q12`, the practices `do` (8 min, behind the case) and `more` (retired), a peer `talk` (20 min), and a
/// reflect `late` (2 min) that joined on 1 March 2026.
pub(crate) fn curriculum() -> Curriculum {
    let quiz = (1..=12).map(question).collect();
    let mut first = step("do", Some(8), StepKind::Practice(practice()));
    first.needs = vec!["basics.read".parse().expect("an id")];
    let mut retired = step("more", Some(5), StepKind::Practice(practice()));
    retired.retired = true;
    let mut late = step("late", Some(2), StepKind::Reflect(vec!["What now?".to_owned()]));
    late.since = Some(date("2026-03-01"));
    let case = CaseStep {
        curriculum: None,
        case: "klm".parse().expect("an id"),
        ask: Vec::new(),
    };
    let steps = vec![
        step("read", Some(3), StepKind::Case(case)),
        step("quiz", None, StepKind::Quiz(quiz)),
        first,
        retired,
        step("talk", Some(20), StepKind::Talk(talk())),
        late,
    ];
    Curriculum {
        id: "c".parse().expect("an id"),
        title: "Sample".to_owned(),
        language: "en".to_owned(),
        rev: 1,
        summary: None,
        owner: "maya".to_owned(),
        review_by: date("2027-01-01"),
        licence: None,
        public_needs: None,
        capabilities: vec![capability("serve")],
        modules: vec![Module {
            id: "basics".parse().expect("an id"),
            title: "Basics".to_owned(),
            capabilities: vec!["serve".parse().expect("an id")],
            summary: None,
            owner: None,
            review_by: None,
            steps,
        }],
        former_questions: BTreeMap::new(),
        former_steps: BTreeMap::from([(
            "basics.old".parse().expect("an id"),
            "basics.read".parse().expect("an id"),
        )]),
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

fn step(short: &str, minutes: Option<u32>, kind: StepKind) -> Step {
    Step {
        id: format!("basics.{short}").parse().expect("an id"),
        title: Some(short.to_owned()),
        capabilities: vec!["serve".parse().expect("an id")],
        minutes: minutes.map(Minutes),
        needs: Vec::new(),
        rev: 1,
        since: None,
        retired: false,
        kind,
    }
}

fn question(n: u32) -> Question {
    let option = |right| QuizOption {
        text: String::new(),
        right,
        why: None,
    };
    Question {
        id: format!("basics.q{n}").parse().expect("an id"),
        title: format!("Question {n}"),
        text: String::new(),
        capability: "serve".parse().expect("an id"),
        rev: 1,
        hint: None,
        sources: Vec::new(),
        options: vec![option(true), option(false), option(false)],
        retired: false,
    }
}

fn practice() -> Practice {
    Practice {
        instructions: Vec::new(),
        own_hand: None,
        evidence: None,
        exposure: Exposure::Internal,
        draft: Vec::new(),
        measure: None,
    }
}

fn talk() -> Talk {
    Talk {
        with: TalkWith::Peer,
        agenda: Vec::new(),
        ask: Vec::new(),
        before_next: None,
        for_executive: None,
        for_mentor: None,
    }
}

/// Looks at Ana's progress in the sample curriculum on a day.
pub(crate) fn folded(log: &Log, as_of: &str, look: impl Fn(&Progress)) {
    let events = log.united();
    look(&fold(&events, &curriculum(), &settings(), date(as_of)));
}

/// Looks at what stands in Ana's calendar on a day.
pub(crate) fn dated<T>(log: &Log, as_of: &str, look: impl Fn(&[Dated<'_>]) -> T) -> T {
    let (events, curriculum) = (log.united(), curriculum());
    let events: Vec<&Event<'_>> = events.iter().collect();
    let progress = fold(&events, &curriculum, &settings(), date(as_of));
    look(&dates(&events, &curriculum, &progress, 30))
}

/// The log about Ana; each name in `by` writes on a device of its own.
pub(crate) struct Log(Vec<Event<'static>>);

impl Log {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn add(&mut self, day: &str, by: &'static str, fact: Fact<'static>) -> EventId {
        let seq = u64::try_from(self.0.len()).expect("few events") + 1;
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&seq.to_be_bytes());
        let id = EventId::from_random(bytes);
        self.0.push(Event {
            id,
            seq,
            day: date(day),
            person: "ana".into(),
            by: by.into(),
            device: by.into(),
            fact,
            via: None,
        });
        id
    }

    /// As somebody changes the newest line by hand.
    pub(crate) fn change_last(&mut self, change: impl FnOnce(&mut Fact<'static>)) {
        change(&mut self.0.last_mut().expect("a line").fact);
    }

    /// In the order of a united log.
    pub(crate) fn united(&self) -> Vec<Event<'static>> {
        let mut events = self.0.clone();
        events.sort_by(|a, b| (a.day, &a.device, a.seq).cmp(&(b.day, &b.device, b.seq)));
        events
    }

    pub(crate) fn assigned(&mut self, day: &str, module: &'static str, due: Option<&str>) -> EventId {
        let fact = Fact::Assigned {
            curriculum: "c".into(),
            module: module.into(),
            due: due.map(date),
            reason: None,
        };
        self.add(day, "maya", fact)
    }

    pub(crate) fn finished(&mut self, day: &str, step: &'static str) -> EventId {
        let fact = Fact::Finished {
            curriculum: "c".into(),
            step: step.into(),
            rev: 1,
        };
        self.add(day, "ana", fact)
    }

    /// With a line of evidence and a baseline of 19 hours.
    pub(crate) fn practised(&mut self, day: &str, by: &'static str, step: &'static str) -> EventId {
        let fact = Fact::Practised(Box::new(Practised {
            curriculum: "c".into(),
            step: step.into(),
            rev: 1,
            capabilities: vec!["serve".into()],
            personal: by == "ana",
            evidence: Some("answered a late-parcel complaint".into()),
            witness: None,
            may_quote: false,
            measure: Some(Baseline {
                before: Thousandths::new(19_000).expect("in range"),
                unit: "hours".into(),
                period: "each".into(),
                n: None,
            }),
        }));
        self.add(day, by, fact)
    }

    pub(crate) fn measured(
        &mut self,
        day: &str,
        by: &'static str,
        reference: EventId,
        grade: MeasureGrade,
    ) -> EventId {
        let fact = Fact::Measured {
            reference,
            after: Thousandths::new(4_000).expect("in range"),
            n: None,
            grade,
        };
        self.add(day, by, fact)
    }

    pub(crate) fn met(&mut self, day: &str, meeting: &'static str, attendance: &str) -> EventId {
        let fact = Fact::Met(Box::new(Met {
            curriculum: "c".into(),
            meeting: meeting.into(),
            with: vec!["bo".into()],
            role: TalkWith::Peer,
            capabilities: vec!["serve".into()],
            minutes: 20,
            attendance: match attendance {
                "present" => Attendance::Present,
                "deputy" => Attendance::Deputy,
                _ => Attendance::Unknown,
            },
            commitment: Some("answer one customer a week".into()),
        }));
        self.add(day, "ana", fact)
    }

    pub(crate) fn invited(&mut self, day: &str, meeting: &'static str, at: Option<&'static str>) -> EventId {
        let fact = Fact::Invited(Box::new(Invited {
            curriculum: "c".into(),
            meeting: meeting.into(),
            with: vec!["bo".into()],
            role: TalkWith::Peer,
            topic: "serve".into(),
            at: at.map(Into::into),
            place: None,
            minutes: None,
        }));
        self.add(day, "maya", fact)
    }

    /// A capsule of the person's own answers on a device: so many questions at a step, last right on a day.
    pub(crate) fn recalled(&mut self, day: &str, device: &'static str, known: &[(u8, &str)]) -> EventId {
        let entries = known
            .iter()
            .map(|&(step, day)| CapsuleEntry { step, day: date(day) })
            .collect();
        let fact = Fact::Recalled {
            curriculum: "c".into(),
            capability: "serve".into(),
            entries,
            damaged: 0,
        };
        let id = self.add(day, device, fact);
        if let Some(last) = self.0.last_mut() {
            last.by = "ana".into();
        }
        id
    }
}
