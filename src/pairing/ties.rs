//! Who leads whom, and who must never meet whom.

use std::collections::{BTreeMap, BTreeSet};

use super::people::{Facts, Rules};
use crate::model::person::Person;

/// Who leads whom and who must never meet whom, of everybody at once: asked person by person it would be read as often as
/// there are people.
pub(super) struct Ties<'a> {
    lines: BTreeMap<&'a str, BTreeSet<&'a str>>,
    vetoes: BTreeMap<&'a str, Vec<&'a str>>,
    /// Guests and colleagues who see a market, by its tag.
    guests: BTreeMap<&'a str, Vec<&'a Person>>,
    colleagues: BTreeMap<&'a str, Vec<&'a Person>>,
}

impl<'a> Ties<'a> {
    /// Those of everybody.
    pub(super) fn of(everybody: &'a [Facts<'a>], rules: &Rules<'a>) -> Self {
        let mut ties = Self {
            lines: lines(rules.people),
            vetoes: BTreeMap::new(),
            guests: BTreeMap::new(),
            colleagues: BTreeMap::new(),
        };
        for (one, other) in rules.barred {
            ties.vetoes.entry(one).or_default().push(other);
        }
        for person in everybody.iter().map(|one| one.person) {
            let of_kind = if person.external {
                &mut ties.guests
            } else {
                &mut ties.colleagues
            };
            for tag in &person.rival {
                of_kind.entry(tag.as_str()).or_default().push(person);
            }
        }
        ties
    }

    /// Who leads somebody and whom they lead, however far.
    pub(super) fn line(&self, person: &Person) -> BTreeSet<&'a str> {
        self.lines.get(person.id.as_str()).cloned().unwrap_or_default()
    }

    /// Whom somebody must never meet: vetoes, and guests of a company in the same market, or anybody of it for a guest.
    pub(super) fn never(&self, person: &Person) -> BTreeSet<&'a str> {
        let vetoes = self.vetoes.get(person.id.as_str()).into_iter().flatten().copied();
        let rivals = person.rival.iter().flat_map(|tag| {
            let colleagues = person.external.then(|| self.colleagues.get(tag.as_str()));
            let guests = self.guests.get(tag.as_str()).into_iter();
            guests.chain(colleagues.flatten()).flatten()
        });
        let rivals = rivals.filter(|other| are_rivals(person, other));
        vetoes.chain(rivals.map(|other| other.id.as_str())).collect()
    }
}

/// Whether two people see one market from two companies: at least one is a guest, and they share a tag.
pub fn are_rivals(one: &Person, other: &Person) -> bool {
    let is_guest = one.external || other.external;
    is_guest && one.id != other.id && one.rival.iter().any(|tag| other.rival.contains(tag))
}

/// Of each person who leads them and whom they lead, however far. Whoever leads themselves in a circle is led by all of it.
pub fn lines(people: &[Person]) -> BTreeMap<&str, BTreeSet<&str>> {
    let leads: BTreeMap<&str, &str> = people
        .iter()
        .filter_map(|person| Some((person.id.as_str(), person.reports_to.as_ref()?.as_str())))
        .collect();
    let mut lines: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for person in leads.keys() {
        let mut seen = BTreeSet::from([*person]);
        let mut at = *person;
        while let Some(above) = leads.get(at).copied()
            && seen.insert(above)
        {
            lines.entry(person).or_default().insert(above);
            lines.entry(above).or_default().insert(person);
            at = above;
        }
    }
    lines
}
