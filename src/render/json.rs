//! JSON and JSON Lines: keys and codes English, numbers written from integers, unknown = null.

use std::borrow::Borrow;
use std::fmt::Write as _;
use std::io::{self, Write};

use crate::base::text::is_unprintable;
use crate::table::{Report, Value};

/// Writes one object with all rows.
pub(super) fn write<R: Borrow<[Value]>>(
    report: &Report,
    rows: impl Iterator<Item = R>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(
        out,
        "{{\"schema\":\"upwards.{}/1\",\"as_of\":\"{}\"",
        report.name, report.as_of
    )?;
    if let Some(rules) = &report.rules {
        write!(out, ",\"rules\":{}", text(rules))?;
    }
    out.write_all(b",\"rows\":[")?;
    let mut any = false;
    for row in rows {
        out.write_all(if any { b",\n" } else { b"\n" })?;
        out.write_all(object(report, row.borrow(), None).as_bytes())?;
        any = true;
    }
    out.write_all(if any { b"\n]}\n" } else { b"]}\n" })
}

/// Writes one row a line, each with its schema.
pub(super) fn write_lines<R: Borrow<[Value]>>(
    report: &Report,
    rows: impl Iterator<Item = R>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let schema = format!("upwards.{}/1", report.name);
    for row in rows {
        writeln!(out, "{}", object(report, row.borrow(), Some(&schema)))?;
    }
    Ok(())
}

/// One row as an object.
pub(super) fn object(report: &Report, row: &[Value], schema: Option<&str>) -> String {
    let mut fields: Vec<String> = schema.iter().map(|s| format!("\"schema\":{}", text(s))).collect();
    fields.extend(
        report
            .columns
            .iter()
            .zip(row)
            .map(|(c, v)| format!("{}:{}", text(&c.key), value(v))),
    );
    format!("{{{}}}", fields.join(","))
}

fn value(value: &Value) -> String {
    match value {
        Value::Count(_) | Value::Days(_) | Value::Points(_) | Value::Number(_) => value.machine(),
        Value::YesNo(yes) => yes.to_string(),
        Value::List(items) | Value::Tally(items, _) => {
            format!(
                "[{}]",
                items.iter().map(|i| text(i)).collect::<Vec<_>>().join(",")
            )
        }
        Value::Missing(_) => "null".to_owned(),
        Value::Text(_) | Value::Code(_) | Value::Word(..) | Value::Date(_) | Value::Band { .. } => {
            text(&value.machine())
        }
    }
}

/// A JSON string in which nothing can steer a terminal either: such characters are escaped, nothing is lost.
pub(super) fn text(text: &str) -> String {
    let plain = serde_json::Value::from(text).to_string();
    if !plain.chars().any(is_unprintable) {
        return plain;
    }
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        if is_unprintable(c) {
            let mut units = [0_u16; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing into a String cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_escaped_and_comes_back_whole() {
        for hostile in [
            "\u{1b}[31m",
            "\u{202e}x",
            "\u{e0041}",
            "\u{9b}",
            "a\"b\\\n",
            "山田",
        ] {
            let json = text(hostile);
            assert!(!json.chars().any(is_unprintable), "{json}");
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
        }
    }
}
