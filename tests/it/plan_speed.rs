//! Big plans are proven best well within the node cap, whatever the minutes. Times are measured in `benches/plan.rs`, on
//! the same people.

use upwards::base::time::{Minutes, Now};
use upwards::model::curriculum::{Curriculum, StepKind};
use upwards::plan::{Best, NODE_CAP, Subject, best, candidates};

use crate::executive::shipped;
use crate::plan_support::{Somebody, flagship, half_way, noon};

/// Plans of the core need fewer nodes; the cap is five times as many.
const NODES: u32 = 20_000;

fn planned(person: &Somebody, curricula: &[Curriculum], now: Now, minutes: u32) -> Best {
    person.seen(curricula, now, |subjects: &[Subject]| {
        let offer = candidates(subjects, &person.settings, now);
        best(
            subjects,
            &person.settings,
            &offer.candidates,
            now,
            Minutes(minutes).seconds(),
        )
    })
}

fn check(person: &Somebody, curricula: &[Curriculum]) {
    check_within(person, curricula, NODES);
}

fn check_within(person: &Somebody, curricula: &[Curriculum], nodes: u32) {
    let mut before = 0;
    for minutes in [1, 2, 3, 4, 5, 8, 10, 12, 15, 20, 25, 30, 40, 45, 60, 90, 120, 240] {
        let best = planned(person, curricula, noon("2026-03-16"), minutes);
        assert!(
            best.proven && best.nodes < nodes,
            "{minutes} minutes: {} nodes",
            best.nodes
        );
        assert!(best.seconds <= Minutes(minutes).seconds());
        assert!(
            best.value >= before,
            "{minutes} minutes are worth less than fewer"
        );
        before = best.value;
    }
}

/// Steps as id, kind, capabilities, seconds, needs, and the capabilities of the questions of a quiz.
type Outline<'a> = (&'a str, &'a str, Vec<&'a str>, u32, Vec<&'a str>, Vec<&'a str>);

fn outline(curriculum: &Curriculum) -> Vec<Outline<'_>> {
    let steps = curriculum.live_steps();
    let outlined = steps.map(|(_, step)| {
        let questions = step.live_questions();
        (
            step.id.as_str(),
            step.kind.word(),
            step.capabilities.iter().map(AsRef::as_ref).collect(),
            step.seconds(45).0,
            step.needs.iter().map(AsRef::as_ref).collect(),
            questions.map(|question| question.capability.as_str()).collect(),
        )
    });
    let mut outlined: Vec<Outline> = outlined.collect();
    outlined.sort_unstable();
    outlined
}

/// What is planned with here is the core of the curriculum that people get, which has twelve or more questions for each
/// capability.
#[test]
fn the_core_of_the_shipped_flagship_is_that_of_these_tests() {
    let (ours, shipped) = (flagship("efficiency"), shipped());
    let is_core = |outlined: &Outline<'_>| {
        let module = outlined.0.split('.').next();
        ours.modules.iter().any(|core| module == Some(core.id.as_str()))
    };
    let core: Vec<Outline> = outline(&shipped).into_iter().filter(is_core).collect();
    assert_eq!(outline(&ours), core);
    assert_eq!(shipped.capabilities.len(), 4);
    for capability in &shipped.capabilities {
        let questions = shipped.live_questions();
        let count = questions.filter(|(_, q)| q.capability == capability.id).count();
        assert!(count >= 12, "{}: {count} questions", capability.id);
    }
}

#[test]
fn a_newcomers_shipped_flagship() {
    check_within(&Somebody::new(), &[shipped()], NODE_CAP);
}

#[test]
fn the_shipped_flagship_half_way() {
    let curriculum = shipped();
    check_within(&half_way(&curriculum), &[curriculum], NODE_CAP);
}

#[test]
fn a_newcomers_flagship() {
    check(&Somebody::new(), &[flagship("efficiency")]);
}

/// Of an hour's plan nothing may be left out unseen: the forty most promising steps alone come to 2,314.
#[test]
fn an_hour_is_planned_over_everything_there_is() {
    let best = planned(
        &Somebody::new(),
        &[flagship("efficiency")],
        noon("2026-03-16"),
        60,
    );
    assert_eq!((best.value, best.seconds.0, best.proven), (2_552, 3_600, true));
}

/// More candidates than a search holds: what was left out may be better, so nothing is claimed.
#[test]
fn eight_curricula_are_not_proven() {
    let curricula = ["a", "b", "c", "d", "e", "f", "g", "h"].map(flagship);
    let planned = |minutes| planned(&Somebody::new(), &curricula, noon("2026-03-16"), minutes);
    assert!(!planned(60).proven && planned(60).value >= 2_552 && planned(1).proven);
}

#[test]
fn the_flagship_half_way() {
    let curriculum = flagship("efficiency");
    check(&half_way(&curriculum), &[curriculum]);
}

#[test]
fn two_curricula_at_once() {
    let curricula = [flagship("efficiency"), flagship("another")];
    check(&half_way(&curricula[0]), &curricula);
}

#[test]
fn a_case_that_everything_needs() {
    let mut curriculum = flagship("efficiency");
    let first = "answer-in-public.klm";
    let steps = curriculum.modules.iter_mut().flat_map(|module| &mut module.steps);
    for step in steps.filter(|step| step.id.as_str() != first) {
        step.needs.push(first.parse().expect("an id"));
    }
    check(&Somebody::new(), &[curriculum]);
}

#[test]
fn one_capability_with_everything() {
    let mut curriculum = flagship("efficiency");
    curriculum.capabilities.truncate(1);
    let only = curriculum.capabilities[0].id.clone();
    for step in curriculum.modules.iter_mut().flat_map(|module| &mut module.steps) {
        step.capabilities = vec![only.clone()];
        if let StepKind::Quiz(questions) = &mut step.kind {
            for question in questions {
                question.capability = only.clone();
            }
        }
    }
    check(&half_way(&curriculum), &[curriculum]);
}
