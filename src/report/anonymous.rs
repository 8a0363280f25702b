//! Where people stand, without saying who: counts by capability and band, of everybody, of units and of groups that are
//! large enough. Which ones are told does not depend on which are asked for: whoever collects all answers learns no more.
//!
//! The rule: take everybody apart by which of the told ones they are in. What can be computed from counts by adding and
//! subtracting is a sum over such parts, so nothing about fewer than the bound comes out if each part has the bound's size.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::data_columns;
use super::row::PersonRow;
use super::suppress::{hidden, smallest};
use super::team::meant;
use crate::base::points::Band;
use crate::base::text::{pad, width};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::table::{Column, Report, Value};

/// Columns of the file.
pub(super) const ANONYMOUS_COLUMNS: [&str; 15] = [
    "as_of",
    "rules",
    "curriculum_id",
    "scope",
    "scope_id",
    "min_group",
    "people",
    "capability_id",
    "capability",
    "not_started",
    "exploring",
    "building",
    "ready",
    "reached",
    "suppressed",
];

/// Whom counts are about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Everybody in the programme.
    Everybody,
    /// A unit.
    Unit(Box<str>),
    /// A group.
    Group(Box<str>),
}

/// Whether counts are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// They are.
    Yes,
    /// Of too few people.
    Small,
    /// With the others they would tell of too few people.
    Complementary,
}

/// One of those whom counts could be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    /// Whom.
    pub scope: Scope,
    /// The places of its members.
    pub members: Vec<usize>,
    /// Whether it is told.
    pub told: Told,
}

/// What is printed, and how.
pub struct AnonymousAbout<'a> {
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// Fingerprint of the rules.
    pub rules: &'a str,
    /// `[privacy] min_group`.
    pub min_group: usize,
    /// The place of the one capability that is meant; `None` = all.
    pub only: Option<usize>,
    /// The one that is asked for; `None` = everybody, and all units and groups.
    pub scope: Option<Scope>,
    /// The day.
    pub as_of: Date,
    /// Where that is not today: units and groups of everybody who is in the programme today.
    pub today: Option<Vec<UnitAndGroups>>,
}

/// What somebody is chosen by.
pub type UnitAndGroups = (Option<Box<str>>, Vec<Box<str>>);

/// Everybody, every unit and every group of them, each with whether it is told: in this order, units and groups by name.
/// Units and groups of a single person are not there: their name would be that person's.
pub(super) fn counted(members: &[(Option<&str>, &[Box<str>])], min_group: usize) -> Vec<Counted> {
    let bound = smallest(min_group);
    let everybody = members.len() >= bound;
    let mut all = vec![Counted {
        scope: Scope::Everybody,
        members: (0..members.len()).collect(),
        told: if everybody { Told::Yes } else { Told::Small },
    }];
    if !everybody {
        return all;
    }
    // The part that somebody is in, by all that is told so far.
    let mut parts = vec![0; members.len()];
    all.extend(units(members, bound, &mut parts));
    all.extend(groups(members, bound, &mut parts));
    all
}

/// The scopes that are told of people as they are today, by which every earlier day is looked at too: who could ask for
/// one group of one day and another of the next would learn what lies between them.
pub(super) fn told_today(members: &[(Option<&str>, &[Box<str>])], min_group: usize) -> BTreeSet<Scope> {
    let counted = counted(members, min_group).into_iter();
    counted
        .filter(|one| one.told == Told::Yes)
        .map(|one| one.scope)
        .collect()
}

/// Takes people apart by which of the told scopes they are in: a number for each part.
pub(super) fn parts(members: &[(Option<&str>, &[Box<str>])], told: &BTreeSet<Scope>) -> Vec<usize> {
    let mut numbers: BTreeMap<Vec<&Scope>, usize> = BTreeMap::new();
    let of = members.iter().map(|(unit, groups)| {
        let is_in = |scope: &&Scope| match scope {
            Scope::Everybody => false,
            Scope::Unit(id) => *unit == Some(&**id),
            Scope::Group(id) => groups.contains(id),
        };
        let next = numbers.len();
        *numbers.entry(told.iter().filter(is_in).collect()).or_insert(next)
    });
    of.collect()
}

/// Whether every part of those who are there has the bound's size.
pub(super) fn are_large(parts: impl Iterator<Item = usize>, bound: usize) -> bool {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for part in parts {
        *sizes.entry(part).or_default() += 1;
    }
    sizes.values().all(|n| *n >= bound)
}

/// [`counted`] on an earlier day: of what is told of people as they are today, all or nothing.
fn counted_then(
    members: &[(Option<&str>, &[Box<str>])],
    told_today: &BTreeSet<Scope>,
    bound: usize,
) -> Vec<Counted> {
    let is_fine = are_large(parts(members, told_today).into_iter(), bound);
    let mut all = counted(members, bound);
    for one in all.iter_mut().filter(|one| one.scope != Scope::Everybody) {
        one.told = told(
            one.members.len(),
            bound,
            is_fine && told_today.contains(&one.scope),
        );
    }
    all
}

/// Units share everybody out, those without one among them: small ones are hidden, and another where they are too few.
fn units(members: &[(Option<&str>, &[Box<str>])], bound: usize, parts: &mut [usize]) -> Vec<Counted> {
    let mut units: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (place, (unit, _)) in members.iter().enumerate() {
        units.entry(*unit).or_default().push(place);
    }
    let sizes: Vec<usize> = units.values().map(Vec::len).collect();
    let mut counted = Vec::new();
    for (at, ((unit, people), hidden)) in units.into_iter().zip(hidden(&sizes, bound)).enumerate() {
        if !hidden {
            for place in &people {
                parts[*place] = at + 1;
            }
        }
        let Some(unit) = unit.filter(|_| people.len() > 1) else {
            continue;
        };
        counted.push(Counted {
            scope: Scope::Unit(unit.into()),
            told: told(people.len(), bound, !hidden),
            members: people,
        });
    }
    counted
}

/// Groups overlap: the larger ones first, each is told if it divides nobody off in a part that is too small.
fn groups(members: &[(Option<&str>, &[Box<str>])], bound: usize, parts: &mut Vec<usize>) -> Vec<Counted> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, (_, named)) in members.iter().enumerate() {
        for group in *named {
            groups.entry(group).or_default().push(place);
        }
    }
    let mut by_size: Vec<(&str, Vec<usize>)> = groups.into_iter().filter(|(_, m)| m.len() > 1).collect();
    by_size.sort_by_key(|(id, people)| (std::cmp::Reverse(people.len()), *id));
    let mut counted = Vec::new();
    for (id, people) in by_size {
        let divided = divided(parts, &people);
        let is_fine = people.len() >= bound && sizes(&divided).values().all(|n| *n >= bound);
        if is_fine {
            *parts = divided;
        }
        counted.push(Counted {
            scope: Scope::Group(id.into()),
            told: told(people.len(), bound, is_fine),
            members: people,
        });
    }
    counted.sort_by(|a, b| a.scope.cmp(&b.scope));
    counted
}

fn told(size: usize, bound: usize, is_fine: bool) -> Told {
    match (is_fine, size < bound) {
        (true, _) => Told::Yes,
        (false, true) => Told::Small,
        (false, false) => Told::Complementary,
    }
}

/// The parts, each divided into those who are in a group and those who are not.
fn divided(parts: &[usize], people: &[usize]) -> Vec<usize> {
    let inside: BTreeSet<usize> = people.iter().copied().collect();
    // Numbered anew each time: there are never more parts than people, however many groups are told.
    let mut numbers: BTreeMap<(usize, bool), usize> = BTreeMap::new();
    let of = parts.iter().enumerate();
    of.map(|(place, part)| {
        let next = numbers.len();
        *numbers.entry((*part, inside.contains(&place))).or_insert(next)
    })
    .collect()
}

fn sizes(parts: &[usize]) -> BTreeMap<usize, usize> {
    let mut sizes = BTreeMap::new();
    for part in parts {
        *sizes.entry(*part).or_default() += 1;
    }
    sizes
}

/// Counts of one scope in a capability, or overall.
struct Line {
    capability: Option<usize>,
    bands: [usize; 4],
    reached: usize,
}

fn lines(rows: &[&PersonRow], of: &Counted, about: &AnonymousAbout<'_>) -> Vec<Line> {
    let mut places: Vec<Option<usize>> = Vec::new();
    if about.only.is_none() {
        places.push(None);
    }
    places.extend(meant(&about.curriculum.capabilities, about.only).map(|(place, _)| Some(place)));
    let line = |capability: Option<usize>| {
        let (mut bands, mut reached) = ([0; 4], 0);
        for row in of.members.iter().filter_map(|place| rows.get(*place)) {
            let one = capability.and_then(|at| row.capabilities.get(at));
            let (band, on) = one.map_or((row.band, row.reached_all_on), |c| (c.band, c.reached_on));
            for (count, known) in bands.iter_mut().zip(Band::ALL) {
                *count += usize::from(band == known);
            }
            reached += usize::from(on.is_some());
        }
        Line {
            capability,
            bands,
            reached,
        }
    };
    places.into_iter().map(line).collect()
}

/// The counts, as data or as a screen, and why there are none where that is so.
pub fn anonymous(rows: &[&PersonRow], about: &AnonymousAbout<'_>, is_data: bool) -> (Report, Option<String>) {
    let members: Vec<(Option<&str>, &[Box<str>])> = rows
        .iter()
        .map(|row| (row.unit.as_deref(), row.groups.as_slice()))
        .collect();
    let all = match &about.today {
        None => counted(&members, about.min_group),
        Some(today) => {
            let today: Vec<(Option<&str>, &[Box<str>])> = today
                .iter()
                .map(|(unit, groups)| (unit.as_deref(), groups.as_slice()))
                .collect();
            let told = told_today(&today, about.min_group);
            counted_then(&members, &told, smallest(about.min_group))
        }
    };
    let is_told = |one: &&Counted| one.told == Told::Yes;
    let bound = smallest(about.min_group);
    let few = t!(
        "anonymous.few",
        "These are fewer than {bound} people: where they stand is not told without names.",
        bound = bound
    );
    let (chosen, why): (Vec<&Counted>, _) = match &about.scope {
        // Those who are too few as a whole have no parts that are told.
        None if all.iter().all(|one| one.told != Told::Yes) => (Vec::new(), Some(few)),
        None => (all.iter().collect(), None),
        Some(scope) => match all.iter().find(|one| one.scope == *scope) {
            Some(one) if is_told(&one) => (vec![one], None),
            Some(one) if one.told == Told::Complementary => (
                Vec::new(),
                Some(t!(
                    "anonymous.complementary",
                    "Where these people stand is not told without names: taken from the others it would tell of fewer than {bound}.",
                    bound = bound
                )),
            ),
            _ => (Vec::new(), Some(few)),
        },
    };
    let mut report = if is_data {
        Report::new(
            "readiness-anonymous",
            about.as_of,
            data_columns(ANONYMOUS_COLUMNS),
        )
    } else {
        screen(&chosen, about, bound)
    };
    report.rules = Some(about.rules.to_owned());
    for one in chosen {
        let told = one.told == Told::Yes;
        for line in lines(rows, one, about) {
            if is_data {
                report.rows.push(data_cells(one, &line, about, bound));
            } else if told {
                report.rows.push(screen_cells(one, &line, about));
            } else {
                // One line says it for all capabilities.
                report.rows.push(hidden_cells(one, bound));
                break;
            }
        }
    }
    if let Some(why) = why.as_ref().filter(|_| !is_data) {
        report.below = vec![why.clone()];
    }
    (report, why)
}

fn data_cells(one: &Counted, line: &Line, about: &AnonymousAbout<'_>, bound: usize) -> Vec<Value> {
    let capability = line
        .capability
        .and_then(|place| about.curriculum.capabilities.get(place));
    let (scope, id) = match &one.scope {
        Scope::Everybody => ("everybody", None),
        Scope::Unit(unit) => ("unit", Some(unit)),
        Scope::Group(group) => ("group", Some(group)),
    };
    let is_told = one.told == Told::Yes;
    let count = |n: usize| Value::count(is_told.then_some(n));
    let mut cells = vec![
        Value::Date(about.as_of),
        Value::Text(about.rules.to_owned()),
        Value::Text(about.curriculum.id.to_string()),
        Value::Code(scope),
        Value::text(id.map(ToString::to_string)),
        Value::count(Some(bound)),
        count(one.members.len()),
        Value::text(capability.map(|c| c.id.to_string())),
        Value::text(capability.map(|c| c.name.clone())),
    ];
    cells.extend(line.bands.iter().map(|n| count(*n)));
    cells.push(count(line.reached));
    cells.push(match one.told {
        Told::Yes => Value::Missing(""),
        Told::Small => Value::Code("small"),
        Told::Complementary => Value::Code("complementary"),
    });
    cells
}

fn screen(chosen: &[&Counted], about: &AnonymousAbout<'_>, bound: usize) -> Report {
    let mut columns = vec![
        Column::screen("scope", t!("column.whom", "WHOM"), 1),
        Column::screen("people", t!("column.people", "PEOPLE"), 3),
        Column::screen("capability", t!("column.capability", "CAPABILITY"), 2),
    ];
    columns.extend(Band::ALL.into_iter().map(|band| {
        let label = band.letter().to_string();
        Column::screen(band.code().replace('-', "_"), label, 2)
    }));
    columns.push(Column::screen("reached", t!("column.reached", "REACHED"), 3));
    let mut report = Report::new("readiness-anonymous", about.as_of, columns);
    report.above = vec![title(chosen, about)];
    if chosen.is_empty() {
        return report;
    }
    report.below = vec![t!(
        "anonymous.letters",
        ". not started   E exploring   B building   R ready"
    )];
    if chosen.iter().any(|one| one.told != Told::Yes) {
        report.below.push(t!(
            "anonymous.hidden",
            "<{bound} too few to be told; * not told, because with the others it would tell of fewer than {bound}.",
            bound = bound
        ));
    }
    report
}

fn title(chosen: &[&Counted], about: &AnonymousAbout<'_>) -> String {
    /// The date stands at the right end of a line of so many columns.
    const TITLE: usize = 78;
    let left = match chosen.first() {
        None => t!(
            "anonymous.title_few",
            "{curriculum}, without names",
            curriculum = about.curriculum.title
        ),
        Some(one) => t_n!(
            "anonymous.title",
            one.members.len(),
            "{curriculum}, {n} person, without names",
            "{curriculum}, {n} people, without names",
            curriculum = about.curriculum.title
        ),
    };
    let date = about.as_of.with_weekday();
    if width(&left) + width(&date) + 2 <= TITLE {
        format!("{}{date}", pad(&left, TITLE - width(&date)))
    } else {
        format!("{left}, {date}")
    }
}

fn whom(scope: &Scope) -> Value {
    Value::Text(match scope {
        Scope::Everybody => t!("anonymous.everybody", "everybody"),
        Scope::Unit(unit) => t!("team.unit", "unit {unit}", unit = unit),
        Scope::Group(group) => t!("team.group", "group {group}", group = group),
    })
}

fn screen_cells(one: &Counted, line: &Line, about: &AnonymousAbout<'_>) -> Vec<Value> {
    let capability = line
        .capability
        .and_then(|place| about.curriculum.capabilities.get(place));
    let mut cells = vec![
        whom(&one.scope),
        Value::count(Some(one.members.len())),
        Value::Text(capability.map_or_else(|| t!("anonymous.all", "overall"), |c| c.name.clone())),
    ];
    cells.extend(line.bands.iter().map(|n| Value::count(Some(*n))));
    cells.push(Value::count(Some(line.reached)));
    cells
}

fn hidden_cells(one: &Counted, bound: usize) -> Vec<Value> {
    let sign = match one.told {
        Told::Small => format!("<{bound}"),
        _ => "*".to_owned(),
    };
    let mut cells = vec![whom(&one.scope), Value::Text(sign.clone()), Value::Missing("-")];
    cells.resize(8, Value::Text(sign));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// People as (unit, groups): small numbers for names.
    fn people() -> impl Strategy<Value = Vec<(Option<String>, Vec<Box<str>>)>> {
        let unit = prop::option::of((0..4_u8).prop_map(|n| format!("u{n}")));
        let groups = prop::collection::btree_set(0..4_u8, 0..3);
        let groups = groups.prop_map(|all| all.into_iter().map(|n| format!("g{n}").into()).collect());
        prop::collection::vec((unit, groups), 0..24)
    }

    fn all(people: &[(Option<String>, Vec<Box<str>>)], min_group: usize) -> Vec<Counted> {
        let members: Vec<(Option<&str>, &[Box<str>])> = people
            .iter()
            .map(|(unit, groups)| (unit.as_deref(), groups.as_slice()))
            .collect();
        counted(&members, min_group)
    }

    /// Sets of people, as bits, of which counts are told.
    fn told_sets(all: &[Counted]) -> BTreeSet<u32> {
        let told = all.iter().filter(|one| one.told == Told::Yes);
        told.map(|one| one.members.iter().fold(0, |set, place| set | 1 << place))
            .collect()
    }

    /// Many groups of the same people are as many parts as people at most.
    #[test]
    fn very_many_groups_are_counted() {
        let names: Vec<Box<str>> = (0..200).map(|number| format!("g{number}").into()).collect();
        let members: Vec<(Option<&str>, &[Box<str>])> = (0..6).map(|_| (None, names.as_slice())).collect();
        assert_eq!(counted(&members, 5).len(), 201);
    }

    proptest! {
        /// Whoever has the answers to all questions there are takes them from one another and adds them up as long as
        /// something new comes out.
        #[test]
        fn no_counts_of_few_are_computed(people in people(), min_group in 0..7_usize) {
            let bound = smallest(min_group);
            let mut known = told_sets(&all(&people, min_group));
            loop {
                let mut new = BTreeSet::new();
                for a in &known {
                    for b in &known {
                        if a & b == *b && a != b {
                            new.insert(a & !b);
                        }
                        if a & b == 0 {
                            new.insert(a | b);
                        }
                    }
                }
                let before = known.len();
                known.extend(new);
                if known.len() == before {
                    break;
                }
            }
            for set in known {
                let size = set.count_ones() as usize;
                prop_assert!(size == 0 || size >= bound, "{size} people: {set:b}");
            }
        }

        #[test]
        fn nobody_is_named_by_a_unit_or_group_of_their_own(people in people()) {
            for one in all(&people, 3) {
                prop_assert!(one.members.len() > 1 || one.scope == Scope::Everybody);
                prop_assert!(one.told != Told::Yes || one.members.len() >= 3);
                prop_assert!(one.told != Told::Small || one.members.len() < 3);
            }
        }

        /// What is told depends on who there is, not on how they are listed.
        #[test]
        fn the_order_of_people_changes_nothing(people in people(), min_group in 3..6_usize) {
            let mut turned = people.clone();
            turned.reverse();
            let told = |people: &[(Option<String>, Vec<Box<str>>)]| -> Vec<(Scope, Told)> {
                let all = all(people, min_group);
                all.into_iter().map(|one| (one.scope, one.told)).collect()
            };
            prop_assert_eq!(told(&people), told(&turned));
        }
    }

    #[test]
    fn a_group_that_leaves_too_few_is_not_told() {
        let person = |unit: &str, groups: &[&str]| {
            let groups = groups.iter().map(|group| (*group).into()).collect();
            (Some(unit.to_owned()), groups)
        };
        let mut people = vec![person("sales", &["board", "all"]); 6];
        people.extend(vec![person("sales", &["all"]); 3]);
        let told = |all: Vec<Counted>| -> Vec<Told> { all.into_iter().map(|one| one.told).collect() };
        // Everybody, the unit, all, board: without the board three are left.
        assert_eq!(
            told(all(&people, 5)),
            [Told::Yes, Told::Yes, Told::Yes, Told::Complementary]
        );
        assert_eq!(told(all(&people, 3)), [Told::Yes; 4]);
        assert_eq!(told(all(&people, 10)), [Told::Small]);
    }
}
