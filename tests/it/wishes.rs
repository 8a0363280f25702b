//! What executives and mentors say to the leaders alone: on their own computer until it is sent, and never in a copy.

use std::collections::BTreeMap;

use crate::support::{Sandbox, WORKSPACE};

/// Jo with one seat and Sam with three, both by the leader's word. Bo and Chen may not have Jo.
fn halden() -> Sandbox {
    let maya = Sandbox::halden();
    let mut people = maya.read("people.toml");
    for (id, name) in [("jo", "Jo Park"), ("sam", "Sam Ortiz")] {
        let seats = if id == "jo" { 1 } else { 3 };
        people.push_str(&format!(
            "\n[[person]]\nid = \"{id}\"\nname = \"{name}\"\nroles = [\"mentor\"]\nmentors_in = [\"serve\"]\n\
             mentors_stated = {{ serve = \"ready\" }}\nseats = {seats}\n"
        ));
    }
    maya.file("people.toml", people);
    maya.run("mentors bar jo chen").ok();
    maya.run("mentors bar jo bo").ok();
    maya
}

/// Somebody's computer with the copy that Maya makes now.
fn with_copy(maya: &Sandbox, who: &str) -> Sandbox {
    let theirs = maya.laptop(who).inside(&format!("../{who}s"));
    theirs.file("empty/x", "");
    maya.run(&format!("send --to {who} -o ../{who}.copy.packet")).ok();
    theirs.run(&format!("receive ../{who}.copy.packet --yes")).ok();
    theirs.inside(&format!("../{who}s/{WORKSPACE}"))
}

/// What somebody noted goes to Maya.
fn post(from: &Sandbox, who: &str, maya: &Sandbox) {
    from.run(&format!("send -o ../../{who}.packet")).ok();
    maya.run(&format!("receive ../{who}.packet --yes")).ok();
}

fn mentor_of(who: &str, maya: &Sandbox) -> String {
    let rows = maya.run("mentors match --dry-run -f csv").ok().csv();
    let row = rows.into_iter().find(|row| row["person_id"] == who);
    row.expect("a row")["mentor_id"].clone()
}

/// The user's own team file of Ana's laptop.
fn own_log(of: &Sandbox, device: &str) -> std::path::PathBuf {
    of.own(&format!("{WORKSPACE}/team/{device}.jsonl"))
}

fn text(path: &std::path::Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// What nobody but the leaders may find: ids and kinds of the lines.
fn secrets(log: &str) -> Vec<String> {
    let ids = log
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line")["id"].clone());
    let ids = ids.map(|id| id.as_str().expect("an id").to_owned());
    let kinds = ["wished", "barred", "\"fit\"", "\\\"fit\\\""].map(str::to_owned);
    ids.chain(kinds).collect()
}

fn finds_none(secrets: &[String], files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        for secret in secrets {
            assert!(!text.contains(secret.as_str()), "{path}: {secret}");
        }
    }
}

#[test]
fn ones_own_word_reaches_the_leaders_and_nobody_else() {
    let maya = halden();
    let ana = with_copy(&maya, "ana");
    let copy = ana.workspace();
    assert_eq!(mentor_of("ana", &maya), "jo");
    // Her copy names nobody whom she does not meet: an id goes as she typed it.
    let wished = ana.run("mentors wish sam --width 120").ok();
    assert_eq!(
        wished.told(),
        "Saved on this computer; only leaders read it, they get it with your next: upwards send"
    );
    assert!(wished.stderr.contains("nobody of the id sam"), "{wished}");
    assert_eq!(ana.workspace(), copy, "the workspace holds nothing of it");
    let sent = ana.run("send -o ../../ana.packet --width 200").ok();
    assert!(
        sent.stdout
            .contains("Ana Reyes would like sam as mentor (leaders only)"),
        "{sent}"
    );
    let received = maya.run("receive ../ana.packet --yes --width 200").ok();
    assert!(
        received
            .stdout
            .contains("Ana Reyes would like Sam Ortiz as mentor (leaders only)"),
        "{received}"
    );
    assert_eq!(
        mentor_of("ana", &maya),
        "sam",
        "of equals the one who is wished for"
    );
    // A pair, what it is like, and with whom never.
    maya.run("mentors match --yes").ok();
    maya.run("send --to ana -o ../ana.copy.packet").ok();
    ana.run("receive ../../ana.copy.packet --yes").ok();
    let ana = ana.on("2026-03-20");
    ana.run("mentors fit unsure").ok();
    ana.run("mentors bar jo").ok();
    ana.run("mentors fit not").ok();
    post(&ana, "ana", &maya);
    let log = own_log(&ana, "ana-laptop");
    assert_eq!(maya.read("team/ana-laptop.jsonl"), text(&log), "byte for byte");
    let shown = maya.on("2026-03-20").run("mentors match -n --width 200").ok();
    assert!(
        shown.told().contains("not possible: upwards mentors unpair ana"),
        "{shown}"
    );
    maya.run("mentors unpair ana").ok();
    let rows = maya.on("2026-03-21").run("mentors match -n -f csv").ok().csv();
    let row = rows.iter().find(|row| row["person_id"] == "ana").expect("Ana");
    assert_eq!(row["mentor_id"], "", "Jo is barred, and Sam does not fit");
    // Neither a copy nor an export of an executive holds a byte of it.
    let secrets = secrets(&text(&log));
    assert!(secrets.len() > 4);
    let mut files = BTreeMap::new();
    for who in ["ana", "jo"] {
        maya.run(&format!("send --to {who} -o ../{who}.copy.packet")).ok();
        files.insert(
            who.to_owned(),
            maya.read(&format!("../{who}.copy.packet")).into_bytes(),
        );
    }
    ana.run("receive ../../ana.copy.packet --yes").ok();
    let jo = with_copy(&maya, "jo");
    files.extend(ana.workspace());
    files.extend(jo.workspace());
    for line in [
        "export events -f json",
        "export readiness -f json",
        "export progress -f json",
        "export people -f json",
        "export meetings -f json",
        "export measures -f json",
        "export ics",
        "progress -f json",
        "readiness ana -f json",
        "privacy show -f json",
    ] {
        for (who, of) in [("ana", &ana), ("jo", &jo)] {
            let out = of.run(line);
            files.insert(format!("{who}: {line}"), (out.stdout + &out.stderr).into_bytes());
        }
    }
    finds_none(&secrets, &files);
    assert!(!ana.has("team") && !jo.has("team"));
}

#[test]
fn it_is_the_users_alone_until_it_is_sent() {
    let maya = halden();
    let ana = with_copy(&maya, "ana");
    ana.run("mentors wish jo").ok();
    ana.run("mentors bar sam").ok();
    let log = own_log(&ana, "ana-laptop");
    let rows = ana.run("privacy show -f json").ok().rows();
    let row = rows.iter().find(|row| row["field"] == "team").expect("the row");
    assert_eq!(
        (&row["lines"], &row["place"]),
        (&2.into(), &"sent-once-then-team".into())
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| std::fs::metadata(path).expect("it").permissions().mode() & 0o777;
        assert_eq!(mode(&log), 0o600);
        assert_eq!(mode(log.parent().expect("its folder")), 0o700);
        std::fs::set_permissions(&log, std::fs::Permissions::from_mode(0o644)).expect("rights");
        let doctor = ana.run("doctor");
        assert!(doctor.stdout.contains("can read this private file"), "{doctor}");
    }
    // Sent once: the next packet has what came after.
    post(&ana, "ana", &maya);
    let nothing = ana.run("send -o ../../again.packet").ok();
    assert!(nothing.stdout.contains("Nothing new"), "{nothing}");
    ana.run("mentors bar chen").ok();
    post(&ana, "ana", &maya);
    assert_eq!(maya.read("team/ana-laptop.jsonl"), text(&log));
    // A typing error is seen where the people are known.
    ana.run("mentors bar nobdy").ok();
    ana.run("send -o ../../ana.packet").ok();
    let received = maya.run("receive ../ana.packet --yes").ok();
    assert!(received.stderr.contains("nobody of the id nobdy"), "{received}");
    // Whoever was erased does not come back by this way.
    ana.run("mentors bar gone").ok();
    ana.run("send -o ../../ana.packet").ok();
    maya.file(
        "erased.toml",
        "format = 1\n\n[[erased]]\nid = \"gone\"\nday = 2026-03-16\n",
    );
    let refused = maya.run("receive ../ana.packet --yes").code(1);
    assert!(refused.stdout.contains("gone was erased here"), "{refused}");
}

#[test]
fn it_is_taken_back_and_brought_back_by_who_said_it() {
    let maya = halden();
    let ana = with_copy(&maya, "ana");
    assert_eq!(mentor_of("ana", &maya), "jo");
    ana.run("mentors wish sam").ok();
    let back = ana.run("undo --width 120").ok();
    assert!(
        back.stdout
            .contains("takes back: Ana Reyes would like sam as mentor"),
        "{back}"
    );
    let history = ana.run("history --width 200").ok();
    assert!(
        history
            .stdout
            .contains("Ana Reyes would like sam as mentor (taken back)"),
        "{history}"
    );
    post(&ana, "ana", &maya);
    assert_eq!(mentor_of("ana", &maya), "jo");
    let again = ana.run("undo").ok();
    assert!(again.stdout.contains("Brought back."), "{again}");
    post(&ana, "ana", &maya);
    assert_eq!(mentor_of("ana", &maya), "sam");
    // By its id, on a later day.
    let rows = ana.run("history -f json").ok().rows();
    let wish = rows.iter().find(|row| row["kind"] == "wished").expect("the wish");
    assert_eq!(
        (&wish["private"], &wish["taken_back"]),
        (&false.into(), &false.into())
    );
    let id = wish["event_id"].as_str().expect("an id");
    ana.on("2026-03-18").run(&format!("undo {id}")).ok();
    ana.on("2026-03-18").run("send -o ../../ana.packet").ok();
    maya.on("2026-03-18").run("receive ../ana.packet --yes").ok();
    let maya = maya.on("2026-03-18");
    assert_eq!(mentor_of("ana", &maya), "jo");
    // A leader takes back what they noted for others, and it stays in the leaders' log.
    maya.run("mentors wish sam --for ana").ok();
    assert_eq!(mentor_of("ana", &maya), "sam");
    maya.run("undo").ok();
    assert_eq!(mentor_of("ana", &maya), "jo");
    maya.run("mentors match --yes").ok();
    maya.run("mentors fit ana not").ok();
    let back = maya.run("undo --width 120").ok();
    assert!(
        back.stdout.contains("how the pair fits, says Ana Reyes: not"),
        "{back}"
    );
    assert!(!own_log(&maya, "maya-laptop").exists());
    let shown = maya.run("mentors match -n").ok();
    assert!(!shown.told().contains("does not fit"), "{shown}");
    // Who else uses the history sees nothing of it.
    let of_ana = maya.run("history --person ana").ok();
    assert!(!of_ana.stdout.contains("fits"), "{of_ana}");
}

#[test]
fn nobody_but_leaders_speaks_for_somebody_else() {
    let maya = halden();
    maya.run("mentors match --yes").ok();
    let ana = maya.laptop("ana");
    let before = maya.workspace();
    for (line, why, instead) in [
        (
            "mentors wish sam --for bo",
            "leads nobody here",
            "upwards mentors wish sam",
        ),
        (
            "mentors bar jo bo",
            "leads nobody here",
            "upwards mentors bar PERSON",
        ),
        (
            "mentors fit ana good --by jo",
            "leads nobody here",
            "leave out --by",
        ),
        (
            "mentors fit bo good",
            "not one of the two",
            "upwards mentors fit good",
        ),
        (
            "mentors wish bo",
            "Bo Lindqvist is no mentor here",
            "whoever leads",
        ),
    ] {
        let refused = ana.run(line).code(1);
        assert!(
            refused.stderr.contains(why) && refused.stderr.contains(instead),
            "{line}: {refused}"
        );
    }
    for (line, why) in [
        ("mentors bar ana", "one person"),
        ("mentors fit good --by ana", "--by goes with"),
    ] {
        let refused = ana.run(line).code(2);
        assert!(refused.stderr.contains(why), "{line}: {refused}");
    }
    let jo = maya.laptop("jo");
    jo.run("config set me jo").ok();
    let refused = jo.run("mentors wish sam").code(1);
    assert!(
        refused.stderr.contains("Jo Park is no executive here"),
        "{refused}"
    );
    let refused = jo.run("mentors wish jo --for jo").code(2);
    assert!(refused.stderr.contains("nobody mentors themselves"), "{refused}");
    let refused = maya.run("mentors wish jo").code(1);
    assert!(
        refused.stderr.contains("mentors wish jo --for PERSON"),
        "{refused}"
    );
    assert_eq!(maya.workspace(), before);
    for who in [&ana, &jo] {
        let device = &who
            .own("x")
            .parent()
            .expect("a folder")
            .file_name()
            .expect("a name")
            .to_owned();
        let device = format!("{}-laptop", device.to_string_lossy());
        assert!(!own_log(who, &device).exists());
    }
    let dry = ana.run("mentors bar bo -n").ok();
    assert_eq!(dry.stdout, "Dry run, nothing was written.\n");
    assert!(!own_log(&ana, "ana-laptop").exists());
}

#[test]
fn a_mentor_says_what_their_pairs_are_like() {
    let maya = halden();
    maya.run("mentors match --yes").ok();
    // One pair needs no name; of several the executive is named.
    let jo = with_copy(&maya, "jo");
    jo.run("mentors fit not").ok();
    let sam = with_copy(&maya, "sam");
    let which = sam.run("mentors fit good").code(1);
    assert!(
        which.stderr.contains("you are in 2 pairs, of bo and chen")
            && which.stderr.contains("upwards mentors fit bo good"),
        "{which}"
    );
    sam.run("mentors fit chen not").ok();
    post(&jo, "jo", &maya);
    post(&sam, "sam", &maya);
    let shown = maya.on("2026-03-17").run("mentors match -n --width 200").ok();
    for end in ["upwards mentors unpair ana", "upwards mentors unpair chen"] {
        assert!(shown.told().contains(end), "{shown}");
    }
    assert!(!shown.told().contains("upwards mentors unpair bo"), "{shown}");
}

#[test]
fn in_a_shared_folder_it_stays_out_of_the_folder() {
    for layout in ["folder", "git"] {
        let maya = halden();
        maya.append("upwards.toml", format!("\n[sharing]\nlayout = \"{layout}\"\n"));
        maya.run("mentors match --yes").ok();
        let ana = maya.laptop("ana");
        let before = maya.workspace();
        ana.run("mentors fit not").ok();
        ana.run("mentors bar bo").ok();
        // Who is not in the workspace's own list is nobody.
        let unknown = ana.run("mentors bar nobdy").code(1);
        assert!(unknown.stderr.contains("no person here"), "{unknown}");
        // No log of others is opened unasked.
        let jo = maya.laptop("jo");
        jo.run("config set me jo").ok();
        let which = jo.run("mentors fit good").code(1);
        assert!(
            which.stderr.contains("upwards mentors fit PERSON good"),
            "{which}"
        );
        jo.run("mentors fit ana good").ok();
        assert_eq!(maya.workspace(), before, "{layout}");
        for (who, of) in [("ana", &ana), ("jo", &jo)] {
            of.run(&format!("send -o ../{who}.packet")).ok();
            maya.run(&format!("receive ../{who}.packet --yes")).ok();
        }
        assert_eq!(maya.events("team/ana-laptop.jsonl").len(), 2);
        assert_eq!(maya.events("team/jo-laptop.jsonl").len(), 1);
    }
}

#[test]
fn at_a_leaders_computer_it_goes_straight_to_the_leaders() {
    let maya = halden();
    let notes = maya.events("team/maya-laptop.jsonl").len();
    maya.run("mentors wish sam --as ana").ok();
    let log = maya.events("team/maya-laptop.jsonl");
    assert_eq!((log.len(), &log[notes]["by"]), (notes + 1, &"ana".into()));
    assert_eq!(mentor_of("ana", &maya), "sam");
    maya.run("undo --as ana").ok();
    assert_eq!(mentor_of("ana", &maya), "jo");
    // Still her word only.
    maya.run("mentors bar bo chen --as ana").code(1);
    assert!(!own_log(&maya, "maya-laptop").exists());
    // Who leads no more goes on counting: the leaders' file of this computer has one row of numbers.
    let last = maya.events("team/maya-laptop.jsonl").len();
    maya.run("config set me bo").ok();
    maya.run("mentors wish sam").ok();
    let line = text(&own_log(&maya, "maya-laptop"));
    assert!(line.contains(&format!("\"seq\":{},", last + 1)), "{line}");
    assert_eq!(maya.events("team/maya-laptop.jsonl").len(), last);
}

#[cfg(unix)]
#[test]
fn what_follows_is_offered_to_whom_it_is_for() {
    let maya = halden();
    maya.run("mentors match --yes").ok();
    for (who, line, unpair) in [
        ("ana", "mentors fit not", "upwards mentors unpair "),
        ("maya", "mentors fit ana not", "upwards mentors unpair ana"),
    ] {
        let mut screen = maya.laptop(who).terminal(line, (100, 24));
        screen.expect(unpair);
        assert_eq!(screen.ended(), Some(0));
        let shown = screen.rows().join("\n");
        assert_eq!(shown.contains("upwards mentors match"), who == "maya", "{shown}");
    }
}

/// What is wrong with the leaders' log, as `check` says it.
fn faults(maya: &Sandbox) -> Vec<String> {
    let run = maya.run("check -f json");
    let found = run.json();
    let found = found["rows"].as_array().expect("rows").clone();
    let place = |one: &serde_json::Value| {
        format!(
            "{} {}:{}",
            one["code"].as_str().unwrap_or_default(),
            one["file"].as_str().unwrap_or_default(),
            one["line"]
        )
    };
    found
        .iter()
        .map(place)
        .filter(|place| place.contains(" team/"))
        .collect()
}

#[test]
fn a_veto_that_cannot_be_read_stops_who_puts_people_together() {
    let maya = halden();
    let log = "team/maya-laptop.jsonl";
    let whole = maya.read(log);
    assert_eq!(faults(&maya), Vec::<String>::new());
    let proposes = [
        "mentors match --yes",
        "peers form --yes",
        "mentors match --dry-run",
    ];
    let refused = |why: &str| {
        let before = maya.workspace();
        for line in proposes {
            let run = maya.run(line).code(1);
            assert!(run.said().contains(why), "{line}: {run}");
        }
        assert_eq!(maya.workspace(), before);
    };
    // A broken line, a line that lacks something, a torn end.
    maya.file(log, whole.replacen("\"barred\"", "\"barred", 1));
    refused("team/maya-laptop.jsonl line 1");
    assert_eq!(faults(&maya), ["U512 team/maya-laptop.jsonl:1"]);
    maya.file(log, whole.replacen("\"b\":", "\"c\":", 1));
    refused("team/maya-laptop.jsonl line 1");
    maya.file(log, &whole[..whole.len() - 9]);
    refused("team/maya-laptop.jsonl line 2");
    assert_eq!(faults(&maya), ["U506 team/maya-laptop.jsonl:2"]);
    assert!(maya.run("doctor").stdout.contains("U506"));
    // A link, which nothing follows.
    #[cfg(unix)]
    {
        maya.file(log, "");
        maya.file("../elsewhere.jsonl", &whole);
        std::os::unix::fs::symlink(maya.path("../elsewhere.jsonl"), maya.path("team/link.jsonl"))
            .expect("a link");
        refused("team/link.jsonl");
        assert_eq!(faults(&maya), ["U509 team/link.jsonl:0"]);
        std::fs::remove_file(maya.path("team/link.jsonl")).expect("it was there");
    }
    // The mark that some editors write, and a last line without its end, hide nothing.
    let trimmed = whole.trim_end();
    maya.file(log, format!("\u{feff}{trimmed}"));
    assert_eq!(faults(&maya), Vec::<String>::new());
    assert_eq!(mentor_of("ana", &maya), "jo");
    assert_eq!(mentor_of("bo", &maya), "sam");
    assert_eq!(mentor_of("chen", &maya), "sam");
    // Dated in the future it is a veto all the same, and is told.
    maya.file(log, whole.replace("2026-03-16", "2030-03-16"));
    assert_eq!(mentor_of("bo", &maya), "sam");
    assert_eq!(
        faults(&maya),
        ["U519 team/maya-laptop.jsonl:1", "U519 team/maya-laptop.jsonl:2"]
    );
}

#[test]
fn nobody_lifts_by_a_note_what_somebody_said_themselves() {
    let maya = halden();
    maya.run("mentors match --yes").ok();
    let ana = with_copy(&maya, "ana");
    ana.run("mentors fit not").ok();
    post(&ana, "ana", &maya);
    let refused = maya.run("mentors fit ana good").code(1);
    assert!(refused.said().contains("in their own words"), "{refused}");
    maya.run("mentors unpair ana").ok();
    assert_eq!(mentor_of("ana", &maya), "sam");
    // What leaders note for somebody says that it is their note.
    maya.run("mentors fit bo not").ok();
    let noted = maya.events("team/maya-laptop.jsonl").pop().expect("a line");
    assert_eq!((&noted["by"], &noted["of"]), (&"maya".into(), &"bo".into()));
    maya.run("mentors fit bo good").ok();
}
