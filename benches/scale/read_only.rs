//! The baseline: what any program must do that looks at everybody. Walks a folder on one thread, reads each file whole
//! into one buffer, checks that it is UTF-8, and does nothing with it.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

/// Prints the count of bytes.
pub(crate) fn run(folder: &Path) -> Result<bool, String> {
    let mut buffer = Vec::new();
    let mut bytes = 0;
    walk(folder, &mut buffer, &mut bytes).map_err(|error| format!("{}: {error}", folder.display()))?;
    println!("{bytes}");
    Ok(true)
}

fn walk(folder: &Path, buffer: &mut Vec<u8>, bytes: &mut u64) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), buffer, bytes)?;
            continue;
        }
        buffer.clear();
        File::open(entry.path())?.read_to_end(buffer)?;
        let text = std::str::from_utf8(buffer).map_err(std::io::Error::other)?;
        *bytes += text.len() as u64;
    }
    Ok(())
}
