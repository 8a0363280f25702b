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
    // A curriculum without cases of its own has an empty list.
    assert_eq!(sandbox.run("cases list -f json").ok().rows().len(), 0);
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
  did you mean: nestle-kitkat (Nestle and KitKat)?
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
