//! What a command works with: the workspace, loaded once and on demand; who acts, on which device, today.

use std::path::{Path, PathBuf};

use super::args::Global;
use super::ask::{Answers, Editor, LineAsk, NoAsk, RichAsk, ScriptAsk, StoppableInput, read_all};
use super::config::Config;
use super::environment::Environment;
use super::error::{CliError, Result};
use super::record::TeamLog;
use super::ui::Ui;
use crate::base::diag::{Diagnostic, Severity};
use crate::base::id::{CurriculumId, PersonId};
use crate::base::texts::{self, t};
use crate::base::time::{Date, Now};
use crate::disk::{self, Access, Tree};
use crate::embedded;
use crate::files::{self, Loaded, Want, WantCurricula};
use crate::model::curriculum::Curriculum;
use crate::model::person::{Person, Role};
use crate::model::settings::Settings;
use crate::model::workspace::Workspace;
use crate::render::{CsvOptions, Format, Options, Screen};
use crate::session::{Ask, Choice};

/// One run of the program.
pub(crate) struct Context {
    /// Prints.
    pub(crate) ui: Ui,
    /// Today and the instant.
    pub(crate) now: Now,
    /// Flags that every command takes.
    pub(crate) global: Global,
    /// The outside.
    pub(crate) environment: Environment,
    /// Where the workspace is read from; found when first needed.
    tree: Option<Tree>,
    /// Holds the example's copy while a writing command runs.
    demo_copy: Option<tempfile::TempDir>,
}

impl Context {
    /// Reads clock, environment and streams; the workspace is not touched yet.
    pub(crate) fn new(global: Global, writes: bool) -> Result<Self> {
        let mut environment = Environment::read(&global)?;
        if global.demo && !environment.clock_is_given {
            environment.now = Now {
                today: demo_day(),
                instant: demo_instant(),
            };
            environment.clock_is_given = true;
        }
        let ui = ui(&global, &environment)?;
        let now = environment.now;
        let mut context = Self {
            ui,
            now,
            global,
            environment,
            tree: None,
            demo_copy: None,
        };
        if context.global.demo {
            context.open_demo(writes)?;
        }
        Ok(context)
    }

    /// Whether an event of that day was there on the day that is looked at. On an older day nothing had happened that is
    /// dated later; only what is dated after today itself is somebody's wrong clock, and said.
    pub(crate) fn was_there(&self, day: Date) -> bool {
        day <= self.now.today || self.environment.now.today < day
    }

    /// Where the workspace is read from.
    pub(crate) fn tree(&mut self) -> Result<Tree> {
        if let Some(tree) = &self.tree {
            return Ok(tree.clone());
        }
        let found = self.find_tree();
        self.tree = found.as_ref().ok().cloned();
        self.speak();
        found
    }

    fn find_tree(&self) -> Result<Tree> {
        let root = match self.global.workspace.first() {
            Some(given) => {
                let root = PathBuf::from(given);
                if !disk::is_file(&root.join("upwards.toml")) {
                    return Err(CliError::could_not(format!(
                        "{given} is no workspace: it has no upwards.toml"
                    ))
                    .hint(format!("make one there: upwards init {given}")));
                }
                root
            }
            None => files::find_workspace(&self.environment.folder).ok_or_else(|| {
                CliError::could_not("no workspace here (looked for upwards.toml up from this folder)")
                    .hint("look at an example, nothing is kept: upwards readiness --demo")
                    .hint("make one: upwards init halden")
                    .hint("name one: -w DIR, or UPWARDS_WORKSPACE")
            })?,
        };
        // What is private lies in the user's folder: in the workspace, everybody who shares that would get it.
        if disk::true_path(&self.environment.home).starts_with(disk::true_path(&root)) {
            return Err(CliError::could_not(format!(
                "your own folder {} lies inside the workspace: what is private there would travel with it",
                self.environment.home.display()
            ))
            .hint("name another: UPWARDS_HOME"));
        }
        Ok(Tree::Folder(root))
    }

    /// From here on the workspace is this folder, which was just made or found.
    pub(crate) fn enter(&mut self, root: PathBuf) {
        self.tree = Some(Tree::Folder(root));
    }

    /// From here on texts are in the language of this run: the user's, else the workspace's, else English. Files that
    /// cannot be read are told by whoever needs more of them than a language.
    pub(crate) fn speak(&self) {
        if self.is_for_programs() {
            return;
        }
        let wanted = self.own_language().or_else(|| {
            let settings = files::load_settings(self.tree.as_ref()?).value?;
            Some(settings.language)
        });
        if let Some(language) = wanted.filter(|language| language != "en") {
            let fixed = files::fixed_texts(self.tree.as_ref(), &language);
            texts::speak(language, fixed);
        }
    }

    /// Whether programs read what is printed: its fixed texts are English, and its content does not depend on who asks.
    fn is_for_programs(&self) -> bool {
        matches!(
            self.ui.report_format(),
            Ok(Format::Csv | Format::Json | Format::Jsonl)
        )
    }

    /// The language that the user set for every workspace.
    fn own_language(&self) -> Option<String> {
        if self.is_for_programs() {
            return None;
        }
        let config = self.config().ok()?;
        config.text("ui", "language")
    }

    /// Whether there is a workspace at all.
    pub(crate) fn has_workspace(&mut self) -> bool {
        self.tree().is_ok()
    }

    /// The workspace's folder, for writing.
    pub(crate) fn root(&mut self) -> Result<PathBuf> {
        match self.tree()? {
            Tree::Folder(root) | Tree::Changed(root, _) => Ok(root),
            Tree::Embedded(_) | Tree::Sent(_) => Err(CliError::could_not("the example is read-only here")),
        }
    }

    /// A curriculum by its id, in use or not, built in or of the workspace.
    pub(crate) fn known_curriculum(&mut self, typed: &str) -> Result<CurriculumId> {
        let tree = self.tree()?;
        let known = files::known_curricula(&tree, &self.settings()?.curricula)?;
        let found = known.iter().find(|id| id.as_str() == typed);
        found.cloned().ok_or_else(|| {
            let names = known.iter().map(|id| (id.as_str(), ""));
            CliError::unknown(typed, "curriculum", names, "upwards curricula list")
        })
    }

    /// The curriculum an author means: the one they name, else that of `--curriculum`, drafts too; else the first in use.
    pub(crate) fn curriculum_meant(&mut self, typed: Option<&str>) -> Result<CurriculumId> {
        let named = typed
            .map(str::to_owned)
            .or_else(|| self.global.curriculum.clone());
        if let Some(named) = named {
            return self.known_curriculum(&named);
        }
        let settings = self.settings()?;
        self.curriculum_id(&settings)
    }

    /// `upwards.toml`.
    pub(crate) fn settings(&mut self) -> Result<Settings> {
        let tree = self.tree()?;
        let mut settings = self.sound(files::load_settings(&tree))?;
        if let Some(language) = self.own_language() {
            settings.language = language;
        }
        Ok(settings)
    }

    /// Settings, people and the curricula asked for.
    pub(crate) fn workspace(&mut self, curricula: WantCurricula) -> Result<Workspace> {
        let tree = self.tree()?;
        let workspace = self.sound(files::load_workspace(
            &tree,
            &Want {
                people: true,
                curricula,
                language: self.own_language(),
            },
        ))?;
        // A mistyped name is told also by commands that do not ask who acts.
        if let Some(typed) = &self.global.actor {
            self.person(&workspace, typed)?;
        }
        Ok(workspace)
    }

    /// Settings, people, and the one curriculum meant by `--curriculum` or by the order of `upwards.toml`.
    pub(crate) fn workspace_with_curriculum(&mut self) -> Result<(Workspace, CurriculumId)> {
        let settings = self.settings()?;
        let id = self.curriculum_id(&settings)?;
        let workspace = self.workspace(WantCurricula::These(vec![id.clone()]))?;
        Ok((workspace, id))
    }

    /// The curriculum meant.
    pub(crate) fn curriculum_id(&self, settings: &Settings) -> Result<CurriculumId> {
        match &self.global.curriculum {
            Some(typed) => settings
                .curricula
                .iter()
                .find(|c| c.as_str() == typed)
                .cloned()
                .ok_or_else(|| {
                    let names = settings.curricula.iter().map(|c| (c.as_str(), ""));
                    CliError::unknown(
                        typed,
                        "curriculum in use",
                        names,
                        "curricula = [...] in upwards.toml",
                    )
                }),
            None => settings
                .curricula
                .first()
                .cloned()
                .ok_or_else(CliError::no_curriculum),
        }
    }

    /// The user's own folder of this workspace: private files, lock, heads.
    pub(crate) fn own_folder(&self, settings: &Settings) -> PathBuf {
        self.environment.home.join(settings.id.as_str())
    }

    /// The user's own files of this workspace, for reading.
    pub(crate) fn own_tree(&self, settings: &Settings) -> Tree {
        if self.global.demo && self.demo_copy.is_none() {
            return embedded::demo_private();
        }
        Tree::Folder(self.own_folder(settings))
    }

    /// The user's settings.
    pub(crate) fn config(&self) -> Result<Config> {
        Config::read(&self.environment.config)
    }

    /// Who acts: `--as`, else who this user said they are here, else the only person there is.
    pub(crate) fn actor(&self, workspace: &Workspace, fallback: Option<Role>) -> Result<PersonId> {
        if let Some(typed) = &self.global.actor {
            return Ok(self.person(workspace, typed)?.id.clone());
        }
        if let Some(me) = self.me(workspace, fallback)? {
            return Ok(me);
        }
        let all: Vec<&str> = workspace.people.iter().map(|p| p.id.as_str()).collect();
        Err(
            CliError::usage("who are you? Nobody is set for this workspace on this computer").hint(format!(
                "say it once: upwards config set me ID, or each time: --as ID ({})",
                short_list(&all)
            )),
        )
    }

    /// Who this user is here, if that is known.
    pub(crate) fn me(&self, workspace: &Workspace, fallback: Option<Role>) -> Result<Option<PersonId>> {
        if let Some(typed) = &self.global.actor {
            return Ok(Some(self.person(workspace, typed)?.id.clone()));
        }
        if self.global.demo {
            let id = if fallback == Some(Role::Leader) {
                "maya"
            } else {
                "ana"
            };
            return Ok(workspace.person(id).map(|p| p.id.clone()));
        }
        if let Some(me) = self.config()?.me(workspace.settings.id.as_str()) {
            return match workspace.person(&me) {
                Some(person) => Ok(Some(person.id.clone())),
                None => Err(CliError::could_not(format!(
                    "you are \"{me}\" here, and people.toml has nobody of that id"
                ))
                .hint("say who you are now: upwards config set me ID")),
            };
        }
        Ok(match workspace.people.as_slice() {
            [only] => Some(only.id.clone()),
            _ => None,
        })
    }

    /// Who this user said they are here, whatever `--as` says.
    pub(crate) fn known_me(&self, workspace: &Workspace) -> Result<Option<PersonId>> {
        if self.global.demo {
            return Ok(None);
        }
        let me = self.config()?.me(workspace.settings.id.as_str());
        Ok(me.and_then(|me| workspace.person(&me).map(|p| p.id.clone())))
    }

    /// For whom a file is made, and whether they lead: who acts; but who sits here and leads nobody is no leader in the name
    /// of one.
    pub(crate) fn reader(&self, workspace: &Workspace) -> Result<(PersonId, bool)> {
        let leads = |id: &PersonId| {
            let person = workspace.person(id.as_str());
            person.is_some_and(|person| person.is(Role::Leader))
        };
        let me = self.actor(workspace, Some(Role::Leader))?;
        Ok(match self.known_me(workspace)? {
            Some(sits_here) if leads(&me) && !leads(&sits_here) => (sits_here, false),
            _ => {
                let is_leader = leads(&me);
                (me, is_leader)
            }
        })
    }

    /// Where what somebody notes for the leaders goes: straight to them, where they or whoever uses this computer lead.
    pub(crate) fn team_log(&self, workspace: &Workspace, who: &PersonId) -> Result<TeamLog> {
        let leads = |id: &PersonId| {
            let person = workspace.person(id.as_str());
            person.is_some_and(|person| person.is(Role::Leader))
        };
        let is_leaders = leads(who) || self.known_me(workspace)?.is_some_and(|me| leads(&me));
        Ok(if is_leaders {
            TeamLog::Leaders
        } else {
            TeamLog::Own
        })
    }

    /// A person by the whole id.
    pub(crate) fn person<'a>(&self, workspace: &'a Workspace, typed: &str) -> Result<&'a Person> {
        workspace
            .person(typed)
            .ok_or_else(|| unknown_person(workspace, typed))
    }

    /// A person for reading: a prefix of three letters that fits one only is enough.
    pub(crate) fn person_to_read<'a>(&self, workspace: &'a Workspace, typed: &str) -> Result<&'a Person> {
        if let Some(person) = workspace.person(typed) {
            return Ok(person);
        }
        let mut fits = workspace
            .people
            .iter()
            .filter(|p| typed.len() >= 3 && p.id.as_str().starts_with(typed));
        match (fits.next(), fits.next()) {
            (Some(one), None) => Ok(one),
            _ => Err(unknown_person(workspace, typed)),
        }
    }

    /// Who asks: an answers file, nobody, numbered lines, or menus.
    pub(crate) fn asker(&self, answers: Answers) -> Box<dyn Ask> {
        let ui = &self.ui;
        let width = ui.prose_width();
        if self.global.answers.is_some() || answers.keys().next().is_some() {
            return Box::new(ScriptAsk::new(answers, ui.quiet > 0));
        }
        if !self.can_prompt() {
            return Box::new(NoAsk);
        }
        let plain = ui.plain || self.is_accessible() || self.environment.dumb || ui.options.screen.width < 40;
        let editor = self.environment.editor.clone().map(|command| Editor {
            command,
            folder: self.environment.home.clone(),
        });
        if plain {
            Box::new(LineAsk::new(
                std::io::BufReader::new(StoppableInput),
                std::io::stderr(),
                width,
                editor,
            ))
        } else {
            Box::new(RichAsk::new(width, editor))
        }
    }

    /// Whether questions come line by line: the environment or the user's settings say so.
    fn is_accessible(&self) -> bool {
        // A broken settings file is told by whoever needs a value of it.
        self.environment.accessible
            || self
                .config()
                .is_ok_and(|c| c.flag("ui", "accessible") == Some(true))
    }

    /// Whether a person can be asked.
    pub(crate) fn can_prompt(&self) -> bool {
        !self.global.no_input && self.ui.stdin_is_terminal && self.ui.stderr_is_terminal
    }

    /// Everything that comes on standard input; `None` = more than `most` bytes. Ctrl-C ends it, also where it ended
    /// the program in front of the pipe: what came by then is no whole.
    pub(crate) fn stdin(&self, most: u64) -> Result<Option<Vec<u8>>> {
        match read_all(StoppableInput, most) {
            Ok(Some(bytes)) => Ok((bytes.len() as u64 <= most).then_some(bytes)),
            Ok(None) => {
                if self.ui.stdin_is_terminal {
                    // Behind the Ctrl-C that the terminal shows.
                    self.ui.say("\n")?;
                }
                let told = t!("stopped.nothing_written", "stopped; nothing was written");
                Err(CliError::stopped(told))
            }
            Err(error) => Err(CliError::could_not(format!(
                "could not read standard input: {error}"
            ))),
        }
    }

    /// Answers of `--answers`.
    pub(crate) fn answers(&self) -> Result<Answers> {
        /// No answers file is larger.
        const MOST: u64 = 4 * 1024 * 1024;
        let Some(file) = &self.global.answers else {
            return Ok(Answers::default());
        };
        let bytes = if file == "-" {
            self.stdin(MOST)?
        } else {
            disk::read_limited(Path::new(file), MOST)?
        };
        let bytes = bytes.ok_or_else(|| CliError::could_not(format!("{file} is larger than 4 MiB")))?;
        let text =
            String::from_utf8(bytes).map_err(|_| CliError::could_not(format!("{file} is not UTF-8")))?;
        if file == "-" {
            Answers::from_json_lines(&text)
        } else {
            Answers::from_toml(&text, file)
        }
    }

    /// Asks for a yes unless it was given; `Ok(false)` = no, or `--dry-run`.
    pub(crate) fn agreed(&self, id: &str, text: &str, flag: &str) -> Result<bool> {
        let no = [Choice::new("no", texts::t!("word.no", "no"))];
        Ok(self.decided(id, text, flag, no)? == Some(0))
    }

    /// Asks for a yes unless it was given, with what else may be answered: the place of the answer, yes being 0; `None` in a
    /// dry run.
    pub(crate) fn decided(
        &self,
        id: &str,
        text: &str,
        flag: &str,
        others: impl IntoIterator<Item = Choice>,
    ) -> Result<Option<usize>> {
        use crate::session::{Answer, Kind, Question, Reply};
        if self.global.dry_run {
            return Ok(None);
        }
        if self.global.yes {
            return Ok(Some(0));
        }
        let yes = Choice::new("yes", texts::t!("word.yes", "yes"));
        let question = Question {
            id: id.to_owned(),
            text: text.to_owned(),
            hint: None,
            kind: Kind::One(std::iter::once(yes).chain(others).collect()),
            seen_by: None,
            flag: flag.to_owned(),
            can_skip: false,
            keys: Vec::new(),
        };
        match self.asker(self.answers()?).ask(&question)? {
            Reply::Answer(Answer::One(at)) => Ok(Some(at)),
            Reply::Stop => Err(CliError::stopped("stopped; nothing was written")),
            _ => Ok(None),
        }
    }

    /// The value of something loaded; errors in the files end the command, all of them shown.
    pub(crate) fn sound<T>(&self, loaded: Loaded<T>) -> Result<T> {
        match (loaded.value, CliError::of_findings(&loaded.findings)) {
            (Some(value), None) => Ok(value),
            (None, None) => {
                Err(CliError::could_not("the workspace could not be read")
                    .hint("all problems: upwards check"))
            }
            (_, Some(error)) => Err(error.hint("all of them, with what to do: upwards check")),
        }
    }

    /// Findings of logs: said once for a command, in one line.
    pub(crate) fn mention(&self, findings: &[Diagnostic]) -> Result<()> {
        let unread: Vec<&Diagnostic> = findings.iter().filter(|f| f.severity != Severity::Note).collect();
        let Some(first) = unread.first() else {
            return Ok(());
        };
        let place = if first.place.line > 0 {
            format!("{}, line {}", first.place.file, first.place.line)
        } else {
            first.place.file.clone()
        };
        let more = if unread.len() > 1 {
            format!(" and {} more", unread.len() - 1)
        } else {
            String::new()
        };
        self.ui.notice(&format!(
            "note: {place}: {}{more} (upwards doctor)",
            first.message
        ))
    }

    fn open_demo(&mut self, writes: bool) -> Result<()> {
        if !writes {
            self.tree = Some(embedded::demo());
            self.speak();
            return Ok(());
        }
        let folder = tempfile::tempdir()
            .map_err(|e| CliError::could_not(format!("could not make a folder for the example: {e}")))?;
        let (workspace, home) = (folder.path().join("halden"), folder.path().join("home"));
        unpack(&embedded::demo(), "", &workspace)?;
        self.environment.home = home;
        let tree = Tree::Folder(workspace);
        let settings = self.sound(files::load_settings(&tree))?;
        unpack(&embedded::demo_private(), "", &self.own_folder(&settings))?;
        self.tree = Some(tree);
        self.speak();
        self.demo_copy = Some(folder);
        self.ui.notice(&texts::t!("demo", "demo: nothing is kept"))
    }
}

/// A day as a flag has it.
pub(crate) fn day_of_flag(flag: &str, typed: Option<&str>) -> Result<Option<Date>> {
    let day = typed.map(str::parse).transpose();
    day.map_err(|e| CliError::usage(format!("{flag}: {e}")))
}

/// The day of the example.
pub(crate) fn demo_day() -> Date {
    Date::from_ymd(2026, 3, 16).unwrap_or(Date::from_days(0))
}

fn demo_instant() -> crate::base::time::Instant {
    crate::base::time::Instant::from_seconds(i64::from(demo_day().days_since_epoch()) * 86_400 + 9 * 3_600)
}

fn unpack(tree: &Tree, inside: &str, into: &Path) -> Result<()> {
    let Ok(names) = tree.list(inside) else {
        return Ok(());
    };
    disk::create_folder(into, Access::Private)?;
    for (name, kind) in names {
        let path = if inside.is_empty() {
            name.clone()
        } else {
            format!("{inside}/{name}")
        };
        if kind == disk::Kind::Folder {
            unpack(tree, &path, &into.join(&name))?;
        } else {
            let mut bytes = Vec::new();
            tree.read_into(&path, &mut bytes)?;
            disk::write_derived(&into.join(&name), &bytes, Access::Private)?;
        }
    }
    Ok(())
}

fn unknown_person(workspace: &Workspace, typed: &str) -> CliError {
    let names = workspace.people.iter().map(|p| (p.id.as_str(), p.name.as_str()));
    CliError::unknown(typed, "person", names, "upwards people list")
}

fn short_list(ids: &[&str]) -> String {
    /// Longer lists are cut; `people list` shows all.
    const MOST: usize = 8;
    if ids.len() <= MOST {
        return ids.join(", ");
    }
    format!(
        "{}, … {} more: upwards people list",
        ids[..MOST].join(", "),
        ids.len() - MOST
    )
}

fn ui(global: &Global, environment: &Environment) -> Result<Ui> {
    let (stdin, stdout, stderr) = Ui::terminals();
    let plain = global.plain;
    let screen = Screen {
        width: width(global, environment, stdout),
        ascii: plain || !environment.utf8,
    };
    let delimiter = match global.delimiter {
        None => b',',
        Some(c) if c.is_ascii_punctuation() && !"\"'=+-@.".contains(c) || c == '\t' => {
            u8::try_from(c).unwrap_or(b',')
        }
        Some(_) => {
            return Err(CliError::usage(
                "--delimiter takes one character that divides, as \";\"",
            ));
        }
    };
    Ok(Ui {
        options: Options {
            screen,
            csv: CsvOptions {
                excel: global.excel,
                raw: global.raw,
                delimiter,
            },
        },
        format: global.format.map(format_of),
        out_file: global.out.clone(),
        columns: global.columns.as_ref().map(|c| {
            c.split(',')
                .map(str::trim)
                .filter(|k| !k.is_empty())
                .map(str::to_owned)
                .collect()
        }),
        quiet: global.quiet,
        verbose: global.verbose,
        yes: global.yes,
        plain,
        stdout_is_terminal: stdout,
        stderr_is_terminal: stderr,
        stdin_is_terminal: stdin,
        terminal_width: if global.width.is_some() {
            || None
        } else {
            terminal_width
        },
        stored: std::rc::Rc::default(),
        notices: std::rc::Rc::default(),
        for_own_eyes: std::cell::Cell::new(false),
        home: environment.home.clone(),
    })
}

fn format_of(format: super::args::FormatArg) -> Format {
    use super::args::FormatArg;
    match format {
        FormatArg::Table => Format::Table,
        FormatArg::Plain => Format::Plain,
        FormatArg::Csv => Format::Csv,
        FormatArg::Json => Format::Json,
        FormatArg::Jsonl => Format::Jsonl,
        FormatArg::Md => Format::Md,
        FormatArg::Html => Format::Html,
        FormatArg::Xlsx => Format::Xlsx,
    }
}

/// `--width`, else the terminal's if it is believable, else `COLUMNS`, else 80.
fn width(global: &Global, environment: &Environment, is_terminal: bool) -> usize {
    /// Widths that a screen can have.
    const BELIEVABLE: std::ops::RangeInclusive<usize> = 20..=200;
    if let Some(width) = global.width.filter(|w| *w > 0) {
        return width.clamp(*BELIEVABLE.start(), *BELIEVABLE.end());
    }
    let terminal = is_terminal.then(terminal_width).flatten();
    terminal
        .filter(|w| *w > 0)
        .map(|w| w.clamp(*BELIEVABLE.start(), *BELIEVABLE.end()))
        .or(environment.columns.filter(|c| BELIEVABLE.contains(c)))
        .unwrap_or(80)
}

fn terminal_width() -> Option<usize> {
    let (out, err) = (console::Term::stdout(), console::Term::stderr());
    let (_, columns) = out.size_checked().or_else(|| err.size_checked())?;
    Some(columns.into())
}

/// The curriculum of this id, which was asked for when loading.
pub(crate) fn curriculum_of<'a>(workspace: &'a Workspace, id: &str) -> Result<&'a Curriculum> {
    workspace.curriculum(id).ok_or_else(|| {
        CliError::could_not(format!("the curriculum {id} could not be read")).hint("why: upwards check")
    })
}
