mod against;
mod diff;
mod export;
mod impact;
mod import;
mod module_at;
mod question_fates;
mod show;

use std::path::Path;

use clap::{Args, Subcommand};

use crate::base::diag::{Diagnostic, Severity};
use crate::base::id::CurriculumId;
use crate::base::texts::{t, t_n};
use crate::base::words::{and_list, few, plural};
use crate::check;
use crate::cli::commands::check::print_findings;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packs;
use crate::disk::{self, Access, Kind, Tree};
use crate::files::{self, CaseFolder, MAX_BYTES};
use crate::model::case::Permission;
use crate::model::curriculum::{Curriculum, Step, StepKind};
use crate::packet::{self, Pack, PackOf, TextFile, is_text_of_copy};
use crate::report::{self, CurriculumRow};

/// See the curricula there are, hand one out, take one in; questions from and for other programs
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards curricula list\n  upwards curricula show efficiency\n  upwards curricula diff efficiency --against git:HEAD --impact\n  upwards curricula pack efficiency -o efficiency.pack\n  upwards curricula unpack efficiency.pack --dry-run\n  upwards curricula import quiz.gift --into answer-in-public --dry-run\n  upwards curricula export efficiency --to moodle-xml -o efficiency.xml"
)]
pub(crate) struct CurriculaArgs {
    #[command(subcommand)]
    what: CurriculaCommand,
}

#[derive(Debug, Subcommand)]
enum CurriculaCommand {
    /// All curricula: built in or of the workspace, in use or not
    List,
    /// What is in a curriculum: capabilities, modules, steps with their minutes
    Show {
        /// The curriculum [default: the first in use]
        id: Option<String>,
    },
    Diff(diff::DiffArgs),
    /// Write a curriculum into one file, checksums and all
    Pack {
        /// The curriculum
        id: String,
        /// Also cases whose permission is internal
        #[arg(long)]
        with_internal: bool,
    },
    /// Take a packed curriculum into this workspace; shows first what would change
    Unpack {
        /// The pack
        file: String,
        /// Replace texts that are here with other words
        #[arg(long)]
        replace: bool,
    },
    /// Take questions of other programs into a quiz: GIFT, Aiken, Moodle XML, a sheet
    Import(import::ImportArgs),
    /// Write questions as other programs read them
    Export(export::ExportArgs),
}

pub(crate) fn run(args: &CurriculaArgs, context: &mut Context) -> Result<Outcome> {
    match &args.what {
        CurriculaCommand::List => list(context),
        CurriculaCommand::Show { id } => show::run(id.as_deref(), context),
        CurriculaCommand::Diff(args) => diff::run(args, context),
        CurriculaCommand::Pack { id, with_internal } => pack(id, *with_internal, context),
        CurriculaCommand::Unpack { file, replace } => unpack(file, *replace, context),
        CurriculaCommand::Import(args) => import::run(args, context),
        CurriculaCommand::Export(args) => export::run(args, context),
    }
}

/// Whether a command of this kind writes.
pub(crate) fn writes(args: &CurriculaArgs) -> bool {
    matches!(
        args.what,
        CurriculaCommand::Unpack { .. } | CurriculaCommand::Import(_)
    )
}

fn list(context: &mut Context) -> Result<Outcome> {
    let settings = context.settings()?;
    let tree = context.tree()?;
    let mut rows = Vec::new();
    for id in files::known_curricula(&tree, &settings.curricula)? {
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

fn pack(typed: &str, with_internal: bool, context: &mut Context) -> Result<Outcome> {
    let id = context.known_curriculum(typed)?;
    let target = packs::target(context, &format!("upwards curricula pack {id} -o {id}.pack"))?;
    let workspace = context.tree()?;
    // Only what is sound is handed out.
    let curriculum = context.sound(files::load_curriculum(&workspace, &id))?;
    let kept = if with_internal {
        Vec::new()
    } else {
        internal_cases(&workspace, &id, context)?
    };
    needed_by_nothing(&kept, &curriculum)?;
    let folder = files::curriculum_folder(&id);
    let mut texts = Vec::new();
    if files::adds_cases(&workspace, &id) {
        below(&workspace, &folder, &mut texts)?;
        texts.retain(|text| !is_about(text, &kept));
    }
    let home = files::curriculum_tree(&workspace, &id).unwrap_or(workspace);
    let mut rest = Vec::new();
    below(&home, &folder, &mut rest)?;
    if home.folder().is_some() {
        rest.retain(|text| !is_about(text, &kept));
    }
    rest.retain(|text| texts.iter().all(|added| added.path != text.path));
    texts.append(&mut rest);
    // A translation whose case does not go with it tells of one that is not meant to be seen.
    let cases: Vec<String> = texts
        .iter()
        .filter_map(|text| Some(packet::case_of(&text.path)?.1.to_owned()))
        .collect();
    let is_orphan = |text: &TextFile| {
        let name = text
            .path
            .rsplit('/')
            .next()
            .and_then(|name| name.strip_suffix(".toml"));
        text.path.contains("/translations/")
            && text.path.contains("/cases/")
            && name.is_none_or(|name| cases.iter().all(|case| case != name))
    };
    texts.retain(|text| !is_orphan(text));
    let for_others = |text: TextFile| match packet::case_of(&text.path) {
        Some(_) => packs::for_others(text),
        None => Ok(text),
    };
    let files: Vec<TextFile> = texts.into_iter().map(for_others).collect::<Result<_>>()?;
    let count = files.len();
    let pack = Pack {
        of: PackOf::Curriculum {
            id: id.to_string(),
            rev: curriculum.rev,
        },
        files,
    };
    if !kept.is_empty() {
        context.ui.notice(&format!(
            "note: {} of this company only stayed here: {}; --with-internal takes them along",
            plural(kept.len(), "case"),
            few(&kept)
        ))?;
    }
    if !packs::write_pack(context, &target, &pack)? {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
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

/// Whether a text is one of these cases, or a translation of one.
fn is_about(text: &TextFile, cases: &[String]) -> bool {
    cases
        .iter()
        .any(|case| text.path.ends_with(&format!("/cases/{case}.toml")))
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

/// Refuses to leave out cases that steps read or questions cite: what is left would not be sound.
fn needed_by_nothing(kept: &[String], curriculum: &Curriculum) -> Result<()> {
    let is_kept = |case: &str| kept.iter().any(|one| one == case);
    let reads = |step: &Step| match &step.kind {
        StepKind::Case(named) => named.curriculum.is_none() && is_kept(named.case.as_str()),
        StepKind::Quiz(questions) => questions
            .iter()
            .flat_map(|question| &question.sources)
            .any(|source| is_kept(source.split('.').next().unwrap_or_default())),
        _ => false,
    };
    let steps: Vec<&str> = curriculum
        .live_steps()
        .filter(|(_, step)| reads(step))
        .map(|(_, step)| step.id.as_str())
        .collect();
    if steps.is_empty() {
        return Ok(());
    }
    Err(CliError::could_not(format!(
        "{} rest on cases of this company only ({}): without them the curriculum is not sound",
        and_list(&steps),
        and_list(kept)
    ))
    .hint("change their permission, or take them along: --with-internal"))
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

/// Writes what is not there yet. A curriculum of which nothing was here comes as a whole or not at all; in another each
/// text is whole, and its head comes last.
fn write(root: &Path, id: &str, fates: &[(&TextFile, Fate)]) -> Result<()> {
    let tree = Tree::Folder(root.to_owned());
    let home = format!("curricula/{id}");
    if tree.kind(&home)?.is_none() {
        let stage = root.join(format!("curricula/.{id}.unpacked"));
        disk::remove_folder(&stage)?;
        let staged = fates.iter().try_for_each(|(text, _)| {
            let inside = text.path.strip_prefix(&format!("{home}/")).unwrap_or(&text.path);
            write_new(&Tree::Folder(stage.clone()).path(inside), text)
        });
        let moved = staged.and_then(|()| Ok(disk::rename(&stage, &tree.path(&home))?));
        if moved.is_err() {
            // What could not be written whole is no curriculum; the reason is told, and nothing is left of it.
            let _ = disk::remove_folder(&stage);
        }
        return moved;
    }
    let is_head = |text: &TextFile| text.path.ends_with("/curriculum.toml");
    let (heads, others): (Vec<_>, Vec<_>) = fates.iter().partition(|(text, _)| is_head(text));
    for (text, fate) in others.into_iter().chain(heads) {
        let path = tree.path(&text.path);
        match fate {
            Fate::Same => {}
            Fate::Other => disk::replace(&path, text.text.as_bytes(), Access::Shared)?,
            Fate::New => write_new(&path, text)?,
        }
    }
    Ok(())
}

fn write_new(path: &Path, text: &TextFile) -> Result<()> {
    if let Some(folder) = path.parent() {
        disk::create_folder(folder, Access::Shared)?;
    }
    if disk::create(path, text.text.as_bytes(), Access::Shared)? {
        return Ok(());
    }
    Err(CliError::could_not(format!("{} came up meanwhile", text.path))
        .hint("it was not replaced; unpack once more to see what it holds"))
}

/// What becomes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    New,
    Same,
    Other,
}

fn unpack(file: &str, replace: bool, context: &mut Context) -> Result<Outcome> {
    let pack = packs::read_pack(file, &packs::read_text(file)?)?;
    let PackOf::Curriculum { id, rev } = &pack.of else {
        return Err(CliError::could_not(format!("{file} holds cases, no curriculum"))
            .hint(format!("upwards cases add {file}")));
    };
    let tree = context.tree()?;
    let root = context.root()?;
    are_sound(file, &pack, context)?;
    says_what_it_holds(file, &pack, id, *rev)?;
    for text in &pack.files {
        packs::no_link_above(&tree, &text.path)?;
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
        "{file}: the curriculum {id}, revision {rev}; new texts: {new}, with other words than here: {other}, the same: {same}",
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
    let stay = only_here(&tree, &format!("curricula/{id}"), &pack)?;
    if stay > 0 {
        ui.line(t_n!(
            "curricula.stay",
            stay,
            "{n} text of it is here only, and stays.",
            "{n} texts of it are here only, and stay."
        ))?;
    }
    if new + other > 0 && tree.kind(&format!("curricula/{id}/curriculum.toml"))?.is_some() {
        ui.lines(changes(&tree, &pack, id))?;
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
    write(&root, id, &fates)?;
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

/// What a pack changes in the curriculum that is here, in words; nothing where that cannot be read.
fn changes(tree: &Tree, pack: &Pack, id: &str) -> Vec<String> {
    let load = |tree: &Tree| files::load_curriculum(tree, &id.parse().ok()?).value;
    match (load(tree), load(&packs::tree_of(pack))) {
        (Some(here), Some(packed)) => report::curriculum_changes(&here, &packed),
        _ => Vec::new(),
    }
}

/// Refuses a pack whose first line says another revision than its texts, or that holds a text too large to be read.
fn says_what_it_holds(file: &str, pack: &Pack, id: &str, rev: u32) -> Result<()> {
    let held = id
        .parse()
        .ok()
        .and_then(|id| files::load_curriculum(&packs::tree_of(pack), &id).value);
    if held.is_none_or(|held| held.rev != rev) {
        return Err(CliError::could_not(format!(
            "{file} is refused: its first line says revision {rev}, and its texts say something else"
        ))
        .hint("nothing of it was taken; ask for it again"));
    }
    packs::are_readable(&pack.files)
}

/// Refuses a pack that is not sound by itself; all that is wrong is shown.
fn are_sound(file: &str, pack: &Pack, context: &Context) -> Result<()> {
    let everything = files::load_everything(&packs::tree_of(pack));
    let mut findings = check::run(&everything, context.now.today);
    let is_packed = |finding: &Diagnostic| pack.files.iter().any(|text| text.path == finding.place.file);
    findings.retain(|finding| finding.severity == Severity::Error && is_packed(finding));
    if findings.is_empty() {
        return Ok(());
    }
    let named = |text: &&TextFile| findings.iter().any(|finding| finding.place.file == text.path);
    let texts = pack.files.iter().filter(named);
    let texts = texts.map(|text| (text.path.clone(), text.text.clone())).collect();
    print_findings(context, &findings, &texts)?;
    Err(
        CliError::could_not(format!("{file} is refused: what it holds has errors"))
            .hint("nothing of it was taken; tell whoever packed it"),
    )
}

/// Texts of the curriculum that are here and not in the pack: they stay.
fn only_here(tree: &Tree, folder: &str, pack: &Pack) -> Result<usize> {
    let mut texts = Vec::new();
    if tree.kind(folder)? == Some(Kind::Folder) {
        below(tree, folder, &mut texts)?;
    }
    let is_packed = |text: &TextFile| pack.files.iter().any(|packed| packed.path == text.path);
    Ok(texts.iter().filter(|text| !is_packed(text)).count())
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
