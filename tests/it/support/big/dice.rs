//! Random numbers: `SplitMix64`, integers only, the same on every platform.

use std::ops::RangeInclusive;

/// What a person's numbers are for; each use has its own, so that making a journal changes no shared event.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    /// The workspace's own id.
    Workspace,
    /// The entry in the people file.
    Entry,
    /// The shared events.
    Life,
    /// What only the private journal holds.
    Journal,
}

/// One source of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The numbers of one person for one use.
    pub(crate) fn of(seed: u64, number: u32, stream: Stream) -> Self {
        let stream: u64 = match stream {
            Stream::Workspace => 1,
            Stream::Entry => 2,
            Stream::Life => 3,
            Stream::Journal => 4,
        };
        let seeded = Self(seed).next() ^ u64::from(number);
        Self(Self(seeded).next() ^ stream)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `below` - 1.
    pub(crate) fn below(&mut self, below: u32) -> u32 {
        let scaled = (self.next() >> 32) * u64::from(below);
        u32::try_from(scaled >> 32).unwrap_or(0)
    }

    /// A number of a range, both ends included.
    pub(crate) fn within(&mut self, range: RangeInclusive<u32>) -> u32 {
        let (first, last) = range.into_inner();
        first + self.below(last.saturating_sub(first) + 1)
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, of_hundred: u32) -> bool {
        self.below(100) < of_hundred
    }

    /// True in one of so many cases.
    pub(crate) fn one_in(&mut self, cases: u32) -> bool {
        self.below(cases) == 0
    }

    /// One of a list that is not empty.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let length = u32::try_from(list.len()).unwrap_or(u32::MAX);
        &list[self.below(length) as usize]
    }

    /// Four characters, as the end of a device's name has them.
    pub(crate) fn code(&mut self) -> String {
        (0..4)
            .map(|_| char::from(*self.pick(b"0123456789abcdefghijklmnopqrstuvwxyz")))
            .collect()
    }

    /// An event's id in the form of a uuid v4.
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        let high = (high & !0xf000) | 0x4000;
        let low = (low & !(0b11 << 62)) | (0b10 << 62);
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        )
    }
}
