//! What becomes of each question of a file in the module that it is to join.

use std::collections::BTreeMap;

use super::import::missing_whys;
use crate::base::texts::t;
use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::interop::{Bank, Block, Fate, ForeignQuestion};
use crate::model::curriculum::{QuizOption, StepKind};
use crate::model::written::{FormerKind, WrittenModule};
use crate::report::QuestionRow;

/// What a module holds already.
pub(super) struct Known {
    questions: BTreeMap<String, ForeignQuestion>,
    steps: Vec<String>,
    /// Heirs by former ids of questions.
    former: BTreeMap<String, String>,
}

impl Known {
    /// What a module holds, retired or not.
    pub(super) fn of(written: &WrittenModule) -> Self {
        let mut known = Self {
            questions: BTreeMap::new(),
            steps: Vec::new(),
            former: BTreeMap::new(),
        };
        for step in &written.module.steps {
            known.steps.push(step.id.short().to_owned());
            if let StepKind::Quiz(questions) = &step.kind {
                let foreign = questions.iter().map(ForeignQuestion::of);
                known
                    .questions
                    .extend(foreign.map(|question| (question.id.clone(), question)));
            }
        }
        for former in written
            .former
            .iter()
            .filter(|former| former.kind == FormerKind::Question)
        {
            let short = |id: &str| id.rsplit('.').next().unwrap_or_default().to_owned();
            known.former.insert(short(&former.id), short(&former.heir));
        }
        known
    }
}

/// What becomes of a question.
#[derive(Debug)]
enum Decision<'a> {
    Added(&'a ForeignQuestion),
    Here(&'a ForeignQuestion),
    Refused(Option<&'a ForeignQuestion>),
    NoQuestion(&'static str),
}

/// A line of the report.
#[derive(Debug)]
struct Line<'a> {
    /// The block's place in the file.
    place: usize,
    block: &'a Block,
    decision: Decision<'a>,
    losses: &'a [String],
    without_why: Vec<usize>,
    reason: String,
}

/// What becomes of all of them.
#[derive(Debug)]
pub(super) struct Fates<'a> {
    lines: Vec<Line<'a>>,
}

/// Compares a bank with what a module holds.
pub(super) fn fates<'a>(bank: &'a Bank, known: &Known) -> Fates<'a> {
    let mut new: BTreeMap<&str, (&ForeignQuestion, usize)> = BTreeMap::new();
    let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
    for question in known.questions.values() {
        texts.entry(&question.text).or_insert(&question.id);
    }
    let mut lines = Vec::new();
    for (place, block) in bank.blocks.iter().enumerate() {
        let line = |decision, reason| line(place, block, decision, reason);
        match &block.fate {
            Fate::NoQuestion(kind) => {
                let decision = Decision::NoQuestion(kind.word());
                lines.push(line(decision, String::new()));
            }
            Fate::Refused(why) => lines.push(line(Decision::Refused(None), why.clone())),
            Fate::Taken { questions, losses } => {
                for question in questions {
                    let (decision, reason) = decide(question, known, &new);
                    let mut line = line(decision, reason);
                    line.losses = losses;
                    line.without_why = question.without_why();
                    if matches!(line.decision, Decision::Added(_)) {
                        if let Some(other) = texts.get(&*question.text) {
                            line.reason = format!("it asks the same as {other}, with other options");
                        }
                        new.insert(&question.id, (question, block.line));
                        texts.entry(&question.text).or_insert(&question.id);
                    }
                    lines.push(line);
                }
            }
        }
    }
    Fates { lines }
}

fn line<'a>(place: usize, block: &'a Block, decision: Decision<'a>, reason: String) -> Line<'a> {
    Line {
        place,
        block,
        decision,
        losses: &[],
        without_why: Vec::new(),
        reason,
    }
}

fn decide<'a>(
    question: &'a ForeignQuestion,
    known: &Known,
    new: &BTreeMap<&str, (&ForeignQuestion, usize)>,
) -> (Decision<'a>, String) {
    if let Some(heir) = known.former.get(&question.id) {
        return (Decision::Here(question), format!("it goes on as {heir}"));
    }
    let (there, place) = match (known.questions.get(&question.id), new.get(&*question.id)) {
        (Some(there), _) => (there, "in the module".to_owned()),
        (None, Some((there, line))) => (*there, format!("on line {line}")),
        (None, None) if known.steps.contains(&question.id) => {
            let why = format!("its id {} is that of a step of the module", question.id);
            return (Decision::Refused(Some(question)), why);
        }
        (None, None) => return (Decision::Added(question), String::new()),
    };
    if !asks_the_same(there, question) {
        let why = format!(
            "its id {} is that of another question {place}: {}",
            question.id, there.title
        );
        return (Decision::Refused(Some(question)), why);
    }
    let reason = if says_the_same(there, question) {
        String::new()
    } else {
        format!("its title, hint or whys are others {place}, and stay as they are")
    };
    (Decision::Here(question), reason)
}

/// Whether two questions are one: the same text and the same options, in any order.
fn asks_the_same(one: &ForeignQuestion, other: &ForeignQuestion) -> bool {
    let options = |question: &ForeignQuestion| {
        let options = sorted(question).into_iter();
        options
            .map(|option| (option.text, option.right))
            .collect::<Vec<_>>()
    };
    one.text == other.text && options(one) == options(other)
}

/// Whether two questions that are one say the same around it too.
fn says_the_same(one: &ForeignQuestion, other: &ForeignQuestion) -> bool {
    one.title == other.title && one.hint == other.hint && sorted(one) == sorted(other)
}

fn sorted(question: &ForeignQuestion) -> Vec<QuizOption> {
    let mut options = question.options.clone();
    options.sort_by(|one, other| one.text.cmp(&other.text));
    options
}

impl<'a> Fates<'a> {
    /// Questions that join the module.
    pub(super) fn added(&self) -> impl Iterator<Item = &'a ForeignQuestion> {
        self.lines.iter().filter_map(|line| match line.decision {
            Decision::Added(question) => Some(question),
            Decision::Here(_) | Decision::Refused(_) | Decision::NoQuestion(_) => None,
        })
    }

    /// How many are refused.
    pub(super) fn refused(&self) -> usize {
        let refused = self
            .lines
            .iter()
            .filter(|line| matches!(line.decision, Decision::Refused(_)));
        refused.count()
    }

    /// Why each block is refused, or a question of it, by its place in the file.
    pub(super) fn refusals(&self) -> BTreeMap<usize, String> {
        let mut refusals: BTreeMap<usize, String> = BTreeMap::new();
        for line in &self.lines {
            if matches!(line.decision, Decision::Refused(_)) {
                let why = refusals.entry(line.place).or_default();
                if !why.is_empty() {
                    why.push_str("; ");
                }
                why.push_str(&line.reason);
            }
        }
        refusals
    }

    /// A row a question, for programs.
    pub(super) fn rows(&self) -> Vec<QuestionRow<'_>> {
        self.lines.iter().map(Line::row).collect()
    }

    /// Each of them, for a person.
    pub(super) fn show(&self, context: &Context) -> Result<()> {
        let headings = [
            ("added", t!("curricula.import.added", "imported")),
            (
                "added-with-loss",
                t!("curricula.import.lossy", "imported with loss"),
            ),
            ("refused", t!("curricula.import.not", "refused")),
            ("here", t!("curricula.import.here", "already here")),
            ("no-question", t!("curricula.import.other", "no question")),
        ];
        for (outcome, heading) in headings {
            let lines: Vec<&Line<'_>> = self
                .lines
                .iter()
                .filter(|line| line.outcome() == outcome)
                .collect();
            if lines.is_empty() {
                continue;
            }
            context.ui.line(format!("  {heading}: {}", lines.len()))?;
            for line in lines {
                line.show(context)?;
            }
        }
        let added = self
            .lines
            .iter()
            .filter(|line| matches!(line.decision, Decision::Added(_)));
        let without: Vec<usize> = added
            .map(|line| line.without_why.len())
            .filter(|n| *n > 0)
            .collect();
        if !without.is_empty() {
            context
                .ui
                .line(missing_whys(without.iter().sum(), without.len()))?;
        }
        Ok(())
    }
}

impl Line<'_> {
    fn row(&self) -> QuestionRow<'_> {
        QuestionRow {
            line: self.block.line,
            title: self.title(),
            outcome: self.outcome(),
            id: self.question().map(|question| question.id.as_str()),
            losses: self.losses,
            without_why: &self.without_why,
            reason: match self.decision {
                Decision::NoQuestion(kind) => kind,
                _ => &self.reason,
            },
        }
    }

    fn question(&self) -> Option<&ForeignQuestion> {
        match self.decision {
            Decision::Added(question) | Decision::Here(question) => Some(question),
            Decision::Refused(question) => question,
            Decision::NoQuestion(_) => None,
        }
    }

    fn title(&self) -> &str {
        self.question()
            .map_or(&self.block.name, |question| &question.title)
    }

    fn outcome(&self) -> &'static str {
        match self.decision {
            Decision::Added(_) if self.losses.is_empty() => "added",
            Decision::Added(_) => "added-with-loss",
            Decision::Here(_) => "here",
            Decision::Refused(_) => "refused",
            Decision::NoQuestion(_) => "no-question",
        }
    }

    fn show(&self, context: &Context) -> Result<()> {
        let ui = &context.ui;
        let kind = match self.decision {
            Decision::NoQuestion(kind) => format!("{kind}: "),
            _ => String::new(),
        };
        ui.line(t!(
            "curricula.import.line",
            "    line {line}: {title}",
            line = self.block.line,
            title = format!("{kind}{}", self.title())
        ))?;
        if let Decision::Added(question) = self.decision {
            ui.line(format!("      id {}", question.id))?;
            for loss in self.losses {
                ui.line(format!("      - {loss}"))?;
            }
            if !self.without_why.is_empty() {
                let places: Vec<String> = self.without_why.iter().map(ToString::to_string).collect();
                ui.line(t!(
                    "curricula.import.no_why",
                    "      no why: option {options}",
                    options = places.join(", ")
                ))?;
            }
        }
        if !self.reason.is_empty() {
            ui.line(format!("      {}", self.reason))?;
        }
        Ok(())
    }
}
