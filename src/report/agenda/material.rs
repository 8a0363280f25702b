//! Ideas that wait, and material to be looked at again.

use super::item::{AgendaAbout, AgendaItem};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::model::settings::Settings;

/// Ideas that have waited too long: how many, and the day of the oldest.
pub fn waiting_ideas(days: &[Date], settings: &Settings, today: Date) -> Option<AgendaItem> {
    let oldest = days.iter().min()?;
    let age = today.days_since(*oldest);
    (i64::from(age) >= i64::from(settings.agenda.idea_days)).then(|| AgendaItem {
        about: AgendaAbout::Ideas,
        weight: i64::from(age),
        person: None,
        who: t!("agenda.ideas", "Ideas"),
        reasons: vec![t_n!(
            "agenda.ideas.open",
            days.len(),
            "{n} open since {day}",
            "{n} open, the oldest since {day}",
            day = oldest.short(today)
        )],
        command: "upwards ideas list --open".to_owned(),
    })
}

/// Material past its `review_by`: curricula in use, and how many cases.
pub fn due_reviews(curricula: &[Curriculum], stale_cases: usize, today: Date) -> Vec<AgendaItem> {
    let mut items: Vec<AgendaItem> = curricula
        .iter()
        .filter(|curriculum| curriculum.review_by < today)
        .map(|curriculum| AgendaItem {
            about: AgendaAbout::Review,
            weight: i64::from(today.days_since(curriculum.review_by)),
            person: None,
            who: curriculum.title.clone(),
            reasons: vec![t!(
                "agenda.review",
                "to be looked at again since {day}",
                day = curriculum.review_by.short(today)
            )],
            command: "upwards curricula list".to_owned(),
        })
        .collect();
    if stale_cases > 0 {
        items.push(AgendaItem {
            about: AgendaAbout::Review,
            weight: 0,
            person: None,
            who: t!("agenda.cases", "Cases"),
            reasons: vec![t_n!(
                "agenda.cases.stale",
                stale_cases,
                "{n} past its day of review",
                "{n} past their day of review"
            )],
            command: "upwards cases list --stale".to_owned(),
        });
    }
    items
}
