//! What holds at every sitting of every executive (`readiness.md`): watched act by act, and looked at with both pairs of
//! eyes, today and on later days.

use std::collections::BTreeMap;

use upwards::base::id::{CapabilityId, QuestionId};
use upwards::base::points::{Band, Points};
use upwards::base::time::{DAY_SECONDS, Date};
use upwards::model::curriculum::StepKind;
use upwards::model::event::{CapsuleEntry, Fact};
use upwards::readiness::{Assessment, Behind, CapabilityAssessment, GATE_STEP, Known, Ladder, Part, Scale};

use crate::executive::{Act, Executive, Planned};
use crate::histories::World;
use crate::model_support::{PrivateLine, Thought};
use crate::readiness_props::{is_at_most, numbers, shared_view};

/// Days after a sitting on which both pairs of eyes look again.
const LATER: [i32; 6] = [1, 4, 11, 30, 100, 400];

/// What was seen at the sittings so far.
#[derive(Default)]
pub(crate) struct Watch {
    last: Option<Date>,
    reached: BTreeMap<String, Date>,
    pub(crate) right: u32,
    pub(crate) missed: u32,
    /// Plans of which everything came out right.
    pub(crate) kept_in_full: u32,
}

impl Watch {
    /// One sitting of so many minutes as the planner fills it; how many seconds it took.
    pub(crate) fn sitting(&mut self, who: &mut Executive, minutes: u32) -> u32 {
        self.nothing_rises_by_itself(who);
        let planned = who.planned(minutes);
        self.goes_through(who, &planned, minutes)
    }

    /// A sitting in which a plan for so many minutes is carried out.
    pub(crate) fn goes_through(&mut self, who: &mut Executive, planned: &Planned, minutes: u32) -> u32 {
        let before = who.own();
        is_sound(planned, &before, minutes);
        let mut stands = before.clone();
        let (mut right, mut missed) = (0, 0);
        for act in &planned.acts {
            match watched(who, act, &mut stands) {
                Some(true) => right += 1,
                Some(false) => missed += 1,
                None => {}
            }
        }
        keeps_its_word(planned, &before, &stands, missed == 0);
        who.ends();
        self.looks(who);
        self.right += right;
        self.missed += missed;
        self.kept_in_full += u32::from(right > 0 && missed == 0);
        planned.seconds.0
    }

    /// A sitting without a plan: things asked for by name, one after the other.
    pub(crate) fn by_name(&mut self, who: &mut Executive, acts: &[Act]) {
        let mut stands = who.own();
        for act in acts {
            watched(who, act, &mut stands);
        }
        who.ends();
        self.looks(who);
    }

    /// Since the last look nobody did anything: nothing rose, and what was foreseen then is what is there now.
    pub(crate) fn nothing_rises_by_itself(&self, who: &mut Executive) {
        let (Some(last), today) = (self.last, who.now.today) else {
            return;
        };
        let now = who.own();
        who.world.as_of = last;
        let [then, foreseen] = who
            .world
            .assess_in(Some(&who.device), [0, today.days_since(last)]);
        who.world.as_of = today;
        assert!(is_at_most(&now, &then), "from {last} to {today}");
        assert_eq!(
            numbers(&now),
            numbers(&foreseen),
            "foreseen on {last} for {today}"
        );
    }

    /// Looks at where somebody stands: what leaders see is what the person sees on each device, today and later.
    pub(crate) fn looks(&mut self, who: &Executive) {
        let leaders = who.world.leaders();
        let later = who.world.assess_in(None, LATER);
        stands(who, &leaders);
        for device in [World::laptop(), World::phone()] {
            assert_eq!(
                shared_view(who.world.own(&device)),
                shared_view(leaders.clone()),
                "{device}"
            );
            for (own, leaders_then) in who.world.assess_in(Some(&device), LATER).into_iter().zip(&later) {
                assert!(is_at_most(&own, &leaders));
                assert_eq!(shared_view(own), shared_view(leaders_then.clone()), "{device}");
            }
        }
        for c in &leaders.capabilities {
            rests_on_evidence(who, c);
            let id = c.capability.to_string();
            if let Some(day) = self.reached.get(&id) {
                assert_eq!(c.reached_on, Some(*day), "{id} stays reached");
            }
            assert!(
                c.band < Band::Ready || c.reached_on.is_some(),
                "{id} is reached when it is Ready"
            );
            self.reached.extend(c.reached_on.map(|day| (id, day)));
        }
        assert_eq!(
            usize::try_from(leaders.overall.reached).ok(),
            Some(self.reached.len())
        );
        self.last = Some(who.now.today);
    }

    /// How many capabilities were ever Ready.
    pub(crate) fn reached(&self) -> usize {
        self.reached.len()
    }
}

/// A plan fits its minutes, and its steps add up to what it promises.
fn is_sound(planned: &Planned, before: &Assessment, minutes: u32) {
    assert!(planned.proven && planned.seconds.0 <= 60 * minutes);
    for c in &before.capabilities {
        let id = c.capability.as_str();
        let gain = planned.gains.get(id).copied().unwrap_or(Points::ZERO);
        let promised = planned.promised.get(id).map_or(c.total, |promised| promised.0);
        assert_eq!(c.total + gain, promised, "{id}");
    }
}

/// "Up to": nothing comes out above the promise, and exactly that if everything was right.
fn keeps_its_word(planned: &Planned, before: &Assessment, after: &Assessment, all_right: bool) {
    for (before, after) in before.capabilities.iter().zip(&after.capabilities) {
        let promised = planned
            .promised
            .get(before.capability.as_str())
            .copied()
            .unwrap_or((before.total, before.band));
        let came = (after.total, after.band);
        assert!(
            came.0 <= promised.0 && came.1 <= promised.1,
            "{came:?}, {promised:?}"
        );
        assert!(!all_right || came == promised, "{came:?}, {promised:?}");
    }
}

/// What an act may change.
enum Touched {
    Nothing,
    Practised(Vec<CapabilityId>),
    Asked(QuestionId, CapabilityId),
}

fn touched(who: &Executive, act: &Act) -> Touched {
    let curriculum = &who.world.curriculum;
    match act {
        Act::Figure(_) => Touched::Nothing,
        Act::Question(_, question) => {
            let (_, live) = curriculum.live_question(question.as_str()).expect("live");
            Touched::Asked(question.clone(), live.capability.clone())
        }
        Act::Step(id) => {
            let step = curriculum.step(id.as_str()).expect("a step");
            match step.kind {
                StepKind::Practice(_) => Touched::Practised(step.capabilities.clone()),
                _ => Touched::Nothing,
            }
        }
    }
}

/// Does one thing and looks at what it changed in where they stood; `Some` says whether a question was answered right.
fn watched(who: &mut Executive, act: &Act, stood: &mut Assessment) -> Option<bool> {
    let touched = touched(who, act);
    if let Act::Step(id) | Act::Question(id, _) = act {
        assert!(who.can_do(id), "{id} before what it needs");
    }
    let right = who.does(act);
    let before = std::mem::replace(stood, who.own());
    for (before, after) in before.capabilities.iter().zip(&stood.capabilities) {
        let id = &before.capability;
        match &touched {
            Touched::Practised(capabilities) if capabilities.contains(id) => {
                assert!(after.points.hands_on >= before.points.hands_on && after.gates.hands_on);
                assert_eq!(after.points.knowledge, before.points.knowledge);
            }
            Touched::Asked(question, capability) if capability == id => {
                let right = right.expect("a question was asked");
                moves_one_question(who, question, right, before, after);
            }
            _ => {
                // A case that was read makes a practice behind it cheaper: what is named beside the points may change.
                let stands = |c: &CapabilityAssessment| (c.total, c.points, c.gates, c.band, c.ready_until);
                assert_eq!(stands(before), stands(after), "{id} is not touched");
                assert_eq!(before.slots, after.slots, "{id} is not touched");
            }
        }
    }
    right
}

/// A right answer lowers nothing, a miss raises nothing and costs one slot at most; both are what the memory says.
fn moves_one_question(
    who: &Executive,
    question: &QuestionId,
    right: bool,
    before: &CapabilityAssessment,
    after: &CapabilityAssessment,
) {
    let id = after.capability.as_str();
    let known = [before, after].map(|c| (c.points.knowledge, c.gates.recalled_again));
    let [(points_before, gate_before), (points, gate)] = known;
    if right {
        assert!(points >= points_before && gate >= gate_before && after.band >= before.band);
    } else {
        let slots = scale(who, before);
        let slot = slots.slots(Part::Knowledge).iter().max().copied().unwrap_or(0);
        assert!(points <= points_before && gate <= gate_before && after.band <= before.band);
        assert!((points_before - points).tenths() <= i64::from(slot));
    }
    assert_eq!(after.total - points, before.total - points_before);
    assert_eq!((points, gate), remembered(who, after), "{id}");
    let days = after.slots.iter().filter_map(|slot| match &slot.behind {
        Behind::Question {
            name: Some(name),
            right_on,
            ..
        } if **name == *question.as_str() => Some(*right_on),
        _ => None,
    });
    let days: Vec<Date> = days.collect();
    let missed = after.missed.iter().any(|m| *m.question == *question.as_str());
    assert_eq!(missed, !right, "{question}");
    assert!(
        days.iter().all(|day| right && *day == who.now.today),
        "{question}"
    );
}

/// What is worth points and what the gate counts, put together from this device's memory and the others' capsules.
fn remembered(who: &Executive, c: &CapabilityAssessment) -> (Points, Points) {
    let id = c.capability.as_str();
    let (scale, ladder) = (scale(who, c), Ladder::of(&who.world.settings.readiness));
    let memory = who.world.memory(&who.device);
    let own = memory.of(id).filter_map(|(_, known)| known.recall.entry());
    let mut sources: Vec<Vec<CapsuleEntry>> = vec![own.collect()];
    who.world.look(None, |progress, _| {
        let others = progress.capsules_of(id).iter();
        let others = others.filter(|capsule| capsule.device != who.device.as_str());
        sources.extend(others.map(|capsule| capsule.entries.to_vec()));
    });
    let most = |from: u8| {
        let worth = sources.iter().map(|entries| {
            let counted = entries.iter().copied().filter(|entry| entry.step >= from);
            let known = Known::from_entries(counted.collect());
            known.points(scale.slots(Part::Knowledge), &ladder, who.now.today)
        });
        worth.max().unwrap_or(Points::ZERO)
    };
    (most(0), most(GATE_STEP))
}

fn scale(who: &Executive, c: &CapabilityAssessment) -> Scale {
    let curriculum = &who.world.curriculum;
    let capability = curriculum.capability(c.capability.as_str()).expect("known");
    Scale::of(curriculum, capability, &who.world.settings.readiness)
}

/// Points in their bounds, and gates, bands and the overall number as the model defines them.
fn stands(who: &Executive, assessment: &Assessment) {
    let rules = &who.world.settings.readiness;
    for c in &assessment.capabilities {
        assert!(Points::ZERO <= c.total && c.total <= Points::FULL);
        assert_eq!(c.slots.iter().map(|slot| slot.points).sum::<Points>(), c.total);
        assert!(
            c.slots
                .iter()
                .all(|slot| Points::ZERO <= slot.points && slot.points <= slot.budget)
        );
        for part in Part::ALL {
            assert!(c.points.of(part) <= c.budgets.of(part));
        }
        let hands_on = c.last_practice_on.is_some_and(|day| {
            i64::from(assessment.as_of.days_since(day)) <= i64::from(rules.hands_on_fresh_days)
        });
        let needed = i64::from(rules.knowledge_floor) * c.budgets.knowledge.tenths();
        let knowledge = 100 * c.gates.recalled_again.tenths() >= needed;
        assert_eq!((c.gates.hands_on, c.gates.knowledge), (hands_on, knowledge));
        let tenths = c.total.tenths();
        let band = if tenths == 0 && c.last_practice_on.is_none() && c.last_talk_on.is_none() {
            Band::NotStarted
        } else if tenths < i64::from(rules.building) * 10 {
            Band::Exploring
        } else if tenths >= i64::from(rules.ready) * 10 && hands_on && knowledge {
            Band::Ready
        } else {
            Band::Building
        };
        assert_eq!(c.band, band, "{}", c.capability);
        assert_eq!(c.limited_by.is_none(), band == Band::Ready);
        assert_eq!(c.ready_until.is_some(), band == Band::Ready);
    }
    let sum: i64 = assessment
        .capabilities
        .iter()
        .map(|c| i64::from(c.weight) * c.total.tenths())
        .sum();
    let weights: i64 = assessment.capabilities.iter().map(|c| i64::from(c.weight)).sum();
    assert_eq!(assessment.overall.total.tenths(), sum / weights);
}

/// An open gate rests on what can be found in the logs by hand: a practice with one's own hands, and as many questions
/// as fill the floor, right on days far enough apart with no miss between.
fn rests_on_evidence(who: &Executive, c: &CapabilityAssessment) {
    if c.gates.hands_on {
        assert!(
            own_hands(who, c.capability.as_str()),
            "{} without own hands",
            c.capability
        );
    } else {
        assert!(c.band < Band::Ready);
    }
    if c.gates.knowledge {
        let slots = scale(who, c);
        let floor = i64::from(who.world.settings.readiness.knowledge_floor) * c.budgets.knowledge.tenths();
        let mut full = 0;
        let fewest = slots.slots(Part::Knowledge).iter().position(|slot| {
            full += 100 * i64::from(*slot);
            full >= floor
        });
        let fewest = fewest.map_or(0, |place| place + 1);
        let spaced = [World::laptop(), World::phone()].map(|device| {
            let lines = who.world.private.get(&device);
            spaced(lines.map_or(&[], Vec::as_slice), c.capability.as_str())
        });
        assert!(
            spaced.iter().any(|count| *count >= fewest),
            "{}: {spaced:?}",
            c.capability
        );
    } else {
        assert!(c.band < Band::Ready);
    }
}

/// Whether the log holds a practice by the person's own hands, or one that they confirmed.
fn own_hands(who: &Executive, capability: &str) -> bool {
    let events = &who.world.shared;
    events.iter().any(|event| match &event.fact {
        Fact::Practised(practised) => {
            let own = practised.personal && event.by == event.person;
            let confirmed = || {
                events.iter().any(|other| {
                    matches!(other.fact, Fact::Confirmed { reference } if reference == event.id)
                        && other.by == other.person
                })
            };
            practised.capabilities.iter().any(|c| *c == capability) && (own || confirmed())
        }
        _ => false,
    })
}

/// Questions of a capability, right since their last miss at least twice, half a week apart.
fn spaced(lines: &[PrivateLine], capability: &str) -> usize {
    let mut since: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for line in lines {
        let Thought::Answered {
            question,
            capability: of,
            correct,
            ..
        } = &line.thought
        else {
            continue;
        };
        let second = line.at.seconds();
        match since.get_mut(question.as_str()) {
            _ if of != capability => {}
            _ if !correct => drop(since.remove(question.as_str())),
            Some(span) => span.1 = second,
            None => drop(since.insert(question, (second, second))),
        }
    }
    let day = |second: i64| second.div_euclid(DAY_SECONDS);
    let far = |(first, last): &(i64, i64)| day(*last) - day(*first) >= 4 || last - first >= 84 * 3_600;
    since.values().filter(|span| far(span)).count()
}

/// Nothing that only the person may see is in what everybody sees.
pub(crate) fn tells_no_question(who: &Executive) {
    for event in &who.world.shared {
        let told = format!("{:?}", event.fact);
        let questions = who.world.curriculum.live_questions();
        for (_, question) in questions {
            assert!(
                !told.contains(&format!("\"{}\"", question.id)),
                "{} tells a question",
                event.fact.kind()
            );
        }
    }
}
