//! How ready a person is, from evidence: integers only, the same on every platform, every number down to the event it
//! rests on. The model is `readiness.md`; nothing here reads a file, a clock or a private entry.

#![deny(clippy::float_arithmetic)]

mod assess;
mod capsule;
mod difference;
mod explain;
mod group;
mod guess;
mod known;
mod ladder;
mod limit;
mod memory;
mod natural;
mod overall;
mod rounds;
mod scale;
mod standing;
mod suppose;
mod trend;
mod way;

pub use assess::{
    Assessment, Behind, CapabilityAssessment, FADING_DAYS, Gates, Missed, OutdatedQuestion, Slot, Yardstick,
    assess,
};
pub use capsule::{capsules, unpublished};
pub use difference::{Change, ChangeKind, Difference, Glance, difference};
pub use explain::{
    Explanation, HandsOnGate, Held, KnowledgeGate, OpenSlots, PartLines, THIN_EVIDENCE, Until, explain,
};
pub use group::{CapabilityCoverage, Coverage};
pub use guess::{GuessChance, guess_chance, guess_chance_of};
pub use known::Known;
pub use ladder::{GATE_STEP, LADDER_STEPS, Ladder, Recall, is_due};
pub use limit::{Item, Limit, Remedy};
pub use memory::{Answer, Memory, Outdated, Remembered, remember};
pub use overall::{Limiting, Overall, OverallLimit};
pub use rounds::{Group, Rounds, Told};
pub use scale::{ByPart, Part, Scale};
pub use standing::{LIMIT_DAYS, Own};
pub use suppose::{entries_of, supposed};
pub use trend::{Outline, Trend};
pub use way::{Way, WayPart, WayPartKind};
