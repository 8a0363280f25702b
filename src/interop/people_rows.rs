//! One record of somebody's table as values of ours, or the reason why it cannot be.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::people_dates::Days;
use super::people_headings::Columns;
use super::people_table::{Row, Table};
use crate::base::id::{check_slug, slugify};
use crate::base::text::is_unprintable;
use crate::base::time::Date;
use crate::model::person::Role;

/// Characters of a name: what `people.toml` takes.
const MOST_OF_A_NAME: usize = 80;
/// Characters of any other text.
const MOST_OF_A_TEXT: usize = 4_000;
/// Bytes of an address.
const MOST_OF_AN_ADDRESS: usize = 254;

/// One record, read.
pub(super) struct Draft {
    pub(super) line: usize,
    /// The source's word for who it is; empty if it has none.
    pub(super) key: String,
    /// What the file says, by our key; lists joined with `|`.
    pub(super) values: BTreeMap<String, String>,
    /// Words for the manager, the most certain first.
    pub(super) managers: Vec<String>,
    /// The assistant where the file does not give an address.
    pub(super) assistant: Option<String>,
    /// What the file says of whether somebody is still there.
    pub(super) presence: Presence,
    /// Worth knowing, and no reason to reject it.
    pub(super) notes: Vec<String>,
}

/// Whether somebody is still there, as far as a record says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// Nothing is said.
    Unsaid,
    /// Still there, for all the file knows.
    Here,
    /// Gone, or going, on that day; without a day: gone already.
    Left(Option<Date>),
}

/// How the records of one table are read.
pub(super) struct Reader<'t> {
    table: &'t Table,
    columns: &'t Columns,
    left_days: Days,
    today: Date,
    /// Keys of columns that hold something else than we mean by their heading.
    foreign: Vec<&'static str>,
}

impl<'t> Reader<'t> {
    pub(super) fn of(table: &'t Table, columns: &'t Columns, date_format: Option<&str>, today: Date) -> Self {
        let cells = |key: &str| {
            let at = columns.places.get(key).copied();
            table
                .rows
                .iter()
                .filter_map(move |row| row.cells.get(at?).map(String::as_str))
        };
        let mut foreign = Vec::new();
        // "Role" is what many lists call a job.
        if columns.places.contains_key("roles") {
            let mut said = cells("roles").filter(|cell| !cell.is_empty()).peekable();
            if said.peek().is_some() && !said.any(|cell| parts(cell).any(|part| role(part).is_some())) {
                foreign.push("roles");
            }
        }
        Self {
            table,
            columns,
            left_days: Days::of(cells("left"), date_format),
            today,
            foreign,
        }
    }

    /// Keys whose columns are not used after all.
    pub(super) fn foreign(&self) -> &[&'static str] {
        &self.foreign
    }

    pub(super) fn read(&self, row: &Row) -> Result<Draft, String> {
        if let Some(has) = row.ragged {
            return Err(format!(
                "{has} cells, the heading has {}: is a quotation mark missing?",
                self.table.headings.len()
            ));
        }
        self.no_swallowed_line(row)?;
        let mut notes = Vec::new();
        let cells = self.cells(row, &mut notes)?;
        let cell = |key: &str| cells.get(key).map_or("", |text| text.as_ref());
        let mut values = BTreeMap::new();
        let name = match cell("name") {
            "" => format!("{} {}", cell("first_name"), cell("last_name"))
                .trim()
                .to_owned(),
            name => name.to_owned(),
        };
        if name.is_empty() {
            return Err("no name".to_owned());
        }
        at_most("name", &name, MOST_OF_A_NAME)?;
        values.insert("name".to_owned(), name);
        let email = cell("email");
        if !email.is_empty() && !looks_like_email(email) {
            return Err(format!("\"{}\" is no e-mail address", beginning(email)));
        }
        for key in ["unit", "email"] {
            if self.has(key) {
                at_most(key, cell(key), MOST_OF_A_TEXT)?;
                values.insert(key.to_owned(), cell(key).to_owned());
            }
        }
        for key in ["roles", "groups", "languages"] {
            if self.has(key) && !cell(key).is_empty() {
                let items = list(key, cell(key), &mut notes)?;
                if !items.is_empty() {
                    values.insert(key.to_owned(), items.join("|"));
                }
            }
        }
        if self.has("function") && !cell("function").is_empty() {
            values.insert("function".to_owned(), slugify(cell("function")));
        }
        for key in ["external", "nudge"] {
            if self.has(key) && !cell(key).is_empty() {
                let yes = yes_or_no(cell(key))
                    .ok_or_else(|| format!("{key}: \"{}\": yes or no", beginning(cell(key))))?;
                values.insert(key.to_owned(), yes.to_string());
            }
        }
        let mut assistant = None;
        if self.has("assistant_email") {
            let text = cell("assistant_email");
            if text.is_empty() || looks_like_email(text) {
                values.insert("assistant_email".to_owned(), text.to_owned());
            } else {
                assistant = Some(text.to_owned());
            }
        }
        let mut managers = Vec::new();
        if self.has("reports_to") {
            managers.push(cell("reports_to").to_owned());
            for at in &self.columns.more_managers {
                let other = row.cells.get(*at).map_or("", String::as_str);
                managers.push(tidy(other).into_owned());
            }
        }
        Ok(Draft {
            line: row.line,
            key: cell("id").to_owned(),
            values,
            managers,
            assistant,
            presence: self.presence(cell("status"), cell("left"))?,
            notes,
        })
    }

    fn has(&self, key: &str) -> bool {
        self.columns.places.contains_key(key) && !self.foreign.contains(&key)
    }

    /// The cells we use, without marks that no screen shows.
    fn cells<'r>(
        &self,
        row: &'r Row,
        notes: &mut Vec<String>,
    ) -> Result<BTreeMap<&'static str, Cow<'r, str>>, String> {
        let mut cells = BTreeMap::new();
        let mut left_out = false;
        for (key, at) in &self.columns.places {
            let raw = row.cells.get(*at).map_or("", String::as_str);
            let text = tidy(raw);
            left_out |= matches!(text, Cow::Owned(_));
            if text.chars().any(is_unprintable) {
                return Err(if text.contains('\n') {
                    format!(
                        "a line break in \"{}\": is a quotation mark missing?",
                        beginning(&text)
                    )
                } else {
                    format!("a control character in \"{}\"", beginning(&text))
                });
            }
            cells.insert(*key, text);
        }
        if left_out {
            notes.push("characters that no screen shows were left out".to_owned());
        }
        Ok(cells)
    }

    /// A line break may stand in a column that is not used, as an address; whole records in it may not.
    fn no_swallowed_line(&self, row: &Row) -> Result<(), String> {
        let delimiter = char::from(self.table.delimiter);
        let wanted = self.table.headings.len().saturating_sub(1);
        let has_record = |cell: &str| {
            let mut lines = cell.lines().skip(1);
            wanted > 0 && lines.any(|line| line.matches(delimiter).count() >= wanted)
        };
        match row.cells.iter().find(|c| c.contains('\n') && has_record(c)) {
            Some(cell) => Err(format!(
                "a line break in \"{}\": is a quotation mark missing?",
                beginning(cell)
            )),
            None => Ok(()),
        }
    }

    fn presence(&self, status: &str, left: &str) -> Result<Presence, String> {
        let day = self.left_days.read(left)?;
        let has = |key| self.columns.places.contains_key(key);
        Ok(match (says_gone(status), says_here(status), day) {
            (true, _, day) => Presence::Left(day),
            // The old day of somebody who came back.
            (_, true, Some(day)) if day <= self.today => Presence::Here,
            (_, _, Some(day)) => Presence::Left(Some(day)),
            (_, _, None) if has("status") || has("left") => Presence::Here,
            _ => Presence::Unsaid,
        })
    }
}

fn says_gone(status: &str) -> bool {
    const GONE: [&str; 19] = [
        "inactive",
        "terminated",
        "former",
        "left",
        "leaver",
        "resigned",
        "retired",
        "discharged",
        "deceased",
        "withdrawn",
        "disabled",
        "false",
        "no",
        "0",
        "inaktiv",
        "ausgeschieden",
        "ausgetreten",
        "beendet",
        "nein",
    ];
    GONE.contains(&status.to_lowercase().as_str())
}

fn says_here(status: &str) -> bool {
    matches!(
        status.to_lowercase().as_str(),
        "active" | "aktiv" | "true" | "yes" | "ja" | "1"
    )
}

/// Without marks that no screen shows and that systems leave behind: soft hyphens, joiners, marks of direction. Other
/// blanks become blanks. What turns a line around stays, and is refused.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    let is_mark = |c: char| {
        matches!(
            c,
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{61C}'
        )
    };
    let is_blank = |c: char| matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}' | '\u{3000}' | '\t');
    if text.is_ascii() && !text.contains('\t') {
        return Cow::Borrowed(text);
    }
    if !text.chars().any(|c| is_mark(c) || is_blank(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_mark(*c)) {
        out.push(if is_blank(c) { ' ' } else { c });
    }
    Cow::Owned(out.trim().to_owned())
}

/// As much of a cell as a line of a screen holds.
pub(super) fn beginning(cell: &str) -> String {
    /// Characters that are shown.
    const MOST: usize = 40;
    let mut shown: String = cell.chars().take_while(|c| *c != '\n').take(MOST).collect();
    if shown.len() < cell.len() {
        shown.push('…');
    }
    shown
}

fn at_most(key: &str, text: &str, most: usize) -> Result<(), String> {
    let length = text.chars().count();
    if length > most {
        return Err(format!(
            "{key}: {length} characters, at most {most}: \"{}\"",
            beginning(text)
        ));
    }
    Ok(())
}

pub(super) fn looks_like_email(text: &str) -> bool {
    text.len() <= MOST_OF_AN_ADDRESS
        && text.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && !host.is_empty()
                && !host.contains('@')
                && !text.contains(char::is_whitespace)
        })
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" | "ja" => Some(true),
        "no" | "false" | "0" | "n" | "nein" => Some(false),
        _ => None,
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', ';', ','])
        .map(str::trim)
        .filter(|p| !p.is_empty())
}

fn role(text: &str) -> Option<Role> {
    Role::ALL
        .into_iter()
        .find(|r| r.word().eq_ignore_ascii_case(text))
}

/// Names of languages that lists write out.
const LANGUAGES: [(&str, &str); 14] = [
    ("english", "en"),
    ("englisch", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("danish", "da"),
    ("dansk", "da"),
    ("french", "fr"),
    ("français", "fr"),
    ("spanish", "es"),
    ("italian", "it"),
    ("dutch", "nl"),
    ("swedish", "sv"),
    ("polish", "pl"),
    ("portuguese", "pt"),
];

fn list(key: &str, text: &str, notes: &mut Vec<String>) -> Result<Vec<String>, String> {
    let mut items = Vec::new();
    for part in parts(text) {
        let item = match key {
            "roles" => role(part)
                .ok_or_else(|| {
                    format!(
                        "\"{}\" is no role; roles: leader, executive, mentor",
                        beginning(part)
                    )
                })?
                .word()
                .to_owned(),
            "languages" => {
                let Some(code) = language(part) else {
                    notes.push(format!(
                        "\"{}\" is no language of two letters; left out",
                        beginning(part)
                    ));
                    continue;
                };
                code
            }
            _ => {
                let group = slugify(part);
                check_slug(&group)
                    .map_err(|why| format!("the group \"{}\" cannot be used: {why}", beginning(part)))?;
                group
            }
        };
        if !items.contains(&item) {
            items.push(item);
        }
    }
    Ok(items)
}

/// `en`, `en-GB`, `English (United Kingdom)`.
fn language(text: &str) -> Option<String> {
    let word = text
        .split(['-', '_', ' ', '('])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    if word.len() == 2 && word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(word);
    }
    LANGUAGES
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, code)| (*code).to_owned())
}
