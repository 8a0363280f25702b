//! What is asked for on the command line.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use crate::big::{Day, Plan};

pub(crate) const USAGE: &str = "\
cargo bench --bench scale -- [MODE] [OPTIONS]

modes
  (none)              readiness of everybody against plain reading of the same files
  startup             --version and --help against `true`
  library             finding a case among 1,000
  import              a personnel list of 10,000 rows
  questions           a GIFT file of 2,000 questions
  report              the board report of 10,000 people, and its memory
  merge               sync beside git merge: 2,000 logs, 100 changed on each side
  pairing             a mentor for each of 1,000 executives, 1,000 pairs written, 300 people in groups
  opens               files that one-person commands open, seen by strace
  --make DIR          write a workspace and stop

options
  --people 500,1000   sizes; one for --make              [500,1000,10000; opens 200]
  --rounds N          rounds after a warm-up round       [5; startup 60, library 20]
  --events A..B       shared events of a person          [150..150]
  --seed S            another seed, another workspace    [1]
  --last-day DATE     the newest day, also --today       [2026-11-01]
  --program PATH      measure this program               [the one just built]
  --assert            exit 1 if a bound is exceeded
  --must              exit 1 if something cannot be measured here";

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Readiness of everybody at several sizes.
    Growth,
    /// The start of the program.
    Startup,
    /// Opened files of one-person commands.
    Opens,
    /// Finding a case in a large library.
    Library,
    /// Taking in a personnel list.
    Import,
    Questions,
    /// The board report.
    Report,
    /// Mentors for executives.
    Pairing,
    Merge,
    /// Only write a workspace.
    Make(PathBuf),
    /// The baseline: read all files of a folder.
    ReadOnly(PathBuf),
}

/// All of the command line.
#[derive(Debug)]
pub(crate) struct Args {
    pub(crate) mode: Mode,
    pub(crate) program: PathBuf,
    pub(crate) must: bool,
    pub(crate) check_bounds: bool,
    pub(crate) last_day: Day,
    people: Option<Vec<u32>>,
    rounds: Option<u32>,
    events: RangeInclusive<u32>,
    seed: u64,
}

impl Args {
    /// Reads the arguments; `Err` says what is wrong and what there is.
    pub(crate) fn parse(given: Vec<String>) -> Result<Self, String> {
        let mut args = Self {
            mode: Mode::Growth,
            program: PathBuf::from(env!("CARGO_BIN_EXE_upwards")),
            must: false,
            check_bounds: false,
            last_day: "2026-11-01".parse()?,
            people: None,
            rounds: None,
            events: 150..=150,
            seed: 1,
        };
        let mut given = given.into_iter();
        while let Some(word) = given.next() {
            let mut value = || {
                given
                    .next()
                    .ok_or_else(|| format!("{word} needs a value\n\n{USAGE}"))
            };
            match word.as_str() {
                "--bench" => {}
                "startup" => args.mode = Mode::Startup,
                "opens" => args.mode = Mode::Opens,
                "library" => args.mode = Mode::Library,
                "import" => args.mode = Mode::Import,
                "questions" => args.mode = Mode::Questions,
                "report" => args.mode = Mode::Report,
                "pairing" => args.mode = Mode::Pairing,
                "merge" => args.mode = Mode::Merge,
                "--make" => args.mode = Mode::Make(value()?.into()),
                "--read-only" => args.mode = Mode::ReadOnly(value()?.into()),
                "--people" => args.people = Some(sizes(&value()?)?),
                "--rounds" => args.rounds = Some(number(&value()?)?),
                "--events" => args.events = range(&value()?)?,
                "--seed" => args.seed = number(&value()?)?,
                "--last-day" => args.last_day = value()?.parse()?,
                "--program" => args.program = value()?.into(),
                "--assert" => args.check_bounds = true,
                "--must" => args.must = true,
                _ => return Err(format!("{word} is unknown\n\n{USAGE}")),
            }
        }
        Ok(args)
    }

    /// The sizes asked for, or those of the mode.
    pub(crate) fn sizes(&self, usual: &[u32]) -> Vec<u32> {
        self.people.clone().unwrap_or_else(|| usual.to_vec())
    }

    /// The rounds asked for, or those of the mode.
    pub(crate) fn rounds(&self, usual: u32) -> u32 {
        self.rounds.unwrap_or(usual)
    }

    /// The workspace of so many people.
    pub(crate) fn plan(&self, people: u32) -> Plan {
        Plan {
            people,
            events: self.events.clone(),
            seed: self.seed,
            last_day: self.last_day,
            hurt: Vec::new(),
        }
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.replace('_', "")
        .parse()
        .map_err(|_| format!("{text} is no number"))
}

fn positive(text: &str) -> Result<u32, String> {
    number(text).and_then(|n| {
        if n > 0 {
            Ok(n)
        } else {
            Err("0 is too few".to_owned())
        }
    })
}

fn sizes(text: &str) -> Result<Vec<u32>, String> {
    text.split(',').map(positive).collect()
}

/// `100..200`, both ends included, or one number.
fn range(text: &str) -> Result<RangeInclusive<u32>, String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, last) = (positive(first)?, positive(last.trim_start_matches('='))?);
    if first > last {
        return Err(format!("{text}: the first number is the larger one"));
    }
    Ok(first..=last)
}
