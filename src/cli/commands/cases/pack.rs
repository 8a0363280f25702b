//! Cases of one's own as one file for others.

use clap::Args;

use crate::base::texts::{t, t_n};
use crate::base::words::{few, plural};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::library::Library;
use crate::cli::packs;
use crate::files;
use crate::model::case::Permission;
use crate::packet::{Pack, PackOf, TextFile};

#[derive(Debug, Args)]
pub(super) struct PackArgs {
    /// The cases [default: all of the workspace's own]
    ids: Vec<String>,
    /// Also those whose permission is internal
    #[arg(long)]
    with_internal: bool,
}

pub(super) fn run(args: &PackArgs, context: &mut Context) -> Result<Outcome> {
    let settings = context.settings()?;
    let library = Library::open(context, &settings)?;
    let target = packs::target(context, "upwards cases pack our-chat -o ours.pack")?;
    let mut files = Vec::new();
    let mut kept = Vec::new();
    for (folder, id) in library.chosen(&args.ids)? {
        let case = context.sound(folder.load(id, "en"))?;
        if case.permission == Permission::Internal && !args.with_internal {
            kept.push(id.to_string());
            continue;
        }
        let path = format!(
            "{}/cases/{id}.toml",
            files::curriculum_folder(folder.curriculum())
        );
        let text = folder
            .text(id)
            .ok_or_else(|| CliError::could_not(format!("{path} cannot be read")))?;
        files.push(packs::for_others(TextFile { path, text })?);
    }
    if !kept.is_empty() {
        context.ui.notice(&format!(
            "note: {} of this company only stayed here: {}; --with-internal takes them along",
            plural(kept.len(), "case"),
            few(&kept)
        ))?;
    }
    if files.is_empty() {
        return Err(CliError::could_not("there is no case to pack")
            .hint("name some: upwards cases pack klm-social-service -o some.pack")
            .hint("one of your own: upwards cases draft, then upwards cases add FILE"));
    }
    let count = files.len();
    let pack = Pack {
        of: PackOf::Cases,
        files,
    };
    if !packs::write_pack(context, &target, &pack)? {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    context.ui.line(t_n!(
        "cases.packed",
        count,
        "{file}: {n} case. Nothing of anybody's progress is in it. Taken in by: upwards cases add {file}",
        "{file}: {n} cases. Nothing of anybody's progress is in it. Taken in by: upwards cases add {file}",
        file = target
    ))?;
    Ok(Outcome::Done)
}
