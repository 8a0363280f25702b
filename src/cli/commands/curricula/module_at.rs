//! The module that an author names, wherever it lies.

use crate::base::id::{CurriculumId, ModuleId};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Kind, Result};
use crate::cli::packs::copy_of;
use crate::files;
use crate::model::written::{Everything, Written, WrittenCurriculum, WrittenModule};

/// A module with where it is.
pub(super) struct ModuleAt {
    /// Its curriculum.
    pub(super) curriculum: CurriculumId,
    /// The module, with its file.
    pub(super) written: Written<WrittenModule>,
    /// Id and name of each capability of the curriculum.
    pub(super) capabilities: Vec<(String, String)>,
    /// Whether the curriculum lists it; else it is a draft.
    pub(super) is_listed: bool,
    /// Whether it is part of the program.
    is_built_in: bool,
}

impl ModuleAt {
    /// Its file, from the root of the workspace; refuses what is part of the program.
    pub(super) fn own_path(&self) -> Result<String> {
        let id = &self.curriculum;
        if self.is_built_in {
            return Err(CliError::could_not(format!(
                "{id} is built in: its modules cannot be changed, a copy in the workspace can"
            ))
            .hint(copy_of(id.as_str())));
        }
        Ok(self.written.source.path().to_owned())
    }
}

/// The module of `module` or `curriculum/module`, drafts included. Without a curriculum it is the one of `--curriculum`, or
/// the first one in use that has it.
pub(super) fn module_at(typed: &str, context: &mut Context) -> Result<ModuleAt> {
    let tree = context.tree()?;
    let mut everything = files::load_everything(&tree);
    let (curriculum, name) = match typed.split_once('/') {
        Some((curriculum, name)) => (Some(curriculum.to_owned()), name),
        None => (context.global.curriculum.clone(), typed),
    };
    let order = order(&everything, curriculum.as_deref())?;
    let has = |at: &usize| {
        let home = &everything.curricula[*at];
        home.modules.keys().any(|id| id.as_str() == name)
    };
    let Some(at) = order.iter().copied().find(|at| has(at)) else {
        return Err(no_such_module(name, &everything, &order));
    };
    let home = everything.curricula.swap_remove(at);
    taken(home, name).ok_or_else(|| CliError::could_not(format!("there is no module {name}")))
}

/// Places of the curricula to look in: those in use first.
fn order(everything: &Everything, curriculum: Option<&str>) -> Result<Vec<usize>> {
    let all = || everything.curricula.iter().enumerate();
    if let Some(wanted) = curriculum {
        let found = all().find(|(_, home)| home.id.as_str() == wanted);
        return found.map(|(at, _)| vec![at]).ok_or_else(|| {
            let names = all().map(|(_, home)| (home.id.as_str(), ""));
            CliError::unknown(wanted, "curriculum", names, "upwards curricula list")
        });
    }
    let in_use: Vec<&str> = everything.in_use().iter().map(|home| home.id.as_str()).collect();
    let rank = |home: &WrittenCurriculum| {
        in_use
            .iter()
            .position(|id| *id == home.id.as_str())
            .unwrap_or(usize::MAX)
    };
    let mut order: Vec<usize> = all().map(|(at, _)| at).collect();
    order.sort_by_key(|at| (rank(&everything.curricula[*at]), *at));
    Ok(order)
}

fn no_such_module(name: &str, everything: &Everything, order: &[usize]) -> CliError {
    let homes = || order.iter().map(|at| &everything.curricula[*at]);
    if let Some(broken) = homes().find(|home| home.broken_modules.contains(name)) {
        let path = format!("{}/modules/{name}.toml", broken.folder);
        return CliError::could_not(format!(
            "{path} has errors: nothing can be added before they are mended"
        ))
        .hint(format!("upwards check {path}"));
    }
    let names: Vec<String> = homes()
        .flat_map(|home| home.modules.keys().map(ToString::to_string))
        .collect();
    let names = names.iter().map(|name| (name.as_str(), ""));
    CliError {
        kind: Kind::Usage,
        ..CliError::unknown(name, "module", names, "upwards curricula list")
    }
}

fn taken(mut home: WrittenCurriculum, name: &str) -> Option<ModuleAt> {
    let id: ModuleId = name.parse().ok()?;
    let written = home.modules.remove(&id)?;
    let head = home.head.as_ref().map(|head| &head.value);
    let capabilities = head.iter().flat_map(|head| &head.curriculum.capabilities);
    Some(ModuleAt {
        capabilities: capabilities
            .map(|capability| (capability.id.to_string(), capability.name.clone()))
            .collect(),
        is_listed: head.is_some_and(|head| head.modules.contains(&id)),
        is_built_in: home.is_built_in,
        curriculum: home.id,
        written,
    })
}
