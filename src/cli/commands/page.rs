use std::path::Path;

use clap::Args;

use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::page_maker::{Made, Maker, Wish, without_address};
use crate::cli::{plan, team};
use crate::interop::{Attached, MailDraft, mail_draft};
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::render::{self, Format};
use crate::report::{self, Aimed, Part, TenMinutes};
use crate::table::{Column, Report, Value};

/// Make a page for ten minutes: one file by mail, for who opens no terminal
///
/// A page holds a case, questions, something to do, and ends in a receipt to mail back. It needs no network and no
/// installation. Right answers are in the file for whoever looks at its source: it is for learning, and no test.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards page eli --minutes 10 -o eli.html\n  upwards page --group board -o pages\n  upwards page eli --demo -o eli.html"
)]
pub(crate) struct PageArgs {
    /// Whose page; as many as needed
    #[arg(value_name = "PERSON", conflicts_with = "group")]
    people: Vec<String>,
    /// A page for each executive of this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// A page for each executive who is here
    #[arg(long, conflicts_with_all = ["people", "group"])]
    all: bool,
    /// Minutes it takes [default: 10]
    #[arg(long, value_name = "N")]
    minutes: Option<u32>,
    /// Into a folder: beside each page a mail with it, as a draft that mail programs open
    #[arg(long)]
    eml: bool,
    /// Leave out where the person stands
    #[arg(long)]
    no_standing: bool,
    /// The page's id, as eli-page-9m3t [default: the one the person had before]
    #[arg(long, value_name = "ID")]
    page_id: Option<String>,
}

/// Where pages go.
enum Target {
    /// One page on standard output.
    Stream,
    /// One page in this file.
    File(String),
    /// Each page in a file of this folder, and a table of the mails.
    Folder(String),
}

pub(crate) fn run(args: &PageArgs, context: &mut Context) -> Result<Outcome> {
    let target = target(args, context)?;
    if args.eml && !matches!(target, Target::Folder(_)) {
        return Err(CliError::usage("--eml writes a mail beside each page").hint("name a folder: -o pages"));
    }
    if context.ui.format.is_some() {
        return Err(CliError::usage("a page is HTML and nothing else").hint("leave out --format"));
    }
    let minutes = plan::minutes(Some(args.minutes.unwrap_or(10)), context)?;
    let mut maker = Maker::new(
        context,
        Wish {
            minutes,
            with_standing: !args.no_standing,
            page_id: args.page_id.clone(),
        },
    )?;
    let people = people(args, maker.workspace(), context)?;
    let mut made = Vec::new();
    for person in &people {
        match maker.make(person, context)? {
            Ok(page) => made.push(page),
            Err(why) if people.len() == 1 => {
                return Err(CliError::could_not(format!("no page for {}: {why}", person.name)));
            }
            Err(why) => context
                .ui
                .notice(&format!("no page for {}: {why}", person.name))?,
        }
    }
    if made.is_empty() {
        return Err(CliError::could_not(format!(
            "nobody has anything to do in {}",
            report::minutes_words(minutes.0)
        )));
    }
    if context.global.dry_run {
        tell(context, &target, &made)?;
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let files = files(context, &target, &made, args.eml)?;
    // First what they ask: a page that is not noted cannot be received.
    maker.note(context, &made)?;
    write(context, &target, &files)?;
    tell(context, &target, &made)?;
    Ok(Outcome::Done)
}

/// `-o` says where: a file for one page, else a folder.
fn target(args: &PageArgs, context: &Context) -> Result<Target> {
    let several = args.all || args.group.is_some() || args.people.len() > 1;
    let Some(out) = context.ui.out_file.clone() else {
        return Err(CliError::usage("where does the page go?")
            .hint("one page: -o eli.html")
            .hint("a folder of pages, with mail.csv: -o pages"));
    };
    let path = Path::new(&out);
    let is_html = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm"));
    let is_file = out == "-" || (is_html && !path.is_dir());
    if several && is_file {
        return Err(
            CliError::usage(format!("several pages do not fit into {out}")).hint("name a folder: -o pages")
        );
    }
    if several && args.page_id.is_some() {
        return Err(CliError::usage("--page-id is one person's"));
    }
    Ok(match out.as_str() {
        "-" => Target::Stream,
        _ if is_file => Target::File(out),
        _ => Target::Folder(out.trim_end_matches('/').to_owned()),
    })
}

fn people(args: &PageArgs, workspace: &Workspace, context: &Context) -> Result<Vec<Person>> {
    let today = context.now.today;
    let is_here = |person: &&Person| {
        person.is(Role::Executive)
            && !person.external
            && person.is_here(today)
            && !workspace.erased.contains(&person.id)
    };
    if args.all {
        let mut everybody: Vec<Person> = workspace.people.iter().filter(is_here).cloned().collect();
        everybody.sort_by(|a, b| a.id.cmp(&b.id));
        if everybody.is_empty() {
            return Err(CliError::could_not("no executive is here").hint("upwards people import people.csv"));
        }
        return Ok(everybody);
    }
    if let Some(group) = &args.group {
        let choice = team::Choice {
            groups: vec![group.clone()],
            ..team::Choice::default()
        };
        choice.check(workspace)?;
        let mut members: Vec<Person> = workspace
            .members(group, today)
            .filter(|person| person.is(Role::Executive) && !workspace.erased.contains(&person.id))
            .cloned()
            .collect();
        members.sort_by(|a, b| a.id.cmp(&b.id));
        if members.is_empty() {
            return Err(CliError::could_not(format!("no executive of {group} is here"))
                .hint("who is: upwards people list"));
        }
        return Ok(members);
    }
    if args.people.is_empty() {
        return Err(CliError::usage("whose page?")
            .hint("name people, or a group: --group board; or everybody: --all"));
    }
    let mut people: Vec<Person> = Vec::new();
    for typed in &args.people {
        let person = context.person_to_read(workspace, typed)?;
        if !person.is(Role::Executive) || person.external {
            return Err(CliError::could_not(format!(
                "{} is no executive here; pages are for executives",
                person.name
            )));
        }
        if !person.is_here(today) || workspace.erased.contains(&person.id) {
            return Err(CliError::could_not(format!(
                "{} is not here any more",
                person.name
            )));
        }
        if !people.contains(person) {
            people.push(person.clone());
        }
    }
    Ok(people)
}

fn write(context: &Context, target: &Target, files: &[(String, Vec<u8>)]) -> Result<()> {
    match target {
        Target::Stream => files.iter().try_for_each(|(_, bytes)| context.ui.bytes(bytes)),
        Target::File(_) | Target::Folder(_) => files
            .iter()
            .try_for_each(|(file, bytes)| context.ui.write_file(file, bytes)),
    }
}

/// The files to be written, with their names. A folder is made, and nothing is there yet that must not be replaced.
fn files(
    context: &Context,
    target: &Target,
    made: &[Made],
    with_mails: bool,
) -> Result<Vec<(String, Vec<u8>)>> {
    let html = |made: &Made| made.html.clone().into_bytes();
    let mut files = Vec::new();
    match target {
        Target::Stream => files.extend(made.iter().map(|made| (String::new(), html(made)))),
        Target::File(file) => files.extend(made.iter().map(|made| (file.clone(), html(made)))),
        Target::Folder(folder) => {
            context.ui.make_folder(folder)?;
            for made in made {
                files.push((format!("{folder}/{}", made.file_name()), html(made)));
                if with_mails {
                    let file = format!("{folder}/{}.eml", made.person.id);
                    files.push((file, mail_draft(&mail(made))));
                }
            }
            let mut bytes = Vec::new();
            render::render(&mails(made), Format::Csv, &context.ui.options, &mut bytes)?;
            files.push((format!("{folder}/mail.csv"), bytes));
        }
    }
    if !matches!(target, Target::Stream) {
        files
            .iter()
            .try_for_each(|(file, bytes)| context.ui.may_write(file, bytes))?;
    }
    Ok(files)
}

/// A mail for each page, for a mail merge or to be copied by hand.
fn mails(made: &[Made]) -> Report {
    let day = made.first().map_or(Date::from_days(0), |made| made.page.day);
    let columns = ["to", "cc", "subject", "body"].map(Column::data).to_vec();
    let mut report = Report::new("mail", day, columns);
    report.rows = made
        .iter()
        .map(|made| {
            vec![
                Value::text(made.person.email.clone()),
                Value::text(made.person.assistant_email.clone()),
                Value::Text(subject(&made.page)),
                Value::Text(body(made)),
            ]
        })
        .collect();
    report
}

/// The mail of a page, with the page.
fn mail(made: &Made) -> MailDraft {
    MailDraft {
        to: (made.person.name.clone(), made.person.email.clone()),
        cc: made.person.assistant_email.clone(),
        subject: subject(&made.page),
        body: body(made),
        attached: vec![Attached {
            name: made.file_name(),
            media: "text/html",
            bytes: made.html.clone().into_bytes(),
        }],
        day: made.page.day,
    }
}

/// A story draws more than a number does.
fn subject(page: &TenMinutes) -> String {
    let case = page.parts.iter().find(|part| matches!(part, Part::Case(_)));
    let first = case.or(page.parts.first()).map(Part::words);
    match first {
        Some(first) => t!(
            "page.mail.subject",
            "{minutes} minutes: {first}",
            minutes = page.minutes.0,
            first = first
        ),
        None => t!(
            "page.mail.subject.aim",
            "{minutes} minutes: one question",
            minutes = page.minutes.0
        ),
    }
}

fn body(made: &Made) -> String {
    let page = &made.page;
    let lines = [
        t!(
            "page.mail.body",
            "{name}, attached is {file}: one page for {minutes} minutes.",
            name = page.person.name,
            file = made.file_name(),
            minutes = page.minutes.0
        ),
        contents(page),
        String::new(),
        t!(
            "page.mail.how",
            "Save it first, then open it in your browser: some mail programs show a preview in which nothing can be typed. It needs no network and installs nothing."
        ),
        t!(
            "page.mail.receipt",
            "At the end it shows a receipt. Mail me that; nothing is sent by itself, and it never says what you missed."
        ),
        String::new(),
        page.leader.name.clone(),
    ];
    lines.join("\n")
}

/// `The question what should get better; case "…", 3 min; 2 questions, 2 min.`
fn contents(page: &TenMinutes) -> String {
    let mut parts = Vec::new();
    if let Aimed::Asked(_) = page.aim {
        parts.push(t!("page.list.aim", "what should get better"));
    }
    parts.extend(page.parts.iter().map(|part| {
        t!(
            "page.kind",
            "{what}, {minutes} min",
            what = part.words(),
            minutes = part.minutes().0
        )
    }));
    t!("page.list", "In it: {parts}.", parts = parts.join("; "))
}

/// What is in each, what goes where, and who reads what comes back.
fn tell(context: &Context, target: &Target, made: &[Made]) -> Result<()> {
    let say = |line: &str| match target {
        Target::Stream => context.ui.notice(line),
        _ => context.ui.line(line),
    };
    for made in made {
        let file = match target {
            Target::Stream => "-".to_owned(),
            Target::File(file) => file.clone(),
            Target::Folder(folder) => format!("{folder}/{}", made.file_name()),
        };
        say(&t!(
            "page.made",
            "{file}: {name}, page {id}, {size} KB",
            file = file,
            name = made.person.name,
            id = made.id,
            size = made.html.len().div_ceil(1024)
        ))?;
        let width = context.ui.prose_width().saturating_sub(2);
        for line in crate::base::text::wrap(&contents(&made.page), width) {
            say(&format!("  {line}"))?;
        }
    }
    if let Target::Folder(folder) = target {
        say(&t_n!(
            "page.mails",
            made.len(),
            "{folder}/mail.csv: {n} mail",
            "{folder}/mail.csv: {n} mails",
            folder = folder
        ))?;
        if let Some(line) = without_address(made.iter().map(|made| &made.person)) {
            say(&line)?;
        }
    }
    let Some(first) = made.first() else { return Ok(()) };
    let (leader, readers) = (&first.page.leader, &first.page.readers);
    if leader.mail.is_none() {
        say(&t!(
            "page.leader_without_address",
            "{name} has no address: the mail button of a page opens a mail to nobody. upwards people edit ID --set email=...",
            name = leader.name
        ))?;
    }
    say(&t!(
        "page.nothing_sent",
        "Nothing was sent. What comes back: {readers}",
        readers = readers
    ))
}
