use clap::{Args, Subcommand};

use crate::base::text::cut;
use crate::base::texts::t;
use crate::cli::config::{KEYS, about, is_workspace_key};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::record;
use crate::files::{self, WantCurricula};

/// Read or set your own settings; rules that make numbers are in upwards.toml only
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards config list\n  upwards config set me ana\n  upwards config set learn.minutes 5\n  upwards config set ui.language de\n  upwards config texts da > texts/da.toml"
)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    what: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Every key, its value and what it is for
    List,
    /// One value
    Get {
        /// The key
        key: String,
    },
    /// The texts of screens as a file to translate: texts/LANGUAGE.toml of the workspace
    Texts {
        /// The language, two letters
        language: String,
    },
    /// Set a value
    Set {
        /// The key
        key: String,
        /// The value
        value: String,
    },
}

pub(crate) fn run(args: &ConfigArgs, context: &mut Context) -> Result<Outcome> {
    match &args.what {
        ConfigCommand::List => {
            // So that a workspace's language counts too.
            let _ = context.has_workspace();
            for key in KEYS {
                let what = about(key);
                let value = value(context, key)?.unwrap_or_else(|| "-".to_owned());
                context.ui.line(format!("{key:<22} {value:<12} {what}"))?;
            }
            if let Some(device) = record::known_device(&context.environment.home)? {
                let what = t!("config.device", "this computer's name in logs (shared)");
                context.ui.line(format!("{:<22} {device:<12} {what}", "device"))?;
            }
            context.ui.line(t!(
                "config.where",
                "in {file}",
                file = context.environment.config.display()
            ))?;
        }
        ConfigCommand::Get { key } => {
            known(key)?;
            let value = value(context, key)?.unwrap_or_default();
            context.ui.line(value)?;
        }
        ConfigCommand::Texts { language } => {
            is_language(language)?;
            let tree = context.has_workspace().then(|| context.tree()).transpose()?;
            context
                .ui
                .bytes(files::texts_to_translate(tree.as_ref(), language).as_bytes())?;
        }
        ConfigCommand::Set { key, value } => set(context, key, value)?,
    }
    Ok(Outcome::Done)
}

fn is_language(typed: &str) -> Result<()> {
    if (2..=3).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_lowercase()) {
        return Ok(());
    }
    Err(CliError::usage(format!(
        "\"{}\" is no language; two letters, as en",
        cut(typed, 20)
    )))
}

fn known(key: &str) -> Result<()> {
    if KEYS.contains(&key) || key == "device" {
        return Ok(());
    }
    if is_workspace_key(key) {
        return Err(CliError::usage(format!("\"{key}\" is a rule of the workspace"))
            .hint("set it in upwards.toml, for everybody"));
    }
    let names = KEYS.iter().map(|k| (*k, ""));
    Err(CliError {
        kind: crate::cli::error::Kind::Usage,
        ..CliError::unknown(key, "setting", names, "upwards config list")
    })
}

fn value(context: &mut Context, key: &str) -> Result<Option<String>> {
    let config = context.config()?;
    if key == "me" {
        if !context.has_workspace() {
            return Ok(None);
        }
        let settings = context.settings()?;
        return Ok(config.me(settings.id.as_str()));
    }
    if key == "device" {
        return Ok(record::known_device(&context.environment.home)?.map(|d| d.to_string()));
    }
    let (table, name) = key.split_once('.').unwrap_or((key, ""));
    Ok(config.shown(table, name))
}

fn set(context: &mut Context, key: &str, value: &str) -> Result<()> {
    known(key)?;
    if context.global.demo {
        return Err(CliError::usage("a setting is kept, --demo keeps nothing").hint("leave out --demo"));
    }
    let mut config = context.config()?;
    match key {
        "me" => {
            let workspace = context.workspace(WantCurricula::None)?;
            let person = context.person(&workspace, value)?;
            config.set_me(workspace.settings.id.as_str(), person.id.as_str())?;
            return context.ui.line(t!(
                "config.me",
                "You are {person} in {workspace} on this computer.",
                person = person.name,
                workspace = workspace.settings.name
            ));
        }
        "device" => {
            let device = value
                .parse()
                .map_err(|e| CliError::usage(format!("device: {e}")))?;
            record::save_device(&context.environment.home, &device)?;
        }
        "ui.language" => {
            is_language(value)?;
            config.set("ui", "language", value.into())?;
            let tree = context.has_workspace().then(|| context.tree()).transpose()?;
            if value != "en" && files::fixed_texts(tree.as_ref(), value).is_empty() {
                context.ui.notice(&format!(
                    "note: there are no texts in {value}, screens stay English; who translates them: upwards config texts {value}"
                ))?;
            }
        }
        "learn.minutes" => {
            let minutes: i64 = value
                .parse()
                .ok()
                .filter(|n| (1..=1440).contains(n))
                .ok_or_else(|| CliError::usage("learn.minutes takes 1 to 1440"))?;
            config.set("learn", "minutes", minutes.into())?;
        }
        _ => {
            let yes: bool = value
                .parse()
                .map_err(|_| CliError::usage(format!("{key} takes true or false")))?;
            let (table, name) = key.split_once('.').unwrap_or((key, ""));
            config.set(table, name, yes.into())?;
        }
    }
    context.ui.line(format!("{key} = {value}"))
}
