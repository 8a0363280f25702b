//! People and curricula for the planner's tests and figures: the flagship as it is shipped, without its texts, and
//! somebody with a log.

use upwards::base::id::{CurriculumId, DeviceId, EventId};
use upwards::base::time::{Date, Instant, Now};
use upwards::model::curriculum::{Curriculum, Module, Step, StepKind, TalkWith};
use upwards::model::event::{Attendance, CapsuleEntry, Event, Fact, Met, Practised};
use upwards::model::settings::{Readiness, Settings};
use upwards::plan::Subject;
use upwards::progress::fold;
use upwards::readiness::{Memory, Own};

use crate::model_support::{self as support, PrivateLine, Thought};

/// The modules of the flagship: id, capability, first case and its minutes, quiz, practice, second case, quiz, practice.
/// Cases take 3 minutes where nothing else is said, the first practice 5 and needs its case, the second one 10.
const FLAGSHIP: [(&str, &str, &str, u32, [&str; 5]); 4] = [
    (
        "answer-in-public",
        "serve",
        "klm",
        3,
        [
            "first-answers",
            "answer-one-customer",
            "a1",
            "what-it-saves",
            "read-twenty",
        ],
    ),
    (
        "speak-to-your-market",
        "reach",
        "maersk",
        3,
        [
            "start-small",
            "replace-one-item",
            "dell-outlet",
            "question-the-number",
            "add-one-fact",
        ],
    ),
    (
        "ask-outside",
        "source",
        "lego",
        4,
        [
            "gates-and-answers",
            "answer-one-idea",
            "i-prize",
            "price-of-reading",
            "ask-one-question",
        ],
    ),
    (
        "rules-and-roles",
        "lead",
        "nestle",
        3,
        [
            "who-decides",
            "write-one-rule",
            "hmv",
            "keys-and-proof",
            "name-the-keys",
        ],
    ),
];

/// The flagship as it is shipped, under an id.
pub(crate) fn flagship(id: &str) -> Curriculum {
    let capabilities = FLAGSHIP.map(|(_, capability, ..)| support::capability(capability));
    let mut curriculum = support::curriculum(capabilities.to_vec(), Vec::new());
    curriculum.id = id.parse().expect("an id");
    curriculum.modules = FLAGSHIP.iter().map(module).collect();
    curriculum
}

fn module(&(id, capability, case, case_minutes, rest): &(&str, &str, &str, u32, [&str; 5])) -> Module {
    let [
        first_quiz,
        first_practice,
        second_case,
        second_quiz,
        second_practice,
    ] = rest;
    let step = |name: &str, minutes: Option<u32>, needs: &[&str], kind: StepKind| Step {
        id: format!("{id}.{name}").parse().expect("an id"),
        needs: needs
            .iter()
            .map(|need| format!("{id}.{need}").parse().expect("an id"))
            .collect(),
        ..support::step("x", [capability], minutes, kind)
    };
    let quiz = |name: &str| {
        let question = |n| {
            let mut question = support::question("x", capability, 1, 3);
            question.id = format!("{id}.{name}-{n}").parse().expect("an id");
            question
        };
        StepKind::Quiz((1..=6).map(question).collect())
    };
    Module {
        id: id.parse().expect("an id"),
        title: id.to_owned(),
        capabilities: vec![capability.parse().expect("an id")],
        summary: None,
        owner: None,
        review_by: None,
        steps: vec![
            step(case, Some(case_minutes), &[], support::case()),
            step(first_quiz, None, &[case], quiz(first_quiz)),
            step(first_practice, Some(5), &[case], support::practice()),
            step(second_case, Some(3), &[], support::case()),
            step(second_quiz, None, &[second_case], quiz(second_quiz)),
            step(second_practice, Some(10), &[], support::practice()),
            step("ask-a-peer", Some(15), &[], support::talk(TalkWith::Peer)),
            step("with-a-mentor", Some(15), &[], support::talk(TalkWith::Mentor)),
            step(
                "what-stops-me",
                Some(2),
                &[],
                StepKind::Reflect(vec!["What stops me?".to_owned()]),
            ),
        ],
    }
}

/// Noon of a day.
pub(crate) fn noon(day: &str) -> Now {
    let today = support::date(day);
    Now {
        today,
        instant: Instant::from_seconds(Instant::end_of(today).seconds() - 43_199),
    }
}

/// Somebody with a shared log, and what their device noted privately.
pub(crate) struct Somebody {
    pub(crate) settings: Settings,
    pub(crate) device: DeviceId,
    pub(crate) shared: Vec<Event<'static>>,
    /// With the curriculum each line is about.
    pub(crate) private: Vec<(CurriculumId, PrivateLine)>,
    next: u128,
}

impl Somebody {
    pub(crate) fn new() -> Self {
        Self {
            settings: support::settings(Readiness::default()),
            device: "ana-laptop-7k2p".parse().expect("a device"),
            shared: Vec::new(),
            private: Vec::new(),
            next: 0,
        }
    }

    fn id(&mut self) -> EventId {
        self.next += 1;
        EventId::from_random(self.next.to_be_bytes())
    }

    /// Something happened, in the person's own words.
    pub(crate) fn did(&mut self, day: Date, fact: Fact<'static>) -> EventId {
        let id = self.id();
        self.shared.push(Event {
            id,
            seq: u64::try_from(self.next).expect("few events"),
            day,
            person: "ana".into(),
            by: "ana".into(),
            device: self.device.to_string().into(),
            fact,
            via: None,
        });
        id
    }

    pub(crate) fn finished(&mut self, curriculum: &Curriculum, day: Date, step: &str) -> EventId {
        let fact = Fact::Finished {
            curriculum: curriculum.id.to_string().into(),
            step: step.to_owned().into(),
            rev: 1,
        };
        self.did(day, fact)
    }

    pub(crate) fn practised(
        &mut self,
        curriculum: &Curriculum,
        day: Date,
        step: &str,
        capabilities: &[&str],
    ) -> EventId {
        let fact = Fact::Practised(Box::new(Practised {
            curriculum: curriculum.id.to_string().into(),
            step: step.to_owned().into(),
            rev: 1,
            capabilities: capabilities.iter().map(|id| (*id).to_owned().into()).collect(),
            personal: true,
            evidence: Some("did it".into()),
            witness: None,
            may_quote: false,
            measure: None,
        }));
        self.did(day, fact)
    }

    /// Another device published what it knows.
    pub(crate) fn recalled(
        &mut self,
        curriculum: &Curriculum,
        device: &'static str,
        day: Date,
        capability: &str,
        entries: Vec<CapsuleEntry>,
    ) {
        let fact = Fact::Recalled {
            curriculum: curriculum.id.to_string().into(),
            capability: capability.to_owned().into(),
            entries,
            damaged: 0,
        };
        self.did(day, fact);
        if let Some(event) = self.shared.last_mut() {
            event.device = device.into();
        }
    }

    pub(crate) fn answered(&mut self, curriculum: &Curriculum, at: Now, question: &str, correct: bool) {
        let (_, known) = curriculum.live_question(question).expect("a question");
        let id = self.id();
        let line = PrivateLine {
            id,
            seq: u64::try_from(self.next).expect("few events"),
            at: at.instant,
            day: at.today,
            thought: Thought::Answered {
                question: question.to_owned(),
                rev: 1,
                capability: known.capability.to_string(),
                correct,
            },
        };
        self.private.push((curriculum.id.clone(), line));
    }

    /// Looks at the person in some curricula, with the eyes of their device.
    pub(crate) fn seen<T>(
        &self,
        curricula: &[Curriculum],
        now: Now,
        look: impl FnOnce(&[Subject]) -> T,
    ) -> T {
        let events = support::united(&self.shared);
        let progress: Vec<_> = curricula
            .iter()
            .map(|c| fold(&events, c, &self.settings, now.today))
            .collect();
        let memories: Vec<Memory> = curricula.iter().map(|c| self.memory(c, now.today)).collect();
        let subjects: Vec<Subject> = curricula
            .iter()
            .zip(&progress)
            .zip(&memories)
            .map(|((curriculum, progress), memory)| Subject {
                curriculum,
                progress,
                own: Some(Own {
                    device: &self.device,
                    memory,
                }),
            })
            .collect();
        look(&subjects)
    }

    fn memory(&self, curriculum: &Curriculum, today: Date) -> Memory {
        let here = self.private.iter().filter(|(id, _)| *id == curriculum.id);
        let lines: Vec<PrivateLine> = here.map(|(_, line)| line.clone()).collect();
        support::recollect(curriculum, &self.settings, &lines, today).0
    }
}

/// Somebody half way through a flagship: in each module the first case, the first practice and, on several days, most of
/// the questions, some of them missed; a second device knows some, too.
pub(crate) fn half_way(curriculum: &Curriculum) -> Somebody {
    let mut person = Somebody::new();
    let first = support::date("2026-01-12");
    for (n, module) in curriculum.modules.iter().enumerate() {
        let started = first + 9 * i32::try_from(n).expect("few modules");
        person.finished(curriculum, started, module.steps[0].id.as_str());
        let capabilities = module.steps[2]
            .capabilities
            .iter()
            .map(AsRef::as_ref)
            .collect::<Vec<&str>>();
        person.practised(curriculum, started, module.steps[2].id.as_str(), &capabilities);
        for (m, question) in module.steps.iter().flat_map(Step::live_questions).enumerate() {
            for round in 0..m % 4 {
                let days = i32::try_from(round * (3 + m)).expect("few days");
                let mut at = noon(&(started + days).to_string());
                at.instant =
                    Instant::from_seconds(at.instant.seconds() + 40 * i64::try_from(m).expect("few"));
                person.answered(curriculum, at, question.id.as_str(), (m + round + n) % 5 != 0);
            }
        }
    }
    let known = |day: &str| CapsuleEntry {
        step: 1,
        day: support::date(day),
    };
    let capability = curriculum.capabilities[0].id.as_str();
    let entries = vec![known("2026-03-01"), known("2026-03-01"), known("2026-03-10")];
    person.recalled(
        curriculum,
        "ana-phone-q3xd",
        support::date("2026-03-10"),
        capability,
        entries,
    );
    person
}

/// The day of the screens.
pub(crate) fn today() -> Now {
    noon("2026-03-16")
}

/// Ana as the screens show her: an aim in Serve, four questions of it; eight questions and a talk in Reach; Lead reached.
pub(crate) fn ana(curriculum: &Curriculum) -> Somebody {
    let mut ana = Somebody::new();
    let fact = Fact::Aimed {
        text: "Answering complaints takes two days".into(),
        function: None,
        curriculum: Some("efficiency".into()),
        capability: Some("serve".into()),
    };
    ana.did(support::date("2026-02-09"), fact);
    let questions = |module: &str| -> Vec<String> {
        let steps = curriculum.module(module).expect("a module").live_steps();
        steps
            .flat_map(Step::live_questions)
            .map(|question| question.id.to_string())
            .collect()
    };
    let mut answer = |module: &str, on: &str, how_many: usize| {
        for question in &questions(module)[..how_many] {
            ana.answered(curriculum, noon(on), question, true);
        }
    };
    answer("rules-and-roles", "2026-02-02", 8);
    answer("rules-and-roles", "2026-02-11", 8);
    answer("answer-in-public", "2026-03-02", 4);
    answer("speak-to-your-market", "2026-03-12", 8);
    ana.practised(
        curriculum,
        support::date("2026-02-03"),
        "rules-and-roles.write-one-rule",
        &["lead"],
    );
    ana.practised(
        curriculum,
        support::date("2026-02-11"),
        "rules-and-roles.name-the-keys",
        &["lead"],
    );
    ana.did(support::date("2026-02-26"), met("reach"));
    ana
}

fn met(capability: &'static str) -> Fact<'static> {
    Fact::Met(Box::new(Met {
        curriculum: "efficiency".into(),
        meeting: format!("talk about {capability}").into(),
        with: vec!["jo".into()],
        role: TalkWith::Mentor,
        capabilities: vec![capability.into()],
        minutes: 15,
        attendance: Attendance::Present,
        commitment: None,
    }))
}
