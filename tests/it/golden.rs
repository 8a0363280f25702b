//! The reference program's golden file, reproduced number for number: 109 histories with everything that is said about
//! them, 20 guess checks. The file is regenerated only together with the model's page.

use serde_json::{Map, Value, json};
use upwards::base::id::DeviceId;
use upwards::base::time::Date;
use upwards::model::capability::Capability;
use upwards::model::curriculum::{Curriculum, Question, Step, StepKind, TalkWith};
use upwards::model::event::{Attendance, CapsuleEntry, Event, Fact, Met, Practised, Text};
use upwards::model::settings::Readiness;
use upwards::progress::fold;
use upwards::readiness::{
    Assessment, CapabilityAssessment, Limit, Limiting, Part, Remedy, Slot, guess_chance_of,
};

use crate::model_support::{self as support, CURRICULUM, Case, MODULE, PrivateLine, Thought, dotted};

const GOLDEN: &str = include_str!("../golden/readiness_golden.json");

#[test]
fn all_cases_are_there() {
    assert_eq!(readiness_cases().len(), 109);
    assert_eq!(golden()["guessing"].as_array().map(Vec::len), Some(20));
}

#[test]
fn first_rounds() {
    assert_eq!(check_groups(&["1", "2", "3"]), 9);
}

#[test]
fn later_rounds() {
    assert_eq!(check_groups(&["4"]), 8);
}

#[test]
fn misses_and_cramming() {
    assert_eq!(check_groups(&["5", "7", "8"]), 11);
}

#[test]
fn confirmations() {
    assert_eq!(check_groups(&["6"]), 9);
}

#[test]
fn changed_curricula() {
    assert_eq!(check_groups(&["9"]), 10);
}

#[test]
fn ages() {
    assert_eq!(check_groups(&["10"]), 2);
}

#[test]
fn devices() {
    assert_eq!(check_groups(&["11"]), 5);
}

#[test]
fn corrections_and_future_days() {
    assert_eq!(check_groups(&["12", "13"]), 9);
}

#[test]
fn talks() {
    assert_eq!(check_groups(&["14"]), 5);
}

#[test]
fn waivers() {
    assert_eq!(check_groups(&["15"]), 3);
}

#[test]
fn settings() {
    assert_eq!(check_groups(&["16"]), 16);
}

#[test]
fn several_capabilities() {
    assert_eq!(check_groups(&["17", "18"]), 3);
}

#[test]
fn order_damage_and_gates() {
    let groups = ["19", "20", "21", "22", "23", "24", "25", "26"];
    assert_eq!(check_groups(&groups), 11);
}

#[test]
fn reached() {
    assert_eq!(check_groups(&["27"]), 2);
}

#[test]
fn the_six_people_of_the_demo() {
    assert_eq!(check_groups(&["demo"]), 6);
}

#[test]
fn guessing() {
    for case in array(&golden()["guessing"]) {
        let name = text(&case["name"]);
        let options: Vec<u32> = array(&case["options"]).iter().map(number).collect();
        let needed = case.get("needed").map_or(8, number);
        let floor = case.get("floor").map_or(60, number);
        let rules = Readiness {
            knowledge_needed: needed,
            knowledge_floor: floor,
            ..Readiness::default()
        };
        let chance = guess_chance_of(&options, needed, &rules);
        let ours = json!({
            "numerator": chance.numerator,
            "denominator": chance.denominator,
            "permille": chance.permille,
            "warn": chance.is_too_high,
        });
        assert_eq!(ours, case["expected"], "{name}");
    }
}

pub(crate) fn golden() -> Value {
    serde_json::from_str(GOLDEN).expect("the golden file is JSON")
}

fn readiness_cases() -> Vec<Value> {
    array(&golden()["readiness"]).to_vec()
}

/// The number a case's name begins with, or its first word.
fn group_of(name: &str) -> &str {
    let digits = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    match digits {
        0 => name.split(' ').next().unwrap_or(name),
        _ => &name[..digits],
    }
}

/// Checks the cases of some groups in each view they name; how many there are.
fn check_groups(groups: &[&str]) -> usize {
    let cases = readiness_cases();
    let ours = cases
        .iter()
        .filter(|case| groups.contains(&group_of(text(&case["name"]))));
    ours.map(check_case).count()
}

fn check_case(case: &Value) {
    let name = text(&case["name"]);
    let curriculum = curriculum(&case["curriculum"]);
    let settings = support::settings(rules(&case["config"]));
    let shared: Vec<_> = array(&case["shared_events"]).iter().map(event).collect();
    let private: Vec<_> = array(&case["private_events"]).iter().map(private_line).collect();
    let device: DeviceId = text(&case["device"]).parse().expect("a device");
    let as_of = day(&case["as_of"]);
    let person = Case {
        curriculum: &curriculum,
        settings: &settings,
        shared: &shared,
        as_of,
    };
    for view in array(&case["views"]) {
        let assessment = match text(view) {
            "leader" => person.leaders(),
            "own" => person.own(&device, &private),
            other => panic!("{name}: unknown view {other}"),
        };
        let mut ours = report(&assessment);
        ours.insert("not_counted".to_owned(), not_counted(&person));
        if case["expected"].get("not_counted_private").is_some() {
            let (_, why) = support::recollect(&curriculum, &settings, &private, as_of);
            let why = why
                .iter()
                .map(|(id, reason)| (id.to_string(), json!(reason.words())));
            ours.insert("not_counted_private".to_owned(), Value::Object(why.collect()));
        }
        let place = format!("{name} ({}'s view)", text(view));
        compare(&place, &Value::Object(ours), &case["expected"]);
    }
}

/// Compares value by value, so that a failure names the case and the field.
fn compare(place: &str, ours: &Value, expected: &Value) {
    match (ours, expected) {
        (Value::Object(ours), Value::Object(expected)) => {
            let keys = |map: &Map<String, Value>| map.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(ours), keys(expected), "{place}: keys");
            for (key, value) in expected {
                compare(&format!("{place}: {key}"), &ours[key], value);
            }
        }
        _ => assert_eq!(ours, expected, "{place}"),
    }
}

fn not_counted(person: &Case) -> Value {
    let events = support::united(person.shared);
    let progress = fold(&events, person.curriculum, person.settings, person.as_of);
    let reasons = progress.not_counted.iter();
    Value::Object(
        reasons
            .map(|n| (n.event.id.to_string(), json!(n.reason.words())))
            .collect(),
    )
}

/// An assessment in the golden file's words.
fn report(assessment: &Assessment) -> Map<String, Value> {
    let capabilities = assessment.capabilities.iter();
    let capabilities = capabilities
        .map(|c| (c.capability.to_string(), capability_report(c)))
        .collect();
    let overall = &assessment.overall;
    let limited_by = overall.limited_by.as_ref().map(|limit| {
        json!({
            "items": match &limit.what {
                Limiting::NotStarted => vec!["not started"],
                Limiting::Items(items) => items.iter().map(|item| item.code()).collect(),
            },
            "count": limit.count,
            "capability": limit.capability.as_str(),
            "remedy": remedy(&limit.remedy),
            "minutes": limit.minutes.map(|minutes| minutes.0),
        })
    });
    let overall = json!({
        "total": overall.total.tenths(),
        "band": overall.band.shown(),
        "reached": overall.reached,
        "ready": overall.ready,
        "of": overall.of,
        "limited_by": limited_by,
        "reached_on": shown(overall.reached_on),
    });
    Map::from_iter([
        ("capabilities".to_owned(), Value::Object(capabilities)),
        ("overall".to_owned(), overall),
    ])
}

fn capability_report(c: &CapabilityAssessment) -> Value {
    let slots = |part| {
        c.slots_of(part)
            .map(|slot: &Slot| slot.points.tenths())
            .collect::<Vec<_>>()
    };
    let budgets = Part::ALL.map(|part| c.budgets.of(part).tenths());
    json!({
        "knowledge": c.points.knowledge.tenths(),
        "hands_on": c.points.hands_on.tenths(),
        "dialogue": c.points.dialogue.tenths(),
        "total": c.total.tenths(),
        "budgets": budgets,
        "gate_knowledge": c.gates.recalled_again.tenths(),
        "slots": {
            "knowledge": slots(Part::Knowledge),
            "hands_on": slots(Part::HandsOn),
            "dialogue": slots(Part::Dialogue),
        },
        "band": c.band.shown(),
        "letter": c.letter(),
        "gates": {"hands_on": c.gates.hands_on, "knowledge_floor": c.gates.knowledge},
        "reached_on": shown(c.reached_on),
        "ready_until": shown(c.ready_until),
        "limited_by": limit(c.limited_by.as_ref()),
        "fades_by": limit(c.fades_by.as_ref()),
        "minutes_to_ready": c.minutes_to_ready().map(|minutes| minutes.0),
        "ready_earliest": shown(c.ready_earliest()),
    })
}

fn limit(limit: Option<&Limit>) -> Value {
    limit.map_or(Value::Null, |limit| {
        json!({
            "item": limit.item.code(),
            "remedy": remedy(&limit.remedy),
            "minutes": limit.minutes.map(|minutes| minutes.0),
        })
    })
}

fn remedy(remedy: &Remedy) -> Value {
    let questions = |n: u32| upwards::base::words::plural(n as usize, "question");
    match remedy {
        Remedy::Confirm { step, .. } => json!(undotted(step)),
        Remedy::Step(step) => json!(undotted(step.as_str())),
        Remedy::Questions(n) => json!(questions(*n)),
        Remedy::QuestionsFrom(n, day) => json!(format!("{} from {day}", questions(*n))),
        Remedy::Nothing => Value::Null,
    }
}

fn undotted(id: &str) -> &str {
    id.strip_prefix(MODULE)
        .and_then(|rest| rest.strip_prefix('.'))
        .unwrap_or(id)
}

fn shown(day: Option<Date>) -> Value {
    day.map_or(Value::Null, |day| json!(day.to_string()))
}

fn rules(config: &Value) -> Readiness {
    let mut rules = Readiness::default();
    let Some(changes) = config.get("readiness").and_then(Value::as_object) else {
        return rules;
    };
    for (key, value) in changes {
        match key.as_str() {
            "ladder_days" => {
                let days: Vec<u32> = array(value).iter().map(number).collect();
                rules.ladder_days = days.try_into().expect("six steps");
            }
            "weights" => {
                rules.weights = ["knowledge", "hands_on", "dialogue"].map(|part| number(&value[part]));
            }
            "knowledge_needed" => rules.knowledge_needed = number(value),
            "hands_on_needed" => rules.hands_on_needed = number(value),
            "dialogue_needed" => rules.dialogue_needed = number(value),
            "ready" => rules.ready = number(value),
            "knowledge_floor" => rules.knowledge_floor = number(value),
            "hands_on_fresh_days" => rules.hands_on_fresh_days = number(value),
            "hands_on_evidence" => rules.hands_on_evidence = value.as_bool().expect("yes or no"),
            other => panic!("unknown setting {other}"),
        }
    }
    rules
}

fn curriculum(golden: &Value) -> Curriculum {
    let capabilities = entries(golden, "capabilities").map(|(id, c)| Capability {
        weight: c.get("weight").map_or(1, number),
        core: c.get("core").and_then(Value::as_bool).unwrap_or(true),
        knowledge_needed: c.get("knowledge_needed").map(number),
        hands_on_needed: c.get("hands_on_needed").map(number),
        dialogue_needed: c.get("dialogue_needed").map(number),
        ..support::capability(id)
    });
    let mut steps = Vec::new();
    steps.extend(entries(golden, "cases").map(|(id, x)| step(id, x, support::case())));
    steps.extend(quizzes(golden));
    steps.extend(entries(golden, "practices").map(|(id, x)| step(id, x, support::practice())));
    steps.extend(entries(golden, "talks").map(|(id, x)| step(id, x, support::talk(role(&x["with"])))));
    let mut curriculum = support::curriculum(capabilities.collect(), steps);
    for (id, question) in entries(golden, "questions") {
        for former in question.get("replaces").map(array).unwrap_or_default() {
            let former = dotted(text(former)).parse().expect("an id");
            let heir = dotted(id).parse().expect("an id");
            curriculum.former_questions.insert(former, heir);
        }
    }
    curriculum
}

/// The golden curricula list questions apart from quizzes; those of no quiz get one of their own.
fn quizzes(golden: &Value) -> Vec<Step> {
    let mut left: Map<String, Value> = golden["questions"].as_object().expect("questions").clone();
    let mut steps = Vec::new();
    for (id, quiz) in entries(golden, "quizzes") {
        let questions = array(&quiz["questions"]).iter();
        let questions = questions.filter_map(|name| left.remove_entry(text(name)));
        let questions = questions.map(|(name, q)| question(&name, &q)).collect();
        steps.push(step(id, quiz, StepKind::Quiz(questions)));
    }
    let rest = left.iter().map(|(name, q)| question(name, q)).collect();
    steps.push(support::step("other-questions", [], None, StepKind::Quiz(rest)));
    steps
}

fn question(name: &str, golden: &Value) -> Question {
    let options = golden.get("options").map_or(3, number) as usize;
    support::question(name, text(&golden["capability"]), number(&golden["rev"]), options)
}

fn step(id: &str, golden: &Value, kind: StepKind) -> Step {
    let capabilities = array(&golden["capabilities"]).iter().map(text);
    let needs = golden.get("needs").map(array).unwrap_or_default();
    let mut step = support::step(id, capabilities, golden.get("minutes").map(number), kind);
    step.needs = needs
        .iter()
        .map(|id| dotted(text(id)).parse().expect("an id"))
        .collect();
    step
}

fn role(golden: &Value) -> TalkWith {
    match text(golden) {
        "peer" => TalkWith::Peer,
        "mentor" => TalkWith::Mentor,
        other => panic!("unknown role {other}"),
    }
}

fn event(golden: &Value) -> Event<'static> {
    Event {
        id: text(&golden["id"]).parse().expect("a uuid"),
        seq: golden["seq"].as_u64().expect("a number"),
        day: day(&golden["day"]),
        person: owned(&golden["person"]),
        by: owned(&golden["by"]),
        device: owned(&golden["device"]),
        fact: fact(golden),
        via: None,
    }
}

fn fact(golden: &Value) -> Fact<'static> {
    let curriculum = Text::from(CURRICULUM);
    let step = || Text::from(dotted(text(&golden["step"])));
    let reference = || text(&golden["ref"]).parse().expect("a uuid");
    match text(&golden["kind"]) {
        "finished" => Fact::Finished {
            curriculum,
            step: step(),
            rev: number(&golden["rev"]),
        },
        "recalled" => recalled(golden),
        "practised" => Fact::Practised(Box::new(Practised {
            curriculum,
            step: step(),
            rev: number(&golden["rev"]),
            capabilities: array(&golden["capabilities"]).iter().map(owned).collect(),
            personal: golden["personal"].as_bool().expect("yes or no"),
            evidence: golden
                .get("evidence")
                .and_then(Value::as_str)
                .map(|line| line.to_owned().into()),
            witness: golden.get("witness").map(owned),
            may_quote: false,
            measure: None,
        })),
        "met" => Fact::Met(Box::new(Met {
            curriculum,
            meeting: owned(&golden["meeting"]),
            with: vec![owned(&golden["with"])],
            role: role(&golden["role"]),
            capabilities: array(&golden["capabilities"]).iter().map(owned).collect(),
            minutes: number(&golden["minutes"]),
            attendance: match text(&golden["attendance"]) {
                "present" => Attendance::Present,
                "partly" => Attendance::Partly,
                "deputy" => Attendance::Deputy,
                _ => Attendance::Unknown,
            },
            commitment: None,
        })),
        "reached" => Fact::Reached {
            curriculum,
            capability: owned(&golden["capability"]),
        },
        "waived" => Fact::Waived {
            curriculum,
            step: step(),
            until: None,
        },
        "confirmed" => Fact::Confirmed {
            reference: reference(),
        },
        "voided" => Fact::Voided {
            reference: reference(),
        },
        other => Fact::Unknown {
            kind: other.to_owned().into(),
        },
    }
}

/// As a reader of lines takes it: what is no number and no date never becomes an entry.
fn recalled(golden: &Value) -> Fact<'static> {
    let mut damaged = 0;
    let mut entries = Vec::new();
    for entry in array(&golden["questions"]) {
        let step = entry[0].as_u64().and_then(|step| u8::try_from(step).ok());
        let day = entry[1].as_str().and_then(Date::parse_iso);
        match (step, day) {
            (Some(step), Some(day)) => entries.push(CapsuleEntry { step, day }),
            _ => damaged += 1,
        }
    }
    Fact::Recalled {
        curriculum: CURRICULUM.into(),
        capability: owned(&golden["capability"]),
        entries,
        damaged,
    }
}

fn private_line(golden: &Value) -> PrivateLine {
    PrivateLine {
        id: text(&golden["id"]).parse().expect("a uuid"),
        seq: golden["seq"].as_u64().expect("a number"),
        at: text(&golden["at"]).parse().expect("an instant"),
        day: day(&golden["day"]),
        thought: match text(&golden["kind"]) {
            "answered" => Thought::Answered {
                question: dotted(text(&golden["question"])),
                rev: number(&golden["rev"]),
                capability: text(&golden["capability"]).to_owned(),
                correct: golden["correct"].as_bool().expect("right or wrong"),
            },
            "voided" => Thought::Voided(text(&golden["ref"]).parse().expect("a uuid")),
            _ => Thought::Other,
        },
    }
}

fn entries<'g>(golden: &'g Value, key: &str) -> impl Iterator<Item = (&'g str, &'g Value)> {
    let map = golden.get(key).and_then(Value::as_object);
    map.into_iter().flatten().map(|(id, value)| (id.as_str(), value))
}

fn array(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn owned(value: &Value) -> Text<'static> {
    text(value).to_owned().into()
}

fn number(value: &Value) -> u32 {
    value
        .as_u64()
        .and_then(|n| u32::try_from(n).ok())
        .expect("a number")
}

fn day(value: &Value) -> Date {
    support::date(text(value))
}
