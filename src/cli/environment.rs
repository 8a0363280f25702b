//! The outside as it was when the program started: clock, environment, streams. Read once, here and nowhere else.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one place where clock and environment are read"
)]

use std::io::IsTerminal as _;
use std::path::PathBuf;

use chrono::{Datelike, TimeZone};
use etcetera::BaseStrategy;

use super::args::Global;
use super::error::{CliError, Result};
use crate::base::time::{Date, Instant, Now, When};

/// What the outside says.
#[derive(Debug, Clone)]
pub(crate) struct Environment {
    /// Folder of the user's own data.
    pub(crate) home: PathBuf,
    /// The user's settings file.
    pub(crate) config: PathBuf,
    /// Where the program was started.
    pub(crate) folder: PathBuf,
    /// Today and the instant.
    pub(crate) now: Now,
    /// Whether today was given and is not the clock's.
    pub(crate) clock_is_given: bool,
    /// A device id given for this run.
    pub(crate) device: Option<String>,
    /// Makes ids and orders repeatable.
    pub(crate) seed: Option<String>,
    /// The computer's name.
    pub(crate) computer: String,
    /// Screen readers and plain terminals.
    pub(crate) accessible: bool,
    /// Whether the console speaks UTF-8.
    pub(crate) utf8: bool,
    /// Columns, if something says so.
    pub(crate) columns: Option<usize>,
    /// `TERM=dumb`.
    pub(crate) dumb: bool,
    /// The editor of the person's choice, with its arguments.
    pub(crate) editor: Option<String>,
}

/// What the outside says about a record store. No `Debug`: there are secrets in it.
#[cfg(feature = "lrs")]
pub(crate) struct StoreSettings {
    /// Name and secret.
    pub(crate) user: Option<String>,
    pub(crate) secret: Option<String>,
    /// A file with the certificates to trust.
    pub(crate) trusted: Option<String>,
    /// The proxy, and whom it is not asked for.
    pub(crate) proxy: Option<String>,
    pub(crate) no_proxy: Option<String>,
}

/// Reads it when something is sent and at no other time, so that no other command holds the secret.
#[cfg(feature = "lrs")]
pub(crate) fn store_settings() -> StoreSettings {
    let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let either = |name: &str| text(name).or_else(|| text(&name.to_lowercase()));
    StoreSettings {
        user: text("UPWARDS_LRS_USER"),
        secret: text("UPWARDS_LRS_SECRET"),
        trusted: text("SSL_CERT_FILE"),
        proxy: either("HTTPS_PROXY").or_else(|| either("ALL_PROXY")),
        no_proxy: either("NO_PROXY"),
    }
}

/// What was typed behind the program's name.
pub(crate) fn arguments() -> impl Iterator<Item = std::ffi::OsString> {
    std::env::args_os().skip(1)
}

/// Whether what is printed goes to no terminal, and nothing asks for colours or for another width.
pub(crate) fn is_plain() -> bool {
    let asks = ["COLUMNS", "CLICOLOR_FORCE"];
    !std::io::stdout().is_terminal() && asks.iter().all(|name| std::env::var_os(name).is_none())
}

impl Environment {
    /// The instant of a planned time, in the zone of this computer; in UTC where the clock is given.
    pub(crate) fn instant_of(&self, when: When) -> Instant {
        let seconds = i64::from(when.day.days_since_epoch()) * 86_400 + i64::from(when.minute) * 60;
        Instant::from_seconds(seconds - self.offset_of(when))
    }

    /// A planned time with its zone, as `2026-03-19T09:30:00+01:00`.
    pub(crate) fn zone(&self, when: When) -> String {
        let minutes = self.offset_of(when) / 60;
        let (sign, minutes) = if minutes < 0 {
            ('-', -minutes)
        } else {
            ('+', minutes)
        };
        format!(
            "{}T{:02}:{:02}:00{sign}{:02}:{:02}",
            when.day,
            when.minute / 60,
            when.minute % 60,
            minutes / 60,
            minutes % 60
        )
    }

    /// Seconds that this computer is ahead of UTC at a planned time. A time that a change of clocks leaves out or has
    /// twice is taken as the earlier one.
    fn offset_of(&self, when: When) -> i64 {
        if self.clock_is_given {
            return 0;
        }
        let seconds = i64::from(when.day.days_since_epoch()) * 86_400 + i64::from(when.minute) * 60;
        let Some(there) = chrono::DateTime::from_timestamp(seconds, 0) else {
            return 0;
        };
        let offset = |at: chrono::NaiveDateTime| chrono::Local.offset_from_local_datetime(&at).earliest();
        let there = there.naive_utc();
        // Within what is left out the clock of before goes on.
        let before = there.checked_sub_signed(chrono::TimeDelta::hours(2));
        offset(there)
            .or_else(|| offset(before?))
            .map_or(0, |offset| i64::from(offset.local_minus_utc()))
    }

    /// Reads it.
    pub(crate) fn read(global: &Global) -> Result<Self> {
        let text = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
        let (home, config) = folders(text("UPWARDS_HOME"))?;
        let (now, clock_is_given) = now(global, text("UPWARDS_NOW"))?;
        let dumb = text("TERM").is_some_and(|t| t == "dumb");
        Ok(Self {
            home,
            config,
            folder: std::env::current_dir()
                .map_err(|e| CliError::could_not(format!("could not find the current folder: {e}")))?,
            now,
            clock_is_given,
            device: text("UPWARDS_DEVICE"),
            seed: text("UPWARDS_SEED"),
            computer: gethostname::gethostname().to_string_lossy().into_owned(),
            accessible: text("ACCESSIBLE").is_some_and(|v| v != "0"),
            utf8: speaks_utf8(&text),
            columns: text("COLUMNS").and_then(|c| c.parse().ok()),
            dumb,
            editor: text("VISUAL").or_else(|| text("EDITOR")),
        })
    }

    /// The instant at this moment: the given one, or the clock's, for answers of one sitting.
    pub(crate) fn instant_now(&self) -> Instant {
        if self.clock_is_given {
            self.now.instant
        } else {
            Instant::from_seconds(chrono::Utc::now().timestamp())
        }
    }
}

fn folders(own: Option<String>) -> Result<(PathBuf, PathBuf)> {
    if let Some(own) = own {
        let home = PathBuf::from(own);
        return Ok((home.clone(), home.join("config.toml")));
    }
    let base = etcetera::choose_base_strategy().map_err(|_| {
        CliError::could_not("could not find your home folder")
            .hint("name a folder for your own data: UPWARDS_HOME=DIR")
    })?;
    Ok((
        base.data_dir().join("upwards"),
        base.config_dir().join("upwards").join("config.toml"),
    ))
}

fn now(global: &Global, given: Option<String>) -> Result<(Now, bool)> {
    if let Some(text) = &global.today {
        let today: Date = text
            .parse()
            .map_err(|e| CliError::usage(format!("--today: {e}")))?;
        // With the instant given too and on that very day, both stand.
        let instant = given
            .as_deref()
            .and_then(|g| g.parse::<Instant>().ok())
            .filter(|i| i.utc_day() == today);
        return Ok((
            Now {
                today,
                instant: instant.unwrap_or(Instant::end_of(today)),
            },
            true,
        ));
    }
    if let Some(text) = given {
        let instant: Instant = text
            .parse()
            .map_err(|e| CliError::usage(format!("UPWARDS_NOW: {e}")))?;
        return Ok((
            Now {
                today: instant.utc_day(),
                instant,
            },
            true,
        ));
    }
    let local = chrono::Local::now();
    let day = local.date_naive();
    let today = Date::from_ymd(day.year(), day.month(), day.day()).ok_or_else(|| {
        CliError::could_not(format!(
            "this computer's clock says {day}: set it, or give --today"
        ))
    })?;
    Ok((
        Now {
            today,
            instant: Instant::from_seconds(local.timestamp()),
        },
        false,
    ))
}

/// On Windows the console is told by its own means and text is written as UTF-8 by the standard library.
fn speaks_utf8(text: &impl Fn(&str) -> Option<String>) -> bool {
    if cfg!(windows) {
        return true;
    }
    let locale = text("LC_ALL")
        .or_else(|| text("LC_CTYPE"))
        .or_else(|| text("LANG"))
        .unwrap_or_default()
        .to_lowercase();
    locale.is_empty() || locale.contains("utf-8") || locale.contains("utf8")
}
