//! People's files keep their comments, order and line ends; what `init` and an import write can be read again.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use upwards::base::id::PersonId;
use upwards::files::edit::{
    EditError, SettingValue, add_person, remove_person, set_person_key, set_setting, unset_setting,
};
use upwards::files::scaffold::{
    gitattributes, gitignore, import_file, import_toml, people_toml, rights, rights_of, upwards_toml,
};
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

#[test]
fn a_value_is_changed_where_it_stands() {
    let new = set_person_key(PEOPLE, &id("ana"), "name", "Ana R. \"Reyes\"").unwrap();
    assert_eq!(new, PEOPLE.replace("\"Ana Reyes\"", "'Ana R. \"Reyes\"'"));
    let new = set_setting(SETTINGS, "readiness.ready", &SettingValue::Whole(80)).unwrap();
    assert_eq!(new, SETTINGS.replace("ready = 70", "ready = 80"));
    let new = set_setting(SETTINGS, "readiness.weights.dialogue", &SettingValue::Whole(10)).unwrap();
    assert_eq!(new, SETTINGS.replace("dialogue = 20", "dialogue = 10"));
}

#[test]
fn a_new_key_goes_to_the_end_of_its_table() {
    let new = set_person_key(PEOPLE, &id("ana"), "left", "2026-03-16").unwrap();
    assert_eq!(
        new,
        PEOPLE.replace(
            "unit = \"marketing\"\n",
            "unit = \"marketing\"\nleft = 2026-03-16\n"
        )
    );
    let new = set_setting(SETTINGS, "plan.due_bonus", &SettingValue::Whole(5)).unwrap();
    assert_eq!(new, format!("{SETTINGS}\n[plan]\ndue_bonus = 5\n"));
    let new = set_setting(SETTINGS, "language", &SettingValue::Text("da".to_owned())).unwrap();
    assert_eq!(
        new,
        SETTINGS.replace("curricula = []\n", "curricula = []\nlanguage = \"da\"\n")
    );
    let new = set_setting(SETTINGS, "practice.public", &SettingValue::YesNo(true)).unwrap();
    assert!(new.ends_with("\n[practice]\npublic = true\n"));
    let new = set_setting(
        SETTINGS,
        "curricula",
        &SettingValue::Texts(vec!["efficiency".to_owned()]),
    )
    .unwrap();
    assert_eq!(
        new,
        SETTINGS.replace("curricula = []", "curricula = [\"efficiency\"]")
    );
}

#[test]
fn a_key_is_taken_away_with_its_line() {
    let new = set_person_key(PEOPLE, &id("ana"), "unit", "").unwrap();
    assert_eq!(new, PEOPLE.replace("unit = \"marketing\"\n", ""));
    assert_eq!(set_person_key(PEOPLE, &id("ana"), "seats", "").unwrap(), PEOPLE);
    let new = unset_setting(SETTINGS, "readiness.ready").unwrap();
    assert_eq!(new, SETTINGS.replace("ready = 70 # not 75\n", ""));
    assert_eq!(unset_setting(SETTINGS, "plan.due_bonus").unwrap(), SETTINGS);
}

#[test]
fn a_person_is_added_behind_the_last_one() {
    let values = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    };
    let new = add_person(
        PEOPLE,
        &id("bo"),
        &values(&[
            ("seats", "2"),
            ("name", "Bo Lindqvist"),
            ("groups", "board| north"),
            ("nudge", "no"),
            ("unit", ""),
            ("mentors_stated", "serve=ready|reach = building"),
        ]),
    )
    .unwrap();
    let added = "\n[[person]]\nid = \"bo\"\nname = \"Bo Lindqvist\"\ngroups = [\"board\", \"north\"]\nmentors_stated = { serve = \"ready\", reach = \"building\" }\nseats = 2\nnudge = false\n";
    assert_eq!(new, PEOPLE.replace("\n# Groups", &format!("{added}\n# Groups")));
    let folder = Folder::new();
    folder.put("people.toml", &new);
    let people = load_people(&folder.tree());
    assert_eq!(in_short(&people.findings), [""; 0]);
    assert_eq!(people.value.unwrap().people[2].name, "Bo Lindqvist");
    assert_eq!(
        add_person("format = 1\n", &id("bo"), &values(&[])).unwrap(),
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
    let new = set_person_key(&windows, &id("ana"), "unit", "sales").unwrap();
    assert_eq!(new, windows.replace("marketing", "sales"));
    let new = add_person(
        &windows,
        &id("bo"),
        &BTreeMap::from([("name".to_owned(), "Bo".to_owned())]),
    )
    .unwrap();
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    // A file of both kinds keeps each line's own.
    let mixed = format!("\u{FEFF}{}", PEOPLE.replacen('\n', "\r\n", 3));
    let new = set_person_key(&mixed, &id("ana"), "unit", "sales").unwrap();
    assert_eq!(new, mixed.replace("marketing", "sales"));
}

#[test]
fn what_cannot_be_changed_is_said() {
    let set = |key: &str, value: &str| {
        set_person_key(PEOPLE, &id("ana"), key, value)
            .unwrap_err()
            .to_string()
    };
    let no_such = set_person_key(PEOPLE, &id("bo"), "unit", "x").unwrap_err();
    assert_eq!(no_such.to_string(), "people.toml has nobody with the id bo");
    assert!(
        set("salary", "9").starts_with("a person has no key \"salary\" that can be set; keys: name, roles, ")
    );
    assert_eq!(set("name", ""), "name: a person needs a name");
    assert_eq!(
        set("left", "2026-02-30"),
        "left: 2026-02-30 is no day of the calendar"
    );
    assert_eq!(set("seats", "two"), "seats: a whole number");
    assert_eq!(set("nudge", "perhaps"), "nudge: yes or no");
    assert_eq!(
        set("mentors_stated", "serve"),
        "mentors_stated: pairs as serve=ready|reach=building"
    );
    let nothing = BTreeMap::new();
    assert_eq!(
        add_person(PEOPLE, &id("ana"), &nothing),
        Err(EditError::PersonExists("ana".to_owned()))
    );
    assert!(matches!(
        remove_person("a = ", &id("ana")),
        Err(EditError::Syntax(_))
    ));
    let inline = "person = [{ id = \"ana\" }]\n";
    assert!(matches!(
        add_person(inline, &id("bo"), &nothing),
        Err(EditError::Form(_))
    ));
    assert!(matches!(
        set_setting(SETTINGS, "name.x", &SettingValue::Whole(1)),
        Err(EditError::Form(_))
    ));
    assert!(matches!(
        set_setting(SETTINGS, "readiness", &SettingValue::Whole(1)),
        Err(EditError::Form(_))
    ));
}

#[test]
fn a_new_workspace_has_no_finding_in_any_layout() {
    for layout in [Layout::Packets, Layout::Folder, Layout::Git] {
        let folder = Folder::new();
        let name = "Halden \"Group\"\\ North";
        folder.put(
            "upwards.toml",
            upwards_toml(&"halden-3f9c".parse().unwrap(), name, &[], layout),
        );
        folder.put("people.toml", people_toml(&id("maya"), "M'\"Lund"));
        let everything = load_everything(&folder.tree());
        let today = "2026-03-16".parse().unwrap();
        assert_eq!(in_short(&upwards::check::run(&everything, today)), [""; 0]);
        let settings = load_settings(&folder.tree()).value.unwrap();
        assert_eq!((settings.layout, settings.name.as_str()), (layout, name));
        assert_eq!(gitignore(layout).contains("team/"), layout == Layout::Git);
    }
    assert!(gitattributes().starts_with("*.jsonl -text\n"));
}

#[test]
fn the_rights_name_every_folder_and_who_needs_it() {
    let folder = Folder::copy_of("format_examples");
    let people = load_people(&folder.tree()).value.unwrap();
    let text = rights_of(&people.people);
    assert!(
        text.contains("progress/ana/                Ana Reyes writes; Maya Lund read and write; nobody else"),
        "{text}"
    );
    assert!(!text.contains("kim-guest") && !text.contains("progress/maya") && !text.contains("progress/rao"));
    assert!(
        rights(&[("ana", "Ana\u{1b}[31m")])
            .contains("progress/ana/                Ana[31m writes; the leaders")
    );
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

#[test]
fn an_import_is_remembered_beside_earlier_ones() {
    let texts = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    };
    let columns = texts(&[("name", "Full Name"), ("first_name", "Given")]);
    let first = texts(&[("name", "Dana"), ("groups", "a|b"), ("unit", "")]);
    let folder = Folder::new();
    let rows = [("dana", Some("0047"), &first)].into_iter();
    folder.put(
        "people.import.toml",
        import_toml(&ImportMap::default(), columns, rows),
    );
    let before = load_import_map(&folder.tree()).value.unwrap().unwrap();
    assert_eq!(before.rows[0].values["groups"], ["a", "b"]);
    let second = texts(&[("left", "2026-02-01"), ("external", "true")]);
    let rows = [("bo", None, &second)].into_iter();
    folder.put(
        "people.import.toml",
        import_toml(&before, before.columns.clone(), rows),
    );
    let loaded = load_import_map(&folder.tree());
    assert_eq!(in_short(&loaded.findings), [""; 0]);
    let after = loaded.value.unwrap().unwrap();
    assert_eq!(
        after.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        ["bo", "dana"]
    );
    assert_eq!(after.rows[0].values["left"], ["2026-02-01"]);
    assert_eq!(after.columns["name"], "Full Name");
    assert_eq!(after.columns["first_name"], "Given");
}
