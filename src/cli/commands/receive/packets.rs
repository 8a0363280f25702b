//! Packets: what a person's device recorded, for the leaders. Lines are copied byte for byte; each that may not come this
//! way is named and left out.

use std::collections::{BTreeMap, BTreeSet};

use super::{ReceiveArgs, copy, too_old};
use crate::base::id::{EventId, PersonId};
use crate::base::text::hanging;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::plural;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::cli::history;
use crate::cli::packets::LEADERS;
use crate::cli::person::Subject;
use crate::cli::record::{self, Recorder};
use crate::cli::wrap_up;
use crate::disk::Tree;
use crate::files::{self, WantCurricula};
use crate::log;
use crate::model::person::Role;
use crate::model::workspace::Workspace;
use crate::packet::{
    self, Block, Damage, Head, LinePlace, Packet, Part, Place, Sender, TakenBack, envelope_of,
    line_for_leaders, place_for_leaders,
};
use crate::store;

/// Lines shown before the rest is only counted.
const MOST_SHOWN: usize = 40;

/// A line that was looked at.
pub(super) struct Looked {
    pub(super) said: LinePlace,
    pub(super) line: String,
    pub(super) is_known: bool,
}

/// A line or a file that is not taken, and why.
pub(super) struct Left {
    pub(super) number: usize,
    pub(super) what: String,
    pub(super) why: String,
}

/// A block that was looked at.
pub(super) struct LookedBlock {
    pub(super) file: String,
    pub(super) place: Place,
    pub(super) lines: Vec<Looked>,
    /// What is missing of its file once these are there, as `lines 5 to 6 of ana-laptop`.
    pub(super) missing: Vec<String>,
}

/// Takes one packet in; whether something of it was refused.
pub(super) fn receive(args: &ReceiveArgs, context: &mut Context, file: &str, text: &str) -> Result<bool> {
    let packet = packet::read(text).map_err(|damage| not_taken(context, file, text, &damage))?;
    match packet.head.kind {
        packet::Kind::Copy => copy::receive(args, context, file, &packet),
        packet::Kind::Log | packet::Kind::Team => receive_log(args, context, file, &packet),
    }
}

fn not_taken(context: &mut Context, file: &str, text: &str, damage: &Damage) -> CliError {
    match damage {
        Damage::TooLarge => CliError::could_not(format!("{file} is larger than 16 MiB, which no packet is"))
            .hint("nothing of it was taken"),
        Damage::Newer(format) => CliError::could_not(format!(
            "{file} is a packet of form {format}, made by a newer upwards; this one reads form 1"
        ))
        .hint("update upwards, then receive it again"),
        Damage::Damaged(why) => {
            let sender = packet::sender(text);
            let workspace = context.workspace(WantCurricula::None).ok();
            let name = sender
                .as_deref()
                .and_then(|id| Some(workspace.as_ref()?.person(id)?.name.clone()))
                .unwrap_or_else(|| "whoever sent it".to_owned());
            CliError::could_not(format!("{file} arrived damaged: {why}"))
                .hint(format!("nothing of it was taken; ask {name} to send it again"))
        }
    }
}

fn receive_log(args: &ReceiveArgs, context: &mut Context, file: &str, packet: &Packet) -> Result<bool> {
    let workspace = context.workspace(WantCurricula::None)?;
    let head = &packet.head;
    let me = context.actor(&workspace, Some(Role::Leader))?;
    may_take(context, &workspace, head, me.as_str())?;
    let is = |role| workspace.person(&head.from).is_some_and(|p| p.is(role));
    let sender = Sender {
        leads: is(Role::Leader),
        mentors: is(Role::Mentor),
    };
    let tree = context.tree()?;
    let retained = context.sound(files::load_retained(&tree))?;
    let mut known = Known::new(&tree, retained);
    let (mut blocks, mut left) = (Vec::new(), Vec::new());
    for part in &packet.parts {
        match part {
            Part::Text(text) => left.push(Left {
                number: 0,
                what: text.path.clone(),
                why: "a text comes only in a person's copy, from a leader".to_owned(),
            }),
            Part::Block(block) => {
                let looked = look(block, head, &workspace, &mut known, sender)?;
                match looked {
                    Err(why) => left.push(Left {
                        number: block.lines.first().map_or(0, |(number, _)| number - 1),
                        what: format!("{} ({})", block.file, plural(block.lines.len(), "line")),
                        why,
                    }),
                    Ok((block, mut refused)) => {
                        blocks.push(block);
                        left.append(&mut refused);
                    }
                }
            }
        }
    }
    let subject = Subject::named(context, &head.from)?;
    show(context, file, &subject, head, &blocks, &left)?;
    take(args, context, &blocks, left.len(), me.as_str())?;
    say_missing(context, &blocks, &subject)?;
    say_unknown(context, &blocks, &workspace)?;
    Ok(!left.is_empty())
}

/// Ends the command where nothing of a packet can be taken.
fn may_take(context: &Context, workspace: &Workspace, head: &Head, me: &str) -> Result<()> {
    if head.workspace != workspace.settings.id.as_str() {
        return Err(CliError::could_not(format!(
            "this packet was made for the workspace {}, this one is {}",
            head.workspace, workspace.settings.id
        ))
        .hint("receive it there: -w DIR"));
    }
    if workspace.erased.contains(head.from.as_str()) {
        return Err(CliError::could_not(format!(
            "{} was erased here: nothing of them is taken",
            head.from
        )));
    }
    context.person(workspace, &head.from)?;
    if head.to != LEADERS {
        return Err(CliError::could_not(format!(
            "this packet is for \"{}\", and packets of this kind are for the leaders",
            head.to
        )));
    }
    if !workspace.person(me).is_some_and(|me| me.is(Role::Leader)) {
        return Err(CliError::could_not(format!(
            "this packet is for the leaders, and {} is none",
            workspace.name_of(me)
        ))
        .hint("a leader takes it: upwards receive FILE --as LEADER"));
    }
    if packet::is_page(&head.device) {
        return Err(CliError::could_not(format!(
            "{} is the name of a page, and pages write receipts, no packets",
            head.device
        )));
    }
    if own_device(context)?.as_deref() == Some(head.device.as_str()) {
        return Err(CliError::could_not(format!(
            "this packet says that it is by {}, which is this computer: its log is written here and taken from nobody",
            head.device
        ))
        .hint("is the other computer a copy of this one? give it another name: upwards config set device NAME"));
    }
    Ok(())
}

/// This computer's name, if it has one.
pub(super) fn own_device(context: &Context) -> Result<Option<String>> {
    Ok(match &context.environment.device {
        Some(device) => Some(device.clone()),
        None => record::known_device(&context.environment.home)?.map(|device| device.to_string()),
    })
}

type LookedAt = std::result::Result<(LookedBlock, Vec<Left>), String>;

fn look(
    block: &Block,
    head: &Head,
    workspace: &Workspace,
    known: &mut Known<'_>,
    sender: Sender,
) -> Result<LookedAt> {
    let place = match place_for_leaders(&block.file, head, sender.leads) {
        Ok(place) => place,
        Err(why) => return Ok(Err(why)),
    };
    if let Place::Log { person, .. } = &place {
        if workspace.erased.contains(person) {
            return Ok(Err(format!(
                "{person} was erased here: nothing about them is taken"
            )));
        }
        if workspace.person(person.as_str()).is_none() {
            return Ok(Err(format!("people.toml has nobody with the id {person}")));
        }
    }
    let is_page = matches!(&place, Place::Log { device, .. } if device.as_str() != head.device);
    let is_team = matches!(place, Place::Team { .. });
    let mut looked = LookedBlock {
        file: block.file.clone(),
        place,
        lines: Vec::new(),
        missing: Vec::new(),
    };
    let mut left = Vec::new();
    for (number, line) in &block.lines {
        let refused = |why: String| Left {
            number: *number,
            what: line.clone(),
            why,
        };
        if let Some(gone) = erased_in(line, workspace).filter(|_| is_team) {
            left.push(refused(format!(
                "{gone} was erased here: nothing about them is taken"
            )));
            continue;
        }
        let folder = known.folder(&block.file)?;
        let taken_back = |id| {
            let told = envelope_of(folder.lines.get(&id)?).ok()?;
            Some(TakenBack::from(&told))
        };
        match line_for_leaders(line, &looked.place, head, sender, taken_back) {
            Err(why) => left.push(refused(why)),
            Ok(said) => match known.line(&block.file, said.id)? {
                Some(other) if !says_the_same(&other, line) => left.push(refused(
                    "a line of the same id is here with other words; that one stays".to_owned(),
                )),
                found => {
                    if let (None, Some(why)) = (&found, too_old(said.day, known.retained)) {
                        left.push(refused(why));
                        continue;
                    }
                    known.add(&block.file, said.id, line)?;
                    looked.lines.push(Looked {
                        said,
                        line: line.clone(),
                        is_known: found.is_some(),
                    });
                }
            },
        }
    }
    looked.lines.sort_by_key(|looked| looked.said.seq);
    if !is_page {
        let retained = known.retained;
        looked.missing = missing(&looked, known.file(&block.file)?, &head.device, retained);
    }
    Ok(Ok((looked, left)))
}

/// Somebody whom a line names and who was erased here.
fn erased_in(line: &str, workspace: &Workspace) -> Option<String> {
    let said = envelope_of(line).ok()?;
    let mut names = said.person.into_iter().chain(said.names);
    names.find(|name| workspace.erased.contains(name.as_str()))
}

/// What is still missing of a file once these lines are there. A gap behind a line that is too old by itself, or at the
/// beginning, is where others like it were removed.
pub(super) fn missing(
    looked: &LookedBlock,
    here: &Here,
    device: &str,
    retained: Option<Date>,
) -> Vec<String> {
    let mut seqs = here.seqs.clone();
    seqs.extend(
        looked
            .lines
            .iter()
            .map(|looked| (looked.said.seq, looked.said.day)),
    );
    let mut missing = Vec::new();
    let mut expected = 1;
    let mut last: Option<Date> = None;
    for (seq, day) in seqs {
        let was_removed = retained.is_some_and(|before| last.is_none_or(|last| last < before));
        last = Some(day);
        if was_removed {
            // Nobody can tell these from lines that are on their way.
        } else if seq == expected + 1 {
            missing.push(format!("line {expected} of {device}"));
        } else if seq > expected {
            missing.push(format!("lines {expected} to {} of {device}", seq - 1));
        }
        expected = seq + 1;
    }
    missing
}

/// What is here already, read once for each person.
pub(super) struct Known<'a> {
    tree: &'a Tree,
    /// The day before which old lines were removed here.
    pub(super) retained: Option<Date>,
    folders: BTreeMap<String, Folder>,
}

#[derive(Default)]
struct Folder {
    lines: BTreeMap<EventId, String>,
    files: BTreeMap<String, Here>,
}

/// One file as it is here.
#[derive(Default)]
pub(super) struct Here {
    /// Numbers of its lines with their days.
    pub(super) seqs: BTreeMap<u64, Date>,
}

impl<'a> Known<'a> {
    pub(super) fn new(tree: &'a Tree, retained: Option<Date>) -> Self {
        Self {
            tree,
            retained,
            folders: BTreeMap::new(),
        }
    }

    /// A file of the workspace, as far as it is here.
    pub(super) fn file(&mut self, file: &str) -> Result<&Here> {
        static NOTHING: Here = Here {
            seqs: BTreeMap::new(),
        };
        Ok(self.folder(file)?.files.get(file).unwrap_or(&NOTHING))
    }

    /// The line of this id in the folder of a file, whichever file holds it.
    pub(super) fn line(&mut self, file: &str, id: EventId) -> Result<Option<String>> {
        Ok(self.folder(file)?.lines.get(&id).cloned())
    }

    /// From here on a line of the packet counts as being here: the same packet may hold it twice.
    pub(super) fn add(&mut self, file: &str, id: EventId, line: &str) -> Result<()> {
        self.folder(file)?;
        if let Some(folder) = self.folders.get_mut(folder_of(file)) {
            folder.lines.entry(id).or_insert_with(|| line.to_owned());
        }
        Ok(())
    }

    fn folder(&mut self, file: &str) -> Result<&Folder> {
        let name = folder_of(file);
        if !self.folders.contains_key(name) {
            let folder = read_folder(self.tree, name)?;
            self.folders.insert(name.to_owned(), folder);
        }
        Ok(&self.folders[name])
    }
}

/// Whether two lines of one id are one fact: the same line, one pair with why and without, or one receipt that two people
/// received.
pub(super) fn says_the_same(a: &str, b: &str) -> bool {
    a == b
        || packet::mentoring_only(a).is_some_and(|pair| packet::mentoring_only(b) == Some(pair))
        || matches!((store::parse_any(a), store::parse_any(b)), (Ok(a), Ok(b))
            if a.via.is_some() && b.via.is_some()
                && (&a.person, &a.by, a.day, &a.fact) == (&b.person, &b.by, b.day, &b.fact))
}

fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn read_folder(tree: &Tree, name: &str) -> Result<Folder> {
    let mut folder = Folder::default();
    let names = match tree.list(name) {
        Ok(names) => names,
        Err(error) if error.is_missing() => return Ok(folder),
        Err(error) => return Err(error.into()),
    };
    for (file, kind) in names {
        let is_log = std::path::Path::new(&file)
            .extension()
            .is_some_and(|ending| ending == "jsonl");
        if kind != crate::disk::Kind::File || !is_log {
            continue;
        }
        let path = format!("{name}/{file}");
        let mut bytes = Vec::new();
        tree.read_into(&path, &mut bytes)?;
        let here = folder.files.entry(path.clone()).or_default();
        for raw in log::lines(&path, &bytes, &mut Vec::new()) {
            let Ok(said) = envelope_of(raw.text) else { continue };
            here.seqs.insert(said.seq, said.day);
            folder.lines.entry(said.id).or_insert_with(|| raw.text.to_owned());
        }
    }
    Ok(folder)
}

fn show(
    context: &mut Context,
    file: &str,
    sender: &Subject,
    head: &Head,
    blocks: &[LookedBlock],
    left: &[Left],
) -> Result<()> {
    let all = || blocks.iter().flat_map(|block| &block.lines);
    let new = all().filter(|looked| !looked.is_known).count();
    let count = all().count();
    let facts = t_n!("receive.packet.lines", count, "{n} line", "{n} lines");
    context.ui.prose(
        &t!(
            "receive.packet.title",
            "{file}: says that it is from {name}, {device}: {lines}, {new} new, {known} known, {refused} refused",
            file = file,
            name = sender.person.name,
            device = head.device,
            lines = facts,
            new = new,
            known = count - new,
            refused = left.len()
        ),
        0,
    )?;
    if new > 0 {
        context.ui.line("")?;
    }
    let mut rest = if context.ui.verbose > 0 {
        usize::MAX
    } else {
        MOST_SHOWN
    };
    let mut not_shown = 0;
    let mut subjects: BTreeMap<&PersonId, Subject> = BTreeMap::new();
    for block in blocks {
        let subject = match &block.place {
            Place::Log { person, .. } if rest > 0 && block.lines.iter().any(|looked| !looked.is_known) => {
                if !subjects.contains_key(person) {
                    subjects.insert(person, Subject::named(context, person.as_str())?);
                }
                subjects.get(person)
            }
            _ => None,
        };
        for looked in block.lines.iter().filter(|looked| !looked.is_known) {
            if rest == 0 {
                not_shown += 1;
                continue;
            }
            rest -= 1;
            let is_team = matches!(block.place, Place::Team { .. });
            let words = match history::note_in(sender, &looked.line) {
                Some((_, words)) if is_team => words,
                _ => words_of(subject, looked, head),
            };
            let ui = &context.ui;
            ui.lines(hanging(
                &format!("  {}  ", looked.said.day),
                &words,
                ui.prose_width(),
            ))?;
        }
    }
    let ui = &context.ui;
    if not_shown > 0 {
        ui.line(t_n!(
            "send.more",
            not_shown,
            "  … and {n} more (-v shows all)",
            "  … and {n} more (-v shows all)"
        ))?;
    }
    show_left(context, left)
}

/// Names what is not taken.
pub(super) fn show_left(context: &Context, left: &[Left]) -> Result<()> {
    let ui = &context.ui;
    let columns = ui.prose_width();
    for left in left {
        let head = format!(
            "  {} ",
            t!("receive.line", "line {n}", n = format!("{:<4}", left.number))
        );
        let why = t!("receive.refused", "refused: {why}", why = left.why);
        ui.lines(hanging(&head, &why, columns))?;
        let what = crate::base::text::cut(&left.what, 200).into_owned();
        ui.lines(hanging(&" ".repeat(head.len()), &what, columns))?;
    }
    Ok(())
}

fn words_of(subject: Option<&Subject>, looked: &Looked, head: &Head) -> String {
    let Some(subject) = subject else {
        return t!(
            "receive.packet.team",
            "for the leaders only: {kind}",
            kind = looked.said.kind
        );
    };
    let words = match store::parse_any(&looked.line) {
        Ok(event) => history::words(subject, &event.fact),
        Err(why) => t!(
            "receive.packet.unread",
            "{kind}, kept and not counted: {why}",
            kind = looked.said.kind,
            why = why
        ),
    };
    if subject.person.id.as_str() == head.from {
        words
    } else {
        t!(
            "send.about",
            "about {name}: {what}",
            name = subject.person.name,
            what = words
        )
    }
}

fn take(
    args: &ReceiveArgs,
    context: &mut Context,
    blocks: &[LookedBlock],
    refused: usize,
    me: &str,
) -> Result<()> {
    let new: usize = blocks
        .iter()
        .map(|block| block.lines.iter().filter(|looked| !looked.is_known).count())
        .sum();
    let known: usize = blocks.iter().map(|block| block.lines.len()).sum::<usize>() - new;
    if new == 0 {
        if known > 0 || refused == 0 {
            context.ui.line(t_n!(
                "receive.nothing",
                known,
                "0 new, {n} known.",
                "0 new, {n} known."
            ))?;
        }
        return Ok(());
    }
    context.ui.line("")?;
    if !agreed(args, context, new, refused)? {
        return Ok(());
    }
    let mut people: Vec<Subject> = Vec::new();
    for block in blocks {
        if let Place::Log { person, .. } = &block.place
            && !people.iter().any(|subject| subject.person.id == *person)
        {
            let mut subject = Subject::named(context, person.as_str())?;
            subject.by = me
                .parse()
                .map_err(|_| CliError::could_not("who receives is nobody here"))?;
            people.push(subject);
        }
    }
    let before: Vec<_> = people
        .iter()
        .map(|subject| wrap_up::standing(context, subject))
        .collect::<Result<_>>()?;
    let settings = context.settings()?;
    let mut recorder = Recorder::new(context, &settings)?;
    recorder.begin();
    copy_new(&mut recorder, blocks)?;
    for subject in &people {
        wrap_up::milestones(context, subject, &mut recorder)?;
    }
    context.ui.line(t_n!(
        "receive.packet.saved",
        new,
        "Saved {n} line.",
        "Saved {n} lines."
    ))?;
    for (subject, before) in people.iter().zip(&before) {
        let after = wrap_up::standing(context, subject)?;
        wrap_up::changes(context, subject, before, &after)?;
    }
    Ok(())
}

/// Appends the lines that are not here, each file in one go.
pub(super) fn copy_new(recorder: &mut Recorder, blocks: &[LookedBlock]) -> Result<()> {
    let mut files: BTreeMap<&str, Vec<(EventId, String)>> = BTreeMap::new();
    for block in blocks {
        let new = block.lines.iter().filter(|looked| !looked.is_known);
        let new = new.map(|looked| (looked.said.id, looked.line.clone()));
        files.entry(&block.file).or_default().extend(new);
    }
    for (file, lines) in files {
        if !lines.is_empty() {
            recorder.copy_lines(file, &lines)?;
        }
    }
    Ok(())
}

/// Whether what is good may be written: by a yes, or by flags where nobody can be asked.
fn agreed(args: &ReceiveArgs, context: &Context, new: usize, refused: usize) -> Result<bool> {
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(false);
    }
    let is_asked = context.can_prompt() && !context.global.yes;
    if refused > 0 && !is_asked && !args.skip_rejected {
        return Err(CliError::could_not(format!(
            "{} refused; nothing was written: all or nothing",
            plural(refused, "line")
        ))
        .hint("take the good lines: add --skip-rejected"));
    }
    let question = t_n!(
        "receive.take",
        new,
        "Take the one good line?",
        "Take the {n} good lines?"
    );
    if context.agreed("receive.yes", &question, "--yes")? {
        return Ok(true);
    }
    context.ui.line(t!("nothing_written", "Nothing was written."))?;
    Ok(false)
}

fn say_missing(context: &Context, blocks: &[LookedBlock], sender: &Subject) -> Result<()> {
    for missing in blocks.iter().flat_map(|block| &block.missing) {
        context.ui.prose(
            &t!(
                "receive.packet.missing",
                "Still missing: {lines}. An earlier packet did not arrive: ask {name} for `upwards send --all`.",
                lines = missing,
                name = sender.person.name
            ),
            0,
        )?;
    }
    Ok(())
}

/// Names whom people.toml does not know in what came for the leaders only: whoever has a copy wrote the id as they knew it.
fn say_unknown(context: &Context, blocks: &[LookedBlock], workspace: &Workspace) -> Result<()> {
    let team = blocks
        .iter()
        .filter(|block| matches!(block.place, Place::Team { .. }));
    let new = team.flat_map(|block| block.lines.iter().filter(|looked| !looked.is_known));
    let named = new.flat_map(|looked| looked.said.person.iter().chain(&looked.said.names));
    let unknown: BTreeSet<&str> = named
        .map(String::as_str)
        .filter(|id| workspace.person(id).is_none())
        .collect();
    for id in unknown {
        context.ui.notice(&format!(
            "note: people.toml has nobody of the id {id}, whom a line for the leaders names"
        ))?;
    }
    Ok(())
}
