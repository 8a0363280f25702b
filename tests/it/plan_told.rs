//! How a plan is told: its steps in order, why each was chosen, and what stands beside them.

use upwards::base::id::EventId;
use upwards::base::points::{Band, Points, Thousandths};
use upwards::base::time::{Date, Minutes, Seconds};
use upwards::model::curriculum::Curriculum;
use upwards::model::event::{Baseline, Fact, MeasureGrade, Practised};
use upwards::plan::{Candidate, CandidateKind, Plan, Subject, candidates, plan, plan_among};

use crate::model_support as support;
use crate::plan_support::{Somebody, ana, flagship, noon, today};

fn day(text: &str) -> Date {
    support::date(text)
}

fn planned<T>(person: &Somebody, curricula: &[Curriculum], minutes: u32, look: impl FnOnce(&Plan) -> T) -> T {
    person.seen(curricula, today(), |subjects| {
        look(&plan(subjects, &person.settings, today(), Minutes(minutes)))
    })
}

/// `(id, seconds, questions)` of each step.
fn told(plan: &Plan) -> Vec<(String, u32, usize)> {
    let steps = plan.steps.iter();
    steps
        .map(|step| (step.step.id.to_string(), step.seconds.0, step.questions.len()))
        .collect()
}

#[test]
fn the_plan_on_anas_home_screen() {
    let curriculum = flagship("efficiency");
    let ana = ana(&curriculum);
    planned(&ana, std::slice::from_ref(&curriculum), 10, |plan| {
        assert_eq!(
            told(plan),
            [
                ("answer-in-public.klm".to_owned(), 180, 0),
                ("answer-in-public.first-answers".to_owned(), 90, 2),
                ("answer-in-public.answer-one-customer".to_owned(), 300, 0),
            ]
        );
        assert_eq!((plan.seconds, plan.value, plan.proven), (Seconds(570), 668, true));
        let [case, quiz, practice] = &plan.steps[..] else {
            panic!("three steps")
        };
        assert_eq!(case.needed_by, [&quiz.step.id, &practice.step.id]);
        assert_eq!(
            (case.points(), quiz.points()),
            (Points::ZERO, Points::from_whole(10))
        );
        assert_eq!(
            (practice.points(), practice.opens.len()),
            (Points::from_whole(20), 1)
        );
        assert!(case.aim && quiz.aim && practice.aim);
        let [outcome] = &plan.outcomes[..] else {
            panic!("one capability changes")
        };
        let difference = &outcome.difference;
        assert_eq!(difference.capability.as_str(), "serve");
        assert_eq!(
            (difference.before.band, difference.after.band),
            (Band::Exploring, Band::Building)
        );
        assert_eq!(
            (difference.before.total.tenths(), difference.after.total.tenths()),
            (164, 464)
        );
        assert!(plan.shortest.is_none() && plan.measures.is_empty() && plan.locked.is_empty());
    });
}

#[test]
fn talks_are_booked_not_planned() {
    let curriculum = flagship("efficiency");
    planned(&ana(&curriculum), std::slice::from_ref(&curriculum), 10, |plan| {
        let book: Vec<String> = plan
            .book
            .iter()
            .map(|booking| booking.step.id.to_string())
            .collect();
        let of = |module: &str| [format!("{module}.ask-a-peer"), format!("{module}.with-a-mentor")];
        let expected: Vec<String> = ["answer-in-public", "ask-outside", "rules-and-roles"]
            .into_iter()
            .flat_map(of)
            .collect();
        assert_eq!(
            book, expected,
            "the one talk about Reach that gives points was held"
        );
        assert!(
            plan.book
                .iter()
                .all(|booking| booking.points() == Points::from_whole(20))
        );
        assert!(plan.book.iter().all(|booking| booking.minutes == Minutes(15)));
    });
}

#[test]
fn a_newcomer_without_time_is_told_what_would_do() {
    planned(&Somebody::new(), &[flagship("efficiency")], 1, |plan| {
        let shortest = plan.shortest.expect("nothing fits");
        assert_eq!(shortest.step.id.as_str(), "answer-in-public.first-answers");
        assert_eq!(shortest.seconds.minutes(), Minutes(4));
        assert!(plan.steps.is_empty() && plan.outcomes.is_empty());
    });
}

#[test]
fn a_second_figure_comes_first_and_takes_its_minute() {
    let curriculum = flagship("efficiency");
    let baseline = |step: &'static str| {
        Fact::Practised(Box::new(Practised {
            curriculum: "efficiency".into(),
            step: step.into(),
            rev: 1,
            capabilities: vec!["serve".into()],
            personal: true,
            evidence: Some("answered".into()),
            witness: None,
            may_quote: false,
            measure: Some(Baseline {
                before: Thousandths::new(19_000).expect("in range"),
                unit: "hours to first answer".into(),
                period: "each".into(),
                n: Some(12),
            }),
        }))
    };
    let mut person = Somebody::new();
    person.did(day("2026-02-15"), baseline("answer-in-public.read-twenty"));
    let older = person.did(
        day("2026-01-10"),
        baseline("answer-in-public.answer-one-customer"),
    );
    let due = person.did(
        day("2026-02-14"),
        baseline("answer-in-public.answer-one-customer"),
    );
    planned(&person, std::slice::from_ref(&curriculum), 9, |plan| {
        let [measure] = &plan.measures[..] else {
            panic!("the last one of a step, if it is thirty days old")
        };
        assert_eq!(
            (measure.practice, measure.step),
            (due, "answer-in-public.answer-one-customer")
        );
        assert_eq!(
            (measure.before.to_string(), measure.unit, measure.n),
            ("19".into(), "hours to first answer", Some(12))
        );
        assert_eq!(plan.seconds, Seconds(480), "a case and its practice");
    });
    planned(&person, std::slice::from_ref(&curriculum), 8, |plan| {
        assert!(plan.seconds <= Seconds(420));
    });
    planned(&person, std::slice::from_ref(&curriculum), 0, |plan| {
        assert!(plan.measures.is_empty());
    });
    let measured = Fact::Measured {
        reference: due,
        after: Thousandths::new(4_000).expect("in range"),
        n: None,
        grade: MeasureGrade::Claimed,
    };
    person.did(day("2026-03-15"), measured);
    planned(&person, &[curriculum], 8, |plan| {
        let open: Vec<EventId> = plan.measures.iter().map(|measure| measure.practice).collect();
        assert_eq!(open, [older], "now it is the last one without a second figure");
    });
}

#[test]
fn several_curricula_stand_side_by_side() {
    let curricula = [flagship("efficiency"), flagship("another")];
    let ana = ana(&curricula[0]);
    ana.seen(&curricula, today(), |subjects: &[Subject]| {
        let offer = candidates(subjects, &ana.settings, today());
        let of_another: Vec<&Candidate> = offer.candidates.iter().filter(|c| c.subject == 1).collect();
        assert_eq!(of_another.len(), 68, "nothing is known there");
        assert_eq!(offer.candidates[0].subject, 1, "by curriculum, then by id");
        let plan = plan(subjects, &ana.settings, today(), Minutes(10));
        assert!(
            plan.steps.iter().all(|step| step.subject == 0),
            "the aim is in the other one"
        );
        // Every weight is in it now: the aim counts for eight capabilities.
        assert_eq!(plan.value, 668 + 200);
    });
}

#[test]
fn some_candidates_only_come_with_what_they_need() {
    let person = Somebody::new();
    person.seen(&[flagship("efficiency")], today(), |subjects| {
        let only = |c: &Candidate| c.kind == CandidateKind::Practice && c.capabilities.contains(&"source");
        let plan = plan_among(subjects, &person.settings, today(), Minutes(20), only);
        let ids: Vec<&str> = plan.steps.iter().map(|step| step.step.id.short()).collect();
        assert_eq!(ids, ["ask-one-question", "lego", "answer-one-idea"]);
    });
}

#[test]
fn without_a_memory_every_question_may_be_asked() {
    let curriculum = flagship("efficiency");
    let ana = ana(&curriculum);
    ana.seen(&[curriculum], noon("2026-03-14"), |subjects| {
        let now = noon("2026-03-14");
        let questions = |subjects: &[Subject]| {
            let offer = candidates(subjects, &ana.settings, now);
            let questions = offer
                .candidates
                .iter()
                .filter(|c| c.kind == CandidateKind::Question);
            questions.count()
        };
        assert_eq!(questions(subjects), 40, "eight were right two days ago");
        let leaders = [Subject {
            own: None,
            ..subjects[0]
        }];
        assert_eq!(questions(&leaders), 48);
        let plan = plan(&leaders, &ana.settings, now, Minutes(10));
        let [outcome] = &plan.outcomes[..] else {
            panic!("one capability changes")
        };
        assert_eq!(outcome.difference.capability.as_str(), "serve");
        assert!(plan.proven && plan.value > 0);
    });
}
