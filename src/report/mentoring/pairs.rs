//! Sections on pairs: how many there are, how soon they met, what mentors gave, and, with names, each of them.

use std::collections::{BTreeMap, BTreeSet};

use super::participant::{Commitment, PairRecord, Participant, TalkRecord};
use super::parts::{MentoringAbout, figures, median, section, told};
use crate::base::points::Thousandths;
use crate::base::texts::t;
use crate::model::event::Attendance;
use crate::report::suppress::hidden;
use crate::table::{Column, Report, Section, Value};

/// Every pair with its executive.
pub(super) struct Pairs<'a> {
    all: Vec<(&'a Participant, &'a PairRecord)>,
    executives: usize,
}

impl<'a> Pairs<'a> {
    pub(super) fn of(participants: &'a [Participant]) -> Self {
        let all = participants.iter();
        Self {
            all: all
                .flat_map(|one| one.pairs.iter().map(move |pair| (one, pair)))
                .collect(),
            executives: participants.len(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Executives who have or had a mentor.
    pub(super) fn people(&self) -> usize {
        people(self.all.iter().map(|(one, _)| *one))
    }

    /// Executives who have a mentor now.
    pub(super) fn with_a_mentor(&self) -> usize {
        people(self.running().map(|(one, _)| *one))
    }

    fn running(&self) -> impl Iterator<Item = &(&'a Participant, &'a PairRecord)> {
        self.all.iter().filter(|(_, pair)| pair.ended.is_none())
    }

    /// Running pairs without a talk for too long.
    pub(super) fn stalled(&self) -> usize {
        self.running().filter(|(_, pair)| pair.stalled.is_some()).count()
    }

    /// How many there are, and in what state.
    pub(super) fn figures(&self, about: &MentoringAbout<'_>) -> Section {
        let all = self.all.len();
        let running = self.running().count();
        let held = self
            .all
            .iter()
            .filter(|(one, pair)| one.talks_of(pair).next().is_some());
        let rows = [
            (
                "with_mentor",
                t!("mentoring.pairs.have", "Executives who have a mentor"),
                self.with_a_mentor(),
                self.executives,
            ),
            (
                "running",
                t!("mentoring.pairs.running", "Pairs that run"),
                running,
                all,
            ),
            (
                "ended",
                t!("mentoring.pairs.ended", "Pairs that ended"),
                all - running,
                all,
            ),
            (
                "held",
                t!("mentoring.pairs.held", "Pairs that have held a talk"),
                held.count(),
                all,
            ),
            (
                "stalled",
                t!(
                    "mentoring.pairs.stalled",
                    "Running pairs that wait for a talk too long"
                ),
                self.stalled(),
                running,
            ),
        ];
        let rows = rows
            .into_iter()
            .map(|(code, word, n, of)| (Value::Word(code, word), Some(n), Some(of)))
            .collect();
        let rules = &about.workspace.settings.mentoring;
        section(
            t!("mentoring.pairs", "Pairs"),
            figures(about, "figures", rows),
            Vec::new(),
            t!(
                "mentoring.pairs.how",
                "A pair waits too long {first} days after it was made, or {gap} days after its last talk, if none is planned. Nobody has to say why a pair ends.",
                first = rules.first_meeting_days,
                gap = rules.meeting_gap_days
            ),
        )
    }

    /// How many days it took until a pair met first.
    pub(super) fn first_talk(&self, about: &MentoringAbout<'_>) -> Section {
        let first = |one: &Participant, pair: &PairRecord| {
            let days = one.talks_of(pair).map(|talk| talk.day.days_since(pair.since));
            days.min().map(i64::from)
        };
        let met = || {
            let all = self.all.iter();
            all.filter_map(|(one, pair)| Some((*one, first(one, pair)?)))
        };
        let may = about.may_tell_of(people(met().map(|(one, _)| one)));
        let days: Vec<i64> = met().map(|(_, days)| days).collect();
        let days_of = |days: Option<i64>| if may { Value::count(days) } else { told(None) };
        let mut table = about.table(
            "first_talk",
            vec![
                Column::screen("pairs", t!("mentoring.column.pairs_met", "Pairs that met"), 1),
                Column::screen("median_days", t!("mentoring.column.median", "Median of days"), 1),
                Column::screen("shortest_days", t!("mentoring.column.shortest", "Shortest"), 1),
                Column::screen("longest_days", t!("mentoring.column.longest", "Longest"), 1),
            ],
        );
        table.rows = vec![vec![
            told(may.then_some(days.len())),
            days_of(median(days.clone())),
            days_of(days.iter().copied().min()),
            days_of(days.iter().copied().max()),
        ]];
        section(
            t!("mentoring.first", "Days until the first talk"),
            table,
            Vec::new(),
            t!(
                "mentoring.first.how",
                "From the day on which the pair was made to its first talk, a deputy's visit included."
            ),
        )
    }

    /// Each pair, by name.
    pub(super) fn rows(&self, about: &MentoringAbout<'a>) -> Option<Section> {
        if self.is_empty() {
            return None;
        }
        let mut table = about.table(
            "pairs",
            vec![
                Column::screen("person_id", t!("column.id", "ID"), 5).hidden(),
                Column::screen("person", t!("mentoring.column.executive", "Executive"), 1),
                Column::screen("mentor_id", t!("column.id", "ID"), 5).hidden(),
                Column::screen("mentor", t!("board.column.mentor", "Mentor"), 1),
                Column::screen("since", t!("mentoring.column.since", "Since"), 2),
                Column::screen("ended", t!("mentoring.column.ended", "Ended"), 3),
                Column::screen("talks", t!("mentoring.column.talks", "Talks"), 1),
                Column::screen("by_deputy", t!("mentoring.column.by_deputy", "By deputy"), 4),
                Column::screen("first_on", t!("mentoring.column.first_on", "First talk"), 4),
                Column::screen("last_on", t!("mentoring.column.last_on", "Last talk"), 3),
                Column::screen("waits_since", t!("mentoring.column.waits", "Waits since"), 2),
                Column::screen("commitments", t!("mentoring.column.made", "Committed"), 4),
                Column::screen("kept", t!("mentoring.column.kept", "Kept"), 4),
            ],
        );
        table.rows = self
            .all
            .iter()
            .map(|(one, pair)| cells(one, pair, about))
            .collect();
        Some(section(
            t!("mentoring.each", "Each pair"),
            table,
            Vec::new(),
            t!(
                "mentoring.each.how",
                "By executive. Talks while the pair ran; kept are those that were kept whole."
            ),
        ))
    }

    /// Pairs by the unit of their executives, where a unit has enough of them.
    pub(super) fn units(&self, about: &MentoringAbout<'_>) -> Option<Section> {
        let mut units: BTreeMap<Option<&str>, Vec<&(&Participant, &PairRecord)>> = BTreeMap::new();
        for pair in &self.all {
            let unit = pair.0.unit.as_deref().filter(|unit| about.may_say(unit));
            units.entry(unit).or_default().push(pair);
        }
        let sizes: Vec<usize> = units
            .values()
            .map(|pairs| people(pairs.iter().map(|(one, _)| *one)))
            .collect();
        let hidden = hidden(&sizes, about.fewest());
        let mut others: Vec<&(&Participant, &PairRecord)> = Vec::new();
        let mut rows = Vec::new();
        for ((unit, pairs), hidden) in units.into_iter().zip(hidden) {
            match unit {
                Some(unit) if !hidden => rows.push(unit_cells(Value::Text(unit.to_owned()), &pairs)),
                _ => others.extend(pairs),
            }
        }
        if rows.is_empty() {
            return None;
        }
        if !others.is_empty() {
            let word = Value::Word("others", t!("mentoring.units.others", "all others"));
            rows.push(unit_cells(word, &others));
        }
        let mut table = about.table(
            "units",
            vec![
                Column::screen("unit", t!("board.column.unit_of", "Area"), 1),
                Column::screen("people", t!("board.column.people", "People"), 1),
                Column::screen("pairs", t!("mentoring.column.pairs", "Pairs"), 1),
                Column::screen("held", t!("mentoring.column.held", "Have held a talk"), 1),
                Column::screen("talks", t!("mentoring.column.talks", "Talks"), 1),
            ],
        );
        table.rows = rows;
        Some(section(
            t!("mentoring.units", "By unit"),
            table,
            Vec::new(),
            t!(
                "mentoring.units.how",
                "The unit of the executive; units in which fewer than {n} have or had a mentor are together in one line.",
                n = about.fewest()
            ),
        ))
    }
}

fn people<'a>(all: impl Iterator<Item = &'a Participant>) -> usize {
    let people: BTreeSet<&str> = all.map(|one| &*one.id).collect();
    people.len()
}

fn unit_cells(unit: Value, pairs: &[&(&Participant, &PairRecord)]) -> Vec<Value> {
    let talks = |one: &Participant, pair: &PairRecord| one.talks_of(pair).count();
    vec![
        unit,
        Value::count(Some(people(pairs.iter().map(|(one, _)| *one)))),
        Value::count(Some(pairs.len())),
        Value::count(Some(
            pairs.iter().filter(|(one, pair)| talks(one, pair) > 0).count(),
        )),
        Value::count(Some(
            pairs.iter().map(|(one, pair)| talks(one, pair)).sum::<usize>(),
        )),
    ]
}

fn cells<'a>(one: &'a Participant, pair: &'a PairRecord, about: &MentoringAbout<'a>) -> Vec<Value> {
    let talks: Vec<&TalkRecord> = one.talks_of(pair).collect();
    let count =
        |is: fn(&TalkRecord) -> bool| Value::count(Some(talks.iter().filter(|talk| is(talk)).count()));
    vec![
        Value::Text(one.id.to_string()),
        Value::Text(about.name_of(&one.id).to_owned()),
        Value::Text(pair.mentor.to_string()),
        Value::Text(about.name_of(&pair.mentor).to_owned()),
        Value::Date(pair.since),
        Value::date(pair.ended),
        count(|_| true),
        count(|talk| talk.attendance == Attendance::Deputy),
        Value::date(talks.iter().map(|talk| talk.day).min()),
        Value::date(talks.iter().map(|talk| talk.day).max()),
        Value::date(pair.stalled),
        count(|talk| talk.commitment.is_some()),
        count(|talk| talk.commitment == Some(Commitment::Kept)),
    ]
}

/// What one mentor gave.
#[derive(Default)]
struct Gift<'a> {
    pairs: usize,
    running: usize,
    /// Minutes of each talk; the longest that anybody says.
    talks: BTreeMap<&'a str, u32>,
}

impl Gift<'_> {
    fn minutes(&self) -> i64 {
        self.talks.values().map(|minutes| i64::from(*minutes)).sum()
    }
}

/// What mentors gave: their time, as a contribution. By name, or all of them together; `None`: there is no mentor.
pub(super) fn given(participants: &[Participant], about: &MentoringAbout<'_>) -> Option<Section> {
    let gifts = gifts(participants);
    if gifts.is_empty() {
        return None;
    }
    let gave = gifts.values().filter(|gift| !gift.talks.is_empty()).count();
    let may = about.may_tell_of(gave);
    let all: i64 = gifts.values().map(Gift::minutes).sum();
    let table = if about.names() {
        given_by_each(&gifts, about)
    } else {
        given_by_all(may.then_some((gave, all)), about)
    };
    let lead = (may && all > 0).then(|| {
        t!(
            "mentoring.given.lead",
            "Mentors gave {n} minutes in talks.",
            n = all
        )
    });
    Some(section(
        t!("mentoring.given", "What mentors gave"),
        table,
        lead.into_iter().collect(),
        t!(
            "mentoring.given.how",
            "Minutes of talks with a mentor, in a pair or not, as recorded; a talk with several executives is counted once for its mentor. Preparing and thinking it over are not counted: nobody records them."
        ),
    ))
}

fn given_by_each(gifts: &BTreeMap<&str, Gift<'_>>, about: &MentoringAbout<'_>) -> Report {
    let mut table = about.table(
        "given",
        vec![
            Column::screen("mentor_id", t!("column.id", "ID"), 5).hidden(),
            Column::screen("mentor", t!("board.column.mentor", "Mentor"), 1),
            Column::screen("pairs", t!("mentoring.column.pairs", "Pairs"), 1),
            Column::screen("running", t!("mentoring.column.running", "Running"), 2),
            Column::screen("talks", t!("mentoring.column.talks", "Talks"), 1),
            Column::screen("minutes", t!("board.column.minutes", "Minutes"), 1),
        ],
    );
    let row = |(id, gift): (&&str, &Gift<'_>)| {
        vec![
            Value::Text((*id).to_owned()),
            Value::Text(about.workspace.name_of(id).to_owned()),
            Value::count(Some(gift.pairs)),
            Value::count(Some(gift.running)),
            Value::count(Some(gift.talks.len())),
            Value::Count(gift.minutes()),
        ]
    };
    table.rows = gifts.iter().map(row).collect();
    table
}

/// `gave` = how many mentors, and their minutes together; `None`: too few to be told of.
fn given_by_all(gave: Option<(usize, i64)>, about: &MentoringAbout<'_>) -> Report {
    let mut table = about.table(
        "given",
        vec![
            Column::screen(
                "mentors",
                t!("mentoring.column.mentors", "Mentors who gave time"),
                1,
            ),
            Column::screen("minutes", t!("board.column.minutes", "Minutes"), 1),
            Column::screen("each", t!("mentoring.column.each", "Minutes each, mean"), 1),
        ],
    );
    table.rows = vec![match gave {
        Some((mentors, minutes)) => vec![
            told(Some(mentors)),
            Value::Count(minutes),
            mean(minutes, mentors).map_or(Value::Missing(""), Value::Number),
        ],
        None => vec![told(None); 3],
    }];
    table
}

fn mean(sum: i64, of: usize) -> Option<Thousandths> {
    let of = i64::try_from(of).ok().filter(|of| *of > 0)?;
    // To a tenth of a minute.
    Some(Thousandths::unbounded((sum * 10 + of / 2).div_euclid(of) * 100))
}

fn gifts(participants: &[Participant]) -> BTreeMap<&str, Gift<'_>> {
    let mut gifts: BTreeMap<&str, Gift<'_>> = BTreeMap::new();
    for one in participants {
        for pair in &one.pairs {
            let gift = gifts.entry(&*pair.mentor).or_default();
            gift.pairs += 1;
            gift.running += usize::from(pair.ended.is_none());
        }
        for talk in &one.talks {
            for mentor in &talk.mentors {
                let gift = gifts.entry(&**mentor).or_default();
                let minutes = gift.talks.entry(&*talk.meeting).or_insert(0);
                *minutes = (*minutes).max(talk.minutes);
            }
        }
    }
    gifts
}
