//! One sitting from beginning to end: the aim if it is open, second figures, steps; each answer kept before the next
//! question; at the end what changed, and when to go on.

use std::collections::BTreeMap;

use super::given::is_scripted;
use crate::base::texts::t;
use crate::base::time::{Instant, Now, When};
use crate::cli::ask::Answers;
use crate::cli::calendar;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::plan::{Planned, private_entries};
use crate::cli::record::{Recorder, RecorderSink};
use crate::cli::unkept::Unkept;
use crate::cli::wrap_up;
use crate::files;
use crate::journal::Thought;
use crate::model::curriculum::{Curriculum, Exposure, Practice, Question, Step, StepKind, TalkWith};
use crate::model::event::Fact;
use crate::model::person::Role;
use crate::own;
use crate::readiness::Behind;
use crate::report;
use crate::session::{
    self, Ask, AskError, Ended, OpenBaseline, OpenPromise, Quiz, SessionError, Sink, Sitting, StepHead,
    TalkPeople,
};

/// What a sitting does.
pub(super) struct Plan<'a> {
    /// What was promised at talks and is asked about first, each with its curriculum.
    pub(super) promises: &'a [(String, OpenPromise)],
    /// Second figures that are due, each with its curriculum; they come next.
    pub(super) figures: &'a [(String, OpenBaseline)],
    /// Steps in their order.
    pub(super) steps: &'a [Planned],
    /// Minutes there are.
    pub(super) minutes: u32,
}

/// What flags say about how it is done.
#[derive(Debug, Clone, Default)]
pub(super) struct How {
    /// The draft although publishing is allowed.
    pub(super) draft: bool,
    /// Minutes it took, instead of the clock's.
    pub(super) minutes_used: Option<u32>,
    /// Fixes the order of questions and options.
    pub(super) seed: Option<u64>,
    /// Who knows the answers may skip the case.
    pub(super) test_out: bool,
    /// When to go on, where that was said beforehand.
    pub(super) next: Option<When>,
    /// Where the calendar file of the next sitting goes.
    pub(super) calendar: Option<String>,
}

/// What a sitting needs around it.
pub(super) struct Around<'a> {
    pub(super) context: &'a Context,
    pub(super) subject: &'a Subject,
    pub(super) how: &'a How,
    pub(super) answers: &'a Answers,
    /// A planned time as an instant with its zone.
    pub(super) zone: &'a dyn Fn(When) -> String,
}

/// How far a sitting got.
#[derive(Default)]
struct Course {
    done: usize,
    stopped: bool,
    failed: Option<SessionError>,
}

impl Course {
    fn goes_on(&self) -> bool {
        !self.stopped && self.failed.is_none()
    }

    fn note(&mut self, ended: std::result::Result<Ended, SessionError>) {
        match ended {
            Ok(Ended::Stopped) => self.stopped = true,
            Ok(ended) => self.done += usize::from(ended == Ended::Done),
            Err(error) => self.failed = Some(error),
        }
    }
}

/// Sits down with the person.
pub(super) fn sit(around: &Around<'_>, mut recorder: Recorder, plan: &Plan<'_>) -> Result<Outcome> {
    let Around {
        context,
        subject,
        how,
        answers,
        ..
    } = *around;
    let before = wrap_up::standing(context, subject)?;
    let aim_is_open = aim_is_open(around)?;
    if is_scripted(context, answers) || !context.can_prompt() {
        rehearse(around, plan, aim_is_open)?;
    }
    let today = context.now.today;
    let clock = || Now {
        today,
        instant: context.environment.instant_now(),
    };
    let started = clock().instant;
    let mut asker = context.asker(answers.clone());
    let mut sink = sink(&mut recorder, subject, &clock);
    let mut course = Course::default();
    if aim_is_open && let Some(curriculum) = subject.workspace.curricula.first() {
        let mut sitting = around.sitting(curriculum, &mut *asker, &mut sink)?;
        let ended = session::ask_aim(&mut sitting);
        if matches!(ended, Ok(Ended::Skipped)) {
            wrap_up::note_aim_asked(context, subject);
        }
        // It is no step of the plan.
        course.note(ended.map(|ended| {
            if ended == Ended::Done {
                Ended::Skipped
            } else {
                ended
            }
        }));
    }
    for (id, promise) in plan.promises {
        if course.goes_on() {
            let curriculum = subject.curriculum(id)?;
            sink.recorder.begin();
            let mut sitting = around.sitting(curriculum, &mut *asker, &mut sink)?;
            course.note(session::ask_promise(&mut sitting, promise));
        }
    }
    for (id, baseline) in plan.figures {
        if course.goes_on() {
            let curriculum = subject.curriculum(id)?;
            sink.recorder.begin();
            let mut sitting = around.sitting(curriculum, &mut *asker, &mut sink)?;
            course.note(session::second_measure(&mut sitting, baseline));
        }
    }
    for (at, planned) in plan.steps.iter().enumerate() {
        if !course.goes_on() {
            break;
        }
        let curriculum = subject.curriculum(&planned.curriculum)?;
        let step_started = clock().instant;
        sink.recorder.begin();
        let head = head(
            planned,
            curriculum,
            (at + 1, plan.steps.len()),
            (plan.minutes, minutes(started, step_started)),
        );
        let known = (sink.shared.len(), sink.private.len());
        let mut sitting = around.sitting(curriculum, &mut *asker, &mut sink)?;
        course.note(around.step(&mut sitting, &head, planned)?);
        // Who stops behind what makes a practice or a talk has done it.
        let is_whole = |fact: &Fact<'_>| matches!(fact, Fact::Practised(_) | Fact::Met(_));
        if course.stopped && sink.shared.iter().skip(known.0).any(|(_, fact)| is_whole(fact)) {
            course.done += 1;
        }
        if known != (sink.shared.len(), sink.private.len()) {
            let used = (clock().instant.seconds() - step_started.seconds()).max(0);
            spent(how, &mut sink, planned, used)?;
        }
    }
    let (shared, private) = (
        std::mem::take(&mut sink.shared),
        std::mem::take(&mut sink.private),
    );
    let kept = shared.len() + private.len();
    if let Some(error) = sink.error.take() {
        return Err(error);
    }
    let end = wrap_up::End {
        before,
        done: course.done,
        minutes: plan.minutes,
        used: how
            .minutes_used
            .unwrap_or_else(|| minutes(started, clock().instant)),
        private,
        shared,
    };
    wrap_up::finish(context, subject, &mut recorder, &end)?;
    for (id, fact) in &end.shared {
        if let Fact::Invited(invited) = fact {
            calendar::write_meeting(context, subject, *id, invited)?;
        }
    }
    if course.goes_on()
        && kept > 0
        && let Some(when) = around.ask_next(&mut *asker)?
    {
        calendar::write_next(context, subject, when, how.calendar.as_deref())?;
    }
    match course.failed {
        Some(SessionError::Ask(error)) => Err(CliError::from(error).hint(saved(context, kept))),
        Some(SessionError::Keep(error)) => Err(CliError::could_not(error.to_string())),
        None if course.stopped => Err(CliError::stopped(saved(context, kept))),
        None => Ok(Outcome::Done),
    }
}

/// Only the question everything starts with, if it is open.
pub(super) fn first_aim(around: &Around<'_>, mut recorder: Recorder) -> Result<()> {
    if !aim_is_open(around)? {
        return Ok(());
    }
    let (context, subject) = (around.context, around.subject);
    let Some(curriculum) = subject.workspace.curricula.first() else {
        return Ok(());
    };
    let now = context.now;
    let clock = || now;
    let mut asker = context.asker(around.answers.clone());
    let mut sink = sink(&mut recorder, subject, &clock);
    asker.say(&t!(
        "home.first",
        "{name}, before the first ten minutes: one question.",
        name = subject.person.name
    ))?;
    let mut sitting = around.sitting(curriculum, &mut *asker, &mut sink)?;
    let ended = session::ask_aim(&mut sitting);
    if let Some(error) = sink.error.take() {
        return Err(error);
    }
    match ended {
        Ok(Ended::Skipped) => wrap_up::note_aim_asked(context, subject),
        Ok(Ended::Done) => {}
        Ok(Ended::Stopped) => {
            return Err(CliError::stopped(saved(context, sink.shared.len())));
        }
        Err(SessionError::Ask(error)) => return Err(error.into()),
        Err(SessionError::Keep(error)) => return Err(CliError::could_not(error.to_string())),
    }
    context.ui.line("")
}

/// Keeps what one answer of `learn --after` says; the same sink as a whole sitting's.
pub(super) fn sink<'a>(
    recorder: &'a mut Recorder,
    subject: &'a Subject,
    clock: &'a dyn Fn() -> Now,
) -> RecorderSink<'a> {
    RecorderSink {
        recorder,
        person: subject.person.id.as_str(),
        by: subject.by.as_str(),
        clock,
        shared: Vec::new(),
        private: Vec::new(),
        error: None,
    }
}

/// Goes through the whole sitting with the answers there are and keeps nothing: what is missing or does not fit is told
/// before anything is written.
fn rehearse(around: &Around<'_>, plan: &Plan<'_>, with_aim: bool) -> Result<()> {
    let told = |error: SessionError| match error {
        SessionError::Ask(error) => {
            CliError::from(error).hint(t!("learn.nothing_written", "nothing was written"))
        }
        SessionError::Keep(error) => CliError::could_not(error.to_string()),
    };
    let (context, subject) = (around.context, around.subject);
    let mut asker = Unheard(context.asker(around.answers.clone()));
    let mut sink = Unkept(context.now);
    if with_aim && let Some(curriculum) = subject.workspace.curricula.first() {
        let mut sitting = around.sitting(curriculum, &mut asker, &mut sink)?;
        session::ask_aim(&mut sitting).map_err(told)?;
    }
    for (id, promise) in plan.promises {
        let curriculum = subject.curriculum(id)?;
        let mut sitting = around.sitting(curriculum, &mut asker, &mut sink)?;
        session::ask_promise(&mut sitting, promise).map_err(told)?;
    }
    for (id, baseline) in plan.figures {
        let curriculum = subject.curriculum(id)?;
        let mut sitting = around.sitting(curriculum, &mut asker, &mut sink)?;
        session::second_measure(&mut sitting, baseline).map_err(told)?;
    }
    for planned in plan.steps {
        let curriculum = subject.curriculum(&planned.curriculum)?;
        let mut sitting = around.sitting(curriculum, &mut asker, &mut sink)?;
        let head = head(planned, curriculum, (1, 1), (0, 0));
        around.step(&mut sitting, &head, planned)?.map_err(told)?;
    }
    if around.answers.has("next.when") {
        around.ask_next(&mut asker)?;
    }
    Ok(())
}

/// Asks as another does and shows nothing.
struct Unheard(Box<dyn Ask>);

impl Ask for Unheard {
    fn ask(&mut self, question: &session::Question) -> std::result::Result<session::Reply, AskError> {
        self.0.ask(question)
    }

    fn say(&mut self, _: &str) -> std::result::Result<(), AskError> {
        Ok(())
    }

    fn may_repeat(&self) -> bool {
        self.0.may_repeat()
    }

    fn width(&self) -> usize {
        self.0.width()
    }
}

/// What the last line of a stop says.
pub(super) fn saved(context: &Context, kept: usize) -> String {
    if kept == 0 {
        t!("learn.stopped.nothing", "stopped; nothing was recorded")
    } else if context.global.demo {
        t!(
            "learn.stopped.demo",
            "stopped; this was the example: nothing is kept"
        )
    } else {
        t!("learn.stopped.saved", "stopped; what was answered is saved")
    }
}

fn minutes(from: Instant, to: Instant) -> u32 {
    u32::try_from((to.seconds() - from.seconds()).max(0))
        .unwrap_or(0)
        .div_ceil(60)
}

fn head(planned: &Planned, curriculum: &Curriculum, place: (usize, usize), clock: (u32, u32)) -> StepHead {
    StepHead {
        place,
        step: planned.step.to_string(),
        kind: curriculum
            .step(planned.step.as_str())
            .map_or_else(String::new, |step| step.kind.shown()),
        minutes: planned.seconds.minutes().0,
        capabilities: planned.capabilities.clone(),
        clock,
    }
}

impl Around<'_> {
    /// A sitting in one curriculum.
    pub(super) fn sitting<'s>(
        &'s self,
        curriculum: &'s Curriculum,
        ask: &'s mut dyn Ask,
        sink: &'s mut dyn Sink,
    ) -> Result<Sitting<'s>> {
        Ok(Sitting {
            ask,
            sink,
            curriculum,
            settings: &self.subject.workspace.settings,
            shared_with: self.subject.readers().prompt(),
            seed: self.how.seed.unwrap_or_else(|| self.order_seed()),
            ask_confidence: self
                .context
                .config()?
                .flag("learn", "ask_confidence")
                .unwrap_or(true),
            zone: self.zone,
        })
    }

    /// Another order each day, the same within it.
    fn order_seed(&self) -> u64 {
        u64::try_from(self.context.now.today.days_since_epoch()).unwrap_or(0)
    }

    /// Outer error: files; inner: the sitting.
    fn step(
        &self,
        sitting: &mut Sitting<'_>,
        head: &StepHead,
        planned: &Planned,
    ) -> Result<std::result::Result<Ended, SessionError>> {
        let (context, subject, curriculum) = (self.context, self.subject, sitting.curriculum);
        let Some(step) = curriculum.step(planned.step.as_str()) else {
            return Ok(Ok(Ended::Skipped));
        };
        let mut record = (false, false);
        subject.view(context, curriculum, |view| {
            let known = view.progress.steps.get(step.id.as_str());
            record = (
                known.is_some_and(|r| r.started.is_some()),
                known.is_some_and(|r| r.finished.is_some()),
            );
            Ok(())
        })?;
        Ok(match &step.kind {
            StepKind::Case(named) => {
                let of = named.curriculum.as_ref().unwrap_or(&curriculum.id);
                let language = &subject.workspace.settings.language;
                let case = context.sound(files::load_case(&subject.tree, of, &named.case, language))?;
                session::read_case(sitting, head, named, &case, record.0)
            }
            StepKind::Quiz(_) => self.quiz(sitting, head, planned, step, record)?,
            StepKind::Practice(practice) => {
                let draft = self.draft_only(curriculum, practice)?;
                let witness = self.answers.text(&format!("{}.witness", step.id));
                session::do_practice(sitting, head, step, practice, draft.as_deref(), witness)
            }
            StepKind::Talk(talk) => {
                let people = self.talk_people(curriculum, talk.with)?;
                session::hold_talk(sitting, head, step, talk, &people)
            }
            StepKind::Reflect(ask) => session::reflect(sitting, head, step, ask),
        })
    }

    fn quiz(
        &self,
        sitting: &mut Sitting<'_>,
        head: &StepHead,
        planned: &Planned,
        step: &Step,
        (started, finished): (bool, bool),
    ) -> Result<std::result::Result<Ended, SessionError>> {
        let curriculum = sitting.curriculum;
        let entries = private_entries(self.subject, self.context)?;
        let answered = own::answered(&entries, curriculum, self.subject.as_of)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let questions: Vec<&Question> = planned
            .questions
            .iter()
            .filter_map(|q| curriculum.live_question(q.as_str()))
            .map(|(_, q)| q)
            .collect();
        let quiz = Quiz {
            step,
            sources: self.sources(curriculum, &questions),
            questions,
            answered,
            started,
            finished,
            worth: self.worth(curriculum)?,
        };
        let answered = match session::answer_quiz(sitting, head, quiz) {
            Ok(answered) => answered,
            Err(error) => return Ok(Err(error)),
        };
        if self.how.test_out && answered.all_right {
            return self.skip_cases(sitting, step);
        }
        Ok(Ok(answered.ended))
    }

    /// Who knew every answer may leave the cases before the quiz: they count as done.
    fn skip_cases(
        &self,
        sitting: &mut Sitting<'_>,
        quiz: &Step,
    ) -> Result<std::result::Result<Ended, SessionError>> {
        let curriculum = sitting.curriculum;
        let mut open: Vec<&Step> = Vec::new();
        self.subject.view(self.context, curriculum, |view| {
            open.extend(
                quiz.needs
                    .iter()
                    .filter(|id| !view.progress.is_settled(id.as_str()))
                    .filter_map(|id| curriculum.step(id.as_str()))
                    .filter(|step| matches!(step.kind, StepKind::Case(_))),
            );
            Ok(())
        })?;
        for case in open {
            let title = case.title.as_deref().unwrap_or(case.id.as_str());
            match session::ask_skip(sitting, case, title) {
                Ok(Ended::Stopped) => return Ok(Ok(Ended::Stopped)),
                Ok(_) => {}
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(Ok(Ended::Done))
    }

    /// What questions give at this moment, by name: the person's own eyes.
    fn worth(&self, curriculum: &Curriculum) -> Result<BTreeMap<String, crate::base::points::Points>> {
        let standing = wrap_up::standing(self.context, self.subject)?;
        let slots = standing
            .get(curriculum.id.as_str())
            .into_iter()
            .flat_map(|assessment| &assessment.capabilities)
            .flat_map(|capability| &capability.slots);
        Ok(slots
            .filter_map(|slot| match &slot.behind {
                Behind::Question { name: Some(name), .. } => Some((name.to_string(), slot.points)),
                _ => None,
            })
            .collect())
    }

    /// Sources of questions in words; one that cannot be read is left out here and told by `check`.
    fn sources(&self, curriculum: &Curriculum, questions: &[&Question]) -> BTreeMap<String, String> {
        let mut sources = BTreeMap::new();
        let language = &self.subject.workspace.settings.language;
        for named in questions.iter().flat_map(|q| &q.sources) {
            let Some((case, source)) = named.split_once('.') else {
                continue;
            };
            let Ok(id) = case.parse() else { continue };
            let loaded = files::load_case(&self.subject.tree, &curriculum.id, &id, language).value;
            let found = loaded
                .as_ref()
                .and_then(|case| case.sources.iter().find(|s| s.id == source));
            if let Some(found) = found {
                sources.insert(named.clone(), found.words());
            }
        }
        sources
    }

    /// Why only the draft is shown, if publishing is not offered.
    fn draft_only(&self, curriculum: &Curriculum, practice: &Practice) -> Result<Option<String>> {
        if practice.exposure != Exposure::Public {
            return Ok(None);
        }
        if self.how.draft {
            return Ok(Some(t!("practice.draft.asked", "You asked for the draft")));
        }
        self.subject.view(self.context, curriculum, |view| {
            let settings = &self.subject.workspace.settings;
            Ok(report::why_draft(settings, curriculum, practice, view.progress))
        })
    }

    /// Whom a talk can be held with: peers are executives and guests, mentors are mentors.
    fn talk_people(&self, curriculum: &Curriculum, with: TalkWith) -> Result<TalkPeople> {
        let own = self.subject.person.id.to_string();
        let workspace = &self.subject.workspace;
        let mut others: Vec<(String, String)> = workspace
            .people
            .iter()
            .filter(|p| {
                p.id.as_str() != own && p.is_here(self.subject.as_of) && !workspace.erased.contains(&p.id)
            })
            .filter(|p| match with {
                TalkWith::Peer => p.is(Role::Executive) || p.external,
                TalkWith::Mentor => p.is(Role::Mentor),
            })
            .map(|p| (p.id.to_string(), p.name.clone()))
            .collect();
        others.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
        self.subject.view(self.context, curriculum, |view| {
            Ok(TalkPeople {
                own,
                others,
                known: view.progress.known_talks(),
            })
        })
    }

    /// When to go on; only asked where somebody can be, or where the answers say it.
    fn ask_next(&self, ask: &mut dyn Ask) -> Result<Option<When>> {
        use session::{Answer, Kind, Question, Reply};
        if self.how.next.is_some() {
            return Ok(self.how.next);
        }
        let scripted = is_scripted(self.context, self.answers);
        if !self.subject.is_self() || (scripted && !self.answers.has("next.when")) {
            return Ok(None);
        }
        if !scripted && self.context.global.demo {
            return Ok(None);
        }
        let question = Question {
            id: "next.when".to_owned(),
            text: t!(
                "next.when",
                "When next? A day and a time, as 2026-03-23 08:30, for your calendar; Enter: not now."
            ),
            hint: None,
            kind: Kind::When,
            seen_by: None,
            flag: "--next-at \"2026-03-23 08:30\"".to_owned(),
            can_skip: true,
            keys: Vec::new(),
        };
        ask.say("")?;
        Ok(match ask.ask(&question)? {
            Reply::Answer(Answer::When(when)) => Some(when),
            // All is saved by now: who stops here stops nothing.
            _ => None,
        })
    }
}

fn spent(how: &How, sink: &mut RecorderSink<'_>, planned: &Planned, seconds: i64) -> Result<()> {
    let minutes = how
        .minutes_used
        .unwrap_or_else(|| u32::try_from(seconds).unwrap_or(0).div_ceil(60));
    let is_self = sink.person == sink.by;
    if minutes == 0 || !is_self || sink.error.is_some() {
        return Ok(());
    }
    let thought = Thought::Spent {
        curriculum: planned.curriculum.clone(),
        step: planned.step.to_string(),
        minutes,
    };
    sink.private(thought)
        .map(|_| ())
        .map_err(|e| CliError::could_not(e.to_string()))
}

/// Whether the question everything starts with is to be asked now.
fn aim_is_open(around: &Around<'_>) -> Result<bool> {
    let (context, subject) = (around.context, around.subject);
    if !subject.is_self() {
        return Ok(false);
    }
    let mut has_aim = false;
    if let Some(curriculum) = subject.workspace.curricula.first() {
        subject.view(context, curriculum, |view| {
            has_aim = view.progress.aim.is_some();
            Ok(())
        })?;
    }
    if is_scripted(context, around.answers) {
        return Ok(!has_aim && around.answers.has("aim.text"));
    }
    Ok(!has_aim && context.can_prompt() && wrap_up::may_ask_aim(context, subject))
}
