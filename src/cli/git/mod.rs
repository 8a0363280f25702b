//! The person's own git: their credentials, their proxies, their signing. Nothing that a repository names is started.

mod call;
mod exchange;
mod past;
mod repository;
mod version;

pub(crate) use call::pause;
pub(crate) use exchange::{Pushed, Remote};
pub(crate) use past::{has_commit, tree_at};
pub(crate) use repository::{Change, Entry, Repository};
pub(crate) use version::version;
