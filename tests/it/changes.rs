//! The table of changes: what an author does to the files, how it is classed, and what it does to three people.

use std::collections::BTreeMap;

use upwards::base::time::{DAY_SECONDS, Date};
use upwards::change::{self, Change, Class, State, Turn, What, Work};
use upwards::model::curriculum::TalkWith;
use upwards::model::event::{Attendance, Fact, Met, Practised};
use upwards::model::settings::{Readiness, Settings};

use crate::change_support::{announced, point, state};
use crate::histories::{DAY_0, World, day};
use crate::model_support;

const HEAD: &str = r#"format = 1
id = "c"
title = "Model"
language = "en"
owner = "Maya Lund"
review_by = 2027-06-30
modules = ["basics", "more"]

[[capability]]
id = "serve"
name = "Serve"
what = "Answer."
ready_means = "can answer"
knowledge_needed = 4

[[capability]]
id = "reach"
name = "Reach"
what = "Reach."
ready_means = "can reach"
knowledge_needed = 3
hands_on_needed = 1
dialogue_needed = 0
"#;

const BASICS: &str = r#"format = 1
id = "basics"
title = "Basics"
capabilities = ["serve"]

[[step]]
id = "read"
kind = "case"
case = "klm-social-service"
minutes = 3

[[step]]
id = "quiz"
kind = "quiz"
title = "Quiz"

[[step.question]]
id = "q1"
title = "One"
text = "What is one?"
options = [
  { text = "1a", right = true, why = "So." },
  { text = "1b", why = "No." },
  { text = "1c", why = "No." },
]

[[step.question]]
id = "q2"
title = "Two"
text = "What is two?"
options = [
  { text = "2a", right = true, why = "So." },
  { text = "2b", why = "No." },
]

[[step.question]]
id = "q3"
title = "Three"
text = "What is three?"
options = [
  { text = "3a", right = true, why = "So." },
  { text = "3b", why = "No." },
]

[[step.question]]
id = "q4"
title = "Four"
text = "What is four?"
options = [
  { text = "4a", right = true, why = "So." },
  { text = "4b", why = "No." },
]

[[step]]
id = "do"
kind = "practice"
title = "Do it"
minutes = 5
do = ["Do it."]

[[step]]
id = "twice"
kind = "practice"
title = "Do it twice"
minutes = 10
needs = ["do"]
do = ["Do it again."]

[step.measure]
unit = "hours"

[[step]]
id = "peer"
kind = "talk"
with = "peer"
title = "Talk"
minutes = 15
agenda = ["What went wrong"]
ask = ["What would you not do again?"]

[[step]]
id = "think"
kind = "reflect"
title = "Think"
minutes = 2
ask = ["What stops you?"]
"#;

const MORE: &str = r#"format = 1
id = "more"
title = "More"
capabilities = ["reach"]

[[step]]
id = "asked"
kind = "quiz"
title = "Asked"

[[step.question]]
id = "r1"
title = "Reach one"
text = "What is reached?"
options = [
  { text = "ra", right = true, why = "So." },
  { text = "rb", why = "No." },
]

[[step.question]]
id = "r2"
rev = 2
title = "Reach two"
text = "What else?"
options = [
  { text = "sa", right = true, why = "So." },
  { text = "sb", why = "No." },
]

[[step.question]]
id = "r0"
title = "Reach none"
retired = true
text = "What was reached?"
options = [
  { text = "oa", right = true, why = "So." },
  { text = "ob", why = "No." },
]

[[step.question]]
id = "r3"
replaces = ["r-old"]
title = "Reach three"
text = "What more?"
options = [
  { text = "ta", right = true, why = "So." },
  { text = "tb", why = "No." },
]

[[step]]
id = "try"
kind = "practice"
title = "Try it"
minutes = 5
do = ["Try it."]
"#;

/// A further step, put at the end of a module.
const NEW_STEP: &str = r#"
[[step]]
id = "late"
kind = "reflect"
title = "Late"
minutes = 4
ask = ["What came late?"]
"#;

const NEW_STEP_SINCE: &str = r#"
[[step]]
id = "late"
kind = "reflect"
title = "Late"
minutes = 4
since = 2026-01-09
ask = ["What came late?"]
"#;

const MOVED_QUESTION: &str = r#"
[[step.question]]
id = "q4"
title = "Four"
text = "What is four?"
replaces = ["basics.q4"]
capability = "serve"
options = [
  { text = "4a", right = true, why = "So." },
  { text = "4b", why = "No." },
]

[[step]]
id = "try""#;

/// Files by a short name.
fn texts() -> BTreeMap<String, String> {
    let case = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("curricula/efficiency/cases/klm-social-service.toml"),
    )
    .expect("a case");
    [
        ("head", HEAD.to_owned()),
        ("basics", BASICS.to_owned()),
        ("more", MORE.to_owned()),
        ("klm", case),
    ]
    .map(|(name, text)| (path(name), text))
    .into()
}

fn path(name: &str) -> String {
    match name {
        "head" => "curricula/c/curriculum.toml".to_owned(),
        "klm" => "curricula/c/cases/klm-social-service.toml".to_owned(),
        other => format!("curricula/c/modules/{other}.toml"),
    }
}

/// What an author does.
enum Edit {
    /// In a file, these words become others, at their first place.
    Words(&'static str, &'static str, &'static str),
    /// A file gets other words at its end.
    End(&'static str, &'static str),
    /// A file gets another name, and its id with it.
    Name(&'static str, &'static str),
    /// A question, a step or a capability goes, from where it begins up to where the next thing begins.
    Cut(&'static str, &'static str),
    /// The same, and it is put behind the end of another file.
    Move(&'static str, &'static str, &'static str),
}

use Edit::{Cut, End, Move, Name, Words};

impl Edit {
    fn on(&self, texts: &mut BTreeMap<String, String>) {
        match self {
            Words(file, from, to) => {
                let text = texts.get_mut(&path(file)).expect("a file");
                assert!(text.contains(from), "{file} has no {from:?}");
                *text = text.replacen(from, to, 1);
            }
            End(file, more) => texts.get_mut(&path(file)).expect("a file").push_str(more),
            Name(from, to) => {
                let text = texts.remove(&path(from)).expect("a file");
                let id = format!("id = \"{from}\"");
                texts.insert(path(to), text.replacen(&id, &format!("id = \"{to}\""), 1));
            }
            Cut(file, from) => drop(cut(texts, file, from)),
            Move(file, from, to) => {
                let part = cut(texts, file, from);
                texts.get_mut(&path(to)).expect("a file").push_str(&part);
            }
        }
    }
}

fn cut(texts: &mut BTreeMap<String, String>, file: &str, id: &str) -> String {
    let text = texts.get_mut(&path(file)).expect("a file");
    let at = text.find(&format!("id = \"{id}\"")).expect("an id");
    let start = text[..at].rfind("\n[[").expect("a table");
    let mark = &text[start + 1..at - 1];
    let ends = if mark == "[[step.question]]" {
        vec!["\n[[step"]
    } else {
        vec!["\n[[step]]", "\n[[capability]]"]
    };
    let rest = &text[at..];
    let ends = ends.into_iter().filter_map(|end| rest.find(end)).min();
    let end = ends.map_or(text.len(), |end| at + end);
    let part = text[start..end].to_owned();
    text.replace_range(start..end, "");
    part
}

/// Three people on the tenth day: one who knows and did all of it, one who is on the way, one to whom it was assigned.
fn people(state: &State) -> [(&'static str, World); 3] {
    let all = ["q1", "q2", "q3", "q4"].map(|name| format!("basics.{name}"));
    let more = ["r1", "r2", "r3"].map(|name| format!("more.{name}"));
    let mut knows = empty(state);
    for on in [0, 5] {
        for question in all.iter().chain(&more) {
            answer(&mut knows, on, question, true);
        }
    }
    for (step, capability, on) in [
        ("basics.do", "serve", 1),
        ("basics.twice", "serve", 2),
        ("more.try", "reach", 2),
    ] {
        tells(&mut knows, on, practised(step, capability));
    }
    tells(&mut knows, 3, met());
    for step in ["basics.read", "basics.quiz", "basics.think", "more.asked"] {
        tells(&mut knows, 6, finished(step));
    }
    knows.publish();
    let mut half = empty(state);
    answer(&mut half, 0, "basics.q1", true);
    answer(&mut half, 1, "basics.q2", true);
    answer(&mut half, 1, "basics.q3", false);
    tells(&mut half, 1, practised("basics.do", "serve"));
    tells(&mut half, 1, finished("basics.read"));
    half.publish();
    [("knows", knows), ("half", half), ("new", empty(state))]
}

fn empty(state: &State) -> World {
    let mut world = World::empty(state.curriculum.clone(), Readiness::default(), day(10));
    for module in ["basics", "more"] {
        let fact = Fact::Assigned {
            curriculum: "c".into(),
            module: module.into(),
            due: Some(day(30)),
            reason: None,
        };
        world.share(DAY_0, "maya", "maya-desk", fact);
    }
    world
}

fn answer(world: &mut World, on: i64, question: &str, right: bool) {
    let second = (DAY_0 + on) * DAY_SECONDS + 9 * 3_600;
    world.answer_to(&World::laptop(), second, question, right);
}

fn tells(world: &mut World, on: i64, fact: Fact<'static>) {
    world.share(DAY_0 + on, "ana", "ana-laptop", fact);
}

fn practised(step: &'static str, capability: &'static str) -> Fact<'static> {
    Fact::Practised(Box::new(Practised {
        curriculum: "c".into(),
        step: step.into(),
        rev: 1,
        capabilities: vec![capability.into()],
        personal: true,
        evidence: Some("did it".into()),
        witness: None,
        may_quote: false,
        measure: None,
    }))
}

fn met() -> Fact<'static> {
    Fact::Met(Box::new(Met {
        curriculum: "c".into(),
        meeting: "first".into(),
        with: vec!["kim".into()],
        role: TalkWith::Peer,
        capabilities: vec!["serve".into()],
        minutes: 15,
        attendance: Attendance::Present,
        commitment: None,
    }))
}

fn finished(step: &'static str) -> Fact<'static> {
    Fact::Finished {
        curriculum: "c".into(),
        step: step.into(),
        rev: 1,
    }
}

/// A row of the table.
struct Row {
    name: &'static str,
    edits: &'static [Edit],
    /// `class about id code` of each change.
    changes: &'static str,
    /// What it does to the three, each with their own eyes.
    effect: &'static str,
}

const fn row(name: &'static str, edits: &'static [Edit], changes: &'static str, effect: &'static str) -> Row {
    Row {
        name,
        edits,
        changes,
        effect,
    }
}

const ROWS: &[Row] = &[
    row(
        "a question reworded, same revision",
        &[Words("basics", "What is one?", "Which one is one?")],
        "wording question basics.q1 texts",
        "",
    ),
    row(
        "a question with another title",
        &[Words("basics", "title = \"One\"", "title = \"The first\"")],
        "wording question basics.q1 texts",
        "",
    ),
    row(
        "an option reworded, right as before",
        &[Words("basics", "\"1a\"", "\"1a, certainly\"")],
        "wording question basics.q1 texts",
        "",
    ),
    row(
        "options in another order",
        &[Words(
            "basics",
            "  { text = \"2a\", right = true, why = \"So.\" },\n  { text = \"2b\", why = \"No.\" },",
            "  { text = \"2b\", why = \"No.\" },\n  { text = \"2a\", right = true, why = \"So.\" },",
        )],
        "wording question basics.q2 texts",
        "",
    ),
    row(
        "another option is right, same revision",
        &[Words(
            "basics",
            "{ text = \"1a\", right = true, why = \"So.\" },\n  { text = \"1b\"",
            "{ text = \"1a\", why = \"So.\" },\n  { text = \"1b\", right = true",
        )],
        "material question basics.q1 other-right!",
        "",
    ),
    row(
        "two texts of options swapped, same revision",
        &[
            Words("basics", "{ text = \"1a\"", "{ text = \"1x\""),
            Words("basics", "{ text = \"1b\"", "{ text = \"1a\""),
        ],
        "material question basics.q1 other-right!",
        "",
    ),
    row(
        "another option is right, higher revision",
        &[
            Words("basics", "id = \"q1\"", "id = \"q1\"\nrev = 2"),
            Words(
                "basics",
                "{ text = \"1a\", right = true, why = \"So.\" },\n  { text = \"1b\"",
                "{ text = \"1a\", why = \"So.\" },\n  { text = \"1b\", right = true",
            ),
        ],
        "material question basics.q1 revision",
        "knows: serve 98.8 R > 89.1 R, overall 98.8 R > 93.9 R | half: serve 37.4 E > 28.8 E, overall 18.7 E > 14.4 E",
    ),
    row(
        "a further wrong option",
        &[Words(
            "basics",
            "{ text = \"2b\", why = \"No.\" },",
            "{ text = \"2b\", why = \"No.\" },\n  { text = \"2c\", why = \"No.\" },",
        )],
        "addition question basics.q2 options-added",
        "",
    ),
    row(
        "a wrong option gone",
        &[Words("basics", "  { text = \"1c\", why = \"No.\" },\n", "")],
        "material question basics.q1 options-removed",
        "",
    ),
    row(
        "a wrong option replaced, and a further one",
        &[Words(
            "basics",
            "{ text = \"1c\", why = \"No.\" },",
            "{ text = \"1x\", why = \"No.\" },\n  { text = \"1y\", why = \"No.\" },",
        )],
        "material question basics.q1 options-removed",
        "",
    ),
    row(
        "a higher revision of a question",
        &[Words("basics", "id = \"q1\"", "id = \"q1\"\nrev = 2")],
        "material question basics.q1 revision",
        "knows: serve 98.8 R > 89.1 R, overall 98.8 R > 93.9 R | half: serve 37.4 E > 28.8 E, overall 18.7 E > 14.4 E",
    ),
    row(
        "a question retired",
        &[Words("basics", "id = \"q4\"", "id = \"q4\"\nretired = true")],
        "material capability serve asked; material question basics.q4 retired",
        "knows: serve 98.8 R > 99.1 R, overall 98.8 R > 98.9 R | half: serve 37.4 E > 43.1 B, overall 18.7 E > 21.5 B",
    ),
    row(
        "a question removed",
        &[Cut("basics", "q4")],
        "material capability serve asked; material question basics.q4 removed!",
        "knows: serve 98.8 R > 99.1 R, overall 98.8 R > 98.9 R | half: serve 37.4 E > 43.1 B, overall 18.7 E > 21.5 B",
    ),
    row(
        "a question renamed",
        &[Words(
            "basics",
            "id = \"q1\"",
            "id = \"first\"\nreplaces = [\"q1\"]",
        )],
        "wording question basics.first renamed",
        "",
    ),
    row(
        "a question renamed without a word",
        &[Words("basics", "id = \"q1\"", "id = \"first\"")],
        "material question basics.q1 removed!; addition question basics.first added",
        "",
    ),
    row(
        "a question renamed with a higher revision",
        &[Words(
            "basics",
            "id = \"q1\"",
            "id = \"first\"\nrev = 2\nreplaces = [\"q1\"]",
        )],
        "wording question basics.first renamed; material question basics.first revision",
        "knows: serve 98.8 R > 89.1 R, overall 98.8 R > 93.9 R | half: serve 37.4 E > 28.8 E, overall 18.7 E > 14.4 E",
    ),
    row(
        "a question into another module",
        &[
            Cut("basics", "q4"),
            Words("more", "\n[[step]]\nid = \"try\"", MOVED_QUESTION),
        ],
        "material question more.q4 moved",
        "",
    ),
    row(
        "a question for another capability",
        &[Words(
            "basics",
            "id = \"q4\"",
            "id = \"q4\"\ncapability = \"reach\"",
        )],
        "material capability serve asked; material question basics.q4 capabilities",
        "knows: serve 98.8 R > 99.1 R, overall 98.8 R > 98.9 R | half: serve 37.4 E > 43.1 B, overall 18.7 E > 21.5 B",
    ),
    row(
        "two questions merged",
        &[
            Cut("basics", "q4"),
            Words("basics", "id = \"q3\"", "id = \"q3\"\nreplaces = [\"q4\"]"),
        ],
        "material capability serve asked; material question basics.q4 merged",
        "knows: serve 98.8 R > 99.1 R, overall 98.8 R > 98.9 R | half: serve 37.4 E > 43.1 B, overall 18.7 E > 21.5 B",
    ),
    row(
        "a question split in two, one inherits",
        &[
            Words("basics", "id = \"q4\"", "id = \"q4a\"\nreplaces = [\"q4\"]"),
            Words(
                "basics",
                "\n[[step]]\nid = \"do\"",
                "\n[[step.question]]\nid = \"q4b\"\ntitle = \"Four b\"\ntext = \"What is b?\"\noptions = [\n  { text = \"ba\", right = true, why = \"So.\" },\n  { text = \"bb\", why = \"No.\" },\n]\n\n[[step]]\nid = \"do\"",
            ),
        ],
        "wording question basics.q4a renamed; addition question basics.q4b added",
        "half: basics.quiz 3 > 4 min | new: basics.quiz 3 > 4 min",
    ),
    row(
        "questions in another order",
        &[
            Words(
                "basics",
                "id = \"q1\"\ntitle = \"One\"\ntext = \"What is one?\"",
                "id = \"qx\"\ntitle = \"One\"\ntext = \"What is one?\"",
            ),
            Cut("basics", "qx"),
            Words(
                "basics",
                "\n[[step]]\nid = \"do\"",
                "\n[[step.question]]\nid = \"q1\"\ntitle = \"One\"\ntext = \"What is one?\"\noptions = [\n  { text = \"1a\", right = true, why = \"So.\" },\n  { text = \"1b\", why = \"No.\" },\n  { text = \"1c\", why = \"No.\" },\n]\n\n[[step]]\nid = \"do\"",
            ),
        ],
        "wording quiz basics.quiz order",
        "",
    ),
    row(
        "a question into another quiz of its module",
        &[Words(
            "basics",
            "\n[[step.question]]\nid = \"q4\"",
            "\n[[step]]\nid = \"quiz-b\"\nkind = \"quiz\"\ntitle = \"Quiz b\"\nsince = 2026-01-09\n\n[[step.question]]\nid = \"q4\"",
        )],
        "addition quiz basics.quiz-b joined; wording question basics.q4 other-quiz",
        "half: open basics.quiz-b 1 | new: open basics.quiz-b 1",
    ),
    row(
        "a question added, enough are live",
        &[Words(
            "basics",
            "\n[[step]]\nid = \"do\"",
            "\n[[step.question]]\nid = \"q5\"\ntitle = \"Five\"\ntext = \"What is five?\"\noptions = [\n  { text = \"5a\", right = true, why = \"So.\" },\n  { text = \"5b\", why = \"No.\" },\n]\n\n[[step]]\nid = \"do\"",
        )],
        "addition question basics.q5 added",
        "half: basics.quiz 3 > 4 min | new: basics.quiz 3 > 4 min",
    ),
    row(
        "a retired question is asked again",
        &[Words("more", "retired = true\n", "")],
        "material question more.r0 revived",
        "",
    ),
    row(
        "a lowered revision of a question",
        &[Words("more", "rev = 2", "rev = 1")],
        "material question more.r2 revision-lowered!",
        "",
    ),
    row(
        "a former id is taken over no more",
        &[Words("more", "replaces = [\"r-old\"]\n", "")],
        "material question more.r3 heir-no-more",
        "",
    ),
    row(
        "a further former id is taken over",
        &[Words("more", "[\"r-old\"]", "[\"r-old\", \"r0\"]")],
        "material question more.r3 heir-now",
        "",
    ),
    row(
        "the quiz renamed",
        &[Words(
            "basics",
            "id = \"quiz\"",
            "id = \"questions\"\nreplaces = [\"quiz\"]",
        )],
        "wording quiz basics.questions renamed",
        "",
    ),
    row(
        "a quiz retired with its questions",
        &[Words(
            "more",
            "id = \"asked\"\nkind = \"quiz\"\ntitle = \"Asked\"",
            "id = \"asked\"\nkind = \"quiz\"\ntitle = \"Asked\"\nretired = true",
        )],
        "material capability reach asked; material quiz more.asked retired",
        "knows: reach 98.8 R > 100.0 R, overall 98.8 R > 99.4 R | half: closed more.asked | new: closed more.asked",
    ),
    row(
        "a step with other words",
        &[Words("basics", "do = [\"Do it.\"]", "do = [\"Do it today.\"]")],
        "wording practice basics.do texts",
        "",
    ),
    row(
        "a step with another title",
        &[Words("basics", "title = \"Do it\"", "title = \"Just do it\"")],
        "wording practice basics.do texts",
        "",
    ),
    row(
        "steps in another order",
        &[Move("basics", "read", "basics")],
        "wording module basics order",
        "",
    ),
    row(
        "a step added, since a day",
        &[End("basics", NEW_STEP_SINCE)],
        "addition reflect basics.late joined",
        "half: open basics.late 4 | new: open basics.late 4",
    ),
    row(
        "a step added, as if it was always there",
        &[End("basics", NEW_STEP)],
        "material reflect basics.late joined",
        "knows: open basics.late 4, reopened basics | half: open basics.late 4 | new: open basics.late 4",
    ),
    row(
        "a practice added, since a day",
        &[End(
            "more",
            "\n[[step]]\nid = \"again\"\nkind = \"practice\"\ntitle = \"Again\"\nminutes = 5\nsince = 2026-01-09\ndo = [\"Again.\"]\n",
        )],
        "addition practice more.again joined",
        "half: open more.again 5 | new: open more.again 5",
    ),
    row(
        "a practice retired",
        &[Words(
            "basics",
            "id = \"twice\"",
            "id = \"twice\"\nretired = true",
        )],
        "material practice basics.twice retired",
        "half: closed basics.twice | new: closed basics.twice",
    ),
    row(
        "a practice removed",
        &[Cut("basics", "twice")],
        "material practice basics.twice removed!",
        "knows: gone basics.twice | half: closed basics.twice | new: closed basics.twice",
    ),
    row(
        "a practice renamed",
        &[
            Words("basics", "id = \"do\"", "id = \"just-do\"\nreplaces = [\"do\"]"),
            Words("basics", "needs = [\"do\"]", "needs = [\"just-do\"]"),
        ],
        "wording practice basics.just-do renamed",
        "",
    ),
    row(
        "a practice into another module",
        &[
            Move("basics", "do", "more"),
            Words(
                "more",
                "id = \"do\"",
                "id = \"do\"\nreplaces = [\"basics.do\"]\ncapabilities = [\"serve\"]",
            ),
            Words("basics", "needs = [\"do\"]", "needs = [\"more.do\"]"),
        ],
        "material practice more.do moved",
        "",
    ),
    row(
        "two practices merged",
        &[
            Cut("basics", "do"),
            Words("basics", "id = \"twice\"", "id = \"twice\"\nreplaces = [\"do\"]"),
            Words("basics", "needs = [\"do\"]\n", ""),
        ],
        "material practice basics.do merged; material practice basics.twice needs",
        "knows: serve 98.8 R > 78.8 R, overall 98.8 R > 88.8 R | half: closed basics.twice | new: basics.twice 5 > 10 min",
    ),
    row(
        "a practice for another capability",
        &[Words(
            "basics",
            "id = \"twice\"",
            "id = \"twice\"\ncapabilities = [\"reach\"]",
        )],
        "material practice basics.twice capabilities",
        "",
    ),
    row(
        "a higher revision of a practice",
        &[Words("basics", "id = \"do\"", "id = \"do\"\nrev = 2")],
        "material practice basics.do revision",
        "knows: again basics.do of 1, 5 min | half: again basics.do of 1, 5 min",
    ),
    row(
        "a higher revision of a reflection",
        &[Words("basics", "id = \"think\"", "id = \"think\"\nrev = 2")],
        "material reflect basics.think revision",
        "knows: again basics.think of 1, 2 min",
    ),
    row(
        "other minutes",
        &[Words("basics", "minutes = 10", "minutes = 12")],
        "wording practice basics.twice minutes",
        "half: basics.twice 10 > 12 min | new: basics.twice 10 > 12 min",
    ),
    row(
        "other needs",
        &[Words("basics", "needs = [\"do\"]", "needs = [\"do\", \"think\"]")],
        "material practice basics.twice needs",
        "",
    ),
    row(
        "another unit measured",
        &[Words("basics", "unit = \"hours\"", "unit = \"days\"")],
        "material practice basics.twice measure",
        "",
    ),
    row(
        "a talk with a mentor instead of a peer",
        &[Words("basics", "with = \"peer\"", "with = \"mentor\"")],
        "material talk basics.peer with",
        "knows: open basics.peer 15, reopened basics",
    ),
    row(
        "a practice that is a reflection now",
        &[Words(
            "basics",
            "kind = \"practice\"\ntitle = \"Do it\"\nminutes = 5\ndo = [\"Do it.\"]",
            "kind = \"reflect\"\ntitle = \"Do it\"\nminutes = 5\nask = [\"Did you?\"]",
        )],
        "material reflect basics.do kind",
        "",
    ),
    row(
        "a module renamed",
        &[
            Name("basics", "ground"),
            Words(
                "ground",
                "id = \"ground\"",
                "id = \"ground\"\nreplaces = [\"basics\"]",
            ),
            Words("head", "\"basics\"", "\"ground\""),
        ],
        "wording module ground renamed",
        "",
    ),
    row(
        "a module renamed without a word",
        &[
            Name("basics", "ground"),
            Words("head", "\"basics\"", "\"ground\""),
        ],
        "material module basics module-removed; addition module ground added",
        "knows: gone basics.do, gone basics.peer, gone basics.quiz, gone basics.read, gone basics.think, gone basics.twice | half: closed basics.quiz, closed basics.twice, closed basics.peer, closed basics.think, gone basics.do, gone basics.read | new: closed basics.read, closed basics.quiz, closed basics.do, closed basics.twice, closed basics.peer, closed basics.think",
    ),
    row(
        "a module with another title",
        &[Words("basics", "title = \"Basics\"", "title = \"The basics\"")],
        "wording module basics texts",
        "",
    ),
    row(
        "modules in another order",
        &[Words("head", "\"basics\", \"more\"", "\"more\", \"basics\"")],
        "wording curriculum c order",
        "",
    ),
    row(
        "a module no longer listed",
        &[Words("head", "[\"basics\", \"more\"]", "[\"basics\"]")],
        "material capability reach asked; material module more module-removed",
        "knows: reach 98.8 R > 100.0 R, overall 98.8 R > 99.4 R, gone more.asked, gone more.try | half: closed more.asked, closed more.try | new: closed more.asked, closed more.try",
    ),
    row(
        "another title of the curriculum",
        &[Words("head", "title = \"Model\"", "title = \"The model\"")],
        "wording curriculum c texts",
        "",
    ),
    row(
        "a state handed out",
        &[Words("head", "language", "rev = 2\nlanguage")],
        "wording curriculum c label",
        "",
    ),
    row(
        "a capability with another name",
        &[Words("head", "name = \"Serve\"", "name = \"Answer\"")],
        "wording capability serve texts",
        "",
    ),
    row(
        "more questions needed than are live",
        &[Words("head", "knowledge_needed = 4", "knowledge_needed = 6")],
        "material capability serve needed",
        "",
    ),
    row(
        "fewer questions needed",
        &[Words("head", "knowledge_needed = 4", "knowledge_needed = 2")],
        "material capability serve needed",
        "knows: serve 98.8 R > 99.0 R, overall 98.8 R > 98.9 R | half: serve 37.4 E > 54.8 B, overall 18.7 E > 27.4 B",
    ),
    row(
        "more practices needed",
        &[Words("head", "hands_on_needed = 1", "hands_on_needed = 3")],
        "material capability reach needed",
        "knows: reach 98.8 R > 65.4 B, overall 98.8 R > 82.1 B",
    ),
    row(
        "a talk needed",
        &[Words("head", "dialogue_needed = 0", "dialogue_needed = 1")],
        "material capability reach needed",
        "knows: reach 98.8 R > 79.1 R, overall 98.8 R > 88.9 R",
    ),
    row(
        "another weight",
        &[Words(
            "head",
            "knowledge_needed = 3",
            "weight = 3\nknowledge_needed = 3",
        )],
        "material capability reach weight",
        "half: overall 18.7 E > 9.3 E",
    ),
    row(
        "core no more",
        &[Words(
            "head",
            "knowledge_needed = 3",
            "core = false\nknowledge_needed = 3",
        )],
        "material capability reach core",
        "",
    ),
    row(
        "a capability added",
        &[End(
            "head",
            "\n[[capability]]\nid = \"lead\"\nname = \"Lead\"\nwhat = \"Lead.\"\nready_means = \"can lead\"\n",
        )],
        "material capability lead capability-added",
        "knows: overall 98.8 R > 65.8 B | half: overall 18.7 E > 12.4 E",
    ),
    row(
        "a capability gone",
        &[
            Cut("head", "reach"),
            Words("more", "capabilities = [\"reach\"]", "capabilities = [\"serve\"]"),
        ],
        "material capability reach capability-removed; material quiz more.asked capabilities; material practice more.try capabilities; material question more.r1 capabilities; material question more.r2 capabilities; material question more.r3 capabilities",
        "knows: reach 98.8 R > - | half: overall 18.7 E > 37.4 E",
    ),
    row(
        "a case at a higher revision",
        &[Words("klm", "rev = 1", "rev = 2")],
        "material case klm-social-service revision",
        "knows: again basics.read of 1, 3 min | half: again basics.read of 1, 3 min",
    ),
    row(
        "a case with another brief",
        &[Words("klm", "brief = \"", "brief = \"Well. ")],
        "wording case klm-social-service texts",
        "",
    ),
    row(
        "a claim in other words",
        &[Words("klm", "text = \"Average reply", "text = \"A reply took")],
        "wording case klm-social-service texts",
        "",
    ),
    row(
        "a claim under another heading",
        &[Words("klm", "part = \"result\"", "part = \"cost\"")],
        "wording case klm-social-service texts",
        "",
    ),
    row(
        "a claim of another year",
        &[Words("klm", "year = 2014\ngrade", "year = 2013\ngrade")],
        "wording case klm-social-service texts",
        "",
    ),
    row(
        "a claim that is about right no more",
        &[Words("klm", "about = true", "about = false")],
        "wording case klm-social-service texts",
        "",
    ),
    row(
        "a claim of another source",
        &[Words(
            "klm",
            "source = \"econsultancy-2014\"",
            "source = \"econsultancy-sales-2014\"",
        )],
        "material case klm-social-service claims",
        "",
    ),
    row(
        "a claim said by somebody else",
        &[Words("klm", "said_by = \"KLM's", "said_by = \"A former")],
        "material case klm-social-service claims",
        "",
    ),
    row(
        "a claim that is worked out now",
        &[Words(
            "klm",
            "source = \"econsultancy-2014\"",
            "source = \"econsultancy-2014\"\nderived = \"46 / 2\"",
        )],
        "material case klm-social-service claims",
        "",
    ),
    row(
        "a source more, same case",
        &[End(
            "klm",
            "\n[[source]]\nid = \"further\"\ntitle = \"Further\"\naddress = \"example.org/further\"\n",
        )],
        "wording case klm-social-service texts",
        "",
    ),
];

fn defaults() -> Settings {
    model_support::settings(Readiness::default())
}

fn words(change: &Change) -> String {
    let (class, about) = (change.class().word(), change.about.word());
    let fault = if change.what.is_fault() { "!" } else { "" };
    format!("{class} {about} {} {}{fault}", change.id, change.what.code())
}

/// What is announced to somebody's own eyes, as words.
fn effect(turns: &[Turn], work: &Work) -> Vec<String> {
    let mut words = Vec::new();
    for turn in turns.iter().filter(|turn| turn.is_told()) {
        let name = turn.capability.as_deref().unwrap_or("overall");
        let shown = |point: Option<change::Point>| {
            point.map_or("-".to_owned(), |p| format!("{} {}", p.points, p.band.letter()))
        };
        words.push(format!("{name} {} > {}", shown(turn.before), shown(turn.after)));
    }
    let again = work.again.iter();
    words.extend(again.map(|a| format!("again {} of {}, {} min", a.step, a.done_at, a.minutes.0)));
    words.extend(work.opened.iter().map(|(id, min)| format!("open {id} {}", min.0)));
    words.extend(
        work.longer
            .iter()
            .map(|(id, a, b)| format!("{id} {} > {} min", a.0, b.0)),
    );
    for (what, ids) in [
        ("closed", &work.closed),
        ("reopened", &work.reopened),
        ("finished", &work.finished),
        ("gone", &work.no_longer_here),
    ] {
        words.extend(ids.iter().map(|id| format!("{what} {id}")));
    }
    words
}

#[test]
fn every_change_of_the_table_is_classed_and_does_what_it_says() {
    let old = state("c", &texts());
    let mut wrong = String::new();
    for row in ROWS {
        let mut changed = texts();
        for edit in row.edits {
            edit.on(&mut changed);
        }
        let new = state("c", &changed);
        let changes = change::changes(&old, &new, &defaults());
        let found: Vec<String> = changes.iter().map(words).collect();
        let mut effects = Vec::new();
        for (who, world) in people(&old) {
            let device = World::laptop();
            let own = announced(&world, Some(&device), &new.curriculum);
            let words = effect(&own.turns, &own.work);
            if !words.is_empty() {
                effects.push(format!("{who}: {}", words.join(", ")));
            }
            holds(row.name, who, &world, &own.turns, &new);
        }
        let (found, effects) = (found.join("; "), effects.join(" | "));
        if found != row.changes || effects != row.effect {
            wrong += &format!("ROW\t{}\t{found}\t{effects}\n", row.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(ROWS.len() >= 40, "{}", ROWS.len());
}

/// What was announced is what happens: to the own eyes and to leaders at once, and to leaders once the device published anew.
fn holds(name: &str, who: &str, world: &World, own: &[Turn], new: &State) {
    let told = announced(world, None, &new.curriculum);
    let mut after = world.clone();
    after.curriculum = new.curriculum.clone();
    let (own_after, leaders_after) = (after.own(&World::laptop()), after.leaders());
    for (own, leaders) in own.iter().zip(&told.turns) {
        let capability = own.capability.as_deref();
        let place = format!("{name}, {who}, {capability:?}");
        assert_eq!(own.after, point(&own_after, capability), "{place}");
        assert_eq!(leaders.after, point(&leaders_after, capability), "{place}");
        assert_eq!(own.before, leaders.before, "{place}: the capsules were current");
        // The own device knows for sure.
        assert_eq!(own.later.map(|later| later.least), own.after, "{place}");
        // What leaders see once the device published anew is what it saw itself.
        if let (Some(later), Some(now)) = (leaders.later, own.after) {
            assert!(later.holds(now), "{place}: {now:?} is not in {later:?}");
        }
    }
}

/// Whatever has a revision is marked when that is lowered, and never passes for unchanged.
#[test]
fn a_lowered_revision_is_told_of_all_that_has_one() {
    let old = state("c", &texts());
    let mut seen = 0;
    let is_raised = |row: &&Row| row.changes.ends_with(" revision") && !row.changes.contains(';');
    for row in ROWS.iter().filter(is_raised) {
        let mut changed = texts();
        for edit in row.edits {
            edit.on(&mut changed);
        }
        let back = change::changes(&state("c", &changed), &old, &defaults());
        let lowered = back.iter().filter(|change| change.what.is_fault());
        let lowered: Vec<String> = lowered.map(words).collect();
        assert_eq!(
            lowered.join("; "),
            format!("{}-lowered!", row.changes),
            "{}",
            row.name
        );
        seen += 1;
    }
    assert!(seen >= 4, "{seen}");
}

/// Advice can be followed: a case has no key `retired`.
#[test]
fn a_removed_case_is_told_how_its_words_are_kept() {
    let mut new = state("c", &texts());
    new.cases.clear();
    let changes = change::changes(&state("c", &texts()), &new, &defaults());
    let shown = upwards::report::changes_lines(&changes, 200).join("\n");
    assert_eq!(
        changes.iter().map(words).collect::<Vec<_>>(),
        ["material case klm-social-service removed!"]
    );
    assert!(!shown.contains("retired"), "{shown}");
    assert!(shown.contains("left in cases/"), "{shown}");
}

/// A quiz that joins takes as long as the workspace says its questions do.
#[test]
fn a_quiz_that_joins_takes_the_minutes_of_the_settings() {
    const QUIZ: &str = "\n[[step]]\nid = \"late\"\nkind = \"quiz\"\ntitle = \"Late\"\n\n[[step.question]]\nid = \"l1\"\ntitle = \"L\"\ntext = \"L?\"\noptions = [\n  { text = \"la\", right = true, why = \"So.\" },\n  { text = \"lb\", why = \"No.\" },\n]\n";
    let mut changed = texts();
    End("basics", QUIZ).on(&mut changed);
    let (old, new) = (state("c", &texts()), state("c", &changed));
    for (seconds, expected) in [(45, 1), (200, 4)] {
        let mut settings = defaults();
        settings.plan.seconds_per_question = seconds;
        let changes = change::changes(&old, &new, &settings);
        let joined = changes.iter().find_map(|change| match change.what {
            What::Joined { minutes, .. } => Some(minutes),
            _ => None,
        });
        assert_eq!(joined, Some(expected), "{seconds} s a question");
    }
}

/// A change that is only words loses nobody anything, whatever else it is.
#[test]
fn wording_and_additions_take_nothing_from_anybody() {
    let old = state("c", &texts());
    let mut seen = 0;
    for row in ROWS {
        let mut changed = texts();
        for edit in row.edits {
            edit.on(&mut changed);
        }
        let new = state("c", &changed);
        let changes = change::changes(&old, &new, &defaults());
        if changes.iter().any(|change| change.class() == Class::Material) {
            continue;
        }
        seen += 1;
        for (who, world) in people(&old) {
            for device in [None, Some(World::laptop())] {
                let told = announced(&world, device.as_ref(), &new.curriculum);
                for turn in &told.turns {
                    let name = row.name;
                    assert_eq!(turn.before, turn.after, "{name}, {who}");
                    assert!(!turn.may_lose(), "{name}, {who}: {turn:?}");
                }
                assert!(told.work.again.is_empty() && told.work.reopened.is_empty());
            }
        }
    }
    assert!(seen >= 12, "{seen}");
}

/// The day of the table is one on which everybody's devices have spoken.
#[test]
fn the_three_stand_where_the_table_thinks() {
    let old = state("c", &texts());
    let stand: Vec<String> = people(&old)
        .iter()
        .map(|(who, world)| {
            let leaders = world.leaders();
            let each = leaders.capabilities.iter();
            let each = each.map(|c| format!("{} {} {}", c.capability, c.total, c.band.letter()));
            format!("{who} {}", each.collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert_eq!(stand, STAND);
    let today: Date = day(10);
    assert_eq!(today.to_string(), "2026-01-11");
}

const STAND: [&str; 3] = [
    "knows serve 98.8 R, reach 98.8 R",
    "half serve 37.4 E, reach 0.0 .",
    "new serve 0.0 ., reach 0.0 .",
];
