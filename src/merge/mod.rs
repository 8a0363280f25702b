//! Two states of a workspace, and the last one that both had, put together file by file. No file is ever taken for another
//! that looks like it: what belongs together has one path. Bytes in, bytes out.

mod file;
mod lines;
mod paths;
mod sound;

pub use file::{Merged, States, Terms, merge_file};
pub use lines::{MergedLog, Writer, merge_log};
pub use paths::{Part, part_of};
pub use sound::fault;
