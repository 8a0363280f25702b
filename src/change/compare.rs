//! Compares two states of a curriculum: its head, its capabilities and its modules.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::{About, Change, What};
use super::{cases, questions, steps};
use crate::base::id::{CaseId, ModuleId};
use crate::model::capability::Capability;
use crate::model::case::Case;
use crate::model::curriculum::{Curriculum, Module};
use crate::model::settings::{Readiness, Settings};
use crate::readiness::{Part, Scale};

/// One state of a curriculum, its case steps with title and revision of their cases.
#[derive(Debug)]
pub struct State {
    /// What it says.
    pub curriculum: Curriculum,
    /// Its own cases.
    pub cases: BTreeMap<CaseId, Case>,
    /// Its translations: files below `translations/` as they are.
    pub translations: BTreeMap<String, String>,
}

/// What a new state changes in the old one, in the order of the files: the head, capabilities, modules with their steps and
/// questions, cases, translations. The settings say how many questions a capability asks for where it does not say so itself, and how many
/// seconds a question takes.
pub fn changes(old: &State, new: &State, settings: &Settings) -> Vec<Change> {
    let mut found = Found::default();
    head(&old.curriculum, &new.curriculum, &mut found);
    capabilities(&old.curriculum, &new.curriculum, &settings.readiness, &mut found);
    modules(&old.curriculum, &new.curriculum, &mut found);
    let seconds = settings.plan.seconds_per_question;
    steps::compare(&old.curriculum, &new.curriculum, seconds, &mut found);
    questions::compare(&old.curriculum, &new.curriculum, &mut found);
    cases::compare(old, new, &mut found);
    translations(old, new, &mut found);
    found.0
}

/// Files of translations that differ, came or went: words, whatever they say.
fn translations(old: &State, new: &State, found: &mut Found) {
    let files: BTreeSet<&String> = old.translations.keys().chain(new.translations.keys()).collect();
    for file in files {
        let differs = old.translations.get(file) != new.translations.get(file);
        found.texts(About::Translation, file, None, &[("texts", differs)]);
    }
}

/// Changes as they are found.
#[derive(Debug, Default)]
pub(super) struct Found(Vec<Change>);

impl Found {
    pub(super) fn add(
        &mut self,
        about: About,
        id: &(impl ToString + ?Sized),
        title: Option<&str>,
        what: What,
    ) {
        self.0.push(Change {
            about,
            id: id.to_string(),
            title: title.map(str::to_owned),
            what,
        });
    }

    /// Texts that differ, by their keys.
    pub(super) fn texts(
        &mut self,
        about: About,
        id: &(impl ToString + ?Sized),
        title: Option<&str>,
        pairs: &[Pair],
    ) {
        let keys: Vec<&'static str> = pairs
            .iter()
            .filter(|(_, differ)| *differ)
            .map(|(key, _)| *key)
            .collect();
        if !keys.is_empty() {
            self.add(about, id, title, What::Texts(keys));
        }
    }
}

/// A key, and whether what it holds differs.
pub(super) type Pair = (&'static str, bool);

fn head(old: &Curriculum, new: &Curriculum, found: &mut Found) {
    let (about, id, title) = (About::Curriculum, &new.id, Some(new.title.as_str()));
    if old.rev != new.rev {
        let (from, to) = (old.rev, new.rev);
        found.add(about, id, title, What::Label { from, to });
    }
    found.texts(
        about,
        id,
        title,
        &[
            ("title", old.title != new.title),
            ("language", old.language != new.language),
            ("summary", old.summary != new.summary),
            ("owner", old.owner != new.owner),
            ("review_by", old.review_by != new.review_by),
            ("licence", old.licence != new.licence),
        ],
    );
    let was = old
        .public_needs
        .as_ref()
        .map(|id| new.current_module(id.as_str()));
    if was != new.public_needs.as_ref().map(ModuleId::as_str) {
        found.add(about, id, title, What::PublicNeeds);
    }
    let module_of = |module: &Module| new.current_module(module.id.as_str()).to_owned();
    let before: Vec<String> = old.modules.iter().map(module_of).collect();
    let after: Vec<String> = new.modules.iter().map(|m| m.id.to_string()).collect();
    if is_reordered(&before, &after) {
        found.add(about, id, title, What::Order);
    }
}

/// Whether what is in both stands in another order.
pub(super) fn is_reordered<T: PartialEq>(old: &[T], new: &[T]) -> bool {
    let kept = old.iter().filter(|id| new.contains(id));
    let there = new.iter().filter(|id| old.contains(id));
    !kept.eq(there)
}

/// Ids of the old state under the names they have now, in their order; what was merged into another one stands where that
/// stood.
pub(super) fn as_now<'i>(
    old: impl Iterator<Item = &'i str>,
    now: impl Fn(&'i str) -> &'i str,
) -> Vec<&'i str> {
    let old: Vec<&str> = old.collect();
    let there: BTreeSet<&str> = old.iter().copied().collect();
    let named = old.into_iter().map(|id| (id, now(id)));
    let kept = named.filter(|(id, now)| now == id || !there.contains(now));
    kept.map(|(_, now)| now).collect()
}

fn capabilities(old: &Curriculum, new: &Curriculum, rules: &Readiness, found: &mut Found) {
    for before in &old.capabilities {
        let (about, id) = (About::Capability, &before.id);
        match new.capability(id.as_str()) {
            Some(after) => capability((old, before), (new, after), rules, found),
            None => found.add(about, id, Some(&before.name), What::CapabilityRemoved),
        }
    }
    for after in &new.capabilities {
        if old.capability(after.id.as_str()).is_none() {
            found.add(
                About::Capability,
                &after.id,
                Some(&after.name),
                What::CapabilityAdded,
            );
        }
    }
    let ids = |c: &Curriculum| -> Vec<String> { c.capabilities.iter().map(|c| c.id.to_string()).collect() };
    if is_reordered(&ids(old), &ids(new)) {
        found.add(About::Capability, &new.id, None, What::Order);
    }
}

fn capability(
    (old_curriculum, old): (&Curriculum, &Capability),
    (new_curriculum, new): (&Curriculum, &Capability),
    rules: &Readiness,
    found: &mut Found,
) {
    let (about, id, title) = (About::Capability, &new.id, Some(new.name.as_str()));
    found.texts(
        about,
        id,
        title,
        &[
            ("name", old.name != new.name),
            ("what", old.what != new.what),
            ("ready_means", old.ready_means != new.ready_means),
            ("function", old.function != new.function),
        ],
    );
    let needed = [
        (Part::Knowledge, old.knowledge_needed, new.knowledge_needed),
        (Part::HandsOn, old.hands_on_needed, new.hands_on_needed),
        (Part::Dialogue, old.dialogue_needed, new.dialogue_needed),
    ];
    for (part, from, to) in needed {
        if from != to {
            found.add(about, id, title, What::Needed { part, from, to });
        }
    }
    let asked = |c: &Curriculum, one: &Capability| Scale::of(c, one, rules).need(Part::Knowledge);
    let (from, to) = (asked(old_curriculum, old), asked(new_curriculum, new));
    if from != to && old.knowledge_needed == new.knowledge_needed {
        found.add(about, id, title, What::Asked { from, to });
    }
    if old.weight != new.weight {
        let (from, to) = (old.weight, new.weight);
        found.add(about, id, title, What::Weight { from, to });
    }
    if old.core != new.core {
        found.add(about, id, title, What::Core { now: new.core });
    }
}

fn modules(old: &Curriculum, new: &Curriculum, found: &mut Found) {
    for before in &old.modules {
        let (about, id) = (About::Module, before.id.as_str());
        let title = Some(before.title.as_str());
        let Some(after) = new.module(new.current_module(id)) else {
            let (steps, questions) = counted(before);
            found.add(about, id, title, What::ModuleRemoved { steps, questions });
            continue;
        };
        let title = Some(after.title.as_str());
        if after.id != before.id {
            let from = id.to_owned();
            let what = match old.module(after.id.as_str()) {
                Some(_) => What::Merged {
                    into: after.id.to_string(),
                },
                None => What::Renamed { from },
            };
            let named = if matches!(what, What::Merged { .. }) {
                id
            } else {
                after.id.as_str()
            };
            found.add(about, named, title, what);
        }
        found.texts(
            about,
            &after.id,
            title,
            &[
                ("title", before.title != after.title),
                ("summary", before.summary != after.summary),
                ("owner", before.owner != after.owner),
                ("review_by", before.review_by != after.review_by),
            ],
        );
    }
    for after in &new.modules {
        if is_new_module(old, new, after) {
            let (steps, questions) = counted(after);
            let what = What::Added { steps, questions };
            found.add(About::Module, &after.id, Some(&after.title), what);
        }
    }
}

/// Whether a module is neither an old one nor the heir of one.
pub(super) fn is_new_module(old: &Curriculum, new: &Curriculum, module: &Module) -> bool {
    let is_it = |before: &Module| new.current_module(before.id.as_str()) == module.id.as_str();
    !old.modules.iter().any(is_it)
}

/// Whether a module of the old state is gone, and nothing takes it over.
pub(super) fn is_gone_module(new: &Curriculum, module: &str) -> bool {
    new.module(new.current_module(module)).is_none()
}

/// Live steps and questions.
fn counted(module: &Module) -> (usize, usize) {
    let questions = module.live_steps().map(|step| step.live_questions().count());
    (module.live_steps().count(), questions.sum())
}
