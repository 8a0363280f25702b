//! Equal work for many items on as many threads as pay.

use std::num::NonZero;

/// The same for each item, in order, on as many threads as pay; `worth_it` = from so many items on another one does.
pub(crate) fn on_threads<T: Sync, R: Send>(
    items: &[T],
    worth_it: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = std::thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(8);
    if items.len() < worth_it || threads < 2 {
        return items.iter().map(work).collect();
    }
    let work = &work;
    std::thread::scope(|scope| {
        let parts: Vec<_> = items
            .chunks(items.len().div_ceil(threads))
            .map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| {
                part.join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}
