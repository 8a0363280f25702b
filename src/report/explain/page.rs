//! One person explained: every point one line, lines that add up, gates with their reason, what does not count and why.
//! The leader's form and the person's own come from the same code; names of questions are only in the latter.

use std::collections::BTreeMap;

use super::layout::{end_with, hanging};
use super::{gates, parts, way};
use crate::base::id::EventId;
use crate::base::text::{pad, width};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::model::capability::Capability;
use crate::model::curriculum::Curriculum;
use crate::model::person::Person;
use crate::model::workspace::Workspace;
use crate::progress::Progress;
use crate::readiness::{Assessment, Explanation, Item, Part, Until, explain, guess_chance};
use crate::report::ledger::{Ledger, ledger_lines};
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
            t!("day.today", "today")
        } else {
            day.short(self.today())
        }
    }

    /// `today`, `from 18 Mar`.
    pub(super) fn from(&self, day: Date) -> String {
        if day <= self.today() {
            t!("day.today", "today")
        } else {
            t!("day.from", "from {day}", day = day.short(self.today()))
        }
    }

    /// `Dana`; `None` where Dana reads it herself.
    pub(super) fn first_name(&self) -> Option<&str> {
        let name = &self.person.name;
        (!self.is_own()).then(|| name.split_whitespace().next().unwrap_or(name))
    }

    pub(super) fn name<'s>(&'s self, id: &'s str) -> &'s str {
        self.workspace.name_of(id)
    }

    pub(super) fn step_title(&self, step: &str) -> String {
        match self.curriculum.step(step) {
            Some(known) => known.title.clone().unwrap_or_else(|| step.to_owned()),
            None => t!("explain.step.gone", "{step} (no longer here)", step = step),
        }
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
            None => t!("explain.only_here", "[{event}, only on this device]", event = id),
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
    let mut lines = vec![format!("{}, {}", about.person.name, about.curriculum.title)];
    lines.extend(saved(about));
    lines.push(t!(
        "explain.overview",
        "reached {reached} of {of}, current {current}; {band}, {points} of 100 overall",
        reached = overall.reached,
        of = overall.of,
        current = overall.ready,
        band = overall.band.shown(),
        points = overall.total
    ));
    let column = explained.iter().map(|(c, _)| width(&c.name)).max().unwrap_or(0);
    let bands = explained.iter().map(|(_, e)| width(&e.assessment.band.shown()));
    let band_column = bands.max().unwrap_or(0).max(12);
    for (capability, explanation) in explained {
        let assessed = explanation.assessment;
        let reached = assessed
            .reached_on
            .map(|day| t!("explain.reached", "reached {day}", day = day.short(about.today())))
            .map(|words| format!("   {words}"))
            .unwrap_or_default();
        let line = format!(
            "  {} {} {} {:>5}   {}{reached}",
            pad(assessed.letter_with_reached(), 3),
            pad(&capability.name, column.max(10)),
            pad(&assessed.band.shown(), band_column),
            assessed.total,
            outlook(about, explanation)
        );
        lines.push(line.trim_end().to_owned());
    }
    for module in &about.progress.modules {
        if let Some(days) = module.overdue_days {
            let title = module.module.map_or(module.id, |m| &m.title);
            let overdue = t_n!(
                "explain.overdue",
                days,
                "overdue: {title}, {n} day",
                "overdue: {title}, {n} days",
                title = title
            );
            lines.push(format!("  {overdue}"));
        }
    }
    lines
}

/// What was measured twice, and what waits for its second figure: the person's reason to go on.
fn saved(about: &About<'_>) -> Vec<String> {
    let settings = &about.workspace.settings;
    let lines = ledger_lines(about.progress, about.curriculum);
    let ledger = Ledger::new(&lines, settings.practice.second_measure_days);
    let sentence = ledger.sentence(settings.ledger.as_ref(), about.today());
    sentence
        .map(|sentence| hanging("", &sentence))
        .unwrap_or_default()
}

/// What stands in the way, or how long Ready lasts.
fn outlook(about: &About<'_>, explanation: &Explanation<'_>) -> String {
    match (&explanation.assessment.limited_by, explanation.until) {
        (Some(limit), _) => t!("explain.limited", "limited by: {item}", item = limit.item.shown()),
        (None, Some(Until::Day(day))) => t!(
            "explain.current",
            "current until {day}",
            day = day.short(about.today())
        ),
        (None, Some(Until::Long)) => t!("explain.current.long", "current for more than two years"),
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
    let stands = t!(
        "explain.stands",
        "{who}: {band}, {points} of 100",
        who = who,
        band = assessed.band.shown(),
        points = assessed.total
    );
    let mut lines = hanging("", &stands);
    end_with(&mut lines, &outlook(about, explanation));
    let reached = match (assessed.reached_on, &assessed.limited_by) {
        (Some(day), Some(limit)) => t!(
            "explain.reached.before",
            "reached {day}, not current: {why}",
            day = day.short(about.today()),
            why = missing_words(limit.item)
        ),
        (Some(day), None) => t!("explain.reached", "reached {day}", day = day.short(about.today())),
        (None, _) => t!("explain.not_reached", "not reached"),
    };
    let means = capability.ready_means.trim_end_matches('.');
    let mut meaning = hanging(
        "",
        &t!("explain.means", "Ready means: {behaviour}.", behaviour = means),
    );
    end_with(&mut meaning, &reached);
    lines.extend(meaning);
    lines
}

fn missing_words(item: Item) -> String {
    match item {
        Item::Confirm => t!("explain.missing.confirm", "a practice waits for a word"),
        Item::Practice => t!("explain.missing.practice", "a practice is missing"),
        Item::OldPractice => t!("explain.missing.old", "the practice is too old"),
        Item::Questions => t!("explain.missing.questions", "questions are missing"),
        Item::Again => t!("explain.missing.again", "questions must be known again"),
        Item::Talk => t!("explain.missing.talk", "the talk is missing"),
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
    let needed = |part: Part| {
        let mut needs = shown
            .iter()
            .filter_map(|(c, _)| about.assessment.capability(c.id.as_str()))
            .map(|a| a.needs.of(part));
        match needs.next() {
            Some(first) if needs.all(|n| n == first) => {
                let things = match part {
                    Part::Knowledge => t_n!("explain.questions", first, "{n} question", "{n} questions"),
                    Part::HandsOn => t_n!("explain.practices", first, "{n} practice", "{n} practices"),
                    Part::Dialogue => t_n!("explain.talks", first, "{n} talk", "{n} talks"),
                };
                format!(" ({things})")
            }
            _ => String::new(),
        }
    };
    let rules = t!(
        "explain.rules",
        "Rules {rules}: knowledge {knowledge}{questions}, hands-on {hands_on}{practices}, dialogue {dialogue}; building from {building}.0, ready from {ready}.0 with both gates.",
        rules = about.rules,
        knowledge = knowledge,
        questions = needed(Part::Knowledge),
        hands_on = hands_on,
        practices = needed(Part::HandsOn),
        dialogue = dialogue,
        building = r.building,
        ready = r.ready
    );
    let assessed = capability.and_then(|id| about.assessment.capability(id));
    let gated = assessed.filter(|a| a.needs.knowledge > 0 && r.knowledge_floor > 0);
    let guesser = gated
        .and_then(|a| about.curriculum.capability(a.capability.as_str()))
        .map(|capability| {
            let permille = guess_chance(about.curriculum, capability, r).permille;
            let (percent, part) = (permille / 10, permille % 10);
            let guesser = t!(
                "explain.guesser",
                "A pure guesser opens the knowledge gate with a chance of {percent} %.",
                percent = format!("{percent}.{part}")
            );
            format!(" {guesser}")
        });
    hanging("", &format!("{rules}{}", guesser.unwrap_or_default()))
}

fn hints(about: &About<'_>, capability: Option<&str>) -> Vec<Hint> {
    if about.is_own() {
        let learn = capability.map_or_else(
            || "upwards learn".to_owned(),
            |id| format!("upwards learn --capability {id}"),
        );
        return vec![Hint::new(learn, t!("explain.hint.learn", "do the next steps"))];
    }
    let mut hints = Vec::new();
    let mut capabilities = about.assessment.capabilities.iter();
    if capability.is_none()
        && let Some(first) = capabilities.find(|c| c.limited_by.is_some())
    {
        let (person, id) = (&about.person.id, &first.capability);
        hints.push(Hint::new(
            format!("upwards readiness {person} --capability {id}"),
            t!("explain.hint.one", "one capability"),
        ));
    }
    if !about.events_shown {
        hints.push(Hint::new(
            format!("upwards readiness {} -v", about.person.id),
            t!("explain.hint.events", "the event behind each line"),
        ));
    }
    hints
}
