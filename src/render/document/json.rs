//! A document as one object: each table under its name, with its rows as in any report.

use std::io::{self, Write};

use crate::render::json::{object, text};
use crate::table::Document;

pub(super) fn write(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "{{\"schema\":\"upwards.{}/1\",\"as_of\":\"{}\"",
        document.name, document.as_of
    )?;
    if let Some(rules) = &document.rules {
        write!(out, ",\"rules\":{}", text(rules))?;
    }
    write!(
        out,
        ",\"title\":{},\"says\":{},\"tables\":{{",
        text(&document.title),
        texts(&document.above)
    )?;
    let keys = document.section_keys();
    for (at, (section, key)) in document.sections.iter().zip(&keys).enumerate() {
        let table = &section.table;
        write!(
            out,
            "{}\n{}:{{\"title\":{},\"says\":{},\"how\":{},\"rows\":[",
            if at > 0 { "," } else { "" },
            text(key),
            text(&section.title),
            texts(&table.above),
            texts(&table.below)
        )?;
        for (at, row) in table.rows.iter().enumerate() {
            out.write_all(if at > 0 { b",\n" } else { b"\n" })?;
            out.write_all(object(table, row, None).as_bytes())?;
        }
        out.write_all(b"]}")?;
    }
    out.write_all(b"\n}}\n")
}

fn texts(all: &[String]) -> String {
    let all: Vec<String> = all.iter().map(|one| text(one)).collect();
    format!("[{}]", all.join(","))
}
