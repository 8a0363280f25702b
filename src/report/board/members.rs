//! What one person gives to the board report: small, because ten thousand of them are kept at once.

use crate::base::id::EventId;
use crate::base::points::Band;
use crate::base::text::capitalised;
use crate::base::time::Date;
use crate::model::curriculum::{Curriculum, Module, Step};
use crate::model::event::{Event, Fact};
use crate::model::person::Person;
use crate::model::settings::Settings;
use crate::progress::{Lookup, PracticeRecord, Progress, Recorded, Replay};
use crate::readiness::{Assessment, Outline, Trend, Yardstick};
use crate::report::ledger::{LedgerLine, first_capability, ledger_lines};
use crate::report::row::{PersonRow, belongs, data_row};

/// Days within which a practice is recent.
pub(super) const RECENT_DAYS: i32 = 30;

/// Weeks of the trend, the present one included.
const WEEKS: i32 = 12;

/// The days a report looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardDays {
    /// The day it is about.
    pub as_of: Date,
    /// The day it is compared with.
    pub before: Date,
    /// The days of the trend, a week apart, the last of them `as_of`.
    pub weeks: Vec<Date>,
}

impl BoardDays {
    /// Those of a report, compared with a month ago unless another day is given.
    pub fn of(as_of: Date, before: Option<Date>) -> Self {
        Self {
            as_of,
            before: before.unwrap_or_else(|| as_of.month_before()),
            weeks: (0..WEEKS).rev().map(|back| as_of + -7 * back).collect(),
        }
    }

    /// The days of the trend but the last, which is that of the report.
    fn earlier_weeks(&self) -> impl Iterator<Item = Date> {
        let earlier = self.weeks.iter().filter(|day| **day != self.as_of);
        earlier.copied()
    }

    /// The first day looked at.
    pub fn first(&self) -> Date {
        self.weeks
            .first()
            .map_or(self.before, |first| self.before.min(*first))
    }
}

/// Everything about one person that is needed to look at them on several days.
pub struct BoardView<'a> {
    /// Who it is.
    pub person: &'a Person,
    /// The curriculum's steps by id.
    pub lookup: &'a Lookup<'a>,
    /// The rules.
    pub yardstick: &'a Yardstick<'a>,
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// The workspace's settings.
    pub settings: &'a Settings,
    /// Their log, in order.
    pub events: &'a [&'a Event<'a>],
    /// Lines of it that could not be read.
    pub unread: usize,
    /// What it comes to on the day of the report.
    pub progress: &'a Progress<'a>,
    /// Where they stand on that day.
    pub assessment: &'a Assessment,
}

/// One person in a board report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardMember {
    /// As `readiness` has it; `None`: not in the programme on the day of the report, only before.
    pub row: Option<PersonRow>,
    /// Whether a practice was done in the days before.
    pub practised_recently: bool,
    /// Whether a practice of their own counts.
    pub practised: bool,
    /// Whether a talk counts.
    pub talked: bool,
    /// On the day it is compared with; `None`: not in the programme then.
    pub before: Option<Before>,
    /// On each day of the trend; `None`: not in the programme then.
    pub weeks: Vec<Option<Outline>>,
    /// Days on which core capabilities were reached.
    pub reached_days: Vec<Date>,
    /// Modules past their due date.
    pub overdue: Vec<Late>,
    /// Practices with their figures.
    pub measures: Vec<LedgerLine>,
    /// What may be quoted.
    pub quotes: Vec<Quote>,
    /// Lines about this curriculum that somebody received in the person's words and that stand.
    pub received: usize,
    /// Lines of their log that could not be read.
    pub unread: usize,
}

/// One person on the day a report is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// Where they stood.
    pub outline: Outline,
    /// Whether something was overdue.
    pub is_overdue: bool,
    /// Whether a practice was done in the days before.
    pub practised_recently: bool,
}

/// A module past its due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// Its place in the curriculum.
    pub place: usize,
    /// Its title.
    pub module: Box<str>,
    /// Days since.
    pub days: u32,
    /// What can be done of it now; `None` where all that is open waits for what another module asks for.
    pub next: Option<NextStep>,
}

/// A step that can be done now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NextStep {
    /// Its kind and title.
    pub words: Box<str>,
    /// Its planned minutes.
    pub minutes: u32,
}

/// A practice in its author's words, who said that it may be quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// When.
    pub day: Date,
    /// The capability, by its place in the curriculum; `None`: none that it knows.
    pub capability: Option<usize>,
    /// The words.
    pub words: Box<str>,
    /// Whether somebody else received and noted them.
    pub received: bool,
}

/// Looks at one person on all days of a report; `None` if they were in the programme on none of them.
pub fn board_member(view: &BoardView<'_>, groups: Vec<Box<str>>, days: &BoardDays) -> Option<BoardMember> {
    let progress = view.progress;
    let is_in = view.person.is_here(days.as_of) && belongs(progress);
    let mut past = Past::of(view, days);
    // The last day is the one that was assessed.
    past.weeks
        .push(is_in.then(|| Outline::of(view.assessment, progress)));
    if !is_in && past.before.is_none() && past.weeks.iter().all(Option::is_none) {
        return None;
    }
    let quotable = progress
        .practices
        .iter()
        .filter(|record| record.practised.may_quote);
    let core = view.assessment.capabilities.iter().filter(|c| c.core);
    Some(BoardMember {
        row: is_in.then(|| data_row(view.person, groups, progress, view.assessment)),
        practised_recently: is_in && has_practised(progress, days.as_of),
        practised: is_in && progress.practices.iter().any(|record| record.why_not.is_none()),
        talked: is_in && progress.meetings.iter().any(|record| record.why_not.is_none()),
        before: past.before,
        weeks: past.weeks,
        reached_days: core.filter_map(|c| c.reached_on).filter(|_| is_in).collect(),
        overdue: if is_in { late(view) } else { Vec::new() },
        measures: if is_in {
            ledger_lines(progress, view.curriculum)
        } else {
            Vec::new()
        },
        quotes: quotable
            .filter(|_| is_in)
            .filter_map(|record| quote(record, view.curriculum))
            .collect(),
        received: received(view, days.as_of),
        unread: view.unread,
    })
}

/// Where somebody stood on days before that of the report.
struct Past {
    before: Option<Before>,
    /// The weeks of the trend but the last.
    weeks: Vec<Option<Outline>>,
}

impl Past {
    /// Looks as `readiness --as-of` does on each of the days.
    fn of(view: &BoardView<'_>, days: &BoardDays) -> Self {
        Self::replayed(view, days).unwrap_or_else(|| Self::folded(view, days))
    }

    /// Day after day, which is quick; `None` where that cannot tell.
    fn replayed(view: &BoardView<'_>, days: &BoardDays) -> Option<Self> {
        let mut past = Self {
            before: None,
            weeks: Vec::with_capacity(days.weeks.len()),
        };
        let mut all: Vec<(Date, bool)> = days.earlier_weeks().map(|day| (day, true)).collect();
        if days.before < days.as_of {
            all.push((days.before, false));
        }
        all.sort_unstable();
        let mut replay = Replay::of(view.lookup, view.events, view.settings, days.first());
        let last_day = all.last().map_or(days.as_of, |(day, _)| *day);
        let mut trend = Trend::until(last_day, view.yardstick);
        for (day, is_week) in all {
            replay.read_until(day);
            let outline = trend.on(replay.progress(), replay.events_read(), day);
            let practised_recently = has_practised(replay.progress(), day);
            let outline = (replay.has_begun()? && view.person.is_here(day)).then_some(outline);
            if is_week {
                past.weeks.push(outline);
            } else {
                past.before = outline.map(|outline| Before {
                    outline,
                    is_overdue: was_overdue(view, day),
                    practised_recently,
                });
            }
        }
        Some(past)
    }

    /// Each day by itself.
    fn folded(view: &BoardView<'_>, days: &BoardDays) -> Self {
        Self {
            before: (days.before < days.as_of)
                .then(|| {
                    on(view, days.before, |progress| Before {
                        outline: Trend::until(days.before, view.yardstick).on(progress, 0, days.before),
                        is_overdue: progress
                            .modules
                            .iter()
                            .any(|module| module.overdue_days.is_some()),
                        practised_recently: has_practised(progress, days.before),
                    })
                })
                .flatten(),
            weeks: days
                .earlier_weeks()
                .map(|day| {
                    on(view, day, |progress| {
                        Trend::until(day, view.yardstick).on(progress, 0, day)
                    })
                })
                .collect(),
        }
    }
}

/// Whether something was past its due date on an earlier day.
fn was_overdue(view: &BoardView<'_>, day: Date) -> bool {
    let (before, since) = view
        .events
        .split_at(view.events.partition_point(|event| event.day <= day));
    let speaks_back = since.iter().filter_map(|event| match event.fact {
        Fact::Voided { reference } | Fact::Confirmed { reference } => Some(reference),
        _ => None,
    });
    let mut of_before = speaks_back.filter(|id| before.iter().any(|event| event.id == *id));
    if of_before.next().is_some() {
        // What was finished by then hangs on what was taken back or confirmed since.
        let progress = view.lookup.fold(before, view.settings, day);
        return progress
            .modules
            .iter()
            .any(|module| module.overdue_days.is_some());
    }
    view.progress.was_overdue(day)
}

/// Looks at somebody on a day; `None` if they were not in the programme then.
fn on<T>(view: &BoardView<'_>, day: Date, look: impl FnOnce(&Progress<'_>) -> T) -> Option<T> {
    // What came later counts for nothing on that day, and the log is in the order of days.
    let until = view.events.partition_point(|event| event.day <= day);
    if until == 0 || !view.person.is_here(day) {
        return None;
    }
    let progress = view.lookup.fold(&view.events[..until], view.settings, day);
    belongs(&progress).then(|| look(&progress))
}

fn has_practised(progress: &Progress<'_>, day: Date) -> bool {
    let mut counted = progress
        .practices
        .iter()
        .filter(|record| record.why_not.is_none());
    counted.any(|record| (0..RECENT_DAYS).contains(&day.days_since(record.event.day)))
}

fn late(view: &BoardView<'_>) -> Vec<Late> {
    let modules = view.curriculum.modules.iter().enumerate();
    modules
        .filter_map(|(place, module)| {
            let record = view.progress.module(module.id.as_str())?;
            Some(Late {
                place,
                module: module.title.as_str().into(),
                days: record.overdue_days?,
                next: next_step(module, view),
            })
        })
        .collect()
}

/// The first step of a module that is open and waits for none before it.
fn next_step(module: &Module, view: &BoardView<'_>) -> Option<NextStep> {
    let is_open = |step: &&Step| !view.progress.is_settled(step.id.as_str());
    let mut open = module.live_steps().filter(is_open);
    let first = open.find(|step| view.progress.open_needs(step, view.curriculum).next().is_none())?;
    let title = crate::report::title_of(first, first.live_questions().count());
    let seconds = first.seconds(view.settings.plan.seconds_per_question);
    Some(NextStep {
        words: format!("{}: {title}", capitalised(&first.kind.shown())).into(),
        minutes: seconds.minutes().0,
    })
}

fn received(view: &BoardView<'_>, as_of: Date) -> usize {
    let until = view.events.partition_point(|event| event.day <= as_of);
    let events = &view.events[..until];
    let is_here = |event: &Event<'_>| {
        let curriculum = event.fact.curriculum();
        event.via.is_some() && curriculum.is_none_or(|id| *id == *view.curriculum.id.as_str())
    };
    let stands = |id: EventId| !events.iter().any(|event| event.takes_back() == Some(id));
    let received = events.iter().filter(|event| is_here(event));
    received.filter(|event| stands(event.id)).count()
}

fn quote(record: &PracticeRecord<'_>, curriculum: &Curriculum) -> Option<Quote> {
    let words = record
        .practised
        .evidence
        .as_deref()
        .filter(|words| !words.trim().is_empty())?;
    record.is_own_word().then(|| Quote {
        day: record.event.day,
        capability: first_capability(record, curriculum),
        words: words.into(),
        received: record.event.via.is_some(),
    })
}

impl BoardMember {
    /// Where they stand on the day of the report; not started where they are not in the programme.
    pub(super) fn band(&self) -> Band {
        self.row.as_ref().map_or(Band::NotStarted, |row| row.band)
    }
}
