use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use clap::Args;

use crate::base::id::{CurriculumId, DeviceId};
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Minutes};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::pages::{NewPage, Pages};
use crate::cli::person::{Subject, View};
use crate::cli::rounds::{PageAsked, has_changed};
use crate::cli::{plan, record, team};
use crate::files::{self, WantCurricula};
use crate::model::event::Event;
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::plan::{Asked, WithoutRecord, plan_page};
use crate::readiness::{Ladder, Memory, Own, Rounds, Told, supposed};
use crate::render::{self, Format};
use crate::report::{self, Aimed, PageAbout, PageView, Part, TenMinutes};
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
    /// Minutes it takes [default: 10]
    #[arg(long, value_name = "N")]
    minutes: Option<u32>,
    /// Leave out where the person stands
    #[arg(long)]
    no_standing: bool,
    /// The page's id, as eli-page-9m3t [default: the one the person had before]
    #[arg(long, value_name = "ID")]
    page_id: Option<String>,
}

/// Larger than this no page is written.
const MOST_BYTES: usize = 200 * 1024;

/// Where pages go.
enum Target {
    /// One page on standard output.
    Stream,
    /// One page in this file.
    File(String),
    /// Each page in a file of this folder, and a table of the mails.
    Folder(String),
}

/// A page with what belongs to it.
struct Made<'a> {
    person: &'a Person,
    id: DeviceId,
    page: TenMinutes,
    html: String,
}

pub(crate) fn run(args: &PageArgs, context: &mut Context) -> Result<Outcome> {
    let target = target(args, context)?;
    if context.ui.format.is_some() {
        return Err(CliError::usage("a page is HTML and nothing else").hint("leave out --format"));
    }
    let minutes = plan::minutes(Some(args.minutes.unwrap_or(10)), context)?;
    let workspace = workspace(context)?;
    let people = people(args, &workspace, context)?;
    let only = match context.global.curriculum {
        Some(_) => Some(context.curriculum_id(&workspace.settings)?),
        None => None,
    };
    let demo = context.global.demo;
    let home = context.environment.home.clone();
    let pages = if demo {
        Pages::default()
    } else {
        Pages::read(&home)?
    };
    let leader = leader(&workspace, context)?;
    let tree = context.tree()?;
    let mut maker = Maker {
        args,
        minutes,
        only,
        pages,
        leader: leader.as_ref(),
        subject: Subject {
            person: people[0].clone(),
            by: people[0].id.clone(),
            as_of: context.now.today,
            workspace,
            tree,
        },
        cases: BTreeMap::new(),
    };
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
    let settings = &maker.subject.workspace.settings;
    if context.global.dry_run {
        tell(context, &target, &made)?;
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    write(context, &target, &made)?;
    if !demo {
        let noted = made.iter().map(|made| NewPage {
            workspace: settings.id.as_str(),
            id: &made.id,
            person: made.person.id.as_str(),
            day: made.page.day,
            questions: questions_of(&made.page),
        });
        Pages::note(&home, noted.collect())?;
    }
    tell(context, &target, &made)?;
    Ok(Outcome::Done)
}

/// `-o` says where: a file for one page, else a folder.
fn target(args: &PageArgs, context: &Context) -> Result<Target> {
    let several = args.group.is_some() || args.people.len() > 1;
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

/// Everything in use: a receipt names what it means without its curriculum where that is clear.
fn workspace(context: &mut Context) -> Result<Workspace> {
    let mut workspace = context.workspace(WantCurricula::InUse)?;
    if workspace.settings.curricula.is_empty() {
        return Err(CliError::no_curriculum());
    }
    let tree = context.tree()?;
    let language = &workspace.settings.language;
    for curriculum in &mut workspace.curricula {
        context.sound(files::fill_case_steps(&tree, curriculum, language))?;
    }
    Ok(workspace)
}

fn people(args: &PageArgs, workspace: &Workspace, context: &Context) -> Result<Vec<Person>> {
    let today = context.now.today;
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
        return Err(CliError::usage("whose page?").hint("name people, or a group: --group board"));
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

/// Who gets the receipts: whoever makes the pages, if they lead; else the first who does.
fn leader(workspace: &Workspace, context: &Context) -> Result<Option<Person>> {
    let today = context.now.today;
    let me = context.me(workspace, Some(Role::Leader))?;
    let me = me.and_then(|id| workspace.person(id.as_str()));
    let me = me.filter(|me| me.is(Role::Leader) && me.is_here(today));
    Ok(me.or_else(|| workspace.leaders(today).next()).cloned())
}

/// Makes one page after the other.
struct Maker<'a> {
    args: &'a PageArgs,
    minutes: Minutes,
    only: Option<CurriculumId>,
    pages: Pages,
    leader: Option<&'a Person>,
    subject: Subject,
    cases: report::CasesOfPage,
}

impl Maker<'_> {
    /// A page, or why there is none.
    fn make<'p>(
        &mut self,
        person: &'p Person,
        context: &Context,
    ) -> Result<std::result::Result<Made<'p>, String>> {
        self.subject.person = person.clone();
        self.subject.by = person.id.clone();
        let mut cases = std::mem::take(&mut self.cases);
        let made = self.subject.views(context, |views| {
            let (id, page) = self.page(person, views, context, &mut cases)?;
            Ok(page.map(|page| {
                let html = render::page(&page);
                Made {
                    person,
                    id,
                    page,
                    html,
                }
            }))
        });
        self.cases = cases;
        let made = made?;
        if let Ok(made) = &made
            && made.html.len() > MOST_BYTES
        {
            return Err(CliError::could_not(format!(
                "the page of {} would have {} KB, and mails should carry it: at most {}",
                person.name,
                made.html.len() / 1024,
                MOST_BYTES / 1024
            ))
            .hint("fewer minutes hold less: --minutes 5"));
        }
        Ok(made)
    }

    /// The leader's view of the person, planned: nothing private is read, whoever makes the page.
    fn page(
        &self,
        person: &Person,
        views: &[View<'_>],
        context: &Context,
        cases: &mut report::CasesOfPage,
    ) -> Result<(DeviceId, std::result::Result<TenMinutes, String>)> {
        let settings = &self.subject.workspace.settings;
        let (workspace, today) = (settings.id.as_str(), self.subject.as_of);
        let id = self.page_id(person, views, context)?;
        let none_yet = !views.iter().any(|view| report::belongs(view.progress));
        let chosen: Vec<&View<'_>> = views
            .iter()
            .filter(|view| match &self.only {
                Some(only) => view.curriculum.id == *only,
                None => none_yet || report::belongs(view.progress),
            })
            .collect();
        let asked: Vec<Vec<Asked>> = chosen
            .iter()
            .map(|view| {
                self.pages
                    .asked(workspace, &id, view.curriculum.id.as_str(), today)
            })
            .collect();
        let ladder = Ladder::of(&settings.readiness);
        let memories: Vec<Memory> = chosen
            .iter()
            .zip(&asked)
            .map(|(view, asked)| {
                let asked: Vec<&str> = asked.iter().map(|asked| asked.question.as_str()).collect();
                supposed(view.curriculum, &ladder, view.progress, id.as_str(), &asked)
            })
            .collect();
        let subjects: Vec<crate::plan::Subject<'_>> = chosen
            .iter()
            .zip(&memories)
            .map(|(view, memory)| crate::plan::Subject {
                curriculum: view.curriculum,
                progress: view.progress,
                own: Some(Own { device: &id, memory }),
            })
            .collect();
        let without: Vec<WithoutRecord> = chosen
            .iter()
            .map(|view| self.without_record(view, id.as_str(), &ladder))
            .collect();
        let plan = plan_page(&subjects, &asked, &without, settings, today, self.minutes);
        self.load_cases(report::cases_needed(&subjects, &plan), context, cases)?;
        let page_views: Vec<PageView<'_>> = views
            .iter()
            .map(|view| PageView {
                curriculum: view.curriculum,
                progress: view.progress,
                assessment: view.assessment,
            })
            .collect();
        let page = report::ten_minutes(&PageAbout {
            id: id.as_str(),
            workspace: &self.subject.workspace,
            person,
            leader: self.leader,
            views: &page_views,
            subjects: &subjects,
            plan: &plan,
            asked: &asked,
            cases,
            minutes: self.minutes,
            today,
            with_standing: !self.args.no_standing,
        });
        let is_empty = page.parts.is_empty() && matches!(page.aim, Aimed::Known(_));
        let page = if is_empty {
            Err(report::empty_sentence(&plan.plan, self.minutes))
        } else {
            Ok(page)
        };
        Ok((id, page))
    }

    /// What the page told of each capability where it keeps no record: its last receipt said a count.
    fn without_record(&self, view: &View<'_>, page: &str, ladder: &Ladder) -> WithoutRecord {
        let workspace = self.subject.workspace.settings.id.as_str();
        let asked = PageAsked::new(&self.pages, workspace, page);
        let mut without = WithoutRecord::new();
        for capability in &view.curriculum.capabilities {
            let id = capability.id.as_str();
            let told = asked.told(view.curriculum, id, view.events);
            if matches!(told.last(), Some(Told::Round { .. })) {
                let mut rounds = Rounds::of(&told, ladder);
                rounds.forget(|key| has_changed(view.curriculum, key));
                without.insert(id.to_owned(), rounds);
            }
        }
        without
    }

    /// Cases are read once for all people.
    fn load_cases(
        &self,
        needed: Vec<(String, String)>,
        context: &Context,
        cases: &mut report::CasesOfPage,
    ) -> Result<()> {
        let language = &self.subject.workspace.settings.language;
        for key in needed {
            let (Ok(curriculum), Ok(case)) = (key.0.parse(), key.1.parse()) else {
                continue;
            };
            if let Entry::Vacant(place) = cases.entry(key) {
                let loaded = files::load_case(&self.subject.tree, &curriculum, &case, language);
                place.insert(context.sound(loaded)?);
            }
        }
        Ok(())
    }

    /// The id given, that of the person's newest page that came back, the one noted here, or a new one.
    fn page_id(&self, person: &Person, views: &[View<'_>], context: &Context) -> Result<DeviceId> {
        let beginning = beginning(person);
        if let Some(given) = &self.args.page_id {
            let fits = |id: &DeviceId| {
                id.as_str()
                    .strip_prefix(&beginning)
                    .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric()))
            };
            return given.parse().ok().filter(fits).ok_or_else(|| {
                CliError::usage(format!("--page-id: \"{given}\" is no page of {}", person.name))
                    .hint(format!("write it as {beginning}4f7q"))
            });
        }
        let newest = views
            .iter()
            .flat_map(|view| view.events)
            .filter(|event: &&&Event<'_>| event.device.starts_with(&beginning))
            .max_by(|a, b| (a.day, &a.device).cmp(&(b.day, &b.device)));
        if let Some(id) = newest.and_then(|event| event.device.parse().ok()) {
            return Ok(id);
        }
        let workspace = self.subject.workspace.settings.id.as_str();
        if let Some(id) = self.pages.id_of(workspace, person.id.as_str()) {
            return Ok(id);
        }
        // The example's pages are the same each time.
        let seed = match &context.environment.seed {
            _ if context.global.demo => Some(format!("demo page {}", person.id)),
            Some(seed) => Some(format!("{seed} page {}", person.id)),
            None => None,
        };
        format!("{beginning}{}", record::random_letters(seed.as_deref()))
            .parse()
            .map_err(|e| CliError::could_not(format!("could not name the page: {e}")))
    }
}

/// `eli-page-`; of a very long id as much as leaves room for the rest.
fn beginning(person: &Person) -> String {
    /// An id has 64 characters at most.
    const ROOM: usize = 64 - "-page-4f7q".len();
    let id = person.id.as_str();
    format!("{}-page-", id[..id.len().min(ROOM)].trim_end_matches('-'))
}

fn questions_of(page: &TenMinutes) -> Vec<String> {
    let parts = page.parts.iter().filter_map(|part| match part {
        Part::Questions(part) => Some(&part.questions),
        _ => None,
    });
    parts
        .flatten()
        .map(|question| match question.rev {
            1 => question.key.clone(),
            rev => format!("{}@{rev}", question.key),
        })
        .collect()
}

fn file_name(person: &Person) -> String {
    format!("{}-ten-minutes.html", person.id)
}

fn write(context: &Context, target: &Target, made: &[Made<'_>]) -> Result<()> {
    match target {
        Target::Stream => {
            for made in made {
                context.ui.bytes(made.html.as_bytes())?;
            }
            Ok(())
        }
        Target::File(file) => made
            .iter()
            .try_for_each(|made| context.ui.write_file(file, made.html.as_bytes())),
        Target::Folder(folder) => {
            context.ui.make_folder(folder)?;
            for made in made {
                let file = format!("{folder}/{}", file_name(made.person));
                context.ui.write_file(&file, made.html.as_bytes())?;
            }
            let mut bytes = Vec::new();
            render::render(&mails(made), Format::Csv, &context.ui.options, &mut bytes)?;
            context.ui.write_file(&format!("{folder}/mail.csv"), &bytes)
        }
    }
}

/// A mail for each page, for a mail merge or to be copied by hand.
fn mails(made: &[Made<'_>]) -> Report {
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

fn body(made: &Made<'_>) -> String {
    let page = &made.page;
    let lines = [
        t!(
            "page.mail.body",
            "{name}, attached is {file}: one page for {minutes} minutes.",
            name = page.person.name,
            file = file_name(made.person),
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
fn tell(context: &Context, target: &Target, made: &[Made<'_>]) -> Result<()> {
    let say = |line: &str| match target {
        Target::Stream => context.ui.notice(line),
        _ => context.ui.line(line),
    };
    for made in made {
        let file = match target {
            Target::Stream => "-".to_owned(),
            Target::File(file) => file.clone(),
            Target::Folder(folder) => format!("{folder}/{}", file_name(made.person)),
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
        let without: Vec<&str> = made
            .iter()
            .filter(|made| made.person.email.is_none())
            .map(|made| made.person.name.as_str())
            .collect();
        if !without.is_empty() {
            /// Longer lists are cut: their mails have an empty address.
            const NAMED: usize = 8;
            let mut names = without[..without.len().min(NAMED)].join(", ");
            if without.len() > NAMED {
                names.push_str(&format!(", … {}", without.len()));
            }
            say(&t!(
                "page.no_address",
                "Without an address: {names}",
                names = names
            ))?;
        }
    }
    let readers = made.first().map_or("", |made| made.page.readers.as_str());
    say(&t!(
        "page.nothing_sent",
        "Nothing was sent. What comes back: {readers}",
        readers = readers
    ))
}
