//! `upwards.toml` (`formats.md` §2).

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::codes;
use super::shape::{FORMAT, Form, Shape, any_distinct, needed, optional, shape, shape_with};
use super::values::whole_of;
use super::view::View;
use super::walk::Walk;
use crate::model::case::Size;
use crate::model::settings::{
    Agenda, Layout, Ledger, Mentoring, Nudge, Organisation, Plan, PracticeRules, Privacy, Readiness, Settings,
};

/// A span of days that a person could mean: up to ten years.
const DAYS: Form = Form::Whole { least: 1, most: 3650 };
const ANY_DAYS: Form = Form::Whole { least: 0, most: 3650 };
const PERCENT: Form = Form::Whole { least: 0, most: 100 };

/// Sizes of an organisation, also of a case's.
pub(super) const SIZE: Form = Form::Word {
    what: "size",
    words: &["small", "medium", "large", "very-large"],
};

/// What `upwards.toml` may hold.
pub static SETTINGS: Shape = shape(
    "file upwards.toml",
    &[
        FORMAT,
        needed(
            "id",
            Form::Slug,
            "names the private folder; made by `init`, never changed",
        ),
        needed("name", Form::Title, "the name on screens"),
        optional(
            "language",
            Form::Language,
            "of fixed texts and the default of content; \"en\"",
        ),
        needed(
            "curricula",
            any_distinct(&Form::Slug),
            "in use, in the order of screens",
        ),
        optional(
            "organisation",
            Form::Table(&ORGANISATION),
            "what `cases near` compares",
        ),
        optional("readiness", Form::Table(&READINESS), "the readiness model"),
        optional("plan", Form::Table(&PLAN), "the planner"),
        optional("sharing", Form::Table(&SHARING), "how logs travel"),
        optional(
            "practice",
            Form::Table(&PRACTICE),
            "practices in public and their second figure",
        ),
        optional("privacy", Form::Table(&PRIVACY), "small groups and retention"),
        optional("mentoring", Form::Table(&MENTORING), "seats and stalled pairs"),
        optional("agenda", Form::Table(&AGENDA), "what the agenda names"),
        optional("nudge", Form::Table(&NUDGE), "reminders"),
        optional(
            "ledger",
            Form::Table(&LEDGER),
            "worth of an hour; without it no money is shown",
        ),
        optional("xapi", Form::Table(&XAPI), "learning-record exports"),
    ],
);

static ORGANISATION: Shape = shape(
    "table [organisation]",
    &[
        optional("sector", Form::Slug, "matches the cases' sector"),
        optional("size", SIZE, "by employees"),
        optional("country", Form::Country, "two letters"),
    ],
);

static READINESS: Shape = shape_with(
    "table [readiness]",
    &[
        optional(
            "ladder_days",
            Form::List {
                of: &DAYS,
                least: 6,
                most: 6,
                distinct: false,
            },
            "days of the six ladder steps, rising; [1, 7, 21, 60, 150, 365]",
        ),
        optional("weights", Form::Table(&WEIGHTS), "of the three parts; 40, 40, 20"),
        optional("knowledge_needed", KNOWLEDGE_NEEDED, "questions; 8"),
        optional("hands_on_needed", HANDS_ON_NEEDED, "practices; 2"),
        optional("dialogue_needed", DIALOGUE_NEEDED, "talks; 1"),
        optional(
            "building",
            Form::Whole { least: 1, most: 99 },
            "points from which somebody is building; 40",
        ),
        optional(
            "ready",
            Form::Whole { least: 2, most: 100 },
            "points from which somebody is ready; 75",
        ),
        optional(
            "knowledge_floor",
            PERCENT,
            "percent of the knowledge points to be recalled again; 60",
        ),
        optional(
            "hands_on_fresh_days",
            Form::Whole {
                least: 0,
                most: 36_500,
            },
            "0 = never too old; 365",
        ),
        optional(
            "hands_on_evidence",
            Form::YesNo,
            "whether a practice needs a line on what was done; true",
        ),
    ],
    readiness_fits,
);

/// Questions that make a capability's knowledge points full.
pub(super) const KNOWLEDGE_NEEDED: Form = Form::Whole { least: 0, most: 20 };
/// Practices that make its hands-on points full.
pub(super) const HANDS_ON_NEEDED: Form = Form::Whole { least: 1, most: 10 };
/// Talks that make its dialogue points full.
pub(super) const DIALOGUE_NEEDED: Form = Form::Whole { least: 0, most: 10 };

static WEIGHTS: Shape = shape(
    "table of weights",
    &[
        optional("knowledge", PERCENT, "40"),
        optional("hands_on", PERCENT, "40"),
        optional("dialogue", PERCENT, "20"),
    ],
);

static PLAN: Shape = shape(
    "table [plan]",
    &[
        optional(
            "horizon_days",
            DAYS,
            "days ahead at which gains are looked at; 30",
        ),
        optional(
            "due_soon_days",
            ANY_DAYS,
            "a step is due soon so many days before; 7",
        ),
        optional("due_bonus", PERCENT, "points a due step counts more; 10"),
        optional(
            "gate_bonus",
            PERCENT,
            "points for a practice that opens a gate; 20",
        ),
        optional(
            "aim_bonus",
            PERCENT,
            "points once for a plan that serves the aim; 5",
        ),
        optional("seconds_per_question", Form::Whole { least: 1, most: 3600 }, "45"),
    ],
);

static SHARING: Shape = shape(
    "table [sharing]",
    &[optional(
        "layout",
        Form::Word {
            what: "layout",
            words: &["packets", "folder", "git"],
        },
        "how logs travel; \"packets\"",
    )],
);

static PRACTICE: Shape = shape(
    "table [practice]",
    &[
        optional(
            "public",
            Form::YesNo,
            "whether practices in public are offered; false",
        ),
        optional(
            "second_measure_days",
            DAYS,
            "a baseline is asked for its second figure after so many days; 30",
        ),
    ],
);

static PRIVACY: Shape = shape(
    "table [privacy]",
    &[
        optional(
            "min_group",
            Form::Whole { least: 3, most: 1000 },
            "smallest group shown without names; 5",
        ),
        optional(
            "retain_months",
            Form::Whole { least: 0, most: 1200 },
            "0 = no rule; 0",
        ),
    ],
);

static MENTORING: Shape = shape(
    "table [mentoring]",
    &[
        optional("seats", SEATS, "of a mentor who states none; 2"),
        optional(
            "first_meeting_days",
            DAYS,
            "a pair stalls without a first meeting after so many days; 10",
        ),
        optional(
            "meeting_gap_days",
            DAYS,
            "or without one since, after so many; 14",
        ),
    ],
);

/// People a mentor takes.
pub(super) const SEATS: Form = Form::Whole { least: 0, most: 100 };

static AGENDA: Shape = shape(
    "table [agenda]",
    &[
        optional("not_started_days", DAYS, "14"),
        optional("idle_days", DAYS, "28"),
        optional("stuck_days", DAYS, "28"),
        optional("measure_late_days", ANY_DAYS, "14"),
        optional("idea_days", DAYS, "7"),
    ],
);

static NUDGE: Shape = shape(
    "table [nudge]",
    &[
        optional("pause_days", ANY_DAYS, "days between two reminders; 14"),
        optional(
            "most",
            Form::Whole { least: 0, most: 100 },
            "reminders for one assignment; 3",
        ),
    ],
);

static LEDGER: Shape = shape(
    "table [ledger]",
    &[
        needed(
            "hour",
            Form::Whole {
                least: 1,
                most: 1_000_000,
            },
            "worth of an hour in whole units",
        ),
        needed("currency", Form::Currency, "three letters"),
    ],
);

static XAPI: Shape = shape(
    "table [xapi]",
    &[optional(
        "base",
        Form::Base,
        "start of every object id; \"urn:upwards:<id>:\"",
    )],
);

/// The settings of a checked file.
pub(super) fn settings(file: View<'_>) -> Option<Settings> {
    Some(Settings {
        id: file.parsed("id")?,
        name: file.text("name")?,
        language: file.text("language").unwrap_or_else(|| "en".to_owned()),
        curricula: file.parsed_list("curricula"),
        organisation: file.inner("organisation").map(organisation),
        readiness: file.inner("readiness").map_or_else(Readiness::default, readiness),
        plan: file.inner("plan").map_or_else(Plan::default, plan),
        layout: file
            .inner("sharing")
            .and_then(|t| t.word("layout", &Layout::ALL))
            .unwrap_or_default(),
        practice: file
            .inner("practice")
            .map_or_else(PracticeRules::default, practice),
        privacy: file.inner("privacy").map_or_else(Privacy::default, privacy),
        mentoring: file.inner("mentoring").map_or_else(Mentoring::default, mentoring),
        agenda: file.inner("agenda").map_or_else(Agenda::default, agenda),
        nudge: file.inner("nudge").map_or_else(Nudge::default, nudge),
        ledger: file.inner("ledger").and_then(ledger),
        xapi_base: file.inner("xapi").and_then(|t| t.text("base")),
    })
}

fn organisation(table: View<'_>) -> Organisation {
    Organisation {
        sector: table.parsed("sector"),
        size: table.word("size", &Size::ALL),
        country: table.text("country"),
    }
}

fn readiness(table: View<'_>) -> Readiness {
    let d = Readiness::default();
    let weight = |key: &str, default: u32| {
        table
            .inner("weights")
            .and_then(|w| w.whole(key))
            .unwrap_or(default)
    };
    Readiness {
        ladder_days: table.wholes("ladder_days").try_into().unwrap_or(d.ladder_days),
        weights: [
            weight("knowledge", d.weights[0]),
            weight("hands_on", d.weights[1]),
            weight("dialogue", d.weights[2]),
        ],
        knowledge_needed: table.whole("knowledge_needed").unwrap_or(d.knowledge_needed),
        hands_on_needed: table.whole("hands_on_needed").unwrap_or(d.hands_on_needed),
        dialogue_needed: table.whole("dialogue_needed").unwrap_or(d.dialogue_needed),
        building: table.whole("building").unwrap_or(d.building),
        ready: table.whole("ready").unwrap_or(d.ready),
        knowledge_floor: table.whole("knowledge_floor").unwrap_or(d.knowledge_floor),
        hands_on_fresh_days: table
            .whole("hands_on_fresh_days")
            .unwrap_or(d.hands_on_fresh_days),
        hands_on_evidence: table.yes("hands_on_evidence").unwrap_or(d.hands_on_evidence),
    }
}

fn plan(table: View<'_>) -> Plan {
    let d = Plan::default();
    Plan {
        horizon_days: table.whole("horizon_days").unwrap_or(d.horizon_days),
        due_soon_days: table.whole("due_soon_days").unwrap_or(d.due_soon_days),
        due_bonus: table.whole("due_bonus").unwrap_or(d.due_bonus),
        gate_bonus: table.whole("gate_bonus").unwrap_or(d.gate_bonus),
        aim_bonus: table.whole("aim_bonus").unwrap_or(d.aim_bonus),
        seconds_per_question: table
            .whole("seconds_per_question")
            .unwrap_or(d.seconds_per_question),
    }
}

fn practice(table: View<'_>) -> PracticeRules {
    let d = PracticeRules::default();
    PracticeRules {
        public: table.yes("public").unwrap_or(d.public),
        second_measure_days: table
            .whole("second_measure_days")
            .unwrap_or(d.second_measure_days),
    }
}

fn privacy(table: View<'_>) -> Privacy {
    let d = Privacy::default();
    Privacy {
        min_group: table.whole("min_group").unwrap_or(d.min_group),
        retain_months: table.whole("retain_months").unwrap_or(d.retain_months),
    }
}

fn mentoring(table: View<'_>) -> Mentoring {
    let d = Mentoring::default();
    Mentoring {
        seats: table.whole("seats").unwrap_or(d.seats),
        first_meeting_days: table.whole("first_meeting_days").unwrap_or(d.first_meeting_days),
        meeting_gap_days: table.whole("meeting_gap_days").unwrap_or(d.meeting_gap_days),
    }
}

fn agenda(table: View<'_>) -> Agenda {
    let d = Agenda::default();
    Agenda {
        not_started_days: table.whole("not_started_days").unwrap_or(d.not_started_days),
        idle_days: table.whole("idle_days").unwrap_or(d.idle_days),
        stuck_days: table.whole("stuck_days").unwrap_or(d.stuck_days),
        measure_late_days: table.whole("measure_late_days").unwrap_or(d.measure_late_days),
        idea_days: table.whole("idea_days").unwrap_or(d.idea_days),
    }
}

fn nudge(table: View<'_>) -> Nudge {
    let d = Nudge::default();
    Nudge {
        pause_days: table.whole("pause_days").unwrap_or(d.pause_days),
        most: table.whole("most").unwrap_or(d.most),
    }
}

fn ledger(table: View<'_>) -> Option<Ledger> {
    Some(Ledger {
        hour: table.whole("hour")?,
        currency: table.text("currency")?,
    })
}

/// A ladder rises, not all weights are 0, and building lies below ready.
fn readiness_fits(walk: &mut Walk<'_>, table: &DeTable<'_>, span: &Range<usize>) {
    let values = readiness(View::new(table));
    let place_of = |key: &str| table.get(key).map_or(span.clone(), toml::Spanned::span);
    let is_sound = |key: &str| {
        table
            .get(key)
            .is_none_or(|v| v.get_ref().as_integer().and_then(whole_of).is_some())
    };
    if let Some(DeValue::Array(list)) = table.get("ladder_days").map(toml::Spanned::get_ref) {
        let days: Vec<i64> = list
            .iter()
            .filter_map(|v| v.get_ref().as_integer().and_then(whole_of))
            .collect();
        if let Some(at) = days.windows(2).position(|pair| pair[0] >= pair[1])
            && days.len() == list.len()
        {
            let message = format!("the ladder does not rise: {} after {}", days[at + 1], days[at]);
            walk.error(
                codes::OUT_OF_RANGE,
                &list[at + 1].span(),
                message,
                "each step is longer than the one before",
            );
        }
    }
    if table.contains_key("weights") && values.weights == [0, 0, 0] {
        walk.error(
            codes::OUT_OF_RANGE,
            &place_of("weights"),
            "all weights are 0",
            "one of them must count",
        );
    }
    if values.building >= values.ready && is_sound("building") && is_sound("ready") {
        let key = if table.contains_key("building") {
            "building"
        } else {
            "ready"
        };
        let message = format!(
            "building ({}) does not lie below ready ({})",
            values.building, values.ready
        );
        walk.error(
            codes::OUT_OF_RANGE,
            &place_of(key),
            message,
            "building comes before ready",
        );
    }
}
