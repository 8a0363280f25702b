//! Whether somebody can become ready at all (`readiness.md` §2.5), and what Ready means.

use super::known::Known;
use crate::base::diag::{Diagnostic, Place};
use crate::base::words::plural;
use crate::model::capability::Capability;
use crate::model::curriculum::StepKind;
use crate::model::settings::Readiness;
use crate::model::written::{Head, Written};

/// What a capability needs and what its curriculum offers.
struct Offer {
    knowledge_needed: u32,
    hands_on_needed: u32,
    dialogue_needed: u32,
    questions: u32,
    practices: u32,
    talks: u32,
}

/// Capabilities nobody can become ready in, and those that are harder than meant. Only of curricula that could be read
/// whole: a module that is missing may hold what is missed.
pub(super) fn check(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(head) = &known.curriculum.head else {
        return;
    };
    let default = Readiness::default();
    let settings = known.everything.settings.as_ref();
    let rules = settings.map_or(&default, |settings| &settings.value.readiness);
    for (at, capability) in head.value.curriculum.capabilities.iter().enumerate() {
        meaning(head, at, capability, findings);
        if known.curriculum.is_whole() {
            let offer = offer(known, capability, rules);
            let is_possible = ready(head, at, capability, &offer, rules, findings);
            enough(head, at, capability, &offer, is_possible, findings);
        }
    }
}

fn meaning(head: &Written<Head>, at: usize, capability: &Capability, findings: &mut Vec<Diagnostic>) {
    if capability.ready_means.split_whitespace().next() != Some("can") {
        let place = head.place(&format!("capability.{at}.ready_means"));
        findings.push(
            Diagnostic::error("U309", place, "`ready_means` does not begin with \"can\"")
                .labelled("it is read as: Ready means that somebody can …")
                .helped("say what somebody can do then: \"can answer an angry customer in public\""),
        );
    }
}

fn offer(known: &Known<'_>, capability: &Capability, rules: &Readiness) -> Offer {
    let mut offer = Offer {
        knowledge_needed: capability.knowledge_needed.unwrap_or(rules.knowledge_needed),
        hands_on_needed: capability.hands_on_needed.unwrap_or(rules.hands_on_needed),
        dialogue_needed: capability.dialogue_needed.unwrap_or(rules.dialogue_needed),
        questions: 0,
        practices: 0,
        talks: 0,
    };
    for at in known
        .offered()
        .filter(|at| at.step.capabilities.contains(&capability.id))
    {
        match at.step.kind {
            StepKind::Practice(_) => offer.practices += 1,
            StepKind::Talk(_) => offer.talks += 1,
            _ => {}
        }
    }
    let questions = known
        .asked()
        .filter(|q| q.question.capability == capability.id)
        .count();
    offer.questions = u32::try_from(questions).unwrap_or(u32::MAX);
    offer
}

/// Whether somebody can become ready at all.
fn ready(
    head: &Written<Head>,
    at: usize,
    capability: &Capability,
    offer: &Offer,
    rules: &Readiness,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    let why = if offer.practices == 0 {
        "it has no practice, and nobody is ready without one of their own".to_owned()
    } else {
        let most = most_tenths(offer, rules.weights);
        if most >= rules.ready_points().tenths() {
            return true;
        }
        let practices = plural(offer.practices as usize, "practice");
        format!(
            "with {practices} it gives at most {} of {} points",
            most / 10,
            rules.ready
        )
    };
    let message = format!("nobody can become ready in {}: {why}", capability.id);
    findings.push(
        Diagnostic::error("U301", id_place(head, at), message)
            .helped("add a practice step for this capability, or lower its hands_on_needed"),
    );
    false
}

/// The most points there are, in tenths: budgets and slots split as `readiness.md` §2.3 does. Talks can be held without
/// a talk step, so they always count in full.
fn most_tenths(offer: &Offer, weights: [u32; 3]) -> i64 {
    let knowledge = offer.knowledge_needed.min(offer.questions);
    let needs = [knowledge, offer.hands_on_needed, offer.dialogue_needed];
    let weights: Vec<i64> = needs
        .iter()
        .zip(weights)
        .map(|(need, weight)| if *need == 0 { 0 } else { i64::from(weight) })
        .collect();
    let sum: i64 = weights.iter().sum();
    if sum == 0 {
        return 0;
    }
    let upto = |n: usize| 1000 * weights[..n].iter().sum::<i64>() / sum;
    let hands_on = upto(2) - upto(1);
    let filled = i64::from(offer.practices.min(offer.hands_on_needed));
    let reached = hands_on * filled / i64::from(offer.hands_on_needed.max(1));
    1000 - hands_on + reached
}

fn enough(
    head: &Written<Head>,
    at: usize,
    capability: &Capability,
    offer: &Offer,
    is_possible: bool,
    findings: &mut Vec<Diagnostic>,
) {
    let mut warn = |code: &'static str, key: &str, message: String, help: &str| {
        let path = format!("capability.{at}.{key}");
        let place = if head.spans.contains_key(&path) {
            head.place(&path)
        } else {
            id_place(head, at)
        };
        findings.push(Diagnostic::warning(code, place, message).helped(help));
    };
    let id = &capability.id;
    if is_possible && offer.practices < offer.hands_on_needed {
        let have = plural(offer.practices as usize, "practice");
        let message = format!("{id} needs {}, but has {have}", offer.hands_on_needed);
        warn(
            "U302",
            "hands_on_needed",
            message,
            "add a practice, or lower hands_on_needed",
        );
    }
    if offer.dialogue_needed > 0 && offer.talks == 0 {
        let message = format!(
            "{id} needs {}, but has no talk step",
            plural(offer.dialogue_needed as usize, "talk")
        );
        warn(
            "U303",
            "dialogue_needed",
            message,
            "add a talk step, or set dialogue_needed = 0",
        );
    }
    if (1..offer.knowledge_needed).contains(&offer.questions) {
        let have = plural(offer.questions as usize, "question");
        let message = format!("{id} needs {}, but has {have}", offer.knowledge_needed);
        warn(
            "U304",
            "knowledge_needed",
            message,
            "add questions, or lower knowledge_needed",
        );
    }
    if offer.questions == 0 {
        let message = format!("{id} has no question: its knowledge gate is always open");
        warn("U305", "id", message, "add a quiz for this capability");
    }
}

fn id_place(head: &Written<Head>, at: usize) -> Place {
    head.place(&format!("capability.{at}.id"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn most(questions: u32, practices: u32, hands_on_needed: u32, dialogue_needed: u32) -> i64 {
        let offer = Offer {
            knowledge_needed: 8,
            hands_on_needed,
            dialogue_needed,
            questions,
            practices,
            talks: 0,
        };
        most_tenths(&offer, [40, 40, 20])
    }

    #[test]
    fn the_most_points_follow_the_budgets() {
        assert_eq!(most(8, 2, 2, 1), 1000);
        assert_eq!(most(8, 1, 2, 1), 800);
        assert_eq!(most(8, 1, 10, 1), 640);
        assert_eq!(most(8, 1, 3, 1), 733);
        // Without questions the other parts share the budget.
        assert_eq!(most(0, 1, 2, 0), 500);
        assert_eq!(most(0, 2, 2, 0), 1000);
    }
}
