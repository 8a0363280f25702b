//! What a ten-minute page holds: plain texts and numbers about one person and what they can do in the minutes there
//! are. What is no field here cannot be in the file; no type here is private, and none names anybody but the person and
//! those who lead.

use std::collections::BTreeMap;

use super::cases::years_of;
use super::plan::title_of;
use super::readers::Readers;
use super::row::belongs;
use crate::base::order::shuffled;
use crate::base::points::Thousandths;
use crate::base::text::paragraphs;
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Instant, Minutes, Seconds};
use crate::model::case::{Case, Claim, ClaimPart, Source};
use crate::model::curriculum::{
    CaseStep, Curriculum, Exposure, ONE_WORD, Practice, Question, Step, StepKind, TalkWith,
};
use crate::model::person::Person;
use crate::model::settings::Settings;
use crate::model::workspace::Workspace;
use crate::plan::{Asked, PagePlan, PlannedStep, SecondMeasure, Subject};
use crate::progress::{Invitation, PracticeRecord, Progress};
use crate::readiness::{Assessment, CapabilityAssessment, entries_of};

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenMinutes {
    /// Its id: a device of the person.
    pub id: String,
    /// The workspace's id and name.
    pub workspace: Named,
    /// Two-letter language of its texts.
    pub language: String,
    /// The day it was made for.
    pub day: Date,
    /// The minutes it was planned for.
    pub minutes: Minutes,
    /// Whose page it is.
    pub person: Named,
    /// Who gets the receipt.
    pub leader: Addressed,
    /// Who reads what is sent, in a sentence.
    pub readers: String,
    /// Days of the steps of the memory ladder.
    pub ladder_days: [u32; 6],
    /// Where the person stands; empty if it was to be left out.
    pub standing: Vec<Standing>,
    /// What should get better.
    pub aim: Aimed,
    /// What there is to do, in this order.
    pub parts: Vec<Part>,
    /// Talks that are planned.
    pub talks: Vec<String>,
    /// Quizzes of the page, each with all of its questions: answered once each, it is finished.
    pub quizzes: Vec<QuizOfPage>,
    /// Every question that this page or an earlier one of the same id asked, as it stands now.
    pub asked: Vec<AskedQuestion>,
    /// Capabilities of which something came back from this page before.
    pub expects: Vec<String>,
}

/// An id and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// Somebody with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    /// The name, or words for it if nobody leads.
    pub name: String,
    /// The address, if it is known.
    pub mail: Option<String>,
}

/// Where the person stands in one curriculum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its title, where there are several.
    pub curriculum: Option<String>,
    /// Capability by capability.
    pub lines: Vec<StandingLine>,
}

/// Where the person stands in one capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingLine {
    /// The capability's name.
    pub capability: String,
    /// `B+`.
    pub letter: &'static str,
    /// `building`.
    pub band: String,
    /// When it was reached, in words.
    pub reached: Option<String>,
}

/// What should get better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aimed {
    /// It is recorded.
    Known(String),
    /// It is asked, with these capabilities to choose from.
    Asked(Vec<AimChoice>),
}

/// One capability of the aim question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AimChoice {
    /// As a receipt names it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is, in a line.
    pub what: String,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A second figure.
    Measure(MeasurePart),
    /// What somebody else recorded.
    Confirm(ConfirmPart),
    /// A case to read.
    Case(Box<CasePart>),
    /// Questions to answer.
    Questions(QuestionsPart),
    /// Something to do with one's own hands.
    Practice(PracticePart),
    /// A line for oneself.
    Reflect(ReflectPart),
}

impl Part {
    /// How long it takes.
    pub fn minutes(&self) -> Minutes {
        match self {
            Self::Measure(_) | Self::Confirm(_) => ONE_WORD,
            Self::Case(part) => part.minutes,
            Self::Questions(part) => part.minutes,
            Self::Practice(part) => part.minutes,
            Self::Reflect(part) => part.minutes,
        }
    }

    /// What it is, in a few words, for the list of what is on a page.
    pub fn words(&self) -> String {
        match self {
            Self::Measure(part) => t!("plan.measure", "second figure: {title}", title = part.title),
            Self::Confirm(part) => t!("page.list.confirm", "for your word: {title}", title = part.title),
            Self::Case(part) => t!("page.list.case", "case \"{title}\"", title = part.title),
            Self::Questions(part) => {
                let n = part.questions.len();
                t_n!("questions", n, "{n} question", "{n} questions")
            }
            Self::Practice(part) if part.is_draft => t!(
                "page.list.draft",
                "practice \"{title}\", as a draft",
                title = part.title
            ),
            Self::Practice(part) => t!("page.list.practice", "practice \"{title}\"", title = part.title),
            Self::Reflect(part) => t!(
                "page.list.reflect",
                "a line for oneself: {title}",
                title = part.title
            ),
        }
    }
}

/// The second figure of a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasurePart {
    /// As a receipt names the step.
    pub step: String,
    /// The step's title.
    pub title: String,
    /// When the first figure was noted, in words.
    pub day: String,
    /// The first figure.
    pub before: Thousandths,
    /// What is measured.
    pub unit: String,
    /// Over how many it was counted.
    pub n: Option<u64>,
}

/// A practice that somebody else recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmPart {
    /// As a receipt names the step.
    pub step: String,
    /// The step's title.
    pub title: String,
    /// When it was recorded.
    pub day: Date,
    /// The same in words.
    pub day_words: String,
    /// The line on what was done.
    pub line: Option<String>,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePart {
    /// As a receipt names the step.
    pub step: String,
    /// The step's revision.
    pub rev: u32,
    /// The case's title.
    pub title: String,
    /// Sector and years.
    pub about: String,
    /// How long it takes.
    pub minutes: Minutes,
    /// When it is due, in words.
    pub due: Option<String>,
    /// Whether it tells of a failure.
    pub failed: bool,
    /// At most 110 words.
    pub brief: Vec<String>,
    /// What changed since.
    pub since: String,
    /// The figures that matter most.
    pub claims: Vec<ClaimOfPage>,
    /// A figure to doubt, in a sentence.
    pub question_this: Option<String>,
    /// What to ask oneself.
    pub ask: String,
    /// The rest, folded.
    pub rest: Vec<Paragraph>,
    /// Where the figures come from.
    pub sources: Vec<SourceOfPage>,
}

/// A heading, what stands under it, and its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The heading.
    pub heading: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// Figures of the same part.
    pub claims: Vec<ClaimOfPage>,
}

/// A figure with everything needed to doubt it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimOfPage {
    /// What it says.
    pub text: String,
    /// How well it is supported, who says it, what speaks against it.
    pub grade: String,
    /// The number of its source.
    pub source: usize,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceOfPage {
    /// Author, title, publisher, year.
    pub words: String,
    /// Its address as printed.
    pub address: String,
    /// The same to be opened, where it is one.
    pub link: Option<String>,
}

/// Questions of one quiz, or of earlier pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionsPart {
    /// The quiz's title; `None` for questions asked again.
    pub title: Option<String>,
    /// How long they take.
    pub minutes: Minutes,
    /// When they are due, in words.
    pub due: Option<String>,
    /// The questions.
    pub questions: Vec<QuestionOfPage>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionOfPage {
    /// `curriculum/module.question`: the name in the browser's record.
    pub key: String,
    /// Its revision.
    pub rev: u32,
    /// Its capability as a receipt names it.
    pub capability: String,
    /// What is asked.
    pub text: String,
    /// A hint.
    pub hint: Option<String>,
    /// Whether more than one option is right.
    pub several: bool,
    /// The options in the order in which they are shown.
    pub options: Vec<OptionOfPage>,
    /// Where it is from.
    pub sources: Vec<String>,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionOfPage {
    /// Its place in the file, from 1: what the browser's record holds.
    pub place: usize,
    /// What it says.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// Why.
    pub why: String,
}

/// Something to do with one's own hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticePart {
    /// As a receipt names the step.
    pub step: String,
    /// The step's revision.
    pub rev: u32,
    /// Its title.
    pub title: String,
    /// How long it takes.
    pub minutes: Minutes,
    /// When it is due, in words.
    pub due: Option<String>,
    /// Who outside sees what comes of it.
    pub seen: String,
    /// Whether the draft is shown.
    pub is_draft: bool,
    /// Why, where publishing is not offered.
    pub why_draft: Option<String>,
    /// What to do.
    pub lines: Vec<String>,
    /// The draft instead, where publishing is offered.
    pub instead: Vec<String>,
    /// Whether it was done by one's own hand.
    pub own_hand: String,
    /// What was done.
    pub evidence: String,
    /// What is measured, and the question for it.
    pub measure: Option<MeasureOfPage>,
}

/// What a practice measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureOfPage {
    /// As a receipt names it.
    pub unit: String,
    /// The question.
    pub text: String,
    /// When it is asked again, in words.
    pub again: String,
}

/// A line for oneself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReflectPart {
    /// As a receipt names the step.
    pub step: String,
    /// The step's revision.
    pub rev: u32,
    /// Its title.
    pub title: String,
    /// How long it takes.
    pub minutes: Minutes,
    /// When it is due, in words.
    pub due: Option<String>,
    /// What to ask oneself.
    pub ask: Vec<String>,
}

/// A quiz and all of its live questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuizOfPage {
    /// As a receipt names the step.
    pub step: String,
    /// The step's revision.
    pub rev: u32,
    /// The questions, as the browser's record names them.
    pub questions: Vec<String>,
}

/// A question of this page or an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedQuestion {
    /// As the browser's record names it.
    pub key: String,
    /// Its revision now.
    pub rev: u32,
    /// Its capability as a receipt names it.
    pub capability: String,
    /// Names it had before.
    pub former: Vec<String>,
}

/// One person in one curriculum.
#[derive(Clone, Copy)]
pub struct PageView<'a> {
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// What happened.
    pub progress: &'a Progress<'a>,
    /// What it amounts to, for the leader's eyes.
    pub assessment: &'a Assessment,
}

/// Cases by curriculum and id.
pub type CasesOfPage = BTreeMap<(String, String), Case>;

/// What a page is made from.
#[derive(Clone, Copy)]
pub struct PageAbout<'a> {
    /// The page's id.
    pub id: &'a str,
    /// Everything people wrote.
    pub workspace: &'a Workspace,
    /// Whose page it is.
    pub person: &'a Person,
    /// Who gets the receipt.
    pub leader: Option<&'a Person>,
    /// The person in every curriculum in use.
    pub views: &'a [PageView<'a>],
    /// The curricula that are planned.
    pub subjects: &'a [Subject<'a>],
    /// What is planned.
    pub plan: &'a PagePlan<'a>,
    /// What earlier pages of the same id asked, subject by subject.
    pub asked: &'a [Vec<Asked>],
    /// The cases of the steps, and those that questions name as their source.
    pub cases: &'a CasesOfPage,
    /// The minutes.
    pub minutes: Minutes,
    /// Today.
    pub today: Date,
    /// Whether letters and reached days are shown.
    pub with_standing: bool,
}

/// Puts a page together.
pub fn ten_minutes(about: &PageAbout<'_>) -> TenMinutes {
    let settings = &about.workspace.settings;
    TenMinutes {
        id: about.id.to_owned(),
        workspace: Named {
            id: settings.id.to_string(),
            name: settings.name.clone(),
        },
        language: settings.language.clone(),
        day: about.today,
        minutes: about.minutes,
        person: Named {
            id: about.person.id.to_string(),
            name: about.person.name.clone(),
        },
        leader: match about.leader {
            Some(leader) => Addressed {
                name: leader.name.clone(),
                mail: leader.email.clone(),
            },
            None => Addressed {
                name: t!("page.nobody", "whoever sent you this page"),
                mail: None,
            },
        },
        readers: Readers::of(about.workspace, about.person.id.as_str(), about.today)
            .of_receipts(&about.workspace.settings.name),
        ladder_days: settings.readiness.ladder_days,
        standing: if about.with_standing {
            about.standing()
        } else {
            Vec::new()
        },
        aim: about.aim(),
        parts: about.parts(),
        talks: about.talks(),
        quizzes: about.quizzes(),
        asked: about.asked_questions(),
        expects: about.expects(),
    }
}

/// Why only the draft of a practice is offered; `None` where it may be published, or where nobody outside sees it.
pub fn why_draft(
    settings: &Settings,
    curriculum: &Curriculum,
    practice: &Practice,
    progress: &Progress<'_>,
) -> Option<String> {
    if practice.exposure != Exposure::Public {
        return None;
    }
    if !settings.practice.public {
        return Some(t!("practice.draft.off", "Publishing is not switched on here"));
    }
    let rules = curriculum.public_needs.as_ref()?;
    let module = progress.module(rules.as_str());
    if module.is_some_and(|module| module.finished_on.is_some()) {
        return None;
    }
    let title = curriculum
        .module(rules.as_str())
        .map_or(rules.as_str(), |module| &module.title);
    Some(t!(
        "practice.draft.rules",
        "Publishing is offered once \"{title}\" is finished",
        title = title
    ))
}

/// Cases that a page needs: those of its steps, and those that its questions are from, as curriculum and id.
pub fn cases_needed(subjects: &[Subject<'_>], plan: &PagePlan<'_>) -> Vec<(String, String)> {
    let mut needed = Vec::new();
    let of_questions = |place: usize, questions: &[&Question]| -> Vec<(String, String)> {
        let curriculum = subjects[place].curriculum.id.to_string();
        let named = questions.iter().flat_map(|q| &q.sources);
        named
            .filter_map(|source| source.split_once('.'))
            .map(|(case, _)| (curriculum.clone(), case.to_owned()))
            .collect()
    };
    for (place, question) in &plan.again {
        needed.extend(of_questions(*place, &[question]));
    }
    for (place, _, question) in &plan.beside {
        needed.extend(of_questions(*place, &[question]));
    }
    for planned in &plan.plan.steps {
        if let StepKind::Case(named) = &planned.step.kind {
            needed.push(case_key(subjects[planned.subject].curriculum, named));
        }
        needed.extend(of_questions(planned.subject, &planned.questions));
    }
    needed.sort_unstable();
    needed.dedup();
    needed
}

fn case_key(curriculum: &Curriculum, named: &CaseStep) -> (String, String) {
    let of = named.curriculum.as_ref().unwrap_or(&curriculum.id);
    (of.to_string(), named.case.to_string())
}

/// A step as a receipt names it: without its curriculum where the first one in use that has it is meant.
fn step_code(workspace: &Workspace, curriculum: &Curriculum, step: &str) -> String {
    coded(workspace, curriculum, step, |c| c.step(step).is_some())
}

fn capability_code(workspace: &Workspace, curriculum: &Curriculum, capability: &str) -> String {
    coded(workspace, curriculum, capability, |c| {
        c.capability(capability).is_some()
    })
}

fn coded(
    workspace: &Workspace,
    curriculum: &Curriculum,
    id: &str,
    has: impl Fn(&Curriculum) -> bool,
) -> String {
    let first = workspace.curricula.iter().find(|c| has(c));
    if first.is_none_or(|first| first.id == curriculum.id) {
        id.to_owned()
    } else {
        format!("{}/{id}", curriculum.id)
    }
}

impl<'a> PageAbout<'a> {
    fn curriculum(&self, subject: usize) -> &'a Curriculum {
        self.subjects[subject].curriculum
    }

    fn standing(&self) -> Vec<Standing> {
        let concerned: Vec<&PageView<'_>> = self.views.iter().filter(|v| belongs(v.progress)).collect();
        let shown: Vec<&PageView<'_>> = if concerned.is_empty() {
            self.views.iter().collect()
        } else {
            concerned
        };
        let several = shown.len() > 1;
        shown
            .into_iter()
            .map(|view| Standing {
                curriculum: several.then(|| view.curriculum.title.clone()),
                lines: view
                    .assessment
                    .capabilities
                    .iter()
                    .map(|assessed| self.standing_line(view.curriculum, assessed))
                    .collect(),
            })
            .collect()
    }

    fn standing_line(&self, curriculum: &Curriculum, assessed: &CapabilityAssessment) -> StandingLine {
        let id = assessed.capability.as_str();
        StandingLine {
            capability: curriculum.capability(id).map_or(id, |c| &c.name).to_owned(),
            letter: assessed.letter_with_reached(),
            band: assessed.band.shown(),
            reached: assessed
                .reached_on
                .map(|day| t!("home.reached", "reached {day}", day = day.short(self.today))),
        }
    }

    fn aim(&self) -> Aimed {
        if let Some(aim) = self.views.first().and_then(|view| view.progress.aim.as_ref()) {
            return Aimed::Known(aim.text.to_owned());
        }
        let choices = self.subjects.iter().flat_map(|subject| {
            subject
                .curriculum
                .capabilities
                .iter()
                .map(|capability| AimChoice {
                    code: capability_code(self.workspace, subject.curriculum, capability.id.as_str()),
                    name: capability.name.clone(),
                    what: capability.what.clone(),
                })
        });
        Aimed::Asked(choices.collect())
    }

    /// What was begun comes first, what is done away from the screen last.
    fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = self.plan.measures.iter().map(|m| self.measure(m)).collect();
        for view in self.views {
            parts.extend(view.progress.waiting().map(|record| self.confirm(view, record)));
        }
        parts.extend(self.again());
        let is_last = |planned: &&PlannedStep<'_>| {
            matches!(planned.step.kind, StepKind::Practice(_) | StepKind::Reflect(_))
                && planned.needed_by.is_empty()
        };
        let steps = &self.plan.plan.steps;
        let (last, first): (Vec<_>, Vec<_>) = steps.iter().partition(is_last);
        parts.extend(first.into_iter().filter_map(|planned| self.step(planned)));
        parts.extend(self.beside());
        parts.extend(last.into_iter().filter_map(|planned| self.step(planned)));
        parts
    }

    /// Questions beside the plan, of quizzes of which the plan has none.
    fn beside(&self) -> Vec<Part> {
        let is_planned = |place: usize, quiz: &Step| {
            let mut steps = self.plan.plan.steps.iter();
            steps.any(|planned| planned.subject == place && planned.step.id == quiz.id)
        };
        let mut quizzes: Vec<(usize, &Step)> = Vec::new();
        for (place, quiz, _) in &self.plan.beside {
            if !is_planned(*place, quiz) && !quizzes.contains(&(*place, *quiz)) {
                quizzes.push((*place, *quiz));
            }
        }
        quizzes
            .into_iter()
            .map(|(place, quiz)| self.quiz(place, quiz, &[], None))
            .collect()
    }

    /// Planned questions of a quiz with those beside the plan.
    fn quiz(&self, place: usize, quiz: &Step, planned: &[&Question], due: Option<String>) -> Part {
        let beside = self.plan.beside.iter();
        let beside = beside.filter(|(of, step, _)| *of == place && step.id == quiz.id);
        let asked: Vec<&Question> = planned
            .iter()
            .copied()
            .chain(beside.map(|(_, _, q)| *q))
            .collect();
        Part::Questions(QuestionsPart {
            title: Some(quiz.title.clone().unwrap_or_else(|| title_of(quiz, asked.len()))),
            minutes: self.minutes_of(asked.len()),
            due,
            questions: asked
                .into_iter()
                .map(|question| self.question(self.curriculum(place), question))
                .collect(),
        })
    }

    fn minutes_of(&self, questions: usize) -> Minutes {
        let one = self.workspace.settings.plan.seconds_per_question;
        Seconds(u32::try_from(questions).unwrap_or(u32::MAX).saturating_mul(one)).minutes()
    }

    fn measure(&self, measure: &SecondMeasure<'_>) -> Part {
        let curriculum = self.curriculum(measure.subject);
        let title = curriculum.step(measure.step).and_then(|step| step.title.clone());
        Part::Measure(MeasurePart {
            step: step_code(self.workspace, curriculum, measure.step),
            title: title.unwrap_or_else(|| measure.step.to_owned()),
            day: measure.day.short(self.today),
            before: measure.before,
            unit: one_line(measure.unit),
            n: measure.n,
        })
    }

    fn confirm(&self, view: &PageView<'_>, record: &PracticeRecord<'_>) -> Part {
        let title = view
            .curriculum
            .step(record.step)
            .and_then(|step| step.title.clone());
        Part::Confirm(ConfirmPart {
            step: step_code(self.workspace, view.curriculum, record.step),
            title: title.unwrap_or_else(|| record.step.to_owned()),
            day: record.event.day,
            day_words: record.event.day.short(self.today),
            line: record.practised.evidence.as_ref().map(|line| one_line(line)),
        })
    }

    fn again(&self) -> Option<Part> {
        if self.plan.again.is_empty() {
            return None;
        }
        let questions: Vec<QuestionOfPage> = self
            .plan
            .again
            .iter()
            .map(|(place, question)| self.question(self.curriculum(*place), question))
            .collect();
        Some(Part::Questions(QuestionsPart {
            title: None,
            minutes: self.minutes_of(questions.len()),
            due: None,
            questions,
        }))
    }

    fn step(&self, planned: &PlannedStep<'_>) -> Option<Part> {
        let curriculum = self.curriculum(planned.subject);
        let step = planned.step;
        let (code, minutes) = (
            step_code(self.workspace, curriculum, step.id.as_str()),
            planned.seconds.minutes(),
        );
        let due = planned.due.map(|due| {
            if due < self.today {
                t!("why.overdue", "was due {day}", day = due.weekday_short())
            } else {
                t!("why.due", "due {day}", day = due.weekday_short())
            }
        });
        Some(match &step.kind {
            StepKind::Case(named) => {
                let case = self.cases.get(&case_key(curriculum, named))?;
                Part::Case(Box::new(case_part((code, step.rev), minutes, due, named, case)))
            }
            StepKind::Quiz(_) => self.quiz(planned.subject, step, &planned.questions, due),
            StepKind::Practice(practice) => self.practice(
                self.subjects[planned.subject].progress,
                curriculum,
                step,
                practice,
                (code, minutes, due),
            ),
            StepKind::Reflect(ask) => Part::Reflect(ReflectPart {
                step: code,
                rev: step.rev,
                title: step.title.clone().unwrap_or_default(),
                minutes,
                due,
                ask: ask.clone(),
            }),
            StepKind::Talk(_) => return None,
        })
    }

    fn question(&self, curriculum: &Curriculum, question: &Question) -> QuestionOfPage {
        let options: Vec<OptionOfPage> = (1..)
            .zip(&question.options)
            .map(|(place, option)| OptionOfPage {
                place,
                text: option.text.clone(),
                right: option.right,
                why: option.why.clone().unwrap_or_default(),
            })
            .collect();
        let seed = u64::try_from(self.today.days_since_epoch()).unwrap_or(0);
        QuestionOfPage {
            key: question_key(curriculum, question.id.as_str()),
            rev: question.rev,
            capability: capability_code(self.workspace, curriculum, question.capability.as_str()),
            text: question.text.clone(),
            hint: question.hint.clone(),
            several: question.right().len() > 1,
            options: shuffled(options, seed, question.id.as_str()),
            sources: question
                .sources
                .iter()
                .filter_map(|named| self.source(curriculum, named))
                .map(Source::words)
                .collect(),
        }
    }

    fn source(&self, curriculum: &Curriculum, named: &str) -> Option<&'a Source> {
        let (case, source) = named.split_once('.')?;
        let case = self.cases.get(&(curriculum.id.to_string(), case.to_owned()))?;
        case.sources.iter().find(|s| s.id == source)
    }

    fn practice(
        &self,
        progress: &Progress<'_>,
        curriculum: &Curriculum,
        step: &Step,
        practice: &Practice,
        (code, minutes, due): (String, Minutes, Option<String>),
    ) -> Part {
        let settings = &self.workspace.settings;
        let why_draft = why_draft(settings, curriculum, practice, progress);
        let is_draft = why_draft.is_some() && !practice.draft.is_empty();
        let again = self.today + i32::try_from(settings.practice.second_measure_days).unwrap_or(30);
        let measure = practice.measure.as_ref().map(|measure| MeasureOfPage {
            unit: one_line(&measure.unit),
            text: t!(
                "page.before",
                "Today, before anything changes: how many {unit}?",
                unit = one_line(&measure.unit)
            ),
            again: again.short(self.today),
        });
        Part::Practice(PracticePart {
            step: code,
            rev: step.rev,
            title: step.title.clone().unwrap_or_default(),
            minutes,
            due,
            seen: if is_draft {
                t!("practice.seen.draft", "nobody, it is a draft")
            } else {
                practice.exposure.seen_by()
            },
            is_draft,
            why_draft: why_draft.filter(|_| is_draft),
            lines: if is_draft {
                practice.draft.clone()
            } else {
                practice.instructions.clone()
            },
            instead: if is_draft {
                Vec::new()
            } else {
                practice.draft.clone()
            },
            own_hand: practice
                .own_hand
                .clone()
                .unwrap_or_else(|| t!("practice.own_hand", "Did you do it yourself?")),
            evidence: practice
                .evidence
                .clone()
                .unwrap_or_else(|| t!("practice.evidence", "What did you do, in one line?")),
            measure,
        })
    }

    /// Planned talks from today on. With whom is known to the person and nobody else's business.
    fn talks(&self) -> Vec<String> {
        let mut talks: Vec<(Date, String)> = self
            .views
            .iter()
            .flat_map(|view| {
                view.progress
                    .invitations
                    .iter()
                    .filter(|i| !view.progress.was_held(&i.invited.meeting))
                    .filter_map(|i| talk_line(i, view.curriculum, self.today))
            })
            .collect();
        talks.sort();
        talks.into_iter().map(|(_, line)| line).collect()
    }

    fn quizzes(&self) -> Vec<QuizOfPage> {
        let of_plan = self.plan.plan.steps.iter().filter_map(|planned| {
            matches!(planned.step.kind, StepKind::Quiz(_)).then_some((planned.subject, planned.step))
        });
        let of_again = self.plan.again.iter().filter_map(|(place, question)| {
            let (quiz, _) = self.curriculum(*place).live_question(question.id.as_str())?;
            Some((*place, quiz))
        });
        let of_beside = self.plan.beside.iter().map(|(place, quiz, _)| (*place, *quiz));
        let mut quizzes: Vec<QuizOfPage> = Vec::new();
        for (place, quiz) in of_again.chain(of_plan).chain(of_beside) {
            let curriculum = self.curriculum(place);
            let step = step_code(self.workspace, curriculum, quiz.id.as_str());
            let is_done = self.subjects[place].progress.is_done(quiz.id.as_str());
            if is_done || quizzes.iter().any(|other| other.step == step) {
                continue;
            }
            quizzes.push(QuizOfPage {
                step,
                rev: quiz.rev,
                questions: quiz
                    .live_questions()
                    .map(|q| question_key(curriculum, q.id.as_str()))
                    .collect(),
            });
        }
        quizzes
    }

    fn asked_questions(&self) -> Vec<AskedQuestion> {
        let mut asked: BTreeMap<String, AskedQuestion> = BTreeMap::new();
        for (place, subject) in self.subjects.iter().enumerate() {
            let curriculum = subject.curriculum;
            let before = self.asked.get(place).into_iter().flatten();
            let before = before.map(|asked| curriculum.current_question(&asked.question));
            let again = self.plan.again.iter().filter(|(at, _)| *at == place);
            let now = self.plan.plan.steps.iter().filter(|step| step.subject == place);
            let now = now.flat_map(|step| &step.questions).map(|q| q.id.as_str());
            let beside = self.plan.beside.iter().filter(|(at, ..)| *at == place);
            let ids = before
                .chain(again.map(|(_, q)| q.id.as_str()))
                .chain(now)
                .chain(beside.map(|(_, _, q)| q.id.as_str()));
            for question in ids.filter_map(|id| curriculum.live_question(id)).map(|(_, q)| q) {
                let key = question_key(curriculum, question.id.as_str());
                let former = curriculum
                    .former_questions
                    .iter()
                    .filter(|(_, heir)| **heir == question.id)
                    .map(|(former, _)| question_key(curriculum, former.as_str()));
                asked.insert(
                    key.clone(),
                    AskedQuestion {
                        key,
                        rev: question.rev,
                        capability: capability_code(self.workspace, curriculum, question.capability.as_str()),
                        former: former.collect(),
                    },
                );
            }
        }
        asked.into_values().collect()
    }

    fn expects(&self) -> Vec<String> {
        let mut expects = Vec::new();
        for subject in self.subjects {
            for capability in &subject.curriculum.capabilities {
                let id = capability.id.as_str();
                if !entries_of(subject.progress, self.id, id).is_empty() {
                    expects.push(capability_code(self.workspace, subject.curriculum, id));
                }
            }
        }
        expects
    }
}

fn question_key(curriculum: &Curriculum, question: &str) -> String {
    format!("{}/{question}", curriculum.id)
}

fn talk_line(invitation: &Invitation<'_>, curriculum: &Curriculum, today: Date) -> Option<(Date, String)> {
    let invited = invitation.invited;
    let at = invited.at.as_deref()?;
    let (day, time) = at
        .split_at_checked(16)
        .and_then(|(start, _)| start.split_once('T'))?;
    let day = Date::parse_iso(day).filter(|day| *day >= today)?;
    Instant::parse_with_zone(at)?;
    let topic = curriculum
        .capability(&invited.topic)
        .map_or(&*invited.topic, |capability| &capability.name);
    let when = format!("{} {time}", day.weekday_short());
    let mut line = match invited.role {
        TalkWith::Mentor => t!(
            "page.talk.mentor",
            "{when}, with your mentor: {topic}",
            when = when,
            topic = topic
        ),
        TalkWith::Peer => t!(
            "page.talk.peer",
            "{when}, with somebody of your rank: {topic}",
            when = when,
            topic = topic
        ),
    };
    if let Some(place) = invited.place.as_deref().filter(|place| !place.trim().is_empty()) {
        line.push_str(", ");
        line.push_str(&one_line(place));
    }
    Some((day, line))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A case by itself, as its page shows it.
pub fn case_page(case: &Case) -> CasePart {
    let asked = &CaseStep {
        curriculum: None,
        case: case.id.clone(),
        ask: Vec::new(),
    };
    case_part((String::new(), case.rev), Minutes(0), None, asked, case)
}

fn case_part(
    (step, rev): (String, u32),
    minutes: Minutes,
    due: Option<String>,
    named: &CaseStep,
    case: &Case,
) -> CasePart {
    let contested = case.claims.iter().find(|claim| claim.contested_by.is_some());
    let ask = named.ask.first().or(case.ask.first()).cloned();
    CasePart {
        step,
        rev,
        title: case.title.clone(),
        about: format!("{}, {}", case.sector, years_of(case)),
        minutes,
        due,
        failed: case.failed,
        brief: paragraphs(&case.brief).collect(),
        since: case.since.clone(),
        claims: claims_of(case, ClaimPart::Result).take(3).collect(),
        question_this: contested.map(|claim| {
            t!(
                "case.question_this",
                "Question this number: {claim} ({why}).",
                claim = claim.text.trim_end_matches('.'),
                why = against(case, claim)
            )
        }),
        ask: ask.unwrap_or_else(|| t!("case.ask", "What would you do with this on Monday?")),
        rest: rest_of(case),
        sources: case.sources.iter().map(source_of).collect(),
    }
}

/// Problem, what they did, result, cost, what went wrong, what to take from it, what would make it fail.
fn rest_of(case: &Case) -> Vec<Paragraph> {
    let part = |heading: String, text: &str, part: Option<ClaimPart>| Paragraph {
        heading,
        text: paragraphs(text).collect(),
        claims: part.map_or_else(Vec::new, |part| claims_of(case, part).collect()),
    };
    let mut rest = vec![
        part(t!("case.problem", "Problem"), &case.challenge, None),
        part(t!("case.what", "What"), &case.action, Some(ClaimPart::Action)),
        part(t!("case.result", "Result"), &case.result, Some(ClaimPart::Result)),
        part(t!("case.cost", "Cost"), &case.cost, Some(ClaimPart::Cost)),
    ];
    let backfire = case.backfire.as_deref().unwrap_or_default();
    let backfire = part(
        t!("case.backfire", "Backfire"),
        backfire,
        Some(ClaimPart::Backfire),
    );
    if !backfire.text.is_empty() || !backfire.claims.is_empty() {
        rest.push(backfire);
    }
    rest.push(part(t!("case.take", "Take"), &case.takeaway, None));
    rest.push(part(t!("case.fails_if", "Fails if"), &case.fails_if, None));
    for ask in &case.ask {
        rest.push(part(t!("case.ask_here", "Ask here"), ask, None));
    }
    rest
}

fn claims_of(case: &Case, part: ClaimPart) -> impl Iterator<Item = ClaimOfPage> {
    case.claims
        .iter()
        .filter(move |claim| claim.part == part)
        .map(|claim| {
            let mut grade = claim.shown_grade();
            if claim.contested_by.is_some() {
                grade = format!("{grade}: {}", against(case, claim));
            }
            if let Some(who) = &claim.said_by {
                grade.push_str(&t!("case.said_by", "; said by {who}", who = who));
            }
            if let Some(how) = &claim.derived {
                grade.push_str(&t!("case.derived", ", derived: {how}", how = how));
            }
            ClaimOfPage {
                text: claim.text.clone(),
                grade,
                source: number_of(case, &claim.source).unwrap_or(0),
            }
        })
}

fn number_of(case: &Case, source: &str) -> Option<usize> {
    case.sources.iter().position(|s| s.id == source).map(|at| at + 1)
}

/// What speaks against a claim.
fn against(case: &Case, claim: &Claim) -> String {
    let by = claim.contested_by.as_deref().unwrap_or_default();
    match number_of(case, by) {
        Some(n) => t!("case.see", "see [{n}]", n = n),
        None => by.to_owned(),
    }
}

fn source_of(source: &Source) -> SourceOfPage {
    let words = source.words();
    let words = words.strip_suffix(&source.address).unwrap_or(&words);
    SourceOfPage {
        words: words.trim_end_matches([',', ' ']).to_owned(),
        address: source.address.clone(),
        link: link_to(&source.address),
    }
}

/// An address that can be opened: a host, perhaps a path, nothing else. Whatever it says of itself, it is opened by http
/// or https only.
fn link_to(address: &str) -> Option<String> {
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme @ ("http" | "https"), rest)) => (scheme, rest),
        Some(_) => return None,
        None => ("https", address),
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>' | '\\' | '`');
    (is_host && rest.chars().all(is_plain)).then(|| format!("{scheme}://{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_web_addresses_are_opened() {
        for (address, link) in [
            ("hbr.org/2010/x", Some("https://hbr.org/2010/x")),
            ("http://hbr.org/?a=b", Some("http://hbr.org/?a=b")),
            ("https://hbr.org", Some("https://hbr.org")),
            ("cbsnews.com (a title, with words)", None),
            ("javascript:alert(1)", None),
            ("javascript://hbr.org/%0aalert(1)", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("user@hbr.org", None),
            ("hbr.org/\"onclick=\"x", None),
            ("a book, page 3", None),
            ("", None),
        ] {
            assert_eq!(link_to(address).as_deref(), link, "{address}");
        }
    }
}
