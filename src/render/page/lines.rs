//! Lines of a screen as a page of their own.

use super::html::{STYLE, esc};
use crate::render::direction::direction;

/// One HTML file: no script, no network, prints as it stands. The lines keep their breaks.
pub fn lines_html(title: &str, lines: &[String], language: &str) -> String {
    let style = "pre { white-space: pre-wrap; overflow-wrap: anywhere; }\n";
    let body = format!("<pre>{}</pre>\n", esc(&lines.join("\n")));
    still_page(title, style, &body, language)
}

/// A page that nothing moves on: its style, and nothing from anywhere else. `style` is added to that of every page;
/// `body` is HTML below the title.
pub(super) fn still_page(title: &str, style: &str, body: &str, language: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{language}\"{direction}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>{title}</title>\n<style>\n{shared}{style}</style>\n\
         </head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n",
        language = esc(language),
        direction = direction(language),
        title = esc(title),
        shared = STYLE.replace("\r\n", "\n"),
    )
}
