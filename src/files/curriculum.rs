//! `curriculum.toml` (`formats.md` §5), and putting a curriculum together from it and its modules.

use std::collections::BTreeMap;

use super::settings::{DIALOGUE_NEEDED, HANDS_ON_NEEDED, KNOWLEDGE_NEEDED};
use super::shape::{FORMAT, Form, MANY, ONE_PART, REVISION, Shape, any_distinct, needed, optional, shape};
use super::view::View;
use crate::base::id::ModuleId;
use crate::model::capability::Capability;
use crate::model::curriculum::{Curriculum, Module};
use crate::model::written::{Former, FormerKind, Head, WrittenModule};

/// What `curriculum.toml` may hold.
pub static CURRICULUM: Shape = shape(
    "curriculum",
    &[
        FORMAT,
        needed("id", Form::Slug, "the folder's name"),
        needed("title", Form::Title, "the title on screens"),
        needed("language", Form::Language, "of the texts"),
        optional("rev", REVISION, "raised when a new state is handed out; 1"),
        optional("summary", Form::Text, "one line on what it is for"),
        needed("owner", Form::Title, "who keeps it"),
        needed("review_by", Form::Date, "when it should be looked at again"),
        optional("licence", Form::Title, "of the texts"),
        needed(
            "modules",
            any_distinct(&ONE_PART),
            "in order; a module that is not listed is a draft",
        ),
        optional(
            "public_needs",
            ONE_PART,
            "the module to finish before practices in public",
        ),
        needed(
            "capability",
            Form::Tables {
                of: &CAPABILITY,
                least: 1,
                most: MANY,
                distinct: true,
            },
            "in the order of columns",
        ),
    ],
);

static CAPABILITY: Shape = shape(
    "capability",
    &[
        needed("id", Form::Slug, "never renamed: evidence names it"),
        needed("name", Form::Title, "the name on screens"),
        needed("what", Form::Text, "one line on what it is about"),
        needed(
            "ready_means",
            Form::Text,
            "the behaviour that Ready means; begins with \"can\"",
        ),
        optional("function", Form::Slug, "heading of the efficiency ledger"),
        optional(
            "weight",
            Form::Whole { least: 1, most: 100 },
            "in the overall number; 1",
        ),
        optional("core", Form::YesNo, "whether overall Ready needs it; true"),
        optional(
            "knowledge_needed",
            KNOWLEDGE_NEEDED,
            "questions; as in [readiness]",
        ),
        optional("hands_on_needed", HANDS_ON_NEEDED, "practices; as in [readiness]"),
        optional("dialogue_needed", DIALOGUE_NEEDED, "talks; as in [readiness]"),
    ],
);

/// The head of a checked file: its modules are named only.
pub(super) fn head(file: View<'_>) -> Option<Head> {
    let curriculum = Curriculum {
        id: file.parsed("id")?,
        title: file.text("title")?,
        language: file.text("language")?,
        rev: file.whole("rev").unwrap_or(1),
        summary: file.text("summary"),
        owner: file.text("owner")?,
        review_by: file.date("review_by")?,
        licence: file.text("licence"),
        public_needs: file.parsed("public_needs"),
        capabilities: file
            .tables("capability")
            .into_iter()
            .map(capability)
            .collect::<Option<_>>()?,
        modules: Vec::new(),
        former_questions: BTreeMap::new(),
        former_steps: BTreeMap::new(),
        former_modules: BTreeMap::new(),
    };
    Some(Head {
        curriculum,
        modules: file.parsed_list("modules"),
    })
}

fn capability(table: View<'_>) -> Option<Capability> {
    Some(Capability {
        id: table.parsed("id")?,
        name: table.text("name")?,
        what: table.text("what")?,
        ready_means: table.text("ready_means")?,
        function: table.parsed("function"),
        weight: table.whole("weight").unwrap_or(1),
        core: table.yes("core").unwrap_or(true),
        knowledge_needed: table.whole("knowledge_needed"),
        hands_on_needed: table.whole("hands_on_needed"),
        dialogue_needed: table.whole("dialogue_needed"),
    })
}

/// Puts a curriculum together: its listed modules in order, and who takes over which former id.
pub(super) fn assemble(head: Head, modules: Vec<WrittenModule>) -> Curriculum {
    let mut curriculum = head.curriculum;
    let mut former = Vec::new();
    for module in modules {
        former.extend(module.former);
        curriculum.modules.push(module.module);
    }
    curriculum.former_modules = former_modules(&curriculum, &former);
    curriculum.former_steps = former_ids(&curriculum, &former, FormerKind::Step);
    curriculum.former_questions = former_ids(&curriculum, &former, FormerKind::Question);
    curriculum
}

fn former_modules(curriculum: &Curriculum, former: &[Former]) -> BTreeMap<ModuleId, ModuleId> {
    let of_modules = former.iter().filter(|f| f.kind == FormerKind::Module);
    let not_live = of_modules.filter(|f| curriculum.module(&f.id).is_none());
    let mut heirs = BTreeMap::new();
    for one in not_live {
        add_heir(&mut heirs, &one.id, &one.heir);
    }
    heirs
}

/// Heirs of steps or questions. What names the thing itself goes before what follows from its module: the short id
/// first, then the module's (`formats.md` §9). A live id is never redirected.
fn former_ids<T>(curriculum: &Curriculum, former: &[Former], kind: FormerKind) -> BTreeMap<T, T>
where
    T: std::str::FromStr + Ord,
{
    let live = live_ids(curriculum, kind);
    let is_live = |id: &str| live.get(id).is_some_and(|is_live| *is_live);
    let mut heirs: BTreeMap<T, T> = BTreeMap::new();
    for one in former.iter().filter(|f| f.kind == kind) {
        if !is_live(&one.id) && is_live(&one.heir) {
            add_heir(&mut heirs, &one.id, &one.heir);
        }
    }
    let mut by_module: BTreeMap<T, T> = BTreeMap::new();
    for module in &curriculum.modules {
        let names = former
            .iter()
            .filter(|f| f.kind == FormerKind::Module && f.heir == module.id.as_str());
        for name in names.filter(|f| curriculum.module(&f.id).is_none()) {
            for (short, heir) in short_ids(module, former, kind, &live) {
                add_heir(&mut by_module, &format!("{}.{short}", name.id), &heir);
            }
        }
    }
    for (id, heir) in by_module {
        heirs.entry(id).or_insert(heir);
    }
    heirs
}

/// Of two heirs the smaller one inherits; `check` reports both.
fn add_heir<T: std::str::FromStr + Ord>(heirs: &mut BTreeMap<T, T>, id: &str, heir: &str) {
    let (Ok(id), Ok(heir)) = (id.parse::<T>(), heir.parse::<T>()) else {
        return;
    };
    match heirs.get_mut(&id) {
        Some(first) if *first <= heir => {}
        Some(first) => *first = heir,
        None => drop(heirs.insert(id, heir)),
    }
}

/// Every id of a kind, and whether it is live.
fn live_ids(curriculum: &Curriculum, kind: FormerKind) -> BTreeMap<String, bool> {
    let mut live = BTreeMap::new();
    for step in curriculum.modules.iter().flat_map(|m| &m.steps) {
        if kind == FormerKind::Step {
            live.insert(step.id.as_str().to_owned(), !step.retired);
        } else if let crate::model::curriculum::StepKind::Quiz(questions) = &step.kind {
            for question in questions {
                live.insert(
                    question.id.as_str().to_owned(),
                    !step.retired && !question.retired,
                );
            }
        }
    }
    live
}

/// Short ids a module answers to: those it has, and the former ones written without a module.
fn short_ids(
    module: &Module,
    former: &[Former],
    kind: FormerKind,
    live: &BTreeMap<String, bool>,
) -> Vec<(String, String)> {
    let prefix = format!("{}.", module.id);
    let short = |id: &str| id.strip_prefix(&prefix).map(str::to_owned);
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for id in live.keys() {
        if let Some(short) = short(id) {
            ids.insert(short, id.clone());
        }
    }
    let renamed = former.iter().filter(|f| f.kind == kind && !f.is_dotted);
    for one in renamed.filter(|f| live.get(&f.heir) == Some(&true) && live.get(&f.id) != Some(&true)) {
        if let (Some(short), Some(_)) = (short(&one.id), short(&one.heir)) {
            ids.insert(short, one.heir.clone());
        }
    }
    ids.into_iter().collect()
}

/// The long form of an id that may be written short inside its module's file.
pub(super) fn in_module(module: &ModuleId, id: &str) -> String {
    if id.contains('.') {
        id.to_owned()
    } else {
        format!("{module}.{id}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::QuestionId;

    #[test]
    fn a_short_id_gets_its_module() {
        let module: ModuleId = "answer-in-public".parse().unwrap();
        assert_eq!(in_module(&module, "klm"), "answer-in-public.klm");
        let other: QuestionId = in_module(&module, "other.klm").parse().unwrap();
        assert_eq!(other.module(), "other");
    }
}
