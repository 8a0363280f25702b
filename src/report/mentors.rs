//! Who mentors whom: the pairs that are proposed with why, and the mentors with their load.

use std::collections::BTreeSet;

use super::columns::data_columns;
use crate::base::points::Thousandths;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::and_list;
use crate::model::person::Person;
use crate::model::workspace::Workspace;
use crate::pairing::{Facts, Fit, Idle, Match, PairFacts, Proposal, Skill, Unmatched, Why, skills};
use crate::readiness::{Assessment, Behind};
use crate::table::{Column, Report, Value};

/// What a proposal is shown with.
pub struct MatchAbout<'a> {
    /// Names.
    pub workspace: &'a Workspace,
    /// Ids of the capabilities, in the order of the curriculum.
    pub capabilities: &'a [&'a str],
    /// Pairs that run and should end.
    pub idle: &'a [(&'a str, &'a str, Idle)],
    /// How many have no mentor, whether or not the proposal is about all of them.
    pub without: usize,
    /// Free seats by mentor.
    pub free: &'a [(&'a str, u32)],
    /// The day.
    pub today: Date,
}

/// The reason of a pair, as the leaders keep it: `serve 51.2 x 3 (stated), wished for`, in fixed words whatever the language
/// is. It tells what somebody lacks: it is for no log that a mentor gets.
pub fn pair_reason(fit: &Fit, capabilities: &[&str]) -> String {
    let mut parts = parts(fit, capabilities, " (stated)");
    if fit.is_wished {
        parts.push("wished for".to_owned());
    }
    if fit.earlier > 0 {
        parts.push(format!("paired before: {}", fit.earlier));
    }
    parts.join(", ")
}

/// The reason of a pair on a screen, the most first: `serve 51.2 x 3*, reach 51.2 x 2`; what a leader states has a mark.
fn why_pair(fit: &Fit, capabilities: &[&str]) -> String {
    let mut parts = parts(fit, capabilities, "*");
    if fit.is_wished {
        parts.push(t!("mentors.wished", "wished for"));
    }
    if fit.earlier > 0 {
        parts.push(t_n!(
            "mentors.earlier",
            usize::try_from(fit.earlier).unwrap_or(usize::MAX),
            "paired {n} time before",
            "paired {n} times before"
        ));
    }
    parts.join(", ")
}

fn parts(fit: &Fit, capabilities: &[&str], stated: &str) -> Vec<String> {
    let parts = fit.parts.iter().map(|part| {
        let id = capabilities.get(part.capability).copied().unwrap_or_default();
        let mark = if part.skill.is_stated { stated } else { "" };
        format!("{}{mark}", part_shown(id, part.need, part.skill.level))
    });
    parts.collect()
}

/// What is needed of a capability and what is brought to it: `serve 51.2 x 3`; the need in tenths of points.
pub(super) fn part_shown(capability: &str, need: u32, level: u8) -> String {
    format!("{capability} {} x {level}", tenths(need))
}

/// Tenths as a number with a decimal where it has one.
pub(super) fn tenths(tenths: u32) -> String {
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

fn value(fit: i64) -> Thousandths {
    Thousandths::unbounded(fit * 100)
}

/// The proposal as a table: a row a pair, and a row for each who is left without.
pub fn match_report(proposal: &Proposal<'_>, about: &MatchAbout<'_>, data: bool) -> Report {
    let name = |id: &str| about.workspace.name_of(id).to_owned();
    if data {
        let keys = [
            "person_id",
            "person",
            "mentor_id",
            "mentor",
            "fit",
            "why",
            "next_best_id",
            "next_best_fit",
        ];
        let mut report = Report::new("mentor-match", about.today, data_columns(keys));
        report.rows = proposal
            .pairs
            .iter()
            .map(|pair| data_row(pair, about))
            .chain(proposal.unmatched.iter().map(|one| {
                let mut row = vec![Value::Text(one.seeker.to_owned()), Value::Text(name(one.seeker))];
                row.extend(vec![Value::Missing(""); 3]);
                row.push(Value::Text(why_without(one, about)));
                row.extend(vec![Value::Missing(""); 2]);
                row
            }))
            .collect();
        return report;
    }
    let columns = vec![
        Column::screen("person", t!("column.executive", "EXECUTIVE"), 1),
        Column::screen("mentor", t!("column.mentor", "MENTOR"), 1),
        Column::screen("fit", t!("column.fit", "FIT"), 2),
        Column::screen("why", t!("column.why", "WHY"), 1),
    ];
    let mut report = Report::new("mentor-match", about.today, columns);
    report.above.push(title(about));
    report.rows = proposal
        .pairs
        .iter()
        .map(|pair| {
            vec![
                Value::Text(name(pair.seeker)),
                Value::Text(name(pair.mentor)),
                Value::Number(value(pair.fit.value)),
                Value::Text(why_pair(&pair.fit, about.capabilities)),
            ]
        })
        .collect();
    report.below = below(proposal, about);
    report
}

fn data_row(pair: &Match<'_>, about: &MatchAbout<'_>) -> Vec<Value> {
    let name = |id: &str| Value::Text(about.workspace.name_of(id).to_owned());
    vec![
        Value::Text(pair.seeker.to_owned()),
        name(pair.seeker),
        Value::Text(pair.mentor.to_owned()),
        name(pair.mentor),
        Value::Number(value(pair.fit.value)),
        Value::Text(why_pair(&pair.fit, about.capabilities)),
        Value::text(pair.next_best.map(|(id, _)| id)),
        pair.next_best
            .map_or(Value::Missing(""), |(_, fit)| Value::Number(value(fit))),
    ]
}

fn title(about: &MatchAbout<'_>) -> String {
    if about.without == 0 {
        return t!("mentors.match.nobody", "Everybody has a mentor.");
    }
    let free: u32 = about.free.iter().map(|(_, free)| free).sum();
    let each = about.free.iter().filter(|(_, free)| *free > 0);
    let each: Vec<String> = each
        .map(|(id, free)| format!("{} {free}", about.workspace.name_of(id)))
        .collect();
    let seats = t_n!(
        "mentors.match.seats",
        usize::try_from(free).unwrap_or(usize::MAX),
        "{n} free seat",
        "{n} free seats"
    );
    let seats = if each.is_empty() {
        seats
    } else {
        format!("{seats} ({})", each.join(", "))
    };
    t_n!(
        "mentors.match.title",
        about.without,
        "{n} person without a mentor, {seats}.",
        "{n} people without a mentor, {seats}.",
        seats = seats
    )
}

fn below(proposal: &Proposal<'_>, about: &MatchAbout<'_>) -> Vec<String> {
    let mut lines = left(proposal, about);
    lines.extend(idle(about));
    let others: Vec<String> = proposal
        .pairs
        .iter()
        .filter_map(|pair| next_best(pair, proposal, about))
        .collect();
    lines.extend(sentence(&others));
    let not: Vec<String> = proposal
        .not_possible
        .iter()
        .map(|(one, other)| {
            t!(
                "mentors.not_possible",
                "{person} and {mentor}: not possible",
                person = about.workspace.name_of(one),
                mentor = about.workspace.name_of(other)
            )
        })
        .collect();
    lines.extend(sentence(&not));
    let mut parts = proposal.pairs.iter().flat_map(|pair| &pair.fit.parts);
    if parts.any(|part| part.skill.is_stated) {
        lines.push(t!("mentors.stated", "* by the leader's word (stated)."));
    }
    if !proposal.pairs.is_empty() {
        lines.push(t!(
            "mentors.how",
            "Fit: points missing x what the mentor brings, 0 to 3, from the mentor's own evidence or as stated."
        ));
    }
    lines
}

/// Several clauses as one line.
fn sentence(clauses: &[String]) -> Option<String> {
    (!clauses.is_empty()).then(|| format!("{}.", clauses.join("; ")))
}

/// Who is left without a mentor and why, whom the same keeps together; and how somebody may begin to mentor.
fn left(proposal: &Proposal<'_>, about: &MatchAbout<'_>) -> Vec<String> {
    let mut why_left: Vec<(String, Vec<&str>)> = Vec::new();
    for one in &proposal.unmatched {
        let (why, name) = (why_without(one, about), about.workspace.name_of(one.seeker));
        match why_left.iter_mut().find(|(other, _)| *other == why) {
            Some((_, names)) => names.push(name),
            None => why_left.push((why, vec![name])),
        }
    }
    let lines = why_left.iter();
    let mut lines: Vec<String> = lines
        .map(|(why, names)| format!("{}: {why}.", names.join(", ")))
        .collect();
    let brings_nothing =
        |one: &Unmatched<'_>| matches!(one.why, Why::NoneFits { nothing, .. } if nothing > 0);
    if proposal.unmatched.iter().any(brings_nothing) {
        lines.push(t!(
            "mentors.cold_start",
            "Whoever has no evidence of their own yet mentors by your word:"
        ));
        let id = about.free.first().map_or("ID", |(id, _)| *id);
        let capability = about.capabilities.first().copied().unwrap_or("CAPABILITY");
        lines.push(format!(
            "  upwards people edit {id} --set mentors_stated={capability}=ready"
        ));
    }
    lines
}

/// Pairs that should end, each with the command that ends it.
fn idle(about: &MatchAbout<'_>) -> impl Iterator<Item = String> {
    about.idle.iter().map(|(person, id, why)| {
        let (name, mentor) = (about.workspace.name_of(person), about.workspace.name_of(id));
        match why {
            Idle::Gone => t!(
                "mentors.idle.gone",
                "{person} has {mentor}, who mentors nobody here now: upwards mentors unpair {id} --mentor {other}",
                person = name,
                mentor = mentor,
                id = person,
                other = id
            ),
            Idle::DoesNotFit => t!(
                "mentors.idle.not",
                "{person} and {mentor}: not possible: upwards mentors unpair {id} --mentor {other}",
                person = name,
                mentor = mentor,
                id = person,
                other = id
            ),
            Idle::Second => t!(
                "mentors.idle.second",
                "{person} has another mentor beside {mentor}: upwards mentors unpair {id} --mentor {other}",
                person = name,
                mentor = mentor,
                id = person,
                other = id
            ),
        }
    })
}

/// Who else would do, and whether they could.
fn next_best(pair: &Match<'_>, proposal: &Proposal<'_>, about: &MatchAbout<'_>) -> Option<String> {
    let (id, fit) = pair.next_best?;
    let free = about.free.iter().find(|(mentor, _)| *mentor == id);
    let taken = proposal.pairs.iter().filter(|other| other.mentor == id).count();
    let has_seat = free.is_some_and(|(_, seats)| usize::try_from(*seats).is_ok_and(|seats| taken < seats));
    let (person, mentor) = (about.workspace.name_of(pair.seeker), about.workspace.name_of(id));
    let fit = value(fit);
    Some(if has_seat {
        t!(
            "mentors.next_best",
            "{person}: next best {mentor} ({fit})",
            person = person,
            mentor = mentor,
            fit = fit
        )
    } else {
        t!(
            "mentors.next_best.full",
            "{person}: next best {mentor} ({fit}, no seat left)",
            person = person,
            mentor = mentor,
            fit = fit
        )
    })
}

/// Why somebody is left without, and what would change that.
fn why_without(one: &Unmatched<'_>, about: &MatchAbout<'_>) -> String {
    match &one.why {
        Why::NoMentors => t!(
            "mentors.why.none",
            "there is no mentor: upwards people add --name NAME --role mentor"
        ),
        Why::NoSeat(fits) => {
            let names: Vec<String> = fits
                .iter()
                .take(2)
                .map(|(id, fit)| format!("{} ({})", about.workspace.name_of(id), value(*fit)))
                .collect();
            t!(
                "mentors.why.seat",
                "no seat is left where somebody would do; one more at {names}",
                names = names.join(t!("word.or", " or ").as_str())
            )
        }
        Why::NoneFits {
            nothing,
            no_language,
            not_possible,
            languages,
            most_needed,
        } => {
            let mut parts = Vec::new();
            if *nothing > 0 {
                parts.push(t_n!(
                    "mentors.why.nothing",
                    *nothing,
                    "{n} brings nothing of what is missing",
                    "{n} bring nothing of what is missing"
                ));
            }
            if *no_language > 0 {
                parts.push(t_n!(
                    "mentors.why.language",
                    *no_language,
                    "{n} shares no language",
                    "{n} share no language"
                ));
            }
            if *not_possible > 0 {
                parts.push(t_n!(
                    "mentors.why.not_possible",
                    *not_possible,
                    "{n} is not possible",
                    "{n} are not possible"
                ));
            }
            let needed = most_needed.and_then(|place| about.capabilities.get(place).copied());
            let would_do = would_do(
                Some(languages.as_slice()).filter(|_| *no_language > 0),
                needed.filter(|_| *nothing > 0),
            );
            let parts = and_list(&parts);
            if would_do.is_empty() {
                return t!(
                    "mentors.why.another",
                    "of the mentors {parts}; another mentor would do",
                    parts = parts
                );
            }
            t!(
                "mentors.why.fits",
                "of the mentors {parts}; somebody {who} would do",
                parts = parts,
                who = and_list(&would_do)
            )
        }
    }
}

/// What a mentor's own evidence says of a capability in which they may mentor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    /// The capability.
    pub capability: Box<str>,
    /// The day of the newest evidence: a practice, a talk, an answer known again.
    pub evidence_on: Date,
    /// The last day of Ready if nothing more happens; `None` unless Ready.
    pub ready_until: Option<Date>,
    /// Whether Ready ends soon.
    pub is_fading: bool,
}

/// The evidence of somebody in what they mentor.
pub fn freshness(person: &Person, assessment: &Assessment) -> Vec<Fresh> {
    let all = assessment.capabilities.iter();
    let may = all.filter(|one| person.mentors_in.iter().any(|id| *id == *one.capability.as_str()));
    may.filter_map(|one| {
        let answers = one.slots.iter().filter_map(|slot| match slot.behind {
            Behind::Question { right_on, .. } => Some(right_on),
            _ => None,
        });
        let others = one.last_practice_on.into_iter().chain(one.last_talk_on);
        Some(Fresh {
            capability: one.capability.as_str().into(),
            evidence_on: answers.chain(others).max()?,
            ready_until: one.ready_until,
            is_fading: one.is_fading(),
        })
    })
    .collect()
}

/// What a mentor would have to bring where none fits: one of the languages, the capability.
fn would_do(languages: Option<&[&str]>, capability: Option<&str>) -> Vec<String> {
    let speaks = languages.map(|languages| {
        t!(
            "mentors.why.speaks",
            "who speaks {languages}",
            languages = languages.join(t!("word.or", " or ").as_str())
        )
    });
    let is_good_at = capability.map(|id| {
        t!(
            "mentors.why.is_good_at",
            "who is good at {capability}",
            capability = id
        )
    });
    speaks.into_iter().chain(is_good_at).collect()
}

/// One mentor with their pairs.
pub struct MentorLoad<'a> {
    /// What is known of them.
    pub facts: &'a Facts<'a>,
    /// Their seats.
    pub seats: u32,
    /// How many of them are taken, in whatever curriculum.
    pub load: usize,
    /// Whom they mentor: the person and the pair.
    pub pairs: Vec<(&'a str, &'a PairFacts)>,
    /// What their own evidence says, capability by capability.
    pub fresh: Vec<Fresh>,
}

/// Mentors with load, freshness and what stalls. `data` = the columns of the file.
pub fn mentor_list(
    mentors: &[MentorLoad<'_>],
    workspace: &Workspace,
    capabilities: &[&str],
    today: Date,
    data: bool,
) -> Report {
    let mut report = Report::new("mentors", today, list_columns(data));
    let mut is_stated = false;
    for one in mentors {
        let skills = skills(one.facts, capabilities);
        is_stated |= skills.iter().any(|skill| skill.is_stated);
        report
            .rows
            .push(list_row(one, &skills, workspace, capabilities, today, data));
    }
    if mentors.is_empty() {
        report.above.push(t!(
            "mentors.nobody",
            "No mentor here: upwards people add --name \"Jo Park\" --role mentor"
        ));
    } else if is_stated {
        report
            .below
            .push(t!("mentors.stated", "* by the leader's word (stated)."));
    }
    for one in mentors {
        let fresh = one.fresh.iter().map(|fresh| fresh_line(one, fresh, today));
        report.below.extend(fresh);
    }
    report
}

/// How old the evidence of a mentor is, and until when it holds.
fn fresh_line(one: &MentorLoad<'_>, fresh: &Fresh, today: Date) -> String {
    let (name, capability) = (&one.facts.person.name, &fresh.capability);
    let day = fresh.evidence_on.short(today);
    match fresh.ready_until {
        None => t!(
            "mentors.fresh",
            "{name}, {capability}: newest evidence of {day}",
            name = name,
            capability = capability,
            day = day
        ),
        Some(until) if fresh.is_fading => t!(
            "mentors.fresh.fading",
            "{name}, {capability}: R~, newest evidence of {day}, ready only until {until}",
            name = name,
            capability = capability,
            day = day,
            until = until.short(today)
        ),
        Some(until) => t!(
            "mentors.fresh.ready",
            "{name}, {capability}: newest evidence of {day}, ready until {until}",
            name = name,
            capability = capability,
            day = day,
            until = until.short(today)
        ),
    }
}

fn list_columns(data: bool) -> Vec<Column> {
    if data {
        data_columns([
            "mentor_id",
            "mentor",
            "skills",
            "stated",
            "seats",
            "pairs",
            "free",
            "with",
            "talks",
            "last_talk_on",
            "stalled",
            "evidence_on",
            "ready_until",
        ])
    } else {
        vec![
            Column::screen("mentor_id", t!("column.id", "ID"), 1),
            Column::screen("mentor", t!("column.mentor", "MENTOR"), 1),
            Column::screen("skills", t!("mentors.column.skills", "IN"), 3),
            Column::screen("stated", t!("mentors.column.stated", "STATED"), 5).hidden(),
            Column::screen("seats", t!("mentors.column.seats", "SEATS"), 5),
            Column::screen("pairs", t!("mentors.column.pairs", "PAIRS"), 4).hidden(),
            Column::screen("free", t!("mentors.column.free", "FREE"), 1),
            Column::screen("with", t!("mentors.column.with", "WITH"), 1),
            Column::screen("talks", t!("mentors.column.talks", "TALKS"), 4),
            Column::screen("last_talk_on", t!("mentors.column.last", "LAST TALK"), 2),
            Column::screen("stalled", t!("mentors.column.stalled", "STALLED"), 1),
            Column::screen("evidence_on", t!("mentors.column.evidence", "EVIDENCE"), 5).hidden(),
            Column::screen("ready_until", t!("mentors.column.until", "READY UNTIL"), 5).hidden(),
        ]
    }
}

fn list_row(
    one: &MentorLoad<'_>,
    skills: &[Skill],
    workspace: &Workspace,
    capabilities: &[&str],
    today: Date,
    data: bool,
) -> Vec<Value> {
    let rules = &workspace.settings.mentoring;
    let stalled: BTreeSet<&str> = one
        .pairs
        .iter()
        .filter(|(_, pair)| pair.stalled_since(rules, today).is_some())
        .map(|(id, _)| *id)
        .collect();
    let names = |id: &str| {
        if data {
            id.to_owned()
        } else {
            workspace.name_of(id).to_owned()
        }
    };
    let taken = u32::try_from(one.load).unwrap_or(u32::MAX);
    vec![
        Value::Text(one.facts.person.id.to_string()),
        Value::Text(one.facts.person.name.clone()),
        Value::List(skill_words(skills, capabilities, !data)),
        Value::YesNo(skills.iter().any(|skill| skill.is_stated)),
        Value::Count(one.seats.into()),
        Value::Count(taken.into()),
        Value::Count(one.seats.saturating_sub(taken).into()),
        Value::List(one.pairs.iter().map(|(id, _)| names(id)).collect()),
        Value::count(Some(one.pairs.iter().map(|(_, pair)| pair.talks).sum::<usize>())),
        Value::date(one.pairs.iter().filter_map(|(_, pair)| pair.last_talk).max()),
        Value::List(stalled.into_iter().map(names).collect()),
        Value::date(one.fresh.iter().map(|fresh| fresh.evidence_on).max()),
        Value::date(one.fresh.iter().filter_map(|fresh| fresh.ready_until).min()),
    ]
}

fn skill_words(skills: &[Skill], capabilities: &[&str], marked: bool) -> Vec<String> {
    let all = capabilities.iter().zip(skills);
    all.filter(|(_, skill)| skill.level > 0)
        .map(|(id, skill)| {
            let stated = if marked && skill.is_stated { "*" } else { "" };
            format!("{id} {}{stated}", skill.level)
        })
        .collect()
}
