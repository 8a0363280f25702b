use clap::Args;

use crate::base::id::EventId;
use crate::base::text::hanging;
use crate::base::texts::{t, t_n};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::history::{self, Line};
use crate::cli::person::Subject;
use crate::cli::record::{Act, Entries, Kept, Recorder};
use crate::cli::wrap_up;
use crate::journal::Thought;
use crate::model::event::Fact;
use crate::model::person::Role;
use crate::packet::LEADERS_ONLY;
use crate::progress::count;
use crate::store::{self, Buffers};

/// Take back the last thing you recorded, or one by its id; itself undone the same way
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards undo\n  upwards undo --dry-run\n  upwards undo 3b9f1c52-8d0e-4a67-9c11-5e2f7a90d001    (ids: upwards history)"
)]
pub(crate) struct UndoArgs {
    /// The event's id
    event: Option<String>,
}

pub(crate) fn run(args: &UndoArgs, context: &mut Context) -> Result<Outcome> {
    let subject = Subject::acting(context)?;
    let mut recorder = Recorder::new(context, &subject.workspace.settings)?;
    if context.global.demo
        && let Some(device) = subject.device(context)?
    {
        recorder.act_on(device);
    }
    let mut lines = history::lines(&subject, context, subject.is_self())?;
    lines.extend(history::notes(&subject, context)?);
    history::sort(&mut lines);
    let acts = match &args.event {
        Some(typed) => vec![named(typed, &lines, &subject)?],
        None => last(&recorder, &lines, &subject)?,
    };
    let shown: Vec<&Line> = acts
        .iter()
        .filter_map(|a| lines.iter().find(|l| l.id == a.id))
        .collect();
    for line in &shown {
        show(context, line, &undone_words(line, &lines))?;
    }
    let others: Vec<&Act> = acts
        .iter()
        .filter(|a| !lines.iter().any(|l| l.id == a.id))
        .collect();
    show_others(context, &others)?;
    if let Some(line) = shown
        .iter()
        .find(|line| comes_too_early(line, &recorder, context))
    {
        return Err(CliError::could_not(format!(
            "{} took that back today: it can be brought back there, or here from tomorrow on",
            line.device
        ))
        .hint("of two corrections of one day the one of the later device name counts"));
    }
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let before = wrap_up::standing(context, &subject)?;
    recorder.begin();
    take_back(&mut recorder, &subject, &acts, context)?;
    wrap_up::publish(context, &subject, &mut recorder)?;
    wrap_up::milestones(context, &subject, &mut recorder)?;
    context
        .ui
        .line(if shown.iter().any(|l| brings_back(l, &lines).0) {
            t!("undo.back", "Brought back. To take it back again: upwards undo")
        } else {
            t!("undo.taken", "Taken back. To bring it back: upwards undo")
        })?;
    let after = wrap_up::standing(context, &subject)?;
    wrap_up::changes(context, &subject, &before, &after)?;
    Ok(Outcome::Done)
}

/// Whether taking this line back here would do nothing: a correction of a correction counts only behind it, and lines of
/// one day stand in the order of their devices (`readiness.md` §1.3).
fn comes_too_early(line: &Line, recorder: &Recorder, context: &Context) -> bool {
    line.takes_back.is_some()
        && line.kept != Kept::Private
        && (line.day, line.device.as_str()) > (context.now.today, recorder.device().as_str())
}

fn named(typed: &str, lines: &[Line], subject: &Subject) -> Result<Act> {
    let id: EventId = typed.parse().map_err(|_| {
        CliError::usage(format!("\"{typed}\" is no event's id")).hint("ids stand in: upwards history")
    })?;
    let line = lines.iter().find(|l| l.id == id).ok_or_else(|| {
        CliError::could_not(format!(
            "there is no event {id} in {}'s log here",
            subject.person.name
        ))
        .hint("ids stand in: upwards history")
    })?;
    if line.taken_back {
        return Err(CliError::could_not("that event was taken back already")
            .hint("bring it back: undo the \"took back\" line of history"));
    }
    let me = subject.workspace.person(subject.by.as_str());
    let is_others = line.by != subject.by.as_str() && LEADERS_ONLY.contains(&line.kind.as_str());
    if is_others && !me.is_some_and(|me| me.is(Role::Leader)) {
        return Err(CliError::could_not(format!(
            "\"{}\" by {} is taken back by leaders only",
            line.kind,
            subject.workspace.name_of(&line.by)
        ))
        .hint("a pair is ended by either side: upwards mentors unpair"));
    }
    Ok(Act {
        person: subject.person.id.to_string(),
        id,
        kept: line.kept,
        by: subject.by.to_string(),
    })
}

/// What this device recorded last, as one; where that is not known any more, the newest of this person's lines.
fn last(recorder: &Recorder, lines: &[Line], subject: &Subject) -> Result<Vec<Act>> {
    /// Kinds that follow from others and are never the thing itself.
    const DERIVED: [&str; 2] = ["recalled", "spent"];
    let acts: Vec<Act> = recorder
        .last_acts()
        .into_iter()
        .filter(|a| {
            let line = lines.iter().find(|l| l.id == a.id);
            // One's own acts, and with `--as` those recorded for that person.
            let for_them = a.by == subject.by.as_str() && a.person == subject.person.id.as_str();
            (for_them || a.by == subject.person.id.as_str())
                && line.is_none_or(|l| !l.taken_back && !DERIVED.contains(&l.kind.as_str()))
                && (a.kept == Kept::Shared || line.is_some())
        })
        .collect();
    if !acts.is_empty() {
        return Ok(acts);
    }
    let mine = |l: &&Line| {
        l.device == recorder.device().as_str()
            && l.by == subject.by.as_str()
            && !l.taken_back
            && !DERIVED.contains(&l.kind.as_str())
    };
    let newest = lines.iter().rfind(mine);
    let newest = newest.ok_or_else(|| {
        CliError::could_not("nothing recorded on this computer is left to take back")
            .hint("one by its id: upwards undo ID (ids: upwards history)")
    })?;
    let together = lines.iter().filter(mine).filter(|l| {
        l.id == newest.id || (newest.step.is_some() && l.step == newest.step && l.day == newest.day)
    });
    Ok(together
        .map(|l| Act {
            person: subject.person.id.to_string(),
            id: l.id,
            kept: l.kept,
            by: subject.by.to_string(),
        })
        .collect())
}

/// What is taken back in other people's logs: an assignment to several.
fn show_others(context: &mut Context, acts: &[&Act]) -> Result<()> {
    /// More are counted, not shown.
    const MOST: usize = 8;
    for act in acts.iter().take(MOST) {
        let other = Subject::named(context, &act.person)?;
        let lines = history::lines(&other, context, false)?;
        if let Some(line) = lines.iter().find(|l| l.id == act.id) {
            let words = format!("{} ({})", undone_words(line, &lines), other.person.name);
            show(context, line, &words)?;
        }
    }
    if acts.len() > MOST {
        let more = acts.len() - MOST;
        context
            .ui
            .line(t_n!("undo.more", more, "  and {n} more", "  and {n} more"))?;
    }
    Ok(())
}

fn show(context: &Context, line: &Line, words: &str) -> Result<()> {
    let lines = hanging(&format!("  {}  ", line.day), words, context.ui.prose_width());
    context.ui.lines(lines)
}

fn undone_words(line: &Line, lines: &[Line]) -> String {
    let (back, first) = brings_back(line, lines);
    if back {
        t!("undo.brings_back", "brings back: {what}", what = first.words)
    } else {
        t!("undo.takes_back", "takes back: {what}", what = first.words)
    }
}

/// Whether taking this line back brings something back, and what was recorded first: a `voided` may itself be voided.
fn brings_back<'a>(line: &'a Line, lines: &'a [Line]) -> (bool, &'a Line) {
    let (mut back, mut first) = (false, line);
    // A line only takes back one before it, so this ends; the bound is for a log that was made by hand.
    for _ in 0..lines.len() {
        match first.takes_back.and_then(|id| lines.iter().find(|l| l.id == id)) {
            Some(earlier) => (back, first) = (!back, earlier),
            None => break,
        }
    }
    (back, first)
}

fn take_back(recorder: &mut Recorder, subject: &Subject, acts: &[Act], context: &Context) -> Result<()> {
    let of = |kept: Kept| acts.iter().filter(move |act| act.kept == kept);
    for act in of(Kept::Private) {
        recorder.keep(
            &act.person,
            subject.by.as_str(),
            &Thought::Voided { reference: act.id },
        )?;
    }
    let notes: Vec<EventId> = of(Kept::Team).map(|act| act.id).collect();
    let log = context.team_log(&subject.workspace, &subject.person.id)?;
    // They were said as the person: it is they who take them back.
    recorder.take_back_notes(log, subject.person.id.as_str(), &notes)?;
    let mut people: Vec<&str> = of(Kept::Shared).map(|act| act.person.as_str()).collect();
    people.dedup();
    let mut entries: Vec<Entries<'_>> = Vec::with_capacity(people.len());
    for person in people {
        let ids = of(Kept::Shared).filter(|act| act.person == person);
        entries.push(Entries {
            person,
            by: subject.by.as_str(),
            facts: undone(
                &ids.map(|act| act.id).collect::<Vec<_>>(),
                person,
                subject,
                recorder,
            )?,
            via: None,
        });
    }
    recorder.record(&entries)?;
    Ok(())
}

/// What takes these lines of a person's log back: a talk that was moved moves back to where it was before, as a talk that
/// is taken back would be called off; anything else is voided.
fn undone(
    ids: &[EventId],
    person: &str,
    subject: &Subject,
    recorder: &Recorder,
) -> Result<Vec<Fact<'static>>> {
    let mut buffers = Buffers::default();
    let log = store::read_person(&subject.tree, person, &mut buffers)?;
    let events = log.in_order();
    let counted = count(&events, subject.as_of);
    let talk = |at: usize| match &events[at].fact {
        Fact::Invited(invited) => Some(invited),
        _ => None,
    };
    let moved_back = |id: EventId| {
        let at = events.iter().position(|event| event.id == id)?;
        let meeting = &talk(at)?.meeting;
        // Behind a line of today of a later device nothing of ours would count.
        if (events[at].day, &*events[at].device) > (subject.as_of, recorder.device().as_str()) {
            return None;
        }
        let is_same = |at: &usize| talk(*at).is_some_and(|other| other.meeting == *meeting);
        if (at + 1..events.len()).any(|later| is_same(&later)) {
            return None;
        }
        let before = (0..at).rev().find(|at| is_same(at) && counted.counts(*at))?;
        Some(Fact::Invited(Box::new(talk(before)?.to_owned_text())))
    };
    Ok(ids
        .iter()
        .map(|id| moved_back(*id).unwrap_or(Fact::Voided { reference: *id }))
        .collect())
}
