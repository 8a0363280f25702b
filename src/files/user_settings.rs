//! `config.toml` of the user (`commands-and-screens.md` §4): how one person wants the program to behave on one computer.
//! No key of it changes a number.

use super::shape::{FORMAT, Form, Shape, optional, shape};
use super::single::check_text;
use crate::base::diag::Diagnostic;

/// What `config.toml` may hold.
pub static USER_SETTINGS: Shape = shape(
    "file config.toml",
    &[
        FORMAT,
        optional(
            "me",
            Form::Map {
                keys: &Form::Slug,
                values: &Form::Slug,
            },
            "workspace id = who you are there",
        ),
        optional("ui", Form::Table(&UI), "the screen"),
        optional("home", Form::Table(&HOME), "the screen of bare `upwards`"),
        optional("learn", Form::Table(&LEARN), "sittings"),
    ],
);

static UI: Shape = shape(
    "table [ui]",
    &[
        optional(
            "accessible",
            Form::YesNo,
            "numbered questions, no cursor movement; false",
        ),
        optional(
            "language",
            Form::Language,
            "of screens and content; the workspace's",
        ),
    ],
);

static HOME: Shape = shape(
    "table [home]",
    &[optional(
        "prompt",
        Form::YesNo,
        "one question below the home screen; true",
    )],
);

static LEARN: Shape = shape(
    "table [learn]",
    &[
        optional(
            "minutes",
            Form::Whole {
                least: 1,
                most: 24 * 60,
            },
            "of a sitting; 10",
        ),
        optional(
            "ask_confidence",
            Form::YesNo,
            "ask how sure you are after each answer; true",
        ),
    ],
);

/// All faults of form in the text of the file at `path`.
pub fn check_user_settings(path: &str, text: &str) -> Vec<Diagnostic> {
    check_text(path, text, &USER_SETTINGS)
}
