//! The only place that touches files. Every error names its path; nothing existing is ever cut short; what must last
//! is on the disk before a function returns.
//!
//! Invariant: a store file is either appended to (logs) or replaced whole by a rename (everything else).
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one place where files are touched"
)]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use thiserror::Error;

/// A file operation that did not work.
#[derive(Debug, Error)]
#[error("could not {action} {}: {}", path.display(), reason(source))]
pub struct DiskError {
    /// What was tried, as a verb.
    pub action: &'static str,
    /// On what.
    pub path: PathBuf,
    /// Why it did not work.
    pub source: io::Error,
}

/// Why a lock could not be had.
#[derive(Debug, Error)]
pub enum LockError {
    /// Somebody else holds it.
    #[error("busy: another upwards is writing")]
    Busy,
    /// The lock file could not be opened.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// What a folder holds under one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link: never followed inside a workspace.
    Link,
    /// Anything else (a pipe, a device).
    Other,
}

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// As the folder and the user's settings say.
    Shared,
    /// The user alone: 0600 for files, 0700 for folders (on Windows the user's own folder protects it).
    Private,
}

impl DiskError {
    /// Whether the thing is not there.
    pub fn is_missing(&self) -> bool {
        matches!(
            self.source.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
        )
    }

    /// Whether writing is not allowed here.
    pub fn is_read_only(&self) -> bool {
        matches!(
            self.source.kind(),
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied
        )
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the folder is read-only".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is no folder".to_owned(),
        _ => error.to_string(),
    }
}

fn failed<T>(action: &'static str, path: &Path, result: io::Result<T>) -> Result<T, DiskError> {
    result.map_err(|source| DiskError {
        action,
        path: path.to_owned(),
        source,
    })
}

/// Reads a whole file into a buffer that is used again and again; what was in it is gone.
pub fn read_into(path: &Path, buffer: &mut Vec<u8>) -> Result<(), DiskError> {
    buffer.clear();
    let file = failed("read", path, File::open(path))?;
    // Through `take`, so that the size is not asked for: the buffer is large enough for most files after the first few.
    failed("read", path, file.take(u64::MAX).read_to_end(buffer))?;
    Ok(())
}

/// Reads a file of at most `most` bytes; `Ok(None)` = it is larger.
pub fn read_limited(path: &Path, most: u64) -> Result<Option<Vec<u8>>, DiskError> {
    let file = failed("read", path, File::open(path))?;
    // One read instead of many small ones; a length that is wrong only costs room.
    let length = file.metadata().map_or(0, |meta| meta.len()).min(most);
    let mut buffer = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    failed("read", path, file.take(most + 1).read_to_end(&mut buffer))?;
    Ok((buffer.len() as u64 <= most).then_some(buffer))
}

/// The same of a file that need not be there: `None` then. A larger one is an error.
pub fn read_if_there(path: &Path, most: u64) -> Result<Option<Vec<u8>>, DiskError> {
    match read_limited(path, most) {
        Ok(Some(bytes)) => Ok(Some(bytes)),
        Ok(None) => failed(
            "read",
            path,
            Err(io::Error::other(format!("it is larger than {most} bytes"))),
        ),
        Err(error) if error.is_missing() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads at most the first `most` bytes of a file.
pub fn read_start(path: &Path, most: u64) -> Result<Vec<u8>, DiskError> {
    let mut buffer = Vec::new();
    let file = failed("read", path, File::open(path))?;
    failed("read", path, file.take(most).read_to_end(&mut buffer))?;
    Ok(buffer)
}

/// Whether a path leads to something that is neither a file nor a folder: a pipe, a terminal, a device. Links are
/// followed.
pub fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir())
}

/// Writes into a pipe or a device.
pub fn write_stream(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let mut file = failed("open", path, OpenOptions::new().write(true).open(path))?;
    failed("write", path, file.write_all(bytes))
}

/// The path with its links followed as far as it exists, and absolute.
pub fn true_path(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut there = path.as_path();
    loop {
        if let Ok(real) = there.canonicalize() {
            return path
                .strip_prefix(there)
                .map_or_else(|_| real.clone(), |rest| real.join(rest));
        }
        match there.parent() {
            Some(parent) => there = parent,
            None => return path,
        }
    }
}

/// What is under this very name, links not followed; `None` = nothing.
pub fn kind(path: &Path) -> Result<Option<Kind>, DiskError> {
    match fs::symlink_metadata(path) {
        Ok(meta) => Ok(Some(kind_of(meta.file_type()))),
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(e) => failed("look at", path, Err(e)),
    }
}

/// Whether there is a file of this name, links not followed.
pub fn is_file(path: &Path) -> bool {
    matches!(kind(path), Ok(Some(Kind::File)))
}

/// Whether there is a folder of this name, links not followed.
pub fn is_folder(path: &Path) -> bool {
    matches!(kind(path), Ok(Some(Kind::Folder)))
}

/// Names and kinds in a folder, sorted by name; a name that is no UTF-8 is shown with replacement characters.
pub fn list(folder: &Path) -> Result<Vec<(String, Kind)>, DiskError> {
    let mut names = Vec::new();
    for entry in failed("list", folder, fs::read_dir(folder))? {
        let entry = failed("list", folder, entry)?;
        let kind = failed("list", folder, entry.file_type())?;
        let name = entry.file_name().into_string();
        let name = name.unwrap_or_else(|name| name.to_string_lossy().into_owned());
        names.push((name, kind_of(kind)));
    }
    names.sort_unstable();
    Ok(names)
}

/// Makes a folder and its parents, each synced into its parent, so that it is there after a power cut.
pub fn create_folder(path: &Path, access: Access) -> Result<(), DiskError> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    let parent = path.parent().unwrap_or(Path::new(""));
    create_folder(parent, access)?;
    let mut builder = fs::DirBuilder::new();
    private_folder(&mut builder, access);
    match builder.create(path) {
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        result => failed("make the folder", path, result),
    }?;
    sync_folder(parent)
}

/// Syncs a folder's list of names to the disk. Windows has no such call and needs none.
pub fn sync_folder(folder: &Path) -> Result<(), DiskError> {
    if cfg!(windows) {
        return Ok(());
    }
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let handle = failed("open", folder, File::open(folder))?;
    failed("sync", folder, handle.sync_all())
}

/// Writes a file whole: a new one beside it, synced, renamed over it, the folder synced. A reader sees the old text or
/// the new one, never a part.
pub fn replace(path: &Path, bytes: &[u8], access: Access) -> Result<(), DiskError> {
    let temp = written_beside(path, bytes, access)?;
    keep_mode(path, temp.as_file());
    temp.persist(path).map_err(|e| DiskError {
        action: "replace",
        path: path.to_owned(),
        source: e.error,
    })?;
    sync_folder(folder_of(path))
}

/// Writes a file that must not be there yet, whole; `Ok(false)` = something is there, and was left alone. Of several at
/// once one writes it.
pub fn create(path: &Path, bytes: &[u8], access: Access) -> Result<bool, DiskError> {
    match written_beside(path, bytes, access)?.persist_noclobber(path) {
        Ok(_) => {}
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => {
            return Err(DiskError {
                action: "write",
                path: path.to_owned(),
                source: error.error,
            });
        }
    }
    sync_folder(folder_of(path))?;
    Ok(true)
}

/// What is to become a file, written and synced under another name in its folder.
fn written_beside(path: &Path, bytes: &[u8], access: Access) -> Result<tempfile::NamedTempFile, DiskError> {
    let folder = folder_of(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".upwards-").suffix(".tmp");
    if access == Access::Shared {
        shared_file(&mut builder);
    }
    let mut temp = failed("write into", folder, builder.tempfile_in(folder))?;
    failed("write", path, temp.write_all(bytes))?;
    failed("sync", path, temp.as_file().sync_all())?;
    Ok(temp)
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Writes a derived file whole, without waiting for the disk: it may be lost and is then made anew.
pub fn write_derived(path: &Path, bytes: &[u8], access: Access) -> Result<(), DiskError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    create_folder(folder, access)?;
    let mut temp = failed(
        "write into",
        folder,
        tempfile::Builder::new()
            .prefix(".upwards-")
            .suffix(".tmp")
            .tempfile_in(folder),
    )?;
    failed("write", path, temp.write_all(bytes))?;
    temp.persist(path).map_err(|e| DiskError {
        action: "replace",
        path: path.to_owned(),
        source: e.error,
    })?;
    Ok(())
}

/// Renames within one folder.
pub fn rename(from: &Path, to: &Path) -> Result<(), DiskError> {
    failed("rename", from, fs::rename(from, to))?;
    sync_folder(to.parent().unwrap_or(Path::new(".")))
}

/// Removes one file.
pub fn remove_file(path: &Path) -> Result<(), DiskError> {
    failed("remove", path, fs::remove_file(path))
}

/// Removes a folder with all that is in it; one that is not there is as good. For folders of our own making only.
pub fn remove_folder(path: &Path) -> Result<(), DiskError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => failed("remove", path, other),
    }
}

/// An append-only file, open for one writer.
#[derive(Debug)]
pub struct Appender {
    file: File,
    path: PathBuf,
    is_new: bool,
}

impl Appender {
    /// Opens a file for appending, making it and its folders if needed.
    pub fn open(path: &Path, access: Access) -> Result<Self, DiskError> {
        let folder = path.parent().unwrap_or(Path::new(""));
        create_folder(folder, access)?;
        let is_new = kind(path)?.is_none();
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        private_file(&mut options, access);
        let file = failed("open", path, options.open(path))?;
        Ok(Self {
            file,
            path: path.to_owned(),
            is_new,
        })
    }

    /// Length in bytes.
    pub fn len(&self) -> Result<u64, DiskError> {
        Ok(failed("look at", &self.path, self.file.metadata())?.len())
    }

    /// Whether nothing was ever written.
    pub fn is_empty(&self) -> Result<bool, DiskError> {
        Ok(self.len()? == 0)
    }

    /// The last `most` bytes.
    pub fn tail(&mut self, most: u64) -> Result<Vec<u8>, DiskError> {
        let from = self.len()?.saturating_sub(most);
        failed("read", &self.path, self.file.seek(SeekFrom::Start(from)))?;
        let mut tail = Vec::new();
        failed("read", &self.path, (&self.file).take(most).read_to_end(&mut tail))?;
        Ok(tail)
    }

    /// Appends bytes in one write (a short write goes on until all is there). Not yet on disk: see [`Self::sync`].
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), DiskError> {
        failed("write", &self.path, self.file.write_all(bytes))
    }

    /// Brings everything appended to the disk; the first time the file's name in its folder too.
    pub fn sync(&mut self) -> Result<(), DiskError> {
        if self.is_new {
            failed("sync", &self.path, self.file.sync_all())?;
            sync_folder(self.path.parent().unwrap_or(Path::new("")))?;
            self.is_new = false;
            Ok(())
        } else {
            failed("sync", &self.path, self.file.sync_data())
        }
    }
}

/// Held while one process writes; given back when dropped, also when the process dies.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Takes the lock of a file, waiting a while for somebody else to finish. Never on a synced folder: correctness rests
/// on one writer for each log file, the lock only keeps two commands of one device apart.
pub fn lock(path: &Path) -> Result<Lock, LockError> {
    create_folder(path.parent().unwrap_or(Path::new("")), Access::Private)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    private_file(&mut options, Access::Private);
    let file = failed("open", path, options.open(path))?;
    wait_for(file, path)
}

/// Takes the lock of a file that several users of one folder share; `None` where its file may not be opened, or the file
/// system knows no locks: then it keeps nobody apart, and whoever decides by it looks again.
pub fn lock_among(path: &Path) -> Result<Option<Lock>, LockError> {
    create_folder(path.parent().unwrap_or(Path::new("")), Access::Shared)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    private_file(&mut options, Access::Shared);
    // The file is another user's: it can be locked all the same.
    let Ok(file) = options.open(path).or_else(|_| File::open(path)) else {
        return Ok(None);
    };
    match wait_for(file, path) {
        Ok(lock) => Ok(Some(lock)),
        Err(LockError::Busy) => Err(LockError::Busy),
        Err(LockError::Disk(_)) => Ok(None),
    }
}

fn wait_for(file: File, path: &Path) -> Result<Lock, LockError> {
    /// Pause between two tries, and how many of them: about ten seconds in all.
    const PAUSE: Duration = Duration::from_millis(10);
    const TRIES: u32 = 1_000;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::Error(e)) => return failed("lock", path, Err(e)).map_err(LockError::Disk),
        }
    }
    Err(LockError::Busy)
}

/// Whether somebody holds a lock at this moment; nothing is made, and nobody waits.
pub fn is_locked(path: &Path) -> Result<bool, DiskError> {
    if !is_file(path) {
        return Ok(false);
    }
    let file = failed("open", path, File::open(path))?;
    Ok(matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// When a file was last written, in seconds since 1970 by the clock of whoever wrote it; `None` where that is not known.
pub fn changed_at(path: &Path) -> Option<i64> {
    let changed = fs::symlink_metadata(path).ok()?.modified().ok()?;
    let seconds = changed.duration_since(UNIX_EPOCH).ok()?.as_secs();
    i64::try_from(seconds).ok()
}

/// Whether a file is only a stand-in: reading it asks a sync tool for what it holds, which may take long or fail. Known on
/// Windows and macOS, where the system marks such files.
pub fn is_placeholder(path: &Path) -> bool {
    #[cfg(windows)]
    {
        use std::os::windows::fs::MetadataExt;
        /// `FILE_ATTRIBUTE_OFFLINE`, `FILE_ATTRIBUTE_RECALL_ON_OPEN`, `FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS`.
        const NOT_HERE: u32 = 0x1000 | 0x0004_0000 | 0x0040_0000;
        fs::symlink_metadata(path).is_ok_and(|meta| meta.file_attributes() & NOT_HERE != 0)
    }
    #[cfg(target_os = "macos")]
    {
        use std::os::macos::fs::MetadataExt;
        /// `SF_DATALESS`.
        const NOT_HERE: u32 = 0x4000_0000;
        fs::symlink_metadata(path).is_ok_and(|meta| meta.st_flags() & NOT_HERE != 0)
    }
    #[cfg(not(any(windows, target_os = "macos")))]
    {
        let _ = path;
        false
    }
}

/// Leaves a private file or folder to the user alone.
pub fn make_private(path: &Path) -> Result<(), DiskError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let is_folder = kind(path)? == Some(Kind::Folder);
        let mode = fs::Permissions::from_mode(if is_folder { 0o700 } else { 0o600 });
        failed("set the rights of", path, fs::set_permissions(path, mode))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        Ok(())
    }
}

/// Removes a folder if nothing is in it; `Ok(false)` = something is, and it stays.
pub fn remove_empty_folder(path: &Path) -> Result<bool, DiskError> {
    match fs::remove_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(false),
        other => failed("remove", path, other).map(|()| true),
    }
}

/// Whether a file is marked as not to be written.
pub fn is_read_only(path: &Path) -> Result<bool, DiskError> {
    let meta = failed("look at", path, fs::symlink_metadata(path))?;
    Ok(meta.permissions().readonly())
}

/// Whether others than the user can read a private file or folder; always `false` where there are no such modes.
pub fn is_loose(path: &Path) -> Result<bool, DiskError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let meta = failed("look at", path, fs::symlink_metadata(path))?;
        Ok(meta.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        Ok(false)
    }
}

fn kind_of(kind: fs::FileType) -> Kind {
    if kind.is_symlink() {
        Kind::Link
    } else if kind.is_dir() {
        Kind::Folder
    } else if kind.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

#[cfg(unix)]
fn private_folder(builder: &mut fs::DirBuilder, access: Access) {
    use std::os::unix::fs::DirBuilderExt;
    if access == Access::Private {
        builder.mode(0o700);
    }
}

#[cfg(unix)]
fn private_file(options: &mut OpenOptions, access: Access) {
    use std::os::unix::fs::OpenOptionsExt;
    if access == Access::Private {
        options.mode(0o600);
    }
}

/// Temporary files are 0600 by default; a shared file follows the user's umask instead.
#[cfg(unix)]
fn shared_file(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

/// A replaced file keeps the rights it had; if that fails the new one's stand, which are no looser.
#[cfg(unix)]
fn keep_mode(path: &Path, new: &File) {
    if let Ok(meta) = fs::metadata(path) {
        let _ = new.set_permissions(meta.permissions());
    }
}

#[cfg(not(unix))]
fn private_folder(_: &mut fs::DirBuilder, _: Access) {}

#[cfg(not(unix))]
fn private_file(_: &mut OpenOptions, _: Access) {}

#[cfg(not(unix))]
fn shared_file(_: &mut tempfile::Builder<'_, '_>) {}

#[cfg(not(unix))]
fn keep_mode(_: &Path, _: &File) {}
