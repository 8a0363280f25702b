//! Adds questions to a quiz of a module file, which keeps everything else as it was written.

use toml_edit::{Array, ArrayOfTables, InlineTable, Item, Table, Value};

use super::edit::{Document, EditError};
use crate::base::time::Date;
use crate::model::curriculum::QuizOption;

/// The quiz that questions join; made behind the last step where there is none of this id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuizToJoin {
    /// Its id in the module.
    pub id: String,
    /// What a new one is evidence for; `None` = as its module says.
    pub capability: Option<String>,
    /// The day a new one joins a module already in use.
    pub since: Option<Date>,
}

/// A question as it comes into a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    /// Unique among steps and questions of the module.
    pub id: String,
    /// A short name for lists.
    pub title: String,
    /// What is asked.
    pub text: String,
    /// What it is evidence for; `None` = as its step says.
    pub capability: Option<String>,
    /// Shown on request.
    pub hint: Option<String>,
    /// 2 to 6 of them.
    pub options: Vec<QuizOption>,
}

/// Adds questions behind those that a quiz has, with `rev = 1`.
pub fn add_questions(text: &str, quiz: &QuizToJoin, questions: &[NewQuestion]) -> Result<String, EditError> {
    let mut document = Document::parse(text)?;
    let no_tables = |name: &str| EditError::Form(name.to_owned());
    let steps = document
        .toml
        .get_mut("step")
        .and_then(Item::as_array_of_tables_mut)
        .ok_or_else(|| no_tables("step"))?;
    let is_it = |step: &Table| step.get("id").and_then(Item::as_str) == Some(&*quiz.id);
    let place = steps.iter().position(is_it);
    let at = place.unwrap_or(steps.len());
    if place.is_none() {
        steps.push(new_quiz(quiz));
    }
    let step = steps.get_mut(at).ok_or_else(|| no_tables("step"))?;
    let there = step
        .entry("question")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()))
        .as_array_of_tables_mut()
        .ok_or_else(|| no_tables("question"))?;
    for question in questions {
        there.push(table_of(question));
    }
    Ok(document.into_text())
}

fn new_quiz(quiz: &QuizToJoin) -> Table {
    let mut step = Table::new();
    step.decor_mut().set_prefix("\n");
    step.insert("id", toml_edit::value(&*quiz.id));
    step.insert("kind", toml_edit::value("quiz"));
    if let Some(capability) = &quiz.capability {
        step.insert(
            "capabilities",
            toml_edit::value(Array::from_iter([&**capability])),
        );
    }
    if let Some(Ok(since)) = quiz
        .since
        .map(|day| day.to_string().parse::<toml_edit::Datetime>())
    {
        step.insert("since", toml_edit::value(since));
    }
    step
}

fn table_of(question: &NewQuestion) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    table.insert("id", toml_edit::value(&*question.id));
    table.insert("title", toml_edit::value(&*question.title));
    table.insert("text", toml_edit::value(&*question.text));
    if let Some(capability) = &question.capability {
        table.insert("capability", toml_edit::value(&**capability));
    }
    table.insert("rev", toml_edit::value(1));
    if let Some(hint) = &question.hint {
        table.insert("hint", toml_edit::value(&**hint));
    }
    let mut options = Array::new();
    for option in &question.options {
        let mut line = InlineTable::new();
        line.insert("text", (&*option.text).into());
        if option.right {
            line.insert("right", true.into());
        }
        if let Some(why) = &option.why {
            line.insert("why", (&**why).into());
        }
        let mut line = Value::InlineTable(line);
        line.decor_mut().set_prefix("\n  ");
        options.push_formatted(line);
    }
    options.set_trailing("\n");
    options.set_trailing_comma(true);
    table.insert("options", toml_edit::value(options));
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::check_curriculum_text;

    const MODULE: &str = "format = 1\r\nid = \"m\"\r\ntitle = \"M\" # said so\r\ncapabilities = [\"serve\"]\r\n\r\n# the first\r\n[[step]]\r\nid = \"q\"\r\nkind = \"quiz\"\r\n\r\n[[step.question]]\r\nid = \"one\"\r\ntitle = \"One\"\r\ntext = \"One?\"\r\noptions = [{ text = \"a\", right = true }, { text = \"b\" }]\r\n\r\n# the last\r\n[[step]]\r\nid = \"r\"\r\nkind = \"reflect\"\r\ntitle = \"R\"\r\nminutes = 2\r\nask = [\"What?\"]\r\n";

    fn question(id: &str) -> NewQuestion {
        let option = |text: &str, right, why: Option<&str>| QuizOption {
            text: text.to_owned(),
            right,
            why: why.map(str::to_owned),
        };
        NewQuestion {
            id: id.to_owned(),
            title: "A \"title\"".to_owned(),
            text: "First.\n\nSecond \\ paragraph.".to_owned(),
            capability: None,
            hint: Some("Think".to_owned()),
            options: vec![
                option("yes", true, Some("It is.\n\nReally.")),
                option("no", false, None),
            ],
        }
    }

    fn quiz(id: &str) -> QuizToJoin {
        QuizToJoin {
            id: id.to_owned(),
            capability: None,
            since: None,
        }
    }

    #[test]
    fn questions_go_behind_those_of_their_quiz_and_all_else_stays() {
        let text = add_questions(MODULE, &quiz("q"), &[question("two"), question("three")]).unwrap();
        assert_eq!(check_curriculum_text("modules/m.toml", &text), []);
        let (before, rest) = text.split_once("\r\n[[step.question]]\r\nid = \"two\"").unwrap();
        assert!(
            MODULE.starts_with(before) && before.ends_with("{ text = \"b\" }]\r\n"),
            "{text}"
        );
        let (_, behind) = rest.split_once("]\r\n\r\n# the last").unwrap();
        assert!(MODULE.ends_with(behind), "{text}");
        assert_eq!(text.matches("rev = 1").count(), 2);
    }

    #[test]
    fn a_quiz_that_is_not_there_is_made_behind_the_last_step() {
        let place = QuizToJoin {
            capability: Some("serve".to_owned()),
            since: Some("2026-03-16".parse().unwrap()),
            ..quiz("new")
        };
        let text = add_questions(MODULE, &place, &[question("two")]).unwrap();
        assert_eq!(check_curriculum_text("modules/m.toml", &text), []);
        let added = text.strip_prefix(MODULE).unwrap();
        assert!(
            added.starts_with(
                "\r\n[[step]]\r\nid = \"new\"\r\nkind = \"quiz\"\r\ncapabilities = [\"serve\"]\r\nsince = 2026-03-16\r\n\r\n[[step.question]]\r\nid = \"two\"\r\n"
            ),
            "{added}"
        );
    }

    #[test]
    fn a_form_that_only_a_person_can_change_is_told() {
        let inline = "format = 1\nstep = [{ id = \"q\", kind = \"quiz\" }]\n";
        assert_eq!(
            add_questions(inline, &quiz("q"), &[question("two")]),
            Err(EditError::Form("step".to_owned()))
        );
        assert!(matches!(
            add_questions("= 1", &quiz("q"), &[]),
            Err(EditError::Syntax(_))
        ));
    }
}
