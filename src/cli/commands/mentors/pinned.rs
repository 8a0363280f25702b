//! Pairs that a leader has decided on, around which the others are matched.

use std::path::Path;

use clap::Args;

use crate::base::diag::{Diagnostic, Place};
use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Result};
use crate::disk;
use crate::files::{self, WrittenPair};
use crate::model::workspace::Workspace;
use crate::pairing::{Match, Mentor, NoFit, Proposal, Seeker, fit};

#[derive(Debug, Default, Args)]
pub(super) struct MatchArgs {
    /// A pair you have decided on; the others are matched around it. As ana=jo, once for each
    #[arg(long, value_name = "PERSON=MENTOR")]
    pair: Vec<String>,
    /// Nobody but those of --pair
    #[arg(long, requires = "pair")]
    only: bool,
    /// At most so many pairs for each mentor, whatever their seats
    #[arg(long, value_name = "N")]
    pub(super) max_load: Option<u32>,
    /// Print the proposal as TOML to edit, and write nothing
    #[arg(long)]
    pub(super) toml: bool,
    /// Exactly the pairs of such a file; - for stdin
    #[arg(long, value_name = "FILE", conflicts_with_all = ["pair", "only", "toml"])]
    from: Option<String>,
}

impl MatchArgs {
    /// Whether nobody is matched but who was decided on.
    pub(super) fn is_only(&self) -> bool {
        self.only || self.from.is_some()
    }
}

/// A proposal as the file that `--from` takes.
pub(super) fn toml(proposal: &Proposal<'_>, workspace: &Workspace) -> String {
    let head = [
        "Change, add or remove pairs, then:".to_owned(),
        "  upwards mentors match --from pairs.toml".to_owned(),
    ];
    let pairs = proposal
        .pairs
        .iter()
        .map(|pair| [pair.seeker, pair.mentor].map(|id| (id, workspace.name_of(id))));
    files::pairs_text(&head, pairs)
}

/// The pairs that were decided on; who is in them seeks no more, and their seats are taken.
pub(super) fn pinned<'a>(
    args: &MatchArgs,
    seekers: &mut Vec<Seeker<'a>>,
    mentors: &mut [Mentor<'a>],
    desk: &Desk,
    context: &Context,
) -> Result<Vec<Match<'a>>> {
    let mut decided = Decided {
        pairs: Vec::new(),
        seekers,
        mentors,
        desk,
        context,
    };
    if let Some(file) = &args.from {
        decided.of_file(file)?;
    }
    for typed in &args.pair {
        let Some((person, mentor)) = typed.split_once('=') else {
            return Err(CliError::usage(format!("--pair {typed}: with whom?")).hint("as --pair ana=jo"));
        };
        decided
            .add(person.trim(), mentor.trim())
            .map_err(|error| at(&format!("--pair {typed}"), error))?;
    }
    Ok(decided.pairs)
}

/// An error with the flag or the place it is about.
fn at(place: &str, mut error: CliError) -> CliError {
    error.message = format!("{place}: {}", error.message);
    error
}

/// Pairs as they are decided on, one after the other.
struct Decided<'d, 'a> {
    pairs: Vec<Match<'a>>,
    seekers: &'d mut Vec<Seeker<'a>>,
    mentors: &'d mut [Mentor<'a>],
    desk: &'d Desk,
    context: &'d Context,
}

impl Decided<'_, '_> {
    /// All pairs of a file; what keeps any of them from being is told of all of them.
    fn of_file(&mut self, file: &str) -> Result<()> {
        let name = if file == "-" { "standard input" } else { file };
        let pairs = written(file, name, self.context)?;
        if pairs.is_empty() {
            return Err(CliError::could_not(format!("{name} has no pair"))
                .hint("one to start from: upwards mentors match --toml"));
        }
        let refused = pairs.iter().filter_map(|pair| {
            let refused = self.add(&pair.executive, &pair.mentor).err()?;
            Some(at(&shown(&pair.place), refused))
        });
        all_of(refused.collect()).map_or(Ok(()), Err)
    }

    /// One pair more, by the ids of the two.
    fn add(&mut self, person: &str, mentor: &str) -> Result<()> {
        let person = self.context.person(&self.desk.workspace, person)?;
        let mentor = self.context.person(&self.desk.workspace, mentor)?;
        if self.pairs.iter().any(|pair| pair.seeker == person.id.as_str()) {
            return Err(
                CliError::could_not(format!("{} is in two of these pairs", person.name))
                    .hint("everybody has one mentor"),
            );
        }
        let is_seeker = |one: &Seeker<'_>| one.id == person.id.as_str();
        let Some(place) = self.seekers.iter().position(is_seeker) else {
            return Err(CliError::could_not(format!(
                "{} seeks no mentor: they have one, are ready in everything, or learn nothing here",
                person.name
            ))
            .hint(format!("their pairs: upwards mentors show {}", person.id)));
        };
        let Some(found) = self.mentors.iter_mut().find(|one| one.id == mentor.id.as_str()) else {
            return Err(
                CliError::could_not(format!("{} is no mentor here", mentor.name)).hint(format!(
                    "make them one: upwards people edit {} --set roles=mentor",
                    mentor.id
                )),
            );
        };
        let fit = fit(&self.seekers[place], found).map_err(|why| not_so(why, mentor.id.as_str()))?;
        if found.free == 0 {
            return Err(
                CliError::could_not(format!("{} has no seat free", mentor.name)).hint(format!(
                    "one more: upwards people edit {} --set seats=N",
                    mentor.id
                )),
            );
        }
        found.free -= 1;
        self.pairs.push(Match {
            seeker: self.seekers.remove(place).id,
            mentor: found.id,
            fit,
            next_best: None,
        });
        Ok(())
    }
}

/// The pairs that a file holds.
fn written(file: &str, name: &str, context: &Context) -> Result<Vec<WrittenPair>> {
    let bytes = if file == "-" {
        context.stdin(files::MAX_BYTES)?
    } else {
        disk::read_limited(Path::new(file), files::MAX_BYTES)?
    };
    let bytes = bytes.ok_or_else(|| CliError::could_not(format!("{name} is larger than 4 MiB")))?;
    files::read_pairs(name, &bytes).map_err(|faults| {
        let told = |fault: &Diagnostic| {
            let error = CliError::could_not(format!("{}: {}", shown(&fault.place), fault.message));
            match fault.help.as_ref().or(fault.label.as_ref()) {
                Some(hint) => error.hint(hint.clone()),
                None => error,
            }
        };
        let faults: Vec<CliError> = faults.iter().map(told).collect();
        all_of(faults).unwrap_or_else(|| CliError::could_not(format!("{name} could not be read")))
    })
}

/// The first of several errors, with others below it, as many as a screen takes; what to do about one stands right behind it.
fn all_of(errors: Vec<CliError>) -> Option<CliError> {
    const SHOWN: usize = 20;
    let more = errors.len().saturating_sub(SHOWN);
    let mut errors = errors.into_iter().take(SHOWN);
    let mut first = errors.next()?;
    for other in errors {
        first.hints.push(other.message);
        first.hints.extend(other.hints);
    }
    if more > 0 {
        first.hints.push(format!("and {more} more"));
    }
    Some(first.hint("nothing was written"))
}

fn shown(place: &Place) -> String {
    if place.line == 0 {
        return place.file.clone();
    }
    format!("{}:{}", place.file, place.line)
}

fn not_so(why: NoFit, mentor: &str) -> CliError {
    match why {
        NoFit::Same => CliError::usage("these are one person").hint("name two"),
        // Which of it is nobody's business but that of who noted it.
        NoFit::NotPossible => CliError::could_not("not possible"),
        NoFit::NoLanguage => CliError::could_not("the two share no language")
            .hint("upwards people edit ID --set languages=en,de"),
        NoFit::Nothing => CliError::could_not("the mentor brings nothing of what is missing").hint(format!(
            "by your word: upwards people edit {mentor} --set mentors_stated=serve=ready"
        )),
    }
}
