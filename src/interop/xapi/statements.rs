//! Which events become statements, and which. A statement is made of its own event and nothing that may change: no
//! names, no titles, no state. Only whether there is one may depend on other events of the log.
//!
//! Never in one: what was answered, reflected, noted, rated or spent (no shared event holds it), what was done (evidence), promised
//! or measured, with whom somebody met, why a step was waived.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Activity, Actor, Context, Form, Object, Outcome, Verb, timestamp};
use super::names::Names;
use crate::base::id::EventId;
use crate::base::time::{Date, Minutes};
use crate::model::event::{Attendance, Event, Fact};
use crate::progress::{Counted, count};

/// A statement, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its id: always the same for the same event.
    pub id: String,
    /// The event it is made of.
    pub event: EventId,
    /// Whom it is about.
    pub person: String,
    /// The event's day.
    pub day: Date,
    /// Whether it stands: its event counts here. `false`: it was taken back, and another statement says so.
    pub stands: bool,
    /// Of one that stands: statements that once said that it was taken back. A store that holds one of them keeps it voided.
    pub once_voided_by: Vec<String>,
    /// JSON in one line, without its end.
    pub json: String,
}

/// The statements of one person's log as it stands on a day, by day, device and place. The order of the events and how often each of them
/// comes do not matter.
///
/// What was taken back is stated, and stated as voided, so that a store that had it before and one that had not come to
/// the same. What was taken back and counts again is stated as it was; a store that was told that it is voided keeps it so, for
/// xAPI has no way back.
pub fn statements<'e>(
    names: &Names,
    events: impl IntoIterator<Item = &'e Event<'e>>,
    as_of: Date,
) -> Vec<Statement> {
    let mut events: Vec<&Event> = events.into_iter().collect();
    events.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut seen = BTreeSet::new();
    events.retain(|event| seen.insert(event.id));
    let log = Log::new(&events, as_of);
    (0..events.len())
        .filter_map(|place| log.statement(place, names))
        .collect()
}

fn order<'a>(event: &'a Event<'_>) -> (Date, &'a str, u64, EventId) {
    (event.day, &event.device, event.seq, event.id)
}

struct Log<'a> {
    events: &'a [&'a Event<'a>],
    counted: Counted,
    places: BTreeMap<EventId, usize>,
    as_of: Date,
    /// Places of what takes something back.
    takers: Vec<usize>,
    /// Practices that the person said to be their own: now, and at any time.
    confirmed: BTreeSet<EventId>,
    once_confirmed: BTreeSet<EventId>,
}

impl<'a> Log<'a> {
    fn new(events: &'a [&'a Event<'a>], as_of: Date) -> Self {
        let counted = count(events, as_of);
        let places = events.iter().enumerate().map(|(at, e)| (e.id, at)).collect();
        let (mut confirmed, mut once_confirmed) = (BTreeSet::new(), BTreeSet::new());
        for (place, event) in events.iter().enumerate() {
            if let Fact::Confirmed { reference } = event.fact
                && event.is_own_word()
                && event.day <= as_of
            {
                once_confirmed.insert(reference);
                if counted.counts(place) {
                    confirmed.insert(reference);
                }
            }
        }
        let is_taker = |place: &usize| matches!(events[*place].fact, Fact::Voided { .. });
        let takers = (0..events.len()).filter(is_taker).collect();
        Self {
            events,
            counted,
            places,
            as_of,
            takers,
            confirmed,
            once_confirmed,
        }
    }

    /// The statement of the event at a place; `None`: it makes none.
    fn statement(&self, place: usize, names: &Names) -> Option<Statement> {
        let event = self.events[place];
        if event.day > self.as_of {
            return None;
        }
        let id = names.statement(event.id);
        let target;
        let form = if let Fact::Voided { reference } = event.fact {
            target = names.statement(self.voids(place, reference, names)?);
            Form {
                id: &id,
                actor: Actor::new(names.base(), &event.person),
                verb: &Verb::VOIDED,
                object: Object::StatementRef { id: &target },
                result: None,
                context: None,
                timestamp: timestamp(event.day),
            }
        } else {
            self.is_told(event).then_some(())?;
            told(event, &id, names)?
        };
        let json = serde_json::to_string(&form).ok()?;
        Some(Statement {
            event: event.id,
            person: event.person.clone().into_owned(),
            day: event.day,
            stands: self.stands(place),
            once_voided_by: self.once_voided_by(place, names),
            json,
            id,
        })
    }

    /// Ids of the statements that would have said that an event which stands was taken back.
    fn once_voided_by(&self, place: usize, names: &Names) -> Vec<String> {
        if !self.stands(place) {
            return Vec::new();
        }
        let voided = self.takers.iter().filter(|taker| {
            let reference = self.events[**taker].fact.reference();
            reference.and_then(|reference| self.target(reference)) == Some(place)
        });
        voided
            .map(|taker| names.statement(self.events[*taker].id))
            .collect()
    }

    /// The event whose statement a `voided` voids. One that takes back a confirmation voids the practice.
    fn voids(&self, place: usize, reference: EventId, names: &Names) -> Option<EventId> {
        self.counted.counts(place).then_some(())?;
        let at = self.target(reference)?;
        let event = self.events[at];
        let is_stated = event.day <= self.as_of && self.is_told(event) && told(event, "", names).is_some();
        (is_stated && !self.stands(at)).then_some(event.id)
    }

    /// The place of what is taken back with an event: its own, or that of the practice that it confirms.
    fn target(&self, reference: EventId) -> Option<usize> {
        let at = *self.places.get(&reference)?;
        match self.events[at].fact {
            Fact::Confirmed { reference } if self.events[at].is_own_word() => {
                let practice = *self.places.get(&reference)?;
                matches!(self.events[practice].fact, Fact::Practised(_)).then_some(practice)
            }
            _ => Some(at),
        }
    }

    /// Whether an event counts, and is the person's own.
    fn stands(&self, place: usize) -> bool {
        let event = self.events[place];
        self.counted.counts(place)
            && match &event.fact {
                Fact::Practised(practised) => practised.personal || self.confirmed.contains(&event.id),
                _ => true,
            }
    }

    /// Whether a practice is, or once was, the person's own word.
    fn is_told(&self, event: &Event) -> bool {
        match &event.fact {
            Fact::Practised(practised) => practised.personal || self.once_confirmed.contains(&event.id),
            _ => true,
        }
    }
}

/// The statement of an event by itself; `None` for kinds that make none, and for names that are no ids.
fn told<'a>(event: &'a Event<'_>, id: &'a str, names: &'a Names) -> Option<Form<'a>> {
    let of_step = |verb: &'static Verb, curriculum: &str, step: &str, rev: Option<u32>| {
        let (module, step) = names.step(curriculum, step)?;
        Some((verb, Activity::step(step), Some(module), rev))
    };
    let (verb, activity, module, rev) = match &event.fact {
        Fact::Started {
            curriculum,
            step,
            rev,
        } => of_step(&Verb::INITIALIZED, curriculum, step, Some(*rev))?,
        Fact::Finished {
            curriculum,
            step,
            rev,
        } => of_step(&Verb::COMPLETED, curriculum, step, Some(*rev))?,
        Fact::Practised(done) => of_step(&Verb::COMPLETED, &done.curriculum, &done.step, Some(done.rev))?,
        Fact::Waived { curriculum, step, .. } => of_step(&Verb::WAIVED, curriculum, step, None)?,
        // Whoever sent a deputy was not there, and of whom it is not known it is not said.
        Fact::Met(met) if matches!(met.attendance, Attendance::Present | Attendance::Partly) => {
            let meeting = Activity::meeting(names.meeting(&met.meeting));
            (&Verb::COMPLETED, meeting, None, None)
        }
        Fact::Met(_)
        | Fact::Voided { .. }
        | Fact::Assigned { .. }
        | Fact::Unassigned { .. }
        | Fact::Recalled { .. }
        | Fact::Measured { .. }
        | Fact::Aimed { .. }
        | Fact::Reached { .. }
        | Fact::Confirmed { .. }
        | Fact::Kept { .. }
        | Fact::Paired { .. }
        | Fact::Unpaired { .. }
        | Fact::Invited(_)
        | Fact::Suggested { .. }
        | Fact::Handled { .. }
        | Fact::Unknown { .. } => return None,
    };
    let result = match &event.fact {
        Fact::Met(met) => Some(Outcome::completed_after(Minutes(met.minutes))),
        Fact::Finished { .. } | Fact::Practised(_) => Some(Outcome::completed()),
        _ => None,
    };
    let curriculum = event.fact.curriculum()?;
    let registration = names.registration(&event.person, curriculum);
    Some(Form {
        id,
        actor: Actor::new(names.base(), &event.person),
        verb,
        object: Object::Activity(activity),
        result,
        context: Some(Context::new(
            registration,
            module,
            names.curriculum(curriculum)?,
            rev,
        )),
        timestamp: timestamp(event.day),
    })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::*;
    use crate::base::time::Date;
    use crate::model::curriculum::TalkWith;
    use crate::model::event::{Met, Practised};

    /// Stands in every text that no statement may hold.
    const CANARY: &str = "canary-7731";
    const NONE: [u8; 0] = [];

    fn id(n: u8) -> EventId {
        EventId::from_random([n; 16])
    }

    fn event(n: u8, day: i32, fact: Fact<'static>) -> Event<'static> {
        Event {
            id: id(n),
            seq: u64::from(n),
            day: Date::from_days(20_000 + i64::from(day)),
            person: Cow::Borrowed("ana"),
            by: Cow::Borrowed("ana"),
            device: Cow::Borrowed("ana-laptop"),
            fact,
            via: None,
        }
    }

    fn finished(n: u8, day: i32) -> Event<'static> {
        event(
            n,
            day,
            Fact::Finished {
                curriculum: "efficiency".into(),
                step: "serve.klm".into(),
                rev: 2,
            },
        )
    }

    fn practised(n: u8, day: i32, personal: bool) -> Event<'static> {
        event(
            n,
            day,
            Fact::Practised(Box::new(Practised {
                curriculum: "efficiency".into(),
                step: "serve.try".into(),
                rev: 1,
                capabilities: vec!["serve".into()],
                personal,
                evidence: Some(CANARY.into()),
                witness: Some(CANARY.into()),
                may_quote: true,
                measure: None,
            })),
        )
    }

    fn met(n: u8, day: i32, attendance: Attendance) -> Event<'static> {
        event(
            n,
            day,
            Fact::Met(Box::new(Met {
                curriculum: "efficiency".into(),
                meeting: "2026-02-26:ana+canary-7731".into(),
                with: vec![CANARY.into()],
                role: TalkWith::Peer,
                capabilities: vec!["reach".into()],
                minutes: 90,
                attendance,
                commitment: Some(CANARY.into()),
            })),
        )
    }

    fn voided(n: u8, day: i32, of: u8) -> Event<'static> {
        event(n, day, Fact::Voided { reference: id(of) })
    }

    fn confirmed(n: u8, day: i32, of: u8) -> Event<'static> {
        event(n, day, Fact::Confirmed { reference: id(of) })
    }

    fn names() -> Names {
        Names::new(&"halden-3f9c".parse().unwrap(), Some("https://learn.example/")).unwrap()
    }

    fn of(events: &[Event<'static>]) -> Vec<Statement> {
        statements(&names(), events, Date::from_days(20_100))
    }

    /// The events that made a statement, by their numbers.
    fn told(events: &[Event<'static>]) -> Vec<u8> {
        let number = |one: &Statement| (1..=99).find(|n| id(*n) == one.event).unwrap();
        of(events).iter().map(number).collect()
    }

    fn json(statement: &Statement) -> serde_json::Value {
        serde_json::from_str(&statement.json).unwrap()
    }

    /// Written down, byte for byte: a store that has a statement refuses another form of it.
    #[test]
    fn the_bytes_of_a_statement_never_change() {
        let all = of(&[finished(1, 0), met(2, 1, Attendance::Present), voided(3, 2, 1)]);
        let [step, talk, back] = all.as_slice() else {
            panic!("{all:?}")
        };
        assert_eq!(
            step.json,
            r#"{"id":"15ed79f9-6f08-5936-960a-2c8d0430138d","actor":{"objectType":"Agent","account":{"homePage":"https://learn.example/","name":"ana"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/completed","display":{"en":"completed"}},"object":{"objectType":"Activity","id":"https://learn.example/efficiency/serve/klm","definition":{"type":"http://adlnet.gov/expapi/activities/lesson"}},"result":{"completion":true},"context":{"registration":"d6dd991e-dbad-55ba-9d0e-3b655022c4ea","contextActivities":{"parent":[{"id":"https://learn.example/efficiency/serve","definition":{"type":"http://adlnet.gov/expapi/activities/module"}}],"grouping":[{"id":"https://learn.example/efficiency","definition":{"type":"http://adlnet.gov/expapi/activities/course"}}]},"revision":"2"},"timestamp":"2024-10-04T00:00:00.000Z"}"#
        );
        assert_eq!(
            talk.json,
            r#"{"id":"dcb79ad6-383c-59fa-ab5d-02190a305f46","actor":{"objectType":"Agent","account":{"homePage":"https://learn.example/","name":"ana"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/completed","display":{"en":"completed"}},"object":{"objectType":"Activity","id":"https://learn.example/meeting/f648613c-3740-5ce1-92b6-64eafe35e38a","definition":{"type":"http://adlnet.gov/expapi/activities/meeting"}},"result":{"completion":true,"duration":"PT90M"},"context":{"registration":"d6dd991e-dbad-55ba-9d0e-3b655022c4ea","contextActivities":{"grouping":[{"id":"https://learn.example/efficiency","definition":{"type":"http://adlnet.gov/expapi/activities/course"}}]}},"timestamp":"2024-10-05T00:00:00.000Z"}"#
        );
        assert_eq!(
            back.json,
            r#"{"id":"78e8a025-27ef-5196-90ab-14a417e339a0","actor":{"objectType":"Agent","account":{"homePage":"https://learn.example/","name":"ana"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/voided","display":{"en":"voided"}},"object":{"objectType":"StatementRef","id":"15ed79f9-6f08-5936-960a-2c8d0430138d"},"timestamp":"2024-10-06T00:00:00.000Z"}"#
        );
        assert!(!step.stands && talk.stands);
    }

    #[test]
    fn each_kind_has_its_verb() {
        let started = event(
            1,
            0,
            Fact::Started {
                curriculum: "efficiency".into(),
                step: "serve.klm".into(),
                rev: 1,
            },
        );
        let waived = event(
            2,
            1,
            Fact::Waived {
                curriculum: "efficiency".into(),
                step: "serve.klm".into(),
                until: None,
            },
        );
        let all = of(&[started, waived, practised(3, 2, true), finished(4, 3)]);
        let verbs: Vec<String> = all
            .iter()
            .map(|one| json(one)["verb"]["id"].to_string())
            .collect();
        for (verb, end) in verbs
            .iter()
            .zip(["initialized", "waived", "completed", "completed"])
        {
            assert!(verb.ends_with(&format!("/{end}\"")), "{verb}");
        }
        // A score, or that something was passed, rests on what is private.
        assert!(all.iter().all(|one| json(one)["result"]["score"].is_null()));
    }

    #[test]
    fn other_kinds_make_none() {
        let facts = [
            Fact::Assigned {
                curriculum: "efficiency".into(),
                module: "serve".into(),
                due: None,
                reason: Some(CANARY.into()),
            },
            Fact::Recalled {
                curriculum: "efficiency".into(),
                capability: "serve".into(),
                entries: Vec::new(),
                damaged: 0,
            },
            Fact::Aimed {
                text: CANARY.into(),
                function: None,
                curriculum: None,
                capability: None,
            },
            Fact::Reached {
                curriculum: "efficiency".into(),
                capability: "serve".into(),
            },
            Fact::Suggested {
                text: CANARY.into(),
                curriculum: None,
                capability: None,
            },
            Fact::Unknown {
                kind: "answered".into(),
            },
            Fact::Unknown { kind: CANARY.into() },
        ];
        for fact in facts {
            let kind = fact.kind().to_owned();
            assert_eq!(told(&[event(1, 0, fact)]), NONE, "{kind}");
        }
        // Nor does taking one of them back.
        let unknown = event(1, 0, Fact::Unknown { kind: "rated".into() });
        assert_eq!(told(&[unknown, voided(2, 1, 1)]), NONE);
        assert_eq!(told(&[voided(2, 1, 77)]), NONE);
    }

    #[test]
    fn only_who_was_there_met() {
        use Attendance as A;
        for (attendance, is_told) in [
            (A::Present, true),
            (A::Partly, true),
            (A::Deputy, false),
            (A::Unknown, false),
        ] {
            assert_eq!(
                told(&[met(1, 0, attendance)]).len(),
                usize::from(is_told),
                "{attendance:?}"
            );
        }
    }

    #[test]
    fn somebody_elses_word_on_a_practice_waits_for_the_persons_own() {
        assert_eq!(told(&[practised(1, 0, false)]), NONE);
        assert_eq!(told(&[practised(1, 0, false), confirmed(2, 1, 1)]), [1]);
        let mut of_another = confirmed(2, 1, 1);
        of_another.by = Cow::Borrowed("maya");
        assert_eq!(told(&[practised(1, 0, false), of_another]), NONE);
        // What was confirmed by mistake is voided in the store.
        let all = [practised(1, 0, false), confirmed(2, 1, 1), voided(3, 2, 2)];
        assert_eq!(told(&all), [1, 3]);
        let target = json(&of(&all)[1])["object"]["id"].clone();
        assert_eq!(target, names().statement(id(1)));
    }

    #[test]
    fn what_was_taken_back_and_counts_again_is_as_it_was() {
        assert_eq!(told(&[finished(1, 0), voided(2, 1, 1)]), [1, 2]);
        let again = [finished(1, 0), voided(2, 1, 1), voided(3, 2, 2)];
        assert_eq!(told(&again), [1]);
        let all = of(&again);
        assert!(all[0].stands);
        // Whoever told a store that it was taken back can be told that it stays so there.
        assert_eq!(all[0].once_voided_by, [names().statement(id(2))]);
    }

    #[test]
    fn what_has_not_come_yet_and_what_has_no_name_is_left_out() {
        let mut tomorrow = finished(1, 101);
        assert_eq!(told(&[tomorrow.clone()]), NONE);
        assert_eq!(told(&[tomorrow.clone(), voided(2, 1, 1)]), NONE);
        tomorrow.day = Date::from_days(20_000);
        tomorrow.fact = Fact::Finished {
            curriculum: "effi\"ciency".into(),
            step: "serve.klm".into(),
            rev: 1,
        };
        assert_eq!(told(&[tomorrow]), NONE);
    }

    #[test]
    fn nothing_private_and_nobody_else_is_in_one() {
        let all = of(&[
            practised(1, 0, true),
            met(2, 1, Attendance::Partly),
            finished(3, 2),
            voided(4, 3, 3),
        ]);
        assert_eq!(all.len(), 4);
        for one in all {
            assert!(!one.json.contains(CANARY), "{}", one.json);
        }
    }

    fn any_event(n: u8) -> impl Strategy<Value = Event<'static>> {
        (0..7_u8, 0..120_i32, 1..20_u8).prop_map(move |(kind, day, of)| match kind {
            0 => practised(n, day, true),
            1 => practised(n, day, false),
            2 => met(n, day, Attendance::Present),
            3 => confirmed(n, day, of),
            4 | 5 => voided(n, day, of),
            _ => finished(n, day),
        })
    }

    fn any_log() -> impl Strategy<Value = Vec<Event<'static>>> {
        (1..20_u8).prop_flat_map(|count| (1..=count).map(any_event).collect::<Vec<_>>())
    }

    proptest! {
        /// Files of several devices come in any order, and copies of them too.
        #[test]
        fn the_same_events_in_any_order_make_the_same_bytes(
            (log, mixed) in any_log().prop_flat_map(|log| {
                let doubled: Vec<_> = log.iter().chain(&log[..log.len() / 2]).cloned().collect();
                (Just(log), Just(doubled).prop_shuffle())
            })
        ) {
            prop_assert_eq!(of(&log), of(&mixed));
        }

        /// A statement depends on its own event: whatever else a log holds, it is this one or none.
        #[test]
        fn other_events_never_change_a_statement(log in any_log(), cut in 0..20_usize) {
            let whole = of(&log);
            let part = of(&log[..cut.min(log.len())]);
            for one in &part {
                if let Some(same) = whole.iter().find(|other| other.id == one.id) {
                    prop_assert_eq!(&same.json, &one.json);
                }
            }
        }

        /// What a store makes of them: what is stated and not voided is what counts.
        #[test]
        fn a_store_comes_to_what_counts(log in any_log()) {
            let all = of(&log);
            let voided: BTreeSet<String> = all
                .iter()
                .map(json)
                .filter(|one| one["object"]["objectType"] == "StatementRef")
                .map(|one| one["object"]["id"].as_str().unwrap().to_owned())
                .collect();
            for one in &all {
                if json(one)["object"]["objectType"] == "Activity" {
                    prop_assert_eq!(one.stands, !voided.contains(&one.id), "{}", one.json);
                }
            }
        }
    }
}
