//! The texts of a mail as it was saved: bodies and attached texts. What is no mail is a text.

use mail_parser::{MessageParser, MimeHeaders};

/// Parts of one mail that are looked at; more are nobody's.
const MOST_PARTS: usize = 50;

/// Texts in a file: of a mail its bodies, HTML without its marks, and what is attached as text; else the file itself.
/// Bytes that are no UTF-8 are replaced.
pub fn mail_texts(bytes: &[u8]) -> Vec<String> {
    let plain = || vec![String::from_utf8_lossy(bytes).into_owned()];
    if !looks_like_mail(bytes) {
        return plain();
    }
    let Some(message) = MessageParser::default().parse(bytes) else {
        return plain();
    };
    let bodies = (0..message.text_body_count().min(MOST_PARTS)).filter_map(|at| message.body_text(at));
    let mut texts: Vec<String> = bodies.map(std::borrow::Cow::into_owned).collect();
    for part in message.attachments().take(MOST_PARTS) {
        let is_named = part
            .attachment_name()
            .and_then(|name| name.rsplit_once('.'))
            .is_some_and(|(_, ending)| {
                ending.eq_ignore_ascii_case("txt") || ending.eq_ignore_ascii_case("packet")
            });
        if part.is_text() || is_named {
            texts.push(String::from_utf8_lossy(part.contents()).into_owned());
        }
    }
    if texts.is_empty() { plain() } else { texts }
}

/// A saved mail begins with lines `Name: value`, among them one of those that every mail has.
fn looks_like_mail(bytes: &[u8]) -> bool {
    /// Bytes of the head that are looked at.
    const HEAD: usize = 64 * 1024;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).into_owned();
    let mut has_usual = false;
    for line in head.lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            // The mark before a mail in a mailbox file.
            if line.starts_with("From ") {
                continue;
            }
            return false;
        };
        if name.is_empty() || name.contains(' ') {
            return false;
        }
        let usual = [
            "from",
            "to",
            "subject",
            "date",
            "received",
            "mime-version",
            "content-type",
        ];
        has_usual |= usual.contains(&name.to_lowercase().as_str());
    }
    has_usual
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_of_a_mail() {
        let mail = "From: Eli <eli@halden.example>\r\nTo: maya@halden.example\r\nSubject: receipt\r\nMIME-Version: 1.0\r\n\
            Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            upwards receipt for eli\r\n2026-03-16 aimed =E2=80=9CAnswering dealers takes two =\r\ndays=E2=80=9D\r\nend\r\n";
        let texts = mail_texts(mail.as_bytes());
        assert_eq!(texts.len(), 1);
        assert!(
            texts[0].contains("\u{201c}Answering dealers takes two days\u{201d}"),
            "{texts:?}"
        );
        let text = "upwards receipt for eli\n2026-03-16 finished a.b\nend\n";
        assert_eq!(mail_texts(text.as_bytes()), [text]);
        assert_eq!(
            mail_texts(b"Maya: done in the train\n\nx"),
            ["Maya: done in the train\n\nx"]
        );
        assert_eq!(mail_texts(b""), [""]);
    }
}
