//! What is on the screen: menus that are whole at every size and follow the window, lines that move along, and no row that
//! runs over into the next.

use super::prompts::{PROMPTS, SITTING};
use super::{DOWN, ENTER, Form, UP, USUAL, ask, assert_whole, sit};
use crate::support::Sandbox;
use crate::support::terminal::{CTRL_C, Terminal};

const SIZES: [(u16, u16); 4] = [USUAL, (40, 24), (60, 24), (200, 50)];

#[test]
fn a_menu_is_whole_at_every_size() {
    for size in SIZES {
        for prompt in PROMPTS.iter().filter(|prompt| prompt.is_menu()) {
            let mut terminal = prompt.reached(&prompt.place(), Form::Menus, size);
            terminal.press(&[DOWN, DOWN, UP]);
            assert_whole(&mut terminal, prompt);
            assert!(
                !terminal.cursor_is_shown(),
                "{terminal}: in a menu the pointer is enough"
            );
        }
    }
}

#[test]
fn a_menu_follows_the_window() {
    for prompt in PROMPTS.iter().filter(|prompt| prompt.is_menu()) {
        let mut terminal = prompt.reached(&prompt.place(), Form::Menus, USUAL);
        terminal.press(&[DOWN]);
        for (size, keys) in [
            ((40, 24), [DOWN, UP]),
            ((200, 50), [UP, DOWN]),
            ((60, 16), [DOWN, UP]),
            ((120, 16), [UP, DOWN]),
        ] {
            terminal.resize(size).press(&keys);
            assert_whole(&mut terminal, prompt);
        }
        terminal.resize((40, 24)).press(&[CTRL_C]);
        assert_eq!(terminal.ended(), Some(130), "{terminal}");
        assert_eq!(terminal.wrapped(), [""; 0], "{terminal}");
    }
}

/// The shipped questions have longer options than a narrow screen has columns.
#[test]
fn long_options_are_shown_in_full() {
    let quiz = "learn --demo --step answer-in-public.first-answers --seed 1";
    for size in SIZES {
        let mut terminal = Sandbox::new().terminal(quiz, size);
        for _ in 0..3 {
            terminal.expect("Question ").press(&[DOWN, DOWN, UP]);
            let shown = numbers(&terminal);
            let all: Vec<usize> = (1..=shown.len()).collect();
            assert!(shown.len() >= 3 && shown == all, "{terminal}: {shown:?}");
            terminal.press(&[ENTER]).expect("How sure").press(&[ENTER]);
        }
        assert_eq!(terminal.wrapped(), [""; 0], "{terminal}");
    }
}

#[test]
fn a_number_leads_to_its_option_and_says_how_sure_at_once() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("aim 'Answer faster'").ok();
    let mut terminal = ana.terminal("learn --step first --seed 3", (80, 24));
    terminal.expect("Question 1 of").press(&["2"]);
    assert!(
        terminal.rows().iter().any(|row| row.starts_with("> 2")),
        "{terminal}"
    );
    terminal
        .press(&[ENTER])
        .expect("How sure")
        .press(&["3"])
        .expect("Question 2 of");
    let private = ana.read("../own/ana/halden-3f9c/private/ana/ana-laptop.jsonl");
    assert!(private.contains("\"confidence\":\"certain\""), "{private}");
}

/// Numbers of the items of the menu, as they stand.
fn numbers(terminal: &Terminal) -> Vec<usize> {
    let number = |row: &String| -> Option<usize> {
        let item = row.strip_prefix("> ").or(row.strip_prefix("  "))?;
        item.split_once("  ")?.0.parse().ok()
    };
    terminal.rows().iter().filter_map(number).collect()
}

#[test]
fn a_list_longer_than_the_screen_moves_along() {
    let sandbox = Sandbox::halden().laptop("nobody");
    let mut people = sandbox.read("people.toml");
    for n in 1..=30 {
        people.push_str(&format!("\n[[person]]\nid = \"p{n}\"\nname = \"Person {n}\"\n"));
    }
    sandbox.file("people.toml", people);
    let mut terminal = sandbox.terminal("", (40, 12));
    terminal.expect("Who are you?").press(&[]);
    assert_eq!(numbers(&terminal), [1, 2, 3, 4, 5, 6], "{terminal}");
    assert!(terminal.last_row().ends_with("(1-6 / 35)"), "{terminal}");
    // Upwards from the first is the last, which is to go on without an answer; above that is the last person.
    terminal.press(&[UP, UP]);
    assert_eq!(numbers(&terminal), [29, 30, 31, 32, 33, 34], "{terminal}");
    terminal.press(&[ENTER]).expect("> Person 30");
    terminal.expect("costs you most").press(&["\x1b"]);
    assert_eq!(terminal.ended(), Some(130), "{terminal}");
    assert!(sandbox.run("config get me").ok().stdout.contains("p30"));
}

#[test]
fn a_line_longer_than_the_screen_moves_along() {
    let ana = Sandbox::halden().laptop("ana");
    let mut terminal = ana.terminal("learn --step hour", (40, 24));
    let aim = "Every complaint goes through four departments before anybody answers it, and Zoë waits";
    terminal.expect("costs you most").press(&[]);
    for letter in aim.chars() {
        terminal.press(&[letter.encode_utf8(&mut [0; 4])]);
    }
    let row = terminal.last_row();
    assert!(
        row.starts_with("> ") && row.ends_with("and Zoë waits"),
        "{terminal}"
    );
    // At its beginning, in the middle of another size, and at its end again.
    terminal.press(&["\x01", "\x1b[C", "\x1b[3~", "v"]);
    assert!(terminal.last_row().starts_with("> Every complaint"), "{terminal}");
    terminal.resize((30, 24)).press(&["\x05", ENTER]);
    assert_eq!(terminal.wrapped(), [""; 0], "{terminal}");
    let typed: String = terminal.rows().join(" ");
    assert_eq!(typed.matches("Every complaint").count(), 1, "{terminal}");
    terminal.expect("Nearest here:").press(&[ENTER]);
    terminal.expect("Saved.");
    assert_eq!(super::shared(&ana)[0]["text"], aim);
}

#[test]
fn what_is_pasted_is_taken_whole() {
    let ana = Sandbox::halden().laptop("ana");
    let mut terminal = ana.terminal("learn --step hour", USUAL);
    terminal.expect("costs you most").press(&[]);
    terminal.send("Complaints take two days, dealers wait for Zoë\r");
    terminal.expect("Nearest here:").press(&[ENTER]).expect("Saved.");
    assert_eq!(
        super::shared(&ana)[0]["text"],
        "Complaints take two days, dealers wait for Zoë"
    );
}

#[test]
fn a_whole_sitting_fits_every_size() {
    for size in SIZES {
        let ana = Sandbox::halden().laptop("ana");
        for (day, line, said) in SITTING {
            let mut terminal = ana.on(day).terminal(line, size);
            sit(&mut terminal, Form::Menus, said);
            assert_eq!(terminal.ended(), Some(0), "{terminal}");
            assert_eq!(terminal.wrapped(), [""; 0], "{terminal}");
        }
    }
}

#[test]
fn screens_fit_every_size() {
    let ana = Sandbox::halden().laptop("ana");
    for size in SIZES {
        for line in [
            "--demo",
            "--demo --as dana",
            "next --demo",
            "progress --demo",
            "progress --demo --steps",
            "learn --demo --dry-run",
            "history --demo",
            "notes --demo",
            "privacy --demo",
            "cases list --demo",
            "cases show klm --demo",
            "readiness --demo",
            "readiness dana --demo",
            "people list --demo",
            "learn --step nowhere --demo",
            "help",
            "help learn",
        ] {
            let mut terminal = ana.terminal(line, size);
            terminal.ended();
            assert_eq!(terminal.wrapped(), [""; 0], "{terminal}");
        }
    }
    let mut narrow = ana.terminal("next --demo", (40, 24));
    narrow.ended();
    assert!(narrow.written().contains("hidden at 40 columns: "), "{narrow}");
}

#[test]
fn home_asks_one_thing_and_says_its_keys_once() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("aim 'Dealers wait' --capability serve").ok();
    for keys in [CTRL_C, "q", "\x1b"] {
        let mut terminal = ana.terminal("", (80, 40));
        ask(&mut terminal, Form::Menus, "Enter = start, q = leave");
        assert!(!terminal.written().contains("Enter to skip"), "{terminal}");
        terminal.press(&[keys]);
        // Leaving the home screen is no stop.
        assert_eq!(terminal.ended(), Some(0), "{keys:?}: {terminal}");
        assert_eq!(terminal.last_row(), "Enter = start, q = leave");
        assert!(terminal.cursor_is_shown());
    }
    let mut starts = ana.terminal("", (80, 40));
    ask(&mut starts, Form::Menus, "Enter = start, q = leave");
    starts.press(&[ENTER]).expect("Step 1 of");
    let mut lines = ana.terminal("--plain", (80, 40));
    ask(&mut lines, Form::Lines, "Enter = start, q = leave");
    assert!(!lines.written().contains("Enter to skip"), "{lines}");
    lines.send("what\r").expect("Enter, or q.").send("q\r");
    assert_eq!(lines.ended(), Some(0), "{lines}");
}
