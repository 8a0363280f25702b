//! What people wrote and what happened, as checked values. No file format, no serde, no clock.

pub mod capability;
pub mod case;
pub mod case_draft;
pub mod curriculum;
pub mod event;
pub mod first_try;
pub mod import;
pub mod person;
pub mod settings;
pub mod talks;
pub mod translatable;
pub mod workspace;
pub mod written;
