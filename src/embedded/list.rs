//! The texts inside the program, sorted by path. A test compares them with the folders and prints the lines to paste.

/// A path in a tree and the text under it.
pub(super) type Text = (&'static str, &'static str);

#[rustfmt::skip]
pub(super) static CURRICULA: &[Text] = &[
    ("curricula/efficiency/cases/a1-austria-community.toml", include_str!("../../curricula/efficiency/cases/a1-austria-community.toml")),
    ("curricula/efficiency/cases/bt-care.toml", include_str!("../../curricula/efficiency/cases/bt-care.toml")),
    ("curricula/efficiency/cases/cisco-asr-launch.toml", include_str!("../../curricula/efficiency/cases/cisco-asr-launch.toml")),
    ("curricula/efficiency/cases/cisco-i-prize.toml", include_str!("../../curricula/efficiency/cases/cisco-i-prize.toml")),
    ("curricula/efficiency/cases/dell-outlet-twitter.toml", include_str!("../../curricula/efficiency/cases/dell-outlet-twitter.toml")),
    ("curricula/efficiency/cases/giffgaff-member-support.toml", include_str!("../../curricula/efficiency/cases/giffgaff-member-support.toml")),
    ("curricula/efficiency/cases/hartford-reverse-mentoring.toml", include_str!("../../curricula/efficiency/cases/hartford-reverse-mentoring.toml")),
    ("curricula/efficiency/cases/hmv-layoffs.toml", include_str!("../../curricula/efficiency/cases/hmv-layoffs.toml")),
    ("curricula/efficiency/cases/ibm-intel-guidelines.toml", include_str!("../../curricula/efficiency/cases/ibm-intel-guidelines.toml")),
    ("curricula/efficiency/cases/klm-social-service.toml", include_str!("../../curricula/efficiency/cases/klm-social-service.toml")),
    ("curricula/efficiency/cases/lego-ideas.toml", include_str!("../../curricula/efficiency/cases/lego-ideas.toml")),
    ("curricula/efficiency/cases/maersk-line-b2b.toml", include_str!("../../curricula/efficiency/cases/maersk-line-b2b.toml")),
    ("curricula/efficiency/cases/nestle-kitkat.toml", include_str!("../../curricula/efficiency/cases/nestle-kitkat.toml")),
    ("curricula/efficiency/cases/old-spice-responses.toml", include_str!("../../curricula/efficiency/cases/old-spice-responses.toml")),
    ("curricula/efficiency/cases/pg-connect-develop.toml", include_str!("../../curricula/efficiency/cases/pg-connect-develop.toml")),
    ("curricula/efficiency/cases/quirky-failure.toml", include_str!("../../curricula/efficiency/cases/quirky-failure.toml")),
    ("curricula/efficiency/curriculum.toml", include_str!("../../curricula/efficiency/curriculum.toml")),
    ("curricula/efficiency/modules/answer-in-public.toml", include_str!("../../curricula/efficiency/modules/answer-in-public.toml")),
    ("curricula/efficiency/modules/ask-outside.toml", include_str!("../../curricula/efficiency/modules/ask-outside.toml")),
    ("curricula/efficiency/modules/rules-and-roles.toml", include_str!("../../curricula/efficiency/modules/rules-and-roles.toml")),
    ("curricula/efficiency/modules/speak-to-your-market.toml", include_str!("../../curricula/efficiency/modules/speak-to-your-market.toml")),
    ("curricula/efficiency/translations/de/cases/hartford-reverse-mentoring.toml", include_str!("../../curricula/efficiency/translations/de/cases/hartford-reverse-mentoring.toml")),
    ("curricula/efficiency/translations/de/cases/hmv-layoffs.toml", include_str!("../../curricula/efficiency/translations/de/cases/hmv-layoffs.toml")),
    ("curricula/efficiency/translations/de/cases/ibm-intel-guidelines.toml", include_str!("../../curricula/efficiency/translations/de/cases/ibm-intel-guidelines.toml")),
    ("curricula/efficiency/translations/de/cases/nestle-kitkat.toml", include_str!("../../curricula/efficiency/translations/de/cases/nestle-kitkat.toml")),
    ("curricula/efficiency/translations/de/curriculum.toml", include_str!("../../curricula/efficiency/translations/de/curriculum.toml")),
    ("curricula/efficiency/translations/de/modules/rules-and-roles.toml", include_str!("../../curricula/efficiency/translations/de/modules/rules-and-roles.toml")),
];

#[rustfmt::skip]
pub(super) static DEMO: &[Text] = &[
    ("people.toml", include_str!("../../src/embedded/demo/people.toml")),
    ("progress/ana/ana-laptop-7k2p.jsonl", include_str!("../../src/embedded/demo/progress/ana/ana-laptop-7k2p.jsonl")),
    ("progress/ana/maya-pc-4c0w.jsonl", include_str!("../../src/embedded/demo/progress/ana/maya-pc-4c0w.jsonl")),
    ("progress/bo/bo-laptop-1x9d.jsonl", include_str!("../../src/embedded/demo/progress/bo/bo-laptop-1x9d.jsonl")),
    ("progress/bo/maya-pc-4c0w.jsonl", include_str!("../../src/embedded/demo/progress/bo/maya-pc-4c0w.jsonl")),
    ("progress/chen/chen-laptop-8m2w.jsonl", include_str!("../../src/embedded/demo/progress/chen/chen-laptop-8m2w.jsonl")),
    ("progress/chen/maya-pc-4c0w.jsonl", include_str!("../../src/embedded/demo/progress/chen/maya-pc-4c0w.jsonl")),
    ("progress/dana/dana-phone-q3xd.jsonl", include_str!("../../src/embedded/demo/progress/dana/dana-phone-q3xd.jsonl")),
    ("progress/dana/maya-pc-4c0w.jsonl", include_str!("../../src/embedded/demo/progress/dana/maya-pc-4c0w.jsonl")),
    ("progress/eli/eli-laptop-5r7d.jsonl", include_str!("../../src/embedded/demo/progress/eli/eli-laptop-5r7d.jsonl")),
    ("progress/eli/maya-pc-4c0w.jsonl", include_str!("../../src/embedded/demo/progress/eli/maya-pc-4c0w.jsonl")),
    ("progress/farah/maya-pc-4c0w.jsonl", include_str!("../../src/embedded/demo/progress/farah/maya-pc-4c0w.jsonl")),
    ("team/maya-pc-4c0w.jsonl", include_str!("../../src/embedded/demo/team/maya-pc-4c0w.jsonl")),
    ("upwards.toml", include_str!("../../src/embedded/demo/upwards.toml")),
];

#[rustfmt::skip]
pub(super) static DEMO_PRIVATE: &[Text] = &[
    ("private/ana/ana-laptop-7k2p.jsonl", include_str!("../../src/embedded/demo_private/private/ana/ana-laptop-7k2p.jsonl")),
    ("private/bo/bo-laptop-1x9d.jsonl", include_str!("../../src/embedded/demo_private/private/bo/bo-laptop-1x9d.jsonl")),
    ("private/chen/chen-laptop-8m2w.jsonl", include_str!("../../src/embedded/demo_private/private/chen/chen-laptop-8m2w.jsonl")),
    ("private/dana/dana-phone-q3xd.jsonl", include_str!("../../src/embedded/demo_private/private/dana/dana-phone-q3xd.jsonl")),
    ("private/eli/eli-laptop-5r7d.jsonl", include_str!("../../src/embedded/demo_private/private/eli/eli-laptop-5r7d.jsonl")),
];

#[rustfmt::skip]
pub(super) static TEXTS: &[Text] = &[
    ("texts/de.toml", include_str!("../../src/texts/de.toml")),
    ("texts/en.toml", include_str!("../../src/texts/en.toml")),
];
