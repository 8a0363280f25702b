//! Standard input that Ctrl-C ends: a read that waits is started again by the system, so it waits in a thread.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

static STOPPED: AtomicBool = AtomicBool::new(false);

/// Makes the read that waits, or the next one, end as stopped: for the handler of Ctrl-C.
pub(crate) fn stop() {
    STOPPED.store(true, Ordering::SeqCst);
}

/// Forgets a Ctrl-C that was meant for another program on this terminal.
pub(super) fn go_on() {
    STOPPED.store(false, Ordering::SeqCst);
}

/// Whether Ctrl-C came.
pub(crate) fn was_stopped() -> bool {
    STOPPED.load(Ordering::SeqCst)
}

/// Whether a read failed because of Ctrl-C.
pub(super) fn is_stop(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(<dyn std::error::Error + Send + Sync>::is::<Stop>)
}

#[derive(Debug)]
struct Stop;

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("stopped")
    }
}

impl std::error::Error for Stop {}

/// Standard input, until Ctrl-C.
pub(crate) struct StoppableInput;

impl Read for StoppableInput {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        /// How long Ctrl-C may take to be noticed.
        const LOOK: Duration = Duration::from_millis(30);
        let most = buffer.len();
        let (sender, receiver) = mpsc::channel();
        // After a stop the thread goes on waiting; it ends with the program, which nothing is asked in any more.
        std::thread::spawn(move || {
            let mut bytes = vec![0; most];
            let read = io::stdin().lock().read(&mut bytes);
            let _ = sender.send(read.map(|n| {
                bytes.truncate(n);
                bytes
            }));
        });
        loop {
            if was_stopped() {
                return Err(io::Error::other(Stop));
            }
            match receiver.recv_timeout(LOOK) {
                Ok(read) => {
                    let bytes = read?;
                    let into = buffer.get_mut(..bytes.len()).unwrap_or_default();
                    into.copy_from_slice(&bytes);
                    return Ok(bytes.len());
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            }
        }
    }
}

/// Everything there is, and one byte more than `most` if there is more than that; `None` = Ctrl-C.
pub(crate) fn read_all(input: StoppableInput, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    match input.take(most.saturating_add(1)).read_to_end(&mut bytes) {
        Err(error) if is_stop(&error) => Ok(None),
        Err(error) => Err(error),
        Ok(_) => Ok((!was_stopped()).then_some(bytes)),
    }
}
