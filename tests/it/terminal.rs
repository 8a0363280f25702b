//! The program on a real terminal: every kind of prompt, moved in, stopped and resized, at several sizes; line by line
//! for who cannot follow a menu; and the same sitting in each form.

mod lines;
mod prompts;
mod screens;
mod stops;

use serde_json::Value;

use crate::support::terminal::{DOWN, ENTER, Terminal, UP};
use crate::support::{Sandbox, WORKSPACE};

const SHARED: &str = "progress/ana/ana-laptop.jsonl";
/// A terminal as most are.
const USUAL: (u16, u16) = (80, 24);

/// How questions are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Menus,
    Lines,
}

/// An answer, whatever the form is.
#[derive(Debug, Clone, Copy)]
enum Say<'a> {
    /// The option at this place, from 1.
    Pick(usize),
    /// The options at these places, ascending.
    Mark(&'a [usize]),
    Type(&'a str),
    /// On without an answer.
    Skip,
}
use Say::{Mark, Pick, Skip, Type};

use prompts::Prompt;

/// A part of a question, and what is answered.
type Said<'a> = (&'a str, Say<'a>);

/// Answers questions as they come.
fn sit(terminal: &mut Terminal, form: Form, said: &[Said<'_>]) {
    for (text, say) in said {
        ask(terminal, form, text);
        answer(terminal, form, *say);
    }
}

/// Waits for a question.
fn ask(terminal: &mut Terminal, form: Form, text: &str) {
    terminal.expect(text);
    match form {
        Form::Menus => terminal.press(&[]),
        Form::Lines => terminal.expect("\n> "),
    };
}

fn answer(terminal: &mut Terminal, form: Form, say: Say<'_>) {
    match (form, say) {
        (Form::Menus, Pick(place)) => terminal.press(&vec![DOWN; place - 1]).press(&[ENTER]),
        (Form::Menus, Mark(places)) => {
            let mut at = 1;
            for place in places {
                terminal.press(&vec![DOWN; place - at]).press(&[" "]);
                at = *place;
            }
            terminal.press(&[ENTER])
        }
        (Form::Menus, Type(text)) => terminal.type_line(text),
        // Below the options stands the way on without one; a line is left empty.
        (Form::Menus, Skip) if terminal.rows().iter().any(|row| row.contains("(skip)")) => {
            terminal.press(&[UP, ENTER])
        }
        (Form::Lines, Pick(place)) => terminal.send(&format!("{place}\r")),
        (Form::Lines, Mark(places)) => {
            let places: Vec<String> = places.iter().map(ToString::to_string).collect();
            terminal.send(&format!("{}\r", places.join(" ")))
        }
        (Form::Lines, Type(text)) => terminal.send(&format!("{text}\r")),
        (Form::Menus, Skip) => terminal.press(&[ENTER]),
        (Form::Lines, Skip) => terminal.send(ENTER),
    };
}

/// A menu as it should be: each option once, the person at the second, no row run over.
#[track_caller]
fn assert_whole(terminal: &mut Terminal, prompt: &Prompt) {
    let shown = terminal.rows().join(" ");
    let shown: Vec<&str> = shown.split_whitespace().collect();
    let shown = shown.join(" ");
    for (at, option) in prompt.options.iter().enumerate() {
        let item = format!("{} {option}", at + 1);
        assert_eq!(shown.matches(&item).count(), 1, "{terminal}: {item}");
    }
    assert!(shown.contains(prompt.text), "{terminal}: the question is gone");
    assert_eq!(pointed(terminal), [2], "{terminal}");
    assert_eq!(terminal.wrapped(), [""; 0], "{terminal}");
}

/// Numbers of the items that a menu points at.
fn pointed(terminal: &Terminal) -> Vec<usize> {
    let number = |row: &String| -> Option<usize> {
        let item = row.strip_prefix("> ")?;
        let item = item.strip_prefix("[ ] ").unwrap_or(item);
        item.split_once("  ")?.0.parse().ok()
    };
    terminal.rows().iter().filter_map(number).collect()
}

/// Nothing of a prompt is left over: the cursor is there, no row ran over, no option stands about.
#[track_caller]
fn assert_clean(terminal: &mut Terminal, prompt: &Prompt) {
    assert!(terminal.cursor_is_shown(), "{terminal}: the cursor is hidden");
    assert_eq!(terminal.wrapped(), [""; 0], "{terminal}");
    for (at, option) in prompt.options.iter().enumerate() {
        let item = format!("{}  {option}", at + 1);
        let left = terminal.rows().into_iter().find(|row| row.contains(&item));
        assert_eq!(left, None, "{terminal}: {}", prompt.name);
    }
    assert!(
        !terminal.rows().iter().any(|row| row.contains("(skip)")),
        "{terminal}"
    );
}

fn private_file() -> String {
    format!("../own/ana/{WORKSPACE}/private/ana/ana-laptop.jsonl")
}

fn private(ana: &Sandbox) -> Vec<Value> {
    if ana.has(&private_file()) {
        ana.events(&private_file())
    } else {
        Vec::new()
    }
}

fn shared(ana: &Sandbox) -> Vec<Value> {
    if ana.has(SHARED) {
        ana.events(SHARED)
    } else {
        Vec::new()
    }
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .map(|event| event["kind"].as_str().unwrap_or_default())
        .collect()
}

/// Events without what differs from one run of the same sitting to the next.
fn plain(mut events: Vec<Value>) -> Vec<Value> {
    for event in &mut events {
        let object = event.as_object_mut().expect("an event is an object");
        object.retain(|key, _| !["id", "seq", "at", "device"].contains(&key.as_str()));
    }
    events
}
