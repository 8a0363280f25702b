//! Large workspaces, always the same bytes: made by arithmetic on integers from a seed, so that any two machines
//! measure and test the same files.
//!
//! Each person has random numbers of their own, seeded by the seed and the person's number: the files of N people are
//! those of the first N of more, and one person can be made without the others. Standard library only, because tests and
//! benches both include this file.

#[path = "big/course.rs"]
pub(crate) mod course;
#[path = "big/day.rs"]
mod day;
#[path = "big/dice.rs"]
mod dice;
#[path = "big/hurt.rs"]
mod hurt;
#[path = "big/life.rs"]
mod life;
#[path = "big/line.rs"]
mod line;
#[path = "big/memory.rs"]
mod memory;
#[path = "big/people.rs"]
mod people;

use std::fs;
use std::io;
use std::ops::RangeInclusive;
use std::path::Path;

pub(crate) use self::day::Day;
pub(crate) use self::hurt::Hurt;

/// Days that the events of a workspace span: 18 months.
const SPAN: u32 = 548;

/// Who records assignments, pairs and waivers, and for whom an assistant works.
const LEADER: &str = "maya";

/// What to make.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// People with the role executive, `p0001` and on; the leader and a few others come on top.
    pub(crate) people: u32,
    /// Shared events of a person, each number equally often.
    pub(crate) events: RangeInclusive<u32>,
    /// Another seed, another workspace.
    pub(crate) seed: u64,
    /// No event is dated later.
    pub(crate) last_day: Day,
    /// Whose first file is damaged, by the person's number, and how.
    pub(crate) hurt: Vec<(u32, Hurt)>,
}

/// One file of a workspace or of a person's own folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogFile {
    /// Its path inside that folder, with `/`.
    pub(crate) path: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// How many lines were written.
    pub(crate) lines: u32,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    /// Logs in `progress/`.
    pub(crate) files: u64,
    /// Lines in them.
    pub(crate) events: u64,
    /// Bytes of them.
    pub(crate) bytes: u64,
}

impl Plan {
    /// The workspace's id; it names the folder of private files.
    pub(crate) fn id(&self) -> String {
        format!(
            "big-{}",
            dice::Dice::of(self.seed, 0, dice::Stream::Workspace).code()
        )
    }

    /// The settings file.
    pub(crate) fn settings(&self) -> String {
        format!(
            "format = 1\nid = \"{}\"\nname = \"Big Group\"\ncurricula = [\"{}\"]\n",
            self.id(),
            course::CURRICULUM
        )
    }

    /// The people file.
    pub(crate) fn people_file(&self) -> String {
        people::file(self)
    }

    /// The shared log of one person, a file for each device, damage included.
    pub(crate) fn log(&self, number: u32) -> Vec<LogFile> {
        let mut files = life::live(self, number, false).shared;
        for (_, hurt) in self.hurt.iter().filter(|(whose, _)| *whose == number) {
            hurt.apply(&mut files, self.last_day);
        }
        files
    }

    /// The private journal of one person, a file for each of their own devices, with the paths of the user's folder of this
    /// workspace. Its answers are those that the capsules of the shared log rest on.
    pub(crate) fn journal(&self, number: u32) -> Vec<LogFile> {
        life::live(self, number, true).private
    }

    /// Writes the whole workspace into a folder, which is made if need be.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<Tally> {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("upwards.toml"), self.settings())?;
        fs::write(folder.join("people.toml"), self.people_file())?;
        let mut tally = Tally::default();
        for number in 1..=self.people {
            for file in self.log(number) {
                tally.files += 1;
                tally.events += u64::from(file.lines);
                tally.bytes += file.bytes.len() as u64;
                write_file(folder, &file)?;
            }
        }
        Ok(tally)
    }
}

/// Id of the person of this number, counted from 1.
pub(crate) fn person_id(number: u32) -> String {
    format!("p{number:04}")
}

/// Writes one file below a folder.
pub(crate) fn write_file(folder: &Path, file: &LogFile) -> io::Result<()> {
    let path = folder.join(&file.path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, &file.bytes)
}
