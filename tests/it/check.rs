//! Each rule finds its fault, at its place, and nothing else; repaired, the workspace is clean again.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::path::Path;

use upwards::base::diag::{Diagnostic, Place, Repair};
use upwards::base::time::Date;
use upwards::check::{Counted, GuessChance, Rule, counted, guessed_gate, rule, rules, run};
use upwards::disk::{Kind, Tree};
use upwards::files::skeleton::{Beginning, new_curriculum, new_module};
use upwards::files::{built_in_curricula, load_everything, load_paths};
use upwards::store::{self, Buffers};

use crate::files::in_short;
use crate::folder::Folder;
use crate::support::Sandbox;

const MODULE: &str = "curricula/service/modules/answer-in-public.toml";
const RULES: &str = "curricula/service/modules/rules-and-roles.toml";
const CURRICULUM: &str = "curricula/service/curriculum.toml";
const CASE: &str = "curricula/service/cases/klm-social-service.toml";

fn today() -> Date {
    "2026-03-16".parse().unwrap()
}

/// A workspace without any finding: that of the folder, with enough questions added to both modules.
fn workspace() -> Folder {
    let folder = Folder::copy_of("check_workspace");
    for module in [MODULE, RULES] {
        let text = folder.text(module) + &more_questions(6, |n| n % 4, |_| false);
        folder.put(module, text);
    }
    folder
}

/// A quiz of questions with four options each; which option is right, and whether it is the longest, is said by `n`.
fn more_questions(
    count: usize,
    right: impl Fn(usize) -> usize,
    is_longest: impl Fn(usize) -> bool,
) -> String {
    questions_of(4, count, right, is_longest)
}

fn questions_of(
    options: usize,
    count: usize,
    right: impl Fn(usize) -> usize,
    is_longest: impl Fn(usize) -> bool,
) -> String {
    let mut text = "\n[[step]]\nid = \"more\"\nkind = \"quiz\"\n".to_owned();
    for n in 0..count {
        write!(
            text,
            "\n[[step.question]]\nid = \"more-{n}\"\ntitle = \"More {n}\"\ntext = \"Which?\"\noptions = [\n"
        )
        .unwrap();
        for option in 0..options {
            let is_right = option == right(n);
            let tail = if is_right == is_longest(n) {
                ", and longer"
            } else {
                ""
            };
            let right = if is_right { ", right = true" } else { "" };
            writeln!(
                text,
                "  {{ text = \"Option {option}{tail}\"{right}, why = \"So.\" }},"
            )
            .unwrap();
        }
        text.push_str("]\n");
    }
    text
}

fn check(folder: &Folder) -> Vec<Diagnostic> {
    run(&load_everything(&folder.tree()), today())
}

fn swap(folder: &Folder, file: &str, from: &str, to: &str) {
    let text = folder.text(file);
    assert_eq!(text.matches(from).count(), 1, "{file} holds this once: {from}");
    folder.put(file, text.replace(from, to));
}

#[test]
fn the_workspace_of_these_tests_is_clean() {
    assert_eq!(in_short(&check(&workspace())), [""; 0]);
}

#[test]
fn what_was_judged_is_counted() {
    let expected = Counted {
        modules: 2,
        cases: 2,
        questions: 16,
        people: 4,
    };
    assert_eq!(counted(&load_everything(&workspace().tree())), expected);
}

#[test]
fn each_rule_finds_its_example_and_nothing_else() {
    let mut wrong = Vec::new();
    for rule in rules().filter(|rule| rule.code < "U500") {
        let folder = workspace();
        let expected = match prepare(rule, &folder) {
            Prepared::Swapped(expected) => expected,
            Prepared::Findings(findings) => {
                if findings.len() != 1
                    || findings[0].code != rule.code
                    || findings[0].severity != rule.severity
                {
                    wrong.push(format!("{}: {:?}", rule.code, in_short(&findings)));
                }
                wrong.extend(still_wrong(rule, &folder));
                continue;
            }
        };
        let findings = check(&folder);
        let is_as_expected = match findings.as_slice() {
            [one] => {
                let place = (one.place.file.as_str(), one.place.line, one.place.column);
                one.code == rule.code
                    && one.severity == rule.severity
                    && place == (expected.file.as_str(), expected.line, expected.column)
            }
            _ => false,
        };
        if !is_as_expected {
            wrong.push(format!(
                "{}: expected {expected:?}, found {:?}",
                rule.code,
                in_short(&findings)
            ));
        }
        wrong.extend(still_wrong(rule, &folder));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Repairs what [`prepare`] broke, as the example says, and tells what is found all the same.
fn still_wrong(rule: &Rule, folder: &Folder) -> Option<String> {
    let example = &rule.example;
    let whole = workspace();
    let restore = |file: &str| {
        folder.put(file, whole.text(file));
    };
    match rule.code {
        "U121" => {
            let (name, _) = example.repaired.split_once(',').unwrap();
            folder.put(
                "people.toml",
                whole.text("people.toml").replace("name = \"Maya Lund\"", name),
            );
        }
        "U122" | "U123" | "U125" | "U130" | "U305" | "U308" => restore(match rule.code {
            "U308" => CASE,
            _ => example.file,
        }),
        "U124" => {
            std::fs::remove_dir_all(folder.path("people.toml")).unwrap();
            restore("people.toml");
        }
        "U129" => {
            let lone = Folder::new();
            lone.put("klm.toml", example.repaired);
            let findings = run(&load_paths(&[lone.path("klm.toml")])[0], today());
            let is_there = findings.iter().any(|finding| finding.code == "U129");
            return is_there.then(|| format!("U129 repaired: {:?}", in_short(&findings)));
        }
        "U210" => {
            std::fs::remove_dir_all(folder.path("curricula/efficiency")).unwrap();
            put_curriculum(folder, example.repaired);
            let found = of_built_in(folder);
            return (!found.is_empty()).then(|| format!("U210 repaired: {:?}", in_short(&found)));
        }
        "U211" => {
            let folder_of = "curricula/service/";
            upwards::disk::remove_file(&folder.path(&format!("{folder_of}{}", example.broken))).unwrap();
            let text = "format = 1\nid = \"answer-in-public\"\nof_rev = 2\n";
            folder.put(&format!("{folder_of}{}", example.repaired), text);
            let mut findings = check(folder);
            // What such a short translation leaves out is another rule's.
            findings.retain(|finding| finding.code != "U322");
            return (!findings.is_empty()).then(|| format!("U211 repaired: {:?}", in_short(&findings)));
        }
        "U310" | "U315" | "U316" => {
            folder.put(
                MODULE,
                bare(MODULE) + &more_questions(16, |n| n % 4, |n| n % 4 == 0),
            );
        }
        _ => swap(folder, example.file, example.broken, example.repaired),
    }
    let findings = check(folder);
    (!findings.is_empty()).then(|| format!("{} repaired: {:?}", rule.code, in_short(&findings)))
}

/// A file of the folder, without added questions.
fn bare(file: &str) -> String {
    Folder::copy_of("check_workspace").text(file)
}

enum Prepared {
    /// The fault was put into the folder; a finding is expected at this place.
    Swapped(Place),
    /// The fault cannot be put into a file of this workspace; it was made in another way.
    Findings(Vec<Diagnostic>),
}

fn prepare(rule: &Rule, folder: &Folder) -> Prepared {
    let example = &rule.example;
    match rule.code {
        "U121" => {
            let text = folder.text("people.toml").replace("Maya Lund", "H\u{F6}pfner");
            // Latin-1 has the first 256 characters, each as one byte.
            let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
            folder.put("people.toml", bytes);
            Prepared::Swapped(place_of(folder, "people.toml", "\u{FFFD}"))
        }
        "U122" => {
            folder.put("upwards.toml", format!("\u{FEFF}{}", folder.text("upwards.toml")));
            Prepared::Swapped(Place::span("upwards.toml", "f", 0..0))
        }
        "U123" => {
            folder.put(MODULE, folder.text(MODULE) + &"#".repeat(5 << 20));
            Prepared::Swapped(Place::file(MODULE))
        }
        "U124" => {
            upwards::disk::remove_file(&folder.path("people.toml")).unwrap();
            folder.put("people.toml/x", "");
            Prepared::Swapped(Place::file("people.toml"))
        }
        "U125" => {
            upwards::disk::remove_file(&folder.path("people.toml")).unwrap();
            Prepared::Swapped(Place::file("people.toml"))
        }
        "U130" => {
            let text = folder.text("upwards.toml");
            let keys: Vec<String> = (0..100_001).map(|n| format!("k{n} = 1\n")).collect();
            folder.put("upwards.toml", keys.concat() + &text);
            let mut findings = run(&load_paths(&[folder.path("upwards.toml")])[0], today());
            findings.retain(|finding| finding.code != "U101");
            Prepared::Findings(findings)
        }
        "U129" => {
            let lone = Folder::new();
            lone.put("klm.toml", example.broken);
            Prepared::Findings(run(&load_paths(&[lone.path("klm.toml")])[0], today()))
        }
        "U210" => {
            put_curriculum(folder, example.broken);
            Prepared::Findings(of_built_in(folder))
        }
        "U211" => {
            let file = "curricula/service/translations/da/modules/answering.toml";
            folder.put(file, "format = 1\nid = \"answering\"\nof_rev = 2\n");
            Prepared::Swapped(place_of(folder, file, "\"answering\""))
        }
        "U303" => {
            swap(folder, example.file, example.repaired, example.broken);
            Prepared::Swapped(place_of(folder, CURRICULUM, "1\nname = \"Lead\""))
        }
        "U305" => {
            let text = folder
                .text(RULES)
                .replace("kind = \"quiz\"", "kind = \"quiz\"\nretired = true");
            folder.put(
                RULES,
                text.replace("id = \"more\"", "id = \"more\"\nneeds = [\"nestle\"]"),
            );
            swap(
                folder,
                RULES,
                "title = \"Write one rule\"",
                "title = \"Write one rule\"\nneeds = [\"nestle\"]",
            );
            Prepared::Swapped(place_of(folder, CURRICULUM, "\"lead\""))
        }
        "U308" => {
            let text = folder.text(CASE).replace("Within an hour", &"again ".repeat(110));
            folder.put(CASE, text);
            Prepared::Swapped(place_of(folder, CASE, "\"In April"))
        }
        "U310" => {
            // With the two of the module 18 questions of three options.
            let more = questions_of(3, 16, |n| n % 3, |n| n % 3 == 0);
            folder.put(MODULE, bare(MODULE) + &more);
            Prepared::Swapped(place_of(folder, CURRICULUM, "\"serve\""))
        }
        "U315" => {
            folder.put(MODULE, bare(MODULE) + &more_questions(16, |n| n % 4, |_| true));
            Prepared::Swapped(place_of(folder, MODULE, "\"answer-in-public\""))
        }
        "U316" => {
            folder.put(MODULE, bare(MODULE) + &more_questions(16, |_| 1, |_| false));
            Prepared::Swapped(place_of(folder, MODULE, "\"answer-in-public\""))
        }
        _ => {
            swap(folder, example.file, example.repaired, example.broken);
            if example.at.is_empty() && rule.code != "U120" {
                return Prepared::Swapped(Place::file(example.file));
            }
            let text = folder.text(example.file);
            let start = text.find(example.broken).unwrap();
            let at = match rule.code {
                // The line ends before the text does.
                "U120" => start + example.broken.len(),
                _ => start + example.broken.find(example.at).unwrap(),
            };
            Prepared::Swapped(Place::span(example.file, &text, at..at))
        }
    }
}

/// A new curriculum whose file says `id = "…"`.
fn put_curriculum(folder: &Folder, id: &str) {
    let begin = Beginning {
        language: "en",
        owner: "maya",
        capability: &"serve".parse().unwrap(),
        review_by: today() + 300,
    };
    let name = id.split('"').nth(1).unwrap();
    let module = "first-module".parse().unwrap();
    let text = new_curriculum(&name.parse().unwrap(), &module, &begin);
    assert!(text.contains(id), "{text}");
    folder.put(&format!("curricula/{name}/curriculum.toml"), text);
    folder.put(
        &format!("curricula/{name}/modules/first-module.toml"),
        new_module(&module, &begin),
    );
}

/// What is found by a program whose curricula are the built-in ones.
fn of_built_in(folder: &Folder) -> Vec<Diagnostic> {
    let mut everything = load_everything(&folder.tree());
    everything.built_in = built_in_curricula().into_iter().collect();
    run(&everything, today())
}

fn place_of(folder: &Folder, file: &str, needle: &str) -> Place {
    let mut bytes = Vec::new();
    upwards::disk::read_into(&folder.path(file), &mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let at = text.find(needle).unwrap();
    Place::span(file, &text, at..at)
}

#[test]
fn ids_of_curricula_that_look_alike_are_told() {
    let folder = workspace();
    put_curriculum(&folder, "id = \"serv1ce\"");
    let found: Vec<String> = in_short(&check(&folder));
    assert_eq!(found, ["U214 2:6 the ids serv1ce and service look alike"]);
}

#[test]
fn every_code_is_there_once_and_sorted() {
    let listed: Vec<&str> = rules().map(|rule| rule.code).collect();
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(listed, sorted);
    let root = Tree::Folder(Path::new(env!("CARGO_MANIFEST_DIR")).to_owned());
    for folder in [
        "src/files",
        "src/check",
        "src/log",
        "src/store",
        "src/cli/commands",
    ] {
        let names = root.list(folder).unwrap();
        for (name, _) in names.iter().filter(|(_, kind)| *kind == Kind::File) {
            let mut bytes = Vec::new();
            root.read_into(&format!("{folder}/{name}"), &mut bytes).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            for code in text.split('"').filter(|word| is_code(word)) {
                assert!(
                    rule(code).is_some(),
                    "{name} finds {code}, which no rule explains"
                );
            }
        }
    }
}

/// Rules that `doctor` finds, on the computer it looks at.
const BY_DOCTOR: [&str; 5] = ["U520", "U521", "U523", "U535", "U601"];

/// Rules of computers and of sync tools, which the tests of `doctor` break and repair.
const BY_COMPUTER: [&str; 9] = [
    "U541", "U542", "U543", "U544", "U545", "U546", "U547", "U548", "U549",
];

/// The private log of Ana's own folder.
const OWN_LOG: &str = "../own/ana/halden-3f9c/private/ana/ana-laptop.jsonl";

/// Rules of layouts, which the tests of layouts break and repair.
const BY_LAYOUT: [&str; 4] = ["U605", "U606", "U607", "U608"];

/// What no test can make: a log without the right to read it, as tests may run as somebody who may read everything; and a
/// clock that is years behind, as a day that is given is no clock.
const NOT_MADE: [&str; 2] = ["U510", "U522"];

#[test]
fn each_rule_of_logs_finds_its_example_and_nothing_else() {
    let mut wrong = Vec::new();
    for rule in rules().filter(|rule| rule.code >= "U500") {
        let elsewhere = [&BY_DOCTOR[..], &BY_COMPUTER, &BY_LAYOUT, &NOT_MADE].concat();
        if elsewhere.contains(&rule.code) {
            continue;
        }
        let folder = Folder::new();
        let example = &rule.example;
        put_log(&folder, rule.code, example.broken);
        let findings = of_logs(&folder);
        if findings.len() != 1 || findings[0].code != rule.code {
            wrong.push(format!("{}: {:?}", rule.code, in_short(&findings)));
        } else if findings[0].severity != rule.severity && rule.code != "U502" {
            wrong.push(format!("{} is of severity {:?}", rule.code, findings[0].severity));
        }
        let folder = Folder::new();
        match rule.code {
            "U508" => folder.put("progress/ana/ana-laptop-7k2p.jsonl", ""),
            "U509" => folder.put("progress/ana/old.jsonl", ""),
            "U540" => folder.put(LOG, ""),
            // In the user's own folder, which is none of the workspace.
            "U603" => folder.put("upwards.toml", ""),
            _ => folder.put(example.file, format!("{}\n", example.repaired)),
        };
        let findings = of_logs(&folder);
        if !findings.is_empty() {
            wrong.push(format!("{} repaired: {:?}", rule.code, in_short(&findings)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Codes that `doctor` finds.
fn of_doctor(sandbox: &Sandbox) -> Vec<String> {
    let rows = sandbox.run("doctor -f json").rows();
    rows.iter()
        .filter_map(|row| row["code"].as_str())
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_rule_of_computers_finds_its_example_and_nothing_else() {
    for code in BY_DOCTOR {
        let ana = Sandbox::halden().laptop("ana").without("UPWARDS_DEVICE");
        assert_eq!(of_doctor(&ana), [""; 0], "before {code}");
        match code {
            "U520" => ana.file("progress/rao/rao-laptop.jsonl", ""),
            "U521" => ana.file("curricula/efficiency/curriculum.toml", ""),
            "U523" => ana.file("../own/ana/device.toml", "!!"),
            "U535" => {
                ana.file(
                    "erased.toml",
                    "format = 1\n\n[[erased]]\nid = \"sam\"\nday = 2026-03-01\n",
                );
                ana.file("progress/sam/sam-laptop.jsonl", "");
            }
            _ => ana.file(OWN_LOG, ""),
        }
        let own_log = ana.path(OWN_LOG);
        let right = |mode: u32| {
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                std::fs::set_permissions(&own_log, std::fs::Permissions::from_mode(mode)).unwrap();
            }
        };
        if code == "U601" {
            for folder in [
                "../own/ana/halden-3f9c/private",
                "../own/ana/halden-3f9c/private/ana",
            ] {
                leave_alone(&ana.path(folder));
            }
            right(0o644);
        }
        assert_eq!(of_doctor(&ana), [code]);
        match code {
            "U520" => ana.append(
                "people.toml",
                "\n[[person]]\nid = \"rao\"\nname = \"Rao Iyer\"\nleft = 2026-02-01\n",
            ),
            "U521" => std::fs::remove_dir_all(ana.path("curricula/efficiency")).unwrap(),
            "U523" => std::fs::remove_file(ana.path("../own/ana/device.toml")).unwrap(),
            "U535" => std::fs::remove_dir_all(ana.path("progress/sam")).unwrap(),
            _ => right(0o600),
        }
        assert_eq!(of_doctor(&ana), [""; 0], "{code} repaired");
    }
}

/// A log as its device names it.
const LOG: &str = "progress/ana/ana-laptop-7k2p.jsonl";

/// As private folders are made.
fn leave_alone(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

fn put_log(folder: &Folder, code: &str, broken: &str) {
    match code {
        "U503" => folder.put(LOG, b"{\"v\":1,\"id\":\"\xFF\"}\n"),
        "U504" => folder.put(LOG, format!("{{\"v\":\"{}\"}}\n", "x".repeat(70_000))),
        "U506" => folder.put(LOG, broken),
        "U508" => folder.put("progress/ana (1)/ana-laptop-7k2p.jsonl", ""),
        "U540" => folder.put(rule("U540").expect("a rule").example.broken, ""),
        "U509" => {
            folder.put("elsewhere.jsonl", "").put("progress/ana/x.txt", "");
            #[cfg(unix)]
            std::os::unix::fs::symlink(
                folder.path("elsewhere.jsonl"),
                folder.path("progress/ana/old.jsonl"),
            )
            .unwrap();
            folder
        }
        "U524" => folder.put(rule("U524").expect("a rule").example.file, format!("{broken}\n")),
        "U603" => folder.put("private/ana/ana-laptop-7k2p.jsonl", ""),
        _ => folder.put(LOG, format!("{broken}\n")),
    };
}

fn of_logs(folder: &Folder) -> Vec<Diagnostic> {
    let tree = folder.tree();
    let mut findings = store::misplaced(&tree).unwrap();
    let mut buffers = Buffers::default();
    for person in store::people(&tree, &mut findings).unwrap() {
        findings.extend(store::audit(&tree, &person, &mut buffers, today(), None).unwrap());
    }
    store::read_items(&tree, &mut findings).unwrap();
    findings
}

/// The page for programs lists every code, in order, as `--list` does: `UPWARDS_RENEW_TEXTS=1` writes it anew.
#[test]
fn every_code_is_in_the_documentation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, _) = page.split_once("## All codes\n").unwrap();
    let mut table = "\n| code | check | severity | what it finds |\n|---|---|---|---|\n".to_owned();
    for rule in rules() {
        writeln!(
            table,
            "| {} | {} | {} | {} |",
            rule.code,
            rule.name,
            rule.severity.word(),
            rule.what
        )
        .unwrap();
    }
    let wanted = format!("{before}## All codes\n{table}");
    if std::env::var_os("UPWARDS_RENEW_TEXTS").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    } else {
        assert_eq!(page, wanted);
    }
}

fn is_code(word: &str) -> bool {
    word.strip_prefix('U')
        .is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[test]
fn a_broken_file_makes_no_noise_in_others() {
    let folder = workspace();
    swap(&folder, CASE, "years = [2010, 2015]", "years = [2015, 2010]");
    swap(&folder, RULES, "title = \"Write one rule\"", "title = \"\"");
    swap(
        &folder,
        MODULE,
        "title = \"Read ten complaints\"",
        "title = \"Read ten\"\nneeds = [\"rules-and-roles.start\"]",
    );
    assert_eq!(
        in_short(&check(&folder)),
        [
            "U108 9:9 `years` is no year, or no first and last year: [2015, 2010]",
            "U109 38:9 `title` is empty",
        ]
    );
    swap(&folder, CURRICULUM, "owner = \"Maya Lund\"", "owner = 5");
    assert_eq!(check(&folder).len(), 3);
}

#[test]
fn findings_are_sorted_and_only_those_asked_for_are_returned() {
    let folder = workspace();
    swap(&folder, CASE, "average reply 23", "average reply 24");
    swap(
        &folder,
        MODULE,
        "title = \"Read ten complaints\"\nminutes = 5",
        "title = \"Read ten\"\nminutes = 50",
    );
    swap(&folder, MODULE, "case = \"klm-social-service\"", "case = \"klm\"");
    swap(
        &folder,
        "people.toml",
        "reports_to = \"maya\"",
        "reports_to = \"mya\"",
    );
    let all = check(&folder);
    assert_eq!(
        all.iter().map(|f| f.code).collect::<Vec<_>>(),
        ["U312", "U206", "U317", "U401"]
    );
    let of = |paths: &[&str]| {
        let paths: Vec<_> = paths.iter().map(|path| folder.path(path)).collect();
        let everything = load_paths(&paths).remove(0);
        run(&everything, today())
            .iter()
            .map(|f| f.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&[MODULE]), ["U206", "U317"]);
    assert_eq!(of(&["curricula/service/cases", "people.toml"]), ["U312", "U401"]);
    assert_eq!(of(&["curricula/service"]), ["U312", "U206", "U317"]);
    assert_eq!(of(&[""]), ["U312", "U206", "U317", "U401"]);
}

#[test]
fn repeated_ids_show_both_places() {
    let folder = workspace();
    swap(&folder, MODULE, "id = \"ask-a-peer\"", "id = \"first-words\"");
    let findings = check(&folder);
    assert_eq!(
        in_short(&findings),
        ["U103 71:6 a question and a step have the id first-words"]
    );
    assert_eq!(
        (findings[0].related[0].0.line, findings[0].related[0].1.as_str()),
        (20, "first used here")
    );
}

#[test]
fn a_near_name_is_offered_and_a_safe_repair_named() {
    let folder = workspace();
    swap(
        &folder,
        MODULE,
        "capabilities = [\"serve\"]",
        "capabilites = [\"serve\"]",
    );
    swap(
        &folder,
        MODULE,
        "id = \"read-ten-complaints\"\nkind = \"practice\"",
        "id = \"ten\"\nkind = \"practise\"",
    );
    let findings = check(&folder);
    assert_eq!(
        in_short(&findings),
        [
            "U101 4:1 unknown key: capabilites",
            "U104 65:8 unknown kind of step: practise"
        ]
    );
    assert_eq!(findings[0].label.as_deref(), Some("did you mean `capabilities`?"));
    assert_eq!(
        findings[1].label.as_deref(),
        Some("expected case, quiz, practice, talk or reflect")
    );
    let mut text = folder.text(MODULE);
    for finding in findings.iter().rev() {
        let (start, end) = finding.place.span;
        let Some(Repair::Replace { span, text: new }) = &finding.repair else {
            panic!("no repair")
        };
        assert_eq!(*span, (start, end));
        text.replace_range(start..end, new);
    }
    folder.put(MODULE, text);
    assert_eq!(in_short(&check(&folder)), [""; 0]);
}

#[test]
fn a_key_below_the_wrong_heading_is_told_where_it_belongs() {
    let folder = workspace();
    let text = folder.text(RULES).replace(
        "title = \"Stop one post\"",
        "title = \"Stop\"\nsummary = \"x\"\nhint = \"y\"\nagenda = [\"z\"]",
    );
    folder.put(RULES, text);
    let findings = check(&folder);
    let labels: Vec<_> = findings
        .iter()
        .map(|f| f.label.as_deref().unwrap_or_default())
        .collect();
    assert_eq!(
        labels,
        [
            "a key of the module, not of the step",
            "the step has no such key",
            "a key of the kind talk, not of practice",
        ]
    );
}

#[test]
fn needs_lead_to_steps_that_are_offered() {
    let folder = workspace();
    let draft = "format = 1\nid = \"draft\"\ntitle = \"Draft\"\ncapabilities = [\"lead\"]\n\n[[step]]\nid = \"start\"\nkind = \"reflect\"\ntitle = \"Start\"\nminutes = 2\nask = [\"Why?\"]\nneeds = [\"rules-and-roles.nestle\"]\n";
    folder.put("curricula/service/modules/draft.toml", draft);
    assert_eq!(in_short(&check(&folder)), [""; 0]);
    swap(
        &folder,
        MODULE,
        "title = \"Read ten complaints\"",
        "title = \"Read ten\"\nneeds = [\"draft.start\", \"drft.start\"]",
    );
    swap(
        &folder,
        CURRICULUM,
        "public_needs = \"rules-and-roles\"",
        "public_needs = \"draft\"",
    );
    assert_eq!(
        in_short(&check(&folder)),
        [
            "U202 9:16 the module draft is not listed in `modules`, so nobody can finish it",
            "U204 67:10 answer-in-public.read-ten-complaints needs draft.start, a step of a draft module",
            "U203 67:25 there is no step drft.start",
        ]
    );
}

#[test]
fn former_ids_have_one_heir_and_hang_in_no_chain() {
    let folder = workspace();
    swap(
        &folder,
        MODULE,
        "id = \"when-to-move\"",
        "id = \"when-to-move\"\nreplaces = [\"leave-early\"]",
    );
    swap(
        &folder,
        MODULE,
        "id = \"first-words\"",
        "id = \"first-words\"\nreplaces = [\"when-to-move\"]",
    );
    assert_eq!(
        in_short(&check(&folder)),
        [
            "U320 20:6 revision 1 is lower than revision 2 of answer-in-public.when-to-move, which it replaces",
            "U209 36:13 answer-in-public.when-to-move has two heirs",
            "U209 45:13 answer-in-public.leave-early -> answer-in-public.when-to-move -> answer-in-public.first-words is a chain",
        ]
    );
}

#[test]
fn a_case_of_another_curriculum_is_found() {
    let folder = workspace();
    swap(
        &folder,
        MODULE,
        "case = \"klm-social-service\"",
        "case = \"other/klm\"",
    );
    assert_eq!(
        in_short(&check(&folder)),
        ["U206 10:8 there is no curriculum other"]
    );
    folder.put("curricula/other/curriculum.toml", "");
    folder.put("curricula/other/cases/klm.toml", "");
    let codes: Vec<_> = check(&folder).iter().map(|f| f.code).collect();
    assert_eq!(codes, ["U126", "U126"]);
}

#[test]
fn numbers_of_a_brief_are_found_also_behind_escapes() {
    let folder = workspace();
    swap(
        &folder,
        CASE,
        "In April 2010",
        "In \\\"2010\\\" about 44 of 44 flights failed. In April 2010",
    );
    assert_eq!(
        in_short(&check(&folder)),
        [
            "U312 15:28 the number 44 of the brief is in no claim",
            "U312 15:34 the number 44 of the brief is in no claim"
        ]
    );
}

#[test]
fn mentors_may_name_the_curriculum() {
    let folder = workspace();
    swap(
        &folder,
        "people.toml",
        "mentors_in = [\"serve\", \"lead\"]",
        "mentors_in = [\"service/serve\", \"service/x\", \"other/serve\"]",
    );
    swap(
        &folder,
        "people.toml",
        "{ serve = \"ready\" }",
        "{ srve = \"ready\" }",
    );
    assert_eq!(
        in_short(&check(&folder)),
        [
            "U403 18:32 there is no capability service/x",
            "U403 18:45 there is no capability other/serve",
            "U403 19:20 there is no capability srve",
        ]
    );
}

#[test]
fn a_leader_who_left_is_none() {
    let folder = workspace();
    swap(&folder, "people.toml", "unit = \"strategy\"", "left = 2026-03-16");
    assert_eq!(
        in_short(&check(&folder)),
        ["U404 0:0 nobody here has the role leader"]
    );
}

#[test]
fn long_chains_and_rings_of_needs_are_judged_in_time() {
    let module = |count: usize, need: &dyn Fn(usize) -> Option<usize>| {
        let mut text = "format = 1\nid = \"long\"\ntitle = \"Long\"\ncapabilities = [\"lead\"]\n".to_owned();
        for n in 0..count {
            let needs = need(n)
                .map(|m| format!("needs = [\"s{m}\"]\n"))
                .unwrap_or_default();
            write!(text, "[[step]]\nid = \"s{n}\"\nkind = \"reflect\"\ntitle = \"S\"\nminutes = 2\n{needs}ask = [\"Why?\"]\n").unwrap();
        }
        text
    };
    let folder = workspace();
    let long = "curricula/service/modules/long.toml";
    folder.put(long, module(20_000, &|n| n.checked_sub(1)));
    let findings = crate::hostile::in_time("a chain of 20,000 steps", || check(&folder));
    assert_eq!(in_short(&findings), [""; 0]);
    folder.put(long, module(5_000, &|n| Some((n + 1) % 5_000)));
    let findings = crate::hostile::in_time("a ring of 5,000 steps", || check(&folder));
    assert_eq!(
        in_short(&findings),
        [
            "U205 10:10 steps wait for each other: long.s0 -> long.s1 -> long.s2 -> long.s3 -> long.s4 -> long.s5 -> long.s6 -> (4992 more) -> long.s4999 -> long.s0"
        ]
    );
}

#[test]
fn a_ring_of_superiors_is_printed() {
    let folder = Folder::new();
    let people: String = (0..3_000).fold("format = 1\n".to_owned(), |text, n| {
        let role = if n == 0 { "roles = [\"leader\"]\n" } else { "" };
        text + &format!(
            "[[person]]\nid = \"p{n}\"\nname = \"Person {n:04x}z\"\n{role}reports_to = \"p{}\"\n",
            (n + 1) % 3_000
        )
    });
    folder.put("people.toml", people);
    let everything = load_paths(&[folder.path("people.toml")]).remove(0);
    let findings = crate::hostile::in_time("3,000 people", || run(&everything, today()));
    assert!(
        in_short(&findings).iter().any(|f| f.contains("p0 -> p1 -> p2")),
        "{:?}",
        findings.len()
    );
}

#[test]
fn a_guessed_gate_is_named_with_what_helps() {
    let folder = workspace();
    let everything = load_everything(&folder.tree());
    let curriculum = everything.curriculum("service").unwrap();
    let chance = |per_mille, is_too_high, questions| GuessChance {
        capability: "lead".parse().unwrap(),
        per_mille,
        is_too_high,
        questions,
    };
    let finding = guessed_gate(curriculum, &chance(26, true, 16)).unwrap();
    assert_eq!(
        in_short(&[finding]),
        ["U310 18:6 somebody who only guesses opens the knowledge gate of lead with a chance of 2.6 %"]
    );
    assert_eq!(guessed_gate(curriculum, &chance(20, false, 16)), None);
    assert_eq!(guessed_gate(curriculum, &chance(1000, true, 0)), None);
}

#[test]
fn luck_in_a_short_quiz_is_no_habit_and_a_habit_over_all_modules_is_found() {
    let of = |code: &str, right: &dyn Fn(usize) -> usize, long: &dyn Fn(usize) -> bool| {
        let folder = workspace();
        for file in [MODULE, RULES] {
            folder.put(file, bare(file) + &more_questions(6, right, long));
        }
        let findings = check(&folder);
        let habits: Vec<String> = in_short(&findings)
            .into_iter()
            .filter(|f| f.starts_with(code))
            .collect();
        habits
    };
    // Of 8 questions in each module 5 at one place: luck in one, not in both.
    assert_eq!(
        of("U316", &|n| if n < 3 { 1 } else { n % 4 }, &|_| false),
        [""; 0]
    );
    let all = of("U316", &|n| if n < 5 { 1 } else { 2 }, &|_| false);
    assert_eq!(all.len(), 1, "{all:?}");
    let told = "U316 2:6 in 12 of 16 questions option 2 is the right one: by chance in fewer than 1 of ";
    assert!(
        all[0].starts_with(told) && all[0].ends_with(" curricula"),
        "{all:?}"
    );
    assert_eq!(of("U315", &|n| n % 4, &|n| n < 3), [""; 0]);
    let all = of("U315", &|n| n % 4, &|_| true);
    assert_eq!(all.len(), 1, "{all:?}");
    let told = "questions the right option is the longest: by chance in fewer than 1 of 100";
    assert!(all[0].contains(told), "{all:?}");
}

#[test]
fn two_places_are_shown_where_two_matter() {
    let second = |file: &str, from: &str, to: &str| {
        let folder = workspace();
        swap(&folder, file, from, to);
        let findings = check(&folder);
        let of = |f: &Diagnostic| {
            (
                f.code,
                f.related
                    .iter()
                    .map(|(place, what)| (place.line, what.clone()))
                    .collect::<Vec<_>>(),
            )
        };
        findings.iter().map(of).collect::<Vec<_>>()
    };
    for (code, file, from, to) in [
        (
            "U205",
            MODULE,
            "minutes = 5\nneeds = [\"klm\"]",
            "minutes = 5\nneeds = [\"klm\", \"ask-a-peer\"]",
        ),
        (
            "U209",
            MODULE,
            "replaces = [\"when-to-move\"]",
            "replaces = [\"first-words\"]",
        ),
        ("U214", MODULE, "id = \"when-to-leave\"", "id = \"flrst-words\""),
        (
            "U320",
            MODULE,
            "rev = 2\nreplaces = [\"when-to-move\"]",
            "rev = 1\nreplaces = [\"when-to-move\"]",
        ),
        (
            "U321",
            "curricula/service/translations/da/curriculum.toml",
            "of_rev = 2",
            "of_rev = 1",
        ),
        ("U324", MODULE, "minutes = 15", "minutes = 30"),
        (
            "U402",
            "people.toml",
            "name = \"Maya Lund\"",
            "name = \"Maya Lund\"\nreports_to = \"ana\"",
        ),
        (
            "U405",
            "people.toml",
            "name = \"Jo Park\"",
            "name = \"Ana Reyes\"",
        ),
    ] {
        let found = second(file, from, to);
        let of_code: Vec<_> = found.iter().filter(|(found, _)| *found == code).collect();
        assert_eq!(of_code.len(), 1, "{code}: {found:?}");
        assert!(
            of_code[0]
                .1
                .iter()
                .any(|(line, what)| *line > 0 && !what.is_empty()),
            "{code}: {found:?}"
        );
    }
}

#[test]
fn words_that_say_nothing_are_no_base_and_no_address() {
    let folder = workspace();
    swap(
        &folder,
        CASE,
        "base = \"first reply to a customer in social media, April 2014\"",
        "base = \"Minutes\"",
    );
    swap(
        &folder,
        CASE,
        "address = \"econsultancy.com/how-klm-nails-social-customer-care/\"",
        "address = \"(unknown)\"",
    );
    assert_eq!(
        in_short(&check(&folder)),
        [
            "U326 31:8 the claim reply-time has no base",
            "U325 39:11 the source econsultancy-2014 has no address",
        ]
    );
}

#[test]
fn a_quiz_takes_its_questions() {
    let quiz = |minutes: u32| {
        let folder = workspace();
        swap(
            &folder,
            MODULE,
            "id = \"more\"\nkind = \"quiz\"",
            &format!("id = \"more\"\nkind = \"quiz\"\nminutes = {minutes}"),
        );
        check(&folder).len()
    };
    // Six questions take 4.5 minutes.
    assert_eq!([1, 2, 5, 13, 14, 60].map(quiz), [1, 0, 0, 0, 1, 1]);
}

#[test]
fn writing_that_is_turned_around_is_found_in_comments_too() {
    let folder = workspace();
    let text = folder.text("upwards.toml");
    let with = format!("{text}# \u{202e}evil\n");
    folder.put("upwards.toml", &with);
    let line = with.lines().count();
    assert_eq!(
        in_short(&check(&folder)),
        [format!(
            "U111 {line}:3 the character U+202E turns the direction of writing"
        )]
    );
}
