//! `people`: who takes part, by hand and by table.

use snapbox::{assert_data_eq, str};

use crate::support::{Sandbox, WORKSPACE, csv_rows};

const TABLE: &str = "id,name,roles,groups,unit,email\n\
    ana,Ana Reyes,executive,board,marketing,ana@halden.example\n\
    dana,Dana Okafor,executive,board,operations,dana@halden.example\n\
    eli,Eli Novak,executive,board|trade,sales,eli@halden.example\n";

fn names(sandbox: &Sandbox) -> Vec<String> {
    let rows = sandbox.run("people list -f csv").ok().csv();
    rows.into_iter().map(|row| row["id"].clone()).collect()
}

// By hand.

#[test]
fn everybody_is_listed_in_every_format() {
    let sandbox = Sandbox::halden();
    assert_data_eq!(
        sandbox.run("people list").ok().stdout,
        str![[r"
ID    NAME          ROLES      GROUPS  UNIT       REPORTS TO  NOTE
maya  Maya Lund     leader     -       -          -
ana   Ana Reyes     executive  board   marketing  -
bo    Bo Lindqvist  executive  board   service    -
chen  Chen Wei      executive  -       products   -

"]]
    );
    let csv = sandbox.run("people list -f csv").ok().csv();
    let json = sandbox.run("people list -f json").ok();
    assert_eq!(json.json()["schema"], "upwards.people/1");
    assert_eq!(json.json()["as_of"], "2026-03-16");
    let lines = sandbox.run("people list -f jsonl").ok().jsonl();
    assert_eq!((csv.len(), json.rows().len(), lines.len()), (4, 4, 4));
    for (at, row) in json.rows().iter().enumerate() {
        assert_eq!(row["id"], csv[at]["id"].as_str());
        assert_eq!(lines[at]["name"], csv[at]["name"].as_str());
    }
    assert_eq!(
        csv[1].keys().map(String::as_str).collect::<Vec<_>>(),
        [
            "assistant_email",
            "email",
            "external",
            "function",
            "groups",
            "id",
            "languages",
            "left",
            "name",
            "nudge",
            "reports_to",
            "roles",
            "unit"
        ]
    );
}

#[test]
fn one_person_is_shown_by_id_or_its_beginning() {
    let sandbox = Sandbox::halden();
    sandbox.run("people add --name 'Anabel Ortiz' --id anabel").ok();
    assert_data_eq!(
        sandbox.run("people show chen").ok().stdout,
        str![[r"
KEY    VALUE
id     chen
name   Chen Wei
roles  executive
unit   products

"]]
    );
    assert_eq!(
        sandbox.run("people show che").ok().stdout,
        sandbox.run("people show chen").ok().stdout
    );
    // Too short, and of two: nobody is guessed.
    sandbox.run("people show ch").code(1);
    sandbox.run("people add --name 'Chen Li' --id chen-li").ok();
    sandbox.run("people show che").code(1);
}

#[test]
fn one_person_as_data_is_the_row_of_the_list() {
    let sandbox = Sandbox::halden();
    let all = sandbox.run("people list -f csv").ok().csv();
    let one = sandbox.run("people show bo -f csv").ok().csv();
    assert_eq!(one, [all[2].clone()]);
    let json = sandbox.run("people show bo -f json").ok().json();
    assert_eq!(json["as_of"], "2026-03-16");
    assert_eq!(json["rows"][0]["id"], "bo");
}

#[test]
fn somebody_unknown_is_told_with_the_nearest_name() {
    let sandbox = Sandbox::halden();
    let unknown = sandbox.run("people show anna").code(1);
    assert_data_eq!(
        unknown.stderr,
        str![[r#"
error: "anna" is no person here
  did you mean: ana (Ana Reyes)?
  all: upwards people list

"#]]
    );
    assert_eq!(unknown.stdout, "");
}

#[test]
fn a_person_is_added_and_everything_else_stays() {
    let sandbox = Sandbox::halden();
    let before = sandbox.read("people.toml");
    let added = sandbox
        .run("people add --name 'Dana Okafor' --role executive --group board --unit operations --email dana@halden.example --reports-to ana --language en")
        .ok();
    assert_data_eq!(
        added.stdout,
        str![[r"
Added Dana Okafor (dana).

"]]
    );
    let after = sandbox.read("people.toml");
    assert!(after.starts_with(&before));
    assert_data_eq!(
        after[before.len()..].to_owned(),
        str![[r#"

[[person]]
id = "dana"
name = "Dana Okafor"
roles = ["executive"]
groups = ["board"]
unit = "operations"
reports_to = "ana"
languages = ["en"]
email = "dana@halden.example"

"#]]
    );
}

#[test]
fn ids_are_made_of_names_and_never_taken_twice() {
    let sandbox = Sandbox::halden();
    for (name, id) in [
        ("Ana Otherwise", "ana-otherwise"),
        ("Jürgen Müßig", "jurgen"),
        ("Ana Otherwise", "ana-otherwise-2"),
    ] {
        let added = sandbox.run(&format!("people add --name '{name}'")).ok();
        assert!(added.stdout.contains(&format!("({id})")), "{added}");
    }
    let taken = sandbox.run("people add --name Other --id ana").code(1);
    assert!(taken.said().contains("somebody here already"), "{taken}");
}

#[test]
fn what_cannot_be_added_is_refused_with_the_reason() {
    let sandbox = Sandbox::halden();
    let before = sandbox.workspace();
    for (line, code, words) in [
        ("people add", 2, "--name NAME"),
        ("people add --name '!!!'", 2, "--id ID"),
        ("people add --name X --id 'a b'", 2, "--id"),
        ("people add --name X --role king", 2, "leader, executive, mentor"),
        ("people add --name X --group 'My Group'", 2, "My Group"),
        ("people add --name X --reports-to anna", 1, "did you mean: ana"),
        ("people add --name 'X\u{1b}[31m'", 1, "U+001B"),
    ] {
        let refused = sandbox.run(line).code(code);
        assert!(refused.said().contains(words), "{refused}");
        assert!(!refused.said().contains('\u{1b}'), "{refused}");
    }
    assert_eq!(sandbox.workspace(), before);
}

#[test]
fn an_erased_id_is_never_used_again() {
    let sandbox = Sandbox::halden();
    sandbox.file(
        "erased.toml",
        "format = 1\n\n[[erased]]\nid = \"dana\"\nday = 2026-01-02\n",
    );
    let refused = sandbox.run("people add --name 'Dana Okafor' --id dana").code(1);
    assert!(refused.said().contains("erased"), "{refused}");
    // A free one is found all the same.
    let added = sandbox.run("people add --name 'Dana Okafor'").ok();
    assert!(added.stdout.contains("(dana-okafor)"), "{added}");
    // Nor does a table bring it back.
    sandbox.file("p.csv", TABLE);
    let import = sandbox.run("people import p.csv").code(1);
    assert!(import.stdout.contains("dana was erased"), "{import}");
}

#[test]
fn values_are_set_and_removed_with_comments_kept() {
    let sandbox = Sandbox::halden();
    let text = sandbox
        .read("people.toml")
        .replace("unit = \"service\"", "unit = \"service\"   # since January");
    sandbox.file("people.toml", &text);
    sandbox
        .run("people edit bo --set group=board,trade --set email=bo@halden.example")
        .ok();
    sandbox.run("people edit ana --set unit=").ok();
    let people = sandbox.run("people list -f json").ok().rows();
    assert_eq!(people[2]["groups"], serde_json::json!(["board", "trade"]));
    assert_eq!(people[2]["email"], "bo@halden.example");
    assert_eq!(people[1]["unit"], serde_json::Value::Null);
    assert!(sandbox.read("people.toml").contains("# since January"));
}

#[test]
fn values_that_do_not_fit_leave_the_file_alone() {
    let sandbox = Sandbox::halden();
    let before = sandbox.workspace();
    for (line, code, words) in [
        ("people edit bo --set unit", 2, "KEY=VALUE"),
        ("people edit bo --set nme=x", 2, "name"),
        ("people edit bo --set name=", 2, "a person needs a name"),
        ("people edit bo --set left=2026-02-30", 2, "2026-02-30"),
        ("people edit bo --set role=king", 2, "king"),
        ("people edit bo --set reports_to=anna", 1, "did you mean: ana"),
        ("people edit b --set unit=x", 1, "\"b\" is no person here"),
        // One of two that does not fit: none is written.
        ("people edit bo --set unit=sales --set left=never", 2, "never"),
    ] {
        let refused = sandbox.run(line).code(code);
        assert!(refused.said().contains(words), "{refused}");
    }
    assert_eq!(sandbox.workspace(), before);
}

#[test]
fn removing_needs_the_id_again_and_keeps_the_log() {
    let sandbox = Sandbox::halden();
    sandbox.laptop("bo").run("aim 'Answer faster'").ok();
    let before = sandbox.workspace();
    let asked = sandbox.run("people remove bo").code(2);
    assert!(asked.said().contains("--confirm bo"), "{asked}");
    sandbox.run("people remove bo --confirm b").code(2);
    sandbox.run("people remove bo --confirm bo --dry-run").ok();
    assert_eq!(sandbox.workspace(), before);
    sandbox.run("people remove bo --confirm bo").ok();
    assert_eq!(names(&sandbox), ["maya", "ana", "chen"]);
    assert!(sandbox.has("progress/bo/bo-laptop.jsonl"));
}

#[test]
fn a_change_by_somebody_else_is_not_overwritten_by_a_broken_file() {
    let sandbox = Sandbox::halden();
    sandbox.append("people.toml", "\n[[person]]\nid = \"ana\"\nname = \"Twice\"\n");
    let before = sandbox.workspace();
    let refused = sandbox.run("people add --name Dana").code(1);
    assert!(refused.said().contains("people.toml:"), "{refused}");
    assert!(refused.said().contains("upwards check"), "{refused}");
    assert_eq!(sandbox.workspace(), before);
}

// By table.

#[test]
fn an_import_shows_and_writes_nothing_until_yes() {
    let sandbox = Sandbox::halden();
    sandbox.file("p.csv", TABLE);
    let before = sandbox.workspace();
    let shown = sandbox.run("people import p.csv").ok();
    assert_data_eq!(
        shown.stdout,
        str![[r"
Dry run, nothing was written.
p.csv: 3 rows, 6 columns recognised
  added       2
    dana           Dana Okafor  executive  board  operations
    eli            Eli Novak  executive  board, trade  sales
  changed     1
    ana            email: nothing -> ana@halden.example
  same        0
  rejected    0

  upwards people import p.csv --yes
      write it

"]]
    );
    assert_eq!(sandbox.workspace(), before);
    // Both given: only shown.
    sandbox.run("people import p.csv --yes --dry-run").ok();
    assert_eq!(sandbox.workspace(), before);
    sandbox.run("people import p.csv --yes").ok();
    assert_eq!(names(&sandbox), ["maya", "ana", "bo", "chen", "dana", "eli"]);
}

#[test]
fn the_same_table_twice_changes_nothing() {
    let sandbox = Sandbox::halden();
    sandbox.file("p.csv", TABLE);
    sandbox.run("people import p.csv --yes").ok();
    let before = sandbox.workspace();
    let again = sandbox.run("people import p.csv --yes").ok();
    assert!(
        again.stdout.contains("  added       0\n  changed     0\n"),
        "{again}"
    );
    assert_eq!(sandbox.workspace(), before);
}

#[test]
fn tables_of_all_common_kinds_are_one_table() {
    let wanted = {
        let sandbox = Sandbox::halden();
        sandbox.file("p.csv", "id,name,unit\nkrueger,\"Krüger-Höpfner, Änne\",\"Sales \"\"North\"\"\"\nneil,\"O'Neil, Ann\",=1+1\n");
        sandbox.run("people import p.csv --yes").ok();
        sandbox.read("people.toml")
    };
    let utf8 = "ID;Name;Unit\r\nkrueger;\"Krüger-Höpfner, Änne\";\"Sales \"\"North\"\"\"\r\nneil;O'Neil, Ann;=1+1\r\n";
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(utf8.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let latin: Vec<u8> = utf8
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"))
        .collect();
    for (kind, bytes) in [
        ("semicolons and CRLF", utf8.as_bytes().to_vec()),
        (
            "a byte order mark",
            [&[0xef, 0xbb, 0xbf], utf8.as_bytes()].concat(),
        ),
        ("tabs", utf8.replace(';', "\t").into_bytes()),
        ("UTF-16", utf16),
        ("Windows-1252", latin),
    ] {
        let sandbox = Sandbox::halden();
        sandbox.file("p.csv", bytes);
        let import = sandbox.run("people import p.csv --yes");
        assert_eq!(import.code, Some(0), "{kind}: {import}");
        assert_eq!(sandbox.read("people.toml"), wanted, "{kind}");
    }
}

#[test]
fn bad_rows_stop_everything_unless_they_may_be_left_out() {
    let sandbox = Sandbox::halden();
    sandbox.file(
        "p.csv",
        "id,name,email\ndana,Dana Okafor,dana@halden.example\n,Nobody,\ndana,Dana Twice,d@halden.example\neli,Eli Novak,not an address\nfay,,fay@halden.example\ngus,Gus,gus@halden.example,more\n",
    );
    let before = sandbox.workspace();
    let refused = sandbox.run("people import p.csv --yes").code(1);
    assert!(
        refused.said().contains("nothing was written: all or nothing"),
        "{refused}"
    );
    assert!(refused.said().contains("--skip-rejected"), "{refused}");
    assert_eq!(sandbox.workspace(), before);
    let partly = sandbox.run("people import p.csv --yes --skip-rejected").code(1);
    assert!(partly.said().contains("people.rejected.csv"), "{partly}");
    assert_eq!(names(&sandbox), ["maya", "ana", "bo", "chen", "dana"]);
    assert_data_eq!(
        sandbox.read("people.rejected.csv"),
        str![[r#"
id,name,email,line,reason
,Nobody,,3,no id and no e-mail
dana,Dana Twice,d@halden.example,4,"the id ""dana"" stands in line 2 already"
eli,Eli Novak,not an address,5,"""not an address"" is no e-mail address"
fay,,fay@halden.example,6,no name
gus,Gus,gus@halden.example,more,7,"4 cells, the heading has 3: is a quotation mark missing?"

"#]]
    );
}

#[test]
fn a_mended_file_of_rejected_rows_is_imported_as_it_is() {
    let sandbox = Sandbox::halden();
    sandbox.file("p.csv", "id;name\ndana;Dana\n;Eli\n;Fay\n");
    sandbox
        .run("people import p.csv --yes --skip-rejected --rejected bad.csv")
        .code(1);
    let mended = sandbox.read("bad.csv").replace(";Eli;", "eli;Eli;");
    sandbox.file("bad.csv", &mended);
    // One is mended, one is not: the file shrinks to what is left, with the same headings.
    sandbox
        .run("people import bad.csv --yes --skip-rejected --rejected bad.csv")
        .code(1);
    assert_data_eq!(
        sandbox.read("bad.csv"),
        str![[r"
id;name;line;reason
;Fay;3;no id and no e-mail

"]]
    );
    let mended = sandbox.read("bad.csv").replace(";Fay;", "fay;Fay;");
    sandbox.file("bad.csv", &mended);
    sandbox.run("people import bad.csv --yes").ok();
    assert_eq!(
        names(&sandbox),
        ["maya", "ana", "bo", "chen", "dana", "eli", "fay"]
    );
}

#[test]
fn a_value_set_by_hand_wins_until_the_file_is_told_to() {
    let sandbox = Sandbox::halden();
    sandbox.file("p.csv", TABLE);
    sandbox.run("people import p.csv --yes").ok();
    sandbox.run("people edit dana --set unit=strategy").ok();
    sandbox.file(
        "p.csv",
        TABLE.replace("operations", "logistics").replace("sales", "trade"),
    );
    let import = sandbox.run("people import p.csv --yes").ok();
    assert!(
        import
            .stdout
            .contains("dana           unit: the file says logistics, set by hand: strategy"),
        "{import}"
    );
    let unit = |id: &str| {
        let rows = sandbox.run("people list -f csv").ok().csv();
        let row = rows.into_iter().find(|row| row["id"] == id).expect("is there");
        row["unit"].clone()
    };
    assert_eq!(
        (unit("dana").as_str(), unit("eli").as_str()),
        ("strategy", "trade")
    );
    sandbox.run("people import p.csv --yes --overwrite unit").ok();
    assert_eq!(unit("dana"), "logistics");
}

#[test]
fn who_is_not_in_the_table_any_more_is_named_and_stays() {
    let sandbox = Sandbox::halden();
    sandbox.file("p.csv", TABLE);
    sandbox.run("people import p.csv --yes").ok();
    let shorter: String = TABLE
        .lines()
        .filter(|l| !l.starts_with("eli"))
        .fold(String::new(), |text, line| text + line + "\n");
    sandbox.file("p.csv", shorter);
    let import = sandbox.run("people import p.csv --yes").ok();
    assert!(
        import.stdout.contains("gone        1  eli (nobody is removed)"),
        "{import}"
    );
    assert!(names(&sandbox).contains(&"eli".to_owned()));
}

#[test]
fn other_headings_are_named_by_a_flag() {
    let sandbox = Sandbox::halden();
    sandbox.file("hr.csv", "Kennung,Voller Name\ndana,Dana Okafor\n");
    let unknown = sandbox.run("people import hr.csv").code(1);
    assert!(unknown.said().contains("Kennung, Voller Name"), "{unknown}");
    assert!(unknown.said().contains("--map id="), "{unknown}");
    sandbox
        .run("people import hr.csv --map 'id=Kennung,name=\"Voller Name\"' --yes")
        .ok();
    assert!(names(&sandbox).contains(&"dana".to_owned()));
    // Remembered: the next time no flag is needed.
    sandbox.run("people import hr.csv").ok();
    sandbox.run("people import hr.csv --map nonsense").code(2);
}

#[test]
fn our_own_list_comes_back_without_a_change() {
    let sandbox = Sandbox::halden();
    sandbox.file("p.csv", TABLE.replace("operations", "=1+1"));
    sandbox.run("people import p.csv --yes").ok();
    for flags in ["", "--excel", "--excel --delimiter ;", "--raw"] {
        let list = sandbox
            .run(&format!("people export -o out.csv --yes {flags}"))
            .ok();
        assert_eq!(list.stdout, "");
        let import = sandbox.run("people import out.csv").ok();
        assert!(
            import
                .stdout
                .contains("  added       0\n  changed     0\n  same        6\n"),
            "{flags}: {import}"
        );
    }
    let guarded = sandbox.run("people export").ok();
    assert_eq!(csv_rows(&guarded.stdout)[4]["unit"], "'=1+1");
}

#[test]
fn a_table_that_is_none_is_told_with_its_name() {
    let sandbox = Sandbox::halden();
    sandbox.file("empty.csv", "");
    sandbox.file("zip.csv", b"PK\x03\x04\x14\0\0\0rubbish\0rubbish");
    sandbox.file("twice.csv", "id,id\na,b\n");
    let before = sandbox.workspace();
    for (file, words) in [
        ("nowhere.csv", "it does not exist"),
        ("curricula", "it is a folder"),
        ("empty.csv", "it is empty"),
        ("zip.csv", "no workbook"),
        ("twice.csv", "stands twice"),
    ] {
        let refused = sandbox.run(&format!("people import {file} --yes")).code(1);
        assert!(
            refused.said().contains(file) && refused.said().contains(words),
            "{refused}"
        );
    }
    assert_eq!(sandbox.workspace(), before);
}

#[test]
fn standard_input_is_a_table_only_if_it_is_asked_for() {
    let sandbox = Sandbox::halden();
    let import = sandbox.feed("people import - --yes", TABLE).ok();
    assert!(import.stdout.starts_with("standard input: 3 rows"), "{import}");
    assert_eq!(names(&sandbox).len(), 6);
    let empty = sandbox.run("people import -").code(1);
    assert!(empty.said().contains("standard input: it is empty"), "{empty}");
}

#[test]
fn an_open_quotation_mark_is_one_rejected_row_of_one_line() {
    let sandbox = Sandbox::halden();
    let mut table = "id,name,unit\ndana,Dana,\"sales\n".to_owned();
    for n in 0..500 {
        table.push_str(&format!("p{n},Person {n},unit\n"));
    }
    sandbox.file("p.csv", table);
    let import = sandbox.run("people import p.csv").code(1);
    let reason = import
        .stdout
        .lines()
        .find(|l| l.contains("line 2"))
        .expect("the row is named");
    assert!(reason.chars().count() < 160, "{reason}");
    assert!(reason.contains("quotation mark"), "{reason}");
}

#[test]
fn people_added_at_the_same_time_are_all_there() {
    let sandbox = Sandbox::halden();
    std::thread::scope(|scope| {
        for n in 0..10 {
            let mut command = sandbox.command([
                "people",
                "add",
                "--name",
                &format!("Person {n}"),
                "--id",
                &format!("p{n}"),
            ]);
            scope.spawn(move || assert!(command.output().expect("it runs").status.success()));
        }
    });
    assert_eq!(names(&sandbox).len(), 14);
}

#[test]
fn the_private_folder_is_not_named_in_what_others_read() {
    let sandbox = Sandbox::halden();
    sandbox.file("p.csv", TABLE);
    sandbox.run("people import p.csv --yes").ok();
    for (path, bytes) in sandbox.workspace() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("/own/"), "{path}");
    }
    assert!(sandbox.own(WORKSPACE).is_dir());
}

#[test]
fn nobody_is_made_to_report_to_themselves() {
    let sandbox = Sandbox::halden();
    sandbox.run("people edit bo --set reports_to=ana").ok();
    let people = sandbox.read("people.toml");
    let oneself = sandbox.run("people edit ana --set reports_to=ana").code(1);
    assert!(
        oneself.said().contains("cannot report to themselves"),
        "{oneself}"
    );
    let ring = sandbox.run("people edit ana --set reports_to=bo").code(1);
    assert!(
        ring.said().contains("upwards people edit bo --set reports_to="),
        "{ring}"
    );
    assert_eq!(sandbox.read("people.toml"), people);
    sandbox.run("people edit bo --set reports_to=").ok();
    sandbox.run("people edit ana --set reports_to=bo").ok();
}
