//! Bare `upwards`: where one is and what is next, for each role and where there is nothing yet.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn an_executive_sees_where_they_are_and_the_next_ten_minutes() {
    let home = Sandbox::new().run("--demo --width 80").ok();
    assert_data_eq!(
        home.stdout,
        str![[r#"
Ana Reyes, Halden Group                                        Mon 16 Mar 2026

Social media for efficiency: reached 1 of 4, current 0
Aim: "Answering complaints takes two days"                               Serve
  E   Serve   exploring    limited by: practice
  B   Reach   building     limited by: practice
  .   Source  not started  limited by: practice
  B+  Lead    building     reached 11 Feb; a talk (15 min) makes it ready
Assigned: Answering in public, due Fri 27 Mar (11 days)
Planned talk: your mentor Jo Park, Thu 19 Mar 09:30

Your next 10 minutes
  1  case      KLM: an hour in the answer seat          3 min   Serve
  2  quiz      2 questions                              2 min   Serve
  3  practice  Answer one customer in public            5 min   Serve
  If all of it comes out right: Serve exploring -> building.

Maya Lund can see your aim, bands, points, days and evidence; never your
answers, notes or minutes. All of it: upwards privacy

  upwards learn                start with step 1
  upwards learn --minutes 5    something shorter
  upwards progress             what your bands rest on

"#]]
    );
}

#[test]
fn what_is_late_or_waits_for_ones_word_is_said() {
    let home = Sandbox::new().run("--demo --as dana --width 80").ok();
    assert_data_eq!(
        home.stdout,
        str![[r"
Dana Okafor, Halden Group                                      Mon 16 Mar 2026

Social media for efficiency: reached 0 of 4, current 0
  B   Serve   building     limited by: again
  B   Reach   building     limited by: practice
  E   Source  exploring    limited by: questions
  E   Lead    exploring    limited by: confirm
Assigned: Rules and roles, overdue 17 days
Assigned: Answering in public, due Fri 27 Mar (11 days)
1 practice waits for your word: upwards confirm

Your next 10 minutes
  1  case      Nestle and KitKat                        3 min   Lead
  2  practice  Write one rule                           5 min   Lead
  3  reflect   What stops me                            2 min   Lead
  If all of it comes out right: Lead 3.8 -> 23.8.

Maya Lund can see your aim, bands, points, days and evidence; never your
answers, notes or minutes. All of it: upwards privacy

  upwards learn                start with step 1
  upwards learn --minutes 5    something shorter
  upwards progress             what your bands rest on

"]]
    );
}

#[test]
fn a_leader_sees_the_others() {
    let home = Sandbox::new().run("--demo --as maya --width 80").ok();
    assert_data_eq!(
        home.stdout,
        str![[r"
Maya Lund, Halden Group                                        Mon 16 Mar 2026

Saved: 19 -> 4 hours to first answer (observed, n 12 and 15), 6 -> 3.5
hours a week on approvals (claimed, n not said); 1 baseline open until 2
Apr
Reached in all four: 1 of 6 (a month ago 0); current: 1.
Overdue: 2. Not started: 1.
This week: 6 things. First Eli Novak: Rules and roles overdue 17 days,
63 min left; silent for 42 days

  upwards agenda               all of it, each with its command
  upwards readiness            who is ready, what limits the others
  upwards people list          who takes part
  upwards assign MODULE --to WHO
      the next module

"]]
    );
}

#[test]
fn a_mentor_is_told_what_there_is() {
    let home = Sandbox::new().run("--demo --as jo --width 80").ok();
    assert_data_eq!(
        home.stdout,
        str![[r"
Jo Park, Halden Group                                          Mon 16 Mar 2026

You mentor
  Ana Reyes, on Serve: no talk yet, next Thu 19 Mar

  upwards mentors guide ana    what you have in hand for the next talk
  upwards mentors invite ana --at WHEN
      the next talk, with a calendar file
  upwards mentors log --with ana --minutes N
      a talk that was held

"]]
    );
}

#[test]
fn programs_get_the_same_as_data() {
    let rows = Sandbox::new().run("--demo -f json").ok().rows();
    let of = |kind: &str| rows.iter().filter(|r| r["part"] == kind).count();
    assert_eq!((of("standing"), of("next")), (4, 3), "{rows:?}");
    let text = Sandbox::new().run("--demo").ok().stdout;
    for row in rows.iter().filter(|r| r["part"] == "next") {
        let title = row["title"].as_str().expect("a title");
        assert!(text.contains(title), "{title} is not on the screen");
    }
}

#[test]
fn in_a_folder_without_a_workspace_it_explains_itself() {
    let sandbox = Sandbox::new();
    let before = sandbox.everything();
    let home = sandbox.run("").ok();
    assert_data_eq!(
        home.stdout,
        str![[r"
upwards: no workspace here (looked for upwards.toml up from this folder).

A workspace is a plain folder with people, curricula and progress.
  upwards readiness --demo     look at an example, nothing is kept
  upwards init halden          make one (3 questions)

"]]
    );
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn who_is_not_known_yet_is_told_how_to_say_it() {
    let home = Sandbox::halden().laptop("nobody").run("").ok();
    assert_data_eq!(
        home.stdout,
        str![[r"
Halden Group: nobody has said yet who you are on this computer.

  upwards config set me ID     say it once
  upwards people list          who is here, with ids

"]]
    );
    let wrong = Sandbox::halden().run("--as zoe").code(1);
    assert!(wrong.said().contains("zoe"), "{wrong}");
}

#[test]
fn it_writes_nothing() {
    let ana = Sandbox::halden().laptop("ana");
    let before = ana.everything();
    for line in ["", "-f csv", "--as bo", "next --why", "progress"] {
        ana.run(line).ok();
    }
    assert_eq!(ana.everything(), before);
}

/// A mentor, a group, a planned talk, an answer that is asked for, a promise and a second figure that are due, something
/// late and something to come: all of it at once on one screen of a usual terminal.
#[test]
fn a_first_screen_fits_a_terminal() {
    let maya = Sandbox::halden();
    let settings = maya.read("upwards.toml");
    maya.file("upwards.toml", settings.replace("\"tiny\", ", ""));
    maya.file(
        "people.toml",
        maya.read("people.toml")
            + "\n[[person]]\nid = \"jo\"\nname = \"Jo Park\"\nroles = [\"mentor\"]\nmentors_stated = { serve = \"ready\" }\nseats = 1\n\
               \n[[person]]\nid = \"kim\"\nname = \"Kim Berg\"\nexternal = true\nexperience = [\"serve\"]\n",
    );
    maya.run("mentors wish jo --for ana").ok();
    maya.run("mentors match --yes").ok();
    maya.run("peers form --capability serve --yes").ok();
    for (module, due) in [
        ("rules-and-roles", "2026-03-20"),
        ("answer-in-public", "2026-05-20"),
    ] {
        maya.run(&format!("assign {module} --to ana --due {due} --yes"))
            .ok();
    }
    let ana = maya.laptop("ana");
    ana.run("aim 'Answering complaints takes two days' --capability serve")
        .ok();
    ana.run(
        "mentors log --minutes 25 --commitment 'Answer one customer a week, in public, and say who I am'",
    )
    .ok();
    ana.run("learn --step answer-one-customer --personal yes --done 'Answered one' --before 19")
        .ok();
    let day = ana.on("2026-04-20");
    day.run("mentors invite --at '2026-04-23 09:30' -o ../talk.ics")
        .ok();
    let home = day.run("--width 80").ok().stdout;
    let full = [
        "Ana Reyes, Halden Group",
        "  1  promise",
        "  2  measure",
        "Your next 10 minutes",
        "If all of it comes out right",
        "Planned talk: your mentor Jo Park, Thu 23 Apr 09:30",
        "Assigned: Rules and roles, overdue 31 days",
        "upwards learn ",
        "upwards privacy ",
        "Your group on Serve: Kim Berg, Bo Lindqvist and Chen Wei; no day yet",
    ];
    for line in full {
        assert!(home.contains(line), "{line}: {home}");
    }
    // Long titles stay in their column.
    let minutes = |line: &str| {
        let at = line.find(" min ").expect("minutes");
        upwards::base::text::width(&line[..at])
    };
    let plan = home.lines().filter(|line| line.contains(" min   "));
    let ends: Vec<usize> = plan.map(minutes).collect();
    assert!(
        ends.len() > 2 && ends.iter().all(|end| *end == ends[0]),
        "{ends:?}: {home}"
    );
    let rows = home.lines().count();
    assert!(rows <= 23, "{rows} lines: {home}");
    assert!(
        home.lines().all(|line| upwards::base::text::width(line) <= 80),
        "{home}"
    );
    // With a question below it, the title is still there, and what is left out is counted.
    #[cfg(unix)]
    {
        let mut terminal = day.terminal("", (80, 24));
        let rows = terminal.expect("Enter = start").rows();
        assert!(rows[0].starts_with("Ana Reyes, Halden Group"), "{terminal}");
        let more = rows
            .iter()
            .any(|row| row.contains(" more: upwards progress, mentors list or peers list"));
        assert!(more, "{terminal}");
        terminal.press(&["q"]);
        assert_eq!(terminal.ended(), Some(0), "{terminal}");
    }
}
