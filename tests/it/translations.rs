//! Other languages: fixed texts and content have their translation beside them, as files.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Some fixed texts, a few wrong.
const TEXTS: &str = r#"format = 1
language = "da"

[texts]
"kind.practice" = "øvelse"
"quiz.title.one" = "Et spørgsmål"
"quiz.title.other" = "{n} spørgsmål"
"notes.empty" = "Ingen noter endnu."
"notes.rated" = "Gemt: {capability} {niveau} af 5."
"no.such" = "Findes ikke"
"#;

const HEAD: &str = r#"format = 1
id = "tiny"
of_rev = 1

[[capability]]
id = "serve"
name = "Svar"
"#;

const MODULE: &str = r#"format = 1
id = "answering"
of_rev = 1
title = "At svare offentligt"

[[step]]
id = "first"
title = "Første svar"

[[step.question]]
id = "words"
text = "Hvad gør du først?"
options = [
  { text = "Vent" },
  { text = "Sig, at du har set det", why = "Andre dømmer efter den første linje." },
  { text = "Bed om en e-mail" },
]

[[step]]
id = "answer-one"
title = "Svar en kunde"
do = ["Vælg en klage.", "Svar på den."]
"#;

fn danish() -> Sandbox {
    let sandbox = Sandbox::halden();
    let settings = sandbox.read("upwards.toml").replace(
        "name = \"Halden Group\"",
        "name = \"Halden Group\"\nlanguage = \"da\"",
    );
    sandbox.file("upwards.toml", settings);
    sandbox.file("texts/da.toml", TEXTS);
    sandbox.file("curricula/tiny/translations/da/curriculum.toml", HEAD);
    sandbox.file("curricula/tiny/translations/da/modules/answering.toml", MODULE);
    sandbox
}

#[test]
fn a_translation_is_a_file_and_no_fork() {
    let ana = danish().laptop("ana");
    assert_eq!(ana.run("notes").ok().stdout, "Ingen noter endnu.\n");
    // A text whose places are others is not used: the number would be lost.
    let rated = ana.run("notes rate serve 2").ok();
    assert!(rated.stdout.contains("Svar 2 of 5"), "{rated}");
    let next = ana.run("next --minutes 60").ok();
    for text in ["Svar en kunde", "øvelse"] {
        assert!(next.stdout.contains(text), "{text}: {next}");
    }
    // What is not translated is the original.
    assert!(next.stdout.contains("Write one rule"), "{next}");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nanswering.words = { choice = 2, sure = 3 }\nanswering.leave = { choice = 1 }\nanswering.both = { choice = [1, 2] }\n",
    );
    let learn = ana.run("learn --step first --answers ../a.toml").ok();
    for text in [
        "Andre dømmer efter den første linje.",
        "It must not stand in public.",
    ] {
        assert!(learn.stderr.contains(text), "{text}: {learn}");
    }
}

#[test]
fn what_is_recorded_is_the_same_in_every_language() {
    let answers = "format = 1\n[answers]\nanswering.words = { choice = 2, sure = 3 }\nanswering.leave = { choice = 1 }\n\
                   answering.both = { choice = [1, 2] }\nanswering.answer-one = { personal = \"yes\", done = \"Done\", before = 19 }\n";
    let [english, danish] = [Sandbox::halden(), danish()].map(|sandbox| {
        let ana = sandbox.laptop("ana");
        ana.file("../a.toml", answers);
        for step in ["first", "answer-one"] {
            ana.run(&format!("learn --step {step} --answers ../a.toml")).ok();
        }
        (
            ana.read("progress/ana/ana-laptop.jsonl"),
            ana.read("../own/ana/halden-3f9c/private/ana/ana-laptop.jsonl"),
            ana.run("readiness -f csv").ok().stdout.replace("Svar", "Serve"),
        )
    });
    assert_eq!(english, danish);
}

#[test]
fn the_users_own_language_goes_first() {
    let ana = danish().laptop("ana");
    let set = ana.run("config set ui.language en").ok();
    assert_eq!(set.stdout, "ui.language = en\n");
    assert!(ana.run("notes").ok().stdout.starts_with("No notes yet."));
    let english = ana.run("next --minutes 60").ok();
    assert!(english.stdout.contains("Answer one customer"), "{english}");
    let unknown = ana.run("config set ui.language xx").ok();
    assert!(unknown.said().contains("upwards config texts xx"), "{unknown}");
    let wrong = ana.run("config set ui.language Danish").code(2);
    assert!(wrong.said().contains("two letters"), "{wrong}");
}

#[test]
fn files_for_programs_are_the_same_in_every_language() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("learn --step one-rule --personal yes --done 'Wrote it'")
        .ok();
    ana.run("notes rate serve 2").ok();
    ana.run("undo").ok();
    let lines = [
        "-f json",
        "history -f csv",
        "next --why -f json",
        "progress --steps -f csv",
        "readiness -f csv",
        "people list -f csv",
        "privacy -f jsonl",
        "notes -f csv",
        "cases show klm-social-service --curriculum efficiency -f csv",
    ];
    let english = lines.map(|line| ana.run(line).ok().stdout);
    let screen = ana.run("history").ok().stdout;
    ana.run("config set ui.language de").ok();
    for (line, english) in lines.iter().zip(english) {
        assert_eq!(ana.run(line).ok().stdout, english, "{line}");
    }
    assert_ne!(ana.run("history").ok().stdout, screen);
}

#[test]
fn a_shipped_module_is_told_in_german() {
    let german = Sandbox::new();
    german.run("config set ui.language de").ok();
    let home = german.run("--demo --as dana --width 80").ok().stdout;
    assert_data_eq!(
        home,
        str![[r"
Dana Okafor, Halden Group                                     Mo 16. März 2026

Effizienter mit sozialen Medien: erreicht 0 von 4, aktuell 0
  B   Betreuen    im Aufbau       Engpass: Wiederholung
  B   Ansprechen  im Aufbau       Engpass: Übung
  E   Einholen    erkundet        Engpass: Fragen
  E   Führen      erkundet        Engpass: Bestätigung
Zugewiesen: Regeln und Rollen, 17 Tage überfällig
Zugewiesen: Answering in public, fällig Fr 27. März (noch 11 Tage)
1 Übung wartet auf Ihre Bestätigung: upwards confirm

Ihre nächsten 10 Minuten
  1  Fall       Nestle und KitKat                        3 min   Führen
  2  Übung      Eine Regel schreiben                     5 min   Führen
  3  Nachdenken Was mich abhält                          2 min   Führen
  Wenn alles gelingt: Führen 3.8 -> 23.8.

Sichtbar für Maya Lund: Ihr Ziel, Ihr Stand, Punkte, Tage und Nachweise;
nie Ihre Antworten, Notizen oder Minuten. Alles dazu: upwards privacy

  upwards learn                mit Schritt 1 anfangen
  upwards learn --minutes 5    etwas Kürzeres
  upwards progress             worauf Ihr Stand beruht

"]]
    );
    let case = german.run("cases show nestle-kitkat --demo").ok().stdout;
    for text in ["Scheitert, wenn", "Nestle und KitKat"] {
        assert!(case.contains(text), "{text}: {case}");
    }
}

#[test]
fn a_late_or_broken_translation_shows_the_original() {
    let sandbox = danish();
    let module = "curricula/tiny/translations/da/modules/answering.toml";
    let head = sandbox
        .read("curricula/tiny/curriculum.toml")
        .replace("language = \"en\"", "language = \"en\"\nrev = 2");
    for (file, text) in [
        (module, MODULE.replace("of_rev = 1", "of_rev = 1\nminutes = 5")),
        (module, MODULE.replace("title = \"Svar en kunde\"", "title = 3")),
        (module, "not TOML".to_owned()),
        ("curricula/tiny/curriculum.toml", head),
    ] {
        let before = sandbox.read(file);
        sandbox.file(file, text);
        let next = sandbox.laptop("ana").run("next --minutes 60").ok();
        assert!(next.stdout.contains("Answer one customer"), "{next}");
        sandbox.file(file, before);
    }
    let next = sandbox.laptop("ana").run("next --minutes 60").ok();
    assert!(next.stdout.contains("Svar en kunde"), "{next}");
}

#[test]
fn check_says_what_is_wrong_with_a_translation() {
    let sandbox = danish();
    let module = MODULE.replace("id = \"first\"\n", "id = \"frist\"\n");
    let mut told = String::new();
    for text in [module.replace("of_rev = 1", "of_rev = 1\nminutes = 5"), module] {
        sandbox.file("curricula/tiny/translations/da/modules/answering.toml", text);
        let run = sandbox.run("check --plain curricula/tiny texts").code(3);
        for line in run.stdout.lines().filter(|line| line.contains("da")) {
            told.push_str(line);
            told.push('\n');
        }
    }
    assert_data_eq!(
        told,
        str![[r"
curricula/tiny/translations/da/modules/answering.toml, line 4, column 11: error U105: `minutes` is no text (numbers and answers are the original's, in every language). Leave it out.
texts/da.toml, line 9, column 17: error U213: notes.rated has other places than the English text (it needs {capability} {level}). The English text: Saved, for you alone: {capability} {level} of 5. It moves no point.
texts/da.toml, line 10, column 13: warning U212: there is no text no.such (did you mean `case.skip.no`?).
curricula/tiny/translations/da/modules/answering.toml, line 14, column 12: warning U212: the original has no `step.frist` (did you mean `step.first`?).
texts/da.toml, line 9, column 17: error U213: notes.rated has other places than the English text (it needs {capability} {level}). The English text: Saved, for you alone: {capability} {level} of 5. It moves no point.
texts/da.toml, line 10, column 13: warning U212: there is no text no.such (did you mean `case.skip.no`?).

"]]
    );
}

#[test]
fn who_translates_gets_a_file() {
    let sandbox = danish();
    let file = sandbox.run("config texts da").ok().stdout;
    assert!(file.contains("\n\"kind.practice\" = \"øvelse\"\n"), "{file}");
    assert!(
        file.contains("\n# \"notes.rated\" = \"Saved, for you alone"),
        "{file}"
    );
    // The file is a right one, and says the same again.
    sandbox.file("texts/da.toml", &file);
    assert_eq!(sandbox.run("config texts da").ok().stdout, file);
    sandbox.run("check texts").ok();
    let fresh = sandbox.run("config texts fi").ok().stdout;
    sandbox.file("texts/fi.toml", fresh.replace("\n# \"", "\n\""));
    sandbox.run("check texts").ok();
    sandbox.run("config texts ../up").code(2);
}
