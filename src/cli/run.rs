//! From arguments to an exit code.

use std::io::Write as _;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};

use super::args::{Args, Command};
use super::commands;
use super::context::Context;
use super::error::{CONDITION_FALSE, CliError, DONE, Kind, Outcome, USAGE};
use super::ui::Ui;

/// Runs the program: parse, dispatch, say what went wrong, exit code.
#[must_use]
pub fn main() -> ExitCode {
    let args = match parse() {
        Ok(args) => args,
        Err(code) => return ExitCode::from(code),
    };
    // Ctrl-C only interrupts what waits for a key; prompts then end as stopped, and the cursor is restored. Without
    // the handler, which is a thread, the program would die with the cursor hidden. Help and version need none.
    let _ = ctrlc::set_handler(super::ask::stop);
    ExitCode::from(run(args))
}

/// The command as clap knows it, with our own grouped help.
pub(crate) fn command() -> clap::Command {
    let mut command = Args::command().help_template(commands::help::template());
    let names: Vec<String> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    for name in names {
        command = command.mut_subcommand(name, |c| c.hide(true));
    }
    command
}

/// The help of the program itself, as it is where nothing asks for colours or another width; a test holds it to what the
/// parser makes.
const HELP: &str = include_str!("help.txt");

/// What a script gets that asks for the version or the help and nothing else: made without the parser, in half the time.
fn text_asked_for() -> Option<String> {
    let mut arguments = super::environment::arguments();
    let (first, more) = (arguments.next()?, arguments.next());
    match first.to_str().filter(|_| more.is_none())? {
        "--version" | "-V" => Some(concat!("upwards ", env!("CARGO_PKG_VERSION"), "\n").to_owned()),
        "--help" if super::environment::is_plain() => Some(HELP.to_owned()),
        _ => None,
    }
}

fn parse() -> Result<Args, u8> {
    if let Some(text) = text_asked_for() {
        let printed = std::io::stdout().lock().write_all(text.as_bytes());
        return Err(printed.map_or_else(|why| ended(None, &why.into()), |()| DONE));
    }
    let matches = match command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            // `--help` and `--version` are data; the rest is wrong use.
            let printed = error.print();
            return Err(match (error.kind(), printed) {
                (ErrorKind::DisplayHelp | ErrorKind::DisplayVersion, Ok(())) => DONE,
                (ErrorKind::DisplayHelp | ErrorKind::DisplayVersion, Err(why)) => ended(None, &why.into()),
                _ => USAGE,
            });
        }
    };
    Args::from_arg_matches(&matches).map_err(|error| {
        let _ = error.print();
        USAGE
    })
}

fn run(args: Args) -> u8 {
    let takes_several = matches!(
        args.command,
        Some(Command::Readiness(_) | Command::Agenda(_) | Command::Report(_) | Command::Export(_))
    );
    if args.global.workspace.len() > 1 && !takes_several {
        let error = CliError::usage(
            "only readiness, agenda, report and export take several workspaces: name one with -w",
        );
        return ended(None, &error);
    }
    if takes_several && args.global.workspace.len() < workspaces_typed() {
        let error = CliError::usage("-w stands partly before and partly behind the command")
            .hint("name all of them behind it, as: upwards readiness -w A -w B");
        return ended(None, &error);
    }
    let writes = args.command.as_ref().is_some_and(writes);
    let mut context = match Context::new(args.global, writes) {
        Ok(context) => context,
        Err(error) => return ended(None, &error),
    };
    let result = dispatch(args.command, &mut context);
    for notice in context.ui.notices.take() {
        // The command's own outcome counts, whether this can be said or not.
        let _ = context.ui.notice(&notice);
    }
    match result {
        Ok(Outcome::Done) => DONE,
        Ok(Outcome::ConditionFalse) => CONDITION_FALSE,
        Err(error) if error.kind == Kind::Output && context.ui.stored.get() => {
            // Nobody should repeat what is recorded because it could not be told.
            let _ = context
                .ui
                .say(&format!("note: it is recorded, and {}", error.message));
            DONE
        }
        Err(error) => ended(Some(&context.ui), &error),
    }
}

/// How often `-w` was typed. Of flags on both sides of a command the parser keeps one side only: nothing may be left out
/// in silence.
fn workspaces_typed() -> usize {
    super::environment::arguments()
        .take_while(|argument| *argument != "--")
        .filter(|argument| {
            let argument = argument.to_string_lossy();
            argument == "-w" || argument == "--workspace" || argument.starts_with("--workspace=")
        })
        .count()
}

fn dispatch(command: Option<Command>, context: &mut Context) -> Result<Outcome, CliError> {
    match command {
        None => commands::home::run(context),
        Some(Command::Learn(args)) => commands::learn::run(&args, context),
        Some(Command::Next(args)) => commands::next::run(&args, context),
        Some(Command::Progress(args)) => commands::progress::run(&args, context),
        Some(Command::History(args)) => commands::history::run(&args, context),
        Some(Command::Undo(args)) => commands::undo::run(&args, context),
        Some(Command::Confirm(args)) => commands::confirm::run(&args, context),
        Some(Command::Aim(args)) => commands::aim::run(&args, context),
        Some(Command::Notes(args)) => commands::notes::run(&args, context),
        Some(Command::Cases(args)) => commands::cases::run(&args, context),
        Some(Command::Ideas(args)) => commands::ideas::run(&args, context),
        Some(Command::Mentors(args)) => commands::mentors::run(&args, context),
        Some(Command::Peers(args)) => commands::peers::run(&args, context),
        Some(Command::Readiness(args)) => commands::readiness::run(&args, context),
        Some(Command::People(args)) => commands::people::run(&args, context),
        Some(Command::Assign(args)) => commands::assign::run(&args, context),
        Some(Command::Page(args)) => commands::page::run(&args, context),
        Some(Command::Send(args)) => commands::send::run(&args, context),
        Some(Command::Receive(args)) => commands::receive::run(&args, context),
        Some(Command::Agenda(args)) => commands::agenda::run(&args, context),
        Some(Command::Nudge(args)) => commands::nudge::run(&args, context),
        Some(Command::Report(args)) => commands::report::run(&args, context),
        Some(Command::Export(args)) => commands::export::run(&args, context),
        Some(Command::New(args)) => commands::new::run(&args, context),
        Some(Command::Check(args)) => commands::check::run(&args, context),
        Some(Command::Preview(args)) => commands::preview::run(&args, context),
        Some(Command::Stats(args)) => commands::stats::run(&args, context),
        Some(Command::Schema(args)) => commands::schema::run(&args, context),
        Some(Command::Curricula(args)) => commands::curricula::run(&args, context),
        Some(Command::Privacy(args)) => commands::privacy::run(&args, context),
        Some(Command::Init(args)) => commands::init::run(&args, context),
        Some(Command::Config(args)) => commands::config::run(&args, context),
        Some(Command::Sync(args)) => commands::sync::run(&args, context),
        Some(Command::Doctor(args)) => commands::doctor::run(&args, context),
        Some(Command::Completions(args)) => commands::completions::run(&args, context),
        Some(Command::Help(args)) => commands::help::run(&args, context),
    }
}

/// Whether a command needs its own copy of the example.
fn writes(command: &Command) -> bool {
    match command {
        Command::Learn(_)
        | Command::Undo(_)
        | Command::Confirm(_)
        | Command::Aim(_)
        | Command::Notes(_)
        | Command::Assign(_)
        | Command::Receive(_)
        | Command::Nudge(_)
        | Command::New(_)
        | Command::Init(_) => true,
        Command::People(args) => commands::people::writes(args),
        Command::Cases(args) => commands::cases::writes(args),
        Command::Ideas(args) => commands::ideas::writes(args),
        Command::Mentors(args) => commands::mentors::writes(args),
        Command::Peers(args) => commands::peers::writes(args),
        Command::Curricula(args) => commands::curricula::writes(args),
        Command::Privacy(args) => commands::privacy::writes(args),
        Command::Next(_)
        | Command::Progress(_)
        | Command::History(_)
        | Command::Readiness(_)
        | Command::Agenda(_)
        | Command::Page(_)
        | Command::Send(_)
        | Command::Report(_)
        | Command::Export(_)
        | Command::Check(_)
        | Command::Preview(_)
        | Command::Stats(_)
        | Command::Schema(_)
        | Command::Config(_)
        | Command::Sync(_)
        | Command::Doctor(_)
        | Command::Completions(_)
        | Command::Help(_) => false,
    }
}

/// Says why, unless the reader of our output went away.
fn ended(ui: Option<&Ui>, error: &CliError) -> u8 {
    if error.kind != Kind::ClosedPipe {
        match ui {
            Some(ui) => ui.error(error),
            None => Ui::bare().error(error),
        }
    }
    error.exit_code()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_that_scripts_get_are_what_the_parser_makes() {
        let made = command().term_width(80).render_long_help().to_string();
        assert!(made == HELP, "COLUMNS=80 cargo run -- --help > src/cli/help.txt");
        assert_eq!(
            command().render_version(),
            format!("upwards {}\n", env!("CARGO_PKG_VERSION"))
        );
    }
}
