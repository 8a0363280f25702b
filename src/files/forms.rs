//! Looks at the value behind one key: its type, its form, its range.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::codes;
use super::shape::{Form, Shape};
use super::values::{
    DateFault, NumberFault, check_reference, date_of, is_forbidden, thousandths_of, whole_of, years_of,
};
use super::walk::Walk;
use crate::base::diag::Diagnostic;
use crate::base::id::{check_slug, slugify};
use crate::base::text::{MAX_TEXT, MAX_TITLE};
use crate::base::text::{is_printable_ascii, is_unprintable};
use crate::base::words::{nearest, plural, surely_meant};

type Value<'t> = Spanned<DeValue<'t>>;

impl Walk<'_> {
    /// Looks at the value of a key.
    pub(super) fn value(&mut self, form: &'static Form, key: &str, value: &Value<'_>) {
        let span = &value.span();
        match (form, value.get_ref()) {
            (Form::YesNo, DeValue::Boolean(_)) => {}
            (Form::Version | Form::Whole { .. }, DeValue::Integer(number)) => {
                self.whole(form, key, whole_of(number), span);
            }
            (Form::Measured, value) => self.measured(form, key, value, span),
            (Form::Years, value) => self.years(form, key, value, span),
            (Form::Date, value) => self.date(form, key, value, span),
            (
                Form::List {
                    of,
                    least,
                    most,
                    distinct,
                },
                DeValue::Array(list),
            ) => {
                self.list(of, key, list, span, *least..=*most);
                if *distinct {
                    self.distinct_entries(key, list);
                }
            }
            (Form::Table(shape), DeValue::Table(table)) => self.table(table, span, shape),
            (
                Form::Tables {
                    of,
                    least,
                    most,
                    distinct,
                },
                DeValue::Array(list),
            ) => {
                self.count(key, list.len(), span, *least..=*most);
                self.tables(of, key, list, *distinct);
            }
            (Form::Map { keys, values }, DeValue::Table(table)) => self.map(keys, values, key, table),
            (form, DeValue::String(text)) if form.is_text() => self.text_form(form, key, text, span),
            (form, other) => self.wrong_type(form, key, other, span),
        }
    }

    fn wrong_type(&mut self, form: &Form, key: &str, value: &DeValue<'_>, span: &Range<usize>) {
        let message = format!("`{key}` is {}", type_in_words(value));
        let place = self.place(span);
        let mut finding = Diagnostic::error(codes::WRONG_TYPE, place, message)
            .labelled(format!("expected {}", form.expected()));
        match (form, value) {
            (Form::List { of, .. }, DeValue::String(_)) if of.is_text() => {
                let raw = self.raw(span).to_owned();
                finding = finding
                    .helped("put it in brackets")
                    .repaired_by(format!("[{raw}]"));
            }
            (Form::Tables { .. }, DeValue::Table(_)) => {
                finding = finding.helped(format!("write [[{key}]] with two brackets"));
            }
            (form, DeValue::Integer(_) | DeValue::Boolean(_) | DeValue::Float(_)) if form.is_text() => {
                finding = finding.helped("put it in quotes");
            }
            (Form::Whole { least, most }, DeValue::String(text)) if is_plain_number(text, *least, *most) => {
                finding = finding
                    .helped("leave the quotes out")
                    .repaired_by(text.to_string());
            }
            (Form::YesNo, DeValue::String(text)) if matches!(&**text, "true" | "false") => {
                finding = finding
                    .helped("leave the quotes out")
                    .repaired_by(text.to_string());
            }
            _ => {}
        }
        self.found(finding);
    }

    fn whole(&mut self, form: &Form, key: &str, number: Option<i64>, span: &Range<usize>) {
        let fits = match (form, number) {
            (Form::Whole { least, most }, Some(number)) => (*least..=*most).contains(&number),
            // Other numbers than 1 never come here: nothing of such a file is looked at.
            (_, number) => number == Some(1),
        };
        if !fits {
            let message = format!("`{key}` is out of range: {}", self.raw(span));
            self.error(
                codes::OUT_OF_RANGE,
                span,
                message,
                format!("expected {}", form.expected()),
            );
        }
    }

    fn measured(&mut self, form: &Form, key: &str, value: &DeValue<'_>, span: &Range<usize>) {
        let numbers = match value {
            DeValue::Array(list) => list
                .iter()
                .map(|v| thousandths_of(v.get_ref()))
                .collect::<Result<Vec<_>, _>>(),
            one => thousandths_of(one).map(|n| vec![n]),
        };
        let label = format!("expected {}", form.expected());
        match numbers.as_deref() {
            Ok([low, high]) if low >= high => {
                let message = format!("`{key}` is a range that does not rise");
                self.error(codes::OUT_OF_RANGE, span, message, "expected [least, most]");
            }
            Ok([_] | [_, _]) if !(matches!(value, DeValue::Array(a) if a.len() == 1)) => {}
            Ok(_) | Err(NumberFault::Type) => self.wrong_type(form, key, value, span),
            Err(NumberFault::Form) => {
                let message = format!("`{key}` has more than 3 decimals, or an exponent");
                self.error(codes::OUT_OF_RANGE, span, message, label);
            }
            Err(NumberFault::Range) => {
                self.error(codes::OUT_OF_RANGE, span, format!("`{key}` is too large"), label);
            }
        }
    }

    fn years(&mut self, form: &Form, key: &str, value: &DeValue<'_>, span: &Range<usize>) {
        if years_of(value).is_some() {
            return;
        }
        let is_number = |v: &DeValue<'_>| v.is_integer();
        let is_form = is_number(value)
            || value
                .as_array()
                .is_some_and(|list| list.iter().all(|v| is_number(v.get_ref())));
        if is_form {
            let message = format!(
                "`{key}` is no year, or no first and last year: {}",
                self.raw(span)
            );
            self.error(
                codes::OUT_OF_RANGE,
                span,
                message,
                format!("expected {}", form.expected()),
            );
        } else {
            self.wrong_type(form, key, value, span);
        }
    }

    fn date(&mut self, form: &Form, key: &str, value: &DeValue<'_>, span: &Range<usize>) {
        match date_of(value) {
            Ok(_) | Err(DateFault::Known) => {}
            Err(DateFault::Type) => self.wrong_type(form, key, value, span),
            Err(DateFault::WithTime) => {
                let message = format!("`{key}` holds a time of day");
                self.error(
                    codes::BAD_DATE,
                    span,
                    message,
                    "write the date alone, as 2026-03-16",
                );
            }
            Err(DateFault::Text(fault)) => {
                self.error(codes::BAD_DATE, span, fault.to_string(), "write it as 2026-03-16");
            }
        }
    }

    fn list(
        &mut self,
        of: &'static Form,
        key: &str,
        list: &DeArray<'_>,
        span: &Range<usize>,
        count: std::ops::RangeInclusive<usize>,
    ) {
        self.count(key, list.len(), span, count);
        for value in list {
            if self.is_full() {
                break;
            }
            self.value(of, key, value);
        }
    }

    fn count(&mut self, key: &str, count: usize, span: &Range<usize>, fits: std::ops::RangeInclusive<usize>) {
        if fits.contains(&count) {
            return;
        }
        let (least, most) = (*fits.start(), *fits.end());
        let label = if least == most {
            format!("needs exactly {least}")
        } else if count < least {
            format!("needs at least {least}")
        } else {
            format!("has at most {most}")
        };
        let message = if count == 0 {
            format!("`{key}` is an empty list")
        } else {
            format!("`{key}` has {}", plural(count, "entry"))
        };
        self.error(codes::OUT_OF_RANGE, span, message, label);
    }

    /// What stands between two entries of a list, if it is a comma and blanks only: then the second may go with it.
    fn only_comma_between(&self, one: &Range<usize>, next: &Range<usize>) -> bool {
        self.raw(&(one.end..next.start)).trim() == ","
    }

    fn distinct_entries(&mut self, key: &str, list: &DeArray<'_>) {
        let mut before: Option<Range<usize>> = None;
        let mut first: BTreeMap<&str, Range<usize>> = BTreeMap::new();
        if list.len() < 2 {
            return;
        }
        for value in list {
            if self.is_full() {
                break;
            }
            let previous = before.replace(value.span());
            let Some(text) = value.get_ref().as_str() else {
                continue;
            };
            let Some(first_span) = first.get(text) else {
                first.insert(text, value.span());
                continue;
            };
            let finding = Diagnostic::error(
                codes::REPEATED,
                self.place(&value.span()),
                format!("`{key}` names {text} twice"),
            )
            .labelled("again here")
            .and_here(self.place(first_span), "first here");
            let gone = previous.filter(|previous| self.only_comma_between(previous, &value.span()));
            self.found(match gone {
                Some(previous) => finding.repaired_at(previous.end..value.span().end, ""),
                None => finding,
            });
        }
    }

    fn tables(&mut self, of: &'static Shape, key: &str, list: &DeArray<'_>, distinct: bool) {
        for value in list {
            match value.get_ref() {
                DeValue::Table(table) => self.table(table, &value.span(), of),
                other => self.wrong_type(&Form::Table(of), key, other, &value.span()),
            }
        }
        if distinct {
            let tables = list.iter().filter_map(|value| value.get_ref().as_table());
            let ids = tables.filter_map(|table| table.get("id"));
            let ids: Vec<(&str, &Value<'_>)> = ids.map(|id| (of.what, id)).collect();
            self.distinct_ids(&ids);
        }
    }

    fn map(&mut self, keys: &'static Form, values: &'static Form, key: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            self.text_form(keys, key, name.get_ref(), &name.span());
            self.value(values, name.get_ref(), value);
        }
    }

    fn text_form(&mut self, form: &Form, key: &str, text: &str, span: &Range<usize>) {
        match form {
            Form::Slug => {
                let checked = check_slug(text);
                self.id(key, text, checked, span);
            }
            Form::Reference {
                parts,
                may_name_curriculum,
            } => {
                let checked = check_reference(text, *parts, *may_name_curriculum);
                self.id(key, text, checked, span);
            }
            Form::Title => self.plain_text(key, text, span, MAX_TITLE, false),
            Form::Text => self.text(key, text, span),
            Form::Word { what, words } => self.word(what, words, text, span),
            _ => self.special_text(form, key, text, span),
        }
    }

    fn id(
        &mut self,
        key: &str,
        text: &str,
        checked: Result<(), crate::base::id::IdError>,
        span: &Range<usize>,
    ) {
        let Err(fault) = checked else { return };
        let near = slugify(text);
        let label = if near.is_empty() || near == text {
            "expected a-z, 0-9 and -, as answer-in-public".to_owned()
        } else {
            format!("did you mean `{near}`?")
        };
        self.error(codes::BAD_ID, span, format!("`{key}`: {fault}"), label);
    }

    fn word(&mut self, what: &str, words: &[&'static str], text: &str, span: &Range<usize>) {
        if words.contains(&text) {
            return;
        }
        let message = format!("unknown {what}: {}", crate::base::text::cut(text, MAX_TITLE));
        let label = format!("expected {}", crate::base::words::or_list(words));
        let mut finding = Diagnostic::error(codes::UNKNOWN_WORD, self.place(span), message).labelled(label);
        if let Some(near) = nearest(text, words.iter().copied()).first() {
            finding = finding.helped(format!("did you mean `{near}`?"));
        }
        // Capitals and blanks around it are slips too.
        let typed = text.trim().to_lowercase();
        let sure = words.iter().copied().find(|word| *word == typed);
        if let Some(sure) = sure.or_else(|| surely_meant(&typed, words.iter().copied())) {
            finding = finding.repaired_by(format!("\"{sure}\""));
        }
        self.found(finding);
    }

    /// Looks at a text of several lines.
    pub(super) fn text(&mut self, key: &str, text: &str, span: &Range<usize>) {
        self.plain_text(key, text, span, MAX_TEXT, true);
    }

    fn plain_text(&mut self, key: &str, text: &str, span: &Range<usize>, most: usize, may_break: bool) {
        if text.trim().is_empty() {
            return self.error(
                codes::EMPTY_TEXT,
                span,
                format!("`{key}` is empty"),
                "leave the key out, or write a text",
            );
        }
        let length = text.chars().count();
        if length > most {
            let message = format!("`{key}` has {length} characters");
            self.error(codes::TOO_LONG, span, message, format!("at most {most}"));
        }
        self.characters(key, text, span, may_break);
    }

    fn characters(&mut self, key: &str, text: &str, span: &Range<usize>, may_break: bool) {
        if is_printable_ascii(text) {
            return;
        }
        if let Some(c) = text.chars().find(|c| is_forbidden(*c, may_break)) {
            let at = self.character_span(c, span);
            let message = format!("`{key}` holds the control character U+{:04X}", u32::from(c));
            let raw = Diagnostic::error(codes::CONTROL_CHARACTER, self.place(&at), message)
                .labelled(if c == '\n' { "one line only" } else { "remove it" });
            // What stands in the file as it is was found before the file was parsed.
            if !(at != *span && c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
                self.found(raw);
            }
        } else if let Some(c) = text
            .chars()
            .find(|c| is_unprintable(*c) && !matches!(c, '\n' | '\r'))
        {
            let at = self.character_span(c, span);
            let message = format!("`{key}` holds the invisible character U+{:04X}", u32::from(c));
            let finding = Diagnostic::warning(codes::INVISIBLE_CHARACTER, self.place(&at), message)
                .labelled("screens show its number; remove it");
            // Joiners, which some scripts need, and characters that bear a meaning are left to the author.
            let is_nothing = matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}');
            self.found(if is_nothing && at != *span {
                finding.repaired_by("")
            } else {
                finding
            });
        }
    }

    /// Where a character stands, if it stands in the file as it is and not as an escape; else the whole value.
    fn character_span(&self, c: char, span: &Range<usize>) -> Range<usize> {
        match self.raw(span).find(c) {
            Some(at) => span.start + at..span.start + at + c.len_utf8(),
            None => span.clone(),
        }
    }

    fn special_text(&mut self, form: &Form, key: &str, text: &str, span: &Range<usize>) {
        if is_special_text(form, text) {
            return;
        }
        let message = format!(
            "`{key}` does not fit: {}",
            crate::base::text::cut(text, MAX_TITLE)
        );
        let finding = Diagnostic::error(codes::BAD_FORM, self.place(span), message)
            .labelled(format!("expected {}", form.expected()));
        // Codes are the same in capitals and small letters, and blanks around one mean nothing.
        let meant = match form {
            Form::Language => text.trim().to_lowercase(),
            Form::Country | Form::Currency => text.trim().to_uppercase(),
            _ => text.trim().to_owned(),
        };
        let is_plain = is_printable_ascii(&meant) && !meant.contains(['"', '\\']);
        self.found(if meant != text && is_plain && is_special_text(form, &meant) {
            finding.repaired_by(format!("\"{meant}\""))
        } else {
            finding
        });
    }
}

impl Form {
    /// Whether it is written as text in quotes.
    fn is_text(&self) -> bool {
        !matches!(
            self,
            Self::Version
                | Self::Date
                | Self::Whole { .. }
                | Self::Measured
                | Self::Years
                | Self::YesNo
                | Self::List { .. }
                | Self::Table(_)
                | Self::Tables { .. }
                | Self::Map { .. }
        )
    }
}

/// Whether the walk has nothing to say about a text behind a key of this form. Asked where nothing is told: of what it
/// refuses, some may be right.
pub(super) fn is_sound(form: &Form, text: &str) -> bool {
    let is_plain = |most: usize| {
        !text.trim().is_empty()
            && text.chars().count() <= most
            && (is_printable_ascii(text) || !text.chars().any(is_unprintable))
    };
    match form {
        Form::Slug => check_slug(text).is_ok(),
        Form::Reference {
            parts,
            may_name_curriculum,
        } => check_reference(text, *parts, *may_name_curriculum).is_ok(),
        Form::Title => is_plain(MAX_TITLE),
        Form::Text => is_plain(MAX_TEXT),
        Form::Word { words, .. } => words.contains(&text),
        Form::Language | Form::Country | Form::Currency | Form::Email | Form::Base | Form::Character => {
            is_special_text(form, text)
        }
        _ => false,
    }
}

fn is_special_text(form: &Form, text: &str) -> bool {
    let is_letters = |least: usize, most: usize, fits: fn(&u8) -> bool| {
        (least..=most).contains(&text.len()) && text.as_bytes().iter().all(fits)
    };
    let fits = match form {
        Form::Language => is_letters(2, 3, u8::is_ascii_lowercase),
        Form::Country => is_letters(2, 2, u8::is_ascii_uppercase),
        Form::Currency => is_letters(3, 3, u8::is_ascii_uppercase),
        Form::Email => is_email(text),
        Form::Base => ["https://", "http://", "urn:"]
            .iter()
            .any(|s| text.len() > s.len() && text.starts_with(s)),
        Form::Character => text.chars().count() == 1,
        _ => true,
    };
    let may_stand = |c: char| !is_unprintable(c) || (c == '\t' && matches!(form, Form::Character));
    fits && text.chars().all(may_stand)
}

/// A whole number as somebody writes it by hand, in its range.
fn is_plain_number(text: &str, least: i64, most: i64) -> bool {
    text.parse::<i64>()
        .is_ok_and(|number| number.to_string() == text && (least..=most).contains(&number))
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    !name.is_empty() && !host.is_empty() && !text.contains(char::is_whitespace) && text.len() <= 254
}

fn type_in_words(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
