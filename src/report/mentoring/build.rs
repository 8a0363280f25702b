//! Puts the two documents together.

use std::collections::BTreeSet;

use super::change::{Then, change};
use super::pairs::{Pairs, given};
use super::participant::Participant;
use super::parts::{MentoringAbout, is_not_told, method, what_a_dash_means};
use super::talks::Talks;
use super::{encounters, groups};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::table::{Document, Section};

/// Ids of everybody whom [`mentors_document`] names, where it may: executives with pairs, mentors, and those who gave time.
pub fn named_as_pairs(participants: &[Participant]) -> BTreeSet<&str> {
    let mut all = BTreeSet::new();
    for one in participants {
        if !one.pairs.is_empty() {
            all.insert(&*one.id);
        }
        all.extend(one.pairs.iter().map(|pair| &*pair.mentor));
        all.extend(
            one.talks
                .iter()
                .flat_map(|talk| talk.mentors.iter().map(|id| &**id)),
        );
    }
    all
}

/// Ids of everybody whom [`peers_document`] names, where it may: those who are in groups.
pub fn named_as_peers(participants: &[Participant]) -> BTreeSet<&str> {
    let mut all = BTreeSet::new();
    for one in participants.iter().filter(|one| !one.groups.is_empty()) {
        all.insert(&*one.id);
        all.extend(
            one.groups
                .iter()
                .flat_map(|group| group.with.iter().map(|id| &**id)),
        );
    }
    all
}

/// What pairs came to. `participants` are all executives who are here; `then` is where they stood earlier, if there is a
/// day to compare with.
pub fn mentors_document(
    participants: &[Participant],
    then: Option<&Then>,
    about: &MentoringAbout<'_>,
) -> Document {
    let pairs = Pairs::of(participants);
    let talks = Talks::of(participants, Participant::pair_talks);
    let is_told = about.may_tell_of(pairs.people());
    let mut sections = Vec::new();
    if is_told && !pairs.is_empty() {
        sections.extend([
            pairs.figures(about),
            pairs.first_talk(about),
            talks.attendance(about),
            talks.commitments(about),
        ]);
    }
    if is_told {
        sections.extend(given(participants, about));
        sections.extend(then.and_then(|then| change(participants, then, about)));
        sections.extend(if about.names() {
            pairs.rows(about)
        } else {
            pairs.units(about)
        });
    }
    let since = then.map(|then| then.since).filter(|_| is_told);
    sections.push(method(about, participants.len(), since));
    let says = if !is_told {
        t!(
            "mentoring.few_pairs",
            "Fewer than {n} executives have or had a mentor: without names (--names) the report does not say how it went.",
            n = about.fewest()
        )
    } else if pairs.is_empty() {
        t!("mentoring.no_pair", "No pair was made yet: upwards mentors match")
    } else {
        pairs_sentence(&pairs, participants.len(), talks.held())
    };
    document(
        "mentors-report",
        &t!("mentoring.title", "Mentors"),
        says,
        sections,
        about,
    )
}

fn pairs_sentence(pairs: &Pairs<'_>, executives: usize, talks: usize) -> String {
    let mut parts = vec![
        t_n!(
            "mentoring.sentence.have",
            executives,
            "{have} of {n} executive has a mentor",
            "{have} of {n} executives have a mentor",
            have = pairs.with_a_mentor()
        ),
        t_n!(
            "mentoring.sentence.talks",
            talks,
            "{n} talk was held",
            "{n} talks were held"
        ),
    ];
    if pairs.stalled() > 0 {
        parts.push(t_n!(
            "mentoring.sentence.stalled",
            pairs.stalled(),
            "{n} pair waits too long",
            "{n} pairs wait too long"
        ));
    }
    format!("{}.", parts.join("; "))
}

/// What groups of peers came to. `participants` are all executives who are here.
pub fn peers_document(participants: &[Participant], about: &MentoringAbout<'_>) -> Document {
    let all = groups::groups(participants, about);
    let talks = Talks::of(participants, Participant::peer_talks);
    let takes_part = |one: &&Participant| !one.groups.is_empty() || one.peer_talks().next().is_some();
    let people = participants.iter().filter(takes_part).count();
    let is_told = about.may_tell_of(people);
    let mut sections = Vec::new();
    if is_told && people > 0 {
        sections.extend([
            groups::counted(&all, talks.held(), about),
            talks.attendance(about),
            talks.commitments(about),
        ]);
    }
    if is_told && !all.is_empty() {
        if about.names() {
            sections.push(groups::rows(&all, about));
        } else {
            sections.extend([
                encounters::capabilities(&all, about),
                encounters::worries(&all, about),
            ]);
        }
    }
    sections.push(method(about, participants.len(), None::<Date>));
    let says = if !is_told {
        t!(
            "mentoring.few_peers",
            "Fewer than {n} executives are or were in a group of peers: without names (--names) the report does not say how it went.",
            n = about.fewest()
        )
    } else if people == 0 {
        t!(
            "mentoring.no_group",
            "No group was formed yet: upwards peers form"
        )
    } else {
        groups_sentence(&all, talks.held())
    };
    document(
        "peers-report",
        &t!("mentoring.title.peers", "Peers"),
        says,
        sections,
        about,
    )
}

fn groups_sentence(groups: &[groups::Group<'_>], talks: usize) -> String {
    let met = groups.iter().filter(|group| group.has_met()).count();
    let parts = [
        t_n!(
            "mentoring.sentence.groups",
            groups.len(),
            "{met} of {n} group has met",
            "{met} of {n} groups have met",
            met = met
        ),
        t_n!(
            "mentoring.sentence.talks",
            talks,
            "{n} talk was held",
            "{n} talks were held"
        ),
    ];
    format!("{}.", parts.join("; "))
}

fn document(
    name: &'static str,
    title: &str,
    says: String,
    mut sections: Vec<Section>,
    about: &MentoringAbout<'_>,
) -> Document {
    for table in sections.iter_mut().map(|section| &mut section.table) {
        if table.rows.iter().flatten().any(is_not_told) {
            table.above.push(what_a_dash_means(about));
        }
    }
    Document {
        name,
        as_of: about.as_of,
        rules: Some(about.rules.to_owned()),
        title: format!("{title}: {}", about.curriculum.title),
        above: vec![says],
        sections,
    }
}
