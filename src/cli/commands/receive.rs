mod copy;
mod packets;

use std::path::Path;

use clap::{Args, ValueEnum};

use crate::base::id::{DeviceId, EventId, page_beginning};
use crate::base::text::hanging;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Kind, Outcome, Result};
use crate::cli::history;
use crate::cli::pages::{Pages, Received};
use crate::cli::person::Subject;
use crate::cli::record::Recorder;
use crate::cli::rounds::Counts;
use crate::cli::wrap_up;
use crate::disk;
use crate::files::{self, WantCurricula};
use crate::interop::{
    self, Ground, Known, PastPractice, PastTalk, Receipt, Refused, Stated, event_id, mail_sender, mail_texts,
    normal_line, read_receipts, stray_lines,
};
use crate::model::event::{Event, Fact, Via};
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::packet;
use crate::progress::{Reason, count};
use crate::store::{self, Buffers};

/// Take in what came by mail: packets, and receipts of people without the program
///
/// A file is a packet, a receipt, or a saved mail that holds them. It is shown first, line by line: what is understood, what
/// is not and why, what is known already. The same file twice changes nothing.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards receive mail.eml\n  upwards receive ana-2026-03-16.packet\n  upwards receive eli.txt --dry-run\n  upwards receive - < mail.txt --yes\n  upwards receive note.txt --form spoken"
)]
pub(crate) struct ReceiveArgs {
    /// Packets, receipts, or mails with them; `-` reads standard input
    #[arg(required = true)]
    files: Vec<String>,
    /// How the words came in, if a page did not write them
    #[arg(long, value_enum, default_value = "mail")]
    form: FormArg,
    /// Take the lines that are understood although others are not
    #[arg(long)]
    skip_rejected: bool,
    /// Whose lines they are, where a mail has lines and no head
    #[arg(long, value_name = "PERSON")]
    from: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormArg {
    Mail,
    Paper,
    Spoken,
}

/// Largest file that is read: a mail with attachments.
const MOST: u64 = 32 * 1024 * 1024;

/// So many receipts are read from one file.
const MOST_RECEIPTS: usize = 200;

/// One line of a receipt that became an event.
struct Taken {
    number: usize,
    day: Date,
    id: EventId,
    fact: Fact<'static>,
    is_known: bool,
}

/// A receipt with what its lines became.
struct Understood {
    subject: Subject,
    page: Option<DeviceId>,
    taken: Vec<Taken>,
    /// Lines that are known and say nothing new any more.
    known_only: usize,
    refused: Vec<Refused>,
    /// What is said besides, line by line.
    remarks: Vec<(usize, String)>,
    /// Counts of a page without a record, to be noted with the events made of them.
    received: Vec<Received>,
}

pub(crate) fn run(args: &ReceiveArgs, context: &mut Context) -> Result<Outcome> {
    let mut is_refused = false;
    let mut failed: Vec<&str> = Vec::new();
    for file in &args.files {
        match receive(args, context, file) {
            Ok(refused) => is_refused |= refused,
            // Of many files one that is wrong stops no other; it is named, and why.
            Err(error) if args.files.len() > 1 && error.kind == Kind::CouldNot => {
                context.ui.notice(&format!("{file}: {}", error.message))?;
                for hint in &error.hints {
                    context.ui.notice(&format!("  {hint}"))?;
                }
                failed.push(file);
            }
            Err(error) => return Err(error),
        }
    }
    if !failed.is_empty() {
        return Err(CliError::could_not(format!(
            "{} of {} files could not be received: {}",
            failed.len(),
            args.files.len(),
            failed.join(", ")
        ))
        .hint("the others were; mend these and receive them again: what is known is taken once"));
    }
    if is_refused {
        return Err(
            CliError::could_not("some lines were not understood; they are named above")
                .hint("mend them and receive the whole receipt again: what is known is taken once"),
        );
    }
    Ok(Outcome::Done)
}

/// Takes one file in; whether something of it was refused.
fn receive(args: &ReceiveArgs, context: &mut Context, file: &str) -> Result<bool> {
    let mut is_refused = false;
    let (texts, sender) = texts_of(context, file)?;
    let (packets, mut texts): (Vec<String>, Vec<String>) =
        texts.into_iter().partition(|text| packet::is_packet(text));
    for text in &packets {
        is_refused |= packets::receive(args, context, file, text)?;
    }
    let mut receipts = receipts_in(&texts);
    if let (Some(person), true) = (&args.from, receipts.is_empty()) {
        // Lines without a head are theirs whom the receiver names.
        for text in &mut texts {
            *text = format!("upwards receipt for {person}\n{}", from_first_fact(text));
        }
        receipts = receipts_in(&texts);
        receipts.retain(|receipt| !receipt.lines.is_empty() || !receipt.refused.is_empty());
    }
    let mut strays: Vec<Refused> = texts.iter().flat_map(|text| stray_lines(text)).collect();
    strays.dedup_by(|a, b| a.text == b.text);
    for stray in &strays {
        context.ui.notice(&format!(
            "note: {file}, line {}: {} ({})",
            stray.number, stray.why, stray.text
        ))?;
    }
    if receipts.is_empty() && !packets.is_empty() {
        return Ok(is_refused);
    }
    if receipts.is_empty() && texts.iter().any(|text| packet::is_pack(text)) {
        return Err(
            CliError::could_not(format!("{file} is a pack of material, no packet"))
                .hint(format!("cases: upwards cases add {file}"))
                .hint(format!("a curriculum: upwards curricula unpack {file}")),
        );
    }
    let workspace = context.workspace(WantCurricula::InUse)?;
    let me = context.actor(&workspace, Some(Role::Leader))?;
    if receipts.is_empty() {
        let error = CliError::could_not(format!("there is no packet and no receipt in {file}"))
            .hint("a receipt begins with the line: upwards receipt for PERSON")
            .hint("its lines, with an example of each: upwards help receipt");
        return Err(if strays.is_empty() {
            error
        } else {
            error.hint("or say whose lines they are: --from PERSON")
        });
    }
    if receipts.len() > MOST_RECEIPTS {
        return Err(CliError::could_not(format!(
            "{file} holds {} receipts, at most {MOST_RECEIPTS} are read at once",
            receipts.len()
        ))
        .hint("nothing was taken; part the file"));
    }
    for receipt in receipts {
        is_from_them(context, file, &workspace, sender.as_deref(), &receipt)?;
        let understood = understand(context, &receipt, me.as_str())?;
        is_refused |= !understood.refused.is_empty();
        show(context, file, &receipt, &understood)?;
        take(args, context, &understood, &receipt, me.as_str())?;
    }
    Ok(is_refused)
}

/// A text from the first line on that states a fact.
fn from_first_fact(text: &str) -> String {
    let Some(first) = stray_lines(text).first().map(|stray| stray.number) else {
        return String::new();
    };
    text.lines().skip(first - 1).collect::<Vec<_>>().join("\n")
}

/// The texts in a file, and where it is a mail the address it says that it is from.
fn texts_of(context: &Context, file: &str) -> Result<(Vec<String>, Option<String>)> {
    let bytes = if file == "-" {
        context.stdin(MOST)?
    } else {
        disk::read_limited(Path::new(file), MOST)?
    };
    let bytes = bytes.ok_or_else(|| CliError::could_not(format!("{file} is larger than 32 MiB")))?;
    Ok((mail_texts(&bytes), mail_sender(&bytes)))
}

/// Says it where a mail is from somebody else than its receipt is for. Where nobody can answer for that nothing is taken:
/// anybody can put anybody's receipt into a mail.
fn is_from_them(
    context: &Context,
    file: &str,
    workspace: &Workspace,
    sender: Option<&str>,
    receipt: &Receipt,
) -> Result<()> {
    let (Some(sender), Some(person)) = (sender, named(workspace, &receipt.person)) else {
        return Ok(());
    };
    let is = |address: &Option<String>| address.as_deref().is_some_and(|a| a.eq_ignore_ascii_case(sender));
    let owns = |p: &&Person| is(&p.email) || is(&p.assistant_email);
    if person.email.is_none() || owns(&person) {
        return Ok(());
    }
    let told = format!(
        "{file} says that it is from {sender}, and it holds a receipt of {}",
        person.name
    );
    match workspace.people.iter().find(owns) {
        // Leaders forward what came to them.
        Some(other) if other.is(Role::Leader) => Ok(()),
        Some(other) if !context.can_prompt() || context.global.yes => Err(CliError::could_not(format!(
            "{told}; that is an address of {}",
            other.name
        ))
        .hint("nothing of it was taken; is it right? Answer for it on a terminal, without --yes")),
        _ => context.ui.notice(&format!("note: {told}")),
    }
}

fn receipts_in(texts: &[String]) -> Vec<Receipt> {
    let mut receipts: Vec<Receipt> = Vec::new();
    for text in texts {
        for receipt in read_receipts(text) {
            // The text and the HTML of one mail, or the mail and what is attached to it, say the same.
            let is_same = |other: &Receipt| {
                let words = |r: &Receipt| {
                    r.lines
                        .iter()
                        .map(|l| (l.day, l.stated.clone()))
                        .collect::<Vec<_>>()
                };
                other.person == receipt.person
                    && other.page == receipt.page
                    && other.recorded_by == receipt.recorded_by
                    && words(other) == words(&receipt)
            };
            if !receipts.iter().any(is_same) {
                receipts.push(receipt);
            }
        }
    }
    receipts
}

/// Looks everything up; a wrong person, page or workspace ends the command before anything is written.
fn understand(context: &mut Context, receipt: &Receipt, me: &str) -> Result<Understood> {
    if let Some(head) = receipt
        .refused
        .iter()
        .find(|refused| refused.number == receipt.number)
    {
        return Err(CliError::could_not(format!(
            "line {}, the head of the receipt: {}",
            head.number, head.why
        ))
        .hint("nothing of it is taken: without its head nobody knows whose it is"));
    }
    let mut subject = subject(context, receipt)?;
    let page = page(receipt, &subject)?;
    let person = subject.person.id.to_string();
    let own_word = receipt.recorded_by.as_deref().is_none_or(|by| by == person);
    let (mut practices, talks) = past(context, &subject)?;
    let mut buffers = Buffers::default();
    let log = store::read_person(&subject.tree, subject.person.id.as_str(), &mut buffers)?;
    let events = log.in_order();
    let mut refused = receipt.refused.clone();
    let retained = context.sound(files::load_retained(&subject.tree))?;
    let mut taken: Vec<Taken> = Vec::new();
    let mut known_only = 0;
    let mut remarks: Vec<(usize, String)> = Vec::new();
    let pages = if context.global.demo {
        Pages::default()
    } else {
        Pages::read(&context.environment.home)?
    };
    let mut counts = Counts::new(
        &pages,
        &subject.workspace.settings,
        page.as_ref(),
        context.now.today,
    );
    for line in &receipt.lines {
        let normal = normal_line(line.day, &line.stated);
        let mut refuse = |why: String| {
            refused.push(Refused {
                number: line.number,
                text: normal.clone(),
                why,
            });
        };
        if line.day > context.now.today {
            refuse(format!("{} is still to come", line.day));
            continue;
        }
        if matches!(line.stated, Stated::Recalled { .. }) {
            let Some(page) = &page else {
                refuse("answers count only where a page asked the question".to_owned());
                continue;
            };
            if !own_word {
                refuse("somebody else's answers tell nothing of what the person knows".to_owned());
                continue;
            }
            let newer = events.iter().any(|event| {
                event.device.as_ref() == page.as_str()
                    && event.day > line.day
                    // A clock that was wrong shuts nobody out.
                    && event.day <= context.now.today
                    && matches!(event.fact, Fact::Recalled { .. })
            });
            if newer {
                refuse("this page has told something newer since".to_owned());
                continue;
            }
        }
        let ground = Ground {
            workspace: &subject.workspace,
            person: subject.person.id.as_str(),
            own_word,
            from_page: page.is_some(),
            practices: &practices,
            talks: &talks,
        };
        let id_of = |stated: &Stated| {
            let line = normal_line(line.day, stated);
            // What an assistant wrote down is another fact than the person's own word on the same.
            let recorded_by = receipt.recorded_by.as_deref().filter(|_| !own_word);
            event_id(&person, receipt.page.as_deref(), recorded_by, &line)
        };
        let is_known = |id: EventId| events.iter().any(|event| event.id == id);
        let resolved = match &line.stated {
            Stated::Recalled {
                capability,
                known: Known::RightOf { right, of, made },
            } => counts.resolve(&ground, line, capability, (*right, *of, *made), &events),
            Stated::Recalled {
                capability,
                known: Known::Capsule(entries),
            } => match counts.may_know(&ground, capability, line.day, entries) {
                Err(why) => Err(why),
                Ok(is_known_page) => {
                    let came_before = events
                        .iter()
                        .any(|event| page.as_ref().is_some_and(|page| *event.device == *page.as_str()));
                    if !is_known_page && !came_before {
                        let told = t!(
                            "receive.unknown_page",
                            "this computer did not make the page: nothing here tells that it asked so much, it is the person's word"
                        );
                        remarks.push((line.number, told));
                    }
                    interop::resolve(line, &ground)
                }
            },
            _ => interop::resolve(line, &ground),
        };
        match resolved {
            Ok((fact, whole)) => {
                let id = id_of(&whole);
                if !is_known(id)
                    && let Some(why) = too_old(line.day, retained)
                {
                    refuse(why);
                    continue;
                }
                let said = changed_since(&subject, &fact).into_iter();
                let said = said.chain(contradicts(&subject, line.day, id, &fact, &events));
                let said = said.chain(contradicts_itself(&taken, line.day, id, &fact));
                remarks.extend(said.map(|text| (line.number, text)));
                if taken.iter().any(|taken: &Taken| taken.id == id) {
                    continue;
                }
                // A second figure may follow in the same receipt.
                if !is_known(id)
                    && let Fact::Practised(practised) = &fact
                {
                    practices.push(PastPractice {
                        event: id,
                        curriculum: practised.curriculum.to_string(),
                        step: practised.step.to_string(),
                        day: line.day,
                        waits: false,
                        open_figure: practised
                            .measure
                            .as_ref()
                            .map(|m| m.before)
                            .filter(|_| practised.personal),
                    });
                }
                taken.push(Taken {
                    number: line.number,
                    day: line.day,
                    id,
                    fact,
                    is_known: is_known(id),
                });
            }
            Err(why) => {
                // What is known may no longer find what it was about.
                let known = interop::whole(&ground, &line.stated).is_ok_and(|whole| is_known(id_of(&whole)));
                if known {
                    known_only += 1;
                } else {
                    refuse(why);
                }
            }
        }
    }
    refused.sort_by_key(|refused| refused.number);
    let Counts {
        received, changed, ..
    } = counts;
    let changed = changed.len();
    if changed > 0 {
        remarks.push((
            receipt.number,
            t_n!(
                "receive.changed",
                changed,
                "{n} question that this page asked has changed since: what was known of it counts no more",
                "{n} questions that this page asked have changed since: what was known of them counts no more"
            ),
        ));
    }
    // From here on with the receiver's eyes: nothing private of anybody is on this computer.
    subject.by = me
        .parse()
        .map_err(|_| CliError::could_not("who receives is nobody here"))?;
    Ok(Understood {
        subject,
        page,
        taken,
        known_only,
        refused,
        remarks,
        received,
    })
}

/// What the log says otherwise of the same day. Both stay: it is the person's word, and who receives it shall see that.
fn contradicts(
    subject: &Subject,
    day: Date,
    id: EventId,
    fact: &Fact<'_>,
    events: &[&Event<'_>],
) -> Option<String> {
    let person = subject.person.id.as_str();
    let counted = count(events, subject.as_of);
    let (_, other) = events.iter().enumerate().find(|(place, event)| {
        if !counted.counts(*place) {
            return false;
        }
        let is_theirs = *event.by == *person || matches!(event.fact, Fact::Practised(_));
        event.day == day && event.id != id && is_theirs && is_other(fact, &event.fact)
    })?;
    Some(t!(
        "receive.contradicts",
        "the log has it otherwise, by {device}: {what}",
        device = other.device,
        what = history::words(subject, &other.fact)
    ))
}

/// Whether two facts are on the same thing and say different things of it.
fn is_other(fact: &Fact<'_>, other: &Fact<'_>) -> bool {
    match (fact, other) {
        (Fact::Practised(a), Fact::Practised(b)) => {
            (&a.curriculum, &a.step) == (&b.curriculum, &b.step)
                && (&a.evidence, a.personal, &a.measure) != (&b.evidence, b.personal, &b.measure)
        }
        (Fact::Met(a), Fact::Met(b)) => {
            a.meeting == b.meeting
                && (a.minutes, a.attendance, &a.role, &a.capabilities)
                    != (b.minutes, b.attendance, &b.role, &b.capabilities)
        }
        (Fact::Aimed { text: a, .. }, Fact::Aimed { text: b, .. }) => a != b,
        (
            Fact::Measured {
                after: a,
                reference: x,
                ..
            },
            Fact::Measured {
                after: b,
                reference: y,
                ..
            },
        ) => x == y && a != b,
        _ => false,
    }
}

/// What another line of the same receipt says otherwise.
fn contradicts_itself(taken: &[Taken], day: Date, id: EventId, fact: &Fact<'_>) -> Option<String> {
    let other = taken
        .iter()
        .find(|taken| taken.day == day && taken.id != id && is_other(fact, &taken.fact))?;
    Some(t!(
        "receive.contradicts_itself",
        "line {n} of the same receipt says it otherwise",
        n = other.number
    ))
}

/// Why a line that is not here is not taken in: old lines were removed here, and those of their days stay out.
fn too_old(day: Date, retained: Option<Date>) -> Option<String> {
    let before = retained.filter(|before| day < *before)?;
    Some(t!(
        "receive.too_old",
        "lines of days before {before} were removed here as too old (upwards privacy retain)",
        before = before
    ))
}

/// What is to be said of a line that is understood: the step has changed since.
fn changed_since(subject: &Subject, fact: &Fact<'_>) -> Option<String> {
    let (curriculum, step, rev) = match fact {
        Fact::Finished {
            curriculum,
            step,
            rev,
        } => (curriculum, step, *rev),
        Fact::Practised(practised) => (&practised.curriculum, &practised.step, practised.rev),
        _ => return None,
    };
    let now = subject.workspace.curriculum(curriculum)?.step(step)?.rev;
    (rev < now).then(|| {
        t!(
            "receive.old_revision",
            "it was done as revision {rev}; the step has changed since and is now revision {now}",
            rev = rev,
            now = now
        )
    })
}

/// Somebody by the id, or by a name that only they have.
fn named<'w>(workspace: &'w Workspace, typed: &str) -> Option<&'w Person> {
    let mut of_the_name = workspace.people.iter().filter(|p| p.name.to_lowercase() == typed);
    workspace
        .person(typed)
        .or_else(|| of_the_name.next().filter(|_| of_the_name.next().is_none()))
}

fn subject(context: &mut Context, receipt: &Receipt) -> Result<Subject> {
    let workspace = context.workspace(WantCurricula::None)?;
    if let Some(made_for) = &receipt.workspace
        && made_for != workspace.settings.id.as_str()
    {
        return Err(CliError::could_not(format!(
            "this receipt was made for the workspace {made_for}, this one is {}",
            workspace.settings.id
        ))
        .hint("receive it there: -w DIR"));
    }
    if workspace.erased.contains(receipt.person.as_str()) {
        return Err(CliError::could_not(format!(
            "{} was erased here: nothing about them is taken",
            receipt.person
        )));
    }
    let id = match named(&workspace, &receipt.person) {
        Some(person) => person.id.to_string(),
        None => context.person(&workspace, &receipt.person)?.id.to_string(),
    };
    Subject::named(context, &id)
}

/// The page as the device it is; one of somebody else is refused.
fn page(receipt: &Receipt, subject: &Subject) -> Result<Option<DeviceId>> {
    let Some(typed) = &receipt.page else {
        return Ok(None);
    };
    let beginning = page_beginning(subject.person.id.as_str());
    if !typed.starts_with(&beginning) {
        return Err(CliError::could_not(format!(
            "the page {typed} is not one of {}: theirs begin with {beginning}",
            subject.person.name
        ))
        .hint("was it filled in by somebody else? Then it is that person's receipt"));
    }
    let page = typed
        .parse()
        .map_err(|e| CliError::could_not(format!("page {typed}: {e}")))?;
    Ok(Some(page))
}

fn past(context: &Context, subject: &Subject) -> Result<(Vec<PastPractice>, Vec<PastTalk>)> {
    let (mut practices, mut talks) = (Vec::new(), Vec::new());
    let people = |with: &[std::borrow::Cow<'_, str>]| {
        let mut people: Vec<String> = with.iter().map(ToString::to_string).collect();
        people.push(subject.person.id.to_string());
        people.sort();
        people.dedup();
        people
    };
    for curriculum in &subject.workspace.curricula {
        subject.view(context, curriculum, |view| {
            practices.extend(view.progress.practices.iter().map(|p| {
                PastPractice {
                    event: p.event.id,
                    curriculum: curriculum.id.to_string(),
                    step: p.step.to_owned(),
                    day: p.event.day,
                    waits: p.why_not == Some(Reason::WaitingToBeConfirmed),
                    open_figure: p
                        .practised
                        .measure
                        .as_ref()
                        .map(|measure| measure.before)
                        .filter(|_| p.why_not.is_none() && p.measured.is_none()),
                }
            }));
            talks.extend(view.progress.meetings.iter().map(|m| PastTalk {
                meeting: m.meeting.to_owned(),
                people: people(&m.met.with),
                held_on: Some(m.event.day),
            }));
            talks.extend(view.progress.invitations.iter().map(|i| PastTalk {
                meeting: i.invited.meeting.to_string(),
                people: people(&i.invited.with),
                held_on: None,
            }));
            Ok(())
        })?;
    }
    Ok((practices, talks))
}

fn show(context: &Context, file: &str, receipt: &Receipt, understood: &Understood) -> Result<()> {
    let ui = &context.ui;
    let name = &understood.subject.person.name;
    let facts = t_n!("receive.facts", understood.taken.len(), "{n} fact", "{n} facts");
    let page = understood
        .page
        .as_ref()
        .map(|page| t!("receive.page", ", page {page}", page = page))
        .unwrap_or_default();
    ui.line(t!(
        "receive.title",
        "{file}: a receipt for {name}{page}, {facts}, {refused} refused",
        file = file,
        name = name,
        page = page,
        facts = facts,
        refused = understood.refused.len()
    ))?;
    ui.line("")?;
    let columns = ui.prose_width();
    for taken in &understood.taken {
        let head = format!(
            "  {} ",
            t!("receive.line", "line {n}", n = format!("{:<4}", taken.number))
        );
        let words = history::words(&understood.subject, &taken.fact);
        let words = if taken.is_known {
            t!("receive.known", "{what} (known already)", what = words)
        } else {
            words
        };
        ui.lines(hanging(&head, &format!("{}  {words}", taken.day), columns))?;
        let said = understood
            .remarks
            .iter()
            .filter(|(number, _)| *number == taken.number);
        for (_, remark) in said {
            ui.lines(hanging(&" ".repeat(head.len()), remark, columns))?;
        }
    }
    for (_, remark) in understood
        .remarks
        .iter()
        .filter(|(number, _)| *number == receipt.number)
    {
        ui.lines(hanging("  ", remark, columns))?;
    }
    for refused in &understood.refused {
        let head = format!(
            "  {} ",
            t!("receive.line", "line {n}", n = format!("{:<4}", refused.number))
        );
        let why = t!("receive.refused", "refused: {why}", why = refused.why);
        ui.lines(hanging(&head, &why, columns))?;
        ui.lines(hanging(&" ".repeat(head.len()), &refused.text, columns))?;
    }
    for aside in &receipt.asides {
        let head = format!(
            "  {} ",
            t!("receive.line", "line {n}", n = format!("{:<4}", aside.number))
        );
        let told = t!(
            "receive.aside",
            "no line of the receipt, left out: {text}",
            text = aside.text
        );
        ui.lines(hanging(&head, &told, columns))?;
    }
    if understood.taken.is_empty() {
        return Ok(());
    }
    ui.line("")?;
    let by = receipt.recorded_by.as_deref();
    ui.prose(
        &match by {
            Some(by) => t!(
                "receive.whose.other",
                "Recorded by {by} for {name}: practices wait for {name}'s own word.",
                by = understood.subject.workspace.name_of(by),
                name = name
            ),
            None => t!(
                "receive.whose",
                "In {name}'s words; who typed them is not known. {name} can contest each line (upwards confirm).",
                name = name
            ),
        },
        0,
    )
}

fn take(
    args: &ReceiveArgs,
    context: &mut Context,
    understood: &Understood,
    receipt: &Receipt,
    me: &str,
) -> Result<()> {
    let new: Vec<&Taken> = understood.taken.iter().filter(|taken| !taken.is_known).collect();
    let known = understood.taken.len() - new.len() + understood.known_only;
    if known + new.len() == 0 {
        return Ok(());
    }
    if new.is_empty() {
        return context.ui.line(t_n!(
            "receive.nothing",
            known,
            "0 new, {n} known.",
            "0 new, {n} known."
        ));
    }
    if context.global.dry_run {
        return context.ui.line(t!("dry_run", "Dry run, nothing was written."));
    }
    let is_asked = context.can_prompt() && !context.global.yes;
    if !understood.refused.is_empty() && !is_asked && !args.skip_rejected {
        return Err(CliError::could_not(format!(
            "{} refused; nothing was written: all or nothing",
            lines_words(understood.refused.len())
        ))
        .hint("take the good lines: add --skip-rejected"));
    }
    let question = t_n!(
        "receive.take",
        new.len(),
        "Take the one good line?",
        "Take the {n} good lines?"
    );
    if !context.agreed("receive.yes", &question, "--yes")? {
        return context.ui.line(t!("nothing_written", "Nothing was written."));
    }
    let subject = &understood.subject;
    let before = wrap_up::standing(context, subject)?;
    let mut recorder = Recorder::new(context, &subject.workspace.settings)?;
    recorder.begin();
    let via = Via {
        by: me.to_owned().into(),
        form: match (&understood.page, args.form) {
            (Some(_), _) => "page",
            (None, FormArg::Mail) => "mail",
            (None, FormArg::Paper) => "paper",
            (None, FormArg::Spoken) => "spoken",
        }
        .into(),
    };
    let person = understood.subject.person.id.to_string();
    let by = receipt.recorded_by.as_deref().unwrap_or(&person);
    let lines: Vec<(Date, EventId, Fact<'static>)> = new
        .iter()
        .map(|taken| (taken.day, taken.id, taken.fact.clone()))
        .collect();
    // First the counts: one without its event does no harm, an event without its count would be taken for more than it is.
    if let Some(page) = &understood.page
        && !understood.received.is_empty()
        && !context.global.demo
    {
        let home = &context.environment.home;
        Pages::note_received(
            home,
            subject.workspace.settings.id.as_str(),
            page,
            &understood.received,
        )?;
    }
    let file = recorder.record_received(
        subject.person.id.as_str(),
        by,
        understood.page.as_ref(),
        &via,
        &lines,
    )?;
    wrap_up::milestones(context, subject, &mut recorder)?;
    context.ui.line(t_n!(
        "receive.saved",
        new.len(),
        "Saved {n} event in {file}.",
        "Saved {n} events in {file}.",
        file = file
    ))?;
    let after = wrap_up::standing(context, subject)?;
    wrap_up::changes(context, subject, &before, &after)
}

fn lines_words(n: usize) -> String {
    crate::base::words::plural(n, "line")
}
