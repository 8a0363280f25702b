mod xapi;

use std::cell::RefCell;
use std::collections::BTreeSet;

use clap::{Args, Subcommand};

use crate::base::diag::Diagnostic;
use crate::base::id::PersonId;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::base::words::plural;
use crate::cli::calendar::entry;
use crate::cli::context::{Context, curriculum_of, day_of_flag};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::reasons::reasons;
use crate::cli::several;
use crate::cli::team::{self, Choice, Standing};
use crate::disk::{DiskError, Tree};
use crate::files::{self, WantCurricula};
use crate::interop::{CalendarEntry, calendar};
use crate::model::curriculum::Curriculum;
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::progress::{Pair, Progress, count};
use crate::readiness::Assessment;
use crate::render::Format;
use crate::report::{self, CalendarRow, PersonRow};
use crate::store::{self, Buffers};
use crate::table::{Report, Value};

/// Write readiness, progress, people, meetings, pairs, measures or events as data, dates for calendars, statements for record stores
///
/// Columns are documented, versioned and only grow: upwards export WHAT --help, docs/columns.md. CSV unless -f or the
/// file's ending says otherwise; events are JSON Lines, ics is a calendar file, xapi is JSON.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards export readiness -o readiness.csv\n  upwards export readiness --long -f json\n  upwards export progress --group board -o progress.csv --excel\n  upwards export measures --since 2026-01-01 -o measures.csv\n  upwards export events -o events.jsonl\n  upwards export ics --group board -o board.ics\n  upwards export ics --withdrawn -o withdraw.ics\n  upwards export xapi -o statements.json\n  upwards export readiness -w halden -w oslo -o both.csv"
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
    if context.global.workspace.len() > 1 && !context.global.demo {
        return of_several(&args.what, &choice, context);
    }
    match &args.what {
        ExportCommand::People => people(&choice, context),
        ExportCommand::Events(since) => events(&choice, since.day()?, context),
        ExportCommand::Ics(args) => ics(args, &choice, context),
        ExportCommand::Xapi(args) => xapi::run(args, &choice, context),
        ExportCommand::Readiness { long: false } => readiness(&choice, context),
        what => {
            let report = of_a_curriculum(what, &choice, context)?;
            context.ui.report(report)?;
            Ok(Outcome::Done)
        }
    }
}

/// Whether what is exported is no table, unless something asks for one.
fn is_own_form(what: &ExportCommand) -> bool {
    matches!(what, ExportCommand::Ics(_) | ExportCommand::Xapi(_))
}

/// The rows of several workspaces in one table, each with its workspace; calendars in one file.
fn of_several(what: &ExportCommand, choice: &Choice, context: &Context) -> Result<Outcome> {
    if let ExportCommand::Ics(args) = what {
        return ics_of_several(args, choice, context);
    }
    if matches!(what, ExportCommand::Xapi(_)) {
        // Statements are noted as sent in the workspace they are of.
        return Err(CliError::usage(
            "export xapi takes one workspace: name one with -w",
        ));
    }
    let found = several::each(context, choice, |inside, choice| match what {
        ExportCommand::People => people_report(choice, inside),
        ExportCommand::Events(since) => {
            let events = Events::of(choice, since.day()?, inside)?;
            let mut report = report::events_report(inside.now.today);
            report.rows = events.rows().collect();
            events.outcome(inside)?;
            Ok(report)
        }
        ExportCommand::Readiness { long: false } => {
            let mut wide = Wide::of(choice, inside)?;
            wide.report.rows = wide.people.iter().map(|person| wide.row(person)).collect();
            Ok(wide.report)
        }
        what => of_a_curriculum(what, choice, inside),
    })?;
    let reports = found.parts.iter();
    let reports = reports.map(|part| (part.id.as_str(), part.value.clone()));
    if let Some(report) = several::one_table(reports)? {
        context.ui.report(report)?;
    }
    found.outcome().map(|()| Outcome::Done)
}

/// Everybody as data, in the columns that `people import` reads back.
pub(crate) fn people(choice: &Choice, context: &mut Context) -> Result<Outcome> {
    let report = people_report(choice, context)?;
    context.ui.report(report)?;
    Ok(Outcome::Done)
}

fn people_report(choice: &Choice, context: &mut Context) -> Result<Report> {
    let workspace = context.workspace(WantCurricula::None)?;
    choice.check(&workspace)?;
    let chosen = workspace
        .people
        .iter()
        .filter(|person| choice.fits(person, &team::groups_of(&workspace, person)));
    Ok(report::people_data(chosen, context.now.today))
}

/// A row for each person, written as the rows are made.
fn readiness(choice: &Choice, context: &mut Context) -> Result<Outcome> {
    let wide = Wide::of(choice, context)?;
    context
        .ui
        .report_items(wide.report.clone(), &wide.people, |person| wide.row(person))?;
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

/// The wide table: its columns, everybody of it, and what a row is made with.
struct Wide {
    report: Report,
    people: Vec<PersonRow>,
    curriculum: Curriculum,
    rules: String,
    as_of: Date,
}

impl Wide {
    fn of(choice: &Choice, context: &mut Context) -> Result<Self> {
        let (workspace, id) = context.workspace_with_curriculum()?;
        let (tree, as_of) = (context.tree()?, context.now.today);
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
        let people = asked.each(context, |p, g, progress, judged| {
            report::belongs(progress).then(|| report::data_row(p, g, progress, judged))
        })?;
        Ok(Self {
            report: report::readiness_wide(curriculum, None, &rules, as_of),
            people,
            curriculum: curriculum.clone(),
            rules,
            as_of,
        })
    }

    fn row(&self, person: &PersonRow) -> Vec<Value> {
        report::wide_row(person, &self.curriculum, None, &self.rules, self.as_of)
    }
}

/// What is about one curriculum.
fn of_a_curriculum(what: &ExportCommand, choice: &Choice, context: &mut Context) -> Result<Report> {
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
    Ok(match what {
        ExportCommand::Readiness { .. } => {
            let rows = asked.rows(context, |p, g, progress, judged| {
                if !report::belongs(progress) {
                    return Vec::new();
                }
                report::long_rows(p, g, curriculum, &rules, progress, judged)
            })?;
            report::readiness_long(rows, &rules, as_of)
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
    })
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
    let rows = ics_rows(args, choice, context)?;
    if wants_rows(context) {
        context
            .ui
            .report(report::calendar_report(&rows, context.now.today))?;
    } else {
        write_calendar(rows, context)?;
    }
    Ok(Outcome::Done)
}

/// The same of several workspaces: entries of two never have one name, as each carries its workspace.
fn ics_of_several(args: &IcsArgs, choice: &Choice, context: &Context) -> Result<Outcome> {
    let as_of = context.now.today;
    let mut found = several::each(context, choice, |inside, choice| ics_rows(args, choice, inside))?;
    if wants_rows(context) {
        let reports = found
            .parts
            .iter()
            .map(|part| (part.id.as_str(), report::calendar_report(&part.value, as_of)));
        if let Some(report) = several::one_table(reports)? {
            context.ui.report(report)?;
        }
    } else {
        let rows = found
            .parts
            .iter_mut()
            .flat_map(|part| std::mem::take(&mut part.value));
        write_calendar(rows.collect(), context)?;
    }
    found.outcome().map(|()| Outcome::Done)
}

/// Whether a table is asked for, and no calendar.
fn wants_rows(context: &Context) -> bool {
    let file = context.ui.out_file.as_deref();
    context.ui.format.is_some() || file.is_some_and(|file| Format::of_file(file).is_some())
}

/// All entries of one workspace that are asked for, and a word on those that cannot be read.
fn ics_rows(args: &IcsArgs, choice: &Choice, context: &mut Context) -> Result<Vec<CalendarRow>> {
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
    Ok(rows)
}

fn write_calendar(rows: Vec<CalendarRow>, context: &Context) -> Result<()> {
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
        return Ok(());
    }
    let count = rows.len();
    let entries: Vec<CalendarEntry> = rows.into_iter().map(entry).collect();
    context.ui.bytes(calendar(&entries).as_bytes())?;
    if let Some(file) = file {
        let entries = plural(count, "entry");
        context.ui.notice(&format!("wrote {file}: {entries}"))?;
    }
    Ok(())
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
    let events = Events::of(choice, since, context)?;
    context
        .ui
        .report_rows(report::events_report(context.now.today), events.rows())?;
    events.outcome(context)?;
    Ok(Outcome::Done)
}

/// Logs that are read one after the other while their rows are written.
struct Events {
    tree: Tree,
    people: Vec<String>,
    since: Option<Date>,
    as_of: Date,
    found: RefCell<Vec<Diagnostic>>,
    failed: RefCell<Option<DiskError>>,
}

impl Events {
    fn of(choice: &Choice, since: Option<Date>, context: &mut Context) -> Result<Self> {
        let workspace = context.workspace(WantCurricula::None)?;
        let me = context.actor(&workspace, Some(Role::Leader))?;
        choice.check(&workspace)?;
        let tree = context.tree()?;
        let mut findings = Vec::new();
        let people = store::people(&tree, &mut findings)?
            .into_iter()
            .filter(|id| is_chosen(id, &workspace, me.as_str(), choice))
            .collect();
        Ok(Self {
            tree,
            people,
            since,
            as_of: context.now.today,
            found: RefCell::new(findings),
            failed: RefCell::new(None),
        })
    }

    fn rows(&self) -> impl Iterator<Item = Vec<Value>> {
        self.people.iter().flat_map(|id| self.of_person(id))
    }

    fn of_person(&self, id: &str) -> Vec<Vec<Value>> {
        let mut buffers = Buffers::default();
        let log = match store::read_person(&self.tree, id, &mut buffers) {
            Ok(log) => log,
            Err(error) => {
                self.failed.borrow_mut().get_or_insert(error);
                return Vec::new();
            }
        };
        self.found.borrow_mut().extend(log.findings.iter().cloned());
        let events = log.in_order();
        let counted = count(&events, self.as_of);
        let wanted = events
            .iter()
            .enumerate()
            .filter(|(_, event)| self.since.is_none_or(|since| event.day >= since));
        wanted
            .map(|(at, event)| report::event_row(event, counted.reason(at)))
            .collect()
    }

    /// What was found while the rows were made.
    fn outcome(self, context: &Context) -> Result<()> {
        context.mention(&self.found.into_inner())?;
        self.failed.into_inner().map_or(Ok(()), |error| Err(error.into()))
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
