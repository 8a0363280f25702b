//! One file of a workspace in three states: the last that both sides had, ours and theirs.

use std::collections::BTreeSet;

use super::lines::{MergedLog, Writer, merge_log};
use super::paths::Part;
use crate::base::id::PersonId;
use crate::base::time::Date;
use crate::files::{Clash, Decide, Side, merge_erased, merge_people};

/// The three states of a file; `None`: it is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct States<'a> {
    /// The last that both sides had.
    pub base: Option<&'a [u8]>,
    /// Ours.
    pub ours: Option<&'a [u8]>,
    /// Theirs.
    pub theirs: Option<&'a [u8]>,
}

/// What holds for all files of a merge.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// Who was erased, on either side.
    pub erased: &'a BTreeSet<PersonId>,
    /// This device: nobody else writes its logs.
    pub device: &'a str,
    /// Lines left out on purpose are of days before this one.
    pub gone_before: Option<Date>,
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// Its bytes; `None`: it is not there any more.
    pub bytes: Option<Vec<u8>>,
    /// Of a log: what was united. Its bytes are those above.
    pub log: MergedLog,
    /// What both changed differently and nobody decided: ours stands.
    pub clashes: Vec<Clash>,
}

/// Puts the states of a file together. `decide` says whose version is taken of what both changed differently, which is named
/// as `ana.unit`, or by nothing for a whole file. `Err`: why it cannot be done.
pub fn merge_file(
    path: &str,
    part: &Part,
    states: States<'_>,
    decide: Decide<'_>,
    terms: &Terms<'_>,
) -> Result<Merged, String> {
    let bytes = |bytes: Option<&[u8]>| Merged {
        bytes: bytes.map(<[u8]>::to_vec),
        ..Merged::default()
    };
    match part {
        Part::Log(person) if terms.erased.contains(person) => Ok(Merged::default()),
        Part::Log(_) | Part::TeamLog => Ok(logs(path, states, terms)),
        Part::People => people(states, decide, terms),
        Part::Erased => {
            let [ours, theirs] = [states.ours, states.theirs].map(text_of);
            let (ours, theirs) = (ours?, theirs?);
            let text = merge_erased(ours, theirs).map_err(|error| error.to_string())?;
            // Where theirs has all of ours, it is theirs, so that both end with one text.
            let is_all = merge_erased(theirs, ours).is_ok_and(|other| other == theirs);
            Ok(bytes(Some(if is_all { theirs } else { &text }.as_bytes())))
        }
        _ if states.ours == states.theirs || states.theirs == states.base => Ok(bytes(states.ours)),
        _ if states.ours == states.base => Ok(bytes(states.theirs)),
        // Given anew under another name each time: whoever took theirs back took this one back.
        Part::Items => Ok(bytes(
            states
                .ours
                .zip(states.theirs)
                .map(|(ours, theirs)| ours.max(theirs)),
        )),
        Part::Toml(_) | Part::Text => {
            let side = decide("");
            let mut merged = bytes(if side == Some(Side::Theirs) {
                states.theirs
            } else {
                states.ours
            });
            if side.is_none() {
                merged.clashes.push(Clash {
                    what: String::new(),
                    ours: text_of(states.ours)?.to_owned(),
                    theirs: text_of(states.theirs)?.to_owned(),
                });
            }
            Ok(merged)
        }
    }
}

fn logs(path: &str, states: States<'_>, terms: &Terms<'_>) -> Merged {
    let is_mine = path
        .rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".jsonl"))
        == Some(terms.device);
    let writer = if is_mine { Writer::Me } else { Writer::Other };
    let [base, ours, theirs] = [states.base, states.ours, states.theirs].map(Option::unwrap_or_default);
    let mut log = merge_log(base, ours, theirs, writer, terms.gone_before);
    let bytes = std::mem::take(&mut log.bytes);
    Merged {
        bytes: (!bytes.is_empty()).then_some(bytes),
        log,
        clashes: Vec::new(),
    }
}

fn people(states: States<'_>, decide: Decide<'_>, terms: &Terms<'_>) -> Result<Merged, String> {
    let States { base, ours, theirs } = states;
    // What one side alone changed is taken as it was written.
    let [base, ours, theirs] = match () {
        () if theirs == base || theirs == ours => [ours; 3],
        () if ours == base => [theirs; 3],
        () => [base, ours, theirs],
    }
    .map(text_of);
    let (text, clashes) =
        merge_people(base?, ours?, theirs?, decide, terms.erased).map_err(|error| error.to_string())?;
    Ok(Merged {
        bytes: Some(text.into_bytes()),
        log: MergedLog::default(),
        clashes,
    })
}

fn text_of(bytes: Option<&[u8]>) -> Result<&str, String> {
    std::str::from_utf8(bytes.unwrap_or_default()).map_err(|_| "it is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::part_of;

    fn merged(path: &str, [base, ours, theirs]: [Option<&str>; 3], keep: Option<Side>) -> Merged {
        let erased = BTreeSet::from(["sam".parse().unwrap()]);
        let terms = Terms {
            erased: &erased,
            device: "pc",
            gone_before: None,
        };
        let [base, ours, theirs] = [base, ours, theirs].map(|text| text.map(str::as_bytes));
        merge_file(
            path,
            &part_of(path).unwrap(),
            States { base, ours, theirs },
            &|_| keep,
            &terms,
        )
        .unwrap()
    }

    fn text(merged: &Merged) -> Option<&str> {
        merged
            .bytes
            .as_deref()
            .map(|bytes| std::str::from_utf8(bytes).unwrap())
    }

    #[test]
    fn what_one_side_changed_is_taken_and_what_both_changed_is_asked() {
        let path = "curricula/e/modules/serve.toml";
        for (states, expected) in [
            ([Some("a"), Some("a"), Some("b")], Some("b")),
            ([Some("a"), Some("b"), Some("a")], Some("b")),
            ([Some("a"), Some("b"), Some("b")], Some("b")),
            ([Some("a"), Some("a"), None], None),
            ([None, None, Some("b")], Some("b")),
        ] {
            let one = merged(path, states, None);
            assert_eq!((text(&one), one.clashes.len()), (expected, 0), "{states:?}");
        }
        for (states, ours, theirs) in [
            ([Some("a"), Some("b"), Some("c")], Some("b"), Some("c")),
            ([Some("a"), None, Some("c")], None, Some("c")),
            ([None, Some("b"), Some("c")], Some("b"), Some("c")),
        ] {
            let one = merged(path, states, None);
            assert_eq!((text(&one), one.clashes.len()), (ours, 1));
            assert_eq!(text(&merged(path, states, Some(Side::Theirs))), theirs);
        }
    }

    #[test]
    fn an_erased_persons_log_comes_back_from_nowhere() {
        let line = "{\"seq\":1}\n";
        let one = merged("progress/sam/x.jsonl", [None, None, Some(line)], None);
        assert_eq!(one, Merged::default());
        let one = merged("progress/ana/x.jsonl", [None, None, Some(line)], None);
        assert_eq!((text(&one), one.log.new_here), (Some(line), 1));
        // A log that one side no longer has stays: only who is erased goes.
        let one = merged("progress/ana/x.jsonl", [Some(line), Some(line), None], None);
        assert_eq!((text(&one), one.log.shortened_there), (Some(line), 1));
    }

    #[test]
    fn first_tries_that_were_taken_back_stay_away() {
        for states in [
            [Some("a"), None, Some("a")],
            [Some("a"), Some("a"), None],
            [Some("a"), Some("b"), None],
        ] {
            assert_eq!(text(&merged("items/x1.jsonl", states, None)), None);
        }
        assert_eq!(
            text(&merged("items/x1.jsonl", [None, Some("a"), Some("b")], None)),
            Some("b")
        );
        assert_eq!(
            text(&merged("items/x1.jsonl", [None, Some("b"), Some("a")], None)),
            Some("b")
        );
    }
}
