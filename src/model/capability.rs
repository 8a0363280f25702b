//! A capability: what an executive becomes ready in.

use crate::base::id::{CapabilityId, Slug};

/// One capability of a curriculum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capability {
    /// Never renamed: evidence names it.
    pub id: CapabilityId,
    /// The name on screens.
    pub name: String,
    /// One line on what it is about.
    pub what: String,
    /// The behaviour its author means by Ready; begins with "can".
    pub ready_means: String,
    /// Heading of the efficiency ledger under which its measures stand.
    pub function: Option<Slug>,
    /// Weight in the overall number, 1 to 100.
    pub weight: u32,
    /// Whether overall Ready needs it.
    pub core: bool,
    /// Overrides `[readiness] knowledge_needed`, 0 to 20 questions.
    pub knowledge_needed: Option<u32>,
    /// Overrides `[readiness] hands_on_needed`, 1 to 10 practices.
    pub hands_on_needed: Option<u32>,
    /// Overrides `[readiness] dialogue_needed`, 0 to 10 talks.
    pub dialogue_needed: Option<u32>,
}
