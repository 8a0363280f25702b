use std::path::Path;

use clap::{Args, Subcommand};

use crate::base::diag::Severity;
use crate::base::id::CurriculumId;
use crate::base::texts::{t, t_n};
use crate::base::words::plural;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::disk::{self, Access, Kind, Tree};
use crate::files::{self, CaseFolder, MAX_BYTES};
use crate::model::case::Permission;
use crate::model::settings::Settings;
use crate::packet::{self, Damage, Pack, PackOf, TextFile, is_text_of_copy};
use crate::report::{self, CurriculumRow};

/// See the curricula there are, hand one out as a file, take one in
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards curricula list\n  upwards curricula pack efficiency -o efficiency.pack\n  upwards curricula unpack efficiency.pack --dry-run"
)]
pub(crate) struct CurriculaArgs {
    #[command(subcommand)]
    what: CurriculaCommand,
}

#[derive(Debug, Subcommand)]
enum CurriculaCommand {
    /// All curricula: built in or of the workspace, in use or not
    List,
    /// Write a curriculum into one file, checksums and all
    Pack {
        /// The curriculum
        id: String,
    },
    /// Take a packed curriculum into this workspace; shows first what would change
    Unpack {
        /// The pack
        file: String,
        /// Replace texts that are here with other words
        #[arg(long)]
        replace: bool,
    },
}

pub(crate) fn run(args: &CurriculaArgs, context: &mut Context) -> Result<Outcome> {
    match &args.what {
        CurriculaCommand::List => list(context),
        CurriculaCommand::Pack { id } => pack(id, context),
        CurriculaCommand::Unpack { file, replace } => unpack(file, *replace, context),
    }
}

/// Whether a command of this kind writes.
pub(crate) fn writes(args: &CurriculaArgs) -> bool {
    matches!(args.what, CurriculaCommand::Unpack { .. })
}

/// Every curriculum: those in use in their order, then the other ones of the workspace, then shipped ones.
pub(super) fn known(context: &mut Context, settings: &Settings) -> Result<Vec<CurriculumId>> {
    let tree = context.tree()?;
    let mut ids = settings.curricula.clone();
    let mut add = |id: CurriculumId| {
        if !ids.contains(&id) {
            ids.push(id);
        }
    };
    if tree.kind("curricula")? == Some(Kind::Folder) {
        for (name, kind) in tree.list("curricula")? {
            if kind == Kind::Folder
                && let Ok(id) = name.parse()
            {
                add(id);
            }
        }
    }
    files::built_in_curricula().into_iter().for_each(add);
    Ok(ids)
}

fn list(context: &mut Context) -> Result<Outcome> {
    let settings = context.settings()?;
    let tree = context.tree()?;
    let mut rows = Vec::new();
    for id in known(context, &settings)? {
        let loaded = files::load_curriculum(&tree, &id);
        context.mention(&loaded.findings)?;
        let cases = CaseFolder::open(&tree, &id)?;
        let adds = files::adds_cases(&tree, &id);
        let is_own = tree.kind(&files::curriculum_folder(&id))?.is_some() && !adds;
        let own_cases = cases.ids().iter().filter(|case| cases.is_own(case)).count();
        rows.push(CurriculumRow {
            is_in_use: settings.curricula.contains(&id),
            is_own,
            cases: cases.ids().len(),
            added: if adds { own_cases } else { 0 },
            curriculum: loaded.value,
            id,
        });
    }
    let data = context.ui.wants_data()?;
    context
        .ui
        .report(report::curriculum_list(&rows, data, context.now.today))?;
    Ok(Outcome::Done)
}

fn pack(typed: &str, context: &mut Context) -> Result<Outcome> {
    let settings = context.settings()?;
    let known = known(context, &settings)?;
    let Some(id) = known.iter().find(|id| id.as_str() == typed) else {
        let names = known.iter().map(|id| (id.as_str(), ""));
        return Err(CliError::unknown(
            typed,
            "curriculum",
            names,
            "upwards curricula list",
        ));
    };
    let Some(target) = context.ui.out_file.clone() else {
        return Err(CliError::usage("where does the pack go?")
            .hint(format!("upwards curricula pack {id} -o {id}.pack")));
    };
    let workspace = context.tree()?;
    // Only what is sound is handed out.
    let curriculum = context.sound(files::load_curriculum(&workspace, id))?;
    let kept = internal_cases(&workspace, id, context)?;
    let folder = files::curriculum_folder(id);
    let mut texts = Vec::new();
    if files::adds_cases(&workspace, id) {
        below(&workspace, &folder, &mut texts)?;
    }
    let mut rest = Vec::new();
    below(
        &files::curriculum_tree(&workspace, id).unwrap_or(workspace),
        &folder,
        &mut rest,
    )?;
    rest.retain(|text| texts.iter().all(|added| added.path != text.path));
    texts.append(&mut rest);
    let is_kept = |text: &TextFile| {
        kept.iter()
            .any(|case| text.path.ends_with(&format!("/cases/{case}.toml")))
    };
    texts.retain(|text| !is_kept(text));
    let pack = Pack {
        of: PackOf::Curriculum {
            id: id.to_string(),
            rev: curriculum.rev,
        },
        files: texts,
    };
    let count = pack.files.len();
    if !kept.is_empty() {
        context.ui.notice(&format!(
            "note: {} of this company only stayed here: {}",
            plural(kept.len(), "case"),
            kept.join(", ")
        ))?;
    }
    context
        .ui
        .write_file(&target, packet::write_pack(&pack).as_bytes())?;
    context.ui.line(t_n!(
        "curricula.packed",
        count,
        "{file}: {title}, revision {rev}, {n} text. Nothing of anybody's progress is in it.",
        "{file}: {title}, revision {rev}, {n} texts. Nothing of anybody's progress is in it.",
        file = target,
        title = curriculum.title,
        rev = curriculum.rev
    ))?;
    Ok(Outcome::Done)
}

/// Cases that may not leave the company.
fn internal_cases(workspace: &Tree, id: &CurriculumId, context: &Context) -> Result<Vec<String>> {
    let folder = CaseFolder::open(workspace, id)?;
    let mut internal = Vec::new();
    for id in folder.ids() {
        let case = context.sound(folder.load(id, "en"))?;
        if case.permission == Permission::Internal {
            internal.push(id.to_string());
        }
    }
    Ok(internal)
}

/// All texts of a curriculum below a folder.
fn below(tree: &Tree, folder: &str, texts: &mut Vec<TextFile>) -> Result<()> {
    for (name, kind) in tree.list(folder)? {
        let path = format!("{folder}/{name}");
        match kind {
            Kind::Folder => below(tree, &path, texts)?,
            Kind::File if is_text_of_copy(&path) => {
                let bytes = tree
                    .read_limited(&path, MAX_BYTES)?
                    .ok_or_else(|| CliError::could_not(format!("{path} is too large to be read")))?;
                let text = String::from_utf8(bytes.into_owned())
                    .map_err(|_| CliError::could_not(format!("{path} is not UTF-8")))?;
                texts.push(TextFile { path, text });
            }
            Kind::File | Kind::Link | Kind::Other => {}
        }
    }
    Ok(())
}

/// What becomes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    New,
    Same,
    Other,
}

fn unpack(file: &str, replace: bool, context: &mut Context) -> Result<Outcome> {
    let pack = read_pack(file, &read_text(file)?)?;
    let PackOf::Curriculum { id, rev } = &pack.of else {
        return Err(CliError::could_not(format!("{file} holds cases, no curriculum"))
            .hint(format!("upwards cases add {file}")));
    };
    let tree = context.tree()?;
    let root = context.root()?;
    for text in &pack.files {
        let findings = files::check_curriculum_text(&text.path, &text.text);
        if let Some(finding) = findings
            .iter()
            .find(|finding| finding.severity == Severity::Error)
        {
            return Err(
                CliError::could_not(format!("{file}, {}: {}", text.path, finding.message))
                    .hint("nothing of it was taken"),
            );
        }
    }
    let fates: Vec<(&TextFile, Fate)> = pack
        .files
        .iter()
        .map(|text| Ok((text, fate(&tree, text)?)))
        .collect::<Result<_>>()?;
    let count = |wanted: Fate| fates.iter().filter(|(_, fate)| *fate == wanted).count();
    let (new, other) = (count(Fate::New), count(Fate::Other));
    let ui = &context.ui;
    ui.line(t!(
        "curricula.pack_title",
        "{file}: the curriculum {id}, revision {rev}: {new} new texts, {other} with other words than here, {same} the same",
        file = file,
        id = id,
        rev = rev,
        new = new,
        other = other,
        same = count(Fate::Same)
    ))?;
    for (text, _) in fates.iter().filter(|(_, fate)| *fate == Fate::Other) {
        ui.line(format!("  {}", text.path))?;
    }
    let is_built_in = |known: &CurriculumId| {
        known.as_str() == id
            && files::curriculum_tree(&tree, known).is_some_and(|home| home.folder().is_none())
    };
    if files::built_in_curricula().iter().any(is_built_in) {
        ui.prose(
            &t!(
                "curricula.hides",
                "A curriculum of this id is built in: the one of the workspace takes its place."
            ),
            0,
        )?;
    }
    if new + other == 0 {
        ui.line(t!("curricula.nothing_new", "Nothing new: all of it is here."))?;
        return Ok(Outcome::Done);
    }
    if context.global.dry_run {
        ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    if other > 0 && !replace {
        return Err(CliError::could_not(format!(
            "{} here has other words; nothing was written",
            plural(other, "text")
        ))
        .hint("replace what is here: --replace"));
    }
    if !context.agreed("curricula.unpack", &t!("curricula.take", "Take it?"), "--yes")? {
        context.ui.line(t!("nothing_written", "Nothing was written."))?;
        return Ok(Outcome::Done);
    }
    // Without its head a curriculum is none: it comes last, so that what was cut short is taken once more.
    let is_head = |text: &TextFile| text.path.ends_with("/curriculum.toml");
    let (heads, others): (Vec<_>, Vec<_>) = fates.iter().partition(|(text, _)| is_head(text));
    let target = Tree::Folder(root);
    for (text, _) in others
        .into_iter()
        .chain(heads)
        .filter(|(_, fate)| *fate != Fate::Same)
    {
        let path = target.path(&text.path);
        if let Some(folder) = path.parent() {
            disk::create_folder(folder, Access::Shared)?;
        }
        disk::replace(&path, text.text.as_bytes(), Access::Shared)?;
    }
    let settings = context.settings()?;
    context.ui.line(t!("saved", "Saved."))?;
    if !settings.curricula.iter().any(|used| used.as_str() == id) {
        context.ui.line(t!(
            "curricula.not_in_use",
            "It is not in use yet: add \"{id}\" to curricula in upwards.toml, then: upwards check",
            id = id
        ))?;
    }
    Ok(Outcome::Done)
}

fn fate(tree: &Tree, text: &TextFile) -> Result<Fate> {
    Ok(match tree.kind(&text.path)? {
        None => Fate::New,
        Some(Kind::File) => {
            let mut bytes = Vec::new();
            tree.read_into(&text.path, &mut bytes)?;
            if bytes == text.text.as_bytes() {
                Fate::Same
            } else {
                Fate::Other
            }
        }
        Some(_) => {
            return Err(CliError::could_not(format!(
                "{} is no file here",
                tree.path(&text.path).display()
            )));
        }
    })
}

/// The text of a file that may be a pack.
pub(super) fn read_text(file: &str) -> Result<String> {
    /// Larger than any pack.
    const MOST: u64 = 32 * 1024 * 1024;
    let bytes = disk::read_limited(Path::new(file), MOST)?
        .ok_or_else(|| CliError::could_not(format!("{file} is larger than 32 MiB, which no pack is")))?;
    String::from_utf8(bytes).map_err(|_| CliError::could_not(format!("{file} is not UTF-8")))
}

/// A pack, whole; or why nothing of it is taken.
pub(super) fn read_pack(file: &str, text: &str) -> Result<Pack> {
    packet::read_pack(text).map_err(|damage| match damage {
        Damage::TooLarge => CliError::could_not(format!("{file} is larger than 16 MiB, which no pack is")),
        Damage::Newer(format) => CliError::could_not(format!(
            "{file} is a pack of form {format}, made by a newer upwards; this one reads form 1"
        ))
        .hint("update upwards, then unpack it again"),
        Damage::Damaged(why) => CliError::could_not(format!("{file} is refused: {why}"))
            .hint("nothing of it was taken; ask for it again"),
    })
}
