//! One person explained: every point one line, lines that add up, gates with their reason, what does not count and why.
//! The leader's form and the person's own come from the same code; names of questions are only in the latter.

use std::collections::BTreeMap;

use super::layout::{end_with, hanging};
use super::{gates, parts, way};
use crate::base::id::EventId;
use crate::base::text::{pad, width};
use crate::base::time::Date;
use crate::base::words::plural;
use crate::model::capability::Capability;
use crate::model::curriculum::Curriculum;
use crate::model::person::Person;
use crate::model::workspace::Workspace;
use crate::progress::Progress;
use crate::readiness::{Assessment, Explanation, Item, Part, Until, explain, guess_chance};
use crate::table::{Hint, Report};

/// The first day on which asking a question again surely moves it on, by question: what the own form adds.
pub type AskedAgain = BTreeMap<String, Date>;

/// Whom and what is explained.
pub struct About<'a> {
    /// The workspace, for names.
    pub workspace: &'a Workspace,
    /// The person.
    pub person: &'a Person,
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// The facts.
    pub progress: &'a Progress<'a>,
    /// What they are worth.
    pub assessment: &'a Assessment,
    /// Rules fingerprint.
    pub rules: &'a str,
    /// The person's own eyes; `None` is the leader's form.
    pub own: Option<&'a AskedAgain>,
    /// Whether the event behind each line is shown.
    pub events_shown: bool,
}

impl About<'_> {
    pub(super) fn today(&self) -> Date {
        self.assessment.as_of
    }

    pub(super) fn is_own(&self) -> bool {
        self.own.is_some()
    }

    /// `today`, `3 Mar`.
    pub(super) fn day(&self, day: Date) -> String {
        if day == self.today() {
            "today".to_owned()
        } else {
            day.short(self.today())
        }
    }

    /// `today`, `from 18 Mar`.
    pub(super) fn from(&self, day: Date) -> String {
        if day <= self.today() {
            "today".to_owned()
        } else {
            format!("from {}", day.short(self.today()))
        }
    }

    /// `your`, `Dana's`.
    pub(super) fn whose(&self) -> String {
        let name = &self.person.name;
        match name.split_whitespace().next().unwrap_or(name) {
            _ if self.is_own() => "your".to_owned(),
            first => format!("{first}'s"),
        }
    }

    pub(super) fn name<'s>(&'s self, id: &'s str) -> &'s str {
        self.workspace.name_of(id)
    }

    pub(super) fn step_title<'s>(&'s self, step: &'s str) -> &'s str {
        let step_here = self.curriculum.step(step);
        step_here.and_then(|s| s.title.as_deref()).unwrap_or(step)
    }

    /// The event behind a line and its file, where that is asked for.
    pub(super) fn trace(&self, id: EventId) -> Option<String> {
        if !self.events_shown {
            return None;
        }
        let progress = self.progress;
        let capsule = progress.capsules.iter().map(|c| c.event).find(|e| e.id == id);
        let practice = progress.practices.iter().map(|p| p.event);
        let others = progress.not_counted.iter().map(|n| n.event);
        let mut shared = practice
            .chain(progress.meetings.iter().map(|m| m.event))
            .chain(others);
        Some(match capsule.or_else(|| shared.find(|e| e.id == id)) {
            Some(event) => format!("[{id}, progress/{}/{}.jsonl]", event.person, event.device),
            None => format!("[{id}, only on this device]"),
        })
    }
}

/// The whole page: one capability if one is named, else the overview and every capability.
pub fn explanation(about: &About<'_>, capability: Option<&str>) -> Report {
    let mut report = Report::new("explanation", about.today(), Vec::new());
    let rules = &about.workspace.settings.readiness;
    let explained: Vec<(&Capability, Explanation<'_>)> = about
        .curriculum
        .capabilities
        .iter()
        .filter(|c| capability.is_none_or(|id| c.id.as_str() == id))
        .filter_map(|c| {
            let explanation = explain(about.assessment, about.progress, rules, c.id.as_str());
            Some((c, explanation?))
        })
        .collect();
    let mut blocks = Vec::new();
    if capability.is_none() {
        blocks.push(overview(about, &explained));
    }
    for (capability, explanation) in &explained {
        blocks.push(head(about, capability, explanation));
        blocks.push(parts::lines(about, explanation));
        blocks.push(gates::lines(about, explanation));
        blocks.push(gates::not_counted(about, explanation));
        blocks.push(way::lines(about, explanation));
    }
    blocks.push(rules_lines(about, capability, &explained));
    blocks.retain(|block| !block.is_empty());
    report.above = blocks.join(&String::new());
    report.hints = hints(about, capability);
    report
}

/// All capabilities in a line each, then the headline.
fn overview(about: &About<'_>, explained: &[(&Capability, Explanation<'_>)]) -> Vec<String> {
    let overall = &about.assessment.overall;
    let mut lines = vec![
        format!("{}, {}", about.person.name, about.curriculum.title),
        format!(
            "reached {} of {}, current {}; {}, {} of 100 overall",
            overall.reached,
            overall.of,
            overall.ready,
            overall.band.shown(),
            overall.total
        ),
    ];
    let column = explained.iter().map(|(c, _)| width(&c.name)).max().unwrap_or(0);
    for (capability, explanation) in explained {
        let assessed = explanation.assessment;
        let reached = assessed
            .reached_on
            .map(|day| format!("   reached {}", day.short(about.today())))
            .unwrap_or_default();
        let line = format!(
            "  {} {} {} {:>5}   {}{reached}",
            pad(assessed.letter_with_reached(), 3),
            pad(&capability.name, column.max(10)),
            pad(&assessed.band.shown(), 12),
            assessed.total,
            outlook(about, explanation)
        );
        lines.push(line.trim_end().to_owned());
    }
    for module in &about.progress.modules {
        if let Some(days) = module.overdue_days {
            let title = module.module.map_or(module.id, |m| &m.title);
            let days = plural(usize::try_from(days).unwrap_or(0), "day");
            lines.push(format!("  overdue: {title}, {days}"));
        }
    }
    lines
}

/// What stands in the way, or how long Ready lasts.
fn outlook(about: &About<'_>, explanation: &Explanation<'_>) -> String {
    match (&explanation.assessment.limited_by, explanation.until) {
        (Some(limit), _) => format!("limited by: {}", limit.item.code()),
        (None, Some(Until::Day(day))) => format!("current until {}", day.short(about.today())),
        (None, Some(Until::Long)) => "current for more than two years".to_owned(),
        (None, None) => String::new(),
    }
}

fn head(about: &About<'_>, capability: &Capability, explanation: &Explanation<'_>) -> Vec<String> {
    let assessed = explanation.assessment;
    let who = if about.is_own() {
        capability.name.clone()
    } else {
        format!("{}, {}", about.person.name, capability.name)
    };
    let stands = format!("{who}: {}, {} of 100", assessed.band.shown(), assessed.total);
    let mut lines = hanging("", &stands);
    end_with(&mut lines, &outlook(about, explanation));
    let reached = match (assessed.reached_on, &assessed.limited_by) {
        (Some(day), Some(limit)) => format!(
            "reached {}, not current: {}",
            day.short(about.today()),
            missing_words(limit.item)
        ),
        (Some(day), None) => format!("reached {}", day.short(about.today())),
        (None, _) => "not reached".to_owned(),
    };
    let means = capability.ready_means.trim_end_matches('.');
    let mut meaning = hanging("", &format!("Ready means: {means}."));
    end_with(&mut meaning, &reached);
    lines.extend(meaning);
    lines
}

fn missing_words(item: Item) -> &'static str {
    match item {
        Item::Confirm => "a practice waits for a word",
        Item::Practice => "a practice is missing",
        Item::OldPractice => "the practice is too old",
        Item::Questions => "questions are missing",
        Item::Again => "questions must be known again",
        Item::Talk => "the talk is missing",
    }
}

/// The rules in force; how many of each are needed only where all capabilities that are shown agree.
fn rules_lines(
    about: &About<'_>,
    capability: Option<&str>,
    shown: &[(&Capability, Explanation<'_>)],
) -> Vec<String> {
    let r = &about.workspace.settings.readiness;
    let [knowledge, hands_on, dialogue] = r.weights;
    let needed = |part: Part, thing: &str| {
        let mut needs = shown
            .iter()
            .filter_map(|(c, _)| about.assessment.capability(c.id.as_str()))
            .map(|a| a.needs.of(part));
        match needs.next() {
            Some(first) if needs.all(|n| n == first) => {
                format!(
                    " ({})",
                    plural(usize::try_from(first).unwrap_or(usize::MAX), thing)
                )
            }
            _ => String::new(),
        }
    };
    let rules = format!(
        "Rules {}: knowledge {knowledge}{}, hands-on {hands_on}{}, dialogue {dialogue}; building from {}.0, ready from {}.0 with both gates.",
        about.rules,
        needed(Part::Knowledge, "question"),
        needed(Part::HandsOn, "practice"),
        r.building,
        r.ready
    );
    let assessed = capability.and_then(|id| about.assessment.capability(id));
    let gated = assessed.filter(|a| a.needs.knowledge > 0 && r.knowledge_floor > 0);
    let guesser = gated
        .and_then(|a| about.curriculum.capability(a.capability.as_str()))
        .map(|capability| {
            let permille = guess_chance(about.curriculum, capability, r).permille;
            let (percent, part) = (permille / 10, permille % 10);
            format!(" A pure guesser opens the knowledge gate with a chance of {percent}.{part} %.")
        });
    hanging("", &format!("{rules}{}", guesser.unwrap_or_default()))
}

fn hints(about: &About<'_>, capability: Option<&str>) -> Vec<Hint> {
    if about.is_own() {
        let learn = capability.map_or_else(
            || "upwards learn".to_owned(),
            |id| format!("upwards learn --capability {id}"),
        );
        return vec![Hint::new(learn, "do the next steps")];
    }
    let mut hints = Vec::new();
    let mut capabilities = about.assessment.capabilities.iter();
    if capability.is_none()
        && let Some(first) = capabilities.find(|c| c.limited_by.is_some())
    {
        let (person, id) = (&about.person.id, &first.capability);
        hints.push(Hint::new(
            format!("upwards readiness {person} --capability {id}"),
            "one capability",
        ));
    }
    if !about.events_shown {
        hints.push(Hint::new(
            format!("upwards readiness {} -v", about.person.id),
            "the event behind each line",
        ));
    }
    hints
}
