//! Stopping: with Ctrl-C, Esc and `q` at every kind of prompt, by a closed window and by a killed process. What was said
//! before is kept, the terminal is left clean, and the next sitting goes on from there.

use super::prompts::{PROMPTS, Prompt, SURE};
use super::{Form, Pick, Skip, Type, USUAL, ask, assert_clean, kinds, private, shared, sit};
use crate::support::Sandbox;
use crate::support::terminal::{CTRL_C, CTRL_D, ENTER, ESC, Terminal};

/// Room for a whole question with what was said before.
const LARGE: (u16, u16) = (80, 40);

#[test]
fn ctrl_c_stops_at_every_prompt() {
    for prompt in &PROMPTS {
        stopped(prompt, Form::Menus, |terminal| terminal.press(&[CTRL_C]));
    }
}

#[test]
fn escape_stops_at_every_prompt() {
    for prompt in &PROMPTS {
        stopped(prompt, Form::Menus, |terminal| terminal.press(&[ESC]));
    }
}

#[test]
fn q_stops_at_every_prompt() {
    for prompt in &PROMPTS {
        let keys: &[&str] = if prompt.is_menu() { &["q"] } else { &["q", ENTER] };
        stopped(prompt, Form::Menus, |terminal| terminal.press(keys));
    }
}

#[test]
fn every_way_to_stop_works_line_by_line() {
    for (at, prompt) in PROMPTS.iter().enumerate() {
        let other = ["q\r", CTRL_D, "\x1b\r"][at % 3];
        for keys in [CTRL_C, other] {
            stopped(prompt, Form::Lines, |terminal| terminal.send(keys));
        }
    }
}

/// Stops at a prompt, and looks at what is left on the screen and in the logs.
#[track_caller]
fn stopped(prompt: &Prompt, form: Form, stop: impl Fn(&mut Terminal) -> &mut Terminal) {
    let ana = prompt.place();
    let before = shared(&ana).len();
    let mut terminal = prompt.reached(&ana, form, LARGE);
    stop(&mut terminal);
    let name = prompt.name;
    assert_eq!(terminal.ended(), Some(130), "{name}: {terminal}");
    let kept = shared(&ana);
    assert_eq!(kinds(&kept[before..]), prompt.shared, "{name}: {terminal}");
    assert_eq!(kinds(&private(&ana)), prompt.private, "{name}: {terminal}");
    let told = terminal.last_row();
    let is_kept = !(prompt.shared.is_empty() && prompt.private.is_empty());
    assert!(
        told.starts_with("stopped; ") && told.contains(" is saved") == is_kept,
        "{name}: {terminal}"
    );
    let is_step = |kind: &&str| ["practised", "met"].contains(kind);
    if prompt.shared.iter().any(is_step) {
        assert!(
            terminal.written().contains("1 step recorded"),
            "{name}: {terminal}"
        );
    }
    if form == Form::Menus {
        assert_clean(&mut terminal, prompt);
    }
}

#[test]
fn other_commands_write_nothing_when_they_are_stopped() {
    let empty = || Sandbox::new().laptop("maya");
    let maya = Sandbox::halden;
    let to_confirm = || {
        let maya = Sandbox::halden();
        maya.run("learn --as ana --step answer-one --personal yes --done x")
            .ok();
        maya.laptop("ana")
    };
    type Case<'a> = (
        &'a str,
        &'a dyn Fn() -> Sandbox,
        &'a [(&'a str, super::Say<'a>)],
        &'a str,
    );
    let with_list = || {
        let maya = Sandbox::halden();
        maya.file("p.csv", "id,name\ndana,Dana Okafor\n");
        maya
    };
    let cases: [Case<'_>; 8] = [
        ("init h", &empty, &[], "organisation called?"),
        (
            "init h",
            &empty,
            &[("organisation called?", Type("Halden"))],
            "And you",
        ),
        (
            "init h",
            &empty,
            &[
                ("organisation called?", Type("Halden")),
                ("And you", Type("Maya Lund")),
            ],
            "How do logs travel",
        ),
        ("people add", &maya, &[], "person called?"),
        ("assign answering --to group:board", &maya, &[], "Write this?"),
        ("people import p.csv", &with_list, &[], "Write this?"),
        ("confirm", &to_confirm, &[], "with your own hands?"),
        ("aim", &maya, &[], "costs you most"),
    ];
    for (line, place, before, text) in cases {
        for keys in [CTRL_C, ESC] {
            let sandbox = place();
            let files = sandbox.workspace();
            let mut terminal = sandbox.terminal(line, LARGE);
            sit(&mut terminal, Form::Menus, before);
            ask(&mut terminal, Form::Menus, text);
            terminal.press(&[keys]);
            assert_eq!(terminal.ended(), Some(130), "{line}: {terminal}");
            assert!(terminal.last_row().starts_with("stopped; "), "{terminal}");
            assert!(terminal.cursor_is_shown());
            assert_eq!(sandbox.workspace(), files, "{line}: {text}");
        }
    }
}

#[test]
fn a_list_of_people_is_written_once_somebody_says_yes() {
    let maya = Sandbox::halden();
    maya.file("p.csv", "id,name\ndana,Dana Okafor\n");
    let mut terminal = maya.terminal("people import p.csv", LARGE);
    terminal.expect("Nothing is written yet.");
    ask(&mut terminal, Form::Menus, "Write this?");
    terminal.press(&["1", ENTER]);
    assert_eq!(terminal.ended(), Some(0), "{terminal}");
    assert_eq!(terminal.last_row(), "Wrote people.toml: 1 row.");
    // There is nothing to write any more: nobody is asked.
    let mut again = maya.terminal("people import p.csv", LARGE);
    assert_eq!(again.ended(), Some(0), "{again}");
}

#[test]
fn ctrl_c_ends_the_wait_for_a_text_that_is_typed() {
    for line in [
        "learn --demo --answers -",
        "people import - --demo --yes",
        "notes add - --demo",
    ] {
        let mut terminal = Sandbox::new().terminal(line, USUAL);
        // By then Ctrl-C is expected.
        terminal
            .expect("nothing is kept")
            .send("name\r")
            .expect("name")
            .send(CTRL_C);
        assert_eq!(terminal.ended(), Some(130), "{terminal}");
        assert_eq!(terminal.last_row(), "stopped; nothing was written", "{terminal}");
    }
}

#[test]
fn ctrl_c_in_an_editor_is_the_editors() {
    for form in [Form::Menus, Form::Lines] {
        let ana = Sandbox::halden()
            .laptop("ana")
            .env("EDITOR", "/bin/sh ../editor.sh");
        ana.run("aim 'Dealers wait' --capability serve").ok();
        ana.file(
            "../editor.sh",
            "kill -INT $PPID\nsleep 0.1\necho 'Too many hands' > \"$1\"\n",
        );
        let plain = if form == Form::Lines { " --plain" } else { "" };
        let line = format!("learn --step answering.what-stops-me --curriculum tiny{plain}");
        let mut terminal = ana.terminal(&line, LARGE);
        sit(
            &mut terminal,
            form,
            &[("What stops you?", Type("e")), ("When next?", Skip)],
        );
        assert_eq!(terminal.ended(), Some(0), "{terminal}");
        assert_eq!(private(&ana)[0]["text"], "Too many hands");
    }
}

#[test]
fn who_says_nothing_of_themselves_leaves() {
    for keys in [CTRL_C, ESC, "q"] {
        let new = Sandbox::halden().laptop("new");
        let mut terminal = new.terminal("", USUAL);
        ask(&mut terminal, Form::Menus, "Who are you?");
        terminal.press(&[keys]);
        assert_eq!(terminal.ended(), Some(0), "{terminal}");
        assert_eq!(terminal.last_row(), "Who are you?");
        assert!(terminal.cursor_is_shown());
    }
}

#[test]
fn after_the_end_of_a_sitting_nothing_is_stopped() {
    for keys in [CTRL_C, ESC] {
        let ana = Sandbox::halden().laptop("ana");
        let mut terminal = ana.terminal("learn --step hour", LARGE);
        sit(
            &mut terminal,
            Form::Menus,
            &[("costs you most", Skip), ("would make this fail", Type("x"))],
        );
        ask(&mut terminal, Form::Menus, "When next?");
        terminal.press(&[keys]);
        assert_eq!(terminal.ended(), Some(0), "{terminal}");
        assert_eq!(kinds(&shared(&ana)), ["started", "finished"]);
    }
}

#[test]
fn the_example_says_that_nothing_is_kept() {
    let sandbox = Sandbox::new();
    let mut terminal = sandbox.terminal("learn --demo", LARGE);
    terminal
        .expect("[private")
        .press(&[])
        .type_line("Legal would stop it");
    terminal.expect("Step 2 of").press(&[CTRL_C]);
    assert_eq!(terminal.ended(), Some(130), "{terminal}");
    assert_eq!(
        terminal.last_row(),
        "stopped; this was the example: nothing is kept"
    );
    assert_eq!(sandbox.everything().len(), 0);
    assert_eq!(sandbox.leftovers(), Vec::<String>::new());
}

#[test]
fn the_next_sitting_goes_on_where_the_last_was_left() {
    let ana = at_the_second_question(|terminal| {
        terminal.press(&[CTRL_C]);
        assert_eq!(terminal.ended(), Some(130));
    });
    goes_on(&ana);
}

#[test]
fn a_killed_program_has_kept_what_was_answered() {
    let ana = at_the_second_question(|terminal| {
        terminal.kill();
        assert_eq!(terminal.ended(), None);
    });
    goes_on(&ana);
}

#[test]
fn a_closed_window_has_kept_what_was_answered() {
    let ana = at_the_second_question(|terminal| {
        // By the signal; where whoever runs these tests ignores that, it finds out by itself.
        terminal.close().ended();
    });
    goes_on(&ana);
    // Where nobody ends the program with its window, it finds out by itself.
    let stays = Sandbox::halden().laptop("ana");
    let script = "trap '' HUP; exec \"$UPWARDS\" learn --step hour";
    for form in ["", " --plain"] {
        let mut terminal = stays.terminal_shell(&format!("{script}{form}"), USUAL);
        terminal.expect("costs you most").expect("> ").close();
        assert!(terminal.ended().is_some());
    }
}

/// In a curriculum that has more to come than a sitting takes.
const SHIPPED: &str = "--curriculum efficiency";

/// Ana, with the first step of a sitting done and one answer of the second given, and then the sitting ends in some way.
fn at_the_second_question(end: impl Fn(&mut Terminal)) -> Sandbox {
    let ana = Sandbox::halden().laptop("ana");
    ana.run(&format!("aim 'Dealers wait' --capability serve {SHIPPED}"))
        .ok();
    let mut terminal = ana.terminal(&format!("learn {SHIPPED}"), LARGE);
    terminal.expect("Step 1 of 3   case");
    let said = [
        ("[private", Type("Legal reads it first")),
        ("Question 1 of 2", Pick(1)),
        SURE,
    ];
    sit(&mut terminal, Form::Menus, &said);
    ask(&mut terminal, Form::Menus, "Question 2 of 2");
    end(&mut terminal);
    ana
}

/// Nothing that was said is lost, both logs can be read, and home begins with the quiz that was left.
#[track_caller]
fn goes_on(ana: &Sandbox) {
    let kept = shared(ana);
    assert_eq!(kinds(&kept[..4]), ["aimed", "started", "finished", "started"]);
    let said = private(ana);
    assert_eq!(kinds(&said), ["reflected", "answered"]);
    let doctor = ana.run("doctor").ok();
    assert_eq!(doctor.stderr, "");
    let home = ana.run(SHIPPED).ok();
    assert!(home.stdout.contains("\n  1  quiz "), "{home}");
    let mut terminal = ana.terminal(SHIPPED, LARGE);
    ask(&mut terminal, Form::Menus, "Enter = start");
    terminal
        .press(&[ENTER])
        .expect("Step 1 of 2   quiz")
        .expect("Question 1 of");
    terminal
        .press(&[ENTER, ENTER])
        .expect("Saved (private).")
        .press(&[ESC]);
    assert_eq!(terminal.ended(), Some(130), "{terminal}");
    // The question that had its answer is not asked again.
    let answered = private(ana);
    assert_eq!(kinds(&answered), ["reflected", "answered", "answered"]);
    assert_ne!(answered[2]["question"], said[1]["question"]);
}
