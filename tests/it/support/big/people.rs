//! The people file: the leader, three mentors, then everybody by number.

use std::fmt::Write as _;

use super::course::MODULES;
use super::dice::{Dice, Stream};
use super::{LEADER, Plan, person_id};

/// Mentors who are nothing else; the last one is also the assistant who records for others.
pub(crate) const MENTORS: [(&str, &str); 3] =
    [("jo", "Jo Park"), ("sam", "Sam Ortiz"), ("pat", "Pat Nilsson")];

/// Eight departments in five regions are the 40 units; the first 40 people lead one each.
const DEPARTMENTS: [(&str, &str); 8] = [
    ("sales", "marketing"),
    ("service", "customer-service"),
    ("marketing", "marketing"),
    ("logistics", "internal"),
    ("finance", "governance"),
    ("product", "innovation"),
    ("legal", "risk"),
    ("people", "leadership"),
];
const REGIONS: [&str; 5] = ["nordics", "alps", "benelux", "iberia", "pacific"];
/// Units, so many.
const UNITS: u32 = 40;

const CHALLENGES: [&str; 8] = [
    "no-time",
    "late-answers",
    "crisis",
    "cost-to-serve",
    "loss-of-control",
    "legal-veto",
    "reach-without-sales",
    "no-ideas-used",
];
const FIRST: [&str; 24] = [
    "Ana", "Bo", "Chen", "Dana", "Eli", "Farah", "Gül", "Hana", "Iva", "Jürgen", "Kofi", "Lea", "Milan",
    "Noor", "Olu", "Pia", "Quinn", "Ravi", "Søren", "Tara", "Uma", "Vito", "Wei", "Zoë",
];
const LAST: [&str; 24] = [
    "Aziz",
    "Berg",
    "Costa",
    "Diaz",
    "Eze",
    "Fischer",
    "Gruber",
    "Horvat",
    "Ito",
    "Jansen",
    "Kaya",
    "Lindqvist",
    "Müller",
    "Novak",
    "Okafor",
    "Patel",
    "Quist",
    "Reyes",
    "Silva",
    "Tanaka",
    "Urban",
    "Vasquez",
    "Weiß",
    "Zhao",
];

/// The whole file.
pub(crate) fn file(plan: &Plan) -> String {
    let mut text = "format = 1\n\n[[group]]\nid = \"heads\"\nname = \"Heads of units\"\n".to_owned();
    push(
        &mut text,
        &[
            ("id", quoted(LEADER)),
            ("name", quoted("Maya Lund")),
            ("roles", list(&["leader"])),
        ],
    );
    for (id, name) in MENTORS {
        push(
            &mut text,
            &[
                ("id", quoted(id)),
                ("name", quoted(name)),
                ("roles", list(&["mentor"])),
                all_topics(),
            ],
        );
    }
    for number in 1..=plan.people {
        entry(&mut text, plan.seed, number);
    }
    text
}

/// Every tenth person mentors others, too.
pub(crate) fn is_mentor(number: u32) -> bool {
    number.is_multiple_of(10)
}

/// The mentor a person would be paired with: somebody with a lower number, so that no file depends on how many there are.
pub(crate) fn mentor_of(number: u32) -> String {
    match number / 10 * 10 {
        0 => MENTORS[0].0.to_owned(),
        tens if tens == number => MENTORS[1].0.to_owned(),
        tens => person_id(tens),
    }
}

fn entry(text: &mut String, seed: u64, number: u32) {
    let dice = &mut Dice::of(seed, number, Stream::Entry);
    let unit = (number - 1) % UNITS;
    let head = number <= UNITS;
    let (department, function) = DEPARTMENTS[unit as usize % DEPARTMENTS.len()];
    let region = REGIONS[unit as usize / DEPARTMENTS.len()];
    let wave = format!("wave-{}", dice.within(1..=8));
    let id = person_id(number);
    let name = format!("{} {}", dice.pick(&FIRST), dice.pick(&LAST));
    let mut keys = vec![("id", quoted(&id)), ("name", quoted(&name))];
    keys.push((
        "roles",
        if is_mentor(number) {
            list(&["executive", "mentor"])
        } else {
            list(&["executive"])
        },
    ));
    keys.push((
        "groups",
        if head {
            list(&["heads", &wave])
        } else {
            list(&[&wave])
        },
    ));
    keys.push(("unit", quoted(&format!("{department} {region}"))));
    keys.push(("function", quoted(function)));
    keys.push((
        "reports_to",
        quoted(&if head {
            LEADER.to_owned()
        } else {
            person_id(unit + 1)
        }),
    ));
    keys.push(("email", quoted(&format!("{id}@big.example"))));
    keys.push(("challenges", list(&[*dice.pick(&CHALLENGES)])));
    if is_mentor(number) {
        let module = dice.pick(&MODULES);
        keys.push(("mentors_in", list(&[module.capability])));
        keys.push((
            "mentors_stated",
            format!("{{ {} = \"building\" }}", module.capability),
        ));
    }
    push(text, &keys);
}

fn push(text: &mut String, keys: &[(&str, String)]) {
    text.push_str("\n[[person]]\n");
    for (key, value) in keys {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{key} = {value}");
    }
}

fn all_topics() -> (&'static str, String) {
    (
        "mentors_in",
        list(&MODULES.each_ref().map(|module| module.capability)),
    )
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn list(texts: &[&str]) -> String {
    format!(
        "[{}]",
        texts
            .iter()
            .map(|text| quoted(text))
            .collect::<Vec<_>>()
            .join(", ")
    )
}
