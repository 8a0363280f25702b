//! The command line: global flags, commands, the grouped help.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use super::commands;

/// Bring executives up to date in what they have no time to learn and cannot delegate
#[derive(Debug, Parser)]
#[command(
    name = "upwards",
    version,
    max_term_width = 80,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = false,
    subcommand_negates_reqs = true
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// Flags that every command takes, before or after its name.
#[derive(Debug, Clone, ClapArgs)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Global {
    /// The workspace's folder, several for readiness, agenda, report, export [default: nearest parent with upwards.toml]
    #[arg(
        short,
        long,
        global = true,
        value_name = "DIR",
        env = "UPWARDS_WORKSPACE",
        hide_env = true,
        hide_short_help = true
    )]
    pub(crate) workspace: Vec<String>,
    /// The curriculum meant [default: the first in upwards.toml]
    #[arg(long, global = true, value_name = "ID", hide_short_help = true)]
    pub(crate) curriculum: Option<String>,
    /// Act as this person; what you record for somebody else says so
    #[arg(
        long = "as",
        global = true,
        value_name = "PERSON",
        env = "UPWARDS_AS",
        hide_env = true,
        hide_short_help = true
    )]
    pub(crate) actor: Option<String>,
    /// Use the built-in example workspace; nothing is kept
    #[arg(long, global = true)]
    pub(crate) demo: bool,
    /// Format: table, plain, csv, json, jsonl, md, html, xlsx
    #[arg(short, long, global = true, value_name = "FORMAT")]
    pub(crate) format: Option<FormatArg>,
    /// Write into a file; its ending decides the format
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(crate) out: Option<String>,
    /// Choose columns; an empty list names them
    #[arg(long, global = true, value_name = "A,B", hide_short_help = true)]
    pub(crate) columns: Option<String>,
    /// CSV for Excel: byte order mark and CRLF
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) excel: bool,
    /// CSV without the guard against formulas
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) raw: bool,
    /// CSV delimiter, one character
    #[arg(long, global = true, value_name = "C", hide_short_help = true)]
    pub(crate) delimiter: Option<char>,
    /// Never ask; what is missing is an error that names the flag
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) no_input: bool,
    /// Answers for the questions: a TOML file, or - for JSON Lines on stdin
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    pub(crate) answers: Option<String>,
    /// Agree to what would be asked
    #[arg(short, long, global = true, hide_short_help = true)]
    pub(crate) yes: bool,
    /// Only show what would happen
    #[arg(short = 'n', long, global = true, hide_short_help = true)]
    pub(crate) dry_run: bool,
    /// No hints; twice: no notices either
    #[arg(short, long, global = true, action = clap::ArgAction::Count, hide_short_help = true)]
    pub(crate) quiet: u8,
    /// More: the events behind lines, files
    #[arg(short, long, global = true, action = clap::ArgAction::Count, hide_short_help = true)]
    pub(crate) verbose: u8,
    /// Questions line by line, ASCII only, one sentence for each finding
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) plain: bool,
    /// Width of the screen in columns
    #[arg(long, global = true, value_name = "N", hide_short_help = true)]
    pub(crate) width: Option<usize>,
    /// Today's date, for looking back and for tests
    #[arg(long, global = true, value_name = "DATE", hide_short_help = true)]
    pub(crate) today: Option<String>,
}

/// All formats of the program; each command states its subset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    Table,
    Plain,
    Csv,
    Json,
    Jsonl,
    Md,
    Html,
    Xlsx,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Learn(Box<commands::learn::LearnArgs>),
    Next(commands::next::NextArgs),
    Progress(commands::progress::ProgressArgs),
    History(commands::history::HistoryArgs),
    Undo(commands::undo::UndoArgs),
    Confirm(commands::confirm::ConfirmArgs),
    Aim(commands::aim::AimArgs),
    #[command(alias = "note")]
    Notes(commands::notes::NotesArgs),
    #[command(alias = "case")]
    Cases(commands::cases::CasesArgs),
    #[command(alias = "idea")]
    Ideas(commands::ideas::IdeasArgs),
    Readiness(commands::readiness::ReadinessArgs),
    Agenda(commands::agenda::AgendaArgs),
    #[command(alias = "person")]
    People(commands::people::PeopleArgs),
    Assign(commands::assign::AssignArgs),
    #[command(alias = "mentor")]
    Mentors(commands::mentors::MentorsArgs),
    #[command(alias = "peer")]
    Peers(commands::peers::PeersArgs),
    Page(commands::page::PageArgs),
    Send(commands::send::SendArgs),
    Receive(commands::receive::ReceiveArgs),
    Nudge(commands::nudge::NudgeArgs),
    Report(commands::report::ReportArgs),
    Export(commands::export::ExportArgs),
    New(commands::new::NewArgs),
    Check(commands::check::CheckArgs),
    Preview(commands::preview::PreviewArgs),
    Stats(commands::stats::StatsArgs),
    Schema(commands::schema::SchemaArgs),
    #[command(alias = "curriculum")]
    Curricula(commands::curricula::CurriculaArgs),
    Privacy(commands::privacy::PrivacyArgs),
    Init(commands::init::InitArgs),
    Config(commands::config::ConfigArgs),
    Sync(commands::sync::SyncArgs),
    Doctor(commands::doctor::DoctorArgs),
    Completions(commands::completions::CompletionsArgs),
    Help(commands::help::HelpArgs),
}
