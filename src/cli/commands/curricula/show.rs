//! `curricula show`: what is in a curriculum.

use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::files;
use crate::report;

pub(super) fn run(typed: Option<&str>, context: &mut Context) -> Result<Outcome> {
    let id = context.curriculum_meant(typed)?;
    let (tree, settings) = (context.tree()?, context.settings()?);
    let mut curriculum = context.sound(files::load_curriculum(&tree, &id))?;
    let titles = files::fill_case_steps(&tree, &mut curriculum, &settings.language);
    context.sound(titles)?;
    let seconds = settings.plan.seconds_per_question;
    if context.ui.wants_data()? {
        let report = report::curriculum_steps(&curriculum, seconds, context.now.today);
        context.ui.report(report)?;
        return Ok(Outcome::Done);
    }
    for line in report::curriculum_lines(&curriculum, &settings.readiness, seconds) {
        context.ui.line(line)?;
    }
    Ok(Outcome::Done)
}
