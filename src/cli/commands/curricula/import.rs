//! `curricula import`: questions of another program into a quiz of a module.

use std::collections::BTreeMap;
use std::path::Path;

use clap::{Args, ValueEnum};

use super::module_at::{ModuleAt, module_at};
use super::question_fates::{Fates, Known, fates};
use crate::base::diag::{Diagnostic, Severity};
use crate::base::id::{CapabilityId, CurriculumId, check_slug, slugify};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::plural;
use crate::check::{self, GuessChance};
use crate::cli::commands::check::print_findings;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::packs::{lock_files, no_link_above, replace_unchanged};
use crate::disk;
use crate::files::{self, NewQuestion, QuizToJoin};
use crate::interop::{self, Bank, QuestionFormat};
use crate::model::curriculum::StepKind;
use crate::model::written::Everything;
use crate::report;

#[derive(Debug, Args)]
#[command(
    after_help = "Nothing is dropped silently: each question is imported, imported with what it lost, or refused with why. A question keeps\nits id, or gets one made of its words, so that the same file twice adds nothing. What each format loses: README, Questions\nof other programs.\n\nEXAMPLES:\n  upwards curricula import questions.gift --into answer-in-public --dry-run\n  upwards curricula import quiz.txt --from aiken --into answer-in-public --quiz first-answers --yes\n  upwards curricula import bank.xml --into lead-it --capability lead --failures refused.xml"
)]
pub(super) struct ImportArgs {
    /// GIFT, Aiken, Moodle XML, CSV or a workbook, or - for standard input
    file: String,
    /// How it is written [default: by its ending]
    #[arg(long = "from", value_name = "FORMAT")]
    from: Option<Format>,
    /// The module, or curriculum/module
    #[arg(long, value_name = "MODULE")]
    into: String,
    /// What the questions are evidence for [default: the module's, if it has one]
    #[arg(long, value_name = "CAPABILITY")]
    capability: Option<String>,
    /// The quiz they join, made if it is not there [default: named after the file]
    #[arg(long, value_name = "QUIZ")]
    quiz: Option<String>,
    /// Where refused questions go, each with why, to be mended and imported again
    #[arg(long, value_name = "FILE")]
    failures: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Gift,
    Aiken,
    MoodleXml,
    Csv,
    Xlsx,
}

impl Format {
    fn of(self) -> QuestionFormat {
        match self {
            Self::Gift => QuestionFormat::Gift,
            Self::Aiken => QuestionFormat::Aiken,
            Self::MoodleXml => QuestionFormat::MoodleXml,
            Self::Csv => QuestionFormat::Csv,
            Self::Xlsx => QuestionFormat::Xlsx,
        }
    }
}

pub(super) fn run(args: &ImportArgs, context: &mut Context) -> Result<Outcome> {
    if let Some(file) = args.failures.as_deref() {
        let here = |path: &str| context.environment.folder.join(path);
        if here(file) == here(&args.file) {
            return Err(CliError::usage(format!(
                "--failures {file} is the file that is read: what was taken would be gone from it"
            ))
            .hint("name another file"));
        }
    }
    let place = module_at(&args.into, context)?;
    let path = place.own_path()?;
    let name = if args.file == "-" {
        "standard input"
    } else {
        &args.file
    };
    let bank = read(args, name, context)?;
    let quiz = quiz(args, &place, context)?;
    let capability = capability(args, &place, &quiz)?;
    let known = Known::of(&place.written.value);
    let fates = fates(&bank, &known);
    if let Some(file) = args.failures.as_deref().filter(|_| fates.refused() > 0) {
        // Rather before anything is written than after.
        let refused = interop::failures(&bank, &fates.refusals());
        let folder = Path::new(file).parent().filter(|folder| *folder != Path::new(""));
        if folder.is_some_and(|folder| !folder.is_dir()) {
            return Err(CliError::could_not(format!("there is no folder for {file}"))
                .hint("name a file in a folder that is there; nothing was written"));
        }
        context.ui.may_write(file, refused.as_bytes())?;
    }
    let is_used = quiz.is_there && place.is_listed;
    let quiz = QuizToJoin {
        capability: capability.clone().filter(|_| !quiz.is_there),
        since: quiz.since,
        id: quiz.id,
    };
    let questions: Vec<NewQuestion> = fates
        .added()
        .map(|question| new(question, &quiz, capability.as_deref()))
        .collect();
    let before = place.written.source.text();
    let after = if questions.is_empty() {
        before.to_owned()
    } else {
        files::add_questions(before, &quiz, &questions)
            .map_err(|fault| CliError::could_not(format!("{path}: {fault}")))?
    };
    let import = Import {
        args,
        name,
        place: &place,
        path,
        bank: &bank,
        fates: &fates,
        quiz: &quiz.id,
        is_used,
        before,
        after,
    };
    import.run(context)
}

fn read(args: &ImportArgs, name: &str, context: &mut Context) -> Result<Bank> {
    /// No file of questions is larger.
    const MOST: u64 = 64 * 1024 * 1024;
    let bytes = if args.file == "-" {
        context.stdin(MOST)?
    } else {
        disk::read_limited(Path::new(&args.file), MOST)?
    };
    let bytes = bytes.ok_or_else(|| CliError::could_not(format!("{name} is larger than 64 MiB")))?;
    let format = args
        .from
        .map(Format::of)
        .or_else(|| QuestionFormat::of(&args.file, &bytes));
    let format = format.ok_or_else(|| {
        CliError::usage(format!("how is {name} written?"))
            .hint("say it: --from gift, --from aiken, --from moodle-xml, --from csv or --from xlsx")
    })?;
    let delimiter = context.global.delimiter.and_then(|c| u8::try_from(c).ok());
    let bank = interop::read_bank(&bytes, format, delimiter).map_err(|fault| {
        let hint = match fault {
            interop::BankError::NoColumn { .. } => {
                "headings: question, option 1, option 2, …, right, why 1, why 2, …"
            }
            interop::BankError::Unreadable(_) => "is it another format? say it: --from FORMAT",
        };
        CliError::could_not(format!("{name}: {fault}")).hint(hint)
    })?;
    if bank.blocks.is_empty() {
        return Err(
            CliError::could_not(format!("{name} holds no question as {}", format.word()))
                .hint("is it another format? say it: --from FORMAT"),
        );
    }
    Ok(bank)
}

/// The quiz that the questions join.
struct Quiz {
    id: String,
    is_there: bool,
    since: Option<Date>,
}

fn quiz(args: &ImportArgs, place: &ModuleAt, context: &Context) -> Result<Quiz> {
    let module = &place.written.value.module;
    let step = |id: &str| module.steps.iter().find(|step| step.id.short() == id);
    let is_quiz = |id: &str| step(id).is_some_and(|step| matches!(step.kind, StepKind::Quiz(_)));
    let is_taken = |id: &str| {
        // A quiz that is there is joined; anything else of that id is in the way.
        !is_quiz(id) && module.short_ids().any(|taken| taken == id)
    };
    let id = if let Some(typed) = &args.quiz {
        check_slug(typed).map_err(|fault| CliError::usage(format!("--quiz {typed}: {fault}")))?;
        if is_taken(typed) {
            let quizzes = module
                .steps
                .iter()
                .map(|step| step.id.short())
                .filter(|id| is_quiz(id));
            let quizzes: Vec<&str> = quizzes.collect();
            let error = CliError::usage(format!("{typed} is no quiz of {}", module.id));
            return Err(error.hint(format!(
                "quizzes: {}; or an id that is not there yet",
                quizzes.join(", ")
            )));
        }
        typed.clone()
    } else {
        let stem = Path::new(&args.file)
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        let stem = Some(slugify(stem))
            .filter(|stem| !stem.is_empty())
            .unwrap_or_else(|| "imported".to_owned());
        let numbered = (2..).map(|n| format!("{}-{n}", &stem[..stem.len().min(56)]));
        let mut free = std::iter::once(stem.clone())
            .chain(numbered)
            .filter(|id| !is_taken(id));
        free.next().unwrap_or_default()
    };
    let is_there = is_quiz(&id);
    if step(&id).is_some_and(|step| step.retired) {
        return Err(
            CliError::usage(format!("the quiz {id} is retired: nobody would be asked"))
                .hint("name another one: --quiz QUIZ"),
        );
    }
    // A step that joins a module in use reopens nobody's finished assignment.
    let since = (place.is_listed && !is_there).then_some(context.now.today);
    Ok(Quiz { id, is_there, since })
}

/// What each question has to say that it is evidence for; `None` = what its step says already.
fn capability(args: &ImportArgs, place: &ModuleAt, quiz: &Quiz) -> Result<Option<String>> {
    let module = &place.written.value.module;
    let step = module.steps.iter().find(|step| step.id.short() == quiz.id);
    let of_step = step.map_or(&module.capabilities, |step| &step.capabilities);
    let Some(typed) = &args.capability else {
        let names: Vec<&str> = of_step.iter().map(CapabilityId::as_str).collect();
        return match names.as_slice() {
            [_] => Ok(None),
            _ => Err(CliError::usage(format!(
                "what are the questions evidence for? {} has several capabilities",
                args.into
            ))
            .hint(format!("say it: --capability {}", names.join(" or ")))),
        };
    };
    let known = place
        .capabilities
        .iter()
        .map(|(id, name)| (id.as_str(), name.as_str()));
    if !place.capabilities.is_empty() && known.clone().all(|(id, _)| id != typed) {
        return Err(CliError::unknown(
            typed,
            "capability",
            known,
            "upwards curricula list",
        ));
    }
    let says_it = matches!(of_step.as_slice(), [one] if one.as_str() == typed);
    Ok((!says_it).then(|| typed.clone()))
}

fn new(question: &interop::ForeignQuestion, quiz: &QuizToJoin, capability: Option<&str>) -> NewQuestion {
    NewQuestion {
        id: question.id.clone(),
        title: question.title.clone(),
        text: question.text.clone(),
        // A new quiz says it once.
        capability: capability
            .filter(|_| quiz.capability.is_none())
            .map(str::to_owned),
        hint: question.hint.clone(),
        options: question.options.clone(),
    }
}

/// An import that knows what it would do.
struct Import<'a> {
    args: &'a ImportArgs,
    name: &'a str,
    place: &'a ModuleAt,
    path: String,
    bank: &'a Bank,
    fates: &'a Fates<'a>,
    quiz: &'a str,
    /// Whether the quiz is there already, in a curriculum in use.
    is_used: bool,
    before: &'a str,
    after: String,
}

impl Import<'_> {
    fn run(&self, context: &mut Context) -> Result<Outcome> {
        self.is_sound(context)?;
        let is_data = context.ui.wants_data()?;
        if is_data {
            let rows = self.fates.rows();
            context
                .ui
                .report(report::question_report(&rows, context.now.today))?;
        } else {
            self.show(context)?;
        }
        let count = self.fates.added().count();
        let is_dry = context.global.dry_run || (is_data && !context.global.yes);
        if count > 0 && !is_dry {
            if !context.agreed("curricula.import", &t!("assign.ask", "Write this?"), "--yes")? {
                context.ui.line(t!("nothing_written", "Nothing was written."))?;
                return Ok(Outcome::Done);
            }
            self.write(context)?;
        }
        if !is_data {
            let told = match (count, is_dry) {
                (0, _) => t!("curricula.import.nothing", "Nothing is added."),
                (_, true) => t!("dry_run", "Dry run, nothing was written."),
                _ => t!("saved", "Saved."),
            };
            context.ui.line(told)?;
        }
        self.finish(is_dry, context)
    }

    /// Writes what is refused where it was asked for, and says how it ended.
    fn finish(&self, is_dry: bool, context: &Context) -> Result<Outcome> {
        let refused = self.fates.refused();
        if refused == 0 {
            return Ok(Outcome::Done);
        }
        let told = t_n!(
            "curricula.import.refused",
            refused,
            "{n} question could not be taken",
            "{n} questions could not be taken"
        );
        let error = CliError::could_not(told);
        match &self.args.failures {
            Some(file) if !is_dry => {
                context.ui.write_file(
                    file,
                    interop::failures(self.bank, &self.fates.refusals()).as_bytes(),
                )?;
                Err(error.hint(format!(
                    "{file} holds what was refused, with why: mend it, then import it"
                )))
            }
            Some(_) => Err(error.hint("nothing was written, no file of failures either")),
            None => Err(error.hint("put them into a file to mend: --failures FILE")),
        }
    }

    /// Refuses what would break the module; what `check` only warns of is told.
    fn is_sound(&self, context: &mut Context) -> Result<()> {
        let most = usize::try_from(files::MAX_BYTES).unwrap_or(usize::MAX);
        if self.after.len() > most {
            return Err(CliError::could_not(format!(
                "{} would have {} KiB then, more than the 4 MiB of a file",
                self.path,
                self.after.len() / 1024
            ))
            .hint("nothing was written; divide the questions among several modules"));
        }
        if self.after == self.before {
            return Ok(());
        }
        let mut errors = self.findings(&self.after, context)?;
        errors.retain(|finding| finding.severity == Severity::Error);
        if errors.is_empty() {
            return Ok(());
        }
        print_findings(
            context,
            &errors,
            &BTreeMap::from([(self.path.clone(), self.after.clone())]),
        )?;
        Err(
            CliError::could_not(format!("{} would be wrong then; nothing was written", self.path))
                .hint("what a code means: upwards check --explain CODE"),
        )
    }

    fn findings(&self, text: &str, context: &mut Context) -> Result<Vec<Diagnostic>> {
        let everything = self.everything(text, context)?;
        Ok(check::run(&everything, context.now.today))
    }

    fn everything(&self, text: &str, context: &mut Context) -> Result<Everything> {
        let tree = context.tree()?;
        let id = &self.place.written.value.module.id;
        Ok(files::load_with_module(&tree, &self.place.curriculum, id, text))
    }

    fn show(&self, context: &mut Context) -> Result<()> {
        context.ui.line(t_n!(
            "curricula.import.title",
            self.bank.blocks.len(),
            "{file} as {format}: {n} thing in it; into {module}, quiz {quiz}",
            "{file} as {format}: {n} things in it; into {module}, quiz {quiz}",
            file = self.name,
            format = self.bank.format.word(),
            module = self.path,
            quiz = self.quiz
        ))?;
        for note in &self.bank.notes {
            context.ui.line(format!("  {note}"))?;
        }
        self.fates.show(context)?;
        if self.is_used && self.after != self.before {
            context.ui.prose(
                &t!(
                    "curricula.import.used",
                    "The quiz {quiz} is in use. Whom the new questions touch, before it is handed out: upwards curricula diff {id} --against git:HEAD --impact, or --against a copy of the folder as it was.",
                    quiz = self.quiz,
                    id = self.place.curriculum
                ),
                0,
            )?;
        }
        self.warnings(context)
    }

    /// What `check` would warn of, that it does not warn of now.
    fn warnings(&self, context: &mut Context) -> Result<()> {
        if self.after == self.before {
            return Ok(());
        }
        let count = |findings: Vec<Diagnostic>| {
            let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
            for finding in findings.iter().filter(|f| f.severity == Severity::Warning) {
                *counts.entry(finding.code).or_insert(0) += 1;
            }
            counts
        };
        let before = count(self.findings(self.before, context)?);
        let after = count(self.findings(&self.after, context)?);
        for (code, count) in after {
            let new = count.saturating_sub(before.get(code).copied().unwrap_or(0));
            if new > 0 {
                let what = check::rule(code).map_or("", |rule| rule.what);
                context.ui.line(t!(
                    "curricula.import.warns",
                    "check then warns more often of {code} ({count}): {what}",
                    code = code,
                    count = new,
                    what = what
                ))?;
            }
        }
        self.guessing(context)
    }

    /// What somebody who only guesses could open then: found in the curriculum's own file, and by more live questions.
    fn guessing(&self, context: &mut Context) -> Result<()> {
        /// Beyond these the chance takes longer to count out than the questions to read; `check` says it.
        const MOST: usize = 200;
        if self.fates.added().count() > MOST {
            return Ok(());
        }
        let before = check::gates_to_guess(&self.everything(self.before, context)?);
        let after = check::gates_to_guess(&self.everything(&self.after, context)?);
        let was = |gate: &(CurriculumId, GuessChance)| {
            let mut before = before.iter();
            let same = before.find(|one| one.0 == gate.0 && one.1.capability == gate.1.capability);
            same.map_or(0, |one| one.1.per_mille)
        };
        let worse = after
            .iter()
            .filter(|gate| gate.1.is_too_high && gate.1.per_mille > was(gate));
        if let Some(chance) = worse.map(|gate| gate.1.per_mille).max() {
            context.ui.line(t!(
                "curricula.import.guess",
                "check then warns of U310: whoever only guesses opens a knowledge gate with a chance of {chance} %",
                chance = format!("{}.{}", chance / 10, chance % 10)
            ))?;
        }
        Ok(())
    }

    fn write(&self, context: &mut Context) -> Result<()> {
        let tree = context.tree()?;
        let root = context.root()?;
        no_link_above(&tree, &self.path)?;
        let _lock = lock_files(context)?;
        replace_unchanged(&root.join(&self.path), &self.path, self.before, &self.after)?;
        context.ui.stored.set(true);
        Ok(())
    }
}

/// What a question of a module has no why for, in words.
pub(super) fn missing_whys(options: usize, questions: usize) -> String {
    t!(
        "curricula.import.whys",
        "Without a why: {options} of {questions}; people learn from it, and check names each",
        options = plural(options, "option"),
        questions = plural(questions, "question")
    )
}
