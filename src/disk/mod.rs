//! Files and folders: the only place that touches them, and the tree a workspace is read from.

mod files;
mod tree;

pub use files::{
    Access, Appender, DiskError, Kind, Lock, LockError, changed_at, create, create_folder, is_file,
    is_folder, is_locked, is_loose, is_placeholder, is_read_only, is_stream, kind, list, lock, lock_among,
    make_private, read_if_there, read_into, read_limited, read_start, remove_empty_folder, remove_file,
    remove_folder, rename, replace, sync_folder, true_path, write_derived, write_stream,
};
pub use tree::Tree;
