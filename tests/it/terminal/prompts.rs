//! Every kind of prompt, how it is reached, and what is kept of a sitting that is stopped there; and whole sittings.

use super::{Form, Mark, Pick, Said, Skip, Type, ask, sit};
use crate::support::Sandbox;
use crate::support::terminal::Terminal;

/// A prompt of a sitting of Ana's, and how it is reached.
pub(super) struct Prompt {
    /// What it is, for whoever reads a failure.
    pub(super) name: &'static str,
    pub(super) day: &'static str,
    pub(super) line: &'static str,
    pub(super) before: &'static [Said<'static>],
    /// A part of its text.
    pub(super) text: &'static str,
    /// Of a menu: its options.
    pub(super) options: &'static [&'static str],
    /// Kinds of shared events that are there once the person has stopped here, after what was there before.
    pub(super) shared: &'static [&'static str],
    /// Kinds of private entries.
    pub(super) private: &'static [&'static str],
}

pub(super) const MONDAY: &str = "2026-03-16";
/// The day on which the second figure of a practice of that Monday is due.
pub(super) const LATER: &str = "2026-04-15";
const OWN_HAND: Said<'_> = ("Did you do it yourself?", Pick(1));
const EVIDENCE: Said<'_> = ("in one line", Type("Answered a late parcel"));
const QUOTE: Said<'_> = ("quote this line?", Pick(2));
const BEFORE: Said<'_> = ("today, before", Type("19.5"));
const HELD: Said<'_> = ("Was it held?", Pick(1));
const BOOK: Said<'_> = ("Was it held?", Pick(2));
const WITH: Said<'_> = ("With whom?", Mark(&[1]));
const DAY: Said<'_> = ("On which day?", Type("2026-03-12"));
const MINUTES: Said<'_> = ("How many minutes?", Type("20"));
const PRESENT: Said<'_> = ("yourself?", Pick(1));
const LEAVE: Said<'_> = ("out of public?", Pick(1));
pub(super) const SURE: Said<'_> = ("How sure are you?", Pick(2));
const NUMBER: Said<'_> = ("And now?", Type("2.5"));
const OVER: Said<'_> = ("over how many?", Type("15"));

/// Every kind of prompt in a sitting; some kinds more than once, where a stop keeps something else.
pub(super) const PROMPTS: [Prompt; 20] = [
    Prompt {
        name: "a line under a case",
        day: MONDAY,
        line: "learn --step hour",
        before: &[],
        text: "would make this fail",
        options: &[],
        shared: &["started"],
        private: &[],
    },
    Prompt {
        name: "one of several",
        day: MONDAY,
        line: "learn --step first --seed 3",
        before: &[],
        text: "out of public?",
        options: &["When data is needed", "When money is named", "I am not sure"],
        shared: &["started"],
        private: &[],
    },
    Prompt {
        name: "how sure",
        day: MONDAY,
        line: "learn --step first --seed 3",
        before: &[LEAVE],
        text: "How sure are you?",
        options: &["guess", "fairly sure", "certain"],
        shared: &["started", "recalled"],
        private: &["answered"],
    },
    Prompt {
        name: "some of several",
        day: MONDAY,
        line: "learn --step first --seed 3",
        before: &[LEAVE, SURE],
        text: "on a Saturday?",
        options: &["A rule", "A name", "A slide", "I am not sure"],
        shared: &["started", "recalled"],
        private: &["answered"],
    },
    Prompt {
        name: "by whose hand",
        day: MONDAY,
        line: "learn --step answer-one",
        before: &[],
        text: OWN_HAND.0,
        options: &["yes, I did this myself", "somebody did it for me", "later"],
        shared: &[],
        private: &[],
    },
    Prompt {
        name: "a line on a practice",
        day: MONDAY,
        line: "learn --step answer-one",
        before: &[OWN_HAND],
        text: EVIDENCE.0,
        options: &[],
        shared: &[],
        private: &[],
    },
    Prompt {
        name: "whether it may be quoted",
        day: MONDAY,
        line: "learn --step answer-one",
        before: &[OWN_HAND, EVIDENCE],
        text: QUOTE.0,
        options: &["yes, with my role", "no"],
        shared: &["practised"],
        private: &[],
    },
    Prompt {
        name: "a number",
        day: MONDAY,
        line: "learn --step answer-one",
        before: &[OWN_HAND, EVIDENCE, QUOTE],
        text: BEFORE.0,
        options: &[],
        shared: &["practised"],
        private: &[],
    },
    Prompt {
        name: "a whole number",
        day: MONDAY,
        line: "learn --step answer-one",
        before: &[OWN_HAND, EVIDENCE, QUOTE, BEFORE],
        text: OVER.0,
        options: &[],
        shared: &["practised"],
        private: &[],
    },
    Prompt {
        name: "whether a talk was held",
        day: MONDAY,
        line: "learn --step answering.ask-a-peer",
        before: &[],
        text: HELD.0,
        options: &["yes, record it", "not yet: book it", "later"],
        shared: &[],
        private: &[],
    },
    Prompt {
        name: "with whom",
        day: MONDAY,
        line: "learn --step answering.ask-a-peer",
        before: &[HELD],
        text: WITH.0,
        options: &["Bo Lindqvist", "Chen Wei"],
        shared: &[],
        private: &[],
    },
    Prompt {
        name: "a day",
        day: MONDAY,
        line: "learn --step answering.ask-a-peer",
        before: &[HELD, WITH],
        text: DAY.0,
        options: &[],
        shared: &[],
        private: &[],
    },
    Prompt {
        name: "minutes of a talk",
        day: MONDAY,
        line: "learn --step answering.ask-a-peer",
        before: &[HELD, WITH, DAY],
        text: MINUTES.0,
        options: &[],
        shared: &[],
        private: &[],
    },
    Prompt {
        name: "whether one was there",
        day: MONDAY,
        line: "learn --step answering.ask-a-peer",
        before: &[HELD, WITH, DAY, MINUTES],
        text: "yourself?",
        options: &["yes", "for a part of it", "somebody went for me"],
        shared: &[],
        private: &[],
    },
    Prompt {
        name: "a commitment",
        day: MONDAY,
        line: "learn --step answering.ask-a-peer",
        before: &[HELD, WITH, DAY, MINUTES, PRESENT],
        text: "before the next one?",
        options: &[],
        shared: &["met"],
        private: &[],
    },
    Prompt {
        name: "a day and a time",
        day: MONDAY,
        line: "learn --step answering.ask-a-peer",
        before: &[BOOK, WITH],
        text: "When? As",
        options: &[],
        shared: &[],
        private: &[],
    },
    Prompt {
        name: "a reflection",
        day: MONDAY,
        line: "learn --step answering.what-stops-me --curriculum tiny",
        before: &[],
        text: "What stops you?",
        options: &[],
        shared: &[],
        private: &[],
    },
    Prompt {
        name: "a second figure",
        day: LATER,
        line: "learn --minutes 1",
        before: &[],
        text: NUMBER.0,
        options: &[],
        shared: &[],
        private: &[],
    },
    Prompt {
        name: "how a figure is known",
        day: LATER,
        line: "learn --minutes 1",
        before: &[NUMBER, OVER],
        text: "How do you know?",
        options: &["my estimate", "read off a list or system"],
        shared: &[],
        private: &[],
    },
    Prompt {
        name: "the nearest capability",
        day: MONDAY,
        line: "aim",
        before: &[("costs you most", Type("Complaints take two days"))],
        text: "Nearest here:",
        options: &[
            "Serve (Answer customers where they complain)",
            "Lead (Set the frame)",
            "none of these",
        ],
        shared: &["aimed"],
        private: &[],
    },
];

/// Three sittings with every kind of answer: each a day, a line to type and what is answered.
pub(super) const SITTING: [(&str, &str, &[Said<'static>]); 4] = [
    (
        MONDAY,
        "learn --module answering --minutes 60 --seed 3",
        &[
            ("costs you most", Type("Complaints take two days")),
            ("Nearest here:", Pick(1)),
            ("would make this fail", Type("Legal reads it first")),
            LEAVE,
            SURE,
            ("on a Saturday?", Mark(&[1, 2])),
            ("How sure are you?", Skip),
            ("do first?", Pick(3)),
            ("How sure are you?", Pick(3)),
            OWN_HAND,
            EVIDENCE,
            ("quote this line?", Pick(1)),
            BEFORE,
            OVER,
            ("When next?", Skip),
        ],
    ),
    (
        MONDAY,
        "learn --step answering.ask-a-peer",
        &[
            BOOK,
            WITH,
            ("When? As", Type("2026-03-19 09:30")),
            ("When next?", Skip),
        ],
    ),
    (
        "2026-03-20",
        "learn --step answering.ask-a-peer",
        &[
            HELD,
            ("With whom?", Mark(&[1, 2])),
            ("On which day?", Type("2026-03-19")),
            MINUTES,
            ("yourself?", Pick(2)),
            ("before the next one?", Type("Answer one myself")),
            ("When next?", Skip),
        ],
    ),
    (
        LATER,
        "learn --minutes 2",
        &[
            ("Did you?", Pick(2)),
            NUMBER,
            OVER,
            ("How do you know?", Pick(2)),
            ("When next?", Skip),
        ],
    ),
];

impl Prompt {
    /// Where it is asked: Ana, who has said her aim; on a later day also a practice with a figure.
    pub(super) fn place(&self) -> Sandbox {
        let ana = Sandbox::halden().laptop("ana");
        ana.run("aim 'Dealers wait' --capability serve").ok();
        if self.day == LATER {
            ana.run("learn --step answer-one --personal yes --done x --before 19.5 --n 12")
                .ok();
        }
        ana.on(self.day)
    }

    /// The terminal on which it is asked at this moment.
    pub(super) fn reached(&self, ana: &Sandbox, form: Form, size: (u16, u16)) -> Terminal {
        let plain = if form == Form::Lines { " --plain" } else { "" };
        let mut terminal = ana.terminal(&format!("{}{plain}", self.line), size);
        sit(&mut terminal, form, self.before);
        ask(&mut terminal, form, self.text);
        terminal
    }

    pub(super) fn is_menu(&self) -> bool {
        !self.options.is_empty()
    }
}
