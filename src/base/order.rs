//! Orders that look like chance and are the same everywhere.

/// A small generator for orders: the same seed and name give the same order everywhere (splitmix64).
pub fn shuffled<T>(items: Vec<T>, seed: u64, name: &str) -> Vec<T> {
    let mut state = name.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let mut keyed: Vec<(u64, T)> = items.into_iter().map(|item| (next(), item)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_depends_on_seed_and_name_only() {
        let items: Vec<u32> = (0..10).collect();
        assert_eq!(shuffled(items.clone(), 7, "a"), shuffled(items.clone(), 7, "a"));
        assert_ne!(shuffled(items.clone(), 7, "a"), shuffled(items.clone(), 8, "a"));
        let mut same = shuffled(items.clone(), 7, "b");
        same.sort_unstable();
        assert_eq!(same, items);
    }
}
