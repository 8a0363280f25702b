//! Cases for the tests of this folder.

use super::LibraryCase;
use crate::model::case::{Case, Claim, ClaimGrade, ClaimPart, Permission, Size, Source};

/// A whole case with one verified claim, changed as a test wants it.
pub(super) fn case(id: &str, change: impl FnOnce(&mut Case)) -> LibraryCase {
    let mut case = Case {
        id: id.parse().unwrap(),
        title: "A title".into(),
        rev: 1,
        language: None,
        organisation: "Org".into(),
        sector: "post".parse().unwrap(),
        size: Size::Large,
        country: "DK".into(),
        years: (2020, 2021),
        functions: vec!["marketing".parse().unwrap()],
        capabilities: vec!["reach".parse().unwrap()],
        challenges: Vec::new(),
        failed: false,
        permission: Permission::Public,
        owner: "Maya".into(),
        review_by: "2027-06-30".parse().unwrap(),
        credit: None,
        brief: "A brief.".into(),
        since: "Nothing.".into(),
        challenge: "A challenge.".into(),
        action: "An action.".into(),
        result: "A result.".into(),
        cost: "A cost.".into(),
        backfire: None,
        takeaway: "A takeaway.".into(),
        ask: vec!["One?".into(), "Two?".into()],
        fails_if: "It fails.".into(),
        claims: vec![Claim {
            id: "claim".into(),
            part: ClaimPart::Result,
            text: "A claim of 10".into(),
            value: (10_000, None),
            unit: "minutes".into(),
            base: "all of them".into(),
            years: (2020, 2020),
            about: false,
            grade: ClaimGrade::Verified,
            source: "source".into(),
            said_by: None,
            contested_by: None,
            derived: None,
        }],
        sources: vec![Source {
            id: "source".into(),
            author: None,
            title: "A page".into(),
            publisher: None,
            year: Some(2020),
            address: "example.org".into(),
        }],
    };
    change(&mut case);
    LibraryCase {
        curriculum: "efficiency".parse().unwrap(),
        case,
    }
}
