use std::path::Path;

use clap::{Args, ValueEnum};

use crate::base::diag::Severity;
use crate::base::id::{CapabilityId, CaseId, CurriculumId, ModuleId, check_slug, slugify};
use crate::base::texts::t;
use crate::cli::ask;
use crate::cli::commands::check::print_findings;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packs::{copy_of, lock_files, no_link_above, replace_unchanged};
use crate::disk::{self, Access, Tree};
use crate::files::skeleton::{self, Beginning, NewStep, StepBeginning};
use crate::files::{self, CaseFolder, FILE_KINDS, SCHEMA_FOLDER, WantCurricula};
use crate::model::written::{Everything, Written, WrittenCurriculum, WrittenModule};

/// Days until new material should be looked at again.
const REVIEW_AFTER: i32 = 365;

/// Begin a curriculum, module, case, quiz, practice or talk, from a text that is sound
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards new curriculum retail\n  upwards new module first-answers --in retail\n  upwards new quiz what-to-say --in retail --module first-answers\n  upwards new case our-chat --in efficiency --edit\n  upwards new practice answer-one --in retail --module first-answers --dry-run"
)]
pub(crate) struct NewArgs {
    /// What to begin: curriculum, module, case, quiz, practice, talk
    #[arg(value_name = "KIND", hide_possible_values = true)]
    kind: Kind,
    /// Its id: a-z, 0-9 and -; it also names the file
    name: String,
    /// The curriculum it joins [default: the only one of the workspace]
    #[arg(long = "in", value_name = "CURRICULUM")]
    curriculum: Option<String>,
    /// What it is evidence for [default: what its module says, else the first]
    #[arg(long, value_name = "ID")]
    capability: Option<String>,
    /// A step: the module it joins [default: the only one]
    #[arg(long, value_name = "ID")]
    module: Option<String>,
    /// Open it in your editor: VISUAL, else EDITOR
    #[arg(long)]
    edit: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Curriculum,
    Module,
    Case,
    Quiz,
    Practice,
    Talk,
}

/// What is about to be written.
struct New {
    /// Files that are new, by their path in the workspace; the last one is the one to open.
    files: Vec<(String, String)>,
    /// A file that gets a step, before and after.
    changed: Option<(String, String, String)>,
    /// What to do next.
    next: Vec<Next>,
}

enum Next {
    Command(String),
    Word(String),
}

pub(crate) fn run(args: &NewArgs, context: &mut Context) -> Result<Outcome> {
    check_name(&args.name)?;
    if args.edit && context.environment.editor.is_none() {
        return Err(CliError::usage("no editor is named").hint("export EDITOR=vi, or leave out --edit"));
    }
    let tree = context.tree()?;
    let everything = files::load_everything(&tree);
    let new = match args.kind {
        Kind::Curriculum => curriculum(args, &everything, &tree, context)?,
        Kind::Module => module(args, &everything, &tree, context)?,
        Kind::Case => case(args, &everything, &tree, context)?,
        Kind::Quiz => step(args, NewStep::Quiz, &everything, context)?,
        Kind::Practice => step(args, NewStep::Practice, &everything, context)?,
        Kind::Talk => step(args, NewStep::Talk, &everything, context)?,
    };
    are_sound(&new, context)?;
    if context.global.dry_run {
        return rehearsed(&new, context);
    }
    let last = write(&new, context)?;
    let schemas = write_schemas(&new, &Tree::Folder(context.root()?))?;
    context.ui.stored.set(true);
    let ui = &context.ui;
    for (path, _) in &new.files {
        ui.line(path)?;
    }
    if let Some((path, _, _)) = &new.changed {
        ui.line(format!("{path}: one step more, at its end"))?;
    }
    ui.lines(&schemas)?;
    for next in &new.next {
        match next {
            Next::Command(command) => ui.line(format!("  {command}"))?,
            Next::Word(word) => ui.prose(word, 0)?,
        }
    }
    if args.edit {
        edit(&last, context)?;
    }
    Ok(Outcome::Done)
}

/// Refuses what is no id, and says which one is near.
fn check_name(name: &str) -> Result<()> {
    let Err(fault) = check_slug(name) else {
        return Ok(());
    };
    let near = slugify(name);
    let error = CliError::usage(format!("\"{name}\" cannot be its id: {fault}"));
    Err(if near.is_empty() || near == name {
        error.hint("as answer-in-public; titles and names may be anything")
    } else {
        error.hint(format!("did you mean {near}? Titles and names may be anything"))
    })
}

fn id<T: std::str::FromStr<Err = crate::base::id::IdError>>(name: &str) -> Result<T> {
    name.parse()
        .map_err(|fault| CliError::usage(format!("\"{name}\": {fault}")))
}

fn curriculum(args: &NewArgs, everything: &Everything, tree: &Tree, context: &mut Context) -> Result<New> {
    if args.curriculum.is_some() || args.module.is_some() {
        return Err(CliError::usage(
            "a curriculum joins nothing: leave out --in and --module",
        ));
    }
    let new: CurriculumId = id(&args.name)?;
    let folder = files::curriculum_folder(&new);
    if tree.kind(&folder)?.is_some() {
        return Err(CliError::could_not(format!("{folder} is there already"))
            .hint("go on with it, or choose another id"));
    }
    if everything.built_in.contains(&new) || files::built_in_curricula().contains(&new) {
        let why = format!("{new} is built in: a curriculum of that id would hide it");
        return Err(own_or_copy(CliError::could_not(why), new.as_str()));
    }
    let capability: CapabilityId = id(args.capability.as_deref().unwrap_or(&args.name))?;
    let module: ModuleId = id("first-module")?;
    let (owner, language) = owner(context)?;
    let begin = beginning(&owner, &language, &capability, context);
    Ok(New {
        files: vec![
            (
                format!("{folder}/modules/{module}.toml"),
                skeleton::new_module(&module, &begin),
            ),
            (
                format!("{folder}/curriculum.toml"),
                skeleton::new_curriculum(&new, &module, &begin),
            ),
        ],
        changed: None,
        next: vec![
            Next::Command(format!("upwards preview {module}.practice --curriculum {new}")),
            Next::Command(format!("upwards check {folder}")),
            Next::Word(format!(
                "It is a draft until upwards.toml lists \"{new}\" among its curricula."
            )),
        ],
    })
}

fn module(args: &NewArgs, everything: &Everything, tree: &Tree, context: &mut Context) -> Result<New> {
    if args.module.is_some() {
        return Err(CliError::usage("a module joins no module: leave out --module"));
    }
    let home = home(args, everything, context)?;
    let home = own(home)?;
    let new: ModuleId = id(&args.name)?;
    let path = format!("{}/modules/{new}.toml", home.folder);
    is_free(tree, &path, &args.name)?;
    let capability = capability(args, home)?;
    let (owner, language) = owner(context)?;
    let begin = beginning(&owner, &language, &capability, context);
    Ok(New {
        files: vec![(path.clone(), skeleton::new_module(&new, &begin))],
        changed: None,
        next: vec![
            Next::Command(format!("upwards preview {new}.practice --curriculum {}", home.id)),
            Next::Command(format!("upwards check {path}")),
            Next::Word(format!(
                "It is a draft until {}/curriculum.toml lists \"{new}\" among its modules.",
                home.folder
            )),
        ],
    })
}

fn case(args: &NewArgs, everything: &Everything, tree: &Tree, context: &mut Context) -> Result<New> {
    if args.module.is_some() {
        return Err(CliError::usage(
            "a case belongs to a curriculum, and steps of any module may read it: leave out --module",
        ));
    }
    let home = home(args, everything, context)?;
    let new: CaseId = id(&args.name)?;
    // Cases may join a built-in curriculum without a copy of it.
    let path = format!("{}/cases/{new}.toml", files::curriculum_folder(&home.id));
    is_free(tree, &path, &args.name)?;
    if CaseFolder::open(tree, &home.id)?.ids().contains(&new) {
        return Err(
            CliError::could_not(format!("{} has a case {new} already", home.id))
                .hint("read it: upwards cases show ID; or choose another id"),
        );
    }
    let capability = capability(args, home)?;
    let (owner, language) = owner(context)?;
    let settings = context.settings()?;
    let is_in_use = home.is_built_in || settings.curricula.contains(&home.id);
    let organisation = settings.name;
    let begin = beginning(&owner, &language, &capability, context);
    Ok(New {
        files: vec![(path.clone(), skeleton::new_case(&new, &organisation, &begin))],
        changed: None,
        next: vec![
            Next::Command(format!("upwards preview {new} --curriculum {}", home.id)),
            Next::Command(format!("upwards check {path}")),
            Next::Word(if is_in_use {
                "It is in the library now, for this company only; a step of the kind \"case\" puts it into a module."
                    .to_owned()
            } else {
                format!(
                    "It is in the library once upwards.toml lists \"{}\" among its curricula; a step of the kind \"case\" puts it into a module.",
                    home.id
                )
            }),
        ],
    })
}

fn step(args: &NewArgs, kind: NewStep, everything: &Everything, context: &mut Context) -> Result<New> {
    let home = home(args, everything, context)?;
    let home = own(home)?;
    let module = module_of(args, home)?;
    let taken: Vec<&str> = module.value.module.short_ids().collect();
    if taken.contains(&args.name.as_str()) {
        return Err(CliError::could_not(format!(
            "the module {} has a step or question {} already",
            module.value.module.id, args.name
        ))
        .hint("choose another id: steps and questions of a module share one name space"));
    }
    let named = match &args.capability {
        Some(_) => Some(capability(args, home)?),
        // A question says its capability where its step has several.
        None if module.value.module.capabilities.len() > 1 => {
            module.value.module.capabilities.first().cloned()
        }
        None => None,
    };
    let is_offered = home
        .head
        .as_ref()
        .is_some_and(|head| head.value.modules.contains(&module.value.module.id));
    let text = skeleton::new_step(&StepBeginning {
        kind,
        id: &args.name,
        questions: &free_ids(&args.name, &taken),
        capability: named.as_ref(),
        joins: is_offered.then_some(context.now.today),
    });
    let before = module.source.text().to_owned();
    let after = skeleton::with_step(&before, &text);
    let path = module.source.path().to_owned();
    let mut next = vec![
        Next::Command(format!(
            "upwards preview {}.{} --curriculum {}",
            module.value.module.id, args.name, home.id
        )),
        Next::Command(format!("upwards check {path}")),
    ];
    if is_offered {
        next.push(Next::Word(
            "The module is listed: the step waits until you take its line `retired = true` away.".to_owned(),
        ));
    }
    Ok(New {
        files: Vec::new(),
        changed: Some((path, before, after)),
        next,
    })
}

/// The curriculum meant: the one named, else the only one of the workspace.
fn home<'e>(
    args: &NewArgs,
    everything: &'e Everything,
    context: &mut Context,
) -> Result<&'e WrittenCurriculum> {
    let typed = args
        .curriculum
        .as_ref()
        .or(context.global.curriculum.as_ref())
        .cloned();
    let found = if let Some(typed) = typed {
        let known = context.known_curriculum(&typed)?;
        everything.curriculum(known.as_str())
    } else {
        let mut own = everything.curricula.iter().filter(|c| !c.is_built_in);
        match (own.next(), own.next()) {
            (Some(only), None) => Some(only),
            (Some(_), Some(_)) => {
                return Err(
                    CliError::usage("there are several curricula: which one does it join?")
                        .hint("--in CURRICULUM; all: upwards curricula list"),
                );
            }
            (None, _) if args.kind == Kind::Case => {
                let first = context.curriculum_meant(None)?;
                everything.curriculum(first.as_str())
            }
            (None, _) => {
                return Err(own_or_copy(
                    CliError::could_not("the workspace has no curriculum of its own"),
                    "ID",
                ));
            }
        }
    };
    found.ok_or_else(|| CliError::could_not("the curriculum could not be read").hint("why: upwards check"))
}

/// Refuses a built-in curriculum, with the way out.
fn own(home: &WrittenCurriculum) -> Result<&WrittenCurriculum> {
    if home.is_built_in {
        let why = format!("{} is built in: only cases can be added to it as it is", home.id);
        return Err(own_or_copy(CliError::could_not(why), home.id.as_str()));
    }
    Ok(home)
}

fn own_or_copy(error: CliError, curriculum: &str) -> CliError {
    error
        .hint("a curriculum of your own: upwards new curriculum NAME")
        .hint(copy_of(curriculum))
}

fn capability(args: &NewArgs, home: &WrittenCurriculum) -> Result<CapabilityId> {
    let capabilities = home
        .head
        .as_ref()
        .map(|head| head.value.curriculum.capabilities.as_slice())
        .unwrap_or_default();
    let found = match &args.capability {
        Some(typed) => capabilities.iter().find(|c| c.id.as_str() == typed),
        None => capabilities.first(),
    };
    found.map(|c| c.id.clone()).ok_or_else(|| match &args.capability {
        Some(typed) => CliError::unknown(
            typed,
            "capability",
            capabilities.iter().map(|c| (c.id.as_str(), c.name.as_str())),
            &format!("{}/curriculum.toml", home.folder),
        ),
        None => CliError::could_not(format!("{}/curriculum.toml cannot be read", home.folder))
            .hint(format!("why: upwards check {}", home.folder)),
    })
}

fn module_of<'e>(args: &NewArgs, home: &'e WrittenCurriculum) -> Result<&'e Written<WrittenModule>> {
    let names = || {
        home.modules
            .iter()
            .map(|(id, module)| (id.as_str(), module.value.module.title.as_str()))
    };
    let Some(typed) = &args.module else {
        let mut all = home.modules.values();
        return match (all.next(), all.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(
                CliError::could_not(format!("{} has no module that could be read", home.id))
                    .hint(format!("begin one: upwards new module NAME --in {}", home.id)),
            ),
            _ => Err(CliError::usage(format!(
                "{} has several modules: which one does it join?",
                home.id
            ))
            .hint(format!(
                "--module {}",
                names().map(|(id, _)| id).collect::<Vec<_>>().join("|")
            ))),
        };
    };
    if home.broken_modules.contains(typed) {
        return Err(
            CliError::could_not(format!("the module {typed} has errors: nothing is added to it")).hint(
                format!("which: upwards check {}/modules/{typed}.toml", home.folder),
            ),
        );
    }
    home.modules
        .iter()
        .find(|(id, _)| id.as_str() == typed)
        .map(|(_, module)| module)
        .ok_or_else(|| CliError::unknown(typed, "module", names(), &format!("{}/modules", home.folder)))
}

/// Two ids for questions that nothing of the module has.
fn free_ids(base: &str, taken: &[&str]) -> [String; 2] {
    let base: String = base.chars().take(56).collect();
    let base = base.trim_end_matches('-');
    let mut free = (1_usize..)
        .map(|n| format!("{base}-{n}"))
        .filter(|one| !taken.contains(&one.as_str()));
    let mut take = || free.next().unwrap_or_default();
    [take(), take()]
}

fn is_free(tree: &Tree, path: &str, name: &str) -> Result<()> {
    match tree.kind(path)? {
        None => Ok(()),
        Some(_) => Err(CliError::could_not(format!("{path} is there already"))
            .hint(format!("go on with it, or choose another id than {name}"))),
    }
}

/// Who keeps it, and the language of the workspace.
fn owner(context: &mut Context) -> Result<(String, String)> {
    let workspace = context.workspace(WantCurricula::These(Vec::new()))?;
    let me = context.known_me(&workspace)?;
    let name = me.map_or_else(
        || workspace.settings.name.clone(),
        |me| workspace.name_of(me.as_str()).to_owned(),
    );
    Ok((name, workspace.settings.language))
}

fn beginning<'a>(
    owner: &'a str,
    language: &'a str,
    capability: &'a CapabilityId,
    context: &Context,
) -> Beginning<'a> {
    Beginning {
        owner,
        review_by: context.now.today + REVIEW_AFTER,
        language,
        capability,
    }
}

/// Nothing is written that could not be read again.
fn are_sound(new: &New, context: &Context) -> Result<()> {
    let changed = new.changed.iter().map(|(path, _, after)| (path, after));
    for (path, text) in new.files.iter().map(|(path, text)| (path, text)).chain(changed) {
        let mut findings = files::check_curriculum_text(path, text);
        findings.retain(|finding| finding.severity == Severity::Error);
        if !findings.is_empty() {
            print_findings(context, &findings, &[(path.clone(), text.clone())].into())?;
            return Err(CliError::could_not(format!(
                "nothing was written: {path} is written in a form to which nothing can be added here"
            ))
            .hint("steps are tables in double brackets: [[step]]"));
        }
    }
    Ok(())
}

fn rehearsed(new: &New, context: &Context) -> Result<Outcome> {
    let ui = &context.ui;
    for (path, text) in &new.files {
        ui.line(path)?;
        ui.lines(text.lines().map(|line| format!("  {line}")))?;
    }
    if let Some((path, before, after)) = &new.changed {
        ui.line(format!("{path}, at its end:"))?;
        let more = after.strip_prefix(before.as_str()).unwrap_or(after);
        ui.lines(more.lines().map(|line| format!("  {line}")))?;
    }
    ui.line(t!("dry_run", "Dry run, nothing was written."))?;
    Ok(Outcome::Done)
}

/// Writes what is new, and gives the path of what is to be opened.
fn write(new: &New, context: &mut Context) -> Result<std::path::PathBuf> {
    let root = Tree::Folder(context.root()?);
    let mut last = root.path("");
    for (path, text) in &new.files {
        no_link_above(&root, path)?;
        last = root.path(path);
        if let Some(folder) = last.parent() {
            disk::create_folder(folder, Access::Shared)?;
        }
        if !disk::create(&last, text.as_bytes(), Access::Shared)? {
            return Err(CliError::could_not(format!("{path} came up meanwhile"))
                .hint("nothing was replaced; look at it first"));
        }
    }
    if let Some((path, before, after)) = &new.changed {
        no_link_above(&root, path)?;
        last = root.path(path);
        let _lock = lock_files(context)?;
        replace_unchanged(&last, path, before, after)?;
    }
    Ok(last)
}

/// Writes the schemas that the new files name, where there are none yet.
fn write_schemas(new: &New, root: &Tree) -> Result<Vec<String>> {
    let mut written = Vec::new();
    for kind in &FILE_KINDS {
        let inside = format!("{SCHEMA_FOLDER}/{}.json", kind.word);
        let line = format!("/{inside}\n");
        let is_named = new.files.iter().any(|(_, text)| {
            text.starts_with("#:schema ")
                && text
                    .split_inclusive('\n')
                    .next()
                    .is_some_and(|first| first.ends_with(&line))
        });
        if !is_named || root.kind(&inside)?.is_some() {
            continue;
        }
        no_link_above(root, &inside)?;
        disk::create_folder(&root.path(SCHEMA_FOLDER), Access::Shared)?;
        let text = files::schema_text(&files::json_schema(kind));
        disk::create(&root.path(&inside), text.as_bytes(), Access::Shared)?;
        written.push(inside);
    }
    Ok(written)
}

fn edit(file: &Path, context: &Context) -> Result<()> {
    let Some(editor) = &context.environment.editor else {
        return Ok(());
    };
    match ask::open_in(editor, file) {
        Ok(true) => Ok(()),
        Ok(false) => context
            .ui
            .notice(&format!("note: {editor} said that something went wrong")),
        Err(error) => context
            .ui
            .notice(&format!("note: {editor} could not be started: {error}")),
    }
}
