//! Every rule in one table: its code, the word `--only` takes, how bad it is, why it is there, and an example of the
//! fault and of its repair. A test breaks and repairs each of them.

use super::rules_of_content::CONTENT;
use super::rules_of_form::FORM;
use super::rules_of_logs::LOGS;
use crate::base::diag::Severity;

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its code, never used again for something else.
    pub code: &'static str,
    /// The check it belongs to, one word.
    pub name: &'static str,
    /// How bad a finding is.
    pub severity: Severity,
    /// What it finds.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// The fault and its repair.
    pub example: Example,
}

/// A fault as it stands in a file, and its repair.
#[derive(Debug)]
pub struct Example {
    /// A file that could hold it.
    pub file: &'static str,
    /// The fault.
    pub broken: &'static str,
    /// The part of it that a finding points at; empty for the file as a whole.
    pub at: &'static str,
    /// The same without the fault.
    pub repaired: &'static str,
}

/// All rules, sorted by code.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FORM.iter().chain(CONTENT).chain(LOGS)
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}

/// A rule whose findings are errors.
pub(super) const fn error(
    code: &'static str,
    name: &'static str,
    what: &'static str,
    why: &'static str,
    example: Example,
) -> Rule {
    Rule {
        code,
        name,
        severity: Severity::Error,
        what,
        why,
        example,
    }
}

/// A rule whose findings are warnings.
pub(super) const fn warning(
    code: &'static str,
    name: &'static str,
    what: &'static str,
    why: &'static str,
    example: Example,
) -> Rule {
    Rule {
        severity: Severity::Warning,
        ..error(code, name, what, why, example)
    }
}

/// A rule whose findings are notes.
pub(super) const fn note(
    code: &'static str,
    name: &'static str,
    what: &'static str,
    why: &'static str,
    example: Example,
) -> Rule {
    Rule {
        severity: Severity::Note,
        ..error(code, name, what, why, example)
    }
}

/// An example of a fault at `at`, and its repair.
pub(super) const fn example(
    file: &'static str,
    broken: &'static str,
    at: &'static str,
    repaired: &'static str,
) -> Example {
    Example {
        file,
        broken,
        at,
        repaired,
    }
}

/// The files that examples stand in.
pub(super) const SETTINGS: &str = "upwards.toml";
pub(super) const PEOPLE: &str = "people.toml";
pub(super) const TEXTS: &str = "texts/da.toml";
pub(super) const CURRICULUM: &str = "curricula/service/curriculum.toml";
pub(super) const MODULE: &str = "curricula/service/modules/answer-in-public.toml";
pub(super) const RULES: &str = "curricula/service/modules/rules-and-roles.toml";
pub(super) const CASE: &str = "curricula/service/cases/klm-social-service.toml";
pub(super) const TRANSLATION: &str = "curricula/service/translations/da/curriculum.toml";
