//! The repository of a workspace: what its commits hold, and new ones. The working files are not touched here, and what
//! others have is in `exchange`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::call::{here, tell};
use crate::base::time::Date;
use crate::cli::error::{CliError, Result};
use crate::disk;

/// Where the commit stands that is being made; nobody else looks there.
const NEXT: &str = "refs/upwards/next";

/// What stands in git's folder while somebody's merge or rebase waits for them.
const UNFINISHED: [&str; 5] = [
    "MERGE_HEAD",
    "rebase-merge",
    "rebase-apply",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
];

/// A commit's name.
pub(crate) type Commit = String;

/// A repository whose top folder is a workspace.
pub(crate) struct Repository {
    pub(super) folder: PathBuf,
    /// The branch that is checked out, without `refs/heads/`.
    pub(crate) branch: String,
}

/// A file in a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What it is to git: `100644` and `100755` are files; links and other repositories have other numbers.
    pub(crate) mode: String,
    /// The name of its content.
    pub(crate) object: String,
}

/// A path that differs between two commits; `None` = not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) path: String,
    pub(crate) old: Option<Entry>,
    pub(crate) new: Option<Entry>,
}

impl Entry {
    /// Whether it is an ordinary file.
    pub(crate) fn is_file(&self) -> bool {
        self.mode.starts_with("100")
    }
}

impl Repository {
    /// The repository of a folder. It must begin there: sync takes a workspace, and never a part of something larger.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let said = tell(
            folder,
            &["rev-parse", "--show-toplevel", "--absolute-git-dir"],
            b"",
        )?;
        let lines = String::from_utf8_lossy(&said.out).into_owned();
        let mut lines = lines.lines();
        let (Some(top), Some(inside), true) = (lines.next(), lines.next(), said.is_well) else {
            let is_refused = said.complaint.contains("safe.directory");
            let error = CliError::could_not(format!("{} is no repository of git", folder.display()));
            return Err(if is_refused {
                error.hint(format!(
                    "git does not trust this folder: git config --global --add safe.directory {}",
                    folder.display()
                ))
            } else {
                error.hint(format!("make it one: git -C {0} init && git -C {0} remote add origin URL; or, without git: upwards send", folder.display()))
            });
        };
        if disk::true_path(Path::new(top)) != disk::true_path(folder) {
            return Err(
                CliError::could_not(format!("this workspace is a part of the repository {top}"))
                    .hint("sync needs a workspace with a repository of its own"),
            );
        }
        if let Some(left) = UNFINISHED
            .iter()
            .find(|name| matches!(disk::kind(&Path::new(inside).join(name)), Ok(Some(_))))
        {
            return Err(CliError::could_not(format!(
                "somebody's merge or rebase is not finished here ({left})"
            ))
            .hint("finish it or give it up: git merge --abort, git rebase --abort"));
        }
        let name = here(folder, &["symbolic-ref", "--quiet", "HEAD"], b"")?;
        let name = name.map(|name| String::from_utf8_lossy(&name).trim().to_owned());
        let branch = name.as_deref().and_then(|name| name.strip_prefix("refs/heads/"));
        let branch = branch
            .ok_or_else(|| CliError::could_not("no branch is checked out here").hint("git switch main"))?;
        Ok(Self {
            folder: folder.to_owned(),
            branch: branch.to_owned(),
        })
    }

    /// The newest commit of the branch; none in a new repository.
    pub(crate) fn head(&self) -> Result<Option<Commit>> {
        self.commit_of(&format!("refs/heads/{}", self.branch))
    }

    /// The commit that a full name of a reference stands for.
    pub(super) fn commit_of(&self, name: &str) -> Result<Option<Commit>> {
        let wanted = format!("{name}^{{commit}}");
        let words = ["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted];
        Ok(here(&self.folder, &words, b"")?.map(|out| line_of(&out)))
    }

    /// All files of a commit.
    pub(crate) fn listing(&self, commit: &str) -> Result<BTreeMap<String, Entry>> {
        let out = self.must(&["ls-tree", "-r", "-z", "--full-tree", commit], b"")?;
        let entries = out.split(|byte| *byte == 0).filter(|entry| !entry.is_empty());
        let entries = entries.filter_map(|entry| {
            let entry = String::from_utf8_lossy(entry);
            let (facts, path) = entry.split_once('\t')?;
            let [mode, _, object] = facts.split(' ').collect::<Vec<_>>()[..] else {
                return None;
            };
            Some((
                path.to_owned(),
                Entry {
                    mode: mode.to_owned(),
                    object: object.to_owned(),
                },
            ))
        });
        Ok(entries.collect())
    }

    /// What differs between two commits, path by path: nothing is taken for a renamed or copied other.
    pub(crate) fn changes(&self, old: &str, new: &str) -> Result<Vec<Change>> {
        let words = [
            "diff-tree",
            "-r",
            "-z",
            "--raw",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            old,
            new,
        ];
        changes(&self.must(&words, b"")?)
    }

    /// The last commit that both have in their past.
    pub(crate) fn shared(&self, one: &str, other: &str) -> Result<Option<Commit>> {
        Ok(here(&self.folder, &["merge-base", one, other], b"")?.map(|out| line_of(&out)))
    }

    /// How large contents are, in bytes.
    pub(crate) fn sizes(&self, objects: &[&str]) -> Result<Vec<u64>> {
        let out = self.must(
            &["cat-file", "--batch-check=%(objectsize)"],
            lines_of(objects).as_bytes(),
        )?;
        let sizes = String::from_utf8_lossy(&out);
        let sizes: Vec<u64> = sizes
            .lines()
            .filter_map(|line| line.trim().parse().ok())
            .collect();
        if sizes.len() == objects.len() {
            Ok(sizes)
        } else {
            Err(missing())
        }
    }

    /// Contents, in the order in which they are asked for.
    pub(crate) fn contents(&self, objects: &[&str]) -> Result<Vec<Vec<u8>>> {
        if objects.is_empty() {
            return Ok(Vec::new());
        }
        let out = self.must(&["cat-file", "--batch"], lines_of(objects).as_bytes())?;
        let mut rest: &[u8] = &out;
        let mut contents = Vec::with_capacity(objects.len());
        for _ in objects {
            let (bytes, behind) = super::past::next(rest).ok_or_else(missing)?;
            contents.push(bytes.to_vec());
            rest = behind;
        }
        Ok(contents)
    }

    /// Git's names for what files hold, byte for byte, by their paths from the top folder.
    pub(crate) fn objects_of(&self, paths: &[&str]) -> Result<Vec<String>> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let out = self.must(
            &["hash-object", "--no-filters", "--stdin-paths"],
            lines_of(paths).as_bytes(),
        )?;
        let names: Vec<String> = String::from_utf8_lossy(&out).lines().map(str::to_owned).collect();
        if names.len() == paths.len() {
            Ok(names)
        } else {
            Err(CliError::could_not("a file changed while it was read").hint("again: upwards sync"))
        }
    }

    /// Makes a commit on top of others, with other contents at some paths (`None`: nothing there); no branch moves. It carries a
    /// day and no hour.
    pub(crate) fn commit(
        &self,
        parents: &[&str],
        contents: &BTreeMap<String, Option<&[u8]>>,
        who: (&str, &str),
        day: Date,
        message: &str,
    ) -> Result<Commit> {
        // What is left of an attempt that was stopped.
        here(&self.folder, &["update-ref", "-d", NEXT], b"")?;
        let mut input: Vec<u8> = Vec::new();
        let mut written: BTreeMap<&str, usize> = BTreeMap::new();
        for (path, content) in contents {
            if let Some(bytes) = content {
                let mark = written.len() + 2;
                written.insert(path, mark);
                input.extend_from_slice(format!("blob\nmark :{mark}\ndata {}\n", bytes.len()).as_bytes());
                input.extend_from_slice(bytes);
                input.push(b'\n');
            }
        }
        let plain = |text: &str| text.replace(['<', '>', '\n', '\r', '\0'], " ").trim().to_owned();
        let by = format!(
            "{} <{}> {} +0000",
            plain(who.0),
            plain(who.1),
            i64::from(day.days_since_epoch()).max(0) * 86_400
        );
        input.extend_from_slice(
            format!(
                "commit {NEXT}\nmark :1\nauthor {by}\ncommitter {by}\ndata {}\n{message}\n",
                message.len()
            )
            .as_bytes(),
        );
        for (at, parent) in parents.iter().enumerate() {
            let word = if at == 0 { "from" } else { "merge" };
            input.extend_from_slice(format!("{word} {parent}\n").as_bytes());
        }
        for (path, content) in contents {
            let path_said = quoted(path);
            let line = match content {
                Some(_) => format!("M 100644 :{} {path_said}\n", written[path.as_str()]),
                None => format!("D {path_said}\n"),
            };
            input.extend_from_slice(line.as_bytes());
        }
        input.extend_from_slice(b"\nget-mark :1\ndone\n");
        let out = self.must(&["fast-import", "--quiet", "--done", "--date-format=raw"], &input)?;
        let commit = line_of(&out);
        if commit.len() >= 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            Ok(commit)
        } else {
            Err(CliError::could_not("git made no commit"))
        }
    }

    /// Lets the branch stand for another commit, if it still stands for the one that was looked at.
    pub(crate) fn move_branch(&self, from: Option<&str>, to: &str) -> Result<()> {
        let name = format!("refs/heads/{}", self.branch);
        // Of a branch without a commit git is told so by zeros.
        let none = "0".repeat(to.len());
        let said = tell(
            &self.folder,
            &[
                "update-ref",
                "-m",
                "upwards sync",
                &name,
                to,
                from.unwrap_or(&none),
            ],
            b"",
        )?;
        if said.is_well {
            Ok(())
        } else {
            Err(
                CliError::could_not(format!("the branch {} moved meanwhile", self.branch))
                    .hint("is another git at work here? again: upwards sync"),
            )
        }
    }

    /// Tells git's index what a commit has, so that `git status` shows what is; only of paths that are `ours`. Derived: if it
    /// fails, nothing is lost.
    pub(crate) fn tell_index(&self, commit: &str, ours: impl Fn(&str) -> bool) -> Result<()> {
        let words = [
            "diff-index",
            "--cached",
            "-r",
            "-z",
            "--raw",
            "--no-renames",
            "--no-ext-diff",
            commit,
        ];
        let differing = changes(&self.must(&words, b"")?)?;
        let mut input = String::new();
        for change in differing.into_iter().filter(|change| ours(&change.path)) {
            // What the commit has is the old state of what differs from it.
            let (mode, object) = change
                .old
                .map_or(("0", "0".repeat(commit.len())), |entry| ("100644", entry.object));
            input.push_str(&format!("{mode} {object}\t{}\0", change.path));
        }
        if !input.is_empty() {
            let _ = here(
                &self.folder,
                &["update-index", "-z", "--index-info"],
                input.as_bytes(),
            );
        }
        let _ = here(&self.folder, &["update-index", "-q", "--refresh"], b"");
        Ok(())
    }

    pub(super) fn must(&self, words: &[&str], input: &[u8]) -> Result<Vec<u8>> {
        let said = tell(&self.folder, words, input)?;
        if said.is_well {
            Ok(said.out)
        } else {
            {
                let why = said.complaint.lines().last().unwrap_or_default();
                Err(CliError::could_not(format!("git {} went wrong: {why}", words[0]))
                    .hint("git fsck says whether the repository is whole"))
            }
        }
    }
}

/// Raw differences, each `:MODE MODE OBJECT OBJECT LETTER`, NUL, path, NUL.
fn changes(out: &[u8]) -> Result<Vec<Change>> {
    let mut parts = out.split(|byte| *byte == 0);
    let mut changes = Vec::new();
    while let (Some(facts), Some(path)) = (parts.next(), parts.next()) {
        let facts = String::from_utf8_lossy(facts);
        let facts: Vec<&str> = facts.trim_start_matches(':').split(' ').collect();
        let [old_mode, new_mode, old, new, _] = facts[..] else {
            return Err(CliError::could_not(
                "git listed changes in a form that is not known",
            ));
        };
        let entry = |mode: &str, object: &str| {
            (mode != "000000").then(|| Entry {
                mode: mode.to_owned(),
                object: object.to_owned(),
            })
        };
        changes.push(Change {
            path: String::from_utf8_lossy(path).into_owned(),
            old: entry(old_mode, old),
            new: entry(new_mode, new),
        });
    }
    Ok(changes)
}

fn missing() -> CliError {
    CliError::could_not("git lacks something that a commit names")
        .hint("git fsck says what is wrong; a copy that is whole: git clone")
}

fn line_of(out: &[u8]) -> String {
    String::from_utf8_lossy(out)
        .lines()
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn lines_of(all: &[&str]) -> String {
    all.iter().flat_map(|one| [*one, "\n"]).collect()
}

/// A path as fast-import takes it, whatever characters it has.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}
