//! `agenda`: what needs the leader, in order, each with its reason and the command to run.

use snapbox::{assert_data_eq, str};

use upwards::model::settings::{Agenda, Mentoring, Nudge};

use crate::source::root;
use crate::support::Sandbox;

#[test]
fn the_leaders_monday() {
    let sandbox = Sandbox::new();
    let page = sandbox.run("agenda --demo --width 80").ok();
    assert_data_eq!(
        page.stdout.clone(),
        str![[r"
Maya Lund, Mon 16 Mar 2026: 6 things need you

1  Eli Novak    Rules and roles overdue 17 days, 63 min left; silent for 42
                days
   upwards nudge --to eli
2  Dana Okafor  Rules and roles overdue 17 days, 63 min left; a practice that
                Maya Lund recorded on 13 Mar waits for their word
   upwards nudge --to dana
3  Farah Aziz   not started, assigned 14 days ago; shortest step 2 min
   upwards page farah --minutes 10 -o pages
4  No mentor    Dana Okafor, Eli Novak, Farah Aziz; 3 seats are free
   upwards mentors match
5  Ana Reyes    Lead: a talk is missing, 15 min, reached on 11 Feb; Bo
                Lindqvist and Chen Wei have been through it
   upwards learn --as ana --step rules-and-roles.ask-a-peer --with bo --at WHEN
6  Ideas        2 open, the oldest since 7 Mar
   upwards ideas list --open

Coming up:
  19 Mar  Ana Reyes and Jo Park: a talk on Serve, 09:30

"]]
    );
    // A command stays on one line, so that it can be copied.
    let is_short = |line: &str| line.chars().count() <= 80 || line.trim_start().starts_with("upwards ");
    assert!(page.stdout.lines().all(is_short), "{page}");
    let rows = sandbox.run("agenda --demo -f json").ok().rows();
    assert_eq!(rows[0]["person_id"], "eli");
    assert_eq!(rows[0]["about"], "overdue");
    // One person has one line.
    let people: Vec<&str> = rows.iter().filter_map(|row| row["person_id"].as_str()).collect();
    let mut once = people.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), people.len());
    let home = sandbox.run("--demo --as maya --width 80").ok();
    assert!(
        home.stdout
            .contains(&format!("This week: {} things. First Eli Novak", rows.len())),
        "{home}"
    );
    assert!(home.stdout.contains("upwards agenda"), "{home}");
}

#[test]
fn nothing_is_made_by_reading_and_nobody_else_reads_it() {
    let maya = Sandbox::halden();
    let before = maya.workspace();
    maya.run("agenda").ok();
    maya.run("agenda --all -f csv").ok();
    assert_eq!(maya.workspace(), before);
    let ana = maya.laptop("ana").run("agenda").code(1);
    assert!(ana.said().contains("the agenda is the leaders'"), "{ana}");
    let wrong = maya.run("agenda --group bord").code(1);
    assert!(wrong.said().contains("is no group here"), "{wrong}");
}

fn reasons(maya: &Sandbox, about: &str) -> Vec<serde_json::Value> {
    let rows = maya.run("agenda -f json").ok().rows();
    rows.into_iter().filter(|row| row["about"] == about).collect()
}

#[test]
fn each_reason_begins_on_its_day_and_ends_when_it_is_done() {
    let maya = Sandbox::halden();
    // Assigned and never begun: from the fourteenth day on, until something is done.
    maya.on("2026-03-01")
        .run("assign answering --to ana --due 2026-04-15 --yes")
        .ok();
    assert!(reasons(&maya.on("2026-03-14"), "not-started").is_empty());
    let waits = reasons(&maya.on("2026-03-15"), "not-started");
    assert_eq!(waits[0]["command"], "upwards page ana --minutes 10 -o pages");
    assert!(
        waits[0]["reasons"]
            .as_str()
            .expect("a text")
            .contains("not started, assigned 14 days ago"),
        "{waits:?}"
    );
    let ana = maya.laptop("ana");
    ana.on("2026-03-16")
        .run("learn --step answer-one --personal yes --done x --before 9 --n 12")
        .ok();
    assert!(reasons(&maya.on("2026-03-16"), "not-started").is_empty());
    // Silent, with something open: from the twenty-eighth day on.
    assert!(reasons(&maya.on("2026-04-12"), "idle").is_empty());
    let idle = reasons(&maya.on("2026-04-13"), "idle");
    assert!(
        idle[0]["reasons"]
            .as_str()
            .expect("a text")
            .contains("silent for 28 days"),
        "{idle:?}"
    );
    // Overdue comes first, with what is left and the silence.
    let late = reasons(&maya.on("2026-04-20"), "overdue");
    let text = late[0]["reasons"].as_str().expect("a text");
    assert!(
        text.contains("overdue 5 days") && text.contains("min left") && text.contains("silent"),
        "{text}"
    );
    // A second figure: two weeks after it was due.
    let figure = maya.on("2026-04-29").run("agenda -f json").ok();
    assert!(figure.stdout.contains("second figure of"), "{figure}");
    // What somebody else recorded waits for the person's word.
    maya.on("2026-03-20")
        .run("learn --as bo --step answer-one --personal yes --done y")
        .ok();
    let word = reasons(&maya.on("2026-03-20"), "confirm");
    assert_eq!(word[0]["person_id"], "bo");
    assert!(
        word[0]["reasons"].as_str().expect("a text").contains("Maya Lund"),
        "{word:?}"
    );
}

#[test]
fn whoever_comes_into_a_group_later_is_named_with_the_command() {
    let maya = Sandbox::halden();
    for id in ["ana", "bo", "chen"] {
        maya.run(&format!("people edit {id} --set groups=board --yes"))
            .ok();
    }
    assert!(reasons(&maya, "later-joiner").is_empty());
    maya.run("assign answering --to ana --due +4w --yes").ok();
    maya.run("assign answering --to bo --due +4w --yes").ok();
    let later = reasons(&maya, "later-joiner");
    assert_eq!(later[0]["who"], "Chen Wei");
    assert_eq!(
        later[0]["command"],
        "upwards assign answering --to chen --due +4w"
    );
    maya.run("assign answering --to chen --due +4w --yes").ok();
    assert!(reasons(&maya, "later-joiner").is_empty());
}

/// A group that got a programme: who comes later is offered the same, from today on.
#[test]
fn whoever_comes_later_is_offered_the_programme() {
    let maya = Sandbox::halden();
    maya.run("assign tiny --to ana --to bo --start 2026-03-02 --every 3w --yes")
        .ok();
    maya.run("people add --name 'Gro Lie' --role executive --group board --id gro")
        .ok();
    let later = reasons(&maya, "later-joiner");
    assert_eq!(later.len(), 1, "{later:?}");
    let command = later[0]["command"].as_str().expect("a command");
    assert!(command.starts_with("upwards assign tiny --to "), "{command}");
    assert!(command.ends_with(" --start 2026-03-16 --every 3w"), "{command}");
    let done = maya
        .run(&format!("{} --yes", command.trim_start_matches("upwards ")))
        .ok();
    assert!(done.stdout.contains("Saved."), "{done}");
    assert!(reasons(&maya, "later-joiner").is_empty());
}

#[test]
fn who_comes_into_a_unit_later_is_named_too() {
    let maya = Sandbox::halden();
    for id in ["ana", "bo", "chen"] {
        maya.run(&format!("people edit {id} --set groups= --set unit=service"))
            .ok();
    }
    maya.run("people edit chen --set left=2026-03-01").ok();
    maya.run("assign answering --to unit:service --due +4w --yes")
        .ok();
    maya.run("people edit chen --set left=").ok();
    let later = reasons(&maya, "later-joiner");
    assert_eq!(later[0]["who"], "Chen Wei");
    assert_eq!(
        later[0]["reasons"],
        "not assigned \"Answering in public\", which the others of service have"
    );
}

#[test]
fn a_waiver_that_ends_is_coming_up() {
    let maya = Sandbox::halden();
    maya.run("assign answering --to ana --waive ask-a-peer --reason 'on leave' --until +5d")
        .ok();
    let soon = maya.run("agenda").ok().stdout;
    assert!(soon.contains("21 Mar  Ana Reyes: the waiver of "), "{soon}");
    assert!(!soon.contains("on leave"), "{soon}");
    assert!(!maya.run("agenda --days 4").ok().stdout.contains("waiver"));
}

#[test]
fn ideas_material_talks_and_reminders_are_in_it() {
    let maya = Sandbox::halden();
    let ana = maya.laptop("ana");
    ana.on("2026-03-01").run("ideas add 'Ask the port'").ok();
    assert!(reasons(&maya.on("2026-03-07"), "ideas").is_empty());
    let ideas = reasons(&maya.on("2026-03-08"), "ideas");
    assert_eq!(ideas[0]["command"], "upwards ideas list --open");
    let review = reasons(&maya.on("2030-01-01"), "review");
    assert!(
        review
            .iter()
            .any(|row| row["command"] == "upwards cases list --stale"),
        "{review:?}"
    );
    // A talk that was planned, and of which nothing was recorded.
    ana.on("2026-03-02")
        .run("learn --step answering.ask-a-peer --with bo --at '2026-03-05 09:30'")
        .ok();
    assert!(reasons(&maya.on("2026-03-05"), "unanswered").is_empty());
    let open = reasons(&maya.on("2026-03-06"), "unanswered");
    // Whoever was there records it: they are asked.
    let command = open[0]["command"].as_str().expect("a text");
    assert_eq!(command, "upwards nudge --to ana --about meeting");
    let draft = maya
        .on("2026-03-06")
        .run(command.trim_start_matches("upwards "))
        .ok()
        .told();
    assert!(
        draft.contains("Your talk on Serve was planned for 5 Mar: was it held?"),
        "{draft}"
    );
    let soon = maya.on("2026-03-03").run("agenda").ok();
    assert!(
        soon.stdout.contains("Coming up:") && soon.stdout.contains("a talk on"),
        "{soon}"
    );
    // Who was reminded a short while ago is not reminded unawares.
    maya.on("2026-04-20").run("nudge --to ana --mark-sent --yes").ok();
    let told = maya.on("2026-04-22").run("agenda").ok();
    let words = told.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("reminded on 20 Apr"), "{told}");
}

/// A line of a log that the leader's computer wrote.
fn by_maya(n: u32, person: &str, day: &str, fact: &str) -> String {
    format!(
        "{{\"v\":1,\"id\":\"00000000-0000-4000-8000-{n:012}\",\"seq\":{n},\"day\":\"{day}\",\"person\":\"{person}\",\"by\":\"maya\",\"device\":\"maya-pc\",{fact}}}\n"
    )
}

fn text<'a>(row: &'a serde_json::Value, key: &str) -> &'a str {
    row[key].as_str().expect("a text")
}

/// Active since, and nowhere further: only what every leader's table shows.
#[test]
fn who_works_and_gets_no_further_is_stuck() {
    let maya = Sandbox::halden();
    let ana = maya.laptop("ana");
    maya.on("2026-02-01").run("assign answering --to ana --yes").ok();
    ana.on("2026-02-02")
        .run("learn --step answer-one --personal yes --done x --before 9 --n 12")
        .ok();
    // Busy, with what gives no points.
    let read = "\"kind\":\"finished\",\"curriculum\":\"tiny\",\"step\":\"answering.hour\",\"rev\":1";
    maya.file(
        "progress/ana/ana-pad.jsonl",
        by_maya(1, "ana", "2026-02-20", read).replace(
            "\"by\":\"maya\",\"device\":\"maya-pc\"",
            "\"by\":\"ana\",\"device\":\"ana-pad\"",
        ),
    );
    assert!(reasons(&maya.on("2026-03-01"), "stuck").is_empty(), "27 days");
    let stuck = reasons(&maya.on("2026-03-02"), "stuck");
    assert_eq!(
        text(&stuck[0], "reasons"),
        "active, yet no further than on 2 Feb: Serve is limited by questions"
    );
    assert_eq!(text(&stuck[0], "command"), "upwards readiness ana");
    maya.on("2026-03-02")
        .run(text(&stuck[0], "command").trim_start_matches("upwards "))
        .ok();
    // Silent is another thing, and so is a step further.
    let silent = maya.on("2026-03-20").run("agenda").ok().told();
    assert!(
        silent.contains("silent for 28 days") && !silent.contains("no further"),
        "{silent}"
    );
    ana.on("2026-03-03")
        .run("learn --step answering.ask-a-peer --with bo --minutes-used 15 --commitment z")
        .ok();
    assert!(reasons(&maya.on("2026-03-03"), "stuck").is_empty());
    // The workspace says how long.
    maya.append("upwards.toml", "\n[agenda]\nstuck_days = 10\n");
    assert!(
        reasons(&maya.on("2026-02-11"), "stuck").is_empty(),
        "nothing since"
    );
    assert_eq!(reasons(&maya.on("2026-02-21"), "stuck").len(), 1);
}

/// No command is offered that would refuse.
#[test]
fn who_wants_no_reminders_or_had_one_is_offered_something_else() {
    let maya = Sandbox::halden();
    maya.on("2026-02-01")
        .run("assign answering --to ana --to bo --to chen --due 2026-03-01 --yes")
        .ok();
    let people = maya.read("people.toml");
    maya.file(
        "people.toml",
        people.replace(
            "name = \"Bo Lindqvist\"",
            "name = \"Bo Lindqvist\"\nnudge = false",
        ),
    );
    maya.on("2026-03-10").run("nudge --to ana --mark-sent --yes").ok();
    let rows = |day: &str| reasons(&maya.on(day), "overdue");
    let of = |day: &str, who: &str| {
        let rows = rows(day);
        let row = rows.iter().find(|row| row["person_id"] == who).expect("a line");
        (text(row, "reasons").to_owned(), text(row, "command").to_owned())
    };
    let (why, command) = of("2026-03-16", "bo");
    assert!(why.ends_with("; wants no reminders (nudge = false)"), "{why}");
    assert_eq!(command, "upwards page bo --minutes 10 -o pages");
    let (why, command) = of("2026-03-16", "ana");
    assert!(
        why.ends_with("; reminded on 10 Mar, the next reminder from 24 Mar on"),
        "{why}"
    );
    assert_eq!(command, "upwards readiness ana");
    assert_eq!(of("2026-03-16", "chen").1, "upwards nudge --to chen");
    // What is offered is done, on the last day of the pause and on the first behind it.
    for day in ["2026-03-23", "2026-03-24"] {
        for row in rows(day) {
            let command = text(&row, "command").trim_start_matches("upwards ");
            let run = maya.on(day).run(command).ok();
            assert!(!run.said().contains("Skipped"), "{run}");
        }
    }
    assert_eq!(of("2026-03-24", "ana").1, "upwards nudge --to ana");
    // After as many as there may be it is time to talk.
    for day in ["2026-03-24", "2026-04-07"] {
        maya.on(day).run("nudge --to ana --mark-sent --yes").ok();
    }
    let (why, command) = of("2026-04-30", "ana");
    assert!(
        why.ends_with("reminded 3 times of this already: talk to them"),
        "{why}"
    );
    assert_eq!(command, "upwards readiness ana");
}

/// Somebody was taken out on purpose: nobody is asked to put them in again.
#[test]
fn who_was_taken_out_is_no_later_joiner() {
    let maya = Sandbox::halden();
    for id in ["ana", "bo", "chen"] {
        maya.run(&format!("people edit {id} --set groups=board --set unit= --yes"))
            .ok();
    }
    maya.run("assign tiny --to group:board --start 2026-03-02 --every 2w --yes")
        .ok();
    maya.run("assign tiny --to chen --remove --yes").ok();
    assert!(reasons(&maya, "later-joiner").is_empty());
    // Nor is who finished it without having been asked.
    maya.run("assign framing --to ana --to bo --remove --yes").ok();
    assert!(reasons(&maya, "later-joiner").is_empty());
    // What came by mistake and was undone was never there.
    maya.run("people add --name 'Gro Lie' --role executive --group board --id gro")
        .ok();
    assert_eq!(reasons(&maya, "later-joiner")[0]["who"], "Gro Lie");
}

/// A programme is all that is left of a curriculum at one distance; anything else is a line for each module.
#[test]
fn two_modules_with_different_days_are_no_programme() {
    let maya = Sandbox::halden();
    for (module, due) in [
        ("rules-and-roles", "2026-04-01"),
        ("answer-in-public", "2026-04-15"),
    ] {
        maya.run(&format!(
            "assign {module} --to ana --to bo --due {due} --curriculum efficiency --yes"
        ))
        .ok();
    }
    maya.run("people add --name 'Gro Lie' --role executive --group board --id gro")
        .ok();
    let later = reasons(&maya, "later-joiner");
    assert_eq!(later.len(), 2, "{later:?}");
    assert!(
        later
            .iter()
            .all(|row| text(row, "command").contains("--to gro --due +4w"))
    );
    // The whole of it, by months; the units of the two are no groups of their own.
    maya.run(
        "assign efficiency --to ana --to bo --start 2026-01-31 --every 1m --curriculum efficiency --yes",
    )
    .ok();
    let later = reasons(&maya, "later-joiner");
    assert_eq!(later.len(), 1, "{later:?}");
    assert_eq!(
        text(&later[0], "command"),
        "upwards assign efficiency --to gro --start 2026-03-16 --every 1m --curriculum efficiency"
    );
    // Who has a part of it lacks the rest, line by line.
    maya.run("assign answer-in-public --to gro --due +4w --curriculum efficiency --yes")
        .ok();
    let later = reasons(&maya, "later-joiner");
    assert!(later.len() > 2, "{later:?}");
    assert!(later.iter().all(|row| !text(row, "command").contains("--every")));
}

/// Two groups with programmes of their own: each of the late is offered that of their group.
#[test]
fn each_group_keeps_its_own_programme() {
    let maya = Sandbox::halden();
    maya.run("people edit bo --set groups=nordics").ok();
    maya.run("people edit chen --set groups=nordics").ok();
    maya.run("people add --name 'Dee Dee' --role executive --group board --id dee")
        .ok();
    maya.run("assign tiny --to ana --to dee --start 2026-03-02 --every 2w --yes")
        .ok();
    maya.run("assign tiny --to bo --to chen --start 2026-03-02 --every 5w --yes")
        .ok();
    for (id, group) in [("gro", "board"), ("hal", "nordics")] {
        maya.run(&format!(
            "people add --name {id} --role executive --group {group} --id {id}"
        ))
        .ok();
    }
    let mut commands: Vec<String> = reasons(&maya, "later-joiner")
        .iter()
        .map(|row| text(row, "command").to_owned())
        .collect();
    commands.sort();
    assert_eq!(
        commands,
        [
            "upwards assign tiny --to gro --start 2026-03-16 --every 2w",
            "upwards assign tiny --to hal --start 2026-03-16 --every 5w",
        ]
    );
}

/// The page says who has been through it, and names the step that the explanation names.
#[test]
fn a_talk_is_offered_with_somebody_who_has_been_through_it() {
    let sandbox = Sandbox::new();
    let rows = sandbox.run("agenda --demo -f json").ok().rows();
    let ana = rows.iter().find(|row| row["person_id"] == "ana").expect("a line");
    assert!(
        text(ana, "reasons").ends_with("; Bo Lindqvist and Chen Wei have been through it"),
        "{ana}"
    );
    let long = sandbox.run("export readiness --long --demo -f json").ok().rows();
    let lead = long
        .iter()
        .find(|row| row["person_id"] == "ana" && row["capability_id"] == "lead")
        .expect("a row");
    let step = text(lead, "next_step_id");
    assert_eq!(
        text(ana, "command"),
        format!("upwards learn --as ana --step {step} --with bo --at WHEN")
    );
    // Of a group that has nobody, somebody else is named too; where nobody is, that is said.
    let board = sandbox.run("agenda --demo --group board -f json").ok().rows();
    assert!(board.iter().any(|row| row["command"] == ana["command"]));
}

/// Who says so in people.toml comes behind evidence, marked; where nobody has, nobody is made up.
#[test]
fn whoever_states_it_is_marked_and_nobody_is_made_up() {
    let maya = Sandbox::halden();
    let ana = maya.laptop("ana");
    maya.append("upwards.toml", "\n[readiness]\nknowledge_floor = 0\nready = 70\n[readiness.weights]\nknowledge = 0\nhands_on = 50\ndialogue = 50\n");
    ana.run("learn --step answer-one --personal yes --done x --before 9 --n 12")
        .ok();
    let talk = |maya: &Sandbox| {
        let rows = reasons(maya, "talk");
        rows.first()
            .map(|row| (text(row, "reasons").to_owned(), text(row, "command").to_owned()))
    };
    let (why, command) = talk(&maya).expect("a talk is the limit");
    assert!(why.contains("Serve: a talk is missing, 15 min"), "{why}");
    assert!(
        why.ends_with("; nobody here has been through it: somebody from outside"),
        "{why}"
    );
    assert!(command.contains("--with WHO"), "{command}");
    maya.run("people edit chen --set experience=serve").ok();
    let (why, command) = talk(&maya).expect("a talk is the limit");
    assert!(why.ends_with("; Chen Wei (stated) has been through it"), "{why}");
    assert!(command.contains("--with chen --at WHEN"), "{command}");
}

#[test]
fn a_pair_that_does_not_meet_is_named() {
    let maya = Sandbox::halden();
    maya.append(
        "people.toml",
        "\n[[person]]\nid = \"jo\"\nname = \"Jo Park\"\nroles = [\"mentor\"]\n",
    );
    let paired = "\"kind\":\"paired\",\"curriculum\":\"tiny\",\"mentor\":\"jo\",\"capabilities\":[\"serve\"]";
    maya.file(
        "progress/ana/maya-pc.jsonl",
        by_maya(1, "ana", "2026-03-01", paired),
    );
    let stalled = |day: &str| reasons(&maya.on(day), "pair-stalled");
    assert!(stalled("2026-03-11").is_empty());
    let rows = stalled("2026-03-12");
    assert_eq!(
        text(&rows[0], "reasons"),
        "no talk with Jo Park since they were paired on 1 Mar"
    );
    let command = text(&rows[0], "command");
    assert_eq!(command, "upwards mentors invite ana --at WHEN");
    let command = command
        .replace("WHEN", "'2026-03-14 09:30'")
        .replace("upwards ", "");
    let asks = maya.read("curricula/tiny/modules/answering.toml");
    maya.file(
        "curricula/tiny/modules/answering.toml",
        asks.replace("with = \"peer\"", "with = \"mentor\""),
    );
    let planned = maya.on("2026-03-12").run(&format!("{command} -n")).ok();
    assert!(planned.stdout.contains("Dry run"), "{planned}");
    // A talk that is planned is enough, and one that was held for a while.
    let invited = "\"kind\":\"invited\",\"curriculum\":\"tiny\",\"meeting\":\"m1\",\"with\":[\"jo\"],\"role\":\"mentor\",\"topic\":\"serve\",\"at\":\"2026-03-20T09:30:00+01:00\"";
    maya.append(
        "progress/ana/maya-pc.jsonl",
        by_maya(2, "ana", "2026-03-13", invited),
    );
    assert!(stalled("2026-03-14").is_empty());
    let ana = maya.laptop("ana");
    ana.on("2026-03-20")
        .run("learn --step ask-a-peer --with jo --minutes-used 15 --commitment z --curriculum tiny")
        .ok();
    assert!(stalled("2026-04-03").is_empty());
    assert!(text(&stalled("2026-04-04")[0], "reasons").starts_with("last talk with Jo Park on 20 Mar"));
    // The workspace says how long.
    maya.append("upwards.toml", "\n[mentoring]\nmeeting_gap_days = 30\n");
    assert!(stalled("2026-04-04").is_empty());
}

/// The table in README is the settings' defaults, all of them and nothing else.
#[test]
fn the_thresholds_of_readme_are_those_of_the_program() {
    let Agenda {
        not_started_days,
        idle_days,
        stuck_days,
        measure_late_days,
        idea_days,
    } = Agenda::default();
    let Mentoring {
        seats,
        first_meeting_days,
        meeting_gap_days,
    } = Mentoring::default();
    let Nudge { pause_days, most } = Nudge::default();
    let known = [
        ("[agenda] not_started_days", not_started_days),
        ("[agenda] idle_days", idle_days),
        ("[agenda] stuck_days", stuck_days),
        ("[agenda] measure_late_days", measure_late_days),
        ("[agenda] idea_days", idea_days),
        ("[mentoring] seats", seats),
        ("[mentoring] first_meeting_days", first_meeting_days),
        ("[mentoring] meeting_gap_days", meeting_gap_days),
        ("[nudge] pause_days", pause_days),
        ("[nudge] most", most),
    ];
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README");
    let told: Vec<(&str, u32)> = readme
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('|').map(str::trim).skip(1);
            let key = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
            let is_ours = ["[agenda]", "[mentoring]", "[nudge]"]
                .iter()
                .any(|table| key.starts_with(table));
            is_ours.then_some((key, cells.next()?.parse().ok()?))
        })
        .collect();
    assert_eq!(told, known);
    // And the file takes each of them.
    let maya = Sandbox::halden();
    let mut tables = String::new();
    for (key, default) in known {
        let (table, key) = key.split_once(' ').expect("a table and a key");
        if !tables.contains(table) {
            tables.push_str(&format!("\n{table}\n"));
        }
        tables.push_str(&format!("{key} = {default}\n"));
    }
    maya.append("upwards.toml", tables);
    maya.run("agenda").ok();
}

/// With several curricula a command says which one it means, and does what the line says.
#[test]
fn what_is_offered_of_another_curriculum_can_be_typed() {
    let maya = Sandbox::halden();
    let settings = maya.read("upwards.toml");
    let turned = settings.replace(r#"["tiny", "efficiency"]"#, r#"["efficiency", "tiny"]"#);
    assert_ne!(settings, turned);
    maya.file("upwards.toml", turned);
    for id in ["dana", "eli"] {
        maya.run(&format!(
            "people add --name {id} --role executive --group board --id {id}"
        ))
        .ok();
    }
    for id in ["ana", "bo", "dana"] {
        maya.run(&format!("assign answering --to {id} --due +9w --curriculum tiny"))
            .ok();
    }
    maya.run("assign tiny --to ana --to bo --to dana --start 2026-03-16 --every 2w --curriculum tiny --yes")
        .ok();
    let offered: Vec<String> = maya
        .run("agenda -f json")
        .ok()
        .rows()
        .iter()
        .filter(|row| row["about"] == "later-joiner")
        .map(|row| text(row, "command").to_owned())
        .collect();
    assert!(!offered.is_empty());
    for command in &offered {
        assert!(command.ends_with("--curriculum tiny"), "{command}");
        let line = command.strip_prefix("upwards ").expect("a command of ours");
        maya.run(&format!("{line} --yes")).ok();
    }
    assert!(
        maya.run("agenda -f json")
            .ok()
            .rows()
            .iter()
            .all(|row| row["about"] != "later-joiner")
    );
}
