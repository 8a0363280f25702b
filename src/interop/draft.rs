//! A mail that was written and not sent: mail programs open it as a draft (`X-Unsent`), with what is attached. The same
//! input gives the same bytes: boundary and id follow from the content, the day is an argument.

use std::fmt::Write as _;

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date as MailDate;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::{BodyPart, MimePart};
use sha2::{Digest, Sha256};

use crate::base::text::is_unprintable;
use crate::base::time::{DAY_SECONDS, Date};

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailDraft {
    /// Name and address of whom it is for; without an address it is to be filled in.
    pub to: (String, Option<String>),
    /// Address of whoever gets it in copy.
    pub cc: Option<String>,
    /// In one line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// What is attached.
    pub attached: Vec<Attached>,
    /// The day it was written.
    pub day: Date,
}

/// A file in a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its type, as `text/html`.
    pub media: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The file of a draft, as mail programs read it.
pub fn mail_draft(draft: &MailDraft) -> Vec<u8> {
    let mut hash = Sha256::new();
    let (name, address) = &draft.to;
    for part in [
        name.as_str(),
        address.as_deref().unwrap_or_default(),
        &draft.subject,
        &draft.body,
    ] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    for attached in &draft.attached {
        hash.update(&attached.bytes);
    }
    hash.update(draft.day.to_string());
    let digest = hash.finalize();
    let key = digest
        .iter()
        .take(12)
        .fold(String::with_capacity(24), |mut key, byte| {
            // Writing into a String cannot fail.
            let _ = write!(key, "{byte:02x}");
            key
        });
    let typed = |media: &'static str| ContentType::new(media).attribute("charset", "utf-8");
    let mut parts = vec![MimePart::new(
        typed("text/plain"),
        BodyPart::Text(draft.body.replace('\n', "\r\n").into()),
    )];
    parts.extend(draft.attached.iter().map(|attached| {
        // As bytes: whatever is on the way, what arrives is what was written.
        MimePart::new(
            typed(attached.media),
            BodyPart::Binary(attached.bytes.as_slice().into()),
        )
        .attachment(line(&attached.name))
    }));
    let mixed = ContentType::new("multipart/mixed").attribute("boundary", format!("upwards-{key}"));
    let mut message = MessageBuilder::new()
        .header("X-Unsent", Raw::new("1"))
        .message_id(format!("{key}@upwards.invalid"))
        .date(MailDate::new(
            i64::from(draft.day.days_since_epoch()) * DAY_SECONDS,
        ))
        .subject(line(&draft.subject));
    if let Some(address) = address {
        message = message.to(Address::new_address(Some(line(name)), line(address)));
    }
    if let Some(cc) = &draft.cc {
        message = message.cc(Address::new_address(None::<String>, line(cc)));
    }
    // Writing into memory cannot fail.
    message
        .body(MimePart::new(mixed, BodyPart::Multipart(parts)))
        .write_to_vec()
        .unwrap_or_default()
}

/// What stands in one line of a head: nothing in it can begin another.
fn line(text: &str) -> String {
    let shown = text.chars().map(|c| if is_unprintable(c) { ' ' } else { c });
    shown
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::{MessageParser, MimeHeaders};

    fn draft() -> MailDraft {
        MailDraft {
            to: (
                "Jörg Krüger, \"Joe\"".to_owned(),
                Some("joerg@halden.example".to_owned()),
            ),
            cc: Some("office@halden.example".to_owned()),
            subject: "10 minutes: Nestlé and KitKat\r\nBcc: evil@halden.example".to_owned(),
            body: "Jörg, attached is a page.\n.\nFrom here on\n".to_owned(),
            attached: vec![Attached {
                name: "joerg-ten-minutes.html".to_owned(),
                media: "text/html",
                bytes: "<!doctype html>\n<p>=20 \u{fc}\n".repeat(500).into_bytes(),
            }],
            day: "2026-03-16".parse().unwrap(),
        }
    }

    #[test]
    fn a_draft_is_read_as_it_was_written() {
        let bytes = mail_draft(&draft());
        assert_eq!(bytes, mail_draft(&draft()), "the same input, the same bytes");
        let mail = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(
            mail.subject(),
            Some("10 minutes: Nestlé and KitKat Bcc: evil@halden.example")
        );
        assert_eq!(mail.header_raw("X-Unsent").map(str::trim), Some("1"));
        assert!(mail.bcc().is_none());
        let to = mail.to().unwrap().first().unwrap();
        assert_eq!(to.address(), Some("joerg@halden.example"));
        assert_eq!(to.name(), Some("Jörg Krüger, \"Joe\""));
        assert_eq!(
            mail.cc().unwrap().first().unwrap().address(),
            Some("office@halden.example")
        );
        assert_eq!(mail.body_text(0).unwrap().replace("\r\n", "\n"), draft().body);
        let attached = mail.attachments().next().unwrap();
        assert_eq!(attached.attachment_name(), Some("joerg-ten-minutes.html"));
        assert_eq!(attached.contents(), draft().attached[0].bytes);
        assert!(
            mail.date()
                .unwrap()
                .to_rfc3339()
                .starts_with("2026-03-16T00:00:00")
        );
        assert!(bytes.split(|b| *b == b'\n').all(|line| line.len() <= 998));
    }

    #[test]
    fn without_an_address_it_is_still_one() {
        let bytes = mail_draft(&MailDraft {
            to: ("Ana".to_owned(), None),
            cc: None,
            attached: Vec::new(),
            ..draft()
        });
        let mail = MessageParser::default().parse(&bytes).unwrap();
        assert!(mail.to().is_none() && mail.subject().is_some());
    }
}
