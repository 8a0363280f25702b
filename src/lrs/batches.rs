//! How many statements go at once.

use std::iter::Peekable;

use crate::interop::Statement;

/// Statements in one request at most.
pub(super) const MOST: usize = 250;
/// Bytes of one request at most: stores refuse a megabyte and more.
pub(super) const MOST_BYTES: usize = 900_000;

/// The first statements that go together, taken out of what is left; empty = nothing is left.
pub(super) fn next(left: &mut Peekable<impl Iterator<Item = Statement>>) -> Vec<Statement> {
    let (mut batch, mut bytes) = (Vec::new(), 1);
    loop {
        let room = MOST_BYTES.saturating_sub(bytes);
        let fits = |one: &Statement| batch.is_empty() || (batch.len() < MOST && one.json.len() < room);
        let Some(one) = left.next_if(fits) else {
            return batch;
        };
        bytes += one.json.len() + 1;
        batch.push(one);
    }
}

/// The body of a request: an array, each statement with the very bytes that it always has.
pub(super) fn body(batch: &[Statement]) -> String {
    let texts: Vec<&str> = batch.iter().map(|one| one.json.as_str()).collect();
    format!("[{}]", texts.join(","))
}
