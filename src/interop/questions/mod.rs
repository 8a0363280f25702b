//! Questions of other programs: GIFT, Aiken, Moodle XML and sheets in, GIFT and Moodle XML out.

mod aiken;
mod bank;
mod failures;
mod gift;
mod gift_answers;
mod gift_blocks;
mod gift_glyphs;
mod gift_write;
mod identity;
mod markdown;
mod markup;
mod moodle_xml;
mod moodle_xml_tree;
mod moodle_xml_write;
mod read;
mod settle;
mod sheet;

pub use bank::{Bank, Block, Fate, ForeignQuestion, NoQuestion, QuestionFormat};
pub use failures::failures;
pub use gift_write::write_gift;
pub use moodle_xml_write::write_moodle_xml;
pub use read::{BankError, read_bank};
