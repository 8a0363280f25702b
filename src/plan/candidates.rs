//! What a person can do now, in all curricula that concern them: the planner's candidates (`readiness.md` §6). A step
//! that waits for something that cannot be done now is no candidate; it is told apart, with what it waits for.

use std::collections::BTreeMap;

use super::beside::Locked;
use crate::base::ratio::share;
use crate::base::time::{Date, Now};
use crate::model::curriculum::{Curriculum, Question, Step, StepKind};
use crate::model::settings::Settings;
use crate::progress::Progress;
use crate::readiness::{Ladder, Own, Remembered, is_due};

/// One curriculum that concerns a person, and what is known of them in it.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// The person's progress in it, as of the day of the plan.
    pub progress: &'a Progress<'a>,
    /// What the person's device remembers; without it nobody knows which questions are known, so all may be asked.
    pub own: Option<Own<'a>>,
}

/// Something that can be done now. The lists of a plan name candidates by their place in the list they came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The place of its subject.
    pub subject: usize,
    /// The id of its step, of a question its own.
    pub id: &'a str,
    /// What it is.
    pub kind: CandidateKind,
    /// What it is evidence for.
    pub capabilities: Vec<&'a str>,
    /// How long it takes.
    pub seconds: u32,
    /// Places of the candidates without which it cannot be done.
    pub needs: Vec<usize>,
    /// What being due soon adds to it, in tenths of a point of every capability.
    pub due_tenths: u32,
    /// When its module is due, if that is soon or over.
    pub due: Option<Date>,
}

/// What can be done. Talks are never candidates: nobody can hold one alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CandidateKind {
    /// Read a case.
    Case,
    /// Answer one question.
    Question,
    /// Do something with one's own hands.
    Practice,
    /// Write a private line.
    Reflect,
}

/// What can be done now, and what cannot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offer<'a> {
    /// By curriculum and id.
    pub candidates: Vec<Candidate<'a>>,
    /// Steps that wait for something that cannot be done now, in the curricula's order.
    pub locked: Vec<Locked<'a>>,
}

/// Collects what a person can do now: undone cases, practices and reflects that are not waived, and the questions that
/// are worth asking. A practice that was done is offered again when its capability's newest practice is too old.
pub fn candidates<'a>(subjects: &[Subject<'a>], settings: &Settings, now: Now) -> Offer<'a> {
    let mut offer = Offer::default();
    let mut by_id: Vec<usize> = (0..subjects.len()).collect();
    by_id.sort_by_key(|place| &subjects[*place].curriculum.id);
    for place in by_id {
        let collector = Collector {
            subject: subjects[place],
            place,
            settings,
            now,
            ladder: Ladder::of(&settings.readiness),
        };
        offer
            .candidates
            .extend(collector.candidates(offer.candidates.len()));
    }
    for (place, subject) in subjects.iter().enumerate() {
        offer.locked.extend(Standing::of_all(subject).locked(place));
    }
    offer
}

impl<'a> Subject<'a> {
    /// What this device remembers of a question.
    pub(super) fn remembered(&self, question: &str) -> Option<&'a Remembered> {
        self.own.and_then(|own| own.memory.question(question))
    }

    /// Whether the newest practice of a capability is there and fresh enough on a day; `None` if the capability is not
    /// one of the curriculum.
    pub(super) fn is_hands_on_open(&self, capability: &str, settings: &Settings, day: Date) -> Option<bool> {
        let place = self
            .curriculum
            .capabilities
            .iter()
            .position(|c| c.id.as_str() == capability)?;
        let fresh_days = settings.readiness.hands_on_fresh_days;
        let newest = self.progress.capabilities.get(place)?.last_practice_on();
        Some(newest.is_some_and(|newest| {
            fresh_days == 0 || i64::from(day.days_since(newest)) <= i64::from(fresh_days)
        }))
    }
}

/// Puts together the candidates of one subject.
struct Collector<'a, 's> {
    subject: Subject<'a>,
    place: usize,
    settings: &'s Settings,
    now: Now,
    ladder: Ladder,
}

impl<'a> Collector<'a, '_> {
    /// The candidates by id; their places begin at `first`.
    fn candidates(&self, first: usize) -> Vec<Candidate<'a>> {
        let standing = Standing::of_all(&self.subject);
        let mut drafts: Vec<Draft<'a>> = Vec::new();
        for (_, step) in self.subject.curriculum.live_steps() {
            if !self.subject.progress.is_waived(step.id.as_str()) {
                self.draft(step, standing.can_be_done(step), &mut drafts);
            }
        }
        drafts.sort_by_key(|draft| (draft.id(), draft.question.is_some()));
        let parts = Parts::of(&drafts, first);
        drafts
            .iter()
            .map(|draft| self.candidate(draft, &drafts, &parts))
            .collect()
    }

    fn draft(&self, step: &'a Step, can_be_done: bool, drafts: &mut Vec<Draft<'a>>) {
        let undone = !self.subject.progress.is_done(step.id.as_str());
        match &step.kind {
            StepKind::Practice(_) if !undone && self.is_worth_repeating(step) => {
                drafts.push(Draft::step(step, CandidateKind::Practice, false));
            }
            _ if !can_be_done => {}
            StepKind::Quiz(_) => drafts.extend(self.questions(step, undone)),
            _ if !undone => {}
            StepKind::Case(_) => drafts.push(Draft::step(step, CandidateKind::Case, true)),
            StepKind::Practice(_) => drafts.push(Draft::step(step, CandidateKind::Practice, true)),
            StepKind::Reflect(_) => drafts.push(Draft::step(step, CandidateKind::Reflect, true)),
            StepKind::Talk(_) => {}
        }
    }

    /// The questions of a quiz that are worth asking now.
    fn questions(&self, quiz: &'a Step, undone: bool) -> impl Iterator<Item = Draft<'a>> {
        quiz.live_questions().filter_map(move |question| {
            let remembered = self.subject.remembered(question.id.as_str());
            is_due(remembered.map(|r| &r.recall), self.now, &self.ladder).then_some(Draft {
                step: quiz,
                question: Some(question),
                kind: CandidateKind::Question,
                undone,
                answered: remembered.is_some(),
            })
        })
    }

    /// Whether doing a practice again would open a hands-on gate.
    fn is_worth_repeating(&self, step: &Step) -> bool {
        step.capabilities.iter().any(|id| {
            self.subject
                .is_hands_on_open(id.as_str(), self.settings, self.now.today)
                == Some(false)
        })
    }

    fn candidate(&self, draft: &Draft<'a>, drafts: &[Draft<'a>], parts: &Parts<'a>) -> Candidate<'a> {
        let due = draft.undone.then(|| self.due(draft.step)).flatten();
        let due_tenths = due.map_or(0, |_| self.due_tenths(draft, drafts));
        Candidate {
            subject: self.place,
            id: draft.id(),
            kind: draft.kind,
            capabilities: draft.capabilities(),
            seconds: match draft.question {
                Some(_) => self.settings.plan.seconds_per_question,
                None => draft.step.seconds(self.settings.plan.seconds_per_question).0,
            },
            // Who did a practice once does not need its case to do it again.
            needs: if draft.is_repeated() {
                Vec::new()
            } else {
                self.needs(draft.step, parts)
            },
            due_tenths,
            due: due.filter(|_| due_tenths > 0),
        }
    }

    /// Places of what must be done before a step. What the curriculum no longer offers is not asked for.
    fn needs(&self, step: &Step, parts: &Parts<'a>) -> Vec<usize> {
        let mut needs: Vec<usize> = step
            .needs
            .iter()
            .filter(|id| !self.subject.progress.is_settled(id.as_str()))
            .filter_map(|id| parts.of_step.get(id.as_str()))
            .flatten()
            .copied()
            .collect();
        needs.sort_unstable();
        needs.dedup();
        needs
    }

    /// When the module of a step is due, if that is soon or over and the module is not finished.
    fn due(&self, step: &Step) -> Option<Date> {
        let module = self.subject.progress.module(step.id.module())?;
        let soon = i64::from(self.settings.plan.due_soon_days);
        module
            .due
            .filter(|due| module.finished_on.is_none() && i64::from(due.days_since(self.now.today)) <= soon)
    }

    /// A due step's bonus; that of a quiz is split over the questions that finish it.
    fn due_tenths(&self, draft: &Draft<'a>, drafts: &[Draft<'a>]) -> u32 {
        let bonus = i64::from(self.settings.plan.due_bonus) * 10;
        let tenths = if draft.question.is_some() {
            let mut of_quiz: Vec<&Draft> = drafts.iter().filter(|other| other.is_of(draft.step)).collect();
            if of_quiz.iter().any(|other| !other.answered) {
                of_quiz.retain(|other| !other.answered);
            }
            let place = of_quiz.iter().position(|other| other.id() == draft.id());
            place.map_or(0, |place| share(bonus, count(of_quiz.len()), count(place)))
        } else {
            bonus
        };
        u32::try_from(tenths).unwrap_or(0)
    }
}

/// A candidate before places are dealt out.
struct Draft<'a> {
    step: &'a Step,
    question: Option<&'a Question>,
    kind: CandidateKind,
    /// Whether its step is still to be done; else it is done once more.
    undone: bool,
    /// Whether this device knows an answer to it.
    answered: bool,
}

impl<'a> Draft<'a> {
    fn step(step: &'a Step, kind: CandidateKind, undone: bool) -> Self {
        Self {
            step,
            question: None,
            kind,
            undone,
            answered: false,
        }
    }

    fn id(&self) -> &'a str {
        match self.question {
            Some(question) => question.id.as_str(),
            None => self.step.id.as_str(),
        }
    }

    fn capabilities(&self) -> Vec<&'a str> {
        match self.question {
            Some(question) => vec![question.capability.as_str()],
            None => self.step.capabilities.iter().map(AsRef::as_ref).collect(),
        }
    }

    fn is_repeated(&self) -> bool {
        self.kind == CandidateKind::Practice && !self.undone
    }

    fn is_of(&self, quiz: &Step) -> bool {
        self.question.is_some() && self.step.id == quiz.id
    }
}

/// Which candidates finish each step: itself, or of a quiz the questions never answered on this device.
struct Parts<'a> {
    of_step: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Parts<'a> {
    fn of(drafts: &[Draft<'a>], first: usize) -> Self {
        let mut of_step: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, draft) in drafts.iter().enumerate() {
            if !draft.answered {
                of_step
                    .entry(draft.step.id.as_str())
                    .or_default()
                    .push(first + place);
            }
        }
        Self { of_step }
    }
}

/// Which open steps of a subject can be done now, and what the others wait for.
struct Standing<'a> {
    subject: Subject<'a>,
    /// What each open step waits for; nothing if it can be done now.
    blockers: BTreeMap<&'a str, Vec<&'a Step>>,
}

impl<'a> Standing<'a> {
    fn of_all(subject: &Subject<'a>) -> Self {
        let mut standing = Self {
            subject: *subject,
            blockers: BTreeMap::new(),
        };
        for (_, step) in subject.curriculum.live_steps() {
            standing.look(step, &mut Vec::new());
        }
        standing
    }

    fn can_be_done(&self, step: &Step) -> bool {
        self.blockers.get(step.id.as_str()).is_none_or(Vec::is_empty)
    }

    /// Notes what a step waits for. `above` are the steps that need it, so that a ring is noticed.
    fn look(&mut self, step: &'a Step, above: &mut Vec<&'a str>) {
        let id = step.id.as_str();
        if self.blockers.contains_key(id) {
            return;
        }
        let mut blockers: Vec<&Step> = Vec::new();
        if matches!(step.kind, StepKind::Talk(_)) {
            blockers.push(step);
        }
        above.push(id);
        for need in self.subject.progress.open_needs(step, self.subject.curriculum) {
            if above.contains(&need.id.as_str()) {
                blockers.push(need);
            } else {
                self.look(need, above);
                blockers.extend(self.blockers.get(need.id.as_str()).into_iter().flatten());
            }
        }
        above.pop();
        blockers.sort_by_key(|step| &step.id);
        blockers.dedup_by_key(|step| &step.id);
        self.blockers.insert(id, blockers);
    }

    fn locked(&self, place: usize) -> impl Iterator<Item = Locked<'a>> {
        self.subject.curriculum.live_steps().filter_map(move |(_, step)| {
            let by = self.blockers.get(step.id.as_str()).filter(|by| !by.is_empty())?;
            let open = !self.subject.progress.is_settled(step.id.as_str());
            let is_talk = matches!(step.kind, StepKind::Talk(_));
            (open && !is_talk).then(|| Locked {
                subject: place,
                step,
                by: by.clone(),
            })
        })
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
