//! Sections on talks that were held, and on what was committed to in them.

use std::collections::BTreeSet;

use super::participant::{Commitment, Participant, TalkRecord};
use super::parts::{Figure, MentoringAbout, figure, figures};
use super::telling::{People, Telling};
use crate::base::texts::t;
use crate::model::event::Attendance;
use crate::report::sections::section;
use crate::table::Section;

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

    /// Those who were meant to be in one.
    pub(super) fn people(&self) -> People<'a> {
        self.all.iter().map(|(one, _)| &*one.id).collect()
    }

    /// Those who had a talk of which something is true.
    fn who(&self, is: impl Fn(&TalkRecord) -> bool) -> People<'a> {
        let those = self.all.iter().filter(|(_, talk)| is(talk));
        those.map(|(one, _)| &*one.id).collect()
    }

    fn count(&self, is: impl Fn(&TalkRecord) -> bool) -> usize {
        self.all.iter().filter(|(_, talk)| is(talk)).count()
    }

    /// A figure for each kind of talk: what all of them have in common is told first, then each kind.
    fn shared<K: Copy + PartialEq>(
        &self,
        kinds: Vec<(K, &'static str, String)>,
        of: impl Fn(&TalkRecord) -> Option<K>,
        telling: &Telling<'_>,
    ) -> Vec<Figure> {
        let is_told = telling.is_enough(self.who(|talk| of(talk).is_some()).len());
        let all = self.count(|talk| of(talk).is_some());
        let parts: Vec<People<'_>> = kinds
            .iter()
            .map(|(kind, ..)| self.who(|talk| of(talk) == Some(*kind)))
            .collect();
        let told = telling.share_things(&parts);
        let kinds = kinds.into_iter().zip(told);
        kinds
            .map(|((kind, code, words), told)| {
                let n = self.count(|talk| of(talk) == Some(kind));
                figure(code, words, (is_told && told).then_some(n), Some(all))
            })
            .collect()
    }

    /// Who was there.
    pub(super) fn attendance(&self, about: &MentoringAbout<'_>, telling: &Telling<'_>) -> Section {
        let mut kinds = vec![
            (Attendance::Present, t!("attendance.present", "present")),
            (Attendance::Partly, t!("attendance.partly", "partly")),
            (Attendance::Deputy, t!("attendance.deputy", "deputy")),
        ];
        if self.count(|talk| talk.attendance == Attendance::Unknown) > 0 {
            kinds.push((Attendance::Unknown, t!("attendance.unknown", "unknown")));
        }
        let kinds = kinds
            .into_iter()
            .map(|(kind, words)| (kind, kind.word(), words))
            .collect();
        let rows = self.shared(kinds, |talk| Some(talk.attendance), telling);
        let lead = telling
            .is_enough(self.people().len())
            .then(|| t!("mentoring.talks.lead", "Talks held: {n}.", n = self.held()));
        section(
            "attendance",
            t!("mentoring.talks", "Who was there"),
            figures(about, rows),
            lead.into_iter().collect(),
            t!(
                "mentoring.talks.how",
                "Of each talk a line for each executive who was meant to be there. A deputy's visit is a talk that was held, and counts nothing for the executive."
            ),
        )
    }

    /// What was committed to, and what came of it.
    pub(super) fn commitments(&self, about: &MentoringAbout<'_>, telling: &Telling<'_>) -> Section {
        let kinds = vec![
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
        ];
        let rows = self.shared(kinds, |talk| talk.commitment, telling);
        section(
            "commitments",
            t!("mentoring.commitments", "What was committed to"),
            figures(about, rows),
            Vec::new(),
            t!(
                "mentoring.commitments.how",
                "What executives said at the end of a talk that they would do, by the newest answer to whether they did. What it was is not in this report."
            ),
        )
    }
}
