//! A simulated executive: a head that learns and forgets, and sittings in which the real planner chooses and real events
//! are written, with the capsule and the milestones at the end as after every sitting.

use std::collections::BTreeMap;

use upwards::base::id::{DeviceId, EventId, QuestionId, StepId};
use upwards::base::points::{Band, Points, Thousandths};
use upwards::base::time::{DAY_SECONDS, Date, Instant, Minutes, Now, Seconds};
use upwards::embedded;
use upwards::files::load_curriculum;
use upwards::model::curriculum::{Curriculum, Step, StepKind};
use upwards::model::event::{Attendance, Baseline, Fact, MeasureGrade, Met, Practised};
use upwards::model::settings::Readiness;
use upwards::plan::{Candidate, CandidateKind, Plan, Subject, plan, plan_among};
use upwards::readiness::{Assessment, unpublished};

use crate::histories::World;
use crate::model_support as support;

/// Day 0 of all executives, a Monday.
const FIRST: &str = "2026-01-05";

/// The curriculum that is shipped.
pub(crate) fn shipped() -> Curriculum {
    let id = "efficiency".parse().expect("an id");
    let loaded = load_curriculum(&embedded::curricula(), &id);
    loaded.value.expect("the shipped curriculum has no errors")
}

/// Its core: one module for each capability, each with two quizzes, two practices and talks. What the others add is more of
/// the same, and a year of hundreds of people takes three times as long.
pub(crate) fn core() -> Curriculum {
    let mut curriculum = shipped();
    let core = [
        "answer-in-public",
        "speak-to-your-market",
        "ask-outside",
        "rules-and-roles",
    ];
    curriculum
        .modules
        .retain(|module| core.contains(&module.id.as_str()));
    assert_eq!(curriculum.modules.len(), core.len());
    curriculum
}

/// The same with modules that build upon each other: each begins where the first practice of the one before is done,
/// and each second practice waits for the talk with a peer.
pub(crate) fn one_after_the_other() -> Curriculum {
    let mut curriculum = core();
    let mut before: Option<StepId> = None;
    for module in &mut curriculum.modules {
        let id_of = |steps: &[Step], is: &dyn Fn(&StepKind) -> bool| {
            let step = steps.iter().find(|step| is(&step.kind));
            step.map(|step| step.id.clone()).expect("a step of this kind")
        };
        let is_practice = |kind: &StepKind| matches!(kind, StepKind::Practice(_));
        let practice = id_of(&module.steps, &is_practice);
        let talk = id_of(&module.steps, &|kind| matches!(kind, StepKind::Talk(_)));
        for step in &mut module.steps {
            match &step.kind {
                StepKind::Case(_) => step.needs.extend(before.clone()),
                StepKind::Practice(_) if step.id != practice => step.needs.push(talk.clone()),
                _ => {}
            }
        }
        before = Some(practice);
    }
    curriculum
}

/// How somebody learns and forgets. All chances are in a thousand; the same seed gives the same luck with the n-th try
/// at a question, whenever that is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    pub(crate) seed: u64,
    /// Chance to be right at the first try.
    pub(crate) first: u64,
    /// Chance to be right straight after the right answer was seen.
    pub(crate) again: u64,
    /// Days after which half of what is above guessing is lost; each further right answer doubles them.
    pub(crate) half_life: u64,
}

/// What is right by guessing.
const GUESSED: u64 = 250;

/// What somebody went through with one question.
#[derive(Debug, Clone, Copy, Default)]
struct Lived {
    tries: u32,
    right_in_a_row: u32,
    last: Option<Date>,
}

impl Head {
    fn is_right(&self, question: &str, lived: &Lived, today: Date) -> bool {
        let chance = lived.last.map_or(self.first, |last| {
            let days = u64::try_from(today.days_since(last)).expect("days do not run back");
            let half = self.half_life << lived.right_in_a_row.min(6);
            GUESSED + (self.again - GUESSED) * half / (half + days)
        });
        self.dice(question, lived.tries) % 1_000 < chance
    }

    /// A number for the n-th try at something: its name by FNV-1a, then a step of SplitMix64.
    pub(crate) fn dice(&self, name: &str, n: u32) -> u64 {
        let named = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let turn = u64::from(n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (named ^ self.seed.rotate_left(32)).wrapping_add(turn);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// One thing done in a sitting.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// The second figure of a practice.
    Figure(EventId),
    /// A case, a practice or a reflection.
    Step(StepId),
    /// One question of a quiz.
    Question(StepId, QuestionId),
}

/// A plan by names, and what it promises.
pub(crate) struct Planned {
    pub(crate) acts: Vec<Act>,
    /// All of it, second figures too.
    pub(crate) seconds: Seconds,
    pub(crate) proven: bool,
    /// What its steps may add to each capability that it touches.
    pub(crate) gains: BTreeMap<String, Points>,
    /// Points and band of each capability that it touches, if all comes out right.
    pub(crate) promised: BTreeMap<String, (Points, Band)>,
}

impl Planned {
    fn of(plan: &Plan) -> Self {
        let figures = plan.measures.iter().map(|measure| Act::Figure(measure.practice));
        let mut acts: Vec<Act> = figures.collect();
        let mut gains = BTreeMap::new();
        for planned in &plan.steps {
            let step = &planned.step.id;
            let questions = planned.questions.iter();
            acts.extend(questions.map(|question| Act::Question(step.clone(), question.id.clone())));
            if !matches!(planned.step.kind, StepKind::Quiz(_)) {
                acts.push(Act::Step(step.clone()));
            }
            for gain in &planned.up_to {
                let sum = gains.entry(gain.capability.to_string()).or_insert(Points::ZERO);
                *sum += gain.points;
            }
        }
        let figures: Seconds = plan.measures.iter().map(|_| Seconds(60)).sum();
        let outcomes = plan.outcomes.iter().map(|outcome| &outcome.difference);
        Self {
            acts,
            seconds: plan.seconds + figures,
            proven: plan.proven,
            gains,
            promised: outcomes
                .map(|d| (d.capability.to_string(), (d.after.total, d.after.band)))
                .collect(),
        }
    }
}

/// Somebody with a head, devices, and everything that was recorded about them.
pub(crate) struct Executive {
    pub(crate) world: World,
    pub(crate) head: Head,
    /// The device they sit at.
    pub(crate) device: DeviceId,
    pub(crate) now: Now,
    lived: BTreeMap<QuestionId, Lived>,
}

impl Executive {
    /// Somebody on the morning of day 0.
    pub(crate) fn new(curriculum: Curriculum, head: Head) -> Self {
        let today = support::date(FIRST);
        let mut executive = Self {
            world: World::empty(curriculum, Readiness::default(), today),
            head,
            device: World::laptop(),
            now: Now {
                today,
                instant: Instant::end_of(today),
            },
            lived: BTreeMap::new(),
        };
        executive.comes_to(0, 8);
        executive
    }

    /// It is so many days after day 0, and so many hours after midnight.
    pub(crate) fn comes_to(&mut self, day: i32, hour: i64) {
        let today = support::date(FIRST) + day;
        let midnight = i64::from(today.days_since_epoch()) * DAY_SECONDS;
        self.world.as_of = today;
        self.now = Now {
            today,
            instant: Instant::from_seconds(midnight + hour * 3_600),
        };
    }

    fn passes(&mut self, time: Seconds) {
        let second = self.now.instant.seconds() + i64::from(time.0);
        self.now.instant = Instant::from_seconds(second);
    }

    /// Where they stand, with their own eyes.
    pub(crate) fn own(&self) -> Assessment {
        self.world.own(&self.device)
    }

    /// Looks at somebody as the planner does.
    fn seen<T>(&self, look: impl FnOnce(&[Subject]) -> T) -> T {
        self.world.look(Some(&self.device), |progress, own| {
            look(&[Subject {
                curriculum: &self.world.curriculum,
                progress,
                own: own.copied(),
            }])
        })
    }

    /// What the planner makes of so many minutes.
    pub(crate) fn planned(&self, minutes: u32) -> Planned {
        let settings = &self.world.settings;
        self.seen(|subjects| Planned::of(&plan(subjects, settings, self.now, Minutes(minutes))))
    }

    /// The same with some kinds of steps only.
    pub(crate) fn planned_among(&self, kinds: &[CandidateKind], minutes: u32) -> Planned {
        let (settings, minutes) = (&self.world.settings, Minutes(minutes));
        let is_wanted = |candidate: &Candidate| kinds.contains(&candidate.kind);
        self.seen(|subjects| Planned::of(&plan_among(subjects, settings, self.now, minutes, is_wanted)))
    }

    /// Whether the person can do a step in the order of a plan: everything it needs is done.
    pub(crate) fn can_do(&self, step: &StepId) -> bool {
        let needs = &self.step(step).needs;
        self.world.look(None, |progress, _| {
            needs.iter().all(|need| progress.is_settled(need.as_str()))
        })
    }

    pub(crate) fn has_done(&self, step: &StepId) -> bool {
        self.world
            .look(None, |progress, _| progress.is_done(step.as_str()))
    }

    fn step(&self, id: &StepId) -> &Step {
        self.world.curriculum.step(id.as_str()).expect("a step")
    }

    /// The person's own word, on the device they sit at.
    pub(crate) fn tells(&mut self, fact: Fact<'static>) -> EventId {
        let device = self.device.clone();
        self.somebody_tells("ana", device.as_str(), fact)
    }

    /// Somebody's word about the person.
    pub(crate) fn somebody_tells(&mut self, by: &str, device: &str, fact: Fact<'static>) -> EventId {
        let day = i64::from(self.now.today.days_since_epoch());
        self.world.share(day, by, device, fact)
    }

    /// Does one thing; `Some` says whether a question was answered right.
    pub(crate) fn does(&mut self, act: &Act) -> Option<bool> {
        let per_question = self.world.settings.plan.seconds_per_question;
        match act {
            Act::Figure(practice) => {
                self.passes(Seconds(60));
                self.tells(Fact::Measured {
                    reference: *practice,
                    after: Thousandths::parse("4").expect("a number"),
                    n: None,
                    grade: MeasureGrade::Observed,
                });
                None
            }
            Act::Step(id) => {
                let step = self.step(id);
                let time = step.seconds(per_question);
                let fact = match step.kind {
                    StepKind::Practice(_) => self.practised(id, true),
                    StepKind::Case(_) | StepKind::Reflect(_) => self.finished(id),
                    _ => panic!("{id} is not done alone"),
                };
                self.passes(time);
                self.tells(fact);
                None
            }
            Act::Question(quiz, question) => {
                self.passes(Seconds(per_question));
                let right = self.answers(question);
                self.finishes_if_answered(quiz);
                Some(right)
            }
        }
    }

    fn answers(&mut self, question: &QuestionId) -> bool {
        let today = self.now.today;
        let lived = self.lived.entry(question.clone()).or_default();
        let right = self.head.is_right(question.as_str(), lived, today);
        *lived = Lived {
            tries: lived.tries + 1,
            right_in_a_row: if right { lived.right_in_a_row + 1 } else { 0 },
            last: Some(today),
        };
        let second = self.now.instant.seconds();
        self.world
            .answer_to(&self.device, second, question.as_str(), right);
        right
    }

    /// A quiz is finished when all its questions were answered on this device.
    fn finishes_if_answered(&mut self, quiz: &StepId) {
        let memory = self.world.memory(&self.device);
        let all = self
            .step(quiz)
            .live_questions()
            .all(|question| memory.question(question.id.as_str()).is_some());
        if all && !self.has_done(quiz) {
            let fact = self.finished(quiz);
            self.tells(fact);
        }
    }

    fn curriculum(&self) -> String {
        self.world.curriculum.id.to_string()
    }

    fn finished(&self, step: &StepId) -> Fact<'static> {
        Fact::Finished {
            curriculum: self.curriculum().into(),
            step: step.to_string().into(),
            rev: self.step(step).rev,
        }
    }

    /// A practice with a line on it, and the first figure where its step asks for one.
    pub(crate) fn practised(&self, id: &StepId, personal: bool) -> Fact<'static> {
        let step = self.step(id);
        let StepKind::Practice(practice) = &step.kind else {
            panic!("{id} is no practice")
        };
        Fact::Practised(Box::new(Practised {
            curriculum: self.curriculum().into(),
            step: id.to_string().into(),
            rev: step.rev,
            capabilities: step.capabilities.iter().map(|c| c.to_string().into()).collect(),
            personal,
            evidence: Some("did it".into()),
            witness: None,
            may_quote: false,
            measure: practice.measure.as_ref().map(|measure| Baseline {
                before: Thousandths::parse("19").expect("a number"),
                unit: measure.unit.clone().into(),
                period: measure.period.clone().into(),
                n: None,
            }),
        }))
    }

    /// The talk of the n-th capability with a peer, held outside the minutes for learning.
    pub(crate) fn talk(&self, capability: usize, attendance: Attendance) -> Fact<'static> {
        let curriculum = &self.world.curriculum;
        let capability = &curriculum.capabilities[capability].id;
        let steps = curriculum.live_steps();
        let mut talks = steps.filter_map(|(_, step)| match &step.kind {
            StepKind::Talk(talk) if step.capabilities.contains(capability) => Some((step, talk.with)),
            _ => None,
        });
        let (step, role) = talks.next().expect("a talk");
        Fact::Met(Box::new(Met {
            curriculum: self.curriculum().into(),
            meeting: step.id.to_string().into(),
            with: vec!["kim".into()],
            role,
            capabilities: step.capabilities.iter().map(|c| c.to_string().into()).collect(),
            minutes: 15,
            attendance,
            commitment: None,
        }))
    }

    /// A leader assigns all modules, one due every three weeks.
    pub(crate) fn is_assigned_everything(&mut self) {
        let modules: Vec<String> = self
            .world
            .curriculum
            .modules
            .iter()
            .map(|m| m.id.to_string())
            .collect();
        for (n, module) in (1..).zip(modules) {
            let fact = Fact::Assigned {
                curriculum: self.curriculum().into(),
                module: module.into(),
                due: Some(self.now.today + 21 * n),
                reason: None,
            };
            self.somebody_tells("leo", "leo-desk", fact);
        }
    }

    /// The end of a sitting: the capsule where it changed, then what is Ready for the first time.
    pub(crate) fn ends(&mut self) {
        let device = self.device.clone();
        let recalled: Vec<Fact<'static>> = self.world.look(Some(&device), |progress, own| {
            let own = own.expect("own eyes");
            let changed = unpublished(own.memory, progress, device.as_str()).into_iter();
            changed
                .map(|(capability, entries)| Fact::Recalled {
                    curriculum: self.curriculum().into(),
                    capability: capability.to_owned().into(),
                    entries,
                    damaged: 0,
                })
                .collect()
        });
        for fact in recalled {
            self.tells(fact);
        }
        for c in self.world.leaders().capabilities {
            if c.band == Band::Ready && c.reached_on.is_none() {
                self.tells(Fact::Reached {
                    curriculum: self.curriculum().into(),
                    capability: c.capability.to_string().into(),
                });
            }
        }
    }
}
