//! What the planner offers: the flagship to people at several points of it.

use upwards::base::points::Points;
use upwards::base::time::{Date, Minutes};
use upwards::model::curriculum::{Curriculum, Exposure, Step, StepKind};
use upwards::model::event::Fact;
use upwards::plan::{Candidate, CandidateKind, Offer, candidates, plan_among};

use crate::model_support as support;
use crate::plan_support::{Somebody, ana, flagship, noon, today};

fn day(text: &str) -> Date {
    support::date(text)
}

/// Looks at what is offered today in the flagship.
fn offered<T>(person: &Somebody, curriculum: Curriculum, look: impl FnOnce(&Offer) -> T) -> T {
    person.seen(&[curriculum], today(), |subjects| {
        look(&candidates(subjects, &person.settings, today()))
    })
}

fn ids<'a>(offer: &Offer<'a>, kind: CandidateKind) -> Vec<&'a str> {
    offer
        .candidates
        .iter()
        .filter(|c| c.kind == kind)
        .map(|c| c.id)
        .collect()
}

fn find<'o, 'a>(offer: &'o Offer<'a>, id: &str) -> Option<&'o Candidate<'a>> {
    offer.candidates.iter().find(|candidate| candidate.id == id)
}

fn step<'c>(curriculum: &'c mut Curriculum, id: &str) -> &'c mut Step {
    let mut steps = curriculum.modules.iter_mut().flat_map(|module| &mut module.steps);
    steps.find(|step| step.id.as_str() == id).expect("a step")
}

fn need(curriculum: &mut Curriculum, id: &str, needed: &str) {
    step(curriculum, id).needs.push(needed.parse().expect("an id"));
}

fn assigned(module: &'static str, due: &str) -> Fact<'static> {
    Fact::Assigned {
        curriculum: "efficiency".into(),
        module: module.into(),
        due: Some(day(due)),
        reason: None,
    }
}

fn waived(step: &str) -> Fact<'static> {
    Fact::Waived {
        curriculum: "efficiency".into(),
        step: step.to_owned().into(),
        until: None,
    }
}

#[test]
fn undone_steps_are_offered_and_questions_one_by_one() {
    let curriculum = flagship("efficiency");
    offered(&ana(&curriculum), curriculum, |offer| {
        assert_eq!(ids(offer, CandidateKind::Case).len(), 8);
        assert_eq!(ids(offer, CandidateKind::Reflect).len(), 4);
        assert_eq!(
            ids(offer, CandidateKind::Practice).len(),
            6,
            "two of Lead are done"
        );
        // What she knows has rested for half a step everywhere, in Reach since today.
        assert_eq!(ids(offer, CandidateKind::Question).len(), 48);
        let question = find(offer, "ask-outside.price-of-reading-6").expect("a question");
        let needs: Vec<&str> = question
            .needs
            .iter()
            .map(|place| offer.candidates[*place].id)
            .collect();
        assert_eq!((needs, question.seconds), (vec!["ask-outside.i-prize"], 45));
    });
    let mut person = Somebody::new();
    let curriculum = flagship("efficiency");
    person.answered(
        &curriculum,
        noon("2026-03-13"),
        "ask-outside.price-of-reading-6",
        true,
    );
    person.answered(
        &curriculum,
        noon("2026-03-16"),
        "ask-outside.price-of-reading-5",
        false,
    );
    offered(&person, curriculum, |offer| {
        assert!(
            find(offer, "ask-outside.price-of-reading-6").is_none(),
            "three days ago"
        );
        assert!(find(offer, "ask-outside.price-of-reading-5").is_some(), "missed");
    });
}

#[test]
fn what_is_due_soon_counts_more() {
    let curriculum = flagship("efficiency");
    let mut person = Somebody::new();
    person.did(day("2026-03-01"), assigned("ask-outside", "2026-03-23"));
    person.did(day("2026-03-01"), assigned("rules-and-roles", "2026-03-24"));
    person.did(day("2026-01-01"), assigned("answer-in-public", "2026-02-01"));
    person.answered(
        &curriculum,
        noon("2026-03-01"),
        "answer-in-public.first-answers-2",
        true,
    );
    offered(&person, curriculum, |offer| {
        let tenths = |id: &str| find(offer, id).expect("a candidate").due_tenths;
        let of_quiz = |quiz: &str| {
            (1..=6)
                .map(|n| tenths(&format!("{quiz}-{n}")))
                .collect::<Vec<_>>()
        };
        assert_eq!(tenths("ask-outside.lego"), 100, "in seven days");
        assert_eq!(tenths("rules-and-roles.nestle"), 0, "in eight days");
        assert_eq!(tenths("answer-in-public.read-twenty"), 100, "overdue");
        assert_eq!(of_quiz("ask-outside.gates-and-answers"), [16, 17, 17, 16, 17, 17]);
        // What finishes the quiz is due, what was answered before is only asked again.
        assert_eq!(of_quiz("answer-in-public.first-answers"), [20, 0, 20, 20, 20, 20]);
        assert_eq!(
            find(offer, "ask-outside.lego").and_then(|c| c.due),
            Some(day("2026-03-23"))
        );
    });
}

#[test]
fn a_finished_module_is_not_due() {
    let curriculum = flagship("efficiency");
    let mut person = Somebody::new();
    person.did(day("2026-03-01"), assigned("ask-outside", "2026-03-20"));
    for step in &curriculum.module("ask-outside").expect("a module").steps {
        person.did(day("2026-03-02"), waived(step.id.as_str()));
    }
    let mut longer = curriculum.clone();
    let module = longer
        .modules
        .iter_mut()
        .find(|m| m.id.as_str() == "ask-outside")
        .expect("a module");
    let mut late = module.steps[0].clone();
    late.id = "ask-outside.late".parse().expect("an id");
    late.since = Some(day("2026-03-10"));
    module.steps.push(late);
    offered(&person, longer, |offer| {
        let late = find(offer, "ask-outside.late").expect("it joined later");
        assert_eq!((late.due_tenths, late.due), (0, None));
    });
}

#[test]
fn what_waits_for_a_talk_is_locked() {
    let mut curriculum = flagship("efficiency");
    need(&mut curriculum, "ask-outside.lego", "ask-outside.ask-a-peer");
    let mut person = Somebody::new();
    offered(&person, curriculum.clone(), |offer| {
        let locked: Vec<(&str, &str)> = offer
            .locked
            .iter()
            .map(|locked| (locked.step.id.short(), locked.by[0].id.short()))
            .collect();
        let expected = ["lego", "gates-and-answers", "answer-one-idea"].map(|step| (step, "ask-a-peer"));
        assert_eq!(locked, expected);
        assert!(find(offer, "ask-outside.gates-and-answers-1").is_none());
        assert!(find(offer, "ask-outside.ask-one-question").is_some());
    });
    person.did(day("2026-03-01"), waived("ask-outside.ask-a-peer"));
    offered(&person, curriculum, |offer| {
        assert!(offer.locked.is_empty(), "waived counts as done");
        assert!(find(offer, "ask-outside.lego").expect("a case").needs.is_empty());
    });
}

#[test]
fn a_ring_of_needs_is_locked_by_itself() {
    let mut curriculum = flagship("efficiency");
    need(&mut curriculum, "ask-outside.lego", "ask-outside.answer-one-idea");
    offered(&Somebody::new(), curriculum, |offer| {
        let locked: Vec<&str> = offer.locked.iter().map(|locked| locked.step.id.short()).collect();
        assert_eq!(locked, ["lego", "gates-and-answers", "answer-one-idea"]);
    });
}

#[test]
fn a_waived_step_and_its_questions_are_not_offered() {
    let mut person = Somebody::new();
    person.did(day("2026-03-01"), waived("ask-outside.lego"));
    person.did(day("2026-03-01"), waived("ask-outside.price-of-reading"));
    offered(&person, flagship("efficiency"), |offer| {
        assert!(find(offer, "ask-outside.lego").is_none());
        assert!(find(offer, "ask-outside.price-of-reading-1").is_none());
        assert!(
            find(offer, "ask-outside.gates-and-answers-1")
                .expect("a question")
                .needs
                .is_empty()
        );
    });
}

#[test]
fn who_needs_a_quiz_needs_the_questions_that_finish_it() {
    let mut curriculum = flagship("efficiency");
    need(
        &mut curriculum,
        "ask-outside.ask-one-question",
        "ask-outside.price-of-reading",
    );
    let mut person = Somebody::new();
    person.answered(
        &curriculum,
        noon("2026-03-01"),
        "ask-outside.price-of-reading-1",
        true,
    );
    offered(&person, curriculum, |offer| {
        let practice = find(offer, "ask-outside.ask-one-question").expect("a practice");
        assert_eq!(practice.needs.len(), 5);
    });
}

#[test]
fn an_old_practice_is_offered_again() {
    let curriculum = flagship("efficiency");
    let mut person = Somebody::new();
    person.practised(
        &curriculum,
        day("2025-03-16"),
        "ask-outside.ask-one-question",
        &["source"],
    );
    person.practised(
        &curriculum,
        day("2025-03-15"),
        "answer-in-public.read-twenty",
        &["serve"],
    );
    offered(&person, curriculum.clone(), |offer| {
        assert!(
            find(offer, "ask-outside.ask-one-question").is_none(),
            "365 days old"
        );
        assert!(
            find(offer, "answer-in-public.read-twenty").is_some(),
            "366 days old"
        );
    });
    person.practised(
        &curriculum,
        day("2025-03-14"),
        "answer-in-public.answer-one-customer",
        &["serve"],
    );
    person.seen(&[curriculum], today(), |subjects| {
        let serve = |c: &Candidate| c.kind == CandidateKind::Practice && c.capabilities == ["serve"];
        let plan = plan_among(subjects, &person.settings, today(), Minutes(9), serve);
        let ids: Vec<&str> = plan.steps.iter().map(|step| step.step.id.short()).collect();
        assert_eq!(ids, ["answer-one-customer"], "its case is not asked for again");
        assert_eq!(
            (plan.steps[0].opens.len(), plan.steps[0].points()),
            (1, Points::ZERO)
        );
        assert_eq!(plan.value, 200, "the gate alone: both practices were done before");
    });
}

#[test]
fn public_practices_are_offered_like_others() {
    let mut curriculum = flagship("efficiency");
    if let StepKind::Practice(practice) = &mut step(&mut curriculum, "ask-outside.ask-one-question").kind {
        practice.exposure = Exposure::Public;
    }
    offered(&Somebody::new(), curriculum, |offer| {
        assert!(
            find(offer, "ask-outside.ask-one-question").is_some(),
            "its draft counts the same"
        );
    });
}
