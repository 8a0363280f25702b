//! Integer division with stated rounding.

/// Splits `total` into shares by cumulative floor, so that they add up to exactly `total`
/// (`readiness.md` §2.3): share i = floor(total·(p1+…+pi)/P) − floor(total·(p1+…+p(i−1))/P).
/// All parts zero: all shares zero.
pub fn split(total: i64, parts: &[i64]) -> Vec<i64> {
    let whole: i64 = parts.iter().sum();
    if whole == 0 {
        return vec![0; parts.len()];
    }
    let (mut sum, mut before) = (0, 0);
    parts
        .iter()
        .map(|part| {
            sum += part;
            let upto = total * sum / whole;
            let share = upto - before;
            before = upto;
            share
        })
        .collect()
}

/// The i-th of `slots` equal shares of `total`, without building the list.
pub fn share(total: i64, slots: i64, i: i64) -> i64 {
    total * (i + 1) / slots - total * i / slots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_exactly() {
        assert_eq!(split(1000, &[40, 40, 20]), [400, 400, 200]);
        assert_eq!(split(1000, &[40, 0, 20]), [666, 0, 334]);
        assert_eq!(split(100, &[1, 1, 1, 1]), [25; 4]);
        assert_eq!(split(1000, &[0, 0, 0]), [0; 3]);
        for slots in 1..=20 {
            let all = split(400, &vec![1; slots]);
            assert_eq!(all.iter().sum::<i64>(), 400);
            let slots = i64::try_from(slots).unwrap();
            assert!((0..slots).zip(&all).all(|(i, s)| share(400, slots, i) == *s));
        }
    }
}
