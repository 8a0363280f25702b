//! What leaders know among themselves: the lines of their own log; none where that is not.

use std::path::Path;

use crate::cli::error::Result;
use crate::disk::{Kind, Tree};
use crate::report::Reasons;
use crate::team::{self, Note, Nudged, Wishes};

/// All reasons, by the event.
pub(crate) fn reasons(tree: &Tree) -> Result<Reasons> {
    Ok(team::reasons(texts(tree)?.iter().flat_map(|text| text.lines())))
}

/// Everything that leaders noted as sent, what was taken back left out.
pub(crate) fn nudged(tree: &Tree) -> Result<Vec<Nudged>> {
    Ok(team::nudged(texts(tree)?.iter().flat_map(|text| text.lines())))
}

/// Who should meet whom, and who should not.
pub(crate) fn wishes(tree: &Tree) -> Result<Wishes> {
    Ok(team::wishes(texts(tree)?.iter().flat_map(|text| text.lines())))
}

/// Wishes, vetoes and answers one by one, also those that were taken back.
pub(crate) fn notes(tree: &Tree) -> Result<Vec<Note>> {
    Ok(team::notes(texts(tree)?.iter().flat_map(|text| text.lines())))
}

/// The texts of all team logs.
fn texts(tree: &Tree) -> Result<Vec<String>> {
    let names = match tree.list("team") {
        Ok(names) => names,
        Err(error) if error.is_missing() => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut texts = Vec::new();
    for (name, kind) in names {
        if kind == Kind::File
            && Path::new(&name)
                .extension()
                .is_some_and(|ending| ending == "jsonl")
        {
            let mut bytes = Vec::new();
            tree.read_into(&format!("team/{name}"), &mut bytes)?;
            texts.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(texts)
}
