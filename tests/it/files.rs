//! What people write is loaded as `formats.md` says, and nothing more is read than was asked for.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use upwards::base::diag::{Diagnostic, Severity};
use upwards::base::id::{CaseId, CurriculumId};
use upwards::base::points::Band;
use upwards::disk::Tree;
use upwards::files::{
    CaseFolder, Loaded, Want, WantCurricula, fill_case_steps, find_workspace, load_case, load_curriculum,
    load_erased, load_everything, load_import_map, load_paths, load_people, load_settings, load_workspace,
};
use upwards::model::curriculum::{Exposure, StepKind};
use upwards::model::import::ImportKey;
use upwards::model::settings::{Agenda, Layout, Mentoring, Nudge, Plan, PracticeRules, Privacy, Readiness};

use crate::folder::Folder;

const MODULE: &str = "curricula/efficiency/modules/answer-in-public.toml";
const SHORTEST: &str = "format = 1\nid = \"halden-3f9c\"\nname = \"Halden\"\ncurricula = []\n";

/// The examples of the format's description: each file as it stands there, and one more module that they name.
fn examples() -> Folder {
    Folder::copy_of("format_examples")
}

fn efficiency() -> CurriculumId {
    "efficiency".parse().unwrap()
}

/// A finding as `U101 1:1 unknown key: x`.
pub(crate) fn in_short(findings: &[Diagnostic]) -> Vec<String> {
    let line = |f: &Diagnostic| format!("{} {}:{} {}", f.code, f.place.line, f.place.column, f.message);
    findings.iter().map(line).collect()
}

fn value<T>(loaded: Loaded<T>) -> T {
    assert_eq!(in_short(&loaded.findings), [""; 0]);
    loaded.value.unwrap()
}

#[test]
fn every_example_of_the_formats_loads() {
    let folder = examples();
    let everything = load_everything(&folder.tree());
    assert_eq!(in_short(&everything.findings), [""; 0]);
    let workspace = value(load_workspace(&folder.tree(), &Want::all()));
    assert_eq!(workspace.people.len(), 5);
    assert_eq!(workspace.curricula[0].modules.len(), 2);
    assert_eq!(workspace.erased.len(), 1);
}

#[test]
fn the_examples_of_settings_are_the_defaults() {
    let folder = Folder::new();
    folder.put("upwards.toml", SHORTEST);
    let written = value(load_settings(&examples().tree()));
    let left_out = value(load_settings(&folder.tree()));
    for settings in [&written, &left_out] {
        assert_eq!(settings.readiness, Readiness::default());
        assert_eq!(settings.plan, Plan::default());
        assert_eq!(settings.layout, Layout::Packets);
        assert_eq!(settings.practice, PracticeRules::default());
        assert_eq!(settings.privacy, Privacy::default());
        assert_eq!(settings.mentoring, Mentoring::default());
        assert_eq!(settings.agenda, Agenda::default());
        assert_eq!(settings.nudge, Nudge::default());
        assert_eq!(settings.language, "en");
    }
    assert_eq!(written.ledger.unwrap().hour, 80);
    assert_eq!(written.organisation.unwrap().country.unwrap(), "DK");
    assert_eq!(written.xapi_base.unwrap(), "https://learn.halden.example/");
    assert_eq!(
        (left_out.ledger, left_out.organisation, left_out.xapi_base),
        (None, None, None)
    );
}

#[test]
fn people_have_their_defaults() {
    let people = value(load_people(&examples().tree()));
    let of = |id: &str| people.people.iter().find(|p| p.id.as_str() == id).unwrap();
    let rao = of("rao");
    assert_eq!(rao.roles, [upwards::model::person::Role::Executive]);
    assert_eq!(rao.left.unwrap().to_string(), "2026-02-01");
    assert!(rao.nudge && !rao.external && rao.languages.is_empty());
    let jo = of("jo");
    assert_eq!(jo.mentors_stated["reach"], Band::Building);
    assert_eq!(jo.seats, Some(2));
    assert!(of("kim-guest").external);
    assert_eq!(people.groups[0].unit.as_deref(), Some("marketing"));
}

#[test]
fn an_import_map_keeps_what_was_imported_last() {
    let map = value(load_import_map(&examples().tree())).unwrap();
    assert_eq!(map.key, ImportKey::Id);
    assert_eq!(map.delimiter, Some(';'));
    assert_eq!(map.columns["reports_to"], "Manager");
    assert_eq!(map.sentinels["reports_to"], ["NO_MANAGER"]);
    assert_eq!(map.rows[0].external_id.as_deref(), Some("004711"));
    assert_eq!(map.rows[0].values["unit"], ["sales"]);
    assert_eq!(value(load_import_map(&Folder::new().tree())), None);
    assert!(value(load_erased(&Folder::new().tree())).is_empty());
}

#[test]
fn steps_have_their_defaults() {
    let curriculum = value(load_curriculum(&examples().tree(), &efficiency()));
    let quiz = curriculum.step("answer-in-public.first-answers").unwrap();
    assert_eq!(quiz.needs[0].as_str(), "answer-in-public.klm");
    let practice = curriculum.step("answer-in-public.answer-one-customer").unwrap();
    let StepKind::Practice(practice) = &practice.kind else {
        panic!("no practice")
    };
    assert_eq!(practice.exposure, Exposure::Public);
    assert_eq!(practice.draft.len(), 3);
    assert_eq!(practice.measure.as_ref().unwrap().period, "each");
    let practice = curriculum.step("rules-and-roles.write-one-rule").unwrap();
    let StepKind::Practice(practice) = &practice.kind else {
        panic!("no practice")
    };
    assert_eq!(practice.own_hand, None);
    assert_eq!(practice.evidence, None);
    assert_eq!(practice.exposure, Exposure::Internal);
    assert!(curriculum.step("answer-in-public.old-quiz").unwrap().retired);
    assert_eq!(curriculum.live_questions().count(), 2);
}

#[test]
fn a_quiz_without_a_title_counts_its_questions() {
    let folder = examples();
    folder.put(
        MODULE,
        folder.text(MODULE).replace("title = \"First answers\"", ""),
    );
    let curriculum = value(load_curriculum(&folder.tree(), &efficiency()));
    let quiz = curriculum.step("answer-in-public.first-answers").unwrap();
    assert_eq!(quiz.title.as_deref(), Some("2 questions"));
}

#[test]
fn a_case_step_takes_title_and_revision_from_its_case() {
    let folder = examples();
    let case = "curricula/efficiency/cases/klm-social-service.toml";
    folder.put(case, folder.text(case).replace("rev = 1", "rev = 4"));
    let mut curriculum = value(load_curriculum(&folder.tree(), &efficiency()));
    assert_eq!(curriculum.step("answer-in-public.klm").unwrap().title, None);
    value(fill_case_steps(&folder.tree(), &mut curriculum, "en"));
    let step = curriculum.step("answer-in-public.klm").unwrap();
    assert_eq!(
        (step.title.as_deref(), step.rev),
        (Some("KLM: an hour in the answer seat"), 4)
    );
    let case: CaseId = "klm-social-service".parse().unwrap();
    let case = value(load_case(&folder.tree(), &efficiency(), &case, "en"));
    assert_eq!(case.claims[1].value, (25_000_000_000, None));
    assert_eq!(case.years, (2010, 2015));
    let cases = CaseFolder::open(&folder.tree(), &efficiency()).expect("a folder");
    assert_eq!(cases.ids().len(), 1);
}

#[test]
fn former_ids_lead_to_their_heirs() {
    let folder = examples();
    let text = folder.text(MODULE);
    let second = text.replace("id = \"when-to-leave\"", "id = \"when-to-leave\"\nsources = []");
    folder.put(MODULE, second);
    let curriculum = value(load_curriculum(&folder.tree(), &efficiency()));
    for (former, heir) in [
        // Renamed in its module, and taken over from another one.
        ("answer-in-public.when-to-move", "answer-in-public.when-to-leave"),
        ("old-module.leave", "answer-in-public.when-to-leave"),
        // The module was renamed; the short id first, then the module's.
        ("answering.first-words", "answer-in-public.first-words"),
        ("answering.when-to-move", "answer-in-public.when-to-leave"),
        // Live, or never heard of.
        ("answer-in-public.first-words", "answer-in-public.first-words"),
        ("other.first-words", "other.first-words"),
    ] {
        assert_eq!(curriculum.current_question(former), heir, "{former}");
    }
    for (former, heir) in [
        (
            "answer-in-public.reply-once",
            "answer-in-public.answer-one-customer",
        ),
        ("answering.reply-once", "answer-in-public.answer-one-customer"),
        ("answering.klm", "answer-in-public.klm"),
        ("answering.old-quiz", "answer-in-public.old-quiz"),
        ("answering.first-words", "answering.first-words"),
    ] {
        assert_eq!(curriculum.current_step(former), heir, "{former}");
    }
    assert_eq!(curriculum.current_module("answering"), "answer-in-public");
}

#[test]
fn a_live_id_is_never_redirected_and_the_smaller_heir_inherits() {
    let folder = examples();
    let text = folder.text(MODULE);
    let text = text.replace(
        "id = \"first-words\"",
        "id = \"first-words\"\nreplaces = [\"when-to-leave\", \"when-to-move\"]",
    );
    folder.put(MODULE, text);
    let curriculum = value(load_curriculum(&folder.tree(), &efficiency()));
    assert_eq!(
        curriculum.current_question("answer-in-public.when-to-leave"),
        "answer-in-public.when-to-leave"
    );
    assert_eq!(
        curriculum.current_question("answer-in-public.when-to-move"),
        "answer-in-public.first-words"
    );
}

#[test]
fn an_error_in_any_file_of_a_curriculum_leaves_no_half_of_it() {
    let folder = examples();
    folder.put(MODULE, folder.text(MODULE).replace("minutes = 5", "minutes = 0"));
    let loaded = load_curriculum(&folder.tree(), &efficiency());
    assert_eq!(
        in_short(&loaded.findings),
        ["U108 54:11 `minutes` is out of range: 0"]
    );
    assert!(loaded.value.is_none());
    assert!(loaded.texts[MODULE].contains("minutes = 0"));
    let workspace = load_workspace(&folder.tree(), &Want::all());
    assert!(workspace.value.is_none());
    let people_only = Want {
        people: true,
        curricula: WantCurricula::None,
        language: None,
    };
    assert!(load_workspace(&folder.tree(), &people_only).value.is_some());
}

#[test]
fn what_a_command_does_not_need_is_not_read() {
    let folder = examples();
    folder.put("people.toml", "not toml");
    folder.put("curricula/efficiency/cases/klm-social-service.toml", "not toml");
    folder.put("curricula/efficiency/modules/draft.toml", "not toml");
    folder.put("curricula/draft/curriculum.toml", "not toml");
    value(load_curriculum(&folder.tree(), &efficiency()));
    let want = Want {
        people: false,
        curricula: WantCurricula::These(vec![efficiency()]),
        language: None,
    };
    value(load_workspace(&folder.tree(), &want));
}

#[test]
fn unknown_curricula_and_modules_are_named_where_they_are_listed() {
    let folder = examples();
    let settings = folder
        .text("upwards.toml")
        .replace("[\"efficiency\"]", "[\"efficiency\", \"effciency\"]");
    folder.put("upwards.toml", settings);
    let head = "curricula/efficiency/curriculum.toml";
    folder.put(
        head,
        folder
            .text(head)
            .replace("\"rules-and-roles\"]", "\"rules-and-rules\"]"),
    );
    let loaded = load_workspace(&folder.tree(), &Want::all());
    assert_eq!(
        in_short(&loaded.findings),
        [
            "U202 10:32 there is no module rules-and-rules",
            "U201 5:28 there is no curriculum effciency"
        ]
    );
}

#[test]
fn everything_is_read_and_what_is_broken_is_remembered() {
    let folder = examples();
    let module = "format = 1\nid = \"draft\"\ntitle = \"Draft\"\ncapabilities = [\"serve\"]\n";
    folder.put("curricula/efficiency/modules/draft.toml", module);
    folder.put(
        "curricula/efficiency/translations/da/curriculum.toml",
        "format = 1\nid = \"efficiency\"\nof_rev = 1\ntitle = \"x\"\n",
    );
    folder.put("curricula/draft/curriculum.toml", "format = 1\n");
    let everything = load_everything(&folder.tree());
    let draft = everything.curriculum("draft").unwrap();
    assert!(draft.head.is_none());
    let efficiency = everything.curriculum("efficiency").unwrap();
    assert!(efficiency.broken_modules.contains("draft") && efficiency.is_whole());
    assert_eq!(efficiency.translations[0].value.language, "da");
    let in_use: Vec<&str> = everything.in_use().iter().map(|c| c.id.as_str()).collect();
    assert_eq!(in_use, ["efficiency"]);
    assert!(everything.findings.iter().all(|f| f.severity == Severity::Error));
    assert!(everything.text(MODULE).unwrap().starts_with("format = 1"));
}

#[test]
fn a_workspace_is_found_from_any_folder_inside() {
    let folder = examples();
    let root = folder.path("");
    let found = find_workspace(&folder.path("curricula/efficiency/modules")).unwrap();
    assert_eq!(found.components().count(), root.components().count());
    assert_eq!(find_workspace(&folder.path("people.toml")).unwrap(), found);
    assert_eq!(find_workspace(Folder::new().path("").as_path()), None);
}

#[test]
fn single_files_and_folders_are_told_by_place_or_keys() {
    let folder = Folder::new();
    let examples = examples();
    folder.put("mine.toml", examples.text(MODULE));
    folder.put(
        "story.toml",
        examples.text("curricula/efficiency/cases/klm-social-service.toml"),
    );
    folder.put("people.toml", examples.text("people.toml"));
    folder.put("other.toml", "format = 1\nx = 1\n");
    for (name, finding) in [
        (
            "mine.toml",
            "U114 2:6 the id is not the name of its file or folder",
        ),
        (
            "story.toml",
            "U114 2:6 the id is not the name of its file or folder",
        ),
        ("other.toml", "U129 0:0 no key tells what kind of file this is"),
        ("nothing.toml", "U125 0:0 the file does not exist"),
    ] {
        let everything = load_paths(&[folder.path(name)]);
        assert_eq!(in_short(&everything[0].findings), [finding], "{name}");
        assert_eq!(everything[0].findings[0].place.file, name);
    }
    let everything = load_paths(&[folder.path("people.toml")]);
    assert_eq!(everything[0].people.as_ref().unwrap().value.people.len(), 5);
}

#[test]
fn a_path_inside_a_workspace_is_read_with_what_stands_around_it() {
    let folder = examples();
    let everything = load_paths(&[folder.path(MODULE), folder.path("people.toml")]);
    assert_eq!(everything.len(), 1);
    assert_eq!(everything[0].only, [MODULE, "people.toml"]);
    assert!(everything[0].settings.is_some());
    let whole = load_paths(&[folder.path("")]);
    assert!(whole[0].only.is_empty());
}

#[test]
fn a_curriculum_may_stand_anywhere() {
    let folder = Folder::new();
    let examples = examples();
    let Tree::Folder(_) = examples.tree() else {
        panic!("a folder")
    };
    for name in [
        "curriculum.toml",
        "modules/answer-in-public.toml",
        "modules/rules-and-roles.toml",
        "cases/klm-social-service.toml",
    ] {
        folder.put(
            &format!("work/efficiency/{name}"),
            examples.text(&format!("curricula/efficiency/{name}")),
        );
    }
    for path in [
        "work/efficiency",
        "work",
        "work/efficiency/modules/answer-in-public.toml",
    ] {
        let everything = load_paths(&[folder.path(path)]).remove(0);
        assert_eq!(in_short(&everything.findings), [""; 0], "{path}");
        assert!(everything.curriculum("efficiency").unwrap().is_whole(), "{path}");
    }
}
