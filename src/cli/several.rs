//! The same about several workspaces: each is read alone, by its own settings and its own rules, and nobody of one is anybody of
//! another, whatever their ids.

use super::context::Context;
use super::error::{CliError, Kind, Result};
use super::team::Choice;
use crate::files::WantCurricula;
use crate::table::{Column, Report, Value};

/// One of the workspaces, with what was asked about it.
pub(crate) struct Part<T> {
    /// Its folder, as it was typed.
    pub(crate) folder: String,
    /// Its id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    pub(crate) value: T,
}

/// What was read, in the order in which the workspaces were named, and which could not be.
pub(crate) struct Several<T> {
    pub(crate) parts: Vec<Part<T>>,
    broken: Vec<(String, CliError)>,
}

impl<T> Several<T> {
    /// Why the command could not do all of it, once what could be read was shown.
    pub(crate) fn outcome(self) -> Result<()> {
        unread(self.broken, self.parts.len()).map_or(Ok(()), Err)
    }
}

/// Asks the same about each workspace that `-w` names. How the command was typed is wrong for all of them: that ends it.
pub(crate) fn each<T>(
    context: &Context,
    choice: &Choice,
    mut ask: impl FnMut(&mut Context, &Choice) -> Result<T>,
) -> Result<Several<T>> {
    let (mut parts, mut broken) = (Vec::new(), Vec::new());
    let choice = known_somewhere(context, choice)?;
    for folder in &context.global.workspace {
        let one = inside(context, folder).and_then(|mut inside| {
            let settings = inside.settings()?;
            Ok(Part {
                value: ask(&mut inside, &choice)?,
                folder: folder.clone(),
                id: settings.id.to_string(),
                name: settings.name,
            })
        });
        match one {
            Ok(part) => parts.push(part),
            Err(error) if error.kind == Kind::Usage => return Err(error),
            Err(error) => broken.push((folder.clone(), error)),
        }
    }
    say_twins(context, parts.iter().map(|part| part.id.as_str()))?;
    Ok(Several { parts, broken })
}

/// A run about one of the workspaces, on the same day.
pub(crate) fn inside(context: &Context, folder: &str) -> Result<Context> {
    let mut global = context.global.clone();
    global.workspace = vec![folder.to_owned()];
    let mut inside = Context::new(global, false)?;
    inside.now = context.now;
    inside.ui.format = context.ui.format;
    Ok(inside)
}

/// A group or unit that one workspace knows is no slip; one that none knows is.
fn known_somewhere(context: &Context, choice: &Choice) -> Result<Choice> {
    let mut first = None;
    for folder in &context.global.workspace {
        let Ok(workspace) = inside(context, folder).and_then(|mut one| one.workspace(WantCurricula::None))
        else {
            // Told when it is asked for.
            continue;
        };
        match choice.check(&workspace) {
            Ok(()) => {
                first = None;
                break;
            }
            Err(error) => drop(first.get_or_insert(error)),
        }
    }
    match first {
        Some(error) => Err(error),
        None => Ok(Choice {
            may_be_unknown: true,
            ..choice.clone()
        }),
    }
}

/// Copies of one workspace are two, and their people too.
pub(crate) fn say_twins<'a>(context: &Context, ids: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    match ids.windows(2).find(|two| two[0] == two[1]) {
        Some(two) => context.ui.notice(&format!(
            "note: {} is there twice: its people are counted twice",
            two[0]
        )),
        None => Ok(()),
    }
}

/// Which could not be read, and why, after the others were shown.
pub(crate) fn unread(broken: Vec<(String, CliError)>, read: usize) -> Option<CliError> {
    let count = broken.len();
    let names: Vec<&str> = broken.iter().map(|(folder, _)| folder.as_str()).collect();
    if count == 0 {
        return None;
    }
    let told = format!(
        "{count} of {} workspaces could not be read: {}",
        count + read,
        names.join(", ")
    );
    let error = CliError::could_not(told);
    Some(broken.into_iter().fold(error, |error, (folder, why)| {
        error.hint(format!("{folder}: {}", why.message))
    }))
}

/// The tables of several workspaces as one, with the workspace of each row in a column at the end; `None` of none.
pub(crate) fn one_table<'a>(reports: impl Iterator<Item = (&'a str, Report)>) -> Result<Option<Report>> {
    let mut all: Option<Report> = None;
    let mut of = Vec::new();
    for (id, report) in reports {
        of.extend(vec![id.to_owned(); report.rows.len()]);
        all = Some(match all {
            None => report,
            Some(all) => joined(all, report)?,
        });
    }
    Ok(all.map(|mut report| {
        let end = report.columns.len();
        with_workspaces(&mut report, end, Column::data("workspace"), &of);
        report
    }))
}

/// The column that says which workspace a row is of.
pub(crate) fn with_workspaces(report: &mut Report, at: usize, column: Column, of: &[String]) {
    report.columns.insert(at, column);
    for (row, workspace) in report.rows.iter_mut().zip(of) {
        row.insert(at, Value::Text(workspace.clone()));
    }
    for total in &mut report.totals {
        total.insert(at, Value::Missing(""));
    }
}

fn joined(mut all: Report, more: Report) -> Result<Report> {
    if all.columns != more.columns {
        return Err(CliError::could_not(
            "these workspaces have different capabilities: they do not fit into one file",
        )
        .hint("one curriculum of both: --curriculum ID; or a row a capability: --long"));
    }
    if all.rules != more.rules {
        // Each row says its own.
        all.rules = None;
    }
    all.rows.extend(more.rows);
    Ok(all)
}

/// A command with the workspace it is about.
pub(crate) fn command_in(command: &str, folder: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-~".contains(c);
    if folder.chars().all(is_plain) {
        format!("{command} -w {folder}")
    } else {
        format!("{command} -w '{}'", folder.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_names_its_workspace_as_a_shell_takes_it() {
        assert_eq!(command_in("upwards agenda", "a/b"), "upwards agenda -w a/b");
        assert_eq!(command_in("x", "it's here"), r"x -w 'it'\''s here'");
    }
}
