//! What a page without a record told over time: its capsules in the log, and behind those that were made of counts the
//! counts, with what the page had asked.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::id::DeviceId;
use crate::base::time::Date;
use crate::cli::pages::{Pages, Received};
use crate::interop::{Ground, Line, Stated, capability_of, event_id, normal_line, whole};
use crate::model::curriculum::Curriculum;
use crate::model::event::{CapsuleEntry, Event, Fact};
use crate::model::settings::Settings;
use crate::progress::count;
use crate::readiness::{Ladder, Rounds, Told};

/// A page of a person, as far as this computer knows it.
pub(crate) struct PageAsked<'a> {
    pages: &'a Pages,
    workspace: &'a str,
    page: &'a str,
}

impl<'a> PageAsked<'a> {
    pub(crate) fn new(pages: &'a Pages, workspace: &'a str, page: &'a str) -> Self {
        Self {
            pages,
            workspace,
            page,
        }
    }

    /// Whether this computer made it.
    pub(crate) fn is_made_here(&self) -> bool {
        self.pages.knows(self.workspace, self.page)
    }

    /// What it told of a capability, oldest first. What was taken back was never told.
    pub(crate) fn told(
        &self,
        curriculum: &Curriculum,
        capability: &str,
        events: &[&Event<'_>],
        today: Date,
    ) -> Vec<Told> {
        let counted = count(events, today);
        let received = self.pages.received(self.workspace, self.page);
        // What somebody else answered is nothing the person knows.
        let of_it = |(place, event): &(usize, &&Event<'_>)| {
            *event.device == *self.page && event.by == event.person && counted.counts(*place)
        };
        events
            .iter()
            .enumerate()
            .filter(of_it)
            .filter_map(|(_, event)| match &event.fact {
                Fact::Recalled {
                    curriculum: of,
                    capability: about,
                    entries,
                    ..
                } if **of == *curriculum.id.as_str() && **about == *capability => {
                    let count = received.iter().find(|received| received.id == event.id);
                    Some(match count {
                        Some(count) => Told::Round {
                            day: event.day,
                            asked: self.set_of(curriculum, capability, count).unwrap_or_default(),
                            right: usize::try_from(count.right).unwrap_or(usize::MAX),
                        },
                        None => Told::Capsule {
                            day: event.day,
                            asked: self.until(curriculum, capability, event.day),
                            entries: entries.clone(),
                        },
                    })
                }
                _ => None,
            })
            .collect()
    }

    /// The questions that a receipt's count is about, or why that is not known.
    pub(crate) fn asked(
        &self,
        curriculum: &Curriculum,
        capability: &str,
        made: Option<Date>,
        line_day: Date,
        of: u32,
    ) -> Result<(Date, BTreeSet<String>), String> {
        let sets = self.sets(curriculum, capability);
        if sets.is_empty() {
            return Err(format!(
                "what {} asked is noted on the computer that made it, and not on this one: receive it there",
                self.page
            ));
        }
        let day = match made {
            Some(made) => Some(made),
            None => sets
                .iter()
                .map(|(day, _)| *day)
                .filter(|day| *day <= line_day)
                .max(),
        };
        let Some(day) = day.filter(|day| sets.iter().any(|(made, _)| made == day)) else {
            return Err(match made {
                Some(made) => format!("no page of {made} was made here"),
                None => format!("no page was made here until {line_day}"),
            });
        };
        let of_day: BTreeSet<&BTreeSet<String>> = sets
            .iter()
            .filter(|(made, _)| *made == day)
            .map(|(_, set)| set)
            .collect();
        let fits: Vec<&&BTreeSet<String>> = of_day
            .iter()
            .filter(|set| u32::try_from(set.len()) == Ok(of))
            .collect();
        match fits.as_slice() {
            [set] => Ok((day, (**set).clone())),
            [] => {
                let counts: Vec<String> = of_day.iter().map(|set| set.len().to_string()).collect();
                Err(format!(
                    "the page of {day} asked {} of {capability}, not {of}",
                    counts.join(" or ")
                ))
            }
            _ => Err(format!(
                "two pages were made on {day} that ask {of} questions of {capability}: which it was, nobody knows"
            )),
        }
    }

    fn set_of(
        &self,
        curriculum: &Curriculum,
        capability: &str,
        count: &Received,
    ) -> Option<BTreeSet<String>> {
        self.asked(curriculum, capability, Some(count.made), count.made, count.of)
            .ok()
            .map(|(_, set)| set)
    }

    fn until(&self, curriculum: &Curriculum, capability: &str, day: Date) -> BTreeSet<String> {
        let sets = self.sets(curriculum, capability);
        sets.into_iter()
            .filter(|(made, _)| *made <= day)
            .flat_map(|(_, set)| set)
            .collect()
    }

    /// What each file of it asked of a capability; one that asked nothing of it is left out.
    fn sets(&self, curriculum: &Curriculum, capability: &str) -> Vec<(Date, BTreeSet<String>)> {
        let sets = self.pages.sets(self.workspace, self.page, curriculum.id.as_str());
        let is_of = |key: &String| {
            let (id, _) = key_parts(key);
            // One that was retired since was asked all the same.
            curriculum
                .question(curriculum.current_question(id))
                .is_some_and(|question| question.capability.as_str() == capability)
        };
        sets.into_iter()
            .map(|(day, keys)| (day, keys.into_iter().filter(is_of).collect::<BTreeSet<String>>()))
            .filter(|(_, set)| !set.is_empty())
            .collect()
    }
}

/// Counts of a page that kept no record, on their way to capsules.
pub(crate) struct Counts<'a> {
    asked: Option<PageAsked<'a>>,
    ladder: Ladder,
    today: Date,
    /// What was told before the line that is looked at, by curriculum and capability.
    told: BTreeMap<(String, String), Vec<Told>>,
    /// To be noted with the events that are made of them.
    pub(crate) received: Vec<Received>,
    /// The questions asked that have changed since.
    pub(crate) changed: BTreeSet<String>,
}

impl<'a> Counts<'a> {
    pub(crate) fn new(
        pages: &'a Pages,
        settings: &'a Settings,
        page: Option<&'a DeviceId>,
        today: Date,
    ) -> Self {
        Self {
            asked: page.map(|page| PageAsked::new(pages, settings.id.as_str(), page.as_str())),
            ladder: Ladder::of(&settings.readiness),
            today,
            told: BTreeMap::new(),
            received: Vec::new(),
            changed: BTreeSet::new(),
        }
    }

    /// The capsule that a count moves the page's to, by the worst case.
    pub(crate) fn resolve(
        &mut self,
        ground: &Ground<'_>,
        line: &Line,
        typed: &str,
        (right, of, made): (u32, u32, Option<Date>),
        events: &[&Event<'_>],
    ) -> Result<(Fact<'static>, Stated), String> {
        let asked = self
            .asked
            .as_ref()
            .ok_or("answers count only where a page asked the question")?;
        let (curriculum, capability) = capability_of(ground, typed)?;
        let (made, set) = asked.asked(curriculum, &capability, made, line.day, of)?;
        let whole = whole(ground, &line.stated)?;
        let id = event_id(
            ground.person,
            Some(asked.page),
            None,
            &normal_line(line.day, &whole),
        );
        let told = self
            .told
            .entry((curriculum.id.to_string(), capability.clone()))
            .or_insert_with(|| asked.told(curriculum, &capability, events, self.today));
        if !events.iter().any(|event| event.id == id) && !self.received.iter().any(|one| one.id == id) {
            let changed = set.iter().filter(|key| has_changed(curriculum, key));
            self.changed
                .extend(changed.map(|key| format!("{}/{key}", curriculum.id)));
            told.push(Told::Round {
                day: line.day,
                asked: set,
                right: usize::try_from(right).unwrap_or(usize::MAX),
            });
        }
        let mut rounds = Rounds::of(told, &self.ladder);
        rounds.forget(|key| has_changed(curriculum, key));
        self.received.push(Received {
            id,
            made,
            capability: format!("{}/{capability}", curriculum.id),
            right,
            of,
        });
        let fact = Fact::Recalled {
            curriculum: curriculum.id.to_string().into(),
            capability: capability.into(),
            entries: rounds.entries(),
            damaged: 0,
        };
        Ok((fact, whole))
    }

    /// Whether a capsule can be true of what the page asked until a day: no more questions, none sooner than the ladder
    /// climbs. `Ok(false)` = nobody knows: this computer did not make the page.
    pub(crate) fn may_know(
        &self,
        ground: &Ground<'_>,
        typed: &str,
        day: Date,
        entries: &[CapsuleEntry],
    ) -> Result<bool, String> {
        let Some(asked) = &self.asked else {
            return Ok(false);
        };
        let Ok((curriculum, capability)) = capability_of(ground, typed) else {
            // That it is none is said by whoever resolves the line.
            return Ok(true);
        };
        let sets: Vec<(Date, BTreeSet<String>)> = asked
            .sets(curriculum, &capability)
            .into_iter()
            .filter(|(made, _)| *made <= day)
            .collect();
        let Some(first) = sets.iter().map(|(made, _)| *made).min() else {
            if asked.is_made_here() {
                return Err(format!("this page had asked nothing of {capability} until then"));
            }
            return Ok(false);
        };
        let ids: BTreeSet<&str> = sets
            .iter()
            .flat_map(|(_, set)| set)
            .map(|key| key_parts(key).0)
            .collect();
        if entries.len() > ids.len() {
            return Err(format!(
                "{} known, and this page had asked {} of {capability} until then",
                entries.len(),
                ids.len()
            ));
        }
        for entry in entries {
            let soonest = first + self.ladder.soonest(entry.step);
            if entry.day < soonest {
                return Err(format!(
                    "step {} on {}: this page was first made on {first}, and no question climbs so high before {soonest}",
                    entry.step, entry.day
                ));
            }
        }
        Ok(true)
    }
}

/// Whether a question that was asked has a higher revision since: old answers prove nothing any more.
pub(crate) fn has_changed(curriculum: &Curriculum, key: &str) -> bool {
    let (id, rev) = key_parts(key);
    curriculum
        .live_question(curriculum.current_question(id))
        .is_some_and(|(_, question)| question.rev > rev)
}

/// `module.question@rev`.
fn key_parts(key: &str) -> (&str, u32) {
    match key.split_once('@') {
        Some((id, rev)) => (id, rev.parse().unwrap_or(1)),
        None => (key, 1),
    }
}
