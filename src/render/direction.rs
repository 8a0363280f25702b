//! Which way a language is written.

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 5] = ["ar", "fa", "he", "ur", "yi"];

/// The attribute for a language that is written from right to left.
pub(super) fn direction(language: &str) -> &'static str {
    if RIGHT_TO_LEFT.contains(&language) {
        " dir=\"rtl\""
    } else {
        ""
    }
}
