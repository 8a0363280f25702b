//! `export xapi`: statements as JSON, or sent to a record store.

use std::cell::{Cell, RefCell};
#[cfg(feature = "lrs")]
use std::path::Path;

use clap::Args;

use super::SinceArgs;
use crate::base::diag::Diagnostic;
use crate::base::id::PersonId;
use crate::base::time::Date;
use crate::base::words::plural;
#[cfg(feature = "lrs")]
use crate::cli::ask;
use crate::cli::context::Context;
#[cfg(feature = "lrs")]
use crate::cli::environment::{StoreSettings, store_settings};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::sent::{Notes, Sent};
use crate::cli::team::{self, Choice};
use crate::disk::{self, DiskError, LockError, Tree};
use crate::files::WantCurricula;
use crate::interop::{Names, Statement, statements};
#[cfg(feature = "lrs")]
use crate::lrs::Credentials;
use crate::lrs::{self, Endpoint, Sending, Stop, Transport};
use crate::model::person::Role;
use crate::model::workspace::Workspace;
use crate::render::Format;
use crate::store::{self, Buffers};

/// Statements for a record store (xAPI 1.0.3): what was started, completed, waived and taken back, by whom, on which day
///
/// Nothing private is in them: no answers, no notes, no minutes of one's own, no scores, and of a practice not what was done. People
/// are accounts of the workspace ([xapi] base of upwards.toml), without names and mail addresses. The same event is the same
/// statement for ever, with the same id. JSON is an array, -f jsonl (or a file so named) one a line.
///
/// With --to they are sent, each once: what a store took is noted on this computer (sent.jsonl in your own folder), so that the next run
/// sends what is new. Name and secret come from UPWARDS_LRS_USER and UPWARDS_LRS_SECRET, or from --credentials.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards export xapi -o statements.json\n  upwards export xapi --since 2026-01-01 --group board -f jsonl\n  upwards export xapi --to https://lrs.halden.example/xAPI --credentials ~/.lrs"
)]
pub(super) struct XapiArgs {
    #[command(flatten)]
    since: SinceArgs,
    /// Send them to this record store; https, or on this computer http
    #[arg(long, value_name = "URL", help_heading = "Sending")]
    to: Option<String>,
    /// A file with NAME:SECRET in one line, which only you can read
    #[arg(long, value_name = "FILE", requires = "to", help_heading = "Sending")]
    credentials: Option<String>,
    /// Trust the certificates of this file (PEM) instead of the usual ones; also SSL_CERT_FILE
    #[arg(long, value_name = "FILE", requires = "to", help_heading = "Sending")]
    ca: Option<String>,
    /// Send also what was sent or refused before
    #[arg(long, requires = "to", help_heading = "Sending")]
    again: bool,
}

pub(super) fn run(args: &XapiArgs, choice: &Choice, context: &mut Context) -> Result<Outcome> {
    let since = args.since.day()?;
    match &args.to {
        Some(to) => send(args, to, since, choice, context),
        None => write(since, choice, context),
    }
}

/// Everything that statements are made of.
struct Source {
    tree: Tree,
    names: Names,
    people: Vec<PersonId>,
    since: Option<Date>,
    as_of: Date,
    found: RefCell<Vec<Diagnostic>>,
}

impl Source {
    /// Of everybody in people.toml who is chosen: for leaders all, for others themselves. Who was erased, or is not there, is
    /// not in it.
    fn of(
        workspace: &Workspace,
        me: &PersonId,
        choice: &Choice,
        since: Option<Date>,
        context: &mut Context,
    ) -> Result<Self> {
        choice.check(workspace)?;
        let settings = &workspace.settings;
        let names = Names::new(&settings.id, settings.xapi_base.as_deref()).ok_or_else(|| {
            CliError::could_not(
                "[xapi] base of upwards.toml makes no ids: there is a blank in it, or one of <>\"{}|\\^`",
            )
            .hint("an address of your own, as \"https://learn.halden.example/\"; nothing needs to be there")
        })?;
        let chosen = workspace.people.iter().filter(|person| {
            team::may_read(workspace, me, person) && choice.fits(person, &team::groups_of(workspace, person))
        });
        let mut people: Vec<PersonId> = chosen.map(|person| person.id.clone()).collect();
        people.sort_unstable();
        Ok(Self {
            tree: context.tree()?,
            names,
            people,
            since,
            as_of: context.now.today,
            found: RefCell::default(),
        })
    }

    /// Person by person, so that memory stays that of one.
    fn logs(&self) -> impl Iterator<Item = std::result::Result<Vec<Statement>, DiskError>> {
        let mut buffers = Buffers::default();
        self.people.iter().map(move |person| {
            let log = store::read_person(&self.tree, person.as_str(), &mut buffers)?;
            self.found.borrow_mut().extend(log.findings.iter().cloned());
            let mut all = statements(&self.names, log.in_order(), self.as_of);
            all.retain(|one| self.since.is_none_or(|since| one.day >= since));
            Ok(all)
        })
    }
}

fn write(since: Option<Date>, choice: &Choice, context: &mut Context) -> Result<Outcome> {
    let is_lines = match context.ui.format {
        Some(Format::Jsonl) => true,
        Some(Format::Json) => false,
        Some(_) => {
            return Err(CliError::usage("statements are JSON").hint("formats: -f json, -f jsonl"));
        }
        None => {
            let file = context.ui.out_file.as_deref().filter(|file| *file != "-");
            let format = file.map(Format::of_file);
            if format.is_some_and(|format| !matches!(format, Some(Format::Json | Format::Jsonl))) {
                return Err(CliError::usage("statements are JSON").hint("endings: .json, .jsonl"));
            }
            format == Some(Some(Format::Jsonl))
        }
    };
    let workspace = context.workspace(WantCurricula::None)?;
    let me = context.actor(&workspace, Some(Role::Leader))?;
    let source = Source::of(&workspace, &me, choice, since, context)?;
    let count = Cell::new(0);
    let logs = source.logs().map(|log| {
        let mut text = String::new();
        for one in log? {
            let (before, behind) = match (is_lines, count.get()) {
                (true, _) => ("", "\n"),
                (false, 0) => ("[\n", ""),
                (false, _) => (",\n", ""),
            };
            text.extend([before, &one.json, behind]);
            count.set(count.get() + 1);
        }
        Ok(text)
    });
    let end = std::iter::once_with(|| {
        let end = match (is_lines, count.get()) {
            (true, _) => "",
            (false, 0) => "[]\n",
            (false, _) => "\n]\n",
        };
        Ok(end.to_owned())
    });
    context.ui.parts(logs.chain(end))?;
    let count = count.get();
    context.mention(&source.found.into_inner())?;
    if let Some(file) = context.ui.out_file.as_deref().filter(|file| *file != "-") {
        context
            .ui
            .notice(&format!("wrote {file}: {}", plural(count, "statement")))?;
    }
    Ok(Outcome::Done)
}

fn send(
    args: &XapiArgs,
    to: &str,
    since: Option<Date>,
    choice: &Choice,
    context: &mut Context,
) -> Result<Outcome> {
    let to = Endpoint::parse(to).map_err(|why| {
        CliError::usage(format!("--to: {why}"))
            .hint("the address that the store's administrator gives, as https://lrs.halden.example/xAPI")
    })?;
    if context.ui.out_file.is_some() || context.ui.format.is_some() {
        return Err(
            CliError::usage("--to sends statements, -o and -f write them").hint("one of the two at a time")
        );
    }
    if context.global.demo {
        return Err(CliError::usage("the example is not sent to anybody")
            .hint("look at it: upwards export xapi --demo"));
    }
    let mut transport = transport(args, &to, context)?;
    let workspace = context.workspace(WantCurricula::None)?;
    let me = context.actor(&workspace, Some(Role::Leader))?;
    if !workspace
        .person(me.as_str())
        .is_some_and(|me| me.is(Role::Leader))
    {
        return Err(CliError::could_not("only leaders send to a record store"));
    }
    let source = Source::of(&workspace, &me, choice, since, context)?;
    let own = context.own_folder(&workspace.settings);
    let _one_at_a_time = disk::lock(&own.join("sent.lock")).map_err(|error| match error {
        LockError::Busy => CliError::could_not("busy: another upwards of yours is sending")
            .hint("wait until it has ended and repeat"),
        LockError::Disk(error) => error.into(),
    })?;
    let (sent, mut notes) = (Sent::read(&own, to.url()), Notes::open(&own, to.url())?);
    let (failed, left_out) = (RefCell::new(None), LeftOut::default());
    let waiting = source.logs().map_while(|log| match log {
        Ok(log) => Some(log),
        Err(error) => {
            *failed.borrow_mut() = Some(error);
            None
        }
    });
    let waiting = waiting
        .flatten()
        .filter(|one| args.again || left_out.misses(one, &sent));
    let sending = lrs::send(waiting, transport.as_mut(), &mut notes);
    context.mention(&source.found.into_inner())?;
    if sending.stop.is_none() {
        tell(&to, &sending, &left_out, context)?;
    }
    match failed.into_inner() {
        Some(error) => Err(error.into()),
        None => outcome(&to, sending),
    }
}

/// Statements that are not sent, because the store was told before.
#[derive(Default)]
struct LeftOut {
    there: Cell<usize>,
    refused: Cell<usize>,
    /// Voided in the store, and counting here again.
    voided: Cell<usize>,
}

impl LeftOut {
    /// Whether a statement is still to be sent.
    fn misses(&self, one: &Statement, sent: &Sent) -> bool {
        let add = |to: &Cell<usize>| to.set(to.get() + 1);
        if one.once_voided_by.iter().any(|by| sent.holds(by)) {
            add(&self.voided);
        }
        if sent.holds(&one.id) {
            add(&self.there);
            return false;
        }
        if sent.was_refused(&one.id) {
            add(&self.refused);
            return false;
        }
        true
    }
}

fn tell<E>(to: &Endpoint, sending: &Sending<E>, left_out: &LeftOut, context: &Context) -> Result<()> {
    let there = match left_out.there.get() {
        0 => String::new(),
        there => format!("; {there} were sent before"),
    };
    let now = plural(sending.stored, "statement");
    context.ui.line(format!("sent to {}: {now}{there}", to.url()))?;
    if left_out.refused.get() > 0 {
        let refused = plural(left_out.refused.get(), "statement");
        context.ui.notice(&format!(
            "{refused} that the store refused before were not sent: --again sends them too"
        ))?;
    }
    if left_out.voided.get() > 0 {
        let voided = match left_out.voided.get() {
            1 => "1 statement counts here again and stays voided".to_owned(),
            more => format!("{more} statements count here again and stay voided"),
        };
        context
            .ui
            .notice(&format!("{voided} in the store: xAPI has no way back"))?;
    }
    Ok(())
}

fn outcome(to: &Endpoint, sending: Sending<DiskError>) -> Result<Outcome> {
    let url = to.url();
    if let Some(stop) = sending.stop {
        let before = format!("before that, {} went", plural(sending.stored, "statement"));
        let later = "the same command goes on behind what the store has";
        return Err(match stop {
            Stop::Denied(status) => {
                CliError::could_not(format!("{url} does not let this name and secret in ({status})"))
                    .hint(
                        "they come from --credentials FILE, or from UPWARDS_LRS_USER and UPWARDS_LRS_SECRET",
                    )
                    .hint("the store's administrator says whether they may write statements")
            }
            Stop::Later(why) => CliError::could_not(format!("{url} cannot now: {why}"))
                .hint(before)
                .hint(format!("later: {later}")),
            Stop::NoConnection(why) => CliError::could_not(format!("no connection to {url}: {why}"))
                .hint("a certificate of your own organisation: --ca FILE, or SSL_CERT_FILE")
                .hint("a proxy: HTTPS_PROXY, and NO_PROXY for whom it is not asked"),
            Stop::NoStore(status @ 300..=399) => CliError::could_not(format!(
                "{url} sends on to another address ({status}), and a secret is not sent on"
            ))
            .hint("give the address to which it leads"),
            Stop::NoStore(status) => {
                CliError::could_not(format!("{url} answers {status}, as no record store does"))
                    .hint("the address goes up to /statements and without it, often to /xAPI")
            }
            Stop::RefusesAll(why) => {
                CliError::could_not(format!("{url} refuses everything; the first: {why}"))
                    .hint("nothing was put aside; ask the store's administrator")
            }
            Stop::Stopped => CliError::stopped(format!("stopped; {before}; {later}")),
            Stop::Markers(error) => CliError::from(error)
                .hint("what the store took last is not noted; it is sent once more and kept once")
                .hint(before),
        });
    }
    refused(url, &sending)
}

/// What the store would not have, in its own words.
fn refused<E>(url: &str, sending: &Sending<E>) -> Result<Outcome> {
    /// More of them nobody reads at once.
    const SHOWN: usize = 5;
    let Some(first) = sending.refused.len().checked_sub(1) else {
        return Ok(Outcome::Done);
    };
    let count = plural(first + 1, "statement");
    let mut error = CliError::could_not(format!("{url} refused {count}; the others are there"));
    for one in sending.refused.iter().take(SHOWN) {
        let statement = &one.statement;
        error = error.hint(format!(
            "{} of {}, {}: {}",
            statement.id, statement.person, statement.day, one.why
        ));
    }
    if first >= SHOWN {
        error = error.hint(format!(
            "and {} more: sent.jsonl in your own folder",
            first + 1 - SHOWN
        ));
    }
    Err(error.hint("they were put aside and are not sent again, unless with --again"))
}

#[cfg(not(feature = "lrs"))]
fn transport(_: &XapiArgs, to: &Endpoint, _: &mut Context) -> Result<Box<dyn Transport>> {
    Err(
        CliError::could_not("this build has no network code, so it sends nothing")
            .hint("build one that does: cargo install --locked --path . --features lrs")
            .hint("or write a file, which any program can send: upwards export xapi -o statements.json")
            .hint(format!(
                "with curl: curl -K credentials.txt -H 'X-Experience-API-Version: 1.0.3' -H 'Content-Type: application/json' --data-binary @statements.json {}",
                to.url()
            )),
    )
}

#[cfg(feature = "lrs")]
fn transport(args: &XapiArgs, to: &Endpoint, context: &mut Context) -> Result<Box<dyn Transport>> {
    let outside = store_settings();
    let credentials = credentials(args, &outside, context)?;
    let trusted = match (&args.ca, &outside.trusted) {
        (Some(file), _) => Some(("--ca", file)),
        (None, Some(file)) => Some(("SSL_CERT_FILE", file)),
        (None, None) => None,
    };
    let pem = trusted.map(|(_, file)| small_file(file)).transpose()?;
    let proxy = outside.proxy.as_deref();
    let setup = lrs::Setup {
        trusted: pem.as_deref(),
        proxy: lrs::proxy_for(to, proxy, outside.no_proxy.as_deref()),
        is_stopped: ask::was_stopped,
    };
    let wire = lrs::HttpTransport::new(to, &credentials, setup).map_err(|why| {
        let what = match (why, trusted) {
            (lrs::WireError::NoCertificate, Some((flag, file))) => format!("{flag}: {file}"),
            _ => "HTTPS_PROXY or ALL_PROXY".to_owned(),
        };
        CliError::could_not(format!("{what}: {why}"))
    })?;
    Ok(Box::new(wire))
}

/// Name and secret: from a file that only the user can read and that travels nowhere, else from the environment.
#[cfg(feature = "lrs")]
fn credentials(args: &XapiArgs, outside: &StoreSettings, context: &mut Context) -> Result<Credentials> {
    let Some(file) = &args.credentials else {
        let (Some(user), Some(secret)) = (&outside.user, &outside.secret) else {
            return Err(CliError::usage("no name and secret for the record store")
                .hint("in the environment: UPWARDS_LRS_USER and UPWARDS_LRS_SECRET")
                .hint("or in a file that only you can read, NAME:SECRET in one line: --credentials FILE"));
        };
        return Credentials::new(user, secret)
            .map_err(|why| CliError::could_not(format!("UPWARDS_LRS_USER and UPWARDS_LRS_SECRET: {why}")));
    };
    let path = Path::new(file);
    let root = context.root()?;
    if disk::true_path(path).starts_with(disk::true_path(&root)) {
        return Err(CliError::could_not(format!(
            "{file} lies inside the workspace: everybody who shares it would get the secret"
        ))
        .hint("move it to your own folder, and have the store give you a new secret"));
    }
    if !disk::is_file(path) && !disk::is_stream(path) {
        return Err(CliError::could_not(format!("{file} is no file"))
            .hint("NAME:SECRET in one line, in a file that only you can read; links are not followed"));
    }
    if disk::is_loose(path)? {
        return Err(
            CliError::could_not(format!("others on this computer can read {file}"))
                .hint(format!("take the right from them: chmod 600 {file}")),
        );
    }
    let bytes = small_file(file)?;
    let text =
        std::str::from_utf8(&bytes).map_err(|_| CliError::could_not(format!("{file}: it is not UTF-8")))?;
    Credentials::parse(text).map_err(|why| CliError::could_not(format!("{file}: {why}")))
}

/// A file of which nobody has a large one.
#[cfg(feature = "lrs")]
fn small_file(file: &str) -> Result<Vec<u8>> {
    /// All certificates of a system are a quarter of a megabyte.
    const MOST: u64 = 2 << 20;
    disk::read_limited(Path::new(file), MOST)?
        .ok_or_else(|| CliError::could_not(format!("{file} is larger than 2 MB")))
}
