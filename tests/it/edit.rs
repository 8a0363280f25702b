//! People's files keep their comments, order and line ends; what `init` and an import write can be read again.

use std::collections::BTreeMap;

use upwards::base::id::PersonId;
use upwards::files::edit::{
    EditError, EditValue, add_person, remove_person, set_person_key, set_setting, unset_person_key,
    unset_setting,
};
use upwards::files::scaffold::{NewWorkspace, import_file, new_workspace, rights_file};
use upwards::files::{load_everything, load_import_map, load_people, load_settings};
use upwards::model::import::{ImportKey, ImportMap, ImportRow};
use upwards::model::settings::Layout;

use crate::files::in_short;
use crate::folder::Folder;

const PEOPLE: &str = "# Everybody, in no order.
format = 1

# The board, as of March.

# Maya runs it.
[[person]]
id = \"maya\"   # never change
name = \"Maya Lund\"
roles = [\"leader\"]

[[person]]
id   = \"ana\"
name = \"Ana Reyes\" # since 2019
reports_to = \"maya\"
unit = \"marketing\"

# Groups with a name.
[[group]]
id = \"board\"
name = \"The board\"
";

const SETTINGS: &str = "format = 1
id = \"halden-3f9c\"
name = \"Halden\" # short
curricula = []

[readiness]   # ours
ready = 70 # not 75
weights = { knowledge = 40, hands_on = 40, dialogue = 20 } # as ever
";

fn id(text: &str) -> PersonId {
    text.parse().unwrap()
}

fn text(value: &str) -> EditValue {
    EditValue::Text(value.to_owned())
}

#[test]
fn a_value_is_changed_where_it_stands() {
    let new = set_person_key(PEOPLE, &id("ana"), "name", &text("Ana R. \"Reyes\"")).unwrap();
    assert_eq!(new, PEOPLE.replace("\"Ana Reyes\"", "'Ana R. \"Reyes\"'"));
    let new = set_setting(SETTINGS, "readiness.ready", &EditValue::Whole(80)).unwrap();
    assert_eq!(new, SETTINGS.replace("ready = 70", "ready = 80"));
    let new = set_setting(SETTINGS, "readiness.weights.dialogue", &EditValue::Whole(10)).unwrap();
    assert_eq!(new, SETTINGS.replace("dialogue = 20", "dialogue = 10"));
}

#[test]
fn a_new_key_goes_to_the_end_of_its_table() {
    let day = EditValue::Date("2026-03-16".parse().unwrap());
    let new = set_person_key(PEOPLE, &id("ana"), "left", &day).unwrap();
    assert_eq!(
        new,
        PEOPLE.replace(
            "unit = \"marketing\"\n",
            "unit = \"marketing\"\nleft = 2026-03-16\n"
        )
    );
    let new = set_setting(SETTINGS, "plan.due_bonus", &EditValue::Whole(5)).unwrap();
    assert_eq!(new, format!("{SETTINGS}\n[plan]\ndue_bonus = 5\n"));
    let new = set_setting(SETTINGS, "language", &text("da")).unwrap();
    assert_eq!(
        new,
        SETTINGS.replace("curricula = []\n", "curricula = []\nlanguage = \"da\"\n")
    );
}

#[test]
fn a_key_is_taken_away_with_its_line() {
    let new = unset_person_key(PEOPLE, &id("ana"), "unit").unwrap();
    assert_eq!(new, PEOPLE.replace("unit = \"marketing\"\n", ""));
    assert_eq!(unset_person_key(PEOPLE, &id("ana"), "seats").unwrap(), PEOPLE);
    let new = unset_setting(SETTINGS, "readiness.ready").unwrap();
    assert_eq!(new, SETTINGS.replace("ready = 70 # not 75\n", ""));
    assert_eq!(unset_setting(SETTINGS, "plan.due_bonus").unwrap(), SETTINGS);
}

#[test]
fn a_person_is_added_behind_the_last_one() {
    let keys = [
        ("name", text("Bo Lindqvist")),
        ("groups", EditValue::Texts(vec!["board".into(), "north".into()])),
        ("nudge", EditValue::YesNo(false)),
        ("seats", EditValue::Whole(2)),
        (
            "mentors_stated",
            EditValue::TextMap(BTreeMap::from([("serve".into(), "ready".into())])),
        ),
    ];
    let new = add_person(PEOPLE, &id("bo"), &keys).unwrap();
    let added = "\n[[person]]\nid = \"bo\"\nname = \"Bo Lindqvist\"\ngroups = [\"board\", \"north\"]\nnudge = false\nseats = 2\nmentors_stated = { serve = \"ready\" }\n";
    assert_eq!(new, PEOPLE.replace("\n# Groups", &format!("{added}\n# Groups")));
    let folder = Folder::new();
    folder.put("people.toml", &new);
    let people = load_people(&folder.tree());
    assert_eq!(in_short(&people.findings), [""; 0]);
    assert_eq!(people.value.unwrap().people[2].name, "Bo Lindqvist");
    assert_eq!(
        add_person("format = 1\n", &id("bo"), &[]).unwrap(),
        "format = 1\n\n[[person]]\nid = \"bo\"\n"
    );
}

#[test]
fn a_person_goes_with_what_names_them() {
    let new = remove_person(PEOPLE, &id("maya")).unwrap();
    let maya = "# Maya runs it.\n[[person]]\nid = \"maya\"   # never change\nname = \"Maya Lund\"\nroles = [\"leader\"]\n\n";
    assert_eq!(
        new,
        PEOPLE.replace(maya, "").replace("reports_to = \"maya\"\n", "")
    );
    let new = remove_person(PEOPLE, &id("ana")).unwrap();
    let ana = "\n[[person]]\nid   = \"ana\"\nname = \"Ana Reyes\" # since 2019\nreports_to = \"maya\"\nunit = \"marketing\"\n";
    assert_eq!(new, PEOPLE.replace(ana, ""));
}

#[test]
fn line_ends_stay_as_they_are() {
    let windows = PEOPLE.replace('\n', "\r\n");
    let new = set_person_key(&windows, &id("ana"), "unit", &text("sales")).unwrap();
    assert_eq!(new, windows.replace("marketing", "sales"));
    let new = add_person(&windows, &id("bo"), &[("name", text("Bo"))]).unwrap();
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    // A file of both kinds keeps each line's own.
    let mixed = format!("\u{FEFF}{}", PEOPLE.replacen('\n', "\r\n", 3));
    let new = set_person_key(&mixed, &id("ana"), "unit", &text("sales")).unwrap();
    assert_eq!(new, mixed.replace("marketing", "sales"));
}

#[test]
fn what_cannot_be_changed_is_said() {
    let no_such = set_person_key(PEOPLE, &id("bo"), "unit", &text("x")).unwrap_err();
    assert_eq!(no_such.to_string(), "nobody has the id bo");
    assert_eq!(
        add_person(PEOPLE, &id("ana"), &[]),
        Err(EditError::PersonExists(id("ana")))
    );
    assert!(matches!(
        remove_person("a = ", &id("ana")),
        Err(EditError::Syntax(_))
    ));
    let inline = "person = [{ id = \"ana\" }]\n";
    assert!(matches!(
        add_person(inline, &id("bo"), &[]),
        Err(EditError::Form(_))
    ));
    assert!(matches!(
        set_setting(SETTINGS, "name.x", &EditValue::Whole(1)),
        Err(EditError::Form(_))
    ));
    assert!(matches!(
        set_setting(SETTINGS, "readiness", &EditValue::Whole(1)),
        Err(EditError::Form(_))
    ));
}

#[test]
fn a_new_workspace_has_no_finding_in_any_layout() {
    for (layout, files) in [
        (
            Layout::Packets,
            vec!["upwards.toml", "people.toml", ".gitattributes"],
        ),
        (
            Layout::Folder,
            vec!["upwards.toml", "people.toml", ".gitattributes", "RIGHTS.txt"],
        ),
        (
            Layout::Git,
            vec!["upwards.toml", "people.toml", ".gitattributes", ".gitignore"],
        ),
    ] {
        let folder = Folder::new();
        let new = NewWorkspace {
            id: "halden-3f9c".parse().unwrap(),
            name: "Halden \"Group\"".to_owned(),
            language: "en".to_owned(),
            curricula: Vec::new(),
            layout,
            leader: id("maya"),
            leader_name: "Maya Lund".to_owned(),
        };
        let written = new_workspace(&new);
        assert_eq!(written.iter().map(|(path, _)| *path).collect::<Vec<_>>(), files);
        for (path, text) in written {
            folder.put(path, text);
        }
        let everything = load_everything(&folder.tree());
        let today = "2026-03-16".parse().unwrap();
        assert_eq!(in_short(&upwards::check::run(&everything, today)), [""; 0]);
        let settings = load_settings(&folder.tree()).value.unwrap();
        assert_eq!(
            (settings.layout, settings.name.as_str()),
            (layout, "Halden \"Group\"")
        );
    }
}

#[test]
fn the_rights_name_every_folder_and_who_needs_it() {
    let folder = Folder::copy_of("format_examples");
    let people = load_people(&folder.tree()).value.unwrap();
    let text = rights_file("Halden\u{1b}[31m", &people.people);
    assert!(
        text.contains("progress/ana/                Ana Reyes writes; Maya Lund read and write"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}') && !text.contains("kim-guest") && !text.contains("progress/maya"));
}

#[test]
fn an_import_map_reads_as_it_was_written() {
    let values = |pairs: &[(&str, &[&str])]| {
        let texts = |list: &[&str]| list.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        pairs
            .iter()
            .map(|(key, list)| ((*key).to_owned(), texts(list)))
            .collect::<BTreeMap<_, _>>()
    };
    let map = ImportMap {
        key: ImportKey::Email,
        date_format: Some("%d.%m.%Y".to_owned()),
        delimiter: Some('\t'),
        columns: BTreeMap::from([("name".to_owned(), "Full \"Name\"\\".to_owned())]),
        sentinels: values(&[("reports_to", &["NO_MANAGER", "-"])]),
        rows: vec![ImportRow {
            id: id("dana"),
            external_id: Some("004711".to_owned()),
            values: values(&[
                ("name", &["Dana Okafor"]),
                ("groups", &["board"]),
                ("external", &["true"]),
                ("left", &["2026-02-01"]),
                ("unit", &["sales"]),
            ]),
        }],
    };
    let folder = Folder::new();
    folder.put("people.import.toml", import_file(&map));
    let loaded = load_import_map(&folder.tree());
    assert_eq!(in_short(&loaded.findings), [""; 0]);
    assert_eq!(loaded.value.unwrap(), Some(map));
}
