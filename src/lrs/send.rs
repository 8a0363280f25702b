//! Sends statements so that a store holds each of them once, whatever happens on the way: a batch that is refused is
//! halved until the one that does not suit is alone, and that one is put aside with what the store said; what is not now possible is
//! tried again a few times and then left for the next run, which goes on behind what was noted.

use std::ops::Range;

use super::answers::{Answer, Failure, Transport, Verdict, said};
use super::batches;
use super::compare;
use crate::interop::Statement;

/// Seconds to wait before each further try; after the last of them the run stops. Capped, because an answer that asks to
/// come again may be about a statement after all, and nobody waits longer in front of a screen.
const PAUSES: [u32; 4] = [1, 2, 4, 8];
/// A store that asks for more seconds than this is left alone.
const LONGEST_PAUSE: u32 = 60;
/// So many refused and none stored: it is not the statements.
const REFUSES_ALL: usize = 50;

/// Notes what became of statements, so that no run does it twice.
pub trait Markers {
    /// Why it could not be noted.
    type Error;
    /// These are in the store.
    fn stored(&mut self, statements: &[Statement]) -> Result<(), Self::Error>;
    /// The store will not have this one.
    fn refused(&mut self, refused: &Refused) -> Result<(), Self::Error>;
}

/// A statement that the store will not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Which.
    pub statement: Statement,
    /// What the store said, or how what it holds differs.
    pub why: String,
}

/// Why a run ended before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop<E> {
    /// The store does not know this user, or may not take statements from it.
    Denied(u16),
    /// The store cannot now: what it said last.
    Later(String),
    /// There will be no connection, whatever is tried again.
    NoConnection(String),
    /// No record store answers like this.
    NoStore(u16),
    /// It refused everything so far: what it said of the first.
    RefusesAll(String),
    /// The person wanted it.
    Stopped,
    /// What became of statements could not be noted.
    Markers(E),
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending<E> {
    /// Statements that are in the store now.
    pub stored: usize,
    /// Those that it will not have.
    pub refused: Vec<Refused>,
    /// Why it ended early; `None`: it did not.
    pub stop: Option<Stop<E>>,
}

/// Sends statements in their order.
pub fn send<M: Markers>(
    statements: impl Iterator<Item = Statement>,
    transport: &mut dyn Transport,
    markers: &mut M,
) -> Sending<M::Error> {
    let mut run = Run {
        transport,
        markers,
        stored: 0,
        refused: Vec::new(),
        noted: 0,
    };
    let mut left = statements.peekable();
    let stop = loop {
        let batch = batches::next(&mut left);
        if batch.is_empty() {
            break run.note_refused().err();
        }
        if let Err(stop) = run.batch(&batch) {
            break Some(stop);
        }
    };
    Sending {
        stored: run.stored,
        refused: run.refused,
        stop,
    }
}

struct Run<'a, M> {
    transport: &'a mut dyn Transport,
    markers: &'a mut M,
    stored: usize,
    refused: Vec<Refused>,
    /// How many of the refused were noted.
    noted: usize,
}

impl<M: Markers> Run<'_, M> {
    fn batch(&mut self, batch: &[Statement]) -> Result<(), Stop<M::Error>> {
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut next = Some(0..batch.len());
        while let Some(part) = next {
            let statements = &batch[part.clone()];
            let body = batches::body(statements);
            let answer = self.asked(|transport| transport.post(&body))?;
            match (Verdict::of(answer.status), statements) {
                (Verdict::Stored, _) => self.is_stored(statements)?,
                (Verdict::Conflict, [one]) => self.conflict(one, &answer)?,
                (Verdict::Unfit, [one]) => self.refuse(one, told(&answer))?,
                (Verdict::Conflict | Verdict::Unfit, _) => {
                    let middle = part.start + part.len() / 2;
                    parts.push(middle..part.end);
                    parts.push(part.start..middle);
                }
                // `asked` gives no other than a 404, which is one for a POST.
                (Verdict::Denied | Verdict::Later | Verdict::NoStore, _) => {
                    return Err(self.stopped(Stop::NoStore(answer.status)));
                }
            }
            next = parts.pop();
        }
        Ok(())
    }

    /// Asks until there is an answer to the question.
    fn asked(
        &mut self,
        mut ask: impl FnMut(&mut dyn Transport) -> Result<Answer, Failure>,
    ) -> Result<Answer, Stop<M::Error>> {
        let mut pauses = PAUSES.into_iter();
        loop {
            if self.transport.is_stopped() {
                return Err(self.stopped(Stop::Stopped));
            }
            let (why, wanted) = match ask(self.transport) {
                Ok(answer) => match Verdict::of(answer.status) {
                    Verdict::Denied => return Err(self.stopped(Stop::Denied(answer.status))),
                    Verdict::Later => (told(&answer), answer.retry_after),
                    Verdict::NoStore if answer.status != 404 => {
                        return Err(self.stopped(Stop::NoStore(answer.status)));
                    }
                    _ => return Ok(answer),
                },
                Err(Failure::Passing(why)) => (why, None),
                Err(Failure::Lasting(why)) => return Err(self.stopped(Stop::NoConnection(why))),
            };
            let pause = pauses.next().map(|pause| wanted.unwrap_or(0).max(pause));
            let Some(pause) = pause.filter(|pause| *pause <= LONGEST_PAUSE) else {
                return Err(self.stopped(Stop::Later(why)));
            };
            for _ in 0..pause {
                if self.transport.is_stopped() {
                    return Err(self.stopped(Stop::Stopped));
                }
                self.transport.wait_a_second();
            }
        }
    }

    /// The store has something under this id. It may be this very statement, also one that was voided since.
    fn conflict(&mut self, one: &Statement, answer: &Answer) -> Result<(), Stop<M::Error>> {
        for voided in [false, true] {
            let found = self.asked(|transport| transport.get(&one.id, voided))?;
            if found.status != 200 {
                continue;
            }
            match compare::holds(&found.body, &one.id, &one.json) {
                Some(true) => return self.is_stored(std::slice::from_ref(one)),
                Some(false) => {
                    let why = "the store holds another statement under this id".to_owned();
                    return self.refuse(one, why);
                }
                None => {}
            }
        }
        self.refuse(one, told(answer))
    }

    fn is_stored(&mut self, statements: &[Statement]) -> Result<(), Stop<M::Error>> {
        self.stored += statements.len();
        self.markers.stored(statements).map_err(Stop::Markers)?;
        self.note_refused()
    }

    /// Puts a statement aside. It is noted when the store has taken another one, or at the end.
    fn refuse(&mut self, one: &Statement, why: String) -> Result<(), Stop<M::Error>> {
        self.refused.push(Refused {
            statement: one.clone(),
            why,
        });
        match self.refused.first() {
            Some(first) if self.stored == 0 && self.refused.len() >= REFUSES_ALL => {
                let why = first.why.clone();
                self.refused.clear();
                Err(Stop::RefusesAll(why))
            }
            _ => Ok(()),
        }
    }

    fn note_refused(&mut self) -> Result<(), Stop<M::Error>> {
        for refused in &self.refused[self.noted..] {
            self.markers.refused(refused).map_err(Stop::Markers)?;
        }
        self.noted = self.refused.len();
        Ok(())
    }

    /// Stops, after what was learnt so far is noted.
    fn stopped(&mut self, stop: Stop<M::Error>) -> Stop<M::Error> {
        self.note_refused().err().unwrap_or(stop)
    }
}

fn told(answer: &Answer) -> String {
    format!("{}: {}", answer.status, said(answer))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet, VecDeque};

    use super::*;

    /// A store as the specification has it: a batch is stored whole or not at all, what is there never changes.
    #[derive(Default)]
    struct Store {
        holds: BTreeMap<String, String>,
        /// Those that were voided: a GET has to say so.
        voided: BTreeSet<String>,
        /// Ids that it does not take.
        poison: BTreeSet<String>,
        /// Given once each, before anything else happens.
        first: VecDeque<Result<Answer, Failure>>,
        /// From this request on there is no answer.
        dies_at: Option<usize>,
        /// What an identical statement is answered with.
        same: u16,
        requests: Vec<usize>,
        gets: Vec<(String, bool)>,
        /// Seconds.
        waited: u32,
        stops_at: Option<u32>,
        /// GET gives the list form.
        lists: bool,
    }

    fn answer(status: u16, body: &str) -> Answer {
        Answer {
            status,
            retry_after: None,
            body: body.to_owned(),
        }
    }

    fn id_of(statement: &serde_json::Value) -> String {
        statement["id"].as_str().unwrap().to_owned()
    }

    fn is_same(held: &str, sent: &serde_json::Value) -> bool {
        serde_json::from_str::<serde_json::Value>(held).is_ok_and(|held| held == *sent)
    }

    impl Transport for Store {
        fn post(&mut self, body: &str) -> Result<Answer, Failure> {
            let sent: Vec<serde_json::Value> = serde_json::from_str(body).unwrap();
            self.requests.push(sent.len());
            assert!(sent.len() <= batches::MOST && body.len() <= batches::MOST_BYTES);
            if let Some(first) = self.first.pop_front() {
                return first;
            }
            if self.dies_at.is_some_and(|at| self.requests.len() > at) {
                return Err(Failure::Passing("connection refused".to_owned()));
            }
            if let Some(bad) = sent.iter().map(id_of).find(|id| self.poison.contains(id)) {
                return Ok(answer(422, &format!("{bad} is\n  bad")));
            }
            let mut new = Vec::new();
            for one in &sent {
                match self.holds.get(&id_of(one)) {
                    Some(held) if is_same(held, one) && self.same != 409 => {}
                    Some(_) => return Ok(answer(409, "already exists")),
                    None => new.push(one),
                }
            }
            let none_is_new = new.is_empty();
            for one in new {
                self.holds.insert(id_of(one), one.to_string());
            }
            Ok(if none_is_new {
                answer(204, "")
            } else {
                // Shorter than what was sent, as a store may answer.
                answer(200, "[]")
            })
        }

        fn get(&mut self, id: &str, voided: bool) -> Result<Answer, Failure> {
            self.gets.push((id.to_owned(), voided));
            match self.holds.get(id) {
                Some(held) if self.voided.contains(id) == voided => Ok(answer(
                    200,
                    &if self.lists {
                        format!("{{\"statements\":[{held}]}}")
                    } else {
                        held.clone()
                    },
                )),
                _ => Ok(answer(404, "")),
            }
        }

        fn wait_a_second(&mut self) {
            self.waited += 1;
        }

        fn is_stopped(&self) -> bool {
            self.stops_at.is_some_and(|at| self.waited >= at)
        }
    }

    #[derive(Default)]
    struct Notes {
        stored: Vec<String>,
        refused: Vec<(String, String)>,
        fails: bool,
    }

    impl Markers for Notes {
        type Error = &'static str;
        fn stored(&mut self, statements: &[Statement]) -> Result<(), &'static str> {
            if self.fails {
                return Err("disk full");
            }
            self.stored.extend(statements.iter().map(|one| one.id.clone()));
            Ok(())
        }
        fn refused(&mut self, refused: &Refused) -> Result<(), &'static str> {
            self.refused
                .push((refused.statement.id.clone(), refused.why.clone()));
            Ok(())
        }
    }

    fn statement(n: usize) -> Statement {
        Statement {
            id: format!("id-{n}"),
            event: crate::base::id::EventId::from_random([7; 16]),
            person: "ana".to_owned(),
            day: crate::base::time::Date::from_days(0),
            stands: true,
            once_voided_by: Vec::new(),
            json: format!("{{\"id\":\"id-{n}\",\"verb\":{{\"id\":\"v\"}}}}"),
        }
    }

    fn some(count: usize) -> impl Iterator<Item = Statement> {
        (0..count).map(statement)
    }

    fn sent(count: usize, store: &mut Store, notes: &mut Notes) -> Sending<&'static str> {
        send(some(count), store, notes)
    }

    #[test]
    fn all_of_them_go_in_batches_and_are_noted() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        let told = sent(1000, &mut store, &mut notes);
        assert_eq!((told.stored, told.refused.len(), told.stop), (1000, 0, None));
        assert_eq!(store.requests, [250; 4]);
        assert_eq!((store.holds.len(), notes.stored.len()), (1000, 1000));
        // Again, as if nothing had been noted: nothing changes.
        let told = sent(1000, &mut store, &mut notes);
        assert_eq!((told.stored, told.stop, store.holds.len()), (1000, None, 1000));
    }

    #[test]
    fn nothing_to_send_asks_nobody() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        let told = sent(0, &mut store, &mut notes);
        assert_eq!((told.stored, told.stop, store.requests.len()), (0, None, 0));
    }

    #[test]
    fn a_request_stays_below_a_megabyte() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        let long = some(30).map(|mut one| {
            let id = one.id.clone();
            one.json = format!("{{\"id\":\"{id}\",\"x\":\"{}\"}}", "y".repeat(100_000));
            one
        });
        let told = send(long, &mut store, &mut notes);
        assert_eq!((told.stored, told.stop), (30, None));
        assert_eq!(store.requests, [8, 8, 8, 6]);
    }

    #[test]
    fn one_bad_among_a_thousand_is_put_aside_with_the_stores_words() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        store.poison.insert("id-617".to_owned());
        let told = sent(1000, &mut store, &mut notes);
        assert_eq!((told.stored, told.stop, store.holds.len()), (999, None, 999));
        assert_eq!(
            notes.refused,
            [("id-617".to_owned(), "422: id-617 is bad".to_owned())]
        );
        assert!(!notes.stored.contains(&"id-617".to_owned()));
        // Four batches, and twice a halving for each bit of 250.
        assert!(store.requests.len() <= 4 + 2 * 8, "{:?}", store.requests);
    }

    #[test]
    fn a_409_asks_what_the_store_holds() {
        for lists in [false, true] {
            let (mut store, mut notes) = (Store::default(), Notes::default());
            (store.same, store.lists) = (409, lists);
            for n in [1, 2, 3] {
                store.holds.insert(format!("id-{n}"), statement(n).json);
            }
            store.holds.insert(
                "id-2".to_owned(),
                "{\"id\":\"id-2\",\"verb\":{\"id\":\"w\"}}".to_owned(),
            );
            store.voided.insert("id-3".to_owned());
            let told = sent(5, &mut store, &mut notes);
            assert_eq!((told.stored, told.stop), (4, None));
            let why = "the store holds another statement under this id".to_owned();
            assert_eq!(notes.refused, [("id-2".to_owned(), why)]);
            assert!(store.gets.contains(&("id-3".to_owned(), true)));
            assert!(store.holds["id-2"].contains("\"w\""));
        }
    }

    #[test]
    fn a_409_about_nothing_is_told_in_the_stores_words() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        store.first.push_back(Ok(answer(409, "odd")));
        let told = sent(1, &mut store, &mut notes);
        assert_eq!((told.stored, told.refused[0].why.as_str()), (0, "409: odd"));
    }

    #[test]
    fn whom_the_store_does_not_know_it_is_not_asked_again() {
        for status in [401, 403] {
            let (mut store, mut notes) = (Store::default(), Notes::default());
            store.first.push_back(Ok(answer(status, "no")));
            let told = sent(600, &mut store, &mut notes);
            assert_eq!(told.stop, Some(Stop::Denied(status)));
            assert_eq!(
                (store.requests.len(), store.waited, notes.stored.len()),
                (1, 0, 0)
            );
        }
    }

    #[test]
    fn what_is_no_store_puts_nothing_aside() {
        for status in [201, 301, 302, 307, 308, 404, 405, 407, 410, 415] {
            let (mut store, mut notes) = (Store::default(), Notes::default());
            store.first.push_back(Ok(answer(status, "<html>")));
            let told = sent(600, &mut store, &mut notes);
            assert_eq!(told.stop, Some(Stop::NoStore(status)));
            assert_eq!((store.requests.len(), notes.refused.len()), (1, 0));
        }
    }

    #[test]
    fn what_passes_is_waited_for() {
        for status in [408, 425, 429, 500, 502, 503, 504] {
            let (mut store, mut notes) = (Store::default(), Notes::default());
            store.first.push_back(Ok(answer(status, "busy")));
            store
                .first
                .push_back(Err(Failure::Passing("timed out".to_owned())));
            let told = sent(3, &mut store, &mut notes);
            assert_eq!((told.stored, told.stop, store.waited), (3, None, 3));
        }
    }

    #[test]
    fn a_store_that_names_a_time_is_given_it() {
        let asks = |seconds| Answer {
            retry_after: Some(seconds),
            ..answer(429, "slow down")
        };
        let (mut store, mut notes) = (Store::default(), Notes::default());
        store.first.push_back(Ok(asks(30)));
        store.first.push_back(Ok(asks(0)));
        assert_eq!(sent(3, &mut store, &mut notes).stop, None);
        assert_eq!(store.waited, 32);
        let (mut store, mut notes) = (Store::default(), Notes::default());
        store.first.push_back(Ok(asks(3600)));
        let told = sent(3, &mut store, &mut notes);
        assert_eq!(told.stop, Some(Stop::Later("429: slow down".to_owned())));
        assert_eq!(store.waited, 0);
    }

    #[test]
    fn a_store_that_dies_half_way_is_resumed_behind_what_was_noted() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        store.dies_at = Some(2);
        let told = sent(1000, &mut store, &mut notes);
        assert_eq!(told.stop, Some(Stop::Later("connection refused".to_owned())));
        assert_eq!(store.waited, 1 + 2 + 4 + 8);
        assert_eq!((notes.stored.len(), store.holds.len()), (500, 500));
        (store.dies_at, store.requests) = (None, Vec::new());
        let left = some(1000)
            .filter(|one| !notes.stored.contains(&one.id))
            .collect::<Vec<_>>();
        let told = send(left.into_iter(), &mut store, &mut notes);
        assert_eq!((told.stored, told.stop, store.holds.len()), (500, None, 1000));
        assert_eq!(store.requests, [250, 250]);
    }

    #[test]
    fn an_answer_that_was_lost_stores_nothing_twice() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        sent(10, &mut store, &mut notes);
        store
            .first
            .push_back(Err(Failure::Passing("timed out".to_owned())));
        let told = sent(10, &mut store, &mut notes);
        assert_eq!((told.stored, told.stop, store.holds.len()), (10, None, 10));
    }

    #[test]
    fn what_no_try_will_mend_is_not_tried_again() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        store
            .first
            .push_back(Err(Failure::Lasting("certificate".to_owned())));
        let told = sent(3, &mut store, &mut notes);
        assert_eq!(told.stop, Some(Stop::NoConnection("certificate".to_owned())));
        assert_eq!((store.requests.len(), store.waited), (1, 0));
    }

    #[test]
    fn a_store_that_refuses_everything_puts_nothing_aside() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        store.poison = (0..1000).map(|n| format!("id-{n}")).collect();
        let told = sent(1000, &mut store, &mut notes);
        assert_eq!(told.stop, Some(Stop::RefusesAll("422: id-0 is bad".to_owned())));
        assert_eq!((told.refused.len(), notes.refused.len()), (0, 0));
        // A few are the statements after all.
        let (mut store, mut notes) = (Store::default(), Notes::default());
        store.poison = (0..3).map(|n| format!("id-{n}")).collect();
        let told = sent(3, &mut store, &mut notes);
        assert_eq!((told.stop, notes.refused.len()), (None, 3));
    }

    #[test]
    fn what_was_put_aside_before_a_stop_is_noted() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        store.poison.insert("id-0".to_owned());
        store.first.push_back(Ok(answer(422, "")));
        store.first.push_back(Ok(answer(422, "id-0 it is")));
        store.first.push_back(Ok(answer(401, "")));
        let told = sent(2, &mut store, &mut notes);
        assert_eq!(told.stop, Some(Stop::Denied(401)));
        assert_eq!(notes.refused.len(), 1);
    }

    #[test]
    fn whoever_wants_it_to_end_need_not_wait() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        (store.dies_at, store.stops_at) = (Some(1), Some(3));
        let told = sent(600, &mut store, &mut notes);
        assert_eq!((told.stop, store.waited), (Some(Stop::Stopped), 3));
        assert_eq!(notes.stored.len(), 250);
        (store.dies_at, store.stops_at, store.waited) = (None, Some(0), 0);
        let told = sent(600, &mut store, &mut notes);
        assert_eq!((told.stored, told.stop), (0, Some(Stop::Stopped)));
    }

    #[test]
    fn what_cannot_be_noted_stops_the_run() {
        let (mut store, mut notes) = (Store::default(), Notes::default());
        notes.fails = true;
        let told = sent(600, &mut store, &mut notes);
        assert_eq!(told.stop, Some(Stop::Markers("disk full")));
        assert_eq!(store.requests, [250]);
    }
}
