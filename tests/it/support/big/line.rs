//! Lines of JSON with the keys in the order they are given, and the file they go into.

use std::fmt::{Display, Write as _};

use super::{Day, LogFile};

/// A JSON object under construction.
#[derive(Debug)]
pub(crate) struct Line(String);

impl Line {
    /// An object without keys.
    pub(crate) fn new() -> Self {
        Self(String::with_capacity(320) + "{")
    }

    /// A key with a value that is JSON already: a number, true, a list, an object.
    pub(crate) fn raw(mut self, key: &str, json: impl Display) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        // Writing into a String cannot fail.
        let _ = write!(self.0, "\"{key}\":{json}");
        self
    }

    /// A key with a text.
    pub(crate) fn text(self, key: &str, text: impl Display) -> Self {
        let quoted = quoted(&text.to_string());
        self.raw(key, quoted)
    }

    /// A key with a text, if there is one.
    pub(crate) fn maybe(self, key: &str, text: Option<impl Display>) -> Self {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    /// A key with a list of texts.
    pub(crate) fn texts(self, key: &str, texts: &[&str]) -> Self {
        let list: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
        self.raw(key, format!("[{}]", list.join(",")))
    }

    /// The object.
    pub(crate) fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A log that one device writes about one person.
#[derive(Debug)]
pub(crate) struct Log {
    folder: &'static str,
    person: String,
    device: String,
    text: String,
    lines: u32,
}

impl Log {
    /// An empty log below `progress` or `private`.
    pub(crate) fn new(folder: &'static str, person: &str, device: &str) -> Self {
        Self {
            folder,
            person: person.to_owned(),
            device: device.to_owned(),
            text: String::new(),
            lines: 0,
        }
    }

    /// Begins the next line: the envelope, with the exact time where the log is private.
    pub(crate) fn begin(&self, id: &str, day: Day, at: Option<&str>, by: &str, kind: &str) -> Line {
        let line = Line::new()
            .raw("v", 1)
            .text("id", id)
            .raw("seq", self.lines + 1)
            .text("day", day);
        let line = line.maybe("at", at).text("person", &self.person).text("by", by);
        line.text("device", &self.device).text("kind", kind)
    }

    /// Appends a line.
    pub(crate) fn end(&mut self, line: Line) {
        self.text.push_str(&line.finish());
        self.text.push('\n');
        self.lines += 1;
    }

    /// The file, unless nothing was written.
    pub(crate) fn into_file(self) -> Option<LogFile> {
        (self.lines > 0).then(|| LogFile {
            path: format!("{}/{}/{}.jsonl", self.folder, self.person, self.device),
            bytes: self.text.into_bytes(),
            lines: self.lines,
        })
    }
}
