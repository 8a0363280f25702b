use std::collections::BTreeMap;

use clap::{Args, Subcommand};

use crate::base::id::{PersonId, check_slug, slugify};
use crate::base::texts::t;
use crate::cli::commands::export;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packs::replace_unchanged;
use crate::cli::team::{self, Choice};
use crate::disk::{self, Access};
use crate::files::edit::{self, EditError};
use crate::files::{self, WantCurricula};
use crate::model::person::Role;
use crate::model::settings::Layout;
use crate::model::workspace::Workspace;
use crate::render::Format;
use crate::report;

mod import;

/// List, show, add, edit, remove or import people, and see who is in which group
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards people list\n  upwards people add --name \"Ana Reyes\" --group board --email ana@halden.example\n  upwards people groups\n  upwards people import people.csv          (a dry run)\n  upwards people import people.csv --yes"
)]
pub(crate) struct PeopleArgs {
    #[command(subcommand)]
    what: PeopleCommand,
}

#[derive(Debug, Subcommand)]
enum PeopleCommand {
    /// Everybody of the workspace
    List {
        /// Only this group
        #[arg(long, value_name = "GROUP")]
        group: Vec<String>,
        /// Only this unit
        #[arg(long, value_name = "UNIT")]
        unit: Vec<String>,
    },
    /// Groups: their rules, and who is in them today
    Groups,
    /// One person in full
    Show {
        /// Id, or its first three letters
        id: String,
    },
    /// Add a person
    Add(AddArgs),
    /// Change a person: --set unit=sales, empty to remove
    Edit {
        /// The whole id
        id: String,
        /// KEY=VALUE; lists with commas; as often as needed
        #[arg(long, required = true, value_name = "KEY=VALUE")]
        set: Vec<String>,
    },
    /// Take a person out of people.toml; the log stays
    Remove {
        /// The whole id
        id: String,
        /// The id again, so that it is no slip
        #[arg(long, value_name = "ID")]
        confirm: Option<String>,
    },
    /// Read a table of people; shows what would change until --yes
    Import(import::ImportArgs),
    /// Everybody as data
    Export,
}

#[derive(Debug, Args)]
struct AddArgs {
    /// The name
    #[arg(long)]
    name: Option<String>,
    /// The id [default: made from the name]
    #[arg(long)]
    id: Option<String>,
    /// executive, leader, mentor [default: executive]
    #[arg(long, value_name = "ROLE")]
    role: Vec<String>,
    /// A group
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    /// The unit
    #[arg(long)]
    unit: Option<String>,
    /// Address for drafts
    #[arg(long)]
    email: Option<String>,
    /// The boss's id
    #[arg(long, value_name = "ID")]
    reports_to: Option<String>,
    /// A language, two letters
    #[arg(long, value_name = "XX")]
    language: Vec<String>,
}

pub(crate) fn writes(args: &PeopleArgs) -> bool {
    !matches!(
        args.what,
        PeopleCommand::List { .. }
            | PeopleCommand::Groups
            | PeopleCommand::Show { .. }
            | PeopleCommand::Export
    )
}

pub(crate) fn run(args: &PeopleArgs, context: &mut Context) -> Result<Outcome> {
    match &args.what {
        PeopleCommand::List { group, unit } => {
            let workspace = context.workspace(WantCurricula::None)?;
            let choice = Choice {
                groups: group.clone(),
                units: unit.clone(),
                ..Choice::default()
            };
            choice.check(&workspace)?;
            let chosen = workspace
                .people
                .iter()
                .filter(|person| choice.fits(person, &team::groups_of(&workspace, person)));
            let today = context.now.today;
            let report = if context.ui.wants_data()? {
                report::people_data(chosen, today)
            } else {
                report::people_table(&workspace, chosen, today)
            };
            context.ui.report(report)?;
        }
        PeopleCommand::Groups => {
            let workspace = context.workspace(WantCurricula::None)?;
            context
                .ui
                .report(report::groups_table(&workspace, context.now.today))?;
        }
        PeopleCommand::Export => {
            if context.ui.format.is_none() && context.ui.out_file.is_none() {
                context.ui.format = Some(Format::Csv);
            }
            return export::people(&Choice::default(), context);
        }
        PeopleCommand::Show { id } => {
            let workspace = context.workspace(WantCurricula::None)?;
            let person = context.person_to_read(&workspace, id)?;
            let today = context.now.today;
            if context.ui.wants_data()? {
                context.ui.report(report::person_data(person, today))?;
            } else {
                context
                    .ui
                    .report(report::person_page(&workspace, person, today))?;
            }
        }
        PeopleCommand::Add(add_args) => add(add_args, context)?,
        PeopleCommand::Edit { id, set } => edit_person(id, set, context)?,
        PeopleCommand::Remove { id, confirm } => remove(id, confirm.as_deref(), context)?,
        PeopleCommand::Import(import_args) => return import::run(import_args, context),
    }
    Ok(Outcome::Done)
}

/// `people.toml` as it stands, changed, checked, and written only if nobody changed it meanwhile.
fn change_people(context: &mut Context, change: impl Fn(&str) -> Result<String>) -> Result<()> {
    let root = context.root()?;
    let path = root.join("people.toml");
    let read = || -> Result<String> {
        let mut bytes = Vec::new();
        disk::read_into(&path, &mut bytes)?;
        String::from_utf8(bytes)
            .map_err(|_| CliError::could_not("people.toml is not UTF-8").hint("upwards check"))
    };
    let settings = context.settings()?;
    let _lock = disk::lock(&context.own_folder(&settings).join("lock"))?;
    let before = read()?;
    let after = change(&before)?;
    if before == after || context.global.dry_run {
        return Ok(());
    }
    let checked = files::check_people_text(&after);
    if after.len() as u64 > files::MAX_BYTES {
        return Err(CliError::could_not(format!(
            "people.toml would have {} KiB then, more than the 4 MiB of a file",
            after.len() / 1024
        ))
        .hint("nothing was written; import those who take part, not the whole company"));
    }
    if let Some(error) = checked
        .iter()
        .find(|f| f.severity == crate::base::diag::Severity::Error)
    {
        return Err(
            CliError::could_not(format!("people.toml would be wrong then: {}", error.message))
                .hint("nothing was written"),
        );
    }
    replace_unchanged(&path, "people.toml", &before, &after)?;
    context.ui.stored.set(true);
    if settings.layout == Layout::Folder {
        let tree = context.tree()?;
        let people = context.sound(files::load_people(&tree))?;
        let text = files::scaffold::rights_of(&people.people);
        disk::replace(&root.join("RIGHTS.txt"), text.as_bytes(), Access::Shared)?;
        context.ui.notice(
            "note: RIGHTS.txt says who needs which rights now: set them in the program that syncs the folder",
        )?;
    }
    Ok(())
}

fn add(args: &AddArgs, context: &mut Context) -> Result<()> {
    let workspace = context.workspace(WantCurricula::None)?;
    let name = match &args.name {
        Some(name) => name.trim().to_owned(),
        None => ask_line(
            context,
            "people.name",
            &t!("people.ask_name", "What is the person called?"),
            "--name NAME",
        )?,
    };
    let id = match &args.id {
        Some(id) => id.clone(),
        None => free_id(&workspace, &name)?,
    };
    let id: PersonId = id.parse().map_err(|e| CliError::usage(format!("--id: {e}")))?;
    if workspace.person(id.as_str()).is_some() {
        return Err(CliError::could_not(format!("\"{id}\" is somebody here already"))
            .hint(format!("change them: upwards people edit {id} --set KEY=VALUE"))
            .hint("or give another id: --id ID"));
    }
    if workspace.erased.contains(&id) {
        return Err(
            CliError::could_not(format!("\"{id}\" was erased; an id is never used again"))
                .hint("give another: --id ID"),
        );
    }
    let mut values = BTreeMap::from([("name".to_owned(), name.clone())]);
    let mut put = |key: &str, value: String| {
        if !value.is_empty() {
            values.insert(key.to_owned(), value);
        }
    };
    put("roles", roles(&args.role)?);
    put("groups", groups(&args.group)?);
    put("unit", args.unit.clone().unwrap_or_default());
    put("email", args.email.clone().unwrap_or_default());
    put("languages", args.language.join("|"));
    if let Some(boss) = &args.reports_to {
        put("reports_to", context.person(&workspace, boss)?.id.to_string());
    }
    change_people(context, |text| {
        edit::add_person(text, &id, &values).map_err(|e| edit_failed(&e))
    })?;
    context.ui.line(if context.global.dry_run {
        t!(
            "people.would_add",
            "Dry run, nothing was written: would add {name} ({id}).",
            name = name,
            id = id
        )
    } else {
        t!("people.added", "Added {name} ({id}).", name = name, id = id)
    })
}

fn edit_person(id: &str, set: &[String], context: &mut Context) -> Result<()> {
    let workspace = context.workspace(WantCurricula::None)?;
    let person = context.person(&workspace, id)?.id.clone();
    let mut changes = Vec::new();
    for pair in set {
        let (key, value) = pair.split_once('=').ok_or_else(|| {
            CliError::usage(format!("--set takes KEY=VALUE, as unit=sales; not \"{pair}\""))
        })?;
        let value = match key.trim() {
            "role" | "roles" => roles(&[value.to_owned()])?,
            "group" | "groups" => groups(&[value.to_owned()])?,
            "reports_to" if !value.is_empty() => superior(context, &workspace, &person, value)?,
            _ => value.trim().to_owned(),
        };
        let key = match key.trim() {
            "role" => "roles",
            "group" => "groups",
            "language" => "languages",
            other => other,
        };
        changes.push((key.to_owned(), value));
    }
    change_people(context, |text| {
        changes.iter().try_fold(text.to_owned(), |text, (key, value)| {
            edit::set_person_key(&text, &person, key, value).map_err(|e| edit_failed(&e))
        })
    })?;
    for (key, value) in changes {
        let shown = if value.is_empty() {
            t!("people.removed", "removed")
        } else {
            value.replace('|', ", ")
        };
        context
            .ui
            .line(format!("{person}: {key} {shown}{}", dry(context)))?;
    }
    Ok(())
}

/// Whom a person is to report to; nobody reports to themselves, however many stand between.
fn superior(context: &Context, workspace: &Workspace, person: &PersonId, typed: &str) -> Result<String> {
    let above = context.person(workspace, typed)?;
    if above.id == *person {
        return Err(CliError::could_not(format!(
            "{person} cannot report to themselves"
        )));
    }
    let line = std::iter::once(above).chain(workspace.superiors(above));
    if let Some(below) = line.into_iter().find(|p| p.reports_to.as_ref() == Some(person)) {
        return Err(CliError::could_not(format!(
            "{} reports to {person}, directly or through others: that would be a ring",
            above.id
        ))
        .hint(format!(
            "first: upwards people edit {} --set reports_to=",
            below.id
        )));
    }
    Ok(above.id.to_string())
}

fn remove(id: &str, confirm: Option<&str>, context: &mut Context) -> Result<()> {
    let workspace = context.workspace(WantCurricula::None)?;
    let person = context.person(&workspace, id)?;
    let (person, name) = (person.id.clone(), person.name.clone());
    let confirmed = match confirm {
        Some(typed) => typed.to_owned(),
        None if context.global.dry_run => person.to_string(),
        None => ask_line(
            context,
            "people.confirm",
            &t!(
                "people.confirm",
                "This takes {name} out of people.toml; the log stays. Type the id to do it.",
                name = name
            ),
            &format!("--confirm {person}"),
        )?,
    };
    if confirmed != person.as_str() {
        return Err(CliError::usage(format!(
            "\"{confirmed}\" is not {person}; nothing was written"
        )));
    }
    change_people(context, |text| {
        edit::remove_person(text, &person).map_err(|e| edit_failed(&e))
    })?;
    context.ui.line(t!(
        "people.out",
        "{name} is out of people.toml; progress/{person}/ stays as it is.{dry}",
        name = name,
        person = person,
        dry = dry(context)
    ))?;
    context.ui.notice(&t!(
        "people.archive",
        "to archive somebody and keep them restorable: upwards people edit ID --set left=DATE"
    ))
}

fn dry(context: &Context) -> String {
    if context.global.dry_run {
        t!("people.dry", "   (dry run, nothing was written)")
    } else {
        String::new()
    }
}

fn edit_failed(error: &EditError) -> CliError {
    let message = error.to_string();
    match error {
        EditError::NoSuchKey(_) | EditError::BadValue { .. } => CliError::usage(message),
        EditError::Syntax(_)
        | EditError::Form(_)
        | EditError::NoSuchPerson(_)
        | EditError::PersonExists(_) => {
            CliError::could_not(message).hint("upwards check shows what is wrong with the file")
        }
    }
}

fn roles(typed: &[String]) -> Result<String> {
    let mut roles: Vec<&'static str> = Vec::new();
    for word in typed
        .iter()
        .flat_map(|t| t.split([',', '|']))
        .map(str::trim)
        .filter(|w| !w.is_empty())
    {
        let role = Role::ALL.into_iter().find(|r| r.word() == word).ok_or_else(|| {
            CliError::usage(format!("\"{word}\" is no role")).hint("roles: leader, executive, mentor")
        })?;
        roles.push(role.word());
    }
    Ok(roles.join("|"))
}

fn groups(typed: &[String]) -> Result<String> {
    let groups: Vec<&str> = typed
        .iter()
        .flat_map(|t| t.split([',', '|']))
        .map(str::trim)
        .filter(|g| !g.is_empty())
        .collect();
    for group in &groups {
        check_slug(group).map_err(|e| CliError::usage(format!("the group \"{group}\": {e}")))?;
    }
    Ok(groups.join("|"))
}

/// The first name if it is free, else the whole name, else with a number.
fn free_id(workspace: &Workspace, name: &str) -> Result<String> {
    let taken = |id: &str| workspace.person(id).is_some() || workspace.erased.contains(id);
    let first = slugify(name.split_whitespace().next().unwrap_or_default());
    let whole = slugify(name);
    if whole.is_empty() {
        return Err(CliError::usage(format!("no id can be made from \"{name}\"")).hint("give one: --id ID"));
    }
    let numbered = (2..1000).map(|n| format!("{whole}-{n}"));
    let mut candidates = [first, whole.clone()]
        .into_iter()
        .chain(numbered)
        .filter(|id| !id.is_empty());
    candidates
        .find(|id| !taken(id))
        .ok_or_else(|| CliError::could_not("no free id").hint("give one: --id ID"))
}

fn ask_line(context: &Context, id: &str, text: &str, flag: &str) -> Result<String> {
    use crate::session::{Answer, Kind, Question, Reply};
    let question = Question {
        id: id.to_owned(),
        text: text.to_owned(),
        hint: None,
        kind: Kind::Line(80),
        seen_by: None,
        flag: flag.to_owned(),
        can_skip: false,
        keys: Vec::new(),
    };
    match context.asker(context.answers()?).ask(&question)? {
        Reply::Answer(Answer::Line(text)) => Ok(text),
        _ => Err(CliError::stopped("stopped; nothing was written")),
    }
}
