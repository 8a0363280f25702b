//! The texts of a mail as it was saved: bodies and attached texts. What is no mail is a text.

use mail_parser::decoders::html::html_to_text;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// Parts of one mail that are looked at; more are nobody's.
const MOST_PARTS: usize = 50;

/// Messages within messages that are looked at: a mail that was forwarded as a file, in one that was.
const DEEPEST: usize = 4;

/// Texts in a file: of a mail its bodies, HTML without its marks, what is attached as text, and the same of mails attached
/// to it; else the file itself. Bytes that are no UTF-8 are replaced.
pub fn mail_texts(bytes: &[u8]) -> Vec<String> {
    let plain = || vec![String::from_utf8_lossy(bytes).into_owned()];
    if !looks_like_mail(bytes) {
        return plain();
    }
    let Some(message) = MessageParser::default().parse(bytes) else {
        return plain();
    };
    let mut texts = Vec::new();
    collect(&message, DEEPEST, &mut texts);
    if texts.is_empty() { plain() } else { texts }
}

fn collect(message: &Message<'_>, deep: usize, texts: &mut Vec<String>) {
    let bodies = message
        .text_body
        .iter()
        .take(MOST_PARTS)
        .filter_map(|at| message.part(*at));
    for part in bodies {
        texts.extend(text_of(part));
    }
    for part in message.attachments().take(MOST_PARTS) {
        if let PartType::Message(inner) = &part.body {
            if deep > 0 {
                collect(inner, deep - 1, texts);
            }
            continue;
        }
        let is_named = part
            .attachment_name()
            .and_then(|name| name.rsplit_once('.'))
            .is_some_and(|(_, ending)| {
                ["txt", "packet", "eml"]
                    .iter()
                    .any(|known| ending.eq_ignore_ascii_case(known))
            });
        match text_of(part) {
            Some(text) => texts.push(text),
            None if is_named => {
                let bytes = part.contents();
                match MessageParser::default().parse(bytes) {
                    Some(inner) if deep > 0 && looks_like_mail(bytes) => collect(&inner, deep - 1, texts),
                    _ => texts.push(String::from_utf8_lossy(bytes).into_owned()),
                }
            }
            None => {}
        }
    }
}

fn text_of(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Text(text) => Some(text.to_string()),
        PartType::Html(html) => Some(html_to_text(&in_lines(html))),
        PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) | PartType::Multipart(_) => {
            None
        }
    }
}

/// HTML in which what stands below each other on a screen stands in lines of its own.
fn in_lines(html: &str) -> String {
    const BLOCKS: [&str; 9] = [
        "div",
        "li",
        "tr",
        "blockquote",
        "section",
        "article",
        "pre",
        "dd",
        "dt",
    ];
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let lower = html.to_ascii_lowercase();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        if let Some(behind) = behind_hidden(tag, &lower[html.len() - tag.len()..]) {
            rest = behind;
            continue;
        }
        let name: String = tag[1..]
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        if BLOCKS.contains(&name.as_str()) {
            out.push_str("<br>");
        }
        out.push_str(&tag[..end]);
        rest = &tag[end..];
    }
    out.push_str(rest);
    out
}

/// What stands behind an element that no screen shows; `None` = it is shown. `lower` = the same in lower case.
fn behind_hidden<'h>(tag: &'h str, lower: &str) -> Option<&'h str> {
    let end = tag.find('>')? + 1;
    let opening: String = lower[1..end - 1].split_whitespace().collect::<Vec<_>>().join(" ");
    let name = opening.split([' ', '/']).next().filter(|name| !name.is_empty())?;
    let squeezed = opening.replace(' ', "");
    let is_hidden = squeezed.contains("display:none")
        || squeezed.contains("visibility:hidden")
        || opening
            .split(' ')
            .skip(1)
            .any(|attribute| attribute == "hidden" || attribute.starts_with("hidden="));
    if !is_hidden || opening.ends_with('/') || matches!(name, "img" | "br" | "hr" | "input" | "meta" | "link")
    {
        return None;
    }
    let (opens, closes) = (format!("<{name}"), format!("</{name}"));
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(next) = lower[at..].find('<') {
        at += next;
        if lower[at..].starts_with(&closes) {
            depth = depth.saturating_sub(1);
        } else if lower[at..].starts_with(&opens) {
            depth += 1;
        }
        at += lower[at..].find('>').map_or(lower.len() - at, |end| end + 1);
        if depth == 0 {
            break;
        }
    }
    // One that is never closed hides all that follows.
    Some(if depth == 0 { &tag[at..] } else { "" })
}

/// The address that a mail says it is from; nothing of what is no mail. It proves nobody's identity.
pub fn mail_sender(bytes: &[u8]) -> Option<String> {
    if !looks_like_mail(bytes) {
        return None;
    }
    let message = MessageParser::default().parse(bytes)?;
    let address = message.from()?.first()?.address()?;
    Some(address.to_ascii_lowercase())
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
    fn what_no_screen_shows_is_no_text_of_a_mail() {
        for hidden in [
            "<div style=\"display:none\">x<div>y</div>z</div>",
            "<DIV STYLE='Display : None'>x</DIV>",
            "<span hidden>x</span>",
            "<p style=\"visibility: hidden\">x</p>",
        ] {
            let shown = html_to_text(&in_lines(&format!("<p>seen</p>{hidden}<p>after</p>")));
            assert!(shown.contains("seen") && shown.contains("after"), "{shown}");
            assert!(!shown.contains(['x', 'y', 'z']), "{hidden}: {shown}");
        }
        let shown = html_to_text(&in_lines("<p>a</p><div hidden>never closed <p>b"));
        assert!(shown.contains('a') && !shown.contains('b'), "{shown}");
    }

    #[test]
    fn a_mail_says_whom_it_is_from() {
        let mail = b"From: Ana Reyes <Ana@Halden.example>\r\nTo: x@y\r\nSubject: x\r\n\r\ntext\r\n";
        assert_eq!(mail_sender(mail).as_deref(), Some("ana@halden.example"));
        assert_eq!(mail_sender(b"upwards receipt for ana\n"), None);
    }

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
