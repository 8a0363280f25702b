//! Texts that new material begins with: commented, and sound as they stand, so that an author changes words and never
//! begins with an error. Everything in quotes is to be replaced.

use std::fmt::Write as _;

use toml_edit::{Array, Value};

use super::scaffold::line;
use crate::base::id::{CapabilityId, CaseId, CurriculumId, ModuleId};
use crate::base::text::capitalised;
use crate::base::time::Date;

/// What every new file says of itself.
pub struct Beginning<'a> {
    /// Who keeps it.
    pub owner: &'a str,
    /// When it should be looked at again.
    pub review_by: Date,
    /// Of its texts.
    pub language: &'a str,
    /// What it is evidence for.
    pub capability: &'a CapabilityId,
}

/// The kinds of steps that can be begun by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewStep {
    /// Two questions.
    Quiz,
    /// Something to do with one's own hands.
    Practice,
    /// A talk with somebody.
    Talk,
}

/// A step that is about to join a module.
pub struct StepBeginning<'a> {
    /// What it is.
    pub kind: NewStep,
    /// Its id, unique among steps and questions of its module.
    pub id: &'a str,
    /// Ids of two questions, unique there too; for a quiz.
    pub questions: &'a [String; 2],
    /// What it is evidence for, where that is not what the module says.
    pub capability: Option<&'a CapabilityId>,
    /// Today, where the module is listed: the step then waits until its author offers it.
    pub joins: Option<Date>,
}

/// `curriculum.toml` of a new curriculum with one module and one capability.
pub fn new_curriculum(id: &CurriculumId, module: &ModuleId, begin: &Beginning<'_>) -> String {
    let mut text = schema_line("../../schema/curriculum.json");
    text.push_str("format = 1\n");
    line(&mut text, "id", &id.as_str().into());
    text.push_str("# Everything in quotes but ids is yours to replace; then: upwards check\n");
    line(&mut text, "title", &title_of(id.as_str()).into());
    line(&mut text, "language", &begin.language.into());
    text.push_str("rev = 1    # raise it when you hand out a new state\n");
    text.push_str("summary = \"One line on what it is for.\"\n");
    line(&mut text, "owner", &begin.owner.into());
    review_by(&mut text, begin.review_by);
    text.push_str(
        "# In the order of screens. A module that is not listed is a draft: nobody is offered it.\n",
    );
    line(
        &mut text,
        "modules",
        &std::iter::once(module.as_str()).collect::<Array>().into(),
    );
    text.push_str("\n[[capability]]\n# Never renamed once something is recorded: evidence names it.\n");
    line(&mut text, "id", &begin.capability.as_str().into());
    line(&mut text, "name", &title_of(begin.capability.as_str()).into());
    text.push_str("what = \"One line on what it is about.\"\n");
    text.push_str("# A behaviour that others can see; it begins with \"can\".\n");
    text.push_str("ready_means = \"can do this alone and say what it costs\"\n");
    text.push_str(
        "# What Ready needs here. The usual numbers are 8, 2 and 1: raise them with the questions and practices you add,\n\
         # or take the lines away.\n\
         knowledge_needed = 2\nhands_on_needed = 1\ndialogue_needed = 1\n",
    );
    text
}

/// A new module: two questions, a practice, a talk.
pub fn new_module(id: &ModuleId, begin: &Beginning<'_>) -> String {
    let mut text = schema_line("../../../schema/module.json");
    text.push_str("format = 1\n");
    line(&mut text, "id", &id.as_str().into());
    text.push_str("# Everything in quotes but ids is yours to replace; see a step as people will: upwards preview STEP\n");
    line(&mut text, "title", &title_of(id.as_str()).into());
    text.push_str("# Of every step that does not say its own.\n");
    line(
        &mut text,
        "capabilities",
        &std::iter::once(begin.capability.as_str())
            .collect::<Array>()
            .into(),
    );
    text.push_str("summary = \"One line on what it is for.\"\n");
    line(&mut text, "owner", &begin.owner.into());
    review_by(&mut text, begin.review_by);
    text.push_str(
        "\n# A case to read first, once there is one (upwards new case NAME):\n\
         # [[step]]\n# id = \"read\"\n# kind = \"case\"\n# case = \"the-id-of-a-case\"\n# minutes = 3\n",
    );
    let questions = ["question-1".to_owned(), "question-2".to_owned()];
    for (kind, id) in [
        (NewStep::Quiz, "questions"),
        (NewStep::Practice, "practice"),
        (NewStep::Talk, "talk"),
    ] {
        text.push('\n');
        text.push_str(&new_step(&StepBeginning {
            kind,
            id,
            questions: &questions,
            capability: None,
            joins: None,
        }));
    }
    text
}

/// A new case: for its own company only until its author says otherwise.
pub fn new_case(id: &CaseId, organisation: &str, begin: &Beginning<'_>) -> String {
    let mut text = schema_line("../../../schema/case.json");
    text.push_str("format = 1\n");
    line(&mut text, "id", &id.as_str().into());
    text.push_str(
        "# Everything in quotes but ids is yours to replace; see it as people will: upwards preview ",
    );
    text.push_str(id.as_str());
    text.push('\n');
    line(&mut text, "title", &title_of(id.as_str()).into());
    text.push_str("rev = 1    # raise it when who read it should read it again\n");
    line(&mut text, "organisation", &organisation.into());
    text.push_str("sector = \"any-market\"    # one word, compared with your own\n");
    text.push_str(
        "size = \"large\"    # small < 250, medium < 5,000, large < 50,000, very-large: employees\n",
    );
    text.push_str("country = \"DE\"\n");
    let year = begin.review_by.year();
    let _ = writeln!(text, "years = [{}, {}]", year - 2, year - 1);
    text.push_str(
        "# customer-service, marketing, innovation, internal, leadership, governance, risk\n\
         functions = [\"customer-service\"]\n",
    );
    line(
        &mut text,
        "capabilities",
        &std::iter::once(begin.capability.as_str())
            .collect::<Array>()
            .into(),
    );
    text.push_str("challenges = []    # worries it answers, slugs as in people.toml\n");
    text.push_str("failed = false    # true: it went wrong, which teaches as much\n");
    text.push_str("permission = \"internal\"    # public or anonymised: it may go into packs\n");
    line(&mut text, "owner", &begin.owner.into());
    review_by(&mut text, begin.review_by);
    text.push_str(CASE_TEXTS);
    text
}

/// A new step, with its `[[step]]` line.
pub fn new_step(step: &StepBeginning<'_>) -> String {
    let mut text = "[[step]]\n".to_owned();
    line(&mut text, "id", &step.id.into());
    let kind = match step.kind {
        NewStep::Quiz => "quiz",
        NewStep::Practice => "practice",
        NewStep::Talk => "talk",
    };
    line(&mut text, "kind", &kind.into());
    if step.kind == NewStep::Talk {
        text.push_str("with = \"peer\"    # or \"mentor\"\n");
    }
    line(&mut text, "title", &title_of(step.id).into());
    if let Some(capability) = step.capability {
        line(
            &mut text,
            "capabilities",
            &std::iter::once(capability.as_str()).collect::<Array>().into(),
        );
    }
    if let Some(day) = step.joins {
        let _ = write!(
            text,
            "retired = true    # its module is listed: take this line away when the step is ready\n\
             since = {day}    # the day it is offered from: who finished the module before has it behind them\n"
        );
    }
    match step.kind {
        NewStep::Quiz => quiz(&mut text, step.questions),
        NewStep::Practice => text.push_str(PRACTICE),
        NewStep::Talk => text.push_str(TALK),
    }
    text
}

/// The text of a module with one more step at its end. What stands in it stays byte for byte, with its line ends.
pub fn with_step(text: &str, step: &str) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut new = text.to_owned();
    if !new.is_empty() && !new.ends_with('\n') {
        new.push_str(end);
    }
    new.push_str(end);
    new.push_str(&step.replace('\n', end));
    new
}

/// `answer-in-public` as `Answer in public`.
fn title_of(id: &str) -> String {
    capitalised(&id.replace('-', " "))
}

/// For editors that complete and check while one types.
fn schema_line(path: &str) -> String {
    format!("#:schema {path}\n")
}

fn review_by(text: &mut String, day: Date) {
    let _ = writeln!(
        text,
        "review_by = {day}    # the day you promise to look at it again"
    );
}

fn quiz(text: &mut String, ids: &[String; 2]) {
    for (id, body) in ids.iter().zip([FIRST_QUESTION, SECOND_QUESTION]) {
        text.push_str("\n[[step.question]]\n");
        let _ = writeln!(text, "id = {}", Value::from(id.as_str()).to_string().trim());
        text.push_str(body);
    }
}

const FIRST_QUESTION: &str = r#"title = "A short name for lists"
text = "What would you do first? Ask about a decision, not about a definition."
hint = "Shown on request."
# Two to six; four make guessing hopeless. "I am not sure" is added. Why is shown after the answer, also after a right one.
# The right one should be neither the longest nor always at the same place.
options = [
  { text = "What many people would do", why = "Why it looks right, and what comes of it." },
  { text = "What works", right = true, why = "Why it works, in one line." },
  { text = "What used to work some years ago", why = "What has changed since." },
  { text = "What costs more than it brings", why = "What it costs." },
]
"#;

const SECOND_QUESTION: &str = r#"title = "Another short name"
text = "Which of these would you stop? Several may be right: all of them must be chosen then."
# sources = ["the-id-of-a-case.id-of-its-source"]    # where the answer can be read
options = [
  { text = "Something that is fine as it is", why = "Why it may go on." },
  { text = "Something that only looks like waste", why = "What it is good for." },
  { text = "Something others have already stopped", why = "What happened to them." },
  { text = "The right one", right = true, why = "What is lost while it goes on." },
]
"#;

const PRACTICE: &str = r#"minutes = 5    # ten is what there is
# needs = ["id-of-a-step"]    # what must be done first
do = [
  "What to open, and where it is.",
  "What to do there with your own hands.",
  "How to see that it worked.",
]
evidence = "What did you do, in one line?"
exposure = "internal"    # draft, internal, public: who outside sees the result; public needs a draft = [...] too

# A figure before and a second one thirty days later; take it away where nothing is measured.
# [step.measure]
# unit = "hours to first answer"
# period = "each"    # each, day, week, month, quarter, year
# better = "lower"    # or "higher"
"#;

const TALK: &str = r#"minutes = 15
agenda = ["What went wrong first", "What it costs each week"]
ask = ["What would you not do again?", "Who had to agree?"]
before_next = "What you will do before the next talk."    # offered as the commitment
for_executive = "What to bring."
for_mentor = "What to show."
"#;

const CASE_TEXTS: &str = r#"
# At most 110 words, shown first; every number in it must be the number of a claim below.
brief = "Who had which problem, what they did about it, what came of it, and how well that is known."
since = "nothing known"    # what has changed since, in one line
challenge = "The problem, as it hurt."
action = "What was done, so that somebody else could do it."
result = "What came of it, beside the figures below."
cost = "Hours, money, risk; where nobody counted, say so."
# backfire = "What went wrong on the way."
takeaway = "What somebody who decides should take from it."
ask = ["A question to one's own company?", "And a second one?"]
fails_if = "What would make it fail elsewhere."

# One for each number, with what it is a share of and how well it is supported.
# [[claim]]
# id = "reply-time"
# part = "result"    # action, result, cost, backfire: under which heading it is printed
# text = "Average reply 23 minutes"
# value = 23    # whole, up to three decimals, or a range [70, 90]
# unit = "minutes"
# base = "first reply to a customer in social media, April 2014"
# year = 2014
# grade = "single-source"    # or "verified"
# source = "source-1"

# [[source]]
# id = "source-1"
# title = "The title of the article or report"
# publisher = "Who published it"
# year = 2014
# address = "example.com/report"
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::check_curriculum_text;

    fn beginning(capability: &CapabilityId) -> Beginning<'_> {
        Beginning {
            owner: "Maya \"M\" Lund",
            review_by: "2027-03-16".parse().unwrap(),
            language: "en",
            capability,
        }
    }

    #[test]
    fn a_step_joins_the_end_of_its_module_and_all_else_keeps_its_bytes() {
        let capability: CapabilityId = "serve".parse().unwrap();
        let module = new_module(&"first".parse().unwrap(), &beginning(&capability));
        let questions = ["more-1".to_owned(), "more-2".to_owned()];
        for kind in [NewStep::Quiz, NewStep::Practice, NewStep::Talk] {
            for joins in [None, Some("2026-03-16".parse().unwrap())] {
                let step = new_step(&StepBeginning {
                    kind,
                    id: "more",
                    questions: &questions,
                    capability: Some(&capability),
                    joins,
                });
                for before in [
                    module.clone(),
                    module.replace('\n', "\r\n"),
                    module.trim_end().to_owned(),
                ] {
                    let after = with_step(&before, &step);
                    assert!(after.starts_with(&before));
                    assert_eq!(
                        check_curriculum_text("c/modules/first.toml", &after),
                        [],
                        "{after}"
                    );
                    let ends = after.matches('\n').count();
                    assert!([0, ends].contains(&after.matches("\r\n").count()), "{after}");
                }
            }
        }
    }

    #[test]
    fn what_is_commented_out_is_sound_where_it_is_taken_in() {
        let capability: CapabilityId = "serve".parse().unwrap();
        let case = new_case(&"ours".parse().unwrap(), "Halden", &beginning(&capability));
        let taken = case.replace("\n# [[", "\n[[");
        let keys = [
            "id",
            "part",
            "text",
            "value",
            "unit",
            "base",
            "year",
            "grade",
            "source",
            "title",
            "publisher",
            "address",
            "backfire",
        ];
        let taken = keys.iter().fold(taken, |text, key| {
            text.replace(&format!("\n# {key} = "), &format!("\n{key} = "))
        });
        assert!(taken.contains("\n[[claim]]\nid"), "{taken}");
        assert_eq!(check_curriculum_text("c/cases/ours.toml", &taken), []);
        let module = new_module(&"first".parse().unwrap(), &beginning(&capability));
        let taken = module.replace("\n# [step.measure]", "\n[step.measure]");
        let taken = [
            "unit", "period", "better", "needs", "id", "kind", "case", "minutes",
        ]
        .iter()
        .fold(taken, |text, key| {
            text.replace(&format!("\n# {key} = "), &format!("\n{key} = "))
        })
        .replace("\n# [[step]]", "\n[[step]]")
        .replace("id-of-a-step", "questions");
        assert_eq!(
            check_curriculum_text("c/modules/first.toml", &taken),
            [],
            "{taken}"
        );
    }
}
