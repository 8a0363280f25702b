use clap::Args;

use crate::base::texts::t;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Kind, Outcome, Result};
use crate::cli::packs::no_link_above;
use crate::disk::Tree;
use crate::files::{self, FILE_KINDS, schema_text};
use crate::store;

/// The word for the lines of a shared log, which no person writes.
const EVENT: &str = "event";

/// What a file may hold, as JSON Schema: for editors that complete and check as you type
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards schema module\n  upwards schema case -o case.json\n  upwards schema --all    (into schema/ of the workspace, where `#:schema` lines look)\n  upwards schema --all -o DIR"
)]
pub(crate) struct SchemaArgs {
    /// curriculum, module, case, translation, people, upwards, import, erased, texts, config, event
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    kind: Option<String>,
    /// Every kind, each into a file of a folder
    #[arg(long)]
    all: bool,
}

pub(crate) fn run(args: &SchemaArgs, context: &mut Context) -> Result<Outcome> {
    if let Some(typed) = &args.kind {
        let text = text(typed).ok_or_else(|| {
            let known = kinds().map(|kind| (kind, ""));
            CliError {
                kind: Kind::Usage,
                ..CliError::unknown(typed, "kind of file", known, "upwards schema --help")
            }
        })?;
        match context.ui.out_file.clone().filter(|file| file != "-") {
            None => context.ui.bytes(text.as_bytes())?,
            Some(_) if context.global.dry_run => {
                context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
            }
            Some(file) => {
                context.ui.write_file(&file, text.as_bytes())?;
                context.ui.notice(&format!("wrote {file}"))?;
            }
        }
        return Ok(Outcome::Done);
    }
    let folder = match &context.ui.out_file {
        Some(folder) if folder == "-" => {
            return Err(CliError::usage("several files go into a folder").hint("upwards schema --all -o DIR"));
        }
        Some(folder) => folder.clone(),
        None => {
            let root = context.root()?;
            no_link_above(
                &Tree::Folder(root.clone()),
                &format!("{}/x", files::SCHEMA_FOLDER),
            )?;
            root.join(files::SCHEMA_FOLDER).to_string_lossy().into_owned()
        }
    };
    if !context.global.dry_run {
        context.ui.make_folder(&folder)?;
    }
    for kind in kinds() {
        let file = format!("{folder}/{kind}.json");
        let text = text(kind).unwrap_or_default();
        if context.global.dry_run {
            context.ui.may_write(&file, text.as_bytes())?;
        } else {
            context.ui.write_file(&file, text.as_bytes())?;
        }
        context.ui.line(&file)?;
    }
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
    }
    Ok(Outcome::Done)
}

fn kinds() -> impl Iterator<Item = &'static str> {
    FILE_KINDS.iter().map(|kind| kind.word).chain([EVENT])
}

fn text(word: &str) -> Option<String> {
    if word == EVENT {
        return Some(schema_text(&store::event_schema()));
    }
    let kind = FILE_KINDS.iter().find(|kind| kind.word == word)?;
    Some(schema_text(&files::json_schema(kind)))
}
