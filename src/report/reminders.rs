//! Whether a reminder may go out: one rule for the command that drafts reminders and for the agenda that offers it.

use crate::base::id::EventId;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::model::person::{Person, Role};
use crate::model::settings::Nudge;
use crate::progress::Progress;

/// A reminder that went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminded {
    /// The day.
    pub day: Date,
    /// The assignment, of what was overdue.
    pub assignment: Option<EventId>,
}

/// Why somebody gets no reminder now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoReminder {
    /// They lead: leaders are never in their own digest.
    Leads,
    /// They want none.
    OptedOut,
    /// One went out a short while ago; only this one may be overruled.
    Paused {
        /// When it went out.
        last: Date,
        /// The first day on which the next one may.
        next: Date,
    },
    /// So many went out for one assignment that it is time to talk.
    Worn(u32),
}

impl NoReminder {
    /// Why not, as it stands behind a name: "reminded 4 days ago".
    pub fn sentence(self, today: Date) -> String {
        match self {
            Self::Leads => t!("nudge.skipped.leads", "leads here"),
            Self::OptedOut => t!("nudge.skipped.opted_out", "wants no reminders (nudge = false)"),
            Self::Paused { last, .. } => match usize::try_from(today.days_since(last)) {
                Ok(0) => t!("nudge.skipped.today", "reminded today"),
                days => t_n!(
                    "nudge.skipped.recent",
                    days.unwrap_or(0),
                    "reminded {n} day ago",
                    "reminded {n} days ago"
                ),
            },
            Self::Worn(times) => t_n!(
                "nudge.skipped.most",
                usize::try_from(times).unwrap_or(usize::MAX),
                "reminded {n} time of this already: talk to them",
                "reminded {n} times of this already: talk to them"
            ),
        }
    }
}

/// Why a person gets no reminder about some assignments, if they get none. `sent` = what went out to them.
pub fn no_reminder(
    person: &Person,
    rules: &Nudge,
    sent: &[Reminded],
    assignments: &[EventId],
    today: Date,
) -> Option<NoReminder> {
    if person.is(Role::Leader) {
        return Some(NoReminder::Leads);
    }
    if !person.nudge {
        return Some(NoReminder::OptedOut);
    }
    let sent = || sent.iter().filter(|one| one.day <= today);
    let pause = i32::try_from(rules.pause_days).unwrap_or(i32::MAX / 2);
    if let Some(last) = sent().map(|one| one.day).max() {
        let next = last + pause;
        if next > today {
            return Some(NoReminder::Paused { last, next });
        }
    }
    let most = usize::try_from(rules.most).unwrap_or(usize::MAX);
    let for_one = |id: &EventId| sent().filter(|one| one.assignment == Some(*id)).count();
    assignments
        .iter()
        .any(|id| for_one(id) >= most)
        .then_some(NoReminder::Worn(rules.most))
}

/// The assignments that a reminder about what is overdue is for.
pub fn overdue_assignments(progress: &Progress<'_>) -> Vec<EventId> {
    let late = progress
        .modules
        .iter()
        .filter(|module| module.overdue_days.is_some());
    late.filter_map(|module| assignment_of(progress, module.id))
        .collect()
}

/// The last open assignment of a module.
pub(super) fn assignment_of(progress: &Progress<'_>, module: &str) -> Option<EventId> {
    let mut assignments = progress.assignments.iter();
    assignments
        .rfind(|one| one.module == module && one.unassigned.is_none())
        .map(|one| one.event.id)
}
