//! Finding a case: by words, by who asks, and what there is none of.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use super::facets::{self, FacetArgs};
use crate::base::id::{CapabilityId, Slug};
use crate::base::texts::t;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::library::Library;
use crate::cli::person::Subject;
use crate::files::WantCurricula;
use crate::library::{self, Axis, Peer, Query};
use crate::model::person::Role;
use crate::report;
use crate::table::Hint;

#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// What it should be about; a slip of the keyboard does no harm
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    facets: FacetArgs,
    /// Show so many at most
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    top: u32,
}

#[derive(Debug, Args)]
pub(super) struct NearArgs {
    /// For whom [default: you]
    person: Option<String>,
    #[command(flatten)]
    facets: FacetArgs,
    /// Show so many at most
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    top: u32,
}

#[derive(Debug, Args)]
pub(super) struct GapsArgs {
    /// How the library is taken apart beside the capabilities
    #[arg(long, value_name = "WHAT", default_value = "function")]
    by: AxisArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum AxisArg {
    /// What cases are about
    Function,
    /// Where they happened
    Sector,
    /// The function and sector of each of your people
    People,
}

pub(super) fn search(args: &SearchArgs, context: &mut Context) -> Result<Outcome> {
    let typed = args.words.join(" ");
    let settings = context.settings()?;
    let query = Query::new(&typed, &settings.language)
        .ok_or_else(|| CliError::usage(format!("there is no word in \"{typed}\"")))?;
    let facets = args.facets.read(context.now.today)?;
    let library = Library::open(context, &settings)?;
    let top = usize::try_from(args.top).unwrap_or(usize::MAX);
    let (cases, among) = library.likely(context, &query, &facets, top)?;
    let found = library::search(&query, &cases, &among);
    if context.ui.wants_data()? {
        context
            .ui
            .report(report::found_cases(&found, context.now.today))?;
        return Ok(Outcome::Done);
    }
    if found.is_empty() {
        facets::say_nothing_fits(context, &facets, library.len())?;
        context.ui.prose(
            &t!(
                "cases.none_found",
                "No case of {n} holds \"{words}\".",
                n = library.len(),
                words = typed
            ),
            0,
        )?;
        let all = Hint::new("upwards cases list", t!("hint.all_cases", "all cases"));
        context.ui.hints(&[all])?;
        return Ok(Outcome::Done);
    }
    context
        .ui
        .lines(report::found_lines(&found, &cases, top, context.ui.prose_width()))?;
    let first = found[0].case.name(&cases);
    context.ui.hints(&[Hint::new(
        format!("upwards cases show {first}"),
        t!("hint.read_case", "the first of them in full"),
    )])?;
    Ok(Outcome::Done)
}

pub(super) fn near(args: &NearArgs, context: &mut Context) -> Result<Outcome> {
    let subject = match &args.person {
        Some(typed) => Subject::named(context, typed)?,
        None => Subject::acting(context)?,
    };
    let peer = peer_of(&subject, context)?;
    let settings = subject.workspace.settings.clone();
    let facets = args.facets.read(context.now.today)?;
    let library = Library::open(context, &settings)?;
    let mut cases = library.all(context)?;
    cases.retain(|one| facets.fit(&one.case));
    if cases.is_empty() {
        facets::say_nothing_fits(context, &facets, library.len())?;
    }
    let found = library::near(&peer, &cases);
    if context.ui.wants_data()? {
        let near = report::near_cases(&found, subject.person.id.as_str(), context.now.today);
        context.ui.report(near)?;
        return Ok(Outcome::Done);
    }
    let top = usize::try_from(args.top).unwrap_or(usize::MAX);
    let lines = report::near_lines(
        &found,
        &peer,
        &subject.person.name,
        &cases,
        top,
        context.ui.prose_width(),
    );
    context.ui.lines(lines)?;
    let hint = match found.first() {
        Some(first) => Hint::new(
            format!("upwards cases show {}", first.case.name(&cases)),
            t!("hint.read_case", "the first of them in full"),
        ),
        None => Hint::new("upwards cases list", t!("hint.all_cases", "all cases")),
    };
    context.ui.hints(&[hint])?;
    Ok(Outcome::Done)
}

/// What is known of somebody: their entry, their newest aim, and where they work.
fn peer_of(subject: &Subject, context: &Context) -> Result<Peer> {
    let person = &subject.person;
    let organisation = subject.workspace.settings.organisation.as_ref();
    let mut functions: Vec<Slug> = person.function.iter().cloned().collect();
    let mut capability: Option<CapabilityId> = None;
    subject.views(context, |views| {
        for aim in views.iter().filter_map(|view| view.progress.aim.as_ref()) {
            functions.extend(aim.function.and_then(|f| f.parse().ok()));
            capability = capability.take().or_else(|| aim.capability?.parse().ok());
        }
        Ok(())
    })?;
    let functions: BTreeSet<Slug> = functions.into_iter().collect();
    Ok(Peer {
        challenges: person.challenges.clone(),
        functions: functions.into_iter().collect(),
        capability,
        sector: organisation.and_then(|o| o.sector.clone()),
        size: organisation.and_then(|o| o.size),
        country: organisation.and_then(|o| o.country.clone()),
    })
}

pub(super) fn gaps(args: &GapsArgs, context: &mut Context) -> Result<Outcome> {
    let settings = context.settings()?;
    let curriculum = context.curriculum_id(&settings)?;
    let workspace = context.workspace(WantCurricula::These(vec![curriculum.clone()]))?;
    let curriculum = crate::cli::context::curriculum_of(&workspace, curriculum.as_str())?;
    let capabilities: Vec<CapabilityId> = curriculum.capabilities.iter().map(|c| c.id.clone()).collect();
    let library = Library::open(context, &settings)?;
    let mut cases = library.all(context)?;
    // Capabilities are those of one curriculum; another's of the same name are another thing.
    cases.retain(|one| one.curriculum == curriculum.id);
    let today = context.now.today;
    let sector = settings.organisation.as_ref().and_then(|o| o.sector.as_ref());
    let people: Vec<library::Wanted<'_>> = workspace
        .people
        .iter()
        .filter(|p| p.is(Role::Executive) && !p.external && p.is_here(today))
        .map(|p| (p.function.as_ref(), sector))
        .collect();
    let axis = match args.by {
        AxisArg::Function => Axis::Function,
        AxisArg::Sector => Axis::Sector,
        AxisArg::People => Axis::Both,
    };
    let gaps = library::gaps(&cases, &capabilities, &people, axis, today);
    let known = people.iter().filter(|p| p.0.is_some()).count();
    let about = report::AboutGaps {
        cases: cases.len(),
        axis,
        people: people.len(),
        with_function: known,
        has_sector: sector.is_some(),
    };
    let data = context.ui.wants_data()?;
    context.ui.report(report::gap_table(&gaps, &about, data, today))?;
    Ok(Outcome::Done)
}
