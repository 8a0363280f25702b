//! Talks of pairs and groups: planned, moved, called off, recorded by either side, and what was promised at them.

use std::process::Stdio;

use serde_json::Value;
use snapbox::{assert_data_eq, str};

use crate::support::{Output, Sandbox};

/// Ana and Jo are a pair since 16 March; Chen has nobody.
pub(crate) fn with_pair() -> Sandbox {
    let maya = Sandbox::halden();
    maya.file(
        "people.toml",
        maya.read("people.toml")
            + "\n[[person]]\nid = \"jo\"\nname = \"Jo Park\"\nroles = [\"mentor\"]\nmentors_in = [\"serve\"]\n\
               mentors_stated = { serve = \"ready\" }\nseats = 1\n",
    );
    maya.run("mentors wish jo --for ana").ok();
    maya.run("mentors match --yes").ok();
    maya
}

/// Everything that a run said, without its line breaks.
fn words(run: &Output) -> String {
    format!("{} {}", run.told(), run.said())
}

fn jo(maya: &Sandbox) -> Sandbox {
    let jo = maya.laptop("jo");
    jo.run("config set me jo").ok();
    jo
}

fn held(maya: &Sandbox) -> Vec<std::collections::BTreeMap<String, String>> {
    let rows = maya.run("export meetings -f csv").ok().csv();
    rows.into_iter().filter(|row| row["state"] == "held").collect()
}

/// What a calendar file says: its method, and of its one entry id, count, begin.
fn entry(text: &str) -> (String, String, String, String) {
    let value = |key: &str| {
        let mut lines = text.split("\r\n").filter_map(|line| line.strip_prefix(key));
        lines.next().unwrap_or_default().to_owned()
    };
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 1, "{text}");
    (
        value("METHOD:"),
        value("UID:"),
        value("SEQUENCE:"),
        value("DTSTART:"),
    )
}

#[test]
fn a_talk_is_planned_moved_and_called_off_as_one_entry() {
    let maya = with_pair();
    let run = maya
        .run("mentors invite ana --at '2026-03-20 10:00' --place 'Room 4' -o ../talk.ics")
        .ok();
    assert!(
        words(&run).contains("Ana Reyes and Jo Park meet on 2026-03-20 10:00."),
        "{run}"
    );
    let (method, uid, count, begins) = entry(&maya.read("../talk.ics"));
    assert_eq!((method.as_str(), count.as_str()), ("PUBLISH", "0"));
    let first = maya.read("../talk.ics");
    assert!(
        first.contains("LOCATION:Room 4") && first.contains("SUMMARY:Ana Reyes and Jo Park: talk on Serve"),
        "{first}"
    );
    let coming = maya.run("agenda").ok().stdout;
    assert!(
        coming.contains("20 Mar  Ana Reyes and Jo Park: a talk on Serve, 10:00"),
        "{coming}"
    );
    // Either side moves it: the same entry, one change further.
    let run = jo(&maya)
        .on("2026-03-17")
        .run("mentors invite ana --at '2026-03-23 09:00' -o ../talk.ics")
        .ok();
    assert!(words(&run).contains("no longer on Fri 20 Mar"), "{run}");
    let moved = entry(&maya.read("../talk.ics"));
    assert_eq!(
        (moved.0.as_str(), &moved.1, moved.2.as_str()),
        ("PUBLISH", &uid, "1")
    );
    assert_ne!(moved.3, begins);
    // The mentor's home says when, the executive's too.
    assert!(
        jo(&maya)
            .on("2026-03-17")
            .run("")
            .ok()
            .stdout
            .contains("next Mon 23 Mar")
    );
    let run = maya
        .laptop("ana")
        .on("2026-03-18")
        .run("mentors invite --cancel -o ../talk.ics")
        .ok();
    assert!(words(&run).contains("is called off"), "{run}");
    let off = entry(&maya.read("../talk.ics"));
    assert_eq!((off.0.as_str(), &off.1, off.2.as_str()), ("CANCEL", &uid, "2"));
    let run = maya.on("2026-03-18").run("mentors invite ana --cancel").code(1);
    assert!(
        words(&run).contains("no talk of Ana Reyes and Jo Park is planned"),
        "{run}"
    );
    // What is over is not planned, and another's calendar is not replaced.
    let run = maya.run("mentors invite ana --at '2026-03-01 10:00'").code(1);
    assert!(
        words(&run).contains("is over") && words(&run).contains("mentors log"),
        "{run}"
    );
    let run = maya.run("mentors invite chen --at '2026-03-20 10:00'").code(1);
    assert!(words(&run).contains("Chen Wei has no mentor now"), "{run}");
    let run = maya
        .laptop("bo")
        .run("mentors invite ana --at '2026-03-20 10:00'")
        .code(1);
    assert!(words(&run).contains("you and Ana Reyes are no pair"), "{run}");
}

/// From when to when, as a calendar file says it.
fn times(text: &str) -> (String, String) {
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_default().to_owned()
    };
    (value("DTSTART:"), value("DTEND:"))
}

#[test]
fn a_talk_lasts_as_long_as_was_said_wherever_it_is_moved() {
    let maya = with_pair();
    let invite = |more: &str| {
        maya.run(&format!("mentors invite ana {more} -o ../talk.ics"))
            .ok();
        times(&maya.read("../talk.ics"))
    };
    let said = |begins: &str, ends: &str| (begins.to_owned(), ends.to_owned());
    assert_eq!(
        invite("--at '2026-03-20 10:00' --minutes 45"),
        said("20260320T100000Z", "20260320T104500Z")
    );
    let plans = maya.events("progress/ana/maya-laptop.jsonl");
    assert_eq!(plans.last().expect("a plan")["minutes"], 45);
    let guide = maya.run("mentors guide ana").ok().stdout;
    assert!(guide.contains("Agenda, 45 minutes"), "{guide}");
    let page = maya.run("mentors show ana").ok().stdout;
    assert!(page.contains("planned: Fri 20 Mar, 45 min"), "{page}");
    assert_eq!(
        maya.run("export events -f csv")
            .ok()
            .csv()
            .last()
            .expect("a plan")["minutes"],
        "45"
    );
    // Moved it is as long as before, unless that is said anew; that alone is a change too.
    assert_eq!(
        invite("--at '2026-03-23 09:00'"),
        said("20260323T090000Z", "20260323T094500Z")
    );
    assert_eq!(
        invite("--at '2026-03-23 09:00' --minutes 5"),
        said("20260323T090000Z", "20260323T090500Z")
    );
    let again = maya.run("mentors invite ana --at '2026-03-23 09:00'").code(1);
    assert!(words(&again).contains("that is planned already"), "{again}");
    for (more, why) in [
        ("--at '2026-03-23 09:00' --minutes 4", "5..=480"),
        ("--at '2026-03-23 09:00' --minutes 481", "5..=480"),
        ("--cancel --minutes 30", "--minutes"),
    ] {
        let run = maya.run(&format!("mentors invite ana {more}")).code(2);
        assert!(run.said().contains(why), "{more}: {run}");
    }
    let late = maya.run("mentors invite ana --at '9999-12-31 23:50'").code(1);
    assert!(words(&late).contains("no calendar goes as far as"), "{late}");
    assert_eq!(
        invite("--at '9999-12-31 10:00' --minutes 480"),
        said("99991231T100000Z", "99991231T180000Z")
    );
    // Of a group too.
    let (maya, meeting) = with_group();
    let invite = |more: &str| {
        maya.run(&format!("peers invite {} {more} -o ../group.ics", &meeting[..8]))
            .ok();
        times(&maya.read("../group.ics"))
    };
    assert_eq!(
        invite("--at '2026-03-20 10:00' --minutes 90"),
        said("20260320T100000Z", "20260320T113000Z")
    );
    let list = maya.run("peers list --width 200").ok().stdout;
    assert!(list.contains("Fri 20 Mar 10:00, 90 min"), "{list}");
    assert!(maya.run("peers guide").ok().stdout.contains("Agenda, 90 minutes"));
    assert_eq!(
        invite("--at '2026-03-21 10:00'"),
        said("20260321T100000Z", "20260321T113000Z")
    );
    let again = maya.run("peers invite --at '2026-03-21 10:00'").code(1);
    assert!(words(&again).contains("that is planned already"), "{again}");
}

#[test]
fn a_length_written_by_hand_overflows_nothing() {
    let maya = with_pair();
    maya.run("mentors invite ana --at '2026-03-20 10:00'").ok();
    let file = "progress/ana/maya-laptop.jsonl";
    let text = maya.read(file);
    maya.file(
        file,
        text.replace(
            "\"at\":\"2026-03-20T10:00:00+00:00\"",
            "\"at\":\"9999-12-31T23:50:00-12:00\",\"minutes\":4294967295",
        ),
    );
    maya.run("export ics -o all.ics").ok();
    let (begins, ends) = times(&maya.read("all.ics"));
    assert_eq!((&*begins, &*ends), ("99991231T235959Z", ""));
    maya.run("mentors guide ana").ok();
    maya.run("export ics -f csv").ok();
}

#[test]
fn a_talk_moved_on_the_day_it_was_planned_is_never_left_at_the_old_time() {
    let maya = with_pair();
    maya.run("mentors invite ana --at '2026-03-20 10:00' -o ../talk.ics")
        .ok();
    // The line of a device whose name comes first would stand behind: the talk begins again, the old entry is withdrawn.
    jo(&maya)
        .run("mentors invite ana --at '2026-03-23 09:00' -o ../talk.ics")
        .ok();
    let text = maya.read("../talk.ics");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "{text}");
    assert_eq!(text.matches("STATUS:CANCELLED").count(), 1, "{text}");
    let rows = maya.run("mentors list -f csv --as ana").ok().csv();
    assert_eq!(rows[0]["next_talk_on"], "2026-03-23", "{rows:?}");
    let planned = maya.run("export ics -f json").ok().rows();
    let standing: Vec<&Value> = planned.iter().filter(|row| row["state"] == "stands").collect();
    assert_eq!(standing.len(), 1, "{planned:?}");
    assert_eq!(standing[0]["on"], "2026-03-23");
}

#[test]
fn a_time_that_the_change_of_clocks_leaves_out_is_the_one_an_hour_later() {
    let maya = with_pair().without("UPWARDS_NOW").env("TZ", "Europe/Berlin");
    maya.run("mentors invite ana --at '2095-03-27 02:30' -o ../talk.ics --as maya")
        .ok();
    assert_eq!(entry(&maya.read("../talk.ics")).3, "20950327T013000Z");
}

#[test]
fn a_talk_held_before_its_day_leaves_the_plan_and_ending_a_pair_takes_it_along() {
    let maya = with_pair();
    maya.run("mentors invite ana --at '2026-03-27 10:00' --place 'Room 4' -o ../talk.ics")
        .ok();
    let ana = maya.laptop("ana");
    ana.on("2026-03-18").run("mentors log --minutes 20").ok();
    let rows = maya
        .on("2026-03-19")
        .run("mentors list -f csv --as ana")
        .ok()
        .csv();
    assert_eq!(
        (rows[0]["talks"].as_str(), rows[0]["next_talk_on"].as_str()),
        ("1", "2026-03-27")
    );
    // Moved, it stays in its room; the same time again is nothing new.
    let move_it = "mentors invite --at '2026-03-28 10:00' -o ../talk.ics";
    ana.on("2026-03-19").run(move_it).ok();
    assert!(maya.read("../talk.ics").contains("LOCATION:Room 4"));
    let again = ana.on("2026-03-20").run(move_it).code(1);
    assert!(again.said().contains("that is planned already"), "{again}");
    // A file that may not be written is told before anything is.
    let before = maya.workspace();
    ana.on("2026-03-20")
        .run("mentors invite --at '2026-03-29 10:00' -o ../none/talk.ics")
        .code(1);
    assert_eq!(maya.workspace(), before);
    let ended = ana.on("2026-03-20").run("mentors unpair").ok();
    assert!(
        ended
            .told()
            .contains("Their talk of Sat 28 Mar is called off with it"),
        "{ended}"
    );
    let left = maya.on("2026-03-21").run("export ics -f json").ok().rows();
    assert!(left.iter().all(|row| row["state"] == "withdrawn"), "{left:?}");
    // What is no day of the pair is not recorded, and how it was may still be said.
    for line in [
        "mentors log --with ana --minutes 7",
        "mentors log --with ana --minutes 7 --date 2026-03-01",
    ] {
        let run = jo(&maya).on("2026-03-24").run(line).code(1);
        assert!(
            run.said().contains("are a pair from 2026-03-16 to 2026-03-20"),
            "{run}"
        );
    }
    ana.on("2026-03-24").run("mentors fit not").ok();
}

#[test]
fn whose_assistant_is_whose_is_for_them_and_for_leaders() {
    let maya = with_pair();
    maya.run("people edit ana --set assistant_email=office@halden.example")
        .ok();
    let invite = |sandbox: &Sandbox, day: &str| {
        let line = format!("mentors invite ana --at '2026-03-{day} 10:00' -o ../talk.ics");
        words(&sandbox.run(&line).ok())
    };
    let told = invite(&maya, "20");
    assert!(
        told.contains("for the assistant of Ana Reyes too: attach it to a mail to office@halden.example"),
        "{told}"
    );
    let told = invite(&jo(&maya).on("2026-03-17"), "21");
    assert!(!told.contains("office@"), "{told}");
    let own = maya.laptop("ana").on("2026-03-18");
    let told = words(
        &own.run("mentors invite --at '2026-03-22 10:00' -o ../talk.ics")
            .ok(),
    );
    assert!(told.contains("for your assistant too"), "{told}");
}

#[test]
fn a_mentor_who_is_booked_twice_is_told() {
    let maya = with_pair();
    maya.run("people edit jo --set seats=2").ok();
    maya.run("mentors match --yes").ok();
    maya.run("mentors invite ana --at '2026-03-20 10:00' -o ../a.ics")
        .ok();
    let other = maya.run("export mentors").ok().csv();
    let other = other
        .iter()
        .find(|row| row["person_id"] != "ana")
        .expect("a second pair")["person_id"]
        .clone();
    // While the one lasts, the other begins: as long as its step says, or as was said.
    let is_told = |time: &str| {
        let line = format!("mentors invite {other} --at '2026-03-20 {time} -o ../b.ics");
        let said = maya.run(&line).ok().said();
        said.contains("note: Jo Park meets Ana Reyes at that time too")
    };
    assert!(is_told("10:14'"));
    assert!(!is_told("10:15'"));
    assert!(is_told("09:50' --minutes 11"));
    assert!(!is_told("09:50' --minutes 10"));
    maya.run("mentors invite ana --at '2026-03-20 10:00' --minutes 90 -o ../a.ics")
        .ok();
    assert!(is_told("11:29'"));
    assert!(!is_told("11:30'"));
}

#[test]
fn a_talk_booked_again_in_a_sitting_stays_in_its_room_and_as_long() {
    let maya = with_pair();
    let module = "curricula/tiny/modules/answering.toml";
    let text = maya
        .read(module)
        .replacen("with = \"peer\"", "with = \"mentor\"", 1);
    maya.file(module, text);
    maya.run("mentors invite ana --at '2026-03-20 10:00' --place 'Room 4' --minutes 45 -o ../talk.ics")
        .ok();
    let ana = maya.laptop("ana").on("2026-03-17");
    ana.run("learn --step answering.ask-a-peer --with jo --at '2026-03-23 09:30'")
        .ok();
    let moved = ana.events("progress/ana/ana-laptop.jsonl");
    let moved = moved.last().expect("a plan");
    let planned = maya.events("progress/ana/maya-laptop.jsonl");
    let planned = planned.last().expect("a plan");
    assert_eq!(moved["kind"], "invited");
    assert_eq!(moved["meeting"], planned["id"], "the same talk");
    assert_eq!(
        (&moved["place"], &moved["minutes"]),
        (&planned["place"], &planned["minutes"])
    );
    assert_eq!(moved["place"], "Room 4");
    let rows = ana.run("mentors list -f csv").ok().csv();
    assert_eq!(rows[0]["next_talk_on"], "2026-03-23");
}

#[test]
fn nobody_speaks_in_anothers_name() {
    let maya = with_pair();
    maya.laptop("ana")
        .run("mentors log --minutes 20 --commitment 'Answer one'")
        .ok();
    let jo = jo(&maya).on("2026-03-23");
    let run = jo.run("mentors log --minutes 5 --kept no --as ana").code(2);
    assert!(
        run.said().contains("only Ana Reyes says what came of it"),
        "{run}"
    );
    let run = jo.run("mentors fit not --as ana").code(2);
    assert!(run.said().contains("leave out --as"), "{run}");
    jo.run("mentors log --minutes 5 --as ana").ok();
    // What a leader records with `--as` is what their `undo` takes back.
    maya.on("2026-03-24").run("mentors log --minutes 5 --as ana").ok();
    let before = held(&maya.on("2026-03-24")).len();
    maya.on("2026-03-24").run("undo --yes").ok();
    assert_eq!(held(&maya.on("2026-03-24")).len(), before - 1);
    let written = maya.events("progress/ana/jo-laptop.jsonl");
    assert_eq!(written[0]["by"], "jo", "whoever sits here said it");
    let run = jo
        .run("mentors log --with ana --minutes 5 --date 2026-03-20 --topic lead")
        .code(1);
    assert!(run.said().contains("your pair meets about serve"), "{run}");
    let paired = maya.events("progress/ana/maya-laptop.jsonl")[0]["id"].clone();
    let run = maya
        .laptop("ana")
        .run(&format!("undo {}", paired.as_str().expect("an id")))
        .code(1);
    assert!(run.said().contains("taken back by leaders only"), "{run}");
    // Their own words go before what others noted of the same talk.
    // What was said before is asked about first.
    maya.laptop("ana")
        .on("2026-03-24")
        .run("mentors log --minutes 5 --kept yes")
        .ok();
    let jo = jo.on("2026-03-30");
    jo.run("mentors log --with ana --minutes 5 --commitment 'Fire Bo'")
        .ok();
    maya.laptop("ana")
        .on("2026-03-30")
        .run("aim 'Complaints take two days' --capability serve")
        .ok();
    let mut asked = maya
        .laptop("ana")
        .on("2026-04-06")
        .terminal("learn --minutes 1", (80, 24));
    asked.expect("Jo Park noted what you would do after 30 Mar: \"Fire Bo\"");
    asked.kill();
    maya.laptop("ana")
        .on("2026-03-30")
        .run("mentors log --minutes 5 --commitment 'Answer two'")
        .ok();
    let guide = maya
        .laptop("ana")
        .on("2026-04-01")
        .run("mentors guide")
        .ok()
        .stdout;
    assert!(
        guide.contains("Answer two") && !guide.contains("Fire Bo"),
        "{guide}"
    );
}

#[test]
fn a_mentors_copy_tells_nothing_of_what_was_promised() {
    let maya = with_pair();
    let settings = maya.read("upwards.toml");
    maya.file("upwards.toml", settings + "\n[sharing]\nlayout = \"packets\"\n");
    maya.laptop("ana")
        .run("mentors log --minutes 20 --commitment 'SACK-THE-AGENCY'")
        .ok();
    maya.run("send --to jo -o ../jo.packet").ok();
    let packet = maya.read("../jo.packet");
    assert!(
        packet.contains("met") && !packet.contains("SACK-THE-AGENCY"),
        "{packet}"
    );
    // What the mentor sends back of it is known, not another line.
    maya.run("send --to ana -o ../ana.packet").ok();
    assert!(maya.read("../ana.packet").contains("SACK-THE-AGENCY"));
}

/// A folder that leads into itself opens for nobody, as one without rights does for who has none.
#[cfg(unix)]
#[test]
fn a_mentors_pairs_are_looked_for_only_where_they_may_look() {
    let maya = with_pair();
    let jo = jo(&maya);
    std::os::unix::fs::symlink("bo", maya.path("progress/bo")).expect("a link");
    let own = jo.run("mentors list -f csv").ok().csv();
    assert_eq!((own.len(), &*own[0]["person_id"]), (1, "ana"));
    assert!(jo.run("").ok().stdout.contains("Ana Reyes, on Serve"));
    // Leaders are told: they should see everybody's.
    let run = maya.run("mentors list").code(1);
    assert!(run.stderr.contains("progress/bo"), "{run}");
}

#[test]
fn a_history_has_the_talks_of_both_and_promises_for_whom_they_are() {
    let maya = with_pair();
    let settings = maya.read("upwards.toml");
    let shared_by = |layout: &str| {
        let text = format!("{settings}\n[sharing]\nlayout = \"{layout}\"\n");
        maya.file("upwards.toml", text);
    };
    shared_by("folder");
    let (ana, jo) = (maya.laptop("ana"), jo(&maya));
    let promise = "will \"Answer one customer\"";
    jo.run("mentors log --with ana --minutes 25 --commitment 'Answer one customer'")
        .ok();
    let own = jo.run("history").ok().stdout;
    assert!(
        own.contains("2026-03-16") && own.contains("talked with Ana Reyes as mentor about serve, 25 minutes"),
        "{own}"
    );
    let theirs = ana.run("history").ok().stdout;
    assert!(
        theirs.contains("talked with Jo Park, 25 minutes") && theirs.contains(promise),
        "{theirs}"
    );
    assert!(maya.run("history --person ana").ok().stdout.contains(promise));
    // Nor in a folder that both see, nor in another's name.
    for line in [
        "history",
        "history -f json",
        "history --person ana",
        "history --as ana",
    ] {
        let shown = jo.run(line).ok();
        assert!(!shown.stdout.contains("Answer one"), "{line}: {shown}");
    }
    // What the executive records stands in their file, which a mentor in a shared folder does not open.
    ana.on("2026-03-17")
        .run("mentors log --with jo --minutes 31 --commitment 'Ask two colleagues'")
        .ok();
    let later = jo.on("2026-03-18");
    let own = later.run("history").ok().stdout;
    assert!(own.contains("25 minutes") && !own.contains("31 minutes"), "{own}");
    // In a copy of their own it is there, and what both recorded is one.
    shared_by("packets");
    let theirs = later.inside("../jos");
    theirs.file("empty/x", "");
    maya.on("2026-03-18").run("send --to jo -o ../jo.packet").ok();
    theirs.run("receive ../jo.packet --yes").ok();
    let copy = theirs.inside("../jos/halden-3f9c");
    let own = copy.run("history").ok().stdout;
    assert!(own.contains("25 minutes") && own.contains("31 minutes"), "{own}");
    assert!(!own.contains("Ask two") && !own.contains("Answer one"), "{own}");
    copy.run("mentors log --with ana --minutes 32 --date 2026-03-17")
        .ok();
    let own = copy.run("history").ok().stdout;
    assert!(own.contains("32 minutes") && !own.contains("31 minutes"), "{own}");
    copy.run("undo --yes").ok();
    let own = copy.run("history").ok().stdout;
    assert!(
        own.contains("(taken back)") && own.contains("31 minutes"),
        "{own}"
    );
}

#[test]
fn either_side_records_a_talk_and_it_counts_once_on_the_day_it_was_held() {
    let maya = with_pair();
    let ana = maya.laptop("ana").on("2026-03-20");
    let said = jo(&maya)
        .on("2026-03-20")
        .run("mentors log --with ana --minutes 30 --date 2026-03-19 --attendance partly")
        .ok();
    assert!(words(&said).contains("mentors fit ana good|unsure|not"), "{said}");
    ana.run("mentors log --minutes 25 --date 2026-03-19 --commitment 'Answer one customer a week'")
        .ok();
    let both = held(&maya.on("2026-03-20"));
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(
        both.iter()
            .all(|row| row["held_on"] == "2026-03-19" && row["meeting_id"] == "2026-03-19:ana+jo"),
        "{both:?}"
    );
    let mut counts: Vec<(&str, &str)> = both
        .iter()
        .map(|row| (row["counts"].as_str(), row["why_not"].as_str()))
        .collect();
    counts.sort_unstable();
    assert_eq!(
        counts,
        [("no", "recorded-before"), ("yes", "")],
        "one talk counts once"
    );
    let mentors = maya.on("2026-03-20").run("mentors list -f csv").ok().csv();
    assert_eq!(mentors[0]["last_talk_on"], "2026-03-19", "{mentors:?}");
    let points = maya
        .on("2026-03-20")
        .run("readiness ana --capability serve -f json")
        .ok();
    assert!(points.stdout.contains("dialogue"), "{points}");
    // The second run of the same is no second talk.
    let run = ana.run("mentors log --minutes 25 --date 2026-03-19").code(1);
    assert!(
        words(&run).contains("you have recorded the talk") && words(&run).contains("undo"),
        "{run}"
    );
    let run = ana.run("mentors log --minutes 25 --date 2026-03-25").code(1);
    assert!(words(&run).contains("still to come"), "{run}");
    // A deputy is recorded and counts for nothing.
    jo(&maya)
        .on("2026-03-24")
        .run("mentors log --with ana --minutes 15 --attendance deputy")
        .ok();
    let deputies: Vec<_> = held(&maya.on("2026-03-24"))
        .into_iter()
        .filter(|row| row["attendance"] == "deputy")
        .collect();
    assert_eq!(deputies.len(), 1);
    assert_eq!(deputies[0]["counts"], "no", "{deputies:?}");
    ana.run("undo --yes").ok();
    assert_eq!(held(&maya.on("2026-03-20")).len(), 1);
    // Who was there is asked how it is, until they say it.
    let asks = |ana: &Sandbox| ana.run("").ok().told().contains("How is it with Jo Park");
    assert!(asks(&ana));
    ana.run("mentors fit unsure").ok();
    assert!(!asks(&ana));
}

#[test]
fn the_mentor_sees_topic_and_days_and_nothing_else() {
    let maya = with_pair();
    let ana = maya.laptop("ana").on("2026-03-20");
    ana.run(
        "learn --step answer-one --personal yes --done 'Answered Mrs Holm' --before 19 --curriculum tiny",
    )
    .ok();
    ana.run("mentors log --minutes 25 --commitment 'Sack the agency'")
        .ok();
    ana.run("aim 'Complaints take two days' --function customer-service")
        .told();
    let jo = jo(&maya).on("2026-03-20");
    for line in [
        "",
        "mentors list",
        "mentors list -f json",
        "mentors guide ana",
        "mentors guide ana -f json",
    ] {
        let seen = jo.run(line).ok().told();
        for private in [
            "Sack the agency",
            "Mrs Holm",
            "two days",
            "19 ",
            "points",
            "building",
            "exploring",
            "not started",
        ] {
            assert!(!seen.contains(private), "{line}: {private}: {seen}");
        }
    }
    let guide = jo.run("mentors guide ana").ok().stdout;
    assert!(
        guide.contains("Ana Reyes and Jo Park: a talk on Serve"),
        "{guide}"
    );
    // Ana's own side begins with what she said.
    let own = ana.on("2026-03-21").run("mentors guide").ok().stdout;
    assert!(own.contains("On 20 Mar you said: \"Sack the agency\""), "{own}");
    // Nobody answers for her what came of it.
    let run = jo
        .on("2026-03-27")
        .run("mentors log --with ana --minutes 10 --kept yes")
        .code(2);
    assert!(
        words(&run).contains("only Ana Reyes says what came of it"),
        "{run}"
    );
}

#[test]
fn what_was_promised_comes_into_the_plan_and_is_asked_about() {
    let maya = with_pair();
    let ana = maya.laptop("ana");
    ana.run("mentors log --minutes 25 --commitment 'Answer one customer a week'")
        .ok();
    let planned = |day: &str| {
        let rows = ana.on(day).run("next -f csv").ok().csv();
        let mut promises = rows.into_iter().filter(|row| row["kind"] == "promise");
        promises
            .next()
            .map(|row| (row["title"].clone(), row["step_id"].clone()))
    };
    assert_eq!(planned("2026-03-22"), None, "a week is given");
    let (title, step) = planned("2026-03-23").expect("a promise");
    assert!(title.contains("Answer one customer a week"), "{title}");
    assert_eq!(step, "answering.answer-one", "doing it may be this practice");
    let id = maya.events("progress/ana/ana-laptop.jsonl")[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    ana.file(
        "../answers.toml",
        format!("format = 1\n[answers]\n\"{id}.kept\" = \"partly\"\n"),
    );
    let run = ana
        .on("2026-03-23")
        .run("learn --minutes 1 --answers ../answers.toml")
        .ok();
    assert!(
        words(&run).contains("upwards learn --step answering.answer-one"),
        "{run}"
    );
    assert_eq!(planned("2026-03-24"), None, "asked once");
    let row = &held(&maya.on("2026-03-24"))[0];
    assert_eq!(
        (
            row["commitment_kept"].as_str(),
            row["commitment_asked_on"].as_str()
        ),
        ("partly", "2026-03-23")
    );
    // Or it is said with the next talk.
    let ana = ana.on("2026-03-30");
    let run = ana.run("mentors log --minutes 20 --kept yes").code(1);
    assert!(words(&run).contains("nothing that was promised is open"), "{run}");
    ana.run("mentors log --minutes 20 --commitment 'Answer two'").ok();
    let ana = ana.on("2026-04-06");
    ana.run("mentors log --minutes 20 --kept no").ok();
    let kept: Vec<Value> = maya
        .events("progress/ana/ana-laptop.jsonl")
        .into_iter()
        .filter(|event| event["kind"] == "kept")
        .collect();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[1]["answer"], "no");
    assert_eq!(kept[1]["by"], "ana");
}

/// Four executives and a guest who has been through it, in one group.
pub(crate) fn with_group() -> (Sandbox, String) {
    let maya = Sandbox::halden();
    let people = maya.read("people.toml")
        + "\n[[person]]\nid = \"eli\"\nname = \"Eli Novak\"\n\
           \n[[person]]\nid = \"kim\"\nname = \"Kim Berg\"\nexternal = true\nexperience = [\"serve\"]\n";
    maya.file("people.toml", people);
    maya.run("peers form --capability serve --yes").ok();
    let rows = maya.run("peers list -f csv").ok().csv();
    assert_eq!(rows.len(), 1, "{rows:?}");
    let meeting = rows[0]["meeting_id"].clone();
    (maya, meeting)
}

#[test]
fn a_group_gets_a_day_meets_and_is_recorded_for_each() {
    let (maya, meeting) = with_group();
    let short = &meeting[..8];
    // Formed and forgotten, the agenda says so with the command.
    let late = maya.run("agenda --all --today 2026-03-30").ok().stdout;
    assert!(
        late.contains("no day yet") && late.contains(&format!("upwards peers invite {short} --at WHEN")),
        "{late}"
    );
    let run = maya
        .run(&format!(
            "peers invite {short} --at '2026-03-20 10:00' -o ../group.ics"
        ))
        .ok();
    assert!(words(&run).contains("meet on 2026-03-20 10:00"), "{run}");
    let (_, uid, count, _) = entry(&maya.read("../group.ics"));
    assert_eq!(count, "1", "formed, then dated");
    assert!(uid.starts_with(&meeting), "{uid}");
    let guide = maya.run("peers guide").ok().stdout;
    assert!(
        guide.contains("Three questions to ask") && guide.contains("Kim Berg"),
        "{guide}"
    );
    assert!(
        guide.contains("Who has been through it\n  - Bring one thing"),
        "{guide}"
    );
    let maya = maya.on("2026-03-20");
    let before = maya.workspace();
    for (line, why) in [
        ("--attendance eli=ill", "no such word"),
        ("--attendance jo=deputy", "jo"),
        ("--attendance maya=deputy", "is not in this talk"),
        ("--commitment ana", "whose is it?"),
        ("--commitment kim='Come again'", "says that themselves"),
    ] {
        let run = maya.run(&format!("peers record {short} --minutes 60 {line}"));
        assert!(run.code != Some(0) && words(&run).contains(why), "{line}: {run}");
    }
    assert_eq!(maya.workspace(), before, "a slip writes nothing");
    let run = maya
        .run(&format!(
            "peers record {short} --minutes 60 --attendance eli=deputy --attendance chen=absent --commitment ana='Answer one customer'"
        ))
        .ok();
    assert!(words(&run).contains("Saved for 3 people"), "{run}");
    let rows = held(&maya);
    let told: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|row| (&*row["person_id"], &*row["attendance"], &*row["commitment"]))
        .collect();
    assert_eq!(
        told,
        [
            ("ana", "present", "Answer one customer"),
            ("bo", "present", ""),
            ("eli", "deputy", "")
        ]
    );
    assert!(rows.iter().all(|row| row["meeting_id"] == meeting));
    // Chen was not there, and Kim records nothing: the group has met all the same.
    assert!(maya.run("peers list -f csv").ok().csv().is_empty());
    let late = maya.run("agenda --all --today 2026-04-30 -f csv").ok().csv();
    assert!(
        late.iter()
            .all(|row| row["about"] != "unanswered" && row["about"] != "group-undated"),
        "{late:?}"
    );
    // Somebody who was there names the same talk, with those they remember.
    let bo = maya.laptop("bo").on("2026-03-20");
    bo.run("peers record --with ana --capability serve --minutes 50")
        .ok();
    let points = maya
        .run("readiness bo --capability serve -v --width 200")
        .ok()
        .stdout;
    assert_eq!(points.matches("talk with").count(), 1, "{points}");
    bo.run("undo --yes").ok();
    let run = maya.run(&format!("peers record {short} --minutes 60")).code(1);
    assert!(words(&run).contains("no group waits for its talk"), "{run}");
    maya.run("undo --yes").ok();
    assert_eq!(held(&maya).len(), 0);
    // Called off, it is gone from the list, and its entry is withdrawn.
    let run = maya
        .run(&format!("peers invite {short} --cancel -o ../group.ics"))
        .ok();
    assert!(words(&run).contains("is called off"), "{run}");
    assert_eq!(entry(&maya.read("../group.ics")).0, "CANCEL");
    assert!(maya.run("peers list -f csv").ok().csv().is_empty());
}

#[test]
fn a_leader_says_who_did_not_come_although_one_of_them_was_faster() {
    let (maya, meeting) = with_group();
    let short = &meeting[..8];
    maya.run(&format!(
        "peers invite {short} --at '2026-03-20 10:00' -o ../group.ics"
    ))
    .ok();
    let maya = maya.on("2026-03-20");
    maya.laptop("ana")
        .run(&format!("peers record {short} --minutes 50"))
        .ok();
    let listed = || maya.run("peers list -f csv").ok().csv().len();
    assert_eq!(listed(), 1, "it waits for the word of the others");
    let later = maya.on("2026-03-23");
    let open = || {
        let rows = later.run("agenda --all -f csv").ok().csv();
        let rows = rows.into_iter();
        rows.filter(|row| row["reasons"].contains("nothing recorded"))
            .map(|row| row["person_id"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(open().len(), 3, "Bo, Chen and Eli");
    let record = format!("peers record {short} --date 2026-03-20 --minutes 50 --attendance chen=absent");
    later.run(&record).ok();
    assert_eq!((open().len(), listed()), (0, 0));
    let again = later.run(&record).code(1);
    assert!(words(&again).contains("no group"), "{again}");
}

#[test]
fn peers_record_a_talk_that_nobody_planned_each_for_themselves() {
    let (maya, _) = with_group();
    let ana = maya.laptop("ana");
    ana.run("peers record --with bo --capability lead --minutes 20 --commitment ana='Name one'")
        .ok();
    maya.laptop("bo")
        .run("peers record --with ana --capability lead --minutes 20")
        .ok();
    let rows = held(&maya);
    assert_eq!(rows.len(), 2);
    assert!(
        rows.iter().all(|row| row["meeting_id"] == "2026-03-16:ana+bo"),
        "{rows:?}"
    );
    let run = ana
        .run("peers record --with bo --capability led --minutes 20")
        .code(1);
    assert!(words(&run).contains("lead"), "{run}");
    let run = ana.run("peers invite --at '2026-03-20 10:00'").code(1);
    assert!(words(&run).contains("leads nobody here"), "{run}");
}

#[test]
fn the_agenda_says_who_has_no_mentor() {
    let maya = with_pair();
    let rows = maya.run("agenda -f csv").ok().csv();
    let row = rows
        .iter()
        .find(|row| row["about"] == "no-mentor")
        .expect("a line");
    assert_eq!(row["reasons"], "Bo Lindqvist, Chen Wei; 0 seats are free");
    assert_eq!(row["command"], "upwards mentors match");
    // Where nobody mentors it is no thing to do.
    let none = Sandbox::halden();
    let rows = none.run("agenda -f csv").ok().csv();
    assert!(rows.iter().all(|row| row["about"] != "no-mentor"), "{rows:?}");
}

#[test]
fn leaders_see_one_pair_with_why_and_what_came_of_it() {
    let maya = with_pair();
    let ana = maya.laptop("ana");
    ana.on("2026-03-18")
        .run("mentors log --minutes 25 --commitment 'Answer one customer a week'")
        .ok();
    ana.on("2026-03-25")
        .run("mentors log --minutes 20 --kept partly")
        .ok();
    ana.on("2026-03-25")
        .run("mentors invite --at '2026-04-02 09:30'")
        .ok();
    let page = maya.on("2026-03-26").run("mentors show jo --width 80").ok();
    assert_data_eq!(
        page.stdout.clone(),
        str![[r#"
Ana Reyes and Jo Park, on Serve, since 16 Mar
  why: serve 100 x 3 (stated), wished for
  18 Mar: 25 min, present, recorded by Ana Reyes; "Answer one customer a
  week", kept: partly
  25 Mar: 20 min, present, recorded by Ana Reyes
  planned: Thu 2 Apr

"#]]
    );
    assert_eq!(
        maya.on("2026-03-26")
            .run("mentors show ana --width 80")
            .ok()
            .stdout,
        page.stdout
    );
    let nobody = maya.run("mentors show chen").ok().stdout;
    assert!(nobody.contains("Chen Wei is and was in no pair."), "{nobody}");
    let refused = ana.run("mentors show jo").code(1);
    assert!(refused.stderr.contains("leads nobody here"), "{refused}");
    // Ended, it is in the data still.
    ana.on("2026-03-27").run("mentors unpair").ok();
    let rows = maya.on("2026-03-28").run("export mentors").ok().csv();
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    let told = [
        "person_id",
        "mentor_id",
        "since",
        "ended_on",
        "talks",
        "last_talk_on",
    ]
    .map(|key| row[key].as_str());
    assert_eq!(told, ["ana", "jo", "2026-03-16", "2026-03-27", "2", "2026-03-25"]);
}

#[test]
fn a_host_has_a_part_of_the_guide_of_their_own() {
    let (maya, _) = with_group();
    let bring = "Bring one thing you can show";
    // Chen says that they have been through it, Bo does not.
    let says_so = maya.read("people.toml").replace(
        "unit = \"products\"\n",
        "unit = \"products\"\nexperience = [\"serve\"]\n",
    );
    maya.file("people.toml", says_so);
    let hosts = maya.laptop("chen").run("peers guide").ok().stdout;
    assert!(hosts.contains("What you may be asked"), "{hosts}");
    let own = hosts.split("\nYou\n").nth(1).expect("a part of their own");
    let lines: Vec<&str> = own.lines().filter(|line| line.starts_with("  - ")).collect();
    for (line, begins) in lines.iter().zip([bring, "Tell what", "Do not teach"]) {
        assert!(line.contains(begins), "{hosts}");
    }
    let guests = maya.laptop("bo").run("peers guide").ok().stdout;
    assert!(
        guests.contains("Three questions to ask") && !guests.contains(bring),
        "{guests}"
    );
    let parts = |sandbox: &Sandbox| {
        let rows = sandbox.run("peers guide -f csv").ok().csv();
        rows.iter().filter(|row| row["part"] == "mentor").count()
    };
    assert_eq!(
        (
            parts(&maya),
            parts(&maya.laptop("chen")),
            parts(&maya.laptop("bo"))
        ),
        (3, 3, 0)
    );
    // What the curriculum says to them stands instead.
    let module = "curricula/tiny/modules/answering.toml";
    let text = maya.read(module);
    let with_words = text.replacen(
        "with = \"peer\"\n",
        "with = \"peer\"\nfor_mentor = \"Show the queue.\"\n",
        1,
    );
    assert_ne!(with_words, text);
    maya.file(module, with_words);
    let hosts = maya.laptop("chen").run("peers guide").ok().stdout;
    assert!(
        hosts.contains("\nYou\n  - Show the queue.") && !hosts.contains(bring),
        "{hosts}"
    );
}

#[test]
fn the_agenda_names_pairs_that_should_end_and_home_says_who_is_there() {
    let maya = with_pair();
    let ana = maya.laptop("ana");
    let home = ana.run("").ok().stdout;
    assert!(home.contains("Your mentor: Jo Park, on Serve"), "{home}");
    let about = |sandbox: &Sandbox| {
        let rows = sandbox.run("agenda -f csv --all").ok().csv();
        let to_end = rows.into_iter().filter(|row| row["about"] == "pair-to-end");
        to_end
            .map(|row| (row["reasons"].clone(), row["command"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(about(&maya), []);
    // A veto of one of the two, or their answer; the line does not say which.
    maya.run("mentors bar ana jo").ok();
    let told = [(
        "Ana Reyes and Jo Park: not possible".to_owned(),
        "upwards mentors unpair ana --mentor jo".to_owned(),
    )];
    assert_eq!(about(&maya), told);
    maya.run("undo --yes").ok();
    maya.run("mentors fit ana not --by jo").ok();
    assert_eq!(about(&maya), told);
    maya.run("undo --yes").ok();
    // The mentor is gone.
    maya.run("people edit jo --set left=2026-03-16").ok();
    let gone = about(&maya.on("2026-03-17"));
    assert_eq!(gone.len(), 1);
    assert!(gone[0].0.contains("who mentors nobody here any more"), "{gone:?}");
    // A group without a day is there too, for everybody in it.
    let (maya, meeting) = with_group();
    let eli = maya.laptop("bo");
    assert!(
        eli.run("").ok().stdout.contains("Your group on Serve"),
        "{meeting}"
    );
    let own = eli.run("peers list -f csv").ok().csv();
    assert_eq!(own[0]["meeting_id"], meeting);
    let guide = eli.run("peers guide").ok().stdout;
    assert!(guide.contains("Kim Berg"), "{guide}");
    // The command it ends with is one that is taken.
    let record = guide
        .lines()
        .find(|line| line.contains("peers record"))
        .expect("a command");
    let record = record.trim().trim_start_matches("upwards ");
    assert!(record.contains("--commitment bo="), "{record}");
    eli.run(&record.replace("--minutes N", "--minutes 30")).ok();
}

#[test]
fn commands_at_once_decide_one_after_the_other() {
    let maya = Sandbox::halden();
    maya.file(
        "people.toml",
        maya.read("people.toml")
            + "\n[[person]]\nid = \"jo\"\nname = \"Jo Park\"\nroles = [\"mentor\"]\n\
               mentors_stated = { serve = \"ready\" }\nseats = 3\n",
    );
    let all = |line: &str| {
        let runs: Vec<_> = (0..6)
            .map(|_| {
                maya.command(line.split(' '))
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .spawn()
                    .expect("it starts")
            })
            .collect();
        for mut run in runs {
            run.wait().expect("it ends");
        }
    };
    all("mentors match --yes");
    let pairs = maya.run("export mentors").ok().csv();
    assert_eq!(pairs.len(), 3, "{pairs:?}");
    all("mentors log --with ana --minutes 20");
    assert_eq!(held(&maya).len(), 1);
    all("mentors unpair ana");
    let ended = maya.events("progress/ana/maya-laptop.jsonl");
    assert_eq!(
        ended.iter().filter(|event| event["kind"] == "unpaired").count(),
        1
    );
}

#[test]
fn a_stop_or_a_no_writes_nothing() {
    let maya = Sandbox::halden();
    maya.file(
        "people.toml",
        maya.read("people.toml")
            + "\n[[person]]\nid = \"jo\"\nname = \"Jo Park\"\nroles = [\"mentor\"]\nmentors_stated = { serve = \"ready\" }\n",
    );
    let mut asked = maya.terminal("mentors match", (80, 24));
    asked.expect("Write these 2 pairs?").press(&["n"]).press(&["\r"]);
    assert_eq!(asked.ended(), Some(0), "{asked}");
    assert!(maya.run("export mentors").ok().csv().is_empty());
    maya.run("mentors match --yes").ok();
    let ana = maya.laptop("ana");
    ana.run("mentors log --minutes 5 --commitment 'Answer one'").ok();
    let ana = ana.on("2026-03-20");
    let before = maya.workspace();
    let mut asked = ana.terminal("mentors log --minutes 5", (80, 24));
    asked.expect("Did you?").press(&[]).press(&["\u{3}"]);
    assert_eq!(asked.ended(), Some(130), "{asked}");
    assert_eq!(maya.workspace(), before);
}

/// Maya and Lee lead; Jo has three seats.
fn two_leaders() -> Sandbox {
    let maya = Sandbox::halden();
    let people = maya.read("people.toml")
        + "\n[[person]]\nid = \"lee\"\nname = \"Lee Lead\"\nroles = [\"leader\"]\n\
           \n[[person]]\nid = \"jo\"\nname = \"Jo Park\"\nroles = [\"mentor\"]\n\
           mentors_stated = { serve = \"ready\" }\nseats = 3\n";
    maya.file("people.toml", people);
    let config = maya.read("../own/maya/config.toml");
    maya.file("../own/lee/config.toml", config.replace("\"maya\"", "\"lee\""));
    maya
}

#[test]
fn two_users_of_one_folder_pair_nobody_twice() {
    let maya = two_leaders();
    let lee = maya.laptop("lee");
    let start = |who: &Sandbox| {
        who.command("mentors match --yes".split(' '))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts")
    };
    let runs: Vec<_> = (0..3).flat_map(|_| [start(&maya), start(&lee)]).collect();
    for mut run in runs {
        run.wait().expect("it ends");
    }
    let made: Vec<usize> = ["ana", "bo", "chen"]
        .iter()
        .map(|person| {
            let logs = ["maya", "lee"].map(|who| format!("progress/{person}/{who}-laptop.jsonl"));
            let logs = logs.iter().filter(|log| maya.has(log));
            logs.flat_map(|log| maya.events(log)).count()
        })
        .collect();
    assert_eq!(made, [1, 1, 1]);
}

#[test]
fn what_another_paired_while_the_question_stood_is_not_paired_again() {
    let maya = two_leaders();
    let mut asked = maya.terminal("mentors match", (80, 24));
    asked.expect("Write these 3 pairs?");
    maya.laptop("lee").run("mentors match --pair ana=jo --yes").ok();
    asked.press(&["\r"]);
    assert_eq!(asked.ended(), Some(1), "{asked}");
    assert!(!maya.has("progress/ana/maya-laptop.jsonl"));
}

#[test]
fn a_pair_that_two_computers_made_is_one_in_every_count() {
    let maya = two_leaders();
    maya.run("mentors match --yes").ok();
    for person in ["ana", "bo", "chen"] {
        let line = maya.read(&format!("progress/{person}/maya-laptop.jsonl"));
        let mut twin: Value = serde_json::from_str(line.trim()).expect("a line");
        twin["device"] = "lee-laptop".into();
        twin["by"] = "lee".into();
        twin["id"] = twin["id"]
            .as_str()
            .expect("an id")
            .replacen(char::is_numeric, "a", 1)
            .into();
        assert_ne!(
            twin["id"],
            serde_json::from_str::<Value>(line.trim()).expect("a line")["id"]
        );
        maya.file(
            &format!("progress/{person}/lee-laptop.jsonl"),
            format!("{twin}\n"),
        );
    }
    let show = maya.run("mentors show jo").ok().stdout;
    assert_eq!(show.matches("Ana Reyes and Jo Park").count(), 1, "{show}");
    assert_eq!(maya.run("export mentors").ok().csv().len(), 3);
    let list = maya.run("mentors list -f csv").ok().csv();
    assert_eq!(list[0]["pairs"], "3");
    let report = maya.run("mentors report --names").ok().stdout;
    assert_eq!(report.matches("Ana Reyes").count(), 1, "{report}");
    // Ended, both are.
    maya.run("mentors unpair ana").ok();
    assert_eq!(maya.run("mentors list -f csv").ok().csv()[0]["pairs"], "2");
    let show = maya.run("mentors show ana").ok().stdout;
    assert_eq!(show.matches("Ana Reyes and Jo Park").count(), 1, "{show}");
    // More pairs than seats need the leader.
    let full = |maya: &Sandbox| {
        let rows = maya.run("agenda --all -f csv").ok().csv();
        rows.into_iter().find(|row| row["about"] == "mentor-full")
    };
    assert_eq!(full(&maya), None);
    maya.run("people edit jo --set seats=1 --yes").ok();
    let row = full(&maya).expect("an item");
    assert_eq!(row["reasons"], "Jo Park has 2 pairs; seats: 1");
    assert_eq!(row["command"], "upwards mentors show jo");
}

#[cfg(target_os = "linux")]
#[test]
fn a_match_that_was_cut_off_is_taken_back_and_nothing_before_it() {
    let maya = two_leaders();
    maya.run("mentors bar maya lee").ok();
    // Chen's log is on a full disk.
    std::fs::create_dir_all(maya.path("progress/chen")).expect("a folder");
    let log = maya.path("progress/chen/maya-laptop.jsonl");
    std::os::unix::fs::symlink("/dev/full", &log).expect("a link");
    maya.run("mentors match --yes").code(1);
    std::fs::remove_file(&log).expect("it was there");
    assert!(maya.has("progress/bo/maya-laptop.jsonl"), "two pairs are written");
    let again = maya.run("mentors match --dry-run").ok();
    assert!(
        again
            .said()
            .contains("pairs without a noted reason, of Ana Reyes, Bo Lindqvist:"),
        "{again}"
    );
    maya.run("undo --yes").ok();
    assert!(
        maya.run("mentors list -f csv")
            .ok()
            .csv()
            .iter()
            .all(|row| row["pairs"] == "0")
    );
    let notes = maya.events("team/maya-laptop.jsonl");
    assert!(notes.iter().all(|note| note["kind"] == "barred"), "{notes:?}");
}

#[test]
fn who_is_not_in_a_group_is_not_recorded_in_its_talk_and_who_was_left_out_is_settled() {
    let (maya, meeting) = with_group();
    let short = &meeting[..8];
    let people = maya.read("people.toml") + "\n[[person]]\nid = \"gus\"\nname = \"Gus Hart\"\n";
    maya.file("people.toml", people);
    let before = maya.workspace();
    let run = maya
        .run(&format!("peers record {short} --with ana,gus --minutes 60"))
        .code(1);
    assert!(words(&run).contains("Gus Hart is not in this group"), "{run}");
    assert_eq!(maya.workspace(), before);
    maya.run(&format!("peers record {short} --with ana,bo --minutes 60"))
        .ok();
    assert_eq!(held(&maya).len(), 2);
    assert!(maya.run("peers list -f csv").ok().csv().is_empty());
    let chen = maya.laptop("chen");
    assert!(
        chen.run("peers list -f csv").ok().csv().is_empty(),
        "no ghost is left"
    );
    assert!(!chen.run("").ok().stdout.contains("Your group"));
}

#[test]
fn one_who_recorded_a_talk_leaves_the_others_to_the_leader() {
    let (maya, meeting) = with_group();
    let short = &meeting[..8];
    let bo = maya.laptop("bo");
    bo.run(&format!("peers record {short} --minutes 50")).ok();
    let half = |maya: &Sandbox| {
        let rows = maya.run("agenda --all -f csv").ok().csv();
        rows.into_iter().find(|row| row["about"] == "group-half")
    };
    let row = half(&maya).expect("an item");
    assert_eq!(
        row["reasons"],
        "met on serve; nothing is recorded for Ana Reyes, Chen Wei, Eli Novak"
    );
    assert_eq!(maya.run("peers list -f csv").ok().csv().len(), 1);
    let moved = maya
        .run(&format!("peers invite {short} --at '2026-03-20 10:00'"))
        .code(1);
    assert!(words(&moved).contains("has met"), "{moved}");
    let run = maya
        .run(&format!(
            "peers record {short} --minutes 60 --attendance eli=absent"
        ))
        .ok();
    assert!(words(&run).contains("Saved for 2 people"), "{run}");
    assert_eq!(half(&maya), None);
    assert!(maya.run("peers list -f csv").ok().csv().is_empty());
    assert!(
        !maya
            .laptop("eli")
            .run("--as eli")
            .ok()
            .stdout
            .contains("Your group")
    );
    let rows = held(&maya);
    let who: Vec<&str> = rows.iter().map(|row| &*row["person_id"]).collect();
    assert_eq!(who, ["ana", "bo", "chen"]);
    // Or it is called off for them.
    maya.run("undo --yes").ok();
    maya.run(&format!("peers invite {short} --cancel")).ok();
    assert_eq!(half(&maya), None);
    assert_eq!(held(&maya).len(), 1);
}

#[test]
fn a_moved_talk_that_is_undone_is_where_it_was() {
    let maya = with_pair();
    let at = |maya: &Sandbox, who: &str| {
        maya.run(&format!("export ics --person {who} -o ../now.ics")).ok();
        let text = maya.read("../now.ics");
        let (method, _, count, begin) = entry(&text);
        (method, count, begin)
    };
    maya.run("mentors invite ana --at '2026-03-20 10:00'").ok();
    maya.run("mentors invite ana --at '2026-03-21 10:00'").ok();
    maya.run("undo --yes").ok();
    let rows = maya.run("export meetings -f csv").ok().csv();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0]["state"] == "planned", "{rows:?}");
    let (method, count, begin) = at(&maya, "ana");
    assert_eq!((method.as_str(), count.as_str()), ("PUBLISH", "2"));
    assert!(begin.contains("20260320"), "{begin}");
    // Undone again, it is on the other day again.
    maya.run("undo --yes").ok();
    assert!(at(&maya, "ana").2.contains("20260321"));
    // A group stays one.
    let (maya, meeting) = with_group();
    let short = &meeting[..8];
    maya.run(&format!("peers invite {short} --at '2026-03-20 10:00'"))
        .ok();
    maya.run(&format!("peers invite {short} --at '2026-03-21 10:00'"))
        .ok();
    maya.run("undo --yes").ok();
    let list = maya.run("peers list -f csv").ok().csv();
    assert_eq!(list.len(), 1);
    assert!(list[0]["at"].starts_with("2026-03-20T10:00"), "{list:?}");
    assert_eq!(list[0]["members"].split('|').count(), 5);
    // Called off, it is gone; that undone, it is back.
    maya.run(&format!("peers invite {short} --cancel")).ok();
    assert!(maya.run("peers list -f csv").ok().csv().is_empty());
    maya.run("undo --yes").ok();
    assert_eq!(maya.run("peers list -f csv").ok().csv(), list);
}

#[test]
fn a_veto_behind_a_group_or_a_pair_is_named_and_nobody_invites_them() {
    let (maya, meeting) = with_group();
    let short = &meeting[..8];
    maya.run("mentors bar ana bo").ok();
    let rows = maya.run("agenda --all -f csv").ok().csv();
    let row = rows
        .iter()
        .find(|row| row["about"] == "group-barred")
        .expect("an item");
    assert_eq!(row["reasons"], "Ana Reyes and Bo Lindqvist: not possible");
    assert_eq!(row["command"], format!("upwards peers invite {short} --cancel"));
    let run = maya
        .run(&format!("peers invite {short} --at '2026-03-20 10:00'"))
        .code(1);
    assert!(words(&run).contains("not possible"), "{run}");
    let maya = with_pair();
    maya.run("mentors bar ana jo").ok();
    let run = maya.run("mentors invite ana --at '2026-03-20 10:00'").code(1);
    assert!(words(&run).contains("upwards mentors unpair ana"), "{run}");
}

#[test]
fn a_late_talk_belongs_to_the_pair_of_its_day() {
    let maya = with_pair();
    maya.on("2026-03-20").run("mentors unpair ana").ok();
    maya.on("2026-04-10")
        .run("mentors match --pair ana=jo --yes")
        .ok();
    let later = maya.on("2026-04-11");
    later
        .run("mentors log --with ana --minutes 20 --date 2026-03-18")
        .ok();
    later
        .run("mentors log --with ana --minutes 20 --date 2026-04-10")
        .ok();
    let between = later
        .run("mentors log --with ana --minutes 20 --date 2026-03-30")
        .code(1);
    assert!(words(&between).contains("is not in it"), "{between}");
    assert_eq!(held(&later).len(), 2);
}
