//! `cases`: the library, listed and shown with claims and sources.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn the_library_is_listed_in_every_format() {
    let sandbox = Sandbox::halden();
    let csv = sandbox
        .run("cases list --curriculum efficiency -f csv")
        .ok()
        .csv();
    let json = sandbox.run("cases list --curriculum efficiency -f json").ok();
    assert_eq!(json.json()["schema"], "upwards.cases/1");
    assert!(csv.len() >= 12);
    assert_eq!(json.rows().len(), csv.len());
    for (row, cells) in json.rows().iter().zip(&csv) {
        assert_eq!(row["case_id"], cells["case_id"].as_str());
        assert!(row["sources"].as_i64().is_some_and(|n| n > 0), "{row}");
    }
    let screen = sandbox.run("cases list --curriculum efficiency").ok();
    assert!(
        csv.iter().all(|r| screen.stdout.contains(&r["case_id"])),
        "{screen}"
    );
    // The library holds the shipped curricula too, in use or not.
    let whole = sandbox.run("cases list -f json").ok().rows().len();
    assert!(whole >= csv.len(), "{whole}");
}

#[test]
fn a_case_is_shown_with_every_claim_graded_and_every_source() {
    let sandbox = Sandbox::halden();
    let all = sandbox
        .run("cases list --curriculum efficiency -f csv")
        .ok()
        .csv();
    for case in all {
        let shown = sandbox
            .run(&format!("cases show {} --curriculum efficiency", case["case_id"]))
            .ok();
        assert!(shown.stdout.lines().all(|l| l.chars().count() <= 80), "{shown}");
        let sources: usize = case["sources"].parse().expect("a number");
        for number in 1..=sources {
            assert!(
                shown.stdout.contains(&format!("\n[{number}] ")),
                "{number}: {shown}"
            );
        }
        let graded = shown.told().matches("verified").count() + shown.told().matches("single source").count();
        assert!(graded > 0, "{shown}");
        assert!(shown.stdout.contains("Since then: "), "{shown}");
    }
}

#[test]
fn a_case_is_found_by_its_beginning() {
    let sandbox = Sandbox::halden();
    let whole = sandbox
        .run("cases show klm-social-service --curriculum efficiency")
        .ok();
    assert_eq!(
        sandbox.run("cases show klm --curriculum efficiency").ok().stdout,
        whole.stdout
    );
    // The singular works too.
    assert_eq!(
        sandbox.run("case show klm --curriculum efficiency").ok().stdout,
        whole.stdout
    );
    let unknown = sandbox
        .run("cases show nestle-kitkta --curriculum efficiency")
        .code(1);
    assert_data_eq!(
        unknown.stderr,
        str![[r#"
error: "nestle-kitkta" is no case here
  did you mean: nestle-kitkat?
  all: upwards cases list

"#]]
    );
    // Two begin that way, or it is too short.
    sandbox.run("cases show cis --curriculum efficiency").code(1);
    sandbox.run("cases show kl --curriculum efficiency").code(1);
}

#[test]
fn a_case_as_data_holds_every_text_claim_and_source() {
    let sandbox = Sandbox::halden();
    let line = "cases show klm-social-service --curriculum efficiency -f json";
    let shown = sandbox.run(line).ok().json();
    assert_eq!(shown["schema"], "upwards.case/1");
    let rows = shown["rows"].as_array().expect("rows");
    let of = |part: &str| rows.iter().filter(|row| row["part"] == part).collect::<Vec<_>>();
    for part in [
        "title",
        "brief",
        "since",
        "challenge",
        "action",
        "result",
        "cost",
        "takeaway",
        "fails_if",
    ] {
        assert_eq!(of(part).len(), 1, "{part}");
    }
    assert_eq!(of("ask").len(), 2);
    let sources: Vec<_> = of("source").iter().map(|row| &row["id"]).collect();
    let claims = of("claim");
    assert!(!claims.is_empty());
    for claim in claims {
        assert!(claim["value"].is_number() && claim["unit"].is_string(), "{claim}");
        assert!(sources.contains(&&claim["source_id"]), "{claim}");
    }
}

#[test]
fn a_search_shows_title_id_and_the_sentence_with_the_words_marked() {
    let sandbox = Sandbox::halden();
    let found = sandbox.run("cases search administraton redundancies").ok();
    assert_data_eq!(
        found.stdout,
        str![[r"
1  HMV: who holds the keys                      retail, 2013, went wrong
   hmv-layoffs
   The *redundancies* became known through posts from the company's own
   account, in the words of those who lost their jobs.

"]]
    );
}

#[test]
fn a_search_that_finds_nothing_says_so_and_a_wrong_one_what_is_wrong() {
    let sandbox = Sandbox::halden();
    let none = sandbox.run("cases search zebrafish").ok();
    assert!(none.stdout.starts_with("No case of "), "{none}");
    assert!(none.stdout.contains("\"zebrafish\""), "{none}");
    assert_eq!(sandbox.run("cases search zebrafish -f json").ok().rows().len(), 0);
    // One of three words in passing is no answer.
    let one = sandbox.run("cases search doritos super bowl").ok();
    assert!(one.stdout.starts_with("No case of "), "{one}");
    let empty = sandbox.run("cases search ?!").code(2);
    assert!(empty.stderr.contains("there is no word in"), "{empty}");
    sandbox.run("cases search").code(2);
    let year = sandbox.run("cases list --year 18").code(2);
    assert!(
        year.stderr.contains("write 2018, 2018-2020, 2018- or -2012"),
        "{year}"
    );
    let function = sandbox.run("cases list --function Sal\u{e9}s").code(2);
    assert!(function.stderr.contains("--function"), "{function}");
    let curriculum = sandbox.run("cases list --curriculum efficency").code(1);
    assert!(curriculum.stderr.contains("efficiency"), "{curriculum}");
}

#[test]
fn facets_choose_cases_alone_and_together() {
    let sandbox = Sandbox::halden();
    let ids = |facets: &str| -> Vec<String> {
        let rows = sandbox.run(&format!("cases list -f csv {facets}")).ok().csv();
        rows.into_iter().map(|row| row["case_id"].clone()).collect()
    };
    let all = ids("");
    let failed = ids("--failed");
    assert!(failed.contains(&"hmv-layoffs".to_owned()) && failed.len() < all.len());
    let retail = ids("--failed --sector retail,food");
    assert!(retail.contains(&"hmv-layoffs".to_owned()) && retail.contains(&"nestle-kitkat".to_owned()));
    assert!(retail.len() < failed.len());
    assert_eq!(
        ids("--failed --sector retail --country GB --year 2013 --capability lead"),
        ["hmv-layoffs"]
    );
    assert!(ids("--grade contested").contains(&"hmv-layoffs".to_owned()));
    assert!(ids("--year -2009").iter().all(|id| all.contains(id)));
    assert_eq!(ids("--stale"), Vec::<String>::new());
    assert_eq!(ids("--stale --today 2040-01-01"), all);
    let none = sandbox.run("cases list --failed --year 1900").ok();
    assert!(none.stderr.contains("none of "), "{none}");
    // A search keeps to the kind.
    let found = sandbox.run("cases search customers --failed -f json").ok();
    assert!(!found.rows().is_empty());
    assert!(
        found
            .rows()
            .iter()
            .all(|row| failed.contains(&row["case_id"].as_str().unwrap().to_owned()))
    );
}

#[test]
fn a_broken_case_is_named_and_the_others_are_found() {
    let sandbox = Sandbox::halden();
    sandbox.file(
        "curricula/own/curriculum.toml",
        "format = 1\nid = \"own\"\ntitle = \"Own\"\nlanguage = \"en\"\nowner = \"Maya\"\nreview_by = 2027-01-01\nmodules = []\n",
    );
    sandbox.file("curricula/own/cases/broken.toml", "format = 1\nid = ");
    let settings = sandbox
        .read("upwards.toml")
        .replace("curricula = [", "curricula = [\"own\", ");
    sandbox.file("upwards.toml", &settings);
    let found = sandbox.run("cases search twitter layoffs").ok();
    assert!(found.stdout.contains("hmv-layoffs"), "{found}");
    assert!(found.stderr.contains("broken.toml"), "{found}");
}

#[test]
fn the_nearest_cases_say_what_they_have_in_common_and_what_is_not_known() {
    let sandbox = Sandbox::new();
    let near = sandbox.run("cases near ana --demo --top 1").ok();
    for alike in ["same worry: late-answers", "same work: "] {
        assert!(near.stdout.contains(alike), "{alike}: {near}");
    }
    let json = sandbox.run("cases near ana --demo -f json").ok();
    assert!(
        json.rows()[0]["alike"]
            .to_string()
            .contains("challenge:late-answers"),
        "{json}"
    );
    let own = sandbox.run("cases near --demo --top 1").ok();
    assert_eq!(own.stdout, near.stdout);
    let halden = Sandbox::halden();
    let unknown = halden.run("cases near ana").ok();
    assert!(
        unknown.stdout.contains("Not known, so not compared: "),
        "{unknown}"
    );
}

#[test]
fn gaps_name_what_is_lacking_for_how_many_people() {
    let sandbox = Sandbox::new();
    let gaps = sandbox.run("cases gaps --demo").ok();
    assert!(gaps.stdout.contains("LACKS"), "{gaps}");
    let json = sandbox.run("cases gaps --demo --by people -f json").ok();
    assert!(
        json.rows().iter().any(|row| row["people"].as_i64() == Some(2)),
        "{json}"
    );
    assert!(
        json.rows().iter().all(|row| row["sector"] == "logistics"),
        "{json}"
    );
    let sectors = sandbox.run("cases gaps --demo --by sector -f json").ok();
    assert!(
        sectors.rows().iter().all(|row| row["function"].is_null()),
        "{sectors}"
    );
}

#[test]
fn a_case_is_written_for_a_mail_and_for_a_browser() {
    let sandbox = Sandbox::new();
    let markdown = sandbox.run("cases show hmv --demo --as-text md").ok().stdout;
    assert!(
        markdown.starts_with("# HMV: who holds the keys\n\n*retail, 2013; it went wrong*\n"),
        "{markdown}"
    );
    assert!(markdown.contains("\n## Sources\n\n1. "), "{markdown}");
    sandbox.run("cases show hmv --demo -o case.html").ok();
    let html = sandbox.read("case.html");
    assert!(
        html.starts_with("<!doctype html>") && html.contains("default-src 'none'"),
        "{html}"
    );
    assert!(html.contains("<h1>HMV: who holds the keys</h1>"), "{html}");
    assert!(!html.contains("<script") && !html.contains("<details"), "{html}");
    sandbox.run("cases show hmv --demo -o case.md").ok();
    assert_eq!(sandbox.read("case.md"), markdown);
}
