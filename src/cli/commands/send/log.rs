//! What this computer recorded and the leaders lack.

use std::path::Path;

use super::{SendArgs, never_in_it, text_of};
use crate::base::id::page_beginning;
use crate::base::text::hanging;
use crate::base::texts::{t, t_n};
use crate::base::words::and_list;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::history;
use crate::cli::packets::{LEADERS, Last, Sent};
use crate::cli::person::Subject;
use crate::cli::record::TeamLog;
use crate::disk::{self, Kind, Tree};
use crate::interop::{self, Ground};
use crate::log;
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::packet::{self, Block, Head, LinePlace, MOST_BYTES, Packet, Part, envelope_of};
use crate::store;
use crate::table::Hint;

/// Lines shown before the rest is only counted.
const MOST_SHOWN: usize = 40;

/// A file of this computer, as far as it is the sender's to send.
struct OwnFile {
    /// Its path in the workspace.
    file: String,
    lines: Vec<(LinePlace, String)>,
    /// Lines that are no events: they stay here, `doctor` names them.
    unread: usize,
    /// Lines in others' words.
    of_others: usize,
}

pub(super) fn run(args: &SendArgs, context: &mut Context, workspace: &Workspace) -> Result<Outcome> {
    let me = context.actor(workspace, None)?;
    let subject = Subject::named(context, me.as_str())?;
    let leads = subject.person.is(Role::Leader);
    if args.team && !leads {
        return Err(CliError::could_not("only leaders note things for the leaders")
            .hint("what you wrote yourself: upwards send"));
    }
    let Some(device) = subject.device(context)? else {
        return nothing_yet(context);
    };
    let mut files = own_files(context, &subject, device.as_str(), leads)?;
    files.retain(|file| !args.team || file.file.starts_with("team/"));
    let own = context.own_folder(&workspace.settings);
    let mut sent = Sent::read(&own);
    let target = context.ui.out_file.clone().filter(|_| !args.summary);
    let head = Head {
        kind: if args.team {
            packet::Kind::Team
        } else {
            packet::Kind::Log
        },
        workspace: workspace.settings.id.to_string(),
        from: me.to_string(),
        device: device.to_string(),
        to: LEADERS.to_owned(),
        day: context.now.today,
    };
    if target.as_deref() == Some("-") {
        return Err(
            CliError::usage("a packet is a file to be mailed").hint("name one: upwards send -o ana.packet")
        );
    }
    // A folder holds one packet a day: the second of a day takes the place of the first and has its lines too.
    let target = target.map(|target| in_folder(&target, &me, &head));
    let before = target.as_deref().and_then(|file| earlier(file, &head));
    let mut blocks: Vec<(Block, &OwnFile)> = Vec::new();
    for file in &files {
        let mut after = sent
            .last(me.as_str(), LEADERS, &file.file)
            .map_or(0, |last| last.seq);
        // A packet that is still there may not have left yet: the new one holds its lines too.
        if let Some(start) = before.as_ref().and_then(|before| start_of(before, &file.file)) {
            after = after.min(start);
        }
        if args.all {
            after = 0;
        }
        let lines: Vec<(usize, String)> = file
            .lines
            .iter()
            .filter(|(said, _)| said.seq > after)
            .map(|(_, line)| (0, line.clone()))
            .collect();
        if !lines.is_empty() {
            let file_name = file.file.clone();
            blocks.push((
                Block {
                    file: file_name,
                    after,
                    lines,
                },
                file,
            ));
        }
    }
    warn(context, &files)?;
    let count: usize = blocks.iter().map(|(block, _)| block.lines.len()).sum();
    if count == 0 {
        return nothing_new(context, workspace, &subject.person, &sent, &files);
    }
    if args.summary {
        return summary(context, &subject, device.as_str(), &blocks);
    }
    let Some(target) = target else {
        return Err(CliError::usage("where does the packet go?")
            .hint(format!("a file: upwards send -o {}", file_name(&me, &head)))
            .hint("only look, as lines of a receipt: upwards send --summary"));
    };
    show(context, workspace, &subject, &head, &blocks)?;
    let lasts: Vec<(String, Last)> = blocks.iter().map(|(_, file)| last_of(file, &head)).collect();
    let packet = Packet {
        head,
        parts: blocks.into_iter().map(|(block, _)| Part::Block(block)).collect(),
    };
    let text = text_of(&packet)?;
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    if let Some(folder) = Path::new(&target)
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        context.ui.make_folder(&folder.to_string_lossy())?;
    }
    context.ui.write_file(&target, text.as_bytes())?;
    if !context.global.demo {
        sent.note(me.as_str(), LEADERS, lasts)?;
    }
    let names = leaders(context, workspace, &subject.person);
    context.ui.line("")?;
    context.ui.prose(
        &t!(
            "send.written",
            "Written to {file}. Nothing was sent: mail it to {names}, or hand it over.",
            file = target,
            names = names
        ),
        0,
    )?;
    context.ui.hints(&[
        Hint::new(
            "upwards send --summary --all",
            t!("send.hint.summary", "all of it in words, as lines of a receipt"),
        ),
        Hint::new(
            "upwards send --all",
            t!(
                "send.hint.all",
                "once more from the first line, if a packet got lost"
            ),
        ),
    ])?;
    Ok(Outcome::Done)
}

fn file_name(me: &crate::base::id::PersonId, head: &Head) -> String {
    format!("{me}-{}.packet", head.day)
}

/// A folder takes the packet under its usual name.
fn in_folder(target: &str, me: &crate::base::id::PersonId, head: &Head) -> String {
    if disk::is_folder(Path::new(target)) || target.ends_with('/') {
        format!("{}/{}", target.trim_end_matches('/'), file_name(me, head))
    } else {
        target.to_owned()
    }
}

/// The packet of ours that stands where the new one goes.
fn earlier(file: &str, head: &Head) -> Option<Packet> {
    let bytes = disk::read_limited(Path::new(file), MOST_BYTES as u64).ok()??;
    let packet = packet::read(std::str::from_utf8(&bytes).ok()?).ok()?;
    let is_ours = packet.head.workspace == head.workspace
        && packet.head.from == head.from
        && packet.head.device == head.device
        && packet.head.kind == head.kind;
    is_ours.then_some(packet)
}

fn start_of(packet: &Packet, file: &str) -> Option<u64> {
    packet.parts.iter().find_map(|part| match part {
        Part::Block(block) if block.file == file => Some(block.after),
        _ => None,
    })
}

fn last_of(file: &OwnFile, head: &Head) -> (String, Last) {
    let seq = file.lines.iter().map(|(said, _)| said.seq).max().unwrap_or(0);
    (file.file.clone(), Last { seq, day: head.day })
}

/// Every file that this device wrote for others, each with the lines that are the sender's.
fn own_files(context: &Context, subject: &Subject, device: &str, leads: bool) -> Result<Vec<OwnFile>> {
    let me = subject.person.id.as_str();
    let mut files = Vec::new();
    let mut ignored = Vec::new();
    for person in store::people(&subject.tree, &mut ignored)? {
        let folder = format!("progress/{person}");
        for (name, kind) in subject.tree.list(&folder)? {
            let Some(stem) = name.strip_suffix(".jsonl").filter(|_| kind == Kind::File) else {
                continue;
            };
            let is_page = stem.starts_with(&page_beginning(person.as_str()));
            if stem == device || (leads && is_page) {
                files.push(read_own(&subject.tree, &format!("{folder}/{name}"), me, is_page)?);
            }
        }
    }
    let team = format!("team/{device}.jsonl");
    let tree = match context.team_log(&subject.workspace, &subject.person.id)? {
        TeamLog::Leaders => subject.tree.clone(),
        TeamLog::Own => context.own_tree(&subject.workspace.settings),
    };
    if tree.kind(&team)? == Some(Kind::File) {
        files.push(read_own(&tree, &team, me, false)?);
    }
    files.retain(|file| !file.lines.is_empty() || file.unread > 0 || file.of_others > 0);
    Ok(files)
}

fn read_own(tree: &Tree, file: &str, me: &str, is_page: bool) -> Result<OwnFile> {
    let mut bytes = Vec::new();
    tree.read_into(file, &mut bytes)?;
    let mut findings = Vec::new();
    let mut own = OwnFile {
        file: file.to_owned(),
        lines: Vec::new(),
        unread: 0,
        of_others: 0,
    };
    for raw in log::lines(file, &bytes, &mut findings) {
        match envelope_of(raw.text) {
            Err(_) => own.unread += 1,
            Ok(said) => {
                let received = said.via.as_deref() == Some(me);
                if received || (said.by == me && !is_page) {
                    own.lines.push((said, raw.text.to_owned()));
                } else if !is_page {
                    own.of_others += 1;
                }
            }
        }
    }
    own.unread += findings.len();
    own.lines.sort_by_key(|(said, _)| said.seq);
    Ok(own)
}

fn warn(context: &Context, files: &[OwnFile]) -> Result<()> {
    let unread: usize = files.iter().map(|file| file.unread).sum();
    if unread > 0 {
        context.ui.notice(&format!(
            "note: {} cannot be read and stay here: upwards doctor",
            crate::base::words::plural(unread, "line")
        ))?;
    }
    let of_others: usize = files.iter().map(|file| file.of_others).sum();
    if of_others > 0 {
        context.ui.notice(&format!(
            "note: {} recorded here by somebody else, who sends what is theirs: upwards send --as THEM",
            match of_others {
                1 => "1 line was".to_owned(),
                n => format!("{n} lines were"),
            }
        ))?;
    }
    Ok(())
}

fn nothing_yet(context: &Context) -> Result<Outcome> {
    context.ui.line(t!(
        "send.nothing_yet",
        "Nothing was recorded on this computer yet: there is nothing to send."
    ))?;
    Ok(Outcome::Done)
}

fn nothing_new(
    context: &Context,
    workspace: &Workspace,
    me: &Person,
    sent: &Sent,
    files: &[OwnFile],
) -> Result<Outcome> {
    let lines: usize = files.iter().map(|file| file.lines.len()).sum();
    let Some(day) = sent.day(me.id.as_str(), LEADERS).filter(|_| lines > 0) else {
        return nothing_yet(context);
    };
    context.ui.prose(
        &t_n!(
            "send.nothing_new",
            lines,
            "Nothing new since the packet of {day}: the {n} line of this computer went to {names}.",
            "Nothing new since the packet of {day}: all {n} lines of this computer went to {names}.",
            day = day.short(context.now.today),
            names = leaders(context, workspace, me)
        ),
        0,
    )?;
    context.ui.hints(&[Hint::new(
        "upwards send --all -o FILE",
        t!(
            "send.hint.all",
            "once more from the first line, if a packet got lost"
        ),
    )])?;
    Ok(Outcome::Done)
}

fn leaders(context: &Context, workspace: &Workspace, me: &Person) -> String {
    let names: Vec<&str> = workspace
        .leaders(context.now.today)
        .filter(|leader| leader.id != me.id)
        .map(|leader| leader.name.as_str())
        .collect();
    if names.is_empty() {
        t!("send.the_leaders", "the leaders")
    } else {
        and_list(&names)
    }
}

fn show(
    context: &Context,
    workspace: &Workspace,
    subject: &Subject,
    head: &Head,
    blocks: &[(Block, &OwnFile)],
) -> Result<()> {
    let ui = &context.ui;
    let count: usize = blocks.iter().map(|(block, _)| block.lines.len()).sum();
    ui.line(t_n!(
        "send.title",
        count,
        "{n} line of {device} for {names}:",
        "{n} lines of {device} for {names}:",
        device = head.device,
        names = leaders(context, workspace, &subject.person)
    ))?;
    let mut left = if ui.verbose > 0 { usize::MAX } else { MOST_SHOWN };
    for (block, _) in blocks {
        ui.line("")?;
        ui.line(&block.file)?;
        for (_, line) in block.lines.iter().take(left) {
            let (day, words) = words_of(subject, &block.file, line);
            ui.lines(hanging(&format!("  {day}  "), &words, ui.prose_width()))?;
        }
        if block.lines.len() > left {
            ui.line(t_n!(
                "send.more",
                block.lines.len() - left,
                "  … and {n} more (-v shows all)",
                "  … and {n} more (-v shows all)"
            ))?;
        }
        left = left.saturating_sub(block.lines.len());
    }
    ui.line("")?;
    never_in_it(context)
}

/// The day and the words of a line.
fn words_of(subject: &Subject, file: &str, line: &str) -> (String, String) {
    if file.starts_with("team/")
        && let Some((day, words)) = history::note_in(subject, line)
    {
        return (day.to_string(), words);
    }
    if let Ok(event) = store::parse_any(line) {
        let words = history::words_with_promise(subject, &event.fact);
        let words = if *event.person == *subject.person.id.as_str() {
            words
        } else {
            t!(
                "send.about",
                "about {name}: {what}",
                name = subject.workspace.name_of(&event.person),
                what = words
            )
        };
        return (event.day.to_string(), words);
    }
    envelope_of(line).map_or_else(
        |_| (String::new(), String::new()),
        |said| (said.day.to_string(), said.kind),
    )
}

/// The lines of a receipt that says the same, for a mail's text. Nothing is written, nothing counts as sent.
fn summary(
    context: &Context,
    subject: &Subject,
    device: &str,
    blocks: &[(Block, &OwnFile)],
) -> Result<Outcome> {
    let me = subject.person.id.as_str();
    let mut buffers = store::Buffers::default();
    let known = store::read_person(&subject.tree, me, &mut buffers)?;
    let events = known.in_order();
    let ground = Ground {
        workspace: &subject.workspace,
        person: me,
        own_word: true,
        from_page: true,
        practices: &[],
        talks: &[],
    };
    let (mut lines, mut without_words) = (Vec::new(), 0);
    for line in blocks.iter().flat_map(|(block, _)| &block.lines) {
        let stated = store::parse_any(&line.1)
            .ok()
            .filter(|event| *event.person == *me && event.via.is_none())
            .and_then(|event| Some((event.day, interop::state(&event, &events, &ground)?)));
        match stated {
            Some((day, stated)) => lines.push(interop::normal_line(day, &stated)),
            None => without_words += 1,
        }
    }
    let ending = device.rsplit('-').next().unwrap_or(device);
    context.ui.line(format!(
        "upwards receipt for {me}, page {}{ending}, workspace {}",
        page_beginning(me),
        subject.workspace.settings.id
    ))?;
    context.ui.lines(lines)?;
    context.ui.line("end")?;
    if without_words > 0 {
        context.ui.notice(&format!(
            "note: {} without words in a receipt (started, reached, booked, taken back, about others): the packet holds them",
            crate::base::words::plural(without_words, "line")
        ))?;
    }
    Ok(Outcome::Done)
}
