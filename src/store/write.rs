//! One event to one line of JSON, keys in the order of the design.

use crate::model::event::{Event, Fact, Text};

/// The line as it is appended, without its end.
pub fn to_line(event: &Event<'_>) -> String {
    let mut line = Line::new();
    line.number("v", 1)
        .text("id", &event.id.to_string())
        .number("seq", event.seq);
    line.text("day", &event.day.to_string())
        .text("person", &event.person)
        .text("by", &event.by);
    line.text("device", &event.device).text("kind", event.fact.kind());
    write_fact(&mut line, &event.fact);
    if let Some(via) = &event.via {
        let mut inner = Line::new();
        inner.text("by", &via.by).text("form", &via.form);
        line.raw("via", &inner.finish());
    }
    line.finish()
}

fn write_fact(line: &mut Line, fact: &Fact<'_>) {
    match fact {
        Fact::Assigned {
            curriculum,
            module,
            due,
            reason,
        } => {
            line.text("curriculum", curriculum).text("module", module);
            line.maybe("due", due.map(|d| d.to_string()).as_deref())
                .maybe("reason", reason.as_deref());
        }
        Fact::Unassigned { reference, reason } => {
            line.text("ref", &reference.to_string())
                .maybe("reason", reason.as_deref());
        }
        Fact::Started {
            curriculum,
            step,
            rev,
        }
        | Fact::Finished {
            curriculum,
            step,
            rev,
        } => {
            line.text("curriculum", curriculum)
                .text("step", step)
                .number("rev", u64::from(*rev));
        }
        Fact::Recalled {
            curriculum,
            capability,
            entries,
            ..
        } => {
            let list: Vec<String> = entries
                .iter()
                .map(|e| format!("[{},\"{}\"]", e.step, e.day))
                .collect();
            line.text("curriculum", curriculum).text("capability", capability);
            line.raw("questions", &format!("[{}]", list.join(",")));
        }
        Fact::Practised(p) => {
            line.text("curriculum", &p.curriculum)
                .text("step", &p.step)
                .number("rev", u64::from(p.rev));
            line.names("capabilities", &p.capabilities)
                .raw("personal", &p.personal.to_string());
            line.maybe("evidence", p.evidence.as_deref())
                .maybe("witness", p.witness.as_deref());
            line.raw("may_quote", &p.may_quote.to_string());
            if let Some(measure) = &p.measure {
                let mut inner = Line::new();
                inner
                    .raw("before", &measure.before.to_string())
                    .text("unit", &measure.unit);
                inner.text("period", &measure.period).maybe_number("n", measure.n);
                line.raw("measure", &inner.finish());
            }
        }
        Fact::Measured {
            reference,
            after,
            n,
            grade,
        } => {
            line.text("ref", &reference.to_string())
                .raw("after", &after.to_string());
            line.maybe_number("n", *n).text("grade", grade.word());
        }
        Fact::Aimed {
            text,
            function,
            curriculum,
            capability,
        } => {
            line.text("text", text).maybe("function", function.as_deref());
            line.maybe("curriculum", curriculum.as_deref())
                .maybe("capability", capability.as_deref());
        }
        Fact::Reached {
            curriculum,
            capability,
        } => {
            line.text("curriculum", curriculum).text("capability", capability);
        }
        Fact::Confirmed { reference } | Fact::Unpaired { reference } | Fact::Voided { reference } => {
            line.text("ref", &reference.to_string());
        }
        Fact::Met(m) => {
            line.text("curriculum", &m.curriculum)
                .text("meeting", &m.meeting)
                .names("with", &m.with);
            line.text("role", m.role.word())
                .names("capabilities", &m.capabilities);
            line.number("minutes", u64::from(m.minutes))
                .text("attendance", m.attendance.word());
            line.maybe("commitment", m.commitment.as_deref());
        }
        Fact::Kept { reference, answer } => {
            line.text("ref", &reference.to_string()).text("answer", answer);
        }
        Fact::Paired {
            curriculum,
            mentor,
            capabilities,
            why,
        } => {
            line.text("curriculum", curriculum)
                .text("mentor", mentor)
                .names("capabilities", capabilities);
            line.maybe("why", why.as_deref());
        }
        Fact::Invited(i) => {
            line.text("curriculum", &i.curriculum)
                .text("meeting", &i.meeting)
                .names("with", &i.with);
            line.text("role", i.role.word()).text("topic", &i.topic);
            line.maybe("at", i.at.as_deref())
                .maybe("place", i.place.as_deref())
                .maybe_number("minutes", i.minutes.map(u64::from));
        }
        Fact::Waived {
            curriculum,
            step,
            until,
        } => {
            line.text("curriculum", curriculum).text("step", step);
            line.maybe("until", until.map(|d| d.to_string()).as_deref());
        }
        Fact::Suggested {
            text,
            curriculum,
            capability,
        } => {
            line.text("text", text).maybe("curriculum", curriculum.as_deref());
            line.maybe("capability", capability.as_deref());
        }
        Fact::Handled {
            reference,
            into,
            reason,
        } => {
            line.text("ref", &reference.to_string())
                .text("into", into)
                .maybe("reason", reason.as_deref());
        }
        // Only ever read: nothing makes one.
        Fact::Unknown { .. } => {}
    }
}

/// A JSON object under construction.
struct Line(String);

impl Line {
    fn new() -> Self {
        Self("{".to_owned())
    }

    fn raw(&mut self, key: &str, json: &str) -> &mut Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push('"');
        self.0.push_str(key);
        self.0.push_str("\":");
        self.0.push_str(json);
        self
    }

    fn text(&mut self, key: &str, text: &str) -> &mut Self {
        self.raw(key, &serde_json::Value::from(text).to_string())
    }

    fn maybe(&mut self, key: &str, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    fn number(&mut self, key: &str, number: u64) -> &mut Self {
        self.raw(key, &number.to_string())
    }

    fn maybe_number(&mut self, key: &str, number: Option<u64>) -> &mut Self {
        match number {
            Some(number) => self.number(key, number),
            None => self,
        }
    }

    fn names(&mut self, key: &str, names: &[Text<'_>]) -> &mut Self {
        let list: Vec<String> = names
            .iter()
            .map(|n| serde_json::Value::from(&**n).to_string())
            .collect();
        self.raw(key, &format!("[{}]", list.join(",")))
    }

    fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}
