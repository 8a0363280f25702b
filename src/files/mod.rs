//! Reads and changes what people write: settings, people, curricula, cases. Findings here are about form; what the
//! values mean together is judged by `check`.

mod cases;
pub mod codes;
mod copies;
mod curriculum;
mod draft;
pub mod edit;
mod erased;
mod everything;
mod forms;
mod import_map;
mod load;
mod locate;
mod merge;
mod modules;
mod newer_toml;
mod pairs;
mod parse;
mod paths;
mod people;
mod people_quick;
mod questions_edit;
mod reader;
mod reduced;
pub mod scaffold;
mod schema;
mod settings;
mod shape;
mod single;
pub mod skeleton;
mod steps;
mod texts;
mod translate;
mod user_settings;
mod values;
mod view;
mod walk;

pub use cases::CASE;
pub use copies::copies_and_stand_ins;
pub use curriculum::CURRICULUM;
pub use draft::{case_draft, case_id, is_internal_case, with_id};
pub use erased::{ERASED, with_erased, with_retained};
pub use everything::{NewCase, load_everything, load_with_cases, load_with_module};
pub use import_map::IMPORT;
pub use load::{
    CaseFolder, Loaded, Want, WantCurricula, check_curriculum_text, check_people_text, check_text_of_copy,
    fill_case_steps, load_case, load_curriculum, load_erased, load_import_map, load_people, load_retained,
    load_settings, load_workspace,
};
pub use locate::{
    WORKSPACE_FILE, adds_cases, built_in_curricula, curriculum_folder, curriculum_tree, find_workspace,
    known_curricula,
};
pub use merge::{Clash, Decide, Side, id_in, merge_erased, merge_people};
pub use modules::{MODULE, QUESTION, STEP};
pub use pairs::{WrittenPair, pairs_text, read_pairs};
pub use paths::{load_paths, load_paths_with};
pub use people::{PEOPLE, PERSON};
pub use questions_edit::{NewQuestion, QuizToJoin, add_questions};
pub use reader::MAX_BYTES;
pub use reduced::{case_for_others, reduced_people, without_comments};
pub use schema::{FILE_KINDS, FileKind, SCHEMA_FOLDER, json_schema, schema_text};
pub use settings::SETTINGS;
pub use shape::{Form, Key, KindOfStep, Parts, Shape};
pub use texts::{TEXTS, english_texts, fixed_texts, texts_to_translate};
pub use translate::TRANSLATION;
pub use user_settings::{USER_SETTINGS, check_user_settings};
