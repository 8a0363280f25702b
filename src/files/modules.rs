//! `modules/<id>.toml` (`formats.md` §6): what it may hold.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::codes;
use super::shape::{
    FORMAT, Form, Key, KindOfStep, MANY, ONE_OR_TWO_PARTS, ONE_PART, ONE_PART_ANYWHERE, REVISION, Shape,
    TWO_PARTS, any_distinct, needed, optional, shape, shape_with, some_distinct, some_of,
};
use super::walk::Walk;
use crate::base::diag::Diagnostic;
use crate::model::curriculum::{FEWEST_OPTIONS, MOST_OPTIONS};

const TEXTS: Form = some_of(&Form::Text);
const TITLE: Key = needed("title", Form::Title, "the title on screens");
const MINUTES: Key = needed("minutes", MINUTE, "how long it takes");
const MINUTE: Form = Form::Whole { least: 1, most: 480 };
/// Each former id stands for all steps and questions of the module, so their number is bounded.
const FORMER_MODULES: Form = Form::List {
    of: &ONE_PART,
    least: 0,
    most: 100,
    distinct: true,
};
const REV: Key = optional("rev", REVISION, "recorded with the evidence, never voids it; 1");

/// What a module file may hold.
pub static MODULE: Shape = shape_with(
    "module",
    &[
        FORMAT,
        needed("id", Form::Slug, "the file's name"),
        TITLE,
        needed("capabilities", some_distinct(&ONE_PART), "default of every step"),
        optional("summary", Form::Text, "one line on what it is for"),
        optional("owner", Form::Title, "who keeps it; the curriculum's"),
        optional(
            "review_by",
            Form::Date,
            "when it should be looked at again; the curriculum's",
        ),
        optional("replaces", FORMER_MODULES, "former ids of this module; []"),
        needed(
            "step",
            Form::Tables {
                of: &STEP,
                least: 1,
                most: MANY,
                distinct: false,
            },
            "in the order they are offered",
        ),
    ],
    module_fits,
);

/// What a step may have.
pub static STEP: Shape = Shape {
    what: "step",
    keys: &[
        needed(
            "id",
            Form::Slug,
            "short; unique among steps and questions of the module",
        ),
        needed(
            "kind",
            Form::Word {
                what: "kind of step",
                words: &KIND_WORDS,
            },
            "what is done in it",
        ),
        optional(
            "capabilities",
            some_distinct(&ONE_PART),
            "what it is evidence for; the module's",
        ),
        optional(
            "needs",
            any_distinct(&ONE_OR_TWO_PARTS),
            "steps to do first, of another module with its id in front; []",
        ),
        optional("since", Form::Date, "the day it joined a module already in use"),
        optional(
            "replaces",
            any_distinct(&ONE_OR_TWO_PARTS),
            "former ids, every one of them; []",
        ),
        optional(
            "retired",
            Form::YesNo,
            "no longer offered, kept for its text; false",
        ),
    ],
    kinds: &[
        KindOfStep {
            word: "case",
            keys: &CASE_KEYS,
        },
        KindOfStep {
            word: "quiz",
            keys: &QUIZ_KEYS,
        },
        KindOfStep {
            word: "practice",
            keys: &PRACTICE_KEYS,
        },
        KindOfStep {
            word: "talk",
            keys: &TALK_KEYS,
        },
        KindOfStep {
            word: "reflect",
            keys: &REFLECT_KEYS,
        },
    ],
    is_open: false,
    also: super::shape::nothing_more,
};

const KIND_WORDS: [&str; 5] = ["case", "quiz", "practice", "talk", "reflect"];

const CASE_KEYS: [Key; 4] = [
    optional("title", Form::Title, "the case's"),
    MINUTES,
    needed(
        "case",
        ONE_PART_ANYWHERE,
        "a case of this curriculum, or other/id",
    ),
    optional("ask", TEXTS, "questions answered privately in one line; []"),
];

const QUIZ_KEYS: [Key; 4] = [
    optional("title", Form::Title, "the title on screens; \"N questions\""),
    optional(
        "minutes",
        MINUTE,
        "how long it takes; questions x seconds_per_question",
    ),
    REV,
    needed(
        "question",
        Form::Tables {
            of: &QUESTION,
            least: 1,
            most: MANY,
            distinct: false,
        },
        "the questions",
    ),
];

const PRACTICE_KEYS: [Key; 9] = [
    TITLE,
    MINUTES,
    REV,
    needed("do", TEXTS, "what to do, line by line"),
    optional("own_hand", Form::Text, "\"Did you do it yourself?\""),
    optional("evidence", Form::Text, "\"What did you do, in one line?\""),
    optional(
        "exposure",
        Form::Word {
            what: "exposure",
            words: &["draft", "internal", "public"],
        },
        "who outside sees the result; \"internal\"",
    ),
    optional(
        "draft",
        TEXTS,
        "done instead of `do` while public is not allowed; only if public",
    ),
    optional(
        "measure",
        Form::Table(&MEASURE),
        "the efficiency measure it sets a baseline for",
    ),
];

const TALK_KEYS: [Key; 9] = [
    TITLE,
    MINUTES,
    REV,
    needed(
        "with",
        Form::Word {
            what: "partner",
            words: &["peer", "mentor"],
        },
        "with whom",
    ),
    needed("agenda", TEXTS, "what to talk about"),
    needed("ask", TEXTS, "questions to ask"),
    optional("before_next", Form::Text, "offered as the commitment"),
    optional("for_executive", Form::Text, "the executive's side of the guide"),
    optional("for_mentor", Form::Text, "the mentor's side of the guide"),
];

const REFLECT_KEYS: [Key; 4] = [TITLE, MINUTES, REV, needed("ask", TEXTS, "what to write about")];

/// What a question may have.
pub static QUESTION: Shape = shape(
    "question",
    &[
        needed(
            "id",
            Form::Slug,
            "short; unique among steps and questions of the module",
        ),
        needed("title", Form::Title, "a short name for lists"),
        needed("text", Form::Text, "what is asked"),
        optional(
            "capability",
            ONE_PART,
            "what it is evidence for; the step's, if it has one",
        ),
        optional(
            "rev",
            REVISION,
            "raised only if old answers no longer prove anything; 1",
        ),
        optional("hint", Form::Text, "shown on request"),
        optional("sources", any_distinct(&TWO_PARTS), "case.source; []"),
        needed(
            "options",
            Form::Tables {
                of: &OPTION,
                least: FEWEST_OPTIONS,
                most: MOST_OPTIONS,
                distinct: false,
            },
            "2 to 6; \"I am not sure\" is added",
        ),
        optional(
            "replaces",
            any_distinct(&ONE_OR_TWO_PARTS),
            "former ids, every one of them; []",
        ),
        optional("retired", Form::YesNo, "no longer asked; false"),
    ],
);

static OPTION: Shape = shape(
    "option",
    &[
        needed("text", Form::Text, "what it says"),
        optional("right", Form::YesNo, "whether it is right; false"),
        optional("why", Form::Text, "why it is, or is not"),
    ],
);

static MEASURE: Shape = shape(
    "measure",
    &[
        needed(
            "unit",
            Form::Title,
            "fixed by the step, so that equal units may be summed",
        ),
        optional(
            "period",
            Form::Word {
                what: "period",
                words: &PERIODS,
            },
            "\"each\"",
        ),
        optional(
            "better",
            Form::Word {
                what: "direction",
                words: &["lower", "higher"],
            },
            "\"lower\"",
        ),
    ],
);

const PERIODS: [&str; 6] = ["each", "day", "week", "month", "quarter", "year"];

/// Steps and questions share one name space, and a question says its capability where the step has several.
fn module_fits(walk: &mut Walk<'_>, table: &DeTable<'_>, _: &Range<usize>) {
    let count = |table: &DeTable<'_>| {
        table
            .get("capabilities")
            .and_then(|v| v.get_ref().as_array())
            .map(|l| l.len())
    };
    let of_module = count(table);
    let mut things: Vec<(&str, &Spanned<DeValue<'_>>)> = Vec::new();
    for step in tables_of(table, "step") {
        let Some(step_table) = step.get_ref().as_table() else {
            continue;
        };
        things.extend(step_table.get("id").map(|id| ("step", id)));
        let of_step = count(step_table).or(of_module);
        for question in tables_of(step_table, "question") {
            let Some(question_table) = question.get_ref().as_table() else {
                continue;
            };
            things.extend(question_table.get("id").map(|id| ("question", id)));
            if of_step.is_some_and(|n| n > 1) && !question_table.contains_key("capability") {
                let finding = Diagnostic::error(
                    codes::MISSING_KEY,
                    walk.place(&question.span()),
                    "`capability` of the question is missing",
                )
                .labelled("its step has several capabilities: which one is it evidence for?");
                walk.found(finding);
            }
        }
    }
    things.sort_by_key(|(_, id)| id.span().start);
    walk.distinct_ids(&things);
}

fn tables_of<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> impl Iterator<Item = &'t Spanned<DeValue<'i>>> {
    let list = table.get(key).and_then(|value| value.get_ref().as_array());
    list.into_iter().flat_map(|list| list.iter())
}
