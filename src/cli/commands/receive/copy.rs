//! A person's copy: makes their folder of the workspace, or renews it. Texts are replaced only where nobody changed them
//! here; log lines are united by id.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::packets::{Known, Left, Looked, LookedBlock, copy_new, own_device, says_the_same, show_left};
use super::{ReceiveArgs, too_old};
use crate::base::diag::Severity;
use crate::base::texts::t;
use crate::base::words::plural;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::cli::record::{HEADS, Recorder};
use crate::disk::{self, Access, Kind, Tree};
use crate::files::{self, MAX_BYTES};
use crate::log::Heads;
use crate::packet::{
    Block, Head, Packet, Part, Place, TextFile, is_text_of_copy, line_of_copy, place_of_copy, sha256,
};
use crate::table::Hint;

/// Name of the file that tells which texts came last, in the user's folder of the workspace.
const RECEIVED: &str = "received.json";

/// What becomes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is not here yet.
    New,
    /// It replaces what was received before.
    Renewed,
    /// It is here already.
    Same,
    /// Somebody changed the one here: both are kept.
    Beside,
}

/// This computer's name, and what it last wrote under it.
struct Own {
    device: String,
    heads: Heads,
}

impl Own {
    /// The number of the last line this computer wrote into a file; 0 = not known.
    fn last_written(&self, file: &str) -> u64 {
        self.heads.get(file).map_or(0, |head| head.seq)
    }
}

/// Where the copy goes.
struct Home {
    root: PathBuf,
    is_new: bool,
}

/// Takes a copy in; whether something of it was refused.
pub(super) fn receive(
    args: &ReceiveArgs,
    context: &mut Context,
    file: &str,
    packet: &Packet,
) -> Result<bool> {
    let head = &packet.head;
    let home = home(context, packet)?;
    is_mine(context, head)?;
    let tree = Tree::Folder(home.root.clone());
    let own = context.environment.home.join(&head.workspace);
    let received = read_received(&own);
    let (mut texts, mut blocks, mut left) = (Vec::new(), Vec::new(), Vec::new());
    let retained = if home.is_new {
        None
    } else {
        context.sound(files::load_retained(&tree))?
    };
    let mut known = Known::new(&tree, retained);
    let device = own_device(context)?.map(|device| Own {
        device,
        heads: Heads::load(&own.join(HEADS)),
    });
    for part in &packet.parts {
        match part {
            Part::Text(text) => match why_not(text, head) {
                Some(why) => left.push(Left {
                    number: 0,
                    what: text.path.clone(),
                    why,
                }),
                None => texts.push((text, fate(text, &tree, &received)?)),
            },
            Part::Block(block) => match look(block, head, &mut known, device.as_ref())? {
                Err(why) => left.push(Left {
                    number: block.lines.first().map_or(0, |(number, _)| number - 1),
                    what: format!("{} ({})", block.file, plural(block.lines.len(), "line")),
                    why,
                }),
                Ok((block, mut refused)) => {
                    blocks.push(block);
                    left.append(&mut refused);
                }
            },
        }
    }
    let has = |path: &str| texts.iter().any(|(text, _)| text.path == path);
    if home.is_new && !(has("upwards.toml") && has("people.toml")) {
        show_left(context, &left)?;
        return Err(CliError::could_not(format!(
            "{file} holds no workspace: upwards.toml and people.toml are not both in it"
        ))
        .hint("ask whoever leads for a new copy: upwards send --to YOU"));
    }
    show(context, file, packet, &home, &texts, &blocks, &left)?;
    let is_refused = !left.is_empty();
    let new_lines: usize = blocks.iter().map(new_of).sum();
    let changed = texts.iter().filter(|(_, fate)| *fate != Fate::Same).count();
    if new_lines + changed == 0 {
        context.ui.line(t!(
            "receive.copy.nothing",
            "Nothing new: this copy is here already."
        ))?;
        return Ok(is_refused);
    }
    if !agreed(args, context, &home, is_refused)? {
        return Ok(is_refused);
    }
    write(context, head, &home, &texts, &blocks, &own, received)?;
    finish(context, &name_in(packet, &head.to), &home, &texts)?;
    Ok(is_refused)
}

/// The workspace here, else a new folder of the workspace's id, or what `-w` names.
fn home(context: &mut Context, packet: &Packet) -> Result<Home> {
    let head = &packet.head;
    let found = match context.tree() {
        Ok(Tree::Folder(root) | Tree::Changed(root, _)) => Some(root),
        Ok(Tree::Embedded(_) | Tree::Sent(_)) => None,
        Err(_) => {
            let root = match context.global.workspace.first() {
                Some(given) => PathBuf::from(given),
                None => context.environment.folder.join(&head.workspace),
            };
            if disk::is_file(&root.join("upwards.toml")) {
                Some(root)
            } else if disk::kind(&root)?.is_some_and(|kind| kind != Kind::Folder)
                || !is_begun(&Tree::Folder(root.clone()), "", packet)?
            {
                return Err(CliError::could_not(format!(
                    "{} is there already and is no workspace",
                    root.display()
                ))
                .hint("name an empty or a new folder: -w DIR"));
            } else {
                return Ok(Home { root, is_new: true });
            }
        }
    };
    let root = found.ok_or_else(|| CliError::could_not("the example takes no copies"))?;
    let settings = context.sound(files::load_settings(&Tree::Folder(root.clone())))?;
    if settings.id.as_str() != head.workspace {
        return Err(CliError::could_not(format!(
            "this copy is of the workspace {}, and {} is {}",
            head.workspace,
            root.display(),
            settings.id
        ))
        .hint("name its folder, which may be new: -w DIR"));
    }
    Ok(Home { root, is_new: false })
}

/// Whether a folder holds nothing but texts of this packet: it is new, or was being made of it when something stopped that.
fn is_begun(tree: &Tree, inside: &str, packet: &Packet) -> Result<bool> {
    let names = match tree.list(inside) {
        Ok(names) => names,
        Err(error) if error.is_missing() => return Ok(true),
        Err(error) => return Err(error.into()),
    };
    for (name, kind) in names {
        // What a write leaves that was stopped.
        let is_left_over = name.starts_with(".upwards-");
        let path = if inside.is_empty() {
            name
        } else {
            format!("{inside}/{name}")
        };
        let is_part = match kind {
            Kind::File if is_left_over => true,
            Kind::Folder => is_begun(tree, &path, packet)?,
            Kind::File => is_text_of(tree, &path, packet)?,
            Kind::Link | Kind::Other => false,
        };
        if !is_part {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_text_of(tree: &Tree, path: &str, packet: &Packet) -> Result<bool> {
    let text = packet.parts.iter().find_map(|part| match part {
        Part::Text(text) if text.path == path => Some(text),
        _ => None,
    });
    let Some(text) = text else { return Ok(false) };
    let mut bytes = Vec::new();
    tree.read_into(path, &mut bytes)?;
    Ok(bytes == text.text.as_bytes())
}

/// A copy of somebody else would replace what is here by what they may have.
fn is_mine(context: &Context, head: &Head) -> Result<()> {
    match context.config()?.me(&head.workspace) {
        Some(me) if me != head.to => Err(CliError::could_not(format!(
            "this is the copy of {}, and you are {me} in this workspace",
            head.to
        ))
        .hint("it is for their computer; nothing was taken")),
        _ => Ok(()),
    }
}

fn why_not(text: &TextFile, head: &Head) -> Option<String> {
    if !is_text_of_copy(&text.path) {
        return Some("no such text is in a copy".to_owned());
    }
    if text.text.len() as u64 > MAX_BYTES {
        return Some(format!(
            "it has {} bytes, at most {MAX_BYTES} are read",
            text.text.len()
        ));
    }
    // What others rest on has to be sound before anything of it is written.
    if let Some(finding) = files::check_text_of_copy(&text.path, &text.text)
        .into_iter()
        .find(|finding| finding.severity == Severity::Error)
    {
        return Some(format!("it cannot be read: {}", finding.message));
    }
    if text.path == "upwards.toml" {
        let table: Option<toml::Table> = text.text.parse().ok();
        let id = table.as_ref().and_then(|table| table.get("id")?.as_str());
        if id != Some(head.workspace.as_str()) {
            return Some(format!("it is not the upwards.toml of {}", head.workspace));
        }
    }
    None
}

fn fate(text: &TextFile, tree: &Tree, received: &BTreeMap<String, String>) -> Result<Fate> {
    Ok(match tree.kind(&text.path)? {
        None => Fate::New,
        Some(Kind::File) => {
            let mut bytes = Vec::new();
            tree.read_into(&text.path, &mut bytes)?;
            if bytes == text.text.as_bytes() {
                Fate::Same
            } else if received.get(&text.path).is_some_and(|sum| *sum == sha256(&bytes)) {
                Fate::Renewed
            } else {
                Fate::Beside
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

type LookedAt = std::result::Result<(LookedBlock, Vec<Left>), String>;

fn look(block: &Block, head: &Head, known: &mut Known<'_>, own: Option<&Own>) -> Result<LookedAt> {
    let place = match place_of_copy(&block.file) {
        Ok(place) => place,
        Err(why) => return Ok(Err(why)),
    };
    let Place::Log { device, .. } = &place else {
        return Ok(Err("a copy holds shared logs only".to_owned()));
    };
    let last_here = known.file(&block.file)?.seqs.keys().last().copied().unwrap_or(0);
    let is_own = own.is_some_and(|own| own.device == device.as_str());
    let last_written = own.map_or(0, |own| own.last_written(&block.file));
    let (mut lines, mut left) = (Vec::new(), Vec::new());
    for (number, line) in &block.lines {
        let refused = |why: String| Left {
            number: *number,
            what: line.clone(),
            why,
        };
        match line_of_copy(line, &place, &head.to) {
            Err(why) => left.push(refused(why)),
            Ok(said) => match known.line(&block.file, said.id)? {
                Some(other) if !says_the_same(&other, line) => left.push(refused(
                    "a line of the same id is here with other words; that one stays".to_owned(),
                )),
                // What this computer wrote and lost comes back; what it never wrote does not come in under its name.
                None if is_own && said.seq <= last_here => {
                    left.push(refused(
                        "this computer wrote another line of that number".to_owned(),
                    ));
                }
                None if is_own && last_written > 0 && said.seq > last_written => {
                    left.push(refused(format!(
                        "it stands under this computer's name, which wrote {last_written} lines"
                    )));
                }
                None if is_own && said.version > 1 => {
                    left.push(refused(
                        "it stands under this computer's name and is by a newer upwards".to_owned(),
                    ));
                }
                found => {
                    if let (None, Some(why)) = (&found, too_old(said.day, known.retained)) {
                        left.push(refused(why));
                        continue;
                    }
                    known.add(&block.file, said.id, line)?;
                    lines.push(Looked {
                        said,
                        line: line.clone(),
                        is_known: found.is_some(),
                    });
                }
            },
        }
    }
    lines.sort_by_key(|looked| looked.said.seq);
    let file = block.file.clone();
    Ok(Ok((
        LookedBlock {
            file,
            place,
            lines,
            missing: Vec::new(),
        },
        left,
    )))
}

fn new_of(block: &LookedBlock) -> usize {
    block.lines.iter().filter(|looked| !looked.is_known).count()
}

fn show(
    context: &Context,
    file: &str,
    packet: &Packet,
    home: &Home,
    texts: &[(&TextFile, Fate)],
    blocks: &[LookedBlock],
    left: &[Left],
) -> Result<()> {
    let ui = &context.ui;
    let head = &packet.head;
    ui.prose(
        &t!(
            "receive.copy.title",
            "{file}: the copy of {person}, made on {day}; it says that it is from {from}",
            file = file,
            person = name_in(packet, &head.to),
            day = head.day.short(context.now.today),
            from = name_in(packet, &head.from)
        ),
        0,
    )?;
    let count = |wanted: Fate| texts.iter().filter(|(_, fate)| *fate == wanted).count();
    ui.prose(
        &t!(
            "receive.copy.texts",
            "texts: {new} new, {renewed} renewed, {same} the same",
            new = count(Fate::New),
            renewed = count(Fate::Renewed),
            same = count(Fate::Same)
        ),
        2,
    )?;
    let new: usize = blocks.iter().map(new_of).sum();
    let all: usize = blocks.iter().map(|block| block.lines.len()).sum();
    ui.prose(
        &t!(
            "receive.copy.lines",
            "log lines: {new} new, {known} known, {refused} refused",
            new = new,
            known = all - new,
            refused = left.len()
        ),
        2,
    )?;
    for (text, _) in texts.iter().filter(|(_, fate)| *fate == Fate::Beside) {
        ui.prose(
            &t!(
                "receive.copy.beside",
                "{path} was changed here: the new one goes beside it. Compare: diff {path} {path}.received",
                path = text.path
            ),
            2,
        )?;
    }
    show_left(context, left)?;
    if home.is_new {
        ui.prose(
            &t!(
                "receive.copy.where",
                "It makes the folder {folder}.",
                folder = home.root.display()
            ),
            0,
        )?;
    }
    Ok(())
}

fn agreed(args: &ReceiveArgs, context: &Context, home: &Home, is_refused: bool) -> Result<bool> {
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(false);
    }
    let is_asked = context.can_prompt() && !context.global.yes;
    if is_refused && !is_asked && !args.skip_rejected {
        return Err(
            CliError::could_not("something was refused; nothing was written: all or nothing")
                .hint("take the rest: add --skip-rejected"),
        );
    }
    let question = if home.is_new {
        t!("receive.copy.make", "Make it?")
    } else {
        t!("receive.copy.renew", "Renew this copy?")
    };
    if context.agreed("receive.yes", &question, "--yes")? {
        return Ok(true);
    }
    context.ui.line(t!("nothing_written", "Nothing was written."))?;
    Ok(false)
}

fn write(
    context: &mut Context,
    head: &Head,
    home: &Home,
    texts: &[(&TextFile, Fate)],
    blocks: &[LookedBlock],
    own: &Path,
    mut received: BTreeMap<String, String>,
) -> Result<()> {
    let tree = Tree::Folder(home.root.clone());
    // Without its settings a folder is no workspace: they come last, so that a copy cut short is received once more.
    let (settings, others): (Vec<_>, Vec<_>) =
        texts.iter().partition(|(text, _)| text.path == "upwards.toml");
    for (text, fate) in others.into_iter().chain(settings) {
        let path = match fate {
            Fate::Same => None,
            Fate::New | Fate::Renewed => Some(tree.path(&text.path)),
            Fate::Beside => Some(tree.path(&format!("{}.received", text.path))),
        };
        if let Some(path) = path {
            if let Some(folder) = path.parent() {
                disk::create_folder(folder, Access::Shared)?;
            }
            disk::replace(&path, text.text.as_bytes(), Access::Shared)?;
        }
        if fate != Fate::Beside {
            received.insert(text.path.clone(), sha256(text.text.as_bytes()));
        }
    }
    disk::create_folder(own, Access::Private)?;
    disk::replace(
        &own.join(RECEIVED),
        format!("{:#}\n", serde_json::json!(received)).as_bytes(),
        Access::Private,
    )?;
    context.enter(home.root.clone());
    let settings = context.settings()?;
    let mut recorder = Recorder::new(context, &settings)?;
    copy_new(&mut recorder, blocks)?;
    let mut config = context.config()?;
    if config.me(&head.workspace).is_none() {
        config.set_me(&head.workspace, &head.to)?;
    }
    Ok(())
}

fn finish(context: &Context, name: &str, home: &Home, texts: &[(&TextFile, Fate)]) -> Result<()> {
    let ui = &context.ui;
    let beside = texts.iter().filter(|(_, fate)| *fate == Fate::Beside).count();
    if beside > 0 {
        ui.notice(&format!(
            "note: {} changed here stayed as they were; the new ones end in .received",
            plural(beside, "text")
        ))?;
    }
    ui.line(if home.is_new {
        t!(
            "receive.copy.made",
            "Made {folder}. You are {person} there.",
            folder = home.root.display(),
            person = name
        )
    } else {
        t!("receive.copy.renewed", "Renewed.")
    })?;
    if home.is_new {
        let folder = home.root.file_name().map_or_else(
            || home.root.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        ui.hints(&[Hint::new(
            format!("cd {folder} && upwards"),
            t!(
                "receive.copy.hint",
                "where you are, and the best use of ten minutes"
            ),
        )])?;
    }
    Ok(())
}

/// A name, as the people.toml of the packet has it; else the id.
fn name_in(packet: &Packet, id: &str) -> String {
    let people = packet.parts.iter().find_map(|part| match part {
        Part::Text(text) if text.path == "people.toml" => text.text.parse::<toml::Table>().ok(),
        _ => None,
    });
    let name = people.as_ref().and_then(|table| {
        let people = table.get("person")?.as_array()?;
        let person = people
            .iter()
            .find(|person| person.get("id").and_then(toml::Value::as_str) == Some(id))?;
        person.get("name")?.as_str()
    });
    name.unwrap_or(id).to_owned()
}

fn read_received(own: &Path) -> BTreeMap<String, String> {
    let mut bytes = Vec::new();
    match disk::read_into(&own.join(RECEIVED), &mut bytes) {
        // Lost, what is here counts as changed by hand: nothing is overwritten.
        Ok(()) => serde_json::from_slice(&bytes).unwrap_or_default(),
        Err(_) => BTreeMap::new(),
    }
}
