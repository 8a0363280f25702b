//! One case: as a page on the terminal, as Markdown, as HTML, as data.

use clap::{Args, ValueEnum};

use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::cli::library::Library;
use crate::cli::ui::Ui;
use crate::model::case::Case;
use crate::render::{self, Format};
use crate::report;
use crate::session::{self, CaseLine};

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The case's id, its beginning, or CURRICULUM/ID
    id: String,
    /// For a mail or a wiki [default: by the ending of -o]
    #[arg(long = "as-text", value_name = "KIND")]
    kind: Option<TextKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TextKind {
    /// Markdown
    Md,
    /// One HTML file without script
    Html,
}

pub(super) fn run(args: &ShowArgs, context: &mut Context) -> Result<Outcome> {
    let settings = context.settings()?;
    let library = Library::open(context, &settings)?;
    let found = library.one(context, &args.id)?;
    if let Some(kind) = args.kind.or_else(|| kind_asked(&context.ui)) {
        let part = report::case_page(&found.case);
        let language = found.case.language.as_deref().unwrap_or(&settings.language);
        let text = match kind {
            TextKind::Md => render::case_markdown(&part),
            TextKind::Html => render::case_html(&part, language),
        };
        match context.ui.out_file.as_deref().filter(|file| *file != "-") {
            Some(file) => {
                context.ui.write_file(file, text.as_bytes())?;
                context.ui.notice(&format!("wrote {file}"))?;
            }
            None => context.ui.bytes(text.as_bytes())?,
        }
    } else if context.ui.wants_data()? {
        let curriculum = found.curriculum.as_str();
        context
            .ui
            .report(report::case_parts(&found.case, curriculum, context.now.today))?;
    } else {
        page(context, &found.case)?;
    }
    Ok(Outcome::Done)
}

/// What `-f`, else the ending of the file, asks for.
fn kind_asked(ui: &Ui) -> Option<TextKind> {
    match ui.format {
        Some(Format::Md) => Some(TextKind::Md),
        Some(Format::Html) => Some(TextKind::Html),
        Some(_) => None,
        None => kind_of(ui.out_file.as_deref()?),
    }
}

/// What the ending of a file asks for.
fn kind_of(file: &str) -> Option<TextKind> {
    let ending = std::path::Path::new(file)
        .extension()?
        .to_str()?
        .to_ascii_lowercase();
    match ending.as_str() {
        "md" | "markdown" => Some(TextKind::Md),
        "html" | "htm" => Some(TextKind::Html),
        _ => None,
    }
}

fn page(context: &Context, case: &Case) -> Result<()> {
    let columns = context.ui.prose_width();
    let rest = session::case_rest(case);
    let blank = [CaseLine::Line(String::new())];
    let sources = session::case_sources(case);
    for line in session::case_brief(case, columns)
        .iter()
        .chain(&blank)
        .chain(&rest)
        .chain(&blank)
        .chain(&sources)
    {
        match line {
            CaseLine::Prose(text) => context.ui.prose(text, 0)?,
            CaseLine::Line(text) => context.ui.line(text)?,
            CaseLine::Entry(heading, text) => {
                context.ui.lines(session::entry_lines(heading, text, columns))?;
            }
        }
    }
    Ok(())
}
