//! A simulated author: one random change after the other, of every kind, as the files of a curriculum would say it.

use std::collections::BTreeMap;

use upwards::base::id::{QuestionId, StepId};
use upwards::base::time::{Date, Minutes};
use upwards::model::capability::Capability;
use upwards::model::curriculum::{Curriculum, Module, Question, QuizOption, Step, StepKind};

use crate::executive::Head;

/// The kinds of change.
pub(crate) const KINDS: [&str; 30] = [
    "reword",
    "title",
    "raise a question",
    "lower a question",
    "retire a question",
    "revive a question",
    "remove a question",
    "rename a question",
    "another capability",
    "another quiz",
    "merge questions",
    "split an heir off",
    "add a question",
    "add an option",
    "add a practice",
    "retire a practice",
    "rename a practice",
    "another capability of a practice",
    "add a step since a day",
    "raise a step",
    "minutes",
    "needs",
    "order",
    "rename a module",
    "unlist a module",
    "list it again",
    "needed",
    "weight",
    "core",
    "capability gone or back",
];

/// Where a question stands: module, step, question.
type At = (usize, usize, usize);

pub(crate) struct Author {
    head: Head,
    turn: u32,
    made: u32,
    /// Modules that are not listed at the moment.
    unlisted: Vec<Module>,
    /// A capability that is gone at the moment, and where it stood.
    gone: Option<(usize, Capability)>,
}

impl Author {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            head: Head {
                seed,
                first: 500,
                again: 500,
                half_life: 1,
            },
            turn: 0,
            made: 0,
            unlisted: Vec::new(),
            gone: None,
        }
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.turn += 1;
        let dice = self.head.dice("author", self.turn) >> 16;
        usize::try_from(dice).expect("64 bits") % n.max(1)
    }

    fn name(&mut self) -> String {
        self.made += 1;
        format!("made-{}", self.made)
    }

    fn one<T: Clone>(&mut self, among: &[T]) -> Option<T> {
        let place = self.below(among.len());
        among.get(place).cloned()
    }

    /// The curriculum after a change of a kind; `None` where there is nothing to change that way.
    pub(crate) fn change(&mut self, kind: &str, old: &Curriculum, today: Date) -> Option<Curriculum> {
        let mut new = old.clone();
        let done = match kind {
            "reword" | "title" | "raise a question" | "lower a question" | "retire a question"
            | "remove a question" | "another capability" | "add an option" => self.question(kind, &mut new),
            "revive a question" => self.revive(&mut new),
            "rename a question" => self.rename(&mut new),
            "another quiz" => self.other_quiz(&mut new),
            "merge questions" => self.merge(&mut new),
            "split an heir off" => self.split(&mut new),
            "add a question" => self.add_question(&mut new),
            "add a practice" | "add a step since a day" => self.add_step(kind, &mut new, today),
            "retire a practice"
            | "rename a practice"
            | "another capability of a practice"
            | "raise a step"
            | "minutes"
            | "needs" => self.step(kind, &mut new),
            "order" => {
                new.modules.rotate_left(1);
                new.modules[0].steps.rotate_left(1);
                Some(())
            }
            "rename a module" => self.rename_module(&mut new),
            "unlist a module" => self.unlist(&mut new),
            "list it again" => self.unlisted.pop().map(|module| new.modules.push(module)),
            "capability gone or back" => {
                self.capability_gone(&mut new);
                Some(())
            }
            "needed" | "weight" | "core" => self.capability(kind, &mut new),
            other => panic!("{other} is no kind"),
        };
        done.filter(|()| new != *old).map(|()| new)
    }

    fn live(&mut self, curriculum: &Curriculum) -> Option<At> {
        let all = places(curriculum, |step, question| !step.retired && !question.retired);
        self.one(&all)
    }

    fn question(&mut self, kind: &str, new: &mut Curriculum) -> Option<()> {
        // Only a raised one can be lowered.
        let least = if kind == "lower a question" { 2 } else { 1 };
        let among = places(new, |step, question| {
            !step.retired && !question.retired && question.rev >= least
        });
        let at = self.one(&among)?;
        let capabilities: Vec<_> = new.capabilities.iter().map(|c| c.id.clone()).collect();
        let capability = self.one(&capabilities)?;
        let name = self.name();
        let questions = questions(new, at);
        let question = &mut questions[at.2];
        match kind {
            "reword" => question.text = name,
            "title" => question.title = name,
            "raise a question" => question.rev += 1,
            "lower a question" => question.rev -= 1,
            "retire a question" => question.retired = true,
            "remove a question" => drop(questions.remove(at.2)),
            "another capability" => question.capability = capability,
            _ => question.options.push(option(&name, false)),
        }
        Some(())
    }

    fn revive(&mut self, new: &mut Curriculum) -> Option<()> {
        let former: Vec<&str> = new.former_questions.keys().map(QuestionId::as_str).collect();
        let retired = places(new, |step, question| {
            !step.retired && question.retired && !former.contains(&question.id.as_str())
        });
        let at = self.one(&retired)?;
        questions(new, at)[at.2].retired = false;
        Some(())
    }

    fn rename(&mut self, new: &mut Curriculum) -> Option<()> {
        let at = self.live(new)?;
        let module = new.modules[at.0].id.to_string();
        let id: QuestionId = format!("{module}.{}", self.name()).parse().expect("an id");
        let old = std::mem::replace(&mut questions(new, at)[at.2].id, id.clone());
        inherit(&mut new.former_questions, &old, &id);
        Some(())
    }

    fn other_quiz(&mut self, new: &mut Curriculum) -> Option<()> {
        let at = self.live(new)?;
        let is_other = |(place, step): &(usize, &Step)| {
            *place != at.1 && !step.retired && matches!(step.kind, StepKind::Quiz(_))
        };
        let steps = new.modules[at.0].steps.iter().enumerate();
        let others: Vec<usize> = steps.filter(is_other).map(|(place, _)| place).collect();
        let to = self.one(&others)?;
        let question = questions(new, at).remove(at.2);
        questions(new, (at.0, to, 0)).push(question);
        Some(())
    }

    fn merge(&mut self, new: &mut Curriculum) -> Option<()> {
        let (at, into) = (self.live(new)?, self.live(new)?);
        let heir = questions(new, into)[into.2].id.clone();
        let goes = questions(new, at)[at.2].id.clone();
        if heir == goes {
            return None;
        }
        questions(new, at).remove(at.2);
        inherit(&mut new.former_questions, &goes, &heir);
        Some(())
    }

    fn split(&mut self, new: &mut Curriculum) -> Option<()> {
        let former: Vec<QuestionId> = new.former_questions.keys().cloned().collect();
        let one = self.one(&former)?;
        new.former_questions.remove(&one);
        Some(())
    }

    fn add_question(&mut self, new: &mut Curriculum) -> Option<()> {
        let at = self.live(new)?;
        let name = self.name();
        let mut question = questions(new, at)[at.2].clone();
        question.id = format!("{}.{name}", new.modules[at.0].id).parse().expect("an id");
        question.rev = 1;
        questions(new, at).push(question);
        Some(())
    }

    fn add_step(&mut self, kind: &str, new: &mut Curriculum, today: Date) -> Option<()> {
        let practices = steps(new, |step| matches!(step.kind, StepKind::Practice(_)));
        let (module, step) = self.one(&practices)?;
        let name = self.name();
        let mut step = new.modules[module].steps[step].clone();
        step.id = format!("{}.{name}", new.modules[module].id)
            .parse()
            .expect("an id");
        step.retired = false;
        step.since = (kind != "add a practice").then_some(today);
        new.modules[module].steps.push(step);
        Some(())
    }

    fn step(&mut self, kind: &str, new: &mut Curriculum) -> Option<()> {
        let wants_practice = kind.contains("practice");
        // Title and revision of a case step are those of its case.
        let live = steps(new, |step| match step.kind {
            StepKind::Practice(_) => !step.retired,
            StepKind::Case(_) => false,
            _ => !step.retired && !wants_practice,
        });
        let (module, place) = self.one(&live)?;
        let capabilities: Vec<_> = new.capabilities.iter().map(|c| c.id.clone()).collect();
        let capability = self.one(&capabilities)?;
        let first: StepId = new.modules[module].steps[0].id.clone();
        let id: StepId = format!("{}.{}", new.modules[module].id, self.name())
            .parse()
            .expect("an id");
        let step = &mut new.modules[module].steps[place];
        match kind {
            "retire a practice" => step.retired = true,
            "another capability of a practice" => step.capabilities = vec![capability],
            "raise a step" => step.rev += 1,
            "minutes" => step.minutes = Some(Minutes(step.minutes.map_or(7, |minutes| minutes.0 + 2))),
            "needs" => step.needs = vec![first],
            _ => {
                let old = std::mem::replace(&mut step.id, id.clone());
                inherit(&mut new.former_steps, &old, &id);
                renamed_needs(new, &old, &id);
            }
        }
        Some(())
    }

    fn rename_module(&mut self, new: &mut Curriculum) -> Option<()> {
        let place = self.below(new.modules.len());
        let name = self.name();
        let module = new.modules.get_mut(place)?;
        let old = std::mem::replace(&mut module.id, name.parse().expect("an id"));
        let id = module.id.clone();
        let (mut of_steps, mut of_questions) = (Vec::new(), Vec::new());
        let under = |long: &str| format!("{name}.{}", long.split_once('.').expect("two parts").1);
        for step in &mut module.steps {
            let now: StepId = under(step.id.as_str()).parse().expect("an id");
            of_steps.push((std::mem::replace(&mut step.id, now.clone()), now));
            if let StepKind::Quiz(questions) = &mut step.kind {
                for question in questions {
                    let now: QuestionId = under(question.id.as_str()).parse().expect("an id");
                    of_questions.push((std::mem::replace(&mut question.id, now.clone()), now));
                }
            }
        }
        for (old, now) in &of_steps {
            inherit(&mut new.former_steps, old, now);
            renamed_needs(new, old, now);
        }
        for (old, now) in &of_questions {
            inherit(&mut new.former_questions, old, now);
        }
        inherit(&mut new.former_modules, &old, &id);
        Some(())
    }

    fn unlist(&mut self, new: &mut Curriculum) -> Option<()> {
        if new.modules.len() < 4 {
            return None;
        }
        let place = self.below(new.modules.len());
        self.unlisted.push(new.modules.remove(place));
        // Former ids of what is not there have no heir, as when its file is not read.
        let there: Vec<String> = new.modules.iter().map(|module| module.id.to_string()).collect();
        let is_there = |id: &str| there.iter().any(|module| id.split('.').next() == Some(module));
        new.former_questions.retain(|_, heir| is_there(heir.as_str()));
        new.former_steps.retain(|_, heir| is_there(heir.as_str()));
        new.former_modules.retain(|_, heir| is_there(heir.as_str()));
        Some(())
    }

    fn capability_gone(&mut self, new: &mut Curriculum) {
        if let Some((place, capability)) = self.gone.take() {
            new.capabilities.insert(place, capability);
        } else {
            let place = self.below(new.capabilities.len());
            self.gone = Some((place, new.capabilities.remove(place)));
        }
    }

    fn capability(&mut self, kind: &str, new: &mut Curriculum) -> Option<()> {
        let place = self.below(new.capabilities.len());
        let needed = u32::try_from(4 + self.below(6)).expect("small");
        let part = self.below(3);
        let capability = new.capabilities.get_mut(place)?;
        match (kind, part) {
            ("weight", _) => capability.weight = 1 + needed % 3,
            ("core", _) => capability.core = !capability.core,
            (_, 0) => capability.knowledge_needed = Some(needed),
            (_, 1) => capability.hands_on_needed = Some(1 + needed % 3),
            _ => capability.dialogue_needed = Some(needed % 3),
        }
        Some(())
    }
}

fn option(text: &str, right: bool) -> QuizOption {
    QuizOption {
        text: text.to_owned(),
        right,
        why: None,
    }
}

/// All that was recorded for a former id goes on under another one, with what that had taken over before.
fn inherit<T: Ord + Clone>(former: &mut BTreeMap<T, T>, old: &T, heir: &T) {
    for one in former.values_mut() {
        if one == old {
            *one = heir.clone();
        }
    }
    former.remove(heir);
    former.insert(old.clone(), heir.clone());
}

fn renamed_needs(curriculum: &mut Curriculum, old: &StepId, new: &StepId) {
    let steps = curriculum.modules.iter_mut().flat_map(|module| &mut module.steps);
    for need in steps.flat_map(|step| &mut step.needs) {
        if need == old {
            *need = new.clone();
        }
    }
}

fn places(curriculum: &Curriculum, is_meant: impl Fn(&Step, &Question) -> bool) -> Vec<At> {
    let mut places = Vec::new();
    for (m, module) in curriculum.modules.iter().enumerate() {
        for (s, step) in module.steps.iter().enumerate() {
            let questions = step.questions().iter().enumerate();
            let meant = questions.filter(|(_, question)| is_meant(step, question));
            places.extend(meant.map(|(q, _)| (m, s, q)));
        }
    }
    places
}

fn steps(curriculum: &Curriculum, is_meant: impl Fn(&Step) -> bool) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    for (m, module) in curriculum.modules.iter().enumerate() {
        let steps = module.steps.iter().enumerate();
        places.extend(steps.filter(|(_, step)| is_meant(step)).map(|(s, _)| (m, s)));
    }
    places
}

fn questions(curriculum: &mut Curriculum, at: At) -> &mut Vec<Question> {
    match &mut curriculum.modules[at.0].steps[at.1].kind {
        StepKind::Quiz(questions) => questions,
        _ => panic!("a quiz"),
    }
}
