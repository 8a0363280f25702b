//! Receipts inside mails, as programs send, wrap, quote and forward them: what is understood is what was written, and what
//! is not is named.

use proptest::prelude::*;
use proptest::test_runner::Config;
use upwards::base::time::Date;
use upwards::interop::{Receipt, Stated, mail_texts, normal_line, read_receipts};

use crate::receipts::lines;

const HEAD: &str = "upwards receipt for eli, page eli-page-9m3t, workspace halden-3f9c";

fn text_of(lines: &[(Date, Stated)]) -> String {
    let lines: Vec<String> = lines
        .iter()
        .map(|(day, stated)| normal_line(*day, stated))
        .collect();
    format!(
        "Maya, done in the train.\n\n{HEAD}\n{}\nend\n\n-- \nEli Novak\nHalden Group\n",
        lines.join("\n")
    )
}

fn base64(bytes: &[u8]) -> String {
    encodify::base64::MIME.encode(bytes)
}

fn quoted_printable(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut column = 0;
    for byte in bytes {
        let piece = match byte {
            b'\n' => {
                out.push_str("\r\n");
                column = 0;
                continue;
            }
            b'=' => "=3D".to_owned(),
            b' '..=b'~' => char::from(*byte).to_string(),
            other => format!("={other:02X}"),
        };
        if column + piece.len() > 75 {
            out.push_str("=\r\n");
            column = 0;
        }
        column += piece.len();
        out.push_str(&piece);
    }
    out.replace(" \r\n", "=20\r\n")
}

/// A part in one of the ways in which programs encode it.
fn part(media: &str, text: &str, encoding: u8) -> String {
    match encoding % 4 {
        0 => format!(
            "Content-Type: {media}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
            text.replace('\n', "\r\n")
        ),
        1 => format!(
            "Content-Type: {media}; charset=\"UTF-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
            quoted_printable(text.as_bytes())
        ),
        2 => format!(
            "Content-Type: {media}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            base64(text.as_bytes())
        ),
        _ => {
            let (bytes, _, _) = encoding_rs::GB18030.encode(text);
            format!(
                "Content-Type: {media}; charset=gb18030\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
                base64(&bytes)
            )
        }
    }
}

/// HTML as mail programs write it: lines by division, by break, by paragraph, by table row.
fn html(text: &str, how: u8) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    let lines: Vec<String> = escaped
        .lines()
        .map(|line| match how % 4 {
            0 => format!("<div>{line}</div>"),
            1 => format!("{line}<br>"),
            2 => format!("<p class=\"x\">{line}</p>"),
            _ => format!("<tr><td>{line}</td></tr>"),
        })
        .collect();
    let body = lines.join(if how & 4 == 0 { "" } else { "\n" });
    let body = if how & 8 == 0 {
        body
    } else {
        body.replace("> ", ">&nbsp;")
    };
    format!("<html><head><style>p {{ margin: 0 }}</style></head><body>{body}</body></html>")
}

const ENVELOPE: &str = "From: Eli <eli@halden.example>\r\nTo: maya@halden.example\r\nSubject: receipt\r\nDate: Mon, 16 Mar 2026 09:00:00 +0100\r\nMIME-Version: 1.0\r\n";

/// A whole mail that holds the text, in one of the shapes that mails have.
fn mail(text: &str, shape: u8, encoding: u8, how: u8) -> String {
    let plain = part("text/plain", text, encoding);
    let as_html = part("text/html", &html(text, how), encoding);
    let several = |kind: &str, parts: &[String]| {
        let inner: Vec<String> = parts.iter().map(|part| format!("--bound\r\n{part}")).collect();
        format!(
            "Content-Type: multipart/{kind}; boundary=\"bound\"\r\n\r\n{}--bound--\r\n",
            inner.concat()
        )
    };
    let body = match shape % 6 {
        0 => plain,
        1 => as_html,
        2 => several("alternative", &[plain, as_html]),
        3 => several(
            "mixed",
            &[
                part("text/plain", "See the file.\n", 0),
                plain.replacen(
                    "Content-Transfer",
                    "Content-Disposition: attachment; filename=\"eli-receipt.txt\"\r\nContent-Transfer",
                    1,
                ),
            ],
        ),
        4 => several(
            "mixed",
            &[
                part("text/plain", "Forwarded.\n", 0),
                format!("Content-Type: message/rfc822\r\n\r\n{ENVELOPE}{plain}"),
            ],
        ),
        _ => several(
            "mixed",
            &[
                plain,
                part(
                    "text/plain",
                    "_______\nlist mailing list\nlist@halden.example\n",
                    0,
                ),
            ],
        ),
    };
    format!("{ENVELOPE}{body}")
}

fn receipts(bytes: &[u8]) -> Vec<Receipt> {
    mail_texts(bytes)
        .iter()
        .flat_map(|text| read_receipts(text))
        .collect()
}

/// Wrapped hard at a width, as old programs do, and quoted so deep.
fn rewrapped(text: &str, width: usize, depth: usize) -> String {
    let quote = "> ".repeat(depth);
    let mut out = String::new();
    for line in text.lines() {
        let mut row = String::new();
        for word in line.split(' ') {
            if !row.is_empty() && row.chars().count() + 1 + word.chars().count() > width {
                out.push_str(&format!("{quote}{row}\n"));
                row.clear();
            }
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
        out.push_str(&format!("{quote}{row}\n"));
    }
    out
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(1_000) })]

    #[test]
    fn what_mail_programs_do_to_a_receipt_changes_nothing(
        lines in lines(),
        shape in any::<u8>(),
        encoding in any::<u8>(),
        how in any::<u8>(),
    ) {
        let mail = mail(&text_of(&lines), shape, encoding, how);
        let found = receipts(mail.as_bytes());
        prop_assert!(!found.is_empty(), "{mail}");
        for receipt in found {
            prop_assert_eq!(&receipt.refused, &[], "{}", mail);
            let read: Vec<(Date, Stated)> = receipt.lines.into_iter().map(|line| (line.day, line.stated)).collect();
            prop_assert_eq!(read, lines.clone(), "{}", mail);
        }
    }

    #[test]
    fn what_is_wrapped_is_understood_as_it_was_meant_or_named(
        lines in lines(),
        width in 30_usize..110,
        depth in 0_usize..4,
        shape in any::<u8>(),
        encoding in any::<u8>(),
    ) {
        let text = rewrapped(&text_of(&lines), width, depth);
        let shape = [0, 2, 4, 5][usize::from(shape % 4)];
        let found = receipts(mail(&text, shape, encoding, 1).as_bytes());
        prop_assert!(!found.is_empty() || width < HEAD.len(), "{text}");
        for receipt in found {
            let understood: Vec<(Date, Stated)> =
                receipt.lines.iter().map(|line| (line.day, line.stated.clone())).collect();
            for line in &understood {
                prop_assert!(lines.contains(line), "{line:?} was never written: {text}");
            }
            let all_there = understood.len() == lines.len();
            prop_assert!(all_there || !receipt.refused.is_empty(), "a line is gone and nothing is named: {text}");
        }
    }
}
