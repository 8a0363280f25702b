//! The only place that prints. Data goes to stdout, talk to stderr; every line is escaped here; a reader that went away
//! is no error.

use std::cell::{Cell, RefCell};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::error::{CliError, Result};
use crate::base::text::{fold, to_terminal, width, wrap};
use crate::base::texts::t;
use crate::base::threads::on_threads;
use crate::disk::{self, Access};
use crate::files;
use crate::render::{Format, Options, Part, hint_lines, render, render_document, render_rows};
use crate::table::{Document, Hint, Report, Value};

/// Rows of data that one thread writes at once.
const ROWS_AT_ONCE: usize = 50;

/// Portions of rows from which another thread pays.
const WORTH_A_THREAD: usize = 4;

/// How and where this run prints.
pub(crate) struct Ui {
    pub(crate) options: Options,
    pub(crate) format: Option<Format>,
    pub(crate) out_file: Option<String>,
    pub(crate) columns: Option<Vec<String>>,
    pub(crate) quiet: u8,
    pub(crate) verbose: u8,
    pub(crate) yes: bool,
    pub(crate) plain: bool,
    pub(crate) stdout_is_terminal: bool,
    pub(crate) stderr_is_terminal: bool,
    pub(crate) stdin_is_terminal: bool,
    /// The terminal's width at this moment; the window may have another size than at the start.
    pub(crate) terminal_width: fn() -> Option<usize>,
    /// Set once something that lasts is on disk: what goes wrong with the output after that is no failure of it.
    pub(crate) stored: Rc<Cell<bool>>,
    /// What happened on the way that the person should hear; said at the end.
    pub(crate) notices: Rc<RefCell<Vec<String>>>,
    /// Whether this run prints what only the person may see: then nothing is written into a workspace.
    pub(crate) for_own_eyes: Cell<bool>,
    /// The user's own folder: no report is ever written into it.
    pub(crate) home: PathBuf,
}

impl Ui {
    /// A screen nothing is known of, for what goes wrong before the flags are read.
    pub(crate) fn bare() -> Self {
        Self {
            options: Options::default(),
            format: None,
            out_file: None,
            columns: None,
            quiet: 0,
            verbose: 0,
            yes: false,
            plain: false,
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            stdin_is_terminal: false,
            terminal_width: || None,
            stored: Rc::default(),
            notices: Rc::default(),
            for_own_eyes: Cell::new(false),
            home: PathBuf::new(),
        }
    }

    /// What the streams are.
    pub(crate) fn terminals() -> (bool, bool, bool) {
        (
            io::stdin().is_terminal(),
            io::stdout().is_terminal(),
            io::stderr().is_terminal(),
        )
    }

    /// From here on the run prints what only the person may see.
    pub(crate) fn only_for_own_eyes(&self) {
        self.for_own_eyes.set(true);
    }

    /// The format of reports: `-f`, else the ending of `-o`, else what the stream is.
    pub(crate) fn report_format(&self) -> Result<Format> {
        if let Some(format) = self.format {
            if format == Format::Xlsx && self.stdout_is_terminal && self.to_stdout() {
                return Err(
                    CliError::usage("a workbook is nothing for a screen").hint("name a file: -o board.xlsx")
                );
            }
            return Ok(format);
        }
        match self.out_file.as_deref().filter(|f| *f != "-") {
            Some(file) => Format::of_file(file).ok_or_else(|| {
                CliError::usage(format!("the ending of {file} names no format"))
                    .hint("endings: .csv .json .jsonl .txt .md .html .xlsx; or say it: -f csv")
            }),
            None if self.stdout_is_terminal && !self.plain => Ok(Format::Table),
            None => Ok(Format::Plain),
        }
    }

    fn to_stdout(&self) -> bool {
        self.out_file.as_deref().is_none_or(|file| file == "-")
    }

    /// Whether a table is wanted, of which some screens are none.
    pub(crate) fn wants_data(&self) -> Result<bool> {
        Ok(!matches!(self.report_format()?, Format::Table | Format::Plain))
    }

    /// Prints one line of a screen.
    pub(crate) fn line(&self, line: impl AsRef<str>) -> Result<()> {
        let mut out = io::stdout().lock();
        for row in self.rows(line.as_ref(), self.stdout_is_terminal) {
            writeln!(out, "{row}")?;
        }
        Ok(())
    }

    /// Prints several lines.
    pub(crate) fn lines<T: AsRef<str>>(&self, lines: impl IntoIterator<Item = T>) -> Result<()> {
        lines.into_iter().try_for_each(|line| self.line(line))
    }

    /// Prints prose, wrapped.
    pub(crate) fn prose(&self, text: &str, indent: usize) -> Result<()> {
        let blank = " ".repeat(indent);
        self.lines(
            wrap(text, self.prose_width() - indent)
                .into_iter()
                .map(|l| format!("{blank}{l}")),
        )
    }

    /// How wide prose is: at most 72 columns.
    pub(crate) fn prose_width(&self) -> usize {
        self.columns().clamp(20, 72)
    }

    /// Who shows a report with names should know whom it names, and what was promised.
    pub(crate) fn says_who_is_named(&self, names: &[&str]) -> Result<()> {
        /// More names than this nobody reads.
        const NAMED: usize = 8;
        let first = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = names.len().saturating_sub(NAMED);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        self.notice(&format!(
            "note: it names {first}{more}; what they were promised about that: launch/charter.md"
        ))
    }

    /// Prints bytes as they are: completion scripts, man pages.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> Result<()> {
        match self.out_file.as_deref().filter(|f| *f != "-") {
            Some(file) => self.write_file(file, bytes),
            None => Ok(io::stdout()
                .lock()
                .write_all(bytes)
                .and_then(|()| io::stdout().flush())?),
        }
    }

    /// Prints parts of one text as they come, or writes the file of `-o` with all of them.
    pub(crate) fn parts(&self, parts: impl Iterator<Item = Result<String>>) -> Result<()> {
        if let Some(file) = self.out_file.as_deref().filter(|f| *f != "-") {
            return self.write_file(file, parts.collect::<Result<String>>()?.as_bytes());
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        for part in parts {
            out.write_all(part?.as_bytes())?;
        }
        Ok(out.flush()?)
    }

    /// Prints a report in the format asked for, or writes it into the file of `-o`.
    pub(crate) fn report(&self, mut report: Report) -> Result<()> {
        if self.choose_columns(&mut report)? {
            return Ok(());
        }
        let format = self.report_format()?;
        self.warn_of_raw(format)?;
        let mut bytes = Vec::new();
        let dropped = render(&report, format, &self.options, &mut bytes)?;
        if let Some(file) = self.out_file.as_deref().filter(|f| *f != "-") {
            self.write_file(file, &bytes)?;
            return self.notice(&format!("wrote {file}: {} rows", report.rows.len()));
        }
        io::stdout().lock().write_all(&bytes)?;
        if !dropped.is_empty() {
            let columns = self.options.screen.width;
            self.notice(&t!(
                "columns.hidden",
                "hidden at {columns} columns: {names} (see --columns)",
                columns = columns,
                names = dropped.join(", ")
            ))?;
        }
        if format == Format::Table {
            self.hints(&report.hints)?;
        }
        Ok(())
    }

    /// Prints several tables in the format asked for, or writes them into the file of `-o`.
    pub(crate) fn document(&self, document: &Document) -> Result<()> {
        let format = self.report_format()?;
        if self.columns.is_some() {
            return Err(
                CliError::usage("--columns chooses those of one table, and this has several")
                    .hint("one table alone: upwards export readiness --columns ..."),
            );
        }
        let mut bytes = Vec::new();
        if !render_document(document, format, &self.options, &mut bytes)? {
            return Err(
                CliError::usage(format!("{} holds one table, and this has several", format.name())).hint(
                    "formats: md html xlsx json; one table alone: upwards export readiness -o readiness.csv",
                ),
            );
        }
        match self.out_file.as_deref().filter(|f| *f != "-") {
            Some(file) => {
                self.write_file(file, &bytes)?;
                self.notice(&format!("wrote {file}: {} tables", document.sections.len()))
            }
            None => Ok(io::stdout()
                .lock()
                .write_all(&bytes)
                .and_then(|()| io::stdout().flush())?),
        }
    }

    /// Prints a report of data row by row; the same as [`Self::report`] with all of them.
    pub(crate) fn report_rows(
        &self,
        mut report: Report,
        rows: impl Iterator<Item = Vec<Value>>,
    ) -> Result<()> {
        let format = self.report_format()?;
        if self.columns.is_some() || !format.is_data() {
            report.rows = rows.collect();
            return self.report(report);
        }
        self.warn_of_raw(format)?;
        let options = &self.options;
        if let Some(file) = self.out_file.as_deref().filter(|f| *f != "-") {
            let (mut bytes, mut count) = (Vec::new(), 0_usize);
            let rows = rows.inspect(|_| count += 1);
            render_rows(&report, rows, Part::First, format, options, &mut bytes)?;
            self.write_file(file, &bytes)?;
            return self.notice(&format!("wrote {file}: {count} rows"));
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        render_rows(&report, rows, Part::First, format, options, &mut out)?;
        Ok(out.flush()?)
    }

    /// The same with a row for each item, made on as many threads as pay.
    pub(crate) fn report_items<T: Sync>(
        &self,
        report: Report,
        items: &[T],
        row: impl Fn(&T) -> Vec<Value> + Sync,
    ) -> Result<()> {
        let format = self.report_format()?;
        let to_file = self.out_file.as_deref().is_some_and(|f| f != "-");
        if self.columns.is_some() || to_file || !format.is_divisible() {
            return self.report_rows(report, items.iter().map(row));
        }
        self.warn_of_raw(format)?;
        let options = &self.options;
        let (first, later) = items.split_at(items.len().min(ROWS_AT_ONCE));
        let mut parts = vec![(Part::First, first)];
        parts.extend(later.chunks(ROWS_AT_ONCE).map(|items| (Part::Later, items)));
        let written = on_threads(&parts, WORTH_A_THREAD, |(part, items)| {
            let (rows, mut bytes) = (items.iter().map(&row), Vec::new());
            render_rows(&report, rows, *part, format, options, &mut bytes).map(|_| bytes)
        });
        let mut out = io::stdout().lock();
        for bytes in written {
            out.write_all(&bytes?)?;
        }
        Ok(out.flush()?)
    }

    fn warn_of_raw(&self, format: Format) -> Result<()> {
        if format == Format::Csv && self.options.csv.raw {
            self.notice("note: --raw: text that a spreadsheet would run as a formula is not guarded")?;
        }
        Ok(())
    }

    /// What to type next; only on a terminal, not with `-q`.
    pub(crate) fn hints(&self, hints: &[Hint]) -> Result<()> {
        if self.quiet > 0 || !self.stdout_is_terminal || hints.is_empty() {
            return Ok(());
        }
        self.line("")?;
        self.lines(hint_lines(hints, self.options.screen.width))
    }

    /// Says something beside the data, on stderr; not with `-qq`.
    pub(crate) fn notice(&self, text: &str) -> Result<()> {
        if self.quiet < 2 {
            self.say(text)?;
        }
        Ok(())
    }

    /// Says something on stderr whatever `-q` is.
    pub(crate) fn say(&self, text: &str) -> io::Result<()> {
        let mut err = io::stderr().lock();
        for line in text.lines() {
            for row in self.rows(line, self.stderr_is_terminal) {
                writeln!(err, "{row}")?;
            }
        }
        Ok(())
    }

    /// Prints an error: what happened, then what to type, indented.
    pub(crate) fn error(&self, error: &CliError) {
        let columns = self.options.screen.width.clamp(40, 100);
        let mut lines = Vec::new();
        for (at, part) in wrap(&format!("{}{}", error.prefix(), error.message), columns)
            .into_iter()
            .enumerate()
        {
            lines.push(if at == 0 { part } else { format!("  {part}") });
        }
        for hint in &error.hints {
            let parts = if width(hint) + 2 > columns {
                wrap(hint, columns - 4)
            } else {
                vec![hint.clone()]
            };
            lines.extend(
                parts
                    .into_iter()
                    .enumerate()
                    .map(|(at, p)| format!("{}{p}", if at == 0 { "  " } else { "    " })),
            );
        }
        // Where stderr is closed nothing can be said.
        let _ = self.say(&lines.join("\n"));
    }

    /// Columns there are: never more than at the start, less where the window was made narrower.
    fn columns(&self) -> usize {
        let now = (self.terminal_width)().unwrap_or(usize::MAX);
        self.options.screen.width.min(now)
    }

    /// A line as it is printed: whole, or on a terminal in rows none of which runs over into the next.
    fn rows(&self, line: &str, is_terminal: bool) -> Vec<String> {
        let shown = self.shown(line);
        if is_terminal {
            fold(&shown, self.columns())
        } else {
            vec![shown]
        }
    }

    fn shown(&self, line: &str) -> String {
        let safe = to_terminal(line);
        if self.options.screen.ascii {
            safe.replace('…', "~")
        } else {
            safe.into_owned()
        }
    }

    /// `--columns` picks; empty lists them, and the command ends there (`true`).
    fn choose_columns(&self, report: &mut Report) -> Result<bool> {
        let Some(keys) = &self.columns else {
            return Ok(false);
        };
        if keys.is_empty() {
            self.lines(report.columns.iter().map(|c| c.key.clone()))?;
            return Ok(true);
        }
        report.choose(keys).map_err(|unknown| {
            CliError::usage(format!("there is no column \"{unknown}\" in this report"))
                .hint("all columns: --columns \"\"")
        })?;
        Ok(false)
    }

    /// Replaces a file only if it looks like one of ours, or with `--yes`; never what only commands may write.
    pub(crate) fn write_file(&self, file: &str, bytes: &[u8]) -> Result<()> {
        self.may_write(file, bytes)?;
        let path = Path::new(file);
        // A pipe or a device takes what comes: nothing of it is read, nothing replaced.
        if disk::is_stream(path) {
            return Ok(disk::write_stream(path, bytes)?);
        }
        Ok(disk::replace(path, bytes, Access::Shared)?)
    }

    /// Why a file of ours may not be written there, as far as that can be known before.
    pub(crate) fn may_write(&self, file: &str, bytes: &[u8]) -> Result<()> {
        let path = Path::new(file);
        if path.is_dir() {
            return Err(CliError::could_not(format!("{file} is a folder")).hint("name a file in it"));
        }
        if disk::is_stream(path) {
            return Ok(());
        }
        if let Some(whose) = self.kept_from_reports(path) {
            return Err(
                CliError::could_not(format!("{file} is {whose}: no report is written there"))
                    .hint("choose another name"),
            );
        }
        if disk::kind(path)?.is_some() && !self.yes && !was_ours(path, bytes)? {
            return Err(CliError::could_not(format!(
                "{file} is there already and does not look like one of ours"
            ))
            .hint("replace it: add --yes; or choose another name"));
        }
        Ok(())
    }

    /// Makes a folder for files of ours, unless it lies where only commands may write.
    pub(crate) fn make_folder(&self, folder: &str) -> Result<()> {
        let path = Path::new(folder);
        if let Some(whose) = self.kept_from_reports(&path.join("x")) {
            return Err(
                CliError::could_not(format!("{folder} is {whose}: no report is written there"))
                    .hint("choose another folder"),
            );
        }
        Ok(disk::create_folder(path, Access::Shared)?)
    }

    /// Whether a path lies where only the program's own commands write: logs, the workspace's files, the user's folder.
    fn kept_from_reports(&self, path: &Path) -> Option<&'static str> {
        /// Of a workspace.
        const OWN: [&str; 11] = [
            "progress",
            "team",
            "items",
            "curricula",
            "texts",
            "drafts",
            "people.toml",
            "people.import.toml",
            "erased.toml",
            "upwards.toml",
            "rights.txt",
        ];
        let path = disk::true_path(path);
        if !self.home.as_os_str().is_empty() && path.starts_with(disk::true_path(&self.home)) {
            return Some("in your own folder");
        }
        let root = files::find_workspace(path.parent()?)?;
        let inside = path.strip_prefix(disk::true_path(&root)).ok()?;
        if self.for_own_eyes.get() {
            return Some("inside a workspace, which others read, and this is for your own eyes");
        }
        // On some disks `PEOPLE.TOML` is the same file.
        let first = inside.components().next()?.as_os_str().to_ascii_lowercase();
        OWN.iter()
            .any(|own| first == *own)
            .then_some("a part of the workspace")
    }
}

/// A file of ours starts as its successor does: the same heading, the same schema.
fn was_ours(path: &Path, bytes: &[u8]) -> Result<bool> {
    /// Bytes of the first line that must agree; a heading may have grown since.
    const ALIKE: usize = 24;
    /// Of a workbook: how its first entry was packed, which no other program does in this way.
    const PACKED: usize = 14;
    /// Every program's calendar files begin with the same line; ours name the program behind it.
    const CALENDAR: &[u8] = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//upwards//";
    if bytes.starts_with(CALENDAR) {
        let old = disk::read_start(path, CALENDAR.len() as u64)?;
        return Ok(old.is_empty() || old == CALENDAR);
    }
    let old = disk::read_start(path, ALIKE as u64)?;
    if bytes.starts_with(b"PK") && old.len() >= PACKED {
        return Ok(old[..PACKED] == bytes[..PACKED]);
    }
    let first = |b: &[u8]| {
        let line = b.iter().copied().take_while(|b| *b != b'\n');
        line.take(ALIKE).collect::<Vec<u8>>()
    };
    Ok(old.is_empty() || first(&old) == first(bytes))
}
