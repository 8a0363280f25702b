//! Sections on pairs: how many there are, how soon they met, what mentors gave, and, with names, each of them.

use std::collections::BTreeMap;

use super::participant::{Commitment, PairRecord, Participant, TalkRecord};
use super::parts::{MentoringAbout, figure, figures, told};
use super::telling::{People, Telling};
use crate::base::points::Thousandths;
use crate::base::texts::t;
use crate::model::event::Attendance;
use crate::report::sections::{count, median, section};
use crate::table::{Column, Report, Section, Value};

/// A pair with its executive.
type Both<'a> = (&'a Participant, &'a PairRecord);

/// Every pair with its executive.
pub(super) struct Pairs<'a> {
    all: Vec<Both<'a>>,
}

/// How many pairs there are, in what state; `None`: not told.
pub(super) struct PairCounts {
    /// Executives who have a mentor, of all who are here.
    pub(super) with_mentor: Option<usize>,
    executives: Option<usize>,
    all: usize,
    running: Option<usize>,
    ended: Option<usize>,
    held: Option<usize>,
    /// Running pairs without a talk for too long.
    pub(super) stalled: Option<usize>,
}

impl<'a> Pairs<'a> {
    pub(super) fn of(participants: &'a [Participant]) -> Self {
        let all = participants.iter();
        Self {
            all: all
                .flat_map(|one| one.pairs.iter().map(move |pair| (one, pair)))
                .collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Executives who have or had a mentor.
    pub(super) fn people(&self) -> People<'a> {
        people(self.all.iter())
    }

    /// Counts them. `executives` are all who are here, if it is told how many.
    pub(super) fn counts(&self, executives: Option<&People<'a>>, telling: &mut Telling<'a>) -> PairCounts {
        let of = |is: &dyn Fn(&Both<'a>) -> bool| self.all.iter().filter(|pair| is(pair)).collect::<Vec<_>>();
        let [running, ended] = [true, false].map(|runs| of(&|(_, pair)| pair.ended.is_none() == runs));
        let [held, never] = [true, false].map(|held| of(&|pair| has_held(pair) == held));
        let has = people(running.iter().copied());
        let lack: People<'a> = executives
            .into_iter()
            .flatten()
            .copied()
            .filter(|id| !has.contains(id))
            .collect();
        let is_told = telling.is_enough(lack.len()) && telling.tells(&has);
        let runs = telling.share(&[has.clone(), people(ended.iter().copied())]);
        let meets = telling.share(&[people(held.iter().copied()), people(never.iter().copied())]);
        let (waits, fine): (Vec<&Both<'a>>, Vec<&Both<'a>>) = running
            .iter()
            .copied()
            .partition(|(_, pair)| pair.stalled.is_some());
        let waiting = telling.share(&[people(waits.iter().copied()), people(fine.into_iter())]);
        PairCounts {
            with_mentor: is_told.then_some(has.len()),
            executives: executives.map(People::len),
            all: self.all.len(),
            running: runs[0].then_some(running.len()),
            ended: runs[1].then_some(ended.len()),
            held: meets[0].then_some(held.len()),
            stalled: waiting[0].then_some(waits.len()),
        }
    }

    /// How many days it took until a pair met first. The shortest and the longest are a pair each: with names only.
    pub(super) fn first_talk(&self, about: &MentoringAbout<'_>, telling: &mut Telling<'a>) -> Section {
        let met: Vec<&Both<'a>> = self.all.iter().filter(|pair| has_held(pair)).collect();
        let may = telling.tells(&people(met.iter().copied()));
        let days: Vec<i64> = met
            .iter()
            .filter_map(|(one, pair)| {
                let days = one.talks_of(pair).map(|talk| talk.day.days_since(pair.since));
                days.min().map(i64::from)
            })
            .collect();
        let days_of = |days: Option<i64>, may: bool| if may { Value::count(days) } else { told(None) };
        let mut table = about.table(vec![
            Column::screen("pairs", t!("mentoring.column.pairs_met", "Pairs that met"), 1),
            Column::screen("median_days", t!("mentoring.column.median", "Median of days"), 1),
            Column::screen("shortest_days", t!("mentoring.column.shortest", "Shortest"), 1),
            Column::screen("longest_days", t!("mentoring.column.longest", "Longest"), 1),
        ]);
        table.rows = vec![vec![
            told(may.then_some(days.len())),
            days_of(median(days.clone()), may),
            days_of(days.iter().copied().min(), about.names()),
            days_of(days.iter().copied().max(), about.names()),
        ]];
        section(
            "first_talk",
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
        let mut table = about.table(vec![
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
        ]);
        table.rows = self
            .all
            .iter()
            .map(|(one, pair)| cells(one, pair, about))
            .collect();
        Some(section(
            "pairs",
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
    pub(super) fn units(&self, about: &MentoringAbout<'_>, telling: &mut Telling<'a>) -> Option<Section> {
        let mut units: BTreeMap<Option<&str>, Vec<&Both<'a>>> = BTreeMap::new();
        for pair in &self.all {
            let unit = pair.0.unit.as_deref().filter(|unit| about.may_say(unit));
            units.entry(unit).or_default().push(pair);
        }
        let parts: Vec<People<'a>> = units
            .values()
            .map(|pairs| people(pairs.iter().copied()))
            .collect();
        let is_told = telling.share(&parts);
        let mut others: Vec<&Both<'a>> = Vec::new();
        let mut lines = Vec::new();
        for ((unit, pairs), is_told) in units.into_iter().zip(is_told) {
            match unit {
                Some(unit) if is_told => lines.push((Value::Text(unit.to_owned()), pairs)),
                _ => others.extend(pairs),
            }
        }
        if lines.is_empty() || !telling.tells(&people(others.iter().copied())) {
            return None;
        }
        if !others.is_empty() {
            let word = Value::Word("others", t!("mentoring.units.others", "all others"));
            lines.push((word, others));
        }
        // All lines or none: the others would tell the one that is missing.
        let may = lines
            .iter()
            .all(|(_, pairs)| telling.tells(&people(pairs.iter().copied().filter(|pair| has_held(pair)))));
        let mut table = about.table(vec![
            Column::screen("unit", t!("board.column.unit_of", "Area"), 1),
            Column::screen("people", t!("board.column.people", "People"), 1),
            Column::screen("pairs", t!("mentoring.column.pairs", "Pairs"), 1),
            Column::screen("held", t!("mentoring.column.held", "Have held a talk"), 1),
            Column::screen("talks", t!("mentoring.column.talks", "Talks"), 1),
        ]);
        table.rows = lines
            .into_iter()
            .map(|(unit, pairs)| unit_cells(unit, &pairs, may))
            .collect();
        Some(section(
            "units",
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

impl PairCounts {
    /// As a section.
    pub(super) fn section(&self, about: &MentoringAbout<'_>) -> Section {
        let all = Some(self.all);
        let (code, words, n, of) = (
            "with_mentor",
            t!("mentoring.pairs.have", "Executives who have a mentor"),
            self.with_mentor,
            self.executives,
        );
        let rows = [
            figure(code, words, n, of),
            figure(
                "running",
                t!("mentoring.pairs.running", "Pairs that run"),
                self.running,
                all,
            ),
            figure(
                "ended",
                t!("mentoring.pairs.ended", "Pairs that ended"),
                self.ended,
                all,
            ),
            figure(
                "held",
                t!("mentoring.pairs.held", "Pairs that have held a talk"),
                self.held,
                all,
            ),
            figure(
                "stalled",
                t!(
                    "mentoring.pairs.stalled",
                    "Running pairs that wait for a talk too long"
                ),
                self.stalled,
                self.running,
            ),
        ];
        let rules = &about.workspace.settings.mentoring;
        section(
            "figures",
            t!("mentoring.pairs", "Pairs"),
            figures(about, rows),
            Vec::new(),
            t!(
                "mentoring.pairs.how",
                "A pair waits too long {first} days after it was made, or {gap} days after its last talk, if none is planned. Nobody has to say why a pair ends.",
                first = rules.first_meeting_days,
                gap = rules.meeting_gap_days
            ),
        )
    }
}

fn people<'p, 'a: 'p>(pairs: impl Iterator<Item = &'p Both<'a>>) -> People<'a> {
    pairs.map(|(one, _)| &*one.id).collect()
}

fn has_held((one, pair): &Both<'_>) -> bool {
    one.talks_of(pair).next().is_some()
}

fn unit_cells(unit: Value, pairs: &[&Both<'_>], may: bool) -> Vec<Value> {
    let held = pairs.iter().filter(|pair| has_held(pair)).count();
    let talks = pairs.iter().map(|(one, pair)| one.talks_of(pair).count()).sum();
    vec![
        unit,
        count(people(pairs.iter().copied()).len()),
        count(pairs.len()),
        told(may.then_some(held)),
        told(may.then_some(talks)),
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
pub(super) fn given(
    participants: &[Participant],
    about: &MentoringAbout<'_>,
    telling: &Telling<'_>,
) -> Option<Section> {
    let gifts = gifts(participants);
    if gifts.is_empty() {
        return None;
    }
    let gave = gifts.values().filter(|gift| !gift.talks.is_empty()).count();
    let took = participants
        .iter()
        .filter(|one| one.talks.iter().any(|talk| !talk.mentors.is_empty()));
    let may = telling.is_enough(gave) && telling.is_enough(took.count());
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
        "given",
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
    let mut table = about.table(vec![
        Column::screen("mentor_id", t!("column.id", "ID"), 5).hidden(),
        Column::screen("mentor", t!("board.column.mentor", "Mentor"), 1),
        Column::screen("pairs", t!("mentoring.column.pairs", "Pairs"), 1),
        Column::screen("running", t!("mentoring.column.running", "Running"), 2),
        Column::screen("talks", t!("mentoring.column.talks", "Talks"), 1),
        Column::screen("minutes", t!("board.column.minutes", "Minutes"), 1),
    ]);
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
    let mut table = about.table(vec![
        Column::screen(
            "mentors",
            t!("mentoring.column.mentors", "Mentors who gave time"),
            1,
        ),
        Column::screen("minutes", t!("board.column.minutes", "Minutes"), 1),
        Column::screen("each", t!("mentoring.column.each", "Minutes each, mean"), 1),
    ]);
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
