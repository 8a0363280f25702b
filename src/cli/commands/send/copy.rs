//! A person's copy of the workspace: settings, curricula, their entry, their log, and the meetings that name them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{never_in_it, text_of};
use crate::base::texts::{t, t_n};
use crate::base::words::and_list;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packets::{Last, Sent};
use crate::disk::{self, Kind, Tree};
use crate::files::{self, MAX_BYTES};
use crate::log;
use crate::model::person::{Person, Role};
use crate::model::settings::Layout;
use crate::model::workspace::Workspace;
use crate::packet::{
    self, Block, Head, LinePlace, Packet, Part, TextFile, envelope_of, is_mentoring_by, is_text_of_copy,
    line_for_mentor, line_of_copy, place_of_copy, takes_back,
};
use crate::store;
use crate::table::Hint;

/// A copy that was made, and what is said of it.
struct Made<'a> {
    person: &'a Person,
    packet: Packet,
    text: String,
    /// Names of the others who stand in its people.toml.
    others: Vec<String>,
}

pub(super) fn run(to: &[String], context: &mut Context, workspace: &Workspace) -> Result<Outcome> {
    let me = context.actor(workspace, Some(Role::Leader))?;
    let leads = workspace
        .person(me.as_str())
        .is_some_and(|me| me.is(Role::Leader));
    if !leads {
        return Err(CliError::could_not(format!(
            "{} leads nobody here: copies are made by leaders",
            workspace.name_of(me.as_str())
        ))
        .hint("what you recorded yourself: upwards send -o FILE"));
    }
    let people = people(to, context, workspace)?;
    let targets = targets(context, &people)?;
    let tree = context.tree()?;
    let logs = Logs::read(&tree)?;
    let texts = shared_texts(&tree, workspace)?;
    let device = match &context.environment.device {
        Some(device) => device.clone(),
        None => crate::cli::record::known_device(&context.environment.home)?
            .map_or_else(|| "leaders".to_owned(), |device| device.to_string()),
    };
    let mut made = Vec::new();
    for person in &people {
        let head = Head {
            kind: packet::Kind::Copy,
            workspace: workspace.settings.id.to_string(),
            from: me.to_string(),
            device: device.clone(),
            to: person.id.to_string(),
            day: context.now.today,
        };
        made.push(copy(person, head, &tree, workspace, &logs, &texts, context)?);
    }
    for (made, target) in made.iter().zip(&targets) {
        if !context.global.dry_run {
            if let Some(folder) = Path::new(target).parent().filter(|f| !f.as_os_str().is_empty()) {
                context.ui.make_folder(&folder.to_string_lossy())?;
            }
            context.ui.write_file(target, made.text.as_bytes())?;
        }
        tell(context, target, made)?;
    }
    never_in_it(context)?;
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    if !context.global.demo {
        note(context, workspace, &made)?;
    }
    if workspace.settings.layout != Layout::Packets {
        context.ui.notice(&format!(
            "note: in the layout {} logs travel without packets; a copy lies beside that",
            workspace.settings.layout.word()
        ))?;
    }
    context.ui.line("")?;
    context.ui.prose(
        &t!(
            "send.copy.written",
            "Nothing was sent: mail each file to its person. There:"
        ),
        0,
    )?;
    context.ui.hints(&[Hint::new(
        "upwards receive FILE",
        t!(
            "send.hint.receive",
            "makes the person's own folder of it, or renews it"
        ),
    )])?;
    Ok(Outcome::Done)
}

fn people(to: &[String], context: &Context, workspace: &Workspace) -> Result<Vec<Person>> {
    let today = context.now.today;
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    for who in to {
        if let Some(group) = who.strip_prefix("group:") {
            let groups = workspace.group_ids();
            if !groups.contains(group) {
                let names = groups.into_iter().map(|group| (group, ""));
                return Err(CliError::unknown(group, "group", names, "upwards people list"));
            }
            let members = workspace
                .members(group, today)
                .filter(|p| !p.is(Role::Leader) && !workspace.erased.contains(&p.id));
            people.extend(members.map(|p| (p.id.to_string(), p.clone())));
            continue;
        }
        let person = context.person(workspace, who)?;
        let why = if workspace.erased.contains(&person.id) {
            Some("was erased here: nothing about them is sent".to_owned())
        } else if person.is(Role::Leader) {
            Some("leads, and a copy holds one person only: leaders share the whole workspace, as a folder or by git".to_owned())
        } else if !person.is_here(today) {
            Some("is not here any more".to_owned())
        } else {
            None
        };
        if let Some(why) = why {
            return Err(CliError::could_not(format!("{} {why}", person.name)));
        }
        people.insert(person.id.to_string(), person.clone());
    }
    if people.is_empty() {
        return Err(CliError::could_not("nobody who is here fits that").hint("who is: upwards people list"));
    }
    Ok(people.into_values().collect())
}

/// A file for one, else a file of each in a folder.
fn targets(context: &Context, people: &[Person]) -> Result<Vec<String>> {
    let Some(out) = &context.ui.out_file else {
        return Err(CliError::usage("where do the copies go?")
            .hint("one: upwards send --to ana -o ana.packet")
            .hint("several: upwards send --to group:board -o FOLDER"));
    };
    if out == "-" {
        return Err(CliError::usage("a packet is a file to be mailed").hint("name one: -o ana.packet"));
    }
    let is_folder = out.ends_with('/') || disk::is_folder(Path::new(out)) || people.len() > 1;
    if people.len() > 1 && disk::is_file(Path::new(out)) {
        return Err(CliError::usage(format!("several copies do not fit into {out}"))
            .hint("name a folder: -o packets"));
    }
    let day = context.now.today;
    Ok(people
        .iter()
        .map(|person| {
            if is_folder {
                format!("{}/{}-{day}.packet", out.trim_end_matches('/'), person.id)
            } else {
                out.clone()
            }
        })
        .collect())
}

/// A line of a log with what it says of itself; `None` = it cannot be read, and goes only where the whole file goes.
type LogLine = (Option<LinePlace>, String);

/// All shared logs, by person and file.
struct Logs(BTreeMap<String, Vec<(String, Vec<LogLine>)>>);

impl Logs {
    fn read(tree: &Tree) -> Result<Self> {
        let mut all = BTreeMap::new();
        let mut ignored = Vec::new();
        for person in store::people(tree, &mut ignored)? {
            let folder = format!("progress/{person}");
            let mut files = Vec::new();
            for (name, kind) in tree.list(&folder)? {
                let is_log = kind == Kind::File
                    && name
                        .strip_suffix(".jsonl")
                        .is_some_and(|stem| stem.parse::<crate::base::id::DeviceId>().is_ok());
                if !is_log {
                    continue;
                }
                let file = format!("{folder}/{name}");
                let mut bytes = Vec::new();
                tree.read_into(&file, &mut bytes)?;
                let lines = log::lines(&file, &bytes, &mut ignored)
                    .iter()
                    .map(|raw| (envelope_of(raw.text).ok(), raw.text.to_owned()))
                    .collect();
                files.push((file, lines));
            }
            all.insert(person, files);
        }
        Ok(Self(all))
    }

    /// What may be in a person's copy: all about them, and of others the pairs and talks that they mentor, with what takes
    /// those back. Lines are as they stand in the log, but for why others are paired and what they
    /// said they would do.
    fn blocks_for(&self, person: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (about, files) in &self.0 {
            let mut meetings = BTreeSet::new();
            for (said, _) in files.iter().flat_map(|(_, lines)| lines) {
                if let Some(said) = said.as_ref().filter(|said| is_mentoring_by(said, person)) {
                    meetings.insert(said.id);
                }
            }
            let may = |said: &LinePlace| {
                about == person
                    || is_mentoring_by(said, person)
                    || (takes_back(said) && said.reference.is_some_and(|id| meetings.contains(&id)))
            };
            for (file, lines) in files {
                let Ok(place) = place_of_copy(file) else { continue };
                let lines: Vec<(usize, String)> = lines
                    .iter()
                    .filter(|(said, _)| said.as_ref().is_some_and(&may))
                    // A line that lies in the wrong folder may be about anybody.
                    .filter(|(_, line)| line_of_copy(line, &place, person).is_ok())
                    .filter_map(|(said, line)| {
                        let tells = |said: &LinePlace| matches!(said.kind.as_str(), "paired" | "met");
                        let line = if about != person && said.as_ref().is_some_and(tells) {
                            line_for_mentor(line)?
                        } else {
                            line.clone()
                        };
                        Some((0, line))
                    })
                    .collect();
                if !lines.is_empty() {
                    let file = file.clone();
                    blocks.push(Block {
                        file,
                        after: 0,
                        lines,
                    });
                }
            }
        }
        blocks
    }

    /// Everybody whom a person's copy names.
    fn named(&self, person: &str) -> BTreeSet<String> {
        let mut named = BTreeSet::new();
        for (about, files) in &self.0 {
            for (said, line) in files.iter().flat_map(|(_, lines)| lines) {
                let Some(said) = said else { continue };
                if said.person.as_deref() != Some(about.as_str()) {
                    continue;
                }
                if about == person {
                    named.insert(said.by.clone());
                    named.extend(said.via.clone());
                    named.extend(said.names.iter().cloned());
                    if let Ok(event) = store::parse_any(line)
                        && let crate::model::event::Fact::Practised(practised) = &event.fact
                    {
                        named.extend(practised.witness.as_ref().map(ToString::to_string));
                    }
                } else if is_mentoring_by(said, person) {
                    named.insert(about.clone());
                    named.extend(said.names.iter().cloned());
                }
            }
        }
        named
    }
}

/// Texts that are in every copy: settings, fixed texts, and the curricula in use that are not built in.
fn shared_texts(tree: &Tree, workspace: &Workspace) -> Result<Vec<TextFile>> {
    let mut texts = Vec::new();
    read_text(tree, "upwards.toml", &mut texts)?;
    for id in &workspace.settings.curricula {
        below(tree, &format!("curricula/{id}"), &mut texts)?;
    }
    below(tree, "texts", &mut texts)?;
    Ok(texts)
}

fn below(tree: &Tree, folder: &str, texts: &mut Vec<TextFile>) -> Result<()> {
    if tree.kind(folder)? != Some(Kind::Folder) {
        return Ok(());
    }
    for (name, kind) in tree.list(folder)? {
        let path = format!("{folder}/{name}");
        match kind {
            Kind::Folder => below(tree, &path, texts)?,
            Kind::File if is_text_of_copy(&path) => read_text(tree, &path, texts)?,
            // Notes, pictures, links: no part of a curriculum.
            Kind::File | Kind::Link | Kind::Other => {}
        }
    }
    Ok(())
}

fn read_text(tree: &Tree, path: &str, texts: &mut Vec<TextFile>) -> Result<()> {
    let too_large =
        || CliError::could_not(format!("{path} is too large to be read")).hint("why: upwards check");
    let bytes = tree.read_limited(path, MAX_BYTES)?.ok_or_else(too_large)?;
    let text = String::from_utf8(bytes.into_owned())
        .map_err(|_| CliError::could_not(format!("{path} is not UTF-8")).hint("why: upwards check"))?;
    // Comments are the leaders' and the authors' notes to themselves.
    let text = files::without_comments(&text)
        .map_err(|error| CliError::could_not(format!("{path}: {error}")).hint("why: upwards check"))?;
    texts.push(TextFile {
        path: path.to_owned(),
        text,
    });
    Ok(())
}

fn copy<'a>(
    person: &'a Person,
    head: Head,
    tree: &Tree,
    workspace: &Workspace,
    logs: &Logs,
    shared: &[TextFile],
    context: &Context,
) -> Result<Made<'a>> {
    let id = person.id.as_str();
    let mut named = logs.named(id);
    named.extend(
        workspace
            .leaders(context.now.today)
            .map(|leader| leader.id.to_string()),
    );
    named.extend(person.reports_to.as_ref().map(ToString::to_string));
    named.remove(id);
    let mut people = Vec::new();
    read_text(tree, "people.toml", &mut people)?;
    let whole = people.pop().map(|file| file.text).unwrap_or_default();
    let text = files::reduced_people(&whole, id, &named)
        .map_err(|error| CliError::could_not(error.to_string()).hint("why: upwards check"))?;
    let others = workspace
        .people
        .iter()
        .filter(|other| named.contains(other.id.as_str()))
        .map(|other| other.name.clone())
        .collect();
    let mut parts: Vec<Part> = shared.iter().cloned().map(Part::Text).collect();
    let path = "people.toml".to_owned();
    parts.insert(1, Part::Text(TextFile { path, text }));
    parts.extend(logs.blocks_for(id).into_iter().map(Part::Block));
    let packet = Packet { head, parts };
    Ok(Made {
        person,
        text: text_of(&packet)?,
        packet,
        others,
    })
}

fn tell(context: &Context, target: &str, made: &Made<'_>) -> Result<()> {
    let ui = &context.ui;
    let name = &made.person.name;
    ui.line(t!(
        "send.copy.title",
        "{file}: the copy of {name}",
        file = target,
        name = name
    ))?;
    let others = if made.others.is_empty() {
        t!("send.copy.nobody", "nobody else")
    } else {
        and_list(&made.others)
    };
    let texts = made
        .packet
        .parts
        .iter()
        .filter(|part| matches!(part, Part::Text(_)))
        .count();
    let own = format!("progress/{}/", made.person.id);
    let count = |is_own: bool| -> usize {
        made.packet
            .parts
            .iter()
            .map(|part| match part {
                Part::Block(block) if block.file.starts_with(&own) == is_own => block.lines.len(),
                _ => 0,
            })
            .sum()
    };
    let mut lines = vec![
        t_n!(
            "send.copy.texts",
            texts,
            "{n} text: settings, curricula of your own, people.toml",
            "{n} texts: settings, curricula of your own, people.toml"
        ),
        t!(
            "send.copy.people",
            "people.toml: {name} in full; {others} by name and role",
            name = name,
            others = others
        ),
        t_n!(
            "send.copy.lines",
            count(true),
            "{n} line of {folder}: all that is shared about {name}",
            "{n} lines of {folder}: all that is shared about {name}",
            folder = own,
            name = name
        ),
    ];
    let internal = made
        .packet
        .parts
        .iter()
        .filter(|part| matches!(part, Part::Text(text) if files::is_internal_case(&text.text)))
        .count();
    if made.person.external && internal > 0 {
        lines.push(t_n!(
            "send.copy.internal",
            internal,
            "{name} is from outside, and gets {n} case that is meant for this company only",
            "{name} is from outside, and gets {n} cases that are meant for this company only",
            name = name
        ));
    }
    if count(false) > 0 {
        lines.push(t_n!(
            "send.copy.meetings",
            count(false),
            "{n} line on a pair or a talk that {name} mentors",
            "{n} lines on pairs and talks that {name} mentors",
            name = name
        ));
    }
    for line in lines {
        ui.prose(&line, 2)?;
    }
    Ok(())
}

/// Notes what went out, for `privacy show`.
fn note(context: &Context, workspace: &Workspace, made: &[Made<'_>]) -> Result<()> {
    let mut sent = Sent::read(&context.own_folder(&workspace.settings));
    for made in made {
        let lasts = made.packet.parts.iter().filter_map(|part| match part {
            Part::Block(block) => {
                let seqs = block
                    .lines
                    .iter()
                    .filter_map(|(_, line)| Some(envelope_of(line).ok()?.seq));
                let day = made.packet.head.day;
                Some((
                    block.file.clone(),
                    Last {
                        seq: seqs.max()?,
                        day,
                    },
                ))
            }
            Part::Text(_) => None,
        });
        sent.note(&made.packet.head.from, made.person.id.as_str(), lasts)?;
    }
    Ok(())
}
