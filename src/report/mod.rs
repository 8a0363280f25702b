//! From the domain to tables: one file a report. Nothing here can name a private type.

mod agenda;
mod anonymous;
mod board;
mod cases;
mod changed;
mod changes;
mod columns;
mod curricula;
mod curriculum;
mod dates;
mod documented;
mod documented_author;
mod documented_pairs;
mod explain;
mod first_screen;
mod guide;
mod home;
mod ideas;
mod impact;
mod items;
mod launch;
mod ledger;
mod library;
mod measures;
mod meetings;
mod mentoring;
mod mentors;
mod nudge;
mod pairs;
mod peers;
mod people;
mod plan;
mod privacy;
mod progress;
mod readers;
mod readiness;
mod recorded;
mod reminders;
mod row;
mod rules;
mod sections;
mod stats;
mod suppress;
mod team;
mod ten_minutes;

pub use agenda::{
    AgendaAbout, AgendaExpert, AgendaItem, AgendaMember, AgendaModule, AgendaSoon, AgendaView, Experts,
    PersonAgenda, agenda_data, agenda_lines, barred_groups, due_reviews, full_mentors, groups_without_day,
    half_recorded_groups, in_order, later_joiners, pairs_to_end, person_agenda, soon, unsure_pairs,
    waiting_ideas, without_mentor,
};
pub use anonymous::{AnonymousAbout, Scope, UnitAndGroups, anonymous};
pub use board::{
    Before, BoardAbout, BoardDays, BoardMember, BoardView, Late, Mentions, Presence, Quote, ToldDays,
    WithoutNames, board, board_member, told_days,
};
pub use cases::{case_list, case_parts};
pub use changed::{ChangedAbout, ChangedRow, ChangedSums, Look, changed_data, changed_rows, changed_screen};
pub use changes::{changes_counted, changes_data, changes_lines};
pub use curricula::{
    CurriculumRow, QUESTION_COLUMNS, QuestionRow, curriculum_changes, curriculum_list, question_report,
};
pub use curriculum::{curriculum_lines, curriculum_steps};
pub use dates::{
    CalendarRow, EntryAt, calendar_gaps, calendar_report, calendar_rows, merged, of_leaver, talk_minutes,
};
pub use documented::{Documented, documentation};
pub use explain::{About, AskedAgain, explanation};
pub use first_screen::{SCREEN_LINES, ScreenPart, Weight, first_screen};
pub use guide::{GuideAbout, Side, guide_lines, guide_report};
pub use home::{HomeView, fit_part, home_data, home_parts};
pub use ideas::{IdeaRow, idea_lines, idea_list};
pub use impact::{ImpactAbout, ImpactRow, impact_data, impact_lines};
pub use items::{Flag, ItemStatistics, Tries, item_statistics};
pub use launch::launch_kit;
pub use ledger::{Ledger, LedgerLine, LedgerSum, Pair, SecondFigure, ledger_lines};
pub use library::{AboutGaps, found_cases, found_lines, gap_table, near_cases, near_lines};
pub use measures::{measure_rows, measures_report};
pub use meetings::{MeetingLook, meeting_rows, meetings_report};
pub use mentoring::{
    Commitment, GroupRecord, MentoringAbout, PairRecord, Participant, TalkRecord, Then, first_group,
    first_pair, mentors_document, named_as_pairs, named_as_peers, peers_document,
};
pub use mentors::{Fresh, MatchAbout, MentorLoad, freshness, match_report, mentor_list, pair_reason};
pub use nudge::{
    NudgeAbout, NudgeReason, NudgeStep, NudgeTask, NudgeWay, nudge_reasons, nudge_subject, nudge_task,
    nudge_text,
};
pub use pairs::{OwnPair, PairNotes, own_pairs, pair_lines, pair_page, pair_rows, pairs_report};
pub use peers::{PeersAbout, peer_list, peers_report};
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
pub use reminders::{NoReminder, Reminded, no_reminder, overdue_assignments};
pub use row::{CapabilityCell, PersonRow, belongs, data_row, person_row};
pub use rules::fingerprint;
pub use stats::{TalkMinutes, fewest_tries, givers, item_report, stale, stats};
pub use team::{long_rows, readiness_long, readiness_wide, wide_row};
pub use ten_minutes::{
    Addressed, AimChoice, Aimed, AskedQuestion, CasePart, CasesOfPage, ClaimOfPage, ConfirmPart,
    MeasureOfPage, MeasurePart, Named, OptionOfPage, PageAbout, PageView, Paragraph, Part, PracticePart,
    QuestionOfPage, QuestionsPart, QuizOfPage, ReflectPart, SourceOfPage, Standing, StandingLine, TenMinutes,
    case_page, cases_needed, ten_minutes, why_draft,
};
