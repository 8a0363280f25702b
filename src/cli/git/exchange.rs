//! What others have: fetched and looked at, and given ours. Never by force.

use super::call::{Said, away, here};
use super::repository::{Commit, Repository};
use crate::cli::error::{CliError, Result};

/// Where the others' state lies after it was fetched; no branch of the person's is touched.
const THEIRS: &str = "refs/upwards/theirs";

/// Another repository, by the name that this one has for it.
pub(crate) struct Remote {
    /// The name.
    pub(crate) name: String,
    /// Its branch.
    branch: String,
}

/// How giving went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pushed {
    /// They have it.
    Done,
    /// They did not take it: somebody gave something meanwhile, or as they say.
    Refused(String),
}

impl Repository {
    /// The remote that is meant: the one that was named, the branch's own, `origin`, or the only one.
    pub(crate) fn remote(&self, named: Option<&str>) -> Result<Remote> {
        let listed = self.must(&["remote"], b"")?;
        let listed = String::from_utf8_lossy(&listed);
        let all: Vec<&str> = listed.lines().filter(|name| !name.is_empty()).collect();
        let own = self.setting("remote")?;
        let wanted = named.map(str::to_owned).or(own);
        let name = match (&wanted, &all[..]) {
            (Some(wanted), _) => all.iter().find(|name| **name == wanted.as_str()),
            (None, [only]) => Some(only),
            (None, _) => all.iter().find(|name| **name == "origin"),
        };
        let Some(name) = name.filter(|name| !name.starts_with('-')) else {
            return Err(match (wanted, all.is_empty()) {
                (_, true) => CliError::could_not("no other repository is known here")
                    .hint("name one: git remote add origin URL"),
                (Some(wanted), _) => CliError::could_not(format!("no remote is called \"{wanted}\""))
                    .hint(format!("there are: {}", all.join(", "))),
                (None, _) => CliError::usage("several remotes are known here")
                    .hint(format!("name one: upwards sync --remote {}", all[0])),
            });
        };
        let merge = self.setting("merge")?.filter(|_| named.is_none());
        let branch = merge.and_then(|merge| merge.strip_prefix("refs/heads/").map(str::to_owned));
        Ok(Remote {
            name: (*name).to_owned(),
            branch: branch.unwrap_or_else(|| self.branch.clone()),
        })
    }

    /// Fetches their branch; `None`: they have none yet.
    pub(crate) fn fetch(&self, remote: &Remote, may_ask: bool) -> Result<Option<Commit>> {
        let from = format!("+refs/heads/{}:{THEIRS}", remote.branch);
        let words = [
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-recurse-submodules",
            "--no-write-fetch-head",
            "--",
            &remote.name,
            &from,
        ];
        let said = away(&self.folder, &words, may_ask)?;
        if said.is_well {
            return self.commit_of(THEIRS);
        }
        let wanted = format!("refs/heads/{}", remote.branch);
        let listed = away(
            &self.folder,
            &["ls-remote", "--quiet", "--", &remote.name, &wanted],
            may_ask,
        )?;
        if listed.is_well && listed.out.is_empty() {
            Ok(None)
        } else {
            Err(unreachable(remote, &said))
        }
    }

    /// Gives them a commit as the newest of their branch, if nobody else gave one meanwhile.
    pub(crate) fn push(&self, remote: &Remote, commit: &str, may_ask: bool) -> Result<Pushed> {
        let to = format!("{commit}:refs/heads/{}", remote.branch);
        let words = [
            "push",
            "--porcelain",
            "--no-follow-tags",
            "--recurse-submodules=no",
            "--",
            &remote.name,
            &to,
        ];
        let said = away(&self.folder, &words, may_ask)?;
        if said.is_well {
            return Ok(Pushed::Done);
        }
        // A line for each reference: `!` is one that they did not take.
        let out = String::from_utf8_lossy(&said.out);
        let Some(line) = out.lines().find(|line| line.starts_with('!')) else {
            return Err(unreachable(remote, &said));
        };
        let theirs = said
            .complaint
            .lines()
            .filter_map(|line| line.strip_prefix("remote:"));
        let words = line.rsplit('\t').take(1).chain(theirs).map(str::trim);
        Ok(Pushed::Refused(
            words
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        ))
    }

    fn setting(&self, key: &str) -> Result<Option<String>> {
        let key = format!("branch.{}.{key}", self.branch);
        let out = here(&self.folder, &["config", "--get", &key], b"")?;
        let value = out.map(|out| String::from_utf8_lossy(&out).trim().to_owned());
        // A branch that follows one of the same repository has no other.
        Ok(value.filter(|value| !value.is_empty() && value != "."))
    }
}

fn unreachable(remote: &Remote, said: &Said) -> CliError {
    let lines: Vec<&str> = said.complaint.lines().collect();
    let last = lines[lines.len().saturating_sub(3)..].join(" ");
    CliError::could_not(format!("{} could not be reached: {last}", remote.name)).hint(
        "is the network there, and may you read it? what was recorded here is safe; again: upwards sync",
    )
}
