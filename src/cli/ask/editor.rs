//! Several lines in the person's own editor. What is written is private: the file lies in the user's own folder, readable
//! by nobody else, and is gone afterwards.
#![expect(
    clippy::disallowed_methods,
    reason = "the editor the person chose is the one other program that a sitting may start"
)]

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::disk::{self, Access};

/// An editor and where its files may lie.
#[derive(Debug, Clone)]
pub(crate) struct Editor {
    /// The command as the environment names it, with its arguments.
    pub(crate) command: String,
    /// The user's own folder.
    pub(crate) folder: PathBuf,
}

impl Editor {
    /// Lets the person write; `Ok(None)` = nothing was written, or the editor said that it went wrong.
    pub(super) fn write(&self, before: &str) -> io::Result<Option<String>> {
        let file = self.folder.join(format!("writing-{}.md", std::process::id()));
        let other = |error: disk::DiskError| io::Error::other(error.to_string());
        disk::create_folder(&self.folder, Access::Private).map_err(other)?;
        disk::write_derived(&file, before.as_bytes(), Access::Private).map_err(other)?;
        let written = self.run(&file);
        let _ = disk::remove_file(&file);
        written
    }

    fn run(&self, file: &Path) -> io::Result<Option<String>> {
        if !open_in(&self.command, file)? {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        disk::read_into(file, &mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(io::Error::other)?;
        let text = text.replace('\r', "");
        let text = text.trim();
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }
}

/// Opens a file in an editor, named with its arguments, and waits; `Ok(false)` = the editor said that it went wrong.
pub(crate) fn open_in(command: &str, file: &Path) -> io::Result<bool> {
    let mut words = command.split_whitespace();
    let Some(program) = words.next() else {
        return Ok(false);
    };
    let status = Command::new(program).args(words).arg(file).status();
    // Some editors have a use of their own for Ctrl-C, and the terminal sends it to both.
    super::input::go_on();
    Ok(status?.success())
}
