mod xapi;

use std::cell::RefCell;
use std::collections::BTreeSet;

use clap::{Args, Subcommand};

use crate::base::id::PersonId;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::base::words::plural;
use crate::cli::calendar::entry;
use crate::cli::context::{Context, curriculum_of, day_of_flag};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::reasons::reasons;
use crate::cli::team::{self, Choice, Standing};
use crate::disk::Tree;
use crate::files::{self, WantCurricula};
use crate::interop::{CalendarEntry, calendar};
use crate::model::curriculum::Curriculum;
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::progress::{Pair, Progress, count};
use crate::readiness::Assessment;
use crate::render::Format;
use crate::report::{self, CalendarRow};
use crate::store::{self, Buffers};
use crate::table::Value;

/// Write readiness, progress, people, meetings, pairs, measures or events as data, dates for calendars, statements for record stores
///
/// Columns are documented, versioned and only grow: upwards export WHAT --help, docs/columns.md. CSV unless -f or the
/// file's ending says otherwise; events are JSON Lines, ics is a calendar file, xapi is JSON.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards export readiness -o readiness.csv\n  upwards export readiness --long -f json\n  upwards export progress --group board -o progress.csv --excel\n  upwards export measures --since 2026-01-01 -o measures.csv\n  upwards export events -o events.jsonl\n  upwards export ics --group board -o board.ics\n  upwards export ics --withdrawn -o withdraw.ics\n  upwards export xapi -o statements.json"
)]
pub(crate) struct ExportArgs {
    #[command(subcommand)]
    what: ExportCommand,
    /// Only this group
    #[arg(long, value_name = "GROUP", global = true)]
    group: Vec<String>,
    /// Only this unit
    #[arg(long, value_name = "UNIT", global = true)]
    unit: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum ExportCommand {
    /// A row for each person; --long: for each person and capability
    #[command(after_long_help = columns(&["readiness", "readiness --long"]))]
    Readiness {
        /// A row for each person and capability
        #[arg(long)]
        long: bool,
    },
    /// A row for each person and step that was assigned, started or recorded
    #[command(after_long_help = columns(&["progress"]))]
    Progress,
    /// A row for each person, as people import reads it
    #[command(after_long_help = columns(&["people"]))]
    People,
    /// A row for each person and talk, held or planned; who leads nobody gets their own
    #[command(after_long_help = columns(&["meetings"]))]
    Meetings(SinceArgs),
    /// A row for each pair of an executive and a mentor, ended ones too; who leads nobody gets their own
    #[command(after_long_help = columns(&["mentors"]))]
    Mentors,
    /// A row for each baseline, with its second figure
    #[command(after_long_help = columns(&["measures"]))]
    Measures(SinceArgs),
    /// A row for each event of the shared logs, flat
    #[command(after_long_help = columns(&["events"]))]
    Events(SinceArgs),
    /// Due dates, second figures and planned talks, as calendars read them
    ///
    /// Leaders get everybody's, others their own, mentors with the talks they mentor. An entry keeps its name: when a date is extended or a talk moved, a newer
    /// file changes it in the calendar, and what was taken back is said to be cancelled.
    #[command(after_long_help = columns(&["ics"]))]
    Ics(IcsArgs),
    Xapi(xapi::XapiArgs),
}

#[derive(Debug, Clone, Args)]
struct IcsArgs {
    #[command(flatten)]
    since: SinceArgs,
    /// Only this person; as often as needed
    #[arg(long, value_name = "PERSON")]
    person: Vec<String>,
    /// Only what was taken back, as a file that removes it
    #[arg(long)]
    withdrawn: bool,
}

#[derive(Debug, Clone, Args)]
struct SinceArgs {
    /// Only what is of that day or later
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
}

impl SinceArgs {
    fn day(&self) -> Result<Option<Date>> {
        day_of_flag("--since", self.since.as_deref())
    }
}

fn columns(of: &[&str]) -> String {
    let help = of.iter().filter_map(|one| report::Documented::of(one));
    help.map(report::Documented::help).collect::<Vec<_>>().join("\n")
}

pub(crate) fn run(args: &ExportArgs, context: &mut Context) -> Result<Outcome> {
    let no_ending = context.ui.out_file.as_deref().is_none_or(|file| file == "-");
    if context.ui.format.is_none() && no_ending && !is_own_form(&args.what) {
        context.ui.format = Some(match args.what {
            ExportCommand::Events(_) => Format::Jsonl,
            _ => Format::Csv,
        });
    }
    let choice = Choice {
        groups: args.group.clone(),
        units: args.unit.clone(),
        ..Choice::default()
    };
    match &args.what {
        ExportCommand::People => people(&choice, context),
        ExportCommand::Events(since) => events(&choice, since.day()?, context),
        ExportCommand::Ics(args) => ics(args, &choice, context),
        ExportCommand::Xapi(args) => xapi::run(args, &choice, context),
        what => of_a_curriculum(what, &choice, context),
    }
}

/// Whether what is exported is no table, unless something asks for one.
fn is_own_form(what: &ExportCommand) -> bool {
    matches!(what, ExportCommand::Ics(_) | ExportCommand::Xapi(_))
}

/// Everybody as data, in the columns that `people import` reads back.
pub(crate) fn people(choice: &Choice, context: &mut Context) -> Result<Outcome> {
    let workspace = context.workspace(WantCurricula::None)?;
    choice.check(&workspace)?;
    let chosen = workspace
        .people
        .iter()
        .filter(|person| choice.fits(person, &team::groups_of(&workspace, person)));
    context
        .ui
        .report(report::people_data(chosen, context.now.today))?;
    Ok(Outcome::Done)
}

/// Whose data are asked for, in one curriculum.
struct Asked<'a> {
    tree: &'a Tree,
    workspace: &'a Workspace,
    curriculum: &'a Curriculum,
    choice: &'a Choice,
    as_of: Date,
}

impl Asked<'_> {
    /// The rows of everybody who is chosen.
    fn rows(
        &self,
        context: &Context,
        of: impl Fn(&Person, &[Box<str>], &Progress<'_>, &Assessment) -> Vec<Vec<Value>> + Sync,
    ) -> Result<Vec<Vec<Value>>> {
        let of = |person: &Person, groups: Vec<Box<str>>, progress: &Progress<'_>, judged: &Assessment| {
            Some(of(person, &groups, progress, judged))
        };
        Ok(self.each(context, of)?.into_iter().flatten().collect())
    }

    fn each<T: Send>(
        &self,
        context: &Context,
        of: impl Fn(&Person, Vec<Box<str>>, &Progress<'_>, &Assessment) -> Option<T> + Sync,
    ) -> Result<Vec<T>> {
        let Self {
            tree,
            workspace,
            curriculum,
            choice,
            as_of,
        } = self;
        team::everybody(context, tree, workspace, curriculum, choice, *as_of, of)
    }
}

/// What is about one curriculum.
fn of_a_curriculum(what: &ExportCommand, choice: &Choice, context: &mut Context) -> Result<Outcome> {
    let (mut workspace, id) = context.workspace_with_curriculum()?;
    let (tree, as_of) = (context.tree()?, context.now.today);
    let language = &workspace.settings.language;
    if matches!(what, ExportCommand::Progress) {
        for curriculum in &mut workspace.curricula {
            context.sound(files::fill_case_steps(&tree, curriculum, language))?;
        }
    }
    let curriculum = curriculum_of(&workspace, id.as_str())?;
    let rules = report::fingerprint(curriculum, &workspace.settings.readiness);
    choice.check(&workspace)?;
    let asked = Asked {
        tree: &tree,
        workspace: &workspace,
        curriculum,
        choice,
        as_of,
    };
    let report = match what {
        ExportCommand::Readiness { long: true } => {
            let rows = asked.rows(context, |p, g, progress, judged| {
                if !report::belongs(progress) {
                    return Vec::new();
                }
                report::long_rows(p, g, curriculum, &rules, progress, judged)
            })?;
            report::readiness_long(rows, &rules, as_of)
        }
        ExportCommand::Readiness { long: false } => {
            let rows = asked.each(context, |p, g, progress, judged| {
                report::belongs(progress).then(|| report::data_row(p, g, progress, judged))
            })?;
            let report = report::readiness_wide(curriculum, None, &rules, as_of);
            context.ui.report_items(report, &rows, |row| {
                report::wide_row(row, curriculum, None, &rules, as_of)
            })?;
            return Ok(Outcome::Done);
        }
        ExportCommand::Meetings(since) => {
            let since = since.day()?;
            let reader = Reader::of(&workspace, context)?;
            let choice = &reader.choice(choice, &workspace, &tree);
            let rows = Asked { choice, ..asked }.rows(context, |p, g, progress, _| {
                let look = report::MeetingLook {
                    since,
                    of_mentor: (!reader.sees_all_of(p)).then_some(reader.me.as_str()),
                    with_promises: reader.reads_promises_of(p),
                };
                report::meeting_rows(p, g, curriculum, look, progress)
            })?;
            report::meetings_report(rows, as_of)
        }
        ExportCommand::Mentors => {
            let reader = Reader::of(&workspace, context)?;
            let choice = &reader.choice(choice, &workspace, &tree);
            let rows = Asked { choice, ..asked }.rows(context, |p, g, progress, _| {
                let is_meant = |pair: &Pair<'_>| reader.sees_all_of(p) || pair.mentor == reader.me.as_str();
                report::pair_rows(p, g, &workspace, curriculum, progress, is_meant)
            })?;
            report::pairs_report(rows, as_of)
        }
        ExportCommand::Measures(since) => {
            let since = since.day()?;
            let after = workspace.settings.practice.second_measure_days;
            let rows = asked.rows(context, |p, g, progress, _| {
                report::measure_rows(p, g, curriculum, after, since, progress)
            })?;
            report::measures_report(rows, as_of)
        }
        ExportCommand::Progress
        | ExportCommand::People
        | ExportCommand::Events(_)
        | ExportCommand::Ics(_)
        | ExportCommand::Xapi(_) => {
            let facts = report::StepFacts {
                cases: team::case_heads(curriculum),
                seconds_per_question: workspace.settings.plan.seconds_per_question,
                reasons: reasons(&tree, context.now.today)?,
            };
            let rows = asked.rows(context, |p, g, progress, _| {
                if !report::belongs(progress) {
                    return Vec::new();
                }
                report::step_rows(p, g, curriculum, &facts, progress)
            })?;
            report::steps_report(rows, as_of)
        }
    };
    context.ui.report(report)?;
    Ok(Outcome::Done)
}

/// Who gets pairs and talks as data: leaders all of them, others those they are in.
struct Reader {
    me: PersonId,
    leads: bool,
    /// Who sits here, if that is known.
    sits_here: Option<PersonId>,
}

impl Reader {
    fn of(workspace: &Workspace, context: &Context) -> Result<Self> {
        let (me, leads) = context.reader(workspace)?;
        Ok(Self {
            leads,
            sits_here: context.known_me(workspace)?,
            me,
        })
    }

    /// Those whose logs are opened.
    fn choice(&self, choice: &Choice, workspace: &Workspace, tree: &Tree) -> Choice {
        Choice {
            among: (!self.leads).then(|| team::where_own_talks_are(tree, workspace, &self.me)),
            ..choice.clone()
        }
    }

    fn sees_all_of(&self, person: &Person) -> bool {
        self.leads || person.id == self.me
    }

    /// What somebody said they would do is for them and for leaders, as in `history`.
    fn reads_promises_of(&self, person: &Person) -> bool {
        self.leads || *self.sits_here.as_ref().unwrap_or(&self.me) == person.id
    }
}

/// What stands in the calendars of those who are chosen, in every curriculum in use.
fn ics(args: &IcsArgs, choice: &Choice, context: &mut Context) -> Result<Outcome> {
    let mut workspace = context.workspace(WantCurricula::InUse)?;
    let (me, leads) = context.reader(&workspace)?;
    choice.check(&workspace)?;
    let wanted = wanted(&args.person, &workspace, &me, leads, context)?;
    let (tree, as_of, since) = (context.tree()?, context.now.today, args.since.day()?);
    let language = &workspace.settings.language;
    for curriculum in &mut workspace.curricula {
        context.sound(files::fill_case_steps(&tree, curriculum, language))?;
    }
    let only = match context.global.curriculum {
        Some(_) => Some(context.curriculum_id(&workspace.settings)?),
        None => None,
    };
    let curricula: Vec<&Curriculum> = workspace
        .curricula
        .iter()
        .filter(|curriculum| only.as_ref().is_none_or(|only| curriculum.id == *only))
        .collect();
    // Who left has entries in the calendars of others.
    let everybody = Choice {
        since: Some(Date::from_days(i64::MIN)),
        among: (!leads).then(|| team::where_own_talks_are(&tree, &workspace, &me)),
        ..choice.clone()
    };
    let found = team::everybody_in(
        context,
        &tree,
        &workspace,
        &curricula,
        &everybody,
        as_of,
        |person, _, standings| {
            let entries = || entries_of(person, &workspace, standings, person.id == me, as_of);
            match &wanted {
                Some(wanted) if !wanted.contains(&person.id) => {
                    // A mentor's talks stand in the logs of those who learn.
                    let mut rows = entries().0;
                    rows.retain(|row| is_talk_of_mentor(row, wanted, &workspace));
                    (!rows.is_empty()).then(|| (rows, Vec::new()))
                }
                _ => Some(entries()),
            }
        },
    )?;
    let (rows, gaps): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let mut rows = report::merged(rows.into_iter().flatten().collect());
    rows.retain(|row| since.is_none_or(|since| row.at.day() >= since) && (row.withdrawn || !args.withdrawn));
    for gap in gaps.into_iter().flatten().collect::<BTreeSet<_>>() {
        context.ui.notice(&gap)?;
    }
    let file = context.ui.out_file.as_deref();
    if context.ui.format.is_some() || file.is_some_and(|file| Format::of_file(file).is_some()) {
        context.ui.report(report::calendar_report(&rows, as_of))?;
        return Ok(Outcome::Done);
    }
    calendar_file(rows, context)
}

/// A calendar of these entries, or that there are none.
fn calendar_file(rows: Vec<CalendarRow>, context: &mut Context) -> Result<Outcome> {
    let file = context.ui.out_file.clone().filter(|file| *file != "-");
    if rows.is_empty() {
        // A calendar without an entry is none: RFC 5545 asks for one at least.
        context.ui.notice(&match &file {
            Some(file) => t!(
                "dates.nothing.file",
                "Nothing for a calendar: {file} was not written.",
                file = file
            ),
            None => t!("dates.nothing", "Nothing for a calendar."),
        })?;
        return Ok(Outcome::Done);
    }
    let count = rows.len();
    let entries: Vec<CalendarEntry> = rows.into_iter().map(entry).collect();
    context.ui.bytes(calendar(&entries).as_bytes())?;
    if let Some(file) = file {
        let entries = plural(count, "entry");
        context.ui.notice(&format!("wrote {file}: {entries}"))?;
    }
    Ok(Outcome::Done)
}

/// What stands in somebody's calendar, and what cannot; of who left by that day what is taken back with them.
fn entries_of(
    person: &Person,
    workspace: &Workspace,
    standings: &[Standing<'_>],
    own: bool,
    as_of: Date,
) -> (Vec<CalendarRow>, Vec<String>) {
    let left = person.left.filter(|left| *left <= as_of);
    let (mut rows, mut gaps) = (Vec::new(), Vec::new());
    for one in standings {
        let some = report::calendar_rows(person, workspace, one.curriculum, one.events, &one.progress, own);
        if let Some(left) = left {
            rows.extend(report::of_leaver(some, left));
        } else {
            rows.extend(some);
            gaps.extend(report::calendar_gaps(
                person,
                workspace,
                one.curriculum,
                &one.progress,
            ));
        }
    }
    (rows, gaps)
}

/// Whether somebody of these mentors in a talk.
fn is_talk_of_mentor(row: &CalendarRow, wanted: &[PersonId], workspace: &Workspace) -> bool {
    let mentors = |id: &String| {
        let is_wanted = wanted.iter().any(|wanted| *wanted.as_str() == **id);
        is_wanted && workspace.person(id).is_some_and(|person| person.is(Role::Mentor))
    };
    row.what == "talk" && row.people.iter().any(mentors)
}

/// Whose calendar: those named, else everybody's for leaders and one's own for others.
fn wanted(
    typed: &[String],
    workspace: &Workspace,
    me: &PersonId,
    leads: bool,
    context: &Context,
) -> Result<Option<Vec<PersonId>>> {
    let mut people = Vec::new();
    for typed in typed {
        let person = context.person_to_read(workspace, typed)?;
        if !(leads || person.id == *me) || workspace.erased.contains(&person.id) {
            return Err(CliError::could_not(format!(
                "only leaders get the calendar of {}",
                person.name
            )));
        }
        people.push(person.id.clone());
    }
    Ok(match (people.is_empty(), leads) {
        (false, _) => Some(people),
        (true, true) => None,
        (true, false) => Some(vec![me.clone()]),
    })
}

/// The union of the shared logs, person by person: of everybody whose log is here, those of another role, who left, and who
/// is in people.toml no more, too.
fn events(choice: &Choice, since: Option<Date>, context: &mut Context) -> Result<Outcome> {
    let workspace = context.workspace(WantCurricula::None)?;
    let me = context.actor(&workspace, Some(Role::Leader))?;
    choice.check(&workspace)?;
    let (tree, as_of) = (context.tree()?, context.now.today);
    let mut findings = Vec::new();
    let people: Vec<String> = store::people(&tree, &mut findings)?
        .into_iter()
        .filter(|id| is_chosen(id, &workspace, me.as_str(), choice))
        .collect();
    let failed = RefCell::new(None);
    let found = RefCell::new(findings);
    let rows = people.iter().flat_map(|id| {
        let mut buffers = Buffers::default();
        match store::read_person(&tree, id, &mut buffers) {
            Ok(log) => {
                found.borrow_mut().extend(log.findings.iter().cloned());
                let events = log.in_order();
                let counted = count(&events, as_of);
                let wanted = events
                    .iter()
                    .enumerate()
                    .filter(|(_, event)| since.is_none_or(|since| event.day >= since));
                wanted
                    .map(|(at, event)| report::event_row(event, counted.reason(at)))
                    .collect()
            }
            Err(error) => {
                failed.borrow_mut().get_or_insert(error);
                Vec::new()
            }
        }
    });
    context.ui.report_rows(report::events_report(as_of), rows)?;
    context.mention(&found.into_inner())?;
    match failed.into_inner() {
        Some(error) => Err(error.into()),
        None => Ok(Outcome::Done),
    }
}

fn is_chosen(id: &str, workspace: &Workspace, me: &str, choice: &Choice) -> bool {
    let leads = workspace.person(me).is_some_and(|me| me.is(Role::Leader));
    if workspace.erased.contains(id) || !(leads || id == me) {
        return false;
    }
    match workspace.person(id) {
        Some(person) => choice.fits(person, &team::groups_of(workspace, person)),
        None => choice.groups.is_empty() && choice.units.is_empty(),
    }
}
