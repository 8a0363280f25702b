//! Why leaders did something, out of the leaders' own log; empty where that is not.

use crate::cli::error::Result;
use crate::disk::{Kind, Tree};
use crate::report::Reasons;
use crate::team;

/// All reasons, by the event.
pub(crate) fn reasons(tree: &Tree) -> Result<Reasons> {
    let names = match tree.list("team") {
        Ok(names) => names,
        Err(error) if error.is_missing() => return Ok(Reasons::new()),
        Err(error) => return Err(error.into()),
    };
    let mut texts = Vec::new();
    for (name, kind) in names {
        if kind == Kind::File
            && std::path::Path::new(&name)
                .extension()
                .is_some_and(|e| e == "jsonl")
        {
            let mut bytes = Vec::new();
            tree.read_into(&format!("team/{name}"), &mut bytes)?;
            texts.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(team::reasons(texts.iter().flat_map(|text| text.lines())))
}
