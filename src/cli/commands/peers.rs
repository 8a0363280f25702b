mod printed;
mod talks;

use std::collections::BTreeSet;

use clap::{Args, Subcommand};

use talks::{InviteArgs, RecordArgs};

use crate::base::id::short;
use crate::base::texts::{t, t_n};
use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::meetings::{self, Talk};
use crate::cli::reasons;
use crate::cli::record::Recorder;
use crate::model::curriculum::TalkWith;
use crate::model::person::Role;
use crate::pairing::{self, FEWEST_SEEKERS, Facts, Peer, PeerGroups, Rules};
use crate::report::{self, PeersAbout};
use crate::table::Hint;

/// Most seekers around a host: five people in a room.
const MOST_SEEKERS: u8 = 4;

/// Peers: form groups in which each worry meets an experience
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards peers form\n  upwards peers form --capability serve --size 4\n  upwards peers form --capability serve --yes\n  upwards peers list\n  upwards peers report -o peers.html\n  upwards peers invite 3b9f1c52 --at \"2026-03-19 09:30\"\n  upwards peers record 3b9f1c52 --minutes 60 --attendance eli=deputy --commitment ana=\"answer one customer\""
)]
pub(crate) struct PeersArgs {
    #[command(subcommand)]
    what: PeersCommand,
}

#[derive(Debug, Subcommand)]
enum PeersCommand {
    /// Groups that are formed and have not met yet; who leads nobody sees their own
    List,
    /// Leaders: give a group a day, move it or call it off; writes a calendar file
    Invite(InviteArgs),
    /// What a group has in hand for its talk: agenda, questions, one thing to do
    Guide {
        /// The group: the beginning of its id in `peers list` [default: if there is one only]
        group: Option<String>,
    },
    /// Record a talk that was held: a leader for everybody who was there, others for themselves
    Record(RecordArgs),
    /// Propose groups of three to five around everybody who has been through it
    Form {
        /// The capability [default: the one in which most people could meet somebody]
        #[arg(long, value_name = "ID")]
        capability: Option<String>,
        /// Most people in a group, who has been through it included
        #[arg(long, value_name = "3-5", default_value_t = MOST_SEEKERS + 1, value_parser = clap::value_parser!(u8).range(3..=5))]
        size: u8,
    },
    Report(printed::PeersReportArgs),
}

pub(crate) fn run(args: &PeersArgs, context: &mut Context) -> Result<Outcome> {
    match &args.what {
        PeersCommand::List => list(context),
        PeersCommand::Invite(args) => talks::invite(args, context),
        PeersCommand::Guide { group } => talks::guide(group.as_deref(), context),
        PeersCommand::Record(args) => talks::record(args, context),
        PeersCommand::Form { capability, size } => form(capability.as_deref(), *size, context),
        PeersCommand::Report(args) => printed::run(args, context),
    }
}

/// Whether a command of this kind writes.
pub(crate) fn writes(args: &PeersArgs) -> bool {
    !matches!(
        args.what,
        PeersCommand::List | PeersCommand::Guide { .. } | PeersCommand::Report(_)
    )
}

fn list(context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(Some(Role::Leader), context)?;
    let groups = talks::groups(&desk, context)?;
    let data = context.ui.wants_data()?;
    let today = context.now.today;
    let mut report = report::peer_list(&groups, &desk.workspace, today, data);
    if groups.is_empty() {
        report.above.push(if desk.leads() {
            t!("peers.none", "No group is formed: upwards peers form")
        } else {
            t!("peers.none.own", "You are in no group that waits for its talk.")
        });
    }
    context.ui.report(report)?;
    Ok(Outcome::Done)
}

fn form(typed: Option<&str>, size: u8, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of(context)?;
    let _held = desk.hold(context)?;
    let everybody = desk.everybody(context)?;
    let known = reasons::whole_wishes(&context.tree()?, context.now.today)?;
    let (capabilities, none) = (desk.capabilities()?, BTreeSet::new());
    let rules = desk.rules(&capabilities, &known, &none);
    let seats = usize::from(size.saturating_sub(1)).max(FEWEST_SEEKERS);
    let place = place(typed, seats, &desk, &everybody, &rules)?;
    let capability = &desk.curriculum()?.capabilities[place];
    let hosts = pairing::hosts(&everybody, place, &rules);
    let seekers = pairing::peer_seekers(&everybody, place, &rules);
    let peers: Vec<Peer<'_>> = hosts.iter().map(|host| host.peer.clone()).collect();
    let groups = pairing::form_groups(&seekers, &peers, seats, |seeker, _| seeker.fit());
    let met = pairing::last_met(&everybody);
    let waits = pairing::why_waiting(&groups, &seekers, &hosts, seats);
    let about = PeersAbout {
        workspace: &desk.workspace,
        capability: capability.id.as_str(),
        name: &capability.name,
        hosts: &hosts,
        seekers: &seekers,
        met: &met,
        waits: &waits,
        today: context.now.today,
    };
    let data = context.ui.wants_data()?;
    context.ui.report(report::peers_report(&groups, &about, data))?;
    write(&groups, &everybody, capability.id.as_str(), &desk, data, context)
}

/// The capability that was typed, else the one in which there is a place for most people; the first of equals.
fn place(
    typed: Option<&str>,
    seats: usize,
    desk: &Desk,
    everybody: &[Facts<'_>],
    rules: &Rules<'_>,
) -> Result<usize> {
    let curriculum = desk.curriculum()?;
    let all = &curriculum.capabilities;
    if let Some(typed) = typed {
        return all
            .iter()
            .position(|one| one.id.as_str() == typed)
            .ok_or_else(|| {
                let names = all.iter().map(|one| (one.id.as_str(), one.name.as_str()));
                CliError::unknown(typed, "capability", names, "upwards progress")
            });
    }
    let could_meet = |place: usize| pairing::places(everybody, place, seats, rules);
    let best = (0..all.len()).max_by_key(|place| (could_meet(*place), std::cmp::Reverse(*place)));
    best.ok_or_else(|| CliError::could_not(format!("{} has no capability", curriculum.id)))
}

/// Writes the groups once somebody said so: one line for each who is in one.
fn write(
    groups: &PeerGroups<'_>,
    everybody: &[Facts<'_>],
    capability: &str,
    desk: &Desk,
    data: bool,
    context: &mut Context,
) -> Result<Outcome> {
    if groups.groups.is_empty() {
        return Ok(Outcome::Done);
    }
    let question = t_n!(
        "peers.ask",
        groups.groups.len(),
        "Form this {n} group?",
        "Form these {n} groups?"
    );
    if !Desk::may_write("peers.form", &question, data, context)? {
        return Ok(Outcome::Done);
    }
    let _among = desk.unchanged(everybody, context)?;
    let talks: Vec<Talk> = groups
        .groups
        .iter()
        .map(|(host, members)| {
            let people: Vec<String> = [&[*host], members.as_slice()]
                .concat()
                .iter()
                .map(|id| (*id).to_owned())
                .collect();
            Talk {
                meeting: None,
                owners: people.clone(),
                people,
                role: TalkWith::Peer,
                topic: capability.to_owned(),
                at: None,
                place: None,
                minutes: None,
            }
        })
        .collect();
    let mut recorder = Recorder::new(context, &desk.workspace.settings)?;
    let names = meetings::plan(&talks, desk, &mut recorder)?;
    if data {
        return Ok(Outcome::Done);
    }
    context.ui.line(t_n!(
        "peers.saved",
        names.len(),
        "Saved: {n} group.",
        "Saved: {n} groups."
    ))?;
    let first = names.first().map_or("GROUP", |name| short(name));
    context.ui.hints(&[
        Hint::new(
            format!("upwards peers invite {first} --at WHEN"),
            t!("peers.hint.invite", "a day for it, with a calendar file"),
        ),
        Hint::new("upwards undo", t!("mentors.hint.undo", "take it back")),
    ])?;
    Ok(Outcome::Done)
}
