//! The texts inside the program, sorted by path. A test compares them with the folders and prints the lines to paste.

/// A path in a tree and the text under it.
pub(super) type Text = (&'static str, &'static str);

#[rustfmt::skip]
pub(super) static CURRICULA: &[Text] = &[
];

#[rustfmt::skip]
pub(super) static DEMO: &[Text] = &[
];

#[rustfmt::skip]
pub(super) static DEMO_PRIVATE: &[Text] = &[
];
