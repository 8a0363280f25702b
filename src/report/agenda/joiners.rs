//! Who came into a group or a unit after its others were assigned something. Each group is looked at by itself: what one of
//! them has says nothing of another.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{AgendaAbout, AgendaItem};
use super::layout::{Every, laid_out};
use super::person::in_curriculum;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::few;
use crate::model::curriculum::{Curriculum, Module};

/// Who is in a group: a person, their name, their groups, and what is known of their modules.
pub struct AgendaMember<'a> {
    /// The id.
    pub id: &'a str,
    /// The name.
    pub name: &'a str,
    /// Groups, those by rule included.
    pub groups: &'a [Box<str>],
    /// The unit.
    pub unit: Option<&'a str>,
    /// Modules that were ever assigned to them or begun by them.
    pub modules: &'a [AgendaModule],
}

/// What is known of somebody's module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaModule {
    /// Its id.
    pub id: Box<str>,
    /// Whether it is assigned now.
    pub is_assigned: bool,
    /// When it is due.
    pub due: Option<Date>,
    /// Whether it was finished, assigned or not.
    pub is_finished: bool,
    /// Whether it was assigned once, and everything of that was taken back: somebody meant it so.
    pub is_taken_back: bool,
}

/// Where a member stands with a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Has {
    /// It was assigned.
    Assigned,
    /// It is nobody's business here: finished without having been assigned, or taken back on purpose.
    Done,
    /// Never.
    Nothing,
}

impl<'a> AgendaMember<'a> {
    fn module(&self, id: &str) -> Option<&'a AgendaModule> {
        self.modules.iter().find(|module| *module.id == *id)
    }

    fn has(&self, module: &Module) -> Has {
        match self.module(module.id.as_str()) {
            Some(known) if known.is_assigned => Has::Assigned,
            Some(known) if known.is_finished || known.is_taken_back => Has::Done,
            _ => Has::Nothing,
        }
    }

    /// The time for each module of the programme that they have: all live modules that are not finished are laid out one
    /// after the other. What was finished within it keeps its place, what was finished before is left out.
    fn programme(&self, modules: &[&Module]) -> Option<Every> {
        let (mut open, mut all) = (Vec::new(), Vec::new());
        for module in modules {
            let known = self.module(module.id.as_str());
            let is_finished = known.is_some_and(|known| known.is_finished);
            let due = known
                .filter(|known| known.is_assigned)
                .and_then(|known| known.due);
            if !is_finished {
                open.push(due?);
            }
            all.extend(due);
        }
        laid_out(&all).or_else(|| laid_out(&open))
    }

    /// Whether they have nothing of it yet, and something of it is left to do.
    fn lacks_all(&self, modules: &[&Module]) -> bool {
        let mut has = modules.iter().map(|module| self.has(module));
        let finished = |module: &&Module| {
            self.module(module.id.as_str())
                .is_some_and(|known| known.is_finished)
        };
        has.all(|has| has != Has::Assigned)
            && modules
                .iter()
                .all(|module| finished(module) || self.has(module) == Has::Nothing)
            && !modules.iter().all(finished)
    }
}

/// What people have in common to whom something is assigned together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Together<'a> {
    Group(&'a str),
    Unit(&'a str),
}

impl<'a> Together<'a> {
    fn name(self) -> &'a str {
        match self {
            Self::Group(name) | Self::Unit(name) => name,
        }
    }
}

/// People who came into a group or a unit after its others were assigned a module: most of the group has it, at least two,
/// and they do not. Who has nothing of the programme that most of the group has is offered the programme; anything else is
/// one line for each module. Nobody is named twice for one module, and nobody from whom it was taken back.
/// `is_first` = it is the curriculum that commands mean where none is named.
pub fn later_joiners(
    members: &[AgendaMember<'_>],
    curriculum: &Curriculum,
    is_first: bool,
    today: Date,
) -> Vec<AgendaItem> {
    let named_in = in_curriculum(curriculum, is_first);
    // What belongs together by a group is said by its name; units come behind.
    let mut groups: BTreeMap<Together<'_>, Vec<&AgendaMember<'_>>> = BTreeMap::new();
    for member in members {
        let together = member.groups.iter().map(|group| Together::Group(group));
        for one in together.chain(member.unit.map(Together::Unit)) {
            groups.entry(one).or_default().push(member);
        }
    }
    let live = |module: &&Module| module.live_steps().next().is_some();
    let modules: Vec<&Module> = curriculum.modules.iter().filter(live).collect();
    let mut named: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut items = Vec::new();
    for (together, all) in &groups {
        let lacks_all = |member: &&&AgendaMember<'_>| member.lacks_all(&modules);
        let (late, others): (Vec<&AgendaMember<'_>>, Vec<&AgendaMember<'_>>) =
            all.iter().copied().partition(|member| lacks_all(&member));
        if let Some(every) = programme_of(&others, late.len(), &modules) {
            let mut people: Vec<Joiner<'_>> = Vec::new();
            for member in &late {
                // Of whom an earlier group named a part, that part is enough.
                let is_new = modules
                    .iter()
                    .all(|module| !named.contains(&(module.id.as_str(), member.id)));
                if is_new {
                    people.push((member.id, member.name));
                    named.extend(modules.iter().map(|module| (module.id.as_str(), member.id)));
                }
            }
            if !people.is_empty() {
                items.push(joins_programme(
                    &people,
                    *together,
                    curriculum,
                    modules.len(),
                    (every, today),
                    &named_in,
                ));
            }
        }
        for module in &modules {
            let people: Vec<Joiner<'_>> = lacking(all, module)
                .into_iter()
                .filter(|(id, _)| named.insert((module.id.as_str(), id)))
                .collect();
            if !people.is_empty() {
                items.push(joins(&people, *together, module, &named_in));
            }
        }
    }
    items
}

/// Somebody who is named: id and name.
type Joiner<'a> = (&'a str, &'a str);

/// The time for each module that most of a group has, at least two; `late` = people who have nothing of it.
fn programme_of(others: &[&AgendaMember<'_>], late: usize, modules: &[&Module]) -> Option<Every> {
    let mut counts: BTreeMap<Every, usize> = BTreeMap::new();
    for every in others.iter().filter_map(|member| member.programme(modules)) {
        *counts.entry(every).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(every, n)| (*n, std::cmp::Reverse(*every)));
    // Who was taken out of it is no member of the others.
    let in_it = others
        .iter()
        .filter(|member| modules.iter().any(|module| member.has(module) == Has::Assigned));
    let all = in_it.count() + late;
    most.filter(|(_, n)| *n >= 2 && n * 2 >= all)
        .map(|(every, _)| every)
}

/// Who of a group was never assigned a module that most of it has.
fn lacking<'a>(all: &[&AgendaMember<'a>], module: &Module) -> Vec<Joiner<'a>> {
    let holders = all
        .iter()
        .filter(|member| member.has(module) == Has::Assigned)
        .count();
    let without: Vec<Joiner<'_>> = all
        .iter()
        .filter(|member| member.has(module) == Has::Nothing)
        .map(|member| (member.id, member.name))
        .collect();
    if holders >= 2 && holders >= without.len() {
        without
    } else {
        Vec::new()
    }
}

fn joins_programme(
    people: &[Joiner<'_>],
    together: Together<'_>,
    curriculum: &Curriculum,
    modules: usize,
    (every, today): (Every, Date),
    named_in: &str,
) -> AgendaItem {
    AgendaItem {
        reasons: vec![t_n!(
            "agenda.later.programme",
            modules,
            "not assigned {n} module of \"{curriculum}\" that the others of {group} have, {every} each",
            "not assigned {n} modules of \"{curriculum}\" that the others of {group} have, {every} each",
            curriculum = curriculum.title,
            group = together.name(),
            every = every
        )],
        ..joining(people, |to| {
            format!(
                "upwards assign {} {to} --start {today} --every {every}{named_in}",
                curriculum.id
            )
        })
    }
}

fn joins(people: &[Joiner<'_>], together: Together<'_>, module: &Module, named_in: &str) -> AgendaItem {
    AgendaItem {
        reasons: vec![t!(
            "agenda.later",
            "not assigned \"{module}\", which the others of {group} have",
            module = module.title,
            group = together.name()
        )],
        ..joining(people, |to| {
            format!("upwards assign {} {to} --due +4w{named_in}", module.id)
        })
    }
}

fn joining(people: &[Joiner<'_>], command: impl Fn(&str) -> String) -> AgendaItem {
    let names: Vec<&str> = people.iter().map(|(_, name)| *name).collect();
    let to: Vec<String> = people.iter().map(|(id, _)| format!("--to {id}")).collect();
    AgendaItem {
        about: AgendaAbout::LaterJoiner,
        weight: i64::try_from(people.len()).unwrap_or(i64::MAX),
        person: None,
        who: few(&names),
        reasons: Vec::new(),
        command: command(&to.join(" ")),
    }
}
