//! Pairs that a leader has decided on, around which the others are matched.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Result};
use crate::pairing::{Match, Mentor, NoFit, Seeker, fit};

#[derive(Debug, Default, Args)]
pub(super) struct MatchArgs {
    /// A pair you have decided on; the others are matched around it. As ana=jo, once for each
    #[arg(long, value_name = "PERSON=MENTOR")]
    pair: Vec<String>,
    /// Nobody but those of --pair
    #[arg(long, requires = "pair")]
    pub(super) only: bool,
    /// At most so many pairs for each mentor, whatever their seats
    #[arg(long, value_name = "N")]
    pub(super) max_load: Option<u32>,
}

/// The pairs that were decided on; who is in them seeks no more, and their seats are taken.
pub(super) fn pinned<'a>(
    args: &MatchArgs,
    seekers: &mut Vec<Seeker<'a>>,
    mentors: &mut [Mentor<'a>],
    desk: &Desk,
    context: &Context,
) -> Result<Vec<Match<'a>>> {
    let mut pairs = Vec::with_capacity(args.pair.len());
    for typed in &args.pair {
        let Some((person, mentor)) = typed.split_once('=') else {
            return Err(CliError::usage(format!("--pair {typed}: with whom?")).hint("as --pair ana=jo"));
        };
        let person = context.person(&desk.workspace, person.trim())?;
        let mentor = context.person(&desk.workspace, mentor.trim())?;
        let Some(at) = seekers.iter().position(|one| one.id == person.id.as_str()) else {
            return Err(CliError::could_not(format!(
                "--pair {typed}: {} seeks no mentor: they have one, are ready in everything, or learn nothing here",
                person.name
            ))
            .hint(format!("their pairs: upwards mentors show {}", person.id)));
        };
        let Some(found) = mentors.iter_mut().find(|one| one.id == mentor.id.as_str()) else {
            return Err(
                CliError::could_not(format!("--pair {typed}: {} is no mentor here", mentor.name)).hint(
                    format!(
                        "make them one: upwards people edit {} --set roles=mentor",
                        mentor.id
                    ),
                ),
            );
        };
        let fit = fit(&seekers[at], found).map_err(|why| not_so(typed, why, mentor.id.as_str()))?;
        if found.free == 0 {
            return Err(
                CliError::could_not(format!("--pair {typed}: {} has no seat free", mentor.name)).hint(
                    format!("one more: upwards people edit {} --set seats=N", mentor.id),
                ),
            );
        }
        found.free -= 1;
        pairs.push(Match {
            seeker: seekers.remove(at).id,
            mentor: found.id,
            fit,
            next_best: None,
        });
    }
    Ok(pairs)
}

fn not_so(typed: &str, why: NoFit, mentor: &str) -> CliError {
    let told = |what: &str| CliError::could_not(format!("--pair {typed}: {what}"));
    match why {
        NoFit::Same => CliError::usage(format!("--pair {typed}: these are one person")).hint("name two"),
        // Which of it is nobody's business but that of who noted it.
        NoFit::NotPossible => told("not possible"),
        NoFit::NoLanguage => {
            told("the two share no language").hint("upwards people edit ID --set languages=en,de")
        }
        NoFit::Nothing => told("the mentor brings nothing of what is missing").hint(format!(
            "by your word: upwards people edit {mentor} --set mentors_stated=serve=ready"
        )),
    }
}
