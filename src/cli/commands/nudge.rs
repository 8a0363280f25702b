use std::collections::BTreeMap;
use std::path::Path;

use clap::{Args, ValueEnum};

use crate::base::id::{EventId, WorkspaceId};
use crate::base::text::{to_markdown, wrap};
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Instant, Minutes};
use crate::base::words::{few, plural};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::page_maker::{Made, Maker, Wish, without_address};
use crate::cli::person::{Subject, View};
use crate::cli::plan;
use crate::cli::reasons::nudged;
use crate::cli::record::Recorder;
use crate::disk::{self, Tree};
use crate::files::WantCurricula;
use crate::interop::{At, Attached, CalendarEntry, MailDraft, calendar, mail_draft};
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::render::{self, Format};
use crate::report::{
    Documented, NudgeAbout, NudgeReason, NudgeStep, NudgeTask, NudgeWay, PageView, Reminded, no_reminder,
    nudge_reasons, nudge_subject, nudge_task, nudge_text,
};
use crate::table::{Column, Hint, Report, Value};
use crate::team::Nudged;

const EXAMPLES: &str = "EXAMPLES:\n  upwards nudge\n  upwards nudge --overdue --page -o drafts     (a mail for each, with the page)\n  upwards nudge --inactive 28 --as-ics -o drafts\n  upwards nudge --to eli --about confirm\n  upwards nudge --overdue -o nudges.csv        (for a mail merge)\n  upwards nudge --overdue --mark-sent --channel chat";

/// Draft reminders: what is over or waits, and one concrete step; nothing is sent
///
/// Without a choice: who is overdue, whose word is waited for, whose second figure is due. Nobody is reminded twice within
/// the pause of `[nudge]` in upwards.toml, nor oftener than it says for one assignment.
#[derive(Debug, Args)]
#[command(
    after_help = EXAMPLES,
    after_long_help = help()
)]
pub(crate) struct NudgeArgs {
    /// Who has a module past its due date
    #[arg(long)]
    overdue: bool,
    /// Who has sent nothing for so many days
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(0..=36_500), allow_negative_numbers = true)]
    inactive: Option<u32>,
    /// These people, whether something is over or not; as often as needed
    #[arg(long, value_name = "PERSON", num_args = 1..)]
    to: Vec<String>,
    /// Only these reasons
    #[arg(long, value_enum, value_name = "WHAT", num_args = 1..)]
    about: Vec<AboutArg>,
    /// With the person's ten-minute page; needs -o FOLDER
    #[arg(long)]
    page: bool,
    /// With ten minutes for their calendar, the page in it, also as a file for the assistant; needs -o FOLDER
    #[arg(long)]
    as_ics: bool,
    /// Also who was reminded within the pause
    #[arg(long)]
    again: bool,
    /// Remember that these reminders went out
    #[arg(long)]
    mark_sent: bool,
    /// How they went out
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        default_value = "mail",
        requires = "mark_sent"
    )]
    channel: ChannelArg,
}

fn help() -> String {
    let columns = Documented::of("nudge").map(Documented::help);
    format!("{EXAMPLES}\n\n{}", columns.unwrap_or_default())
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum AboutArg {
    Overdue,
    Confirm,
    Fading,
    Meeting,
    Measure,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ChannelArg {
    Mail,
    Chat,
    Spoken,
}

/// A reminder, and what goes with it.
struct Draft {
    person: Person,
    reasons: Vec<NudgeReason>,
    subject: String,
    body: String,
    page: Option<Made>,
}

/// Who gets none, and why.
struct Skipped {
    name: String,
    why: String,
}

pub(crate) fn run(args: &NudgeArgs, context: &mut Context) -> Result<Outcome> {
    let folder = folder(args, context)?;
    let workspace = context.workspace(WantCurricula::InUse)?;
    if workspace.settings.curricula.is_empty() {
        return Err(CliError::no_curriculum());
    }
    let me = context.actor(&workspace, Some(Role::Leader))?;
    if !workspace
        .person(me.as_str())
        .is_some_and(|me| me.is(Role::Leader))
    {
        return Err(CliError::could_not(format!(
            "{} leads nobody here: reminders are drafted by leaders",
            workspace.name_of(me.as_str())
        )));
    }
    let tree = context.tree()?;
    let nudged = nudged(&tree, context.now.today)?;
    // A calendar entry carries its page too.
    let mut maker = if args.page || args.as_ics {
        let wish = Wish {
            minutes: Minutes(10),
            with_standing: true,
            page_id: None,
        };
        Some(Maker::new(context, wish)?)
    } else {
        None
    };
    // With the leader's eyes: nothing private of this computer is looked at.
    let mut subject = Subject::named(context, me.as_str())?;
    let leader = workspace.name_of(me.as_str()).to_owned();
    let (mut drafts, mut skipped, mut not_listed) = (Vec::new(), Vec::new(), Vec::new());
    for person in people(args, &workspace, context)? {
        subject.person = person.clone();
        let Some((reasons, task, uses_program)) = facts(args, context, &subject)? else {
            not_listed.push(person.name.clone());
            continue;
        };
        let why_not = why_not(args, &workspace, &person, &reasons, &nudged, context.now.today);
        let nothing = || t!("nudge.skipped.nothing", "has nothing left to do now");
        if let Some(why) = why_not.or_else(|| task.is_none().then(nothing)) {
            skipped.push(Skipped {
                name: person.name.clone(),
                why,
            });
            continue;
        }
        let Some(task) = task else { continue };
        let page = match &mut maker {
            Some(maker) => maker.make(&person, context)?.ok(),
            None => None,
        };
        let way = match (&page, uses_program) {
            (Some(_), _) => NudgeWay::Page,
            (None, true) => NudgeWay::Program,
            (None, false) => NudgeWay::Unknown,
        };
        drafts.push(Draft {
            subject: nudge_subject(&reasons, &task),
            body: nudge_text(&person.name, &leader, &reasons, &task, way),
            person,
            reasons,
            page,
        });
    }
    // First what they ask: a page that is not noted cannot be received.
    if let Some(maker) = maker.filter(|_| !context.global.dry_run) {
        maker.note(context, drafts.iter().filter_map(|draft| draft.page.as_ref()))?;
    }
    let calendar = args.as_ics.then_some(&workspace.settings.id);
    hand_out(context, folder.as_deref(), calendar, &drafts)?;
    if args.mark_sent && !context.global.dry_run {
        mark(args, context, &workspace, me.as_str(), &drafts, &nudged)?;
    }
    tell(context, &drafts, &skipped, &not_listed, args)?;
    Ok(Outcome::Done)
}

/// `-o` names a file for a mail merge, or a folder of drafts; `--page` and `--as-ics` need a folder.
fn folder(args: &NudgeArgs, context: &mut Context) -> Result<Option<String>> {
    let out = context.ui.out_file.clone();
    let is_folder = |out: &String| {
        out != "-"
            && (out.ends_with('/') || disk::is_folder(Path::new(out)) || Path::new(out).extension().is_none())
    };
    let folder = out.filter(is_folder);
    if (args.page || args.as_ics) && folder.is_none() {
        return Err(CliError::usage("what is attached needs mails to be attached to")
            .hint("name a folder for the drafts: -o drafts"));
    }
    if folder.is_some() {
        context.ui.out_file = None;
        if context.ui.format.is_some() {
            return Err(
                CliError::usage("a folder takes drafts, which have one form").hint("leave out --format")
            );
        }
    }
    Ok(folder)
}

/// Executives who are here; leaders are never in their own digest.
fn people(args: &NudgeArgs, workspace: &Workspace, context: &Context) -> Result<Vec<Person>> {
    let today = context.now.today;
    let may = |person: &Person| {
        person.is(Role::Executive)
            && !person.is(Role::Leader)
            && !person.external
            && person.is_here(today)
            && !workspace.erased.contains(&person.id)
    };
    if args.to.is_empty() {
        let mut people: Vec<Person> = workspace.people.iter().filter(|p| may(p)).cloned().collect();
        people.sort_by(|a, b| a.id.cmp(&b.id));
        return Ok(people);
    }
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    for typed in &args.to {
        let person = context.person(workspace, typed)?;
        if !may(person) {
            return Err(CliError::could_not(format!(
                "{} is no executive who is here: nobody else is reminded",
                person.name
            )));
        }
        people.insert(person.id.to_string(), person.clone());
    }
    Ok(people.into_values().collect())
}

type Facts = (Vec<NudgeReason>, Option<NudgeTask>, bool);

/// Why to write, what to ask for with the leader's eyes, and whether the person used the program; `None` = no reason.
fn facts(args: &NudgeArgs, context: &Context, subject: &Subject) -> Result<Option<Facts>> {
    let person = &subject.person;
    let settings = &subject.workspace.settings;
    let mut uses_program = false;
    let mut reasons = Vec::new();
    subject.views(context, |views| {
        uses_program = views.iter().flat_map(|view| view.events).any(|event| {
            *event.by == *person.id.as_str() && *event.person == *person.id.as_str() && event.via.is_none()
        });
        let views: Vec<PageView<'_>> = views.iter().map(View::of_page).collect();
        reasons = nudge_reasons(&views, settings, args.inactive, subject.as_of);
        Ok(())
    })?;
    let is_chosen = |about: NudgeAbout| match about {
        NudgeAbout::Overdue => args.overdue || args.about.iter().any(|a| matches!(a, AboutArg::Overdue)),
        NudgeAbout::Confirm => args.about.iter().any(|a| matches!(a, AboutArg::Confirm)),
        NudgeAbout::Measure => args.about.iter().any(|a| matches!(a, AboutArg::Measure)),
        NudgeAbout::Meeting => args.about.iter().any(|a| matches!(a, AboutArg::Meeting)),
        NudgeAbout::Fading => args.about.iter().any(|a| matches!(a, AboutArg::Fading)),
        NudgeAbout::Inactive => args.inactive.is_some(),
    };
    let is_urgent = |about: NudgeAbout| {
        matches!(
            about,
            NudgeAbout::Overdue | NudgeAbout::Confirm | NudgeAbout::Measure
        )
    };
    let nothing_chosen = !args.overdue && args.inactive.is_none() && args.about.is_empty();
    let is_listed = if nothing_chosen {
        !args.to.is_empty() || reasons.iter().any(|reason| is_urgent(reason.about))
    } else {
        reasons.iter().any(|reason| is_chosen(reason.about))
    };
    if !is_listed {
        return Ok(None);
    }
    // What is urgent is said in the same mail; the rest only where it was asked for.
    reasons.retain(|reason| is_urgent(reason.about) || is_chosen(reason.about));
    if !args.about.is_empty() && !args.overdue {
        reasons.retain(|reason| is_chosen(reason.about));
    }
    let next = next_step(context, subject)?;
    let task = subject.views(context, |views| {
        let views: Vec<PageView<'_>> = views.iter().map(View::of_page).collect();
        Ok(nudge_task(next, &views, &reasons))
    })?;
    Ok(Some((reasons, task, uses_program)))
}

/// The first step of ten minutes, or of as many as the shortest one takes.
fn next_step(context: &Context, subject: &Subject) -> Result<Option<NudgeStep>> {
    let mut offer = plan::offer(subject, context, Minutes(10), &plan::Only::default())?;
    if let (true, Some(enough)) = (offer.steps.is_empty(), offer.enough) {
        offer = plan::offer(subject, context, enough, &plan::Only::default())?;
    }
    Ok(offer.steps.first().map(|planned| {
        let curriculum = subject.workspace.curriculum(&planned.curriculum);
        let step = curriculum.and_then(|curriculum| curriculum.step(planned.step.as_str()));
        NudgeStep {
            kind: step.map_or_else(|| planned.kind.to_owned(), |step| step.kind.shown()),
            // Of a quiz its name, and not how many of its questions are open.
            title: step
                .and_then(|step| step.title.clone())
                .unwrap_or_else(|| planned.title.clone()),
            minutes: planned.seconds.minutes().0.max(1),
        }
    }))
}

/// What went out to each person.
pub(super) fn reminders_sent(tree: &Tree, today: Date) -> Result<BTreeMap<String, Vec<Reminded>>> {
    let mut sent: BTreeMap<String, Vec<Reminded>> = BTreeMap::new();
    for one in nudged(tree, today)? {
        sent.entry(one.person.clone()).or_default().push(reminded(&one));
    }
    Ok(sent)
}

fn reminded(nudged: &Nudged) -> Reminded {
    Reminded {
        day: nudged.day,
        assignment: nudged.assignment,
    }
}

/// Why somebody who is listed gets no reminder now; `--again` overrules the pause, and nothing else.
fn why_not(
    args: &NudgeArgs,
    workspace: &Workspace,
    person: &Person,
    reasons: &[NudgeReason],
    nudged: &[Nudged],
    today: Date,
) -> Option<String> {
    let mut rules = workspace.settings.nudge.clone();
    if args.again {
        rules.pause_days = 0;
    }
    let own = nudged.iter().filter(|one| one.person == person.id.as_str());
    let sent: Vec<Reminded> = own.map(reminded).collect();
    let assignments: Vec<EventId> = reasons.iter().filter_map(|reason| reason.assignment).collect();
    no_reminder(person, &rules, &sent, &assignments, today).map(|why| why.sentence(today))
}

/// `calendar` = with an entry, under the name of this workspace.
fn hand_out(
    context: &mut Context,
    folder: Option<&str>,
    calendar: Option<&WorkspaceId>,
    drafts: &[Draft],
) -> Result<()> {
    let Some(folder) = folder else {
        return match context.ui.report_format()? {
            Format::Md => context.ui.bytes(markdown(drafts).as_bytes()),
            Format::Table | Format::Plain if context.ui.out_file.is_none() => show(context, drafts),
            _ => context.ui.report(mails(drafts, context.now.today)),
        };
    };
    if context.global.dry_run || drafts.is_empty() {
        return Ok(());
    }
    context.ui.make_folder(folder)?;
    for draft in drafts {
        let mail = mail_of(draft, context, calendar);
        let path = format!("{folder}/{}.eml", draft.person.id);
        context.ui.write_file(&path, &mail_draft(&mail))?;
        for attached in &mail.attached {
            context
                .ui
                .write_file(&format!("{folder}/{}", attached.name), &attached.bytes)?;
        }
    }
    let mut bytes = Vec::new();
    let table = mails(drafts, context.now.today);
    render::render(&table, Format::Csv, &context.ui.options, &mut bytes)?;
    context.ui.write_file(&format!("{folder}/mail.csv"), &bytes)
}

fn mail_of(draft: &Draft, context: &Context, in_calendar: Option<&WorkspaceId>) -> MailDraft {
    let page = draft.page.as_ref().map(|page| Attached {
        name: page.file_name(),
        media: "text/html",
        bytes: page.html.clone().into_bytes(),
    });
    let mut attached: Vec<Attached> = page.into_iter().collect();
    if let Some(workspace) = in_calendar {
        let entry = entry_of(draft, context, workspace, attached.first());
        attached.push(Attached {
            name: format!("{}-ten-minutes.ics", draft.person.id),
            media: "text/calendar",
            bytes: calendar(&[entry]).into_bytes(),
        });
    }
    MailDraft {
        to: (draft.person.name.clone(), draft.person.email.clone()),
        cc: draft.person.assistant_email.clone(),
        subject: draft.subject.clone(),
        body: draft.body.clone(),
        attached,
        day: context.now.today,
    }
}

/// Ten minutes on the next working day, at half past eight; whoever keeps the calendar moves it.
fn entry_of(
    draft: &Draft,
    context: &Context,
    workspace: &WorkspaceId,
    page: Option<&Attached>,
) -> CalendarEntry {
    let mut day = context.now.today + 1;
    while day.is_weekend() {
        day = day + 1;
    }
    let when = crate::base::time::When { day, minute: 510 };
    CalendarEntry {
        uid: format!("{}-nudge-{}@{workspace}", draft.person.id, context.now.today),
        sequence: 0,
        stamp: Instant::end_of(context.now.today),
        at: At::Time(context.environment.instant_of(when), Minutes(10)),
        summary: draft.subject.clone(),
        description: draft.body.trim_end().to_owned(),
        place: String::new(),
        cancelled: false,
        attached: page.map(|page| (page.name.clone(), page.media, page.bytes.clone())),
    }
}

/// A section for each, to be copied into a mail or a chat.
fn markdown(drafts: &[Draft]) -> String {
    let mut text = format!("<!-- upwards: nudges -->\n# {}\n", t!("nudge.title", "Reminders"));
    for draft in drafts {
        let address = draft.person.email.as_ref().map(|to| format!(", {to}"));
        let copy = draft
            .person
            .assistant_email
            .as_ref()
            .map(|cc| format!(" (cc: {cc})"));
        let head = format!(
            "{}{}{}",
            draft.person.name,
            address.unwrap_or_default(),
            copy.unwrap_or_default()
        );
        let mut part = |line: String| text.extend(["\n", &line, "\n"]);
        part(format!("## {}", to_markdown(&head)));
        part(format!("**{}**", to_markdown(&draft.subject)));
        for line in draft.body.lines().filter(|line| !line.is_empty()) {
            part(to_markdown(line));
        }
    }
    text
}

/// A row for each, for a mail merge.
fn mails(drafts: &[Draft], today: Date) -> Report {
    let columns = ["person", "to", "cc", "subject", "body"]
        .map(Column::data)
        .to_vec();
    let mut report = Report::new("nudges", today, columns);
    report.rows = drafts
        .iter()
        .map(|draft| {
            vec![
                Value::Text(draft.person.id.to_string()),
                Value::text(draft.person.email.clone()),
                Value::text(draft.person.assistant_email.clone()),
                Value::Text(draft.subject.clone()),
                Value::Text(draft.body.clone()),
            ]
        })
        .collect();
    report
}

fn show(context: &Context, drafts: &[Draft]) -> Result<()> {
    let ui = &context.ui;
    for draft in drafts {
        let to = draft.person.email.clone().unwrap_or_else(|| {
            t!(
                "nudge.no_address",
                "{name} (no address)",
                name = draft.person.name
            )
        });
        let mut head = t!("nudge.to", "--- to: {to}", to = to);
        if let Some(cc) = &draft.person.assistant_email {
            head.push_str(&t!("nudge.cc", "   cc: {cc}", cc = cc));
        }
        ui.line(head)?;
        ui.line(t!(
            "nudge.subject_line",
            "    subject: {subject}",
            subject = draft.subject
        ))?;
        for paragraph in draft.body.lines() {
            ui.lines(wrap(paragraph, ui.prose_width()))?;
        }
        ui.line("")?;
    }
    Ok(())
}

/// Remembers what went out; the same twice on a day is once.
fn mark(
    args: &NudgeArgs,
    context: &mut Context,
    workspace: &Workspace,
    me: &str,
    drafts: &[Draft],
    before: &[Nudged],
) -> Result<()> {
    let channel = match args.channel {
        ChannelArg::Mail => "mail",
        ChannelArg::Chat => "chat",
        ChannelArg::Spoken => "spoken",
    };
    let today = context.now.today;
    let mut new = Vec::new();
    for draft in drafts {
        let mut one = |about: &str, assignment: Option<EventId>| {
            let nudged = Nudged {
                day: today,
                person: draft.person.id.to_string(),
                about: about.to_owned(),
                assignment,
                channel: channel.to_owned(),
            };
            if !before.contains(&nudged) && !new.contains(&nudged) {
                new.push(nudged);
            }
        };
        if draft.reasons.is_empty() {
            one("step", None);
        }
        for reason in &draft.reasons {
            one(reason.about.word(), reason.assignment);
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    Recorder::new(context, &workspace.settings)?.record_nudged(me, &new)
}

fn tell(
    context: &Context,
    drafts: &[Draft],
    skipped: &[Skipped],
    not_listed: &[String],
    args: &NudgeArgs,
) -> Result<()> {
    let say = |line: &str| context.ui.notice(line);
    say(&t_n!(
        "nudge.drafts",
        drafts.len(),
        "{n} draft; nothing was sent.",
        "{n} drafts; nothing was sent."
    ))?;
    for skipped in skipped {
        say(&t!(
            "nudge.skipped",
            "Skipped: {name}, {why}.",
            name = skipped.name,
            why = skipped.why
        ))?;
    }
    let anybody = !drafts.is_empty() || !skipped.is_empty();
    if anybody && !not_listed.is_empty() {
        let names = few(not_listed);
        let any_reason = !args.overdue && args.inactive.is_none() && args.about.is_empty();
        say(&if any_reason {
            t!(
                "nudge.not_listed",
                "Not listed: {names} (no reason to write).",
                names = names
            )
        } else {
            t!(
                "nudge.not_listed.chosen",
                "Not listed: {names} (nothing of that kind).",
                names = names
            )
        })?;
    }
    if let Some(line) = without_address(drafts.iter().map(|draft| &draft.person)) {
        say(&line)?;
    }
    if !anybody {
        say(&t_n!(
            "nudge.nobody",
            not_listed.len(),
            "There is no reason to write to anybody ({n} person looked at).",
            "There is no reason to write to anybody ({n} people looked at)."
        ))?;
    }
    if args.mark_sent && !context.global.dry_run && !drafts.is_empty() {
        say(&format!(
            "Remembered that {} went out.",
            plural(drafts.len(), "reminder")
        ))?;
    } else if !drafts.is_empty() {
        context.ui.hints(&[
            Hint::new(
                "upwards nudge --page -o drafts",
                t!("nudge.hint.page", "as mails, each with its ten-minute page"),
            ),
            Hint::new(
                "upwards nudge --mark-sent",
                t!("nudge.hint.mark", "remember that they went out"),
            ),
        ])?;
    }
    Ok(())
}
