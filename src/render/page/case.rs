//! One case as a text of its own: HTML without script, and Markdown.

use super::html::{STYLE, case_body, esc};
use crate::base::text::to_markdown;
use crate::base::texts::t;
use crate::render::direction::direction;
use crate::report::{CasePart, ClaimOfPage};

/// One HTML file: no script, no network, prints as it stands.
pub fn case_html(part: &CasePart, language: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{language}\"{direction}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n\
         </body>\n</html>\n",
        language = esc(language),
        direction = direction(language),
        title = esc(&part.title),
        style = STYLE.replace("\r\n", "\n"),
        body = case_body(part, true),
    )
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
