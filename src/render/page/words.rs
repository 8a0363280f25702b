//! Fixed texts that the script shows; it has none of its own. A place in braces is filled by the script.

use crate::base::texts::t;
use crate::base::time::month_names;

/// The texts by the names that the script knows them by.
pub(super) fn words() -> Vec<(&'static str, String)> {
    let mut words = texts();
    words.push(("months", month_names().join("|")));
    words.sort_by_key(|(name, _)| *name);
    words
}

fn texts() -> Vec<(&'static str, String)> {
    vec![
        (
            "aim",
            t!(
                "aim.text",
                "Which process costs you most: time, money or nerves?  One line."
            ),
        ),
        ("aim_nearest", t!("aim.nearest", "Nearest here:")),
        ("aim_none", t!("aim.none", "none of these")),
        (
            "again",
            t!(
                "page.again",
                "Empty if unknown. Asked again on {day}.",
                day = "{day}"
            ),
        ),
        ("who", t!("page.who", "Who fills this in?")),
        (
            "who_first",
            t!("page.who.first", "Say who fills this in: then it can leave."),
        ),
        ("who_name", t!("page.who.name", "Your short name, as: pat")),
        (
            "who_note",
            t!(
                "page.who.note",
                "A file cannot know who types. What somebody else fills in waits for {name}'s own word, and their answers are not counted.",
                name = "{name}"
            ),
        ),
        (
            "who_other",
            t!("page.who.other", "somebody else, for {name}", name = "{name}"),
        ),
        (
            "who_own",
            t!(
                "page.who.own",
                "I am {name}, and I did this myself",
                name = "{name}"
            ),
        ),
        ("answer", t!("page.answer", "Answer")),
        (
            "better",
            t!(
                "quiz.better",
                "Better: {option}.  {why}",
                option = "{option}",
                why = "{why}"
            ),
        ),
        ("choose", t!("page.choose", "Choose an answer first.")),
        ("claimed", t!("measure.claimed", "my estimate")),
        (
            "confirm_no",
            t!(
                "page.confirm.no",
                "Not you, or not sure? Leave it empty: nothing is sent, and it gives no points."
            ),
        ),
        (
            "confirm_yes",
            t!("page.confirm.yes", "Yes, I did this myself, with my own hands"),
        ),
        (
            "copied",
            t!(
                "page.copied",
                "Copied. Paste it into a mail to {mail}.",
                mail = "{mail}"
            ),
        ),
        ("copy", t!("page.copy", "Copy")),
        (
            "date",
            t!(
                "date.long",
                "{day} {month} {year}",
                day = "{day}",
                month = "{month}",
                year = "{year}"
            ),
        ),
        ("forget", t!("page.forget", "Forget all this in this browser")),
        ("forget_no", t!("page.forget.no", "Keep it")),
        (
            "forget_sure",
            t!("page.forget.sure", "All of it, what you typed too?"),
        ),
        ("forget_yes", t!("page.forget.yes", "Forget it")),
        (
            "forgotten",
            t!(
                "page.forgotten",
                "Forgotten. Nothing of this page is left in this browser."
            ),
        ),
        ("from", t!("quiz.from", "From: {sources}", sources = "{sources}")),
        ("hint", t!("page.hint", "A hint")),
        (
            "in_receipt",
            t!("page.in_receipt", "It is in your receipt below."),
        ),
        (
            "keeps_nothing",
            t!(
                "page.keeps_nothing",
                "This browser keeps nothing: send the receipt before you close."
            ),
        ),
        (
            "kept_nothing",
            t!(
                "page.kept_nothing",
                "This browser has nothing of your earlier answers: send the receipt before you close. It says how many are right today."
            ),
        ),
        ("mail", t!("page.mail", "Mail to {name}", name = "{name}")),
        (
            "mailed",
            t!(
                "page.mailed",
                "Your mail program has it now. It leaves when you send it there."
            ),
        ),
        ("measure_how", t!("measure.how", "How do you know?")),
        (
            "measure_now",
            t!("page.measure.now", "And now, how many {unit}?", unit = "{unit}"),
        ),
        (
            "measure_open",
            t!(
                "page.measure.open",
                "Not in your receipt yet: a number, and how you know."
            ),
        ),
        (
            "no_number",
            t!(
                "ask.no_number",
                "A plain number, as 19 or 2.5 (for a thousand write 1000)."
            ),
        ),
        (
            "not_copied",
            t!(
                "page.not_copied",
                "This browser does not copy. The text is marked: copy it by hand."
            ),
        ),
        ("observed", t!("measure.observed", "read off a list or system")),
        (
            "only_here",
            t!("page.only_here", "Only this browser knows what you missed."),
        ),
        ("others", t!("practice.no", "somebody did it for me")),
        ("over", t!("measure.over", "Counted over how many?")),
        ("own", t!("practice.yes", "yes, I did this myself")),
        ("place", t!("page.place", "{n} of {of}:", n = "{n}", of = "{of}")),
        (
            "practice_open",
            t!(
                "page.practice.open",
                "Not in your receipt yet: say who did it, and in one line what."
            ),
        ),
        (
            "practice_others",
            t!(
                "page.practice.others",
                "It is in your receipt below. It gives no points: nobody is ready without a practice of their own."
            ),
        ),
        (
            "private",
            t!(
                "page.private",
                "For yourself. It stays in this browser and is in no receipt."
            ),
        ),
        (
            "quote",
            t!("page.quote", "A report may quote this line, with my role"),
        ),
        ("read", t!("page.read", "I have read it")),
        ("lines", t!("page.lines", "The lines of your receipt")),
        (
            "receipt_empty",
            t!("page.receipt.empty", "Nothing is in it yet. It fills as you go."),
        ),
        (
            "reflect_done",
            t!(
                "page.reflect.done",
                "Your receipt says that you wrote something, and not what."
            ),
        ),
        ("right", t!("quiz.right", "Right.  {why}", why = "{why}")),
        ("save", t!("page.save", "Save .txt")),
        (
            "saved",
            t!(
                "page.saved",
                "Saved as {file}. Attach it to a mail, or print it.",
                file = "{file}"
            ),
        ),
        ("several", t!("page.several", "More than one is right.")),
        ("shared", t!("page.shared", "Goes into your receipt.")),
        (
            "subject",
            t!(
                "page.subject",
                "upwards receipt, {name}, {day}",
                name = "{name}",
                day = "{day}"
            ),
        ),
        (
            "too_long",
            t!(
                "page.too_long",
                "It is too long for a mail link. Copy it and paste it into a mail to {mail}.",
                mail = "{mail}"
            ),
        ),
        ("unsure", t!("quiz.unsure", "I am not sure")),
        ("wrong", t!("quiz.wrong", "Not this one.  {why}", why = "{why}")),
    ]
}
