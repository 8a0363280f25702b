//! Two states of a curriculum and one person: what a change is said to do, and what it does.

use std::collections::BTreeMap;

use upwards::base::id::DeviceId;
use upwards::change::{Point, Sides, State, Stirs, Turn, Work, stirs, turns, work};
use upwards::disk::Tree;
use upwards::files::{CaseFolder, fill_case_steps, load_curriculum};
use upwards::model::curriculum::Curriculum;
use upwards::readiness::{Assessment, Ladder, Yardstick, assess};

use crate::histories::World;

/// What is told of a change to one pair of eyes.
pub(crate) struct Announced {
    pub(crate) turns: Vec<Turn>,
    pub(crate) work: Work,
}

/// A state from texts by path; whatever is wrong with them fails the test.
pub(crate) fn state(id: &str, texts: &BTreeMap<String, String>) -> State {
    let texts: Vec<(String, String)> = texts.iter().map(|(p, t)| (p.clone(), t.clone())).collect();
    let tree = Tree::Sent(texts.into());
    let id = id.parse().expect("an id");
    let loaded = load_curriculum(&tree, &id);
    let mut curriculum = loaded.value.unwrap_or_else(|| panic!("{:#?}", loaded.findings));
    let filled = fill_case_steps(&tree, &mut curriculum, "en");
    assert!(filled.value.is_some(), "{:#?}", filled.findings);
    let folder = CaseFolder::open(&tree, &id).expect("a folder");
    let cases = folder
        .ids()
        .iter()
        .map(|case| (case.clone(), folder.load(case, "en").value.expect("a case")));
    let cases = cases.collect();
    State {
        curriculum,
        cases,
        translations: BTreeMap::new(),
    }
}

/// What is told about the person of a world before the curriculum becomes another: to their own device, or to leaders.
pub(crate) fn announced(world: &World, device: Option<&DeviceId>, new: &Curriculum) -> Announced {
    announced_since(world, &world.curriculum, device, new)
}

/// The same from another state than that of the world.
pub(crate) fn announced_since(
    world: &World,
    old: &Curriculum,
    device: Option<&DeviceId>,
    new: &Curriculum,
) -> Announced {
    let under = |curriculum: &Curriculum| {
        let mut world = world.clone();
        world.curriculum = curriculum.clone();
        world
    };
    let (before, after) = (under(old), under(new));
    let settings = &world.settings;
    let (yard_before, yard_after) = (
        Yardstick::of(&before.curriculum, settings),
        Yardstick::of(&after.curriculum, settings),
    );
    let moving: Stirs = stirs(old, new);
    before.look(device, |old_progress, old_own| {
        after.look(device, |new_progress, new_own| {
            let judged = assess(&before.curriculum, settings, old_progress, old_own, world.as_of);
            let judged_after = assess(&after.curriculum, settings, new_progress, new_own, world.as_of);
            let old = Sides {
                curriculum: &before.curriculum,
                yardstick: &yard_before,
                progress: old_progress,
                assessment: &judged,
                own: old_own,
            };
            let new = Sides {
                curriculum: &after.curriculum,
                yardstick: &yard_after,
                progress: new_progress,
                assessment: &judged_after,
                own: new_own,
            };
            Announced {
                turns: turns(&old, &new, &moving, &Ladder::of(&settings.readiness)),
                work: work(&old, &new, settings.plan.seconds_per_question),
            }
        })
    })
}

/// Where somebody stands in a capability, or overall.
pub(crate) fn point(assessment: &Assessment, capability: Option<&str>) -> Option<Point> {
    match capability {
        Some(id) => assessment.capability(id).map(|c| Point {
            points: c.total,
            band: c.band,
        }),
        None => Some(Point {
            points: assessment.overall.total,
            band: assessment.overall.band,
        }),
    }
}
