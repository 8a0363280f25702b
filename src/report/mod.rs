//! From the domain to tables: one file a report. Nothing here can name a private type.

mod agenda;
mod anonymous;
mod board;
mod cases;
mod changed;
mod columns;
mod curricula;
mod dates;
mod documented;
mod explain;
mod home;
mod ideas;
mod items;
mod launch;
mod ledger;
mod library;
mod measures;
mod meetings;
mod nudge;
mod people;
mod plan;
mod privacy;
mod progress;
mod readers;
mod readiness;
mod recorded;
mod row;
mod rules;
mod stats;
mod suppress;
mod team;
mod ten_minutes;

pub use agenda::{
    AgendaAbout, AgendaItem, AgendaMember, AgendaSoon, AgendaView, agenda_data, agenda_lines, due_reviews,
    in_order, later_joiners, person_agenda, soon, waiting_ideas,
};
pub use anonymous::{AnonymousAbout, Counted, Scope, Told, anonymous, counted};
pub use board::{
    Before, BoardAbout, BoardDays, BoardMember, BoardView, Late, MeasureLine, Quote, board, board_member,
};
pub use cases::{case_list, case_parts};
pub use changed::{ChangedAbout, ChangedRow, ChangedSums, Look, changed_data, changed_rows, changed_screen};
pub use curricula::{CurriculumRow, curriculum_changes, curriculum_list};
pub use dates::{CalendarRow, EntryAt, calendar_report, calendar_rows, merged};
pub use documented::{Documented, documentation};
pub use explain::{About, AskedAgain, explanation};
pub use home::{HomeView, home_data, home_lines};
pub use ideas::{IdeaRow, idea_lines, idea_list};
pub use items::{Flag, ItemStatistics, Tries, item_statistics};
pub use launch::launch_kit;
pub use ledger::{Ledger, LedgerLine, LedgerSum, Pair, SecondFigure, ledger_lines};
pub use library::{AboutGaps, found_cases, found_lines, gap_table, near_cases, near_lines};
pub use measures::{measure_rows, measures_report};
pub use meetings::{meeting_rows, meetings_report};
pub use nudge::{
    NudgeAbout, NudgeReason, NudgeStep, NudgeTask, NudgeWay, nudge_reasons, nudge_subject, nudge_task,
    nudge_text,
};
pub use people::{
    IMPORT_COLUMNS, ImportLine, groups_table, import_report, people_data, people_table, person_data,
    person_page,
};
pub use plan::{
    PlanAbout, booking_sentence, empty_sentence, minutes_words, nothing_sentence, outcome_sentence,
    plan_data, plan_lines, plan_screen, title_of,
};
pub use privacy::{PrivateField, SharedField, shared_fields};
pub use progress::{CaseHeads, Reasons, STEP_COLUMNS, StepFacts, step_rows, steps_report};
pub use readers::Readers;
pub use readiness::{TeamOptions, team_screen};
pub use recorded::{event_row, events_report};
pub use row::{CapabilityCell, PersonRow, belongs, data_row, person_row};
pub use rules::fingerprint;
pub use stats::{TalkMinutes, item_report, stale, stats};
pub use suppress::{hidden, smallest};
pub use team::{long_rows, readiness_long, readiness_wide, wide_row};
pub use ten_minutes::{
    Addressed, AimChoice, Aimed, AskedQuestion, CasePart, CasesOfPage, ClaimOfPage, ConfirmPart,
    MeasureOfPage, MeasurePart, Named, OptionOfPage, PageAbout, PageView, Paragraph, Part, PracticePart,
    QuestionOfPage, QuestionsPart, QuizOfPage, ReflectPart, SourceOfPage, Standing, StandingLine, TenMinutes,
    case_page, cases_needed, ten_minutes, why_draft,
};
