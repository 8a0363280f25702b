//! Material that should have been looked at again.

use super::known::Known;
use crate::base::diag::{Diagnostic, Place};
use crate::base::time::Date;

/// Whatever is past its `review_by`.
pub(super) fn check(known: &Known<'_>, today: Date, findings: &mut Vec<Diagnostic>) {
    let mut past = |review_by: Date, owner: &str, place: Place| {
        if review_by < today {
            let message = format!("past its review day by {} days", today.days_since(review_by));
            findings.push(
                Diagnostic::warning("U311", place, message)
                    .labelled(format!("{owner} should look at it again"))
                    .helped("read it, correct it, and set a later day"),
            );
        }
    };
    let owner = known
        .curriculum
        .head
        .as_ref()
        .map_or("its owner", |head| &head.value.curriculum.owner);
    if let Some(head) = &known.curriculum.head {
        past(head.value.curriculum.review_by, owner, head.place("review_by"));
    }
    for file in known.modules() {
        if let Some(day) = file.value.module.review_by {
            let owner = file.value.module.owner.as_deref().unwrap_or(owner);
            past(day, owner, file.place("review_by"));
        }
    }
    for case in known.curriculum.cases.values() {
        past(case.value.review_by, &case.value.owner, case.place("review_by"));
    }
}
