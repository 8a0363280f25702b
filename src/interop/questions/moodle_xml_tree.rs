//! The `<question>` elements of a Moodle XML file, each as a small tree; a fault in one leaves the others readable.

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};

/// Elements that stand in one another in a question; Moodle needs six.
const DEEPEST: usize = 16;
/// Faults after which the rest of a file is not looked at.
const MOST_FAULTS: usize = 200;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// All text that stands directly in it.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Self {
        let attributes = start.html_attributes().flatten();
        let attributes = attributes.map(|attribute| {
            let value = unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), Into::into);
            (attribute.key.0.to_owned(), value)
        });
        Self {
            name: start.name().0.to_owned(),
            attributes: attributes.collect(),
            text: String::new(),
            children: Vec::new(),
        }
    }

    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Children of a name.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text in the `<text>` of it, or in itself.
    pub(super) fn words(&self) -> &str {
        self.child("text")
            .map_or(self.text.as_str(), |text| text.text.as_str())
    }
}

/// A question as it stands in the file.
#[derive(Debug)]
pub(super) struct Found<'t> {
    /// Line it begins on, from 1.
    pub(super) line: usize,
    /// What was read, or what is wrong with it.
    pub(super) element: Result<Element, String>,
    /// Its text.
    pub(super) source: &'t str,
}

/// All questions of a file, and how many comments it holds.
pub(super) fn questions(text: &str) -> (Vec<Found<'_>>, usize) {
    let mut scan = Scan {
        text,
        found: Vec::new(),
        comments: 0,
        base: 0,
        from: 0,
        lines: line_starts(text),
    };
    let mut faults = 0;
    while faults < MOST_FAULTS && scan.up_to_fault() {
        faults += 1;
    }
    if faults == MOST_FAULTS && scan.base < text.len() {
        let rest = Err("nothing was read from here on: the file has too many faults".to_owned());
        scan.add(scan.base, text.len(), rest);
    }
    (scan.found, scan.comments)
}

/// The way through a file.
struct Scan<'t> {
    text: &'t str,
    found: Vec<Found<'t>>,
    comments: usize,
    /// Where reading begins (again).
    base: usize,
    /// Behind the last question that was read: behind a fault the next one is looked for from here on.
    from: usize,
    /// First byte of each line.
    lines: Vec<usize>,
}

impl Scan<'_> {
    /// Reads up to a fault and goes on to the question behind it; `false` = the end was reached.
    fn up_to_fault(&mut self) -> bool {
        let text = self.text;
        let mut reader = reader(&text[self.base..]);
        loop {
            let before = self.base + place(reader.buffer_position());
            match reader.read_event() {
                Ok(Event::Eof) => return false,
                Ok(Event::Comment(_)) => self.comments += 1,
                Ok(Event::Start(start)) if start.name().0 == "question" => {
                    let element = whole(&mut reader, &start);
                    if element.is_err() {
                        let next = next_question(text, before + 1);
                        self.add(before, next, element);
                        self.base = next;
                        return true;
                    }
                    let end = self.base + place(reader.buffer_position());
                    self.add(before, end, element);
                }
                Ok(_) => {}
                Err(error) => {
                    // Between questions: what stands there is told.
                    let next = next_question(text, self.from.max(self.base + 1));
                    let gap = self.from.max(self.base).min(next);
                    let blanks = text[gap..next].len() - text[gap..next].trim_start().len();
                    self.add(gap + blanks, next, Err(format!("it is no XML: {error}")));
                    self.base = next;
                    return true;
                }
            }
        }
    }

    fn add(&mut self, start: usize, end: usize, element: Result<Element, String>) {
        self.from = end;
        self.found.push(Found {
            line: self.lines.partition_point(|line| *line <= start),
            element,
            source: self.text[start..end].trim_end(),
        });
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(ends).collect()
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    // Behind a fault the ends of what stood before it come alone.
    config.allow_unmatched_ends = true;
    config.expand_empty_elements = true;
    reader
}

/// Reads up to the end of an element that has begun.
fn whole(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<Element, String> {
    let mut open = vec![Element::of(start)];
    let mut is_too_deep = false;
    let mut hidden = 0;
    loop {
        let event = reader
            .read_event()
            .map_err(|error| format!("its XML is broken: {error}"))?;
        match event {
            Event::Start(start) if start.name().0 == "question" => {
                return Err("its XML is broken: another question begins in it".to_owned());
            }
            Event::DocType(_) | Event::Decl(_) | Event::PI(_) => {
                return Err("its XML is broken: a declaration stands in it".to_owned());
            }
            Event::Start(_) if open.len() >= DEEPEST => {
                is_too_deep = true;
                hidden += 1;
            }
            Event::Start(start) => open.push(Element::of(&start)),
            Event::End(_) if hidden > 0 => hidden -= 1,
            Event::End(_) => {
                let Some(done) = open.pop() else { break };
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None if is_too_deep => {
                        return Err("its elements stand too deep in one another".to_owned());
                    }
                    None => return Ok(done),
                }
            }
            Event::Eof => break,
            event => {
                if let Some(top) = open.last_mut() {
                    add_text(&event, &mut top.text);
                }
            }
        }
    }
    Err("its XML is broken: the file ends in it".to_owned())
}

fn add_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(character)) => text.push(character),
            _ => {
                if let Some(character) = resolve_xml_entity(name) {
                    text.push_str(character);
                } else {
                    // One of HTML, or none: as it stands.
                    text.push('&');
                    text.push_str(name);
                    text.push(';');
                }
            }
        },
        _ => {}
    }
}

/// Where the next question begins; the end of the text where there is none.
fn next_question(text: &str, from: usize) -> usize {
    let mut from = from.min(text.len());
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let rest = &text[from..];
    let begins =
        |(at, _): &(usize, &str)| rest[at + "<question".len()..].starts_with([' ', '>', '\n', '\r', '\t']);
    let found = rest.match_indices("<question").find(begins);
    found.map_or(text.len(), |(at, _)| from + at)
}

fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}
