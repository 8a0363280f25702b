//! Cases that come into the workspace, from a file or from somebody's pack; only sound ones, and never over others.

use clap::Args;

use crate::base::diag::Severity;
use crate::base::id::{CaseId, CurriculumId};
use crate::base::texts::{t, t_n};
use crate::base::words::plural;
use crate::check;
use crate::cli::commands::check::print_findings;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packs::{self, no_link_above, read_pack, read_text};
use crate::disk::{self, Access, Tree};
use crate::files::{self, CaseFolder, NewCase};
use crate::packet::{self, PackOf, TextFile};

#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// A case as a TOML file, or a pack of cases
    file: String,
    /// The curriculum whose cases it joins [default: the first in use; of a pack, what each was written for]
    #[arg(long = "in", value_name = "CURRICULUM")]
    curriculum: Option<String>,
    /// Give the case another id: one that is not there yet
    #[arg(long, value_name = "NEW")]
    as_id: Option<String>,
}

pub(super) fn run(args: &AddArgs, context: &mut Context) -> Result<Outcome> {
    let settings = context.settings()?;
    let wanted = match &args.curriculum {
        Some(typed) => Some(context.known_curriculum(typed)?),
        None => None,
    };
    let as_id: Option<CaseId> = match &args.as_id {
        Some(typed) => {
            let fault = |fault| CliError::usage(format!("--as-id {typed}: {fault}"));
            Some(typed.parse().map_err(fault)?)
        }
        None => None,
    };
    let text = read_text(&args.file)?;
    let cases = if packet::is_pack(&text) {
        of_pack(args, &text, wanted.as_ref(), as_id.as_ref(), context)?
    } else {
        let curriculum = match wanted {
            Some(id) => id,
            None => context.curriculum_id(&settings)?,
        };
        vec![of_file(args, text, curriculum, as_id, context)?]
    };
    if cases.is_empty() {
        return Err(CliError::could_not(format!("{} holds no case", args.file)));
    }
    let texts = cases.iter().map(|case| TextFile {
        path: case.shown.clone(),
        text: case.text.clone(),
    });
    packs::are_readable(&texts.collect::<Vec<_>>())?;
    let tree = context.tree()?;
    let (cases, same) = not_there_yet(cases, &tree)?;
    if cases.is_empty() {
        context.ui.line(t_n!(
            "cases.there",
            same,
            "Nothing new: the case is here.",
            "Nothing new: all {n} cases are here."
        ))?;
        return Ok(Outcome::Done);
    }
    if !are_sound(&cases, &tree, context)? {
        return Err(CliError::could_not("nothing was added: see above")
            .hint("mend it, then add it again; what a code means: upwards check --explain CODE"));
    }
    for case in &cases {
        context.ui.line(t!(
            "cases.adds",
            "{id} joins the cases of {curriculum}",
            id = case.id,
            curriculum = case.curriculum
        ))?;
    }
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    if !context.agreed("cases.add", &t!("cases.add", "Add it?"), "--yes")? {
        context.ui.line(t!("nothing_written", "Nothing was written."))?;
        return Ok(Outcome::Done);
    }
    write(&cases, context)?;
    context.ui.line(t!("saved", "Saved."))?;
    if let Some(case) = cases.first() {
        context.ui.line(t!(
            "cases.added_next",
            "Read it: upwards cases show {id}",
            id = format!("{} --curriculum {}", case.id, case.curriculum)
        ))?;
    }
    Ok(Outcome::Done)
}

fn of_file(
    args: &AddArgs,
    text: String,
    curriculum: CurriculumId,
    as_id: Option<CaseId>,
    context: &Context,
) -> Result<NewCase> {
    let shown = args.file.clone();
    let (text, id) = match as_id {
        None => (text.clone(), files::case_id(&text)),
        Some(id) => (files::with_id(&text, &id).unwrap_or(text), Some(id)),
    };
    if let Some(id) = id {
        return Ok(NewCase {
            curriculum,
            id,
            shown,
            text,
        });
    }
    let findings = files::check_curriculum_text(&shown, &text);
    let texts = [(shown.clone(), text)].into();
    print_findings(context, &findings, &texts)?;
    Err(CliError::could_not(format!("{shown} is no case: it has no id"))
        .hint("a case begins with: format = 1, id = \"...\"; a new one: upwards cases draft"))
}

fn of_pack(
    args: &AddArgs,
    text: &str,
    wanted: Option<&CurriculumId>,
    as_id: Option<&CaseId>,
    context: &mut Context,
) -> Result<Vec<NewCase>> {
    let pack = read_pack(&args.file, text)?;
    if let PackOf::Curriculum { id, .. } = &pack.of {
        return Err(
            CliError::could_not(format!("{} holds the curriculum {id}", args.file))
                .hint(format!("upwards curricula unpack {}", args.file)),
        );
    }
    if as_id.is_some() && pack.files.len() != 1 {
        return Err(CliError::usage(format!(
            "--as-id is for one case; {} holds {}",
            args.file,
            pack.files.len()
        )));
    }
    let mut cases = Vec::new();
    for file in pack.files {
        let Some((home, stem)) = packet::case_of(&file.path) else {
            return Err(CliError::could_not(format!("{} is no case", file.path)));
        };
        let curriculum = match wanted {
            Some(id) => id.clone(),
            None => context.known_curriculum(home).map_err(|_| {
                CliError::could_not(format!(
                    "{} was written for the curriculum {home}, which is not here",
                    file.path
                ))
                .hint("say which one it joins: --in CURRICULUM")
            })?,
        };
        let (id, text) = if let Some(id) = as_id {
            (id.clone(), files::with_id(&file.text, id).unwrap_or(file.text))
        } else {
            let fault = |fault| CliError::could_not(format!("{}: {fault}", file.path));
            (stem.parse().map_err(fault)?, file.text)
        };
        cases.push(NewCase {
            curriculum,
            id,
            shown: file.path,
            text,
        });
    }
    Ok(cases)
}

/// A case as it comes into the library: without comments, in which a draft keeps what people said. What cannot be parsed
/// is told with its line by whoever judges it.
fn bare(case: &NewCase) -> String {
    files::without_comments(&case.text).unwrap_or_else(|_| case.text.clone())
}

/// Leaves out what is there word for word; what is there with other words refuses all.
fn not_there_yet(cases: Vec<NewCase>, tree: &Tree) -> Result<(Vec<NewCase>, usize)> {
    let mut new: Vec<NewCase> = Vec::new();
    let mut same = 0;
    let mut other = Vec::new();
    for case in cases {
        let folder = CaseFolder::open(tree, &case.curriculum)?;
        let is_there = folder.ids().contains(&case.id);
        let is_twice = new
            .iter()
            .any(|one| (&one.curriculum, &one.id) == (&case.curriculum, &case.id));
        if is_there
            && folder
                .text(&case.id)
                .is_some_and(|there| there == case.text || there == bare(&case))
        {
            same += 1;
        } else if is_there || is_twice {
            other.push(format!("{}/{}", case.curriculum, case.id));
        } else {
            new.push(case);
        }
    }
    if other.is_empty() {
        return Ok((new, same));
    }
    Err(CliError::could_not(format!(
        "{} with other words: {}",
        if other.len() == 1 {
            "a case of this id is there"
        } else {
            "cases of these ids are there"
        },
        other.join(", ")
    ))
    .hint("compare: upwards cases show ID; take it under another id: --as-id NEW"))
}

/// Judges cases as if they were in the workspace, and says what is wrong with them.
fn are_sound(cases: &[NewCase], tree: &Tree, context: &Context) -> Result<bool> {
    let everything = files::load_with_cases(tree, cases);
    let mut findings = check::run(&everything, context.now.today);
    findings.retain(|finding| finding.severity != Severity::Note);
    let texts = cases
        .iter()
        .map(|case| (case.shown.clone(), case.text.clone()))
        .collect();
    if !findings.is_empty() {
        print_findings(context, &findings, &texts)?;
    }
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    let warnings = findings.len() - errors;
    if errors == 0 && warnings > 0 {
        context.ui.notice(&format!(
            "note: {}, none of which keeps it out",
            plural(warnings, "warning")
        ))?;
    }
    Ok(errors == 0)
}

fn write(cases: &[NewCase], context: &mut Context) -> Result<()> {
    let target = Tree::Folder(context.root()?);
    for case in cases {
        let folder = files::curriculum_folder(&case.curriculum);
        no_link_above(&target, &format!("{folder}/cases/{}.toml", case.id))?;
    }
    for case in cases {
        let folder = format!("{}/cases", files::curriculum_folder(&case.curriculum));
        let path = target.path(&format!("{folder}/{}.toml", case.id));
        disk::create_folder(&target.path(&folder), Access::Shared)?;
        if !disk::create(&path, bare(case).as_bytes(), Access::Shared)? {
            return Err(
                CliError::could_not(format!("{} came up meanwhile", path.display()))
                    .hint("nothing was replaced; add it again"),
            );
        }
    }
    Ok(())
}
