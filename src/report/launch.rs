//! The launch kit: three short texts that a leader edits and hands out before the first mail. Every fact in them is the
//! workspace's; what they say of privacy is what `privacy show` says.

use super::privacy::{PrivateField, SharedField};
use super::readers::Readers;
use crate::base::text::{capitalised, wrap};
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Seconds};
use crate::base::words::and_list;
use crate::model::curriculum::Curriculum;
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;

/// Columns of the texts, as prose on screens.
const COLUMNS: usize = 72;

/// Files of the kit with their texts, for whoever leads on a day. `curriculum` is the first in use.
pub fn launch_kit(
    workspace: &Workspace,
    curriculum: Option<&Curriculum>,
    today: Date,
) -> [(&'static str, String); 3] {
    [
        ("launch/charter.md", charter(workspace, curriculum, today)),
        ("launch/data-protection.md", data_protection(workspace, today)),
        ("launch/kick-off.md", kick_off(workspace, today)),
    ]
}

fn charter(workspace: &Workspace, curriculum: Option<&Curriculum>, today: Date) -> String {
    let settings = &workspace.settings;
    let mut text = heading(&t!(
        "launch.charter",
        "Educating upwards at {name}",
        name = settings.name
    ));
    let mut add = |what: String, words: &str| text.push_str(&paragraph(&what, words));
    add(
        t!("launch.why", "Why"),
        &t!(
            "launch.why.text",
            "One process of each of us becomes more efficient, by our own hands. What it is about cannot be delegated, and nobody can have the experience for us."
        ),
    );
    if let Some(who) = who(workspace, today) {
        add(t!("launch.who", "Who"), &who);
    }
    if let Some(curriculum) = curriculum {
        let steps = curriculum.live_steps();
        let seconds: Seconds = steps
            .map(|(_, step)| step.seconds(settings.plan.seconds_per_question))
            .sum();
        add(
            t!("launch.what", "What"),
            &t_n!(
                "launch.what.text",
                curriculum.modules.len(),
                "{title}: {n} module, {minutes} minutes in all, in pieces of ten.",
                "{title}: {n} modules, {minutes} minutes in all, in pieces of ten.",
                title = curriculum.title,
                minutes = seconds.minutes().0
            ),
        );
        if let Some(means) = curriculum.what_ready_means() {
            add(t!("launch.ready", "Ready"), &means);
        }
    }
    let practice = if settings.practice.public {
        t!(
            "launch.practice.public",
            "one practice of your own in public, or as a draft"
        )
    } else {
        t!("launch.practice.draft", "one practice of your own, as a draft")
    };
    add(
        t!("launch.ask", "We ask"),
        &t!(
            "launch.ask.text",
            "ten minutes a week, a talk a month, {practice}, and one number before it and again {days} days later.",
            practice = practice,
            days = settings.practice.second_measure_days
        ),
    );
    add(
        t!("launch.never", "We do not"),
        &t!(
            "launch.never.text",
            "rank people, look at answers, or name anybody in a report outside this room. Of fewer than {n} people no report without names says where they stand.",
            n = settings.privacy.min_group
        ),
    );
    add(
        t!("launch.stop", "Stop if"),
        &t!("launch.stop.text", "nobody has practised after six weeks."),
    );
    text
}

/// How many take part, who leads, who mentors; `None` while nobody does.
fn who(workspace: &Workspace, today: Date) -> Option<String> {
    let here: Vec<&Person> = workspace
        .people
        .iter()
        .filter(|p| p.is_here(today) && !p.external)
        .collect();
    let executives = here.iter().filter(|p| p.is(Role::Executive)).count();
    let names = |role: Role| -> Vec<&str> {
        let those = here.iter().filter(|p| p.is(role));
        those.map(|p| p.name.as_str()).collect()
    };
    let mut parts = Vec::new();
    if executives > 0 {
        parts.push(t_n!(
            "launch.executives",
            executives,
            "{n} executive",
            "{n} executives"
        ));
    }
    match names(Role::Leader).as_slice() {
        [] => {}
        leaders => parts.push(t_n!(
            "launch.leads",
            leaders.len(),
            "{names} leads",
            "{names} lead",
            names = and_list(leaders)
        )),
    }
    match names(Role::Mentor).as_slice() {
        [] => {}
        mentors => parts.push(t_n!(
            "launch.mentors",
            mentors.len(),
            "mentor {names}",
            "mentors {names}",
            names = and_list(mentors)
        )),
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
}

fn data_protection(workspace: &Workspace, today: Date) -> String {
    let settings = &workspace.settings;
    // One person stands for all: of each it is their own folder.
    let readers = Readers::of(workspace, &t!("launch.person", "PERSON"), today);
    let list = |words: Vec<String>| format!("{}.", words.join("; "));
    let mut text = heading(&t!(
        "launch.data",
        "What {name} keeps about you, and who reads it",
        name = settings.name
    ));
    let mut add = |what: String, words: &str| text.push_str(&paragraph(&what, words));
    let kept = SharedField::ALL
        .into_iter()
        .filter(|field| *field != SharedField::Newer)
        .map(SharedField::shown);
    add(
        t!("launch.kept", "Kept"),
        &t!(
            "launch.kept.text",
            "{fields} Each line carries a day, never a time of day.",
            fields = list(kept.collect())
        ),
    );
    add(
        t!("launch.yours", "Never leaves your computer"),
        &list(PrivateField::ALL.into_iter().map(PrivateField::shown).collect()),
    );
    add(
        t!("launch.readers", "Who reads it"),
        &format!("{}. {}", capitalised(&readers.who()), readers.layout_sentence()),
    );
    add(
        t!("launch.months", "How long"),
        &if settings.privacy.retain_months == 0 {
            t!(
                "launch.months.none",
                "until you ask {leaders} to erase it; then your id stays in a list of the erased, so that a late copy does not bring it back.",
                leaders = readers.leaders()
            )
        } else {
            t_n!(
                "launch.months.text",
                settings.privacy.retain_months,
                "{n} month after the last of it, or until you ask {leaders} to erase it.",
                "{n} months after the last of it, or until you ask {leaders} to erase it.",
                leaders = readers.leaders()
            )
        },
    );
    add(
        t!("launch.not_for", "Not used for"),
        &t!("launch.not_for.text", "appraisal, pay, selection."),
    );
    add(
        t!("launch.see", "See it yourself"),
        &t!(
            "launch.see.text",
            "upwards privacy show; without the program, ask {leaders} for it.",
            leaders = readers.leaders()
        ),
    );
    add(
        t!("launch.basis", "Basis, contact"),
        &t!(
            "launch.basis.text",
            "[to be filled in with the data-protection officer and, where there is one, the works council, before the first mail]"
        ),
    );
    text
}

fn kick_off(workspace: &Workspace, today: Date) -> String {
    let leaders = workspace.leaders(today).filter(|p| !p.external);
    let leaders: Vec<&str> = leaders.map(|p| p.name.as_str()).collect();
    let body = t!(
        "launch.kick_off.text",
        "attached is one page for ten minutes: a case, some questions, one thing to do yourself. Save it, open it in your browser, and mail me what it shows at the end. Before anything else it asks what costs you most. I read that, and what you did; not what you missed."
    );
    let subject = t!("launch.kick_off.subject", "Subject: ten minutes, one process");
    let name = t!("launch.kick_off.name", "[name]");
    let sentence = wrap(&format!("{name}, {body}"), COLUMNS).join("\n");
    format!("{subject}\n\n{sentence}\n\n{}\n", and_list(&leaders))
}

fn heading(title: &str) -> String {
    format!("# {title}\n")
}

fn paragraph(what: &str, words: &str) -> String {
    format!("\n{}\n", wrap(&format!("**{what}** {words}"), COLUMNS).join("\n"))
}
