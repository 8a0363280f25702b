//! One sitting: what is shown and asked, and what is recorded the moment it was answered. Knows no terminal and no
//! file: an asker asks, a sink keeps.

mod aim;
mod ask;
mod case;
mod measure;
mod practice;
mod promise;
mod quiz;
mod reflect;
mod sitting;
mod talk;

pub use aim::{aim_text, ask_aim};
pub use ask::{Answer, Ask, AskError, Choice, Kind, Question, Reply, SeenBy};
pub use case::{CaseLine, ask_skip, case_brief, case_rest, case_sources, read_case};
pub use measure::{OpenBaseline, second_measure};
pub use practice::{PracticeAnswers, do_practice, practice_lines};
pub use promise::{OpenPromise, ask_promise, promise_answer, promise_choices};
pub use quiz::{Answered, Quiz, answer_quiz, required_answers};
pub use reflect::{REFLECTION, ask_text, editor_key, reflect};
pub use sitting::{Ended, KeepError, SessionError, Sink, Sitting, StepHead, entry_lines};
pub use talk::{TalkPeople, hold_talk, talk_lines};
