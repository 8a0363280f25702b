//! `curricula diff --impact`: the model run twice on what this computer can read.

use crate::base::texts::t;
use crate::change::{self, Sides, State, Stirs};
use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::cli::person::Subject;
use crate::cli::plan::own_memories;
use crate::cli::team::{self, Choice};
use crate::files::WantCurricula;
use crate::model::curriculum::Curriculum;
use crate::model::person::Role;
use crate::model::settings::Settings;
use crate::readiness::{Ladder, Own, Yardstick, assess};
use crate::report::{self, ImpactAbout, ImpactRow};

pub(super) fn run(old: &State, new: &State, context: &mut Context) -> Result<()> {
    let (old, new) = (&old.curriculum, &new.curriculum);
    let stirs = change::stirs(old, new);
    let workspace = context.workspace(WantCurricula::None)?;
    let me = context.me(&workspace, Some(Role::Leader))?;
    let me = me.and_then(|me| workspace.person(me.as_str()));
    let is_own = me.is_some_and(|me| !me.is(Role::Leader));
    let rows = if is_own {
        context.ui.only_for_own_eyes();
        own_row(old, new, &stirs, context)?.into_iter().collect()
    } else {
        let tree = context.tree()?;
        let today = context.now.today;
        let settings = &workspace.settings;
        team::everybody_in(
            context,
            &tree,
            &workspace,
            &[old, new],
            &Choice::default(),
            today,
            |person, _, standings| {
                let [before, after] = standings else { return None };
                if !report::belongs(&before.progress) && !report::belongs(&after.progress) {
                    return None;
                }
                let who = (person.id.as_str(), person.name.as_str());
                Some(row_of(who, (&side(before), &side(after)), &stirs, settings))
            },
        )?
    };
    let about = ImpactAbout {
        curriculum: new,
        stirs: &stirs,
        as_of: context.now.today,
        is_own,
        seconds_per_question: workspace.settings.plan.seconds_per_question,
    };
    let ui = &context.ui;
    if ui.wants_data()? {
        return ui.report(report::impact_data(&rows, &about));
    }
    ui.line("")?;
    for line in report::impact_lines(&rows, &about) {
        ui.prose(&line, 0)?;
    }
    if is_own {
        ui.prose(
            &t!(
                "impact.own",
                "This is about you alone, with what only this computer knows."
            ),
            0,
        )?;
    }
    Ok(())
}

fn side<'s, 'a>(one: &'s team::Standing<'a>) -> Sides<'s, 'a> {
    Sides {
        curriculum: one.curriculum,
        yardstick: one.yardstick,
        progress: &one.progress,
        assessment: &one.assessment,
        own: None,
    }
}

fn row_of(
    (id, name): (&str, &str),
    (before, after): (&Sides<'_, '_>, &Sides<'_, '_>),
    stirs: &Stirs,
    settings: &Settings,
) -> ImpactRow {
    ImpactRow {
        id: id.to_owned(),
        name: name.to_owned(),
        turns: change::turns(before, after, stirs, &Ladder::of(&settings.readiness)),
        work: change::work(before, after, settings.plan.seconds_per_question),
    }
}

/// The person who asks, with their own eyes.
fn own_row(
    old: &Curriculum,
    new: &Curriculum,
    stirs: &Stirs,
    context: &mut Context,
) -> Result<Option<ImpactRow>> {
    let subject = Subject::acting(context)?;
    let settings = &subject.workspace.settings;
    let memories = own_memories(&subject, context, &[old, new])?;
    let own = |at: usize| {
        let (device, memories) = memories.as_ref()?;
        let memory = memories.get(at)?;
        Some(Own { device, memory })
    };
    let (own_before, own_after) = (own(0), own(1));
    let (yard_before, yard_after) = (Yardstick::of(old, settings), Yardstick::of(new, settings));
    subject.view(context, old, |before| {
        subject.view(context, new, |after| {
            if !report::belongs(before.progress) && !report::belongs(after.progress) {
                return Ok(None);
            }
            let judged = assess(old, settings, before.progress, own_before.as_ref(), subject.as_of);
            let judged_after = assess(new, settings, after.progress, own_after.as_ref(), subject.as_of);
            let before = Sides {
                curriculum: old,
                yardstick: &yard_before,
                progress: before.progress,
                assessment: &judged,
                own: own_before.as_ref(),
            };
            let after = Sides {
                curriculum: new,
                yardstick: &yard_after,
                progress: after.progress,
                assessment: &judged_after,
                own: own_after.as_ref(),
            };
            let who = (subject.person.id.as_str(), subject.person.name.as_str());
            Ok(Some(row_of(who, (&before, &after), stirs, settings)))
        })
    })
}
