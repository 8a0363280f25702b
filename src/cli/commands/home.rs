//! The bare command: where you are, and the best use of the next minutes.

use crate::base::text::{pad, width};
use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::plan_order;
use crate::files::WantCurricula;
use crate::model::person::Role;
use crate::model::workspace::Workspace;
use crate::render::hint_lines;
use crate::table::Hint;

pub(crate) fn run(context: &mut Context) -> Result<Outcome> {
    if !context.global.demo && !context.has_workspace() && context.global.workspace.is_none() {
        return no_workspace(context);
    }
    let workspace = context.workspace(WantCurricula::None)?;
    let Some(me) = context.me(&workspace, None)? else {
        return who_are_you(context, &workspace);
    };
    let person = workspace.person(me.as_str()).cloned();
    let mut shown = false;
    if person.as_ref().is_some_and(|p| p.is(Role::Executive)) {
        executive(context)?;
        shown = true;
    }
    if person.as_ref().is_some_and(|p| p.is(Role::Leader)) {
        if shown {
            context.ui.line("")?;
        }
        leader(context, &workspace, me.as_str())?;
        shown = true;
    }
    if !shown {
        context.ui.line(format!(
            "{}, {}",
            workspace.name_of(me.as_str()),
            workspace.settings.name
        ))?;
        hints(
            context,
            &[
                Hint::new("upwards cases list", "read the cases"),
                Hint::new("upwards help", "all commands"),
            ],
        )?;
    }
    Ok(Outcome::Done)
}

fn no_workspace(context: &Context) -> Result<Outcome> {
    context.ui.lines([
        "upwards: no workspace here (looked for upwards.toml up from this folder).",
        "",
        "A workspace is a plain folder with people, curricula and progress.",
        "  upwards readiness --demo     look at an example, nothing is kept",
        "  upwards init halden          make one (3 questions)",
    ])?;
    Ok(Outcome::Done)
}

fn who_are_you(context: &Context, workspace: &Workspace) -> Result<Outcome> {
    context.ui.line(format!(
        "{}: nobody has said yet who you are on this computer.",
        workspace.settings.name
    ))?;
    context.ui.line("")?;
    let hint = Hint::new("upwards config set me ID", "say it once");
    hints(
        context,
        &[hint, Hint::new("upwards people list", "who is here, with ids")],
    )?;
    Ok(Outcome::Done)
}

fn executive(context: &mut Context) -> Result<()> {
    let subject = Subject::acting(context)?;
    title(context, &subject.person.name, &subject.workspace)?;
    for curriculum in &subject.workspace.curricula {
        subject.view(context, curriculum, |view| {
            let overall = &view.assessment.overall;
            context.ui.line("")?;
            context.ui.line(format!(
                "{}: reached {} of {}, current {}",
                curriculum.title, overall.reached, overall.of, overall.ready
            ))?;
            if let Some(aim) = view.progress.aim {
                context.ui.line(format!("Aim: \"{}\"", aim.text))?;
            }
            for assessed in &view.assessment.capabilities {
                let name = curriculum
                    .capability(assessed.capability.as_str())
                    .map_or("", |c| &c.name);
                let beside = match (&assessed.limited_by, assessed.ready_until) {
                    (Some(limit), _) => format!("limited by: {}", limit.item.code()),
                    (None, Some(until)) => format!("current until {}", until.short(subject.as_of)),
                    (None, None) => String::new(),
                };
                let reached = assessed
                    .reached_on
                    .map(|d| format!(", reached {}", d.short(subject.as_of)))
                    .unwrap_or_default();
                context.ui.line(format!(
                    "  {} {} {} {beside}{reached}",
                    pad(assessed.letter_with_reached(), 3),
                    pad(name, 8),
                    pad(assessed.band.word(), 13)
                ))?;
            }
            for module in view
                .progress
                .modules
                .iter()
                .filter(|m| m.assigned.is_some() && m.finished_on.is_none())
            {
                let title = module.module.map_or(module.id, |m| &m.title);
                let due = match (module.due, module.overdue_days) {
                    (_, Some(days)) => format!(
                        ", overdue {}",
                        crate::base::words::plural(usize::try_from(days).unwrap_or(0), "day")
                    ),
                    (Some(due), None) => format!(", due {}", due.weekday_short()),
                    (None, None) => String::new(),
                };
                context.ui.line(format!("Assigned: {title}{due}"))?;
            }
            let waiting = view.progress.waiting().count();
            if waiting > 0 {
                context.ui.line(format!(
                    "{} for your word: upwards confirm",
                    crate::base::words::plural(waiting, "practice")
                ))?;
            }
            Ok(())
        })?;
    }
    let minutes = plan_order::minutes(None, context)?;
    let offer = plan_order::offer(&subject, context, minutes, None)?;
    if !offer.steps.is_empty() {
        context.ui.line("")?;
        context.ui.line(format!("Your next {minutes} minutes"))?;
        for (at, step) in offer.steps.iter().enumerate() {
            context.ui.line(format!(
                "  {}  {} {} {:>3} min   {}",
                at + 1,
                pad(step.kind, 9),
                pad(&step.title, 38),
                step.seconds.minutes().0,
                step.capabilities
            ))?;
        }
    }
    let readers = subject.readers();
    if !readers.is_empty() {
        let who = crate::base::words::and_list(&readers);
        context.ui.line("")?;
        context.ui.prose(&format!("{who} can see your aim, bands, points, dates and evidence; never your answers, notes or minutes."), 0)?;
    }
    hints(
        context,
        &[
            Hint::new("upwards learn", "start with step 1"),
            Hint::new("upwards progress", "what your bands rest on"),
        ],
    )
}

fn leader(context: &Context, workspace: &Workspace, me: &str) -> Result<()> {
    title(context, workspace.name_of(me), workspace)?;
    if workspace.settings.curricula.is_empty() {
        context.ui.line("")?;
        context
            .ui
            .line("No curriculum is in use yet: name one in upwards.toml, curricula = [\"efficiency\"].")?;
    }
    hints(
        context,
        &[
            Hint::new("upwards readiness", "who is ready, what limits the others"),
            Hint::new("upwards people list", "who takes part"),
            Hint::new("upwards assign MODULE --to WHO", "the next module"),
        ],
    )
}

fn title(context: &Context, name: &str, workspace: &Workspace) -> Result<()> {
    let left = format!("{name}, {}", workspace.settings.name);
    let date = context.now.today.with_weekday();
    let columns = context.ui.options.screen.width.min(78);
    let gap = columns.saturating_sub(width(&left) + date.len()).max(2);
    context.ui.line(format!("{left}{}{date}", " ".repeat(gap)))
}

fn hints(context: &Context, hints: &[Hint]) -> Result<()> {
    if context.ui.quiet > 0 {
        return Ok(());
    }
    context.ui.line("")?;
    context
        .ui
        .lines(hint_lines(hints, context.ui.options.screen.width))
}
