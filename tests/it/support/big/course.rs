//! The shipped curriculum `efficiency` as a table: modules in its order, with the ids of their steps and questions. Written
//! out here so that a workspace keeps its bytes; a test compares it with the files.

/// Id of the curriculum.
pub(crate) const CURRICULUM: &str = "efficiency";
/// Revision of every step and question.
pub(crate) const REV: u32 = 1;
/// Questions of a module, in two quizzes.
pub(crate) const QUESTIONS: usize = 12;
/// Lessons of a module.
pub(crate) const LESSONS: usize = 5;

/// One module with its one capability.
#[derive(Debug)]
pub(crate) struct Module {
    /// Its id.
    pub(crate) id: &'static str,
    /// The capability of all its steps.
    pub(crate) capability: &'static str,
    /// Steps that are finished by going through them, in order.
    pub(crate) lessons: [Lesson; LESSONS],
    /// Hands-on steps.
    pub(crate) practices: [Practice; 2],
    /// The talk with a peer.
    pub(crate) peer_talk: &'static str,
    /// The talk with a mentor.
    pub(crate) mentor_talk: &'static str,
}

/// A step that is finished by going through it.
#[derive(Debug)]
pub(crate) enum Lesson {
    /// A case.
    Case(&'static str),
    /// A quiz: the half of the module's questions it asks.
    Quiz(&'static str, [Question; QUESTIONS / 2]),
    /// A question to oneself.
    Reflect(&'static str),
}

/// A question of a quiz; each has four options.
#[derive(Debug)]
pub(crate) struct Question {
    /// Its id inside the module.
    pub(crate) id: &'static str,
    /// Places of the right options, from 1.
    pub(crate) right: &'static [u8],
}

/// A hands-on step.
#[derive(Debug)]
pub(crate) struct Practice {
    /// Its id inside the module.
    pub(crate) id: &'static str,
    /// Unit and period of what it measures.
    pub(crate) measure: Option<(&'static str, &'static str)>,
}

const fn question(id: &'static str, right: &'static [u8]) -> Question {
    Question { id, right }
}

impl Lesson {
    /// Its id inside the module.
    pub(crate) fn id(&self) -> &'static str {
        match self {
            Self::Case(id) | Self::Quiz(id, _) | Self::Reflect(id) => id,
        }
    }
}

impl Module {
    /// The full id of a step or question.
    pub(crate) fn full(&self, id: &str) -> String {
        format!("{}.{id}", self.id)
    }

    /// The question at a place, quiz after quiz.
    pub(crate) fn question(&self, place: usize) -> Option<&Question> {
        let quizzes = self.lessons.iter().filter_map(|lesson| match lesson {
            Lesson::Quiz(_, questions) => Some(questions),
            Lesson::Case(_) | Lesson::Reflect(_) => None,
        });
        quizzes.flatten().nth(place)
    }
}

/// The modules in the curriculum's order.
pub(crate) const MODULES: [Module; 4] = [
    Module {
        id: "answer-in-public",
        capability: "serve",
        lessons: [
            Lesson::Case("klm"),
            Lesson::Quiz(
                "first-answers",
                [
                    question("first-words", &[2]),
                    question("who-may-answer", &[4]),
                    question("one-hour", &[1]),
                    question("when-to-leave", &[3]),
                    question("promise", &[2]),
                    question("the-joke", &[1]),
                ],
            ),
            Lesson::Case("a1"),
            Lesson::Quiz(
                "what-it-saves",
                [
                    question("saved-calls", &[4]),
                    question("divide-first", &[3]),
                    question("who-was-asked", &[1]),
                    question("easy-channel", &[4]),
                    question("members-answer", &[2]),
                    question("loud-and-quiet", &[3]),
                ],
            ),
            Lesson::Reflect("what-stops-me"),
        ],
        practices: [
            Practice {
                id: "answer-one-customer",
                measure: Some(("hours to first answer", "each")),
            },
            Practice {
                id: "read-twenty",
                measure: None,
            },
        ],
        peer_talk: "ask-a-peer",
        mentor_talk: "with-a-mentor",
    },
    Module {
        id: "speak-to-your-market",
        capability: "reach",
        lessons: [
            Lesson::Case("maersk"),
            Lesson::Quiz(
                "start-small",
                [
                    question("what-to-ask-for", &[3]),
                    question("fans-and-freight", &[1]),
                    question("bad-news", &[4]),
                    question("what-to-stop", &[2]),
                    question("line-for-the-board", &[4]),
                    question("read-off-the-calendar", &[3]),
                ],
            ),
            Lesson::Case("dell-outlet"),
            Lesson::Quiz(
                "question-the-number",
                [
                    question("traced-or-added", &[2]),
                    question("two-years-one-year", &[1]),
                    question("coupon-cost", &[2]),
                    question("choose-the-window", &[4]),
                    question("before-the-cause", &[1]),
                    question("your-ten-minutes", &[3]),
                ],
            ),
            Lesson::Reflect("what-stops-me"),
        ],
        practices: [
            Practice {
                id: "replace-one-item",
                measure: Some(("hours a week on the newsletter", "week")),
            },
            Practice {
                id: "add-one-fact",
                measure: None,
            },
        ],
        peer_talk: "ask-a-peer",
        mentor_talk: "with-a-mentor",
    },
    Module {
        id: "ask-outside",
        capability: "source",
        lessons: [
            Lesson::Case("lego"),
            Lesson::Quiz(
                "gates-and-answers",
                [
                    question("what-votes-show", &[4]),
                    question("how-to-refuse", &[2]),
                    question("the-oldest-idea", &[1]),
                    question("share-and-gate", &[3]),
                    question("cheaper-votes", &[1]),
                    question("your-own-experts", &[4]),
                ],
            ),
            Lesson::Case("i-prize"),
            Lesson::Quiz(
                "price-of-reading",
                [
                    question("one-reader", &[3]),
                    question("what-to-budget", &[2]),
                    question("vote-as-check", &[3]),
                    question("missing-filter", &[1]),
                    question("a-good-question", &[2, 4]),
                    question("sixty-percent", &[4]),
                ],
            ),
            Lesson::Reflect("what-stops-me"),
        ],
        practices: [
            Practice {
                id: "answer-one-idea",
                measure: Some(("days to first answer to an idea", "each")),
            },
            Practice {
                id: "ask-one-question",
                measure: None,
            },
        ],
        peer_talk: "ask-a-peer",
        mentor_talk: "with-a-mentor",
    },
    Module {
        id: "rules-and-roles",
        capability: "lead",
        lessons: [
            Lesson::Case("nestle"),
            Lesson::Quiz(
                "who-decides",
                [
                    question("the-takedown", &[3]),
                    question("who-may-stop", &[1]),
                    question("our-page", &[4]),
                    question("the-letter", &[2]),
                    question("one-rule", &[1]),
                    question("first-draft", &[3]),
                ],
            ),
            Lesson::Case("hmv"),
            Lesson::Quiz(
                "keys-and-proof",
                [
                    question("before-bad-news", &[2]),
                    question("minute-twelve", &[4]),
                    question("ninety-seven", &[1]),
                    question("events-or-opinions", &[2, 3]),
                    question("a-sensible-gate", &[4]),
                    question("the-deputies", &[3]),
                ],
            ),
            Lesson::Reflect("what-stops-me"),
        ],
        practices: [
            Practice {
                id: "write-one-rule",
                measure: Some(("hours a week on approvals", "week")),
            },
            Practice {
                id: "name-the-keys",
                measure: None,
            },
        ],
        peer_talk: "ask-a-peer",
        mentor_talk: "with-a-mentor",
    },
];
