//! What would change in a text, line by line, in the form that `diff -u` and git have.

use similar::TextDiff;

/// The changed lines of a file with three lines around them; empty if nothing changes.
pub fn unified_diff(file: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let mut unified = diff.unified_diff();
    unified.context_radius(3).header(file, file).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_are_shown_with_their_neighbours() {
        let before = "a\nb\nc\nd\ne\nf\ng\nh\n";
        let shown = unified_diff("x.toml", before, &before.replace('e', "E"));
        assert_eq!(
            shown,
            "--- x.toml\n+++ x.toml\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n"
        );
        assert_eq!(unified_diff("x.toml", before, before), "");
    }
}
