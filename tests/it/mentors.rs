//! `mentors`: what is proposed and why, what is written, and what only leaders know.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Two mentors by the leader's word: Jo with one seat, and Sam, who leads Chen.
fn with_mentors() -> Sandbox {
    let maya = Sandbox::halden();
    let people = maya.read("people.toml").replace(
        "unit = \"products\"\n",
        "unit = \"products\"\nreports_to = \"sam\"\n",
    );
    maya.file(
        "people.toml",
        people
            + "\n[[person]]\nid = \"jo\"\nname = \"Jo Park\"\nroles = [\"mentor\"]\nmentors_in = [\"serve\"]\n\
               mentors_stated = { serve = \"ready\" }\nseats = 1\n\
               \n[[person]]\nid = \"sam\"\nname = \"Sam Ortiz\"\nroles = [\"mentor\"]\n\
               mentors_stated = { serve = \"building\" }\n",
    );
    maya
}

#[test]
fn the_example_is_that_of_the_design() {
    let sandbox = Sandbox::new();
    let rows = sandbox.run("mentors match --demo -f csv").ok().csv();
    let told: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|row| (&*row["person_id"], &*row["mentor_id"], &*row["fit"]))
        .collect();
    assert_eq!(
        told,
        [
            ("dana", "jo", "352.2"),
            ("eli", "sam", "558"),
            ("farah", "sam", "600")
        ]
    );
}

#[test]
fn pairs_are_proposed_with_why_and_written_after_a_yes_only() {
    let maya = with_mentors();
    let before = maya.workspace();
    let shown = maya.run("mentors match --dry-run --width 80").ok();
    assert_data_eq!(
        shown.stdout,
        str![[r"
3 people without a mentor, 3 free seats (Jo Park 1, Sam Ortiz 2).

EXECUTIVE     MENTOR     FIT  WHY
Ana Reyes     Sam Ortiz  200  serve 100 x 2*
Bo Lindqvist  Sam Ortiz  200  serve 100 x 2*
Chen Wei      Jo Park    300  serve 100 x 3*

Ana Reyes: next best Jo Park (300, no seat left); Bo Lindqvist: next best Jo
Park (300, no seat left).
Chen Wei and Sam Ortiz: not possible.
* by the leader's word (stated).
Fit: points missing x what the mentor brings, 0 to 3, from the mentor's own
evidence or as stated.
Dry run, nothing was written.

"]]
    );
    let refused = maya.run("mentors match").code(2);
    assert!(refused.stderr.contains("--yes"), "{refused}");
    assert_eq!(maya.workspace(), before, "nothing is written without a yes");
    let again = maya.run("mentors match --dry-run -f csv").ok();
    assert_eq!(
        again.stdout,
        maya.run("mentors match --dry-run -f csv").ok().stdout
    );
    maya.run("mentors match --yes").ok();
    let list = maya.run("mentors list --width 100").ok();
    assert_data_eq!(
        list.stdout,
        str![[r"
ID   MENTOR     IN        SEATS  FREE  WITH                     TALKS  LAST TALK  STALLED
jo   Jo Park    serve 3*  1      0     Chen Wei                 0
sam  Sam Ortiz  serve 2*  2      0     Ana Reyes, Bo Lindqvist  0

* by the leader's word (stated).

"]]
    );
    // The reason tells what somebody lacks: it is the leaders', one for each pair, and says what is stated.
    let paired = &maya.events("progress/chen/maya-laptop.jsonl")[0];
    assert_eq!(paired.get("why"), None);
    let reasons = maya.events("team/maya-laptop.jsonl");
    let reason = reasons.iter().find(|line| line["ref"] == paired["id"]);
    assert_eq!(reason.expect("one for Chen")["reason"], "serve 100 x 3 (stated)");
    assert_eq!(
        (reasons.len(), &reasons[0]["reason"]),
        (3, &"serve 100 x 2 (stated)".into())
    );
    // What runs stays: nobody is moved.
    let pairs = |at: &str| maya.run(&format!("mentors list -f csv --today {at}")).ok().csv();
    let had = pairs("2026-03-17");
    maya.on("2026-03-17").run("mentors match --yes").ok();
    assert_eq!(pairs("2026-03-17"), had);
    // All of it is taken back together.
    maya.run("undo --yes").ok();
    assert!(
        pairs("2026-03-17").iter().all(|row| row["pairs"] == "0"),
        "{:?}",
        pairs("2026-03-17")
    );
    // Their reasons stay where they are, and hinder nothing.
    assert_eq!(maya.events("team/maya-laptop.jsonl").len(), 3);
    maya.run("history --person chen").ok();
    maya.run("mentors match --yes").ok();
    maya.run("export progress").ok();
}

#[test]
fn why_a_pair_was_made_is_in_no_mentors_copy() {
    let maya = with_mentors();
    let paired = |why: &str| {
        format!(
            "{{\"v\":1,\"id\":\"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d003\",\"seq\":1,\"day\":\"2026-03-10\",\"person\":\"ana\",\
             \"by\":\"maya\",\"device\":\"maya-old\",\"kind\":\"paired\",\"curriculum\":\"tiny\",\"mentor\":\"jo\",\
             \"capabilities\":[\"serve\"]{why}}}\n"
        )
    };
    let told = paired(",\"why\":\"serve 83.6 x 3\"");
    // A line of an older version that says why.
    maya.file("progress/ana/maya-old.jsonl", &told);
    maya.run("mentors match --yes").ok();
    for (who, has) in [("jo", false), ("sam", false), ("ana", true)] {
        maya.run(&format!("send --to {who} -o {who}.packet")).ok();
        let packet = maya.read(&format!("{who}.packet"));
        assert_eq!(packet.contains("83.6"), has, "{who}: all about her is hers");
        assert!(!packet.contains("serve 100 x"), "{who}");
    }
    assert!(
        maya.read("jo.packet")
            .contains("3b9f1c52-8d0e-4a67-9c11-5e2f7a90d003")
    );
    assert_eq!(
        maya.read("progress/ana/maya-old.jsonl"),
        told,
        "nothing is rewritten"
    );
    // Jo has the pair, also where an earlier copy had told why.
    let jo = maya.laptop("jo").inside("jo");
    maya.file("jo/x", "");
    jo.run("receive ../jo.packet -w new --yes").ok();
    let jo = jo.inside("jo/new");
    assert_eq!(jo.events("progress/ana/maya-old.jsonl")[0].get("why"), None);
    jo.file("progress/ana/maya-old.jsonl", &told);
    let again = jo.run("receive ../../jo.packet --yes").ok();
    assert!(again.stdout.contains("Nothing new"), "{again}");
    // Without why a line travels as it stands.
    maya.file("progress/ana/maya-old.jsonl", paired(""));
    maya.run("send --to jo -o jo.packet").ok();
    assert!(maya.read("jo.packet").contains(paired("").trim_end()));
}

#[test]
fn who_waits_is_told_why_and_what_would_help() {
    let maya = with_mentors();
    let with = |edit: &dyn Fn(String) -> String| {
        maya.file("people.toml", edit(with_mentors().read("people.toml")));
        maya.run("mentors match --dry-run -f csv").ok().csv()
    };
    let why = |rows: &[std::collections::BTreeMap<String, String>], id: &str| {
        let row = rows.iter().find(|row| row["person_id"] == id).expect("a row");
        row["why"].clone()
    };
    let rows = with(&|text| text.replace("mentors_stated = { serve = \"building\" }", "seats = 0"));
    assert_eq!(
        why(&rows, "bo"),
        "no seat is left where somebody would do; one more at Jo Park (300)"
    );
    let shown = maya.run("mentors match -n").ok();
    let together = "Bo Lindqvist, Chen Wei: no seat is left where somebody would do; one more at Jo";
    assert!(shown.stdout.contains(together), "{shown}");
    let rows = with(&|text| text.replace("roles = [\"mentor\"]", "roles = [\"leader\"]"));
    assert!(why(&rows, "ana").starts_with("there is no mentor"), "{rows:?}");
    let rows = with(&|text| {
        text.replace(
            "name = \"Ana Reyes\"",
            "name = \"Ana Reyes\"\nlanguages = [\"fi\"]",
        )
    });
    assert_eq!(
        why(&rows, "ana"),
        "of the mentors 2 share no language; somebody who speaks fi would do"
    );
}

#[test]
fn wishes_vetoes_and_answers_count_and_only_leaders_hold_them() {
    let maya = with_mentors();
    let mentor_of = |who: &str| {
        let rows = maya.run("mentors match --dry-run -f csv").ok().csv();
        let row = rows
            .into_iter()
            .find(|row| row["person_id"] == who)
            .expect("a row");
        row["mentor_id"].clone()
    };
    assert_eq!(mentor_of("chen"), "jo", "Sam is Chen's boss");
    maya.run("mentors bar jo chen").ok();
    let mentors = || (mentor_of("ana"), mentor_of("bo"), mentor_of("chen"));
    let are = |ana: &str, bo: &str, chen: &str| {
        assert_eq!(mentors(), (ana.to_owned(), bo.to_owned(), chen.to_owned()));
    };
    are("jo", "sam", "");
    // Of equal pairs the one that is wished for.
    maya.run("mentors wish jo --for bo").ok();
    are("sam", "jo", "");
    // A wish lifts no veto.
    maya.run("mentors bar bo jo").ok();
    are("jo", "sam", "");
    let shown = maya.run("mentors match --dry-run").ok();
    assert!(
        shown.stdout.contains("Bo Lindqvist and Jo Park: not possible"),
        "{shown}"
    );
    // After a talk that did not fit, somebody else; the pairs that run stay.
    maya.run("mentors match --yes").ok();
    maya.on("2026-03-18").run("mentors fit ana not").ok();
    let told = maya
        .on("2026-03-18")
        .run("mentors unpair ana --reason 'no time'")
        .ok();
    assert_eq!(
        told.stdout,
        "Saved: Ana Reyes and Jo Park are no pair any more.\n"
    );
    let next = maya
        .on("2026-03-19")
        .run("mentors match --dry-run -f csv")
        .ok()
        .csv();
    let ana = next.iter().find(|row| row["person_id"] == "ana").expect("a row");
    assert_eq!(ana["mentor_id"], "sam", "a seat is free there");
    // No log of a person and no copy holds what only leaders know.
    for (path, bytes) in maya.workspace() {
        let text = String::from_utf8_lossy(&bytes);
        let is_of_team = path.contains("team/");
        for secret in ["\"barred\"", "\"wished\"", "\"fit\"", "no time", "wished for"] {
            assert!(is_of_team || !text.contains(secret), "{path}: {secret}");
        }
    }
    for who in ["ana", "jo"] {
        maya.run(&format!("send --to {who} -o {who}.packet")).ok();
        let packet = maya.read(&format!("{who}.packet"));
        for secret in ["barred", "wished", "\\\"fit\\\"", "\"fit\"", "no time"] {
            assert!(!packet.contains(secret), "{who}: {secret}");
        }
    }
}

#[test]
fn only_leaders_pair_and_either_side_may_end_it() {
    let maya = with_mentors();
    let ana = maya.laptop("ana");
    for line in ["mentors match --yes", "mentors bar ana jo"] {
        let refused = ana.run(line).code(1);
        assert!(refused.stderr.contains("leads nobody here"), "{refused}");
    }
    maya.run("mentors match --yes").ok();
    let refused = ana.run("mentors unpair bo").code(1);
    assert!(
        refused.stderr.contains("by one of the two, or by a leader"),
        "{refused}"
    );
    let refused = ana.run("mentors unpair --reason 'no time'").code(2);
    assert!(refused.stderr.contains("leave out --reason"), "{refused}");
    // Nobody's log but hers is read.
    maya.file("progress/bo/broken.jsonl", "no line\n");
    let ended = ana.run("mentors unpair").ok();
    assert_eq!(ended.stderr, "");
    // The mentor ends it as well, and only their own.
    let jo = maya.laptop("jo");
    jo.run("config set me jo").ok();
    let refused = jo.run("mentors unpair bo").code(1);
    assert!(
        refused.stderr.contains("by one of the two, or by a leader"),
        "{refused}"
    );
    jo.run("mentors unpair chen").ok();
    let refused = ana.run("mentors unpair").code(1);
    assert!(
        refused.stderr.contains("Ana Reyes has no mentor now"),
        "{refused}"
    );
    let refused = maya.run("mentors wish ana --for bo").code(1);
    assert!(
        refused.stderr.contains("Ana Reyes is no mentor here"),
        "{refused}"
    );
    let refused = maya.run("mentors bar ana ana").code(2);
    assert!(refused.stderr.contains("one person"), "{refused}");
    let refused = maya.run("mentors fit bo good --by chen").code(1);
    assert!(refused.stderr.contains("not one of the two"), "{refused}");
}

#[test]
fn pairs_that_are_none_any_more_are_named_as_nothing_ends_by_itself() {
    let maya = with_mentors();
    maya.run("mentors match --yes").ok();
    maya.run("mentors fit ana not").ok();
    let people = maya.read("people.toml");
    maya.file(
        "people.toml",
        people.replace("name = \"Jo Park\"\n", "name = \"Jo Park\"\nleft = 2026-03-16\n"),
    );
    let shown = maya.on("2026-03-17").run("mentors match -n --width 200").ok();
    for line in [
        "Chen Wei has Jo Park, who mentors nobody here now: upwards mentors unpair chen --mentor jo",
        "Ana Reyes and Sam Ortiz: not possible: upwards mentors unpair ana --mentor sam",
    ] {
        let words: Vec<&str> = shown.stdout.split_whitespace().collect();
        assert!(words.join(" ").contains(line), "{shown}");
    }
}

#[test]
fn what_stalls_and_who_is_free_is_listed() {
    let maya = with_mentors();
    let ids = |line: &str, day: &str| -> Vec<String> {
        let rows = maya.on(day).run(&format!("{line} -f csv")).ok().csv();
        rows.into_iter().map(|row| row["mentor_id"].clone()).collect()
    };
    assert_eq!(ids("mentors list --free", "2026-03-16"), ["jo", "sam"]);
    maya.run("mentors match --yes").ok();
    assert_eq!(ids("mentors list --free", "2026-03-16"), [""; 0]);
    assert_eq!(ids("mentors list --stalled", "2026-03-26"), [""; 0]);
    assert_eq!(ids("mentors list --stalled", "2026-03-27"), ["jo", "sam"]);
    let none = maya.run("mentors list --stalled").ok();
    assert_eq!(none.stdout, "No mentor is like that.\n");
}

#[test]
fn a_leader_decides_on_a_pair_and_the_others_are_matched_around_it() {
    let maya = with_mentors();
    let pairs = |more: &str| -> Vec<(String, String)> {
        let rows = maya.run(&format!("mentors match -n -f csv {more}")).ok().csv();
        rows.iter()
            .map(|row| (row["person_id"].clone(), row["mentor_id"].clone()))
            .collect()
    };
    let two = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    // By itself Chen gets Jo, as Sam leads Chen. Decided, Ana does, and Chen is left.
    assert_eq!(
        pairs(""),
        [two("ana", "sam"), two("bo", "sam"), two("chen", "jo")]
    );
    assert_eq!(
        pairs("--pair ana=jo"),
        [two("ana", "jo"), two("bo", "sam"), two("chen", "")]
    );
    assert_eq!(pairs("--pair ana=jo --only"), [two("ana", "jo")]);
    let one_each = pairs("--max-load 1");
    assert_eq!(
        one_each.iter().filter(|(_, mentor)| mentor == "sam").count(),
        1,
        "{one_each:?}"
    );
    for (line, why) in [
        ("--pair ana", "with whom?"),
        ("--pair ana=nobody", "nobody"),
        ("--pair jo=sam", "seeks no mentor"),
        ("--pair ana=bo", "is no mentor here"),
        ("--pair chen=sam", "not possible"),
        ("--pair ana=jo --pair bo=jo", "has no seat free"),
        ("--pair ana=jo --pair ana=sam", "in two of these pairs"),
        ("--only", "--pair"),
    ] {
        let run = maya.run(&format!("mentors match -n {line}"));
        assert!(run.code != Some(0) && run.said().contains(why), "{line}: {run}");
    }
    maya.run("mentors match --pair ana=jo --only --yes").ok();
    assert_eq!(maya.run("export mentors").ok().csv().len(), 1);
}

#[test]
fn a_proposal_is_shown_as_toml_changed_by_hand_and_taken_back() {
    let maya = with_mentors();
    let before = maya.workspace();
    let shown = maya.run("mentors match --toml").ok();
    assert_data_eq!(
        shown.stdout.clone(),
        str![[r#"
# Change, add or remove pairs, then:
#   upwards mentors match --from pairs.toml
format = 1

# Ana Reyes and Sam Ortiz
[[pair]]
executive = "ana"
mentor = "sam"

# Bo Lindqvist and Sam Ortiz
[[pair]]
executive = "bo"
mentor = "sam"

# Chen Wei and Jo Park
[[pair]]
executive = "chen"
mentor = "jo"

"#]]
    );
    let mut asked = maya.terminal("mentors match", (80, 40));
    asked.expect("Write these 3 pairs?").press(&["n"]).press(&["\r"]);
    assert_eq!(asked.ended(), Some(0), "{asked}");
    let written = asked.written();
    assert!(written.contains("executive = \"chen\""), "{written}");
    assert!(written.contains("mentors match --from pairs.toml"), "{written}");
    let mut stopped = maya.terminal("mentors match", (80, 40));
    stopped
        .expect("Write these 3 pairs?")
        .press(&["s"])
        .press(&["\r"]);
    assert_eq!(stopped.ended(), Some(0), "{stopped}");
    assert!(!stopped.written().contains("executive ="), "{stopped}");
    assert_eq!(maya.workspace(), before, "nothing is written");
    // By hand: Ana gets Jo, and Bo waits.
    maya.run("mentors match --toml -o pairs.toml").ok();
    assert_eq!(maya.read("pairs.toml"), shown.stdout);
    maya.file(
        "pairs.toml",
        "format = 1\n[[pair]]\nexecutive = \"ana\"\nmentor = \"jo\"\n",
    );
    assert!(
        maya.run("mentors match --from pairs.toml")
            .code(2)
            .stderr
            .contains("--yes")
    );
    let table = maya.run("mentors match --from pairs.toml -n").ok().stdout;
    assert!(table.starts_with("3 people without a mentor"), "{table}");
    assert!(
        table.contains("Ana Reyes  Jo Park") && !table.contains("Bo "),
        "{table}"
    );
    maya.run("mentors match --from pairs.toml --yes").ok();
    let pairs = maya.run("export mentors").ok().csv();
    assert_eq!(pairs.len(), 1);
    assert_eq!((&*pairs[0]["person_id"], &*pairs[0]["mentor_id"]), ("ana", "jo"));
    // What the program wrote is taken as it is, from a pipe too.
    maya.run("undo --yes").ok();
    maya.feed("mentors match --from - --yes", &shown.stdout).ok();
    assert_eq!(maya.run("export mentors").ok().csv().len(), 3);
}

#[test]
fn what_keeps_pairs_of_a_file_from_being_is_told_of_all_of_them() {
    let maya = with_mentors();
    let before = maya.workspace();
    let pairs = [
        ("ana", "nobody"),
        ("jo", "sam"),
        ("ana", "bo"),
        ("chen", "sam"),
        ("ana", "jo"),
        ("bo", "jo"),
        ("ana", "sam"),
    ];
    let mut text = "format = 1\n".to_owned();
    for (executive, mentor) in pairs {
        text.push_str(&format!(
            "[[pair]]\nexecutive = \"{executive}\"\nmentor = \"{mentor}\"\n"
        ));
    }
    let said = maya
        .feed("mentors match --from - --yes --width 100", &text)
        .code(1)
        .stderr;
    assert_data_eq!(
        said,
        str![[r#"
error: standard input:3: "nobody" is no person here
  all: upwards people list
  standard input:6: Jo Park seeks no mentor: they have one, are ready in everything, or learn
    nothing here
  their pairs: upwards mentors show jo
  standard input:9: Bo Lindqvist is no mentor here
  make them one: upwards people edit bo --set roles=mentor
  standard input:12: not possible
  standard input:18: Jo Park has no seat free
  one more: upwards people edit jo --set seats=N
  standard input:21: Ana Reyes is in two of these pairs
  everybody has one mentor
  nothing was written

"#]]
    );
    for (text, why) in [
        (
            "format = 1\n[[pair]]\nexecutive = \"ana\"\nwith = \"jo\"\n",
            "standard input:4: ",
        ),
        ("format = 1\n", "standard input has no pair"),
        ("[[pair]\n", "standard input:1"),
    ] {
        let run = maya.feed("mentors match --from - --yes", text).code(1);
        assert!(run.stderr.contains(why), "{why}: {run}");
    }
    maya.run("mentors match --from nowhere.toml --yes").code(1);
    maya.run("mentors match --from - --pair ana=jo --yes").code(2);
    assert_eq!(maya.workspace(), before, "nothing is written");
}

/// A line that another leader's computer wrote into somebody's log.
fn paired_elsewhere(maya: &Sandbox, n: u32, curriculum: &str, mentor: &str) {
    let file = "progress/ana/other-pc.jsonl";
    let before = if maya.has(file) {
        maya.read(file)
    } else {
        String::new()
    };
    let line = format!(
        "{{\"v\":1,\"id\":\"0a1b2c3d-0000-4000-8000-00000000000{n}\",\"seq\":{n},\"day\":\"2026-03-16\",\"person\":\"ana\",\"by\":\"maya\",\"device\":\"other-pc\",\"kind\":\"paired\",\"curriculum\":\"{curriculum}\",\"mentor\":\"{mentor}\",\"capabilities\":[\"serve\"]}}\n"
    );
    maya.file(file, before + &line);
}

#[test]
fn pairs_that_two_computers_made_are_reported_and_ended() {
    let maya = with_mentors();
    maya.run("mentors match --pair ana=jo --only --yes").ok();
    assert_eq!(maya.run("check -v --plain --only U526,U527").ok().stdout, "");
    paired_elsewhere(&maya, 1, "tiny", "jo");
    let twice = maya.run("check -v --plain --only U526,U527").ok().stdout;
    assert!(
        twice.contains("U526") && twice.contains("ana and jo are paired twice"),
        "{twice}"
    );
    let idle = |maya: &Sandbox| -> Vec<String> {
        let rows = maya.run("agenda -f csv").ok().csv();
        let rows = rows.iter().filter(|row| row["about"] == "pair-to-end");
        rows.map(|row| row["command"].clone()).collect()
    };
    assert_eq!(idle(&maya), [""; 0], "once or twice, it is one pair");
    // Two mentors: what to do is said, and either pair may be ended.
    paired_elsewhere(&maya, 2, "tiny", "sam");
    let two = maya.run("check -v --plain --only U526,U527").ok().stdout;
    assert!(
        two.contains("U527") && two.contains("ana has two mentors at once: jo and sam"),
        "{two}"
    );
    assert_eq!(idle(&maya), ["upwards mentors unpair ana --mentor sam"]);
    let shown = maya.run("mentors match -n --width 200").ok();
    assert!(
        shown.told().contains(
            "Ana Reyes has another mentor beside Sam Ortiz: upwards mentors unpair ana --mentor sam"
        ),
        "{shown}"
    );
    // The first one left: that pair ends by its command, and the second stays.
    let later = maya.on("2026-03-18");
    let people = maya.read("people.toml");
    later.run("people edit jo --set left=2026-03-17").ok();
    assert_eq!(idle(&later), ["upwards mentors unpair ana --mentor jo"]);
    let shown = later.run("mentors match -n --width 200").ok();
    assert!(
        shown.told().contains("upwards mentors unpair ana --mentor jo")
            && !shown.told().contains("--mentor sam"),
        "{shown}"
    );
    maya.file("people.toml", people);
    let none = maya.run("mentors unpair ana --mentor bo").code(1);
    assert!(
        none.stderr.contains("Ana Reyes and Bo Lindqvist are no pair now"),
        "{none}"
    );
    maya.run("mentors unpair ana --mentor jo").ok();
    assert_eq!(idle(&maya), [""; 0]);
    assert_eq!(maya.run("check -v --plain --only U526,U527").ok().stdout, "");
    let running = maya.run("export mentors").ok().csv();
    let running: Vec<&str> = running
        .iter()
        .filter(|row| row["ended_on"].is_empty())
        .map(|row| &*row["mentor_id"])
        .collect();
    assert_eq!(running, ["sam"]);
    // What is taken back is no pair, and brought back it is one again.
    maya.run("undo --yes").ok();
    assert_eq!(
        maya.run("check -v --plain --only U526,U527")
            .ok()
            .stdout
            .matches("U52")
            .count(),
        2
    );
}

#[test]
fn a_mentors_seats_are_counted_over_all_curricula_everywhere() {
    let maya = with_mentors();
    maya.file(
        "upwards.toml",
        maya.read("upwards.toml")
            .replace("curricula = [\"tiny\"]", "curricula = [\"tiny\", \"efficiency\"]"),
    );
    let free = |maya: &Sandbox, line: &str| -> Vec<(String, String)> {
        let rows = maya.run(line).ok().csv();
        rows.iter()
            .map(|row| (row["pairs"].clone(), row["free"].clone()))
            .collect()
    };
    let two = |a: &str, b: &str| vec![(a.to_owned(), "0".to_owned()), (b.to_owned(), "2".to_owned())];
    paired_elsewhere(&maya, 1, "efficiency", "jo");
    for curriculum in ["tiny", "efficiency"] {
        let line = format!("mentors list -f csv --curriculum {curriculum}");
        assert_eq!(free(&maya, &line), two("1", "0"), "{curriculum}");
        let title = maya
            .run(&format!("mentors match -n --curriculum {curriculum}"))
            .ok()
            .stdout;
        assert!(title.contains("2 free seats (Sam Ortiz 2)"), "{title}");
    }
    let refused = maya.run("mentors match -n --pair bo=jo").code(1);
    assert!(refused.stderr.contains("Jo Park has no seat free"), "{refused}");
    assert!(maya.run("mentors list --free").ok().stdout.contains("sam"));
    assert!(!maya.run("mentors list --free").ok().stdout.contains("jo "));
    let agenda = maya.run("agenda -f csv").ok().csv();
    let row = agenda
        .iter()
        .find(|row| row["about"] == "no-mentor")
        .expect("a line");
    assert!(row["reasons"].ends_with("2 seats are free"), "{row:?}");
    // The same pair from two computers takes one seat; a curriculum that is not in use takes none.
    paired_elsewhere(&maya, 2, "efficiency", "jo");
    assert_eq!(free(&maya, "mentors list -f csv"), two("1", "0"));
    maya.file(
        "upwards.toml",
        maya.read("upwards.toml")
            .replace("[\"tiny\", \"efficiency\"]", "[\"tiny\"]"),
    );
    let rows = free(&maya, "mentors list -f csv");
    assert_eq!(rows[0], ("0".to_owned(), "1".to_owned()));
}

#[test]
fn where_the_leaders_log_cannot_be_written_the_pairs_stand_and_it_is_said() {
    let maya = with_mentors();
    maya.file("team/maya-laptop.jsonl/stands-in-the-way", "");
    let run = maya.run("mentors match --yes").code(1);
    assert!(
        run.stderr.contains("team/maya-laptop.jsonl")
            && run
                .stderr
                .contains("the pairs are written, why each was made is not: upwards mentors list"),
        "{run}"
    );
    assert_eq!(maya.run("export mentors").ok().csv().len(), 3);
    let run = maya.run("mentors unpair ana --reason 'No time'").code(1);
    assert!(
        run.stderr.contains("the pair is ended, its reason is not noted"),
        "{run}"
    );
    let ended = maya.run("export mentors").ok().csv();
    assert_eq!(
        ended.iter().filter(|row| !row["ended_on"].is_empty()).count(),
        1,
        "{ended:?}"
    );
}
