mod erase;
mod export;
mod import;
mod notes;
mod retain;
mod share;

use std::collections::BTreeSet;

use clap::{Args, Subcommand};

use crate::base::texts::t;
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{Outcome, Result};
use crate::cli::foreign;
use crate::cli::history;
use crate::cli::packets::{LEADERS, Sent};
use crate::cli::person::Subject;
use crate::cli::plan::private_entries;
use crate::cli::record::TeamLog;
use crate::cli::sent::statements_about;
use crate::cli::team::{self, Choice};
use crate::journal::{Entry, Thought};
use crate::model::event::{Event, Fact};
use crate::model::person::Role;
use crate::model::settings::Layout;
use crate::report::{self, PrivateField, Readers, SharedField, TeamOptions};
use crate::store::{self, Buffers};
use crate::table::{Column, Report, Value};
use crate::vault;

/// What exists about you, where, and who can read it
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards privacy show\n  upwards privacy show -f json\n  upwards privacy show dana    (what is shared about somebody else)\n  upwards privacy share --dry-run    (what authors would get)\n  upwards privacy export -o ana-2026    (all about you, to keep or to take along)\n  upwards privacy import ana-2026    (on your new computer)\n  upwards privacy erase sam    (a dry run)\n  upwards privacy erase sam --confirm sam\n  upwards privacy erase --notes\n  upwards privacy retain"
)]
pub(crate) struct PrivacyArgs {
    #[command(subcommand)]
    what: Option<PrivacyCommand>,
}

#[derive(Debug, Subcommand)]
enum PrivacyCommand {
    /// Field by field what exists, and what the leaders' commands print; also without a word
    Show {
        /// Somebody else; else you
        person: Option<String>,
    },
    /// Give authors your first tries at questions, under a pseudonym; shown before it asks
    Share(share::ShareArgs),
    /// Everything about one person into a folder, for programs and to read: -o DIR
    Export(export::ExportArgs),
    /// Bring your own export onto a new computer: what is private, line by line
    Import(import::ImportArgs),
    /// Erase a person everywhere here; a dry run until the id is given again
    Erase(erase::EraseArgs),
    /// What is older than [privacy] retain_months and what rests on it; with --yes the rest goes
    Retain(retain::RetainArgs),
}

pub(crate) fn writes(args: &PrivacyArgs) -> bool {
    matches!(
        args.what,
        Some(PrivacyCommand::Import(_) | PrivacyCommand::Erase(_) | PrivacyCommand::Retain(_))
    )
}

pub(crate) fn run(args: &PrivacyArgs, context: &mut Context) -> Result<Outcome> {
    let person = match &args.what {
        Some(PrivacyCommand::Share(args)) => return share::run(args, context),
        Some(PrivacyCommand::Export(args)) => return export::run(args, context),
        Some(PrivacyCommand::Import(args)) => return import::run(args, context),
        Some(PrivacyCommand::Retain(args)) => return retain::run(args, context),
        Some(PrivacyCommand::Erase(args)) => return erase::run(args, context),
        Some(PrivacyCommand::Show { person }) => person.as_deref(),
        None => None,
    };
    let (subject, is_own) = if let Some(typed) = person {
        let subject = Subject::named(context, typed)?;
        let me = context.me(&subject.workspace, None)?;
        let is_own = me.as_ref() == Some(&subject.person.id) && context.global.actor.is_none();
        (subject, is_own)
    } else {
        let subject = Subject::acting(context)?;
        let is_own = subject.is_self();
        (subject, is_own)
    };
    let data = context.ui.wants_data()?;
    context.ui.report(fields(context, &subject, is_own, data)?)?;
    if data || context.ui.out_file.is_some() {
        return Ok(Outcome::Done);
    }
    as_leaders_see(context, &subject)
}

fn fields(context: &Context, subject: &Subject, is_own: bool, data: bool) -> Result<Report> {
    let columns = vec![
        Column::screen("field", t!("privacy.column.field", "FIELD"), 1),
        Column::screen("lines", t!("privacy.column.lines", "LINES"), 3),
        Column::screen("place", t!("privacy.column.place", "WHERE"), 2),
        Column::screen("readers", t!("privacy.column.readers", "WHO CAN READ IT"), 1),
    ];
    let mut report = Report::new("privacy", subject.as_of, columns);
    let shared = format!("progress/{}/", subject.person.id);
    let mut row = |field: Value, lines: Option<usize>, place: Value, readers: Value| {
        report.rows.push(vec![field, Value::count(lines), place, readers]);
    };
    let device = || Value::Word("this-computer", t!("privacy.here", "this computer"));
    let only = || Value::Word("only-you", t!("privacy.only_you", "only you"));
    if is_own {
        let entries = private_entries(subject, context)?;
        for (field, count) in private_fields(&entries) {
            row(
                Value::Word(field.code(), field.shown()),
                Some(count),
                device(),
                only(),
            );
        }
    } else {
        row(
            Value::Word("private", t!("privacy.private", "answers, notes, minutes")),
            None,
            Value::Word("their-computer", t!("privacy.there", "their computer")),
            Value::Word("only-they", t!("privacy.only_they", "only they")),
        );
    }
    let mut buffers = Buffers::default();
    let log = store::read_person(&subject.tree, subject.person.id.as_str(), &mut buffers)?;
    context.mention(&log.findings)?;
    let events = log.in_order();
    let counted = report::shared_fields(&events);
    let readers = subject.readers().with_mentors(mentors_of(&events, subject));
    let and_you = |who: String| {
        if is_own && subject.workspace.settings.layout == Layout::Packets {
            t!("privacy.you_and", "you, {who}", who = who)
        } else {
            who
        }
    };
    let who = and_you(readers.who());
    let openers = || Value::Word(readers.code(), who.clone());
    let openers_of = |field: SharedField| match field {
        SharedField::Talks | SharedField::Pairs if readers.have_mentors() => {
            Value::Word("leaders-and-mentor", and_you(readers.who_with_mentors()))
        }
        _ => openers(),
    };
    for field in SharedField::ALL {
        let lines = counted.get(&field).copied().unwrap_or(0);
        // What most people never have need not be said on a screen.
        if lines > 0 || data || field <= SharedField::Reached {
            row(
                Value::Word(field.code(), field.shown()),
                Some(lines),
                Value::Text(shared.clone()),
                openers_of(field),
            );
        }
    }
    row(
        Value::Word("points", t!("privacy.points", "bands and points")),
        None,
        Value::Word("computed", t!("privacy.computed", "from these lines")),
        openers(),
    );
    row(
        Value::Word("entry", t!("privacy.entry", "name, groups, e-mail")),
        None,
        Value::Code("people.toml"),
        openers(),
    );
    if !context.global.demo {
        let own = context.own_folder(&subject.workspace.settings);
        for (store, count) in statements_about(&own, subject.person.id.as_str()) {
            row(
                Value::Word("statements", t!("privacy.statements", "sent to a record store")),
                Some(count),
                Value::Text(store),
                Value::Word("store-readers", t!("privacy.store_readers", "whoever reads it")),
            );
        }
    }
    if is_own {
        let notes = history::notes(subject, context)?;
        let place = match context.team_log(&subject.workspace, &subject.person.id)? {
            TeamLog::Leaders => Value::Code("team/"),
            TeamLog::Own => Value::Word(
                "sent-once-then-team",
                t!("privacy.sent_once", "sent once, then team/"),
            ),
        };
        row(
            Value::Word("team", t!("privacy.team", "fit, wishes about mentors")),
            Some(notes.len()),
            place,
            Value::Word("leaders-only", readers.leaders()),
        );
        let given = given_lines(context, subject)?;
        if given > 0 || data {
            row(
                Value::Word("first_tries", t!("privacy.given", "first tries you gave")),
                Some(given),
                Value::Code("items/"),
                Value::Word(
                    "authors",
                    t!("privacy.given.readers", "authors, without your name"),
                ),
            );
        }
        row(
            Value::Word("quoted", t!("privacy.quoted", "lines you let be quoted")),
            None,
            Value::Word("reports", t!("privacy.reports", "reports, with your role")),
            Value::Word("report-readers", t!("privacy.report_readers", "whoever gets one")),
        );
    }
    if !data {
        report.above = vec![if is_own {
            t!(
                "privacy.title",
                "{person}, {workspace}: what exists about you, and who can read it",
                person = subject.person.name,
                workspace = subject.workspace.settings.name
            )
        } else {
            t!(
                "privacy.title.other",
                "{person}, {workspace}: what is shared, and who can read it",
                person = subject.person.name,
                workspace = subject.workspace.settings.name
            )
        }];
        report.below = below(context, subject, &readers, is_own);
    }
    Ok(report)
}

/// Lines that the person gave to authors, as far as this computer knows them.
fn given_lines(context: &Context, subject: &Subject) -> Result<usize> {
    let names = share::Given::of(context, &subject.workspace.settings, &subject.person.id).names()?;
    let mut count = 0;
    for name in names {
        let mut bytes = Vec::new();
        let file = format!("{}/{name}.jsonl", store::ITEMS_FOLDER);
        if subject.tree.read_into(&file, &mut bytes).is_ok() {
            count += bytes
                .split(|byte| *byte == b'\n')
                .filter(|line| !line.is_empty())
                .count();
        }
    }
    Ok(count)
}

/// Private kinds with their lines. A new kind does not compile until it is told here.
fn private_fields(entries: &[Entry]) -> [(PrivateField, usize); 6] {
    let is_of = |entry: &Entry, field: PrivateField| match &entry.thought {
        Thought::Answered { confidence, .. } => {
            field == PrivateField::Answers || (field == PrivateField::Confidence && confidence.is_some())
        }
        Thought::Reflected { .. } | Thought::Noted { .. } => field == PrivateField::Notes,
        Thought::Rated { .. } => field == PrivateField::Ratings,
        Thought::Spent { .. } => field == PrivateField::Minutes,
        Thought::Voided { .. } | Thought::Unknown { .. } => field == PrivateField::Other,
    };
    PrivateField::ALL.map(|field| (field, entries.iter().filter(|entry| is_of(entry, field)).count()))
}

/// Names of those who mentor the person or did: what their copies hold stays there.
fn mentors_of(events: &[&Event<'_>], subject: &Subject) -> Vec<String> {
    let mentors: BTreeSet<&str> = events
        .iter()
        .filter_map(|event| match &event.fact {
            Fact::Paired { mentor, .. } => Some(mentor.as_ref()),
            _ => None,
        })
        .collect();
    let name = |id: &str| subject.workspace.name_of(id).to_owned();
    mentors.into_iter().map(name).collect()
}

fn below(context: &Context, subject: &Subject, readers: &Readers, is_own: bool) -> Vec<String> {
    let mut lines = vec![readers.layout_sentence()];
    lines.extend(sent(context, subject, is_own));
    lines.extend(opened(context, subject, is_own));
    lines.push(t!(
        "privacy.shared",
        "Shared lines carry a day, never a time of day. The program shows them to {leaders}.",
        leaders = readers.leaders()
    ));
    if is_own && !context.global.demo {
        let own = context
            .own_folder(&subject.workspace.settings)
            .join(vault::folder(subject.person.id.as_str()));
        lines.push(t!(
            "privacy.folder",
            "Your own lines are in {folder}",
            folder = own.display()
        ));
    }
    if is_own {
        lines.push(t!(
            "privacy.no_safe",
            "A file is not a safe: who can log in to this computer as you can read your notes."
        ));
    }
    lines
}

/// When the leaders were last sent what this computer wrote.
fn sent(context: &Context, subject: &Subject, is_own: bool) -> Option<String> {
    let settings = &subject.workspace.settings;
    if !is_own || settings.layout != Layout::Packets || context.global.demo || subject.person.is(Role::Leader)
    {
        return None;
    }
    Some(
        match Sent::read(&context.own_folder(settings)).day(subject.person.id.as_str(), LEADERS) {
            Some(day) => t!(
                "privacy.last_packet",
                "Last packet for the leaders: {day}. What came after is on this computer only.",
                day = day.short(subject.as_of)
            ),
            None => t!(
                "privacy.no_packet",
                "No packet left this computer yet: what is shared is still here only, until upwards send."
            ),
        },
    )
}

/// What this computer can read of others, where it should not.
fn opened(context: &Context, subject: &Subject, is_own: bool) -> Option<String> {
    if !is_own || context.global.demo {
        return None;
    }
    let others = foreign::logs_of_others(&subject.tree, &subject.workspace, &subject.person);
    if others.is_empty() {
        return None;
    }
    Some(t!(
        "privacy.opens",
        "This computer can also open what is shared about {names}  !  (upwards doctor)",
        names = others.join(", ")
    ))
}

/// The person's row of the leaders' table, from the same code.
fn as_leaders_see(context: &mut Context, subject: &Subject) -> Result<Outcome> {
    context.ui.line("")?;
    let Some(mut screen) = leaders_table(context, subject)? else {
        context.ui.line(t!(
            "privacy.no_row",
            "The leaders' table has no row about this person today."
        ))?;
        return Ok(Outcome::Done);
    };
    screen.above = vec![t!(
        "privacy.as_leaders",
        "What the table of {leaders} prints today, by the same code (in full: upwards progress --as-leader):",
        leaders = subject.readers().leaders()
    )];
    context.ui.report(screen)?;
    Ok(Outcome::Done)
}

/// The leaders' table with this person alone; `None` where they have no row.
fn leaders_table(context: &mut Context, subject: &Subject) -> Result<Option<Report>> {
    let (workspace, id) = context.workspace_with_curriculum()?;
    let curriculum = curriculum_of(&workspace, id.as_str())?;
    let choice = Choice {
        only: Some(subject.person.id.clone()),
        ..Choice::default()
    };
    let rows = team::everybody(
        context,
        &subject.tree,
        &workspace,
        curriculum,
        &choice,
        subject.as_of,
        |p, groups, progress, judged| {
            report::belongs(progress).then(|| report::person_row(p, groups, curriculum, progress, judged))
        },
    )?;
    let options = TeamOptions::of(&workspace.settings);
    if rows.is_empty() {
        return Ok(None);
    }
    let rows: Vec<&report::PersonRow> = rows.iter().collect();
    let mut screen = report::team_screen(&rows, &rows, curriculum, &options, subject.as_of);
    (screen.above, screen.below, screen.totals, screen.hints) = Default::default();
    Ok(Some(screen))
}
