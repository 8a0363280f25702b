//! The page as HTML: readable as it stands, filled with controls by its script.

use super::data::data;
use super::policy::policy;
use crate::base::text::to_html;
use crate::base::texts::t;
use crate::render::direction::direction;
use crate::report::{
    Aimed, CasePart, ClaimOfPage, ConfirmPart, MeasurePart, Part, PracticePart, QuestionOfPage,
    QuestionsPart, ReflectPart, SourceOfPage, Standing, TenMinutes,
};

const SCRIPT: &str = include_str!("page.js");
pub(super) const STYLE: &str = include_str!("page.css");

/// Writes a page. The same page is the same text.
pub fn page(page: &TenMinutes) -> String {
    // A checkout with other line ends must not change the digest.
    let script = SCRIPT.replace("\r\n", "\n");
    let script = format!("\n{script}");
    let title = title(page);
    format!(
        "<!doctype html><!-- upwards: ten minutes -->\n\
         <html lang=\"{language}\"{direction}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\
         <script type=\"application/json\" id=\"data\">{data}</script>\n\
         <script>{script}</script>\n</body>\n</html>\n",
        language = esc(&page.language),
        direction = direction(&page.language),
        policy = policy(&script),
        title = esc(&title),
        style = STYLE.replace("\r\n", "\n"),
        body = body(page),
        data = data(page),
    )
}

fn title(page: &TenMinutes) -> String {
    t!(
        "page.title",
        "{minutes} minutes for {name}",
        minutes = page.minutes.0,
        name = page.person.name
    )
}

fn body(page: &TenMinutes) -> String {
    let mut out = format!(
        "<header>\n<p class=\"over\"><span>{}</span> <span>{}</span></p>\n<h1>{}</h1>\n</header>\n<main>\n\
         <p id=\"top\" role=\"status\"></p>\n",
        esc(&page.workspace.name),
        esc(&page.day.with_weekday()),
        esc(&title(page))
    );
    if !page.standing.is_empty() {
        out.push_str(&standing(&page.standing));
    }
    if let Aimed::Known(text) = &page.aim {
        let line = t!("home.aim", "Aim: \"{text}\"", text = text);
        out.push_str(&paragraph("aim", &line));
    }
    let is_asked = matches!(page.aim, Aimed::Asked(_));
    let of = page.parts.len() + usize::from(is_asked);
    let mut place = 0;
    if let Aimed::Asked(_) = &page.aim {
        place += 1;
        out.push_str(&section(
            place,
            of,
            &[],
            &t!("page.aim", "What should get better?"),
            &aim(),
        ));
    }
    for part in &page.parts {
        place += 1;
        out.push_str(&part_section(place, of, part));
    }
    if !page.talks.is_empty() {
        let lines: Vec<String> = page.talks.iter().map(|talk| item(talk)).collect();
        out.push_str(&format!(
            "<section class=\"card\" aria-labelledby=\"talks\">\n<h2 id=\"talks\">{}</h2>\n<ul>{}</ul>\n</section>\n",
            esc(&t!("page.talks", "Planned talks")),
            lines.concat()
        ));
    }
    out.push_str(&receipt(page));
    out.push_str(&format!("</main>\n<footer>\n{}</footer>\n", footer(page)));
    out
}

fn standing(all: &[Standing]) -> String {
    let mut out = format!(
        "<section class=\"standing\" aria-labelledby=\"where\">\n<h2 id=\"where\">{}</h2>\n",
        esc(&t!("page.standing", "Where you stand"))
    );
    for standing in all {
        if let Some(title) = &standing.curriculum {
            out.push_str(&format!("<h3>{}</h3>\n", esc(title)));
        }
        out.push_str("<ul>\n");
        for line in &standing.lines {
            let reached = line.reached.as_ref();
            out.push_str(&format!(
                "<li><b class=\"letter\" aria-hidden=\"true\">{}</b> <span><b>{}</b> <span class=\"band\">{}{}</span></span></li>\n",
                esc(line.letter),
                esc(&line.capability),
                esc(&line.band),
                reached.map_or_else(String::new, |reached| format!(", {}", esc(reached)))
            ));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
    out
}

/// One thing to do: its place, what it is, its title, what is to read, and room for controls.
fn section(place: usize, of: usize, kind: &[String], title: &str, text: &str) -> String {
    let mut over = vec![t!("page.part", "{place} of {of}", place = place, of = of)];
    over.extend(kind.iter().cloned());
    format!(
        "<section class=\"card\" id=\"part-{place}\" aria-labelledby=\"title-{place}\">\n<p class=\"over\">{}</p>\n\
         <h2 id=\"title-{place}\">{}</h2>\n{text}<div class=\"work\"></div>\n</section>\n",
        esc(&over.join(" \u{b7} ")),
        esc(title)
    )
}

fn part_section(place: usize, of: usize, part: &Part) -> String {
    let with_minutes = |what: String| {
        t!(
            "page.kind",
            "{what}, {minutes} min",
            what = what,
            minutes = part.minutes().0
        )
    };
    let kind = |what: String, due: &Option<String>| {
        let mut kind = vec![with_minutes(what)];
        kind.extend(due.clone());
        kind
    };
    let (kind, title, text) = match part {
        Part::Measure(part) => (
            vec![with_minutes(t!("page.kind.measure", "One number"))],
            t!("page.measure.title", "Second figure: {title}", title = part.title),
            measure(part),
        ),
        Part::Confirm(part) => (
            vec![with_minutes(t!("page.kind.confirm", "Your word"))],
            t!("page.confirm.title", "Noted for you: {title}", title = part.title),
            confirm(part),
        ),
        Part::Case(part) => (
            kind(t!("page.kind.case", "Case"), &part.due),
            part.title.clone(),
            case(part),
        ),
        Part::Questions(part) => (
            kind(t!("page.kind.questions", "Questions"), &part.due),
            part.title
                .clone()
                .unwrap_or_else(|| t!("page.questions.again", "Questions from before")),
            questions(part),
        ),
        Part::Practice(part) => (
            kind(t!("page.kind.practice", "Do it yourself"), &part.due),
            part.title.clone(),
            practice(part),
        ),
        Part::Reflect(part) => (
            kind(t!("page.kind.reflect", "For yourself"), &part.due),
            part.title.clone(),
            reflect(part),
        ),
    };
    section(place, of, &kind, &title, &text)
}

fn aim() -> String {
    let asked = t!(
        "aim.text",
        "Which process costs you most: time, money or nerves?  One line."
    );
    paragraph("plain", &asked)
}

fn measure(part: &MeasurePart) -> String {
    let noted = match part.n {
        Some(n) => t!(
            "measure.noted_over",
            "You noted {before} {unit}, over {n}.",
            before = part.before,
            unit = part.unit,
            n = n
        ),
        None => t!(
            "measure.noted",
            "You noted {before} {unit}.",
            before = part.before,
            unit = part.unit
        ),
    };
    paragraph("", &format!("{}: {noted}", part.day))
}

fn confirm(part: &ConfirmPart) -> String {
    let mut out = paragraph(
        "",
        &t!(
            "page.confirm",
            "Somebody noted on {day} that you did this. It counts once you say so yourself.",
            day = part.day_words
        ),
    );
    if let Some(line) = &part.line {
        out.push_str(&format!("<blockquote><p>{}</p></blockquote>\n", esc(line)));
    }
    out
}

fn case(part: &CasePart) -> String {
    let mut out = case_body(part, false);
    out.push_str(&paragraph("plain ask", &part.ask));
    out
}

/// What a case says; `open` = nothing is folded, as on paper.
pub(super) fn case_body(part: &CasePart, open: bool) -> String {
    let mut about = part.about.clone();
    if part.failed {
        about = t!("page.case.failed", "{about}; it went wrong", about = about);
    }
    let mut out = paragraph("about", &about);
    for text in &part.brief {
        out.push_str(&paragraph("", text));
    }
    out.push_str(&claims(&part.claims));
    out.push_str(&paragraph(
        "since",
        &t!("case.since", "Since then: {since}", since = part.since),
    ));
    if let Some(doubt) = &part.question_this {
        out.push_str(&paragraph("doubt", doubt));
    }
    let mut rest = String::new();
    for paragraphs in &part.rest {
        rest.push_str(&format!("<h3>{}</h3>\n", esc(&paragraphs.heading)));
        for text in &paragraphs.text {
            rest.push_str(&paragraph("", text));
        }
        rest.push_str(&claims(&paragraphs.claims));
    }
    let sources: Vec<String> = part.sources.iter().map(source).collect();
    let sources = format!("<ol>\n{}</ol>\n", sources.concat());
    if open {
        out.push_str(&rest);
        out.push_str(&format!(
            "<h3>{}</h3>\n{sources}",
            esc(&t!("case.sources", "Sources"))
        ));
        return out;
    }
    out.push_str(&folded(
        &t!("page.case.more", "More: problem, cost, what went wrong"),
        &rest,
    ));
    out.push_str(&folded(
        &t!("page.case.sources", "Sources ({n})", n = part.sources.len()),
        &sources,
    ));
    out
}

fn claims(claims: &[ClaimOfPage]) -> String {
    if claims.is_empty() {
        return String::new();
    }
    let items: Vec<String> = claims
        .iter()
        .map(|claim| {
            format!(
                "<li>{} <span class=\"grade\">{} [{}]</span></li>\n",
                esc(&claim.text),
                esc(&claim.grade),
                claim.source
            )
        })
        .collect();
    format!("<ul class=\"claims\">\n{}</ul>\n", items.concat())
}

fn source(source: &SourceOfPage) -> String {
    let address = match &source.link {
        Some(link) => format!(
            "<a href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">{}</a>",
            esc(link),
            esc(&source.address)
        ),
        None => esc(&source.address),
    };
    format!("<li>{}, {address}</li>\n", esc(&source.words))
}

fn questions(part: &QuestionsPart) -> String {
    let all: Vec<String> = part.questions.iter().map(question).collect();
    format!("<div class=\"plain\">\n{}</div>\n", all.concat())
}

/// A question as it stands without the script: its options, and behind a fold which is right and why.
fn question(question: &QuestionOfPage) -> String {
    let options: Vec<String> = question.options.iter().map(|option| item(&option.text)).collect();
    let answers: Vec<String> = question
        .options
        .iter()
        .filter(|option| option.right)
        .map(|option| {
            paragraph(
                "",
                &t!(
                    "page.question.right",
                    "{option}.  {why}",
                    option = option.text.trim_end_matches('.'),
                    why = option.why
                ),
            )
        })
        .collect();
    format!(
        "{}<ul>{}</ul>\n{}",
        paragraph("ask", &question.text),
        options.concat(),
        folded(&t!("page.question.answer", "The answer"), &answers.concat())
    )
}

fn practice(part: &PracticePart) -> String {
    let mut out = paragraph(
        "about",
        &t!("page.practice.seen", "Seen outside by: {seen}", seen = part.seen),
    );
    out.push_str(&steps(&part.lines));
    if let Some(why) = &part.why_draft {
        out.push_str(&paragraph(
            "note",
            &t!(
                "practice.draft_only",
                "{why}; the draft counts the same.",
                why = why
            ),
        ));
    }
    if !part.instead.is_empty() {
        out.push_str(&folded(
            &t!(
                "page.practice.instead",
                "A draft instead: nothing is published, it counts the same"
            ),
            &steps(&part.instead),
        ));
    }
    out.push_str(&paragraph(
        "own",
        &t!(
            "page.practice.own",
            "Nobody can do this for you, not even an assistant. This page cannot know who types: it is your word."
        ),
    ));
    out
}

fn reflect(part: &ReflectPart) -> String {
    let asked: Vec<String> = part.ask.iter().map(|ask| paragraph("plain ask", ask)).collect();
    asked.concat()
}

/// What is sent, by whom and to whom; without the script, how to write it by hand.
fn receipt(page: &TenMinutes) -> String {
    let example: Vec<String> = by_hand(page).iter().map(|line| esc(line)).collect();
    let example = example.join("\n");
    let address = page.leader.mail.as_ref().map_or_else(String::new, |mail| {
        format!(
            " <a href=\"mailto:{}\">{}</a>",
            esc(&percent_encoded(mail)),
            esc(mail)
        )
    });
    format!(
        "<section class=\"card receipt\" id=\"receipt\" aria-labelledby=\"receipt-title\">\n\
         <h2 id=\"receipt-title\">{}</h2>\n{}\
         <div class=\"plain\">\n{}<pre>{}</pre>\n<p>{}{address}</p>\n</div>\n<div class=\"work\"></div>\n</section>\n",
        esc(&t!("page.receipt", "Your receipt")),
        paragraph(
            "",
            &t!(
                "page.receipt.all",
                "This is all that is sent, and only when you send it. {readers}",
                readers = page.readers
            ),
        ),
        paragraph(
            "",
            &t!(
                "page.by_hand",
                "This view shows the page without its script. Save the file and open it in a browser; or copy these lines by hand, with your own words, and mail them."
            ),
        ),
        example,
        esc(&t!("page.by_hand.to", "To: {name}", name = page.leader.name)),
    )
}

/// Lines that a person can copy and change; how many questions are right is the script's to say.
fn by_hand(page: &TenMinutes) -> Vec<String> {
    let mut lines = vec![format!("upwards receipt for {}", page.person.id)];
    let day = page.day;
    if let Aimed::Asked(_) = &page.aim {
        let line = t!("page.by_hand.aim", "which process costs me most");
        lines.push(format!("{day} aimed \"{line}\""));
    }
    for part in &page.parts {
        match part {
            Part::Case(part) => lines.push(format!("{day} finished {}", part.step)),
            Part::Practice(part) => lines.push(format!(
                "{day} practised {} \"{}\" own hand",
                part.step,
                t!("page.by_hand.line", "what I did, in one line")
            )),
            Part::Confirm(part) => lines.push(format!("{day} confirmed {} of {}", part.step, part.day)),
            Part::Measure(_) | Part::Questions(_) | Part::Reflect(_) => {}
        }
    }
    lines.push("end".to_owned());
    lines
}

fn footer(page: &TenMinutes) -> String {
    let kept = t!(
        "page.kept",
        "What you answer and type stays in this browser. Your receipt says how many answers are right and never which."
    );
    format!(
        "{}{}",
        paragraph("", &kept),
        paragraph("note", &t!("page.id", "Page {id}", id = page.id))
    )
}

/// Text between tags: a line break in it is a space.
pub(super) fn esc(text: &str) -> String {
    to_html(&text.replace(['\n', '\r', '\t'], " "))
}

fn folded(summary: &str, inside: &str) -> String {
    format!(
        "<details><summary>{}</summary>\n{inside}</details>\n",
        esc(summary)
    )
}

fn steps(lines: &[String]) -> String {
    let items: Vec<String> = lines.iter().map(|line| item(line)).collect();
    format!("<ol class=\"steps\">{}</ol>\n", items.concat())
}

fn item(text: &str) -> String {
    format!("<li>{}</li>", esc(text))
}

fn paragraph(class: &str, text: &str) -> String {
    if class.is_empty() {
        format!("<p>{}</p>\n", esc(text))
    } else {
        format!("<p class=\"{class}\">{}</p>\n", esc(text))
    }
}

/// An address inside a `mailto:`.
fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.-_~+".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stays_one_address() {
        assert_eq!(percent_encoded("maya@halden.example"), "maya@halden.example");
        assert_eq!(
            percent_encoded("a?bcc=x@y&b\"<"),
            "a%3Fbcc%3Dx%40y%26b%22%3C".replace("%40", "@")
        );
    }

    #[test]
    fn the_script_holds_no_text_that_could_end_it() {
        let script = SCRIPT.to_lowercase();
        for word in [
            "</script",
            "<!--",
            "innerhtml",
            "eval(",
            "settimeout",
            "setinterval",
            "fetch(",
            "xmlhttp",
            "import(",
        ] {
            assert!(!script.contains(word), "{word}");
        }
        assert!(!STYLE.to_lowercase().contains("url("));
    }
}
