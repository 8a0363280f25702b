//! What both sides have in hand for a talk: the agenda and the questions of the curriculum, one thing to do before the next
//! time. Nothing about either of them but who meets, about what and when.

use super::columns::data_columns;
use crate::base::text::hanging;
use crate::base::texts::t;
use crate::base::time::{Date, Minutes, Planned};
use crate::base::words::and_few;
use crate::model::curriculum::{Curriculum, Step, StepKind, Talk, TalkWith};
use crate::table::{Report, Value};

/// For whom a guide is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Who learns.
    Executive,
    /// The mentor, or who has been through it.
    Mentor,
    /// A leader, who hands it to both.
    Both,
}

/// What a guide is made for.
pub struct GuideAbout<'a> {
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// The capability: its id.
    pub topic: &'a str,
    /// What the other is to who learns.
    pub with: TalkWith,
    /// Who meets.
    pub names: Vec<String>,
    /// The command that records the talk.
    pub log: &'a str,
    /// When it is planned for, as it was said.
    pub at: Option<&'a str>,
    /// How long, where that was said; else as the step says.
    pub minutes: Option<u32>,
    /// What who learns said they would do and nobody has asked about, and when; for their own eyes.
    pub promises: Vec<(String, Date)>,
    /// For whom.
    pub side: Side,
    /// The day.
    pub today: Date,
}

/// One line of a guide: which part, and the text.
type Part = (&'static str, String);

/// The guide for a screen of so many columns.
pub fn guide_lines(about: &GuideAbout<'_>, columns: usize) -> Vec<String> {
    let mut lines = vec![title(about)];
    let mut before = "";
    for (part, text) in parts(about) {
        if part != before {
            lines.push(String::new());
            lines.push(heading(part, about));
        }
        before = part;
        lines.extend(hanging("  - ", &text, columns));
    }
    lines.push(String::new());
    lines.push(t!("guide.after", "Afterwards:"));
    lines.push(format!("  {}", about.log));
    lines
}

/// The same as data.
pub fn guide_report(about: &GuideAbout<'_>) -> Report {
    let keys = ["capability_id", "part", "text"];
    let mut report = Report::new("guide", about.today, data_columns(keys));
    report.rows = parts(about)
        .into_iter()
        .map(|(part, text)| {
            vec![
                Value::Text(about.topic.to_owned()),
                Value::Code(part),
                Value::Text(text),
            ]
        })
        .collect();
    report
}

fn title(about: &GuideAbout<'_>) -> String {
    let topic = about.curriculum.capability(about.topic);
    let topic = topic.map_or(about.topic, |capability| &capability.name);
    let names = and_few(&about.names);
    match about.at.and_then(Planned::parse) {
        Some(at) => t!(
            "guide.title.at",
            "{names}: a talk on {topic}, {day}",
            names = names,
            topic = topic,
            day = at.day().weekday_short()
        ),
        None => t!(
            "guide.title",
            "{names}: a talk on {topic}",
            names = names,
            topic = topic
        ),
    }
}

fn heading(part: &str, about: &GuideAbout<'_>) -> String {
    match part {
        "last-time" => t!("guide.last", "First: what came of it"),
        "agenda" => match about.minutes.or_else(|| Some(talk_of(about)?.0.minutes?.0)) {
            Some(n) => t!("guide.agenda", "Agenda, {n} minutes", n = n),
            None => t!("talk.agenda", "Agenda"),
        },
        "ask" if about.side == Side::Mentor => t!("guide.asked", "What you may be asked"),
        "ask" => t!("guide.ask", "Three questions to ask"),
        "executive" if about.side == Side::Both => t!("guide.executive", "Who learns"),
        "mentor" if about.side == Side::Both => match about.with {
            TalkWith::Mentor => t!("guide.mentor", "The mentor"),
            TalkWith::Peer => t!("guide.peer", "Who has been through it"),
        },
        "executive" | "mentor" => t!("guide.you", "You"),
        "practice" => t!("guide.practice", "One practice to do together"),
        _ => t!("guide.next", "One thing to do before the next time"),
    }
}

fn parts(about: &GuideAbout<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let promised = |text: &str, day: Date| {
        t!(
            "guide.promised",
            "On {day} you said: \"{text}\"",
            day = day.short(about.today),
            text = text
        )
    };
    match about.side {
        Side::Executive => {
            let all = about.promises.iter();
            parts.extend(all.map(|(text, day)| ("last-time", promised(text, *day))));
        }
        Side::Mentor | Side::Both => parts.push((
            "last-time",
            t!(
                "guide.last.mentor",
                "What was agreed last time, if there was one: in their words, not in yours"
            ),
        )),
    }
    let is_for = |side: Side| about.side == side || about.side == Side::Both;
    if let Some((_, talk)) = talk_of(about) {
        let all = |part: &'static str, texts: &[String]| {
            texts.iter().map(|text| (part, text.clone())).collect::<Vec<_>>()
        };
        parts.extend(all("agenda", &talk.agenda));
        parts.extend(all("ask", &talk.ask));
        let own = [
            (Side::Executive, "executive", &talk.for_executive),
            (Side::Mentor, "mentor", &talk.for_mentor),
        ];
        for (side, part, text) in own {
            parts.extend(
                text.iter()
                    .filter(|_| is_for(side))
                    .map(|text| (part, text.clone())),
            );
        }
        if talk.for_mentor.is_none() && is_for(Side::Mentor) {
            parts.extend(for_host(about.with));
        }
    } else {
        parts.push((
            "agenda",
            t!("guide.none.show", "Look at one real case of the company together"),
        ));
        parts.push((
            "agenda",
            t!("guide.none.do", "The one who learns does it with their own hands"),
        ));
        for text in [
            t!("guide.none.ask.first", "What would you do first?"),
            t!("guide.none.ask.wrong", "What went wrong, and what did it cost?"),
            t!("guide.none.ask.stop", "What should I stop asking for?"),
        ] {
            parts.push(("ask", text));
        }
        if is_for(Side::Mentor) {
            parts.extend(for_host(about.with));
        }
    }
    if let Some(practice) = practice_of(about)
        && about.with == TalkWith::Mentor
    {
        parts.push(("practice", practice));
    }
    let next = talk_of(about).and_then(|(_, talk)| talk.before_next.clone());
    parts.push((
        "before-next",
        next.unwrap_or_else(|| t!("guide.none.next", "Agree on one, small enough for a week")),
    ));
    parts
}

/// For who has been through it, where the curriculum says nothing to them: what to bring, what to tell, what not to do.
/// Mentors are chosen and know; a host is a colleague with an hour.
fn for_host(with: TalkWith) -> Vec<Part> {
    let texts = match with {
        TalkWith::Mentor => Vec::new(),
        TalkWith::Peer => vec![
            t!(
                "guide.host.bring",
                "Bring one thing you can show, and one time it went wrong: the screen, the text, the hours"
            ),
            t!(
                "guide.host.tell",
                "Tell what you did first, what it cost and who had to agree; say what you do not know"
            ),
            t!(
                "guide.host.not",
                "Do not teach, judge or do it for them; name no customer and nothing that is not yours to tell"
            ),
        ],
    };
    texts.into_iter().map(|text| ("mentor", text)).collect()
}

/// The talk of the curriculum that is meant: the one that is about the fewest other things.
fn talk_of<'a>(about: &GuideAbout<'a>) -> Option<(&'a Step, &'a Talk)> {
    let steps = about.curriculum.live_steps().map(|(_, step)| step);
    let talks = steps.filter_map(|step| match &step.kind {
        StepKind::Talk(talk) if talk.with == about.with => Some((step, talk)),
        _ => None,
    });
    talks
        .filter(|(step, _)| step.capabilities.iter().any(|id| id.as_str() == about.topic))
        .min_by_key(|(step, _)| step.capabilities.len())
}

/// The shortest practice of the capability.
fn practice_of(about: &GuideAbout<'_>) -> Option<String> {
    let steps = about.curriculum.live_steps().map(|(_, step)| step);
    let practices = steps.filter(|step| {
        matches!(step.kind, StepKind::Practice(_))
            && step.capabilities.iter().any(|id| id.as_str() == about.topic)
    });
    let step = practices.min_by_key(|step| step.minutes.unwrap_or(Minutes(u32::MAX)))?;
    let title = step.title.clone().unwrap_or_else(|| step.id.to_string());
    Some(match step.minutes {
        Some(Minutes(n)) => t!("guide.practice.line", "{title} ({n} min)", title = title, n = n),
        None => title,
    })
}
