use std::collections::BTreeMap;

use clap::Args;

use crate::base::id::{CaseId, CurriculumId};
use crate::base::texts::t;
use crate::base::time::Minutes;
use crate::base::words::and_list;
use crate::cli::ask::{Printed, Solution};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::plan;
use crate::cli::unkept::Unkept;
use crate::disk::Tree;
use crate::files::{self, WantCurricula};
use crate::model::case::{Case, Source};
use crate::model::curriculum::{CaseStep, Curriculum, Question, Step, StepKind, TalkWith};
use crate::model::event::Event;
use crate::model::person::Role;
use crate::model::talks::KnownTalks;
use crate::model::workspace::Workspace;
use crate::model::written::Everything;
use crate::progress::{Progress, fold};
use crate::render;
use crate::report::{self, PlanAbout, Readers};
use crate::session::{self, Ended, Quiz, SessionError, Sitting, StepHead, TalkPeople};

/// See a step or case exactly as people will, drafts too; records nothing
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards preview answer-in-public.answer-one-customer\n  upwards preview klm-social-service\n  upwards preview first-answers --answers shown    (printed, with what is right and why)\n  upwards preview first-answers --html -o draft.html\n  upwards preview --plan 10"
)]
pub(crate) struct PreviewArgs {
    /// A step, as module.step, or a case; a step's module may be left out
    #[arg(value_name = "STEP|CASE", required_unless_present = "plan")]
    what: Option<String>,
    /// What the planner gives a newcomer of the curriculum for so many minutes
    #[arg(long, value_name = "N", conflicts_with = "what")]
    plan: Option<u32>,
    /// One HTML file without script, for sharing a draft
    #[arg(long, conflicts_with = "plan")]
    html: bool,
}

pub(crate) fn run(args: &PreviewArgs, context: &mut Context) -> Result<Outcome> {
    let tree = context.tree()?;
    if let Some(minutes) = args.plan {
        return planned(minutes, &tree, context);
    }
    let everything = files::load_everything(&tree);
    let typed = args.what.as_deref().unwrap_or_default();
    let (id, found) = find(typed, &everything, context)?;
    let workspace = workspace(&id, &everything, &tree, context)?;
    let Some(curriculum) = workspace.curriculum(id.as_str()) else {
        return Err(
            CliError::could_not(format!("the curriculum {id} could not be read")).hint("why: upwards check"),
        );
    };
    let looked = Looked {
        workspace: &workspace,
        curriculum,
        tree: &tree,
        found: &found,
    };
    let shows_answers = context.global.answers.as_deref() == Some("shown");
    if args.html || shows_answers || !(context.can_prompt() || context.global.answers.is_some()) {
        let lines = printed(&looked, shows_answers, context)?;
        return show(args, &looked, lines, context);
    }
    let mut asker = context.asker(context.answers()?);
    match looked.go_through(&mut *asker, context)? {
        Ok(_) => Ok(Outcome::Done),
        Err(SessionError::Ask(error)) => Err(error.into()),
        Err(SessionError::Keep(error)) => Err(CliError::could_not(error.to_string())),
    }
}

/// What was named.
enum Found {
    Step(String),
    Case(CaseId),
}

/// Finds a step or case in the curriculum that was named, else in all there are, drafts too.
fn find(typed: &str, everything: &Everything, context: &mut Context) -> Result<(CurriculumId, Found)> {
    let (named, typed) = match typed.split_once('/') {
        Some((curriculum, rest)) => (Some(curriculum.to_owned()), rest),
        None => (context.global.curriculum.clone(), typed),
    };
    let named = match named {
        Some(named) => Some(context.known_curriculum(&named)?),
        None => None,
    };
    let mut found: Vec<(CurriculumId, Found)> = Vec::new();
    let mut names: Vec<(String, String)> = Vec::new();
    for curriculum in &everything.curricula {
        if named.as_ref().is_some_and(|named| *named != curriculum.id) {
            continue;
        }
        for step in curriculum
            .modules
            .values()
            .flat_map(|module| &module.value.module.steps)
        {
            if step.id.as_str() == typed || step.id.short() == typed {
                found.push((curriculum.id.clone(), Found::Step(step.id.to_string())));
            }
            names.push((step.id.to_string(), step.title.clone().unwrap_or_default()));
        }
        for (case, written) in &curriculum.cases {
            if case.as_str() == typed {
                found.push((curriculum.id.clone(), Found::Case(case.clone())));
            }
            names.push((case.to_string(), written.value.title.clone()));
        }
    }
    if found.len() <= 1 {
        return found.pop().ok_or_else(|| {
            let names = names.iter().map(|(id, title)| (id.as_str(), title.as_str()));
            CliError::unknown(typed, "step or case", names, "upwards curricula list")
                .hint("a file with errors is not shown: upwards check")
        });
    }
    let all: Vec<String> = found
        .iter()
        .map(|(curriculum, found)| match found {
            Found::Step(step) => format!("{curriculum}/{step}"),
            Found::Case(case) => format!("{curriculum}/{case}"),
        })
        .collect();
    Err(CliError::usage(format!("{typed} could be several: which one?")).hint(all.join(", ")))
}

/// The workspace with this curriculum as people get it, and behind its modules the drafts.
fn workspace(
    id: &CurriculumId,
    everything: &Everything,
    tree: &Tree,
    context: &mut Context,
) -> Result<Workspace> {
    let mut workspace = context.workspace(WantCurricula::These(vec![id.clone()]))?;
    let language = workspace.settings.language.clone();
    for curriculum in &mut workspace.curricula {
        if let Some(written) = everything.curriculum(curriculum.id.as_str()) {
            for (module, written) in &written.modules {
                if curriculum.module(module.as_str()).is_none() {
                    curriculum.modules.push(written.value.module.clone());
                }
            }
        }
        // A case that cannot be read is told where it is asked for.
        files::fill_case_steps(tree, curriculum, &language);
    }
    Ok(workspace)
}

/// What is looked at, and what is around it.
struct Looked<'a> {
    workspace: &'a Workspace,
    curriculum: &'a Curriculum,
    tree: &'a Tree,
    found: &'a Found,
}

impl Looked<'_> {
    /// Goes through it as a sitting does, with the same functions, and keeps nothing. Outer error: files.
    fn go_through(
        &self,
        ask: &mut dyn session::Ask,
        context: &Context,
    ) -> Result<std::result::Result<Ended, SessionError>> {
        let mut sink = Unkept(context.now);
        let zone = |when| context.environment.zone(when);
        let today = context.now.today;
        let mut sitting = Sitting {
            ask,
            sink: &mut sink,
            curriculum: self.curriculum,
            settings: &self.workspace.settings,
            shared_with: Readers::of(self.workspace, "newcomer", today).prompt(),
            seed: u64::try_from(today.days_since_epoch()).unwrap_or(0),
            ask_confidence: context.config()?.flag("learn", "ask_confidence").unwrap_or(true),
            zone: &zone,
        };
        let step = match self.found {
            Found::Case(id) => {
                let case = self.case(&self.curriculum.id, id, context)?;
                let read = CaseStep {
                    curriculum: None,
                    case: id.clone(),
                    ask: Vec::new(),
                };
                let head = self.head(
                    id.as_str(),
                    StepKind::Case(read.clone()).shown(),
                    3,
                    &case.capabilities,
                );
                return Ok(session::read_case(&mut sitting, &head, &read, &case, false));
            }
            Found::Step(id) => self.step(id)?,
        };
        let per_question = self.workspace.settings.plan.seconds_per_question;
        // As long as it takes once it is offered.
        let live = Step {
            retired: false,
            ..step.clone()
        };
        let minutes = live.seconds(per_question).minutes().0;
        let head = self.head(step.id.as_str(), step.kind.shown(), minutes, &step.capabilities);
        Ok(match &step.kind {
            StepKind::Case(named) => {
                let of = named.curriculum.as_ref().unwrap_or(&self.curriculum.id);
                let case = self.case(of, &named.case, context)?;
                session::read_case(&mut sitting, &head, named, &case, false)
            }
            StepKind::Quiz(_) => {
                let quiz = self.quiz(step);
                session::answer_quiz(&mut sitting, &head, quiz).map(|answered| answered.ended)
            }
            StepKind::Practice(practice) => {
                let none: [Event<'static>; 0] = [];
                let progress = fold(&none, self.curriculum, &self.workspace.settings, today);
                let draft = report::why_draft(&self.workspace.settings, self.curriculum, practice, &progress);
                session::do_practice(&mut sitting, &head, step, practice, draft.as_deref(), None)
            }
            StepKind::Talk(talk) => {
                let people = self.talk_people(talk.with, context);
                session::hold_talk(&mut sitting, &head, step, talk, &people)
            }
            StepKind::Reflect(ask) => session::reflect(&mut sitting, &head, step, ask),
        })
    }

    fn step(&self, id: &str) -> Result<&Step> {
        self.curriculum.step(id).ok_or_else(|| {
            CliError::could_not(format!("the step {id} could not be read")).hint("why: upwards check")
        })
    }

    fn case(&self, of: &CurriculumId, id: &CaseId, context: &Context) -> Result<Case> {
        context.sound(files::load_case(
            self.tree,
            of,
            id,
            &self.workspace.settings.language,
        ))
    }

    fn head(
        &self,
        step: &str,
        kind: String,
        minutes: u32,
        capabilities: &[crate::base::id::CapabilityId],
    ) -> StepHead {
        let names: Vec<&str> = capabilities
            .iter()
            .filter_map(|c| self.curriculum.capability(c.as_str()))
            .map(|c| c.name.as_str())
            .collect();
        StepHead {
            place: (1, 1),
            step: step.to_owned(),
            kind,
            minutes,
            capabilities: and_list(&names),
            clock: (minutes, 0),
        }
    }

    fn quiz<'q>(&self, step: &'q Step) -> Quiz<'q> {
        let questions = questions(step);
        let mut sources = BTreeMap::new();
        for named in questions.iter().flat_map(|q| &q.sources) {
            let language = &self.workspace.settings.language;
            let found = named.split_once('.').and_then(|(case, source)| {
                let case =
                    files::load_case(self.tree, &self.curriculum.id, &case.parse().ok()?, language).value?;
                case.sources.iter().find(|s| s.id == source).map(Source::words)
            });
            sources.extend(found.map(|words| (named.clone(), words)));
        }
        Quiz {
            step,
            questions,
            answered: std::collections::BTreeSet::new(),
            started: false,
            finished: false,
            worth: BTreeMap::new(),
            sources,
        }
    }

    fn talk_people(&self, with: TalkWith, context: &Context) -> TalkPeople {
        let people = self
            .workspace
            .people
            .iter()
            .filter(|p| p.is_here(context.now.today));
        let others = people.filter(|p| match with {
            TalkWith::Peer => p.is(Role::Executive) || p.external,
            TalkWith::Mentor => p.is(Role::Mentor),
        });
        let mut others: Vec<(String, String)> = others.map(|p| (p.id.to_string(), p.name.clone())).collect();
        others.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
        TalkPeople {
            own: String::new(),
            others,
            known: KnownTalks::default(),
        }
    }

    fn title(&self) -> String {
        match self.found {
            Found::Case(id) => id.to_string(),
            Found::Step(id) => match self.curriculum.step(id) {
                Some(step) => match &step.kind {
                    StepKind::Quiz(questions) => step
                        .title
                        .clone()
                        .unwrap_or_else(|| report::title_of(step, questions.len())),
                    _ => report::title_of(step, 0),
                },
                None => id.clone(),
            },
        }
    }
}

/// Questions as they are asked; of a step that is retired, or waits to be offered, all of them.
fn questions(step: &Step) -> Vec<&Question> {
    let live: Vec<&Question> = step.live_questions().collect();
    match &step.kind {
        StepKind::Quiz(all) if live.is_empty() => all.iter().collect(),
        _ => live,
    }
}

/// All of it as lines, every question with the answers that lead on.
fn printed(looked: &Looked<'_>, shows_answers: bool, context: &Context) -> Result<Vec<String>> {
    let solutions = match looked.found {
        Found::Step(id) if shows_answers => solutions(looked.step(id)?),
        _ => BTreeMap::new(),
    };
    let mut asker = Printed::new(context.ui.prose_width(), solutions);
    match looked.go_through(&mut asker, context)? {
        Ok(_) => Ok(asker.into_lines()),
        Err(SessionError::Ask(error)) => Err(error.into()),
        Err(SessionError::Keep(error)) => Err(CliError::could_not(error.to_string())),
    }
}

/// What is right, and what is said of the rest.
fn solutions(step: &Step) -> BTreeMap<String, Solution> {
    let mut all = BTreeMap::new();
    for question in questions(step) {
        let right = question.right();
        let others = question
            .options
            .iter()
            .filter(|option| !option.right)
            .map(|option| {
                let why = option.why.as_deref().unwrap_or_default();
                t!(
                    "preview.other",
                    "Not \"{option}\": {why}",
                    option = option.text,
                    why = why
                )
            });
        let solution = Solution {
            right: right.iter().map(ToString::to_string).collect(),
            others: others.collect(),
        };
        all.insert(format!("{}.choice", question.id), solution);
    }
    all
}

fn show(args: &PreviewArgs, looked: &Looked<'_>, lines: Vec<String>, context: &Context) -> Result<Outcome> {
    if !args.html {
        context.ui.lines(lines)?;
        return Ok(Outcome::Done);
    }
    let language = &looked.workspace.settings.language;
    let page = match looked.found {
        Found::Case(id) => {
            let case = looked.case(&looked.curriculum.id, id, context)?;
            render::case_html(
                &report::case_page(&case),
                case.language.as_deref().unwrap_or(language),
            )
        }
        Found::Step(_) => render::lines_html(&looked.title(), &lines, language),
    };
    match context.ui.out_file.as_deref().filter(|file| *file != "-") {
        Some(file) if context.global.dry_run => {
            context.ui.may_write(file, page.as_bytes())?;
            context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        }
        Some(file) => {
            context.ui.write_file(file, page.as_bytes())?;
            context.ui.notice(&format!("wrote {file}"))?;
        }
        None => context.ui.bytes(page.as_bytes())?,
    }
    Ok(Outcome::Done)
}

/// What somebody gets who has done nothing yet.
fn planned(minutes: u32, tree: &Tree, context: &mut Context) -> Result<Outcome> {
    let minutes: Minutes = plan::minutes(Some(minutes), context)?;
    let settings = context.settings()?;
    let id = context.curriculum_meant(None)?;
    let mut curriculum = context.sound(files::load_curriculum(tree, &id))?;
    context.sound(files::fill_case_steps(tree, &mut curriculum, &settings.language))?;
    let today = context.now.today;
    let none: [Event<'static>; 0] = [];
    let progress: Progress<'_> = fold(&none, &curriculum, &settings, today);
    let subjects = [crate::plan::Subject {
        curriculum: &curriculum,
        progress: &progress,
        own: None,
    }];
    let plan = crate::plan::plan(&subjects, &settings, context.now, minutes);
    let report = if context.ui.wants_data()? {
        report::plan_data(&plan, &subjects, today)
    } else {
        let name = t!("preview.newcomer", "A newcomer");
        let about = PlanAbout {
            name: &name,
            minutes,
            today,
            with_reasons: true,
        };
        let mut report = report::plan_screen(&plan, &subjects, &about);
        report.hints.clear();
        report
    };
    context.ui.report(report)?;
    Ok(Outcome::Done)
}
