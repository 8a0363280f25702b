//! `privacy show`: what exists, where, and who reads it; and the short help that names it.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn it_says_what_exists_and_who_reads_it() {
    let shown = Sandbox::new().run("privacy --demo --width 80").ok();
    assert_data_eq!(
        shown.stdout,
        str![[r"
Ana Reyes, Halden Group: what exists about you, and who can read it

FIELD                          LINES  WHERE                    WHO CAN READ IT
your answers and misses        28     this computer            only you
how sure you were              19     this computer            only you
notes, reflections             3      this computer            only you
your own word on yourself      1      this computer            only you
minutes you took               2      this computer            only you
what you took back there       0      this computer            only you
what was assigned, due dates   5      progress/ana/            you, Maya Lund
steps opened and finished      13     progress/ana/            you, Maya Lund
how many questions you know    4      progress/ana/            you, Maya Lund
practices, your line, figures  2      progress/ana/            you, Maya Lund
talks, commitments             3      progress/ana/            you, Maya Lund and Jo Park
your aim                       1      progress/ana/            you, Maya Lund
capabilities reached           1      progress/ana/            you, Maya Lund
who mentors you                1      progress/ana/            you, Maya Lund and Jo Park
bands and points                      from these lines         you, Maya Lund
name, groups, e-mail                  people.toml              you, Maya Lund
fit, wishes about mentors      0      sent once, then team/    Maya Lund
lines you let be quoted               reports, with your role  whoever gets one

How logs travel here: packets. The copy of Jo Park holds your pair with them,
planned talks and talks that were held (day, minutes, topic, attendance), not
why you were paired and not what you said you would do. Other copies do not hold
this log.
Shared lines carry a day, never a time of day. The program shows them to Maya
Lund.
A file is not a safe: who can log in to this computer as you can read your
notes.

What the table of Maya Lund prints today, by the same code (in full: upwards
progress --as-leader):

PERSON     SERVE  REACH  SOURCE  LEAD  LAST    OVERDUE  LIMITED BY
Ana Reyes  E      B      .       B+    4 days  -        practice (3)

"]]
    );
}

#[test]
fn its_lines_are_all_lines_there_are() {
    let ana = Sandbox::halden().laptop("ana");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1, sure = 2 }\n",
    );
    ana.run("aim 'Answer faster'").ok();
    ana.run("learn --step who --answers ../a.toml").ok();
    ana.run("learn --step one-rule --personal yes --done 'Wrote it'")
        .ok();
    ana.run("notes add x").ok();
    ana.run("notes rate serve 2").ok();
    ana.run("undo").ok();
    let rows = ana.run("privacy show -f json").ok().rows();
    let lines = |field: &str| {
        let row = rows.iter().find(|row| row["field"] == field);
        row.unwrap_or_else(|| panic!("there is no {field}"))["lines"].as_u64()
    };
    for (field, count) in [
        ("answers", Some(1)),
        ("confidence", Some(1)),
        ("notes", Some(1)),
        ("ratings", Some(1)),
        ("private_other", Some(1)),
        ("aim", Some(1)),
        ("practices", Some(1)),
        ("questions", Some(1)),
        ("points", None),
    ] {
        assert_eq!(lines(field), count, "{field}");
    }
    let of = |readers: &str| -> u64 {
        let own = rows
            .iter()
            .filter(|r| r["readers"] == readers && r["field"] != "confidence");
        own.filter_map(|r| r["lines"].as_u64()).sum()
    };
    let written = |file: &str| ana.read(file).lines().count() as u64;
    assert_eq!(of("leaders"), written("progress/ana/ana-laptop.jsonl"));
    assert_eq!(
        of("only-you"),
        written("../own/ana/halden-3f9c/private/ana/ana-laptop.jsonl")
    );
}

#[test]
fn of_somebody_else_only_what_is_shared_is_told() {
    let sandbox = Sandbox::halden();
    sandbox.laptop("ana").run("notes add x").ok();
    for run in [
        sandbox.run("privacy show ana").ok(),
        sandbox.run("privacy --as ana").ok(),
    ] {
        assert!(run.stdout.contains("answers, notes, minutes"), "{run}");
        assert!(!run.stdout.contains("your own word"), "{run}");
        assert!(
            run.stdout.contains("what is shared, and who can read it"),
            "{run}"
        );
    }
    let own = sandbox.laptop("ana").run("privacy show ana").ok();
    assert!(own.stdout.contains("notes, reflections             1"), "{own}");
    sandbox.run("privacy show zoe").code(1);
}

#[test]
fn an_executive_needs_four_commands() {
    let sandbox = Sandbox::halden();
    let help = sandbox.laptop("ana").run("help").ok();
    assert_data_eq!(
        help.stdout,
        str![[r"
  upwards learn                do the next ten minutes; --minutes 5 for fewer
  upwards progress             where you stand, and what each point rests on
  upwards confirm              what others recorded for you
  upwards privacy              what exists about you, and who reads it
  upwards help --all           everything else

"]]
    );
    // Whoever leads, is not known yet, or asks for it gets all of them.
    for (sandbox, line) in [
        (sandbox.laptop("maya"), "help"),
        (sandbox.laptop("ana"), "help --all"),
        (sandbox.laptop("nobody"), "help"),
        (sandbox.inside(".."), "help"),
    ] {
        let all = sandbox.run(line).ok();
        assert!(all.stdout.contains("Your team:"), "{all}");
    }
}
