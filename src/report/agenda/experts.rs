//! Whom somebody could talk to: who has been through it, by evidence or as stated, and who mentors in it.

use std::collections::BTreeMap;

use crate::base::texts::t;
use crate::base::words::and_list;
use crate::model::curriculum::TalkWith;
use crate::model::person::Role;
use crate::model::workspace::Workspace;

/// Names of a line: enough to choose from.
const NAMED: usize = 3;

/// A talk that is the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TalkToBook {
    /// The curriculum.
    pub(super) curriculum: Box<str>,
    /// What it is about.
    pub(super) capability: Box<str>,
    /// The step that the limit names; `None` if there is none.
    pub(super) step: Option<Box<str>>,
    /// What kind of partner that step asks for.
    pub(super) with: TalkWith,
    /// The mentors that the person has.
    pub(super) mentors: Vec<Box<str>>,
}

impl TalkToBook {
    /// The command that plans it; who and when stay open where nobody knows them.
    pub(super) fn command(&self, person: &str, with: Option<&str>) -> String {
        match &self.step {
            Some(step) => format!(
                "upwards learn --as {person} --step {step} --with {} --at WHEN",
                with.unwrap_or("WHO")
            ),
            None => format!("upwards readiness {person}"),
        }
    }
}

/// Somebody others can ask: id, groups, and of each curriculum what they have been through by evidence.
pub struct AgendaExpert<'a> {
    /// The id.
    pub id: &'a str,
    /// Groups, those by rule included.
    pub groups: &'a [Box<str>],
    /// Curriculum and capability of what they have reached.
    pub reached: &'a [(Box<str>, Box<str>)],
}

/// Who has been through what, as far as anybody has to be named: the first few of all and of each group.
#[derive(Debug, Default)]
pub struct Experts {
    pools: BTreeMap<(Box<str>, Box<str>), Pool>,
}

#[derive(Debug, Default)]
struct Pool {
    all: Vec<Known>,
    of_group: BTreeMap<Box<str>, Vec<Known>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    id: Box<str>,
    /// Not by evidence: their entry says so.
    is_stated: bool,
}

/// Whom to ask; may be nobody.
pub(super) struct Whom {
    with: TalkWith,
    people: Vec<(Known, String)>,
}

impl Experts {
    /// Sorts people by what they have been through: by evidence first, then who states it, each by id.
    pub fn of<'a>(people: impl IntoIterator<Item = AgendaExpert<'a>>, workspace: &Workspace) -> Self {
        let mut experts = Self::default();
        let people: Vec<AgendaExpert<'a>> = people.into_iter().collect();
        for person in &people {
            for key in person.reached {
                experts.add(key, person, false);
            }
        }
        for person in &people {
            let stated = workspace.person(person.id).map(|person| &person.experience);
            for stated in stated.into_iter().flatten() {
                let curricula = workspace.curricula.iter();
                let keys = curricula.filter_map(|curriculum| {
                    let id = curriculum.id.as_str();
                    let capability = match stated.split_once('/') {
                        Some((of, capability)) => Some(capability).filter(|_| of == id),
                        None => Some(&**stated),
                    };
                    let capability = capability.filter(|one| curriculum.capability(one).is_some())?;
                    Some((id.into(), capability.into()))
                });
                for key in keys.filter(|key| !person.reached.contains(key)) {
                    experts.add(&key, person, true);
                }
            }
        }
        experts
    }

    fn add(&mut self, key: &(Box<str>, Box<str>), person: &AgendaExpert<'_>, is_stated: bool) {
        let known = || Known {
            id: person.id.into(),
            is_stated,
        };
        let pool = self.pools.entry(key.clone()).or_default();
        // One more than are named: whoever asks may be among them.
        let add = |list: &mut Vec<Known>| {
            if list.len() <= NAMED {
                list.push(known());
            }
        };
        add(&mut pool.all);
        for group in person.groups {
            add(pool.of_group.entry(group.clone()).or_default());
        }
    }

    /// Whom a person could ask: of peers those of their own groups first.
    pub(super) fn whom(
        &self,
        talk: &TalkToBook,
        person: &str,
        groups: &[Box<str>],
        workspace: &Workspace,
    ) -> Whom {
        let mut found: Vec<Known> = Vec::new();
        let mut take = |known: &Known| {
            if *known.id != *person && found.len() < NAMED && !found.iter().any(|one| one.id == known.id) {
                found.push(known.clone());
            }
        };
        match talk.with {
            TalkWith::Mentor => mentors(talk, workspace).iter().for_each(&mut take),
            TalkWith::Peer => {
                let key = (talk.curriculum.clone(), talk.capability.clone());
                if let Some(pool) = self.pools.get(&key) {
                    let near = groups.iter().filter_map(|group| pool.of_group.get(group));
                    near.flatten().for_each(&mut take);
                    pool.all.iter().for_each(&mut take);
                }
            }
        }
        let name = |known: Known| {
            let name = workspace.name_of(&known.id).to_owned();
            (known, name)
        };
        Whom {
            with: talk.with,
            people: found.into_iter().map(name).collect(),
        }
    }
}

/// The person's own mentors, then those who mentor in it.
fn mentors(talk: &TalkToBook, workspace: &Workspace) -> Vec<Known> {
    let whole = format!("{}/{}", talk.curriculum, talk.capability);
    let fits = |of: &String| **of == *talk.capability || *of == whole;
    let others = workspace
        .people
        .iter()
        .filter(|person| person.is(Role::Mentor) && !person.external && person.left.is_none())
        .filter(|person| person.mentors_in.iter().any(fits))
        .map(|person| person.id.as_str());
    let own = talk.mentors.iter().map(|id| &**id);
    own.chain(others)
        .map(|id| Known {
            id: id.into(),
            is_stated: false,
        })
        .collect()
}

impl Whom {
    pub(super) fn first(&self) -> Option<&str> {
        self.people.first().map(|(known, _)| &*known.id)
    }

    /// What is missing, and who could help.
    pub(super) fn sentence(&self, missing: &str) -> String {
        let names: Vec<String> = self
            .people
            .iter()
            .map(|(known, name)| {
                if known.is_stated {
                    t!("agenda.whom.stated", "{name} (stated)", name = name)
                } else {
                    name.clone()
                }
            })
            .collect();
        let names_said = and_list(&names);
        match (self.with, names.len()) {
            (_, 0) => t!(
                "agenda.whom.nobody",
                "{missing}; nobody here has been through it: somebody from outside",
                missing = missing
            ),
            (TalkWith::Mentor, _) => t!(
                "agenda.whom.mentor",
                "{missing}; in it mentor: {names}",
                missing = missing,
                names = names_said
            ),
            (TalkWith::Peer, 1) => t!(
                "agenda.whom.one",
                "{missing}; {names} has been through it",
                missing = missing,
                names = names_said
            ),
            (TalkWith::Peer, _) => t!(
                "agenda.whom.some",
                "{missing}; {names} have been through it",
                missing = missing,
                names = names_said
            ),
        }
    }
}
