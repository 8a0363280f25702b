//! The bare command: where you are, and the best use of the next minutes.

use super::agenda::agenda;
use super::learn::{self, LearnArgs};
use crate::base::id::EventId;
use crate::base::text::{hanging, width, wrap};
use crate::base::texts::{t, t_n};
use crate::cli::ask::Answers;
use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::plan;
use crate::cli::reasons;
use crate::cli::team;
use crate::files::WantCurricula;
use crate::model::person::Role;
use crate::model::workspace::Workspace;
use crate::pairing::PairFacts;
use crate::progress::Progress;
use crate::render::hint_lines;
use crate::report::{self, HomeView, PlanAbout, ScreenPart, Weight};
use crate::session::{Answer, Choice, Kind, Question, Reply};
use crate::table::Hint;

pub(crate) fn run(context: &mut Context) -> Result<Outcome> {
    if !context.global.demo && !context.has_workspace() && context.global.workspace.is_empty() {
        return no_workspace(context);
    }
    let workspace = context.workspace(WantCurricula::None)?;
    let me = match context.me(&workspace, None)? {
        Some(me) => me,
        None if context.can_prompt() => match ask_who(context, &workspace)? {
            Some(me) => me,
            None => return Ok(Outcome::Done),
        },
        None => return who_are_you(context, &workspace),
    };
    let person = workspace.person(me.as_str()).cloned();
    let is = |role| person.as_ref().is_some_and(|p| p.is(role));
    if context.ui.wants_data()? && is(Role::Executive) {
        return data(context);
    }
    let mut shown = false;
    let mut begins = false;
    if is(Role::Executive) {
        begins = executive(context)?;
        shown = true;
    }
    if is(Role::Leader) {
        if shown {
            context.ui.line("")?;
        }
        leader(context, &workspace, me.as_str())?;
        shown = true;
    }
    if !shown {
        mentor(context, &workspace, me.as_str())?;
    } else if is(Role::Mentor) {
        context.ui.line("")?;
        mentors(context, &workspace)?;
    }
    if begins && goes_on(context)? {
        return learn::run(&LearnArgs::default(), context);
    }
    Ok(Outcome::Done)
}

fn no_workspace(context: &Context) -> Result<Outcome> {
    let lines = [
        t!(
            "home.none",
            "upwards: no workspace here (looked for upwards.toml up from this folder)."
        ),
        String::new(),
        t!(
            "home.none.what",
            "A workspace is a plain folder with people, curricula and progress."
        ),
    ];
    context.ui.lines(lines)?;
    let hints = [
        Hint::new(
            "upwards readiness --demo",
            t!("home.none.demo", "look at an example, nothing is kept"),
        ),
        Hint::new(
            "upwards init halden",
            t!("home.none.init", "make one (3 questions)"),
        ),
    ];
    context
        .ui
        .lines(hint_lines(&hints, context.ui.options.screen.width))?;
    Ok(Outcome::Done)
}

/// Asked once: who sits at this computer. `None` = not said.
fn ask_who(context: &Context, workspace: &Workspace) -> Result<Option<crate::base::id::PersonId>> {
    let here: Vec<_> = workspace
        .people
        .iter()
        .filter(|p| p.is_here(context.now.today) && !p.external)
        .collect();
    let question = Question {
        id: "me".to_owned(),
        text: t!("home.who", "Who are you?"),
        hint: None,
        kind: Kind::One(
            here.iter()
                .map(|p| Choice::new(p.id.to_string(), p.name.clone()))
                .collect(),
        ),
        seen_by: None,
        flag: "--as PERSON, or upwards config set me PERSON".to_owned(),
        can_skip: true,
        keys: Vec::new(),
    };
    let Reply::Answer(Answer::One(at)) = context.asker(Answers::default()).ask(&question)? else {
        return Ok(None);
    };
    let Some(person) = here.get(at) else {
        return Ok(None);
    };
    context
        .config()?
        .set_me(workspace.settings.id.as_str(), person.id.as_str())?;
    context.ui.line("")?;
    Ok(Some(person.id.clone()))
}

fn who_are_you(context: &Context, workspace: &Workspace) -> Result<Outcome> {
    context.ui.line(t!(
        "home.nobody",
        "{workspace}: nobody has said yet who you are on this computer.",
        workspace = workspace.settings.name
    ))?;
    let hints = [
        Hint::new("upwards config set me ID", t!("home.nobody.set", "say it once")),
        Hint::new(
            "upwards people list",
            t!("home.nobody.list", "who is here, with ids"),
        ),
    ];
    hinted(context, &hints)?;
    Ok(Outcome::Done)
}

/// Whether there is something to begin with.
fn executive(context: &mut Context) -> Result<bool> {
    let is_new = first_words(context)?;
    let subject = Subject::acting(context)?;
    let mut parts = if is_new {
        Vec::new()
    } else {
        standing(context, &subject)?
    };
    let (begins, next) = next_minutes(context, &subject)?;
    parts.push(ScreenPart::always(next));
    let goes_on = begins && may_go_on(context)?;
    // Nobody who has just begun needs more than the first step, which Enter starts.
    if !(is_new && goes_on) {
        parts.push(last_part(context, &subject, is_new, begins));
    }
    // The question below takes three lines, the blank one before it included.
    let rows = report::SCREEN_LINES - if goes_on { 3 } else { 0 };
    let columns = context.ui.options.screen.width;
    context.ui.lines(report::first_screen(&parts, rows, columns))?;
    Ok(begins)
}

/// Whether there is something to begin with, and what to do next.
fn next_minutes(context: &Context, subject: &Subject) -> Result<(bool, Vec<String>)> {
    let minutes = plan::minutes(None, context)?;
    plan::with_plan(subject, context, minutes, |plan, subjects| {
        if plan.is_empty() {
            return Ok((false, vec![String::new(), report::empty_sentence(plan, minutes)]));
        }
        let heading = t_n!(
            "home.next",
            minutes.0,
            "Your next {n} minute",
            "Your next {n} minutes"
        );
        let mut lines = vec![String::new(), heading];
        lines.extend(report::plan_lines(plan, subjects));
        if let Some(outcome) = report::outcome_sentence(plan, subjects) {
            lines.extend(hanging("  ", &outcome, context.ui.prose_width()));
        }
        Ok((true, lines))
    })
}

/// Who reads what, and what may be typed; in short the first of these, and where the rest is said.
fn last_part(context: &Context, subject: &Subject, is_new: bool, begins: bool) -> ScreenPart {
    let mut hints = vec![
        Hint::new("upwards learn", t!("home.hint.learn", "start with step 1")),
        Hint::new(
            "upwards learn --minutes 5",
            t!("home.hint.shorter", "something shorter"),
        ),
        Hint::new(
            "upwards progress",
            t!("home.hint.progress", "what your bands rest on"),
        ),
    ];
    if !begins {
        hints.drain(..2);
    }
    let readers = subject.readers();
    let tells = !is_new && readers.are_named();
    let mut lines = Vec::new();
    if tells {
        lines.push(String::new());
        lines.extend(wrap(
            &t!(
                "home.privacy",
                "{who} can see your aim, bands, points, days and evidence; never your answers, notes or minutes. All of it: upwards privacy",
                who = readers.who_first()
            ),
            context.ui.prose_width(),
        ));
    }
    lines.extend(hint_block(context, &hints));
    hints.truncate(1);
    if tells {
        let why = t!("home.hint.privacy", "who can see what of you");
        hints.push(Hint::new("upwards privacy", why));
    }
    ScreenPart {
        weight: Weight::Hints,
        lines,
        short: hint_block(context, &hints),
    }
}

/// Where somebody is in everything that concerns them.
fn standing(context: &Context, subject: &Subject) -> Result<Vec<ScreenPart>> {
    let columns = context.ui.options.screen.width;
    let own = context.own_tree(&subject.workspace.settings);
    let today = context.now.today;
    let said = [
        reasons::wishes(&own, today)?,
        reasons::wishes(&subject.tree, today)?,
    ];
    let me = subject.person.id.as_str();
    let has_said = |pair: EventId| {
        let mut answers = said.iter().filter_map(|said| said.answers.get(&pair));
        answers.any(|all| all.contains_key(me))
    };
    let mut parts = vec![ScreenPart::always(vec![title_line(
        context,
        &subject.person.name,
        &subject.workspace,
    )])];
    subject.views(context, |views| {
        let concerns = |view: &&crate::cli::person::View<'_>| report::belongs(view.progress);
        let none_yet = !views.iter().any(|view| concerns(&view));
        for view in views.iter().filter(|view| none_yet || concerns(view)) {
            let view = HomeView {
                curriculum: view.curriculum,
                progress: view.progress,
                assessment: view.assessment,
            };
            parts.push(ScreenPart::always(vec![String::new()]));
            parts.extend(report::home_parts(&view, &subject.workspace, columns));
            parts.extend(how_is_it(has_said, &subject.workspace, view.progress));
        }
        Ok(())
    })?;
    Ok(parts)
}

/// Asked from the first talk of a pair on, until it is said: how it goes. Only leaders read the answer.
fn how_is_it(
    has_said: impl Fn(EventId) -> bool,
    workspace: &Workspace,
    progress: &Progress<'_>,
) -> Vec<ScreenPart> {
    let pairs = progress.running_pairs().map(|pair| PairFacts::of(pair, progress));
    let open = pairs.filter(|pair| pair.talks > 0 && !has_said(pair.id));
    open.map(|pair| report::fit_part(workspace.name_of(&pair.mentor)))
        .collect()
}

/// Before the first ten minutes: the one question everything starts with, and two sentences on who reads what. Whether
/// they were said.
fn first_words(context: &mut Context) -> Result<bool> {
    let subject = Subject::acting(context)?;
    let mut is_new = false;
    if let Some(curriculum) = subject.workspace.curricula.first() {
        subject.view(context, curriculum, |view| {
            is_new = view.progress.last_active_on.is_none();
            Ok(())
        })?;
    }
    if !is_new || !context.can_prompt() || context.global.demo || !subject.is_self() {
        return Ok(false);
    }
    learn::ask_first_aim(context, &subject)?;
    let readers = subject.readers();
    context.ui.prose(
        &t!(
            "home.privacy.once",
            "Two sentences, once: your answers, notes and minutes stay on this computer. Your aim, bands, days and the line on a practice can be read, {way}, by {who}. All of it: upwards privacy",
            who = readers.who(),
            way = readers.way()
        ),
        0,
    )?;
    context.ui.line("")?;
    Ok(true)
}

/// Whether a question may follow the home screen.
fn may_go_on(context: &Context) -> Result<bool> {
    let can = context.can_prompt() && context.ui.stdout_is_terminal && !context.global.demo;
    Ok(can && context.config()?.flag("home", "prompt") != Some(false))
}

/// `Enter = start, q = leave`; only where somebody can be asked and has not said that they do not want to be.
fn goes_on(context: &Context) -> Result<bool> {
    if !may_go_on(context)? {
        return Ok(false);
    }
    let question = Question {
        id: "home.start".to_owned(),
        text: t!("home.start", "Enter = start, q = leave"),
        hint: None,
        kind: Kind::Enter,
        seen_by: None,
        flag: "upwards learn".to_owned(),
        can_skip: true,
        keys: Vec::new(),
    };
    context.ui.line("")?;
    // Leaving the home screen is no stop.
    Ok(context.asker(Answers::default()).ask(&question)? == Reply::Skip)
}

fn data(context: &mut Context) -> Result<Outcome> {
    let subject = Subject::acting(context)?;
    let minutes = plan::minutes(None, context)?;
    subject.views(context, |views| {
        let views: Vec<HomeView<'_>> = views
            .iter()
            .map(|view| HomeView {
                curriculum: view.curriculum,
                progress: view.progress,
                assessment: view.assessment,
            })
            .collect();
        plan::with_plan(&subject, context, minutes, |plan, subjects| {
            let about = PlanAbout {
                name: &subject.person.name,
                minutes,
                today: subject.as_of,
                with_reasons: false,
            };
            context
                .ui
                .report(report::home_data(&views, plan, subjects, &about))
        })
    })?;
    Ok(Outcome::Done)
}

fn leader(context: &mut Context, workspace: &Workspace, me: &str) -> Result<()> {
    title(context, workspace.name_of(me), workspace)?;
    context.ui.line("")?;
    let mut things = 0;
    if workspace.settings.curricula.is_empty() {
        context.ui.line(t!(
            "home.no_curriculum",
            "No curriculum is in use yet: name one in upwards.toml, curricula = [\"efficiency\"]."
        ))?;
    } else {
        for sentence in team::sentences(context)? {
            context.ui.prose(&sentence, 0)?;
        }
        things = agenda_in_short(context)?;
    }
    let mut hints = Vec::new();
    if things > 0 {
        hints.push(Hint::new(
            "upwards agenda",
            t!("home.hint.agenda", "all of it, each with its command"),
        ));
    }
    hints.extend([
        Hint::new(
            "upwards readiness",
            t!("home.hint.readiness", "who is ready, what limits the others"),
        ),
        Hint::new("upwards people list", t!("home.hint.people", "who takes part")),
        Hint::new(
            "upwards assign MODULE --to WHO",
            t!("home.hint.assign", "the next module"),
        ),
    ]);
    hinted(context, &hints)
}

/// How many things need the leader, and the first of them.
fn agenda_in_short(context: &mut Context) -> Result<usize> {
    let workspace = context.workspace(WantCurricula::InUse)?;
    let (items, _) = agenda(context, &workspace, &team::Choice::default(), 0)?;
    if let Some(first) = items.first() {
        context.ui.prose(
            &t_n!(
                "home.agenda",
                items.len(),
                "This week: {n} thing. {who}: {what}",
                "This week: {n} things. First {who}: {what}",
                who = first.who,
                what = first.reasons.join("; ")
            ),
            0,
        )?;
    }
    Ok(items.len())
}

/// Whom somebody mentors; whether there is anybody.
fn mentors(context: &mut Context, workspace: &Workspace) -> Result<bool> {
    if workspace.settings.curricula.is_empty() {
        return Ok(false);
    }
    let desk = Desk::of_anybody(None, context)?;
    let mut pairs = desk.own_pairs(context)?;
    pairs.retain(|pair| !pair.is_mentor);
    if pairs.is_empty() {
        return Ok(false);
    }
    context.ui.line(t!("home.mentors", "You mentor"))?;
    let today = context.now.today;
    for line in report::pair_lines(&pairs, &desk.workspace, desk.curriculum()?, today) {
        context.ui.lines(hanging("  ", &line, context.ui.prose_width()))?;
    }
    let Some(first) = pairs.iter().find(|one| one.pair.is_running) else {
        return Ok(true);
    };
    let with = &first.other;
    let hints = [
        Hint::new(
            format!("upwards mentors guide {with}"),
            t!("home.hint.guide", "what you have in hand for the next talk"),
        ),
        Hint::new(
            format!("upwards mentors invite {with} --at WHEN"),
            t!("mentors.hint.next", "the next talk, with a calendar file"),
        ),
        Hint::new(
            format!("upwards mentors log --with {with} --minutes N"),
            t!("mentors.hint.log", "a talk that was held"),
        ),
    ];
    hinted(context, &hints)?;
    Ok(true)
}

fn mentor(context: &mut Context, workspace: &Workspace, me: &str) -> Result<()> {
    title(context, workspace.name_of(me), workspace)?;
    context.ui.line("")?;
    if mentors(context, workspace)? {
        return Ok(());
    }
    context.ui.prose(
        &t!(
            "home.mentor",
            "You take part as a mentor: the cases are what the others read, and each talk of theirs has an agenda."
        ),
        0,
    )?;
    let hints = [
        Hint::new("upwards cases list", t!("home.hint.cases", "read the cases")),
        Hint::new("upwards help", t!("home.hint.help", "all commands")),
    ];
    hinted(context, &hints)
}

fn title(context: &Context, name: &str, workspace: &Workspace) -> Result<()> {
    context.ui.line(title_line(context, name, workspace))
}

fn title_line(context: &Context, name: &str, workspace: &Workspace) -> String {
    let left = format!("{name}, {}", workspace.settings.name);
    let date = context.now.today.with_weekday();
    let columns = context.ui.options.screen.width.min(78);
    let gap = columns.saturating_sub(width(&left) + width(&date)).max(2);
    format!("{left}{}{date}", " ".repeat(gap))
}

fn hinted(context: &Context, hints: &[Hint]) -> Result<()> {
    context.ui.lines(hint_block(context, hints))
}

/// A blank line and commands; nothing where that is not wanted.
fn hint_block(context: &Context, hints: &[Hint]) -> Vec<String> {
    if context.ui.quiet > 0 {
        return Vec::new();
    }
    let mut lines = vec![String::new()];
    lines.extend(hint_lines(hints, context.ui.options.screen.width));
    lines
}
