use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clap::{Args, Subcommand};

use crate::base::id::{PersonId, check_slug, slugify};
use crate::base::texts::{t, t_n};
use crate::base::words::plural;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::disk::{self, Access};
use crate::files::edit::{self, EditError};
use crate::files::{self, WantCurricula};
use crate::interop::{self, Decision, ImportOptions, ImportPlan, Incoming};
use crate::model::person::Role;
use crate::model::settings::Layout;
use crate::model::workspace::Workspace;
use crate::render::Format;
use crate::report;

/// List, show, add, edit, remove or import people
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards people list\n  upwards people add --name \"Ana Reyes\" --group board --email ana@halden.example\n  upwards people import people.csv          (a dry run)\n  upwards people import people.csv --yes"
)]
pub(crate) struct PeopleArgs {
    #[command(subcommand)]
    what: PeopleCommand,
}

#[derive(Debug, Subcommand)]
enum PeopleCommand {
    /// Everybody of the workspace
    List,
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
    Import(ImportArgs),
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

#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards people import people.csv\n  upwards people import people.csv --yes --skip-rejected\n  upwards people import hr.csv --map name=\"Full Name\",id=\"Employee ID\" --yes"
)]
struct ImportArgs {
    /// A CSV file, or - for standard input
    file: String,
    /// Our key = their heading, with commas: name="Full Name",id="Employee ID"
    #[arg(long, value_name = "KEY=HEADING,...")]
    map: Option<String>,
    /// Write the good rows although others are rejected
    #[arg(long)]
    skip_rejected: bool,
    /// Where rejected rows go [default: people.rejected.csv]
    #[arg(long, value_name = "FILE")]
    rejected: Option<String>,
    /// Keys of which the file wins over a value set by hand
    #[arg(long, value_name = "KEY,...")]
    overwrite: Option<String>,
}

pub(crate) fn writes(args: &PeopleArgs) -> bool {
    !matches!(
        args.what,
        PeopleCommand::List | PeopleCommand::Show { .. } | PeopleCommand::Export
    )
}

pub(crate) fn run(args: &PeopleArgs, context: &mut Context) -> Result<Outcome> {
    match &args.what {
        PeopleCommand::List => {
            let workspace = context.workspace(WantCurricula::None)?;
            let data = context.ui.wants_data()?;
            context
                .ui
                .report(report::people_table(&workspace, data, context.now.today))?;
        }
        PeopleCommand::Export => return export(context),
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
        PeopleCommand::Import(import_args) => return import(import_args, context),
    }
    Ok(Outcome::Done)
}

/// Everybody as data, in the columns that `people import` reads back.
pub(crate) fn export(context: &mut Context) -> Result<Outcome> {
    let workspace = context.workspace(WantCurricula::None)?;
    if context.ui.format.is_none() && context.ui.out_file.is_none() {
        context.ui.format = Some(Format::Csv);
    }
    context
        .ui
        .report(report::people_table(&workspace, true, context.now.today))?;
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
    if let Some(error) = checked
        .iter()
        .find(|f| f.severity == crate::base::diag::Severity::Error)
    {
        return Err(
            CliError::could_not(format!("people.toml would be wrong then: {}", error.message))
                .hint("nothing was written"),
        );
    }
    if read()? != before {
        return Err(
            CliError::could_not("somebody changed people.toml at this moment; nothing was written")
                .hint("repeat the command"),
        );
    }
    disk::replace(&path, after.as_bytes(), Access::Shared)?;
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

fn import(args: &ImportArgs, context: &mut Context) -> Result<Outcome> {
    /// No table of people is larger.
    const MOST: u64 = 64 * 1024 * 1024;
    let workspace = context.workspace(WantCurricula::None)?;
    let tree = context.tree()?;
    let map = context.sound(files::load_import_map(&tree))?.unwrap_or_default();
    let bytes = if args.file == "-" {
        context.stdin(MOST)?
    } else {
        disk::read_limited(Path::new(&args.file), MOST)?
    };
    let name = if args.file == "-" {
        "standard input"
    } else {
        &args.file
    };
    let bytes = bytes.ok_or_else(|| CliError::could_not(format!("{name} is larger than 64 MiB")))?;
    let delimiter = context.global.delimiter.and_then(|c| u8::try_from(c).ok());
    let table =
        interop::read_table(&bytes, delimiter).map_err(|e| CliError::could_not(format!("{name}: {e}")))?;
    let mut columns: BTreeMap<String, String> = map.columns.clone().into_iter().collect();
    columns.extend(mapping(args.map.as_deref())?);
    let options = ImportOptions {
        columns,
        sentinels: map.sentinels.values().flatten().cloned().collect(),
        overwrite: args
            .overwrite
            .iter()
            .flat_map(|o| o.split(','))
            .map(|k| k.trim().to_owned())
            .collect::<BTreeSet<_>>(),
    };
    let imported = map
        .rows
        .iter()
        .map(|row| {
            (
                row.id.to_string(),
                row.values.iter().map(|(k, v)| (k.clone(), v.join("|"))).collect(),
            )
        })
        .collect();
    let mut plan = interop::plan_import(&table, &workspace.people, &imported, &options)
        .map_err(|e| CliError::could_not(format!("{name}: {e}")))?;
    reject_erased(&mut plan, &workspace);
    if let Some(encoding) = table.encoding {
        context
            .ui
            .notice(&format!("{name} is not UTF-8; read as {encoding}"))?;
    }
    show(&plan, name, args, context)?;
    finish_import(args, context, &table, &plan, &map)
}

fn reject_erased(plan: &mut ImportPlan, workspace: &Workspace) {
    let (gone, kept): (Vec<Incoming>, Vec<Incoming>) = std::mem::take(&mut plan.rows)
        .into_iter()
        .partition(|r| workspace.erased.contains(r.id.as_str()));
    plan.rows = kept;
    plan.rejected.extend(
        gone.into_iter()
            .map(|r| (r.line, format!("{} was erased; an id is never used again", r.id))),
    );
    plan.rejected.sort();
}

fn mapping(typed: Option<&str>) -> Result<BTreeMap<String, String>> {
    let mut columns = BTreeMap::new();
    for pair in typed
        .iter()
        .flat_map(|t| t.split(','))
        .filter(|p| !p.trim().is_empty())
    {
        let (key, heading) = pair.split_once('=').ok_or_else(|| {
            CliError::usage(format!(
                "--map takes KEY=HEADING, as name=\"Full Name\"; not \"{pair}\""
            ))
        })?;
        columns.insert(key.trim().to_owned(), heading.trim().trim_matches('"').to_owned());
    }
    Ok(columns)
}

fn show(plan: &ImportPlan, name: &str, args: &ImportArgs, context: &Context) -> Result<()> {
    let ui = &context.ui;
    let writes =
        context.global.yes && !context.global.dry_run && (plan.rejected.is_empty() || args.skip_rejected);
    if !writes {
        ui.line(t!("dry_run", "Dry run, nothing was written."))?;
    }
    let rows = plan.rows.len() + plan.rejected.len();
    ui.line(t!(
        "import.title",
        "{file}: {rows}, {columns} recognised",
        file = name,
        rows = rows_words(rows),
        columns = t_n!("import.columns", plan.columns.len(), "{n} column", "{n} columns")
    ))?;
    if !plan.ignored.is_empty() {
        ui.line(t!(
            "import.unused",
            "  not used  {columns}",
            columns = plan.ignored.join(", ")
        ))?;
    }
    let counted = |title: String, n: usize| format!("  {title:<9}{n:>4}");
    let added: Vec<&Incoming> = plan
        .rows
        .iter()
        .filter(|r| r.decision == Decision::Added)
        .collect();
    let changed: Vec<(&Incoming, &Vec<interop::Change>)> = plan
        .rows
        .iter()
        .filter_map(|r| match &r.decision {
            Decision::Changed(changes) => Some((r, changes)),
            _ => None,
        })
        .collect();
    let same = plan.rows.iter().filter(|r| r.decision == Decision::Same).count();
    ui.line(counted(t!("import.added", "added"), added.len()))?;
    for row in added {
        let parts = ["name", "roles", "groups", "unit"]
            .map(|k| row.values.get(k).map_or("", String::as_str).replace('|', ", "));
        let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        ui.line(format!("    {:<14} {}", row.id, parts.join("  ")))?;
    }
    ui.line(counted(t!("import.changed", "changed"), changed.len()))?;
    for (row, changes) in changed {
        for change in changes {
            ui.line(format!(
                "    {:<14} {}: {} -> {}",
                row.id,
                change.key,
                shown(&change.from),
                shown(&change.to)
            ))?;
        }
    }
    let kept: Vec<(&Incoming, &interop::Change)> = plan
        .rows
        .iter()
        .flat_map(|r| r.kept.iter().map(move |k| (r, k)))
        .collect();
    if !kept.is_empty() {
        ui.line(counted(t!("import.kept", "kept"), kept.len()))?;
        for (row, change) in kept {
            ui.line(t!(
                "import.by_hand",
                "    {id} {key}: the file says {to}, set by hand: {from}",
                id = format!("{:<14}", row.id),
                key = change.key,
                to = shown(&change.to),
                from = shown(&change.from)
            ))?;
        }
    }
    ui.line(counted(t!("import.same", "same"), same))?;
    ui.line(counted(t!("import.rejected", "rejected"), plan.rejected.len()))?;
    for (line, reason) in &plan.rejected {
        ui.line(t!(
            "import.line",
            "    line {line}: {reason}",
            line = line,
            reason = reason
        ))?;
    }
    for (line, words) in &plan.notes {
        ui.line(t!(
            "import.note",
            "  note, line {line}: {words}",
            line = line,
            words = words
        ))?;
    }
    if !plan.gone.is_empty() {
        ui.line(t!(
            "import.gone.who",
            "{gone}  {names} (nobody is removed)",
            gone = counted(t!("import.gone", "gone"), plan.gone.len()),
            names = plan.gone.join(", ")
        ))?;
    }
    Ok(())
}

fn rows_words(n: usize) -> String {
    t_n!("import.rows", n, "{n} row", "{n} rows")
}

fn shown(value: &str) -> String {
    if value.is_empty() {
        t!("import.nothing", "nothing")
    } else {
        value.replace('|', ", ")
    }
}

fn finish_import(
    args: &ImportArgs,
    context: &mut Context,
    table: &interop::Table,
    plan: &ImportPlan,
    map: &crate::model::import::ImportMap,
) -> Result<Outcome> {
    let wants = context.global.yes && !context.global.dry_run;
    let rejected = !plan.rejected.is_empty();
    let again = |flags: &str| format!("upwards people import {} {flags}", args.file);
    if !wants {
        context.ui.line("")?;
        if rejected {
            context.ui.line(format!("  {}", again("--yes --skip-rejected")))?;
            context.ui.line(t!(
                "import.write_good",
                "      write the good rows, put the others into a file to mend"
            ))?;
        } else {
            context.ui.line(format!("  {}", again("--yes")))?;
            context.ui.line(t!("import.write", "      write it"))?;
        }
        return if rejected {
            Err(import_rejected(plan, "nothing was written: this is a dry run"))
        } else {
            Ok(Outcome::Done)
        };
    }
    if rejected && !args.skip_rejected {
        return Err(import_rejected(plan, "nothing was written: all or nothing")
            .hint(format!("write the good rows: {}", again("--yes --skip-rejected"))));
    }
    write_people(context, plan)?;
    write_map(context, plan, map)?;
    if rejected && context.global.demo {
        return Err(import_rejected(plan, "this is the example: nothing is kept"));
    }
    if rejected {
        let file = args
            .rejected
            .clone()
            .unwrap_or_else(|| "people.rejected.csv".to_owned());
        let text = interop::rejected_csv(table, &plan.rejected);
        disk::replace(Path::new(&file), text.as_bytes(), Access::Shared)?;
        return Err(import_rejected(
            plan,
            &format!(
                "{} written, the rest is in {file}",
                plural(plan.rows.len(), "row")
            ),
        ));
    }
    context.ui.line(t!(
        "import.wrote",
        "Wrote people.toml: {rows}.",
        rows = rows_words(plan.rows.len())
    ))?;
    Ok(Outcome::Done)
}

fn import_rejected(plan: &ImportPlan, what: &str) -> CliError {
    CliError::could_not(format!("{} rejected; {what}", plural(plan.rejected.len(), "row")))
}

fn write_people(context: &mut Context, plan: &ImportPlan) -> Result<()> {
    change_people(context, |text| {
        let mut document = edit::PeopleFile::parse(text).map_err(|e| edit_failed(&e))?;
        for row in &plan.rows {
            let id: PersonId = row
                .id
                .parse()
                .map_err(|e| CliError::could_not(format!("{}: {e}", row.id)))?;
            match &row.decision {
                Decision::Added => document.add(&id, &row.values).map_err(|e| edit_failed(&e))?,
                Decision::Changed(changes) => {
                    for change in changes {
                        document
                            .set(&id, &change.key, &change.to)
                            .map_err(|e| edit_failed(&e))?;
                    }
                }
                Decision::Same => {}
            }
        }
        Ok(document.into_text())
    })
}

/// What this import said is remembered, so that the next one can tell what was set by hand.
fn write_map(
    context: &mut Context,
    plan: &ImportPlan,
    before: &crate::model::import::ImportMap,
) -> Result<()> {
    let root = context.root()?;
    let text = files::scaffold::import_toml(
        before,
        plan.columns.clone(),
        plan.rows
            .iter()
            .map(|r| (r.id.as_str(), r.external_id.as_deref(), &r.values)),
    );
    Ok(disk::replace(
        &root.join("people.import.toml"),
        text.as_bytes(),
        Access::Shared,
    )?)
}
