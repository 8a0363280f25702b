//! What sync tells.

use std::collections::{BTreeMap, BTreeSet};

use super::here::Here;
use super::weave::Woven;
use crate::base::texts::{t, t_n};
use crate::base::words::and_list;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::files::{Clash, Side};
use crate::session::{Answer, Choice, Kind, Question, Reply};
use crate::table::{Column, Report, Value};

/// Longest part of a value or a file that a question shows, in lines.
const MOST_LINES: usize = 20;

/// What was exchanged, or would be.
#[derive(Default)]
pub(super) struct Told {
    /// By log: lines that came, lines that went.
    logs: BTreeMap<String, [usize; 2]>,
    came: BTreeSet<String>,
    went: BTreeSet<String>,
    left: BTreeSet<String>,
    /// By log: lines that were gone here and are back.
    restored: BTreeMap<String, usize>,
    /// By log: lines that others left out and that stay, and lines of ours that they had changed.
    odd: BTreeMap<String, [usize; 2]>,
    /// What both changed differently and nobody decided.
    pub(super) clashes: Vec<(String, Clash)>,
    /// Whether another computer writes under this one's name.
    pub(super) is_forked: bool,
}

impl Told {
    pub(super) fn of(here: &Here, woven: &Woven) -> Self {
        let mut told = Self {
            came: woven.came.clone(),
            went: woven.goes.clone(),
            left: here.left.iter().cloned().collect(),
            restored: here.restored.iter().cloned().collect(),
            clashes: woven.clashes.clone(),
            is_forked: woven.is_forked,
            ..Self::default()
        };
        for (path, log) in &woven.logs {
            if log.new_here + log.new_there > 0 {
                told.logs.insert(path.clone(), [log.new_here, log.new_there]);
            }
            if log.shortened_there + log.altered > 0 {
                told.odd.insert(path.clone(), [log.shortened_there, log.altered]);
            }
        }
        told
    }

    /// A further round of the same run.
    pub(super) fn join(&mut self, other: Self) {
        for (path, [came, went]) in other.logs {
            let known = self.logs.entry(path).or_default();
            known[0] += came;
            // What goes is counted until it has gone.
            known[1] = known[1].max(went);
        }
        self.came.extend(other.came);
        self.went.extend(other.went);
        self.left = other.left;
        self.restored.extend(other.restored);
        self.odd.extend(other.odd);
        self.clashes = other.clashes;
        self.is_forked |= other.is_forked;
    }

    pub(super) fn print(&self, context: &Context, is_status: bool) -> Result<()> {
        if context.ui.wants_data()? {
            return context.ui.report(self.report(context));
        }
        let ui = &context.ui;
        let [came, went] = [0, 1].map(|side| self.sum(side));
        let words = if is_status {
            [
                t!("sync.would_come", "Would come in"),
                t!("sync.would_go", "Would go out"),
            ]
        } else {
            [t!("sync.came", "Came in"), t!("sync.went", "Went out")]
        };
        for (word, (lines, about), files) in [(&words[0], came, &self.came), (&words[1], went, &self.went)] {
            let mut parts = Vec::new();
            if lines > 0 {
                let about: Vec<&str> = about.iter().map(String::as_str).collect();
                parts.push(t!(
                    "sync.lines",
                    "{lines} about {people}",
                    lines = t_n!("sync.n_lines", lines, "{n} line", "{n} lines"),
                    people = and_list(&about)
                ));
            }
            parts.extend(files.iter().take(MOST_LINES).cloned());
            if files.len() > MOST_LINES {
                parts.push(t_n!(
                    "sync.more",
                    files.len() - MOST_LINES,
                    "{n} more file",
                    "{n} more files"
                ));
            }
            if parts.is_empty() {
                parts.push(t!("sync.nothing", "nothing new"));
            }
            ui.prose(&format!("{word}: {}.", parts.join("; ")), 0)?;
        }
        self.print_odd(context)?;
        self.print_clashes(context)
    }

    fn print_odd(&self, context: &Context) -> Result<()> {
        let ui = &context.ui;
        for (path, lines) in &self.restored {
            ui.notice(&t_n!(
                "sync.restored",
                *lines,
                "{path} had lost {n} line here: it is back",
                "{path} had lost {n} lines here: they are back",
                path = path
            ))?;
        }
        for (path, [shortened, altered]) in &self.odd {
            if *shortened > 0 {
                ui.notice(&t_n!(
                    "sync.shortened",
                    *shortened,
                    "their {path} lacks {n} line that it had: it stays",
                    "their {path} lacks {n} lines that it had: they stay",
                    path = path
                ))?;
            }
            if *altered > 0 {
                ui.notice(&t_n!(
                    "sync.altered",
                    *altered,
                    "their {path} says something else in {n} line that this computer wrote: not taken",
                    "their {path} says something else in {n} lines that this computer wrote: not taken",
                    path = path
                ))?;
            }
        }
        if !self.left.is_empty() {
            let names: Vec<&str> = self.left.iter().take(5).map(String::as_str).collect();
            let more = self.left.len().saturating_sub(5);
            let names = match more {
                0 => names.join(", "),
                more => format!(
                    "{}, {}",
                    names.join(", "),
                    t_n!("sync.more", more, "{n} more file", "{n} more files")
                ),
            };
            ui.notice(&t!(
                "sync.left",
                "stays on this computer, no part of a workspace: {names}",
                names = names
            ))?;
        }
        Ok(())
    }

    fn print_clashes(&self, context: &Context) -> Result<()> {
        if self.clashes.is_empty() {
            return Ok(());
        }
        let ui = &context.ui;
        ui.line("")?;
        ui.line(t!("sync.both", "Both changed this differently:"))?;
        for (file, clash) in &self.clashes {
            ui.lines(shown(file, clash))?;
        }
        Ok(())
    }

    /// Why nothing was exchanged, if there is something to decide.
    pub(super) fn undecided(&self) -> Option<CliError> {
        let (file, _) = self.clashes.first()?;
        let n = self.clashes.len();
        let message = t_n!(
            "sync.undecided",
            n,
            "{n} thing waits for a decision; nothing was taken in or given",
            "{n} things wait for a decision; nothing was taken in or given"
        );
        Some(
            CliError::could_not(message)
                .hint(t!("sync.keep_ours", "what stands here: upwards sync --keep ours"))
                .hint(t!(
                    "sync.keep_theirs",
                    "what they have: upwards sync --keep theirs"
                ))
                .hint(t!(
                    "sync.keep_file",
                    "of one file: upwards sync --keep {file}=theirs",
                    file = file
                )),
        )
    }

    /// People, and the lines about them on a side.
    fn sum(&self, side: usize) -> (usize, BTreeSet<String>) {
        let lines = self.logs.iter().filter(|(_, lines)| lines[side] > 0);
        let people = lines
            .clone()
            .map(|(path, _)| match path.split('/').collect::<Vec<_>>()[..] {
                ["progress", person, _] => person.to_owned(),
                _ => t!("sync.team", "what leaders note"),
            });
        (
            lines.clone().map(|(_, lines)| lines[side]).sum(),
            people.collect(),
        )
    }

    fn report(&self, context: &Context) -> Report {
        let columns = ["file", "came", "went", "what", "thing", "ours", "theirs"];
        let mut report = Report::new("sync", context.now.today, columns.map(Column::data).to_vec());
        let row = |file: &str, came: usize, went: usize, what: &str| {
            let [came, went] = [came, went].map(|lines| Value::count(Some(lines)));
            vec![
                Value::Text(file.to_owned()),
                came,
                went,
                Value::Text(what.to_owned()),
                Value::Missing(""),
                Value::Missing(""),
                Value::Missing(""),
            ]
        };
        for (path, [came, went]) in &self.logs {
            report.rows.push(row(path, *came, *went, "lines"));
        }
        for path in self.came.union(&self.went) {
            let [came, went] = [&self.came, &self.went].map(|side| usize::from(side.contains(path)));
            report.rows.push(row(path, came, went, "file"));
        }
        for (path, lines) in &self.restored {
            report.rows.push(row(path, *lines, 0, "restored"));
        }
        for (path, [shortened, altered]) in &self.odd {
            for (lines, what) in [(*shortened, "shortened"), (*altered, "altered")] {
                if lines > 0 {
                    report.rows.push(row(path, lines, 0, what));
                }
            }
        }
        for path in &self.left {
            report.rows.push(row(path, 0, 0, "left"));
        }
        for (path, clash) in &self.clashes {
            let mut clashing = row(path, 0, 0, "conflict");
            clashing[4] = Value::Text(clash.what.clone());
            clashing[5] = Value::Text(clash.ours.clone());
            clashing[6] = Value::Text(clash.theirs.clone());
            report.rows.push(clashing);
        }
        report
    }
}

/// Asks whose version of a thing is taken.
pub(super) fn ask(context: &Context, file: &str, clash: &Clash) -> Result<Side> {
    let ui = &context.ui;
    ui.notice("")?;
    for line in shown(file, clash) {
        ui.notice(&line)?;
    }
    let question = Question {
        id: format!("sync.{file}.{}", clash.what),
        text: t!("sync.both", "Both changed this differently:"),
        hint: None,
        kind: Kind::One(vec![
            Choice::new("ours", t!("sync.ours", "what stands here")),
            Choice::new("theirs", t!("sync.theirs", "what they have")),
        ]),
        seen_by: None,
        flag: "--keep ours|theirs".to_owned(),
        can_skip: false,
        keys: Vec::new(),
    };
    match context.asker(context.answers()?).ask(&question)? {
        Reply::Answer(Answer::One(0)) => Ok(Side::Ours),
        Reply::Answer(Answer::One(_)) => Ok(Side::Theirs),
        _ => Err(CliError::stopped(t!(
            "sync.stopped",
            "stopped; nothing was taken in or given"
        ))),
    }
}

/// Both versions: values beside each other, of files the lines that differ.
fn shown(file: &str, clash: &Clash) -> Vec<String> {
    if !clash.what.is_empty() {
        let or_gone = |text: &str| match text {
            "" => t!("sync.gone", "(taken out)"),
            text => text.to_owned(),
        };
        return vec![
            format!("{file}: {}", clash.what),
            format!("  {}  {}", t!("sync.here", "here:  "), or_gone(&clash.ours)),
            format!("  {}  {}", t!("sync.there", "theirs:"), or_gone(&clash.theirs)),
        ];
    }
    let diff = crate::render::unified_diff(file, &clash.ours, &clash.theirs);
    let mut lines = vec![format!("{file}: {}", t!("sync.diff", "- here, + theirs"))];
    let all: Vec<&str> = diff.lines().collect();
    lines.extend(all.iter().take(MOST_LINES).map(|line| format!("  {line}")));
    if all.len() > MOST_LINES {
        lines.push(format!(
            "  {}",
            t_n!(
                "sync.more_lines",
                all.len() - MOST_LINES,
                "{n} more line",
                "{n} more lines"
            )
        ));
    }
    lines
}
