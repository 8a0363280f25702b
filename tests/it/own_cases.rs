//! Cases of one's own: drafted from what was promised and measured, checked, added to a built-in curriculum without a
//! copy of it, handed to other companies.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// A workspace that uses a built-in curriculum.
fn halden() -> Sandbox {
    let maya = Sandbox::halden();
    std::fs::remove_dir_all(maya.path("curricula/tiny")).expect("it was there");
    let settings = maya.read("upwards.toml");
    maya.file(
        "upwards.toml",
        settings.replace("[\"tiny\", \"efficiency\"]", "[\"efficiency\"]"),
    );
    maya
}

/// Ana promised something to Bo, did it, and counted twice.
fn with_a_talk() -> (Sandbox, String) {
    let maya = halden();
    let ana = maya.laptop("ana").on("2026-02-01");
    ana.run("learn --step answer-in-public.ask-a-peer --with bo --attendance present --commitment 'answer three customers'")
        .ok();
    ana.on("2026-02-03")
        .run("learn --step answer-one-customer --personal yes --done 'Answered Eva Marker in public' --may-quote --before 19 --n 12")
        .ok();
    ana.on("2026-02-04")
        .run("learn --step answer-in-public.read-twenty --personal yes --done 'Told nobody: Xerxes complained'")
        .ok();
    ana.on("2026-03-10")
        .run("learn --step answer-one-customer --after 4 --n 15 --grade observed")
        .ok();
    let met = maya.events("progress/ana/ana-laptop.jsonl");
    let met = met.iter().find(|event| event["kind"] == "met").expect("a talk");
    let id = met["id"].as_str().expect("an id")[..8].to_owned();
    (maya, id)
}

/// A whole case, made from a draft by putting words in the place of every TODO.
fn finished(draft: &str) -> String {
    draft
        .lines()
        .map(|line| match line.split_once(" = ") {
            Some(("title", _)) => "title = \"Halden: three answers in public\"".to_owned(),
            Some(("sector", value)) if value.contains("TODO") => "sector = \"shipping\"".to_owned(),
            Some(("size", value)) if value.contains("TODO") => "size = \"medium\"".to_owned(),
            Some(("country", value)) if value.contains("TODO") => "country = \"NO\"".to_owned(),
            Some(("functions", _)) => "functions = [\"customer-service\"]".to_owned(),
            Some(("ask", _)) => "ask = [\"Who answers at night?\", \"Who counts the hours?\"]".to_owned(),
            Some((key, value)) if value.contains("TODO") => {
                format!("{key} = \"The crane drivers wrote it down.\"")
            }
            _ => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n")
        + "\n"
}

#[test]
fn a_draft_holds_what_was_promised_and_measured_and_names_nobody() {
    let (maya, talk) = with_a_talk();
    let drafted = maya
        .run(&format!("cases draft --from {talk} --id three-answers"))
        .ok();
    assert_data_eq!(
        drafted.stdout,
        str![[r"
drafts/three-answers.toml is begun, with 1 promise, 1 line to quote and
1 figure taken twice.
Write what says TODO, then:
  upwards check drafts/three-answers.toml
  upwards cases add drafts/three-answers.toml

"]]
    );
    let text = maya.read("drafts/three-answers.toml");
    for there in [
        "#   \"answer three customers (not yet asked)\"",
        "#   \"Answered Eva Marker in public\"",
        "# 1 more line on what was done may not be quoted and is not here.",
        "permission = \"internal\"",
        "capabilities = [\"serve\"]",
        "years = [2026, 2026]",
        "owner = \"Maya Lund\"",
        "text = \"4 hours to first answer, 19 before\"",
        "base = \"one person's count: 19 on 2026-02-03 (12 cases), 4 on 2026-03-10 (15 cases)\"",
        "said_by = \"the person who gained, from what was observed\"",
    ] {
        assert!(text.contains(there), "{there}:\n{text}");
    }
    for hidden in ["Ana", "ana", "Bo ", "Xerxes"] {
        assert!(!text.contains(hidden), "{hidden}:\n{text}");
    }
    // Never over another one; a dry run writes nothing.
    let again = maya
        .run(&format!("cases draft --from {talk} --id three-answers"))
        .code(1);
    assert!(again.said().contains("is there already"), "{again}");
    maya.run(&format!("cases draft --from {talk} --dry-run")).ok();
    assert!(!maya.has(&format!("drafts/talk-{talk}.toml")));
    let out = maya.run(&format!("cases draft --from {talk} -o -")).ok();
    assert!(out.stdout.starts_with("# A case in the making"), "{out}");
}

#[test]
fn executives_draft_from_their_own_logs_only() {
    let (maya, talk) = with_a_talk();
    let ana = maya.laptop("ana");
    ana.run(&format!("cases draft --from {talk} -o ../mine.toml"))
        .ok();
    let bo = maya
        .laptop("bo")
        .run(&format!("cases draft --from {talk}"))
        .code(1);
    assert_data_eq!(
        bo.stderr,
        str![[r#"
error: "[..]" is no talk, practice or idea that you may read
  events with their ids: upwards history, or history --person ID
  ideas with theirs: upwards ideas list

"#]]
    );
    let none = maya.run("cases draft").code(2);
    assert!(none.said().contains("what is the case called?"), "{none}");
    let bad = maya.run("cases draft --id ../x").code(2);
    assert!(bad.said().contains("--id"), "{bad}");
}

#[test]
fn a_practice_and_nothing_at_all_can_begin_a_case() {
    let (maya, _) = with_a_talk();
    let events = maya.events("progress/ana/ana-laptop.jsonl");
    let practice = events
        .iter()
        .find(|e| e["kind"] == "practised")
        .expect("a practice");
    let id = practice["id"].as_str().expect("an id");
    maya.run(&format!("cases draft --from {id} --id of-a-practice"))
        .ok();
    let text = maya.read("drafts/of-a-practice.toml");
    assert!(text.contains("19 before") && !text.contains("promised"), "{text}");
    maya.run("cases draft --id from-scratch").ok();
    let text = maya.read("drafts/from-scratch.toml");
    assert!(text.contains("years = \"TODO"), "{text}");
}

#[test]
fn what_still_says_todo_keeps_a_case_out() {
    let (maya, talk) = with_a_talk();
    maya.run(&format!("cases draft --from {talk} --id three-answers"))
        .ok();
    let file = "drafts/three-answers.toml";
    // Its form is looked at first, then its words.
    let form = maya.run(&format!("check {file} -f plain")).code(3);
    for line in form.stdout.lines() {
        assert!(
            line.contains("TODO")
                || line.contains("sector")
                || line.contains("size")
                || line.contains("country"),
            "{form}"
        );
    }
    maya.file(file, maya.read(file).replace("sector = \"TODO: a word for your market\"", "sector = \"shipping\"")
        .replace("size = \"TODO: small, medium, large or very-large\"", "size = \"medium\"")
        .replace("country = \"TODO: two letters\"", "country = \"NO\"")
        .replace("functions = [\"TODO: customer-service, marketing, innovation, internal, leadership, governance, risk\"]", "functions = [\"internal\"]"));
    let words = maya.run(&format!("check {file} -f plain")).code(3);
    let left = maya
        .read(file)
        .lines()
        .filter(|line| line.contains("\"TODO") && !line.starts_with('#'))
        .count();
    // The line `ask` holds two.
    assert_eq!(words.stdout.matches("U323").count(), left + 1, "{words}");
    let before = maya.workspace();
    let refused = maya.run(&format!("cases add {file} --yes")).code(1);
    assert!(refused.stdout.contains("U323"), "{refused}");
    assert!(refused.said().contains("nothing was added"), "{refused}");
    assert_eq!(maya.workspace(), before);
}

#[test]
fn a_case_joins_a_built_in_curriculum_without_a_copy_of_it() {
    let (maya, talk) = with_a_talk();
    let built_in = maya.run("cases list -f json").ok().rows().len();
    maya.run(&format!("cases draft --from {talk} --id three-answers"))
        .ok();
    let file = "drafts/three-answers.toml";
    maya.file(file, finished(&maya.read(file)));
    maya.run(&format!("cases add {file} --dry-run")).ok();
    assert!(!maya.has("curricula/efficiency/cases/three-answers.toml"));
    let asked = maya.run(&format!("cases add {file} --no-input")).code(2);
    assert!(asked.said().contains("--yes"), "{asked}");
    let added = maya.run(&format!("cases add {file} --yes")).ok();
    assert_data_eq!(
        added.stdout,
        str![[r"
three-answers joins the cases of efficiency
Saved.
Read it: upwards cases show three-answers --curriculum efficiency

"]]
    );
    // All the others are still there, and so are modules and questions.
    assert_eq!(maya.run("cases list -f json").ok().rows().len(), built_in + 1);
    let rows = maya.run("curricula list -f csv").ok().csv();
    let row = rows
        .iter()
        .find(|row| row["curriculum_id"] == "efficiency")
        .expect("it is there");
    assert_eq!(
        (row["place"].as_str(), row["added_cases"].as_str()),
        ("built-in", "1")
    );
    let screen = maya.run("curricula list").ok();
    assert!(screen.stdout.contains("built in, 1 case here"), "{screen}");
    let shown = maya.run("cases show three-answers --width 80").ok();
    assert!(
        shown.stdout.contains("4 hours to first answer, 19 before"),
        "{shown}"
    );
    let found = maya.run("cases search crane drivers").ok();
    assert!(
        found.stdout.contains("three-answers") || found.stdout.contains("three answers in public"),
        "{found}"
    );
    maya.run("check --strict").ok();
    let doctor = maya.run("doctor");
    assert!(!doctor.told().contains("hides"), "{doctor}");
    maya.laptop("ana").run("next").ok();
    // Twice is once; other words are refused, and may come under another id.
    let twice = maya.run(&format!("cases add {file} --yes")).ok();
    assert!(twice.stdout.contains("Nothing new: the case is here."), "{twice}");
    maya.file(file, maya.read(file).replace("crane", "tug"));
    let other = maya.run(&format!("cases add {file} --yes")).code(1);
    assert!(
        other
            .said()
            .contains("a case of this id is there with other words: efficiency/three-answers"),
        "{other}"
    );
    maya.run(&format!("cases add {file} --yes --as-id more-answers"))
        .ok();
    assert!(
        maya.read("curricula/efficiency/cases/more-answers.toml")
            .contains("id = \"more-answers\"")
    );
    // A built-in one is not hidden unasked either.
    let klm = maya
        .run(&format!("cases add {file} --yes --as-id klm-social-service"))
        .code(1);
    assert!(klm.said().contains("efficiency/klm-social-service"), "{klm}");
    // What was put there by hand is checked where it stands.
    maya.file(
        "curricula/efficiency/cases/by-hand.toml",
        "format = 1\nid = \"by-hand\"\n",
    );
    let broken = maya.run("check -f plain").code(3);
    assert!(
        broken.stdout.contains("curricula/efficiency/cases/by-hand.toml"),
        "{broken}"
    );
}

#[test]
fn a_case_that_hides_a_built_in_one_is_noted() {
    let (maya, talk) = with_a_talk();
    maya.run(&format!("cases draft --from {talk} --id klm-social-service"))
        .ok();
    let text = finished(&maya.read("drafts/klm-social-service.toml"));
    maya.file("curricula/efficiency/cases/klm-social-service.toml", text);
    let checked = maya.run("check -v -f plain");
    assert!(
        checked
            .stdout
            .contains("this case hides the built-in klm-social-service"),
        "{checked}"
    );
    let shown = maya.run("cases show klm-social-service").ok();
    assert!(
        shown.stdout.contains("Halden: three answers in public"),
        "{shown}"
    );
}

#[test]
fn own_cases_travel_in_a_pack_and_internal_ones_stay() {
    let (maya, talk) = with_a_talk();
    let nothing = maya.run("cases pack -o ../none.pack").code(1);
    assert!(nothing.said().contains("there is no case to pack"), "{nothing}");
    maya.run(&format!("cases draft --from {talk} --id ours")).ok();
    let ours = finished(&maya.read("drafts/ours.toml"));
    maya.file("drafts/ours.toml", &ours);
    maya.run("cases add drafts/ours.toml --yes").ok();
    let kept = maya.run("cases pack -o ../ours.pack").code(1);
    assert!(
        kept.said()
            .contains("1 case of this company only stayed here: ours"),
        "{kept}"
    );
    assert!(!maya.has("../ours.pack"));
    maya.run("cases pack ours --with-internal -o ../internal.pack")
        .ok();
    maya.file(
        "curricula/efficiency/cases/ours.toml",
        ours.replace("permission = \"internal\"", "permission = \"public\""),
    );
    let packed = maya.run("cases pack -o ../ours.pack").ok();
    assert!(packed.stdout.starts_with("../ours.pack: 1 case."), "{packed}");
    let bytes = maya.read("../ours.pack");
    // What a draft keeps of people stays here.
    for hidden in ["answer three customers", "Eva Marker", "Maya"] {
        assert!(!bytes.contains(hidden), "{hidden}: {bytes}");
    }
    maya.run("cases pack ours --dry-run -o ../dry.pack").ok();
    assert!(!maya.has("../dry.pack"));
    maya.run("cases pack ours -o ../ours.pack").ok();
    assert_eq!(maya.read("../ours.pack"), bytes);
    // A whole curriculum takes public cases of one's own along.
    maya.run("curricula pack efficiency -o ../all.pack").ok();
    assert!(
        maya.read("../all.pack")
            .contains("curricula/efficiency/cases/ours.toml")
    );
    assert!(
        maya.read("../all.pack")
            .contains("curricula/efficiency/cases/klm-social-service.toml")
    );
    // Somebody else takes it.
    let other = maya.inside("../other");
    other.file("x", "");
    other.run("init . --name Other --as-leader maya --no-input").ok();
    let taken = other.run("cases add ../ours.pack --yes").ok();
    assert!(
        taken.stdout.contains("ours joins the cases of efficiency"),
        "{taken}"
    );
    assert!(
        other
            .run("cases add ../ours.pack --yes")
            .ok()
            .stdout
            .contains("Nothing new")
    );
    let wrong = other.run("curricula unpack ../ours.pack").code(1);
    assert!(wrong.said().contains("upwards cases add ../ours.pack"), "{wrong}");
    let wrong = other.run("cases add ../all.pack").code(1);
    assert!(
        wrong.said().contains("upwards curricula unpack ../all.pack"),
        "{wrong}"
    );
    let wrong = other.run("receive ../ours.pack").code(1);
    assert!(wrong.said().contains("upwards cases add ../ours.pack"), "{wrong}");
    // Damaged and hostile ones are refused whole.
    other.file("../bad.pack", bytes.replace("Halden", "Evil"));
    let bad = other.run("cases add ../bad.pack --yes").code(1);
    assert!(bad.said().contains("checksum"), "{bad}");
    other.file(
        "../bad.pack",
        bytes.replace("efficiency/cases", "efficiency/../.."),
    );
    other.run("cases add ../bad.pack --yes").code(1);
    // What was written for a curriculum that is not here needs a home.
    let away = bytes.replace("curricula/efficiency/", "curricula/elsewhere/");
    other.file("../away.pack", away);
    let away = other.run("cases add ../away.pack --yes").code(1);
    assert!(away.said().contains("--in CURRICULUM"), "{away}");
    let moved = other
        .run("cases add ../away.pack --yes --in efficiency --as-id theirs")
        .ok();
    assert!(moved.stdout.contains("theirs joins"), "{moved}");
}

#[test]
fn a_persons_copy_has_the_cases_of_the_company_too() {
    let (maya, talk) = with_a_talk();
    maya.run(&format!("cases draft --from {talk} --id ours")).ok();
    maya.file("drafts/ours.toml", finished(&maya.read("drafts/ours.toml")));
    maya.run("cases add drafts/ours.toml --yes").ok();
    maya.run("send --to bo -o ../bo.packet").ok();
    let away = maya.inside("../away").laptop("bo");
    away.file("x", "");
    away.run("receive ../bo.packet --yes").ok();
    let copy = std::fs::read_dir(away.path("."))
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .find(|name| name.starts_with("halden"))
        .expect("the copy");
    let copy = away.inside(&format!("../away/{copy}"));
    assert!(copy.has("curricula/efficiency/cases/ours.toml") && !copy.has("drafts"));
    let shown = copy.run("cases show ours").ok();
    assert!(shown.stdout.contains("three answers in public"), "{shown}");
}

#[test]
fn an_idea_that_becomes_a_case_is_begun_with_its_credit() {
    let maya = halden();
    maya.laptop("ana")
        .run("ideas add 'Tell how the tugs answer' --capability serve")
        .ok();
    let rows = maya.run("ideas list -f csv").ok().csv();
    let id = rows[0]["idea_id"][..8].to_owned();
    maya.file(&format!("drafts/idea-{id}.toml"), "mine\n");
    let blocked = maya.run(&format!("ideas take {id} --into case")).code(1);
    assert!(blocked.said().contains("is there already"), "{blocked}");
    assert_eq!(maya.run("ideas list -f csv").ok().csv()[0]["state"], "open");
    std::fs::remove_file(maya.path(&format!("drafts/idea-{id}.toml"))).expect("it was there");
    let taken = maya.run(&format!("ideas take {id} --into case")).ok();
    assert!(
        taken.stdout.contains(&format!("drafts/idea-{id}.toml is begun.")),
        "{taken}"
    );
    let text = maya.read(&format!("drafts/idea-{id}.toml"));
    assert!(
        text.contains("credit = \"Ana Reyes\"") && text.contains("#   \"Tell how the tugs answer\""),
        "{text}"
    );
}

#[test]
fn what_was_taken_back_or_never_confirmed_begins_no_case() {
    let (maya, talk) = with_a_talk();
    let events = maya.events("progress/ana/ana-laptop.jsonl");
    let practice = events
        .iter()
        .find(|e| e["kind"] == "practised")
        .expect("a practice");
    let id = practice["id"].as_str().expect("an id").to_owned();
    maya.laptop("ana").run(&format!("undo {id} --yes")).ok();
    maya.run(&format!("cases draft --from {id}")).code(1);
    maya.run(&format!("cases draft --from {talk} --id t")).ok();
    assert!(!maya.read("drafts/t.toml").contains("Eva Marker"));
    maya.run("learn --as chen --step answer-one-customer --personal yes --done 'Chen never said this' --may-quote --before 50")
        .ok();
    let events = maya.events("progress/chen/maya-laptop.jsonl");
    let id = events[0]["id"].as_str().expect("an id");
    maya.run(&format!("cases draft --from {id}")).code(1);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_where_a_link_leads() {
    let (maya, talk) = with_a_talk();
    std::fs::create_dir(maya.path("../outside")).expect("a folder");
    std::os::unix::fs::symlink(maya.path("../outside"), maya.path("drafts")).expect("a link");
    let draft = maya.run(&format!("cases draft --from {talk}")).code(1);
    assert!(draft.said().contains("drafts is a link"), "{draft}");
    std::fs::remove_file(maya.path("drafts")).expect("a link");
    maya.run(&format!("cases draft --from {talk} --id ours")).ok();
    maya.file("drafts/ours.toml", finished(&maya.read("drafts/ours.toml")));
    std::fs::create_dir_all(maya.path("curricula/efficiency")).expect("a folder");
    std::os::unix::fs::symlink(maya.path("../outside"), maya.path("curricula/efficiency/cases"))
        .expect("a link");
    maya.run("cases add drafts/ours.toml --yes").code(1);
    assert_eq!(
        std::fs::read_dir(maya.path("../outside"))
            .expect("a folder")
            .count(),
        0
    );
}

#[test]
fn a_stray_file_beside_cases_turns_no_curriculum_off() {
    let maya = halden();
    maya.file("curricula/efficiency/Thumbs.db", "x");
    maya.run("readiness").ok();
    assert!(maya.run("cases list -f json").ok().rows().len() > 40);
    // One that is named like ours is no file of ours to replace.
    maya.run("cases draft --id q -o ../q.toml").ok();
    maya.file("../q.toml", maya.read("../q.toml") + "# mine\n");
    let kept = maya.run("cases draft --id q -o ../q.toml").code(1);
    assert!(kept.said().contains("is there already"), "{kept}");
    for place in [
        "erased.toml",
        "people.import.toml",
        "texts/de.toml",
        "PEOPLE.TOML",
        "drafts/x.md",
    ] {
        maya.run(&format!("cases show klm --as-text md -o {place}"))
            .code(1);
    }
}

#[test]
fn what_is_no_case_is_named() {
    let maya = halden();
    maya.file("../x.toml", "format = 1\n");
    let none = maya.run("cases add ../x.toml --yes").code(1);
    assert!(none.said().contains("is no case: it has no id"), "{none}");
    maya.file("../x.toml", "id = [\n");
    maya.run("cases add ../x.toml --yes").code(1);
    maya.file("../x.toml", [0xff, 0xfe]);
    let bytes = maya.run("cases add ../x.toml --yes").code(1);
    assert!(bytes.said().contains("is not UTF-8"), "{bytes}");
    maya.run("cases add ../nowhere.toml --yes").code(1);
    let unknown = maya.run("cases add ../x.toml --in eficiency").code(1);
    assert!(unknown.said().contains("did you mean: efficiency?"), "{unknown}");
}
