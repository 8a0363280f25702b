//! The user's own settings. Rules that make numbers are never here.

use std::path::{Path, PathBuf};

use super::error::{CliError, Result};
use crate::base::diag::Diagnostic;
use crate::base::texts::t;
use crate::disk::{self, Access};
use crate::files::{SETTINGS, check_user_settings};

/// Keys a user may set.
pub(crate) const KEYS: [&str; 6] = [
    "me",
    "learn.minutes",
    "learn.ask_confidence",
    "home.prompt",
    "ui.language",
    "ui.accessible",
];

/// What a key is for.
pub(crate) fn about(key: &str) -> String {
    match key {
        "me" => t!("config.about.me", "who you are in this workspace: a person's id"),
        "learn.minutes" => t!("config.about.minutes", "minutes of a sitting [10]"),
        "learn.ask_confidence" => t!(
            "config.about.confidence",
            "ask how sure you are after each answer [true]"
        ),
        "home.prompt" => t!("config.about.prompt", "one question below the home screen [true]"),
        "ui.language" => t!(
            "config.about.language",
            "of screens and content, two letters [the workspace's]"
        ),
        _ => t!(
            "config.about.accessible",
            "numbered questions, no cursor movement [false]"
        ),
    }
}

/// `config.toml` of the user, as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    path: PathBuf,
    text: String,
    document: toml_edit::DocumentMut,
}

impl Config {
    /// Reads it; a missing one is empty, a broken one is an error that names it, its line and what to do.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let mut bytes = Vec::new();
        match disk::read_into(path, &mut bytes) {
            Ok(()) => {}
            Err(error) if error.is_missing() => {}
            Err(error) => return Err(error.into()),
        }
        let bad = |why: String| {
            CliError::could_not(format!("{}: {why}", path.display()))
                .hint("mend it or remove it: nothing but your own settings is in it")
        };
        let text = String::from_utf8(bytes).map_err(|_| bad("not UTF-8".to_owned()))?;
        if !text.is_empty() {
            let findings = check_user_settings(&path.display().to_string(), &text);
            if let Some(error) = broken(&findings) {
                return Err(error);
            }
        }
        let document: toml_edit::DocumentMut = text
            .parse()
            .map_err(|e: toml_edit::TomlError| bad(e.message().to_owned()))?;
        Ok(Self {
            path: path.to_owned(),
            text,
            document,
        })
    }

    /// Who the user is in a workspace.
    pub(crate) fn me(&self, workspace: &str) -> Option<String> {
        self.document
            .get("me")?
            .get(workspace)?
            .as_str()
            .map(str::to_owned)
    }

    /// A whole number by dotted key.
    pub(crate) fn number(&self, table: &str, key: &str) -> Option<u32> {
        self.document
            .get(table)?
            .get(key)?
            .as_integer()
            .and_then(|n| u32::try_from(n).ok())
    }

    /// A text by dotted key.
    pub(crate) fn text(&self, table: &str, key: &str) -> Option<String> {
        self.document.get(table)?.get(key)?.as_str().map(str::to_owned)
    }

    /// Yes or no by dotted key.
    pub(crate) fn flag(&self, table: &str, key: &str) -> Option<bool> {
        self.document.get(table)?.get(key)?.as_bool()
    }

    /// A value as it is written, by dotted key.
    pub(crate) fn shown(&self, table: &str, key: &str) -> Option<String> {
        Some(self.document.get(table)?.get(key)?.to_string().trim().to_owned())
    }

    /// Sets who the user is in a workspace.
    pub(crate) fn set_me(&mut self, workspace: &str, person: &str) -> Result<()> {
        self.set("me", workspace, person.into())
    }

    /// Forgets who the user is in a workspace.
    pub(crate) fn unset_me(&mut self, workspace: &str) -> Result<()> {
        let me = self.document.get_mut("me");
        if let Some(me) = me.and_then(toml_edit::Item::as_table_like_mut) {
            me.remove(workspace);
        }
        self.text = self.document.to_string();
        Ok(disk::replace(&self.path, self.text.as_bytes(), Access::Private)?)
    }

    /// Sets a value and writes the file, comments and order kept.
    pub(crate) fn set(&mut self, table: &str, key: &str, value: toml_edit::Value) -> Result<()> {
        if self.document.get("format").is_none() {
            self.document.insert("format", toml_edit::value(1));
        }
        let entry = self.document.entry(table).or_insert_with(toml_edit::table);
        let inner = entry.as_table_like_mut().ok_or_else(|| {
            CliError::could_not(format!("{}: {table} is no table", self.path.display()))
                .hint("mend it or remove it")
        })?;
        inner.insert(key, toml_edit::Item::Value(value));
        self.text = self.document.to_string();
        disk::create_folder(self.path.parent().unwrap_or(Path::new("")), Access::Private)?;
        Ok(disk::replace(&self.path, self.text.as_bytes(), Access::Private)?)
    }
}

/// Whether a key is a rule of the workspace: it makes numbers, or is everybody's.
pub(crate) fn is_workspace_key(key: &str) -> bool {
    let table = key.split('.').next().unwrap_or(key);
    table != "format" && SETTINGS.keys.iter().any(|k| k.name == table)
}

/// What is wrong with the form of the file, if anything is.
fn broken(findings: &[Diagnostic]) -> Option<CliError> {
    let mut error = CliError::of_findings(findings)?;
    let key = error.message.rsplit("unknown key: ").next().unwrap_or_default();
    if error.message.contains("unknown key: ") && is_workspace_key(key) {
        error = error.hint("that is a rule of the workspace: it stands in upwards.toml, for everybody");
    }
    Some(error.hint("it holds nothing but your own settings: mend it, or remove it"))
}
