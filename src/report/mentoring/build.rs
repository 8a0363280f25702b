//! Puts the two documents together.

use std::collections::BTreeSet;

use super::change::{Met, Then, change};
use super::groups::GroupCounts;
use super::pairs::{PairCounts, Pairs, given};
use super::participant::Participant;
use super::parts::{MentoringAbout, is_not_told, method, what_a_dash_means};
use super::talks::Talks;
use super::telling::{People, Telling};
use super::{encounters, groups};
use crate::base::texts::{t, t_n};
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
pub fn mentors_document<'a>(
    participants: &'a [Participant],
    then: Option<&Then>,
    about: &MentoringAbout<'a>,
) -> Document {
    let pairs = Pairs::of(participants);
    let talks = Talks::of(participants, Participant::pair_talks);
    let mut telling = about.telling();
    let is_told = telling.tells(&pairs.people());
    let executives: People<'_> = participants.iter().map(|one| &*one.id).collect();
    let executives = Some(executives).filter(|all| telling.tells(all));
    let people = executives.as_ref().map(People::len);
    let mut sections = Vec::new();
    let mut says = t!("mentoring.no_pair", "No pair was made yet: upwards mentors match");
    if is_told {
        // Who met comes first: it is what the page is for.
        let is_whole_told = executives.is_some();
        let change = then.and_then(|then| {
            change(
                participants,
                then,
                Met::Mentor,
                about,
                is_whole_told,
                &mut telling,
            )
        });
        if !pairs.is_empty() {
            let counts = pairs.counts(executives.as_ref(), &mut telling);
            says = sentence(&pairs_sentence(&counts, people, &talks, &telling), about);
            sections.extend([
                counts.section(about),
                pairs.first_talk(about, &mut telling),
                talks.attendance(about, &telling),
                talks.commitments(about, &telling),
            ]);
        }
        sections.extend(given(participants, about, &telling));
        sections.extend(change);
        sections.extend(if about.names() {
            pairs.rows(about)
        } else {
            pairs.units(about, &mut telling)
        });
    } else {
        says = t!(
            "mentoring.few_pairs",
            "Fewer than {n} executives have or had a mentor: without names (--names) the report does not say how it went.",
            n = about.fewest()
        );
    }
    let since = then.map(|then| then.since).filter(|_| is_told);
    sections.push(method(about, people, since));
    document(
        "mentors-report",
        &t!("mentoring.title", "Mentors"),
        says,
        sections,
        about,
    )
}

/// Parts of the sentence that says it all: those that are told.
fn pairs_sentence(
    counts: &PairCounts,
    executives: Option<usize>,
    talks: &Talks<'_>,
    telling: &Telling<'_>,
) -> Vec<String> {
    let have = counts.with_mentor.zip(executives).map(|(have, n)| {
        t_n!(
            "mentoring.sentence.have",
            n,
            "{have} of {n} executive has a mentor",
            "{have} of {n} executives have a mentor",
            have = have
        )
    });
    let stalled = counts.stalled.filter(|stalled| *stalled > 0).map(|stalled| {
        t_n!(
            "mentoring.sentence.stalled",
            stalled,
            "{n} pair waits too long",
            "{n} pairs wait too long"
        )
    });
    let held = telling.is_enough(talks.people().len()).then(|| talks_held(talks));
    have.into_iter().chain(held).chain(stalled).collect()
}

fn talks_held(talks: &Talks<'_>) -> String {
    t_n!(
        "mentoring.sentence.talks",
        talks.held(),
        "{n} talk was held",
        "{n} talks were held"
    )
}

/// What groups of peers came to. `participants` are all executives who are here; `then` is where they stood earlier, if
/// there is a day to compare with.
pub fn peers_document<'a>(
    participants: &'a [Participant],
    then: Option<&Then>,
    about: &MentoringAbout<'a>,
) -> Document {
    let all = groups::groups(participants, about);
    let talks = Talks::of(participants, Participant::peer_talks);
    let takes_part = |one: &&Participant| !one.groups.is_empty() || one.peer_talks().next().is_some();
    let ids = |one: &'a Participant| &*one.id;
    let members: People<'_> = participants.iter().filter(takes_part).map(ids).collect();
    let mut telling = about.telling();
    let executives: People<'_> = participants.iter().map(ids).collect();
    let is_told = telling.is_enough(members.len());
    let mut sections = Vec::new();
    let mut people = None;
    let mut says = t!(
        "mentoring.no_group",
        "No group was formed yet: upwards peers form"
    );
    if !is_told {
        says = t!(
            "mentoring.few_peers",
            "Fewer than {n} executives are or were in a group of peers: without names (--names) the report does not say how it went.",
            n = about.fewest()
        );
    } else if !members.is_empty() {
        let counts = GroupCounts::of(&all, &talks, about.as_of, &telling);
        says = sentence(&groups_sentence(&counts, &talks, &telling), about);
        sections.extend([
            counts.section(about),
            talks.attendance(about, &telling),
            talks.commitments(about, &telling),
        ]);
        // Before what would tell beside it: who changed is asked of every programme.
        people = telling.tells(&executives).then_some(executives.len());
        let whole = people.is_some();
        sections
            .extend(then.and_then(|then| change(participants, then, Met::Peers, about, whole, &mut telling)));
        if about.names() && !all.is_empty() {
            sections.push(groups::rows(&all, about));
        } else if !all.is_empty() {
            sections.extend([
                encounters::capabilities(&all, about, &mut telling),
                encounters::worries(&all, about, &mut telling),
            ]);
        }
    }
    let people = people.or_else(|| telling.tells(&executives).then_some(executives.len()));
    let since = then.filter(|_| is_told && !members.is_empty());
    sections.push(method(about, people, since.map(|then| then.since)));
    document(
        "peers-report",
        &t!("mentoring.title.peers", "Peers"),
        says,
        sections,
        about,
    )
}

/// Parts of the sentence that says it all: those that are told.
fn groups_sentence(counts: &GroupCounts, talks: &Talks<'_>, telling: &Telling<'_>) -> Vec<String> {
    let met = counts.met().map(|(met, n)| {
        t_n!(
            "mentoring.sentence.groups",
            n,
            "{met} of {n} group has met",
            "{met} of {n} groups have met",
            met = met
        )
    });
    let held = telling.is_enough(talks.people().len()).then(|| talks_held(talks));
    met.into_iter().chain(held).collect()
}

/// One sentence of what is told; where all of it would tell of few people, that.
fn sentence(parts: &[String], about: &MentoringAbout<'_>) -> String {
    if parts.is_empty() {
        return t!(
            "mentoring.sentence.few",
            "What there is to say is of fewer than {n} people each: it is not told without names (--names).",
            n = about.fewest()
        );
    }
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
        parts: Vec::new(),
    }
}
