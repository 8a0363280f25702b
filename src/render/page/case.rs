//! One case as a text of its own: HTML without script, and Markdown.

use super::html::case_body;
use super::lines::still_page;
use crate::base::text::to_markdown;
use crate::base::texts::t;
use crate::report::{CasePart, ClaimOfPage};

/// One HTML file: no script, no network, prints as it stands.
pub fn case_html(part: &CasePart, language: &str) -> String {
    still_page(&part.title, "", &case_body(part, true), language)
}

/// Markdown for a mail or a wiki.
pub fn case_markdown(part: &CasePart) -> String {
    let mut out = format!("# {}\n\n", to_markdown(&part.title));
    let about = if part.failed {
        t!("page.case.failed", "{about}; it went wrong", about = part.about)
    } else {
        part.about.clone()
    };
    out.push_str(&format!("*{}*\n\n", to_markdown(&about)));
    for text in &part.brief {
        out.push_str(&format!("{}\n\n", to_markdown(text)));
    }
    out.push_str(&format!(
        "{}\n\n",
        to_markdown(&t!("case.since", "Since then: {since}", since = part.since))
    ));
    for paragraph in &part.rest {
        out.push_str(&format!("## {}\n\n", to_markdown(&paragraph.heading)));
        for text in &paragraph.text {
            out.push_str(&format!("{}\n\n", to_markdown(text)));
        }
        out.push_str(&claims(&paragraph.claims));
    }
    out.push_str(&format!("## {}\n\n", to_markdown(&t!("case.sources", "Sources"))));
    for (at, source) in part.sources.iter().enumerate() {
        let address = match &source.link {
            // An address in angle brackets is one that nothing in it can end.
            Some(link) => format!("<{}>", link.replace(['<', '>', ' '], "")),
            None => to_markdown(&source.address),
        };
        out.push_str(&format!(
            "{}. {}, {address}\n",
            at + 1,
            to_markdown(&source.words)
        ));
    }
    out
}

fn claims(claims: &[ClaimOfPage]) -> String {
    let mut out = String::new();
    for claim in claims {
        out.push_str(&format!(
            "- {} ({}) \\[{}\\]\n",
            to_markdown(&claim.text),
            to_markdown(&claim.grade),
            claim.source
        ));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}
