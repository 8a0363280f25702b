//! What must hold for every history (`readiness.md` §13). The numbers in the names are those of that list.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use upwards::base::points::{Band, Points};
use upwards::base::time::{DAY_SECONDS, Date, Instant};
use upwards::model::curriculum::{Curriculum, Question, StepKind};
use upwards::model::event::{Attendance, Event, Fact};
use upwards::model::settings::Readiness;
use upwards::readiness::{
    Assessment, Behind, CapabilityAssessment, Item, LIMIT_DAYS, Limiting, Outline, Part, Scale, Trend,
    Yardstick,
};

use crate::histories::{
    CAPABILITIES, DAY_0, Deed, DeedKind, PRACTICES, World, cases, deed, history, id, practised, questions,
};
use crate::model_support::{CURRICULUM, PrivateLine, Thought, dotted};

/// What a capability is worth: points, what the gate counts, band.
pub(crate) type Numbers = (Points, Points, Band);

pub(crate) fn numbers(assessment: &Assessment) -> Vec<Numbers> {
    assessment.capabilities.iter().map(of_capability).collect()
}

fn of_capability(c: &CapabilityAssessment) -> Numbers {
    (c.total, c.gates.recalled_again, c.band)
}

/// Whether nothing of one is above the other.
pub(crate) fn is_at_most(low: &Assessment, high: &Assessment) -> bool {
    let pairs = numbers(low).into_iter().zip(numbers(high));
    pairs
        .into_iter()
        .all(|(low, high)| low.0 <= high.0 && low.1 <= high.1 && low.2 <= high.2)
}

proptest! {
    #![proptest_config(cases())]

    /// The few words of a trend are those of the whole assessment, on each of its days.
    #[test]
    fn an_outline_is_that_of_the_assessment(
        history in history(),
        gaps in prop::collection::vec(prop_oneof![0..9, 7..8, 0..200], 0..14),
    ) {
        let world = World::of(&history);
        let yardstick = Yardstick::of(&world.curriculum, &world.settings);
        let mut days = vec![world.as_of];
        for gap in gaps {
            days.push(days[days.len() - 1] + gap);
        }
        let seen: Vec<(Outline, Assessment)> = world.look(None, |progress, _| {
            let mut trend = Trend::until(days[days.len() - 1], &yardstick);
            let each = days.iter();
            each.map(|day| (trend.on(progress, 0, *day), yardstick.assess(progress, None, *day))).collect()
        });
        for (outline, Assessment { overall, .. }) in seen {
            prop_assert_eq!(outline.band, overall.band);
            prop_assert_eq!(outline.has_reached_all, overall.reached_on.is_some());
            let not_started = matches!(overall.limited_by, Some(limit) if limit.what == Limiting::NotStarted);
            prop_assert_eq!(outline.is_not_started, not_started);
        }
    }

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
    fn p12_what_is_taken_back_is_absent_and_may_come_back(
        history in history(),
        place in any::<prop::sample::Index>(),
    ) {
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
                attendance: Attendance::Present,
            },
            other => other,
        },
        ..deed
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
pub(crate) fn shared_view(mut assessment: Assessment) -> Assessment {
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
