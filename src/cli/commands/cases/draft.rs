//! A case that is still to be written, made from a talk, a practice or an idea.

use std::path::PathBuf;

use clap::Args;

use crate::base::id::{CaseId, EventId, PersonId};
use crate::base::texts::{t, t_n};
use crate::base::words::and_list;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packs::no_link_above;
use crate::cli::team::for_each_readable;
use crate::disk::{self, Access};
use crate::files::{self, WantCurricula};
use crate::library::{Lead, gather, leads};
use crate::model::case_draft::{CaseDraft, Gathered};
use crate::model::person::Role;
use crate::model::settings::Layout;
use crate::model::workspace::Workspace;

/// Days until a case should be looked at again.
const REVIEW_AFTER: i32 = 365;

#[derive(Debug, Args)]
pub(super) struct DraftArgs {
    /// The talk, practice or idea it is made from: its event in `history`, or the beginning
    #[arg(long, value_name = "EVENT")]
    from: Option<String>,
    /// The case's id [default: by what it is made from]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

pub(super) fn run(args: &DraftArgs, context: &mut Context) -> Result<Outcome> {
    let workspace = context.workspace(WantCurricula::InUse)?;
    let me = context.actor(&workspace, Some(Role::Leader))?;
    let begun = match &args.from {
        Some(typed) => Some(find(typed, &workspace, &me, context)?),
        None => None,
    };
    let id = match (&args.id, &begun) {
        (Some(typed), _) => typed
            .parse::<CaseId>()
            .map_err(|fault| CliError::usage(format!("--id: {fault}")))?,
        (None, Some(begun)) => usual_id(begun)?,
        (None, None) => {
            return Err(CliError::usage("what is the case called?")
                .hint("upwards cases draft --id our-chat")
                .hint("made from a talk, a practice or an idea: upwards cases draft --from EVENT (upwards history)"));
        }
    };
    let draft = made(id, begun.as_ref(), &workspace, &me, context)?;
    let file = write(&draft, &workspace, &me, context)?;
    say(&draft, file.as_deref(), context)?;
    Ok(Outcome::Done)
}

/// What a draft begins with.
pub(in crate::cli::commands) struct Begun {
    /// The event.
    pub(in crate::cli::commands) id: EventId,
    /// Whose log it stands in.
    pub(in crate::cli::commands) person: PersonId,
    /// What it is.
    pub(in crate::cli::commands) lead: Lead,
}

/// The draft of an idea that becomes a case, written; its file.
pub(in crate::cli::commands) fn of_idea(
    begun: &Begun,
    workspace: &Workspace,
    me: &PersonId,
    context: &mut Context,
) -> Result<(CaseDraft, Option<String>)> {
    let draft = made(usual_id(begun)?, Some(begun), workspace, me, context)?;
    let file = write(&draft, workspace, me, context)?;
    Ok((draft, file))
}

/// Says where a draft lies and what is left to do.
pub(in crate::cli::commands) fn say(draft: &CaseDraft, file: Option<&str>, context: &Context) -> Result<()> {
    let Some(file) = file else {
        return context.ui.line(t!("dry_run", "Dry run, nothing was written."));
    };
    if file == "-" {
        return Ok(());
    }
    let gathered = &draft.gathered;
    let counts = [
        (
            gathered.promises.len(),
            t_n!(
                "cases.promises",
                gathered.promises.len(),
                "{n} promise",
                "{n} promises"
            ),
        ),
        (
            gathered.lines.len(),
            t_n!(
                "cases.lines",
                gathered.lines.len(),
                "{n} line to quote",
                "{n} lines to quote"
            ),
        ),
        (
            gathered.figures.len(),
            t_n!(
                "cases.figures",
                gathered.figures.len(),
                "{n} figure taken twice",
                "{n} figures taken twice"
            ),
        ),
    ];
    let there: Vec<&str> = counts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(_, words)| words.as_str())
        .collect();
    let ui = &context.ui;
    if there.is_empty() {
        ui.line(t!("cases.begun", "{file} is begun.", file = file))?;
    } else {
        ui.prose(
            &t!(
                "cases.begun_with",
                "{file} is begun, with {what}.",
                file = file,
                what = and_list(&there)
            ),
            0,
        )?;
    }
    ui.line(t!("cases.draft_next", "Write what says TODO, then:"))?;
    ui.line(format!("  upwards check {file}"))?;
    ui.line(format!("  upwards cases add {file}"))
}

fn find(typed: &str, workspace: &Workspace, me: &PersonId, context: &mut Context) -> Result<Begun> {
    let typed = typed.to_lowercase();
    let mut found: Vec<Begun> = Vec::new();
    if typed.len() >= 4 {
        for_each_readable(context, workspace, me, |person, progress| {
            for (id, lead) in leads(progress, &typed) {
                if found.iter().all(|one| one.id != id) {
                    let person = person.id.clone();
                    found.push(Begun { id, person, lead });
                }
            }
        })?;
    }
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(CliError::could_not(format!(
            "\"{typed}\" is no talk, practice or idea that you may read"
        ))
        .hint("events with their ids: upwards history, or history --person ID")
        .hint("ideas with theirs: upwards ideas list")),
        _ => Err(CliError::could_not(format!("\"{typed}\" fits several events"))
            .hint("write more of the id: upwards history")),
    }
}

fn usual_id(begun: &Begun) -> Result<CaseId> {
    let short: String = begun.id.to_string().chars().take(8).collect();
    let word = match begun.lead {
        Lead::Talk { .. } => "talk",
        Lead::Practice(_) => "practice",
        Lead::Idea(_) => "idea",
    };
    format!("{word}-{short}")
        .parse()
        .map_err(|fault| CliError::could_not(format!("{fault}")))
}

fn made(
    id: CaseId,
    begun: Option<&Begun>,
    workspace: &Workspace,
    me: &PersonId,
    context: &mut Context,
) -> Result<CaseDraft> {
    let mut gathered = Gathered::default();
    if let Some(begun) = begun {
        for_each_readable(context, workspace, me, |person, progress| {
            // A talk stands in the log of everybody who was there, all else in one.
            if person.id == begun.person || matches!(begun.lead, Lead::Talk { .. }) {
                gather(&begun.lead, progress, &mut gathered);
            }
        })?;
    }
    let credit = begun.filter(|begun| matches!(begun.lead, Lead::Idea(_)));
    let company = workspace.settings.organisation.clone().unwrap_or_default();
    Ok(CaseDraft {
        id,
        organisation: workspace.settings.name.clone(),
        sector: company.sector,
        size: company.size,
        country: company.country,
        owner: workspace.name_of(me.as_str()).to_owned(),
        credit: credit.map(|begun| workspace.name_of(begun.person.as_str()).to_owned()),
        review_by: context.now.today + REVIEW_AFTER,
        gathered,
    })
}

/// Writes a draft where `-o` says, else into the workspace's `drafts`; never over anything. `None` = dry run.
fn write(
    draft: &CaseDraft,
    workspace: &Workspace,
    me: &PersonId,
    context: &mut Context,
) -> Result<Option<String>> {
    let text = files::case_draft(draft);
    if context.ui.out_file.as_deref() == Some("-") {
        context.ui.bytes(text.as_bytes())?;
        return Ok(Some("-".to_owned()));
    }
    let (file, path) = if let Some(file) = context.ui.out_file.clone() {
        context.ui.may_write(&file, text.as_bytes())?;
        (file.clone(), PathBuf::from(file))
    } else {
        let leads = workspace
            .person(me.as_str())
            .is_some_and(|me| me.is(Role::Leader));
        if !leads && workspace.settings.layout != Layout::Packets {
            return Err(CliError::usage(
                "where does the draft go? In a shared folder drafts/ is the leaders'",
            )
            .hint("name a file of your own: -o ../my-case.toml"));
        }
        no_link_above(&context.tree()?, "drafts/x")?;
        let folder = context.root()?.join("drafts");
        if !context.global.dry_run {
            disk::create_folder(&folder, Access::Shared)?;
        }
        let name = format!("{}.toml", draft.id);
        (format!("drafts/{name}"), folder.join(name))
    };
    let taken = || {
        CliError::could_not(format!("{file} is there already"))
            .hint("go on with it, or give the new one another name: --id ID, or -o FILE")
    };
    if context.global.dry_run {
        return match disk::kind(&path)? {
            Some(_) => Err(taken()),
            None => Ok(None),
        };
    }
    if !disk::create(&path, text.as_bytes(), Access::Shared)? {
        return Err(taken());
    }
    Ok(Some(file))
}
