//! Packs as commands write and read them: material as one file for others.

use std::path::Path;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::disk::{self, Access, Kind, Lock, Tree};
use crate::files;
use crate::packet::{self, Damage, MOST_BYTES, Pack, TextFile};

/// The text of a file that may be a pack.
pub(crate) fn read_text(file: &str) -> Result<String> {
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    let bytes = disk::read_limited(Path::new(file), most)?.ok_or_else(|| {
        CliError::could_not(format!("{file} is larger than 16 MiB: nothing of it was read"))
    })?;
    String::from_utf8(bytes).map_err(|_| CliError::could_not(format!("{file} is not UTF-8")))
}

/// A pack, whole; or why nothing of it is taken.
pub(crate) fn read_pack(file: &str, text: &str) -> Result<Pack> {
    packet::read_pack(text).map_err(|damage| match damage {
        Damage::TooLarge => CliError::could_not(format!("{file} is larger than 16 MiB, which no pack is")),
        Damage::Newer(format) => CliError::could_not(format!(
            "{file} is a pack of form {format}, made by a newer upwards; this one reads form 1"
        ))
        .hint("update upwards, then take it again"),
        Damage::Damaged(why) => CliError::could_not(format!("{file} is refused: {why}"))
            .hint("nothing of it was taken; ask for it again"),
    })
}

/// The file of `-o`, which a pack needs.
pub(crate) fn target(context: &Context, example: &str) -> Result<String> {
    match context.ui.out_file.clone() {
        Some(file) if file != "-" => Ok(file),
        Some(_) => Err(CliError::usage("a pack is a file, and does not go to standard output").hint(example)),
        None => Err(CliError::usage("where does the pack go?").hint(example)),
    }
}

/// Writes a pack; `false` = dry run, nothing was written.
pub(crate) fn write_pack(context: &Context, file: &str, pack: &Pack) -> Result<bool> {
    let text = packet::write_pack(pack);
    if packet::read_pack(&text).is_err() {
        return Err(
            CliError::could_not("it would be too large for anybody to take in")
                .hint("at most 16 MiB and 10,000 texts: pack fewer of them"),
        );
    }
    if context.global.dry_run {
        context.ui.may_write(file, text.as_bytes())?;
        return Ok(false);
    }
    context.ui.write_file(file, text.as_bytes())?;
    Ok(true)
}

/// A case as others get it: without the comments of its authors, in which a draft keeps what people said, and without the
/// names of who suggested and who keeps it.
pub(crate) fn for_others(case: TextFile) -> Result<TextFile> {
    let text = files::case_for_others(&case.text)
        .map_err(|fault| CliError::could_not(format!("{}: {fault}", case.path)))?;
    Ok(TextFile { text, ..case })
}

/// Refuses texts that would be too large to be read once they are here.
pub(crate) fn are_readable(texts: &[TextFile]) -> Result<()> {
    let most = usize::try_from(files::MAX_BYTES).unwrap_or(usize::MAX);
    match texts.iter().find(|text| text.text.len() > most) {
        Some(large) => Err(CliError::could_not(format!(
            "{} is larger than 4 MiB: no text of a curriculum is",
            large.path
        ))),
        None => Ok(()),
    }
}

/// The texts of a pack as a tree that can be read like a workspace.
pub(crate) fn tree_of(pack: &Pack) -> Tree {
    let mut texts: Vec<(String, String)> = pack
        .files
        .iter()
        .map(|file| (file.path.clone(), file.text.clone()))
        .collect();
    texts.sort();
    Tree::Sent(texts.into())
}

/// The lock that commands hold which change files of the workspace; none without sound settings, which name its place.
pub(crate) fn lock_files(context: &mut Context) -> Result<Option<Lock>> {
    let settings = context.settings().ok();
    let lock = settings.map(|settings| context.own_folder(&settings).join("lock"));
    Ok(lock.map(|path| disk::lock(&path)).transpose()?)
}

/// Replaces a text by a changed one, where it still is what the change was made of: what somebody else wrote meanwhile is
/// never written over. For those who hold the lock of `lock_files`; `name` is how a person knows the file.
pub(crate) fn replace_unchanged(path: &Path, name: &str, before: &str, after: &str) -> Result<()> {
    const MARK: &str = "\u{FEFF}";
    if disk::is_read_only(path)? {
        return Err(
            CliError::could_not(format!("{name} is read-only, and stays as it is"))
                .hint("whoever made it so can make it writable again"),
        );
    }
    let there = disk::read_limited(path, files::MAX_BYTES)?.unwrap_or_default();
    if let Some(bare) = there.strip_prefix(MARK.as_bytes())
        && bare == before.as_bytes()
    {
        // Whoever reads texts does not see the mark; it stays until it is asked about.
        return Ok(disk::replace(
            path,
            format!("{MARK}{after}").as_bytes(),
            Access::Shared,
        )?);
    }
    if there != before.as_bytes() {
        return Err(CliError::could_not(format!(
            "somebody changed {name} at this moment; it was left alone"
        ))
        .hint("repeat the command"));
    }
    Ok(disk::replace(path, after.as_bytes(), Access::Shared)?)
}

/// How a built-in curriculum becomes one that can be changed.
pub(crate) fn copy_of(curriculum: &str) -> String {
    format!(
        "a copy to change: upwards curricula pack {curriculum} -o {curriculum}.pack, then: upwards curricula unpack {curriculum}.pack"
    )
}

/// Refuses a place inside the workspace to which a link leads: what is written there would lie somewhere else.
pub(crate) fn no_link_above(tree: &Tree, inside: &str) -> Result<()> {
    for (end, _) in inside.match_indices('/') {
        let folder = &inside[..end];
        if tree.kind(folder)? == Some(Kind::Link) {
            return Err(CliError::could_not(format!(
                "{folder} is a link: nothing is written where it leads"
            ))
            .hint("put a folder in its place"));
        }
    }
    Ok(())
}
