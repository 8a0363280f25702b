//! The quick way to read a long `people.toml`: person by person, and a person whose lines are all of the plainest kind
//! without the parser, which is made for every TOML file and keeps ten times the text in memory while it works. It takes
//! a person, or the file, whole or not at all; whatever is unusual goes the general way, which alone decides what is
//! wrong.
//!
//! Invariant: where this way gives people, reading the file whole gives the same ones and has nothing to say about them.
//! A part that is sound by itself ends outside of every text and list, so that the next one begins where its line does.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::Arc;

use super::forms::is_sound;
use super::people::{MORE_PEOPLE, PEOPLE, PERSON, Values, people, person};
use super::shape::{Form, Shape};
use super::single::take_from;
use super::view::View;
use crate::base::threads::on_threads;
use crate::model::person::{People, Person};
use crate::model::written::SourceFile;

/// How the table of a person begins, as this program and nearly everybody writes it.
const BEGIN: &str = "[[person]]";

/// People that one thread takes at once.
const AT_ONCE: usize = 50;

/// Portions from which another thread pays.
const WORTH_A_THREAD: usize = 4;

/// The people of a text that has nothing unusual; `None` = read it whole.
pub(super) fn people_quickly(text: &str) -> Option<People> {
    let starts: Vec<usize> = text
        .match_indices(BEGIN)
        .map(|(at, _)| at)
        .filter(|at| text[..*at].ends_with('\n'))
        .collect();
    let head = starts.first().copied().unwrap_or(text.len());
    let mut all = of_part(&text[..head], &PEOPLE, above_people)?;
    let groups_stand_above = !all.groups.is_empty();
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let tables: Vec<&str> = starts
        .iter()
        .zip(ends)
        .map(|(from, to)| &text[*from..to])
        .collect();
    let portions: Vec<&[&str]> = tables.chunks(AT_ONCE).collect();
    for portion in on_threads(&portions, WORTH_A_THREAD, |tables| of_portion(tables)) {
        let portion = portion?;
        if groups_stand_above && !portion.groups.is_empty() {
            return None;
        }
        all.people.extend(portion.people);
        all.groups.extend(portion.groups);
    }
    let people: BTreeSet<_> = all.people.iter().map(|person| &person.id).collect();
    let groups: BTreeSet<_> = all.groups.iter().map(|group| &group.id).collect();
    (people.len() == all.people.len() && groups.len() == all.groups.len()).then_some(all)
}

fn of_portion(tables: &[&str]) -> Option<People> {
    let mut all = People::default();
    for table in tables {
        if let Some(person) = plain_person(table) {
            all.people.push(person);
        } else {
            let some = of_part(table, &MORE_PEOPLE, people)?;
            all.people.extend(some.people);
            all.groups.extend(some.groups);
        }
    }
    Some(all)
}

/// The general way with a part of the file.
fn of_part(text: &str, shape: &'static Shape, take: fn(View<'_>) -> Option<People>) -> Option<People> {
    let source = Arc::new(SourceFile::new("", text));
    let (written, findings) = take_from(source, shape, None, false, take);
    written
        .filter(|_| findings.is_empty())
        .map(|written| written.value)
}

/// Groups without people. A list of people or groups that is closed cannot go on below.
fn above_people(file: View<'_>) -> Option<People> {
    let opens = |key: &str| file.keys().any(|known| known == key);
    let read = people(file)?;
    (!opens("person") && opens("group") != read.groups.is_empty()).then_some(read)
}

/// A person with nothing but lines of a known key and a text, texts in one line, or yes or no.
fn plain_person(table: &str) -> Option<Person> {
    let mut lines = table.lines();
    lines.next().filter(|line| *line == BEGIN)?;
    let mut values = Plain::default();
    for line in lines.filter(|line| !line.is_empty()) {
        let (key, value) = line.split_once(" = ")?;
        let form = &PERSON.key(key, None)?.form;
        let value = plain_value(form, value)?;
        if values.value(key).is_some() {
            return None;
        }
        values.0.push((key, value));
    }
    person(&values)
}

/// What stands behind keys of a person, in the order of the file.
#[derive(Default)]
struct Plain<'t>(Vec<(&'t str, PlainValue<'t>)>);

enum PlainValue<'t> {
    Text(&'t str),
    Texts(Vec<&'t str>),
    Yes(bool),
}

impl<'t> Plain<'t> {
    fn value(&self, key: &str) -> Option<&PlainValue<'t>> {
        let same = self.0.iter().find(|(known, _)| *known == key);
        same.map(|(_, value)| value)
    }
}

impl Values for &Plain<'_> {
    fn text(self, key: &str) -> Option<String> {
        self.parsed(key)
    }

    fn parsed<T: FromStr>(self, key: &str) -> Option<T> {
        match self.value(key)? {
            PlainValue::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    fn parsed_list<T: FromStr>(self, key: &str) -> Vec<T> {
        match self.value(key) {
            Some(PlainValue::Texts(texts)) => texts.iter().filter_map(|text| text.parse().ok()).collect(),
            _ => Vec::new(),
        }
    }

    fn yes(self, key: &str) -> Option<bool> {
        match self.value(key)? {
            PlainValue::Yes(yes) => Some(*yes),
            _ => None,
        }
    }
}

fn plain_value<'t>(form: &Form, written: &'t str) -> Option<PlainValue<'t>> {
    match form {
        Form::YesNo => match written {
            "true" => Some(PlainValue::Yes(true)),
            "false" => Some(PlainValue::Yes(false)),
            _ => None,
        },
        Form::List {
            of,
            least,
            most,
            distinct,
        } => {
            let inside = written.strip_prefix('[')?.strip_suffix(']')?;
            let texts: Vec<&str> = if inside.is_empty() {
                Vec::new()
            } else {
                inside
                    .split(", ")
                    .map(|text| plain_text(of, text))
                    .collect::<Option<_>>()?
            };
            let again = |(at, text): (usize, &&str)| texts[..at].contains(text);
            let fits = (*least..=*most).contains(&texts.len())
                && !(*distinct && texts.iter().enumerate().any(again));
            fits.then_some(PlainValue::Texts(texts))
        }
        form => plain_text(form, written).map(PlainValue::Text),
    }
}

/// A text between two quotes without an escape.
fn plain_text<'t>(form: &Form, written: &'t str) -> Option<&'t str> {
    let text = written.strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains(['"', '\\']) && is_sound(form, text)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::single::check_text;

    fn whole(text: &str) -> Option<People> {
        let source = Arc::new(SourceFile::new("people.toml", text));
        let (written, findings) = take_from(source, &PEOPLE, None, false, people);
        written
            .filter(|_| findings.is_empty())
            .map(|written| written.value)
    }

    fn many(count: usize) -> String {
        let mut text = "format = 1\n\n[[group]]\nid = \"heads\"\n".to_owned();
        for n in 0..count {
            text += &format!("\n[[person]]\nid = \"p{n}\"\nname = \"Person {n}\"\ngroups = [\"heads\"]\n");
            if n % 7 == 0 {
                text += "\n[person.mentors_stated]\nserve = \"ready\"\n";
            }
        }
        text
    }

    #[test]
    fn the_quick_way_says_what_the_whole_says() {
        for count in [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 5 * AT_ONCE + 3] {
            for text in [many(count), many(count).replace('\n', "\r\n")] {
                let read = people_quickly(&text);
                assert!(read.is_some(), "{count}");
                assert_eq!(read, whole(&text));
            }
        }
    }

    #[test]
    fn groups_may_stand_below() {
        let text = many(120).replacen("[[group]]\nid = \"heads\"\n", "", 1) + "\n[[group]]\nid = \"heads\"\n";
        let read = people_quickly(&text);
        assert!(read.is_some());
        assert_eq!(read, whole(&text));
    }

    /// Whatever the whole refuses or has something to say about, pieces leave to it.
    #[test]
    fn what_is_unusual_is_left_to_the_whole() {
        let good = many(120);
        let at = good.find("id = \"p60\"").unwrap_or_default();
        let broken = |put: &str| format!("{}{put}\n{}", &good[..at], &good[at..]);
        for text in [
            broken("unknown = 1"),
            broken("id = \"p60\""),
            broken("name = \"\"\""),
            broken("groups = ["),
            broken("nudge = \"no\""),
            good.replace("id = \"p60\"", "id = \"p1\""),
            good.replace("format = 1", "format = 2"),
            good.replace("format = 1", ""),
            good.replace("format = 1", "format = 1\nperson = []"),
            good.replace("[[group]]\nid = \"heads\"\n", "group = []\n") + "\n[[group]]\nid = \"x\"\n",
            good.clone() + "\n[[group]]\nid = \"heads\"\n",
            good.clone() + "\n[group]\nid = \"heads\"\n",
            good.clone() + "\n[person]\nid = \"ana\"\n",
            good.clone() + "\n[other]\n",
            good.clone() + "[[person]]x\n",
        ] {
            assert_eq!(people_quickly(&text), None, "{text}");
            assert!(!check_text("people.toml", &text, &PEOPLE).is_empty(), "{text}");
        }
        // A line within a text begins no person.
        let quoted = broken("unit = '''\n[[person]]\n'''");
        assert_eq!(people_quickly(&quoted).or_else(|| whole(&quoted)), whole(&quoted));
        let all_quoted = "format = 1\n[[group]]\nid = \"a\"\nname = '''\n[[person]]\n'''\n";
        assert_eq!(people_quickly(all_quoted), None);
    }

    /// As `people add` and an import write it.
    #[test]
    fn an_ordinary_person_needs_no_parser() {
        let table = "[[person]]\nid = \"ana\"\nname = \"Ana Reyes\"\nroles = [\"executive\", \"mentor\"]\ngroups = []\n\
                     unit = \"Sales, Nordics\"\nemail = \"ana@halden.example\"\nexternal = true\nnudge = false\n";
        let read = plain_person(table).unwrap();
        assert_eq!((read.name.as_str(), read.roles.len()), ("Ana Reyes", 2));
        assert!(read.external && !read.nudge);
        assert_eq!(
            Some(vec![read]),
            whole(&format!("format = 1\n{table}")).map(|all| all.people)
        );
    }

    const LINES: [&str; 34] = [
        "name = \"Jürgen Özil 李\"",
        "name = \"\"",
        "name = \" \"",
        "name = \"a\\u0041\"",
        "name = \"tab\there\"",
        "name = \"turn\u{202e}ed\"",
        "name = 'single'",
        "name = \"\"\"three\"\"\"",
        "name = \"behind\" # a remark",
        "  name = \"indented\"",
        "name=\"tight\"",
        "\"name\" = \"quoted\"",
        "roles = [\"executive\"]",
        "roles = [\"executive\", \"executive\"]",
        "roles = [\"boss\"]",
        "roles = []",
        "groups = [\"a\", \"b\"]",
        "groups = [\"a\",\"b\"]",
        "groups = [\"a\", \"b\",]",
        "groups = [ \"a\" ]",
        "groups = [\"a\", 1]",
        "groups = [\"A b\"]",
        "experience = [\"efficiency/serve\", \"serve\"]",
        "email = \"a@b.example\"",
        "email = \"nobody\"",
        "languages = [\"en\", \"DE\"]",
        "external = true",
        "external = True",
        "left = 2026-03-16",
        "seats = 2",
        "mentors_stated = { serve = \"ready\" }",
        "unknown = \"x\"",
        "# a remark",
        "",
    ];

    proptest::proptest! {
        #[test]
        fn no_line_is_read_otherwise_than_by_the_parser(
            people in proptest::collection::vec(proptest::collection::vec(0..LINES.len(), 0..4), 1..4),
            crlf: bool,
        ) {
            let mut text = "format = 1\n".to_owned();
            for (n, lines) in people.iter().enumerate() {
                text += &format!("\n[[person]]\nid = \"p{n}\"\n");
                if lines.iter().all(|at| !LINES[*at].contains("name")) {
                    text += "name = \"Ana\"\n";
                }
                for line in lines {
                    text += LINES[*line];
                    text.push('\n');
                }
            }
            if crlf {
                text = text.replace('\n', "\r\n");
            }
            proptest::prop_assert_eq!(people_quickly(&text), whole(&text));
        }
    }
}
