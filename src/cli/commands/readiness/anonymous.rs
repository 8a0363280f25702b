//! `readiness --anonymous`: counts of groups that are large enough, and nobody's name.

use super::ReadinessArgs;
use crate::base::time::Date;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::team::{self, Choice};
use crate::model::curriculum::Curriculum;
use crate::model::workspace::Workspace;
use crate::report::{self, AnonymousAbout, PersonRow, Scope};

pub(super) fn run(
    args: &ReadinessArgs,
    context: &mut Context,
    workspace: &Workspace,
    curriculum: &Curriculum,
    only: Option<usize>,
    real_today: Date,
) -> Result<Outcome> {
    let scope = scope(args)?;
    let (tree, as_of) = (context.tree()?, context.now.today);
    // Whoever is asked for, everybody is looked at: what is told of some depends on what is told of the others.
    let rows = team::everybody(
        context,
        &tree,
        workspace,
        curriculum,
        &Choice::default(),
        as_of,
        |p, groups, progress, judged| {
            report::belongs(progress).then(|| report::data_row(p, groups, progress, judged))
        },
    )?;
    let rows: Vec<&PersonRow> = rows.iter().collect();
    let today = (real_today != as_of).then(|| {
        team::everybody(
            context,
            &tree,
            workspace,
            curriculum,
            &Choice::default(),
            real_today,
            |person, groups, progress, _| {
                report::belongs(progress).then(|| (person.unit.as_deref().map(Into::into), groups))
            },
        )
    });
    let rules = report::fingerprint(curriculum, &workspace.settings.readiness);
    let about = AnonymousAbout {
        curriculum,
        rules: &rules,
        min_group: usize::try_from(workspace.settings.privacy.min_group).unwrap_or(usize::MAX),
        only,
        scope,
        as_of,
        today: today.transpose()?,
    };
    let is_data = context.ui.report_format()?.is_data();
    let (report, why) = report::anonymous(&rows, &about, is_data);
    context.ui.report(report)?;
    if let Some(why) = why.filter(|_| is_data) {
        context.ui.notice(&format!("note: {why}"))?;
    }
    Ok(Outcome::Done)
}

/// The unit or group that is asked for. What would single people out is refused, and said why.
pub(super) fn scope(args: &ReadinessArgs) -> Result<Option<Scope>> {
    let by_standing = [
        ("--module", args.module.is_some()),
        ("--band", args.band.is_some()),
        ("--overdue", args.overdue),
        ("--inactive", args.inactive.is_some()),
        ("--reached", args.reached),
        ("--not-reached", args.not_reached),
    ];
    if let Some((flag, _)) = by_standing.iter().find(|(_, is_given)| *is_given) {
        return Err(CliError::usage(format!(
            "--anonymous does not go with {flag}: of people chosen by where they stand, the number alone tells who"
        ))
        .hint("bands are counted without it: upwards readiness --anonymous"));
    }
    let others = [
        ("--since", args.since.is_some(), "a change is one person's"),
        ("--long", args.long, "its rows are people"),
        ("--sort", args.sort.is_some(), "its rows are people"),
        (
            "--fail-under",
            args.fail_under.is_some() || args.fail_under_reached.is_some(),
            "its answer tells of any group, however small",
        ),
    ];
    if let Some((flag, _, why)) = others.iter().find(|(_, is_given, _)| *is_given) {
        return Err(CliError::usage(format!(
            "--anonymous does not go with {flag}: {why}"
        )));
    }
    match (args.group.as_slice(), args.unit.as_slice()) {
        ([], []) => Ok(None),
        ([group], []) => Ok(Some(Scope::Group(group.as_str().into()))),
        ([], [unit]) => Ok(Some(Scope::Unit(unit.as_str().into()))),
        _ => Err(CliError::usage(
            "--anonymous takes one group or one unit: what several have in common may be one person",
        )
        .hint("all of them, one by one: upwards readiness --anonymous")),
    }
}
