//! What the columns of the files mean that say who meets whom.

use super::documented::Documented;

/// Every kind.
pub(super) const PAIRS: [Documented; 7] = [
    Documented {
        command: "mentors match",
        schema: "upwards.mentor-match/1",
        rows: "a row a pair that is proposed, and a row for each who is left without",
        columns: &[
            ("person_id", "who learns"),
            ("person", "their name"),
            ("mentor_id", "the mentor; empty: left without"),
            ("mentor", "the mentor's name"),
            ("fit", "points missing x what is brought, summed"),
            (
                "why",
                "what it is made of, * as the leader states; or why they are left",
            ),
            ("next_best_id", "the best of the other mentors"),
            ("next_best_fit", "how well they fit"),
        ],
    },
    Documented {
        command: "mentors list",
        schema: "upwards.mentors/1",
        rows: "a row a mentor",
        columns: &[
            ("mentor_id", "the mentor"),
            ("mentor", "the name"),
            ("skills", "capability and what is brought, 1 to 3"),
            ("stated", "whether any of it is the leader's word"),
            ("seats", "how many they take"),
            ("pairs", "how many they have, in all curricula in use"),
            ("free", "how many more they could take"),
            ("with", "whom they mentor"),
            ("talks", "talks that these pairs held"),
            ("last_talk_on", "the day of the last one"),
            (
                "stalled",
                "with whom no talk was held for too long, and none is planned",
            ),
            ("evidence_on", "the day of the newest evidence of their own"),
            (
                "ready_until",
                "the first day on which one of what they are ready in ends, by evidence",
            ),
        ],
    },
    Documented {
        command: "mentors list",
        schema: "upwards.pairs/1",
        rows: "for who leads nobody: a row a pair of their own",
        columns: &[
            ("person_id", "the other one"),
            ("person", "the name"),
            (
                "is",
                "mentor: theirs; learns: from them; learned: the pair has ended",
            ),
            ("topics", "what the two meet about"),
            ("since", "since when"),
            ("talks", "talks held since then"),
            ("last_talk_on", "the day of the last one"),
            ("next_talk_on", "the day of the next one that is planned"),
        ],
    },
    Documented {
        command: "mentors guide",
        schema: "upwards.guide/1",
        rows: "a row a line, in the order of the talk; of peers guide too",
        columns: &[
            ("capability_id", "about what"),
            (
                "part",
                "last-time, agenda, ask, executive, mentor (who has been through it, of peers), practice, before-next",
            ),
            ("text", "the line"),
        ],
    },
    Documented {
        command: "mentors",
        schema: "upwards.mentor-pairs/1",
        rows: "a row a pair, ended ones too",
        columns: &[
            ("as_of", "the day it holds for"),
            ("person_id", "who learns"),
            ("person", "their name"),
            ("unit", "their unit"),
            ("groups", "their groups"),
            ("curriculum_id", "the curriculum"),
            ("pair_id", "the event that made it"),
            ("mentor_id", "the mentor"),
            ("mentor", "the name"),
            ("topics", "what the two meet about"),
            ("since", "since when"),
            ("ended_on", "the day it ended; empty: it runs"),
            ("talks", "talks held while it ran"),
            ("last_talk_on", "the day of the last one"),
            ("next_talk_on", "the day of the next one that is planned"),
            (
                "stalled_since",
                "since when it waits for a talk, where that is too long",
            ),
        ],
    },
    Documented {
        command: "peers form",
        schema: "upwards.peer-groups/1",
        rows: "a row a group that is proposed, and a row for each who waits",
        columns: &[
            ("host_id", "who has been through it; empty: who waits"),
            ("host", "the name"),
            ("stated", "whether only their own word says so"),
            ("members", "who meets around them"),
            ("capability_id", "about what"),
            (
                "why",
                "whose need meets the experience, then what speaks for the group, or that they wait",
            ),
            (
                "needs",
                "of each of the members, in their order, the points that are missing",
            ),
            (
                "experience",
                "what the host brings, of 3; a need times this is what a place is worth",
            ),
        ],
    },
    Documented {
        command: "peers list",
        schema: "upwards.peers/1",
        rows: "a row a group that has not met",
        columns: &[
            ("meeting_id", "the group"),
            ("since", "when it was formed"),
            ("capability_id", "about what"),
            ("members", "who is in it"),
            ("at", "when it meets; empty: not dated"),
        ],
    },
];
