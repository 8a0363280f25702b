//! Files and folders: the only place that touches them, and the tree a workspace is read from.

mod files;
mod tree;

pub use files::{
    Access, Appender, DiskError, Kind, Lock, LockError, create, create_folder, is_file, is_folder, is_loose,
    kind, list, lock, read_into, read_limited, read_stdin, remove_file, rename, replace, sync_folder,
    write_derived,
};
pub use tree::Tree;
