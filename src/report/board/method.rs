//! How a board report was made: what its figures rest on, and what it does not hold.

use super::group::Group;
use crate::base::texts::t;
use crate::readiness::guess_chance;
use crate::report::sections::{
    Fact, before_fact, curriculum_fact, method_section, privacy_facts, rules_fact,
};
use crate::table::{Section, Value};

/// Days after which a log is said to be old.
const OLD_AFTER: i32 = 14;

/// The last section: one line a fact.
pub(super) fn method(group: &Group<'_>) -> Section {
    let about = group.about;
    let rules = &about.settings.readiness;
    let rows = group.here.iter().filter_map(|member| member.row.as_ref());
    let until = rows.clone().filter_map(|row| row.data_until).max();
    let old = rows
        .filter(|row| {
            row.data_until
                .is_none_or(|day| group.as_of().days_since(day) > OLD_AFTER)
        })
        .count();
    let unread: usize = group.here.iter().map(|member| member.unread).sum();
    let received: usize = group.here.iter().map(|member| member.received).sum();
    let [knowledge, hands_on, dialogue] = rules.weights;
    let guess = about.curriculum.capabilities.iter();
    let guess = guess.map(|capability| guess_chance(about.curriculum, capability, rules).permille);
    let mut facts: Vec<Fact> = vec![
        curriculum_fact(&about.curriculum.id),
        (
            "people",
            t!("board.method.people", "People"),
            Value::count(Some(group.size())),
        ),
        rules_fact(about.rules),
        (
            "weights",
            t!("board.method.weights", "Points for questions, practice, talks"),
            Value::Text(format!("{knowledge}, {hands_on}, {dialogue}")),
        ),
        (
            "needed",
            t!(
                "board.method.needed",
                "Needed in each capability: questions, practices, talks"
            ),
            Value::Text(format!(
                "{}, {}, {}",
                rules.knowledge_needed, rules.hands_on_needed, rules.dialogue_needed
            )),
        ),
        (
            "ready_points",
            t!("board.method.ready", "Points for Ready, with both gates open"),
            Value::Points(rules.ready_points()),
        ),
        (
            "guesser_per_mille",
            t!(
                "board.method.guess",
                "Of 1,000 who only guess, the knowledge gate opens for"
            ),
            Value::count(guess.max()),
        ),
        (
            "data_until",
            t!("board.method.until", "Newest record"),
            Value::date(until),
        ),
        (
            "old_logs",
            t!(
                "board.method.old",
                "People whose newest record is older than {n} days",
                n = OLD_AFTER
            ),
            Value::count(Some(old)),
        ),
        (
            "received",
            t!(
                "board.method.received",
                "Lines received in people's words from mails and pages"
            ),
            Value::count(Some(received)),
        ),
        (
            "unread",
            t!("board.method.unread", "Lines of logs that could not be read"),
            Value::count(Some(unread)),
        ),
        before_fact(group.days.before),
    ];
    facts.extend(privacy_facts(group.names(), group.fewest()));
    if !group.names() {
        // They speak of a person's whole log: of two curricula whose people differ by one, that one's.
        facts.retain(|(key, _, _)| !matches!(*key, "old_logs" | "unread"));
    }
    if !group.is_told() {
        facts.retain(|(key, _, _)| !matches!(*key, "people" | "data_until" | "received"));
    }
    let privacy = t!(
        "board.method.privacy",
        "Not in this report, because the program does not have it: answers, misses, how sure somebody was, notes, minutes and hours."
    );
    method_section(group.as_of(), facts, privacy)
}
