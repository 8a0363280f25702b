//! What statements name things by: all of it follows from the workspace and the event, so that every device makes the same.

use uuid::Uuid;

use crate::base::id::{EventId, WorkspaceId, check_slug};

/// The names of one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    namespace: Uuid,
    base: String,
}

impl Names {
    /// Of a workspace; `base` is `[xapi] base` of its settings, without it `urn:upwards:<workspace>:`. `None`: with that
    /// base no id would be an IRI.
    pub fn new(workspace: &WorkspaceId, base: Option<&str>) -> Option<Self> {
        let urn = format!("urn:upwards:{workspace}");
        let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, urn.as_bytes());
        let base = base.map_or_else(|| format!("{urn}:"), with_end);
        let fits = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c);
        base.chars().all(fits).then_some(Self { namespace, base })
    }

    /// Start of every object id, and the home page of every account.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Id of the statement of an event: UUIDv5 of the event's id.
    pub fn statement(&self, event: EventId) -> String {
        self.hashed(&event.to_string())
    }

    /// One person's way through one curriculum. It names no assignment, as an event names none: which one was open on a
    /// day may change with the next log that arrives, and a statement may not.
    pub(super) fn registration(&self, person: &str, curriculum: &str) -> String {
        self.hashed(&format!("{person}|{curriculum}"))
    }

    /// A talk. Its name in logs may hold people's ids, and nobody's id belongs into somebody else's statement.
    pub(super) fn meeting(&self, meeting: &str) -> String {
        format!(
            "{}meeting/{}",
            self.base,
            self.hashed(&format!("meeting|{meeting}"))
        )
    }

    /// A curriculum; `None`: a log says something that is no id.
    pub(super) fn curriculum(&self, curriculum: &str) -> Option<String> {
        check_slug(curriculum).ok()?;
        Some(format!("{}{curriculum}", self.base))
    }

    /// A module of a curriculum and a step of it.
    pub(super) fn step(&self, curriculum: &str, step: &str) -> Option<(String, String)> {
        let (module, name) = step.split_once('.')?;
        check_slug(module).ok()?;
        check_slug(name).ok()?;
        let module = format!("{}/{module}", self.curriculum(curriculum)?);
        let step = format!("{module}/{name}");
        Some((module, step))
    }

    fn hashed(&self, text: &str) -> String {
        let id = Uuid::new_v5(&self.namespace, text.as_bytes());
        id.hyphenated().to_string()
    }
}

/// A base that ends where a name can follow.
fn with_end(base: &str) -> String {
    let ends = base.ends_with(['/', ':', '#', '=']);
    format!("{base}{}", if ends { "" } else { "/" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(base: Option<&str>) -> Names {
        Names::new(&"halden-3f9c".parse().unwrap(), base).unwrap()
    }

    fn event() -> EventId {
        "71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101".parse().unwrap()
    }

    /// Written down: another id for the same event would be a second statement in every store.
    #[test]
    fn ids_never_change() {
        let names = names(None);
        assert_eq!(names.statement(event()), "c5fe7ada-172a-51da-98c9-763da8ce96a5");
        assert_eq!(
            names.registration("ana", "efficiency"),
            "d6dd991e-dbad-55ba-9d0e-3b655022c4ea"
        );
        assert_eq!(
            names.meeting("2026-02-26:ana+bo"),
            "urn:upwards:halden-3f9c:meeting/e47b1ee3-ebe1-515f-8ddb-83fa2342ecf2"
        );
    }

    #[test]
    fn ids_of_statements_are_of_version_5_and_of_the_workspace() {
        let here = names(None).statement(event());
        assert_eq!(here.as_bytes()[14], b'5');
        assert_eq!(names(Some("https://learn.example/")).statement(event()), here);
        let elsewhere = Names::new(&"other-0000".parse().unwrap(), None).unwrap();
        assert_ne!(elsewhere.statement(event()), here);
    }

    #[test]
    fn a_base_that_makes_no_iri_is_none() {
        for base in ["https://learn example/", "https://learn.example/<x>", "urn:a\"b"] {
            assert_eq!(
                Names::new(&"halden-3f9c".parse().unwrap(), Some(base)),
                None,
                "{base}"
            );
        }
    }

    #[test]
    fn objects_stand_below_the_base() {
        let urn = names(None);
        assert_eq!(
            urn.step("efficiency", "serve.klm"),
            Some((
                "urn:upwards:halden-3f9c:efficiency/serve".to_owned(),
                "urn:upwards:halden-3f9c:efficiency/serve/klm".to_owned()
            ))
        );
        for base in ["https://learn.example", "https://learn.example/"] {
            assert_eq!(
                names(Some(base)).curriculum("efficiency").as_deref(),
                Some("https://learn.example/efficiency")
            );
        }
        for (curriculum, step) in [
            ("effi ciency", "a.b"),
            ("efficiency", "a"),
            ("efficiency", "a.b.c"),
            ("efficiency", "a.b c"),
            ("efficiency", "a./../b"),
        ] {
            assert_eq!(urn.step(curriculum, step), None, "{curriculum} {step}");
        }
    }
}
