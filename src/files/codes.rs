//! The codes of findings about form. A code is never used again for something else; `check` explains each of them.

/// A key that the file kind does not have.
pub const UNKNOWN_KEY: &str = "U101";
/// A needed key that is not there.
pub const MISSING_KEY: &str = "U102";
/// An id or a list entry that is there twice.
pub const REPEATED: &str = "U103";
/// A word that is not one of the allowed ones.
pub const UNKNOWN_WORD: &str = "U104";
/// Text where a number is expected, and the like.
pub const WRONG_TYPE: &str = "U105";
/// Not the form of an id.
pub const BAD_ID: &str = "U106";
/// No date, or a day the calendar does not have.
pub const BAD_DATE: &str = "U107";
/// A number, or the length of a list, out of its range.
pub const OUT_OF_RANGE: &str = "U108";
/// An empty text.
pub const EMPTY_TEXT: &str = "U109";
/// A text that is too long.
pub const TOO_LONG: &str = "U110";
/// A control character, or one that turns the direction of writing.
pub const CONTROL_CHARACTER: &str = "U111";
/// A character nobody sees.
pub const INVISIBLE_CHARACTER: &str = "U112";
/// Not the form of a language, country, currency or address.
pub const BAD_FORM: &str = "U113";
/// The id is not the name of its file.
pub const NOT_THE_FILE_NAME: &str = "U114";
/// Not TOML.
pub const SYNTAX: &str = "U120";
/// Not UTF-8.
pub const NOT_UTF8: &str = "U121";
/// A byte order mark.
pub const BYTE_ORDER_MARK: &str = "U122";
/// Larger than a file may be.
pub const TOO_LARGE: &str = "U123";
/// A symbolic link, or a folder where a file is expected.
pub const NO_FILE: &str = "U124";
/// A file that is missing or cannot be read.
pub const UNREADABLE: &str = "U125";
/// `format` is missing or of another program version.
pub const FORMAT: &str = "U126";
/// What only TOML 1.1 allows.
pub const NEWER_TOML: &str = "U127";
/// Marks of an unfinished merge.
pub const MERGE_MARKS: &str = "U128";
/// A file whose kind cannot be told.
pub const UNKNOWN_FILE: &str = "U129";
/// More faults than are listed.
pub const TOO_MANY: &str = "U130";
