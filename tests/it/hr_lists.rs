//! `people import` of what personnel and identity systems hand out: their headings, encodings, dates, leavers, and what
//! breaks other programs.

use std::collections::BTreeMap;

use proptest::prelude::*;
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Written by openpyxl: a hidden sheet, a title above the headings, real dates and numbers, a cell far away.
const WORKERS: &[u8] = include_bytes!("people_examples/workers.xlsx");

fn halden() -> Sandbox {
    let sandbox = Sandbox::halden();
    sandbox.run("people edit ana --set email=ana@halden.example").ok();
    sandbox
}

fn people(sandbox: &Sandbox) -> BTreeMap<String, BTreeMap<String, String>> {
    let rows = sandbox.run("people list -f csv").ok().csv();
    rows.into_iter().map(|row| (row["id"].clone(), row)).collect()
}

fn value(sandbox: &Sandbox, id: &str, key: &str) -> String {
    people(sandbox)[id][key].clone()
}

/// What an import did, by person: words of the plan.
fn plan(sandbox: &Sandbox, line: &str) -> Vec<(String, String)> {
    let output = sandbox.run(&format!("{line} -f csv"));
    let mut seen: Vec<(String, String)> = output
        .csv()
        .into_iter()
        .map(|row| (row["person_id"].clone(), row["what"].clone()))
        .collect();
    seen.dedup();
    seen
}

// Shapes of systems.

#[test]
fn a_user_file_of_success_factors() {
    let sandbox = halden();
    sandbox.file(
        "sf.csv",
        "STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,MI,GENDER,EMAIL,MANAGER,HR,DEPARTMENT,JOBCODE,DIVISION,LOCATION,TIMEZONE,HIREDATE,DEFAULT_LOCALE\n\
         Status,User ID,User Name,First Name,Last Name,Middle Name,Gender,Email,Manager,Human Resource,Department,Job Code,Division,Location,Time Zone,Hire Date,Default Locale\n\
         active,10001,cgrant,Carla,Grant,,F,cgrant@halden.example,NO_MANAGER,NO_HR,Executive,CEO,Corporate,Copenhagen,CET,01/02/2010,en_US\n\
         active,10002,vstokes,Vic,Stokes,,M,vstokes@halden.example,10001,10001,Sales,VP,Corporate,Oslo,CET,11/30/2012,en_GB\n\
         active,10009,ana,Ana,Reyes,,F,ANA@halden.example,10001,10001,Marketing,VP,Corporate,Oslo,CET,11/30/2012,da_DK\n\
         inactive,10003,aold,Alf,Old,,M,aold@halden.example,10002,10001,Sales,AE,Corporate,Oslo,CET,11/30/2012,en_GB\n",
    );
    let shown = sandbox.run("people import sf.csv").ok();
    assert_data_eq!(
        shown.stdout,
        str![[r"
Dry run, nothing was written.
sf.csv: 4 rows, 8 columns recognised
  not used  USERNAME, MI, GENDER, HR, JOBCODE, DIVISION, LOCATION, TIMEZONE, HIREDATE
  added       2
    carla-grant    Carla Grant  Executive
    vic-stokes     Vic Stokes  Sales
  changed     1
    ana            languages: nothing -> da
    ana            reports_to: nothing -> carla-grant
  kept        2
    ana            email: the file says ANA@halden.example, set by hand: ana@halden.example
    ana            unit: the file says Marketing, set by hand: marketing
  same        0
  rejected    0
  note, line 2: a second line of headings is skipped
  left        1  left before they were ever here; not added

  upwards people import sf.csv --yes
      write it
  upwards people import sf.csv --overwrite email,unit
      let the file win over what was set by hand

"]]
    );
    sandbox.run("people import sf.csv --yes").ok();
    assert_eq!(value(&sandbox, "vic-stokes", "reports_to"), "carla-grant");
    assert_eq!(value(&sandbox, "carla-grant", "reports_to"), "");
    assert_eq!(value(&sandbox, "vic-stokes", "languages"), "en");
    // The number is remembered, so that the next file finds Ana whatever her address is.
    assert!(
        sandbox
            .read("people.import.toml")
            .contains("external_id = \"10009\"")
    );
    let moved = sandbox.read("sf.csv").replace("ANA@", "ana.reyes@");
    sandbox.file("sf.csv", moved);
    assert!(
        plan(&sandbox, "people import sf.csv")
            .iter()
            .all(|(_, what)| what != "added")
    );
}

#[test]
fn a_report_of_bamboo_hr() {
    let sandbox = halden();
    sandbox.file(
        "bamboo.csv",
        "Employee #,\"Last name\",\"First name\",Preferred Name,Work Email,Department,Division,Job Title,Location,Reporting to,Supervisor EID,Employment Status,Hire Date,Termination Date\n\
         1,Reyes,Ana,,ana@halden.example,marketing,North,CMO,Remote,,,Full-Time,2020-01-05,\n\
         2,Novak,Eli,Eli,eli@halden.example,Sales,North,Head,Remote,Ana Reyes,1,Full-Time,2020-01-05,\n\
         3,Ivers,Ole,,ole@halden.example,Sales,North,Rep,Remote,\"Novak, Eli\",,Contractor,2020-01-05,\n\
         4,Gone,Pat,,pat@halden.example,Sales,North,Rep,Remote,Ana Reyes,1,Terminated,2020-01-05,2026-02-01\n",
    );
    sandbox.run("people import bamboo.csv --yes").ok();
    assert_eq!(value(&sandbox, "ana", "name"), "Ana Reyes");
    // By number, and where that is missing by name.
    assert_eq!(value(&sandbox, "eli-novak", "reports_to"), "ana");
    assert_eq!(value(&sandbox, "ole-ivers", "reports_to"), "eli-novak");
    assert!(!people(&sandbox).contains_key("pat-gone"));
}

const PERSONIO: &str = "Personalnummer;Vorname;Nachname;E-Mail;Status;Abteilung;Team;Position;Vorgesetzter;Austrittsdatum;Sprache\n\
    P-01;Jürgen;Müßig;juergen@halden.example;Aktiv;Geschäftsführung;Vorstand;CEO;;;Deutsch\n\
    P-02;Änne;Krüger-Höpfner;aenne@halden.example;Aktiv;Einkauf;Süd, Ost;Leitung;Jürgen Müßig;31.12.2026;Deutsch\n\
    P-03;Ole;Weg;ole@halden.example;Inaktiv;Einkauf;;Leitung;Jürgen Müßig;01.02.2026;Englisch\n";

#[test]
fn german_excel_in_every_encoding() {
    let crlf = PERSONIO.replace('\n', "\r\n");
    let tabs = crlf.replace(';', "\t");
    let utf16 = |text: &str, little: bool, mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units
            .flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() })
            .collect()
    };
    let latin: Vec<u8> = crlf
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let files: [(&str, Vec<u8>, Option<&str>); 7] = [
        ("utf-8", PERSONIO.into(), None),
        ("mark", format!("\u{feff}{crlf}").into(), None),
        ("sep", format!("sep=;\r\n{crlf}").into(), None),
        ("windows", latin, Some("Windows-1252")),
        ("unicode text", utf16(&tabs, true, true), Some("UTF-16LE")),
        ("big", utf16(&tabs, false, true), Some("UTF-16BE")),
        ("no mark", utf16(&tabs, true, false), Some("UTF-16LE")),
    ];
    for (name, bytes, said) in files {
        let sandbox = halden();
        sandbox.file("p.csv", bytes);
        let import = sandbox.run("people import p.csv --yes").ok();
        match said {
            Some(encoding) => assert!(
                import
                    .said()
                    .contains(&format!("p.csv is not UTF-8; read as {encoding}")),
                "{name}: {import}"
            ),
            None => assert!(!import.said().contains("UTF-8"), "{name}: {import}"),
        }
        let people = people(&sandbox);
        let anne = &people["anne-kruger-hopfner"];
        assert_eq!(anne["name"], "Änne Krüger-Höpfner", "{name}");
        assert_eq!(
            (
                anne["reports_to"].as_str(),
                anne["groups"].as_str(),
                anne["left"].as_str()
            ),
            ("jurgen-mussig", "sud|ost", "2026-12-31"),
            "{name}"
        );
        assert_eq!(people["jurgen-mussig"]["languages"], "de");
        assert!(!people.contains_key("ole-weg"), "{name}");
    }
}

#[test]
fn a_workbook_of_workday() {
    let sandbox = halden();
    sandbox.file("workers.xlsx", WORKERS);
    let import = sandbox.run("people import workers.xlsx --yes").ok();
    assert_data_eq!(
        import.stdout.clone(),
        str![[r"
workers.xlsx: 5 rows, 8 columns recognised
  not used  Home Address, FTE
  added       4
    dana-okafor    Dana Okafor  Operations
    anne-kruger-hopfner Änne Krüger-Höpfner  Operations
    taro           太郎 山田  =1+1 Asia
    ali            محمد علي  Sales
  changed     0
  same        0
  rejected    0
  note, row 3: the headings stand here; what is above this row is no part of the table
  left        1  left before they were ever here; not added
Wrote people.toml: 4 rows.

"]]
    );
    assert!(import.said().contains("not read: Legend"), "{import}");
    // By number in brackets, by "last, first", by address.
    assert_eq!(
        value(&sandbox, "anne-kruger-hopfner", "reports_to"),
        "dana-okafor"
    );
    assert_eq!(value(&sandbox, "taro", "reports_to"), "dana-okafor");
    assert_eq!(value(&sandbox, "ali", "reports_to"), "anne-kruger-hopfner");
    // A number of Excel has no zeros in front any more: the same people, and said.
    sandbox.file(
        "again.csv",
        "Employee ID,Name,Department\n4712,Änne Krüger-Höpfner,Operations\n",
    );
    let again = sandbox.run("people import again.csv").ok();
    assert!(
        again
            .stdout
            .contains("\"4712\" is taken for \"004712\": zeros in front are lost"),
        "{again}"
    );
    assert!(again.stdout.contains("  same        1\n"), "{again}");
}

#[test]
fn what_is_no_workbook_is_refused_by_name() {
    let sandbox = halden();
    let mut cut = WORKERS.to_vec();
    cut.truncate(3_000);
    sandbox.file("cut.xlsx", cut);
    sandbox.file("text.xlsx", "id,name\n");
    let before = sandbox.workspace();
    for file in ["cut.xlsx", "text.xlsx"] {
        let refused = sandbox.run(&format!("people import {file} --yes")).code(1);
        assert!(refused.said().contains("save it as .xlsx or as CSV"), "{refused}");
    }
    assert!(sandbox.workspace() == before);
}

const SCIM: &str = r#"{"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": 3, "Resources": [
  {"id": "u-1", "userName": "ana@halden.example", "displayName": "Ana Reyes", "active": true,
   "emails": [{"value": "ana@halden.example", "type": "work", "primary": true}]},
  {"id": "u-2", "userName": "dana", "name": {"givenName": "Dana", "familyName": "Okafor"}, "preferredLanguage": "en-GB",
   "emails": [{"value": "dana@halden.example"}],
   "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Operations", "manager": {"value": "u-1"}}},
  {"id": "u-3", "userName": "pat", "displayName": "Pat Gone", "active": false}]}"#;

#[test]
fn users_of_an_identity_system() {
    let sandbox = halden();
    sandbox.file("users.json", SCIM);
    sandbox.run("people import users.json --yes").ok();
    let dana = people(&sandbox)["dana-okafor"].clone();
    assert_eq!(
        [
            &dana["email"],
            &dana["unit"],
            &dana["reports_to"],
            &dana["languages"]
        ],
        ["dana@halden.example", "Operations", "ana", "en"]
    );
    assert_eq!(people(&sandbox).len(), 5);
    // Disabled there: archived here, restored with them.
    let off = SCIM.replace(
        "\"preferredLanguage\"",
        "\"active\": false, \"preferredLanguage\"",
    );
    sandbox.file("users.json", &off);
    sandbox.run("people import users.json --yes").ok();
    assert_eq!(value(&sandbox, "dana-okafor", "left"), "2026-03-16");
    sandbox
        .on("2026-04-02")
        .run("people import users.json --yes")
        .ok();
    assert_eq!(value(&sandbox, "dana-okafor", "left"), "2026-03-16");
    sandbox.file("users.json", SCIM);
    sandbox.run("people import users.json --yes").ok();
    assert_eq!(value(&sandbox, "dana-okafor", "left"), "");
    // A page of a longer list says nothing of the others.
    let page = SCIM.replace("\"totalResults\": 3", "\"totalResults\": 120");
    let page = page.replace("{\"id\": \"u-2\"", "{\"id\": \"u-9\"");
    sandbox.file(
        "users.json",
        page.replace("dana@", "other@").replace("Okafor", "Other"),
    );
    let import = sandbox.run("people import users.json --gone archive").ok();
    assert!(import.stdout.contains("it holds 3 of 120"), "{import}");
    assert!(!import.stdout.contains("archived"), "{import}");
    let from = sandbox.feed("people import - --from scim", SCIM).ok();
    assert!(from.stdout.contains("standard input: 3 rows"), "{from}");
    let broken = sandbox.feed("people import - --from scim", "{").code(1);
    assert!(broken.said().contains("no SCIM list of users"), "{broken}");
}

// What a re-import does.

#[test]
fn who_left_is_archived_with_their_progress_and_comes_back() {
    let sandbox = halden();
    sandbox.file(
        "p.csv",
        "id,name,email,status\nana,Ana Reyes,ana@halden.example,active\nbo,Bo Lindqvist,,active\n",
    );
    sandbox.run("people import p.csv --yes").ok();
    sandbox
        .run("assign answering --to group:board --due +4w --yes")
        .ok();
    sandbox.laptop("bo").run("aim 'Answer faster'").ok();
    let log = sandbox.read("progress/bo/bo-laptop.jsonl");
    let names = |sandbox: &Sandbox| -> Vec<String> {
        let rows = sandbox.run("readiness -f csv").ok().csv();
        rows.into_iter().map(|row| row["person_id"].clone()).collect()
    };
    assert_eq!(names(&sandbox), ["ana", "bo"]);
    let mended = sandbox
        .read("p.csv")
        .replace("Lindqvist,,active", "Lindqvist,,Terminated");
    sandbox.file("p.csv", &mended);
    let import = sandbox.run("people import p.csv --yes").ok();
    assert!(import.stdout.contains("left: nothing -> 2026-03-16"), "{import}");
    assert_eq!(names(&sandbox), ["ana"]);
    assert_eq!(sandbox.read("progress/bo/bo-laptop.jsonl"), log);
    // Brought back by hand: the file does not send them away again.
    sandbox.run("people edit bo --set left=").ok();
    let again = sandbox.run("people import p.csv --yes").ok();
    assert!(again.stdout.contains("  changed     0\n"), "{again}");
    assert_eq!(names(&sandbox), ["ana", "bo"]);
    // And by the file, once it says so.
    sandbox.run("people edit bo --set left=2026-03-16").ok();
    sandbox.file("p.csv", mended.replace("Terminated", "active"));
    sandbox.run("people import p.csv --yes").ok();
    assert_eq!(names(&sandbox), ["ana", "bo"]);
}

#[test]
fn who_is_gone_is_archived_only_if_asked_and_comes_back_with_the_file() {
    let sandbox = halden();
    let both = "id,name,unit\ndana,Dana,sales\neli,Eli,sales\n";
    sandbox.file("p.csv", both);
    sandbox.run("people import p.csv --yes").ok();
    sandbox.file("p.csv", "id,name,unit\ndana,Dana,sales\n");
    let shown = sandbox.run("people import p.csv").ok();
    assert!(
        shown.stdout.contains("gone        1  eli (nobody is removed)")
            && shown
                .stdout
                .contains("upwards people import p.csv --gone archive\n"),
        "{shown}"
    );
    assert_eq!(
        plan(&sandbox, "people import p.csv --gone archive"),
        [
            ("dana".to_owned(), "same".to_owned()),
            ("eli".to_owned(), "archived".to_owned())
        ]
    );
    assert_eq!(value(&sandbox, "eli", "left"), "");
    sandbox.run("people import p.csv --gone archive --yes").ok();
    assert_eq!(value(&sandbox, "eli", "left"), "2026-03-16");
    // Archived once; what was imported of them is still known.
    let again = sandbox.run("people import p.csv --gone archive --yes").ok();
    assert!(!again.stdout.contains("archived"), "{again}");
    sandbox.file("p.csv", both.replace("Eli,sales", "Eli,trade"));
    sandbox.run("people import p.csv --yes").ok();
    assert_eq!(
        (value(&sandbox, "eli", "left"), value(&sandbox, "eli", "unit")),
        (String::new(), "trade".to_owned())
    );
}

#[test]
fn a_column_that_is_missing_once_does_not_make_its_values_hand_set() {
    let sandbox = halden();
    sandbox.file("p.csv", "id,name,unit\ndana,Dana,sales\n");
    sandbox.run("people import p.csv --yes").ok();
    sandbox.file("q.csv", "id,name\ndana,Dana\n");
    sandbox.run("people import q.csv --yes").ok();
    sandbox.file("p.csv", "id,name,unit\ndana,Dana,trade\n");
    sandbox.run("people import p.csv --yes").ok();
    assert_eq!(value(&sandbox, "dana", "unit"), "trade");
}

#[test]
fn a_value_taken_away_by_hand_does_not_come_back() {
    let sandbox = halden();
    sandbox.file("p.csv", "id,name,unit,groups\ndana,Dana,sales,board\n");
    sandbox.run("people import p.csv --yes").ok();
    sandbox
        .run("people edit dana --set unit= --set groups=trade")
        .ok();
    for line in ["people import p.csv --yes", "people import p.csv --yes"] {
        sandbox.run(line).ok();
        assert_eq!(value(&sandbox, "dana", "unit"), "");
        assert_eq!(value(&sandbox, "dana", "groups"), "trade");
    }
}

#[test]
fn headings_given_once_are_remembered_and_may_be_saved_alone() {
    let sandbox = halden();
    sandbox.file(
        "hr.csv",
        "Kennung;Rufname;Zuname;Weg am\ndana;Dana;Okafor;3/4/2027\n",
    );
    let before = sandbox.read("people.toml");
    let map = "--map 'id=Kennung,first_name=Rufname,last_name=Zuname,left=Weg am' --date-format %d/%m/%Y";
    sandbox
        .run(&format!("people import hr.csv {map} --save-map"))
        .ok();
    assert_eq!(sandbox.read("people.toml"), before);
    sandbox.run("people import hr.csv --yes").ok();
    assert_eq!(value(&sandbox, "dana", "left"), "2027-04-03");
    assert_eq!(value(&sandbox, "dana", "name"), "Dana Okafor");
    sandbox.run("check --strict --only people").ok();
    // Another source without these headings is read by its own.
    sandbox.file("p.csv", "id,name\neli,Eli\n");
    sandbox.run("people import p.csv --yes").ok();
    for (line, words) in [
        (
            "people import hr.csv --map nme=Rufname",
            "there is no key \"nme\"",
        ),
        (
            "people import hr.csv --overwrite untis",
            "there is no key \"untis\"",
        ),
        (
            "people import hr.csv --date-format dd.mm.yyyy",
            "does not say day, month and year",
        ),
    ] {
        let refused = sandbox.run(line).code(2);
        assert!(refused.said().contains(words), "{refused}");
    }
    let missing = sandbox.run("people import hr.csv --map unit=Bereich").code(1);
    assert!(
        missing.said().contains("there is no column \"Bereich\""),
        "{missing}"
    );
}

#[test]
fn a_day_that_may_be_two_is_rejected_with_the_flag() {
    let sandbox = halden();
    sandbox.file("p.csv", "id,name,Termination Date\ndana,Dana,03/04/2027\n");
    let refused = sandbox.run("people import p.csv --yes").code(1);
    assert!(
        refused
            .stdout
            .contains("\"03/04/2027\" may be two days; say which: --date-format"),
        "{refused}"
    );
    sandbox
        .run("people import p.csv --yes --date-format %m/%d/%Y")
        .ok();
    assert_eq!(value(&sandbox, "dana", "left"), "2027-03-04");
}

// What breaks other programs.

#[test]
fn hostile_values_are_text_or_a_rejected_row() {
    let sandbox = halden();
    let long = "x".repeat(1_000_000);
    let rows = [
        ("=1+1".to_owned(), "-5".to_owned()),
        ("\"O\"\"Neil, \"\"Ann\"\"\"".to_owned(), "'=1".to_owned()),
        ("山田 太郎".to_owned(), "東京".to_owned()),
        ("محمد علي".to_owned(), "مبيعات".to_owned()),
        (
            "Ma\u{200F}rk \u{FEFF}Soft\u{AD}".to_owned(),
            "\u{A0}sales\u{A0}".to_owned(),
        ),
        ("Turn\u{202E}ed".to_owned(), String::new()),
        ("Esc\u{1b}[2J".to_owned(), String::new()),
        (long.clone(), String::new()),
        ("Long Unit".to_owned(), long),
        ("Two".to_owned(), "\"two\nlines\"".to_owned()),
    ];
    let mut table = "Employee ID,Name,Department,Address\n".to_owned();
    for (at, (name, unit)) in rows.iter().enumerate() {
        table.push_str(&format!(
            "{:03},{name},{unit},\"1 High St\n8000 Aarhus\"\n",
            at + 1
        ));
    }
    sandbox.file("p.csv", &table);
    let import = sandbox.run("people import p.csv --yes --skip-rejected").code(1);
    assert!(import.said().len() < 4_000, "{} bytes", import.said().len());
    assert!(!import.said().contains(['\u{1b}', '\u{202E}']));
    for words in [
        "a control character in \"TurnU+202Eed\"",
        "a control character in \"EscU+001B[2J\"",
        "name: 1000000 characters, at most 80",
        "unit: 1000000 characters, at most 4000",
        "a line break in \"two…\"",
        "characters that no screen shows were left out",
    ] {
        assert!(import.stdout.contains(words), "{words}: {import}");
    }
    let units: BTreeMap<String, String> = people(&sandbox)
        .into_values()
        .map(|row| (row["name"].clone(), row["unit"].clone()))
        .collect();
    assert_eq!(units["'=1+1"], "'-5");
    assert_eq!(units["O\"Neil, \"Ann\""], "'=1");
    assert_eq!(units["山田 太郎"], "東京");
    assert_eq!(units["محمد علي"], "مبيعات");
    assert_eq!(units["Mark Soft"], "sales");
    assert_eq!(units.len(), 4 + 5);
    sandbox.run("check").ok();
    // Nothing of it changes when it comes again.
    let again = sandbox.run("people import p.csv --yes --skip-rejected").code(1);
    assert!(
        again.stdout.contains("  added       0\n  changed     0\n"),
        "{again}"
    );
    sandbox.file("nul.csv", b"id,name\na,A\0B\n");
    let nul = sandbox.run("people import nul.csv --yes").code(1);
    assert!(nul.said().contains("no text file"), "{nul}");
}

#[test]
fn a_ring_of_managers_is_opened_and_said() {
    let sandbox = halden();
    sandbox.file(
        "p.csv",
        "id,name,manager\na1,A,b1\nb1,B,c1\nc1,C,a1\nd1,D,d1\ne1,E,nobody here\nf1,F,Twin\ng1,Twin,\nh1,Twin,\n",
    );
    let import = sandbox.run("people import p.csv --yes").ok();
    assert!(
        import
            .stdout
            .contains("note, line 4: a1 reports to c1, directly or through others: that would be a ring"),
        "{import}"
    );
    // Two people of that name: nobody is guessed.
    assert!(
        import
            .stdout
            .contains("note, line 7: the manager \"Twin\" is nobody here"),
        "{import}"
    );
    let of = |id: &str| value(&sandbox, id, "reports_to");
    assert_eq!(
        ["a1", "b1", "c1", "d1", "e1", "f1"].map(of),
        ["b1", "c1", "", "", "", ""].map(str::to_owned)
    );
    sandbox.run("check --only people").ok();
    let again = sandbox.run("people import p.csv --yes").ok();
    assert!(
        again.stdout.contains("  added       0\n  changed     0\n"),
        "{again}"
    );
}

#[test]
fn headings_that_stand_twice_matter_only_where_they_are_used() {
    let sandbox = halden();
    sandbox.file("p.csv", "id,name,Cost,Cost\ndana,Dana,1,2\n");
    sandbox.run("people import p.csv --yes").ok();
    sandbox.file("p.csv", "id,name,name\ndana,Dana,Other\n");
    let refused = sandbox.run("people import p.csv").code(1);
    assert!(
        refused.said().contains("the heading \"name\" stands twice"),
        "{refused}"
    );
}

#[test]
fn a_job_is_no_role_of_ours() {
    let sandbox = halden();
    sandbox.file("p.csv", "id,name,Role\ndana,Dana,Head of Sales\n");
    let import = sandbox.run("people import p.csv --yes").ok();
    assert!(import.stdout.contains("not used  Role"), "{import}");
    assert_eq!(value(&sandbox, "dana", "roles"), "executive");
}

#[test]
fn two_people_of_one_name_get_two_ids_that_stay() {
    let sandbox = halden();
    sandbox.file("p.csv", "Employee ID,Name\n7,Jo Park\n8,Jo Park\n9,Ana Reyes\n");
    let import = sandbox.run("people import p.csv --yes").ok();
    assert!(
        import
            .stdout
            .contains("ana here has the same name; if it is the same person, first:"),
        "{import}"
    );
    sandbox.file("p.csv", "Employee ID,Name\n8,Jo Park-Lee\n7,Jo Park\n");
    sandbox.run("people import p.csv --yes").ok();
    assert_eq!(value(&sandbox, "jo-park-2", "name"), "Jo Park-Lee");
    assert_eq!(value(&sandbox, "jo-park", "name"), "Jo Park");
}

#[test]
fn a_long_list_is_shown_by_its_beginning() {
    let sandbox = halden();
    let mut table = "id,name,unit\n".to_owned();
    for n in 0..300 {
        table.push_str(&format!("p{n},Person {n},sales\n"));
    }
    sandbox.file("p.csv", table);
    let shown = sandbox.run("people import p.csv").ok();
    assert!(shown.stdout.contains("    and 280 more (all: -v)\n"), "{shown}");
    assert!(shown.stdout.lines().count() < 40);
    let all = sandbox.run("people import p.csv -v").ok();
    assert!(all.stdout.contains("p299"));
    assert_eq!(sandbox.run("people import p.csv -f csv").ok().csv().len(), 600);
}

#[cfg(unix)]
#[test]
fn a_reader_who_goes_away_stops_no_import() {
    let sandbox = halden();
    let mut table = "id,name\n".to_owned();
    for n in 0..3_000 {
        table.push_str(&format!("p{n},Person {n}\n"));
    }
    sandbox.file("p.csv", table);
    sandbox
        .shell("\"$UPWARDS\" people import p.csv --yes -v | head -1")
        .ok();
    assert_eq!(people(&sandbox).len(), 3_004);
    assert!(sandbox.has("people.import.toml"));
}

#[test]
fn the_plan_is_data_too() {
    let sandbox = halden();
    sandbox.file(
        "p.csv",
        "id,name,unit\nana,Ana R.,service\ndana,Dana,=1+1\n,Nobody,\n",
    );
    let csv = sandbox.run("people import p.csv -f csv").code(1);
    assert_data_eq!(
        csv.stdout,
        str![[r"
line,person_id,what,key,from,to,reason
2,ana,kept,name,Ana Reyes,Ana R.,
2,ana,kept,unit,marketing,service,
3,dana,added,name,,Dana,
3,dana,added,unit,,'=1+1,
4,,rejected,,,,no id and no e-mail

"]]
    );
}

proptest! {
    /// Of any text, however many of the guard's own signs it begins with.
    #[test]
    fn the_guard_is_undone_exactly(text in "'{0,3}[=+@\\-\t\r\0＝＋－＠]?\\PC{0,8}") {
        use upwards::base::text::{from_csv, to_csv};
        let guarded = to_csv(&text);
        prop_assert_eq!(from_csv(&guarded), &text);
        prop_assert!(!guarded.starts_with(['=', '+', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠']));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever somebody's values are: our own file comes back without a change, guarded or not.
    #[test]
    fn our_own_export_comes_back_exactly(
        values in prop::collection::vec(
            ("['=+@\\-＝＋－＠a-c,;\"|é山م .]{1,12}", "['=+@\\-＝＋－＠\t0-9,;\"é ]{0,10}"),
            1..8,
        ),
        flags in prop::sample::select(vec!["", "--excel", "--excel --delimiter ;", "--raw", "--delimiter |"]),
    ) {
        let sandbox = Sandbox::halden();
        let mut people = sandbox.read("people.toml");
        for (at, (name, unit)) in values.iter().enumerate() {
            let (name, unit) = (name.trim(), unit.replace('\t', " "));
            let text = |text: &str| toml_edit::Value::from(text).to_string();
            if name.is_empty() {
                continue;
            }
            // Nothing tells a value that begins with the guard's own sign from a guarded one where nothing is guarded.
            if flags == "--raw" && (name.starts_with('\'') || unit.trim().starts_with('\'')) {
                continue;
            }
            people.push_str(&format!("\n[[person]]\nid = \"p{at}\"\nname = {}\n", text(name)));
            if !unit.trim().is_empty() {
                people.push_str(&format!("unit = {}\n", text(unit.trim())));
            }
        }
        sandbox.file("people.toml", people);
        sandbox.run(&format!("export people -o out.csv {flags}")).ok();
        let plan = sandbox.run("people import out.csv -f json").ok().rows();
        prop_assert!(plan.iter().all(|row| row["what"] == "same"), "{plan:?}");
    }
}
