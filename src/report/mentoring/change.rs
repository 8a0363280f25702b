//! What changed in readiness for those who met their mentor, or peers, and for those who did not: two looks at each log by the code
//! of `readiness --as-of`, and no more than two medians and a count of each. Both groups are made by what is known today,
//! whatever day is compared with: reports of two days would otherwise tell of whoever changed the group in between.

use std::collections::BTreeMap;

use super::participant::Participant;
use super::parts::{MentoringAbout, told};
use super::telling::{People, Telling};
use crate::base::points::Points;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::report::sections::{median, section};
use crate::table::{Column, Section, Value};

/// Where executives stood on an earlier day.
pub struct Then {
    /// The day, at its end.
    pub since: Date,
    /// Whether it is the day before the first pair was made or the first group formed, not one that was asked for.
    pub is_before_the_first: bool,
    /// Overall points and core capabilities reached, by person; who is not here had nothing.
    pub standings: BTreeMap<Box<str>, (Points, u32)>,
}

/// Whom those met who met somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    /// The mentor of a pair of theirs.
    Mentor,
    /// Peers.
    Peers,
}

impl Met {
    fn has(self, one: &Participant) -> bool {
        match self {
            Self::Mentor => one.has_met(),
            Self::Peers => one.has_met_peers(),
        }
    }

    fn word(self) -> Value {
        Value::Word(
            "met",
            match self {
                Self::Mentor => t!("mentoring.change.met", "Met their mentor"),
                Self::Peers => t!("mentoring.change.met_peers", "Met peers"),
            },
        )
    }
}

/// One of the groups that are compared.
struct Side<'a> {
    word: Value,
    people: Vec<&'a Participant>,
    is_told: bool,
    /// How many reached more capabilities, if it is told.
    reached_more: Option<usize>,
}

/// The section; `None` where too few people are looked at. `is_whole_told` = whether it may be told how many executives
/// are here.
pub(super) fn change<'a>(
    participants: &'a [Participant],
    then: &Then,
    whom: Met,
    about: &MentoringAbout<'_>,
    is_whole_told: bool,
    telling: &mut Telling<'a>,
) -> Option<Section> {
    let sides = sides(participants, then, whom, is_whole_told, telling);
    if sides.iter().all(|side| !side.is_told) {
        return None;
    }
    let mut table = about.table(columns(then, about));
    table.rows = sides.iter().map(|side| cells(side, then)).collect();
    let mut above: Vec<String> = lead(&sides, whom).into_iter().collect();
    above.push(t!(
        "mentoring.change.no_proof",
        "This is no proof that talks did it: who meets may differ from who does not, in what they knew, in how much they wanted it and in how much time they had."
    ));
    Some(section(
        "readiness",
        t!("mentoring.change", "What changed in readiness"),
        table,
        above,
        how(then, whom),
    ))
}

fn sides<'a>(
    participants: &'a [Participant],
    then: &Then,
    whom: Met,
    is_whole_told: bool,
    telling: &mut Telling<'a>,
) -> Vec<Side<'a>> {
    let (met, not): (Vec<&Participant>, Vec<&Participant>) =
        participants.iter().partition(|one| whom.has(one));
    let [of_met, of_not] = [&met, &not].map(|side| ids(side));
    // Where the whole is not told, the two together would tell it.
    let told = if is_whole_told {
        telling.share(&[of_met, of_not])
    } else {
        vec![telling.tells(&of_met), false]
    };
    let mut side = |word: Value, people: Vec<&'a Participant>, is_told: bool| {
        let more: Vec<&Participant> = people
            .iter()
            .copied()
            .filter(|one| then.reached(one) < one.reached)
            .collect();
        Side {
            word,
            is_told,
            reached_more: (is_told && telling.tells(&ids(&more))).then_some(more.len()),
            people,
        }
    };
    vec![
        side(whom.word(), met, told[0]),
        side(
            Value::Word("not_met", t!("mentoring.change.not_met", "Did not")),
            not,
            told[1],
        ),
        side(
            Value::Word("all", t!("mentoring.change.all", "Everybody")),
            participants.iter().collect(),
            is_whole_told,
        ),
    ]
}

fn ids<'a>(all: &[&'a Participant]) -> People<'a> {
    all.iter().map(|one| &*one.id).collect()
}

impl Then {
    /// Core capabilities that somebody had reached by then.
    fn reached(&self, one: &Participant) -> u32 {
        self.standings.get(&one.id).map_or(0, |(_, reached)| *reached)
    }
}

fn columns(then: &Then, about: &MentoringAbout<'_>) -> Vec<Column> {
    let day = then.since.short(about.as_of);
    vec![
        Column::screen("who", t!("board.column.who", "Who"), 1),
        Column::screen("people", t!("board.column.people", "People"), 1),
        Column::screen(
            "points_before",
            t!("mentoring.column.points_then", "Points on {day}", day = day),
            1,
        ),
        Column::screen("points", t!("mentoring.column.points_now", "Points now"), 1),
        Column::screen(
            "reached_more",
            t!("mentoring.column.reached_more", "Reached more capabilities"),
            1,
        ),
    ]
}

fn cells(side: &Side<'_>, then: &Then) -> Vec<Value> {
    let points = |of: &dyn Fn(&Participant) -> Points| {
        let tenths: Vec<i64> = side.people.iter().map(|one| of(one).tenths()).collect();
        match median(tenths) {
            _ if !side.is_told => told(None),
            Some(tenths) => Value::Points(Points::from_tenths(tenths)),
            None => Value::Missing(""),
        }
    };
    let before = |one: &Participant| {
        then.standings
            .get(&one.id)
            .map_or(Points::ZERO, |(points, _)| *points)
    };
    vec![
        side.word.clone(),
        told(side.is_told.then_some(side.people.len())),
        points(&before),
        points(&|one| one.points),
        told(side.reached_more),
    ]
}

fn lead(sides: &[Side<'_>], whom: Met) -> Option<String> {
    let [met, not, _] = sides else { return None };
    let (n, more) = (met.people.len(), met.reached_more?);
    let (others, of_others) = (not.people.len(), not.reached_more?);
    Some(match whom {
        Met::Mentor => t!(
            "mentoring.change.lead",
            "Of {met} who met their mentor {more} reached more capabilities, of {not} who did not {others}.",
            met = n,
            more = more,
            not = others,
            others = of_others
        ),
        Met::Peers => t!(
            "mentoring.change.lead_peers",
            "Of {met} who met peers {more} reached more capabilities, of {not} who did not {others}.",
            met = n,
            more = more,
            not = others,
            others = of_others
        ),
    })
}

fn how(then: &Then, whom: Met) -> String {
    let day = then.since.long();
    let since = if then.is_before_the_first && whom == Met::Peers {
        t!(
            "mentoring.change.since_first_group",
            "Compared with {day}, the day before the first group was formed.",
            day = day
        )
    } else if then.is_before_the_first {
        t!(
            "mentoring.change.since_first",
            "Compared with {day}, the day before the first pair was made: nobody of them had a mentor by then.",
            day = day
        )
    } else {
        t!("mentoring.change.since", "Compared with {day}.", day = day)
    };
    let met = match whom {
        Met::Mentor => t!(
            "mentoring.change.how_met",
            "Met: was in at least one talk with the mentor of a pair, all the time or a part of it, up to today; a deputy's visit is none."
        ),
        Met::Peers => t!(
            "mentoring.change.how_met_peers",
            "Met: was in at least one talk with peers, all the time or a part of it, up to today; a deputy's visit is none."
        ),
    };
    let rest = t!(
        "mentoring.change.how",
        "Points: the median of overall readiness, of an even number the mean of the middle two, by what was recorded until that day; who had recorded nothing has 0. Points fade without practice or recall, so they can fall."
    );
    format!("{since} {met} {rest}")
}
