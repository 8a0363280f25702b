//! `agenda`: what needs the leader, in order, each with its reason and the command to run.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn the_leaders_monday() {
    let sandbox = Sandbox::new();
    let page = sandbox.run("agenda --demo --width 80").ok();
    assert_data_eq!(
        page.stdout.clone(),
        str![[r"
Maya Lund, Mon 16 Mar 2026: 5 things need you

1  Eli Novak    Rules and roles overdue 17 days, 63 min left; silent for 42
                days
   upwards nudge --to eli
2  Dana Okafor  Rules and roles overdue 17 days, 63 min left; a practice that
                Maya Lund recorded on 13 Mar waits for their word
   upwards nudge --to dana
3  Farah Aziz   not started, assigned 14 days ago; shortest step 2 min
   upwards page farah --minutes 10 -o pages
4  Ana Reyes    Lead: a talk is missing, reached on 11 Feb
   upwards learn --as ana --step start-here.peer-who-kept-it --with WHO --at WHEN
5  Ideas        2 open, the oldest since 7 Mar
   upwards ideas list --open

Coming up:
  19 Mar  Ana Reyes: a talk on Serve

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
    assert!(
        open[0]["command"]
            .as_str()
            .expect("a text")
            .contains("--with bo --date 2026-03-05"),
        "{open:?}"
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
