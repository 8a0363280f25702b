//! `curricula export`: questions for other programs, so that nothing is locked in.

use clap::{Args, ValueEnum};

use crate::base::texts::{t, t_n};
use crate::base::words::plural;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::files;
use crate::interop::{self, ForeignQuestion};
use crate::model::curriculum::{Module, Question, StepKind};

use super::module_at::module_at;

#[derive(Debug, Args)]
#[command(
    after_help = "The ids go along: what comes back is known again. Capabilities, revisions and sources have no place in these formats,\nand retired questions stay here.\n\nEXAMPLES:\n  upwards curricula export efficiency --to gift -o efficiency.gift\n  upwards curricula export efficiency/answer-in-public --to moodle-xml -o public.xml"
)]
pub(super) struct ExportArgs {
    /// A curriculum, a module, or curriculum/module
    what: String,
    /// How they are written
    #[arg(long = "to", value_name = "FORMAT")]
    to: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Gift,
    MoodleXml,
}

pub(super) fn run(args: &ExportArgs, context: &mut Context) -> Result<Outcome> {
    let mut left = Left::default();
    let categories = categories(args, &mut left, context)?;
    let count: usize = categories.iter().map(|(_, questions)| questions.len()).sum();
    if count == 0 {
        return Err(
            CliError::could_not(format!("{} has no question that is asked", args.what))
                .hint("upwards curricula list says how many each has"),
        );
    }
    let text = match args.to {
        Format::Gift => interop::write_gift(&categories),
        Format::MoodleXml => interop::write_moodle_xml(&categories),
    };
    let hints = categories.iter().flat_map(|(_, questions)| questions);
    let hints = hints.filter(|question| question.hint.is_some()).count();
    left.hints = if args.to == Format::Gift { hints } else { 0 };
    left.tell(context)?;
    match context.ui.out_file.clone().filter(|file| file != "-") {
        None => context.ui.lines(text.lines())?,
        Some(file) if context.global.dry_run => {
            context.ui.may_write(&file, text.as_bytes())?;
            context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        }
        Some(file) => {
            context.ui.write_file(&file, text.as_bytes())?;
            context.ui.line(t_n!(
                "curricula.exported",
                count,
                "{file}: {n} question",
                "{file}: {n} questions",
                file = file
            ))?;
        }
    }
    Ok(Outcome::Done)
}

/// What stays here.
#[derive(Debug, Default)]
struct Left {
    retired: usize,
    sources: usize,
    hints: usize,
}

impl Left {
    fn tell(&self, context: &Context) -> Result<()> {
        let counts = [
            (self.retired, "retired question"),
            (self.sources, "question with sources"),
            (self.hints, "hint"),
        ];
        for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
            let told = match what {
                "question with sources" => format!("the sources of {}", plural(count, "question")),
                _ => plural(count, what),
            };
            context.ui.notice(&format!("note: left out: {told}"))?;
        }
        Ok(())
    }
}

/// Questions that are asked, by curriculum and module.
fn categories(
    args: &ExportArgs,
    left: &mut Left,
    context: &mut Context,
) -> Result<Vec<(String, Vec<ForeignQuestion>)>> {
    let tree = context.tree()?;
    let everything = files::load_everything(&tree);
    if let Some(home) = everything.curriculum(&args.what) {
        let listed = home.listed().map(|written| &written.value.module);
        return Ok(listed
            .map(|module| (format!("{}/{}", home.id, module.id), asked(module, left)))
            .filter(|(_, questions)| !questions.is_empty())
            .collect());
    }
    let place = module_at(&args.what, context)?;
    let module = &place.written.value.module;
    Ok(vec![(
        format!("{}/{}", place.curriculum, module.id),
        asked(module, left),
    )])
}

fn asked(module: &Module, left: &mut Left) -> Vec<ForeignQuestion> {
    let mut questions = Vec::new();
    for step in &module.steps {
        let StepKind::Quiz(all) = &step.kind else { continue };
        let (live, retired): (Vec<&Question>, Vec<&Question>) = all
            .iter()
            .partition(|question| !question.retired && !step.retired);
        left.retired += retired.len();
        left.sources += live
            .iter()
            .filter(|question| !question.sources.is_empty())
            .count();
        questions.extend(live.into_iter().map(ForeignQuestion::of));
    }
    questions
}
