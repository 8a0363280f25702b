//! What the columns of the files mean: one table that the help and `docs/columns.md` are made from. A test compares it with
//! what is printed.

use std::fmt::Write as _;

use super::documented_author::AUTHOR;
use super::documented_pairs::PAIRS;

/// One kind of file for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Documented {
    /// What prints it: behind `upwards export`, or behind `upwards` alone.
    pub command: &'static str,
    /// The schema in JSON.
    pub schema: &'static str,
    /// What a row is.
    pub rows: &'static str,
    /// Column and meaning. `<capability>_` stands for each capability of the curriculum.
    pub columns: &'static [(&'static str, &'static str)],
}

impl Documented {
    /// Of one kind.
    pub fn of(command: &str) -> Option<&'static Self> {
        let all = ALL.iter().chain(&MORE).chain(&PAIRS).chain(&AUTHOR);
        all.into_iter().find(|one| one.command == command)
    }

    /// For `--help`: at most 80 columns wide.
    pub fn help(&self) -> String {
        let mut text = format!("COLUMNS ({}; {}):\n", self.schema, self.rows);
        let widest = self.columns.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
        for (key, meaning) in self.columns {
            for line in crate::base::text::hanging(&format!("  {key:<widest$}  "), meaning, 80) {
                text.push_str(&line);
                text.push('\n');
            }
        }
        text
    }
}

const AS_OF: (&str, &str) = ("as_of", "the day it holds for");
const RULES: (&str, &str) = (
    "rules",
    "fingerprint of the rules; rows compare only if it is equal",
);
const CURRICULUM: (&str, &str) = ("curriculum_id", "the curriculum");
const PERSON_ID: (&str, &str) = ("person_id", "the person's id, never changed");
const PERSON: (&str, &str) = ("person", "the name");
const UNIT: (&str, &str) = ("unit", "the unit of people.toml");
const GROUPS: (&str, &str) = ("groups", "groups, those by rule included");
const CAPABILITIES: (&str, &str) = ("capabilities", "ids of capabilities");
const RECEIVED_BY: (&str, &str) = ("received_by", "who received it, where it came as words by mail");
const EVENT_ID: (&str, &str) = ("event_id", "the event it rests on");

/// What `nudge` writes for a mail merge.
const NUDGES: Documented = Documented {
    command: "nudge",
    schema: "upwards.nudges/1",
    rows: "with -f csv or json: a row a draft, for a mail merge",
    columns: &[
        ("person", "the person's id"),
        ("to", "the address; empty if none is known"),
        ("cc", "the assistant's address"),
        ("subject", "minutes and what they are for"),
        ("body", "the text, with line breaks"),
    ],
};

/// Every kind, in the order of the help.
pub(super) const ALL: [Documented; 8] = [
    Documented {
        command: "readiness",
        schema: "upwards.readiness/1",
        rows: "a row a person",
        columns: &[
            AS_OF,
            RULES,
            CURRICULUM,
            PERSON_ID,
            PERSON,
            UNIT,
            GROUPS,
            ("overall_band", "not-started, exploring, building, ready"),
            ("overall_points", "0.0 to 100.0"),
            ("reached_count", "core capabilities that were ever ready"),
            ("ready_count", "core capabilities that are ready now"),
            ("capability_count", "core capabilities there are"),
            ("reached_all_on", "the day on which the last of them was reached"),
            (
                "limited_by",
                "what is missing in most: confirm practice old-practice questions again talk not-started",
            ),
            ("overdue_count", "modules past their due date"),
            ("overdue_days", "days of the longest of them"),
            ("last_active_on", "the newest day in the person's own words"),
            ("mentor_id", "the mentor of a running pair"),
            ("<capability>_band", "as overall_band"),
            ("<capability>_points", "0.0 to 100.0"),
            (
                "<capability>_limited_by",
                "one of the words above; empty if ready",
            ),
            ("<capability>_reached_on", "ready for the first time"),
            ("<capability>_ready_until", "the last day without a new event"),
        ],
    },
    Documented {
        command: "readiness --long",
        schema: "upwards.readiness-long/1",
        rows: "a row a person and capability",
        columns: &[
            AS_OF,
            RULES,
            CURRICULUM,
            PERSON_ID,
            PERSON,
            UNIT,
            GROUPS,
            ("capability_id", "the capability"),
            ("capability", "its name"),
            ("core", "yes: needed to be ready overall"),
            ("band", "not-started, exploring, building, ready"),
            ("points", "the sum of the three parts"),
            ("knowledge_points", "questions known, fading"),
            ("knowledge_budget", "the most they can be"),
            ("hands_on_points", "practices of one's own"),
            ("hands_on_budget", "the most they can be"),
            ("dialogue_points", "talks"),
            ("dialogue_budget", "the most they can be"),
            ("hands_on_gate", "yes: a practice of one's own within a year"),
            ("knowledge_gate", "yes: enough known again on a later day"),
            (
                "limited_by",
                "confirm practice old-practice questions again talk; empty if ready",
            ),
            ("reached_on", "ready for the first time"),
            ("ready_until", "the last day without a new event"),
            (
                "minutes_to_ready",
                "work of the shortest way without talks; empty if a talk is unavoidable",
            ),
            ("ready_earliest", "the first day on which that way can be ready"),
            ("next_step_id", "the step to take"),
            ("next_step_minutes", "its minutes"),
            ("questions_known", "right"),
            ("questions_again", "of these right again on a later day"),
            ("questions_needed", "for full points"),
            ("practices", "counted"),
            ("practices_needed", "for full points"),
            ("last_practice_on", "the newest practice that counts"),
            ("last_talk_on", "the newest talk that counts"),
            ("to_confirm", "practices that wait for the person's word"),
            ("data_until", "the last day of anything in the log"),
            (
                "thin",
                "yes: fewer than 4 questions right, and something counts: it says little",
            ),
        ],
    },
    Documented {
        command: "progress",
        schema: "upwards.progress/1",
        rows: "a row a person and step that was assigned, started or recorded",
        columns: &[
            AS_OF,
            PERSON_ID,
            PERSON,
            UNIT,
            GROUPS,
            CURRICULUM,
            ("module_id", "the module"),
            ("module", "its title"),
            ("step_id", "the step, as module.step"),
            ("step", "its title"),
            ("step_kind", "case, quiz, practice, talk, reflect"),
            CAPABILITIES,
            ("state", "open, started, done, to-confirm, waived, retired"),
            ("state_reason", "why it is waived; leaders only"),
            ("assigned_on", "the first open assignment of the module"),
            ("assigned_by", "by whom"),
            ("due_on", "of the last one: a later one is an extension"),
            ("overdue_days", "days past it, while it is open"),
            ("started_on", "first opened"),
            ("finished_on", "first done"),
            ("rev_done", "the revision it was done at"),
            ("rev_now", "the revision of today"),
            ("change", "material: changed since; else empty"),
            (
                "minutes_planned",
                "the author's figure; the minutes it took are private",
            ),
            ("evidence_kind", "line or link"),
            ("evidence", "what was done, in the person's words"),
            ("may_quote", "yes: a report may quote it"),
            ("witness", "who saw it"),
            ("exposure", "who sees the practice from outside"),
            ("measure_before", "the first figure"),
            ("measure_after", "the second figure"),
            ("measure_unit", "what is measured"),
            ("measure_period", "each, day, week, month, quarter, year"),
            ("measure_grade", "claimed, observed, verified"),
            ("measured_on", "the day of the second figure"),
            ("recorded_by", "who recorded it"),
            RECEIVED_BY,
            ("confirmed_on", "the person's own word on what others recorded"),
            EVENT_ID,
            ("waived_until", "the first day on which it is open again"),
        ],
    },
    Documented {
        command: "people",
        schema: "upwards.people/1",
        rows: "a row a person, as people import reads it",
        columns: &[
            ("id", "never changed, never used again"),
            ("name", "the name"),
            ("roles", "leader, executive, mentor"),
            ("groups", "groups the person lists; those by rule are not here"),
            ("unit", "the unit"),
            ("function", "what the person answers for"),
            ("reports_to", "the manager's id"),
            ("languages", "two letters, best first"),
            ("email", "where drafts go"),
            ("assistant_email", "where drafts go in copy"),
            ("external", "yes: a guest, never assigned nor counted"),
            ("left", "archived from that day on"),
            ("nudge", "no: no reminders"),
        ],
    },
    Documented {
        command: "meetings",
        schema: "upwards.meetings/1",
        rows: "a row a person and talk",
        columns: &[
            AS_OF,
            PERSON_ID,
            PERSON,
            UNIT,
            GROUPS,
            CURRICULUM,
            ("meeting_id", "equal for everybody who was there"),
            ("state", "held, planned"),
            ("held_on", "the day"),
            (
                "planned_for",
                "day and time as invited; empty while it is not dated",
            ),
            ("place", "where"),
            ("role", "peer, mentor: what the others were"),
            ("with", "ids of the others"),
            CAPABILITIES,
            ("minutes", "how long it was"),
            ("attendance", "present, partly, deputy, unknown"),
            ("counts", "yes: it gives points"),
            (
                "why_not",
                "why it gives none, as a-deputy-went; recorded-before: another line of the same talk gives it",
            ),
            ("commitment", "what the person said they would do"),
            ("commitment_kept", "yes, partly, no"),
            ("commitment_asked_on", "the day of that answer"),
            ("recorded_by", "who recorded it"),
            RECEIVED_BY,
            EVENT_ID,
        ],
    },
    Documented {
        command: "measures",
        schema: "upwards.measures/1",
        rows: "a row a baseline",
        columns: &[
            AS_OF,
            PERSON_ID,
            PERSON,
            UNIT,
            GROUPS,
            CURRICULUM,
            ("step_id", "the practice that set it"),
            ("step", "its title"),
            CAPABILITIES,
            ("measure_unit", "what is measured"),
            ("measure_period", "each, day, week, month, quarter, year"),
            ("better", "lower, higher"),
            ("state", "open, overdue, measured"),
            ("before", "the first figure"),
            ("before_n", "how many cases it rests on"),
            ("before_on", "its day"),
            ("second_due_on", "when the second is asked for, while it is open"),
            ("after", "the second figure"),
            ("after_n", "how many cases it rests on"),
            ("after_on", "its day"),
            ("grade", "claimed, observed, verified"),
            (
                "gained",
                "the difference in the measure's own sense of better; minus = it got worse",
            ),
            (
                "own_word",
                "no: somebody else said it, and the person has not confirmed it; no ledger counts it",
            ),
            ("may_quote", "yes: a report may quote the practice"),
            ("before_event_id", "the event of the first figure"),
            ("after_event_id", "the event of the second"),
        ],
    },
    Documented {
        command: "events",
        schema: "upwards.events/1",
        rows: "a row an event of the shared logs, in every curriculum",
        columns: &[
            ("event_id", "random, everywhere and for ever"),
            ("seq", "counts the lines of one device and person from 1"),
            ("day", "the writer's date; there is no time of day"),
            PERSON_ID,
            ("by", "whose word it is"),
            ("device", "which device wrote it"),
            (
                "kind",
                "assigned, finished, practised and so on; kinds of newer versions too",
            ),
            ("counts", "no: taken back, or dated in the future"),
            ("why_not", "taken-back, future"),
            (
                "ref",
                "the event it takes back, confirms, measures, answers or ends",
            ),
            CURRICULUM,
            ("module_id", "assigned"),
            ("step_id", "started, finished, practised, waived"),
            ("rev", "the revision of the step"),
            CAPABILITIES,
            ("due_on", "assigned"),
            ("until", "waived: the first day on which it no longer holds"),
            ("reason", "assigned, unassigned, handled"),
            ("text", "aimed, suggested"),
            ("function", "aimed"),
            ("personal", "practised: by their own hand"),
            ("evidence", "practised: what was done"),
            ("may_quote", "practised: a report may quote it"),
            ("witness", "practised: who saw it"),
            ("measure_before", "practised: the first figure"),
            ("measure_after", "measured: the second"),
            ("measure_unit", "practised"),
            ("measure_period", "practised"),
            ("measure_n", "how many cases the figure rests on"),
            ("measure_grade", "measured: claimed, observed, verified"),
            ("meeting_id", "met, invited"),
            ("with", "met, invited: ids of the others"),
            ("role", "met, invited: peer, mentor"),
            (
                "minutes",
                "met: how long the talk was; invited: how long it is to be",
            ),
            ("attendance", "met: present, partly, deputy, unknown"),
            ("commitment", "met: what the person will do"),
            ("answer", "kept: yes, partly, no"),
            ("at", "invited: day and time"),
            ("place", "invited"),
            ("mentor_id", "paired"),
            (
                "why",
                "paired, of an older version: points missing x what the mentor brings",
            ),
            ("into", "handled: case, change, none"),
            (
                "known",
                "recalled: ladder step and day of each question known, without its name",
            ),
            RECEIVED_BY,
            ("received_form", "page, mail, paper, spoken"),
        ],
    },
    Documented {
        command: "ics",
        schema: "upwards.calendar/1",
        rows: "with -f csv or json: a row an entry of the calendar file",
        columns: &[
            AS_OF,
            (
                "uid",
                "the same in every file: the meeting, or the event that began it, and the workspace",
            ),
            ("sequence", "how many events changed it"),
            ("changed_on", "the day of the newest of them"),
            ("state", "stands, withdrawn"),
            ("what", "due, second-figure, talk"),
            CURRICULUM,
            ("person_ids", "whom it concerns"),
            ("module_id", "due"),
            ("step_id", "second-figure: the practice"),
            ("on", "the day; of a talk the one in UTC"),
            (
                "starts_at",
                "talk: in UTC; without Z = planned without a zone, at that time wherever one is",
            ),
            ("ends_at", "talk: as starts_at"),
            ("summary", "as calendars show it"),
            ("description", "more of it"),
            ("place", "where"),
        ],
    },
];

/// What other commands print as data.
pub(super) const MORE: [Documented; 3] = [
    NUDGES,
    Documented {
        command: "readiness --since DATE",
        schema: "upwards.readiness-changes/1",
        rows: "a row a person and capability that changed, one without capability for who came or went",
        columns: &[
            AS_OF,
            ("since", "the earlier day it is compared with"),
            RULES,
            CURRICULUM,
            PERSON_ID,
            PERSON,
            UNIT,
            GROUPS,
            ("capability_id", "the capability; empty if they came or went"),
            ("capability", "its name"),
            (
                "what",
                "joined, left, risen, fallen, fading (ends within 30 days), renewed, evidence (same band)",
            ),
            ("band_before", "not-started, exploring, building, ready"),
            ("band", "the same on the later day"),
            ("points_before", "0.0 to 100.0"),
            ("points", "the same on the later day"),
            ("reached_on", "ready for the first time, if it was in between"),
            ("ready_until", "the last day without a new event"),
            ("by_time", "yes: without any event it would be the same"),
            (
                "why",
                "word, step or module, day or number: practised confirmed counts no-more met met-no-more known-again known \
            right-again fewer time assigned unassigned left",
            ),
            ("event_ids", "the events these rest on"),
        ],
    },
    Documented {
        command: "readiness --anonymous",
        schema: "upwards.readiness-anonymous/1",
        rows: "a row a capability of everybody, of a unit or of a group, and one of all capabilities together",
        columns: &[
            AS_OF,
            RULES,
            CURRICULUM,
            ("scope", "everybody, unit, group"),
            ("scope_id", "which; none of a single person is named"),
            ("min_group", "of fewer people nothing is told, never below 3"),
            ("people", "how many; empty if it is not told"),
            ("capability_id", "the capability; empty = overall"),
            ("capability", "its name"),
            ("not_started", "people in that band; empty if it is not told"),
            ("exploring", "the same"),
            ("building", "the same"),
            ("ready", "the same"),
            ("reached", "people who were ever ready"),
            (
                "suppressed",
                "small: too few; complementary: with the others it would tell of too few; empty if it is told",
            ),
        ],
    },
];

/// `docs/columns.md`.
pub fn documentation() -> String {
    let mut text = "# The columns of the files\n\n\
        Made from the program's own table (`src/report/documented.rs`); a test compares both with what is printed.\n\n\
        - CSV and JSON have the same columns in the same order. The number behind the schema's name changes only if a column\n  \
        goes or means something else; within a version columns are added at the end. Read them by name.\n\
        - Codes are English in every language. Days are `YYYY-MM-DD`, numbers have a decimal point, lists in CSV are joined\n  \
        with `|`, yes and no are `yes` and `no`, in JSON `true` and `false`. Empty (in JSON `null`) = unknown or does not\n  \
        apply, never 0.\n\
        - In CSV a text that a spreadsheet could take for a formula has a `'` in front; `people import` takes exactly one\n  \
        away; `--raw` leaves it out. Numbers and days have none. For Excel: `--excel`, where it expects semicolons with\n  \
        `--delimiter \";\"`.\n\
        - Of several workspaces (`readiness`, `agenda` or `export` with `-w A -w B`) there is one column more at the end: `workspace`, its id.\n\
        - There is no column for answers, misses, tries, how sure somebody was, notes, or the minutes somebody learnt: they\n  \
        are private and not in the workspace.\n"
        .to_owned();
    let all = ALL.iter().map(|one| ("upwards export ", one));
    for (program, one) in all.chain(
        MORE.iter()
            .chain(&PAIRS)
            .chain(&AUTHOR)
            .map(|one| ("upwards ", one)),
    ) {
        // Writing into a String cannot fail.
        let _ = write!(
            text,
            "\n## `{program}{}`\n`{}`, {}.\n\n| column | what it holds |\n|---|---|\n",
            one.command, one.schema, one.rows
        );
        for (key, meaning) in one.columns {
            let _ = writeln!(text, "| `{key}` | {meaning} |");
        }
    }
    text
}
