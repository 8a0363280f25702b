//! The two states that are compared: the one that is here, and one of another place.

use std::collections::BTreeMap;
use std::path::Path;

use crate::base::id::CurriculumId;
use crate::base::texts::t;
use crate::change::State;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::cli::git;
use crate::cli::packs;
use crate::disk::{self, Kind, Tree};
use crate::embedded;
use crate::files::{self, CaseFolder, MAX_BYTES};
use crate::packet::PackOf;

/// A state with what it is called on screens.
pub(super) struct Named {
    pub(super) state: State,
    pub(super) name: String,
}

/// The state that is here: the workspace's own, or the built-in one.
pub(super) fn here(context: &mut Context, id: &CurriculumId) -> Result<Named> {
    let tree = context.tree()?;
    Ok(Named {
        state: state(context, &tree, id)?,
        name: t!("diff.here", "here"),
    })
}

/// The state of another place; without a name the built-in one, else that of the last commit.
pub(super) fn other(context: &mut Context, id: &CurriculumId, typed: Option<&str>) -> Result<Named> {
    let (tree, name) = match typed {
        Some("built-in") => (built_in(id)?, t!("diff.built_in", "the built-in one")),
        Some(typed) => match typed.strip_prefix("git:") {
            Some(revision) => (of_git(context, revision)?, typed.to_owned()),
            None => (of_path(context, id, typed)?, typed.to_owned()),
        },
        None => default(context, id)?,
    };
    let head = format!("{}/curriculum.toml", files::curriculum_folder(id));
    if tree.kind(&head)?.is_none() {
        return Err(CliError::could_not(format!("{name} has no curriculum {id}"))
            .hint("a workspace, a folder of the curriculum, a pack, git:REV or built-in: --against"));
    }
    let state = state(context, &tree, id).map_err(|error| error.hint(format!("this is about {name}")))?;
    Ok(Named { state, name })
}

/// The owner of a case is whoever has it: in a pack it is the company that packed, and no change of the case.
pub(super) fn with_owners_of(here: &Named, other: &mut Named) {
    for (id, case) in &mut other.state.cases {
        if let Some(own) = here.state.cases.get(id) {
            case.owner.clone_from(&own.owner);
        }
    }
}

fn default(context: &mut Context, id: &CurriculumId) -> Result<(Tree, String)> {
    let workspace = context.tree()?;
    let is_own = files::curriculum_tree(&workspace, id).is_some_and(|home| home.folder().is_some());
    let adds = files::adds_cases(&workspace, id);
    if (is_own || adds) && built_in(id).is_ok() {
        return Ok((built_in(id)?, t!("diff.built_in", "the built-in one")));
    }
    let root = workspace.folder().map(Path::to_owned);
    if let Some(root) = root.filter(|root| is_own && git::has_commit(root)) {
        let tree = git::tree_at(&root, "HEAD", "curricula")?;
        return Ok((tree, "git:HEAD".to_owned()));
    }
    let why = if is_own {
        format!("{id} is neither built in nor in a git repository: with what is it to be compared?")
    } else {
        format!("{id} is the built-in one: with what is it to be compared?")
    };
    Err(CliError::usage(why)
        .hint("a workspace, a folder of the curriculum, a pack or a commit: --against DIR|PACK|git:REV"))
}

fn built_in(id: &CurriculumId) -> Result<Tree> {
    if files::built_in_curricula().contains(id) {
        return Ok(embedded::curricula());
    }
    Err(CliError::could_not(format!("{id} is no built-in curriculum")).hint("upwards curricula list"))
}

fn of_git(context: &mut Context, revision: &str) -> Result<Tree> {
    let root = context.root()?;
    git::tree_at(&root, revision, "curricula")
}

/// A workspace, a folder of the curriculum, or a pack.
fn of_path(context: &Context, id: &CurriculumId, typed: &str) -> Result<Tree> {
    let path = context.environment.folder.join(typed);
    match disk::kind(&path)? {
        None => Err(CliError::could_not(format!("there is no {typed}"))
            .hint("a workspace, a folder of the curriculum, a pack, git:REV or built-in")),
        Some(Kind::Folder) => of_folder(id, &path),
        Some(_) => {
            let pack = packs::read_pack(typed, &packs::read_text(typed)?)?;
            match &pack.of {
                PackOf::Curriculum { id: packed, .. } if packed == id.as_str() => Ok(packs::tree_of(&pack)),
                PackOf::Curriculum { id: packed, .. } => Err(CliError::could_not(format!(
                    "{typed} holds the curriculum {packed}, not {id}"
                ))),
                PackOf::Cases => Err(CliError::could_not(format!("{typed} holds cases, no curriculum"))),
            }
        }
    }
}

fn of_folder(id: &CurriculumId, path: &Path) -> Result<Tree> {
    if !disk::is_file(&path.join("curriculum.toml")) {
        return Ok(Tree::Folder(path.to_owned()));
    }
    // The folder of the curriculum itself, whatever it is called.
    let folder = Tree::Folder(path.to_owned());
    let mut inside = vec!["curriculum.toml".to_owned()];
    let mut parts = vec!["modules".to_owned(), "cases".to_owned()];
    if folder.kind("translations")? == Some(Kind::Folder) {
        for (language, kind) in folder.list("translations")? {
            let inside = format!("translations/{language}");
            if kind == Kind::Folder {
                parts.extend([format!("{inside}/modules"), format!("{inside}/cases"), inside]);
            }
        }
    }
    for part in &parts {
        if folder.kind(part)? == Some(Kind::Folder) {
            let files = folder.list(part)?.into_iter();
            let files = files.filter(|(_, kind)| *kind == Kind::File);
            let texts = files.filter(|(name, _)| name.strip_suffix(".toml").is_some());
            inside.extend(texts.map(|(name, _)| format!("{part}/{name}")));
        }
    }
    let home = files::curriculum_folder(id);
    let mut texts = Vec::with_capacity(inside.len());
    for file in inside {
        let bytes = folder
            .read_limited(&file, MAX_BYTES)?
            .ok_or_else(|| CliError::could_not(format!("{file} is larger than 4 MiB")))?;
        let text = String::from_utf8(bytes.into_owned())
            .map_err(|_| CliError::could_not(format!("{file} is not UTF-8")))?;
        texts.push((format!("{home}/{file}"), text));
    }
    texts.sort();
    Ok(Tree::Sent(texts.into()))
}

fn state(context: &Context, tree: &Tree, id: &CurriculumId) -> Result<State> {
    let mut curriculum = context.sound(files::load_curriculum(tree, id))?;
    // Changes are told in the words of the author, never in a translation.
    let language = curriculum.language.clone();
    context.sound(files::fill_case_steps(tree, &mut curriculum, &language))?;
    let folder = CaseFolder::open(tree, id)?;
    let mut cases = BTreeMap::new();
    for case in folder.ids() {
        cases.insert(case.clone(), context.sound(folder.load(case, &language))?);
    }
    let mut translations = BTreeMap::new();
    let folder = format!("{}/translations", files::curriculum_folder(id));
    if let Some(home) = files::curriculum_tree(tree, id)
        && home.kind(&folder)? == Some(Kind::Folder)
    {
        let mut texts = Vec::new();
        super::below(&home, &folder, &mut texts)?;
        let inside = |path: &str| {
            path.strip_prefix(&format!("{folder}/"))
                .unwrap_or(path)
                .to_owned()
        };
        translations.extend(texts.into_iter().map(|text| (inside(&text.path), text.text)));
    }
    Ok(State {
        curriculum,
        cases,
        translations,
    })
}
