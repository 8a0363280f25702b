//! What the columns of the files mean that an author gets.

use super::documented::Documented;

/// Every kind, in the order of an author's work.
pub(super) const AUTHOR: [Documented; 6] = [
    Documented {
        command: "curricula diff",
        schema: "upwards.curriculum-diff/1",
        rows: "a row a change",
        columns: &[
            ("as_of", "the day"),
            ("curriculum_id", "the curriculum"),
            ("class", "wording, addition, material"),
            (
                "about",
                "curriculum, capability, module, the kind of a step, question, case, translation",
            ),
            (
                "id",
                "its id, the new one where it has two; of a translation the file",
            ),
            ("title", "its title"),
            ("change", "what changed, as a code"),
            ("fault", "whether it makes evidence say what nobody did"),
            ("effect", "what becomes of evidence, in words"),
        ],
    },
    Documented {
        command: "curricula diff --impact",
        schema: "upwards.curriculum-impact/1",
        rows: "a row for whatever changes, or may change, for a person",
        columns: &[
            ("as_of", "the day"),
            ("curriculum_id", "the curriculum"),
            ("person_id", "the person's id"),
            ("person", "the name"),
            (
                "what",
                "keeps (nothing changes), overall, points, again, opened, minutes, closed, reopened, finished, no-longer-here, question-again",
            ),
            (
                "id",
                "the capability, step, module or question; empty for keeps and overall",
            ),
            ("points_before", "where they stand now"),
            ("points", "where they stand at once"),
            (
                "points_least",
                "and once their devices have published what they know anew, at least",
            ),
            ("points_most", "at most"),
            (
                "rarely_least",
                "the same with what answers from before an earlier change of the question can do",
            ),
            ("rarely_most", "at most"),
            ("band_before", "the band now"),
            ("band", "the band at once"),
            ("band_least", "the lowest band later"),
            ("minutes_before", "minutes of the step until now"),
            ("minutes", "its minutes then"),
            ("done_at_rev", "the revision at which it was done"),
        ],
    },
    Documented {
        command: "curricula import",
        schema: "upwards.questions/1",
        rows: "a row a question of the file, and a thing that is none",
        columns: &[
            ("line", "where it begins in the file, from 1"),
            ("title", "its title or first words"),
            ("outcome", "added, added-with-loss, here, refused, no-question"),
            ("question_id", "its id in the module"),
            ("losses", "what of it our format cannot hold"),
            (
                "options_without_why",
                "numbers of the options without a why, from 1",
            ),
            ("reason", "why it is refused, or what else is to be said"),
        ],
    },
    Documented {
        command: "stats",
        schema: "upwards.stats/1",
        rows: "a row a module, capability, kind of talk, grade and number of sources",
        columns: &[
            ("part", "module, capability, talk, grade, sources"),
            (
                "id",
                "its id; of talks peer or mentor, of claims the grade, of cases how many sources they rest on",
            ),
            ("title", "its title"),
            (
                "state",
                "of a module: in-use, or draft while no curriculum lists it",
            ),
            ("cases", "cases in it"),
            ("questions", "questions that are asked"),
            ("practices", "practices"),
            ("talks", "talks"),
            (
                "minutes",
                "minutes as their authors estimate them; of talks the median",
            ),
            (
                "real_minutes",
                "the median that talks took, from the smallest group on",
            ),
            ("people", "of how many people these talks were"),
            ("claims", "claims of this grade"),
        ],
    },
    Documented {
        command: "stats --items",
        schema: "upwards.items/1",
        rows: "a row a question that is asked; empty figures where too few gave their first tries",
        columns: &[
            ("question_id", "module.question"),
            ("title", "its title"),
            ("rev", "its revision"),
            ("n", "first tries"),
            ("right", "share of right ones, 0 to 1"),
            ("right_low", "low end of its 95 % interval"),
            ("right_high", "high end"),
            (
                "discrimination",
                "correlation with the rest of each person's answers, -1 to 1",
            ),
            ("compared", "people it rests on"),
            ("label", "what it is called, from 20 people on"),
            ("flags", "what stands out"),
        ],
    },
    Documented {
        command: "stats --stale",
        schema: "upwards.stale/1",
        rows: "a row a thing that is past its review day, or that nothing uses",
        columns: &[
            ("kind", "curriculum, module, case"),
            ("id", "its id"),
            ("title", "its title"),
            ("why", "past-review, draft, unused"),
            ("owner", "who keeps it"),
            ("review_by", "the day by which it should have been looked at"),
            ("days_past", "days since"),
        ],
    },
];
