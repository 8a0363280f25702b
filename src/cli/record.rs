//! Recording: one lock, one writer for each file of this device, on disk before anybody says "saved".

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use sha2::{Digest, Sha256};

use super::context::Context;
use super::error::{CliError, Result};
use crate::base::id::{DeviceId, EventId, slugify};
use crate::base::time::{Date, Now};
use crate::disk::{self, Access, Lock};
use crate::journal::{Entry, Thought};
use crate::log::{self, AppendError, Heads, LineKey, Writer};
use crate::model::event::{Event, Fact, Via};
use crate::model::settings::Settings;
use crate::session::{KeepError, Sink};
use crate::team::{Nudged, Wish};
use crate::{store, team, vault};

/// Name of the file, in the user's folder of the workspace, that tells what this device last wrote.
pub(crate) const HEADS: &str = "heads.json";

/// Writes for one workspace on this device.
pub(crate) struct Recorder {
    root: PathBuf,
    own: PathBuf,
    home: PathBuf,
    device: DeviceId,
    device_is_given: bool,
    computer: String,
    seed: Option<String>,
    now: Now,
    notices: Rc<RefCell<Vec<String>>>,
    acts: Vec<Act>,
    stored: Rc<Cell<bool>>,
}

/// Who a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// The person and the leaders: the shared log.
    Shared,
    /// The person alone.
    Private,
    /// The leaders alone.
    Team,
}

/// Where lines for the leaders alone are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TeamLog {
    /// Into `team/` of the workspace.
    Leaders,
    /// Into `team/` of the user's own folder, until the next `send`: of somebody who does not lead.
    Own,
}

/// One recorded line: what `undo` takes back together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Act {
    pub(crate) person: String,
    pub(crate) id: EventId,
    pub(crate) kept: Kept,
    /// Who recorded it: nobody else's `undo` takes it back unasked.
    pub(crate) by: String,
}

/// What is recorded about one person.
pub(crate) struct Entries<'a> {
    pub(crate) person: &'a str,
    pub(crate) by: &'a str,
    pub(crate) facts: Vec<Fact<'static>>,
    pub(crate) via: Option<Box<Via<'static>>>,
}

impl Act {
    fn of_team(who: &str, id: EventId) -> Self {
        Self {
            person: who.to_owned(),
            id,
            kept: Kept::Team,
            by: who.to_owned(),
        }
    }
}

impl Recorder {
    /// A recorder for the workspace of this run; makes the device's id the first time.
    pub(crate) fn new(context: &mut Context, settings: &Settings) -> Result<Self> {
        let root = context.root()?;
        let environment = &context.environment;
        let (device, given) = match &environment.device {
            Some(id) => (
                id.parse::<DeviceId>()
                    .map_err(|e| CliError::usage(format!("UPWARDS_DEVICE: {e}")))?,
                true,
            ),
            None => (
                device(
                    &environment.home,
                    &environment.computer,
                    environment.seed.as_deref(),
                )?,
                false,
            ),
        };
        Ok(Self {
            root,
            own: context.own_folder(settings),
            home: environment.home.clone(),
            device,
            device_is_given: given,
            computer: environment.computer.clone(),
            seed: environment.seed.clone(),
            now: context.now,
            notices: Rc::clone(&context.ui.notices),
            acts: Vec::new(),
            stored: Rc::clone(&context.ui.stored),
        })
    }

    /// This device's id.
    pub(crate) fn device(&self) -> &DeviceId {
        &self.device
    }

    /// Uses another id for this run: the example's people have their own devices.
    pub(crate) fn act_on(&mut self, device: DeviceId) {
        self.device = device;
        self.device_is_given = true;
    }

    /// Dates what follows; a flight westwards must not run the days of one device back.
    pub(crate) fn set_now(&mut self, now: Now) {
        self.now = now;
    }

    /// From here on is a new act: `undo` takes back what follows, and nothing before it.
    pub(crate) fn begin(&mut self) {
        self.acts.clear();
    }

    /// What was last recorded on this device, all that one `undo` takes back. Derived: lost, there is none. What was about
    /// to be written to shared logs and never got there is left out.
    pub(crate) fn last_acts(&self) -> Vec<Act> {
        let mut acts = self.noted_acts();
        let mut people: BTreeMap<String, BTreeSet<EventId>> = BTreeMap::new();
        acts.retain(|act| {
            let read = || ids_of(&self.root.join("progress").join(&act.person));
            let mut here = || {
                people
                    .entry(act.person.clone())
                    .or_insert_with(read)
                    .contains(&act.id)
            };
            act.kept != Kept::Shared || here()
        });
        acts
    }

    fn noted_acts(&self) -> Vec<Act> {
        let mut bytes = Vec::new();
        if disk::read_into(&self.own.join("last.json"), &mut bytes).is_err() {
            return Vec::new();
        }
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap_or_default();
        rows.iter()
            .filter_map(|row| {
                Some(Act {
                    person: row.get("person")?.as_str()?.to_owned(),
                    id: row.get("id")?.as_str()?.parse().ok()?,
                    kept: match row.get("private")?.as_bool()? {
                        true => Kept::Private,
                        false if row.get("team").is_some() => Kept::Team,
                        false => Kept::Shared,
                    },
                    by: row.get("by")?.as_str()?.to_owned(),
                })
            })
            .collect()
    }

    fn note_acts(&mut self, acts: impl IntoIterator<Item = Act>) {
        let before = self.acts.len();
        self.acts.extend(acts);
        if self.acts.len() > before {
            self.stored.set(true);
        }
        self.save_acts(&[]);
    }

    /// Writes down the acts so far, and those that are about to be written.
    fn save_acts(&self, next: &[Act]) {
        let rows: Vec<serde_json::Value> = self
            .acts
            .iter()
            .chain(next)
            .map(|a| {
                let mut row = serde_json::json!({
                    "person": a.person, "id": a.id.to_string(), "private": a.kept == Kept::Private, "by": a.by
                });
                if a.kept == Kept::Team {
                    row["team"] = true.into();
                }
                row
            })
            .collect();
        // Lost, `undo` needs to be told the event: no harm.
        let _ = disk::write_derived(
            &self.own.join("last.json"),
            serde_json::Value::Array(rows).to_string().as_bytes(),
            Access::Private,
        );
    }

    /// Records shared events, person by person, under one lock. When this returns they are on disk.
    pub(crate) fn record(&mut self, all: &[Entries<'_>]) -> Result<Vec<EventId>> {
        let _lock = self.lock()?;
        let ids = match self.try_record(all) {
            Err(AppendError::Cloned { device }) => {
                self.take_new_device(&device)?;
                self.try_record(all)?
            }
            result => result?,
        };
        self.stored.set(self.stored.get() || !ids.is_empty());
        self.note_acts(acts_of(all, &ids));
        Ok(ids)
    }

    /// Records what a person said without the program, each line on its own day under its own id, in the file of their
    /// page; without a page in the receiver's own. Gives back the file's name. When this returns they are on disk.
    pub(crate) fn record_received(
        &mut self,
        person: &str,
        by: &str,
        page: Option<&DeviceId>,
        via: &Via<'static>,
        lines: &[(Date, EventId, Fact<'static>)],
    ) -> Result<String> {
        let _lock = self.lock()?;
        let device = page.unwrap_or(&self.device).clone();
        let file = format!("progress/{person}/{device}.jsonl");
        let path = self
            .root
            .join("progress")
            .join(person)
            .join(format!("{device}.jsonl"));
        let mut heads = self.heads();
        // Other leaders may have received from this page too: its file is nobody's alone.
        let head = heads.get(&file).filter(|_| page.is_none());
        // For the same reason lines of a newer program in it do not shut this one out.
        let key = |line: &str| {
            let key = store::key(line)?;
            let version = if page.is_some() { 1 } else { key.version };
            Some(LineKey { version, ..key })
        };
        let mut writer = Writer::open(&path, &file, Access::Shared, head.as_ref(), key)?;
        // Somebody else may have received the same meanwhile.
        let here = ids_in(&path)?;
        let written: Vec<(EventId, String)> = (writer.next_seq()..)
            .zip(lines.iter().filter(|(_, id, _)| !here.contains(id)))
            .map(|(seq, (day, id, fact))| {
                let event = Event {
                    id: *id,
                    seq,
                    day: *day,
                    person: person.into(),
                    by: by.into(),
                    device: device.as_str().into(),
                    fact: fact.clone(),
                    via: Some(Box::new(via.clone())),
                };
                (*id, store::to_line(&event))
            })
            .collect();
        writer.append(&written)?;
        if page.is_none() {
            heads.note(&file, writer.head());
            heads.save();
        }
        let receiver = via.by.to_string();
        self.note_acts(lines.iter().map(|(_, id, _)| Act {
            person: person.to_owned(),
            id: *id,
            kept: Kept::Shared,
            by: receiver.clone(),
        }));
        Ok(file)
    }

    /// Appends lines of another device to our copy of its file, as they stand there. When this returns they are on disk.
    pub(crate) fn copy_lines(&mut self, file: &str, lines: &[(EventId, String)]) -> Result<()> {
        let _lock = self.lock()?;
        let path = file
            .split('/')
            .fold(self.root.clone(), |path, part| path.join(part));
        // Whatever version its lines have: we only copy them.
        let key = |line: &str| store::key(line).map(|key| LineKey { version: 1, ..key });
        let mut writer = Writer::open(&path, file, Access::Shared, None, key)?;
        // Somebody else may have received the same meanwhile.
        let here = ids_in(&path)?;
        let new: Vec<(EventId, String)> = lines
            .iter()
            .filter(|(id, _)| !here.contains(id))
            .cloned()
            .collect();
        writer.append(&new)?;
        let mut heads = self.heads();
        if heads.get(file).is_some() || file.ends_with(&format!("/{}.jsonl", self.device)) {
            heads.note(file, writer.head());
            heads.save();
        }
        self.stored.set(true);
        Ok(())
    }

    /// Notes why, for the leaders only, about events just recorded: of each its own reason.
    pub(crate) fn record_reasons(&mut self, by: &str, reasons: &[(EventId, &str)]) -> Result<()> {
        let (day, device) = (self.now.today, self.device.clone());
        self.record_team(TeamLog::Leaders, reasons, |id, seq, (about, reason)| {
            team::because_line(id, seq, day, by, device.as_str(), *about, reason)
        })?;
        Ok(())
    }

    /// Notes reminders that went out, for the leaders only.
    pub(crate) fn record_nudged(&mut self, by: &str, nudged: &[Nudged]) -> Result<()> {
        let device = self.device.clone();
        self.record_team(TeamLog::Leaders, nudged, |id, seq, nudged| {
            team::nudged_line(id, seq, by, device.as_str(), nudged)
        })?;
        Ok(())
    }

    /// Notes who should meet whom, for the leaders only; `me` acts, `by` says it.
    pub(crate) fn record_wish(&mut self, log: TeamLog, me: &str, by: &str, wish: &Wish) -> Result<()> {
        let (day, device) = (self.now.today, self.device.clone());
        let ids = self.record_team(log, std::slice::from_ref(wish), |id, seq, wish| {
            team::wish_line(id, seq, day, by, device.as_str(), wish)
        })?;
        self.note_acts(ids.into_iter().map(|id| Act::of_team(me, id)));
        Ok(())
    }

    /// Takes back what was noted for the leaders only.
    pub(crate) fn take_back_notes(&mut self, log: TeamLog, by: &str, notes: &[EventId]) -> Result<()> {
        if notes.is_empty() {
            return Ok(());
        }
        let (day, device) = (self.now.today, self.device.clone());
        let ids = self.record_team(log, notes, |id, seq, reference| {
            team::voided_line(id, seq, day, by, device.as_str(), *reference)
        })?;
        self.note_acts(ids.into_iter().map(|id| Act::of_team(by, id)));
        Ok(())
    }

    /// Appends a line for each to this device's team log. Both places have one row of numbers: the leaders' copy of the file
    /// has the lines of either.
    fn record_team<T>(
        &mut self,
        log: TeamLog,
        what: &[T],
        line: impl Fn(EventId, u64, &T) -> String,
    ) -> Result<Vec<EventId>> {
        let _lock = self.lock()?;
        let file = format!("team/{}.jsonl", self.device);
        let mut heads = self.heads();
        let (root, access) = match log {
            TeamLog::Leaders => (&self.root, Access::Shared),
            TeamLog::Own => (&self.own, Access::Private),
        };
        let path = root.join("team").join(format!("{}.jsonl", self.device));
        let mut writer = Writer::open(&path, &file, access, heads.get(&file).as_ref(), store::key)?;
        let lines: Vec<(EventId, String)> = (writer.next_seq()..)
            .zip(what)
            .map(|(seq, what)| {
                let id = self.event_id(&file, seq);
                (id, line(id, seq, what))
            })
            .collect();
        let ids: Vec<EventId> = lines.iter().map(|(id, _)| *id).collect();
        heads.note(&file, writer.head_before(ids.clone()));
        heads.save();
        writer.append(&lines)?;
        heads.note(&file, writer.head());
        heads.save();
        Ok(ids)
    }

    /// Keeps a private entry about one person.
    pub(crate) fn keep(&mut self, person: &str, by: &str, thought: &Thought) -> Result<EventId> {
        let _lock = self.lock()?;
        let id = match self.try_keep(person, by, thought) {
            Err(AppendError::Cloned { device }) => {
                self.take_new_device(&device)?;
                self.try_keep(person, by, thought)?
            }
            result => result?,
        };
        self.note_acts([Act {
            person: person.to_owned(),
            id,
            kept: Kept::Private,
            by: by.to_owned(),
        }]);
        Ok(id)
    }

    fn lock(&self) -> Result<Lock> {
        Ok(disk::lock(&self.own.join("lock"))?)
    }

    fn heads(&self) -> Heads {
        Heads::load(&self.own.join(HEADS))
    }

    fn try_record(&self, all: &[Entries<'_>]) -> std::result::Result<Vec<EventId>, AppendError> {
        let mut heads = self.heads();
        let mut open = Vec::with_capacity(all.len());
        let mut ids = Vec::new();
        for entries in all.iter().filter(|e| !e.facts.is_empty()) {
            let file = format!("progress/{}/{}.jsonl", entries.person, self.device);
            let path = self
                .root
                .join("progress")
                .join(entries.person)
                .join(format!("{}.jsonl", self.device));
            let writer = Writer::open(
                &path,
                &file,
                Access::Shared,
                heads.get(&file).as_ref(),
                store::key,
            )?;
            let lines = self.lines(entries, writer.next_seq(), &file);
            heads.note(
                &file,
                writer.head_before(lines.iter().map(|(id, _)| *id).collect()),
            );
            ids.extend(lines.iter().map(|(id, _)| *id));
            open.push((file, writer, lines));
        }
        heads.save();
        // Before the first line: what is cut off between two files is taken back as one all the same.
        self.save_acts(&acts_of(all, &ids));
        let mut result = Ok(ids);
        for (file, mut writer, lines) in open {
            let appended = writer.append(&lines);
            heads.note(&file, writer.head());
            if let Err(error) = appended {
                result = Err(error);
                break;
            }
        }
        heads.save();
        result
    }

    fn lines(&self, entries: &Entries<'_>, first: u64, file: &str) -> Vec<(EventId, String)> {
        (first..)
            .zip(&entries.facts)
            .map(|(seq, fact)| {
                let id = self.event_id(file, seq);
                let mut fact = fact.clone();
                // A first invitation names its meeting after itself.
                if let Fact::Invited(invited) = &mut fact
                    && invited.meeting.is_empty()
                {
                    invited.meeting = id.to_string().into();
                }
                let event = Event {
                    id,
                    seq,
                    day: self.now.today,
                    person: entries.person.into(),
                    by: entries.by.into(),
                    device: self.device.as_str().into(),
                    fact,
                    via: entries.via.clone(),
                };
                (id, store::to_line(&event))
            })
            .collect()
    }

    fn try_keep(
        &self,
        person: &str,
        by: &str,
        thought: &Thought,
    ) -> std::result::Result<EventId, AppendError> {
        let mut heads = self.heads();
        let file = vault::file(person, self.device.as_str());
        let mut path = self.own.clone();
        path.extend(file.split('/'));
        let mut writer = Writer::open(
            &path,
            &file,
            Access::Private,
            heads.get(&file).as_ref(),
            vault::key,
        )?;
        let seq = writer.next_seq();
        let id = self.event_id(&file, seq);
        heads.note(&file, writer.head_before(vec![id]));
        heads.save();
        let entry = Entry {
            id,
            seq,
            day: self.now.today,
            at: self.now.instant,
            person: person.to_owned(),
            thought: thought.clone(),
        };
        writer.append(&[(id, vault::to_line(&entry, by, self.device.as_str()))])?;
        heads.note(&file, writer.head());
        heads.save();
        Ok(id)
    }

    /// Random, or from the seed of a test: then the same for the same place in the same file.
    fn event_id(&self, file: &str, seq: u64) -> EventId {
        match &self.seed {
            Some(seed) => EventId::from_random(seeded(&[seed, file, &seq.to_string()])),
            None => EventId::from_random(*uuid::Uuid::new_v4().as_bytes()),
        }
    }

    /// Another computer was seen to write under this one's name.
    pub(crate) fn give_up_name(&mut self) -> Result<()> {
        let _lock = self.lock()?;
        let old = self.device.to_string();
        self.take_new_device(&old)
    }

    /// Another computer writes under our name (a cloned laptop, a restored backup): from here on we have a new one.
    fn take_new_device(&mut self, old: &str) -> Result<()> {
        if self.device_is_given {
            return Err(
                CliError::could_not(format!("another computer writes under the name {old}"))
                    .hint("give this one another: UPWARDS_DEVICE=NAME"),
            );
        }
        // Another run of this computer may have found it out a moment ago.
        self.device = match known_device(&self.home)?.filter(|now| now.as_str() != old) {
            Some(taken) => taken,
            None => new_device(
                &self.home,
                &self.computer,
                self.seed.as_deref().map(|s| format!("{s}{old}")).as_deref(),
            )?,
        };
        self.notices.borrow_mut().push(format!(
            "another computer writes under the name {old} (a copy of this one, or a restored backup): from now on this one is {}",
            self.device
        ));
        Ok(())
    }
}

/// A sitting's sink: each fact and thought is on disk before the next question.
pub(crate) struct RecorderSink<'a> {
    pub(crate) recorder: &'a mut Recorder,
    pub(crate) person: &'a str,
    pub(crate) by: &'a str,
    pub(crate) clock: &'a dyn Fn() -> Now,
    /// What was recorded, for the end of the sitting.
    pub(crate) shared: Vec<(EventId, Fact<'static>)>,
    /// How many private entries were kept.
    pub(crate) private: Vec<Thought>,
    /// What went wrong, kept whole: the session only knows that it did.
    pub(crate) error: Option<CliError>,
}

impl Sink for RecorderSink<'_> {
    fn shared(&mut self, fact: Fact<'static>) -> std::result::Result<EventId, KeepError> {
        self.shared_on((self.clock)().today, fact)
    }

    fn shared_on(&mut self, day: Date, fact: Fact<'static>) -> std::result::Result<EventId, KeepError> {
        self.recorder.set_now(Now {
            today: day,
            ..(self.clock)()
        });
        let entries = Entries {
            person: self.person,
            by: self.by,
            facts: vec![fact.clone()],
            via: None,
        };
        match self.recorder.record(&[entries]) {
            Ok(ids) => {
                let id = ids.first().copied().unwrap_or(EventId::from_random([0; 16]));
                self.shared.push((id, fact));
                Ok(id)
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    fn private(&mut self, thought: Thought) -> std::result::Result<EventId, KeepError> {
        self.recorder.set_now((self.clock)());
        match self.recorder.keep(self.person, self.by, &thought) {
            Ok(id) => {
                self.private.push(thought);
                Ok(id)
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    fn now(&self) -> Now {
        (self.clock)()
    }
}

impl RecorderSink<'_> {
    fn failed(&mut self, error: CliError) -> KeepError {
        let message = error.message.clone();
        self.error = Some(error);
        KeepError(message.into())
    }
}

/// What `undo` takes back of these entries.
fn acts_of(all: &[Entries<'_>], ids: &[EventId]) -> Vec<Act> {
    let facts = all
        .iter()
        .flat_map(|entries| entries.facts.iter().map(move |fact| (entries, fact)));
    facts
        .zip(ids)
        // Follows from answers, and from them again after an `undo`: never the thing itself.
        .filter(|((_, fact), _)| !matches!(fact, Fact::Recalled { .. }))
        .map(|((entries, _), id)| Act {
            person: entries.person.to_owned(),
            id: *id,
            kept: Kept::Shared,
            by: entries.by.to_owned(),
        })
        .collect()
}

/// Ids of the lines in all logs of a folder, those that can be read.
fn ids_of(folder: &Path) -> BTreeSet<EventId> {
    let names = disk::list(folder).unwrap_or_default().into_iter();
    let logs = names.filter(|(name, _)| {
        Path::new(name)
            .extension()
            .is_some_and(|ending| ending == "jsonl")
    });
    logs.flat_map(|(name, _)| ids_in(&folder.join(name)).unwrap_or_default())
        .collect()
}

/// Ids of the lines in a log, those that can be read.
fn ids_in(path: &Path) -> Result<BTreeSet<EventId>> {
    let mut bytes = Vec::new();
    match disk::read_into(path, &mut bytes) {
        Ok(()) => {}
        Err(error) if error.is_missing() => return Ok(BTreeSet::new()),
        Err(error) => return Err(error.into()),
    }
    let lines = log::lines("", &bytes, &mut Vec::new());
    Ok(lines
        .iter()
        .filter_map(|raw| Some(store::key(raw.text)?.id))
        .collect())
}

/// This device's id, if it has one yet.
pub(crate) fn known_device(home: &Path) -> Result<Option<DeviceId>> {
    let path = home.join("device.toml");
    let mut bytes = Vec::new();
    match disk::read_into(&path, &mut bytes) {
        Ok(()) => {}
        Err(error) if error.is_missing() => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    let bad = || {
        CliError::could_not(format!("{} holds no device id", path.display()))
            .hint("mend it (format = 1, id = \"NAME\"), or remove it: a new id is made then, nothing is lost")
    };
    let table: toml::Table = toml::from_str(&String::from_utf8_lossy(&bytes)).map_err(|_| bad())?;
    let id = table.get("id").and_then(toml::Value::as_str).ok_or_else(bad)?;
    id.parse().map(Some).map_err(|_| bad())
}

/// This device's id, made now if it has none.
fn device(home: &Path, computer: &str, seed: Option<&str>) -> Result<DeviceId> {
    if let Some(device) = known_device(home)? {
        return Ok(device);
    }
    // Of several first runs at the same time one makes it, the others take it.
    let _lock = disk::lock(&home.join("lock"))?;
    match known_device(home)? {
        Some(device) => Ok(device),
        None => new_device(home, computer, seed),
    }
}

fn new_device(home: &Path, computer: &str, seed: Option<&str>) -> Result<DeviceId> {
    /// Characters of the computer's name that are kept.
    const NAME: usize = 20;
    let mut name = slugify(computer.split('.').next().unwrap_or_default());
    name.truncate(NAME);
    let name = name.trim_end_matches('-');
    let name = if name.is_empty() { "computer" } else { name };
    let device: DeviceId = format!("{name}-{}", random_letters(seed))
        .parse()
        .map_err(|e| CliError::could_not(format!("could not name this device: {e}")))?;
    save_device(home, &device)?;
    Ok(device)
}

/// Notes this device's id.
pub(crate) fn save_device(home: &Path, device: &DeviceId) -> Result<()> {
    disk::create_folder(home, Access::Private)?;
    Ok(disk::replace(
        &home.join("device.toml"),
        format!("format = 1\nid = \"{device}\"\n").as_bytes(),
        Access::Private,
    )?)
}

/// Four random characters, `a-z0-9` without the look-alikes.
pub(crate) fn random_letters(seed: Option<&str>) -> String {
    letters(seed, "device", 4)
}

/// Twelve of them, under which somebody gives their first tries.
pub(crate) fn random_pseudonym(seed: Option<&str>) -> String {
    letters(seed, "pseudonym", 12)
}

fn letters(seed: Option<&str>, what: &str, count: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    // Version and variant of a v4 are fixed bits: two bytes of it vary less, which still leaves more than anybody tries.
    let bytes = seed.map_or_else(|| *uuid::Uuid::new_v4().as_bytes(), |seed| seeded(&[seed, what]));
    bytes
        .iter()
        .take(count)
        .map(|b| char::from(LETTERS[usize::from(*b) % LETTERS.len()]))
        .collect()
}

fn seeded(parts: &[&str]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes
}
