//! Equal work for many items on as many threads as pay, and two things at once.

use std::num::NonZero;

/// The same for each item, in order, on as many threads as pay; `worth_it` = from so many items on another one does.
pub fn on_threads<T: Sync, R: Send>(items: &[T], worth_it: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(8);
    if items.len() < worth_it || threads < 2 {
        return items.iter().map(work).collect();
    }
    let work = &work;
    let (own, others) = items.split_at(items.len().div_ceil(threads));
    std::thread::scope(|scope| {
        let others: Vec<_> = others
            .chunks(own.len())
            .map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>()))
            .collect();
        // This thread waits for the others anyway.
        let mut done: Vec<R> = own.iter().map(work).collect();
        for part in others {
            let part = part.join();
            done.extend(part.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    })
}

/// Two things: at once, if that is worth a thread; else one after the other.
pub fn both<A, B: Send>(worth_it: bool, one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    if !worth_it {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        let other = other.join();
        (
            one,
            other.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        )
    })
}
