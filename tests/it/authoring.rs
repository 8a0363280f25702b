//! A year of authoring over people with history: nobody's points or bands ever change in a way that was not announced
//! before, neither to their own eyes nor to leaders, at once nor once their devices have spoken.

use std::collections::{BTreeMap, BTreeSet};

use upwards::base::id::{CapabilityId, DeviceId};
use upwards::change;
use upwards::model::curriculum::{Curriculum, StepKind};
use upwards::model::event::Attendance;

use crate::author::{Author, KINDS};
use crate::change_support::{announced, announced_since, point};
use crate::executive::{Act, Executive, Head, core};
use crate::histories::World;

const WEEKS: i32 = 52;

/// What came of a year.
#[derive(Debug, Default)]
struct Seen {
    changes: usize,
    kinds: BTreeSet<&'static str>,
    /// Capabilities of somebody that changed at once, to leaders.
    at_once: usize,
    /// Capabilities of somebody that changed once the devices had published anew.
    later: usize,
    /// Those of them that were outside what is told without the rare cases.
    seldom: usize,
    /// Ranges that were told, and those that hold more than one number.
    told: (usize, usize),
}

struct Person {
    who: Executive,
    devices: Vec<DeviceId>,
    /// The state under which all their devices published last.
    published_under: Curriculum,
}

impl Person {
    fn new(seed: u64, curriculum: &Curriculum) -> Self {
        let head = Head {
            seed,
            first: 550 + 60 * seed,
            again: 960,
            half_life: 40,
        };
        let mut who = Executive::new(curriculum.clone(), head);
        who.is_assigned_everything();
        let devices = if seed.is_multiple_of(2) {
            vec![World::laptop()]
        } else {
            vec![World::laptop(), World::phone()]
        };
        Self {
            who,
            devices,
            published_under: curriculum.clone(),
        }
    }

    /// An hour with questions, and now and then something done or talked about.
    fn sits(&mut self, author: &mut Author) {
        let place = author.below(self.devices.len());
        self.who.device = self.devices[place].clone();
        for _ in 0..10 + author.below(12) {
            let live: Vec<Act> = self
                .who
                .world
                .curriculum
                .live_questions()
                .map(|(quiz, question)| Act::Question(quiz.id.clone(), question.id.clone()))
                .collect();
            if live.is_empty() {
                break;
            }
            let act = live[author.below(live.len())].clone();
            self.who.does(&act);
        }
        let doable = |kind: &StepKind| !matches!(kind, StepKind::Quiz(_) | StepKind::Talk(_));
        let steps: Vec<Act> = self
            .who
            .world
            .curriculum
            .live_steps()
            .filter(|(_, step)| doable(&step.kind))
            .map(|(_, step)| Act::Step(step.id.clone()))
            .collect();
        if author.below(2) == 0 && !steps.is_empty() {
            let act = steps[author.below(steps.len())].clone();
            self.who.does(&act);
        }
        let curriculum = &self.who.world.curriculum;
        let is_talked_about = |id: &CapabilityId| {
            let mut talks = curriculum.live_steps();
            talks.any(|(_, step)| matches!(step.kind, StepKind::Talk(_)) && step.capabilities.contains(id))
        };
        let capabilities = curriculum.capabilities.iter().enumerate();
        let about: Vec<usize> = capabilities
            .filter(|(_, capability)| is_talked_about(&capability.id))
            .map(|(place, _)| place)
            .collect();
        if author.below(9) == 0 && !about.is_empty() {
            let fact = self
                .who
                .talk(about[author.below(about.len())], Attendance::Present);
            self.who.tells(fact);
        }
    }

    /// All devices publish what they know, and leaders see what was announced since they did so last.
    fn publishes(&mut self, seen: &mut Seen) {
        let world = &self.who.world;
        let told = announced_since(world, &self.published_under, None, &world.curriculum);
        let before = world.leaders();
        for device in self.devices.clone() {
            self.who.device = device;
            self.who.ends();
        }
        let after = self.who.world.leaders();
        for turn in &told.turns {
            let capability = turn.capability.as_deref();
            let (Some(was), Some(now)) = (point(&before, capability), point(&after, capability)) else {
                continue;
            };
            let at_most = turn.at_most.expect("it is there");
            assert!(
                at_most.holds(now),
                "{capability:?}: {now:?}, not in {at_most:?}, after {was:?}"
            );
            seen.later += usize::from(was != now);
            let later = turn.later.expect("it is there");
            seen.seldom += usize::from(!later.holds(now));
            seen.told.0 += 1;
            seen.told.1 += usize::from(later.least != later.most);
        }
        self.published_under = self.who.world.curriculum.clone();
    }

    /// The curriculum becomes another: what is announced before is what is there afterwards.
    fn lives_through(&mut self, new: &Curriculum, seen: &mut Seen) {
        let world = &self.who.world;
        let told = announced(world, None, new);
        let own: Vec<_> = self
            .devices
            .iter()
            .map(|device| (device.clone(), announced(world, Some(device), new)))
            .collect();
        let (leaders, eyes) = (world.leaders(), self.devices.iter().map(|d| world.own(d)));
        let eyes: Vec<_> = eyes.collect();
        let reached = |assessment: &upwards::readiness::Assessment| -> BTreeMap<String, Option<_>> {
            let all = assessment.capabilities.iter();
            all.map(|c| (c.capability.to_string(), c.reached_on)).collect()
        };
        let was_reached = reached(&leaders);
        self.who.world.curriculum = new.clone();
        let world = &self.who.world;
        let now = world.leaders();
        for turn in &told.turns {
            let capability = turn.capability.as_deref();
            assert_eq!(turn.before, point(&leaders, capability), "{capability:?}");
            assert_eq!(turn.after, point(&now, capability), "{capability:?}");
            seen.at_once += usize::from(turn.before != turn.after);
            assert!(
                turn.is_told() || turn.before == turn.after || turn.before.is_none() || turn.after.is_none()
            );
        }
        // Nobody is left out: every capability before and after has its line.
        let lines: BTreeSet<Option<&str>> = told.turns.iter().map(|t| t.capability.as_deref()).collect();
        for assessment in [&leaders, &now] {
            for c in &assessment.capabilities {
                assert!(lines.contains(&Some(c.capability.as_str())));
            }
        }
        for (id, day) in reached(&now) {
            if let Some(before) = was_reached.get(&id) {
                assert_eq!(*before, day, "what was reached stays");
            }
        }
        for ((device, told), before) in own.iter().zip(&eyes) {
            let now = world.own(device);
            for turn in &told.turns {
                let capability = turn.capability.as_deref();
                assert_eq!(turn.before, point(before, capability), "{capability:?}");
                assert_eq!(turn.after, point(&now, capability), "{capability:?}");
            }
        }
    }
}

fn year(seed: u64, people: u64) -> Seen {
    let mut curriculum = core();
    let mut author = Author::new(seed);
    let mut people: Vec<Person> = (0..people).map(|n| Person::new(n, &curriculum)).collect();
    let mut seen = Seen::default();
    // Every kind in its turn, in another order than that of the list.
    let mut kinds = KINDS.iter().cycle().step_by(7);
    for week in 0..WEEKS {
        for person in &mut people {
            person.who.comes_to(7 * week, 8);
            person.publishes(&mut seen);
            if author.below(3) > 0 {
                person.sits(&mut author);
                person.publishes_what_it_learnt();
            }
        }
        for _ in 0..2 {
            let kind = kinds.next().expect("they go round");
            let today = people[0].who.now.today;
            let Some(new) = author.change(kind, &curriculum, today) else {
                continue;
            };
            seen.changes += 1;
            seen.kinds.insert(kind);
            let old = State::of(&curriculum);
            let found = change::changes(&old, &State::of(&new), &people[0].who.world.settings);
            assert!(!found.is_empty(), "{kind}: no change was found");
            for person in &mut people {
                person.lives_through(&new, &mut seen);
                // Most devices speak at once; of the others what happened since they spoke last is announced together.
                if author.below(4) > 0 {
                    person.publishes(&mut seen);
                }
            }
            curriculum = new;
        }
    }
    seen
}

impl Person {
    /// The end of a sitting: what was learnt is published, and nothing was announced of it.
    fn publishes_what_it_learnt(&mut self) {
        for device in self.devices.clone() {
            self.who.device = device;
            self.who.ends();
        }
    }
}

/// A state without cases.
struct State;

impl State {
    fn of(curriculum: &Curriculum) -> change::State {
        change::State {
            curriculum: curriculum.clone(),
            cases: BTreeMap::new(),
            translations: BTreeMap::new(),
        }
    }
}

#[test]
fn a_year_of_authoring_changes_nothing_that_was_not_announced() {
    let (mut kinds, mut at_once, mut later, mut seldom) = (BTreeSet::new(), 0, 0, 0);
    for seed in 0..2 {
        let seen = year(seed, 3);
        assert!(seen.changes >= 40, "seed {seed}: {seen:?}");
        kinds.extend(seen.kinds.iter().copied());
        at_once += seen.at_once;
        later += seen.later;
        seldom += seen.seldom;
        // What is told is worth something: most of it is one number.
        assert!(3 * seen.told.1 < seen.told.0, "seed {seed}: {seen:?}");
    }
    // The year was one: every kind of change came, and many of them moved somebody.
    assert_eq!(kinds.len(), KINDS.len(), "{kinds:?}");
    assert!(at_once > 50 && later > 20, "{at_once} at once, {later} later");
    assert!(10 * seldom < later, "{seldom} of {later} were rare cases");
}
