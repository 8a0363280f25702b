//! What is shipped is tested like code: how much there is, how long it is, that every figure can be doubted, that questions
//! cannot be guessed by their form, and that every case is found by somebody who looks for it.

use std::collections::{BTreeMap, BTreeSet};

use upwards::base::id::CurriculumId;
use upwards::embedded;
use upwards::files::{CaseFolder, built_in_curricula, load_curriculum};
use upwards::model::case::Case;
use upwards::model::curriculum::{Curriculum, Question, Step, StepKind, TalkWith};

use crate::support::Sandbox;

const CURRICULA: [&str; 4] = [
    "efficiency",
    "generative-ai-judgement",
    "open-innovation",
    "reverse-mentoring",
];

fn curriculum(id: &str) -> Curriculum {
    let id: CurriculumId = id.parse().expect("an id");
    load_curriculum(&embedded::curricula(), &id)
        .value
        .expect("it is sound")
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for id in CURRICULA {
        let folder =
            CaseFolder::open(&embedded::curricula(), &id.parse().expect("an id")).expect("it is there");
        cases.extend(
            folder
                .ids()
                .iter()
                .map(|id| folder.load(id, "en").value.expect("it is sound")),
        );
    }
    cases
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[test]
fn there_are_as_many_cases_as_promised_and_many_are_recent() {
    let cases = cases();
    assert!(cases.len() >= 44, "{}", cases.len());
    let ids: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), cases.len(), "no id twice in the library");
    assert!(cases.iter().filter(|case| case.years.1 >= 2018).count() >= 10);
    assert!(cases.iter().filter(|case| case.failed).count() >= 8);
    let functions: BTreeSet<&str> = cases
        .iter()
        .flat_map(|case| &case.functions)
        .map(upwards::base::id::Slug::as_str)
        .collect();
    for function in [
        "customer-service",
        "marketing",
        "innovation",
        "internal",
        "leadership",
        "governance",
        "risk",
    ] {
        assert!(functions.contains(function), "{function}");
    }
}

#[test]
fn every_case_is_read_aloud_in_four_minutes() {
    for case in cases() {
        let brief = words(&case.brief);
        assert!((50..=110).contains(&brief), "{}: brief of {brief} words", case.id);
        let all = [
            &case.brief,
            &case.since,
            &case.challenge,
            &case.action,
            &case.result,
            &case.cost,
            &case.takeaway,
            &case.fails_if,
        ];
        let all = all.into_iter().chain(&case.backfire).chain(&case.ask);
        let all: usize = all.map(|text| words(text)).sum();
        assert!((250..=450).contains(&all), "{}: {all} words", case.id);
        assert_eq!(case.ask.len(), 2, "{}", case.id);
    }
}

#[test]
fn every_figure_has_base_year_and_a_source_that_is_there() {
    for case in cases() {
        assert!(case.claims.len() >= 2, "{}", case.id);
        for claim in &case.claims {
            let place = format!("{}.{}", case.id, claim.id);
            assert!(
                case.sources.iter().any(|source| source.id == claim.source),
                "{place}"
            );
            assert!(
                words(&claim.base) >= 2 && !claim.unit.is_empty() && claim.years.0 >= 1990,
                "{place}"
            );
        }
        assert!(
            case.sources.iter().all(|source| !source.address.is_empty()),
            "{}",
            case.id
        );
        let contested = case.claims.iter().filter(|claim| claim.contested_by.is_some());
        assert!(
            contested
                .clone()
                .all(|claim| claim.shown_grade().starts_with("contested")),
            "{}",
            case.id
        );
    }
    let all = cases();
    let contested = all
        .iter()
        .flat_map(|case| &case.claims)
        .filter(|claim| claim.contested_by.is_some());
    assert!(contested.count() >= 40, "a number to doubt in most cases");
}

/// What the pages of facts mark as not established, wrong or only remembered.
#[test]
fn nothing_that_is_marked_as_unverified_is_shipped() {
    let tree = embedded::curricula();
    let mut texts = String::new();
    let mut buffer = Vec::new();
    let mut open: Vec<String> = vec!["curricula".to_owned()];
    while let Some(path) = open.pop() {
        for (name, kind) in tree.list(&path).expect("a folder") {
            let path = format!("{path}/{name}");
            if kind == upwards::disk::Kind::Folder {
                open.push(path);
            } else {
                buffer.clear();
                tree.read_into(&path, &mut buffer).expect("a file");
                texts.push_str(&String::from_utf8_lossy(&buffer));
            }
        }
    }
    for never in [
        "277 implemented",
        "1,500 percent return",
        "200,000 e-mails",
        "USD 55m",
        "GBP 2m",
        "300,000 chats",
        "satisfaction +47",
        "95 percent of pilots fail",
        "7 times conversion",
    ] {
        assert!(!texts.contains(never), "{never}");
    }
}

fn questions(curriculum: &Curriculum) -> Vec<&Question> {
    curriculum
        .live_questions()
        .map(|(_, question)| question)
        .collect()
}

#[test]
fn questions_are_many_and_tell_nothing_by_their_form() {
    let mut all = 0;
    for id in CURRICULA {
        let curriculum = curriculum(id);
        let questions = questions(&curriculum);
        all += questions.len();
        let mut positions: BTreeMap<usize, usize> = BTreeMap::new();
        let mut longest = 0;
        for question in &questions {
            let right: Vec<usize> = (0..question.options.len())
                .filter(|at| question.options[*at].right)
                .collect();
            assert!(
                question
                    .options
                    .iter()
                    .all(|option| option.why.as_deref().is_some_and(|why| words(why) >= 2)),
                "{}",
                question.id
            );
            assert!(words(&question.text) <= 50, "{}", question.id);
            for option in &question.options {
                let text = option.text.to_lowercase();
                assert!(
                    !text.contains("all of the above") && !text.contains("none of the above"),
                    "{}",
                    question.id
                );
            }
            let [right] = right.as_slice() else { continue };
            *positions.entry(*right).or_default() += 1;
            let length = |at: usize| question.options[at].text.chars().count();
            longest += usize::from(
                (0..question.options.len()).all(|at| at == *right || length(at) < length(*right)),
            );
        }
        let fair = questions.len() / 4;
        for (position, count) in &positions {
            assert!(
                count.abs_diff(fair) <= 4,
                "{id}: {count} right ones at {position} of {}",
                questions.len()
            );
        }
        assert!(
            longest * 3 <= questions.len(),
            "{id}: in {longest} of {} the right one is longest",
            questions.len()
        );
    }
    assert!(all >= 160, "{all} questions");
}

#[test]
fn every_module_has_a_measure_and_a_talk_with_an_agenda() {
    for id in CURRICULA {
        let curriculum = curriculum(id);
        let mut agendas: BTreeSet<&[String]> = BTreeSet::new();
        for module in &curriculum.modules {
            let place = format!("{id}/{}", module.id);
            let live = module.steps.iter().filter(|step| !step.retired);
            let measured = live
                .clone()
                .filter_map(|step| match &step.kind {
                    StepKind::Practice(practice) => practice.measure.as_ref(),
                    _ => None,
                })
                .count();
            assert!(measured >= 1, "{place}: nothing is measured before and after");
            let mut talks = 0;
            for step in live {
                let StepKind::Talk(talk) = &step.kind else {
                    continue;
                };
                talks += 1;
                let place = format!("{place}, {}", step.id);
                assert!((15 * 60..=45 * 60).contains(&step.seconds(45).0), "{place}");
                assert!((3..=4).contains(&talk.agenda.len()), "{place}: agenda");
                assert!((3..=4).contains(&talk.ask.len()), "{place}: questions");
                assert!(talk.for_executive.is_some(), "{place}: what to bring");
                assert!(talk.before_next.is_some(), "{place}: what to leave with");
                assert_eq!(
                    talk.with == TalkWith::Mentor,
                    talk.for_mentor.is_some(),
                    "{place}"
                );
                assert!(agendas.insert(&talk.agenda), "{place}: an agenda used twice");
            }
            assert!(talks >= 1, "{place}: nobody to talk to");
        }
    }
}

#[test]
fn every_capability_can_become_ready_and_has_its_drill_and_its_measure() {
    for id in CURRICULA {
        let curriculum = curriculum(id);
        for capability in &curriculum.capabilities {
            let place = format!("{id}/{}", capability.id);
            assert!(capability.ready_means.starts_with("can "), "{place}");
            let of = |step: &&Step| step.capabilities.contains(&capability.id);
            let steps: Vec<&Step> = curriculum.live_steps().map(|(_, step)| step).filter(of).collect();
            let asked = questions(&curriculum);
            let asked = asked.iter().filter(|q| q.capability == capability.id).count();
            let needed = usize::try_from(capability.knowledge_needed.unwrap_or(8)).expect("small");
            assert!(asked >= needed + 2, "{place}: {asked} questions");
            let practices: Vec<&Step> = steps
                .iter()
                .copied()
                .filter(|step| matches!(step.kind, StepKind::Practice(_)))
                .collect();
            assert!(practices.len() >= 2, "{place}");
            assert!(practices.iter().all(|step| step.seconds(45).0 <= 600), "{place}");
            let measured = practices
                .iter()
                .any(|step| matches!(&step.kind, StepKind::Practice(p) if p.measure.is_some()));
            assert!(measured, "{place}: nothing is measured before and after");
            let talks: Vec<TalkWith> = steps
                .iter()
                .filter_map(|step| match &step.kind {
                    StepKind::Talk(talk) => Some(talk.with),
                    _ => None,
                })
                .collect();
            assert!(!talks.is_empty(), "{place}");
            let is_drill = |step: &&&Step| step.title.as_deref().is_some_and(|t| t.starts_with("Drill:"));
            assert!(
                practices.iter().filter(is_drill).count() >= 1,
                "{place}: no timed drill"
            );
        }
    }
    assert_eq!(
        CURRICULA.map(str::to_owned).to_vec(),
        built_in_curricula()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    );
    let flagship = curriculum("efficiency");
    let modules: Vec<&str> = flagship.modules.iter().map(|module| module.id.as_str()).collect();
    assert_eq!(modules[0], "start-here");
    let pairs = curriculum("reverse-mentoring");
    assert_eq!(pairs.modules.len(), 6, "six meetings");
    for module in &pairs.modules {
        let meeting = module
            .steps
            .iter()
            .find(|step| matches!(step.kind, StepKind::Talk(_)));
        assert_eq!(
            meeting.map(|step| step.seconds(45).0),
            Some(45 * 60),
            "{}",
            module.id
        );
    }
}

/// Somebody who looks at it on a terminal of 80 columns and 24 lines turns the page twice at most.
#[test]
fn every_case_is_three_pages_of_a_terminal() {
    let sandbox = Sandbox::halden();
    for id in CURRICULA {
        let rows = sandbox
            .run(&format!("cases list --curriculum {id} -f csv"))
            .ok()
            .csv();
        for row in rows {
            let shown = sandbox
                .run(&format!("cases show {id}/{}", row["case_id"]))
                .ok()
                .stdout;
            let lines = shown.lines().count();
            assert!(lines <= 72, "{}: {lines} lines", row["case_id"]);
            for line in shown.lines() {
                assert!(line.chars().count() <= 72, "{}: {line}", row["case_id"]);
            }
            // Wrapping breaks between words and nowhere else.
            let joined = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            let brief = cases()
                .into_iter()
                .find(|case| case.id.as_str() == row["case_id"]);
            let brief = brief.expect("it is in the library").brief;
            let brief = brief.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(joined.contains(&brief), "{}", row["case_id"]);
        }
    }
}

/// What people type, and the case they mean: words of the body, slips of the keyboard, other forms of words.
pub(crate) const QUESTIONS: &[(&str, &str)] = &[
    ("ash cloud volunteers answer", "klm-social-service"),
    ("members answer members no call centre", "giffgaff-member-support"),
    ("maresk container shipping", "maersk-line-b2b"),
    ("kit kat palm oil", "nestle-kitkat"),
    ("greenpiece orang-utan", "nestle-kitkat"),
    ("bereavement fare chatbot", "air-canada-chatbot"),
    ("swearing chatbot parcel", "dpd-chatbot"),
    ("two thirds of chats assistant", "klarna-ai-assistant"),
    ("klarma", "klarna-ai-assistant"),
    ("burnt-out car cup", "stanley-car-fire"),
    ("beer boycott influencer", "bud-light-boycott"),
    ("blender fifty dollars film", "blendtec-will-it-blend"),
    ("pizza cardboard test tapes", "dominos-turnaround"),
    ("mocking airline tiktok", "ryanair-tiktok"),
    ("gold mine published data", "goldcorp-challenge"),
    ("unanswered posts idea site one employee", "dell-ideastorm"),
    ("splash sticks ideas coffee", "my-starbucks-idea"),
    ("solar storms prize scientists", "nasa-innocentive"),
    ("recommendations million dollars never used", "netflix-prize"),
    ("innovation jam 72 hours", "ibm-innovation-jam"),
    ("zero internal e-mail", "atos-zero-email"),
    ("guitar broken song", "united-breaks-guitars"),
    ("redundancies live twitter music chain", "hmv-layoffs"),
    ("obscene tweet moderator screen", "vodafone-uk-tweet"),
    ("blog by a man who cannot type hotel", "marriott-ceo-blog"),
    ("reverse mentoring hartford", "hartford-reverse-mentoring"),
    ("440 mentors 498 executives", "axa-reverse-mentoring"),
    ("welch internet mentor", "ge-reverse-mentoring"),
    (
        "source code leak presidents boot camp",
        "samsung-leak-to-bootcamp",
    ),
    ("invented references welfare report", "deloitte-australia"),
    ("programmers slower 19 percent longer", "metr-developers"),
    ("26 minutes a day civil service copilot", "uk-copilot-trials"),
    ("eighty hours leaders bank cambridge", "lloyds-leading-with-ai"),
    ("900 pilots value pharma", "jnj-900-pilots"),
    ("t-shirts voters who buy", "threadless"),
    // Without the words that say nothing, by words that mean the same, with slips beside words that exist.
    ("how to get rid of email", "atos-zero-email"),
    ("productivity study developers", "metr-developers"),
    (
        "CEO says ai replaces staff then hires humans again",
        "klarna-ai-assistant",
    ),
    ("call center community", "giffgaff-member-support"),
    ("telephone support by members", "giffgaff-member-support"),
    ("minuets savd by copilott", "uk-copilot-trials"),
    ("ai hallucination", "deloitte-australia"),
    ("sacked", "hmv-layoffs"),
];

#[test]
fn thirty_questions_find_their_case_first() {
    let sandbox = Sandbox::halden();
    assert!(QUESTIONS.len() >= 30);
    let mut wrong = Vec::new();
    for (typed, expected) in QUESTIONS {
        let found = sandbox.run(&format!("cases search {typed} -f json")).ok().rows();
        let first = found
            .first()
            .and_then(|row| row["case_id"].as_str())
            .unwrap_or("nothing")
            .to_owned();
        if first != *expected {
            wrong.push(format!("{typed}: {first}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
