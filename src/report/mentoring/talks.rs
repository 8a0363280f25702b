//! Sections on talks that were held, and on what was committed to in them.

use std::collections::BTreeSet;

use super::participant::{Commitment, Participant, TalkRecord};
use super::parts::{MentoringAbout, figures, section};
use crate::base::texts::t;
use crate::model::event::Attendance;
use crate::table::{Section, Value};

/// Talks of executives, each once for each who was meant to be there.
pub(super) struct Talks<'a> {
    all: Vec<(&'a Participant, &'a TalkRecord)>,
}

impl<'a> Talks<'a> {
    /// Those that are meant.
    pub(super) fn of<I: Iterator<Item = &'a TalkRecord>>(
        participants: &'a [Participant],
        meant: impl Fn(&'a Participant) -> I,
    ) -> Self {
        let all = participants.iter();
        Self {
            all: all
                .flat_map(|one| meant(one).map(move |talk| (one, talk)).collect::<Vec<_>>())
                .collect(),
        }
    }

    /// How many were held: several who were in one talk were in one.
    pub(super) fn held(&self) -> usize {
        let meetings: BTreeSet<&str> = self.all.iter().map(|(_, talk)| &*talk.meeting).collect();
        meetings.len()
    }

    /// How many people were meant to be in one.
    pub(super) fn people(&self) -> usize {
        Self::people_of(self.all.iter())
    }

    fn people_of<'t>(talks: impl Iterator<Item = &'t (&'a Participant, &'a TalkRecord)>) -> usize
    where
        'a: 't,
    {
        let people: BTreeSet<&str> = talks.map(|(one, _)| &*one.id).collect();
        people.len()
    }

    /// Who was there.
    pub(super) fn attendance(&self, about: &MentoringAbout<'_>) -> Section {
        let may = about.may_tell_of(self.people());
        let count = |attendance: Attendance| {
            let all = self.all.iter();
            all.filter(|(_, talk)| talk.attendance == attendance).count()
        };
        let of = self.all.len();
        let mut rows: Vec<(Value, Option<usize>, Option<usize>)> = [
            (Attendance::Present, t!("attendance.present", "present")),
            (Attendance::Partly, t!("attendance.partly", "partly")),
            (Attendance::Deputy, t!("attendance.deputy", "deputy")),
            (Attendance::Unknown, t!("attendance.unknown", "unknown")),
        ]
        .into_iter()
        .map(|(attendance, word)| {
            (
                Value::Word(attendance.word(), word),
                may.then(|| count(attendance)),
                may.then_some(of),
            )
        })
        .collect();
        if count(Attendance::Unknown) == 0 {
            rows.pop();
        }
        let lead = may.then(|| t!("mentoring.talks.lead", "Talks held: {n}.", n = self.held()));
        section(
            t!("mentoring.talks", "Who was there"),
            figures(about, "attendance", rows),
            lead.into_iter().collect(),
            t!(
                "mentoring.talks.how",
                "Of each talk a line for each executive who was meant to be there. A deputy's visit is a talk that was held, and counts nothing for the executive."
            ),
        )
    }

    /// What was committed to, and what came of it.
    pub(super) fn commitments(&self, about: &MentoringAbout<'_>) -> Section {
        let made = || self.all.iter().filter(|(_, talk)| talk.commitment.is_some());
        let may = about.may_tell_of(Self::people_of(made()));
        let of = made().count();
        let rows = [
            (Commitment::Kept, "kept", t!("mentoring.kept", "kept")),
            (
                Commitment::Partly,
                "partly",
                t!("mentoring.kept.partly", "kept in part"),
            ),
            (Commitment::Not, "not", t!("mentoring.kept.not", "not kept")),
            (
                Commitment::Open,
                "open",
                t!("mentoring.kept.open", "not said yet"),
            ),
        ]
        .into_iter()
        .map(|(commitment, code, word)| {
            let n = made()
                .filter(|(_, talk)| talk.commitment == Some(commitment))
                .count();
            (Value::Word(code, word), may.then_some(n), may.then_some(of))
        })
        .collect();
        section(
            t!("mentoring.commitments", "What was committed to"),
            figures(about, "commitments", rows),
            Vec::new(),
            t!(
                "mentoring.commitments.how",
                "What executives said at the end of a talk that they would do, by the newest answer to whether they did. What it was is not in this report."
            ),
        )
    }
}
