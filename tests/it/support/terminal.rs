//! The program on a terminal of its own: a pseudo-terminal with a size, and a screen that understands what is written to
//! it. Nothing is timed: a key is sent once the program waits for one, and what it does is waited for.

use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use pty_process::{Size, blocking};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{LocalModes, tcgetattr};

use super::{Sandbox, words};

/// Nothing on a terminal takes longer.
const LIMIT: Duration = Duration::from_secs(20);
/// Rows above the screen that are kept for looking at.
const ABOVE: usize = 2_000;

/// Keys as a terminal sends them.
pub(crate) const UP: &str = "\x1b[A";
pub(crate) const DOWN: &str = "\x1b[B";
pub(crate) const ENTER: &str = "\r";
pub(crate) const ESC: &str = "\x1b";
pub(crate) const CTRL_C: &str = "\x03";
pub(crate) const CTRL_D: &str = "\x04";

/// A program that runs on a terminal.
pub(crate) struct Terminal {
    line: String,
    pty: Option<blocking::Pty>,
    child: Child,
    screen: vt100::Parser,
    bytes: Vec<u8>,
    /// Where in them the next search begins.
    searched: usize,
    /// How it ended, once it has.
    status: Option<ExitStatus>,
    /// Its folders stay as long as it runs.
    _place: Sandbox,
}

impl Sandbox {
    /// Runs a line as it is typed behind the program's name, on a terminal of so many columns and rows.
    pub(crate) fn terminal(&self, line: &str, (columns, rows): (u16, u16)) -> Terminal {
        Terminal::start(self.clone(), self.command(words(line)), line, (columns, rows))
    }

    /// Runs a script of a shell that knows the program as `$UPWARDS`, on a terminal.
    pub(crate) fn terminal_shell(&self, script: &str, size: (u16, u16)) -> Terminal {
        Terminal::start(self.clone(), self.shell_command(script), script, size)
    }
}

impl Terminal {
    fn start(place: Sandbox, command: Command, line: &str, (columns, rows): (u16, u16)) -> Self {
        let (pty, tty) = blocking::open().expect("a pseudo-terminal");
        pty.resize(Size::new(rows, columns)).expect("its size");
        let child = blocking::Command::from(command).spawn(tty);
        Self {
            line: line.to_owned(),
            pty: Some(pty),
            child: child.expect("the program starts"),
            screen: vt100::Parser::new(positive(rows), positive(columns), ABOVE),
            bytes: Vec::new(),
            searched: 0,
            status: None,
            _place: place,
        }
    }

    /// Waits until a text was written, behind what was waited for last.
    #[track_caller]
    pub(crate) fn expect(&mut self, text: &str) -> &mut Self {
        let start = Instant::now();
        loop {
            let rest = self.bytes.get(self.searched..).unwrap_or_default();
            if let Some(at) = rest.windows(text.len()).position(|w| w == text.as_bytes()) {
                self.searched += at + text.len();
                return self;
            }
            let may_come = self.status.is_none() && start.elapsed() < LIMIT;
            assert!(may_come, "{self}: \"{text}\" does not come");
            self.read();
        }
    }

    /// Sends keys to a prompt that reads keys, one after another: each once the one before it had its effect.
    #[track_caller]
    pub(crate) fn press(&mut self, keys: &[&str]) -> &mut Self {
        for key in keys {
            self.wait_for_keys();
            let before = self.bytes.len();
            self.send(key);
            let start = Instant::now();
            while self.bytes.len() == before && self.status.is_none() {
                assert!(start.elapsed() < LIMIT, "{self}: {key:?} has no effect");
                self.read();
            }
        }
        self.wait_for_keys();
        self
    }

    /// Types a text, key by key, and Enter.
    #[track_caller]
    pub(crate) fn type_line(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.press(&[letter.encode_utf8(&mut [0; 4])]);
        }
        self.press(&[ENTER])
    }

    /// Sends bytes, whatever the program does at the moment.
    pub(crate) fn send(&mut self, text: &str) -> &mut Self {
        if let Some(pty) = &mut self.pty {
            // A program that has ended reads no more.
            let _ = pty.write_all(text.as_bytes());
        }
        self
    }

    /// Another size, as a window manager gives it.
    pub(crate) fn resize(&mut self, (columns, rows): (u16, u16)) -> &mut Self {
        self.read_all();
        let pty = self.pty.as_ref().expect("the terminal is there");
        pty.resize(Size::new(rows, columns)).expect("another size");
        self.screen.set_size(positive(rows), positive(columns));
        self
    }

    /// The window is closed.
    pub(crate) fn close(&mut self) -> &mut Self {
        self.pty = None;
        self
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) -> &mut Self {
        self.child.kill().expect("it runs");
        self
    }

    /// Waits until the program has ended; its exit code, `None` = by a signal.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> Option<i32> {
        let start = Instant::now();
        while self.status.is_none() {
            assert!(start.elapsed() < LIMIT, "{self}: it does not end");
            self.read();
        }
        self.status.and_then(|status| status.code())
    }

    /// The rows of the screen, without blanks behind them.
    pub(crate) fn rows(&self) -> Vec<String> {
        let screen = self.screen.screen();
        let (_, columns) = screen.size();
        let rows = screen.rows(0, columns.get());
        rows.map(|row| row.trim_end().to_owned()).collect()
    }

    /// The last row with anything in it.
    pub(crate) fn last_row(&self) -> String {
        let rows = self.rows();
        rows.into_iter().rfind(|row| !row.is_empty()).unwrap_or_default()
    }

    /// Everything that was written.
    pub(crate) fn written(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Whether the cursor can be seen.
    pub(crate) fn cursor_is_shown(&self) -> bool {
        !self.screen.screen().hide_cursor()
    }

    /// Rows that ran over into the next one, also above the screen.
    pub(crate) fn wrapped(&mut self) -> Vec<String> {
        let screen = self.screen.screen_mut();
        let (height, columns) = screen.size();
        let mut found = Vec::new();
        let mut above = screen.scrollback_len();
        loop {
            screen.set_scrollback(above);
            let rows = screen.rows(0, columns.get()).collect::<Vec<_>>();
            let new = if above == 0 {
                rows.len()
            } else {
                above.min(rows.len())
            };
            for (at, row) in (0..height.get()).zip(rows).take(new) {
                if screen.row_wrapped(at) {
                    found.push(row);
                }
            }
            if above == 0 {
                return found;
            }
            above -= new;
        }
    }

    /// A prompt that reads keys has switched off lines and echo; what it wrote before is there by then.
    #[track_caller]
    fn wait_for_keys(&mut self) {
        let start = Instant::now();
        while self.status.is_none() {
            let modes = self.pty.as_ref().map(|pty| tcgetattr(pty).expect("its modes"));
            if modes.is_some_and(|modes| !modes.local_modes.contains(LocalModes::ICANON)) {
                self.read_all();
                return;
            }
            assert!(start.elapsed() < LIMIT, "{self}: it does not wait for a key");
            self.read();
        }
    }

    fn read_all(&mut self) {
        while self.read_for(Duration::ZERO) {}
    }

    fn read(&mut self) {
        /// How soon the end of a program is noticed.
        const LOOK: Duration = Duration::from_millis(2);
        if !self.read_for(LOOK)
            && let Some(status) = self.child.try_wait().expect("the program can be waited for")
        {
            self.read_all();
            self.status = Some(status);
        }
    }

    /// Whether anything came.
    fn read_for(&mut self, time: Duration) -> bool {
        let Some(pty) = &mut self.pty else {
            std::thread::sleep(time);
            return false;
        };
        let mut ready = [PollFd::new(pty, PollFlags::IN)];
        let time = Timespec::try_from(time).expect("a short time");
        if poll(&mut ready, Some(&time)).expect("a terminal can be waited for") == 0 {
            return false;
        }
        let mut buffer = [0; 4096];
        // Where nobody holds the other end any more there is nothing to read.
        let Ok(n @ 1..) = pty.read(&mut buffer) else {
            std::thread::sleep(Duration::from_millis(1));
            return false;
        };
        let new = &buffer[..n];
        self.bytes.extend_from_slice(new);
        self.screen.process(new);
        true
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed leaves nothing running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl std::fmt::Display for Terminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (rows, columns) = self.screen.screen().size();
        writeln!(f, "upwards {}\n-- {:?}, {columns}x{rows}", self.line, self.status)?;
        self.rows().iter().try_for_each(|row| writeln!(f, "|{row}"))
    }
}

fn positive(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("a terminal has rows and columns")
}
