use clap::Args;

use crate::base::texts::t;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::run;
use crate::files::WantCurricula;
use crate::model::person::Role;
use crate::render::hint_lines;
use crate::table::Hint;

/// Explain a command or a topic
#[derive(Debug, Args)]
#[command(after_help = "EXAMPLES:\n  upwards help learn\n  upwards help exit-codes\n  upwards help bands")]
pub(crate) struct HelpArgs {
    /// A command, or a topic: exit-codes, environment, formats, columns, privacy, accessibility, files, bands
    topic: Option<String>,
    /// All commands, whoever you are
    #[arg(long)]
    all: bool,
}

/// The commands in the order of the help, by what people do.
const GROUPS: [(&str, &[(&str, &str)]); 4] = [
    (
        "Your learning",
        &[
            ("(nothing)", "where you are and the best use of the next minutes"),
            ("learn", "do the next steps"),
            ("next", "name them"),
            ("progress", "your bands and what each rests on"),
            ("history", "what was recorded"),
            ("undo", "take the last thing back"),
            ("confirm", "what others recorded for you"),
            ("aim", "which process should become more efficient"),
            ("notes", "what you write for yourself"),
            ("cases", "find and read cases, see what is lacking"),
            ("ideas", "suggest something, see what became of it"),
        ],
    ),
    (
        "Your team",
        &[
            ("readiness", "who is ready, what limits the others"),
            ("agenda", "what needs you this week, and the command for it"),
            ("people", "list, groups, add, edit, remove, import, export"),
            ("assign", "a module to people, with a due date"),
            (
                "mentors",
                "pairs with why, guides, talks planned and recorded, what stalls",
            ),
            ("peers", "form groups around who has been through it"),
            ("page", "ten minutes by mail, for who opens no terminal"),
            ("send", "a packet for the leaders, or a person's copy"),
            ("receive", "packets, and receipts of pages and mails"),
            ("nudge", "reminders, drafted and not sent"),
            ("report", "one page for the board; names nobody"),
            ("export", "readiness, progress, people, talks, measures, events"),
        ],
    ),
    (
        "Writing material",
        &[
            ("new", "begin a curriculum, module, case, quiz, practice, talk"),
            ("check", "all problems of all files, with lines"),
            ("preview", "a step or case as people see it; records nothing"),
            (
                "stats",
                "minutes, coverage, sources, stale, questions that tell nothing",
            ),
            ("schema", "what a file may hold, for editors"),
            ("curricula", "list them, pack one, take one in"),
        ],
    ),
    (
        "Workspace",
        &[
            ("init", "make a workspace"),
            ("sync", "exchange with the others, through git"),
            ("privacy", "what exists about you, and who reads it"),
            ("config", "your own settings"),
            ("doctor", "this computer and the logs"),
            ("completions", "a script for your shell"),
            ("help", "a command or a topic"),
        ],
    ),
];

const TOPICS: [(&str, &str); 9] = [
    ("exit-codes", EXIT_CODES),
    ("environment", ENVIRONMENT),
    ("formats", FORMATS),
    ("columns", COLUMNS),
    ("privacy", PRIVACY),
    ("accessibility", ACCESSIBILITY),
    ("files", FILES),
    ("bands", BANDS),
    ("receipt", RECEIPT),
];

const EXIT_CODES: &str = "\
0    done; also an empty list, a clean check, a closed pipe
1    could not: files, data, an unknown person, a busy lock, rejected rows
2    wrong use, or an answer is needed and there is no terminal
3    a condition asked for is false: findings of check or doctor, --fail-under
130  stopped with Ctrl-C, Esc or q; what was answered is saved";

const ENVIRONMENT: &str = "\
UPWARDS_WORKSPACE  the workspace's folder, as -w
UPWARDS_AS         who acts, as --as
UPWARDS_HOME       folder of your own data and settings; default: the system's
                   folders for them, then upwards/
UPWARDS_NOW        the instant, as 2026-03-16T09:00:00Z; as --today, with a time
UPWARDS_DEVICE     this device's id for one run
UPWARDS_SEED       makes event ids repeatable, for tests
COLUMNS            width of the screen where the terminal does not say
ACCESSIBLE         questions line by line, as --plain; so does TERM=dumb
LC_ALL, LANG       without UTF-8 our own signs are ASCII";

const FORMATS: &str = "\
table   fitted to the screen; what has no room is named beside it
plain   the same columns, one record a line, nothing cut: for pipes. Of more
        than two codes in a cell two are shown and how many more
csv     UTF-8, a heading, commas, \\n; --excel: byte order mark and CRLF;
        --delimiter \";\"; a text cell that could be a formula gets a leading '
        (--raw switches that off, our own import undoes it)
json    {\"schema\":\"upwards.<report>/1\",\"as_of\":...,\"rows\":[...]}; unknown = null
jsonl   one row a line
md      for mails and wikis
html    one page, for browsers and printers
xlsx    a workbook with cells of the type they have
-o FILE chooses by its ending: .csv .json .jsonl .txt .md .html .xlsx
Without -f: table on a terminal, plain in a pipe. Table and plain are for
people and may change; csv and json are for programs and only grow.";

const COLUMNS: &str = "\
upwards readiness --columns \"\"            lists the columns of the table
upwards readiness -f csv --columns \"\"     those of the file
upwards readiness --columns person,points  chooses
upwards export progress --help             what each column of a file holds
Codes: band not-started exploring building ready; limited_by confirm practice
old-practice questions again talk; dates YYYY-MM-DD; lists joined with |;
empty = unknown or does not apply.";

const PRIVACY: &str = "\
Your answers, misses, how sure you were, reflections, notes and minutes are in
your own data folder, outside the workspace, readable by you alone. The
workspace holds days, steps, how many questions you know (not which), practices
with the line you wrote, talks, your aim. Leaders read those, nothing else.
Shared lines carry a day, never a time of day. Whoever can log in as you can
read your notes: a file is no safe.";

const ACCESSIBILITY: &str = "\
--plain, ACCESSIBLE=1 or TERM=dumb: numbered questions answered with Enter, no
cursor movement, ASCII only, one sentence for each finding. Letters, not
colours, carry meaning everywhere. Nothing moves by itself.";

const FILES: &str = "\
upwards.toml      the workspace's name, curricula in use, rules
people.toml       people, roles, groups
curricula/        your own curricula; shipped ones need no copy
progress/PERSON/  one log for each device, lines only ever appended
<your data>/upwards/WORKSPACE/private/  yours alone
An answers file (--answers FILE):
  format = 1
  [answers]
  answer-in-public.first-words = { choice = 2, sure = 3 }
  answer-in-public.answer-one-customer = { personal = \"yes\", done = \"...\" }
choice counts the options in the file's order; 0 = not sure.";

const BANDS: &str = "\
.   not started   nothing that counts was recorded
E   exploring     below 40 points
B   building      below 75, or 75 and more with a gate shut
R   ready         75 points and both gates open
R~  ready, but it ends within 30 days
+   behind a letter: reached before, not current now
Points: knowledge 40 (questions known, fading), hands-on 40 (practices of your
own, with a line on what you did), dialogue 20 (talks).
Gates: a practice of your own within a year; questions known again on a later
day. So Ready is never one sitting, and nobody can do it for you.
Ready means current evidence. It does not mean certified.";

const RECEIPT: &str = "\
A receipt is what somebody tells a leader without the program, line by line:
the ten-minute page writes it, a mail may hold it, a hand can write it.
  upwards receipt for eli, page eli-page-9m3t, workspace halden-3f9c
  2026-03-16 aimed \"Answering dealers takes two days\" about serve
  2026-03-16 finished rules-and-roles.nestle
  2026-03-16 recalled serve 2 right, 1 right step 2 on 2026-03-09
  2026-03-16 practised answer-one-customer \"Answered a complaint\" own hand,
    19 -> ? hours to first answer, n 12, seen by jo, may be quoted
  2026-04-15 measured answer-one-customer 19 -> 2.5 hours to first answer,
    n 15, observed
  2026-03-19 met jo as mentor about serve, 30 minutes, present,
    will \"answer one customer a week\"
  2026-03-17 confirmed write-one-rule of 2026-03-13
  end
A page whose browser keeps nothing says: recalled serve 7 of 10 right; it counts
by the worst case. A step done as an older revision: finished a.b rev 1.
A line that begins with two blanks goes on with the one before. What is not
understood is named with its line; what was received once is taken once.";

/// The help of the program itself: groups instead of one list.
pub(crate) fn template() -> String {
    format!(
        "{{name}} {{version}}\n{{about}}\n\n{{usage-heading}} {{usage}}\n{}\n\n{{options}}\n\nupwards COMMAND --help    flags and examples of a command\nupwards help TOPIC        {}\n",
        groups(),
        topic_names()
    )
}

pub(crate) fn run(args: &HelpArgs, context: &mut Context) -> Result<Outcome> {
    let Some(topic) = &args.topic else {
        if !args.all && is_executive_only(context) {
            return short(context);
        }
        let text = run::command().render_help().to_string();
        context.ui.lines(text.lines())?;
        return Ok(Outcome::Done);
    };
    if let Some((_, text)) = TOPICS.iter().find(|(name, _)| name == topic) {
        context.ui.lines(text.lines())?;
        return Ok(Outcome::Done);
    }
    let mut command = run::command();
    command.build();
    if let Some(found) = command.find_subcommand_mut(topic) {
        let text = found.render_long_help().to_string();
        context.ui.lines(text.lines())?;
        Ok(Outcome::Done)
    } else {
        let names = GROUPS
            .iter()
            .flat_map(|(_, all)| all.iter())
            .skip(1)
            .map(|(n, _)| (*n, ""));
        let topics = TOPICS.iter().map(|(name, _)| (*name, ""));
        Err(CliError::unknown(
            topic,
            "command or topic",
            names.chain(topics),
            "upwards help",
        ))
    }
}

/// Whether who asks is known here and has no other role: then four commands are enough.
fn is_executive_only(context: &mut Context) -> bool {
    if !context.has_workspace() {
        return false;
    }
    let Ok(workspace) = context.workspace(WantCurricula::None) else {
        return false;
    };
    let me = context.me(&workspace, None).ok().flatten();
    let person = me.and_then(|id| workspace.person(id.as_str()));
    person.is_some_and(|p| p.is(Role::Executive) && !p.is(Role::Leader) && !p.is(Role::Mentor))
}

/// What an executive needs.
fn short(context: &Context) -> Result<Outcome> {
    let commands = [
        Hint::new(
            "upwards learn",
            t!("help.learn", "do the next ten minutes; --minutes 5 for fewer"),
        ),
        Hint::new(
            "upwards progress",
            t!("help.progress", "where you stand, and what each point rests on"),
        ),
        Hint::new(
            "upwards confirm",
            t!("help.confirm", "what others recorded for you"),
        ),
        Hint::new(
            "upwards privacy",
            t!("help.privacy", "what exists about you, and who reads it"),
        ),
        Hint::new("upwards help --all", t!("help.all", "everything else")),
    ];
    context
        .ui
        .lines(hint_lines(&commands, context.ui.options.screen.width))?;
    Ok(Outcome::Done)
}

fn groups() -> String {
    let mut text = String::new();
    for (title, commands) in GROUPS {
        text.push_str(&format!("\n{title}:\n"));
        for (name, what) in commands {
            text.push_str(&format!("  {name:<13}{what}\n"));
        }
    }
    text.trim_end().to_owned()
}

fn topic_names() -> String {
    let names: Vec<&str> = TOPICS.iter().map(|(name, _)| *name).collect();
    format!(
        "{}\n                          {}",
        names[..4].join(", "),
        names[4..].join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_stands_in_exactly_one_group() {
        let mut listed: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, all)| all.iter().map(|(n, _)| *n))
            .filter(|n| *n != "(nothing)")
            .collect();
        listed.sort_unstable();
        let command = run::command();
        let mut known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        known.sort_unstable();
        assert_eq!(listed, known);
    }

    #[test]
    fn no_line_of_help_is_wider_than_80_columns() {
        for (name, text) in TOPICS {
            for line in text.lines() {
                assert!(line.chars().count() <= 80, "{name}: {line}");
            }
        }
        for line in groups().lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}
