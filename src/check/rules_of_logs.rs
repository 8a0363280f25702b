//! U5xx logs, U6xx what is private: found while reading logs, and by `doctor` on the computer it looks at.

use super::rules::{Rule, error, example, note, warning};

/// A log that examples stand in.
const LOG: &str = "progress/ana/ana-laptop-7k2p.jsonl";

/// Faults of folders, which no line of a file shows.
const FOLDER: &str = "the workspace's folder";

/// Rules of logs, sorted by code.
pub(super) const LOGS: &[Rule] = &[
    error(
        "U501",
        "logs",
        "a line that is no event",
        "It cannot be counted; the lines around it are.",
        example(
            LOG,
            "meeting with Jo on Monday",
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    error(
        "U502",
        "logs",
        "NUL bytes in a log",
        "A write was cut off when the computer stopped. What stands before them counts.",
        example(
            LOG,
            "{\"v\":1,\"id\":\"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101\",\"seq\":1,\"day\":\"2026-02-09\",\"person\":\"ana\",\"by\":\"ana\",\"device\":\"ana-laptop-7k2p\",\"kind\":\"started\",\"curriculum\":\"efficiency\",\"step\":\"answer-in-public.klm\",\"rev\":1}\n\0\0\0\0\n{\"v\":1,\"id\":\"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102\",\"seq\":2,\"day\":\"2026-02-09\",\"person\":\"ana\",\"by\":\"ana\",\"device\":\"ana-laptop-7k2p\",\"kind\":\"started\",\"curriculum\":\"efficiency\",\"step\":\"answer-in-public.klm\",\"rev\":1}",
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102","seq":2,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    error(
        "U503",
        "logs",
        "a line that is not UTF-8",
        "Another program wrote into the log, or the disk is failing. The line is not counted.",
        example(
            LOG,
            "a line with a byte 0xFF",
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    error(
        "U504",
        "logs",
        "a line of more than 64 KiB",
        "No event is that long; reading it would keep everybody waiting.",
        example(
            LOG,
            "a line of 70,000 characters",
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    error(
        "U505",
        "logs",
        "the marks of an unfinished merge",
        "The events around them count; the marks have to go.",
        example(
            LOG,
            "<<<<<<< ours\n{\"v\":1,\"id\":\"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101\",\"seq\":1,\"day\":\"2026-02-09\",\"person\":\"ana\",\"by\":\"ana\",\"device\":\"ana-laptop-7k2p\",\"kind\":\"started\",\"curriculum\":\"efficiency\",\"step\":\"answer-in-public.klm\",\"rev\":1}",
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    warning(
        "U506",
        "logs",
        "the last line is cut off",
        "The computer stopped while it was written. The next command of that device goes on behind it.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102","seq":2,""#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102","seq":2,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    error(
        "U507",
        "logs",
        "two lines of one id and other words",
        "One of them was changed by hand. Only one can be counted.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":2,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102","seq":2,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    error(
        "U508",
        "logs",
        "a folder whose name is no person's id",
        "Nothing in it counts; often it is a copy that a sync tool made.",
        example(
            FOLDER,
            "progress/ana (1)/ana-laptop-7k2p.jsonl",
            "",
            "its lines in progress/ana/",
        ),
    ),
    error(
        "U509",
        "logs",
        "a link among the logs",
        "A link could lead out of the workspace, so none is followed.",
        example(
            FOLDER,
            "progress/ana/old.jsonl -> /tmp/old.jsonl",
            "",
            "a file of its own",
        ),
    ),
    error(
        "U510",
        "logs",
        "a log that cannot be read",
        "Its events do not count until it can be read.",
        example(FOLDER, "a file without the right to read it", "", "chmod u+r"),
    ),
    error(
        "U511",
        "logs",
        "a line about somebody else",
        "Each person's events stand in their own folder, so that rights can be given folder by folder.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"bo","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    error(
        "U512",
        "logs",
        "an event that lacks something, or has it in another form",
        "The line is kept and shown, and counts for nothing.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","rev":1}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    note(
        "U513",
        "logs",
        "a copy of a log, or a renamed one",
        "Harmless: its lines count once, by their ids.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-phone-q3xd","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    warning(
        "U514",
        "logs",
        "lines that are missing",
        "They are on their way, or lost with a device: ask whose it is.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a103","seq":3,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102","seq":2,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    note(
        "U515",
        "logs",
        "a clock that ran back",
        "Days decide what counts together; a wrong one shows up as fading too early or too late.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102","seq":2,"day":"2026-02-01","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102","seq":2,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    warning(
        "U516",
        "logs",
        "two computers that write under one name",
        "Both count, but gaps can no longer be told. A cloned laptop does this.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102","seq":2,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    note(
        "U517",
        "logs",
        "an event of a kind that this version does not know",
        "It is kept and shown, and counted by a newer version.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"applauded"}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    warning(
        "U518",
        "logs",
        "a capsule of which a part cannot be read",
        "What cannot be read proves nothing: the person's standing is lower than it should be.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"recalled","curriculum":"efficiency","capability":"serve","questions":[[1,"2026-02-02"],[9,"never"]]}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"recalled","curriculum":"efficiency","capability":"serve","questions":[[1,"2026-02-02"]]}"#,
        ),
    ),
    warning(
        "U519",
        "logs",
        "an event of a day that is still to come",
        "It counts from its day on; most often a clock is wrong.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2027-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    warning(
        "U520",
        "logs",
        "a log of nobody",
        "Found by `doctor`. Who left is kept in people.toml with the day, so that progress can come back.",
        example(
            FOLDER,
            "progress/rao/ without rao in people.toml",
            "",
            "rao in people.toml, with left = 2026-02-01",
        ),
    ),
    note(
        "U521",
        "logs",
        "a curriculum that hides the one of the program",
        "Found by `doctor`. Allowed, but later improvements are not seen.",
        example(
            FOLDER,
            "curricula/efficiency/ with a curriculum.toml",
            "",
            "another id, or cases only",
        ),
    ),
    error(
        "U522",
        "logs",
        "a clock that is years behind",
        "Found by `doctor`. Every event would be dated wrongly.",
        example(FOLDER, "a clock that says 1970", "", "the right day"),
    ),
    error(
        "U523",
        "logs",
        "a file of the user's own folder that cannot be read",
        "Found by `doctor`. Without it the program does not know who you are, or which device this is.",
        example(
            FOLDER,
            "device.toml that is no TOML",
            "",
            "no device.toml: the next command makes one",
        ),
    ),
    warning(
        "U524",
        "logs",
        "a line that is no first try",
        "It is left out of `upwards stats --items`; the lines around it count.",
        example(
            "items/abcdefghjk23.jsonl",
            r#"{"v":1,"curriculum":"efficiency","question":"answer-in-public.first-words","rev":1,"chosen":[2]"#,
            "",
            r#"{"v":1,"curriculum":"efficiency","question":"answer-in-public.first-words","rev":1,"chosen":[2],"ok":true}"#,
        ),
    ),
    warning(
        "U525",
        "logs",
        "a talk with nobody, or a pair with oneself",
        "Nobody else is in it, so it gives no points, and no page counts it. Only a line written by hand says so.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"met","curriculum":"efficiency","meeting":"2026-02-09:ana+bo","with":["ana"],"role":"peer","capabilities":["serve"],"minutes":20,"attendance":"present"}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"met","curriculum":"efficiency","meeting":"2026-02-09:ana+bo","with":["bo"],"role":"peer","capabilities":["serve"],"minutes":20,"attendance":"present"}"#,
        ),
    ),
    note(
        "U526",
        "logs",
        "two people who are paired twice",
        "Two leaders' computers made the pair before they knew of each other. It counts once and ends together.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"maya","device":"ana-laptop-7k2p","kind":"paired","curriculum":"efficiency","mentor":"jo","capabilities":["serve"]}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102","seq":2,"day":"2026-02-09","person":"ana","by":"maya","device":"ana-laptop-7k2p","kind":"paired","curriculum":"efficiency","mentor":"jo","capabilities":["serve"]}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"maya","device":"ana-laptop-7k2p","kind":"paired","curriculum":"efficiency","mentor":"jo","capabilities":["serve"]}"#,
        ),
    ),
    warning(
        "U527",
        "logs",
        "somebody with two mentors at once",
        "Two leaders have paired them before they knew of each other. Everybody has one mentor for a curriculum: end one of the pairs.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"maya","device":"ana-laptop-7k2p","kind":"paired","curriculum":"efficiency","mentor":"jo","capabilities":["serve"]}
{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a102","seq":2,"day":"2026-02-09","person":"ana","by":"maya","device":"ana-laptop-7k2p","kind":"paired","curriculum":"efficiency","mentor":"sam","capabilities":["serve"]}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"maya","device":"ana-laptop-7k2p","kind":"paired","curriculum":"efficiency","mentor":"jo","capabilities":["serve"]}"#,
        ),
    ),
    error(
        "U535",
        "logs",
        "a log of an erased person that came back",
        "The id is in erased.toml: a late device or a restored backup brought the file. Nobody reads it; erasing again removes it.",
        example(
            FOLDER,
            "progress/sam/ with sam in erased.toml",
            "",
            "no progress/sam/",
        ),
    ),
    warning(
        "U540",
        "logs",
        "a conflict copy of a log",
        "A sync tool found two versions. Its lines count once, by their ids; `doctor --fix` removes it once all of it is in other logs.",
        example(
            FOLDER,
            "progress/ana/ana-laptop-7k2p.sync-conflict-20260316-101112-ABC7DEF.jsonl",
            "",
            "no such file",
        ),
    ),
    warning(
        "U541",
        "logs",
        "a conflict copy of a TOML file",
        "Found by `doctor`. Nothing of it is read: two people changed the file at once, and one version counts.",
        example(
            FOLDER,
            "people (1).toml beside people.toml",
            "",
            "people.toml alone",
        ),
    ),
    warning(
        "U542",
        "logs",
        "a stand-in for a file",
        "Found by `doctor`. A sync tool keeps what the file holds elsewhere; without a network it cannot be read.",
        example(
            FOLDER,
            "progress/ana/.ana-laptop-7k2p.jsonl.icloud",
            "",
            "progress/ana/ana-laptop-7k2p.jsonl",
        ),
    ),
    error(
        "U543",
        "logs",
        "lines of this computer that are gone",
        "Found by `doctor`. This computer remembers what it wrote last: the file was shortened, or an older state came back.",
        example(
            FOLDER,
            "a log of two lines where three were written",
            "",
            "the file as it was, or the lost lines beside it in a file of any name",
        ),
    ),
    warning(
        "U544",
        "logs",
        "another upwards that is writing",
        "Found by `doctor`. While it writes, other commands that record wait ten seconds and give up.",
        example(FOLDER, "a lock that is held", "", "a lock that nobody holds"),
    ),
    error(
        "U545",
        "logs",
        "a clock that is behind what was written",
        "Found by `doctor`. What is recorded now would be dated before what was recorded already.",
        example(
            FOLDER,
            "2026-03-10 on a computer that wrote on 2026-03-16",
            "",
            "the right day",
        ),
    ),
    warning(
        "U546",
        "logs",
        "git that is missing where it is needed",
        "Found by `doctor`. A workspace whose layout is git travels by a repository.",
        example(
            FOLDER,
            r#"layout = "git" in a folder that is no repository"#,
            "",
            "git init, or a clone",
        ),
    ),
    note(
        "U547",
        "logs",
        "a terminal that cannot show everything",
        "Found by `doctor`. There is a form of every screen for it.",
        example(FOLDER, "LC_ALL=C", "", "LC_ALL=C.UTF-8"),
    ),
    warning(
        "U548",
        "logs",
        "a folder in which nothing can be written",
        "Found by `doctor`. Reading works; nothing new is recorded.",
        example(FOLDER, "progress/ with mode 0555", "", "mode 0755"),
    ),
    warning(
        "U549",
        "private",
        "a private folder that others on this computer can look into",
        "Found by `doctor`. Names of files tell when and about whom something was noted.",
        example(FOLDER, "private/ana/ with mode 0755", "", "mode 0700"),
    ),
    error(
        "U601",
        "private",
        "a private file that others on this computer can read",
        "Found by `doctor`. Answers and notes are for one person.",
        example(
            FOLDER,
            "private/ana/ana-laptop-7k2p.jsonl with mode 0644",
            "",
            "mode 0600",
        ),
    ),
    error(
        "U602",
        "private",
        "a private entry in a shared log",
        "Everybody who may read the log reads it. Only the person's own folder is for answers, notes and reflections.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"noted","text":"Ask Bo who had to agree."}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    error(
        "U603",
        "private",
        "a folder `private` inside the workspace",
        "Who has the workspace would read answers and notes. They belong into the user's own folder.",
        example(
            FOLDER,
            "private/ana/ana-laptop-7k2p.jsonl in the workspace",
            "",
            "the same in the folder that `upwards doctor` names",
        ),
    ),
    error(
        "U604",
        "private",
        "a leaders' event in a shared log",
        "Executives read their own logs: who was barred or nudged is for leaders only.",
        example(
            LOG,
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"barred","a":"dana","b":"sam"}"#,
            "",
            r#"{"v":1,"id":"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"ana-laptop-7k2p","kind":"started","curriculum":"efficiency","step":"answer-in-public.klm","rev":1}"#,
        ),
    ),
    error(
        "U605",
        "private",
        "a computer that can open what is shared about others",
        "Found by `doctor`. A copy holds one person.",
        example(
            FOLDER,
            "progress/bo/ on Ana's computer",
            "",
            "a copy made by `upwards send --to ana`",
        ),
    ),
    error(
        "U606",
        "private",
        "what leaders note among themselves, on somebody else's computer",
        "Found by `doctor`. Wishes, vetoes and reasons are for leaders only.",
        example(FOLDER, "team/ on Ana's computer", "", "no folder team/ there"),
    ),
    warning(
        "U607",
        "private",
        "rights that are not written down",
        "Found by `doctor`. Where a synced folder is shared, RIGHTS.txt says who needs which rights.",
        example(
            FOLDER,
            r#"layout = "folder" without RIGHTS.txt"#,
            "",
            "RIGHTS.txt as `upwards people` writes it",
        ),
    ),
    error(
        "U608",
        "private",
        "git that would hand out what leaders note",
        "Found by `doctor`. `team/` belongs into .gitignore.",
        example(
            FOLDER,
            "a .gitignore without team/",
            "",
            "a .gitignore with the line team/",
        ),
    ),
];
