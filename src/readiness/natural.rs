//! Whole numbers of any size, as far as the guess check needs them: exact fractions grow beyond 128 bits.

use std::cmp::Ordering;
use std::fmt;

/// A whole number, 0 or more: digits to the base 2^32, the lowest first, no zero in front.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Natural(Vec<u32>);

impl Natural {
    /// A small number.
    pub(super) fn of(number: u32) -> Self {
        Self::trimmed(vec![number])
    }

    /// The sum of both.
    pub(super) fn plus(&self, other: &Self) -> Self {
        let mut carry = 0;
        let longer = self.0.len().max(other.0.len());
        let mut digits: Vec<u32> = (0..longer)
            .map(|place| {
                let sum = carry + digit(&self.0, place) + digit(&other.0, place);
                carry = sum >> 32;
                low(sum)
            })
            .collect();
        digits.push(low(carry));
        Self::trimmed(digits)
    }

    /// So many times itself.
    pub(super) fn times(&self, factor: u32) -> Self {
        let mut carry = 0;
        let mut digits: Vec<u32> = self
            .0
            .iter()
            .map(|digit| {
                let product = u64::from(*digit) * u64::from(factor) + carry;
                carry = product >> 32;
                low(product)
            })
            .collect();
        digits.push(low(carry));
        Self::trimmed(digits)
    }

    /// The whole part of its division by a small number other than 0, and the rest.
    pub(super) fn divided(&self, divisor: u32) -> (Self, u32) {
        let mut rest = 0;
        let mut digits = self.0.clone();
        for digit in digits.iter_mut().rev() {
            let part = (rest << 32) | u64::from(*digit);
            *digit = low(part / u64::from(divisor));
            rest = part % u64::from(divisor);
        }
        (Self::trimmed(digits), low(rest))
    }

    fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    fn trimmed(mut digits: Vec<u32>) -> Self {
        while digits.last() == Some(&0) {
            digits.pop();
        }
        Self(digits)
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let digits = self.0.iter().rev().cmp(other.0.iter().rev());
        self.0.len().cmp(&other.0.len()).then(digits)
    }
}

impl fmt::Display for Natural {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Decimal digits printed at once.
        const GROUP: u32 = 1_000_000_000;
        let (mut left, first) = self.divided(GROUP);
        let mut groups = vec![first];
        while !left.is_zero() {
            let (rest, group) = left.divided(GROUP);
            groups.push(group);
            left = rest;
        }
        let mut groups = groups.iter().rev();
        write!(f, "{}", groups.next().unwrap_or(&0))?;
        groups.try_for_each(|group| write!(f, "{group:09}"))
    }
}

fn digit(digits: &[u32], place: usize) -> u64 {
    digits.get(place).copied().map_or(0, u64::from)
}

fn low(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_beyond_128_bits() {
        let mut power = Natural::of(1);
        for _ in 0..160 {
            power = power.times(2);
        }
        assert_eq!(
            power.to_string(),
            "1461501637330902918203684832716283019655932542976"
        );
        let (half, rest) = power.divided(2);
        assert_eq!((half.plus(&half), rest), (power.clone(), 0));
        assert_eq!(power.plus(&Natural::of(1)).divided(2), (half.clone(), 1));
        assert!(half < power && Natural::of(3) > Natural::of(2));
    }

    #[test]
    fn small_numbers_print_as_they_are() {
        for (number, text) in [
            (0, "0"),
            (7, "7"),
            (1_000_000_000, "1000000000"),
            (u32::MAX, "4294967295"),
        ] {
            assert_eq!(Natural::of(number).to_string(), text);
        }
        assert_eq!(Natural::of(0).times(5), Natural::of(0));
    }
}
