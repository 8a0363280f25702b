//! Receipts: the grammar both ways, mails as they come, and what they become.

use proptest::prelude::*;
use proptest::test_runner::Config;
use upwards::base::points::Thousandths;
use upwards::base::time::Date;
use upwards::interop::{Known, Line, Receipt, Stated, event_id, normal_line, read_receipts};
use upwards::model::curriculum::TalkWith;
use upwards::model::event::{Attendance, CapsuleEntry, MeasureGrade};

const MAIL: &str = "Maya, done in the train.

upwards receipt for eli, page eli-page-9m3t, workspace halden-3f9c
2026-03-16 aimed \"Answering dealers takes two days\" about serve
2026-03-16 finished rules-and-roles.nestle
2026-03-16 recalled lead 1 right
2026-03-16 practised rules-and-roles.write-one-rule \"Wrote who may answer
  at night, agreed with legal\" own hand, may be quoted
2026-02-31 met jo as mentor about lead, 30 minutes, present
end

Eli
";

fn one(text: &str) -> Receipt {
    let mut receipts = read_receipts(text);
    assert_eq!(receipts.len(), 1, "{receipts:?}");
    receipts.remove(0)
}

fn written(receipt: &Receipt) -> Vec<String> {
    let lines = receipt.lines.iter();
    lines.map(|line| normal_line(line.day, &line.stated)).collect()
}

#[test]
fn the_example_of_a_mail() {
    let receipt = one(MAIL);
    assert_eq!(receipt.person, "eli");
    assert_eq!(receipt.page.as_deref(), Some("eli-page-9m3t"));
    assert_eq!(receipt.workspace.as_deref(), Some("halden-3f9c"));
    assert_eq!(receipt.recorded_by, None);
    let numbers: Vec<usize> = receipt.lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, [4, 5, 6, 7]);
    assert_eq!(
        written(&receipt)[3],
        "2026-03-16 practised rules-and-roles.write-one-rule \"Wrote who may answer at night, agreed with legal\" own hand, may be quoted"
    );
    assert_eq!(receipt.refused.len(), 1);
    assert_eq!(receipt.refused[0].number, 9);
    assert_eq!(receipt.refused[0].why, "2026-02-31 is no day");
}

#[test]
fn every_fact_of_the_grammar() {
    let lines = [
        "2026-03-16 aimed \"Answering dealers takes two days\" about serve",
        "2026-03-16 finished rules-and-roles.nestle",
        "2026-03-16 recalled serve 1 right step 2 on 2026-03-09, 2 right",
        "2026-03-16 recalled serve 7 of 10 right",
        "2026-03-16 practised answer-in-public.answer-one-customer \"Answered a late-parcel complaint\" own hand, 19 -> ? hours to first answer, n 12, seen by jo, may be quoted",
        "2026-04-15 measured answer-in-public.answer-one-customer 19 -> 2.5 hours to first answer, n 15, observed",
        "2026-03-19 met jo as mentor about serve, 30 minutes, present, will \"answer one customer a week\"",
        "2026-03-17 confirmed rules-and-roles.write-one-rule of 2026-03-13",
    ];
    let receipt = one(&format!("upwards receipt for ana\n{}\nend\n", lines.join("\n")));
    assert_eq!(receipt.refused, []);
    let mut wanted = lines.map(str::to_owned);
    wanted[2] = "2026-03-16 recalled serve 2 right, 1 right step 2 on 2026-03-09".to_owned();
    assert_eq!(written(&receipt), wanted);
}

#[test]
fn a_line_by_hand_may_look_different() {
    let same = "2026-03-16 practised a.b \"Answered it\" own hand, 2.5 -> ? hours, n 12, may be quoted";
    for line in [
        "16 Mar 2026 Practised a.b \u{201c}Answered it\u{201d} own hand, 2,5 \u{2192} ? hours, n 12, may be quoted",
        "16 march 2026 PRACTISED A.B \u{201e}Answered it\u{201c}  May Be Quoted,  n 12, 2.5->? hours, Own Hand.",
        "2026-03-16\u{a0}practised\u{a0}a.b\u{a0}\"Answered   it\", own hand, n 12, may be quoted, 2.5 => ? hours",
        "> > 2026-03-16 practised a.b \"Answered\n> > it\" own hand, 2.5 -> ? hours,\n>>   n 12, may be quoted",
    ] {
        let receipt = one(&format!("Upwards Receipt for eli\r\n{line}\r\nEND"));
        assert_eq!(receipt.refused, [], "{line}");
        assert_eq!(written(&receipt), [same], "{line}");
    }
}

#[test]
fn what_is_not_understood_is_named_with_its_reason() {
    for (line, why) in [
        (
            "16.3.26 finished a.b",
            "16.3.26 can be read in two ways: write 2026-03-16",
        ),
        (
            "3/4/2026 finished a.b",
            "3/4/2026 can be read in two ways: write 2026-03-16",
        ),
        ("2026-04-31 finished a.b", "2026-04-31 is no day"),
        ("31 Apr 2026 finished a.b", "31 apr. 2026 is no day"),
        (
            "yesterday I read it",
            "\"yesterday\" is no day: a line begins with one, as 2026-03-16",
        ),
        ("2026-03-16", "the line ends behind its day"),
        (
            "2026-03-16 practized a.b \"x\" own hand",
            "\"practized\" is not understood; did you mean practised?",
        ),
        (
            "2026-03-16 practised a.b own hand",
            "a text in quotation marks is missing",
        ),
        (
            "2026-03-16 practised a.b \"x own hand",
            "the closing quotation mark is missing",
        ),
        ("2026-03-16 practised a.b \"\" own hand", "the text is empty"),
        (
            "2026-03-16 practised a.b \"x\"",
            "\"own hand\" or \"by others\" is missing behind the text",
        ),
        (
            "2026-03-16 practised a.b \"x\" own hand, own hand",
            "\"own hand\" stands there twice",
        ),
        (
            "2026-03-16 practised a.b \"x\" own hand, 1,000 -> ? hours",
            "1,000 can be read in two ways: write 1000 or 1",
        ),
        (
            "2026-03-16 practised a.b \"x\" own hand, 19 -> 4 hours",
            "both figures at once: the second one is a line of its own, later",
        ),
        (
            "2026-03-16 practised a.b \"x\" own hand, gladly",
            "\"gladly\" is not understood",
        ),
        (
            "2026-03-16 measured a.b 19 -> 4 hours",
            "how it is known is missing: claimed, observed or verified",
        ),
        (
            "2026-03-16 recalled serve 12 of 10 right",
            "so many are right: 5 right step 2 on 2026-03-09, or 7 of 10 right",
        ),
        ("2026-03-16 recalled serve 1 right step 6", "a step is 1 to 5"),
        (
            "2026-03-16 recalled serve 1 right on 2026-03-17",
            "2026-03-17 is after the day of the line",
        ),
        (
            "2026-03-16 met jo as friend about serve, 30 minutes, present",
            "\"as peer\" or \"as mentor\" is missing: as met jo as mentor about serve, 30 minutes, present",
        ),
        (
            "2026-03-16 met jo as peer about serve, present",
            "the minutes are missing: as met jo as mentor about serve, 30 minutes, present",
        ),
        (
            "2026-03-16 finished a.b and c.d",
            "\"and c.d\" is not understood here",
        ),
        ("2026-03-16 finished a_b", "\"a_b\" is no id of a step"),
        (
            "2026-03-16 aimed \"\u{1b}[2J\"",
            "there is a character in the text that cannot be shown",
        ),
    ] {
        let receipt = one(&format!("upwards receipt for eli\n{line}\nend\n"));
        assert_eq!(receipt.lines, [], "{line}");
        let reasons: Vec<&str> = receipt.refused.iter().map(|r| r.why.as_str()).collect();
        assert_eq!(reasons, [why], "{line}");
        assert_eq!(receipt.refused[0].number, 2);
    }
}

#[test]
fn what_stands_around_receipts_is_no_part_of_them() {
    let text = format!(
        "Hello\n2026-03-16 finished a.b\n{MAIL}\n> upwards receipt for bo, recorded by pat\n> 2026-03-01 finished a.b\n"
    );
    let receipts = read_receipts(&text);
    let people: Vec<(&str, usize)> = receipts
        .iter()
        .map(|r| (r.person.as_str(), r.lines.len()))
        .collect();
    assert_eq!(people, [("eli", 4), ("bo", 1)]);
    assert_eq!(receipts[1].recorded_by.as_deref(), Some("pat"));
    assert_eq!(read_receipts("nothing of it"), []);
    assert_eq!(read_receipts(""), []);
}

#[test]
fn a_receipt_as_long_as_it_gets_is_read_in_no_time() {
    let long = "x".repeat(2_000_000);
    let many = "2026-03-16 finished a.b\n".repeat(100_000);
    let marks = "\"\u{201c}".repeat(200_000);
    for text in [long, many, marks, "> ".repeat(500_000)] {
        let receipts = read_receipts(&format!("upwards receipt for eli\n{text}\nend\n"));
        let receipt = &receipts[0];
        assert!(receipt.lines.len() + receipt.refused.len() <= 501);
    }
}

#[test]
fn an_id_is_of_the_person_the_page_and_the_line() {
    let line = "2026-03-16 finished a.b";
    let id = event_id("eli", Some("eli-page-9m3t"), None, line);
    assert_eq!(id, event_id("eli", Some("eli-page-9m3t"), None, line));
    assert_eq!(id.to_string().as_bytes()[14], b'4');
    for other in [
        event_id("bo", Some("eli-page-9m3t"), None, line),
        event_id("eli", None, None, line),
        event_id("eli", Some("eli-page-9m3t"), Some("pat"), line),
        event_id("eli", Some("eli-page-9m3t"), None, "2026-03-17 finished a.b"),
    ] {
        assert_ne!(id, other);
    }
}

fn id() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6}){0,2}"
}

fn step() -> impl Strategy<Value = String> {
    (id(), id()).prop_map(|(module, step)| format!("{module}.{step}"))
}

/// What people write: without marks of its own, and as blanks are kept.
fn text() -> impl Strategy<Value = String> {
    "[A-Za-zäöüß山'(.;:!?][A-Za-z0-9äöüß山 ',.;:!?()%-]{0,120}"
        .prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn rev() -> impl Strategy<Value = Option<u32>> {
    prop::option::of(1..100_u32)
}

fn unit() -> impl Strategy<Value = String> {
    "[a-z]{2,9}( [a-z]{1,9}){0,4}".prop_filter("no grade", |unit| {
        !unit.starts_with("n ") && !["claimed", "observed", "verified"].contains(&unit.as_str())
    })
}

fn number() -> impl Strategy<Value = Thousandths> {
    (-1_000_000..1_000_000_i64).prop_map(|hundredths| Thousandths::new(hundredths * 10).expect("small"))
}

fn day() -> impl Strategy<Value = Date> {
    (20_000..21_000_i64).prop_map(Date::from_days)
}

fn stated(day: Date) -> impl Strategy<Value = Stated> {
    let entries = prop::collection::vec((1..=5_u8, 0..100_i64), 1..12);
    let entries = entries.prop_map(move |entries| {
        let mut entries: Vec<CapsuleEntry> = entries
            .into_iter()
            .map(|(step, ago)| CapsuleEntry {
                step,
                day: Date::from_days(i64::from(day.days_since_epoch()) - ago),
            })
            .collect();
        entries.sort_unstable();
        Known::Capsule(entries)
    });
    let made = prop::option::of(
        (0..100_i64).prop_map(move |ago| Date::from_days(i64::from(day.days_since_epoch()) - ago)),
    );
    let right_of = (0..10_u32, 0..10_u32, made).prop_map(|(right, more, made)| Known::RightOf {
        right,
        of: right + more,
        made,
    });
    let grade = prop::sample::select(MeasureGrade::ALL.to_vec());
    let attendance = prop::sample::select(vec![Attendance::Present, Attendance::Partly, Attendance::Deputy]);
    let role = prop::sample::select(vec![TalkWith::Peer, TalkWith::Mentor]);
    let no_and = || {
        id().prop_filter("a word of the grammar", |id| {
            id != "and" && id != "as" && id != "about"
        })
    };
    let maybe_day = prop::option::of(
        (0..100_i64).prop_map(move |ago| Date::from_days(i64::from(day.days_since_epoch()) - ago)),
    );
    prop_oneof![
        (text(), prop::option::of(id())).prop_map(|(text, about)| Stated::Aimed { text, about }),
        (step(), rev()).prop_map(|(step, rev)| Stated::Finished { step, rev }),
        (id(), prop_oneof![entries, right_of])
            .prop_map(|(capability, known)| Stated::Recalled { capability, known }),
        (
            step(),
            text(),
            any::<bool>(),
            prop::option::of((number(), unit())),
            prop::option::of(1..10_000_u64),
            prop::option::of(id()),
            any::<bool>(),
            rev()
        )
            .prop_map(|(step, text, own_hand, before, n, seen_by, may_quote, rev)| {
                Stated::Practised {
                    rev,
                    step,
                    text,
                    own_hand,
                    before,
                    n,
                    seen_by,
                    may_quote,
                }
            }),
        (
            step(),
            prop::option::of(number()),
            number(),
            unit(),
            prop::option::of(1..10_000_u64),
            grade
        )
            .prop_map(|(step, before, after, unit, n, grade)| Stated::Measured {
                step,
                before,
                after,
                unit,
                n,
                grade
            }),
        (
            prop::collection::vec(no_and(), 1..4),
            role,
            prop::collection::vec(no_and(), 1..3),
            1..=1_440_u32,
            attendance,
            prop::option::of(text())
        )
            .prop_map(|(with, role, about, minutes, attendance, will)| Stated::Met {
                with,
                role,
                about,
                minutes,
                attendance,
                will
            }),
        (step(), maybe_day).prop_map(|(step, of)| Stated::Confirmed { step, of }),
    ]
}

pub(crate) fn lines() -> impl Strategy<Value = Vec<(Date, Stated)>> {
    let line = day().prop_flat_map(|day| (Just(day), stated(day)));
    prop::collection::vec(line, 1..12)
}

/// A receipt as a mailer may leave it.
fn mangled(text: &str, how: u32) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if how & 1 != 0 {
        // Wrapped at 76, goes on with two blanks.
        lines = lines
            .iter()
            .flat_map(|line| {
                let mut rows = vec![String::new()];
                for word in line.split(' ') {
                    let last = rows.last_mut().expect("one");
                    if !last.is_empty() && last.chars().count() + word.chars().count() > 76 {
                        rows.push(format!("  {word}"));
                    } else {
                        if !last.is_empty() {
                            last.push(' ');
                        }
                        last.push_str(word);
                    }
                }
                rows
            })
            .collect();
    }
    let mut text = lines.join("\n");
    if how & 2 != 0 {
        let mut is_open = false;
        text = text
            .chars()
            .map(|c| match c {
                '"' => {
                    is_open = !is_open;
                    if is_open { '\u{201c}' } else { '\u{201d}' }
                }
                c => c,
            })
            .collect();
    }
    if how & 4 != 0 {
        text = text.replace("->", "\u{2192}");
    }
    if how & 8 != 0 {
        text = text
            .lines()
            .map(|line| {
                let blanks = line.len() - line.trim_start().len();
                format!("{}{}", &line[..blanks], line[blanks..].replace(' ', "\u{a0}"))
            })
            .collect::<Vec<_>>()
            .join("\n");
    }
    if how & 16 != 0 {
        text = text.lines().flat_map(|line| ["> > ", line, "\n"]).collect();
    }
    if how & 32 != 0 {
        text = text.replace('\n', "\r\n");
    }
    format!("Dear Maya,\n\nsee below.\n\n{text}\n\n--\nEli Novak\nHalden Group\n")
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(1_000) })]

    #[test]
    fn a_receipt_is_read_as_it_was_written(lines in lines(), how in 0..64_u32) {
        let mut text = "upwards receipt for eli, page eli-page-9m3t, workspace halden-3f9c\n".to_owned();
        for (day, stated) in &lines {
            text.push_str(&normal_line(*day, stated));
            text.push('\n');
        }
        text.push_str("end\n");
        let receipt = one(&mangled(&text, how));
        prop_assert_eq!(&receipt.refused, &[]);
        let read: Vec<(Date, Stated)> = receipt
            .lines
            .into_iter()
            .map(|Line { day, stated, .. }| (day, stated))
            .collect();
        prop_assert_eq!(read, lines);
    }

    #[test]
    fn of_a_damaged_receipt_every_line_is_understood_or_named(
        lines in lines(),
        how in 0..64_u32,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<char>(), 0..3_u8), 1..6),
    ) {
        let mut text = "upwards receipt for eli\n".to_owned();
        for (day, stated) in &lines {
            text.push_str(&normal_line(*day, stated));
            text.push('\n');
        }
        let head = text.find('\n').expect("a head") + 1;
        let mut body: Vec<char> = text[head..].chars().collect();
        for (at, c, what) in damage {
            if body.is_empty() {
                break;
            }
            let at = at.index(body.len());
            match what {
                0 => body[at] = c,
                1 => drop(body.remove(at)),
                _ => body.insert(at, c),
            }
        }
        let text = format!("{}{}\n", &text[..head], body.into_iter().collect::<String>());
        for receipt in read_receipts(&mangled(&text, how)) {
            for line in &receipt.lines {
                // What is understood is what the line says: written anew it says the same again.
                let again = one(&format!("upwards receipt for eli\n{}\nend\n", normal_line(line.day, &line.stated)));
                prop_assert_eq!(&again.refused, &[]);
                prop_assert_eq!(again.lines.len(), 1);
                prop_assert_eq!(&again.lines[0].stated, &line.stated);
            }
            for refused in &receipt.refused {
                prop_assert!(!refused.why.is_empty() && refused.number > 0);
            }
        }
    }
}
