//! Names under which file-sync tools put a second version of a file beside the first: a conflict copy. The patterns are those
//! of the tools' own manuals and forums; a name is all they tell.

/// What a name says about a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The tools that name copies like this.
    pub tool: &'static str,
    /// The name of what was copied, without its ending.
    pub original: String,
    /// Whether nothing else has such a name. `ana (1)` or `ana-laptop` may be a name of its own: there what the file holds
    /// has to agree.
    pub is_sure: bool,
}

/// What a name without its ending says, if it is that of a copy; `is_there` = whether there is something of another name, with
/// the same ending.
pub fn copy_of(stem: &str, is_there: impl Fn(&str) -> bool) -> Option<Copied> {
    let copied = |tool, original: &str, is_sure| Copied {
        tool,
        original: original.trim_end().to_owned(),
        is_sure,
    };
    if let Some((tool, original)) = sure(stem) {
        return Some(copied(tool, original, true));
    }
    let (tool, original) = numbered(stem).or_else(|| of_computer(stem, &is_there))?;
    is_there(original.trim_end()).then(|| copied(tool, original, false))
}

/// Whether a name is one of those that programs give to files while they work.
pub fn is_temporary(name: &str) -> bool {
    let ends_so = || name.rsplit_once('.').is_some_and(|(_, ending)| ending == "tmp");
    name.starts_with("~$") || name.starts_with(".~lock") || ends_so()
}

/// The name of the file of which only a stand-in is here; what it holds lies with the sync tool.
pub fn placeholder_of(name: &str) -> Option<&str> {
    let icloud = name
        .strip_prefix('.')
        .and_then(|name| name.strip_suffix(".icloud"));
    icloud
        .or_else(|| name.strip_suffix(".nextcloud"))
        .or_else(|| name.strip_suffix(".owncloud"))
        .filter(|name| !name.is_empty())
}

/// Names that only sync tools give.
fn sure(stem: &str) -> Option<(&'static str, &str)> {
    // Letters of other scripts keep their length: places in both are the same.
    let lower = stem.to_ascii_lowercase();
    let before = |mark: &str| lower.find(mark).map(|at| &stem[..at]);
    if let Some(original) = before(".sync-conflict-") {
        return Some(("Syncthing", original));
    }
    if lower.contains("conflicted copy") {
        let at = lower.find("conflicted copy")?;
        let original = stem[..at].rfind('(').map_or(&stem[..at], |at| &stem[..at]);
        return Some(("Dropbox, ownCloud or Nextcloud", original));
    }
    if let Some(original) = before("(conflict") {
        return Some(("FileCloud", original));
    }
    if let Some(at) = lower.rfind(".conflict") {
        let number = &lower[at + ".conflict".len()..];
        return number
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| ("Resilio Sync", &stem[..at]));
    }
    if let Some(original) = before("_conflict-") {
        return Some(("Nextcloud", original));
    }
    // `name_PC_Jan-03-0901-2013_CaseConflict_1`: computer and day stand in front of the word.
    let at = lower
        .rfind("_caseconflict")
        .or_else(|| lower.rfind("_conflict"))?;
    let original = stem[..at].rsplitn(3, '_').nth(2)?;
    Some(("Synology Drive", original))
}

/// `name (1)`, `name 2`, `name - Copy`.
fn numbered(stem: &str) -> Option<(&'static str, &str)> {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((original, inside)) = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('(')) {
        return number(inside).then_some(("Google Drive or a browser", original));
    }
    if let Some(original) = stem
        .strip_suffix(" - Copy")
        .or_else(|| stem.strip_suffix(" copy"))
    {
        return Some(("a file manager", original));
    }
    let (original, last) = stem.rsplit_once(' ')?;
    number(last).then_some(("iCloud Drive", original))
}

/// `name-COMPUTER`, of the longest name that is there.
fn of_computer(stem: &str, is_there: impl Fn(&str) -> bool) -> Option<(&'static str, &str)> {
    let hyphens = stem.rmatch_indices('-').map(|(at, _)| at);
    let original = hyphens
        .map(|at| &stem[..at])
        .find(|original| is_there(original))?;
    Some(("OneDrive", original))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tool_is_known_by_its_names() {
        for (name, tool) in [
            ("ana-pc.sync-conflict-20260316-101112-ABC7DEF", "Syncthing"),
            (
                "ana-pc (conflicted copy 2025-04-10 093612)",
                "Dropbox, ownCloud or Nextcloud",
            ),
            (
                "ana-pc (Ana's conflicted copy 2026-03-16)",
                "Dropbox, ownCloud or Nextcloud",
            ),
            ("ana-pc_conflict-20260316-101112", "Nextcloud"),
            ("ana-pc_MAYA_Jan-03-0901-2013_CaseConflict_1", "Synology Drive"),
            ("ana-pc_MAYA_Jan-03-0901-2013_Conflict", "Synology Drive"),
            ("ana-pc.Conflict", "Resilio Sync"),
            ("ana-pc.Conflict1", "Resilio Sync"),
            ("ana-pc(Conflict_ana_2026-03-16)", "FileCloud"),
            ("ana-pc-DESKTOP-7Q2", "OneDrive"),
            ("ana-pc (1)", "Google Drive or a browser"),
            ("ana-pc(2)", "Google Drive or a browser"),
            ("ana-pc 2", "iCloud Drive"),
            ("ana-pc - Copy", "a file manager"),
        ] {
            let copied = copy_of(name, |stem| stem == "ana-pc").unwrap_or_else(|| panic!("{name}"));
            assert_eq!(
                (copied.tool, copied.original.as_str()),
                (tool, "ana-pc"),
                "{name}"
            );
        }
    }

    #[test]
    fn a_name_of_its_own_is_none_of_a_copy() {
        for name in [
            "ana-pc",
            "ana-pc-7k2p",
            "notes 2",
            "conflict",
            "serve (old)",
            "a_conflict",
            "(1)",
            "",
        ] {
            assert_eq!(copy_of(name, |stem| stem == "ana"), expected(name), "{name}");
        }
        fn expected(name: &str) -> Option<Copied> {
            // Whoever asks has to look into these.
            let original = "ana".to_owned();
            name.starts_with("ana-").then_some(Copied {
                tool: "OneDrive",
                original,
                is_sure: false,
            })
        }
    }

    #[test]
    fn stand_ins_and_files_at_work_are_told_apart() {
        assert_eq!(placeholder_of(".ana-pc.jsonl.icloud"), Some("ana-pc.jsonl"));
        assert_eq!(placeholder_of("people.toml.nextcloud"), Some("people.toml"));
        assert_eq!(placeholder_of("ana-pc.jsonl"), None);
        assert_eq!(placeholder_of(".icloud"), None);
        assert!(is_temporary("~$people.toml") && is_temporary(".~lock.people.toml#"));
        assert!(is_temporary("x.tmp") && !is_temporary("ana-pc.jsonl"));
    }
}
