//! A sealed place for one test: folders of its own, a fixed clock, nothing of the caller's environment.

pub(crate) mod big;
mod content;
pub(crate) mod explained;
#[cfg(unix)]
pub(crate) mod terminal;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// No command of a test takes longer.
const LIMIT: Duration = Duration::from_secs(20);
/// Id of the workspace that [`Sandbox::halden`] makes.
pub(crate) const WORKSPACE: &str = "halden-3f9c";

/// Folders of one test and how the program is started in them. A clone shares the folders.
#[derive(Clone)]
pub(crate) struct Sandbox {
    root: Rc<tempfile::TempDir>,
    inside: String,
    envs: BTreeMap<String, String>,
}

/// What a run printed and how it ended; the sandbox's own path stands as `[ROOT]`.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    pub(crate) line: String,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// `None` = ended by a signal.
    pub(crate) code: Option<i32>,
}

impl Sandbox {
    /// Empty folders.
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        for folder in ["work", "home", "tmp", "own"] {
            std::fs::create_dir(root.path().join(folder)).expect("a folder in it");
        }
        let new = Self {
            root: Rc::new(root),
            inside: "work".to_owned(),
            envs: BTreeMap::new(),
        };
        let path = |name: &str| new.root.path().join(name).to_string_lossy().into_owned();
        let (home, tmp) = (path("home"), path("tmp"));
        new.env("HOME", &home)
            .env("TMPDIR", &tmp)
            .env("UPWARDS_SEED", "7")
            .on("2026-03-16")
            .computer("maya")
    }

    /// A workspace with a small curriculum (`tiny`), Maya who leads and three executives, all of them on their own
    /// computers; this one is Maya's.
    pub(crate) fn halden() -> Self {
        let new = Self::new();
        for (path, text) in content::WORKSPACE {
            new.file(path, text);
        }
        for person in ["maya", "ana", "bo", "chen"] {
            let own = format!("../own/{person}/config.toml");
            new.file(&own, format!("format = 1\n\n[me]\n{WORKSPACE} = \"{person}\"\n"));
        }
        new
    }

    /// The same workspace on somebody else's computer.
    pub(crate) fn laptop(&self, who: &str) -> Self {
        self.clone().computer(who)
    }

    fn computer(self, who: &str) -> Self {
        let own = self.root.path().join("own").join(who);
        let own = own.to_string_lossy().into_owned();
        self.env("UPWARDS_HOME", &own)
            .env("UPWARDS_DEVICE", &format!("{who}-laptop"))
    }

    /// On another day, at nine.
    pub(crate) fn on(&self, day: &str) -> Self {
        self.env("UPWARDS_NOW", &format!("{day}T09:00:00Z"))
    }

    /// With another variable set.
    pub(crate) fn env(&self, name: &str, value: &str) -> Self {
        let mut new = self.clone();
        new.envs.insert(name.to_owned(), value.to_owned());
        new
    }

    /// Without a variable.
    pub(crate) fn without(&self, name: &str) -> Self {
        let mut new = self.clone();
        new.envs.remove(name);
        new
    }

    /// In a folder of the working folder.
    pub(crate) fn inside(&self, folder: &str) -> Self {
        let mut new = self.clone();
        new.inside = format!("work/{folder}");
        new
    }

    /// Where a file of the working folder is.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        let mut path = self.root.path().join(&self.inside);
        for part in file.split('/') {
            if part == ".." {
                path.pop();
            } else {
                path.push(part);
            }
        }
        path
    }

    /// Where a file of this computer's own data is.
    pub(crate) fn own(&self, file: &str) -> PathBuf {
        Path::new(&self.envs["UPWARDS_HOME"]).join(file)
    }

    /// Writes a file and the folders above it.
    pub(crate) fn file(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("its folder");
        std::fs::write(path, text).expect("a file");
    }

    /// Adds text to the end of a file.
    pub(crate) fn append(&self, file: &str, text: impl AsRef<[u8]>) {
        let mut options = std::fs::OpenOptions::new();
        let mut open = options.append(true).open(self.path(file)).expect("the file");
        open.write_all(text.as_ref()).expect("more of it");
    }

    /// The text of a file.
    pub(crate) fn read(&self, file: &str) -> String {
        let path = self.path(file);
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    /// Whether there is something of that name.
    pub(crate) fn has(&self, file: &str) -> bool {
        self.path(file).exists()
    }

    /// The events of a log, as JSON.
    pub(crate) fn events(&self, file: &str) -> Vec<serde_json::Value> {
        let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|e| panic!("{file}: {e}: {line}"));
        self.read(file).lines().map(parse).collect()
    }

    /// Every file of all folders but the temporary one, with its bytes.
    pub(crate) fn everything(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for folder in ["work", "home", "own"] {
            collect(self.root.path(), folder, &mut files);
        }
        files
    }

    /// Every file of the working folder, with its bytes.
    pub(crate) fn workspace(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.root.path(), &self.inside, &mut files);
        files
    }

    /// Names in the folder for temporary files.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        let mut files = BTreeMap::new();
        collect(self.root.path(), "tmp", &mut files);
        files.into_keys().collect()
    }

    /// The program with these arguments, ready to be started.
    pub(crate) fn command<I: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = I>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_upwards"));
        command.args(args);
        self.seal(&mut command);
        command
    }

    /// A shell that knows the program as `$UPWARDS`, for what only a shell can set up.
    pub(crate) fn shell(&self, script: &str) -> Output {
        self.wait(&mut self.shell_command(script), script, None)
    }

    fn shell_command(&self, script: &str) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        self.seal(&mut command);
        command.env("UPWARDS", env!("CARGO_BIN_EXE_upwards"));
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        command
    }

    fn seal(&self, command: &mut Command) {
        command.env_clear().envs(&self.envs);
        command.current_dir(self.path(""));
        command.stdin(Stdio::null());
    }

    /// Runs a line as it is typed behind the program's name; `'…'` holds blanks together. Stdin is closed.
    pub(crate) fn run(&self, line: &str) -> Output {
        self.wait(&mut self.command(words(line)), line, None)
    }

    /// Runs a line with text on stdin.
    pub(crate) fn feed(&self, line: &str, stdin: &str) -> Output {
        self.wait(&mut self.command(words(line)), line, Some(stdin))
    }

    fn wait(&self, command: &mut Command, line: &str, stdin: Option<&str>) -> Output {
        if stdin.is_some() {
            command.stdin(Stdio::piped());
        }
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        if let (Some(text), Some(mut pipe)) = (stdin, child.stdin.take()) {
            // A program that does not read its input closes it.
            let _ = pipe.write_all(text.as_bytes());
        }
        let stdout = reader(child.stdout.take().expect("a pipe"));
        let stderr = reader(child.stderr.take().expect("a pipe"));
        let code = ended(&mut child, line);
        let text = |handle: std::thread::JoinHandle<Vec<u8>>| {
            let bytes = handle.join().expect("a pipe is read to its end");
            let root = self.root.path().to_string_lossy();
            String::from_utf8(bytes)
                .unwrap_or_else(|_| panic!("upwards {line}: not UTF-8"))
                .replace(&*root, "[ROOT]")
        };
        Output {
            line: line.to_owned(),
            stdout: text(stdout),
            stderr: text(stderr),
            code,
        }
    }
}

impl Output {
    /// The run must have ended with this code.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// The run must have ended well.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        self.code(0)
    }

    /// The rows of CSV, each by its headings.
    #[track_caller]
    pub(crate) fn csv(&self) -> Vec<BTreeMap<String, String>> {
        csv_rows(&self.stdout)
    }

    /// JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {self}"))
    }

    /// `rows` of a JSON report.
    #[track_caller]
    pub(crate) fn rows(&self) -> Vec<serde_json::Value> {
        self.json()["rows"].as_array().expect("a report has rows").clone()
    }

    /// JSON Lines.
    #[track_caller]
    pub(crate) fn jsonl(&self) -> Vec<serde_json::Value> {
        let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        self.stdout.lines().map(parse).collect()
    }

    /// What stands on stderr, without its line breaks.
    pub(crate) fn said(&self) -> String {
        self.stderr.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What stands on stdout, without its line breaks.
    pub(crate) fn told(&self) -> String {
        self.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl std::fmt::Display for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "upwards {}\n-- code {:?}\n-- stdout\n{}-- stderr\n{}",
            self.line, self.code, self.stdout, self.stderr
        )
    }
}

/// The rows of CSV, each by its headings.
#[track_caller]
pub(crate) fn csv_rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings: Vec<String> = reader
        .headers()
        .expect("a heading")
        .iter()
        .map(str::to_owned)
        .collect();
    reader
        .records()
        .map(|record| {
            let record = record.expect("as many cells as headings");
            headings
                .iter()
                .cloned()
                .zip(record.iter().map(str::to_owned))
                .collect()
        })
        .collect()
}

/// A JSON value as a cell of CSV holds it.
pub(crate) fn as_cell(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        serde_json::Value::Array(items) => items.iter().map(as_cell).collect::<Vec<_>>().join("|"),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Blanks split, `'…'` holds together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    for c in line.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_with(String::new);
            }
            ' ' if !quoted => words.extend(word.take()),
            c => word.get_or_insert_with(String::new).push(c),
        }
    }
    words.extend(word);
    words
}

fn reader(mut pipe: impl Read + Send + 'static) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read until a pipe broke is all there is.
        let _ = pipe.read_to_end(&mut bytes);
        bytes
    })
}

fn ended(child: &mut Child, line: &str) -> Option<i32> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            return status.code();
        }
        if start.elapsed() > LIMIT {
            let _ = child.kill();
            panic!("upwards {line}: still running after {LIMIT:?}");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn collect(root: &Path, inside: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let folder = root.join(inside);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let entry = entry.expect("a name");
        let mut name = inside.to_owned();
        let _ = write!(name, "/{}", entry.file_name().to_string_lossy());
        if entry.file_type().expect("its kind").is_dir() {
            collect(root, &name, files);
        } else {
            files.insert(name, std::fs::read(entry.path()).unwrap_or_default());
        }
    }
}
