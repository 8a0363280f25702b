//! What holds for every command: help, slips, formats, files, exit codes.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

const COMMANDS: [&str; 24] = [
    "learn",
    "next",
    "progress",
    "history",
    "undo",
    "confirm",
    "aim",
    "cases",
    "readiness",
    "people",
    "assign",
    "page",
    "export",
    "new",
    "check",
    "preview",
    "stats",
    "schema",
    "init",
    "config",
    "sync",
    "doctor",
    "completions",
    "help",
];

// Help.

#[test]
fn the_help_lists_each_command_once_in_four_groups() {
    let sandbox = Sandbox::new();
    let help = sandbox.run("help").ok();
    assert!(sandbox.run("--help").ok().stdout.contains("Your learning:"));
    for command in COMMANDS {
        let lines = help
            .stdout
            .lines()
            .filter(|l| l.split_whitespace().next() == Some(command) && l.starts_with("  "));
        assert_eq!(lines.count(), 1, "{command}: {help}");
    }
    for group in ["Your learning:", "Your team:", "Writing material:", "Workspace:"] {
        assert!(help.stdout.contains(group), "{group}");
    }
}

#[test]
fn each_command_explains_itself_with_examples_in_eighty_columns() {
    let sandbox = Sandbox::new();
    for command in COMMANDS {
        for line in [
            format!("{command} --help"),
            format!("{command} -h"),
            format!("help {command}"),
        ] {
            let help = sandbox.run(&line).ok();
            assert!(help.stdout.contains("EXAMPLES:"), "{help}");
            for text in help.stdout.lines() {
                assert!(text.chars().count() <= 80, "{line}: {text}");
            }
            assert_eq!(help.stderr, "");
        }
    }
}

#[test]
fn topics_are_printed_and_a_wrong_one_is_told() {
    let sandbox = Sandbox::new();
    for topic in [
        "exit-codes",
        "environment",
        "formats",
        "columns",
        "privacy",
        "accessibility",
        "files",
        "bands",
    ] {
        let shown = sandbox.run(&format!("help {topic}")).ok();
        assert!(shown.stdout.lines().count() >= 3, "{shown}");
        assert!(shown.stdout.lines().all(|l| l.chars().count() <= 80), "{shown}");
    }
    let unknown = sandbox.run("help exitcodes").code(1);
    assert!(unknown.said().contains("did you mean: exit-codes"), "{unknown}");
}

#[test]
fn completions_hold_every_command() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = sandbox.run(&format!("completions {shell}")).ok();
        for command in COMMANDS {
            assert!(script.stdout.contains(command), "{shell}: {command}");
        }
    }
    sandbox.run("completions tcsh").code(2);
    sandbox.run("completions bash -o upwards.bash").ok();
    assert_eq!(
        sandbox.read("upwards.bash"),
        sandbox.run("completions bash").ok().stdout
    );
    assert_eq!(sandbox.shell("bash -n upwards.bash").code, Some(0));
}

#[test]
fn the_version_is_the_packages() {
    let sandbox = Sandbox::new();
    assert_eq!(
        sandbox.run("--version").ok().stdout,
        format!("upwards {}\n", env!("CARGO_PKG_VERSION"))
    );
}

// Slips.

#[test]
fn a_slip_in_a_command_gets_a_tip_and_nothing_is_run() {
    let sandbox = Sandbox::halden();
    let before = sandbox.everything();
    for (line, tip) in [
        ("readines", "'readiness'"),
        ("nxet", "'next'"),
        ("people lst", "'list'"),
        ("readiness --fomat csv", "'--format'"),
        ("cases shwo klm", "'show'"),
    ] {
        let refused = sandbox.run(line).code(2);
        assert!(refused.stderr.contains(tip), "{refused}");
        assert_eq!(refused.stdout, "");
    }
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn an_error_says_what_happened_and_what_to_type() {
    let sandbox = Sandbox::new();
    let unknown = sandbox.run("readiness dna --demo").code(1);
    assert_data_eq!(
        unknown.stderr,
        str![[r#"
error: "dna" is no person here
  did you mean: dana (Dana Okafor)?
  all: upwards people list

"#]]
    );
    let nowhere = sandbox.run("readiness").code(1);
    assert_data_eq!(
        nowhere.stderr,
        str![[r"
error: no workspace here (looked for upwards.toml up from this folder)
  look at an example, nothing is kept: upwards readiness --demo
  make one: upwards init halden
  name one: -w DIR, or UPWARDS_WORKSPACE

"]]
    );
    assert_eq!((unknown.stdout.as_str(), nowhere.stdout.as_str()), ("", ""));
    let empty = sandbox.run("readiness -w .").code(1);
    assert!(empty.said().contains("it has no upwards.toml"), "{empty}");
    assert_eq!(sandbox.everything().len(), 0);
}

#[test]
fn every_command_that_needs_a_workspace_says_so() {
    let sandbox = Sandbox::new();
    for line in [
        "learn",
        "next",
        "progress",
        "history",
        "undo",
        "confirm",
        "aim",
        "readiness",
        "readiness ana",
        "people list",
        "people import x.csv",
        "assign x --to ana",
        "page ana -o x.html",
        "export readiness",
        "config set me ana",
    ] {
        let refused = sandbox.run(line).code(1);
        assert!(
            refused.stderr.starts_with("error: no workspace here"),
            "{refused}"
        );
        assert!(refused.said().contains("upwards init"), "{refused}");
    }
    assert_eq!(sandbox.everything().len(), 0);
}

#[test]
fn a_broken_file_is_named_with_its_place() {
    for (file, text, place) in [
        (
            "upwards.toml",
            "format = 1\nid = \"halden-3f9c\"\nname = \"H\"\ncurricula = [\n",
            "upwards.toml:",
        ),
        ("upwards.toml", "format = 2\n", "upwards.toml"),
        (
            "people.toml",
            "format = 1\n\n[[person]]\nid = \"ana\"\nnam = \"Ana\"\n",
            "people.toml:5:1",
        ),
        (
            "curricula/tiny/modules/answering.toml",
            "format = 1\nid = \"answering\"\n",
            "answering.toml",
        ),
        (
            "curricula/tiny/curriculum.toml",
            "\u{feff}nonsense",
            "curriculum.toml",
        ),
    ] {
        let sandbox = Sandbox::halden();
        sandbox.file(file, text);
        for line in [
            "readiness",
            "learn --dry-run --as ana",
            "assign answering --to ana",
        ] {
            let refused = sandbox.run(line).code(1);
            assert!(refused.said().contains(place), "{file}: {refused}");
            assert!(refused.said().contains("upwards check"), "{refused}");
            assert!(!refused.stderr.contains("panicked"), "{refused}");
        }
        assert!(!sandbox.has("progress"), "{file}");
    }
}

#[test]
fn a_day_that_does_not_exist_is_wrong_use_everywhere() {
    let sandbox = Sandbox::halden();
    for line in [
        "readiness --today 2026-02-30",
        "readiness --as-of 2025-02-29",
        "history --as ana --since 2026-04-31",
        "assign answering --to ana --due 2026-13-01",
        "next --as ana --today 16.3.2026",
        "readiness --today tomorrow",
    ] {
        let refused = sandbox.run(line).code(2);
        assert!(refused.stderr.starts_with("error: --"), "{refused}");
    }
    let now = sandbox.env("UPWARDS_NOW", "yesterday").run("readiness").code(2);
    assert!(now.said().contains("UPWARDS_NOW"), "{now}");
    // A leap day is one.
    sandbox.run("readiness --today 2028-02-29").ok();
}

#[test]
fn today_is_an_argument() {
    let sandbox = Sandbox::halden();
    sandbox
        .run("assign framing --to ana --due +1w --today 2026-05-04")
        .ok();
    let event = &sandbox.events("progress/ana/maya-laptop.jsonl")[0];
    assert_eq!(
        (event["day"].as_str(), event["due"].as_str()),
        (Some("2026-05-04"), Some("2026-05-11"))
    );
    // What lies ahead of today is not counted yet.
    let rows = sandbox.run("readiness -f csv").ok().csv();
    assert_eq!(rows.len(), 0);
    let rows = sandbox.run("readiness -f csv --today 2026-05-12").ok().csv();
    assert_eq!(rows[0]["overdue_days"], "1");
}

// Formats, columns, files.

#[test]
fn an_unknown_format_lists_those_there_are() {
    let sandbox = Sandbox::new();
    let refused = sandbox.run("readiness --demo -f xml").code(2);
    assert!(
        refused.stderr.contains("table, plain, csv, json, jsonl"),
        "{refused}"
    );
    assert_eq!(refused.stdout, "");
}

#[test]
fn every_reading_command_knows_every_format() {
    let sandbox = Sandbox::new();
    for line in [
        "readiness --demo",
        "readiness --demo --long",
        "readiness ana --demo",
        "progress --demo",
        "progress --steps --demo",
        "next --demo",
        "history --demo",
        "people list --demo",
        "people show ana --demo",
        "people export --demo",
        "cases list --demo",
        "cases show klm --demo",
        "export readiness --demo",
        "export progress --demo",
        "export people --demo",
    ] {
        for format in ["table", "plain"] {
            let shown = sandbox.run(&format!("{line} -f {format}")).ok();
            assert!(
                !shown.stdout.is_empty() && !shown.stdout.contains('\u{1b}'),
                "{shown}"
            );
        }
        let csv = sandbox.run(&format!("{line} -f csv")).ok().csv();
        let json = sandbox.run(&format!("{line} -f json")).ok();
        let lines = sandbox.run(&format!("{line} -f jsonl")).ok().jsonl();
        assert_eq!(
            (csv.len(), lines.len()),
            (json.rows().len(), json.rows().len()),
            "{line}"
        );
        assert!(!csv.is_empty(), "{line}");
        assert_eq!(json.json()["as_of"], "2026-03-16", "{line}");
        let schema = json.json()["schema"].as_str().unwrap_or_default().to_owned();
        assert!(
            schema.starts_with("upwards.") && schema.ends_with("/1"),
            "{schema}"
        );
        assert!(lines.iter().all(|l| l["schema"] == schema.as_str()), "{line}");
    }
}

#[test]
fn columns_are_listed_chosen_and_ordered() {
    let sandbox = Sandbox::new();
    let listed = sandbox.run("readiness --demo -f csv --columns ''").ok();
    assert_eq!(listed.stdout.lines().count(), 38);
    let chosen = sandbox
        .run("readiness --demo -f csv --columns overall_points,person_id")
        .ok();
    assert_eq!(chosen.stdout.lines().next(), Some("overall_points,person_id"));
    assert_eq!(chosen.stdout.lines().nth(2), Some("91.6,bo"));
    let json = sandbox
        .run("readiness --demo -f json --columns person_id")
        .ok()
        .rows();
    assert_eq!(json[0], serde_json::json!({"person_id": "ana"}));
    let table = sandbox.run("readiness --demo --columns person,points,unit").ok();
    assert!(table.stdout.contains("Bo Lindqvist  91.6    service"), "{table}");
    let unknown = sandbox
        .run("readiness --demo -f csv --columns person_id,nope")
        .code(2);
    assert!(
        unknown.said().contains("there is no column \"nope\""),
        "{unknown}"
    );
    assert!(unknown.said().contains("--columns \"\""), "{unknown}");
}

#[test]
fn the_ending_of_a_file_decides_its_format() {
    let sandbox = Sandbox::new();
    for (ending, flags) in [
        ("csv", "-f csv"),
        ("json", "-f json"),
        ("jsonl", "-f jsonl"),
        ("txt", "-f plain"),
        ("CSV", "-f csv"),
    ] {
        sandbox
            .run(&format!("readiness --demo -o out.{ending} --yes"))
            .ok();
        assert_eq!(
            sandbox.read(&format!("out.{ending}")),
            sandbox.run(&format!("readiness --demo {flags}")).ok().stdout
        );
    }
    // A format that is said wins over the ending.
    sandbox.run("readiness --demo -f json -o table.dat").ok();
    assert!(sandbox.read("table.dat").starts_with("{\"schema\""));
    for line in [
        "readiness --demo -o out.pdf",
        "readiness --demo -o out",
        "readiness --demo -o .",
    ] {
        let refused = sandbox.run(line).code(2);
        assert!(refused.said().contains(".csv .json .jsonl .txt"), "{refused}");
    }
    assert_eq!(sandbox.run("readiness --demo -o - -f csv").ok().csv().len(), 6);
}

#[test]
fn a_file_that_is_not_ours_is_not_overwritten() {
    let sandbox = Sandbox::new();
    sandbox.file("mine.csv", "Quarter,Budget\nQ1,100\n");
    let refused = sandbox.run("readiness --demo -o mine.csv").code(1);
    assert!(
        refused.said().contains("does not look like one of ours"),
        "{refused}"
    );
    assert!(refused.said().contains("--yes"), "{refused}");
    assert_eq!(sandbox.read("mine.csv"), "Quarter,Budget\nQ1,100\n");
    sandbox.run("readiness --demo -o mine.csv --yes").ok();
    assert!(sandbox.read("mine.csv").starts_with("as_of,rules,"));
    // Ours is renewed without a question, and so is one with fewer columns and other people.
    sandbox.run("readiness --demo -o mine.csv").ok();
    sandbox
        .run("readiness --demo --columns person_id -o few.csv")
        .ok();
    sandbox
        .run("readiness --demo --columns person_id --sort points -o few.csv")
        .ok();
    for (line, words) in [
        (
            "readiness --demo -o nowhere/out.csv",
            "nowhere: it does not exist",
        ),
        ("readiness --demo -f csv -o ../tmp", "is a folder"),
    ] {
        let refused = sandbox.run(line).code(1);
        assert!(refused.said().contains(words), "{refused}");
    }
}

#[test]
fn quiet_mutes_talk_and_never_data() {
    let sandbox = Sandbox::new();
    let data = sandbox.run("readiness --demo -f json").ok().stdout;
    for flags in ["-q", "-qq", "--quiet --quiet"] {
        assert_eq!(
            sandbox
                .run(&format!("readiness --demo -f json {flags}"))
                .ok()
                .stdout,
            data
        );
    }
    assert_eq!(
        sandbox.run("readiness --demo -o out.csv -q").ok().stderr,
        "wrote out.csv: 6 rows\n"
    );
    assert_eq!(sandbox.run("readiness --demo -o out.csv -qq").ok().stderr, "");
    // An error is said however quiet it is to be.
    assert!(
        sandbox
            .run("readiness dna --demo -qq")
            .code(1)
            .stderr
            .starts_with("error: ")
    );
}

#[test]
fn flags_that_every_command_takes_stand_before_or_after_it() {
    let sandbox = Sandbox::new();
    assert_eq!(
        sandbox.run("--demo -f csv readiness --long").ok().stdout,
        sandbox.run("readiness --long --demo -f csv").ok().stdout
    );
    assert_eq!(
        sandbox.run("--as bo --demo progress").ok().stdout,
        sandbox.run("progress --demo --as bo").ok().stdout
    );
    let halden = Sandbox::halden();
    halden.file("elsewhere/x", "");
    assert_eq!(
        halden
            .inside("elsewhere")
            .env("UPWARDS_WORKSPACE", "..")
            .run("people list")
            .ok()
            .stdout,
        halden.run("people list").ok().stdout
    );
}

#[test]
fn what_steers_a_terminal_is_shown_and_not_sent() {
    let sandbox = Sandbox::halden();
    let ana = sandbox.laptop("ana");
    let refused = ana.run("aim 'Stop \u{1b}[31mred\u{202e} and \u{7}bells'").code(2);
    assert!(refused.said().contains("cannot be shown"), "{refused}");
    ana.run("aim 'Stop [31mred and bells'").ok();
    let log = "progress/ana/ana-laptop.jsonl";
    let hostile = ana.read(log).replace("[31mred", "\\u001b[31mred\\u202e\\u0007");
    ana.file(log, &hostile);
    ana.run("learn --step one-rule --personal yes --done 'Wrote \u{1b}]0;title\u{7} it'")
        .ok();
    for line in [
        "history --person ana",
        "history --person ana -f csv",
        "history --person ana -f json",
        "export progress",
        "export progress -f json",
        "readiness ana",
        "aim --as ana",
    ] {
        let shown = sandbox.run(line).ok();
        for bad in ['\u{1b}', '\u{7}', '\u{202e}'] {
            assert!(
                !shown.stdout.contains(bad) && !shown.stderr.contains(bad),
                "{bad:?}: {shown}"
            );
        }
    }
    let unknown = sandbox.run("readiness '\u{1b}[31mx'").code(1);
    assert!(unknown.stderr.contains("U+001B"), "{unknown}");
}

#[test]
fn settings_are_the_users_own_and_rules_are_not_among_them() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("config set learn.minutes 5").ok();
    assert_eq!(ana.run("config get learn.minutes").ok().stdout, "5\n");
    assert_eq!(ana.run("config get me").ok().stdout, "ana\n");
    let listed = ana.run("config list").ok();
    assert!(listed.stdout.contains("learn.minutes"), "{listed}");
    for (line, code, words) in [
        ("config set learn.minuts 5", 2, "did you mean: learn.minutes"),
        ("config set learn.minutes 0", 2, "1 to 1440"),
        ("config set learn.ask_confidence perhaps", 2, "true or false"),
        ("config set readiness.ready 10", 2, "upwards.toml"),
        ("config set me anna", 1, "did you mean: ana"),
        ("config set device 'A B'", 2, "device"),
    ] {
        let refused = ana.run(line).code(code);
        assert!(refused.said().contains(words), "{refused}");
    }
}

#[test]
fn a_settings_file_is_checked_like_any_other() {
    let ana = Sandbox::halden().laptop("ana");
    let own = ana.own("config.toml");
    for (text, words) in [
        ("format = 9\n", "format"),
        ("format = 1\n[learn]\nminuts = 5\n", "unknown key: minuts"),
        ("format = 1\n[learn]\nminutes = 0\n", "config.toml:3:"),
        (
            "format = 1\n[readiness]\nready = 10\n",
            "it stands in upwards.toml",
        ),
        ("me = [", "config.toml"),
    ] {
        std::fs::write(&own, text).expect("a file");
        let refused = ana.run("progress --as ana").code(1);
        assert!(refused.said().contains(words), "{text}: {refused}");
        assert_eq!(std::fs::read_to_string(&own).expect("it stays"), text);
    }
}

#[test]
fn a_workspace_without_a_curriculum_says_so_everywhere() {
    let sandbox = Sandbox::halden();
    let settings = sandbox.read("upwards.toml");
    let without: String = settings
        .lines()
        .map(|line| {
            if line.starts_with("curricula") {
                "curricula = []\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    sandbox.file("upwards.toml", &without);
    for line in [
        "readiness",
        "next --as ana",
        "learn --as ana",
        "progress --as ana",
    ] {
        let told = sandbox.run(line).code(1);
        assert!(told.said().contains("no curriculum is in use"), "{told}");
        assert!(told.said().contains("curricula = [\"efficiency\"]"), "{told}");
    }
    assert!(
        sandbox
            .run("")
            .ok()
            .stdout
            .contains("No curriculum is in use yet")
    );
}

#[test]
fn help_is_the_same_with_and_without_the_parser() {
    let sandbox = Sandbox::new().without("COLUMNS");
    let text = sandbox.run("--help").ok().stdout;
    assert_eq!(text, sandbox.env("COLUMNS", "80").run("--help").ok().stdout);
    assert_eq!(
        sandbox.run("--version").ok().stdout,
        sandbox.run("-V").ok().stdout
    );
}
