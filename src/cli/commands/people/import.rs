//! `people import`: what a table of people would change, and doing it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clap::{Args, ValueEnum};

use super::{change_people, edit_failed};
use crate::base::id::PersonId;
use crate::base::texts::{t, t_n};
use crate::base::words::plural;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::disk::{self, Access};
use crate::files::{self, WantCurricula, edit};
use crate::interop::{self, Change, Counted, Decision, ImportOptions, ImportPlan, Imported, Incoming, Table};
use crate::model::import::ImportMap;
use crate::report;

#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards people import people.csv\n  upwards people import people.xlsx --yes --skip-rejected\n  upwards people import hr.csv --map name=\"Full Name\",id=\"Employee ID\" --yes\n  upwards people import users.json --from scim --gone archive"
)]
pub(crate) struct ImportArgs {
    /// A table or a list of users, or - for standard input
    file: String,
    /// What it is [default: by its ending and its beginning]
    #[arg(long, value_name = "KIND")]
    from: Option<Source>,
    /// Our key = their heading, with commas: name="Full Name",id="Employee ID"
    #[arg(long, value_name = "KEY=HEADING,...")]
    map: Option<String>,
    /// Remember the headings now, although nothing else is written
    #[arg(long)]
    save_map: bool,
    /// How days are written, as %d/%m/%Y
    #[arg(long, value_name = "FORM")]
    date_format: Option<String>,
    /// Write the good rows although others are rejected
    #[arg(long)]
    skip_rejected: bool,
    /// Where rejected rows go [default: people.rejected.csv]
    #[arg(long, value_name = "FILE")]
    rejected: Option<String>,
    /// Keys of which the file wins over a value set by hand
    #[arg(long, value_name = "KEY,...")]
    overwrite: Option<String>,
    /// Who was in the last import and is not in this file: kept, or archived as of today
    #[arg(long, value_name = "WHAT", default_value = "keep")]
    gone: Gone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Source {
    Csv,
    Xlsx,
    Scim,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Gone {
    #[value(alias = "list")]
    Keep,
    Archive,
}

pub(super) fn run(args: &ImportArgs, context: &mut Context) -> Result<Outcome> {
    let workspace = context.workspace(WantCurricula::None)?;
    let tree = context.tree()?;
    let map = context.sound(files::load_import_map(&tree))?.unwrap_or_default();
    let name = if args.file == "-" {
        "standard input"
    } else {
        &args.file
    };
    let mut table = table(args, name, &map, context)?;
    let options = ImportOptions {
        columns: mapping(args.map.as_deref())?,
        saved_columns: map.columns.clone(),
        sentinels: map.sentinels.values().flatten().cloned().collect(),
        overwrite: overwrite(args.overwrite.as_deref())?,
        date_format: date_format(args, &map)?,
        archive_gone: args.gone == Gone::Archive,
        erased: workspace.erased.iter().map(ToString::to_string).collect(),
        ..ImportOptions::on(context.now.today)
    };
    let imported = Imported::of(&map.rows);
    let plan = interop::plan_import(&mut table, &workspace.people, &imported, &options)
        .map_err(|e| CliError::could_not(format!("{name}: {e}")))?;
    if let Some(encoding) = table.encoding {
        context
            .ui
            .notice(&format!("{name} is not UTF-8; read as {encoding}"))?;
    }
    if !table.other_sheets.is_empty() {
        context.ui.notice(&format!(
            "note: the first sheet is read; not read: {}",
            table.other_sheets.join(", ")
        ))?;
    }
    let import = Import {
        args,
        name,
        table: &table,
        plan: &plan,
        map: &map,
        date_format: options.date_format.clone(),
    };
    if import.writes(context) {
        import.write(context)?;
    }
    if context.ui.wants_data()? {
        context
            .ui
            .report(report::import_report(&lines_of(&plan), context.now.today))?;
    } else {
        import.show(context)?;
    }
    import.finish(context)
}

fn table(args: &ImportArgs, name: &str, map: &ImportMap, context: &mut Context) -> Result<Table> {
    /// No table of people is larger.
    const MOST: u64 = 64 * 1024 * 1024;
    let bytes = if args.file == "-" {
        context.stdin(MOST)?
    } else {
        disk::read_limited(Path::new(&args.file), MOST)?
    };
    let bytes = bytes.ok_or_else(|| CliError::could_not(format!("{name} is larger than 64 MiB")))?;
    let ending = args.file.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    let source = args.from.unwrap_or(match ending.as_deref() {
        _ if interop::is_workbook(&bytes) => Source::Xlsx,
        Some("xlsx") => Source::Xlsx,
        Some("json" | "scim") => Source::Scim,
        _ => Source::Csv,
    });
    let given = context.global.delimiter.or(map.delimiter);
    let delimiter = given.and_then(|c| u8::try_from(c).ok());
    let read = match source {
        Source::Xlsx => interop::read_workbook(&bytes),
        Source::Scim => interop::read_scim(&bytes),
        // A delimiter that was saved is no longer true if it splits nothing.
        Source::Csv => interop::read_table(&bytes, delimiter).and_then(|table| {
            if table.headings.len() < 2 && context.global.delimiter.is_none() {
                interop::read_table(&bytes, None)
            } else {
                Ok(table)
            }
        }),
    };
    read.map_err(|e| CliError::could_not(format!("{name}: {e}")))
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
        let key = known_key("--map", key)?;
        columns.insert(key, heading.trim().trim_matches('"').to_owned());
    }
    Ok(columns)
}

fn overwrite(typed: Option<&str>) -> Result<BTreeSet<String>> {
    typed
        .iter()
        .flat_map(|t| t.split(','))
        .filter(|key| !key.trim().is_empty())
        .map(|key| known_key("--overwrite", key))
        .collect()
}

fn known_key(flag: &str, typed: &str) -> Result<String> {
    // As `people edit --set` takes them.
    let key = match typed.trim() {
        "role" => "roles",
        "group" => "groups",
        "language" => "languages",
        key => key,
    };
    if interop::import_keys().any(|known| known == key) {
        return Ok(key.to_owned());
    }
    let keys: Vec<&str> = interop::import_keys().collect();
    Err(CliError::usage(format!("{flag}: there is no key \"{key}\""))
        .hint(format!("keys: {}", keys.join(", "))))
}

fn date_format(args: &ImportArgs, map: &ImportMap) -> Result<Option<String>> {
    match &args.date_format {
        Some(form) if !interop::is_date_form(form) => Err(CliError::usage(format!(
            "--date-format: \"{form}\" does not say day, month and year"
        ))
        .hint("as --date-format %d/%m/%Y or %m/%d/%Y; %b is the name of a month")),
        Some(form) => Ok(Some(form.clone())),
        None => Ok(map.date_format.clone()),
    }
}

/// A run of the command once it knows what would change.
struct Import<'a> {
    args: &'a ImportArgs,
    name: &'a str,
    table: &'a Table,
    plan: &'a ImportPlan,
    map: &'a ImportMap,
    date_format: Option<String>,
}

impl Import<'_> {
    fn show(&self, context: &Context) -> Result<()> {
        let (plan, ui) = (self.plan, &context.ui);
        if self.asks(context) {
            ui.line(t!("import.not_yet", "Nothing is written yet."))?;
        } else if !self.writes(context) {
            ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        }
        let rows = plan.rows.iter().filter(|row| row.line > 0).count()
            + plan.rejected.len()
            + plan.left_before.len();
        ui.line(t!(
            "import.title",
            "{file}: {rows}, {columns} recognised",
            file = self.name,
            rows = rows_words(rows),
            columns = t_n!("import.columns", plan.columns.len(), "{n} column", "{n} columns")
        ))?;
        if let Some((here, all)) = self.table.part {
            ui.line(t!(
                "import.part",
                "  a part    it says that it holds {here} of {all}; who is missing in it is not looked at",
                here = here,
                all = all
            ))?;
        }
        if !plan.ignored.is_empty() {
            ui.line(t!(
                "import.unused",
                "  not used  {columns}",
                columns = plan.ignored.join(", ")
            ))?;
        }
        self.sections(context)?;
        let reasons = plan.rejected.iter().map(|(line, reason)| {
            let place = place(self.table.counted, *line);
            t!(
                "import.line",
                "    {place}: {reason}",
                place = place,
                reason = reason
            )
        });
        section(
            context,
            &t!("import.rejected", "rejected"),
            plan.rejected.len(),
            true,
            reasons,
        )?;
        let notes = plan.notes.iter().map(|(line, words)| {
            let place = place(self.table.counted, *line);
            t!(
                "import.note",
                "  note, {place}: {words}",
                place = place,
                words = words
            )
        });
        some(context, plan.notes.len(), notes)?;
        if !plan.left_before.is_empty() {
            ui.line(t!(
                "import.left_before",
                "{counted}  left before they were ever here; not added",
                counted = counted(&t!("import.left", "left"), plan.left_before.len())
            ))?;
        }
        if !plan.gone.is_empty() && self.args.gone == Gone::Keep {
            ui.line(t!(
                "import.gone.who",
                "{gone}  {names} (nobody is removed)",
                gone = counted(&t!("import.gone", "gone"), plan.gone.len()),
                names = crate::base::words::few(&plan.gone)
            ))?;
        }
        Ok(())
    }

    fn sections(&self, context: &Context) -> Result<()> {
        let plan = self.plan;
        let of = |wanted: fn(&Incoming) -> bool| plan.rows.iter().filter(move |row| wanted(row));
        let added = of(|row| row.decision == Decision::Added);
        let lines = added.clone().map(|row| {
            let parts = ["name", "roles", "groups", "unit"]
                .map(|k| row.values.get(k).map_or("", String::as_str).replace('|', ", "));
            let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            format!("    {:<14} {}", row.id, parts.join("  "))
        });
        section(
            context,
            &t!("import.added", "added"),
            added.clone().count(),
            true,
            lines,
        )?;
        let changed = of(|row| row.line > 0 && matches!(row.decision, Decision::Changed(_)));
        let lines = changed.clone().flat_map(|row| {
            changes(row).iter().map(|change| {
                format!(
                    "    {:<14} {}: {} -> {}",
                    row.id,
                    change.key,
                    shown(&change.from),
                    shown(&change.to)
                )
            })
        });
        section(
            context,
            &t!("import.changed", "changed"),
            changed.clone().count(),
            true,
            lines,
        )?;
        let kept: Vec<(&Incoming, &Change)> = plan
            .rows
            .iter()
            .flat_map(|r| r.kept.iter().map(move |k| (r, k)))
            .collect();
        let lines = kept.iter().map(|(row, change)| {
            t!(
                "import.by_hand",
                "    {id} {key}: the file says {to}, set by hand: {from}",
                id = format!("{:<14}", row.id),
                key = change.key,
                to = shown(&change.to),
                from = shown(&change.from)
            )
        });
        section(context, &t!("import.kept", "kept"), kept.len(), false, lines)?;
        let archived = of(|row| row.line == 0);
        let lines = archived.clone().map(|row| {
            format!(
                "    {:<14} {}",
                row.id,
                row.values.get("name").map_or("", String::as_str)
            )
        });
        section(
            context,
            &t!("import.archived", "archived"),
            archived.clone().count(),
            false,
            lines,
        )?;
        let same = plan.rows.iter().filter(|r| r.decision == Decision::Same).count();
        context.ui.line(counted(&t!("import.same", "same"), same))
    }

    /// What to type next, behind a dry run.
    fn hints(&self, context: &Context) -> Result<()> {
        let ui = &context.ui;
        let again = |flags: &str| self.again(flags);
        ui.line("")?;
        if self.plan.rejected.is_empty() {
            ui.line(format!("  {}", again("--yes")))?;
            ui.line(t!("import.write", "      write it"))?;
        } else {
            ui.line(format!("  {}", again("--yes --skip-rejected")))?;
            ui.line(t!(
                "import.write_good",
                "      write the good rows, put the others into a file to mend"
            ))?;
        }
        let kept: BTreeSet<&str> = self
            .plan
            .rows
            .iter()
            .flat_map(|row| row.kept.iter().map(|change| change.key.as_str()))
            .collect();
        if !kept.is_empty() {
            let keys: Vec<&str> = kept.into_iter().collect();
            ui.line(format!("  {}", again(&format!("--overwrite {}", keys.join(",")))))?;
            ui.line(t!(
                "import.file_wins",
                "      let the file win over what was set by hand"
            ))?;
        }
        if !self.plan.gone.is_empty() && self.args.gone == Gone::Keep {
            ui.line(format!("  {}", again("--gone archive")))?;
            ui.line(t!(
                "import.archive",
                "      archive who is gone as of today; progress stays, and they can come back"
            ))?;
        }
        Ok(())
    }

    fn again(&self, flags: &str) -> String {
        format!("upwards people import {} {flags}", self.args.file)
    }

    /// Writes what was agreed to beforehand; it is shown afterwards, so that a reader who goes away stops nothing.
    fn write(&self, context: &mut Context) -> Result<()> {
        self.write_people(context)?;
        self.write_map(context, &self.plan.rows)?;
        if !self.plan.rejected.is_empty() && !context.global.demo {
            let text = interop::rejected_csv(self.table, &self.plan.rejected);
            disk::replace(Path::new(self.rejected_file()), text.as_bytes(), Access::Shared)?;
        }
        Ok(())
    }

    fn rejected_file(&self) -> &str {
        self.args.rejected.as_deref().unwrap_or("people.rejected.csv")
    }

    fn finish(&self, context: &mut Context) -> Result<Outcome> {
        let is_data = context.ui.wants_data()?;
        let rejected = !self.plan.rejected.is_empty();
        let mut wants = context.global.yes && !context.global.dry_run;
        if !is_data && self.asks(context) {
            context.ui.line("")?;
            wants = context.agreed("import.yes", &t!("assign.ask", "Write this?"), "--yes")?;
            if wants {
                self.write(context)?;
            }
        }
        if !wants {
            if self.args.save_map && !context.global.dry_run {
                self.write_map(context, &[])?;
                context
                    .ui
                    .notice("the headings are remembered in people.import.toml")?;
            }
            if !is_data {
                self.hints(context)?;
            }
            return if rejected {
                Err(self.rejected("nothing was written: this is a dry run"))
            } else {
                Ok(Outcome::Done)
            };
        }
        if rejected && !self.args.skip_rejected {
            return Err(self.rejected("nothing was written: all or nothing").hint(format!(
                "write the good rows: {}",
                self.again("--yes --skip-rejected")
            )));
        }
        if rejected && context.global.demo {
            return Err(self.rejected("this is the example: nothing is kept"));
        }
        if rejected {
            return Err(self.rejected(&format!(
                "{} written, the rest is in {}",
                plural(self.plan.rows.len(), "row"),
                self.rejected_file()
            )));
        }
        if !is_data {
            context.ui.line(t!(
                "import.wrote",
                "Wrote people.toml: {rows}.",
                rows = rows_words(self.plan.rows.len())
            ))?;
        }
        Ok(Outcome::Done)
    }

    /// Whether it is written without a question.
    fn writes(&self, context: &Context) -> bool {
        context.global.yes
            && !context.global.dry_run
            && (self.plan.rejected.is_empty() || self.args.skip_rejected)
    }

    /// Whether a person is asked before it is written: there is something to write, and somebody to ask.
    fn asks(&self, context: &Context) -> bool {
        let global = &context.global;
        let changes = self.plan.rows.iter().any(|row| row.decision != Decision::Same);
        let may_write = self.plan.rejected.is_empty() || self.args.skip_rejected;
        changes && may_write && !global.yes && !global.dry_run && context.can_prompt()
    }

    fn rejected(&self, what: &str) -> CliError {
        CliError::could_not(format!(
            "{} rejected; {what}",
            plural(self.plan.rejected.len(), "row")
        ))
    }

    fn write_people(&self, context: &mut Context) -> Result<()> {
        change_people(context, |text| {
            let mut document = edit::PeopleFile::parse(text).map_err(|e| edit_failed(&e))?;
            for row in &self.plan.rows {
                let id: PersonId = row
                    .id
                    .parse()
                    .map_err(|e| CliError::could_not(format!("{}: {e}", row.id)))?;
                match &row.decision {
                    Decision::Added => {
                        let mut values = row.values.clone();
                        // What holds anyway is not written.
                        values.retain(|key, value| {
                            !matches!(
                                (key.as_str(), value.as_str()),
                                ("external", "false") | ("nudge", "true")
                            )
                        });
                        document.add(&id, &values).map_err(|e| edit_failed(&e))?;
                    }
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
    fn write_map(&self, context: &mut Context, rows: &[Incoming]) -> Result<()> {
        let root = context.root()?;
        let mut before = self.map.clone();
        before.date_format.clone_from(&self.date_format);
        if let Some(delimiter) = context.global.delimiter {
            before.delimiter = Some(delimiter);
        }
        let mut columns = self.map.columns.clone();
        // Headings of our own making are those of no file.
        if self.table.counted != Counted::Entry {
            columns.extend(self.plan.columns.clone());
        }
        let text = files::scaffold::import_toml(
            &before,
            columns,
            rows.iter()
                .map(|r| (r.id.as_str(), r.external_id.as_deref(), &r.values)),
        );
        Ok(disk::replace(
            &root.join("people.import.toml"),
            text.as_bytes(),
            Access::Shared,
        )?)
    }
}

fn changes(row: &Incoming) -> &[Change] {
    match &row.decision {
        Decision::Changed(changes) => changes,
        Decision::Added | Decision::Same => &[],
    }
}

/// The plan line by line, for programs.
fn lines_of(plan: &ImportPlan) -> Vec<report::ImportLine<'_>> {
    let line = |number: usize, person, what| report::ImportLine {
        line: number,
        person,
        what,
        key: None,
        from: "",
        to: "",
        reason: "",
    };
    let mut lines = Vec::new();
    for row in &plan.rows {
        let person = Some(row.id.as_str());
        match &row.decision {
            Decision::Added => {
                let said = row.values.iter().filter(|(_, value)| !value.is_empty());
                lines.extend(said.map(|(key, value)| report::ImportLine {
                    key: Some(key),
                    to: value,
                    ..line(row.line, person, "added")
                }));
            }
            Decision::Same if row.kept.is_empty() => lines.push(line(row.line, person, "same")),
            Decision::Same | Decision::Changed(_) => {}
        }
        let what = if row.line == 0 { "archived" } else { "changed" };
        let changed = changes(row).iter().map(|one| (what, one));
        for (what, one) in changed.chain(row.kept.iter().map(|one| ("kept", one))) {
            lines.push(report::ImportLine {
                key: Some(&one.key),
                from: &one.from,
                to: &one.to,
                ..line(row.line, person, what)
            });
        }
    }
    for (number, reason) in &plan.rejected {
        lines.push(report::ImportLine {
            reason,
            ..line(*number, None, "rejected")
        });
    }
    for (number, name) in &plan.left_before {
        lines.push(report::ImportLine {
            reason: name,
            ..line(*number, None, "left-before")
        });
    }
    for (number, words) in &plan.notes {
        lines.push(report::ImportLine {
            reason: words,
            ..line(*number, None, "note")
        });
    }
    let archived: BTreeSet<&str> = plan
        .rows
        .iter()
        .filter(|row| row.line == 0)
        .map(|row| row.id.as_str())
        .collect();
    for id in plan.gone.iter().filter(|id| !archived.contains(id.as_str())) {
        lines.push(line(0, Some(id), "gone"));
    }
    lines
}

fn counted(title: &str, n: usize) -> String {
    format!("  {title:<9}{n:>4}")
}

/// A heading with its number, and what stands below it. `always` = also where there is nothing.
fn section(
    context: &Context,
    title: &str,
    n: usize,
    always: bool,
    lines: impl Iterator<Item = String>,
) -> Result<()> {
    if n == 0 && !always {
        return Ok(());
    }
    context.ui.line(counted(title, n))?;
    let lines: Vec<String> = lines.collect();
    some(context, lines.len(), lines.into_iter())
}

/// The first of many lines; all with `-v`.
fn some(context: &Context, n: usize, lines: impl Iterator<Item = String>) -> Result<()> {
    /// What a screen holds.
    const SHOWN: usize = 20;
    let most = if context.ui.verbose > 0 || n <= SHOWN + 1 {
        usize::MAX
    } else {
        SHOWN
    };
    for line in lines.take(most) {
        context.ui.line(line)?;
    }
    if most < n {
        context.ui.line(t_n!(
            "import.more",
            n - most,
            "    and {n} more (all: -v)",
            "    and {n} more (all: -v)"
        ))?;
    }
    Ok(())
}

fn place(counted: Counted, number: usize) -> String {
    match counted {
        Counted::Line => t!("import.place.line", "line {n}", n = number),
        Counted::Row => t!("import.place.row", "row {n}", n = number),
        Counted::Entry => t!("import.place.entry", "entry {n}", n = number),
    }
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
