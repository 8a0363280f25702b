//! Which git this computer has: asked for by `doctor`, which starts nothing else.

use std::path::Path;

use super::call::here;

/// What `git --version` says, as `2.47.3`; `None` = git is not there, or says something else.
pub(crate) fn version() -> Option<String> {
    let said = String::from_utf8(here(Path::new("."), &["--version"], b"").ok()??).ok()?;
    let version = said.trim().strip_prefix("git version ")?;
    Some(version.to_owned()).filter(|version| !version.is_empty())
}
