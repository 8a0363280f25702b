//! What must hold for every history (`readiness.md` §13). The numbers in the names are those of that list.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use upwards::base::points::{Band, Points};
use upwards::base::time::{DAY_SECONDS, Date, Instant};
use upwards::model::curriculum::{Curriculum, Question, StepKind};
use upwards::model::event::{CapsuleEntry, Event, Fact};
use upwards::model::settings::Readiness;
use upwards::readiness::{
    Assessment, Behind, CapabilityAssessment, GATE_STEP, Item, Known, LIMIT_DAYS, Ladder, Part, Recall,
    Remedy, Scale, WayPartKind, guess_chance_of,
};

use crate::histories::{
    CAPABILITIES, DAY_0, Deed, DeedKind, History, PRACTICES, World, day, day_of, deed, gap, history, id,
    practised, questions,
};
use crate::model_support::{CURRICULUM, PrivateLine, Thought, dotted};

/// Every property is tried on so many histories.
fn cases() -> Config {
    Config {
        failure_persistence: None,
        ..Config::with_cases(1_000)
    }
}

/// What a capability is worth: points, what the gate counts, band.
type Numbers = (Points, Points, Band);

fn numbers(assessment: &Assessment) -> Vec<Numbers> {
    assessment.capabilities.iter().map(of_capability).collect()
}

fn of_capability(c: &CapabilityAssessment) -> Numbers {
    (c.total, c.gates.recalled_again, c.band)
}

/// Whether nothing of one is above the other.
fn is_at_most(low: &Assessment, high: &Assessment) -> bool {
    let pairs = numbers(low).into_iter().zip(numbers(high));
    pairs
        .into_iter()
        .all(|(low, high)| low.0 <= high.0 && low.1 <= high.1 && low.2 <= high.2)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn p01_p22_the_order_of_lines_and_files_means_nothing(
        history in history(),
        shuffle in any::<prop::sample::Index>(),
        copies in prop::collection::vec(any::<prop::sample::Index>(), 0..9),
    ) {
        let world = World::of(&history);
        let mut delivered = world.clone();
        let place = if world.shared.is_empty() { 0 } else { shuffle.index(world.shared.len()) };
        delivered.shared.rotate_left(place);
        delivered.shared.reverse();
        if !world.shared.is_empty() {
            delivered.shared.extend(copies.iter().map(|i| world.shared[i.index(world.shared.len())].clone()));
        }
        for lines in delivered.private.values_mut() {
            lines.extend(lines.clone());
            lines.reverse();
        }
        prop_assert_eq!(delivered.leaders(), world.leaders());
        prop_assert_eq!(delivered.own(&World::laptop()), world.own(&World::laptop()));
    }

    #[test]
    fn p02_lines_add_up_and_stay_in_their_slots(history in history()) {
        for c in World::of(&history).own(&World::laptop()).capabilities {
            prop_assert_eq!(c.slots.iter().map(|slot| slot.points).sum::<Points>(), c.total);
            prop_assert!(c.total <= Points::FULL);
            let budgets = Part::ALL.map(|part| c.budgets.of(part));
            prop_assert_eq!(budgets.into_iter().sum::<Points>(), Points::FULL);
            for part in Part::ALL {
                prop_assert_eq!(c.slots_of(part).map(|slot| slot.points).sum::<Points>(), c.points.of(part));
                prop_assert!(c.slots_of(part).map(|slot| slot.budget).sum::<Points>() <= c.budgets.of(part));
            }
            prop_assert!(c.slots.iter().all(|slot| Points::ZERO <= slot.points && slot.points <= slot.budget));
        }
    }

    #[test]
    fn p03_one_more_good_deed_never_hurts(history in history(), good in good_deed()) {
        let world = World::of(&history);
        let mut more = world.clone();
        more.record(&good);
        let laptop = World::laptop();
        let days = [0, 30, 200];
        let (before, after) = (world.assess_in(Some(&laptop), days), more.assess_in(Some(&laptop), days));
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(is_at_most(before, after), "{:?} {:?}", numbers(before), numbers(after));
        }
    }

    #[test]
    fn p04_time_alone_never_raises_anything(history in history()) {
        let world = World::of(&history);
        let laptop = World::laptop();
        let looks = world.assess_in(Some(&laptop), [0, 1, 2, 30, 300]);
        for pair in looks.windows(2) {
            prop_assert!(is_at_most(&pair[1], &pair[0]));
        }
    }

    #[test]
    fn p05_nobody_is_ready_without_a_practice_of_their_own(
        history in history(),
        weights in (0..=9_u32, 0..=9_u32, 1..=9_u32),
        thresholds in (0..100_u32, 0..3_u32, 0..=100_u32),
    ) {
        let mut world = World::of(&history);
        world.shared.retain(|event| !(matches!(event.fact, Fact::Practised(_)) && event.by == "ana"));
        let (ready, hands_on_needed, knowledge_floor) = thresholds;
        world.settings.readiness = Readiness {
            weights: [weights.0, weights.1, weights.2],
            ready,
            building: 0,
            hands_on_needed,
            knowledge_floor,
            hands_on_fresh_days: 0,
            ..Readiness::default()
        };
        let assessment = world.own(&World::laptop());
        prop_assert!(assessment.capabilities.iter().all(|c| c.band < Band::Ready));
    }

    #[test]
    fn p06_retiring_a_question_costs_no_more_than_rounding(history in history(), question in 0..13_usize) {
        let world = World::of(&history);
        let mut retired = world.clone();
        the_question(&mut retired.curriculum, question).retired = true;
        let laptop = World::laptop();
        for (before, after) in world.own(&laptop).capabilities.iter().zip(&retired.own(&laptop).capabilities) {
            let most = Points::from_tenths(i64::from(before.needs.knowledge));
            prop_assert!(before.total <= after.total + most);
        }
    }

    #[test]
    fn p07_a_capsule_says_all_that_the_answers_say(history in history(), later in 0..200_i32) {
        let mut world = World::of(&history);
        let leaders = shared_view(world.leaders());
        for device in [World::laptop(), World::phone()] {
            prop_assert_eq!(shared_view(world.own(&device)), leaders.clone());
        }
        let as_of = world.as_of;
        world.shared.retain(|event| event.day <= as_of);
        world.private.values_mut().for_each(|lines| lines.retain(|line| line.day <= as_of));
        let [leaders] = world.assess_in(None, [later]);
        for device in [World::laptop(), World::phone()] {
            let [own] = world.assess_in(Some(&device), [later]);
            prop_assert_eq!(numbers(&own), numbers(&leaders));
        }
    }

    #[test]
    fn p08_a_miss_costs_one_slot_at_most(
        history in history(),
        question in 0..13_usize,
        second in 0..400 * DAY_SECONDS,
    ) {
        let world = World::of(&history);
        let mut missed = world.clone();
        let kind = DeedKind::Answer { question, right: false };
        missed.record(&Deed { second, phone: false, kind });
        let laptop = World::laptop();
        let (before, after) = (world.own(&laptop), missed.own(&laptop));
        let (_, capability) = questions().nth(question).expect("a question");
        for (before, after) in before.capabilities.iter().zip(&after.capabilities) {
            if before.capability.as_str() == capability {
                let scale = scale(&world, before);
                let slot = scale.slots(Part::Knowledge).iter().max().copied().map_or(0, i64::from);
                prop_assert!(after.total <= before.total);
                prop_assert!((before.total - after.total).tenths() <= slot);
            } else {
                prop_assert_eq!(before, after);
            }
        }
    }

    #[test]
    fn p09_one_capability_never_changes_another(
        history in history(),
        more in prop::collection::vec(deed(0..400 * DAY_SECONDS, false, 0.7, 10), 1..9),
    ) {
        let world = World::of(&history);
        let mut changed = world.clone();
        for deed in more {
            changed.record(&only_in_the_first(deed));
        }
        let laptop = World::laptop();
        let (before, after) = (world.own(&laptop), changed.own(&laptop));
        prop_assert_eq!(before.capability("b"), after.capability("b"));
    }

    #[test]
    fn p10_reading_and_writing_for_oneself_change_nothing(history in history(), day in 0..400_i64) {
        let world = World::of(&history);
        let mut read = world.clone();
        for step in ["case", "reflect"] {
            let step = || dotted(step).into();
            let (curriculum, rev) = (|| CURRICULUM.into(), 1);
            let started = Fact::Started { curriculum: curriculum(), step: step(), rev };
            let finished = Fact::Finished { curriculum: curriculum(), step: step(), rev };
            for fact in [started, finished] {
                read.share(DAY_0 + day, "ana", "ana-laptop", fact);
            }
        }
        read.private.entry(World::laptop()).or_default().push(PrivateLine {
            id: id(1 << 40),
            seq: 1 << 40,
            at: Instant::from_seconds((DAY_0 + day) * DAY_SECONDS),
            day: Date::from_days(DAY_0 + day),
            thought: Thought::Other,
        });
        prop_assert_eq!(read.own(&World::laptop()), world.own(&World::laptop()));
        prop_assert_eq!(read.leaders(), world.leaders());
    }

    #[test]
    fn p11_a_confirmed_practice_is_one_of_ones_own(
        history in history(),
        ago in 0..400_i64,
        step in 0..4_usize,
        capability in 0..2_usize,
    ) {
        let world = World::of(&history);
        let today = i64::from(world.as_of.days_since_epoch());
        let fact = |personal| practised(PRACTICES[step], CAPABILITIES[capability], personal, "did it");
        let mut waiting = world.clone();
        let practice = waiting.share(today - ago, "ben", "ben-desk", fact(false));
        prop_assert_eq!(numbers(&waiting.leaders()), numbers(&world.leaders()));
        let mut confirmed = waiting;
        confirmed.share(today, "ana", "ana-laptop", Fact::Confirmed { reference: practice });
        let mut own = world;
        own.share(today - ago, "ana", "ana-laptop", fact(true));
        let (confirmed, own) = (confirmed.leaders(), own.leaders());
        prop_assert_eq!(numbers(&confirmed), numbers(&own));
        for (confirmed, own) in confirmed.capabilities.iter().zip(&own.capabilities) {
            prop_assert_eq!(confirmed.gates, own.gates);
            prop_assert_eq!(confirmed.ready_until, own.ready_until);
            prop_assert_eq!(&confirmed.limited_by, &own.limited_by);
        }
    }

    #[test]
    fn p12_what_is_taken_back_is_absent_and_may_come_back(history in history(), place in any::<prop::sample::Index>()) {
        let world = World::of(&history);
        let now: Vec<&Event> = world.shared.iter().filter(|event| event.day <= world.as_of).collect();
        let Some(event) = now.get(place.index(now.len().max(1))).copied() else {
            return Ok(());
        };
        let day = i64::from(event.day.days_since_epoch());
        let mut without = world.clone();
        without.shared.retain(|other| other.id != event.id);
        let mut taken_back = world.clone();
        let voided = taken_back.share(day, "ana", &event.device, Fact::Voided { reference: event.id });
        let mut restored = taken_back.clone();
        let ring = restored.share(day, "ana", &event.device, Fact::Voided { reference: voided });
        let laptop = World::laptop();
        prop_assert_eq!(taken_back.leaders(), without.leaders());
        prop_assert_eq!(taken_back.own(&laptop), without.own(&laptop));
        prop_assert_eq!(restored.leaders(), world.leaders());
        // It takes back itself: nothing happens.
        for event in restored.shared.iter_mut().filter(|event| event.id == ring) {
            event.fact = Fact::Voided { reference: ring };
        }
        prop_assert_eq!(restored.leaders(), without.leaders());
    }

    #[test]
    fn p13_a_bump_only_lowers_and_new_words_change_nothing(history in history(), question in 0..13_usize) {
        let world = World::of(&history);
        let laptop = World::laptop();
        let mut bumped = world.clone();
        the_question(&mut bumped.curriculum, question).rev = 2;
        for (before, after) in world.own(&laptop).capabilities.iter().zip(&bumped.own(&laptop).capabilities) {
            prop_assert!(after.total <= before.total);
        }
        let mut reworded = world.clone();
        the_question(&mut reworded.curriculum, question).text = "in other words".to_owned();
        prop_assert_eq!(reworded.own(&laptop), world.own(&laptop));
        let renamed = renamed(&world, question);
        prop_assert_eq!(shared_view(renamed.own(&laptop)), shared_view(world.own(&laptop)));
    }

    #[test]
    fn p14_ready_lasts_until_its_day_and_not_longer(history in history()) {
        let world = World::of(&history);
        let laptop = World::laptop();
        let today = world.own(&laptop);
        for c in &today.capabilities {
            prop_assert_eq!(c.limited_by.is_none(), c.band == Band::Ready);
            prop_assert_eq!(c.ready_until.is_some(), c.band == Band::Ready);
            prop_assert!(c.band < Band::Ready || c.gates.are_open());
            let Some(until) = c.ready_until else {
                prop_assert!(c.fades_by.is_none() && c.letter() != "R~");
                continue;
            };
            let days = until.days_since(world.as_of);
            let [last, next] = world.assess_in(Some(&laptop), [days, days + 1]);
            let band = |a: &Assessment| a.capability(c.capability.as_str()).map(|c| c.band);
            prop_assert_eq!(band(&last), Some(Band::Ready));
            prop_assert!(days == LIMIT_DAYS || band(&next) < Some(Band::Ready));
            prop_assert_eq!(c.letter() == "R~", days <= 30);
            prop_assert_eq!(c.fades_by.is_some(), days <= 30);
        }
    }

    #[test]
    fn p19_extremes_do_not_break_anything(
        history in history(),
        ladder_days in prop::sample::subsequence((1..=3_650_u32).collect::<Vec<_>>(), 6),
        needs in (0..=20_u32, 0..=10_u32, 0..=10_u32),
        rules in (0..=100_u32, 0..=100_u32, 0..=100_u32, 0..=36_500_u32),
        years in 0..200_i32,
        empty in any::<bool>(),
    ) {
        let mut world = World::of(&history);
        let (weight, ready, knowledge_floor, hands_on_fresh_days) = rules;
        world.settings.readiness = Readiness {
            ladder_days: ladder_days.try_into().expect("six steps"),
            weights: [weight, 0, 100 - weight],
            knowledge_needed: needs.0,
            hands_on_needed: needs.1,
            dialogue_needed: needs.2,
            building: ready / 2,
            ready,
            knowledge_floor,
            hands_on_fresh_days,
            hands_on_evidence: true,
        };
        if empty {
            world.curriculum.capabilities.clear();
            world.curriculum.modules.clear();
        }
        let [now, later] = world.assess_in(Some(&World::laptop()), [0, 366 * years]);
        prop_assert!(is_at_most(&later, &now));
        prop_assert!(now.capabilities.iter().all(|c| c.total <= Points::FULL));
    }

    /// Forty histories a case: only dense ones tell a moving anchor from a fixed one.
    #[test]
    fn p21_one_more_right_answer_never_lowers_a_question(
        histories in prop::collection::vec(dense_answers(), 40),
    ) {
        for (answers, extra, later) in histories {
            let last = answers.last().map_or(0, |(at, _)| *at);
            let place = extra.index(usize::try_from(last).expect("positive") + 1);
            let mut more = answers.clone();
            more.push((i64::try_from(place).expect("small"), true));
            more.sort_unstable();
            prop_assert!(worth(&answers, last + later) <= worth(&more, last + later), "{answers:?} {more:?}");
        }
    }

    #[test]
    fn p24_a_milestone_changes_nothing_but_itself(history in history(), ago in 0..30_i64) {
        let world = World::of(&history);
        let mut reached = world.clone();
        let on = i64::from(world.as_of.days_since_epoch()) - ago;
        let fact = Fact::Reached { curriculum: CURRICULUM.into(), capability: "a".into() };
        reached.share(on, "leo", "leo-desk", fact);
        let mut expected = world.leaders();
        expected.capabilities[0].reached_on = Some(Date::from_days(on));
        expected.overall.reached += 1;
        prop_assert_eq!(reached.leaders(), expected);
    }

    #[test]
    fn p25_the_promise_of_again_is_kept(history in one_device()) {
        let world = World::of(&history);
        for c in &world.leaders().capabilities {
            let Some((Item::Again, Remedy::QuestionsFrom(count, from))) =
                c.limited_by.as_ref().map(|limit| (limit.item, limit.remedy.clone()))
            else {
                continue;
            };
            prop_assert!(from >= world.as_of);
            let days = from.days_since(world.as_of);
            let [asked_nothing] = world.assess_in(Some(&World::laptop()), [days]);
            let capability = c.capability.as_str();
            let opens = |a: &Assessment| a.capability(capability).is_some_and(|c| c.gates.knowledge);
            prop_assert!(!opens(&asked_nothing));
            let asked = asked_on(&world, &to_ask(&world, capability, from), count, from);
            prop_assert!(opens(&asked.own(&World::laptop())));
        }
    }

    #[test]
    fn p26_the_way_leads_to_ready(history in one_device()) {
        let world = World::of(&history);
        for c in &world.leaders().capabilities {
            let Some(way) = &c.way else { continue };
            let capability = c.capability.as_str();
            let asked_today = way.parts.iter().find_map(|part| match part.what {
                WayPartKind::Questions(count, day) if day == world.as_of => Some(count),
                _ => None,
            });
            let can_be_full = if way.earliest > world.as_of {
                fresh_questions(&world, capability, |recall| recall.step == 0)
            } else {
                match fresh_questions(&world, capability, |_| true) {
                    enough if enough >= c.needs.knowledge => u32::MAX,
                    _ => 0,
                }
            };
            if asked_today > Some(can_be_full) {
                // Too many were missed today: it takes a day longer, which no capsule tells.
                continue;
            }
            let walked = walked(&world, capability, way.earliest);
            let band = walked.own(&World::laptop()).capability(capability).map(|c| c.band);
            prop_assert_eq!(band, Some(Band::Ready), "{:?}", way);
        }
    }

    #[test]
    fn p27_one_sitting_never_opens_the_gate(
        start in 0..DAY_SECONDS,
        answers in prop::collection::vec((0..3 * DAY_SECONDS, prop::bool::weighted(0.9)), 1..9),
    ) {
        let mut answers: Vec<_> = answers.into_iter().map(|(at, right)| (start + at, right)).collect();
        answers.sort_unstable();
        let first = answers[0].0.div_euclid(DAY_SECONDS);
        answers.retain(|(at, _)| at.div_euclid(DAY_SECONDS) <= first + 3);
        prop_assert!(recall(&answers).is_some_and(|recall| recall.step < GATE_STEP));
    }

    #[test]
    fn p28_the_guess_chance_is_that_of_all_outcomes(
        options in prop::collection::vec(2..=6_u32, 0..5),
        needed in 0..6_u32,
        knowledge_floor in 0..=100_u32,
    ) {
        let rules = Readiness { knowledge_floor, ..Readiness::default() };
        let chance = guess_chance_of(&options, needed, &rules);
        let numbers = (chance.numerator.parse::<u64>(), chance.denominator.parse::<u64>());
        let (Ok(numerator), Ok(denominator)) = numbers else {
            return Err(TestCaseError::fail("too large"));
        };
        let all: u64 = options.iter().map(|o| u64::from(o * o)).product();
        prop_assert_eq!(numerator * all, outcomes_that_open(&options, needed, &rules) * denominator);
    }
}

/// A property proves nothing on histories in which nothing happens: bands, fading, and every item must be among them.
#[test]
fn the_histories_go_everywhere() {
    let mut runner = TestRunner::deterministic();
    let (mut ready, mut fading) = (0, 0);
    let mut items = [0; 6];
    for _ in 0..1_000 {
        let history = history().new_tree(&mut runner).expect("a history").current();
        let world = World::of(&history);
        for c in world.leaders().capabilities {
            ready += usize::from(c.band == Band::Ready);
            fading += usize::from(c.is_fading());
            if let Some(limit) = c.limited_by {
                items[Item::ALL
                    .iter()
                    .position(|item| *item == limit.item)
                    .expect("listed")] += 1;
            }
        }
    }
    assert!(ready > 100 && fading > 20, "{ready} ready, {fading} fading");
    assert!(items.iter().all(|count| *count > 5), "{items:?}");
}

/// A right answer, a practice of one's own or a meeting, at any time.
fn good_deed() -> impl Strategy<Value = Deed> {
    deed(0..400 * DAY_SECONDS, false, 1.0, 13).prop_map(|deed| Deed {
        kind: match deed.kind {
            DeedKind::Practice { step, capability, .. } => DeedKind::Practice {
                step,
                capability,
                by_ben: false,
                blank: false,
            },
            DeedKind::Talk {
                meeting, capability, ..
            } => DeedKind::Talk {
                meeting,
                capability,
                attendance: upwards::model::event::Attendance::Present,
            },
            other => other,
        },
        ..deed
    })
}

/// Histories on one device that are looked at when all of it has happened, often right after the last deed.
fn one_device() -> impl Strategy<Value = History> {
    history().prop_map(|mut history| {
        history.deeds.iter_mut().for_each(|deed| deed.phone = false);
        let last = history.deeds.iter().map(Deed::last_second).max().unwrap_or(0);
        history.as_of = history.as_of.max(day_of(last));
        history
    })
}

/// The same deed in the first capability.
fn only_in_the_first(deed: Deed) -> Deed {
    let kind = match deed.kind {
        DeedKind::Round { right, .. } => DeedKind::Round { capability: 0, right },
        DeedKind::Practice {
            step, by_ben, blank, ..
        } => DeedKind::Practice {
            step,
            capability: 0,
            by_ben,
            blank,
        },
        DeedKind::Talk {
            meeting, attendance, ..
        } => DeedKind::Talk {
            meeting,
            capability: 0,
            attendance,
        },
        answer @ DeedKind::Answer { .. } => answer,
    };
    Deed { kind, ..deed }
}

/// What everybody may see of an assessment: no misses, and nothing that tells questions apart.
fn shared_view(mut assessment: Assessment) -> Assessment {
    for c in &mut assessment.capabilities {
        c.missed.clear();
        c.outdated.clear();
        for slot in &mut c.slots {
            if let Behind::Question { .. } = slot.behind {
                slot.behind = Behind::Question {
                    name: None,
                    step: 0,
                    right_on: assessment.as_of,
                    event: id(0),
                };
            }
        }
    }
    assessment
}

fn scale(world: &World, c: &CapabilityAssessment) -> Scale {
    let capability = world.curriculum.capability(c.capability.as_str()).expect("known");
    Scale::of(&world.curriculum, capability, &world.settings.readiness)
}

fn the_question(curriculum: &mut Curriculum, number: usize) -> &mut Question {
    let quiz = curriculum.modules[0]
        .steps
        .iter_mut()
        .find_map(|step| match &mut step.kind {
            StepKind::Quiz(questions) => Some(questions),
            _ => None,
        });
    &mut quiz.expect("a quiz")[number]
}

/// The same world after a question went on under another id.
fn renamed(world: &World, number: usize) -> World {
    let mut renamed = world.clone();
    let question = the_question(&mut renamed.curriculum, number);
    let former = question.id.clone();
    question.id = dotted("new-name").parse().expect("an id");
    let heir = question.id.clone();
    renamed.curriculum.former_questions.insert(former, heir);
    renamed
}

/// Answers to one question as (second, right), a place for one more, and how much later it is looked at.
fn dense_answers() -> impl Strategy<Value = (Vec<(i64, bool)>, prop::sample::Index, i64)> {
    let answers = prop::collection::vec((gap(), prop::bool::weighted(0.8)), 1..7).prop_map(|gaps| {
        let mut now = 0;
        let at = |(gap, right)| {
            now += gap;
            (now, right)
        };
        gaps.into_iter().map(at).collect()
    });
    let later = prop::sample::select(vec![0, DAY_SECONDS, 30 * DAY_SECONDS, 200 * DAY_SECONDS]);
    (answers, any::<prop::sample::Index>(), later)
}

fn recall(answers: &[(i64, bool)]) -> Option<Recall> {
    let ladder = Ladder::of(&Readiness::default());
    answers.iter().fold(None, |before, (second, right)| {
        let at = Instant::from_seconds(DAY_0 * DAY_SECONDS + second);
        Some(Recall::after(before, *right, at, at.utc_day(), &ladder))
    })
}

/// What one question is worth of a slot of 100.0.
fn worth(answers: &[(i64, bool)], second: i64) -> Points {
    let entry = recall(answers).and_then(|recall| recall.entry());
    let known = Known::from_entries(entry.into_iter().collect());
    let ladder = Ladder::of(&Readiness::default());
    known.points(&[1_000], &ladder, day(second.div_euclid(DAY_SECONDS)))
}

/// Questions of a capability in the order in which `again` counts on them: those that climb on a day, then the weakest
/// of those that count already.
fn to_ask(world: &World, capability: &str, from: Date) -> Vec<String> {
    let memory = world.memory(&World::laptop());
    let ladder = Ladder::of(&world.settings.readiness);
    let known = |is: &dyn Fn(CapsuleEntry) -> bool| -> Vec<(CapsuleEntry, String)> {
        let entries = memory
            .of(capability)
            .filter_map(|(name, question)| Some((question.recall.entry()?, name.to_owned())));
        entries.filter(|(entry, _)| is(*entry)).collect()
    };
    let mut climbing = known(&|entry| entry.step == 1 && entry.day + ladder.half_days(1) <= from);
    climbing.sort_by_key(|(entry, _)| entry.day);
    let mut counting = known(&|entry| entry.step >= GATE_STEP);
    let entries = counting.iter().map(|(entry, _)| *entry).collect();
    let ranks: Vec<CapsuleEntry> = Known::from_entries(entries).ranked(&ladder, from).collect();
    counting.sort_by_key(|(entry, _)| std::cmp::Reverse(ranks.iter().position(|rank| rank == entry)));
    climbing
        .into_iter()
        .chain(counting)
        .map(|(_, name)| name)
        .collect()
}

/// The same person after the first so many of these questions were answered right on a day: ten minutes after
/// midnight, or today at its very end.
fn asked_on(world: &World, names: &[String], count: u32, on: Date) -> World {
    let minute = if on > world.as_of { 10 } else { 23 * 60 + 59 };
    let mut asked = world.clone();
    for name in names.iter().take(count as usize) {
        let second = i64::from(on.days_since_epoch()) * DAY_SECONDS + minute * 60;
        asked.answer(&World::laptop(), second, short(name), true);
    }
    asked.as_of = on;
    asked
}

fn short(name: &str) -> &str {
    name.split_once('.').map_or(name, |(_, short)| short)
}

/// How many questions of some kind, and those never answered, can give full credit soon: not those missed today.
fn fresh_questions(world: &World, capability: &str, is_meant: impl Fn(&Recall) -> bool) -> u32 {
    let memory = world.memory(&World::laptop());
    let count = questions()
        .filter(|(_, c)| *c == capability)
        .filter(|(name, _)| match memory.question(&dotted(name)) {
            None => true,
            Some(question) => {
                let missed_today = question.recall.step == 0 && question.recall.anchor_day == world.as_of;
                is_meant(&question.recall) && !missed_today
            }
        })
        .count();
    u32::try_from(count).expect("few")
}

/// The same person after the way: what is missing today, everything again and all practices on its last day.
fn walked(world: &World, capability: &str, earliest: Date) -> World {
    let mut walked = world.clone();
    let laptop = World::laptop();
    let memory = world.memory(&laptop);
    let is_known = |name: &str| memory.question(&dotted(name)).is_some_and(|q| q.recall.step >= 1);
    let today = i64::from(world.as_of.days_since_epoch());
    let last = i64::from(earliest.days_since_epoch());
    let names: Vec<String> = questions()
        .filter(|(_, c)| *c == capability)
        .map(|(name, _)| name)
        .collect();
    for name in names.iter().filter(|name| last > today && !is_known(name)) {
        walked.answer(&laptop, today * DAY_SECONDS + 23 * 3_600, name, true);
    }
    for name in &names {
        walked.answer(&laptop, last * DAY_SECONDS + 13 * 3_600, name, true);
    }
    for step in PRACTICES {
        walked.share(
            last,
            "ana",
            laptop.as_str(),
            practised(step, capability, true, "did it"),
        );
    }
    walked.as_of = earliest;
    walked
}

/// Of all outcomes of two passes, weighted by how often a guesser has them, those that open the gate.
fn outcomes_that_open(options: &[u32], needed: u32, rules: &Readiness) -> u64 {
    let live = u32::try_from(options.len()).expect("few");
    let needs = [needed.min(live), rules.hands_on_needed, rules.dialogue_needed];
    let scale = Scale::from_needs(needs, rules);
    let floor = i64::from(rules.knowledge_floor) * scale.budget(Part::Knowledge).tenths();
    let mut open = 0;
    for outcome in 0..1_u32 << (2 * options.len()) {
        let right = |place: usize| outcome >> place & 1 == 1;
        let mut known = Vec::new();
        let mut weight = 1_u64;
        for (place, options) in options.iter().enumerate() {
            let passes = [right(2 * place), right(2 * place + 1)];
            known.extend(
                recall(&[(0, passes[0]), (4 * DAY_SECONDS, passes[1])]).and_then(|recall| recall.entry()),
            );
            let wrong = passes.iter().filter(|right| !**right).count();
            weight *= u64::from(options - 1).pow(u32::try_from(wrong).expect("two"));
        }
        known.retain(|entry| entry.step >= GATE_STEP);
        let points =
            Known::from_entries(known).points(scale.slots(Part::Knowledge), &Ladder::of(rules), day(4));
        if 100 * points.tenths() >= floor {
            open += weight;
        }
    }
    open
}
