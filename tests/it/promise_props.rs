//! What is promised about later days is kept (`readiness.md` §13; the numbers in the names are those of that list).

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use upwards::base::id::DeviceId;
use upwards::base::points::Band;
use upwards::base::time::{DAY_SECONDS, Date};
use upwards::model::event::CapsuleEntry;
use upwards::readiness::{
    Assessment, GATE_STEP, Item, Known, LIMIT_DAYS, Ladder, Recall, Remedy, WayPartKind, assess, capsules,
};

use crate::histories::{Deed, History, PRACTICES, World, cases, day_of, history, practised, questions};
use crate::model_support::dotted;
use crate::readiness_props::shared_view;

proptest! {
    #![proptest_config(cases())]

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
    fn p07_own_numbers_are_the_leaders_with_one_device(history in by_turns(Just(vec![false])), days in later()) {
        own_numbers_are_the_leaders(&history, &days)?;
    }

    #[test]
    fn p07_own_numbers_are_the_leaders_with_two_devices(
        history in by_turns(two_devices()),
        days in later(),
    ) {
        own_numbers_are_the_leaders(&history, &days)?;
    }
}

/// Points, gates, bands, what limits and until when: on the day and on later ones the person sees on each device what
/// leaders see, nothing more happening.
fn own_numbers_are_the_leaders(history: &History, days: &[i32]) -> Result<(), TestCaseError> {
    let mut world = World::of(history);
    let as_of = world.as_of;
    world.shared.retain(|event| event.day <= as_of);
    world
        .private
        .values_mut()
        .for_each(|lines| lines.retain(|line| line.day <= as_of));
    let look = |device: Option<&DeviceId>, days: &[i32]| -> Vec<Assessment> {
        world.look(device, |progress, own| {
            let on = |days: &i32| assess(&world.curriculum, &world.settings, progress, own, as_of + *days);
            days.iter().map(on).map(shared_view).collect()
        })
    };
    // Where a band changes is where two pairs of eyes could differ by a day.
    let [today] = &look(None, &[0])[..] else {
        unreachable!("one day, one look")
    };
    let ends = today.capabilities.iter().filter_map(|c| c.ready_until);
    let ends = ends.flat_map(|day| [day.days_since(as_of), day.days_since(as_of) + 1]);
    let days: Vec<i32> = days.iter().copied().chain(ends).collect();
    let leaders = look(None, &days);
    for device in [World::laptop(), World::phone()] {
        prop_assert_eq!(look(Some(&device), &days), leaders.clone(), "{}", device);
    }
    Ok(())
}

/// The day itself, days on which questions may climb, and any up to the longest that is looked ahead.
fn later() -> impl Strategy<Value = Vec<i32>> {
    prop::collection::vec(2..=LIMIT_DAYS, 5).prop_map(|mut days| {
        days.extend([0, 1, 4, 11, 30]);
        days
    })
}

/// The property above proves something only where both devices know something.
#[test]
fn two_devices_know_something() {
    let mut runner = TestRunner::deterministic();
    let (mut both, mut ready) = (0, 0);
    for _ in 0..1_000 {
        let tree = by_turns(two_devices()).new_tree(&mut runner).expect("a history");
        let world = World::of(&tree.current());
        let knows = |device| capsules(&world.memory(&device)).contains_key("a");
        both += u32::from(knows(World::laptop()) && knows(World::phone()));
        let leaders = world.leaders();
        ready += u32::from(leaders.capabilities.iter().any(|c| c.band == Band::Ready));
    }
    assert!(both > 500 && ready > 50, "{both} on both devices, {ready} ready");
}

/// Turns of both devices.
fn two_devices() -> impl Strategy<Value = Vec<bool>> {
    prop::collection::vec(any::<bool>(), 0..7).prop_map(|mut turns| {
        turns.extend([true, false]);
        turns
    })
}

/// Histories whose deeds are recorded on the phone or not, by turns.
fn by_turns(turns: impl Strategy<Value = Vec<bool>>) -> impl Strategy<Value = History> {
    (history(), turns).prop_map(|(mut history, turns)| {
        for (deed, phone) in history.deeds.iter_mut().zip(turns.into_iter().cycle()) {
            deed.phone = phone;
        }
        history
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
